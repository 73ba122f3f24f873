/* nulls: what the articles had that the dictionaries do not know. */
#include <stdlib.h>

#include "cli.h"

enum { NUMBER_MAX = 1000000000 };

/* A number from 1 on; false, said on stderr, where the value is none. Not given: 0. */
static bool read_number(const cli_arguments *arguments, cli_option option,
                        const char *name, size_t *number)
{
    const char *value = arguments->options[option];
    char *end = NULL;
    long read = value ? strtol(value, &end, 10) : 0;
    *number = read > 0 ? (size_t)read : 0;
    if (!value || (end != value && *end == '\0' && read >= 1 && read <= NUMBER_MAX))
        return true;
    fprintf(stderr, "dateline: --%s takes a number from 1 on, not %s\n", name, value);
    return false;
}

int nulls_open(cli_nulls *nulls, const cli_arguments *arguments, bool table)
{
    dateline_error error = {0};
    *nulls = (cli_nulls){.options.table = table};
    if (arguments->command != COMMAND_NULLS)
        return EXIT_ALL_WELL;
    if (!read_number(arguments, OPTION_LEAST, "least", &nulls->options.least) ||
        !read_number(arguments, OPTION_MOST, "most", &nulls->options.most))
        return EXIT_USAGE;
    dateline_status status = dateline_nulls_new(&nulls->nulls, &error);
    if (status != DATELINE_OK)
        say_error(&error);
    return exit_code_of(status);
}

int nulls_close(cli_nulls *nulls, cli_output *output, bool write)
{
    dateline_error error = {0};
    dateline_status status = DATELINE_OK;
    if (!nulls->nulls)
        return EXIT_ALL_WELL;
    size_t dropped = dateline_nulls_dropped(nulls->nulls);
    if (write)
        status = dateline_nulls_write(nulls->nulls, &nulls->options, output_write, output,
                                      &error);
    if (write && dropped > 0)
        fprintf(stderr,
                "dateline: %zu of the rarest were dropped on the way: counts are "
                "lower bounds\n",
                dropped);
    if (status != DATELINE_OK && !output->failed)
        say_error(&error);
    dateline_nulls_free(nulls->nulls);
    nulls->nulls = NULL;
    return exit_code_of(status);
}
