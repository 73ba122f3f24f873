#include "store/connect.h"

dateline_status dl_database_error(sqlite3 *db, dateline_error *error, const char *doing)
{
    int code = db ? sqlite3_errcode(db) : SQLITE_NOMEM;
    if (code == SQLITE_NOMEM)
        return dl_error_memory(error);
    const char *file = db ? sqlite3_db_filename(db, "main") : NULL;
    return dl_error_set(error, DATELINE_DATABASE, "%s: %s%s%s", doing, sqlite3_errmsg(db),
                        file && file[0] ? ": " : "", file ? file : "");
}

dateline_status dl_execute(sqlite3 *db, const char *sql, dateline_error *error)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK
               ? DATELINE_OK
               : dl_database_error(db, error, "the archive can't be written");
}

int64_t dl_ask_number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int64_t number = -1;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return number;
}

void dl_bind_string(sqlite3_stmt *statement, int column, dl_string value)
{
    if (!value.data)
        sqlite3_bind_null(statement, column);
    else
        sqlite3_bind_text64(statement, column, value.data, value.size, SQLITE_STATIC,
                            SQLITE_UTF8);
}

/* ---- Opening -------------------------------------------------------------------------
 */

static dateline_status set_pragmas(sqlite3 *db, dateline_error *error)
{
    char sql[160];
    sqlite3_snprintf(sizeof sql, sql,
                     "PRAGMA synchronous=FULL; PRAGMA cache_size=-%d;"
                     "PRAGMA wal_autocheckpoint=8000; PRAGMA temp_store=MEMORY;",
                     (int)DL_CACHE_KIBIBYTES);
    return dl_execute(db, sql, error);
}

static dateline_status run_step(sqlite3 *db, const dl_schema *schema, int step,
                                dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    const char *const *part = schema->steps[step].parts;
    for (; *part && status == DATELINE_OK; part++)
        status = dl_execute(db, *part, error);
    char sql[96];
    sqlite3_snprintf(sizeof sql, sql, "PRAGMA application_id=%d; PRAGMA user_version=%d;",
                     (int)DL_ARCHIVE_APPLICATION, step + 1);
    return status == DATELINE_OK ? dl_execute(db, sql, error) : status;
}

static dateline_status say_newer(const char *path, int64_t version,
                                 const dl_schema *schema, dateline_error *error)
{
    return dl_error_set(error, DATELINE_DATABASE,
                        "%s was written by a newer dateline (archive version %d, this "
                        "one knows up to %d): use that one, or a newer one",
                        path, (int)version, schema->count);
}

/* From the version the archive has to ours, all or nothing. Another process may have done
 * it meanwhile: what counts is the version inside of the transaction. */
static dateline_status migrate(sqlite3 *db, const dl_schema *schema,
                               dateline_error *error)
{
    dateline_status status = dl_execute(db, "BEGIN IMMEDIATE", error);
    if (status != DATELINE_OK)
        return status;
    int64_t version = dl_ask_number(db, "PRAGMA user_version");
    if (version < 0)
        status = dl_database_error(db, error, "the archive can't be read");
    else if (version > schema->count)
        status = say_newer(sqlite3_db_filename(db, "main"), version, schema, error);
    for (; version < schema->count && status == DATELINE_OK; version++)
        status = run_step(db, schema, (int)version, error);
    if (status == DATELINE_OK)
        return dl_execute(db, "COMMIT", error);
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* Whether the file is an archive (or empty) of a version that we can read; *version. */
static dateline_status identify(sqlite3 *db, const char *path, dl_access access,
                                const dl_schema *schema, int64_t *version,
                                dateline_error *error)
{
    *version = dl_ask_number(db, "PRAGMA user_version");
    int64_t tables = dl_ask_number(db, "SELECT count(*) FROM sqlite_schema");
    if (tables < 0) {
        if (sqlite3_errcode(db) == SQLITE_NOTADB)
            return dl_error_set(error, DATELINE_DATABASE,
                                "%s is no SQLite file: no archive is written over it",
                                path);
        return dl_database_error(db, error, "the archive can't be read");
    }
    int64_t application = dl_ask_number(db, "PRAGMA application_id");
    bool fresh = tables == 0 && application == 0 && *version == 0;
    if ((application != DL_ARCHIVE_APPLICATION && !fresh) || *version < 0)
        return dl_error_set(error, DATELINE_DATABASE,
                            "%s is an SQLite file of something else: give another name",
                            path);
    return *version > schema->count && access != DL_ACCESS_LOOK
               ? say_newer(path, *version, schema, error)
               : DATELINE_OK;
}

static dateline_status prepare(sqlite3 *db, const char *path, dl_access access,
                               const dl_schema *schema, dateline_error *error)
{
    int64_t version = 0;
    sqlite3_busy_timeout(db, DL_BUSY_MILLISECONDS);
    dateline_status status = identify(db, path, access, schema, &version, error);
    if (status == DATELINE_OK)
        status = set_pragmas(db, error);
    if (status != DATELINE_OK || access == DL_ACCESS_LOOK)
        return status;
    if (version == 0 && access == DL_ACCESS_READ)
        return dl_error_set(error, DATELINE_DATABASE,
                            "%s is empty: `dateline code --db` fills it", path);
    if (version < schema->count && sqlite3_db_readonly(db, "main"))
        return dl_error_set(error, DATELINE_DATABASE,
                            "%s is of an older version and can't be written: copy it "
                            "where it can be, and open it there once",
                            path);
    if (access == DL_ACCESS_WRITE)
        status = dl_execute(db, "PRAGMA journal_mode=WAL", error);
    if (status == DATELINE_OK && version < schema->count)
        status = migrate(db, schema, error);
    if (status == DATELINE_OK && access == DL_ACCESS_READ)
        status = dl_execute(db, "PRAGMA query_only=ON", error);
    return status;
}

dateline_status dl_connect(const char *path, dl_access access, sqlite3 **db,
                           dateline_error *error)
{
    return dl_connect_as(path, access, &dl_schema_ours, db, error);
}

dateline_status dl_connect_as(const char *path, dl_access access, const dl_schema *schema,
                              sqlite3 **db, dateline_error *error)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                (access == DL_ACCESS_WRITE ? SQLITE_OPEN_CREATE : 0);
    *db = NULL;
    int code = sqlite3_open_v2(path, db, flags, NULL);
    if (code == SQLITE_CANTOPEN && access != DL_ACCESS_WRITE) {
        sqlite3_close(*db);
        flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX;
        code = sqlite3_open_v2(path, db, flags, NULL);
    }
    dateline_status status = DATELINE_OK;
    if (code == SQLITE_CANTOPEN && access != DL_ACCESS_WRITE)
        status =
            dl_error_set(error, DATELINE_DATABASE,
                         "%s can't be opened: `dateline code --db` makes archives", path);
    else if (code != SQLITE_OK)
        status = *db && sqlite3_errcode(*db) != SQLITE_NOMEM
                     ? dl_error_set(error, DATELINE_DATABASE, "%s: %s", path,
                                    sqlite3_errmsg(*db))
                     : dl_error_memory(error);
    else
        status = prepare(*db, path, access, schema, error);
    if (status == DATELINE_OK)
        return status;
    sqlite3_close(*db);
    *db = NULL;
    return status;
}
