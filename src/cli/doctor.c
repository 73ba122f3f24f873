/* What is installed, and whether it works. */
#include <stdlib.h>

#include "cli.h"

static void try_kernels(const cli_arguments *arguments)
{
    static const char *const names[] = {"plain", "avx2", "vnni"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        dateline_options options = {.lexicon = arguments->options[OPTION_LEXICON],
                                    .weights = arguments->options[OPTION_WEIGHTS],
                                    .kernels = names[i]};
        dateline_engine *engine;
        bool there = dateline_engine_open(&options, &engine, NULL) == DATELINE_OK;
        if (there)
            dateline_engine_close(engine);
        printf("kernels   %-6s %s\n", names[i], there ? "yes" : "no");
    }
}

int run_doctor(const cli_arguments *arguments)
{
    const char *folder = getenv("DATELINE_DATA");
    printf("dateline  %s\n", dateline_version());
    printf("DATELINE_DATA  %s\n", folder ? folder : "not set");
    cli_machine machine;
    int code = machine_open(&machine, arguments);
    if (code != EXIT_ALL_WELL) {
        puts("data      not found, or damaged");
        return code;
    }
    dateline_about about = dateline_engine_about(machine.engine);
    printf("lexicon   %s\nweights   %s\nin use    %s kernels\n", about.lexicon,
           about.weights, about.kernels);
    machine_close(&machine);
    try_kernels(arguments);
    return fflush(stdout) == 0 ? EXIT_ALL_WELL : EXIT_OUTPUT;
}
