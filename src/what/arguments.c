/* Where the arguments of a predicate stand, whatever the construction around it. */
#include "what/shared.h"

static dl_deprel relation(const dl_work *work, int32_t token)
{
    return dl_deprel_universal((dl_deprel)work->tokens[token].deprel);
}

static int32_t child(const dl_work *work, int32_t token, dl_deprel deprel)
{
    return dl_tree_child(work->document, token, deprel);
}

static bool is_verb(const dl_work *work, int32_t token)
{
    return work->tokens[token].upos == DL_UPOS_VERB ||
           work->tokens[token].upos == DL_UPOS_AUX;
}

/* A participle that is not part of a perfect ("has arrested"). */
static bool bare_past_participle(const dl_work *work, int32_t verb)
{
    const dl_feats *feats = &work->tokens[verb].feats;
    return feats->verb_form == DL_VERB_FORM_PART && feats->tense != DL_TENSE_PRES &&
           child(work, verb, DL_DEPREL_aux) < 0;
}

bool dl_predicate_passive(const dl_work *work, int32_t verb)
{
    if (!is_verb(work, verb) || dl_token_cue(work, verb, DL_CUE_unaccusative))
        return false;
    for (int depth = 0; depth < DL_CLIMB_MAX; depth++) {
        if (child(work, verb, DL_DEPREL_aux_pass) >= 0 ||
            child(work, verb, DL_DEPREL_nsubj_pass) >= 0 ||
            child(work, verb, DL_DEPREL_obl_agent) >= 0)
            return true;
        if (!bare_past_participle(work, verb) ||
            child(work, verb, DL_DEPREL_nsubj) >= 0 ||
            child(work, verb, DL_DEPREL_obj) >= 0)
            return false;
        dl_deprel rel = relation(work, verb);
        if (rel == DL_DEPREL_acl || rel == DL_DEPREL_amod || rel == DL_DEPREL_advcl ||
            rel == DL_DEPREL_xcomp)
            return true;
        if (rel != DL_DEPREL_conj)
            return work->tokens[verb].feats.passive;
        verb = work->tokens[verb].head;
        if (!is_verb(work, verb))
            return true;
    }
    return false;
}

static bool is_relative(const dl_work *work, int32_t token)
{
    return work->tokens[token].feats.pron_type == DL_PRON_REL ||
           (work->tokens[token].upos == DL_UPOS_PRON &&
            dl_token_cue(work, token, DL_CUE_relative));
}

/* The noun that a relative clause around `verb` (through its coordination) belongs to. */
static int32_t relative_noun(const dl_work *work, int32_t verb)
{
    for (int depth = 0; depth < DL_CLIMB_MAX; depth++) {
        dl_deprel rel = relation(work, verb);
        if (rel == DL_DEPREL_acl)
            return work->tokens[verb].head;
        if (rel != DL_DEPREL_conj && rel != DL_DEPREL_xcomp && rel != DL_DEPREL_ccomp)
            return -1;
        verb = work->tokens[verb].head;
    }
    return -1;
}

static int32_t own_subject(const dl_work *work, int32_t verb)
{
    int32_t subject = -1;
    for (int32_t c = work->tokens[verb].first_child; c >= 0;
         c = work->tokens[c].next_sibling)
        if (relation(work, c) == DL_DEPREL_nsubj &&
            work->tokens[c].deprel != DL_DEPREL_nsubj_outer)
            subject = c;
    if (subject < 0)
        return -1;
    if (is_relative(work, subject)) {
        int32_t noun = relative_noun(work, verb);
        return noun >= 0 ? noun : subject;
    }
    return subject;
}

/* Next predicate whose subject a predicate without one shares; *found is set instead
 * where the subject itself is known. -1 where there is neither. */
static int32_t subject_sharer(const dl_work *work, int32_t verb, int32_t *found)
{
    int32_t head = work->tokens[verb].head;
    dl_verb_form form = (dl_verb_form)work->tokens[verb].feats.verb_form;
    if (head < 0)
        return -1;
    switch (relation(work, verb)) {
    case DL_DEPREL_conj:
        return head;
    case DL_DEPREL_xcomp:
        *found = dl_token_cue(work, head, DL_CUE_subject_control)
                     ? -1
                     : child(work, head, DL_DEPREL_obj);
        return *found >= 0 ? -1 : head;
    case DL_DEPREL_ccomp: /* "remains X, accused of ...": it says something of X */
        if (form != DL_VERB_FORM_PART || !bare_past_participle(work, verb))
            return -1;
        *found = child(work, head, DL_DEPREL_obj);
        if (*found > verb)
            *found = -1;
        return *found >= 0 ? -1 : head;
    case DL_DEPREL_advcl:
        if (form == DL_VERB_FORM_FIN)
            return -1;
        if (dl_child_cue(work, verb, DL_CUE_object_control) >= 0) {
            int32_t object = child(work, head, DL_DEPREL_obj);
            if (object >= 0 && dl_argument_mention(work, object) >= 0)
                *found = object;
        }
        return *found >= 0 ? -1 : head;
    case DL_DEPREL_acl:
        if (form != DL_VERB_FORM_INF) {
            *found = head;
            return -1;
        }
        *found = child(work, head, DL_DEPREL_nmod_poss);
        if (*found >= 0 || work->tokens[head].head < 0)
            return -1;
        return work->tokens[head].head;
    default:
        return -1;
    }
}

int32_t dl_argument_surface_subject(const dl_work *work, int32_t verb)
{
    for (int depth = 0; depth < DL_CLIMB_MAX && verb >= 0; depth++) {
        int32_t subject = own_subject(work, verb);
        if (subject >= 0)
            return subject;
        int32_t found = -1;
        verb = subject_sharer(work, verb, &found);
        if (found >= 0)
            return found;
    }
    return -1;
}

bool dl_has_case(const dl_work *work, int32_t nominal, uint32_t preposition)
{
    for (int32_t c = work->tokens[nominal].first_child; c >= 0;
         c = work->tokens[c].next_sibling)
        if ((relation(work, c) == DL_DEPREL_case_ ||
             relation(work, c) == DL_DEPREL_mark) &&
            work->words[c] == preposition)
            return true;
    return false;
}

static bool is_oblique(const dl_work *work, int32_t token)
{
    dl_deprel rel = relation(work, token);
    return rel == DL_DEPREL_obl || rel == DL_DEPREL_nmod;
}

static int32_t case_child(const dl_work *work, int32_t nominal, dl_cue cue)
{
    for (int32_t c = work->tokens[nominal].first_child; c >= 0;
         c = work->tokens[c].next_sibling)
        if (relation(work, c) == DL_DEPREL_case_ && dl_token_cue(work, c, cue))
            return c;
    return -1;
}

/* First dependent nominal whose preposition is one of the cue's. */
int32_t dl_case_cue(const dl_work *work, int32_t head, dl_cue cue)
{
    for (int32_t c = work->tokens[head].first_child; c >= 0;
         c = work->tokens[c].next_sibling)
        if (is_oblique(work, c) && case_child(work, c, cue) >= 0)
            return c;
    return -1;
}

static int32_t genitive(const dl_work *work, int32_t noun)
{
    return dl_case_cue(work, noun, DL_CUE_genitive);
}

int32_t dl_argument_agent(const dl_work *work, int32_t head)
{
    int32_t agent = child(work, head, DL_DEPREL_obl_agent);
    return agent >= 0 ? agent : dl_case_cue(work, head, DL_CUE_agent);
}

int32_t dl_argument_subject(const dl_work *work, int32_t verb)
{
    if (dl_predicate_passive(work, verb))
        return dl_argument_agent(work, verb);
    return dl_argument_surface_subject(work, verb);
}

/* The object left out of a relative clause: "the man whom police arrested". */
static int32_t gap_object(const dl_work *work, int32_t verb)
{
    if (work->tokens[verb].deprel != DL_DEPREL_acl_relcl)
        return -1;
    int32_t subject = child(work, verb, DL_DEPREL_nsubj);
    if (subject < 0 || is_relative(work, subject))
        return -1;
    for (int32_t c = work->tokens[verb].first_child; c >= 0;
         c = work->tokens[c].next_sibling)
        if ((is_oblique(work, c) && is_relative(work, c)) ||
            relation(work, c) == DL_DEPREL_ccomp || relation(work, c) == DL_DEPREL_xcomp)
            return -1;
    return work->tokens[verb].head;
}

/* An object that coordinated verbs share stands with the last: "arrested and jailed X".
 */
static int32_t shared_object(const dl_work *work, int32_t verb)
{
    if (work->tokens[verb].feats.verb_form == DL_VERB_FORM_NONE)
        return -1;
    for (int32_t c = work->tokens[verb].first_child; c >= 0;
         c = work->tokens[c].next_sibling) {
        if (relation(work, c) != DL_DEPREL_conj || !is_verb(work, c) || c - verb > 3 ||
            child(work, c, DL_DEPREL_nsubj) >= 0)
            continue;
        int32_t object = child(work, c, DL_DEPREL_obj);
        if (object >= 0)
            return object;
    }
    return -1;
}

/* A preposition that does not belong to a number ("more than ten people"). */
static bool has_real_case(const dl_work *work, int32_t nominal)
{
    bool counted = child(work, nominal, DL_DEPREL_nummod) >= 0;
    for (int32_t c = work->tokens[nominal].first_child; c >= 0;
         c = work->tokens[c].next_sibling)
        if (relation(work, c) == DL_DEPREL_case_ &&
            !(counted && dl_token_cue(work, c, DL_CUE_numeral)))
            return true;
    return false;
}

/* A nominal behind the verb without a preposition of its own, which parsers also call
 * oblique ("killed at least six people"). */
static int32_t bare_object(const dl_work *work, int32_t verb)
{
    for (int32_t c = work->tokens[verb].first_child; c >= 0;
         c = work->tokens[c].next_sibling)
        if (c > verb && work->tokens[c].deprel == DL_DEPREL_obl &&
            work->tokens[c].mention >= 0 && !has_real_case(work, c))
            return c;
    return -1;
}

int32_t dl_argument_object(const dl_work *work, int32_t verb)
{
    int32_t object = child(work, verb, DL_DEPREL_obj);
    if (object >= 0) {
        int32_t noun = is_relative(work, object) ? relative_noun(work, verb) : -1;
        return noun >= 0 ? noun : object;
    }
    if (dl_predicate_passive(work, verb))
        return dl_argument_surface_subject(work, verb);
    object = child(work, verb, DL_DEPREL_iobj);
    if (object >= 0 && child(work, verb, DL_DEPREL_xcomp) >= 0)
        return object; /* "asked Oslo to help" */
    object = gap_object(work, verb);
    if (object < 0)
        object = bare_object(work, verb);
    return object >= 0 ? object : shared_object(work, verb);
}

int32_t dl_argument_iobject(const dl_work *work, int32_t verb)
{
    int32_t object = child(work, verb, DL_DEPREL_iobj);
    if (object >= 0)
        return object;
    if (dl_predicate_passive(work, verb) && child(work, verb, DL_DEPREL_obj) >= 0)
        return dl_argument_surface_subject(work, verb);
    return -1;
}

int32_t dl_argument_said(const dl_work *work, int32_t verb)
{
    int32_t said = child(work, verb, DL_DEPREL_ccomp);
    if (said < 0 && relation(work, verb) == DL_DEPREL_parataxis)
        said = work->tokens[verb].head;
    return said;
}

static int32_t oblique_of(const dl_work *work, int32_t head, uint32_t preposition,
                          int32_t after)
{
    for (int32_t c = work->tokens[head].first_child; c >= 0;
         c = work->tokens[c].next_sibling)
        if (c > after && is_oblique(work, c) && dl_has_case(work, c, preposition)) {
            int32_t noun = is_relative(work, c) ? relative_noun(work, head) : -1;
            return noun >= 0 ? noun : c;
        }
    return -1;
}

int32_t dl_argument_oblique(const dl_work *work, int32_t head, uint32_t preposition,
                            int32_t after)
{
    int32_t found = oblique_of(work, head, preposition, after);
    if (found >= 0 || !is_verb(work, head))
        return found;
    int32_t object = child(work, head, DL_DEPREL_obj);
    if (object < 0)
        object = child(work, head, DL_DEPREL_nsubj_pass);
    for (int depth = 0; found < 0 && object >= 0 && depth < DL_NOMINAL_MAX; depth++) {
        found = oblique_of(work, object, preposition, after);
        object = genitive(work, object); /* "returned the head of a statue to X" */
    }
    for (int32_t c = work->tokens[head].first_child; found < 0 && c >= 0;
         c = work->tokens[c].next_sibling)
        if (relation(work, c) == DL_DEPREL_xcomp && !is_verb(work, c))
            found = oblique_of(work, c, preposition, after);
    return found;
}

int32_t dl_argument_light(const dl_work *work, int32_t noun)
{
    for (int depth = 0; depth < DL_CLIMB_MAX; depth++) {
        int32_t head = work->tokens[noun].head;
        dl_deprel rel = relation(work, noun);
        if (head < 0)
            return -1;
        if (rel == DL_DEPREL_conj) {
            noun = head;
            continue;
        }
        bool object = rel == DL_DEPREL_obj || rel == DL_DEPREL_obl ||
                      work->tokens[noun].deprel == DL_DEPREL_nsubj_pass;
        bool gap = false;
        for (int32_t c = work->tokens[noun].first_child; !object && c >= 0;
             c = work->tokens[c].next_sibling)
            if (relation(work, c) == DL_DEPREL_acl && is_verb(work, c) &&
                dl_token_cue(work, c, DL_CUE_light) &&
                dl_argument_object(work, c) == noun) {
                head = c;
                gap = true;
            }
        return (object || gap) && dl_token_cue(work, head, DL_CUE_light) ? head : -1;
    }
    return -1;
}

/* Adjectives and compounds that name somebody: "Russian attack", "police raid". */
static int32_t modifier(const dl_work *work, int32_t noun)
{
    for (int32_t c = work->tokens[noun].first_child; c >= 0;
         c = work->tokens[c].next_sibling) {
        dl_deprel rel = relation(work, c);
        if ((rel == DL_DEPREL_amod || rel == DL_DEPREL_compound ||
             work->tokens[c].deprel == DL_DEPREL_nmod_unmarked) &&
            work->tokens[c].mention >= 0)
            return c;
    }
    return -1;
}

static int32_t noun_subject(const dl_work *work, const dl_match *match,
                            bool other_takes_of)
{
    int32_t noun = match->anchor;
    int32_t found = match->light >= 0 ? dl_argument_subject(work, match->light) : -1;
    if (found < 0)
        found = dl_argument_agent(work, noun);
    if (found < 0)
        found = child(work, noun, DL_DEPREL_nmod_poss);
    if (found < 0)
        found = dl_case_cue(work, noun, DL_CUE_between);
    if (found < 0)
        found = modifier(work, noun);
    if (found < 0 && !other_takes_of)
        found = genitive(work, noun);
    return found;
}

static int32_t noun_object(const dl_work *work, const dl_match *match)
{
    int32_t found = genitive(work, match->anchor);
    if (found < 0 && dl_argument_agent(work, match->anchor) >= 0)
        found = child(work, match->anchor, DL_DEPREL_nmod_poss);
    if (found < 0)
        found = child(work, match->anchor, DL_DEPREL_compound);
    return found;
}

/* The subject of an adjective or noun that is a predicate, or what it stands beside. */
static int32_t predicate_subject(const dl_work *work, int32_t predicate)
{
    int32_t found = dl_argument_surface_subject(work, predicate);
    if (found < 0 && relation(work, predicate) == DL_DEPREL_amod)
        found = work->tokens[predicate].head;
    return found;
}

static int used_at(const dl_match *match, int32_t token)
{
    for (int i = 0; i < match->used_count; i++)
        if (token == match->used[i])
            return i;
    return -1;
}

/* A filler that has the preposition itself yields to one inside it ("sure of the
 * support of X") or behind it, where there is one. */
static int32_t find_preposition(const dl_work *work, const dl_match *match,
                                uint32_t preposition)
{
    int32_t found = dl_argument_oblique(work, match->anchor, preposition, -1);
    int32_t filler = -1;
    for (int i = 0; found >= 0 && used_at(match, found) < 0 &&
                    dl_argument_mention(work, found) < 0 && i < match->used_count;
         i++) { /* "sanctions on Mali on Monday" */
        int32_t closer = oblique_of(work, match->used[i], preposition, -1);
        if (closer >= 0 && dl_argument_mention(work, closer) >= 0)
            found = closer;
    }
    if (used_at(match, found) >= 0) {
        filler = found;
        found = oblique_of(work, filler, preposition, -1);
        if (found < 0)
            found = dl_argument_oblique(work, match->anchor, preposition, filler);
        if (used_at(match, found) >= 0)
            found = -1;
    }
    for (int i = 0; found < 0 && i < match->used_count; i++)
        found = oblique_of(work, match->used[i], preposition, -1);
    if (found < 0 && match->light >= 0)
        found = dl_argument_oblique(work, match->light, preposition, -1);
    return found >= 0 ? found : filler;
}

static bool only_passive(const dl_work *work, const dl_frame *frame)
{
    for (uint32_t i = 0; i < frame->element_count; i++)
        if (work->frames->elements[frame->first_element + i].type == DL_ELEMENT_PASSIVE)
            return true;
    return false;
}

int32_t dl_argument_find(const dl_work *work, const dl_match *match,
                         dl_argument_spec spec, bool other_takes_of)
{
    bool noun =
        match->frame->kind == DL_FRAME_NOUN || match->frame->kind == DL_OUTER_NOUN;
    bool verb =
        match->frame->kind == DL_FRAME_VERB || match->frame->kind == DL_OUTER_VERB;
    int32_t anchor = match->anchor, found;
    switch (spec.kind) {
    case DL_ARGUMENT_SUBJECT:
        if (noun)
            return noun_subject(work, match, other_takes_of);
        if (verb && only_passive(work, match->frame))
            return dl_argument_surface_subject(work, anchor);
        return verb ? dl_argument_subject(work, anchor) : predicate_subject(work, anchor);
    case DL_ARGUMENT_OBJECT:
        return noun ? noun_object(work, match) : dl_argument_object(work, anchor);
    case DL_ARGUMENT_IOBJECT:
        return dl_argument_iobject(work,
                                   noun && match->light >= 0 ? match->light : anchor);
    case DL_ARGUMENT_AGENT:
        return dl_argument_agent(work, anchor);
    case DL_ARGUMENT_POSSESSIVE:
        found = child(work, anchor, DL_DEPREL_nmod_poss);
        for (int i = 0; found < 0 && i < match->used_count; i++)
            found = child(work, match->used[i], DL_DEPREL_nmod_poss);
        return found;
    case DL_ARGUMENT_MODIFIER:
        found = modifier(work, anchor);
        for (int i = 0; found < 0 && i < match->used_count; i++)
            found = modifier(work, match->used[i]);
        return found;
    case DL_ARGUMENT_PREPOSITION:
        return find_preposition(work, match, spec.word);
    case DL_ARGUMENT_CLAUSE:
        found = dl_argument_said(work, anchor);
        return found >= 0 ? dl_argument_surface_subject(work, found) : -1;
    default:
        return -1;
    }
}

/* A nominal inside an argument that has a mention: its owner, what it is of, its
 * adjective, what it is in. */
static int32_t inner_nominal(const dl_work *work, int32_t noun)
{
    static const dl_deprel order[] = {DL_DEPREL_nmod_poss, DL_DEPREL_nmod,
                                      DL_DEPREL_compound, DL_DEPREL_amod,
                                      DL_DEPREL_appos};
    int32_t next = genitive(work, noun);
    if (next >= 0 && work->tokens[next].mention >= 0)
        return next;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        for (int32_t c = work->tokens[noun].first_child; c >= 0;
             c = work->tokens[c].next_sibling)
            if ((work->tokens[c].deprel == order[i] || relation(work, c) == order[i]) &&
                work->tokens[c].mention >= 0)
                return c;
    return next;
}

int32_t dl_argument_mention(const dl_work *work, int32_t token)
{
    for (int depth = 0; depth < DL_NOMINAL_MAX && token >= 0; depth++) {
        int32_t mention = work->tokens[token].mention;
        bool counts =
            dl_token_cue(work, token, DL_CUE_quantity) && genitive(work, token) >= 0;
        if (mention >= 0 && !counts)
            return work->document->mentions[mention].generic ? -1 : mention;
        token = inner_nominal(work, token);
    }
    return -1;
}

static void add_mention(int32_t mention, int32_t *mentions, uint8_t *count)
{
    for (int i = 0; i < *count; i++)
        if (mentions[i] == mention)
            return;
    if (*count < DL_PARTIES_MAX)
        mentions[(*count)++] = mention;
}

/* The mention and those that share its noun ("Russian and Ukrainian officials"): they
 * begin where it does, are no shorter, and stand before it. */
static void add_mentions(const dl_work *work, int32_t mention, int32_t *mentions,
                         uint8_t *count)
{
    const dl_mention *all = work->document->mentions;
    for (int32_t i = mention; i >= 0 && all[i].first == all[mention].first; i--)
        if (all[i].head == all[mention].head)
            add_mention(i, mentions, count);
}

void dl_argument_add(const dl_work *work, int32_t head, int32_t *heads,
                     uint8_t *head_count, int32_t *mentions, uint8_t *count)
{
    for (int32_t part = head; part >= 0;) {
        int32_t mention = dl_argument_mention(work, part);
        if (*head_count < DL_ARGUMENTS_MAX)
            heads[(*head_count)++] = part;
        if (mention >= 0)
            add_mentions(work, mention, mentions, count);
        int32_t next = part == head ? work->tokens[head].first_child
                                    : work->tokens[part].next_sibling;
        while (next >= 0 &&
               (relation(work, next) != DL_DEPREL_conj || is_verb(work, next)))
            next = work->tokens[next].next_sibling;
        part = next;
    }
}

static bool takes_of(const dl_work *work, const dl_frame *frame, int part)
{
    for (int i = 0; i < frame->part_counts[part]; i++) {
        dl_argument_spec spec = work->frames->specs[frame->parts[part] + (uint32_t)i];
        if (spec.kind == DL_ARGUMENT_OBJECT ||
            (spec.kind == DL_ARGUMENT_PREPOSITION &&
             dl_class_has(work->frames->words[spec.word].classes,
                          work->what->cues[DL_CUE_genitive])))
            return true;
    }
    return false;
}

static int32_t find_part(const dl_work *work, const dl_match *match, int part,
                         int32_t taken)
{
    const dl_frame *frame = match->frame;
    bool of = part == DL_PART_ACTOR && takes_of(work, frame, DL_PART_RECIPIENT);
    int32_t fallback = -1;
    for (int i = 0; i < frame->part_counts[part]; i++) {
        dl_argument_spec spec = work->frames->specs[frame->parts[part] + (uint32_t)i];
        int32_t found = dl_argument_find(work, match, spec, of);
        if (found < 0 || found == taken || found == match->anchor)
            continue;
        int used = used_at(match, found);
        bool word = used >= 0 && match->used_word[used];
        if (part >= DL_PART_SIZES || (!word && dl_argument_mention(work, found) >= 0))
            return found;
        if (fallback < 0)
            fallback = found;
    }
    return fallback;
}

static void take_part(dl_work *work, dl_match *match, int part, int32_t head)
{
    if (part == DL_PART_ACTOR)
        dl_argument_add(work, head, match->actor_heads, &match->actor_head_count,
                        match->actors, &match->actor_count);
    else
        dl_argument_add(work, head, match->recipient_heads, &match->recipient_head_count,
                        match->recipients, &match->recipient_count);
}

void dl_argument_fill(dl_work *work, dl_match *match)
{
    int32_t actor = find_part(work, match, DL_PART_ACTOR, -1);
    int32_t recipient = find_part(work, match, DL_PART_RECIPIENT, actor);
    if (actor >= 0)
        take_part(work, match, DL_PART_ACTOR, actor);
    if (recipient >= 0)
        take_part(work, match, DL_PART_RECIPIENT, recipient);
    for (int i = 0; i < DL_SIZES; i++)
        match->size_token[i] = find_part(work, match, DL_PART_SIZES + i, -1);
    for (int i = 0; i < match->actor_count; i++)
        for (int k = 0; k < match->recipient_count; k++)
            if (match->actors[i] == match->recipients[k])
                match->recipients[k--] = match->recipients[--match->recipient_count];
}
