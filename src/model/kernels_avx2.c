/* Before base.h, which bans calls that the system headers define. */
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "model/kernels.h"

#if defined(__x86_64__)

#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2"))), apply_to = function)
#else
#pragma GCC push_options
#pragma GCC target("avx2")
#endif

#include "model/loops.h"

enum { TILE_ROWS = 4, HALF = 8 };

static inline __attribute__((always_inline)) __m256i step(__m256i sum, __m256i x,
                                                          __m256i w)
{
    __m256i pairs = _mm256_maddubs_epi16(x, w);
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

/* One panel for `rows` rows (a constant where it is inlined). */
static inline __attribute__((always_inline)) void tile(const int8_t *panel, size_t inputs,
                                                       const uint8_t *x, size_t stride,
                                                       size_t rows, int32_t *sums,
                                                       size_t outputs)
{
    __m256i total[TILE_ROWS][2];
    for (size_t r = 0; r < rows; r++)
        total[r][0] = total[r][1] = _mm256_setzero_si256();
    for (size_t k = 0; k < inputs; k += DL_INPUT_STEP) {
        const int8_t *w = panel + k * DL_PANEL;
        __m256i low = _mm256_loadu_si256((const void *)w);
        __m256i high = _mm256_loadu_si256((const void *)(w + 32));
#pragma GCC unroll 4
        for (size_t r = 0; r < rows; r++) {
            int32_t four;
            memcpy(&four, x + r * stride + k, sizeof four);
            __m256i u = _mm256_set1_epi32(four);
            total[r][0] = step(total[r][0], u, low);
            total[r][1] = step(total[r][1], u, high);
        }
    }
    for (size_t r = 0; r < rows; r++) {
        _mm256_storeu_si256((void *)(sums + r * outputs), total[r][0]);
        _mm256_storeu_si256((void *)(sums + r * outputs + HALF), total[r][1]);
    }
}

static void product(const dl_layer *layer, const uint8_t *x, size_t stride, size_t rows,
                    int32_t *sums)
{
    size_t n = layer->outputs, k = layer->inputs;
    for (size_t o = 0; o < n; o += DL_PANEL) {
        const int8_t *panel = layer->panels + o * k;
        size_t r = 0;
        for (; r + TILE_ROWS <= rows; r += TILE_ROWS)
            tile(panel, k, x + r * stride, stride, TILE_ROWS, sums + r * n + o, n);
        for (; r < rows; r++)
            tile(panel, k, x + r * stride, stride, 1, sums + r * n + o, n);
    }
}

const dl_kernels dl_kernels_avx2 = DL_KERNELS("avx2");

#if defined(__clang__)
#pragma clang attribute pop
#else
#pragma GCC pop_options
#endif
#endif
