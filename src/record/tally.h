/* What was met how often, with examples: what an analyst's dictionaries lack.
 *
 * Texts are counted by kind over any number of articles. Memory is bounded: where there
 * are as many entries as the tally may have, the rarest are dropped until half are left,
 * and what was dropped is counted. A text that comes back is counted from nothing, so
 * that counts are then lower bounds. The same articles in the same order give the same
 * tally. */
#ifndef DL_RECORD_TALLY_H
#define DL_RECORD_TALLY_H

#include "base/base.h"

enum {
    DL_TALLY_ENTRIES_MAX = 1 << 18,
    DL_TALLY_EXAMPLES_MAX = 3,       /* of one entry */
    DL_TALLY_TEXT_BYTES_MAX = 160,   /* longer texts are no words: they are passed over */
    DL_TALLY_EXAMPLE_BYTES_MAX = 400 /* sentences and ids are cut there */
};

typedef enum dl_null_kind {
    DL_NULL_PREDICATE,
    DL_NULL_PERSON,
    DL_NULL_ORGANISATION,
    DL_NULL_PLACE,
    DL_NULL_KINDS
} dl_null_kind;

typedef struct dl_tally_example {
    dl_string doc, text;
    uint32_t sentence; /* 1-based */
} dl_tally_example;

typedef struct dl_tally_entry {
    dl_null_kind kind;
    dl_string text;
    dl_string beside; /* title or role word first met beside a name; first line that has
                         the word of a predicate; absent for none */
    size_t count, articles;
    size_t last_article; /* number of the article that it was last met in */
    dl_tally_example examples[DL_TALLY_EXAMPLES_MAX]; /* of sentences that differ */
    size_t example_count;
} dl_tally_entry;

typedef struct dl_tally {
    dl_arena *arena; /* owned; holds all but this struct */
    dl_map map;      /* kind and text -> number of the entry */
    dl_tally_entry *entries;
    size_t count, capacity, limit;
    size_t articles;
    size_t dropped; /* entries that had to go */
} dl_tally;

/* A text met once, and where. Strings are copied. */
typedef struct dl_met {
    dl_null_kind kind;
    dl_string text, beside;
    dl_tally_example where;
} dl_met;

/* `limit`: most entries held at a time. False where memory has run out. */
bool dl_tally_init(dl_tally *tally, size_t limit);
void dl_tally_release(dl_tally *tally);

/* What is added from now on stands in another article. */
void dl_tally_next_article(dl_tally *tally);

/* False where memory has run out; the tally is then fit for release only. */
bool dl_tally_add(dl_tally *tally, const dl_met *met);

/* Entries met `least` times or more, kind by kind, most frequent first, then in byte
 * order of their texts. [*count], valid until the next dl_tally_add; NULL where memory
 * has run out. */
const dl_tally_entry **dl_tally_order(dl_tally *tally, size_t least, size_t *count);

#endif
