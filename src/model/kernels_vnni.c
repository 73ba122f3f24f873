/* Before base.h, which bans calls that the system headers define. */
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "model/kernels.h"

#if defined(__x86_64__)

#if defined(__clang__)
#pragma clang attribute push(                                                            \
    __attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni"))),       \
    apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2,avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")
#pragma GCC target("prefer-vector-width=512")
#endif

#include "model/loops.h"

enum { TILE_ROWS = 8, TILE_PANELS = 2 };

/* `rows` rows by `panels` panels (constants where it is inlined). */
static inline __attribute__((always_inline)) void tile(const int8_t *panel, size_t inputs,
                                                       size_t panels, const uint8_t *x,
                                                       size_t stride, size_t rows,
                                                       int32_t *sums, size_t outputs)
{
    __m512i total[TILE_ROWS][TILE_PANELS];
#pragma GCC unroll 8
    for (size_t r = 0; r < rows; r++)
        for (size_t p = 0; p < panels; p++)
            total[r][p] = _mm512_setzero_si512();
    for (size_t k = 0; k < inputs; k += DL_INPUT_STEP) {
        __m512i w[TILE_PANELS];
        for (size_t p = 0; p < panels; p++)
            w[p] = _mm512_loadu_si512(panel + (p * inputs + k) * DL_PANEL);
#pragma GCC unroll 8
        for (size_t r = 0; r < rows; r++) {
            int32_t four;
            memcpy(&four, x + r * stride + k, sizeof four);
            __m512i u = _mm512_set1_epi32(four);
            for (size_t p = 0; p < panels; p++)
                total[r][p] = _mm512_dpbusd_epi32(total[r][p], u, w[p]);
        }
    }
#pragma GCC unroll 8
    for (size_t r = 0; r < rows; r++)
        for (size_t p = 0; p < panels; p++)
            _mm512_storeu_si512(sums + r * outputs + p * DL_PANEL, total[r][p]);
}

static inline __attribute__((always_inline)) void
all_rows(const int8_t *panel, size_t inputs, size_t panels, const uint8_t *x,
         size_t stride, size_t rows, int32_t *sums, size_t outputs)
{
    for (; rows >= TILE_ROWS; rows -= TILE_ROWS) {
        tile(panel, inputs, panels, x, stride, TILE_ROWS, sums, outputs);
        x += TILE_ROWS * stride;
        sums += TILE_ROWS * outputs;
    }
    switch (rows) {
#define REST(n)                                                                          \
    case n:                                                                              \
        tile(panel, inputs, panels, x, stride, n, sums, outputs);                        \
        break;
        REST(1)
        REST(2)
        REST(3)
        REST(4)
        REST(5)
        REST(6)
        REST(7)
#undef REST
    default:
        break;
    }
}

static void product(const dl_layer *layer, const uint8_t *x, size_t stride, size_t rows,
                    int32_t *sums)
{
    size_t n = layer->outputs, k = layer->inputs, o = 0;
    for (; o + 2 * DL_PANEL <= n; o += 2 * DL_PANEL)
        all_rows(layer->panels + o * k, k, 2, x, stride, rows, sums + o, n);
    if (o < n)
        all_rows(layer->panels + o * k, k, 1, x, stride, rows, sums + o, n);
}

const dl_kernels dl_kernels_vnni = DL_KERNELS("vnni");

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
