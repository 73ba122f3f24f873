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
    int64_t key; /* in the archive; 0: none */
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

#endif
