#include "detail/says.h"

enum { CUE_REACH = 16, SHORT_QUOTE = 2, CONTINUED_SENTENCES = 1 };

typedef struct cue {
    int32_t token, last; /* -1 none */
    int32_t speaker;     /* mention */
} cue;

static const cue NO_CUE = {-1, -1, -1};

/* The claim made already that holds most of the quote, -1 none. */
static int32_t claim_around(speech *s, const dl_quote *q, size_t indirect_count)
{
    int32_t best = -1, best_size = INT32_MAX;
    int32_t sentence = s->tokens[q->first].sentence;
    while (s->first_indirect < indirect_count &&
           s->tokens[s->document->claims[s->first_indirect].last].sentence < sentence)
        s->first_indirect++; /* both run through the text in order */
    for (size_t k = s->first_indirect; k < indirect_count; k++) {
        const dl_claim *c = &s->document->claims[k];
        if (s->tokens[c->first].sentence > s->tokens[q->last].sentence)
            break;
        int32_t from = c->first > q->first ? c->first : q->first;
        int32_t to = c->last < q->last ? c->last : q->last;
        if (c->cue_token >= q->first && c->cue_token <= q->last)
            continue; /* said inside the quote */
        if (2 * (to - from + 1) > q->last - q->first + 1 &&
            c->last - c->first < best_size) {
            best = (int32_t)k;
            best_size = c->last - c->first;
        }
    }
    return best;
}

/* Right behind the closing mark: `" said X`, `", X said`. Words that are not parsed as
 * verbs count too where a name follows ("judge" may look like a title). */
static cue cue_behind(speech *s, const dl_quote *q)
{
    const dl_sentence *sentence = &s->document->sentences[s->tokens[q->last].sentence];
    int32_t start = q->last + 1, limit = sentence->last;
    if (start <= limit && dl_is_punct(s, start))
        start++;
    for (; start <= limit && dl_is_punct(s, start); start++)
        ;
    if (start > limit &&
        s->tokens[q->last].sentence + 1 < (int32_t)s->document->sentence_count) {
        const dl_sentence *next =
            sentence + 1; /* the tag stands as a sentence of its own */
        if (next->paragraph != sentence->paragraph ||
            dl_quotes_at(&s->quotes, next->first) >= 0)
            return NO_CUE;
        start = next->first;
        limit = next->last;
        size_t size;
        if (dl_utf8_is_upper(dl_utf8_get(s->tokens[start].form, 0, &size)) &&
            dl_cue_kind(s, start) == CUE_NONE)
            return NO_CUE;
    }
    for (int32_t i = start; i <= limit && i < start + CUE_REACH; i++) {
        if (dl_quotes_at(&s->quotes, i) >= 0)
            break;
        if (dl_cue_kind(s, i) == CUE_NONE)
            continue;
        bool verb = s->tokens[i].upos == DL_UPOS_VERB;
        int32_t behind =
            !verb && i == start && i + 1 <= limit ? dl_speaker_name(s, i + 1) : -1;
        if (!verb && behind < 0)
            continue;
        return (cue){i, i, verb ? dl_speaker_of(s, i, q->first, q->last) : behind};
    }
    return NO_CUE;
}

/* In front of the opening mark: `X said: "`, up the tree or the nearest cue. */
static cue cue_before(speech *s, const dl_quote *q, bool short_quote)
{
    const dl_sentence *sentence = &s->document->sentences[s->tokens[q->first].sentence];
    int32_t up = q->first;
    for (int32_t i = q->first; i <= q->last; i++)
        if (s->tokens[i].head < q->first || s->tokens[i].head > q->last) {
            up = i;
            break;
        }
    int step = 0;
    for (up = s->tokens[up].head; up >= 0 && step < 8; up = s->tokens[up].head, step++) {
        bool verb = s->tokens[up].upos == DL_UPOS_VERB;
        if (verb && dl_cue_kind(s, up) != CUE_NONE && (up < q->first || up > q->last))
            return (cue){up, up, dl_speaker_of(s, up, q->first, q->last)};
        if (short_quote && step > 0)
            return NO_CUE;
        if (short_quote && dl_is_clause_relation(dl_relation_of(s->document, up)))
            return NO_CUE;
    }
    if (short_quote)
        return NO_CUE;
    int32_t from =
        q->first - CUE_REACH > sentence->first ? q->first - CUE_REACH : sentence->first;
    for (int32_t i = q->first - 1; i >= from; i--) {
        if (dl_quotes_at(&s->quotes, i) >= 0)
            break;
        if (s->tokens[i].upos == DL_UPOS_VERB && dl_cue_kind(s, i) != CUE_NONE)
            return (cue){i, i, dl_speaker_of(s, i, q->first, q->last)};
    }
    return NO_CUE;
}

/* A sentence that ends in a colon right before the quote. */
static cue cue_colon(speech *s, const dl_quote *q)
{
    int32_t number = s->tokens[q->first].sentence - 1;
    if (number < 0 || q->first - 1 > s->document->sentences[number + 1].first)
        return NO_CUE;
    const dl_sentence *before = &s->document->sentences[number];
    if (!dl_string_equal(s->tokens[before->last].form, DL_STRING(":")))
        return NO_CUE;
    for (int32_t i = before->last; i >= before->first; i--)
        if (s->tokens[i].upos == DL_UPOS_VERB && dl_cue_kind(s, i) != CUE_NONE)
            return (cue){i, i, dl_speaker_of(s, i, q->first, q->last)};
    return NO_CUE;
}

/* Whether quote b goes on with what quote a began: the same paragraph, nothing between
 * but the cue; or the next paragraph, where a was left open. */
static bool goes_on(const speech *s, const dl_quote *a, const dl_quote *b,
                    const dl_claim *claim)
{
    if (a->open && b->paragraph == a->paragraph + 1)
        return true;
    if (b->paragraph != a->paragraph)
        return false;
    int32_t first = s->tokens[a->last].sentence, last = s->tokens[b->first].sentence;
    if (first == last && !(claim->cue_token > a->last && claim->cue_token < b->first))
        return false; /* two quotations in one sentence */
    int32_t cue_sentence =
        claim->cue_token >= 0 ? s->tokens[claim->cue_token].sentence : first;
    return last <= (cue_sentence > first ? cue_sentence : first) + CONTINUED_SENTENCES;
}

static void extend(speech *s, dl_claim *claim, const dl_quote *q)
{
    if (q->first < claim->first)
        claim->first = q->first;
    if (q->last > claim->last)
        claim->last = q->last;
    while (claim->last > claim->first && dl_is_punct(s, claim->last) &&
           dl_quotes_at(&s->quotes, claim->last) < 0)
        claim->last--;
    claim->span = dl_document_span(s->document, claim->first, claim->last);
}

typedef struct running {
    const dl_quote *quote; /* the last one that belongs to a claim */
    int32_t claim;
} running;

static bool whole_paragraph(const speech *s, const dl_quote *q)
{
    int32_t sentence = s->tokens[q->first].sentence;
    bool starts =
        q->first - 1 <= s->document->sentences[sentence].first &&
        (sentence == 0 || s->document->sentences[sentence - 1].paragraph != q->paragraph);
    return starts && q->words > 5;
}

static bool place_quote(speech *s, const dl_quote *q, size_t indirect_count,
                        running *last)
{
    dl_document *document = s->document;
    int32_t around = claim_around(s, q, indirect_count);
    bool short_quote = q->words <= SHORT_QUOTE;
    if (around >= 0) {
        dl_claim *claim = &document->claims[around];
        int32_t quoted = dl_quotes_words(document, &s->quotes, claim->first, claim->last);
        claim->quoted = 2 * quoted >= claim->last - claim->first + 1;
        if (claim->quoted) {
            extend(s, claim, q);
            *last = (running){q, around};
        }
        return true;
    }
    cue found = short_quote ? NO_CUE : cue_behind(s, q);
    if (found.token < 0)
        found = cue_before(s, q, short_quote);
    if (found.token < 0 && !short_quote)
        found = cue_colon(s, q);
    dl_claim *before = last->quote ? &document->claims[last->claim] : NULL;
    bool same_cue = before && found.token >= 0 && before->cue_token == found.token;
    if (before && (found.token < 0 || same_cue) && goes_on(s, last->quote, q, before) &&
        (!short_quote || same_cue)) {
        extend(s, before, q);
        last->quote = q;
        return true;
    }
    int32_t speaker = found.speaker;
    if (found.token < 0 && before && !short_quote &&
        s->tokens[last->quote->last].sentence == s->tokens[q->first].sentence) {
        found = (cue){before->cue_token, before->cue_token, before->speaker};
        speaker = before->speaker;
    }
    if (found.token < 0) {
        if (short_quote || !whole_paragraph(s, q))
            return true;
        speaker =
            before && q->paragraph <= last->quote->paragraph + 1 ? before->speaker : -1;
    }
    dl_claim *claim =
        dl_claim_add(s, q->first, q->last, found.token, found.last, speaker);
    if (!claim)
        return false;
    claim->quoted = true;
    *last = (running){q, (int32_t)document->claim_count - 1};
    return true;
}

bool dl_says_quoted(speech *s)
{
    size_t indirect_count = s->document->claim_count;
    running last = {0};
    for (size_t k = 0; k < s->quotes.count; k++)
        if (!place_quote(s, &s->quotes.items[k], indirect_count, &last))
            return false;
    return true;
}
