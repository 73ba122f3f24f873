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

/* What is to be done about an archive; nothing where all is well. */
static void say_advice(const dateline_archive_facts *facts)
{
    if (facts->fault[0])
        puts(
            "to do     copy the file, then: sqlite3 OLD .recover | sqlite3 NEW; articles "
            "that are lost come back when they are coded into NEW");
    else if (facts->version > facts->known_version)
        puts("to do     use the newer dateline that wrote it");
    else if (facts->version == 0)
        puts("to do     fill it: dateline code --db FILE ARTICLES");
    else if (facts->version < facts->known_version)
        puts("to do     nothing: the next command brings it up to date");
    else if (facts->coders > 1)
        puts("to do     its articles were coded by several versions or with several "
             "lexicons: code them again with --recode where that matters");
}

static int look_at_archive(const char *path)
{
    dateline_archive_facts facts;
    dateline_error error = {0};
    dateline_status status = dateline_archive_check(path, true, &facts, &error);
    if (status != DATELINE_OK) {
        say_error(&error);
        return exit_code_of(status);
    }
    printf("archive   %s, layout %d (this dateline knows up to %d)\n", path,
           facts.version, facts.known_version);
    printf("holds     %zu articles, %zu records, %zu claims, %zu stories\n",
           facts.articles, facts.records, facts.claims, facts.stories);
    if (facts.first_date[0])
        printf("dates     %s to %s\n", facts.first_date, facts.last_date);
    printf("rejected  %zu\n", facts.rejects);
    printf("whole     %s%s\n", facts.fault[0] ? "no: " : "yes", facts.fault);
    say_advice(&facts);
    return facts.fault[0] || facts.version > facts.known_version ? EXIT_DATABASE
                                                                 : EXIT_ALL_WELL;
}

int run_doctor(const cli_arguments *arguments)
{
    if (arguments->options[OPTION_DB]) {
        int code = look_at_archive(arguments->options[OPTION_DB]);
        return fflush(stdout) == 0 ? code : EXIT_OUTPUT;
    }
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
