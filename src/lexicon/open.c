#include <stdlib.h>

#include "base/base.h"
#include "lexicon/builder.h"
#include "lexicon/phrase.h"
#include "lexicon/sections.h"

/* ---- Opening and checking ------------------------------------------------------------
 */

bool dl_lexicon_records(const dl_lexicon *lexicon, const char *name, size_t size,
                        const void **records, size_t *count)
{
    dl_string bytes = dl_chunks_find(&lexicon->chunks, name);
    *records = bytes.size ? bytes.data : NULL;
    *count = bytes.size / size;
    return bytes.size % size == 0;
}

dl_string dl_lexicon_chunk(const dl_lexicon *lexicon, const char *name)
{
    return dl_chunks_find(&lexicon->chunks, name);
}

static bool find_records(dl_lexicon *lexicon)
{
    const void *at = NULL, *tables = NULL, *nodes = NULL, *values = NULL, *edges = NULL,
               *filter = NULL;
    size_t count = 0, filter_bytes = 0;
    lexicon->strings = dl_chunks_find(&lexicon->chunks, "strings");
    bool fine =
        dl_lexicon_records(lexicon, "strings.at", sizeof(uint32_t), &at, &count) &&
        dl_lexicon_records(lexicon, "tables", sizeof(dl_table_record), &tables,
                           &lexicon->table_count) &&
        dl_lexicon_records(lexicon, "nodes", sizeof(dl_node_record), &nodes,
                           &lexicon->node_count) &&
        dl_lexicon_records(lexicon, "values", sizeof(uint32_t), &values,
                           &lexicon->value_count) &&
        dl_lexicon_records(lexicon, "edges", sizeof(dl_edge_record), &edges,
                           &lexicon->edge_count) &&
        dl_lexicon_records(lexicon, "edges.filter", 1, &filter, &filter_bytes);
    lexicon->string_at = at;
    lexicon->string_count = count ? count - 1 : 0;
    lexicon->tables = tables;
    lexicon->nodes = nodes;
    lexicon->values = values;
    lexicon->edges = edges;
    lexicon->filter = filter;
    lexicon->filter_bits = filter_bytes * 8;
    return fine && count > 1 && filter_bytes > 0 &&
           (filter_bytes & (filter_bytes - 1)) == 0;
}

static bool strings_fine(const dl_lexicon *lexicon)
{
    for (size_t i = 0; i < lexicon->string_count; i++)
        if (lexicon->string_at[i] > lexicon->string_at[i + 1])
            return false;
    return lexicon->string_at[0] == 0 &&
           lexicon->string_at[lexicon->string_count] == lexicon->strings.size;
}

static bool nodes_fine(const dl_lexicon *lexicon)
{
    if (lexicon->table_count > lexicon->node_count)
        return false;
    for (size_t i = 0; i < lexicon->table_count; i++)
        if (lexicon->tables[i].name >= lexicon->string_count)
            return false;
    for (size_t i = 0; i < lexicon->node_count; i++) {
        const dl_node_record *node = &lexicon->nodes[i];
        if (node->first_value > lexicon->value_count ||
            node->value_count > lexicon->value_count - node->first_value ||
            node->table >= lexicon->table_count ||
            (i < lexicon->table_count && node->table != i))
            return false;
    }
    return true;
}

/* A search must meet a free slot, and edges stay in their table. */
static bool edges_fine(const dl_lexicon *lexicon)
{
    size_t count = lexicon->edge_count;
    bool some_free = false;
    if (count == 0 || count > UINT32_MAX)
        return false;
    for (size_t i = 0; i < count; i++) {
        const dl_edge_record *edge = &lexicon->edges[i];
        if (edge->node == UINT32_MAX)
            some_free = true;
        else if (edge->node >= lexicon->node_count ||
                 edge->child >= lexicon->node_count ||
                 edge->word >= lexicon->string_count ||
                 lexicon->nodes[edge->node].table != lexicon->nodes[edge->child].table)
            return false;
    }
    return some_free;
}

static dateline_status open_sections(dl_lexicon *lexicon, dateline_error *error)
{
    size_t count = 0;
    const dl_section *sections = dl_sections_get(&count);
    for (size_t i = 0; i < count; i++) {
        dateline_status status =
            sections[i].open ? sections[i].open(lexicon, error) : DATELINE_OK;
        if (status != DATELINE_OK)
            return status;
    }
    return DATELINE_OK;
}

/* Checks what the chunks of `opened` hold; `name` is for messages. Takes it: what fails
 * is closed. */
static dateline_status finish(dl_lexicon *opened, const char *name, dl_lexicon **lexicon,
                              dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    opened->arena = dl_arena_new();
    if (!opened->arena)
        status = dl_error_memory(error);
    else if (!find_records(opened) || !strings_fine(opened) || !nodes_fine(opened) ||
             !edges_fine(opened))
        status = dl_error_set(error, DATELINE_BAD_FILE,
                              "%s: the lexicon's tables are damaged", name);
    else
        status = open_sections(opened, error);
    if (status != DATELINE_OK)
        dl_lexicon_close(opened);
    else
        *lexicon = opened;
    return status;
}

dateline_status dl_lexicon_open(const char *path, dl_lexicon **lexicon,
                                dateline_error *error)
{
    dl_lexicon *opened = calloc(1, sizeof *opened);
    if (!opened)
        return dl_error_memory(error);
    dateline_status status =
        dl_chunks_open(&opened->chunks, path, "DLLEXICN", DL_LEXICON_VERSION, error);
    if (status == DATELINE_OK)
        return finish(opened, path, lexicon, error);
    free(opened);
    return status;
}

dateline_status dl_lexicon_take(dl_buffer *bytes, const char *name, dl_lexicon **lexicon,
                                dateline_error *error)
{
    dl_lexicon *opened = calloc(1, sizeof *opened);
    if (!opened)
        return dl_error_memory(error);
    dateline_status status = dl_chunks_take(&opened->chunks, bytes, name, "DLLEXICN",
                                            DL_LEXICON_VERSION, error);
    if (status == DATELINE_OK)
        return finish(opened, name, lexicon, error);
    free(opened);
    return status;
}

uint64_t dl_lexicon_fingerprint(const dl_lexicon *lexicon)
{
    return dl_chunks_fingerprint(&lexicon->chunks);
}

void dl_lexicon_close(dl_lexicon *lexicon)
{
    if (!lexicon)
        return;
    dl_chunks_close(&lexicon->chunks);
    dl_arena_free(lexicon->arena);
    free(lexicon);
}

/* ---- Tables --------------------------------------------------------------------------
 */

int dl_table_find(const dl_lexicon *lexicon, const char *name)
{
    dl_string wanted = dl_string_from(name);
    for (size_t i = 0; i < lexicon->table_count; i++)
        if (dl_string_equal(dl_lexicon_string(lexicon, lexicon->tables[i].name), wanted))
            return (int)i;
    return -1;
}

static bool node_values_below(const dl_lexicon *lexicon, uint32_t node, uint32_t mask,
                              size_t limit)
{
    const dl_node_record *record = &lexicon->nodes[node];
    for (uint32_t i = 0; i < record->value_count; i++)
        if ((lexicon->values[record->first_value + i] & mask) >= limit)
            return false;
    return true;
}

bool dl_table_values_below(const dl_lexicon *lexicon, int table, uint32_t mask,
                           size_t limit)
{
    for (uint32_t i = 0; table >= 0 && i < lexicon->node_count; i++)
        if (lexicon->nodes[i].table == (uint32_t)table &&
            !node_values_below(lexicon, i, mask, limit))
            return false;
    return true;
}

dl_cursor dl_cursor_start(const dl_lexicon *lexicon, int table)
{
    return (dl_cursor){lexicon, (uint32_t)table,
                       lexicon->tables[table].kind == DL_TABLE_LOOSE};
}

static bool step_word(dl_cursor *cursor, dl_string word)
{
    const dl_lexicon *lexicon = cursor->lexicon;
    size_t count = lexicon->edge_count;
    uint64_t hash = dl_phrase_hash(cursor->node, word);
    if (!dl_filter_has(lexicon->filter, hash, lexicon->filter_bits))
        return false;
    for (size_t at = dl_edge_first(hash, count); lexicon->edges[at].node != UINT32_MAX;
         at = dl_edge_next(at, count)) {
        const dl_edge_record *edge = &lexicon->edges[at];
        if (edge->node == cursor->node &&
            dl_string_equal(dl_lexicon_string(lexicon, edge->word), word)) {
            cursor->node = edge->child;
            return true;
        }
    }
    return false;
}

static bool step_piece(dl_cursor *cursor, dl_string piece)
{
    char out[DL_WORD_BYTES_MAX];
    return step_word(cursor, cursor->loose ? dl_phrase_loosen(piece, out) : piece);
}

bool dl_cursor_step(dl_cursor *cursor, dl_string folded)
{
    size_t end = dl_string_find(folded, '-', 0);
    if (end == folded.size)
        return step_piece(cursor, folded);
    bool lone = true;
    for (size_t at = 0; at < folded.size; at = end + 1) {
        end = dl_string_find(folded, '-', at);
        if (end == at)
            continue;
        lone = false;
        if (!step_piece(cursor, dl_string_slice(folded, at, end)))
            return false;
    }
    if (lone)
        step_word(cursor, folded);
    return true;
}

const uint32_t *dl_cursor_values(const dl_cursor *cursor, size_t *count)
{
    const dl_node_record *node = &cursor->lexicon->nodes[cursor->node];
    *count = node->value_count;
    return cursor->lexicon->values + node->first_value;
}

/* What a walk over words has found so far. */
typedef struct match {
    size_t words, count;
    const uint32_t *values;
} match;

/* One step of a walk; false where it ends. A word that is only passed over (a hyphen
 * without an edge of its own) ends no phrase. */
static bool match_step(dl_cursor *cursor, dl_string word, size_t position, match *best)
{
    uint32_t before = cursor->node;
    if (!dl_cursor_step(cursor, word))
        return false;
    if (cursor->node == before)
        return position > 0;
    size_t count = 0;
    const uint32_t *values = dl_cursor_values(cursor, &count);
    if (count)
        *best = (match){position + 1, count, values};
    return true;
}

size_t dl_table_match(const dl_lexicon *lexicon, int table, const dl_string *words,
                      size_t word_count, const uint32_t **values, size_t *count)
{
    match best = {0};
    if (table >= 0) {
        dl_cursor cursor = dl_cursor_start(lexicon, table);
        for (size_t i = 0; i < word_count && match_step(&cursor, words[i], i, &best); i++)
            ;
    }
    *values = best.values;
    *count = best.count;
    return best.words;
}

size_t dl_table_match_tokens(const dl_lexicon *lexicon, int table,
                             const dl_document *document, int32_t first, int32_t last,
                             const uint32_t **values, size_t *count)
{
    match best = {0};
    if (table >= 0) {
        dl_cursor cursor = dl_cursor_start(lexicon, table);
        for (int32_t i = first; i <= last; i++)
            if (!match_step(&cursor, document->tokens[i].fold, (size_t)(i - first),
                            &best))
                break;
    }
    *values = best.values;
    *count = best.count;
    return best.words;
}
