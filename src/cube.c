/* Cubes: columns of an archive, what fits a question, views of it. */
#include <stdio.h>
#include <stdlib.h>

#include "archive.h"
#include "question.h"
#include "store/views.h"

struct dateline_cube {
    dl_columns *columns;
};

struct dateline_selection {
    const dateline_cube *cube;
    dl_match match;
    uint64_t *heads; /* of each event the first row that fits */
    dateline_selected selected;
    size_t undated; /* events of which no row that fits has a date */
    bool every_report;
    dl_buffer understood; /* JSON */
};

static const char reading[] = "the archive can't be read";

dateline_status dateline_cube_open(dateline_archive *archive, dateline_cube **cube,
                                   dateline_error *error)
{
    *cube = calloc(1, sizeof **cube);
    if (!*cube)
        return dl_error_memory(error);
    dateline_status status = dl_columns_load(archive->db, &(*cube)->columns, error);
    if (status != DATELINE_OK) {
        free(*cube);
        *cube = NULL;
    }
    return status;
}

void dateline_cube_close(dateline_cube *cube)
{
    if (!cube)
        return;
    dl_columns_free(cube->columns);
    free(cube);
}

bool dateline_archive_is_newer(dateline_archive *archive, const dateline_cube *cube)
{
    char mark[sizeof cube->columns->mark];
    dl_columns_mark(archive->db, mark, sizeof mark);
    return strcmp(mark, cube->columns->mark) != 0;
}

size_t dateline_cube_size(const dateline_cube *cube)
{
    return cube->columns->bytes;
}

/* ---- Selecting -----------------------------------------------------------------------
 */

/* How names are understood goes to the selection, and on to who asked. */
typedef struct listener {
    dl_buffer *json;
    const dateline_query *query;
} listener;

static void listen(void *context, const char *field, const char *name, const char *as)
{
    const listener *l = context;
    dl_buffer_add_text(l->json, l->json->size > 1 ? ",{\"field\":" : "{\"field\":");
    const char *key = strcmp(field, "according-to") == 0 ? "according_to" : field;
    dl_buffer_add_json(l->json, dl_string_from(key));
    dl_buffer_add_text(l->json, ",\"name\":");
    dl_buffer_add_json(l->json, dl_string_from(name));
    dl_buffer_add_text(l->json, ",\"as\":");
    dl_buffer_add_json(l->json, dl_string_from(as));
    dl_buffer_add_char(l->json, '}');
    if (l->query->understood)
        l->query->understood(l->query->understood_context, field, name, as);
}

/* Sets the rows that SQLite finds, by key of the record or of the article. */
static dateline_status mark_rows(const dl_columns *c, dateline_archive *archive,
                                 sqlite3_stmt *statement, bool articles, uint64_t *rows,
                                 dateline_error *error)
{
    int code;
    uint64_t *found = articles ? calloc(c->article_count / 64 + 1, sizeof *found) : NULL;
    if (articles && !found)
        return dl_error_memory(error);
    dl_archive_begin(archive);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        int64_t key = sqlite3_column_int64(statement, 0);
        size_t row = articles ? 0 : dl_columns_find(c, key);
        size_t low = 0, high = articles ? c->article_count : 0;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (c->article_keys[middle] < key)
                low = middle + 1;
            else
                high = middle;
        }
        if (articles && low < c->article_count && c->article_keys[low] == key)
            dl_bits_set(found, low);
        else if (!articles && row < c->rows)
            dl_bits_set(rows, row);
    }
    for (size_t i = 0; articles && i < c->rows; i++)
        if (dl_bits_get(found, c->articles[i]))
            dl_bits_set(rows, i);
    free(found);
    return code == SQLITE_DONE ? DATELINE_OK : dl_archive_error(archive, error, reading);
}

/* Of `may` (made where it is NULL) stays what `part` asks of SQLite. */
static dateline_status ask_part(const dl_columns *c, dateline_archive *archive,
                                const dl_ask *part, bool articles, uint64_t **may,
                                dateline_error *error)
{
    sqlite3_stmt *statement = NULL;
    size_t words = (c->rows + 63) / 64;
    uint64_t *rows = calloc(words + 1, sizeof *rows);
    if (!rows)
        return dl_error_memory(error);
    dateline_status status =
        (articles ? dl_ask_articles : dl_ask_keys)(archive->db, part, &statement, error);
    if (status == DATELINE_OK)
        status = mark_rows(c, archive, statement, articles, rows, error);
    sqlite3_finalize(statement);
    for (size_t i = 0; *may && i < words; i++)
        rows[i] &= (*may)[i];
    free(*may);
    *may = rows;
    return status;
}

/* What columns can't answer. */
static dateline_status ask_rest(const dl_columns *c, dateline_archive *archive,
                                const dl_ask *ask, uint64_t **may, dateline_error *error)
{
    dl_ask *part = calloc(1, sizeof *part);
    if (!part)
        return dl_error_memory(error);
    dateline_status status = DATELINE_OK;
    if (ask->article.size || ask->story.size) {
        part->article = ask->article;
        part->story = ask->story;
        status = ask_part(c, archive, part, false, may, error);
    }
    if (status == DATELINE_OK && ask->text.size) {
        *part = (dl_ask){.text = ask->text};
        status = ask_part(c, archive, part, true, may, error);
    }
    if (status == DATELINE_OK && ask->says.count) {
        *part = (dl_ask){.says = ask->says};
        status = ask_part(c, archive, part, false, may, error);
    }
    free(part);
    return status;
}

/* Counts what fits and marks the first row of each event. */
static bool count_selected(dateline_selection *s)
{
    const dl_columns *c = s->cube->columns;
    const uint64_t *all = s->match.all;
    uint64_t *seen = calloc(c->article_count / 64 + 1, sizeof *seen);
    uint64_t *stories = calloc(c->story_count / 64 + 1, sizeof *stories);
    s->heads = calloc(s->match.words + 1, sizeof *s->heads);
    bool good = seen && stories && s->heads;
    for (size_t i = 0; good && i < s->match.words; i++)
        for (uint64_t word = all[i]; word; word &= word - 1) {
            size_t row = i * 64 + (size_t)__builtin_ctzll(word);
            s->selected.reports++;
            s->selected.articles += !dl_bits_get(seen, c->articles[row]);
            dl_bits_set(seen, c->articles[row]);
            if (c->stories[row] && dl_bits_get(stories, c->stories[row]))
                continue;
            if (c->stories[row])
                dl_bits_set(stories, c->stories[row]);
            dl_bits_set(s->heads, row);
            s->selected.events++;
            s->undated += c->dates[row] == c->date_count;
        }
    free(seen);
    free(stories);
    return good;
}

static dateline_status select_rows(dateline_selection *s, dateline_archive *archive,
                                   const dl_ask *ask, dateline_error *error)
{
    const dl_columns *c = s->cube->columns;
    uint64_t *may = NULL;
    dateline_status status = ask_rest(c, archive, ask, &may, error);
    if (status == DATELINE_OK &&
        (!dl_match_run(&s->match, c, ask, may) || !count_selected(s)))
        status = dl_error_memory(error);
    free(may);
    return status;
}

dateline_status dateline_cube_select(const dateline_cube *cube, dateline_archive *archive,
                                     const dateline_engine *engine,
                                     const dateline_query *query,
                                     dateline_selection **selection,
                                     dateline_error *error)
{
    dateline_selection *s = calloc(1, sizeof *s);
    dl_arena *arena = dl_arena_new();
    dl_ask *ask = calloc(1, sizeof *ask);
    dateline_status status = s && arena && ask ? DATELINE_OK : dl_error_memory(error);
    *selection = NULL;
    if (status == DATELINE_OK) {
        dateline_query asked = *query;
        listener l = {&s->understood, query};
        asked.understood = listen;
        asked.understood_context = &l;
        asked.count = NULL;
        s->cube = cube;
        s->every_report = query->every_report;
        dl_buffer_add_char(&s->understood, '[');
        status = dl_question_resolve(archive->db, engine, &asked, arena, ask, error);
        dl_buffer_add_char(&s->understood, ']');
    }
    if (status == DATELINE_OK)
        status = select_rows(s, archive, ask, error);
    if (status == DATELINE_OK && s->understood.failed)
        status = dl_error_memory(error);
    if (status == DATELINE_OK)
        *selection = s;
    else
        dateline_selection_free(s);
    dl_arena_free(arena);
    free(ask);
    return status;
}

void dateline_selection_free(dateline_selection *selection)
{
    if (!selection)
        return;
    dl_match_release(&selection->match);
    free(selection->heads);
    dl_buffer_release(&selection->understood);
    free(selection);
}

dateline_selected dateline_selection_count(const dateline_selection *selection)
{
    return selection->selected;
}

size_t dateline_selection_size(const dateline_selection *selection)
{
    const dl_match *match = &selection->match;
    size_t figures = selection->cube->columns->figure_count;
    return sizeof *selection +
           (match->owned_count + match->words) * sizeof *match->owned +
           (match->who ? figures : 0) + (match->whom ? figures : 0);
}

/* ---- Keys ----------------------------------------------------------------------------
 */

/* Rows from `start` to `end` in order, or backwards; `skip` of them are passed over
 * first, and counted off. */
static void take_rows(const dl_columns *c, const uint64_t *bits, size_t start, size_t end,
                      bool backwards, size_t *skip, size_t most, int64_t *keys,
                      size_t *count)
{
    for (size_t left = end - start; left > 0 && *count < most;) {
        size_t row = backwards ? start + left - 1 : end - left;
        bool whole =
            backwards ? row % 64 == 63 && left >= 64 : row % 64 == 0 && left >= 64;
        size_t many = whole ? (size_t)__builtin_popcountll(bits[row / 64]) : 0;
        if (whole && many <= *skip) {
            *skip -= many;
            left -= 64;
            continue;
        }
        left--;
        if (!dl_bits_get(bits, row))
            continue;
        if (*skip > 0)
            --*skip;
        else
            keys[(*count)++] = c->keys[row];
    }
}

/* A row and what it is ordered by; larger ranks first, then later rows. */
typedef struct ranked {
    double rank;
    uint32_t row;
} ranked;

static int by_rank(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->rank < y->rank || x->rank > y->rank)
        return x->rank < y->rank ? 1 : -1;
    return (x->row < y->row) - (x->row > y->row);
}

static dateline_status take_ranked(const dateline_selection *s, const uint64_t *bits,
                                   bool reports, size_t first, size_t most, int64_t *keys,
                                   size_t *count, dateline_error *error)
{
    const dl_columns *c = s->cube->columns;
    size_t all = s->every_report ? s->selected.reports : s->selected.events, at = 0;
    ranked *list = malloc((all + 1) * sizeof *list);
    if (!list)
        return dl_error_memory(error);
    for (size_t i = 0; i < s->match.words; i++)
        for (uint64_t word = bits[i]; word; word &= word - 1) {
            size_t row = i * 64 + (size_t)__builtin_ctzll(word);
            double many = c->stories[row] ? (double)c->reports[c->stories[row]] : 1;
            list[at++] = (ranked){reports ? many : c->confidences[row], (uint32_t)row};
        }
    qsort(list, at, sizeof *list, by_rank);
    for (size_t i = first; i < at && *count < most; i++)
        keys[(*count)++] = c->keys[list[i].row];
    free(list);
    return DATELINE_OK;
}

dateline_status dateline_selection_keys(const dateline_selection *selection,
                                        dateline_order order, size_t first, size_t most,
                                        int64_t *keys, size_t *count,
                                        dateline_error *error)
{
    const dl_columns *c = selection->cube->columns;
    const uint64_t *bits =
        selection->every_report ? selection->match.all : selection->heads;
    size_t dated = c->rows - c->undated, skip = first;
    bool newest = order == DATELINE_ORDER_NEWEST;
    *count = 0;
    if (order == DATELINE_ORDER_REPORTS || order == DATELINE_ORDER_CONFIDENCE)
        return take_ranked(selection, bits, order == DATELINE_ORDER_REPORTS, first, most,
                           keys, count, error);
    take_rows(c, bits, 0, dated, newest, &skip, most, keys, count);
    take_rows(c, bits, dated, c->rows, newest, &skip, most, keys, count);
    return DATELINE_OK;
}

/* ---- Views ---------------------------------------------------------------------------
 */

enum { EDGES_USUAL = 80, ROWS_USUAL = 25 };

static void keep_as(void *context, const char *field, const char *name, const char *as)
{
    (void)field, (void)name;
    dl_buffer_add_text(context, as);
}

/* Without an archive, codes and names as they stand. */
static dateline_status write_actor(const dl_viewed *viewed,
                                   const dateline_view_options *options, dl_buffer *out,
                                   dateline_error *error)
{
    dl_buffer as = {0};
    dateline_query query = {
        .who = options->of, .understood = keep_as, .understood_context = &as};
    dl_arena *arena = dl_arena_new();
    dl_ask *ask = calloc(1, sizeof *ask);
    dateline_status status = arena && ask ? DATELINE_OK : dl_error_memory(error);
    if (status == DATELINE_OK)
        status = dl_question_resolve(options->archive->db, options->engine, &query, arena,
                                     ask, error);
    uint8_t *fits =
        status == DATELINE_OK ? dl_match_figures(viewed->columns, &ask->who) : NULL;
    if (status == DATELINE_OK &&
        (!fits || !dl_view_actor(viewed, fits, dl_string_from(options->of),
                                 (dl_string){as.data, as.size}, options->by, out)))
        status = dl_error_memory(error);
    free(fits);
    free(ask);
    dl_arena_free(arena);
    dl_buffer_release(&as);
    return status;
}

static bool is_step(const char *by)
{
    return !by || strcmp(by, "day") == 0 || strcmp(by, "month") == 0 ||
           strcmp(by, "year") == 0;
}

static dateline_status write_view(const dl_viewed *viewed, dateline_view view,
                                  const dateline_view_options *options, dl_buffer *out,
                                  dateline_error *error)
{
    const char *by = options->by;
    bool good = true;
    switch (view) {
    case DATELINE_VIEW_OVERVIEW:
        if (!is_step(by))
            return dl_error_set(error, DATELINE_USAGE, "by: day, month or year");
        good = dl_view_overview(viewed, by, out);
        break;
    case DATELINE_VIEW_NETWORK:
        if (by && strcmp(by, "country") != 0 && strcmp(by, "actor") != 0)
            return dl_error_set(error, DATELINE_USAGE, "by: country or actor");
        good = dl_view_network(viewed, by && strcmp(by, "country") == 0,
                               options->most ? options->most : EDGES_USUAL, out);
        break;
    case DATELINE_VIEW_ACTORS:
        good = dl_view_actors(viewed, dl_string_from(options->q),
                              options->page ? options->page : 1,
                              options->per_page ? options->per_page : ROWS_USUAL, out);
        break;
    case DATELINE_VIEW_ACTOR:
        if (!is_step(by))
            return dl_error_set(error, DATELINE_USAGE, "by: day, month or year");
        if (!options->of || !options->of[0] || !options->archive)
            return dl_error_set(error, DATELINE_USAGE, "of: an actor is wanted");
        return write_actor(viewed, options, out, error);
    }
    return good ? DATELINE_OK : dl_error_memory(error);
}

dateline_status dateline_selection_write(const dateline_selection *selection,
                                         dateline_view view,
                                         const dateline_view_options *options,
                                         dateline_sink sink, void *context,
                                         dateline_error *error)
{
    static const dateline_view_options usual;
    const dateline_selection *s = selection;
    dl_viewed viewed = {.columns = s->cube->columns,
                        .match = &s->match,
                        .events = s->selected.events,
                        .reports = s->selected.reports,
                        .articles = s->selected.articles,
                        .undated = s->undated,
                        .understood = {s->understood.data, s->understood.size}};
    dl_buffer out = {0};
    dateline_status status =
        write_view(&viewed, view, options ? options : &usual, &out, error);
    if (status == DATELINE_OK && !sink(context, out.data, out.size))
        status = dl_error_set(error, DATELINE_WRITE_FAILED, "output can't be written");
    dl_buffer_release(&out);
    return status;
}

dateline_status dateline_selection_write_understood(const dateline_selection *selection,
                                                    dateline_sink sink, void *context,
                                                    dateline_error *error)
{
    return sink(context, selection->understood.data, selection->understood.size)
               ? DATELINE_OK
               : dl_error_set(error, DATELINE_WRITE_FAILED, "output can't be written");
}
