/* UTF-8: checking, stepping, folding (utf8proc for what is not ASCII). */
#ifndef DL_BASE_UTF8_H
#define DL_BASE_UTF8_H

#include "base/arena.h"
#include "base/string.h"

/* Offset of the first byte that is not well-formed UTF-8 (surrogates and overlong forms
 * are not), or s.size where all is well. */
size_t dl_utf8_check(dl_string s);

/* Decodes the code point at s.data[at] (s must be well-formed, at < s.size) and sets
 * *size to its bytes. */
uint32_t dl_utf8_get(dl_string s, size_t at, size_t *size);

/* Encodes into `out` (4 bytes at least) and returns the bytes used. */
size_t dl_utf8_encode(uint32_t code_point, char out[4]);

/* Lower case without diacritics, curly quotes made straight and dashes made hyphens: the
 * form in which names and words are compared. Data is NULL where memory has run out. */
dl_string dl_utf8_fold(dl_arena *arena, dl_string s);

/* Lower case with its diacritics. */
dl_string dl_utf8_lower(dl_arena *arena, dl_string s);

bool dl_utf8_is_upper(uint32_t code_point);
bool dl_utf8_is_lower(uint32_t code_point);
bool dl_utf8_is_letter(uint32_t code_point); /* letters and marks */
bool dl_utf8_is_digit(uint32_t code_point);
bool dl_utf8_is_space(uint32_t code_point);       /* no-break and zero-width spaces too */
bool dl_utf8_is_punctuation(uint32_t code_point); /* and symbols */

#endif
