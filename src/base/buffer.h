/* A growing run of bytes on the heap: output before it is handed to a sink. */
#ifndef DL_BASE_BUFFER_H
#define DL_BASE_BUFFER_H

#include "base/string.h"

/* Zero-initialised is an empty buffer. `failed` stays set once memory has run out; later
 * additions are then ignored, so that writers check once at the end. */
typedef struct dl_buffer {
    char *data;
    size_t size, capacity;
    bool failed;
} dl_buffer;

void dl_buffer_release(dl_buffer *buffer); /* leaves an empty buffer */
void dl_buffer_clear(dl_buffer *buffer);   /* keeps the memory */

void dl_buffer_add(dl_buffer *buffer, const void *bytes, size_t size);
void dl_buffer_add_string(dl_buffer *buffer, dl_string s);
void dl_buffer_add_text(dl_buffer *buffer, const char *text);
void dl_buffer_add_char(dl_buffer *buffer, char c);
void dl_buffer_add_format(dl_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A number in its shortest form that reads back the same, with '.' in every locale. */
void dl_buffer_add_number(dl_buffer *buffer, double value);

/* `s` as a JSON string with its quotes; `s` must be UTF-8. */
void dl_buffer_add_json(dl_buffer *buffer, dl_string s);

#endif
