/* One article with all that was found in it, kept or just given; explanations. */
#include <string.h>

#include "serve/inside.h"

static dateline_text text_of(const json_t *row, const char *key)
{
    json_t *value = json_object_get(row, key);
    return (dateline_text){json_string_value(value), json_string_length(value)};
}

static dateline_article article_of(const json_t *row)
{
    return (dateline_article){.id = text_of(row, "id"),
                              .date = text_of(row, "date"),
                              .text = text_of(row, "text"),
                              .title = text_of(row, "title"),
                              .source = text_of(row, "source"),
                              .url = text_of(row, "url"),
                              .language = text_of(row, "language"),
                              .author = text_of(row, "author")};
}

/* The article that the path names, as a row; false, with 404, where there is none. */
static bool find_article(serve_job *job, json_t **article)
{
    static const char sql[] =
        "SELECT a.id, a.date, a.title, a.source, a.author, a.url, a.language, a.text,"
        " a.coded_with, b.id AS same_as FROM articles a LEFT JOIN articles b"
        " ON b.article_key = a.same_as WHERE a.id = ?1";
    dateline_text id = serve_value(job->call->segments[2]);
    json_t *rows;
    if (!serve_rows(job, sql, &id, 1, &rows))
        return false;
    *article = json_incref(json_array_get(rows, 0));
    json_decref(rows);
    return *article || serve_call_fail(job->call, MHD_HTTP_NOT_FOUND, "no such article");
}

/* Records, or claims, of lines that have both, as elements of an array. A string of JSON
 * has no bare quotation mark in it, so the kind is found by its bytes. */
static void add_lines(serve_text *out, const serve_text *lines, bool claims)
{
    static const char kind[] = "\"kind\":\"claim\"";
    bool first = true;
    serve_text_add(out, "[", 1);
    for (size_t at = 0; at < lines->size;) {
        const char *line = lines->data + at;
        const char *end = strchr(line, '\n');
        size_t size = end ? (size_t)(end - line) : lines->size - at;
        const char *found = strstr(line, kind);
        bool claim = found && found < line + size;
        if (size > 0 && claim == claims) {
            serve_text_add(out, ",", first ? 0 : 1);
            serve_text_add(out, line, size);
            first = false;
        }
        at += size + 1;
    }
    serve_text_add(out, "]", 1);
}

static bool write_part(serve_job *job, dateline_worker *worker, dateline_format format,
                       serve_text *out)
{
    dateline_error error = {0};
    dateline_status status =
        dateline_worker_write(worker, format, serve_text_add, out, &error);
    return status == DATELINE_OK || serve_call_failed(job->call, status, &error);
}

/* Codes the article with a worker of the state's; it must be given back. */
static bool code(serve_job *job, const dateline_article *article,
                 dateline_worker **worker)
{
    dateline_error error = {0};
    *worker = serve_state_worker(job->state);
    if (!*worker)
        return serve_call_fail(job->call, MHD_HTTP_SERVICE_UNAVAILABLE,
                               "too many articles are being coded: try again");
    dateline_status status = dateline_worker_code(*worker, article, &error);
    if (status == DATELINE_OK)
        return true;
    serve_state_return_worker(job->state, *worker);
    return serve_call_failed(job->call, status, &error);
}

static bool add_annotation(serve_job *job, dateline_worker *worker, serve_text *out)
{
    serve_text_print(out, ",\"annotation\":");
    bool fine = write_part(job, worker, DATELINE_ANNOTATION_JSONL, out);
    while (out->size > 0 && out->data[out->size - 1] == '\n')
        out->size--;
    return fine;
}

/* ---- Kept articles -------------------------------------------------------------------
 */

/* The records as they were written, each with its story. */
static bool add_records(serve_job *job, const char *id, serve_text *out)
{
    dateline_query query = {.article = id, .every_report = true};
    dateline_records *records = NULL;
    dateline_export_row row;
    dateline_error error = {0};
    bool first = true;
    dateline_status status =
        dateline_records_open(job->archive, NULL, &query, &records, &error);
    serve_text_print(out, ",\"records\":[");
    while (status == DATELINE_OK &&
           (status = dateline_records_next(records, &row, &error)) == DATELINE_OK) {
        serve_text_add(out, ",", first ? 0 : 1);
        serve_text_add(out, row.record.data, row.record.size);
        first = false;
    }
    dateline_records_close(records);
    serve_text_print(out, "]");
    return status == DATELINE_END || serve_call_failed(job->call, status, &error);
}

static bool add_claims(serve_job *job, const char *id, serve_text *out)
{
    static const char sql[] =
        "SELECT c.json FROM claims c JOIN articles a ON a.article_key = c.article_key"
        " WHERE a.id = ?1 ORDER BY c.claim_key";
    dateline_text value = serve_value(id);
    json_t *rows, *row;
    size_t i;
    if (!serve_rows(job, sql, &value, 1, &rows))
        return false;
    serve_text_print(out, ",\"claims\":[");
    json_array_foreach(rows, i, row)
    {
        dateline_text json = text_of(row, "json");
        serve_text_add(out, ",", i ? 1 : 0);
        serve_text_add(out, json.data, json.size);
    }
    serve_text_print(out, "]");
    json_decref(rows);
    return true;
}

/* Keys in the column `record_key`, at most `most`. */
static size_t read_keys(const json_t *rows, int64_t *keys, size_t most)
{
    size_t count = json_array_size(rows) < most ? json_array_size(rows) : most;
    for (size_t i = 0; i < count; i++)
        keys[i] = json_integer_value(json_object_get(json_array_get(rows, i), "k"));
    return count;
}

static bool add_story(serve_job *job, const char *story, const char *id, serve_text *out)
{
    static const char sql[] =
        "SELECT r.record_key AS k FROM records r JOIN articles a"
        " ON a.article_key = r.article_key WHERE r.story = ?1 AND a.id <> ?2"
        " ORDER BY a.date, a.article_key, r.record_key LIMIT 100";
    int64_t keys[100];
    dateline_text values[] = {serve_value(story), serve_value(id)};
    json_t *rows;
    if (!serve_rows(job, sql, values, 2, &rows))
        return false;
    size_t count = read_keys(rows, keys, sizeof keys / sizeof *keys);
    json_decref(rows);
    serve_text_print(out, "{\"story\":\"%.40s\",\"rows\":", story);
    bool fine = serve_event_rows(job, keys, count, out);
    serve_text_print(out, "}");
    return fine;
}

/* Stories of the article's records that other articles report too. */
static bool add_stories(serve_job *job, const char *id, serve_text *out)
{
    static const char sql[] =
        "SELECT DISTINCT r.story FROM records r JOIN articles a"
        " ON a.article_key = r.article_key WHERE a.id = ?1 AND r.story IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM records o WHERE o.story = r.story"
        " AND o.article_key <> r.article_key) ORDER BY r.record_key LIMIT 100";
    dateline_text value = serve_value(id);
    json_t *rows, *row;
    size_t i;
    bool fine = serve_rows(job, sql, &value, 1, &rows);
    serve_text_print(out, ",\"stories\":[");
    json_array_foreach(rows, i, row)
    {
        serve_text_add(out, ",", i ? 1 : 0);
        fine = fine && add_story(job, text_of(row, "story").data, id, out);
    }
    serve_text_print(out, "]");
    json_decref(rows);
    return fine;
}

bool serve_article(serve_job *job, serve_text *out)
{
    json_t *row;
    dateline_worker *worker;
    if (!find_article(job, &row))
        return false;
    dateline_article article = article_of(row);
    serve_text_print(out, "{\"article\":");
    serve_text_value(out, row);
    bool fine = code(job, &article, &worker);
    if (fine) {
        fine = add_annotation(job, worker, out);
        serve_state_return_worker(job->state, worker);
    }
    fine = fine && add_records(job, article.id.data, out) &&
           add_claims(job, article.id.data, out) &&
           add_stories(job, article.id.data, out);
    serve_text_print(out, "}");
    json_decref(row);
    return fine;
}

static bool add_explanation(serve_job *job, dateline_worker *worker, serve_text *out)
{
    serve_text text = {0};
    bool fine = write_part(job, worker, DATELINE_EXPLANATION, &text);
    serve_text_json(out, (dateline_text){text.data, text.size});
    serve_text_release(&text);
    return fine;
}

bool serve_explanation(serve_job *job, serve_text *out)
{
    json_t *row;
    dateline_worker *worker;
    if (!find_article(job, &row))
        return false;
    dateline_article article = article_of(row);
    bool fine = code(job, &article, &worker);
    if (fine) {
        serve_text_print(out, "{\"text\":");
        fine = add_explanation(job, worker, out);
        serve_text_print(out, "}");
        serve_state_return_worker(job->state, worker);
    }
    json_decref(row);
    return fine;
}

/* ---- Given articles ------------------------------------------------------------------
 */

static bool has_strings(serve_call *call, const json_t *given)
{
    static const char *const keys[] = {"text", "date", "title"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        json_t *value = json_object_get(given, keys[i]);
        if (value ? !json_is_string(value) : i == 0)
            return serve_call_fail(call, MHD_HTTP_BAD_REQUEST, "%s must be a string",
                                   keys[i]);
    }
    if (text_of(given, "text").size > SERVE_ARTICLE_BYTES)
        return serve_call_fail(call, MHD_HTTP_CONTENT_TOO_LARGE,
                               "the text has more than %d bytes", SERVE_ARTICLE_BYTES);
    return true;
}

static bool write_coded(serve_job *job, const json_t *row, dateline_worker *worker,
                        serve_text *out)
{
    serve_text lines = {0};
    serve_text_print(out, "{\"article\":");
    serve_text_value(out, row);
    bool fine = add_annotation(job, worker, out) &&
                write_part(job, worker, DATELINE_RECORDS_AND_CLAIMS_JSONL, &lines);
    serve_text_print(out, ",\"records\":");
    add_lines(out, &lines, false);
    serve_text_print(out, ",\"claims\":");
    add_lines(out, &lines, true);
    serve_text_release(&lines);
    serve_text_print(out, ",\"stories\":[],\"explanation\":");
    fine = fine && add_explanation(job, worker, out);
    serve_text_print(out, "}");
    return fine;
}

bool serve_code(serve_job *job, serve_text *out)
{
    dateline_worker *worker;
    serve_text *body = &job->call->body;
    json_t *given = json_loadb(body->data ? body->data : "", body->size,
                               JSON_REJECT_DUPLICATES, NULL);
    if (!json_is_object(given)) {
        json_decref(given);
        return serve_call_fail(job->call, MHD_HTTP_BAD_REQUEST,
                               "the body is no JSON object");
    }
    bool fine = has_strings(job->call, given);
    if (fine) {
        json_t *row =
            json_pack("{s:s,s:O}", "id", "given", "text", json_object_get(given, "text"));
        if (text_of(given, "date").size)
            json_object_set(row, "date", json_object_get(given, "date"));
        if (text_of(given, "title").size)
            json_object_set(row, "title", json_object_get(given, "title"));
        dateline_article article = article_of(row);
        fine = code(job, &article, &worker);
        if (fine) {
            fine = write_coded(job, row, worker, out);
            serve_state_return_worker(job->state, worker);
        }
        json_decref(row);
    }
    json_decref(given);
    return fine;
}
