/* Cubes: what they select is what SQL selects; a number beside a filter is the total of
 * the list after choosing it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include "question.h"

static const char path[] = "test_cube.db";
static dateline_engine *engine;
static dateline_archive *archive;
static dateline_cube *cube;
static sqlite3 *db;
static uint64_t state = 1;

static size_t draw(size_t below)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(state >> 33) % below;
}

#define DRAW(list) ((list)[draw(sizeof(list) / sizeof *(list))])

/* ---- An archive of made articles -----------------------------------------------------
 */

static const char *const states[] = {"France", "Germany", "Kenya", "Peru", "Mali"};
static const char *const cities[] = {"Paris", "Nairobi", "Lima", "Lagos", "Suva"};
static const char *const groups[] = {"police", "students", "farmers", "soldiers"};
static const char *const forms[] = {
    "%s and %s signed a trade agreement in %s. ",
    "The president of %s met the foreign minister of %s in %s on 3 May 2019. ",
    "%s condemned %s over the arrests in %s in 2018. ",
    "The army of %s attacked rebels from %s near %s on Friday. ",
    "Emmanuel Macron of %s threatened %s with sanctions in %s. ",
    "%s will send soldiers to %s, officials in %s said. "};

static void add_article(dateline_store *store, dateline_worker *worker, int number)
{
    static const char *const sources[] = {"Harbour Post", "harbour post", "Wire Nine"};
    char text[1024], id[32], date[16];
    size_t used = 0;
    for (int i = 0; i < 3; i++) {
        const char *state_name = DRAW(states);
        int size =
            snprintf(text + used, sizeof text - used, "Police in %s arrested %d %s. ",
                     DRAW(cities), 2 + (int)draw(50), DRAW(groups));
        used += (size_t)size;
        const char *form = DRAW(forms), *other = DRAW(states), *city = DRAW(cities);
        const char *fill[] = {state_name, other, city};
        for (size_t j = 0, at = 0; form[j]; j++)
            if (form[j] == '%') {
                used +=
                    (size_t)snprintf(text + used, sizeof text - used, "%s", fill[at++]);
                j++;
            } else {
                text[used++] = form[j];
            }
    }
    snprintf(id, sizeof id, "made-%d", number);
    snprintf(date, sizeof date, "2019-%02d-%02d", 1 + (int)draw(12), 1 + (int)draw(28));
    const char *source = DRAW(sources);
    dateline_article article = {.id = {id, strlen(id)},
                                .date = {date, draw(9) ? strlen(date) : 0},
                                .source = {source, draw(9) ? strlen(source) : 0},
                                .text = {text, used}};
    assert_int_equal(dateline_worker_code(worker, &article, NULL), DATELINE_OK);
    assert_int_equal(dateline_store_add(store, worker, NULL), DATELINE_OK);
}

/* Records are put together into stories at random: worse than any that merging makes. */
static void merge_at_random(void)
{
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    static const char sql[] =
        "UPDATE records SET story = 's' || (record_key * 7919 % 97) WHERE"
        " record_key % 3 > 0;"
        "UPDATE records SET date = '2019' WHERE record_key % 17 = 0;"
        "UPDATE records SET date = '2019-05' WHERE record_key % 19 = 0;"
        "UPDATE records SET precision = 'country' WHERE record_key % 23 = 0;"
        "UPDATE parties SET date = (SELECT date FROM records r WHERE"
        " r.record_key = parties.record_key);"
        "UPDATE dyads SET date = coalesce((SELECT date FROM records r WHERE"
        " r.record_key = dyads.record_key), '');"
        "INSERT INTO stories(story, reports) SELECT story, count(*) FROM records"
        " WHERE story IS NOT NULL GROUP BY story;";
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
}

static int set_up(void **context)
{
    enum { ARTICLES = 120 };
    (void)context;
    dateline_store *store;
    dateline_worker *worker;
    unlink(path);
    unlink("test_cube.db-wal");
    unlink("test_cube.db-shm");
    assert_int_equal(dateline_engine_open(NULL, &engine, NULL), DATELINE_OK);
    assert_int_equal(dateline_worker_new(engine, &worker, NULL), DATELINE_OK);
    assert_int_equal(dateline_store_open(path, NULL, &store, NULL), DATELINE_OK);
    for (int i = 0; i < ARTICLES; i++)
        add_article(store, worker, i);
    dateline_store_close(store);
    dateline_worker_free(worker);
    merge_at_random();
    assert_int_equal(dateline_archive_open(path, &archive, NULL), DATELINE_OK);
    assert_int_equal(dateline_cube_open(archive, &cube, NULL), DATELINE_OK);
    return 0;
}

static int tear_down(void **context)
{
    (void)context;
    dateline_cube_close(cube);
    dateline_archive_close(archive);
    sqlite3_close(db);
    dateline_engine_close(engine);
    return 0;
}

/* ---- Questions at random -------------------------------------------------------------
 */

static dateline_query draw_query(unsigned parts)
{
    static const char *const who[] = {"FRA",     "FRA GOV",         "COP",
                                      "Kenya",   "Emmanuel Macron", "students",
                                      "MLI,PER", "French police",   "MIL"};
    static const char *const what[] = {
        "COERCE", "COERCE arrest", "arrest",          "CONSULT,17",
        "0",      "AGREE",         "ASSAULT,THREATEN"};
    static const char *const where[] = {"KEN", "Lima", "France", "PER,Paris", "lagos"};
    static const char *const dates[] = {"2019", "2019-05", "2019-05-03", "2018",
                                        "2019-11"};
    static const char *const status[] = {"actual", "future", "actual,negated"};
    static const char *const source[] = {"Harbour Post", "WIRE NINE", "Wire Nine,none"};
    static const char *const box[] = {"-10,35,30,60", "100,-90,-60,90", "30,-5,40,5"};
    static const char *const place[] = {"Lima|Lima|PER", "Paris|Ile-de-France|FRA"};
    dateline_query query = {.every_report = true};
    for (unsigned i = 0; i < parts; i++)
        switch (draw(14)) {
        case 0:
        case 1:
            query.who = DRAW(who);
            break;
        case 2:
        case 3:
            query.whom = DRAW(who);
            break;
        case 4:
            query.what = DRAW(what);
            break;
        case 5:
            query.where = DRAW(where);
            break;
        case 6:
            query.from = DRAW(dates);
            break;
        case 7:
            query.to = DRAW(dates);
            break;
        case 8:
            query.status = DRAW(status);
            break;
        case 9:
            query.source = DRAW(source);
            break;
        case 10:
            query.box = DRAW(box);
            break;
        case 11:
            query.place = DRAW(place);
            break;
        case 12:
            query.text = draw(2) ? "police students" : "\"trade agreement\"";
            break;
        default:
            query.reports = draw(3);
            query.min_confidence = draw(2) ? 0.8 : 0;
            query.story = draw(4) ? NULL : "s12";
            query.article = draw(6) ? NULL : "made-7";
            query.according_to = draw(4) ? NULL : "officials";
        }
    return query;
}

static dateline_selection *select_rows(const dateline_query *query)
{
    dateline_error error = {0};
    dateline_selection *selection;
    if (dateline_cube_select(cube, archive, engine, query, &selection, &error) !=
        DATELINE_OK)
        fail_msg("%s", error.message);
    return selection;
}

enum { KEYS_MAX = 4000 };

static void test_selects_what_sql_selects(void **context)
{
    enum { QUESTIONS = 300 };
    static int64_t keys[KEYS_MAX];
    size_t some = 0;
    (void)context;
    for (unsigned i = 0; i < QUESTIONS; i++) {
        dateline_query query = draw_query(i % 4);
        dateline_selection *selection = select_rows(&query);
        sqlite3_stmt *statement;
        size_t count, at = 0;
        assert_int_equal(dateline_selection_keys(selection, DATELINE_ORDER_OLDEST, 0,
                                                 KEYS_MAX, keys, &count, NULL),
                         DATELINE_OK);
        assert_int_equal(dl_question_prepare(db, engine, &query, false, &statement, NULL),
                         DATELINE_OK);
        for (; sqlite3_step(statement) == SQLITE_ROW; at++) {
            assert_true(at < count);
            assert_int_equal(keys[at], sqlite3_column_int64(statement, 0));
        }
        sqlite3_finalize(statement);
        assert_int_equal(at, count);
        assert_int_equal(dateline_selection_count(selection).reports, count);
        some += count > 0;
        dateline_selection_free(selection);
    }
    assert_true(some > QUESTIONS / 3);
}

/* ---- Facets --------------------------------------------------------------------------
 */

static bool add_bytes(void *context, const char *data, size_t size)
{
    dl_buffer_add(context, data, size);
    return true;
}

static json_t *write_view(const dateline_selection *selection, dateline_view view,
                          const dateline_view_options *options)
{
    dl_buffer out = {0};
    assert_int_equal(
        dateline_selection_write(selection, view, options, add_bytes, &out, NULL),
        DATELINE_OK);
    json_t *json = json_loadb(out.data, out.size, 0, NULL);
    assert_non_null(json);
    dl_buffer_release(&out);
    return json;
}

static void check_list(const json_t *view, const char *list, const char *key,
                       const dateline_query *query, size_t field)
{
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(view, list), i, entry)
    {
        dateline_query chosen = *query;
        const char *value = json_string_value(json_object_get(entry, key));
        *(const char **)((char *)&chosen + field) = value;
        if (field == offsetof(dateline_query, from))
            chosen.to = value;
        if (field == offsetof(dateline_query, place))
            chosen.box = NULL;
        dateline_selection *selection = select_rows(&chosen);
        size_t events = dateline_selection_count(selection).events;
        long long told = json_integer_value(json_object_get(entry, "events"));
        if (told != (long long)events)
            fail_msg("%s %s: %lld told, %zu listed (who %s whom %s what %s where %s)",
                     list, value, told, events, query->who ? query->who : "-",
                     query->whom ? query->whom : "-", query->what ? query->what : "-",
                     query->where ? query->where : "-");
        dateline_selection_free(selection);
    }
}

static void test_facets_are_totals(void **context)
{
    enum { QUESTIONS = 24 };
    static const char *const steps[] = {"day", "month", "year", NULL};
    (void)context;
    for (unsigned i = 0; i < QUESTIONS; i++) {
        dateline_query query = draw_query(i % 4);
        dateline_view_options options = {.by = steps[i % 4]};
        dateline_selection *selection = select_rows(&query);
        json_t *view = write_view(selection, DATELINE_VIEW_OVERVIEW, &options);
#define CHECK(list, key, field)                                                          \
    check_list(view, list, key, &query, offsetof(dateline_query, field))
        CHECK("timeline", "date", from);
        CHECK("categories", "value", what);
        CHECK("modes", "value", what);
        CHECK("actors", "value", who);
        CHECK("names", "value", who);
        CHECK("recipients", "value", whom);
        CHECK("countries", "value", where);
        CHECK("places", "value", place);
        CHECK("statuses", "value", status);
        CHECK("sources", "value", source);
        json_decref(view);
        dateline_selection_free(selection);
    }
}

/* ---- Pages, events, the rest ---------------------------------------------------------
 */

static void test_pages_go_through_all(void **context)
{
    static int64_t whole[KEYS_MAX], page[KEYS_MAX];
    dateline_query query = {.what = "COERCE"};
    (void)context;
    dateline_selection *selection = select_rows(&query);
    size_t events = dateline_selection_count(selection).events;
    for (int order = DATELINE_ORDER_NEWEST; order <= DATELINE_ORDER_CONFIDENCE; order++) {
        size_t all, count, at = 0;
        dateline_selection_keys(selection, (dateline_order)order, 0, KEYS_MAX, whole,
                                &all, NULL);
        assert_int_equal(all, events);
        for (; at < all; at += count) {
            dateline_selection_keys(selection, (dateline_order)order, at, 7, page, &count,
                                    NULL);
            assert_true(count > 0);
            assert_memory_equal(page, whole + at, count * sizeof *page);
        }
        dateline_selection_keys(selection, (dateline_order)order, all, 7, page, &count,
                                NULL);
        assert_int_equal(count, 0);
    }
    dateline_selection_free(selection);
}

static void test_views_and_events_are_json(void **context)
{
    dateline_query query = {.who = "French police,FRA"};
    dateline_view_options options = {.of = "FRA", .archive = archive, .engine = engine};
    int64_t keys[2] = {1, 1000000};
    dl_buffer out = {0};
    (void)context;
    dateline_selection *selection = select_rows(&query);
    json_t *view = write_view(selection, DATELINE_VIEW_NETWORK, NULL);
    assert_true(json_array_size(json_object_get(view, "edges")) > 0);
    json_decref(view);
    view = write_view(selection, DATELINE_VIEW_ACTORS, NULL);
    assert_true(json_array_size(json_object_get(view, "rows")) > 0);
    json_decref(view);
    view = write_view(selection, DATELINE_VIEW_ACTOR, &options);
    assert_true(json_integer_value(json_object_get(view, "as_actor")) > 0);
    assert_true(json_array_size(json_object_get(view, "roles")) > 0);
    json_decref(view);
    dateline_selection_free(selection);
    assert_int_equal(dateline_archive_write_events(archive, keys, 2, DATELINE_ROWS_JSONL,
                                                   add_bytes, &out, NULL),
                     DATELINE_OK);
    view = json_loadb(out.data, out.size, 0, NULL);
    assert_non_null(json_object_get(view, "record"));
    assert_non_null(json_object_get(json_object_get(view, "article"), "id"));
    json_decref(view);
    dl_buffer_release(&out);
}

static void test_long_statements_end(void **context)
{
    dateline_error error = {0};
    dl_buffer out = {0};
    dateline_text value = {"x", 1};
    (void)context;
    dateline_archive_limit(archive, 0.05);
    assert_int_equal(
        dateline_archive_sql(archive,
                             "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1"
                             " FROM c) SELECT count(*) FROM c",
                             DATELINE_ROWS_JSONL, add_bytes, &out, &error),
        DATELINE_USAGE);
    assert_string_equal(error.message, "took too long");
    dateline_archive_limit(archive, 0);
    dl_buffer_clear(&out);
    assert_int_equal(dateline_archive_select(archive, "SELECT ?1 AS a", &value, 1,
                                             DATELINE_ROWS_JSONL, add_bytes, &out, NULL),
                     DATELINE_OK);
    assert_memory_equal(out.data, "{\"a\":\"x\"}\n", out.size);
    dl_buffer_release(&out);
}

static void test_newer_archives_are_seen(void **context)
{
    (void)context;
    assert_false(dateline_archive_is_newer(archive, cube));
    assert_int_equal(
        sqlite3_exec(db, "UPDATE imports SET articles = articles + 1", NULL, NULL, NULL),
        SQLITE_OK);
    assert_true(dateline_archive_is_newer(archive, cube));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_selects_what_sql_selects),
        cmocka_unit_test(test_facets_are_totals),
        cmocka_unit_test(test_pages_go_through_all),
        cmocka_unit_test(test_views_and_events_are_json),
        cmocka_unit_test(test_long_statements_end),
        cmocka_unit_test(test_newer_archives_are_seen),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
