#include <utf8proc.h>

#include "base/base.h"

/* Length of the sequence that starts with `lead`, 0 where none does. */
static size_t sequence_size(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

static bool well_formed(const unsigned char *at, size_t size)
{
    for (size_t i = 1; i < size; i++)
        if ((at[i] & 0xC0) != 0x80)
            return false;
    if (size == 3 && ((at[0] == 0xE0 && at[1] < 0xA0) || (at[0] == 0xED && at[1] > 0x9F)))
        return false;
    return !(size == 4 &&
             ((at[0] == 0xF0 && at[1] < 0x90) || (at[0] == 0xF4 && at[1] > 0x8F)));
}

size_t dl_utf8_check(dl_string s)
{
    const unsigned char *bytes = (const unsigned char *)s.data;
    size_t at = 0;
    while (at < s.size) {
        size_t size = sequence_size(bytes[at]);
        if (size == 0 || size > s.size - at || !well_formed(bytes + at, size))
            return at;
        at += size;
    }
    return s.size;
}

uint32_t dl_utf8_get(dl_string s, size_t at, size_t *size)
{
    const unsigned char *b = (const unsigned char *)s.data + at;
    size_t n = sequence_size(b[0]);
    if (n == 0 || n > s.size - at) {
        *size = 1;
        return 0xFFFD;
    }
    *size = n;
    if (n == 1)
        return b[0];
    uint32_t value = b[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++)
        value = (value << 6) | (b[i] & 0x3Fu);
    return value;
}

size_t dl_utf8_encode(uint32_t code_point, char out[4])
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t size = utf8proc_encode_char((utf8proc_int32_t)code_point, bytes);
    for (utf8proc_ssize_t i = 0; i < size; i++)
        out[i] = (char)bytes[i];
    return (size_t)size;
}

/* Typographic marks that stand for an ASCII one; 0 where `c` is none of them. */
static char plain_mark(uint32_t c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x02BC:
    case 0x2032:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x00AB:
    case 0x00BB:
        return '"';
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
        return '-';
    case 0x00A0:
    case 0x2009:
    case 0x202F:
        return ' ';
    default:
        return 0;
    }
}

enum { FOLD_POINTS = 32 }; /* the longest compatibility decomposition has 18 */

/* Appends the folded form of one code point at out and returns the bytes written. */
static size_t fold_point(uint32_t c, utf8proc_option_t options, char *out)
{
    utf8proc_int32_t points[FOLD_POINTS];
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, points, FOLD_POINTS,
                                                 options, &boundary);
    if (n < 0 || n > FOLD_POINTS)
        return dl_utf8_encode(c, out);
    size_t size = 0;
    for (utf8proc_ssize_t i = 0; i < n; i++)
        size += dl_utf8_encode((uint32_t)points[i], out + size);
    return size;
}

/* Letters that carry a stroke or are joined and do not decompose. */
static const char *plain_letters(uint32_t c)
{
    switch (c) {
    case 0x00D8:
    case 0x00F8:
        return "o";
    case 0x0141:
    case 0x0142:
        return "l";
    case 0x0110:
    case 0x0111:
    case 0x00D0:
    case 0x00F0:
        return "d";
    case 0x0131:
        return "i";
    case 0x00C6:
    case 0x00E6:
        return "ae";
    case 0x0152:
    case 0x0153:
        return "oe";
    case 0x00DE:
    case 0x00FE:
        return "th";
    default:
        return NULL;
    }
}

static size_t fold_one(uint32_t c, char *out)
{
    const char *letters = plain_letters(c);
    char mark = plain_mark(c);
    if (mark) {
        *out = mark;
        return 1;
    }
    if (letters) {
        size_t size = strlen(letters);
        memcpy(out, letters, size);
        return size;
    }
    return fold_point(
        c, UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_COMPAT,
        out);
}

/* Room is kept for the longest decomposition of each code point that is not ASCII. */
static dl_string transform(dl_arena *arena, dl_string s, bool fold)
{
    size_t wide = 0;
    for (size_t i = 0; i < s.size; i++)
        wide += (unsigned char)s.data[i] >= 0xC0;
    char *out = dl_arena_get(arena, s.size + wide * FOLD_POINTS * 4 + 1, 1);
    size_t used = 0;
    if (!out)
        return (dl_string){0};
    for (size_t at = 0, size; at < s.size; at += size) {
        unsigned char c = (unsigned char)s.data[at];
        size = 1;
        if (c < 0x80) {
            out[used++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
            continue;
        }
        uint32_t point = dl_utf8_get(s, at, &size);
        used += fold ? fold_one(point, out + used)
                     : dl_utf8_encode((uint32_t)utf8proc_tolower((utf8proc_int32_t)point),
                                      out + used);
    }
    return (dl_string){out, used};
}

dl_string dl_utf8_fold(dl_arena *arena, dl_string s)
{
    return transform(arena, s, true);
}

dl_string dl_utf8_lower(dl_arena *arena, dl_string s)
{
    return transform(arena, s, false);
}

static utf8proc_category_t category(uint32_t c)
{
    return utf8proc_category((utf8proc_int32_t)c);
}

bool dl_utf8_is_upper(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    return category(c) == UTF8PROC_CATEGORY_LU || category(c) == UTF8PROC_CATEGORY_LT;
}

bool dl_utf8_is_lower(uint32_t c)
{
    return c < 0x80 ? c >= 'a' && c <= 'z' : category(c) == UTF8PROC_CATEGORY_LL;
}

bool dl_utf8_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    utf8proc_category_t k = category(c);
    return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_ME;
}

bool dl_utf8_is_digit(uint32_t c)
{
    return c < 0x80 ? c >= '0' && c <= '9' : category(c) == UTF8PROC_CATEGORY_ND;
}

bool dl_utf8_is_space(uint32_t c)
{
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r');
    utf8proc_category_t k = category(c);
    return c == 0x85 || c == 0x200B || c == 0xFEFF ||
           (k >= UTF8PROC_CATEGORY_ZS && k <= UTF8PROC_CATEGORY_ZP);
}

bool dl_utf8_is_punctuation(uint32_t c)
{
    utf8proc_category_t k = category(c);
    return k >= UTF8PROC_CATEGORY_PC && k <= UTF8PROC_CATEGORY_SO;
}
