#include <math.h>

#include "detail/where.h"

/* Decides which of the places that share a name is meant. A sense's fitness is the sum of
 *
 *     how well known it is           countries, then regions, then by people (log10)
 *     what the article speaks of     its country, its region (log2 of the times)
 *     what is named with it          w * exp(-km / 60) of the places settled before
 *     what it is said to lie in      the wider place behind its comma or "in"
 *     what the name means elsewhere  in a place of the article where that is said
 *
 * Names whose wider place is said are settled first, then the others twice: the second
 * time they know of each other. */

enum { ROUNDS = 2, FILED_WEIGHT = 3 /* times that a dateline counts */ };

static const double NEAR_KM = 60, FAR_KM = 400, DISTRICT_KM = 80;
static const double FAR_DEGREES = 15; /* of latitude: farther lends nothing */
static const double NEAR_MOST = 6;    /* more places beside it tell no more */

/* A place that is settled, for the nearness of others. */
typedef struct anchor {
    double lat, lon, weight;
    char country[4];
    dl_string admin1;
    uint64_t key;
    uint32_t number; /* of the gazetteer */
    bool said;       /* the article says what it lies in */
} anchor;

typedef struct region {
    char country[4];
    dl_string admin1;
    int32_t count;
} region;

/* What the article speaks of. */
typedef struct context {
    char codes[DL_COUNTRIES_MAX][4];
    int32_t counts[DL_COUNTRIES_MAX];
    int32_t count, total; /* countries; times of all */
    region regions[DL_REGIONS_MAX];
    int32_t region_count;
    anchor anchors[DL_ANCHORS_MAX];
    int32_t anchor_count;
} context;

double dl_distance_km(double lat1, double lon1, double lat2, double lon2)
{
    const double rad = 0.017453292519943295, earth_km = 6371.0;
    double a = sin((lat2 - lat1) * rad / 2), b = sin((lon2 - lon1) * rad / 2);
    double h = a * a + cos(lat1 * rad) * cos(lat2 * rad) * b * b;
    return 2 * earth_km * asin(sqrt(h > 1 ? 1 : h));
}

bool dl_place_holds(const dl_known_place *wider, const dl_known_place *place)
{
    if (wider->level >= place->level || strcmp(wider->country, place->country) != 0 ||
        !wider->country[0])
        return false;
    switch (wider->level) {
    case DL_PLACE_COUNTRY:
        return true;
    case DL_PLACE_REGION:
        return place->admin1.size ? dl_string_equal(wider->name, place->admin1)
                                  : dl_distance_km(wider->lat, wider->lon, place->lat,
                                                   place->lon) < FAR_KM;
    case DL_PLACE_DISTRICT:
    case DL_PLACE_CITY:
        return dl_distance_km(wider->lat, wider->lon, place->lat, place->lon) <
               (wider->level == DL_PLACE_CITY ? NEAR_KM / 2 : DISTRICT_KM);
    default:
        return false;
    }
}

static void count_country(context *all, const char *code, int32_t weight)
{
    if (!code[0])
        return;
    all->total += weight;
    for (int32_t i = 0; i < all->count; i++) {
        if (strcmp(all->codes[i], code) == 0) {
            all->counts[i] += weight;
            return;
        }
    }
    if (all->count < DL_COUNTRIES_MAX) {
        memcpy(all->codes[all->count], code, 4);
        all->counts[all->count++] = weight;
    }
}

static void count_region(context *all, const dl_known_place *place)
{
    if (!place->country[0] || !place->admin1.size)
        return;
    for (int32_t i = 0; i < all->region_count; i++) {
        region *r = &all->regions[i];
        if (strcmp(r->country, place->country) == 0 &&
            dl_string_equal(r->admin1, place->admin1)) {
            r->count++;
            return;
        }
    }
    if (all->region_count < DL_REGIONS_MAX) {
        region *r = &all->regions[all->region_count++];
        memcpy(r->country, place->country, 4);
        r->admin1 = place->admin1;
        r->count = 1;
    }
}

static int32_t times_of_country(const context *all, const char *code)
{
    for (int32_t i = 0; i < all->count; i++)
        if (strcmp(all->codes[i], code) == 0)
            return all->counts[i];
    return 0;
}

static int32_t times_of_region(const context *all, const dl_known_place *place)
{
    for (int32_t i = 0; i < all->region_count; i++)
        if (strcmp(all->regions[i].country, place->country) == 0 &&
            dl_string_equal(all->regions[i].admin1, place->admin1))
            return all->regions[i].count;
    return 0;
}

/* Countries of people and governments that the who stage found. */
static void count_mentions(const dl_search *s, context *all)
{
    const dl_document *document = s->work->document;
    for (size_t i = 0; i < document->mention_count; i++) {
        const dl_mention *m = &document->mentions[i];
        if (m->via != DL_VIA_PRONOUN && !m->is_place)
            count_country(all, m->role.code, 1);
    }
}

/* Countries and regions that are named; a name of one place alone counts for both. */
static void count_named(const dl_search *s, context *all)
{
    for (size_t i = 0; i < s->count; i++) {
        const dl_place_hit *hit = &s->items[i];
        size_t senses = dl_hit_senses(hit);
        for (size_t k = 0; k < senses; k++) {
            dl_known_place place = dl_hit_sense(s, hit, k);
            if (!dl_hit_allows(s, hit, k) ||
                (place.level > DL_PLACE_REGION && senses > 1))
                continue;
            count_country(all, place.country, place.level == DL_PLACE_COUNTRY ? 2 : 1);
            count_region(all, &place);
        }
    }
}

/* ---- Fitness ---- */

static double fame(const dl_known_place *place)
{
    double people = log10((double)place->people + 1);
    switch (place->level) {
    case DL_PLACE_COUNTRY:
        return 8.5;
    case DL_PLACE_REGION:
        if (!place->country[0])
            return 9.5; /* parts of the world, seas */
        return place->people ? 4 + 0.4 * people : 6.4;
    case DL_PLACE_DISTRICT:
        return 2.5 + 0.35 * people;
    case DL_PLACE_CITY:
        return people + (place->capital ? 1.2 : 0);
    case DL_PLACE_TOWN:
        return people - 0.3;
    default:
        return 5;
    }
}

static double spoken_of(const dl_search *s, const context *all, const dl_place_hit *hit,
                        const dl_known_place *place)
{
    int32_t country = times_of_country(all, place->country);
    if (place->level == DL_PLACE_COUNTRY) /* not by naming itself */
        country -= 2 * (int32_t)dl_hits_named(s, hit->key);
    double score = country > 0 ? 0.8 + 0.4 * log2(1 + (double)country) +
                                     2 * (double)country / (double)(all->total + 1)
                               : 0;
    int32_t times = place->level > DL_PLACE_REGION && place->admin1.size
                        ? times_of_region(all, place)
                        : 0;
    return score + (times ? 0.6 + 0.5 * log2(1 + (double)times) : 0);
}

static double named_with(const context *all, const dl_place_hit *hit,
                         const dl_known_place *place)
{
    double near = 0;
    for (int32_t i = 0; i < all->anchor_count; i++) {
        const anchor *a = &all->anchors[i];
        if (a->key == hit->key)
            continue;
        if (place->level <= DL_PLACE_REGION) {
            near += strcmp(a->country, place->country) == 0 &&
                            (place->level == DL_PLACE_COUNTRY ||
                             dl_string_equal(a->admin1, place->name))
                        ? a->weight
                        : 0;
            continue;
        }
        if (fabs(a->lat - place->lat) > FAR_DEGREES)
            continue;
        double km = dl_distance_km(a->lat, a->lon, place->lat, place->lon);
        near += a->weight * (exp(-km / NEAR_KM) + 0.2 * exp(-km / FAR_KM));
    }
    double score = log2(1 + (near < NEAR_MOST ? near : NEAR_MOST));
    return place->level <= DL_PLACE_REGION ? score : 1.4 * score;
}

/* Whether a sense of one hit holds a sense of the other. */
static bool some_hold(const dl_search *s, const dl_place_hit *wider,
                      const dl_place_hit *hit, const dl_known_place *sense,
                      bool sense_is_wider)
{
    const dl_place_hit *other = sense_is_wider ? hit : wider;
    size_t senses = dl_hit_senses(other);
    for (size_t k = 0; k < senses; k++) {
        if (!dl_hit_allows(s, other, k))
            continue;
        dl_known_place place = dl_hit_sense(s, other, k);
        if (sense_is_wider ? dl_place_holds(sense, &place)
                           : dl_place_holds(&place, sense))
            return true;
    }
    return false;
}

/* The place said around it and the one said within it. */
static double lies_in(const dl_search *s, const dl_place_hit *hit,
                      const dl_known_place *place)
{
    const double said = 10, half = 6;
    double score = 0;
    if (hit->around >= 0) {
        const dl_place_hit *wider = &s->items[hit->around];
        if (wider->chosen >= 0) {
            dl_known_place around = dl_hit_sense(s, wider, (size_t)wider->chosen);
            score += dl_place_holds(&around, place) ? said : 0;
        } else {
            score += some_hold(s, wider, hit, place, false) ? half : 0;
        }
    }
    if (hit->within >= 0 && some_hold(s, hit, &s->items[hit->within], place, true))
        score += half;
    return score;
}

static double said_elsewhere(const context *all, const dl_place_hit *hit, uint32_t number)
{
    for (int32_t i = 0; i < all->anchor_count; i++)
        if (all->anchors[i].key == hit->key && all->anchors[i].said)
            return all->anchors[i].number == number ? 5 : 0;
    return 0;
}

/* What the gazetteer has is another place of that name, in a country that the article
 * does not speak of: one of several "provinces", or a town that is said to lie elsewhere.
 */
static bool lies_elsewhere(const dl_search *s, const context *all,
                           const dl_place_hit *hit, const dl_known_place *place)
{
    if (all->total == 0 || times_of_country(all, place->country) > 0)
        return false;
    if (hit->counties)
        return true;
    if (hit->around < 0 || place->level != DL_PLACE_TOWN)
        return false;
    const dl_place_hit *wider = &s->items[hit->around];
    if (wider->chosen < 0)
        return false;
    dl_known_place around = dl_hit_sense(s, wider, (size_t)wider->chosen);
    return around.level <= DL_PLACE_REGION && around.country[0] &&
           strcmp(around.country, place->country) != 0;
}

static void settle(const dl_search *s, const context *all, dl_place_hit *hit)
{
    double best = -1;
    size_t senses = dl_hit_senses(hit);
    hit->chosen = -1;
    for (size_t k = 0; k < senses; k++) {
        if (!dl_hit_allows(s, hit, k))
            continue;
        dl_known_place place = dl_hit_sense(s, hit, k);
        if (lies_elsewhere(s, all, hit, &place))
            continue;
        double score = fame(&place) + spoken_of(s, all, hit, &place) +
                       named_with(all, hit, &place) + lies_in(s, hit, &place) +
                       said_elsewhere(all, hit, dl_places_number(&hit->names, k));
        if (score > best) {
            best = score;
            hit->chosen = (int32_t)k;
        }
    }
}

/* ---- Order ---- */

/* Whether the article says what the place lies in, and the gazetteer agrees. */
static bool is_said(const dl_search *s, const dl_place_hit *hit)
{
    if (hit->around < 0 || hit->chosen < 0)
        return false;
    const dl_place_hit *wider = &s->items[hit->around];
    if (wider->chosen < 0)
        return false;
    dl_known_place around = dl_hit_sense(s, wider, (size_t)wider->chosen);
    dl_known_place place = dl_hit_sense(s, hit, (size_t)hit->chosen);
    return dl_place_holds(&around, &place);
}

static void add_anchor(const dl_search *s, context *all, const dl_place_hit *hit,
                       double weight, bool said)
{
    if (hit->chosen < 0)
        return;
    uint32_t number = dl_places_number(&hit->names, (size_t)hit->chosen);
    dl_known_place place = dl_hit_sense(s, hit, (size_t)hit->chosen);
    if (place.level <= DL_PLACE_REGION)
        return;
    for (int32_t i = 0; i < all->anchor_count; i++) {
        if (all->anchors[i].number == number) {
            all->anchors[i].weight += all->anchors[i].weight < 3 ? 0.3 : 0;
            all->anchors[i].said |= said;
            return;
        }
    }
    if (all->anchor_count == DL_ANCHORS_MAX)
        return;
    anchor *a = &all->anchors[all->anchor_count++];
    *a = (anchor){.lat = place.lat,
                  .lon = place.lon,
                  .weight = weight,
                  .admin1 = place.admin1,
                  .key = hit->key,
                  .number = number,
                  .said = said};
    memcpy(a->country, place.country, sizeof a->country);
}

/* Wider places before what lies in them: from the end, as they stand behind. */
static void settle_said(dl_search *s, context *all)
{
    for (size_t i = s->count; i-- > 0;) {
        dl_place_hit *hit = &s->items[i];
        if (hit->around >= 0 || hit->within >= 0 || i < s->filed)
            settle(s, all, hit);
    }
    for (size_t i = 0; i < s->count; i++) {
        dl_place_hit *hit = &s->items[i];
        bool said = is_said(s, hit);
        if (!said && i >= s->filed)
            continue;
        dl_known_place place = {0};
        if (hit->chosen >= 0)
            place = dl_hit_sense(s, hit, (size_t)hit->chosen);
        count_region(all, &place);
        if (i < s->filed)
            count_country(all, place.country, FILED_WEIGHT);
        add_anchor(s, all, hit, i < s->filed ? 3 : 1.5, said);
    }
}

void dl_hits_settle(dl_search *s)
{
    context all = {0};
    count_mentions(s, &all);
    count_named(s, &all);
    settle_said(s, &all);
    int32_t said = all.anchor_count;
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < s->count; i++)
            if (!is_said(s, &s->items[i]) || round == 0)
                settle(s, &all, &s->items[i]);
        all.anchor_count = said;
        for (size_t i = 0; i < s->count; i++)
            add_anchor(s, &all, &s->items[i], 1, false);
    }
}
