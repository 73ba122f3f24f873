/* Which of the page's blocks are the article.
 *
 * A block is prose (long, ends a sentence), near prose (short, ends a sentence), short,
 * a heading, or made of links. Prose counts for an element by its bytes, links against
 * it, up to a limit; the element with the highest sum is the article, or the <article> in
 * it that holds most of it. Elements that are beside an article as a rule (by tag, role
 * or name) are left out first, unless most of the page's prose stands in them. */
#include "read/page_inside.h"

enum {
    PROSE_MIN = 80,          /* bytes; shorter ones must end a sentence ... */
    PROSE_SENTENCE_MIN = 40, /* ... and have so many */
    LINKED_PER_CENT_MAX = 50,
    LINK_COST = 40,       /* what a block of links costs beside its bytes */
    LINKS_COST_MAX = 200, /* what all links below one element cost the one it stands in */
    SHORT_COST = 5,
    TEASERS_MIN = 3, /* headings that are links, in a page that is a list of articles */
    ARTICLE_PER_CENT = 60, /* of the prose that an <article> in it must hold */
    BODY_PER_CENT = 80     /* the same for what is named its body */
};

typedef enum dl_block_kind {
    BLOCK_SHORT,
    BLOCK_NEAR,
    BLOCK_PROSE,
    BLOCK_HEADING,
    BLOCK_LINKS
} dl_block_kind;

static dl_string text_of(const dl_page_state *state, const dl_block *block)
{
    return (dl_string){state->text.data + block->start, block->end - block->start};
}

/* Whether it ends as sentences do, in any script, closing marks aside. */
static bool ends_sentence(dl_string s)
{
    static const char *const ends[] = {".",
                                       "!",
                                       "?",
                                       "\xE2\x80\xA6",
                                       "\xE3\x80\x82",
                                       "\xD8\x9F",
                                       "\xE0\xA5\xA4",
                                       "\xEF\xBC\x81",
                                       "\xEF\xBC\x9F",
                                       "\xDB\x94"};
    static const char *const closing[] = {
        "\"", "'", ")", "]", "\xE2\x80\x9D", "\xE2\x80\x99", "\xC2\xBB", "\xE2\x80\x9C"};
    for (size_t i = 0, cut = 0; i < sizeof closing / sizeof *closing && cut < 3; i++)
        if (dl_string_ends(s, dl_string_from(closing[i]))) {
            s.size -= strlen(closing[i]);
            i = (size_t)-1;
            cut++;
        }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (dl_string_ends(s, dl_string_from(ends[i])))
            return true;
    return false;
}

/* Whether a sentence ends before the last one. */
static bool holds_sentence(dl_string s)
{
    for (size_t at = 1; at + 1 < s.size; at++) {
        at = dl_string_find(s, '.', at);
        if (at + 1 < s.size && (s.data[at + 1] == ' ' || s.data[at + 1] == '\n'))
            return true;
    }
    return false;
}

static uint32_t flags_of(const dl_page_state *state, const dl_block *block)
{
    return block->node < 0 ? 0 : state->nodes[block->node].flags;
}

static dl_block_kind kind_of(const dl_page_state *state, const dl_block *block)
{
    dl_string text = text_of(state, block);
    bool ends = ends_sentence(text);
    if (block->linked * 100 >= text.size * LINKED_PER_CENT_MAX)
        return BLOCK_LINKS;
    if (flags_of(state, block) & DL_NODE_HEADING)
        return text.size >= PROSE_MIN && ends ? BLOCK_PROSE : BLOCK_HEADING;
    if (ends && text.size >= PROSE_SENTENCE_MIN)
        return BLOCK_PROSE;
    if (text.size >= 2 * PROSE_MIN && holds_sentence(text))
        return BLOCK_PROSE;
    return ends ? BLOCK_NEAR : BLOCK_SHORT;
}

static int64_t value_of(const dl_page_state *state, const dl_block *block)
{
    int64_t size = (int64_t)(block->end - block->start);
    switch ((dl_block_kind)block->kind) {
    case BLOCK_PROSE:
        return size;
    case BLOCK_NEAR:
        return size / 2;
    case BLOCK_LINKS:
        return -(LINK_COST + (int64_t)block->linked);
    case BLOCK_HEADING:
        return 0;
    case BLOCK_SHORT:
        break;
    }
    return flags_of(state, block) & DL_NODE_PARAGRAPH ? 0 : -SHORT_COST;
}

static bool is_good(const dl_block *block)
{
    return block->kind == BLOCK_PROSE || block->kind == BLOCK_NEAR;
}

/* Sums of what is not dropped, over subtrees; returns all the prose there is. */
static int64_t sum_up(dl_page_state *state)
{
    int64_t all = 0;
    for (size_t i = 0; i < state->node_count; i++)
        state->nodes[i].good = state->nodes[i].value = 0;
    for (size_t i = 0; i < state->block_count; i++) {
        const dl_block *block = &state->blocks[i];
        int64_t size = (int64_t)(block->end - block->start);
        if (flags_of(state, block) & DL_NODE_DROPPED)
            continue;
        all += is_good(block) ? size : 0;
        if (block->node < 0)
            continue;
        state->nodes[block->node].good += is_good(block) ? size : 0;
        state->nodes[block->node].value += value_of(state, block);
    }
    for (size_t i = state->node_count; i-- > 0;) {
        const dl_node *node = &state->nodes[i];
        if (node->parent < 0)
            continue;
        state->nodes[node->parent].good += node->good;
        state->nodes[node->parent].value +=
            node->value > -LINKS_COST_MAX ? node->value : -LINKS_COST_MAX;
    }
    return all;
}

static void count_headings(dl_page_state *state)
{
    for (size_t i = state->node_count; i-- > 0;)
        if (state->nodes[i].parent >= 0)
            state->nodes[state->nodes[i].parent].headings += state->nodes[i].headings;
}

/* What is beside the article goes, with all in it. Readers' comments go however many
 * there are; anything else only where most of the prose stands elsewhere. */
static void drop_sides(dl_page_state *state, int64_t all)
{
    for (size_t i = 0; i < state->node_count; i++) {
        dl_node *node = &state->nodes[i];
        uint32_t outer = node->parent < 0 ? 0 : state->nodes[node->parent].flags;
        bool comments = (node->flags & DL_NODE_COMMENT) && node->headings == 0;
        bool side = (node->flags & DL_NODE_SIDE) && node->good * 2 <= all;
        if ((outer & DL_NODE_DROPPED) || comments || side)
            node->flags |= DL_NODE_DROPPED;
    }
}

/* A paragraph alone is no article. */
static bool is_leaf(const dl_page_state *state, size_t number)
{
    const dl_node *node = &state->nodes[number];
    return (node->flags & (DL_NODE_PARAGRAPH | DL_NODE_HEADING)) &&
           node->end == (int32_t)number + 1;
}

/* The element with the highest sum, the innermost of equals; -1 where none is above 0. */
static int32_t find_best(const dl_page_state *state)
{
    int32_t best = -1;
    int64_t value = 1;
    for (size_t i = 0; i < state->node_count; i++) {
        if (is_leaf(state, i) || state->nodes[i].value < value)
            continue;
        value = state->nodes[i].value;
        best = (int32_t)i;
    }
    return best;
}

/* The innermost element of a kind in `best` that holds enough of its prose. */
static int32_t find_within(const dl_page_state *state, int32_t best, uint32_t flag,
                           int64_t per_cent)
{
    int32_t found = best;
    int64_t enough = state->nodes[best].good * per_cent;
    for (int32_t i = best; i < state->nodes[best].end; i++)
        if ((state->nodes[i].flags & flag) && !is_leaf(state, (size_t)i) &&
            state->nodes[i].good * 100 >= enough)
            found = i;
    return found;
}

/* ---- Writing -------------------------------------------------------------------------
 */

typedef struct writing {
    dl_buffer *out;
    const dl_block *heading; /* waits for prose below it */
} writing;

static void write_block(const dl_page_state *state, writing *w, const dl_block *block)
{
    if (w->out->size)
        dl_buffer_add_text(w->out, "\n\n");
    dl_buffer_add_string(w->out, text_of(state, block));
}

/* A block between the first and the last of the article's prose. */
static void consider(const dl_page_state *state, writing *w, const dl_block *block)
{
    switch ((dl_block_kind)block->kind) {
    case BLOCK_HEADING:
        w->heading = w->out->size ? block : NULL;
        return;
    case BLOCK_LINKS:
        w->heading = NULL;
        return;
    case BLOCK_SHORT:
        if (!(flags_of(state, block) & DL_NODE_PARAGRAPH))
            return;
        break;
    case BLOCK_NEAR:
    case BLOCK_PROSE:
        break;
    }
    if (w->heading)
        write_block(state, w, w->heading);
    w->heading = NULL;
    write_block(state, w, block);
}

static bool is_within(const dl_page_state *state, const dl_block *block, int32_t best)
{
    return !(flags_of(state, block) & DL_NODE_DROPPED) &&
           (best < 0 || (block->node >= best && block->node < state->nodes[best].end));
}

/* All that is no link; where nothing is, all. */
static void write_all(const dl_page_state *state, int32_t best, dl_buffer *out)
{
    writing w = {.out = out};
    for (int pass = 0; pass < 2 && out->size == 0; pass++)
        for (size_t i = 0; i < state->block_count; i++)
            if (is_within(state, &state->blocks[i], best) &&
                (pass || state->blocks[i].kind != BLOCK_LINKS))
                write_block(state, &w, &state->blocks[i]);
}

/* From the first prose of the article to its last. */
static void write_article(const dl_page_state *state, int32_t best, dl_buffer *out)
{
    writing w = {.out = out};
    size_t first = state->block_count, last = 0;
    for (size_t i = 0; i < state->block_count; i++) {
        const dl_block *block = &state->blocks[i];
        if (!is_good(block) || !is_within(state, block, best))
            continue;
        first = first < i ? first : i;
        last = i;
    }
    for (size_t i = first; i <= last && i < state->block_count; i++)
        if (is_within(state, &state->blocks[i], best))
            consider(state, &w, &state->blocks[i]);
}

/* A front page: as many headings that lead elsewhere as there is prose. */
static bool is_list(const dl_page_state *state, int32_t best)
{
    size_t teasers = 0, prose = 0;
    for (size_t i = 0; i < state->block_count; i++) {
        const dl_block *block = &state->blocks[i];
        if (!is_within(state, block, best))
            continue;
        prose += block->kind == BLOCK_PROSE;
        teasers +=
            block->kind == BLOCK_LINKS && (flags_of(state, block) & DL_NODE_HEADING) != 0;
    }
    return teasers >= TEASERS_MIN && teasers >= prose;
}

static int32_t find_article(dl_page_state *state)
{
    count_headings(state);
    drop_sides(state, sum_up(state));
    sum_up(state);
    int32_t best = find_best(state);
    if (best < 0)
        return best;
    best = find_within(state, best, DL_NODE_ARTICLE, ARTICLE_PER_CENT);
    best = find_within(state, best, DL_NODE_BODY, BODY_PER_CENT);
    return is_list(state, best) ? -1 : best;
}

static void judge(dl_page_state *state)
{
    for (size_t i = 0; i < state->block_count; i++)
        state->blocks[i].kind = (uint8_t)kind_of(state, &state->blocks[i]);
}

dl_string dl_page_prose(dl_page_state *state)
{
    dl_buffer out = {0};
    writing w = {.out = &out};
    judge(state);
    for (size_t i = 0; i < state->block_count; i++)
        if (is_good(&state->blocks[i]))
            write_block(state, &w, &state->blocks[i]);
    dl_string text = dl_arena_string(state->arena, (dl_string){out.data, out.size});
    state->failed |= out.failed || !text.data;
    dl_buffer_release(&out);
    return text;
}

dl_string dl_page_body(dl_page_state *state, bool piece)
{
    dl_buffer out = {0};
    judge(state);
    int32_t best = piece ? -1 : find_article(state);
    if (piece)
        write_all(state, -1, &out);
    else if (best >= 0)
        write_article(state, best, &out);
    dl_string text = dl_arena_string(state->arena, (dl_string){out.data, out.size});
    state->failed |= out.failed || !text.data;
    dl_buffer_release(&out);
    return text;
}
