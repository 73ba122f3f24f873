/* Words to vectors, vectors to states. Rows are sorted by length, longest first, so that
 * at each step the rows still alive are the first ones. */
#include "parse/parts.h"

/* Computes the vectors of the forms that wait, all in one product. */
static void mix(dl_parse_scratch *s)
{
    const dl_network *n = &s->parser->network;
    const dl_layer *layer = &n->word;
    n->kernels->product(layer, s->mixed, layer->inputs, s->waiting, s->sums);
    for (size_t i = 0; i < s->waiting; i++)
        n->kernels->maxout(layer, s->sums + i * layer->outputs, n->shape.word,
                           n->shape.pieces, s->wanted[i]);
    s->waiting = 0;
}

/* Has the form's vector computed with the next ones and written to `vector`. */
static void wait_for(dl_parse_scratch *s, dl_arena *arena, const dl_token *token,
                     uint8_t *vector)
{
    const dl_network *n = &s->parser->network;
    uint32_t rows[DL_FEATURES];
    size_t width = n->shape.embed;
    uint8_t *mixed = s->mixed + s->waiting * n->word.inputs;
    dl_features_get(n, arena, token->form, token->fold, rows);
    for (size_t i = 0; i < DL_FEATURES; i++)
        memcpy(mixed + i * width, n->embed[i] + rows[i] * width, width);
    s->wanted[s->waiting++] = vector;
    if (s->waiting == DL_MIX_ROWS)
        mix(s);
}

/* A vector depends on the form alone, so it does not matter which forms are kept. Returns
 * the slot that has or will have the vector, or -1 where it goes to `vector` itself: a
 * slot that the batch uses already is not given to another form. */
static int32_t find_slot(dl_parse_scratch *s, dl_arena *arena, const dl_token *token,
                         uint8_t *vector)
{
    dl_string form = token->form;
    size_t at = (size_t)(dl_string_hash(form) % DL_CACHE_SLOTS);
    dl_cache_slot *slot = &s->slots[at];
    bool fits = form.size > 0 && form.size <= DL_CACHE_FORM_MAX;
    bool kept =
        fits && slot->size == form.size && memcmp(slot->form, form.data, form.size) == 0;
    if (!kept && (!fits || slot->batch == s->batch)) {
        wait_for(s, arena, token, vector);
        return -1;
    }
    if (!kept) {
        slot->size = (uint8_t)form.size;
        memcpy(slot->form, form.data, form.size);
        wait_for(s, arena, token, s->vectors + at * s->parser->network.shape.word);
    }
    slot->batch = s->batch;
    return (int32_t)at;
}

static dateline_status read_words(dl_parse_scratch *s, dl_document *document,
                                  const dl_window *windows, size_t count)
{
    size_t width = s->parser->network.shape.word, words = 0;
    s->batch++;
    for (size_t r = 0; r < count; r++)
        for (int32_t i = 0; i < windows[r].count; i++) {
            dl_token *token = &document->tokens[windows[r].first + i];
            if (!token->fold.data)
                token->fold = dl_utf8_fold(document->arena, token->form);
            if (!token->fold.data)
                return DATELINE_NO_MEMORY;
            words = (size_t)(windows[r].at + i);
            s->source[words] =
                find_slot(s, document->arena, token, s->words + words * width);
        }
    mix(s);
    for (size_t i = 0; i <= words; i++)
        if (s->source[i] >= 0)
            memcpy(s->words + i * width, s->vectors + (size_t)s->source[i] * width,
                   width);
    return DATELINE_OK;
}

/* One direction of one layer over the whole batch. */
static void run_direction(dl_parse_scratch *s, const dl_window *windows, size_t rows,
                          size_t layer_number, size_t direction)
{
    const dl_network *n = &s->parser->network;
    const dl_layer *layer = &n->lstm[layer_number][direction];
    size_t hidden = n->shape.hidden, width = layer->inputs - hidden;
    const uint8_t *x = layer_number == 0 ? s->words : s->states[layer_number - 1];
    uint8_t *out = s->states[layer_number] + direction * hidden;
    memset(s->cells, 0, rows * hidden * sizeof *s->cells);
    memset(s->stage, DL_ZERO, rows * layer->inputs);
    for (int32_t t = 0; t < windows[0].count; t++) {
        while (rows > 0 && windows[rows - 1].count <= t)
            rows--;
        for (size_t r = 0; r < rows; r++) {
            const dl_window *w = &windows[r];
            int32_t at = w->at + (direction == 0 ? t : w->count - 1 - t);
            memcpy(s->stage + r * layer->inputs, x + (size_t)at * width, width);
        }
        n->kernels->product(layer, s->stage, layer->inputs, rows, s->sums);
        for (size_t r = 0; r < rows; r++) {
            const dl_window *w = &windows[r];
            int32_t at = w->at + (direction == 0 ? t : w->count - 1 - t);
            uint8_t *state = s->stage + r * layer->inputs + width;
            n->kernels->remember(layer, s->sums + r * layer->outputs, hidden,
                                 s->cells + r * hidden, state);
            memcpy(out + (size_t)at * 2 * hidden, state, hidden);
        }
    }
}

dateline_status dl_encode(dl_parse_scratch *scratch, dl_document *document,
                          const dl_window *windows, size_t count)
{
    dateline_status status = read_words(scratch, document, windows, count);
    if (status != DATELINE_OK)
        return status;
    for (size_t i = 0; i < DL_LSTM_LAYERS; i++)
        for (size_t j = 0; j < 2; j++)
            run_direction(scratch, windows, count, i, j);
    return DATELINE_OK;
}
