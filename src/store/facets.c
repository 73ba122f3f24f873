#include <stdlib.h>

#include "store/facets.h"

/* ---- Tallies -------------------------------------------------------------------------
 */

bool dl_counter_init(dl_counter *tally, size_t size)
{
    tally->size = size;
    tally->counts = calloc(2 * size + 1, sizeof *tally->counts);
    tally->last = tally->counts ? tally->counts + size : NULL;
    return tally->counts != NULL;
}

void dl_counter_release(dl_counter *tally)
{
    free(tally->counts);
    *tally = (dl_counter){0};
}

static int by_rank(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x < y) - (x > y);
}

uint32_t *dl_counter_top(const dl_counter *tally, size_t most, size_t *count)
{
    size_t some = 0;
    *count = 0;
    for (size_t i = 1; i < tally->size; i++)
        some += tally->counts[i] > 0;
    uint64_t *ranks = malloc((some + 1) * sizeof *ranks);
    uint32_t *top = malloc((some + 1) * sizeof *top);
    if (ranks && top) {
        size_t at = 0;
        for (size_t i = 1; i < tally->size; i++)
            if (tally->counts[i])
                ranks[at++] = (uint64_t)tally->counts[i] << 32 | (UINT32_MAX - i);
        qsort(ranks, some, sizeof *ranks, by_rank);
        *count = most && most < some ? most : some;
        for (size_t i = 0; i < *count; i++)
            top[i] = UINT32_MAX - (uint32_t)ranks[i];
    } else {
        free(top);
        top = NULL;
    }
    free(ranks);
    return top;
}

/* ---- Walking -------------------------------------------------------------------------
 */

bool dl_walk_init(dl_walk *walk, const dl_columns *columns, const uint64_t *bits)
{
    *walk = (dl_walk){.c = columns, .bits = bits, .words = (columns->rows + 63) / 64};
    walk->done = calloc(columns->story_count / 64 + 1, sizeof *walk->done);
    walk->word = walk->words ? bits[0] : 0;
    return walk->done != NULL;
}

bool dl_walk_next(dl_walk *walk, const uint32_t **rows, size_t *count)
{
    const dl_columns *c = walk->c;
    for (;;) {
        while (walk->word == 0) {
            if (walk->at + 1 >= walk->words)
                return false;
            walk->word = walk->bits[++walk->at];
        }
        size_t row = walk->at * 64 + (size_t)__builtin_ctzll(walk->word);
        walk->word &= walk->word - 1;
        uint32_t story = c->stories[row];
        if (story == 0) {
            walk->event++;
            walk->single = (uint32_t)row;
            *rows = &walk->single;
            *count = 1;
            return true;
        }
        if (dl_bits_get(walk->done, story))
            continue;
        dl_bits_set(walk->done, story);
        walk->event++;
        *rows = c->story_rows + c->story_starts[story];
        *count = c->story_starts[story + 1] - c->story_starts[story];
        return true;
    }
}

void dl_walk_release(dl_walk *walk)
{
    free(walk->done);
}

size_t dl_bits_first_dated(const dl_columns *columns, const uint64_t *bits)
{
    size_t dated = columns->rows - columns->undated;
    for (size_t i = 0; i * 64 < dated; i++)
        if (bits[i]) {
            size_t row = i * 64 + (size_t)__builtin_ctzll(bits[i]);
            return row < dated ? row : columns->rows;
        }
    return columns->rows;
}

size_t dl_bits_last_dated(const dl_columns *columns, const uint64_t *bits)
{
    for (size_t row = columns->rows - columns->undated; row > 0; row--) {
        if (row % 64 == 0 && bits[row / 64 - 1] == 0)
            row -= 63; /* none of the 64 before */
        else if (dl_bits_get(bits, row - 1))
            return row - 1;
    }
    return columns->rows;
}

/* ---- Steps ---------------------------------------------------------------------------
 */

static const char *const step_names[] = {
    [DL_STEP_DAY] = "day", [DL_STEP_MONTH] = "month", [DL_STEP_YEAR] = "year"};

const char *dl_step_name(dl_step step)
{
    return step_names[step];
}

/* Years where there are more than some twenty, days below some months. */
static dl_step choose_step(const dl_columns *c, const uint64_t *rows)
{
    enum { MONTHS_OF_YEARS = 20 * 12, MONTHS_OF_DAYS = 4, MONTHS = 12 };
    size_t first = dl_bits_first_dated(c, rows), last = dl_bits_last_dated(c, rows);
    if (first == c->rows || last == c->rows)
        return DL_STEP_MONTH;
    uint32_t a = c->date_list[c->dates[first]], b = c->date_list[c->dates[last]];
    uint32_t months = (b / DL_DATE_YEAR - a / DL_DATE_YEAR) * MONTHS +
                      b % DL_DATE_YEAR / DL_DATE_MONTH + MONTHS -
                      a % DL_DATE_YEAR / DL_DATE_MONTH - MONTHS;
    return months > MONTHS_OF_YEARS  ? DL_STEP_YEAR
           : months > MONTHS_OF_DAYS ? DL_STEP_MONTH
                                     : DL_STEP_DAY;
}

bool dl_steps_init(dl_steps *steps, const dl_columns *columns, const uint64_t *rows,
                   const char *by)
{
    const dl_columns *c = columns;
    static const uint32_t parts[] = {[DL_STEP_DAY] = 1,
                                     [DL_STEP_MONTH] = DL_DATE_MONTH,
                                     [DL_STEP_YEAR] = DL_DATE_YEAR};
    *steps = (dl_steps){.by = DL_STEP_DAY};
    while (by && steps->by < DL_STEP_YEAR && strcmp(by, step_names[steps->by]) != 0)
        steps->by++;
    if (!by)
        steps->by = choose_step(c, rows);
    steps->of_date = calloc(c->date_count + 1, sizeof *steps->of_date);
    steps->dates = calloc(c->date_count + 1, sizeof *steps->dates);
    for (size_t i = 0; steps->of_date && steps->dates && i < c->date_count; i++) {
        uint32_t date = c->date_list[i];
        uint32_t step = date - date % parts[steps->by];
        bool coarse = (steps->by == DL_STEP_DAY && date % DL_DATE_MONTH == 0) ||
                      (steps->by == DL_STEP_MONTH && date % DL_DATE_YEAR == 0);
        if (coarse)
            continue;
        if (steps->count == 0 || steps->dates[steps->count] != step)
            steps->dates[++steps->count] = step;
        steps->of_date[i] = (uint32_t)steps->count;
    }
    return steps->of_date && steps->dates;
}

void dl_steps_release(dl_steps *steps)
{
    free(steps->of_date);
    free(steps->dates);
    *steps = (dl_steps){0};
}

/* ---- Counting ------------------------------------------------------------------------
 */

typedef struct counting {
    const dl_columns *c;
    const dl_match *match;
    dl_facets *f;
    uint32_t event;
} counting;

static void add_role(dl_counter *tally, const dl_role *role, uint32_t event)
{
    for (const uint32_t *bucket = role->buckets; *bucket; bucket++)
        dl_counter_add(tally, *bucket, event);
}

/* Parties that fit the other side, of those on that side. */
static size_t count_others(const counting *n, size_t row, const uint8_t *fits,
                           uint32_t side)
{
    const dl_columns *c = n->c;
    size_t others = 0;
    for (size_t i = c->party_starts[row]; fits && i < c->party_starts[row + 1]; i++) {
        uint32_t party = c->parties[i];
        bool there = side == DL_PARTY_RECIPIENT
                         ? party & (DL_PARTY_RECIPIENT | DL_PARTY_MUTUAL)
                         : !(party & DL_PARTY_RECIPIENT);
        others += there && fits[party & DL_PARTY_FIGURE];
    }
    return others;
}

/* Actors that have somebody against them who fits `whom`, where that is asked. */
static void count_actors(const counting *n, size_t row)
{
    const dl_columns *c = n->c;
    const uint8_t *whom = n->match->whom;
    size_t others = count_others(n, row, whom, DL_PARTY_RECIPIENT);
    for (size_t i = c->party_starts[row]; i < c->party_starts[row + 1]; i++) {
        uint32_t party = c->parties[i], number = party & DL_PARTY_FIGURE;
        const dl_figure *figure = &c->figures[number];
        bool own = whom && party & DL_PARTY_MUTUAL && whom[number];
        if (party & DL_PARTY_RECIPIENT || (whom && others == (size_t)own))
            continue;
        add_role(&n->f->actors, &c->roles[figure->role], n->event);
        if (c->has_person[figure->name])
            dl_counter_add(&n->f->names, figure->name, n->event);
    }
}

static void count_recipients(const counting *n, size_t row)
{
    const dl_columns *c = n->c;
    const uint8_t *who = n->match->who;
    size_t others = count_others(n, row, who, 0);
    for (size_t i = c->party_starts[row]; i < c->party_starts[row + 1]; i++) {
        uint32_t party = c->parties[i], number = party & DL_PARTY_FIGURE;
        bool own = who && !(party & DL_PARTY_RECIPIENT) && who[number];
        if (!(party & (DL_PARTY_RECIPIENT | DL_PARTY_MUTUAL)) ||
            (who && others == (size_t)own))
            continue;
        add_role(&n->f->recipients, &c->roles[c->figures[number].role], n->event);
    }
}

static void count_act(const counting *n, size_t row)
{
    const dl_act *act = &n->c->act_list[n->c->acts[row]];
    dl_counter_add(&n->f->categories, act->category, n->event);
    for (size_t i = 0; i < DL_MODES_OF_ACT_MAX && act->modes[i]; i++)
        dl_counter_add(&n->f->modes, act->modes[i], n->event);
}

static void count_row(const counting *n, size_t row)
{
    const dl_columns *c = n->c;
    dl_facets *f = n->f;
    uint64_t *const *but = n->match->but;
    const dl_site *site = &c->sites_known[c->sites[row]];
    unsigned quad = c->quads[row];
    uint32_t event = n->event;
    if (dl_bits_get(n->match->all, row)) {
        if (quad)
            dl_counter_add(&f->selected, quad, event);
        if (site->nearness > DL_NEAR_COUNTRY && site->located)
            dl_counter_add(&f->selected, 0, event);
    }
    if (dl_bits_get(but[DL_FILTER_TIME], row) && f->steps.of_date[c->dates[row]])
        dl_counter_add_quad(&f->timeline, f->steps.of_date[c->dates[row]], quad, event);
    if (dl_bits_get(but[DL_FILTER_WHAT], row))
        count_act(n, row);
    if (dl_bits_get(but[DL_FILTER_WHO], row))
        count_actors(n, row);
    if (dl_bits_get(but[DL_FILTER_WHOM], row))
        count_recipients(n, row);
    if (site->country && dl_bits_get(but[DL_FILTER_WHERE], row))
        dl_counter_add(&f->countries, site->country, event);
    if (site->place && dl_bits_get(but[DL_FILTER_PLACE], row))
        dl_counter_add_quad(&f->places, site->place, quad, event);
    if (dl_bits_get(but[DL_FILTER_STATUS], row))
        dl_counter_add(&f->statuses, c->statuses[row], event);
    if (c->sources[row] && dl_bits_get(but[DL_FILTER_SOURCE], row))
        dl_counter_add(&f->sources, c->sources[row], event);
}

static bool init(dl_facets *f, const dl_columns *c, const dl_match *match, const char *by)
{
    enum { SELECTED = 1 + DL_QUADS };
    return dl_steps_init(&f->steps, c, match->but[DL_FILTER_TIME], by) &&
           dl_counter_init(&f->selected, SELECTED) &&
           dl_counter_init(&f->timeline, (f->steps.count + 1) * DL_WITH_QUADS) &&
           dl_counter_init(&f->places, c->places.count * DL_WITH_QUADS) &&
           dl_counter_init(&f->categories, c->categories.count) &&
           dl_counter_init(&f->modes, c->modes.count) &&
           dl_counter_init(&f->actors, c->actors.count) &&
           dl_counter_init(&f->names, c->names.count) &&
           dl_counter_init(&f->recipients, c->actors.count) &&
           dl_counter_init(&f->countries, c->countries.count) &&
           dl_counter_init(&f->statuses, c->status_list.count) &&
           dl_counter_init(&f->sources, c->source_list.count);
}

bool dl_facets_count(dl_facets *facets, const dl_columns *columns, const dl_match *match,
                     const char *by)
{
    const uint32_t *rows;
    size_t count;
    dl_walk walk = {0};
    *facets = (dl_facets){0};
    uint64_t *any = calloc(match->words + 1, sizeof *any);
    bool good = any && init(facets, columns, match, by);
    for (int f = 0; good && f < DL_FILTERS; f++)
        for (size_t i = 0; i < match->words; i++)
            any[i] |= match->but[f][i];
    good = good && dl_walk_init(&walk, columns, any);
    counting n = {.c = columns, .match = match, .f = facets};
    while (good && dl_walk_next(&walk, &rows, &count)) {
        n.event = walk.event;
        for (size_t i = 0; i < count; i++)
            if (dl_bits_get(any, rows[i]))
                count_row(&n, rows[i]);
    }
    dl_walk_release(&walk);
    free(any);
    return good;
}

void dl_facets_release(dl_facets *facets)
{
    dl_facets *f = facets;
    dl_counter *const tallies[] = {&f->selected,   &f->timeline,   &f->places,
                                   &f->categories, &f->modes,      &f->actors,
                                   &f->names,      &f->recipients, &f->countries,
                                   &f->statuses,   &f->sources};
    dl_steps_release(&f->steps);
    for (size_t i = 0; i < sizeof tallies / sizeof *tallies; i++)
        dl_counter_release(tallies[i]);
}
