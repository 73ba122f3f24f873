#include "detail/shared.h"

/* Stated dates: what the text gives in full or in part, in every order that is in use.
 * Each reader returns the piece after what it read, 0 where there is nothing. */

enum { YEAR_MIN = 1000, YEAR_MAX = 2100, FAR_YEAR_MAX = 2200, SHORT_YEAR_TURN = 40 };

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
    if (dl_piece_is(p, at, DL_WORD_era, &era) && dl_piece_digits(p, at + 1, 1, 4) &&
        !dl_string_equal(era, DL_STRING("BC"))) {
        t->year = dl_piece_number(p, at + 1);
        return t->year > 0 ? at + 2 : 0;
    }
    if (!dl_piece_digits(p, at, 1, 4) || !dl_piece_is(p, at + 1, DL_WORD_era, &era))
        return 0;
    t->year = dl_piece_number(p, at);
    if (dl_string_equal(era, DL_STRING("BC")))
        t->year = -t->year;
    return t->year ? at + 2 : 0;
}

/* Whether the digits are one group of a number such as a telephone's: "138-2010-2015". */
static bool in_chain(const dl_pieces *p, int32_t i)
{
    bool before = dl_piece_separates(p, i - 1, '-') && dl_piece_digits(p, i - 2, 1, 9);
    bool after = dl_piece_separates(p, i + 1, '-') && dl_piece_digits(p, i + 2, 1, 9);
    if (before &&
        (p->items[i - 2].text.size != 4 || p->items[i - 2].text.data[0] == '0' ||
         (dl_piece_separates(p, i - 3, '-') && dl_piece_digits(p, i - 4, 1, 9))))
        return true;
    return (before && after) || (after && dl_piece_separates(p, i + 3, '-') &&
                                 dl_piece_digits(p, i + 4, 1, 9));
}

/* Whether what stands around four digits speaks against a year: money, a thousands
 * group, a unit or a counted noun behind them. */
static bool counted(const dl_work *work, int32_t i)
{
    const dl_pieces *p = &work->pieces;
    if (dl_piece_separates(p, i + 1, '.') || dl_piece_separates(p, i + 1, ':') ||
        in_chain(p, i) ||
        (dl_piece_separates(p, i + 1, ',') && dl_piece_digits(p, i + 2, 3, 3)) ||
        dl_piece_mark(p, i + 1, '%'))
        return true;
    if (dl_piece_mark(p, i - 1, '$') || dl_piece_mark(p, i - 1, '#') ||
        (i > 0 && dl_piece_glued(p, i) && !dl_piece_mark(p, i - 1, '-') &&
         !dl_piece_mark(p, i - 1, '(') && !dl_piece_mark(p, i - 1, '/') &&
         !dl_piece_mark(p, i - 1, '~') && !dl_piece_mark(p, i - 1, '=')))
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
    if (!end && dl_piece_digits(p, i, 4, 4) && dl_piece_number(p, i) >= YEAR_MIN &&
        dl_piece_number(p, i) <= (sure ? FAR_YEAR_MAX : YEAR_MAX) &&
        (sure || !counted(work, i)) &&
        !(dl_piece_glued(p, i + 1) && p->items[i + 1].shape == DL_SHAPE_WORD)) {
        t->year = dl_piece_number(p, i);
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
    if (!end && sure && !dl_piece_digits(p, i, 1, 9) &&
        (end = dl_number_small(p, i, &century)) > 0) {
        if (century > 20 && century < 100) { /* "nineteen eighty" added up */
            end = i + 1;
            century = dl_piece_int(p, i, DL_WORD_number);
        }
        bool zero = dl_piece_is(p, end, DL_WORD_number, NULL) &&
                    !dl_piece_int(p, end, DL_WORD_number);
        int32_t tail = century >= 10 && century <= 20 && !dl_piece_digits(p, end, 1, 9)
                           ? dl_number_small(p, zero ? end + 1 : end, &rest)
                           : 0;
        end = tail && (rest >= 10 || zero) && rest < 100 ? tail : 0;
        if (end)
            t->year = century * 100 + rest;
    }
    t->end = end;
    t->grain = DL_GRAIN_YEAR;
    return end > 0;
}

static bool sure_month(const dl_work *work, int32_t i);

static bool year_digits(const dl_pieces *p, int32_t i)
{
    return dl_piece_digits(p, i, 4, 4) && dl_piece_number(p, i) >= YEAR_MIN &&
           dl_piece_number(p, i) <= YEAR_MAX;
}

/* "20161016" */
static int32_t compact_date(const dl_pieces *p, int32_t i, dl_timex *t)
{
    if (!dl_piece_digits(p, i, 8, 8) ||
        (dl_piece_glued(p, i) && !dl_piece_mark(p, i - 1, '-')))
        return 0;
    int number = 0;
    for (size_t k = 0; k < 8; k++)
        number = number * 10 + (p->items[i].text.data[k] - '0');
    dl_date date = {(int16_t)(number / 10000), (int8_t)(number / 100 % 100),
                    (int8_t)(number % 100)};
    if (date.year < 1900 || date.year > YEAR_MAX || !date.month || !date.day ||
        !dl_date_valid(date))
        return 0;
    t->year = date.year;
    t->month = date.month;
    t->day = date.day;
    t->grain = DL_GRAIN_DAY;
    return i + 1;
}

/* "2022-01-13", "2022/1/13", "2022.1.13", "2022 1 13", "2022-01", "2022 / 1" */
static int32_t iso_date(const dl_pieces *p, int32_t i, dl_timex *t)
{
    static const char marks[] = "/-.";
    char mark = ' ';
    for (int k = 0; marks[k]; k++)
        if (dl_piece_mark(p, i + 1, marks[k]))
            mark = marks[k];
    bool spaced = mark == ' ';
    int32_t at = spaced ? i + 1 : i + 2;
    if (!year_digits(p, i) || !dl_piece_digits(p, at, 1, 2) ||
        (mark == '.' && !dl_piece_separates(p, i + 1, '.')))
        return 0;
    t->year = dl_piece_number(p, i);
    t->month = dl_piece_number(p, at);
    t->grain = DL_GRAIN_MONTH;
    if (t->month < 1 || t->month > 12)
        return 0;
    int32_t day = spaced ? at + 1 : at + 2;
    if ((spaced || dl_piece_separates(p, at + 1, mark)) &&
        dl_piece_digits(p, day, 1, 2)) {
        t->day = dl_piece_number(p, day);
        t->grain = DL_GRAIN_DAY;
        bool more =
            dl_piece_separates(p, day + 1, '-') && dl_piece_digits(p, day + 2, 1, 9);
        return t->day >= 1 && t->day <= 31 && !more ? day + 1 : 0;
    }
    if (spaced || mark == '.' || dl_piece_separates(p, at + 1, '-') ||
        (mark == '/' && p->items[at].text.size == 2 && dl_piece_glued(p, at) &&
         t->month == t->year % 100 + 1)) /* "2008/09": a season */
        return 0;
    if (mark == '-' && dl_piece_glued(p, at) && p->items[at].text.size == 2 &&
        t->month == t->year % 100 + 1 && dl_piece_is(p, i - 1, DL_WORD_in, NULL))
        return 0; /* "in 2006-07" */
    return at + 1;
}

/* "2017 April", "2016, Nov", "2019-Sep-1", "2020/Sep/23" */
static int32_t year_first(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    if (!year_digits(p, i) || (dl_piece_glued(p, i) && !dl_piece_mark(p, i - 1, '(')))
        return 0;
    bool comma = dl_piece_mark(p, i + 1, ','),
         glued = dl_piece_separates(p, i + 1, '-') || dl_piece_separates(p, i + 1, '/');
    int32_t at = comma || glued ? i + 2 : i + 1;
    t->month = dl_piece_int(p, at, DL_WORD_month);
    if (!t->month || (!glued && !sure_month(work, at)) ||
        (comma && !(at + 1 >= p->count || p->items[at + 1].shape == DL_SHAPE_MARK)))
        return 0;
    t->year = dl_piece_number(p, i);
    t->grain = DL_GRAIN_MONTH;
    int32_t next =
        dl_piece_mark(p, at + 1, '-') || dl_piece_mark(p, at + 1, '/') ? at + 2 : at + 1;
    int32_t end = next == at + 1 && !dl_piece_digits(p, next, 1, 2)
                      ? 0
                      : dl_timex_day_number(p, next, &t->day);
    if (end && !comma && (glued || next == at + 1)) {
        t->grain = DL_GRAIN_DAY;
        return end;
    }
    t->day = 0;
    return at + 1;
}

/* Month first as in the United States, unless that can't be. */
static bool month_and_day(dl_timex *t, int first, int second)
{
    t->month = first > 12 ? second : first;
    t->day = first > 12 ? first : second;
    t->grain = DL_GRAIN_DAY;
    return t->month >= 1 && t->month <= 12 && t->day >= 1 && t->day <= 31;
}

/* "1/13/2022", "13.1.2022", "08/12,15", "1/13", "12-2015"; "on 4.22" */
static int32_t short_date(const dl_pieces *p, int32_t i, dl_timex *t)
{
    static const char marks[] = "/-.";
    if (!dl_piece_digits(p, i, 1, 2) ||
        (dl_piece_glued(p, i) && !dl_piece_mark(p, i - 1, '(') &&
         !(dl_piece_mark(p, i - 1, '-') && i > 1 &&
           p->items[i - 2].shape == DL_SHAPE_DIGITS)))
        return 0;
    for (int k = 0; marks[k]; k++) {
        bool spaced = marks[k] != '.' && dl_piece_mark(p, i + 1, marks[k]);
        if (spaced && year_digits(p, i + 2) && dl_piece_number(p, i) <= 12) {
            t->month = dl_piece_number(p, i);
            t->year = dl_piece_number(p, i + 2);
            t->grain = DL_GRAIN_MONTH;
            return t->month && !dl_piece_separates(p, i + 3, '-') ? i + 3 : 0;
        }
        if (!dl_piece_separates(p, i + 1, marks[k]))
            continue;
        if (!dl_piece_digits(p, i + 2, 1, 2) ||
            !month_and_day(t, dl_piece_number(p, i), dl_piece_number(p, i + 2)))
            return 0;
        bool more = dl_piece_separates(p, i + 3, marks[k]) ||
                    (marks[k] == '/' && dl_piece_separates(p, i + 3, ','));
        if (more && (year_digits(p, i + 4) || dl_piece_digits(p, i + 4, 2, 2))) {
            t->year = full_year(dl_piece_number(p, i + 4), p->items[i + 4].text.size);
            return i + 5;
        }
        bool on = dl_piece_is(p, i - 1, DL_WORD_on, NULL);
        return (marks[k] == '/' || (on && p->items[i + 2].text.size == 2)) &&
                       !dl_piece_separates(p, i + 3, '/') && !dl_piece_mark(p, i + 3, '%')
                   ? i + 3
                   : 0;
    }
    return 0;
}

int32_t dl_timex_day_number(const dl_pieces *p, int32_t i, int *day)
{
    int32_t at = i;
    if (dl_piece_is(p, at, DL_WORD_the, NULL))
        at++;
    int32_t end = dl_ordinal_read(p, at, day);
    if (!end && dl_piece_digits(p, at, 1, 2) && !dl_piece_separates(p, at + 1, ':') &&
        !(dl_piece_separates(p, at + 1, '.') && dl_piece_digits(p, at + 2, 1, 9)) &&
        !(dl_piece_separates(p, at + 1, ',') && dl_piece_digits(p, at + 2, 3, 3)))
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

/* Nothing that two figures could count or go on to: the end, or a mark that no number
 * continues behind. */
static bool ends_phrase(const dl_pieces *p, int32_t i)
{
    return i >= p->count || (p->items[i].shape == DL_SHAPE_MARK &&
                             strchr(".,;()[]\"", p->items[i].text.data[0]) &&
                             !dl_piece_digits(p, i + 1, 1, 9));
}

/* The year behind a month or day: ", 2022", "of 2022", "'99". */
int32_t dl_timex_year_after(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_timex year = {0};
    int32_t at = i;
    if (comma(p, at) || dl_piece_is(p, at, DL_WORD_of, NULL) ||
        (dl_piece_is(p, at, DL_WORD_in, NULL)) || dl_piece_separates(p, at, '-') ||
        dl_piece_separates(p, at, '/'))
        at++;
    if (dl_piece_digits(p, at, 4, 4) || (at > i && !comma(p, i)) ||
        dl_piece_is(p, at + 1, DL_WORD_era, NULL)) {
        if (dl_timex_year(work, at, &year,
                          !comma(p, i) || dl_piece_digits(p, at, 4, 4))) {
            t->year = year.year;
            return year.end;
        }
    }
    if (dl_piece_is(p, i, DL_WORD_of, NULL) && dl_piece_digits(p, at, 2, 2)) {
        t->year = full_year(dl_piece_number(p, at), 2);
        return at + 1;
    }
    int32_t mark = dl_piece_is(p, i, DL_WORD_of, NULL) ? i + 1 : i;
    mark = dl_piece_mark(p, mark, '\'') ? mark + 1 : i;
    if (mark > i && dl_piece_digits(p, mark, 2, 2)) {
        t->year = full_year(dl_piece_number(p, mark), 2);
        return mark + 1;
    }
    if (t->day && dl_piece_digits(p, i, 2, 2) && ends_phrase(p, i + 1)) {
        t->year = full_year(dl_piece_number(p, i), 2); /* "31 Aug 96" */
        return i + 1;
    }
    dl_timex spoken = {0};
    if (!dl_piece_digits(p, i, 1, 9) &&
        dl_timex_year(work, comma(p, i) ? i + 1 : i, &spoken, true) && spoken.year > 0) {
        t->year = spoken.year;
        return spoken.end;
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
    if (dl_piece_mark(p, at, '.') || dl_piece_separates(p, at, '/') ||
        dl_piece_separates(p, at, '-') || comma(p, at)) {
        int day;
        if (comma(p, at) && !dl_ordinal_read(p, at + 1, &day))
            return 0; /* "October, 1st" */
        at++;
    }
    int32_t end = dl_timex_day_number(p, at, &t->day);
    if (!end) {
        int32_t words = dl_number_small(p, at, &t->day);
        end = words && t->day >= 1 && t->day <= 31 && !dl_piece_digits(p, at, 1, 9)
                  ? words
                  : 0;
    }
    if (!end || unit_follows(p, end))
        return 0;
    t->grain = DL_GRAIN_DAY;
    return dl_timex_year_after(work, end, t);
}

/* "the 13th of January[, 2022]", "13 January 2022", "13-Jan-22" */
static int32_t day_month(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int32_t at = dl_timex_day_number(p, i, &t->day);
    if (!at)
        return 0;
    if (dl_piece_is(p, at, DL_WORD_of, NULL) || dl_piece_separates(p, at, '-') ||
        dl_piece_separates(p, at, '/') ||
        (dl_piece_mark(p, at, '.') && dl_piece_digits(p, i, 1, 2) &&
         month_at(work, at + 1) && p->items[at + 1].capital))
        at++;
    t->month = month_at(work, at);
    if (!t->month)
        return 0;
    t->grain = DL_GRAIN_DAY;
    at++;
    if (dl_piece_mark(p, at, '.') && dl_piece_digits(p, at + 1, 4, 4))
        at++;
    if (dl_piece_separates(p, at, '-') && dl_piece_digits(p, at + 1, 2, 2) &&
        dl_piece_separates(p, at - 2, '-')) {
        t->year = full_year(dl_piece_number(p, at + 1), 2);
        return at + 2;
    }
    return dl_timex_year_after(work, at, t);
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
    int32_t end = dl_timex_year_after(work, at, t);
    if (end > at)
        return end;
    return sure_month(work, i) ? i + 1 : 0;
}

/* "from 3 to 5 May", "3, 4 and 5 May": a day whose month stands behind others. */
static int32_t day_before_days(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int32_t end = dl_timex_day_number(p, i, &t->day);
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
        at = dl_timex_day_number(p, at + 1, &last.day);
    }
    return 0;
}

/* "September-2020-23", "23-2020-September" */
static int32_t year_between(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    if (!dl_piece_separates(p, i + 1, '-') || !year_digits(p, i + 2) ||
        !dl_piece_separates(p, i + 3, '-'))
        return 0;
    t->month = dl_piece_int(p, i, DL_WORD_month);
    int32_t day = t->month ? i + 4 : i;
    if (!t->month)
        t->month = dl_piece_int(p, i + 4, DL_WORD_month);
    if (!t->month || !dl_piece_digits(p, day, 1, 2))
        return 0;
    t->day = dl_piece_number(p, day);
    t->year = dl_piece_number(p, i + 2);
    t->grain = DL_GRAIN_DAY;
    return t->day >= 1 && t->day <= 31 ? i + 5 : 0;
}

static int32_t any_day(const dl_work *work, int32_t i, dl_timex *t)
{
    static int32_t (*const readers[])(const dl_work *, int32_t, dl_timex *) = {
        year_between, month_day, day_month, day_before_days};
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

/* "Thursday, January 13", "this Friday (June 15)", "Thursday the 13th", "Tue 13th" */
static int32_t weekday_date(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int32_t start = dl_piece_is(p, i, DL_WORD_this, NULL) ||
                            dl_piece_is(p, i, DL_WORD_next, NULL) ||
                            dl_piece_is(p, i, DL_WORD_last, NULL)
                        ? i + 1
                        : i;
    int weekday = dl_piece_int(p, start, DL_WORD_weekday);
    if (!weekday)
        return 0;
    int32_t at = start + 1;
    if (dl_piece_mark(p, at, '.'))
        at++;
    bool opened = dl_piece_mark(p, at, '(');
    if (comma(p, at) || opened || dl_piece_separates(p, at, '-'))
        at++;
    int32_t end = any_day(work, at, t);
    if (!end && !comma(p, start + 1))
        end = short_date(p, at, t);
    if (end) {
        t->weekday = weekday;
        return dl_piece_mark(p, end, ')') && opened ? end + 1 : end;
    }
    int32_t number = dl_piece_is(p, at, DL_WORD_the, NULL) ? at + 1 : at;
    *t = (dl_timex){.grain = DL_GRAIN_DAY};
    if (!(end = dl_ordinal_read(p, number, &t->day)) && number == at &&
        dl_piece_digits(p, number, 2, 2) && start == i && at == i + 1 &&
        (number + 1 >= p->count || p->items[number + 1].shape != DL_SHAPE_MARK ||
         dl_piece_mark(p, number + 1, '!') || dl_piece_mark(p, number + 1, '.'))) {
        end = number + 1;
        t->day = dl_piece_number(p, number);
        if (end < p->count && p->items[end].shape == DL_SHAPE_WORD &&
            !dl_piece_is(p, end, DL_WORD_between, NULL) &&
            !dl_piece_is(p, end, DL_WORD_at, NULL) &&
            !dl_piece_is(p, end, DL_WORD_from, NULL))
            return 0; /* "Friday 21 people" */
    }
    if (!end || t->day < 1 || t->day > 31 || dl_piece_is(p, end, DL_WORD_unit, NULL))
        return 0;
    t->weekday = weekday;
    return end;
}

/* Whether what stands behind a day of a month leaves it one: no noun that it counts. */
static bool day_stands(const dl_pieces *p, int32_t i)
{
    if (i >= p->count)
        return true;
    if (p->items[i].shape == DL_SHAPE_MARK)
        return !dl_piece_mark(p, i, '%') && !dl_piece_mark(p, i, '/') &&
               !dl_piece_separates(p, i, '-') && !dl_piece_separates(p, i, '.') &&
               !dl_piece_separates(p, i, ',');
    return dl_piece_is(p, i, DL_WORD_at, NULL) || dl_piece_is(p, i, DL_WORD_and, NULL) ||
           dl_piece_is(p, i, DL_WORD_to, NULL);
}

/* "the 13th", "on 15", "on 29th": only where nothing counted follows */
static int32_t day_of_month(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    bool article = dl_piece_is(p, i, DL_WORD_the, NULL);
    int32_t at = article ? i + 1 : i;
    int32_t end = dl_ordinal_read(p, at, &t->day);
    bool figures = dl_piece_digits(p, at, 1, 2);
    bool on = dl_piece_is(p, i - 1, DL_WORD_on, NULL);
    dl_string preposition;
    bool by = dl_piece_is(p, i - 1, DL_WORD_in, &preposition) && !preposition.size;
    if (!end && figures && ((on && !article) || (article && by))) {
        t->day = dl_piece_number(p, at);
        end = at + 1;
    } else if (!figures && !(article && by)) {
        return 0;
    }
    if (!end || !(on || (article && by)) || t->day < 1 || t->day > 31)
        return 0;
    bool clock_next =
        dl_piece_digits(p, end, 1, 2) && dl_piece_separates(p, end + 1, ':');
    if (!day_stands(p, end) && !clock_next &&
        !(figures && end > at + 1 && dl_piece_is(p, end, DL_WORD_of, NULL) && on))
        return 0;
    t->grain = DL_GRAIN_DAY;
    return end;
}

static int32_t year_alone(const dl_work *work, int32_t i, dl_timex *t)
{
    bool sure =
        dl_piece_is(&work->pieces, i - 1, DL_WORD_in, NULL) &&
        !dl_piece_is(&work->pieces, i + 1, DL_WORD_unit, NULL) &&
        work->document->tokens[work->pieces.items[i].token].deprel != DL_DEPREL_nummod;
    return dl_timex_year(work, i, t, sure) ? t->end : 0;
}

/* "the year 2011", "Year two hundred and sixty seven" */
static int32_t named_year(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string unit;
    int32_t at = dl_piece_is(p, i, DL_WORD_the, NULL) ? i + 1 : i;
    if (!dl_piece_is(p, at, DL_WORD_unit, &unit) ||
        !dl_string_equal(unit, DL_STRING("Y")) || p->items[at].text.size == 1 ||
        dl_piece_is(p, at, DL_WORD_plural, NULL))
        return 0;
    dl_amount number;
    if (dl_timex_year(work, at + 1, t, true))
        return t->end;
    if (!dl_number_read(p, at + 1, &number) || number.figures || number.vague ||
        !number.whole || number.value < 100 || number.value > YEAR_MAX)
        return 0;
    t->year = (int)number.value;
    t->grain = DL_GRAIN_YEAR;
    return number.end;
}

bool dl_timex_stated(const dl_work *work, int32_t i, dl_timex *timex)
{
    typedef int32_t (*reader)(const dl_work *, int32_t, dl_timex *);
    static const reader readers[] = {weekday_date, any_day,    month_alone, year_first,
                                     day_of_month, named_year, year_alone};
    typedef int32_t (*figures)(const dl_pieces *, int32_t, dl_timex *);
    static const figures numeric[] = {iso_date, compact_date, short_date};
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
    dl_timex period;
    if (dl_timex_period(work, i, &period) && period.end > best.end)
        best = period;
    *timex = best;
    return best.end > 0;
}
