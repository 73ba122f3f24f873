/* Hash map from strings to 32-bit numbers, open addressing, in an arena. */
#ifndef DL_BASE_MAP_H
#define DL_BASE_MAP_H

#include "base/arena.h"

typedef struct dl_map_slot {
    dl_string key; /* data == NULL: free */
    uint64_t hash;
    uint32_t value;
} dl_map_slot;

/* Borrows its keys: they must live as long as the map. Power-of-two slots, at most 3/4
 * full. Order of insertion does not matter to what is found. */
typedef struct dl_map {
    dl_arena *arena;
    dl_map_slot *slots;
    size_t capacity, count;
} dl_map;

/* Borrows `arena` until the map is last used. */
bool dl_map_init(dl_map *map, dl_arena *arena, size_t expected);

/* Pointer to the value of `key`, or NULL. Valid until the next dl_map_add. */
uint32_t *dl_map_find(const dl_map *map, dl_string key);

/* The value of `key`, put there as `value` first where it was missing; *added (may be
 * NULL) tells which. NULL where memory has run out. */
uint32_t *dl_map_add(dl_map *map, dl_string key, uint32_t value, bool *added);

#endif
