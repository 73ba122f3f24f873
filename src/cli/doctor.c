/* What is installed, and whether it works. */
#include <stdlib.h>

#include "cli.h"

static void try_kernels(const cli_arguments *arguments)
{
    static const char *const names[] = {"plain", "avx2", "vnni"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        dateline_options options = machine_options(arguments);
        options.kernels = names[i];
        dateline_engine *engine;
        bool there = dateline_engine_open(&options, &engine, NULL) == DATELINE_OK;
        if (there)
            dateline_engine_close(engine);
        printf("kernels   %-6s %s\n", names[i], there ? "yes" : "no");
    }
}

static void say_about(const dateline_about *about)
{
    const dateline_overlay *laid = &about->overlay;
    printf("lexicon   %s\n", about->lexicon);
    if (laid->folder)
        printf("overlay   %s, laid over it: %zu file%s, %zu line%s more, %zu removed\n",
               laid->folder, laid->files, laid->files == 1 ? "" : "s", laid->lines,
               laid->lines == 1 ? "" : "s", laid->removed);
    printf("weights   %s\nin use    %s kernels\n", about->weights, about->kernels);
}

int run_doctor(const cli_arguments *arguments)
{
    const char *folder = getenv("DATELINE_DATA");
    printf("dateline  %s\n", dateline_version());
    printf("DATELINE_DATA  %s\n", folder ? folder : "not set");
    cli_machine machine;
    int code = machine_open(&machine, arguments);
    if (code != EXIT_ALL_WELL) {
        puts(code == EXIT_SOME_FAILED ? "overlay   has errors"
                                      : "data      not found, or damaged");
        return code;
    }
    dateline_about about = dateline_engine_about(machine.engine);
    say_about(&about);
    machine_close(&machine);
    try_kernels(arguments);
    return fflush(stdout) == 0 ? EXIT_ALL_WELL : EXIT_OUTPUT;
}
