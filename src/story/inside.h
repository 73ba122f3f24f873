/* The story room's own: what its files share. */
#ifndef DL_STORY_INSIDE_H
#define DL_STORY_INSIDE_H

#include "story/story.h"

enum {
    DL_BLOCK_TERMS = 8, /* heaviest terms of an article: two of them name a block */
    DL_BLOCK_PAIRS = DL_BLOCK_TERMS * (DL_BLOCK_TERMS - 1) / 2,
    DL_BLOCK_BANDS = 16, /* of two bins of the MinHash each */
    DL_BLOCKS = DL_BLOCK_PAIRS + DL_BLOCK_BANDS
};

typedef struct dl_story_article {
    dl_sketch sketch;
    size_t first_byte; /* of its reports, one behind the other */
    uint32_t first_record, record_count;
    bool replaced; /* by a later one of the same id */
    bool is_new;   /* its stories were never found */
    bool touched;  /* by what came since they were */
} dl_story_article;

typedef struct dl_story_record {
    uint64_t id, story, old_story;
    size_t byte;      /* of its report */
    uint32_t article; /* number */
    uint32_t size;    /* bytes of its report */
} dl_story_record;

/* Two records that may be one event, by number. */
typedef struct dl_edge {
    uint64_t tie; /* decides between equal scores; made of the ids */
    float score;
    uint32_t one, other;
} dl_edge;

/* A hash map from 64-bit ids to numbers, open addressing. */
typedef struct dl_ids {
    uint64_t *keys;
    uint32_t *values; /* UINT32_MAX: free */
    size_t capacity, count;
} dl_ids;

struct dl_story {
    dl_pair_weights weights;
    dl_story_article *articles;
    size_t article_count, article_capacity;
    dl_story_record *records;
    size_t record_count, record_capacity;
    uint8_t *bytes; /* reports, packed */
    size_t byte_count, byte_capacity;
    dl_ids article_ids, record_ids;
    uint32_t *originals; /* [articles] number of the first copy; NULL before resolving */
    size_t original_count;
    dl_edge *edges;
    size_t edge_count, edge_capacity;
    size_t peak; /* bytes held while resolving */
    bool all;    /* an article was replaced: what it touched is not known any more */
};

/* Makes room for `more` elements; false where memory has run out. */
bool dl_story_room(void **items, size_t count, size_t *capacity, size_t more,
                   size_t size);

bool dl_ids_set(dl_ids *ids, uint64_t key, uint32_t value);
uint32_t dl_ids_find(const dl_ids *ids, uint64_t key); /* UINT32_MAX: not there */
void dl_ids_release(dl_ids *ids);

void dl_story_read(const dl_story *story, uint32_t record, dl_report *report);

/* splitmix64 (Steele, Lea, Flood 2014). */
static inline uint64_t dl_story_mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

/* ---- Blocks (blocks.c) ---------------------------------------------------------------
 * Articles that share two of their heaviest terms, or a band of their MinHash. */

typedef struct dl_blocks {
    uint64_t *entries; /* key << 32 | rank, sorted */
    size_t count;
    uint32_t *places;     /* [articles][DL_BLOCKS] of an article's entries */
    uint32_t *order;      /* [articles] numbers by day, then hash: the rank */
    uint8_t *place_count; /* [articles] by rank */
    size_t articles, held;
} dl_blocks;

/* Names of an article's blocks, [DL_BLOCKS]; returns how many there are. */
size_t dl_block_keys(const dl_sketch *sketch, uint32_t *keys);

bool dl_blocks_build(dl_story *story, dl_blocks *blocks);
void dl_blocks_release(dl_blocks *blocks);

typedef enum dl_direction { DL_BEHIND, DL_BEFORE } dl_direction;

/* Ranks behind `rank` that it is to be compared with, or before it that are to be with
 * it, each once, ascending; `near` has room for DL_BLOCKS * DL_STORY_WINDOW. */
size_t dl_blocks_near(const dl_story *story, const dl_blocks *blocks, uint32_t rank,
                      dl_direction direction, uint32_t *near);

/* ---- Links (link.c) ------------------------------------------------------------------
 */

/* Edges from the pairs of records that blocks bring together, and copies of articles: of
 * all, or of those that new ones touch. Marks the articles whose stories are to be found
 * anew. */
bool dl_link_compare(dl_story *story, const dl_blocks *blocks, bool all);

/* Stories of the marked articles' records from edges. */
bool dl_link_join(dl_story *story);

#endif
