/* Whether what a predicate says happened, will happen, may happen or did not. */
#include "what/shared.h"

static dl_deprel relation(const dl_work *work, int32_t token)
{
    return dl_deprel_universal((dl_deprel)work->tokens[token].deprel);
}

static bool is_nominal(const dl_work *work, int32_t token)
{
    return work->tokens[token].upos == DL_UPOS_NOUN ||
           work->tokens[token].upos == DL_UPOS_PROPN;
}

static bool negates(const dl_work *work, int32_t c)
{
    dl_deprel rel = relation(work, c);
    if (rel == DL_DEPREL_advmod || rel == DL_DEPREL_det || rel == DL_DEPREL_case_ ||
        rel == DL_DEPREL_mark || rel == DL_DEPREL_aux)
        return dl_token_cue(work, c, DL_CUE_negation);
    if (rel != DL_DEPREL_nsubj)
        return false;
    int32_t determiner = dl_tree_child(work->document, c, DL_DEPREL_det);
    return dl_token_cue(work, c, DL_CUE_negation) ||
           dl_token_cue(work, determiner, DL_CUE_negation);
}

/* A year before the article's, in a dependent or right below one. */
static bool past_year(const dl_work *work, int32_t token)
{
    uint64_t year = 0;
    return work->tokens[token].upos == DL_UPOS_NUM &&
           work->tokens[token].form.size == 4 &&
           dl_string_to_uint(work->tokens[token].form, &year) &&
           year >= DL_HISTORICAL_YEAR_MIN &&
           (int64_t)year < (int64_t)work->document->date.year;
}

static bool historical(const dl_work *work, int32_t c)
{
    dl_deprel rel = relation(work, c);
    if (rel != DL_DEPREL_obl && rel != DL_DEPREL_nmod && rel != DL_DEPREL_advmod)
        return false;
    if (past_year(work, c) || dl_token_cue(work, c, DL_CUE_historical))
        return true;
    for (int32_t g = work->tokens[c].first_child; g >= 0;
         g = work->tokens[g].next_sibling)
        if (past_year(work, g))
            return true;
    return false;
}

/* The verb whose auxiliaries a coordinated verb without its own shares. */
static int32_t auxiliary_holder(const dl_work *work, int32_t predicate)
{
    for (int depth = 0; depth < DL_CLIMB_MAX; depth++) {
        int32_t head = work->tokens[predicate].head;
        if (relation(work, predicate) != DL_DEPREL_conj || head < 0 ||
            is_nominal(work, predicate) ||
            dl_tree_child(work->document, predicate, DL_DEPREL_aux) >= 0 ||
            dl_tree_child(work->document, predicate, DL_DEPREL_nsubj) >= 0 ||
            work->tokens[predicate].feats.verb_form != work->tokens[head].feats.verb_form)
            return predicate;
        predicate = head;
    }
    return predicate;
}

static dl_aspect aspect_of(const dl_work *work, int32_t predicate, int32_t *cue)
{
    for (int32_t c = work->tokens[predicate].first_child; c >= 0;
         c = work->tokens[c].next_sibling) {
        if (relation(work, c) != DL_DEPREL_aux)
            continue;
        *cue = c;
        if (dl_token_cue(work, c, DL_CUE_would))
            return relation(work, predicate) == DL_DEPREL_ccomp ? DL_ASPECT_WILL
                                                                : DL_ASPECT_MAY;
        if (dl_token_cue(work, c, DL_CUE_will))
            return DL_ASPECT_WILL;
        if (dl_token_cue(work, c, DL_CUE_may))
            return DL_ASPECT_MAY;
        *cue = -1;
    }
    dl_deprel rel = relation(work, predicate);
    bool open = rel == DL_DEPREL_advcl || rel == DL_DEPREL_acl;
    return open && work->tokens[predicate].feats.verb_form == DL_VERB_FORM_INF
               ? DL_ASPECT_PURPOSE
               : DL_ASPECT_PLAIN;
}

/* What the verb around an event noun says of it: "an attack could come". */
static void nominal_status(const dl_work *work, int32_t noun, dl_local_status *local)
{
    dl_deprel rel = relation(work, noun);
    int32_t head = work->tokens[noun].head;
    if (head < 0 || is_nominal(work, head) ||
        (rel != DL_DEPREL_nsubj && rel != DL_DEPREL_obj && rel != DL_DEPREL_obl))
        return;
    int32_t cue = -1;
    dl_aspect around = aspect_of(work, head, &cue);
    if (around != DL_ASPECT_MAY && around != DL_ASPECT_WILL)
        return;
    local->aspect = around;
    local->cue = cue;
}

dl_local_status dl_status_local(const dl_work *work, int32_t predicate)
{
    dl_local_status local = {.cue = -1};
    int32_t holder = auxiliary_holder(work, predicate), condition = -1, negation = -1;
    local.aspect = aspect_of(work, holder, &local.cue);
    for (int32_t c = work->tokens[predicate].first_child; c >= 0;
         c = work->tokens[c].next_sibling) {
        if (negates(work, c)) {
            local.negated = true;
            negation = c;
        }
        local.historical |= historical(work, c);
        if (local.cue < 0 && local.historical)
            local.cue = c;
        dl_deprel rel = relation(work, c);
        if (rel == DL_DEPREL_mark && dl_token_cue(work, c, DL_CUE_conditional)) {
            local.conditional = true;
            condition = c;
        }
        if (rel == DL_DEPREL_advcl)
            local.has_condition |= dl_child_cue(work, c, DL_CUE_conditional) >= 0;
    }
    if (is_nominal(work, predicate) && local.aspect == DL_ASPECT_PLAIN)
        nominal_status(work, predicate, &local);
    if (negation >= 0 || condition >= 0)
        local.cue = negation >= 0 ? negation : condition;
    return local;
}

dl_event_status dl_status_of(dl_local_status local)
{
    if (local.negated)
        return DL_EVENT_negated;
    if (local.conditional || local.aspect == DL_ASPECT_MAY ||
        local.aspect == DL_ASPECT_PURPOSE)
        return DL_EVENT_hypothetical;
    if (local.aspect == DL_ASPECT_WILL)
        return DL_EVENT_future;
    return local.historical ? DL_EVENT_historical : DL_EVENT_actual;
}
