/* The public interface over the built data: every failure that a caller can meet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dateline.h"

typedef struct bytes {
    char *data;
    size_t size;
    bool refuse;
} bytes;

static bool keep(void *context, const char *data, size_t size)
{
    bytes *out = context;
    if (out->refuse)
        return false;
    char *more = realloc(out->data, out->size + size + 1);
    assert_non_null(more);
    memcpy(more + out->size, data, size);
    out->data = more;
    out->size += size;
    more[out->size] = '\0';
    return true;
}

static dateline_text text_of(const char *text)
{
    return (dateline_text){text, strlen(text)};
}

static dateline_article article_of(const char *date, const char *text)
{
    return (dateline_article){
        .id = text_of("one"), .date = text_of(date), .text = text_of(text)};
}

static const char sentence[] = "Police in Lagos arrested 40 marchers on Friday.";

static int open_engine(void **state)
{
    dateline_error error = {0};
    dateline_engine *engine;
    if (dateline_engine_open(NULL, &engine, &error) != DATELINE_OK) {
        print_error("%s\n", error.message);
        return -1;
    }
    *state = engine;
    return 0;
}

static int close_engine(void **state)
{
    dateline_engine_close(*state);
    return 0;
}

static dateline_worker *new_worker(void **state)
{
    dateline_worker *worker = NULL;
    assert_int_equal(dateline_worker_new(*state, &worker, NULL), DATELINE_OK);
    return worker;
}

static void records(void **state)
{
    dateline_worker *worker = new_worker(state);
    dateline_article article = article_of("2019-05-04", sentence);
    bytes out = {0};
    assert_int_equal(dateline_worker_code(worker, &article, NULL), DATELINE_OK);
    assert_int_equal(
        dateline_worker_write(worker, DATELINE_RECORDS_JSONL, keep, &out, NULL),
        DATELINE_OK);
    assert_non_null(strstr(out.data, "\"event\":\"COERCE\",\"mode\":[\"arrest\"]"));
    assert_non_null(strstr(out.data, "\"date\":\"2019-05-03\""));
    dateline_counts counts = dateline_worker_count(worker);
    assert_int_equal(counts.sentences, 1);
    assert_int_equal(counts.bytes, strlen(sentence));
    assert_true(counts.events >= 1);
    assert_true(dateline_worker_times(worker).parse > 0);
    free(out.data);
    dateline_worker_free(worker);
}

/* Another worker, the same worker again, and after an article that failed. */
static void same_bytes(void **state)
{
    dateline_worker *workers[] = {new_worker(state), new_worker(state)};
    dateline_article article = article_of("2019-05-04", sentence);
    dateline_article empty = article_of("2019-05-04", " \n");
    bytes out[3] = {{0}};
    for (int i = 0; i < 3; i++) {
        dateline_worker *worker = workers[i % 2];
        assert_int_equal(dateline_worker_code(worker, &empty, NULL),
                         DATELINE_EMPTY_ARTICLE);
        assert_int_equal(dateline_worker_code(worker, &article, NULL), DATELINE_OK);
        assert_int_equal(
            dateline_worker_write(worker, DATELINE_ANNOTATION_JSONL, keep, &out[i], NULL),
            DATELINE_OK);
        assert_string_equal(out[i].data, out[0].data);
    }
    for (int i = 0; i < 3; i++)
        free(out[i].data);
    dateline_worker_free(workers[0]);
    dateline_worker_free(workers[1]);
}

static void expect_status(dateline_worker *worker, dateline_article article,
                          dateline_status wanted)
{
    dateline_error error = {0};
    assert_int_equal(dateline_worker_code(worker, &article, &error), wanted);
    assert_int_equal(error.status, wanted);
    assert_true(error.message[0] != '\0');
    assert_string_equal(error.article, "one");
    assert_int_equal(dateline_worker_count(worker).sentences, 0);
}

static void bad_articles(void **state)
{
    dateline_worker *worker = new_worker(state);
    size_t size = DATELINE_ARTICLE_BYTES_MAX + 1;
    char *large = malloc(size);
    assert_non_null(large);
    memset(large, 'a', size);
    dateline_article article = article_of("", "");
    article.text = (dateline_text){large, size};
    expect_status(worker, article, DATELINE_ARTICLE_TOO_LARGE);
    free(large);
    expect_status(worker, article_of("", ""), DATELINE_EMPTY_ARTICLE);
    expect_status(worker, article_of("", "caf\xE9"), DATELINE_BAD_UTF8);
    expect_status(worker, article_of("2019-02-30", sentence), DATELINE_BAD_DATE);
    article = article_of("", sentence);
    assert_int_equal(dateline_worker_parse_tokens(worker, &article, NULL),
                     DATELINE_BAD_CONLLU);
    dateline_worker_free(worker);
}

static void writing(void **state)
{
    dateline_worker *worker = new_worker(state);
    dateline_article article = article_of("", sentence);
    bytes out = {0}, refusing = {.refuse = true};
    assert_int_equal(
        dateline_worker_write(worker, DATELINE_RECORDS_JSONL, keep, &out, NULL),
        DATELINE_USAGE);
    assert_int_equal(dateline_worker_parse(worker, &article, NULL), DATELINE_OK);
    assert_int_equal(
        dateline_worker_write(worker, DATELINE_RECORDS_JSONL, keep, &out, NULL),
        DATELINE_USAGE);
    assert_int_equal(dateline_worker_write(worker, DATELINE_CONLLU, keep, &out, NULL),
                     DATELINE_OK);
    assert_non_null(strstr(out.data, "\n4\tarrested\tarrest\tVERB\t"));
    assert_int_equal(dateline_worker_code(worker, &article, NULL), DATELINE_OK);
    for (int format = DATELINE_RECORDS_JSONL; format <= DATELINE_EXPLANATION; format++)
        assert_int_equal(
            dateline_worker_write(worker, (dateline_format)format, keep, &out, NULL),
            DATELINE_OK);
    assert_int_equal(
        dateline_worker_write(worker, DATELINE_EXPLANATION, keep, &refusing, NULL),
        DATELINE_WRITE_FAILED);
    free(out.data);
    dateline_worker_free(worker);
}

static void entities(void **state)
{
    dateline_worker *worker = new_worker(state);
    dateline_article article = article_of("2013-01-16", "French soldiers");
    bytes out = {0};
    assert_int_equal(
        dateline_worker_code_entity(worker, &article, (dateline_text){0}, NULL),
        DATELINE_OK);
    assert_int_equal(
        dateline_worker_write(worker, DATELINE_ENTITY_JSONL, keep, &out, NULL),
        DATELINE_OK);
    assert_non_null(strstr(out.data, "\"code\":\"FRA\",\"sector\":[\"MIL\"]"));
    assert_int_equal(dateline_worker_code_entity(worker, &article, text_of("\xFF"), NULL),
                     DATELINE_BAD_UTF8);
    free(out.data);
    dateline_worker_free(worker);
}

static void engines_that_fail(void **state)
{
    (void)state;
    dateline_engine *engine;
    dateline_error error = {0};
    dateline_options options = {.lexicon = "/nowhere/lexicon"};
    assert_int_equal(dateline_engine_open(&options, &engine, &error), DATELINE_NOT_FOUND);
    assert_null(engine);
    options = (dateline_options){.weights = "/nowhere/weights"};
    assert_int_equal(dateline_engine_open(&options, &engine, NULL), DATELINE_NOT_FOUND);
    options = (dateline_options){.kernels = "abacus"};
    assert_int_equal(dateline_engine_open(&options, &engine, &error), DATELINE_USAGE);
    dateline_engine_close(NULL);
    dateline_worker_free(NULL);
}

static const char overlay[] = DATELINE_SOURCE_FOLDER "/examples/overlay";

/* Dictionaries of one's own: their categories in the records, their lines as rules; a
 * line that they remove codes nothing. */
static void overlays(void **state)
{
    (void)state;
    dateline_engine *engine;
    dateline_error error = {0};
    dateline_options options = {.overlay = overlay};
    assert_int_equal(dateline_engine_open(&options, &engine, &error), DATELINE_OK);
    dateline_overlay laid = dateline_engine_about(engine).overlay;
    assert_string_equal(laid.folder, overlay);
    assert_true(laid.files > 0 && laid.lines > 0 && laid.removed > 0);
    dateline_worker *worker = new_worker((void **)&engine);
    dateline_article article = article_of("2024-03-13", "Pirates boarded a tanker.");
    bytes out = {0};
    assert_int_equal(dateline_worker_code(worker, &article, &error), DATELINE_OK);
    assert_int_equal(
        dateline_worker_write(worker, DATELINE_RECORDS_JSONL, keep, &out, NULL),
        DATELINE_OK);
    assert_non_null(strstr(out.data, "\"event\":\"PIRACY\",\"mode\":[\"boarding\"]"));
    assert_non_null(strstr(out.data, "\"quad_code\":4,\"event_scale\":-9"));
    assert_non_null(strstr(out.data, "\"rule\":\"overlay:what/piracy.txt:2\""));
    article = article_of("2024-03-13", "The envoy of Chad presented his credentials.");
    assert_int_equal(dateline_worker_code(worker, &article, &error), DATELINE_OK);
    assert_int_equal(dateline_worker_count(worker).events, 0);
    free(out.data);
    dateline_worker_free(worker);
    dateline_engine_close(engine);
}

static void count_report(void *context, const dateline_error *finding)
{
    size_t *count = context;
    assert_true(finding->file[0] != '\0' && finding->message[0] != '\0');
    (*count)++;
}

static void overlays_that_fail(void **state)
{
    (void)state;
    dateline_engine *engine;
    dateline_error error = {0};
    size_t count = 0;
    dateline_options options = {.overlay = "/nowhere/overlay"};
    assert_int_equal(dateline_engine_open(&options, &engine, &error), DATELINE_NOT_FOUND);
    assert_null(engine);
    options.lexicon = "/nowhere/lexicon";
    assert_int_equal(dateline_engine_open(&options, &engine, &error), DATELINE_USAGE);
    options = (dateline_options){.overlay = DATELINE_SOURCE_FOLDER "/lexicon",
                                 .report = count_report,
                                 .report_context = &count};
    assert_int_equal(dateline_engine_open(&options, &engine, &error),
                     DATELINE_BAD_LEXICON);
    assert_true(count > 0);
    options.report = NULL;
    assert_int_equal(dateline_engine_open(&options, &engine, NULL), DATELINE_BAD_LEXICON);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records),      cmocka_unit_test(same_bytes),
        cmocka_unit_test(bad_articles), cmocka_unit_test(writing),
        cmocka_unit_test(entities),     cmocka_unit_test(engines_that_fail),
        cmocka_unit_test(overlays),     cmocka_unit_test(overlays_that_fail),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
