/* Phoenix, and the lines of PETRARCH that it is made from: a row for each pair of actor
 * and recipient, no header; parties as CAMEO codes. */
#include "write/export.h"

static void month(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    if (view->record->date.month)
        dl_cells_add_format(cells, "%02d", view->record->date.month);
    else
        dl_column_missing(cells, view, which);
}

static void day(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    if (view->record->date.day)
        dl_cells_add_format(cells, "%02d", view->record->date.day);
    else
        dl_column_missing(cells, view, which);
}

/* A country, or the group that an organisation is. */
static void entity(dl_cells *cells, const dl_view *view, int which)
{
    dl_cameo_actor actor = dl_codes_actor(view->codes, view->parties[which]);
    dl_cells_add(cells, actor.group.size ? actor.group : actor.country);
}

static void role(dl_cells *cells, const dl_view *view, int which)
{
    dl_cameo_actor actor = dl_codes_actor(view->codes, view->parties[which]);
    dl_cells_add(cells, actor.role_count ? actor.roles[0] : (dl_string){0});
}

/* What is known of a party beside its first role. */
static void attribute(dl_cells *cells, const dl_view *view, int which)
{
    dl_cameo_actor actor = dl_codes_actor(view->codes, view->parties[which]);
    for (size_t i = 1; i < actor.role_count; i++)
        dl_cells_item(cells, actor.roles[i], false);
    dl_cells_close_list(cells);
}

static void quad(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add(cells, dl_codes_phoenix_quad(view->codes, view->record->cameo));
}

static const dl_cell_style phoenix_style = {
    .separator = '\t', .missing = "", .join = ';'};

static const dl_column phoenix_columns[] = {
    {"EventID", dl_column_number, 0},
    {"Date", dl_column_compact_day, 0},
    {"Year", dl_column_year, 0},
    {"Month", month, 0},
    {"Day", day, 0},
    {"SourceActorFull", dl_column_actor_code, DL_ACTOR},
    {"SourceActorEntity", entity, DL_ACTOR},
    {"SourceActorRole", role, DL_ACTOR},
    {"SourceActorAttribute", attribute, DL_ACTOR},
    {"TargetActorFull", dl_column_actor_code, DL_RECIPIENT},
    {"TargetActorEntity", entity, DL_RECIPIENT},
    {"TargetActorRole", role, DL_RECIPIENT},
    {"TargetActorAttribute", attribute, DL_RECIPIENT},
    {"EventCode", dl_column_cameo, 0},
    {"EventRootCode", dl_column_cameo_root, 0},
    {"QuadClass", quad, 0},
    {"GoldsteinScore", dl_column_goldstein, 0},
    {"Issues", dl_column_missing, 0},
    {"Lat", dl_column_latitude, 0},
    {"Lon", dl_column_longitude, 0},
    {"LocationName", dl_column_place_name, 0},
    {"StateName", dl_column_province, 0},
    {"CountryCode", dl_column_place_country, 0},
    {"SentenceID", dl_column_article_sentence, 0},
    {"URLs", dl_column_url, 0},
    {"NewsSources", dl_column_publisher, 0},
};

const dl_layout dl_layout_phoenix = {.name = "phoenix",
                                     .style = &phoenix_style,
                                     .columns = phoenix_columns,
                                     .column_count =
                                         sizeof phoenix_columns / sizeof *phoenix_columns,
                                     .pairs = true,
                                     .cameo = true,
                                     .happened = true};

static void text(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_party *party = which == DL_ACTION ? NULL : view->parties[which];
    if (which == DL_ACTION)
        dl_cells_add(cells, view->record->event_text);
    else
        dl_cells_add(cells, party ? party->text : (dl_string){0});
}

static const dl_cell_style petrarch_style = {
    .separator = '\t', .missing = "---", .join = ';'};

static const dl_column petrarch_columns[] = {
    {"Date", dl_column_compact_day, 0},
    {"Source", dl_column_actor_code, DL_ACTOR},
    {"Target", dl_column_actor_code, DL_RECIPIENT},
    {"Code", dl_column_cameo, 0},
    {"Issues", dl_column_missing, 0},
    {"IDs", dl_column_article_sentence, 0},
    {"URL", dl_column_url, 0},
    {"SourceName", dl_column_publisher, 0},
    {"SourceText", text, DL_ACTOR},
    {"TargetText", text, DL_RECIPIENT},
    {"EventText", text, DL_ACTION},
};

const dl_layout dl_layout_petrarch = {.name = "petrarch",
                                      .style = &petrarch_style,
                                      .columns = petrarch_columns,
                                      .column_count = sizeof petrarch_columns /
                                                      sizeof *petrarch_columns,
                                      .pairs = true,
                                      .cameo = true,
                                      .happened = true};
