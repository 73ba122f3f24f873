#include "detail/shared.h"

/* Stated times longer than a month, and the days that have names. */

/* "the 1990s", "the '90s", "the nineties" */
static int32_t decade(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int32_t at = dl_piece_is(p, i, DL_WORD_the, NULL) ? i + 1 : i;
    int32_t mark = dl_piece_mark(p, at, '\'') ? at + 1 : at;
    int tens = dl_piece_int(p, at, DL_WORD_decade);
    t->grain = DL_GRAIN_DECADE;
    if (tens >= 1000) { /* "the twenty-tens" */
        t->year = tens;
        return at + 1;
    }
    if (tens && (at > i || p->items[at].capital)) {
        t->year = tens;
        t->short_year = true;
        return at + 1;
    }
    int32_t tail = dl_piece_mark(p, mark + 1, '\'') ? mark + 2 : mark + 1;
    if (!dl_piece_glued(p, tail) || !dl_piece_is(p, tail, DL_WORD_plural, NULL))
        return 0;
    if (dl_piece_digits(p, mark, 4, 4) && dl_piece_number(p, mark) % 10 == 0) {
        t->year = dl_piece_number(p, mark);
    } else if (dl_piece_digits(p, mark, 2, 2) && dl_piece_number(p, mark) % 10 == 0 &&
               (mark > i || dl_piece_is(p, i - 1, DL_WORD_in, NULL)) &&
               mark + 1 < p->count) {
        t->year = dl_piece_number(p, mark);
        t->short_year = true;
    } else {
        return 0;
    }
    dl_string era;
    if (dl_piece_is(p, tail + 1, DL_WORD_era, &era) &&
        dl_string_equal(era, DL_STRING("BC"))) {
        t->year = -t->year;
        return tail + 2;
    }
    return tail + 1;
}

/* "the 19th century", "the nineteenth century BC" */
static int32_t century(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int number;
    int32_t at = dl_piece_is(p, i, DL_WORD_the, NULL) ? i + 1 : i;
    dl_string edge;
    if (dl_piece_is(p, at, DL_WORD_edge, &edge))
        at++;
    if (dl_piece_mark(p, at, '-'))
        at++;
    at = dl_ordinal_read(p, at, &number);
    if (at && dl_piece_mark(p, at, '-'))
        at++;
    if (!at || !dl_piece_is(p, at, DL_WORD_century, NULL) || number < 1 || number > 30)
        return 0;
    t->year = number;
    t->grain = DL_GRAIN_CENTURY;
    dl_string era;
    if (dl_piece_is(p, at + 1, DL_WORD_era, &era)) {
        t->year = dl_string_equal(era, DL_STRING("BC")) ? -number : number;
        return at + 2;
    }
    return at + 1;
}

/* "the spring of 1943", "spring 1943", "summer" */
static int32_t season(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int32_t at = dl_piece_is(p, i, DL_WORD_the, NULL) ? i + 1 : i;
    if (dl_piece_digits(p, i, 4, 4) && !dl_piece_glued(p, i)) { /* "1982 summer" */
        t->year = dl_piece_number(p, i);
        t->season = dl_piece_int(p, i + 1, DL_WORD_season);
        t->grain = DL_GRAIN_SEASON;
        return t->season && t->year >= 1000 && t->year <= 2200 ? i + 2 : 0;
    }
    t->season = dl_piece_int(p, at, DL_WORD_season);
    if (!t->season)
        return 0;
    t->grain = DL_GRAIN_SEASON;
    int32_t end = dl_timex_year_after(work, at + 1, t);
    if (end > at + 1)
        return end;
    if (at > i && dl_piece_is(p, at + 1, DL_WORD_of, NULL) &&
        !dl_piece_is(p, at + 2, DL_WORD_this, NULL) &&
        !(dl_piece_is(p, at + 2, DL_WORD_the, NULL) &&
          (dl_piece_is(p, at + 3, DL_WORD_same, NULL) ||
           dl_piece_is(p, at + 3, DL_WORD_last, NULL) ||
           dl_piece_is(p, at + 3, DL_WORD_next, NULL))))
        return 0; /* "the fall of the city" */
    const dl_token *token = &work->document->tokens[p->items[at].token];
    bool noun = token->upos == DL_NO_UPOS || token->upos == DL_UPOS_NOUN ||
                token->upos == DL_UPOS_PROPN;
    bool sure = !dl_list_has(work->detail->lexicon, work->detail->list.doubtful,
                             p->items[at].text, NULL) ||
                dl_piece_is(p, i - 1, DL_WORD_in, NULL) ||
                (at > i && dl_piece_is(p, i - 1, DL_WORD_in, NULL));
    return noun && sure ? at + 1 : 0;
}

/* The quarter or half itself: "first quarter", "Q2", "second half", "H1"; its end. */
static int32_t part_of_year(const dl_pieces *p, int32_t i, dl_timex *t)
{
    int32_t at = dl_piece_is(p, i, DL_WORD_the, NULL) ? i + 1 : i;
    int32_t end = dl_ordinal_read(p, at, &t->quarter);
    if (!end && dl_piece_is(p, at, DL_WORD_last, NULL) && at > i) {
        t->quarter = dl_piece_is(p, at + 1, DL_WORD_half, NULL) ? 2 : 4;
        end = at + 1;
    }
    bool figure = dl_piece_digits(p, at + 1, 1, 1) && dl_piece_glued(p, at + 1) &&
                  p->items[at].text.size == 1;
    bool half = end ? dl_piece_is(p, end, DL_WORD_half, NULL)
                    : figure && dl_piece_is(p, at, DL_WORD_half, NULL);
    bool quarter = end ? dl_piece_is(p, end, DL_WORD_quarter, NULL)
                       : figure && dl_piece_is(p, at, DL_WORD_quarter, NULL);
    dl_string unit;
    int32_t year = end + 1;
    if (end && dl_piece_is(p, at, DL_WORD_last, NULL)) {
        year += dl_piece_is(p, year, DL_WORD_of, NULL);
        if (!dl_piece_digits(p, year, 4, 4) &&
            !dl_piece_is(p, year + 1, DL_WORD_unit, &unit))
            return 0; /* "the last quarter" is the one before this */
    }
    if ((!half && !quarter) || (end && p->items[end].text.size == 1))
        return 0;
    if (!end)
        t->quarter = dl_piece_number(p, at + 1);
    t->grain = half ? DL_GRAIN_HALF : DL_GRAIN_QUARTER;
    if (t->quarter < 1 || t->quarter > (half ? 2 : 4))
        return 0;
    return end ? end + 1 : at + 2;
}

/* "the first quarter of 2010", "Q2 2010", "2016 Q3", "2016 the third quarter", "2016H2"
 */
static int32_t quarter(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    if (dl_piece_digits(p, i, 4, 4) && !dl_piece_glued(p, i)) {
        int year = dl_piece_number(p, i);
        int32_t at =
            dl_piece_mark(p, i + 1, '-') || dl_piece_mark(p, i + 1, ',') ? i + 2 : i + 1;
        int32_t end = part_of_year(p, at, t);
        t->year = year;
        return end && year >= 1000 && year <= 2200 ? end : 0;
    }
    int32_t end = part_of_year(p, i, t);
    if (!end)
        return 0;
    bool half = t->grain == DL_GRAIN_HALF;
    int32_t after = dl_timex_year_after(work, end, t);
    if (half && after == end) { /* "the second half" of a match: only with its year */
        int32_t at = dl_piece_is(p, end, DL_WORD_of, NULL) ? end + 1 : end;
        dl_string unit;
        if (dl_piece_is(p, at, DL_WORD_the, NULL) ||
            dl_piece_is(p, at, DL_WORD_this, NULL) ||
            dl_piece_is(p, at, DL_WORD_last, NULL) ||
            dl_piece_is(p, at, DL_WORD_next, NULL))
            at++;
        if (!dl_piece_is(p, at, DL_WORD_unit, &unit) ||
            !dl_string_equal(unit, DL_STRING("Y")))
            return 0;
    }
    return after;
}

/* "fiscal year 2019", "FY2019", "FY 2019", "the 2018-19 school year" */
static int32_t fiscal_year(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string unit;
    int32_t at = dl_piece_is(p, i, DL_WORD_the, NULL) ? i + 1 : i;
    t->grain = DL_GRAIN_YEAR;
    if (dl_piece_is(p, at, DL_WORD_beside, NULL) &&
        dl_piece_is(p, at + 1, DL_WORD_unit, &unit) &&
        dl_string_equal(unit, DL_STRING("Y")))
        return dl_piece_digits(p, at + 2, 4, 4) && dl_timex_year(work, at + 2, t, true)
                   ? t->end
                   : 0;
    if (dl_piece_is(p, at, DL_WORD_fiscal, NULL) && dl_piece_digits(p, at + 1, 2, 4)) {
        int year = dl_piece_number(p, at + 1);
        t->year = year < 100 ? 2000 + year : year;
        return t->year >= 1900 && t->year <= 2200 ? at + 2 : 0;
    }
    if (!dl_piece_digits(p, at, 4, 4) || !dl_piece_digits(p, at + 2, 2, 4) ||
        (!dl_piece_separates(p, at + 1, '-') && !dl_piece_separates(p, at + 1, '/')))
        return 0;
    int32_t noun = at + 3;
    while (dl_piece_is(p, noun, DL_WORD_beside, NULL))
        noun++;
    if (!dl_piece_is(p, noun, DL_WORD_unit, &unit) || noun == at + 3 ||
        !dl_string_equal(unit, DL_STRING("Y")))
        return 0;
    t->year = dl_piece_number(p, at);
    return noun + 1;
}

/* ---- Days with names ---- */

/* Whether the day's name is but a part of a longer name: "the Easter Rising". */
static bool part_of_name(const dl_work *work, int32_t i, int32_t end)
{
    const dl_pieces *p = &work->pieces;
    const dl_token *token = &work->document->tokens[p->items[i].token];
    if (token->name == DL_NAME_PER)
        return true;
    const dl_token *last = &work->document->tokens[p->items[i].last];
    if (!p->items[i].capital && last->deprel == DL_DEPREL_compound && end < p->count &&
        p->items[end].shape == DL_SHAPE_WORD && !p->items[end].kind[0])
        return true; /* "new year celebrations" */
    return p->items[i].capital && end < p->count && p->items[end].capital &&
           !p->items[end].kind[0] && token->deprel == DL_DEPREL_compound;
}

/* "Christmas", "Easter Sunday 2019", "Christmas Eve", "Thanksgiving weekend" */
static int32_t holiday(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string unit;
    int32_t at = dl_piece_is(p, i, DL_WORD_the, NULL) ? i + 1 : i;
    dl_timex weekend = {0};
    if (dl_piece_is(p, at, DL_WORD_unit, &unit) &&
        dl_string_equal(unit, DL_STRING("WE")) &&
        dl_piece_is(p, at + 1, DL_WORD_of, NULL)) { /* "the weekend of Thanksgiving" */
        weekend.grain = DL_GRAIN_WEEKEND;
        at += 2;
    }
    if (!dl_piece_is(p, at, DL_WORD_holiday, &t->named))
        return 0;
    int32_t end = at + 1;
    t->grain = weekend.grain ? weekend.grain : DL_GRAIN_DAY;
    if (dl_piece_is(p, end, DL_WORD_eve, NULL) &&
        !dl_piece_is(p, end + 1, DL_WORD_of, NULL)) {
        t->named_offset = -1;
        end++;
    } else if (dl_piece_is(p, end, DL_WORD_unit, &unit) &&
               (dl_string_equal(unit, DL_STRING("D")) ||
                dl_string_equal(unit, DL_STRING("WE")))) {
        if (dl_string_equal(unit, DL_STRING("WE")))
            t->grain = DL_GRAIN_WEEKEND;
        end++;
    }
    if (part_of_name(work, at, end))
        return 0;
    dl_string part;
    if (dl_piece_is(p, end, DL_WORD_part, &part) &&
        dl_string_find(part, ' ', 0) == part.size) {
        dl_timex_set_part(t, part);
        end++;
    }
    return dl_timex_year_after(work, end, t);
}

/* "since the fall of the Soviet Union", behind a preposition of time: the event's date */
static int32_t known_event(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string when;
    int32_t at = dl_piece_is(p, i, DL_WORD_the, NULL) ? i + 1 : i;
    dl_date date;
    if (!dl_piece_is(p, at, DL_WORD_event, &when) || !dl_date_parse(when, &date))
        return 0;
    if (!dl_piece_is(p, i - 1, DL_WORD_in, NULL) &&
        !dl_piece_is(p, i - 1, DL_WORD_earlier, NULL) &&
        !dl_piece_is(p, i - 1, DL_WORD_later, NULL) &&
        !dl_piece_is(p, i - 1, DL_WORD_to, NULL) &&
        !dl_piece_is(p, i - 1, DL_WORD_of, NULL) &&
        !dl_piece_is(p, i - 1, DL_WORD_from, NULL))
        return 0;
    t->year = date.year;
    t->month = date.month;
    t->day = date.day;
    t->grain = date.day ? DL_GRAIN_DAY : date.month ? DL_GRAIN_MONTH : DL_GRAIN_YEAR;
    t->direction = DL_TURN_THIS;
    return at + 1;
}

bool dl_timex_period(const dl_work *work, int32_t i, dl_timex *timex)
{
    typedef int32_t (*reader)(const dl_work *, int32_t, dl_timex *);
    static const reader readers[] = {decade,      century, season,     quarter,
                                     fiscal_year, holiday, known_event};
    dl_timex best = {0};
    for (size_t k = 0; k < sizeof readers / sizeof *readers; k++) {
        dl_timex t = {0};
        t.end = readers[k](work, i, &t);
        if (t.end > best.end)
            best = t;
    }
    *timex = best;
    return best.end > 0;
}
