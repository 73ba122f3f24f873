#include <math.h>

#include "detail/shared.h"

/* Numbers in figures and in words. A spoken number is read as people say it: what stands
 * before a scale is multiplied by it, smaller scales follow larger ones, and parts below
 * a hundred are put together from tens and units. */

static bool digits_at(const dl_pieces *pieces, int32_t i)
{
    return i >= 0 && i < pieces->count && pieces->items[i].shape == DL_SHAPE_DIGITS;
}

static bool glued_digits(const dl_pieces *pieces, int32_t i)
{
    return digits_at(pieces, i) && pieces->items[i].glued && pieces->items[i - 1].glued;
}

static double to_double(dl_string text)
{
    double value = 0;
    for (size_t i = 0; i < text.size; i++)
        value = value * 10 + (text.data[i] - '0');
    return value;
}

static bool value_of(const dl_pieces *pieces, int32_t i, dl_word kind, double *value)
{
    dl_string text;
    return dl_piece_is(pieces, i, kind, &text) && dl_string_to_double(text, value);
}

/* "8,000,000.5": thousands in threes (twos too, as in lakhs), then decimals. */
static int32_t figures(const dl_pieces *pieces, int32_t i, double *value)
{
    int32_t at = i;
    *value = 0;
    if (digits_at(pieces, at)) {
        *value = to_double(pieces->items[at++].text);
        while (dl_piece_mark(pieces, at, ',') && glued_digits(pieces, at + 1) &&
               (pieces->items[at + 1].text.size == 3 ||
                (pieces->items[at + 1].text.size == 2 &&
                 dl_piece_mark(pieces, at + 2, ',')))) {
            double scale = pieces->items[at + 1].text.size == 3 ? 1000 : 100;
            *value = *value * scale + to_double(pieces->items[at + 1].text);
            at += 2;
        }
    }
    if (dl_piece_mark(pieces, at, '.') && digits_at(pieces, at + 1) &&
        pieces->items[at + 1].glued && (at == i || pieces->items[at].glued)) {
        dl_string decimals = pieces->items[at + 1].text;
        *value += to_double(decimals) / pow(10, (double)decimals.size);
        at += 2;
    }
    return at;
}

/* "1/2", "2 3/4" */
static int32_t slash_fraction(const dl_pieces *pieces, int32_t i, double *value)
{
    if (digits_at(pieces, i) && dl_piece_mark(pieces, i + 1, '/') &&
        glued_digits(pieces, i + 2)) {
        double below = to_double(pieces->items[i + 2].text);
        if (below > 0) {
            *value = to_double(pieces->items[i].text) / below;
            return i + 3;
        }
    }
    return i;
}

typedef struct spoken {
    double total, current, last; /* last: the part read last, 0 at the start */
    double last_scale;
    bool any;
} spoken;

/* Whether a number below a hundred may follow what was read last ("twenty" + "one"). */
static bool fits_after(const spoken *s, double value)
{
    if (s->last == 0)
        return true;
    if (s->last >= 100)
        return value < s->last;
    return s->last >= 20 && s->last < 100 && fmod(s->last, 10) == 0 && value < 10;
}

static bool take_scale(spoken *s, double scale)
{
    if (!s->any || (s->last_scale > 0 && scale >= s->last_scale && s->current == 0))
        return false;
    double times = s->current > 0 ? s->current : 1;
    if (scale < 1000) {
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
    return true;
}

/* One step of a spoken number; the piece after it, or 0 where the number ends. */
static int32_t spoken_step(const dl_pieces *pieces, int32_t i, spoken *s)
{
    double value;
    int32_t at = i;
    if (s->any && (dl_piece_mark(pieces, at, '-') ||
                   (s->last >= 100 && dl_piece_is(pieces, at, DL_WORD_and, NULL))))
        at++;
    if (value_of(pieces, at, DL_WORD_number, &value) && fits_after(s, value)) {
        if (at > i && dl_piece_is(pieces, i, DL_WORD_and, NULL) && value >= s->last)
            return 0;
        s->current += value;
        s->last = value;
        s->any = true;
        return at + 1;
    }
    if (value_of(pieces, at, DL_WORD_scale, &value) && take_scale(s, value))
        return at + 1;
    return 0;
}

static int32_t spoken_number(const dl_pieces *pieces, int32_t i, double *value)
{
    spoken s = {0};
    double scale;
    int32_t at = i;
    if (dl_piece_is(pieces, at, DL_WORD_a, NULL) &&
        value_of(pieces, at + 1, DL_WORD_scale, &scale)) {
        s.any = true;
        at++;
    }
    for (int32_t next; (next = spoken_step(pieces, at, &s)) > 0;)
        at = next;
    *value = s.total + s.current;
    return s.any ? at : i;
}

/* Scales behind figures: "3.5 million", "10k"; a short one must be glued. */
static int32_t scales_after(const dl_pieces *pieces, int32_t i, double *value)
{
    double scale;
    int32_t at = dl_piece_mark(pieces, i, '-') ? i + 1 : i;
    if (value_of(pieces, at, DL_WORD_scale, &scale)) {
        *value *= scale;
        return at + 1;
    }
    if (i < pieces->count && pieces->items[i].glued &&
        value_of(pieces, i, DL_WORD_short_scale, &scale)) {
        *value *= scale;
        return i + 1;
    }
    return i;
}

/* "two thirds", "three and a half", "half a million" */
static int32_t fractions_after(const dl_pieces *pieces, int32_t i, double *value)
{
    double part;
    int32_t at = dl_piece_mark(pieces, i, '-') ? i + 1 : i;
    if (value_of(pieces, at, DL_WORD_fraction, &part)) {
        *value *= part;
        return at + 1;
    }
    if (dl_piece_is(pieces, i, DL_WORD_and, NULL)) {
        at = i + 1;
        if (dl_piece_is(pieces, at, DL_WORD_a, NULL) &&
            value_of(pieces, at + 1, DL_WORD_fraction, &part)) {
            *value += part;
            return at + 2;
        }
        double many;
        int32_t end = spoken_number(pieces, at, &many);
        if (end > at && many < 10 && value_of(pieces, end, DL_WORD_fraction, &part)) {
            *value += many * part;
            return end + 1;
        }
    }
    return i;
}

static int32_t half_of(const dl_pieces *pieces, int32_t i, double *value)
{
    double part, scale;
    int32_t at = i;
    if (dl_piece_is(pieces, at, DL_WORD_a, NULL))
        at++;
    if (!value_of(pieces, at, DL_WORD_fraction, &part))
        return i;
    int32_t next = at + 1;
    if (dl_piece_is(pieces, next, DL_WORD_a, NULL))
        next++;
    if (dl_piece_mark(pieces, next, '-'))
        next++;
    if (value_of(pieces, next, DL_WORD_scale, &scale)) {
        *value = part * scale;
        return next + 1;
    }
    if (part != 0.5) /* "a third man": only halves stand alone */
        return i;
    if (at > i && !dl_piece_is(pieces, at + 1, DL_WORD_of, NULL))
        return i;
    *value = part;
    return at + 1;
}

static int32_t decimals_spoken(const dl_pieces *pieces, int32_t i, double *value)
{
    double digit, place = 0.1;
    if (!dl_piece_is(pieces, i, DL_WORD_point, NULL) ||
        !value_of(pieces, i + 1, DL_WORD_number, &digit))
        return i;
    for (i++; value_of(pieces, i, DL_WORD_number, &digit) && digit < 10; i++) {
        *value += digit * place;
        place /= 10;
    }
    return i;
}

static int32_t positive(const dl_pieces *pieces, int32_t i, dl_amount *number)
{
    double *value = &number->value;
    int32_t at = slash_fraction(pieces, i, value);
    if (at > i) {
        number->figures = true;
        return at;
    }
    at = figures(pieces, i, value);
    if (at > i) {
        number->figures = true;
        double part;
        int32_t end = slash_fraction(pieces, at, &part);
        if (end > at && part < 1) {
            *value += part;
            return end;
        }
        for (int32_t next; (next = scales_after(pieces, at, value)) > at;)
            at = next;
        return fractions_after(pieces, at, value);
    }
    at = half_of(pieces, i, value);
    if (at > i)
        return at;
    at = spoken_number(pieces, i, value);
    if (at == i)
        return i;
    at = decimals_spoken(pieces, at, value);
    double scale;
    while (value_of(pieces, at, DL_WORD_scale, &scale)) {
        *value *= scale;
        at++;
    }
    return fractions_after(pieces, at, value);
}

/* "dozens", "tens of thousands", "hundreds": about twice the scale. */
static int32_t vague(const dl_pieces *pieces, int32_t i, double *value)
{
    double scale;
    if (!value_of(pieces, i, DL_WORD_vague, value))
        return i;
    if (dl_piece_is(pieces, i + 1, DL_WORD_of, NULL) &&
        value_of(pieces, i + 2, DL_WORD_vague, &scale)) {
        *value *= scale / 2;
        return i + 3;
    }
    return i + 1;
}

bool dl_number_read(const dl_pieces *pieces, int32_t i, dl_amount *number)
{
    *number = (dl_amount){0};
    int32_t at = i;
    double sign = 1;
    if ((dl_piece_mark(pieces, i, '-') && (i == 0 || !pieces->items[i].glued) &&
         i + 1 < pieces->count && pieces->items[i + 1].glued) ||
        dl_piece_is(pieces, i, DL_WORD_minus, NULL)) {
        sign = -1;
        at++;
    }
    number->end = vague(pieces, at, &number->value);
    number->vague = number->end > at;
    if (!number->vague)
        number->end = positive(pieces, at, number);
    if (number->end == at)
        return false;
    number->value *= sign;
    number->whole = number->value == floor(number->value);
    return true;
}

int32_t dl_number_small(const dl_pieces *pieces, int32_t i, int *value)
{
    double number;
    if (digits_at(pieces, i)) {
        if (pieces->items[i].text.size > 4 || dl_piece_mark(pieces, i + 1, '.'))
            if (glued_digits(pieces, i + 2) || pieces->items[i].text.size > 4)
                return 0;
        *value = (int)to_double(pieces->items[i].text);
        return i + 1;
    }
    int32_t end = spoken_number(pieces, i, &number);
    if (end == i || number > 9999)
        return 0;
    *value = (int)number;
    return end;
}

int32_t dl_ordinal_read(const dl_pieces *pieces, int32_t i, int *value)
{
    double tens;
    if (digits_at(pieces, i)) {
        if (pieces->items[i].text.size > 2 || i + 1 >= pieces->count ||
            !pieces->items[i + 1].glued ||
            !dl_piece_is(pieces, i + 1, DL_WORD_suffix, NULL))
            return 0;
        *value = (int)to_double(pieces->items[i].text);
        return i + 2;
    }
    *value = dl_piece_int(pieces, i, DL_WORD_ordinal);
    if (*value)
        return i + 1;
    if (!value_of(pieces, i, DL_WORD_number, &tens) || tens < 20 || tens > 90)
        return 0;
    int32_t at = dl_piece_mark(pieces, i + 1, '-') ? i + 2 : i + 1;
    int unit = dl_piece_int(pieces, at, DL_WORD_ordinal);
    if (unit < 1 || unit > 9)
        return 0;
    *value = (int)tens + unit;
    return at + 1;
}
