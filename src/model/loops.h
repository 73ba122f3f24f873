/* Float part of the kernels: one source, included by each path under its own target, so
 * that the compiler vectorises it as wide as the path allows. No sum runs across lanes
 * and nothing is fused, so the bytes are the same everywhere. Not a header to use. */

/* Sixteen floats at once, wherever they lie. */
typedef float lanes __attribute__((vector_size(4 * DL_PANEL), aligned(4), may_alias));

enum { ATTEND_ROWS = 4 };

/* tanh x = above / below: Lambert's continued fraction, cut at the fifth term. The error
 * stays below 0.0015, a tenth of a unit, and no value goes beyond 1.00001, which is 127
 * as a unit. Fractions are kept apart so that products of them cost one division. */
typedef struct fraction {
    float above, below;
} fraction;

static inline __attribute__((always_inline)) fraction tanh_parts(float x)
{
    x = x < -3.64f ? -3.64f : x;
    x = x > 3.64f ? 3.64f : x;
    float s = x * x;
    return (fraction){x * (945.0f + s * (105.0f + s)), 945.0f + s * (420.0f + s * 15.0f)};
}

static inline __attribute__((always_inline)) float tanh_of(float x)
{
    fraction t = tanh_parts(x);
    return t.above / t.below;
}

/* Twice the logistic function: 1 + tanh(x / 2). */
static inline __attribute__((always_inline)) fraction sigmoid_parts(float x)
{
    fraction t = tanh_parts(0.5f * x);
    return (fraction){t.below + t.above, t.below};
}

static inline __attribute__((always_inline)) uint8_t unit_of(float x)
{
    return (uint8_t)(int32_t)(x * (float)DL_UNIT_SCALE + ((float)DL_ZERO + 0.5f));
}

static void affine(const dl_layer *layer, const int32_t *restrict sums, size_t rows,
                   float *restrict out)
{
    size_t n = layer->outputs;
    for (size_t r = 0; r < rows; r++)
        for (size_t o = 0; o < n; o++)
            out[r * n + o] =
                (float)(sums[r * n + o] + layer->correction[o]) * layer->multiplier[o] +
                layer->bias[o];
}

static void tanh_all(float *x, size_t count)
{
    for (size_t i = 0; i < count; i++)
        x[i] = tanh_of(x[i]);
}

static void quantise(const float *restrict x, size_t count, uint8_t *restrict u)
{
    for (size_t i = 0; i < count; i++)
        u[i] = unit_of(x[i]);
}

static inline __attribute__((always_inline)) void
gate(const dl_layer *layer, const int32_t *restrict sums, size_t at, float *restrict out)
{
    for (size_t i = 0; i < DL_PANEL; i++)
        out[i] = (float)(sums[at + i] + layer->correction[at + i]) *
                     layer->multiplier[at + i] +
                 layer->bias[at + i];
}

static void remember(const dl_layer *layer, const int32_t *restrict sums, size_t units,
                     float *restrict cell, uint8_t *restrict u)
{
    for (size_t at = 0; at < units; at += DL_PANEL) {
        float gates[DL_GATES][DL_PANEL], c[DL_PANEL], h[DL_PANEL];
        for (size_t g = 0; g < DL_GATES; g++)
            gate(layer, sums, at * DL_GATES + g * DL_PANEL, gates[g]);
        for (size_t i = 0; i < DL_PANEL; i++) {
            fraction take = sigmoid_parts(gates[0][i]), keep = sigmoid_parts(gates[1][i]);
            fraction fresh = tanh_parts(gates[2][i]);
            float below = take.below * fresh.below;
            float kept = keep.above * below * cell[at + i];
            float taken = take.above * fresh.above * keep.below;
            c[i] = 0.5f * (kept + taken) / (below * keep.below);
        }
        for (size_t i = 0; i < DL_PANEL; i++) {
            fraction give = sigmoid_parts(gates[3][i]), t = tanh_parts(c[i]);
            h[i] = 0.5f * (give.above * t.above) / (give.below * t.below);
        }
        memcpy(cell + at, c, sizeof c);
        for (size_t i = 0; i < DL_PANEL; i++)
            u[at + i] = unit_of(h[i]);
    }
}

static void maxout(const dl_layer *layer, const int32_t *restrict sums, size_t width,
                   size_t pieces, uint8_t *restrict u)
{
    for (size_t at = 0; at < width; at += DL_PANEL) {
        float best[DL_PANEL], other[DL_PANEL];
        gate(layer, sums, at, best);
        for (size_t p = 1; p < pieces; p++) {
            gate(layer, sums, p * width + at, other);
            for (size_t i = 0; i < DL_PANEL; i++)
                best[i] = other[i] > best[i] ? other[i] : best[i];
        }
        for (size_t i = 0; i < DL_PANEL; i++)
            u[at + i] = unit_of(tanh_of(best[i]));
    }
}

/* `rows` (a constant where it is inlined) times one panel: the columns are read once for
 * all rows, and no sum waits for the one before it. */
static inline __attribute__((always_inline)) void attend_panel(const float *q,
                                                               const float *x,
                                                               size_t depth, size_t width,
                                                               size_t rows, float *out)
{
    lanes total[ATTEND_ROWS];
    for (size_t r = 0; r < rows; r++)
        total[r] = *(const lanes *)(out + r * width);
    for (size_t k = 0; k < depth; k++) {
        lanes column = *(const lanes *)(x + k * width);
        for (size_t r = 0; r < rows; r++)
            total[r] += q[r * depth + k] * column;
    }
    for (size_t r = 0; r < rows; r++)
        *(lanes *)(out + r * width) = total[r];
}

static void attend(const float *restrict q, const float *restrict x, size_t depth,
                   size_t width, size_t rows, float *restrict out)
{
    size_t r = 0;
    for (; r + ATTEND_ROWS <= rows; r += ATTEND_ROWS)
        for (size_t at = 0; at < width; at += DL_PANEL)
            attend_panel(q + r * depth, x + at, depth, width, ATTEND_ROWS,
                         out + r * width + at);
    for (; r < rows; r++)
        for (size_t at = 0; at < width; at += DL_PANEL)
            attend_panel(q + r * depth, x + at, depth, width, 1, out + r * width + at);
}

/* First the largest of each lane, then where the largest of all stands. */
static uint32_t choose_one(const dl_layer *layer, const int32_t *restrict sums)
{
    float best[DL_PANEL], other[DL_PANEL];
    uint32_t at = 0;
    gate(layer, sums, 0, best);
    for (size_t o = DL_PANEL; o < layer->outputs; o += DL_PANEL) {
        gate(layer, sums, o, other);
        for (size_t i = 0; i < DL_PANEL; i++)
            best[i] = other[i] > best[i] ? other[i] : best[i];
    }
    for (size_t half = DL_PANEL / 2; half > 0; half /= 2)
        for (size_t i = 0; i < half; i++)
            best[i] = best[i + half] > best[i] ? best[i + half] : best[i];
    for (; at < layer->outputs; at += DL_PANEL) {
        gate(layer, sums, at, other);
        for (uint32_t i = 0; i < DL_PANEL; i++)
            if (other[i] >= best[0])
                return at + i;
    }
    return 0;
}

static void choose(const dl_layer *layer, const int32_t *restrict sums, size_t rows,
                   uint32_t *restrict best)
{
    for (size_t r = 0; r < rows; r++)
        best[r] = choose_one(layer, sums + r * layer->outputs);
}

#define DL_KERNELS(label)                                                                \
    {                                                                                    \
        .name = label, .product = product, .affine = affine, .tanh = tanh_all,           \
        .quantise = quantise, .remember = remember, .maxout = maxout, .attend = attend,  \
        .choose = choose                                                                 \
    }
