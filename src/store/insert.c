#include "store/insert.h"

static const char *const insert_sql[DL_INSERT_STATEMENTS] = {
#define X(name, sql) sql,
    DL_INSERT_LIST(X)
#undef X
};

static const char doing[] = "the archive can't be written";

dateline_status dl_inserter_init(dl_inserter *inserter, sqlite3 *db,
                                 dateline_error *error)
{
    *inserter = (dl_inserter){.db = db};
    for (int i = 0; i < DL_INSERT_STATEMENTS; i++)
        if (sqlite3_prepare_v3(db, insert_sql[i], -1, SQLITE_PREPARE_PERSISTENT,
                               &inserter->statements[i], NULL) != SQLITE_OK) {
            dateline_status status = dl_database_error(db, error, doing);
            dl_inserter_release(inserter);
            return status;
        }
    return DATELINE_OK;
}

void dl_inserter_release(dl_inserter *inserter)
{
    for (int i = 0; i < DL_INSERT_STATEMENTS; i++)
        sqlite3_finalize(inserter->statements[i]);
    *inserter = (dl_inserter){0};
}

/* ---- Binding, column after column ----------------------------------------------------
 */

typedef struct binder {
    sqlite3_stmt *statement;
    int column; /* last one bound */
} binder;

static binder bind(const dl_inserter *inserter, dl_insert_statement which)
{
    return (binder){.statement = inserter->statements[which]};
}

static void put(binder *b, dl_string value)
{
    dl_bind_string(b->statement, ++b->column, value);
}

/* An empty string is as absent as none. */
static void put_words(binder *b, dl_string value)
{
    put(b, value.size ? value : (dl_string){0});
}

static void put_text(binder *b, const char *value)
{
    put_words(b, dl_string_from(value));
}

static void put_number(binder *b, int64_t value)
{
    sqlite3_bind_int64(b->statement, ++b->column, value);
}

static void put_real(binder *b, double value)
{
    sqlite3_bind_double(b->statement, ++b->column, value);
}

static void put_bytes(binder *b, dl_string value)
{
    if (value.data)
        sqlite3_bind_blob64(b->statement, ++b->column, value.data, value.size,
                            SQLITE_STATIC);
    else
        sqlite3_bind_null(b->statement, ++b->column);
}

static void put_span(binder *b, dl_span span)
{
    put_number(b, span.start);
    put_number(b, span.end);
}

/* Runs the statement, which gives no rows. */
static bool run(const binder *b)
{
    sqlite3_step(b->statement);
    return sqlite3_reset(b->statement) == SQLITE_OK;
}

static bool run_on(const dl_inserter *inserter, dl_insert_statement which, int64_t key)
{
    binder b = bind(inserter, which);
    put_number(&b, key);
    return run(&b);
}

/* ---- Records -------------------------------------------------------------------------
 */

static void put_role(binder *b, const dl_row_party *party)
{
    put_words(b, party->code);
    put_words(b, party->sector);
    put_words(b, party->sectors);
    put_words(b, party->name);
}

static bool add_parties(const dl_inserter *inserter, int64_t key, const char *side,
                        const dl_row_party *parties, size_t count, bool mutual,
                        dl_string date)
{
    for (size_t i = 0; i < count; i++) {
        const dl_row_party *party = &parties[i];
        binder b = bind(inserter, DL_INSERT_add_party);
        put_number(&b, key);
        put_text(&b, side);
        put_number(&b, (int64_t)i + 1);
        put_role(&b, party);
        put(&b, party->text);
        put_span(&b, party->span);
        put_words(&b, party->identifier);
        put_words(&b, party->office);
        put_words(&b, party->via);
        put_number(&b, mutual);
        put_words(&b, date);
        if (!run(&b))
            return false;
    }
    return true;
}

static bool add_dyad(const dl_inserter *inserter, int64_t key,
                     const dl_row_record *record, dl_string actor, dl_string recipient)
{
    if (!actor.size || !recipient.size)
        return true;
    binder b = bind(inserter, DL_INSERT_add_dyad);
    put(&b, actor);
    put(&b, recipient);
    put(&b, record->date.data ? record->date : DL_STRING(""));
    put_number(&b, key);
    return run(&b);
}

/* Every actor against every recipient; in symmetric events also against each other. */
static bool add_dyads(const dl_inserter *inserter, int64_t key,
                      const dl_row_record *record)
{
    bool fine = true;
    for (size_t i = 0; i < record->actor_count; i++) {
        dl_string actor = record->actors[i].code;
        for (size_t j = 0; fine && j < record->recipient_count; j++)
            fine = add_dyad(inserter, key, record, actor, record->recipients[j].code);
        for (size_t j = 0; fine && record->symmetric && j < record->actor_count; j++)
            fine =
                i == j || add_dyad(inserter, key, record, actor, record->actors[j].code);
    }
    return fine;
}

static bool add_sources(const dl_inserter *inserter, int64_t key,
                        const dl_row_record *record)
{
    for (size_t i = 0; i < record->source_count; i++) {
        const dl_row_party *party = &record->sources[i];
        binder b = bind(inserter, DL_INSERT_add_source);
        put_number(&b, key);
        put_number(&b, (int64_t)i + 1);
        put_role(&b, party);
        put_words(&b, party->text);
        if (party->text.size) {
            put_span(&b, party->span);
        } else {
            put_text(&b, NULL);
            put_text(&b, NULL);
        }
        put_words(&b, party->identifier);
        put_words(&b, party->office);
        put_words(&b, party->via);
        put_words(&b, party->cue);
        put_number(&b, party->quoted);
        if (!run(&b))
            return false;
    }
    return true;
}

static bool add_sizes(const dl_inserter *inserter, int64_t key,
                      const dl_row_record *record)
{
    for (size_t i = 0; i < record->size_count; i++) {
        const dl_row_size *size = &record->sizes[i];
        binder b = bind(inserter, DL_INSERT_add_size);
        put_number(&b, key);
        put_text(&b, size->kind);
        put_real(&b, size->value);
        put_text(&b, size->relation);
        if (size->has_high)
            put_real(&b, size->high);
        else
            put_text(&b, NULL);
        put_words(&b, size->text);
        if (!run(&b))
            return false;
    }
    return true;
}

static void put_place(binder *b, const dl_row_place *place)
{
    put_words(b, place->text);
    put_words(b, place->name);
    put_words(b, place->country);
    put_words(b, place->admin1);
    if (place->precision) {
        put_real(b, place->lat);
        put_real(b, place->lon);
    } else {
        put_text(b, NULL);
        put_text(b, NULL);
    }
    put_text(b, place->precision);
}

static dl_string or_empty(dl_string value)
{
    return value.data ? value : DL_STRING("");
}

static bool add_record_row(const dl_inserter *inserter, int64_t article,
                           const dl_row_record *record)
{
    binder b = bind(inserter, DL_INSERT_add_record);
    put_text(&b, record->id);
    put_number(&b, article);
    put_number(&b, record->sentence);
    put_span(&b, record->span);
    put(&b, or_empty(record->event));
    put(&b, or_empty(record->mode));
    put_words(&b, record->context);
    put_words(&b, record->cameo);
    put_number(&b, record->quad);
    put_real(&b, record->scale);
    put_words(&b, record->date);
    put_words(&b, record->end_date);
    put_text(&b, record->basis);
    put_text(&b, record->status);
    put_number(&b, record->symmetric);
    put_real(&b, record->confidence);
    put_words(&b, record->rule);
    put_place(&b, &record->place);
    return run(&b);
}

static bool add_act(const dl_inserter *inserter, const dl_row_record *record)
{
    binder b = bind(inserter, DL_INSERT_add_act);
    put(&b, or_empty(record->event));
    put(&b, or_empty(record->mode));
    return run(&b);
}

static bool add_json(const dl_inserter *inserter, int64_t key,
                     const dl_row_record *record)
{
    binder b = bind(inserter, DL_INSERT_add_json);
    put_number(&b, key);
    put(&b, record->json);
    put_bytes(&b, record->merge_key);
    return run(&b);
}

static bool add_record(const dl_inserter *inserter, int64_t article,
                       const dl_row_record *record)
{
    if (!add_record_row(inserter, article, record))
        return false;
    int64_t key = sqlite3_last_insert_rowid(inserter->db);
    return add_json(inserter, key, record) && add_act(inserter, record) &&
           add_parties(inserter, key, "actor", record->actors, record->actor_count,
                       record->symmetric, record->date) &&
           add_parties(inserter, key, "recipient", record->recipients,
                       record->recipient_count, false, record->date) &&
           add_dyads(inserter, key, record) && add_sources(inserter, key, record) &&
           add_sizes(inserter, key, record);
}

/* ---- What else an article has --------------------------------------------------------
 */

static bool add_claim(const dl_inserter *inserter, int64_t article,
                      const dl_row_claim *claim)
{
    const dl_row_party *speaker = &claim->speaker;
    binder b = bind(inserter, DL_INSERT_add_claim);
    put_text(&b, claim->id);
    put_number(&b, article);
    if (claim->sentence)
        put_number(&b, claim->sentence);
    else
        put_text(&b, NULL);
    put_span(&b, claim->span);
    put_words(&b, claim->date);
    put_words(&b, speaker->code);
    put_words(&b, speaker->sectors);
    put_words(&b, speaker->name);
    put_words(&b, speaker->text);
    put_words(&b, speaker->identifier);
    put_words(&b, speaker->office);
    put_words(&b, speaker->via);
    put_words(&b, claim->cue);
    put_number(&b, claim->quoted);
    put(&b, claim->json);
    return run(&b);
}

static bool add_entity(const dl_inserter *inserter, int64_t article,
                       const dl_row_entity *entity)
{
    binder b = bind(inserter, DL_INSERT_add_entity);
    put_number(&b, article);
    put_number(&b, entity->entity);
    put(&b, entity->name);
    put_text(&b, entity->type);
    put_words(&b, entity->code);
    put_words(&b, entity->sectors);
    put_words(&b, entity->office);
    put_words(&b, entity->identifier);
    put(&b, or_empty(entity->text));
    put_number(&b, entity->mentions);
    return run(&b);
}

static bool add_sentence(const dl_inserter *inserter, int64_t article, size_t number,
                         const dl_row_sentence *sentence)
{
    binder b = bind(inserter, DL_INSERT_add_sentence);
    put_number(&b, article);
    put_number(&b, (int64_t)number);
    put_span(&b, sentence->span);
    put_number(&b, sentence->paragraph);
    put_number(&b, sentence->heading);
    return run(&b);
}

static bool add_parts(const dl_inserter *inserter, int64_t key,
                      const dl_row_article *article)
{
    bool fine = true;
    for (size_t i = 0; fine && i < article->sentence_count; i++)
        fine = add_sentence(inserter, key, i + 1, &article->sentences[i]);
    for (size_t i = 0; fine && i < article->record_count; i++)
        fine = add_record(inserter, key, &article->records[i]);
    for (size_t i = 0; fine && i < article->claim_count; i++)
        fine = add_claim(inserter, key, &article->claims[i]);
    for (size_t i = 0; fine && i < article->entity_count; i++)
        fine = add_entity(inserter, key, &article->entities[i]);
    return fine;
}

/* ---- Articles ------------------------------------------------------------------------
 */

static bool put_article(const dl_inserter *inserter, dl_insert_statement which,
                        const dl_row_article *article)
{
    binder b = bind(inserter, which);
    put(&b, or_empty(article->id));
    put_words(&b, article->date);
    put_words(&b, article->source);
    put_words(&b, article->language);
    put_text(&b, article->hash);
    put(&b, or_empty(article->coded_with));
    put_number(&b, inserter->import_key);
    put_bytes(&b, article->sketch);
    put_words(&b, article->url);
    put_words(&b, article->author);
    put_words(&b, article->title);
    put(&b, or_empty(article->text));
    return run(&b);
}

static bool column_equals(sqlite3_stmt *statement, int column, dl_string wanted)
{
    dl_string there = {(const char *)sqlite3_column_text(statement, column),
                       (size_t)sqlite3_column_bytes(statement, column)};
    return dl_string_equal(there, wanted);
}

/* The key of the article with this id, which is there; *same: nothing is to be done. */
static int64_t find_article(const dl_inserter *inserter, const dl_row_article *article,
                            bool *same)
{
    int64_t key = -1;
    binder b = bind(inserter, DL_INSERT_find_article);
    put(&b, or_empty(article->id));
    if (sqlite3_step(b.statement) == SQLITE_ROW) {
        key = sqlite3_column_int64(b.statement, 0);
        *same = column_equals(b.statement, 1, dl_string_from(article->hash)) &&
                (!inserter->recode || column_equals(b.statement, 2, article->coded_with));
    }
    return sqlite3_reset(b.statement) == SQLITE_OK ? key : -1;
}

static bool drop_parts(const dl_inserter *inserter, int64_t key)
{
    static const dl_insert_statement drops[] = {
        DL_INSERT_age_stories,   DL_INSERT_age_merges,    DL_INSERT_drop_dyads,
        DL_INSERT_drop_parties,  DL_INSERT_drop_sources,  DL_INSERT_drop_sizes,
        DL_INSERT_drop_json,     DL_INSERT_drop_records,  DL_INSERT_drop_claims,
        DL_INSERT_drop_entities, DL_INSERT_drop_sentences};
    for (size_t i = 0; i < sizeof drops / sizeof *drops; i++)
        if (!run_on(inserter, drops[i], key))
            return false;
    return true;
}

/* An article that was rejected once, and is kept now, is no reject any more. */
static bool forgive(const dl_inserter *inserter, dl_string id)
{
    binder b = bind(inserter, DL_INSERT_drop_reject);
    put(&b, or_empty(id));
    return run(&b);
}

static bool insert(const dl_inserter *inserter, const dl_row_article *article,
                   dl_outcome *outcome)
{
    *outcome = DL_ARTICLE_ADDED;
    if (!put_article(inserter, DL_INSERT_add_article, article))
        return false;
    int64_t key = sqlite3_last_insert_rowid(inserter->db);
    if (sqlite3_changes(inserter->db) == 0) {
        bool same = false;
        key = find_article(inserter, article, &same);
        *outcome = same ? DL_ARTICLE_UNCHANGED : DL_ARTICLE_REPLACED;
        if (key < 0 || same)
            return key >= 0;
        if (!drop_parts(inserter, key) ||
            !put_article(inserter, DL_INSERT_change_article, article))
            return false;
    }
    return add_parts(inserter, key, article) && forgive(inserter, article->id);
}

dateline_status dl_insert_article(dl_inserter *inserter, const dl_row_article *article,
                                  dl_outcome *outcome, dateline_error *error)
{
    return insert(inserter, article, outcome)
               ? DATELINE_OK
               : dl_database_error(inserter->db, error, doing);
}

dateline_status dl_insert_reject(dl_inserter *inserter, const dl_row_reject *reject,
                                 dateline_error *error)
{
    binder b = bind(inserter, DL_INSERT_add_reject);
    put_text(&b, reject->hash);
    put_words(&b, reject->file);
    put_number(&b, (int64_t)reject->line);
    put_words(&b, reject->article);
    put_text(&b, reject->status);
    put(&b, or_empty(reject->message));
    if (dl_utf8_check(reject->raw) == reject->raw.size)
        put(&b, or_empty(reject->raw));
    else
        put_bytes(&b, reject->raw);
    return run(&b) ? DATELINE_OK : dl_database_error(inserter->db, error, doing);
}

dateline_status dl_insert_counts(dl_inserter *inserter, dl_string coded_with,
                                 size_t articles, size_t records, size_t rejects,
                                 dateline_error *error)
{
    bool fine = true;
    if (!inserter->import_key) {
        binder b = bind(inserter, DL_INSERT_add_import);
        put_words(&b, coded_with);
        fine = run(&b);
        inserter->import_key = sqlite3_last_insert_rowid(inserter->db);
    }
    binder b = bind(inserter, DL_INSERT_count_import);
    put_number(&b, inserter->import_key);
    put_number(&b, (int64_t)articles);
    put_number(&b, (int64_t)records);
    put_number(&b, (int64_t)rejects);
    put_words(&b, coded_with); /* not known yet where rejects came first */
    fine = fine && run(&b);
    return fine ? DATELINE_OK : dl_database_error(inserter->db, error, doing);
}
