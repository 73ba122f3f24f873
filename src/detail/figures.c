#include <math.h>

#include "detail/shared.h"

/* Numbers in figures: "8,000", "1,00,000", "1 200", "0.5", "2,5", "3/4", "1.3e6". */

enum { GROUP = 3, INDIAN_GROUP = 2, SPACE_BYTES_MAX = 3 /* a narrow space in UTF-8 */ };

static bool digits_at(const dl_pieces *pieces, int32_t i)
{
    return i >= 0 && i < pieces->count && pieces->items[i].shape == DL_SHAPE_DIGITS;
}

static bool glued_digits(const dl_pieces *pieces, int32_t i)
{
    return digits_at(pieces, i) && pieces->items[i].glued && pieces->items[i - 1].glued;
}

static size_t digits(const dl_pieces *pieces, int32_t i)
{
    return pieces->items[i].text.size;
}

static double to_double(dl_string text)
{
    double value = 0;
    for (size_t i = 0; i < text.size; i++)
        value = value * 10 + (text.data[i] - '0');
    return value;
}

bool dl_digits_at(const dl_pieces *pieces, int32_t i, double *value)
{
    if (!digits_at(pieces, i))
        return false;
    *value = to_double(pieces->items[i].text);
    return true;
}

static double join_groups(const dl_pieces *pieces, int32_t first, int32_t end)
{
    double value = 0;
    for (int32_t i = first; i < end; i++)
        if (digits_at(pieces, i))
            value = value * pow(10, (double)digits(pieces, i)) +
                    to_double(pieces->items[i].text);
    return value;
}

/* "8,000,000", "1,50,00,000": groups of three, or of two with a last one of three. The
 * piece after them; i + 1 where the figures are not grouped ("22,24,26"). */
static int32_t comma_groups(const dl_pieces *pieces, int32_t i)
{
    int32_t at = i + 1;
    bool indian = false;
    if (digits(pieces, i) > GROUP)
        return at;
    for (; dl_piece_mark(pieces, at, ',') && glued_digits(pieces, at + 1); at += 2) {
        bool two = digits(pieces, at + 1) == INDIAN_GROUP;
        if (at == i + 1)
            indian = two;
        bool last = !dl_piece_mark(pieces, at + 2, ',') || !glued_digits(pieces, at + 3);
        if (digits(pieces, at + 1) != (indian && !last ? INDIAN_GROUP : GROUP))
            return i + 1;
    }
    return at;
}

/* "1 234 567": groups of three behind one space each. */
static int32_t space_groups(const dl_pieces *pieces, int32_t i)
{
    int32_t at = i + 1;
    if (digits(pieces, i) > GROUP || pieces->items[i].text.data[0] == '0')
        return at;
    for (; digits_at(pieces, at) && digits(pieces, at) == GROUP; at++) {
        uint32_t gap = pieces->items[at].span.start - pieces->items[at - 1].span.end;
        if (gap < 1 || gap > SPACE_BYTES_MAX)
            break;
    }
    return at;
}

/* Digits behind the mark at `at` are decimals unless another such group follows. */
static bool decimals_at(const dl_pieces *pieces, int32_t at, char mark, bool glued)
{
    return dl_piece_mark(pieces, at, mark) && digits_at(pieces, at + 1) &&
           pieces->items[at + 1].glued && (!glued || pieces->items[at].glued) &&
           !(dl_piece_mark(pieces, at + 2, mark) && glued_digits(pieces, at + 3));
}

/* "e10", "x10^6": the power of ten; the piece after it. */
static int32_t power(const dl_pieces *pieces, int32_t i, double *value)
{
    int32_t at = i + 1;
    if (!(i < pieces->count && pieces->items[i].glued))
        return i;
    if (dl_piece_is(pieces, i, DL_WORD_times, NULL)) {
        if (!glued_digits(pieces, at) || to_double(pieces->items[at].text) != 10 ||
            !dl_piece_mark(pieces, at + 1, '^'))
            return i;
        at += 2;
    } else if (dl_piece_mark(pieces, i, '^') && *value == 10) {
        *value = 1;
    } else if (!dl_piece_is(pieces, i, DL_WORD_exponent, NULL)) {
        return i;
    }
    bool below = dl_piece_mark(pieces, at, '-');
    at += below || dl_piece_mark(pieces, at, '+');
    if (!digits_at(pieces, at) || !pieces->items[at].glued)
        return i;
    double ten = to_double(pieces->items[at].text);
    *value *= pow(10, below ? -ten : ten);
    return at + 1;
}

int32_t dl_figures_read(const dl_pieces *pieces, int32_t i, double *value)
{
    int32_t at = i;
    bool behind_figures =
        digits_at(pieces, i - 1) && i < pieces->count && pieces->items[i].glued;
    *value = 0;
    if (digits_at(pieces, at)) {
        at = comma_groups(pieces, i);
        if (at == i + 1)
            at = space_groups(pieces, i);
        *value = join_groups(pieces, i, at);
    }
    bool comma = at == i + 1 && decimals_at(pieces, at, ',', true) &&
                 digits(pieces, at + 1) < GROUP && !dl_piece_mark(pieces, i - 1, ',');
    if (comma || (decimals_at(pieces, at, '.', at > i) && (at > i || !behind_figures))) {
        dl_string decimals = pieces->items[at + 1].text;
        *value += to_double(decimals) / pow(10, (double)decimals.size);
        at += 2;
    }
    return at > i ? power(pieces, at, value) : i;
}

int32_t dl_slash_read(const dl_pieces *pieces, int32_t i, double *value)
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
