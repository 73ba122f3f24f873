/* Words a second of the parser alone, on CoNLL-U tokens, and which share that is of what
 * one core of this processor could do at most.
 *
 *     bench_parse WEIGHTS FILE.conllu [KERNELS [SENTENCES_AT_ONCE [ROUNDS]]]
 *
 * The best of ROUNDS counts. The arithmetic is the products of bytes that every word
 * needs: both BiLSTM layers and the heads, without what is kept of frequent words (the
 * layer over their features), without lemmas of words that no table has, and without
 * all that is done in floats. The peak is measured: the widest product of bytes that
 * the path has, on registers alone. */
#if defined(__x86_64__)
#include <immintrin.h>
#endif
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "parse/parts.h"

enum { WORDS_MAX = 1 << 20, SENTENCES_MAX = 1 << 16 };

typedef struct corpus {
    dl_token *tokens;
    dl_sentence *sentences;
    size_t tokens_used, sentences_used;
} corpus;

static dl_string column(dl_string line, int number)
{
    size_t at = 0;
    for (int i = 0; i < number; i++)
        at = dl_string_find(line, '\t', at) + 1;
    return at > line.size ? (dl_string){0}
                          : dl_string_slice(line, at, dl_string_find(line, '\t', at));
}

static void end_sentence(corpus *c, int32_t *first)
{
    if (*first < (int32_t)c->tokens_used)
        c->sentences[c->sentences_used++] =
            (dl_sentence){.first = *first, .last = (int32_t)c->tokens_used - 1};
    *first = (int32_t)c->tokens_used;
}

static void read_corpus(dl_string text, dl_arena *arena, corpus *c)
{
    int32_t first = 0;
    for (size_t at = 0; at < text.size;) {
        size_t end = dl_string_find(text, '\n', at);
        dl_string line = dl_string_slice(text, at, end), number = column(line, 0);
        uint64_t value;
        at = end + 1;
        if (line.size == 0)
            end_sentence(c, &first);
        else if (dl_string_to_uint(number, &value) && c->tokens_used < WORDS_MAX) {
            dl_token *t = &c->tokens[c->tokens_used++];
            *t = (dl_token){.form = column(line, 1),
                            .sentence = (int32_t)c->sentences_used};
            t->fold = dl_utf8_fold(arena, t->form);
        }
    }
    end_sentence(c, &first);
}

/* Sentences [from, to) as one document of their own. */
static dl_document slice(const corpus *c, dl_arena *arena, size_t from, size_t to)
{
    int32_t base = c->sentences[from].first;
    dl_document d = {.arena = arena};
    d.sentence_count = to - from;
    d.token_count = (size_t)(c->sentences[to - 1].last - base + 1);
    d.sentences = DL_ARENA_ARRAY(arena, dl_sentence, d.sentence_count);
    d.tokens = DL_ARENA_ARRAY(arena, dl_token, d.token_count);
    memcpy(d.tokens, c->tokens + base, d.token_count * sizeof *d.tokens);
    for (size_t i = from; i < to; i++) {
        d.sentences[i - from] = c->sentences[i];
        d.sentences[i - from].first -= base;
        d.sentences[i - from].last -= base;
    }
    for (size_t i = 0; i < d.token_count; i++)
        d.tokens[i].sentence -= (int32_t)from;
    return d;
}

static int run(const dl_parser *parser, const corpus *c, size_t at_once)
{
    dateline_error error = {0};
    dl_arena *arena = dl_arena_new();
    dl_parse_scratch *scratch = dl_parse_scratch_new(parser);
    for (size_t i = 0; i < c->sentences_used; i += at_once) {
        size_t to = i + at_once < c->sentences_used ? i + at_once : c->sentences_used;
        dl_document d = slice(c, arena, i, to);
        if (dl_parse_run(parser, scratch, &d, &error) != DATELINE_OK)
            return fprintf(stderr, "%s\n", error.message), 1;
        dl_arena_reset(arena);
    }
    dl_parse_scratch_free(scratch);
    dl_arena_free(arena);
    return 0;
}

/* Of this process: what other processes do does not count. */
static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- Arithmetic ----------------------------------------------------------------------
 */

static double products_of(const dl_layer *layer)
{
    return (double)layer->inputs * (double)layer->outputs;
}

/* Products of bytes that each word costs. */
static double products_a_word(const dl_network *n)
{
    const dl_layer *heads[] = {&n->upos,      &n->feats,      &n->names,
                               &n->arc_own,   &n->arc_head,   &n->arc_pair,
                               &n->label_own, &n->label_head, &n->label_out};
    double total = 0;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        total += products_of(heads[i]);
    for (size_t i = 0; i < DL_LSTM_LAYERS; i++)
        total += products_of(&n->lstm[i][0]) + products_of(&n->lstm[i][1]);
    return total;
}

#if defined(__x86_64__)
enum { CHAINS = 16, PEAK_ROUNDS = 1 << 22 };

/* Products a second of registers alone: as many independent sums as hide the latency. */
__attribute__((target("avx512f,avx512vnni"))) static double peak_vnni(void)
{
    __m512i sums[CHAINS], u = _mm512_set1_epi8(3), w = _mm512_set1_epi8(5);
    for (int i = 0; i < CHAINS; i++)
        sums[i] = _mm512_set1_epi32(i);
    double start = seconds();
    for (int k = 0; k < PEAK_ROUNDS; k++) {
        for (int i = 0; i < CHAINS; i++)
            sums[i] = _mm512_dpbusd_epi32(sums[i], u, w);
        __asm__ volatile("" : "+v"(u));
    }
    double took = seconds() - start;
    for (int i = 0; i < CHAINS; i++)
        __asm__ volatile("" : : "v"(sums[i]));
    return 64.0 * CHAINS * PEAK_ROUNDS / took;
}

__attribute__((target("avx2"))) static double peak_avx2(void)
{
    enum { FEW = 12 };
    __m256i sums[FEW], u = _mm256_set1_epi8(3), w = _mm256_set1_epi8(5);
    __m256i ones = _mm256_set1_epi16(1);
    for (int i = 0; i < FEW; i++)
        sums[i] = _mm256_set1_epi32(i);
    double start = seconds();
    for (int k = 0; k < PEAK_ROUNDS; k++) {
        for (int i = 0; i < FEW; i++) {
            __asm__ volatile("" : "+x"(u)); /* each its own products */
            sums[i] = _mm256_add_epi32(
                sums[i], _mm256_madd_epi16(_mm256_maddubs_epi16(u, w), ones));
        }
    }
    double took = seconds() - start;
    for (int i = 0; i < FEW; i++)
        __asm__ volatile("" : : "x"(sums[i]));
    return 32.0 * FEW * PEAK_ROUNDS / took;
}
#endif

/* 0 where the path has no instruction of its own to compare with. */
static double peak_of(const char *kernels)
{
#if defined(__x86_64__)
    if (strcmp(kernels, "vnni") == 0)
        return peak_vnni();
    if (strcmp(kernels, "avx2") == 0)
        return peak_avx2();
#endif
    (void)kernels;
    return 0;
}

static void report(const dl_parser *parser, size_t words, double took)
{
    const char *kernels = dl_parser_kernels(parser);
    double a_word = products_a_word(&parser->network), peak = peak_of(kernels);
    double rate = (double)words / took * a_word;
    printf("%s: %zu words in %.3f s, %.0f words a second; %.2f million products a word\n",
           kernels, words, took, (double)words / took, a_word / 1e6);
    if (peak > 0)
        printf("%s: %.0f billion products a second, %.0f %% of the core's peak of %.0f\n",
               kernels, rate / 1e9, 100 * rate / peak, peak / 1e9);
}

int main(int argc, char **argv)
{
    dateline_error error = {0};
    dl_parser *parser;
    dl_mapped file;
    if (argc < 3)
        return fprintf(stderr,
                       "bench_parse WEIGHTS FILE.conllu [KERNELS [N [ROUNDS]]]\n"),
               2;
    double start = seconds();
    if (dl_parser_open(argv[1], argc > 3 && *argv[3] ? argv[3] : NULL, &parser, &error))
        return fprintf(stderr, "%s\n", error.message), 3;
    printf("weights opened in %.1f ms\n", (seconds() - start) * 1e3);
    if (dl_mapped_open(&file, argv[2], &error))
        return fprintf(stderr, "%s\n", error.message), 3;
    corpus c = {calloc(WORDS_MAX, sizeof(dl_token)),
                calloc(SENTENCES_MAX, sizeof(dl_sentence)), 0, 0};
    dl_arena *arena = dl_arena_new();
    read_corpus(file.bytes, arena, &c);
    size_t at_once = argc > 4 ? (size_t)strtoul(argv[4], NULL, 10) : 25;
    long rounds = argc > 5 ? strtol(argv[5], NULL, 10) : 5;
    double best = 0;
    for (long i = 0; i < rounds; i++) {
        start = seconds();
        if (run(parser, &c, at_once ? at_once : 1))
            return 1;
        double took = seconds() - start;
        best = best > 0 && best < took ? best : took;
    }
    report(parser, c.tokens_used, best);
    dl_arena_free(arena);
    dl_parser_close(parser);
    dl_mapped_close(&file);
    free(c.tokens);
    free(c.sentences);
    return 0;
}
