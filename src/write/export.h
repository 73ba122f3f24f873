/* Layouts of `dateline export`: one table of columns each.
 *
 * Purpose  records in the shapes that scripts of the field load
 * Reads    a record read back (export_record.h), what is known of its article, and lists
 *          of codes (export_codes.h)
 * Writes   rows into a buffer
 * Cost     linear in what is written
 * Source   docs/export.md tells column by column where a value comes from
 * Limits   export_record.h
 *
 * A column is a name and a function that adds one cell. What is not known is written as
 * the layout writes what is missing; nothing is guessed. */
#ifndef DL_WRITE_EXPORT_H
#define DL_WRITE_EXPORT_H

#include <jansson.h>

#include "write/export_codes.h"
#include "write/export_record.h"

/* ---- Cells ---------------------------------------------------------------------------
 */

/* How a layout writes a cell. */
typedef struct dl_cell_style {
    char separator;
    const char *missing;
    bool quotes; /* as RFC 4180; else tabs and line ends of values become blanks, '"'
                    becomes "'" */
    char join;   /* between the items of a list; in an item it becomes a comma */
} dl_cell_style;

typedef struct dl_cells {
    dl_buffer *out;
    const dl_cell_style *style;
    bool begun;     /* a cell stands before the next one */
    dl_buffer list; /* items of the list that is open */
    size_t items;
    bool any; /* of the items is not missing */
} dl_cells;

/* One cell; absent or empty is missing. */
void dl_cells_add(dl_cells *cells, dl_string value);
void dl_cells_add_number(dl_cells *cells, double value);
void dl_cells_add_integer(dl_cells *cells, uint64_t value);
void dl_cells_add_format(dl_cells *cells, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A cell that is a list: items, then the cell. An item that is absent is passed over, or
 * with `hold` keeps its place as the missing word; a list of nothing else is missing. */
void dl_cells_item(dl_cells *cells, dl_string value, bool hold);
void dl_cells_close_list(dl_cells *cells);

void dl_cells_end_row(dl_cells *cells);
void dl_cells_release(dl_cells *cells);

/* ---- Layouts -------------------------------------------------------------------------
 */

/* What a row is written from. */
typedef struct dl_view {
    const dl_export_record *record;
    const dateline_export_row *row;
    const dl_codes *codes;
    dl_arena *arena;                   /* for what lives as long as the record */
    const dl_export_party *parties[2]; /* of a pair: actor, recipient; NULL: none */
    size_t pair;                       /* its number in the record, from 0 */
    uint64_t number;                   /* the row's whole number as an id */
} dl_view;

enum { DL_ACTOR, DL_RECIPIENT, DL_ACTION };

typedef struct dl_column {
    const char *name;
    void (*add)(dl_cells *cells, const dl_view *view, int which);
    int which; /* a side, a kind of size: what `add` makes of it */
} dl_column;

typedef struct dl_layout {
    const char *name;
    const dl_cell_style *style;
    const dl_column *columns; /* [column_count]; NULL: the shape is no table */
    size_t column_count;
    bool header;
    bool pairs;    /* a row for each pair of actor and recipient; else one a record */
    bool cameo;    /* has no place for records without a CAMEO code */
    bool happened; /* has no place for a status: by default what did not happen is left
                      out */
    bool stories;  /* the reports of a story share their ids */
    bool once;     /* and are one row, that of the first */
} dl_layout;

const dl_layout *dl_layout_get(dateline_layout which);

/* Views of the pairs of a record, [*count], in the arena; at least one. All of actors and
 * recipients; of a mutual act without recipients the actors with each other, each pair
 * once. NULL where memory has run out. */
dl_view *dl_export_pairs(dl_arena *arena, const dl_layout *layout, const dl_view *record,
                         size_t *count);

/* The row's id, below 2^63: of the record and the pair; with `stories`, where the record
 * belongs to one, of what its reports share: story, code, parties as coded. */
uint64_t dl_export_number(const dl_view *view, bool stories);

void dl_export_header(dl_cells *cells, const dl_layout *layout);
void dl_export_row(dl_cells *cells, const dl_layout *layout, const dl_view *view);

/* A record as a GeoJSON feature, where its place is a city or better; else false. */
bool dl_export_feature(dl_buffer *out, const dl_view *view);

/* ---- Columns that several layouts share ----------------------------------------------
 */

bool dl_place_is_close(const dl_export_place *place); /* a city or better */
bool dl_place_is(const dl_export_place *place, const char *precision);

/* The region itself, or that in which a closer place lies. */
dl_string dl_view_province(const dl_view *view);

/* Actors or recipients, as `which` says. */
const dl_export_parties *dl_view_side(const dl_view *view, int which);

void dl_column_number(dl_cells *cells, const dl_view *view, int which);
void dl_column_day(dl_cells *cells, const dl_view *view, int which); /* 2019-05-03 */
void dl_column_compact_day(dl_cells *cells, const dl_view *view,
                           int which); /* 20190503 */
void dl_column_cameo(dl_cells *cells, const dl_view *view, int which);
void dl_column_cameo_root(dl_cells *cells, const dl_view *view, int which);
void dl_column_goldstein(dl_cells *cells, const dl_view *view, int which);
void dl_column_actor_code(dl_cells *cells, const dl_view *view, int which);
void dl_column_sentence(dl_cells *cells, const dl_view *view, int which);
void dl_column_article_sentence(dl_cells *cells, const dl_view *view, int which);
void dl_column_city(dl_cells *cells, const dl_view *view, int which);
void dl_column_province(dl_cells *cells, const dl_view *view, int which);
void dl_column_country_name(dl_cells *cells, const dl_view *view, int which);
void dl_column_place_name(dl_cells *cells, const dl_view *view, int which);
void dl_column_place_country(dl_cells *cells, const dl_view *view, int which);
void dl_column_latitude(dl_cells *cells, const dl_view *view, int which);
void dl_column_longitude(dl_cells *cells, const dl_view *view, int which);
void dl_column_publisher(dl_cells *cells, const dl_view *view, int which);
void dl_column_url(dl_cells *cells, const dl_view *view, int which);
void dl_column_language(dl_cells *cells, const dl_view *view, int which);
void dl_column_publication_day(dl_cells *cells, const dl_view *view, int which);
void dl_column_missing(dl_cells *cells, const dl_view *view, int which);
void dl_column_year(dl_cells *cells, const dl_view *view, int which); /* four digits */

/* Pieces: a CAMEO actor's whole code; the best name of a party; text of an article. */
dl_string dl_actor_code_text(const dl_cameo_actor *actor, char *room, size_t size);
dl_string dl_party_name(const dl_export_party *party);
dl_string dl_text_of(dateline_text text);

/* The layouts' tables, each in a file of its own. */
extern const dl_layout dl_layout_csv, dl_layout_plover, dl_layout_icews,
    dl_layout_phoenix, dl_layout_petrarch, dl_layout_gdelt_events,
    dl_layout_gdelt_mentions;

#endif
