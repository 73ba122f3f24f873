/* Hashed features of a word form; train/features.py computes the very same numbers. */
#ifndef DL_PARSE_FEATURES_H
#define DL_PARSE_FEATURES_H

#include "model/network.h"

enum { DL_SHAPE_RUN_MAX = 3, DL_SHAPE_LETTERS_MAX = 12, DL_FORM_BYTES_MAX = 256 };

/* Rows of the six embeddings. `fold` is dl_utf8_fold of `form`; both are cut after
 * DL_FORM_BYTES_MAX bytes. The arena serves for rare characters alone. */
void dl_features_get(const dl_network *network, dl_arena *arena, dl_string form,
                     dl_string fold, uint32_t rows[DL_FEATURES]);

/* FNV-1a of the letter, then of the parts in order. */
uint64_t dl_features_hash(char letter, const dl_string *parts, size_t count);

#endif
