#include "read/decode.h"

void dl_decoder_release(dl_decoder *decoder)
{
    dl_converter_free(decoder->converter);
    decoder->converter = NULL;
    dl_buffer_release(&decoder->out);
}

static bool starts_small(dl_string s, size_t at, const char *word)
{
    size_t size = strlen(word);
    if (s.size - at < size)
        return false;
    for (size_t i = 0; i < size; i++) {
        char c = s.data[at + i];
        if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != word[i])
            return false;
    }
    return true;
}

/* The label behind `key` and "=": charset=x, encoding="x". */
static dl_string label_behind(dl_string s, const char *key)
{
    static const char stops[] = "\"' ;/>?\t\r\n";
    size_t size = strlen(key);
    for (size_t at = 0; at < s.size; at++) {
        if (!starts_small(s, at, key))
            continue;
        size_t start = at + size;
        while (start < s.size && strchr(" \t\r\n", s.data[start]))
            start++;
        if (start >= s.size || s.data[start] != '=')
            continue;
        start++;
        while (start < s.size && s.data[start] && strchr("\"' \t\r\n", s.data[start]))
            start++;
        size_t end = start;
        while (end < s.size && !strchr(stops, s.data[end]))
            end++;
        if (end > start)
            return dl_string_slice(s, start, end);
    }
    return (dl_string){0};
}

/* What stands in bytes told itself: where these are read as ASCII, units are no wider. */
static bool find_told(dl_string label, dl_charset *charset)
{
    if (!dl_charset_find(label, charset))
        return false;
    if (charset->unit > 1)
        dl_charset_find(DL_STRING("utf-8"), charset);
    return true;
}

static dl_string xml_label(dl_string bytes)
{
    if (!starts_small(dl_string_trim(bytes), 0, "<?xml"))
        return (dl_string){0};
    return label_behind(dl_string_slice(bytes, 0, dl_string_find(bytes, '>', 0)),
                        "encoding");
}

bool dl_decode_xml_charset(dl_string bytes, dl_charset *charset)
{
    return find_told(xml_label(bytes), charset);
}

/* What the page tells by <meta> or as XML. */
static bool find_inner(dl_string page, dl_charset *charset)
{
    dl_string start =
        dl_string_slice(page, 0, page.size < DL_TOLD_WITHIN ? page.size : DL_TOLD_WITHIN);
    dl_string label = xml_label(start);
    for (size_t at = 0; at < start.size && !label.size; at++) {
        at = dl_string_find(start, '<', at);
        if (at < start.size && starts_small(start, at, "<meta"))
            label = label_behind(
                dl_string_slice(start, at, dl_string_find(start, '>', at)), "charset");
    }
    return find_told(label, charset);
}

/* Sequences that are UTF-8 beyond ASCII, and places that are none. */
static void survey(dl_string page, size_t *good, size_t *broken)
{
    *good = *broken = 0;
    for (size_t at = 0; at < page.size; at++) {
        dl_string rest = dl_string_slice(page, at, page.size);
        size_t bad = dl_utf8_check(rest);
        for (size_t i = 0; i < bad; i++)
            *good += ((unsigned char)rest.data[i] & 0xC0) == 0xC0;
        *broken += bad < rest.size;
        at += bad;
    }
}

static void choose(dl_string page, const dl_told *told, dl_charset *charset)
{
    size_t good, broken;
    if (told->converted || dl_charset_mark(page, charset)) {
        if (told->converted)
            dl_charset_find(DL_STRING("utf-8"), charset);
        return;
    }
    bool known = dl_charset_find(told->server, charset) ||
                 (told->html && find_inner(page, charset));
    if (known && !dl_charset_is_utf8(charset))
        return;
    bool utf8 = dl_utf8_check(page) == page.size;
    if (!utf8 && known) {
        /* Told to be UTF-8 and nowhere more than ASCII: it is not. */
        survey(page, &good, &broken);
        utf8 = good > 0 || !told->html;
    }
    dl_charset_find(utf8 ? DL_STRING("utf-8") : DL_STRING("windows-1252"), charset);
    if (!utf8 && !known && told->fallback)
        *charset = *told->fallback;
}

/* A byte order mark goes, zeros become blanks. */
static dl_string tidy(dl_decoder *decoder, dl_string utf8)
{
    if (dl_string_starts(utf8, DL_STRING("\xEF\xBB\xBF")))
        utf8 = dl_string_slice(utf8, 3, utf8.size);
    if (utf8.size == 0 || !memchr(utf8.data, '\0', utf8.size))
        return utf8;
    if (decoder->out.size == 0) {
        dl_buffer_add_string(&decoder->out, utf8);
        utf8 = (dl_string){decoder->out.data, decoder->out.size};
    }
    for (size_t i = 0; i < decoder->out.size; i++)
        if (decoder->out.data[i] == '\0')
            decoder->out.data[i] = ' ';
    return utf8;
}

static bool prepare(dl_decoder *decoder, const dl_charset *charset)
{
    if (decoder->converter && strcmp(decoder->charset.name, charset->name) == 0)
        return true;
    dl_converter_free(decoder->converter);
    decoder->charset = *charset;
    decoder->converter = dl_converter_new(charset);
    return decoder->converter != NULL;
}

dateline_status dl_decode_page(dl_decoder *decoder, dl_string page, const dl_told *told,
                               dl_string *utf8, dateline_error *error)
{
    dl_charset charset;
    dl_buffer_clear(&decoder->out);
    choose(page, told, &charset);
    if (dl_charset_is_utf8(&charset) && dl_utf8_check(page) == page.size) {
        *utf8 = tidy(decoder, page);
        return decoder->out.failed ? dl_error_memory(error) : DATELINE_OK;
    }
    if (!prepare(decoder, &charset))
        return dl_error_memory(error);
    size_t broken = dl_converter_all(decoder->converter, page, &decoder->out);
    *utf8 = tidy(decoder, (dl_string){decoder->out.data, decoder->out.size});
    if (decoder->out.failed)
        return dl_error_memory(error);
    if (broken > page.size / DL_BROKEN_SHARE + 1)
        return dl_error_set(error, DATELINE_BAD_UTF8,
                            "%zu places of the page are no characters of %s, the first "
                            "that is not UTF-8 at its byte %zu",
                            broken, charset.name, dl_utf8_check(page));
    return DATELINE_OK;
}
