#include <math.h>

#include "lexicon/places.h"
#include "lexicon/sections.h"

enum { PLACE_FIELDS_MAX = 5, PLACE_CODE_BYTES = 3 };

typedef struct place_record {
    double lat, lon;
    uint32_t name, admin1, rule; /* strings */
    uint32_t people, precision;
    char country[4];
} place_record;

typedef struct places_state {
    const place_record *records;
    size_t count;
    int table;
} places_state;

/* ---- Compiling ------------------------------------------------------------------------
 */

typedef struct compiler {
    dl_builder *builder;
    const dl_line *line;
    uint32_t table;
    place_record *records; /* in the builder's arena */
    size_t count, capacity;
} compiler;

/* Cuts at white space, keeping what stands in quotes together. */
static size_t cut_fields(dl_string text, dl_string fields[PLACE_FIELDS_MAX])
{
    size_t count = 0, at = 0;
    while (at < text.size) {
        if (text.data[at] == ' ' || text.data[at] == '\t') {
            at++;
            continue;
        }
        bool quoted = text.data[at] == '"';
        size_t end =
            quoted ? dl_string_find(text, '"', at + 1) : dl_string_find(text, ' ', at);
        if (count == PLACE_FIELDS_MAX)
            return count + 1;
        fields[count++] = dl_string_slice(text, at + quoted, end);
        at = end + quoted;
    }
    return count;
}

static bool read_point(const dl_string *fields, place_record *record)
{
    return dl_string_to_double(fields[0], &record->lat) &&
           dl_string_to_double(fields[1], &record->lon) && fabs(record->lat) <= 90 &&
           fabs(record->lon) <= 180;
}

/* CODE [admin1] lat lon [people] */
static bool read_record(compiler *c, dl_string text, dl_precision precision,
                        place_record *record)
{
    dl_string fields[PLACE_FIELDS_MAX];
    size_t count = cut_fields(text, fields);
    bool city = precision == DL_PRECISION_CITY;
    uint64_t people = 0;
    *record = (place_record){.precision = precision,
                             .rule = dl_builder_rule(c->builder, c->line)};
    if (count != (city ? 5u : 3u) || fields[0].size != PLACE_CODE_BYTES)
        return false;
    if (!dl_string_equal(fields[0], DL_STRING("---")))
        memcpy(record->country, fields[0].data, PLACE_CODE_BYTES);
    if (!read_point(fields + (city ? 2 : 1), record) ||
        (city && !dl_string_to_uint(fields[4], &people)))
        return false;
    record->people = people > UINT32_MAX ? UINT32_MAX : (uint32_t)people;
    record->admin1 = dl_builder_string(c->builder, city ? fields[1] : (dl_string){"", 0});
    return true;
}

static bool add_place(compiler *c, dl_precision precision)
{
    dl_string text = c->line->text, name;
    size_t colon = text.size;
    while (colon > 0 && text.data[colon - 1] != ':')
        colon--;
    place_record record;
    if (colon == 0 ||
        !read_record(c, dl_string_slice(text, colon, text.size), precision, &record)) {
        dl_builder_report(c->builder, c->line, 1,
                          "a place reads: name | other names : code [region] latitude "
                          "longitude [people]");
        return true;
    }
    dl_string names = dl_string_slice(text, 0, colon - 1);
    if (!dl_arena_grow(dl_builder_arena(c->builder), (void **)&c->records, c->count,
                       &c->capacity, sizeof record))
        return false;
    for (size_t at = 0; dl_source_piece(names, '|', &at, &name);) {
        if (record.name == 0)
            record.name = dl_builder_string(c->builder, name);
        if (!dl_builder_phrase(c->builder, c->table, name, (uint32_t)c->count))
            dl_builder_report(c->builder, c->line, 1, "a name has no words or too many");
    }
    c->records[c->count++] = record;
    return true;
}

/* "point: airport, base" becomes the list line "airport, base = point". */
static void add_words(compiler *c)
{
    dl_string text = c->line->text;
    size_t colon = dl_string_find(text, ':', 0);
    dl_string kind = dl_string_trim(dl_string_slice(text, 0, colon));
    if (colon == text.size) {
        dl_builder_report(c->builder, c->line, 1,
                          "words of a kind read: kind: word, word");
        return;
    }
    dl_string words = dl_string_trim(dl_string_slice(text, colon + 1, text.size));
    dl_string line =
        dl_arena_format(dl_builder_arena(c->builder), "%.*s = %.*s", (int)words.size,
                        words.data, (int)kind.size, kind.data);
    if (line.data)
        dl_lists_add(c->builder, c->line, DL_STRING("place-words"), line);
}

dateline_status dl_places_compile(dl_builder *builder, const dl_line *lines, size_t count,
                                  dateline_error *error)
{
    compiler c = {.builder = builder,
                  .table = dl_builder_table(builder, "places", DL_TABLE_LOOSE)};
    for (size_t i = 0; i < count; i++) {
        c.line = &lines[i];
        bool added = true;
        if (dl_string_ends(lines[i].file, DL_STRING("/countries.txt")))
            added = add_place(&c, DL_PRECISION_COUNTRY);
        else if (dl_string_ends(lines[i].file, DL_STRING("/regions.txt")))
            added = add_place(&c, DL_PRECISION_ADMIN);
        else if (dl_string_ends(lines[i].file, DL_STRING("/cities.txt")))
            added = add_place(&c, DL_PRECISION_CITY);
        else if (dl_string_ends(lines[i].file, DL_STRING("/place-words.txt")))
            add_words(&c);
        if (!added)
            return dl_error_memory(error);
    }
    dl_builder_chunk(builder, "places", c.records, c.count, sizeof *c.records);
    return DATELINE_OK;
}

/* ---- Reading --------------------------------------------------------------------------
 */

dateline_status dl_places_open(dl_lexicon *lexicon, dateline_error *error)
{
    places_state *state = DL_ARENA_ARRAY(lexicon->arena, places_state, 1);
    const void *records = NULL;
    if (!state)
        return dl_error_memory(error);
    bool well = dl_lexicon_records(lexicon, "places", sizeof(place_record), &records,
                                   &state->count);
    state->records = records;
    state->table = dl_table_find(lexicon, "places");
    for (size_t i = 0; well && i < state->count; i++) {
        const place_record *r = &state->records[i];
        well = r->name < lexicon->string_count && r->admin1 < lexicon->string_count &&
               r->rule < lexicon->string_count && r->precision <= DL_PRECISION_COUNTRY &&
               r->country[3] == 0;
    }
    if (!well || (state->table >= 0 && !dl_table_values_below(lexicon, state->table,
                                                              UINT32_MAX, state->count)))
        return dl_error_set(error, DATELINE_BAD_FILE, "the lexicon's places are damaged");
    lexicon->state[DL_STATE_PLACES] = state;
    return DATELINE_OK;
}

size_t dl_places_match_tokens(const dl_lexicon *lexicon, const dl_document *document,
                              int32_t first, int32_t last, dl_place_names *names)
{
    const places_state *state = lexicon->state[DL_STATE_PLACES];
    *names = (dl_place_names){0};
    if (!state || state->table < 0)
        return 0;
    return dl_table_match_tokens(lexicon, state->table, document, first, last,
                                 &names->numbers, &names->count);
}

dl_known_place dl_places_get(const dl_lexicon *lexicon, uint32_t number)
{
    const places_state *state = lexicon->state[DL_STATE_PLACES];
    assert(state && number < state->count);
    const place_record *r = &state->records[number];
    dl_known_place place = {.name = dl_lexicon_string(lexicon, r->name),
                            .admin1 = dl_lexicon_string(lexicon, r->admin1),
                            .rule = dl_lexicon_string(lexicon, r->rule),
                            .lat = r->lat,
                            .lon = r->lon,
                            .people = r->people,
                            .precision = (dl_precision)r->precision};
    memcpy(place.country, r->country, sizeof place.country);
    return place;
}
