#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "store/insert.h"
#include "store/store.h"

/* Articles and rejects that one transaction keeps. */
typedef struct batch {
    dl_arena *arena;
    dl_row_article *first, *last;
    dl_row_reject *first_reject, *last_reject;
    dl_map ids;      /* of its articles */
    size_t count;    /* of both */
    double began_at; /* seconds; of its first */
} batch;

/* The coder's thread owns `filling` and `reader`, the writer's thread `db` and
 * `inserter`; what `writing` points at both may read; the rest is behind `lock`. */
struct dl_store {
    sqlite3 *db, *reader;
    dl_inserter inserter;
    sqlite3_stmt *find, *find_reject, *record_lines, *claim_lines;
    batch batches[2];
    batch *filling;

    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool running;   /* the thread was started */
    batch *writing; /* NULL: the writer is idle */
    bool stop;
    dateline_error failure; /* OK: none */
    dl_kept kept;
};

/* ---- The writer's thread -------------------------------------------------------------
 */

static dateline_status write_article(dl_store *store, const dl_row_article *article,
                                     dl_kept *kept, dateline_error *error)
{
    dl_outcome outcome = DL_ARTICLE_UNCHANGED;
    dateline_status status =
        dl_insert_article(&store->inserter, article, &outcome, error);
    kept->added += outcome == DL_ARTICLE_ADDED;
    kept->replaced += outcome == DL_ARTICLE_REPLACED;
    kept->unchanged += outcome == DL_ARTICLE_UNCHANGED;
    kept->records += outcome == DL_ARTICLE_UNCHANGED ? 0 : article->record_count;
    return status;
}

/* Articles and rejects in the order in which they came: an article takes the rejects of
 * its id away that came before it, not those behind it. */
static dateline_status write_rows(dl_store *store, const batch *b, dl_kept *kept,
                                  dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    const dl_row_article *article = b->first;
    const dl_row_reject *reject = b->first_reject;
    while (status == DATELINE_OK && (article || reject)) {
        if (!reject || (article && article->number < reject->number)) {
            status = write_article(store, article, kept, error);
            article = article->next;
        } else {
            status = dl_insert_reject(&store->inserter, reject, error);
            kept->rejects++;
            reject = reject->next;
        }
    }
    return status;
}

static dateline_status write_batch(dl_store *store, const batch *b, dl_kept *kept,
                                   dateline_error *error)
{
    dl_string coder = b->first ? b->first->coded_with : (dl_string){0};
    dateline_status status = dl_execute(store->db, "BEGIN IMMEDIATE", error);
    if (status != DATELINE_OK)
        return status;
    status = dl_insert_counts(&store->inserter, coder, 0, 0, 0, error);
    if (status == DATELINE_OK)
        status = write_rows(store, b, kept, error);
    if (status == DATELINE_OK)
        status = dl_insert_counts(&store->inserter, coder, kept->added + kept->replaced,
                                  kept->records, kept->rejects, error);
    if (status == DATELINE_OK)
        status = dl_execute(store->db, "COMMIT", error);
    if (status != DATELINE_OK)
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* Makes it empty; false where memory has run out. */
static bool batch_clear(batch *b)
{
    enum { IDS_EXPECTED = 64 };
    dl_arena_reset(b->arena);
    *b = (batch){.arena = b->arena};
    return dl_map_init(&b->ids, b->arena, IDS_EXPECTED);
}

static void add_kept(dl_kept *sum, const dl_kept *more)
{
    sum->added += more->added;
    sum->replaced += more->replaced;
    sum->unchanged += more->unchanged;
    sum->rejects += more->rejects;
    sum->records += more->records;
}

static void *write_batches(void *context)
{
    dl_store *store = context;
    pthread_mutex_lock(&store->lock);
    for (;;) {
        while (!store->writing && !store->stop)
            pthread_cond_wait(&store->changed, &store->lock);
        batch *b = store->writing;
        if (!b)
            break;
        bool failed = store->failure.status != DATELINE_OK;
        pthread_mutex_unlock(&store->lock);
        dateline_error error = {0};
        dl_kept kept = {0};
        dateline_status status =
            failed ? DATELINE_OK : write_batch(store, b, &kept, &error);
        pthread_mutex_lock(&store->lock);
        if (status != DATELINE_OK)
            store->failure = error;
        else
            add_kept(&store->kept, &kept);
        store->writing = NULL;
        pthread_cond_broadcast(&store->changed);
    }
    pthread_mutex_unlock(&store->lock);
    return NULL;
}

/* ---- The coder's thread --------------------------------------------------------------
 */

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static dateline_status give_failure(const dl_store *store, dateline_error *error)
{
    if (error && store->failure.status != DATELINE_OK)
        *error = store->failure;
    return store->failure.status;
}

/* Hands the batch over as soon as the writer is idle; with `wait` until it is kept. */
static dateline_status hand_over(dl_store *store, bool wait, dateline_error *error)
{
    pthread_mutex_lock(&store->lock);
    while (store->writing)
        pthread_cond_wait(&store->changed, &store->lock);
    bool cleared = true;
    if (store->filling->count > 0) {
        store->writing = store->filling;
        store->filling = &store->batches[store->filling == &store->batches[0]];
        cleared = batch_clear(store->filling);
        pthread_cond_broadcast(&store->changed);
    }
    while (wait && store->writing)
        pthread_cond_wait(&store->changed, &store->lock);
    dateline_status status = give_failure(store, error);
    pthread_mutex_unlock(&store->lock);
    return status == DATELINE_OK && !cleared ? dl_error_memory(error) : status;
}

static dateline_status check_failure(dl_store *store, dateline_error *error)
{
    pthread_mutex_lock(&store->lock);
    dateline_status status = give_failure(store, error);
    pthread_mutex_unlock(&store->lock);
    return status;
}

static dateline_status count_one(dl_store *store, dateline_error *error)
{
    batch *b = store->filling;
    if (b->count++ == 0)
        b->began_at = seconds_now();
    if (b->count >= DL_BATCH_ARTICLES || dl_arena_used(b->arena) >= DL_BATCH_BYTES ||
        seconds_now() - b->began_at >= DL_BATCH_SECONDS)
        return hand_over(store, false, error);
    return check_failure(store, error);
}

dl_arena *dl_store_arena(dl_store *store)
{
    return store->filling->arena;
}

/* Absent is what an empty one is; the map wants bytes. */
static dl_string as_key(dl_string id)
{
    return id.data ? id : DL_STRING("");
}

dateline_status dl_store_add(dl_store *store, dl_row_article *article,
                             dateline_error *error)
{
    batch *b = store->filling;
    if (!dl_map_add(&b->ids, as_key(article->id), 0, NULL))
        return dl_error_memory(error);
    article->number = b->count;
    *(b->last ? &b->last->next : &b->first) = article;
    b->last = article;
    return count_one(store, error);
}

dateline_status dl_store_add_reject(dl_store *store, dl_row_reject *reject,
                                    dateline_error *error)
{
    batch *b = store->filling;
    reject->number = b->count;
    *(b->last_reject ? &b->last_reject->next : &b->first_reject) = reject;
    b->last_reject = reject;
    return count_one(store, error);
}

dateline_status dl_store_commit(dl_store *store, dateline_error *error)
{
    return hand_over(store, true, error);
}

dl_kept dl_store_kept(dl_store *store)
{
    pthread_mutex_lock(&store->lock);
    dl_kept kept = store->kept;
    pthread_mutex_unlock(&store->lock);
    return kept;
}

/* ---- Looking -------------------------------------------------------------------------
 */

static const char reading[] = "the archive can't be read";

static dl_string column(sqlite3_stmt *statement, int number)
{
    return (dl_string){(const char *)sqlite3_column_text(statement, number),
                       (size_t)sqlite3_column_bytes(statement, number)};
}

/* Whether an article of this id was taken and is not committed yet. */
static bool is_pending(dl_store *store, dl_string id)
{
    pthread_mutex_lock(&store->lock);
    const batch *writing = store->writing; /* stays as it is until we hand over */
    pthread_mutex_unlock(&store->lock);
    return dl_map_find(&store->filling->ids, as_key(id)) ||
           (writing && dl_map_find(&writing->ids, as_key(id)));
}

dateline_status dl_store_find(dl_store *store, dl_string id, const char *hash,
                              dl_string coded_with, dl_standing *standing,
                              dateline_error *error)
{
    sqlite3_stmt *find = store->find;
    *standing = (dl_standing){0};
    if (is_pending(store, id))
        return DATELINE_OK; /* what is committed is not what it will be */
    dl_bind_string(find, 1, id);
    if (sqlite3_step(find) == SQLITE_ROW)
        *standing = (dl_standing){
            true, dl_string_equal(column(find, 1), dl_string_from(hash)),
            dl_string_equal(column(find, 2), coded_with), sqlite3_column_int64(find, 0)};
    return sqlite3_reset(find) == SQLITE_OK
               ? DATELINE_OK
               : dl_database_error(store->reader, error, reading);
}

dateline_status dl_store_find_reject(dl_store *store, const char *hash, bool *there,
                                     dateline_error *error)
{
    dl_bind_string(store->find_reject, 1, dl_string_from(hash));
    *there = sqlite3_step(store->find_reject) == SQLITE_ROW;
    return sqlite3_reset(store->find_reject) == SQLITE_OK
               ? DATELINE_OK
               : dl_database_error(store->reader, error, reading);
}

dateline_status dl_store_lines(dl_store *store, int64_t key, bool claims,
                               dl_take_line take, void *context, dateline_error *error)
{
    sqlite3_stmt *both[] = {store->record_lines, store->claim_lines};
    bool going = true;
    for (int i = 0; i < 1 + claims && going; i++) {
        sqlite3_bind_int64(both[i], 1, key);
        while (going && sqlite3_step(both[i]) == SQLITE_ROW)
            going = take(context, column(both[i], 0));
        if (sqlite3_reset(both[i]) != SQLITE_OK)
            return dl_database_error(store->reader, error, reading);
    }
    return DATELINE_OK;
}

/* ---- Opening and closing -------------------------------------------------------------
 */

static bool prepare(dl_store *store, const char *sql, sqlite3_stmt **statement)
{
    return sqlite3_prepare_v3(store->reader, sql, -1, SQLITE_PREPARE_PERSISTENT,
                              statement, NULL) == SQLITE_OK;
}

static dateline_status open_reader(dl_store *store, const char *path,
                                   dateline_error *error)
{
    dateline_status status = dl_connect(path, DL_ACCESS_READ, &store->reader, error);
    if (status != DATELINE_OK)
        return status;
    bool fine =
        prepare(store, "SELECT article_key, hash, coded_with FROM articles WHERE id = ?",
                &store->find) &&
        prepare(store, "SELECT 1 FROM rejects WHERE hash = ?", &store->find_reject) &&
        prepare(store,
                "SELECT json FROM records JOIN record_json USING(record_key)"
                " WHERE article_key = ? ORDER BY record_key",
                &store->record_lines) &&
        prepare(store, "SELECT json FROM claims WHERE article_key = ? ORDER BY claim_key",
                &store->claim_lines);
    return fine ? DATELINE_OK : dl_database_error(store->reader, error, reading);
}

static dateline_status start_thread(dl_store *store, dateline_error *error)
{
    if (pthread_mutex_init(&store->lock, NULL) != 0)
        return dl_error_memory(error);
    if (pthread_cond_init(&store->changed, NULL) != 0) {
        pthread_mutex_destroy(&store->lock);
        return dl_error_memory(error);
    }
    store->running = pthread_create(&store->thread, NULL, write_batches, store) == 0;
    if (store->running)
        return DATELINE_OK;
    pthread_cond_destroy(&store->changed);
    pthread_mutex_destroy(&store->lock);
    return dl_error_memory(error);
}

static dateline_status open_all(dl_store *store, const char *path, bool recode,
                                dateline_error *error)
{
    dateline_status status = dl_connect(path, DL_ACCESS_WRITE, &store->db, error);
    if (status == DATELINE_OK)
        status = open_reader(store, path, error);
    if (status == DATELINE_OK)
        status = dl_inserter_init(&store->inserter, store->db, error);
    store->inserter.recode = recode;
    for (int i = 0; status == DATELINE_OK && i < 2; i++)
        if (!(store->batches[i].arena = dl_arena_new()) ||
            !batch_clear(&store->batches[i]))
            status = dl_error_memory(error);
    store->filling = &store->batches[0];
    return status == DATELINE_OK ? start_thread(store, error) : status;
}

dateline_status dl_store_open(const char *path, bool recode, dl_store **store,
                              dateline_error *error)
{
    *store = calloc(1, sizeof **store);
    if (!*store)
        return dl_error_memory(error);
    dateline_status status = open_all(*store, path, recode, error);
    if (status != DATELINE_OK) {
        dl_store_close(*store);
        *store = NULL;
    }
    return status;
}

static void stop_thread(dl_store *store)
{
    hand_over(store, true, NULL);
    pthread_mutex_lock(&store->lock);
    store->stop = true;
    pthread_cond_broadcast(&store->changed);
    pthread_mutex_unlock(&store->lock);
    pthread_join(store->thread, NULL);
    pthread_cond_destroy(&store->changed);
    pthread_mutex_destroy(&store->lock);
}

void dl_store_close(dl_store *store)
{
    if (!store)
        return;
    if (store->running)
        stop_thread(store);
    dl_inserter_release(&store->inserter);
    sqlite3_finalize(store->find);
    sqlite3_finalize(store->find_reject);
    sqlite3_finalize(store->record_lines);
    sqlite3_finalize(store->claim_lines);
    sqlite3_close(store->reader);
    sqlite3_close(store->db);
    for (int i = 0; i < 2; i++)
        dl_arena_free(store->batches[i].arena);
    free(store);
}
