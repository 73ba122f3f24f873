/* What failed: said, counted, kept. */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

enum { FAILURES_SAID_MAX = 20 };

int exit_code_of(dateline_status status)
{
    switch (dateline_status_failure(status)) {
    case DATELINE_NO_FAILURE:
        return EXIT_ALL_WELL;
    case DATELINE_BAD_INPUT:
        return EXIT_SOME_FAILED;
    case DATELINE_WRONG_CALL:
        return EXIT_USAGE;
    case DATELINE_ENVIRONMENT:
        break;
    }
    if (status == DATELINE_DATABASE)
        return EXIT_DATABASE;
    return status == DATELINE_WRITE_FAILED ? EXIT_OUTPUT : EXIT_INPUT;
}

static void say(const char *file, uint64_t line, uint64_t column, const char *message)
{
    fputs("dateline: ", stderr);
    if (file[0])
        fprintf(stderr, "%s:", file);
    if (file[0] && line)
        fprintf(stderr, "%" PRIu64 ":", line);
    if (file[0] && line && column)
        fprintf(stderr, "%" PRIu64 ":", column);
    fprintf(stderr, "%s%s\n", file[0] ? " " : "", message);
}

static const char *message_of(const dateline_error *error)
{
    return error->message[0] ? error->message : dateline_status_message(error->status);
}

void say_error(const dateline_error *error)
{
    say(error->file, error->line, error->column, message_of(error));
}

void say_finding(void *context, const dateline_error *finding)
{
    size_t *count = context;
    (*count)++;
    say_error(finding);
}

bool failures_open(cli_failures *failures, const char *path, bool quiet)
{
    failures->rejects = NULL;
    failures->rejects_path = path;
    failures->noun = "article";
    failures->count = 0;
    failures->quiet = quiet;
    failures->write_failed = false;
    if (!path)
        return true;
    failures->rejects = fopen(path, "w");
    if (!failures->rejects)
        fprintf(stderr, "dateline: %s: %s\n", path, strerror(errno));
    return failures->rejects != NULL;
}

/* The bytes as a JSON string; what is not UTF-8 becomes U+FFFD. */
static json_t *as_json(const char *data, size_t size)
{
    json_t *whole = json_stringn(data, size);
    if (whole)
        return whole;
    char *mended = malloc(3 * size + 1);
    if (!mended)
        return NULL;
    size_t used = 0;
    for (size_t i = 0; i < size;) {
        json_t *piece = NULL;
        size_t length = 0;
        while (!piece && length < 4 && i + length < size)
            piece = json_stringn(data + i, ++length);
        if (piece) {
            memcpy(mended + used, data + i, length);
            used += length;
            i += length;
            json_decref(piece);
        } else {
            memcpy(mended + used, "\xEF\xBF\xBD", 3);
            used += 3;
            i++;
        }
    }
    whole = json_stringn(mended, used);
    free(mended);
    return whole;
}

static bool keep(const cli_failures *failures, const dateline_reader *reader,
                 const dateline_error *error)
{
    dateline_text raw = dateline_reader_raw(reader);
    const char *file = dateline_reader_file(reader);
    const char *message = message_of(error);
    uint64_t line = dateline_reader_line(reader);
    uint64_t offset =
        dateline_reader_offset(reader); /* of archives, that have no lines */
    json_t *object = json_object();
    bool kept =
        object && json_object_set_new(object, "file", as_json(file, strlen(file))) == 0 &&
        json_object_set_new(object, line || !offset ? "line" : "offset",
                            json_integer((json_int_t)(line ? line : offset))) == 0 &&
        json_object_set_new(object, "status",
                            json_string(dateline_status_name(error->status))) == 0 &&
        json_object_set_new(object, "message", as_json(message, strlen(message))) == 0 &&
        json_object_set_new(object, "raw", as_json(raw.data, raw.size)) == 0 &&
        json_dumpf(object, failures->rejects, JSON_COMPACT) == 0 &&
        putc('\n', failures->rejects) != EOF;
    json_decref(object);
    return kept;
}

void failures_add(cli_failures *failures, const dateline_reader *reader,
                  const dateline_error *error)
{
    failures->count++;
    if (!failures->quiet && failures->count <= FAILURES_SAID_MAX)
        say(dateline_reader_file(reader), dateline_reader_line(reader), 0,
            message_of(error));
    if (failures->rejects && !keep(failures, reader, error))
        failures->write_failed = true;
}

bool failures_close(cli_failures *failures)
{
    if (failures->rejects && fclose(failures->rejects) != 0)
        failures->write_failed = true;
    failures->rejects = NULL;
    if (failures->write_failed)
        fprintf(stderr, "dateline: %s can't be written\n", failures->rejects_path);
    if (failures->count > 0 && !failures->quiet)
        fprintf(stderr, "%zu %s%s failed\n", failures->count, failures->noun,
                failures->count == 1 ? "" : "s");
    return !failures->write_failed;
}
