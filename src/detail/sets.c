#include <stdio.h>

#include "detail/shared.h"

/* Times that come again: "every Monday", "twice a week", "annually". */

static bool is(const dl_pieces *p, int32_t i, dl_word kind)
{
    return dl_piece_is(p, i, kind, NULL);
}

static bool unit_is(dl_string unit, const char *letters)
{
    return dl_string_equal(unit, dl_string_from(letters));
}

static int32_t past_the(const dl_pieces *p, int32_t i)
{
    return is(p, i, DL_WORD_the) ? i + 1 : i;
}

static void every(dl_timex *t, dl_string unit, int many)
{
    bool clock = unit.size == 2 && unit.data[0] == 'T';
    unit = clock ? dl_string_slice(unit, 1, 2) : unit;
    if (unit_is(unit, "Q") || unit_is(unit, "W2")) {
        many *= unit_is(unit, "Q") ? 3 : 2;
        unit = unit_is(unit, "Q") ? DL_STRING("M") : DL_STRING("W");
    }
    snprintf(t->value, sizeof t->value, "P%s%d%.*s", clock ? "T" : "", many,
             (int)unit.size, unit.data);
}

/* "19th of every month" */
static int32_t day_of_every(const dl_pieces *p, int32_t i, dl_timex *t)
{
    int day;
    dl_string unit;
    int32_t at = dl_ordinal_read(p, past_the(p, i), &day);
    if (!at || day > 31 || !is(p, at, DL_WORD_of) || !is(p, at + 1, DL_WORD_each) ||
        !dl_timex_unit(p, at + 2, &unit) || !unit_is(unit, "M"))
        return 0;
    t->type = DL_TIME_SET;
    snprintf(t->value, sizeof t->value, "XXXX-XX-%02d", day);
    return at + 3;
}

/* "twice a week", "five times per day", "per month" */
static int32_t times_per(const dl_pieces *p, int32_t i, dl_timex *t)
{
    int count;
    dl_string unit;
    int32_t at = dl_number_small(p, i, &count);
    if (!is(p, at ? at : i, DL_WORD_how_often)) {
        if (!is(p, i, DL_WORD_each_per) || !dl_timex_unit(p, i + 1, &unit))
            return 0;
        at = i + 1;
    } else {
        at = (at ? at : i) + 1;
        if (!is(p, at, DL_WORD_a) && !is(p, at, DL_WORD_each_per) &&
            !is(p, at, DL_WORD_each))
            return 0;
        at++;
    }
    if (!dl_timex_unit(p, at, &unit))
        return 0;
    t->type = DL_TIME_SET;
    every(t, unit, 1);
    return at + 1;
}

/* What "every" may have behind it: an amount, a unit, a weekday, a part of the day, a
 * day of the year. */
static int32_t each_noun(const dl_work *work, int32_t at, int many, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string unit;
    bool plural;
    int day;
    int32_t end;
    if (many == 1 && (end = dl_amount_value(p, at, t->value)) != 0)
        return end;
    t->value[0] = 0;
    if (many == 1 && dl_ordinal_read(p, at, &day) && day > 1) { /* every third day */
        many = day;
        at = dl_ordinal_read(p, at, &day);
    }
    if (dl_timex_part(p, at, &unit, &plural)) {
        snprintf(t->value, sizeof t->value, "XXXX-XX-XXT%.*s", (int)unit.size, unit.data);
        return at + 1;
    }
    if (dl_timex_unit(p, at, &unit)) {
        every(t, unit, many);
        return at + 1;
    }
    if ((day = dl_piece_int(p, at, DL_WORD_weekday)) != 0) {
        snprintf(t->value, sizeof t->value, "XXXX-WXX-%d", day);
        if (!dl_timex_part(p, at + 1, &unit, &plural))
            return at + 1;
        snprintf(t->value, sizeof t->value, "XXXX-WXX-%dT%.*s", day, (int)unit.size,
                 unit.data);
        return at + 2;
    }
    dl_timex date;
    if (!dl_timex_stated(work, at, &date) || date.year || date.named.size)
        return 0;
    if (date.grain == DL_GRAIN_DAY && date.month && date.day)
        snprintf(t->value, sizeof t->value, "XXXX-%02d-%02d", date.month, date.day);
    else if (date.grain == DL_GRAIN_MONTH)
        snprintf(t->value, sizeof t->value, "XXXX-%02d", date.month);
    else if (date.grain == DL_GRAIN_SEASON)
        snprintf(t->value, sizeof t->value, "XXXX-%s",
                 date.season == 1   ? "SP"
                 : date.season == 2 ? "SU"
                 : date.season == 3 ? "FA"
                                    : "WI");
    return t->value[0] ? date.end : 0;
}

int32_t dl_timex_set(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string value;
    int32_t end = times_per(p, i, t);
    if (!end)
        end = day_of_every(p, i, t);
    if (end)
        return end;
    t->type = DL_TIME_SET;
    if (dl_piece_is(p, i, DL_WORD_rate, &value)) {
        snprintf(t->value, sizeof t->value, "%.*s", (int)value.size, value.data);
        return i + 1;
    }
    if (!is(p, i, DL_WORD_each))
        return 0;
    bool other = is(p, i + 1, DL_WORD_other);
    return each_noun(work, other ? i + 2 : i + 1, other ? 2 : 1, t);
}
