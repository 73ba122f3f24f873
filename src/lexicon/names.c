#include "base/base.h"
#include "lexicon/names_layout.h"
#include "lexicon/phrase.h"
#include "lexicon/sections.h"

typedef struct names {
    const dl_known_record *known;
    size_t known_count;
    const dl_known_role *roles;
    size_t role_count;
    const dl_sense_record *senses[DL_WORD_TABLES];
    size_t sense_count[DL_WORD_TABLES];
    int words[DL_WORD_TABLES];
    int names, families, alike, offices, states;
} names;

static const names *get(const dl_lexicon *lexicon)
{
    return lexicon->state[DL_STATE_NAMES];
}

/* ---- Opening -------------------------------------------------------------------------
 */

static bool sectors_fine(const uint8_t *sectors)
{
    for (size_t i = 0; i < DL_SECTORS_MAX; i++)
        if (sectors[i] >= DL_SECTORS)
            return false;
    return true;
}

static bool records_fine(const dl_lexicon *lexicon, const names *n)
{
    for (size_t i = 0; i < n->known_count; i++) {
        const dl_known_record *known = &n->known[i];
        if (known->name >= lexicon->string_count ||
            known->rule >= lexicon->string_count || known->kind >= DL_KNOWN_KINDS ||
            known->first_role > n->role_count ||
            known->role_count > n->role_count - known->first_role)
            return false;
    }
    for (size_t i = 0; i < n->role_count; i++)
        if (n->roles[i].office >= lexicon->string_count || n->roles[i].code[3] != '\0' ||
            !sectors_fine(n->roles[i].sectors))
            return false;
    return true;
}

static bool senses_fine(const dl_lexicon *lexicon, const names *n, size_t table)
{
    for (size_t i = 0; i < n->sense_count[table]; i++) {
        const dl_sense_record *sense = &n->senses[table][i];
        if (sense->office >= lexicon->string_count ||
            sense->rule >= lexicon->string_count || sense->code[3] != '\0' ||
            !sectors_fine(sense->sectors))
            return false;
    }
    return dl_table_values_below(lexicon, n->words[table], UINT32_MAX,
                                 n->sense_count[table]);
}

static bool tables_fine(const dl_lexicon *lexicon, names *n)
{
    n->names = dl_table_find(lexicon, DL_NAMES_TABLE);
    n->families = dl_table_find(lexicon, DL_FAMILIES_TABLE);
    n->alike = dl_table_find(lexicon, DL_ALIKE_TABLE);
    n->offices = dl_table_find(lexicon, DL_OFFICES_TABLE);
    n->states = dl_table_find(lexicon, DL_STATES_TABLE);
    int tables[] = {n->names, n->families, n->alike, n->offices, n->states};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        if (!dl_table_values_below(lexicon, tables[i], DL_NAMES_MASK, n->known_count))
            return false;
    return true;
}

dateline_status dl_names_open(dl_lexicon *lexicon, dateline_error *error)
{
    names *n = dl_arena_get(lexicon->arena, 1, sizeof *n);
    const void *records = NULL;
    if (!n)
        return dl_error_memory(error);
    bool fine = dl_lexicon_records(lexicon, "who.known", sizeof *n->known, &records,
                                   &n->known_count);
    n->known = records;
    fine = fine && dl_lexicon_records(lexicon, "who.roles", sizeof *n->roles, &records,
                                      &n->role_count);
    n->roles = records;
    for (size_t i = 0; fine && i < DL_WORD_TABLES; i++) {
        fine = dl_lexicon_records(lexicon, dl_words_chunks[i], sizeof *n->senses[i],
                                  &records, &n->sense_count[i]);
        n->senses[i] = records;
        n->words[i] = dl_table_find(lexicon, dl_words_tables[i]);
        fine = fine && senses_fine(lexicon, n, i);
    }
    if (!fine || !records_fine(lexicon, n) || !tables_fine(lexicon, n))
        return dl_error_set(error, DATELINE_BAD_FILE, "the names' tables are damaged");
    lexicon->state[DL_STATE_NAMES] = n;
    return DATELINE_OK;
}

/* ---- Names ---------------------------------------------------------------------------
 */

static bool has_capital(dl_string form)
{
    for (size_t at = 0, size = 0; at < form.size; at += size) {
        uint32_t c = dl_utf8_get(form, at, &size);
        if (dl_utf8_is_upper(c) || dl_utf8_is_digit(c))
            return true;
    }
    return false;
}

static bool all_capitals(dl_string form)
{
    for (size_t i = 0; i < form.size; i++)
        if (form.data[i] >= 'a' && form.data[i] <= 'z')
            return false;
    return true;
}

static void add_found(dl_names_found *found, uint32_t known)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->known[i] == (dl_known)known)
            return;
    if (found->count < DL_NAMES_FOUND_MAX)
        found->known[found->count++] = (dl_known)known;
}

/* The values that count in tokens first..last as they are written. */
static dl_names_found filter(const dl_document *document, int32_t first, int32_t last,
                             bool any_case, const uint32_t *values, size_t count)
{
    dl_names_found found = {0};
    bool capital = any_case, capitals = true;
    for (int32_t i = first; i <= last; i++) {
        capital = capital || has_capital(document->tokens[i].form);
        capitals = capitals && all_capitals(document->tokens[i].form);
    }
    for (size_t i = 0; capital && i < count; i++)
        if (any_case || !(values[i] & DL_NAMES_UPPER) || capitals)
            add_found(&found, values[i] & DL_NAMES_MASK);
    found.tokens = found.count ? (size_t)(last - first + 1) : 0;
    return found;
}

dl_names_found dl_names_match(const dl_lexicon *lexicon, const dl_document *document,
                              int32_t first, int32_t last, bool any_case)
{
    const names *n = get(lexicon);
    dl_names_found best = {0};
    if (n->names < 0)
        return best;
    dl_cursor cursor = dl_cursor_start(lexicon, n->names);
    for (int32_t i = first; i <= last; i++) {
        uint32_t before = cursor.node;
        size_t count = 0;
        if (!dl_cursor_step(&cursor, document->tokens[i].fold))
            break;
        if (cursor.node == before) {
            if (i == first)
                break;
            continue;
        }
        const uint32_t *values = dl_cursor_values(&cursor, &count);
        if (count) {
            dl_names_found found = filter(document, first, i, any_case, values, count);
            best = found.tokens ? found : best;
        }
    }
    return best;
}

static dl_names_found found_from(const dl_lexicon *lexicon, int table,
                                 const dl_string *words, size_t word_count, size_t tokens)
{
    const uint32_t *values = NULL;
    size_t count = 0;
    dl_names_found found = {0};
    if (dl_table_match(lexicon, table, words, word_count, &values, &count) != word_count)
        return found;
    for (size_t i = 0; i < count; i++)
        add_found(&found, values[i] & DL_NAMES_MASK);
    found.tokens = found.count ? tokens : 0;
    return found;
}

dl_names_found dl_names_match_alike(const dl_lexicon *lexicon,
                                    const dl_document *document, int32_t first,
                                    int32_t last)
{
    char key[DL_NAMES_KEY_MAX], given[DL_NAMES_KEY_MAX + 1];
    dl_string family = document->tokens[last].fold;
    dl_string words[2] = {
        {given, dl_names_given_key(document->tokens[first].fold, given)},
        {key, dl_names_key(family, key)}};
    if (words[1].size < 4 || words[0].size == 0)
        return (dl_names_found){0};
    return first == last ? found_from(lexicon, get(lexicon)->alike, words + 1, 1, 1)
                         : found_from(lexicon, get(lexicon)->alike, words, 2,
                                      (size_t)(last - first + 1));
}

dl_names_found dl_names_match_family(const dl_lexicon *lexicon,
                                     const dl_document *document, int32_t token)
{
    if (!has_capital(document->tokens[token].form))
        return (dl_names_found){0};
    return found_from(lexicon, get(lexicon)->families, &document->tokens[token].fold, 1,
                      1);
}

/* ---- Words ---------------------------------------------------------------------------
 */

static void get_sense(const dl_lexicon *lexicon, const names *n, dl_word_table table,
                      uint32_t number, dl_word_sense *sense)
{
    const dl_sense_record *record = &n->senses[table][number];
    memcpy(sense->code, record->code, sizeof sense->code);
    memcpy(sense->sectors, record->sectors, sizeof sense->sectors);
    sense->office = dl_lexicon_string(lexicon, record->office);
    sense->rule = dl_lexicon_string(lexicon, record->rule);
}

/* Of several lines the first counts, but a user's own before all. */
static uint32_t prefer(const dl_lexicon *lexicon, const names *n, dl_word_table table,
                       const uint32_t *values, size_t count)
{
    uint32_t last = values[count - 1];
    dl_string rule = dl_lexicon_string(lexicon, n->senses[table][last].rule);
    return dl_string_starts(rule, DL_STRING("overlay:")) ? last : values[0];
}

/* A step by the form, else by the lemma where that is asked for. */
static bool step_token(dl_cursor *cursor, const dl_token *token, bool by_lemma)
{
    dl_cursor other = *cursor;
    size_t count = 0;
    bool form = dl_cursor_step(cursor, token->fold);
    if (!by_lemma || token->lemma.size == 0 ||
        (form && (dl_cursor_values(cursor, &count), count)))
        return form;
    if (!dl_cursor_step(&other, token->lemma))
        return form;
    *cursor = other;
    return true;
}

size_t dl_words_match(const dl_lexicon *lexicon, dl_word_table table,
                      const dl_document *document, int32_t first, int32_t last,
                      int32_t lemma_at, dl_word_sense *sense)
{
    const names *n = get(lexicon);
    size_t taken = 0;
    if (n->words[table] < 0)
        return 0;
    dl_cursor cursor = dl_cursor_start(lexicon, n->words[table]);
    for (int32_t i = first; i <= last; i++) {
        uint32_t before = cursor.node;
        size_t count = 0;
        if (!step_token(&cursor, &document->tokens[i], i == lemma_at))
            break;
        if (cursor.node == before && i == first)
            break;
        const uint32_t *values = dl_cursor_values(&cursor, &count);
        if (count && cursor.node != before) {
            taken = (size_t)(i - first + 1);
            get_sense(lexicon, n, table, prefer(lexicon, n, table, values, count), sense);
        }
    }
    return taken;
}

/* ---- Entities ------------------------------------------------------------------------
 */

dl_known_kind dl_known_get_kind(const dl_lexicon *lexicon, dl_known known)
{
    return (dl_known_kind)get(lexicon)->known[known].kind;
}

dl_string dl_known_get_name(const dl_lexicon *lexicon, dl_known known)
{
    return dl_lexicon_string(lexicon, get(lexicon)->known[known].name);
}

dl_string dl_known_get_rule(const dl_lexicon *lexicon, dl_known known)
{
    return dl_lexicon_string(lexicon, get(lexicon)->known[known].rule);
}

static bool is_office(const dl_known_role *role)
{
    return role->sectors[0] != DL_NO_SECTOR && role->sectors[0] != DL_SECTOR_ELI;
}

/* The line that began last of those that cover the day; else the last that is over. */
static const dl_known_role *role_at(const names *n, const dl_known_record *known,
                                    int32_t days, bool *current)
{
    const dl_known_role *covering = NULL, *past = NULL;
    for (uint32_t i = 0; i < known->role_count; i++) {
        const dl_known_role *role = &n->roles[known->first_role + i];
        if (role->from_days > days)
            continue;
        if (role->to_days < days) {
            if (!past || role->to_days >= past->to_days)
                past = role;
        } else if (!covering || role->from_days >= covering->from_days) {
            covering = role;
        }
    }
    *current = covering != NULL;
    return covering ? covering : past;
}

static dl_role role_from(const dl_lexicon *lexicon, const dl_known_role *record)
{
    dl_role role = {0};
    memcpy(role.code, record->code, sizeof role.code);
    memcpy(role.sectors, record->sectors, sizeof role.sectors);
    dl_string office = dl_lexicon_string(lexicon, record->office);
    if (office.size)
        role.office = office;
    return role;
}

dl_role dl_known_get_role(const dl_lexicon *lexicon, dl_known known, dl_date date,
                          bool *current)
{
    const names *n = get(lexicon);
    const dl_known_record *record = &n->known[known];
    bool covered = false;
    dl_role role = {0};
    if (record->role_count == 0)
        return role;
    int32_t days = date.year ? dl_date_to_days(date) : INT32_MAX - 1;
    const dl_known_role *found = role_at(n, record, days, &covered);
    if (current)
        *current = covered;
    if (!found) {
        role = role_from(lexicon, &n->roles[record->first_role]);
        if (record->kind == DL_KNOWN_PERSON)
            role = (dl_role){.code = {role.code[0], role.code[1], role.code[2], 0}};
        return role;
    }
    role = role_from(lexicon, found);
    if (!covered && record->kind == DL_KNOWN_PERSON && is_office(found)) {
        memset(role.sectors, 0, sizeof role.sectors);
        role.sectors[0] = DL_SECTOR_ELI;
        role.office = (dl_string){0};
    }
    return role;
}

static bool office_equal(dl_string a, dl_string b)
{
    return dl_string_equal(a, b);
}

static bool holds(const dl_lexicon *lexicon, const dl_known_role *role, const char *code,
                  dl_string office)
{
    return (code[0] == '\0' || memcmp(role->code, code, 4) == 0) &&
           office_equal(dl_lexicon_string(lexicon, role->office), office);
}

bool dl_known_held(const dl_lexicon *lexicon, dl_known known, const char *code,
                   dl_string office)
{
    const names *n = get(lexicon);
    const dl_known_record *record = &n->known[known];
    for (uint32_t i = 0; i < record->role_count; i++)
        if (holds(lexicon, &n->roles[record->first_role + i], code, office))
            return true;
    return false;
}

/* Later beginnings win; with `before`, of those that were over by `days`. */
static dl_known search_holder(const dl_lexicon *lexicon, const uint32_t *values,
                              size_t count, const char *code, dl_string office,
                              int32_t days, bool over)
{
    const names *n = get(lexicon);
    const dl_known_role *best = NULL;
    dl_known holder = -1;
    for (size_t i = 0; i < count; i++) {
        const dl_known_record *record = &n->known[values[i] & DL_NAMES_MASK];
        for (uint32_t k = 0; k < record->role_count; k++) {
            const dl_known_role *role = &n->roles[record->first_role + k];
            bool time = over ? role->to_days <= days
                             : role->from_days <= days && role->to_days >= days;
            if (time && holds(lexicon, role, code, office) &&
                (!best || role->from_days > best->from_days)) {
                best = role;
                holder = (dl_known)(values[i] & DL_NAMES_MASK);
            }
        }
    }
    return holder;
}

static int32_t start_of(const dl_lexicon *lexicon, dl_known known, const char *code,
                        dl_string office, int32_t days)
{
    const names *n = get(lexicon);
    const dl_known_record *record = &n->known[known];
    for (uint32_t k = 0; k < record->role_count; k++) {
        const dl_known_role *role = &n->roles[record->first_role + k];
        if (role->from_days <= days && role->to_days >= days &&
            holds(lexicon, role, code, office))
            return role->from_days;
    }
    return days;
}

dl_known dl_known_find_holder(const dl_lexicon *lexicon, const char *code,
                              dl_string office, dl_date date, bool before)
{
    const uint32_t *values = NULL;
    size_t count = 0;
    char folded[4] = {0};
    if (code[0] == '\0' || office.size == 0 || date.year == 0)
        return -1;
    for (size_t i = 0; i < 3; i++)
        folded[i] = (char)(code[i] | 0x20);
    dl_string word = {folded, 3};
    int32_t days = dl_date_to_days(date);
    if (!dl_table_match(lexicon, get(lexicon)->offices, &word, 1, &values, &count))
        return -1;
    dl_known holder = search_holder(lexicon, values, count, code, office, days, false);
    if (!before || holder < 0)
        return holder;
    int32_t start = start_of(lexicon, holder, code, office, days);
    return search_holder(lexicon, values, count, code, office, start, true);
}

dl_known dl_known_find_state(const dl_lexicon *lexicon, const char *code)
{
    const uint32_t *values = NULL;
    size_t count = 0;
    char folded[4] = {0};
    if (code[0] == '\0')
        return -1;
    for (size_t i = 0; i < 3; i++)
        folded[i] = (char)(code[i] | 0x20);
    dl_string word = {folded, 3};
    if (!dl_table_match(lexicon, get(lexicon)->states, &word, 1, &values, &count))
        return -1;
    return (dl_known)(values[0] & DL_NAMES_MASK);
}
