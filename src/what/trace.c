/* Notes on what was considered, for `explain`. */
#include <stdarg.h>
#include <stdio.h>

#include "what/shared.h"

enum { TRACE_BYTES_MAX = 512, TRACE_LACKS_MAX = 6 };

void dl_trace(dl_work *work, int32_t anchor, dl_note_kind kind, dl_string rule,
              const char *format, ...)
{
    dl_document *document = work->document;
    char text[TRACE_BYTES_MAX];
    va_list arguments;
    if (!document->explain)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    dl_string kept = dl_arena_format(document->arena, "%s", text);
    if (!kept.data ||
        !dl_arena_grow(document->arena, (void **)&document->notes, document->note_count,
                       &work->note_capacity, sizeof *document->notes)) {
        work->failed = true;
        return;
    }
    document->notes[document->note_count++] = (dl_note){anchor, kind, rule, kept};
}

static int put(char *out, size_t room, const char *before, dl_string text,
               const char *after)
{
    return snprintf(out, room, "%s%.*s%s", before, (int)text.size, text.data, after);
}

/* What fills an element, as the dictionary writes it. */
static void write_filler(const dl_frames *frames, const dl_element *e, char *out,
                         size_t room)
{
    size_t used = 0;
    out[0] = '\0';
    for (int i = 0; i < e->modifier_count && used < room; i++)
        used +=
            (size_t)put(out + used, room - used, "",
                        dl_frames_text(frames, frames->words[e->modifiers[i]].text), " ");
    if (used >= room)
        return;
    if (e->filler == DL_FILLER_WORD)
        put(out + used, room - used, "",
            dl_frames_text(frames, frames->words[e->id].text), "");
    else if (e->filler == DL_FILLER_CLASS)
        put(out + used, room - used, "{",
            dl_frames_text(frames, frames->classes[e->id].name), "}");
}

/* An element as the dictionary writes it. */
static void write_element(const dl_frames *frames, const dl_element *e, char *out,
                          size_t room)
{
    static const char *const names[] = {[DL_ELEMENT_SUBJECT] = "SUBJECT",
                                        [DL_ELEMENT_OBJECT] = "OBJECT",
                                        [DL_ELEMENT_IOBJECT] = "IOBJECT",
                                        [DL_ELEMENT_PLACE] = "PLACE",
                                        [DL_ELEMENT_SAID] = "CLAUSE",
                                        [DL_ELEMENT_PASSIVE] = "passive",
                                        [DL_ELEMENT_NOT] = "!"};
    char filler[TRACE_BYTES_MAX / 4];
    dl_string preposition = dl_frames_text(frames, frames->words[e->preposition].text);
    write_filler(frames, e, filler, sizeof filler);
    bool plain = e->type == DL_ELEMENT_OBJECT && filler[0];
    const char *name = e->type < sizeof names / sizeof *names && names[e->type] && !plain
                           ? names[e->type]
                           : "";
    bool equal = name[0] && filler[0] && e->type != DL_ELEMENT_NOT;
    snprintf(out, room, "%.*s%s%s%s%s", e->preposition ? (int)preposition.size : 0,
             preposition.data, e->preposition && filler[0] ? " " : "", name,
             equal ? "=" : "", filler);
}

static const char *why_lost(const dl_match *lost, const dl_match *won, char *out,
                            size_t room)
{
    int mine = (lost->actor_count > 0) + (lost->recipient_count > 0);
    int theirs = (won->actor_count > 0) + (won->recipient_count > 0);
    if (lost->specificity != won->specificity)
        snprintf(out, room, "less specific, %d against %d", lost->specificity,
                 won->specificity);
    else if (mine != theirs)
        snprintf(out, room, "fewer parties, %d against %d", mine, theirs);
    else if (lost->frame->weight < won->frame->weight)
        snprintf(out, room, "a lower weight, %.2g against %.2g",
                 (double)lost->frame->weight, (double)won->frame->weight);
    else
        snprintf(out, room, "a later line");
    return out;
}

void dl_trace_candidates(dl_work *work, int32_t anchor, dl_frame_kind kind,
                         const dl_match *won)
{
    if (!work->document->explain)
        return;
    const dl_frames *frames = work->frames;
    const dl_frame_word *word = &frames->words[work->words[anchor]];
    int lacking = 0;
    char text[TRACE_BYTES_MAX / 2];
    for (uint32_t i = 0; i < word->count[kind]; i++) {
        const dl_frame *frame = &frames->frames[word->first[kind] + i];
        const char *category =
            dl_category_name(&work->frames->ontology, (dl_category)frame->category);
        dl_string rule = dl_frames_text(frames, frame->rule);
        dl_match other = {.frame = frame,
                          .anchor = anchor,
                          .outer = anchor,
                          .light = kind == DL_FRAME_NOUN ? dl_argument_light(work, anchor)
                                                         : -1};
        if (won && frame == won->frame)
            continue;
        if (!dl_match_elements(work, frame, &other)) {
            if (lacking++ >= TRACE_LACKS_MAX)
                continue;
            write_element(frames, &frames->elements[frame->first_element + other.missing],
                          text, sizeof text);
            dl_trace(work, anchor, DL_NOTE_LACKS, rule, "%s: no %s", category, text);
        } else if (won) {
            dl_argument_fill(work, &other);
            dl_trace(work, anchor, DL_NOTE_FITS, rule, "%s: %s", category,
                     why_lost(&other, won, text, sizeof text));
        }
    }
    if (lacking > TRACE_LACKS_MAX)
        dl_trace(work, anchor, DL_NOTE_LACKS, (dl_string){0}, "%d more do not fit",
                 lacking - TRACE_LACKS_MAX);
}
