/* Invariants of the contraction:
 * 1. Nodes are 0..count; 0 is the root. A contracted cycle lives on in its first member,
 *    the others are not `alive`.
 * 2. weight[h][d] is what the arc from node h to node d is worth; from/to[h][d] are the
 *    words that it joins in the sentence.
 * 3. Level k of the history has the cycle's members with the arcs that closed it; a
 *    level's `inside` says for every word which member holds it.
 *
 * Opening the history from the last level back: the arc that enters the contracted node
 * enters one member, which drops its arc in the cycle; the others keep theirs. */
#include <stdlib.h>

#include "parse/tree.h"

enum { NODES = DL_WINDOW + 1 };
static const double root_charge = 65536.0; /* scores stay far below in size */

typedef struct arc {
    int16_t from, to; /* words */
} arc;

typedef struct level {
    int16_t member[NODES]; /* nodes */
    arc arcs[NODES];       /* of each member */
    int16_t inside[NODES]; /* by word: the member that holds it, -1 for none */
    int32_t size;
} level;

struct dl_tree_space {
    double weight[NODES][NODES]; /* [head][dependent] */
    arc arcs[NODES][NODES];
    int16_t best[NODES];  /* head node of each node */
    int16_t owner[NODES]; /* node that holds each word */
    bool alive[NODES];
    arc chosen[NODES];
    level history[NODES];
    int32_t levels, nodes;
};

dl_tree_space *dl_tree_space_new(void)
{
    return calloc(1, sizeof(dl_tree_space));
}

void dl_tree_space_free(dl_tree_space *space)
{
    free(space);
}

bool dl_tree_valid(const int32_t *heads, size_t count)
{
    uint16_t seen[NODES] = {0};
    size_t roots = 0;
    if (count >= NODES)
        return false;
    for (size_t i = 0; i < count; i++) {
        roots += heads[i] == 0;
        size_t at = i + 1;
        while (at != 0 && seen[at] == 0) {
            seen[at] = (uint16_t)(i + 1);
            at = (size_t)heads[at - 1];
            if (at > count)
                return false;
        }
        if (at != 0 && seen[at] == i + 1)
            return false;
    }
    return roots == 1;
}

static void greedy(const float *scores, size_t stride, size_t count, int32_t *heads)
{
    for (size_t i = 0; i < count; i++) {
        const float *row = scores + i * stride;
        size_t best = 0;
        for (size_t h = 1; h <= count; h++)
            if (h != i + 1 && row[h] > row[best])
                best = h;
        heads[i] = (int32_t)best;
    }
}

static void begin(dl_tree_space *s, const float *scores, size_t stride, size_t count)
{
    s->nodes = (int32_t)count + 1;
    s->levels = 0;
    for (int16_t h = 0; h < s->nodes; h++) {
        s->alive[h] = true;
        s->owner[h] = h;
        for (int16_t d = 1; d < s->nodes; d++) {
            s->weight[h][d] = (double)scores[(size_t)(d - 1) * stride + (size_t)h] -
                              (h == 0 ? root_charge : 0);
            s->arcs[h][d] = (arc){h, d};
        }
    }
}

static void pick_best(dl_tree_space *s)
{
    for (int16_t d = 1; d < s->nodes; d++) {
        if (!s->alive[d])
            continue;
        int16_t best = 0;
        for (int16_t h = 1; h < s->nodes; h++)
            if (s->alive[h] && h != d && s->weight[h][d] > s->weight[best][d])
                best = h;
        s->best[d] = best;
        s->chosen[d] = s->arcs[best][d];
    }
}

/* Some node on a cycle of the best arcs; 0 where there is none. */
static int16_t find_cycle(const dl_tree_space *s)
{
    int16_t seen[NODES] = {0};
    for (int16_t d = 1; d < s->nodes; d++) {
        int16_t at = d;
        if (!s->alive[d])
            continue;
        while (at != 0 && seen[at] == 0) {
            seen[at] = d;
            at = s->best[at];
        }
        if (at != 0 && seen[at] == d)
            return at;
    }
    return 0;
}

/* Notes the cycle through `start`; returns the sum of its arcs. */
static double note_cycle(dl_tree_space *s, int16_t start, bool *in_cycle)
{
    level *l = &s->history[s->levels++];
    double sum = 0;
    int16_t at = start;
    l->size = 0;
    do {
        l->member[l->size] = at;
        l->arcs[l->size++] = s->chosen[at];
        in_cycle[at] = true;
        sum += s->weight[s->best[at]][at];
        at = s->best[at];
    } while (at != start);
    for (int32_t w = 0; w < s->nodes; w++) {
        int16_t owner = s->owner[w];
        l->inside[w] = owner > 0 && in_cycle[owner] ? owner : -1;
        if (l->inside[w] >= 0)
            s->owner[w] = start;
    }
    return sum;
}

/* Best arcs between the cycle and an outer node, kept in the cycle's first member. */
static void join(dl_tree_space *s, const level *l, int16_t outer, double sum)
{
    int16_t keeper = l->member[0], in = -1, out = -1;
    double best_in = 0, best_out = 0;
    for (int32_t i = 0; i < l->size; i++) {
        int16_t m = l->member[i];
        double enter = s->weight[outer][m] - s->weight[s->best[m]][m] + sum;
        if (in < 0 || enter > best_in) {
            best_in = enter;
            in = m;
        }
        if (outer != 0 && (out < 0 || s->weight[m][outer] > best_out)) {
            best_out = s->weight[m][outer];
            out = m;
        }
    }
    arc entering = s->arcs[outer][in];
    if (outer != 0) {
        s->arcs[keeper][outer] = s->arcs[out][outer];
        s->weight[keeper][outer] = best_out;
    }
    s->arcs[outer][keeper] = entering;
    s->weight[outer][keeper] = best_in;
}

static void contract(dl_tree_space *s, int16_t start)
{
    bool in_cycle[NODES] = {false};
    double sum = note_cycle(s, start, in_cycle);
    const level *l = &s->history[s->levels - 1];
    for (int16_t outer = 0; outer < s->nodes; outer++)
        if (s->alive[outer] && !in_cycle[outer])
            join(s, l, outer, sum);
    for (int32_t i = 1; i < l->size; i++)
        s->alive[l->member[i]] = false;
}

static void open_levels(dl_tree_space *s)
{
    while (s->levels > 0) {
        const level *l = &s->history[--s->levels];
        arc entering = s->chosen[l->member[0]];
        for (int32_t i = 0; i < l->size; i++)
            s->chosen[l->member[i]] =
                l->member[i] == l->inside[entering.to] ? entering : l->arcs[i];
    }
}

void dl_tree_find(dl_tree_space *space, const float *scores, size_t stride, size_t count,
                  int32_t *heads)
{
    assert(count >= 1 && count <= DL_WINDOW);
    greedy(scores, stride, count, heads);
    if (dl_tree_valid(heads, count))
        return;
    begin(space, scores, stride, count);
    for (;;) {
        pick_best(space);
        int16_t start = find_cycle(space);
        if (start == 0)
            break;
        contract(space, start);
    }
    open_levels(space);
    for (size_t d = 1; d <= count; d++)
        heads[d - 1] = space->chosen[d].from;
    assert(dl_tree_valid(heads, count));
}
