/* The compiled lexicon: one mapped file, opened once, read by every stage.
 *
 * Purpose  everything that is language lives in lexicon/<language>/ as text; this room
 *          compiles it, checks it and looks things up in it
 * Reads    lexicon/<language>/<folder>/ (all .txt files, sorted by path)
 * Writes   one container (base/chunks.h, magic DLLEXICN)
 * Cost     look-ups are hashes of folded words, no allocation
 * Limits   named below
 *
 * Folders and their shapes:
 *   who/    entities, demonyms, roles (lexicon/names.h)
 *   where/  gazetteer (lexicon/places.h)
 *   what/   constructions (lexicon/frames.h)
 *   text/ when/ count/ says/ context/ export/   plain lists (below)
 *
 * A plain list file holds lists; a list opens with its name in brackets, and each line
 * has phrases that share a value:
 *
 *     [months]
 *     january, jan, jan. = 1        # comment
 *     february, feb = 2
 *     [cues]
 *     say, tell                     # no value: the empty string
 *
 * Phrases are compared folded (dl_utf8_fold), word by word as the text stage's tokens are
 * (the compiler cuts phrases at white space, and at "-", "'" and "." as the tokeniser
 * does). The name of a list is unique over all files; a list may go on in another file.
 */
#ifndef DL_LEXICON_LEXICON_H
#define DL_LEXICON_LEXICON_H

#include "record/document.h"

enum { DL_LEXICON_VERSION = 4, DL_PHRASE_WORDS_MAX = 12 };

typedef struct dl_lexicon dl_lexicon;

/* DATELINE_BAD_FILE, DATELINE_OTHER_VERSION, DATELINE_NOT_FOUND ...; owned by the caller.
 */
dateline_status dl_lexicon_open(const char *path, dl_lexicon **lexicon,
                                dateline_error *error);

/* Compiles the dictionaries under `folder` with those of `overlay` laid over them, into
 * memory, and opens what comes of it; *laid (may be NULL) tells how much was laid over.
 * DATELINE_BAD_LEXICON after reports of every finding, else as dl_lexicon_open. */
dateline_status dl_lexicon_open_overlay(const char *folder, const char *overlay,
                                        dateline_report report, void *context,
                                        dateline_overlay *laid, dl_lexicon **lexicon,
                                        dateline_error *error);
void dl_lexicon_close(dl_lexicon *lexicon);

/* Tells lexicons of different content apart. */
uint64_t dl_lexicon_fingerprint(const dl_lexicon *lexicon);

/* A line of a plain list; strings are borrowed from the lexicon. */
typedef struct dl_entry {
    dl_string value;
    dl_string rule; /* file:line */
} dl_entry;

/* Number of the list called `name`, or -1. Stages look their lists up once. */
int dl_list_find(const dl_lexicon *lexicon, const char *name);

/* Longest phrase of the list that starts at words[0]: sets *entry (may be NULL) and
 * returns the words it takes, 0 where there is none. `words` are folded forms, [count].
 */
size_t dl_list_match(const dl_lexicon *lexicon, int list, const dl_string *words,
                     size_t count, dl_entry *entry);

/* The same over one word. */
bool dl_list_has(const dl_lexicon *lexicon, int list, dl_string folded, dl_entry *entry);

/* Over the folds of the document's tokens from `first` to `last` inclusive. */
size_t dl_list_match_tokens(const dl_lexicon *lexicon, int list,
                            const dl_document *document, int32_t first, int32_t last,
                            dl_entry *entry);

/* Bytes of a section that lays out its own chunk; absent where there is none. */
dl_string dl_lexicon_chunk(const dl_lexicon *lexicon, const char *name);

#endif
