#include <math.h>

#include "detail/shared.h"

/* Numbers in figures and in words. A spoken number is read as people say it: what stands
 * before a scale is multiplied by it, smaller scales follow larger ones, and parts below
 * a hundred are put together from tens and units. Figures may open it ("3 hundred and
 * 21"). Fractions come last, and a scale may follow them ("five and a half million"). */

enum { FRACTION_SCALES = 1000 /* "a million and a half" is half a million more */ };

static bool value_of(const dl_pieces *pieces, int32_t i, dl_word kind, double *value)
{
    dl_string text;
    return dl_piece_is(pieces, i, kind, &text) && dl_string_to_double(text, value);
}

static int32_t over_hyphen(const dl_pieces *pieces, int32_t i)
{
    return dl_piece_mark(pieces, i, '-') ? i + 1 : i;
}

typedef struct spoken {
    double total, current, last; /* last: the part read last, 0 at the start */
    double last_scale;
    bool any, figures;
    bool at_scale; /* the word read last is a scale */
} spoken;

/* Whether a number below a hundred may follow what was read last ("twenty" + "one"). */
static bool fits_after(const spoken *s, double value)
{
    if (s->last == 0)
        return !s->any;
    if (s->last >= 100 || (s->at_scale && s->last > value))
        return value < s->last;
    return s->last >= 20 && s->last < 100 && fmod(s->last, 10) == 0 && value >= 1 &&
           value < 10;
}

static bool take_scale(spoken *s, double scale)
{
    if (!s->any || (s->last_scale > 0 && scale >= s->last_scale && s->current == 0))
        return false;
    double times = s->current > 0 ? s->current : 1;
    if (scale < 100) { /* "three hundred and two dozen" */
        double small = times > 100 ? fmod(times, 100) : times;
        s->current = times - small + small * scale;
    } else if (scale < 1000) {
        s->current = times * scale;
    } else {
        if (s->last_scale > 0 && scale > s->last_scale && s->total > 0) {
            s->total = (s->total + s->current) * scale;
        } else {
            s->total += times * scale;
        }
        s->current = 0;
    }
    s->last = s->last_scale = scale;
    s->at_scale = true;
    return true;
}

/* A scale in the singular, or in the plural behind a number in words ("two dozens");
 * `vague` words are worth two of their scale. */
static bool scale_at(const dl_pieces *pieces, int32_t i, bool plural, double *scale)
{
    if (value_of(pieces, i, DL_WORD_scale, scale))
        return true;
    if (!plural || !value_of(pieces, i, DL_WORD_vague, scale))
        return false;
    *scale /= 2;
    return true;
}

/* Whether the word is a fraction only: "quarters", and not "third". */
static bool only_fraction(const dl_pieces *pieces, int32_t i)
{
    return dl_piece_is(pieces, i, DL_WORD_fraction, NULL) &&
           !dl_piece_is(pieces, i, DL_WORD_ordinal, NULL);
}

/* Figures go on in "4 thousand 3 hundred and 21" only: before a scale, or behind "and"
 * after a hundred. */
static bool figures_go_on(const dl_pieces *pieces, int32_t i, const spoken *s,
                          bool joined, double *value)
{
    double scale;
    if (!s->figures || !s->at_scale || !dl_digits_at(pieces, i, value) ||
        *value >= s->last || dl_piece_mark(pieces, i + 1, ',') ||
        dl_piece_mark(pieces, i + 1, '.'))
        return false;
    bool scaled = value_of(pieces, i + 1, DL_WORD_scale, &scale);
    return joined ? s->last == 100 && *value > 0 && !scaled : scaled && scale < s->last;
}

/* One step of a spoken number; the piece after it, or 0 where the number ends. */
static int32_t spoken_step(const dl_pieces *pieces, int32_t i, spoken *s)
{
    double value;
    bool joined = s->any && s->last >= 100 && dl_piece_is(pieces, i, DL_WORD_and, NULL);
    int32_t at = joined ? i + 1 : s->any ? over_hyphen(pieces, i) : i;
    bool word = (!s->figures || s->at_scale) &&
                value_of(pieces, at, DL_WORD_number, &value) && fits_after(s, value);
    if (word || figures_go_on(pieces, at, s, joined, &value)) {
        if (joined &&
            (value >= s->last || only_fraction(pieces, over_hyphen(pieces, at + 1))))
            return 0; /* "and three quarters" */
        s->current += value;
        s->last = value;
        s->any = true;
        s->at_scale = false;
        return at + 1;
    }
    if (!joined && scale_at(pieces, at, s->any && !s->figures, &value) &&
        take_scale(s, value))
        return at + 1;
    return 0;
}

static int32_t go_on(const dl_pieces *pieces, int32_t i, spoken *s)
{
    for (int32_t next; (next = spoken_step(pieces, i, s)) > 0;)
        i = next;
    return i;
}

static int32_t spoken_number(const dl_pieces *pieces, int32_t i, spoken *s)
{
    double scale;
    int32_t at = i;
    *s = (spoken){0};
    bool a = dl_piece_is(pieces, at, DL_WORD_a, NULL);
    bool more = dl_piece_is(pieces, at - 1, DL_WORD_more, NULL); /* "another dozen" */
    if ((a || more) && value_of(pieces, at + a, DL_WORD_scale, &scale)) {
        s->any = true;
        at += a;
    }
    at = go_on(pieces, at, s);
    return s->any ? at : i;
}

/* "10k", "2.5m": glued to figures. "20m long" and "30m/s" are measures. */
static int32_t short_scale(const dl_pieces *pieces, int32_t first, int32_t i,
                           double *value)
{
    double scale;
    bool money = dl_piece_is(pieces, first - 1, DL_WORD_money, NULL);
    if (i >= pieces->count)
        return i;
    bool glued = pieces->items[i].glued;
    if (!(glued && value_of(pieces, i, DL_WORD_short_scale, &scale)) &&
        !(glued && money && value_of(pieces, i, DL_WORD_money_scale, &scale)) &&
        !value_of(pieces, i, DL_WORD_loose_scale, &scale))
        return i;
    bool goes_on = i + 1 < pieces->count && pieces->items[i + 1].glued &&
                   (pieces->items[i + 1].shape == DL_SHAPE_DIGITS ||
                    dl_piece_mark(pieces, i + 1, '/') ||
                    dl_piece_is(pieces, i + 1, DL_WORD_exponent, NULL));
    if (!money && (goes_on || dl_piece_is(pieces, over_hyphen(pieces, i + 1),
                                          DL_WORD_dimension, NULL)))
        return i;
    *value *= scale;
    return i + 1;
}

/* The denominator at i, "quarters", "twenty-fifths", "hundred fifth": the piece after it.
 * Behind a number other than one a word that is also an ordinal does not do. */
static int32_t denominator(const dl_pieces *pieces, int32_t i, bool one, double *below)
{
    double part;
    spoken s;
    int32_t at = spoken_number(pieces, over_hyphen(pieces, i), &s);
    if (s.any && (s.last < 20 || fmod(s.last, 10) != 0))
        return i;
    at = over_hyphen(pieces, at);
    if (!value_of(pieces, at, DL_WORD_fraction, &part) ||
        (!one && !only_fraction(pieces, at)))
        return i;
    *below = s.total + s.current + 1 / part;
    return at + 1;
}

/* A plain fraction: "a half", "three quarters", "fifty-four hundredths". */
static int32_t simple_fraction(const dl_pieces *pieces, int32_t i, double *value)
{
    double below;
    spoken s = {.any = true, .current = 1};
    int32_t at =
        dl_piece_is(pieces, i, DL_WORD_a, NULL) ? i + 1 : spoken_number(pieces, i, &s);
    if (at == i)
        return i;
    double many = s.total + s.current;
    int32_t end = denominator(pieces, at, many == 1, &below);
    if (end == at)
        return i;
    *value = many / below;
    return end;
}

/* A scale behind a fraction: "million", "a million", "of a million". */
static int32_t scale_after(const dl_pieces *pieces, int32_t i, double *scale)
{
    int32_t at = i;
    bool of = dl_piece_is(pieces, at, DL_WORD_of, NULL);
    at += of;
    if (dl_piece_is(pieces, at, DL_WORD_a, NULL))
        at++;
    else if (of)
        return i;
    at = over_hyphen(pieces, at);
    return value_of(pieces, at, DL_WORD_scale, scale) ? at + 1 : i;
}

/* "and a half", "and a quarter million" behind a number; its last scale takes the part
 * with it. */
static int32_t and_fraction(const dl_pieces *pieces, int32_t i, const spoken *s,
                            double *value)
{
    double part, scale;
    int32_t at = over_hyphen(pieces, i); /* "two-and-a-half" */
    if (!dl_piece_is(pieces, at, DL_WORD_and, NULL))
        return i;
    at = over_hyphen(pieces, at + 1);
    int32_t end = simple_fraction(pieces, at, &part);
    if (end == at)
        return i;
    int32_t next = scale_after(pieces, end, &scale);
    if (next > end && dl_piece_is(pieces, end, DL_WORD_scale, NULL)) {
        *value = *value > scale ? *value + part * scale : (*value + part) * scale;
        return next;
    }
    *value += s->at_scale && s->last >= FRACTION_SCALES ? part * s->last : part;
    return end;
}

/* "three fifths", "one hundred thirty-fifths": the number is what stands above. */
static int32_t fraction_after(const dl_pieces *pieces, int32_t i, const spoken *s,
                              double *value)
{
    double below, scale, part;
    int32_t end = i;
    int32_t at = over_hyphen(pieces, i);
    if (*value > s->last && s->last >= 20 && s->last < 100 && at > i &&
        only_fraction(pieces, at) && value_of(pieces, at, DL_WORD_fraction, &part) &&
        part > 0.1) { /* the tens belong below */
        *value = (*value - s->last) / (s->last + 1 / part);
        end = at + 1;
    } else {
        end = denominator(pieces, i, *value == 1, &below);
        if (end > i)
            *value /= below;
    }
    if (end == i)
        return and_fraction(pieces, i, s, value);
    int32_t next = scale_after(pieces, end, &scale);
    if (next > end)
        *value *= scale;
    return next;
}

static bool clause_ends(const dl_pieces *pieces, int32_t i)
{
    return i >= pieces->count ||
           (pieces->items[i].shape == DL_SHAPE_MARK && !dl_piece_mark(pieces, i, '-'));
}

/* "half", "half a million", "a quarter of a million", "a third of": a part without a
 * number before it. Only halves stand without "a", and only they without "of". */
static int32_t part_alone(const dl_pieces *pieces, int32_t i, double *value)
{
    double below, scale;
    bool a = dl_piece_is(pieces, i, DL_WORD_a, NULL);
    int32_t end = denominator(pieces, i + a, true, &below);
    if (end == i + a)
        return i;
    *value = 1 / below;
    int32_t next = scale_after(pieces, end, &scale);
    if (next > end) {
        *value *= scale;
        return next;
    }
    bool half = below == 2;
    if (i < pieces->count && pieces->items[i].shape == DL_SHAPE_MARK)
        return end; /* a sign: "¾" */
    if (!a)
        return half && !dl_piece_is(pieces, i - 1, DL_WORD_ordinal, NULL) ? end : i;
    bool of = dl_piece_is(pieces, end, DL_WORD_of, NULL);
    return of || (!half && clause_ends(pieces, end)) ? end : i;
}

/* "point zero eight", "point seventy-one" */
static int32_t decimals_spoken(const dl_pieces *pieces, int32_t i, double *value)
{
    double digit, place = 0.1;
    spoken s;
    if (!dl_piece_is(pieces, i, DL_WORD_point, NULL) ||
        !value_of(pieces, i + 1, DL_WORD_number, &digit))
        return i;
    if (digit >= 10) {
        int32_t end = spoken_number(pieces, i + 1, &s);
        *value += s.current < 100 ? s.current / 100 : 0;
        return s.current < 100 ? end : i;
    }
    for (i++; value_of(pieces, i, DL_WORD_number, &digit) && digit < 10; i++) {
        *value += digit * place;
        place /= 10;
    }
    return i;
}

/* "½" or "3/4" behind a whole number. */
static int32_t mixed(const dl_pieces *pieces, int32_t i, double *value)
{
    double part;
    int32_t end = dl_slash_read(pieces, i, &part);
    if (end == i && i < pieces->count && pieces->items[i].shape == DL_SHAPE_MARK &&
        value_of(pieces, i, DL_WORD_fraction, &part))
        end = i + 1;
    if (end == i || part >= 1)
        return i;
    *value += part;
    return end;
}

static int32_t in_figures(const dl_pieces *pieces, int32_t i, spoken *s, double *value)
{
    int32_t at = dl_slash_read(pieces, i, value);
    if (at > i)
        return at;
    at = dl_figures_read(pieces, i, value);
    if (at == i)
        return i;
    int32_t end = mixed(pieces, at, value);
    if (end == at)
        end = short_scale(pieces, i, at, value);
    *s = (spoken){.any = true, .figures = true, .current = *value, .last = *value};
    at = go_on(pieces, end, s);
    *value = s->total + s->current;
    return at;
}

static int32_t in_words(const dl_pieces *pieces, int32_t i, spoken *s, double *value)
{
    double scale;
    int32_t at = spoken_number(pieces, i, s);
    *value = s->total + s->current;
    if (at == i)
        return i;
    at = decimals_spoken(pieces, at, value);
    while (value_of(pieces, at, DL_WORD_scale, &scale)) {
        *value *= scale;
        at++;
    }
    return at;
}

static int32_t positive(const dl_pieces *pieces, int32_t i, dl_amount *number)
{
    spoken s = {0};
    int32_t at = in_figures(pieces, i, &s, &number->value);
    number->figures = at > i;
    if (at == i)
        at = part_alone(pieces, i, &number->value);
    if (at == i)
        at = in_words(pieces, i, &s, &number->value);
    if (at == i || !s.any)
        return at;
    int32_t end = fraction_after(pieces, at, &s, &number->value);
    int32_t next = over_hyphen(pieces, end);
    if (end == at && !number->figures && s.last >= 20 &&
        dl_piece_is(pieces, next, DL_WORD_ordinal, NULL) &&
        !dl_piece_is(pieces, next, DL_WORD_unit, NULL))
        return i; /* "twenty-first" */
    return end;
}

/* "dozens", "tens of thousands", "several hundred": about twice the scale, or so many. */
static int32_t vague(const dl_pieces *pieces, int32_t i, double *value)
{
    double scale;
    int32_t at = i + (dl_piece_is(pieces, i, DL_WORD_a, NULL) ? 1 : 0);
    if (value_of(pieces, at, DL_WORD_few, value)) {
        at++;
        at += dl_piece_is(pieces, at, DL_WORD_of, NULL);
        if (!scale_at(pieces, at, true, &scale))
            return i;
        *value *= scale;
        at++;
        if (value_of(pieces, at, DL_WORD_scale,
                     &scale)) { /* "several hundred thousand" */
            *value *= scale;
            at++;
        }
        return at;
    }
    if (!value_of(pieces, i, DL_WORD_vague, value))
        return i;
    if (dl_piece_is(pieces, i + 1, DL_WORD_of, NULL) &&
        value_of(pieces, i + 2, DL_WORD_vague, &scale)) {
        *value *= scale / 2;
        return i + 3;
    }
    return i + 1;
}

/* A sign: a word, or a dash that stands free of what is before it and not of the number;
 * a dash with a space behind it is a bullet unless the number stands all alone. */
static bool minus_at(const dl_pieces *pieces, int32_t i, bool *bullet)
{
    *bullet = false;
    if (dl_piece_is(pieces, i, DL_WORD_minus, NULL))
        return true;
    if (!dl_piece_mark(pieces, i, '-') || i + 1 >= pieces->count)
        return false;
    *bullet = !pieces->items[i + 1].glued;
    if (*bullet)
        return i == 0;
    return i == 0 || !pieces->items[i].glued || dl_piece_mark(pieces, i - 1, '<') ||
           dl_piece_mark(pieces, i - 1, '>') || dl_piece_mark(pieces, i - 1, '(') ||
           dl_piece_mark(pieces, i - 1, '=');
}

bool dl_number_read(const dl_pieces *pieces, int32_t i, dl_amount *number)
{
    bool bullet = false;
    *number = (dl_amount){0};
    bool minus = minus_at(pieces, i, &bullet);
    int32_t at = i + minus;
    number->end = vague(pieces, at, &number->value);
    number->vague = number->end > at;
    if (!number->vague)
        number->end = positive(pieces, at, number);
    if (number->end == at || (bullet && number->end < pieces->count))
        return false;
    if (minus)
        number->value = -number->value;
    number->whole = number->value == floor(number->value);
    return true;
}

int32_t dl_number_small(const dl_pieces *pieces, int32_t i, int *value)
{
    double number;
    spoken s;
    if (dl_digits_at(pieces, i, &number)) {
        if (number > 9999 || pieces->items[i].text.size > 4 ||
            (dl_piece_mark(pieces, i + 1, '.') && i + 2 < pieces->count &&
             pieces->items[i + 2].shape == DL_SHAPE_DIGITS &&
             pieces->items[i + 1].glued && pieces->items[i + 2].glued))
            return 0;
        *value = (int)number;
        return i + 1;
    }
    int32_t end = spoken_number(pieces, i, &s);
    if (end == i || s.total + s.current > 9999)
        return 0;
    *value = (int)(s.total + s.current);
    return end;
}

int32_t dl_ordinal_read(const dl_pieces *pieces, int32_t i, int *value)
{
    double tens;
    if (dl_digits_at(pieces, i, &tens)) {
        if (pieces->items[i].text.size > 2 || i + 1 >= pieces->count ||
            !pieces->items[i + 1].glued ||
            !dl_piece_is(pieces, i + 1, DL_WORD_suffix, NULL))
            return 0;
        *value = (int)tens;
        return i + 2;
    }
    *value = dl_piece_int(pieces, i, DL_WORD_ordinal);
    if (*value)
        return i + 1;
    if (!value_of(pieces, i, DL_WORD_number, &tens) || tens < 20 || tens > 90)
        return 0;
    int32_t at = over_hyphen(pieces, i + 1);
    int unit = dl_piece_int(pieces, at, DL_WORD_ordinal);
    if (unit < 1 || unit > 9)
        return 0;
    *value = (int)tens + unit;
    return at + 1;
}
