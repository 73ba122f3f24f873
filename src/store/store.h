/* The archive that is written: batches of rows, and the thread that writes them.
 *
 * Purpose  takes the rows of one article after the other and keeps them in SQLite
 * Reads    rows (store/rows.h)
 * Writes   one transaction a batch: whole, or not at all
 * Cost     the coder fills one batch while a thread writes the one before; what it waits
 *          is what the writing takes longer than the coding
 * Source   docs/archive.md
 * Limits   DL_BATCH_ARTICLES, DL_BATCH_BYTES, DL_BATCH_SECONDS
 *
 * 1. An article is in the archive with all its rows, or not at all.
 * 2. Batches are written in the order in which they were filled, articles in the order in
 *    which they came: the same input gives the same rows, however often a run is cut off.
 * 3. What dl_store_kept counts is committed, and flushed to the disk.
 * 4. After a failure nothing more is written; each call gives that failure. */
#ifndef DL_STORE_STORE_H
#define DL_STORE_STORE_H

#include "store/rows.h"

enum {
    DL_BATCH_ARTICLES = 1024, /* in one transaction */
    DL_BATCH_BYTES = 32 << 20 /* of text and records in it */
};
#define DL_BATCH_SECONDS 0.5 /* after which a batch is written, full or not */

typedef struct dl_store dl_store;

/* `recode` tells that articles which another coder coded are replaced, changed or not.
 * DATELINE_DATABASE; owned by the caller. */
dateline_status dl_store_open(const char *path, bool recode, dl_store **store,
                              dateline_error *error);

/* Writes what is still to be written first; that it could not be is lost here: commit
 * before. NULL is allowed. */
void dl_store_close(dl_store *store);

/* The arena of the batch that is being filled: the rows of the next article go there. */
dl_arena *dl_store_arena(dl_store *store);

/* Takes an article, or a reject, whose strings live in that arena. May wait for the
 * writer; afterwards the arena may be another. */
dateline_status dl_store_add(dl_store *store, dl_row_article *article,
                             dateline_error *error);
dateline_status dl_store_add_reject(dl_store *store, dl_row_reject *reject,
                                    dateline_error *error);

/* Waits until all that was taken is kept. */
dateline_status dl_store_commit(dl_store *store, dateline_error *error);

/* What is kept of what this run gave. */
typedef struct dl_kept {
    size_t added, replaced, unchanged, rejects, records;
} dl_kept;
dl_kept dl_store_kept(dl_store *store);

/* How an article stands in the archive: by its id, the hash of what was given, and who
 * coded it. One that was taken and is not committed yet is not there: whoever adds it
 * again gets what came last. */
typedef struct dl_standing {
    bool there, same, same_coder;
    int64_t key;
} dl_standing;
dateline_status dl_store_find(dl_store *store, dl_string id, const char *hash,
                              dl_string coded_with, dl_standing *standing,
                              dateline_error *error);

/* Whether bytes with this hash were rejected before. */
dateline_status dl_store_find_reject(dl_store *store, const char *hash, bool *there,
                                     dateline_error *error);

/* The record lines of article `key`, then with `claims` those of its claims, each handed
 * to `take` without its line feed; false from it ends. */
typedef bool (*dl_take_line)(void *context, dl_string line);
dateline_status dl_store_lines(dl_store *store, int64_t key, bool claims,
                               dl_take_line take, void *context, dateline_error *error);

#endif
