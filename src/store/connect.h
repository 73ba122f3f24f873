/* One connection to an archive: opened, checked, brought up to date.
 *
 * Power may fail at any moment: the write-ahead log is flushed at each commit
 * (synchronous=FULL), so that what was committed stays. Readers never wait for the writer
 * and always see whole transactions. */
#ifndef DL_STORE_CONNECT_H
#define DL_STORE_CONNECT_H

#include <sqlite3.h>

#include "base/base.h"
#include "store/schema.h"

enum {
    DL_BUSY_MILLISECONDS = 30000, /* that one process waits for another's transaction */
    DL_CACHE_KIBIBYTES = 65536    /* pages held in memory, by each connection */
};

typedef enum dl_access {
    DL_ACCESS_READ,  /* an archive that is there; it is never changed but to be brought
                        up to date */
    DL_ACCESS_WRITE, /* created where there is none */
    DL_ACCESS_LOOK   /* as it is, of whatever version: for doctor */
} dl_access;

/* DATELINE_DATABASE with what to do. Owned by the caller (sqlite3_close). */
dateline_status dl_connect(const char *path, dl_access access, sqlite3 **db,
                           dateline_error *error);

/* As a dateline would whose layout has these steps. */
dateline_status dl_connect_as(const char *path, dl_access access, const dl_schema *schema,
                              sqlite3 **db, dateline_error *error);

/* DATELINE_DATABASE with SQLite's own words; NO_MEMORY where that is what it says. */
dateline_status dl_database_error(sqlite3 *db, dateline_error *error, const char *doing);

dateline_status dl_execute(sqlite3 *db, const char *sql, dateline_error *error);

/* Whole number that a statement without parameters gives; -1 where it gives none. */
int64_t dl_ask_number(sqlite3 *db, const char *sql);

/* Absent strings are bound as NULL; bytes are borrowed until the statement is reset. */
void dl_bind_string(sqlite3_stmt *statement, int column, dl_string value);

#endif
