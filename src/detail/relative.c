#include <stdio.h>

#include "detail/shared.h"

/* Relative times, durations and sets. */

static bool is(const dl_pieces *p, int32_t i, dl_word kind)
{
    return dl_piece_is(p, i, kind, NULL);
}

static int32_t past_the(const dl_pieces *p, int32_t i)
{
    return is(p, i, DL_WORD_the) ? i + 1 : i;
}

/* Unit letters: D W M Y, TH TM TS, DE (decade), CE, WE (weekend), Q (quarter). */
static bool unit_at(const dl_pieces *p, int32_t i, dl_string *unit)
{
    return dl_piece_is(p, i, DL_WORD_unit, unit);
}

static bool unit_is(dl_string unit, const char *letters)
{
    return dl_string_equal(unit, dl_string_from(letters));
}

static dl_grain grain_of(dl_string unit)
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

/* ---- Amounts: "10 days", "two years and 3 months", "several weeks" ---- */

typedef struct amount {
    int32_t end;
    char value[DL_TIMEX_BYTES]; /* "P10D" */
    int years, months, days;
    bool counted;  /* a number, not "several" */
    bool calendar; /* days, weeks, months or years */
} amount;

static void add_days(amount *a, dl_string unit, double count)
{
    int whole = (int)count;
    a->calendar = true;
    if (unit_is(unit, "D"))
        a->days += whole;
    else if (unit_is(unit, "W"))
        a->days += (int)(count * 7);
    else if (unit_is(unit, "M"))
        a->months += whole;
    else if (unit_is(unit, "Q"))
        a->months += 3 * whole;
    else if (unit_is(unit, "Y"))
        a->years += whole;
    else if (unit_is(unit, "DE"))
        a->years += 10 * whole;
    else if (unit_is(unit, "CE"))
        a->years += 100 * whole;
    else
        a->calendar = false;
}

static void print_part(char *out, size_t room, double count, bool counted, dl_string unit,
                       bool *clock)
{
    size_t used = strlen(out);
    bool timed = unit.size == 2 && unit.data[0] == 'T';
    const char *separator = timed && !*clock ? "T" : "";
    *clock = *clock || timed;
    if (timed)
        unit = dl_string_slice(unit, 1, 2);
    if (unit_is(unit, "Q")) {
        count *= 3;
        unit = DL_STRING("M");
    }
    if (unit_is(unit, "WE"))
        unit = DL_STRING("WE");
    if (!counted)
        snprintf(out + used, room - used, "%sX%.*s", separator, (int)unit.size,
                 unit.data);
    else
        snprintf(out + used, room - used, "%s%g%.*s", separator, count, (int)unit.size,
                 unit.data);
}

/* One number or "several" or "a" before a unit; the piece after it. */
static int32_t count_at(const dl_pieces *p, int32_t i, double *count, bool *counted)
{
    dl_amount number;
    *counted = true;
    if (dl_number_read(p, i, &number) && !number.vague && number.value >= 0) {
        *count = number.value;
        return number.end;
    }
    *counted = false;
    *count = 3;
    int32_t at = is(p, i, DL_WORD_a) && is(p, i + 1, DL_WORD_some) ? i + 1 : i;
    if (dl_number_read(p, i, &number))
        return is(p, number.end, DL_WORD_of) ? number.end + 1 : number.end;
    if (is(p, at, DL_WORD_some))
        return is(p, at + 1, DL_WORD_of) ? at + 2 : at + 1;
    if (is(p, i, DL_WORD_a) || is(p, i, DL_WORD_whole)) {
        *counted = true;
        *count = 1;
        return is(p, i + 1, DL_WORD_whole) ? i + 2 : i + 1;
    }
    return 0;
}

static bool amount_part(const dl_pieces *p, int32_t i, amount *a, bool *clock)
{
    double count;
    bool counted;
    dl_string unit;
    int32_t at = count_at(p, i, &count, &counted);
    if (!at)
        return false;
    if (dl_piece_mark(p, at, '-'))
        at++;
    while (is(p, at, DL_WORD_last) ||
           is(p, at, DL_WORD_next)) /* "the first two next days" */
        at++;
    if (!unit_at(p, at, &unit))
        return false;
    a->counted = counted;
    double part;
    dl_string text;
    int32_t half = at + 1;
    if (counted && is(p, half, DL_WORD_and) && is(p, half + 1, DL_WORD_a) &&
        dl_piece_is(p, half + 2, DL_WORD_fraction, &text) &&
        dl_string_to_double(text, &part)) {
        count += part;
        at = half + 2;
    }
    print_part(a->value, sizeof a->value, count, counted, unit, clock);
    add_days(a, unit, count);
    a->end = at + 1;
    return true;
}

static bool amount_at(const dl_pieces *p, int32_t i, amount *a)
{
    bool clock = false;
    *a = (amount){.value = "P"};
    if (!amount_part(p, i, a, &clock))
        return false;
    for (int k = 0; k < 4 && a->counted; k++) {
        amount more = *a;
        int32_t at = is(p, a->end, DL_WORD_and) || dl_piece_mark(p, a->end, ',')
                         ? a->end + 1
                         : a->end;
        if (is(p, at, DL_WORD_a) || !amount_part(p, at, &more, &clock) || !more.counted)
            break;
        *a = more;
    }
    return true;
}

static void shift(dl_timex *t, const amount *a, int sign, dl_from from)
{
    t->compound = true;
    t->from = from;
    t->offset_years = sign * a->years;
    t->offset_months = sign * a->months;
    t->offset_days = sign * a->days;
    if (a->days)
        t->grain = strchr(a->value, 'W') && !strchr(a->value, 'D') ? DL_GRAIN_WEEK
                                                                   : DL_GRAIN_DAY;
    else
        t->grain = a->months ? DL_GRAIN_MONTH : DL_GRAIN_YEAR;
}

/* A vague or unplaced shift: "several years ago", "three hours later". */
static void unplaced(dl_timex *t, bool past)
{
    t->grain = DL_GRAIN_NONE;
    t->type = DL_TIME_DATE;
    snprintf(t->value, sizeof t->value, "%s", past ? "PAST_REF" : "FUTURE_REF");
}

static bool part_clock(dl_timex *t, dl_string part)
{
    t->type = DL_TIME_TIME;
    snprintf(t->clock, sizeof t->clock, "T%.*s", (int)part.size, part.data);
    return true;
}

/* "today", "yesterday evening", "tonight", "tomorrow" */
static int32_t deictic(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string word, part;
    if (!dl_piece_is(p, i, DL_WORD_day, &word) || !word.size)
        return 0;
    t->from = DL_FROM_ARTICLE;
    t->grain = DL_GRAIN_DAY;
    t->offset = word.data[0] == '-' ? -1 : word.data[0] - '0';
    size_t space = dl_string_find(word, ' ', 0);
    if (space < word.size)
        part_clock(t, dl_string_slice(word, space + 1, word.size));
    if (dl_piece_is(p, i + 1, DL_WORD_part, &part)) {
        part_clock(t, part);
        return i + 2;
    }
    return i + 1;
}

/* "two weeks before 13 May 1999", "two days from tomorrow": counted from a day. */
static int32_t from_date(const dl_work *work, const amount *a, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    bool before = is(p, a->end, DL_WORD_earlier);
    if ((!before && !is(p, a->end, DL_WORD_later) && !is(p, a->end, DL_WORD_from)) ||
        !a->calendar || !a->counted)
        return 0;
    dl_timex day = {0};
    int sign = before ? -1 : 1;
    if (dl_timex_stated(work, a->end + 1, &day) && day.grain == DL_GRAIN_DAY &&
        day.year > 0 && day.month) {
        dl_date base = {(int16_t)day.year, (int8_t)day.month, (int8_t)day.day};
        if (!dl_date_valid(base))
            return 0;
        base = dl_date_add_months(base, sign * (12 * a->years + a->months));
        base = dl_date_from_days(dl_date_to_days(base) + sign * a->days);
        t->from = DL_FROM_TEXT;
        t->grain = DL_GRAIN_DAY;
        t->year = base.year;
        t->month = base.month;
        t->day = base.day;
        return day.end;
    }
    day = (dl_timex){0};
    day.end = deictic(work, a->end + 1, &day);
    if (!day.end || day.clock[0])
        return 0;
    shift(t, a, sign, DL_FROM_ARTICLE);
    t->grain = DL_GRAIN_DAY;
    t->offset_days += day.offset;
    return day.end;
}

/* "10 days ago", "two days earlier", "in 10 days"; else the duration itself. */
static int32_t amount_time(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    amount a;
    int32_t start = past_the(p, i);
    if (!amount_at(p, start, &a))
        return 0;
    bool ago = is(p, a.end, DL_WORD_ago), earlier = is(p, a.end, DL_WORD_earlier),
         later = is(p, a.end, DL_WORD_later);
    if ((earlier || later) && is(p, a.end + 1, DL_WORD_the))
        earlier = later = false; /* "two days before the vote": a duration to it */
    dl_string when;
    bool future =
        is(p, a.end, DL_WORD_from) && dl_piece_is(p, a.end + 1, DL_WORD_ref, &when);
    dl_string preposition;
    bool ahead = dl_piece_is(p, i - 1, DL_WORD_in, &preposition) &&
                 preposition.size > 0 && a.calendar && a.counted && start == i && !ago &&
                 !earlier && !later && dl_tense_of(work, p->items[i].token) >= 0 &&
                 !is(p, i, DL_WORD_a);
    t->type = DL_TIME_DATE;
    if (ahead) {
        shift(t, &a, 1, DL_FROM_ARTICLE);
        return a.end;
    }
    int32_t end = from_date(work, &a, t);
    if (end)
        return end;
    if (ago || earlier || later || future) {
        if (!a.calendar || !a.counted)
            unplaced(t, ago || earlier);
        else
            shift(t, &a, ago || earlier ? -1 : 1,
                  ago || future ? DL_FROM_ARTICLE : DL_FROM_TOLD);
        return a.end + (future ? 2 : 1);
    }
    t->type = DL_TIME_DURATION;
    t->grain = DL_GRAIN_NONE;
    snprintf(t->value, sizeof t->value, "%s", a.value);
    return a.end;
}

/* ---- last, next, this ---- */

/* The noun behind "last", "next", "this": unit, weekday, month, season, part of the day.
 */
static int32_t directed_noun(const dl_pieces *p, int32_t i, int direction, dl_timex *t)
{
    dl_string unit;
    int number;
    t->type = DL_TIME_DATE;
    t->from = DL_FROM_ARTICLE;
    t->offset = direction;
    if (unit_at(p, i, &unit)) {
        t->grain = grain_of(unit);
        return t->grain == DL_GRAIN_NONE ? 0 : i + 1;
    }
    if (is(p, i, DL_WORD_quarter)) {
        t->grain = DL_GRAIN_QUARTER;
        return i + 1;
    }
    if ((number = dl_piece_int(p, i, DL_WORD_weekday)) != 0) {
        t->grain = DL_GRAIN_DAY;
        t->weekday = number;
        t->direction = direction ? direction : 2; /* 2: of this week */
        return i + 1;
    }
    if ((number = dl_piece_int(p, i, DL_WORD_month)) != 0) {
        t->grain = DL_GRAIN_MONTH;
        t->month = number;
        t->from = DL_FROM_TEXT;
        t->direction = direction ? direction : 2; /* 2: of this year */
        return i + 1;
    }
    if ((number = dl_piece_int(p, i, DL_WORD_season)) != 0) {
        t->grain = DL_GRAIN_SEASON;
        t->season = number;
        t->from = DL_FROM_TEXT;
        t->direction = direction ? direction : 2;
        return i + 1;
    }
    dl_string part;
    if (dl_piece_is(p, i, DL_WORD_part, &part)) {
        t->grain = DL_GRAIN_DAY;
        return part_clock(t, part) ? i + 1 : 0;
    }
    return 0;
}

/* "last week", "the past week", "next Monday", "this morning", "the last 3 months" */
static int32_t directed(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int32_t at = past_the(p, i);
    int direction = is(p, at, DL_WORD_last) ? -1 : is(p, at, DL_WORD_next) ? 1 : 0;
    if (!direction && !is(p, at, DL_WORD_this))
        return 0;
    dl_string how = {NULL, 0};
    if (direction)
        dl_piece_is(p, at, direction < 0 ? DL_WORD_last : DL_WORD_next, &how);
    amount a;
    if (amount_at(p, at + 1, &a) && !is(p, at + 1, DL_WORD_a)) {
        t->type = DL_TIME_DURATION;
        snprintf(t->value, sizeof t->value, "%s", a.value);
        return a.end;
    }
    dl_string unit;
    bool plural = unit_at(p, at + 1, &unit) &&
                  dl_string_ends(p->items[at + 1].text, DL_STRING("s")) &&
                  !unit_is(unit, "TS");
    if (plural) { /* "the last days", "recent weeks" */
        t->type = DL_TIME_DURATION;
        bool clock = unit.size == 2 && unit.data[0] == 'T';
        snprintf(t->value, sizeof t->value, "P%sX%.*s", clock ? "T" : "",
                 (int)(clock ? 1 : unit.size), unit.data + (clock ? 1 : 0));
        return at + 2;
    }
    if (direction && unit_is(how, "seq")) { /* the following day: from the date told */
        int32_t end = directed_noun(p, at + 1, direction, t);
        t->from = end && t->grain != DL_GRAIN_NONE && !t->month && !t->season
                      ? DL_FROM_TOLD
                      : t->from;
        return end;
    }
    int32_t end = directed_noun(p, at + 1, direction, t);
    bool told = end && t->from == DL_FROM_ARTICLE && !t->weekday &&
                ((at > i && direction) || (!direction && unit_is(how, "that")));
    dl_string here;
    if (!direction && dl_piece_is(p, at, DL_WORD_this, &here) && unit_is(here, "that"))
        told = end > 0;
    if (told && t->grain != DL_GRAIN_NONE)
        t->from = DL_FROM_TOLD;
    return end;
}

/* "the same day", "the day before", "the day after tomorrow", "the next day" */
static int32_t same_day(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int32_t at = past_the(p, i);
    dl_string unit, word;
    t->from = DL_FROM_TOLD;
    if (is(p, at, DL_WORD_same) && unit_at(p, at + 1, &unit)) {
        t->grain = grain_of(unit);
        return t->grain == DL_GRAIN_NONE ? 0 : at + 2;
    }
    if (at == i || !unit_at(p, at, &unit) || grain_of(unit) == DL_GRAIN_NONE)
        if (!(at == i && unit_at(p, at, &unit) && is(p, at + 2, DL_WORD_day)))
            return 0;
    bool before = is(p, at + 1, DL_WORD_earlier), after = is(p, at + 1, DL_WORD_later);
    if (!before && !after)
        return 0;
    t->grain = grain_of(unit);
    t->offset = before ? -1 : 1;
    if (dl_piece_is(p, at + 2, DL_WORD_day, &word) && unit_is(unit, "D")) {
        int64_t base = word.size && word.data[0] == '-' ? -1 : word.data[0] == '1';
        t->offset += (int)base;
        t->from = DL_FROM_ARTICLE;
        return at + 3;
    }
    return at > i ? at + 2 : 0;
}

/* "Thursday", "Thursday night" */
static int32_t weekday(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string part;
    t->weekday = dl_piece_int(p, i, DL_WORD_weekday);
    if (!t->weekday || (p->items[i].text.size <= 3 && !p->items[i].capital))
        return 0;
    t->grain = DL_GRAIN_DAY;
    t->from = DL_FROM_ARTICLE;
    int32_t at = i + 1;
    if (is(p, at, DL_WORD_last) || is(p, at, DL_WORD_next)) { /* "Thursday last week" */
        dl_timex week = {0};
        int32_t end = directed(work, at, &week);
        if (end && week.grain == DL_GRAIN_WEEK && week.from == DL_FROM_ARTICLE) {
            t->offset = week.offset;
            t->direction = 3; /* 3: `offset` weeks from this one */
            return end;
        }
    }
    if (dl_piece_is(p, at, DL_WORD_part, &part)) {
        part_clock(t, part);
        return at + 1;
    }
    return at;
}

/* "now", "currently", "recently", "soon" */
static int32_t reference(const dl_work *work, int32_t i, dl_timex *t)
{
    dl_string value;
    if (!dl_piece_is(&work->pieces, i, DL_WORD_ref, &value))
        return 0;
    t->grain = DL_GRAIN_NONE;
    snprintf(t->value, sizeof t->value, "%.*s", (int)value.size, value.data);
    return i + 1;
}

/* "the morning", "that night", "the night of 20 June": a part of the day told last */
static int32_t part_of_day(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string part;
    int32_t at = past_the(p, i);
    if (!dl_piece_is(p, at, DL_WORD_part, &part))
        return 0;
    dl_timex date = {0};
    int32_t next =
        is(p, at + 1, DL_WORD_of) || is(p, at + 1, DL_WORD_on) ? at + 2 : at + 1;
    if (next > at + 1 &&
        (dl_timex_stated(work, next, &date) || (date.end = weekday(work, next, &date))) &&
        date.grain == DL_GRAIN_DAY) {
        int32_t end = date.end;
        *t = date;
        part_clock(t, part);
        return end;
    }
    if (at == i && !is(p, i - 1, DL_WORD_in) && !is(p, i - 1, DL_WORD_at) &&
        !is(p, i - 1, DL_WORD_edge) && !dl_piece_mark(p, i - 1, '-'))
        return 0;
    t->grain = DL_GRAIN_DAY;
    t->from = DL_FROM_TOLD;
    return part_clock(t, part) ? at + 1 : 0;
}

/* ---- Sets ---- */

static int32_t set(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string value, unit;
    int day;
    t->type = DL_TIME_SET;
    if (dl_piece_is(p, i, DL_WORD_rate, &value)) {
        snprintf(t->value, sizeof t->value, "%.*s", (int)value.size, value.data);
        return i + 1;
    }
    if (!is(p, i, DL_WORD_each))
        return 0;
    int32_t at = i + 1;
    int many = 1;
    if (is(p, at, DL_WORD_other)) {
        many = 2;
        at++;
    }
    amount a;
    if (many == 1 && amount_at(p, at, &a)) {
        snprintf(t->value, sizeof t->value, "%s", a.value);
        return a.end;
    }
    if (unit_at(p, at, &unit)) {
        bool clock = false;
        snprintf(t->value, sizeof t->value, "P");
        print_part(t->value, sizeof t->value, many, true, unit, &clock);
        return at + 1;
    }
    if ((day = dl_piece_int(p, at, DL_WORD_weekday)) != 0) {
        snprintf(t->value, sizeof t->value, "XXXX-WXX-%d", day);
        return at + 1;
    }
    if (dl_piece_is(p, at, DL_WORD_part, &unit)) {
        snprintf(t->value, sizeof t->value, "XXXX-XX-XXT%.*s", (int)unit.size, unit.data);
        return at + 1;
    }
    return 0;
}

/* ---- Ordinals: "the first week of October", "the second Monday of next month" ---- */

/* The month or year behind "of" or "in", as a stated one; false where it is none. */
static bool frame_of(const dl_work *work, int32_t i, dl_timex *frame)
{
    dl_timex relative = {0};
    *frame = (dl_timex){0};
    bool stated = dl_timex_stated(work, i, frame) &&
                  (frame->grain == DL_GRAIN_MONTH || frame->grain == DL_GRAIN_YEAR);
    if (stated) {
        if (!frame->year)
            frame->year = work->narrative && work->told.year > 0 ? work->told.year
                                                                 : work->anchor.year;
        return frame->year > 0;
    }
    relative.end = directed(work, i, &relative);
    dl_date base =
        relative.from == DL_FROM_TOLD && work->told.year > 0 ? work->told : work->anchor;
    if (!relative.end || base.year <= 0 ||
        (relative.grain != DL_GRAIN_MONTH && relative.grain != DL_GRAIN_YEAR) ||
        relative.month)
        return false;
    *frame = relative;
    if (relative.grain == DL_GRAIN_MONTH)
        base = dl_date_add_months(base, relative.offset);
    frame->year =
        relative.grain == DL_GRAIN_YEAR ? base.year + relative.offset : base.year;
    frame->month = relative.grain == DL_GRAIN_MONTH ? base.month : 0;
    return true;
}

/* The n-th (0: the last) weekday of the month or year that starts at `first`; weeks count
 * by their Thursdays. */
static dl_date nth_weekday(dl_date first, int weekday, int n)
{
    dl_date next = dl_date_add_months(first, first.month ? 1 : 12);
    first.month = first.month ? first.month : 1;
    if (n == 0) {
        next.month = next.month ? next.month : 1;
        next.day = 1;
        int32_t last = dl_date_to_days(next) - 1;
        int back = (dl_date_weekday(dl_date_from_days(last)) - weekday + 7) % 7;
        return dl_date_from_days(last - back);
    }
    first.day = 1;
    int ahead = (weekday - dl_date_weekday(first) + 7) % 7;
    return dl_date_from_days(dl_date_to_days(first) + ahead + 7 * (n - 1));
}

static int32_t ordinal_of(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int n = 0;
    int32_t at = past_the(p, i);
    int32_t end = is(p, at, DL_WORD_last) ? at + 1 : dl_ordinal_read(p, at, &n);
    dl_string unit;
    if (!end || n > 53)
        return 0;
    int weekday = dl_piece_int(p, end, DL_WORD_weekday);
    bool week = unit_at(p, end, &unit) && unit_is(unit, "W");
    bool day = unit_at(p, end, &unit) && unit_is(unit, "D") && n > 0;
    if (!weekday && !week && !day)
        return 0;
    dl_timex frame;
    at = end + 1;
    if (is(p, at, DL_WORD_of) || is(p, at, DL_WORD_in))
        at++;
    if (!frame_of(work, at, &frame) || (day && !frame.month))
        return 0;
    dl_date first = {(int16_t)frame.year, (int8_t)frame.month, 0};
    dl_date date = nth_weekday(first, weekday ? weekday : 4, n);
    if (day)
        date = (dl_date){first.year, first.month, (int8_t)n};
    if (!dl_date_valid(date))
        return 0;
    t->from = DL_FROM_TEXT;
    t->grain = week ? DL_GRAIN_WEEK : DL_GRAIN_DAY;
    t->year = date.year;
    t->month = date.month;
    t->day = date.day;
    return frame.end;
}

bool dl_timex_relative(const dl_work *work, int32_t i, dl_timex *timex)
{
    typedef int32_t (*reader)(const dl_work *, int32_t, dl_timex *);
    static const reader readers[] = {amount_time, directed, same_day,
                                     deictic,     weekday,  reference,
                                     part_of_day, set,      ordinal_of};
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
