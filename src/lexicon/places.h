/* The gazetteer: countries, regions and cities with their points.
 *
 * Purpose  says which places a name may mean
 * Reads    where/countries.txt, regions.txt, admin1.txt, features.txt, airports.txt
 *                                     Name | other names : CODE lat lon [people]
 *          where/cities.txt, towns.txt, admin2.txt, below a header [CODE region]
 *                                     Name | other names : lat lon people
 *          where/place-words.txt      point: airport, base, ...
 *          A name in brackets counts behind a comma alone: (Ill.).
 *          (city-aliases.txt is read by build-gazetteer.mjs alone)
 * Writes   chunk "places", tables "places" and "places.wide", list "place-words" (value
 * point, city, admin) Limits   points of countries and regions are inner points, never
 * the spot of an event
 */
#ifndef DL_LEXICON_PLACES_H
#define DL_LEXICON_PLACES_H

#include "lexicon/lexicon.h"

/* What a place is, the widest first. Towns need support from the text. */
typedef enum dl_place_level {
    DL_PLACE_COUNTRY,
    DL_PLACE_REGION,   /* first-level units, parts of the world, seas, rivers */
    DL_PLACE_DISTRICT, /* counties, departments, districts */
    DL_PLACE_CITY,
    DL_PLACE_TOWN,
    DL_PLACE_POINT, /* airports and bases */
    DL_PLACE_LEVELS
} dl_place_level;

/* Strings are borrowed from the lexicon. */
typedef struct dl_known_place {
    dl_string name;   /* canonical */
    char country[4];  /* "" where no one state holds it */
    dl_string admin1; /* name of the first-level region; "" where not known */
    double lat, lon;  /* degrees */
    uint32_t people;  /* 0 where not known */
    dl_place_level level;
    bool capital; /* of a state */
    dl_precision precision;
    dl_string rule;
} dl_known_place;

/* All places that one name may mean, in the order of the files; `wide`: those of the
 * files of towns, districts, airports, and names that count behind a comma alone. */
typedef struct dl_place_names {
    const uint32_t *numbers;
    size_t count;
    const uint32_t *wide;
    size_t wide_count;
} dl_place_names;

static inline uint32_t dl_places_number(const dl_place_names *names, size_t k)
{
    return k < names->count ? names->numbers[k] : names->wide[k - names->count];
}

/* Longest name of a country, region or city at the tokens first..last: how many tokens it
 * takes, 0 for none. */
size_t dl_places_match_tokens(const dl_lexicon *lexicon, const dl_document *document,
                              int32_t first, int32_t last, dl_place_names *names);

/* Longest name of any place there; the same over folded words, [count]. */
size_t dl_places_search_tokens(const dl_lexicon *lexicon, const dl_document *document,
                               int32_t first, int32_t last, dl_place_names *names);
size_t dl_places_search_words(const dl_lexicon *lexicon, const dl_string *words,
                              size_t count, dl_place_names *names);

/* Whether the name stands for the place behind a comma alone ("Ill."). */
bool dl_places_after_comma(uint32_t number);

/* Place number `number` of a dl_place_names. */
dl_known_place dl_places_get(const dl_lexicon *lexicon, uint32_t number);

#endif
