/* Arithmetic of the network, for three kinds of processor.
 *
 * Activations are 7-bit: u = round(63 v) + 64 for v in (-1, 1), so u is in [1, 127].
 * Weights are signed bytes with one multiplier per output. A product of two pairs is at
 * most 2 * 127 * 127 < 2^15, so that the 16-bit sums of AVX2 (vpmaddubsw) can't saturate
 * and all paths give the same 32-bit sums. What is done in floats is one C source,
 * compiled for each path without fused operations and without sums across lanes: all
 * paths give the same bytes.
 *
 * Shapes: [R] rows (words), [K] inputs padded to DL_INPUT_STEP, [O] outputs padded to
 * DL_PANEL. Weights lie in panels: [O/16][K/4][16][4]. */
#ifndef DL_MODEL_KERNELS_H
#define DL_MODEL_KERNELS_H

#include "base/base.h"

enum { DL_PANEL = 16, DL_INPUT_STEP = 4, DL_GATES = 4, DL_UNIT_SCALE = 63, DL_ZERO = 64 };

/* A linear layer; borrows the mapped file. y = (sum + correction) * multiplier + bias. */
typedef struct dl_layer {
    size_t inputs, outputs;    /* K, O: padded */
    size_t used;               /* outputs without padding */
    const int8_t *panels;      /* [O/16][K/4][16][4] */
    const int32_t *correction; /* [O]: -64 times the sum of the output's weights */
    const float *multiplier;   /* [O] */
    const float *bias;         /* [O] */
} dl_layer;

typedef struct dl_kernels {
    const char *name;
    /* sums[r][o] = sum of x[r][k] * w[o][k]; strides in elements. */
    void (*product)(const dl_layer *layer, const uint8_t *x, size_t stride, size_t rows,
                    int32_t *sums);
    /* out[r][o] = the layer's y; out may not be sums. */
    void (*affine)(const dl_layer *layer, const int32_t *sums, size_t rows, float *out);
    /* x[i] = tanh(x[i]). */
    void (*tanh)(float *x, size_t count);
    /* u[i] = 7-bit x[i]; x in (-1, 1). */
    void (*quantise)(const float *x, size_t count, uint8_t *u);
    /* One step of long short-term memory (Hochreiter and Schmidhuber 1997) for one row:
     * sums in blocks of [16 units][4 gates: input, forget, cell, output] panels;
     * cell [units] is updated, u [units] is the new output. */
    void (*remember)(const dl_layer *layer, const int32_t *sums, size_t units,
                     float *cell, uint8_t *u);
    /* u[w] = tanh of the largest of `pieces` outputs, which lie `width` apart. */
    void (*maxout)(const dl_layer *layer, const int32_t *sums, size_t width,
                   size_t pieces, uint8_t *u);
    /* out[r][j] += sum of q[r][k] * x[k][j], k < depth; rows of x and out have `width`
     * floats, a multiple of DL_PANEL. */
    void (*attend)(const float *q, const float *x, size_t depth, size_t width,
                   size_t rows, float *out);
    /* best[r] = index of the largest y of each row, the first of equals. */
    void (*choose)(const dl_layer *layer, const int32_t *sums, size_t rows,
                   uint32_t *best);
} dl_kernels;

/* "plain", "avx2" or "vnni"; NULL: the best of this processor. NULL where the name is
 * unknown or the processor lacks it. */
const dl_kernels *dl_kernels_find(const char *name);

extern const dl_kernels dl_kernels_plain;
#if defined(__x86_64__)
extern const dl_kernels dl_kernels_avx2;
extern const dl_kernels dl_kernels_vnni;
#endif

#endif
