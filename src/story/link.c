#include <stdlib.h>

#include "story/inside.h"

/* ---- Comparing -----------------------------------------------------------------------
 */

/* The records of one article, unpacked. */
typedef struct side {
    dl_report reports[DL_STORY_RECORDS_MAX];
    size_t count;
    uint32_t first;
} side;

typedef struct comparison {
    dl_story *story;
    side one, other;
    dl_edge *best; /* of the record at hand, [DL_STORY_EDGES_MAX] a record of `one` */
    uint8_t best_count[DL_STORY_RECORDS_MAX];
} comparison;

static void unpack(const dl_story *story, uint32_t article, side *out)
{
    const dl_story_article *a = &story->articles[article];
    out->first = a->first_record;
    out->count = a->record_count < DL_STORY_RECORDS_MAX ? a->record_count
                                                        : DL_STORY_RECORDS_MAX;
    for (size_t i = 0; i < out->count; i++)
        dl_story_read(story, out->first + (uint32_t)i, &out->reports[i]);
}

static int by_score(const void *a, const void *b)
{
    const dl_edge *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->tie > y->tie) - (x->tie < y->tie);
}

static dl_edge make_edge(const dl_story *story, float score, uint32_t one, uint32_t other)
{
    const dl_story_record *records = story->records;
    uint64_t tie = dl_story_mix(records[one].id) + dl_story_mix(records[other].id);
    return (dl_edge){tie, score, one, other};
}

/* Keeps an edge of record `i` of `one`, the worst goes where there is no room. */
static void keep(comparison *c, size_t i, dl_edge edge)
{
    dl_edge *best = &c->best[i * DL_STORY_EDGES_MAX];
    size_t at = c->best_count[i];
    if (at == DL_STORY_EDGES_MAX && by_score(&edge, &best[at - 1]) >= 0)
        return;
    if (at < DL_STORY_EDGES_MAX)
        c->best_count[i]++;
    else
        at--;
    for (; at > 0 && by_score(&edge, &best[at - 1]) < 0; at--)
        best[at] = best[at - 1];
    best[at] = edge;
}

static void compare(comparison *c, const dl_alike *alike, const side *other)
{
    const dl_pair_weights *weights = &c->story->weights;
    float features[DL_FEATURES];
    for (size_t i = 0; i < c->one.count; i++)
        for (size_t k = other == &c->one ? i + 1 : 0; k < other->count; k++) {
            dl_pair_features(alike, &c->one.reports[i], &other->reports[k], features);
            float score = dl_pair_score(weights, features);
            if (score >= weights->consider)
                keep(c, i,
                     make_edge(c->story, score, c->one.first + (uint32_t)i,
                               other->first + (uint32_t)k));
        }
}

static bool add_edges(comparison *c)
{
    dl_story *story = c->story;
    for (size_t i = 0; i < c->one.count; i++) {
        size_t count = c->best_count[i];
        c->best_count[i] = 0;
        if (!dl_story_room(story, (void **)&story->edges, story->edge_count,
                           &story->edge_capacity, count, sizeof *story->edges))
            return false;
        for (size_t k = 0; k < count; k++)
            story->edges[story->edge_count++] = c->best[i * DL_STORY_EDGES_MAX + k];
    }
    return true;
}

/* Roots with the path halved; the smaller rank is the root. */
static uint32_t find_root(uint32_t *parents, uint32_t item)
{
    while (parents[item] != item) {
        parents[item] = parents[parents[item]];
        item = parents[item];
    }
    return item;
}

static void unite_copies(uint32_t *parents, uint32_t a, uint32_t b)
{
    a = find_root(parents, a);
    b = find_root(parents, b);
    if (a < b)
        parents[b] = a;
    else
        parents[a] = b;
}

static bool compare_article(comparison *c, const dl_blocks *blocks, uint32_t rank,
                            uint32_t *near, uint32_t *copies)
{
    dl_story *story = c->story;
    const dl_pair_weights *weights = &story->weights;
    const dl_story_article *article = &story->articles[blocks->order[rank]];
    size_t count = dl_blocks_near(story, blocks, rank, near);
    unpack(story, blocks->order[rank], &c->one);
    dl_alike alike = dl_pair_articles(&article->sketch, &article->sketch);
    compare(c, &alike, &c->one);
    for (size_t i = 0; i < count; i++) {
        uint32_t number = blocks->order[near[i]];
        alike = dl_pair_articles(&article->sketch, &story->articles[number].sketch);
        if (alike.copy >= weights->copy)
            unite_copies(copies, rank, near[i]);
        if (alike.terms < weights->articles && alike.copy < weights->copy)
            continue;
        unpack(story, number, &c->other);
        compare(c, &alike, &c->other);
    }
    return add_edges(c);
}

bool dl_link_compare(dl_story *story, const dl_blocks *blocks)
{
    comparison *c = calloc(1, sizeof *c);
    uint32_t *near = malloc((size_t)DL_BLOCKS * DL_STORY_WINDOW * sizeof *near);
    uint32_t *copies = malloc((blocks->articles + 1) * sizeof *copies);
    uint32_t *originals = malloc((story->article_count + 1) * sizeof *originals);
    dl_edge *best =
        malloc((size_t)DL_STORY_RECORDS_MAX * DL_STORY_EDGES_MAX * sizeof *best);
    bool good = c && near && copies && originals && best;
    story->edge_count = 0;
    if (good) {
        c->story = story;
        c->best = best;
        for (uint32_t i = 0; i < blocks->articles; i++)
            copies[i] = i;
        for (uint32_t i = 0; i < story->article_count; i++)
            originals[i] = i;
    }
    for (uint32_t rank = 0; good && rank < blocks->articles; rank++)
        good = compare_article(c, blocks, rank, near, copies);
    for (uint32_t rank = 0; good && rank < blocks->articles; rank++)
        originals[blocks->order[rank]] = blocks->order[find_root(copies, rank)];
    free(story->originals);
    story->originals = good ? originals : NULL;
    story->original_count = good ? story->article_count : 0;
    if (!good)
        free(originals);
    free(best);
    free(copies);
    free(near);
    free(c);
    return good;
}

/* ---- Joining -------------------------------------------------------------------------
 */

/* A set of records on its way to a story: the root of a union-find tree has a sample of
 * its records, those whose hashes are smallest, so that it does not depend on the order
 * of joining. */
typedef struct sample {
    uint32_t records[DL_STORY_SAMPLE];
    uint32_t size;
} sample;

typedef struct joining {
    dl_story *story;
    uint32_t *parents; /* [records] */
    uint32_t *samples; /* [records] number of a root's sample; UINT32_MAX: itself alone */
    sample *pool;
    size_t pool_count, pool_capacity;
} joining;

static uint64_t rank_of(const dl_story *story, uint32_t record)
{
    return dl_story_mix(story->records[record].id);
}

static sample sample_of(const joining *j, uint32_t root)
{
    if (j->samples[root] != UINT32_MAX)
        return j->pool[j->samples[root]];
    return (sample){{root}, 1};
}

static size_t sample_count(const sample *s)
{
    return s->size < DL_STORY_SAMPLE ? s->size : DL_STORY_SAMPLE;
}

static sample merge_samples(const dl_story *story, const sample *a, const sample *b)
{
    sample out = {.size = a->size + b->size};
    size_t i = 0, k = 0, left = sample_count(a), right = sample_count(b);
    for (size_t n = 0; n < sample_count(&out); n++) {
        bool first =
            k == right || (i < left && rank_of(story, a->records[i]) <
                                           rank_of(story, b->records[k]));
        out.records[n] = first ? a->records[i++] : b->records[k++];
    }
    return out;
}

/* What two records that are not known to be near each other count in a mean. */
static float score_of(const dl_story *story, uint32_t a, uint32_t b)
{
    const float strangers = -5;
    dl_report one, other;
    float features[DL_FEATURES];
    const dl_sketch *x = &story->articles[story->records[a].article].sketch;
    const dl_sketch *y = &story->articles[story->records[b].article].sketch;
    dl_alike alike = dl_pair_articles(x, y);
    if (!alike.same && alike.terms < story->weights.articles &&
        alike.copy < story->weights.copy)
        return strangers;
    dl_story_read(story, a, &one);
    dl_story_read(story, b, &other);
    dl_pair_features(&alike, &one, &other, features);
    return dl_pair_score(&story->weights, features);
}

/* Average link over the samples. */
static float mean_score(const dl_story *story, const sample *a, const sample *b)
{
    float sum = 0;
    size_t left = sample_count(a), right = sample_count(b);
    for (size_t i = 0; i < left; i++)
        for (size_t k = 0; k < right; k++)
            sum += score_of(story, a->records[i], b->records[k]);
    return sum / (float)(left * right);
}

static bool unite(joining *j, uint32_t a, uint32_t b, const sample *both)
{
    dl_story *story = j->story;
    uint32_t slot = j->samples[a] != UINT32_MAX ? j->samples[a] : j->samples[b];
    if (slot == UINT32_MAX) {
        if (!dl_story_room(story, (void **)&j->pool, j->pool_count, &j->pool_capacity, 1,
                           sizeof *j->pool))
            return false;
        slot = (uint32_t)j->pool_count++;
    }
    bool first = story->records[a].id < story->records[b].id;
    uint32_t root = first ? a : b;
    j->parents[first ? b : a] = root;
    j->pool[slot] = *both;
    j->samples[root] = slot;
    return true;
}

static bool join_edges(joining *j)
{
    dl_story *story = j->story;
    for (size_t i = 0; i < story->edge_count; i++) {
        uint32_t a = find_root(j->parents, story->edges[i].one);
        uint32_t b = find_root(j->parents, story->edges[i].other);
        if (a == b)
            continue;
        sample one = sample_of(j, a), other = sample_of(j, b);
        bool alone = one.size == 1 && other.size == 1;
        float mean = alone ? story->edges[i].score : mean_score(story, &one, &other);
        if (mean < story->weights.join)
            continue;
        sample both = merge_samples(story, &one, &other);
        if (!unite(j, a, b, &both))
            return false;
    }
    return true;
}

bool dl_link_join(dl_story *story)
{
    size_t count = story->record_count;
    joining j = {.story = story,
                 .parents = malloc((count + 1) * sizeof *j.parents),
                 .samples = malloc((count + 1) * sizeof *j.samples)};
    bool good = j.parents && j.samples;
    for (uint32_t i = 0; good && i < count; i++) {
        j.parents[i] = i;
        j.samples[i] = UINT32_MAX;
    }
    qsort(story->edges, story->edge_count, sizeof *story->edges, by_score);
    good = good && join_edges(&j);
    for (uint32_t i = 0; good && i < count; i++)
        story->records[i].story = story->records[find_root(j.parents, i)].id;
    story->peak += 2 * count * sizeof *j.parents + j.pool_capacity * sizeof *j.pool;
    free(j.parents);
    free(j.samples);
    free(j.pool);
    return good;
}
