/* export: records in, a layout out. */
#include <string.h>
#include <unistd.h>

#include "cli.h"

/* A run over records. */
typedef struct export_run {
    const cli_arguments *arguments;
    cli_output output;
    cli_failures failures;
    cli_machine machine;
    dateline_exporter *exporter;
    dateline_export_counts counts; /* of a run that came to its end */
} export_run;

static bool find_layout(const cli_arguments *arguments, dateline_layout *layout)
{
    const char *name = arguments->options[OPTION_LAYOUT];
    *layout = DATELINE_LAYOUT_JSONL;
    if (!name || dateline_layout_find(name, layout))
        return true;
    fprintf(stderr, "dateline export: no such layout: %s; there are", name);
    for (int i = 0; i < DATELINE_LAYOUTS; i++)
        fprintf(stderr, "%s %s", i ? "," : "", dateline_layout_name((dateline_layout)i));
    fputc('\n', stderr);
    return false;
}

/* Writes the record that the reader stands at. Only what must end the run comes back as
 * a failure. */
static dateline_status export_next(export_run *run, dateline_reader *reader,
                                   dateline_error *error)
{
    dateline_article line;
    *error = (dateline_error){0};
    dateline_status status = dateline_reader_next(reader, &line, error);
    if (status == DATELINE_OK) {
        dateline_export_row row = {.record = line.text};
        status = dateline_exporter_add(run->exporter, &row, error);
    }
    if (dateline_status_failure(status) != DATELINE_BAD_INPUT)
        return status;
    failures_add(&run->failures, reader, error);
    return DATELINE_OK;
}

/* All records of one path; the exit code where the run must end, else 0. */
static int export_path(export_run *run, const char *path)
{
    dateline_error error = {0};
    dateline_reader *reader;
    dateline_status status =
        dateline_reader_open(path, DATELINE_INPUT_RECORDS, NULL, &reader, &error);
    if (status != DATELINE_OK) {
        say_error(&error);
        return exit_code_of(status);
    }
    while (status == DATELINE_OK && !interrupted())
        status = export_next(run, reader, &error);
    dateline_reader_close(reader);
    if (interrupted())
        return EXIT_INTERRUPTED;
    if (status == DATELINE_END)
        return EXIT_ALL_WELL;
    if (status != DATELINE_WRITE_FAILED || !run->output.failed)
        say_error(&error); /* the output has said its own */
    return exit_code_of(status);
}

static int export_paths(export_run *run)
{
    const cli_arguments *arguments = run->arguments;
    int code = EXIT_ALL_WELL;
    if (!arguments->word_count && isatty(STDIN_FILENO)) {
        fputs("dateline export: no files given; - reads standard input\n", stderr);
        return EXIT_USAGE;
    }
    if (!arguments->word_count)
        return export_path(run, "-");
    for (int i = 0; code == EXIT_ALL_WELL && i < arguments->word_count; i++)
        code = export_path(run, arguments->words[i]);
    return code;
}

static void say_left_out(size_t count, const char *why)
{
    if (count > 0)
        fprintf(stderr, "%zu left out: %s\n", count, why);
}

static void say_counts(const export_run *run)
{
    dateline_export_counts counts = run->counts;
    if (run->arguments->options[OPTION_QUIET])
        return;
    say_left_out(counts.without_status, run->arguments->options[OPTION_STATUS]
                                            ? "of another status"
                                            : "did not happen, or long ago (--status)");
    say_left_out(counts.without_cameo, "without a CAMEO code");
    say_left_out(counts.without_place, "without a place of city precision or better");
    say_left_out(counts.claims, "claims");
}

/* Reads all records, and writes what stands behind the last one. */
static int export_all(export_run *run)
{
    dateline_error error = {0};
    int code = export_paths(run);
    if (code != EXIT_ALL_WELL)
        return code;
    dateline_status status = dateline_exporter_finish(run->exporter, &error);
    if (status != DATELINE_OK && !run->output.failed)
        say_error(&error);
    if (status == DATELINE_OK)
        run->counts = dateline_exporter_count(run->exporter);
    return exit_code_of(status);
}

/* Opens exporter and failures, runs, and closes. */
static int export_with(export_run *run, dateline_layout layout)
{
    const char *const *options = run->arguments->options;
    dateline_export_options wanted = {.layout = layout,
                                      .statuses = options[OPTION_STATUS]};
    dateline_error error = {0};
    dateline_status status = dateline_exporter_new(
        run->machine.engine, &wanted, output_write, &run->output, &run->exporter, &error);
    if (status != DATELINE_OK) {
        say_error(&error);
        return exit_code_of(status);
    }
    int code = EXIT_OUTPUT;
    if (failures_open(&run->failures, options[OPTION_REJECTS],
                      options[OPTION_QUIET] != NULL)) {
        run->failures.noun = "record";
        code = export_all(run);
        if (!failures_close(&run->failures) && code == EXIT_ALL_WELL)
            code = EXIT_OUTPUT;
        if (code == EXIT_ALL_WELL && run->failures.count > 0)
            code = EXIT_SOME_FAILED;
    }
    dateline_exporter_free(run->exporter);
    return code;
}

int run_export(const cli_arguments *arguments)
{
    export_run run = {.arguments = arguments};
    dateline_layout layout;
    if (!find_layout(arguments, &layout))
        return EXIT_USAGE;
    int code = machine_open(&run.machine, arguments);
    if (code != EXIT_ALL_WELL)
        return code;
    code = EXIT_OUTPUT;
    if (output_open(&run.output, arguments->options[OPTION_OUTPUT])) {
        code = export_with(&run, layout);
        bool whole = code == EXIT_ALL_WELL || code == EXIT_SOME_FAILED;
        if (!output_close(&run.output, whole) && whole)
            code = EXIT_OUTPUT;
        else
            say_counts(&run);
    }
    machine_close(&run.machine);
    return code;
}
