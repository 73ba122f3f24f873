#include "model/layers.h"

#include <stdio.h>

const void *dl_layers_sized(const dl_chunks *file, const char *name, size_t count,
                            size_t size)
{
    dl_string bytes = dl_chunks_find(file, name);
    return bytes.data && bytes.size == count * size ? bytes.data : NULL;
}

static size_t padded(size_t n, size_t to)
{
    return (n + to - 1) / to * to;
}

bool dl_layers_read(const dl_chunks *file, const char *name, size_t inputs,
                    size_t outputs, dl_layer *layer)
{
    char chunk[DL_CHUNK_NAME_MAX + 1];
    size_t k = padded(inputs, DL_INPUT_STEP), o = padded(outputs, DL_PANEL);
    snprintf(chunk, sizeof chunk, "%s.w", name);
    const int8_t *panels = dl_layers_sized(file, chunk, k * o, 1);
    snprintf(chunk, sizeof chunk, "%s.s", name);
    const char *scales = dl_layers_sized(file, chunk, 3 * o, 4);
    if (!panels || !scales || k != inputs)
        return false;
    *layer = (dl_layer){k,
                        o,
                        outputs,
                        panels,
                        (const int32_t *)(const void *)scales,
                        (const float *)(const void *)(scales + o * 4),
                        (const float *)(const void *)(scales + o * 8)};
    return true;
}

size_t dl_layers_list(const dl_chunks *file, const char *name, dl_string *lines,
                      size_t capacity)
{
    dl_string text = dl_chunks_find(file, name);
    size_t count = 0;
    for (size_t at = 0; at < text.size; count++) {
        size_t end = dl_string_find(text, '\n', at);
        if (count < capacity)
            lines[count] = dl_string_slice(text, at, end);
        at = end + 1;
    }
    return count;
}
