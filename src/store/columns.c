#include <stdio.h>
#include <stdlib.h>

#include "store/columns.h"

/* ---- Dictionaries --------------------------------------------------------------------
 */

bool dl_dictionary_init(dl_dictionary *dictionary, dl_arena *arena, bool folded)
{
    enum { EXPECTED = 64 };
    *dictionary = (dl_dictionary){.arena = arena, .folded = folded};
    dictionary->failed = !dl_map_init(&dictionary->map, arena, EXPECTED);
    return dl_dictionary_add(dictionary, DL_STRING("")) == 0 && !dictionary->failed;
}

void dl_dictionary_release(dl_dictionary *dictionary)
{
    free(dictionary->items);
    *dictionary = (dl_dictionary){0};
}

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* The string as it is looked for: folded into `room` where it has capitals and fits, or
 * into the arena. */
static dl_string key_of(const dl_dictionary *dictionary, dl_string string, char *room,
                        size_t size)
{
    if (!dictionary->folded)
        return string;
    char *out =
        string.size <= size ? room : dl_arena_get(dictionary->arena, string.size, 1);
    for (size_t i = 0; out && i < string.size; i++)
        out[i] = fold(string.data[i]);
    return (dl_string){out, out ? string.size : 0};
}

enum { KEY_ROOM = 256 };

static bool add_item(dl_dictionary *d, dl_string string, dl_string key)
{
    if (d->count == d->capacity) {
        size_t capacity = d->capacity ? 2 * d->capacity : 64;
        dl_string *items = realloc(d->items, capacity * sizeof *items);
        if (!items)
            return false;
        d->items = items;
        d->capacity = capacity;
    }
    dl_string kept = dl_arena_string(d->arena, string);
    dl_string kept_key = d->folded ? dl_arena_string(d->arena, key) : kept;
    if (!kept.data || !kept_key.data ||
        !dl_map_add(&d->map, kept_key, (uint32_t)d->count, NULL))
        return false;
    d->items[d->count++] = kept;
    return true;
}

uint32_t dl_dictionary_add(dl_dictionary *dictionary, dl_string string)
{
    char room[KEY_ROOM];
    if (!string.data)
        string = DL_STRING("");
    dl_string key = key_of(dictionary, string, room, sizeof room);
    if (dictionary->failed || !key.data) {
        dictionary->failed = true;
        return 0;
    }
    const uint32_t *number = dl_map_find(&dictionary->map, key);
    if (number)
        return *number;
    dictionary->failed = !add_item(dictionary, string, key);
    return dictionary->failed ? 0 : (uint32_t)dictionary->count - 1;
}

uint32_t dl_dictionary_find(const dl_dictionary *dictionary, dl_string string)
{
    char room[KEY_ROOM];
    if (!string.size || (dictionary->folded && string.size > sizeof room))
        return 0;
    const uint32_t *number =
        dl_map_find(&dictionary->map, key_of(dictionary, string, room, sizeof room));
    return number ? *number : 0;
}

/* ---- Dates ---------------------------------------------------------------------------
 */

static uint32_t digits(dl_string text, size_t at, size_t count)
{
    uint32_t value = 0;
    for (size_t i = at; i < at + count; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return UINT32_MAX;
        value = value * 10 + (uint32_t)(text.data[i] - '0');
    }
    return value;
}

uint32_t dl_date_read(dl_string text)
{
    enum { YEAR = 4, MONTH = 7, DAY = 10 };
    if (text.size != YEAR && text.size != MONTH && text.size != DAY)
        return DL_DATE_NONE;
    uint32_t year = digits(text, 0, 4);
    uint32_t month = text.size >= MONTH ? digits(text, YEAR + 1, 2) : 0;
    uint32_t day = text.size >= DAY ? digits(text, MONTH + 1, 2) : 0;
    if (year == UINT32_MAX || month == UINT32_MAX || day == UINT32_MAX)
        return DL_DATE_NONE;
    return year * DL_DATE_YEAR + month * DL_DATE_MONTH + day;
}

dl_string dl_date_write(uint32_t date, char out[16])
{
    unsigned year = date / DL_DATE_YEAR % 10000, month = date / DL_DATE_MONTH % 128;
    unsigned day = date % DL_DATE_MONTH;
    int size = day     ? snprintf(out, 16, "%04u-%02u-%02u", year, month % 100, day % 100)
               : month ? snprintf(out, 16, "%04u-%02u", year, month % 100)
                       : snprintf(out, 16, "%04u", year);
    return (dl_string){out, size > 0 ? (size_t)size : 0};
}

/* ---- The whole -----------------------------------------------------------------------
 */

size_t dl_columns_find(const dl_columns *columns, int64_t key)
{
    size_t low = 0, high = columns->rows;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (columns->keys[columns->by_key[middle]] < key)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < columns->rows && columns->keys[columns->by_key[low]] == key;
    return found ? columns->by_key[low] : columns->rows;
}

/* Imports count what they add, replace and reject as they go; merges leave a row. */
void dl_columns_mark(sqlite3 *db, char *mark, size_t size)
{
    static const char sql[] =
        "SELECT (SELECT count(*) || ' ' || coalesce(sum(articles), 0) || ' ' ||"
        " coalesce(sum(records), 0) || ' ' || coalesce(sum(rejects), 0) FROM imports)"
        " || ' ' || (SELECT count(*) || ' ' || coalesce(sum(stories), 0) || ' ' ||"
        " coalesce(max(last_article), 0) FROM merges) || ' ' ||"
        " (SELECT coalesce(max(record_key), 0) FROM records) || ' ' ||"
        " (SELECT coalesce(max(article_key), 0) FROM articles)";
    sqlite3_stmt *statement = NULL;
    mark[0] = '\0';
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        snprintf(mark, size, "%s", (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
}

void dl_columns_free(dl_columns *columns)
{
    if (!columns)
        return;
    dl_columns *c = columns;
    void *const arrays[] = {
        c->keys,         c->dates,       c->sites,          c->articles,     c->stories,
        c->acts,         c->cameos,      c->sources,        c->statuses,     c->quads,
        c->confidences,  c->scales,      c->party_starts,   c->parties,      c->date_list,
        c->story_starts, c->story_rows,  c->reports,        c->article_keys, c->by_key,
        c->act_list,     c->place_sites, c->category_quads, c->sites_known,  c->roles,
        c->figures,      c->has_person};
    dl_dictionary *const dictionaries[] = {
        &c->event_modes, &c->categories, &c->modes,  &c->cameo_list, &c->status_list,
        &c->source_list, &c->countries,  &c->places, &c->role_list,  &c->names,
        &c->texts,       &c->offices,    &c->actors, &c->codes};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        free(arrays[i]);
    for (size_t i = 0; i < sizeof dictionaries / sizeof *dictionaries; i++)
        dl_dictionary_release(dictionaries[i]);
    dl_arena_free(c->arenas[0]);
    dl_arena_free(c->arenas[1]);
    free(c);
}
