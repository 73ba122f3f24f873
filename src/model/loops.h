/* Float part of the kernels: one source, included by each path under its own target, so
 * that the compiler vectorises it as wide as the path allows. No sum runs across lanes
 * and nothing is fused, so the bytes are the same everywhere. Not a header to use. */

static inline __attribute__((always_inline)) float tanh_of(float x)
{
    /* Lambert's continued fraction, cut at the seventh term; error below 1e-4 and
     * never beyond 1.00001 in size, which is 127 as a unit. */
    x = x < -4.97f ? -4.97f : x;
    x = x > 4.97f ? 4.97f : x;
    float s = x * x;
    float above = x * (135135.0f + s * (17325.0f + s * (378.0f + s)));
    float below = 135135.0f + s * (62370.0f + s * (3150.0f + s * 28.0f));
    return above / below;
}

static inline __attribute__((always_inline)) float sigmoid_of(float x)
{
    return 0.5f + 0.5f * tanh_of(0.5f * x);
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
        for (size_t i = 0; i < DL_PANEL; i++)
            c[i] = sigmoid_of(gates[1][i]) * cell[at + i] +
                   sigmoid_of(gates[0][i]) * tanh_of(gates[2][i]);
        for (size_t i = 0; i < DL_PANEL; i++)
            h[i] = sigmoid_of(gates[3][i]) * tanh_of(c[i]);
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

static void attend(const float *restrict q, const float *restrict x, size_t depth,
                   size_t width, float *restrict out)
{
    for (size_t at = 0; at < width; at += DL_PANEL) {
        float total[DL_PANEL];
        for (size_t i = 0; i < DL_PANEL; i++)
            total[i] = out[at + i];
        for (size_t k = 0; k < depth; k++)
            for (size_t i = 0; i < DL_PANEL; i++)
                total[i] += q[k] * x[k * width + at + i];
        for (size_t i = 0; i < DL_PANEL; i++)
            out[at + i] = total[i];
    }
}

static uint32_t choose_one(const dl_layer *layer, const int32_t *restrict sums)
{
    float best[DL_PANEL], other[DL_PANEL];
    uint32_t where[DL_PANEL], first = 0;
    gate(layer, sums, 0, best);
    for (uint32_t i = 0; i < DL_PANEL; i++)
        where[i] = i;
    for (uint32_t at = DL_PANEL; at < layer->outputs; at += DL_PANEL) {
        gate(layer, sums, at, other);
        for (uint32_t i = 0; i < DL_PANEL; i++) {
            bool better = other[i] > best[i];
            best[i] = better ? other[i] : best[i];
            where[i] = better ? at + i : where[i];
        }
    }
    for (uint32_t i = 1; i < DL_PANEL; i++)
        if (best[i] > best[first] || (best[i] >= best[first] && where[i] < where[first]))
            first = i;
    return where[first];
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
