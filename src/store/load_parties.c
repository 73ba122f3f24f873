/* Parties, in the order of their records' keys. */
#include <stdlib.h>

#include "store/load.h"

/* ---- Parties -------------------------------------------------------------------------
 */

enum {
    PARTY_RECORD,
    PARTY_SIDE,
    PARTY_MUTUAL,
    PARTY_CODE,
    PARTY_SECTORS,
    PARTY_NAME,
    PARTY_TEXT,
    PARTY_OFFICE
};
static const char party_sql[] =
    "SELECT record_key, side, mutual, code, sectors, name, entity_text, office"
    " FROM parties NOT INDEXED ORDER BY record_key, side, position";

/* Code and main sector as `who` takes them. */
static dl_string role_words(dl_intake *in, dl_string code, dl_string sector)
{
    dl_buffer_clear(&in->key);
    dl_buffer_add_string(&in->key, code);
    if (code.size && sector.size)
        dl_buffer_add_char(&in->key, ' ');
    dl_buffer_add_string(&in->key, sector);
    return (dl_string){in->key.data, in->key.size};
}

static bool describe_role(dl_intake *in, dl_string code, dl_string sectors)
{
    dl_columns *c = in->c;
    size_t number = c->role_list.count - 1;
    if (!RESIZE(in, c->roles, number + 1))
        return false;
    dl_string whole = c->role_list.items[number];
    dl_string main = dl_string_slice(sectors, 0, dl_string_find(sectors, ' ', 0));
    c->roles[number] = (dl_role){.code = {whole.data, code.size},
                                 .sectors = {whole.data + code.size + 1, sectors.size},
                                 .country = dl_dictionary_add(&c->codes, code)};
    c->roles[number].main = dl_dictionary_add(&c->actors, role_words(in, code, main));
    return true;
}

static bool describe_figure(dl_intake *in, sqlite3_stmt *row)
{
    dl_columns *c = in->c;
    size_t number = in->list.count - 1, known = c->role_list.count;
    dl_string code = dl_intake_text(row, PARTY_CODE),
              sectors = dl_intake_text(row, PARTY_SECTORS);
    if (in->list.count > in->item_capacity) {
        in->item_capacity = 2 * in->list.count;
        if (!RESIZE(in, c->figures, in->item_capacity))
            return false;
    }
    dl_buffer_clear(&in->key);
    dl_intake_add_key(&in->key, code);
    dl_buffer_add_string(&in->key, sectors);
    if (in->key.failed)
        return dl_intake_no_memory(in);
    c->figures[number] = (dl_figure){
        .role = dl_dictionary_add(&c->role_list, (dl_string){in->key.data, in->key.size}),
        .name = dl_dictionary_add(&c->names, dl_intake_text(row, PARTY_NAME)),
        .text = dl_dictionary_add(&c->texts, dl_intake_text(row, PARTY_TEXT)),
        .office = dl_dictionary_add(&c->offices, dl_intake_text(row, PARTY_OFFICE))};
    return c->role_list.count == known || describe_role(in, code, sectors);
}

static bool begin_record(dl_intake *in, int64_t key)
{
    if (in->count > 0 && in->record_keys[in->count - 1] == key)
        return true;
    if (in->count + 1 >= in->capacity) {
        in->capacity = in->capacity ? 2 * in->capacity : 1024;
        if (!RESIZE(in, in->record_keys, in->capacity) ||
            !RESIZE(in, in->starts, in->capacity))
            return false;
    }
    in->record_keys[in->count] = key;
    in->starts[in->count++] = (uint32_t)in->party_count;
    return true;
}

static bool take_party(dl_intake *in, sqlite3_stmt *row)
{
    size_t known = in->list.count;
    if (!begin_record(in, sqlite3_column_int64(row, PARTY_RECORD)))
        return false;
    if (in->party_count == in->party_capacity) {
        in->party_capacity = in->party_capacity ? 2 * in->party_capacity : 1024;
        if (!RESIZE(in, in->parties, in->party_capacity))
            return false;
    }
    dl_buffer_clear(&in->key);
    for (int i = PARTY_CODE; i <= PARTY_OFFICE; i++)
        dl_intake_add_key(&in->key, dl_intake_text(row, i));
    if (in->key.failed)
        return dl_intake_no_memory(in);
    uint32_t party =
        dl_dictionary_add(&in->list, (dl_string){in->key.data, in->key.size});
    bool recipient =
        dl_string_equal(dl_intake_text(row, PARTY_SIDE), DL_STRING("recipient"));
    party |= recipient ? DL_PARTY_RECIPIENT : 0;
    party |= sqlite3_column_int(row, PARTY_MUTUAL) ? (uint32_t)DL_PARTY_MUTUAL : 0;
    in->parties[in->party_count++] = party;
    return in->list.count == known || describe_figure(in, row);
}

static bool is_code(dl_string word)
{
    enum { CODE_SIZE = 3 };
    for (size_t i = 0; i < word.size; i++)
        if (word.data[i] < 'A' || word.data[i] > 'Z')
            return false;
    return word.size == CODE_SIZE;
}

static void add_bucket(dl_role *role, size_t *count, uint32_t bucket)
{
    for (size_t i = 0; i < *count; i++)
        if (role->buckets[i] == bucket)
            return;
    if (bucket && *count + 1 < DL_BUCKETS_OF_ROLE_MAX)
        role->buckets[(*count)++] = bucket;
}

/* All values that, asked for, the role fits: as many as the archive has. */
static void find_buckets(dl_intake *in, dl_role *role)
{
    const dl_dictionary *actors = &in->c->actors;
    dl_string code = role->code, sectors = role->sectors;
    bool good = is_code(code) && dl_sector_find(code) == DL_NO_SECTOR;
    size_t count = 0;
    if (good)
        add_bucket(role, &count, dl_dictionary_find(actors, code));
    for (size_t at = 0; at < sectors.size;) {
        size_t end = dl_string_find(sectors, ' ', at);
        dl_string sector = dl_string_slice(sectors, at, end);
        at = end + 1;
        if (!is_code(sector) || dl_sector_find(sector) == DL_NO_SECTOR)
            continue;
        add_bucket(role, &count, dl_dictionary_find(actors, sector));
        if (good)
            add_bucket(role, &count,
                       dl_dictionary_find(actors, role_words(in, code, sector)));
    }
}

/* Countries by their own names and seats of government have a code and no sector. */
static bool find_persons(dl_intake *in)
{
    dl_columns *c = in->c;
    if (!RESIZE(in, c->has_person, c->names.count))
        return false;
    memset(c->has_person, 0, c->names.count * sizeof *c->has_person);
    for (size_t i = 1; i < c->figure_count; i++) {
        const dl_role *role = &c->roles[c->figures[i].role];
        if (role->sectors.size || !role->code.size)
            c->has_person[c->figures[i].name] = true;
    }
    c->has_person[0] = false;
    return true;
}

bool dl_load_parties(dl_intake *in)
{
    dl_columns *c = in->c;
    bool good = dl_dictionary_init(&c->role_list, in->arena, false) &&
                dl_dictionary_init(&c->names, in->arena, true) &&
                dl_dictionary_init(&c->texts, in->arena, false) &&
                dl_dictionary_init(&c->offices, in->arena, false) &&
                dl_dictionary_init(&c->actors, in->arena, false) &&
                dl_dictionary_init(&c->codes, in->arena, false) &&
                dl_dictionary_init(&in->list, in->scratch, false);
    if (!good)
        return dl_intake_no_memory(in);
    in->item_capacity = 1;
    if (!RESIZE(in, c->figures, 1) || !RESIZE(in, c->roles, 1))
        return false;
    c->figures[0] = (dl_figure){0};
    c->roles[0] = (dl_role){.code = DL_STRING(""), .sectors = DL_STRING("")};
    if (!dl_intake_each_row(in, party_sql, take_party))
        return false;
    c->figure_count = in->list.count;
    if (in->party_count >= DL_PARTY_FIGURE)
        return dl_intake_fail(in, dl_error_set(&in->error, DATELINE_DATABASE,
                                               "the archive has too many parties"));
    for (size_t i = 1; i < c->role_list.count; i++)
        find_buckets(in, &c->roles[i]);
    if (c->role_list.failed || c->names.failed || c->texts.failed || c->offices.failed ||
        c->actors.failed || c->codes.failed || in->list.failed || in->key.failed)
        return dl_intake_no_memory(in);
    return find_persons(in);
}
