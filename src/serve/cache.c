/* Finished answers by URL: a table of chains, and a ring by use. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "serve/inside.h"

typedef struct entry {
    char *url;
    struct MHD_Response *response;
    size_t size;
    uint64_t generation;
    struct entry *next;          /* in its chain */
    struct entry *newer, *older; /* in the ring */
} entry;

struct serve_cache {
    pthread_mutex_t lock;
    entry *slots[SERVE_CACHE_SLOTS];
    entry ring; /* its `older` was used last, its `newer` longest ago */
    size_t size;
};

serve_cache *serve_cache_new(void)
{
    serve_cache *cache = calloc(1, sizeof *cache);
    if (!cache)
        return NULL;
    pthread_mutex_init(&cache->lock, NULL);
    cache->ring.newer = cache->ring.older = &cache->ring;
    return cache;
}

static entry **slot_of(serve_cache *cache, const char *url)
{
    entry **slot = &cache->slots[serve_hash(url) % SERVE_CACHE_SLOTS];
    while (*slot && strcmp((*slot)->url, url) != 0)
        slot = &(*slot)->next;
    return slot;
}

static void leave_ring(entry *kept)
{
    kept->newer->older = kept->older;
    kept->older->newer = kept->newer;
}

static void enter_ring(serve_cache *cache, entry *kept)
{
    kept->older = cache->ring.older;
    kept->newer = &cache->ring;
    kept->older->newer = kept;
    cache->ring.older = kept;
}

static void drop(serve_cache *cache, entry **slot)
{
    entry *dropped = *slot;
    *slot = dropped->next;
    leave_ring(dropped);
    cache->size -= dropped->size;
    MHD_destroy_response(dropped->response);
    free(dropped->url);
    free(dropped);
}

void serve_cache_free(serve_cache *cache)
{
    if (!cache)
        return;
    for (size_t i = 0; i < SERVE_CACHE_SLOTS; i++)
        while (cache->slots[i])
            drop(cache, &cache->slots[i]);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

bool serve_cache_answer(serve_cache *cache, const serve_call *call, uint64_t generation,
                        enum MHD_Result *result)
{
    pthread_mutex_lock(&cache->lock);
    entry **slot = slot_of(cache, call->url), *found = *slot;
    bool current = found && found->generation == generation;
    if (current) {
        leave_ring(found);
        enter_ring(cache, found);
        *result = MHD_queue_response(call->connection, MHD_HTTP_OK, found->response);
    } else if (found) {
        drop(cache, slot);
    }
    pthread_mutex_unlock(&cache->lock);
    return current;
}

static entry *entry_new(const serve_call *call, struct MHD_Response *response,
                        size_t size)
{
    entry *added = calloc(1, sizeof *added);
    char *url = malloc(strlen(call->url) + 1);
    if (!added || !url) {
        free(added);
        free(url);
        return NULL;
    }
    strcpy(url, call->url);
    *added = (entry){.url = url,
                     .response = response,
                     .size = size + strlen(url) + sizeof *added,
                     .generation = call->generation};
    return added;
}

/* The cache has a reference of its own: MHD counts those of responses it was given once
 * more than it was told to destroy; `response` is destroyed here and nowhere else. */
void serve_cache_keep(serve_cache *cache, const serve_call *call,
                      struct MHD_Response *response, size_t size)
{
    entry *added = entry_new(call, response, size);
    if (!added) {
        MHD_destroy_response(response);
        return;
    }
    pthread_mutex_lock(&cache->lock);
    entry **slot = slot_of(cache, call->url);
    if (*slot)
        drop(cache, slot); /* the end of the chain, or what came next, moves up */
    slot = slot_of(cache, call->url);
    added->next = *slot;
    *slot = added;
    enter_ring(cache, added);
    cache->size += added->size;
    while (cache->size > SERVE_CACHE_BYTES)
        drop(cache, slot_of(cache, cache->ring.newer->url));
    pthread_mutex_unlock(&cache->lock);
}
