/* The option table: reading the command line and printing its help. */
#include <string.h>

#include "cli.h"

typedef struct option_entry {
    const char *name;
    char letter;
    const char *value;
    unsigned commands;
    const char *help;
} option_entry;

typedef struct command_entry {
    const char *name, *arguments, *help;
} command_entry;

static const option_entry options[OPTIONS] = {
#define X(id, name, letter, value, commands, help) {name, letter, value, commands, help},
    OPTION_LIST(X)
#undef X
};

static const command_entry commands[COMMANDS] = {
#define X(id, name, arguments, help) {name, arguments, help},
    COMMAND_LIST(X)
#undef X
};

const char *command_name(cli_command which)
{
    return commands[which].name;
}

static void print_overview(FILE *to)
{
    fputs("dateline: news articles in, records of who did what to whom out\n\n", to);
    for (int i = 0; i < COMMANDS; i++)
        fprintf(to, "  dateline %-15s %s\n", commands[i].name, commands[i].help);
    fputs("\nFILES are articles as .txt, .jsonl, .html, .warc, RSS, Atom, .csv or "
          "CoNLL-U,\n"
          "also with .gz, or folders of them; - is standard input. `dateline COMMAND\n"
          "--help` tells the options.\n",
          to);
}

static void print_help(FILE *to, cli_command which)
{
    const char *words = commands[which].arguments;
    fprintf(to, "usage: dateline %s%s%s\n%s\n\n", commands[which].name,
            words[0] ? " " : "", words, commands[which].help);
    for (int i = 0; i < OPTIONS; i++) {
        const option_entry *entry = &options[i];
        if (!(entry->commands >> which & 1))
            continue;
        char left[64];
        snprintf(left, sizeof left, "--%s%s%s", entry->name, entry->value[0] ? " " : "",
                 entry->value);
        if (entry->letter)
            fprintf(to, "  -%c, %-24s %s\n", entry->letter, left, entry->help);
        else
            fprintf(to, "      %-24s %s\n", left, entry->help);
    }
}

/* Sets the command from argv[1] (and argv[2]) and *next to the first argument after it;
 * false where there is none of that name. */
static bool find_command(int argc, char **argv, cli_command *which, int *next)
{
    for (int i = 0; i < COMMANDS; i++) {
        const char *blank = strchr(commands[i].name, ' ');
        size_t size = blank ? (size_t)(blank - commands[i].name) : 0;
        if (blank && argc > 2 && strlen(argv[1]) == size &&
            strncmp(argv[1], commands[i].name, size) == 0 &&
            strcmp(argv[2], blank + 1) == 0) {
            *which = (cli_command)i;
            *next = 3;
            return true;
        }
        if (!blank && strcmp(argv[1], commands[i].name) == 0) {
            *which = (cli_command)i;
            *next = 2;
            return true;
        }
    }
    return false;
}

/* The option that `word` names ("-o", "--output", "--output=x"), or -1; *value is set
 * where it brings its own. */
static int find_option(const char *word, cli_command which, const char **value)
{
    *value = NULL;
    for (int i = 0; i < OPTIONS; i++) {
        if (!(options[i].commands >> which & 1))
            continue;
        if (word[1] != '-') {
            if (word[1] == options[i].letter && word[2] == '\0')
                return i;
            continue;
        }
        size_t size = strlen(options[i].name);
        if (strncmp(word + 2, options[i].name, size) != 0)
            continue;
        if (word[2 + size] == '=')
            *value = word + 2 + size + 1;
        if (word[2 + size] == '=' || word[2 + size] == '\0')
            return i;
    }
    return -1;
}

static int usage_error(cli_command which, const char *what, const char *word)
{
    fprintf(stderr, "dateline %s: %s %s; see dateline %s --help\n", commands[which].name,
            what, word, commands[which].name);
    return EXIT_USAGE;
}

/* Reads the option at argv[*at]; 0, or the exit code of a wrong one. */
static int read_option(int argc, char **argv, int *at, cli_arguments *out)
{
    const char *value;
    int found = find_option(argv[*at], out->command, &value);
    if (found < 0)
        return usage_error(out->command, "no such option:", argv[*at]);
    if (!options[found].value[0]) {
        if (value)
            return usage_error(out->command, "takes no value:", argv[*at]);
        out->options[found] = "";
        return 0;
    }
    if (!value) {
        if (*at + 1 >= argc)
            return usage_error(out->command, "a value is missing behind", argv[*at]);
        value = argv[++*at];
    }
    out->options[found] = value;
    return 0;
}

static int read_arguments(int argc, char **argv, int at, cli_arguments *out)
{
    bool only_words = false;
    for (; at < argc; at++) {
        const char *word = argv[at];
        if (only_words || word[0] != '-' || word[1] == '\0') {
            out->words[out->word_count++] = argv[at];
        } else if (strcmp(word, "--") == 0) {
            only_words = true;
        } else {
            int wrong = read_option(argc, argv, &at, out);
            if (wrong)
                return wrong;
        }
    }
    if (out->options[OPTION_HELP]) {
        print_help(stdout, out->command);
        return EXIT_ALL_WELL;
    }
    return -1;
}

int arguments_parse(int argc, char **argv, cli_arguments *out)
{
    int at;
    *out = (cli_arguments){.words = argv};
    if (argc < 2) {
        print_overview(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_overview(stdout);
        return EXIT_ALL_WELL;
    }
    if (strcmp(argv[1], "--version") == 0) {
        out->command = COMMAND_VERSION;
        return -1;
    }
    if (!find_command(argc, argv, &out->command, &at)) {
        fprintf(stderr, "dateline: no such command: %s; see dateline --help\n", argv[1]);
        return EXIT_USAGE;
    }
    return read_arguments(argc, argv, at, out);
}
