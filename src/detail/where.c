#include <math.h>

#include "detail/shared.h"
#include "lexicon/places.h"

/* Finds the places that an article names and decides which of those that share a name is
 * meant: the one whose country or region the article speaks of, else the best known. */

enum { COUNTRIES_MAX = 64, NEAR_KM = 1000 };

/* Countries that the article speaks of, with the number of times. */
typedef struct countries {
    char codes[COUNTRIES_MAX][4];
    int32_t counts[COUNTRIES_MAX];
    int32_t count;
} countries;

/* One name of a place in the text, before it is settled. */
typedef struct candidate {
    int32_t first, last;
    dl_place_names names;
    int32_t chosen; /* index into names; -1 none */
} candidate;

typedef struct search {
    dl_work *work;
    candidate *items; /* in the arena */
    size_t count, room;
    countries spoken_of;
} search;

static void count_country(countries *all, const char *code, int32_t weight)
{
    if (!code[0])
        return;
    for (int32_t i = 0; i < all->count; i++) {
        if (strcmp(all->codes[i], code) == 0) {
            all->counts[i] += weight;
            return;
        }
    }
    if (all->count < COUNTRIES_MAX) {
        memcpy(all->codes[all->count], code, 4);
        all->counts[all->count++] = weight;
    }
}

static int32_t times_spoken_of(const countries *all, const char *code)
{
    for (int32_t i = 0; i < all->count; i++)
        if (strcmp(all->codes[i], code) == 0)
            return all->counts[i];
    return 0;
}

/* ---- Finding names ---- */

static bool starts_capital(const dl_token *token)
{
    size_t size;
    return token->form.size > 0 && dl_utf8_is_upper(dl_utf8_get(token->form, 0, &size));
}

static bool all_capital(const dl_token *token)
{
    for (size_t at = 0, size; at < token->form.size; at += size)
        if (dl_utf8_is_lower(dl_utf8_get(token->form, at, &size)))
            return false;
    return true;
}

/* The name that covers a token, NULL for none. Names are in order: *from moves on. */
static const dl_name *name_at(const dl_document *document, int32_t token, size_t *from)
{
    while (*from < document->name_count && document->names[*from].last < token)
        (*from)++;
    const dl_name *name = *from < document->name_count ? &document->names[*from] : NULL;
    return name && name->first <= token ? name : NULL;
}

/* Whether a preposition of place or a kind of place ("the city of") stands before it. */
static bool stands_as_place(const dl_work *work, int32_t first, int32_t last)
{
    const dl_document *document = work->document;
    for (int32_t i = first; i <= last; i++) {
        int32_t marker = dl_tree_child(document, i, DL_DEPREL_case_);
        int32_t head = document->tokens[i].head;
        if (marker >= 0 && dl_fold_in(work, work->detail->list.locatives, marker, NULL))
            return true;
        if (head >= 0 && head < first && dl_relation_of(document, i) == DL_DEPREL_nmod &&
            dl_lemma_in(work, work->detail->list.place_words, head, NULL))
            return true;
    }
    return false;
}

/* Whether the tokens may be a place: written as a name, not a part of somebody's or
 * something's name, not a common word at the start of a sentence. */
static bool may_be_place(const dl_work *work, int32_t first, int32_t last,
                         const dl_name *name)
{
    const dl_document *document = work->document;
    const dl_token *tokens = document->tokens;
    if (!starts_capital(&tokens[first]))
        return false;
    if (name && name->type == DL_NAME_LOC)
        return name->last <= last || name->first == first;
    if (name && (name->first < first || name->last > last))
        return false;
    if (name && name->type == DL_NAME_PER)
        return stands_as_place(work, first, last);
    bool proper = false;
    for (int32_t i = first; i <= last; i++)
        proper =
            proper || tokens[i].upos == DL_UPOS_PROPN || tokens[i].upos == DL_NO_UPOS;
    if (!proper)
        return false;
    /* a neighbour with a capital makes a longer name that nobody knows */
    dl_deprel relation = dl_deprel_universal(tokens[first].deprel);
    int32_t head = tokens[last].head;
    if (!name && head > last && head <= last + 2 && tokens[head].upos == DL_UPOS_PROPN &&
        (dl_relation_of(document, last) == DL_DEPREL_compound ||
         dl_relation_of(document, last) == DL_DEPREL_flat))
        return false;
    if (!name && relation == DL_DEPREL_flat && head >= 0 && head < first)
        return false;
    return true;
}

static bool add_candidate(search *s, candidate c)
{
    if (!dl_arena_grow(s->work->document->arena, (void **)&s->items, s->count, &s->room,
                       sizeof c))
        return false;
    s->items[s->count++] = c;
    return true;
}

static bool ends_at_comma(const dl_document *document, int32_t last)
{
    return last + 1 < (int32_t)document->token_count &&
           dl_string_equal(document->tokens[last + 1].form, DL_STRING(","));
}

/* "Paris, Texas" may be one name: its parts are places of their own. */
static int32_t up_to_comma(const dl_document *document, int32_t first, int32_t last)
{
    int32_t end = first;
    while (end < last && !ends_at_comma(document, end))
        end++;
    return end;
}

static bool after_comma(const dl_document *document, int32_t token, const dl_name *name)
{
    return token > name->first && ends_at_comma(document, token - 2) &&
           document->tokens[token].upos != DL_UPOS_PUNCT;
}

/* Abbreviations such as "Ky." and "Dr." are places only behind a comma or bracket. */
static bool short_form(const dl_document *document, int32_t token)
{
    const dl_token *t = &document->tokens[token];
    if (t->form.size > 5 || t->form.data[t->form.size - 1] != '.' || all_capital(t))
        return false;
    return token == 0 || (document->tokens[token - 1].upos != DL_UPOS_PUNCT);
}

static bool find_in_sentence(search *s, const dl_sentence *sentence, size_t *name)
{
    const dl_document *document = s->work->document;
    const dl_lexicon *lexicon = s->work->detail->lexicon;
    for (int32_t i = sentence->first; i <= sentence->last;) {
        const dl_name *around = name_at(document, i, name);
        candidate c = {.first = i, .last = i, .chosen = -1};
        size_t size =
            starts_capital(&document->tokens[i])
                ? dl_places_match_tokens(lexicon, document, i, sentence->last, &c.names)
                : 0;
        c.last = i + (int32_t)(size ? size : 1) - 1;
        bool shouted = all_capital(&document->tokens[i]) &&
                       document->tokens[i].form.size <= 3 && size == 1 &&
                       !(around && around->type == DL_NAME_LOC);
        bool abbreviated = size == 1 && short_form(document, i);
        if (size && !shouted && !abbreviated &&
            may_be_place(s->work, i, c.last, around)) {
            if (around && around->type == DL_NAME_LOC && around->last > c.last &&
                !ends_at_comma(document, c.last)) {
                c.last = up_to_comma(
                    document, i,
                    around->last); /* a longer name that the gazetteer lacks */
                c.names = (dl_place_names){0};
            }
        } else if (around && around->type == DL_NAME_LOC && !abbreviated &&
                   (around->first == i || after_comma(document, i, around))) {
            c.last = up_to_comma(document, i, around->last);
            c.names = (dl_place_names){0};
        } else {
            i++;
            continue;
        }
        if (!add_candidate(s, c))
            return false;
        i = c.last + 1;
    }
    return true;
}

/* ---- Settling ---- */

static double distance_km(double lat1, double lon1, double lat2, double lon2)
{
    const double rad = 0.017453292519943295, earth_km = 6371.0;
    double a = sin((lat2 - lat1) * rad / 2), b = sin((lon2 - lon1) * rad / 2);
    double h = a * a + cos(lat1 * rad) * cos(lat2 * rad) * b * b;
    return 2 * earth_km * asin(sqrt(h > 1 ? 1 : h));
}

static dl_known_place place_of(const search *s, const candidate *c, size_t k)
{
    return dl_places_get(s->work->detail->lexicon, c->names.numbers[k]);
}

/* The place named right behind a comma ("Paris, Texas"), if it is a wider one. */
static const candidate *wider_behind(const search *s, size_t i)
{
    const dl_token *tokens = s->work->document->tokens;
    const candidate *c = &s->items[i];
    if (i + 1 >= s->count || s->items[i + 1].first != c->last + 2)
        return NULL;
    return dl_string_equal(tokens[c->last + 1].form, DL_STRING(",")) ? &s->items[i + 1]
                                                                     : NULL;
}

/* How well a reading fits: being inside the place named behind it, then the country that
 * the article speaks of, then how big it is. */
static double fitness(const search *s, const candidate *c, size_t k,
                      const candidate *wider)
{
    dl_known_place place = place_of(s, c, k);
    double score = 0;
    if (place.precision == DL_PRECISION_COUNTRY)
        score += 9;
    else if (place.precision == DL_PRECISION_ADMIN)
        score += 7.2;
    else
        score += log10((double)place.people + 1);
    int32_t times = times_spoken_of(&s->spoken_of, place.country);
    score += times ? 1 + log2(1 + (double)times) * 0.5 : 0;
    for (size_t w = 0; wider && w < wider->names.count; w++) {
        dl_known_place around = place_of(s, wider, w);
        if (around.precision == DL_PRECISION_CITY ||
            strcmp(around.country, place.country) != 0 ||
            place.precision == DL_PRECISION_COUNTRY)
            continue;
        double km = distance_km(place.lat, place.lon, around.lat, around.lon);
        if (around.precision == DL_PRECISION_COUNTRY)
            score += 10;
        else if (km < NEAR_KM)
            score += 10 - 8 * km / NEAR_KM;
    }
    return score;
}

static void settle(search *s, size_t i)
{
    candidate *c = &s->items[i];
    const candidate *wider = wider_behind(s, i);
    double best = -1;
    for (size_t k = 0; k < c->names.count; k++) {
        double score = fitness(s, c, k, wider);
        if (score > best) {
            best = score;
            c->chosen = (int32_t)k;
        }
    }
}

/* Countries named, and those of people and governments that the who stage found. */
static void count_countries(search *s)
{
    const dl_document *document = s->work->document;
    for (size_t i = 0; i < document->mention_count; i++) {
        const dl_mention *m = &document->mentions[i];
        if (m->via != DL_VIA_PRONOUN && !m->is_place)
            count_country(&s->spoken_of, m->role.code, 1);
    }
    for (size_t i = 0; i < s->count; i++) {
        const candidate *c = &s->items[i];
        for (size_t k = 0; k < c->names.count; k++) {
            dl_known_place place = place_of(s, c, k);
            if (place.precision != DL_PRECISION_CITY || c->names.count == 1)
                count_country(&s->spoken_of, place.country,
                              place.precision == DL_PRECISION_COUNTRY ? 2 : 1);
        }
    }
}

/* ---- Writing ---- */

/* A noun that the name belongs to makes the place finer ("Almaty airport") or tells what
 * it is ("the city of Almaty"). */
static dl_precision precise(const search *s, const candidate *c, dl_precision known)
{
    const dl_document *document = s->work->document;
    dl_string kind;
    int32_t head = document->tokens[c->last].head;
    if (head >= 0 && dl_relation_of(document, c->last) == DL_DEPREL_compound &&
        known == DL_PRECISION_CITY &&
        dl_lemma_in(s->work, s->work->detail->list.place_words, head, &kind) &&
        dl_string_equal(kind, DL_STRING("point")))
        return DL_PRECISION_CITY; /* the point itself is not known: the city's stands */
    return known;
}

/* A place that the gazetteer lacks lies in the one named behind it ("Ozark, Alabama"):
 * country and point are that one's, and so is the precision. */
static void take_wider(const search *s, const candidate *c, dl_place *place)
{
    const candidate *wider = wider_behind(s, (size_t)(c - s->items));
    if (!wider || wider->chosen < 0)
        return;
    dl_known_place known = place_of(s, wider, (size_t)wider->chosen);
    if (known.precision == DL_PRECISION_CITY)
        return;
    memcpy(place->country, known.country, sizeof place->country);
    place->lat = known.lat;
    place->lon = known.lon;
    place->located = true;
    place->precision = known.precision;
    place->rule = known.rule;
}

static bool write_place(search *s, const candidate *c)
{
    dl_document *document = s->work->document;
    dl_place place = {.span = dl_document_span(document, c->first, c->last),
                      .first = c->first,
                      .last = c->last,
                      .precision = DL_PRECISION_ADMIN};
    place.name = dl_document_slice(document, place.span);
    if (c->chosen >= 0) {
        dl_known_place known = place_of(s, c, (size_t)c->chosen);
        place.name = known.name;
        memcpy(place.country, known.country, sizeof place.country);
        place.admin1 = known.admin1;
        place.lat = known.lat;
        place.lon = known.lon;
        place.located = true;
        place.precision = precise(s, c, known.precision);
        place.rule = known.rule;
    } else {
        take_wider(s, c, &place);
    }
    if (!dl_arena_grow(document->arena, (void **)&document->places, document->place_count,
                       &s->work->place_room, sizeof place))
        return false;
    document->places[document->place_count++] = place;
    return true;
}

static dl_precision place_of_number(const search *s, uint32_t number)
{
    return dl_places_get(s->work->detail->lexicon, number).precision;
}

/* A name that the gazetteer lacks takes the point of a place of that name elsewhere in
 * the article: the part before a kind of place ("Kivu Province"). */
static void settle_parts(search *s, candidate *c)
{
    dl_place_names names;
    if (c->names.count || c->first == c->last)
        return;
    size_t size = dl_places_match_tokens(s->work->detail->lexicon, s->work->document,
                                         c->first, c->last, &names);
    if (size && c->first + (int32_t)size == c->last &&
        dl_fold_in(s->work, s->work->detail->list.place_words, c->last, NULL)) {
        c->names = names;
        return;
    }
    size = dl_places_match_tokens(s->work->detail->lexicon, s->work->document, c->last,
                                  c->last, &names); /* "Northeast Texas" */
    if (size && names.count == 1 &&
        place_of_number(s, names.numbers[0]) != DL_PRECISION_CITY)
        c->names = names;
}

bool dl_where_run(dl_work *work)
{
    dl_document *document = work->document;
    search s = {.work = work};
    size_t name = 0;
    for (size_t i = 0; i < document->sentence_count; i++)
        if (!find_in_sentence(&s, &document->sentences[i], &name))
            return false;
    for (size_t i = 0; i < s.count; i++)
        settle_parts(&s, &s.items[i]);
    count_countries(&s);
    for (size_t i = 0; i < s.count; i++)
        settle(&s, i);
    for (size_t i = 0; i < s.count; i++)
        if (!write_place(&s, &s.items[i]))
            return false;
    return true;
}
