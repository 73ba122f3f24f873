/* The second opinion: what a classifier over the parser's own vectors thinks a word
 * tells.
 *
 * Its inputs are the parser's vector of the word and its state in the sentence, then the
 * given vector of the word and those of the words around it in the tree, in the order of
 * dl_view (all zero where there is none), last the average of the sentence's nouns and
 * verbs. train/opinion/features.c dumps the same inputs. */
#include "what/shared.h"

static dl_deprel relation(const dl_work *work, int32_t token)
{
    return dl_deprel_universal((dl_deprel)work->tokens[token].deprel);
}

bool dl_opinion_asks(const dl_work *work, int32_t token)
{
    const dl_token *t = &work->tokens[token];
    switch (t->upos) {
    case DL_UPOS_VERB:
        return true;
    case DL_UPOS_NOUN:
        return t->mention < 0 ||
               work->document->mentions[t->mention].role.sectors[0] == DL_NO_SECTOR;
    case DL_UPOS_ADJ:
        return work->words[token] &&
               work->frames->words[work->words[token]].count[DL_FRAME_ADJ];
    default:
        return false;
    }
}

/* First nominal with a preposition, no agent. */
static int32_t first_oblique(const dl_work *work, int32_t token)
{
    for (int32_t c = work->tokens[token].first_child; c >= 0;
         c = work->tokens[c].next_sibling)
        if ((relation(work, c) == DL_DEPREL_obl || relation(work, c) == DL_DEPREL_nmod) &&
            work->tokens[c].deprel != DL_DEPREL_obl_agent &&
            work->tokens[c].deprel != DL_DEPREL_nmod_poss &&
            dl_tree_child(work->document, c, DL_DEPREL_case_) >= 0)
            return c;
    return -1;
}

static int32_t first_of(const dl_work *work, int32_t token, const dl_deprel *deprels,
                        size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int32_t c = dl_tree_child(work->document, token, deprels[i]);
        if (c >= 0)
            return c;
    }
    return -1;
}

static void look_around(const dl_work *work, int32_t token, int32_t view[DL_VIEWS])
{
    static const dl_deprel clauses[] = {DL_DEPREL_xcomp, DL_DEPREL_ccomp, DL_DEPREL_advcl,
                                        DL_DEPREL_acl};
    static const dl_deprel small[] = {DL_DEPREL_compound, DL_DEPREL_advmod, DL_DEPREL_aux,
                                      DL_DEPREL_amod};
    enum {
        CLAUSES = sizeof clauses / sizeof *clauses,
        SMALL = sizeof small / sizeof *small
    };
    int32_t light = dl_argument_light(work, token);
    bool verb = work->tokens[token].upos == DL_UPOS_VERB;
    view[DL_VIEW_SUBJECT] =
        verb         ? dl_argument_subject(work, token)
        : light >= 0 ? dl_argument_subject(work, light)
                     : dl_tree_child(work->document, token, DL_DEPREL_nmod_poss);
    view[DL_VIEW_OBJECT] = verb ? dl_argument_object(work, token)
                                : dl_tree_child(work->document, token, DL_DEPREL_nmod);
    view[DL_VIEW_OBLIQUE] = first_oblique(work, verb || light < 0 ? token : light);
    view[DL_VIEW_PREPOSITION] =
        view[DL_VIEW_OBLIQUE] >= 0
            ? dl_tree_child(work->document, view[DL_VIEW_OBLIQUE], DL_DEPREL_case_)
            : -1;
    view[DL_VIEW_GOVERNOR] = work->tokens[token].head;
    view[DL_VIEW_CLAUSE] = first_of(work, token, clauses, CLAUSES);
    view[DL_VIEW_SMALL] = first_of(work, token, small, SMALL);
}

size_t dl_opinion_width(size_t vector_width, const dl_opinion *opinion)
{
    return vector_width + (DL_VIEWS + 2) * (size_t)opinion->shape.width;
}

static const uint8_t *vector_of(const dl_work *work, const dl_opinion *opinion,
                                int32_t token)
{
    if (token < 0)
        return NULL;
    const uint8_t *found = dl_opinion_vector(opinion, work->tokens[token].fold);
    return found ? found : dl_opinion_vector(opinion, work->tokens[token].lemma);
}

static uint8_t *put(uint8_t *out, const uint8_t *vector, size_t width)
{
    if (vector)
        memcpy(out, vector, width);
    else
        memset(out, DL_ZERO, width);
    return out + width;
}

void dl_opinion_subject_matter(const dl_work *work, const dl_opinion *opinion,
                               const dl_sentence *sentence, uint8_t *out)
{
    uint32_t sums[DL_OPINION_WIDTH_MAX] = {0}, count = 0;
    size_t width = opinion->shape.width;
    for (int32_t t = sentence->first; t <= sentence->last; t++) {
        dl_upos upos = (dl_upos)work->tokens[t].upos;
        const uint8_t *v = upos == DL_UPOS_NOUN || upos == DL_UPOS_VERB
                               ? vector_of(work, opinion, t)
                               : NULL;
        for (size_t k = 0; v && k < width; k++)
            sums[k] += v[k];
        count += v != NULL;
    }
    for (size_t k = 0; k < width; k++)
        out[k] = (uint8_t)(count ? (sums[k] + count / 2) / count : DL_ZERO);
}

void dl_opinion_inputs(const dl_work *work, const dl_opinion *opinion, int32_t token,
                       const uint8_t *subject_matter, uint8_t *out)
{
    const dl_document *document = work->document;
    size_t width = opinion->shape.width;
    int32_t view[DL_VIEWS];
    look_around(work, token, view);
    memcpy(out, document->vectors + (size_t)token * document->vector_width,
           document->vector_width);
    out = put(out + document->vector_width, vector_of(work, opinion, token), width);
    for (int i = 0; i < DL_VIEWS; i++)
        out = put(out, vector_of(work, opinion, view[i]), width);
    put(out, subject_matter, width);
}

/* ---- Asking --------------------------------------------------------------------------
 */

static void read_thought(const dl_work *work, const dl_opinion_result *result,
                         dl_thought *thought)
{
    const dl_what *what = work->what;
    const dl_opinion_shape *shape = &what->opinion->shape;
    *thought = (dl_thought){0};
    for (uint32_t i = 0; i < shape->kinds; i++)
        thought->categories[what->opinion_categories[i]] += result->kinds[i];
    for (uint8_t i = 1; i < DL_CATEGORIES; i++)
        if (thought->categories[i] > thought->categories[thought->best])
            thought->best = i;
    for (uint32_t i = 0; i < shape->modes; i++) {
        dl_mode mode = what->opinion_modes[i];
        if (mode && dl_mode_category(&work->frames->ontology, mode) == thought->best &&
            result->modes[i] > thought->mode_chance) {
            thought->mode = mode;
            thought->mode_chance = result->modes[i];
        }
    }
    for (uint32_t i = 0; i < shape->statuses; i++)
        if (result->statuses[i] > thought->status_chance) {
            thought->status = what->opinion_statuses[i];
            thought->status_chance = result->statuses[i];
        }
}

const dl_thought *dl_opinion_of(const dl_work *work, int32_t token)
{
    if (!work->thought_at || token < 0 || work->thought_at[token] < 0)
        return NULL;
    return &work->thoughts[work->thought_at[token]];
}

bool dl_opinion_ask(dl_work *work, const dl_sentence *sentence)
{
    const dl_opinion *opinion = work->what->opinion;
    if (!opinion || !work->document->vectors)
        return true;
    if (!work->thought_at) {
        work->thought_at =
            DL_ARENA_ARRAY(work->document->arena, int32_t, work->document->token_count);
        if (!work->thought_at)
            return false;
        memset(work->thought_at, -1, work->document->token_count * sizeof(int32_t));
    }
    uint8_t inputs[DL_OPINION_INPUTS_MAX], subject_matter[DL_OPINION_WIDTH_MAX];
    dl_opinion_result result;
    dl_opinion_subject_matter(work, opinion, sentence, subject_matter);
    for (int32_t t = sentence->first; t <= sentence->last; t++) {
        if (!dl_opinion_asks(work, t))
            continue;
        if (!dl_arena_grow(work->document->arena, (void **)&work->thoughts,
                           work->thought_count, &work->thought_capacity,
                           sizeof *work->thoughts))
            return false;
        dl_opinion_inputs(work, opinion, t, subject_matter, inputs);
        dl_opinion_run(opinion, inputs, &result);
        read_thought(work, &result, &work->thoughts[work->thought_count]);
        work->thought_at[t] = (int32_t)work->thought_count++;
    }
    return true;
}
