/* Words a second of the parser alone, on CoNLL-U tokens.
 *
 *     parse WEIGHTS FILE.conllu [KERNELS [SENTENCES_AT_ONCE [ROUNDS]]]
 *
 * Writes the parsed words to stdout where ROUNDS is 0 (names in MISC), else the speed. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "parse/parse.h"

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

static void print_sentence(const dl_document *d, const dl_sentence *s)
{
    static const char *const types[] = {"_", "PER", "ORG", "LOC"};
    for (int32_t i = s->first; i <= s->last; i++) {
        const dl_token *t = &d->tokens[i];
        printf("%d\t%.*s\t%.*s\t%s\t_\t%.*s\t%d\t%s\t_\t%s\n", i - s->first + 1,
               (int)t->form.size, t->form.data, (int)t->lemma.size, t->lemma.data,
               dl_upos_name(t->upos), t->feats_text.size ? (int)t->feats_text.size : 1,
               t->feats_text.size ? t->feats_text.data : "_",
               t->head < 0 ? 0 : t->head - s->first + 1, dl_deprel_name(t->deprel),
               types[t->name]);
    }
    putchar('\n');
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

static int run(const dl_parser *parser, const corpus *c, size_t at_once, bool print)
{
    dateline_error error = {0};
    dl_arena *arena = dl_arena_new();
    dl_parse_scratch *scratch = dl_parse_scratch_new(parser);
    for (size_t i = 0; i < c->sentences_used; i += at_once) {
        size_t to = i + at_once < c->sentences_used ? i + at_once : c->sentences_used;
        dl_document d = slice(c, arena, i, to);
        if (dl_parse_run(parser, scratch, &d, &error) != DATELINE_OK)
            return fprintf(stderr, "%s\n", error.message), 1;
        for (size_t s = 0; print && s < d.sentence_count; s++)
            print_sentence(&d, &d.sentences[s]);
        dl_arena_reset(arena);
    }
    dl_parse_scratch_free(scratch);
    dl_arena_free(arena);
    return 0;
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    dateline_error error = {0};
    dl_parser *parser;
    dl_mapped file;
    if (argc < 3)
        return fprintf(stderr, "parse WEIGHTS FILE.conllu [KERNELS [N [ROUNDS]]]\n"), 2;
    double start = seconds();
    if (dl_parser_open(argv[1], argc > 3 && *argv[3] ? argv[3] : NULL, &parser, &error))
        return fprintf(stderr, "%s\n", error.message), 3;
    double opened = seconds() - start;
    if (dl_mapped_open(&file, argv[2], &error))
        return fprintf(stderr, "%s\n", error.message), 3;
    corpus c = {calloc(WORDS_MAX, sizeof(dl_token)),
                calloc(SENTENCES_MAX, sizeof(dl_sentence)), 0, 0};
    dl_arena *arena = dl_arena_new();
    read_corpus(file.bytes, arena, &c);
    size_t at_once = argc > 4 ? (size_t)strtoul(argv[4], NULL, 10) : 25;
    long rounds = argc > 5 ? strtol(argv[5], NULL, 10) : 3;
    if (rounds == 0)
        return run(parser, &c, at_once, true);
    for (long i = 0; i < rounds; i++) {
        start = seconds();
        if (run(parser, &c, at_once, false))
            return 1;
        double took = seconds() - start;
        printf("%s: opened in %.1f ms; %zu words in %.3f s, %.0f a second\n",
               dl_parser_kernels(parser), opened * 1e3, c.tokens_used, took,
               (double)c.tokens_used / took);
    }
    dl_arena_free(arena);
    dl_parser_close(parser);
    dl_mapped_close(&file);
    free(c.tokens);
    free(c.sentences);
    return 0;
}
