/* Commands that run articles or phrases through the engine. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

/* A run over articles: what the loop needs. */
typedef struct cli_run {
    const cli_arguments *arguments;
    cli_machine machine;
    cli_output output;
    cli_failures failures;
    cli_nulls nulls;
    cli_store store;
    cli_progress progress;
    cli_merge merge;
    dateline_format format;
    dateline_input input;
    dateline_counts total;
    cli_counts counts;
    bool writes; /* records go to the output, not to an archive alone */
    bool began;  /* engine and failures are open: there is something to write */
} cli_run;

/* False, said on stderr, where the value is no number from 0 to 1. */
static bool read_confidence(const cli_arguments *arguments, double *least)
{
    const char *value = arguments->options[OPTION_MIN_CONFIDENCE];
    char *end = NULL;
    *least = value ? strtod(value, &end) : 0;
    if (!value || (end != value && *end == '\0' && *least >= 0 && *least <= 1))
        return true;
    fprintf(stderr, "dateline: --min-confidence takes a number from 0 to 1, not %s\n",
            value);
    return false;
}

dateline_options machine_options(const cli_arguments *arguments)
{
    const char *lexicon = arguments->options[OPTION_LEXICON];
    struct stat about;
    bool folder = lexicon && stat(lexicon, &about) == 0 && S_ISDIR(about.st_mode);
    return (dateline_options){.lexicon = folder ? NULL : lexicon,
                              .overlay = folder ? lexicon : NULL,
                              .weights = arguments->options[OPTION_WEIGHTS],
                              .kernels = arguments->options[OPTION_KERNELS]};
}

int machine_open(cli_machine *machine, const cli_arguments *arguments)
{
    size_t findings = 0;
    dateline_options options = machine_options(arguments);
    dateline_error error = {0};
    options.report = say_finding;
    options.report_context = &findings;
    machine->worker = NULL;
    machine->engine = NULL;
    if (!read_confidence(arguments, &options.min_confidence))
        return EXIT_USAGE;
    dateline_status status = dateline_engine_open(&options, &machine->engine, &error);
    if (status == DATELINE_OK) {
        status = dateline_worker_new(machine->engine, &machine->worker, &error);
        if (status == DATELINE_OK)
            return EXIT_ALL_WELL;
        dateline_engine_close(machine->engine);
    }
    machine->engine = NULL;
    if (status == DATELINE_BAD_LEXICON && findings)
        fprintf(stderr, "%s: %zu finding%s\n", options.overlay, findings,
                findings == 1 ? "" : "s");
    else
        say_error(&error);
    return exit_code_of(status);
}

void machine_close(cli_machine *machine)
{
    dateline_worker_free(machine->worker);
    dateline_engine_close(machine->engine);
}

/* ---- Formats -------------------------------------------------------------------------
 */

static bool find_input(const cli_arguments *arguments, dateline_input *input)
{
    static const struct {
        const char *name;
        dateline_input input;
    } inputs[] = {{"txt", DATELINE_INPUT_TEXT},     {"jsonl", DATELINE_INPUT_JSONL},
                  {"html", DATELINE_INPUT_HTML},    {"warc", DATELINE_INPUT_WARC},
                  {"feed", DATELINE_INPUT_FEED},    {"csv", DATELINE_INPUT_CSV},
                  {"conllu", DATELINE_INPUT_CONLLU}};
    const char *name = arguments->options[OPTION_INPUT_FORMAT];
    *input =
        arguments->options[OPTION_TOKENS] ? DATELINE_INPUT_CONLLU : DATELINE_INPUT_GUESS;
    if (*input != DATELINE_INPUT_GUESS || !name)
        return true;
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        if (strcmp(name, inputs[i].name) == 0)
            *input = inputs[i].input;
    if (*input == DATELINE_INPUT_GUESS)
        fprintf(stderr, "dateline: no such input format: %s\n", name);
    return *input != DATELINE_INPUT_GUESS;
}

/* Whether the output is JSON Lines rather than a table; -1 where the name is neither. */
static int wants_jsonl(const cli_arguments *arguments, const cli_output *output)
{
    const char *name = arguments->options[OPTION_FORMAT];
    if (!name)
        return !output_is_terminal(output);
    if (strcmp(name, "jsonl") == 0)
        return 1;
    if (strcmp(name, "table") == 0)
        return 0;
    fprintf(stderr, "dateline: no such format: %s\n", name);
    return -1;
}

static bool find_format(const cli_arguments *arguments, cli_output *output,
                        dateline_format *format)
{
    if (arguments->command == COMMAND_ANNOTATE || arguments->command == COMMAND_PARSE) {
        const char *name = arguments->options[OPTION_FORMAT];
        *format = arguments->command == COMMAND_PARSE ? DATELINE_CONLLU
                                                      : DATELINE_ANNOTATION_JSONL;
        if (name && strcmp(name, "jsonl") != 0)
            fprintf(stderr, "dateline: no such format here: %s\n", name);
        return !name || strcmp(name, "jsonl") == 0;
    }
    const char *asked = arguments->options[OPTION_FORMAT];
    bool merge = arguments->options[OPTION_MERGE] != NULL;
    int jsonl = merge && !asked ? 1 : wants_jsonl(arguments, output);
    if (merge && jsonl == 0)
        fputs("dateline: --merge writes jsonl; `dateline merge` has a table\n", stderr);
    if (jsonl < 0 || (merge && jsonl == 0))
        return false;
    if (!jsonl)
        output_cut_lines(output);
    if (arguments->command == COMMAND_ENTITY)
        *format = jsonl ? DATELINE_ENTITY_JSONL : DATELINE_ENTITY_TABLE;
    else if (!jsonl)
        *format = output->color ? DATELINE_RECORDS_TABLE_COLOR : DATELINE_RECORDS_TABLE;
    else
        *format = arguments->options[OPTION_CLAIMS] ? DATELINE_RECORDS_AND_CLAIMS_JSONL
                                                    : DATELINE_RECORDS_JSONL;
    return true;
}

/* ---- Counts --------------------------------------------------------------------------
 */

static void say_times(const cli_run *run)
{
    dateline_times t = dateline_worker_times(run->machine.worker);
    fprintf(
        stderr,
        "articles %zu  bytes %zu  sentences %zu  tokens %zu  events %zu  claims %zu\n",
        run->counts.articles, run->total.bytes, run->total.sentences, run->total.tokens,
        run->total.events, run->total.claims);
    fprintf(stderr,
            "seconds: text %.3f  parse %.3f  who %.3f  what %.3f  detail %.3f  "
            "write %.3f\n",
            t.text, t.parse, t.who, t.what, t.detail, t.write);
}

/* ---- The loop ------------------------------------------------------------------------
 */

/* The value of "context" in a JSON line; owned by the caller through *line. */
static dateline_text context_of(dateline_text raw, json_t **line)
{
    *line = json_loadb(raw.data, raw.size, JSON_DISABLE_EOF_CHECK, NULL);
    json_t *value = *line ? json_object_get(*line, "context") : NULL;
    return json_is_string(value)
               ? (dateline_text){json_string_value(value), json_string_length(value)}
               : (dateline_text){0};
}

static dateline_status run_one(cli_run *run, const dateline_reader *reader,
                               const dateline_article *article, dateline_error *error)
{
    dateline_worker *worker = run->machine.worker;
    if (run->arguments->command == COMMAND_PARSE)
        return run->input == DATELINE_INPUT_CONLLU
                   ? dateline_worker_parse_tokens(worker, article, error)
                   : dateline_worker_parse(worker, article, error);
    if (run->arguments->command != COMMAND_ENTITY)
        return dateline_worker_code(worker, article, error);
    json_t *line;
    dateline_text context = context_of(dateline_reader_raw(reader), &line);
    dateline_status status = dateline_worker_code_entity(worker, article, context, error);
    json_decref(line);
    return status;
}

static void add_counts(cli_run *run)
{
    dateline_counts counts = dateline_worker_count(run->machine.worker);
    run->total.bytes += counts.bytes;
    run->total.sentences += counts.sentences;
    run->total.tokens += counts.tokens;
    run->total.events += counts.events;
    run->counts.events += counts.events;
    run->total.claims += counts.claims;
}

/* An article that failed: said, unless an earlier run has said it, and kept. */
static dateline_status set_aside(cli_run *run, const dateline_reader *reader,
                                 dateline_error *error)
{
    dateline_error why = *error;
    bool old = false;
    dateline_status status = store_reject(&run->store, reader, &why, &old, error);
    if (status != DATELINE_OK)
        return status;
    run->counts.rejected++;
    if (!old)
        failures_add(&run->failures, reader, &why);
    return DATELINE_OK;
}

/* Where the worker's last article goes. */
static dateline_status put_away(cli_run *run, dateline_error *error)
{
    dateline_worker *worker = run->machine.worker;
    add_counts(run);
    if (run->nulls.nulls)
        return dateline_nulls_add(run->nulls.nulls, worker, error);
    if (run->merge.merger)
        return merge_add(&run->merge, worker, run->format, error);
    dateline_status status = store_add(&run->store, worker, error);
    if (status == DATELINE_OK && run->writes)
        status =
            dateline_worker_write(worker, run->format, output_write, &run->output, error);
    return status;
}

static bool is_table(const cli_run *run)
{
    return run->format == DATELINE_RECORDS_TABLE ||
           run->format == DATELINE_RECORDS_TABLE_COLOR;
}

/* Runs and writes the next article; DATELINE_END after the last. Only what must end the
 * run comes back as a failure. */
static dateline_status run_next(cli_run *run, dateline_reader *reader,
                                dateline_error *error)
{
    dateline_article article;
    bool passed = false;
    *error = (dateline_error){0};
    dateline_status status = dateline_reader_next(reader, &article, error);
    if (status == DATELINE_END)
        return status;
    run->counts.articles++;
    bool lines_do = !run->writes || !is_table(run); /* an archive keeps no tables */
    if (status == DATELINE_OK && lines_do)
        status = store_pass(&run->store, run->machine.worker, reader, &article,
                            run->writes ? &run->output : NULL, &passed, error);
    run->counts.passed += passed;
    if (status == DATELINE_OK && !passed)
        status = run_one(run, reader, &article, error);
    if (dateline_status_failure(status) == DATELINE_BAD_INPUT)
        status = set_aside(run, reader, error);
    else if (status == DATELINE_OK && !passed)
        status = put_away(run, error);
    progress_show(&run->progress, &run->counts, dateline_reader_raw(reader).size + 1);
    return status;
}

/* Opens the path, or goes on with it in the reader that is open. */
static dateline_status open_path(const cli_run *run, const char *path,
                                 dateline_reader **reader, dateline_error *error)
{
    const char *const *given = run->arguments->options;
    dateline_reader_options options = {.input = run->input,
                                       .date = given[OPTION_DATE],
                                       .charset = given[OPTION_CHARSET],
                                       .columns = given[OPTION_COLUMNS],
                                       .host = given[OPTION_HOST],
                                       .from = given[OPTION_FROM],
                                       .to = given[OPTION_TO]};
    return *reader ? dateline_reader_turn(*reader, path, error)
                   : dateline_reader_open_with(path, &options, reader, error);
}

/* All articles of one path; the exit code where the run must end, else 0. */
static int run_path(cli_run *run, const char *path, dateline_reader **reader)
{
    dateline_error error = {0};
    dateline_status status = open_path(run, path, reader, &error);
    if (status != DATELINE_OK) {
        say_error(&error);
        return status == DATELINE_BAD_DATE ? EXIT_USAGE : exit_code_of(status);
    }
    while (status == DATELINE_OK && !interrupted())
        status = run_next(run, *reader, &error);
    progress_hide(&run->progress);
    if (interrupted())
        return EXIT_INTERRUPTED;
    if (status == DATELINE_END)
        return EXIT_ALL_WELL;
    if (status != DATELINE_WRITE_FAILED || !run->output.failed)
        say_error(&error); /* the output has said its own */
    return exit_code_of(status);
}

static int run_paths(cli_run *run)
{
    const cli_arguments *arguments = run->arguments;
    char standard_input[] = "-";
    char *alone[] = {standard_input};
    char **paths = arguments->word_count ? arguments->words : alone;
    int count = arguments->word_count ? arguments->word_count : 1;
    if (!arguments->word_count && isatty(STDIN_FILENO)) {
        fprintf(stderr, "dateline %s: no files given; - reads standard input\n",
                command_name(arguments->command));
        return EXIT_USAGE;
    }
    int code = EXIT_ALL_WELL;
    dateline_reader *reader = NULL;
    for (int i = 0; code == EXIT_ALL_WELL && i < count; i++)
        code = run_path(run, paths[i], &reader);
    dateline_reader_close(reader);
    return code;
}

/* Reads all articles and writes what the command wants of them. */
static int run_and_write(cli_run *run)
{
    int code = nulls_open(&run->nulls, run->arguments, is_table(run));
    if (code == EXIT_ALL_WELL)
        code =
            merge_open(&run->merge, run->arguments, run->machine.engine, is_table(run));
    if (code != EXIT_ALL_WELL)
        return code;
    code = run_paths(run);
    int closed = nulls_close(&run->nulls, &run->output, code == EXIT_ALL_WELL);
    int merged = merge_close(&run->merge, &run->output, code == EXIT_ALL_WELL);
    closed = closed == EXIT_ALL_WELL ? merged : closed;
    return code == EXIT_ALL_WELL ? closed : code;
}

/* Opens failures and machine, runs, and closes; `output` is open and stays so. */
static int run_all(cli_run *run)
{
    const cli_arguments *arguments = run->arguments;
    bool quiet = arguments->options[OPTION_QUIET] != NULL;
    if (!find_input(arguments, &run->input) ||
        !find_format(arguments, &run->output, &run->format))
        return EXIT_USAGE;
    int code = machine_open(&run->machine, arguments);
    if (code != EXIT_ALL_WELL)
        return code;
    code = store_open(&run->store, arguments);
    if (code != EXIT_ALL_WELL) {
        machine_close(&run->machine);
        return code;
    }
    run->writes = !run->store.store || arguments->options[OPTION_OUTPUT] ||
                  arguments->options[OPTION_FORMAT];
    progress_open(&run->progress, arguments,
                  run->writes && output_is_terminal(&run->output));
    if (!failures_open(&run->failures, arguments->options[OPTION_REJECTS], quiet)) {
        store_close(&run->store, EXIT_OUTPUT);
        machine_close(&run->machine);
        return EXIT_OUTPUT;
    }
    run->began = true;
    code = store_close(&run->store, run_and_write(run));
    if (code == EXIT_ALL_WELL && arguments->options[OPTION_DB] &&
        arguments->options[OPTION_MERGE])
        code = merge_archive(arguments, run->machine.engine, &run->output);
    if (arguments->options[OPTION_TIMES])
        say_times(run);
    machine_close(&run->machine);
    if (!failures_close(&run->failures) && code == EXIT_ALL_WELL)
        code = EXIT_OUTPUT;
    if (code == EXIT_ALL_WELL && run->failures.count > 0)
        code = EXIT_SOME_FAILED;
    return code;
}

int run_articles(const cli_arguments *arguments)
{
    cli_run run = {.arguments = arguments};
    if (!output_open(&run.output, arguments->options[OPTION_OUTPUT]))
        return EXIT_OUTPUT;
    int code = run_all(&run);
    bool whole = run.began && (code == EXIT_ALL_WELL || code == EXIT_SOME_FAILED);
    return output_close(&run.output, whole) || !whole ? code : EXIT_OUTPUT;
}

/* ---- One phrase, one text ------------------------------------------------------------
 */

static dateline_text as_text(const char *text)
{
    return (dateline_text){text, text ? strlen(text) : 0};
}

/* Runs the words of the command line; `output` is open and stays so. */
static int run_words(const cli_arguments *arguments, cli_output *output,
                     dateline_format format)
{
    dateline_article article = {.id = as_text("text"),
                                .date = as_text(arguments->options[OPTION_DATE]),
                                .text = as_text(arguments->words[0])};
    dateline_error error = {0};
    cli_machine machine;
    int code = machine_open(&machine, arguments);
    if (code != EXIT_ALL_WELL)
        return code;
    dateline_status status =
        arguments->command == COMMAND_ENTITY
            ? dateline_worker_code_entity(machine.worker, &article,
                                          as_text(arguments->options[OPTION_CONTEXT]),
                                          &error)
            : dateline_worker_code(machine.worker, &article, &error);
    if (status == DATELINE_OK)
        status =
            dateline_worker_write(machine.worker, format, output_write, output, &error);
    machine_close(&machine);
    if (status != DATELINE_OK && !output->failed)
        say_error(&error);
    return status == DATELINE_BAD_DATE ? EXIT_USAGE : exit_code_of(status);
}

static int one_word_needed(const cli_arguments *arguments)
{
    fprintf(stderr, "dateline %s: give the text as one argument\n",
            command_name(arguments->command));
    return EXIT_USAGE;
}

int run_entity(const cli_arguments *arguments)
{
    const char *format = arguments->options[OPTION_FORMAT];
    bool lines = format && strcmp(format, "jsonl") == 0 &&
                 (arguments->word_count != 1 || strcmp(arguments->words[0], "-") == 0 ||
                  access(arguments->words[0], R_OK) == 0);
    if (lines)
        return run_articles(arguments);
    if (arguments->word_count != 1)
        return one_word_needed(arguments);
    cli_output output;
    dateline_format shape;
    if (!output_open(&output, arguments->options[OPTION_OUTPUT]))
        return EXIT_OUTPUT;
    int code = EXIT_USAGE;
    if (find_format(arguments, &output, &shape))
        code = run_words(arguments, &output, shape);
    return output_close(&output, code == EXIT_ALL_WELL) || code ? code : EXIT_OUTPUT;
}

/* All of standard input; NULL where memory has run out. Owned by the caller. */
static char *read_standard_input(void)
{
    size_t size = 0, capacity = 1 << 16;
    char *text = malloc(capacity);
    for (;;) {
        if (!text)
            return NULL;
        size += fread(text + size, 1, capacity - size - 1, stdin);
        if (size + 1 < capacity || capacity > DATELINE_ARTICLE_BYTES_MAX)
            break;
        capacity *= 2;
        char *more = realloc(text, capacity);
        if (!more)
            free(text);
        text = more;
    }
    text[size] = '\0';
    return text;
}

int run_explain(const cli_arguments *arguments)
{
    cli_arguments with_text = *arguments;
    char *text = NULL;
    cli_output output;
    if (arguments->word_count != 1)
        return one_word_needed(arguments);
    if (strcmp(arguments->words[0], "-") == 0) {
        text = read_standard_input();
        if (!text) {
            fputs("dateline: out of memory\n", stderr);
            return EXIT_INPUT;
        }
        with_text.words = &text;
    }
    int code = EXIT_OUTPUT;
    if (output_open(&output, arguments->options[OPTION_OUTPUT])) {
        code = run_words(&with_text, &output, DATELINE_EXPLANATION);
        if (!output_close(&output, code == EXIT_ALL_WELL) && code == EXIT_ALL_WELL)
            code = EXIT_OUTPUT;
    }
    free(text);
    return code;
}
