#include <stdio.h>

#include "detail/shared.h"

/* Quantities: a number, how it is hedged, its unit, and the noun counted. */

enum { HEDGE_PIECES_MAX = 6, SIGN_PIECES_MAX = 3, UNIT_BYTES_MAX = 96 };

static const double CENTS_IN_ALL = 100; /* of any currency: "15 dollars 50" */

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

static bool word_at(const dl_pieces *p, int32_t i)
{
    return i >= 0 && i < p->count && p->items[i].shape == DL_SHAPE_WORD;
}

/* "$", "US$" in front of the number at piece i: the piece at which it starts. An article
 * is no part of it unless it is written in one with the sign ("A$", "exceeds a $"). */
static int32_t currency_before(const dl_work *work, int32_t i, dl_string *unit)
{
    dl_entry entry;
    const dl_pieces *p = &work->pieces;
    for (int32_t back = SIGN_PIECES_MAX; back >= 1; back--) {
        if (match(work, work->detail->list.units_before, i - back, &entry) != back ||
            (back > 1 && dl_piece_is(p, i - back, DL_WORD_a, NULL) &&
             !p->items[i - back + 1].glued))
            continue;
        *unit = entry.value;
        return i - back;
    }
    return i;
}

static bool is_money(dl_string unit)
{
    for (size_t k = 0; k < unit.size; k++)
        if (unit.data[k] < 'A' || unit.data[k] > 'Z')
            return false;
    return unit.size == 3;
}

/* "km/h", "miles an hour": the unit of a rate; the piece after it. Money has a price, not
 * a rate: "$98 a share". */
static int32_t rate_after(const dl_work *work, int32_t i, dl_string *unit)
{
    const dl_pieces *p = &work->pieces;
    dl_entry entry;
    char *text;
    bool a = dl_piece_is(p, i, DL_WORD_a, NULL);
    if ((!a && !dl_piece_is(p, i, DL_WORD_per, NULL) && !dl_piece_mark(p, i, '/')) ||
        is_money(*unit) || dl_string_equal(*unit, DL_STRING("percent")) ||
        !match(work, work->detail->list.units, i + 1, &entry) ||
        (a && !dl_piece_is(p, i + 1, DL_WORD_unit, NULL)) || is_money(entry.value) ||
        unit->size + entry.value.size + 8 > UNIT_BYTES_MAX ||
        !(text = DL_ARENA_ARRAY(work->document->arena, char, UNIT_BYTES_MAX)))
        return i;
    int32_t size = match(work, work->detail->list.units, i + 1, &entry);
    int length = snprintf(text, UNIT_BYTES_MAX, "%.*s per %.*s", (int)unit->size,
                          unit->data, (int)entry.value.size, entry.value.data);
    *unit = (dl_string){text, (size_t)length};
    return i + 1 + size;
}

/* The unit behind a number, with "per hour" or in brackets; the piece after it. */
static int32_t unit_after(const dl_work *work, int32_t i, dl_string *unit)
{
    const dl_pieces *p = &work->pieces;
    dl_entry entry;
    bool bracket = dl_piece_mark(p, i, '(');
    int32_t at = dl_piece_mark(p, i, '-') || bracket ? i + 1 : i;
    int32_t size = match(work, work->detail->list.units, at, &entry);
    if (!size || (bracket && !dl_piece_mark(p, at + size, ')')))
        return i;
    *unit = entry.value;
    return rate_after(work, at + size + bracket, unit);
}

/* Hedge phrases that end right before piece i, also before an article. */
static int32_t relation_before(const dl_work *work, int32_t i, dl_relation *relation)
{
    dl_entry entry;
    for (int32_t back = HEDGE_PIECES_MAX; back >= 1; back--) {
        if (match(work, work->detail->list.relations, i - back, &entry) == back) {
            *relation = relation_of(entry.value);
            return i - back;
        }
    }
    if (dl_piece_is(&work->pieces, i - 1, DL_WORD_a, NULL) ||
        dl_piece_is(&work->pieces, i - 1, DL_WORD_the, NULL)) {
        for (int32_t back = HEDGE_PIECES_MAX; back >= 1; back--) {
            if (match(work, work->detail->list.relations, i - 1 - back, &entry) == back) {
                *relation = relation_of(entry.value);
                break;
            }
        }
    }
    return i;
}

static int32_t relation_after(const dl_work *work, int32_t i, dl_relation *relation)
{
    dl_entry entry;
    int32_t at = i; /* "forty-plus" */
    if (dl_piece_mark(&work->pieces, i, '-') &&
        dl_piece_is(&work->pieces, i + 1, DL_WORD_odd, NULL))
        at++;
    int32_t size = match(work, work->detail->list.relations_after, at, &entry);
    if (!size)
        return i;
    dl_relation after = relation_of(entry.value);
    if (after == DL_EQUAL) /* "or less than": a comparison of its own */
        return i;
    *relation = after;
    return at + size;
}

/* "10 to 20", "10-20", "between 10 and 20", "from 5 up to 10": the piece at which the
 * second number starts, 0 where there is no range. */
static int32_t range_joint(const dl_work *work, const found *f)
{
    const dl_pieces *p = &work->pieces;
    dl_relation most = DL_EQUAL;
    dl_entry entry;
    if (dl_piece_is(p, f->first - 1, DL_WORD_between, NULL) &&
        dl_piece_is(p, f->end, DL_WORD_and, NULL))
        return f->end + 1;
    if (dl_piece_mark(p, f->end, '-') && f->number.figures &&
        !(dl_piece_mark(p, f->first - 1, '-') && p->items[f->first].glued))
        return f->end + 1;
    int32_t size = match(work, work->detail->list.relations, f->end, &entry);
    if (size && dl_piece_is(p, f->first - 1, DL_WORD_from, NULL))
        most = relation_of(entry.value);
    if (most == DL_AT_MOST)
        return f->end + size;
    return dl_piece_is(p, f->end, DL_WORD_to, NULL) ? f->end + 1 : 0;
}

static void read_range(const dl_work *work, found *f)
{
    const dl_pieces *p = &work->pieces;
    dl_amount high;
    dl_entry entry;
    int32_t start = range_joint(work, f);
    if (!start)
        return;
    start += match(work, work->detail->list.units_before, start, &entry);
    if (!dl_number_read(p, start, &high) || high.value <= f->number.value ||
        high.figures != f->number.figures || in_time(work, p->items[start].span))
        return;
    if (dl_piece_mark(p, high.end, '-') && high.end + 1 < p->count &&
        p->items[high.end + 1].shape == DL_SHAPE_DIGITS)
        return; /* "555-1234-99" */
    dl_amount small = f->number;
    double scale = 1;
    dl_string text;
    if (high.end > start + 1 &&
        (dl_piece_is(p, high.end - 1, DL_WORD_scale, &text) ||
         dl_piece_is(p, high.end - 1, DL_WORD_short_scale, &text)) &&
        dl_string_to_double(text, &scale) && small.value < 1000 && high.value >= scale &&
        small.value < high.value / scale)
        f->number.value *= scale; /* "3 to 5 million" */
    f->relation = DL_BETWEEN;
    f->high = high.value;
    f->end = high.end;
    if (dl_piece_is(p, f->first - 1, DL_WORD_between, NULL))
        f->first--;
}

/* "one in five", "two out of three": not behind a verb ("killed two in five raids"). */
static void read_ratio(const dl_work *work, found *f)
{
    const dl_pieces *p = &work->pieces;
    dl_amount whole;
    dl_string unit = {0};
    int32_t size = match(work, work->detail->list.ratios, f->end, NULL);
    int32_t at = f->end + size;
    if (!size || f->number.value == 0 || f->number.vague || !f->number.whole ||
        !dl_number_read(p, at, &whole) || whole.vague || !whole.whole ||
        whole.value <= f->number.value || in_time(work, p->items[at].span) ||
        currency_before(work, f->first, &unit) < f->first ||
        unit_after(work, whole.end, &unit) > whole.end)
        return;
    bool verb = f->first > 0 &&
                work->document->tokens[p->items[f->first - 1].token].upos == DL_UPOS_VERB;
    if (size == 1 && verb)
        return;
    f->number.value /= whole.value;
    f->end = whole.end;
}

/* Whether a clause can end before piece i: no word stands there, and no unit. */
static bool clause_ends(const dl_work *work, int32_t i)
{
    const dl_pieces *p = &work->pieces;
    return i >= p->count || (p->items[i].shape == DL_SHAPE_MARK &&
                             !match(work, work->detail->list.units, i, NULL));
}

/* A smaller part behind an amount, "3 dollars and 50 cents", "5 feet 2 inches"; behind
 * money also cents without their name, at the end of the clause. */
static void read_parts(const dl_work *work, found *f)
{
    const dl_pieces *p = &work->pieces;
    dl_amount part;
    dl_entry entry;
    double parts = 0; /* of one unit */
    bool joined = dl_piece_is(p, f->end, DL_WORD_and, NULL);
    int32_t at = f->end + (joined || dl_piece_mark(p, f->end, ','));
    if (!f->unit.size || f->relation == DL_BETWEEN || !dl_number_read(p, at, &part) ||
        part.value < 0 || part.vague || in_time(work, p->items[at].span))
        return;
    int32_t end = part.end;
    int32_t named = match(work, work->detail->list.unit_parts, end, &entry);
    if (named) { /* its value: how many make which unit */
        size_t space = dl_string_find(entry.value, ' ', 0);
        dl_string whole =
            dl_string_trim(dl_string_slice(entry.value, space, entry.value.size));
        double many;
        if (!dl_string_to_double(dl_string_slice(entry.value, 0, space), &many) ||
            many <= 0 ||
            !(dl_string_equal(whole, DL_STRING("money"))
                  ? is_money(f->unit)
                  : dl_string_equal(whole, f->unit)))
            return;
        parts = many;
        end += named;
    } else if (is_money(f->unit) && part.whole && part.value < CENTS_IN_ALL &&
               f->number.whole && part.figures == f->number.figures &&
               !dl_piece_mark(p, at - 1, ',') && clause_ends(work, end)) {
        parts = CENTS_IN_ALL;
    }
    if (part.value >= parts)
        return;
    f->number.value += part.value / parts;
    f->end = end;
}

/* "75 USD million", "30 MUSD" */
static void scale_behind_unit(const dl_work *work, found *f)
{
    dl_string text;
    double scale;
    if (is_money(f->unit) && dl_piece_is(&work->pieces, f->end, DL_WORD_scale, &text) &&
        dl_string_to_double(text, &scale)) {
        f->number.value *= scale;
        f->end++;
    }
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

/* Whether the number is a part of a name or a word: "B52", "G7", "covid19". */
static bool in_word(const dl_work *work, int32_t i)
{
    const dl_pieces *p = &work->pieces;
    dl_string unit;
    return p->items[i].glued && word_at(p, i - 1) && currency_before(work, i, &unit) == i;
}

static void read_unit(const dl_work *work, found *f)
{
    int32_t start = f->first;
    int32_t first = currency_before(work, start, &f->unit);
    bool behind = first == start || !f->unit.size;
    dl_string unit = f->unit;
    int32_t after = unit_after(work, f->end, &unit);
    bool part = !f->number.figures && f->number.value > 0 && f->number.value < 1;
    if (after == f->end && part && dl_piece_is(&work->pieces, f->end, DL_WORD_a, NULL)) {
        int32_t behind_article = unit_after(work, f->end + 1, &unit); /* "half a ton" */
        after = behind_article > f->end + 1 ? behind_article : after;
    }
    if (behind || is_money(unit)) {
        if (after > f->end)
            f->unit = unit;
        f->end = after;
    }
    f->first = first;
    scale_behind_unit(work, f);
    read_parts(work, f);
}

/* "5% to 10%": both ends of a range with their unit. */
static void read_unit_range(const dl_work *work, found *f)
{
    const dl_pieces *p = &work->pieces;
    dl_amount high;
    dl_string unit = {0};
    int32_t at = f->end + 1;
    if (!f->unit.size || f->relation == DL_BETWEEN ||
        !(dl_piece_is(p, f->end, DL_WORD_to, NULL) || dl_piece_mark(p, f->end, '-')) ||
        !dl_number_read(p, at, &high) || high.value <= f->number.value)
        return;
    int32_t end = unit_after(work, high.end, &unit);
    if (end == high.end || !dl_string_equal(unit, f->unit))
        return;
    f->relation = DL_BETWEEN;
    f->high = high.value;
    f->end = end;
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
    read_ratio(work, f);
    if (reads_as_one(work, f) || in_word(work, i))
        return false;
    dl_string unit = {0};
    if (unit_after(work, f->end, &unit) == f->end)
        read_range(work, f);
    int32_t between = f->first < i;
    f->first = i;
    read_unit(work, f);
    read_unit_range(work, f);
    f->first -= between;
    dl_relation relation = DL_EQUAL;
    f->first = relation_before(work, f->first, &relation);
    if (relation == DL_EQUAL || relation == DL_ABOUT)
        f->end = relation_after(work, f->end, &relation);
    if (relation != DL_EQUAL && f->relation != DL_BETWEEN)
        f->relation = relation;
    return true;
}

static bool is_low(const found *f)
{
    return f->relation == DL_MORE || f->relation == DL_AT_LEAST;
}

static bool is_high(const found *f)
{
    return f->relation == DL_FEWER || f->relation == DL_AT_MOST;
}

/* "more than 10 but fewer than 20": two bounds are a range. */
static void join_bounds(const dl_work *work, found *f)
{
    const dl_pieces *p = &work->pieces;
    found other;
    int32_t at = f->end + dl_piece_mark(p, f->end, ',');
    if ((!is_low(f) && !is_high(f)) || (!dl_piece_is(p, at, DL_WORD_and, NULL) &&
                                        !dl_piece_is(p, at, DL_WORD_but, NULL)))
        return;
    at++;
    for (int32_t i = at; i < p->count && i <= at + HEDGE_PIECES_MAX; i++) {
        if (!read_at(work, i, &other))
            continue;
        bool fits = other.first == at && (is_low(f) ? is_high(&other) : is_low(&other)) &&
                    (!f->unit.size || dl_string_equal(f->unit, other.unit));
        double low = is_low(f) ? f->number.value : other.number.value;
        double high = is_low(f) ? other.number.value : f->number.value;
        if (!fits || low >= high)
            return;
        f->number.value = low;
        f->high = high;
        f->relation = DL_BETWEEN;
        f->unit = other.unit;
        f->end = other.end;
        return;
    }
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
    for (int32_t i = first; i <= last; i++) { /* "tens of thousands of pilgrims" */
        int32_t below = dl_tree_child(document, i, DL_DEPREL_nmod);
        if (below > last)
            return below;
    }
    for (int32_t i = first; i <= last; i++)
        if ((tokens[i].head < first || tokens[i].head > last) &&
            tokens[i].upos == DL_UPOS_NOUN)
            return i;
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
        join_bounds(work, &f);
        if (!add_quantity(work, &f))
            return false;
        i = f.end > i ? f.end : i + 1;
    }
    return true;
}
