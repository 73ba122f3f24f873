/* Rows into tables: prepared statements, one article at a time, inside of a transaction
 * that somebody else opens and ends. */
#ifndef DL_STORE_INSERT_H
#define DL_STORE_INSERT_H

#include "store/connect.h"
#include "store/rows.h"

/* name, SQL. Columns are bound in the order in which they stand. */
#define DL_INSERT_LIST(X)                                                                \
    X(add_article,                                                                       \
      "INSERT INTO articles(id, date, source, language, hash, coded_with, import_key,"   \
      " sketch, url, author, title, text) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)"               \
      " ON CONFLICT(id) DO NOTHING")                                                     \
    X(find_article, "SELECT article_key, hash, coded_with FROM articles WHERE id = ?")   \
    X(change_article,                                                                    \
      "UPDATE articles SET date = ?2, source = ?3, language = ?4, hash = ?5,"            \
      " coded_with = ?6, import_key = ?7, sketch = ?8, url = ?9, author = ?10,"          \
      " title = ?11, text = ?12, same_as = NULL WHERE id = ?1")                          \
    X(add_sentence, "INSERT INTO sentences VALUES(?,?,?,?,?,?)")                         \
    X(add_record, "INSERT INTO records VALUES(NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?," \
                  "?,?,?,?,?,?,?,NULL)")                                                 \
    X(add_json, "INSERT INTO record_json VALUES(?,?,?)")                                 \
    X(add_act, "INSERT OR IGNORE INTO acts VALUES(?,?)")                                 \
    X(add_party, "INSERT INTO parties VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")            \
    X(add_dyad, "INSERT OR IGNORE INTO dyads VALUES(?,?,?,?)")                           \
    X(add_source, "INSERT INTO record_sources VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)")      \
    X(add_size, "INSERT INTO sizes VALUES(?,?,?,?,?,?)")                                 \
    X(add_claim, "INSERT INTO claims VALUES(NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")      \
    X(add_entity, "INSERT INTO entities VALUES(?,?,?,?,?,?,?,?,?,?)")                    \
    X(age_stories, "UPDATE stories SET stale = 1 WHERE story IN"                         \
                   " (SELECT story FROM records WHERE article_key = ?)")                 \
    X(age_merges, "DELETE FROM merges WHERE"                                             \
                  " (SELECT max(last_article) FROM merges) >= ?")                        \
    X(drop_parties, "DELETE FROM parties WHERE record_key IN"                            \
                    " (SELECT record_key FROM records WHERE article_key = ?)")           \
    X(drop_dyads,                                                                        \
      "DELETE FROM dyads WHERE (actor_code, recipient_code, date, record_key) IN"        \
      " (SELECT p.code, q.code, coalesce(p.date, ''), p.record_key FROM records r"       \
      "  JOIN parties p ON p.record_key = r.record_key"                                  \
      "  JOIN parties q ON q.record_key = r.record_key WHERE r.article_key = ?)")        \
    X(drop_sources, "DELETE FROM record_sources WHERE record_key IN"                     \
                    " (SELECT record_key FROM records WHERE article_key = ?)")           \
    X(drop_sizes, "DELETE FROM sizes WHERE record_key IN"                                \
                  " (SELECT record_key FROM records WHERE article_key = ?)")             \
    X(drop_json, "DELETE FROM record_json WHERE record_key IN"                           \
                 " (SELECT record_key FROM records WHERE article_key = ?)")              \
    X(drop_records, "DELETE FROM records WHERE article_key = ?")                         \
    X(drop_claims, "DELETE FROM claims WHERE article_key = ?")                           \
    X(drop_entities, "DELETE FROM entities WHERE article_key = ?")                       \
    X(drop_sentences, "DELETE FROM sentences WHERE article_key = ?")                     \
    X(add_reject, "INSERT INTO rejects(hash, file, line, article, status, message, raw)" \
                  " VALUES(?,?,?,?,?,?,?) ON CONFLICT(hash) DO UPDATE SET"               \
                  " file = ?2, line = ?3, article = ?4, status = ?5, message = ?6")      \
    X(drop_reject, "DELETE FROM rejects WHERE article = ?")                              \
    X(add_import, "INSERT INTO imports(started_at, coded_with)"                          \
                  " VALUES(strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?)")                   \
    X(count_import, "UPDATE imports SET articles = articles + ?2,"                       \
                    " records = records + ?3, rejects = rejects + ?4,"                   \
                    " coded_with = coalesce(coded_with, ?5)"                             \
                    " WHERE import_key = ?1")

typedef enum dl_insert_statement {
#define X(name, sql) DL_INSERT_##name,
    DL_INSERT_LIST(X)
#undef X
        DL_INSERT_STATEMENTS
} dl_insert_statement;

/* What became of an article. */
typedef enum dl_outcome {
    DL_ARTICLE_ADDED,
    DL_ARTICLE_REPLACED,
    DL_ARTICLE_UNCHANGED
} dl_outcome;

typedef struct dl_inserter {
    sqlite3 *db; /* borrowed */
    sqlite3_stmt *statements[DL_INSERT_STATEMENTS];
    int64_t import_key; /* 0: none yet in this run */
    bool recode;        /* what another coder made of the same article is replaced */
} dl_inserter;

/* Borrows `db` until dl_inserter_release. */
dateline_status dl_inserter_init(dl_inserter *inserter, sqlite3 *db,
                                 dateline_error *error);
void dl_inserter_release(dl_inserter *inserter);

/* Puts an article with all that belongs to it into the tables: where it is there already,
 * unchanged, nothing is written; where it changed, all that belonged to it goes. */
dateline_status dl_insert_article(dl_inserter *inserter, const dl_row_article *article,
                                  dl_outcome *outcome, dateline_error *error);

dateline_status dl_insert_reject(dl_inserter *inserter, const dl_row_reject *reject,
                                 dateline_error *error);

/* Adds to the counts of this run, whose row is made with the first of them. */
dateline_status dl_insert_counts(dl_inserter *inserter, dl_string coded_with,
                                 size_t articles, size_t records, size_t rejects,
                                 dateline_error *error);

#endif
