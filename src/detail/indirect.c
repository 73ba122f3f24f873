#include "detail/says.h"

enum { SOURCE_REACH = 12 /* words behind a phrase such as "in the words of" */ };

/* Indirect speech, from trees: a cue and the clause that hangs on it. */

/* Whether the verb opens a phrase behind a comma and is a participle: ", adding that". */
static bool is_participle_phrase(const speech *s, int32_t verb)
{
    dl_verb_form form = (dl_verb_form)s->tokens[verb].feats.verb_form;
    if (s->tokens[verb].upos != DL_UPOS_VERB || form == DL_VERB_FORM_FIN ||
        form == DL_VERB_FORM_INF || verb == 0 || !dl_is_punct(s, verb - 1))
        return false;
    for (int32_t i = s->tokens[verb].left; i < verb; i++)
        if (!dl_is_punct(s, i))
            return false;
    return true;
}

int32_t dl_says_clause(const speech *s, int32_t verb)
{
    for (int32_t c = s->tokens[verb].first_child; c >= 0; c = s->tokens[c].next_sibling) {
        dl_deprel relation = dl_relation_of(s->document, c);
        if (relation == DL_DEPREL_ccomp && !(c > verb && is_participle_phrase(s, c)))
            return c;
        if (relation == DL_DEPREL_csubj && c > verb)
            return c; /* "it was announced that ..." */
    }
    return -1;
}

/* The clause that is said: a ccomp with a verb of its own, or an infinitive. */
static int32_t content_of(const speech *s, int32_t verb, cue_kind kind)
{
    int32_t content = dl_says_clause(s, verb);
    if (content >= 0 || kind != CUE_STRONG)
        return content;
    for (int32_t c = s->tokens[verb].first_child; c >= 0; c = s->tokens[c].next_sibling)
        if (dl_relation_of(s->document, c) == DL_DEPREL_xcomp &&
            (s->tokens[c].feats.verb_form == DL_VERB_FORM_INF ||
             (dl_tree_child(s->document, c, DL_DEPREL_mark) >= 0 &&
              dl_tree_child(s->document, c, DL_DEPREL_aux) >= 0)))
            content = c; /* "to have freed" is an infinitive by its auxiliary */
    return content;
}

static bool has_subject(const speech *s, int32_t verb)
{
    return dl_tree_child(s->document, verb, DL_DEPREL_nsubj) >= 0 ||
           dl_tree_child(s->document, verb, DL_DEPREL_csubj) >= 0 ||
           dl_tree_child(s->document, verb, DL_DEPREL_expl) >= 0;
}

/* What the speaker says next is no part of what he said first: "said it was late and
 * warned of rain", "..., adding that ...". Ends the content before such a verb. */
static void cut_next(const speech *s, int32_t content, int32_t *last)
{
    for (int32_t c = s->tokens[content].first_child; c >= 0;
         c = s->tokens[c].next_sibling) {
        dl_deprel relation = dl_relation_of(s->document, c);
        bool participle = relation == DL_DEPREL_advcl && is_participle_phrase(s, c);
        if (c <= content || s->tokens[c].upos != DL_UPOS_VERB || has_subject(s, c) ||
            (relation != DL_DEPREL_conj && !participle))
            continue;
        if (dl_cue_kind(s, c) == CUE_STRONG && s->tokens[c].left - 1 < *last &&
            s->tokens[c].feats.verb_form != DL_VERB_FORM_INF) {
            *last = s->tokens[c].left - 1;
            return;
        }
    }
}

/* "said his letter to the mayor was a joke": the tree may hang the letter on the cue. A
 * finite clause without a subject takes what stands between the cue and it. */
static void take_subject(const speech *s, int32_t verb, int32_t content, int32_t *first)
{
    bool finite = s->tokens[content].feats.verb_form == DL_VERB_FORM_FIN ||
                  dl_tree_child(s->document, content, DL_DEPREL_cop) >= 0;
    if (*first <= verb + 1 || !finite || has_subject(s, content) ||
        dl_tree_child(s->document, content, DL_DEPREL_mark) >= 0)
        return;
    for (int32_t c = s->tokens[verb].first_child; c >= 0; c = s->tokens[c].next_sibling) {
        dl_deprel relation = dl_relation_of(s->document, c);
        if (c > verb && c < *first &&
            (relation == DL_DEPREL_obj || relation == DL_DEPREL_nsubj) &&
            s->tokens[c].right + 1 >= *first - 1) {
            *first = s->tokens[c].left;
            return;
        }
    }
}

/* "Talks failed, the minister said", "Talks, the minister said, failed": the cue hangs on
 * what is said as parataxis, its subject on it or (as an apposition) right before it. */
static bool parenthetic(const speech *s, int32_t verb)
{
    if (dl_relation_of(s->document, verb) != DL_DEPREL_parataxis ||
        s->tokens[verb].head < 0)
        return false;
    const dl_sentence *sentence = &s->document->sentences[s->tokens[verb].sentence];
    bool closed = verb < sentence->last && dl_is_punct(s, verb + 1);
    return dl_tree_child(s->document, verb, DL_DEPREL_nsubj) >= 0 ||
           (closed && verb > sentence->first && s->around[verb - 1] >= 0);
}

/* "To keep the peace, the mayor said, police will stay": between commas the cue stands in
 * the midst of what is said, also where the tree takes it for the head. */
static bool in_the_midst(const speech *s, int32_t verb)
{
    int32_t subject = dl_tree_child(s->document, verb, DL_DEPREL_nsubj);
    if (subject < 0 || subject > verb ||
        verb == s->document->sentences[s->tokens[verb].sentence].last)
        return false;
    int32_t first = s->tokens[subject].left;
    return dl_is_punct(s, verb + 1) && first - 1 > s->tokens[verb].left &&
           dl_is_punct(s, first - 1) &&
           dl_string_equal(s->tokens[verb + 1].form, s->tokens[first - 1].form);
}

/* What is left of the clause of `root` without the subtree of `part` at one of its ends.
 */
static void without(const speech *s, int32_t root, int32_t part, int32_t *first,
                    int32_t *last)
{
    *first = s->tokens[root].left;
    *last = s->tokens[root].right;
    int32_t left = s->tokens[part].left, right = s->tokens[part].right;
    while (*last > right && dl_is_punct(s, *last))
        (*last)--;
    if (right >= *last)
        *last = left - 1;
    int32_t start = *first;
    while (start < left && dl_is_punct(s, start))
        start++;
    if (left <= start)
        *first = right + 1;
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

/* "promised to release them": what he will do or wants done, where the verb takes an
 * infinitive so; "claimed to have freed them" is a statement. */
static bool is_wish(const speech *s, int32_t verb, int32_t content)
{
    dl_string shapes;
    return s->tokens[content].feats.verb_form == DL_VERB_FORM_INF &&
           dl_relation_of(s->document, content) == DL_DEPREL_xcomp &&
           dl_tree_child(s->document, content, DL_DEPREL_aux) < 0 &&
           dl_lemma_in(s->work, s->work->detail->list.attitudes, verb, &shapes) &&
           dl_says_shape(shapes, DL_STRING("infinitive"));
}

void dl_source_cut(const speech *s, int32_t first, int32_t *last)
{
    for (int32_t i = *last; i > first + 1; i--) {
        if (dl_string_equal(s->tokens[i].form, DL_STRING(",")) && i < *last)
            return;
        if (dl_is_punct(s, i - 1) &&
            dl_list_match_tokens(s->work->detail->lexicon, s->work->detail->list.sources,
                                 s->document, i, *last, NULL)) {
            *last = i - 1;
            return;
        }
    }
}

static bool indirect_verb(speech *s, int32_t verb)
{
    cue_kind kind =
        s->tokens[verb].upos == DL_UPOS_VERB ? dl_cue_kind(s, verb) : CUE_NONE;
    if (kind == CUE_NONE || kind == CUE_QUOTE)
        return true;
    int32_t subject = dl_speaker_subject(s, verb), first, last;
    if (dl_is_first_or_second_person(s, subject) ||
        (kind == CUE_WEAK && subject >= 0 && s->tokens[subject].upos == DL_UPOS_PRON &&
         s->tokens[subject].feats.gender == DL_GENDER_NEUT) ||
        ((subject < 0 || kind == CUE_WEAK) && dl_quotes_at(&s->quotes, verb) >= 0))
        return true;
    int32_t content = content_of(s, verb, kind);
    int32_t told = kind == CUE_STRONG ? told_event(s, verb) : -1;
    if (told >= 0 && told != content) {
        first = s->tokens[told].left;
        last = s->tokens[told].right;
        if (!dl_claim_add(s, first, last, verb, verb,
                          dl_speaker_of(s, verb, first, last)))
            return false;
    }
    bool midst = false;
    if (content >= 0) {
        first = s->tokens[content].left;
        last = s->tokens[content].right;
        if (content > verb) {
            cut_next(s, content, &last);
            take_subject(s, verb, content, &first);
            midst = kind == CUE_STRONG && in_the_midst(s, verb);
        }
        if (!midst && first <= verb &&
            verb <= last) /* the cue stands in the midst of it */
            without(s, content, verb, &first, &last);
    } else if (parenthetic(s, verb)) {
        without(s, s->tokens[verb].head, verb, &first, &last);
    } else {
        return true;
    }
    if (first > last)
        return true;
    dl_source_cut(s, first, &last);
    int32_t speaker = dl_speaker_of(s, verb, first, last);
    if (midst)
        first = s->tokens[verb].left;
    dl_claim *claim = dl_claim_add(s, first, last, verb, verb, speaker);
    if (claim)
        claim->attitude = content >= 0 && is_wish(s, verb, content);
    return claim != NULL;
}

/* The source that a phrase of `size` words at `at` names: what its words govern or hang
 * on. *top is the head of both. -1 none. */
static int32_t source_behind(const speech *s, int32_t at, int32_t size, int32_t limit,
                             int32_t *top)
{
    for (int32_t i = at + size; i <= limit && i < at + size + SOURCE_REACH; i++) {
        dl_deprel relation = dl_relation_of(s->document, i);
        int32_t head = s->tokens[i].head;
        if (size > 2 && head >= at && head < at + size &&
            (relation == DL_DEPREL_nmod || relation == DL_DEPREL_obl)) {
            *top = head; /* "in the words of the bishop" hangs by "words" */
            return i;
        }
    }
    int32_t source = s->tokens[at].head;
    for (int step = 0; step < 3 && source >= 0 && source < at + size; step++)
        source = s->tokens[source].head;
    if (source < at + size) /* attached the other way round */
        source = dl_tree_child(s->document, at, DL_DEPREL_obl);
    if (source < at + size)
        return -1;
    *top = s->tokens[source].head == at ? at : source;
    return source;
}

/* "according to the ministry": the noun is the source, its clause the content. */
static bool indirect_source(speech *s, int32_t at, int32_t sentence_last)
{
    int32_t size = (int32_t)dl_list_match_tokens(s->work->detail->lexicon,
                                                 s->work->detail->list.sources,
                                                 s->document, at, sentence_last, NULL);
    if (!size)
        return true;
    int32_t top, source = source_behind(s, at, size, sentence_last, &top);
    if (source < 0)
        return true;
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
    int32_t speaker = dl_speaker_at(s, source);
    if (speaker < 0)
        speaker = dl_speaker_make(s, source);
    return first > last || dl_claim_add(s, first, last, at, at + size - 1, speaker);
}

/* What a noun such as "claim" says: its clause, or else the noun behind a preposition
 * that it takes ("his warning of an attack"). *first is where it starts; -1 none. */
static int32_t content_of_noun(const speech *s, int32_t noun, dl_string shapes,
                               int32_t *first)
{
    int32_t content = -1;
    for (int32_t c = s->tokens[noun].first_child; c >= 0; c = s->tokens[c].next_sibling) {
        dl_deprel relation = s->tokens[c].deprel;
        if (c < noun)
            continue;
        if ((relation == DL_DEPREL_acl || relation == DL_DEPREL_ccomp) &&
            has_subject(s, c) && dl_tree_child(s->document, c, DL_DEPREL_mark) >= 0) {
            *first = s->tokens[c].left;
            return c;
        }
        int32_t marker = relation == DL_DEPREL_nmod ? dl_says_marker(s, c, shapes) : -1;
        if (content < 0 && marker >= 0) {
            content = c;
            *first = marker + 1;
        }
    }
    return content;
}

/* "the claim that ...", "the army's report of ...". Without a clause it is a claim only
 * where somebody makes it. */
static bool indirect_noun(speech *s, int32_t noun)
{
    dl_string shapes;
    if (s->tokens[noun].upos != DL_UPOS_NOUN ||
        !dl_lemma_in(s->work, s->work->detail->list.says_nouns, noun, &shapes))
        return true;
    int32_t first, content = content_of_noun(s, noun, shapes, &first);
    if (content < 0)
        return true;
    int32_t owner = dl_speaker_owner(s, noun, shapes);
    bool clause = dl_relation_of(s->document, content) != DL_DEPREL_nmod;
    if (owner >= first && owner <= s->tokens[content].right)
        owner = -1;
    if (!clause && owner < 0)
        return true;
    int32_t speaker = dl_speaker_at(s, owner);
    if (speaker < 0 && owner >= 0)
        speaker = dl_speaker_make(s, owner);
    return first > s->tokens[content].right ||
           dl_claim_add(s, first, s->tokens[content].right, noun, noun, speaker) != NULL;
}

bool dl_says_indirect(speech *s)
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
