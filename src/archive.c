/* Archives that are asked: records one by one, rows written, facts. */
#include <stdio.h>
#include <stdlib.h>

#include "archive.h"
#include "question.h"
#include "store/print.h"
#include "store/schema.h"

static const char reading[] = "the archive can't be read";

dateline_status dateline_archive_open(const char *path, dateline_archive **archive,
                                      dateline_error *error)
{
    *archive = calloc(1, sizeof **archive);
    if (!*archive)
        return dl_error_memory(error);
    dateline_status status = dl_connect(path, DL_ACCESS_READ, &(*archive)->db, error);
    if (status != DATELINE_OK) {
        free(*archive);
        *archive = NULL;
    }
    return status;
}

void dateline_archive_close(dateline_archive *archive)
{
    if (!archive)
        return;
    sqlite3_finalize(archive->event);
    sqlite3_close(archive->db);
    free(archive);
}

/* ---- Limits --------------------------------------------------------------------------
 */

static bool is_over(const dateline_archive *archive)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > archive->ends.tv_sec ||
           (now.tv_sec == archive->ends.tv_sec && now.tv_nsec > archive->ends.tv_nsec);
}

static int look_at_clock(void *context)
{
    return is_over(context);
}

void dateline_archive_limit(dateline_archive *archive, double seconds)
{
    enum { STEPS_BETWEEN = 10000 }; /* of SQLite's machine: below a millisecond */
    archive->limit = seconds > 0 ? seconds : 0;
    dl_archive_begin(archive);
    sqlite3_progress_handler(archive->db, STEPS_BETWEEN,
                             seconds > 0 ? look_at_clock : NULL, archive);
}

void dl_archive_begin(dateline_archive *archive)
{
    enum { NANOSECONDS = 1000000000 };
    double whole = (double)(time_t)archive->limit;
    clock_gettime(CLOCK_MONOTONIC, &archive->ends);
    archive->ends.tv_sec += (time_t)whole;
    archive->ends.tv_nsec += (long)((archive->limit - whole) * NANOSECONDS);
    archive->ends.tv_sec += archive->ends.tv_nsec / NANOSECONDS;
    archive->ends.tv_nsec %= NANOSECONDS;
}

dateline_status dl_archive_error(dateline_archive *archive, dateline_error *error,
                                 const char *doing)
{
    if (sqlite3_errcode(archive->db) == SQLITE_INTERRUPT)
        return dl_error_set(error, DATELINE_USAGE, "took too long");
    return dl_database_error(archive->db, error, doing);
}

/* ---- Records -------------------------------------------------------------------------
 */

/* Keys by date; of each that counts, `detail` gives the rest. */
struct dateline_records {
    sqlite3 *db;
    sqlite3_stmt *keys, *detail;
    sqlite3_stmt *story; /* of a key; NULL where every record is given */
    dl_arena *arena;
    dl_map seen;    /* stories that were given */
    dl_buffer line; /* the last one, with its story */
    size_t limit, given;
    dateline_status failure;
};

enum {
    DETAIL_JSON,
    DETAIL_STORY,
    DETAIL_ID,
    DETAIL_DATE,
    DETAIL_TITLE,
    DETAIL_SOURCE,
    DETAIL_URL,
    DETAIL_LANGUAGE,
    DETAIL_SIZE,
    DETAIL_FIRST_DATE,
    DETAIL_REPORTS,
    DETAIL_ARTICLES,
    DETAIL_SOURCES
};
static const char record_detail[] =
    "SELECT j.json, r.story, a.id, a.date, a.title, a.source, a.url, a.language,"
    " length(CAST(a.text AS BLOB)), coalesce(t.first_date, ''), coalesce(t.reports, 1),"
    " coalesce(t.articles, 1), coalesce(t.sources, 1)"
    " FROM records r JOIN record_json j ON j.record_key = r.record_key"
    " JOIN articles a ON a.article_key = r.article_key"
    " LEFT JOIN stories t ON t.story = r.story WHERE r.record_key = ?";

/* The same without what costs most: reading the article to tell its size. */
static const char event_detail[] =
    "SELECT j.json, r.story, a.id, a.date, a.title, a.source, a.url, NULL, 0, '',"
    " coalesce(t.reports, 1), 0, coalesce(t.sources, 1)"
    " FROM records r JOIN record_json j ON j.record_key = r.record_key"
    " JOIN articles a ON a.article_key = r.article_key"
    " LEFT JOIN stories t ON t.story = r.story WHERE r.record_key = ?";

static const char row_detail[] =
    "SELECT date, event || rtrim(' ' || mode) AS event, actors, recipients,"
    " coalesce(place_name || ', ', '') || coalesce(country, '') AS place, status,"
    " reports, coalesce(source, '') AS source, article, text FROM event_list"
    " WHERE record_key = ?";

static const char csv_detail[] = "SELECT * FROM event_list WHERE record_key = ?";

static dateline_status open_records(sqlite3 *db, const dateline_engine *engine,
                                    const dateline_query *query, const char *detail,
                                    dateline_records *records, dateline_error *error)
{
    enum { STORIES_EXPECTED = 1024 };
    *records =
        (dateline_records){.db = db, .arena = dl_arena_new(), .limit = query->limit};
    if (!records->arena || !dl_map_init(&records->seen, records->arena, STORIES_EXPECTED))
        return dl_error_memory(error);
    dateline_status status =
        dl_question_prepare(db, engine, query, false, &records->keys, error);
    if (status == DATELINE_OK &&
        sqlite3_prepare_v2(db, detail, -1, &records->detail, NULL) != SQLITE_OK)
        status = dl_database_error(db, error, reading);
    bool merged = !query->every_report && dl_question_merged(db);
    if (status == DATELINE_OK && merged &&
        sqlite3_prepare_v2(db, "SELECT story FROM records WHERE record_key = ?", -1,
                           &records->story, NULL) != SQLITE_OK)
        status = dl_database_error(db, error, reading);
    return status;
}

static void release_records(dateline_records *records)
{
    sqlite3_finalize(records->keys);
    sqlite3_finalize(records->detail);
    sqlite3_finalize(records->story);
    dl_buffer_release(&records->line);
    dl_arena_free(records->arena);
}

/* Whether this story comes for the first time. */
static bool is_new(dateline_records *records, dl_string story, dateline_error *error)
{
    bool added = false;
    if (dl_map_find(&records->seen, story))
        return false;
    dl_string kept = dl_arena_string(records->arena, story);
    if (!kept.data || !dl_map_add(&records->seen, kept, 0, &added))
        records->failure = dl_error_memory(error);
    return added;
}

/* Whether the record on which `keys` stands is the first of its story, or has none. */
static bool is_first(dateline_records *records, dateline_error *error)
{
    bool first = true;
    if (!records->story)
        return true;
    sqlite3_bind_int64(records->story, 1, sqlite3_column_int64(records->keys, 0));
    if (sqlite3_step(records->story) == SQLITE_ROW &&
        sqlite3_column_type(records->story, 0) != SQLITE_NULL) {
        dl_string story = {(const char *)sqlite3_column_text(records->story, 0),
                           (size_t)sqlite3_column_bytes(records->story, 0)};
        first = is_new(records, story, error);
    }
    sqlite3_reset(records->story);
    return first;
}

/* Moves `detail` on to the next record; DATELINE_END after the last. */
static dateline_status step(dateline_records *records, dateline_error *error)
{
    int code = SQLITE_DONE;
    sqlite3_reset(records->detail);
    if (records->limit && records->given == records->limit)
        return DATELINE_END;
    while (records->failure == DATELINE_OK &&
           (code = sqlite3_step(records->keys)) == SQLITE_ROW)
        if (is_first(records, error))
            break;
    if (records->failure != DATELINE_OK)
        return records->failure;
    if (code == SQLITE_DONE) /* another step would begin anew */
        return records->failure = DATELINE_END;
    if (code == SQLITE_ROW) {
        sqlite3_bind_int64(records->detail, 1, sqlite3_column_int64(records->keys, 0));
        code = sqlite3_step(records->detail);
        records->given++;
    }
    return code == SQLITE_ROW ? DATELINE_OK
                              : dl_database_error(records->db, error, reading);
}

static dateline_text text_at(sqlite3_stmt *statement, int column)
{
    return (dateline_text){(const char *)sqlite3_column_text(statement, column),
                           (size_t)sqlite3_column_bytes(statement, column)};
}

static size_t number_at(sqlite3_stmt *statement, int column)
{
    return (size_t)sqlite3_column_int64(statement, column);
}

dateline_status dateline_records_open(dateline_archive *archive,
                                      const dateline_engine *engine,
                                      const dateline_query *query,
                                      dateline_records **records, dateline_error *error)
{
    static const dateline_query everything;
    query = query ? query : &everything;
    *records = NULL;
    if (query->count)
        return dl_error_set(error, DATELINE_USAGE, "counts are no records");
    dateline_records *opened = calloc(1, sizeof *opened);
    if (!opened)
        return dl_error_memory(error);
    dateline_status status =
        open_records(archive->db, engine, query, record_detail, opened, error);
    if (status == DATELINE_OK)
        *records = opened;
    else
        dateline_records_close(opened);
    return status;
}

void dateline_records_close(dateline_records *records)
{
    if (!records)
        return;
    release_records(records);
    free(records);
}

/* The record's line with its story in its place, before the rule. No string of JSON has a
 * bare quotation mark in it, so the key is found by its bytes. */
static dl_string line_of(dateline_records *records)
{
    static const char rule[] = ",\"rule\":";
    dateline_text json = text_at(records->detail, DETAIL_JSON);
    dateline_text story = text_at(records->detail, DETAIL_STORY);
    dl_buffer *line = &records->line;
    size_t at = json.size, size = sizeof rule - 1;
    if (!story.size)
        return (dl_string){json.data, json.size};
    while (at > size && memcmp(json.data + at - size, rule, size) != 0)
        at--;
    at = at > size ? at - size : json.size - 1; /* none: before the last bracket */
    dl_buffer_clear(line);
    dl_buffer_add(line, json.data, at);
    dl_buffer_add_text(line, ",\"story\":");
    dl_buffer_add_json(line, (dl_string){story.data, story.size});
    dl_buffer_add(line, json.data + at, json.size - at);
    return (dl_string){line->data, line->size};
}

dateline_status dateline_records_next(dateline_records *records, dateline_export_row *row,
                                      dateline_error *error)
{
    dateline_status status = step(records, error);
    sqlite3_stmt *detail = records->detail;
    if (status != DATELINE_OK)
        return status;
    dl_string line = line_of(records);
    *row =
        (dateline_export_row){.record = {line.data, line.size},
                              .article = {.id = text_at(detail, DETAIL_ID),
                                          .date = text_at(detail, DETAIL_DATE),
                                          .title = text_at(detail, DETAIL_TITLE),
                                          .source = text_at(detail, DETAIL_SOURCE),
                                          .url = text_at(detail, DETAIL_URL),
                                          .language = text_at(detail, DETAIL_LANGUAGE),
                                          .text = {NULL, number_at(detail, DETAIL_SIZE)}},
                              .story_date = text_at(detail, DETAIL_FIRST_DATE),
                              .reports = number_at(detail, DETAIL_REPORTS),
                              .articles = number_at(detail, DETAIL_ARTICLES),
                              .sources = number_at(detail, DETAIL_SOURCES)};
    return records->line.failed ? dl_error_memory(error) : DATELINE_OK;
}

/* ---- Writing -------------------------------------------------------------------------
 */

static dateline_status write_records(dateline_records *records, dateline_rows shape,
                                     dateline_sink sink, void *context,
                                     dateline_error *error)
{
    sqlite3_stmt *row = records->detail;
    dl_printer *printer = dl_printer_new(
        (dl_shape_of_rows)shape, row,
        sqlite3_column_count(row) - (shape == DATELINE_ROWS_CSV), sink, context);
    if (!printer)
        return dl_error_memory(error);
    dateline_status status = DATELINE_OK;
    bool going = true;
    while (going && (status = step(records, error)) == DATELINE_OK)
        going = shape == DATELINE_ROWS_JSONL
                    ? dl_printer_add_line(printer, line_of(records))
                    : dl_printer_add(printer, row);
    dateline_status ended = dl_printer_end(printer, error);
    if (records->line.failed)
        return dl_error_memory(error);
    return status == DATELINE_OK || status == DATELINE_END ? ended : status;
}

dateline_status dateline_archive_query(dateline_archive *archive,
                                       const dateline_engine *engine,
                                       const dateline_query *query, dateline_rows shape,
                                       dateline_sink sink, void *context,
                                       dateline_error *error)
{
    static const char *const details[] = {[DATELINE_ROWS_TABLE] = row_detail,
                                          [DATELINE_ROWS_CSV] = csv_detail,
                                          [DATELINE_ROWS_JSONL] = record_detail};
    if (query->count) {
        sqlite3_stmt *statement;
        dateline_status status =
            dl_question_prepare(archive->db, engine, query, true, &statement, error);
        if (status == DATELINE_OK)
            status = dl_print_rows(archive->db, statement, (dl_shape_of_rows)shape, sink,
                                   context, error);
        sqlite3_finalize(statement);
        return status;
    }
    dateline_records records;
    dateline_status status =
        open_records(archive->db, engine, query, details[shape], &records, error);
    if (status == DATELINE_OK)
        status = write_records(&records, shape, sink, context, error);
    release_records(&records);
    return status;
}

dateline_status dateline_archive_sql(dateline_archive *archive, const char *sql,
                                     dateline_rows shape, dateline_sink sink,
                                     void *context, dateline_error *error)
{
    return dateline_archive_select(archive, sql, NULL, 0, shape, sink, context, error);
}

dateline_status dateline_archive_select(dateline_archive *archive, const char *sql,
                                        const dateline_text *values, size_t value_count,
                                        dateline_rows shape, dateline_sink sink,
                                        void *context, dateline_error *error)
{
    sqlite3_stmt *statement;
    dl_archive_begin(archive);
    dateline_status status = dl_ask_sql(archive->db, sql, &statement, error);
    if (status != DATELINE_OK)
        return status;
    for (size_t i = 0; i < value_count; i++)
        dl_bind_string(statement, (int)i + 1,
                       (dl_string){values[i].data, values[i].size});
    status = dl_print_rows(archive->db, statement, (dl_shape_of_rows)shape, sink, context,
                           error);
    if (status == DATELINE_DATABASE)
        status = dl_archive_error(archive, error, reading);
    sqlite3_finalize(statement);
    return status;
}

/* ---- Events --------------------------------------------------------------------------
 */

/* "key":"value", where there is one. */
static void add_field(dl_buffer *out, const char *key, dateline_text value)
{
    if (!value.data || dl_utf8_check((dl_string){value.data, value.size}) != value.size)
        return;
    dl_buffer_add_format(out, ",\"%s\":", key);
    dl_buffer_add_json(out, (dl_string){value.data, value.size});
}

/* The record on which `detail` stands as an Event. */
static void add_event(dl_buffer *out, dateline_records *records)
{
    sqlite3_stmt *detail = records->detail;
    dateline_text id = text_at(detail, DETAIL_ID);
    dl_buffer_clear(out);
    dl_buffer_add_text(out, "{\"record\":");
    dl_buffer_add_string(out, line_of(records));
    dl_buffer_add_text(out, ",\"article\":{\"id\":");
    dl_buffer_add_json(out, (dl_string){id.data, id.size});
    add_field(out, "date", text_at(detail, DETAIL_DATE));
    add_field(out, "title", text_at(detail, DETAIL_TITLE));
    add_field(out, "source", text_at(detail, DETAIL_SOURCE));
    add_field(out, "url", text_at(detail, DETAIL_URL));
    dl_buffer_add_format(out, "},\"reports\":%zu,\"sources\":%zu}",
                         number_at(detail, DETAIL_REPORTS),
                         number_at(detail, DETAIL_SOURCES));
}

/* The statement for rows of this shape. That for JSON is the archive's, kept for pages to
 * come: making it takes longer than reading a few rows by it. */
static sqlite3_stmt *event_statement(dateline_archive *archive, bool csv)
{
    sqlite3_stmt *made = NULL;
    if (csv)
        sqlite3_prepare_v2(archive->db, csv_detail, -1, &made, NULL);
    else if (!archive->event)
        sqlite3_prepare_v3(archive->db, event_detail, -1, SQLITE_PREPARE_PERSISTENT,
                           &archive->event, NULL);
    return csv ? made : archive->event;
}

/* One after the other; SQLITE_ROW or SQLITE_DONE, or what went wrong. */
static int write_keys(dateline_records *records, const int64_t *keys, size_t count,
                      bool csv, dl_printer *printer, dl_buffer *event)
{
    sqlite3_stmt *detail = records->detail;
    int code = SQLITE_ROW;
    bool going = true;
    for (size_t i = 0; going && i < count; i++) {
        sqlite3_reset(detail);
        sqlite3_bind_int64(detail, 1, keys[i]);
        code = sqlite3_step(detail);
        going = code == SQLITE_ROW || code == SQLITE_DONE;
        if (code != SQLITE_ROW)
            continue;
        if (!csv)
            add_event(event, records);
        going = csv ? dl_printer_add(printer, detail)
                    : dl_printer_add_line(printer, (dl_string){event->data, event->size});
    }
    return code;
}

/* All rows in one transaction: they are of one state of the archive, and its locks are
 * taken once. */
dateline_status dateline_archive_write_events(dateline_archive *archive,
                                              const int64_t *keys, size_t count,
                                              dateline_rows shape, dateline_sink sink,
                                              void *context, dateline_error *error)
{
    bool csv = shape == DATELINE_ROWS_CSV;
    dateline_records records = {.db = archive->db};
    dl_buffer event = {0};
    dl_archive_begin(archive);
    records.detail = event_statement(archive, csv);
    if (!records.detail)
        return dl_database_error(archive->db, error, reading);
    dl_printer *printer =
        dl_printer_new(csv ? DL_ROWS_CSV : DL_ROWS_JSONL, records.detail,
                       sqlite3_column_count(records.detail) - csv, sink, context);
    bool begun = sqlite3_get_autocommit(archive->db) &&
                 sqlite3_exec(archive->db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK;
    int code =
        printer ? write_keys(&records, keys, count, csv, printer, &event) : SQLITE_NOMEM;
    bool failed = event.failed || records.line.failed || !printer;
    dateline_status status = printer ? dl_printer_end(printer, error) : DATELINE_OK;
    if (failed)
        status = dl_error_memory(error);
    else if (code != SQLITE_ROW && code != SQLITE_DONE)
        status = dl_archive_error(archive, error, reading);
    sqlite3_reset(records.detail);
    if (begun)
        sqlite3_exec(archive->db, "COMMIT", NULL, NULL, NULL);
    if (!csv)
        records.detail = NULL; /* the archive's */
    dl_buffer_release(&event);
    release_records(&records);
    return status;
}

/* ---- Facts ---------------------------------------------------------------------------
 */

static void ask_text(sqlite3 *db, const char *sql, char *out, size_t size)
{
    sqlite3_stmt *statement = NULL;
    out[0] = '\0';
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        snprintf(out, size, "%s", text ? text : "");
    }
    sqlite3_finalize(statement);
}

static size_t ask_size(sqlite3 *db, const char *sql)
{
    int64_t number = dl_ask_number(db, sql);
    return number > 0 ? (size_t)number : 0;
}

/* What SQLite finds in the file, then what does not belong together in ours. */
static void find_fault(sqlite3 *db, bool thorough, dateline_archive_facts *facts)
{
    static const char *const strays[] = {
        "SELECT count(*) FROM records WHERE article_key NOT IN"
        " (SELECT article_key FROM articles)",
        "SELECT count(*) FROM records WHERE record_key NOT IN"
        " (SELECT record_key FROM record_json)",
        "SELECT count(*) FROM parties WHERE record_key NOT IN"
        " (SELECT record_key FROM records)",
        "SELECT count(*) FROM dyads WHERE record_key NOT IN"
        " (SELECT record_key FROM records)"};
    ask_text(db, thorough ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)",
             facts->fault, sizeof facts->fault);
    if (strcmp(facts->fault, "ok") != 0) {
        if (!facts->fault[0])
            snprintf(facts->fault, sizeof facts->fault, "%s", sqlite3_errmsg(db));
        return;
    }
    facts->fault[0] = '\0';
    for (size_t i = 0; thorough && i < sizeof strays / sizeof *strays; i++)
        if (ask_size(db, strays[i]) > 0)
            snprintf(facts->fault, sizeof facts->fault,
                     "rows that belong to nothing: something else has written here");
}

dateline_status dateline_archive_check(const char *path, bool thorough,
                                       dateline_archive_facts *facts,
                                       dateline_error *error)
{
    sqlite3 *db;
    *facts = (dateline_archive_facts){.known_version = dl_schema_version()};
    dateline_status status = dl_connect(path, DL_ACCESS_LOOK, &db, error);
    if (status != DATELINE_OK)
        return status;
    facts->version = (int)dl_ask_number(db, "PRAGMA user_version");
    if (facts->version > 0) {
        facts->articles = ask_size(db, "SELECT count(*) FROM articles");
        facts->records = ask_size(db, "SELECT count(*) FROM records");
        facts->claims = ask_size(db, "SELECT count(*) FROM claims");
        facts->stories = ask_size(db, "SELECT count(*) FROM stories");
        facts->rejects = ask_size(db, "SELECT count(*) FROM rejects");
        facts->coders = ask_size(db, "SELECT count(DISTINCT coded_with) FROM articles");
        ask_text(db, "SELECT min(date) FROM articles", facts->first_date,
                 sizeof facts->first_date);
        ask_text(db, "SELECT max(date) FROM articles", facts->last_date,
                 sizeof facts->last_date);
    }
    find_fault(db, thorough, facts);
    sqlite3_close(db);
    return DATELINE_OK;
}
