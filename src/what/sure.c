/* Confidence: a logistic regression (numbers in confidence.txt, fitted by
 * train/opinion/calibrate.py on records that were judged) over what is known of a match.
 */
#include <math.h>
#include <stdio.h>

#include "what/shared.h"

enum { SURE_BYTES_MAX = 400 };

static double log_odds(double chance)
{
    const double least = 0.002;
    chance = chance < least ? least : chance > 1 - least ? 1 - least : chance;
    return log(chance / (1 - chance));
}

typedef struct sum {
    double value;
    char text[SURE_BYTES_MAX]; /* the terms, for `explain` */
    size_t used;
} sum;

static void add(const dl_work *work, sum *s, dl_weight weight, double times)
{
    static const char *const names[DL_WEIGHTS] = {
#define X(name, value) #name,
        DL_WEIGHT_LIST(X)
#undef X
    };
    double term = work->what->weights[weight] * times;
    s->value += term;
    if (!work->document->explain || term == 0 || s->used >= sizeof s->text)
        return;
    int size = snprintf(s->text + s->used, sizeof s->text - s->used, "%s%s %+.2f",
                        s->used ? ", " : "", names[weight], term);
    s->used += size > 0 ? (size_t)size : 0;
}

double dl_match_confidence(dl_work *work, const dl_match *match)
{
    sum s = {0};
    bool both = match->actor_count && match->recipient_count;
    bool none = !match->actor_count && !match->recipient_count;
    add(work, &s, DL_WEIGHT_bias, 1);
    add(work, &s, DL_WEIGHT_prior, log_odds((double)match->frame->weight));
    if (match->opinion >= 0)
        add(work, &s, DL_WEIGHT_opinion, log_odds((double)match->opinion));
    add(work, &s, DL_WEIGHT_both_parties, both);
    add(work, &s, DL_WEIGHT_no_party, none);
    add(work, &s, DL_WEIGHT_exact, match->used_count > 0);
    add(work, &s, DL_WEIGHT_noun, match->frame->kind == DL_FRAME_NOUN);
    add(work, &s, DL_WEIGHT_composed, match->composed);
    add(work, &s, DL_WEIGHT_not_actual, match->status != DL_EVENT_actual);
    add(work, &s, DL_WEIGHT_proposed, match->proposed);
    add(work, &s, DL_WEIGHT_reached, match->reached);
    double chance = 1 / (1 + exp(-s.value));
    dl_trace(work, match->anchor, DL_NOTE_SURE, (dl_string){0}, "%s", s.text);
    return chance < 0.01 ? 0.01 : chance > 0.99 ? 0.99 : chance;
}
