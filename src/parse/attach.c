/* Arcs and relations of one window.
 *
 *     score[i][h] = (P tanh(O x_i) + b) . tanh(H x_h) + bias of the distance
 *     relation    = R tanh(D x_i + E x_h + vector of the distance) */
#include "parse/parts.h"

static void apply(dl_parse_scratch *s, const dl_layer *layer, const uint8_t *x,
                  size_t rows, float *out)
{
    const dl_kernels *k = s->parser->network.kernels;
    k->product(layer, x, layer->inputs, rows, s->sums);
    k->affine(layer, s->sums, rows, out);
}

static size_t padded_width(size_t count)
{
    return (count + 1 + DL_PANEL - 1) / DL_PANEL * DL_PANEL;
}

/* Distance to a head, cut at both sides; the root counts as no distance. */
static size_t distance_of(const dl_network *n, int32_t word, int32_t head)
{
    int32_t most = (int32_t)n->shape.distance, d = head == 0 ? 0 : head - word;
    d = d < -most ? -most : d;
    d = d > most ? most : d;
    return (size_t)(d + most);
}

/* Heads as columns, the root's first: [A][N + 1]. */
static void transpose_heads(dl_parse_scratch *s, size_t count, size_t width)
{
    const dl_network *n = &s->parser->network;
    size_t depth = n->shape.arc;
    for (size_t k = 0; k < depth; k++) {
        float *column = s->columns + k * width;
        column[0] = n->arc_root[k];
        for (size_t i = 0; i < count; i++)
            column[i + 1] = s->other[i * depth + k];
        for (size_t i = count + 1; i < width; i++)
            column[i] = 0;
    }
}

static void score_arcs(dl_parse_scratch *s, const uint8_t *x, size_t count)
{
    const dl_network *n = &s->parser->network;
    size_t depth = n->shape.arc, width = padded_width(count);
    apply(s, &n->arc_own, x, count, s->own);
    n->kernels->tanh(s->own, count * depth);
    n->kernels->quantise(s->own, count * depth, s->units);
    apply(s, &n->arc_pair, s->units, count, s->pair);
    apply(s, &n->arc_head, x, count, s->other);
    n->kernels->tanh(s->other, count * depth);
    transpose_heads(s, count, width);
    for (size_t i = 0; i < count; i++) {
        float *row = s->scores + i * width;
        for (size_t h = 0; h < width; h++)
            row[h] = n->arc_distance[distance_of(n, (int32_t)i + 1, (int32_t)h)];
    }
    n->kernels->attend(s->pair, s->columns, depth, width, count, s->scores);
}

/* Own part, head's part and distance, summed in `own`. */
static void join_labels(dl_parse_scratch *s, size_t count)
{
    const dl_network *n = &s->parser->network;
    size_t width = n->shape.label;
    for (size_t i = 0; i < count; i++) {
        int32_t h = s->heads[i];
        const float *head = h == 0 ? n->label_root : s->other + (size_t)(h - 1) * width;
        const float *distance =
            n->label_distance + distance_of(n, (int32_t)i + 1, h) * width;
        float *own = s->own + i * width;
        for (size_t k = 0; k < width; k++)
            own[k] = own[k] + head[k] + distance[k];
    }
}

/* The best relation that is not the root's. */
static uint32_t second_choice(const dl_parser *parser, const float *y)
{
    uint32_t best = parser->root_label == 0;
    for (uint32_t i = best + 1; i < parser->network.shape.labels; i++)
        if (i != parser->root_label && y[i] > y[best])
            best = i;
    return best;
}

static void choose_labels(dl_parse_scratch *s, const uint8_t *x, size_t count)
{
    const dl_parser *parser = s->parser;
    const dl_network *n = &parser->network;
    apply(s, &n->label_own, x, count, s->own);
    apply(s, &n->label_head, x, count, s->other);
    join_labels(s, count);
    n->kernels->tanh(s->own, count * n->shape.label);
    n->kernels->quantise(s->own, count * n->shape.label, s->units);
    apply(s, &n->label_out, s->units, count, s->pair);
    n->kernels->choose(&n->label_out, s->sums, count, s->chosen);
    for (size_t i = 0; i < count; i++)
        if (s->heads[i] != 0 && s->chosen[i] == parser->root_label)
            s->chosen[i] = second_choice(parser, s->pair + i * n->label_out.outputs);
}

void dl_attach(dl_parse_scratch *s, dl_document *document, const dl_window *window)
{
    const uint8_t *x = states_of(s, window);
    size_t count = (size_t)window->count;
    score_arcs(s, x, count);
    dl_tree_find(s->tree, s->scores, padded_width(count), count, s->heads);
    choose_labels(s, x, count);
    for (size_t i = 0; i < count; i++) {
        dl_token *token = &document->tokens[window->first + (int32_t)i];
        if (s->heads[i] != 0) {
            token->head = window->first + s->heads[i] - 1;
            token->deprel = (uint8_t)s->parser->labels[s->chosen[i]];
        } else {
            token->head = window->chain; /* set to the first root when all are known */
            token->deprel = window->chain < 0 ? DL_DEPREL_root : DL_DEPREL_parataxis;
        }
    }
}
