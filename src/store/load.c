/* Loading columns: records and parties by a thread each, both in the order of keys, then
 * joined and brought into the order of rows. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/columns.h"

static const char reading[] = "the archive can't be read";

/* One thread's part: its connection, what it found, how it went. */
typedef struct intake {
    sqlite3 *db;
    dl_columns *c;
    dl_arena *arena;    /* of what stays */
    dl_arena *scratch;  /* of what is needed while loading */
    dl_dictionary list; /* sites or figures, by all that they have */
    dl_buffer key;
    char mark[160];
    dateline_error error;
    dateline_status status;
    /* of records, in the order of keys */
    size_t count, capacity;
    uint32_t *codes;       /* dates as numbers */
    int64_t *article_keys; /* in order */
    uint16_t *article_sources;
    size_t item_capacity; /* of sites, figures */
    /* of parties */
    int64_t *record_keys;       /* that have parties, in order */
    uint32_t *starts, *parties; /* [count + 1], [party_count] */
    size_t party_count, party_capacity;
} intake;

static bool fail(intake *in, dateline_status status)
{
    in->status = status;
    return false;
}

static bool no_memory(intake *in)
{
    return fail(in, dl_error_memory(&in->error));
}

static dl_string text_at(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text ? (dl_string){text, (size_t)sqlite3_column_bytes(row, column)}
                : DL_STRING("");
}

/* Room for `count` elements in the array at `items`; false where memory has run out. */
static bool resize(intake *in, void *items, size_t count, size_t size)
{
    void **array = items;
    void *bigger = realloc(*array, (count ? count : 1) * size);
    if (!bigger)
        return no_memory(in);
    *array = bigger;
    return true;
}

#define RESIZE(in, array, count) resize((in), &(array), (count), sizeof *(array))

static bool prepare(intake *in, const char *sql, sqlite3_stmt **statement)
{
    return sqlite3_prepare_v2(in->db, sql, -1, statement, NULL) == SQLITE_OK ||
           fail(in, dl_database_error(in->db, &in->error, reading));
}

/* Calls `take` for each row. */
static bool each_row(intake *in, const char *sql,
                     bool (*take)(intake *in, sqlite3_stmt *row))
{
    sqlite3_stmt *statement = NULL;
    int code = SQLITE_DONE;
    bool good = prepare(in, sql, &statement);
    while (good && (code = sqlite3_step(statement)) == SQLITE_ROW)
        good = take(in, statement);
    if (good && code != SQLITE_DONE)
        good = fail(in, dl_database_error(in->db, &in->error, reading));
    sqlite3_finalize(statement);
    return good;
}

/* ---- Articles ------------------------------------------------------------------------
 */

typedef struct article_entry {
    int64_t key;
    uint32_t source;
} article_entry;

static int by_article(const void *a, const void *b)
{
    const article_entry *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

/* Only the index by source is read: articles' texts are long. */
static bool load_articles(intake *in)
{
    sqlite3_stmt *row = NULL;
    int64_t many = dl_ask_number(in->db, "SELECT count(*) FROM articles");
    size_t count = many > 0 ? (size_t)many : 0, at = 0;
    article_entry *entries = malloc((count + 1) * sizeof *entries);
    bool good = entries ? prepare(in,
                                  "SELECT article_key, source FROM articles"
                                  " INDEXED BY articles_by_source ORDER BY source",
                                  &row)
                        : no_memory(in);
    while (good && at < count && sqlite3_step(row) == SQLITE_ROW)
        entries[at++] =
            (article_entry){sqlite3_column_int64(row, 0),
                            dl_dictionary_add(&in->c->source_list, text_at(row, 1))};
    sqlite3_finalize(row);
    if (good)
        qsort(entries, at, sizeof *entries, by_article);
    good =
        good && RESIZE(in, in->article_keys, at) && RESIZE(in, in->article_sources, at);
    for (size_t i = 0; good && i < at; i++) {
        in->article_keys[i] = entries[i].key;
        in->article_sources[i] = (uint16_t)entries[i].source;
    }
    in->c->article_count = at;
    free(entries);
    return good;
}

/* Articles of neighbours are neighbours: looked for from the last one on. */
static uint32_t find_article(const intake *in, int64_t key, uint32_t last)
{
    const int64_t *keys = in->article_keys;
    size_t low = 0, high = in->c->article_count;
    for (uint32_t near = last; near < high && near < last + 2; near++)
        if (keys[near] == key)
            return near;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

/* ---- Records -------------------------------------------------------------------------
 */

enum {
    COLUMN_KEY,
    COLUMN_ARTICLE,
    COLUMN_EVENT,
    COLUMN_MODE,
    COLUMN_CAMEO,
    COLUMN_QUAD,
    COLUMN_SCALE,
    COLUMN_DATE,
    COLUMN_STATUS,
    COLUMN_CONFIDENCE,
    COLUMN_PLACE,
    COLUMN_COUNTRY,
    COLUMN_ADMIN1,
    COLUMN_LAT,
    COLUMN_LON,
    COLUMN_PRECISION
};
static const char record_sql[] =
    "SELECT record_key, article_key, event, mode, cameo, quad_code, event_scale, date,"
    " status, confidence, place_name, country, admin1, lat, lon, precision FROM records"
    " NOT INDEXED ORDER BY record_key";

static void add_key(dl_buffer *key, dl_string part)
{
    dl_buffer_add_string(key, part);
    dl_buffer_add_char(key, '\0');
}

/* Names the act's category and modes; false where memory has run out. */
static bool describe_act(intake *in, dl_string event, dl_string mode, int quad)
{
    dl_columns *c = in->c;
    size_t count = c->event_modes.count, modes = 0;
    if (!RESIZE(in, c->act_list, count))
        return false;
    dl_act *act = &c->act_list[count - 1];
    dl_string whole = c->event_modes.items[count - 1];
    *act = (dl_act){.event = {whole.data, event.size},
                    .mode = {whole.data + event.size + 1, mode.size},
                    .category = dl_dictionary_add(&c->categories, event)};
    for (size_t at = 0; at < mode.size && modes < DL_MODES_OF_ACT_MAX;) {
        size_t end = dl_string_find(mode, ' ', at);
        dl_buffer_clear(&in->key);
        dl_buffer_add_string(&in->key, event);
        dl_buffer_add_char(&in->key, ' ');
        dl_buffer_add_string(&in->key, dl_string_slice(mode, at, end));
        act->modes[modes++] =
            dl_dictionary_add(&c->modes, (dl_string){in->key.data, in->key.size});
        at = end + 1;
    }
    if (!RESIZE(in, c->category_quads, c->categories.count))
        return false;
    c->category_quads[act->category] = (uint8_t)quad;
    return true;
}

static bool take_act(intake *in, sqlite3_stmt *row, size_t at)
{
    dl_columns *c = in->c;
    dl_string event = text_at(row, COLUMN_EVENT), mode = text_at(row, COLUMN_MODE);
    size_t known = c->event_modes.count;
    int quad = sqlite3_column_int(row, COLUMN_QUAD);
    dl_buffer_clear(&in->key);
    add_key(&in->key, event);
    dl_buffer_add_string(&in->key, mode);
    if (in->key.failed)
        return no_memory(in);
    c->acts[at] = (uint16_t)dl_dictionary_add(&c->event_modes,
                                              (dl_string){in->key.data, in->key.size});
    c->quads[at] = (uint8_t)(quad >= 1 && quad <= DL_QUADS ? quad : 0);
    return c->event_modes.count == known || describe_act(in, event, mode, quad);
}

static dl_nearness nearness_of(dl_string precision)
{
    static const char *const names[] = {[DL_NEAR_NONE] = "-",
                                        [DL_NEAR_COUNTRY] = "country",
                                        [DL_NEAR_ADMIN] = "admin",
                                        [DL_NEAR_CITY] = "city",
                                        [DL_NEAR_POINT] = "point"};
    for (int i = DL_NEAR_COUNTRY; i <= DL_NEAR_POINT; i++)
        if (dl_string_equal(precision, dl_string_from(names[i])))
            return (dl_nearness)i;
    return DL_NEAR_NONE;
}

/* The place by which sites nearer than a country go. */
static bool name_place(intake *in, dl_site *site, uint32_t number)
{
    dl_columns *c = in->c;
    size_t known = c->places.count;
    dl_buffer_clear(&in->key);
    dl_buffer_add_string(&in->key, site->name);
    dl_buffer_add_char(&in->key, '|');
    dl_buffer_add_string(&in->key, site->admin1);
    dl_buffer_add_char(&in->key, '|');
    dl_buffer_add_string(&in->key, c->countries.items[site->country]);
    if (in->key.failed)
        return no_memory(in);
    dl_string value = {in->key.data, in->key.size};
    if (site->nearness <= DL_NEAR_COUNTRY || !site->located) {
        site->place = dl_dictionary_find(&c->places, value);
        return true;
    }
    site->place = dl_dictionary_add(&c->places, value);
    if (c->places.count > known) {
        if (!RESIZE(in, c->place_sites, c->places.count))
            return false;
        c->place_sites[site->place] = number;
    } else if (site->nearness > c->sites_known[c->place_sites[site->place]].nearness) {
        c->place_sites[site->place] = number;
    }
    return true;
}

static bool describe_site(intake *in, sqlite3_stmt *row)
{
    dl_columns *c = in->c;
    uint32_t number = (uint32_t)in->list.count - 1;
    if (in->list.count > in->item_capacity) {
        in->item_capacity = 2 * in->list.count;
        if (!RESIZE(in, c->sites_known, in->item_capacity))
            return false;
    }
    dl_site *site = &c->sites_known[number];
    *site = (dl_site){.name = dl_arena_string(in->arena, text_at(row, COLUMN_PLACE)),
                      .admin1 = dl_arena_string(in->arena, text_at(row, COLUMN_ADMIN1)),
                      .country =
                          dl_dictionary_add(&c->countries, text_at(row, COLUMN_COUNTRY)),
                      .lat = sqlite3_column_double(row, COLUMN_LAT),
                      .lon = sqlite3_column_double(row, COLUMN_LON),
                      .located = sqlite3_column_type(row, COLUMN_LAT) != SQLITE_NULL,
                      .nearness = nearness_of(text_at(row, COLUMN_PRECISION))};
    if (!site->name.data || !site->admin1.data)
        return no_memory(in);
    return name_place(in, site, number);
}

static bool take_site(intake *in, sqlite3_stmt *row, size_t at)
{
    double position[2] = {sqlite3_column_double(row, COLUMN_LAT),
                          sqlite3_column_double(row, COLUMN_LON)};
    bool none = sqlite3_column_type(row, COLUMN_COUNTRY) == SQLITE_NULL &&
                sqlite3_column_type(row, COLUMN_PLACE) == SQLITE_NULL &&
                sqlite3_column_type(row, COLUMN_LAT) == SQLITE_NULL;
    size_t known = in->list.count;
    in->c->sites[at] = 0;
    if (none)
        return true;
    dl_buffer_clear(&in->key);
    for (int i = COLUMN_PLACE; i <= COLUMN_ADMIN1; i++)
        add_key(&in->key, text_at(row, i));
    add_key(&in->key, text_at(row, COLUMN_PRECISION));
    dl_buffer_add(&in->key, position, sizeof position);
    if (in->key.failed)
        return no_memory(in);
    in->c->sites[at] =
        dl_dictionary_add(&in->list, (dl_string){in->key.data, in->key.size});
    return in->list.count == known || describe_site(in, row);
}

static bool take_record(intake *in, sqlite3_stmt *row)
{
    dl_columns *c = in->c;
    size_t at = in->count;
    if (at == in->capacity)
        return true; /* none: the transaction counted them */
    c->keys[at] = sqlite3_column_int64(row, COLUMN_KEY);
    c->articles[at] = find_article(in, sqlite3_column_int64(row, COLUMN_ARTICLE),
                                   at > 0 ? c->articles[at - 1] : 0);
    c->sources[at] = in->article_sources[c->articles[at]];
    c->cameos[at] =
        (uint16_t)dl_dictionary_add(&c->cameo_list, text_at(row, COLUMN_CAMEO));
    c->scales[at] = (float)sqlite3_column_double(row, COLUMN_SCALE);
    in->codes[at] = dl_date_read(text_at(row, COLUMN_DATE));
    c->statuses[at] =
        (uint8_t)dl_dictionary_add(&c->status_list, text_at(row, COLUMN_STATUS));
    c->confidences[at] = sqlite3_column_double(row, COLUMN_CONFIDENCE);
    in->count++;
    return take_act(in, row, at) && take_site(in, row, at);
}

static bool allocate_records(intake *in)
{
    dl_columns *c = in->c;
    int64_t many = dl_ask_number(in->db, "SELECT count(*) FROM records");
    size_t count = in->capacity = many > 0 ? (size_t)many : 0;
    in->item_capacity = 0;
    if (count >= DL_PARTY_FIGURE)
        return fail(in, dl_error_set(&in->error, DATELINE_DATABASE,
                                     "the archive has too many records"));
    in->item_capacity = 1;
    bool good = RESIZE(in, c->keys, count) && RESIZE(in, c->sites, count) &&
                RESIZE(in, c->articles, count) && RESIZE(in, c->acts, count) &&
                RESIZE(in, c->cameos, count) && RESIZE(in, c->sources, count) &&
                RESIZE(in, c->statuses, count) && RESIZE(in, c->quads, count) &&
                RESIZE(in, c->confidences, count) && RESIZE(in, c->scales, count) &&
                RESIZE(in, in->codes, count) && RESIZE(in, c->act_list, 1) &&
                RESIZE(in, c->sites_known, 1) && RESIZE(in, c->place_sites, 1) &&
                RESIZE(in, c->category_quads, 1);
    if (!good)
        return false;
    c->act_list[0] = (dl_act){.event = DL_STRING(""), .mode = DL_STRING("")};
    c->sites_known[0] = (dl_site){.name = DL_STRING(""), .admin1 = DL_STRING("")};
    c->place_sites[0] = 0;
    c->category_quads[0] = 0;
    return true;
}

static bool load_records(intake *in)
{
    dl_columns *c = in->c;
    bool good = dl_dictionary_init(&c->event_modes, in->arena, false) &&
                dl_dictionary_init(&c->categories, in->arena, false) &&
                dl_dictionary_init(&c->modes, in->arena, false) &&
                dl_dictionary_init(&c->cameo_list, in->arena, false) &&
                dl_dictionary_init(&c->status_list, in->arena, false) &&
                dl_dictionary_init(&c->source_list, in->arena, true) &&
                dl_dictionary_init(&c->countries, in->arena, false) &&
                dl_dictionary_init(&c->places, in->arena, false) &&
                dl_dictionary_init(&in->list, in->scratch, false);
    if (!good)
        return no_memory(in);
    good = allocate_records(in) && load_articles(in) &&
           each_row(in, record_sql, take_record);
    c->site_count = in->list.count;
    if (good && (c->event_modes.failed || c->places.failed || c->countries.failed ||
                 c->categories.failed || c->modes.failed || in->list.failed))
        return no_memory(in);
    if (good && (c->event_modes.count > UINT16_MAX || c->cameo_list.count > UINT16_MAX ||
                 c->source_list.count > UINT16_MAX || c->status_list.count > UINT8_MAX))
        return fail(in, dl_error_set(&in->error, DATELINE_DATABASE,
                                     "the archive has too many different values"));
    return good;
}

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
static dl_string role_words(intake *in, dl_string code, dl_string sector)
{
    dl_buffer_clear(&in->key);
    dl_buffer_add_string(&in->key, code);
    if (code.size && sector.size)
        dl_buffer_add_char(&in->key, ' ');
    dl_buffer_add_string(&in->key, sector);
    return (dl_string){in->key.data, in->key.size};
}

static bool describe_role(intake *in, dl_string code, dl_string sectors)
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

static bool describe_figure(intake *in, sqlite3_stmt *row)
{
    dl_columns *c = in->c;
    size_t number = in->list.count - 1, known = c->role_list.count;
    dl_string code = text_at(row, PARTY_CODE), sectors = text_at(row, PARTY_SECTORS);
    if (in->list.count > in->item_capacity) {
        in->item_capacity = 2 * in->list.count;
        if (!RESIZE(in, c->figures, in->item_capacity))
            return false;
    }
    dl_buffer_clear(&in->key);
    add_key(&in->key, code);
    dl_buffer_add_string(&in->key, sectors);
    if (in->key.failed)
        return no_memory(in);
    c->figures[number] = (dl_figure){
        .role = dl_dictionary_add(&c->role_list, (dl_string){in->key.data, in->key.size}),
        .name = dl_dictionary_add(&c->names, text_at(row, PARTY_NAME)),
        .text = dl_dictionary_add(&c->texts, text_at(row, PARTY_TEXT)),
        .office = dl_dictionary_add(&c->offices, text_at(row, PARTY_OFFICE))};
    return c->role_list.count == known || describe_role(in, code, sectors);
}

static bool begin_record(intake *in, int64_t key)
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

static bool take_party(intake *in, sqlite3_stmt *row)
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
        add_key(&in->key, text_at(row, i));
    if (in->key.failed)
        return no_memory(in);
    uint32_t party =
        dl_dictionary_add(&in->list, (dl_string){in->key.data, in->key.size});
    bool recipient = dl_string_equal(text_at(row, PARTY_SIDE), DL_STRING("recipient"));
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
static void find_buckets(intake *in, dl_role *role)
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
static bool find_persons(intake *in)
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

static bool load_parties(intake *in)
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
        return no_memory(in);
    in->item_capacity = 1;
    if (!RESIZE(in, c->figures, 1) || !RESIZE(in, c->roles, 1))
        return false;
    c->figures[0] = (dl_figure){0};
    c->roles[0] = (dl_role){.code = DL_STRING(""), .sectors = DL_STRING("")};
    if (!each_row(in, party_sql, take_party))
        return false;
    c->figure_count = in->list.count;
    if (in->party_count >= DL_PARTY_FIGURE)
        return fail(in, dl_error_set(&in->error, DATELINE_DATABASE,
                                     "the archive has too many parties"));
    for (size_t i = 1; i < c->role_list.count; i++)
        find_buckets(in, &c->roles[i]);
    if (c->role_list.failed || c->names.failed || c->texts.failed || c->offices.failed ||
        c->actors.failed || c->codes.failed || in->list.failed || in->key.failed)
        return no_memory(in);
    return find_persons(in);
}

/* ---- Stories -------------------------------------------------------------------------
 */

static size_t index_of(const intake *in, int64_t key)
{
    size_t low = 0, high = in->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (in->c->keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What of a story was met: its rows (by index of keys) up to now. */
typedef struct story_run {
    dl_buffer name;
    size_t first, rows; /* the first one's index; how many */
    uint32_t reports;
} story_run;

/* Reports of the story as the table has it; `stories` goes on to it, in order. */
static uint32_t find_reports(sqlite3_stmt *stories, bool *more, dl_string name)
{
    int order = 1;
    while (*more && (order = dl_string_compare(text_at(stories, 0), name)) < 0)
        *more = sqlite3_step(stories) == SQLITE_ROW;
    return *more && order == 0 ? (uint32_t)sqlite3_column_int(stories, 1) : 0;
}

/* The row belongs to the story that runs, or begins one. */
static bool add_to_story(intake *in, story_run *run, sqlite3_stmt *row,
                         sqlite3_stmt *stories, bool *more)
{
    dl_columns *c = in->c;
    dl_string name = text_at(row, 0);
    size_t at = index_of(in, sqlite3_column_int64(row, 1));
    if (at >= in->count)
        return true;
    bool same = run->rows > 0 &&
                dl_string_equal((dl_string){run->name.data, run->name.size}, name);
    if (!same) {
        dl_buffer_clear(&run->name);
        dl_buffer_add_string(&run->name, name);
        *run = (story_run){run->name, at, 0, find_reports(stories, more, name)};
    }
    run->rows++;
    if (run->name.failed)
        return no_memory(in);
    /* A story of one report alone is as good as none. */
    bool numbered = run->rows > 2 || (run->rows == 2 && c->stories[run->first]);
    if (!numbered && (run->rows == 2 || run->reports > 1)) {
        c->story_count++;
        if ((c->story_count & (c->story_count - 1)) == 0 &&
            !RESIZE(in, c->reports, 2 * c->story_count))
            return false;
        c->reports[c->story_count] = run->reports;
        c->stories[run->first] = (uint32_t)c->story_count;
    }
    if (run->rows > 1)
        c->stories[at] = c->stories[run->first];
    return true;
}

static bool load_stories(intake *in)
{
    dl_columns *c = in->c;
    sqlite3_stmt *rows = NULL, *stories = NULL;
    story_run run = {0};
    int code = SQLITE_DONE;
    if (!RESIZE(in, c->stories, in->count) || !RESIZE(in, c->reports, 2))
        return false;
    memset(c->stories, 0, in->count * sizeof *c->stories);
    c->reports[0] = 1;
    bool good =
        prepare(in,
                "SELECT story, record_key FROM records INDEXED BY"
                " records_by_story WHERE story IS NOT NULL ORDER BY story",
                &rows) &&
        prepare(in, "SELECT story, reports FROM stories ORDER BY story", &stories);
    bool more = good && sqlite3_step(stories) == SQLITE_ROW;
    while (good && (code = sqlite3_step(rows)) == SQLITE_ROW)
        good = add_to_story(in, &run, rows, stories, &more);
    if (good && code != SQLITE_DONE)
        good = fail(in, dl_database_error(in->db, &in->error, reading));
    sqlite3_finalize(rows);
    sqlite3_finalize(stories);
    dl_buffer_release(&run.name);
    return good;
}

/* ---- Rows ----------------------------------------------------------------------------
 */

/* Numbers of records (in order of keys) by date, undated ones last: least significant
 * digits first, each pass keeps the order of the one before. */
static bool order_by_date(intake *in, uint32_t **order)
{
    enum { DIGIT = 11, DIGITS = 3, VALUES = 1 << DIGIT };
    size_t count = in->count;
    uint32_t *from = malloc((count + 1) * sizeof *from);
    uint32_t *to = malloc((count + 1) * sizeof *to);
    size_t *places = malloc(VALUES * sizeof *places);
    bool good = from && to && places;
    for (size_t i = 0; good && i < count; i++)
        from[i] = (uint32_t)i;
    for (unsigned digit = 0; good && digit < DIGITS; digit++) {
        unsigned shift = digit * DIGIT;
        size_t sum = 0;
        memset(places, 0, VALUES * sizeof *places);
        for (size_t i = 0; i < count; i++)
            places[in->codes[i] >> shift & (VALUES - 1)]++;
        for (size_t i = 0; i < VALUES; i++) {
            size_t here = places[i];
            places[i] = sum;
            sum += here;
        }
        for (size_t i = 0; i < count; i++)
            to[places[in->codes[from[i]] >> shift & (VALUES - 1)]++] = from[i];
        uint32_t *swap = from;
        from = to;
        to = swap;
    }
    free(to);
    free(places);
    *order = from;
    return good || no_memory(in);
}

/* Brings a column into the order of rows. */
static bool arrange(intake *in, void *column, size_t size, const uint32_t *order)
{
    char **from = column;
    char *to = malloc((in->count + 1) * size);
    if (!to)
        return no_memory(in);
    for (size_t i = 0; i < in->count; i++)
        memcpy(to + i * size, *from + order[i] * size, size);
    free(*from);
    *from = to;
    return true;
}

#define ARRANGE(in, column, order) arrange((in), &(column), sizeof *(column), (order))

static bool arrange_all(intake *in, const uint32_t *order)
{
    dl_columns *c = in->c;
    if (!RESIZE(in, c->by_key, in->count))
        return false;
    for (size_t i = 0; i < in->count; i++)
        c->by_key[order[i]] = (uint32_t)i;
    return ARRANGE(in, c->keys, order) && ARRANGE(in, c->sites, order) &&
           ARRANGE(in, c->articles, order) && ARRANGE(in, c->stories, order) &&
           ARRANGE(in, c->acts, order) && ARRANGE(in, c->cameos, order) &&
           ARRANGE(in, c->sources, order) && ARRANGE(in, c->statuses, order) &&
           ARRANGE(in, c->quads, order) && ARRANGE(in, c->confidences, order) &&
           ARRANGE(in, c->scales, order) && ARRANGE(in, in->codes, order);
}

/* Numbers dates; codes are in the order of rows by now. */
static bool number_dates(intake *in)
{
    dl_columns *c = in->c;
    if (!RESIZE(in, c->dates, in->count) || !RESIZE(in, c->date_list, 1))
        return false;
    for (size_t i = 0; i < in->count; i++) {
        uint32_t code = in->codes[i];
        c->undated += code == DL_DATE_NONE;
        if (code != DL_DATE_NONE &&
            (c->date_count == 0 || c->date_list[c->date_count - 1] != code)) {
            if ((c->date_count & (c->date_count - 1)) == 0 &&
                !RESIZE(in, c->date_list, 2 * c->date_count + 2))
                return false;
            c->date_list[c->date_count++] = code;
        }
        c->dates[i] = (uint32_t)c->date_count - (code != DL_DATE_NONE);
    }
    return true;
}

/* Rows of each story, in order. */
static bool gather_stories(intake *in)
{
    dl_columns *c = in->c;
    size_t count = in->count, told = 0;
    if (!RESIZE(in, c->story_starts, c->story_count + 3))
        return false;
    memset(c->story_starts, 0, (c->story_count + 3) * sizeof *c->story_starts);
    for (size_t i = 0; i < count; i++) {
        told += c->stories[i] > 0;
        c->story_starts[c->stories[i] + 2] += c->stories[i] > 0;
    }
    for (size_t i = 1; i < c->story_count + 3; i++)
        c->story_starts[i] += c->story_starts[i - 1];
    if (!RESIZE(in, c->story_rows, told))
        return false;
    for (size_t i = 0; i < count; i++)
        if (c->stories[i])
            c->story_rows[c->story_starts[c->stories[i] + 1]++] = (uint32_t)i;
    return true;
}

/* Parties of each row: both sides are in order of keys. */
static bool join_parties(intake *in, const intake *other, const uint32_t *order)
{
    dl_columns *c = in->c;
    size_t count = in->count, at = 0, sum = 0;
    uint32_t *found = malloc((count + 1) * sizeof *found);
    if (!found || !RESIZE(in, c->party_starts, count + 1) ||
        !RESIZE(in, c->parties, other->party_count)) {
        free(found);
        return no_memory(in);
    }
    for (size_t i = 0; i < count; i++) {
        int64_t key = c->keys[c->by_key[i]];
        while (at < other->count && other->record_keys[at] < key)
            at++;
        bool there = at < other->count && other->record_keys[at] == key;
        found[i] = there ? (uint32_t)at : UINT32_MAX;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t from = found[order[i]];
        c->party_starts[i] = (uint32_t)sum;
        if (from == UINT32_MAX)
            continue;
        size_t end =
            from + 1 < other->count ? other->starts[from + 1] : other->party_count;
        for (size_t j = other->starts[from]; j < end; j++)
            c->parties[sum++] = other->parties[j];
    }
    c->party_starts[count] = (uint32_t)sum;
    free(found);
    return true;
}

/* ---- The whole -----------------------------------------------------------------------
 */

static bool begin_intake(intake *in, sqlite3 *db, dl_columns *c, dl_arena **arena)
{
    *in = (intake){
        .db = db, .c = c, .arena = *arena = dl_arena_new(), .scratch = dl_arena_new()};
    return in->arena && in->scratch ? true : no_memory(in);
}

static void end_intake(intake *in)
{
    dl_dictionary_release(&in->list);
    dl_buffer_release(&in->key);
    dl_arena_free(in->scratch);
    free(in->codes);
    free(in->article_keys);
    free(in->article_sources);
    free(in->record_keys);
    free(in->starts);
    free(in->parties);
}

/* What is read stands in one transaction. */
static void read_all(intake *in, bool (*read)(intake *in))
{
    in->status = dl_execute(in->db, "BEGIN", &in->error);
    if (in->status != DATELINE_OK)
        return;
    dl_columns_mark(in->db, in->mark, sizeof in->mark);
    read(in);
    sqlite3_exec(in->db, "COMMIT", NULL, NULL, NULL);
}

static bool read_records(intake *in)
{
    return load_records(in) && load_stories(in);
}

static void *run_parties(void *context)
{
    read_all(context, load_parties);
    return NULL;
}

static bool join(intake *records, intake *parties)
{
    dl_columns *c = records->c;
    uint32_t *order = NULL;
    c->rows = records->count;
    c->place_count = c->places.count;
    bool good = order_by_date(records, &order) && arrange_all(records, order) &&
                number_dates(records) && gather_stories(records) &&
                join_parties(records, parties, order);
    free(order);
    c->article_keys = records->article_keys;
    records->article_keys = NULL;
    snprintf(c->mark, sizeof c->mark, "%s", records->mark);
    return good;
}

static void count_bytes(dl_columns *c, size_t parties)
{
    enum { BYTES_OF_ROW = 8 + 6 * 4 + 3 * 2 + 2 + 8 + 4 + 4 };
    c->bytes = c->rows * BYTES_OF_ROW +
               (parties + c->story_starts[c->story_count + 1]) * sizeof *c->parties +
               c->figure_count * sizeof *c->figures +
               c->site_count * sizeof *c->sites_known +
               c->story_count * 2 * sizeof *c->reports + dl_arena_held(c->arenas[0]) +
               dl_arena_held(c->arenas[1]);
}

/* Both parts; *torn tells that something was written between their beginnings. */
static dateline_status load(sqlite3 *db, sqlite3 *second, dl_columns *c, bool *torn,
                            dateline_error *error)
{
    intake records, parties;
    pthread_t thread;
    bool good = begin_intake(&records, db, c, &c->arenas[0]);
    good = begin_intake(&parties, second ? second : db, c, &c->arenas[1]) && good;
    bool alone =
        !second || !good || pthread_create(&thread, NULL, run_parties, &parties) != 0;
    if (good)
        read_all(&records, read_records);
    if (!alone)
        pthread_join(thread, NULL);
    else if (good && records.status == DATELINE_OK)
        read_all(&parties, load_parties);
    *torn = strcmp(records.mark, parties.mark) != 0;
    if (records.status == DATELINE_OK && parties.status == DATELINE_OK && !*torn &&
        join(&records, &parties))
        count_bytes(c, parties.party_count);
    intake *failed = records.status != DATELINE_OK ? &records : &parties;
    dateline_status status = failed->status;
    if (status != DATELINE_OK && error)
        *error = failed->error;
    end_intake(&records);
    end_intake(&parties);
    return status;
}

dateline_status dl_columns_load(sqlite3 *db, dl_columns **columns, dateline_error *error)
{
    enum { TRIES = 5 };
    const char *file = sqlite3_db_filename(db, "main");
    sqlite3 *second = NULL;
    *columns = NULL;
    if (file && file[0] &&
        dl_connect(file, DL_ACCESS_READ, &second, error) != DATELINE_OK)
        second = NULL;
    dateline_status status = DATELINE_OK;
    bool torn = true;
    for (int i = 0; torn && status == DATELINE_OK && i < TRIES; i++) {
        dl_columns_free(*columns);
        *columns = calloc(1, sizeof **columns);
        status =
            *columns ? load(db, second, *columns, &torn, error) : dl_error_memory(error);
    }
    sqlite3_close(second);
    if (status == DATELINE_OK && torn)
        status = dl_error_set(error, DATELINE_DATABASE,
                              "the archive changes faster than it can be read");
    if (status != DATELINE_OK) {
        dl_columns_free(*columns);
        *columns = NULL;
    }
    return status;
}
