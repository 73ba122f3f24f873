#include <stdio.h>

#include "detail/shared.h"

/* Durations ("10 days", "an hour and a half", "several weeks"), and the times that are
 * counted with them ("10 days ago", "two days after 12 January"). */

enum {
    YEARS_MAX = 9999, /* farther than that nothing is placed */
    PARTS_MAX = 5,    /* "1 year 2 months 3 days 4 hours 5 minutes" */
    HOUR_SECONDS = 3600,
    DAY_SECONDS = 24 * HOUR_SECONDS
};

static bool is(const dl_pieces *p, int32_t i, dl_word kind)
{
    return dl_piece_is(p, i, kind, NULL);
}

static bool unit_is(dl_string unit, const char *letters)
{
    return dl_string_equal(unit, dl_string_from(letters));
}

dl_grain dl_grain_of(dl_string unit)
{
    static const struct {
        const char *letters;
        dl_grain grain;
    } grains[] = {{"D", DL_GRAIN_DAY},     {"W", DL_GRAIN_WEEK},
                  {"M", DL_GRAIN_MONTH},   {"Y", DL_GRAIN_YEAR},
                  {"DE", DL_GRAIN_DECADE}, {"CE", DL_GRAIN_CENTURY},
                  {"Q", DL_GRAIN_QUARTER}, {"WE", DL_GRAIN_WEEKEND}};
    for (size_t k = 0; k < sizeof grains / sizeof *grains; k++)
        if (unit_is(unit, grains[k].letters))
            return grains[k].grain;
    return DL_GRAIN_NONE;
}

/* The units of a value in the order in which it names them, with what one of them is. */
static const struct unit {
    const char *letters, *printed;
    int months, seconds, times;
} units[] = {{"CE", "CE", 1200, 0, 1},
             {"DE", "DE", 120, 0, 1},
             {"Y", "Y", 12, 0, 1},
             {"Q", "M", 3, 0, 3},
             {"M", "M", 1, 0, 1},
             {"W2", "W", 0, 14 * DAY_SECONDS, 2},
             {"W", "W", 0, 7 * DAY_SECONDS, 1},
             {"WE", "WE", 0, 0, 1},
             {"D", "D", 0, DAY_SECONDS, 1},
             {"TH", "H", 0, HOUR_SECONDS, 1},
             {"TM", "M", 0, 60, 1},
             {"TS", "S", 0, 1, 1}};

enum { UNITS = sizeof units / sizeof *units, FIRST_CLOCK = 9, DAYS = 8, WEEKEND = 7 };

typedef struct amount {
    int32_t end;
    double counts[UNITS]; /* of each unit, 0 for none */
    bool counted;         /* a number, not "several" */
    bool one;             /* counted by "a" */
    int last;             /* unit read last */
} amount;

static int unit_at(const dl_pieces *p, int32_t i)
{
    dl_string unit;
    if (!dl_piece_is(p, i, DL_WORD_unit, &unit) ||
        (p->items[i].text.size == 1 && !dl_piece_digits(p, i - 1, 1, 9)))
        return -1;
    for (int k = 0; k < UNITS; k++)
        if (unit_is(unit, units[k].letters))
            return k;
    return -1;
}

/* "several", "a few", "a couple of"; the piece after it. */
static int32_t some_at(const dl_pieces *p, int32_t i, double *count, bool *counted)
{
    dl_string number;
    int32_t at = is(p, i, DL_WORD_a) && is(p, i + 1, DL_WORD_some) ? i + 1 : i;
    if (!dl_piece_is(p, at, DL_WORD_some, &number))
        return 0;
    int known = dl_value_next(&number);
    *counted = known > 0;
    *count = known > 0 ? known : 3;
    return is(p, at + 1, DL_WORD_of) ? at + 2 : at + 1;
}

/* What a count may have behind it: "twenty and four", "one and half". */
static int32_t more_count(const dl_pieces *p, int32_t at, double *count)
{
    dl_string text;
    double part;
    int more;
    if (!is(p, at, DL_WORD_and))
        return at;
    if (dl_piece_is(p, at + 1, DL_WORD_fraction, &text) && unit_at(p, at + 2) >= 0 &&
        dl_string_to_double(text, &part)) {
        *count += part;
        return at + 2;
    }
    int32_t end = dl_number_small(p, at + 1, &more);
    if (end && *count >= 20 && *count < 100 && (int)*count % 10 == 0 && more < 10 &&
        unit_at(p, end) >= 0 && p->items[at - 1].shape == DL_SHAPE_WORD) {
        *count += more;
        return end;
    }
    return at;
}

/* One number or "several" or "a" before a unit; the piece after it. */
static int32_t count_at(const dl_pieces *p, int32_t i, double *count, bool *counted)
{
    dl_amount number;
    int32_t from = is(p, i, DL_WORD_a) ? i + 1 : i;
    *counted = true;
    int whole;
    int32_t end = dl_number_small(p, from, &whole);
    if (end && (from == i || dl_piece_digits(p, from, 1, 4)) && unit_at(p, end) >= 0) {
        *count = whole; /* "three quarters" are no fraction */
        return end;
    }
    if (dl_number_read(p, from, &number) && !number.vague && number.value >= 0 &&
        (from == i || number.figures || number.value < 1)) {
        *count = number.value;
        int32_t at = more_count(p, number.end, count);
        return number.value < 1 && is(p, at, DL_WORD_a) ? at + 1 : at; /* half an */
    }
    *counted = false;
    *count = 3;
    end = some_at(p, i, count, counted);
    if (end)
        return end;
    if (dl_number_read(p, i, &number) && number.vague)
        return is(p, number.end, DL_WORD_of) ? number.end + 1 : number.end;
    if (is(p, i, DL_WORD_a) || is(p, i, DL_WORD_whole)) {
        *counted = true;
        *count = 1;
        return is(p, i + 1, DL_WORD_whole) ? i + 2 : i + 1;
    }
    return 0;
}

/* Words between the count and the unit: "two more years", "the first two next days". */
static int32_t past_between(const dl_pieces *p, int32_t at)
{
    if (dl_piece_mark(p, at, '-'))
        at++;
    while (is(p, at, DL_WORD_beside) || is(p, at, DL_WORD_whole))
        at++;
    if ((is(p, at, DL_WORD_last) || is(p, at, DL_WORD_next)) &&
        is(p, at + 1, DL_WORD_many))
        at++;
    return at;
}

static bool amount_part(const dl_pieces *p, int32_t i, amount *a)
{
    double count, part;
    bool counted;
    int number;
    if (dl_ordinal_read(p, i, &number) && unit_at(p, i) < 0)
        return false; /* "the fifth day" */
    int32_t start = count_at(p, i, &count, &counted);
    int32_t at = start ? past_between(p, start) : 0;
    int unit = at ? unit_at(p, at) : -1;
    if (unit < 0 || (is(p, at, DL_WORD_ordinal) && p->items[at].capital))
        return false; /* "a Second Assembly" */
    dl_string text;
    int32_t half = at + 1;
    if (counted && is(p, half, DL_WORD_and)) {
        half += is(p, half + 1, DL_WORD_a) ? 2 : 1;
        if (dl_piece_is(p, half, DL_WORD_fraction, &text) &&
            dl_string_to_double(text, &part) && unit_at(p, half + 1) < 0) {
            count += part;
            at = half;
        }
    }
    a->counted = counted;
    a->one = is(p, i, DL_WORD_a);
    a->counts[unit] += count;
    a->last = unit;
    a->end = at + 1;
    return true;
}

/* Whether what starts at piece i is told on its own: "and 2 days ago". */
static bool starts_anew(const dl_pieces *p, int32_t i)
{
    amount next = {0};
    for (int k = 0; k < PARTS_MAX; k++) {
        if (!amount_part(p, i, &next))
            return false;
        i = next.end;
        if (is(p, i, DL_WORD_ago) || is(p, i, DL_WORD_later))
            return true;
        if (!is(p, i, DL_WORD_and))
            return false;
        i++;
    }
    return false;
}

static bool amount_at(const dl_pieces *p, int32_t i, bool directed, amount *a)
{
    *a = (amount){0};
    if (!amount_part(p, i, a))
        return false;
    for (int k = 1; k < PARTS_MAX && a->counted; k++) {
        amount more = *a;
        bool joined = is(p, a->end, DL_WORD_and) || dl_piece_mark(p, a->end, ',');
        int32_t at = joined ? a->end + 1 : a->end;
        if (is(p, at, DL_WORD_a) || !amount_part(p, at, &more) || !more.counted ||
            more.last == a->last || (directed && joined && starts_anew(p, at)))
            break;
        *a = more;
    }
    return true;
}

/* "P1M2D", "PT2.5H", "PXW": largest units first. */
static void print_amount(const amount *a, char out[DL_TIMEX_BYTES])
{
    size_t used = (size_t)snprintf(out, DL_TIMEX_BYTES, "P");
    bool clock = false;
    for (int k = 0; k < UNITS && used + 1 < DL_TIMEX_BYTES; k++) {
        if (a->counts[k] == 0)
            continue;
        if (k >= FIRST_CLOCK && !clock)
            used += (size_t)snprintf(out + used, DL_TIMEX_BYTES - used, "T");
        clock = clock || k >= FIRST_CLOCK;
        if (used + 1 >= DL_TIMEX_BYTES)
            break;
        if (a->counted)
            used += (size_t)snprintf(out + used, DL_TIMEX_BYTES - used, "%.10g%s",
                                     a->counts[k] * units[k].times, units[k].printed);
        else
            used += (size_t)snprintf(out + used, DL_TIMEX_BYTES - used, "X%s",
                                     units[k].printed);
    }
}

int32_t dl_amount_value(const dl_pieces *p, int32_t i, char value[DL_TIMEX_BYTES])
{
    amount a;
    if (is(p, i, DL_WORD_a) || !amount_at(p, i, true, &a))
        return 0;
    print_amount(&a, value);
    return a.end;
}

static bool has_clock(const amount *a)
{
    for (int k = FIRST_CLOCK; k < UNITS; k++)
        if (a->counts[k] > 0)
            return true;
    return false;
}

/* "two million years ago" */
static bool too_far(const amount *a)
{
    double years = 0;
    for (int k = 0; k < UNITS; k++)
        years += a->counts[k] * units[k].months / 12 +
                 a->counts[k] * units[k].seconds / (365.0 * DAY_SECONDS);
    return years > YEARS_MAX;
}

/* The amount as years, months, days and seconds of `t`, with its grain. */
static void shift(dl_timex *t, const amount *a, int sign, dl_from from)
{
    double months = 0, seconds = 0;
    for (int k = 0; k < UNITS; k++) {
        months += a->counts[k] * units[k].months;
        seconds += a->counts[k] * units[k].seconds;
    }
    t->type = DL_TIME_DATE;
    t->compound = true;
    t->from = from;
    t->offset_years = sign * (int)(months / 12);
    t->offset_months = sign * ((int)months - 12 * (int)(months / 12));
    t->offset_days = sign * (int)(seconds / DAY_SECONDS);
    t->offset_seconds =
        sign * (int)(seconds - (double)DAY_SECONDS * (int)(seconds / DAY_SECONDS));
    t->to_second = has_clock(a);
    bool weeks = a->counts[DAYS - 2] + a->counts[DAYS - 3] > 0;
    if (t->to_second || a->counts[DAYS] > 0)
        t->grain = DL_GRAIN_DAY;
    else if (seconds > 0)
        t->grain = weeks ? DL_GRAIN_WEEK : DL_GRAIN_DAY;
    else
        t->grain = t->offset_months ? DL_GRAIN_MONTH : DL_GRAIN_YEAR;
    t->to_day = from == DL_FROM_ARTICLE;
    if (t->to_second)
        t->type = DL_TIME_TIME;
}

/* "several years ago": no date. */
static void unplaced(dl_timex *t, bool past)
{
    t->grain = DL_GRAIN_NONE;
    t->type = DL_TIME_DATE;
    snprintf(t->value, sizeof t->value, "%s", past ? "PAST_REF" : "FUTURE_REF");
}

/* "two days after the vote": a day that nobody knows. */
static void open_date(dl_timex *t, const amount *a)
{
    static const char *const values[] = {
        "XX", "XXX", "XXXX", "XXXX-XX", "XXXX-XX", "XXXX-WXX", "XXXX-WXX", "XXXX-WXX-WE"};
    t->type = DL_TIME_DATE;
    t->grain = DL_GRAIN_NONE;
    snprintf(t->value, sizeof t->value, "%s",
             a->last < DAYS ? values[a->last] : "XXXX-XX-XX");
}

/* "two weeks before 13 May 1999", "3 days from Tuesday": counted from a day. */
static int32_t from_date(const dl_work *work, const amount *a, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    bool before = is(p, a->end, DL_WORD_earlier);
    if (!before && !is(p, a->end, DL_WORD_later) && !is(p, a->end, DL_WORD_from))
        return 0;
    dl_timex day = {0};
    if (!a->counted || has_clock(a) || a->counts[WEEKEND] > 0 || too_far(a) ||
        !dl_timex_day(work, a->end + 1, &day) || day.type != DL_TIME_DATE)
        return 0;
    bool relative = day.from == DL_FROM_ARTICLE;
    int sign = before ? -1 : 1;
    dl_date base = dl_calendar_find(work, &day, p->items[a->end + 1].token);
    if (base.year <= 0 || (day.grain != DL_GRAIN_DAY && day.grain != DL_GRAIN_MONTH &&
                           day.grain != DL_GRAIN_YEAR))
        return 0;
    shift(t, a, sign, DL_FROM_TEXT);
    if (is(p, a->end, DL_WORD_from) && !relative &&
        (is(p, day.end, DL_WORD_to) || dl_piece_mark(p, day.end, '-')))
        return 0; /* "64 days from 21 November to 31 January" */
    if (t->offset_days && day.grain != DL_GRAIN_DAY)
        return 0;
    if (day.grain != DL_GRAIN_DAY)
        base.day = 0;
    if (day.grain == DL_GRAIN_YEAR)
        base.month = 0;
    int day_of_month = base.day, month = base.month;
    base = dl_date_add_months(base, 12 * t->offset_years + t->offset_months);
    if (day_of_month)
        base = dl_date_add_days(base, t->offset_days);
    *t = (dl_timex){.type = DL_TIME_DATE, .grain = day.grain, .year = base.year};
    t->month = month ? base.month : 0;
    t->day = day_of_month ? base.day : 0;
    t->direction = relative ? DL_TURN_THIS : DL_TURN_TENSE;
    return day.end;
}

/* Whether "in" makes a coming day of the amount: "in 10 days". */
static bool ahead(const dl_work *work, int32_t i, const amount *a)
{
    const dl_pieces *p = &work->pieces;
    dl_string preposition;
    if (!dl_piece_is(p, i - 1, DL_WORD_in, &preposition) || !preposition.size ||
        !a->counted || is(p, a->end, DL_WORD_of) || too_far(a))
        return false;
    int tense = dl_tense_of(work, p->items[i].token);
    return a->one ? tense > 0 : tense >= 0;
}

/* Whether what it counts from stands at piece i, an event and no date: "two days after
 * the vote", "a day after they met"; not "two days before in Lagos". */
static bool counts_from(const dl_work *work, int32_t i)
{
    const dl_pieces *p = &work->pieces;
    if (i >= p->count || p->items[i].shape == DL_SHAPE_MARK)
        return false;
    switch (work->document->tokens[p->items[i].token].upos) {
    case DL_UPOS_DET:
    case DL_UPOS_PRON:
    case DL_UPOS_NOUN:
    case DL_UPOS_PROPN:
    case DL_UPOS_ADJ:
    case DL_UPOS_NUM:
        return true;
    default:
        return is(p, i, DL_WORD_the) || is(p, i, DL_WORD_a);
    }
}

/* "10 days ago", "two days earlier", "in 10 days"; else the duration itself. */
int32_t dl_timex_amount(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    amount a;
    int32_t start = is(p, i, DL_WORD_the) ? i + 1 : i;
    if (!amount_at(p, start, false, &a) || (start > i && a.one))
        return 0;
    if (a.one && is(p, a.end - 1, DL_WORD_ordinal) &&
        work->document->tokens[p->items[a.end - 1].token].upos != DL_UPOS_NOUN)
        return 0; /* "a second attack" */
    if (a.one && is(p, a.end - 1, DL_WORD_quarter) && is(p, a.end, DL_WORD_of))
        return 0; /* "a quarter of the seats" */
    int32_t next = a.end;
    bool ago = is(p, next, DL_WORD_ago), earlier = is(p, next, DL_WORD_earlier),
         later = is(p, next, DL_WORD_later), from = is(p, next, DL_WORD_from);
    dl_string now;
    bool from_now = (from || later) && dl_piece_is(p, next + 1, DL_WORD_ref, &now) &&
                    dl_string_equal(now, DL_STRING("PRESENT_REF"));
    if (start == i && !ago && !earlier && !later && !from && ahead(work, i, &a)) {
        shift(t, &a, 1, DL_FROM_ARTICLE);
        return a.end;
    }
    int32_t end = from_date(work, &a, t);
    if (end)
        return end;
    if ((earlier || later) &&
        (is(p, next, DL_WORD_hour_to) || is(p, next, DL_WORD_hour_past)) &&
        counts_from(work, next + 1) && !from_now && !has_clock(&a) && a.counted &&
        !(a.one && earlier)) {
        open_date(t, &a); /* "two days before the vote" */
        return next + 1;
    }
    bool preposition = is(p, next, DL_WORD_hour_to) || is(p, next, DL_WORD_hour_past);
    if ((earlier || later) && preposition && is(p, next + 1, DL_WORD_the))
        earlier = later = false;
    if (ago || earlier || later || from_now) {
        if (!a.counted || a.counts[WEEKEND] > 0 || too_far(&a))
            unplaced(t, ago || earlier);
        else
            shift(t, &a, ago || earlier ? -1 : 1,
                  ago || from_now ? DL_FROM_ARTICLE : DL_FROM_TOLD);
        return from_now ? next + 2 : next + 1;
    }
    *t = (dl_timex){.type = DL_TIME_DURATION};
    print_amount(&a, t->value);
    return a.end;
}
