#include "detail/says.h"

enum { SUBJECT_STEPS = 6 /* verbs up to the one whose subject is shared */ };

/* The mention whose head the token is, else the smallest that covers it; -1 none. */
int32_t dl_speaker_at(const speech *s, int32_t token)
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
int32_t dl_speaker_subject(const speech *s, int32_t verb)
{
    for (int step = 0; step < SUBJECT_STEPS && verb >= 0; step++) {
        int32_t subject = dl_tree_child(s->document, verb, DL_DEPREL_nsubj);
        bool passive = subject >= 0 && s->tokens[subject].deprel == DL_DEPREL_nsubj_pass;
        if (passive && step == 0)
            return dl_tree_child(s->document, verb, DL_DEPREL_obl_agent);
        if (subject >= 0)
            return unrelative(s, subject, verb);
        dl_deprel relation = dl_relation_of(s->document, verb);
        if (relation == DL_DEPREL_acl)
            return s->tokens[verb].head;
        bool participle = relation == DL_DEPREL_ccomp && verb > 0 &&
                          s->tokens[verb].head < verb && dl_is_punct(s, verb - 1) &&
                          s->tokens[verb].feats.verb_form == DL_VERB_FORM_PART;
        if (relation != DL_DEPREL_conj && relation != DL_DEPREL_xcomp &&
            relation != DL_DEPREL_advcl && !participle)
            return -1;
        int32_t above = s->tokens[verb].head;
        int32_t said = above < 0 ? -1 : s->tokens[above].head;
        if (relation != DL_DEPREL_xcomp && said >= 0 && said < above &&
            dl_cue_kind(s, verb) == CUE_STRONG && dl_cue_kind(s, said) == CUE_STRONG &&
            dl_relation_of(s->document, above) == DL_DEPREL_ccomp)
            above = said; /* "said it was late, adding that ...": he who said */
        verb = above;
    }
    return -1;
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
int32_t dl_speaker_make(speech *s, int32_t head)
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

/* The verb's own subject, active and out of first..last, where trees hang a piece of what
 * is said beside it; -1 none. */
static int32_t own_subject(const speech *s, int32_t verb, int32_t first, int32_t last)
{
    for (int32_t c = s->tokens[verb].first_child; c >= 0; c = s->tokens[c].next_sibling)
        if (s->tokens[c].deprel == DL_DEPREL_nsubj && (c < first || c > last))
            return unrelative(s, c, verb);
    return -1;
}

/* The speaker of a cue verb for what stands in first..last: its subject, else who stands
 * right behind it ("said Amina Osman") or right before it. */
int32_t dl_speaker_of(speech *s, int32_t verb, int32_t first, int32_t last)
{
    const dl_sentence *sentence = &s->document->sentences[s->tokens[verb].sentence];
    if (first <= verb && verb <= last)
        first = last =
            verb; /* in the midst of what is said, where its subject stands too */
    int32_t own = own_subject(s, verb, first, last);
    if (own < 0 && verb - 1 <= last + 2 && verb > last && verb < sentence->last) {
        int32_t behind = s->from[verb + 1];
        if (behind >= 0)
            return behind;
    }
    int32_t subject = own >= 0 ? own : dl_speaker_subject(s, verb);
    if (subject >= 0 && (subject < first || subject > last)) {
        int32_t found = dl_speaker_at(s, subject);
        if (found < 0)
            found = dl_speaker_make(s, subject);
        if (found >= 0)
            return found;
    }
    if (verb > sentence->first && (verb - 1 < first || verb - 1 > last) &&
        dl_relation_of(s->document, verb) != DL_DEPREL_advcl)
        return dl_speaker_at(s, verb - 1);
    return -1;
}

bool dl_is_first_or_second_person(const speech *s, int32_t token)
{
    return token >= 0 && s->tokens[token].upos == DL_UPOS_PRON &&
           (s->tokens[token].feats.person == 1 || s->tokens[token].feats.person == 2);
}

/* The mention that starts at a name, also where a title that is none took it in. */
int32_t dl_speaker_name(speech *s, int32_t token)
{
    int32_t found = s->from[token];
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
    found = dl_speaker_make(s, last);
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

int32_t dl_speaker_owner(const speech *s, int32_t noun, dl_string shapes)
{
    int32_t owner = dl_tree_child(s->document, noun, DL_DEPREL_nmod_poss);
    int32_t verb = s->tokens[noun].head;
    for (int32_t c = s->tokens[noun].first_child; c >= 0 && owner < 0;
         c = s->tokens[c].next_sibling) {
        int32_t marker = dl_tree_child(s->document, c, DL_DEPREL_case_);
        if (c > noun && marker >= 0 && dl_relation_of(s->document, c) == DL_DEPREL_nmod &&
            dl_fold_in(s->work, s->work->detail->list.owners, marker, NULL) &&
            !dl_says_shape(shapes, s->tokens[marker].fold))
            owner = c;
    }
    if (owner >= 0 || verb < 0)
        return owner;
    dl_deprel relation = dl_relation_of(s->document, noun);
    if ((relation == DL_DEPREL_obj || relation == DL_DEPREL_obl) &&
        dl_lemma_in(s->work, s->work->detail->list.carriers, verb, NULL))
        return dl_speaker_subject(s, verb);
    return -1;
}
