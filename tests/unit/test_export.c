/* Handing over: cells and what they escape, pairs and ids, codes, the interface. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "write/export.h"

/* ---- Cells ---- */

static const dl_cell_style plain = {.separator = '\t', .missing = "None", .join = ';'};
static const dl_cell_style quoted = {
    .separator = ',', .missing = "", .quotes = true, .join = ';'};

/* What one cell becomes, between two others. */
static void assert_cell(const dl_cell_style *style, const char *value,
                        const char *expected)
{
    dl_buffer out = {0};
    dl_cells cells = {.out = &out, .style = style};
    char line[256];
    dl_cells_add(&cells, DL_STRING("a"));
    dl_cells_add(&cells, dl_string_from(value));
    dl_cells_add(&cells, DL_STRING("b"));
    dl_cells_end_row(&cells);
    snprintf(line, sizeof line, "a%c%s%cb\n", style->separator, expected,
             style->separator);
    assert_int_equal(out.size, strlen(line));
    assert_memory_equal(out.data, line, out.size);
    dl_cells_release(&cells);
    dl_buffer_release(&out);
}

static void cells_without_quotes(void **state)
{
    (void)state;
    assert_cell(&plain, "plain; text, 030", "plain; text, 030");
    assert_cell(&plain, "a\tb\r\nc\n\nd", "a b c d");
    assert_cell(&plain, "\t lead and trail \n", "lead and trail");
    assert_cell(&plain, "\"said\" he", "'said' he");
    assert_cell(&plain, "it's Zürich", "it's Zürich");
    assert_cell(&plain, "one\xE2\x80\xA8two", "one two"); /* a line separator */
    assert_cell(&plain, "", "None");
    assert_cell(&plain, " \t\n", "None");
    assert_cell(&plain, NULL, "None");
}

static void cells_with_quotes(void **state)
{
    (void)state;
    assert_cell(&quoted, "plain; text", "plain; text");
    assert_cell(&quoted, "a, b", "\"a, b\"");
    assert_cell(&quoted, "\"said\"", "\"\"\"said\"\"\"");
    assert_cell(&quoted, "two\nlines", "\"two\nlines\"");
    assert_cell(&quoted, "carriage\rreturn", "\"carriage\rreturn\"");
    assert_cell(&quoted, "0311", "0311");
    assert_cell(&quoted, "", "");
}

static void assert_list(const char *const *items, size_t count, bool hold,
                        const char *expected)
{
    dl_buffer out = {0};
    dl_cells cells = {.out = &out, .style = &plain};
    for (size_t i = 0; i < count; i++)
        dl_cells_item(&cells, dl_string_from(items[i]), hold);
    dl_cells_close_list(&cells);
    assert_int_equal(out.size, strlen(expected));
    assert_memory_equal(out.data, expected, out.size);
    dl_cells_release(&cells);
    dl_buffer_release(&out);
}

static void lists(void **state)
{
    (void)state;
    assert_list((const char *[]){"a", "b"}, 2, false, "a;b");
    assert_list((const char *[]){"a", "", "b"}, 3, false, "a;b");
    assert_list((const char *[]){"a", "", "b"}, 3, true, "a;None;b");
    assert_list((const char *[]){"", ""}, 2, true, "None");
    assert_list((const char *[]){"a;b", "c\td"}, 2, false, "a,b;c d");
    assert_list(NULL, 0, true, "None");
}

/* ---- The interface ---- */

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

static dateline_exporter *open_exporter(void **state, dateline_layout layout, bytes *out)
{
    dateline_export_options options = {.layout = layout};
    dateline_exporter *exporter;
    assert_int_equal(dateline_exporter_new(*state, &options, keep, out, &exporter, NULL),
                     DATELINE_OK);
    return exporter;
}

#define RECORD_OF(more)                                                                  \
    "{\"id\":\"8000000000000005\",\"doc\":\"a\",\"sentence\":2,\"start\":7,\"end\":9,"   \
    "\"event\":\"COERCE\",\"cameo\":\"173\",\"quad_code\":4,\"event_scale\":-7,"         \
    "\"actor\":[{\"entity_text\":\"police\",\"start\":3,\"end\":9,\"code\":\"NGA\","     \
    "\"sector\":[\"COP\"],\"via\":\"nominal\"}],\"status\":\"actual\"," more             \
    "\"confidence\":0.805}"

/* Fields of the first row, in place; returns how many. */
static size_t split(char *row, char *fields[], size_t most)
{
    size_t count = 0;
    row[strcspn(row, "\n")] = '\0';
    for (char *at = row; at && count < most; count++) {
        fields[count] = at;
        at = strchr(at, '\t');
        if (at)
            *at++ = '\0';
    }
    return count;
}

static dateline_export_row full_row(const char *record)
{
    return (dateline_export_row){
        .record = text_of(record),
        .article = {.id = text_of("a"),
                    .date = text_of("2019-05-04T10:30:00Z"),
                    .title = text_of("A title"),
                    .text = text_of("twenty bytes of text"),
                    .source = text_of("The \"Wire\"; daily"),
                    .url = text_of("https://wire.example/1?a\tb"),
                    .language = text_of("en")}};
}

static void article_in_mentions(void **state)
{
    bytes out = {0};
    char *fields[20];
    dateline_exporter *exporter =
        open_exporter(state, DATELINE_LAYOUT_GDELT_MENTIONS, &out);
    dateline_export_row row = full_row(RECORD_OF(""));
    assert_int_equal(dateline_exporter_add(exporter, &row, NULL), DATELINE_OK);
    assert_int_equal(split(out.data, fields, 20), 16);
    const char *expected[] = {"5",
                              "20190504000000",
                              "20190504000000",
                              "1",
                              "The 'Wire', daily",
                              "https://wire.example/1?a b",
                              "2",
                              "3",
                              "-1",
                              "7",
                              "1",
                              "81",
                              "20",
                              "",
                              "",
                              ""};
    for (size_t i = 0; i < 16; i++)
        assert_string_equal(fields[i], expected[i]);
    dateline_exporter_free(exporter);
    free(out.data);
}

#define MEASURED(quad, scale, confidence)                                                \
    "{\"id\":\"1\",\"doc\":\"a\",\"sentence\":1,\"start\":0,\"end\":1,\"event\":"        \
    "\"AID\","                                                                           \
    "\"quad_code\":" quad ",\"event_scale\":" scale ",\"status\":\"actual\","            \
    "\"confidence\":" confidence "}"

#define MEETING(cameo, one, other)                                                       \
    "{\"id\":\"1\",\"doc\":\"a\",\"sentence\":1,\"start\":0,\"end\":1,\"event\":"        \
    "\"CONSULT\","                                                                       \
    "\"cameo\":\"" cameo "\",\"actor\":[{\"code\":\"" one                                \
    "\"}],\"recipient\":[{\"code\":\"" other                                             \
    "\"}],\"quad_code\":1,\"event_scale\":1,\"status\":\"actual\",\"confidence\":1,"     \
    "\"story\":\"s\"}"

#define IN_PLACE(name, country, region, precision)                                       \
    RECORD_OF("\"event_loc\":{\"name\":\"" name "\",\"country\":\"" country              \
              "\",\"admin1\":\"" region                                                  \
              "\",\"lat\":1,\"lon\":1,\"precision\":\"" precision "\"},")

#define LONG_NAME                                                                        \
    "A region whose name is far longer than any that the gazetteer has, and goes on"

/* The reports of a story are one event, with the story's counts and first day. */
static void story_in_events(void **state)
{
    bytes out = {0};
    char *fields[64];
    dateline_exporter *exporter =
        open_exporter(state, DATELINE_LAYOUT_GDELT_EVENTS, &out);
    dateline_export_row row = full_row(RECORD_OF("\"story\":\"s\","));
    row.reports = 12;
    row.articles = 9;
    row.sources = 4;
    row.story_date = text_of("2019-05-02");
    assert_int_equal(dateline_exporter_add(exporter, &row, NULL), DATELINE_OK);
    assert_int_equal(dateline_exporter_add(exporter, &row, NULL), DATELINE_OK);
    assert_int_equal(dateline_exporter_count(exporter).records, 2);
    assert_int_equal(dateline_exporter_count(exporter).rows, 1);
    assert_ptr_equal(strchr(out.data, '\n'), out.data + out.size - 1);
    assert_int_equal(split(out.data, fields, 64), 61);
    assert_string_equal(fields[31], "12");
    assert_string_equal(fields[32], "4");
    assert_string_equal(fields[33], "9");
    assert_string_equal(fields[59], "20190502000000");
    assert_string_equal(fields[60], "https://wire.example/1?a b");
    dateline_exporter_free(exporter);
    free(out.data);
}

/* Of a mutual act the reports of a story may name the parties in either order. */
static void story_of_a_mutual_act(void **state)
{
    const char *const records[] = {
        MEETING("040", "FRA", "DEU"), MEETING("040", "DEU", "FRA"),
        MEETING("042", "FRA", "DEU"), MEETING("042", "DEU", "FRA")};
    const size_t rows[] = {1, 1, 2, 3};
    bytes out = {0};
    dateline_exporter *exporter =
        open_exporter(state, DATELINE_LAYOUT_GDELT_EVENTS, &out);
    for (size_t i = 0; i < 4; i++) {
        dateline_export_row row = {.record = text_of(records[i])};
        assert_int_equal(dateline_exporter_add(exporter, &row, NULL), DATELINE_OK);
        assert_int_equal(dateline_exporter_count(exporter).rows, rows[i]);
    }
    dateline_exporter_free(exporter);
    free(out.data);
}

/* What the layouts call a region's code comes from its name. */
static void regions(void **state)
{
    const struct {
        const char *record, *name, *code;
    } cases[] = {
        {IN_PLACE("Dallas", "USA", "Texas", "city"), "Dallas, Texas, United States",
         "USTX"},
        {IN_PLACE("Texas", "USA", "Texas", "admin"), "Texas, United States", "USTX"},
        {IN_PLACE("X", "DEU", "Rheinland-Pfalz", "city"), "X, Rheinland-Pfalz, Germany",
         "GM08"},
        {IN_PLACE("Paris", "FRA", "Ile-de-France", "city"),
         "Paris, Ile-de-France, France", ""},
        {IN_PLACE("X", "USA", "Atlantis", "city"), "X, Atlantis, United States", ""},
        {IN_PLACE("X", "USA", LONG_NAME, "city"), "X, " LONG_NAME ", United States", ""},
        {IN_PLACE("Mali", "MLI", "", "country"), "Mali", "ML"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bytes out = {0};
        char *fields[64];
        dateline_exporter *exporter =
            open_exporter(state, DATELINE_LAYOUT_GDELT_EVENTS, &out);
        dateline_export_row row = {.record = text_of(cases[i].record)};
        assert_int_equal(dateline_exporter_add(exporter, &row, NULL), DATELINE_OK);
        assert_int_equal(split(out.data, fields, 64), 61);
        assert_string_equal(fields[52], cases[i].name);
        assert_string_equal(fields[54], cases[i].code);
        dateline_exporter_free(exporter);
        free(out.data);
    }
}

/* NUL is a character of JSON; a place that is null is none. */
static void odd_records(void **state)
{
    bytes out = {0};
    dateline_exporter *exporter = open_exporter(state, DATELINE_LAYOUT_CSV, &out);
    dateline_export_row row = {
        .record =
            text_of(RECORD_OF("\"event_text\":\"a\\u0000b\","
                              "\"event_loc\":{\"name\":\"x\",\"precision\":null},"))};
    assert_int_equal(dateline_exporter_add(exporter, &row, NULL), DATELINE_OK);
    assert_int_equal(strlen(out.data), out.size);
    assert_non_null(strstr(out.data, ",\"a b\","));
    dateline_exporter_free(exporter);
    free(out.data);
}

static bool count_most(void *context, const char *data, size_t size)
{
    size_t *most = context;
    (void)data;
    *most = size > *most ? size : *most;
    return true;
}

/* However many pairs a record has, its rows are not all held at once. */
static void many_pairs(void **state)
{
    enum { PARTIES = 40, TEXT = 20000 };
    size_t most = 0;
    dateline_exporter *exporter = NULL;
    dateline_export_options options = {.layout = DATELINE_LAYOUT_CSV};
    assert_int_equal(
        dateline_exporter_new(*state, &options, count_most, &most, &exporter, NULL),
        DATELINE_OK);
    dl_buffer line = {0};
    dl_buffer_add_text(&line, "{\"text\":\"");
    for (int i = 0; i < TEXT; i++)
        dl_buffer_add_char(&line, 'x');
    for (int side = 0; side < 2; side++) {
        dl_buffer_add_text(&line, side ? "],\"recipient\":[{}" : "\",\"actor\":[{}");
        for (int i = 1; i < PARTIES; i++)
            dl_buffer_add_text(&line, ",{}");
    }
    dl_buffer_add_text(&line, "],");
    dl_buffer_add_text(&line, &MEASURED("2", "10", "0.5")[1]);
    dateline_export_row row = {.record = {line.data, line.size}};
    assert_int_equal(dateline_exporter_add(exporter, &row, NULL), DATELINE_OK);
    assert_int_equal(dateline_exporter_count(exporter).rows, PARTIES * PARTIES);
    assert_in_range(most, 1, 10 * TEXT);
    dl_buffer_release(&line);
    dateline_exporter_free(exporter);
}

/* Without counts a story's are not known; a record of no story is one report. */
static void counts_unknown(void **state)
{
    const char *const records[] = {RECORD_OF("\"story\":\"s\","), RECORD_OF("")};
    const char *const expected[] = {"", "1"};
    for (size_t i = 0; i < 2; i++) {
        bytes out = {0};
        char *fields[64];
        dateline_exporter *exporter =
            open_exporter(state, DATELINE_LAYOUT_GDELT_EVENTS, &out);
        dateline_export_row row = {.record = text_of(records[i])};
        assert_int_equal(dateline_exporter_add(exporter, &row, NULL), DATELINE_OK);
        assert_int_equal(split(out.data, fields, 64), 61);
        assert_string_equal(fields[31], expected[i]);
        assert_string_equal(fields[59], "");
        dateline_exporter_free(exporter);
        free(out.data);
    }
}

static void heads_and_ends(void **state)
{
    bytes out = {0};
    dateline_exporter *exporter = open_exporter(state, DATELINE_LAYOUT_GEOJSON, &out);
    assert_int_equal(dateline_exporter_finish(exporter, NULL), DATELINE_OK);
    assert_string_equal(out.data, "{\"type\":\"FeatureCollection\",\"features\":[]}\n");
    dateline_exporter_free(exporter);
    free(out.data);
    out = (bytes){0};
    exporter = open_exporter(state, DATELINE_LAYOUT_ICEWS, &out);
    assert_int_equal(dateline_exporter_finish(exporter, NULL), DATELINE_OK);
    assert_memory_equal(out.data, "Event ID\tEvent Date\t", 20);
    dateline_exporter_free(exporter);
    free(out.data);
}

/* ---- Failures ---- */

static void bad_records(void **state)
{
    const struct {
        const char *line;
        dateline_status status;
    } bad[] = {
        {"", DATELINE_BAD_JSON},
        {"{", DATELINE_BAD_JSON},
        {"[]", DATELINE_BAD_JSON},
        {"{}", DATELINE_MISSING_FIELD},
        {"{\"id\":1}", DATELINE_BAD_FIELD},
        {"\xC3", DATELINE_BAD_UTF8},
        {RECORD_OF("\"date\":\"2019-13\","), DATELINE_BAD_DATE},
        {RECORD_OF("\"mode\":\"arrest\","), DATELINE_BAD_FIELD},
        {RECORD_OF("\"size\":{\"dead\":{\"value\":1}},"), DATELINE_MISSING_FIELD},
        {RECORD_OF("\"size\":{\"dead\":{\"value\":1,\"relation\":\"?\"}},"),
         DATELINE_BAD_FIELD},
        {RECORD_OF("\"event_loc\":{\"precision\":\"city\"},"), DATELINE_MISSING_FIELD},
        {RECORD_OF("\"event_loc\":{\"precision\":\"near\",\"lat\":1,\"lon\":1},"),
         DATELINE_BAD_FIELD},
        {MEASURED("0", "10", "0.5"), DATELINE_BAD_FIELD},
        {MEASURED("5", "10", "0.5"), DATELINE_BAD_FIELD},
        {MEASURED("2", "10.5", "0.5"), DATELINE_BAD_FIELD},
        {MEASURED("2", "-11", "0.5"), DATELINE_BAD_FIELD},
        {MEASURED("2", "10", "1e300"), DATELINE_BAD_FIELD},
        {MEASURED("2", "10", "-0.1"), DATELINE_BAD_FIELD},
        {RECORD_OF("\"recipient\":[[]],"), DATELINE_BAD_FIELD},
        {RECORD_OF("\"doubt\":\"alleged\","), DATELINE_BAD_FIELD},
        {RECORD_OF("\"counts\":[1],"), DATELINE_BAD_FIELD},
        {RECORD_OF("\"counts\":[{\"kind\":\"lost\"}],"), DATELINE_BAD_FIELD},
    };
    bytes out = {0};
    dateline_exporter *exporter = open_exporter(state, DATELINE_LAYOUT_PLOVER, &out);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        dateline_error error = {0};
        dateline_export_row row = {.record = text_of(bad[i].line)};
        assert_int_equal(dateline_exporter_add(exporter, &row, &error), bad[i].status);
        assert_int_equal(error.status, bad[i].status);
        assert_int_equal(dateline_status_failure(error.status), DATELINE_BAD_INPUT);
        assert_int_not_equal(error.message[0], '\0');
        assert_int_equal(dateline_exporter_add(exporter, &row, NULL), bad[i].status);
    }
    assert_int_equal(out.size, 0);
    dateline_export_row row = full_row(RECORD_OF(""));
    row.article.url = text_of("\xFF");
    assert_int_equal(dateline_exporter_add(exporter, &row, NULL), DATELINE_BAD_UTF8);
    dateline_exporter_free(exporter);
}

static void too_many_parties(void **state)
{
    bytes out = {0};
    dateline_exporter *exporter = open_exporter(state, DATELINE_LAYOUT_CSV, &out);
    dl_buffer line = {0};
    dl_buffer_add_text(&line, "{\"id\":\"1\",\"doc\":\"a\",\"sentence\":1,\"start\":0,"
                              "\"end\":1,\"event\":\"AID\",\"quad_code\":2,"
                              "\"event_scale\":10,\"status\":\"actual\","
                              "\"confidence\":1,\"actor\":[{}");
    for (int i = 0; i < DL_EXPORT_PARTIES_MAX; i++)
        dl_buffer_add_text(&line, ",{}");
    dl_buffer_add_text(&line, "]}");
    dateline_export_row row = {.record = {line.data, line.size}};
    assert_int_equal(dateline_exporter_add(exporter, &row, NULL), DATELINE_BAD_FIELD);
    dl_buffer_release(&line);
    dateline_exporter_free(exporter);
}

static void refusing_sink(void **state)
{
    bytes out = {.refuse = true};
    dateline_exporter *exporter = open_exporter(state, DATELINE_LAYOUT_CSV, &out);
    dateline_export_row row = full_row(RECORD_OF(""));
    dateline_error error = {0};
    assert_int_equal(dateline_exporter_add(exporter, &row, &error),
                     DATELINE_WRITE_FAILED);
    assert_int_equal(dateline_exporter_finish(exporter, NULL), DATELINE_OK);
    dateline_exporter_free(exporter);
}

static void wrong_status(void **state)
{
    const char *const wrong[] = {"", "likely", "actual,", "actual;negated"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        dateline_export_options options = {.statuses = wrong[i]};
        dateline_exporter *exporter = NULL;
        assert_int_equal(
            dateline_exporter_new(*state, &options, keep, NULL, &exporter, NULL),
            DATELINE_USAGE);
        assert_null(exporter);
    }
}

static void layout_names(void **state)
{
    (void)state;
    for (int i = 0; i < DATELINE_LAYOUTS; i++) {
        dateline_layout found;
        assert_true(
            dateline_layout_find(dateline_layout_name((dateline_layout)i), &found));
        assert_int_equal(found, i);
    }
    assert_false(dateline_layout_find("word", &(dateline_layout){0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_without_quotes),
        cmocka_unit_test(cells_with_quotes),
        cmocka_unit_test(lists),
        cmocka_unit_test(article_in_mentions),
        cmocka_unit_test(story_in_events),
        cmocka_unit_test(story_of_a_mutual_act),
        cmocka_unit_test(regions),
        cmocka_unit_test(odd_records),
        cmocka_unit_test(many_pairs),
        cmocka_unit_test(counts_unknown),
        cmocka_unit_test(heads_and_ends),
        cmocka_unit_test(bad_records),
        cmocka_unit_test(too_many_parties),
        cmocka_unit_test(refusing_sink),
        cmocka_unit_test(wrong_status),
        cmocka_unit_test(layout_names),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
