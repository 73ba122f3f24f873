/* One record an act: which of the matches of a sentence stay. */
#include "what/shared.h"

static void drop(dl_match *match, const char *why)
{
    if (!match->dropped)
        match->why = why;
    match->dropped = true;
}

static dl_match *at(dl_work *work, int32_t token)
{
    if (token < 0 || work->best[token] < 0)
        return NULL;
    dl_match *match = &work->matches[work->best[token]];
    return match->dropped ? NULL : match;
}

static void copy_party(int32_t *into, uint8_t *into_count, const int32_t *from,
                       uint8_t from_count)
{
    if (*into_count)
        return;
    for (int i = 0; i < from_count; i++)
        into[i] = from[i];
    *into_count = from_count;
}

/* What an act counts, and whom it is done to, where the other has none of its own. */
static void hand_over(const dl_match *from, dl_match *to)
{
    for (int k = 0; k < DL_SIZES; k++)
        if (to->size_token[k] < 0)
            to->size_token[k] = from->size_token[k];
    copy_party(to->recipients, &to->recipient_count, from->recipients,
               from->recipient_count);
    copy_party(to->recipient_heads, &to->recipient_head_count, from->recipient_heads,
               from->recipient_head_count);
}

/* Words that a construction names are its own: no events of theirs. */
static void drop_used(dl_work *work, dl_match *match)
{
    for (int i = 0; i < match->used_count; i++) {
        dl_match *inner = at(work, match->used[i]);
        if (!inner || inner->anchor == match->anchor)
            continue;
        if (work->tokens[inner->anchor].upos == DL_UPOS_VERB)
            hand_over(inner, match);
        drop(inner, "its word belongs to another construction");
    }
}

static void drop_carriers(dl_work *work, const dl_match *match)
{
    dl_match *light = at(work, match->light);
    if (light && light->anchor != match->anchor && !light->used_count)
        drop(light, "it only carries an event noun");
    if (match->outer == match->anchor)
        return;
    dl_match *outer = at(work, match->outer);
    if (outer && (match->composed || outer->category == match->category))
        drop(outer, "it is composed with the inner act");
}

/* The violent act that a noun names or that it is a detail of ("clashes in the city"). */
static dl_match *event_noun(dl_work *work, int32_t noun)
{
    for (int depth = 0; depth < DL_NOMINAL_MAX && noun >= 0; depth++) {
        dl_match *match = at(work, noun);
        if (match && match->frame->kind == DL_FRAME_NOUN &&
            dl_category_quad(&work->frames->ontology, match->category) ==
                DL_MATERIAL_CONFLICT)
            return match;
        if (dl_deprel_universal((dl_deprel)work->tokens[noun].deprel) != DL_DEPREL_nmod)
            return NULL;
        noun = work->tokens[noun].head;
    }
    return NULL;
}

/* "The blast killed ten": one act; the noun is its anchor, the verb counts. */
static void merge_cause(dl_work *work, dl_match *match)
{
    if (match->frame->kind != DL_FRAME_VERB ||
        !dl_token_cue(work, match->anchor, DL_CUE_cause))
        return;
    for (int i = 0; i < match->actor_head_count; i++) {
        dl_match *noun = event_noun(work, match->actor_heads[i]);
        if (!noun || noun == match)
            continue;
        hand_over(match, noun);
        drop(match, "it tells what another act caused");
        return;
    }
}

static void drop_unbound(const dl_work *work, dl_match *match)
{
    const double *weights = work->what->weights;
    double weight = (double)match->frame->weight + 1e-6; /* floats stand in the file */
    bool party = match->actor_count || match->recipient_count;
    bool material = dl_category_quad(&work->frames->ontology, match->category) ==
                    DL_MATERIAL_CONFLICT;
    double needed = weights[DL_WEIGHT_keep_with_party];
    if (!party && match->frame->kind == DL_FRAME_VERB)
        needed = weights[DL_WEIGHT_keep_verb_without_party];
    else if (!party)
        needed = weights[material ? DL_WEIGHT_keep_noun_without_party
                                  : DL_WEIGHT_keep_talk_without_party];
    if (weight < needed)
        drop(match, party ? "the construction is too weak"
                          : "no party is tied to a weak construction");
}

static bool same_set(const int32_t *a, uint8_t a_count, const int32_t *b, uint8_t b_count)
{
    if (a_count != b_count)
        return false;
    for (int i = 0; i < a_count; i++) {
        bool found = false;
        for (int k = 0; k < b_count; k++)
            found |= a[i] == b[k];
        if (!found)
            return false;
    }
    return true;
}

static void drop_repeated(dl_work *work, size_t first, size_t number)
{
    dl_match *match = &work->matches[number];
    bool bare = !match->actor_count && !match->recipient_count;
    for (size_t i = first; i < work->match_count && !match->dropped; i++) {
        const dl_match *other = &work->matches[i];
        if (i == number || other->dropped || other->category != match->category)
            continue;
        bool other_bare = !other->actor_count && !other->recipient_count;
        bool same = same_set(match->actors, match->actor_count, other->actors,
                             other->actor_count) &&
                    same_set(match->recipients, match->recipient_count, other->recipients,
                             other->recipient_count);
        if ((bare && match->frame->kind == DL_FRAME_NOUN &&
             (!other_bare || i < number)) ||
            (same && !bare && i < number))
            drop(match, "another record tells the same act");
    }
}

void dl_select(dl_work *work, size_t first)
{
    if (first == work->match_count)
        return;
    bool game = dl_genre_silences(work, work->matches[first].sentence);
    for (size_t i = first; i < work->match_count; i++) {
        dl_match *match = &work->matches[i];
        if (game)
            drop(match, "the sentence tells of a game, a story or a market");
        if (!match->dropped)
            drop_used(work, match);
    }
    for (size_t i = first; i < work->match_count; i++)
        if (!work->matches[i].dropped)
            drop_carriers(work, &work->matches[i]);
    for (size_t i = first; i < work->match_count; i++)
        if (!work->matches[i].dropped)
            merge_cause(work, &work->matches[i]);
    for (size_t i = first; i < work->match_count; i++)
        if (!work->matches[i].dropped)
            drop_unbound(work, &work->matches[i]);
    for (size_t i = first; i < work->match_count; i++)
        if (!work->matches[i].dropped)
            drop_repeated(work, first, i);
}
