/* Time and memory of a cube over an archive: loading, typical filters, pages.
 *
 *     bench_cube ARCHIVE
 *
 * The best of three of each; bench/archive/growth makes archives. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "dateline.h"

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static bool count_bytes(void *context, const char *data, size_t size)
{
    (void)data;
    *(size_t *)context += size;
    return true;
}

static long held(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

static bool measure(const dateline_cube *cube, dateline_archive *archive,
                    const char *name, dateline_query query)
{
    enum { TRIES = 3, PAGE = 25, VIEWS = 3 };
    double best[2 + VIEWS] = {1e9, 1e9, 1e9, 1e9, 1e9};
    dateline_selected selected = {0};
    size_t bytes = 0, kept = 0;
    for (int i = 0; i < TRIES; i++) {
        dateline_error error = {0};
        dateline_selection *selection;
        int64_t keys[PAGE];
        size_t count;
        double times[2 + VIEWS], before = milliseconds();
        if (dateline_cube_select(cube, archive, NULL, &query, &selection, &error) !=
            DATELINE_OK) {
            fprintf(stderr, "%s: %s\n", name, error.message);
            return false;
        }
        times[0] = milliseconds() - before;
        before = milliseconds();
        dateline_selection_keys(selection, DATELINE_ORDER_NEWEST, 0, PAGE, keys, &count,
                                NULL);
        times[1] = milliseconds() - before;
        for (int view = 0; view < VIEWS; view++) {
            before = milliseconds();
            bytes = 0;
            dateline_selection_write(selection, (dateline_view)view, NULL, count_bytes,
                                     &bytes, NULL);
            times[2 + view] = milliseconds() - before;
        }
        for (int j = 0; j < 2 + VIEWS; j++)
            best[j] = times[j] < best[j] ? times[j] : best[j];
        selected = dateline_selection_count(selection);
        kept = dateline_selection_size(selection);
        dateline_selection_free(selection);
    }
    printf("%-28s %8zu events  select %6.1f  page %6.3f  overview %6.1f  network %6.1f"
           "  actors %6.1f ms  %5zu KiB\n",
           name, selected.events, best[0], best[1], best[2], best[3], best[4],
           kept / 1024);
    return true;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        dateline_query query;
    } questions[] = {{"everything", {0}},
                     {"who FRA", {.who = "FRA"}},
                     {"who FRA whom DEU", {.who = "FRA", .whom = "DEU"}},
                     {"what COERCE arrest", {.what = "COERCE arrest"}},
                     {"from 2015 to 2016", {.from = "2015", .to = "2016"}},
                     {"where KEN status actual", {.where = "KEN", .status = "actual"}},
                     {"box", {.box = "-10,35,30,60"}},
                     {"source, surest", {.source = "Wire Nine", .min_confidence = 0.8}},
                     {"text curfew", {.text = "curfew"}},
                     {"six at once",
                      {.who = "COP",
                       .what = "COERCE,ASSAULT",
                       .where = "KEN,FRA,PER",
                       .from = "2012",
                       .status = "actual",
                       .source = "Wire Nine,The Courier"}}};
    dateline_error error = {0};
    dateline_archive *archive;
    dateline_cube *cube;
    if (argc != 2)
        return fprintf(stderr, "usage: bench_cube ARCHIVE\n"), 2;
    if (dateline_archive_open(argv[1], &archive, &error) != DATELINE_OK)
        return fprintf(stderr, "%s\n", error.message), 1;
    double before = milliseconds();
    if (dateline_cube_open(archive, &cube, &error) != DATELINE_OK)
        return fprintf(stderr, "%s\n", error.message), 1;
    printf("loaded in %.2f s, %zu MiB in columns, %ld MiB held at most (64 of SQLite's"
           " pages)\n",
           (milliseconds() - before) / 1e3, dateline_cube_size(cube) >> 20, held());
    bool good = true;
    for (size_t i = 0; good && i < sizeof questions / sizeof *questions; i++)
        good = measure(cube, archive, questions[i].name, questions[i].query);
    dateline_cube_close(cube);
    dateline_archive_close(archive);
    return good ? 0 : 1;
}
