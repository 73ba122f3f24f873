/* Work of the compiler of constructions, shared by its two files only. */
#ifndef DL_LEXICON_FRAMES_COMPILE_H
#define DL_LEXICON_FRAMES_COMPILE_H

#include "lexicon/frames_layout.h"

enum { DL_LINE_WORDS_MAX = 512 };

/* A growing array in the arena. */
typedef struct dl_frame_array {
    void *items;
    size_t count, capacity;
} dl_frame_array;

typedef struct dl_frames_compiler {
    dl_arena *arena;
    dl_builder *builder;
    size_t findings;
    bool failed; /* out of memory */
    _Alignas(16) char spare[sizeof(dl_frame_phrase) + sizeof(dl_frame)]; /* where a failed
                                                                            push writes */

    const dl_line *line; /* being read */

    dl_map word_map, class_map, outer_map, phrase_map;
    dl_frame_array words, frames, elements, specs, classes, phrases, outers, composes,
        numbers, categories, modes;
    uint64_t includes[DL_CLASSES_MAX][DL_CLASS_WORDS]; /* classes in a class */
    uint8_t defined[DL_CLASSES_MAX];
    dl_buffer text;
    int prepositions, particles; /* classes; -1 before they are met */
    uint32_t that_word, to_word;

    dl_frame group; /* of the file of constructions that is being read */
    bool has_group;
    int outer_group; /* number of the outer type being read, -1 none */
} dl_frames_compiler;

void *dl_frames_push(dl_frames_compiler *c, dl_frame_array *array, size_t size);

/* Reports a finding at `at` (a place in the current line; NULL: all of it). */
void dl_frames_finding(dl_frames_compiler *c, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Number of a word, made where it is new. */
uint32_t dl_frames_add_word(dl_frames_compiler *c, dl_string word);

/* Number of a class, made where it is new; `name` without braces. */
int dl_frames_add_class(dl_frames_compiler *c, dl_string name);

dl_frame_text dl_frames_add_text(dl_frames_compiler *c, dl_string s);

/* "file:line" of the current line. */
dl_frame_text dl_frames_add_rule(dl_frames_compiler *c);

bool dl_frames_word_in(const dl_frames_compiler *c, uint32_t word, int class_number);

/* Cuts at white space; returns how many words there are. */
size_t dl_frames_cut(dl_string line, dl_string *words, size_t capacity);

/* PLOVER's categories and modes, with those that ontology.txt has added so far; borrowed
 * until it adds more. */
dl_ontology dl_frames_ontology(const dl_frames_compiler *c);

/* Puts PLOVER's categories and modes first (frames_ontology.c); false where memory has
 * run out. */
bool dl_frames_start_ontology(dl_frames_compiler *c);

/* A line of ontology.txt. */
void dl_frames_read_ontology(dl_frames_compiler *c, dl_string line);

/* A line of a category file, of outer.txt; `line` has no comment and is not empty. */
void dl_frames_read_construction(dl_frames_compiler *c, dl_string line, bool indented);
void dl_frames_read_outer(dl_frames_compiler *c, dl_string line, bool indented);

#endif
