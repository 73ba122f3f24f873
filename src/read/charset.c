#include <errno.h>
#include <iconv.h>
#include <stdlib.h>

#include "read/charset.h"

static const char replacement[] = "\xEF\xBF\xBD";
enum { REPLACEMENT = sizeof replacement - 1, PIECE = 1 << 14 };

struct dl_converter {
    iconv_t handle;
    uint8_t unit;
};

/* Labels whose bytes are read as another charset, a superset as a rule. */
static const struct {
    const char *label, *name;
} aliases[] = {
    {"utf8", "UTF-8"},
    {"unicode-1-1-utf-8", "UTF-8"},
    {"x-unicode20utf8", "UTF-8"},
    {"ascii", "CP1252"},
    {"us-ascii", "CP1252"},
    {"latin1", "CP1252"},
    {"latin-1", "CP1252"},
    {"l1", "CP1252"},
    {"iso-8859-1", "CP1252"},
    {"iso8859-1", "CP1252"},
    {"iso_8859-1", "CP1252"},
    {"iso-8859-9", "CP1254"},
    {"latin5", "CP1254"},
    {"iso-8859-11", "CP874"},
    {"tis-620", "CP874"},
    {"windows-874", "CP874"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"x-gbk", "GB18030"},
    {"big5", "BIG5-HKSCS"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"sjis", "CP932"},
    {"x-sjis", "CP932"},
    {"windows-31j", "CP932"},
    {"euc-kr", "CP949"},
    {"ks_c_5601-1987", "CP949"},
    {"ksc5601", "CP949"},
    {"utf-16", "UTF-16LE"},
    {"ucs-2", "UTF-16LE"},
};

static bool set_name(dl_charset *charset, const char *name)
{
    memset(charset, 0, sizeof *charset);
    memcpy(charset->name, name, strlen(name));
    bool two = memcmp(name, "UTF-16", 6) == 0 || memcmp(name, "UCS-2", 5) == 0;
    bool four = memcmp(name, "UTF-32", 6) == 0 || memcmp(name, "UCS-4", 5) == 0;
    charset->unit = two ? 2 : four ? 4 : 1;
    return true;
}

/* "windows-1251" as glibc has it. */
static void as_iconv_has_it(char name[DL_CHARSET_NAME_MAX + 1])
{
    static const char *const prefixes[] = {"windows-", "x-cp"};
    char rest[DL_CHARSET_NAME_MAX + 1];
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t size = strlen(prefixes[i]);
        if (strncmp(name, prefixes[i], size) != 0)
            continue;
        memcpy(rest, name + size, strlen(name + size) + 1);
        memcpy(name, "CP", 2);
        memcpy(name + 2, rest, strlen(rest) + 1);
        return;
    }
    for (char *c = name; *c; c++)
        *c = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
}

bool dl_charset_find(dl_string label, dl_charset *charset)
{
    char name[DL_CHARSET_NAME_MAX + 1] = "";
    label = dl_string_trim(label);
    memset(charset, 0, sizeof *charset);
    if (label.size == 0 || label.size > DL_CHARSET_NAME_MAX)
        return false;
    for (size_t i = 0; i < label.size; i++) {
        char c = label.data[i];
        bool good = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                    (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
        if (!good) /* iconv reads "//" as a wish */
            return false;
        name[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strcmp(aliases[i].label, name) == 0)
            return set_name(charset, aliases[i].name);
    as_iconv_has_it(name);
    iconv_t handle = iconv_open("UTF-8", name);
    if (handle == (iconv_t)-1)
        return false;
    iconv_close(handle);
    return set_name(charset, name);
}

bool dl_charset_mark(dl_string bytes, dl_charset *charset)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *name;
    } marks[] = {
        {"\xEF\xBB\xBF", 3, "UTF-8"},    {"\xFF\xFE\0\0", 4, "UTF-32LE"},
        {"\0\0\xFE\xFF", 4, "UTF-32BE"}, {"\xFF\xFE", 2, "UTF-16LE"},
        {"\xFE\xFF", 2, "UTF-16BE"},     {"<\0?\0", 4, "UTF-16LE"},
        {"\0<\0?", 4, "UTF-16BE"},       {"<\0!\0", 4, "UTF-16LE"},
        {"\0<\0!", 4, "UTF-16BE"},       {"<\0h\0", 4, "UTF-16LE"},
        {"\0<\0h", 4, "UTF-16BE"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (dl_string_starts(bytes, (dl_string){marks[i].bytes, marks[i].size}))
            return set_name(charset, marks[i].name);
    return false;
}

bool dl_charset_is_utf8(const dl_charset *charset)
{
    return strcmp(charset->name, "UTF-8") == 0;
}

dl_converter *dl_converter_new(const dl_charset *charset)
{
    dl_converter *converter = calloc(1, sizeof *converter);
    if (!converter)
        return NULL;
    converter->unit = charset->unit;
    converter->handle = iconv_open("UTF-8", charset->name);
    if (converter->handle != (iconv_t)-1)
        return converter;
    free(converter);
    return NULL;
}

void dl_converter_free(dl_converter *converter)
{
    if (!converter)
        return;
    iconv_close(converter->handle);
    free(converter);
}

void dl_converter_reset(dl_converter *converter)
{
    iconv(converter->handle, NULL, NULL, NULL, NULL);
}

size_t dl_converter_run(dl_converter *converter, dl_string in, bool last, size_t *in_used,
                        char *out, size_t room, size_t *out_used)
{
    char *from = (char *)(uintptr_t)in.data, *to = out; /* iconv takes no const */
    size_t left = in.size, free_room = room, broken = 0;
    while (left > 0) {
        if (iconv(converter->handle, &from, &left, &to, &free_room) != (size_t)-1)
            break;
        if (errno == E2BIG || free_room < REPLACEMENT || (errno == EINVAL && !last))
            break;
        size_t passed = left < converter->unit ? left : converter->unit;
        memcpy(to, replacement, REPLACEMENT);
        to += REPLACEMENT;
        free_room -= REPLACEMENT;
        from += passed;
        left -= passed;
        broken++;
    }
    *in_used = in.size - left;
    *out_used = room - free_room;
    return broken;
}

size_t dl_converter_all(dl_converter *converter, dl_string in, dl_buffer *out)
{
    char piece[PIECE];
    size_t broken = 0, used = 1, made = 1;
    dl_converter_reset(converter);
    for (size_t at = 0; at < in.size && (used > 0 || made > 0); at += used) {
        broken += dl_converter_run(converter, dl_string_slice(in, at, in.size), true,
                                   &used, piece, sizeof piece, &made);
        dl_buffer_add(out, piece, made);
    }
    return broken;
}
