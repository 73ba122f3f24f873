/* Purpose: bytes that grow, JSON strings, what stands in URLs.
 * Reads, writes: memory.
 * Cost:    linear.
 * Source:  RFC 3986 (URLs), RFC 8259 (JSON).
 * Limits:  none; callers bound what they add. */
#ifndef SERVE_TEXT_H
#define SERVE_TEXT_H

#include <jansson.h>

#include "dateline.h"

/* Zeroed, it is empty. After `failed` (no memory) nothing more is added. */
typedef struct serve_text {
    char *data; /* ends with NUL where not NULL */
    size_t size, capacity;
    bool failed;
} serve_text;

bool serve_text_add(void *text, const char *data, size_t size); /* a dateline_sink */
void serve_text_print(serve_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void serve_text_json(serve_text *text, dateline_text value); /* a JSON string */
void serve_text_value(serve_text *text, const json_t *value);
void serve_text_release(serve_text *text);

/* Decodes "%41" (and, with `plus`, "+" as a blank) in place and ends it with NUL; false
 * where it is malformed, has a NUL in it, or is not UTF-8. */
bool serve_url_decode(char *text, bool plus);

/* Bytes mended to UTF-8: what is none becomes U+FFFD. */
void serve_text_mend(serve_text *text, const unsigned char *data, size_t size);

/* FNV-1a of a text that ends with NUL. */
uint64_t serve_hash(const char *text);

#endif
