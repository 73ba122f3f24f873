/* Questions to an archive as SQL: conditions in the order of the question, every value
 * bound.
 *
 * Purpose  turns what people ask into statements that use the indexes
 * Reads    a question whose names were resolved
 * Writes   statements, prepared and bound
 * Limits   DL_ASK_TERMS_MAX alternatives of one condition, DL_ASK_VALUES_MAX values */
#ifndef DL_STORE_ASK_H
#define DL_STORE_ASK_H

#include "store/connect.h"

enum {
    DL_ASK_TERMS_MAX = 32,
    DL_ASK_VALUES_MAX = 2600, /* pairs of parties repeat theirs */
    DL_ASK_PAIRS_MAX = 400,   /* looked for by index; SQLite joins no more than 500 */
    DL_ASK_SECTORS_MAX = 4
};

/* One party that is asked for; all that is given must fit. */
typedef struct dl_ask_party {
    dl_string code; /* "FRA" */
    dl_string sectors[DL_ASK_SECTORS_MAX];
    size_t sector_count;
    dl_string name;  /* canonical, whole */
    dl_string words; /* somewhere in the name, or in the article's words */
} dl_ask_party;

typedef struct dl_ask_parties {
    dl_ask_party items[DL_ASK_TERMS_MAX];
    size_t count; /* 0: not asked */
} dl_ask_parties;

typedef struct dl_ask_place {
    dl_string country, name; /* one of both */
} dl_ask_place;

/* Degrees; west is greater than east across the date line. */
typedef struct dl_ask_box {
    double west, south, east, north;
} dl_ask_box;

/* Words of one alternative, as they were given. */
typedef struct dl_ask_words {
    dl_string items[DL_ASK_TERMS_MAX];
    size_t count;
} dl_ask_words;

/* What counts are taken by. */
#define DL_COUNT_LIST(X)                                                                 \
    X(day, "substr(r.date, 1, 10)", true)                                                \
    X(month, "substr(r.date, 1, 7)", true)                                               \
    X(year, "substr(r.date, 1, 4)", true)                                                \
    X(dyad, "p.code AS actor_code, q.code AS recipient_code", false)                     \
    X(actor, "trim(coalesce(p.code, '') || ' ' || coalesce(p.sector, ''))", false)       \
    X(recipient, "trim(coalesce(q.code, '') || ' ' || coalesce(q.sector, ''))", false)   \
    X(event, "r.event", false)                                                           \
    X(mode, "r.event || rtrim(' ' || r.mode)", false)                                    \
    X(country, "r.country", false)                                                       \
    X(status, "r.status", false)                                                         \
    X(source, "a.source", false)

typedef enum dl_count_by {
#define X(name, sql, time) DL_COUNT_##name,
    DL_COUNT_LIST(X)
#undef X
        DL_COUNTS
} dl_count_by;

/* Number of the name; DL_COUNTS where there is none. */
dl_count_by dl_count_find(dl_string name);

typedef struct dl_ask {
    dl_ask_parties who, whom, says;
    dl_ask_words what; /* "ASSAULT", "ASSAULT aerial", "aerial", "173" */
    dl_ask_place where[DL_ASK_TERMS_MAX];
    size_t where_count;
    dl_string from, to; /* days, months or years; absent: open */
    dl_ask_words status, source;
    dl_string text;    /* words and "phrases" that the article has, all of them */
    dl_string article; /* its id */
    dl_string story;   /* its id */
    dl_string place;   /* "name|admin1|country", absent ones empty: that place alone */
    dl_ask_box box;    /* places nearer known than their country; where has_box */
    bool has_box;
    size_t reports;                /* at least, of the story */
    double confidence;             /* at least */
    size_t limit;                  /* rows of a count; 0: all */
    dl_count_by counts[DL_COUNTS]; /* nothing: a list of records */
    size_t count_count;
    bool merged; /* the archive has stories */
} dl_ask;

/* Keys of the records that fit, by date. */
dateline_status dl_ask_keys(sqlite3 *db, const dl_ask *ask, sqlite3_stmt **statement,
                            dateline_error *error);

/* Keys of the articles that `text` fits. */
dateline_status dl_ask_articles(sqlite3 *db, const dl_ask *ask, sqlite3_stmt **statement,
                                dateline_error *error);

/* Counts as `ask` wants them: what they are by, then events (a story is one) and
 * reports. */
dateline_status dl_ask_counts(sqlite3 *db, const dl_ask *ask, sqlite3_stmt **statement,
                              dateline_error *error);

/* A statement of the caller's own, that can only read. DATELINE_USAGE with what is wrong.
 */
dateline_status dl_ask_sql(sqlite3 *db, const char *sql, sqlite3_stmt **statement,
                           dateline_error *error);

#endif
