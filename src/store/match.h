/* Rows that a question fits, and those that fit all of it but one filter.
 *
 * Purpose  lists beside a filter show what else could be chosen: each counts under
 *          everything but its own filter
 * Reads    columns, a question whose names were resolved
 * Writes   bitmaps over rows
 * Cost     one pass over rows: some 10 ms for a million
 * Limits   what columns can't answer comes as bitmaps of rows that may fit */
#ifndef DL_STORE_MATCH_H
#define DL_STORE_MATCH_H

#include "store/ask.h"
#include "store/columns.h"

/* Filters that have a list of their own; TIME is from and to, PLACE place and box. */
typedef enum dl_filter {
    DL_FILTER_TIME,
    DL_FILTER_WHAT,
    DL_FILTER_WHO,
    DL_FILTER_WHOM,
    DL_FILTER_WHERE,
    DL_FILTER_PLACE,
    DL_FILTER_STATUS,
    DL_FILTER_SOURCE,
    DL_FILTERS
} dl_filter;

/* Bitmaps are words of 64 rows, (R + 63) / 64 of them. */
static inline bool dl_bits_get(const uint64_t *words, size_t row)
{
    return words[row / 64] >> (row % 64) & 1;
}

static inline void dl_bits_set(uint64_t *words, size_t row)
{
    words[row / 64] |= (uint64_t)1 << (row % 64);
}

/* `owned` is all of the memory; a filter that was not asked has all's bitmap. */
typedef struct dl_match {
    size_t words;
    uint64_t *all;             /* rows that fit */
    uint64_t *but[DL_FILTERS]; /* rows that fit all but that filter */
    uint64_t *owned;
    size_t owned_count;
    /* Which figures fit who and whom, [figure_count]; NULL where not asked. */
    uint8_t *who, *whom;
} dl_match;

/* `may` (NULL: all) has the rows that fit what columns can't answer. False where memory
 * has run out. */
bool dl_match_run(dl_match *match, const dl_columns *columns, const dl_ask *ask,
                  const uint64_t *may);
void dl_match_release(dl_match *match);

/* Which figures fit one of the parties: [figure_count], owned by the caller. */
uint8_t *dl_match_figures(const dl_columns *columns, const dl_ask_parties *parties);

#endif
