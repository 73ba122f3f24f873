/* Records of one real-world event, joined.
 *
 * Purpose  gives every record the id of its story: the smallest id of the records that
 *          tell of the same event
 * Reads    sketches of articles, reports of records (record/report.h)
 * Writes   story ids; why two records are one story or two
 * Cost     about linear in records: articles meet in blocks, and in a block only those
 *          that stand side by side
 * Source   blocks and windows: Hernandez, Stolfo 1995 (sorted neighbourhood); bands of
 *          MinHash: Broder 1997, Leskovec et al. 2014, chapter 3; average link
 * Limits   named below and in the sources; docs/stories.md
 *
 * Invariants:
 *   1. What comes out depends on the set of articles and not on the order in which they
 *      were added: every choice is made in an order of days, hashes and scores.
 *   2. An article that is added again takes the place of what it was.
 *   3. Every record has a story, if only one of its own.
 *   4. What was found step by step is what would be found at once: stories change only
 *      where a new article stands in a window, and where edges lead from there. */
#ifndef DL_STORY_STORY_H
#define DL_STORY_STORY_H

#include "story/pair.h"

enum {
    DL_STORY_RECORDS_MAX = 64, /* of one article that are compared */
    DL_STORY_WINDOW = 8,     /* articles behind one in a block that it is compared with */
    DL_STORY_EDGES_MAX = 24, /* of one record to records of later articles */
    DL_STORY_SAMPLE = 6      /* records that speak for a story when two may be joined */
};

typedef struct dl_story dl_story; /* lives until dl_story_free */

/* NULL where memory has run out. */
dl_story *dl_story_new(const dl_pair_weights *weights);
void dl_story_free(dl_story *story); /* NULL is allowed */

/* Adds one article with its records; copies both. False where memory has run out: only
 * dl_story_free may follow. */
bool dl_story_add(dl_story *story, const dl_sketch *sketch, const dl_report *reports,
                  size_t count);

/* Adds one record as it is kept: its article's sketch, its report, both packed, and the
 * story it was in (0: none yet). Records of an article come one behind the other; the
 * sketch is read with the first. False where the bytes are none, or memory has run out.
 */
bool dl_story_add_packed(dl_story *story, dl_string sketch, dl_string report,
                         uint64_t old_story);

/* Finds the stories of what was added since the last time, and of all that it touches;
 * what came with an old story counts as found, where `all` is false. The result is that
 * of finding all anew, as long as old stories are what these weights gave. False where
 * memory has run out. */
bool dl_story_resolve(dl_story *story, bool all);

/* Calls `changed` for each record whose story is another than the one it came with. */
typedef void (*dl_story_changed)(void *context, uint64_t record, uint64_t story);
void dl_story_changes(const dl_story *story, dl_story_changed changed, void *context);

/* Calls `copied` for each article that the last dl_story_resolve looked at, with the
 * first of those that it is a copy of, or itself. */
typedef void (*dl_story_copied)(void *context, uint64_t article, uint64_t original);
void dl_story_copies(const dl_story *story, dl_story_copied copied, void *context);

size_t dl_story_articles(const dl_story *story);
size_t dl_story_records(const dl_story *story);
size_t dl_story_bytes(const dl_story *story); /* held, with what resolving needed */

/* The story of a record, after dl_story_resolve; 0 where the record is unknown. */
uint64_t dl_story_find(const dl_story *story, uint64_t record);

/* The first of the articles that this one is a copy of, itself where there is none;
 * after dl_story_resolve. */
uint64_t dl_story_original(const dl_story *story, uint64_t article);

/* Record number `at`, in no order that means anything. */
void dl_story_get(const dl_story *story, size_t at, dl_report *report,
                  uint64_t *story_id);

/* False where another article of the same id took the place of its article. */
bool dl_story_is_current(const dl_story *story, size_t at);

typedef struct dl_story_reasons {
    uint64_t stories[2]; /* of both records */
    dl_alike alike;
    float features[DL_FEATURES], score;
    bool met;    /* their articles stand in one block, near enough to be compared */
    bool likely; /* the score reaches what joins */
} dl_story_reasons;

/* Why two records are in one story or not; false where one of them is unknown. */
bool dl_story_explain(const dl_story *story, uint64_t one, uint64_t other,
                      dl_story_reasons *reasons);

const dl_pair_weights *dl_story_weights(const dl_story *story);

#endif
