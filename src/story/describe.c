#include <math.h>
#include <stdlib.h>

#include "story/describe.h"

enum {
    SHINGLE_WORDS = 4,
    STEPS = 4,        /* of story-frequency in a doubling of the rank */
    USUAL_STEPS = 24, /* words up to this one tell nothing */
    RARE_STEPS = 64,  /* of words that are not in the list */
    WEIGHT_UNITS = 4, /* of dl_term's weight */
    PLANES = 64,      /* in one word of a likeness */
    SLICE = 8,        /* numbers that are summed by table */
    VECTOR_WIDTH_MAX = DL_OPINION_WIDTH_MAX
};
static const double NAME_WEIGHT = 1.5;

uint32_t dl_word_hash(dl_string folded)
{
    uint64_t hash = dl_string_hash(folded);
    uint32_t mixed = (uint32_t)(hash ^ hash >> 32);
    return mixed ? mixed : 1;
}

/* splitmix64 (Steele, Lea, Flood 2014): one hash from another. */
static uint64_t mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

dl_describer dl_describer_open(const dl_lexicon *lexicon, const dl_opinion *vectors)
{
    return (dl_describer){lexicon, vectors, dl_list_find(lexicon, "story-frequency")};
}

/* ---- Words ---------------------------------------------------------------------------
 */

/* A content word: what it is hashed as and how rare it is. */
typedef struct word {
    uint32_t hash;
    float rarity; /* 0: tells nothing */
    uint8_t kind; /* dl_term_kind */
} word;

typedef struct work {
    const dl_describer *describer;
    const dl_document *document;
    word *words; /* [N] hash 0: no content word */
    bool failed;
} work;

static bool has_digit(dl_string s)
{
    for (size_t i = 0; i < s.size; i++)
        if (s.data[i] >= '0' && s.data[i] <= '9')
            return true;
    return false;
}

static bool is_content(const dl_token *t)
{
    return t->upos == DL_UPOS_NOUN || t->upos == DL_UPOS_VERB ||
           t->upos == DL_UPOS_PROPN || t->upos == DL_UPOS_ADJ || t->upos == DL_UPOS_NUM;
}

static float rarity_of(const dl_describer *d, dl_string folded)
{
    dl_entry entry;
    uint64_t steps = RARE_STEPS;
    if (d->frequency >= 0 && dl_list_has(d->lexicon, d->frequency, folded, &entry) &&
        !dl_string_to_uint(entry.value, &steps))
        steps = RARE_STEPS;
    return steps <= USUAL_STEPS ? 0 : (float)(steps - USUAL_STEPS) / STEPS;
}

static word word_of(work *w, const dl_token *t)
{
    word out = {0};
    bool number = has_digit(t->fold);
    if (!is_content(t) || (t->fold.size < 2 && !number))
        return out;
    dl_string folded = number || t->lemma.size == 0
                           ? t->fold
                           : dl_utf8_fold(w->document->arena, t->lemma);
    w->failed |= !folded.data;
    if (!folded.data)
        return out;
    out.hash = dl_word_hash(folded);
    out.kind = number ? DL_TERM_NUMBER : t->name ? DL_TERM_NAME : DL_TERM_WORD;
    out.rarity = rarity_of(w->describer, folded);
    return out;
}

/* ---- Terms ---------------------------------------------------------------------------
 */

typedef struct weighed {
    uint32_t hash;
    float weight;
    uint8_t kind;
} weighed;

static int by_hash(const void *a, const void *b)
{
    const weighed *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->kind > y->kind) - (x->kind < y->kind);
}

static int by_weight(const void *a, const void *b)
{
    const weighed *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return by_hash(a, b);
}

/* Words of one hash become one, with what tells most of their kinds; a word met more
 * often weighs 1 + ln(times) as much. */
static size_t count_terms(weighed *terms, size_t count)
{
    size_t kept = 0;
    qsort(terms, count, sizeof *terms, by_hash);
    for (size_t i = 0, end; i < count; i = end) {
        bool name = false;
        for (end = i; end < count && terms[end].hash == terms[i].hash; end++)
            name |= terms[end].kind == DL_TERM_NAME;
        weighed *t = &terms[kept++];
        double times = 1 + log((double)(end - i));
        *t = terms[i];
        if (name)
            t->kind = DL_TERM_NAME;
        t->weight = (float)(t->weight * times * (name ? NAME_WEIGHT : 1));
    }
    return kept;
}

/* The heaviest `most` of the content words from `first` to `last`, in order of hash; the
 * token `but` is left out. */
static uint8_t pick_terms(work *w, int32_t first, int32_t last, int32_t but, size_t most,
                          dl_term *out)
{
    size_t count = 0, room = last >= first ? (size_t)(last - first + 1) : 0;
    weighed *terms = DL_ARENA_ARRAY(w->document->arena, weighed, room);
    w->failed |= !terms;
    for (int32_t i = first; terms && i <= last; i++)
        if (i != but && w->words[i].rarity > 0)
            terms[count++] =
                (weighed){w->words[i].hash, w->words[i].rarity, w->words[i].kind};
    if (!terms || count == 0)
        return 0;
    count = count_terms(terms, count);
    qsort(terms, count, sizeof *terms, by_weight);
    count = count < most ? count : most;
    qsort(terms, count, sizeof *terms, by_hash);
    for (size_t i = 0; i < count; i++) {
        float weight = terms[i].weight * WEIGHT_UNITS;
        out[i] = (dl_term){terms[i].hash,
                           (uint8_t)(weight > UINT8_MAX ? UINT8_MAX
                                     : weight < 1       ? 1
                                                        : weight),
                           terms[i].kind};
    }
    return (uint8_t)count;
}

/* ---- Shingles ------------------------------------------------------------------------
 */

static bool is_shingle_word(const dl_token *t)
{
    return t->upos != DL_UPOS_PUNCT && t->fold.size > 0;
}

/* One hash a shingle picks its bin with its high bits; the smallest hash of a bin stays.
 * A bin without a shingle takes that of the next one that has some (Shrivastava, Li
 * 2014), so that short texts can be compared too. */
static void fill_bins(dl_sketch *sketch, const uint64_t *smallest)
{
    for (size_t i = 0; sketch->shingles && i < DL_SKETCH_BINS; i++) {
        size_t from = i;
        while (smallest[from % DL_SKETCH_BINS] == UINT64_MAX)
            from++;
        uint64_t value = smallest[from % DL_SKETCH_BINS];
        sketch->bins[i] = (uint16_t)(from == i ? mix(value) : mix(value + from - i));
    }
}

static void sketch_text(const dl_document *document, dl_sketch *sketch)
{
    uint64_t smallest[DL_SKETCH_BINS], last[SHINGLE_WORDS] = {0};
    size_t words = 0;
    for (size_t i = 0; i < DL_SKETCH_BINS; i++)
        smallest[i] = UINT64_MAX;
    for (size_t i = 0; i < document->token_count; i++) {
        if (!is_shingle_word(&document->tokens[i]))
            continue;
        last[words++ % SHINGLE_WORDS] = dl_string_hash(document->tokens[i].fold);
        if (words < SHINGLE_WORDS)
            continue;
        uint64_t hash = 0;
        for (size_t k = 0; k < SHINGLE_WORDS; k++)
            hash = mix(hash ^ last[(words + k) % SHINGLE_WORDS]);
        uint64_t *bin = &smallest[hash >> 58];
        *bin = hash < *bin ? hash : *bin;
        sketch->shingles++;
    }
    fill_bins(sketch, smallest);
}

static uint32_t hash_sentence(const dl_document *document, const dl_sentence *sentence,
                              uint32_t *words)
{
    uint64_t hash = 0;
    *words = 0;
    for (int32_t i = sentence->first; i <= sentence->last; i++)
        if (is_shingle_word(&document->tokens[i])) {
            hash = mix(hash ^ dl_string_hash(document->tokens[i].fold));
            ++*words;
        }
    return (uint32_t)hash;
}

/* ---- The act -------------------------------------------------------------------------
 */

/* The sums of all subsets of eight numbers: bit k of the index takes number k. */
static void sum_subsets(const int16_t *numbers, int16_t *sums)
{
    sums[0] = 0;
    for (int k = 0; k < SLICE; k++)
        for (int i = 0; i < 1 << k; i++)
            sums[(1 << k) + i] = (int16_t)(sums[i] + numbers[k]);
}

/* On which side of 128 random planes a vector lies. The planes' numbers are -1 and 1: the
 * product with one is twice the sum over its ones, less the sum over all. Eight numbers
 * at a time are summed by table (the method of the Four Russians, Arlazarov et al. 1970).
 */
static void likeness_of(const work *w, dl_string folded, uint64_t likeness[2])
{
    const dl_opinion *opinion = w->describer->vectors;
    const uint8_t *vector = opinion ? dl_opinion_vector(opinion, folded) : NULL;
    if (!vector)
        return;
    int16_t centred[VECTOR_WIDTH_MAX] = {0}, subsets[1 << SLICE];
    int32_t zero = 0, total = 0, ones[2 * PLANES] = {0};
    size_t width = opinion->shape.width;
    for (size_t i = 0; i < width; i++)
        zero += vector[i];
    zero /= (int32_t)width;
    for (size_t i = 0; i < width; i++) {
        centred[i] = (int16_t)(vector[i] - zero);
        total += centred[i];
    }
    for (size_t i = 0; i < width; i += SLICE) {
        size_t start = i / PLANES * PLANES;
        sum_subsets(&centred[i], subsets);
        for (size_t plane = 0; plane < (size_t)2 * PLANES; plane++) {
            uint64_t signs = mix(plane * VECTOR_WIDTH_MAX + start);
            ones[plane] += subsets[signs >> (i - start) & ((1 << SLICE) - 1)];
        }
    }
    for (size_t plane = 0; plane < (size_t)2 * PLANES; plane++)
        likeness[plane / PLANES] |= (uint64_t)(2 * ones[plane] > total)
                                    << (plane % PLANES);
}

static dl_string fold(work *w, dl_string s)
{
    dl_string folded = dl_utf8_fold(w->document->arena, s);
    w->failed |= !folded.data;
    return folded.data ? folded : (dl_string){"", 0};
}

static dl_string last_word(dl_string name)
{
    size_t start = 0;
    for (size_t i = 0; i + 1 < name.size; i++)
        if (name.data[i] == ' ')
            start = i + 1;
    return dl_string_slice(name, start, name.size);
}

/* Who a word stands for, as the last word of a name where that is known. */
static uint32_t referent(work *w, int32_t token, uint8_t *weight)
{
    const dl_document *d = w->document;
    const dl_token *t = &d->tokens[token];
    const dl_mention *m = t->mention >= 0 ? &d->mentions[t->mention] : NULL;
    float rarity = w->words[token].rarity;
    uint32_t hash = w->words[token].hash;
    if (m && m->entity >= 0 && d->entities[m->entity].name.size > 0 &&
        (t->upos == DL_UPOS_PRON || m->via == DL_VIA_NAME || m->via == DL_VIA_TITLE)) {
        dl_string name = last_word(fold(w, d->entities[m->entity].name));
        hash = dl_word_hash(name);
        rarity = rarity_of(w->describer, name) * (float)NAME_WEIGHT;
    }
    *weight = (uint8_t)(rarity * WEIGHT_UNITS);
    return rarity > 0 ? hash : 0;
}

static int role_of(const dl_token *t)
{
    switch (dl_deprel_universal((dl_deprel)t->deprel)) {
    case DL_DEPREL_nsubj:
    case DL_DEPREL_csubj:
        return t->deprel == DL_DEPREL_nsubj_pass || t->deprel == DL_DEPREL_csubj_pass
                   ? DL_REPORT_OBJECT
                   : DL_REPORT_SUBJECT;
    case DL_DEPREL_obj:
    case DL_DEPREL_iobj:
        return DL_REPORT_OBJECT;
    case DL_DEPREL_obl:
        return t->deprel == DL_DEPREL_obl_agent ? DL_REPORT_SUBJECT : DL_REPORT_OTHER;
    case DL_DEPREL_nmod:
    case DL_DEPREL_compound:
    case DL_DEPREL_amod:
    case DL_DEPREL_xcomp:
    case DL_DEPREL_ccomp:
    case DL_DEPREL_appos:
    case DL_DEPREL_nummod:
        return DL_REPORT_OTHER;
    default:
        return -1;
    }
}

/* The dead, hurt, missing and displaced of an event: tolls grow, and differ from source
 * to source. */
static bool is_toll(const dl_event *event, int32_t quantity)
{
    const dl_size_kind kinds[] = {DL_SIZE_DEAD, DL_SIZE_INJURED, DL_SIZE_MISSING,
                                  DL_SIZE_DISPLACED};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (event->size[kinds[i]] == quantity)
            return true;
    return false;
}

/* How many there are of what a noun names, where that is said; measures and tolls are no
 * such counts. */
static float count_of(const dl_document *d, const dl_event *event, int32_t noun)
{
    for (size_t i = 0; i < d->quantity_count; i++) {
        const dl_quantity *q = &d->quantities[i];
        bool measure = q->unit.size > 0 && !dl_string_equal(q->unit, DL_STRING("person"));
        if (q->counted == noun && !measure && !is_toll(event, (int32_t)i))
            return (float)q->value;
    }
    return 0;
}

static void describe_arguments(work *w, const dl_event *event, dl_report *r)
{
    const dl_token *tokens = w->document->tokens;
    int32_t child = tokens[event->anchor].first_child;
    for (; child >= 0 && r->argument_count < DL_REPORT_ARGUMENTS;
         child = tokens[child].next_sibling) {
        uint8_t weight = 0;
        int role = role_of(&tokens[child]);
        uint32_t hash = role >= 0 ? referent(w, child, &weight) : 0;
        if (hash)
            r->arguments[r->argument_count++] = (dl_report_argument){
                hash, weight, (uint8_t)role, count_of(w->document, event, child)};
    }
}

/* ---- Who, when, where, how many ------------------------------------------------------
 */

static uint32_t pack_code(const char code[4])
{
    uint32_t packed = 0;
    for (size_t i = 0; i < 3 && code[i]; i++)
        packed |= (uint32_t)(uint8_t)code[i] << (8 * i);
    return packed;
}

static void add_party(work *w, int32_t mention, bool actor, dl_report *r)
{
    const dl_document *d = w->document;
    const dl_mention *m = &d->mentions[mention];
    const dl_entity *entity = m->entity >= 0 ? &d->entities[m->entity] : NULL;
    if (r->party_count == DL_REPORT_PARTIES)
        return;
    dl_report_party *party = &r->parties[r->party_count++];
    *party = (dl_report_party){
        .actor = actor, .code = pack_code(m->role.code), .sector = m->role.sectors[0]};
    if (entity && entity->name.size > 0) {
        dl_string name = fold(w, entity->name);
        party->named = true;
        party->person = entity->type == DL_NAME_PER;
        party->name = dl_word_hash(name);
        party->word = dl_word_hash(last_word(name));
    } else {
        int32_t head = m->head;
        if (m->via == DL_VIA_PRONOUN && entity && entity->first_mention >= 0)
            head = d->mentions[entity->first_mention].head;
        party->name = party->word = w->words[head].hash;
    }
}

static void describe_when(const dl_event *event, dl_report *r)
{
    dl_date first = event->date, last = event->end_date.year ? event->end_date : first;
    r->first_day = r->last_day = DL_NO_DAY;
    r->basis = (uint8_t)event->basis;
    if (!first.year)
        return;
    if (!last.month)
        last.month = 12;
    if (!last.day)
        last.day = (int8_t)dl_date_days_in_month(last.year, last.month);
    r->first_day = dl_date_to_days(first);
    r->last_day = dl_date_to_days(last);
}

static void describe_where(work *w, const dl_event *event, dl_report *r)
{
    const double hundred = 100;
    if (event->place < 0)
        return;
    const dl_place *place = &w->document->places[event->place];
    r->place = dl_word_hash(fold(w, place->name));
    r->country = pack_code(place->country);
    r->region = place->admin1.size ? dl_word_hash(fold(w, place->admin1)) : 0;
    r->located = place->located;
    r->precision = (uint8_t)place->precision;
    if (place->located) {
        r->latitude = (int16_t)lround(place->lat * hundred);
        r->longitude = (int16_t)lround(place->lon * hundred);
    }
}

static void describe_sizes(const dl_document *d, const dl_event *event, dl_report *r)
{
    for (int kind = 0; kind < DL_SIZES && r->size_count < DL_REPORT_SIZES; kind++) {
        if (event->size[kind] < 0)
            continue;
        const dl_quantity *q = &d->quantities[event->size[kind]];
        r->sizes[r->size_count++] = (dl_report_size){(uint8_t)kind, (uint8_t)q->relation,
                                                     (float)q->value, (float)q->high};
    }
}

static void describe_event(work *w, const dl_event *event, const dl_sketch *sketch,
                           dl_report *r)
{
    const dl_document *d = w->document;
    const dl_sentence *sentence = &d->sentences[event->sentence];
    const dl_token *anchor = &d->tokens[event->anchor];
    *r = (dl_report){.article = sketch->article,
                     .sentence = (uint32_t)event->sentence,
                     .position = (uint32_t)event->anchor,
                     .category = event->category,
                     .mode = event->modes[0],
                     .status = (uint8_t)event->status};
    dl_string lemma = fold(w, anchor->lemma.size ? anchor->lemma : anchor->form);
    r->act = dl_word_hash(lemma);
    likeness_of(w, lemma, r->likeness);
    r->sentence_hash = hash_sentence(d, sentence, &r->sentence_words);
    for (size_t i = 0; i < event->actor_count; i++)
        add_party(w, event->actors[i], true, r);
    for (size_t i = 0; i < event->recipient_count; i++)
        add_party(w, event->recipients[i], false, r);
    describe_arguments(w, event, r);
    describe_when(event, r);
    describe_where(w, event, r);
    describe_sizes(d, event, r);
    r->word_count = pick_terms(w, sentence->first, sentence->last, event->anchor,
                               DL_REPORT_WORDS, r->words);
}

bool dl_describe(const dl_describer *describer, const dl_document *document,
                 dl_sketch *sketch, dl_report *reports)
{
    work w = {describer, document,
              DL_ARENA_ARRAY(document->arena, word, document->token_count), false};
    dl_date day = document->date.year ? document->date : document->dateline_date;
    *sketch = (dl_sketch){.article = dl_string_hash(document->id), .day = DL_NO_DAY};
    if (!w.words)
        return false;
    if (day.year)
        sketch->day = dl_date_to_days(day);
    for (size_t i = 0; i < document->token_count; i++)
        w.words[i] = word_of(&w, &document->tokens[i]);
    sketch_text(document, sketch);
    sketch->term_count = pick_terms(&w, 0, (int32_t)document->token_count - 1, -1,
                                    DL_SKETCH_TERMS, sketch->terms);
    for (size_t i = 0; i < document->event_count; i++)
        describe_event(&w, &document->events[i], sketch, &reports[i]);
    return !w.failed;
}
