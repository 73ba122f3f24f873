/* serve: an archive is answered over HTTP until the program is asked to stop. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "cli.h"
#include "serve/serve.h"

enum { TOKEN_LEAST = 16, TOKEN_MOST = 256, PORT_USUAL = 8080, PORT_MOST = 65535 };

/* Characters that a cookie and a header may hold. */
static bool is_token(const char *token)
{
    for (const char *at = token; *at; at++)
        if (*at <= ' ' || *at > '~' || strchr("\",;\\", *at))
            return false;
    return strlen(token) >= TOKEN_LEAST;
}

/* Reads the token, which is the file's one line; false, said on stderr. */
static bool read_token(const char *path, char token[TOKEN_MOST + 2])
{
    struct stat about;
    FILE *file = fopen(path, "r");
    if (!file) {
        fprintf(stderr, "dateline: %s: %s\n", path, strerror(errno));
        return false;
    }
    if (fstat(fileno(file), &about) == 0 && (about.st_mode & (S_IRGRP | S_IROTH)))
        fprintf(stderr, "dateline: %s: others can read this token; chmod 600 mends it\n",
                path);
    size_t size = fread(token, 1, TOKEN_MOST + 1, file);
    fclose(file);
    while (size > 0 && strchr("\r\n \t", token[size - 1]))
        size--;
    token[size] = '\0';
    if (size <= TOKEN_MOST && strlen(token) == size && is_token(token))
        return true;
    fprintf(stderr,
            "dateline: %s: a token has %d to %d letters, digits and signs, without "
            "blanks and \" , ; \\\n",
            path, TOKEN_LEAST, TOKEN_MOST);
    return false;
}

static bool read_options(const cli_arguments *arguments, char *token,
                         serve_options *options)
{
    const char *port = arguments->options[OPTION_PORT];
    const char *address = arguments->options[OPTION_ADDRESS];
    const char *path = arguments->options[OPTION_TOKEN];
    char *end = NULL;
    unsigned long number = port ? strtoul(port, &end, 10) : PORT_USUAL;
    *options = (serve_options){.db = arguments->options[OPTION_DB],
                               .address = address,
                               .port = (unsigned)number};
    if (!options->db || arguments->word_count) {
        fputs("dateline serve: --db FILE says which archive\n", stderr);
        return false;
    }
    if (port && (end == port || *end || *port == '-' || number > PORT_MOST)) {
        fprintf(stderr, "dateline serve: --port takes a number to %d, not %s\n",
                PORT_MOST, port);
        return false;
    }
    if (address && !path && !serve_is_loopback(address)) {
        fputs("dateline serve: other machines may ask only with --token FILE\n", stderr);
        return false;
    }
    if (path && !read_token(path, token))
        return false;
    options->token = path ? token : NULL;
    return true;
}

static void wait_for_end(void)
{
    const struct timespec while_ = {.tv_nsec = 200000000};
    while (!interrupted())
        nanosleep(&while_, NULL); /* a signal ends it early */
}

int run_serve(const cli_arguments *arguments)
{
    char token[TOKEN_MOST + 2] = "";
    serve_options options;
    serve_server *server;
    cli_machine machine;
    dateline_error error = {0};
    if (!read_options(arguments, token, &options))
        return EXIT_USAGE;
    int code = machine_open(&machine, arguments);
    if (code != EXIT_ALL_WELL)
        return code;
    options.engine = machine.engine;
    dateline_status status = serve_start(&options, &server, &error);
    if (status == DATELINE_OK) {
        fprintf(stderr, "dateline serves %s at %s (Ctrl-C ends it)\n", options.db,
                serve_url(server));
        wait_for_end();
        serve_stop(server);
    } else {
        say_error(&error);
    }
    machine_close(&machine);
    return exit_code_of(status);
}
