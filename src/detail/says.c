#include "detail/quotes.h"

/* Claims. First indirect speech, from trees: a cue and the clause that hangs on it. Then
 * quotes: each belongs to a claim that is there already, or gets a cue of its own, or
 * goes on with the claim before it. Last what stands in what. */

enum {
    CUE_REACH = 16,
    SHORT_QUOTE = 2,
    CONTINUED_SENTENCES = 1,
    NEST_REACH = 64 /* claims back in which an outer one is looked for */
};

typedef enum cue_kind { CUE_NONE, CUE_STRONG, CUE_WEAK, CUE_QUOTE } cue_kind;

typedef struct speech {
    dl_work *work;
    dl_document *document;
    const dl_token *tokens;
    dl_quotes quotes;
    int32_t *around;       /* [N] smallest mention that covers the token, -1 none */
    int32_t *from;         /* [N] longest mention that starts at the token, -1 none */
    bool *told;            /* [N] whether an event stands at the token */
    size_t first_indirect; /* claims before it end before the quote at hand */
    size_t mention_count;  /* of the who stage; new ones stand behind them */
    size_t mention_room, entity_room;
} speech;

static cue_kind cue_of(const speech *s, int32_t token)
{
    dl_string value;
    if (!dl_lemma_in(s->work, s->work->detail->list.cues, token, &value))
        return CUE_NONE;
    if (value.size == 0)
        return CUE_STRONG;
    return dl_string_equal(value, DL_STRING("weak")) ? CUE_WEAK : CUE_QUOTE;
}

/* ---- Who speaks ---- */

/* The mention whose head the token is, else the smallest that covers it; -1 none. */
static int32_t mention_at(const speech *s, int32_t token)
{
    if (token < 0)
        return -1;
    return s->tokens[token].mention >= 0 ? s->tokens[token].mention : s->around[token];
}

/* The noun that a relative pronoun stands for: the head of the relative clause. */
static int32_t unrelative(const speech *s, int32_t subject, int32_t verb)
{
    dl_deprel relation = dl_relation_of(s->document, verb);
    if (s->tokens[subject].feats.pron_type == DL_PRON_REL && relation == DL_DEPREL_acl &&
        s->tokens[verb].head >= 0)
        return s->tokens[verb].head;
    return subject;
}

/* Token of the speaker of a cue verb: its subject, that of the verb it is joined to, the
 * noun that it modifies; -1 none. */
static int32_t subject_of(const speech *s, int32_t verb)
{
    for (int step = 0; step < 6 && verb >= 0; step++) {
        int32_t subject = dl_tree_child(s->document, verb, DL_DEPREL_nsubj);
        bool passive = subject >= 0 && s->tokens[subject].deprel == DL_DEPREL_nsubj_pass;
        if (passive)
            return dl_tree_child(s->document, verb, DL_DEPREL_obl_agent);
        if (subject >= 0)
            return unrelative(s, subject, verb);
        dl_deprel relation = dl_relation_of(s->document, verb);
        if (relation == DL_DEPREL_acl)
            return s->tokens[verb].head;
        if (relation != DL_DEPREL_conj && relation != DL_DEPREL_xcomp &&
            relation != DL_DEPREL_advcl)
            return -1;
        verb = s->tokens[verb].head;
    }
    return -1;
}

/* Longest mention that starts at the token, -1 none. */
static int32_t mention_from(const speech *s, int32_t token)
{
    return s->from[token];
}

/* Narrows first..last to what belongs to the noun itself: no clauses, appositions, or
 * second nouns. */
static void trim_noun(const speech *s, int32_t head, int32_t *first, int32_t *last)
{
    for (int32_t c = s->tokens[head].first_child; c >= 0; c = s->tokens[c].next_sibling) {
        dl_deprel relation = dl_relation_of(s->document, c);
        if (!dl_is_clause_relation(relation) && relation != DL_DEPREL_appos &&
            relation != DL_DEPREL_punct && relation != DL_DEPREL_conj &&
            relation != DL_DEPREL_dep)
            continue;
        if (c > head && s->tokens[c].left - 1 < *last)
            *last = s->tokens[c].left - 1;
        if (c < head && s->tokens[c].right + 1 > *first)
            *first = s->tokens[c].right + 1;
    }
    if (*first > head || *last < head)
        *first = *last = head;
}

static dl_via via_of(const dl_token *noun)
{
    if (noun->upos == DL_UPOS_PRON)
        return DL_VIA_PRONOUN;
    return noun->upos == DL_UPOS_PROPN ? DL_VIA_NAME : DL_VIA_NOMINAL;
}

/* A mention of a speaker whom nobody has mentioned so far ("sources", "one slide"); it
 * stands behind those of the who stage. -1 where the token can't be one. */
static int32_t new_mention(speech *s, int32_t head)
{
    dl_document *document = s->document;
    const dl_token *noun = &s->tokens[head];
    if (noun->upos != DL_UPOS_NOUN && noun->upos != DL_UPOS_PROPN &&
        noun->upos != DL_UPOS_PRON && noun->upos != DL_UPOS_NUM)
        return -1;
    dl_mention m = {.first = noun->left, .last = noun->right, .head = head};
    trim_noun(s, head, &m.first, &m.last);
    m.span = dl_document_span(document, m.first, m.last);
    m.via = via_of(noun);
    m.plural = noun->feats.number == DL_NUMBER_PLUR;
    m.entity = (int32_t)document->entity_count;
    dl_entity entity = {.first_mention = (int32_t)document->mention_count};
    if (!dl_arena_grow(document->arena, (void **)&document->entities,
                       document->entity_count, &s->entity_room, sizeof entity) ||
        !dl_arena_grow(document->arena, (void **)&document->mentions,
                       document->mention_count, &s->mention_room, sizeof m))
        return -1;
    document->entities[document->entity_count++] = entity;
    document->mentions[document->mention_count] = m;
    document->tokens[head].mention = (int32_t)document->mention_count;
    return (int32_t)document->mention_count++;
}

/* The speaker of a cue verb for what stands in first..last: its subject, else who stands
 * right behind it ("said Amina Osman") or right before it. */
static int32_t speaker_of(speech *s, int32_t verb, int32_t first, int32_t last)
{
    const dl_sentence *sentence = &s->document->sentences[s->tokens[verb].sentence];
    bool own = dl_tree_child(s->document, verb, DL_DEPREL_nsubj) >= 0;
    if (!own && verb - 1 <= last + 2 && verb > last && verb < sentence->last) {
        int32_t behind = mention_from(s, verb + 1);
        if (behind >= 0)
            return behind;
    }
    int32_t subject = subject_of(s, verb);
    if (subject >= 0 && (subject < first || subject > last)) {
        int32_t found = mention_at(s, subject);
        if (found < 0)
            found = new_mention(s, subject);
        if (found >= 0)
            return found;
    }
    if (verb > sentence->first && (verb - 1 < first || verb - 1 > last) &&
        dl_relation_of(s->document, verb) != DL_DEPREL_advcl)
        return mention_at(s, verb - 1);
    return -1;
}

/* ---- Adding ---- */

static bool is_punct(const speech *s, int32_t token)
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
    for (size_t k = 0; k < document->time_count; k++) {
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

static dl_claim *add_claim(speech *s, int32_t first, int32_t last, int32_t cue,
                           int32_t cue_last, int32_t speaker)
{
    dl_document *document = s->document;
    while (first < last && is_punct(s, first))
        first++;
    while (last > first && is_punct(s, last))
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
        claim->cue_span = dl_document_span(document, cue, cue_last);
        claim->cue = cue_words(s, cue, cue_last);
    }
    return claim;
}

/* ---- Indirect speech ---- */

/* The clause that is said: a ccomp with a verb of its own, or an infinitive. */
static int32_t content_of(const speech *s, int32_t verb, cue_kind kind)
{
    int32_t content = -1;
    for (int32_t c = s->tokens[verb].first_child; c >= 0; c = s->tokens[c].next_sibling) {
        dl_deprel relation = dl_relation_of(s->document, c);
        if (relation == DL_DEPREL_ccomp)
            return c;
        if (relation == DL_DEPREL_xcomp && kind == CUE_STRONG &&
            s->tokens[c].feats.verb_form == DL_VERB_FORM_INF)
            content = c;
    }
    return content;
}

/* "Talks failed, the minister said": the cue hangs on what is said as parataxis. */
static bool parenthetic(const speech *s, int32_t verb)
{
    return dl_relation_of(s->document, verb) == DL_DEPREL_parataxis &&
           dl_tree_child(s->document, verb, DL_DEPREL_nsubj) >= 0 &&
           s->tokens[verb].head >= 0;
}

/* What is left of the clause of `root` without the subtree of `part` at one of its ends.
 */
static void without(const speech *s, int32_t root, int32_t part, int32_t *first,
                    int32_t *last)
{
    *first = s->tokens[root].left;
    *last = s->tokens[root].right;
    int32_t left = s->tokens[part].left, right = s->tokens[part].right;
    while (*last > right && is_punct(s, *last))
        (*last)--;
    if (right >= *last)
        *last = left - 1;
    int32_t start = *first;
    while (start < left && is_punct(s, start))
        start++;
    if (left <= start)
        *first = right + 1;
}

static bool first_or_second_person(const speech *s, int32_t token)
{
    return token >= 0 && s->tokens[token].upos == DL_UPOS_PRON &&
           (s->tokens[token].feats.person == 1 || s->tokens[token].feats.person == 2);
}

/* "announced the arrest of 40 people": the object is an event that is told so. */
static int32_t told_event(const speech *s, int32_t verb)
{
    int32_t object = dl_tree_child(s->document, verb, DL_DEPREL_obj);
    if (object < 0 || dl_string_equal(s->tokens[verb].lemma, s->tokens[object].lemma))
        return -1;
    bool told = (s->told[object] || s->told[verb]) &&
                dl_lemma_in(s->work, s->work->detail->list.tells, verb, NULL);
    return told ? object : -1;
}

static bool indirect_verb(speech *s, int32_t verb)
{
    cue_kind kind = s->tokens[verb].upos == DL_UPOS_VERB ? cue_of(s, verb) : CUE_NONE;
    if (kind == CUE_NONE || kind == CUE_QUOTE)
        return true;
    int32_t subject = subject_of(s, verb), first, last;
    if (first_or_second_person(s, subject) ||
        (kind == CUE_WEAK && subject >= 0 && s->tokens[subject].upos == DL_UPOS_PRON &&
         s->tokens[subject].feats.gender == DL_GENDER_NEUT) ||
        (subject < 0 && dl_quotes_at(&s->quotes, verb) >= 0))
        return true;
    int32_t content = content_of(s, verb, kind);
    int32_t told = kind == CUE_STRONG ? told_event(s, verb) : -1;
    if (told >= 0 && told != content) {
        first = s->tokens[told].left;
        last = s->tokens[told].right;
        if (!add_claim(s, first, last, verb, verb, speaker_of(s, verb, first, last)))
            return false;
    }
    if (content >= 0) {
        first = s->tokens[content].left;
        last = s->tokens[content].right;
        if (first <= verb && verb <= last) /* the cue stands in the midst of it */
            without(s, content, verb, &first, &last);
    } else if (parenthetic(s, verb)) {
        without(s, s->tokens[verb].head, verb, &first, &last);
    } else {
        return true;
    }
    return first > last ||
           add_claim(s, first, last, verb, verb, speaker_of(s, verb, first, last));
}

/* "according to the ministry": the noun is the source, its clause the content. */
static bool indirect_source(speech *s, int32_t at, int32_t sentence_last)
{
    int32_t size = (int32_t)dl_list_match_tokens(s->work->detail->lexicon,
                                                 s->work->detail->list.sources,
                                                 s->document, at, sentence_last, NULL);
    if (!size)
        return true;
    int32_t source = s->tokens[at].head;
    for (int step = 0; step < 3 && source >= 0 && source < at + size; step++)
        source = s->tokens[source].head;
    if (source < at + size) { /* attached the other way round */
        source = dl_tree_child(s->document, at, DL_DEPREL_obl);
        if (source < at + size)
            return true;
    }
    int32_t head = s->tokens[source].head;
    int32_t top = head == at ? at : source;
    if (s->tokens[top].head < 0)
        return true;
    int32_t root = dl_clause_of(s->document, s->tokens[top].head), first, last;
    for (int step = 0; step < 3; step++) {
        dl_deprel relation = dl_relation_of(s->document, root);
        bool part = relation == DL_DEPREL_xcomp || relation == DL_DEPREL_acl ||
                    (relation == DL_DEPREL_advcl &&
                     dl_tree_child(s->document, root, DL_DEPREL_nsubj) < 0);
        if (!part || s->tokens[root].head < 0)
            break;
        root = dl_clause_of(s->document, s->tokens[root].head);
    }
    without(s, root, top, &first, &last);
    int32_t speaker = mention_at(s, source);
    if (speaker < 0)
        speaker = new_mention(s, source);
    return first > last || add_claim(s, first, last, at, at + size - 1, speaker);
}

/* "the claim that ...": speaker by possessive or "of"/"by". */
static bool indirect_noun(speech *s, int32_t noun)
{
    if (s->tokens[noun].upos != DL_UPOS_NOUN ||
        !dl_lemma_in(s->work, s->work->detail->list.says_nouns, noun, NULL))
        return true;
    int32_t content = -1;
    for (int32_t c = s->tokens[noun].first_child; c >= 0; c = s->tokens[c].next_sibling) {
        dl_deprel relation = s->tokens[c].deprel;
        if ((relation == DL_DEPREL_acl || relation == DL_DEPREL_ccomp) && c > noun &&
            dl_tree_child(s->document, c, DL_DEPREL_nsubj) >= 0 &&
            dl_tree_child(s->document, c, DL_DEPREL_mark) >= 0)
            content = c;
    }
    if (content < 0)
        return true;
    int32_t owner = dl_tree_child(s->document, noun, DL_DEPREL_nmod_poss);
    if (owner < 0)
        owner = dl_tree_child(s->document, noun, DL_DEPREL_nmod);
    if (owner < 0 && dl_relation_of(s->document, noun) == DL_DEPREL_obj)
        owner = subject_of(s, s->tokens[noun].head);
    return add_claim(s, s->tokens[content].left, s->tokens[content].right, noun, noun,
                     mention_at(s, owner)) != NULL;
}

static bool indirect(speech *s)
{
    for (size_t k = 0; k < s->document->sentence_count; k++) {
        const dl_sentence *sentence = &s->document->sentences[k];
        for (int32_t i = sentence->first; i <= sentence->last; i++)
            if (!indirect_verb(s, i) || !indirect_source(s, i, sentence->last) ||
                !indirect_noun(s, i))
                return false;
    }
    return true;
}

/* ---- Quotes ---- */

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

/* The mention that starts at a name, also where a title that is none took it in. */
static int32_t name_from(speech *s, int32_t token)
{
    int32_t found = mention_from(s, token);
    if (found >= 0 || s->tokens[token].name != DL_NAME_PER)
        return found;
    int32_t last = token, entity = -1;
    while (last + 1 < (int32_t)s->document->token_count &&
           s->tokens[last + 1].name == DL_NAME_PER &&
           s->tokens[last + 1].sentence == s->tokens[token].sentence)
        last++;
    dl_string spoken =
        dl_document_slice(s->document, dl_document_span(s->document, token, last));
    for (size_t k = 0; k < s->mention_count && entity < 0; k++) {
        const dl_mention *m = &s->document->mentions[k];
        bool same = m->entity >= 0 &&
                    dl_string_equal(s->document->entities[m->entity].name, spoken);
        if (same || (m->via == DL_VIA_NAME && m->type == DL_NAME_PER && m->last != last &&
                     dl_string_equal(s->tokens[m->last].fold, s->tokens[last].fold)))
            entity = (int32_t)k;
    }
    found = new_mention(s, last);
    if (found < 0)
        return -1;
    dl_mention *m = &s->document->mentions[found];
    m->first = token;
    m->last = last;
    m->via = DL_VIA_NAME;
    m->type = DL_NAME_PER;
    m->span = dl_document_span(s->document, token, last);
    if (entity >= 0) {
        m->entity = s->document->mentions[entity].entity;
        m->role = s->document->mentions[entity].role;
        s->document->entity_count--;
    }
    return found;
}

/* Right behind the closing mark: `" said X`, `", X said`. Words that are not parsed as
 * verbs count too where a name follows ("judge" may look like a title). */
static cue cue_behind(speech *s, const dl_quote *q)
{
    const dl_sentence *sentence = &s->document->sentences[s->tokens[q->last].sentence];
    int32_t start = q->last + 1, limit = sentence->last;
    if (start <= limit && is_punct(s, start))
        start++;
    for (; start <= limit && is_punct(s, start); start++)
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
            cue_of(s, start) == CUE_NONE)
            return NO_CUE;
    }
    for (int32_t i = start; i <= limit && i < start + CUE_REACH; i++) {
        if (dl_quotes_at(&s->quotes, i) >= 0)
            break;
        if (cue_of(s, i) == CUE_NONE)
            continue;
        bool verb = s->tokens[i].upos == DL_UPOS_VERB;
        int32_t behind = !verb && i == start && i + 1 <= limit ? name_from(s, i + 1) : -1;
        if (!verb && behind < 0)
            continue;
        return (cue){i, i, verb ? speaker_of(s, i, q->first, q->last) : behind};
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
        if (verb && cue_of(s, up) != CUE_NONE && (up < q->first || up > q->last))
            return (cue){up, up, speaker_of(s, up, q->first, q->last)};
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
        if (s->tokens[i].upos == DL_UPOS_VERB && cue_of(s, i) != CUE_NONE)
            return (cue){i, i, speaker_of(s, i, q->first, q->last)};
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
        if (s->tokens[i].upos == DL_UPOS_VERB && cue_of(s, i) != CUE_NONE)
            return (cue){i, i, speaker_of(s, i, q->first, q->last)};
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
    while (claim->last > claim->first && is_punct(s, claim->last) &&
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
    dl_claim *claim = add_claim(s, q->first, q->last, found.token, found.last, speaker);
    if (!claim)
        return false;
    claim->quoted = true;
    *last = (running){q, (int32_t)document->claim_count - 1};
    return true;
}

/* ---- Order and nesting ---- */

/* A claim without its own speaker that is followed by the same words again is dropped:
 * claims over the same tokens keep the one with a speaker. */
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
            if (doubled && c->speaker < 0 && document->claims[i].speaker >= 0)
                *c = document->claims[i];
        }
        if (!doubled)
            document->claims[kept++] = document->claims[i];
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
    if (!s->around || !s->from || !s->told)
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
    if (!index_tokens(&s) || !dl_quotes_find(s.document, &s.quotes) || !indirect(&s))
        return false;
    size_t indirect_count = s.document->claim_count;
    running last = {0};
    for (size_t k = 0; k < s.quotes.count; k++)
        if (!place_quote(&s, &s.quotes.items[k], indirect_count, &last))
            return false;
    sort_claims(s.document);
    drop_doubles(s.document);
    nest(s.document);
    for (size_t i = 0; i < s.document->claim_count; i++)
        date_claim(&s, &s.document->claims[i]);
    return true;
}
