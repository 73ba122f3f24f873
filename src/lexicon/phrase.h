/* Cutting a phrase into the words that tokens are compared with: the one place where the
 * two sides are brought into the same form.
 *
 * A phrase is folded, cut at white space and hyphens (which are dropped), at punctuation
 * around a word, and before a final 's. A token is cut at its hyphens likewise, so that
 * it does not matter whether the text stage kept "anti-government" whole. In loose tables
 * "." and "'" are dropped from both sides. */
#ifndef DL_LEXICON_PHRASE_H
#define DL_LEXICON_PHRASE_H

#include "base/base.h"
#include "lexicon/lexicon.h"

enum { DL_WORD_BYTES_MAX = 96 };

/* Cuts `phrase` into words[DL_PHRASE_WORDS_MAX]; 0 where there is no word, too many, or
 * memory has run out. Words live in the arena. */
size_t dl_phrase_cut(dl_arena *arena, dl_string phrase, bool loose, dl_string *words);

/* `word` without "." and "'", written to `out`; the word itself where it has none, is
 * nothing else, or is longer than DL_WORD_BYTES_MAX. */
dl_string dl_phrase_loosen(dl_string word, char out[DL_WORD_BYTES_MAX]);

uint64_t dl_phrase_hash(uint32_t node, dl_string word);

/* Slot of a table of `count` edges at which the search for a hash begins; it goes on to
 * the next slot, and from the last to the first. */
static inline size_t dl_edge_first(uint64_t hash, size_t count)
{
    return (size_t)(((hash >> 32) * (uint64_t)count) >> 32);
}

static inline size_t dl_edge_next(size_t at, size_t count)
{
    return at + 1 < count ? at + 1 : 0;
}

/* A filter of bits (Bloom 1970, with one hash) stands before the table of edges: most
 * words begin nothing, and the bits stay in the cache where the table does not. */
enum { DL_FILTER_BITS = 8 }; /* at least, for each slot of the table */

/* `bits`, here and below: a power of two, at least 8. */
static inline void dl_filter_set(uint8_t *filter, uint64_t hash, size_t bits)
{
    filter[(hash & (bits - 1)) / 8] |= (uint8_t)(1u << (hash & 7));
}

/* False where nothing with this hash was set. */
static inline bool dl_filter_has(const uint8_t *filter, uint64_t hash, size_t bits)
{
    return filter[(hash & (bits - 1)) / 8] >> (hash & 7) & 1;
}

#endif
