/* The second opinion at work: where the classifier is sure, it drops what a construction
 * made of a word that tells no event, decides between constructions that are torn, and
 * proposes an event where no construction knows the word. */
#include "what/shared.h"

static double limit(const dl_work *work, dl_weight weight)
{
    return work->what->weights[weight];
}

/* The token whose meaning made the category: the outer act where one composed. */
static int32_t deciding_token(const dl_match *match)
{
    return match->composed ? match->outer : match->anchor;
}

/* A construction of the word with the category thought of, else one of `*`. */
static bool find_reading(dl_work *work, int32_t token, const dl_thought *thought,
                         dl_match *match)
{
    dl_frame_kind kinds[2];
    size_t count = dl_match_kinds(&work->tokens[token], kinds);
    uint32_t words[] = {work->words[token], work->what->any_word};
    for (size_t w = 0; w < 2; w++)
        for (size_t i = 0; i < count && words[w]; i++) {
            bool any = w > 0;
            int mode = any ? thought->mode : -1;
            if (dl_match_best_of(work, token, kinds[i], words[w], thought->best, mode,
                                 match) ||
                (any && dl_match_best_of(work, token, kinds[i], words[w], thought->best,
                                         0, match))) {
                match->proposed = any;
                return true;
            }
        }
    return false;
}

/* Status without composition: the classifier saw the outer act. */
static void set_status(const dl_work *work, dl_match *match, const dl_thought *thought)
{
    match->status = (uint8_t)dl_status_of(dl_status_local(work, match->anchor));
    if (match->status == DL_EVENT_actual && thought->status_chance > 0.5f)
        match->status = thought->status;
}

static void trace_thought(dl_work *work, int32_t anchor, const dl_thought *thought)
{
    int second = thought->best == 0 ? 1 : 0;
    for (int i = 0; i < DL_CATEGORIES; i++)
        if (i != thought->best && thought->categories[i] > thought->categories[second])
            second = i;
    const char *first = thought->best ? dl_category_name(&work->frames->ontology,
                                                         (dl_category)thought->best)
                                      : "no event";
    const char *other =
        second ? dl_category_name(&work->frames->ontology, (dl_category)second)
               : "no event";
    dl_trace(work, anchor, DL_NOTE_OPINION, (dl_string){0}, "%s %.2f, %s %.2f", first,
             (double)thought->categories[thought->best], other,
             (double)thought->categories[second]);
}

/* Constructions of two categories fit the word equally well: the classifier decides, and
 * the line that it takes is the record's rule. */
static void settle(dl_work *work, dl_match *match, const dl_thought *thought)
{
    dl_frame_kind kinds[2];
    dl_match other;
    int32_t token = match->anchor;
    size_t count = dl_match_kinds(&work->tokens[token], kinds);
    for (size_t i = 0; i < count && match->outer == match->anchor; i++) {
        if (!dl_match_best_of(work, token, kinds[i], work->words[token], thought->best,
                              -1, &other) ||
            other.specificity != match->specificity ||
            other.used_count < match->used_count ||
            other.frame->weight < match->frame->weight)
            continue;
        dl_match_take_codes(work, &other);
        other.status = match->status;
        other.opinion = thought->categories[thought->best];
        *match = other;
        return;
    }
}

static void hold_against(dl_work *work, dl_match *match)
{
    const dl_thought *thought = dl_opinion_of(work, deciding_token(match));
    if (!thought ||
        match->category >= DL_CATEGORIES) /* it knows no categories of others */
        return;
    trace_thought(work, match->anchor, thought);
    match->opinion = thought->categories[match->category];
    if (thought->best == match->category)
        return;
    if (thought->best == DL_NO_CATEGORY) {
        if (thought->categories[0] >= limit(work, DL_WEIGHT_second_opinion_drop)) {
            match->dropped = true;
            match->why = "the second opinion sees no event in it";
        }
        return;
    }
    if (thought->categories[thought->best] >=
        limit(work, DL_WEIGHT_second_opinion_settle))
        settle(work, match, thought);
}

static bool is_taken(const dl_work *work, size_t first, int32_t token)
{
    for (size_t i = first; i < work->match_count; i++) {
        const dl_match *match = &work->matches[i];
        if (match->dropped)
            continue;
        if (match->anchor == token || match->outer == token || match->light == token)
            return true;
        for (int k = 0; k < match->used_count; k++)
            if (match->used[k] == token)
                return true;
    }
    return false;
}

static void propose(dl_work *work, size_t first, int32_t token)
{
    const dl_thought *thought = dl_opinion_of(work, token);
    dl_match match;
    if (!thought || thought->best == DL_NO_CATEGORY ||
        thought->categories[thought->best] <
            limit(work, DL_WEIGHT_second_opinion_propose) ||
        is_taken(work, first, token) || !find_reading(work, token, thought, &match))
        return;
    trace_thought(work, token, thought);
    dl_match_take_codes(work, &match);
    set_status(work, &match, thought);
    match.opinion = thought->categories[thought->best];
    match.proposed = true;
    match.rule = DL_STRING(DL_OPINION_FILE);
    dl_match_add(work, &match);
}

void dl_judge(dl_work *work, const dl_sentence *sentence, size_t first)
{
    size_t known = work->match_count;
    for (size_t i = first; i < known; i++)
        if (!work->matches[i].dropped)
            hold_against(work, &work->matches[i]);
    for (int32_t t = sentence->first; t <= sentence->last; t++)
        if (work->best[t] < 0)
            propose(work, first, t);
}
