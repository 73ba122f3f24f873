#include <math.h>

#include "lexicon/places.h"
#include "lexicon/sections.h"

enum {
    PLACE_FIELDS_MAX = 6,
    PLACE_CODE_BYTES = 3,
    POINT_PARTS = 100000,
    CITY_PEOPLE = 50000, /* a town of as many is a city */
    /* in a value of the table: the name counts behind a comma alone */
    PLACE_AFTER_COMMA = 1 << 30
};

typedef struct place_record {
    int32_t lat, lon;      /* in parts of a degree, POINT_PARTS each */
    uint32_t name, admin1; /* strings */
    uint32_t rule;         /* string */
    uint32_t people;
    char country[4];
    uint16_t level;   /* dl_place_level */
    uint16_t capital; /* of a state */
} place_record;

typedef struct places_state {
    const place_record *records;
    size_t count;
    int table, wide;
} places_state;

/* ---- Compiling ------------------------------------------------------------------------
 */

typedef struct compiler {
    dl_builder *builder;
    const dl_line *line;
    uint32_t table, wide;
    place_record *records; /* in the builder's arena */
    size_t count, capacity;
    dl_string file;    /* that `country` and `admin1` were read in */
    dl_string country; /* of the header above: "[USA Texas]"; absent where none */
    dl_string admin1;
} compiler;

/* `wide`: the names stand in the table that is asked only where a place is looked for. */
static const struct {
    dl_string file;
    dl_place_level level;
    bool wide;
} files[] = {
    {{"/countries.txt", 14}, DL_PLACE_COUNTRY, false},
    {{"/regions.txt", 12}, DL_PLACE_REGION, false},
    {{"/admin1.txt", 11}, DL_PLACE_REGION, true},
    {{"/admin2.txt", 11}, DL_PLACE_DISTRICT, true},
    {{"/cities.txt", 11}, DL_PLACE_CITY, false},
    {{"/towns.txt", 10}, DL_PLACE_TOWN, true},
    {{"/airports.txt", 13}, DL_PLACE_POINT, true},
    {{"/features.txt", 13}, DL_PLACE_REGION, true},
};

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
    double lat, lon;
    if (!dl_string_to_double(fields[0], &lat) || !dl_string_to_double(fields[1], &lon) ||
        fabs(lat) > 90 || fabs(lon) > 180)
        return false;
    record->lat = (int32_t)lround(lat * POINT_PARTS);
    record->lon = (int32_t)lround(lon * POINT_PARTS);
    return true;
}

/* [CODE [region]] lat lon [people] [capital]; without CODE the header's country and
 * region hold. */
static bool read_record(compiler *c, dl_string text, dl_place_level level,
                        place_record *record)
{
    dl_string fields[PLACE_FIELDS_MAX], country = c->country, admin1 = c->admin1;
    size_t count = cut_fields(text, fields), at = 0;
    uint64_t people = 0;
    double number;
    bool capital = count > 2 && dl_string_equal(fields[count - 1], DL_STRING("capital"));
    count -= capital;
    if (count < 2 || count > PLACE_FIELDS_MAX)
        return false;
    if (!dl_string_to_double(fields[0], &number)) {
        country = fields[at++];
        admin1 = (dl_string){"", 0};
        if (count == at + 4 ||
            (count == at + 3 && !dl_string_to_double(fields[1], &number)))
            admin1 = fields[at++];
    }
    if (country.size != PLACE_CODE_BYTES || count < at + 2 || count > at + 3)
        return false;
    *record = (place_record){.level = (uint16_t)level,
                             .capital = capital,
                             .rule = dl_builder_rule(c->builder, c->line)};
    if (!dl_string_equal(country, DL_STRING("---")))
        memcpy(record->country, country.data, PLACE_CODE_BYTES);
    if (!read_point(fields + at, record) ||
        (count == at + 3 && !dl_string_to_uint(fields[at + 2], &people)))
        return false;
    record->people = people > UINT32_MAX ? UINT32_MAX : (uint32_t)people;
    if (level == DL_PLACE_TOWN && record->people >= CITY_PEOPLE)
        record->level = DL_PLACE_CITY;
    record->admin1 = dl_builder_string(c->builder, admin1);
    return true;
}

static bool bracketed(dl_string name)
{
    return name.size > 2 && name.data[0] == '(' && name.data[name.size - 1] == ')';
}

/* "[USA Texas]": country and region of the lines below it in the file. */
static bool read_header(compiler *c)
{
    dl_string text = c->line->text;
    if (!dl_string_equal(c->line->file, c->file)) {
        c->file = c->line->file;
        c->country = c->admin1 = (dl_string){"", 0};
    }
    if (text.size < PLACE_CODE_BYTES + 2 || text.data[0] != '[' ||
        text.data[text.size - 1] != ']')
        return false;
    c->country = dl_string_slice(text, 1, 1 + PLACE_CODE_BYTES);
    c->admin1 =
        dl_string_trim(dl_string_slice(text, 1 + PLACE_CODE_BYTES, text.size - 1));
    return true;
}

static void add_names(compiler *c, dl_string names, bool wide, place_record *record)
{
    dl_string name;
    for (size_t at = 0; dl_source_piece(names, '|', &at, &name);) {
        uint32_t value = (uint32_t)c->count, table = wide ? c->wide : c->table;
        if (bracketed(name)) {
            name = dl_string_slice(name, 1, name.size - 1);
            value |= PLACE_AFTER_COMMA;
            table = c->wide;
        }
        if (record->name == 0)
            record->name = dl_builder_string(c->builder, name);
        if (!dl_builder_phrase(c->builder, table, name, value))
            dl_builder_report(c->builder, c->line, 1, "a name has no words or too many");
    }
    if (record->level == DL_PLACE_REGION && record->country[0])
        record->admin1 = record->name;
}

static bool add_place(compiler *c, dl_place_level level, bool wide)
{
    dl_string text = c->line->text;
    size_t colon = text.size;
    if (read_header(c))
        return true;
    while (colon > 0 && text.data[colon - 1] != ':')
        colon--;
    place_record record;
    if (colon == 0 ||
        !read_record(c, dl_string_slice(text, colon, text.size), level, &record)) {
        dl_builder_report(c->builder, c->line, 1,
                          "a place reads: name | other names : code [region] latitude "
                          "longitude [people]");
        return true;
    }
    if (!dl_arena_grow(dl_builder_arena(c->builder), (void **)&c->records, c->count,
                       &c->capacity, sizeof record))
        return false;
    add_names(c, dl_string_slice(text, 0, colon - 1), wide, &record);
    c->records[c->count++] = record;
    return true;
}

/* "point: airport, base" becomes the list line "airport, base = point"; these kinds have
 * lists of their own. */
static void add_words(compiler *c)
{
    static const struct {
        const char *kind, *list;
    } own[] = {{"body", "place-bodies"},
               {"doubtful", "place-doubtful"},
               {"bearer", "place-bearers"}};
    dl_string text = c->line->text;
    size_t colon = dl_string_find(text, ':', 0);
    dl_string kind = dl_string_trim(dl_string_slice(text, 0, colon));
    if (colon == text.size) {
        dl_builder_report(c->builder, c->line, 1,
                          "words of a kind read: kind: word, word");
        return;
    }
    dl_string words = dl_string_trim(dl_string_slice(text, colon + 1, text.size));
    dl_string list = DL_STRING("place-words");
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (dl_string_equal(kind, dl_string_from(own[i].kind)))
            list = dl_string_from(own[i].list);
    dl_string line =
        dl_arena_format(dl_builder_arena(c->builder), "%.*s = %.*s", (int)words.size,
                        words.data, (int)kind.size, kind.data);
    if (line.data)
        dl_lists_add(c->builder, c->line, list, line);
}

dateline_status dl_places_compile(dl_builder *builder, const dl_line *lines, size_t count,
                                  dateline_error *error)
{
    compiler c = {.builder = builder,
                  .table = dl_builder_table(builder, "places", DL_TABLE_LOOSE),
                  .wide = dl_builder_table(builder, "places.wide", DL_TABLE_LOOSE)};
    for (size_t i = 0; i < count; i++) {
        c.line = &lines[i];
        bool added = true;
        for (size_t f = 0; f < sizeof files / sizeof *files; f++)
            if (dl_string_ends(lines[i].file, files[f].file))
                added = add_place(&c, files[f].level, files[f].wide);
        if (dl_string_ends(lines[i].file, DL_STRING("/place-words.txt")))
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
    state->wide = dl_table_find(lexicon, "places.wide");
    for (size_t i = 0; well && i < state->count; i++) {
        const place_record *r = &state->records[i];
        well = r->name < lexicon->string_count && r->admin1 < lexicon->string_count &&
               r->rule < lexicon->string_count && r->level < DL_PLACE_LEVELS &&
               r->country[3] == 0;
    }
    const uint32_t mask = ~(uint32_t)PLACE_AFTER_COMMA;
    if (!well || !dl_table_values_below(lexicon, state->table, mask, state->count) ||
        !dl_table_values_below(lexicon, state->wide, mask, state->count))
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

/* The longer of two matches, or both where they are equally long. */
static size_t join(size_t size, size_t wide_size, const dl_place_names *wide,
                   dl_place_names *names)
{
    if (wide_size > size)
        *names = (dl_place_names){0};
    if (wide_size && wide_size >= size) {
        names->wide = wide->numbers;
        names->wide_count = wide->count;
    }
    return wide_size > size ? wide_size : size;
}

size_t dl_places_search_tokens(const dl_lexicon *lexicon, const dl_document *document,
                               int32_t first, int32_t last, dl_place_names *names)
{
    const places_state *state = lexicon->state[DL_STATE_PLACES];
    size_t size = dl_places_match_tokens(lexicon, document, first, last, names);
    dl_place_names wide = {0};
    size_t wide_size = state && state->wide >= 0
                           ? dl_table_match_tokens(lexicon, state->wide, document, first,
                                                   last, &wide.numbers, &wide.count)
                           : 0;
    return join(size, wide_size, &wide, names);
}

size_t dl_places_search_words(const dl_lexicon *lexicon, const dl_string *words,
                              size_t count, dl_place_names *names)
{
    const places_state *state = lexicon->state[DL_STATE_PLACES];
    dl_place_names wide = {0};
    *names = (dl_place_names){0};
    if (!state || state->table < 0 || state->wide < 0)
        return 0;
    size_t size = dl_table_match(lexicon, state->table, words, count, &names->numbers,
                                 &names->count);
    size_t wide_size =
        dl_table_match(lexicon, state->wide, words, count, &wide.numbers, &wide.count);
    return join(size, wide_size, &wide, names);
}

static dl_precision precision_of(uint32_t level)
{
    switch (level) {
    case DL_PLACE_COUNTRY:
        return DL_PRECISION_COUNTRY;
    case DL_PLACE_REGION:
    case DL_PLACE_DISTRICT:
        return DL_PRECISION_ADMIN;
    case DL_PLACE_POINT:
        return DL_PRECISION_POINT;
    default:
        return DL_PRECISION_CITY;
    }
}

bool dl_places_after_comma(uint32_t number)
{
    return number & PLACE_AFTER_COMMA;
}

dl_known_place dl_places_get(const dl_lexicon *lexicon, uint32_t number)
{
    const places_state *state = lexicon->state[DL_STATE_PLACES];
    number &= ~(uint32_t)PLACE_AFTER_COMMA;
    assert(state && number < state->count);
    const place_record *r = &state->records[number];
    dl_known_place place = {.name = dl_lexicon_string(lexicon, r->name),
                            .admin1 = dl_lexicon_string(lexicon, r->admin1),
                            .rule = dl_lexicon_string(lexicon, r->rule),
                            .lat = r->lat / (double)POINT_PARTS,
                            .lon = r->lon / (double)POINT_PARTS,
                            .people = r->people,
                            .level = (dl_place_level)r->level,
                            .capital = r->capital,
                            .precision = precision_of(r->level)};
    memcpy(place.country, r->country, sizeof place.country);
    return place;
}
