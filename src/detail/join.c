#include <stdio.h>

#include "detail/shared.h"

/* Puts expressions together: a day and its clock time, a month and its year, the edges
 * of both. */

static bool is(const dl_pieces *p, int32_t i, dl_word kind)
{
    return dl_piece_is(p, i, kind, NULL);
}

static void longer(dl_timex *best, const dl_timex *t)
{
    if (t->end > best->end)
        *best = *t;
}

/* "August of that year", "January of last year", "Christmas next year": the year from the
 * article or the text. */
static void year_of_month(const dl_work *work, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_timex year;
    if (t->year || (!t->month && !t->named.size && !t->season && !t->quarter) ||
        t->from != DL_FROM_TEXT || t->grain > DL_GRAIN_HALF)
        return;
    int32_t at =
        is(p, t->end, DL_WORD_of) || dl_piece_mark(p, t->end, ',') ? t->end + 1 : t->end;
    if (!dl_timex_relative(work, at, &year) || year.grain != DL_GRAIN_YEAR ||
        year.compound || year.type != DL_TIME_DATE)
        return;
    dl_date base =
        year.from == DL_FROM_TOLD && work->told.year ? work->told : work->anchor;
    if (base.year <= 0)
        return;
    t->year = base.year + year.offset;
    t->direction = DL_TURN_THIS;
    t->end = year.end;
}

/* Whether a bare number that ends before piece i may be an hour: nothing counted follows.
 */
static bool stands_alone(const dl_pieces *p, int32_t i)
{
    if (i >= p->count)
        return true;
    if (p->items[i].shape == DL_SHAPE_MARK)
        return !dl_piece_mark(p, i, '%') && !dl_piece_mark(p, i, '-') &&
               !dl_piece_mark(p, i, '/') && !dl_piece_mark(p, i, '$') &&
               !dl_piece_separates(p, i, '.') && !dl_piece_separates(p, i, ',');
    return is(p, i, DL_WORD_to) || is(p, i, DL_WORD_and) || is(p, i, DL_WORD_at) ||
           (is(p, i, DL_WORD_on) && i + 1 < p->count) || is(p, i, DL_WORD_in) ||
           is(p, i, DL_WORD_from);
}

static void take_clock(dl_timex *t, const dl_timex *clock)
{
    t->timed = true;
    t->hour = clock->hour;
    t->minute = clock->minute;
    t->second = clock->second;
    t->open_half = clock->open_half;
    dl_timex_half(t, t->part);
    t->part[0] = 0;
    t->end = clock->end;
}

/* "every day" and "each Monday morning" at a clock time. */
static void clock_of_set(dl_timex *set, const dl_timex *clock)
{
    char days[DL_TIMEX_BYTES];
    dl_timex time = *clock;
    snprintf(days, sizeof days, "%s",
             strcmp(set->value, "P1D") == 0   ? "XXXX-XX-XX"
             : strcmp(set->value, "P1Y") == 0 ? ""
                                              : set->value);
    if (days[0] != 'X' || clock->hour > 24)
        return;
    char *part = strchr(days, 'T');
    if (part) {
        dl_timex_half(&time, part + 1);
        *part = 0;
    }
    int used = snprintf(set->value, sizeof set->value, "%.20sT%02d", days, time.hour);
    if (time.minute >= 0 && used < DL_TIMEX_BYTES)
        snprintf(set->value + used, sizeof set->value - (size_t)used, ":%02d",
                 time.minute);
    set->end = set->end > clock->end ? set->end : clock->end;
}

/* What may stand between a day and its clock time; *bare: a mere number is an hour there.
 */
static int32_t to_clock(const dl_pieces *p, const dl_timex *t, int32_t at, bool *bare)
{
    *bare = t->part[0] != 0;
    if (dl_piece_mark(p, at, '(') && is(p, at + 1, DL_WORD_weekday) &&
        dl_piece_mark(p, at + 2, ')'))
        at += 3;
    if (dl_piece_mark(p, at, ',') || dl_piece_mark(p, at, '-')) {
        *bare = false;
        at++;
    } else if (!dl_piece_digits(p, at, 1, 2)) {
        *bare = false;
    }
    dl_string preposition;
    if (is(p, at, DL_WORD_at) || dl_piece_mark(p, at, '@')) {
        *bare = true;
        at++;
    } else if (is(p, at, DL_WORD_earlier) || is(p, at, DL_WORD_later) ||
               (dl_piece_is(p, at, DL_WORD_in, &preposition) && !preposition.size)) {
        *bare = false;
        at++;
    }
    if (is(p, at, DL_WORD_at)) /* "at around" */
        at++;
    return at;
}

/* "Thursday at 4 pm", "this morning at 7", "6 January - 6:37 am" */
static bool clock_behind(const dl_work *work, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_timex clock;
    bool bare;
    int32_t at = to_clock(p, t, t->end, &bare);
    if (!dl_timex_clock(p, at, false, &clock) &&
        !(bare && dl_timex_clock(p, at, true, &clock) && clock.open_half &&
          stands_alone(p, clock.end)))
        return false;
    if (t->type == DL_TIME_SET)
        clock_of_set(t, &clock);
    else
        take_clock(t, &clock);
    t->day_first = true;
    return true;
}

/* "4 pm on Thursday", "8 pm in the evening, 1 January", "9 am every Sunday" */
static void day_behind(const dl_work *work, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int32_t at = t->end;
    if (dl_piece_mark(p, at, ','))
        at++;
    if (is(p, at, DL_WORD_on) || is(p, at, DL_WORD_of))
        at++;
    dl_timex day = {0}, set = {0};
    dl_timex_day(work, at, &day);
    dl_timex_relative(work, at, &set);
    if (set.type == DL_TIME_SET && set.end > day.end) {
        clock_of_set(&set, t);
        if (strchr(set.value, 'T'))
            *t = set;
        return;
    }
    if (set.end > day.end && set.type != DL_TIME_DURATION)
        day = set;
    if (!day.end || day.grain != DL_GRAIN_DAY || day.from == DL_FROM_TOLD || day.timed ||
        day.to_second)
        return;
    int32_t end = day.end;
    if (t->timed)
        take_clock(&day, t);
    else
        memcpy(day.part, t->part, sizeof day.part);
    day.end = end;
    *t = day;
}

static void join_clock(const dl_work *work, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    bool alone = t->grain == DL_GRAIN_DAY && t->from == DL_FROM_TOLD &&
                 dl_timex_has_clock(t) && !t->offset && !t->compound;
    if (t->type == DL_TIME_SET ||
        (t->grain == DL_GRAIN_DAY && !t->timed && !t->to_second))
        clock_behind(work, t);
    if (alone) {
        day_behind(work, t);
        if (!t->timed && t->from != DL_FROM_TOLD)
            clock_behind(work, t);
        return;
    }
    if (t->timed && t->from == DL_FROM_TEXT && t->month && !t->year &&
        dl_piece_digits(p, t->end, 4, 4)) { /* "Oct 26 15:50:06 2016" */
        dl_timex year = {0};
        if (dl_timex_year(work, t->end, &year, false)) {
            t->year = year.year;
            t->end = year.end;
        }
    }
}

/* "early", "late", "the end of", "mid-": part of the expression, not of its value. */
static int32_t past_edge(const dl_pieces *p, int32_t i)
{
    int32_t at = is(p, i, DL_WORD_the) ? i + 1 : i;
    dl_string how;
    if (!dl_piece_is(p, at, DL_WORD_edge, &how))
        return i;
    bool noun = dl_string_equal(how, DL_STRING("noun"));
    at++;
    if (is(p, at, DL_WORD_of))
        at++;
    else if (noun)
        return i;
    if (dl_piece_mark(p, at, '-'))
        at++;
    return at;
}

/* "7, this morning", "five thirty tomorrow evening": an hour that only the day behind it
 * makes one. */
static bool hour_before_day(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_timex day;
    dl_string unit;
    if (i >= p->count || is(p, i, DL_WORD_a) || !dl_timex_clock(p, i, true, t) ||
        !t->open_half)
        return false;
    int32_t at = dl_piece_mark(p, t->end, ',') ? t->end + 1 : t->end;
    if (dl_piece_is(p, at, DL_WORD_unit, &unit) || !dl_timex_day(work, at, &day) ||
        day.grain != DL_GRAIN_DAY || day.timed || !day.part[0])
        return false;
    int32_t end = day.end;
    take_clock(&day, t);
    *t = day;
    t->end = end;
    return true;
}

bool dl_timex_read(const dl_work *work, int32_t i, dl_timex *timex)
{
    dl_timex t = {0}, relative, clock;
    int32_t at = past_edge(&work->pieces, i);
    dl_timex_stated(work, at, &t);
    if (dl_timex_relative(work, at, &relative))
        longer(&t, &relative);
    if (at == i && dl_timex_clock(&work->pieces, i, false, &clock)) {
        bool year = t.grain == DL_GRAIN_YEAR && t.end == clock.end;
        if (year && is(&work->pieces, i - 1, DL_WORD_at))
            t = clock; /* "at 2130" */
        longer(&t, &clock);
    }
    if (!t.end && hour_before_day(work, i, &clock))
        t = clock;
    if (!t.end || (at > i && t.type != DL_TIME_DATE && t.type != DL_TIME_TIME))
        return false;
    year_of_month(work, &t);
    join_clock(work, &t);
    if (dl_timex_has_clock(&t))
        t.type = DL_TIME_TIME;
    *timex = t;
    return true;
}
