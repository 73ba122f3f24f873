#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"

void dl_buffer_release(dl_buffer *buffer)
{
    free(buffer->data);
    *buffer = (dl_buffer){0};
}

void dl_buffer_clear(dl_buffer *buffer)
{
    buffer->size = 0;
}

static bool reserve(dl_buffer *buffer, size_t more)
{
    if (buffer->failed)
        return false;
    if (more <= buffer->capacity - buffer->size)
        return true;
    size_t wanted = buffer->capacity ? buffer->capacity : 4096;
    while (wanted - buffer->size < more && wanted <= SIZE_MAX / 2)
        wanted *= 2;
    char *bigger = wanted - buffer->size < more ? NULL : realloc(buffer->data, wanted);
    if (!bigger) {
        buffer->failed = true;
        return false;
    }
    buffer->data = bigger;
    buffer->capacity = wanted;
    return true;
}

void dl_buffer_add(dl_buffer *buffer, const void *bytes, size_t size)
{
    if (size == 0 || !reserve(buffer, size))
        return;
    memcpy(buffer->data + buffer->size, bytes, size);
    buffer->size += size;
}

void dl_buffer_add_string(dl_buffer *buffer, dl_string s)
{
    dl_buffer_add(buffer, s.data, s.size);
}

void dl_buffer_add_text(dl_buffer *buffer, const char *text)
{
    dl_buffer_add(buffer, text, strlen(text));
}

void dl_buffer_add_char(dl_buffer *buffer, char c)
{
    dl_buffer_add(buffer, &c, 1);
}

void dl_buffer_add_format(dl_buffer *buffer, const char *format, ...)
{
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int size = vsnprintf(NULL, 0, format, list);
    va_end(list);
    if (size >= 0 && reserve(buffer, (size_t)size + 1)) {
        vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, again);
        buffer->size += (size_t)size;
    }
    va_end(again);
}

void dl_buffer_add_number(dl_buffer *buffer, double value)
{
    char text[40];
    if (!isfinite(value)) {
        dl_buffer_add_text(buffer, "null");
        return;
    }
    if (value == floor(value) && fabs(value) < 1e15) {
        dl_buffer_add_format(buffer, "%.0f", value == 0 ? 0.0 : value);
        return;
    }
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    for (char *c = text; *c; c++)
        *c = *c == ',' ? '.' : *c;
    dl_buffer_add_text(buffer, text);
}

static void add_json_escape(dl_buffer *buffer, unsigned char c)
{
    static const char *const short_forms[] = {
        ['\b'] = "\\b", ['\t'] = "\\t", ['\n'] = "\\n", ['\f'] = "\\f",
        ['\r'] = "\\r", ['"'] = "\\\"", ['\\'] = "\\\\"};
    if (c < sizeof short_forms / sizeof *short_forms && short_forms[c])
        dl_buffer_add_text(buffer, short_forms[c]);
    else
        dl_buffer_add_format(buffer, "\\u%04x", c);
}

void dl_buffer_add_json(dl_buffer *buffer, dl_string s)
{
    dl_buffer_add_char(buffer, '"');
    size_t plain = 0;
    for (size_t i = 0; i < s.size; i++) {
        unsigned char c = (unsigned char)s.data[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        dl_buffer_add(buffer, s.data + plain, i - plain);
        add_json_escape(buffer, c);
        plain = i + 1;
    }
    if (s.size)
        dl_buffer_add(buffer, s.data + plain, s.size - plain);
    dl_buffer_add_char(buffer, '"');
}
