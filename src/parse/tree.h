/* The best tree over the words of one sentence.
 *
 * Source: Chu and Liu 1965, Edmonds 1967: maximum spanning arborescence by contracting
 * cycles; kept to one root by a charge on every root arc that no score outweighs.
 * Cost: linear where the best heads are a tree already, else at most cubic in words. */
#ifndef DL_PARSE_TREE_H
#define DL_PARSE_TREE_H

#include "base/base.h"

enum { DL_WINDOW = 256 }; /* words parsed at once; longer sentences are cut */

typedef struct dl_tree_space dl_tree_space;

dl_tree_space *dl_tree_space_new(void); /* NULL where memory has run out */
void dl_tree_space_free(dl_tree_space *space);

/* scores [count][stride]: of words 1..count (row i - 1) under heads 0..count (column), 0
 * the root. Fills heads[0..count); exactly one is 0. count is in 1..DL_WINDOW. */
void dl_tree_find(dl_tree_space *space, const float *scores, size_t stride, size_t count,
                  int32_t *heads);

/* Whether heads (1-based, 0 the root) are one tree with one root. */
bool dl_tree_valid(const int32_t *heads, size_t count);

#endif
