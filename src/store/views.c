#include <stdlib.h>

#include "store/views.h"

/* ---- Pieces --------------------------------------------------------------------------
 */

static void add_number(dl_buffer *out, const char *key, size_t number)
{
    dl_buffer_add_format(out, "\"%s\":%zu", key, number);
}

static void add_text(dl_buffer *out, const char *key, dl_string text)
{
    dl_buffer_add_format(out, "\"%s\":", key);
    dl_buffer_add_json(out, text);
}

static void add_date(dl_buffer *out, const char *key, uint32_t date)
{
    char room[16];
    add_text(out, key, dl_date_write(date, room));
}

/* Four numbers from a tally with quads, or from four cells. */
static void add_quads(dl_buffer *out, const char *key, const uint32_t *cells)
{
    dl_buffer_add_format(out, "\"%s\":[%u,%u,%u,%u]", key, cells[0], cells[1], cells[2],
                         cells[3]);
}

static void add_comma(dl_buffer *out, bool *some)
{
    if (*some)
        dl_buffer_add_char(out, ',');
    *some = true;
}

static bool add_values(dl_buffer *out, const char *key, const dl_counter *tally,
                       const dl_dictionary *list, size_t most)
{
    size_t count;
    uint32_t *top = dl_counter_top(tally, most, &count);
    dl_buffer_add_format(out, ",\"%s\":[", key);
    for (size_t i = 0; top && i < count; i++) {
        dl_buffer_add_text(out, i ? ",{" : "{");
        add_text(out, "value", list->items[top[i]]);
        dl_buffer_add_char(out, ',');
        add_number(out, "events", tally->counts[top[i]]);
        dl_buffer_add_char(out, '}');
    }
    dl_buffer_add_char(out, ']');
    free(top);
    return top != NULL;
}

/* The events alone of a tally with quads. */
static bool take_events(const dl_counter *tally, dl_counter *events)
{
    if (!dl_counter_init(events, tally->size / DL_WITH_QUADS))
        return false;
    for (size_t i = 0; i < events->size; i++)
        events->counts[i] = tally->counts[i * DL_WITH_QUADS];
    return true;
}

static void add_place(dl_buffer *out, const dl_columns *c, uint32_t place)
{
    static const char *const names[] = {[DL_NEAR_NONE] = "",
                                        [DL_NEAR_COUNTRY] = "country",
                                        [DL_NEAR_ADMIN] = "admin",
                                        [DL_NEAR_CITY] = "city",
                                        [DL_NEAR_POINT] = "point"};
    const dl_site *site = &c->sites_known[c->place_sites[place]];
    add_text(out, "value", c->places.items[place]);
    dl_buffer_add_char(out, ',');
    add_text(out, "name", site->name);
    if (site->admin1.size) {
        dl_buffer_add_char(out, ',');
        add_text(out, "admin1", site->admin1);
    }
    if (site->country) {
        dl_buffer_add_char(out, ',');
        add_text(out, "country", c->countries.items[site->country]);
    }
    dl_buffer_add_text(out, ",\"lat\":");
    dl_buffer_add_number(out, site->lat);
    dl_buffer_add_text(out, ",\"lon\":");
    dl_buffer_add_number(out, site->lon);
    dl_buffer_add_format(out, ",\"precision\":\"%s\",", names[site->nearness]);
}

static bool add_places(dl_buffer *out, const dl_columns *c, const dl_counter *places)
{
    dl_counter events;
    size_t count = 0;
    bool good = take_events(places, &events);
    uint32_t *top = good ? dl_counter_top(&events, DL_VIEW_PLACES, &count) : NULL;
    dl_buffer_add_text(out, ",\"places\":[");
    for (size_t i = 0; top && i < count; i++) {
        const uint32_t *cells = places->counts + (size_t)top[i] * DL_WITH_QUADS;
        dl_buffer_add_text(out, i ? ",{" : "{");
        add_place(out, c, top[i]);
        add_number(out, "events", cells[0]);
        dl_buffer_add_char(out, ',');
        add_quads(out, "quads", cells + 1);
        dl_buffer_add_char(out, '}');
    }
    dl_buffer_add_char(out, ']');
    free(top);
    dl_counter_release(&events);
    return top != NULL;
}

/* ---- Overview ------------------------------------------------------------------------
 */

static void add_selected(dl_buffer *out, const dl_viewed *v, const dl_facets *f)
{
    const dl_columns *c = v->columns;
    size_t first = dl_bits_first_dated(c, v->match->all);
    size_t last = dl_bits_last_dated(c, v->match->all);
    dl_buffer_add_format(out,
                         "{\"selected\":{\"events\":%zu,\"reports\":%zu,"
                         "\"articles\":%zu,\"undated\":%zu,\"placed\":%u,",
                         v->events, v->reports, v->articles, v->undated,
                         f->selected.counts[0]);
    if (first < c->rows && last < c->rows) {
        add_date(out, "first_date", c->date_list[c->dates[first]]);
        dl_buffer_add_char(out, ',');
        add_date(out, "last_date", c->date_list[c->dates[last]]);
        dl_buffer_add_char(out, ',');
    }
    add_quads(out, "quads", f->selected.counts + 1);
    dl_buffer_add_text(out, "},\"understood\":");
    dl_buffer_add_string(out, v->understood);
}

static void add_timeline(dl_buffer *out, const dl_facets *f)
{
    bool some = false;
    dl_buffer_add_format(out, ",\"by\":\"%s\",\"timeline\":[", dl_step_name(f->steps.by));
    for (size_t i = 1; i <= f->steps.count; i++) {
        const uint32_t *cells = f->timeline.counts + i * DL_WITH_QUADS;
        if (!cells[0])
            continue;
        add_comma(out, &some);
        dl_buffer_add_char(out, '{');
        add_date(out, "date", f->steps.dates[i]);
        dl_buffer_add_char(out, ',');
        add_number(out, "events", cells[0]);
        dl_buffer_add_char(out, ',');
        add_quads(out, "quads", cells + 1);
        dl_buffer_add_char(out, '}');
    }
    dl_buffer_add_char(out, ']');
}

/* All that the archive has, in the order of quads and names. */
static void add_categories(dl_buffer *out, const dl_columns *c, const dl_counter *tally)
{
    bool some = false;
    dl_buffer_add_text(out, ",\"categories\":[");
    for (int quad = 0; quad <= DL_QUADS; quad++)
        for (size_t i = 1; i < c->categories.count; i++) {
            if (c->category_quads[i] != quad)
                continue;
            add_comma(out, &some);
            dl_buffer_add_char(out, '{');
            add_text(out, "value", c->categories.items[i]);
            dl_buffer_add_format(out, ",\"events\":%u,\"quad_code\":%d}",
                                 tally->counts[i], quad);
        }
    dl_buffer_add_char(out, ']');
}

bool dl_view_overview(const dl_viewed *viewed, const char *by, dl_buffer *out)
{
    const dl_columns *c = viewed->columns;
    dl_facets f;
    bool good = dl_facets_count(&f, c, viewed->match, by);
    if (good) {
        add_selected(out, viewed, &f);
        add_timeline(out, &f);
        add_categories(out, c, &f.categories);
        good = add_values(out, "modes", &f.modes, &c->modes, DL_VIEW_VALUES) &&
               add_values(out, "actors", &f.actors, &c->actors, DL_VIEW_VALUES) &&
               add_values(out, "names", &f.names, &c->names, DL_VIEW_VALUES) &&
               add_values(out, "recipients", &f.recipients, &c->actors, DL_VIEW_VALUES) &&
               add_values(out, "countries", &f.countries, &c->countries, 0) &&
               add_places(out, c, &f.places) &&
               add_values(out, "statuses", &f.statuses, &c->status_list, 0) &&
               add_values(out, "sources", &f.sources, &c->source_list, DL_VIEW_VALUES);
        dl_buffer_add_char(out, '}');
    }
    dl_facets_release(&f);
    return good && !out->failed;
}

/* ---- Network -------------------------------------------------------------------------
 */

/* Pairs of nodes by hash, open addressing; number 0 is free. */
typedef struct pairs {
    uint64_t *keys; /* [size] from << 32 | to */
    uint32_t *numbers;
    size_t size, count, room;
    uint64_t *list; /* [room] keys from 1 */
    uint32_t *counts, *last;
    uint32_t (*quads)[DL_QUADS];
    double *scales;
    uint32_t *reports;
    bool failed;
} pairs;

static size_t slot_of(const pairs *p, uint64_t key)
{
    uint64_t hash = key * 0x9E3779B97F4A7C15u;
    size_t at = (size_t)(hash >> 20) & (p->size - 1);
    while (p->numbers[at] && p->keys[at] != key)
        at = (at + 1) & (p->size - 1);
    return at;
}

static bool bigger(void *array, size_t count, size_t size)
{
    void **items = array;
    void *more = realloc(*items, count * size);
    if (more)
        *items = more;
    return more != NULL;
}

static void grow_pairs(pairs *p)
{
    size_t size = p->size ? 2 * p->size : 1024, room = size / 2 + 1;
    free(p->keys);
    free(p->numbers);
    p->keys = calloc(size, sizeof *p->keys);
    p->numbers = calloc(size, sizeof *p->numbers);
    p->failed = !p->keys || !p->numbers || !bigger(&p->list, room, sizeof *p->list) ||
                !bigger(&p->counts, room, sizeof *p->counts) ||
                !bigger(&p->last, room, sizeof *p->last) ||
                !bigger(&p->quads, room, sizeof *p->quads) ||
                !bigger(&p->scales, room, sizeof *p->scales) ||
                !bigger(&p->reports, room, sizeof *p->reports);
    p->size = size;
    p->room = room;
    for (size_t i = 1; !p->failed && i <= p->count; i++) {
        size_t at = slot_of(p, p->list[i]);
        p->keys[at] = p->list[i];
        p->numbers[at] = (uint32_t)i;
    }
}

/* Number of the pair; 0 where memory has run out. */
static uint32_t find_pair(pairs *p, uint32_t from, uint32_t to)
{
    uint64_t key = (uint64_t)from << 32 | to;
    if (p->count + 2 > p->room && !p->failed)
        grow_pairs(p);
    if (p->failed)
        return 0;
    size_t at = slot_of(p, key);
    if (!p->numbers[at]) {
        size_t number = ++p->count;
        p->keys[at] = p->list[number] = key;
        p->numbers[at] = (uint32_t)number;
        p->counts[number] = p->last[number] = p->reports[number] = 0;
        memset(p->quads[number], 0, sizeof p->quads[number]);
        p->scales[number] = 0;
    }
    return p->numbers[at];
}

static void release_pairs(pairs *p)
{
    free(p->keys);
    free(p->numbers);
    free(p->list);
    free(p->counts);
    free(p->last);
    free(p->quads);
    free(p->scales);
    free(p->reports);
}

typedef struct network {
    const dl_viewed *v;
    bool countries;
    pairs p;
    dl_counter nodes;
} network;

static uint32_t node_of(const network *n, uint32_t figure)
{
    const dl_columns *c = n->v->columns;
    const dl_role *role = &c->roles[c->figures[figure].role];
    return n->countries ? role->country : role->main;
}

/* One actor on one recipient of a row. An event counts in the quad of its first report
 * there. */
static void add_pair(network *n, size_t row, uint32_t from, uint32_t to, uint32_t event)
{
    const dl_columns *c = n->v->columns;
    uint32_t number = find_pair(&n->p, from, to);
    if (!number)
        return;
    n->p.reports[number]++;
    n->p.scales[number] += (double)c->scales[row];
    if (n->p.last[number] == event)
        return;
    n->p.last[number] = event;
    n->p.counts[number]++;
    if (c->quads[row])
        n->p.quads[number][c->quads[row] - 1]++;
}

/* Of the parties those that were asked for, as counts by dyad take them. */
static void add_row_pairs(network *n, size_t row, uint32_t event)
{
    const dl_columns *c = n->v->columns;
    const uint8_t *who = n->v->match->who, *whom = n->v->match->whom;
    size_t start = c->party_starts[row], end = c->party_starts[row + 1];
    for (size_t i = start; i < end; i++) {
        uint32_t actor = c->parties[i] & DL_PARTY_FIGURE, from = node_of(n, actor);
        if (c->parties[i] & DL_PARTY_RECIPIENT || !from || (who && !who[actor]))
            continue;
        for (size_t j = start; j < end; j++) {
            uint32_t other = c->parties[j] & DL_PARTY_FIGURE, to = node_of(n, other);
            if (i == j || !to || (whom && !whom[other]) ||
                !(c->parties[j] & (DL_PARTY_RECIPIENT | DL_PARTY_MUTUAL)))
                continue;
            add_pair(n, row, from, to, event);
            dl_counter_add(&n->nodes, from, event);
            dl_counter_add(&n->nodes, to, event);
        }
    }
}

static bool count_network(network *n)
{
    const uint64_t *all = n->v->match->all;
    const uint32_t *rows;
    size_t count;
    dl_walk walk;
    bool good = dl_walk_init(&walk, n->v->columns, all);
    while (good && dl_walk_next(&walk, &rows, &count))
        for (size_t i = 0; i < count; i++)
            if (dl_bits_get(all, rows[i]))
                add_row_pairs(n, rows[i], walk.event);
    dl_walk_release(&walk);
    return good && !n->p.failed;
}

static void write_network(const network *n, const uint32_t *top, size_t edges,
                          dl_buffer *out)
{
    const dl_columns *c = n->v->columns;
    const dl_dictionary *list = n->countries ? &c->codes : &c->actors;
    bool some = false;
    dl_buffer_add_format(out, "{\"pairs\":%zu,\"nodes\":[", n->p.count);
    for (size_t i = 1; i < n->nodes.size; i++)
        if (n->nodes.last[i] == UINT32_MAX) {
            add_comma(out, &some);
            dl_buffer_add_char(out, '{');
            add_text(out, "of", list->items[i]);
            dl_buffer_add_format(out, ",\"events\":%u}", n->nodes.counts[i]);
        }
    dl_buffer_add_text(out, "],\"edges\":[");
    for (size_t i = 0; i < edges; i++) {
        uint32_t number = top[i];
        dl_buffer_add_text(out, i ? ",{" : "{");
        add_text(out, "from", list->items[n->p.list[number] >> 32]);
        dl_buffer_add_char(out, ',');
        add_text(out, "to", list->items[n->p.list[number] & UINT32_MAX]);
        dl_buffer_add_format(out, ",\"events\":%u,\"mean_scale\":%.2f,",
                             n->p.counts[number],
                             n->p.scales[number] / n->p.reports[number]);
        add_quads(out, "quads", n->p.quads[number]);
        dl_buffer_add_char(out, '}');
    }
    dl_buffer_add_text(out, "]}");
}

bool dl_view_network(const dl_viewed *viewed, bool countries, size_t most, dl_buffer *out)
{
    const dl_columns *c = viewed->columns;
    network n = {.v = viewed, .countries = countries};
    size_t nodes = countries ? c->codes.count : c->actors.count, edges = 0;
    uint32_t *top = NULL;
    bool good = dl_counter_init(&n.nodes, nodes) && count_network(&n);
    if (good) {
        dl_counter events = {.counts = n.p.counts, .size = n.p.count ? n.p.count + 1 : 0};
        top = dl_counter_top(&events, most, &edges);
        good = top != NULL;
        for (size_t i = 0; i < edges; i++) /* marks the nodes that have an edge */
            n.nodes.last[n.p.list[top[i]] >> 32] =
                n.nodes.last[n.p.list[top[i]] & UINT32_MAX] = UINT32_MAX;
    }
    if (good)
        write_network(&n, top, edges, out);
    free(top);
    release_pairs(&n.p);
    dl_counter_release(&n.nodes);
    return good && !out->failed;
}

/* ---- Actors --------------------------------------------------------------------------
 */

/* Roles and names in one list: names behind roles. */
typedef struct cast {
    const dl_columns *c;
    dl_counter actors, recipients, both;
} cast;

static void add_figure(cast *a, dl_counter *tally, uint32_t number, uint32_t event)
{
    const dl_figure *figure = &a->c->figures[number];
    for (const uint32_t *bucket = a->c->roles[figure->role].buckets; *bucket; bucket++)
        dl_counter_add(tally, *bucket, event);
    if (a->c->has_person[figure->name])
        dl_counter_add(tally, (uint32_t)a->c->actors.count + figure->name, event);
}

static bool count_cast(cast *a, const uint64_t *all)
{
    const dl_columns *c = a->c;
    const uint32_t *rows;
    size_t count;
    dl_walk walk;
    bool good = dl_walk_init(&walk, c, all);
    while (good && dl_walk_next(&walk, &rows, &count))
        for (size_t i = 0; i < count; i++) {
            size_t row = rows[i];
            size_t end = dl_bits_get(all, row) ? c->party_starts[row + 1] : 0;
            for (size_t j = c->party_starts[row]; j < end; j++) {
                uint32_t party = c->parties[j], figure = party & DL_PARTY_FIGURE;
                if (!(party & DL_PARTY_RECIPIENT))
                    add_figure(a, &a->actors, figure, walk.event);
                if (party & (DL_PARTY_RECIPIENT | DL_PARTY_MUTUAL))
                    add_figure(a, &a->recipients, figure, walk.event);
            }
        }
    dl_walk_release(&walk);
    return good;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool has_part(dl_string text, dl_string part)
{
    for (size_t i = 0; i + part.size <= text.size; i++) {
        size_t same = 0;
        while (same < part.size && lower(text.data[i + same]) == lower(part.data[same]))
            same++;
        if (same == part.size)
            return true;
    }
    return part.size == 0;
}

static dl_string cast_name(const cast *a, size_t number)
{
    return number < a->c->actors.count ? a->c->actors.items[number]
                                       : a->c->names.items[number - a->c->actors.count];
}

static void write_cast(const cast *a, const uint32_t *top, size_t first, size_t end,
                       dl_buffer *out)
{
    for (size_t i = first; i < end; i++) {
        dl_buffer_add_text(out, i > first ? ",{" : "{");
        add_text(out, "of", cast_name(a, top[i]));
        dl_buffer_add_format(out, ",\"kind\":\"%s\",\"as_actor\":%u,\"as_recipient\":%u}",
                             top[i] < a->c->actors.count ? "role" : "name",
                             a->actors.counts[top[i]], a->recipients.counts[top[i]]);
    }
}

bool dl_view_actors(const dl_viewed *viewed, dl_string part, size_t page, size_t per_page,
                    dl_buffer *out)
{
    cast a = {.c = viewed->columns};
    size_t size = a.c->actors.count + a.c->names.count, count = 0;
    uint32_t *top = NULL;
    bool good = dl_counter_init(&a.actors, size) &&
                dl_counter_init(&a.recipients, size) && dl_counter_init(&a.both, size) &&
                count_cast(&a, viewed->match->all);
    for (size_t i = 1; good && i < size; i++)
        if (has_part(cast_name(&a, i), part))
            a.both.counts[i] = a.actors.counts[i] + a.recipients.counts[i];
    if (good && (top = dl_counter_top(&a.both, 0, &count)) != NULL) {
        size_t first = (page - 1) < count / per_page + 1 ? (page - 1) * per_page : count;
        first = first < count ? first : count;
        size_t end = per_page < count - first ? first + per_page : count;
        dl_buffer_add_format(out,
                             "{\"actors\":%zu,\"page\":%zu,\"per_page\":%zu,"
                             "\"rows\":[",
                             count, page, per_page);
        write_cast(&a, top, first, end, out);
        dl_buffer_add_text(out, "]}");
    }
    good = top != NULL;
    free(top);
    dl_counter_release(&a.actors);
    dl_counter_release(&a.recipients);
    dl_counter_release(&a.both);
    return good && !out->failed;
}

/* ---- Actor ---------------------------------------------------------------------------
 */

enum { AS_ACTOR, AS_RECIPIENT, WAYS };

typedef struct portrait {
    const dl_columns *c;
    const uint64_t *all;
    const uint8_t *fits;
    dl_steps steps;
    dl_counter totals[WAYS], timeline[WAYS], categories[WAYS], partners[WAYS];
    dl_counter partner_quads, places, names, texts;
    pairs roles; /* role and office */
    uint32_t (*dates)[2];
    size_t date_room;
} portrait;

/* The other parties against whom the actor stands. */
static void count_partners(portrait *p, size_t row, size_t self, int way, uint32_t event)
{
    const dl_columns *c = p->c;
    for (size_t i = c->party_starts[row]; i < c->party_starts[row + 1]; i++) {
        uint32_t party = c->parties[i], figure = party & DL_PARTY_FIGURE;
        bool against = way == AS_ACTOR ? party & (DL_PARTY_RECIPIENT | DL_PARTY_MUTUAL)
                                       : !(party & DL_PARTY_RECIPIENT);
        uint32_t node = c->roles[c->figures[figure].role].main;
        if (i == self || !against || !node)
            continue;
        dl_counter_add(&p->partners[way], node, event);
        dl_counter_add_quad(&p->partner_quads, node, c->quads[row], event);
    }
}

/* The role and office under which the figure stands, from when to when. */
static void count_role(portrait *p, size_t row, const dl_figure *figure, uint32_t event)
{
    const dl_columns *c = p->c;
    size_t known = p->roles.count;
    uint32_t number = find_pair(&p->roles, figure->role, figure->office);
    if (!number)
        return;
    if (number >= p->date_room) {
        p->date_room = 2 * number + 16;
        if (!bigger(&p->dates, p->date_room, sizeof *p->dates)) {
            p->roles.failed = true;
            return;
        }
    }
    uint32_t *dates = p->dates[number];
    if (p->roles.count > known)
        dates[0] = dates[1] = (uint32_t)c->date_count;
    if (p->roles.last[number] != event)
        p->roles.counts[number]++;
    p->roles.last[number] = event;
    if (c->dates[row] == c->date_count)
        return;
    if (dates[0] == c->date_count || c->dates[row] < dates[0])
        dates[0] = c->dates[row];
    if (dates[1] == c->date_count || c->dates[row] > dates[1])
        dates[1] = c->dates[row];
}

static void count_as(portrait *p, size_t row, size_t self, int way, uint32_t event)
{
    const dl_columns *c = p->c;
    dl_counter_add(&p->totals[way], 0, event);
    if (p->steps.of_date[c->dates[row]])
        dl_counter_add_quad(&p->timeline[way], p->steps.of_date[c->dates[row]],
                            c->quads[row], event);
    dl_counter_add(&p->categories[way], c->act_list[c->acts[row]].category, event);
    count_partners(p, row, self, way, event);
}

static void count_portrait_row(portrait *p, size_t row, uint32_t event)
{
    const dl_columns *c = p->c;
    const dl_site *site = &c->sites_known[c->sites[row]];
    for (size_t i = c->party_starts[row]; i < c->party_starts[row + 1]; i++) {
        uint32_t party = c->parties[i], number = party & DL_PARTY_FIGURE;
        const dl_figure *figure = &c->figures[number];
        if (!p->fits[number])
            continue;
        if (!(party & DL_PARTY_RECIPIENT))
            count_as(p, row, i, AS_ACTOR, event);
        if (party & (DL_PARTY_RECIPIENT | DL_PARTY_MUTUAL))
            count_as(p, row, i, AS_RECIPIENT, event);
        if (site->place)
            dl_counter_add_quad(&p->places, site->place, c->quads[row], event);
        if (c->has_person[figure->name])
            dl_counter_add(&p->names, figure->name, event);
        dl_counter_add(&p->texts, figure->text, event);
        count_role(p, row, figure, event);
    }
}

/* Rows of `all` in which the actor is a party; NULL where there is no memory. */
static uint64_t *rows_of_actor(const portrait *p)
{
    const dl_columns *c = p->c;
    uint64_t *rows = calloc(c->rows / 64 + 1, sizeof *rows);
    for (size_t row = 0; rows && row < c->rows; row++) {
        if (!dl_bits_get(p->all, row))
            continue;
        for (size_t i = c->party_starts[row]; i < c->party_starts[row + 1]; i++)
            if (p->fits[c->parties[i] & DL_PARTY_FIGURE])
                dl_bits_set(rows, row);
    }
    return rows;
}

static bool count_portrait(portrait *p, const char *by)
{
    const dl_columns *c = p->c;
    const uint32_t *rows;
    size_t count;
    dl_walk walk = {0};
    uint64_t *own = rows_of_actor(p);
    bool good = own && dl_steps_init(&p->steps, c, own, by) &&
                dl_counter_init(&p->partner_quads, c->actors.count * DL_WITH_QUADS) &&
                dl_counter_init(&p->places, c->places.count * DL_WITH_QUADS) &&
                dl_counter_init(&p->names, c->names.count) &&
                dl_counter_init(&p->texts, c->texts.count);
    for (int way = 0; way < WAYS && good; way++)
        good = dl_counter_init(&p->totals[way], 1) &&
               dl_counter_init(&p->timeline[way], (p->steps.count + 1) * DL_WITH_QUADS) &&
               dl_counter_init(&p->categories[way], c->categories.count) &&
               dl_counter_init(&p->partners[way], c->actors.count);
    good = good && dl_walk_init(&walk, c, own);
    while (good && dl_walk_next(&walk, &rows, &count))
        for (size_t i = 0; i < count; i++)
            if (dl_bits_get(own, rows[i]))
                count_portrait_row(p, rows[i], walk.event);
    dl_walk_release(&walk);
    free(own);
    return good && !p->roles.failed;
}

static void release_portrait(portrait *p)
{
    for (int way = 0; way < WAYS; way++) {
        dl_counter_release(&p->totals[way]);
        dl_counter_release(&p->timeline[way]);
        dl_counter_release(&p->categories[way]);
        dl_counter_release(&p->partners[way]);
    }
    dl_counter_release(&p->partner_quads);
    dl_counter_release(&p->places);
    dl_counter_release(&p->names);
    dl_counter_release(&p->texts);
    dl_steps_release(&p->steps);
    release_pairs(&p->roles);
    free(p->dates);
}

static void write_portrait_times(const portrait *p, dl_buffer *out)
{
    bool some = false;
    dl_buffer_add_format(out, ",\"by\":\"%s\",\"timeline\":[", dl_step_name(p->steps.by));
    for (size_t i = 1; i <= p->steps.count; i++) {
        const uint32_t *to = p->timeline[AS_ACTOR].counts + i * DL_WITH_QUADS;
        const uint32_t *from = p->timeline[AS_RECIPIENT].counts + i * DL_WITH_QUADS;
        if (!to[0] && !from[0])
            continue;
        add_comma(out, &some);
        dl_buffer_add_char(out, '{');
        add_date(out, "date", p->steps.dates[i]);
        dl_buffer_add_char(out, ',');
        add_quads(out, "as_actor", to + 1);
        dl_buffer_add_char(out, ',');
        add_quads(out, "as_recipient", from + 1);
        dl_buffer_add_char(out, '}');
    }
    dl_buffer_add_text(out, "],\"categories\":[");
    some = false;
    for (size_t i = 1; i < p->c->categories.count; i++) {
        uint32_t to = p->categories[AS_ACTOR].counts[i];
        uint32_t from = p->categories[AS_RECIPIENT].counts[i];
        if (!to && !from)
            continue;
        add_comma(out, &some);
        dl_buffer_add_char(out, '{');
        add_text(out, "value", p->c->categories.items[i]);
        dl_buffer_add_format(out,
                             ",\"quad_code\":%u,\"as_actor\":%u,\"as_recipient\":%u}",
                             p->c->category_quads[i], to, from);
    }
    dl_buffer_add_char(out, ']');
}

static bool write_partners(const portrait *p, dl_buffer *out)
{
    dl_counter events;
    size_t count = 0;
    bool good = take_events(&p->partner_quads, &events);
    uint32_t *top = good ? dl_counter_top(&events, DL_VIEW_VALUES, &count) : NULL;
    dl_buffer_add_text(out, ",\"partners\":[");
    for (size_t i = 0; top && i < count; i++) {
        dl_buffer_add_text(out, i ? ",{" : "{");
        add_text(out, "of", p->c->actors.items[top[i]]);
        dl_buffer_add_format(out, ",\"to\":%u,\"from\":%u,",
                             p->partners[AS_ACTOR].counts[top[i]],
                             p->partners[AS_RECIPIENT].counts[top[i]]);
        add_quads(out, "quads",
                  p->partner_quads.counts + (size_t)top[i] * DL_WITH_QUADS + 1);
        dl_buffer_add_char(out, '}');
    }
    dl_buffer_add_char(out, ']');
    free(top);
    dl_counter_release(&events);
    return top != NULL;
}

static bool write_roles(const portrait *p, dl_buffer *out)
{
    const dl_columns *c = p->c;
    dl_counter events = {.counts = p->roles.counts,
                         .size = p->roles.count ? p->roles.count + 1 : 0};
    size_t count;
    uint32_t *top = dl_counter_top(&events, DL_VIEW_VALUES, &count);
    dl_buffer role = {0};
    dl_buffer_add_text(out, ",\"roles\":[");
    for (size_t i = 0; top && i < count; i++) {
        const dl_role *own = &c->roles[p->roles.list[top[i]] >> 32];
        dl_string office = c->offices.items[p->roles.list[top[i]] & UINT32_MAX];
        const uint32_t *dates = p->dates[top[i]];
        dl_buffer_clear(&role);
        dl_buffer_add_string(&role, own->code);
        if (own->code.size && own->sectors.size)
            dl_buffer_add_char(&role, ' ');
        dl_buffer_add_string(&role, own->sectors);
        dl_buffer_add_text(out, i ? ",{" : "{");
        add_text(out, "role", (dl_string){role.data ? role.data : "", role.size});
        dl_buffer_add_char(out, ',');
        if (office.size) {
            add_text(out, "office", office);
            dl_buffer_add_char(out, ',');
        }
        if (dates[0] < c->date_count) {
            add_date(out, "first_date", c->date_list[dates[0]]);
            dl_buffer_add_char(out, ',');
            add_date(out, "last_date", c->date_list[dates[1]]);
            dl_buffer_add_char(out, ',');
        }
        dl_buffer_add_format(out, "\"events\":%u}", p->roles.counts[top[i]]);
    }
    dl_buffer_add_char(out, ']');
    bool good = top && !role.failed;
    dl_buffer_release(&role);
    free(top);
    return good;
}

bool dl_view_actor(const dl_viewed *viewed, const uint8_t *fits, dl_string of,
                   dl_string as, const char *by, dl_buffer *out)
{
    const dl_columns *c = viewed->columns;
    portrait p = {.c = c, .all = viewed->match->all, .fits = fits};
    bool good = count_portrait(&p, by);
    if (good) {
        dl_buffer_add_char(out, '{');
        add_text(out, "of", of);
        if (as.size) {
            dl_buffer_add_char(out, ',');
            add_text(out, "understood_as", as);
        }
        dl_buffer_add_format(out, ",\"as_actor\":%u,\"as_recipient\":%u",
                             p.totals[AS_ACTOR].counts[0],
                             p.totals[AS_RECIPIENT].counts[0]);
        write_portrait_times(&p, out);
        good = write_partners(&p, out) && add_places(out, c, &p.places) &&
               write_roles(&p, out) &&
               add_values(out, "names", &p.names, &c->names, DL_VIEW_VALUES) &&
               add_values(out, "texts", &p.texts, &c->texts, DL_VIEW_TEXTS);
        dl_buffer_add_char(out, '}');
    }
    release_portrait(&p);
    return good && !out->failed;
}
