#include "serve/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint64_t serve_hash(const char *text)
{
    uint64_t hash = 14695981039346656037u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return hash;
}

bool serve_text_add(void *context, const char *data, size_t size)
{
    serve_text *text = context;
    if (text->failed)
        return false;
    if (text->size + size + 1 > text->capacity) {
        size_t capacity = (text->size + size + 1) * 2;
        char *grown = realloc(text->data, capacity);
        if (!grown) {
            text->failed = true;
            return false;
        }
        text->data = grown;
        text->capacity = capacity;
    }
    if (size)
        memcpy(text->data + text->size, data, size);
    text->size += size;
    text->data[text->size] = '\0';
    return true;
}

void serve_text_print(serve_text *text, const char *format, ...)
{
    char line[512];
    va_list values;
    va_start(values, format);
    int size = vsnprintf(line, sizeof line, format, values);
    va_end(values);
    if (size < 0 || (size_t)size >= sizeof line)
        text->failed = true;
    else
        serve_text_add(text, line, (size_t)size);
}

static int add_dumped(const char *data, size_t size, void *text)
{
    return serve_text_add(text, data, size) ? 0 : -1;
}

void serve_text_value(serve_text *text, const json_t *value)
{
    enum { DIGITS = 15 };
    if (!value || json_dump_callback(value, add_dumped, text,
                                     JSON_COMPACT | JSON_ENCODE_ANY |
                                         JSON_REAL_PRECISION(DIGITS)) != 0)
        text->failed = true;
}

void serve_text_json(serve_text *text, dateline_text value)
{
    serve_text_add(text, "\"", 1);
    size_t from = 0;
    for (size_t i = 0; i < value.size; i++) {
        unsigned char byte = (unsigned char)value.data[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        serve_text_add(text, value.data + from, i - from);
        if (byte < 0x20)
            serve_text_print(text, "\\u%04x", byte);
        else
            serve_text_print(text, "\\%c", byte);
        from = i + 1;
    }
    if (value.size)
        serve_text_add(text, value.data + from, value.size - from);
    serve_text_add(text, "\"", 1);
}

void serve_text_release(serve_text *text)
{
    free(text->data);
    *text = (serve_text){0};
}

static int digit_of(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

/* Bytes of the character at `at`; 0 where there is none (RFC 3629). */
static size_t character_size(const unsigned char *at, size_t left)
{
    unsigned char first = at[0];
    if (first < 0x80)
        return 1;
    size_t size = first < 0xC2   ? 0
                  : first < 0xE0 ? 2
                  : first < 0xF0 ? 3
                  : first < 0xF5 ? 4
                                 : 0;
    if (size == 0 || size > left)
        return 0;
    for (size_t i = 1; i < size; i++)
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    bool wrong = (first == 0xE0 && at[1] < 0xA0) || (first == 0xED && at[1] > 0x9F) ||
                 (first == 0xF0 && at[1] < 0x90) || (first == 0xF4 && at[1] > 0x8F);
    return wrong ? 0 : size;
}

bool serve_url_decode(char *text, bool plus)
{
    char *out = text;
    for (const char *in = text; *in; in++) {
        if (*in == '%') {
            int high = digit_of(in[1]);
            int low = high < 0 ? -1 : digit_of(in[2]);
            if (low < 0 || high * 16 + low == 0)
                return false;
            *out++ = (char)(high * 16 + low);
            in += 2;
        } else {
            *out++ = plus && *in == '+' ? ' ' : *in;
        }
    }
    *out = '\0';
    size_t size = (size_t)(out - text), step;
    for (size_t i = 0; i < size; i += step)
        if ((step = character_size((unsigned char *)text + i, size - i)) == 0)
            return false;
    return true;
}

void serve_text_mend(serve_text *text, const unsigned char *data, size_t size)
{
    for (size_t i = 0; i < size;) {
        size_t step = data[i] ? character_size(data + i, size - i) : 0;
        if (step)
            serve_text_add(text, (const char *)data + i, step);
        else
            serve_text_add(text, "\xEF\xBF\xBD", 3);
        i += step ? step : 1;
    }
}
