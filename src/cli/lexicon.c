/* lexicon build, lexicon check. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static const char usual_folder[] = "lexicon/en";

int run_lexicon_build(const cli_arguments *arguments)
{
    const char *file = arguments->options[OPTION_OUTPUT];
    if (arguments->word_count != 1 || !file) {
        fputs("dateline lexicon build: give a FOLDER and -o FILE\n", stderr);
        return EXIT_USAGE;
    }
    dateline_error error = {0};
    size_t findings = 0;
    dateline_status status =
        dateline_lexicon_compile(arguments->words[0], arguments->options[OPTION_OVERLAY],
                                 file, say_finding, &findings, &error);
    if (status != DATELINE_OK && (findings == 0 || status != DATELINE_BAD_LEXICON))
        say_error(&error);
    return exit_code_of(status);
}

/* Compiles the folder into a file of its own, opens an engine on it and codes the
 * examples. */
static int check_examples(const cli_arguments *arguments, const char *folder,
                          size_t *findings)
{
    char path[] = "/tmp/dateline-lexicon-XXXXXX";
    int descriptor = mkstemp(path);
    if (descriptor < 0) {
        perror("dateline: /tmp");
        return EXIT_OUTPUT;
    }
    close(descriptor);
    dateline_error error = {0};
    dateline_engine *engine = NULL;
    dateline_options options = {.lexicon = path,
                                .weights = arguments->options[OPTION_WEIGHTS]};
    dateline_status status = dateline_lexicon_compile(
        folder, arguments->options[OPTION_OVERLAY], path, NULL, NULL, &error);
    if (status == DATELINE_OK)
        status = dateline_engine_open(&options, &engine, &error);
    if (status == DATELINE_OK)
        status = dateline_lexicon_try_examples(engine, folder,
                                               arguments->options[OPTION_OVERLAY],
                                               say_finding, findings, &error);
    dateline_engine_close(engine);
    unlink(path);
    if (status != DATELINE_OK && status != DATELINE_BAD_LEXICON)
        say_error(&error);
    return exit_code_of(status);
}

int run_lexicon_check(const cli_arguments *arguments)
{
    if (arguments->word_count > 1) {
        fputs("dateline lexicon check: give one FOLDER\n", stderr);
        return EXIT_USAGE;
    }
    const char *folder = arguments->word_count ? arguments->words[0] : usual_folder;
    dateline_error error = {0};
    size_t findings = 0;
    dateline_status status = dateline_lexicon_compile(
        folder, arguments->options[OPTION_OVERLAY], NULL, say_finding, &findings, &error);
    int code = exit_code_of(status);
    if (status == DATELINE_OK && arguments->options[OPTION_EXAMPLES])
        code = check_examples(arguments, folder, &findings);
    else if (status != DATELINE_OK && status != DATELINE_BAD_LEXICON)
        say_error(&error);
    if (!arguments->options[OPTION_QUIET] &&
        (code == EXIT_ALL_WELL || code == EXIT_SOME_FAILED))
        fprintf(stderr, "%s: %zu finding%s\n", folder, findings,
                findings == 1 ? "" : "s");
    return code;
}
