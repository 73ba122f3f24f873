/* PLOVER / POLECAT: one row a record, lists joined by ";", "None" where nothing is known.
 *
 * Columns that speak of actors hold one item an actor, in the order of the record, so
 * that the items of several columns stand for the same actor; sectors are the union of
 * all. */
#include "write/export.h"

static void id(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add(cells, view->record->id);
}

static void event(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add(cells, view->record->event);
}

/* PLOVER's auxiliary modes (historical, future, hypothetical, negated) stand beside the
 * modes of the category. */
static void modes(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_record *record = view->record;
    (void)which;
    for (size_t i = 0; i < record->modes.count; i++)
        dl_cells_item(cells, record->modes.items[i], false);
    if (record->status != DL_EVENT_actual)
        dl_cells_item(cells, dl_string_from(dl_event_status_name(record->status)), false);
    dl_cells_close_list(cells);
}

static void intensity(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add_number(cells, view->record->scale);
}

static void quad(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add_integer(cells, (uint64_t)view->record->quad);
}

static void contexts(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    for (size_t i = 0; i < view->record->contexts.count; i++)
        dl_cells_item(cells, view->record->contexts.items[i], false);
    dl_cells_close_list(cells);
}

/* ---- Actors and recipients ---- */

static dl_string name_of(const dl_view *view, const dl_export_party *party)
{
    (void)view;
    return party->name;
}

static dl_string country_of(const dl_view *view, const dl_export_party *party)
{
    (void)view;
    return party->code;
}

static dl_string cow_of(const dl_view *view, const dl_export_party *party)
{
    return dl_codes_country(view->codes, party->code).cow_number;
}

static dl_string sector_of(const dl_view *view, const dl_export_party *party)
{
    (void)view;
    return party->sectors.count ? party->sectors.items[0] : (dl_string){0};
}

static dl_string title_of(const dl_view *view, const dl_export_party *party)
{
    (void)view;
    return party->office;
}

static dl_string text_of(const dl_view *view, const dl_export_party *party)
{
    (void)view;
    return party->text;
}

static void each(dl_cells *cells, const dl_view *view, int which,
                 dl_string (*get)(const dl_view *, const dl_export_party *))
{
    const dl_export_parties *side = dl_view_side(view, which);
    for (size_t i = 0; i < side->count; i++)
        dl_cells_item(cells, get(view, &side->items[i]), true);
    dl_cells_close_list(cells);
}

static void names(dl_cells *cells, const dl_view *view, int which)
{
    each(cells, view, which, name_of);
}

static void countries(dl_cells *cells, const dl_view *view, int which)
{
    each(cells, view, which, country_of);
}

static void cow_numbers(dl_cells *cells, const dl_view *view, int which)
{
    each(cells, view, which, cow_of);
}

static void primary_sectors(dl_cells *cells, const dl_view *view, int which)
{
    each(cells, view, which, sector_of);
}

static void titles(dl_cells *cells, const dl_view *view, int which)
{
    each(cells, view, which, title_of);
}

static void raw_names(dl_cells *cells, const dl_view *view, int which)
{
    each(cells, view, which, text_of);
}

/* Whether the sector stands in the list before item `at` of party `number`. */
static bool met_before(const dl_export_parties *side, size_t number, size_t at)
{
    dl_string sector = side->items[number].sectors.items[at];
    for (size_t i = 0; i <= number; i++) {
        const dl_words *sectors = &side->items[i].sectors;
        for (size_t k = 0; k < (i < number ? sectors->count : at); k++)
            if (dl_string_equal(sectors->items[k], sector))
                return true;
    }
    return false;
}

static void all_sectors(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_parties *side = dl_view_side(view, which);
    for (size_t i = 0; i < side->count; i++)
        for (size_t k = 0; k < side->items[i].sectors.count; k++)
            if (!met_before(side, i, k))
                dl_cells_item(cells, side->items[i].sectors.items[k], false);
    dl_cells_close_list(cells);
}

/* ---- Place, article ---- */

static void raw_place(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add(cells, view->record->place.text);
}

static void version(dl_cells *cells, const dl_view *view, int which)
{
    (void)view;
    (void)which;
    dl_cells_add_format(cells, "dateline-%s", dateline_version());
}

static const dl_cell_style style = {.separator = '\t', .missing = "None", .join = ';'};

static const dl_column columns[] = {
    {"Event ID", id, 0},
    {"Event Date", dl_column_day, 0},
    {"Event Type", event, 0},
    {"Event Mode", modes, 0},
    {"Intensity", intensity, 0},
    {"Quad Code", quad, 0},
    {"Contexts", contexts, 0},
    {"Actor Name", names, DL_ACTOR},
    {"Actor Country", countries, DL_ACTOR},
    {"Actor COW", cow_numbers, DL_ACTOR},
    {"Primary Actor Sector", primary_sectors, DL_ACTOR},
    {"Actor Sectors", all_sectors, DL_ACTOR},
    {"Actor Title", titles, DL_ACTOR},
    {"Actor Name Raw", raw_names, DL_ACTOR},
    {"Wikipedia Actor ID", dl_column_missing, 0},
    {"Recipient Name", names, DL_RECIPIENT},
    {"Recipient Country", countries, DL_RECIPIENT},
    {"Recipient COW", cow_numbers, DL_RECIPIENT},
    {"Primary Recipient Sector", primary_sectors, DL_RECIPIENT},
    {"Recipient Sectors", all_sectors, DL_RECIPIENT},
    {"Recipient Title", titles, DL_RECIPIENT},
    {"Recipient Name Raw", raw_names, DL_RECIPIENT},
    {"Wikipedia Recipient ID", dl_column_missing, 0},
    {"Placename", dl_column_place_name, 0},
    {"City", dl_column_city, 0},
    {"District", dl_column_missing, 0},
    {"Province", dl_column_province, 0},
    {"Country", dl_column_place_country, 0},
    {"Latitude", dl_column_latitude, 0},
    {"Longitude", dl_column_longitude, 0},
    {"GeoNames ID", dl_column_missing, 0},
    {"Raw Placename", raw_place, 0},
    {"Feature Type", dl_column_missing, 0},
    {"Source", dl_column_publisher, 0},
    {"Publication Date", dl_column_publication_day, 0},
    {"Story People", dl_column_missing, 0},
    {"Story Organizations", dl_column_missing, 0},
    {"Story Locations", dl_column_missing, 0},
    {"Language", dl_column_language, 0},
    {"Version", version, 0},
};

const dl_layout dl_layout_plover = {.name = "plover",
                                    .style = &style,
                                    .columns = columns,
                                    .column_count = sizeof columns / sizeof *columns,
                                    .header = true};
