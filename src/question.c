/* What people ask as a statement: names resolved by the coder, fields read. */
#include <stdio.h>
#include <stdlib.h>

#include "lexicon/names.h"
#include "pipeline.h"
#include "question.h"

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

/* A field that is given and has nothing in it asks for nothing: a slip. */
static bool check_given(resolver *r, const char *field, const char *value, size_t count)
{
    return r->status == DATELINE_OK &&
           (!value || count > 0 || fail(r, field, "nothing is given"));
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
    return check_given(r, field, value, parties->count);
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
    return check_given(r, "where", r->query->where, ask->where_count);
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
    return check_given(r, field, value, words->count);
}

/* Tells where no record of the archive has a category or mode that is asked for: a slip
 * of the pen, or nothing of the kind yet. */
static void check_acts(resolver *r, const dl_ask_words *what)
{
    static const char sql[] =
        "SELECT 1 FROM acts WHERE event = upper(?1) OR"
        " instr(' ' || lower(mode) || ' ', ' ' || lower(?1) || ' ') > 0 LIMIT 1";
    sqlite3_stmt *find = NULL;
    if (!r->query->understood ||
        sqlite3_prepare_v2(r->db, sql, -1, &find, NULL) != SQLITE_OK)
        return;
    for (size_t i = 0; i < what->count; i++) {
        dl_string rest = what->items[i], word;
        while (next_piece(&rest, ' ', &word)) {
            char name[64];
            uint64_t cameo;
            if (dl_string_to_uint(word, &cameo))
                continue;
            dl_bind_string(find, 1, word);
            bool there = sqlite3_step(find) == SQLITE_ROW;
            sqlite3_reset(find);
            snprintf(name, sizeof name, "%.*s", (int)(word.size < 60 ? word.size : 60),
                     word.data);
            if (!there)
                r->query->understood(r->query->understood_context, "what", name,
                                     "no record has it");
        }
    }
    sqlite3_finalize(find);
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

/* "west,south,east,north" */
static bool read_box(resolver *r, dl_ask *ask)
{
    enum { SIDES = 4, LATITUDE = 90, LONGITUDE = 180 };
    dl_string rest = dl_string_from(r->query->box), piece;
    double sides[SIDES] = {0};
    size_t count = 0;
    bool good = true;
    ask->has_box = rest.size > 0;
    while (good && next_piece(&rest, ',', &piece)) {
        double most = count % 2 ? LATITUDE : LONGITUDE;
        good = count < SIDES && dl_string_to_double(piece, &sides[count]) &&
               sides[count] >= -most && sides[count] <= most;
        count++;
    }
    ask->box = (dl_ask_box){sides[0], sides[1], sides[2], sides[3]};
    return !ask->has_box || (good && count == SIDES && sides[1] <= sides[3]) ||
           fail(r, "box", "west,south,east,north in degrees is wanted");
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

static void resolve(resolver *r, dl_ask *ask)
{
    const dateline_query *query = r->query;
    *ask = (dl_ask){.text = dl_string_from(query->text),
                    .article = dl_string_from(query->article),
                    .story = dl_string_from(query->story),
                    .place = dl_string_from(query->place),
                    .reports = query->reports,
                    .confidence = query->min_confidence,
                    .limit = query->limit,
                    .merged = dl_question_merged(r->db)};
    bool fine = resolve_parties(r, "who", query->who, &ask->who) &&
                resolve_parties(r, "whom", query->whom, &ask->whom) &&
                resolve_parties(r, "according-to", query->according_to, &ask->says) &&
                resolve_places(r, ask) &&
                read_words(r, "what", query->what, &ask->what) &&
                read_words(r, "source", query->source, &ask->source) &&
                read_statuses(r, ask) && read_date(r, "from", query->from, &ask->from) &&
                read_date(r, "to", query->to, &ask->to) && read_box(r, ask) &&
                read_counts(r, ask);
    if (fine)
        check_acts(r, &ask->what);
}

bool dl_question_merged(sqlite3 *db)
{
    return dl_ask_number(db, "SELECT 1 FROM stories LIMIT 1") == 1;
}

dateline_status dl_question_resolve(sqlite3 *db, const dateline_engine *engine,
                                    const dateline_query *query, dl_arena *arena,
                                    dl_ask *ask, dateline_error *error)
{
    resolver r = {
        .db = db, .engine = engine, .query = query, .error = error, .arena = arena};
    resolve(&r, ask);
    dateline_worker_free(r.worker);
    return r.status;
}

dateline_status dl_question_prepare(sqlite3 *db, const dateline_engine *engine,
                                    const dateline_query *query, bool counts,
                                    sqlite3_stmt **statement, dateline_error *error)
{
    dl_arena *arena = dl_arena_new();
    dl_ask *ask = calloc(1, sizeof *ask);
    dateline_status status = DATELINE_OK;
    *statement = NULL;
    if (!arena || !ask)
        status = dl_error_memory(error);
    else
        status = dl_question_resolve(db, engine, query, arena, ask, error);
    if (status == DATELINE_OK)
        status = counts ? dl_ask_counts(db, ask, statement, error)
                        : dl_ask_keys(db, ask, statement, error);
    dl_arena_free(arena);
    free(ask);
    return status;
}
