/* Kernels agree across paths; damaged weights are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "model/network.h"
#include "model/opinion.h"

#define OPINION DATELINE_SOURCE_FOLDER "/models/en/" DL_OPINION_FILE
#define WEIGHTS DATELINE_SOURCE_FOLDER "/models/en/parser.weights"

enum { INPUTS = 76, OUTPUTS = 192, ROWS = 23, UNITS = OUTPUTS / DL_GATES };

typedef struct fixture {
    int8_t panels[INPUTS * OUTPUTS];
    int32_t correction[OUTPUTS];
    float multiplier[OUTPUTS], bias[OUTPUTS];
    uint8_t x[ROWS * INPUTS];
    dl_layer layer;
} fixture;

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Extreme values on purpose: a 16-bit sum that saturates would show. */
static fixture *make_fixture(void)
{
    fixture *f = calloc(1, sizeof *f);
    uint32_t seed = 7;
    assert_non_null(f);
    for (size_t i = 0; i < sizeof f->panels; i++)
        f->panels[i] = (int8_t)(i % 3 == 0 ? (i % 2 ? 127 : -127)
                                           : (int)(next_random(&seed) % 255) - 127);
    for (size_t i = 0; i < sizeof f->x; i++)
        f->x[i] = (uint8_t)(i % 5 == 0 ? 127 : 1 + next_random(&seed) % 127);
    for (size_t i = 0; i < OUTPUTS; i++) {
        f->correction[i] = (int32_t)(next_random(&seed) % 4001) - 2000;
        f->multiplier[i] = (float)(next_random(&seed) % 1000) * 1e-8f;
        f->bias[i] = (float)(next_random(&seed) % 1000) * 1e-3f - 0.5f;
    }
    f->layer = (dl_layer){INPUTS,        OUTPUTS,       OUTPUTS, f->panels,
                          f->correction, f->multiplier, f->bias};
    return f;
}

static void test_product_is_exact(void **state)
{
    (void)state;
    fixture *f = make_fixture();
    int32_t sums[ROWS * OUTPUTS];
    for (size_t rows = 1; rows <= ROWS; rows++) {
        dl_kernels_find(NULL)->product(&f->layer, f->x, INPUTS, rows, sums);
        for (size_t r = 0; r < rows; r++)
            for (size_t o = 0; o < OUTPUTS; o++) {
                int32_t want = 0;
                for (size_t k = 0; k < INPUTS; k++)
                    want += f->x[r * INPUTS + k] *
                            f->panels[o / DL_PANEL * DL_PANEL * INPUTS +
                                      k / 4 * DL_PANEL * 4 + o % DL_PANEL * 4 + k % 4];
                assert_int_equal(sums[r * OUTPUTS + o], want);
            }
    }
    free(f);
}

enum { ATTENDED = 7 }; /* rows: one more than a whole block, and some left over */

typedef struct outcome {
    int32_t sums[ROWS * OUTPUTS];
    float affine[ROWS * OUTPUTS], cell[UNITS], attended[ATTENDED * 64];
    uint8_t units[ROWS * OUTPUTS], state[UNITS], largest[64];
    uint32_t chosen[ROWS];
} outcome;

static outcome *run_all(const dl_kernels *k, const fixture *f)
{
    outcome *o = calloc(1, sizeof *o);
    assert_non_null(o);
    k->product(&f->layer, f->x, INPUTS, ROWS, o->sums);
    k->affine(&f->layer, o->sums, ROWS, o->affine);
    k->choose(&f->layer, o->sums, ROWS, o->chosen);
    for (size_t r = 0; r < ROWS; r++)
        k->remember(&f->layer, o->sums + r * OUTPUTS, UNITS, o->cell, o->state);
    k->maxout(&f->layer, o->sums, 64, 3, o->largest);
    k->attend(o->affine, o->affine + 16 * ATTENDED, 16, 64, ATTENDED, o->attended);
    k->tanh(o->affine, ROWS * OUTPUTS);
    k->quantise(o->affine, ROWS * OUTPUTS, o->units);
    return o;
}

static void test_chooses_the_first_of_the_largest(void **state)
{
    (void)state;
    fixture *f = make_fixture();
    outcome *o = calloc(1, sizeof *o);
    const dl_kernels *k = dl_kernels_find("plain");
    assert_non_null(o);
    k->product(&f->layer, f->x, INPUTS, ROWS, o->sums);
    k->affine(&f->layer, o->sums, ROWS, o->affine);
    k->choose(&f->layer, o->sums, ROWS, o->chosen);
    for (size_t r = 0; r < ROWS; r++) {
        const float *y = o->affine + r * OUTPUTS;
        uint32_t best = 0;
        for (uint32_t i = 1; i < OUTPUTS; i++)
            best = y[i] > y[best] ? i : best;
        assert_int_equal(o->chosen[r], best);
    }
    free(o);
    free(f);
}

static void test_paths_agree(void **state)
{
    static const char *const names[] = {"avx2", "vnni"};
    (void)state;
    fixture *f = make_fixture();
    outcome *plain = run_all(dl_kernels_find("plain"), f);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const dl_kernels *k = dl_kernels_find(names[i]);
        if (!k)
            continue;
        outcome *other = run_all(k, f);
        assert_memory_equal(plain, other, sizeof *plain);
        free(other);
    }
    free(plain);
    free(f);
}

static void test_kernels_by_name(void **state)
{
    (void)state;
    assert_string_equal(dl_kernels_find("plain")->name, "plain");
    assert_non_null(dl_kernels_find(NULL));
    assert_null(dl_kernels_find("abacus"));
}

/* Writes `bytes` to a file of its own and opens it. */
static dateline_status open_bytes(const char *bytes, size_t size, const char *kernels)
{
    char path[] = "/tmp/dateline-weights-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    FILE *file = fdopen(descriptor, "wb");
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
    dl_network network;
    dateline_error error = {0};
    dateline_status status = dl_network_open(&network, path, kernels, &error);
    if (status == DATELINE_OK)
        dl_network_close(&network);
    else
        assert_true(error.message[0] != 0);
    unlink(path);
    return status;
}

static void test_damage_is_refused(void **state)
{
    dl_mapped file;
    (void)state;
    assert_int_equal(dl_mapped_open(&file, WEIGHTS, NULL), DATELINE_OK);
    size_t size = file.bytes.size;
    char *copy = malloc(size);
    assert_non_null(copy);
    memcpy(copy, file.bytes.data, size);
    dl_mapped_close(&file);
    assert_int_equal(open_bytes(copy, size, NULL), DATELINE_OK);
    assert_int_equal(open_bytes(copy, size, "abacus"), DATELINE_USAGE);
    for (size_t cut = 0; cut < size; cut += size / 5 + 1)
        assert_int_equal(open_bytes(copy, cut, NULL), DATELINE_BAD_FILE);
    for (size_t at = 32 + 40 * 64; at < size; at += size / 7) {
        copy[at] = (char)(copy[at] ^ 0x10);
        dateline_status status = open_bytes(copy, size, NULL);
        assert_true(status == DATELINE_BAD_FILE || status == DATELINE_OK); /* padding */
        copy[at] = (char)(copy[at] ^ 0x10);
    }
    copy[8]++;
    assert_int_equal(open_bytes(copy, size, NULL), DATELINE_OTHER_VERSION);
    copy[8]--;
    copy[0]++;
    assert_int_equal(open_bytes(copy, size, NULL), DATELINE_BAD_FILE);
    free(copy);
}

/* A container that is whole, with chunks that do not fit together. */
static void test_wrong_shape_is_refused(void **state)
{
    dl_shape shape = {.embed = 96, .features = DL_FEATURES, .word = 128, .pieces = 3};
    dl_chunk_source source = {"shape", {(const char *)&shape, sizeof shape}};
    dl_buffer out = {0};
    (void)state;
    dl_chunks_write(&out, "DLWEIGHT", DL_WEIGHTS_VERSION, &source, 1);
    assert_int_equal(open_bytes(out.data, out.size, NULL), DATELINE_BAD_FILE);
    shape.hidden = shape.arc = shape.label = 1u << 30;
    dl_chunks_write(&out, "DLWEIGHT", DL_WEIGHTS_VERSION, &source, 1);
    assert_int_equal(open_bytes(out.data, out.size, NULL), DATELINE_BAD_FILE);
    dl_chunks_write(&out, "DLWEIGHT", DL_WEIGHTS_VERSION, NULL, 0);
    assert_int_equal(open_bytes(out.data, out.size, NULL), DATELINE_BAD_FILE);
    dl_buffer_release(&out);
}

/* Each list adds to 1, and all paths say the same of the same word. */
static void test_opinions_agree(void **state)
{
    static const char *const names[] = {"plain", "avx2", "vnni"};
    static uint8_t inputs[DL_OPINION_INPUTS_MAX];
    static dl_opinion_result results[3];
    uint32_t seed = 7;
    size_t opened = 0;
    (void)state;
    for (size_t i = 0; i < sizeof inputs; i++)
        inputs[i] = (uint8_t)(1 + next_random(&seed) % 127);
    for (size_t i = 0; i < 3; i++) {
        dl_opinion opinion;
        if (!dl_kernels_find(names[i]))
            continue;
        assert_int_equal(dl_opinion_open(&opinion, OPINION, names[i], NULL), DATELINE_OK);
        dl_opinion_run(&opinion, inputs, &results[opened]);
        float sum = 0;
        for (size_t k = 0; k < opinion.shape.kinds; k++)
            sum += results[opened].kinds[k];
        assert_true(sum > 0.999f && sum < 1.001f);
        assert_memory_equal(results[opened].kinds, results[0].kinds,
                            opinion.shape.kinds * sizeof(float));
        assert_non_null(dl_opinion_vector(&opinion, DL_STRING("government")));
        assert_null(dl_opinion_vector(&opinion, DL_STRING("zorblefied")));
        dl_opinion_close(&opinion);
        opened++;
    }
}

/* Weights of another kind, shapes that fit nothing, kernels that nobody has. */
static void test_wrong_opinions_are_refused(void **state)
{
    dl_opinion opinion;
    dl_opinion_shape shape = {.inputs = 1u << 30, .hidden = 256, .kinds = 17};
    dl_chunk_source source = {"shape", {(const char *)&shape, sizeof shape}};
    dl_buffer out = {0};
    char path[] = "/tmp/dateline-opinion-XXXXXX";
    (void)state;
    assert_int_equal(dl_opinion_open(&opinion, WEIGHTS, NULL, NULL),
                     DATELINE_OTHER_VERSION);
    assert_int_equal(dl_opinion_open(&opinion, "/nowhere", NULL, NULL),
                     DATELINE_NOT_FOUND);
    assert_int_equal(dl_opinion_open(&opinion, OPINION, "abacus", NULL), DATELINE_USAGE);
    dl_chunks_write(&out, "DLWEIGHT", DL_OPINION_VERSION, &source, 1);
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, out.data, out.size), (ssize_t)out.size);
    close(descriptor);
    assert_int_equal(dl_opinion_open(&opinion, path, NULL, NULL), DATELINE_BAD_FILE);
    unlink(path);
    dl_buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opinions_agree),
        cmocka_unit_test(test_wrong_opinions_are_refused),
        cmocka_unit_test(test_product_is_exact),
        cmocka_unit_test(test_chooses_the_first_of_the_largest),
        cmocka_unit_test(test_paths_agree),
        cmocka_unit_test(test_kernels_by_name),
        cmocka_unit_test(test_damage_is_refused),
        cmocka_unit_test(test_wrong_shape_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
