/* Stories of records; all brought into the order of rows. */
#include <stdio.h>
#include <stdlib.h>

#include "store/load.h"

static const char reading[] = "the archive can't be read";

/* ---- Stories -------------------------------------------------------------------------
 */

static size_t index_of(const dl_intake *in, int64_t key)
{
    size_t low = 0, high = in->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (in->c->keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* What of a story was met: its rows (by index of keys) up to now. */
typedef struct story_run {
    dl_buffer name;
    size_t first, rows; /* the first one's index; how many */
    uint32_t reports;
} story_run;

/* Reports of the story as the table has it; `stories` goes on to it, in order. */
static uint32_t find_reports(sqlite3_stmt *stories, bool *more, dl_string name)
{
    int order = 1;
    while (*more && (order = dl_string_compare(dl_intake_text(stories, 0), name)) < 0)
        *more = sqlite3_step(stories) == SQLITE_ROW;
    return *more && order == 0 ? (uint32_t)sqlite3_column_int(stories, 1) : 0;
}

/* The row belongs to the story that runs, or begins one. */
static bool add_to_story(dl_intake *in, story_run *run, sqlite3_stmt *row,
                         sqlite3_stmt *stories, bool *more)
{
    dl_columns *c = in->c;
    dl_string name = dl_intake_text(row, 0);
    size_t at = index_of(in, sqlite3_column_int64(row, 1));
    if (at >= in->count)
        return true;
    bool same = run->rows > 0 &&
                dl_string_equal((dl_string){run->name.data, run->name.size}, name);
    if (!same) {
        dl_buffer_clear(&run->name);
        dl_buffer_add_string(&run->name, name);
        *run = (story_run){run->name, at, 0, find_reports(stories, more, name)};
    }
    run->rows++;
    if (run->name.failed)
        return dl_intake_no_memory(in);
    /* A story of one report alone is as good as none. */
    bool numbered = run->rows > 2 || (run->rows == 2 && c->stories[run->first]);
    if (!numbered && (run->rows == 2 || run->reports > 1)) {
        c->story_count++;
        if ((c->story_count & (c->story_count - 1)) == 0 &&
            !RESIZE(in, c->reports, 2 * c->story_count))
            return false;
        c->reports[c->story_count] = run->reports;
        c->stories[run->first] = (uint32_t)c->story_count;
    }
    if (run->rows > 1)
        c->stories[at] = c->stories[run->first];
    return true;
}

bool dl_load_stories(dl_intake *in)
{
    dl_columns *c = in->c;
    sqlite3_stmt *rows = NULL, *stories = NULL;
    story_run run = {0};
    int code = SQLITE_DONE;
    if (!RESIZE(in, c->stories, in->count) || !RESIZE(in, c->reports, 2))
        return false;
    memset(c->stories, 0, in->count * sizeof *c->stories);
    c->reports[0] = 1;
    bool good =
        dl_intake_prepare(in,
                          "SELECT story, record_key FROM records INDEXED BY"
                          " records_by_story WHERE story IS NOT NULL ORDER BY story",
                          &rows) &&
        dl_intake_prepare(in, "SELECT story, reports FROM stories ORDER BY story",
                          &stories);
    bool more = good && sqlite3_step(stories) == SQLITE_ROW;
    while (good && (code = sqlite3_step(rows)) == SQLITE_ROW)
        good = add_to_story(in, &run, rows, stories, &more);
    if (good && code != SQLITE_DONE)
        good = dl_intake_fail(in, dl_database_error(in->db, &in->error, reading));
    sqlite3_finalize(rows);
    sqlite3_finalize(stories);
    dl_buffer_release(&run.name);
    return good;
}

/* ---- Rows ----------------------------------------------------------------------------
 */

/* Numbers of records (in order of keys) by date, undated ones last: least significant
 * digits first, each pass keeps the order of the one before. */
static bool order_by_date(dl_intake *in, uint32_t **order)
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

static bool arrange_all(dl_intake *in, const uint32_t *order)
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
static bool number_dates(dl_intake *in)
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
static bool gather_stories(dl_intake *in)
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
static bool join_parties(dl_intake *in, const dl_intake *other, const uint32_t *order)
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

bool dl_load_arrange(dl_intake *records, const dl_intake *parties)
{
    dl_columns *c = records->c;
    uint32_t *order = NULL;
    c->rows = records->count;
    c->place_count = c->places.count;
    bool good = order_by_date(records, &order) && arrange_all(records, order) &&
                number_dates(records) && gather_stories(records) &&
                join_parties(records, parties, order);
    free(order);
    c->article_keys = records->article_keys;
    records->article_keys = NULL;
    snprintf(c->mark, sizeof c->mark, "%s", records->mark);
    return good;
}
