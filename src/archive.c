/* Questions to an archive: names resolved by the coder, records and counts written. */
#include <stdio.h>
#include <stdlib.h>

#include "lexicon/names.h"
#include "pipeline.h"
#include "store/ask.h"
#include "store/print.h"
#include "store/schema.h"

struct dateline_archive {
    sqlite3 *db;
};

static const char reading[] = "the archive can't be read";

dateline_status dateline_archive_open(const char *path, dateline_archive **archive,
                                      dateline_error *error)
{
    *archive = calloc(1, sizeof **archive);
    if (!*archive)
        return dl_error_memory(error);
    dateline_status status = dl_connect(path, DL_ACCESS_READ, &(*archive)->db, error);
    if (status != DATELINE_OK) {
        free(*archive);
        *archive = NULL;
    }
    return status;
}

void dateline_archive_close(dateline_archive *archive)
{
    if (!archive)
        return;
    sqlite3_close(archive->db);
    free(archive);
}

/* ---- Names ---------------------------------------------------------------------------
 */

/* A question on its way to SQL. */
typedef struct resolver {
    sqlite3 *db;
    const dateline_engine *engine;
    dateline_worker *worker; /* made when the first name needs it */
    const dateline_query *query;
    dl_arena *arena;
    dateline_error *error;
    dateline_status status;
} resolver;

/* Says what is wrong with a field; false. */
static bool fail(resolver *r, const char *field, const char *what)
{
    r->status = dl_error_set(r->error, DATELINE_USAGE, "%s: %.80s", field, what);
    return false;
}

static dl_string keep(resolver *r, dl_string text)
{
    dl_string kept = dl_arena_string(r->arena, text);
    if (!kept.data)
        r->status = dl_error_memory(r->error);
    return kept;
}

/* The next of the pieces that commas separate, without blanks around; false at the end.
 */
static bool next_piece(dl_string *rest, char separator, dl_string *piece)
{
    while (rest->size > 0) {
        size_t end = dl_string_find(*rest, separator, 0);
        *piece = dl_string_trim(dl_string_slice(*rest, 0, end));
        *rest = dl_string_slice(*rest, end < rest->size ? end + 1 : end, rest->size);
        if (piece->size > 0)
            return true;
    }
    return false;
}

static bool is_code(dl_string word)
{
    enum { CODE_SIZE = 3 };
    for (size_t i = 0; i < word.size; i++)
        if (word.data[i] < 'A' || word.data[i] > 'Z')
            return false;
    return word.size == CODE_SIZE;
}

/* "FRA GOV", "COP": false where some word is no code. */
static bool read_codes(dl_string text, dl_ask_party *party)
{
    dl_string word;
    *party = (dl_ask_party){0};
    while (next_piece(&text, ' ', &word)) {
        bool sector = is_code(word) && dl_sector_find(word) != DL_NO_SECTOR;
        if (sector && party->sector_count < DL_ASK_SECTORS_MAX)
            party->sectors[party->sector_count++] = word;
        else if (is_code(word) && !sector && !party->code.size)
            party->code = word;
        else
            return false;
    }
    return party->code.size || party->sector_count;
}

/* Codes the words as the coder would; the mention, or NULL where it is nobody known. */
static const dl_mention *code_words(resolver *r, dl_string words)
{
    dateline_error ignored = {0};
    dateline_article article = {.id = {"name", 4}, .text = {words.data, words.size}};
    if (dateline_worker_code_entity(r->worker, &article, (dateline_text){0}, &ignored) !=
        DATELINE_OK)
        return NULL;
    int32_t mention = dl_worker_mention(r->worker);
    return mention >= 0 ? &dl_worker_document(r->worker)->mentions[mention] : NULL;
}

/* With a capital at the start of every word. */
static dl_string capitalised(resolver *r, dl_string words)
{
    dl_string copy = keep(r, words);
    char *bytes = (char *)(uintptr_t)copy.data;
    for (size_t i = 0; bytes && i < copy.size; i++)
        if ((i == 0 || bytes[i - 1] == ' ') && bytes[i] >= 'a' && bytes[i] <= 'z')
            bytes[i] = (char)(bytes[i] - 'a' + 'A');
    return copy;
}

static bool has_capital(dl_string words)
{
    for (size_t i = 0; i < words.size; i++)
        if (words.data[i] >= 'A' && words.data[i] <= 'Z')
            return true;
    return false;
}

/* The mention that the name makes; people who ask may leave its capitals out. */
static const dl_mention *code_name(resolver *r, dl_string name)
{
    if (!r->engine)
        return NULL;
    if (!r->worker)
        r->status = dateline_worker_new(r->engine, &r->worker, r->error);
    if (r->status != DATELINE_OK)
        return NULL;
    const dl_mention *mention = code_words(r, name);
    if (has_capital(name) || (mention && mention->role.code[0]))
        return mention;
    const dl_mention *other = code_words(r, capitalised(r, name));
    return other && other->role.code[0] ? other : code_words(r, name);
}

static dl_string name_of(const resolver *r, const dl_mention *mention)
{
    const dl_document *document = dl_worker_document(r->worker);
    return mention->entity >= 0 ? document->entities[mention->entity].name
                                : (dl_string){0};
}

/* Whether the name is that of the state itself. */
static bool is_state(const resolver *r, const dl_mention *mention)
{
    const dl_lexicon *lexicon = dl_worker_lexicon(r->worker);
    dl_known state = dl_known_find_state(lexicon, mention->role.code);
    return state >= 0 &&
           dl_string_equal(dl_known_get_name(lexicon, state), name_of(r, mention));
}

static bool archive_has_name(const resolver *r, dl_string name)
{
    sqlite3_stmt *find = NULL;
    bool there = false;
    static const char sql[] =
        "SELECT 1 FROM parties WHERE name = ?1 COLLATE NOCASE UNION ALL"
        " SELECT 1 FROM record_sources WHERE name = ?1 COLLATE NOCASE LIMIT 1";
    if (sqlite3_prepare_v2(r->db, sql, -1, &find, NULL) == SQLITE_OK) {
        dl_bind_string(find, 1, name);
        there = sqlite3_step(find) == SQLITE_ROW;
    }
    sqlite3_finalize(find);
    return there;
}

static void take_role(resolver *r, const dl_role *role, dl_ask_party *party)
{
    if (role->code[0])
        party->code = keep(r, dl_string_from(role->code));
    for (size_t i = 0; i < DL_SECTORS_MAX && role->sectors[i] != DL_NO_SECTOR; i++)
        party->sectors[party->sector_count++] =
            dl_string_from(dl_sector_name((dl_sector)role->sectors[i]));
}

/* Whether the words say what somebody is, although they are a name: a seat that stands
 * for its government, a people and a role ("French Army"). */
static bool is_described(const resolver *r, const dl_mention *mention)
{
    const dl_lexicon *lexicon = dl_worker_lexicon(r->worker);
    const dl_document *document = dl_worker_document(r->worker);
    int32_t first = mention->first, last = mention->last;
    dl_word_sense sense;
    if (mention->via == DL_VIA_PLACE)
        return mention->role.sectors[0] != DL_NO_SECTOR;
    size_t people =
        dl_words_match(lexicon, DL_WORDS_DEMONYM, document, first, last, -1, &sense);
    first += (int32_t)people;
    size_t role =
        people && first <= last
            ? dl_words_match(lexicon, DL_WORDS_ROLE, document, first, last, last, &sense)
            : 0;
    return role > 0 && first + (int32_t)role == last + 1;
}

/* A country is all that has its code; somebody with a name goes by it, if the archive
 * knows it; others by what they are coded as; and who is not known by the words. */
static dl_ask_party resolve_name(resolver *r, dl_string text)
{
    dl_ask_party party = {0};
    const dl_mention *mention = code_name(r, text);
    dl_string name = mention ? name_of(r, mention) : (dl_string){0};
    if (mention && mention->role.code[0] && name.size && is_state(r, mention))
        party.code = keep(r, dl_string_from(mention->role.code));
    else if (name.size && archive_has_name(r, name))
        party.name = keep(r, name);
    else if (archive_has_name(r, text))
        party.name = text;
    else if (mention && (!name.size || is_described(r, mention)))
        take_role(r, &mention->role, &party);
    if (!party.code.size && !party.sector_count && !party.name.size)
        party.words = text;
    return party;
}

static void tell(const resolver *r, const char *field, dl_string text,
                 const dl_ask_party *party)
{
    char as[160], name[160];
    size_t used = 0;
    if (!r->query->understood)
        return;
    if (party->name.size || party->words.size) {
        dl_string words = party->name.size ? party->name : party->words;
        snprintf(as, sizeof as, "%s%.*s%s", party->name.size ? "" : "the words \"",
                 (int)(words.size < 100 ? words.size : 100), words.data,
                 party->name.size ? "" : "\"");
    } else {
        snprintf(as, sizeof as, "%s", party->code.size ? party->code.data : "");
        for (size_t i = 0; i < party->sector_count; i++) {
            used = strlen(as);
            snprintf(as + used, sizeof as - used, "%s%s", used ? " " : "",
                     party->sectors[i].data);
        }
    }
    snprintf(name, sizeof name, "%.*s", (int)(text.size < 100 ? text.size : 100),
             text.data);
    r->query->understood(r->query->understood_context, field, name, as);
}

static bool resolve_parties(resolver *r, const char *field, const char *value,
                            dl_ask_parties *parties)
{
    dl_string rest = dl_string_from(value), piece;
    while (r->status == DATELINE_OK && next_piece(&rest, ',', &piece)) {
        if (parties->count == DL_ASK_TERMS_MAX)
            return fail(r, field, "too many parts");
        dl_ask_party *party = &parties->items[parties->count++];
        if (read_codes(piece, party))
            continue;
        *party = resolve_name(r, piece);
        tell(r, field, piece, party);
    }
    return r->status == DATELINE_OK;
}

/* ---- The other fields ----------------------------------------------------------------
 */

static bool resolve_places(resolver *r, dl_ask *ask)
{
    dl_string rest = dl_string_from(r->query->where), piece;
    while (r->status == DATELINE_OK && next_piece(&rest, ',', &piece)) {
        if (ask->where_count == DL_ASK_TERMS_MAX)
            return fail(r, "where", "too many parts");
        dl_ask_place *place = &ask->where[ask->where_count++];
        if (is_code(piece)) {
            place->country = piece;
            continue;
        }
        const dl_mention *mention = code_name(r, piece);
        if (mention && mention->role.code[0] && is_state(r, mention))
            place->country = keep(r, dl_string_from(mention->role.code));
        else
            place->name = piece;
    }
    return r->status == DATELINE_OK;
}

static bool read_words(resolver *r, const char *field, const char *value,
                       dl_ask_words *words)
{
    dl_string rest = dl_string_from(value), piece;
    while (next_piece(&rest, ',', &piece)) {
        if (words->count == DL_ASK_TERMS_MAX)
            return fail(r, field, "too many parts");
        words->items[words->count++] = piece;
    }
    return true;
}

static bool read_statuses(resolver *r, dl_ask *ask)
{
    if (!read_words(r, "status", r->query->status, &ask->status))
        return false;
    for (size_t i = 0; i < ask->status.count; i++)
        if (dl_event_status_find(ask->status.items[i]) < 0)
            return fail(r, "no such status", r->query->status);
    return true;
}

/* "2022", "2022-01", "2022-01-13" */
static bool read_date(resolver *r, const char *field, const char *value, dl_string *date)
{
    static const char digits[] = "dddd-dd-dd";
    enum { YEAR = 4, MONTH = 7, DAY = 10 };
    *date = dl_string_from(value);
    if (!value)
        return true;
    bool good = date->size == YEAR || date->size == MONTH || date->size == DAY;
    for (size_t i = 0; good && i < date->size; i++)
        good = digits[i] == '-' ? value[i] == '-' : value[i] >= '0' && value[i] <= '9';
    return good ||
           fail(r, field, "a day, month or year is wanted: 2022-01-13, 2022-01, 2022");
}

static bool read_counts(resolver *r, dl_ask *ask)
{
    dl_string rest = dl_string_from(r->query->count), piece;
    while (next_piece(&rest, ',', &piece)) {
        dl_count_by by = dl_count_find(piece);
        if (by == DL_COUNTS)
            return fail(r, "no such counts", r->query->count);
        for (size_t i = 0; i < ask->count_count; i++)
            if (ask->counts[i] == by)
                return fail(r, "the same counts twice", r->query->count);
        ask->counts[ask->count_count++] = by;
    }
    return true;
}

static const char has_stories[] = "SELECT 1 FROM stories LIMIT 1";

static void resolve(resolver *r, dl_ask *ask)
{
    const dateline_query *query = r->query;
    *ask = (dl_ask){.text = dl_string_from(query->text),
                    .article = dl_string_from(query->article),
                    .reports = query->reports,
                    .confidence = query->min_confidence,
                    .limit = query->limit,
                    .merged = dl_ask_number(r->db, has_stories) == 1};
    bool fine = resolve_parties(r, "who", query->who, &ask->who) &&
                resolve_parties(r, "whom", query->whom, &ask->whom) &&
                resolve_parties(r, "according-to", query->according_to, &ask->says) &&
                resolve_places(r, ask) &&
                read_words(r, "what", query->what, &ask->what) &&
                read_words(r, "source", query->source, &ask->source) &&
                read_statuses(r, ask) && read_date(r, "from", query->from, &ask->from) &&
                read_date(r, "to", query->to, &ask->to) && read_counts(r, ask);
    (void)fine; /* r->status tells */
}

/* The question as a prepared statement: of counts, or of keys. */
static dateline_status prepare(sqlite3 *db, const dateline_engine *engine,
                               const dateline_query *query, bool counts,
                               sqlite3_stmt **statement, dateline_error *error)
{
    resolver r = {.db = db,
                  .engine = engine,
                  .query = query,
                  .error = error,
                  .arena = dl_arena_new()};
    dl_ask *ask = calloc(1, sizeof *ask);
    *statement = NULL;
    if (!r.arena || !ask) {
        r.status = dl_error_memory(error);
    } else {
        resolve(&r, ask);
        if (r.status == DATELINE_OK)
            r.status = counts ? dl_ask_counts(db, ask, statement, error)
                              : dl_ask_keys(db, ask, statement, error);
    }
    dateline_worker_free(r.worker);
    dl_arena_free(r.arena);
    free(ask);
    return r.status;
}

/* ---- Records -------------------------------------------------------------------------
 */

/* Keys by date; of each that counts, `detail` gives the rest. */
struct dateline_records {
    sqlite3 *db;
    sqlite3_stmt *keys, *detail;
    sqlite3_stmt *story; /* of a key; NULL where every record is given */
    dl_arena *arena;
    dl_map seen; /* stories that were given */
    size_t limit, given;
    dateline_status failure;
};

static const char record_detail[] =
    "SELECT j.json, a.id, a.date, a.title, a.source, a.url, a.language, r.story,"
    " coalesce(t.reports, 1), coalesce(t.articles, 1), coalesce(t.sources, 1)"
    " FROM records r JOIN record_json j ON j.record_key = r.record_key"
    " JOIN articles a ON a.article_key = r.article_key"
    " LEFT JOIN stories t ON t.story = r.story WHERE r.record_key = ?";

static const char row_detail[] =
    "SELECT date, event || rtrim(' ' || mode) AS event, actors, recipients,"
    " coalesce(place_name || ', ', '') || coalesce(country, '') AS place, status,"
    " reports, coalesce(source, '') AS source, article, text FROM event_list"
    " WHERE record_key = ?";

static const char csv_detail[] = "SELECT * FROM event_list WHERE record_key = ?";

static dateline_status open_records(sqlite3 *db, const dateline_engine *engine,
                                    const dateline_query *query, const char *detail,
                                    dateline_records *records, dateline_error *error)
{
    enum { STORIES_EXPECTED = 1024 };
    *records =
        (dateline_records){.db = db, .arena = dl_arena_new(), .limit = query->limit};
    if (!records->arena || !dl_map_init(&records->seen, records->arena, STORIES_EXPECTED))
        return dl_error_memory(error);
    dateline_status status = prepare(db, engine, query, false, &records->keys, error);
    if (status == DATELINE_OK &&
        sqlite3_prepare_v2(db, detail, -1, &records->detail, NULL) != SQLITE_OK)
        status = dl_database_error(db, error, reading);
    bool merged = !query->every_report && dl_ask_number(db, has_stories) == 1;
    if (status == DATELINE_OK && merged &&
        sqlite3_prepare_v2(db, "SELECT story FROM records WHERE record_key = ?", -1,
                           &records->story, NULL) != SQLITE_OK)
        status = dl_database_error(db, error, reading);
    return status;
}

static void release_records(dateline_records *records)
{
    sqlite3_finalize(records->keys);
    sqlite3_finalize(records->detail);
    sqlite3_finalize(records->story);
    dl_arena_free(records->arena);
}

/* Whether this story comes for the first time. */
static bool is_new(dateline_records *records, dl_string story, dateline_error *error)
{
    bool added = false;
    if (dl_map_find(&records->seen, story))
        return false;
    dl_string kept = dl_arena_string(records->arena, story);
    if (!kept.data || !dl_map_add(&records->seen, kept, 0, &added))
        records->failure = dl_error_memory(error);
    return added;
}

/* Whether the record on which `keys` stands is the first of its story, or has none. */
static bool is_first(dateline_records *records, dateline_error *error)
{
    bool first = true;
    if (!records->story)
        return true;
    sqlite3_bind_int64(records->story, 1, sqlite3_column_int64(records->keys, 0));
    if (sqlite3_step(records->story) == SQLITE_ROW &&
        sqlite3_column_type(records->story, 0) != SQLITE_NULL) {
        dl_string story = {(const char *)sqlite3_column_text(records->story, 0),
                           (size_t)sqlite3_column_bytes(records->story, 0)};
        first = is_new(records, story, error);
    }
    sqlite3_reset(records->story);
    return first;
}

/* Moves `detail` on to the next record; DATELINE_END after the last. */
static dateline_status step(dateline_records *records, dateline_error *error)
{
    int code = SQLITE_DONE;
    sqlite3_reset(records->detail);
    if (records->limit && records->given == records->limit)
        return DATELINE_END;
    while (records->failure == DATELINE_OK &&
           (code = sqlite3_step(records->keys)) == SQLITE_ROW)
        if (is_first(records, error))
            break;
    if (records->failure != DATELINE_OK)
        return records->failure;
    if (code == SQLITE_DONE)
        return DATELINE_END;
    if (code == SQLITE_ROW) {
        sqlite3_bind_int64(records->detail, 1, sqlite3_column_int64(records->keys, 0));
        code = sqlite3_step(records->detail);
        records->given++;
    }
    return code == SQLITE_ROW ? DATELINE_OK
                              : dl_database_error(records->db, error, reading);
}

static dateline_text text_at(sqlite3_stmt *statement, int column)
{
    return (dateline_text){(const char *)sqlite3_column_text(statement, column),
                           (size_t)sqlite3_column_bytes(statement, column)};
}

static size_t number_at(sqlite3_stmt *statement, int column)
{
    return (size_t)sqlite3_column_int64(statement, column);
}

dateline_status dateline_records_open(dateline_archive *archive,
                                      const dateline_engine *engine,
                                      const dateline_query *query,
                                      dateline_records **records, dateline_error *error)
{
    static const dateline_query everything;
    query = query ? query : &everything;
    *records = NULL;
    if (query->count)
        return dl_error_set(error, DATELINE_USAGE, "counts are no records");
    dateline_records *opened = calloc(1, sizeof *opened);
    if (!opened)
        return dl_error_memory(error);
    dateline_status status =
        open_records(archive->db, engine, query, record_detail, opened, error);
    if (status == DATELINE_OK)
        *records = opened;
    else
        dateline_records_close(opened);
    return status;
}

void dateline_records_close(dateline_records *records)
{
    if (!records)
        return;
    release_records(records);
    free(records);
}

dateline_status dateline_records_next(dateline_records *records,
                                      dateline_archive_record *record,
                                      dateline_error *error)
{
    dateline_status status = step(records, error);
    sqlite3_stmt *row = records->detail;
    if (status != DATELINE_OK)
        return status;
    *record = (dateline_archive_record){.json = text_at(row, 0),
                                        .article = text_at(row, 1),
                                        .date = text_at(row, 2),
                                        .title = text_at(row, 3),
                                        .source = text_at(row, 4),
                                        .url = text_at(row, 5),
                                        .language = text_at(row, 6),
                                        .story = text_at(row, 7),
                                        .reports = number_at(row, 8),
                                        .articles = number_at(row, 9),
                                        .sources = number_at(row, 10)};
    return DATELINE_OK;
}

/* ---- Writing -------------------------------------------------------------------------
 */

/* The record's line with its story in its place, before the rule. No string of JSON has a
 * bare quotation mark in it, so the key is found by its bytes. */
static bool add_record_line(dl_printer *printer, dl_buffer *line, sqlite3_stmt *row)
{
    static const char rule[] = ",\"rule\":";
    dateline_text json = text_at(row, 0), story = text_at(row, 7);
    size_t at = json.size, size = sizeof rule - 1;
    if (!story.size)
        return dl_printer_add_line(printer, (dl_string){json.data, json.size});
    while (at > size && memcmp(json.data + at - size, rule, size) != 0)
        at--;
    at = at > size ? at - size : json.size - 1; /* none: before the last bracket */
    dl_buffer_clear(line);
    dl_buffer_add(line, json.data, at);
    dl_buffer_add_text(line, ",\"story\":");
    dl_buffer_add_json(line, (dl_string){story.data, story.size});
    dl_buffer_add(line, json.data + at, json.size - at);
    return !line->failed &&
           dl_printer_add_line(printer, (dl_string){line->data, line->size});
}

static dateline_status write_records(dateline_records *records, dateline_rows shape,
                                     dateline_sink sink, void *context,
                                     dateline_error *error)
{
    sqlite3_stmt *row = records->detail;
    dl_buffer line = {0};
    dl_printer *printer = dl_printer_new(
        (dl_shape_of_rows)shape, row,
        sqlite3_column_count(row) - (shape == DATELINE_ROWS_CSV), sink, context);
    if (!printer)
        return dl_error_memory(error);
    dateline_status status = DATELINE_OK;
    bool going = true;
    while (going && (status = step(records, error)) == DATELINE_OK)
        going = shape == DATELINE_ROWS_JSONL ? add_record_line(printer, &line, row)
                                             : dl_printer_add(printer, row);
    dateline_status ended = dl_printer_end(printer, error);
    bool memory = line.failed;
    dl_buffer_release(&line);
    if (memory)
        return dl_error_memory(error);
    return status == DATELINE_OK || status == DATELINE_END ? ended : status;
}

dateline_status dateline_archive_query(dateline_archive *archive,
                                       const dateline_engine *engine,
                                       const dateline_query *query, dateline_rows shape,
                                       dateline_sink sink, void *context,
                                       dateline_error *error)
{
    static const char *const details[] = {[DATELINE_ROWS_TABLE] = row_detail,
                                          [DATELINE_ROWS_CSV] = csv_detail,
                                          [DATELINE_ROWS_JSONL] = record_detail};
    if (query->count) {
        sqlite3_stmt *statement;
        dateline_status status =
            prepare(archive->db, engine, query, true, &statement, error);
        if (status == DATELINE_OK)
            status = dl_print_rows(archive->db, statement, (dl_shape_of_rows)shape, sink,
                                   context, error);
        sqlite3_finalize(statement);
        return status;
    }
    dateline_records records;
    dateline_status status =
        open_records(archive->db, engine, query, details[shape], &records, error);
    if (status == DATELINE_OK)
        status = write_records(&records, shape, sink, context, error);
    release_records(&records);
    return status;
}

dateline_status dateline_archive_sql(dateline_archive *archive, const char *sql,
                                     dateline_rows shape, dateline_sink sink,
                                     void *context, dateline_error *error)
{
    sqlite3_stmt *statement;
    dateline_status status = dl_ask_sql(archive->db, sql, &statement, error);
    if (status != DATELINE_OK)
        return status;
    status = dl_print_rows(archive->db, statement, (dl_shape_of_rows)shape, sink, context,
                           error);
    sqlite3_finalize(statement);
    return status;
}

/* ---- Facts ---------------------------------------------------------------------------
 */

static void ask_text(sqlite3 *db, const char *sql, char *out, size_t size)
{
    sqlite3_stmt *statement = NULL;
    out[0] = '\0';
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        snprintf(out, size, "%s", text ? text : "");
    }
    sqlite3_finalize(statement);
}

static size_t ask_size(sqlite3 *db, const char *sql)
{
    int64_t number = dl_ask_number(db, sql);
    return number > 0 ? (size_t)number : 0;
}

/* What SQLite finds in the file, then what does not belong together in ours. */
static void find_fault(sqlite3 *db, bool thorough, dateline_archive_facts *facts)
{
    static const char *const strays[] = {
        "SELECT count(*) FROM records WHERE article_key NOT IN"
        " (SELECT article_key FROM articles)",
        "SELECT count(*) FROM records WHERE record_key NOT IN"
        " (SELECT record_key FROM record_json)",
        "SELECT count(*) FROM parties WHERE record_key NOT IN"
        " (SELECT record_key FROM records)",
        "SELECT count(*) FROM dyads WHERE record_key NOT IN"
        " (SELECT record_key FROM records)"};
    ask_text(db, thorough ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)",
             facts->fault, sizeof facts->fault);
    if (strcmp(facts->fault, "ok") != 0) {
        if (!facts->fault[0])
            snprintf(facts->fault, sizeof facts->fault, "%s", sqlite3_errmsg(db));
        return;
    }
    facts->fault[0] = '\0';
    for (size_t i = 0; thorough && i < sizeof strays / sizeof *strays; i++)
        if (ask_size(db, strays[i]) > 0)
            snprintf(facts->fault, sizeof facts->fault,
                     "rows that belong to nothing: something else has written here");
}

dateline_status dateline_archive_check(const char *path, bool thorough,
                                       dateline_archive_facts *facts,
                                       dateline_error *error)
{
    sqlite3 *db;
    *facts = (dateline_archive_facts){.known_version = dl_schema_version()};
    dateline_status status = dl_connect(path, DL_ACCESS_LOOK, &db, error);
    if (status != DATELINE_OK)
        return status;
    facts->version = (int)dl_ask_number(db, "PRAGMA user_version");
    if (facts->version > 0) {
        facts->articles = ask_size(db, "SELECT count(*) FROM articles");
        facts->records = ask_size(db, "SELECT count(*) FROM records");
        facts->claims = ask_size(db, "SELECT count(*) FROM claims");
        facts->stories = ask_size(db, "SELECT count(*) FROM stories");
        facts->rejects = ask_size(db, "SELECT count(*) FROM rejects");
        facts->coders = ask_size(db, "SELECT count(DISTINCT coded_with) FROM articles");
        ask_text(db, "SELECT min(date) FROM articles", facts->first_date,
                 sizeof facts->first_date);
        ask_text(db, "SELECT max(date) FROM articles", facts->last_date,
                 sizeof facts->last_date);
    }
    find_fault(db, thorough, facts);
    sqlite3_close(db);
    return DATELINE_OK;
}
