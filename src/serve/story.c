/* One real-world event with all its reports, and what they tell differently. */
#include <stdio.h>
#include <string.h>

#include "serve/inside.h"

static const char *const sizes[] = {"dead",      "injured",      "arrested", "missing",
                                    "displaced", "participants", "troops"};

/* ---- What a record tells ------------------------------------------------------------
 * Each gives the value as text; empty where the record does not tell. */

static const char *string_at(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static void add_words(serve_text *out, const json_t *words)
{
    json_t *word;
    size_t i;
    json_array_foreach(words, i, word)
    {
        serve_text_add(out, " ", out->size > 0);
        serve_text_add(out, json_string_value(word), json_string_length(word));
    }
}

static void tell_act(const json_t *record, serve_text *out)
{
    serve_text_print(out, "%.64s", string_at(record, "event"));
    add_words(out, json_object_get(record, "mode"));
}

static void tell_place(const json_t *record, serve_text *out)
{
    const json_t *place = json_object_get(record, "event_loc");
    const char *name = string_at(place, "name"), *country = string_at(place, "country");
    if (strcmp(string_at(place, "precision"), "country") == 0)
        name = "";
    serve_text_print(out, "%.200s%s%.8s", name, *name && *country ? ", " : "", country);
}

/* Codes and sectors, by which alone parties are told apart; the name where there is
 * none. */
static void tell_party(const json_t *party, serve_text *out)
{
    const char *code = string_at(party, "code");
    size_t before = out->size;
    serve_text words = {0};
    serve_text_print(&words, "%.16s", code);
    add_words(&words, json_object_get(party, "sector"));
    if (!words.size)
        serve_text_print(&words, "%.200s", string_at(party, "name"));
    if (words.size && before)
        serve_text_print(out, " + ");
    serve_text_add(out, words.data ? words.data : "", words.size);
    serve_text_release(&words);
}

static void tell_parties(const json_t *record, const char *side, serve_text *out)
{
    json_t *party;
    size_t i;
    json_array_foreach(json_object_get(record, side), i, party)
    {
        tell_party(party, out);
    }
}

static void tell_count(const json_t *count, serve_text *out)
{
    const char *relation = string_at(count, "relation");
    if (!count)
        return;
    if (strcmp(relation, "..") == 0)
        serve_text_print(out, "%.15g..%.15g",
                         json_number_value(json_object_get(count, "value")),
                         json_number_value(json_object_get(count, "high")));
    else
        serve_text_print(out, "%.4s%.15g", strcmp(relation, "=") == 0 ? "" : relation,
                         json_number_value(json_object_get(count, "value")));
}

static void tell(const json_t *record, const char *field, serve_text *out)
{
    if (strcmp(field, "act") == 0)
        tell_act(record, out);
    else if (strcmp(field, "status") == 0 || strcmp(field, "date") == 0)
        serve_text_print(out, "%.64s", string_at(record, field));
    else if (strcmp(field, "place") == 0)
        tell_place(record, out);
    else if (strcmp(field, "actor") == 0 || strcmp(field, "recipient") == 0)
        tell_parties(record, field, out);
    else
        tell_count(json_object_get(json_object_get(record, "size"), field), out);
}

/* ---- Values that differ --------------------------------------------------------------
 */

static bool is_same(const json_t *value, const char *text, const char *source)
{
    return strcmp(string_at(value, "value"), text) == 0 &&
           strcmp(string_at(value, "according_to"), source) == 0;
}

/* Notes that a record gives a value, and whose it is ("": nobody else's). */
static void note(json_t *values, const char *text, const char *source, const char *id)
{
    json_t *value;
    size_t i;
    json_array_foreach(values, i, value)
    {
        if (is_same(value, text, source)) {
            json_array_append_new(json_object_get(value, "records"), json_string(id));
            return;
        }
    }
    value = json_pack("{s:s,s:[s]}", "value", text, "records", id);
    if (source[0])
        json_object_set_new(value, "according_to", json_string(source));
    json_array_append_new(values, value);
}

static void note_others(json_t *values, const json_t *record, const char *field)
{
    json_t *count;
    size_t i;
    json_array_foreach(json_object_get(record, "counts"), i, count)
    {
        if (strcmp(string_at(count, "kind"), field) != 0)
            continue;
        serve_text text = {0};
        const json_t *source = json_array_get(json_object_get(count, "according_to"), 0);
        const char *name = string_at(source, "name");
        tell_count(count, &text);
        if (text.size)
            note(values, text.data, *name ? name : string_at(source, "entity_text"),
                 string_at(record, "id"));
        serve_text_release(&text);
    }
}

static void add_difference(json_t *differences, const json_t *rows, const char *field)
{
    json_t *values = json_array(), *row;
    size_t i;
    json_array_foreach(rows, i, row)
    {
        const json_t *record = json_object_get(row, "record");
        serve_text text = {0};
        tell(record, field, &text);
        if (text.size)
            note(values, text.data, "", string_at(record, "id"));
        serve_text_release(&text);
        note_others(values, record, field);
    }
    bool differ = false;
    json_array_foreach(values, i, row)
    {
        differ |= strcmp(string_at(row, "value"),
                         string_at(json_array_get(values, 0), "value")) != 0;
    }
    if (differ)
        json_array_append_new(differences,
                              json_pack("{s:s,s:O}", "field", field, "values", values));
    json_decref(values);
}

static json_t *find_differences(const json_t *rows)
{
    static const char *const fields[] = {"act",   "status", "date",
                                         "place", "actor",  "recipient"};
    json_t *differences = json_array();
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        add_difference(differences, rows, fields[i]);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        add_difference(differences, rows, sizes[i]);
    return differences;
}

/* ---- The story -----------------------------------------------------------------------
 */

static bool read_reports(serve_job *job, dateline_text story, json_t **events)
{
    static const char sql[] = "SELECT r.record_key AS k FROM records r JOIN articles a"
                              " ON a.article_key = r.article_key WHERE r.story = ?1"
                              " ORDER BY a.date, a.article_key, r.record_key LIMIT 1000";
    int64_t keys[SERVE_STORY_ROWS];
    json_t *rows;
    serve_text text = {0};
    if (!serve_rows(job, sql, &story, 1, &rows))
        return false;
    size_t count = json_array_size(rows);
    for (size_t i = 0; i < count && i < SERVE_STORY_ROWS; i++)
        keys[i] = json_integer_value(json_object_get(json_array_get(rows, i), "k"));
    json_decref(rows);
    bool fine = serve_event_rows(job, keys, count, &text);
    *events =
        fine && text.data ? json_loadb(text.data, text.size, JSON_ALLOW_NUL, NULL) : NULL;
    serve_text_release(&text);
    if (fine && !*events)
        return serve_call_fail(job->call, MHD_HTTP_INTERNAL_SERVER_ERROR,
                               "the reports can't be read");
    return fine;
}

bool serve_story(serve_job *job, serve_text *out)
{
    static const char sql[] = "SELECT story, first_date, last_date, reports, articles,"
                              " sources FROM stories WHERE story = ?1";
    dateline_text story = serve_value(job->call->segments[2]);
    json_t *rows, *events;
    if (!serve_rows(job, sql, &story, 1, &rows))
        return false;
    json_t *answer = json_incref(json_array_get(rows, 0));
    json_decref(rows);
    if (!answer)
        return serve_call_fail(job->call, MHD_HTTP_NOT_FOUND, "no such story");
    bool fine = read_reports(job, story, &events);
    if (fine) {
        json_object_set_new(answer, "differences", find_differences(events));
        json_object_set_new(answer, "rows", events);
        serve_text_value(out, answer);
    }
    json_decref(answer);
    return fine;
}
