#include <stdlib.h>

#include "store/ask.h"

/* A statement under construction; values are bound in the order of their marks. */
typedef struct builder {
    dl_buffer sql;
    struct {
        dl_string text;
        double number;
        bool is_number;
    } values[DL_ASK_VALUES_MAX];
    size_t count;
    bool overflow;
} builder;

static void add(builder *b, const char *sql)
{
    dl_buffer_add_text(&b->sql, sql);
}

static void bind_text(builder *b, dl_string value)
{
    if (b->count == DL_ASK_VALUES_MAX) {
        b->overflow = true;
        return;
    }
    b->values[b->count].is_number = false;
    b->values[b->count++].text = value.data ? value : DL_STRING("");
}

static void bind_number(builder *b, double value)
{
    if (b->count == DL_ASK_VALUES_MAX) {
        b->overflow = true;
        return;
    }
    b->values[b->count].is_number = true;
    b->values[b->count++].number = value;
}

/* SQL with one mark, and its value. */
static void add_text(builder *b, const char *sql, dl_string value)
{
    add(b, sql);
    bind_text(b, value);
}

/* ---- Parties -------------------------------------------------------------------------
 */

/* Conditions on the party in table `alias`, each behind " AND ". */
static void add_party_terms(builder *b, const char *alias, const dl_ask_party *party)
{
    if (party->code.size) {
        dl_buffer_add_format(&b->sql, " AND %s.code = ?", alias);
        bind_text(b, party->code);
    }
    for (size_t i = 0; i < party->sector_count; i++) {
        dl_buffer_add_format(
            &b->sql, " AND instr(' ' || %s.sectors || ' ', ' ' || ? || ' ') > 0", alias);
        bind_text(b, party->sectors[i]);
    }
    if (party->name.size) {
        dl_buffer_add_format(&b->sql, " AND %s.name = ? COLLATE NOCASE", alias);
        bind_text(b, party->name);
    }
    if (party->words.size) {
        dl_buffer_add_format(&b->sql,
                             " AND (instr(lower(coalesce(%s.name, '')), lower(?)) > 0"
                             " OR instr(lower(%s.entity_text), lower(?)) > 0)",
                             alias, alias);
        bind_text(b, party->words);
        bind_text(b, party->words);
    }
}

/* The record's date, which stands beside each party too. `to` takes in all days of a
 * month or year. */
static void add_dates(builder *b, const char *column, const dl_ask *ask)
{
    if (ask->from.size) {
        dl_buffer_add_format(&b->sql, " AND %s >= ?", column);
        bind_text(b, ask->from);
    }
    if (ask->to.size) {
        dl_buffer_add_format(&b->sql, " AND %s < ? || '~'", column);
        bind_text(b, ask->to);
    }
}

/* Whether an index leads to the party. */
static bool is_indexed(const dl_ask_party *party)
{
    return party->code.size || party->name.size;
}

static bool is_code_alone(const dl_ask_party *party)
{
    return party->code.size && !party->name.size && !party->words.size &&
           !party->sector_count;
}

/* One of the parties fits. */
static void add_wanted(builder *b, const char *alias, const dl_ask_parties *parties)
{
    for (size_t i = 0; i < parties->count; i++) {
        add(b, i ? " OR (1" : " AND ((1");
        add_party_terms(b, alias, &parties->items[i]);
        add(b, ")");
    }
    if (parties->count)
        add(b, ")");
}

/* Two countries: they have a table of their own. */
static void add_dyad(builder *b, const dl_ask *ask, const dl_ask_party *who,
                     const dl_ask_party *whom)
{
    add_text(b,
             "SELECT d.record_key, nullif(d.date, '') AS date FROM dyads d"
             " WHERE d.actor_code = ?",
             who->code);
    add_text(b, " AND d.recipient_code = ?", whom->code);
    add_dates(b, "d.date", ask);
}

/* Actors that fit `who` in records where they stand against `whom`. The one that an index
 * leads to is looked for first, and the other among the parties of those records: a plus
 * before a column keeps other indexes out. */
static void add_pair(builder *b, const dl_ask *ask, const dl_ask_party *who,
                     const dl_ask_party *whom)
{
    bool whom_first = is_indexed(whom) && !is_indexed(who);
    add(b, "SELECT p.record_key, p.date FROM parties ");
    add(b, whom_first ? "q CROSS JOIN parties p" : "p CROSS JOIN parties q");
    add(b, " ON q.record_key = p.record_key AND (q.side = 'recipient' OR"
           " q.mutual AND q.position <> p.position) WHERE p.side = 'actor'");
    if (!whom_first)
        add(b, " AND p.mutual IN (0, 1)");
    add_party_terms(b, whom_first ? "+p" : "p", who);
    add_party_terms(b, whom_first ? "q" : "+q", whom);
    add_dates(b, whom_first ? "q.date" : "p.date", ask);
}

/* Parties on one side. */
static void add_side(builder *b, const dl_ask *ask, const dl_ask_party *party,
                     const char *side)
{
    add(b, "SELECT p.record_key, p.date FROM parties p WHERE ");
    add(b, side);
    add_party_terms(b, "p", party);
    add_dates(b, "p.date", ask);
}

/* Keys and dates of the records whose parties fit, some of them several times. */
static void add_parties(builder *b, const dl_ask *ask)
{
    const char *glue = "";
    for (size_t i = 0; i < ask->who.count; i++)
        for (size_t j = 0; j < ask->whom.count; j++) {
            const dl_ask_party *who = &ask->who.items[i], *whom = &ask->whom.items[j];
            add(b, glue);
            (is_code_alone(who) && is_code_alone(whom) ? add_dyad : add_pair)(b, ask, who,
                                                                              whom);
            glue = " UNION ALL ";
        }
    for (size_t i = 0; i < ask->who.count && !ask->whom.count; i++) {
        add(b, glue);
        add_side(b, ask, &ask->who.items[i], "p.side = 'actor' AND p.mutual IN (0, 1)");
        glue = " UNION ALL ";
    }
    for (size_t i = 0; i < ask->whom.count && !ask->who.count; i++) {
        add(b, glue); /* in symmetric events all parties are on both sides */
        add_side(b, ask, &ask->whom.items[i], "p.side = 'recipient' AND p.mutual = 0");
        add(b, " UNION ALL ");
        add_side(b, ask, &ask->whom.items[i], "p.side = 'actor' AND p.mutual = 1");
        glue = " UNION ALL ";
    }
}

/* Whether an index leads to every one that is asked for. */
static bool all_indexed(const dl_ask_parties *parties)
{
    for (size_t i = 0; i < parties->count; i++)
        if (!is_indexed(&parties->items[i]))
            return false;
    return parties->count > 0;
}

static bool indexes_lead(const dl_ask *ask)
{
    return ask->who.count * ask->whom.count <= DL_ASK_PAIRS_MAX &&
           (all_indexed(&ask->who) || all_indexed(&ask->whom));
}

/* Where no index leads to the parties, they are looked at record by record. */
static void add_parties_of_record(builder *b, const dl_ask *ask)
{
    bool both = ask->who.count && ask->whom.count;
    add(b, " AND EXISTS (SELECT 1 FROM parties ");
    add(b, both             ? "p JOIN parties q ON q.record_key = p.record_key"
                              " AND q.position <> p.position * q.mutual"
           : ask->who.count ? "p"
                            : "q");
    add(b, ask->who.count ? " WHERE p.record_key = r.record_key AND p.side = 'actor'"
                          : " WHERE q.record_key = r.record_key");
    if (ask->whom.count)
        add(b, " AND (q.side = 'recipient' OR q.mutual)");
    add_wanted(b, "p", &ask->who);
    add_wanted(b, "q", &ask->whom);
    add(b, ")");
}

static void add_says(builder *b, const dl_ask *ask)
{
    const char *glue = " AND r.record_key IN (";
    for (size_t i = 0; i < ask->says.count; i++) {
        add(b, glue);
        add(b, "SELECT s.record_key FROM record_sources s WHERE 1");
        add_party_terms(b, "s", &ask->says.items[i]);
        glue = " UNION ALL ";
    }
    if (ask->says.count)
        add(b, ")");
}

/* ---- Acts, places, the rest ----------------------------------------------------------
 */

static bool is_number(dl_string text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.size > 0;
}

/* Every word is the category or one of the modes. */
static void add_act(builder *b, dl_string words)
{
    add(b, "(r.event, r.mode) IN (SELECT event, mode FROM acts WHERE 1");
    for (size_t at = 0; at < words.size;) {
        size_t end = dl_string_find(words, ' ', at);
        dl_string word = dl_string_slice(words, at, end);
        at = end + 1;
        if (!word.size)
            continue;
        add_text(b, " AND (event = upper(?)", word);
        add_text(b, " OR instr(' ' || lower(mode) || ' ', ' ' || lower(?) || ' ') > 0)",
                 word);
    }
    add(b, ")");
}

static void add_what(builder *b, const dl_ask *ask)
{
    for (size_t i = 0; i < ask->what.count; i++) {
        dl_string what = ask->what.items[i];
        add(b, i ? " OR " : " AND (");
        if (is_number(what)) { /* CAMEO, with all that is finer */
            add_text(b, "(r.cameo >= ?", what);
            add_text(b, " AND r.cameo < ? || '~')", what);
        } else {
            add_act(b, what);
        }
    }
    if (ask->what.count)
        add(b, ")");
}

static void add_where(builder *b, const dl_ask *ask)
{
    for (size_t i = 0; i < ask->where_count; i++) {
        const dl_ask_place *place = &ask->where[i];
        add(b, i ? " OR " : " AND (");
        if (place->country.size)
            add_text(b, "r.country = ?", place->country);
        else
            add_text(b, "r.place_name = ? COLLATE NOCASE", place->name);
    }
    if (ask->where_count)
        add(b, ")");
}

/* The index finds the name, the three together tell the place. */
static void add_place(builder *b, dl_string place)
{
    dl_string name = place;
    for (size_t bars = 0; name.size > 0 && bars < 2; name.size--)
        bars += name.data[name.size - 1] == '|';
    if (name.size > 0)
        add_text(b, " AND r.place_name = ? COLLATE NOCASE", name);
    add_text(b,
             " AND coalesce(r.place_name, '') || '|' || coalesce(r.admin1, '') || '|' ||"
             " coalesce(r.country, '') = ?",
             place);
}

static void add_box(builder *b, const dl_ask_box *box)
{
    add(b, " AND r.precision <> 'country' AND r.lat >= ?");
    bind_number(b, box->south);
    add(b, " AND r.lat <= ?");
    bind_number(b, box->north);
    add(b, " AND (r.lon >= ?");
    bind_number(b, box->west);
    add(b, box->west <= box->east ? " AND r.lon <= ?)" : " OR r.lon <= ?)");
    bind_number(b, box->east);
}

static void add_words(builder *b, const char *before, const char *after,
                      const dl_ask_words *words)
{
    if (!words->count)
        return;
    add(b, before);
    for (size_t i = 0; i < words->count; i++)
        add_text(b, i ? ", ?" : "?", words->items[i]);
    add(b, after);
}

/* Words as FTS5 strings, so that none is taken for syntax; "a phrase" stays one, a star
 * behind a word stands for any ending. Owned by the caller. */
static void quote_words(dl_buffer *out, dl_string text)
{
    for (size_t at = 0; at < text.size;) {
        char first = text.data[at];
        if (first == ' ' || first == '\t' || first == '\n' || first == '*') {
            at++;
            continue;
        }
        bool phrase = first == '"';
        size_t start = at + phrase;
        size_t end = start;
        while (end < text.size &&
               (phrase ? text.data[end] != '"'
                       : text.data[end] != ' ' && text.data[end] != '"'))
            end++;
        at = end + phrase;
        bool star = !phrase && end > start && text.data[end - 1] == '*';
        dl_buffer_add_char(out, '"');
        dl_buffer_add(out, text.data + start, end - start - star);
        dl_buffer_add_text(out, star ? "\"* " : "\" ");
    }
}

/* Whether an index leads to few of the records, whatever the source. */
static bool is_narrow(const dl_ask *ask)
{
    return ask->who.count || ask->whom.count || ask->what.count || ask->where_count ||
           ask->from.size || ask->to.size || ask->text.size || ask->article.size ||
           ask->story.size || ask->place.size;
}

static void add_rest(builder *b, const dl_ask *ask, dl_string quoted)
{
    add_words(b, " AND r.status IN (", ")", &ask->status);
    /* Of some records the article is looked up; else the source leads to its records. */
    if (is_narrow(ask))
        add_words(b,
                  " AND EXISTS (SELECT 1 FROM articles a WHERE"
                  " a.article_key = r.article_key AND a.source IN (",
                  "))", &ask->source);
    else
        add_words(b,
                  " AND r.article_key IN"
                  " (SELECT article_key FROM articles WHERE source IN (",
                  "))", &ask->source);
    if (ask->article.size)
        add_text(b,
                 " AND r.article_key = (SELECT article_key FROM articles WHERE id = ?)",
                 ask->article);
    if (ask->story.size)
        add_text(b, " AND r.story = ?", ask->story);
    if (ask->place.size)
        add_place(b, ask->place);
    if (ask->has_box)
        add_box(b, &ask->box);
    if (ask->text.size)
        add_text(b,
                 " AND r.article_key IN"
                 " (SELECT rowid FROM articles_text WHERE articles_text MATCH ?)",
                 quoted);
    if (ask->confidence > 0) {
        add(b, " AND r.confidence >= ?");
        bind_number(b, ask->confidence);
    }
    if (ask->reports > 1) {
        add(b, " AND r.story IN (SELECT story FROM stories WHERE reports >= ?)");
        bind_number(b, (double)ask->reports);
    }
}

static void add_conditions(builder *b, const dl_ask *ask, dl_string quoted)
{
    add(b, " WHERE 1");
    if ((ask->who.count || ask->whom.count) && !indexes_lead(ask)) {
        add_parties_of_record(b, ask);
    } else if (ask->who.count || ask->whom.count) {
        add(b, " AND r.record_key IN (SELECT record_key FROM (");
        add_parties(b, ask);
        add(b, "))");
    }
    add_says(b, ask);
    add_what(b, ask);
    add_where(b, ask);
    add_dates(b, "r.date", ask);
    add_rest(b, ask, quoted);
}

/* ---- Statements ----------------------------------------------------------------------
 */

static const char doing[] = "the archive can't be asked";

static dateline_status finish(sqlite3 *db, const builder *b, sqlite3_stmt **statement,
                              dateline_error *error)
{
    *statement = NULL;
    if (b->sql.failed)
        return dl_error_memory(error);
    if (b->overflow)
        return dl_error_set(error, DATELINE_USAGE, "the question has too many parts");
    if (sqlite3_prepare_v2(db, b->sql.data, (int)b->sql.size, statement, NULL) !=
        SQLITE_OK)
        return dl_database_error(db, error, doing);
    for (size_t i = 0; i < b->count; i++) {
        dl_string text = b->values[i].text;
        int column = (int)i + 1;
        if (b->values[i].is_number)
            sqlite3_bind_double(*statement, column, b->values[i].number);
        else
            sqlite3_bind_text64(*statement, column, text.data, text.size,
                                SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    return DATELINE_OK;
}

/* Builds with `build` and prepares. */
static dateline_status make(sqlite3 *db, const dl_ask *ask,
                            void (*build)(builder *b, const dl_ask *ask,
                                          dl_string quoted),
                            sqlite3_stmt **statement, dateline_error *error)
{
    dl_buffer quoted = {0};
    builder *b = calloc(1, sizeof *b);
    *statement = NULL;
    if (!b)
        return dl_error_memory(error);
    quote_words(&quoted, ask->text);
    build(b, ask, (dl_string){quoted.data, quoted.size});
    dateline_status status =
        quoted.failed ? dl_error_memory(error)
        : ask->text.size && !quoted.size
            ? dl_error_set(error, DATELINE_USAGE, "text: no word is given")
            : finish(db, b, statement, error);
    dl_buffer_release(&quoted);
    dl_buffer_release(&b->sql);
    free(b);
    return status;
}

/* Whether parties and dates are all that is asked: then records need not be looked at. */
static bool parties_suffice(const dl_ask *ask)
{
    return indexes_lead(ask) && !ask->says.count && !ask->what.count &&
           !ask->where_count && !ask->status.count && !ask->source.count &&
           !ask->text.size && !ask->article.size && !ask->story.size &&
           !ask->place.size && !ask->has_box && ask->reports <= 1 && ask->confidence <= 0;
}

static void build_keys(builder *b, const dl_ask *ask, dl_string quoted)
{
    if (parties_suffice(ask)) {
        add(b, "SELECT DISTINCT record_key, date FROM (");
        add_parties(b, ask);
        add(b, ") ORDER BY date NULLS LAST, record_key");
        return;
    }
    add(b, "SELECT r.record_key FROM records r");
    add_conditions(b, ask, quoted);
    add(b, " ORDER BY r.date NULLS LAST, r.record_key");
}

dateline_status dl_ask_keys(sqlite3 *db, const dl_ask *ask, sqlite3_stmt **statement,
                            dateline_error *error)
{
    return make(db, ask, build_keys, statement, error);
}

static void build_articles(builder *b, const dl_ask *ask, dl_string quoted)
{
    (void)ask;
    add_text(b, "SELECT rowid FROM articles_text WHERE articles_text MATCH ?", quoted);
}

dateline_status dl_ask_articles(sqlite3 *db, const dl_ask *ask, sqlite3_stmt **statement,
                                dateline_error *error)
{
    return make(db, ask, build_articles, statement, error);
}

static const struct {
    const char *name, *sql;
    bool time;
} counts[DL_COUNTS] = {
#define X(name, sql, time) {#name, sql, time},
    DL_COUNT_LIST(X)
#undef X
};

dl_count_by dl_count_find(dl_string name)
{
    int i = 0;
    while (i < DL_COUNTS && !dl_string_equal(name, dl_string_from(counts[i].name)))
        i++;
    return (dl_count_by)i;
}

static bool counts_by(const dl_ask *ask, dl_count_by which)
{
    for (size_t i = 0; i < ask->count_count; i++)
        if (ask->counts[i] == which)
            return true;
    return false;
}

/* What the counts need beside records: records come first, and lead to the rest. */
static void add_tables(builder *b, const dl_ask *ask)
{
    bool actors = counts_by(ask, DL_COUNT_actor) || counts_by(ask, DL_COUNT_dyad);
    add(b, " FROM records r");
    if (actors)
        add(b, " CROSS JOIN parties p ON p.record_key = r.record_key"
               " AND p.side = 'actor'");
    if (counts_by(ask, DL_COUNT_recipient) || counts_by(ask, DL_COUNT_dyad)) {
        add(b, " CROSS JOIN parties q ON q.record_key = r.record_key AND"
               " (q.side = 'recipient' OR q.mutual");
        add(b, actors ? " AND q.position <> p.position)" : ")");
    }
    if (counts_by(ask, DL_COUNT_source))
        add(b, " CROSS JOIN articles a ON a.article_key = r.article_key");
}

static void add_columns(builder *b, const dl_ask *ask)
{
    bool joined = counts_by(ask, DL_COUNT_actor) || counts_by(ask, DL_COUNT_dyad) ||
                  counts_by(ask, DL_COUNT_recipient);
    const char *reports = joined ? "count(DISTINCT r.record_key)" : "count(*)";
    add(b, "SELECT ");
    for (size_t i = 0; i < ask->count_count; i++) {
        add(b, counts[ask->counts[i]].sql);
        if (ask->counts[i] != DL_COUNT_dyad)
            dl_buffer_add_format(&b->sql, " AS %s", counts[ask->counts[i]].name);
        add(b, ", ");
    }
    add(b, ask->merged ? "count(DISTINCT coalesce(r.story, r.record_key))" : reports);
    add(b, " AS events, ");
    add(b, reports);
    add(b, " AS reports");
}

static void build_counts(builder *b, const dl_ask *ask, dl_string quoted)
{
    bool dyads = counts_by(ask, DL_COUNT_dyad);
    size_t columns = ask->count_count + dyads;
    add_columns(b, ask);
    add_tables(b, ask);
    add_conditions(b, ask, quoted);
    if (dyads)
        add(b, " AND p.code IS NOT NULL AND q.code IS NOT NULL");
    if (dyads || counts_by(ask, DL_COUNT_actor))
        add_wanted(b, "p", &ask->who);
    if (dyads || counts_by(ask, DL_COUNT_recipient))
        add_wanted(b, "q", &ask->whom);
    add(b, " GROUP BY ");
    for (size_t i = 1; i <= columns; i++)
        dl_buffer_add_format(&b->sql, "%s%zu", i > 1 ? ", " : "", i);
    add(b, counts[ask->counts[0]].time ? " ORDER BY " : " ORDER BY events DESC, ");
    for (size_t i = 1; i <= columns; i++)
        dl_buffer_add_format(&b->sql, "%s%zu", i > 1 ? ", " : "", i);
    if (ask->limit && ask->limit <= INT64_MAX)
        dl_buffer_add_format(&b->sql, " LIMIT %zu", ask->limit);
}

dateline_status dl_ask_counts(sqlite3 *db, const dl_ask *ask, sqlite3_stmt **statement,
                              dateline_error *error)
{
    return make(db, ask, build_counts, statement, error);
}

/* ---- SQL of the caller's own ---------------------------------------------------------
 */

/* Nothing but reading; no other file is attached, no setting changed. */
static int allow_reading(void *context, int action, const char *first, const char *second,
                         const char *database, const char *trigger)
{
    (void)context, (void)first, (void)second, (void)database, (void)trigger;
    return action == SQLITE_SELECT || action == SQLITE_READ ||
                   action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE
               ? SQLITE_OK
               : SQLITE_DENY;
}

static bool is_blank(const char *rest)
{
    return rest[strspn(rest, " \t\r\n;")] == '\0';
}

/* Full text opens with statements of its own, which are not the caller's to be judged. */
static void open_text(sqlite3 *db)
{
    sqlite3_stmt *statement = NULL;
    sqlite3_prepare_v2(db, "SELECT 1 FROM articles_text", -1, &statement, NULL);
    sqlite3_finalize(statement);
}

dateline_status dl_ask_sql(sqlite3 *db, const char *sql, sqlite3_stmt **statement,
                           dateline_error *error)
{
    const char *rest = "";
    open_text(db);
    sqlite3_set_authorizer(db, allow_reading, NULL);
    int code = sqlite3_prepare_v2(db, sql, -1, statement, &rest);
    sqlite3_set_authorizer(db, NULL, NULL);
    if (code == SQLITE_AUTH)
        return dl_error_set(error, DATELINE_USAGE,
                            "only statements that read are run here");
    if (code != SQLITE_OK)
        return dl_error_set(error, DATELINE_USAGE, "SQL: %s", sqlite3_errmsg(db));
    if (*statement && is_blank(rest) && sqlite3_stmt_readonly(*statement))
        return DATELINE_OK;
    bool none = !*statement;
    sqlite3_finalize(*statement);
    *statement = NULL;
    return dl_error_set(error, DATELINE_USAGE, "SQL: %s",
                        none ? "there is no statement" : "one statement is wanted");
}
