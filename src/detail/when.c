#include <stdio.h>

#include "detail/shared.h"

/* Reads the time expressions of a sentence and places them on the calendar. */

enum {
    NARRATIVE_YEARS = 2, /* a year so far before the article counts as history */
    NARRATIVE_MIN = 4    /* such years in the article, and most of all years */
};

static bool is(const dl_pieces *p, int32_t i, dl_word kind)
{
    return dl_piece_is(p, i, kind, NULL);
}

/* ---- Putting expressions together ---- */

static void longer(dl_timex *best, const dl_timex *t)
{
    if (t->end > best->end)
        *best = *t;
}

/* "August of that year", "January of last year": the year from the article or the text.
 */
static void year_of_month(const dl_work *work, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_timex year;
    if (t->year || !t->month || t->from != DL_FROM_TEXT || t->grain > DL_GRAIN_SEASON)
        return;
    int32_t at =
        is(p, t->end, DL_WORD_of) || dl_piece_mark(p, t->end, ',') ? t->end + 1 : t->end;
    if (!dl_timex_relative(work, at, &year) || year.grain != DL_GRAIN_YEAR ||
        year.compound)
        return;
    dl_date base =
        year.from == DL_FROM_TOLD && work->told.year ? work->told : work->anchor;
    if (base.year <= 0)
        return;
    t->year = base.year + year.offset;
    t->end = year.end;
}

/* A clock time behind a day ("Thursday at 4 pm") or in front of it ("4 pm on Thursday").
 */
static void join_clock(const dl_work *work, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_timex clock, day = {0};
    if (t->grain != DL_GRAIN_DAY)
        return;
    int32_t at = t->end;
    if (dl_piece_mark(p, at, ','))
        at++;
    if (t->from == DL_FROM_TOLD && t->type == DL_TIME_TIME && t->clock[0]) {
        if (is(p, at, DL_WORD_on) || is(p, at, DL_WORD_of))
            at++;
        dl_timex stated = {0};
        dl_timex_stated(work, at, &stated);
        dl_timex_relative(work, at, &day);
        longer(&day, &stated);
        if (day.end && day.grain == DL_GRAIN_DAY && day.from != DL_FROM_TOLD) {
            if (!day.clock[0])
                memcpy(day.clock, t->clock, sizeof day.clock);
            else
                memcpy(day.clock, t->clock, sizeof day.clock);
            day.type = DL_TIME_TIME;
            *t = day;
        }
        return;
    }
    if (is(p, at, DL_WORD_at) || dl_piece_mark(p, at, '@'))
        at++;
    if (!dl_timex_clock(p, at, &clock))
        return;
    memcpy(t->clock, clock.clock, sizeof t->clock);
    t->type = DL_TIME_TIME;
    t->end = clock.end;
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

bool dl_timex_read(const dl_work *work, int32_t i, dl_timex *timex)
{
    dl_timex t = {0}, relative, clock;
    int32_t at = past_edge(&work->pieces, i);
    dl_timex_stated(work, at, &t);
    if (dl_timex_relative(work, at, &relative))
        longer(&t, &relative);
    if (at == i && dl_timex_clock(&work->pieces, i, &clock))
        longer(&t, &clock);
    if (!t.end || (at > i && t.type != DL_TIME_DATE && t.type != DL_TIME_TIME))
        return false;
    year_of_month(work, &t);
    join_clock(work, &t);
    if (t.clock[0])
        t.type = DL_TIME_TIME;
    *timex = t;
    return true;
}

/* ---- On the calendar ---- */

static dl_date add_days(dl_date date, int days)
{
    return dl_date_from_days(dl_date_to_days(date) + days);
}

/* The year of a month or day that is told without one. */
static int find_year(const dl_work *work, const dl_timex *t, int tense)
{
    dl_date a = work->anchor;
    int month = t->month;
    if (t->direction == 2 && a.year > 0)
        return a.year;
    if (!t->direction && work->narrative && work->told.year)
        return work->told.year;
    if (a.year <= 0)
        return work->told.year;
    int here = a.month * 32 + (t->day ? a.day : 0), there = month * 32 + t->day;
    if (t->direction < 0)
        return there < here ? a.year : a.year - 1;
    if (t->direction > 0)
        return there > here ? a.year : a.year + 1;
    if (work->told.year && work->told.year < a.year - 1)
        return work->told.year;
    if (tense > 0)
        return there >= here ? a.year : a.year + 1;
    if (tense < 0)
        return there <= here ? a.year : a.year - 1;
    int ahead = there - here;
    return ahead > 3 * 32 ? a.year - 1 : ahead < -9 * 32 ? a.year + 1 : a.year;
}

static dl_date find_weekday(dl_date base, const dl_timex *t, int tense)
{
    int today = dl_date_weekday(base);
    dl_date monday = add_days(base, 1 - today);
    if (t->direction == 3)
        return add_days(monday, 7 * t->offset + t->weekday - 1);
    if (t->direction == 2)
        return add_days(monday, t->weekday - 1);
    if (t->direction)
        return add_days(monday, 7 * t->direction + t->weekday - 1);
    int ahead = (t->weekday - today + 7) % 7;
    if (tense > 0)
        return add_days(base, ahead);
    return add_days(base, ahead ? ahead - 7 : 0);
}

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
    if (t->offset_days)
        date = add_days(date, t->offset_days);
    return date;
}

static dl_date by_offset(dl_date base, const dl_timex *t)
{
    switch (t->grain) {
    case DL_GRAIN_DAY:
        return base.day ? add_days(base, t->offset) : t->offset ? (dl_date){0} : base;
    case DL_GRAIN_WEEK:
    case DL_GRAIN_WEEKEND:
        return base.day ? add_days(base, 7 * t->offset) : (dl_date){0};
    case DL_GRAIN_MONTH:
        return base.month && base.year > 0 ? dl_date_add_months(base, t->offset)
                                           : (dl_date){0};
    case DL_GRAIN_QUARTER:
        return base.month && base.year > 0 ? dl_date_add_months(base, 3 * t->offset)
                                           : (dl_date){0};
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

static dl_date stated_date(const dl_work *work, dl_timex *t, int tense)
{
    static const int8_t season_months[] = {0, 3, 6, 9, 12};
    if (t->grain == DL_GRAIN_SEASON || t->grain == DL_GRAIN_QUARTER)
        t->month =
            t->grain == DL_GRAIN_SEASON ? season_months[t->season] : t->quarter * 3 - 2;
    if (t->day && !t->month) {
        dl_date base = work->told.month ? work->told : work->anchor;
        t->month = base.month;
        t->year = base.year;
    }
    if (t->month && !t->year)
        t->year = find_year(work, t, tense);
    if (t->grain == DL_GRAIN_DECADE && t->short_year) {
        int century = work->told.year > 0 && work->narrative ? work->told.year / 100 : 19;
        t->year += century * 100;
    }
    return (dl_date){(int16_t)t->year, (int8_t)t->month, (int8_t)t->day};
}

static dl_date find_date(const dl_work *work, dl_timex *t, int32_t token)
{
    int tense = (t->weekday || t->month || t->season || t->quarter)
                    ? dl_tense_of(work, token)
                    : 0;
    if (t->from == DL_FROM_TEXT)
        return stated_date(work, t, tense);
    dl_date base = work->anchor;
    if (t->from == DL_FROM_TOLD && work->told.year)
        base = work->told;
    if (!base.year)
        return (dl_date){0};
    if (t->weekday)
        return base.day ? find_weekday(base, t, tense) : (dl_date){0};
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

static void print_value(const dl_timex *t, dl_date date, char out[DL_TIMEX_BYTES])
{
    static const char *const seasons[] = {"", "SP", "SU", "FA", "WI"};
    int year = date.year, week;
    int used = print_year(out, DL_TIMEX_BYTES, year);
    char *rest = out + used;
    size_t room = DL_TIMEX_BYTES - (size_t)used;
    switch (t->grain) {
    case DL_GRAIN_DAY:
        if (date.day)
            snprintf(rest, room, "-%02d-%02d", date.month, date.day);
        else if (date.month)
            snprintf(rest, room, "-%02d-XX", date.month);
        else
            snprintf(rest, room, "-XX-XX");
        break;
    case DL_GRAIN_WEEK:
    case DL_GRAIN_WEEKEND:
        week = dl_date_week(date, &year);
        snprintf(out, DL_TIMEX_BYTES, "%04d-W%02d%s", year, week,
                 t->grain == DL_GRAIN_WEEKEND ? "-WE" : "");
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

/* What the time covers, as precise as its grain. */
static void set_cover(dl_time *time, const dl_timex *t, dl_date date)
{
    if (date.year <= 0)
        return;
    if (t->grain == DL_GRAIN_WEEK || t->grain == DL_GRAIN_WEEKEND) {
        dl_date monday = add_days(date, 1 - dl_date_weekday(date));
        time->start = t->grain == DL_GRAIN_WEEK ? monday : add_days(monday, 5);
        time->end = add_days(monday, 6);
        return;
    }
    if (t->grain == DL_GRAIN_CENTURY && t->from == DL_FROM_TEXT)
        date.year = (int16_t)(date.year * 100 - 99);
    if (t->grain >= DL_GRAIN_MONTH)
        date.day = 0;
    if (t->grain >= DL_GRAIN_YEAR)
        date.month = 0;
    time->start = time->end = date;
    if (t->grain == DL_GRAIN_SEASON || t->grain == DL_GRAIN_QUARTER)
        time->end = dl_date_add_months(date, 2), time->end.day = 0;
    if (t->grain == DL_GRAIN_DECADE)
        time->end.year = (int16_t)(date.year + 9);
    if (t->grain == DL_GRAIN_CENTURY)
        time->end.year = (int16_t)(date.year + 99);
}

static void remember(dl_work *work, const dl_timex *t, dl_date date)
{
    if (!date.year || t->grain == DL_GRAIN_NONE || t->grain >= DL_GRAIN_DECADE)
        return;
    if (t->grain >= DL_GRAIN_MONTH)
        date.day = 0;
    if (t->grain >= DL_GRAIN_YEAR)
        date.month = 0;
    work->told = date;
}

/* Places the expression on the calendar and adds it to the document's times. */
static bool add_time(dl_work *work, int32_t first, dl_timex *t)
{
    dl_document *document = work->document;
    const dl_piece *from = &work->pieces.items[first],
                   *to = &work->pieces.items[t->end - 1];
    dl_time time = {.span = {from->span.start, to->span.end},
                    .first = from->token,
                    .last = to->token,
                    .type = t->type,
                    .rule = from->rule};
    char value[DL_TIMEX_BYTES + 16];
    if (t->grain == DL_GRAIN_NONE) {
        memcpy(value, t->value, DL_TIMEX_BYTES);
    } else {
        dl_date date = find_date(work, t, from->token);
        if (date.year)
            print_value(t, date, value);
        else
            print_open(t, value);
        if (t->clock[0] && !date.year && t->from == DL_FROM_TOLD)
            value[0] = 0;
        if (t->clock[0])
            snprintf(value + strlen(value), sizeof value - strlen(value), "%s", t->clock);
        set_cover(&time, t, date);
        if (time.start.year > 0)
            time.basis = t->from == DL_FROM_TEXT && !t->direction ? DL_BASIS_STATED
                                                                  : DL_BASIS_RELATIVE;
        remember(work, t, date);
    }
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

/* ---- Ranges ---- */

static bool joins(const dl_pieces *p, int32_t i)
{
    return dl_piece_mark(p, i, '-') || is(p, i, DL_WORD_to);
}

/* "April 18-22", "1939-45": the second end borrows what it lacks from the first. */
static int32_t second_end(const dl_pieces *p, const dl_timex *first, dl_timex *second)
{
    int value, year = first->year;
    int32_t at = first->end;
    bool list = is(p, at, DL_WORD_and) || dl_piece_mark(p, at, ',');
    if ((!joins(p, at) && !list) || first->from != DL_FROM_TEXT || first->clock[0])
        return 0;
    int32_t end = at + 1 < p->count && p->items[at + 1].shape == DL_SHAPE_DIGITS
                      ? dl_number_small(p, at + 1, &value)
                      : 0;
    if (!end || is(p, end, DL_WORD_month) || is(p, end, DL_WORD_of) ||
        is(p, end, DL_WORD_scale) || is(p, end, DL_WORD_unit) ||
        dl_piece_mark(p, end, '%') || p->items[at + 1].text.size > 2 ||
        dl_piece_mark(p, end, ':') || is(p, end, DL_WORD_half_day) ||
        is(p, end, DL_WORD_suffix))
        return 0;
    *second = *first;
    second->end = end;
    if (first->grain == DL_GRAIN_DAY && first->month && first->day &&
        value > first->day && value <= 31 && (!list || !first->year)) {
        second->day = value;
        return at + 1;
    }
    if (first->grain == DL_GRAIN_YEAR && !list && dl_piece_mark(p, at, '-') &&
        p->items[at + 1].text.size == 2 && year > 0 && value > year % 100) {
        second->year = year - year % 100 + value;
        return at + 1;
    }
    return 0;
}

/* Lets the first of two joined times cover both: "from 3 to 5 May". */
static void join_range(dl_work *work, int32_t first_end, int32_t second_start)
{
    dl_document *document = work->document;
    const dl_pieces *p = &work->pieces;
    if (document->time_count < 2 || second_start != first_end + 1 || !joins(p, first_end))
        return;
    dl_time *a = &document->times[document->time_count - 2];
    const dl_time *b = &document->times[document->time_count - 1];
    if (a->start.year > 0 && b->end.year > 0 && dl_date_compare(a->start, b->end) <= 0)
        a->end = b->end;
}

bool dl_when_sentence(dl_work *work)
{
    const dl_pieces *p = &work->pieces;
    int32_t last_end = -2;
    for (int32_t i = 0; i < p->count;) {
        dl_timex t, second;
        if (!dl_timex_read(work, i, &t)) {
            i++;
            continue;
        }
        if (!add_time(work, i, &t))
            return false;
        join_range(work, last_end, i);
        last_end = t.end;
        for (int32_t start; (start = second_end(p, &t, &second)) > 0;) {
            t = second;
            if (!add_time(work, start, &second))
                return false;
            join_range(work, last_end, start);
            last_end = t.end;
        }
        i = t.end;
    }
    return true;
}

/* Whether most years in the article lie well before it: then a month without a year is
 * of the year told last, not of the article's. */
void dl_when_begin(dl_work *work)
{
    const dl_document *document = work->document;
    int all = 0, old = 0;
    for (size_t i = 0; i < document->token_count; i++) {
        uint64_t year;
        dl_string fold = document->tokens[i].fold;
        if (fold.size != 4 || !dl_string_to_uint(fold, &year) || year < 1000 ||
            year > 2100)
            continue;
        all++;
        old += work->anchor.year - (int)year >= NARRATIVE_YEARS;
    }
    work->narrative = old >= NARRATIVE_MIN && 2 * old > all;
}
