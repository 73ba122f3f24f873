/* One arena per article: memory is handed out in order and given back all at once.
 *
 * Allocations are 16-byte aligned and zeroed. Under AddressSanitizer each is followed by
 * a poisoned redzone, and a reset poisons everything, so that reading past an array or
 * using memory of the last article is reported. Not for use by two threads at once. */
#ifndef DL_BASE_ARENA_H
#define DL_BASE_ARENA_H

#include "base/string.h"

typedef struct dl_arena dl_arena;

/* Owned by the caller; NULL where memory has run out. */
dl_arena *dl_arena_new(void);
void dl_arena_free(dl_arena *arena); /* NULL is allowed */

/* Gives all back at once; keeps the first blocks for the next article. */
void dl_arena_reset(dl_arena *arena);

/* `count` zeroed elements of `size` bytes, valid until the next reset; NULL where memory
 * has run out or count * size overflows. A count of 0 gives a valid pointer. */
void *dl_arena_get(dl_arena *arena, size_t count, size_t size);

#define DL_ARENA_ARRAY(arena, type, count)                                               \
    ((type *)dl_arena_get((arena), (size_t)(count), sizeof(type)))

/* Copies `s` and ends it with NUL (not counted in size); data is NULL on failure. */
dl_string dl_arena_string(dl_arena *arena, dl_string s);

/* printf into the arena; data is NULL on failure. */
dl_string dl_arena_format(dl_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Makes room for one more element of a growing array that lives in an arena: *items has
 * `count` elements and room for *capacity. Returns false where memory has run out. */
bool dl_arena_grow(dl_arena *arena, void **items, size_t count, size_t *capacity,
                   size_t size);

/* Bytes handed out since the last reset; bytes held from the system. */
size_t dl_arena_used(const dl_arena *arena);
size_t dl_arena_held(const dl_arena *arena);

#endif
