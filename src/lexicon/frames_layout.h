/* Layout of the chunk of constructions, shared by its compiler and its reader only. */
#ifndef DL_LEXICON_FRAMES_LAYOUT_H
#define DL_LEXICON_FRAMES_LAYOUT_H

#include "lexicon/frames.h"
#include "lexicon/sections.h"

enum {
    DL_SECTION_WORDS,
    DL_SECTION_SLOTS,
    DL_SECTION_FRAMES,
    DL_SECTION_ELEMENTS,
    DL_SECTION_SPECS,
    DL_SECTION_CLASSES,
    DL_SECTION_PHRASES,
    DL_SECTION_OUTERS,
    DL_SECTION_COMPOSES,
    DL_SECTION_NUMBERS,
    DL_SECTION_CATEGORIES,
    DL_SECTION_MODES,
    DL_SECTION_TEXT,
    DL_SECTIONS
};

typedef struct dl_frames_section {
    uint32_t offset, count; /* bytes from the start of the chunk; elements */
} dl_frames_section;

typedef struct dl_frames_header {
    uint32_t version, unused;
    dl_frames_section sections[DL_SECTIONS];
} dl_frames_header;

/* Bytes of one element of a section. */
size_t dl_frames_section_size(int section);

/* Compiles the lines of what/ and adds the chunk to `out`; findings go to the builder.
 * DATELINE_NO_MEMORY where memory has run out; `out` stays empty after findings. */
dateline_status dl_frames_build(dl_builder *builder, const dl_line *lines, size_t count,
                                dl_buffer *out, dateline_error *error);

#endif
