/* ICEWS: a row for each pair of actor and recipient, CAMEO as text, no quoting. */
#include "write/export.h"

static void event_text(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add(cells, dl_codes_cameo(view->codes, view->record->cameo).text);
}

static void name(dl_cells *cells, const dl_view *view, int which)
{
    dl_cells_add(cells, dl_party_name(view->parties[which]));
}

static void sectors(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_party *party = view->parties[which];
    if (party)
        dl_cells_item(cells, dl_codes_organisation_name(view->codes, party->code), false);
    for (size_t i = 0; party && i < party->sectors.count; i++)
        dl_cells_item(cells, dl_codes_sector_name(view->codes, party->sectors.items[i]),
                      false);
    dl_cells_close_list(cells);
}

static void country(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_party *party = view->parties[which];
    dl_cells_add(cells, party ? dl_codes_country(view->codes, party->code).name
                              : (dl_string){0});
}

/* The article's id as a whole number. */
static void article(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add_integer(cells, dl_string_hash(view->record->article) & INT64_MAX);
}

static const dl_cell_style style = {.separator = '\t', .missing = "", .join = ','};

static const dl_column columns[] = {
    {"Event ID", dl_column_number, 0},
    {"Event Date", dl_column_day, 0},
    {"Source Name", name, DL_ACTOR},
    {"Source Sectors", sectors, DL_ACTOR},
    {"Source Country", country, DL_ACTOR},
    {"Event Text", event_text, 0},
    {"CAMEO Code", dl_column_cameo, 0},
    {"Intensity", dl_column_goldstein, 0},
    {"Target Name", name, DL_RECIPIENT},
    {"Target Sectors", sectors, DL_RECIPIENT},
    {"Target Country", country, DL_RECIPIENT},
    {"Story ID", article, 0},
    {"Sentence Number", dl_column_sentence, 0},
    {"Publisher", dl_column_publisher, 0},
    {"City", dl_column_city, 0},
    {"District", dl_column_missing, 0},
    {"Province", dl_column_province, 0},
    {"Country", dl_column_country_name, 0},
    {"Latitude", dl_column_latitude, 0},
    {"Longitude", dl_column_longitude, 0},
};

const dl_layout dl_layout_icews = {.name = "icews",
                                   .style = &style,
                                   .columns = columns,
                                   .column_count = sizeof columns / sizeof *columns,
                                   .header = true,
                                   .pairs = true,
                                   .cameo = true,
                                   .happened = true};
