#include "write/export_record.h"

#include "base/json_line.h"
#include "write/write.h"

/* What a reader of one object needs; the first failure stays, later reads do nothing. */
typedef struct reading {
    dl_arena *arena;
    dateline_error *error;
    dateline_status status;
} reading;

static void fail(reading *r, dateline_status status, const char *name, const char *what)
{
    if (r->status == DATELINE_OK)
        r->status = dl_error_set(r->error, status, "the field \"%s\" %s", name, what);
}

static void fail_memory(reading *r)
{
    if (r->status == DATELINE_OK)
        r->status = dl_error_memory(r->error);
}

/* The value of `name`, NULL where it is absent (or null); said where it is needed. */
static const json_t *get(reading *r, const json_t *object, const char *name, bool needed)
{
    const json_t *value = r->status == DATELINE_OK ? json_object_get(object, name) : NULL;
    if (value && json_is_null(value))
        value = NULL;
    if (!value && needed)
        fail(r, DATELINE_MISSING_FIELD, name, "is missing");
    return value;
}

static dl_string get_string(reading *r, const json_t *object, const char *name,
                            bool needed)
{
    const json_t *value = get(r, object, name, needed);
    if (!value)
        return (dl_string){0};
    if (!json_is_string(value)) {
        fail(r, DATELINE_BAD_FIELD, name, "is not a string");
        return (dl_string){0};
    }
    return (dl_string){json_string_value(value), json_string_length(value)};
}

static double get_number(reading *r, const json_t *object, const char *name, bool needed)
{
    const json_t *value = get(r, object, name, needed);
    if (value && !json_is_number(value))
        fail(r, DATELINE_BAD_FIELD, name, "is not a number");
    return value ? json_number_value(value) : 0;
}

static int64_t get_integer(reading *r, const json_t *object, const char *name,
                           bool needed)
{
    const json_t *value = get(r, object, name, needed);
    if (value && (!json_is_integer(value) || json_integer_value(value) < 0))
        fail(r, DATELINE_BAD_FIELD, name, "is not a whole number");
    return value ? json_integer_value(value) : 0;
}

static double get_within(reading *r, const json_t *object, const char *name, double least,
                         double most)
{
    double value = get_number(r, object, name, true);
    if (value < least || value > most)
        fail(r, DATELINE_BAD_FIELD, name, "is out of its range");
    return value;
}

static dl_words get_words(reading *r, const json_t *object, const char *name)
{
    const json_t *list = get(r, object, name, false);
    size_t count = json_array_size(list);
    if (list && (!json_is_array(list) || count > DL_EXPORT_WORDS_MAX))
        fail(r, DATELINE_BAD_FIELD, name, "is not a list, or too long a one");
    dl_string *items = DL_ARENA_ARRAY(r->arena, dl_string, count);
    if (!items)
        fail_memory(r);
    for (size_t i = 0; r->status == DATELINE_OK && i < count; i++) {
        const json_t *word = json_array_get(list, i);
        if (!json_is_string(word))
            fail(r, DATELINE_BAD_FIELD, name, "has an item that is not a string");
        else
            items[i] = (dl_string){json_string_value(word), json_string_length(word)};
    }
    return r->status == DATELINE_OK ? (dl_words){items, count} : (dl_words){0};
}

static dl_date get_date(reading *r, const json_t *object, const char *name)
{
    dl_date date = {0};
    dl_string text = get_string(r, object, name, false);
    if (text.size && !dl_date_parse(text, &date))
        fail(r, DATELINE_BAD_DATE, name, "is no date");
    return date;
}

static dl_export_party get_party(reading *r, const json_t *object)
{
    const json_t *quoted = get(r, object, "quoted", false);
    return (dl_export_party){.text = get_string(r, object, "entity_text", false),
                             .name = get_string(r, object, "name", false),
                             .code = get_string(r, object, "code", false),
                             .office = get_string(r, object, "office", false),
                             .via = get_string(r, object, "via", false),
                             .cue = get_string(r, object, "cue", false),
                             .sectors = get_words(r, object, "sector"),
                             .start = get_integer(r, object, "start", false),
                             .quoted = json_is_true(quoted)};
}

static dl_export_parties get_parties(reading *r, const json_t *object, const char *name)
{
    const json_t *list = get(r, object, name, false);
    size_t count = json_array_size(list);
    if (list && (!json_is_array(list) || count > DL_EXPORT_PARTIES_MAX))
        fail(r, DATELINE_BAD_FIELD, name, "is not a list, or too long a one");
    dl_export_party *items = DL_ARENA_ARRAY(r->arena, dl_export_party, count);
    if (!items)
        fail_memory(r);
    for (size_t i = 0; r->status == DATELINE_OK && i < count; i++) {
        const json_t *party = json_array_get(list, i);
        if (!json_is_object(party))
            fail(r, DATELINE_BAD_FIELD, name, "has an item that is not an object");
        else
            items[i] = get_party(r, party);
    }
    return r->status == DATELINE_OK ? (dl_export_parties){items, count}
                                    : (dl_export_parties){0};
}

static bool is_precision(dl_string text)
{
    return dl_string_equal(text, DL_STRING("point")) ||
           dl_string_equal(text, DL_STRING("city")) ||
           dl_string_equal(text, DL_STRING("admin")) ||
           dl_string_equal(text, DL_STRING("country"));
}

static void get_place(reading *r, const json_t *object, dl_export_record *record)
{
    const json_t *place = get(r, object, "event_loc", false);
    if (!place)
        return;
    if (!json_is_object(place)) {
        fail(r, DATELINE_BAD_FIELD, "event_loc", "is not an object");
        return;
    }
    bool located = get(r, place, "precision", false) != NULL;
    record->place =
        (dl_export_place){.text = get_string(r, place, "entity_text", false),
                          .name = get_string(r, place, "name", false),
                          .country = get_string(r, place, "country", false),
                          .admin1 = get_string(r, place, "admin1", false),
                          .precision = get_string(r, place, "precision", false),
                          .lat = get_number(r, place, "lat", located),
                          .lon = get_number(r, place, "lon", located)};
    if (located && !is_precision(record->place.precision))
        fail(r, DATELINE_BAD_FIELD, "precision", "has no such value");
    if (record->place.lat < -90 || record->place.lat > 90)
        fail(r, DATELINE_BAD_FIELD, "lat", "is not on the globe");
    if (record->place.lon < -180 || record->place.lon > 180)
        fail(r, DATELINE_BAD_FIELD, "lon", "is not on the globe");
}

static dl_relation get_relation(reading *r, const json_t *object)
{
    dl_string text = get_string(r, object, "relation", true);
    for (int i = DL_EQUAL; i <= DL_BETWEEN; i++)
        if (dl_string_equal(text, dl_string_from(dl_write_relation((dl_relation)i))))
            return (dl_relation)i;
    fail(r, DATELINE_BAD_FIELD, "relation", "has no such value");
    return DL_EQUAL;
}

static dl_export_quantity get_quantity(reading *r, const json_t *object)
{
    dl_relation relation = get_relation(r, object);
    return (dl_export_quantity){.there = true,
                                .relation = relation,
                                .value = get_number(r, object, "value", true),
                                .high =
                                    get_number(r, object, "high", relation == DL_BETWEEN),
                                .text = get_string(r, object, "text", false)};
}

static void get_sizes(reading *r, const json_t *object, dl_export_record *record)
{
    const json_t *sizes = get(r, object, "size", false);
    if (sizes && !json_is_object(sizes))
        fail(r, DATELINE_BAD_FIELD, "size", "is not an object");
    for (int kind = 0; sizes && kind < DL_SIZES; kind++) {
        const char *name = dl_write_size_name((dl_size_kind)kind);
        const json_t *size = get(r, sizes, name, false);
        if (size && !json_is_object(size))
            fail(r, DATELINE_BAD_FIELD, name, "is not an object");
        else if (size)
            record->sizes[kind] = get_quantity(r, size);
    }
}

static dl_size_kind get_kind(reading *r, const json_t *object)
{
    dl_string text = get_string(r, object, "kind", true);
    for (int kind = 0; kind < DL_SIZES; kind++)
        if (dl_string_equal(text, dl_string_from(dl_write_size_name((dl_size_kind)kind))))
            return (dl_size_kind)kind;
    fail(r, DATELINE_BAD_FIELD, "kind", "has no such value");
    return DL_SIZE_DEAD;
}

static void get_counts(reading *r, const json_t *object, dl_export_record *record)
{
    const json_t *list = get(r, object, "counts", false);
    size_t count = json_array_size(list);
    if (list && (!json_is_array(list) || count > DL_EXPORT_COUNTS_MAX))
        fail(r, DATELINE_BAD_FIELD, "counts", "is not a list, or too long a one");
    dl_export_count *items = DL_ARENA_ARRAY(r->arena, dl_export_count, count);
    if (!items)
        fail_memory(r);
    for (size_t i = 0; r->status == DATELINE_OK && i < count; i++) {
        const json_t *item = json_array_get(list, i);
        if (json_is_object(item))
            items[i] = (dl_export_count){get_kind(r, item), get_quantity(r, item)};
        else
            fail(r, DATELINE_BAD_FIELD, "counts", "has an item that is not an object");
    }
    record->counts = items;
    record->count_count = r->status == DATELINE_OK ? count : 0;
}

/* A code is two to four digits; it indexes tables and is cut into its root. */
static void check_cameo(reading *r, dl_string code)
{
    bool digits = code.size == 0 || (code.size >= 2 && code.size <= 4);
    for (size_t i = 0; i < code.size; i++)
        digits = digits && code.data[i] >= '0' && code.data[i] <= '9';
    if (!digits)
        fail(r, DATELINE_BAD_FIELD, "cameo", "is no code of two to four digits");
}

static void get_status(reading *r, const json_t *object, dl_export_record *record)
{
    dl_string text = get_string(r, object, "status", true);
    int found = dl_event_status_find(text);
    if (found < 0)
        fail(r, DATELINE_BAD_FIELD, "status", "has no such value");
    record->status = found < 0 ? DL_EVENT_actual : (dl_event_status)found;
}

static dl_string get_doubt(reading *r, const json_t *object)
{
    const json_t *doubt = get(r, object, "doubt", false);
    if (doubt && !json_is_object(doubt))
        fail(r, DATELINE_BAD_FIELD, "doubt", "is not an object");
    return doubt ? get_string(r, doubt, "text", false) : (dl_string){0};
}

enum { QUADS = 4 };

static void get_fields(reading *r, const json_t *object, dl_export_record *record)
{
    dl_string kind = get_string(r, object, "kind", false);
    record->claim = dl_string_equal(kind, DL_STRING("claim"));
    record->id = get_string(r, object, "id", true);
    record->article = get_string(r, object, "doc", true);
    if (record->claim)
        return;
    record->sentence = get_integer(r, object, "sentence", true);
    record->start = get_integer(r, object, "start", true);
    record->end = get_integer(r, object, "end", true);
    record->event_text = get_string(r, object, "event_text", false);
    record->event = get_string(r, object, "event", true);
    record->modes = get_words(r, object, "mode");
    record->contexts = get_words(r, object, "context");
    record->cameo = get_string(r, object, "cameo", false);
    check_cameo(r, record->cameo);
    record->quad = get_integer(r, object, "quad_code", true);
    if (record->quad < 1 || record->quad > QUADS)
        fail(r, DATELINE_BAD_FIELD, "quad_code", "is out of its range");
    record->scale = get_within(r, object, "event_scale", -DL_SCORE_MAX, DL_SCORE_MAX);
    record->actors = get_parties(r, object, "actor");
    record->recipients = get_parties(r, object, "recipient");
    record->date = get_date(r, object, "date");
    record->end_date = get_date(r, object, "end_date");
    record->basis = get_string(r, object, "date_basis", false);
    get_place(r, object, record);
    get_sizes(r, object, record);
    get_counts(r, object, record);
    get_status(r, object, record);
    record->doubt = get_doubt(r, object);
    record->sources = get_parties(r, object, "according_to");
    record->story = get_string(r, object, "story", false);
    record->rule = get_string(r, object, "rule", false);
    record->confidence = get_within(r, object, "confidence", 0, 1);
    record->text = get_string(r, object, "text", false);
}

dateline_status dl_export_record_parse(dl_arena *arena, dl_string line, json_t **holder,
                                       dl_export_record *record, dateline_error *error)
{
    *record = (dl_export_record){0};
    dateline_status status =
        dl_json_line_parse(line, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, holder, error);
    if (status != DATELINE_OK)
        return status;
    reading r = {.arena = arena, .error = error};
    get_fields(&r, *holder, record);
    return r.status;
}
