#include <zlib.h>

#include "read/http.h"

enum { PIECE = 1 << 14, ANY_WINDOW = 15 + 32 /* zlib: gzip's or zlib's head */ };

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

bool dl_same_letters(dl_string a, const char *b)
{
    if (a.size != strlen(b))
        return false;
    for (size_t i = 0; i < a.size; i++)
        if (small(a.data[i]) != small(b[i]))
            return false;
    return true;
}

bool dl_field_is(dl_string line, const char *name, dl_string *value)
{
    size_t colon = dl_string_find(line, ':', 0);
    if (colon == line.size ||
        !dl_same_letters(dl_string_trim(dl_string_slice(line, 0, colon)), name))
        return false;
    *value = dl_string_trim(dl_string_slice(line, colon + 1, line.size));
    return true;
}

dl_string dl_type_of(dl_string value)
{
    return dl_string_trim(dl_string_slice(value, 0, dl_string_find(value, ';', 0)));
}

dl_string dl_parameter_of(dl_string value, const char *name)
{
    for (size_t at = dl_string_find(value, ';', 0); at < value.size;) {
        size_t end = dl_string_find(value, ';', at + 1);
        dl_string part = dl_string_slice(value, at + 1, end);
        size_t equals = dl_string_find(part, '=', 0);
        at = end;
        if (equals == part.size ||
            !dl_same_letters(dl_string_trim(dl_string_slice(part, 0, equals)), name))
            continue;
        dl_string found = dl_string_trim(dl_string_slice(part, equals + 1, part.size));
        if (found.size >= 2 && (found.data[0] == '"' || found.data[0] == '\'') &&
            found.data[found.size - 1] == found.data[0])
            found = dl_string_slice(found, 1, found.size - 1);
        return found;
    }
    return (dl_string){0};
}

static void read_field(dl_http *http, dl_string line)
{
    dl_string value;
    if (dl_field_is(line, "content-type", &value)) {
        http->type = dl_type_of(value);
        http->charset = dl_parameter_of(value, "charset");
    } else if (dl_field_is(line, "content-language", &value)) {
        http->language = value;
    } else if (dl_field_is(line, "content-encoding", &value)) {
        http->coding = value;
    } else if (dl_field_is(line, "transfer-encoding", &value)) {
        http->chunked = dl_same_letters(value, "chunked");
    }
}

bool dl_http_parse(dl_string response, dl_http *http)
{
    uint64_t status;
    *http = (dl_http){0};
    if (response.size < 12 || !dl_string_starts(response, DL_STRING("HTTP/")))
        return false;
    size_t blank = dl_string_find(response, ' ', 0);
    if (blank + 4 > response.size ||
        !dl_string_to_uint(dl_string_slice(response, blank + 1, blank + 4), &status))
        return false;
    http->status = (int)status;
    size_t at = dl_string_find(response, '\n', 0);
    while (at < response.size) {
        size_t end = dl_string_find(response, '\n', at + 1);
        dl_string line = dl_string_trim(dl_string_slice(response, at + 1, end));
        at = end;
        if (line.size == 0) {
            at = at < response.size ? at + 1 : at;
            http->body = dl_string_slice(response, at, response.size);
            return end < response.size;
        }
        read_field(http, line);
    }
    return false;
}

/* The size in hexadecimal that a chunk's line opens with; false where there is none. */
static bool chunk_size(dl_string line, size_t *size)
{
    size_t at = 0;
    *size = 0;
    for (; at < line.size && at < 8; at++) {
        char c = small(line.data[at]);
        if (c >= '0' && c <= '9')
            *size = *size * 16 + (size_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            *size = *size * 16 + (size_t)(c - 'a' + 10);
        else
            break;
    }
    return at > 0 && (at == line.size || line.data[at] == ';' || line.data[at] == ' ' ||
                      line.data[at] == '\r');
}

/* Joins the chunks; false where the body is none of chunks. One that breaks off is given
 * as far as it goes. */
static bool join_chunks(dl_string body, dl_buffer *out)
{
    size_t at = 0, size;
    dl_buffer_clear(out);
    while (at < body.size) {
        size_t end = dl_string_find(body, '\n', at);
        if (!chunk_size(dl_string_slice(body, at, end), &size))
            return false;
        if (size == 0 || end == body.size)
            break;
        at = end + 1;
        size_t there = size < body.size - at ? size : body.size - at;
        dl_buffer_add(out, body.data + at, there);
        at += there;
        if (at < body.size && body.data[at] == '\r')
            at++;
        if (at < body.size && body.data[at] == '\n')
            at++;
    }
    return true;
}

static const char *inflate_all(z_stream *z, size_t limit, dl_buffer *out)
{
    unsigned char piece[PIECE];
    int code = Z_OK;
    while (code == Z_OK) {
        z->next_out = piece;
        z->avail_out = sizeof piece;
        code = inflate(z, Z_NO_FLUSH);
        dl_buffer_add(out, piece, sizeof piece - z->avail_out);
        if (out->size > limit)
            return "the page unpacks to more than the limit";
        if (code == Z_BUF_ERROR || (code == Z_OK && z->avail_in == 0 && z->avail_out > 0))
            return "the packed page breaks off";
    }
    return code == Z_STREAM_END ? NULL : "the packed page is damaged";
}

static const char *unpack(dl_string body, int window, size_t limit, dl_buffer *out)
{
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)body.data,
                  .avail_in = (unsigned)body.size};
    dl_buffer_clear(out);
    if (inflateInit2(&z, window) != Z_OK)
        return "out of memory";
    const char *wrong = inflate_all(&z, limit, out);
    inflateEnd(&z);
    return wrong;
}

static bool is_gzip(dl_string body)
{
    return body.size > 2 && body.data[0] == '\x1f' && body.data[1] == '\x8b';
}

/* Deflate comes with zlib's head or, from servers that mistook the name, without. */
static const char *unpack_deflate(dl_string body, size_t limit, dl_buffer *out)
{
    const char *wrong = unpack(body, ANY_WINDOW, limit, out);
    return wrong ? unpack(body, -15, limit, out) : NULL;
}

const char *dl_http_unpack(const dl_http *http, size_t limit, dl_buffer *out,
                           dl_buffer *scratch, dl_string *body)
{
    const char *wrong = NULL;
    *body = http->body;
    if (http->chunked && join_chunks(http->body, scratch))
        *body = (dl_string){scratch->data, scratch->size};
    bool gzip =
        dl_same_letters(http->coding, "gzip") || dl_same_letters(http->coding, "x-gzip");
    bool deflate = dl_same_letters(http->coding, "deflate");
    size_t start = 0;
    while (start < body->size && strchr(" \t\r\n", body->data[start]))
        start++;
    bool open = start < body->size && body->data[start] == '<';
    if (open || (gzip && !is_gzip(*body)) || body->size == 0)
        return NULL; /* unpacked already by the crawler */
    if (gzip)
        wrong = unpack(*body, ANY_WINDOW, limit, out);
    else if (deflate)
        wrong = unpack_deflate(*body, limit, out);
    else if (http->coding.size && !dl_same_letters(http->coding, "identity") &&
             !dl_same_letters(http->coding, "none") &&
             !dl_same_letters(http->coding, "utf-8"))
        return "the page is packed in a way that is not read";
    if (!wrong && (gzip || deflate))
        *body = (dl_string){out->data, out->size};
    return wrong;
}
