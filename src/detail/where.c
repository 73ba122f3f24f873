#include <stdlib.h>

#include "detail/where.h"

/* Finds the places that an article names, has senses.c decide which of those that share a
 * name is meant, and writes them down. */

enum {
    NAMED_MOST = 64,       /* times that a name is counted */
    PARTS_MAX = 3,         /* words before the known part of a name */
    NEIGHBOURS_MAX = 64,   /* hits asked for the place that a building lies in */
    COORDINATION_MAX = 16, /* tokens from a name to the "counties" that it shares */
    SHORT_FORM_BYTES = 5,  /* "Tenn." */
    SHOUTED_BYTES = 3,     /* "US", "EU": capitals that are no names of towns */
    BIG_PEOPLE = 300000    /* of a city whose name opens that of a building */
};

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

bool dl_hits_add(dl_search *s, dl_place_hit hit)
{
    if (!dl_arena_grow(s->work->document->arena, (void **)&s->items, s->count, &s->room,
                       sizeof hit))
        return false;
    s->items[s->count++] = hit;
    return true;
}

bool dl_hit_allows(const dl_search *s, const dl_place_hit *hit, size_t k)
{
    dl_known_place place = dl_hit_sense(s, hit, k);
    if (hit->counties)
        return place.level == DL_PLACE_DISTRICT;
    if (dl_places_after_comma(dl_places_number(&hit->names, k)))
        return hit->behind;
    switch (place.level) {
    case DL_PLACE_TOWN:
        return hit->supported && (!hit->doubtful || hit->around >= 0);
    case DL_PLACE_DISTRICT:
        return hit->last > hit->first ||
               (hit->supported && (!hit->doubtful || hit->around >= 0));
    default:
        return true;
    }
}

static int compare_hashes(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Family names of people whom the article names in full: "Gilbert" is one of them. */
static bool read_family_names(dl_search *s)
{
    const dl_document *document = s->work->document;
    s->families =
        DL_ARENA_ARRAY(s->work->document->arena, uint64_t, document->name_count + 1);
    if (!s->families)
        return false;
    for (size_t i = 0; i < document->name_count; i++) {
        const dl_name *name = &document->names[i];
        if (name->type == DL_NAME_PER && name->last > name->first)
            s->families[s->family_count++] =
                dl_string_hash(document->tokens[name->last].fold);
    }
    qsort(s->families, s->family_count, sizeof *s->families, compare_hashes);
    return true;
}

static bool is_family_name(const dl_search *s, int32_t token)
{
    uint64_t hash = dl_string_hash(s->work->document->tokens[token].fold);
    return bsearch(&hash, s->families, s->family_count, sizeof hash, compare_hashes);
}

/* Whether the token is a part of a time: "in May". */
static bool is_time(const dl_document *document, int32_t token)
{
    size_t at = dl_first_ending(document->times, document->time_count, sizeof(dl_time),
                                offsetof(dl_time, last), token);
    return at < document->time_count && document->times[at].first <= token;
}

static bool some_sense(const dl_search *s, const dl_place_hit *hit)
{
    size_t senses = dl_hit_senses(hit);
    for (size_t k = 0; k < senses; k++)
        if (dl_hit_allows(s, hit, k))
            return true;
    return false;
}

static bool is_mark(const dl_document *document, int32_t token, const char *marks)
{
    dl_string form = document->tokens[token].form;
    return form.size == 1 && strchr(marks, form.data[0]);
}

static bool ends_at_comma(const dl_document *document, int32_t last)
{
    return last + 1 < (int32_t)document->token_count && is_mark(document, last + 1, ",");
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

/* Whether a name of its own opens here: the first capital, or what stands behind a comma.
 */
static bool opens(const dl_document *document, int32_t token, const dl_name *name)
{
    int32_t first = name->first;
    while (first < token && !starts_capital(&document->tokens[first]))
        first++;
    return first == token || after_comma(document, token, name);
}

/* Abbreviations such as "Ky." and "Dr." are places only behind a comma or bracket. */
static bool short_form(const dl_document *document, int32_t token)
{
    const dl_token *t = &document->tokens[token];
    if (t->form.size > SHORT_FORM_BYTES || t->form.data[t->form.size - 1] != '.' ||
        all_capital(t))
        return false;
    return token == 0 || (document->tokens[token - 1].upos != DL_UPOS_PUNCT);
}

static uint64_t key_of(const dl_document *document, int32_t first, int32_t last)
{
    uint64_t key = 0;
    for (int32_t i = first; i <= last; i++)
        key = key * 31 + dl_string_hash(document->tokens[i].fold);
    return key;
}

/* How the hit stands to the one before it: behind its comma or bracket, or said to hold
 * it ("Springfield in Illinois"). */
static void link_hits(const dl_search *s, const dl_place_hit *before, dl_place_hit *hit,
                      bool *holds)
{
    const dl_work *work = s->work;
    const dl_document *document = work->document;
    int32_t gap = hit->first - before->last - 1, between = before->last + 1;
    *holds = false;
    if (before->first < 0 || gap < 0 || gap > 2 ||
        document->tokens[before->first].sentence != document->tokens[hit->first].sentence)
        return;
    bool mark = gap > 0 && is_mark(document, between, ",(");
    hit->behind = gap == 0 || (gap == 1 && mark);
    *holds = gap == 0 || hit->behind ||
             (dl_fold_in(work, work->detail->list.locatives, hit->first - 1, NULL) &&
              (gap == 1 || mark));
}

/* The noun for several of a kind that a name shares with others: "Clark and Lewis
 * counties". */
static bool shares_plural(const dl_work *work, int32_t last)
{
    const dl_document *document = work->document;
    for (int32_t i = last + 1;
         i < (int32_t)document->token_count && i <= last + COORDINATION_MAX; i++) {
        const dl_token *t = &document->tokens[i];
        dl_string kind;
        if (t->sentence != document->tokens[last].sentence)
            return false;
        if (t->feats.number == DL_NUMBER_PLUR &&
            dl_lemma_in(work, work->detail->list.place_words, i, &kind))
            return dl_string_equal(kind, DL_STRING("admin"));
        if (t->upos != DL_UPOS_PUNCT && t->upos != DL_UPOS_CCONJ &&
            t->upos != DL_UPOS_PROPN)
            return false;
    }
    return false;
}

static bool is_kind(const dl_work *work, int32_t token, const char *wanted)
{
    dl_string kind;
    if (token >= (int32_t)work->document->token_count)
        return false;
    return dl_lemma_in(work, work->detail->list.place_words, token, &kind) &&
           dl_string_equal(kind, dl_string_from(wanted));
}

/* Whether the name opens that of a body which belongs to the place: "Lansing City
 * Council", "Harare police". */
static bool opens_name(const dl_work *work, int32_t first, int32_t last,
                       const dl_name *name, int list)
{
    const dl_document *document = work->document;
    if (name && name->type == DL_NAME_ORG && name->first == first && name->last > last)
        return dl_lemma_in(work, list, name->last, NULL) ||
               dl_lemma_in(work, list, last + 1, NULL);
    return !name && last + 1 < (int32_t)document->token_count &&
           document->tokens[last].upos == DL_UPOS_PROPN &&
           document->tokens[last + 1].sentence == document->tokens[last].sentence &&
           dl_lemma_in(work, list, last + 1, NULL);
}

/* "Montgomery County": the name says itself that it is a place. */
static bool ends_with_kind(const dl_work *work, const dl_place_hit *hit)
{
    return hit->last > hit->first &&
           dl_lemma_in(work, work->detail->list.place_words, hit->last, NULL);
}

static void set_support(const dl_search *s, dl_place_hit *hit, const dl_name *name)
{
    const dl_work *work = s->work;
    bool loc = name && name->type == DL_NAME_LOC;
    hit->key = key_of(work->document, hit->first, hit->last);
    hit->span = dl_document_span(work->document, hit->first, hit->last);
    hit->doubtful =
        hit->first == hit->last &&
        (dl_fold_in(work, work->detail->list.place_doubtful, hit->first, NULL) ||
         dl_fold_in(work, work->detail->list.place_words, hit->first, NULL));
    hit->supported = loc || hit->inside || stands_as_place(work, hit->first, hit->last);
}

/* The name behind a body's kind: "City of Oxford", "Village of Glen Carbon". */
static bool ends_title(const dl_work *work, int32_t first, int32_t last,
                       const dl_name *name)
{
    return name && name->type == DL_NAME_ORG && name->last == last &&
           first == name->first + 2 &&
           work->document->tokens[first - 1].upos == DL_UPOS_ADP &&
           (is_kind(work, name->first, "city") || is_kind(work, name->first, "admin"));
}

/* "Typhoon Parma", "the ferry Estonia": what has the name is no place. */
static bool named_after_place(const dl_work *work, int32_t first, int32_t last)
{
    const dl_token *tokens = work->document->tokens;
    int32_t before = first - 1;
    if (before < 0 || tokens[before].sentence != tokens[first].sentence ||
        !dl_lemma_in(work, work->detail->list.place_bearers, before, NULL))
        return false;
    if (tokens[before].head >= first && tokens[before].head <= last)
        return true;
    for (int32_t i = first; i <= last; i++)
        if (tokens[i].head == before)
            return true;
    return false;
}

/* Reads the name at token i into *hit; false where there is none. */
static bool find_at(dl_search *s, int32_t i, int32_t last, const dl_name *around,
                    dl_place_hit *hit)
{
    const dl_document *document = s->work->document;
    bool capital = starts_capital(&document->tokens[i]) && !is_time(document, i);
    bool holds = false;
    bool loc = around && around->type == DL_NAME_LOC;
    *hit =
        (dl_place_hit){.first = i, .last = i, .chosen = -1, .around = -1, .within = -1};
    size_t size = capital ? dl_places_search_tokens(s->work->detail->lexicon, document, i,
                                                    last, &hit->names)
                          : 0;
    hit->last = i + (int32_t)(size ? size : 1) - 1;
    if (s->count)
        link_hits(s, &s->items[s->count - 1], hit, &holds);
    bool shouted = all_capital(&document->tokens[i]) &&
                   document->tokens[i].form.size <= SHOUTED_BYTES && size == 1 && !loc &&
                   !hit->behind;
    bool abbreviated = size == 1 && !hit->behind && short_form(document, i);
    if (capital && !hit->behind && named_after_place(s->work, i, hit->last))
        return false;
    shouted = shouted || (size == 1 && document->tokens[i].form.size == 2 && !loc &&
                          document->tokens[i].upos != DL_UPOS_PROPN);
    const dl_lists *list = &s->work->detail->list;
    bool building = size &&
                    opens_name(s->work, i, hit->last, around, list->place_words) &&
                    !is_kind(s->work, hit->last + 1, "street");
    hit->inside = size && !building &&
                  (opens_name(s->work, i, hit->last, around, list->place_bodies) ||
                   ends_title(s->work, i, hit->last, around) ||
                   (around && around->type == DL_NAME_ORG && around->first == i &&
                    around->last > hit->last && ends_with_kind(s->work, hit)));
    hit->counties = size == 1 && hit->names.wide_count && shares_plural(s->work, i);
    hit->counties = hit->counties && some_sense(s, hit);
    bool family = hit->first == hit->last && !hit->inside && !hit->behind &&
                  !hit->counties && is_family_name(s, i) &&
                  !stands_as_place(s->work, i, i);
    bool known = size && !shouted && !abbreviated && !family &&
                 (hit->inside || building || hit->behind || hit->counties ||
                  may_be_place(s->work, i, hit->last, around));
    if (known)
        set_support(s, hit, around);
    if (known && loc && !hit->inside && around->last > hit->last &&
        !ends_at_comma(document, hit->last) && !hit->behind) {
        hit->last = up_to_comma(document, i, around->last); /* that nobody knows */
        hit->names = (dl_place_names){0};
        set_support(s, hit, around);
    } else if (!known || (!some_sense(s, hit) && !hit->supported && !holds)) {
        if (!loc || !capital || abbreviated || !opens(document, i, around) || family)
            return false;
        hit->last = up_to_comma(document, i, around->last);
        hit->names = (dl_place_names){0};
        set_support(s, hit, around);
    }
    return true;
}

static bool find_in_sentence(dl_search *s, const dl_sentence *sentence, size_t *name)
{
    const dl_document *document = s->work->document;
    for (int32_t i = sentence->first; i <= sentence->last;) {
        const dl_name *around = name_at(document, i, name);
        dl_place_hit hit;
        if (!find_at(s, i, sentence->last, around, &hit)) {
            i++;
            continue;
        }
        bool holds = false;
        if (s->count) {
            dl_place_hit *before = &s->items[s->count - 1];
            link_hits(s, before, &hit, &holds);
            if (holds) {
                before->around = (int32_t)s->count;
                hit.within = (int32_t)s->count - 1;
            }
        }
        if (!dl_hits_add(s, hit))
            return false;
        i = hit.last + 1;
    }
    return true;
}

/* A wider place behind its comma makes a town of a name. */
static void support_by_comma(dl_search *s)
{
    for (size_t i = s->filed; i < s->count; i++) {
        dl_place_hit *hit = &s->items[i];
        if (hit->supported || hit->around < 0)
            continue;
        const dl_place_hit *wider = &s->items[hit->around];
        size_t senses = dl_hit_senses(wider);
        for (size_t k = 0; k < senses && !hit->supported; k++)
            hit->supported = wider->behind && dl_hit_allows(s, wider, k) &&
                             dl_hit_sense(s, wider, k).level <= DL_PLACE_DISTRICT;
    }
}

/* ---- Names that the gazetteer lacks ---- */

/* Sorts the keys of the names that the gazetteer has. */
static bool sort_keys(dl_search *s)
{
    s->keys = DL_ARENA_ARRAY(s->work->document->arena, uint64_t, s->count + 1);
    if (!s->keys)
        return false;
    for (size_t i = 0; i < s->count; i++)
        if (dl_hit_senses(&s->items[i]))
            s->keys[s->key_count++] = s->items[i].key;
    qsort(s->keys, s->key_count, sizeof *s->keys, compare_hashes);
    return true;
}

size_t dl_hits_named(const dl_search *s, uint64_t key)
{
    size_t low = 0, high = s->key_count, end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    for (end = low; end < s->key_count && end < low + NAMED_MOST && s->keys[end] == key;)
        end++;
    return end - low;
}

/* Whether a part of a longer name tells where it is: a country, a region, a big city, or
 * a place that the article names by itself. */
static bool worth_a_part(const dl_search *s, int32_t first, int32_t last,
                         const dl_place_names *names)
{
    const dl_lexicon *lexicon = s->work->detail->lexicon;
    if (first == last &&
        (dl_lemma_in(s->work, s->work->detail->list.place_words, first, NULL) ||
         dl_fold_in(s->work, s->work->detail->list.place_doubtful, first, NULL)))
        return false;
    if (dl_hits_named(s, key_of(s->work->document, first, last)))
        return true;
    if (!names->count)
        return false;
    dl_known_place place = dl_places_get(lexicon, names->numbers[0]);
    return place.level <= DL_PLACE_REGION || place.people > BIG_PEOPLE;
}

/* "Kivu Province", "Northeast Texas", "Fresno Convention Center": the known part. */
static void settle_parts(dl_search *s, dl_place_hit *hit)
{
    const dl_work *work = s->work;
    const dl_lexicon *lexicon = work->detail->lexicon;
    dl_place_names names;
    if (dl_hit_senses(hit) || hit->first < 0)
        return;
    bool street =
        is_kind(work, hit->last, "street") || is_kind(work, hit->last + 1, "street");
    hit->local =
        street || is_kind(work, hit->last, "point") || is_kind(work, hit->last, "city") ||
        is_kind(work, hit->last + 1, "point") || is_kind(work, hit->last + 1, "city");
    if (hit->first == hit->last || street)
        return;
    size_t size =
        dl_places_search_tokens(lexicon, work->document, hit->first, hit->last, &names);
    int32_t end = hit->first + (int32_t)size - 1;
    if (size && worth_a_part(s, hit->first, end, &names)) {
        hit->names = names;
        hit->key = key_of(work->document, hit->first, end);
        return;
    }
    bool kind = dl_lemma_in(work, work->detail->list.place_words, hit->first, NULL);
    for (int32_t at = hit->first + 1; at <= hit->last && at <= hit->first + PARTS_MAX;
         at++) { /* "Northeast Texas", "State of Ohio" */
        size = dl_places_search_tokens(lexicon, work->document, at, hit->last, &names);
        if (size && at + (int32_t)size - 1 == hit->last &&
            starts_capital(&work->document->tokens[at]) &&
            (kind || worth_a_part(s, at, hit->last, &names))) {
            hit->names = names;
            hit->key = key_of(work->document, at, hit->last);
            return;
        }
    }
}

static bool settled(const dl_search *s, const dl_place_hit *hit, dl_place_level widest)
{
    return hit->chosen >= 0 && dl_hit_sense(s, hit, (size_t)hit->chosen).level >= widest;
}

/* The place that a building, street or quarter seems to lie in: the one named next in its
 * sentence, else the last one named before it, else the first behind it. */
static const dl_place_hit *seems_in(const dl_search *s, const dl_place_hit *hit)
{
    const dl_document *document = s->work->document;
    size_t at = (size_t)(hit - s->items);
    size_t from = at > NEIGHBOURS_MAX ? at - NEIGHBOURS_MAX : 0;
    size_t end = s->count - at > NEIGHBOURS_MAX ? at + NEIGHBOURS_MAX : s->count;
    int32_t sentence = document->tokens[hit->first].sentence;
    for (size_t i = at + 1; i < end; i++) {
        if (document->tokens[s->items[i].first].sentence != sentence)
            break;
        if (settled(s, &s->items[i], DL_PLACE_DISTRICT))
            return &s->items[i];
    }
    bool wider = hit->local || stands_as_place(s->work, hit->first, hit->last);
    for (size_t i = at; i-- > from;) {
        if (!wider && (s->items[i].first < 0 ||
                       document->tokens[s->items[i].first].sentence != sentence))
            return NULL;
        if (settled(s, &s->items[i], DL_PLACE_DISTRICT))
            return &s->items[i];
    }
    for (size_t i = at + 1; wider && i < end; i++)
        if (settled(s, &s->items[i], DL_PLACE_DISTRICT))
            return &s->items[i];
    return NULL;
}

/* ---- Writing ---- */

static void take_known(const dl_known_place *known, dl_place *place)
{
    memcpy(place->country, known->country, sizeof place->country);
    place->admin1 = known->admin1;
    place->lat = known->lat;
    place->lon = known->lon;
    place->located = true;
    place->precision = known->precision;
    place->rule = known->rule;
}

/* A place that the gazetteer lacks lies in the one said to hold it ("Ozark, Alabama"):
 * country, point and precision are that one's. A building or street of which nothing is
 * said lies near what is named beside it: no finer than its region. */
static void take_wider(const dl_search *s, const dl_place_hit *hit, dl_place *place)
{
    if (hit->around >= 0 && s->items[hit->around].chosen >= 0) {
        const dl_place_hit *wider = &s->items[hit->around];
        dl_known_place known = dl_hit_sense(s, wider, (size_t)wider->chosen);
        take_known(&known, place);
        return;
    }
    const dl_place_hit *near = seems_in(s, hit);
    if (!near)
        return;
    dl_known_place known = dl_hit_sense(s, near, (size_t)near->chosen);
    take_known(&known, place);
    place->guessed = true;
    place->precision = DL_PRECISION_ADMIN;
}

/* Whether a name without a point is worth telling: LOC names alone are often wrong. */
static bool worth_telling(const dl_search *s, const dl_place_hit *hit)
{
    if (hit->chosen >= 0 || hit->first < 0 || hit->doubtful)
        return hit->chosen >= 0;
    return hit->local || hit->counties || hit->around >= 0 || hit->last > hit->first ||
           stands_as_place(s->work, hit->first, hit->last);
}

static bool write_place(dl_search *s, const dl_place_hit *hit)
{
    dl_document *document = s->work->document;
    dl_place place = {.span = hit->span,
                      .first = hit->first,
                      .last = hit->last,
                      .inside = hit->inside,
                      .precision = DL_PRECISION_ADMIN};
    if (!worth_telling(s, hit))
        return true;
    place.name = dl_document_slice(document, place.span);
    if (hit->chosen >= 0) {
        dl_known_place known = dl_hit_sense(s, hit, (size_t)hit->chosen);
        place.name = known.name;
        take_known(&known, &place);
    } else {
        take_wider(s, hit, &place);
    }
    if (!dl_arena_grow(document->arena, (void **)&document->places, document->place_count,
                       &s->work->place_room, sizeof place))
        return false;
    document->places[document->place_count++] = place;
    return true;
}

bool dl_where_run(dl_work *work)
{
    dl_document *document = work->document;
    dl_search s = {.work = work};
    size_t name = 0;
    if (!read_family_names(&s) || !dl_hits_filed(&s))
        return false;
    s.filed = s.count;
    for (size_t i = 0; i < document->sentence_count; i++)
        if (!find_in_sentence(&s, &document->sentences[i], &name))
            return false;
    support_by_comma(&s);
    if (!sort_keys(&s))
        return false;
    for (size_t i = s.filed; i < s.count; i++)
        settle_parts(&s, &s.items[i]);
    dl_hits_settle(&s);
    for (size_t i = 0; i < s.count; i++)
        if (!write_place(&s, &s.items[i]))
            return false;
    return true;
}
