/* What a thread that loads columns has in hand; the parts of loading.
 *
 * Purpose  records and parties of an archive become columns: read in the order of keys,
 *          then joined and brought into the order of rows
 * Reads    an archive
 * Writes   dl_columns
 * Cost     a pass over each table, sorting by digits */
#ifndef DL_STORE_INTAKE_H
#define DL_STORE_INTAKE_H

#include "store/columns.h"

/* One thread's part: its connection, what it found, how it went. */
typedef struct dl_intake {
    sqlite3 *db;
    dl_columns *c;
    dl_arena *arena;    /* of what stays */
    dl_arena *scratch;  /* of what is needed while loading */
    dl_dictionary list; /* sites or figures, by all that they have */
    dl_buffer key;
    char mark[160];
    dateline_error error;
    dateline_status status;
    /* of records, in the order of keys */
    size_t count, capacity;
    uint32_t *codes;       /* dates as numbers */
    int64_t *article_keys; /* in order */
    uint16_t *article_sources;
    size_t item_capacity; /* of sites, figures */
    /* of parties */
    int64_t *record_keys;       /* that have parties, in order */
    uint32_t *starts, *parties; /* [count + 1], [party_count] */
    size_t party_count, party_capacity;
} dl_intake;

/* What failed, or false. */
bool dl_intake_fail(dl_intake *in, dateline_status status);
bool dl_intake_no_memory(dl_intake *in);

/* Text of a column, borrowed until the next row; empty where there is none. */
dl_string dl_intake_text(sqlite3_stmt *row, int column);

/* Room for `count` elements in the array at `items`; false where memory has run out. */
bool dl_intake_resize(dl_intake *in, void *items, size_t count, size_t size);
#define RESIZE(in, array, count)                                                         \
    dl_intake_resize((in), &(array), (count), sizeof *(array))

bool dl_intake_prepare(dl_intake *in, const char *sql, sqlite3_stmt **statement);

/* Calls `take` for each row. */
bool dl_intake_each(dl_intake *in, const char *sql,
                    bool (*take)(dl_intake *in, sqlite3_stmt *row));

/* A part of a key of several parts. */
void dl_intake_add_key(dl_buffer *key, dl_string part);

/* ---- Records, stories, parties (load_records.c, load_parties.c) ----------------------
 */

bool dl_load_records(dl_intake *in); /* with their articles */
bool dl_load_stories(dl_intake *in); /* after the records */
bool dl_load_parties(dl_intake *in);

/* ---- The order of rows (load_order.c) ------------------------------------------------
 */

/* Numbers of records by date; the caller frees. */
bool dl_order_by_date(dl_intake *in, uint32_t **order);
bool dl_order_all(dl_intake *in, const uint32_t *order); /* every column of records */
bool dl_order_dates(dl_intake *in);
bool dl_order_stories(dl_intake *in);

/* Parties of `other` to the rows of `in`. */
bool dl_order_parties(dl_intake *in, const dl_intake *other, const uint32_t *order);

#endif
