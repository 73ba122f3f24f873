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

typedef struct rank_pair {
    uint32_t one, other;
} rank_pair;

/* Where the ties of an article stand. */
typedef struct span {
    size_t first, last;
    bool done;
} span;

typedef struct comparison {
    dl_story *story;
    const dl_blocks *blocks;
    side one, other;
    dl_edge *best; /* [DL_STORY_EDGES_MAX] of each record of `one` */
    uint8_t best_count[DL_STORY_RECORDS_MAX];
    uint32_t *near, *before;
    rank_pair *copies;
    size_t copy_count, copy_capacity;
    bool *visited; /* [articles] by rank: their stories are found anew */
    /* Of compare_touched: */
    uint32_t *ranks; /* [articles] by number */
    span *spans;     /* [articles] by rank; NULL: all articles are compared */
    uint32_t *ties;  /* ranks of the articles behind one that it has to do with */
    size_t tie_count, tie_capacity;
    uint32_t *queue;
    size_t queued;
} comparison;

static void unpack(const dl_story *story, uint32_t article, side *out)
{
    const dl_story_article *a = &story->articles[article];
    out->first = a->first_record;
    out->count =
        a->record_count < DL_STORY_RECORDS_MAX ? a->record_count : DL_STORY_RECORDS_MAX;
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

/* Whether any two records are worth an edge, and be it that there was no room for it. */
static bool compare(comparison *c, const dl_alike *alike, const side *other)
{
    const dl_pair_weights *weights = &c->story->weights;
    float features[DL_FEATURES];
    bool any = false;
    for (size_t i = 0; i < c->one.count; i++)
        for (size_t k = other == &c->one ? i + 1 : 0; k < other->count; k++) {
            dl_pair_features(alike, &c->one.reports[i], &other->reports[k], features);
            float score = dl_pair_score(weights, features);
            if (score < weights->consider)
                continue;
            any = true;
            keep(c, i,
                 make_edge(c->story, score, c->one.first + (uint32_t)i,
                           other->first + (uint32_t)k));
        }
    return any;
}

static bool add_edges(comparison *c)
{
    dl_story *story = c->story;
    for (size_t i = 0; i < c->one.count; i++) {
        size_t count = c->best_count[i];
        c->best_count[i] = 0;
        if (!dl_story_room((void **)&story->edges, story->edge_count,
                           &story->edge_capacity, count, sizeof *story->edges))
            return false;
        for (size_t k = 0; k < count; k++)
            story->edges[story->edge_count++] = c->best[i * DL_STORY_EDGES_MAX + k];
    }
    return true;
}

static bool add_copy(comparison *c, uint32_t rank, uint32_t other)
{
    if (!dl_story_room((void **)&c->copies, c->copy_count, &c->copy_capacity, 1,
                       sizeof *c->copies))
        return false;
    c->copies[c->copy_count++] = (rank_pair){rank, other};
    return true;
}

static bool add_tie(comparison *c, uint32_t other)
{
    if (!dl_story_room((void **)&c->ties, c->tie_count, &c->tie_capacity, 1,
                       sizeof *c->ties))
        return false;
    c->ties[c->tie_count++] = other;
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

/* The edges from one article to itself and to those behind it, and its copies there. */
static bool compare_article(comparison *c, uint32_t rank)
{
    dl_story *story = c->story;
    const dl_pair_weights *weights = &story->weights;
    const dl_story_article *article = &story->articles[c->blocks->order[rank]];
    size_t count = dl_blocks_near(story, c->blocks, rank, DL_BEHIND, c->near);
    unpack(story, c->blocks->order[rank], &c->one);
    dl_alike alike = dl_pair_articles(&article->sketch, &article->sketch);
    compare(c, &alike, &c->one);
    for (size_t i = 0; i < count; i++) {
        uint32_t number = c->blocks->order[c->near[i]];
        alike = dl_pair_articles(&article->sketch, &story->articles[number].sketch);
        bool copy = alike.copy >= weights->copy;
        if (copy && !add_copy(c, rank, c->near[i]))
            return false;
        if (!copy && alike.terms < weights->articles)
            continue;
        unpack(story, number, &c->other);
        bool tied = compare(c, &alike, &c->other) || copy;
        if (tied && c->spans && !add_tie(c, c->near[i]))
            return false;
    }
    return add_edges(c);
}

static bool open_comparison(comparison *c, dl_story *story, const dl_blocks *blocks)
{
    const size_t room = (size_t)DL_BLOCKS * DL_STORY_WINDOW;
    *c = (comparison){.story = story,
                      .blocks = blocks,
                      .near = malloc(room * sizeof *c->near),
                      .before = malloc(room * sizeof *c->before),
                      .best = malloc((size_t)DL_STORY_RECORDS_MAX * DL_STORY_EDGES_MAX *
                                     sizeof *c->best),
                      .visited = calloc(blocks->articles + 1, 1)};
    story->edge_count = 0;
    return c->near && c->before && c->best && c->visited;
}

static void close_comparison(comparison *c)
{
    free(c->near);
    free(c->before);
    free(c->best);
    free(c->visited);
    free(c->copies);
    free(c->ranks);
    free(c->spans);
    free(c->ties);
    free(c->queue);
}

/* ---- What new articles touch ---------------------------------------------------------
 * An article is touched where it stands within a window of a new one in a block: only
 * there can its neighbours have changed. Stories can change only among touched articles
 * and those that are tied to them, in either direction, however far. Copies are tied, and
 * articles with records worth an edge: those too that better edges left no room for, as
 * these may be the new ones. */

static void visit(comparison *c, uint32_t rank)
{
    if (c->visited[rank])
        return;
    c->visited[rank] = true;
    c->queue[c->queued++] = rank;
}

/* Compares an article once and remembers where its ties stand. */
static bool compute(comparison *c, uint32_t rank)
{
    span *s = &c->spans[rank];
    if (s->done)
        return true;
    s->done = true;
    s->first = c->tie_count;
    if (!compare_article(c, rank))
        return false;
    s->last = c->tie_count;
    return true;
}

static uint32_t rank_of_record(const comparison *c, uint32_t record)
{
    return c->ranks[c->story->records[record].article];
}

/* Visits all behind the article that is tied to it. */
static void follow(comparison *c, uint32_t rank)
{
    const span *s = &c->spans[rank];
    for (size_t i = s->first; i < s->last; i++)
        visit(c, c->ties[i]);
}

static bool is_tied(const comparison *c, uint32_t rank, uint32_t other)
{
    const span *s = &c->spans[rank];
    for (size_t i = s->first; i < s->last; i++)
        if (c->ties[i] == other)
            return true;
    return false;
}

static void seed(comparison *c, uint32_t rank)
{
    const dl_direction directions[] = {DL_BEHIND, DL_BEFORE};
    visit(c, rank);
    for (size_t d = 0; d < 2; d++) {
        size_t count = dl_blocks_near(c->story, c->blocks, rank, directions[d], c->near);
        for (size_t i = 0; i < count; i++)
            visit(c, c->near[i]);
    }
}

static bool walk(comparison *c)
{
    for (uint32_t rank = 0; rank < c->blocks->articles; rank++)
        if (c->story->articles[c->blocks->order[rank]].is_new)
            seed(c, rank);
    for (size_t at = 0; at < c->queued; at++) {
        uint32_t rank = c->queue[at];
        if (!compute(c, rank))
            return false;
        follow(c, rank);
        size_t count = dl_blocks_near(c->story, c->blocks, rank, DL_BEFORE, c->before);
        for (size_t i = 0; i < count; i++) {
            if (c->visited[c->before[i]])
                continue;
            if (!compute(c, c->before[i]))
                return false;
            if (is_tied(c, c->before[i], rank))
                visit(c, c->before[i]);
        }
    }
    return true;
}

/* Edges that lead out of what was visited belong to stories that do not change. */
static void keep_visited(comparison *c)
{
    dl_story *story = c->story;
    size_t kept = 0;
    for (size_t i = 0; i < story->edge_count; i++)
        if (c->visited[rank_of_record(c, story->edges[i].one)])
            story->edges[kept++] = story->edges[i];
    story->edge_count = kept;
    kept = 0;
    for (size_t i = 0; i < c->copy_count; i++)
        if (c->visited[c->copies[i].one])
            c->copies[kept++] = c->copies[i];
    c->copy_count = kept;
}

static bool compare_touched(comparison *c)
{
    size_t articles = c->blocks->articles + 1;
    c->ranks = malloc((c->story->article_count + 1) * sizeof *c->ranks);
    c->spans = calloc(articles, sizeof *c->spans);
    c->queue = malloc(articles * sizeof *c->queue);
    if (!c->ranks || !c->spans || !c->queue)
        return false;
    for (uint32_t rank = 0; rank < c->blocks->articles; rank++)
        c->ranks[c->blocks->order[rank]] = rank;
    if (!walk(c))
        return false;
    keep_visited(c);
    return true;
}

static bool compare_all(comparison *c)
{
    memset(c->visited, 1, c->blocks->articles);
    for (uint32_t rank = 0; rank < c->blocks->articles; rank++)
        if (!compare_article(c, rank))
            return false;
    return true;
}

/* The first copy of each article that was visited; what was found before stays. */
static bool find_originals(comparison *c)
{
    dl_story *story = c->story;
    const dl_blocks *blocks = c->blocks;
    uint32_t *parents = malloc((blocks->articles + 1) * sizeof *parents);
    uint32_t *originals =
        realloc(story->originals, (story->article_count + 1) * sizeof *originals);
    if (originals)
        story->originals = originals;
    if (!parents || !originals) {
        free(parents);
        return false;
    }
    for (size_t i = story->original_count; i < story->article_count; i++)
        originals[i] = (uint32_t)i;
    story->original_count = story->article_count;
    for (uint32_t i = 0; i < blocks->articles; i++)
        parents[i] = i;
    for (size_t i = 0; i < c->copy_count; i++)
        unite_copies(parents, c->copies[i].one, c->copies[i].other);
    for (uint32_t i = 0; i < blocks->articles; i++)
        if (c->visited[i])
            originals[blocks->order[i]] = blocks->order[find_root(parents, i)];
    free(parents);
    return true;
}

bool dl_link_compare(dl_story *story, const dl_blocks *blocks, bool all)
{
    comparison *c = malloc(sizeof *c);
    if (!c)
        return false;
    bool good = open_comparison(c, story, blocks) &&
                (all ? compare_all(c) : compare_touched(c)) && find_originals(c);
    for (uint32_t rank = 0; good && rank < blocks->articles; rank++)
        story->articles[blocks->order[rank]].touched = c->visited[rank];
    close_comparison(c);
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
        bool first = k == right || (i < left && rank_of(story, a->records[i]) <
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
        if (!dl_story_room((void **)&j->pool, j->pool_count, &j->pool_capacity, 1,
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
    if (story->edge_count > 0)
        qsort(story->edges, story->edge_count, sizeof *story->edges, by_score);
    good = good && join_edges(&j);
    for (uint32_t i = 0; good && i < count; i++)
        if (story->articles[story->records[i].article].touched)
            story->records[i].story = story->records[find_root(j.parents, i)].id;
    story->peak += 2 * count * sizeof *j.parents + j.pool_capacity * sizeof *j.pool;
    free(j.parents);
    free(j.samples);
    free(j.pool);
    return good;
}
