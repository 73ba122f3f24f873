/* Whether a construction fits an anchor in the tree, and which fits best. */
#include "what/shared.h"

enum { /* what an element adds to how specific a match is */
       WEIGHT_WORD = 4,
       WEIGHT_CLASS = 3,
       WEIGHT_PARTICLE = 3,
       WEIGHT_MODIFIER = 3,
       WEIGHT_SLOT = 1,
       WEIGHT_OVERLAY = 128
};

static dl_deprel relation(const dl_work *work, int32_t token)
{
    return dl_deprel_universal((dl_deprel)work->tokens[token].deprel);
}

static bool has_modifier(const dl_work *work, int32_t token, uint32_t word)
{
    if (token > 0 && work->words[token - 1] == word)
        return true;
    for (int32_t c = work->tokens[token].first_child; c >= 0 && c < token;
         c = work->tokens[c].next_sibling)
        if (work->words[c] == word)
            return true;
    return false;
}

static bool modifiers_stand(const dl_work *work, const dl_element *e, int32_t token)
{
    bool run = token >= e->modifier_count;
    for (int i = 0; run && i < e->modifier_count; i++)
        run = work->words[token - e->modifier_count + i] == e->modifiers[i];
    if (run)
        return true;
    for (int i = 0; i < e->modifier_count; i++)
        if (!has_modifier(work, token, e->modifiers[i]))
            return false;
    return true;
}

static bool token_fills(const dl_work *work, const dl_element *e, int32_t token)
{
    if (e->filler == DL_FILLER_ANY)
        return true;
    bool fits = e->filler == DL_FILLER_WORD ? work->words[token] == e->id
                                            : dl_token_is(work, token, (int)e->id);
    return fits && modifiers_stand(work, e, token);
}

/* The nominal, one that it is coordinated with, or what a word of quantity counts. */
static int32_t nominal_fills(const dl_work *work, const dl_element *e, int32_t token)
{
    if (token < 0)
        return -1;
    if (token_fills(work, e, token))
        return token;
    for (int32_t c = work->tokens[token].first_child; c >= 0;
         c = work->tokens[c].next_sibling) {
        dl_deprel rel = relation(work, c);
        bool counted = rel == DL_DEPREL_nmod && c > token &&
                       (dl_token_cue(work, token, DL_CUE_quantity) ||
                        work->tokens[token].upos == DL_UPOS_NUM);
        if ((rel == DL_DEPREL_conj || counted) && token_fills(work, e, c))
            return c;
    }
    return -1;
}

/* A dependent, or the preposition of one, is the word. */
static int32_t particle(const dl_work *work, int32_t anchor, uint32_t word)
{
    for (int32_t c = work->tokens[anchor].first_child; c >= 0;
         c = work->tokens[c].next_sibling) {
        dl_deprel rel = relation(work, c);
        if (work->words[c] == word &&
            (rel == DL_DEPREL_compound || rel == DL_DEPREL_advmod ||
             rel == DL_DEPREL_case_ || rel == DL_DEPREL_obl || rel == DL_DEPREL_mark ||
             rel == DL_DEPREL_xcomp))
            return c;
        if ((rel == DL_DEPREL_obl || rel == DL_DEPREL_nmod || rel == DL_DEPREL_advcl ||
             rel == DL_DEPREL_xcomp || rel == DL_DEPREL_acl || rel == DL_DEPREL_ccomp) &&
            dl_has_case(work, c, word))
            return c;
    }
    return -1;
}

static bool is_noun_kind(const dl_frame *frame)
{
    return frame->kind == DL_FRAME_NOUN || frame->kind == DL_OUTER_NOUN;
}

static int32_t object_filler(const dl_work *work, const dl_frame *frame,
                             const dl_element *e, const dl_match *match)
{
    int32_t anchor = match->anchor;
    if (is_noun_kind(frame)) {
        for (int32_t c = work->tokens[anchor].first_child; c >= 0;
             c = work->tokens[c].next_sibling) {
            dl_deprel rel = relation(work, c);
            if (rel != DL_DEPREL_nmod && rel != DL_DEPREL_compound)
                continue;
            int32_t fills = nominal_fills(work, e, c);
            if (fills >= 0)
                return fills;
        }
        return -1;
    }
    int32_t fills = nominal_fills(work, e, dl_argument_object(work, anchor));
    if (fills >= 0 || e->filler == DL_FILLER_ANY)
        return fills;
    for (int32_t c = work->tokens[anchor].first_child; c >= 0;
         c = work->tokens[c].next_sibling) {
        dl_deprel rel = relation(work, c);
        if ((rel == DL_DEPREL_xcomp || rel == DL_DEPREL_advmod || rel == DL_DEPREL_obj ||
             work->tokens[c].deprel == DL_DEPREL_obl_unmarked) &&
            (fills = nominal_fills(work, e, c)) >= 0)
            return fills;
    }
    return -1;
}

/* Dependents with the preposition; for "to" and the like also infinitives. */
static int32_t oblique_filler(const dl_work *work, const dl_element *e, int32_t anchor)
{
    for (int32_t at = dl_argument_oblique(work, anchor, e->preposition, -1); at >= 0;) {
        int32_t fills = nominal_fills(work, e, at);
        bool somebody = e->filler != DL_FILLER_ANY || dl_argument_mention(work, at) >= 0;
        if (fills >= 0 && somebody) /* "on Friday" is nobody */
            return fills;
        int32_t next = dl_argument_oblique(work, anchor, e->preposition, at);
        if (next <= at)
            break;
        at = next;
    }
    bool prefixed = false;
    for (int32_t c = work->tokens[anchor].first_child; c >= 0;
         c = work->tokens[c].next_sibling) {
        dl_deprel rel = relation(work, c);
        bool clause = rel == DL_DEPREL_xcomp || rel == DL_DEPREL_advcl ||
                      rel == DL_DEPREL_acl || rel == DL_DEPREL_ccomp;
        if (clause && dl_has_case(work, c, e->preposition) && token_fills(work, e, c))
            return c;
        prefixed |= work->words[c] == e->preposition;
        if (prefixed && rel == DL_DEPREL_obj && nominal_fills(work, e, c) >= 0)
            return nominal_fills(work, e, c);
    }
    return -1;
}

static bool has_place(const dl_work *work, int32_t anchor)
{
    for (int32_t c = work->tokens[anchor].first_child; c >= 0;
         c = work->tokens[c].next_sibling) {
        int32_t mention = work->tokens[c].mention;
        if (mention >= 0 && (work->document->mentions[mention].is_place ||
                             work->document->mentions[mention].type == DL_NAME_LOC))
            return true;
    }
    return false;
}

static bool has_dependent(const dl_work *work, const dl_element *e, int32_t anchor)
{
    for (int32_t c = work->tokens[anchor].first_child; c >= 0;
         c = work->tokens[c].next_sibling)
        if (token_fills(work, e, c))
            return true;
    return false;
}

/* Predicate of what is said, where it or one of its auxiliaries is the filler and its
 * subject is somebody. */
static int32_t said_filler(const dl_work *work, const dl_element *e, int32_t anchor)
{
    int32_t said = dl_argument_said(work, anchor);
    if (said < 0)
        return -1;
    int32_t subject = dl_argument_surface_subject(work, said);
    if (subject < 0 || dl_argument_mention(work, subject) < 0)
        return -1;
    if (token_fills(work, e, said))
        return said;
    for (int32_t c = work->tokens[said].first_child; c >= 0;
         c = work->tokens[c].next_sibling)
        if (relation(work, c) == DL_DEPREL_aux && token_fills(work, e, c))
            return said;
    return -1;
}

static void use(dl_match *match, const dl_element *e, int32_t token)
{
    if (token < 0 || match->used_count >= DL_FRAME_ELEMENTS_MAX)
        return;
    match->used_word[match->used_count] = e->filler == DL_FILLER_WORD;
    match->used[match->used_count++] = token;
}

static bool element_fits(const dl_work *work, const dl_frame *frame, const dl_element *e,
                         dl_match *match)
{
    int32_t anchor = match->anchor, token = -1;
    if (e->type == DL_ELEMENT_NOT) /* what is not there makes nothing more specific */
        return !has_dependent(work, e, anchor);
    match->specificity = (uint8_t)(match->specificity +
                                   (e->filler == DL_FILLER_WORD    ? WEIGHT_WORD
                                    : e->filler == DL_FILLER_CLASS ? WEIGHT_CLASS
                                                                   : WEIGHT_SLOT) +
                                   e->modifier_count * WEIGHT_MODIFIER);
    switch (e->type) {
    case DL_ELEMENT_PARTICLE:
        match->specificity =
            (uint8_t)(match->specificity + WEIGHT_PARTICLE - WEIGHT_SLOT);
        return particle(work, anchor, e->preposition) >= 0;
    case DL_ELEMENT_OBJECT:
        token = object_filler(work, frame, e, match);
        break;
    case DL_ELEMENT_OBLIQUE:
        token = oblique_filler(work, e, anchor);
        break;
    case DL_ELEMENT_SAID:
        token = said_filler(work, e, anchor);
        break;
    case DL_ELEMENT_SUBJECT:
        return nominal_fills(work, e,
                             is_noun_kind(frame)
                                 ? dl_argument_agent(work, anchor)
                                 : dl_argument_subject(work, anchor)) >= 0;
    case DL_ELEMENT_IOBJECT:
        return nominal_fills(work, e, dl_argument_iobject(work, anchor)) >= 0;
    case DL_ELEMENT_PLACE:
        return has_place(work, anchor);
    case DL_ELEMENT_PASSIVE:
        return dl_predicate_passive(work, anchor);
    case DL_ELEMENT_MODIFIER:
        return modifiers_stand(work, e, anchor);
    default: /* DL_ELEMENT_CLAUSE: compose.c knows the inner act */
        return true;
    }
    if (e->filler != DL_FILLER_ANY)
        use(match, e, token);
    return token >= 0;
}

bool dl_match_elements(const dl_work *work, const dl_frame *frame, dl_match *match)
{
    dl_string rule = dl_frames_text(work->frames, frame->rule);
    match->used_count = 0; /* a user's own line comes before all of ours */
    match->specificity =
        dl_string_starts(rule, DL_STRING("overlay:")) ? WEIGHT_OVERLAY : 0;
    for (uint32_t i = 0; i < frame->element_count; i++)
        if (!element_fits(work, frame, &work->frames->elements[frame->first_element + i],
                          match)) {
            match->missing = (uint8_t)i;
            return false;
        }
    return true;
}

static int parties(const dl_match *match)
{
    return (match->actor_count > 0) + (match->recipient_count > 0);
}

static bool better(const dl_match *a, const dl_match *b)
{
    if (a->specificity != b->specificity)
        return a->specificity > b->specificity;
    if (parties(a) != parties(b))
        return parties(a) > parties(b);
    return a->frame->weight > b->frame->weight;
}

size_t dl_match_kinds(const dl_token *token, dl_frame_kind kinds[2])
{
    size_t count = 0;
    bool attribute = dl_deprel_universal((dl_deprel)token->deprel) == DL_DEPREL_amod;
    switch (token->upos) {
    case DL_UPOS_VERB: /* participles may be adjectives */
        if (!attribute)
            kinds[count++] = DL_FRAME_VERB;
        kinds[count++] = DL_FRAME_ADJ;
        break;
    case DL_UPOS_NOUN:
    case DL_UPOS_PROPN:
        kinds[count++] = DL_FRAME_NOUN;
        break;
    case DL_UPOS_ADJ:
        kinds[count++] = DL_FRAME_ADJ;
        break;
    default:
        break;
    }
    return count;
}

bool dl_match_best_of(dl_work *work, int32_t anchor, dl_frame_kind kind, uint32_t word,
                      int category, int mode, dl_match *match)
{
    const dl_frame_word *entry = &work->frames->words[word];
    int32_t light = kind == DL_FRAME_NOUN ? dl_argument_light(work, anchor) : -1;
    bool found = false;
    for (uint32_t i = 0; i < entry->count[kind]; i++) {
        const dl_frame *frame = &work->frames->frames[entry->first[kind] + i];
        dl_match other = {.frame = frame,
                          .anchor = anchor,
                          .outer = anchor,
                          .light = light,
                          .sentence = work->tokens[anchor].sentence,
                          .opinion = -1};
        if ((category && frame->category != category) ||
            (mode >= 0 && frame->modes[0] != mode) ||
            !dl_match_elements(work, frame, &other))
            continue;
        if (found && other.specificity < match->specificity)
            continue;
        dl_argument_fill(work, &other);
        if (!found || better(&other, match))
            *match = other;
        found = true;
    }
    return found;
}

bool dl_match_best(dl_work *work, int32_t anchor, dl_frame_kind kind, dl_match *match)
{
    bool found = dl_match_best_of(work, anchor, kind, work->words[anchor], DL_NO_CATEGORY,
                                  -1, match);
    dl_trace_candidates(work, anchor, kind, found ? match : NULL);
    return found;
}
