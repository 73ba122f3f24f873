#include "detail/shared.h"

enum { NAME_STEPS = 2 /* up from a part of a date to its head: "3 May" */ };

dl_deprel dl_relation_of(const dl_document *document, int32_t token)
{
    return dl_deprel_universal(document->tokens[token].deprel);
}

bool dl_is_clause_relation(dl_deprel relation)
{
    switch (relation) {
    case DL_DEPREL_ccomp:
    case DL_DEPREL_advcl:
    case DL_DEPREL_acl:
    case DL_DEPREL_csubj:
    case DL_DEPREL_parataxis:
    case DL_DEPREL_root:
        return true;
    default:
        return false;
    }
}

static bool is_verbal(const dl_document *document, int32_t token)
{
    const dl_token *t = &document->tokens[token];
    return t->upos == DL_UPOS_VERB || t->upos == DL_UPOS_AUX ||
           dl_tree_child(document, token, DL_DEPREL_cop) >= 0 ||
           dl_tree_child(document, token, DL_DEPREL_nsubj) >= 0;
}

int32_t dl_clause_of(const dl_document *document, int32_t token)
{
    for (int step = 0; step < DL_CLIMB_MAX; step++) {
        const dl_token *t = &document->tokens[token];
        dl_deprel relation = dl_deprel_universal(t->deprel);
        if (t->head < 0 || dl_is_clause_relation(relation))
            return token;
        if ((relation == DL_DEPREL_conj || relation == DL_DEPREL_xcomp) &&
            is_verbal(document, token))
            return token;
        token = t->head;
    }
    return token;
}

bool dl_fold_in(const dl_work *work, int list, int32_t token, dl_string *value)
{
    dl_entry entry;
    if (!dl_list_has(work->detail->lexicon, list, work->document->tokens[token].fold,
                     &entry))
        return false;
    if (value)
        *value = entry.value;
    return true;
}

bool dl_lemma_in(const dl_work *work, int list, int32_t token, dl_string *value)
{
    dl_entry entry;
    const dl_token *t = &work->document->tokens[token];
    if (!dl_list_has(work->detail->lexicon, list, t->lemma.size ? t->lemma : t->fold,
                     &entry))
        return dl_fold_in(work, list, token, value);
    if (value)
        *value = entry.value;
    return true;
}

/* "to be signed": an infinitive whose verb is a participle; "to have been signed" is
 * over.
 */
static bool passive_infinitive(const dl_work *work, int32_t verb)
{
    const dl_token *tokens = work->document->tokens;
    bool marked = false;
    for (int32_t c = tokens[verb].first_child; c >= 0; c = tokens[c].next_sibling) {
        if (tokens[c].deprel == DL_DEPREL_aux)
            return false;
        marked |= tokens[c].upos == DL_UPOS_PART &&
                  dl_relation_of(work->document, c) == DL_DEPREL_mark &&
                  dl_fold_in(work, work->detail->list.future_auxiliaries, c, NULL);
    }
    return marked;
}

/* "called a strike for Monday", "put off the vote until 3 May": days to come, whatever
 * the tense of the verb. */
static bool set_ahead(const dl_work *work, int32_t token, int32_t verb)
{
    const dl_document *document = work->document;
    const dl_lists *list = &work->detail->list;
    int32_t marker = dl_tree_child(document, token, DL_DEPREL_case_);
    for (int step = 0; marker < 0 && step < NAME_STEPS; step++) {
        dl_deprel relation = dl_relation_of(document, token);
        int32_t head = document->tokens[token].head;
        if (head < 0 ||
            (relation != DL_DEPREL_compound && relation != DL_DEPREL_flat &&
             relation != DL_DEPREL_nummod && document->tokens[head].upos != DL_UPOS_NUM))
            return false;
        token = head;
        marker = dl_tree_child(document, token, DL_DEPREL_case_);
    }
    dl_string needs;
    return marker >= 0 && dl_fold_in(work, list->future_prepositions, marker, &needs) &&
           (!needs.size || dl_lemma_in(work, list->deferrals, verb, NULL));
}

int dl_tense_of(const dl_work *work, int32_t token)
{
    const dl_document *document = work->document;
    const dl_token *tokens = document->tokens;
    int32_t verb = dl_clause_of(document, token);
    if (set_ahead(work, token, verb))
        return 1;
    for (int32_t c = tokens[verb].first_child; c >= 0; c = tokens[c].next_sibling)
        if (dl_deprel_universal(tokens[c].deprel) == DL_DEPREL_aux &&
            dl_fold_in(work, work->detail->list.future_auxiliaries, c, NULL))
            return 1;
    if (tokens[verb].feats.verb_form == DL_VERB_FORM_INF ||
        passive_infinitive(work, verb))
        return 1;
    bool past = false;
    for (int32_t c = tokens[verb].first_child; c >= 0; c = tokens[c].next_sibling)
        if (tokens[c].upos == DL_UPOS_AUX && tokens[c].feats.tense == DL_TENSE_PAST)
            past = true;
    if (dl_fold_in(work, work->detail->list.future_heads, verb, NULL))
        return past ? 0 : 1; /* "had been due on Monday" may be either */
    if (past)
        return -1;
    return tokens[verb].feats.tense == DL_TENSE_PAST ? -1 : 0;
}

size_t dl_first_ending(const void *items, size_t count, size_t size, size_t last,
                       int32_t token)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int32_t end;
        memcpy(&end, (const char *)items + middle * size + last, sizeof end);
        if (end < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
