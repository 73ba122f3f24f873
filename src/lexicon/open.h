/* Inside of an open lexicon: what its sections share. Only src/lexicon/ includes this.
 *
 * Numbers of strings, tables and nodes are checked once at open; values of phrases belong
 * to their section, which checks them in its own open function (registered in open.c)
 * with dl_table_values_below. */
#ifndef DL_LEXICON_OPEN_H
#define DL_LEXICON_OPEN_H

#include "lexicon/lexicon.h"

/* A table: name and comparison. Its root node has the table's own number. */
typedef struct dl_table_record {
    uint32_t name; /* string */
    uint32_t kind; /* dl_table_kind */
} dl_table_record;

typedef struct dl_node_record {
    uint32_t first_value, value_count;
    uint32_t table;
} dl_node_record;

/* Slot of the open-addressed table of edges; node is UINT32_MAX where free. */
typedef struct dl_edge_record {
    uint32_t node, word /* string */, child;
} dl_edge_record;

/* Sections with state of their own. */
typedef enum dl_section_state {
    DL_STATE_LISTS,
    DL_STATE_NAMES,
    DL_STATE_FRAMES,
    DL_STATE_PLACES,
    DL_STATES
} dl_section_state;

struct dl_lexicon {
    dl_chunks chunks;
    dl_arena *arena; /* for what sections make at open */
    dl_string strings;
    const uint32_t *string_at; /* [string_count + 1] */
    size_t string_count;
    const dl_table_record *tables;
    size_t table_count;
    const dl_node_record *nodes;
    size_t node_count;
    const uint32_t *values;
    size_t value_count;
    const dl_edge_record *edges; /* [edge_count] */
    size_t edge_count;
    const uint8_t *filter; /* [filter_bits], a power of two: the edges' hashes */
    size_t filter_bits;
    void *state[DL_STATES]; /* in the arena, by the sections' open functions */
};

/* dl_lexicon_open over a compiled lexicon in memory, taken over from `bytes`. */
dateline_status dl_lexicon_take(dl_buffer *bytes, const char *name, dl_lexicon **lexicon,
                                dateline_error *error);

/* Called at dl_lexicon_open; sets lexicon->state[...]. DATELINE_BAD_FILE where numbers in
 * its chunks lead outside. */
typedef dateline_status (*dl_section_open)(dl_lexicon *lexicon, dateline_error *error);

/* `number` must be below string_count. */
static inline dl_string dl_lexicon_string(const dl_lexicon *lexicon, uint32_t number)
{
    uint32_t start = lexicon->string_at[number];
    return (dl_string){lexicon->strings.data + start,
                       lexicon->string_at[number + 1] - start};
}

/* The chunk as records of `size` bytes; *count 0 and NULL where there is none. False
 * where its size is no multiple. */
bool dl_lexicon_records(const dl_lexicon *lexicon, const char *name, size_t size,
                        const void **records, size_t *count);

/* Number of the table, -1 where there is none. */
int dl_table_find(const dl_lexicon *lexicon, const char *name);

/* Whether all values of all phrases of the table are below `limit` when and-ed with
 * `mask`. Walks all nodes: for open functions. */
bool dl_table_values_below(const dl_lexicon *lexicon, int table, uint32_t mask,
                           size_t limit);

/* Where a look-up stands; a token is a step. */
typedef struct dl_cursor {
    const dl_lexicon *lexicon;
    uint32_t node;
    bool loose;
} dl_cursor;

dl_cursor dl_cursor_start(const dl_lexicon *lexicon, int table);

/* Goes on with a folded token: cut at hyphens, a lone hyphen is passed over. False where
 * no phrase goes on so. */
bool dl_cursor_step(dl_cursor *cursor, dl_string folded);

/* Values of the phrase that ends here; *count is 0 where none does. */
const uint32_t *dl_cursor_values(const dl_cursor *cursor, size_t *count);

/* Longest phrase at words[0]: the words it takes (0: none) and its values. Starts at no
 * hyphen. Table -1 is an empty one. */
size_t dl_table_match(const dl_lexicon *lexicon, int table, const dl_string *words,
                      size_t word_count, const uint32_t **values, size_t *count);

/* The same over the folds of tokens first..last. */
size_t dl_table_match_tokens(const dl_lexicon *lexicon, int table,
                             const dl_document *document, int32_t first, int32_t last,
                             const uint32_t **values, size_t *count);

#endif
