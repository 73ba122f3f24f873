/* When, where, how many, according to whom, over the lexicon of the build. Times and
 * quantities need no trees; claims and ties are read from trees made here by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "detail/detail.h"

enum { WORDS_MAX = 64 };

typedef struct bench {
    dl_lexicon *lexicon;
    dl_detail *detail;
    dl_arena *arena;
    dl_document document;
    char text[1024];
} bench;

static int open_bench(void **state)
{
    static bench b;
    dateline_error error = {0};
    assert_int_equal(
        dl_lexicon_open(DATELINE_BUILD_FOLDER "/share/lexicon.en", &b.lexicon, &error),
        DATELINE_OK);
    assert_int_equal(dl_detail_open(b.lexicon, &b.detail, &error), DATELINE_OK);
    b.arena = dl_arena_new();
    assert_non_null(b.arena);
    *state = &b;
    return 0;
}

static int close_bench(void **state)
{
    bench *b = *state;
    dl_detail_close(b->detail);
    dl_lexicon_close(b->lexicon);
    dl_arena_free(b->arena);
    return 0;
}

/* Reads "form/UPOS/head/deprel/lemma" words (head from 1, 0 the root; what is left out is
 * nothing) as one sentence of an article of 2022-01-13. */
static dl_document *make(bench *b, const char *words)
{
    dl_arena_reset(b->arena);
    b->document = (dl_document){.arena = b->arena, .date = {2022, 1, 13}};
    dl_document *d = &b->document;
    d->tokens = DL_ARENA_ARRAY(b->arena, dl_token, WORDS_MAX);
    d->sentences = DL_ARENA_ARRAY(b->arena, dl_sentence, 1);
    size_t used = 0;
    dl_string all = dl_string_from(words);
    for (size_t at = 0; at < all.size;) {
        size_t end = dl_string_find(all, ' ', at);
        dl_string word = dl_string_slice(all, at, end), part[5] = {{0}};
        for (size_t k = 0, from = 0; k < 5 && from < word.size; k++) {
            size_t stop = dl_string_find(word, '/', from);
            part[k] = dl_string_slice(word, from, stop);
            from = stop + 1;
        }
        dl_token *t = &d->tokens[d->token_count++];
        uint64_t head = 0;
        dl_string_to_uint(part[2], &head);
        memcpy(b->text + used, part[0].data, part[0].size);
        t->span = (dl_span){(uint32_t)used, (uint32_t)(used + part[0].size)};
        t->form = dl_arena_string(b->arena, part[0]);
        t->fold = dl_utf8_fold(b->arena, part[0]);
        t->lemma = part[4].size ? part[4] : t->fold;
        t->upos = (uint8_t)(part[1].size ? dl_upos_find(part[1]) : DL_NO_UPOS);
        t->head = (int32_t)head - 1;
        t->deprel = (uint8_t)(part[3].size ? dl_deprel_find(part[3]) : DL_NO_DEPREL);
        t->space_after = true;
        used += part[0].size;
        b->text[used++] = ' ';
        at = end + 1;
    }
    d->text = (dl_string){b->text, used};
    d->sentence_count = 1;
    d->sentences[0] =
        (dl_sentence){.span = {0, (uint32_t)used}, .last = (int32_t)d->token_count - 1};
    dl_document_link(d);
    return d;
}

static dl_document *run(bench *b, const char *words)
{
    dl_document *d = make(b, words);
    assert_int_equal(dl_detail_run(b->detail, d, NULL), DATELINE_OK);
    return d;
}

static void expect_time(bench *b, const char *words, const char *value)
{
    dl_document *d = run(b, words);
    for (size_t i = 0; i < d->time_count; i++)
        if (dl_string_equal(d->times[i].value, dl_string_from(value)))
            return;
    fail_msg("%s: no time %s (%zu times, first %.*s)", words, value, d->time_count,
             d->time_count ? (int)d->times[0].value.size : 0,
             d->time_count ? d->times[0].value.data : "");
}

static void test_stated_times(void **state)
{
    expect_time(*state, "on Thursday , January 13 , they left", "2022-01-13");
    expect_time(*state, "on 4 May 1998 they left", "1998-05-04");
    expect_time(*state, "the spring of 1943 was cold", "1943-SP");
    expect_time(*state, "in the 1990s it was closed", "199");
    expect_time(*state, "during the 19th century", "18");
    expect_time(*state, "in the second quarter of 2010", "2010-Q2");
    expect_time(*state, "founded in 480 BC by settlers", "BC0480");
    expect_time(*state, "on 2019-03-20 he resigned", "2019-03-20");
}

static void test_relative_times(void **state)
{
    expect_time(*state, "they met yesterday", "2022-01-12");
    expect_time(*state, "ten days ago it rained", "2022-01-03");
    expect_time(*state, "last week it rained", "2022-W01");
    expect_time(*state, "on 3 June 2021 it fell , and two days later it rose",
                "2021-06-05");
    expect_time(*state, "the first week of March 2021", "2021-W09");
    expect_time(*state, "for ten days it rained", "P10D");
    expect_time(*state, "every Friday they pray", "XXXX-WXX-5");
    expect_time(*state, "tomorrow at 4 pm", "2022-01-14T16");
}

static void test_range_covers_both_ends(void **state)
{
    dl_document *d = run(*state, "from 3 to 5 May 2020 they fought");
    assert_int_equal(d->time_count, 2);
    assert_int_equal(d->times[0].start.day, 3);
    assert_int_equal(d->times[0].end.day, 5);
}

static void test_words_that_are_no_times(void **state)
{
    assert_int_equal(run(*state, "they/PRON may/AUX march/VERB")->time_count, 0);
    assert_int_equal(run(*state, "the fall of the city")->time_count, 0);
    assert_int_equal(run(*state, "2,300 soldiers and 1,914 tanks")->time_count, 0);
}

static void expect_quantity(bench *b, const char *words, double value,
                            dl_relation relation, const char *unit)
{
    dl_document *d = run(b, words);
    assert_int_equal(d->quantity_count, 1);
    const dl_quantity *q = &d->quantities[0];
    assert_true(q->value > value - 1e-6 && q->value < value + 1e-6);
    assert_int_equal(q->relation, relation);
    assert_true(dl_string_equal(q->unit, dl_string_from(unit)));
}

static void test_quantities(void **state)
{
    expect_quantity(*state, "nearly 8,000 were held", 8000, DL_NEARLY, "");
    expect_quantity(*state, "more than a hundred died", 100, DL_MORE, "");
    expect_quantity(*state, "at least twenty-one fell", 21, DL_AT_LEAST, "");
    expect_quantity(*state, "$ 3.5 million was spent", 3.5e6, DL_EQUAL, "USD");
    expect_quantity(*state, "dozens fled", 24, DL_ABOUT, "");
    expect_quantity(*state, "it grew 12 percent", 12, DL_EQUAL, "percent");
    expect_quantity(*state, "two hundred and five kilometres away", 205, DL_EQUAL, "km");
    dl_document *d = run(*state, "between 40 and 60 villages");
    assert_int_equal(d->quantity_count, 1);
    assert_int_equal(d->quantities[0].relation, DL_BETWEEN);
    assert_true(d->quantities[0].high == 60);
}

static void test_counted_noun(void **state)
{
    dl_document *d = run(*state, "about/ADV/2/advmod 40/NUM/3/nummod "
                                 "soldiers/NOUN/4/nsubj/soldier left/VERB/0/root/leave");
    assert_int_equal(d->quantity_count, 1);
    assert_int_equal(d->quantities[0].counted, 2);
    assert_true(dl_string_equal(d->quantities[0].unit, DL_STRING("person")));
}

static void test_places(void **state)
{
    dl_document *d =
        run(*state, "they/PRON/2/nsubj met/VERB/0/root in/ADP/4/case "
                    "Nairobi/PROPN/2/obl ,/PUNCT/6/punct Kenya/PROPN/4/nmod");
    assert_int_equal(d->place_count, 2);
    assert_string_equal(d->places[0].country, "KEN");
    assert_int_equal(d->places[0].precision, DL_PRECISION_CITY);
    assert_int_equal(d->places[1].precision, DL_PRECISION_COUNTRY);
    assert_int_equal(run(*state, "they ate turkey at home")->place_count, 0);
}

static void test_indirect_speech(void **state)
{
    dl_document *d =
        run(*state, "the/DET/2/det ministry/NOUN/3/nsubj said/VERB/0/root/say "
                    "on/ADP/5/case Monday/PROPN/3/obl that/SCONJ/8/mark "
                    "rebels/NOUN/8/nsubj left/VERB/3/ccomp/leave");
    assert_int_equal(d->claim_count, 1);
    const dl_claim *claim = &d->claims[0];
    assert_int_equal(claim->first, 5);
    assert_int_equal(claim->last, 7);
    assert_int_equal(claim->cue_token, 2);
    assert_false(claim->quoted);
    assert_int_equal(claim->said.day, 10);
    assert_true(claim->speaker >= 0);
    assert_int_equal(d->mentions[claim->speaker].head, 1);
}

/* A speaker whom nobody mentioned stands behind the mentions there are, however many. */
static void test_new_speaker_keeps_other_mentions(void **state)
{
    enum { MENTIONS = 40 };
    bench *b = *state;
    dl_document *d =
        make(b, "sources/NOUN/2/nsubj said/VERB/0/root/say that/SCONJ/5/mark "
                "rebels/NOUN/5/nsubj left/VERB/2/ccomp/leave");
    d->mentions = DL_ARENA_ARRAY(b->arena, dl_mention, MENTIONS);
    d->entities = DL_ARENA_ARRAY(b->arena, dl_entity, 1);
    d->mention_count = MENTIONS;
    d->entity_count = 1;
    for (int32_t i = 0; i < MENTIONS; i++)
        d->mentions[i] = (dl_mention){.first = 3, .last = 3, .head = 3, .plural = true};
    assert_int_equal(dl_detail_run(b->detail, d, NULL), DATELINE_OK);
    assert_int_equal(d->mention_count, MENTIONS + 1);
    assert_int_equal(d->claims[0].speaker, MENTIONS);
    assert_int_equal(d->mentions[MENTIONS].head, 0);
    for (int32_t i = 0; i < MENTIONS; i++)
        assert_int_equal(d->mentions[i].first, 3);
}

static void test_quote_with_cue_behind(void **state)
{
    dl_document *d =
        run(*state, "“/PUNCT/5/punct The/DET/3/det war/NOUN/5/nsubj is/AUX/5/cop "
                    "over/ADJ/7/ccomp ”/PUNCT/5/punct said/VERB/0/root/say "
                    "Amina/PROPN/7/nsubj Osman/PROPN/8/flat");
    assert_int_equal(d->claim_count, 1);
    assert_true(d->claims[0].quoted);
    assert_int_equal(d->claims[0].first, 1);
    assert_int_equal(d->claims[0].last, 4);
    assert_int_equal(d->mentions[d->claims[0].speaker].head, 7);
}

/* One event of its own at `anchor`, as the stage before would leave it. */
static dl_document *run_event(bench *b, const char *words, int32_t anchor,
                              dl_category category)
{
    dl_document *d = make(b, words);
    d->events = DL_ARENA_ARRAY(b->arena, dl_event, 1);
    d->event_count = 1;
    dl_event *e = &d->events[0];
    e->anchor = e->outer = anchor;
    e->category = category;
    for (int k = 0; k < DL_SIZES; k++)
        e->size_token[k] = -1;
    assert_int_equal(dl_detail_run(b->detail, d, NULL), DATELINE_OK);
    return d;
}

static void test_time_and_place_of_the_clause(void **state)
{
    dl_document *d = run_event(
        *state,
        "police/NOUN/2/nsubj said/VERB/0/root/say on/ADP/4/case Tuesday/PROPN/2/obl "
        "that/SCONJ/7/mark rebels/NOUN/7/nsubj attacked/VERB/2/ccomp/attack "
        "Mombasa/PROPN/7/obj on/ADP/10/case Sunday/PROPN/7/obl in/ADP/12/case "
        "Kenya/PROPN/7/obl",
        6, DL_ASSAULT);
    const dl_event *e = &d->events[0];
    assert_int_equal(e->date.day, 9); /* Sunday, not the Tuesday of the statement */
    assert_int_equal(e->basis, DL_BASIS_RELATIVE);
    assert_true(e->place >= 0);
    assert_string_equal(d->places[e->place].country, "KEN");
    assert_int_equal(e->claim_count, 1);
}

static void test_publication_only_where_actual(void **state)
{
    const char *words = "rebels/NOUN/2/nsubj attacked/VERB/0/root/attack";
    dl_document *d = run_event(*state, words, 1, DL_ASSAULT);
    assert_int_equal(d->events[0].basis, DL_BASIS_PUBLICATION);
    d = make(*state, words);
    d->events = DL_ARENA_ARRAY(d->arena, dl_event, 1);
    d->event_count = 1;
    d->events[0] = (dl_event){.anchor = 1, .outer = 1, .status = DL_EVENT_future};
    assert_int_equal(dl_detail_run(((bench *)*state)->detail, d, NULL), DATELINE_OK);
    assert_int_equal(d->events[0].basis, DL_BASIS_NONE);
    assert_int_equal(d->events[0].date.year, 0);
}

static void test_dead_of_a_relative_clause(void **state)
{
    dl_document *d =
        run_event(*state,
                  "clashes/NOUN/7/nsubj which/PRON/3/nsubj killed/VERB/1/acl:relcl/kill "
                  "at/ADP/5/case least/ADJ/6/nmod 12/NUM/3/obj spread/VERB/0/root/spread",
                  0, DL_ASSAULT);
    const dl_event *e = &d->events[0];
    assert_true(e->size[DL_SIZE_DEAD] >= 0);
    assert_true(d->quantities[e->size[DL_SIZE_DEAD]].value == 12);
    assert_int_equal(d->quantities[e->size[DL_SIZE_DEAD]].relation, DL_AT_LEAST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stated_times),
        cmocka_unit_test(test_relative_times),
        cmocka_unit_test(test_range_covers_both_ends),
        cmocka_unit_test(test_words_that_are_no_times),
        cmocka_unit_test(test_quantities),
        cmocka_unit_test(test_counted_noun),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_indirect_speech),
        cmocka_unit_test(test_new_speaker_keeps_other_mentions),
        cmocka_unit_test(test_quote_with_cue_behind),
        cmocka_unit_test(test_time_and_place_of_the_clause),
        cmocka_unit_test(test_publication_only_where_actual),
        cmocka_unit_test(test_dead_of_a_relative_clause),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
