/* code --merge, merge: records of one event brought together. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum { ID_DIGITS = 16 };

/* Reads "ID,ID"; false, said on stderr, where it is none. */
static bool read_ids(cli_merge *merge, const char *value)
{
    const char *comma = strchr(value, ',');
    size_t first = comma ? (size_t)(comma - value) : 0;
    if (first == ID_DIGITS && strlen(comma + 1) == ID_DIGITS) {
        memcpy(merge->ids[0], value, ID_DIGITS);
        memcpy(merge->ids[1], comma + 1, ID_DIGITS);
        merge->explain = true;
        return true;
    }
    fprintf(stderr, "dateline merge: --explain takes two ids of records, not %s\n",
            value);
    return false;
}

int merge_open(cli_merge *merge, const cli_arguments *arguments,
               const dateline_engine *engine, bool table)
{
    dateline_error error = {0};
    bool lines = arguments->options[OPTION_MERGE] != NULL;
    const char *explain = arguments->options[OPTION_EXPLAIN];
    *merge = (cli_merge){.table = table};
    if ((arguments->command != COMMAND_MERGE && !lines) || arguments->options[OPTION_DB])
        return EXIT_ALL_WELL;
    if (explain && !read_ids(merge, explain))
        return EXIT_USAGE;
    merge->lines = lines ? tmpfile() : NULL;
    if (lines && !merge->lines) {
        fputs("dateline: no file can be made to keep records in\n", stderr);
        return EXIT_OUTPUT;
    }
    dateline_status status = dateline_merger_new(engine, &merge->merger, &error);
    if (status != DATELINE_OK)
        say_error(&error);
    return exit_code_of(status);
}

/* What went wrong with the temporary file, from errno. */
static dateline_status lines_error(dateline_status status, const char *doing,
                                   dateline_error *error)
{
    const char *why = strerror(errno);
    *error = (dateline_error){.status = status};
    snprintf(error->message, sizeof error->message,
             "the records that wait in a temporary file can't be %s: %s", doing, why);
    return status;
}

static bool write_line(void *context, const char *data, size_t size)
{
    return fwrite(data, 1, size, context) == size;
}

dateline_status merge_add(cli_merge *merge, dateline_worker *worker,
                          dateline_format format, dateline_error *error)
{
    dateline_status status = dateline_merger_add(merge->merger, worker, error);
    if (status == DATELINE_OK && merge->lines)
        status = dateline_worker_write(worker, format, write_line, merge->lines, error);
    return status == DATELINE_WRITE_FAILED ? lines_error(status, "written", error)
                                           : status;
}

/* Hands on the lines that were kept, with their stories. */
static dateline_status write_lines(cli_merge *merge, cli_output *output,
                                   dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    if (fflush(merge->lines) != 0)
        return lines_error(DATELINE_WRITE_FAILED, "written", error);
    rewind(merge->lines);
    while (status == DATELINE_OK && (size = getline(&line, &room, merge->lines)) > 0)
        status = dateline_merger_write_record(merge->merger,
                                              (dateline_text){line, (size_t)size},
                                              output_write, output, error);
    if (status == DATELINE_OK && !feof(merge->lines))
        status = lines_error(DATELINE_NOT_READABLE, "read", error);
    free(line);
    return status;
}

static dateline_status write_result(cli_merge *merge, cli_output *output,
                                    dateline_error *error)
{
    dateline_status status = dateline_merger_resolve(merge->merger, error);
    if (status != DATELINE_OK)
        return status;
    if (merge->lines)
        return write_lines(merge, output, error);
    if (merge->explain)
        return dateline_merger_explain(merge->merger, merge->ids[0], merge->ids[1],
                                       output_write, output, error);
    return dateline_merger_write(
        merge->merger, merge->table ? DATELINE_STORIES_TABLE : DATELINE_STORIES_JSONL,
        output_write, output, error);
}

int merge_close(cli_merge *merge, cli_output *output, bool write)
{
    dateline_error error = {0};
    dateline_status status = DATELINE_OK;
    if (merge->merger && write)
        status = write_result(merge, output, &error);
    if (status != DATELINE_OK && !output->failed)
        say_error(&error);
    dateline_merger_free(merge->merger);
    if (merge->lines)
        fclose(merge->lines);
    *merge = (cli_merge){0};
    return exit_code_of(status);
}

/* ---- An archive ----------------------------------------------------------------------
 */

static void say_merged(const dateline_merged *merged)
{
    fprintf(stderr,
            "%zu records of %zu articles, %zu of them copies: %zu stories (%zu records "
            "changed theirs)\n",
            merged->records, merged->articles, merged->copies, merged->stories,
            merged->changed);
    if (merged->unread > 0)
        fprintf(stderr,
                "%zu records of another version are in no story: code their articles "
                "again with --recode\n",
                merged->unread);
}

static dateline_status merge_all(dateline_merger *merger, const char *path,
                                 const cli_arguments *arguments, const cli_merge *asked,
                                 cli_output *output, dateline_error *error)
{
    dateline_merged merged;
    dateline_status status = dateline_merger_add_archive(merger, path, error);
    if (status == DATELINE_OK)
        status = dateline_merger_resolve(merger, error);
    if (status == DATELINE_OK && asked->explain)
        return dateline_merger_explain(merger, asked->ids[0], asked->ids[1], output_write,
                                       output, error);
    if (status == DATELINE_OK)
        status = dateline_merger_keep(merger, &merged, error);
    if (status == DATELINE_OK && !arguments->options[OPTION_QUIET])
        say_merged(&merged);
    return status;
}

int merge_archive(const cli_arguments *arguments, const dateline_engine *engine,
                  cli_output *output)
{
    const char *explain = arguments->options[OPTION_EXPLAIN];
    dateline_error error = {0};
    dateline_merger *merger;
    cli_merge asked = {0};
    if (explain && !read_ids(&asked, explain))
        return EXIT_USAGE;
    dateline_status status = dateline_merger_new(engine, &merger, &error);
    if (status == DATELINE_OK) {
        status = merge_all(merger, arguments->options[OPTION_DB], arguments, &asked,
                           output, &error);
        dateline_merger_free(merger);
    }
    if (status != DATELINE_OK && !output->failed)
        say_error(&error);
    return exit_code_of(status);
}

int run_merge(const cli_arguments *arguments)
{
    cli_output output;
    cli_machine machine;
    if (!arguments->options[OPTION_DB])
        return run_articles(arguments);
    if (arguments->word_count > 0) {
        fputs("dateline merge: files, or an archive with --db, not both\n", stderr);
        return EXIT_USAGE;
    }
    if (!output_open(&output, arguments->options[OPTION_OUTPUT]))
        return EXIT_OUTPUT;
    int code = machine_open(&machine, arguments);
    if (code == EXIT_ALL_WELL) {
        code = merge_archive(arguments, machine.engine, &output);
        machine_close(&machine);
    }
    return output_close(&output, code == EXIT_ALL_WELL) || code ? code : EXIT_OUTPUT;
}
