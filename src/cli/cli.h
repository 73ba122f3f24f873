/* The command line: shared pieces. Only dateline.h stands below.
 *
 * Data goes to stdout or -o FILE, everything else to stderr. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stdio.h>

#include "dateline.h"

/* Exit codes, as documented in docs/index.md. */
enum {
    EXIT_ALL_WELL = 0,
    EXIT_SOME_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_INPUT = 3,
    EXIT_OUTPUT = 4,
    EXIT_DATABASE = 5,
    EXIT_INTERRUPTED = 130
};

/* ---- Commands and options: one table each (options.c) --------------------------------
 */

/* identifier, name, arguments, what it does */
#define COMMAND_LIST(X)                                                                  \
    X(CODE, "code", "[FILES...]", "articles in, records of who did what to whom out")    \
    X(ANNOTATE, "annotate", "[FILES...]", "one JSON object an article: every layer")     \
    X(PARSE, "parse", "[FILES...]",                                                      \
      "sentences, tags, lemmas, trees and names as CoNLL-U")                             \
    X(ENTITY, "entity", "TEXT | --format jsonl [FILES...]",                              \
      "how one name or phrase is coded")                                                 \
    X(EXPLAIN, "explain", "TEXT | -", "why a sentence is coded as it is")                \
    X(MERGE, "merge", "[FILES... | --db FILE]",                                          \
      "each event with all its reports: articles in, stories out, or an archive's")      \
    X(NULLS, "nulls", "[FILES...]", "what was met most often and not coded")             \
    X(QUERY, "query", "--db FILE", "ask an archive who did what to whom, when, where")   \
    X(EXPORT, "export", "[FILES...]",                                                    \
      "records in, the layouts that other tools load out")                               \
    X(SERVE, "serve", "--db FILE", "answer a browser, or programs, over an archive")     \
    X(LEXICON_BUILD, "lexicon build", "FOLDER -o FILE", "compile dictionaries")          \
    X(LEXICON_CHECK, "lexicon check", "[FOLDER]", "look for mistakes in dictionaries")   \
    X(DOCTOR, "doctor", "[--db FILE]",                                                   \
      "version, data found, what this processor can do; or what an archive holds")       \
    X(VERSION, "version", "", "print the version")

typedef enum cli_command {
#define X(id, name, arguments, help) COMMAND_##id,
    COMMAND_LIST(X)
#undef X
        COMMANDS
} cli_command;

#define ON(id) (1u << COMMAND_##id)
#define READS (ON(CODE) | ON(ANNOTATE) | ON(PARSE) | ON(ENTITY) | ON(MERGE) | ON(NULLS))
#define RUNS (READS | ON(EXPLAIN))
#define ASKS (ON(QUERY) | ON(EXPORT))

/* identifier, name, letter (0: none), its value ("": takes none), commands, what it does
 */
#define OPTION_LIST(X)                                                                   \
    X(FORMAT, "format", 0, "NAME",                                                       \
      ON(CODE) | ON(ANNOTATE) | ON(ENTITY) | ON(MERGE) | ON(NULLS),                      \
      "jsonl or table (jsonl where the output is no terminal); annotate: jsonl")         \
    X(ROWS, "format", 0, "NAME", ON(QUERY),                                              \
      "table, csv or jsonl (counts and terminals: table; else jsonl)")                   \
    X(LAYOUT, "format", 0, "NAME", ON(EXPORT),                                           \
      "layout: jsonl, csv, geojson, plover, icews, phoenix,\n"                           \
      "                               petrarch, gdelt-events or gdelt-mentions (jsonl)") \
    X(STATUS, "status", 0, "LIST", ON(EXPORT),                                           \
      "write records of these alone, such as actual,historical; all")                    \
    X(CLAIMS, "claims", 0, "", ON(CODE), "write who said what as records of kind claim") \
    X(MERGE, "merge", 0, "", ON(CODE),                                                   \
      "records of one event get one `story`, once all is read")                          \
    X(EXPLAIN, "explain", 0, "ID,ID", ON(MERGE),                                         \
      "why these two records are one story or two")                                      \
    X(MIN_CONFIDENCE, "min-confidence", 0, "NUMBER",                                     \
      ON(CODE) | ON(EXPLAIN) | ON(MERGE) | ASKS, "leave out records of less, 0 to 1")    \
    X(LEAST, "least", 0, "N", ON(NULLS), "leave out what was met less often (2)")        \
    X(MOST, "most", 0, "N", ON(NULLS), "write that many of each kind (50)")              \
    X(TOKENS, "tokens", 0, "", ON(PARSE),                                                \
      "read CoNLL-U and keep its sentences and tokens")                                  \
    X(INPUT_FORMAT, "input-format", 0, "NAME", READS,                                    \
      "txt, jsonl, html, warc, feed, csv or conllu (found by name and content)")         \
    X(CHARSET, "charset", 0, "NAME", READS,                                              \
      "charset of input that does not tell its own")                                     \
    X(COLUMNS, "columns", 0, "LIST", READS,                                              \
      "columns of tables: text=Body,date=Day,id=... (found by usual names)")             \
    X(HOST, "host", 0, "NAMES", READS,                                                   \
      "only articles from these hosts, parted by commas")                                \
    X(FROM, "from", 0, "DAY", READS | ASKS,                                              \
      "only articles (of an archive: events) of that day or later")                      \
    X(TO, "to", 0, "DAY", READS | ASKS, "only those of that day or earlier")             \
    X(DATE, "date", 0, "DAY", RUNS,                                                      \
      "publication date of articles that bring none, or \"captured\"")                   \
    X(CONTEXT, "context", 0, "TEXT", ON(ENTITY), "words from around the phrase")         \
    X(OUTPUT, "output", 'o', "FILE", RUNS | ON(EXPORT) | ON(LEXICON_BUILD) | ON(QUERY),  \
      "write there, whole or not at all")                                                \
    X(DB, "db", 0, "FILE",                                                               \
      ON(CODE) | ON(MERGE) | ON(QUERY) | ON(EXPORT) | ON(DOCTOR) | ON(SERVE),            \
      "the archive, an SQLite file (docs/archive.md); code fills it")                    \
    X(WHO, "who", 0, "WHO", ASKS,                                                        \
      "actor: codes (FRA, \"FRA GOV\", COP) or a name; commas between several")          \
    X(WHAT, "what", 0, "ACT", ASKS, "ASSAULT, \"ASSAULT aerial\", aerial, CAMEO 17")     \
    X(WHOM, "whom", 0, "WHO", ASKS, "recipient, likewise")                               \
    X(WHERE, "where", 0, "PLACE", ASKS, "country (FRA, France) or place")                \
    X(OF_STATUS, "status", 0, "STATUS", ON(QUERY),                                       \
      "actual, historical, future, hypothetical or negated")                             \
    X(SOURCE, "source", 0, "NAME", ASKS, "what the article came from")                   \
    X(ACCORDING_TO, "according-to", 0, "WHO", ASKS, "who says so")                       \
    X(TEXT, "text", 0, "WORDS", ASKS,                                                    \
      "the article has them all; word* any ending, \"a phrase\"")                        \
    X(ARTICLE, "article", 0, "ID", ASKS, "records of that article")                      \
    X(PLACE, "place", 0, "PLACE", ASKS, "one place alone: \"name|admin1|country\"")      \
    X(BOX, "box", 0, "W,S,E,N", ASKS, "places in there, in degrees")                     \
    X(STORY, "story", 0, "ID", ASKS, "reports of that event")                            \
    X(REPORTS, "reports", 0, "N", ASKS, "events that so many records report")            \
    X(COUNT, "count", 0, "BY", ON(QUERY),                                                \
      "counts by day, month, year, dyad, actor, recipient, event, mode, country, "       \
      "status, source; commas between several")                                          \
    X(LIMIT, "limit", 0, "N", ON(QUERY), "no more rows")                                 \
    X(ALL, "all", 0, "", ON(QUERY), "every report of an event, not the first alone")     \
    X(SQL, "sql", 0, "SELECT", ON(QUERY), "a statement of your own, that only reads")    \
    X(RESUME, "resume", 0, "", ON(CODE),                                                 \
      "pass over what an earlier run kept or rejected in --db")                          \
    X(RECODE, "recode", 0, "", ON(CODE),                                                 \
      "code articles in --db anew where another version coded them")                     \
    X(REJECTS, "rejects", 0, "FILE", READS | ON(EXPORT),                                 \
      "keep what failed, a JSON object a line")                                          \
    X(LEXICON, "lexicon", 0, "PATH",                                                     \
      RUNS | ON(EXPORT) | ON(DOCTOR) | ON(QUERY) | ON(SERVE),                            \
      "compiled lexicon, or a folder of your own to lay over ours")                      \
    X(WEIGHTS, "weights", 0, "FILE",                                                     \
      RUNS | ON(DOCTOR) | ON(LEXICON_CHECK) | ON(QUERY) | ON(SERVE), "weights to use")   \
    X(KERNELS, "kernels", 0, "NAME", RUNS | ON(DOCTOR) | ON(QUERY) | ON(SERVE),          \
      "plain, avx2 or vnni (the best there is)")                                         \
    X(OVERLAY, "overlay", 0, "FOLDER", ON(LEXICON_BUILD) | ON(LEXICON_CHECK),            \
      "dictionaries of your own laid over FOLDER")                                       \
    X(EXAMPLES, "examples", 0, "", ON(LEXICON_CHECK),                                    \
      "code the example sentences behind the lines too")                                 \
    X(ADDRESS, "address", 0, "A", ON(SERVE),                                             \
      "answer there (127.0.0.1; any other needs --token)")                               \
    X(PORT, "port", 0, "N", ON(SERVE), "answer at this port (8080); 0: a free one")      \
    X(TOKEN, "token", 0, "FILE", ON(SERVE),                                              \
      "only who has the token in this file is answered")                                 \
    X(TIMES, "times", 0, "",                                                             \
      ON(CODE) | ON(ANNOTATE) | ON(PARSE) | ON(MERGE) | ON(NULLS),                       \
      "print counts and the time of each stage to stderr at the end")                    \
    X(QUIET, "quiet", 'q', "",                                                           \
      RUNS | ON(EXPORT) | ON(LEXICON_BUILD) | ON(LEXICON_CHECK) | ON(QUERY),             \
      "say nothing but errors that end the run")                                         \
    X(HELP, "help", 'h', "", ~0u, "print this")

typedef enum cli_option {
#define X(id, name, letter, value, commands, help) OPTION_##id,
    OPTION_LIST(X)
#undef X
        OPTIONS
} cli_option;

/* The command line as it was read; strings are borrowed from argv. */
typedef struct cli_arguments {
    cli_command command;
    const char
        *options[OPTIONS]; /* value; "" where it takes none; NULL where not given */
    char **words;          /* [word_count] what is no option */
    int word_count;
} cli_arguments;

/* Reads the command line (its words are moved to the front of argv). -1 where all is
 * well; otherwise the exit code of a run that is over: help printed or usage wrong. */
int arguments_parse(int argc, char **argv, cli_arguments *out);

const char *command_name(cli_command which);

/* ---- Output (output.c) ---------------------------------------------------------------
 */

/* Where data go: stdout, or a file that appears under its name once it is whole. */
typedef struct cli_output {
    FILE *file;
    const char *path; /* NULL: stdout */
    char *temporary;  /* owned; NULL: written to directly */
    size_t width;     /* columns at which lines are cut; 0: nowhere */
    size_t column;    /* of the line being written */
    bool escape;      /* inside of a colour code */
    bool color, failed;
    bool reader_gone; /* the pipe's reader has gone: no message */
} cli_output;

/* `path` NULL: stdout. False where it can't be written, said on stderr. `wide` tells that
 * long lines are cut at the terminal's width. */
bool output_open(cli_output *out, const char *path);
void output_cut_lines(cli_output *out); /* at the terminal's width, if it is one */
bool output_write(void *context, const char *data, size_t size); /* a dateline_sink */

/* Puts a file under its name; with `keep` false it is removed. False where that failed,
 * said on stderr. */
bool output_close(cli_output *out, bool keep);
bool output_is_terminal(const cli_output *out);

/* ---- Failures (failures.c) -----------------------------------------------------------
 */

/* Articles that failed: said on stderr, counted, kept in the rejects file. */
typedef struct cli_failures {
    FILE *rejects; /* NULL: not kept */
    const char *rejects_path;
    const char *noun; /* what failed: "article" unless set otherwise */
    size_t count;
    bool quiet, write_failed;
} cli_failures;

bool failures_open(cli_failures *failures, const char *path, bool quiet);
void failures_add(cli_failures *failures, const dateline_reader *reader,
                  const dateline_error *error);

/* Says how many there were; false where the rejects could not be written. */
bool failures_close(cli_failures *failures);

/* "dateline: file:line: message" */
void say_error(const dateline_error *error);
int exit_code_of(dateline_status status);

/* ---- Nulls (nulls.c) -----------------------------------------------------------------
 */

/* What the articles left out, and how it is to be written. */
typedef struct cli_nulls {
    dateline_nulls *nulls; /* NULL: the command is another */
    dateline_nulls_options options;
} cli_nulls;

/* Does nothing for other commands. On failure says why, returns the exit code. */
int nulls_open(cli_nulls *nulls, const cli_arguments *arguments, bool table);

/* Writes all and closes; with `write` false closes only. */
int nulls_close(cli_nulls *nulls, cli_output *output, bool write);

/* ---- Archive (store.c) ---------------------------------------------------------------
 */

/* The archive that `code --db` fills. Without --db all of these do nothing. */
typedef struct cli_store {
    dateline_store *store; /* NULL: there is none */
    dateline_store_options options;
    size_t passed, other_coder; /* articles that were there already */
    bool resume, claims, quiet;
} cli_store;

/* On failure says why, returns the exit code. */
int store_open(cli_store *store, const cli_arguments *arguments);

/* Whether the article that was read needs no coding; its records, kept long ago, go to
 * `output` where that is wanted (NULL: it is not). */
dateline_status store_pass(cli_store *store, const dateline_worker *worker,
                           const dateline_reader *reader, const dateline_article *article,
                           cli_output *output, bool *passed, dateline_error *error);
dateline_status store_add(cli_store *store, const dateline_worker *worker,
                          dateline_error *error);

/* *old: it was rejected in a run before, and that has been said. */
dateline_status store_reject(cli_store *store, const dateline_reader *reader,
                             const dateline_error *why, bool *old, dateline_error *error);

/* Commits, closes and says what was kept; `code` is the exit code so far, and what comes
 * back the one to end with. */
int store_close(cli_store *store, int code);

/* What the options ask of an archive; false, said on stderr, where a number is none
 * (query.c). */
bool question_read(const cli_arguments *arguments, dateline_query *query);

/* ---- Progress (progress.c) -----------------------------------------------------------
 */

/* What a run has done so far. */
typedef struct cli_counts {
    size_t articles, events, passed, rejected;
} cli_counts;

typedef struct cli_progress {
    double began_at, last_at; /* seconds; when it was last shown */
    double bytes, done;       /* of the input; `bytes` 0: not known */
    bool shown, written;
} cli_progress;

/* Shown only where stderr is a terminal; not with `data_shown`, where data go there too.
 */
void progress_open(cli_progress *progress, const cli_arguments *arguments,
                   bool data_shown);

/* After each article; `bytes` are those it took in the input. */
void progress_show(cli_progress *progress, const cli_counts *counts, size_t bytes);
void progress_hide(cli_progress *progress);

/* ---- Merging (merge.c) ---------------------------------------------------------------
 */

/* Records wait in a file of no name until the stories of all are known. */
typedef struct cli_merge {
    dateline_merger *merger; /* NULL: nothing is merged */
    FILE *lines;             /* of `code --merge` */
    char ids[2][17];         /* of `merge --explain` */
    bool explain, table;
} cli_merge;

/* Finds the stories of an archive's records and gives them to it, or, with --explain,
 * says why two are one story or not. On failure says why, returns the exit code. */
int merge_archive(const cli_arguments *arguments, const dateline_engine *engine,
                  cli_output *output);

/* Does nothing where nothing is merged, or an archive is. On failure says why, returns
 * the exit code. */
int merge_open(cli_merge *merge, const cli_arguments *arguments,
               const dateline_engine *engine, bool table);

/* Takes what the worker's last run found. */
dateline_status merge_add(cli_merge *merge, dateline_worker *worker,
                          dateline_format format, dateline_error *error);

/* Finds the stories, writes what was asked for, and closes; with `write` false closes
 * only. */
int merge_close(cli_merge *merge, cli_output *output, bool write);

/* ---- Commands ------------------------------------------------------------------------
 * Each returns the exit code. */

int run_articles(
    const cli_arguments *arguments); /* code, annotate, parse, merge, nulls (run.c) */
int run_merge(const cli_arguments *arguments); /* merge.c */
int run_entity(const cli_arguments *arguments);
int run_explain(const cli_arguments *arguments);
int run_export(const cli_arguments *arguments);        /* export.c */
int run_lexicon_build(const cli_arguments *arguments); /* lexicon.c */
int run_lexicon_check(const cli_arguments *arguments);
int run_doctor(const cli_arguments *arguments); /* doctor.c */
int run_query(const cli_arguments *arguments);  /* query.c */
int run_serve(const cli_arguments *arguments);  /* serve.c */

/* True once the user has asked to stop (main.c). */
bool interrupted(void);

/* What the options say of lexicon, weights and kernels; a folder is an overlay. */
dateline_options machine_options(const cli_arguments *arguments);

/* A dateline_report: a finding on stderr; `context` is a size_t that counts them. */
void say_finding(void *context, const dateline_error *finding);

/* Engine and worker as the options say. On failure says why, returns the exit code. */
typedef struct cli_machine {
    dateline_engine *engine;
    dateline_worker *worker;
} cli_machine;
int machine_open(cli_machine *machine, const cli_arguments *arguments);
void machine_close(cli_machine *machine);

#endif
