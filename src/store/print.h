/* Rows of a statement as a table for people, CSV or JSON Lines.
 *
 * Reads    a prepared statement
 * Writes   into a sink, in pieces
 * Cost     linear in what is written; a table looks at its first DL_TABLE_ROWS rows for
 *          the width of its columns */
#ifndef DL_STORE_PRINT_H
#define DL_STORE_PRINT_H

#include "store/connect.h"

enum {
    DL_TABLE_ROWS = 200,      /* that are looked at before the first is written */
    DL_TABLE_COLUMN_MAX = 48, /* what is longer is cut, but for the last column */
    DL_PRINT_BYTES = 1 << 16  /* handed to the sink at once */
};

typedef enum dl_shape_of_rows {
    DL_ROWS_TABLE,
    DL_ROWS_CSV,
    DL_ROWS_JSONL
} dl_shape_of_rows;

/* Rows on their way out: begun, one row after the other, ended. */
typedef struct dl_printer dl_printer;

/* Columns are those of `statement`, as many as `columns`. NULL where memory has run out.
 * Borrows the sink's context. */
dl_printer *dl_printer_new(dl_shape_of_rows shape, sqlite3_stmt *statement, int columns,
                           dateline_sink sink, void *context);

/* Writes the row on which the statement stands; false where it can't be written. */
bool dl_printer_add(dl_printer *printer, sqlite3_stmt *statement);

/* Bytes as they are, in the order of the rows. */
bool dl_printer_add_line(dl_printer *printer, dl_string line);

/* Writes what is left; DATELINE_WRITE_FAILED, DATELINE_NO_MEMORY. Frees the printer. */
dateline_status dl_printer_end(dl_printer *printer, dateline_error *error);

/* All rows of the statement. */
dateline_status dl_print_rows(sqlite3 *db, sqlite3_stmt *statement,
                              dl_shape_of_rows shape, dateline_sink sink, void *context,
                              dateline_error *error);

#endif
