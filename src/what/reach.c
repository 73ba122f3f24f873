/* Parties that do not stand where the construction looks for them.
 *
 * A recipient that is missing, or is nobody ("a lawsuit"), is looked for in what depends
 * on the predicate, nearest first: through objects, prepositions of the two classes
 * below, and infinitives, never through subjects, relative clauses or coordination.
 * Somebody comes before a place; a place stands in where nobody is found. An actor that
 * is nobody gives way to who made it ("missiles fired by X") or to the subject of the
 * verb it is the object of ("X issued a report condemning Y"). */
#include "what/shared.h"

enum { REACH_TOKENS = 64, REACH_DEPTH = 5 };

typedef struct step {
    int32_t token;
    uint8_t depth, rank;
} step;

static dl_deprel relation(const dl_work *work, int32_t token)
{
    return dl_deprel_universal((dl_deprel)work->tokens[token].deprel);
}

static bool has_role(const dl_mention *m)
{
    return !m->generic && (m->role.code[0] || m->role.sectors[0] != DL_NO_SECTOR);
}

static bool same_somebody(const dl_work *work, int32_t a, int32_t b)
{
    const dl_mention *mentions = work->document->mentions;
    return a == b ||
           (mentions[a].entity >= 0 && mentions[a].entity == mentions[b].entity);
}

static bool is_actor(const dl_work *work, const dl_match *match, int32_t mention)
{
    for (int i = 0; i < match->actor_count; i++)
        if (same_somebody(work, match->actors[i], mention))
            return true;
    return false;
}

/* What the actor owns ("its borders") and what was done ("a protest") is nobody. */
static bool is_somebody(const dl_work *work, const dl_match *match, int32_t mention)
{
    const dl_mention *m = &work->document->mentions[mention];
    if (!has_role(m))
        return false;
    if (m->via != DL_VIA_NOMINAL || m->role.sectors[0] != DL_NO_SECTOR)
        return !work->frames->words[work->words[m->head]].count[DL_FRAME_NOUN] ||
               m->via != DL_VIA_NOMINAL || m->plural;
    int32_t owner = dl_tree_child(work->document, m->head, DL_DEPREL_nmod_poss);
    return owner < 0 || work->tokens[owner].mention < 0 ||
           !is_actor(work, match, work->tokens[owner].mention);
}

static bool is_party(const dl_work *work, const dl_match *match, int32_t mention)
{
    return mention >= 0 && is_somebody(work, match, mention) &&
           !is_actor(work, match, mention);
}

static bool all_nobody(const dl_work *work, const dl_match *match,
                       const int32_t *mentions, uint8_t count)
{
    for (int i = 0; i < count; i++)
        if (is_somebody(work, match, mentions[i]))
            return false;
    return true;
}

/* Who made or sent what the noun names: the agent or subject of a clause beside it. */
static int32_t maker_of(const dl_work *work, int32_t noun)
{
    int32_t maker = -1;
    for (int32_t c = work->tokens[noun].first_child; c >= 0 && maker < 0;
         c = work->tokens[c].next_sibling) {
        if (relation(work, c) != DL_DEPREL_acl && relation(work, c) != DL_DEPREL_ccomp)
            continue;
        maker = dl_argument_agent(work, c);
        if (maker < 0)
            maker = dl_tree_child(work->document, c, DL_DEPREL_nsubj);
    }
    return maker;
}

/* Whether the search goes on from a node to its dependent, and how well what is found
 * there fits: 0 well, 1 behind a preposition of place. */
static bool leads_on(const dl_work *work, int32_t node, int32_t c, int *rank)
{
    bool verb = work->tokens[node].upos == DL_UPOS_VERB;
    const dl_feats *feats = &work->tokens[c].feats;
    *rank = 0;
    switch (relation(work, c)) {
    case DL_DEPREL_obj:
    case DL_DEPREL_iobj:
    case DL_DEPREL_xcomp:
        return true;
    case DL_DEPREL_obl:
    case DL_DEPREL_nmod:
        *rank = dl_child_cue(work, c, DL_CUE_recipient) < 0;
        return *rank == 0 || dl_child_cue(work, c, DL_CUE_place) >= 0 ||
               dl_child_cue(work, c, DL_CUE_agent) >= 0 ||
               dl_tree_child(work->document, c, DL_DEPREL_case_) < 0;
    case DL_DEPREL_compound:
        return !verb;
    case DL_DEPREL_advcl:
        return feats->verb_form == DL_VERB_FORM_INF;
    case DL_DEPREL_acl:
        return work->tokens[c].deprel != DL_DEPREL_acl_relcl &&
               feats->verb_form != DL_VERB_FORM_FIN;
    default:
        return false;
    }
}

static void add_step(step *steps, size_t *count, int32_t token, int depth, int rank)
{
    for (size_t i = 0; i < *count; i++)
        if (steps[i].token == token)
            return;
    if (token >= 0 && *count < REACH_TOKENS)
        steps[(*count)++] = (step){token, (uint8_t)depth, (uint8_t)rank};
}

static int rank_of(const dl_work *work, const step *at, int32_t mention)
{
    const dl_mention *m = &work->document->mentions[mention];
    bool place = m->is_place || (m->type == DL_NAME_LOC && at->rank > 0);
    return place ? 2 : at->rank;
}

/* The party that fits best, then the nearest, below the tokens in `steps`; its token or
 * -1. */
static int32_t nearest(const dl_work *work, const dl_match *match, step *steps,
                       size_t count)
{
    int32_t best = -1;
    int best_rank = 3;
    size_t roots = count;
    for (size_t i = 0; i < count; i++) {
        int32_t token = steps[i].token, mention = work->tokens[token].mention;
        if (i >= roots && is_party(work, match, mention)) {
            int rank = rank_of(work, &steps[i], mention);
            if (rank < best_rank) {
                best = token;
                best_rank = rank;
            }
        }
        if (steps[i].depth >= REACH_DEPTH)
            continue;
        for (int32_t c = work->tokens[token].first_child; c >= 0;
             c = work->tokens[c].next_sibling) {
            int rank = 0;
            if (leads_on(work, token, c, &rank))
                add_step(steps, &count, c, steps[i].depth + 1, rank);
        }
        if (work->tokens[token].upos == DL_UPOS_NOUN)
            add_step(steps, &count, maker_of(work, token), steps[i].depth + 1, 0);
    }
    return best;
}

static void trace_party(dl_work *work, const dl_match *match, const char *part,
                        int32_t token)
{
    dl_string form = work->tokens[token].form;
    dl_trace(work, match->anchor, DL_NOTE_PARTY, (dl_string){0},
             "%s reached through the tree at \"%.*s\"", part, (int)form.size, form.data);
}

static void take_actor(dl_work *work, dl_match *match, int32_t token)
{
    dl_argument_add(work, token, match->actor_heads, &match->actor_head_count,
                    match->actors, &match->actor_count);
    match->reached = true;
    trace_party(work, match, "actor", token);
}

static void reach_recipient(dl_work *work, dl_match *match)
{
    step steps[REACH_TOKENS];
    size_t count = 0;
    for (int i = 0; i < match->recipient_head_count; i++)
        add_step(steps, &count, match->recipient_heads[i], 0, 0);
    add_step(steps, &count, match->anchor, 0, 0);
    for (int i = 0; i < match->used_count; i++)
        add_step(steps, &count, match->used[i], 0, 0);
    add_step(steps, &count, match->light, 0, 0);
    add_step(steps, &count, match->outer, 0, 0);
    int32_t found = nearest(work, match, steps, count);
    if (found < 0)
        return;
    if (dl_category_quad(&work->frames->ontology, match->category) !=
        DL_MATERIAL_CONFLICT)
        match->recipient_count = match->recipient_head_count = 0;
    dl_argument_add(work, found, match->recipient_heads, &match->recipient_head_count,
                    match->recipients, &match->recipient_count);
    match->reached = true;
    trace_party(work, match, "recipient", found);
}

static void reach_actor(dl_work *work, dl_match *match)
{
    int32_t head = match->actor_heads[0], found = maker_of(work, head);
    if (found < 0 && relation(work, head) == DL_DEPREL_obj)
        found = dl_argument_subject(work, work->tokens[head].head);
    int32_t mention = found >= 0 ? dl_argument_mention(work, found) : -1;
    if (mention < 0 || !is_somebody(work, match, mention))
        return;
    for (int i = 0; i < match->recipient_count; i++)
        if (match->recipients[i] == mention)
            return;
    match->actor_count = match->actor_head_count = 0;
    take_actor(work, match, found);
}

/* Who says that something is out of the question rejects it. */
static void take_speaker(dl_work *work, dl_match *match)
{
    int32_t outer = match->outer;
    int32_t verb =
        relation(work, outer) == DL_DEPREL_ccomp ? work->tokens[outer].head : -1;
    int32_t speaker = verb >= 0 ? dl_argument_subject(work, verb) : -1;
    int32_t mention = speaker >= 0 ? dl_argument_mention(work, speaker) : -1;
    if (mention < 0 || !is_somebody(work, match, mention))
        return;
    take_actor(work, match, speaker);
}

void dl_reach(dl_work *work, dl_match *match)
{
    const dl_frame *frame = match->frame;
    if (match->actor_count && all_nobody(work, match, match->actors, match->actor_count))
        reach_actor(work, match);
    if (!match->actor_count && match->composed)
        take_speaker(work, match);
    bool takes =
        frame->part_counts[DL_PART_RECIPIENT] > 0 &&
        work->frames->specs[frame->parts[DL_PART_RECIPIENT]].kind != DL_ARGUMENT_NONE;
    if ((takes || match->composed) &&
        all_nobody(work, match, match->recipients, match->recipient_count))
        reach_recipient(work, match);
}
