#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "read/source.h"

enum { BLOCK = 1 << 18, PEEK = 4096 };

/* `block` holds bytes read and not yet given, [at, size); `line` collects a line that
 * does not lie in one block. */
struct dl_stream {
    gzFile file;
    const char *path;
    char *block;
    size_t at, size;
    dl_buffer line;
    uint64_t number;
    bool ended;
    dateline_status fault; /* met while filling, told when all before it is given */
};

dateline_status dl_stream_open(const char *path, dl_stream **source,
                               dateline_error *error)
{
    bool standard = strcmp(path, "-") == 0;
    dl_stream *s = calloc(1, sizeof *s);
    if (!s)
        return dl_error_memory(error);
    s->path = path;
    s->block = malloc(BLOCK);
    int handle = standard ? dup(STDIN_FILENO) : -1;
    s->file = !s->block ? NULL : standard ? gzdopen(handle, "rb") : gzopen(path, "rb");
    if (!s->file) {
        dateline_status status = s->block ? dl_error_set(error, DATELINE_NOT_READABLE,
                                                         "%s: can't be read", path)
                                          : dl_error_memory(error);
        if (handle >= 0)
            close(handle);
        dl_stream_close(s);
        return status;
    }
    gzbuffer(s->file, BLOCK);
    *source = s;
    return DATELINE_OK;
}

void dl_stream_close(dl_stream *source)
{
    if (!source)
        return;
    if (source->file)
        gzclose_r(source->file);
    dl_buffer_release(&source->line);
    free(source->block);
    free(source);
}

static void note_fault(dl_stream *s)
{
    int code = Z_OK;
    gzerror(s->file, &code);
    s->ended = true;
    if (code == Z_OK || code == Z_STREAM_END)
        return;
    s->fault = code == Z_ERRNO ? DATELINE_NOT_READABLE : DATELINE_BAD_GZIP;
}

/* Reads more behind what is there; false where nothing came. */
static bool fill(dl_stream *s)
{
    if (s->ended)
        return false;
    if (s->at > 0) {
        memmove(s->block, s->block + s->at, s->size - s->at);
        s->size -= s->at;
        s->at = 0;
    }
    int got = gzread(s->file, s->block + s->size, (unsigned)(BLOCK - s->size));
    if (got > 0)
        s->size += (size_t)got;
    if (got <= 0)
        note_fault(s);
    return got > 0;
}

dl_string dl_stream_peek(dl_stream *source)
{
    while (source->size - source->at < PEEK && fill(source))
        continue;
    size_t size = source->size - source->at;
    return (dl_string){source->block + source->at, size < PEEK ? size : PEEK};
}

/* Moves [at, end) of the block into the line, no more than `limit` bytes in all. */
static bool collect(dl_stream *s, size_t end, size_t limit)
{
    size_t size = end - s->at;
    bool fits = size <= limit - s->line.size;
    if (fits)
        dl_buffer_add(&s->line, s->block + s->at, size);
    else if (s->line.size < DL_RAW_KEPT)
        dl_buffer_add(&s->line, s->block + s->at,
                      size < DL_RAW_KEPT - s->line.size ? size
                                                        : DL_RAW_KEPT - s->line.size);
    s->at = end;
    return fits;
}

/* What a call that collected `s->line` answers; a `whole` line came to its end before
 * any fault. */
static dateline_status answer(dl_stream *s, bool fits, bool any, bool whole, size_t limit,
                              dl_string *line, dateline_error *error)
{
    *line = (dl_string){s->line.data, s->line.size};
    if (s->line.failed)
        return dl_error_memory(error);
    if (!fits) {
        line->size = line->size < DL_RAW_KEPT ? line->size : DL_RAW_KEPT;
        return dl_error_set(error, DATELINE_ARTICLE_TOO_LARGE,
                            "longer than the limit of %zu bytes", limit);
    }
    if (s->fault != DATELINE_OK && s->at == s->size && !whole) {
        dateline_status fault = s->fault;
        s->fault = DATELINE_OK;
        return dl_error_set(error, fault, "%s: %s", s->path,
                            fault == DATELINE_BAD_GZIP
                                ? "the compressed data break off or are damaged"
                                : "can't be read further");
    }
    return any ? DATELINE_OK : DATELINE_END;
}

dateline_status dl_stream_line(dl_stream *source, size_t limit, dl_string *line,
                               dateline_error *error)
{
    bool fits = true, any = false, ended = false;
    dl_buffer_clear(&source->line);
    source->number++;
    while (!ended) {
        if (source->at == source->size && !fill(source))
            break;
        any = true;
        dl_string rest = {source->block + source->at, source->size - source->at};
        size_t end = dl_string_find(rest, '\n', 0);
        ended = end < rest.size;
        fits = fits && collect(source, source->at + end, limit);
        if (!fits)
            source->at = (size_t)(rest.data - source->block) + end;
        source->at += ended;
    }
    dateline_status status = answer(source, fits, any, ended, limit, line, error);
    if (status == DATELINE_OK && line->size && line->data[line->size - 1] == '\r')
        line->size--;
    return status;
}

dateline_status dl_stream_rest(dl_stream *source, size_t limit, dl_string *all,
                               dateline_error *error)
{
    bool fits = true, any = false;
    dl_buffer_clear(&source->line);
    source->number++;
    while (source->at < source->size || fill(source)) {
        any = true;
        if (fits)
            fits = collect(source, source->size, limit);
        source->at = source->size;
    }
    return answer(source, fits, any, false, limit, all, error);
}

uint64_t dl_stream_line_number(const dl_stream *source)
{
    return source->number;
}
