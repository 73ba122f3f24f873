/* Tables: one article a row.
 *
 * Purpose  articles from CSV and its kin
 * Reads    RFC 4180 with "," ";" "|" or tabs; a first row of column names
 * Writes   one row
 * Cost     linear; memory is bounded by the largest row
 * Limits   below, and DL_LINE_MAX for a row */
#ifndef DL_READ_CSV_H
#define DL_READ_CSV_H

#include "read/source.h"

enum { DL_CSV_COLUMNS_MAX = 1024 };

typedef enum dl_column {
    DL_COLUMN_ID,
    DL_COLUMN_TEXT,
    DL_COLUMN_DATE,
    DL_COLUMN_TITLE,
    DL_COLUMN_SOURCE,
    DL_COLUMN_URL,
    DL_COLUMN_LANGUAGE,
    DL_COLUMN_AUTHOR,
    DL_COLUMNS
} dl_column;

/* The table's names of our columns; absent where they are to be guessed. */
typedef struct dl_column_names {
    dl_string names[DL_COLUMNS];
} dl_column_names;

/* Reads "text=Body,date=Published"; borrows it. DATELINE_USAGE. */
dateline_status dl_column_names_parse(dl_string wanted, dl_column_names *names,
                                      dateline_error *error);

typedef struct dl_csv dl_csv;

/* Borrows the stream, which stands at its start, and the names until it is freed. */
dl_csv *dl_csv_new(dl_stream *stream, const dl_column_names *names);
void dl_csv_free(dl_csv *csv); /* NULL is allowed */

typedef struct dl_csv_row {
    uint64_t line;                /* at which it begins, from 1 */
    dl_string raw;                /* borrowed until the next row */
    dl_string values[DL_COLUMNS]; /* owned by the arena; absent where empty */
} dl_csv_row;

/* The next row that is not blank; DATELINE_END after the last. DATELINE_BAD_CSV for a row
 * that is malformed (the next call goes on behind its first line) and for a table without
 * the columns that are wanted (it then ends). */
dateline_status dl_csv_next(dl_csv *csv, dl_arena *arena, dl_csv_row *row,
                            dateline_error *error);

/* Whether the first line names a column of texts among others. */
bool dl_csv_is_start(dl_string bytes);

#endif
