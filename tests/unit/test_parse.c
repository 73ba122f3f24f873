/* Trees are trees, and the best ones; the stage fills what it promises. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "model/kernels.h"
#include "parse/parse.h"

#define WEIGHTS DATELINE_SOURCE_FOLDER "/models/en/parser.weights"

enum { SMALL = 5, LONG_SENTENCE = 3 * DL_WINDOW + 17 };

static float next_score(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return (float)(*state >> 8) / (float)(1 << 22) - 2.0f;
}

static double worth(const float *scores, size_t stride, const int32_t *heads, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)scores[i * stride + (size_t)heads[i]];
    return sum;
}

/* The best tree by trying all assignments of heads. */
static double best_by_trial(const float *scores, size_t stride, size_t n)
{
    int32_t heads[SMALL] = {0};
    double best = -1e9;
    for (size_t at = 0; at < n;) {
        if (dl_tree_valid(heads, n) && worth(scores, stride, heads, n) > best)
            best = worth(scores, stride, heads, n);
        for (at = 0; at < n && heads[at] == (int32_t)n; at++)
            heads[at] = 0;
        if (at < n)
            heads[at]++;
    }
    return best;
}

static void test_tree_is_the_best(void **state)
{
    float scores[SMALL * (SMALL + 3)];
    int32_t heads[SMALL];
    uint32_t seed = 3;
    (void)state;
    dl_tree_space *space = dl_tree_space_new();
    assert_non_null(space);
    for (int round = 0; round < 400; round++) {
        size_t n = 1 + (size_t)round % SMALL, stride = SMALL + 3;
        for (size_t i = 0; i < sizeof scores / sizeof *scores; i++)
            scores[i] = next_score(&seed);
        dl_tree_find(space, scores, stride, n, heads);
        assert_true(dl_tree_valid(heads, n));
        double off = worth(scores, stride, heads, n) - best_by_trial(scores, stride, n);
        assert_true(off < 1e-4 && off > -1e-4);
    }
    dl_tree_space_free(space);
}

static void test_large_trees_are_trees(void **state)
{
    int32_t heads[DL_WINDOW];
    uint32_t seed = 5;
    size_t stride = DL_WINDOW + 1;
    (void)state;
    float *scores = malloc(DL_WINDOW * stride * sizeof *scores);
    dl_tree_space *space = dl_tree_space_new();
    assert_true(scores && space);
    for (size_t n = 1; n <= DL_WINDOW; n += 15) {
        for (size_t i = 0; i < DL_WINDOW * stride; i++)
            scores[i] = next_score(&seed);
        dl_tree_find(space, scores, stride, n, heads);
        assert_true(dl_tree_valid(heads, n));
    }
    dl_tree_space_free(space);
    free(scores);
}

static void test_what_is_no_tree(void **state)
{
    const int32_t good[] = {2, 0, 2}, circle[] = {2, 1, 0}, two_roots[] = {0, 0, 1},
                  outside[] = {0, 9, 1}, self[] = {0, 2, 1};
    (void)state;
    assert_true(dl_tree_valid(good, 3));
    assert_false(dl_tree_valid(circle, 3));
    assert_false(dl_tree_valid(two_roots, 3));
    assert_false(dl_tree_valid(outside, 3));
    assert_false(dl_tree_valid(self, 3));
}

/* A document of one sentence per run of words up to ".". */
static dl_document make_document(dl_arena *arena, const char *const *words, size_t count)
{
    dl_document d = {.arena = arena, .token_count = count};
    d.tokens = DL_ARENA_ARRAY(arena, dl_token, count);
    d.sentences = DL_ARENA_ARRAY(arena, dl_sentence, count);
    int32_t first = 0;
    for (int32_t i = 0; i < (int32_t)count; i++) {
        d.tokens[i].form = dl_string_from(words[i]);
        d.tokens[i].span = (dl_span){(uint32_t)i * 10, (uint32_t)i * 10 + 9};
        d.tokens[i].sentence = (int32_t)d.sentence_count;
        if (strcmp(words[i], ".") == 0 || i + 1 == (int32_t)count) {
            d.sentences[d.sentence_count++] =
                (dl_sentence){.first = first, .last = i, .root = -1};
            first = i + 1;
        }
    }
    return d;
}

typedef struct setup {
    dl_parser *parser;
    dl_parse_scratch *scratch;
    dl_arena *arena;
} setup;

static setup open_all(const char *kernels)
{
    setup s;
    assert_int_equal(dl_parser_open(WEIGHTS, kernels, &s.parser, NULL), DATELINE_OK);
    s.scratch = dl_parse_scratch_new(s.parser);
    s.arena = dl_arena_new();
    assert_true(s.scratch && s.arena);
    return s;
}

static void close_all(setup s)
{
    dl_arena_free(s.arena);
    dl_parse_scratch_free(s.scratch);
    dl_parser_close(s.parser);
}

static const char *const words[] = {"Police",  "arrested", "Anna",   "Smith", "in",
                                    "Germany", "on",       "Monday", ".",     "She",
                                    "denied",  "it",       "."};
enum { WORDS = sizeof words / sizeof *words };

static void test_a_document(void **state)
{
    (void)state;
    setup s = open_all(NULL);
    dl_document d = make_document(s.arena, words, WORDS);
    assert_int_equal(dl_parse_run(s.parser, s.scratch, &d, NULL), DATELINE_OK);
    assert_int_equal(d.sentences[0].root, 1);
    assert_int_equal(d.sentences[1].root, 10);
    assert_int_equal(d.tokens[1].upos, DL_UPOS_VERB);
    assert_int_equal(d.tokens[0].deprel, DL_DEPREL_nsubj);
    assert_true(dl_string_equal(d.tokens[1].lemma, DL_STRING("arrest")));
    assert_int_equal(d.tokens[1].feats.tense, DL_TENSE_PAST);
    assert_int_equal(d.tokens[9].head, 10);
    assert_int_equal(d.name_count, 2);
    assert_int_equal(d.names[0].first, 2);
    assert_int_equal(d.names[0].last, 3);
    assert_int_equal(d.names[0].type, DL_NAME_PER);
    assert_int_equal(d.names[0].span.end, 39);
    assert_int_equal(d.names[1].type, DL_NAME_LOC);
    assert_int_equal(d.tokens[5].name, DL_NAME_LOC);
    close_all(s);
}

/* Known forms have their lemma, others what an ending that was seen makes of them. */
static void test_lemmas(void **state)
{
    static const char *const text[] = {
        "The",  "envoys",  "flew",  "home", "and",   "blamed", "the", "zorblers", ".",
        "They", "zorbled", "again", ",",    "TALKS", "FAILED", "in",  "Zorbia",   "."};
    static const struct {
        size_t token;
        const char *lemma;
    } wanted[] = {{1, "envoy"}, {2, "fly"}, {5, "blame"}, {7, "zorbler"}, {16, "Zorbia"}};
    enum { COUNT = sizeof text / sizeof *text };
    (void)state;
    setup s = open_all(NULL);
    dl_document d = make_document(s.arena, text, COUNT);
    assert_int_equal(dl_parse_run(s.parser, s.scratch, &d, NULL), DATELINE_OK);
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        dl_string lemma = d.tokens[wanted[i].token].lemma;
        assert_true(dl_string_equal(lemma, dl_string_from(wanted[i].lemma)));
    }
    close_all(s);
}

static void test_an_empty_document(void **state)
{
    (void)state;
    setup s = open_all(NULL);
    dl_document d = make_document(s.arena, words, 0);
    assert_int_equal(dl_parse_run(s.parser, s.scratch, &d, NULL), DATELINE_OK);
    assert_int_equal(d.name_count, 0);
    close_all(s);
}

/* Longer than a window: one root, every word reaches it. Odd forms do no harm. */
static void test_a_long_sentence(void **state)
{
    static const char *const odd[] = {"",
                                      "\xE2\x80\x94",
                                      "na\xC3\xAFve",
                                      "\xF0\x9F\x98\x80",
                                      "\xE6\x9D\xB1\xE4\xBA\xAC",
                                      "$5,000",
                                      "USA"};
    const char *long_words[LONG_SENTENCE];
    (void)state;
    for (size_t i = 0; i < LONG_SENTENCE; i++)
        long_words[i] = i % 4 == 0 ? odd[i / 4 % 7] : words[i % 8];
    setup s = open_all(NULL);
    dl_document d = make_document(s.arena, long_words, LONG_SENTENCE);
    assert_int_equal(dl_parse_run(s.parser, s.scratch, &d, NULL), DATELINE_OK);
    int32_t root = d.sentences[0].root, roots = 0;
    for (int32_t i = 0; i < LONG_SENTENCE; i++) {
        roots += d.tokens[i].head < 0;
        assert_true(dl_tree_below(&d, i, root));
        assert_true(d.tokens[i].upos != DL_NO_UPOS);
    }
    assert_int_equal(roots, 1);
    close_all(s);
}

static void check_same(const dl_document *a, const dl_document *b)
{
    for (size_t i = 0; i < a->token_count; i++) {
        assert_int_equal(a->tokens[i].head, b->tokens[i].head);
        assert_int_equal(a->tokens[i].deprel, b->tokens[i].deprel);
        assert_int_equal(a->tokens[i].upos, b->tokens[i].upos);
        assert_int_equal(a->tokens[i].name, b->tokens[i].name);
        assert_true(dl_string_equal(a->tokens[i].lemma, b->tokens[i].lemma));
    }
}

/* What came before and which kernels ran do not show in the result. */
static void test_same_on_all_paths(void **state)
{
    static const char *const names[] = {"plain", "avx2", "vnni"};
    (void)state;
    setup s = open_all(NULL);
    dl_document want = make_document(s.arena, words, WORDS);
    assert_int_equal(dl_parse_run(s.parser, s.scratch, &want, NULL), DATELINE_OK);
    for (size_t i = 0; i < 3; i++) {
        if (!dl_kernels_find(names[i]))
            continue;
        setup t = open_all(names[i]);
        for (int round = 0; round < 2; round++) {
            dl_document d = make_document(t.arena, words, WORDS);
            assert_int_equal(dl_parse_run(t.parser, t.scratch, &d, NULL), DATELINE_OK);
            check_same(&want, &d);
        }
        close_all(t);
    }
    close_all(s);
}

static void test_missing_weights(void **state)
{
    dl_parser *parser;
    dateline_error error = {0};
    (void)state;
    assert_int_equal(dl_parser_open("/nowhere/at.all", NULL, &parser, &error),
                     DATELINE_NOT_FOUND);
    assert_null(parser);
    dl_parser_close(NULL);
    dl_parse_scratch_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tree_is_the_best),
        cmocka_unit_test(test_large_trees_are_trees),
        cmocka_unit_test(test_what_is_no_tree),
        cmocka_unit_test(test_a_document),
        cmocka_unit_test(test_lemmas),
        cmocka_unit_test(test_an_empty_document),
        cmocka_unit_test(test_a_long_sentence),
        cmocka_unit_test(test_same_on_all_paths),
        cmocka_unit_test(test_missing_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
