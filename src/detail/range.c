#include "detail/shared.h"

/* Ranges: "from 3 to 5 May", "1939-45", "between 7 and 9 last night". Each end borrows
 * from the other what it lacks: the month, the year, the day, the half of the day. */

enum { HALF_DAY = 12 };

static bool is(const dl_pieces *p, int32_t i, dl_word kind)
{
    return dl_piece_is(p, i, kind, NULL);
}

/* Whether the piece joins two ends; "and" only behind "between", which `between` tells.
 */
static bool joins(const dl_pieces *p, int32_t i, bool between)
{
    dl_string how;
    return dl_piece_mark(p, i, '-') || dl_piece_mark(p, i, '~') ||
           (dl_piece_is(p, i, DL_WORD_to, &how)) || (between && is(p, i, DL_WORD_and));
}

static bool bare_clock(const dl_timex *t)
{
    return t->timed && t->from == DL_FROM_TOLD && !t->compound;
}

static bool has_day(const dl_timex *t)
{
    return t->grain == DL_GRAIN_DAY && t->type != DL_TIME_SET && !t->to_second &&
           (t->from != DL_FROM_TOLD || t->compound || t->offset);
}

/* Gives the clock time the day of the other end. */
static void take_day(dl_timex *clock, const dl_timex *day)
{
    dl_timex taken = *day;
    taken.timed = true;
    taken.hour = clock->hour;
    taken.minute = clock->minute;
    taken.second = clock->second;
    taken.open_half = clock->open_half;
    taken.end = clock->end;
    taken.part[0] = 0;
    taken.type = DL_TIME_TIME;
    *clock = taken;
}

static int minutes_of(const dl_timex *t)
{
    return t->hour * 60 + (t->minute > 0 ? t->minute : 0);
}

static void to_afternoon(dl_timex *t)
{
    t->hour = t->hour % HALF_DAY + HALF_DAY;
    t->open_half = false;
}

/* The half of the day of one end from the other. */
static void share_half(dl_timex *first, dl_timex *second)
{
    if (!first->timed || !second->timed)
        return;
    if (first->open_half && !second->open_half && first->hour <= HALF_DAY) {
        int hour = first->hour % HALF_DAY; /* the latest such hour before the end */
        if (hour + HALF_DAY < second->hour ||
            (hour + HALF_DAY == second->hour &&
             minutes_of(first) % 60 < minutes_of(second) % 60))
            hour += HALF_DAY;
        else if (hour >= second->hour && second->hour < HALF_DAY)
            hour += HALF_DAY;
        first->hour = hour;
        first->open_half = false;
    } else if (!first->open_half && second->open_half && second->hour <= HALF_DAY) {
        dl_timex later = *second;
        to_afternoon(&later);
        second->hour %= HALF_DAY; /* the first such hour behind the start */
        if (minutes_of(second) <= minutes_of(first) &&
            minutes_of(&later) > minutes_of(first))
            second->hour += HALF_DAY;
        second->open_half = false;
    } else if (first->open_half && second->open_half &&
               minutes_of(second) < minutes_of(first) && second->hour < HALF_DAY) {
        to_afternoon(second);
    }
}

/* Day, part and half of the day of two clock times. */
static void share_clock(dl_timex *first, dl_timex *second, const char *part)
{
    if (part[0]) {
        dl_timex_half(second, part);
        if (strcmp(part, "MO") != 0 || first->hour <= second->hour)
            dl_timex_half(first, part);
    }
    share_half(first, second);
    if (bare_clock(second) && has_day(first))
        take_day(second, first);
    else if (bare_clock(first) && has_day(second) && !second->day_first)
        take_day(first, second);
}

/* The month and year of two dates. */
static void share_date(const dl_work *work, int32_t token, dl_timex *first,
                       dl_timex *second)
{
    if (first->from != DL_FROM_TEXT || second->from != DL_FROM_TEXT || !first->month ||
        !second->month || first->named.size || second->named.size)
        return;
    bool across =
        first->month > second->month ||
        (first->month == second->month && first->day > second->day && second->day);
    if (!first->year && !second->year) {
        dl_timex copy = *second;
        second->year = dl_calendar_find(work, &copy, token).year;
        second->borrowed = true;
        if (first->direction || second->direction) {
            second->year = 0;
            return;
        }
    }
    if (!first->year && second->year && !first->direction)
        first->year = second->year - across;
    else if (first->year && !second->year)
        second->year = first->year + across;
}

/* "next Monday to Friday": the first such day behind the start. */
static void share_weekday(const dl_work *work, int32_t token, dl_timex *first,
                          dl_timex *second)
{
    if (!second->weekday || second->from != DL_FROM_ARTICLE || second->direction ||
        first->grain != DL_GRAIN_DAY || first->type == DL_TIME_SET || !has_day(first))
        return;
    dl_timex copy = *first;
    dl_date date = dl_calendar_find(work, &copy, token);
    if (date.year <= 0 || !date.day)
        return;
    date = dl_date_add_days(date, (second->weekday - dl_date_weekday(date) + 7) % 7);
    second->from = DL_FROM_TEXT;
    second->direction = DL_TURN_THIS;
    second->weekday = 0;
    second->year = date.year;
    second->month = date.month;
    second->day = date.day;
}

/* "now" as an end of a range is the article's day. */
static void end_now(const dl_work *work, dl_timex *t)
{
    if (t->type == DL_TIME_DATE && t->grain == DL_GRAIN_NONE && work->anchor.day &&
        strcmp(t->value, "PRESENT_REF") == 0) {
        t->grain = DL_GRAIN_DAY;
        t->from = DL_FROM_ARTICLE;
        t->value[0] = 0;
    }
}

static void share(const dl_work *work, int32_t token, dl_timex *first, dl_timex *second)
{
    char part[sizeof first->part];
    memcpy(part, first->part[0] ? first->part : second->part, sizeof part);
    end_now(work, first);
    end_now(work, second);
    if (first->timed && second->timed)
        share_clock(first, second, part);
    share_date(work, token, first, second);
    share_weekday(work, token, first, second);
}

/* ---- Second ends that are no expressions of their own ---- */

static bool no_end(const dl_pieces *p, int32_t i)
{
    return is(p, i, DL_WORD_scale) || is(p, i, DL_WORD_unit) ||
           dl_piece_mark(p, i, '%') || dl_piece_mark(p, i, '/') ||
           is(p, i, DL_WORD_hour_past) ||
           (is(p, i, DL_WORD_beside) && is(p, i + 1, DL_WORD_unit));
}

/* "April 18-22", "9 April through the 17th", "May 5-6, 2017", "June 3, 4 and 5" */
static int32_t later_day(const dl_work *work, int32_t at, bool list,
                         const dl_timex *first, dl_timex *second)
{
    const dl_pieces *p = &work->pieces;
    int day;
    int32_t end = dl_timex_day_number(p, at, &day);
    if (!end || first->grain != DL_GRAIN_DAY || first->from != DL_FROM_TEXT ||
        !first->month || !first->day || first->timed || first->named.size ||
        day <= first->day || is(p, end, DL_WORD_month) || is(p, end, DL_WORD_of) ||
        dl_piece_mark(p, end, ':') || no_end(p, end) || is(p, end, DL_WORD_half_day) ||
        (list && first->year && !first->borrowed))
        return 0;
    *second = *first;
    second->day = day;
    second->end = end;
    if ((!first->year || first->borrowed) && dl_piece_mark(p, end, ',') &&
        dl_piece_digits(p, end + 1, 4, 4)) {
        second->year = 0;
        end = dl_timex_year_after(work, end, second);
        second->year = second->year ? second->year : first->year;
        second->end = end;
    }
    return end;
}

/* "1939-45" */
static int32_t later_year(const dl_pieces *p, int32_t at, const dl_timex *first,
                          dl_timex *second)
{
    if (first->grain != DL_GRAIN_YEAR || first->from != DL_FROM_TEXT ||
        !dl_piece_mark(p, at - 1, '-') || !dl_piece_digits(p, at, 2, 2) ||
        first->year <= 0 || dl_piece_number(p, at) <= first->year % 100 ||
        no_end(p, at + 1))
        return 0;
    *second = *first;
    second->year = first->year - first->year % 100 + dl_piece_number(p, at);
    second->end = at + 1;
    return at + 1;
}

/* "from 1:30 p.m. to 4", "tonight from 7 to 7:30" */
static int32_t later_hour(const dl_pieces *p, int32_t at, const dl_timex *first,
                          dl_timex *second)
{
    if (!first->timed || !dl_timex_clock(p, at, true, second) || no_end(p, second->end) ||
        is(p, second->end, DL_WORD_month))
        return 0;
    return second->end;
}

/* "from 10:30 to 3 on 1 January": the day of both stands behind the second hour. */
static int32_t day_of_end(const dl_work *work, dl_timex *hour)
{
    dl_timex day;
    int32_t at = hour->end;
    if (is(&work->pieces, at, DL_WORD_on))
        at++;
    if (!dl_timex_day(work, at, &day) || !has_day(&day) || day.timed)
        return hour->end;
    take_day(hour, &day);
    hour->end = day.end;
    return day.end;
}

/* What the end of a range is read as; 0 for none. */
static int32_t read_end(const dl_work *work, int32_t at, bool list, bool between,
                        const dl_timex *first, dl_timex *second)
{
    const dl_pieces *p = &work->pieces;
    int32_t end = 0;
    if (!list)
        end = later_year(p, at, first, second);
    if (!end && first->grain == DL_GRAIN_DAY && (!list || dl_piece_digits(p, at, 1, 2)))
        end = later_day(work, at, list && !between, first, second);
    if (end || (list && !between))
        return end;
    dl_timex read = {0}, hour = {0};
    bool whole = dl_timex_read(work, at, &read) && read.type != DL_TIME_SET &&
                 (read.type != DL_TIME_DURATION);
    end = later_hour(p, at, first, &hour);
    if (end && (!whole || read.end <= end) && bare_clock(first))
        end = day_of_end(work, &hour);
    if (whole && read.end >= end) {
        *second = read;
        return read.end;
    }
    *second = hour;
    return end;
}

static bool fits(const dl_timex *first, const dl_timex *second)
{
    if (first->timed && !second->timed)
        return false;
    return first->type != DL_TIME_DURATION && first->type != DL_TIME_SET &&
           second->type != DL_TIME_DURATION;
}

static bool is_between(const dl_pieces *p, int32_t i)
{
    return is(p, i - 1, DL_WORD_between);
}

/* "November between 19 and 20" */
static int32_t days_behind(const dl_work *work, dl_timex *first, dl_timex *second)
{
    const dl_pieces *p = &work->pieces;
    bool between = is(p, first->end, DL_WORD_between);
    if (first->grain != DL_GRAIN_MONTH || first->from != DL_FROM_TEXT ||
        (!between && !is(p, first->end, DL_WORD_from)))
        return 0;
    dl_timex one = *first;
    int32_t end = dl_timex_day_number(p, first->end + 1, &one.day);
    one.grain = DL_GRAIN_DAY;
    one.end = end;
    if (!end || !joins(p, end, between) || !later_day(work, end + 1, false, &one, second))
        return 0;
    dl_timex year = *second;
    second->end = dl_timex_year_after(work, second->end, &year);
    second->year = one.year = year.year;
    *first = one;
    return end + 1;
}

/* "tonight from 7 to 7:30": the range stands behind its day. */
static int32_t hours_behind(const dl_work *work, dl_timex *first, dl_timex *second)
{
    const dl_pieces *p = &work->pieces;
    dl_timex clock;
    bool between = is(p, first->end, DL_WORD_between);
    bool opened = between || is(p, first->end, DL_WORD_from);
    int32_t start = opened ? first->end + 1 : first->end;
    if (first->type == DL_TIME_SET || first->timed || !has_day(first) ||
        !dl_timex_clock(p, start, opened || first->part[0], &clock) ||
        !joins(p, clock.end, between))
        return 0;
    start = clock.end + 1;
    if (!later_hour(p, start, &clock, second))
        return 0;
    char part[sizeof first->part];
    memcpy(part, first->part, sizeof part);
    take_day(&clock, first);
    share_clock(&clock, second, part);
    *first = clock;
    return start;
}

/* "in March and April 2011", "Q1 and Q2 of 2019": no range, but one year. */
static bool same_year(const dl_work *work, int32_t at, dl_timex *first, dl_timex *second)
{
    if (first->from != DL_FROM_TEXT || first->year || first->direction ||
        first->named.size || first->timed || first->week ||
        (!first->month && !first->season && !first->quarter) ||
        !dl_timex_read(work, at, second) || second->from != DL_FROM_TEXT ||
        second->grain != first->grain || second->year <= 0 || second->named.size)
        return false;
    bool across = first->month > second->month || first->quarter > second->quarter;
    first->year = second->year - across;
    return true;
}

bool dl_range_second(const dl_work *work, int32_t i, dl_timex *first, dl_timex *second,
                     int32_t *start)
{
    const dl_pieces *p = &work->pieces;
    bool between = is_between(p, i);
    int32_t at = first->end, behind = days_behind(work, first, second);
    if (!behind)
        behind = hours_behind(work, first, second);
    if (behind) {
        *start = behind;
        return true;
    }
    bool list = is(p, at, DL_WORD_and) || dl_piece_mark(p, at, ',');
    if (!joins(p, at, between) && !list)
        return false;
    int32_t next = at + 1;
    if (is(p, next, DL_WORD_from))
        next++;
    if (list && !between && !dl_piece_mark(p, at, ',') &&
        same_year(work, next, first, second)) {
        *start = next;
        return true;
    }
    if (!read_end(work, next, list, between && !dl_piece_mark(p, at, ','), first,
                  second) ||
        !fits(first, second))
        return false;
    *start = next;
    share(work, p->items[i].token, first, second);
    return true;
}

/* The bare first end as the kind of what the second is. */
static bool first_from(const dl_pieces *p, int32_t i, const dl_timex *second,
                       dl_timex *first)
{
    int day;
    if (second->timed || second->part[0]) {
        if (!dl_timex_clock(p, i, true, first))
            return false;
        return true;
    }
    int32_t end = dl_timex_day_number(p, i, &day);
    if (!end || second->grain != DL_GRAIN_DAY || second->from != DL_FROM_TEXT ||
        !second->month || second->named.size || (second->day && day >= second->day))
        return false;
    *first = *second;
    first->day = day;
    first->end = end;
    return true;
}

/* "7 to 9 last night": both ends are mere numbers, and the day behind makes them hours.
 */
static bool hours_before_day(const dl_work *work, int32_t start, dl_timex *first,
                             dl_timex *second)
{
    dl_timex day;
    if (!first->timed || !later_hour(&work->pieces, start, first, second) ||
        !dl_timex_day(work, second->end, &day) || !has_day(&day) || day.timed)
        return false;
    share_clock(first, second, day.part);
    take_day(first, &day);
    take_day(second, &day);
    second->end = day.end;
    return true;
}

bool dl_range_first(const dl_work *work, int32_t i, dl_timex *first, dl_timex *second,
                    int32_t *start)
{
    const dl_pieces *p = &work->pieces;
    bool between = is_between(p, i), from = is(p, i - 1, DL_WORD_from);
    dl_timex hour;
    int day;
    if (!dl_piece_digits(p, i, 1, 2) && !is(p, i, DL_WORD_number) &&
        !is(p, i, DL_WORD_fraction) && !(is(p, i, DL_WORD_the)))
        return false;
    int32_t end = dl_timex_clock(p, i, true, &hour) ? hour.end : 0;
    if (!end || !joins(p, end, between))
        end = dl_timex_day_number(p, i, &day);
    if (!end || !joins(p, end, between))
        return false;
    *start = end + 1;
    if (!dl_timex_read(work, *start, second) || second->type == DL_TIME_DURATION ||
        second->type == DL_TIME_SET) {
        *first = hour;
        return (between || from) && hours_before_day(work, *start, first, second);
    }
    if (dl_piece_mark(p, end, '-') && !from && !between &&
        second->grain == DL_GRAIN_DAY && !second->timed && !dl_piece_glued(p, end))
        return false;
    if (!first_from(p, i, second, first) || first->end != end)
        return false;
    share(work, p->items[i].token, first, second);
    return true;
}
