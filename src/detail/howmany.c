#include "detail/shared.h"

/* Quantities: a number, how it is hedged, its unit, and the noun counted. */

typedef struct found {
    int32_t first, end; /* pieces, half open */
    dl_amount number;
    dl_relation relation;
    double high;
    dl_string unit;
} found;

static dl_relation relation_of(dl_string sign)
{
    static const struct {
        const char *sign;
        dl_relation relation;
    } signs[] = {{"~", DL_ABOUT},   {"<~", DL_NEARLY},   {">", DL_MORE},
                 {"<", DL_FEWER},   {">=", DL_AT_LEAST}, {"<=", DL_AT_MOST},
                 {"..", DL_BETWEEN}};
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
        if (dl_string_equal(sign, dl_string_from(signs[k].sign)))
            return signs[k].relation;
    return DL_EQUAL;
}

static int32_t match(const dl_work *work, int list, int32_t i, dl_entry *entry)
{
    const dl_pieces *p = &work->pieces;
    if (i < 0 || i >= p->count || list < 0)
        return 0;
    return (int32_t)dl_list_match(work->detail->lexicon, list, p->texts + i,
                                  (size_t)(p->count - i), entry);
}

/* Whether the token stands in a date or clock time. */
static bool in_time(const dl_work *work, dl_span span)
{
    const dl_document *document = work->document;
    for (size_t k = document->time_count; k-- > 0;) {
        const dl_time *time = &document->times[k];
        if (time->span.end <= span.start)
            return false;
        if (time->type != DL_TIME_DURATION && time->type != DL_TIME_SET &&
            time->span.start <= span.start && span.end <= time->span.end)
            return true;
    }
    return false;
}

/* "$", "US$" in front of the number at piece i: the piece at which it starts. */
static int32_t currency_before(const dl_work *work, int32_t i, dl_string *unit)
{
    dl_entry entry;
    for (int32_t back = 3; back >= 1; back--) {
        if (match(work, work->detail->list.units_before, i - back, &entry) == back) {
            *unit = entry.value;
            return i - back;
        }
    }
    return i;
}

/* The unit behind a number, with "per hour"; the piece after it. */
static int32_t unit_after(const dl_work *work, int32_t i, dl_string *unit)
{
    const dl_pieces *p = &work->pieces;
    dl_entry entry;
    int32_t at = dl_piece_mark(p, i, '-') ? i + 1 : i;
    int32_t size = match(work, work->detail->list.units, at, &entry);
    if (!size)
        return i;
    *unit = entry.value;
    return at + size;
}

/* Hedge phrases that end right before piece i. */
static int32_t relation_before(const dl_work *work, int32_t i, dl_relation *relation)
{
    dl_entry entry;
    for (int32_t back = 6; back >= 1; back--) {
        if (match(work, work->detail->list.relations, i - back, &entry) == back) {
            *relation = relation_of(entry.value);
            return i - back;
        }
    }
    if (dl_piece_is(&work->pieces, i - 1, DL_WORD_a, NULL) ||
        dl_piece_is(&work->pieces, i - 1, DL_WORD_the, NULL)) {
        dl_relation before = DL_EQUAL;
        for (int32_t back = 4; back >= 1; back--)
            if (match(work, work->detail->list.relations, i - 1 - back, &entry) == back)
                before = relation_of(entry.value);
        if (before != DL_EQUAL)
            *relation = before;
    }
    return i;
}

static int32_t relation_after(const dl_work *work, int32_t i, dl_relation *relation)
{
    dl_entry entry;
    int32_t size = match(work, work->detail->list.relations_after, i, &entry);
    if (size)
        *relation = relation_of(entry.value);
    return i + size;
}

/* "10 to 20", "10-20", "between 10 and 20" */
static void read_range(const dl_work *work, found *f)
{
    const dl_pieces *p = &work->pieces;
    dl_amount high;
    int32_t at = f->end;
    bool between = dl_piece_is(p, f->first - 1, DL_WORD_between, NULL) &&
                   dl_piece_is(p, at, DL_WORD_and, NULL);
    bool dash = dl_piece_mark(p, at, '-') && f->number.figures;
    if (!between && !dash && !dl_piece_is(p, at, DL_WORD_to, NULL))
        return;
    int32_t start = at + 1;
    dl_entry entry;
    start += match(work, work->detail->list.units_before, start, &entry);
    if (!dl_number_read(p, start, &high) || high.value <= f->number.value ||
        high.figures != f->number.figures || in_time(work, p->items[start].span))
        return;
    dl_amount small = f->number;
    double scale = 1;
    dl_string text;
    if (high.end > start + 1 && dl_piece_is(p, high.end - 1, DL_WORD_scale, &text) &&
        dl_string_to_double(text, &scale) && small.value < 1000 && high.value >= scale &&
        small.value < high.value / scale)
        f->number.value *= scale; /* "3 to 5 million" */
    f->relation = DL_BETWEEN;
    f->high = high.value;
    f->end = high.end;
    if (between)
        f->first--;
}

static bool reads_as_one(const dl_work *work, const found *f)
{
    /* "one" alone is a pronoun or an article more often than a count. */
    const dl_pieces *p = &work->pieces;
    const dl_token *token = &work->document->tokens[p->items[f->first].token];
    if (f->number.value != 1 || f->number.figures || f->end - f->first != 1)
        return false;
    return token->upos == DL_UPOS_PRON || token->upos == DL_UPOS_DET ||
           token->upos == DL_UPOS_NOUN;
}

static bool read_at(const dl_work *work, int32_t i, found *f)
{
    const dl_pieces *p = &work->pieces;
    *f = (found){.first = i};
    if (!dl_number_read(p, i, &f->number) || in_time(work, p->items[i].span))
        return false;
    f->end = f->number.end;
    if (f->number.vague)
        f->relation = DL_ABOUT;
    if (reads_as_one(work, f))
        return false;
    if (p->items[i].glued && i > 0 && p->items[i - 1].shape == DL_SHAPE_WORD) {
        dl_entry entry;
        if (!match(work, work->detail->list.units_before, i - 1, &entry))
            return false; /* "B52", "G7" */
    }
    int32_t after = unit_after(work, f->end, &f->unit);
    bool has_unit = after > f->end;
    if (!has_unit)
        read_range(work, f);
    else
        f->end = after;
    if (f->relation == DL_BETWEEN)
        f->end = unit_after(work, f->end, &f->unit);
    int32_t first = currency_before(work, f->first, &f->unit);
    dl_relation relation = DL_EQUAL;
    f->first = relation_before(work, first, &relation);
    if (relation == DL_EQUAL)
        f->end = relation_after(work, f->end, &relation);
    if (relation != DL_EQUAL && f->relation != DL_BETWEEN)
        f->relation = relation;
    return true;
}

/* The noun that a number counts: the head it hangs on as nummod, or the noun behind
 * "of" for "dozens of"; -1 where there is none. */
static int32_t counted_noun(const dl_document *document, int32_t first, int32_t last)
{
    const dl_token *tokens = document->tokens;
    for (int32_t i = last; i >= first; i--) {
        dl_deprel relation = dl_deprel_universal(tokens[i].deprel);
        int32_t head = tokens[i].head;
        if (head >= 0 && (head < first || head > last) && relation == DL_DEPREL_nummod)
            return head;
    }
    for (int32_t i = first; i <= last; i++) {
        if (tokens[i].head >= first && tokens[i].head <= last)
            continue;
        int32_t below = dl_tree_child(document, i, DL_DEPREL_nmod);
        if (below > last)
            return below;
        if (tokens[i].upos == DL_UPOS_NOUN)
            return i;
    }
    return -1;
}

static bool add_quantity(dl_work *work, const found *f)
{
    dl_document *document = work->document;
    const dl_piece *a = &work->pieces.items[f->first],
                   *b = &work->pieces.items[f->end - 1];
    dl_quantity q = {.span = {a->span.start, b->span.end},
                     .first = a->token,
                     .last = b->token,
                     .value = f->number.value,
                     .high = f->high,
                     .relation = f->relation,
                     .unit = f->unit};
    q.counted = counted_noun(document, q.first, q.last);
    if (q.counted >= 0 && q.counted >= q.first && q.counted <= q.last && !f->unit.size)
        q.counted = f->number.vague ? q.counted : -1;
    if (q.counted >= 0) {
        const dl_token *noun = &document->tokens[q.counted];
        q.of = noun->lemma.size ? noun->lemma : noun->fold;
        if (!q.unit.size && dl_lemma_in(work, work->detail->list.people, q.counted, NULL))
            q.unit = DL_STRING("person");
    }
    if (!dl_arena_grow(document->arena, (void **)&document->quantities,
                       document->quantity_count, &work->quantity_room, sizeof q))
        return false;
    document->quantities[document->quantity_count++] = q;
    return true;
}

bool dl_howmany_sentence(dl_work *work)
{
    const dl_pieces *p = &work->pieces;
    for (int32_t i = 0; i < p->count;) {
        found f;
        if (!read_at(work, i, &f)) {
            i++;
            continue;
        }
        if (!add_quantity(work, &f))
            return false;
        i = f.end > i ? f.end : i + 1;
    }
    return true;
}
