#include <stdio.h>

#include "base/base.h"
#include "lexicon/names_layout.h"
#include "lexicon/sections.h"

enum { SHORT_NAME_MAX = 6, FORMS_MAX = 64 };

const char *const dl_words_tables[DL_WORD_TABLES] = {"who:demonyms", "who:roleNouns",
                                                     "who:titles", "who:modifiers"};
const char *const dl_words_chunks[DL_WORD_TABLES] = {"who.demonyms", "who.roleNouns",
                                                     "who.titles", "who.modifiers"};

typedef struct grown {
    void *items;
    size_t count, capacity;
} grown;

typedef struct names_compiler {
    dl_builder *builder;
    dl_arena *arena;
    const dl_line *line;
    uint32_t names, families, alike, offices, states;
    uint32_t word_tables[DL_WORD_TABLES];
    grown known, roles, senses[DL_WORD_TABLES];
    bool failed;
} names_compiler;

static void *push(names_compiler *c, grown *array, size_t size)
{
    if (!dl_arena_grow(c->arena, &array->items, array->count, &array->capacity, size)) {
        c->failed = true;
        return NULL;
    }
    return (char *)array->items + array->count++ * size;
}

static size_t column_of(const names_compiler *c, dl_string part)
{
    return part.data >= c->line->text.data ? (size_t)(part.data - c->line->text.data) + 1
                                           : 0;
}

/* ---- Codes, sectors, dates -----------------------------------------------------------
 */

/* Next word of `text` from *at on; empty at the end. */
static dl_string next_word(dl_string text, size_t *at)
{
    while (*at < text.size && (text.data[*at] == ' ' || text.data[*at] == '\t'))
        (*at)++;
    size_t start = *at;
    while (*at < text.size && text.data[*at] != ' ' && text.data[*at] != '\t')
        (*at)++;
    return dl_string_slice(text, start, *at);
}

/* Three capitals, or `---` for none. */
static bool read_code(names_compiler *c, dl_string word, char code[4])
{
    memset(code, 0, 4);
    if (dl_string_equal(word, DL_STRING("---")))
        return true;
    bool fine = word.size == 3;
    for (size_t i = 0; fine && i < 3; i++)
        fine = word.data[i] >= 'A' && word.data[i] <= 'Z';
    if (fine)
        memcpy(code, word.data, 3);
    else
        dl_builder_report(c->builder, c->line, column_of(c, word),
                          "a code of three capitals or --- is due here");
    return fine;
}

/* "GOV,MIL", or `-` for none. */
static bool read_sectors(names_compiler *c, dl_string word,
                         uint8_t sectors[DL_SECTORS_MAX])
{
    size_t at = 0, count = 0;
    dl_string piece;
    memset(sectors, 0, DL_SECTORS_MAX);
    if (dl_string_equal(word, DL_STRING("-")))
        return true;
    while (dl_source_piece(word, ',', &at, &piece)) {
        dl_sector sector = dl_sector_find(piece);
        if (sector == DL_NO_SECTOR || count == DL_SECTORS_MAX) {
            dl_builder_report(c->builder, c->line, column_of(c, word),
                              "no sector of the codebook, or too many: %.*s",
                              (int)piece.size, piece.data);
            return false;
        }
        sectors[count++] = (uint8_t)sector;
    }
    return count > 0;
}

/* The last day of a year, a month or a day. */
static int32_t last_day(dl_date date)
{
    if (date.month == 0)
        date.month = 12;
    if (date.day == 0)
        date.day = (int8_t)dl_date_days_in_month(date.year, date.month);
    return dl_date_to_days(date);
}

static size_t find_dots(dl_string word)
{
    for (size_t i = 0; i + 1 < word.size; i++)
        if (word.data[i] == '.' && word.data[i + 1] == '.')
            return i;
    return word.size;
}

/* "1990-04-24..2019-03-20", either side may be open; false where it is no range. */
static bool read_range(names_compiler *c, dl_string word, dl_known_role *role)
{
    size_t dots = find_dots(word);
    dl_date from = {0}, to = {0};
    if (dots == word.size)
        return false;
    dl_string left = dl_string_slice(word, 0, dots);
    dl_string right = dl_string_slice(word, dots + 2, word.size);
    if ((left.size && !dl_date_parse(left, &from)) ||
        (right.size && !dl_date_parse(right, &to))) {
        dl_builder_report(c->builder, c->line, column_of(c, word), "no range of dates");
        return true;
    }
    role->from_days = left.size ? dl_date_to_days(from) : INT32_MIN;
    role->to_days = right.size ? last_day(to) : INT32_MAX;
    if (role->from_days > role->to_days)
        dl_builder_report(c->builder, c->line, column_of(c, word),
                          "the range ends before it begins");
    return true;
}

/* "KAZ GOV president 1990-04-24..2019-03-20" */
static bool read_role(names_compiler *c, dl_string text, dl_known_role *role)
{
    size_t at = 0, office_start = 0, office_end = 0;
    *role = (dl_known_role){.from_days = INT32_MIN, .to_days = INT32_MAX};
    if (!read_code(c, next_word(text, &at), role->code))
        return false;
    dl_string word = next_word(text, &at);
    if (word.size && !read_sectors(c, word, role->sectors))
        return false;
    for (word = next_word(text, &at); word.size; word = next_word(text, &at)) {
        if (read_range(c, word, role))
            continue;
        if (office_start == office_end)
            office_start = (size_t)(word.data - text.data);
        office_end = (size_t)(word.data - text.data) + word.size;
    }
    role->office =
        dl_builder_string(c->builder, dl_string_slice(text, office_start, office_end));
    return true;
}

/* ---- Names of entities ---------------------------------------------------------------
 */

/* Short names all in capitals are words otherwise: "US", "WHO", "IT". */
static bool needs_capitals(dl_string name)
{
    size_t letters = 0;
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] >= 'A' && name.data[i] <= 'Z')
            letters++;
        else if (name.data[i] != '.')
            return false;
    }
    return letters > 0 && letters <= SHORT_NAME_MAX;
}

/* "d'Ivoire" is one word for some tokenisers and two for others. */
static void add_split_apostrophe(names_compiler *c, uint32_t table, dl_string name,
                                 uint32_t value)
{
    char split[256];
    size_t size = 0, cuts = 0;
    for (size_t i = 0; i < name.size && size + 2 < sizeof split; i++) {
        bool curly = (unsigned char)name.data[i] == 0xE2 && i + 2 < name.size &&
                     (unsigned char)name.data[i + 1] == 0x80;
        split[size++] = name.data[i];
        if (name.data[i] == '\'' && i + 2 < name.size && !curly &&
            name.data[i + 2] != ' ') {
            split[size++] = ' ';
            cuts++;
        }
    }
    if (cuts)
        dl_builder_phrase(c->builder, table, (dl_string){split, size}, value);
}

static dl_string last_word(dl_string name)
{
    size_t start = name.size;
    while (start > 0 && name.data[start - 1] != ' ' && name.data[start - 1] != '-')
        start--;
    return dl_string_slice(name, start, name.size);
}

/* A person by what the given name and the family name sound like. */
static void add_alike(names_compiler *c, dl_string given, dl_string family,
                      uint32_t known)
{
    char key[2 * DL_NAMES_KEY_MAX + 2];
    size_t size = dl_names_given_key(given, key);
    if (size == 0)
        return;
    key[size++] = ' ';
    memcpy(key + size, family.data, family.size);
    dl_builder_phrase(c->builder, c->alike, (dl_string){key, size + family.size}, known);
}

/* Family name, and family name as it sounds, alone and behind the given name or its first
 * letter. */
static void add_person_forms(names_compiler *c, dl_string name, uint32_t known)
{
    char key[DL_NAMES_KEY_MAX];
    dl_string family = last_word(name);
    dl_string folded = dl_utf8_fold(c->arena, family);
    dl_string first = dl_utf8_fold(c->arena, name);
    if (family.size == name.size || folded.size < 3 || first.size == 0)
        return;
    dl_builder_phrase(c->builder, c->families, family, known);
    dl_string sound = {key, dl_names_key(folded, key)};
    dl_string given = dl_string_slice(first, 0, dl_string_find(first, ' ', 0));
    add_alike(c, given, sound, known);
    if (given.size > 2)
        add_alike(c, dl_string_slice(first, 0, 1), sound, known);
    dl_builder_phrase(c->builder, c->alike, sound, known);
}

static void add_name(names_compiler *c, dl_string name, uint32_t known,
                     dl_known_kind kind)
{
    uint32_t value = known | (needs_capitals(name) ? DL_NAMES_UPPER : 0);
    if (!dl_builder_phrase(c->builder, c->names, name, value))
        dl_builder_report(c->builder, c->line, column_of(c, name),
                          "the name is empty or has too many words");
    add_split_apostrophe(c, c->names, name, value);
    if (kind == DL_KNOWN_PERSON)
        add_person_forms(c, name, known);
}

/* Place of the colon that ends the names: one with white space around it. */
static size_t find_colon(dl_string text)
{
    for (size_t i = 1; i < text.size; i++)
        if (text.data[i] == ':' && text.data[i - 1] == ' ' &&
            (i + 1 == text.size || text.data[i + 1] == ' '))
            return i;
    return text.size;
}

static void add_roles(names_compiler *c, dl_string text, uint32_t known_number,
                      dl_known_record *known)
{
    size_t at = 0;
    dl_string piece;
    known->first_role = (uint32_t)c->roles.count;
    while (dl_source_piece(text, ';', &at, &piece)) {
        dl_known_role role;
        dl_known_role *slot = NULL;
        if (piece.size == 0 || !read_role(c, piece, &role))
            continue;
        if (known->role_count == DL_NAMES_ROLES_MAX ||
            !(slot = push(c, &c->roles, sizeof role)))
            return;
        *slot = role;
        known->role_count++;
        if (known->kind == DL_KNOWN_PERSON && role.code[0])
            dl_builder_phrase(c->builder, c->offices,
                              (dl_string){role.code, strlen(role.code)}, known_number);
    }
}

static dl_known_kind kind_of(dl_string file)
{
    if (dl_string_equal(file, DL_STRING("who/states.txt")))
        return DL_KNOWN_STATE;
    if (dl_string_equal(file, DL_STRING("who/capitals.txt")))
        return DL_KNOWN_SEAT;
    if (dl_string_starts(file, DL_STRING("who/leaders/")) ||
        dl_string_starts(file, DL_STRING("who/people/")))
        return DL_KNOWN_PERSON;
    return DL_KNOWN_ORGANISATION;
}

/* "Canonical | alias | alias : CODE SECTOR office from..to ; ..." */
static void compile_entity(names_compiler *c)
{
    dl_string text = c->line->text, piece;
    size_t colon = find_colon(text), at = 0;
    if (colon == text.size) {
        dl_builder_report(c->builder, c->line, 0, "no colon between names and code");
        return;
    }
    dl_string names = dl_string_trim(dl_string_slice(text, 0, colon));
    uint32_t number = (uint32_t)c->known.count;
    dl_known_record *known = push(c, &c->known, sizeof *known);
    if (!known)
        return;
    *known = (dl_known_record){.kind = (uint32_t)kind_of(c->line->file)};
    known->rule = dl_builder_rule(c->builder, c->line);
    for (bool first = true; dl_source_piece(names, '|', &at, &piece); first = false) {
        if (first)
            known->name = dl_builder_string(c->builder, piece);
        add_name(c, piece, number, (dl_known_kind)known->kind);
    }
    add_roles(c, dl_string_slice(text, colon + 1, text.size), number, known);
    if (known->kind == DL_KNOWN_STATE && known->role_count) {
        const dl_known_role *role =
            (const dl_known_role *)c->roles.items + known->first_role;
        dl_builder_phrase(c->builder, c->states,
                          (dl_string){role->code, strlen(role->code)}, number);
    }
}

/* ---- Words ---------------------------------------------------------------------------
 */

static void add_sense(names_compiler *c, dl_word_table table, dl_string phrases,
                      char separator, const dl_sense_record *sense, bool with_office)
{
    size_t at = 0;
    dl_string piece;
    uint32_t number = (uint32_t)c->senses[table].count;
    dl_sense_record *record = push(c, &c->senses[table], sizeof *record);
    if (!record)
        return;
    *record = *sense;
    record->rule = dl_builder_rule(c->builder, c->line);
    while (dl_source_piece(phrases, separator, &at, &piece)) {
        if (with_office && record->office == 0)
            record->office = dl_builder_string(c->builder, piece);
        if (piece.size == 0)
            continue;
        if (!dl_builder_phrase(c->builder, c->word_tables[table], piece, number))
            dl_builder_report(c->builder, c->line, column_of(c, piece),
                              "the phrase has too many words");
    }
}

static bool halves(names_compiler *c, const char *sign, dl_string *left, dl_string *right)
{
    dl_string text = c->line->text;
    size_t size = strlen(sign);
    for (size_t i = 0; i + size <= text.size; i++)
        if (memcmp(text.data + i, sign, size) == 0) {
            *left = dl_string_trim(dl_string_slice(text, 0, i));
            *right = dl_string_trim(dl_string_slice(text, i + size, text.size));
            return true;
        }
    dl_builder_report(c->builder, c->line, 0, "`%s` is missing", sign);
    return false;
}

static void compile_demonyms(names_compiler *c)
{
    dl_string names, code;
    dl_sense_record sense = {0};
    if (halves(c, " : ", &names, &code) && read_code(c, code, sense.code))
        add_sense(c, DL_WORDS_DEMONYM, names, '|', &sense, false);
}

static void compile_roles(names_compiler *c)
{
    dl_string sectors, words;
    dl_sense_record sense = {0};
    if (halves(c, ":", &sectors, &words) && read_sectors(c, sectors, sense.sectors))
        add_sense(c, DL_WORDS_ROLE, words, ',', &sense, false);
}

static void compile_titles(names_compiler *c)
{
    dl_string sectors, words;
    dl_sense_record sense = {0};
    if (halves(c, " : ", &words, &sectors) && read_sectors(c, sectors, sense.sectors))
        add_sense(c, DL_WORDS_TITLE, words, '|', &sense, true);
}

static void compile_modifiers(names_compiler *c)
{
    dl_string sectors, words;
    dl_sense_record sense = {0};
    if (halves(c, "->", &words, &sectors) && read_sectors(c, sectors, sense.sectors))
        add_sense(c, DL_WORDS_MODIFIER, words, ',', &sense, false);
}

static void compile_relations(names_compiler *c)
{
    dl_string key, words;
    if (halves(c, ":", &key, &words))
        dl_lists_add(c->builder, c->line, key, words);
}

/* ---- The section ---------------------------------------------------------------------
 */

static const struct {
    const char *file;
    void (*compile)(names_compiler *);
} files[] = {
    {"who/demonyms.txt", compile_demonyms},   {"who/roles.txt", compile_roles},
    {"who/titles.txt", compile_titles},       {"who/modifiers.txt", compile_modifiers},
    {"who/relations.txt", compile_relations}, {"who/grammar.txt", compile_relations},
};

static void compile_line(names_compiler *c)
{
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (dl_string_equal(c->line->file, dl_string_from(files[i].file))) {
            files[i].compile(c);
            return;
        }
    compile_entity(c);
}

static void make_tables(names_compiler *c)
{
    c->names = dl_builder_table(c->builder, DL_NAMES_TABLE, DL_TABLE_LOOSE);
    c->families = dl_builder_table(c->builder, DL_FAMILIES_TABLE, DL_TABLE_LOOSE);
    c->alike = dl_builder_table(c->builder, DL_ALIKE_TABLE, DL_TABLE_LOOSE);
    c->offices = dl_builder_table(c->builder, DL_OFFICES_TABLE, DL_TABLE_LOOSE);
    c->states = dl_builder_table(c->builder, DL_STATES_TABLE, DL_TABLE_LOOSE);
    for (size_t i = 0; i < DL_WORD_TABLES; i++)
        c->word_tables[i] =
            dl_builder_table(c->builder, dl_words_tables[i], DL_TABLE_LOOSE);
}

dateline_status dl_names_compile(dl_builder *builder, const dl_line *lines, size_t count,
                                 dateline_error *error)
{
    names_compiler c = {.builder = builder, .arena = dl_builder_arena(builder)};
    make_tables(&c);
    for (size_t i = 0; i < count && !c.failed; i++) {
        c.line = &lines[i];
        compile_line(&c);
    }
    if (c.failed)
        return dl_error_memory(error);
    dl_builder_chunk(builder, "who.known", c.known.items, c.known.count,
                     sizeof(dl_known_record));
    dl_builder_chunk(builder, "who.roles", c.roles.items, c.roles.count,
                     sizeof(dl_known_role));
    for (size_t i = 0; i < DL_WORD_TABLES; i++)
        dl_builder_chunk(builder, dl_words_chunks[i], c.senses[i].items,
                         c.senses[i].count, sizeof(dl_sense_record));
    return DATELINE_OK;
}
