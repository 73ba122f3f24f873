/* What merging keeps of an article, for the library's own rooms: a store packs it. */
#ifndef DL_MERGER_H
#define DL_MERGER_H

#include "pipeline.h"
#include "record/report.h"
#include "store/stories.h"
#include "story/story.h"

/* What is said of an article: its id and its source, one behind the other. */
typedef struct dl_merger_article {
    uint64_t article; /* hash of its id, as in its sketch */
    size_t id, id_size, source, source_size;
    int64_t key, same_as; /* in the archive; 0: none */
} dl_merger_article;

/* A record that an archive keeps. */
typedef struct dl_merger_record {
    uint64_t id;
    int64_t key;
} dl_merger_record;

struct dateline_merger {
    dl_story *story;
    const dl_ontology *ontology; /* of the last article: one engine, one ontology */
    dl_buffer strings;
    dl_merger_article *names; /* in order of `article` once resolved, the last added
                                 first */
    size_t name_count, name_capacity;
    dl_stories *archive;       /* NULL: none was added */
    dl_merger_record *records; /* of the archive; in order of id once resolved */
    size_t record_count, record_capacity, unread;
    bool anew; /* stories that the archive has say nothing */
};

/* False where memory has run out. */
bool dl_merger_add_article(dateline_merger *merger, uint64_t article, dl_string id,
                           dl_string source);

/* The article of that hash, once resolved; NULL where there is none. */
const dl_merger_article *dl_merger_find_article(const dateline_merger *merger,
                                                uint64_t article);

/* The sketch of the worker's last article and reports of its records, with their ids, in
 * order of events; reports live until the worker's next run. DATELINE_USAGE where the
 * last run coded no article, DATELINE_NO_MEMORY. */
dateline_status dl_worker_describe(const dateline_worker *worker, dl_sketch *sketch,
                                   dl_report **reports, size_t *count,
                                   dateline_error *error);

/* One record of an archive, or an article that has none (then `report` is empty); as
 * dl_story_add_packed wants them, in any order of articles. */
typedef struct dl_kept {
    dl_string sketch, report;
    uint64_t story; /* 0: none was found yet */
} dl_kept;

/* An archive that is read once: `next` gives DATELINE_END after the last. What came out
 * anew goes to `changed` (record, story) and `copied` (hashes of article and original);
 * both may be NULL. */
typedef struct dl_archive {
    dateline_status (*next)(void *context, dl_kept *kept, dateline_error *error);
    void (*changed)(void *context, uint64_t record, uint64_t story);
    void (*copied)(void *context, uint64_t article, uint64_t original);
    void *context;
} dl_archive;

/* Finds the stories of what has none, and of what that touches; with `all` of everything,
 * as after articles have gone or changed, and after an update of dateline.
 * DATELINE_BAD_FILE where a row can't be read, DATELINE_NO_MEMORY, or what `next` gave.
 */
dateline_status dl_archive_merge(const dateline_engine *engine, const dl_archive *archive,
                                 bool all, dateline_error *error);

#endif
