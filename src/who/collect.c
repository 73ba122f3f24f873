#include <stdlib.h>

#include "base/base.h"
#include "who/inside.h"

/* ---- Spans ---------------------------------------------------------------------------
 */

/* Relations of what stands in front of a noun and belongs to its phrase. */
static bool is_left_part(dl_deprel deprel)
{
    switch (deprel) {
    case DL_DEPREL_det:
    case DL_DEPREL_det_predet:
    case DL_DEPREL_amod:
    case DL_DEPREL_compound:
    case DL_DEPREL_nummod:
    case DL_DEPREL_nmod_poss:
    case DL_DEPREL_nmod_desc:
    case DL_DEPREL_nmod_unmarked:
    case DL_DEPREL_nmod:
    case DL_DEPREL_flat:
    case DL_DEPREL_goeswith:
        return true;
    default:
        return false;
    }
}

static bool is_right_part(dl_deprel deprel)
{
    return deprel == DL_DEPREL_flat || deprel == DL_DEPREL_compound ||
           deprel == DL_DEPREL_goeswith || deprel == DL_DEPREL_fixed ||
           deprel == DL_DEPREL_flat_foreign;
}

static int32_t left_edge(const dl_document *document, int32_t head)
{
    const dl_token *tokens = document->tokens;
    int32_t left = head;
    for (int32_t c = tokens[head].first_child; c >= 0 && c < head;
         c = tokens[c].next_sibling)
        if (is_left_part(tokens[c].deprel) && tokens[c].left < left)
            left = tokens[c].left;
    return left;
}

static int32_t right_edge(const dl_document *document, int32_t head)
{
    const dl_token *tokens = document->tokens;
    int32_t right = head;
    for (int32_t c = tokens[head].first_child; c >= 0; c = tokens[c].next_sibling)
        if (c > head && is_right_part(tokens[c].deprel) && tokens[c].right > right)
            right = tokens[c].right;
    return right;
}

/* The complement of a noun ("of X"), -1 none. */
static int32_t complement_of(const dl_who_work *work, int32_t head)
{
    const dl_token *tokens = work->document->tokens;
    for (int32_t c = tokens[head].first_child; c >= 0; c = tokens[c].next_sibling)
        if (c > head && dl_deprel_universal(tokens[c].deprel) == DL_DEPREL_nmod &&
            dl_who_has_case(work, c, DL_WHO_COMPLEMENTS))
            return c;
    return -1;
}

static int32_t full_right(const dl_who_work *work, int32_t head, int32_t core_last)
{
    int32_t right = core_last;
    for (int i = 0; i < DL_WHO_CHAIN_MAX && head >= 0; i++) {
        head = complement_of(work, head);
        if (head > right)
            right = right_edge(work->document, head);
    }
    return right;
}

/* ---- Which tokens head a phrase ------------------------------------------------------
 */

static bool is_inside(dl_deprel deprel)
{
    return deprel == DL_DEPREL_flat || deprel == DL_DEPREL_goeswith ||
           deprel == DL_DEPREL_fixed || deprel == DL_DEPREL_flat_foreign;
}

/* Arguments of verbs: kept as mentions whatever they are. */
static bool is_argument(const dl_document *document, int32_t token)
{
    const dl_token *tokens = document->tokens;
    for (int i = 0; i < DL_WHO_CHAIN_MAX && tokens[token].deprel == DL_DEPREL_conj &&
                    tokens[token].head >= 0;
         i++)
        token = tokens[token].head;
    switch (tokens[token].deprel) {
    case DL_DEPREL_nsubj:
    case DL_DEPREL_nsubj_pass:
    case DL_DEPREL_nsubj_outer:
    case DL_DEPREL_obj:
    case DL_DEPREL_iobj:
    case DL_DEPREL_obl_agent:
        return true;
    case DL_DEPREL_obl:
        for (int32_t c = tokens[token].first_child; c >= 0; c = tokens[c].next_sibling)
            if (dl_tree_child(document, c, DL_DEPREL_fixed) >= 0)
                return true;
        return false;
    default:
        return false;
    }
}

static bool is_nominal(const dl_document *document, int32_t token)
{
    switch (document->tokens[token].upos) {
    case DL_UPOS_NOUN:
    case DL_UPOS_PROPN:
    case DL_UPOS_PRON:
        return true;
    case DL_UPOS_NUM:
    case DL_UPOS_ADJ:
    case DL_UPOS_DET:
    case DL_UPOS_SYM:
    case DL_UPOS_X:
        return is_argument(document, token) || document->tokens[token].name;
    default:
        return document->tokens[token].name != DL_NO_NAME;
    }
}

static dl_pronoun pronoun_of(const dl_who_work *work, int32_t token)
{
    static const struct {
        dl_who_list list;
        dl_pronoun pronoun;
    } kinds[] = {
        {DL_WHO_HE, DL_PRONOUN_HE},   {DL_WHO_SHE, DL_PRONOUN_SHE},
        {DL_WHO_IT, DL_PRONOUN_IT},   {DL_WHO_THEY, DL_PRONOUN_THEY},
        {DL_WHO_I, DL_PRONOUN_I},     {DL_WHO_WE, DL_PRONOUN_WE},
        {DL_WHO_YOU, DL_PRONOUN_YOU}, {DL_WHO_INDEFINITE, DL_PRONOUN_NOBODY},
    };
    const dl_token *t = &work->document->tokens[token];
    if (t->upos != DL_UPOS_PRON)
        return DL_NO_PRONOUN;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (dl_who_in_list(work, kinds[i].list, t->fold))
            return kinds[i].pronoun;
    return DL_NO_PRONOUN;
}

/* The name (of the parser's) that has this token in it; -1 none. `from` is where the
 * search goes on: tokens come in order. */
static int32_t name_at(const dl_document *document, size_t *from, int32_t token)
{
    while (*from < document->name_count && document->names[*from].last < token)
        (*from)++;
    if (*from < document->name_count && document->names[*from].first <= token)
        return (int32_t)*from;
    return -1;
}

/* Whether the name has another token above this one. */
static bool name_has_higher(const dl_document *document, const dl_name *name,
                            int32_t token)
{
    int32_t head = document->tokens[token].head;
    return head >= name->first && head <= name->last;
}

static dl_draft *add_draft(dl_who_work *work, int32_t head)
{
    if (!dl_arena_grow(work->document->arena, (void **)&work->drafts, work->count,
                       &work->capacity, sizeof *work->drafts)) {
        work->failed = true;
        return NULL;
    }
    dl_draft *draft = &work->drafts[work->count++];
    *draft = (dl_draft){.known = -1, .name_first = -1, .name_last = -1};
    draft->mention.head = head;
    draft->mention.entity = -1;
    return draft;
}

static void set_span(dl_who_work *work, dl_draft *draft, const dl_name *name)
{
    dl_mention *mention = &draft->mention;
    mention->first = left_edge(work->document, mention->head);
    draft->core_last = right_edge(work->document, mention->head);
    if (name) {
        if (name->first < mention->first)
            mention->first = name->first;
        if (name->last > draft->core_last)
            draft->core_last = name->last;
        draft->name_first = name->first;
        draft->name_last = name->last;
        mention->type = name->type;
    }
    mention->last = full_right(work, mention->head, draft->core_last);
    mention->span = dl_document_span(work->document, mention->first, mention->last);
}

static bool is_definite(const dl_document *document, int32_t head)
{
    const dl_token *tokens = document->tokens;
    for (int32_t c = tokens[head].first_child; c >= 0 && c < head;
         c = tokens[c].next_sibling) {
        if (tokens[c].deprel == DL_DEPREL_nmod_poss)
            return true;
        if (tokens[c].deprel == DL_DEPREL_det &&
            (tokens[c].feats.definite == DL_DEFINITE_DEF ||
             tokens[c].feats.pron_type == DL_PRON_DEM))
            return true;
    }
    return false;
}

static bool is_generic(const dl_who_work *work, int32_t head)
{
    int32_t determiner = dl_tree_child(work->document, head, DL_DEPREL_det);
    return determiner >= 0 && dl_who_token_in(work, DL_WHO_GENERIC, determiner);
}

static void collect_token(dl_who_work *work, int32_t token, size_t *name_from)
{
    dl_document *document = work->document;
    const dl_token *t = &document->tokens[token];
    int32_t name_number = name_at(document, name_from, token);
    const dl_name *name = name_number >= 0 ? &document->names[name_number] : NULL;
    if (is_inside(t->deprel) && t->head >= 0)
        return;
    if (name && name_has_higher(document, name, token))
        return;
    bool modifier = t->deprel == DL_DEPREL_amod;
    if (!modifier && !is_nominal(document, token))
        return;
    dl_pronoun pronoun = pronoun_of(work, token);
    if (t->upos == DL_UPOS_PRON && pronoun == DL_NO_PRONOUN &&
        t->feats.pron_type == DL_PRON_REL)
        return;
    dl_draft *draft = add_draft(work, token);
    if (!draft)
        return;
    set_span(work, draft, name);
    draft->pronoun = pronoun;
    draft->definite = is_definite(document, token);
    draft->mention.plural = t->feats.number == DL_NUMBER_PLUR;
    draft->mention.generic = pronoun == DL_PRONOUN_NOBODY || is_generic(work, token);
    draft->mention.via = pronoun ? DL_VIA_PRONOUN : DL_VIA_NOMINAL;
}

/* In order of first token, longer first, heads in order where both are equal, further
 * parts of one noun first: the last draft of a head is its smallest. */
static int compare_drafts(const void *a, const void *b)
{
    const dl_mention *x = &((const dl_draft *)a)->mention;
    const dl_mention *y = &((const dl_draft *)b)->mention;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->last != y->last)
        return x->last > y->last ? -1 : 1;
    if (x->head != y->head)
        return x->head < y->head ? -1 : 1;
    return (int)((const dl_draft *)b)->part - (int)((const dl_draft *)a)->part;
}

static void sort_drafts(dl_who_work *work)
{
    if (work->count)
        qsort(work->drafts, work->count, sizeof *work->drafts, compare_drafts);
    for (size_t i = 0; i < work->count; i++)
        work->draft_at[work->drafts[i].mention.head] = (int32_t)i;
}

/* Modifiers of a party belong to it; others are parties of their own ("the Russian
 * attack"). */
static bool is_kept(const dl_who_work *work, const dl_draft *draft)
{
    const dl_token *t = &work->document->tokens[draft->mention.head];
    bool modifier = t->deprel == DL_DEPREL_amod || t->deprel == DL_DEPREL_compound ||
                    t->deprel == DL_DEPREL_nmod_desc;
    if (draft->pronoun)
        return true;
    if (modifier) {
        int32_t above = t->head >= 0 ? work->draft_at[t->head] : -1;
        if (t->deprel == DL_DEPREL_amod && !draft->own_code)
            return false;
        return draft->actor && !(above >= 0 && work->drafts[above].actor);
    }
    return draft->actor || is_argument(work->document, draft->mention.head);
}

/* What stands in front of a person's name in its phrase is title, not somebody else; a
 * possessor is ("Kazakhstan's president X"). */
static void drop_titles(const dl_who_work *work, const dl_draft *named, bool *keep)
{
    if (named->name_first < 0 || named->mention.type != DL_NAME_PER)
        return;
    for (int32_t t = named->mention.first; t < named->name_first; t++) {
        int32_t inner = work->draft_at[t];
        if (inner >= 0 && work->document->tokens[t].deprel != DL_DEPREL_nmod_poss)
            keep[inner] = false;
    }
}

void dl_who_sift(dl_who_work *work)
{
    size_t kept = 0;
    bool *keep = DL_ARENA_ARRAY(work->document->arena, bool, work->count);
    if (!keep) {
        work->failed = true;
        return;
    }
    for (size_t i = 0; i < work->count; i++)
        keep[i] = is_kept(work, &work->drafts[i]);
    for (size_t i = 0; i < work->count; i++)
        drop_titles(work, &work->drafts[i], keep);
    for (size_t i = 0; i < work->count; i++) {
        work->draft_at[work->drafts[i].mention.head] = -1;
        if (keep[i])
            work->drafts[kept++] = work->drafts[i];
    }
    work->count = kept;
    sort_drafts(work);
}

void dl_who_collect(dl_who_work *work)
{
    size_t name_from = 0;
    for (size_t i = 0; i < work->document->token_count && !work->failed; i++)
        collect_token(work, (int32_t)i, &name_from);
    /* coded from the last head to the first: complements before what they complete */
    for (size_t i = 0; i < work->count; i++)
        work->draft_at[work->drafts[i].mention.head] = (int32_t)i;
}
