/* The stage: anchors, their best frames, composition, selection, events. */
#include <stdlib.h>

#include "what/shared.h"

dateline_status dl_what_open_frames(const dl_frames *frames, dl_what **what,
                                    dateline_error *error)
{
    static const char *const cues[DL_CUES] = {
#define X(name, text) text,
        DL_CUE_LIST(X)
#undef X
    };
    static const struct {
        const char *name;
        double value;
    } weights[DL_WEIGHTS] = {
#define X(name, value) {#name, value},
        DL_WEIGHT_LIST(X)
#undef X
    };
    dl_what *w = calloc(1, sizeof *w);
    if (!w)
        return dl_error_memory(error);
    w->frames = frames;
    for (int i = 0; i < DL_CUES; i++)
        w->cues[i] = dl_frames_class(frames, cues[i]);
    for (int i = 0; i < DL_WEIGHTS; i++)
        w->weights[i] = dl_frames_number(frames, weights[i].name, weights[i].value);
    for (int i = 0; i < DL_CONTEXTS; i++) {
        static const char prefix[] = "context:";
        char name[64];
        const char *context = dl_context_name((dl_context)i);
        size_t size = strlen(context);
        w->contexts[i] = -1;
        if (sizeof prefix + size > sizeof name)
            continue;
        memcpy(name, prefix, sizeof prefix - 1);
        memcpy(name + sizeof prefix - 1, context, size + 1);
        w->contexts[i] = dl_frames_class(frames, name);
    }
    w->outer_will = dl_frames_outer(frames, "will");
    w->outer_will_not = dl_frames_outer(frames, "will-not");
    w->outer_if = dl_frames_outer(frames, "will-if");
    w->outer_not = dl_frames_outer(frames, "not");
    *what = w;
    return DATELINE_OK;
}

dateline_status dl_what_open(const dl_lexicon *lexicon, dl_what **what,
                             dateline_error *error)
{
    const dl_frames *frames = dl_lexicon_frames(lexicon);
    if (!frames)
        return dl_error_set(error, DATELINE_BAD_FILE, "the lexicon has no constructions");
    return dl_what_open_frames(frames, what, error);
}

void dl_what_close(dl_what *what)
{
    free(what);
}

static void add_match(dl_work *work, const dl_match *match)
{
    if (!dl_arena_grow(work->document->arena, (void **)&work->matches, work->match_count,
                       &work->match_capacity, sizeof *match)) {
        work->failed = true;
        return;
    }
    work->best[match->anchor] = (int32_t)work->match_count;
    work->matches[work->match_count++] = *match;
}

/* Kinds of frames that a token can anchor; participles may be adjectives. */
static size_t kinds_of(const dl_token *token, dl_frame_kind kinds[2])
{
    size_t count = 0;
    bool attribute = dl_deprel_universal((dl_deprel)token->deprel) == DL_DEPREL_amod;
    switch (token->upos) {
    case DL_UPOS_VERB:
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

static void match_token(dl_work *work, int32_t token)
{
    dl_frame_kind kinds[2];
    size_t count = work->words[token] ? kinds_of(&work->tokens[token], kinds) : 0;
    for (size_t i = 0; i < count; i++) {
        dl_match match;
        if (!dl_match_best(work, token, kinds[i], &match))
            continue;
        const dl_frame *frame = match.frame;
        match.category = frame->category;
        memcpy(match.modes, frame->modes, sizeof match.modes);
        match.status = frame->status ? (uint8_t)(frame->status - 1) : DL_EVENT_actual;
        match.cameo = dl_frames_text(work->frames, frame->cameo);
        match.rule = dl_frames_text(work->frames, frame->rule);
        dl_compose_match(work, &match);
        add_match(work, &match);
        return;
    }
}

static void stretch(int32_t token, int32_t *first, int32_t *last)
{
    if (token < 0)
        return;
    *first = token < *first ? token : *first;
    *last = token > *last ? token : *last;
}

/* From the first to the last of predicate, matched words and arguments. */
static void region(const dl_work *work, const dl_match *match, int32_t *first,
                   int32_t *last)
{
    const dl_sentence *sentence = &work->document->sentences[match->sentence];
    *first = *last = match->anchor;
    stretch(match->outer, first, last);
    stretch(match->light, first, last);
    for (int i = 0; i < match->used_count; i++)
        stretch(match->used[i], first, last);
    for (int i = 0; i < match->actor_head_count; i++)
        stretch(match->actor_heads[i], first, last);
    for (int i = 0; i < match->recipient_head_count; i++)
        stretch(match->recipient_heads[i], first, last);
    *first = *first < sentence->first ? sentence->first : *first;
    *last = *last > sentence->last ? sentence->last : *last;
}

/* Words near the predicate that belong to it tell the context too. */
static uint64_t context_around(const dl_work *work, const dl_match *match, int32_t first,
                               int32_t last)
{
    int32_t left = work->tokens[match->anchor].left;
    int32_t right = work->tokens[match->anchor].right;
    if (left > match->anchor - DL_CONTEXT_REACH && left < first)
        first = left;
    if (right > last)
        last = right < match->anchor + DL_CONTEXT_REACH ? right
               : last > match->anchor + DL_CONTEXT_REACH
                   ? last
                   : match->anchor + DL_CONTEXT_REACH;
    return dl_context_of(work, first, last);
}

static void make_event(const dl_work *work, const dl_match *match, dl_event *event)
{
    int32_t first, last;
    region(work, match, &first, &last);
    *event = (dl_event){.sentence = match->sentence,
                        .anchor = match->anchor,
                        .outer = match->outer,
                        .span = dl_document_span(work->document, first, last),
                        .category = match->category,
                        .contexts = match->frame->contexts |
                                    context_around(work, match, first, last),
                        .cameo = match->cameo,
                        .status = (dl_event_status)match->status,
                        .symmetric = match->frame->symmetric && !match->composed,
                        .rule = match->rule,
                        .confidence = dl_match_confidence(work, match),
                        .time = -1,
                        .place = -1};
    for (int i = 0; i < DL_MODES_MAX; i++)
        event->modes[i] = match->modes[i];
    for (int i = 0; i < match->actor_count; i++)
        event->actors[event->actor_count++] = match->actors[i];
    for (int i = 0; i < match->recipient_count; i++) {
        if (event->symmetric && event->actor_count < DL_PARTIES_MAX)
            event->actors[event->actor_count++] = match->recipients[i];
        else
            event->recipients[event->recipient_count++] = match->recipients[i];
    }
    for (int i = 0; i < DL_SIZES; i++) {
        event->size_token[i] = match->size_token[i];
        event->size[i] = -1;
    }
}

static bool make_events(dl_work *work)
{
    dl_document *document = work->document;
    size_t dropped = 0;
    for (size_t i = 0; i < work->match_count; i++)
        dropped += work->matches[i].dropped;
    document->events =
        DL_ARENA_ARRAY(document->arena, dl_event, work->match_count - dropped);
    dl_refusal *refusals =
        DL_ARENA_ARRAY(document->arena, dl_refusal, document->refusal_count + dropped);
    if (!document->events || !refusals)
        return false;
    for (size_t i = 0; i < document->refusal_count; i++)
        refusals[i] = document->refusals[i];
    document->event_count = 0;
    for (size_t i = 0; i < work->match_count; i++) {
        const dl_match *match = &work->matches[i];
        if (!match->dropped)
            make_event(work, match, &document->events[document->event_count++]);
        else if (document->explain)
            refusals[document->refusal_count++] = (dl_refusal){
                match->anchor, match->rule,
                dl_string_from(match->why ? match->why : "another reading is better")};
    }
    document->refusals = refusals;
    return true;
}

dateline_status dl_what_run(const dl_what *what, dl_document *document,
                            dateline_error *error)
{
    dl_work work = {.what = what,
                    .frames = what->frames,
                    .document = document,
                    .tokens = document->tokens};
    document->ontology = &what->frames->ontology;
    document->events = NULL;
    document->event_count = 0;
    if (!dl_words_prepare(&work))
        return dl_error_memory(error);
    for (size_t s = 0; s < document->sentence_count; s++) {
        const dl_sentence *sentence = &document->sentences[s];
        size_t first = work.match_count;
        if (sentence->heading)
            continue;
        for (int32_t t = sentence->first; t <= sentence->last; t++)
            match_token(&work, t);
        dl_select(&work, first);
        for (size_t i = first; i < work.match_count; i++)
            if (!work.matches[i].dropped)
                dl_reach(&work, &work.matches[i]);
    }
    if (work.failed || !make_events(&work))
        return dl_error_memory(error);
    return DATELINE_OK;
}
