/* Pairs, ids, rows: what all layouts have in common. */
#include <stdio.h>

#include "write/export.h"

const dl_layout *dl_layout_get(dateline_layout which)
{
    static const dl_layout jsonl = {.name = "jsonl"}, geojson = {.name = "geojson"};
    switch (which) {
    case DATELINE_LAYOUT_CSV:
        return &dl_layout_csv;
    case DATELINE_LAYOUT_GEOJSON:
        return &geojson;
    case DATELINE_LAYOUT_PLOVER:
        return &dl_layout_plover;
    case DATELINE_LAYOUT_ICEWS:
        return &dl_layout_icews;
    case DATELINE_LAYOUT_PHOENIX:
        return &dl_layout_phoenix;
    case DATELINE_LAYOUT_PETRARCH:
        return &dl_layout_petrarch;
    case DATELINE_LAYOUT_GDELT_EVENTS:
        return &dl_layout_gdelt_events;
    case DATELINE_LAYOUT_GDELT_MENTIONS:
        return &dl_layout_gdelt_mentions;
    case DATELINE_LAYOUT_JSONL:
    case DATELINE_LAYOUTS:
        break;
    }
    return &jsonl;
}

static void add_pair(dl_view *views, size_t *count, const dl_view *record,
                     const dl_export_party *actor, const dl_export_party *recipient)
{
    dl_view *view = &views[*count];
    *view = *record;
    view->parties[DL_ACTOR] = actor;
    view->parties[DL_RECIPIENT] = recipient;
    view->pair = (*count)++;
}

dl_view *dl_export_pairs(dl_arena *arena, const dl_layout *layout, const dl_view *record,
                         size_t *count)
{
    bool pairs = layout->pairs;
    const dl_export_parties *actors = &record->record->actors;
    const dl_export_parties *others = &record->record->recipients;
    size_t rows = actors->count ? actors->count : 1;
    size_t columns = others->count ? others->count : 1;
    bool mutual = pairs && others->count == 0 && actors->count > 1 &&
                  dl_codes_cameo(record->codes, record->record->cameo).mutual;
    size_t most = mutual ? rows * (rows - 1) / 2 : pairs ? rows * columns : 1;
    dl_view *views = DL_ARENA_ARRAY(arena, dl_view, most);
    *count = 0;
    if (!views)
        return NULL;
    if (!pairs)
        add_pair(views, count, record, NULL, NULL);
    for (size_t i = 0; mutual && i < rows; i++)
        for (size_t k = i + 1; k < rows; k++)
            add_pair(views, count, record, &actors->items[i], &actors->items[k]);
    for (size_t i = 0; pairs && !mutual && i < rows; i++)
        for (size_t k = 0; k < columns; k++)
            add_pair(views, count, record, actors->count ? &actors->items[i] : NULL,
                     others->count ? &others->items[k] : NULL);
    for (size_t i = 0; i < *count; i++)
        views[i].number = dl_export_number(&views[i], layout->stories);
    return views;
}

static uint64_t mix(uint64_t hash, dl_string part)
{
    hash = (hash ^ dl_string_hash(part)) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

/* An id of 16 hexadecimal digits as the number it writes; a hash of any other. */
static uint64_t number_of_id(dl_string id)
{
    uint64_t number = 0;
    for (size_t i = 0; i < id.size && id.size == 16; i++) {
        char c = id.data[i];
        bool digit = c >= '0' && c <= '9', letter = c >= 'a' && c <= 'f';
        if (!digit && !letter)
            return dl_string_hash(id);
        number = number << 4 | (uint64_t)(digit ? c - '0' : c - 'a' + 10);
    }
    return id.size == 16 ? number : dl_string_hash(id);
}

/* What the reports of one story share. Of a mutual act they may name the parties in
 * either order. */
static uint64_t number_of_report(const dl_view *view)
{
    char rooms[2][64];
    dl_string codes[2];
    dl_string cameo = view->record->cameo;
    for (int side = DL_ACTOR; side <= DL_RECIPIENT; side++) {
        dl_cameo_actor actor = dl_codes_actor(view->codes, view->parties[side]);
        codes[side] = dl_actor_code_text(&actor, rooms[side], sizeof rooms[side]);
    }
    bool swap = dl_codes_cameo(view->codes, cameo).mutual &&
                dl_string_compare(codes[DL_ACTOR], codes[DL_RECIPIENT]) > 0;
    uint64_t hash = mix(dl_string_hash(view->record->story), cameo);
    hash = mix(hash, codes[swap ? DL_RECIPIENT : DL_ACTOR]);
    return mix(hash, codes[swap ? DL_ACTOR : DL_RECIPIENT]);
}

uint64_t dl_export_number(const dl_view *view, bool stories)
{
    const dl_export_record *record = view->record;
    uint64_t hash = number_of_id(record->id);
    if (stories && record->story.size) {
        hash = number_of_report(view);
    } else if (view->pair > 0) {
        char number[24];
        snprintf(number, sizeof number, "%zu", view->pair);
        hash = mix(hash, dl_string_from(number));
    }
    return hash & INT64_MAX;
}

void dl_export_header(dl_cells *cells, const dl_layout *layout)
{
    for (size_t i = 0; i < layout->column_count; i++)
        dl_cells_add(cells, dl_string_from(layout->columns[i].name));
    dl_cells_end_row(cells);
}

void dl_export_row(dl_cells *cells, const dl_layout *layout, const dl_view *view)
{
    for (size_t i = 0; i < layout->column_count; i++)
        layout->columns[i].add(cells, view, layout->columns[i].which);
    dl_cells_end_row(cells);
}
