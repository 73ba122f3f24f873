/* Pieces of a weights file: chunks of a known size, layers, lists. */
#ifndef DL_MODEL_LAYERS_H
#define DL_MODEL_LAYERS_H

#include "base/chunks.h"
#include "model/kernels.h"

/* A chunk of exactly count * size bytes; NULL where it is missing or differs. */
const void *dl_layers_sized(const dl_chunks *file, const char *name, size_t count,
                            size_t size);

/* The layer of chunks NAME.w and NAME.s; false where they do not fit. */
bool dl_layers_read(const dl_chunks *file, const char *name, size_t inputs,
                    size_t outputs, dl_layer *layer);

/* The lines of a list chunk: fills at most `capacity` and returns how many there are. */
size_t dl_layers_list(const dl_chunks *file, const char *name, dl_string *lines,
                      size_t capacity);

#endif
