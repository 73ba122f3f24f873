#include <stdlib.h>

#include "store/connect.h"
#include "store/stories.h"

/* name, SQL */
#define STATEMENT_LIST(X)                                                                \
    X(records, "SELECT r.record_key, r.article_key, r.id, r.date, r.story, j.merge_key"  \
               " FROM records r JOIN record_json j ON j.record_key = r.record_key"       \
               " WHERE NOT ?1 OR r.story IS NULL ORDER BY r.record_key")                 \
    X(articles, "SELECT article_key, coalesce(same_as, 0), id, date, source, sketch"     \
                " FROM articles ORDER BY article_key")                                   \
    X(touch_old, "INSERT OR IGNORE INTO touched SELECT story FROM records"               \
                 " WHERE record_key = ?1 AND story IS NOT NULL")                         \
    X(touch_new, "INSERT OR IGNORE INTO touched SELECT ?1 WHERE ?1 IS NOT NULL")         \
    X(set_story, "UPDATE records SET story = ?2 WHERE record_key = ?1")                  \
    X(set_same, "UPDATE articles SET same_as = nullif(?2, 0) WHERE article_key = ?1")    \
    X(last, "SELECT last_article FROM merges WHERE merge_key ="                          \
            " (SELECT max(merge_key) FROM merges) AND merged_with = ?1")                 \
    X(sign, "INSERT INTO merges(merged_with, last_article, stories, copies)"             \
            " SELECT ?1, (SELECT coalesce(max(article_key), 0) FROM articles),"          \
            " (SELECT count(*) FROM stories),"                                           \
            " (SELECT count(*) FROM articles WHERE same_as IS NOT NULL)")                \
    X(facts, "SELECT stories, copies FROM merges ORDER BY merge_key DESC LIMIT 1")

enum {
#define X(name, sql) STATEMENT_##name,
    STATEMENT_LIST(X)
#undef X
        STATEMENTS
};

static const char *const statements[STATEMENTS] = {
#define X(name, sql) sql,
    STATEMENT_LIST(X)
#undef X
};

/* Stories of which a record was replaced count as touched. */
static const char recount[] =
    "INSERT OR IGNORE INTO touched SELECT story FROM stories WHERE stale;"
    "DELETE FROM stories WHERE story IN (SELECT story FROM touched);"
    "INSERT INTO stories(story, first_date, last_date, reports, articles, sources)"
    " SELECT r.story, min(r.date), max(coalesce(r.end_date, r.date)), count(*),"
    "  count(DISTINCT r.article_key), count(DISTINCT coalesce(a.source, ''))"
    " FROM touched t JOIN records r ON r.story = t.story"
    " JOIN articles a ON a.article_key = r.article_key GROUP BY r.story;"
    "DELETE FROM touched;";

struct dl_stories {
    sqlite3 *db;
    sqlite3_stmt *statements[STATEMENTS];
};

static const char reading[] = "the archive can't be read";
static const char writing[] = "the archive can't be written";

static dateline_status prepare_all(dl_stories *stories, dateline_error *error)
{
    static const char touched[] =
        "CREATE TEMP TABLE touched(story TEXT PRIMARY KEY) WITHOUT ROWID";
    dateline_status status = dl_execute(stories->db, touched, error);
    for (int i = 0; i < STATEMENTS && status == DATELINE_OK; i++)
        if (sqlite3_prepare_v3(stories->db, statements[i], -1, SQLITE_PREPARE_PERSISTENT,
                               &stories->statements[i], NULL) != SQLITE_OK)
            status = dl_database_error(stories->db, error, reading);
    return status;
}

dateline_status dl_stories_open(const char *path, dl_stories **stories,
                                dateline_error *error)
{
    *stories = calloc(1, sizeof **stories);
    if (!*stories)
        return dl_error_memory(error);
    sqlite3 *there; /* an archive is not made here */
    dateline_status status = dl_connect(path, DL_ACCESS_READ, &there, error);
    sqlite3_close(there);
    if (status == DATELINE_OK)
        status = dl_connect(path, DL_ACCESS_WRITE, &(*stories)->db, error);
    if (status == DATELINE_OK)
        status = prepare_all(*stories, error);
    if (status == DATELINE_OK) /* all that is read is of one moment */
        status = dl_execute((*stories)->db, "BEGIN", error);
    if (status != DATELINE_OK) {
        dl_stories_close(*stories);
        *stories = NULL;
    }
    return status;
}

void dl_stories_close(dl_stories *stories)
{
    if (!stories)
        return;
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(stories->statements[i]);
    sqlite3_close(stories->db);
    free(stories);
}

/* ---- Out -----------------------------------------------------------------------------
 */

static dl_string text_at(sqlite3_stmt *row, int column)
{
    return (dl_string){(const char *)sqlite3_column_text(row, column),
                       (size_t)sqlite3_column_bytes(row, column)};
}

static dl_string bytes_at(sqlite3_stmt *row, int column)
{
    return (dl_string){sqlite3_column_blob(row, column),
                       (size_t)sqlite3_column_bytes(row, column)};
}

static dateline_status finish(const dl_stories *stories, sqlite3_stmt *statement,
                              const char *doing, dateline_error *error)
{
    return sqlite3_reset(statement) == SQLITE_OK
               ? DATELINE_OK
               : dl_database_error(stories->db, error, doing);
}

dateline_status dl_stories_records(dl_stories *stories, bool unmerged,
                                   dl_take_record take, void *context,
                                   dateline_error *error)
{
    sqlite3_stmt *row = stories->statements[STATEMENT_records];
    bool going = true;
    sqlite3_bind_int(row, 1, unmerged);
    while (going && sqlite3_step(row) == SQLITE_ROW) {
        dl_story_record record = {.record_key = sqlite3_column_int64(row, 0),
                                  .article_key = sqlite3_column_int64(row, 1),
                                  .id = text_at(row, 2),
                                  .date = text_at(row, 3),
                                  .story = text_at(row, 4),
                                  .merge_key = bytes_at(row, 5)};
        going = take(context, &record);
    }
    return finish(stories, row, reading, error);
}

dateline_status dl_stories_articles(dl_stories *stories, dl_take_article take,
                                    void *context, dateline_error *error)
{
    sqlite3_stmt *row = stories->statements[STATEMENT_articles];
    bool going = true;
    while (going && sqlite3_step(row) == SQLITE_ROW) {
        dl_story_article article = {.article_key = sqlite3_column_int64(row, 0),
                                    .same_as = sqlite3_column_int64(row, 1),
                                    .id = text_at(row, 2),
                                    .date = text_at(row, 3),
                                    .source = text_at(row, 4),
                                    .sketch = bytes_at(row, 5)};
        going = take(context, &article);
    }
    return finish(stories, row, reading, error);
}

/* ---- In ------------------------------------------------------------------------------
 */

/* A statement that writes, if only nothing, turns the transaction that has read into one
 * that writes; where somebody else wrote meanwhile SQLite refuses that. */
dateline_status dl_stories_begin(dl_stories *stories, dateline_error *error)
{
    sqlite3 *db = stories->db;
    if (sqlite3_get_autocommit(db))
        return dl_execute(db, "BEGIN IMMEDIATE", error);
    dateline_status status = dl_execute(db, "DELETE FROM stories WHERE 0", error);
    if (status != DATELINE_OK && sqlite3_extended_errcode(db) == SQLITE_BUSY_SNAPSHOT)
        status = dl_error_set(error, DATELINE_DATABASE,
                              "the archive changed while it was merged: merge it again");
    return status;
}

static dateline_status run(const dl_stories *stories, int which, dateline_error *error)
{
    sqlite3_step(stories->statements[which]);
    return finish(stories, stories->statements[which], writing, error);
}

dateline_status dl_stories_set(dl_stories *stories, int64_t record_key, dl_string story,
                               dateline_error *error)
{
    sqlite3_stmt *const *all = stories->statements;
    sqlite3_bind_int64(all[STATEMENT_touch_old], 1, record_key);
    dl_bind_string(all[STATEMENT_touch_new], 1, story);
    sqlite3_bind_int64(all[STATEMENT_set_story], 1, record_key);
    dl_bind_string(all[STATEMENT_set_story], 2, story);
    dateline_status status = run(stories, STATEMENT_touch_old, error);
    if (status == DATELINE_OK)
        status = run(stories, STATEMENT_touch_new, error);
    return status == DATELINE_OK ? run(stories, STATEMENT_set_story, error) : status;
}

dateline_status dl_stories_set_same(dl_stories *stories, int64_t article_key,
                                    int64_t same_as, dateline_error *error)
{
    sqlite3_stmt *statement = stories->statements[STATEMENT_set_same];
    sqlite3_bind_int64(statement, 1, article_key);
    sqlite3_bind_int64(statement, 2, same_as);
    return run(stories, STATEMENT_set_same, error);
}

dateline_status dl_stories_find_last(dl_stories *stories, dl_string signature,
                                     int64_t *article_key, dateline_error *error)
{
    sqlite3_stmt *row = stories->statements[STATEMENT_last];
    dl_bind_string(row, 1, signature);
    *article_key = sqlite3_step(row) == SQLITE_ROW ? sqlite3_column_int64(row, 0) : 0;
    return finish(stories, row, reading, error);
}

static dateline_status sign(const dl_stories *stories, dl_string signature,
                            dl_stories_facts *facts, dateline_error *error)
{
    sqlite3_stmt *row = stories->statements[STATEMENT_facts];
    dl_bind_string(stories->statements[STATEMENT_sign], 1, signature);
    dateline_status status = run(stories, STATEMENT_sign, error);
    if (status == DATELINE_OK && sqlite3_step(row) == SQLITE_ROW)
        *facts = (dl_stories_facts){(size_t)sqlite3_column_int64(row, 0),
                                    (size_t)sqlite3_column_int64(row, 1)};
    return status == DATELINE_OK ? finish(stories, row, reading, error) : status;
}

dateline_status dl_stories_commit(dl_stories *stories, dl_string signature,
                                  dl_stories_facts *facts, dateline_error *error)
{
    dateline_status status = dl_execute(stories->db, recount, error);
    if (status == DATELINE_OK)
        status = sign(stories, signature, facts, error);
    if (status == DATELINE_OK)
        status = dl_execute(stories->db, "COMMIT", error);
    if (status != DATELINE_OK)
        sqlite3_exec(stories->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
