#include "model/network.h"
#include "model/layers.h"

static const void *sized(const dl_network *network, const char *name, size_t count,
                         size_t size)
{
    return dl_layers_sized(&network->file, name, count, size);
}

static bool read_layer(const dl_network *network, const char *name, size_t inputs,
                       size_t outputs, dl_layer *layer)
{
    return dl_layers_read(&network->file, name, inputs, outputs, layer);
}

static bool shape_is_sane(const dl_shape *s)
{
    const uint32_t widths[] = {s->embed, s->word, s->hidden, s->arc, s->label};
    const uint32_t classes[] = {s->upos, s->feats, s->lemma, s->labels, s->names};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
        if (widths[i] == 0 || widths[i] > DL_WIDTH_MAX || widths[i] % DL_PANEL)
            return false;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (classes[i] == 0 || classes[i] > DL_CLASSES_MAX)
            return false;
    for (size_t i = 0; i < DL_FEATURES - 1; i++)
        if (s->buckets[i] == 0 || s->buckets[i] > DL_ROWS_MAX)
            return false;
    return s->features == DL_FEATURES && s->words < DL_ROWS_MAX && s->pieces > 0 &&
           s->pieces <= 8 && s->distance <= DL_WIDTH_MAX;
}

static bool read_words(dl_network *n)
{
    const dl_shape *s = &n->shape;
    n->words = sized(n, "words", s->words, sizeof *n->words);
    bool well = n->words != NULL;
    for (size_t i = 0; i < DL_FEATURES && well; i++) {
        char name[] = "embed.0";
        name[6] = (char)('0' + i);
        size_t rows = i == 0 ? (size_t)s->words + 1 : s->buckets[i - 1];
        n->embed[i] = sized(n, name, rows * s->embed, 1);
        well = n->embed[i] != NULL;
    }
    return well && read_layer(n, "word", (size_t)s->embed * DL_FEATURES,
                              (size_t)s->word * s->pieces, &n->word);
}

static bool read_encoder(dl_network *n)
{
    const dl_shape *s = &n->shape;
    for (size_t i = 0; i < DL_LSTM_LAYERS; i++) {
        size_t inputs = (i == 0 ? s->word : 2 * s->hidden) + s->hidden;
        for (size_t j = 0; j < 2; j++) {
            char name[] = "lstm.0.0";
            name[5] = (char)('0' + i);
            name[7] = (char)('0' + j);
            if (!read_layer(n, name, inputs, (size_t)DL_GATES * s->hidden,
                            &n->lstm[i][j]))
                return false;
        }
    }
    return true;
}

static bool read_heads(dl_network *n)
{
    const dl_shape *s = &n->shape;
    size_t top = 2 * (size_t)s->hidden, span = 2 * (size_t)s->distance + 1;
    n->arc_root = sized(n, "arc.root", s->arc, sizeof(float));
    n->arc_distance = sized(n, "arc.distance", span, sizeof(float));
    n->label_root = sized(n, "label.root", s->label, sizeof(float));
    n->label_distance = sized(n, "label.distance", span * s->label, sizeof(float));
    return n->arc_root && n->arc_distance && n->label_root && n->label_distance &&
           read_layer(n, "upos", top, s->upos, &n->upos) &&
           read_layer(n, "feats", top, s->feats, &n->feats) &&
           read_layer(n, "lemma", top, s->lemma, &n->lemma) &&
           read_layer(n, "names", top, s->names, &n->names) &&
           read_layer(n, "arc.own", top, s->arc, &n->arc_own) &&
           read_layer(n, "arc.head", top, s->arc, &n->arc_head) &&
           read_layer(n, "arc.pair", s->arc, s->arc, &n->arc_pair) &&
           read_layer(n, "label.own", top, s->label, &n->label_own) &&
           read_layer(n, "label.head", top, s->label, &n->label_head) &&
           read_layer(n, "label.out", s->label, s->labels, &n->label_out);
}

static bool read_lemmas(dl_network *n)
{
    dl_string keys = dl_chunks_find(&n->file, "lemma.keys");
    n->lemma_count = keys.size / sizeof(uint64_t);
    n->lemma_keys = sized(n, "lemma.keys", n->lemma_count, sizeof(uint64_t));
    n->lemma_values = sized(n, "lemma.values", n->lemma_count, sizeof(uint32_t));
    n->lemma_text = dl_chunks_find(&n->file, "lemma.text");
    return n->lemma_keys && n->lemma_values && n->lemma_text.data;
}

static bool lists_are_whole(const dl_network *n)
{
    const dl_shape *s = &n->shape;
    return dl_network_list(n, "upos.list", NULL, 0) == s->upos &&
           dl_network_list(n, "feats.list", NULL, 0) == s->feats &&
           dl_network_list(n, "labels.list", NULL, 0) == s->labels &&
           dl_network_list(n, "lemma.list", NULL, 0) == s->lemma &&
           dl_network_list(n, "names.list", NULL, 0) == s->names;
}

dateline_status dl_network_open(dl_network *network, const char *path,
                                const char *kernels, dateline_error *error)
{
    *network = (dl_network){.kernels = dl_kernels_find(kernels)};
    if (!network->kernels)
        return dl_error_set(error, DATELINE_USAGE,
                            "no kernels called \"%s\" on this processor", kernels);
    dateline_status status =
        dl_chunks_open(&network->file, path, "DLWEIGHT", DL_WEIGHTS_VERSION, error);
    if (status != DATELINE_OK)
        return status;
    const dl_shape *shape = sized(network, "shape", 1, sizeof *shape);
    if (shape)
        network->shape = *shape;
    if (!shape || !shape_is_sane(shape) || !read_words(network) ||
        !read_encoder(network) || !read_heads(network) || !read_lemmas(network) ||
        !lists_are_whole(network)) {
        dl_network_close(network);
        return dl_error_set(error, DATELINE_BAD_FILE, "%s: its parts do not fit together",
                            path);
    }
    return DATELINE_OK;
}

void dl_network_close(dl_network *network)
{
    dl_chunks_close(&network->file);
    *network = (dl_network){0};
}

size_t dl_network_list(const dl_network *network, const char *name, dl_string *lines,
                       size_t capacity)
{
    return dl_layers_list(&network->file, name, lines, capacity);
}

/* Index of `hash` in ascending `keys`, or `count`. */
static size_t find_hash(const uint64_t *keys, size_t count, uint64_t hash)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (keys[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && keys[low] == hash ? low : count;
}

uint32_t dl_network_find_word(const dl_network *network, uint64_t hash)
{
    size_t count = network->shape.words;
    size_t at = find_hash(network->words, count, hash);
    return at < count ? (uint32_t)at + 1 : 0;
}

dl_lemmas dl_network_find_lemmas(const dl_network *network, uint64_t hash)
{
    size_t at = find_hash(network->lemma_keys, network->lemma_count, hash);
    dl_string text = network->lemma_text;
    if (at == network->lemma_count || network->lemma_values[at] >= text.size)
        return (dl_lemmas){0};
    size_t start = network->lemma_values[at];
    return (dl_lemmas){dl_string_slice(text, start + 1, text.size),
                       (uint8_t)text.data[start]};
}

dl_string dl_lemmas_next(dl_lemmas *lemmas)
{
    dl_string rest = lemmas->rest;
    size_t size = rest.size ? (uint8_t)rest.data[0] : 0;
    if (lemmas->left == 0 || size + 1 > rest.size) {
        lemmas->left = 0;
        return (dl_string){0};
    }
    lemmas->left--;
    lemmas->rest = dl_string_slice(rest, size + 1, rest.size);
    return dl_string_slice(rest, 1, size + 1);
}
