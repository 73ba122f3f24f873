#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "read/bytes.h"

enum {
    INPUT = 1 << 16,
    TRIED = 1 << 10,       /* packed bytes that show whether a member begins here */
    PREFIX_MAX = 16,       /* unpacked bytes that are compared */
    GZIP_WINDOW = 15 + 16, /* zlib: the largest window, gzip's head */
    HEAD = 4               /* bytes of a gzip head that are looked at */
};

typedef enum member_kind { MEMBER_UNKNOWN, MEMBER_PLAIN, MEMBER_GZIP } member_kind;

/* `input` holds bytes of the file not yet used, [at, size); input[0] stands at `base` of
 * the file. */
struct dl_bytes {
    int file;
    bool is_file; /* and so can step back */
    bool inflating;
    bool member_ended, input_ended;
    member_kind kind;
    dateline_status fault;
    uint64_t base, member, position, file_size;
    int rewinds;
    z_stream z;
    size_t at, size;
    char input[INPUT];
};

dateline_status dl_bytes_open(const char *path, dl_bytes **bytes, dateline_error *error)
{
    struct stat about;
    dl_bytes *b = calloc(1, sizeof *b);
    if (!b)
        return dl_error_memory(error);
    b->file = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY);
    if (b->file < 0) {
        free(b);
        return dl_error_set(error, DATELINE_NOT_READABLE, "%s: can't be read", path);
    }
    off_t here = lseek(b->file, 0, SEEK_CUR);
    b->is_file = here == 0 && fstat(b->file, &about) == 0 && S_ISREG(about.st_mode);
    b->file_size = b->is_file ? (uint64_t)about.st_size : 0;
    *bytes = b;
    return DATELINE_OK;
}

void dl_bytes_close(dl_bytes *bytes)
{
    if (!bytes)
        return;
    if (bytes->inflating)
        inflateEnd(&bytes->z);
    close(bytes->file);
    free(bytes);
}

static size_t read_file(dl_bytes *b, char *out, size_t size)
{
    ssize_t got;
    do
        got = read(b->file, out, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        b->fault = DATELINE_NOT_READABLE;
    b->input_ended |= got <= 0;
    return got > 0 ? (size_t)got : 0;
}

/* Sees that `wanted` bytes lie in the input, or all that there are. */
static size_t need(dl_bytes *b, size_t wanted)
{
    if (b->size - b->at < wanted && b->at > 0) {
        memmove(b->input, b->input + b->at, b->size - b->at);
        b->base += b->at;
        b->size -= b->at;
        b->at = 0;
    }
    while (b->size - b->at < wanted && !b->input_ended)
        b->size += read_file(b, b->input + b->size, INPUT - b->size);
    return b->size - b->at;
}

/* Magic, the one method there is, and flags of which the upper three are not in use. */
static bool gzip_head(const char *at, size_t size)
{
    return size >= HEAD && at[0] == '\x1f' && at[1] == '\x8b' && at[2] == 8 &&
           ((unsigned char)at[3] & 0xE0) == 0;
}

static void begin_member(dl_bytes *b)
{
    b->member = b->base + b->at;
    b->position = 0;
    b->member_ended = false;
    inflateReset(&b->z);
}

static void find_kind(dl_bytes *b)
{
    size_t size = need(b, HEAD);
    bool packed = size >= 2 && b->input[b->at] == '\x1f' && b->input[b->at + 1] == '\x8b';
    b->kind = MEMBER_PLAIN;
    if (!packed)
        return;
    if (inflateInit2(&b->z, GZIP_WINDOW) != Z_OK) {
        b->fault = DATELINE_NO_MEMORY;
        return;
    }
    b->inflating = true;
    b->kind = MEMBER_GZIP;
    begin_member(b);
}

static size_t read_plain(dl_bytes *b, char *out, size_t size)
{
    size_t held = b->size - b->at;
    if (held == 0) {
        b->base += b->size;
        b->at = b->size = 0;
        size_t got = read_file(b, out, size);
        b->base += got;
        return got;
    }
    size = held < size ? held : size;
    memcpy(out, b->input + b->at, size);
    b->at += size;
    return size;
}

static size_t read_packed(dl_bytes *b, char *out, size_t size)
{
    b->z.next_out = (unsigned char *)out;
    b->z.avail_out = size < UINT32_MAX ? (unsigned)size : UINT32_MAX;
    unsigned wanted = b->z.avail_out;
    while (b->z.avail_out == wanted && !b->member_ended && b->fault == DATELINE_OK) {
        if (need(b, 1) == 0) {
            b->fault = b->fault ? b->fault : DATELINE_BAD_GZIP;
            break;
        }
        b->z.next_in = (unsigned char *)b->input + b->at;
        b->z.avail_in = (unsigned)(b->size - b->at);
        int code = inflate(&b->z, Z_NO_FLUSH);
        b->at = b->size - b->z.avail_in;
        b->member_ended = code == Z_STREAM_END;
        if (code == Z_MEM_ERROR)
            b->fault = DATELINE_NO_MEMORY;
        else if (code != Z_OK && code != Z_STREAM_END)
            b->fault = DATELINE_BAD_GZIP;
    }
    return wanted - b->z.avail_out;
}

size_t dl_bytes_read(dl_bytes *bytes, char *out, size_t size)
{
    if (bytes->kind == MEMBER_UNKNOWN)
        find_kind(bytes);
    if (bytes->member_ended || bytes->fault != DATELINE_OK || size == 0)
        return 0;
    size_t got = bytes->kind == MEMBER_PLAIN ? read_plain(bytes, out, size)
                                             : read_packed(bytes, out, size);
    bytes->position += got;
    return got;
}

/* Whether the member at the input's front unpacks to `prefix`; uses nothing up. */
static bool try_member(dl_bytes *b, dl_string prefix)
{
    char start[PREFIX_MAX];
    size_t size = need(b, TRIED);
    inflateReset(&b->z);
    b->z.next_in = (unsigned char *)b->input + b->at;
    b->z.avail_in = (unsigned)size;
    b->z.next_out = (unsigned char *)start;
    b->z.avail_out = sizeof start;
    int code = inflate(&b->z, Z_SYNC_FLUSH);
    size_t got = sizeof start - b->z.avail_out;
    return (code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR) &&
           dl_string_starts((dl_string){start, got}, prefix);
}

static bool go_to(dl_bytes *b, uint64_t offset)
{
    if (offset >= b->base && offset <= b->base + b->size) {
        b->at = (size_t)(offset - b->base);
        return true;
    }
    if (!b->is_file || lseek(b->file, (off_t)offset, SEEK_SET) < 0)
        return false;
    b->base = offset;
    b->at = b->size = 0;
    b->input_ended = false;
    return true;
}

/* Goes on to the next member whose content begins with `prefix`. */
static bool find_member(dl_bytes *b, dl_string prefix)
{
    while (need(b, HEAD) >= HEAD) {
        const char *from = b->input + b->at;
        const char *found = memchr(from, '\x1f', b->size - b->at);
        b->at = found ? (size_t)(found - b->input) : b->size;
        if (!found || need(b, HEAD) < HEAD)
            continue;
        if (gzip_head(b->input + b->at, HEAD) && try_member(b, prefix))
            return true;
        b->at++;
    }
    return false;
}

bool dl_bytes_next_member(dl_bytes *bytes)
{
    if (bytes->kind != MEMBER_GZIP || !bytes->member_ended)
        return false;
    size_t size = need(bytes, HEAD);
    while (size > 0 && bytes->input[bytes->at] == '\0') { /* tapes are padded */
        bytes->at++;
        size = need(bytes, HEAD);
    }
    if (gzip_head(bytes->input + bytes->at, size)) {
        begin_member(bytes);
        return true;
    }
    uint64_t damaged = bytes->base + bytes->at;
    if (!find_member(bytes, (dl_string){0}))
        return false;
    begin_member(bytes);
    bytes->member = damaged;
    bytes->fault = DATELINE_BAD_GZIP;
    return true;
}

bool dl_bytes_recover(dl_bytes *bytes, dl_string prefix)
{
    if (bytes->kind != MEMBER_GZIP || bytes->fault == DATELINE_NOT_READABLE)
        return false;
    go_to(bytes, bytes->member + 1);
    if (!find_member(bytes, prefix))
        return false;
    begin_member(bytes);
    bytes->fault = DATELINE_OK;
    return true;
}

/* Unpacks and drops up to `position`. */
static bool drop_to(dl_bytes *b, uint64_t position)
{
    char dropped[4096];
    while (b->position < position) {
        uint64_t rest = position - b->position;
        if (dl_bytes_read(b, dropped,
                          rest < sizeof dropped ? (size_t)rest : sizeof dropped) == 0)
            return false;
    }
    return true;
}

bool dl_bytes_seek(dl_bytes *bytes, uint64_t position)
{
    bool back = position < bytes->position;
    if (!bytes->is_file || (back && ++bytes->rewinds > DL_REWINDS_MAX))
        return false;
    if (bytes->kind == MEMBER_PLAIN) {
        if (!go_to(bytes, position))
            return false;
        bytes->position = position;
        return true;
    }
    if (back && !go_to(bytes, bytes->member))
        return false;
    if (back) {
        bytes->fault = DATELINE_OK;
        begin_member(bytes);
    }
    return drop_to(bytes, position);
}

dateline_status dl_bytes_fault(const dl_bytes *bytes)
{
    return bytes->fault;
}

bool dl_bytes_packed(const dl_bytes *bytes)
{
    return bytes->kind == MEMBER_GZIP;
}

uint64_t dl_bytes_member(const dl_bytes *bytes)
{
    return bytes->member;
}

uint64_t dl_bytes_position(const dl_bytes *bytes)
{
    return bytes->position;
}

bool dl_bytes_size(const dl_bytes *bytes, uint64_t *size)
{
    *size = bytes->file_size;
    return bytes->is_file && bytes->kind == MEMBER_PLAIN;
}
