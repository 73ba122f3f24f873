/* dateline: news articles in, records of who did what to whom out.
 *
 * How to use it, in order:
 *
 *     dateline_engine *engine;              // lexicon and weights, opened once
 *     dateline_engine_open(NULL, &engine, &error);
 *     dateline_worker *worker;              // scratch memory, one per thread
 *     dateline_worker_new(engine, &worker, &error);
 *     dateline_worker_code(worker, &article, &error);
 *     dateline_worker_write(worker, DATELINE_RECORDS_JSONL, sink, context, &error);
 *     dateline_worker_free(worker);
 *     dateline_engine_close(engine);
 *
 * Errors. Calls that can fail return a dateline_status and fill a dateline_error that the
 * caller owns (NULL is allowed where the details do not matter). A failed call leaves
 * nothing to free. There are three kinds of failure, told apart by
 * dateline_status_failure(): the input was bad (go on with the next article), the
 * environment was (stop), or the call was used wrongly.
 *
 * Memory. What a call returns through a pointer to a pointer belongs to the caller and is
 * given back by the call named beside it. Everything else is borrowed, until the time
 * that stands there.
 *
 * Threads. An engine is read-only once open and may be shared. A worker, a reader and a
 * writer belong to one thread at a time.
 *
 * Text. Strings are UTF-8 with a size, not ended by NUL unless it says so. Positions are
 * byte offsets into the article's text as it was given, ranges are half open.
 *
 * The library prints nothing, never exits, and keeps no global state. */
#ifndef DATELINE_H
#define DATELINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define DATELINE_API __attribute__((visibility("default")))
#else
#define DATELINE_API
#endif

#define DATELINE_VERSION "0.4.0"

/* ---- Statuses ------------------------------------------------------------------------
 * One list: name, kind of failure, what it means. */
#define DATELINE_STATUS_LIST(X)                                                          \
    X(OK, NO_FAILURE, "all well")                                                        \
    X(END, NO_FAILURE, "no more articles")                                               \
    X(BAD_UTF8, BAD_INPUT, "the text is not UTF-8")                                      \
    X(EMPTY_ARTICLE, BAD_INPUT, "the article has no text")                               \
    X(ARTICLE_TOO_LARGE, BAD_INPUT, "the article is larger than the limit")              \
    X(BAD_JSON, BAD_INPUT, "the line is not a JSON object")                              \
    X(MISSING_FIELD, BAD_INPUT, "a field that every article needs is missing")           \
    X(BAD_FIELD, BAD_INPUT, "a field is of the wrong kind")                              \
    X(BAD_DATE, BAD_INPUT, "the date is none")                                           \
    X(BAD_CONLLU, BAD_INPUT, "the CoNLL-U input is malformed")                           \
    X(BAD_GZIP, BAD_INPUT, "the compressed data are broken")                             \
    X(BAD_HTML, BAD_INPUT, "the page can't be read")                                     \
    X(BAD_WARC, BAD_INPUT, "the web archive is broken there")                            \
    X(BAD_FEED, BAD_INPUT, "the feed is malformed")                                      \
    X(BAD_CSV, BAD_INPUT, "the table is malformed")                                      \
    X(BAD_LEXICON, BAD_INPUT, "the lexicon has errors")                                  \
    X(TOO_MANY_TOKENS, BAD_INPUT, "the article has more tokens than the limit")          \
    X(NOT_FOUND, ENVIRONMENT, "no such file or folder")                                  \
    X(NOT_READABLE, ENVIRONMENT, "a file can't be read")                                 \
    X(BAD_FILE, ENVIRONMENT, "a lexicon or weights file is damaged")                     \
    X(OTHER_VERSION, ENVIRONMENT, "a lexicon or weights file of another version")        \
    X(NO_MEMORY, ENVIRONMENT, "out of memory")                                           \
    X(WRITE_FAILED, ENVIRONMENT, "output can't be written")                              \
    X(DATABASE, ENVIRONMENT, "the archive can't be opened, read or written")             \
    X(USAGE, WRONG_CALL, "the call or command line makes no sense")

typedef enum dateline_status {
#define DATELINE_STATUS_ENUM(name, kind, text) DATELINE_##name,
    DATELINE_STATUS_LIST(DATELINE_STATUS_ENUM)
#undef DATELINE_STATUS_ENUM
} dateline_status;

typedef enum dateline_failure {
    DATELINE_NO_FAILURE,
    DATELINE_BAD_INPUT,   /* set the article aside and go on */
    DATELINE_ENVIRONMENT, /* stop: files, memory, disk */
    DATELINE_WRONG_CALL   /* the caller's mistake */
} dateline_failure;

/* Name such as "BAD_JSON" and its meaning in words; static strings, any value is allowed.
 */
DATELINE_API const char *dateline_status_name(dateline_status status);
DATELINE_API const char *dateline_status_message(dateline_status status);
DATELINE_API dateline_failure dateline_status_failure(dateline_status status);

/* Where and why a call failed. Owned by the caller; the strings end with NUL and are
 * empty where not known. */
typedef struct dateline_error {
    dateline_status status;
    char message[256];
    char article[128]; /* id of the article, cut where longer */
    char file[256];    /* input file or lexicon file, cut at the front where longer */
    uint64_t line;     /* 1-based; 0: not known */
    uint64_t column;   /* 1-based byte in the line; 0: not known */
    uint64_t offset;   /* byte in the article's text or the file */
} dateline_error;

/* Called for each thing that is wrong with a lexicon (file, line, column, message set).
 */
typedef void (*dateline_report)(void *context, const dateline_error *finding);

/* ---- Strings, articles ---------------------------------------------------------------
 */

/* Bytes that the caller owns; data may be NULL where size is 0. */
typedef struct dateline_text {
    const char *data;
    size_t size;
} dateline_text;

/* An article as it was given. `id` and `text` are needed; `date` is the day of
 * publication (YYYY-MM-DD, a clock time after it is ignored) and may be empty: then
 * relative dates stay open and records carry no date that the text does not state. */
typedef struct dateline_article {
    dateline_text id, date, text, title, source, url, language, author;
} dateline_article;

/* Articles with more text than this are refused (DATELINE_ARTICLE_TOO_LARGE). */
#define DATELINE_ARTICLE_BYTES_MAX (16u << 20)

/* ---- Engine and worker ---------------------------------------------------------------
 */

typedef struct dateline_engine dateline_engine; /* lives until dateline_engine_close */
typedef struct dateline_worker dateline_worker; /* lives until dateline_worker_free */

/* Zeroed, or NULL in its place: everything as usual. Paths end with NUL. */
typedef struct dateline_options {
    const char
        *lexicon; /* compiled lexicon; NULL: looked for beside the program's data */
    const char *weights; /* weights file; NULL: likewise */
    const char *kernels; /* "plain", "avx2", "vnni"; NULL: the best the processor has */
    const char *overlay; /* folder of dictionaries of your own (docs/lexicon.md), laid
                            over the standard ones and compiled with them, in memory;
                            NULL: none. Not beside `lexicon`. */
    dateline_report report; /* told what is wrong with the overlay; NULL: nobody */
    void *report_context;
    double min_confidence; /* records of less are left out; 0: none is */
} dateline_options;

/* Folders in which lexicon, dictionaries and weights are looked for, in order: the
 * environment variable DATELINE_DATA, the build's own folder, the installed share folder.
 * DATELINE_BAD_LEXICON where the overlay has errors, once all are reported. */
DATELINE_API dateline_status dateline_engine_open(const dateline_options *options,
                                                  dateline_engine **engine,
                                                  dateline_error *error);
DATELINE_API void dateline_engine_close(dateline_engine *engine); /* NULL is allowed */

/* What was laid over the standard dictionaries. */
typedef struct dateline_overlay {
    const char *folder;  /* NULL: nothing */
    size_t files, lines; /* of the folder, lines that remove others not counted */
    size_t removed;      /* lines of the standard dictionaries */
} dateline_overlay;

/* Where the engine found its data, and the kernels it runs; borrowed until it is closed.
 * With an overlay `lexicon` is the folder of the dictionaries under it. */
typedef struct dateline_about {
    const char *lexicon, *weights, *kernels;
    dateline_overlay overlay;
} dateline_about;
DATELINE_API dateline_about dateline_engine_about(const dateline_engine *engine);

/* Borrows the engine until the worker is freed. */
DATELINE_API dateline_status dateline_worker_new(const dateline_engine *engine,
                                                 dateline_worker **worker,
                                                 dateline_error *error);
DATELINE_API void dateline_worker_free(dateline_worker *worker); /* NULL is allowed */

/* Runs every stage over one article; what dateline_worker_write then writes is about this
 * article. Borrows the article's strings until the next run. */
DATELINE_API dateline_status dateline_worker_code(dateline_worker *worker,
                                                  const dateline_article *article,
                                                  dateline_error *error);

/* Text, sentences, tokens, trees and names only. */
DATELINE_API dateline_status dateline_worker_parse(dateline_worker *worker,
                                                   const dateline_article *article,
                                                   dateline_error *error);

/* As dateline_worker_parse, over CoNLL-U whose sentences, tokens and words are kept and
 * whose other columns are filled anew. `text` is the CoNLL-U itself. */
DATELINE_API dateline_status dateline_worker_parse_tokens(dateline_worker *worker,
                                                          const dateline_article *article,
                                                          dateline_error *error);

/* Codes one name or phrase as an entity, at article->date; `context` is words from around
 * it (may be empty). article->text is the phrase. */
DATELINE_API dateline_status dateline_worker_code_entity(dateline_worker *worker,
                                                         const dateline_article *article,
                                                         dateline_text context,
                                                         dateline_error *error);

/* ---- Writing -------------------------------------------------------------------------
 */

/* Takes `size` bytes; returns false where they can't be written (the run then ends with
 * DATELINE_WRITE_FAILED). */
typedef bool (*dateline_sink)(void *context, const char *data, size_t size);

typedef enum dateline_format {
    DATELINE_RECORDS_JSONL, /* one event a line */
    DATELINE_RECORDS_AND_CLAIMS_JSONL,
    DATELINE_RECORDS_TABLE, /* for people, plain */
    DATELINE_RECORDS_TABLE_COLOR,
    DATELINE_ANNOTATION_JSONL, /* one object an article: every layer */
    DATELINE_CONLLU,
    DATELINE_EXPLANATION, /* for people: trees, what fired, what did not */
    DATELINE_ENTITY_JSONL,
    DATELINE_ENTITY_TABLE
} dateline_format;

/* Writes what the last run found. DATELINE_USAGE where there was no run that fits. */
DATELINE_API dateline_status dateline_worker_write(dateline_worker *worker,
                                                   dateline_format format,
                                                   dateline_sink sink, void *context,
                                                   dateline_error *error);

/* Counts of the last run, for progress and benchmarks. */
typedef struct dateline_counts {
    size_t bytes, sentences, tokens, events, claims;
} dateline_counts;
DATELINE_API dateline_counts dateline_worker_count(const dateline_worker *worker);

/* Time of each stage since the worker was made, in seconds, for benchmarks. */
typedef struct dateline_times {
    double text, parse, who, what, detail, write;
} dateline_times;
DATELINE_API dateline_times dateline_worker_times(const dateline_worker *worker);

/* ---- Nulls ---------------------------------------------------------------------------
 * What was met and not coded, counted over articles, so that dictionaries can grow: verbs
 * and nouns that anchor no record although somebody coded is a party of theirs, and names
 * that have no country. docs/lexicon.md, "Growing it", shows the loop. */

typedef struct dateline_nulls dateline_nulls; /* lives until dateline_nulls_free */

DATELINE_API dateline_status dateline_nulls_new(dateline_nulls **nulls,
                                                dateline_error *error);
DATELINE_API void dateline_nulls_free(dateline_nulls *nulls); /* NULL is allowed */

/* Adds what the worker's last run left out; DATELINE_USAGE where that was not
 * dateline_worker_code. After DATELINE_NO_MEMORY only dateline_nulls_free may follow. For
 * one thread at a time; several workers may be added in turn. */
DATELINE_API dateline_status dateline_nulls_add(dateline_nulls *nulls,
                                                const dateline_worker *worker,
                                                dateline_error *error);

/* Memory is bounded: beyond 262,144 different entries the rarest are dropped. How many
 * were; with any, counts are lower bounds. */
DATELINE_API size_t dateline_nulls_dropped(const dateline_nulls *nulls);

/* Zeroed, or NULL in its place: everything as usual. */
typedef struct dateline_nulls_options {
    size_t least; /* rarer ones are left out; 0: 2 */
    size_t most;  /* of each kind; 0: 50 */
    bool table;   /* for people; else one JSON object a line */
} dateline_nulls_options;

/* Writes what was added so far, most frequent first, then in byte order. Keys of a line:
 * "kind" ("predicate", "person", "organisation", "place"), "text" (a line for the
 * dictionaries), "beside" (the title or role word first met beside a name; of a predicate
 * the first line that has its word; may be absent), "count", "articles", "examples" (up
 * to three: "doc", "sentence", "text"; ids and sentences of more than 400 bytes are cut).
 */
DATELINE_API dateline_status dateline_nulls_write(dateline_nulls *nulls,
                                                  const dateline_nulls_options *options,
                                                  dateline_sink sink, void *context,
                                                  dateline_error *error);

/* ---- Merging -------------------------------------------------------------------------
 * Many reports, one event: records that tell of one real-world event get one story id.
 *
 *     dateline_merger *merger;
 *     dateline_merger_new(engine, &merger, &error);
 *     // for each article:
 *     dateline_worker_code(worker, &article, &error);
 *     dateline_merger_add(merger, worker, &error);
 *     // then:
 *     dateline_merger_resolve(merger, &error);
 *     dateline_merger_write(merger, DATELINE_STORIES_JSONL, sink, context, &error);
 *
 * The result does not depend on the order of the articles; adding more and resolving
 * again gives what all at once would have given. docs/stories.md tells what decides. */

typedef struct dateline_merger dateline_merger; /* lives until dateline_merger_free */

/* Borrows the engine until the merger is freed. */
DATELINE_API dateline_status dateline_merger_new(const dateline_engine *engine,
                                                 dateline_merger **merger,
                                                 dateline_error *error);
DATELINE_API void dateline_merger_free(dateline_merger *merger); /* NULL is allowed */

/* Adds the article of the worker's last run; DATELINE_USAGE where that was not
 * dateline_worker_code. One of an id that is there takes its place. After
 * DATELINE_NO_MEMORY only dateline_merger_free may follow. For one thread at a time;
 * several workers may be added in turn. */
DATELINE_API dateline_status dateline_merger_add(dateline_merger *merger,
                                                 dateline_worker *worker,
                                                 dateline_error *error);

DATELINE_API dateline_status dateline_merger_resolve(dateline_merger *merger,
                                                     dateline_error *error);

/* The story of a record, both as 16 hexadecimal digits and NUL, after
 * dateline_merger_resolve; false where the merger does not know the record. */
DATELINE_API bool dateline_merger_story(const dateline_merger *merger, const char *record,
                                        char story[17]);

/* A record's line as dateline_worker_write gave it, with "story" in it. Other lines pass
 * as they are. */
DATELINE_API dateline_status dateline_merger_write_record(const dateline_merger *merger,
                                                          dateline_text line,
                                                          dateline_sink sink,
                                                          void *context,
                                                          dateline_error *error);

/* Adds all that an archive (dateline_store, below) holds. Stories that it has already
 * stand where they are what merging anew would give. One archive a merger, before
 * anything else is added. DATELINE_DATABASE. */
DATELINE_API dateline_status dateline_merger_add_archive(dateline_merger *merger,
                                                         const char *path,
                                                         dateline_error *error);

/* What dateline_merger_keep found. */
typedef struct dateline_merged {
    size_t articles, records; /* all that could be read */
    size_t stories, copies;   /* stories of all; articles that reprint another */
    size_t changed;           /* records whose story is another than before */
    size_t unread;            /* records that another version packed: in no story */
} dateline_merged;

/* After dateline_merger_resolve: gives the archive its stories, all at once or not at
 * all. `merged` may be NULL. DATELINE_DATABASE. */
DATELINE_API dateline_status dateline_merger_keep(dateline_merger *merger,
                                                  dateline_merged *merged,
                                                  dateline_error *error);

typedef enum dateline_stories_format {
    DATELINE_STORIES_JSONL, /* one story a line: "story", "event", "first_date",
                               "last_date", "reports", "articles", "copies", "sources",
                               "size" (counts by source), "records" (ids) */
    DATELINE_STORIES_TABLE  /* for people */
} dateline_stories_format;

/* The stories, by their first date, then by id. */
DATELINE_API dateline_status dateline_merger_write(const dateline_merger *merger,
                                                   dateline_stories_format format,
                                                   dateline_sink sink, void *context,
                                                   dateline_error *error);

/* For people: why two records are in one story or not, reason by reason with its weight.
 * DATELINE_USAGE where the merger does not know one of them. */
DATELINE_API dateline_status dateline_merger_explain(const dateline_merger *merger,
                                                     const char *one, const char *other,
                                                     dateline_sink sink, void *context,
                                                     dateline_error *error);

/* ---- Reading -------------------------------------------------------------------------
 */

typedef struct dateline_reader dateline_reader; /* lives until dateline_reader_close */

typedef enum dateline_input {
    DATELINE_INPUT_GUESS, /* by name and content */
    DATELINE_INPUT_TEXT,  /* one article a file */
    DATELINE_INPUT_JSONL, /* one article a line */
    DATELINE_INPUT_CONLLU,
    DATELINE_INPUT_HTML,   /* one page a file: its article */
    DATELINE_INPUT_WARC,   /* web archives: the article of each page, or WET's texts */
    DATELINE_INPUT_FEED,   /* RSS, Atom: one article an item */
    DATELINE_INPUT_CSV,    /* one article a row, columns by name */
    DATELINE_INPUT_RECORDS /* one record a line, for dateline_exporter_add: `text` is the
                              line as it is, all else empty */
} dateline_input;

/* Opens a file, a folder (its files, sorted by name, with the folders in it) or "-" for
 * standard input; what is compressed with gzip is read as what it holds. `date` is the
 * date of articles that bring none (NULL: none). */
DATELINE_API dateline_status dateline_reader_open(const char *path, dateline_input input,
                                                  const char *date,
                                                  dateline_reader **reader,
                                                  dateline_error *error);

/* Zeroed, or NULL in its place: everything as usual. Strings end with NUL, are copied,
 * and may be NULL. docs/input.md tells what is guessed without them. */
typedef struct dateline_reader_options {
    dateline_input input;
    const char *date;    /* of articles that bring none; "captured": the day of capture */
    const char *charset; /* of input that does not tell; NULL: UTF-8 (pages that are not:
                            windows-1252) */
    const char *columns; /* of tables: "text=Body,date=Published", with id, text, date,
                            title, source, url, language, author; NULL: by usual names */
    const char *host;    /* only articles from there or below; several with commas */
    const char *from, *to; /* only articles of these days (or months, years), both
                              inclusive: by date, else by day of capture; articles that
                              have neither are left out */
} dateline_reader_options;

/* As dateline_reader_open. DATELINE_USAGE for columns and charsets that are none,
 * DATELINE_BAD_DATE. */
DATELINE_API dateline_status
dateline_reader_open_with(const char *path, const dateline_reader_options *options,
                          dateline_reader **reader, dateline_error *error);

/* Goes on with another path once the reader has come to its end: ids that were made for
 * articles without one stay unique over all of them. */
DATELINE_API dateline_status dateline_reader_turn(dateline_reader *reader,
                                                  const char *path,
                                                  dateline_error *error);
DATELINE_API void dateline_reader_close(dateline_reader *reader); /* NULL is allowed */

/* The next article, borrowed until the next call; DATELINE_END after the last. After a
 * failure of kind DATELINE_BAD_INPUT the reader stands behind the bad article and the
 * next call goes on; `error` tells file and line, dateline_reader_raw the bytes. */
DATELINE_API dateline_status dateline_reader_next(dateline_reader *reader,
                                                  dateline_article *article,
                                                  dateline_error *error);

/* The article or line that the last call read, as it came, borrowed until the next call
 * (cut at 1 MiB where it was too large to hold). */
DATELINE_API dateline_text dateline_reader_raw(const dateline_reader *reader);

/* File and 1-based line at which the last article or bad line began. */
DATELINE_API const char *dateline_reader_file(const dateline_reader *reader);
DATELINE_API uint64_t dateline_reader_line(const dateline_reader *reader);

/* Byte of a web archive (as it is on disk) at which the last record began; 0 for others,
 * whose place is a line. */
DATELINE_API uint64_t dateline_reader_offset(const dateline_reader *reader);

/* ---- Handing over --------------------------------------------------------------------
 * Records in the layouts that scripts of the field load; docs/export.md tells column by
 * column where a value comes from and what is always missing.
 *
 *     dateline_exporter_new(engine, &options, sink, context, &exporter, &error);
 *     for each record: dateline_exporter_add(exporter, &row, &error);
 *     dateline_exporter_finish(exporter, &error);
 *     dateline_exporter_free(exporter);
 */

typedef enum dateline_layout {
    DATELINE_LAYOUT_JSONL,   /* the records themselves */
    DATELINE_LAYOUT_CSV,     /* our own flat table */
    DATELINE_LAYOUT_GEOJSON, /* records with a place of city precision or better */
    DATELINE_LAYOUT_PLOVER,  /* PLOVER / POLECAT, 40 columns */
    DATELINE_LAYOUT_ICEWS,   /* 20 columns */
    DATELINE_LAYOUT_PHOENIX, /* 26 columns */
    DATELINE_LAYOUT_PETRARCH,
    DATELINE_LAYOUT_GDELT_EVENTS,   /* 61 columns */
    DATELINE_LAYOUT_GDELT_MENTIONS, /* 16 columns */
    DATELINE_LAYOUTS
} dateline_layout;

/* By a name such as "icews", "gdelt-events"; false where there is none. */
DATELINE_API bool dateline_layout_find(const char *name, dateline_layout *layout);
DATELINE_API const char *dateline_layout_name(dateline_layout layout);

/* A record and what is known about it that its line does not say; what is empty or 0 is
 * not known and written as the layout writes what is missing. */
typedef struct dateline_export_row {
    dateline_text record;     /* the JSON line (docs/record.schema.json) */
    dateline_article article; /* of the record; of `text` the size alone is used */
    dateline_text story_date; /* when the story that the record belongs to began */
    uint64_t reports, articles, sources; /* of that story */
} dateline_export_row;

typedef struct dateline_export_options {
    dateline_layout layout;
    const char *statuses; /* "actual,historical", "all": records of others are left out.
                             NULL: all, but in layouts that have no place for a status
                             (icews, phoenix, petrarch, gdelt) actual alone */
} dateline_export_options;

typedef struct dateline_exporter
    dateline_exporter; /* lives until dateline_exporter_free */

/* Borrows the engine, the sink and its context until the exporter is freed.
 * DATELINE_USAGE where a status is none. */
DATELINE_API dateline_status dateline_exporter_new(const dateline_engine *engine,
                                                   const dateline_export_options *options,
                                                   dateline_sink sink, void *context,
                                                   dateline_exporter **exporter,
                                                   dateline_error *error);
DATELINE_API void
dateline_exporter_free(dateline_exporter *exporter); /* NULL is allowed */

/* Writes one record's rows. After a failure of kind DATELINE_BAD_INPUT nothing of the
 * record was written, `error` tells what is wrong with it, and the next may follow. */
DATELINE_API dateline_status dateline_exporter_add(dateline_exporter *exporter,
                                                   const dateline_export_row *row,
                                                   dateline_error *error);

/* Writes what stands behind the last record (and the head, where there was none). */
DATELINE_API dateline_status dateline_exporter_finish(dateline_exporter *exporter,
                                                      dateline_error *error);

/* What was written, and what was left out for want of a place in the layout. */
typedef struct dateline_export_counts {
    size_t records, rows;  /* read without fault; written */
    size_t claims;         /* left out: claims, which jsonl alone has */
    size_t without_status; /* left out: of a status that was not asked for */
    size_t without_cameo;  /* left out: without a CAMEO code */
    size_t without_place;  /* left out: without a place that is close enough */
} dateline_export_counts;
DATELINE_API dateline_export_counts
dateline_exporter_count(const dateline_exporter *exporter);

/* ---- Store ---------------------------------------------------------------------------
 * An archive is one SQLite file that keeps articles with all that was found in them
 * (docs/archive.md describes it). A store writes one:
 *
 *     dateline_store *store;
 *     dateline_store_open("archive.db", NULL, &store, &error);
 *     dateline_store_find(store, worker, &article, &standing, &error); // there already?
 *     dateline_worker_code(worker, &article, &error);
 *     dateline_store_add(store, worker, &error);
 *     dateline_store_commit(store, &error);
 *     dateline_store_close(store);
 *
 * Articles are kept in transactions of some hundred; an article is kept whole or not at
 * all. What dateline_store_kept counts stays, whatever happens to the program or the
 * machine. A store has a thread of its own that writes while the caller codes; its calls
 * are for one thread at a time. After a failure each call gives that failure. */

typedef struct dateline_store dateline_store; /* lives until dateline_store_close */

/* Zeroed, or NULL in its place: everything as usual. */
typedef struct dateline_store_options {
    bool recode; /* articles that another version coded are replaced, changed or not */
} dateline_store_options;

/* Creates the archive where there is none, and brings one of an older version up to date.
 * DATELINE_DATABASE, as all below. */
DATELINE_API dateline_status dateline_store_open(const char *path,
                                                 const dateline_store_options *options,
                                                 dateline_store **store,
                                                 dateline_error *error);

/* Commits first; that it failed is not told here. NULL is allowed. */
DATELINE_API void dateline_store_close(dateline_store *store);

/* How an article stands in the archive. */
typedef enum dateline_standing {
    DATELINE_ARTICLE_NEW,
    DATELINE_ARTICLE_CHANGED, /* something that was given is other than what is kept */
    DATELINE_ARTICLE_OTHER_CODER, /* unchanged; another version, lexicon, weights or
                                     least confidence made its records */
    DATELINE_ARTICLE_KEPT         /* unchanged, coded as it would be now */
} dateline_standing;

/* Articles of the last second count as new; adding them again changes nothing. */
DATELINE_API dateline_status dateline_store_find(dateline_store *store,
                                                 const dateline_worker *worker,
                                                 const dateline_article *article,
                                                 dateline_standing *standing,
                                                 dateline_error *error);

/* Takes what the worker's last run found, which must have been dateline_worker_code, else
 * DATELINE_USAGE. Copies all. An article of a known id takes the place of that one, if it
 * changed. May wait for the disk. */
DATELINE_API dateline_status dateline_store_add(dateline_store *store,
                                                const dateline_worker *worker,
                                                dateline_error *error);

/* Keeps what could not be coded, with its place and reason (`why`, all of it), until an
 * article of that id is added. */
DATELINE_API dateline_status dateline_store_reject(dateline_store *store,
                                                   const dateline_reader *reader,
                                                   const dateline_error *why,
                                                   dateline_error *error);

/* Whether the reader's last article or line was rejected before, byte for byte. */
DATELINE_API dateline_status dateline_store_was_rejected(dateline_store *store,
                                                         const dateline_reader *reader,
                                                         bool *rejected,
                                                         dateline_error *error);

/* The records of an article that the archive has, a line each, as they were written. */
DATELINE_API dateline_status dateline_store_write(dateline_store *store,
                                                  const dateline_article *article,
                                                  bool claims, dateline_sink sink,
                                                  void *context, dateline_error *error);

/* Waits until all that was taken is kept. */
DATELINE_API dateline_status dateline_store_commit(dateline_store *store,
                                                   dateline_error *error);

/* What is kept for good of what this store was given. */
typedef struct dateline_kept {
    size_t added, replaced, unchanged; /* articles */
    size_t rejects, records;
} dateline_kept;
DATELINE_API dateline_kept dateline_store_kept(dateline_store *store);

/* ---- Archive -------------------------------------------------------------------------
 * Asking an archive that a store has written, also while it is being written. An archive
 * is for one thread at a time. */

typedef struct dateline_archive dateline_archive; /* lives until dateline_archive_close */

/* DATELINE_DATABASE, as all below. */
DATELINE_API dateline_status dateline_archive_open(const char *path,
                                                   dateline_archive **archive,
                                                   dateline_error *error);
DATELINE_API void dateline_archive_close(dateline_archive *archive); /* NULL is allowed */

/* A question; zeroed, it asks for everything. Strings end with NUL, NULL is what is not
 * asked. Where several values are separated by commas, one of them must fit; all fields
 * must. */
typedef struct dateline_query {
    const char *who;   /* actors: codes ("FRA", "FRA GOV", "COP"), or what names somebody
                          ("France", "the French president", "Nestle") */
    const char *whom;  /* recipients, likewise; in symmetric events (a meeting) all
                          parties are on both sides */
    const char *what;  /* "ASSAULT", "ASSAULT aerial", "aerial", CAMEO as "17" */
    const char *where; /* "FRA", "France", "Lyon" */
    const char *from, *to;    /* days, months or years, both taken in */
    const char *status;       /* "actual", "future", ...: any where NULL */
    const char *source;       /* what articles came from, as they said it */
    const char *according_to; /* who says so, as `who` */
    const char *text;         /* words that the article has, all of them; "a phrase" */
    const char *article;      /* its id */
    const char *place;        /* one place exactly, as overviews give it in `value` */
    const char *box;          /* "west,south,east,north" in degrees; across the date line
                                 where west is greater than east */
    const char *story;        /* its id */
    size_t reports;           /* at least so many of one event */
    double min_confidence;
    size_t limit;      /* rows; 0: all */
    bool every_report; /* all records of a story, not the first alone */
    const char *count; /* NULL: list records; else counts by "day", "month", "year",
                          "dyad", "actor", "recipient", "event", "mode", "country",
                          "status", "source", with commas between several */
    /* Told what a name was taken for ("who", "French police", "FRA COP"); may be NULL. */
    void (*understood)(void *context, const char *field, const char *name,
                       const char *as);
    void *understood_context;
} dateline_query;

typedef enum dateline_rows {
    DATELINE_ROWS_TABLE, /* for people */
    DATELINE_ROWS_CSV,
    DATELINE_ROWS_JSONL /* of records: as they were written, with their story */
} dateline_rows;

/* Writes what fits: records by date, or counts. `engine` resolves names that are no codes
 * (NULL: they are looked for as they stand). DATELINE_USAGE where the question makes no
 * sense. */
DATELINE_API dateline_status dateline_archive_query(
    dateline_archive *archive, const dateline_engine *engine, const dateline_query *query,
    dateline_rows shape, dateline_sink sink, void *context, dateline_error *error);

/* Writes the rows of one SQL statement that only reads; DATELINE_USAGE where it is wrong
 * or does more. */
DATELINE_API dateline_status dateline_archive_sql(dateline_archive *archive,
                                                  const char *sql, dateline_rows shape,
                                                  dateline_sink sink, void *context,
                                                  dateline_error *error);

/* The same with texts bound to ?1, ?2, ... (data NULL: to NULL). */
DATELINE_API dateline_status dateline_archive_select(
    dateline_archive *archive, const char *sql, const dateline_text *values,
    size_t value_count, dateline_rows shape, dateline_sink sink, void *context,
    dateline_error *error);

/* From now on each statement that takes longer than so many seconds fails with
 * DATELINE_USAGE, "took too long"; 0: however long. */
DATELINE_API void dateline_archive_limit(dateline_archive *archive, double seconds);

/* Writes the events of these records, in their order: a JSON object a line with the
 * record (its story in it), its article, and how many reports and sources its event has
 * (Event in docs/openapi.yaml); or CSV with the columns of the view event_list. Keys that
 * the archive has no longer are left out. */
DATELINE_API dateline_status dateline_archive_write_events(
    dateline_archive *archive, const int64_t *keys, size_t count, dateline_rows shape,
    dateline_sink sink, void *context, dateline_error *error);

typedef struct dateline_records dateline_records; /* lives until dateline_records_close */

/* The records that fit, by date (NULL: all), one by one, with what their article and
 * story add; `count` must not be asked. Borrows the archive. */
DATELINE_API dateline_status dateline_records_open(dateline_archive *archive,
                                                   const dateline_engine *engine,
                                                   const dateline_query *query,
                                                   dateline_records **records,
                                                   dateline_error *error);

/* DATELINE_END after the last; strings are borrowed until the next call. The line has its
 * story; of the article's text there is the size alone. Where records were not merged, a
 * record is the one report of its event. */
DATELINE_API dateline_status dateline_records_next(dateline_records *records,
                                                   dateline_export_row *row,
                                                   dateline_error *error);
DATELINE_API void dateline_records_close(dateline_records *records); /* NULL is allowed */

/* What an archive holds. */
typedef struct dateline_archive_facts {
    int version, known_version; /* of its layout; of what this program writes */
    size_t articles, records, claims, stories, rejects;
    char first_date[16], last_date[16]; /* of articles; empty where none has one */
    size_t coders;                      /* versions and data that coded its articles */
    char fault[256]; /* what is wrong with the file; empty where nothing is */
} dateline_archive_facts;

/* Looks at the file at `path` as it is, of whatever version; with `thorough` every page
 * is checked. */
DATELINE_API dateline_status dateline_archive_check(const char *path, bool thorough,
                                                    dateline_archive_facts *facts,
                                                    dateline_error *error);

/* ---- Cube ----------------------------------------------------------------------------
 * All records of an archive as columns in memory, for answers in milliseconds: how many
 * events there are by anything under any filters. What fits a question is a selection:
 *
 *     dateline_cube *cube;
 *     dateline_cube_open(archive, &cube, &error);          // seconds for a million
 *     dateline_selection *selection;
 *     dateline_cube_select(cube, archive, engine, &query, &selection, &error);
 *     dateline_selection_write(selection, DATELINE_VIEW_OVERVIEW, NULL, sink, context,
 *                              &error);
 *     dateline_selection_free(selection);
 *     dateline_cube_close(cube);
 *
 * A cube is read-only once open and may be shared by threads; it holds the archive as it
 * stood when it was opened. A selection never changes and may be shared too; it borrows
 * its cube. */

typedef struct dateline_cube dateline_cube; /* lives until dateline_cube_close */

/* The archive's file must stay where it is; the archive itself is not borrowed. */
DATELINE_API dateline_status dateline_cube_open(dateline_archive *archive,
                                                dateline_cube **cube,
                                                dateline_error *error);
DATELINE_API void dateline_cube_close(dateline_cube *cube); /* NULL is allowed */

/* Whether the archive has changed since the cube was opened. */
DATELINE_API bool dateline_archive_is_newer(dateline_archive *archive,
                                            const dateline_cube *cube);

/* Bytes that the cube holds. */
DATELINE_API size_t dateline_cube_size(const dateline_cube *cube);

typedef struct dateline_selection dateline_selection; /* lives until ..._free */

/* What fits the question: just what dateline_archive_query would write. `archive` is of
 * the cube's file, and the calling thread's own; it resolves names and looks up what
 * columns can't answer. `limit` and `count` play no part. DATELINE_USAGE where the
 * question makes no sense. */
DATELINE_API dateline_status dateline_cube_select(
    const dateline_cube *cube, dateline_archive *archive, const dateline_engine *engine,
    const dateline_query *query, dateline_selection **selection, dateline_error *error);
DATELINE_API void dateline_selection_free(dateline_selection *selection); /* or NULL */

typedef struct dateline_selected {
    size_t events, reports, articles; /* a story is one event; a record is one report */
} dateline_selected;
DATELINE_API dateline_selected
dateline_selection_count(const dateline_selection *selection);

/* Bytes that the selection holds, for caches. */
DATELINE_API size_t dateline_selection_size(const dateline_selection *selection);

typedef enum dateline_order {
    DATELINE_ORDER_NEWEST, /* undated ones last in both */
    DATELINE_ORDER_OLDEST,
    DATELINE_ORDER_REPORTS,   /* of most reports first, then the newest */
    DATELINE_ORDER_CONFIDENCE /* the surest first, then the newest */
} dateline_order;

/* Keys of the records from the one numbered `first` (0-based), at most `most`; *count of
 * them into `keys`. A story stands once, for the first of its reports by date that fits,
 * unless the question asked for every report. */
DATELINE_API dateline_status dateline_selection_keys(const dateline_selection *selection,
                                                     dateline_order order, size_t first,
                                                     size_t most, int64_t *keys,
                                                     size_t *count,
                                                     dateline_error *error);

typedef enum dateline_view {
    DATELINE_VIEW_OVERVIEW, /* takes `by` */
    DATELINE_VIEW_NETWORK,  /* takes `by` ("country", "actor"), `most` */
    DATELINE_VIEW_ACTORS,   /* takes `q`, `page`, `per_page` */
    DATELINE_VIEW_ACTOR     /* takes `of`, `by` */
} dateline_view;

/* Zeroed, or NULL in its place: everything as usual. Strings end with NUL. */
typedef struct dateline_view_options {
    const char *by; /* "day", "month", "year"; NULL: the widest that is a picture */
    size_t most;    /* edges; 0: 80 */
    size_t page, per_page; /* 1-based; 0: the first, 25 */
    const char *of;        /* an actor, as `who` takes it */
    const char *q;         /* a part of code, sector or name */
    /* To resolve `of`: an archive of the cube's file; engine may be NULL. */
    dateline_archive *archive;
    const dateline_engine *engine;
} dateline_view_options;

/* Writes the view as one JSON object: Overview, Network, Actors, Actor of
 * docs/openapi.yaml. DATELINE_USAGE where an option makes no sense. */
DATELINE_API dateline_status
dateline_selection_write(const dateline_selection *selection, dateline_view view,
                         const dateline_view_options *options, dateline_sink sink,
                         void *context, dateline_error *error);

/* How names in the question were understood, as the JSON array `understood`. */
DATELINE_API dateline_status dateline_selection_write_understood(
    const dateline_selection *selection, dateline_sink sink, void *context,
    dateline_error *error);

/* ---- Lexicon -------------------------------------------------------------------------
 */

/* Checks the dictionaries under `folder` (and those of `overlay` laid over them, NULL:
 * none); DATELINE_BAD_LEXICON after reports of every finding. With `output` not NULL and
 * nothing wrong, compiles them into that file. */
DATELINE_API dateline_status
dateline_lexicon_compile(const char *folder, const char *overlay, const char *output,
                         dateline_report report, void *context, dateline_error *error);

/* Codes the example sentences that stand behind lexicon lines and reports each that its
 * own line does not fire on. `engine` must have been opened on that lexicon: `folder`
 * with `overlay` laid over it (NULL: none). */
DATELINE_API dateline_status dateline_lexicon_try_examples(
    const dateline_engine *engine, const char *folder, const char *overlay,
    dateline_report report, void *context, dateline_error *error);

/* "0.4.0"; a static string. */
DATELINE_API const char *dateline_version(void);

#ifdef __cplusplus
}
#endif

#endif
