/* Other charsets than UTF-8, converted by the C library's iconv.
 *
 * Purpose  every stage behind the reader sees UTF-8
 * Reads    labels as pages and feeds give them, byte order marks
 * Writes   UTF-8; what is no character of the charset becomes U+FFFD and is counted
 * Source   WHATWG Encoding Standard: labels, and what they mean where they lie
 * Cost     linear
 * Limits   the charsets that the C library knows */
#ifndef DL_READ_CHARSET_H
#define DL_READ_CHARSET_H

#include "base/base.h"

enum {
    DL_CHARSET_NAME_MAX = 31,
    DL_CHARSET_UNIT_MAX = 4 /* bytes that a byte order mark has at most */
};

/* A charset by the name that iconv has for it; name[0] is NUL where there is none. */
typedef struct dl_charset {
    char name[DL_CHARSET_NAME_MAX + 1];
    uint8_t unit; /* bytes of its smallest unit: 1, 2 or 4 */
} dl_charset;

/* What a label means ("latin1" is windows-1252 in practice); false where iconv knows no
 * such charset. */
bool dl_charset_find(dl_string label, dl_charset *charset);

/* By byte order mark, or by the zeros of UTF-16 around "<"; false where there is neither.
 * A mark of UTF-8 counts. */
bool dl_charset_mark(dl_string bytes, dl_charset *charset);

bool dl_charset_is_utf8(const dl_charset *charset);

typedef struct dl_converter dl_converter;

/* NULL where memory has run out or there is no such charset; owned by the caller. */
dl_converter *dl_converter_new(const dl_charset *charset);
void dl_converter_free(dl_converter *converter); /* NULL is allowed */

/* Converts from `in` into `out`, as much as fits; *in_used and *out_used say how much.
 * With `last` what breaks off at the end is broken, else it waits. Returns how many
 * places were broken. */
size_t dl_converter_run(dl_converter *converter, dl_string in, bool last, size_t *in_used,
                        char *out, size_t room, size_t *out_used);

/* The whole of `in`, added to `out`. */
size_t dl_converter_all(dl_converter *converter, dl_string in, dl_buffer *out);

/* In its first state again. */
void dl_converter_reset(dl_converter *converter);

#endif
