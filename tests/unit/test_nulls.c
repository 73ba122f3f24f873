/* Nulls: the tally and its bounds, the shapes of predicates and names, the interface. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "record/tally.h"

/* ---- The tally ---- */

static void add(dl_tally *tally, dl_null_kind kind, const char *text, uint32_t sentence)
{
    dl_met met = {.kind = kind,
                  .text = dl_string_from(text),
                  .where = {DL_STRING("doc"), DL_STRING("A sentence."), sentence}};
    assert_true(dl_tally_add(tally, &met));
}

static void counts_and_order(void **state)
{
    (void)state;
    dl_tally tally;
    size_t count;
    assert_true(dl_tally_init(&tally, 100));
    for (uint32_t article = 0; article < 3; article++) {
        dl_tally_next_article(&tally);
        add(&tally, DL_NULL_PLACE, "b", article);
        add(&tally, DL_NULL_PREDICATE, "b", article);
        add(&tally, DL_NULL_PREDICATE, "b", article);
        add(&tally, DL_NULL_PREDICATE, "a", 1);
        add(&tally, DL_NULL_PREDICATE, "a", 1);
    }
    add(&tally, DL_NULL_PREDICATE, "rare", 1);
    const dl_tally_entry **order = dl_tally_order(&tally, 2, &count);
    assert_int_equal(count, 3);
    assert_true(dl_string_equal(order[0]->text, DL_STRING("a")));
    assert_true(dl_string_equal(order[1]->text, DL_STRING("b")));
    assert_int_equal(order[2]->kind, DL_NULL_PLACE);
    assert_int_equal(order[0]->count, 6);
    assert_int_equal(order[0]->articles, 3);
    assert_int_equal(order[0]->example_count, 1); /* always the same sentence */
    assert_int_equal(order[1]->example_count, DL_TALLY_EXAMPLES_MAX);
    dl_tally_release(&tally);
}

static void drops_the_rarest(void **state)
{
    (void)state;
    enum { LIMIT = 10, ROUNDS = 40 };
    dl_tally tally;
    size_t count;
    assert_true(dl_tally_init(&tally, LIMIT));
    for (uint32_t i = 0; i < ROUNDS; i++) {
        char text[16];
        snprintf(text, sizeof text, "rare%u", i);
        dl_tally_next_article(&tally);
        add(&tally, DL_NULL_PERSON, "often", i);
        add(&tally, DL_NULL_PERSON, text, i);
        assert_true(tally.count < LIMIT);
    }
    const dl_tally_entry **order = dl_tally_order(&tally, 2, &count);
    assert_int_equal(count, 1);
    assert_int_equal(order[0]->count, ROUNDS);
    assert_int_equal(order[0]->articles, ROUNDS);
    assert_int_equal(order[0]->example_count, DL_TALLY_EXAMPLES_MAX);
    assert_int_equal(tally.dropped + tally.count, ROUNDS + 1);
    dl_tally_release(&tally);
}

static void drops_all_where_all_are_rare(void **state)
{
    (void)state;
    dl_tally tally;
    assert_true(dl_tally_init(&tally, 2));
    add(&tally, DL_NULL_PERSON, "a", 1);
    add(&tally, DL_NULL_PERSON, "b", 1);
    assert_int_equal(tally.count, 0);
    assert_int_equal(tally.dropped, 2);
    dl_tally_release(&tally);
}

/* Texts too long are passed over; examples are cut where a letter begins. */
static void cuts(void **state)
{
    (void)state;
    char bytes[2 * DL_TALLY_EXAMPLE_BYTES_MAX];
    dl_tally tally;
    assert_true(dl_tally_init(&tally, 100));
    bytes[0] = 'x';
    for (size_t i = 1; i + 1 < sizeof bytes; i += 2)
        memcpy(bytes + i, "\xC3\xA9", 2);
    dl_met met = {.text = {bytes, DL_TALLY_TEXT_BYTES_MAX + 1},
                  .where = {.text = {bytes, sizeof bytes - 1}}};
    assert_true(dl_tally_add(&tally, &met));
    assert_int_equal(tally.count, 0);
    met.text.size = DL_TALLY_TEXT_BYTES_MAX - 1;
    assert_true(dl_tally_add(&tally, &met));
    assert_int_equal(tally.count, 1);
    dl_string kept = tally.entries[0].examples[0].text;
    assert_int_equal(kept.size, DL_TALLY_EXAMPLE_BYTES_MAX - 1);
    assert_int_equal(dl_utf8_check(kept), kept.size);
    dl_tally_release(&tally);
}

/* ---- Over the built data ---- */

typedef struct bytes {
    char data[1 << 14];
    size_t size;
    bool refuse;
} bytes;

static bool keep(void *context, const char *data, size_t size)
{
    bytes *out = context;
    if (out->refuse || out->size + size >= sizeof out->data)
        return false;
    memcpy(out->data + out->size, data, size);
    out->size += size;
    out->data[out->size] = '\0';
    return true;
}

static int open_worker(void **state)
{
    static dateline_engine *engine;
    static dateline_worker *worker;
    static void *both[2];
    if (dateline_engine_open(NULL, &engine, NULL) != DATELINE_OK ||
        dateline_worker_new(engine, &worker, NULL) != DATELINE_OK)
        return -1;
    both[0] = engine;
    both[1] = worker;
    *state = both;
    return 0;
}

static int close_worker(void **state)
{
    void **both = *state;
    dateline_worker_free(both[1]);
    dateline_engine_close(both[0]);
    return 0;
}

static dateline_worker *worker_of(void **state)
{
    return ((void **)*state)[1];
}

static dateline_article article_of(const char *text)
{
    return (dateline_article){
        .id = {"one", 3}, .date = {"2020-01-15", 10}, .text = {text, strlen(text)}};
}

/* What is left out of one text, as JSON Lines. */
static void nulls_of(void **state, const char *text, bytes *out)
{
    dateline_nulls *nulls;
    dateline_nulls_options options = {.least = 1};
    dateline_article article = article_of(text);
    *out = (bytes){0};
    assert_int_equal(dateline_worker_code(worker_of(state), &article, NULL), DATELINE_OK);
    assert_int_equal(dateline_nulls_new(&nulls, NULL), DATELINE_OK);
    assert_int_equal(dateline_nulls_add(nulls, worker_of(state), NULL), DATELINE_OK);
    assert_int_equal(dateline_nulls_write(nulls, &options, keep, out, NULL), DATELINE_OK);
    dateline_nulls_free(nulls);
}

static void expect(void **state, const char *text, const char *line)
{
    bytes out;
    char wanted[128];
    snprintf(wanted, sizeof wanted, "\"text\":\"%s\"", line);
    nulls_of(state, text, &out);
    if (!strstr(out.data, wanted))
        fail_msg("%s: no %s in: %s", text, wanted, out.data);
}

static void expect_none(void **state, const char *text)
{
    bytes out;
    nulls_of(state, text, &out);
    if (out.size > 0)
        fail_msg("%s: %s", text, out.data);
}

static void shapes(void **state)
{
    expect(state, "Mali hectored Niger.", "hector OBJECT");
    expect(state, "Niger was hectored by Mali.", "hector OBJECT");
    expect(state, "France and Chad carved up the region.", "carve up OBJECT");
    expect(state, "The French president took office.", "take office");
    expect(state, "Niger strives to placate Mali.", "strive to");
    expect(state, "The army jousted with Mali on Monday.", "joust with");
}

static void names(void **state)
{
    expect(state, "Soldiers met the Ubari River League.", "Ubari River League : --- -");
    bytes out;
    nulls_of(state, "Ubari River League fighters slept.", &out);
    assert_non_null(strstr(out.data, "\"kind\":\"organisation\""));
    assert_non_null(strstr(out.data, "\"beside\":\"fighter\""));
}

/* Records, what stands on them, saying, and names that are known. */
static void no_nulls(void **state)
{
    expect_none(state, "Police in Lagos arrested 40 marchers on Friday.");
    expect_none(state, "France refused to withdraw its soldiers from Mali.");
    expect_none(state, "The army launched an attack on Mali.");
    expect_none(state, "The French president said that it was late.");
    expect_none(state, "The cat hectored the dog.");
}

static void wrong_calls(void **state)
{
    dateline_nulls *nulls;
    dateline_article article = article_of("Mali hectored Niger.");
    dateline_error error = {0};
    bytes out = {0};
    assert_int_equal(dateline_nulls_new(&nulls, NULL), DATELINE_OK);
    assert_int_equal(dateline_worker_parse(worker_of(state), &article, NULL),
                     DATELINE_OK);
    assert_int_equal(dateline_nulls_add(nulls, worker_of(state), &error), DATELINE_USAGE);
    assert_true(error.message[0] != '\0');
    assert_int_equal(dateline_nulls_write(nulls, NULL, keep, &out, NULL), DATELINE_OK);
    assert_int_equal(out.size, 0);
    assert_int_equal(dateline_worker_code(worker_of(state), &article, NULL), DATELINE_OK);
    for (int i = 0; i < 2; i++)
        assert_int_equal(dateline_nulls_add(nulls, worker_of(state), NULL), DATELINE_OK);
    out.refuse = true;
    assert_int_equal(dateline_nulls_write(nulls, NULL, keep, &out, NULL),
                     DATELINE_WRITE_FAILED);
    out.refuse = false;
    assert_int_equal(dateline_nulls_write(nulls, NULL, keep, &out, NULL), DATELINE_OK);
    assert_non_null(strstr(out.data, "\"count\":2,\"articles\":2"));
    assert_int_equal(dateline_nulls_dropped(nulls), 0);
    dateline_nulls_free(nulls);
    dateline_nulls_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_and_order),
        cmocka_unit_test(drops_the_rarest),
        cmocka_unit_test(drops_all_where_all_are_rare),
        cmocka_unit_test(cuts),
        cmocka_unit_test(shapes),
        cmocka_unit_test(names),
        cmocka_unit_test(no_nulls),
        cmocka_unit_test(wrong_calls),
    };
    return cmocka_run_group_tests(tests, open_worker, close_worker);
}
