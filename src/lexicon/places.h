/* The gazetteer: countries, regions and cities with their points.
 *
 * Purpose  says which places a name may mean
 * Reads    where/countries.txt, regions.txt   Name | other names : CODE lat lon
 *          where/cities.txt                   Name | ... : CODE region lat lon people
 *          where/place-words.txt              point: airport, base, ...
 *          (city-aliases.txt is read by build-cities.mjs alone)
 * Writes   chunk "places", table "places", list "place-words" (value point, city, admin)
 * Limits   points of countries and regions are inner points, never the spot of an event
 */
#ifndef DL_LEXICON_PLACES_H
#define DL_LEXICON_PLACES_H

#include "lexicon/lexicon.h"

/* Strings are borrowed from the lexicon. */
typedef struct dl_known_place {
    dl_string name;   /* canonical */
    char country[4];  /* "" where no one state holds it */
    dl_string admin1; /* region code of GeoNames; "" where not known */
    double lat, lon;  /* degrees */
    uint32_t people;  /* 0 where not known */
    dl_precision precision;
    dl_string rule;
} dl_known_place;

/* All places that one name may mean, in the order of the files. */
typedef struct dl_place_names {
    const uint32_t *numbers;
    size_t count;
} dl_place_names;

/* Longest name at the tokens first..last: how many tokens it takes, 0 for none. */
size_t dl_places_match_tokens(const dl_lexicon *lexicon, const dl_document *document,
                              int32_t first, int32_t last, dl_place_names *names);

/* Place number `number` of a dl_place_names. */
dl_known_place dl_places_get(const dl_lexicon *lexicon, uint32_t number);

#endif
