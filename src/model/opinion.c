#include "model/opinion.h"

#include <math.h>

static bool is_sane(const dl_opinion_shape *s)
{
    const uint32_t classes[] = {s->kinds, s->modes, s->statuses};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (classes[i] == 0 || classes[i] + DL_PANEL > DL_OPINION_CLASSES_MAX)
            return false;
    return s->inputs > 0 && s->inputs <= DL_OPINION_INPUTS_MAX && s->hidden > 0 &&
           s->hidden <= DL_OPINION_WIDTH_MAX && s->hidden % DL_PANEL == 0;
}

static bool read_words(dl_opinion *o)
{
    const dl_opinion_shape *s = &o->shape;
    if (s->width > DL_OPINION_WIDTH_MAX || s->words > DL_OPINION_WORDS_MAX)
        return false;
    o->words = dl_layers_sized(&o->file, "words", s->words, sizeof *o->words);
    o->vectors = dl_layers_sized(&o->file, "vectors", (size_t)s->words * s->width, 1);
    return o->words && o->vectors;
}

static bool read_all(dl_opinion *o)
{
    const dl_opinion_shape *s = &o->shape;
    const dl_chunks *file = &o->file;
    return is_sane(s) && read_words(o) &&
           dl_layers_read(file, "hidden", s->inputs, s->hidden, &o->hidden) &&
           dl_layers_read(file, "kinds", s->hidden, s->kinds, &o->kinds) &&
           dl_layers_read(file, "modes", s->hidden, s->modes, &o->modes) &&
           dl_layers_read(file, "statuses", s->hidden, s->statuses, &o->statuses) &&
           dl_layers_list(file, "kinds.list", NULL, 0) == s->kinds &&
           dl_layers_list(file, "modes.list", NULL, 0) == s->modes &&
           dl_layers_list(file, "statuses.list", NULL, 0) == s->statuses;
}

static dateline_status open_file(dl_opinion *opinion, const char *path,
                                 bool (*read)(dl_opinion *), dateline_error *error)
{
    dateline_status status =
        dl_chunks_open(&opinion->file, path, "DLWEIGHT", DL_OPINION_VERSION, error);
    if (status != DATELINE_OK)
        return status;
    const dl_opinion_shape *shape =
        dl_layers_sized(&opinion->file, "shape", 1, sizeof *shape);
    if (shape)
        opinion->shape = *shape;
    if (shape && read(opinion))
        return DATELINE_OK;
    dl_opinion_close(opinion);
    return dl_error_set(error, DATELINE_BAD_FILE, "%s: its parts do not fit together",
                        path);
}

dateline_status dl_opinion_open(dl_opinion *opinion, const char *path,
                                const char *kernels, dateline_error *error)
{
    *opinion = (dl_opinion){.kernels = dl_kernels_find(kernels)};
    if (!opinion->kernels)
        return dl_error_set(error, DATELINE_USAGE,
                            "no kernels called \"%s\" on this processor", kernels);
    return open_file(opinion, path, read_all, error);
}

dateline_status dl_opinion_open_words(dl_opinion *opinion, const char *path,
                                      dateline_error *error)
{
    *opinion = (dl_opinion){0};
    return open_file(opinion, path, read_words, error);
}

void dl_opinion_close(dl_opinion *opinion)
{
    dl_chunks_close(&opinion->file);
    *opinion = (dl_opinion){0};
}

const uint8_t *dl_opinion_vector(const dl_opinion *opinion, dl_string form)
{
    uint64_t hash = dl_string_hash(form);
    size_t low = 0, high = opinion->shape.words;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (opinion->words[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < opinion->shape.words && opinion->words[low] == hash
               ? opinion->vectors + low * opinion->shape.width
               : NULL;
}

static void classes_of(const dl_opinion *o, const dl_layer *layer, const uint8_t *units,
                       float *out)
{
    int32_t sums[DL_OPINION_CLASSES_MAX];
    float top, total = 0;
    o->kernels->product(layer, units, layer->inputs, 1, sums);
    o->kernels->affine(layer, sums, 1, out);
    top = out[0];
    for (size_t i = 1; i < layer->used; i++)
        top = out[i] > top ? out[i] : top;
    for (size_t i = 0; i < layer->used; i++) {
        out[i] = expf(out[i] - top);
        total += out[i];
    }
    for (size_t i = 0; i < layer->used; i++)
        out[i] /= total;
}

void dl_opinion_run(const dl_opinion *opinion, const uint8_t *inputs,
                    dl_opinion_result *result)
{
    const dl_layer *hidden = &opinion->hidden;
    int32_t sums[DL_OPINION_WIDTH_MAX];
    float values[DL_OPINION_WIDTH_MAX];
    uint8_t units[DL_OPINION_WIDTH_MAX];
    opinion->kernels->product(hidden, inputs, hidden->inputs, 1, sums);
    opinion->kernels->affine(hidden, sums, 1, values);
    opinion->kernels->tanh(values, hidden->outputs);
    opinion->kernels->quantise(values, hidden->outputs, units);
    classes_of(opinion, &opinion->kinds, units, result->kinds);
    classes_of(opinion, &opinion->modes, units, result->modes);
    classes_of(opinion, &opinion->statuses, units, result->statuses);
}
