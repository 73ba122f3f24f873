#include "base/base.h"

bool dl_map_init(dl_map *map, dl_arena *arena, size_t expected)
{
    size_t capacity = 16;
    while (capacity / 4 * 3 < expected)
        capacity *= 2;
    *map = (dl_map){.arena = arena,
                    .slots = DL_ARENA_ARRAY(arena, dl_map_slot, capacity),
                    .capacity = capacity};
    return map->slots != NULL;
}

static dl_map_slot *probe(dl_map_slot *slots, size_t capacity, dl_string key,
                          uint64_t hash)
{
    size_t at = (hash ^ (hash >> 32)) & (capacity - 1);
    while (slots[at].key.data &&
           !(slots[at].hash == hash && dl_string_equal(slots[at].key, key)))
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

uint32_t *dl_map_find(const dl_map *map, dl_string key)
{
    if (!map->capacity)
        return NULL;
    dl_map_slot *slot = probe(map->slots, map->capacity, key, dl_string_hash(key));
    return slot->key.data ? &slot->value : NULL;
}

static bool grow(dl_map *map)
{
    size_t capacity = map->capacity * 2;
    dl_map_slot *slots = DL_ARENA_ARRAY(map->arena, dl_map_slot, capacity);
    if (!slots)
        return false;
    for (size_t i = 0; i < map->capacity; i++)
        if (map->slots[i].key.data)
            *probe(slots, capacity, map->slots[i].key, map->slots[i].hash) =
                map->slots[i];
    map->slots = slots;
    map->capacity = capacity;
    return true;
}

uint32_t *dl_map_add(dl_map *map, dl_string key, uint32_t value, bool *added)
{
    if (map->count >= map->capacity / 4 * 3 && !grow(map))
        return NULL;
    uint64_t hash = dl_string_hash(key);
    dl_map_slot *slot = probe(map->slots, map->capacity, key, hash);
    if (added)
        *added = slot->key.data == NULL;
    if (!slot->key.data) {
        *slot = (dl_map_slot){key.data ? key : DL_STRING(""), hash, value};
        map->count++;
    }
    return &slot->value;
}
