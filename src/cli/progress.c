/* Progress on a terminal: how much is done, how fast, how long it will go on. */
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool is_compressed(const char *path)
{
    size_t size = strlen(path);
    return size > 3 && strcmp(path + size - 3, ".gz") == 0;
}

/* Bytes of all inputs together; 0 where one of them has no size that tells. */
static double size_of_inputs(const cli_arguments *arguments)
{
    double sum = 0;
    struct stat about;
    for (int i = 0; i < arguments->word_count; i++) {
        const char *path = arguments->words[i];
        if (stat(path, &about) != 0 || !S_ISREG(about.st_mode) || is_compressed(path))
            return 0;
        sum += (double)about.st_size;
    }
    return sum;
}

void progress_open(cli_progress *progress, const cli_arguments *arguments,
                   bool data_shown)
{
    *progress = (cli_progress){.shown = isatty(STDERR_FILENO) &&
                                        !arguments->options[OPTION_QUIET] && !data_shown,
                               .bytes = size_of_inputs(arguments),
                               .began_at = seconds_now()};
    progress->last_at = progress->began_at;
}

/* "2:05:09", "5:09" */
static void say_left(double seconds)
{
    enum { MINUTE = 60, HOUR = 60 * MINUTE };
    long left = (long)seconds;
    if (left >= HOUR)
        fprintf(stderr, ", %ld:%02ld:%02ld left", left / HOUR, left % HOUR / MINUTE,
                left % MINUTE);
    else
        fprintf(stderr, ", %ld:%02ld left", left / MINUTE, left % MINUTE);
}

void progress_show(cli_progress *progress, const cli_counts *counts, size_t bytes)
{
    enum { EVERY_ARTICLES = 16, AT_LEAST = 100 };
    const double every_seconds = 0.5, settled_seconds = 2;
    progress->done += (double)bytes;
    if (!progress->shown || counts->articles % EVERY_ARTICLES != 0)
        return;
    double now = seconds_now(), passed = now - progress->began_at;
    if (now - progress->last_at < every_seconds)
        return;
    progress->last_at = now;
    progress->written = true;
    fprintf(stderr, "\r\033[K%zu articles, %.0f/s, %zu events", counts->articles,
            (double)counts->articles / passed, counts->events);
    if (counts->passed)
        fprintf(stderr, ", %zu there already", counts->passed);
    if (counts->rejected)
        fprintf(stderr, ", %zu rejected", counts->rejected);
    if (progress->bytes > 0 && progress->done > 0 && passed > settled_seconds &&
        progress->done < progress->bytes && counts->articles >= AT_LEAST)
        say_left(passed * (progress->bytes - progress->done) / progress->done);
    fflush(stderr);
}

void progress_hide(cli_progress *progress)
{
    if (progress->written)
        fputs("\r\033[K", stderr);
    progress->written = false;
}
