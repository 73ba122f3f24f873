#include <stdarg.h>
#include <stdio.h>

#include "base/base.h"
#include "lexicon/builder.h"
#include "lexicon/open.h"
#include "lexicon/phrase.h"

enum { FIRST_EDGES = 1 << 12, FIRST_STRINGS = 1 << 12 };

typedef struct phrase_value {
    uint32_t node, value;
} phrase_value;

/* `strings` holds the pool in order of number; edges are kept as they will stand in the
 * file and rehashed when they are 2/3 full. */
struct dl_builder {
    dl_arena *arena;
    dl_findings *findings;
    bool failed;
    dl_map numbers; /* of strings */
    dl_string *strings;
    size_t string_count, string_capacity;
    dl_table_record *tables;
    size_t table_count, table_capacity;
    uint32_t *table_roots;
    size_t root_count, root_capacity;
    uint32_t *node_tables; /* [node_count] */
    size_t node_count, node_capacity;
    phrase_value *values;
    size_t value_count, value_capacity;
    dl_edge_record *edges;
    size_t edge_count, edge_capacity;
    dl_chunk_source chunks[DL_CHUNKS_MAX];
    size_t chunk_count;
};

static bool start_edges(dl_builder *builder, size_t capacity)
{
    builder->edges = DL_ARENA_ARRAY(builder->arena, dl_edge_record, capacity);
    if (!builder->edges)
        return false;
    for (size_t i = 0; i < capacity; i++)
        builder->edges[i].node = UINT32_MAX;
    builder->edge_capacity = capacity;
    return true;
}

dl_builder *dl_builder_new(dl_findings *findings)
{
    dl_arena *arena = dl_arena_new();
    dl_builder *builder = arena ? dl_arena_get(arena, 1, sizeof *builder) : NULL;
    if (!builder) {
        dl_arena_free(arena);
        return NULL;
    }
    builder->arena = arena;
    builder->findings = findings;
    builder->failed = !dl_map_init(&builder->numbers, arena, FIRST_STRINGS) ||
                      !start_edges(builder, FIRST_EDGES);
    dl_builder_string(builder, DL_STRING(""));
    return builder;
}

void dl_builder_free(dl_builder *builder)
{
    if (builder)
        dl_arena_free(builder->arena);
}

dl_arena *dl_builder_arena(dl_builder *builder)
{
    return builder->arena;
}

void dl_builder_report(dl_builder *builder, const dl_line *line, size_t column,
                       const char *format, ...)
{
    char message[256];
    va_list list;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    dl_findings_add(builder->findings, line, column, "%s", message);
}

uint32_t dl_builder_string(dl_builder *builder, dl_string s)
{
    bool added = false;
    if (builder->failed)
        return 0;
    dl_string copy = dl_arena_string(builder->arena, s);
    uint32_t *number = copy.data ? dl_map_add(&builder->numbers, copy,
                                              (uint32_t)builder->string_count, &added)
                                 : NULL;
    if (!number) {
        builder->failed = true;
        return 0;
    }
    if (!added)
        return *number;
    uint32_t found = *number;
    if (!dl_arena_grow(builder->arena, (void **)&builder->strings, builder->string_count,
                       &builder->string_capacity, sizeof copy)) {
        builder->failed = true;
        return 0;
    }
    builder->strings[builder->string_count++] = copy;
    return found;
}

uint32_t dl_builder_rule(dl_builder *builder, const dl_line *line)
{
    dl_string rule =
        dl_arena_format(builder->arena, "%s%.*s:%u", line->overlay ? "overlay:" : "",
                        (int)line->file.size, line->file.data, line->number);
    builder->failed |= rule.data == NULL;
    return dl_builder_string(builder, rule);
}

/* Number of a new node. */
static uint32_t add_node(dl_builder *builder, uint32_t table)
{
    if (!dl_arena_grow(builder->arena, (void **)&builder->node_tables,
                       builder->node_count, &builder->node_capacity,
                       sizeof *builder->node_tables)) {
        builder->failed = true;
        return 0;
    }
    builder->node_tables[builder->node_count] = table;
    return (uint32_t)builder->node_count++;
}

/* Roots of tables are nodes like all others; dl_builder_write gives them the numbers of
 * their tables by keeping nodes [0, tables) free for them. */
uint32_t dl_builder_table(dl_builder *builder, const char *name, dl_table_kind kind)
{
    uint32_t number = dl_builder_string(builder, dl_string_from(name));
    for (size_t i = 0; i < builder->table_count; i++)
        if (builder->tables[i].name == number)
            return (uint32_t)i;
    if (builder->failed ||
        !dl_arena_grow(builder->arena, (void **)&builder->tables, builder->table_count,
                       &builder->table_capacity, sizeof *builder->tables) ||
        !dl_arena_grow(builder->arena, (void **)&builder->table_roots,
                       builder->root_count, &builder->root_capacity,
                       sizeof *builder->table_roots)) {
        builder->failed = true;
        return 0;
    }
    builder->tables[builder->table_count] = (dl_table_record){number, (uint32_t)kind};
    builder->table_roots[builder->root_count++] =
        add_node(builder, (uint32_t)builder->table_count);
    return (uint32_t)builder->table_count++;
}

static dl_edge_record *edge_slot(dl_builder *builder, uint32_t node, uint32_t word)
{
    size_t count = builder->edge_capacity;
    size_t at = dl_edge_first(dl_phrase_hash(node, builder->strings[word]), count);
    while (builder->edges[at].node != UINT32_MAX &&
           !(builder->edges[at].node == node && builder->edges[at].word == word))
        at = dl_edge_next(at, count);
    return &builder->edges[at];
}

static bool grow_edges(dl_builder *builder)
{
    dl_edge_record *old = builder->edges;
    size_t capacity = builder->edge_capacity;
    if (builder->edge_count * 3 < capacity * 2)
        return true;
    if (!start_edges(builder, capacity * 2))
        return false;
    for (size_t i = 0; i < capacity; i++)
        if (old[i].node != UINT32_MAX)
            *edge_slot(builder, old[i].node, old[i].word) = old[i];
    return true;
}

/* The node behind `node` by `word`, made where there is none. */
static uint32_t child_of(dl_builder *builder, uint32_t node, dl_string word)
{
    uint32_t number = dl_builder_string(builder, word);
    if (builder->failed || !grow_edges(builder)) {
        builder->failed = true;
        return 0;
    }
    dl_edge_record *edge = edge_slot(builder, node, number);
    if (edge->node == UINT32_MAX) {
        uint32_t child = add_node(builder, builder->node_tables[node]);
        *edge = (dl_edge_record){node, number, child};
        builder->edge_count++;
    }
    return edge->child;
}

static void add_value(dl_builder *builder, uint32_t node, uint32_t value)
{
    if (!dl_arena_grow(builder->arena, (void **)&builder->values, builder->value_count,
                       &builder->value_capacity, sizeof *builder->values)) {
        builder->failed = true;
        return;
    }
    builder->values[builder->value_count++] = (phrase_value){node, value};
}

bool dl_builder_phrase(dl_builder *builder, uint32_t table, dl_string phrase,
                       uint32_t value)
{
    dl_string words[DL_PHRASE_WORDS_MAX];
    if (builder->failed)
        return true;
    bool loose = builder->tables[table].kind == DL_TABLE_LOOSE;
    size_t count = dl_phrase_cut(builder->arena, phrase, loose, words);
    uint32_t node = builder->table_roots[table];
    for (size_t i = 0; i < count && !builder->failed; i++)
        node = child_of(builder, node, words[i]);
    if (count && !builder->failed)
        add_value(builder, node, value);
    return count > 0;
}

static void add_chunk(dl_builder *builder, const char *name, dl_string bytes)
{
    assert(strlen(name) <= DL_CHUNK_NAME_MAX);
    if (builder->chunk_count == DL_CHUNKS_MAX)
        builder->failed = true;
    else
        builder->chunks[builder->chunk_count++] = (dl_chunk_source){name, bytes};
}

void dl_builder_chunk(dl_builder *builder, const char *name, const void *bytes,
                      size_t count, size_t size)
{
    char *copy = dl_arena_get(builder->arena, count, size);
    if (!copy) {
        builder->failed = true;
        return;
    }
    if (count)
        memcpy(copy, bytes, count * size);
    add_chunk(builder, name, (dl_string){copy, count * size});
}

/* Numbers for nodes in the file: a table's root gets the table's number. */
static uint32_t *number_nodes(dl_builder *builder)
{
    uint32_t *numbers = DL_ARENA_ARRAY(builder->arena, uint32_t, builder->node_count);
    if (!numbers)
        return NULL;
    for (size_t i = 0; i < builder->node_count; i++)
        numbers[i] = UINT32_MAX;
    for (size_t i = 0; i < builder->table_count; i++)
        numbers[builder->table_roots[i]] = (uint32_t)i;
    uint32_t next = (uint32_t)builder->table_count;
    for (size_t i = 0; i < builder->node_count; i++)
        if (numbers[i] == UINT32_MAX)
            numbers[i] = next++;
    return numbers;
}

static void write_strings(dl_builder *builder)
{
    size_t size = 0, at = 0;
    uint32_t *starts =
        DL_ARENA_ARRAY(builder->arena, uint32_t, builder->string_count + 1);
    for (size_t i = 0; i < builder->string_count; i++)
        size += builder->strings[i].size;
    char *pool = dl_arena_get(builder->arena, size, 1);
    if (!pool || !starts || size > UINT32_MAX) {
        builder->failed = true;
        return;
    }
    for (size_t i = 0; i < builder->string_count; i++) {
        starts[i] = (uint32_t)at;
        if (builder->strings[i].size)
            memcpy(pool + at, builder->strings[i].data, builder->strings[i].size);
        at += builder->strings[i].size;
    }
    starts[builder->string_count] = (uint32_t)at;
    add_chunk(builder, "strings", (dl_string){pool, size});
    add_chunk(builder, "strings.at",
              (dl_string){(char *)starts, (builder->string_count + 1) * sizeof *starts});
}

/* Values in order of node, those of one node in the order of adding: a counting sort. */
static void write_nodes(dl_builder *builder, const uint32_t *numbers)
{
    dl_node_record *nodes =
        DL_ARENA_ARRAY(builder->arena, dl_node_record, builder->node_count);
    uint32_t *values = DL_ARENA_ARRAY(builder->arena, uint32_t, builder->value_count);
    if (!nodes || !values) {
        builder->failed = true;
        return;
    }
    for (size_t i = 0; i < builder->value_count; i++)
        nodes[numbers[builder->values[i].node]].value_count++;
    for (size_t i = 0; i < builder->node_count; i++)
        nodes[numbers[i]].table = builder->node_tables[i];
    uint32_t start = 0;
    for (size_t i = 0; i < builder->node_count; i++) {
        nodes[i].first_value = start;
        start += nodes[i].value_count;
        nodes[i].value_count = 0;
    }
    for (size_t i = 0; i < builder->value_count; i++) {
        dl_node_record *node = &nodes[numbers[builder->values[i].node]];
        values[node->first_value + node->value_count++] = builder->values[i].value;
    }
    add_chunk(builder, "nodes",
              (dl_string){(char *)nodes, builder->node_count * sizeof *nodes});
    add_chunk(builder, "values",
              (dl_string){(char *)values, builder->value_count * sizeof *values});
}

/* Edges hashed anew under the final numbers into a table that is three quarters full, and
 * the bits that most searches end at. */
static void write_edges(dl_builder *builder, const uint32_t *numbers)
{
    dl_edge_record *old = builder->edges;
    size_t before = builder->edge_capacity, bits = 8;
    size_t capacity = builder->edge_count / 3 * 4 + 4;
    while (bits < capacity * DL_FILTER_BITS)
        bits *= 2;
    uint8_t *filter = dl_arena_get(builder->arena, bits / 8, 1);
    if (!filter || !start_edges(builder, capacity)) {
        builder->failed = true;
        return;
    }
    for (size_t i = 0; i < before; i++) {
        if (old[i].node == UINT32_MAX)
            continue;
        uint32_t node = numbers[old[i].node];
        *edge_slot(builder, node, old[i].word) =
            (dl_edge_record){node, old[i].word, numbers[old[i].child]};
        dl_filter_set(filter, dl_phrase_hash(node, builder->strings[old[i].word]), bits);
    }
    add_chunk(builder, "edges.filter", (dl_string){(char *)filter, bits / 8});
    add_chunk(builder, "edges",
              (dl_string){(char *)builder->edges, capacity * sizeof *old});
}

dateline_status dl_builder_write(dl_builder *builder, dl_buffer *out,
                                 dateline_error *error)
{
    uint32_t *numbers = builder->failed ? NULL : number_nodes(builder);
    if (!numbers)
        return dl_error_memory(error);
    write_strings(builder);
    add_chunk(builder, "tables",
              (dl_string){(char *)builder->tables,
                          builder->table_count * sizeof *builder->tables});
    write_nodes(builder, numbers);
    write_edges(builder, numbers);
    if (builder->failed)
        return dl_error_memory(error);
    dl_chunks_write(out, "DLLEXICN", DL_LEXICON_VERSION, builder->chunks,
                    builder->chunk_count);
    return out->failed ? dl_error_memory(error) : DATELINE_OK;
}
