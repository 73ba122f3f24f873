#include <stdio.h>

#include "detail/shared.h"

/* Places on the calendar what the grammar read, and prints its value. */

enum {
    DAY_SECONDS = 24 * 3600,
    MONTHS_SEARCHED = 48, /* for a month whose 13th is a Tuesday */
    YEARS_SEARCHED = 8,   /* for one with a 29 February */
    NEAR_MONTHS = 3,      /* without a tense: so far ahead is the coming month still */
    FAR_MONTHS = 9,
    NEAR_YEARS = 3, /* searched for a day of the month that is such a weekday */
    TURN_MONTHS = 8 /* so far back, a history has gone on into the next year */
};

dl_date dl_date_add_days(dl_date date, int days)
{
    return dl_date_from_days(dl_date_to_days(date) + days);
}

/* ---- Years, months and days that are not told ---- */

/* The year of a month or day that is told without one. */
static int find_year(const dl_work *work, const dl_timex *t, int tense)
{
    dl_date a = work->anchor;
    int month = t->month;
    if (t->direction == DL_TURN_THIS && a.year > 0)
        return a.year;
    if (!t->direction && work->narrative &&
        work->told.year) /* "In January" after autumn */
        return work->told.year + (work->told.month - month >= TURN_MONTHS);
    if (a.year <= 0)
        return work->told.year;
    int here = a.month * 32 + (t->day ? a.day : 0), there = month * 32 + t->day;
    if (t->direction == DL_TURN_LAST || t->direction == DL_TURN_PAST)
        return there < here ? a.year : a.year - 1;
    if (t->direction == DL_TURN_NEXT || t->direction == DL_TURN_COMING)
        return there > here ? a.year : a.year + 1;
    if (work->told.year && work->told.year < a.year - 1)
        return work->told.year;
    if (tense > 0)
        return there >= here ? a.year : a.year + 1;
    if (tense < 0)
        return there <= here ? a.year : a.year - 1;
    int ahead = there - here;
    return ahead > NEAR_MONTHS * 32   ? a.year - 1
           : ahead < -FAR_MONTHS * 32 ? a.year + 1
                                      : a.year;
}

static dl_date find_weekday(dl_date base, const dl_timex *t, bool told, int tense)
{
    dl_turn turn = t->direction;
    if (told &&
        (turn == DL_TURN_LAST || turn == DL_TURN_NEXT)) /* "the following Sunday" */
        turn = turn == DL_TURN_LAST ? DL_TURN_PAST : DL_TURN_COMING;
    int today = dl_date_weekday(base);
    dl_date monday = dl_date_add_days(base, 1 - today);
    int ahead = (t->weekday - today + 7) % 7;
    switch (turn) {
    case DL_TURN_OFFSET:
        return dl_date_add_days(monday, 7 * t->offset + t->weekday - 1);
    case DL_TURN_THIS:
        return dl_date_add_days(monday, t->weekday - 1);
    case DL_TURN_LAST:
        return dl_date_add_days(monday, t->weekday - 8);
    case DL_TURN_NEXT:
        return dl_date_add_days(monday, t->weekday + 6);
    case DL_TURN_COMING:
        return dl_date_add_days(base, ahead ? ahead : 7);
    case DL_TURN_PAST:
        return dl_date_add_days(base, ahead - 7);
    default:
        return dl_date_add_days(base, tense > 0 || !ahead ? ahead : ahead - 7);
    }
}

/* "Tuesday the 13th": the nearest such day, in the direction of the tense. */
static dl_date find_both(dl_date base, const dl_timex *t, int tense)
{
    dl_date month = {base.year, base.month, 1};
    for (int k = 0; k <= MONTHS_SEARCHED; k++) {
        for (int side = 0; side < 2; side++) {
            int sign = (side == 0) == (tense <= 0) ? -1 : 1;
            dl_date day = dl_date_add_months(month, sign * k);
            day.day = (int8_t)t->day;
            bool past = dl_date_compare(day, base) <= 0;
            if (!dl_date_valid(day) || dl_date_weekday(day) != t->weekday ||
                (tense < 0 && !past) || (tense > 0 && past))
                continue;
            return day;
        }
    }
    return (dl_date){0};
}

/* The month of "the 27th". */
static dl_date find_month(const dl_work *work, const dl_timex *t, int tense)
{
    bool told = work->told.month > 0;
    dl_date base = told ? work->told : work->anchor;
    if (base.month && !told) {
        int step = tense < 0 && t->day > base.day   ? -1
                   : tense > 0 && t->day < base.day ? 1
                                                    : 0;
        base = dl_date_add_months((dl_date){base.year, base.month, 1}, step);
    }
    return base;
}

/* A day that only some years have goes to the nearest of them. */
static dl_date to_valid(dl_date date, bool stated, int tense)
{
    if (date.year <= 0 || stated || dl_date_valid(date))
        return date;
    for (int k = 1; k <= YEARS_SEARCHED; k++) {
        dl_date other = date;
        other.year = (int16_t)(date.year + (tense > 0 ? k : -k));
        if (dl_date_valid(other))
            return other;
    }
    return (dl_date){0};
}

/* The day of a name in the year that is told, or in the one that the tense wants. */
static dl_date find_named(const dl_work *work, dl_timex *t, int tense)
{
    dl_date a = work->anchor;
    int year = t->year;
    bool last = t->direction == DL_TURN_LAST || t->direction == DL_TURN_PAST;
    bool next = t->direction == DL_TURN_NEXT || t->direction == DL_TURN_COMING;
    if (!year && !last && !next) {
        if (work->told.year > 0 && (work->narrative || work->told.year < a.year - 1))
            year = work->told.year;
        else if (t->direction == DL_TURN_THIS)
            year = a.year;
    }
    dl_date day = dl_named_day(work, t->named, year ? year : a.year);
    if (!year && day.year > 0 && a.year > 0) {
        int side = dl_date_compare(day, a);
        bool past = last || (!next && tense <= 0);
        if (past && side > 0)
            day = dl_named_day(work, t->named, a.year - 1);
        else if (past && last && side == 0)
            day = dl_named_day(work, t->named, a.year - 1);
        else if (!past && (side < 0 || (next && side == 0)))
            day = dl_named_day(work, t->named, a.year + 1);
    }
    return day.year > 0 ? dl_date_add_days(day, t->named_offset) : day;
}

/* ---- The date ---- */

static dl_date shifted(dl_date base, const dl_timex *t)
{
    if (base.day == 0 && t->offset_days)
        return (dl_date){0};
    int day = base.day;
    dl_date date = base;
    int months = t->offset_years * 12 + t->offset_months;
    if (months && base.year > 0)
        date = dl_date_add_months(base, months);
    else
        date.year = (int16_t)(date.year + t->offset_years);
    date.day = (int8_t)(day ? date.day : 0);
    if (date.year <= 0) /* "3,000 years ago" */
        return (dl_date){date.year, 0, 0};
    if (t->offset_days)
        date = dl_date_add_days(date, t->offset_days);
    return date;
}

static dl_date by_offset(dl_date base, const dl_timex *t)
{
    dl_date none = {0};
    int months = t->grain == DL_GRAIN_QUARTER ? 3 : t->grain == DL_GRAIN_HALF ? 6 : 1;
    switch (t->grain) {
    case DL_GRAIN_DAY:
        if (!base.day && dl_timex_has_clock(t))
            return none;
        return base.day ? dl_date_add_days(base, t->offset) : t->offset ? none : base;
    case DL_GRAIN_WEEK:
    case DL_GRAIN_WEEKEND:
        return base.day ? dl_date_add_days(base, 7 * t->offset) : none;
    case DL_GRAIN_MONTH:
    case DL_GRAIN_QUARTER:
    case DL_GRAIN_HALF:
        return base.month && base.year > 0 ? dl_date_add_months(base, months * t->offset)
                                           : none;
    case DL_GRAIN_DECADE:
        base.year = (int16_t)(base.year + 10 * t->offset);
        return base;
    case DL_GRAIN_CENTURY:
        base.year = (int16_t)(base.year + 100 * t->offset);
        return base;
    default:
        base.year = (int16_t)(base.year + t->offset);
        return base;
    }
}

/* The Thursday of a numbered week. */
static dl_date numbered_week(int year, int week)
{
    dl_date fourth = {(int16_t)year, 1, 4}; /* always in the first week */
    return dl_date_add_days(fourth, 4 - dl_date_weekday(fourth) + 7 * (week - 1));
}

/* "Friday, 15 June" is of a year in which that day is a Friday, where one is near. */
static dl_date year_of_weekday(dl_date date, int weekday, int tense)
{
    for (int k = 0; k <= 2 * NEAR_YEARS; k++) {
        int step = (k + 1) / 2 * ((k % 2 == 1) == (tense > 0) ? 1 : -1);
        dl_date other = date;
        other.year = (int16_t)(date.year + step);
        if (dl_date_valid(other) && dl_date_weekday(other) == weekday)
            return other;
    }
    return date;
}

static dl_date stated_date(const dl_work *work, dl_timex *t, int tense)
{
    static const int8_t season_months[] = {0, 3, 6, 9, 12};
    bool stated = t->year != 0;
    if (t->named.size)
        return find_named(work, t, tense);
    if (t->week)
        return t->year > 0 ? numbered_week(t->year, t->week) : (dl_date){0};
    if (t->grain == DL_GRAIN_SEASON)
        t->month = season_months[t->season];
    if (t->grain == DL_GRAIN_QUARTER)
        t->month = t->quarter * 3 - 2;
    if (t->grain == DL_GRAIN_HALF)
        t->month = t->quarter * 6 - 5;
    if (t->day && !t->month && t->weekday)
        return work->anchor.day ? find_both(work->anchor, t, tense) : (dl_date){0};
    if (t->day && !t->month) {
        dl_date base = find_month(work, t, tense);
        t->month = base.month;
        t->year = base.year;
    }
    if (t->month && !t->year)
        t->year = find_year(work, t, tense);
    if (t->grain == DL_GRAIN_DECADE && t->short_year) {
        int century = work->told.year > 0 && work->narrative ? work->told.year / 100 : 19;
        t->year += century * 100;
    }
    dl_date date = {(int16_t)t->year, (int8_t)t->month, (int8_t)t->day};
    if (t->weekday && t->day && !stated)
        date = year_of_weekday(date, t->weekday, tense);
    return t->day ? to_valid(date, stated, tense) : date;
}

dl_date dl_calendar_find(const dl_work *work, dl_timex *t, int32_t token)
{
    bool asks =
        t->weekday || t->month || t->season || t->quarter || t->day || t->named.size > 0;
    int tense = asks ? dl_tense_of(work, token) : 0;
    if (t->from == DL_FROM_TEXT)
        return stated_date(work, t, tense);
    dl_date base = work->anchor;
    bool told = t->from == DL_FROM_TOLD && work->told.year != 0;
    if (told && t->weekday && !work->told.day)
        told = false;
    if (told)
        base = work->told;
    if (!base.year)
        return (dl_date){0};
    if (t->weekday)
        return base.day ? find_weekday(base, t, told, tense) : (dl_date){0};
    if (t->from == DL_FROM_TOLD && work->told_week && dl_timex_has_clock(t) && !t->offset)
        return (dl_date){0};
    return t->compound ? shifted(base, t) : by_offset(base, t);
}

/* ---- Values ---- */

static int print_year(char *out, size_t room, int year)
{
    return snprintf(out, room, year < 0 ? "BC%04d" : "%04d", year < 0 ? -year : year);
}

/* Value of a date that is not known: "XXXX-WXX-4", "XXXX-01-13". */
static void print_open(const dl_timex *t, char out[DL_TIMEX_BYTES])
{
    if (t->weekday)
        snprintf(out, DL_TIMEX_BYTES, "XXXX-WXX-%d", t->weekday);
    else if (t->grain == DL_GRAIN_DAY && t->month)
        snprintf(out, DL_TIMEX_BYTES, "XXXX-%02d-%02d", t->month, t->day);
    else if (t->grain == DL_GRAIN_DAY && t->day)
        snprintf(out, DL_TIMEX_BYTES, "XXXX-XX-%02d", t->day);
    else if (t->grain == DL_GRAIN_DAY)
        snprintf(out, DL_TIMEX_BYTES, "XXXX-XX-XX");
    else if (t->grain == DL_GRAIN_WEEK)
        snprintf(out, DL_TIMEX_BYTES, "XXXX-WXX");
    else if (t->grain == DL_GRAIN_MONTH && t->month)
        snprintf(out, DL_TIMEX_BYTES, "XXXX-%02d", t->month);
    else if (t->grain == DL_GRAIN_MONTH)
        snprintf(out, DL_TIMEX_BYTES, "XXXX-XX");
    else
        snprintf(out, DL_TIMEX_BYTES, "XXXX");
}

static void print_week(const dl_timex *t, dl_date date, char out[DL_TIMEX_BYTES])
{
    int year, week = dl_date_week(date, &year);
    snprintf(out, DL_TIMEX_BYTES, "%04d-W%02d%s", year, week,
             t->grain == DL_GRAIN_WEEKEND ? "-WE" : "");
}

static void print_day(dl_date date, char *out, size_t room)
{
    if (date.day)
        snprintf(out, room, "-%02d-%02d", date.month, date.day);
    else if (date.month)
        snprintf(out, room, "-%02d-XX", date.month);
    else
        snprintf(out, room, "-XX-XX");
}

static void print_value(const dl_timex *t, dl_date date, char out[DL_TIMEX_BYTES])
{
    static const char *const seasons[] = {"", "SP", "SU", "FA", "WI"};
    int year = date.year;
    int used = print_year(out, DL_TIMEX_BYTES, year);
    char *rest = out + used;
    size_t room = DL_TIMEX_BYTES - (size_t)used;
    dl_grain grain = t->to_day && date.day ? DL_GRAIN_DAY : t->grain;
    switch (t->week_of ? DL_GRAIN_WEEK : grain) {
    case DL_GRAIN_DAY:
        print_day(date, rest, room);
        break;
    case DL_GRAIN_WEEK:
    case DL_GRAIN_WEEKEND:
        print_week(t, date, out);
        break;
    case DL_GRAIN_MONTH:
        if (date.month)
            snprintf(rest, room, "-%02d", date.month);
        break;
    case DL_GRAIN_SEASON:
        snprintf(rest, room, "-%s", seasons[t->season]);
        break;
    case DL_GRAIN_QUARTER:
        snprintf(rest, room, "-Q%d", (date.month + 2) / 3);
        break;
    case DL_GRAIN_HALF:
        snprintf(rest, room, "-H%d", (date.month + 5) / 6);
        break;
    case DL_GRAIN_DECADE:
        out[used - 1] = 0;
        break;
    case DL_GRAIN_CENTURY:
        if (t->from == DL_FROM_TEXT)
            snprintf(out, DL_TIMEX_BYTES, year < 0 ? "BC%02d" : "%02d",
                     year < 0 ? -year - 1 : year - 1);
        else
            out[used - 2] = 0;
        break;
    default:
        break;
    }
}

static void print_clock(const dl_timex *t, char *out, size_t room)
{
    if (!t->timed)
        snprintf(out, room, "T%s", t->part);
    else if (t->second >= 0)
        snprintf(out, room, "T%02d:%02d:%02d", t->hour, t->minute, t->second);
    else if (t->minute >= 0)
        snprintf(out, room, "T%02d:%02d", t->hour, t->minute);
    else
        snprintf(out, room, "T%02d", t->hour);
}

/* What the time covers, as precise as its grain. */
static void set_cover(dl_time *time, const dl_timex *t, dl_date date)
{
    if (date.year <= 0 || (t->grain == DL_GRAIN_DAY && !dl_date_valid(date)))
        return; /* "30 February 2019" */
    dl_grain grain = t->week_of ? DL_GRAIN_WEEK : t->grain;
    if (grain == DL_GRAIN_WEEK || grain == DL_GRAIN_WEEKEND) {
        dl_date monday = dl_date_add_days(date, 1 - dl_date_weekday(date));
        time->start = grain == DL_GRAIN_WEEK ? monday : dl_date_add_days(monday, 5);
        time->end = dl_date_add_days(monday, 6);
        return;
    }
    if (grain == DL_GRAIN_CENTURY && t->from == DL_FROM_TEXT)
        date.year = (int16_t)(date.year * 100 - 99);
    if (grain >= DL_GRAIN_MONTH)
        date.day = 0;
    if (grain >= DL_GRAIN_YEAR)
        date.month = 0;
    time->start = time->end = date;
    int months = grain == DL_GRAIN_HALF                                  ? 5
                 : grain == DL_GRAIN_SEASON || grain == DL_GRAIN_QUARTER ? 2
                                                                         : 0;
    if (months)
        time->end = dl_date_add_months(date, months), time->end.day = 0;
    if (grain == DL_GRAIN_DECADE)
        time->end.year = (int16_t)(date.year + 9);
    if (grain == DL_GRAIN_CENTURY)
        time->end.year = (int16_t)(date.year + 99);
}

static void remember(dl_work *work, const dl_timex *t, dl_date date)
{
    if (!date.year || t->grain == DL_GRAIN_NONE || t->grain >= DL_GRAIN_DECADE)
        return;
    if (t->grain == DL_GRAIN_DAY && date.year > 0 && !dl_date_valid(date))
        return;
    work->told_week = t->grain == DL_GRAIN_WEEK || t->grain == DL_GRAIN_WEEKEND;
    if (t->grain >= DL_GRAIN_MONTH)
        date.day = 0;
    if (t->grain >= DL_GRAIN_YEAR)
        date.month = 0;
    work->told = date;
    work->told_clock = !t->timed ? -1
                                 : t->hour * 3600 + (t->minute > 0 ? t->minute * 60 : 0) +
                                       (t->second > 0 ? t->second : 0);
}

/* Moves the date on by hours, minutes and seconds and sets the clock that is then. False
 * where no clock is known to count from. */
static bool set_seconds(const dl_work *work, dl_timex *t, dl_date *date)
{
    bool told = t->from == DL_FROM_TOLD && work->told.year;
    int32_t clock = told ? work->told_clock : work->document->clock;
    if (clock < 0 || !date->day || date->year <= 0)
        return false;
    int32_t seconds = clock + t->offset_seconds;
    int32_t days = seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
    seconds -= days * DAY_SECONDS;
    *date = dl_date_add_days(*date, days);
    if (clock == 0 && t->offset_seconds == 0) { /* "24 hours ago", told without a clock */
        t->type = DL_TIME_DATE;
        return true;
    }
    t->timed = true;
    t->hour = seconds / 3600;
    t->minute = seconds / 60 % 60;
    t->second = seconds % 60;
    return true;
}

/* The value with its clock; sets what the time covers. */
static void place(dl_work *work, dl_timex *t, int32_t token, dl_time *time, char *value,
                  size_t room)
{
    dl_date date = dl_calendar_find(work, t, token);
    if (t->to_second && !set_seconds(work, t, &date)) {
        bool past = t->offset_seconds < 0 || t->offset_days < 0;
        snprintf(value, room, "%s", past ? "PAST_REF" : "FUTURE_REF");
        return;
    }
    if (date.year)
        print_value(t, date, value);
    else
        print_open(t, value);
    if (dl_timex_has_clock(t)) {
        if (!date.year && t->from == DL_FROM_TOLD && !work->anchor.year)
            value[0] = 0;
        print_clock(t, value + strlen(value), room - strlen(value));
    }
    set_cover(time, t, date);
    if (time->start.year > 0)
        time->basis = t->from == DL_FROM_TEXT && !t->direction ? DL_BASIS_STATED
                                                               : DL_BASIS_RELATIVE;
    remember(work, t, date);
}

bool dl_calendar_add(dl_work *work, int32_t first, dl_timex *t)
{
    dl_document *document = work->document;
    const dl_piece *from = &work->pieces.items[first],
                   *to = &work->pieces.items[t->end - 1];
    if (dl_timex_has_clock(t) && t->type != DL_TIME_SET)
        t->type = DL_TIME_TIME;
    dl_time time = {.span = {from->span.start, to->span.end},
                    .first = from->token,
                    .last = to->last,
                    .type = t->type,
                    .rule = from->rule};
    char value[DL_TIMEX_BYTES + 16];
    if (t->grain == DL_GRAIN_NONE)
        memcpy(value, t->value, DL_TIMEX_BYTES);
    else
        place(work, t, from->token, &time, value, sizeof value);
    time.type = t->type;
    if (value[0]) {
        time.value = dl_arena_string(document->arena, dl_string_from(value));
        if (!time.value.data)
            return false;
    }
    if (!dl_arena_grow(document->arena, (void **)&document->times, document->time_count,
                       &work->time_room, sizeof time))
        return false;
    document->times[document->time_count++] = time;
    return true;
}
