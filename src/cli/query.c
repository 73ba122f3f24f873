/* query: an archive is asked. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static void say_understood(void *context, const char *field, const char *name,
                           const char *as)
{
    (void)context;
    fprintf(stderr, "--%s %s: %s\n", field, name, as);
}

/* A whole number; false, said on stderr, where the value is none. Not given: 0. */
static bool read_size(const cli_arguments *arguments, cli_option option, const char *name,
                      size_t *number)
{
    const char *value = arguments->options[option];
    char *end = NULL;
    *number = value ? strtoul(value, &end, 10) : 0;
    if (!value || (end != value && *end == '\0' && strchr(value, '-') == NULL))
        return true;
    fprintf(stderr, "dateline %s: --%s takes a number, not %s\n",
            command_name(arguments->command), name, value);
    return false;
}

bool question_read(const cli_arguments *arguments, dateline_query *query)
{
    const char *const *options = arguments->options;
    const char *least = options[OPTION_MIN_CONFIDENCE];
    char *end = NULL;
    *query = (dateline_query){.who = options[OPTION_WHO],
                              .whom = options[OPTION_WHOM],
                              .what = options[OPTION_WHAT],
                              .where = options[OPTION_WHERE],
                              .from = options[OPTION_FROM],
                              .to = options[OPTION_TO],
                              .status = options[OPTION_OF_STATUS],
                              .source = options[OPTION_SOURCE],
                              .according_to = options[OPTION_ACCORDING_TO],
                              .text = options[OPTION_TEXT],
                              .article = options[OPTION_ARTICLE],
                              .place = options[OPTION_PLACE],
                              .box = options[OPTION_BOX],
                              .story = options[OPTION_STORY],
                              .count = options[OPTION_COUNT],
                              .every_report = options[OPTION_ALL] != NULL};
    if (!options[OPTION_QUIET])
        query->understood = say_understood;
    query->min_confidence = least ? strtod(least, &end) : 0;
    if (least && (end == least || *end ||
                  !(query->min_confidence >= 0 && query->min_confidence <= 1))) {
        fprintf(stderr, "dateline: --min-confidence takes a number from 0 to 1, not %s\n",
                least);
        return false;
    }
    return read_size(arguments, OPTION_LIMIT, "limit", &query->limit) &&
           read_size(arguments, OPTION_REPORTS, "reports", &query->reports);
}

static bool read_shape(const cli_arguments *arguments, const cli_output *output,
                       dateline_rows *shape)
{
    static const char *const names[] = {[DATELINE_ROWS_TABLE] = "table",
                                        [DATELINE_ROWS_CSV] = "csv",
                                        [DATELINE_ROWS_JSONL] = "jsonl"};
    const char *name = arguments->options[OPTION_ROWS];
    *shape = output_is_terminal(output) || arguments->options[OPTION_COUNT]
                 ? DATELINE_ROWS_TABLE
                 : DATELINE_ROWS_JSONL;
    for (int i = 0; name && i < (int)(sizeof names / sizeof *names); i++)
        if (strcmp(name, names[i]) == 0) {
            *shape = (dateline_rows)i;
            return true;
        }
    if (name)
        fprintf(stderr, "dateline query: no such format: %s\n", name);
    return !name;
}

/* Whether some word is no code of three capitals: "France", "UN", "NATO". */
static bool has_name(const char *value)
{
    enum { CODE_SIZE = 3 };
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    while (value && *value) {
        size_t size = strcspn(value, " ,");
        if (size && (size != CODE_SIZE || strspn(value, capitals) < CODE_SIZE))
            return true;
        value += size ? size : 1;
    }
    return false;
}

/* The engine, where a name is to be resolved; it is only half of one that codes. */
static int open_engine(const cli_arguments *arguments, const dateline_query *query,
                       cli_machine *machine)
{
    *machine = (cli_machine){0};
    if (!has_name(query->who) && !has_name(query->whom) && !has_name(query->where) &&
        !has_name(query->according_to))
        return EXIT_ALL_WELL;
    return machine_open(machine, arguments);
}

static dateline_status ask(dateline_archive *archive, const cli_arguments *arguments,
                           const cli_machine *machine, const dateline_query *query,
                           dateline_rows shape, cli_output *output, dateline_error *error)
{
    const char *sql = arguments->options[OPTION_SQL];
    if (shape == DATELINE_ROWS_TABLE)
        output_cut_lines(output);
    return sql ? dateline_archive_sql(archive, sql, shape, output_write, output, error)
               : dateline_archive_query(archive, machine->engine, query, shape,
                                        output_write, output, error);
}

static int run_question(const cli_arguments *arguments, cli_output *output)
{
    dateline_query query;
    dateline_rows shape;
    dateline_error error = {0};
    cli_machine machine;
    dateline_archive *archive;
    if (!question_read(arguments, &query) || !read_shape(arguments, output, &shape))
        return EXIT_USAGE;
    dateline_status status =
        dateline_archive_open(arguments->options[OPTION_DB], &archive, &error);
    if (status != DATELINE_OK) {
        say_error(&error);
        return exit_code_of(status);
    }
    int code = open_engine(arguments, &query, &machine);
    if (code == EXIT_ALL_WELL) {
        status = ask(archive, arguments, &machine, &query, shape, output, &error);
        if (status != DATELINE_OK && !output->failed)
            say_error(&error);
        code = exit_code_of(status);
    }
    machine_close(&machine);
    dateline_archive_close(archive);
    return code;
}

int run_query(const cli_arguments *arguments)
{
    cli_output output;
    if (!arguments->options[OPTION_DB] || arguments->word_count) {
        fputs(arguments->options[OPTION_DB]
                  ? "dateline query: what is asked stands in options; see --help\n"
                  : "dateline query: --db FILE says which archive\n",
              stderr);
        return EXIT_USAGE;
    }
    if (!output_open(&output, arguments->options[OPTION_OUTPUT]))
        return EXIT_OUTPUT;
    int code = run_question(arguments, &output);
    return output_close(&output, code == EXIT_ALL_WELL) || code ? code : EXIT_OUTPUT;
}
