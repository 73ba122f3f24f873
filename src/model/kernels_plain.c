#include "model/kernels.h"
#include "model/loops.h"

static void panel_product(const int8_t *panel, const uint8_t *x, size_t inputs,
                          int32_t *sums)
{
    int32_t total[DL_PANEL] = {0};
    for (size_t k = 0; k < inputs; k += DL_INPUT_STEP, panel += DL_PANEL * DL_INPUT_STEP)
        for (size_t o = 0; o < DL_PANEL; o++)
            for (size_t i = 0; i < DL_INPUT_STEP; i++)
                total[o] += x[k + i] * panel[o * DL_INPUT_STEP + i];
    memcpy(sums, total, sizeof total);
}

static void product(const dl_layer *layer, const uint8_t *x, size_t stride, size_t rows,
                    int32_t *sums)
{
    for (size_t o = 0; o < layer->outputs; o += DL_PANEL)
        for (size_t r = 0; r < rows; r++)
            panel_product(layer->panels + o * layer->inputs, x + r * stride,
                          layer->inputs, sums + r * layer->outputs + o);
}

const dl_kernels dl_kernels_plain = DL_KERNELS("plain");

#if defined(__x86_64__)
static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}

static bool has_vnni(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vnni");
}

const dl_kernels *dl_kernels_find(const char *name)
{
    if ((!name || strcmp(name, "vnni") == 0) && has_vnni())
        return &dl_kernels_vnni;
    if ((!name || strcmp(name, "avx2") == 0) && has_avx2())
        return &dl_kernels_avx2;
    return !name || strcmp(name, "plain") == 0 ? &dl_kernels_plain : NULL;
}
#else
const dl_kernels *dl_kernels_find(const char *name)
{
    return !name || strcmp(name, "plain") == 0 ? &dl_kernels_plain : NULL;
}
#endif
