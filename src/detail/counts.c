#include "detail/shared.h"

/* Counts that others give of an event already told: "police said 5,000 marched, while the
 * organisers put the crowd at 20,000". Such a number stands bare under a verb of counting
 * or saying, or right behind its speaker. */

enum { SENTENCES_BACK = 2 /* from the number to the event it is about */ };

typedef struct other_count {
    int32_t speaker; /* token */
    int32_t cue;     /* token, -1 none */
    int kind;        /* as its words say, else -1 */
} other_count;

/* Token of the quantity that hangs on something outside of it. */
static int32_t top_of(const dl_document *document, const dl_quantity *q)
{
    for (int32_t i = q->first; i <= q->last; i++) {
        int32_t head = document->tokens[i].head;
        if (head < q->first || head > q->last)
            return i;
    }
    return q->first;
}

/* What the words between verb and number are a count of: "the death toll", "the number
 * of protesters". */
static int kind_between(const dl_work *work, int32_t from, int32_t to)
{
    dl_string value;
    for (int32_t i = from; i < to; i++)
        if (dl_fold_in(work, work->detail->list.size_tolls, i, &value) ||
            dl_fold_in(work, work->detail->list.size_nouns, i, &value))
            return dl_size_find(value);
    return -1;
}

static bool read_count(const dl_work *work, const dl_quantity *q, other_count *count)
{
    const dl_document *document = work->document;
    int32_t top = top_of(document, q), head = document->tokens[top].head;
    if (q->unit.size || q->counted >= q->first || head < 0 || head > q->first)
        return false;
    *count = (other_count){.speaker = -1, .cue = -1, .kind = -1};
    if (dl_lemma_in(work, work->detail->list.estimates, head, NULL)) {
        count->speaker = dl_tree_child(document, head, DL_DEPREL_nsubj);
        count->cue = head;
        count->kind = kind_between(work, head, q->first);
    } else if (head == q->first - 1 && q->counted < 0 &&
               document->tokens[head].upos == DL_UPOS_NOUN) {
        count->speaker = head; /* "the organisers 20,000" */
    }
    return count->speaker >= 0 && count->speaker < q->first;
}

/* Whether an event can have the kind of count; the kind, -1 where it can't. */
static int kind_for(const dl_event *event, int kind)
{
    if (kind >= 0)
        return event->size[kind] >= 0 ||
                       (event->category ==
                        (kind == DL_SIZE_PARTICIPANTS ? DL_PROTEST : DL_ASSAULT))
                   ? kind
                   : -1;
    for (int k = 0; k < DL_SIZES; k++)
        if (event->size[k] >= 0)
            return k;
    return -1;
}

/* The event told last before the count that it can be about; -1 none. */
static int32_t event_of(const dl_document *document, const dl_quantity *q,
                        const other_count *count, int *kind)
{
    int32_t sentence = document->tokens[q->first].sentence;
    const dl_token *cue = count->cue >= 0 ? &document->tokens[count->cue] : NULL;
    int32_t found = -1;
    bool own = false;
    for (size_t i = 0; i < document->event_count; i++) {
        const dl_event *event = &document->events[i];
        bool near = event->sentence <= sentence &&
                    event->sentence >= sentence - SENTENCES_BACK &&
                    document->sentences[event->sentence].paragraph ==
                        document->sentences[sentence].paragraph;
        /* Its own words are no event before it: "put the crowd". */
        bool inside = cue && event->anchor >= count->speaker && event->anchor <= q->last;
        for (int k = 0; k < DL_SIZES; k++)
            own |= event->size[k] >= 0 && &document->quantities[event->size[k]] == q;
        int fits = near && !inside && event->anchor < q->first
                       ? kind_for(event, count->kind)
                       : -1;
        if (fits >= 0 && (found < 0 || document->events[found].size[fits] < 0 ||
                          event->size[fits] >= 0)) {
            found = (int32_t)i;
            *kind = fits;
        }
    }
    return own ? -1 : found;
}

bool dl_counts_run(dl_work *work)
{
    dl_document *document = work->document;
    size_t room = 0;
    for (size_t i = 0; document->event_count && i < document->stated_count; i++) {
        const dl_quantity *q = &document->quantities[i];
        other_count other;
        int kind = -1;
        if (!read_count(work, q, &other))
            continue;
        int32_t event = event_of(document, q, &other, &kind);
        if (event < 0)
            continue;
        if (!dl_arena_grow(document->arena, (void **)&document->counts,
                           document->count_count, &room, sizeof *document->counts))
            return false;
        document->counts[document->count_count++] =
            (dl_count){.event = event,
                       .kind = (dl_size_kind)kind,
                       .quantity = (int32_t)i,
                       .speaker = document->tokens[other.speaker].mention,
                       .cue = other.cue};
    }
    return true;
}
