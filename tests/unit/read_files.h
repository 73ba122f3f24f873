/* A folder of its own for each test of the reader, and readers over what is put there. */
#ifndef TESTS_READ_FILES_H
#define TESTS_READ_FILES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/base.h"

enum { FILE_PATH_ROOM = 128 };

static char files_folder[] = "/tmp/test_read_XXXXXX";

static int files_set_up(void **state)
{
    (void)state;
    return mkdtemp(files_folder) ? 0 : -1;
}

static int files_tear_down(void **state)
{
    (void)state;
    return rmdir(files_folder);
}

static inline void files_path(const char *name, char out[FILE_PATH_ROOM])
{
    snprintf(out, FILE_PATH_ROOM, "%s/%s", files_folder, name);
}

static inline void files_put(const char *name, const void *bytes, size_t size)
{
    char path[FILE_PATH_ROOM];
    files_path(name, path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static inline void files_drop(const char *name)
{
    char path[FILE_PATH_ROOM];
    files_path(name, path);
    unlink(path);
}

static inline dateline_reader *files_open(const char *name,
                                          const dateline_reader_options *options)
{
    char path[FILE_PATH_ROOM];
    dateline_error error = {0};
    dateline_reader *reader = NULL;
    files_path(name, path);
    if (dateline_reader_open_with(path, options, &reader, &error) != DATELINE_OK)
        fail_msg("%s: %s", name, error.message);
    return reader;
}

/* A reader over `bytes`, put into a file called `name` that is gone again: it is opened
 * with the first article. */
typedef struct reading_of {
    dateline_reader *reader;
    dateline_article article;
    dateline_error error;
    char name[64];
} reading_of;

static inline reading_of files_read(const char *name, const void *bytes, size_t size,
                                    const dateline_reader_options *options)
{
    reading_of r = {0};
    files_put(name, bytes, size);
    r.reader = files_open(name, options);
    snprintf(r.name, sizeof r.name, "%s", name);
    return r;
}

static inline dateline_status files_next(reading_of *r)
{
    return dateline_reader_next(r->reader, &r->article, &r->error);
}

static inline void files_expect(reading_of *r, dateline_status wanted)
{
    dateline_status status = files_next(r);
    if (status != wanted)
        fail_msg("%s: %s, not %s: %s", r->name, dateline_status_name(status),
                 dateline_status_name(wanted), r->error.message);
}

/* Nothing is left; twice, since a reader at its end stays there. */
static inline void files_end(reading_of *r)
{
    files_expect(r, DATELINE_END);
    files_expect(r, DATELINE_END);
    dateline_reader_close(r->reader);
    files_drop(r->name);
}

static inline void assert_words(dateline_text text, const char *wanted)
{
    dl_string given = {text.data, text.size};
    if (!dl_string_equal(given, dl_string_from(wanted)))
        fail_msg("\"%.*s\" is not \"%s\"", (int)text.size, text.data ? text.data : "",
                 wanted ? wanted : "");
}

#endif
