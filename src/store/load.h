/* Loading columns, its parts: records and articles, parties, then stories and rows. */
#ifndef DL_STORE_LOAD_H
#define DL_STORE_LOAD_H

#include "store/columns.h"

/* One thread's part: its connection, what it found, how it went. */
typedef struct intake {
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

/* All false: `status` and `error` tell. */
bool dl_intake_fail(dl_intake *in, dateline_status status);
bool dl_intake_no_memory(dl_intake *in);

/* Text of a column; empty for NULL. */
dl_string dl_intake_text(sqlite3_stmt *row, int column);

/* Room for `count` elements in the array that `items` points to. */
bool dl_intake_resize(dl_intake *in, void *items, size_t count, size_t size);
#define RESIZE(in, array, count)                                                         \
    dl_intake_resize((in), &(array), (count), sizeof *(array))

bool dl_intake_prepare(dl_intake *in, const char *sql, sqlite3_stmt **statement);

/* Calls `take` for each row. */
bool dl_intake_each_row(dl_intake *in, const char *sql,
                        bool (*take)(dl_intake *in, sqlite3_stmt *row));

/* A part of a key, and NUL. */
void dl_intake_add_key(dl_buffer *key, dl_string part);

/* Each in the transaction of its connection. */
bool dl_load_records(dl_intake *in);
bool dl_load_parties(dl_intake *in);
bool dl_load_stories(dl_intake *in);

/* Brings what was loaded into the order of rows. */
bool dl_load_arrange(dl_intake *records, const dl_intake *parties);

#endif
