/* The program: signals, then the command. */
#include <signal.h>

#include "cli.h"

/* Signal handlers can reach nothing but a global. */
static volatile sig_atomic_t stop_asked;

static void ask_to_stop(int signal)
{
    (void)signal;
    stop_asked = 1;
}

bool interrupted(void)
{
    return stop_asked != 0;
}

/* Interrupts are asked for once (a second one ends the program at once); a reader of our
 * pipe that has gone, and a file that may not grow, show as failed writes.
 * `ends`: the command looks at interrupted(), or has a file to take away; else a signal
 * ends it at once. */
static void set_signals(bool ends)
{
    struct sigaction action = {.sa_handler = ask_to_stop, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    if (ends) {
        sigaction(SIGINT, &action, NULL);
        sigaction(SIGTERM, &action, NULL);
    }
    action.sa_handler = SIG_IGN;
    action.sa_flags = 0;
    sigaction(SIGPIPE, &action, NULL);
    sigaction(SIGXFSZ, &action, NULL);
}

static int print_version(void)
{
    return printf("dateline %s\n", dateline_version()) < 0 || fflush(stdout) != 0
               ? EXIT_OUTPUT
               : EXIT_ALL_WELL;
}

int main(int argc, char **argv)
{
    cli_arguments arguments;
    int over = arguments_parse(argc, argv, &arguments);
    if (over >= 0)
        return over;
    bool looks_alone =
        (arguments.command == COMMAND_QUERY && !arguments.options[OPTION_OUTPUT]) ||
        arguments.command == COMMAND_DOCTOR;
    set_signals(!looks_alone);
    switch (arguments.command) {
    case COMMAND_CODE:
    case COMMAND_ANNOTATE:
    case COMMAND_PARSE:
    case COMMAND_NULLS:
        return run_articles(&arguments);
    case COMMAND_MERGE:
        return run_merge(&arguments);
    case COMMAND_ENTITY:
        return run_entity(&arguments);
    case COMMAND_EXPLAIN:
        return run_explain(&arguments);
    case COMMAND_QUERY:
        return run_query(&arguments);
    case COMMAND_EXPORT:
        return run_export(&arguments);
    case COMMAND_SERVE:
        return run_serve(&arguments);
    case COMMAND_LEXICON_BUILD:
        return run_lexicon_build(&arguments);
    case COMMAND_LEXICON_CHECK:
        return run_lexicon_check(&arguments);
    case COMMAND_DOCTOR:
        return run_doctor(&arguments);
    case COMMAND_VERSION:
    case COMMANDS:
        break;
    }
    return print_version();
}
