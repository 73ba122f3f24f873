#include "detail/says.h"

enum {
    CUE_REACH = 16,
    CUE_REACH_BEHIND = 32,
    SHORT_QUOTE = 2,
    CONTINUED_SENTENCES = 1,
    WHOLE_WORDS = 5,
    SIGNATURE_MARKS = 4,
    LABEL_WORDS = 4,
    OPEN_REACH = 1 /* words behind a quote that ends without a mark of its own */
};

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
        bool starts = c->first <= q->first && q->first <= c->first + 2 && from <= to;
        if ((starts || 2 * (to - from + 1) > q->last - q->first + 1) &&
            c->last - c->first < best_size) {
            best = (int32_t)k;
            best_size = c->last - c->first;
        }
    }
    return best;
}

static bool is_form(const speech *s, int32_t token, dl_string form)
{
    return token >= 0 && dl_string_equal(s->tokens[token].form, form);
}

/* Whether a comma or a colon leads to the quote. */
static bool is_led(const speech *s, const dl_quote *q)
{
    return q->first >= 2 && (is_form(s, q->first - 2, DL_STRING(",")) ||
                             is_form(s, q->first - 2, DL_STRING(":")));
}

static bool starts_sentence(const speech *s, const dl_quote *q)
{
    return q->first - 1 <= s->document->sentences[s->tokens[q->first].sentence].first;
}

/* Whether the quote is speech of its own and no piece of the clause around it: it starts
 * with a capital, behind a comma, a colon or nothing. */
static bool stands_alone(const speech *s, const dl_quote *q)
{
    size_t size;
    int32_t first = q->first;
    while (first < q->last && dl_is_punct(s, first))
        first++;
    return dl_utf8_is_upper(dl_utf8_get(s->tokens[first].form, 0, &size)) &&
           (is_led(s, q) || starts_sentence(s, q));
}

/* Where the words behind a quote start: past its closing mark, in the sentence after it
 * where the quote ends its own. *last is the end of that sentence; -1 where the paragraph
 * ends or another quote follows. */
static int32_t words_behind(const speech *s, const dl_quote *q, int32_t *last)
{
    const dl_document *document = s->document;
    size_t number = (size_t)s->tokens[q->last].sentence;
    int32_t start = q->last + 1;
    for (size_t k = number; k <= number + 1 && k < document->sentence_count; k++) {
        const dl_sentence *sentence = &document->sentences[k];
        if (sentence->paragraph != document->sentences[number].paragraph)
            return -1;
        if (start < sentence->first)
            start = sentence->first;
        while (start <= sentence->last && dl_is_punct(s, start))
            start++;
        *last = sentence->last;
        if (start <= sentence->last)
            return dl_quotes_at(&s->quotes, start) >= 0 ? -1 : start;
    }
    return -1;
}

/* What a tree drew into the claim beside a quote that stands alone is no part of it:
 * "Asked about the bridge, he said, "It is open"". */
static void narrow(speech *s, dl_claim *claim, const dl_quote *q)
{
    bool before = claim->cue_token >= 0 && claim->cue_token < q->first && is_led(s, q);
    bool behind = claim->cue_token > q->last &&
                  claim->cue_token <= q->last + CUE_REACH_BEHIND &&
                  (claim->last > q->last || is_led(s, q));
    if (!stands_alone(s, q) || (!before && !behind))
        return;
    if (claim->first >= q->first && claim->last <= q->last)
        return;
    for (int32_t i = claim->first; i < q->first; i++) {
        int32_t other = dl_quotes_at(&s->quotes, i);
        if (other >= 0 && s->quotes.items[other].words > SHORT_QUOTE)
            return;
    }
    claim->first = q->first;
    claim->last = q->last;
    claim->speaker = dl_speaker_of(s, claim->cue_token, q->first, q->last);
    int32_t limit, start = behind ? words_behind(s, q, &limit) : -1;
    if (claim->speaker < 0 && start >= 0)
        claim->speaker = dl_speaker_name(s, start);
}

/* Whether a verb that stands in the sentence behind the quote's own tells who said it:
 * nothing but its subject stands before it, and it says nothing itself. */
static bool is_tag(const speech *s, int32_t verb, int32_t start)
{
    int32_t subject = dl_tree_child(s->document, verb, DL_DEPREL_nsubj);
    bool first = verb == start || (subject >= 0 && s->tokens[subject].left == start) ||
                 (subject > verb && s->tokens[verb].left == start);
    int32_t clause = dl_says_clause(s, verb);
    if (!first || clause > verb)
        return false;
    return dl_relation_of(s->document, verb) == DL_DEPREL_root ||
           dl_relation_of(s->document, verb) == DL_DEPREL_parataxis;
}

/* Whether a verb that is no cue by itself tells who speaks, by where it stands: the quote
 * is its clause, or ends in a comma before its subject ("..., he laughed back"). */
static bool is_beat(const speech *s, const dl_quote *q, int32_t verb, int32_t start)
{
    int32_t subject = dl_tree_child(s->document, verb, DL_DEPREL_nsubj);
    bool comma = dl_string_equal(s->tokens[q->last].form, DL_STRING(","));
    if (comma && verb == start && subject == -1)
        subject = s->from[verb + 1] >= 0 ? verb + 1 : -1;
    if (comma && verb == start && subject > verb && s->tokens[subject].left <= verb + 1)
        return true; /* "..., recalled the captain" */
    if (subject < 0 || subject > verb || s->tokens[subject].left != start)
        return false;
    int32_t clause = dl_says_clause(s, verb);
    bool governs = clause >= q->first && clause <= q->last;
    return governs || (comma && is_tag(s, verb, start));
}

/* The speaker of a verb behind the quote; where somebody stands between the quote and the
 * verb it is nobody before the quote, whatever the tree says. */
static int32_t speaker_behind(speech *s, const dl_quote *q, int32_t verb, int32_t start)
{
    int32_t found = dl_speaker_of(s, verb, q->first, q->last);
    if (verb == start || (found >= 0 && s->document->mentions[found].last > q->last))
        return found;
    int32_t near = dl_speaker_at(s, verb - 1);
    return near >= 0 && s->document->mentions[near].first >= start ? near : found;
}

/* Whether the quote may be a nickname or a label ("wearing "Save the Port" pins"). */
static bool is_label(const speech *s, const dl_quote *q)
{
    return q->words <= LABEL_WORDS && !dl_is_punct(s, q->last);
}

/* Right behind the closing mark: `" said X`, `", X said`. Words that are not parsed as
 * verbs count too where a name follows ("judge" may look like a title). */
static cue cue_behind(speech *s, const dl_quote *q)
{
    int32_t limit, start = words_behind(s, q, &limit);
    if (start < 0)
        return NO_CUE;
    bool apart = s->tokens[start].sentence != s->tokens[q->last].sentence;
    size_t size;
    bool comma = dl_string_equal(s->tokens[q->last].form, DL_STRING(","));
    bool lower = !dl_utf8_is_upper(dl_utf8_get(s->tokens[start].form, 0, &size));
    bool closed = dl_is_punct(s, q->last) || start > q->last + 2;
    int32_t reach = closed ? CUE_REACH_BEHIND : OPEN_REACH;
    for (int32_t i = start; i <= limit && i < start + reach; i++) {
        int32_t other = dl_quotes_at(&s->quotes, i);
        if (other >= 0 && !is_label(s, &s->quotes.items[other]))
            break;
        bool verb = s->tokens[i].upos == DL_UPOS_VERB && other < 0;
        if (dl_cue_kind(s, i) == CUE_NONE && !(verb && is_beat(s, q, i, start)))
            continue;
        int32_t who =
            !verb && i == start && i + 1 <= limit ? dl_speaker_name(s, i + 1) : -1;
        if (!verb && who < 0)
            continue;
        if (apart && !comma && !lower && verb && i != start && !is_tag(s, i, start))
            return NO_CUE;
        return (cue){i, i, verb ? speaker_behind(s, q, i, start) : who};
    }
    return NO_CUE;
}

static bool is_dash(const speech *s, int32_t token)
{
    size_t size;
    dl_string form = s->tokens[token].form;
    if (form.size == 0)
        return false;
    uint32_t c = dl_utf8_get(form, 0, &size);
    return (c >= 0x2012 && c <= 0x2015) ||
           (c == '-' && (form.size == 1 || dl_string_equal(form, DL_STRING("--"))));
}

/* A signature: a dash and a name behind the quote, on the same line or the next. -1 where
 * there is none. */
static int32_t signature(speech *s, const dl_quote *q)
{
    int32_t count = (int32_t)s->document->token_count, start = q->last + 1;
    bool dash = false;
    for (; start < count && start <= q->last + SIGNATURE_MARKS; start++) {
        bool below =
            s->document->sentences[s->tokens[start].sentence].paragraph != q->paragraph;
        if (is_dash(s, start))
            dash = true; /* one that was not taken for punctuation too */
        else if (!dl_is_punct(s, start) || below)
            break;
    }
    if (start >= count || !dash || dl_quotes_at(&s->quotes, start) >= 0 ||
        (!s->tokens[start].name && s->tokens[start].upos != DL_UPOS_PROPN))
        return -1;
    int32_t signer = dl_speaker_name(s, start);
    return signer >= 0 ? signer : dl_speaker_make(s, start);
}

/* The cue that leads to the quote: the verb nearest to it, before a comma or a colon
 * ("..., adding, "..."). */
static cue cue_leading(speech *s, const dl_quote *q)
{
    int32_t first = s->document->sentences[s->tokens[q->first].sentence].first;
    for (int32_t i = q->first - 2; i >= first && is_led(s, q); i--) {
        if (dl_quotes_at(&s->quotes, i) >= 0)
            break;
        if (s->tokens[i].upos != DL_UPOS_VERB ||
            dl_relation_of(s->document, i) == DL_DEPREL_case_)
            continue; /* "including" */
        if (dl_cue_kind(s, i) == CUE_NONE)
            break;
        return (cue){i, i, dl_speaker_of(s, i, q->first, q->last)};
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

/* Whether the verb says what its object is: "called the raid "a crime"". */
static bool is_naming(const speech *s, int32_t verb)
{
    dl_string shapes;
    return s->tokens[verb].upos == DL_UPOS_VERB &&
           dl_lemma_in(s->work, s->work->detail->list.attitudes, verb, &shapes) &&
           dl_says_shape(shapes, DL_STRING("complement"));
}

/* The verb that names its object with the quote, where the tree took the quote for a
 * piece of the object. */
static cue cue_naming(speech *s, const dl_quote *q)
{
    int32_t first = s->document->sentences[s->tokens[q->first].sentence].first, verb = -1;
    for (int32_t i = q->first - 2; i >= first && verb < 0; i--) {
        dl_deprel relation = dl_relation_of(s->document, i);
        if (dl_quotes_at(&s->quotes, i) >= 0 || relation == DL_DEPREL_cc)
            return NO_CUE;
        if (s->tokens[i].upos == DL_UPOS_VERB || dl_is_clause_relation(relation))
            verb = i;
    }
    if (verb < 0 || !is_naming(s, verb) || !dl_tree_below(s->document, q->last, verb))
        return NO_CUE;
    return (cue){verb, verb, dl_speaker_of(s, verb, q->first, q->last)};
}

/* Where the claim of a verb that names its object starts: with the object. */
static int32_t named_first(const speech *s, int32_t verb, const dl_quote *q)
{
    if (verb < 0 || verb > q->first || !is_naming(s, verb))
        return q->first;
    int32_t object = dl_tree_child(s->document, verb, DL_DEPREL_obj);
    return object > verb && object < q->first && s->tokens[object].left > verb
               ? s->tokens[object].left
               : q->first;
}

/* Whose statement a noun of saying is; -1 nobody's, or another noun. */
static int32_t says_owner(speech *s, int32_t noun)
{
    dl_string shapes;
    if (s->tokens[noun].upos != DL_UPOS_NOUN ||
        !dl_lemma_in(s->work, s->work->detail->list.says_nouns, noun, &shapes))
        return -1;
    int32_t owner = dl_speaker_owner(s, noun, shapes);
    int32_t found = dl_speaker_at(s, owner);
    return found >= 0 || owner < 0 ? found : dl_speaker_make(s, owner);
}

/* Who stands before a colon that leads to the quote: the subject of its sentence ("gave a
 * blunt answer: "..."), or a name and nothing else ("Okello: "..."). */
static cue cue_of_colon(speech *s, const dl_quote *q, int32_t colon)
{
    const dl_sentence *sentence = &s->document->sentences[s->tokens[colon].sentence];
    int32_t last = colon - 1;
    if (last < sentence->first || dl_is_punct(s, last))
        return NO_CUE;
    int32_t verb = -1;
    for (int32_t i = last; i >= sentence->first && verb < 0; i--) {
        if (dl_quotes_at(&s->quotes, i) >= 0)
            return NO_CUE;
        int32_t subject = dl_tree_child(s->document, i, DL_DEPREL_nsubj);
        if (subject >= 0 && subject < i &&
            s->tokens[subject].sentence == s->tokens[i].sentence)
            verb = i;
    }
    if (verb >= 0) {
        int32_t speaker = dl_speaker_of(s, verb, q->first, q->last);
        return speaker < 0 ? NO_CUE : (cue){verb, verb, speaker};
    }
    if (s->tokens[sentence->first].name || s->tokens[last].name)
        return (cue){-1, -1, dl_speaker_at(s, last)};
    return NO_CUE;
}

/* A sentence that ends in a colon right before the quote. */
static cue cue_colon(speech *s, const dl_quote *q)
{
    int32_t colon = q->first - 2;
    if (!is_form(s, colon, DL_STRING(":")))
        return NO_CUE;
    const dl_sentence *before = &s->document->sentences[s->tokens[colon].sentence];
    for (int32_t i = colon; i >= before->first; i--) {
        if (dl_quotes_at(&s->quotes, i) >= 0)
            break;
        if (s->tokens[i].upos == DL_UPOS_VERB && dl_cue_kind(s, i) != CUE_NONE)
            return (cue){i, i, dl_speaker_of(s, i, q->first, q->last)};
        int32_t owner = says_owner(s, i); /* "released the following statement:" */
        if (owner < 0)
            continue;
        cue other = s->document->mentions[owner].via == DL_VIA_PRONOUN
                        ? cue_of_colon(s, q, colon) /* "read his answer:": who read */
                        : NO_CUE;
        return (cue){i, i, other.speaker >= 0 ? other.speaker : owner};
    }
    return cue_of_colon(s, q, colon);
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
    while (claim->last > claim->first && dl_is_punct(s, claim->last))
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
    return starts && (q->open || q->words > WHOLE_WORDS);
}

/* A quote over several paragraphs may name its speaker in the last: the one before was
 * left open and has none. */
static bool is_told_late(const speech *s, const dl_quote *q, const running *last,
                         const cue *found)
{
    const dl_claim *before = last->quote ? &s->document->claims[last->claim] : NULL;
    return before && last->quote->open && before->speaker < 0 && before->cue_token < 0 &&
           last->quote->paragraph + 1 == q->paragraph && found->speaker >= 0;
}

static void set_cue(speech *s, dl_claim *claim, const cue *found)
{
    claim->speaker = found->speaker;
    claim->cue_token = found->token;
    if (found->token < 0)
        return;
    claim->cue_span = dl_document_span(s->document, found->token, found->last);
    claim->cue = dl_document_slice(s->document, claim->cue_span);
}

/* The quote lies in a claim that is there already: it becomes speech where most of its
 * words are quoted, and reaches as far as the quote does. */
static void join(speech *s, int32_t around, const dl_quote *q, running *last)
{
    dl_claim *claim = &s->document->claims[around];
    narrow(s, claim, q);
    int32_t quoted = dl_quotes_words(s->document, &s->quotes, claim->first, claim->last);
    claim->quoted = 2 * quoted >= claim->last - claim->first + 1;
    if (claim->quoted)
        claim->attitude = false;
    cue found = {claim->cue_token, claim->cue_token, claim->speaker};
    if (claim->quoted && is_told_late(s, q, last, &found)) {
        dl_claim *before = &s->document->claims[last->claim];
        set_cue(s, before, &found);
        extend(s, claim, &(dl_quote){.first = before->first, .last = claim->last});
    }
    if (claim->quoted || (q->last > claim->last && q->words > SHORT_QUOTE)) {
        extend(s, claim, q);
        *last = (running){q, around};
    }
}

/* The cue of the quote by what stands around it. */
static cue cue_near(speech *s, const dl_quote *q)
{
    bool short_quote = q->words <= SHORT_QUOTE;
    bool exclaimed =
        dl_is_punct(s, q->last) && /* "Go home!" */
        q->first - 1 <= s->document->sentences[s->tokens[q->first].sentence].first;
    cue found = short_quote && !exclaimed ? NO_CUE : cue_behind(s, q);
    if (found.token < 0 && !short_quote) {
        int32_t signer = signature(s, q);
        if (signer >= 0)
            return (cue){-1, -1, signer};
    }
    if (found.token < 0 && !short_quote)
        found = cue_leading(s, q);
    if (found.token < 0)
        found = cue_before(s, q, short_quote);
    if (found.token < 0)
        found = cue_naming(s, q);
    if (found.token < 0 && !short_quote)
        found = cue_colon(s, q);
    return found;
}

/* Whether nothing but "and" stands between two quotes. */
static bool is_joined(const speech *s, const dl_quote *a, const dl_quote *b)
{
    for (int32_t i = a->last + 1; i < b->first; i++)
        if (!dl_is_punct(s, i) && s->tokens[i].upos != DL_UPOS_CCONJ)
            return false;
    return s->tokens[a->last].sentence == s->tokens[b->first].sentence;
}

/* Whether the tag of a quote that stands alone has another quote as a piece of it: "...,
 * he said after a brief "good evening"". */
static bool is_in_tag(const speech *s, const dl_quote *a, const dl_quote *b,
                      const dl_claim *claim)
{
    int32_t before = b->first - 2;
    return claim->cue_token > a->last && claim->cue_token != before &&
           s->tokens[claim->cue_token].sentence == s->tokens[b->first].sentence &&
           s->tokens[a->last].sentence == s->tokens[b->first].sentence &&
           stands_alone(s, a) && is_label(s, b) && !dl_is_punct(s, before);
}

/* Whether the quote belongs to the claim of the quote before it. */
static bool same_claim(const speech *s, const dl_quote *q, const running *last,
                       const cue *found)
{
    const dl_claim *before = last->quote ? &s->document->claims[last->claim] : NULL;
    if (!before)
        return false;
    bool same_cue = found->token >= 0 && before->cue_token == found->token;
    if (found->token < 0 && found->speaker < 0 && is_joined(s, last->quote, q))
        return true;
    if (same_cue && s->tokens[found->token].sentence == s->tokens[q->first].sentence &&
        s->tokens[last->quote->last].sentence == s->tokens[q->first].sentence)
        return true; /* called it "a farce" and "a fraud" */
    if (!same_cue && (found->token >= 0 || found->speaker >= 0))
        return false;
    return goes_on(s, last->quote, q, before) && (q->words > SHORT_QUOTE || same_cue);
}

/* The statement that the sentence right before the quote tells in indirect speech, where
 * the quote stands alone and has no cue: he who told it goes on. -1 none. */
static int32_t told_before(const speech *s, const dl_quote *q, size_t indirect_count)
{
    int32_t sentence = s->tokens[q->first].sentence - 1, best = -1;
    if (sentence < 0 || !starts_sentence(s, q) || !stands_alone(s, q))
        return -1;
    size_t k = s->first_indirect;
    while (k < indirect_count &&
           s->tokens[s->document->claims[k].first].sentence <= sentence)
        k++;
    while (k-- > 0) {
        const dl_claim *c = &s->document->claims[k];
        if (s->tokens[c->first].sentence < sentence)
            break;
        bool fits = c->cue_token >= 0 && s->tokens[c->cue_token].sentence == sentence &&
                    s->tokens[c->last].sentence == sentence && !c->attitude &&
                    c->speaker >= 0 && dl_quotes_at(&s->quotes, c->cue_token) < 0;
        if (fits && (best < 0 || c->first <= s->document->claims[best].first))
            best = (int32_t)k;
    }
    return best;
}

/* The quote goes on with an indirect statement before it: a claim of one in the same
 * paragraph, its speaker's in the next. */
static bool follow(speech *s, int32_t told, const dl_quote *q, running *last)
{
    dl_claim *claim = &s->document->claims[told];
    int32_t sentence = s->tokens[q->first].sentence;
    if (s->document->sentences[sentence - 1].paragraph == q->paragraph) {
        extend(s, claim, q);
        int32_t quoted =
            dl_quotes_words(s->document, &s->quotes, claim->first, claim->last);
        claim->quoted = 2 * quoted >= claim->last - claim->first + 1;
        *last = (running){q, told};
        return true;
    }
    int32_t speaker = claim->speaker;
    claim = dl_claim_add(s, q->first, q->last, -1, -1, speaker);
    if (!claim)
        return false;
    claim->quoted = true;
    *last = (running){q, (int32_t)s->document->claim_count - 1};
    return true;
}

/* Whether the quote, a piece of a claim on the same cue, goes on with the one before that
 * cue: ""The road," he said, "is shut"". */
static bool is_over_tag(const speech *s, const dl_quote *q, const running *last,
                        const dl_claim *around)
{
    int32_t tag = around->cue_token;
    return last->quote && tag >= 0 && s->document->claims[last->claim].cue_token == tag &&
           last->quote->last < tag && tag < q->first &&
           s->tokens[q->first].sentence == s->tokens[last->quote->last].sentence;
}

static bool place_quote(speech *s, const dl_quote *q, size_t indirect_count,
                        running *last)
{
    dl_document *document = s->document;
    int32_t around = claim_around(s, q, indirect_count);
    if (around >= 0) {
        if (is_over_tag(s, q, last, &document->claims[around]))
            extend(s, &document->claims[last->claim], q); /* holds the piece, too */
        else
            join(s, around, q, last);
        return true;
    }
    if (last->quote && is_in_tag(s, last->quote, q, &document->claims[last->claim]))
        return true;
    cue found = cue_near(s, q);
    bool told_late = is_told_late(s, q, last, &found);
    if (told_late || same_claim(s, q, last, &found)) {
        if (told_late)
            set_cue(s, &document->claims[last->claim], &found);
        extend(s, &document->claims[last->claim], q);
        last->quote = q;
        return true;
    }
    int32_t told = found.token < 0 && found.speaker < 0 && q->words > SHORT_QUOTE
                       ? told_before(s, q, indirect_count)
                       : -1;
    if (told >= 0 &&
        (s->document->sentences[s->tokens[q->first].sentence - 1].paragraph ==
             q->paragraph ||
         whole_paragraph(s, q)))
        return follow(s, told, q, last);
    const dl_claim *before = last->quote ? &document->claims[last->claim] : NULL;
    bool short_quote = q->words <= SHORT_QUOTE, signed_quote = found.speaker >= 0;
    if (found.token < 0 && !signed_quote && before && !short_quote &&
        s->tokens[last->quote->last].sentence == s->tokens[q->first].sentence) {
        found = (cue){before->cue_token, before->cue_token, before->speaker};
    } else if (found.token < 0 && !signed_quote) {
        if (short_quote || !whole_paragraph(s, q))
            return true;
        if (before && q->paragraph <= last->quote->paragraph + 1)
            found.speaker = before->speaker;
    }
    int32_t first = named_first(s, found.token, q);
    dl_claim *claim =
        dl_claim_add(s, first, q->last, found.token, found.last, found.speaker);
    if (!claim)
        return false;
    claim->quoted = 2 * q->words >= q->last - first + 1;
    claim->attitude = !claim->quoted;
    *last = (running){q, (int32_t)document->claim_count - 1};
    return true;
}

bool dl_says_quoted(speech *s)
{
    size_t indirect_count = s->document->claim_count;
    running last = {0};
    if (!dl_says_turns(s))
        return false;
    for (size_t k = 0; k < s->quotes.count; k++)
        if (!s->turn[s->tokens[s->quotes.items[k].first].sentence] &&
            !place_quote(s, &s->quotes.items[k], indirect_count, &last))
            return false;
    return true;
}
