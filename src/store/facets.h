/* Counts of events under a match: by anything, each event once.
 *
 * Purpose  the numbers beside filters, of networks, actors
 * Reads    columns, a match over them
 * Writes   tallies
 * Cost     one pass over the rows that fit: below 100 ms for a million
 *
 * A story is one event in each bucket, however many of its rows fall there: rows of a
 * story are visited together, at its first, and a bucket knows who was there last. */
#ifndef DL_STORE_FACETS_H
#define DL_STORE_FACETS_H

#include "store/match.h"

/* Events of each bucket. `last` is the event that a bucket counted last. */
typedef struct dl_counter {
    uint32_t *counts, *last; /* [size] */
    size_t size;
} dl_counter;

bool dl_counter_init(dl_counter *tally, size_t size);
void dl_counter_release(dl_counter *tally);

static inline void dl_counter_add(dl_counter *tally, uint32_t bucket, uint32_t event)
{
    if (tally->last[bucket] != event) {
        tally->last[bucket] = event;
        tally->counts[bucket]++;
    }
}

/* Buckets from 1 that counted something, most first; *count of them, `most` at the most
 * (0: all). Owned by the caller; NULL where memory has run out. */
uint32_t *dl_counter_top(const dl_counter *tally, size_t most, size_t *count);

/* Events of some rows, one after the other. */
typedef struct dl_walk {
    const dl_columns *c;
    const uint64_t *bits; /* rows; of a story all rows are given, where one is in there */
    uint64_t *done;       /* stories */
    uint64_t word;
    size_t at, words;
    uint32_t event; /* its number, from 1 */
    uint32_t single;
} dl_walk;

bool dl_walk_init(dl_walk *walk, const dl_columns *columns, const uint64_t *bits);
bool dl_walk_next(dl_walk *walk, const uint32_t **rows, size_t *count);
void dl_walk_release(dl_walk *walk);

/* Width of a timeline's steps. */
typedef enum dl_step { DL_STEP_DAY, DL_STEP_MONTH, DL_STEP_YEAR } dl_step;

/* Steps from 1; dates that are less precise than a step are in none. */
typedef struct dl_steps {
    dl_step by;
    uint32_t *of_date; /* [date_count + 1] */
    uint32_t *dates;   /* [count + 1] */
    size_t count;
} dl_steps;

/* `by` NULL: the widest that still gives a picture of the rows; false where memory has
 * run out. */
bool dl_steps_init(dl_steps *steps, const dl_columns *columns, const uint64_t *rows,
                   const char *by);
void dl_steps_release(dl_steps *steps);
const char *dl_step_name(dl_step step);

/* Those with quads have five buckets for each value: events, then by quad. */
enum { DL_WITH_QUADS = 1 + DL_QUADS };

typedef struct dl_facets {
    dl_steps steps;
    dl_counter selected;         /* [0] placed, [1..4] quads */
    dl_counter timeline, places; /* with quads */
    dl_counter categories, modes, actors, names, recipients, countries, statuses, sources;
} dl_facets;

bool dl_facets_count(dl_facets *facets, const dl_columns *columns, const dl_match *match,
                     const char *by);
void dl_facets_release(dl_facets *facets);

/* Adds an event to a bucket of a tally with quads. */
static inline void dl_counter_add_quad(dl_counter *tally, uint32_t value, unsigned quad,
                                       uint32_t event)
{
    dl_counter_add(tally, value * DL_WITH_QUADS, event);
    if (quad)
        dl_counter_add(tally, value * DL_WITH_QUADS + quad, event);
}

/* First and last row of a bitmap that has a date; `rows` where none has. */
size_t dl_bits_first_dated(const dl_columns *columns, const uint64_t *bits);
size_t dl_bits_last_dated(const dl_columns *columns, const uint64_t *bits);

#endif
