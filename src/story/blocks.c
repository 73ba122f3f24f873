#include <stdlib.h>

#include "story/inside.h"

/* ---- Names of blocks -----------------------------------------------------------------
 */

static bool is_heavier(const dl_term *a, const dl_term *b)
{
    return a->weight != b->weight ? a->weight > b->weight : a->hash < b->hash;
}

/* The heaviest terms, in order of hash, so that a pair has one name. */
static size_t heaviest(const dl_sketch *sketch, uint32_t *hashes)
{
    const dl_term *chosen[DL_BLOCK_TERMS];
    size_t count = 0;
    for (size_t i = 0; i < sketch->term_count; i++) {
        const dl_term *term = &sketch->terms[i];
        size_t at = count;
        while (at > 0 && is_heavier(term, chosen[at - 1]))
            at--;
        if (at == DL_BLOCK_TERMS)
            continue;
        count += count < DL_BLOCK_TERMS;
        for (size_t k = count - 1; k > at; k--)
            chosen[k] = chosen[k - 1];
        chosen[at] = term;
    }
    size_t kept = 0;
    for (size_t i = 0; i < sketch->term_count; i++)
        for (size_t k = 0; k < count; k++)
            if (chosen[k] == &sketch->terms[i])
                hashes[kept++] = sketch->terms[i].hash;
    return kept;
}

size_t dl_block_keys(const dl_sketch *sketch, uint32_t *keys)
{
    uint32_t hashes[DL_BLOCK_TERMS];
    size_t terms = heaviest(sketch, hashes), count = 0;
    for (size_t i = 0; i < terms; i++)
        for (size_t k = i + 1; k < terms; k++)
            keys[count++] = (uint32_t)dl_story_mix((uint64_t)hashes[i] << 32 | hashes[k]);
    for (size_t band = 0; sketch->shingles && band < DL_BLOCK_BANDS; band++)
        keys[count++] = (uint32_t)dl_story_mix((uint64_t)(band + 1) << 32 |
                                               (uint32_t)sketch->bins[2 * band] << 16 |
                                               sketch->bins[2 * band + 1]);
    return count;
}

/* ---- Sorting -------------------------------------------------------------------------
 */

/* Stable, by the upper half (LSD radix sort); `other` is as long. */
static void sort_entries(uint64_t *entries, uint64_t *other, size_t count)
{
    enum { BITS = 8, BUCKETS = 1 << BITS, FIRST = 32, LAST = 64 };
    for (unsigned shift = FIRST; shift < LAST; shift += BITS) {
        size_t starts[BUCKETS] = {0}, sum = 0;
        for (size_t i = 0; i < count; i++)
            starts[entries[i] >> shift & (BUCKETS - 1)]++;
        for (size_t i = 0; i < BUCKETS; i++) {
            size_t here = starts[i];
            starts[i] = sum;
            sum += here;
        }
        for (size_t i = 0; i < count; i++)
            other[starts[entries[i] >> shift & (BUCKETS - 1)]++] = entries[i];
        uint64_t *swap = entries;
        entries = other;
        other = swap;
    }
}

typedef struct ordered {
    uint64_t article;
    int32_t day;
    uint32_t number;
} ordered;

static int by_day(const void *a, const void *b)
{
    const ordered *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->article > y->article) - (x->article < y->article);
}

static bool find_order(const dl_story *story, dl_blocks *blocks)
{
    ordered *items = malloc((story->article_count + 1) * sizeof *items);
    if (!items || !blocks->order) {
        free(items);
        return false;
    }
    size_t count = 0;
    for (size_t i = 0; i < story->article_count; i++)
        if (!story->articles[i].replaced)
            items[count++] = (ordered){story->articles[i].sketch.article,
                                       story->articles[i].sketch.day, (uint32_t)i};
    qsort(items, count, sizeof *items, by_day);
    for (size_t i = 0; i < count; i++)
        blocks->order[i] = items[i].number;
    blocks->articles = count;
    blocks->held += count * sizeof *items;
    free(items);
    return true;
}

/* ---- The index -----------------------------------------------------------------------
 */

static void fill_places(dl_blocks *blocks)
{
    for (size_t i = 0; i < blocks->count; i++) {
        uint32_t rank = (uint32_t)blocks->entries[i];
        blocks->places[(size_t)rank * DL_BLOCKS + blocks->place_count[rank]++] =
            (uint32_t)i;
    }
}

/* Entries of blocks that nobody shares are of no use. */
static size_t drop_lonely(uint64_t *entries, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i + 1; end < count && entries[end] >> 32 == entries[i] >> 32; end++)
            ;
        for (size_t k = i; end - i > 1 && k < end; k++)
            entries[kept++] = entries[k];
    }
    return kept;
}

bool dl_blocks_build(dl_story *story, dl_blocks *blocks)
{
    size_t articles = story->article_count + 1;
    *blocks = (dl_blocks){.order = malloc(articles * sizeof *blocks->order),
                          .place_count = calloc(articles, 1),
                          .entries = malloc(articles * DL_BLOCKS * sizeof(uint64_t))};
    uint64_t *other = malloc(articles * DL_BLOCKS * sizeof *other);
    if (!blocks->entries || !other || !blocks->place_count ||
        !find_order(story, blocks)) {
        free(other);
        return false;
    }
    for (size_t rank = 0; rank < blocks->articles; rank++) {
        uint32_t keys[DL_BLOCKS];
        size_t count = dl_block_keys(&story->articles[blocks->order[rank]].sketch, keys);
        for (size_t i = 0; i < count; i++)
            blocks->entries[blocks->count++] = (uint64_t)keys[i] << 32 | rank;
    }
    sort_entries(blocks->entries, other, blocks->count);
    free(other);
    blocks->held += 2 * articles * DL_BLOCKS * sizeof *other;
    blocks->count = drop_lonely(blocks->entries, blocks->count);
    blocks->places = malloc(articles * DL_BLOCKS * sizeof *blocks->places);
    if (!blocks->places)
        return false;
    fill_places(blocks);
    return true;
}

void dl_blocks_release(dl_blocks *blocks)
{
    free(blocks->entries);
    free(blocks->places);
    free(blocks->order);
    free(blocks->place_count);
    *blocks = (dl_blocks){0};
}

/* ---- Neighbours ----------------------------------------------------------------------
 */

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool too_far(const dl_story *story, const dl_blocks *blocks, uint32_t a,
                    uint32_t b)
{
    int32_t one = story->articles[blocks->order[a]].sketch.day;
    int32_t other = story->articles[blocks->order[b]].sketch.day;
    return (one == DL_NO_DAY) != (other == DL_NO_DAY) ||
           (one != DL_NO_DAY && other - one > story->weights.days);
}

/* The entry `step` places behind or before `at`, of the same block and near enough; false
 * where there is none. */
static bool step_to(const dl_story *story, const dl_blocks *blocks, size_t at,
                    size_t step, dl_direction direction, uint32_t *rank)
{
    if (direction == DL_BEHIND ? at + step >= blocks->count : at < step)
        return false;
    uint64_t here = blocks->entries[at];
    uint64_t there = blocks->entries[direction == DL_BEHIND ? at + step : at - step];
    *rank = (uint32_t)there;
    return here >> 32 == there >> 32 &&
           (direction == DL_BEHIND ? !too_far(story, blocks, (uint32_t)here, *rank)
                                   : !too_far(story, blocks, *rank, (uint32_t)here));
}

size_t dl_blocks_near(const dl_story *story, const dl_blocks *blocks, uint32_t rank,
                      dl_direction direction, uint32_t *near)
{
    size_t count = 0, kept = 0;
    const uint32_t *places = &blocks->places[(size_t)rank * DL_BLOCKS];
    for (size_t i = 0; i < blocks->place_count[rank]; i++) {
        uint32_t other;
        for (size_t k = 1; k <= DL_STORY_WINDOW; k++) {
            if (!step_to(story, blocks, places[i], k, direction, &other))
                break;
            if (other != rank)
                near[count++] = other;
        }
    }
    qsort(near, count, sizeof *near, by_number);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || near[i] != near[i - 1])
            near[kept++] = near[i];
    return kept;
}
