/* Loading columns: records and parties by a thread each, both in the order of keys, then
 * joined and brought into the order of rows. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/load.h"

static const char reading[] = "the archive can't be read";

bool dl_intake_fail(dl_intake *in, dateline_status status)
{
    in->status = status;
    return false;
}

bool dl_intake_no_memory(dl_intake *in)
{
    return dl_intake_fail(in, dl_error_memory(&in->error));
}

dl_string dl_intake_text(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text ? (dl_string){text, (size_t)sqlite3_column_bytes(row, column)}
                : DL_STRING("");
}

/* Room for `count` elements in the array at `items`; false where memory has run out. */
bool dl_intake_resize(dl_intake *in, void *items, size_t count, size_t size)
{
    void **array = items;
    void *bigger = realloc(*array, (count ? count : 1) * size);
    if (!bigger)
        return dl_intake_no_memory(in);
    *array = bigger;
    return true;
}

bool dl_intake_prepare(dl_intake *in, const char *sql, sqlite3_stmt **statement)
{
    return sqlite3_prepare_v2(in->db, sql, -1, statement, NULL) == SQLITE_OK ||
           dl_intake_fail(in, dl_database_error(in->db, &in->error, reading));
}

/* Calls `take` for each row. */
bool dl_intake_each_row(dl_intake *in, const char *sql,
                        bool (*take)(dl_intake *in, sqlite3_stmt *row))
{
    sqlite3_stmt *statement = NULL;
    int code = SQLITE_DONE;
    bool good = dl_intake_prepare(in, sql, &statement);
    while (good && (code = sqlite3_step(statement)) == SQLITE_ROW)
        good = take(in, statement);
    if (good && code != SQLITE_DONE)
        good = dl_intake_fail(in, dl_database_error(in->db, &in->error, reading));
    sqlite3_finalize(statement);
    return good;
}

void dl_intake_add_key(dl_buffer *key, dl_string part)
{
    dl_buffer_add_string(key, part);
    dl_buffer_add_char(key, '\0');
}

/* ---- The whole -----------------------------------------------------------------------
 */

static bool begin_intake(dl_intake *in, sqlite3 *db, dl_columns *c, dl_arena **arena)
{
    *in = (dl_intake){
        .db = db, .c = c, .arena = *arena = dl_arena_new(), .scratch = dl_arena_new()};
    return in->arena && in->scratch ? true : dl_intake_no_memory(in);
}

static void end_intake(dl_intake *in)
{
    dl_dictionary_release(&in->list);
    dl_buffer_release(&in->key);
    dl_arena_free(in->scratch);
    free(in->codes);
    free(in->article_keys);
    free(in->article_sources);
    free(in->record_keys);
    free(in->starts);
    free(in->parties);
}

/* What is read stands in one transaction. */
static void read_all(dl_intake *in, bool (*read)(dl_intake *in))
{
    in->status = dl_execute(in->db, "BEGIN", &in->error);
    if (in->status != DATELINE_OK)
        return;
    dl_columns_mark(in->db, in->mark, sizeof in->mark);
    read(in);
    sqlite3_exec(in->db, "COMMIT", NULL, NULL, NULL);
}

static bool read_records(dl_intake *in)
{
    return dl_load_records(in) && dl_load_stories(in);
}

static void *run_parties(void *context)
{
    read_all(context, dl_load_parties);
    return NULL;
}

static void count_bytes(dl_columns *c, size_t parties)
{
    enum { BYTES_OF_ROW = 8 + 6 * 4 + 3 * 2 + 2 + 8 + 4 + 4 };
    c->bytes = c->rows * BYTES_OF_ROW +
               (parties + c->story_starts[c->story_count + 1]) * sizeof *c->parties +
               c->figure_count * sizeof *c->figures +
               c->site_count * sizeof *c->sites_known +
               c->story_count * 2 * sizeof *c->reports + dl_arena_held(c->arenas[0]) +
               dl_arena_held(c->arenas[1]);
}

/* Both parts; *torn tells that something was written between their beginnings. */
static dateline_status load(sqlite3 *db, sqlite3 *second, dl_columns *c, bool *torn,
                            dateline_error *error)
{
    dl_intake records, parties;
    pthread_t thread;
    bool good = begin_intake(&records, db, c, &c->arenas[0]);
    good = begin_intake(&parties, second ? second : db, c, &c->arenas[1]) && good;
    bool alone =
        !second || !good || pthread_create(&thread, NULL, run_parties, &parties) != 0;
    if (good)
        read_all(&records, read_records);
    if (!alone)
        pthread_join(thread, NULL);
    else if (good && records.status == DATELINE_OK)
        read_all(&parties, dl_load_parties);
    *torn = strcmp(records.mark, parties.mark) != 0;
    if (records.status == DATELINE_OK && parties.status == DATELINE_OK && !*torn &&
        dl_load_arrange(&records, &parties))
        count_bytes(c, parties.party_count);
    dl_intake *failed = records.status != DATELINE_OK ? &records : &parties;
    dateline_status status = failed->status;
    if (status != DATELINE_OK && error)
        *error = failed->error;
    end_intake(&records);
    end_intake(&parties);
    return status;
}

dateline_status dl_columns_load(sqlite3 *db, dl_columns **columns, dateline_error *error)
{
    enum { TRIES = 5 };
    const char *file = sqlite3_db_filename(db, "main");
    sqlite3 *second = NULL;
    *columns = NULL;
    if (file && file[0] &&
        dl_connect(file, DL_ACCESS_READ, &second, error) != DATELINE_OK)
        second = NULL;
    if (second) /* read through once: nothing is worth keeping */
        sqlite3_exec(second, "PRAGMA cache_size=-2048", NULL, NULL, NULL);
    dateline_status status = DATELINE_OK;
    bool torn = true;
    for (int i = 0; torn && status == DATELINE_OK && i < TRIES; i++) {
        dl_columns_free(*columns);
        *columns = calloc(1, sizeof **columns);
        status =
            *columns ? load(db, second, *columns, &torn, error) : dl_error_memory(error);
    }
    sqlite3_close(second);
    if (status == DATELINE_OK && torn)
        status = dl_error_set(error, DATELINE_DATABASE,
                              "the archive changes faster than it can be read");
    if (status != DATELINE_OK) {
        dl_columns_free(*columns);
        *columns = NULL;
    }
    return status;
}
