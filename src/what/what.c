/* The stage: anchors, their best frames, composition, selection, events. */
#include <stdlib.h>

#include "model/layers.h"
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

/* Numbers of the classes that the classifier's lists name. */
static bool read_classes(dl_what *what, const dl_opinion *opinion)
{
    dl_string lines[DL_OPINION_CLASSES_MAX];
    const dl_opinion_shape *shape = &opinion->shape;
    const dl_ontology *ontology = dl_ontology_plover();
    dl_layers_list(&opinion->file, "kinds.list", lines, DL_OPINION_CLASSES_MAX);
    for (uint32_t i = 0; i < shape->kinds; i++) {
        what->opinion_categories[i] = (uint8_t)dl_category_find(ontology, lines[i]);
        if (i > 0 && !what->opinion_categories[i])
            return false;
    }
    dl_layers_list(&opinion->file, "modes.list", lines, DL_OPINION_CLASSES_MAX);
    for (uint32_t i = 1; i < shape->modes; i++) {
        size_t blank = dl_string_find(lines[i], ' ', 0);
        dl_category category =
            dl_category_find(ontology, dl_string_slice(lines[i], 0, blank));
        what->opinion_modes[i] = dl_mode_find(
            ontology, category, dl_string_slice(lines[i], blank + 1, lines[i].size));
        if (!what->opinion_modes[i])
            return false;
    }
    dl_layers_list(&opinion->file, "statuses.list", lines, DL_OPINION_CLASSES_MAX);
    for (uint32_t i = 0; i < shape->statuses; i++) {
        int status = dl_event_status_find(lines[i]);
        if (status < 0)
            return false;
        what->opinion_statuses[i] = (uint8_t)status;
    }
    return true;
}

dateline_status dl_what_open(const dl_lexicon *lexicon, const dl_opinion *opinion,
                             size_t vector_width, dl_what **what, dateline_error *error)
{
    const dl_frames *frames = dl_lexicon_frames(lexicon);
    if (!frames)
        return dl_error_set(error, DATELINE_BAD_FILE, "the lexicon has no constructions");
    dateline_status status = dl_what_open_frames(frames, what, error);
    if (status != DATELINE_OK || !opinion)
        return status;
    (*what)->opinion = opinion;
    (*what)->any_word = dl_frames_form(frames, DL_STRING("*"));
    bool fits = dl_opinion_width(vector_width, opinion) == opinion->shape.inputs;
    if (fits && read_classes(*what, opinion))
        return DATELINE_OK;
    dl_what_close(*what);
    *what = NULL;
    return dl_error_set(error, DATELINE_BAD_FILE,
                        fits ? "the second opinion is about classes that are not known"
                             : "the second opinion was trained over another parser");
}

void dl_what_close(dl_what *what)
{
    free(what);
}

void dl_match_add(dl_work *work, const dl_match *match)
{
    if (!dl_arena_grow(work->document->arena, (void **)&work->matches, work->match_count,
                       &work->match_capacity, sizeof *match)) {
        work->failed = true;
        return;
    }
    work->best[match->anchor] = (int32_t)work->match_count;
    work->matches[work->match_count++] = *match;
}

void dl_match_take_codes(const dl_work *work, dl_match *match)
{
    const dl_frame *frame = match->frame;
    match->category = frame->category;
    memcpy(match->modes, frame->modes, sizeof match->modes);
    match->cameo = dl_frames_text(work->frames, frame->cameo);
    match->rule = dl_frames_text(work->frames, frame->rule);
}

static void match_token(dl_work *work, int32_t token)
{
    dl_frame_kind kinds[2];
    size_t count = work->words[token] ? dl_match_kinds(&work->tokens[token], kinds) : 0;
    for (size_t i = 0; i < count; i++) {
        dl_match match;
        if (!dl_match_best(work, token, kinds[i], &match))
            continue;
        uint8_t status = match.frame->status;
        dl_match_take_codes(work, &match);
        match.status = status ? (uint8_t)(status - 1) : DL_EVENT_actual;
        dl_compose_match(work, &match);
        dl_match_add(work, &match);
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

static void make_event(dl_work *work, const dl_match *match, dl_event *event)
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
    if (!document->events)
        return false;
    document->event_count = 0;
    for (size_t i = 0; i < work->match_count; i++) {
        const dl_match *match = &work->matches[i];
        dl_event *event = &document->events[document->event_count];
        if (!match->dropped) {
            make_event(work, match, event);
            if (event->confidence >= work->what->weights[DL_WEIGHT_keep_confidence])
                document->event_count++;
            else
                dl_trace(work, match->anchor, DL_NOTE_REFUSED, match->rule,
                         "confidence %.2f is too little", event->confidence);
        } else {
            dl_trace(work, match->anchor, DL_NOTE_REFUSED, match->rule, "%s",
                     match->why ? match->why : "another reading is better");
        }
    }
    return !work->failed;
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
    if (!dl_words_prepare(&work) || !dl_genre_prepare(&work))
        return dl_error_memory(error);
    for (size_t s = 0; s < document->sentence_count; s++) {
        const dl_sentence *sentence = &document->sentences[s];
        size_t first = work.match_count;
        if (sentence->heading)
            continue;
        for (int32_t t = sentence->first; t <= sentence->last; t++)
            match_token(&work, t);
        if (!dl_opinion_ask(&work, sentence))
            return dl_error_memory(error);
        dl_judge(&work, sentence, first);
        dl_select(&work, first);
        for (size_t i = first; i < work.match_count; i++)
            if (!work.matches[i].dropped)
                dl_reach(&work, &work.matches[i]);
    }
    if (work.failed || !make_events(&work))
        return dl_error_memory(error);
    return DATELINE_OK;
}
