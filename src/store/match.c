#include <stdlib.h>

#include "store/match.h"

/* ---- Words ---------------------------------------------------------------------------
 * As SQLite compares with NOCASE and lower(): ASCII letters alone.
 */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_letters(const char *a, const char *b, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (lower(a[i]) != lower(b[i]))
            return false;
    return true;
}

static bool equal_folded(dl_string a, dl_string b)
{
    return a.size == b.size && same_letters(a.data, b.data, a.size);
}

static bool has_words(dl_string text, dl_string words)
{
    for (size_t i = 0; i + words.size <= text.size; i++)
        if (same_letters(text.data + i, words.data, words.size))
            return true;
    return false;
}

/* Whether one of the words that blanks separate is `word`; sectors in their own letters,
 * modes in any. */
static bool has_word(dl_string list, dl_string word, bool folded)
{
    for (size_t at = 0; at < list.size;) {
        size_t end = dl_string_find(list, ' ', at);
        dl_string piece = dl_string_slice(list, at, end);
        at = end + 1;
        if (folded ? equal_folded(piece, word) : dl_string_equal(piece, word))
            return true;
    }
    return false;
}

/* ---- What fits of the lists ----------------------------------------------------------
 */

static bool role_fits(const dl_role *role, const dl_ask_party *party)
{
    if (party->code.size && !dl_string_equal(role->code, party->code))
        return false;
    for (size_t i = 0; i < party->sector_count; i++)
        if (!has_word(role->sectors, party->sectors[i], false))
            return false;
    return true;
}

static bool figure_fits(const dl_columns *c, const dl_figure *figure,
                        const dl_ask_party *party)
{
    if (party->name.size && !equal_folded(c->names.items[figure->name], party->name))
        return false;
    return !party->words.size || has_words(c->names.items[figure->name], party->words) ||
           has_words(c->texts.items[figure->text], party->words);
}

uint8_t *dl_match_figures(const dl_columns *columns, const dl_ask_parties *parties)
{
    const dl_columns *c = columns;
    uint8_t *fits = calloc(c->figure_count, 1);
    uint8_t *roles = malloc(c->role_list.count);
    for (size_t i = 0; fits && roles && i < parties->count; i++) {
        const dl_ask_party *party = &parties->items[i];
        for (size_t j = 0; j < c->role_list.count; j++)
            roles[j] = role_fits(&c->roles[j], party);
        for (size_t j = 1; j < c->figure_count; j++)
            if (!fits[j] && roles[c->figures[j].role])
                fits[j] = figure_fits(c, &c->figures[j], party);
    }
    if (!roles) {
        free(fits);
        fits = NULL;
    }
    free(roles);
    return fits;
}

static bool is_number(dl_string text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.size > 0;
}

/* Every word is the category or one of the modes. */
static bool act_fits(const dl_act *act, dl_string words)
{
    for (size_t at = 0; at < words.size;) {
        size_t end = dl_string_find(words, ' ', at);
        dl_string word = dl_string_slice(words, at, end);
        at = end + 1;
        if (!word.size)
            continue;
        bool category = word.size == act->event.size;
        for (size_t i = 0; category && i < word.size; i++) {
            char c = word.data[i];
            c = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
            category = c == act->event.data[i];
        }
        if (!category && !has_word(act->mode, word, true))
            return false;
    }
    return true;
}

/* One table for each list: whether its entries fit. NULL where nothing is asked of it. */
typedef struct tables {
    uint8_t *acts, *cameos, *where, *places, *statuses, *sources;
    uint32_t from, to; /* numbers of dates, [from, to) */
    bool time;
    bool failed;
} tables;

static uint8_t *table(tables *t, size_t count)
{
    uint8_t *made = calloc(count ? count : 1, 1);
    t->failed = t->failed || !made;
    return made;
}

static void fill_acts(tables *t, const dl_columns *c, const dl_ask_words *what)
{
    t->acts = table(t, c->event_modes.count);
    t->cameos = table(t, c->cameo_list.count);
    for (size_t i = 0; !t->failed && i < what->count; i++) {
        dl_string words = what->items[i];
        for (size_t j = 1; is_number(words) && j < c->cameo_list.count; j++)
            t->cameos[j] |= dl_string_starts(c->cameo_list.items[j], words);
        for (size_t j = 1; !is_number(words) && j < c->event_modes.count; j++)
            t->acts[j] |= act_fits(&c->act_list[j], words);
    }
}

static void fill_where(tables *t, const dl_columns *c, const dl_ask *ask)
{
    t->where = table(t, c->site_count);
    for (size_t i = 0; !t->failed && i < ask->where_count; i++)
        for (size_t j = 1; j < c->site_count; j++) {
            const dl_site *site = &c->sites_known[j];
            const dl_ask_place *place = &ask->where[i];
            t->where[j] |=
                place->country.size
                    ? dl_string_equal(c->countries.items[site->country], place->country)
                    : equal_folded(site->name, place->name);
        }
}

static bool in_box(const dl_site *site, const dl_ask_box *box)
{
    bool east = site->lon >= box->west, west = site->lon <= box->east;
    return site->located && site->nearness > DL_NEAR_COUNTRY && site->lat >= box->south &&
           site->lat <= box->north &&
           (box->west <= box->east ? east && west : east || west);
}

/* "name|admin1|country" without building it. */
static bool is_place(const dl_columns *c, const dl_site *site, dl_string place)
{
    dl_string country = c->countries.items[site->country];
    dl_string parts[] = {site->name, DL_STRING("|"), site->admin1, DL_STRING("|"),
                         country};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!dl_string_starts(place, parts[i]))
            return false;
        place = dl_string_slice(place, parts[i].size, place.size);
    }
    return place.size == 0;
}

static void fill_places(tables *t, const dl_columns *c, const dl_ask *ask)
{
    t->places = table(t, c->site_count);
    for (size_t i = 0; !t->failed && i < c->site_count; i++) {
        const dl_site *site = &c->sites_known[i];
        t->places[i] = (!ask->has_box || in_box(site, &ask->box)) &&
                       (!ask->place.size || is_place(c, site, ask->place));
    }
}

static void fill_words(tables *t, uint8_t **fits, const dl_dictionary *list,
                       const dl_ask_words *words, bool folded)
{
    *fits = table(t, list->count);
    for (size_t i = 0; !t->failed && i < words->count; i++)
        for (size_t j = 1; j < list->count; j++)
            (*fits)[j] |= folded ? equal_folded(list->items[j], words->items[i])
                                 : dl_string_equal(list->items[j], words->items[i]);
}

/* First date that is no less. */
static uint32_t find_date(const dl_columns *c, uint32_t date)
{
    size_t low = 0, high = c->date_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->date_list[middle] < date)
            low = middle + 1;
        else
            high = middle;
    }
    return (uint32_t)low;
}

/* `to` takes in all days of a month or year. */
static void fill_dates(tables *t, const dl_columns *c, const dl_ask *ask)
{
    uint32_t to = dl_date_read(ask->to);
    t->time = ask->from.size || ask->to.size;
    t->from = ask->from.size ? find_date(c, dl_date_read(ask->from)) : 0;
    t->to = (uint32_t)c->date_count;
    if (ask->to.size)
        t->to = find_date(c, to % DL_DATE_MONTH  ? to + 1
                             : to % DL_DATE_YEAR ? to + DL_DATE_MONTH
                                                 : to + DL_DATE_YEAR);
}

static void fill(tables *t, const dl_columns *c, const dl_ask *ask)
{
    fill_dates(t, c, ask);
    if (ask->what.count)
        fill_acts(t, c, &ask->what);
    if (ask->where_count)
        fill_where(t, c, ask);
    if (ask->has_box || ask->place.size)
        fill_places(t, c, ask);
    if (ask->status.count)
        fill_words(t, &t->statuses, &c->status_list, &ask->status, false);
    if (ask->source.count)
        fill_words(t, &t->sources, &c->source_list, &ask->source, true);
}

static void release(tables *t)
{
    free(t->acts);
    free(t->cameos);
    free(t->where);
    free(t->places);
    free(t->statuses);
    free(t->sources);
}

/* ---- Rows ----------------------------------------------------------------------------
 */

enum {
    FAILS_PAIR = 1 << DL_FILTERS,      /* who and whom fit, not against each other */
    FAILS_REST = 1 << (DL_FILTERS + 1) /* what has no list of its own */
};

typedef struct run {
    const dl_columns *c;
    const dl_ask *ask;
    const dl_match *match;
    const uint64_t *may;
    tables t;
} run;

/* Actors that fit `who` against others that fit `whom`; in symmetric events all parties
 * are on both sides, but nobody stands against himself. */
static unsigned parties_fail(const run *r, size_t row)
{
    const dl_columns *c = r->c;
    const uint8_t *who = r->match->who, *whom = r->match->whom;
    size_t actors = 0, recipients = 0, both = 0;
    for (size_t i = c->party_starts[row]; i < c->party_starts[row + 1]; i++) {
        uint32_t party = c->parties[i], figure = party & DL_PARTY_FIGURE;
        bool actor = !(party & DL_PARTY_RECIPIENT) && who && who[figure];
        bool recipient =
            (party & (DL_PARTY_RECIPIENT | DL_PARTY_MUTUAL)) && whom && whom[figure];
        actors += actor;
        recipients += recipient;
        both += actor && recipient;
    }
    unsigned fails = who && !actors ? 1u << DL_FILTER_WHO : 0;
    fails |= whom && !recipients ? 1u << DL_FILTER_WHOM : 0;
    if (who && whom && actors && recipients && actors * recipients == both)
        fails |= FAILS_PAIR;
    return fails;
}

/* Which filters do not fit. */
static unsigned row_fails(const run *r, size_t row)
{
    const dl_columns *c = r->c;
    const tables *t = &r->t;
    unsigned fails = 0;
    if (t->time && !(c->dates[row] >= t->from && c->dates[row] < t->to))
        fails |= 1u << DL_FILTER_TIME;
    if (t->acts && !t->acts[c->acts[row]] && !t->cameos[c->cameos[row]])
        fails |= 1u << DL_FILTER_WHAT;
    if (t->where && !t->where[c->sites[row]])
        fails |= 1u << DL_FILTER_WHERE;
    if (t->places && !t->places[c->sites[row]])
        fails |= 1u << DL_FILTER_PLACE;
    if (t->statuses && !t->statuses[c->statuses[row]])
        fails |= 1u << DL_FILTER_STATUS;
    if (t->sources && !t->sources[c->sources[row]])
        fails |= 1u << DL_FILTER_SOURCE;
    if ((r->ask->confidence > 0 && !(c->confidences[row] >= r->ask->confidence)) ||
        (r->ask->reports > 1 &&
         (c->stories[row] == 0 || c->reports[c->stories[row]] < r->ask->reports)))
        fails |= FAILS_REST;
    /* Where two filters fail already, no list has the row. */
    if ((r->match->who || r->match->whom) && !(fails & (fails - 1)) &&
        !(fails & FAILS_REST))
        fails |= parties_fail(r, row);
    return fails;
}

/* Puts the row where it belongs. */
static void set_row(const dl_match *match, size_t row, unsigned fails)
{
    const unsigned who = 1u << DL_FILTER_WHO, whom = 1u << DL_FILTER_WHOM;
    if (fails == 0)
        dl_bits_set(match->all, row);
    for (int i = 0; i < DL_FILTERS; i++) {
        unsigned own = 1u << i | (1u << i & (who | whom) ? FAILS_PAIR : 0);
        if (match->but[i] != match->all && !(fails & ~own))
            dl_bits_set(match->but[i], row);
    }
}

static void run_rows(const run *r)
{
    for (size_t row = 0; row < r->c->rows; row++) {
        if (r->may && !dl_bits_get(r->may, row)) {
            if (r->may[row / 64] == 0)
                row |= 63; /* none of the 64 */
            continue;
        }
        unsigned fails = row_fails(r, row);
        if (!(fails & FAILS_REST))
            set_row(r->match, row, fails);
    }
}

bool dl_match_run(dl_match *match, const dl_columns *columns, const dl_ask *ask,
                  const uint64_t *may)
{
    bool asked[DL_FILTERS] = {
        [DL_FILTER_TIME] = ask->from.size || ask->to.size,
        [DL_FILTER_WHAT] = ask->what.count,
        [DL_FILTER_WHO] = ask->who.count,
        [DL_FILTER_WHOM] = ask->whom.count,
        [DL_FILTER_WHERE] = ask->where_count,
        [DL_FILTER_PLACE] = ask->has_box || ask->place.size,
        [DL_FILTER_STATUS] = ask->status.count,
        [DL_FILTER_SOURCE] = ask->source.count,
    };
    size_t words = (columns->rows + 63) / 64, maps = 1;
    for (int i = 0; i < DL_FILTERS; i++)
        maps += asked[i];
    *match = (dl_match){.words = words, .owned_count = maps * words};
    match->owned = calloc(maps * words + 1, sizeof *match->owned);
    match->all = match->owned;
    size_t next = 1;
    for (int i = 0; i < DL_FILTERS && match->owned; i++)
        match->but[i] = asked[i] ? match->owned + next++ * words : match->all;
    if (ask->who.count)
        match->who = dl_match_figures(columns, &ask->who);
    if (ask->whom.count)
        match->whom = dl_match_figures(columns, &ask->whom);
    run r = {.c = columns, .ask = ask, .match = match, .may = may};
    fill(&r.t, columns, ask);
    bool good = match->owned && !r.t.failed && (match->who || !ask->who.count) &&
                (match->whom || !ask->whom.count);
    if (good)
        run_rows(&r);
    release(&r.t);
    if (!good)
        dl_match_release(match);
    return good;
}

void dl_match_release(dl_match *match)
{
    free(match->owned);
    free(match->who);
    free(match->whom);
    *match = (dl_match){0};
}
