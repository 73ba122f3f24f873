/* The sections of the lexicon: one table (sections.c) says which folder is compiled by
 * which function and what each does when a compiled lexicon is opened. A new section adds
 * a line there and its two functions here. */
#ifndef DL_LEXICON_SECTIONS_H
#define DL_LEXICON_SECTIONS_H

#include "lexicon/builder.h"
#include "lexicon/open.h"

typedef struct dl_section {
    const char *folder;
    dl_section_compile compile; /* NULL where the folder is passed over */
    dl_section_open open;       /* NULL where nothing is to be done */
} dl_section;

/* All sections; *count of them. */
const dl_section *dl_sections_get(size_t *count);

/* Plain lists: text/ when/ count/ says/ context/ export/. */
dateline_status dl_lists_compile(dl_builder *builder, const dl_line *lines, size_t count,
                                 dateline_error *error);
dateline_status dl_lists_open(dl_lexicon *lexicon, dateline_error *error);

/* Adds one line of a plain list "a, b = value" to the list called `name`; for sections
 * that have lists among their files. */
void dl_lists_add(dl_builder *builder, const dl_line *line, dl_string name,
                  dl_string text);

/* who/: entities, demonyms, roles, titles, modifiers. */
dateline_status dl_names_compile(dl_builder *builder, const dl_line *lines, size_t count,
                                 dateline_error *error);
dateline_status dl_names_open(dl_lexicon *lexicon, dateline_error *error);

/* what/: constructions. */
dateline_status dl_frames_compile(dl_builder *builder, const dl_line *lines, size_t count,
                                  dateline_error *error);
dateline_status dl_frames_open(dl_lexicon *lexicon, dateline_error *error);

/* where/: gazetteer. */
dateline_status dl_places_compile(dl_builder *builder, const dl_line *lines, size_t count,
                                  dateline_error *error);
dateline_status dl_places_open(dl_lexicon *lexicon, dateline_error *error);

#endif
