#include <stdlib.h>

#include "read/bytes.h"
#include "read/source.h"

enum { BLOCK = 1 << 18, PEEK = 4096, RAW = 1 << 16 };

/* `block` holds bytes read and not yet given, [at, size); `line` collects a line that
 * does not lie in one block. With a converter what was read waits in `raw`, [0,
 * raw_size).
 */
struct dl_stream {
    dl_bytes *bytes;
    const char *path;
    char *block;
    size_t at, size;
    dl_buffer line;
    uint64_t number;
    bool joined, ended, fault_told;
    dl_converter *converter;
    char *raw;
    size_t raw_size;
};

dateline_status dl_stream_open(const char *path, dl_stream **source,
                               dateline_error *error)
{
    dl_stream *s = calloc(1, sizeof *s);
    if (!s)
        return dl_error_memory(error);
    s->path = path;
    s->block = malloc(BLOCK);
    dateline_status status =
        s->block ? dl_bytes_open(path, &s->bytes, error) : dl_error_memory(error);
    if (status != DATELINE_OK) {
        dl_stream_close(s);
        return status;
    }
    *source = s;
    return DATELINE_OK;
}

void dl_stream_close(dl_stream *source)
{
    if (!source)
        return;
    dl_bytes_close(source->bytes);
    dl_converter_free(source->converter);
    dl_buffer_release(&source->line);
    free(source->raw);
    free(source->block);
    free(source);
}

/* Bytes as the file has them, over the members' ends where these are joined. */
static size_t read_bytes(dl_stream *s, char *out, size_t size)
{
    size_t got = dl_bytes_read(s->bytes, out, size);
    while (got == 0 && s->joined && dl_bytes_next_member(s->bytes))
        got = dl_bytes_read(s->bytes, out, size);
    s->ended = got == 0;
    return got;
}

static size_t read_converted(dl_stream *s, char *out, size_t room)
{
    size_t used = 0, made = 0, got = 0;
    do {
        got = 0;
        if (!s->ended && s->raw_size < RAW) /* more may wait, from before it converted */
            got = read_bytes(s, s->raw + s->raw_size, RAW - s->raw_size);
        s->raw_size += got;
        dl_converter_run(s->converter, (dl_string){s->raw, s->raw_size}, s->ended, &used,
                         out, room, &made);
        memmove(s->raw, s->raw + used, s->raw_size - used);
        s->raw_size -= used;
    } while (made == 0 && (got > 0 || used > 0));
    s->ended &= s->raw_size == 0;
    return made;
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
    size_t got = s->converter ? read_converted(s, s->block + s->size, BLOCK - s->size)
                              : read_bytes(s, s->block + s->size, BLOCK - s->size);
    s->size += got;
    return got > 0;
}

dl_string dl_stream_peek(dl_stream *source)
{
    while (source->size - source->at < PEEK && fill(source))
        continue;
    size_t size = source->size - source->at;
    return (dl_string){source->block + source->at, size < PEEK ? size : PEEK};
}

void dl_stream_join_members(dl_stream *source)
{
    source->joined = true;
    source->ended = false;
}

bool dl_stream_convert(dl_stream *source, const dl_charset *charset)
{
    size_t held = source->size - source->at, used = 0, made = 0;
    source->converter = dl_converter_new(charset);
    source->raw = malloc(RAW > BLOCK ? RAW : BLOCK); /* what was read may wait */
    char *converted = malloc(BLOCK);
    if (!source->converter || !source->raw || !converted) {
        free(converted);
        return false;
    }
    dl_converter_run(source->converter, (dl_string){source->block + source->at, held},
                     false, &used, converted, BLOCK, &made);
    source->raw_size = held - used;
    memcpy(source->raw, source->block + source->at + used, source->raw_size);
    free(source->block);
    source->block = converted;
    source->at = 0;
    source->size = made;
    source->ended = false;
    return true;
}

bool dl_stream_converted(const dl_stream *source)
{
    return source->converter != NULL;
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

dateline_status dl_stream_fault(dl_stream *source)
{
    dateline_status fault = dl_bytes_fault(source->bytes);
    if (source->fault_told || source->at < source->size)
        return DATELINE_OK;
    source->fault_told = fault != DATELINE_OK;
    return fault;
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
    dateline_status fault = whole ? DATELINE_OK : dl_stream_fault(s);
    if (fault == DATELINE_NO_MEMORY)
        return dl_error_memory(error);
    if (fault != DATELINE_OK)
        return dl_error_set(error, fault, "%s: %s", s->path,
                            fault == DATELINE_BAD_GZIP
                                ? "the compressed data break off or are damaged"
                                : "can't be read further");
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

/* ---- Web archives --------------------------------------------------------------------
 */

/* Passes over what need not be read: a plain file is stepped through. */
static bool step_over(dl_stream *s, uint64_t size)
{
    uint64_t file_size, to = dl_stream_position(s) + size;
    return dl_bytes_size(s->bytes, &file_size) && to <= file_size &&
           dl_stream_seek(s, to);
}

uint64_t dl_stream_take(dl_stream *source, uint64_t size, dl_buffer *kept, size_t limit)
{
    uint64_t taken = 0;
    if (!kept && size > BLOCK && step_over(source, size))
        return size;
    while (taken < size && (source->at < source->size || fill(source))) {
        size_t held = source->size - source->at;
        size_t piece = size - taken < held ? (size_t)(size - taken) : held;
        if (kept && kept->size < limit)
            dl_buffer_add(kept, source->block + source->at,
                          piece < limit - kept->size ? piece : limit - kept->size);
        source->at += piece;
        taken += piece;
    }
    return taken;
}

uint64_t dl_stream_position(const dl_stream *source)
{
    return dl_bytes_position(source->bytes) - (source->size - source->at);
}

uint64_t dl_stream_member(const dl_stream *source)
{
    return dl_bytes_member(source->bytes);
}

bool dl_stream_packed(const dl_stream *source)
{
    return dl_bytes_packed(source->bytes);
}

bool dl_stream_broken(const dl_stream *source)
{
    return dl_bytes_fault(source->bytes) != DATELINE_OK;
}

static void drop_block(dl_stream *s)
{
    s->at = s->size = 0;
    s->ended = s->fault_told = false;
}

bool dl_stream_seek(dl_stream *source, uint64_t position)
{
    uint64_t start = dl_bytes_position(source->bytes) - source->size;
    if (position >= start && position <= start + source->size) {
        source->at = (size_t)(position - start);
        return true;
    }
    if (!dl_bytes_seek(source->bytes, position))
        return false;
    drop_block(source);
    return true;
}

bool dl_stream_next_member(dl_stream *source)
{
    do
        source->at = source->size;
    while (fill(source));
    if (!dl_bytes_next_member(source->bytes))
        return false;
    drop_block(source);
    return true;
}

bool dl_stream_recover(dl_stream *source, dl_string prefix)
{
    if (!dl_bytes_recover(source->bytes, prefix))
        return false;
    drop_block(source);
    return true;
}
