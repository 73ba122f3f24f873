#include "store/schema.h"

#include <stddef.h>

/* Tables. Keys are small numbers that hold within one archive; ids are the ones that
 * records carry. Text that is read seldom stands in the last columns, or in a table of
 * its own, so that scans of what is asked for most stay short. */
static const char tables[] =
    "CREATE TABLE imports("
    " import_key INTEGER PRIMARY KEY, started_at TEXT NOT NULL, coded_with TEXT,"
    " articles INTEGER NOT NULL DEFAULT 0, records INTEGER NOT NULL DEFAULT 0,"
    " rejects INTEGER NOT NULL DEFAULT 0);"

    "CREATE TABLE articles("
    " article_key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, date TEXT, source TEXT "
    "COLLATE NOCASE,"
    " language TEXT, hash TEXT NOT NULL, coded_with TEXT NOT NULL,"
    " import_key INTEGER REFERENCES imports, same_as INTEGER REFERENCES articles,"
    " sketch BLOB, url TEXT, author TEXT, title TEXT, text TEXT NOT NULL);"
    "CREATE INDEX articles_by_source ON articles(source, date);"
    "CREATE INDEX articles_by_same ON articles(same_as) WHERE same_as IS NOT NULL;"

    "CREATE TABLE sentences("
    " article_key INTEGER NOT NULL REFERENCES articles, sentence INTEGER NOT NULL,"
    " start INTEGER NOT NULL, end INTEGER NOT NULL, paragraph INTEGER NOT NULL,"
    " heading INTEGER NOT NULL, PRIMARY KEY(article_key, sentence)) WITHOUT ROWID;"

    "CREATE TABLE records("
    " record_key INTEGER PRIMARY KEY, id TEXT NOT NULL,"
    " article_key INTEGER NOT NULL REFERENCES articles, sentence INTEGER NOT NULL,"
    " start INTEGER NOT NULL, end INTEGER NOT NULL, event TEXT NOT NULL,"
    " mode TEXT NOT NULL, context TEXT, cameo TEXT, quad_code INTEGER NOT NULL,"
    " event_scale REAL NOT NULL, date TEXT, end_date TEXT, date_basis TEXT,"
    " status TEXT NOT NULL, symmetric INTEGER NOT NULL, confidence REAL NOT NULL,"
    " rule TEXT, place_text TEXT, place_name TEXT, country TEXT, admin1 TEXT, lat REAL,"
    " lon REAL, precision TEXT, story TEXT REFERENCES stories);"
    "CREATE INDEX records_by_id ON records(id);"
    "CREATE INDEX records_by_article ON records(article_key);"
    "CREATE INDEX records_by_date ON records(date);"
    "CREATE INDEX records_by_event ON records(event, mode, date);"
    "CREATE INDEX records_by_cameo ON records(cameo) WHERE cameo IS NOT NULL;"
    "CREATE INDEX records_by_country ON records(country, date)"
    " WHERE country IS NOT NULL;"
    "CREATE INDEX records_by_place ON records(place_name COLLATE NOCASE, date)"
    " WHERE place_name IS NOT NULL;"
    "CREATE INDEX records_by_story ON records(story) WHERE story IS NOT NULL;"

    "CREATE TABLE record_json("
    " record_key INTEGER PRIMARY KEY REFERENCES records, json TEXT NOT NULL,"
    " merge_key BLOB);"

    "CREATE TABLE acts(event TEXT NOT NULL, mode TEXT NOT NULL, PRIMARY KEY(event, mode))"
    " WITHOUT ROWID;"

    "CREATE TABLE parties("
    " record_key INTEGER NOT NULL REFERENCES records, side TEXT NOT NULL,"
    " position INTEGER NOT NULL, code TEXT, sector TEXT, sectors TEXT, name TEXT,"
    " entity_text TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,"
    " identifier_id TEXT, office TEXT, via TEXT, mutual INTEGER NOT NULL, date TEXT,"
    " PRIMARY KEY(record_key, side, position)) WITHOUT ROWID;"
    "CREATE INDEX parties_by_code ON parties(code, side, mutual, date)"
    " WHERE code IS NOT NULL;"
    "CREATE INDEX parties_by_name ON parties(name COLLATE NOCASE, side, date)"
    " WHERE name IS NOT NULL;"

    "CREATE TABLE dyads("
    " actor_code TEXT NOT NULL, recipient_code TEXT NOT NULL, date TEXT NOT NULL,"
    " record_key INTEGER NOT NULL REFERENCES records,"
    " PRIMARY KEY(actor_code, recipient_code, date, record_key)) WITHOUT ROWID;"

    "CREATE TABLE record_sources("
    " record_key INTEGER NOT NULL REFERENCES records, position INTEGER NOT NULL,"
    " code TEXT, sector TEXT, sectors TEXT, name TEXT, entity_text TEXT, start INTEGER,"
    " end INTEGER, identifier_id TEXT, office TEXT, via TEXT, cue TEXT,"
    " quoted INTEGER NOT NULL, PRIMARY KEY(record_key, position)) WITHOUT ROWID;"
    "CREATE INDEX record_sources_by_code ON record_sources(code) WHERE code IS NOT NULL;"
    "CREATE INDEX record_sources_by_name ON record_sources(name COLLATE NOCASE)"
    " WHERE name IS NOT NULL;"

    "CREATE TABLE sizes("
    " record_key INTEGER NOT NULL REFERENCES records, kind TEXT NOT NULL,"
    " value REAL NOT NULL, relation TEXT NOT NULL, high REAL, text TEXT,"
    " PRIMARY KEY(record_key, kind)) WITHOUT ROWID;"

    "CREATE TABLE claims("
    " claim_key INTEGER PRIMARY KEY, id TEXT NOT NULL,"
    " article_key INTEGER NOT NULL REFERENCES articles, sentence INTEGER,"
    " start INTEGER NOT NULL, end INTEGER NOT NULL, date TEXT, code TEXT, sectors TEXT,"
    " name TEXT, entity_text TEXT, identifier_id TEXT, office TEXT, via TEXT, cue TEXT,"
    " quoted INTEGER NOT NULL, json TEXT NOT NULL);"
    "CREATE INDEX claims_by_article ON claims(article_key);"

    "CREATE TABLE entities("
    " article_key INTEGER NOT NULL REFERENCES articles, entity INTEGER NOT NULL,"
    " name TEXT NOT NULL, type TEXT, code TEXT, sectors TEXT, office TEXT,"
    " identifier_id TEXT,"
    " entity_text TEXT NOT NULL, mentions INTEGER NOT NULL,"
    " PRIMARY KEY(article_key, entity)) WITHOUT ROWID;"

    "CREATE TABLE stories("
    " story TEXT PRIMARY KEY, first_date TEXT, last_date TEXT,"
    " reports INTEGER NOT NULL DEFAULT 0, articles INTEGER NOT NULL DEFAULT 0,"
    " sources INTEGER NOT NULL DEFAULT 0, stale INTEGER NOT NULL DEFAULT 0)"
    " WITHOUT ROWID;"

    "CREATE TABLE merges("
    " merge_key INTEGER PRIMARY KEY, merged_with TEXT NOT NULL,"
    " last_article INTEGER NOT NULL, stories INTEGER NOT NULL,"
    " copies INTEGER NOT NULL);"

    "CREATE TABLE rejects("
    " reject_key INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, file TEXT,"
    " line INTEGER, article TEXT, status TEXT NOT NULL, message TEXT NOT NULL,"
    " raw BLOB NOT NULL);"
    "CREATE INDEX rejects_by_article ON rejects(article) WHERE article IS NOT NULL;";

/* Full text: an index over articles, kept in step by triggers whoever changes them. */
static const char full_text[] =
    "CREATE VIRTUAL TABLE articles_text USING fts5(title, text, content='articles',"
    " content_rowid='article_key', tokenize='unicode61 remove_diacritics 2');"
    "CREATE TRIGGER articles_added AFTER INSERT ON articles BEGIN"
    " INSERT INTO articles_text(rowid, title, text)"
    " VALUES(new.article_key, new.title, new.text); END;"
    "CREATE TRIGGER articles_removed AFTER DELETE ON articles BEGIN"
    " INSERT INTO articles_text(articles_text, rowid, title, text)"
    " VALUES('delete', old.article_key, old.title, old.text); END;"
    "CREATE TRIGGER articles_changed AFTER UPDATE OF title, text ON articles BEGIN"
    " INSERT INTO articles_text(articles_text, rowid, title, text)"
    " VALUES('delete', old.article_key, old.title, old.text);"
    " INSERT INTO articles_text(rowid, title, text)"
    " VALUES(new.article_key, new.title, new.text); END;";

/* clang-format off */
#define JOINED_PARTIES(which)                                                            \
    "(SELECT group_concat(words, ' + ') FROM (SELECT coalesce(code, '-') ||"             \
    " coalesce(' ' || sectors, '') || ' (' || coalesce(name, entity_text) || ')'"        \
    " AS words FROM parties p WHERE p.record_key = r.record_key"                         \
    " AND p.side = '" which "' ORDER BY position))"
#define SIZE(which)                                                                      \
    "(SELECT value FROM sizes s WHERE s.record_key = r.record_key"                       \
    " AND s.kind = '" which "') AS " which
#define SIZES_OF_RECORD                                                                  \
    SIZE("dead") ", " SIZE("injured") ", " SIZE("arrested") ", " SIZE("missing") ", "    \
    SIZE("displaced") ", " SIZE("participants") ", " SIZE("troops")

/* Views: for people and for their programs. Columns are named as the keys of records. */
static const char views[] =
    "CREATE VIEW event_list AS SELECT r.id, r.date, r.end_date, r.event, r.mode,"
    " r.cameo, r.quad_code, r.event_scale, r.context,"
    " " JOINED_PARTIES("actor") " AS actors,"
    " " JOINED_PARTIES("recipient") " AS recipients,"
    " r.place_name, r.admin1, r.country, r.lat, r.lon, r.precision, " SIZES_OF_RECORD ","
    " r.status, (SELECT group_concat(words, ', ') FROM"
    " (SELECT coalesce(name, entity_text, cue) AS words FROM record_sources o"
    "  WHERE o.record_key = r.record_key ORDER BY position)) AS according_to,"
    " r.confidence, r.story, coalesce(t.reports, 1) AS reports,"
    " a.source, a.id AS article, a.date AS article_date, a.title, a.url, r.sentence,"
    " json_extract(j.json, '$.text') AS text, r.record_key"
    " FROM records r JOIN articles a ON a.article_key = r.article_key"
    " JOIN record_json j ON j.record_key = r.record_key"
    " LEFT JOIN stories t ON t.story = r.story;"

    "CREATE VIEW events AS SELECT r.id, r.date, r.end_date, r.event, r.mode, r.cameo,"
    " r.quad_code, r.event_scale, p.code AS actor_code, p.sector AS actor_sector,"
    " p.sectors AS actor_sectors, p.name AS actor_name, p.entity_text AS actor_text,"
    " q.code AS recipient_code, q.sector AS recipient_sector,"
    " q.sectors AS recipient_sectors, q.name AS recipient_name,"
    " q.entity_text AS recipient_text, r.place_name, r.admin1, r.country, r.lat, r.lon,"
    " r.precision, " SIZES_OF_RECORD ", r.status, r.confidence, r.story,"
    " a.source, a.id AS article, a.date AS article_date, r.sentence, r.record_key"
    " FROM records r JOIN articles a ON a.article_key = r.article_key"
    " LEFT JOIN parties p ON p.record_key = r.record_key AND p.side = 'actor'"
    " LEFT JOIN parties q ON q.record_key = r.record_key AND (q.side = 'recipient'"
    "  OR q.mutual AND q.position <> p.position);"

    "CREATE VIEW dyads_by_month AS SELECT substr(r.date, 1, 7) AS month,"
    " d.actor_code, d.recipient_code, r.event, r.quad_code,"
    " count(DISTINCT coalesce(r.story, r.record_key)) AS events, count(*) AS reports,"
    " avg(r.event_scale) AS mean_scale"
    " FROM dyads d JOIN records r ON r.record_key = d.record_key"
    " WHERE d.date <> '' AND r.status = 'actual' GROUP BY 1, 2, 3, 4;"

    "CREATE VIEW claims_made AS SELECT c.id, c.date, c.code AS speaker_code,"
    " c.sectors AS speaker_sectors, c.name AS speaker_name,"
    " c.entity_text AS speaker_text, c.cue, c.quoted,"
    " json_extract(c.json, '$.text') AS text, a.source, a.id AS article,"
    " a.date AS article_date, c.sentence, c.claim_key"
    " FROM claims c JOIN articles a ON a.article_key = c.article_key;"

    "CREATE VIEW sentence_list AS SELECT a.id AS article, a.date AS article_date,"
    " s.sentence, s.paragraph, s.heading,"
    " CAST(substr(CAST(a.text AS BLOB), s.start + 1, s.end - s.start) AS TEXT) AS text"
    " FROM sentences s JOIN articles a ON a.article_key = s.article_key;"

    "CREATE VIEW sources AS SELECT source, count(*) AS articles,"
    " min(date) AS first_date, max(date) AS last_date FROM articles GROUP BY source;";
/* clang-format on */

static const dl_schema_step steps[] = {{{tables, full_text, views, NULL}}};

const dl_schema dl_schema_ours = {steps, (int)(sizeof steps / sizeof *steps)};

int dl_schema_version(void)
{
    return dl_schema_ours.count;
}
