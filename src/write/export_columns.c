/* Columns that several layouts share. */
#include <stdio.h>

#include "write/export.h"

dl_string dl_text_of(dateline_text text)
{
    return (dl_string){text.data, text.size};
}

dl_string dl_party_name(const dl_export_party *party)
{
    if (!party)
        return (dl_string){0};
    return party->name.size ? party->name : party->text;
}

static size_t append(char *room, size_t size, size_t used, dl_string part)
{
    size_t fits = part.size < size - used ? part.size : size - used;
    if (fits)
        memcpy(room + used, part.data, fits);
    return used + fits;
}

dl_string dl_actor_code_text(const dl_cameo_actor *actor, char *room, size_t size)
{
    size_t used = 0;
    if (actor->role_first)
        used = append(room, size, used, actor->roles[0]);
    used = append(room, size, used, actor->country);
    used = append(room, size, used, actor->group);
    for (size_t i = actor->role_first; i < actor->role_count; i++)
        used = append(room, size, used, actor->roles[i]);
    return (dl_string){room, used};
}

bool dl_place_is(const dl_export_place *place, const char *precision)
{
    return dl_string_equal(place->precision, dl_string_from(precision));
}

bool dl_place_is_close(const dl_export_place *place)
{
    return dl_place_is(place, "city") || dl_place_is(place, "point");
}

const dl_export_parties *dl_view_side(const dl_view *view, int which)
{
    return which == DL_ACTOR ? &view->record->actors : &view->record->recipients;
}

void dl_column_missing(dl_cells *cells, const dl_view *view, int which)
{
    (void)view;
    (void)which;
    dl_cells_add(cells, (dl_string){0});
}

void dl_column_year(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    if (view->record->date.year)
        dl_cells_add_format(cells, "%04d", view->record->date.year);
    else
        dl_column_missing(cells, view, which);
}

void dl_column_number(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add_integer(cells, view->number);
}

void dl_column_day(dl_cells *cells, const dl_view *view, int which)
{
    dl_date date = view->record->date;
    (void)which;
    if (date.day)
        dl_cells_add_format(cells, "%04d-%02d-%02d", date.year, date.month, date.day);
    else
        dl_column_missing(cells, view, which);
}

void dl_column_compact_day(dl_cells *cells, const dl_view *view, int which)
{
    dl_date date = view->record->date;
    (void)which;
    if (date.day)
        dl_cells_add_format(cells, "%04d%02d%02d", date.year, date.month, date.day);
    else
        dl_column_missing(cells, view, which);
}

void dl_column_cameo(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add(cells, view->record->cameo);
}

void dl_column_cameo_root(dl_cells *cells, const dl_view *view, int which)
{
    dl_string cameo = view->record->cameo;
    (void)which;
    dl_cells_add(cells, cameo.size ? dl_string_slice(cameo, 0, 2) : cameo);
}

void dl_column_goldstein(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add(cells, dl_codes_cameo(view->codes, view->record->cameo).goldstein);
}

void dl_column_actor_code(dl_cells *cells, const dl_view *view, int which)
{
    char room[64];
    dl_cameo_actor actor = dl_codes_actor(view->codes, view->parties[which]);
    dl_cells_add(cells, dl_actor_code_text(&actor, room, sizeof room));
}

void dl_column_sentence(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add_integer(cells, (uint64_t)view->record->sentence);
}

/* The article's id and the sentence's number. */
void dl_column_article_sentence(dl_cells *cells, const dl_view *view, int which)
{
    char number[24];
    dl_buffer joined = {0};
    (void)which;
    snprintf(number, sizeof number, "_%lld", (long long)view->record->sentence);
    dl_buffer_add_string(&joined, view->record->article);
    dl_buffer_add_text(&joined, number);
    cells->out->failed = cells->out->failed || joined.failed;
    dl_cells_item(cells, (dl_string){joined.data, joined.size}, false);
    dl_cells_close_list(cells);
    dl_buffer_release(&joined);
}

dl_string dl_view_province(const dl_view *view)
{
    const dl_export_place *place = &view->record->place;
    if (dl_place_is(place, "admin"))
        return place->name;
    if (dl_place_is_close(place))
        return place->admin1;
    return (dl_string){0};
}

void dl_column_city(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    bool city = dl_place_is(&view->record->place, "city");
    dl_cells_add(cells, city ? view->record->place.name : (dl_string){0});
}

void dl_column_province(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add(cells, dl_view_province(view));
}

void dl_column_country_name(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add(cells, dl_codes_country(view->codes, view->record->place.country).name);
}

void dl_column_place_name(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add(cells, view->record->place.name);
}

void dl_column_place_country(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add(cells, view->record->place.country);
}

/* A point stands for a place of city precision or better; the inner point of a region or
 * country is where nothing happened. */
void dl_column_latitude(dl_cells *cells, const dl_view *view, int which)
{
    if (dl_place_is_close(&view->record->place))
        dl_cells_add_number(cells, view->record->place.lat);
    else
        dl_column_missing(cells, view, which);
}

void dl_column_longitude(dl_cells *cells, const dl_view *view, int which)
{
    if (dl_place_is_close(&view->record->place))
        dl_cells_add_number(cells, view->record->place.lon);
    else
        dl_column_missing(cells, view, which);
}

void dl_column_publisher(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_item(cells, dl_text_of(view->row->article.source), false);
    dl_cells_close_list(cells);
}

void dl_column_url(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add(cells, dl_text_of(view->row->article.url));
}

void dl_column_language(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add(cells, dl_text_of(view->row->article.language));
}

void dl_column_publication_day(dl_cells *cells, const dl_view *view, int which)
{
    dl_date date;
    if (dl_date_parse(dl_text_of(view->row->article.date), &date) && date.day)
        dl_cells_add_format(cells, "%04d-%02d-%02d", date.year, date.month, date.day);
    else
        dl_column_missing(cells, view, which);
}
