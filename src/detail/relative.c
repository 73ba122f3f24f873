#include <stdio.h>

#include "detail/shared.h"

/* Times that count from the article's date or from the date told last. */

static bool is(const dl_pieces *p, int32_t i, dl_word kind)
{
    return dl_piece_is(p, i, kind, NULL);
}

static int32_t past_the(const dl_pieces *p, int32_t i)
{
    return is(p, i, DL_WORD_the) ? i + 1 : i;
}

/* Unit letters: D W M Y, TH TM TS, DE (decade), CE, WE (weekend), Q (quarter). */
bool dl_timex_unit(const dl_pieces *p, int32_t i, dl_string *unit)
{
    return dl_piece_is(p, i, DL_WORD_unit, unit) &&
           (p->items[i].text.size > 1 || dl_piece_glued(p, i));
}

static bool unit_is(dl_string unit, const char *letters)
{
    return dl_string_equal(unit, dl_string_from(letters));
}

/* The letters of a part of the day, without what says that it stands for many. */
bool dl_timex_part(const dl_pieces *p, int32_t i, dl_string *part, bool *many)
{
    if (!dl_piece_is(p, i, DL_WORD_part, part))
        return false;
    size_t space = dl_string_find(*part, ' ', 0);
    *many = space < part->size;
    *part = dl_string_slice(*part, 0, space);
    return true;
}

/* "morning", "early morning", "- evening": a part of the day behind a day. */
static int32_t part_behind(const dl_pieces *p, int32_t i, dl_string *part, bool *many)
{
    int32_t at = i;
    dl_string half;
    *many = false;
    if (dl_piece_is(p, at, DL_WORD_half_day, &half) &&
        dl_string_find(half, ' ', 0) == half.size) { /* "Tuesday PM" */
        *part =
            dl_string_equal(half, DL_STRING("pm")) ? DL_STRING("AF") : DL_STRING("MO");
        return at + 1;
    }
    if (dl_piece_mark(p, at, '-'))
        at++;
    if (is(p, at, DL_WORD_edge))
        at++;
    if (dl_piece_mark(p, at, '-'))
        at++;
    return dl_timex_part(p, at, part, many) ? at + 1 : 0;
}

/* "today", "yesterday evening", "tonight", "tomorrow" */
static int32_t deictic(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string word, part;
    bool many;
    if (!dl_piece_is(p, i, DL_WORD_day, &word) || !word.size)
        return 0;
    t->from = DL_FROM_ARTICLE;
    t->grain = DL_GRAIN_DAY;
    t->offset = dl_value_next(&word);
    word = dl_string_trim(word);
    if (word.size)
        dl_timex_set_part(t, word);
    int32_t end = part_behind(p, i + 1, &part, &many);
    if (!end || many)
        return i + 1;
    dl_timex_set_part(t, part);
    return end;
}

/* ---- last, next, this ---- */

/* The noun behind "last", "next", "this": unit, weekday, month, season, named day, part
 * of the day. */
static int32_t directed_noun(const dl_work *work, int32_t i, dl_turn turn, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string unit, part;
    bool many;
    int step = turn == DL_TURN_LAST || turn == DL_TURN_PAST     ? -1
               : turn == DL_TURN_NEXT || turn == DL_TURN_COMING ? 1
                                                                : 0;
    while (is(p, i, DL_WORD_beside))
        i++;
    t->type = DL_TIME_DATE;
    t->from = DL_FROM_ARTICLE;
    t->offset = step;
    t->direction = turn;
    if (is(p, i, DL_WORD_quarter) || dl_timex_unit(p, i, &unit)) {
        t->grain = is(p, i, DL_WORD_quarter) ? DL_GRAIN_QUARTER : dl_grain_of(unit);
        t->direction = DL_TURN_TENSE;
        return t->grain == DL_GRAIN_NONE ? 0 : i + 1;
    }
    if ((t->weekday = dl_piece_int(p, i, DL_WORD_weekday)) != 0) {
        t->grain = DL_GRAIN_DAY;
        int32_t end = part_behind(p, i + 1, &part, &many);
        if (!end || many)
            return i + 1;
        dl_timex_set_part(t, part);
        return end;
    }
    if (is(p, i, DL_WORD_holiday) || dl_piece_digits(p, i, 1, 2) ||
        (is(p, i, DL_WORD_month) && !is(p, i + 1, DL_WORD_beside))) {
        dl_timex day;
        if (dl_timex_stated(work, i, &day) && !day.year &&
            (day.grain == DL_GRAIN_DAY || day.grain == DL_GRAIN_MONTH) &&
            day.end > i + 1 - (day.grain == DL_GRAIN_MONTH || day.named.size > 0)) {
            *t = day;
            t->direction = turn;
            return day.end;
        }
    }
    if ((t->month = dl_piece_int(p, i, DL_WORD_month)) != 0 &&
        (turn != DL_TURN_THIS || p->items[i].capital || p->items[i].text.size > 3)) {
        t->grain = DL_GRAIN_MONTH;
        t->from = DL_FROM_TEXT;
        return i + 1;
    }
    t->month = 0;
    if ((t->season = dl_piece_int(p, i, DL_WORD_season)) != 0) {
        t->grain = DL_GRAIN_SEASON;
        t->from = DL_FROM_TEXT;
        return i + 1;
    }
    if (dl_timex_part(p, i, &part, &many) && !many) {
        t->grain = DL_GRAIN_DAY;
        t->direction = DL_TURN_TENSE;
        dl_timex_set_part(t, part);
        return i + 1;
    }
    return 0;
}

/* "last", "the next", "this past", "this coming"; the piece after it, 0 for none. */
static int32_t turn_at(const dl_pieces *p, int32_t i, dl_turn *turn, bool *told)
{
    dl_string how = {NULL, 0};
    bool that = false;
    int32_t at = past_the(p, i);
    *told = false;
    *turn = DL_TURN_TENSE;
    if (dl_piece_is(p, at, DL_WORD_this, &how)) {
        *turn = DL_TURN_THIS;
        that = unit_is(how, "that");
        at++;
    }
    bool last = dl_piece_is(p, at, DL_WORD_last, &how);
    if (last || dl_piece_is(p, at, DL_WORD_next, &how)) {
        bool close = *turn == DL_TURN_THIS || unit_is(how, "near");
        *told = unit_is(how, "seq");
        *turn = last ? (close ? DL_TURN_PAST : DL_TURN_LAST)
                     : (close ? DL_TURN_COMING : DL_TURN_NEXT);
        return at + 1;
    }
    *told = that;
    return *turn == DL_TURN_THIS ? at : 0;
}

/* "the last days", "recent weeks" */
static int32_t vague_units(const dl_pieces *p, int32_t i, dl_timex *t)
{
    dl_string unit;
    while (is(p, i, DL_WORD_beside))
        i++;
    if (!dl_timex_unit(p, i, &unit) || !is(p, i, DL_WORD_many))
        return 0;
    t->type = DL_TIME_DURATION;
    bool clock = unit.size == 2 && unit.data[0] == 'T';
    bool two = unit_is(unit, "W2"), quarter = unit_is(unit, "Q");
    if (unit_is(unit, "TS"))
        return 0;
    unit = clock ? dl_string_slice(unit, 1, 2) : two ? DL_STRING("W") : unit;
    unit = quarter ? DL_STRING("M") : unit;
    snprintf(t->value, sizeof t->value, "P%sX%.*s", clock ? "T" : "", (int)unit.size,
             unit.data);
    return i + 1;
}

/* "for decades", "in weeks" */
static int32_t bare_units(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    if (!is(p, i - 1, DL_WORD_in) || is(p, i, DL_WORD_quarter) || is(p, i, DL_WORD_part))
        return 0;
    int32_t end = vague_units(p, i, t);
    return end && !is(p, end, DL_WORD_of) ? end : 0;
}

/* "last week", "the past week", "next Monday", "this morning", "the last 3 months" */
static int32_t directed(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_turn turn;
    bool told;
    dl_string unit;
    int32_t at = turn_at(p, i, &turn, &told);
    if (!at)
        return 0;
    int32_t end = dl_amount_value(p, at, t->value);
    if (end && turn != DL_TURN_THIS) {
        t->type = DL_TIME_DURATION;
        return end;
    }
    t->value[0] = 0;
    if (turn != DL_TURN_THIS && (end = vague_units(p, at, t)) != 0)
        return end;
    if (turn != DL_TURN_THIS && dl_timex_unit(p, at, &unit) && unit_is(unit, "W2")) {
        t->type = DL_TIME_DURATION;
        snprintf(t->value, sizeof t->value, "P2W");
        return at + 1;
    }
    bool article = is(p, i, DL_WORD_the);
    *t = (dl_timex){0};
    end = directed_noun(work, at, turn, t);
    if (!end || t->grain == DL_GRAIN_NONE || t->from == DL_FROM_TEXT)
        return end;
    bool noun_of_week = t->weekday > 0;
    if (told ? true : article && turn != DL_TURN_THIS && !noun_of_week)
        t->from = DL_FROM_TOLD;
    return end;
}

/* The last, this or the next week, as told; false where it is none. */
static int32_t week_at(const dl_work *work, int32_t i, dl_timex *week)
{
    *week = (dl_timex){0};
    week->end = directed(work, i, week);
    return week->end && week->grain == DL_GRAIN_WEEK ? week->end : 0;
}

static void weekday_of(dl_timex *t, int weekday, const dl_timex *week)
{
    *t = *week;
    t->type = DL_TIME_DATE;
    t->grain = DL_GRAIN_DAY;
    t->weekday = weekday;
    t->direction = DL_TURN_OFFSET;
}

/* "next week on Friday", "this week Friday", "previous week - Monday" */
static int32_t week_day(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_timex week;
    int32_t at = week_at(work, i, &week);
    if (!at)
        return 0;
    if (is(p, at, DL_WORD_on) || dl_piece_mark(p, at, '-'))
        at++;
    int weekday = dl_piece_int(p, at, DL_WORD_weekday);
    if (!weekday)
        return 0;
    weekday_of(t, weekday, &week);
    return at + 1;
}

/* "the week after next" */
static int32_t after_next(const dl_pieces *p, int32_t i, dl_string unit, dl_timex *t)
{
    int32_t at = past_the(p, i);
    if (!is(p, at, DL_WORD_next) || is(p, at + 1, DL_WORD_unit))
        return 0;
    t->grain = dl_grain_of(unit);
    t->offset = 2;
    t->from = DL_FROM_ARTICLE;
    return at + 1;
}

/* "the same day", "the day before", "the day after tomorrow", "the next day" */
static int32_t same_day(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int32_t at = past_the(p, i);
    dl_string unit, word;
    t->from = DL_FROM_TOLD;
    if (is(p, at, DL_WORD_this))
        at++; /* "that same day" */
    if (is(p, at, DL_WORD_same) && dl_timex_unit(p, at + 1, &unit)) {
        t->grain = dl_grain_of(unit);
        return t->grain == DL_GRAIN_NONE ? 0 : at + 2;
    }
    at = past_the(p, i);
    if (at == i || !dl_timex_unit(p, at, &unit) || dl_grain_of(unit) == DL_GRAIN_NONE)
        if (!(at == i && dl_timex_unit(p, at, &unit) && is(p, at + 2, DL_WORD_day)))
            return 0;
    bool before = is(p, at + 1, DL_WORD_earlier), after = is(p, at + 1, DL_WORD_later);
    if (!before && !after && at > i && is(p, at + 1, DL_WORD_next) &&
        !is(p, at + 2, DL_WORD_the))
        after = true; /* "the day following" */
    if (!before && !after)
        return 0;
    int32_t end = after ? after_next(p, at + 2, unit, t) : 0;
    if (end)
        return end;
    t->grain = dl_grain_of(unit);
    t->offset = before ? -1 : 1;
    if (dl_piece_is(p, at + 2, DL_WORD_day, &word) && unit_is(unit, "D")) {
        t->offset += dl_value_next(&word);
        t->from = DL_FROM_ARTICLE;
        return at + 3;
    }
    return at > i ? at + 2 : 0;
}

/* "the day after Christmas", "the eve of 13 May", "on New Year's Eve": a day beside
 * another one that can be placed. */
static int32_t beside_day(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int32_t at = past_the(p, i);
    dl_string unit;
    dl_timex day;
    int step = 0;
    if (is(p, at, DL_WORD_eve) && is(p, at + 1, DL_WORD_of))
        step = -1;
    else if (at > i && dl_timex_unit(p, at, &unit) && unit_is(unit, "D"))
        step = is(p, at + 1, DL_WORD_earlier) ? -1 : is(p, at + 1, DL_WORD_later) ? 1 : 0;
    if (!step || !dl_timex_day(work, at + 2, &day) || day.grain != DL_GRAIN_DAY ||
        day.type != DL_TIME_DATE)
        return 0;
    dl_date date = dl_calendar_find(work, &day, p->items[at + 2].token);
    if (date.year <= 0 || !date.day)
        return 0;
    date = dl_date_add_days(date, step);
    *t = (dl_timex){.grain = DL_GRAIN_DAY, .year = date.year, .month = date.month};
    t->day = date.day;
    return day.end;
}

/* "the eve of the vote": a day that nobody knows. */
static int32_t eve_of(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int32_t at = past_the(p, i);
    if (!is(p, at, DL_WORD_eve) || !is(p, at + 1, DL_WORD_of) ||
        !is(p, i - 1, DL_WORD_on))
        return 0;
    snprintf(t->value, sizeof t->value, "XXXX-XX-XX");
    return at + 1;
}

/* A weekday that an amount or a week places: "Monday two weeks from now", "Tuesday of
 * next week". */
static int32_t weekday_placed(const dl_work *work, int32_t i, int weekday, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_timex week;
    int32_t at = is(p, i, DL_WORD_of) || dl_piece_mark(p, i, ',') ? i + 1 : i;
    if (week_at(work, at, &week)) {
        weekday_of(t, weekday, &week);
        return week.end;
    }
    week = (dl_timex){0};
    int32_t end = dl_timex_amount(work, at, &week);
    if (!end || week.type != DL_TIME_DATE || week.grain == DL_GRAIN_NONE ||
        is(p, i, DL_WORD_of) || week.from == DL_FROM_TOLD)
        return 0;
    dl_date date = dl_calendar_find(work, &week, p->items[at].token);
    if (date.year <= 0 || !date.day)
        return 0;
    date = dl_date_add_days(date, weekday - dl_date_weekday(date));
    *t = (dl_timex){.grain = DL_GRAIN_DAY, .year = date.year, .month = date.month};
    t->day = date.day;
    t->direction = DL_TURN_THIS;
    return end;
}

/* "Thursday", "Thursday night", "Friday mornings" */
static int32_t weekday(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string part;
    bool many;
    int32_t end;
    int day = dl_piece_int(p, i, DL_WORD_weekday);
    if (!day || (p->items[i].text.size <= 3 && !p->items[i].capital))
        return 0;
    if (p->items[i].text.size <= 3) { /* "Sun Yat Sen", "SAT" */
        const dl_token *token = &work->document->tokens[p->items[i].token];
        if (token->name == DL_NAME_PER || token->name == DL_NAME_ORG)
            return 0;
    }
    t->weekday = day;
    t->grain = DL_GRAIN_DAY;
    t->from = DL_FROM_ARTICLE;
    end = part_behind(p, i + 1, &part, &many);
    if (!end)
        return i + 1;
    if (many) {
        *t = (dl_timex){.type = DL_TIME_SET};
        snprintf(t->value, sizeof t->value, "XXXX-WXX-%dT%.*s", day, (int)part.size,
                 part.data);
        return end;
    }
    dl_timex_set_part(t, part);
    return end;
}

/* The weekday that stands at piece i and an amount or a week behind it places. */
static int32_t placed_weekday(const dl_work *work, int32_t i, dl_timex *t)
{
    int day = dl_piece_int(&work->pieces, i, DL_WORD_weekday);
    return day ? weekday_placed(work, i + 1, day, t) : 0;
}

/* "now", "currently", "recently"; "soon" only where the clause is not told as past */
static int32_t reference(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string value;
    if (!dl_piece_is(p, i, DL_WORD_ref, &value))
        return 0;
    if (dl_string_starts(value, DL_STRING("FUTURE")) &&
        dl_tense_of(work, p->items[i].token) < 0 &&
        work->document->tokens[p->items[i].token].upos == DL_UPOS_ADV)
        return 0;
    const dl_token *token = &work->document->tokens[p->items[i].token];
    if (token->upos == DL_UPOS_ADJ && token->deprel != DL_DEPREL_amod)
        return 0; /* "the former", "in recent" */
    snprintf(t->value, sizeof t->value, "%.*s", (int)value.size, value.data);
    return i + 1;
}

/* "the morning", "that night", "the night of 20 June": a part of the day told last */
static int32_t part_of_day(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string part;
    bool many;
    int32_t at = past_the(p, i);
    if (!dl_timex_part(p, at, &part, &many))
        return 0;
    int32_t next = at + 1;
    if (is(p, next, DL_WORD_clock) || is(p, next, DL_WORD_hour_past))
        next++;
    if (many) {
        if (is(p, i - 1, DL_WORD_edge) || dl_piece_is(p, at, DL_WORD_unit, NULL))
            return 0;
        t->type = DL_TIME_SET;
        snprintf(t->value, sizeof t->value, "XXXX-XX-XXT%.*s", (int)part.size, part.data);
        return at + 1;
    }
    bool joined = is(p, next, DL_WORD_of) || is(p, next, DL_WORD_on);
    dl_timex date;
    if (dl_timex_day(work, joined ? next + 1 : next, &date) &&
        !dl_timex_has_clock(&date) && date.grain == DL_GRAIN_DAY &&
        date.from != DL_FROM_TOLD && (joined || date.from == DL_FROM_ARTICLE)) {
        int32_t end = date.end;
        *t = date;
        dl_timex_set_part(t, part);
        return end;
    }
    bool alone = i == 0 && p->count <= at + 1;
    if (at == i && is(p, i - 1, DL_WORD_at)) { /* "at night": any night */
        t->type = DL_TIME_TIME;
        snprintf(t->value, sizeof t->value, "XXXX-XX-XXT%.*s", (int)part.size, part.data);
        return at + 1;
    }
    if (at == i && !alone && !is(p, i - 1, DL_WORD_in) && !is(p, i - 1, DL_WORD_at) &&
        !is(p, i - 1, DL_WORD_edge) && !dl_piece_mark(p, i - 1, '-') &&
        !is(p, next, DL_WORD_at) && !dl_piece_separates(p, next + 1, ':'))
        return 0;
    if (is(p, next, DL_WORD_unit) && !is(p, next, DL_WORD_hour_past))
        return 0;
    t->grain = DL_GRAIN_DAY;
    t->from = DL_FROM_TOLD;
    dl_timex_set_part(t, part);
    return at + 1;
}

/* "the year", "the week" behind a preposition of time: the one told, else the article's;
 * "end of month". */
static int32_t the_unit(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string unit;
    int32_t at = past_the(p, i);
    while (is(p, at, DL_WORD_beside))
        at++;
    bool edge = is(p, i - 1, DL_WORD_of) &&
                (is(p, i - 2, DL_WORD_edge) || is(p, i - 2, DL_WORD_rest));
    bool in = at > i && (is(p, i - 1, DL_WORD_in) || is(p, i - 1, DL_WORD_of) ||
                         (is(p, i - 1, DL_WORD_at) && dl_timex_unit(p, at, &unit) &&
                          unit_is(unit, "WE")));
    if ((!in && !edge) || !dl_timex_unit(p, at, &unit) || is(p, at + 1, DL_WORD_of) ||
        unit_is(unit, "DE") || unit_is(unit, "CE"))
        return 0;
    if (at + 1 < p->count && p->items[at + 1].shape == DL_SHAPE_DIGITS)
        return 0;
    const dl_token *token = &work->document->tokens[p->items[at].token];
    if (token->deprel == DL_DEPREL_compound || dl_piece_mark(p, at + 1, '-'))
        return 0;
    t->grain = dl_grain_of(unit);
    t->from = DL_FROM_TOLD;
    if (t->grain == DL_GRAIN_WEEKEND) { /* "over the weekend", read on a Monday */
        t->from = DL_FROM_ARTICLE;
        t->offset = dl_tense_of(work, p->items[at].token) < 0 && work->anchor.day &&
                            dl_date_weekday(work->anchor) < 6
                        ? -1
                        : 0;
    }
    return t->grain == DL_GRAIN_NONE ? 0 : at + 1;
}

/* ---- Ordinals: "the first week of October", "the second Monday of next month" ---- */

/* The month or year behind "of" or "in", as a stated one; false where it is none. */
static bool frame_of(const dl_work *work, int32_t i, dl_timex *frame)
{
    dl_timex relative = {0};
    *frame = (dl_timex){0};
    bool stated = dl_timex_stated(work, i, frame) &&
                  (frame->grain == DL_GRAIN_MONTH || frame->grain == DL_GRAIN_YEAR);
    if (!stated && dl_timex_year(work, i, frame, true))
        stated = true;
    if (stated) {
        if (!frame->year)
            frame->year = work->narrative && work->told.year > 0 ? work->told.year
                                                                 : work->anchor.year;
        return frame->year > 0;
    }
    relative.end = directed(work, i, &relative);
    if (!relative.end)
        relative.end = the_unit(work, i, &relative);
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

/* "week 31", "the week 3 of 2027" */
static int32_t numbered_week(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string unit;
    int32_t at = past_the(p, i);
    if (!dl_timex_unit(p, at, &unit) || !unit_is(unit, "W") ||
        !dl_piece_digits(p, at + 1, 1, 2) || dl_piece_glued(p, at + 1) ||
        dl_piece_separates(p, at + 2, '-'))
        return 0;
    t->week = dl_piece_number(p, at + 1);
    if (t->week < 1 || t->week > 53)
        return 0;
    t->grain = DL_GRAIN_WEEK;
    at += 2;
    dl_timex year;
    if (!is(p, at, DL_WORD_of) && !is(p, at, DL_WORD_in)) {
        t->year = work->anchor.year;
        return t->year > 0 ? at : 0;
    }
    if (!frame_of(work, at + 1, &year) || year.month)
        return 0;
    t->year = year.year;
    return year.end;
}

/* "the week of the 18th", "the week of 3 May" */
static int32_t week_with(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_string unit;
    dl_timex day = {0};
    int32_t at = past_the(p, i);
    if (!dl_timex_unit(p, at, &unit) || !unit_is(unit, "W") || !is(p, at + 1, DL_WORD_of))
        return 0;
    if (!dl_timex_stated(work, at + 2, &day)) {
        if (!is(p, at + 2, DL_WORD_the))
            return 0;
        day.end = dl_ordinal_read(p, at + 3, &day.day);
        day.grain = DL_GRAIN_DAY;
    }
    if (!day.end || day.grain != DL_GRAIN_DAY || day.day > 31)
        return 0;
    *t = day;
    t->week_of = true;
    return day.end;
}

/* "the 20th of next month", "the 3rd of the month" */
static int32_t day_of_frame(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    dl_timex frame;
    int day;
    int32_t at = dl_timex_day_number(p, i, &day);
    if (!at || !(is(p, at, DL_WORD_of) || is(p, at, DL_WORD_this)))
        return 0;
    at += is(p, at, DL_WORD_of);
    if (is(p, at, DL_WORD_month) || !frame_of(work, at, &frame) || !frame.month)
        return 0;
    dl_date date = {(int16_t)frame.year, (int8_t)frame.month, (int8_t)day};
    if (!dl_date_valid(date))
        return 0;
    *t = (dl_timex){.grain = DL_GRAIN_DAY, .year = date.year, .month = date.month};
    t->day = day;
    t->direction = DL_TURN_THIS;
    return frame.end;
}

/* "the first week of October", "the last Monday of 2019", "the 9th month of next year" */
static int32_t ordinal_of(const dl_work *work, int32_t i, dl_timex *t)
{
    const dl_pieces *p = &work->pieces;
    int n = 0;
    int32_t at = past_the(p, i);
    int32_t end = is(p, at, DL_WORD_last) ? at + 1 : dl_ordinal_read(p, at, &n);
    dl_string unit = {NULL, 0};
    if (!end || n > 53)
        return 0;
    int weekday = dl_piece_int(p, end, DL_WORD_weekday);
    bool unit_here = dl_timex_unit(p, end, &unit);
    bool week = unit_here && unit_is(unit, "W");
    bool day = unit_here && unit_is(unit, "D") && n > 0;
    bool month = unit_here && unit_is(unit, "M");
    if (!weekday && !week && !day && !month)
        return 0;
    dl_timex frame;
    at = end + 1;
    if (is(p, at, DL_WORD_of) || is(p, at, DL_WORD_in))
        at++;
    if (!frame_of(work, at, &frame) || (day && !frame.month) ||
        (month && (frame.month || n > 12)))
        return 0;
    *t = (dl_timex){.year = frame.year};
    dl_date first = {(int16_t)frame.year, (int8_t)frame.month, 0};
    if (month) {
        t->grain = DL_GRAIN_MONTH;
        t->month = n ? n : 12;
        return frame.end;
    }
    if (week && !frame.month && n > 0) {
        t->grain = DL_GRAIN_WEEK;
        t->week = n;
        return frame.end;
    }
    dl_date date = nth_weekday(first, weekday ? weekday : 4, n);
    if (day)
        date = (dl_date){first.year, first.month, (int8_t)n};
    if (!dl_date_valid(date))
        return 0;
    t->grain = week ? DL_GRAIN_WEEK : DL_GRAIN_DAY;
    t->year = date.year;
    t->month = date.month;
    t->day = date.day;
    return frame.end;
}

static bool longest(const dl_work *work, int32_t i, bool days, dl_timex *timex)
{
    typedef int32_t (*reader)(const dl_work *, int32_t, dl_timex *);
    static const reader readers[] = {
        directed,     week_day,      deictic,    weekday,        day_of_frame,
        ordinal_of,   same_day,      beside_day, placed_weekday, dl_timex_amount,
        eve_of,       bare_units,    reference,  part_of_day,    the_unit,
        dl_timex_set, numbered_week, week_with};
    enum { DAY_READERS = 6 };
    dl_timex best = {0};
    size_t count = days ? DAY_READERS : sizeof readers / sizeof *readers;
    for (size_t k = 0; k < count; k++) {
        dl_timex t = {0};
        t.end = readers[k](work, i, &t);
        if (t.end > best.end)
            best = t;
    }
    *timex = best;
    return best.end > 0;
}

bool dl_timex_relative(const dl_work *work, int32_t i, dl_timex *timex)
{
    return longest(work, i, false, timex);
}

bool dl_timex_day(const dl_work *work, int32_t i, dl_timex *timex)
{
    dl_timex stated;
    longest(work, i, true, timex);
    if (dl_timex_stated(work, i, &stated) && stated.end > timex->end)
        *timex = stated;
    return timex->end > 0;
}
