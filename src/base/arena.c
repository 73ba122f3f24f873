#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"

#if defined(__SANITIZE_ADDRESS__)
#define DL_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DL_ASAN 1
#endif
#endif

#ifdef DL_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(at, size) __asan_poison_memory_region((at), (size))
#define UNPOISON(at, size) __asan_unpoison_memory_region((at), (size))
enum { REDZONE = 16 };
#else
#define POISON(at, size) ((void)(at), (void)(size))
#define UNPOISON(at, size) ((void)(at), (void)(size))
enum { REDZONE = 0 };
#endif

enum {
    ALIGNMENT = 16,
    FIRST_BLOCK = 1 << 20,
    KEPT_BYTES = 32 << 20 /* blocks past this are returned to the system on reset */
};

/* Blocks form a list in order of use; `current` is where the next allocation is tried. */
typedef struct block {
    struct block *next;
    size_t size, used;
    char bytes[];
} block;

struct dl_arena {
    block *first, *current;
    size_t used;
};

static block *block_new(size_t size)
{
    block *b = calloc(1, sizeof *b + size + ALIGNMENT);
    if (!b)
        return NULL;
    *b = (block){.size = size};
    POISON(b->bytes, size + ALIGNMENT);
    return b;
}

static void block_free(block *b)
{
    UNPOISON(b->bytes, b->size + ALIGNMENT);
    free(b);
}

dl_arena *dl_arena_new(void)
{
    dl_arena *arena = malloc(sizeof *arena);
    if (!arena)
        return NULL;
    block *first = block_new(FIRST_BLOCK);
    if (!first) {
        free(arena);
        return NULL;
    }
    *arena = (dl_arena){.first = first, .current = first};
    return arena;
}

void dl_arena_free(dl_arena *arena)
{
    if (!arena)
        return;
    for (block *b = arena->first, *next; b; b = next) {
        next = b->next;
        block_free(b);
    }
    free(arena);
}

void dl_arena_reset(dl_arena *arena)
{
    size_t kept = 0;
    block **link = &arena->first;
    while (*link) {
        block *b = *link;
        kept += b->size;
        if (b != arena->first && kept > KEPT_BYTES) {
            *link = b->next;
            block_free(b);
            continue;
        }
        b->used = 0;
        POISON(b->bytes, b->size + ALIGNMENT);
        link = &b->next;
    }
    arena->current = arena->first;
    arena->used = 0;
}

static size_t aligned_start(const block *b)
{
    uintptr_t at = (uintptr_t)b->bytes + b->used;
    return b->used + (ALIGNMENT - at % ALIGNMENT) % ALIGNMENT;
}

static void *take(block *b, size_t size)
{
    size_t start = aligned_start(b);
    if (start > b->size || b->size - start < size)
        return NULL;
    b->used = start + size;
    return b->bytes + start;
}

static void *take_from_new_block(dl_arena *arena, size_t size)
{
    size_t wanted = arena->current->size * 2;
    while (wanted < size + ALIGNMENT)
        wanted *= 2;
    block *b = block_new(wanted);
    if (!b)
        return NULL;
    b->next = arena->current->next;
    arena->current->next = b;
    arena->current = b;
    return take(b, size);
}

void *dl_arena_get(dl_arena *arena, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 4)
        return NULL;
    size_t whole = bytes + REDZONE;
    void *at = take(arena->current, whole);
    while (!at && arena->current->next) {
        arena->current = arena->current->next;
        at = take(arena->current, whole);
    }
    if (!at)
        at = take_from_new_block(arena, whole);
    if (!at)
        return NULL;
    UNPOISON(at, bytes);
    memset(at, 0, bytes);
    arena->used += bytes;
    return at;
}

dl_string dl_arena_string(dl_arena *arena, dl_string s)
{
    char *copy = dl_arena_get(arena, s.size + 1, 1);
    if (!copy)
        return (dl_string){0};
    if (s.size)
        memcpy(copy, s.data, s.size);
    return (dl_string){copy, s.size};
}

dl_string dl_arena_format(dl_arena *arena, const char *format, ...)
{
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int size = vsnprintf(NULL, 0, format, list);
    va_end(list);
    char *text = size < 0 ? NULL : dl_arena_get(arena, (size_t)size + 1, 1);
    if (text)
        vsnprintf(text, (size_t)size + 1, format, again);
    va_end(again);
    return text ? (dl_string){text, (size_t)size} : (dl_string){0};
}

bool dl_arena_grow(dl_arena *arena, void **items, size_t count, size_t *capacity,
                   size_t size)
{
    if (count < *capacity)
        return true;
    size_t wanted = *capacity ? *capacity * 2 : 16;
    while (wanted <= count)
        wanted *= 2; /* an array that another stage has made: its room is not known */
    void *bigger = dl_arena_get(arena, wanted, size);
    if (!bigger)
        return false;
    if (count)
        memcpy(bigger, *items, count * size);
    *items = bigger;
    *capacity = wanted;
    return true;
}

size_t dl_arena_used(const dl_arena *arena)
{
    return arena->used;
}

size_t dl_arena_held(const dl_arena *arena)
{
    size_t held = 0;
    for (const block *b = arena->first; b; b = b->next)
        held += b->size;
    return held;
}
