/* Lists by SQL: what the archive holds, articles, rejects, sentences left out. What is
 * asked is always bound, never part of a statement. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "serve/inside.h"

dateline_text serve_value(const char *text)
{
    return (dateline_text){text, text ? strlen(text) : 0};
}

static void drop_nulls(json_t *row)
{
    const char *key;
    json_t *value;
    void *next;
    json_object_foreach_safe(row, next, key, value)
    {
        if (json_is_null(value))
            json_object_del(row, key);
    }
}

/* A line each into an array. */
static json_t *read_lines(const serve_text *lines)
{
    json_t *rows = json_array();
    size_t at = 0;
    while (rows && at < lines->size) {
        const char *end = memchr(lines->data + at, '\n', lines->size - at);
        size_t size = end ? (size_t)(end - lines->data) - at : lines->size - at;
        json_t *row = json_loadb(lines->data + at, size, JSON_ALLOW_NUL, NULL);
        if (row)
            drop_nulls(row);
        if (json_array_append_new(rows, row) != 0) {
            json_decref(rows);
            return NULL;
        }
        at += size + 1;
    }
    return rows;
}

bool serve_rows(serve_job *job, const char *sql, const dateline_text *values,
                size_t count, json_t **rows)
{
    serve_text lines = {0};
    dateline_error error = {0};
    *rows = NULL;
    dateline_status status =
        dateline_archive_select(job->archive, sql, values, count, DATELINE_ROWS_JSONL,
                                serve_text_add, &lines, &error);
    if (status == DATELINE_OK && !(*rows = read_lines(&lines)))
        status = DATELINE_NO_MEMORY;
    serve_text_release(&lines);
    return status == DATELINE_OK || serve_call_failed(job->call, status, &error);
}

static bool ask_number(serve_job *job, const char *sql, const dateline_text *values,
                       size_t count, json_int_t *number)
{
    json_t *rows;
    if (!serve_rows(job, sql, values, count, &rows))
        return false;
    *number = json_integer_value(json_object_get(json_array_get(rows, 0), "n"));
    json_decref(rows);
    return true;
}

/* ---- Facts ---------------------------------------------------------------------------
 */

/* The one column `name` of each row as an array of strings. */
static bool add_strings(serve_job *job, json_t *about, const char *key, const char *sql)
{
    json_t *rows, *row, *values = json_array();
    size_t i;
    if (!serve_rows(job, sql, NULL, 0, &rows)) {
        json_decref(values);
        return false;
    }
    json_array_foreach(rows, i, row)
    {
        json_t *value = json_object_get(row, "v");
        if (value)
            json_array_append(values, value);
    }
    json_decref(rows);
    return json_object_set_new(about, key, values) == 0;
}

static bool add_categories(serve_job *job, json_t *about)
{
    json_t *rows, *row, *categories = json_array(), *modes = NULL;
    const char *last = "";
    size_t i;
    bool fine = serve_rows(job, "SELECT event, mode FROM acts ORDER BY event, mode", NULL,
                           0, &rows);
    json_array_foreach(rows, i, row)
    {
        const char *event = json_string_value(json_object_get(row, "event"));
        const char *mode = json_string_value(json_object_get(row, "mode"));
        if (!event || !mode)
            continue;
        if (strcmp(event, last) != 0) {
            modes = json_array();
            json_array_append_new(categories,
                                  json_pack("{s:s,s:o}", "event", event, "modes", modes));
            last = event;
        }
        if (mode[0])
            json_array_append_new(modes, json_string(mode));
    }
    fine = json_object_set_new(about, "categories", categories) == 0 && fine;
    json_decref(rows); /* `last` is of a row */
    return fine;
}

static bool add_archive(serve_job *job, json_t *about)
{
    static const char sql[] = "SELECT (SELECT count(*) FROM articles) AS articles,"
                              " (SELECT count(*) FROM records) AS records,"
                              " (SELECT count(*) FROM claims) AS claims,"
                              " (SELECT count(*) FROM stories) AS stories,"
                              " (SELECT count(*) FROM rejects) AS rejects,"
                              " (SELECT min(date) FROM articles) AS first_date,"
                              " (SELECT max(date) FROM articles) AS last_date,"
                              " EXISTS (SELECT 1 FROM merges) AS merged";
    json_t *rows;
    const char *slash = strrchr(job->db, '/');
    if (!serve_rows(job, sql, NULL, 0, &rows))
        return false;
    json_t *facts = json_array_get(rows, 0);
    json_object_set_new(
        facts, "merged",
        json_boolean(json_integer_value(json_object_get(facts, "merged"))));
    json_object_set_new(facts, "name", json_string(slash ? slash + 1 : job->db));
    json_object_set(about, "archive", facts);
    json_decref(rows);
    return true;
}

bool serve_about(serve_job *job, serve_text *out)
{
    dateline_query everything = {0};
    serve_selection *held;
    const dateline_selection *selection = serve_select(job, &everything, &held);
    if (!selection)
        return false;
    json_t *about =
        json_pack("{s:s,s:I,s:b}", "version", dateline_version(), "events",
                  (json_int_t)dateline_selection_count(selection).events, "coding", 1);
    serve_unselect(job, held);
    bool fine =
        add_archive(job, about) && add_categories(job, about) &&
        add_strings(job, about, "statuses",
                    "SELECT status AS v FROM records GROUP BY status ORDER BY count(*) "
                    "DESC") &&
        add_strings(job, about, "sources",
                    "SELECT source AS v FROM articles WHERE source IS NOT NULL GROUP BY "
                    "source ORDER BY count(*) DESC, source LIMIT 1000");
    if (fine)
        serve_text_value(out, about);
    json_decref(about);
    return fine;
}

/* ---- Lists ---------------------------------------------------------------------------
 * ?1 text, ?2 source, ?3 from, ?4 to, ?5 coded, ?6 rows, ?7 rows passed over.
 * Keys are sorted first, which an index holds with the dates; the rest is read for the
 * rows of the page alone. */

#define ARTICLES_THAT_FIT                                                                \
    " (?1 IS NULL OR a.article_key IN (SELECT rowid FROM articles_text"                  \
    "  WHERE articles_text MATCH ?1))"                                                   \
    " AND (?2 IS NULL OR a.source = ?2) AND (?3 IS NULL OR a.date >= ?3)"                \
    " AND (?4 IS NULL OR a.date < ?4)"
#define CODED                                                                            \
    " AND (?5 IS NULL OR (?5 = 'yes') = EXISTS (SELECT 1 FROM records r WHERE"           \
    " r.article_key = a.article_key))"
#define A_PAGE " LIMIT CAST(?6 AS INTEGER) OFFSET CAST(?7 AS INTEGER)"
#define LEFT_OUT_FROM                                                                    \
    " FROM articles a JOIN sentences s ON s.article_key = a.article_key"                 \
    " WHERE s.heading = 0 AND" ARTICLES_THAT_FIT                                         \
    " AND ?5 IS NULL AND NOT EXISTS (SELECT 1 FROM records r WHERE"                      \
    " r.article_key = a.article_key AND r.sentence = s.sentence)"
#define UNUSED                                                                           \
    " WHERE ?1 IS NULL AND ?2 IS NULL AND ?3 IS NULL AND ?4 IS NULL AND ?5 IS NULL"

enum { LIST_VALUES = 7 };

typedef struct list {
    const char *name, *what;
    const char *count, *rows;
    bool filters;
} list;

static const list lists[] = {
    {"articles", "articles",
     "SELECT count(*) AS n FROM articles a WHERE" ARTICLES_THAT_FIT CODED
     " AND ?6 IS ?6 AND ?7 IS ?7",
     "SELECT a.id, a.date, a.title, a.source,"
     " (SELECT count(*) FROM records r WHERE r.article_key = a.article_key) AS records,"
     " (SELECT count(*) FROM claims c WHERE c.article_key = a.article_key) AS claims"
     " FROM (SELECT a.article_key FROM articles a WHERE" ARTICLES_THAT_FIT CODED
     " ORDER BY a.date DESC, a.article_key DESC" A_PAGE
     ") k CROSS JOIN articles a ON a.article_key = k.article_key"
     " ORDER BY a.date DESC, a.article_key DESC",
     true},
    {"rejects", "rejects",
     "SELECT count(*) AS n FROM rejects" UNUSED " AND ?6 IS ?6 AND ?7 IS ?7",
     "SELECT file, line, article, status, message, hex(substr(raw, 1, 400)) AS raw"
     " FROM rejects" UNUSED " ORDER BY reject_key DESC" A_PAGE,
     false},
    {"left-out", "sentences",
     "SELECT count(*) AS n" LEFT_OUT_FROM " AND ?6 IS ?6 AND ?7 IS ?7",
     "SELECT a.id AS article, a.date, a.title, a.source, s.sentence,"
     " CAST(substr(CAST(a.text AS BLOB), s.start + 1, s.end - s.start) AS TEXT) AS "
     "text FROM (SELECT a.article_key, s.sentence" LEFT_OUT_FROM
     " ORDER BY a.date DESC, a.article_key DESC, s.sentence" A_PAGE
     ") k CROSS JOIN articles a ON a.article_key = k.article_key"
     " JOIN sentences s ON s.article_key = k.article_key AND s.sentence = k.sentence"
     " ORDER BY a.date DESC, a.article_key DESC, s.sentence",
     true}};

static bool is_quoted(const char *at)
{
    size_t quotes = 0;
    for (; *at; at++)
        quotes += *at == '"';
    return quotes % 2 == 0;
}

/* Words as full-text search takes them: each quoted, so that none is an operator; "a
 * phrase" stays one, a star at the end of a word asks for its beginnings. */
static void match_words(const char *words, serve_text *out)
{
    bool balanced = is_quoted(words);
    while (*words) {
        size_t size;
        if (*words == ' ') {
            words++;
            continue;
        }
        bool phrase = balanced && *words == '"';
        if (phrase)
            words++;
        size = strcspn(words, phrase ? "\"" : balanced ? " \"" : " ");
        bool begins = !phrase && size > 1 && words[size - 1] == '*';
        serve_text_add(out, "\"", 1);
        for (size_t i = 0; i < size - (begins ? 1 : 0); i++)
            serve_text_add(out, words[i] == '"' ? " " : words + i, 1);
        serve_text_print(out, begins ? "\"* " : "\" ");
        words += size;
        if (phrase && *words)
            words++;
    }
}

/* A day, month or year, digits and hyphens. */
static bool read_date(serve_call *call, const char *name, const char **date)
{
    *date = serve_call_value(call, name);
    const char *at = *date;
    if (!at)
        return true;
    size_t size = strlen(at);
    bool fits = size == 4 || size == 7 || size == 10;
    for (size_t i = 0; fits && i < size; i++)
        fits = i == 4 || i == 7 ? at[i] == '-' : at[i] >= '0' && at[i] <= '9';
    return fits || serve_call_fail(call, MHD_HTTP_BAD_REQUEST,
                                   "%s takes a day, month or year: 2022-01-13", name);
}

/* The first text behind all days of `date` ("2022-01" -> "2022-01~"). */
static void behind(const char *date, char out[16])
{
    size_t size = strlen(date);
    memcpy(out, date, size);
    memcpy(out + size, "~", 2);
}

typedef struct list_values {
    dateline_text values[LIST_VALUES];
    serve_text match;
    char to[16], rows[24], passed[24];
} list_values;

static bool read_filters(serve_call *call, list_values *given)
{
    const char *from, *to, *coded = serve_call_value(call, "coded");
    const char *text = serve_call_value(call, "text");
    if (!read_date(call, "from", &from) || !read_date(call, "to", &to))
        return false;
    if (coded && strcmp(coded, "yes") != 0 && strcmp(coded, "no") != 0)
        return serve_call_fail(call, MHD_HTTP_BAD_REQUEST, "coded is yes or no");
    if (text)
        match_words(text, &given->match);
    if (to)
        behind(to, given->to);
    if (given->match.size)
        given->values[0] = (dateline_text){given->match.data, given->match.size};
    given->values[1] = serve_value(serve_call_value(call, "source"));
    given->values[2] = serve_value(from);
    given->values[3] = serve_value(to ? given->to : NULL);
    return true;
}

static void set_page(list_values *given, size_t rows, size_t passed)
{
    snprintf(given->rows, sizeof given->rows, "%zu", rows);
    snprintf(given->passed, sizeof given->passed, "%zu", passed);
    given->values[5] = serve_value(given->rows);
    given->values[6] = serve_value(given->passed);
}

static const list *list_of(const serve_call *call)
{
    size_t size = strcspn(call->segments[1], ".");
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strlen(lists[i].name) == size &&
            strncmp(lists[i].name, call->segments[1], size) == 0)
            return &lists[i];
    return NULL;
}

static bool read_list(serve_call *call, const list *of, list_values *given)
{
    *given = (list_values){0};
    if (of->filters && !read_filters(call, given))
        return false;
    if (strcmp(of->name, "articles") == 0)
        given->values[4] = serve_value(serve_call_value(call, "coded"));
    return true;
}

/* Bytes written as hexadecimal digits become text. */
static void mend_raw(json_t *rows)
{
    json_t *row;
    size_t i;
    json_array_foreach(rows, i, row)
    {
        const char *digits = json_string_value(json_object_get(row, "raw"));
        serve_text text = {0};
        for (; digits && digits[0] && digits[1]; digits += 2) {
            char pair[3] = {digits[0], digits[1], '\0'}, byte;
            byte = (char)strtoul(pair, NULL, 16);
            serve_text_add(&text, &byte, 1);
        }
        serve_text mended = {0};
        serve_text_mend(&mended, (unsigned char *)text.data, text.size);
        json_object_set_new(row, "raw", json_string(mended.data ? mended.data : ""));
        serve_text_release(&text);
        serve_text_release(&mended);
    }
}

static bool write_list(serve_job *job, const list *of, list_values *given,
                       serve_text *out)
{
    enum { PAGES_MAX = 100000000 };
    size_t page, per_page;
    json_int_t count;
    json_t *rows;
    if (!serve_call_number(job->call, "page", PAGES_MAX, 1, &page) ||
        !serve_call_number(job->call, "per_page", SERVE_ROWS, 25, &per_page))
        return false;
    set_page(given, per_page, (page - 1) * per_page);
    if (!ask_number(job, of->count, given->values, LIST_VALUES, &count) ||
        !serve_rows(job, of->rows, given->values, LIST_VALUES, &rows))
        return false;
    if (strcmp(of->name, "rejects") == 0)
        mend_raw(rows);
    serve_text_print(out,
                     "{\"%s\":%lld,\"page\":%zu,\"per_page\":%zu,\"rows\":", of->what,
                     (long long)count, page, per_page);
    serve_text_value(out, rows);
    serve_text_print(out, "}");
    json_decref(rows);
    return true;
}

static bool answer_list(serve_job *job, serve_text *out)
{
    const list *of = list_of(job->call);
    list_values given;
    bool fine = read_list(job->call, of, &given) && write_list(job, of, &given, out);
    serve_text_release(&given.match);
    return fine;
}

bool serve_articles(serve_job *job, serve_text *out)
{
    return answer_list(job, out);
}

bool serve_rejects(serve_job *job, serve_text *out)
{
    return answer_list(job, out);
}

bool serve_left_out(serve_job *job, serve_text *out)
{
    return answer_list(job, out);
}

dateline_status serve_list_csv(serve_call *call, dateline_archive *archive,
                               dateline_sink sink, void *context, dateline_error *error)
{
    const list *of = list_of(call);
    list_values given;
    dateline_status status = DATELINE_USAGE;
    if (read_list(call, of, &given)) {
        set_page(&given, 0, 0);
        given.values[5] = serve_value("-1");
        status = dateline_archive_select(archive, of->rows, given.values, LIST_VALUES,
                                         DATELINE_ROWS_CSV, sink, context, error);
    } else {
        snprintf(error->message, sizeof error->message, "%.250s", call->message);
    }
    serve_text_release(&given.match);
    return status;
}
