/* String views: bytes that somebody else owns, not ended by NUL. */
#ifndef DL_BASE_STRING_H
#define DL_BASE_STRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Borrows `data`; an absent string has data == NULL and size == 0. */
typedef struct dl_string {
    const char *data;
    size_t size;
} dl_string;

#define DL_STRING(literal) ((dl_string){(literal), sizeof(literal) - 1})

/* Half-open byte range [start, end) of the article's text as it was given. */
typedef struct dl_span {
    uint32_t start, end;
} dl_span;

static inline dl_string dl_string_from(const char *text)
{
    return (dl_string){text, text ? strlen(text) : 0};
}

static inline bool dl_string_equal(dl_string a, dl_string b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline dl_string dl_string_slice(dl_string s, size_t start, size_t end)
{
    return (dl_string){s.data + start, end - start};
}

/* Byte order, shorter first on a common prefix: <0, 0, >0. */
int dl_string_compare(dl_string a, dl_string b);

bool dl_string_starts(dl_string s, dl_string prefix);
bool dl_string_ends(dl_string s, dl_string suffix);

/* First index of `byte` at or after `from`; s.size where there is none. */
size_t dl_string_find(dl_string s, char byte, size_t from);

/* `s` without ASCII white space at both ends. */
dl_string dl_string_trim(dl_string s);

/* FNV-1a, 64 bits. */
uint64_t dl_string_hash(dl_string s);

/* Reads an unsigned decimal that is the whole of `s`; false where it is none. */
bool dl_string_to_uint(dl_string s, uint64_t *value);

/* Reads a decimal number such as -3.5 that is the whole of `s`, whatever the locale. */
bool dl_string_to_double(dl_string s, double *value);

#endif
