/* Outer acts: what agreeing to, refusing to, demanding that ... makes of an inner act.
 * Goes outwards from the anchor, one governor at a time. */
#include "what/shared.h"

static dl_deprel relation(const dl_work *work, int32_t token)
{
    return dl_deprel_universal((dl_deprel)work->tokens[token].deprel);
}

/* The first of a coordination: what governs it governs all. */
static int32_t first_conjunct(const dl_work *work, int32_t token)
{
    for (int depth = 0; depth < DL_CLIMB_MAX; depth++) {
        if (relation(work, token) != DL_DEPREL_conj || work->tokens[token].head < 0)
            break;
        token = work->tokens[token].head;
    }
    return token;
}

static bool is_complement(const dl_work *work, int32_t inner, int32_t governor)
{
    switch (relation(work, inner)) {
    case DL_DEPREL_xcomp:
    case DL_DEPREL_ccomp:
    case DL_DEPREL_obj:
        return true;
    case DL_DEPREL_nsubj:
    case DL_DEPREL_csubj:
        return work->tokens[inner].deprel == DL_DEPREL_nsubj_pass ||
               dl_tree_child(work->document, governor, DL_DEPREL_obj) < 0;
    case DL_DEPREL_acl:
        return work->tokens[inner].deprel != DL_DEPREL_acl_relcl;
    case DL_DEPREL_nmod:
        for (int32_t c = work->tokens[inner].first_child; c >= 0;
             c = work->tokens[c].next_sibling)
            if (relation(work, c) == DL_DEPREL_case_ &&
                dl_token_cue(work, c, DL_CUE_genitive))
                return true;
        return false;
    default:
        return false;
    }
}

/* Whether the inner act hangs on the governor as the outer frame wants. */
static bool link_fits(const dl_work *work, const dl_frame *frame, int32_t inner,
                      int32_t governor)
{
    for (uint32_t i = 0; i < frame->element_count; i++) {
        const dl_element *e = &work->frames->elements[frame->first_element + i];
        if (e->type != DL_ELEMENT_CLAUSE)
            continue;
        if (dl_class_has(work->frames->words[e->preposition].classes,
                         work->what->cues[DL_CUE_complement]))
            return relation(work, inner) == DL_DEPREL_ccomp ||
                   relation(work, inner) == DL_DEPREL_acl;
        return relation(work, inner) != DL_DEPREL_nsubj &&
               dl_has_case(work, inner, e->preposition);
    }
    return is_complement(work, inner, governor);
}

static const dl_frame *outer_of_kind(const dl_work *work, int32_t inner, int32_t governor,
                                     dl_frame_kind kind, dl_match *outer)
{
    const dl_frame_word *word = &work->frames->words[work->words[governor]];
    const dl_frame *best = NULL;
    int best_specificity = -1;
    for (uint32_t i = 0; i < word->count[kind]; i++) {
        const dl_frame *frame = &work->frames->frames[word->first[kind] + i];
        dl_match match = {.frame = frame, .anchor = governor, .light = -1};
        if (!link_fits(work, frame, inner, governor) ||
            !dl_match_elements(work, frame, &match) ||
            (int)match.specificity <= best_specificity)
            continue;
        best = frame;
        best_specificity = match.specificity;
        *outer = match;
    }
    return best;
}

static const dl_frame *find_outer(const dl_work *work, int32_t inner, int32_t governor,
                                  dl_match *outer)
{
    if (!work->words[governor])
        return NULL;
    switch (work->tokens[governor].upos) {
    case DL_UPOS_NOUN:
    case DL_UPOS_PROPN:
        return outer_of_kind(work, inner, governor, DL_OUTER_NOUN, outer);
    case DL_UPOS_ADJ:
        return outer_of_kind(work, inner, governor, DL_OUTER_ADJ, outer);
    case DL_UPOS_VERB:
    case DL_UPOS_AUX: {
        const dl_frame *frame =
            outer_of_kind(work, inner, governor, DL_OUTER_VERB, outer);
        return frame ? frame : outer_of_kind(work, inner, governor, DL_OUTER_ADJ, outer);
    }
    default:
        return NULL;
    }
}

static const dl_compose *rule_of(const dl_work *work, int type, int category)
{
    static const dl_compose none = {0};
    if (type < 0)
        return &none;
    return &work->frames->composes[(size_t)type * work->frames->ontology.category_count +
                                   (size_t)category];
}

static bool same_party(const dl_work *work, int32_t head, const int32_t *heads,
                       uint8_t head_count, const int32_t *mentions, uint8_t count)
{
    int32_t mention = dl_argument_mention(work, head);
    for (int i = 0; i < head_count; i++)
        if (heads[i] == head)
            return true;
    for (int i = 0; i < count && mention >= 0; i++)
        if (mentions[i] == mention ||
            (work->document->mentions[mentions[i]].entity >= 0 &&
             work->document->mentions[mentions[i]].entity ==
                 work->document->mentions[mention].entity))
            return true;
    return false;
}

/* To whom the outer act is addressed. */
static int32_t addressee(const dl_work *work, const dl_match *outer, int32_t inner,
                         int32_t subject)
{
    int32_t found = -1;
    const dl_frame *frame = outer->frame;
    for (int i = 0; i < frame->part_counts[DL_PART_RECIPIENT] && found < 0; i++)
        found = dl_argument_find(
            work, outer,
            work->frames->specs[frame->parts[DL_PART_RECIPIENT] + (uint32_t)i], true);
    if (found < 0 && frame->kind == DL_OUTER_VERB)
        found = dl_argument_object(work, outer->anchor);
    if (found < 0 || dl_tree_below(work->document, found, inner) || found == subject)
        found = dl_case_cue(work, outer->anchor, DL_CUE_addressee);
    if (found < 0 || dl_tree_below(work->document, inner, found) ||
        dl_tree_below(work->document, found, inner) || found == subject ||
        dl_argument_mention(work, found) < 0)
        return -1;
    return found;
}

static void set_actor(const dl_work *work, dl_match *match, int32_t subject)
{
    match->actor_head_count = match->actor_count = 0;
    dl_argument_add(work, subject, match->actor_heads, &match->actor_head_count,
                    match->actors, &match->actor_count);
}

static void set_recipient(const dl_work *work, dl_match *match, int32_t head)
{
    match->recipient_head_count = match->recipient_count = 0;
    dl_argument_add(work, head, match->recipient_heads, &match->recipient_head_count,
                    match->recipients, &match->recipient_count);
}

/* The outer subject acts; the addressee, else whoever was to do the inner act, else whom
 * that was to be done to, receives. */
static void new_parties(const dl_work *work, dl_match *match, const dl_match *outer,
                        int32_t inner)
{
    int32_t subject =
        dl_argument_find(work, outer, (dl_argument_spec){DL_ARGUMENT_SUBJECT, 0}, true);
    if (subject >= 0 && dl_tree_below(work->document, subject, inner))
        subject = -1;
    int32_t to = addressee(work, outer, inner, subject);
    bool same = subject < 0 ||
                same_party(work, subject, match->actor_heads, match->actor_head_count,
                           match->actors, match->actor_count);
    if (to >= 0) {
        set_recipient(work, match, to);
    } else if (!same && match->actor_count) {
        memcpy(match->recipient_heads, match->actor_heads, sizeof match->actor_heads);
        memcpy(match->recipients, match->actors, sizeof match->actors);
        match->recipient_head_count = match->actor_head_count;
        match->recipient_count = match->actor_count;
    }
    if (subject >= 0)
        set_actor(work, match, subject);
}

static void take_codes(const dl_work *work, dl_match *match, const dl_compose *rule)
{
    match->category = rule->category;
    memcpy(match->modes, rule->modes, sizeof match->modes);
    match->cameo = dl_frames_text(work->frames, rule->cameo);
    match->rule = dl_frames_text(work->frames, rule->rule);
    match->composed = true;
}

static void raise_status(dl_match *match, dl_event_status status)
{
    static const uint8_t rank[DL_EVENT_STATUSES] = {[DL_EVENT_actual] = 0,
                                                    [DL_EVENT_historical] = 1,
                                                    [DL_EVENT_future] = 2,
                                                    [DL_EVENT_hypothetical] = 3,
                                                    [DL_EVENT_negated] = 4};
    if (rank[status] > rank[match->status])
        match->status = (uint8_t)status;
}

static void trace_outer(dl_work *work, const dl_match *match, int32_t at, int type,
                        const dl_compose *rule)
{
    dl_string form = work->tokens[at].form;
    const char *from =
        dl_category_name(&work->frames->ontology, (dl_category)match->category);
    dl_string name = type >= 0 ? dl_frames_text(work->frames, work->frames->outers[type])
                               : (dl_string){0};
    dl_string line = dl_frames_text(work->frames, rule->rule);
    const char *to =
        rule->kind == DL_COMPOSE_NEW
            ? dl_category_name(&work->frames->ontology, (dl_category)rule->category)
        : rule->kind == DL_COMPOSE_DROP ? "no record"
                                        : from;
    const char *status =
        rule->has_status ? dl_event_status_name((dl_event_status)rule->status) : "";
    if (rule->kind != DL_COMPOSE_NONE)
        dl_trace(work, match->anchor, DL_NOTE_OUTER, line,
                 "\"%.*s\" [%.*s]: %s -> %s%s%s", (int)form.size, form.data,
                 (int)name.size, name.data, from, to, status[0] ? " " : "", status);
}

/* Applies a line of composition; false where it has none for the category. */
static bool apply(dl_work *work, dl_match *match, const dl_match *outer, int type,
                  int32_t inner)
{
    const dl_compose *rule = rule_of(work, type, match->category);
    trace_outer(work, match, outer ? outer->anchor : inner, type, rule);
    switch (rule->kind) {
    case DL_COMPOSE_DROP:
        match->dropped = true;
        match->why = "an outer act takes its place";
        return true;
    case DL_COMPOSE_NEW:
        take_codes(work, match, rule);
        if (outer)
            new_parties(work, match, outer, inner);
        match->status = rule->has_status ? rule->status : DL_EVENT_actual;
        return true;
    case DL_COMPOSE_SAME:
        if (rule->has_status)
            raise_status(match, (dl_event_status)rule->status);
        if (outer && !match->actor_count && match->frame->kind == DL_FRAME_NOUN) {
            int32_t subject = dl_argument_find(
                work, outer, (dl_argument_spec){DL_ARGUMENT_SUBJECT, 0}, true);
            if (subject >= 0 && subject != match->anchor)
                set_actor(work, match, subject);
        }
        return true;
    default:
        return false;
    }
}

static void trace_status(dl_work *work, const dl_match *match, dl_event_status status,
                         int32_t cue)
{
    dl_string form = work->tokens[cue].form;
    dl_trace(work, match->anchor, DL_NOTE_STATUS, (dl_string){0}, "%s, by \"%.*s\"",
             dl_event_status_name(status), (int)form.size, form.data);
}

/* The auxiliaries of the outermost predicate: "will", "will not", "will ... if". */
static void apply_aspect(dl_work *work, dl_match *match, int32_t predicate)
{
    dl_local_status local = dl_status_local(work, predicate);
    int type = -1;
    if (local.aspect == DL_ASPECT_WILL)
        type = local.negated         ? work->what->outer_will_not
               : local.has_condition ? work->what->outer_if
                                     : work->what->outer_will;
    else if (local.negated && local.aspect == DL_ASPECT_PLAIN)
        type = work->what->outer_not;
    const dl_compose *rule = rule_of(work, type, match->category);
    if (rule->kind == DL_COMPOSE_NEW) {
        apply(work, match, NULL, type, predicate);
        return;
    }
    dl_event_status status = dl_status_of(local);
    if (status != DL_EVENT_actual)
        trace_status(work, match, status, local.cue >= 0 ? local.cue : predicate);
    raise_status(match, status);
}

/* Infinitives that hang on a verb which is no outer act share its auxiliaries. */
static int32_t raising_verb(const dl_work *work, int32_t predicate)
{
    int32_t head = work->tokens[predicate].head;
    return relation(work, predicate) == DL_DEPREL_xcomp && head >= 0 ? head : -1;
}

/* Whether the governor of `inner` is an outer act with a line for the category. */
static bool has_outer(const dl_work *work, const dl_match *match, int32_t inner)
{
    dl_match outer;
    int32_t governor = work->tokens[inner].head;
    const dl_frame *frame =
        governor >= 0 ? find_outer(work, inner, governor, &outer) : NULL;
    return frame &&
           rule_of(work, frame->outer - 1, match->category)->kind != DL_COMPOSE_NONE;
}

void dl_compose_match(dl_work *work, dl_match *match)
{
    int32_t predicate = match->light >= 0 ? match->light : match->anchor;
    int32_t inner = first_conjunct(work, match->anchor);
    if (match->light >= 0 && !has_outer(work, match, inner))
        inner = first_conjunct(work, match->light);
    else
        predicate = match->anchor;
    for (int depth = 0; depth < DL_OUTER_MAX && !match->dropped; depth++) {
        int32_t governor = work->tokens[inner].head;
        dl_match outer;
        const dl_frame *frame =
            governor >= 0 ? find_outer(work, inner, governor, &outer) : NULL;
        const dl_compose *rule =
            frame ? rule_of(work, frame->outer - 1, match->category) : NULL;
        if (!rule || rule->kind == DL_COMPOSE_NONE)
            break;
        outer.light =
            frame->kind == DL_OUTER_NOUN ? dl_argument_light(work, governor) : -1;
        if (rule->kind == DL_COMPOSE_SAME)
            apply_aspect(work, match, predicate);
        apply(work, match, &outer, frame->outer - 1, inner);
        match->outer = governor;
        predicate = outer.light >= 0 ? outer.light : governor;
        inner = first_conjunct(work, predicate);
    }
    if (match->dropped)
        return;
    apply_aspect(work, match, predicate);
    for (int depth = 0; depth < DL_CLIMB_MAX; depth++) {
        predicate = raising_verb(work, predicate);
        if (predicate < 0)
            break;
        raise_status(match, dl_status_of(dl_status_local(work, predicate)));
    }
}
