/* Records and articles, in the order of keys. */
#include <stdlib.h>

#include "store/load.h"

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
static bool load_articles(dl_intake *in)
{
    sqlite3_stmt *row = NULL;
    int64_t many = dl_ask_number(in->db, "SELECT count(*) FROM articles");
    size_t count = many > 0 ? (size_t)many : 0, at = 0;
    article_entry *entries = malloc((count + 1) * sizeof *entries);
    bool good = entries
                    ? dl_intake_prepare(in,
                                        "SELECT article_key, source FROM articles"
                                        " INDEXED BY articles_by_source ORDER BY source",
                                        &row)
                    : dl_intake_no_memory(in);
    while (good && at < count && sqlite3_step(row) == SQLITE_ROW)
        entries[at++] = (article_entry){
            sqlite3_column_int64(row, 0),
            dl_dictionary_add(&in->c->source_list, dl_intake_text(row, 1))};
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
static uint32_t find_article(const dl_intake *in, int64_t key, uint32_t last)
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

/* Names the act's category and modes; false where memory has run out. */
static bool describe_act(dl_intake *in, dl_string event, dl_string mode, int quad)
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

static bool take_act(dl_intake *in, sqlite3_stmt *row, size_t at)
{
    dl_columns *c = in->c;
    dl_string event = dl_intake_text(row, COLUMN_EVENT),
              mode = dl_intake_text(row, COLUMN_MODE);
    size_t known = c->event_modes.count;
    int quad = sqlite3_column_int(row, COLUMN_QUAD);
    dl_buffer_clear(&in->key);
    dl_intake_add_key(&in->key, event);
    dl_buffer_add_string(&in->key, mode);
    if (in->key.failed)
        return dl_intake_no_memory(in);
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
static bool name_place(dl_intake *in, dl_site *site, uint32_t number)
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
        return dl_intake_no_memory(in);
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

static bool describe_site(dl_intake *in, sqlite3_stmt *row)
{
    dl_columns *c = in->c;
    uint32_t number = (uint32_t)in->list.count - 1;
    if (in->list.count > in->item_capacity) {
        in->item_capacity = 2 * in->list.count;
        if (!RESIZE(in, c->sites_known, in->item_capacity))
            return false;
    }
    dl_site *site = &c->sites_known[number];
    *site = (dl_site){
        .name = dl_arena_string(in->arena, dl_intake_text(row, COLUMN_PLACE)),
        .admin1 = dl_arena_string(in->arena, dl_intake_text(row, COLUMN_ADMIN1)),
        .country = dl_dictionary_add(&c->countries, dl_intake_text(row, COLUMN_COUNTRY)),
        .lat = sqlite3_column_double(row, COLUMN_LAT),
        .lon = sqlite3_column_double(row, COLUMN_LON),
        .located = sqlite3_column_type(row, COLUMN_LAT) != SQLITE_NULL,
        .nearness = nearness_of(dl_intake_text(row, COLUMN_PRECISION))};
    if (!site->name.data || !site->admin1.data)
        return dl_intake_no_memory(in);
    return name_place(in, site, number);
}

static bool take_site(dl_intake *in, sqlite3_stmt *row, size_t at)
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
        dl_intake_add_key(&in->key, dl_intake_text(row, i));
    dl_intake_add_key(&in->key, dl_intake_text(row, COLUMN_PRECISION));
    dl_buffer_add(&in->key, position, sizeof position);
    if (in->key.failed)
        return dl_intake_no_memory(in);
    in->c->sites[at] =
        dl_dictionary_add(&in->list, (dl_string){in->key.data, in->key.size});
    return in->list.count == known || describe_site(in, row);
}

static bool take_record(dl_intake *in, sqlite3_stmt *row)
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
        (uint16_t)dl_dictionary_add(&c->cameo_list, dl_intake_text(row, COLUMN_CAMEO));
    c->scales[at] = (float)sqlite3_column_double(row, COLUMN_SCALE);
    in->codes[at] = dl_date_read(dl_intake_text(row, COLUMN_DATE));
    c->statuses[at] =
        (uint8_t)dl_dictionary_add(&c->status_list, dl_intake_text(row, COLUMN_STATUS));
    c->confidences[at] = sqlite3_column_double(row, COLUMN_CONFIDENCE);
    in->count++;
    return take_act(in, row, at) && take_site(in, row, at);
}

static bool allocate_records(dl_intake *in)
{
    dl_columns *c = in->c;
    int64_t many = dl_ask_number(in->db, "SELECT count(*) FROM records");
    size_t count = in->capacity = many > 0 ? (size_t)many : 0;
    in->item_capacity = 0;
    if (count >= DL_PARTY_FIGURE)
        return dl_intake_fail(in, dl_error_set(&in->error, DATELINE_DATABASE,
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

bool dl_load_records(dl_intake *in)
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
        return dl_intake_no_memory(in);
    good = allocate_records(in) && load_articles(in) &&
           dl_intake_each_row(in, record_sql, take_record);
    c->site_count = in->list.count;
    if (good && (c->event_modes.failed || c->places.failed || c->countries.failed ||
                 c->categories.failed || c->modes.failed || in->list.failed))
        return dl_intake_no_memory(in);
    if (good && (c->event_modes.count > UINT16_MAX || c->cameo_list.count > UINT16_MAX ||
                 c->source_list.count > UINT16_MAX || c->status_list.count > UINT8_MAX))
        return dl_intake_fail(in,
                              dl_error_set(&in->error, DATELINE_DATABASE,
                                           "the archive has too many different values"));
    return good;
}
