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
    X(NULLS, "nulls", "[FILES...]", "what was met most often and not coded")             \
    X(EXPORT, "export", "[FILES...]",                                                    \
      "records in, the layouts that other tools load out")                               \
    X(LEXICON_BUILD, "lexicon build", "FOLDER -o FILE", "compile dictionaries")          \
    X(LEXICON_CHECK, "lexicon check", "[FOLDER]", "look for mistakes in dictionaries")   \
    X(DOCTOR, "doctor", "", "version, data found, what this processor can do")           \
    X(VERSION, "version", "", "print the version")

typedef enum cli_command {
#define X(id, name, arguments, help) COMMAND_##id,
    COMMAND_LIST(X)
#undef X
        COMMANDS
} cli_command;

#define ON(id) (1u << COMMAND_##id)
#define READS (ON(CODE) | ON(ANNOTATE) | ON(PARSE) | ON(ENTITY) | ON(NULLS))
#define RUNS (READS | ON(EXPLAIN))

/* identifier, name, letter (0: none), its value ("": takes none), commands, what it does
 */
#define OPTION_LIST(X)                                                                   \
    X(FORMAT, "format", 0, "NAME", ON(CODE) | ON(ANNOTATE) | ON(ENTITY) | ON(NULLS),     \
      "jsonl or table (jsonl where the output is no terminal); annotate: jsonl")         \
    X(LAYOUT, "format", 0, "NAME", ON(EXPORT),                                           \
      "layout: jsonl, csv, geojson, plover, icews, phoenix,\n"                           \
      "                               petrarch, gdelt-events or gdelt-mentions (jsonl)") \
    X(STATUS, "status", 0, "LIST", ON(EXPORT),                                           \
      "write records of these alone, such as actual,historical; all")                    \
    X(CLAIMS, "claims", 0, "", ON(CODE), "write who said what as records of kind claim") \
    X(MIN_CONFIDENCE, "min-confidence", 0, "NUMBER", ON(CODE) | ON(EXPLAIN),             \
      "leave out records of less, 0 to 1")                                               \
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
    X(FROM, "from", 0, "DAY", READS, "only articles of that day or later")               \
    X(TO, "to", 0, "DAY", READS, "only articles of that day or earlier")                 \
    X(DATE, "date", 0, "DAY", RUNS,                                                      \
      "publication date of articles that bring none, or \"captured\"")                   \
    X(CONTEXT, "context", 0, "TEXT", ON(ENTITY), "words from around the phrase")         \
    X(OUTPUT, "output", 'o', "FILE", RUNS | ON(EXPORT) | ON(LEXICON_BUILD),              \
      "write there, whole or not at all")                                                \
    X(REJECTS, "rejects", 0, "FILE", READS | ON(EXPORT),                                 \
      "keep what failed, a JSON object a line")                                          \
    X(LEXICON, "lexicon", 0, "PATH", RUNS | ON(EXPORT) | ON(DOCTOR),                     \
      "compiled lexicon, or a folder of your own to lay over ours")                      \
    X(WEIGHTS, "weights", 0, "FILE", RUNS | ON(DOCTOR) | ON(LEXICON_CHECK),              \
      "weights to use")                                                                  \
    X(KERNELS, "kernels", 0, "NAME", RUNS | ON(DOCTOR),                                  \
      "plain, avx2 or vnni (the best there is)")                                         \
    X(OVERLAY, "overlay", 0, "FOLDER", ON(LEXICON_BUILD) | ON(LEXICON_CHECK),            \
      "dictionaries of your own laid over FOLDER")                                       \
    X(EXAMPLES, "examples", 0, "", ON(LEXICON_CHECK),                                    \
      "code the example sentences behind the lines too")                                 \
    X(TIMES, "times", 0, "", ON(CODE) | ON(ANNOTATE) | ON(PARSE) | ON(NULLS),            \
      "print counts and the time of each stage to stderr at the end")                    \
    X(QUIET, "quiet", 'q', "",                                                           \
      RUNS | ON(EXPORT) | ON(LEXICON_BUILD) | ON(LEXICON_CHECK),                         \
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

/* ---- Commands ------------------------------------------------------------------------
 * Each returns the exit code. */

int run_articles(
    const cli_arguments *arguments); /* code, annotate, parse, nulls (run.c) */
int run_entity(const cli_arguments *arguments);
int run_explain(const cli_arguments *arguments);
int run_export(const cli_arguments *arguments);        /* export.c */
int run_lexicon_build(const cli_arguments *arguments); /* lexicon.c */
int run_lexicon_check(const cli_arguments *arguments);
int run_doctor(const cli_arguments *arguments); /* doctor.c */

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
