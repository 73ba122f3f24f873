/* Views of what a question selects, as JSON objects of docs/openapi.yaml.
 *
 * Reads    columns, a match over them
 * Writes   into a buffer
 * Cost     a pass over the rows that fit; buckets are sorted */
#ifndef DL_STORE_VIEWS_H
#define DL_STORE_VIEWS_H

#include "store/facets.h"

enum {
    DL_VIEW_VALUES = 40,   /* of a list of many */
    DL_VIEW_PLACES = 2000, /* on a map */
    DL_VIEW_TEXTS = 20
};

/* What views tell beside their own counts. */
typedef struct dl_viewed {
    const dl_columns *columns;
    const dl_match *match;
    size_t events, reports, articles, undated;
    dl_string understood; /* JSON */
} dl_viewed;

/* All false where memory has run out. */
bool dl_view_overview(const dl_viewed *viewed, const char *by, dl_buffer *out);

/* Pairs of countries, or of countries with sectors; `most` edges. */
bool dl_view_network(const dl_viewed *viewed, bool countries, size_t most,
                     dl_buffer *out);

/* Page of `per_page` from 1; `part` (may be absent) is looked for in any letters. */
bool dl_view_actors(const dl_viewed *viewed, dl_string part, size_t page, size_t per_page,
                    dl_buffer *out);

/* `fits` tells which figures are the actor; `as` how it was understood (may be absent).
 */
bool dl_view_actor(const dl_viewed *viewed, const uint8_t *fits, dl_string of,
                   dl_string as, const char *by, dl_buffer *out);

#endif
