/* The text stage: tokens, sentences, what is set aside, repairs, limits. The lexicon is
 * compiled from the project's own lists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "text/text.h"

#ifndef DATELINE_SOURCE_FOLDER
#define DATELINE_SOURCE_FOLDER "."
#endif

typedef struct fixture {
    char path[64];
    dl_lexicon *lexicon;
    dl_chunks weights;
    dl_text *learned, *ruled; /* with and without weights */
    dl_arena *arena;
} fixture;

static void report(void *context, const dateline_error *finding)
{
    (void)context;
    fprintf(stderr, "%s:%lu: %s\n", finding->file, (unsigned long)finding->line,
            finding->message);
}

/* The lists alone: a folder with nothing but a link to lexicon/en/text. */
static int set_up(void **state)
{
    dateline_error error = {0};
    fixture *f = calloc(1, sizeof *f);
    char folder[] = "/tmp/test_text_XXXXXX", inside[64], target[512];
    assert_non_null(f);
    assert_non_null(mkdtemp(folder));
    snprintf(inside, sizeof inside, "%s/text", folder);
    snprintf(target, sizeof target, "%s/lexicon/en/text", DATELINE_SOURCE_FOLDER);
    assert_int_equal(symlink(target, inside), 0);
    snprintf(f->path, sizeof f->path, "%s/lexicon", folder);
    dateline_status status =
        dateline_lexicon_compile(folder, NULL, f->path, report, NULL, &error);
    assert_int_equal(status, DATELINE_OK);
    assert_int_equal(dl_lexicon_open(f->path, &f->lexicon, &error), DATELINE_OK);
    snprintf(target, sizeof target, "%s/models/en/segment.weights",
             DATELINE_SOURCE_FOLDER);
    assert_int_equal(dl_chunks_open(&f->weights, target, "DLWEIGHT", 1, &error),
                     DATELINE_OK);
    assert_int_equal(dl_text_open(f->lexicon, &f->weights, &f->learned, &error),
                     DATELINE_OK);
    assert_int_equal(dl_text_open(f->lexicon, NULL, &f->ruled, &error), DATELINE_OK);
    f->arena = dl_arena_new();
    assert_non_null(f->arena);
    unlink(f->path);
    unlink(inside);
    rmdir(folder);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    dl_text_close(f->learned);
    dl_text_close(f->ruled);
    dl_chunks_close(&f->weights);
    dl_lexicon_close(f->lexicon);
    dl_arena_free(f->arena);
    free(f);
    return 0;
}

static dl_document read_text(fixture *f, const dl_text *text, const char *given)
{
    dateline_error error = {0};
    dl_arena_reset(f->arena);
    dl_document document = {.arena = f->arena, .text = dl_string_from(given)};
    document.date = (dl_date){2021, 3, 4};
    assert_int_equal(dl_text_run(text, &document, &error), DATELINE_OK);
    return document;
}

/* Tokens parted by spaces; words inside one multiword token by "+". */
static void print_tokens(const dl_document *document, int32_t first, int32_t last,
                         dl_buffer *out)
{
    for (int32_t i = first; i <= last; i++) {
        if (i > first)
            dl_buffer_add_char(out, document->tokens[i].inside_multiword ? '+' : ' ');
        dl_buffer_add_string(out, document->tokens[i].form);
    }
    dl_buffer_add_char(out, '\0');
}

static void tokens(void **state)
{
    static const struct {
        const char *given, *wanted;
    } cases[] = {
        {"We don't know.", "We do+n't know ."},
        {"They can\u2019t go", "They ca+n\u2019t go"},
        {"They couldn't've known", "They could+n't+'ve known"},
        {"It cannot last; we're gonna win", "It can+not last ; we+'re gon+na win"},
        {"the minister's aide", "the minister+'s aide"},
        {"the farmers' union called", "the farmers+' union called"},
        {"'the farmers' left", "' the farmers ' left"},
        {"an anti-graft drive in mid-June", "an anti-graft drive in mid-June"},
        {"a well-known six-week strike", "a well - known six - week strike"},
        {"The U.S. and U.N. envoys", "The U.S. and U.N. envoys"},
        {"Gen. K. Moyo met Dr. Alba", "Gen. K. Moyo met Dr. Alba"},
        {"Gen. A. B. Moyo met Dr. I. Alba", "Gen. A. B. Moyo met Dr. I. Alba"},
        {"So did I. Then plan A. They left", "So did I . Then plan A . They left"},
        {"at 5:30 p.m. on Jan. 4", "at 5:30 p.m. on Jan. 4"},
        {"at 5pm after 30km", "at 5 pm after 30 km"},
        {"Resolution No. 7 passed", "Resolution No. 7 passed"},
        {"They said no. Then they left", "They said no . Then they left"},
        {"12,500 people, 3.5% of 1,2", "12,500 people , 3.5 % of 1 , 2"},
        {"$4.2m or \u20AC3", "$ 4.2 m or \u20AC 3"},
        {"see http://a.example/x?y=1, or www.b.example.",
         "see http://a.example/x?y=1 , or www.b.example ."},
        {"mail (desk@news.example)", "mail ( desk@news.example )"},
        {"wait... what?! no\u2026", "wait ... what ?! no \u2026"},
        {"left -- or not \u2014 at once", "left -- or not \u2014 at once"},
        {"the vote.Turnout fell", "the vote . Turnout fell"},
        {"on 11/9/2001 and/or 1999-2004", "on 11/9/2001 and / or 1999 - 2004"},
        {"call 555-0134 or 1-800-555-0134", "call 555-0134 or 1-800-555-0134"},
        {"\u201CGo,\u201D he said.", "\u201C Go , \u201D he said ."},
        {"good :) very", "good :) very"},
        {"in the '90s and the 1980's", "in the '90s and the 1980's"},
        {"AT&T and Q&A", "AT&T and Q&A"},
        {"THE ARMY DIDN'T FIRE", "THE ARMY DID+N'T FIRE"},
        {"caf\u00E9-goers", "caf\u00E9 - goers"},
    };
    fixture *f = *state;
    dl_buffer out = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dl_document d = read_text(f, f->ruled, cases[i].given);
        dl_buffer_clear(&out);
        print_tokens(&d, 0, (int32_t)d.token_count - 1, &out);
        assert_string_equal(out.data, cases[i].wanted);
    }
    dl_buffer_release(&out);
}

static void spans_and_folds(void **state)
{
    fixture *f = *state;
    dl_document d = read_text(f, f->ruled, "  \u00C9lan didn\u2019t go.\n");
    assert_int_equal(d.token_count, 5);
    assert_int_equal(d.tokens[0].span.start, 2);
    assert_int_equal(d.tokens[0].span.end, 7);
    assert_true(dl_string_equal(d.tokens[0].fold, DL_STRING("elan")));
    assert_true(d.tokens[0].space_after);
    assert_int_equal(d.tokens[1].multiword, 2);
    assert_false(d.tokens[1].space_after);
    assert_true(dl_string_equal(d.tokens[2].fold, DL_STRING("n't")));
    assert_true(d.tokens[2].inside_multiword && d.tokens[2].space_after);
    assert_int_equal(d.sentence_count, 1);
    assert_int_equal(d.sentences[0].span.start, 2);
    assert_int_equal(d.sentences[0].span.end, 20);
    assert_int_equal(d.tokens[4].sentence, 0);
    assert_int_equal(d.tokens[4].head, -1);
}

/* Number of sentences, with weights and by rule alone. */
static void sentences(void **state)
{
    static const struct {
        const char *given;
        size_t wanted;
    } cases[] = {
        {"Troops left the valley. Villagers came back.", 2},
        {"Mr. Daro met Gen. Lenn in the U.S. on Tuesday.", 1},
        {"\u201CWe will stay,\u201D she said. \u201CNobody leaves.\u201D Then she left.",
         3},
        {"The price rose 3.5 percent. Why? Nobody knows!", 3},
        {"THE REBELS ATTACKED THE BRIDGE. TWO SOLDIERS DIED.", 2},
        {"The talks failed.\n\nThe war went on.", 2},
        {"The talks failed\nThe war went on.", 2},
        {"", 0},
        {" \n\t \n", 0},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dl_document d = read_text(f, f->learned, cases[i].given);
        assert_int_equal(d.sentence_count, cases[i].wanted);
        d = read_text(f, f->ruled, cases[i].given);
        assert_int_equal(d.sentence_count, cases[i].wanted);
    }
}

/* The sentences of a document, parted by " | ". */
static void print_sentences(const dl_document *document, dl_buffer *out)
{
    for (size_t i = 0; i < document->sentence_count; i++) {
        if (i > 0)
            dl_buffer_add_string(out, DL_STRING(" | "));
        dl_buffer_add_string(out,
                             dl_document_slice(document, document->sentences[i].span));
    }
    dl_buffer_add_char(out, '\0');
}

/* tests/text/sentences.txt: paragraphs with their sentences marked. */
static void news_sentences(void **state)
{
    fixture *f = *state;
    dl_buffer out = {0};
    char line[1024], given[1024];
    size_t count = 0;
    FILE *file = fopen(DATELINE_SOURCE_FOLDER "/tests/text/sentences.txt", "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        size_t used = 0;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        for (const char *at = line; *at; at++) {
            if (strncmp(at, " | ", 3) == 0)
                at += 2; /* the last blank stays */
            given[used++] = *at;
        }
        given[used] = '\0';
        dl_document d = read_text(f, f->learned, given);
        dl_buffer_clear(&out);
        print_sentences(&d, &out);
        assert_string_equal(out.data, line);
        count++;
    }
    assert_int_equal(ferror(file), 0);
    fclose(file);
    dl_buffer_release(&out);
    assert_true(count >= 30);
}

/* A bullet and what it introduces are one sentence, in any line of a list. */
static void bullets_stay_with_their_line(void **state)
{
    fixture *f = *state;
    dl_buffer out = {0};
    dl_document d =
        read_text(f, f->learned,
                  "The points:\n\u2022 Rebels seized the town of Kava\n\u2022 The army "
                  "said it would respond\n\u2022 Talks resume. Nobody was hurt");
    print_sentences(&d, &out);
    assert_string_equal(
        out.data, "The points: | \u2022 Rebels seized the town of Kava | \u2022 The "
                  "army said it would respond | \u2022 Talks resume. | Nobody was "
                  "hurt");
    dl_buffer_release(&out);
}

static void hard_wrapped_lines_are_joined(void **state)
{
    fixture *f = *state;
    dl_document d =
        read_text(f, f->learned,
                  "The governor of the northern province told reporters that the\n"
                  "dam would hold through the rains, though engineers who looked\n"
                  "at its western wall last week had found water in two of the\n"
                  "three galleries below it. Nobody has left the valley so far,\n"
                  "he said.\n");
    assert_int_equal(d.sentence_count, 2);
    assert_int_equal(d.sentences[1].paragraph, 0);
}

typedef struct aside_case {
    const char *given;
    size_t skips;
    dl_skip_why why;
    const char *skipped;
    size_t sentences, headings;
} aside_case;

#define BODY                                                                             \
    "Police cleared the square on Sunday after two days of protest, and closed it."

static void asides(void **state)
{
    static const aside_case cases[] = {
        {BODY "\n\u2192 READ. Farmers block the port", 1, DL_SKIP_LINK,
         "\u2192 READ. Farmers block the port", 1, 0},
        {BODY "\nRead more: Farmers block the port\n" BODY, 1, DL_SKIP_LINK,
         "Read more: Farmers block the port", 2, 0},
        {BODY "\nRELATED STORIES\n" BODY, 1, DL_SKIP_LINK, "RELATED STORIES", 2, 0},
        {BODY "\n-> Farmers block the port", 1, DL_SKIP_LINK, "-> Farmers block the port",
         1, 0},
        {BODY "\nSign up for our newsletter.", 1, DL_SKIP_BOILERPLATE,
         "Sign up for our newsletter.", 1, 0},
        {BODY "\nCopyright 2020 The Valley Post. All rights reserved.", 1,
         DL_SKIP_BOILERPLATE, "Copyright 2020 The Valley Post. All rights reserved.", 1,
         0},
        {"FILE PHOTO: A guard at the gate, May 2, 2019.\n" BODY, 1, DL_SKIP_CAPTION,
         "FILE PHOTO: A guard at the gate, May 2, 2019.", 1, 0},
        {"A guard at the gate (Photo: L. Orr/Getty Images)\n" BODY, 1, DL_SKIP_CAPTION,
         "A guard at the gate (Photo: L. Orr/Getty Images)", 1, 0},
        {"A square in ruins\n" BODY, 1, DL_SKIP_HEADING, "A square in ruins", 2, 1},
        {"BEIRUT, March 3 (Reuters) - " BODY, 1, DL_SKIP_DATELINE,
         "BEIRUT, March 3 (Reuters) -", 1, 0},
        {"CAIRO \u2014 " BODY, 1, DL_SKIP_DATELINE, "CAIRO \u2014", 1, 0},
        {"WASHINGTON (AP) -- " BODY, 1, DL_SKIP_DATELINE, "WASHINGTON (AP) --", 1, 0},
        {"Lima (AFP) - " BODY, 1, DL_SKIP_DATELINE, "Lima (AFP) -", 1, 0},
        /* nothing is set aside here */
        {"They read more books than before.", 0, 0, NULL, 1, 0},
        {"A photo of the guard led to his arrest.", 0, 0, NULL, 1, 0},
        {"Two parties - old rivals - agreed on Sunday.", 0, 0, NULL, 1, 0},
        {"A square in ruins", 0, 0, NULL, 1, 0},
        {"He said the copyright law must change.", 0, 0, NULL, 1, 0},
    };
    fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dl_document d = read_text(f, f->learned, cases[i].given);
        size_t headings = 0;
        for (size_t s = 0; s < d.sentence_count; s++)
            headings += d.sentences[s].heading;
        if (d.skip_count != cases[i].skips || d.sentence_count != cases[i].sentences)
            fail_msg("%s: %zu skips, %zu sentences", cases[i].given, d.skip_count,
                     d.sentence_count);
        assert_int_equal(headings, cases[i].headings);
        if (!cases[i].skips)
            continue;
        assert_int_equal(d.skips[0].why, cases[i].why);
        assert_true(dl_string_equal(dl_document_slice(&d, d.skips[0].span),
                                    dl_string_from(cases[i].skipped)));
    }
}

static void dateline_dates(void **state)
{
    fixture *f = *state;
    dl_document d = read_text(f, f->ruled, "BEIRUT, Dec. 30 (Reuters) - " BODY);
    assert_int_equal(d.dateline_date.year, 2020); /* the article is of March 2021 */
    assert_int_equal(d.dateline_date.month, 12);
    assert_int_equal(d.dateline_date.day, 30);
    d = read_text(f, f->ruled, "QUITO, 4 FEB 89 (AFP) -- [TEXT] POLICE CLEARED IT.");
    assert_int_equal(d.dateline_date.year, 1989);
    assert_int_equal(d.sentences[0].span.start, 32);
    d = read_text(f, f->ruled, "OSLO \u2014 " BODY);
    assert_int_equal(d.dateline_date.year, 0);
}

static void repairs(void **state)
{
    static const struct {
        const char *given, *was, *now, *wanted;
    } cases[] = {
        {"They rose once morest the king.", "once morest", "against",
         "They rose against the king ."},
        {"Once morest all advice he left.", "Once morest", "against",
         "Against all advice he left ."},
        {"It took regarding ten days.", "regarding", "about", "It took about ten days ."},
        {"The joined states agreed.", "joined states", "united states",
         "The united states agreed ."},
        {"A caf\u00C3\u00A9 owner left.", "\u00C3\u00A9", "\u00E9",
         "A caf\u00E9 owner left ."},
        {"The king\u00E2\u20AC\u2122s men.", "\u00E2\u20AC\u2122", "\u2019",
         "The king+\u2019s men ."},
        {"A note regarding ten cases.", NULL, NULL, "A note regarding ten cases ."},
        {"They met once more.", NULL, NULL, "They met once more ."},
    };
    fixture *f = *state;
    dl_buffer out = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dl_document d = read_text(f, f->ruled, cases[i].given);
        dl_buffer_clear(&out);
        print_tokens(&d, 0, (int32_t)d.token_count - 1, &out);
        assert_string_equal(out.data, cases[i].wanted);
        assert_int_equal(d.repair_count, cases[i].was != NULL);
        if (!cases[i].was)
            continue;
        assert_true(dl_string_equal(d.repairs[0].was, dl_string_from(cases[i].was)));
        assert_true(dl_string_equal(d.repairs[0].now, dl_string_from(cases[i].now)));
        assert_true(
            dl_string_equal(dl_document_slice(&d, d.repairs[0].span), d.repairs[0].was));
        assert_true(d.repairs[0].rule.size > 0);
    }
    dl_buffer_release(&out);
}

static void repaired_words_keep_their_place(void **state)
{
    fixture *f = *state;
    dl_document d = read_text(f, f->ruled, "They rose once morest the king.");
    assert_true(dl_string_equal(d.tokens[2].fold, DL_STRING("against")));
    assert_int_equal(d.tokens[2].span.start, 10);
    assert_int_equal(d.tokens[2].span.end, 21);
    assert_int_equal(d.tokens[3].span.start, 22);
}

static void verbatim_keeps_all(void **state)
{
    fixture *f = *state;
    dateline_error error = {0};
    dl_arena_reset(f->arena);
    dl_document d = {.arena = f->arena, .verbatim = true};
    d.text = DL_STRING("CAIRO (AP) - They rose once morest him.\nRead more: the king");
    assert_int_equal(dl_text_run(f->learned, &d, &error), DATELINE_OK);
    size_t bytes = 0, wanted = 0;
    for (size_t i = 0; i < d.token_count; i++)
        bytes += d.tokens[i].form.size;
    for (size_t i = 0; i < d.text.size; i++)
        wanted += d.text.data[i] != ' ' && d.text.data[i] != '\n';
    assert_int_equal(bytes, wanted);
    assert_int_equal(d.repair_count, 0);
}

/* Hard input: every token lies in its place, spans rise, nothing takes long. */
static void limits(void **state)
{
    static const char *const pieces[] = {"word ", ",",      "a.",  "'",      "x-",
                                         "(",     "\u00C3", "1,",  "\u201C", "- ",
                                         "/",     "A. ",    "n't", "@a.",    "re-"};
    enum { BYTES = 1 << 20 };
    fixture *f = *state;
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
        dl_buffer text = {0};
        while (text.size < BYTES)
            dl_buffer_add_text(&text, pieces[p]);
        dl_buffer_add_char(&text, '\0');
        clock_t start = clock();
        dl_document d = read_text(f, f->learned, text.data);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds > 20)
            fail_msg("1 MiB of \"%s\" took %.1f s", pieces[p], seconds);
        uint32_t at = 0;
        for (size_t i = 0; i < d.token_count; i++) {
            assert_true(d.tokens[i].span.start >= at);
            assert_true(d.tokens[i].span.end >= d.tokens[i].span.start);
            at = d.tokens[i].span.end;
        }
        for (size_t s = 0; s < d.sentence_count; s++)
            assert_true(d.sentences[s].last - d.sentences[s].first <
                        DL_SENTENCE_TOKENS_MAX + 4);
        dl_buffer_release(&text);
    }
}

static void too_many_tokens(void **state)
{
    fixture *f = *state;
    dateline_error error = {0};
    size_t size = 2u * DL_TOKENS_MAX + 64;
    char *text = malloc(size);
    assert_non_null(text);
    memset(text, ';', size);
    dl_arena_reset(f->arena);
    for (size_t i = 0; i < size; i += 2)
        text[i] = i % 512 ? ' ' : '\n';
    dl_document d = {.arena = f->arena, .text = {text, size}, .verbatim = true};
    assert_int_equal(dl_text_run(f->ruled, &d, &error), DATELINE_TOO_MANY_TOKENS);
    free(text);
}

static void damaged_weights(void **state)
{
    fixture *f = *state;
    static const struct {
        uint32_t head[4];
        size_t size;
        dateline_status wanted;
    } cases[] = {
        {{1, 8, 0, 0}, 16 + 512, DATELINE_OK},
        {{1, 8, 0, 0}, 16 + 510, DATELINE_BAD_FILE},
        {{1, 40, 0, 0}, 16 + 512, DATELINE_BAD_FILE},
        {{9, 8, 0, 0}, 16 + 512, DATELINE_OTHER_VERSION},
        {{1, 8, 0, 0}, 8, DATELINE_BAD_FILE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char bytes[16 + 512] = {0}, path[] = "/tmp/test_text_XXXXXX";
        dateline_error error = {0};
        dl_chunks chunks = {0};
        dl_text *text = NULL;
        dl_buffer out = {0};
        memcpy(bytes, cases[i].head, sizeof cases[i].head);
        dl_chunk_source source = {"segment", {bytes, cases[i].size}};
        dl_chunks_write(&out, "DLWEIGHT", 1, &source, 1);
        int handle = mkstemp(path);
        assert_int_equal(write(handle, out.data, out.size), (ssize_t)out.size);
        close(handle);
        assert_int_equal(dl_chunks_open(&chunks, path, "DLWEIGHT", 1, &error),
                         DATELINE_OK);
        assert_int_equal(dl_text_open(f->lexicon, &chunks, &text, &error),
                         cases[i].wanted);
        dl_text_close(text);
        dl_chunks_close(&chunks);
        dl_buffer_release(&out);
        unlink(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens),
        cmocka_unit_test(spans_and_folds),
        cmocka_unit_test(sentences),
        cmocka_unit_test(news_sentences),
        cmocka_unit_test(bullets_stay_with_their_line),
        cmocka_unit_test(hard_wrapped_lines_are_joined),
        cmocka_unit_test(asides),
        cmocka_unit_test(dateline_dates),
        cmocka_unit_test(repairs),
        cmocka_unit_test(repaired_words_keep_their_place),
        cmocka_unit_test(verbatim_keeps_all),
        cmocka_unit_test(limits),
        cmocka_unit_test(too_many_tokens),
        cmocka_unit_test(damaged_weights),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
