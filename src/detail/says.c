#include "detail/says.h"

/* Claims. First indirect speech, from trees; then attitudes; then quotes: each belongs to
 * a claim that is there already, or gets a cue of its own, or goes on with the claim
 * before it. Last what stands in what. */

enum { NEST_REACH = 64 /* claims back in which an outer one is looked for */ };

cue_kind dl_cue_kind(const speech *s, int32_t token)
{
    dl_string value;
    if (!dl_lemma_in(s->work, s->work->detail->list.cues, token, &value))
        return CUE_NONE;
    if (value.size == 0)
        return CUE_STRONG;
    if (dl_string_equal(value, DL_STRING("aside")))
        return CUE_NONE;
    return dl_string_equal(value, DL_STRING("weak")) ? CUE_WEAK : CUE_QUOTE;
}

bool dl_says_shape(dl_string shapes, dl_string shape)
{
    size_t start = 0;
    for (size_t i = 0; i <= shapes.size; i++) {
        if (i < shapes.size && shapes.data[i] != ' ')
            continue;
        if (dl_string_equal(dl_string_slice(shapes, start, i), shape))
            return true;
        start = i + 1;
    }
    return false;
}

int32_t dl_says_marker(const speech *s, int32_t token, dl_string shapes)
{
    int32_t marker = dl_tree_child(s->document, token, DL_DEPREL_case_);
    if (marker < 0)
        marker = dl_tree_child(s->document, token, DL_DEPREL_mark);
    return marker >= 0 && dl_says_shape(shapes, s->tokens[marker].fold) ? marker : -1;
}

/* ---- Adding ---- */

bool dl_is_punct(const speech *s, int32_t token)
{
    return s->tokens[token].upos == DL_UPOS_PUNCT;
}

/* The time expression that dates the statement: one that hangs in the cue's clause and
 * not in what is said. */
static void date_claim(const speech *s, dl_claim *claim)
{
    const dl_document *document = s->document;
    claim->date = -1;
    claim->said = document->date;
    if (claim->cue_token < 0)
        return;
    int32_t clause = dl_clause_of(document, claim->cue_token);
    const dl_sentence *sentence =
        &document->sentences[s->tokens[claim->cue_token].sentence];
    size_t from = dl_first_ending(document->times, document->time_count, sizeof(dl_time),
                                  offsetof(dl_time, last), sentence->first);
    for (size_t k = from; k < document->time_count; k++) {
        const dl_time *t = &document->times[k];
        if (t->first < sentence->first || t->start.year <= 0 || t->type > DL_TIME_TIME)
            continue;
        if (t->first > sentence->last)
            break;
        bool inside = t->first >= claim->first && t->last <= claim->last;
        if (inside || dl_clause_of(document, t->last) != clause)
            continue;
        claim->date = (int32_t)k;
        claim->said = t->start;
        return;
    }
}

/* Copies the words of the cue, without what stands between them. */
static dl_string cue_words(const speech *s, int32_t first, int32_t last)
{
    return dl_document_slice(s->document, dl_document_span(s->document, first, last));
}

dl_claim *dl_claim_add(speech *s, int32_t first, int32_t last, int32_t cue,
                       int32_t cue_last, int32_t speaker)
{
    dl_document *document = s->document;
    while (first < last && dl_is_punct(s, first))
        first++;
    while (last > first && dl_is_punct(s, last))
        last--;
    if (!dl_arena_grow(document->arena, (void **)&document->claims, document->claim_count,
                       &s->work->claim_room, sizeof(dl_claim)))
        return NULL;
    dl_claim *claim = &document->claims[document->claim_count++];
    *claim = (dl_claim){.span = dl_document_span(document, first, last),
                        .first = first,
                        .last = last,
                        .speaker = speaker,
                        .cue_token = cue,
                        .outer = -1,
                        .date = -1};
    if (cue >= 0) {
        s->cue[cue] = true;
        claim->cue_span = dl_document_span(document, cue, cue_last);
        claim->cue = cue_words(s, cue, cue_last);
    }
    return claim;
}

/* ---- Order and nesting ---- */

/* A claim without its own speaker that is followed by the same words again is dropped:
 * claims over the same tokens keep the one with a speaker, the quote before one that is
 * said inside it. */
static void drop_doubles(dl_document *document)
{
    size_t kept = 0;
    for (size_t i = 0; i < document->claim_count; i++) {
        bool doubled = false;
        for (size_t k = kept; k-- > 0 && !doubled &&
                              document->claims[k].first == document->claims[i].first;) {
            dl_claim *c = &document->claims[k];
            doubled = c->first == document->claims[i].first &&
                      c->last == document->claims[i].last;
            const dl_claim *other = &document->claims[i];
            if (doubled && ((c->speaker < 0 && other->speaker >= 0) ||
                            (other->quoted && !c->quoted && other->speaker >= 0)))
                *c = *other;
        }
        if (!doubled)
            document->claims[kept++] = document->claims[i];
    }
    document->claim_count = kept;
}

/* Of two claims on one cue the one inside the other is a piece of it that the tree tore
 * off. */
static void drop_pieces(dl_document *document)
{
    size_t kept = 0;
    for (size_t i = 0; i < document->claim_count; i++) {
        const dl_claim *inner = &document->claims[i];
        bool piece = false;
        size_t from = kept > NEST_REACH ? kept - NEST_REACH : 0;
        for (size_t k = from; k < kept && !piece && inner->cue_token >= 0; k++)
            piece = document->claims[k].cue_token == inner->cue_token &&
                    document->claims[k].first <= inner->first &&
                    inner->last <= document->claims[k].last;
        if (!piece)
            document->claims[kept++] = *inner;
    }
    document->claim_count = kept;
}

static void sort_claims(dl_document *document)
{
    for (size_t i = 1; i < document->claim_count; i++) {
        dl_claim moved = document->claims[i];
        size_t k = i;
        for (; k > 0; k--) {
            const dl_claim *c = &document->claims[k - 1];
            if (c->first < moved.first ||
                (c->first == moved.first && c->last >= moved.last))
                break;
            document->claims[k] = document->claims[k - 1];
        }
        document->claims[k] = moved;
    }
}

/* A claim stands in the smallest other claim that holds it and its cue. */
static void nest(dl_document *document)
{
    for (size_t i = 0; i < document->claim_count; i++) {
        dl_claim *inner = &document->claims[i];
        inner->outer = -1;
        size_t from = i > NEST_REACH ? i - NEST_REACH : 0;
        for (size_t k = from; k < i; k++) {
            const dl_claim *c = &document->claims[k];
            if (c->first <= inner->first && inner->last <= c->last &&
                (inner->cue_token < 0 ||
                 (c->first <= inner->cue_token && inner->cue_token <= c->last)) &&
                (c->first != inner->first || c->last != inner->last) &&
                c->cue_token != inner->cue_token)
                inner->outer = (int32_t)k;
        }
    }
}

static int32_t mention_size(const dl_document *document, int32_t mention)
{
    return document->mentions[mention].last - document->mentions[mention].first;
}

/* Fills the three arrays over tokens. */
static bool index_tokens(speech *s)
{
    dl_document *document = s->document;
    size_t count = document->token_count;
    s->around = DL_ARENA_ARRAY(document->arena, int32_t, count);
    s->from = DL_ARENA_ARRAY(document->arena, int32_t, count);
    s->told = DL_ARENA_ARRAY(document->arena, bool, count);
    s->cue = DL_ARENA_ARRAY(document->arena, bool, count);
    s->turn = DL_ARENA_ARRAY(document->arena, bool, document->sentence_count);
    if (!s->around || !s->from || !s->told || !s->cue || !s->turn)
        return false;
    for (size_t i = 0; i < count; i++)
        s->around[i] = s->from[i] = -1;
    for (size_t k = 0; k < document->mention_count; k++) {
        const dl_mention *m = &document->mentions[k];
        int32_t size = m->last - m->first, start = s->from[m->first];
        if (start < 0 || mention_size(document, start) < size)
            s->from[m->first] = (int32_t)k;
        for (int32_t i = m->first; i <= m->last; i++)
            if (s->around[i] < 0 || mention_size(document, s->around[i]) > size)
                s->around[i] = (int32_t)k;
    }
    for (size_t k = 0; k < document->event_count; k++)
        s->told[document->events[k].anchor] = true;
    return true;
}

bool dl_says_run(dl_work *work)
{
    dl_document *document = work->document;
    speech s = {.work = work, .document = document, .tokens = document->tokens};
    s.mention_count = s.mention_room = document->mention_count;
    s.entity_room = document->entity_count;
    if (!index_tokens(&s) || !dl_quotes_find(s.document, &s.quotes) ||
        !dl_says_indirect(&s) || !dl_says_attitudes(&s))
        return false;
    sort_claims(s.document);
    if (!dl_says_quoted(&s))
        return false;
    sort_claims(s.document);
    drop_doubles(s.document);
    drop_pieces(s.document);
    nest(s.document);
    for (size_t i = 0; i < s.document->claim_count; i++)
        date_claim(&s, &s.document->claims[i]);
    return true;
}
