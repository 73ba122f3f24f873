/* HTTP responses as they stand in web archives.
 *
 * Purpose  the page in a response, and what the server told of it
 * Reads    status line and header fields (RFC 9112), bodies that are chunked, or packed
 *          with gzip or deflate; archives that kept the fields and unpacked the body too
 * Writes   the body as it is meant
 * Source   RFC 9110, RFC 9112
 * Cost     linear
 * Limits   the caller's on the body */
#ifndef DL_READ_HTTP_H
#define DL_READ_HTTP_H

#include "base/base.h"

/* Borrows the bytes of the response. */
typedef struct dl_http {
    int status;
    dl_string type, charset, language; /* of the content; absent where not told */
    dl_string coding;                  /* Content-Encoding */
    bool chunked;
    dl_string body; /* as transferred */
} dl_http;

/* The value of field `name` (in small letters) of a head's line; false where the line is
 * of another. White space around it is left out. */
bool dl_field_is(dl_string line, const char *name, dl_string *value);

/* "text/html; charset=x": the type alone, and a parameter's value (absent: none). */
dl_string dl_type_of(dl_string value);
dl_string dl_parameter_of(dl_string value, const char *name);

/* Whether two strings are the same but for the case of ASCII. */
bool dl_same_letters(dl_string a, const char *b);

/* False where it is no response with a head that ends. */
bool dl_http_parse(dl_string response, dl_http *http);

/* Takes chunks and packing off `http->body`: *body is in it or in `out`. NULL where all
 * is well, else what is wrong (a static string). */
const char *dl_http_unpack(const dl_http *http, size_t limit, dl_buffer *out,
                           dl_buffer *scratch, dl_string *body);

#endif
