/* Loading columns: from the order of keys to that of rows. */
#include <stdlib.h>

#include "store/intake.h"

/* ---- Rows ----------------------------------------------------------------------------
 */

/* Numbers of records (in order of keys) by date, undated ones last: least significant
 * digits first, each pass keeps the order of the one before. */
bool dl_order_by_date(dl_intake *in, uint32_t **order)
{
    enum { DIGIT = 11, DIGITS = 3, VALUES = 1 << DIGIT };
    size_t count = in->count;
    uint32_t *from = malloc((count + 1) * sizeof *from);
    uint32_t *to = malloc((count + 1) * sizeof *to);
    size_t *places = malloc(VALUES * sizeof *places);
    bool good = from && to && places;
    for (size_t i = 0; good && i < count; i++)
        from[i] = (uint32_t)i;
    for (unsigned digit = 0; good && digit < DIGITS; digit++) {
        unsigned shift = digit * DIGIT;
        size_t sum = 0;
        memset(places, 0, VALUES * sizeof *places);
        for (size_t i = 0; i < count; i++)
            places[in->codes[i] >> shift & (VALUES - 1)]++;
        for (size_t i = 0; i < VALUES; i++) {
            size_t here = places[i];
            places[i] = sum;
            sum += here;
        }
        for (size_t i = 0; i < count; i++)
            to[places[in->codes[from[i]] >> shift & (VALUES - 1)]++] = from[i];
        uint32_t *swap = from;
        from = to;
        to = swap;
    }
    free(to);
    free(places);
    *order = from;
    return good || dl_intake_no_memory(in);
}

/* Brings a column into the order of rows. */
static bool arrange(dl_intake *in, void *column, size_t size, const uint32_t *order)
{
    char **from = column;
    char *to = malloc((in->count + 1) * size);
    if (!to)
        return dl_intake_no_memory(in);
    for (size_t i = 0; i < in->count; i++)
        memcpy(to + i * size, *from + order[i] * size, size);
    free(*from);
    *from = to;
    return true;
}

#define ARRANGE(in, column, order) arrange((in), &(column), sizeof *(column), (order))

bool dl_order_all(dl_intake *in, const uint32_t *order)
{
    dl_columns *c = in->c;
    if (!RESIZE(in, c->by_key, in->count))
        return false;
    for (size_t i = 0; i < in->count; i++)
        c->by_key[order[i]] = (uint32_t)i;
    return ARRANGE(in, c->keys, order) && ARRANGE(in, c->sites, order) &&
           ARRANGE(in, c->articles, order) && ARRANGE(in, c->stories, order) &&
           ARRANGE(in, c->acts, order) && ARRANGE(in, c->cameos, order) &&
           ARRANGE(in, c->sources, order) && ARRANGE(in, c->statuses, order) &&
           ARRANGE(in, c->quads, order) && ARRANGE(in, c->confidences, order) &&
           ARRANGE(in, c->scales, order) && ARRANGE(in, in->codes, order);
}

/* Numbers dates; codes are in the order of rows by now. */
bool dl_order_dates(dl_intake *in)
{
    dl_columns *c = in->c;
    if (!RESIZE(in, c->dates, in->count) || !RESIZE(in, c->date_list, 1))
        return false;
    for (size_t i = 0; i < in->count; i++) {
        uint32_t code = in->codes[i];
        c->undated += code == DL_DATE_NONE;
        if (code != DL_DATE_NONE &&
            (c->date_count == 0 || c->date_list[c->date_count - 1] != code)) {
            if ((c->date_count & (c->date_count - 1)) == 0 &&
                !RESIZE(in, c->date_list, 2 * c->date_count + 2))
                return false;
            c->date_list[c->date_count++] = code;
        }
        c->dates[i] = (uint32_t)c->date_count - (code != DL_DATE_NONE);
    }
    return true;
}

/* Rows of each story, in order. */
bool dl_order_stories(dl_intake *in)
{
    dl_columns *c = in->c;
    size_t count = in->count, told = 0;
    if (!RESIZE(in, c->story_starts, c->story_count + 3))
        return false;
    memset(c->story_starts, 0, (c->story_count + 3) * sizeof *c->story_starts);
    for (size_t i = 0; i < count; i++) {
        told += c->stories[i] > 0;
        c->story_starts[c->stories[i] + 2] += c->stories[i] > 0;
    }
    for (size_t i = 1; i < c->story_count + 3; i++)
        c->story_starts[i] += c->story_starts[i - 1];
    if (!RESIZE(in, c->story_rows, told))
        return false;
    for (size_t i = 0; i < count; i++)
        if (c->stories[i])
            c->story_rows[c->story_starts[c->stories[i] + 1]++] = (uint32_t)i;
    return true;
}

/* Parties of each row: both sides are in order of keys. */
bool dl_order_parties(dl_intake *in, const dl_intake *other, const uint32_t *order)
{
    dl_columns *c = in->c;
    size_t count = in->count, at = 0, sum = 0;
    uint32_t *found = malloc((count + 1) * sizeof *found);
    if (!found || !RESIZE(in, c->party_starts, count + 1) ||
        !RESIZE(in, c->parties, other->party_count)) {
        free(found);
        return dl_intake_no_memory(in);
    }
    for (size_t i = 0; i < count; i++) {
        int64_t key = c->keys[c->by_key[i]];
        while (at < other->count && other->record_keys[at] < key)
            at++;
        bool there = at < other->count && other->record_keys[at] == key;
        found[i] = there ? (uint32_t)at : UINT32_MAX;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t from = found[order[i]];
        c->party_starts[i] = (uint32_t)sum;
        if (from == UINT32_MAX)
            continue;
        size_t end =
            from + 1 < other->count ? other->starts[from + 1] : other->party_count;
        for (size_t j = other->starts[from]; j < end; j++)
            c->parties[sum++] = other->parties[j];
    }
    c->party_starts[count] = (uint32_t)sum;
    free(found);
    return true;
}
