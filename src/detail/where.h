/* What finding, settling and writing of places share. Private to where.c, senses.c and
 * filed.c.
 *
 * Purpose  one hit for each name of a place, its possible senses, and what the article
 *          speaks of
 * Reads    tokens, names, mentions; the gazetteer (lexicon/places.h)
 * Writes   hits with the sense chosen
 * Cost     senses of a hit times DL_ANCHORS_MAX
 * Source   one sense per discourse: Gale, Church and Yarowsky 1992; nearness of what is
 *          named together: Leidner 2007, "Toponym Resolution in Text"
 * Limits   the constants below; what lies beyond them lends no support */
#ifndef DL_DETAIL_WHERE_H
#define DL_DETAIL_WHERE_H

#include "detail/shared.h"
#include "lexicon/places.h"

enum {
    DL_COUNTRIES_MAX = 64,
    DL_REGIONS_MAX = 64,
    DL_ANCHORS_MAX = 64,
    DL_SENSES_MAX = 160 /* of one name; what comes behind is not weighed */
};

/* One name of a place in the text. */
typedef struct dl_place_hit {
    int32_t first, last; /* tokens; -1 in a dateline, which has none */
    dl_span span;
    uint64_t key; /* of its folded words: the same name again */
    dl_place_names names;
    int32_t chosen; /* index into names; -1 none */
    int32_t around; /* hit of the wider place that it is said to lie in; -1 none */
    int32_t within; /* hit that lies in this one; -1 none */
    bool behind;    /* stands behind a comma or bracket: "Ill." is Illinois */
    bool supported; /* the text shows a place: towns may be meant */
    bool inside;    /* opens the name of a body: "Lansing City Council" */
    bool doubtful;  /* its words are common ones: "Congress" */
    bool counties;  /* "Clark and Lewis counties" */
    bool guessed;   /* the point is that of the place that it seems to lie in */
    bool local;     /* names a building, street or quarter */
} dl_place_hit;

typedef struct dl_search {
    dl_work *work;
    dl_place_hit *items; /* in the arena; of datelines first, then in order */
    size_t count, room;
    size_t filed;       /* of datelines */
    uint64_t *families; /* hashes of family names, sorted, in the arena */
    size_t family_count;
    uint64_t *keys; /* of hits that have senses, sorted, in the arena */
    size_t key_count;
} dl_search;

bool dl_hits_add(dl_search *search, dl_place_hit hit);

static inline size_t dl_hit_senses(const dl_place_hit *hit)
{
    size_t count = hit->names.count + hit->names.wide_count;
    return count < DL_SENSES_MAX ? count : DL_SENSES_MAX;
}

static inline dl_known_place dl_hit_sense(const dl_search *search,
                                          const dl_place_hit *hit, size_t k)
{
    return dl_places_get(search->work->detail->lexicon, dl_places_number(&hit->names, k));
}

/* Whether a sense may be meant at all: short forms behind commas, towns with support. */
bool dl_hit_allows(const dl_search *search, const dl_place_hit *hit, size_t k);

/* Whether the wider place holds the other: its country, region or district. */
bool dl_place_holds(const dl_known_place *wider, const dl_known_place *place);

/* Places of the datelines, in front of all others. False where memory has run out. */
bool dl_hits_filed(dl_search *search);

/* How often the article names it, as far as that is counted. */
size_t dl_hits_named(const dl_search *search, uint64_t key);

/* Chooses a sense for every hit. */
void dl_hits_settle(dl_search *search);

double dl_distance_km(double lat1, double lon1, double lat2, double lon2);

#endif
