#include <stdio.h>

#include "detail/shared.h"

/* Times of the day: "16:30", "4.30 p.m.", "1140 hrs", "noon", "half past three",
 * "8 in the morning". */

enum { HOUR = 60, HALF_DAY = 12, SPOKEN_MIN = 10 };

static bool is(const dl_pieces *p, int32_t i, dl_word kind)
{
    return dl_piece_is(p, i, kind, NULL);
}

bool dl_timex_has_clock(const dl_timex *t)
{
    return t->timed || t->part[0];
}

void dl_timex_set_part(dl_timex *t, dl_string part)
{
    t->type = DL_TIME_TIME;
    snprintf(t->part, sizeof t->part, "%.*s", (int)part.size, part.data);
}

/* Morning, or afternoon and evening; at night the early hours and noon are the first. */
void dl_timex_half(dl_timex *t, const char *part)
{
    if (!t->timed || !t->open_half || !part[0] || t->hour > HALF_DAY)
        return;
    bool night = strcmp(part, "NI") == 0;
    bool first =
        strcmp(part, "MO") == 0 || (night && (t->hour < 5 || t->hour == HALF_DAY));
    t->hour = t->hour % HALF_DAY + (first ? 0 : HALF_DAY);
    t->open_half = false;
}

static bool plausible(const dl_timex *t)
{
    return t->hour >= 0 && t->hour <= 24 && t->minute < HOUR && t->second < HOUR;
}

/* "a.m.", "p.m." behind an hour; the piece after it. */
static int32_t half_day_at(const dl_pieces *p, int32_t i, dl_timex *t)
{
    dl_string half;
    int32_t at = dl_piece_mark(p, i, '-') ? i + 1 : i;
    if (!dl_piece_is(p, at, DL_WORD_half_day, &half) || t->hour > 24)
        return 0;
    size_t space = dl_string_find(half, ' ', 0); /* "a", "p": only glued to figures */
    if (space < half.size && !(dl_piece_glued(p, at) && at == i))
        return 0;
    if (t->hour <= HALF_DAY) {
        bool pm = dl_string_starts(half, DL_STRING("pm"));
        t->hour = t->hour % HALF_DAY + (pm ? HALF_DAY : 0);
    }
    t->open_half = false;
    return at + 1;
}

/* "in the morning", "at night"; "early evening", "afternoon" only where `near`. */
static int32_t part_at(const dl_pieces *p, int32_t i, bool near, dl_string *part)
{
    int32_t at = i;
    if (is(p, at, DL_WORD_in) || is(p, at, DL_WORD_at))
        at++;
    else if (!near)
        return 0;
    if (is(p, at, DL_WORD_the))
        at++;
    if (is(p, at, DL_WORD_edge))
        at++;
    if (dl_piece_mark(p, at, '-'))
        at++;
    return dl_piece_is(p, at, DL_WORD_part, part) &&
                   dl_string_find(*part, ' ', 0) == part->size
               ? at + 1
               : 0;
}

/* What settles an hour behind it; *sure is set where something does. */
static int32_t settle(const dl_pieces *p, int32_t at, bool bare, dl_timex *t, bool *sure)
{
    dl_string part, word;
    if (dl_piece_is(p, at, DL_WORD_clock, &word) && !word.size) { /* o'clock */
        *sure = true;
        at++;
    }
    int32_t end = half_day_at(p, at, t);
    if (end) {
        *sure = true;
        at = end;
        end = part_at(p, at, false, &part); /* "8 pm in the evening" */
        return end && is(p, at, DL_WORD_in) ? end : at;
    }
    if (t->open_half && (end = part_at(p, at, *sure || bare, &part)) != 0) {
        char name[sizeof t->part];
        snprintf(name, sizeof name, "%.*s", (int)part.size, part.data);
        dl_timex_half(t, name);
        *sure = true;
        at = end;
    }
    return at;
}

static int32_t past_zone(const dl_pieces *p, int32_t i)
{
    int32_t at = i;
    if (is(p, at, DL_WORD_zone))
        at++;
    return at;
}

/* Whether what stands behind four digits lets them be a clock time: nothing counted. */
static bool told_as_clock(const dl_pieces *p, int32_t i)
{
    if (i >= p->count || p->items[i].shape == DL_SHAPE_MARK)
        return !dl_piece_mark(p, i, '%') && !dl_piece_separates(p, i, ',') &&
               !dl_piece_separates(p, i, '-') && !dl_piece_separates(p, i, '.');
    return is(p, i, DL_WORD_day) || is(p, i, DL_WORD_last) || is(p, i, DL_WORD_on) ||
           is(p, i, DL_WORD_this) || is(p, i, DL_WORD_zone) || is(p, i, DL_WORD_to) ||
           is(p, i, DL_WORD_and) || is(p, i, DL_WORD_weekday);
}

/* "16:30[:05]", "4.30" before a half of the day, "1140" before one, "10h10", "7". */
static int32_t figures(const dl_pieces *p, int32_t i, dl_timex *t, bool *sure)
{
    if (dl_piece_digits(p, i, 3, 4)) {
        int number = dl_piece_number(p, i);
        t->hour = number / 100;
        t->minute = number % 100;
        t->open_half = t->hour <= HALF_DAY;
        dl_timex copy = *t;
        if (is(p, i - 1, DL_WORD_at) && dl_piece_digits(p, i, 4, 4) && t->hour <= 24 &&
            t->minute < HOUR && told_as_clock(p, i + 1)) {
            *sure = true; /* "at 2130" */
            t->open_half = false;
            return i + 1;
        }
        return half_day_at(p, i + 1, &copy) || is(p, i + 1, DL_WORD_hour_past) ? i + 1
                                                                               : 0;
    }
    if (!dl_piece_digits(p, i, 1, 2))
        return 0;
    t->hour = dl_piece_number(p, i);
    t->open_half = t->hour <= HALF_DAY && t->hour > 0;
    int32_t at = i + 1;
    bool colon = dl_piece_separates(p, at, ':'), point = dl_piece_separates(p, at, '.');
    if ((colon || point) && dl_piece_digits(p, at + 1, 2, 2)) {
        t->minute = dl_piece_number(p, at + 1);
        at += 2;
        if (colon && dl_piece_separates(p, at, ':') && dl_piece_digits(p, at + 1, 2, 2)) {
            t->second = dl_piece_number(p, at + 1);
            at += 2;
        }
        *sure = colon;
        if (colon && p->items[i].text.size == 2 && p->items[i].text.data[0] == '0')
            t->open_half = false; /* "09:30" counts to 24 */
    }
    return at;
}

/* "ten", "five thirty", "five-thirty" */
static int32_t spoken(const dl_pieces *p, int32_t i, dl_timex *t)
{
    int minute;
    if (dl_piece_digits(p, i, 1, 9) || dl_piece_is(p, i, DL_WORD_ordinal, NULL))
        return 0;
    int32_t at = dl_number_small(p, i, &t->hour);
    if (!at)
        return 0;
    if (t->hour > 24 && at - i > 1) { /* "twenty fifteen" added up */
        at = i + 1;
        if (!dl_number_small(p, i, &t->hour))
            return 0;
    }
    t->open_half = t->hour <= HALF_DAY;
    int32_t next = dl_piece_mark(p, at, '-') ? at + 1 : at;
    int32_t end = dl_piece_digits(p, next, 1, 9) ? 0 : dl_number_small(p, next, &minute);
    if (end && minute >= SPOKEN_MIN && minute < HOUR && t->hour <= 24) {
        t->minute = minute;
        return end;
    }
    return at;
}

/* The hour itself with what settles it. */
static int32_t hour_at(const dl_pieces *p, int32_t i, bool bare, dl_timex *t)
{
    dl_string word;
    bool sure = false;
    t->timed = true;
    t->minute = t->second = -1;
    if (dl_piece_is(p, i, DL_WORD_clock, &word) && word.size) {
        t->hour = dl_value_next(&word);
        return i + 1;
    }
    if (dl_piece_glued(p, i) && !dl_piece_mark(p, i - 1, '-') &&
        !dl_piece_mark(p, i - 1, '(') && !dl_piece_mark(p, i - 1, '@') &&
        !dl_piece_mark(p, i - 1, '~') && !dl_piece_mark(p, i - 1, '<') &&
        !dl_piece_mark(p, i - 1, '>') && !dl_piece_mark(p, i - 1, '='))
        return 0;
    int32_t at = figures(p, i, t, &sure);
    if (!at)
        at = spoken(p, i, t);
    if (!at || t->hour > 24)
        return 0;
    bool minutes = t->minute >= 0;
    at = settle(p, at, bare || t->minute >= 0, t, &sure);
    if (is(p, at, DL_WORD_hour_past) && minutes && dl_piece_digits(p, i, 1, 4)) {
        sure = true; /* "0530 hrs" */
        at++;
    }
    if (!sure && !(bare && !is(p, at, DL_WORD_unit) && !is(p, at, DL_WORD_month) &&
                   !is(p, at, DL_WORD_scale) && !dl_piece_mark(p, at, '%') &&
                   !dl_piece_mark(p, at, '/')))
        return 0;
    return plausible(t) ? at : 0;
}

/* "half past", "20 minutes to", "a quarter past": the hour comes behind. */
static int32_t minutes_before(const dl_pieces *p, int32_t i, int *minutes, bool *to)
{
    dl_amount number;
    int32_t at = is(p, i, DL_WORD_a) ? i + 1 : i;
    if (is(p, at, DL_WORD_quarter) && p->items[at].text.size > 1) {
        number = (dl_amount){.value = 0.25, .end = at + 1};
    } else if (!dl_number_read(p, at, &number) || number.vague || number.value < 0) {
        return 0;
    }
    at = number.end;
    bool fraction = number.value < 1 && number.value > 0;
    double value = fraction ? number.value * HOUR : number.value;
    if (!fraction && dl_piece_is(p, at, DL_WORD_quarter, NULL) && value <= 3) {
        value *= 15;
        at++;
    }
    dl_string unit;
    bool named =
        dl_piece_is(p, at, DL_WORD_unit, &unit) && dl_string_equal(unit, DL_STRING("TM"));
    at += named;
    *minutes = (int)(value + 0.5);
    *to = is(p, at, DL_WORD_hour_to);
    if (*minutes >= HOUR || (!*to && !is(p, at, DL_WORD_hour_past)))
        return 0;
    bool known = *minutes % 5 == 0 && is(p, i - 1, DL_WORD_at) && /* "at ten to five" */
                 p->items[i].shape == DL_SHAPE_WORD;
    return *to && !named && !fraction && !known ? 0 : at + 1;
}

bool dl_timex_clock(const dl_pieces *p, int32_t i, bool bare, dl_timex *t)
{
    int minutes;
    bool to;
    dl_timex hour = {.type = DL_TIME_TIME, .grain = DL_GRAIN_DAY, .from = DL_FROM_TOLD};
    *t = hour;
    int32_t at = minutes_before(p, i, &minutes, &to);
    if (at) {
        *t = hour;
        t->end = hour_at(p, at, true, t);
        if (t->end && t->minute >= 0 && !to) {
            minutes += t->minute;
        }
        if (t->end && minutes < HOUR) {
            t->minute = to ? HOUR - minutes : minutes;
            if (to && minutes)
                t->hour = t->hour > 0 ? t->hour - 1 : 23;
            t->end = past_zone(p, t->end);
            return true;
        }
    }
    *t = hour;
    t->end = hour_at(p, i, bare, t);
    if (!t->end)
        return false;
    t->end = past_zone(p, t->end);
    return true;
}
