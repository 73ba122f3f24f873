/* Prints what the classifier sees of each word that it is asked about, for train.py, so that
 * training and running share one definition.
 *
 *     features LEXICON PARSER.WEIGHTS SEGMENT.WEIGHTS VECTORS < SENTENCES > OUTPUT
 *
 * SENTENCES has one a line. OUTPUT gets per word asked about: number of the line, start and
 * end in bytes (4-byte numbers), what the constructions say (category, 0 none; composed or
 * not; kind of word), number of inputs, then the inputs. A word's line may be cut into
 * several sentences by the text stage. */
#include <stdio.h>
#include <stdlib.h>

#include "lexicon/lexicon.h"
#include "parse/parse.h"
#include "text/text.h"
#include "what/shared.h"
#include "who/who.h"

typedef struct stages {
    dl_lexicon *lexicon;
    dl_chunks segments;
    dl_text *text;
    dl_parser *parser;
    dl_parse_scratch *scratch;
    dl_who *who;
    dl_what *what;
    dl_opinion opinion;
    dl_arena *arena;
} stages;

static bool open_stages(stages *s, const char *lexicon, const char *weights,
                        const char *segments, const char *vectors)
{
    s->arena = dl_arena_new();
    return s->arena && dl_lexicon_open(lexicon, &s->lexicon, NULL) == DATELINE_OK &&
           dl_parser_open(weights, NULL, &s->parser, NULL) == DATELINE_OK &&
           dl_chunks_open(&s->segments, segments, "DLWEIGHT", 1, NULL) == DATELINE_OK &&
           dl_opinion_open_words(&s->opinion, vectors, NULL) == DATELINE_OK &&
           dl_text_open(s->lexicon, &s->segments, &s->text, NULL) == DATELINE_OK &&
           dl_who_open(s->lexicon, &s->who, NULL) == DATELINE_OK &&
           dl_what_open(s->lexicon, NULL, 0, &s->what, NULL) == DATELINE_OK &&
           (s->scratch = dl_parse_scratch_new(s->parser)) != NULL;
}

static void print_word(const dl_work *work, const dl_opinion *opinion, uint32_t line, int32_t token)
{
    static uint8_t inputs[DL_OPINION_INPUTS_MAX];
    const dl_document *document = work->document;
    uint32_t category = 0, outer = 0;
    for (size_t i = 0; i < document->event_count; i++) {
        const dl_event *event = &document->events[i];
        if (event->anchor == token || event->outer == token) {
            category = event->category;
            outer = event->outer != event->anchor;
        }
    }
    uint32_t width = (uint32_t)dl_opinion_width(document->vector_width, opinion);
    uint32_t head[] = {line,     document->tokens[token].span.start,
                       document->tokens[token].span.end,
                       category, outer,
                       document->tokens[token].upos,
                       width};
    uint8_t matter[DL_OPINION_WIDTH_MAX];
    dl_opinion_subject_matter(work, opinion,
                              &document->sentences[document->tokens[token].sentence], matter);
    dl_opinion_inputs(work, opinion, token, matter, inputs);
    fwrite(head, sizeof *head, sizeof head / sizeof *head, stdout);
    fwrite(inputs, 1, width, stdout);
}

static bool print_line(const stages *s, uint32_t line, dl_string text)
{
    dl_document document = {.arena = s->arena,
                            .id = DL_STRING("line"),
                            .text = text,
                            .date = {.year = 2015, .month = 6, .day = 1},
                            .wants_vectors = true};
    if (dl_text_run(s->text, &document, NULL) != DATELINE_OK ||
        dl_parse_run(s->parser, s->scratch, &document, NULL) != DATELINE_OK ||
        dl_who_run(s->who, &document, NULL) != DATELINE_OK ||
        dl_what_run(s->what, &document, NULL) != DATELINE_OK)
        return false;
    dl_work work = {.what = s->what,
                    .frames = s->what->frames,
                    .document = &document,
                    .tokens = document.tokens};
    if (!dl_words_prepare(&work))
        return false;
    for (size_t t = 0; t < document.token_count; t++)
        if (dl_opinion_asks(&work, (int32_t)t))
            print_word(&work, &s->opinion, line, (int32_t)t);
    return true;
}

int main(int count, char **arguments)
{
    stages s = {0};
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    if (count != 5 ||
        !open_stages(&s, arguments[1], arguments[2], arguments[3], arguments[4])) {
        fprintf(stderr, "usage: features LEXICON PARSER.WEIGHTS SEGMENT.WEIGHTS VECTORS\n");
        return 2;
    }
    for (uint32_t number = 0; (size = getline(&line, &room, stdin)) > 0; number++) {
        size_t length = (size_t)size - (line[size - 1] == '\n');
        dl_arena_reset(s.arena);
        if (length > 0 && !print_line(&s, number, (dl_string){line, length}))
            fprintf(stderr, "line %u could not be read\n", number + 1);
    }
    free(line);
    return 0;
}
