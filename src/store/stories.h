/* The merging side of an archive: packed keys out, stories in.
 *
 * Purpose  hands out what the store packed of each article and record, and keeps which
 * record belongs to which story and which article is a reprint of which Reads
 * articles.sketch, record_json.merge_key Writes   records.story, articles.same_as,
 * stories; all between begin and commit is one transaction Cost     linear in what is
 * handed out or set; a story is counted anew when one of its records comes, goes or was
 * replaced */
#ifndef DL_STORE_STORIES_H
#define DL_STORE_STORIES_H

#include "base/base.h"

typedef struct dl_stories dl_stories;

/* The archive must be there. DATELINE_DATABASE, as all below; owned by the caller. */
dateline_status dl_stories_open(const char *path, dl_stories **stories,
                                dateline_error *error);
void dl_stories_close(dl_stories *stories); /* NULL is allowed; what is not committed is
                                               forgotten */

/* Strings are borrowed until the call that was given them returns. */
typedef struct dl_story_record {
    int64_t record_key, article_key;
    dl_string id, date, story; /* absent: none */
    dl_string merge_key;
} dl_story_record;
typedef bool (*dl_take_record)(void *context, const dl_story_record *record);

/* Hands every record in the order of its key to `take`, until it answers false; with
 * `unmerged` those alone that have no story. */
dateline_status dl_stories_records(dl_stories *stories, bool unmerged,
                                   dl_take_record take, void *context,
                                   dateline_error *error);

typedef struct dl_story_article {
    int64_t article_key, same_as; /* 0: not a reprint */
    dl_string id, date, source, sketch;
} dl_story_article;
typedef bool (*dl_take_article)(void *context, const dl_story_article *article);
dateline_status dl_stories_articles(dl_stories *stories, dl_take_article take,
                                    void *context, dateline_error *error);

/* The key of the last article that the archive's stories know, where they are still what
 * `signature`, given to the last commit, made of them: articles may have come since, but
 * none was replaced. Else 0. */
dateline_status dl_stories_find_last(dl_stories *stories, dl_string signature,
                                     int64_t *article_key, dateline_error *error);

/* From here on it is written. DATELINE_DATABASE where the archive changed since the first
 * thing that was read. */
dateline_status dl_stories_begin(dl_stories *stories, dateline_error *error);

/* Puts a record into a story (absent: into none), an article to the one it reprints (0:
 * none). */
dateline_status dl_stories_set(dl_stories *stories, int64_t record_key, dl_string story,
                               dateline_error *error);
dateline_status dl_stories_set_same(dl_stories *stories, int64_t article_key,
                                    int64_t same_as, dateline_error *error);

typedef struct dl_stories_facts {
    size_t stories, copies; /* articles that reprint another */
} dl_stories_facts;

/* Counts the stories that changed anew, and keeps all. `signature` names what made them.
 */
dateline_status dl_stories_commit(dl_stories *stories, dl_string signature,
                                  dl_stories_facts *facts, dateline_error *error);

#endif
