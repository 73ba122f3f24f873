#include <stdlib.h>

#include "parse/parts.h"

/* ---- The parser: lists of classes, decoded once ------------------------------------ */

/* "mode, cut, what is added, endings", parted by tabs. */
static dl_lemma_script read_script(dl_string line)
{
    size_t first = dl_string_find(line, '\t', 0);
    size_t second = first < line.size ? dl_string_find(line, '\t', first + 1) : line.size;
    size_t third =
        second < line.size ? dl_string_find(line, '\t', second + 1) : line.size;
    uint64_t cut = 0;
    if (first == 0 || third >= line.size ||
        !dl_string_to_uint(dl_string_slice(line, first + 1, second), &cut) || cut > 255)
        return (dl_lemma_script){.mode = 'k'};
    return (dl_lemma_script){line.data[0], (uint32_t)cut,
                             dl_string_slice(line, second + 1, third),
                             dl_string_slice(line, third + 1, line.size)};
}

static dl_name_tag read_name_tag(dl_string line)
{
    dl_name_tag tag = {DL_NO_NAME, dl_string_starts(line, DL_STRING("B-"))};
    if (dl_string_ends(line, DL_STRING("-PER")))
        tag.type = DL_NAME_PER;
    else if (dl_string_ends(line, DL_STRING("-ORG")))
        tag.type = DL_NAME_ORG;
    else if (dl_string_ends(line, DL_STRING("-LOC")))
        tag.type = DL_NAME_LOC;
    tag.begins = tag.begins && tag.type != DL_NO_NAME;
    return tag;
}

static size_t list(dl_parser *p, const char *name)
{
    return dl_network_list(&p->network, name, p->lines, DL_CLASSES_MAX);
}

static void read_lists(dl_parser *p)
{
    size_t n = list(p, "upos.list");
    for (size_t i = 0; i < n; i++)
        p->upos[i] = dl_upos_find(p->lines[i]);
    n = list(p, "labels.list");
    p->root_label = (uint32_t)n;
    for (size_t i = 0; i < n; i++) {
        p->labels[i] = dl_deprel_find(p->lines[i]);
        if (p->labels[i] == DL_DEPREL_root)
            p->root_label = (uint32_t)i;
    }
    n = list(p, "feats.list");
    for (size_t i = 0; i < n; i++) {
        bool none = dl_string_equal(p->lines[i], DL_STRING("_"));
        p->feats_texts[i] = none ? DL_STRING("") : p->lines[i];
        p->feats[i] = dl_feats_parse(p->feats_texts[i]);
    }
    n = list(p, "lemma.list");
    for (size_t i = 0; i < n; i++)
        p->scripts[i] = read_script(p->lines[i]);
    n = list(p, "names.list");
    for (size_t i = 0; i < n && i < DL_NAME_TAGS_MAX; i++)
        p->names[i] = read_name_tag(p->lines[i]);
}

static bool get_list_memory(dl_parser *p)
{
    const dl_shape *s = &p->network.shape;
    p->lines = calloc(DL_CLASSES_MAX, sizeof *p->lines);
    p->upos = calloc(s->upos, sizeof *p->upos);
    p->labels = calloc(s->labels, sizeof *p->labels);
    p->feats_texts = calloc(s->feats, sizeof *p->feats_texts);
    p->feats = calloc(s->feats, sizeof *p->feats);
    p->scripts = calloc(s->lemma, sizeof *p->scripts);
    return p->lines && p->upos && p->labels && p->feats_texts && p->feats && p->scripts;
}

dateline_status dl_parser_open(const char *path, const char *kernels, dl_parser **parser,
                               dateline_error *error)
{
    dl_parser *p = calloc(1, sizeof *p);
    *parser = NULL;
    if (!p)
        return dl_error_memory(error);
    dateline_status status = dl_network_open(&p->network, path, kernels, error);
    if (status == DATELINE_OK &&
        (p->network.shape.names > DL_NAME_TAGS_MAX || p->network.shape.labels < 2))
        status =
            dl_error_set(error, DATELINE_BAD_FILE, "%s: lists of a wrong length", path);
    if (status == DATELINE_OK && !get_list_memory(p))
        status = dl_error_memory(error);
    if (status != DATELINE_OK) {
        dl_parser_close(p);
        return status;
    }
    read_lists(p);
    *parser = p;
    return DATELINE_OK;
}

void dl_parser_close(dl_parser *parser)
{
    if (!parser)
        return;
    free(parser->scripts);
    free(parser->feats);
    free(parser->feats_texts);
    free(parser->labels);
    free(parser->upos);
    free(parser->lines);
    dl_network_close(&parser->network);
    free(parser);
}

const char *dl_parser_kernels(const dl_parser *parser)
{
    return parser->network.kernels->name;
}

/* ---- Scratch memory ---------------------------------------------------------------- */

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t widest_sums(const dl_network *n)
{
    const dl_layer *layers[] = {&n->upos,      &n->feats,     &n->lemma,
                                &n->names,     &n->arc_own,   &n->arc_head,
                                &n->arc_pair,  &n->label_own, &n->label_head,
                                &n->label_out, &n->lstm[0][0]};
    size_t most = 0;
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        most = larger(most, layers[i]->outputs);
    return larger(most * DL_WINDOW, DL_MIX_ROWS * n->word.outputs);
}

static bool get_vectors(dl_parse_scratch *s, const dl_network *n)
{
    const dl_shape *h = &n->shape;
    size_t top = 2 * (size_t)h->hidden, stage = 0;
    for (size_t i = 0; i < DL_LSTM_LAYERS; i++) {
        s->states[i] = malloc(DL_BATCH_TOKENS * top);
        stage = larger(stage, n->lstm[i][0].inputs);
    }
    s->slots = calloc(DL_CACHE_SLOTS, sizeof *s->slots);
    s->vectors = malloc(DL_CACHE_SLOTS * (size_t)h->word);
    s->mixed = malloc(DL_MIX_ROWS * n->word.inputs);
    s->source = malloc(DL_BATCH_TOKENS * sizeof *s->source);
    s->words = malloc(DL_BATCH_TOKENS * (size_t)h->word);
    s->stage = malloc(DL_BATCH_ROWS * stage);
    s->cells = malloc(DL_BATCH_ROWS * (size_t)h->hidden * sizeof *s->cells);
    s->sums = malloc(widest_sums(n) * sizeof *s->sums);
    return s->states[0] && s->states[1] && s->slots && s->vectors && s->mixed &&
           s->source && s->words && s->stage && s->cells && s->sums;
}

static bool get_tables(dl_parse_scratch *s, const dl_network *n)
{
    size_t padded = (DL_WINDOW + DL_PANEL) / DL_PANEL * DL_PANEL + DL_PANEL;
    size_t wide = larger(larger(n->shape.arc, n->shape.label),
                         larger(n->names.outputs, n->label_out.outputs));
    s->own = malloc(DL_WINDOW * wide * sizeof *s->own);
    s->pair = malloc(DL_WINDOW * wide * sizeof *s->pair);
    s->other = malloc(DL_WINDOW * wide * sizeof *s->other);
    s->units = malloc(DL_WINDOW * larger(wide, DL_NAME_TAGS_MAX));
    s->columns = malloc(n->shape.arc * padded * sizeof *s->columns);
    s->scores = malloc(DL_WINDOW * padded * sizeof *s->scores);
    s->chosen = malloc(DL_WINDOW * sizeof *s->chosen);
    s->gathered = malloc(DL_WINDOW * 2 * (size_t)n->shape.hidden);
    s->heads = malloc(DL_WINDOW * sizeof *s->heads);
    s->tree = dl_tree_space_new();
    return s->own && s->pair && s->other && s->units && s->columns && s->scores &&
           s->chosen && s->gathered && s->heads && s->tree;
}

dl_parse_scratch *dl_parse_scratch_new(const dl_parser *parser)
{
    dl_parse_scratch *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->parser = parser;
    if (!get_vectors(s, &parser->network) || !get_tables(s, &parser->network)) {
        dl_parse_scratch_free(s);
        return NULL;
    }
    return s;
}

void dl_parse_scratch_free(dl_parse_scratch *s)
{
    if (!s)
        return;
    void *blocks[] = {s->slots, s->vectors, s->mixed,    s->words,  s->states[0],
                      s->stage, s->cells,   s->sums,     s->chosen, s->states[1],
                      s->own,   s->pair,    s->other,    s->scores, s->columns,
                      s->units, s->heads,   s->gathered, s->source};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        free(blocks[i]);
    dl_tree_space_free(s->tree);
    free(s);
}

/* ---- The stage --------------------------------------------------------------------- */

static int longer_first(const void *a, const void *b)
{
    const dl_window *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return x->first < y->first ? -1 : x->first > y->first;
}

/* Cuts all sentences to windows; NULL where memory has run out. */
static dl_window *cut_windows(dl_document *document, size_t *count)
{
    size_t most = document->sentence_count + document->token_count / DL_WINDOW;
    dl_window *windows = DL_ARENA_ARRAY(document->arena, dl_window, most);
    *count = 0;
    for (size_t i = 0; windows && i < document->sentence_count; i++) {
        const dl_sentence *s = &document->sentences[i];
        for (int32_t at = s->first; at <= s->last; at += DL_WINDOW) {
            int32_t left = s->last - at + 1;
            windows[(*count)++] =
                (dl_window){.first = at,
                            .count = left < DL_WINDOW ? left : DL_WINDOW,
                            .chain = at == s->first ? -1 : s->first};
        }
    }
    if (windows)
        qsort(windows, *count, sizeof *windows, longer_first);
    return windows;
}

/* How many of the windows make the next batch. */
static size_t next_batch(dl_window *windows, size_t count)
{
    int32_t tokens = 0;
    size_t rows = 0;
    while (rows < count && rows < DL_BATCH_ROWS &&
           tokens + windows[rows].count <= DL_BATCH_TOKENS) {
        windows[rows].at = tokens;
        tokens += windows[rows++].count;
    }
    return rows;
}

/* Leaves the vectors of the window's words in the document, which has room for them. */
static void keep_vectors(const dl_parse_scratch *s, dl_document *document,
                         const dl_window *window)
{
    const dl_shape *shape = &s->parser->network.shape;
    size_t word = shape->word, top = 2 * (size_t)shape->hidden;
    const uint8_t *words = s->words + (size_t)window->at * word;
    const uint8_t *states = states_of(s, window);
    uint8_t *out = document->vectors + (size_t)window->first * (word + top);
    for (int32_t i = 0; i < window->count; i++, out += word + top) {
        memcpy(out, words + (size_t)i * word, word);
        memcpy(out + word, states + (size_t)i * top, top);
    }
}

size_t dl_parser_vector_width(const dl_parser *parser)
{
    const dl_shape *shape = &parser->network.shape;
    return shape->word + 2 * (size_t)shape->hidden;
}

static bool get_room_for_vectors(const dl_parser *parser, dl_document *document)
{
    document->form_width = parser->network.shape.word;
    document->vector_width = dl_parser_vector_width(parser);
    document->vectors =
        dl_arena_get(document->arena, document->token_count, document->vector_width);
    return document->vectors != NULL;
}

static dateline_status run_batch(dl_parse_scratch *s, dl_document *document,
                                 const dl_window *windows, size_t rows)
{
    dateline_status status = dl_encode(s, document, windows, rows);
    for (size_t r = 0; r < rows && status == DATELINE_OK; r++) {
        status = dl_tag(s, document, &windows[r]);
        dl_mark_names(s, document, &windows[r]);
        dl_attach(s, document, &windows[r]);
        if (document->wants_vectors)
            keep_vectors(s, document, &windows[r]);
    }
    return status;
}

/* Roots of later windows hang on the root of the sentence's first window. */
static void chain_windows(dl_document *document, const dl_window *windows, size_t count)
{
    dl_token *tokens = document->tokens;
    for (size_t i = 0; i < count; i++) {
        int32_t root = windows[i].chain, last = windows[i].first + windows[i].count;
        if (root < 0)
            continue;
        while (tokens[root].head >= 0)
            root = tokens[root].head;
        for (int32_t t = windows[i].first; t < last; t++)
            if (tokens[t].head == windows[i].chain)
                tokens[t].head = root;
    }
}

/* Gathers the names; takes the marks off the tokens. */
static bool gather_names(dl_document *document)
{
    dl_token *tokens = document->tokens;
    size_t capacity = 0;
    document->names = NULL;
    document->name_count = 0;
    for (int32_t i = 0; i < (int32_t)document->token_count; i++) {
        int type = tokens[i].name & ~DL_NAME_BEGINS;
        bool begins = (tokens[i].name & DL_NAME_BEGINS) != 0;
        tokens[i].name = (uint8_t)type;
        dl_name *last =
            document->name_count ? &document->names[document->name_count - 1] : NULL;
        if (type == DL_NO_NAME)
            continue;
        if (!begins && last && last->last == i - 1) {
            last->last = i;
            last->span.end = tokens[i].span.end;
            continue;
        }
        if (!dl_arena_grow(document->arena, (void **)&document->names,
                           document->name_count, &capacity, sizeof(dl_name)))
            return false;
        document->names[document->name_count++] =
            (dl_name){tokens[i].span, i, i, (dl_name_type)type};
    }
    return true;
}

dateline_status dl_parse_run(const dl_parser *parser, dl_parse_scratch *scratch,
                             dl_document *document, dateline_error *error)
{
    size_t count = 0;
    dl_window *windows = cut_windows(document, &count);
    assert(scratch->parser == parser);
    if (!windows || (document->wants_vectors && !get_room_for_vectors(parser, document)))
        return dl_error_memory(error);
    for (size_t at = 0, rows; at < count; at += rows) {
        rows = next_batch(windows + at, count - at);
        if (run_batch(scratch, document, windows + at, rows) != DATELINE_OK)
            return dl_error_memory(error);
    }
    chain_windows(document, windows, count);
    if (!gather_names(document))
        return dl_error_memory(error);
    dl_document_link(document);
    return DATELINE_OK;
}
