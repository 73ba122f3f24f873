#include "detail/shared.h"

/* Ties times, places, counts and claims to events. What is tied hangs in the event's own
 * clause, or reaches it by a link that shares time and place. Ranks, best first:
 *
 *     0  below the event's word, no other clause between
 *     1  below a relative clause or participle that hangs on the event's noun
 *     2  elsewhere in the event's clause
 *     3  in the clause that the event's clause goes on with (second verb, participle,
 *        infinitive), or in the one that goes on with it
 *     4  none of these: not tied */

enum { RANK_NONE = 4, SCORE_STEP = 64, BACK_SENTENCES = 6 };

/* Token of first..last whose head lies outside. */
static int32_t span_head(const dl_document *document, int32_t first, int32_t last)
{
    for (int32_t i = last; i >= first; i--) {
        int32_t head = document->tokens[i].head;
        if (head < first || head > last)
            return i;
    }
    return last;
}

/* Whether a clause shares time and place with the one above it. */
static bool shares(const dl_work *work, int32_t clause)
{
    const dl_document *document = work->document;
    int32_t head = document->tokens[clause].head;
    if (head < 0)
        return false;
    switch (dl_relation_of(document, clause)) {
    case DL_DEPREL_conj:
    case DL_DEPREL_xcomp:
    case DL_DEPREL_advcl:
        return true;
    case DL_DEPREL_acl:
        return document->tokens[clause].deprel == DL_DEPREL_acl;
    case DL_DEPREL_parataxis:
        return !dl_lemma_in(work, work->detail->list.cues, clause, NULL);
    case DL_DEPREL_ccomp:
    case DL_DEPREL_csubj:
        return !dl_lemma_in(work, work->detail->list.cues, head, NULL);
    default:
        return false;
    }
}

/* Rank of the way from `token` up to the event's word; *steps is its length. */
static int rank_below(const dl_document *document, int32_t token, int32_t anchor,
                      int *steps)
{
    int crossed = 0;
    *steps = 0;
    for (int32_t up = token; up >= 0 && *steps < SCORE_STEP;
         up = document->tokens[up].head) {
        if (up == anchor)
            return crossed;
        dl_deprel relation = dl_relation_of(document, up);
        if (relation == DL_DEPREL_acl)
            crossed += 1;
        else if (dl_is_clause_relation(relation) || relation == DL_DEPREL_conj)
            crossed += RANK_NONE;
        (*steps)++;
    }
    return RANK_NONE;
}

/* Smaller is closer; at or above RANK_NONE * SCORE_STEP where it is not tied. */
static int closeness(const dl_work *work, const dl_event *event, int32_t token)
{
    const dl_document *document = work->document;
    int steps, rank = rank_below(document, token, event->anchor, &steps);
    if (rank <= 1)
        return rank * SCORE_STEP + steps;
    int32_t mine = dl_clause_of(document, event->anchor);
    int32_t theirs = dl_clause_of(document, token);
    int apart = token > event->anchor ? token - event->anchor : event->anchor - token;
    apart = apart < SCORE_STEP ? apart : SCORE_STEP - 1;
    if (mine == theirs ||
        (event->outer >= 0 && dl_clause_of(document, event->outer) == theirs &&
         event->outer != event->anchor))
        return 2 * SCORE_STEP + apart;
    for (int32_t up = mine; up >= 0 && shares(work, up);) {
        up = dl_clause_of(document, document->tokens[up].head);
        if (up == theirs)
            return 3 * SCORE_STEP + apart;
    }
    return RANK_NONE * SCORE_STEP;
}

/* ---- Time ---- */

static size_t first_time(const dl_document *document, int32_t token)
{
    return dl_first_ending(document->times, document->time_count, sizeof(dl_time),
                           offsetof(dl_time, last), token);
}

static bool dates_a_claim(const dl_document *document, const dl_event *event, size_t time)
{
    for (int i = 0; i < event->claim_count; i++)
        if (document->claims[event->claims[i]].date == (int32_t)time)
            return true;
    return false;
}

/* A day that the text tells and nobody can place: "two days after the vote". */
static bool open_day(const dl_time *time)
{
    return time->start.year <= 0 && time->type == DL_TIME_DATE &&
           dl_string_starts(time->value, DL_STRING("XXXX"));
}

static int32_t find_time(const dl_work *work, const dl_event *event)
{
    const dl_document *document = work->document;
    const dl_sentence *sentence = &document->sentences[event->sentence];
    int32_t best = -1;
    int best_score = RANK_NONE * SCORE_STEP;
    for (size_t k = first_time(document, sentence->first);
         k < document->time_count && document->times[k].first <= sentence->last; k++) {
        const dl_time *t = &document->times[k];
        if ((t->start.year <= 0 && !open_day(t)) || t->type > DL_TIME_TIME ||
            dates_a_claim(document, event, k))
            continue;
        int score = closeness(work, event, span_head(document, t->first, t->last));
        if (score < best_score) {
            best = (int32_t)k;
            best_score = score;
        }
    }
    return best;
}

static void set_time(const dl_work *work, dl_event *event)
{
    const dl_document *document = work->document;
    event->time = find_time(work, event);
    event->date = event->end_date = (dl_date){0};
    event->basis = DL_BASIS_NONE;
    if (event->time >= 0 && open_day(&document->times[event->time])) {
        event->time = -1; /* neither that day nor the article's */
    } else if (event->time >= 0) {
        const dl_time *t = &document->times[event->time];
        event->date = t->start;
        if (dl_date_compare(t->start, t->end) != 0)
            event->end_date = t->end;
        event->basis = t->basis;
    } else if (event->status == DL_EVENT_actual && work->anchor.year > 0) {
        event->date = work->anchor;
        event->basis = DL_BASIS_PUBLICATION;
    }
}

/* ---- Place ---- */

static size_t first_place(const dl_document *document, int32_t token)
{
    size_t low = dl_first_ending(document->places, document->place_count,
                                 sizeof(dl_place), offsetof(dl_place, last), token);
    return low;
}

/* Whether the place is one here and does not name a party of the event. */
static bool used_as_place(const dl_work *work, const dl_event *event,
                          const dl_place *place)
{
    const dl_document *document = work->document;
    if (!place->located || place->inside || place->guessed || place->first < 0)
        return false; /* a name that could be anywhere, or a part of a body's name */
    int32_t head = span_head(document, place->first, place->last);
    int32_t marker = dl_tree_child(document, head, DL_DEPREL_case_);
    if (marker >= 0 && dl_fold_in(work, work->detail->list.locatives, marker, NULL))
        return true;
    int32_t above = document->tokens[head].head;
    if (above >= 0 && dl_relation_of(document, head) == DL_DEPREL_nmod &&
        dl_lemma_in(work, work->detail->list.place_words, above, NULL))
        return true; /* "the city of" */
    int32_t mention = document->tokens[head].mention;
    if (mention >= 0 && document->mentions[mention].head >= place->first &&
        document->mentions[mention].head <= place->last &&
        !document->mentions[mention].is_place)
        return false;
    for (int side = 0; side < 2; side++) {
        const int32_t *parties = side ? event->recipients : event->actors;
        int count = side ? event->recipient_count : event->actor_count;
        for (int i = 0; i < count; i++) {
            const dl_mention *m = &document->mentions[parties[i]];
            if (m->first <= place->first && place->last <= m->last && !m->is_place)
                return false;
        }
    }
    return true;
}

/* Whether the place is that of what a time counts from: "the marches began three days
 * after the death of a man in Minneapolis". */
static bool counted_from(const dl_document *document, const dl_event *event, int32_t head)
{
    int32_t clause = dl_clause_of(document, head);
    for (int32_t up = head; up != clause; up = document->tokens[up].head) {
        int32_t marker = dl_tree_child(document, up, DL_DEPREL_case_);
        size_t k = marker < 0 ? document->time_count : first_time(document, marker);
        if (k < document->time_count && document->times[k].last == marker &&
            open_day(&document->times[k]) && !dl_tree_below(document, event->anchor, up))
            return true;
    }
    return false;
}

/* The place that hangs closest; of those in one clause the most precise. */
static int32_t find_place(const dl_work *work, const dl_event *event)
{
    const dl_document *document = work->document;
    const dl_sentence *sentence = &document->sentences[event->sentence];
    int32_t best = -1;
    int best_score = RANK_NONE * SCORE_STEP;
    for (size_t k = first_place(document, sentence->first);
         k < document->place_count && document->places[k].first <= sentence->last; k++) {
        const dl_place *p = &document->places[k];
        int32_t head = span_head(document, p->first, p->last);
        if (!used_as_place(work, event, p) || counted_from(document, event, head))
            continue;
        int score = closeness(work, event, head);
        score += 4 * (int)p->precision;
        if (score < best_score) {
            best = (int32_t)k;
            best_score = score;
        }
    }
    return best;
}

/* Whether the place stands in an adverbial clause that tells another event: "the attack
 * came after the presidents met in Paris". */
static bool is_of_another(const dl_work *work, const dl_event *event, int32_t head)
{
    const dl_document *document = work->document;
    int32_t clause = dl_clause_of(document, head);
    if (dl_relation_of(document, clause) != DL_DEPREL_advcl ||
        dl_tree_child(document, clause, DL_DEPREL_nsubj) < 0 ||
        dl_tree_below(document, event->anchor, clause))
        return false;
    const dl_event *first = event, *last = document->events + document->event_count;
    while (first > document->events && first[-1].sentence == event->sentence)
        first--;
    for (const dl_event *e = first; e < last && e->sentence == event->sentence; e++)
        if (e->anchor == clause)
            return true;
    return false;
}

/* A place elsewhere in the sentence that stands behind a preposition of place. */
static int32_t place_of_sentence(const dl_work *work, const dl_event *event)
{
    const dl_document *document = work->document;
    const dl_sentence *sentence = &document->sentences[event->sentence];
    int32_t best = -1;
    for (size_t k = first_place(document, sentence->first);
         k < document->place_count && document->places[k].first <= sentence->last; k++) {
        const dl_place *p = &document->places[k];
        if (!used_as_place(work, event, p))
            continue;
        int32_t head = span_head(document, p->first, p->last);
        int32_t marker = dl_tree_child(document, head, DL_DEPREL_case_);
        if (marker < 0 ||
            !dl_fold_in(work, work->detail->list.place_prepositions, marker, NULL) ||
            is_of_another(work, event, head) || counted_from(document, event, head))
            continue;
        if (best < 0 || p->precision < document->places[best].precision)
            best = (int32_t)k;
    }
    return best;
}

/* Whether the place tells where something happens, not which somebody is meant. */
static bool adverbial(const dl_document *document, const dl_place *place)
{
    int32_t token = span_head(document, place->first, place->last);
    for (int step = 0; step < 2 && token >= 0; step++) {
        dl_deprel relation = dl_relation_of(document, token);
        if (relation == DL_DEPREL_obl)
            return true;
        if (relation != DL_DEPREL_compound && relation != DL_DEPREL_nmod)
            return false;
        token = document->tokens[token].head;
    }
    return false;
}

/* The country of a party that is acted on, else of one that acts; NULL for none. */
static const char *country_of_parties(const dl_document *document, const dl_event *event)
{
    const char *code = NULL;
    if (event->recipient_count)
        code = document->mentions[event->recipients[0]].role.code;
    if ((!code || !code[0]) && event->actor_count)
        code = document->mentions[event->actors[0]].role.code;
    return code && code[0] ? code : NULL;
}

/* Whether the place tells only where something was said, abroad: "In London, a group said
 * that ..." is no reason to have the strike of Dhaka there. */
static bool of_statement_abroad(const dl_work *work, const dl_event *event,
                                const dl_place *place)
{
    const dl_document *document = work->document;
    const char *code = country_of_parties(document, event);
    int32_t clause =
        dl_clause_of(document, span_head(document, place->first, place->last));
    return code && strcmp(code, place->country) != 0 &&
           dl_lemma_in(work, work->detail->list.cues, clause, NULL);
}

/* The last place told before the sentence, in its paragraph or some sentences back:
 * reports go on where they are. */
static int32_t place_told(const dl_work *work, const dl_event *event, bool paragraph)
{
    const dl_document *document = work->document;
    const dl_sentence *sentence = &document->sentences[event->sentence];
    for (size_t k = first_place(document, sentence->first); k-- > 0;) {
        const dl_place *p = &document->places[k];
        if (p->first < 0)
            return -1;
        int32_t where = document->tokens[p->first].sentence;
        if (paragraph ? document->sentences[where].paragraph != sentence->paragraph
                      : event->sentence - where > BACK_SENTENCES)
            return -1;
        if (used_as_place(work, event, p) && adverbial(document, p) &&
            !(paragraph && of_statement_abroad(work, event, p)))
            return (int32_t)k;
    }
    return -1;
}

static int32_t place_of_country(const dl_work *work, const char *code)
{
    for (size_t i = 0; i < work->country_count; i++)
        if (strcmp(work->document->places[work->countries[i]].country, code) == 0)
            return work->countries[i];
    return -1;
}

/* Finds the first place that stands for each country that the article names as one. */
static bool find_countries(dl_work *work)
{
    const dl_document *document = work->document;
    size_t room = 0;
    work->countries = NULL;
    work->country_count = 0;
    for (size_t k = 0; k < document->place_count; k++) {
        const dl_place *p = &document->places[k];
        if (p->precision != DL_PRECISION_COUNTRY ||
            place_of_country(work, p->country) >= 0)
            continue;
        if (!dl_arena_grow(document->arena, (void **)&work->countries,
                           work->country_count, &room, sizeof *work->countries))
            return false;
        work->countries[work->country_count++] = (int32_t)k;
    }
    return true;
}

/* The country of a party that is acted on or acts in it, where the article names it as a
 * place. */
static int32_t place_of_party(const dl_work *work, const dl_event *event)
{
    const char *code = country_of_parties(work->document, event);
    return code ? place_of_country(work, code) : -1;
}

static bool material(const dl_work *work, const dl_event *event)
{
    int quad = dl_category_quad(work->document->ontology, event->category);
    return quad == 4 || event->category == DL_RETREAT || event->category == DL_AID;
}

/* Whether the event's own clause says where it was, by a name that has no point: then no
 * other place is its. */
static bool lies_elsewhere(const dl_work *work, const dl_event *event)
{
    const dl_document *document = work->document;
    const dl_sentence *sentence = &document->sentences[event->sentence];
    for (size_t k = first_place(document, sentence->first);
         k < document->place_count && document->places[k].first <= sentence->last; k++) {
        const dl_place *p = &document->places[k];
        if (p->first < 0 || p->located || p->inside)
            continue;
        int32_t head = span_head(document, p->first, p->last);
        int32_t above = document->tokens[head].head;
        bool of_place = above >= 0 && dl_relation_of(document, head) == DL_DEPREL_nmod &&
                        dl_lemma_in(work, work->detail->list.place_words, above, NULL);
        int32_t marker =
            dl_tree_child(document, of_place ? above : head, DL_DEPREL_case_);
        if (marker >= 0 &&
            dl_fold_in(work, work->detail->list.place_prepositions, marker, NULL) &&
            closeness(work, event, head) < 3 * SCORE_STEP)
            return true;
    }
    return false;
}

static void set_place(const dl_work *work, dl_event *event)
{
    event->place = find_place(work, event);
    if (event->place < 0 && lies_elsewhere(work, event))
        return;
    if (event->place < 0)
        event->place = place_of_sentence(work, event);
    if (event->place < 0 && material(work, event))
        event->place = place_told(work, event, true);
    if (event->place < 0 && material(work, event))
        event->place = place_of_party(work, event);
    if (event->place < 0 && material(work, event))
        event->place = place_told(work, event, false);
}

/* ---- Claims ---- */

/* "announced the arrest of ...", coded at the verb: the claim is its object. */
static bool tells_event(const dl_document *document, const dl_claim *claim,
                        int32_t anchor)
{
    int32_t object = dl_tree_child(document, anchor, DL_DEPREL_obj);
    return claim->cue_token == anchor && object >= 0 && claim->first <= object &&
           object <= claim->last && dl_relation_of(document, object) == DL_DEPREL_obj &&
           document->tokens[object].upos == DL_UPOS_NOUN &&
           claim->first == document->tokens[object].left;
}

/* `from` is a claim before which all end before the event's sentence; it moves on. */
static void set_claims(const dl_work *work, dl_event *event, size_t *from)
{
    const dl_document *document = work->document;
    event->claim_count = 0;
    const dl_sentence *sentence = &document->sentences[event->sentence];
    while (*from < document->claim_count &&
           document->claims[*from].last < sentence->first)
        (*from)++;
    for (size_t k = *from; k < document->claim_count; k++) {
        const dl_claim *c = &document->claims[k];
        if (c->first > sentence->last)
            break;
        if (c->first > event->anchor && !tells_event(document, c, event->anchor))
            continue; /* in order of first token, outer ones first */
        bool told = tells_event(document, c, event->anchor);
        if (c->speaker < 0 || c->attitude ||
            (!told && (c->last < event->anchor || c->cue_token == event->anchor)))
            continue;
        if (event->claim_count < DL_SOURCES_MAX)
            event->claims[event->claim_count++] = (int32_t)k;
    }
}

bool dl_tie_run(dl_work *work)
{
    dl_document *document = work->document;
    size_t claim = 0;
    if (!find_countries(work))
        return false;
    for (size_t i = 0; i < document->event_count; i++) {
        dl_event *event = &document->events[i];
        if (i > 0 && event->sentence < document->events[i - 1].sentence)
            claim = 0;
        set_claims(work, event, &claim);
        set_time(work, event);
        set_place(work, event);
        if (!dl_sizes_set(work, event))
            return false;
        dl_doubt_set(work, event);
    }
    return true;
}
