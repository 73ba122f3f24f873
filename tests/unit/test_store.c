/* Archives: what is kept, stories, questions and the indexes they use, layouts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/ask.h"
#include "store/schema.h"
#include "store/stories.h"

static const char path[] = "test_store.db";
static dateline_engine *engine;
static dateline_worker *worker;

static void remove_archive(void)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    char name[64];
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(name, sizeof name, "%s%s", path, endings[i]);
        unlink(name);
    }
}

static dateline_text text_of(const char *text)
{
    return (dateline_text){text, text ? strlen(text) : 0};
}

static dateline_article article_of(const char *id, const char *source, const char *text)
{
    return (dateline_article){.id = text_of(id),
                              .date = text_of("2019-05-06"),
                              .source = text_of(source),
                              .text = text_of(text)};
}

static void add(dateline_store *store, dateline_article article)
{
    dateline_error error = {0};
    assert_int_equal(dateline_worker_code(worker, &article, &error), DATELINE_OK);
    assert_int_equal(dateline_store_add(store, worker, &error), DATELINE_OK);
}

static dateline_store *open_store(void)
{
    dateline_error error = {0};
    dateline_store *store;
    assert_int_equal(dateline_store_open(path, NULL, &store, &error), DATELINE_OK);
    return store;
}

/* Three articles; the first and the second tell of the same. */
static void fill(void)
{
    remove_archive();
    dateline_store *store = open_store();
    add(store, article_of("a", "Harbour Post",
                          "Police in Lagos arrested 40 marchers on Friday."));
    add(store, article_of("b", "Wire Nine",
                          "On Friday, 42 marchers were arrested by police in Lagos."));
    add(store, article_of("c", "Wire Nine", "France expelled two Russian diplomats."));
    assert_int_equal(dateline_store_commit(store, NULL), DATELINE_OK);
    dateline_kept kept = dateline_store_kept(store);
    assert_int_equal(kept.added, 3);
    assert_true(kept.records >= 3);
    dateline_store_close(store);
}

static int64_t ask_number(const char *sql)
{
    sqlite3 *db;
    assert_int_equal(dl_connect(path, DL_ACCESS_LOOK, &db, NULL), DATELINE_OK);
    int64_t number = dl_ask_number(db, sql);
    sqlite3_close(db);
    return number;
}

/* ---- What is kept ---- */

static void standings(void **state)
{
    (void)state;
    fill();
    dateline_store *store = open_store();
    dateline_standing standing;
    dateline_article old = article_of("a", "Harbour Post",
                                      "Police in Lagos arrested 40 marchers on Friday.");
    dateline_article changed = old, fresh = old;
    changed.source = text_of("Morning Ledger");
    fresh.id = text_of("z");
    dateline_store_find(store, worker, &old, &standing, NULL);
    assert_int_equal(standing, DATELINE_ARTICLE_KEPT);
    dateline_store_find(store, worker, &changed, &standing, NULL);
    assert_int_equal(standing, DATELINE_ARTICLE_CHANGED);
    dateline_store_find(store, worker, &fresh, &standing, NULL);
    assert_int_equal(standing, DATELINE_ARTICLE_NEW);
    add(store, old);
    add(store, changed);
    dateline_store_commit(store, NULL);
    dateline_kept kept = dateline_store_kept(store);
    assert_int_equal(kept.unchanged, 1);
    assert_int_equal(kept.replaced, 1);
    assert_int_equal(kept.added, 0);
    dateline_store_close(store);
}

/* The last one that came stays, also where the archive had it before the others. */
static void the_last_of_an_id_stays(void **state)
{
    (void)state;
    remove_archive();
    dateline_article first = article_of("a", NULL, "France praised Spain.");
    dateline_article last = article_of("a", NULL, "France attacked Spain.");
    const dateline_article *const both[] = {&first, &last};
    for (int run = 0; run < 2; run++) {
        dateline_store *store = open_store();
        dateline_standing standing;
        for (int i = 0; i < 2; i++) {
            dateline_store_find(store, worker, both[i], &standing, NULL);
            if (standing != DATELINE_ARTICLE_KEPT)
                add(store, *both[i]);
        }
        assert_int_equal(dateline_store_commit(store, NULL), DATELINE_OK);
        dateline_store_find(store, worker, &last, &standing, NULL);
        assert_int_equal(standing, DATELINE_ARTICLE_KEPT);
        dateline_store_close(store);
    }
}

static void needs_a_coded_article(void **state)
{
    (void)state;
    remove_archive();
    dateline_store *store = open_store();
    dateline_article article = article_of("a", NULL, "France praised Spain.");
    assert_int_equal(dateline_worker_parse(worker, &article, NULL), DATELINE_OK);
    assert_int_equal(dateline_store_add(store, worker, NULL), DATELINE_USAGE);
    dateline_store_close(store);
    dateline_store_close(NULL);
}

static void packs(void **state)
{
    (void)state;
    remove_archive();
    dateline_store *store = open_store();
    add(store, article_of("a", NULL, "France praised Spain. Spain praised France."));
    assert_int_equal(dateline_store_commit(store, NULL), DATELINE_OK);
    dateline_store_close(store);
    assert_int_equal(ask_number("SELECT count(*) FROM articles WHERE length(sketch) > 8"),
                     1);
    assert_int_equal(ask_number("SELECT count(*) FROM record_json WHERE"
                                " length(merge_key) > 8"),
                     2);
}

/* ---- Stories ---- */

typedef struct found {
    int64_t keys[16];
    size_t count;
} found;

static bool take_arrest(void *context, const dl_story_record *record)
{
    found *f = context;
    if (record->article_key <= 2 && f->count < 16)
        f->keys[f->count++] = record->record_key;
    return true;
}

static void set_stories(void)
{
    dl_stories *stories;
    found f = {{0}, 0};
    assert_int_equal(dl_stories_open(path, &stories, NULL), DATELINE_OK);
    assert_int_equal(dl_stories_records(stories, true, take_arrest, &f, NULL),
                     DATELINE_OK);
    assert_true(f.count >= 2);
    assert_int_equal(dl_stories_begin(stories, NULL), DATELINE_OK);
    for (size_t i = 0; i < f.count; i++)
        assert_int_equal(dl_stories_set(stories, f.keys[i], DL_STRING("s-arrest"), NULL),
                         DATELINE_OK);
    assert_int_equal(dl_stories_set_same(stories, 2, 1, NULL), DATELINE_OK);
    dl_stories_facts facts;
    assert_int_equal(dl_stories_commit(stories, DL_STRING("by hand"), &facts, NULL),
                     DATELINE_OK);
    assert_int_equal(facts.stories, 1);
    assert_int_equal(facts.copies, 1);
    dl_stories_close(stories);
}

static bool keep_text(void *context, const char *data, size_t size)
{
    dl_buffer_add(context, data, size);
    return true;
}

static void ask(const dateline_query *query, dateline_rows shape, dl_buffer *out)
{
    dateline_archive *archive;
    dl_buffer_clear(out);
    assert_int_equal(dateline_archive_open(path, &archive, NULL), DATELINE_OK);
    assert_int_equal(
        dateline_archive_query(archive, engine, query, shape, keep_text, out, NULL),
        DATELINE_OK);
    dl_buffer_add_char(out, '\0');
    dateline_archive_close(archive);
}

static size_t lines_of(const dl_buffer *out)
{
    size_t lines = 0;
    for (const char *at = out->data; *at; at++)
        lines += *at == '\n';
    return lines;
}

static void stories_are_counted_once(void **state)
{
    (void)state;
    fill();
    set_stories();
    assert_int_equal(ask_number("SELECT reports FROM stories"), 2);
    assert_int_equal(ask_number("SELECT sources FROM stories"), 2);
    assert_int_equal(ask_number("SELECT count(*) FROM articles WHERE same_as = 1"), 1);
    dl_buffer out = {0};
    dateline_query query = {.what = "arrest", .count = "mode"};
    ask(&query, DATELINE_ROWS_CSV, &out);
    assert_string_equal(out.data, "mode,events,reports\nCOERCE arrest,1,2\n");
    query.count = NULL;
    ask(&query, DATELINE_ROWS_JSONL, &out);
    assert_int_equal(lines_of(&out), 1);
    assert_non_null(strstr(out.data, ",\"story\":\"s-arrest\",\"rule\":"));
    query.every_report = true;
    ask(&query, DATELINE_ROWS_JSONL, &out);
    assert_int_equal(lines_of(&out), 2);
    query = (dateline_query){.reports = 2};
    ask(&query, DATELINE_ROWS_JSONL, &out);
    assert_int_equal(lines_of(&out), 1);
    query.reports = 3;
    ask(&query, DATELINE_ROWS_JSONL, &out);
    assert_int_equal(lines_of(&out), 0);
    dl_buffer_release(&out);
}

static void stories_age(void **state)
{
    (void)state;
    fill();
    set_stories();
    dateline_store *store = open_store();
    add(store, article_of("b", "Wire Nine", "Nothing happened in Lagos."));
    dateline_store_commit(store, NULL);
    dateline_store_close(store);
    assert_int_equal(ask_number("SELECT count(*) FROM stories WHERE stale"), 1);
    dl_stories *stories;
    assert_int_equal(dl_stories_open(path, &stories, NULL), DATELINE_OK);
    assert_int_equal(dl_stories_begin(stories, NULL), DATELINE_OK);
    dl_stories_facts facts;
    assert_int_equal(dl_stories_commit(stories, DL_STRING("by hand"), &facts, NULL),
                     DATELINE_OK);
    assert_int_equal(facts.stories, 1);
    assert_int_equal(facts.copies, 0);
    dl_stories_close(stories);
    assert_int_equal(ask_number("SELECT reports FROM stories WHERE NOT stale"), 1);
}

/* Merges `path` "by hand": says what the archive's stories knew before. */
static int64_t merge_again(void)
{
    dl_stories *stories;
    dl_stories_facts facts;
    int64_t last;
    assert_int_equal(dl_stories_open(path, &stories, NULL), DATELINE_OK);
    assert_int_equal(dl_stories_find_last(stories, DL_STRING("by hand"), &last, NULL),
                     DATELINE_OK);
    assert_int_equal(dl_stories_begin(stories, NULL), DATELINE_OK);
    assert_int_equal(dl_stories_commit(stories, DL_STRING("by hand"), &facts, NULL),
                     DATELINE_OK);
    dl_stories_close(stories);
    return last;
}

/* What was read before somebody else wrote is not written back. */
static void changes_while_merging_are_noticed(void **state)
{
    (void)state;
    fill();
    dl_stories *stories;
    int64_t last;
    dateline_error error = {0};
    assert_int_equal(dl_stories_open(path, &stories, NULL), DATELINE_OK);
    assert_int_equal(dl_stories_find_last(stories, DL_STRING("by hand"), &last, NULL),
                     DATELINE_OK);
    dateline_store *store = open_store();
    add(store, article_of("d", "Wire Nine", "Spain praised France."));
    dateline_store_commit(store, NULL);
    dateline_store_close(store);
    assert_int_equal(dl_stories_begin(stories, &error), DATELINE_DATABASE);
    assert_non_null(strstr(error.message, "merge it again"));
    dl_stories_close(stories);
    assert_int_equal(merge_again(), 0);
    assert_int_equal(ask_number("SELECT count(*) FROM merges"), 1);
}

/* A correction of what the last merge knew says that all is to be found anew, and no
 * merge before it says otherwise. */
static void corrections_are_noticed(void **state)
{
    (void)state;
    fill();
    assert_int_equal(merge_again(), 0);
    dateline_store *store = open_store();
    add(store, article_of("d", "Wire Nine", "Spain praised France."));
    dateline_store_commit(store, NULL);
    assert_int_equal(merge_again(), 3);
    add(store, article_of("d", "Wire Nine", "Spain praised Portugal."));
    dateline_store_commit(store, NULL);
    assert_int_equal(merge_again(), 0);
    assert_int_equal(merge_again(), 4);
    dateline_store_close(store);
}

static void records_one_by_one(void **state)
{
    (void)state;
    fill();
    set_stories();
    dateline_archive *archive;
    dateline_records *records;
    dateline_export_row record;
    assert_int_equal(dateline_archive_open(path, &archive, NULL), DATELINE_OK);
    dateline_query query = {.who = "the Lagos police, COP", .every_report = true};
    assert_int_equal(dateline_records_open(archive, engine, &query, &records, NULL),
                     DATELINE_OK);
    size_t count = 0;
    while (dateline_records_next(records, &record, NULL) == DATELINE_OK) {
        count++;
        assert_true(record.record.size > 2 && record.record.data[0] == '{');
        assert_int_equal(record.reports, 2);
        assert_int_equal(record.articles, 2);
        assert_true(record.article.id.size == 1 && record.article.source.size > 0 &&
                    record.article.text.size > 40);
    }
    assert_int_equal(count, 2);
    assert_int_equal(dateline_records_next(records, &record, NULL), DATELINE_END);
    dateline_records_close(records);
    query.count = "day";
    assert_int_equal(dateline_records_open(archive, engine, &query, &records, NULL),
                     DATELINE_USAGE);
    assert_null(records);
    dateline_records_close(NULL);
    dateline_archive_close(archive);
}

static bool refuse(void *context, const char *data, size_t size)
{
    (void)context, (void)data, (void)size;
    return false;
}

static void output_that_takes_nothing(void **state)
{
    (void)state;
    fill();
    dateline_archive *archive;
    dateline_query query = {0};
    assert_int_equal(dateline_archive_open(path, &archive, NULL), DATELINE_OK);
    for (int shape = DATELINE_ROWS_TABLE; shape <= DATELINE_ROWS_JSONL; shape++)
        assert_int_equal(dateline_archive_query(archive, NULL, &query,
                                                (dateline_rows)shape, refuse, NULL, NULL),
                         DATELINE_WRITE_FAILED);
    dateline_archive_close(archive);
}

/* ---- Indexes ---- */

/* No table is read through from its start to its end. */
static void assert_indexed(sqlite3 *db, const dl_ask *question)
{
    sqlite3_stmt *statement, *plan;
    assert_int_equal(dl_ask_keys(db, question, &statement, NULL), DATELINE_OK);
    char *expanded = sqlite3_expanded_sql(statement);
    char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", expanded);
    sqlite3_free(expanded);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &plan, NULL), SQLITE_OK);
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(plan, 3);
        bool scan = strncmp(step, "SCAN", 4) == 0 && !strstr(step, "USING") &&
                    !strstr(step, "VIRTUAL") && !strstr(step, "acts") &&
                    !strstr(step, "subquery");
        if (scan)
            fail_msg("%s\n%s", sql, step);
    }
    sqlite3_finalize(plan);
    sqlite3_free(sql);
    sqlite3_finalize(statement);
}

static void questions_use_indexes(void **state)
{
    (void)state;
    fill();
    sqlite3 *db;
    assert_int_equal(dl_connect(path, DL_ACCESS_READ, &db, NULL), DATELINE_OK);
    dl_ask_parties france = {{{.code = DL_STRING("FRA")}}, 1};
    dl_ask_parties police = {{{.sectors = {DL_STRING("COP")}, .sector_count = 1}}, 1};
    dl_ask_parties somebody = {{{.name = DL_STRING("Somebody")}}, 1};
    dl_ask *asks[] = {
        &(dl_ask){.who = france},
        &(dl_ask){.whom = france},
        &(dl_ask){.who = somebody, .from = DL_STRING("2019"), .to = DL_STRING("2020")},
        &(dl_ask){.who = france, .whom = somebody},
        &(dl_ask){.who = france, .whom = france},
        &(dl_ask){
            .who = france, .where = {{.country = DL_STRING("NGA")}}, .where_count = 1},
        &(dl_ask){.who = police, .whom = france},
        &(dl_ask){.who = france, .whom = police},
        &(dl_ask){.says = france},
        &(dl_ask){.from = DL_STRING("2019-05"), .to = DL_STRING("2019-05")},
        &(dl_ask){.what = {{DL_STRING("COERCE arrest"), DL_STRING("aerial")}, 2}},
        &(dl_ask){.what = {{DL_STRING("17")}, 1}},
        &(dl_ask){.where = {{.country = DL_STRING("NGA")}, {.name = DL_STRING("Lagos")}},
                  .where_count = 2},
        &(dl_ask){.source = {{DL_STRING("Wire Nine")}, 1}},
        &(dl_ask){.article = DL_STRING("a")},
        &(dl_ask){.text = DL_STRING("marchers \"in Lagos\"")}};
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
        assert_indexed(db, asks[i]);
    sqlite3_close(db);
}

/* ---- Layouts ---- */

static void a_failed_step_changes_nothing(void **state)
{
    (void)state;
    sqlite3 *db;
    dateline_error error = {0};
    remove_archive();
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    char sql[128];
    snprintf(sql, sizeof sql, "PRAGMA application_id=%d; CREATE TABLE records(mine)",
             (int)DL_ARCHIVE_APPLICATION);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    assert_int_equal(dl_connect(path, DL_ACCESS_WRITE, &db, &error), DATELINE_DATABASE);
    assert_null(db);
    assert_non_null(strstr(error.message, "already exists"));
    assert_int_equal(ask_number("PRAGMA user_version"), 0);
    assert_int_equal(ask_number("SELECT count(*) FROM sqlite_schema"), 1);
}

/* A layout as a later dateline might have it: ours, with steps behind it. */
static const char column[] = "ALTER TABLE imports ADD COLUMN host TEXT;"
                             "UPDATE imports SET host = 'not known'";
static const char table[] = "CREATE TABLE hosts AS SELECT DISTINCT host FROM imports";
static const char broken[] = "CREATE TABLE records(again)";

static dateline_status open_as(dl_access access, const char *second, const char *third,
                               dateline_error *error)
{
    sqlite3 *db;
    dl_schema_step steps[] = {dl_schema_ours.steps[0], {{second}}, {{third}}};
    dl_schema later = {steps, third ? 3 : 2};
    assert_int_equal(dl_schema_version(), 1); /* else the steps belong behind ours */
    dateline_status status = dl_connect_as(path, access, &later, &db, error);
    sqlite3_close(db);
    return status;
}

static void an_older_archive_is_brought_up_to_date(void **state)
{
    (void)state;
    for (int access = DL_ACCESS_READ; access <= DL_ACCESS_WRITE; access++) {
        dateline_error error = {0};
        sqlite3 *db;
        fill();
        assert_int_equal(open_as(DL_ACCESS_LOOK, column, NULL, NULL), DATELINE_OK);
        assert_int_equal(ask_number("PRAGMA user_version"), 1);
        assert_int_equal(open_as((dl_access)access, column, NULL, NULL), DATELINE_OK);
        assert_int_equal(ask_number("PRAGMA user_version"), 2);
        assert_int_equal(ask_number("SELECT count(*) FROM imports WHERE host = 'not "
                                    "known'"),
                         1);
        assert_int_equal(ask_number("SELECT count(*) FROM articles"), 3);
        assert_int_equal(open_as((dl_access)access, column, NULL, NULL), DATELINE_OK);
        assert_int_equal(open_as((dl_access)access, column, table, NULL), DATELINE_OK);
        assert_int_equal(ask_number("PRAGMA user_version"), 3);
        assert_int_equal(ask_number("SELECT count(*) FROM hosts"), 1);
        assert_int_equal(dl_connect(path, (dl_access)access, &db, &error),
                         DATELINE_DATABASE);
        assert_non_null(strstr(error.message, "newer dateline"));
    }
}

/* Two steps at once, of which the second fails: the first is undone too. */
static void a_failed_second_step_changes_nothing(void **state)
{
    (void)state;
    dateline_error error = {0};
    sqlite3 *db;
    fill();
    assert_int_equal(open_as(DL_ACCESS_WRITE, column, broken, &error), DATELINE_DATABASE);
    assert_non_null(strstr(error.message, "already exists"));
    assert_int_equal(ask_number("PRAGMA user_version"), 1);
    assert_int_equal(ask_number("SELECT count(*) FROM pragma_table_info('imports')"
                                " WHERE name = 'host'"),
                     0);
    assert_int_equal(dl_connect(path, DL_ACCESS_WRITE, &db, NULL), DATELINE_OK);
    sqlite3_close(db);
}

/* Files of somebody else, also those without a table. */
static void files_of_others_stay(void **state)
{
    (void)state;
    static const char *const others[] = {"PRAGMA user_version=-5; CREATE TABLE t(a)",
                                         "PRAGMA user_version=1",
                                         "PRAGMA application_id=77"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        sqlite3 *db;
        dateline_error error = {0};
        remove_archive();
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, others[i], NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        assert_int_equal(dl_connect(path, DL_ACCESS_WRITE, &db, &error),
                         DATELINE_DATABASE);
        assert_non_null(strstr(error.message, "of something else"));
    }
}

static void facts(void **state)
{
    (void)state;
    dateline_archive_facts about;
    fill();
    assert_int_equal(dateline_archive_check(path, true, &about, NULL), DATELINE_OK);
    assert_int_equal(about.version, dl_schema_version());
    assert_int_equal(about.articles, 3);
    assert_int_equal(about.coders, 1);
    assert_string_equal(about.first_date, "2019-05-06");
    assert_string_equal(about.fault, "");
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, "DELETE FROM articles WHERE id = 'a'", NULL, NULL, NULL);
    sqlite3_close(db);
    assert_int_equal(dateline_archive_check(path, true, &about, NULL), DATELINE_OK);
    assert_true(about.fault[0]);
}

static int open_engine(void **state)
{
    (void)state;
    return dateline_engine_open(NULL, &engine, NULL) != DATELINE_OK ||
           dateline_worker_new(engine, &worker, NULL) != DATELINE_OK;
}

static int close_engine(void **state)
{
    (void)state;
    dateline_worker_free(worker);
    dateline_engine_close(engine);
    remove_archive();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(standings),
        cmocka_unit_test(the_last_of_an_id_stays),
        cmocka_unit_test(needs_a_coded_article),
        cmocka_unit_test(packs),
        cmocka_unit_test(stories_are_counted_once),
        cmocka_unit_test(stories_age),
        cmocka_unit_test(changes_while_merging_are_noticed),
        cmocka_unit_test(corrections_are_noticed),
        cmocka_unit_test(records_one_by_one),
        cmocka_unit_test(output_that_takes_nothing),
        cmocka_unit_test(questions_use_indexes),
        cmocka_unit_test(a_failed_step_changes_nothing),
        cmocka_unit_test(an_older_archive_is_brought_up_to_date),
        cmocka_unit_test(a_failed_second_step_changes_nothing),
        cmocka_unit_test(files_of_others_stay),
        cmocka_unit_test(facts),
    };
    return cmocka_run_group_tests(tests, open_engine, close_engine);
}
