#include <stdio.h>

#include "detail/shared.h"

/* Stated dates: what the text gives in full or in part, in every order that is in use.
 * Each reader returns the piece after what it read, 0 where there is nothing. */

enum { YEAR_MIN = 1000, YEAR_MAX = 2100, SHORT_YEAR_TURN = 50 };

static bool digits_at(const dl_pieces *p, int32_t i, size_t low, size_t high)
{
    return i >= 0 && i < p->count && p->items[i].shape == DL_SHAPE_DIGITS &&
           p->items[i].text.size >= low && p->items[i].text.size <= high;
}

static int number_of(const dl_pieces *p, int32_t i)
{
    int value = 0;
    for (size_t k = 0; k < p->items[i].text.size && k < 6; k++)
        value = value * 10 + (p->items[i].text.data[k] - '0');
    return value;
}

static bool glued(const dl_pieces *p, int32_t i)
{
    return i > 0 && i < p->count && p->items[i].glued;
}

static bool separator(const dl_pieces *p, int32_t i, char mark)
{
    return dl_piece_mark(p, i, mark) && glued(p, i) && glued(p, i + 1);
}

static bool comma(const dl_pieces *p, int32_t i)
{
    return dl_piece_mark(p, i, ',');
}

static int full_year(int year, size_t digits)
{
    if (digits > 2)
        return year;
    return year < SHORT_YEAR_TURN ? 2000 + year : 1900 + year;
}

/* "480 BC", "AD 70" */
static int32_t era_year(const dl_pieces *p, int32_t i, dl_timex *t)
{
    dl_string era;
    int32_t at = i;
    if (dl_piece_is(p, at, DL_WORD_era, &era) && digits_at(p, at + 1, 1, 4) &&
        !dl_string_equal(era, DL_STRING("BC"))) {
        t->year = number_of(p, at + 1);
        return t->year > 0 ? at + 2 : 0;
    }
    if (!digits_at(p, at, 1, 4) || !dl_piece_is(p, at + 1, DL_WORD_era, &era))
        return 0;
    t->year = number_of(p, at);
    if (dl_string_equal(era, DL_STRING("BC")))
        t->year = -t->year;
    return t->year ? at + 2 : 0;
}

/* Whether what stands around four digits speaks against a year: money, a thousands
 * group, a unit or a counted noun behind them. */
static bool counted(const dl_work *work, int32_t i)
{
    const dl_pieces *p = &work->pieces;
    if (separator(p, i + 1, '.') || separator(p, i + 1, ':') ||
        (separator(p, i + 1, ',') && digits_at(p, i + 2, 3, 3)) ||
        dl_piece_mark(p, i + 1, '%'))
        return true;
    if (dl_piece_mark(p, i - 1, '$') || dl_piece_mark(p, i - 1, '#') ||
        (i > 0 && glued(p, i) && !dl_piece_mark(p, i - 1, '-') &&
         !dl_piece_mark(p, i - 1, '(') && !dl_piece_mark(p, i - 1, '/')))
        return true;
    if (dl_piece_is(p, i + 1, DL_WORD_scale, NULL) ||
        dl_piece_is(p, i + 1, DL_WORD_unit, NULL))
        return true;
    const dl_token *token = &work->document->tokens[p->items[i].token];
    if (token->deprel != DL_DEPREL_nummod || token->head < p->items[i].token)
        return false;
    return work->document->tokens[token->head].feats.number == DL_NUMBER_PLUR;
}

bool dl_timex_year(const dl_work *work, int32_t i, dl_timex *t, bool sure)
{
    const dl_pieces *p = &work->pieces;
    int32_t end = era_year(p, i, t);
    if (!end && digits_at(p, i, 4, 4) && number_of(p, i) >= YEAR_MIN &&
        number_of(p, i) <= YEAR_MAX && (sure || !counted(work, i)) &&
        !(glued(p, i + 1) && p->items[i + 1].shape == DL_SHAPE_WORD)) {
        t->year = number_of(p, i);
        end = i + 1;
    }
    dl_amount number;
    if (!end && sure && dl_number_read(p, i, &number) && !number.figures &&
        !number.vague && number.value >= YEAR_MIN && number.value <= YEAR_MAX &&
        number.whole) {
        t->year = (int)number.value;
        end = number.end;
    }
    int century, rest; /* "nineteen ninety-six" */
    if (!end && sure && !digits_at(p, i, 1, 9) &&
        (end = dl_number_small(p, i, &century)) > 0) {
        int32_t tail = century >= 10 && century <= 20 && !digits_at(p, end, 1, 9)
                           ? dl_number_small(p, end, &rest)
                           : 0;
        end = tail && rest >= 10 && rest < 100 ? tail : 0;
        if (end)
            t->year = century * 100 + rest;
    }
    t->end = end;
    t->grain = DL_GRAIN_YEAR;
    return end > 0;
}

/* "2022-01-13", "2022/1/13", "2022-01" */
static int32_t iso_date(const dl_pieces *p, int32_t i, dl_timex *t)
{
    char mark = dl_piece_mark(p, i + 1, '/') ? '/' : '-';
    if (!digits_at(p, i, 4, 4) || !separator(p, i + 1, mark) ||
        !digits_at(p, i + 2, 1, 2))
        return 0;
    t->year = number_of(p, i);
    t->month = number_of(p, i + 2);
    t->grain = DL_GRAIN_MONTH;
    if (t->month < 1 || t->month > 12 || t->year < YEAR_MIN || t->year > YEAR_MAX)
        return 0;
    if (separator(p, i + 3, mark) && digits_at(p, i + 4, 1, 2)) {
        t->day = number_of(p, i + 4);
        t->grain = DL_GRAIN_DAY;
        return t->day >= 1 && t->day <= 31 ? i + 5 : 0;
    }
    return p->items[i + 2].text.size == 2 ? i + 3 : 0;
}

/* Month first as in the United States, unless that can't be. */
static bool month_and_day(dl_timex *t, int first, int second)
{
    t->month = first > 12 ? second : first;
    t->day = first > 12 ? first : second;
    t->grain = DL_GRAIN_DAY;
    return t->month >= 1 && t->month <= 12 && t->day >= 1 && t->day <= 31;
}

/* "1/13/2022", "13.1.2022", "1/13", "12-2015" */
static int32_t short_date(const dl_pieces *p, int32_t i, dl_timex *t)
{
    static const char marks[] = "/-.";
    if (!digits_at(p, i, 1, 2) || (glued(p, i) && !dl_piece_mark(p, i - 1, '(')))
        return 0;
    for (int k = 0; marks[k]; k++) {
        if (!separator(p, i + 1, marks[k]))
            continue;
        if (digits_at(p, i + 2, 4, 4) && marks[k] != '.' && number_of(p, i) <= 12 &&
            number_of(p, i + 2) >= YEAR_MIN && number_of(p, i + 2) <= YEAR_MAX) {
            t->month = number_of(p, i);
            t->year = number_of(p, i + 2);
            t->grain = DL_GRAIN_MONTH;
            return t->month ? i + 3 : 0;
        }
        if (!digits_at(p, i + 2, 1, 2) ||
            !month_and_day(t, number_of(p, i), number_of(p, i + 2)))
            return 0;
        if (separator(p, i + 3, marks[k]) &&
            (digits_at(p, i + 4, 4, 4) || digits_at(p, i + 4, 2, 2))) {
            t->year = full_year(number_of(p, i + 4), p->items[i + 4].text.size);
            return i + 5;
        }
        return marks[k] == '/' && !separator(p, i + 3, '/') ? i + 3 : 0;
    }
    return 0;
}

static int32_t day_at(const dl_pieces *p, int32_t i, int *day)
{
    int32_t at = i;
    if (dl_piece_is(p, at, DL_WORD_the, NULL))
        at++;
    int32_t end = dl_ordinal_read(p, at, day);
    if (!end && digits_at(p, at, 1, 2) && !separator(p, at + 1, ':') &&
        !(separator(p, at + 1, '.') && digits_at(p, at + 2, 1, 9)) &&
        !(separator(p, at + 1, ',') && digits_at(p, at + 2, 3, 3)))
        end = dl_number_small(p, at, day);
    return end && *day >= 1 && *day <= 31 ? end : 0;
}

/* Whether a word such as "may" or "march" is the month here. */
static bool sure_month(const dl_work *work, int32_t i)
{
    const dl_pieces *p = &work->pieces;
    const dl_token *token = &work->document->tokens[p->items[i].token];
    dl_string fold = p->items[i].text;
    if (!dl_list_has(work->detail->lexicon, work->detail->list.doubtful, fold, NULL))
        return true;
    return p->items[i].capital && token->upos != DL_UPOS_AUX &&
           token->upos != DL_UPOS_VERB;
}

static int month_at(const dl_work *work, int32_t i)
{
    return dl_piece_int(&work->pieces, i, DL_WORD_month);
}

/* The year behind a month or day: ", 2022", "of 2022", "'99". */
static int32_t year_after(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_timex year = {0};
    int32_t at = i;
    if (comma(p, at) || dl_piece_is(p, at, DL_WORD_of, NULL) ||
        (dl_piece_is(p, at, DL_WORD_in, NULL)) || separator(p, at, '-') ||
        separator(p, at, '/'))
        at++;
    if (digits_at(p, at, 4, 4) || (at > i && !comma(p, i)) ||
        dl_piece_is(p, at + 1, DL_WORD_era, NULL)) {
        if (dl_timex_year(work, at, &year, !comma(p, i) || digits_at(p, at, 4, 4))) {
            t->year = year.year;
            return year.end;
        }
    }
    dl_amount number;
    if (dl_number_read(p, i, &number) && !number.figures && number.value >= YEAR_MIN &&
        number.value <= YEAR_MAX) {
        t->year = (int)number.value;
        return number.end;
    }
    return i;
}

static bool unit_follows(const dl_pieces *p, int32_t i)
{
    int32_t at = dl_piece_mark(p, i, '-') ? i + 1 : i;
    return dl_piece_is(p, at, DL_WORD_unit, NULL) || dl_piece_mark(p, i, '%') ||
           dl_piece_is(p, i, DL_WORD_scale, NULL) ||
           dl_piece_is(p, i, DL_WORD_half_day, NULL);
}

/* "January 13[th][, 2022]" */
static int32_t month_day(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    t->month = month_at(work, i);
    int32_t at = i + 1;
    if (!t->month)
        return 0;
    if (dl_piece_mark(p, at, '.') || separator(p, at, '/') || separator(p, at, '-'))
        at++;
    int32_t end = day_at(p, at, &t->day);
    if (!end) {
        int32_t words = dl_number_small(p, at, &t->day);
        end = words && t->day >= 1 && t->day <= 31 && !digits_at(p, at, 1, 9) ? words : 0;
    }
    if (!end || unit_follows(p, end))
        return 0;
    t->grain = DL_GRAIN_DAY;
    return year_after(work, end, t);
}

/* "the 13th of January[, 2022]", "13 January 2022", "13-Jan-22" */
static int32_t day_month(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int32_t at = day_at(p, i, &t->day);
    if (!at)
        return 0;
    if (dl_piece_is(p, at, DL_WORD_of, NULL) || separator(p, at, '-') ||
        separator(p, at, '/'))
        at++;
    t->month = month_at(work, at);
    if (!t->month)
        return 0;
    t->grain = DL_GRAIN_DAY;
    at++;
    if (dl_piece_mark(p, at, '.') && digits_at(p, at + 1, 4, 4))
        at++;
    if (separator(p, at, '-') && digits_at(p, at + 1, 2, 2)) {
        t->year = full_year(number_of(p, at + 1), 2);
        return at + 2;
    }
    return year_after(work, at, t);
}

/* "January 2022", "January of 2022", "January" */
static int32_t month_alone(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    t->month = month_at(work, i);
    if (!t->month)
        return 0;
    t->grain = DL_GRAIN_MONTH;
    int32_t at = dl_piece_mark(p, i + 1, '.') ? i + 2 : i + 1;
    int32_t end = year_after(work, at, t);
    if (end > at)
        return end;
    return sure_month(work, i) ? i + 1 : 0;
}

/* "from 3 to 5 May", "3, 4 and 5 May": a day whose month stands behind others. */
static int32_t day_before_days(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int32_t end = day_at(p, i, &t->day);
    int32_t at = end;
    int day = t->day;
    for (int tries = 0; at && tries < 4; tries++) {
        if (!comma(p, at) && !dl_piece_mark(p, at, '-') &&
            !dl_piece_is(p, at, DL_WORD_and, NULL) &&
            !dl_piece_is(p, at, DL_WORD_to, NULL))
            return 0;
        dl_timex last = {0};
        if (day_month(work, at + 1, &last)) {
            t->day = day;
            t->month = last.month;
            t->year = last.year;
            t->grain = DL_GRAIN_DAY;
            return end;
        }
        at = day_at(p, at + 1, &last.day);
    }
    return 0;
}

static int32_t any_day(const dl_work *work, int32_t i, dl_timex *t)
{
    static int32_t (*const readers[])(const dl_work *, int32_t, dl_timex *) = {
        month_day, day_month, day_before_days};
    for (size_t k = 0; k < sizeof readers / sizeof *readers; k++) {
        dl_timex tried = *t;
        int32_t end = readers[k](work, i, &tried);
        if (end) {
            *t = tried;
            return end;
        }
    }
    return 0;
}

/* "Thursday, January 13", "Thursday the 13th" */
static int32_t weekday_date(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int weekday = dl_piece_int(p, i, DL_WORD_weekday);
    if (!weekday)
        return 0;
    int32_t at = i + 1;
    if (dl_piece_mark(p, at, '.'))
        at++;
    if (comma(p, at))
        at++;
    int32_t end = any_day(work, at, t);
    if (end)
        return end;
    if (dl_piece_is(p, at, DL_WORD_the, NULL) &&
        (end = dl_ordinal_read(p, at + 1, &t->day))) {
        t->grain = DL_GRAIN_DAY;
        return end;
    }
    return 0;
}

/* "the 13th": only where nothing counted follows */
static int32_t day_of_month(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    if (!dl_piece_is(p, i, DL_WORD_the, NULL) || !digits_at(p, i + 1, 1, 2) ||
        !dl_piece_is(p, i - 1, DL_WORD_on, NULL))
        return 0;
    int32_t end = dl_ordinal_read(p, i + 1, &t->day);
    if (!end || t->day < 1 || t->day > 31)
        return 0;
    if (end < p->count && p->items[end].shape == DL_SHAPE_WORD &&
        !dl_piece_is(p, end, DL_WORD_of, NULL) &&
        !dl_piece_is(p, end, DL_WORD_at, NULL) && !dl_piece_is(p, end, DL_WORD_and, NULL))
        return 0;
    t->grain = DL_GRAIN_DAY;
    return end;
}

/* "the 1990s", "the '90s", "the nineties" */
static int32_t decade(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int32_t at = dl_piece_is(p, i, DL_WORD_the, NULL) ? i + 1 : i;
    int32_t mark = dl_piece_mark(p, at, '\'') ? at + 1 : at;
    int tens = dl_piece_int(p, at, DL_WORD_decade);
    t->grain = DL_GRAIN_DECADE;
    if (tens && (at > i || p->items[at].capital)) {
        t->year = tens;
        t->short_year = true;
        return at + 1;
    }
    int32_t tail = dl_piece_mark(p, mark + 1, '\'') ? mark + 2 : mark + 1;
    if (!glued(p, tail) || !dl_piece_is(p, tail, DL_WORD_plural, NULL))
        return 0;
    if (digits_at(p, mark, 4, 4) && number_of(p, mark) % 10 == 0) {
        t->year = number_of(p, mark);
    } else if (digits_at(p, mark, 2, 2) && number_of(p, mark) % 10 == 0 && mark > i) {
        t->year = number_of(p, mark);
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
    t->season = dl_piece_int(p, at, DL_WORD_season);
    if (!t->season)
        return 0;
    t->grain = DL_GRAIN_SEASON;
    int32_t end = year_after(work, at + 1, t);
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

/* "the first quarter of 2010", "Q2 2010" */
static int32_t quarter(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int32_t at = dl_piece_is(p, i, DL_WORD_the, NULL) ? i + 1 : i;
    int32_t end = dl_ordinal_read(p, at, &t->quarter);
    if (end && dl_piece_is(p, end, DL_WORD_quarter, NULL)) {
        end++;
    } else if (at < p->count && dl_string_equal(p->items[at].text, DL_STRING("q")) &&
               digits_at(p, at + 1, 1, 1) && glued(p, at + 1)) {
        t->quarter = number_of(p, at + 1);
        end = at + 2;
    } else {
        return 0;
    }
    if (t->quarter < 1 || t->quarter > 4)
        return 0;
    t->grain = DL_GRAIN_QUARTER;
    return year_after(work, end, t);
}

/* "Christmas", "New Year's Eve 1999" */
static int32_t holiday(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int number = dl_piece_int(p, i, DL_WORD_holiday); /* month * 100 + day */
    if (!number || !p->items[i].capital)
        return 0;
    t->month = number / 100;
    t->day = number % 100;
    t->grain = DL_GRAIN_DAY;
    dl_string eve;
    int32_t at = i + 1;
    if (dl_piece_is(p, at, DL_WORD_day_noun, &eve)) {
        if (dl_string_equal(eve, DL_STRING("eve")))
            t->day--;
        if (t->day == 0) {
            t->day = 31;
            t->month = t->month == 1 ? 12 : t->month - 1;
        }
        at++;
    }
    return year_after(work, at, t);
}

static int32_t year_alone(const dl_work *work, int32_t i, dl_timex *t)
{
    bool sure =
        dl_piece_is(&work->pieces, i - 1, DL_WORD_in, NULL) &&
        !dl_piece_is(&work->pieces, i + 1, DL_WORD_unit, NULL) &&
        work->document->tokens[work->pieces.items[i].token].deprel != DL_DEPREL_nummod;
    return dl_timex_year(work, i, t, sure) ? t->end : 0;
}

bool dl_timex_stated(const dl_work *work, int32_t i, dl_timex *timex)
{
    typedef int32_t (*reader)(const dl_work *, int32_t, dl_timex *);
    static const reader readers[] = {weekday_date, any_day,   month_alone, decade,
                                     century,      season,    quarter,     holiday,
                                     day_of_month, year_alone};
    typedef int32_t (*figures)(const dl_pieces *, int32_t, dl_timex *);
    static const figures numeric[] = {iso_date, short_date};
    dl_timex best = {0};
    for (size_t k = 0; k < sizeof numeric / sizeof *numeric; k++) {
        dl_timex t = {0};
        t.end = numeric[k](&work->pieces, i, &t);
        if (t.end > best.end)
            best = t;
    }
    for (size_t k = 0; k < sizeof readers / sizeof *readers; k++) {
        dl_timex t = {0};
        t.end = readers[k](work, i, &t);
        if (t.end > best.end)
            best = t;
    }
    *timex = best;
    return best.end > 0;
}

/* Adds hours to "am" and "pm"; false where there is no such hour. */
static bool set_clock(dl_timex *t, int hour, int minute, int second, dl_string half)
{
    if (half.size && hour <= 12) {
        bool pm = dl_string_equal(half, DL_STRING("pm"));
        hour = hour % 12 + (pm ? 12 : 0);
    }
    if (hour < 0 || hour > 24 || minute > 59 || second > 59)
        return false;
    if (second >= 0)
        snprintf(t->clock, sizeof t->clock, "T%02d:%02d:%02d", hour, minute, second);
    else if (minute >= 0)
        snprintf(t->clock, sizeof t->clock, "T%02d:%02d", hour, minute);
    else
        snprintf(t->clock, sizeof t->clock, "T%02d", hour);
    return true;
}

/* "from 3 to 5 pm": the half of the day stands behind the second hour alone. */
static bool range_half(const dl_pieces *p, int32_t at, int hour, dl_string *half)
{
    int second;
    if (!dl_piece_mark(p, at, '-') && !dl_piece_is(p, at, DL_WORD_to, NULL) &&
        !dl_piece_is(p, at, DL_WORD_and, NULL))
        return false;
    int32_t end = at + 1;
    if (!digits_at(p, end, 1, 2))
        return false;
    second = number_of(p, end++);
    if (separator(p, end, ':') && digits_at(p, end + 1, 2, 2))
        end += 2;
    if (!dl_piece_is(p, end, DL_WORD_half_day, half) || hour > 12 || second > 12)
        return false;
    if (hour % 12 > second % 12) /* across noon or midnight */
        *half =
            dl_string_equal(*half, DL_STRING("pm")) ? DL_STRING("am") : DL_STRING("pm");
    return true;
}

/* "16:30", "4.30 p.m.", "4 pm", "noon", "8 o'clock", "8 in the morning" */
bool dl_timex_clock(const dl_pieces *p, int32_t i, dl_timex *t)
{
    dl_string word, half = {NULL, 0};
    int hour = 0, minute = -1, second = -1;
    *t = (dl_timex){.type = DL_TIME_TIME, .grain = DL_GRAIN_DAY, .from = DL_FROM_TOLD};
    if (dl_piece_is(p, i, DL_WORD_clock, &word) && word.size) {
        snprintf(t->clock, sizeof t->clock, "%.*s", (int)word.size, word.data);
        t->end = i + 1;
        return true;
    }
    int32_t at = digits_at(p, i, 1, 2) ? i + 1 : dl_number_small(p, i, &hour);
    if (at && digits_at(p, i, 1, 2))
        hour = number_of(p, i);
    if (!at || hour > 24 || (glued(p, i) && !dl_piece_mark(p, i - 1, '-')))
        return false;
    bool figures = digits_at(p, i, 1, 2);
    if (figures && (separator(p, at, ':') || separator(p, at, '.')) &&
        digits_at(p, at + 1, 2, 2)) {
        bool colon = dl_piece_mark(p, at, ':');
        minute = number_of(p, at + 1);
        at += 2;
        if (colon && separator(p, at, ':') && digits_at(p, at + 1, 2, 2)) {
            second = number_of(p, at + 1);
            at += 2;
        }
        if (!colon && !dl_piece_is(p, at, DL_WORD_half_day, NULL))
            return false;
    }
    if (!figures && hour <= 12) { /* "ten fifty-five p.m." */
        int spoken;
        int32_t end = dl_number_small(p, at, &spoken);
        if (end && spoken >= 10 && spoken < 60 &&
            dl_piece_is(p, end, DL_WORD_half_day, NULL)) {
            minute = spoken;
            at = end;
        }
    }
    bool sure = minute >= 0;
    if (dl_piece_is(p, at, DL_WORD_clock, &word) && !word.size) { /* o'clock */
        sure = true;
        at++;
    }
    if (dl_piece_is(p, at, DL_WORD_half_day, &half)) {
        sure = true;
        at++;
    } else if (dl_piece_is(p, at, DL_WORD_in, NULL) &&
               dl_piece_is(p, at + 1, DL_WORD_the, NULL) &&
               dl_piece_is(p, at + 2, DL_WORD_part, &word)) {
        sure = true;
        half = dl_string_equal(word, DL_STRING("MO")) ? DL_STRING("am") : DL_STRING("pm");
        at += 3;
    } else if (range_half(p, at, hour, &half)) {
        sure = true;
    }
    t->end = at;
    return sure && set_clock(t, hour, minute, second, half);
}
