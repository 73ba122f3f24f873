#include <stdlib.h>

#include "record/tally.h"

enum { EXPECTED = 1024 };

static bool start(dl_tally *tally)
{
    tally->entries = NULL;
    tally->count = tally->capacity = 0;
    tally->arena = dl_arena_new();
    return tally->arena && dl_map_init(&tally->map, tally->arena, EXPECTED);
}

bool dl_tally_init(dl_tally *tally, size_t limit)
{
    *tally = (dl_tally){.limit = limit};
    if (start(tally))
        return true;
    dl_tally_release(tally);
    return false;
}

void dl_tally_release(dl_tally *tally)
{
    dl_arena_free(tally->arena);
    *tally = (dl_tally){0};
}

void dl_tally_next_article(dl_tally *tally)
{
    tally->articles++;
}

/* `s` cut where a code point begins. */
static dl_string cut(dl_string s, size_t most)
{
    if (s.size <= most)
        return s;
    while (most > 0 && ((unsigned char)s.data[most] & 0xC0) == 0x80)
        most--;
    return dl_string_slice(s, 0, most);
}

static bool copy(dl_arena *arena, dl_string s, dl_string *out)
{
    *out = (dl_string){0};
    if (s.size > 0)
        *out = dl_arena_string(arena, cut(s, DL_TALLY_EXAMPLE_BYTES_MAX));
    return s.size == 0 || out->data;
}

static bool add_example(dl_tally *tally, dl_tally_entry *entry,
                        const dl_tally_example *example)
{
    if (entry->example_count == DL_TALLY_EXAMPLES_MAX)
        return true;
    const dl_tally_example *last =
        entry->example_count ? &entry->examples[entry->example_count - 1] : NULL;
    if (last && last->sentence == example->sentence &&
        dl_string_equal(last->doc, cut(example->doc, DL_TALLY_EXAMPLE_BYTES_MAX)))
        return true;
    dl_tally_example *added = &entry->examples[entry->example_count++];
    added->sentence = example->sentence;
    return copy(tally->arena, example->doc, &added->doc) &&
           copy(tally->arena, example->text, &added->text);
}

/* The entry of the text, made where it is new; NULL where memory has run out. */
static dl_tally_entry *find_or_make(dl_tally *tally, dl_null_kind kind, dl_string text)
{
    char bytes[DL_TALLY_TEXT_BYTES_MAX + 1];
    bytes[0] = (char)('a' + (int)kind);
    memcpy(bytes + 1, text.data, text.size);
    dl_string key = {bytes, text.size + 1};
    const uint32_t *found = dl_map_find(&tally->map, key);
    if (found)
        return &tally->entries[*found];
    key = dl_arena_string(tally->arena, key);
    if (!key.data ||
        !dl_arena_grow(tally->arena, (void **)&tally->entries, tally->count,
                       &tally->capacity, sizeof *tally->entries) ||
        !dl_map_add(&tally->map, key, (uint32_t)tally->count, NULL))
        return NULL;
    dl_tally_entry *entry = &tally->entries[tally->count++];
    *entry = (dl_tally_entry){.kind = kind, .text = dl_string_slice(key, 1, key.size)};
    return entry;
}

/* Copies an entry of another tally over, with its counts. */
static bool take(dl_tally *tally, const dl_tally_entry *from)
{
    dl_tally_entry *entry = find_or_make(tally, from->kind, from->text);
    if (!entry || !copy(tally->arena, from->beside, &entry->beside))
        return false;
    entry->count = from->count;
    entry->articles = from->articles;
    entry->last_article = from->last_article;
    for (size_t i = 0; i < from->example_count; i++)
        if (!add_example(tally, entry, &from->examples[i]))
            return false;
    return true;
}

/* The lowest count that half of the tally's limit or less reach. */
static size_t common_count(const dl_tally *tally)
{
    size_t least = 1, kept = tally->count;
    while (kept > tally->limit / 2) {
        least++;
        kept = 0;
        for (size_t i = 0; i < tally->count; i++)
            kept += tally->entries[i].count >= least;
    }
    return least;
}

/* Into a new arena, so that what was dropped gives its memory back. */
static bool drop_rarest(dl_tally *tally)
{
    size_t least = common_count(tally);
    dl_tally fresh = *tally;
    bool well = start(&fresh);
    for (size_t i = 0; well && i < tally->count; i++)
        if (tally->entries[i].count >= least)
            well = take(&fresh, &tally->entries[i]);
    fresh.dropped += tally->count - fresh.count;
    dl_arena_free(well ? tally->arena : fresh.arena);
    if (well)
        *tally = fresh;
    return well;
}

bool dl_tally_add(dl_tally *tally, const dl_met *met)
{
    if (met->text.size == 0 || met->text.size > DL_TALLY_TEXT_BYTES_MAX)
        return true;
    dl_tally_entry *entry = find_or_make(tally, met->kind, met->text);
    if (!entry || !add_example(tally, entry, &met->where))
        return false;
    if (entry->beside.size == 0 && !copy(tally->arena, met->beside, &entry->beside))
        return false;
    entry->articles += entry->count == 0 || entry->last_article != tally->articles;
    entry->last_article = tally->articles;
    entry->count++;
    return tally->count < tally->limit || drop_rarest(tally);
}

static int compare(const void *left, const void *right)
{
    const dl_tally_entry *a = *(const dl_tally_entry *const *)left;
    const dl_tally_entry *b = *(const dl_tally_entry *const *)right;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return dl_string_compare(a->text, b->text);
}

const dl_tally_entry **dl_tally_order(dl_tally *tally, size_t least, size_t *count)
{
    const dl_tally_entry **order =
        DL_ARENA_ARRAY(tally->arena, const dl_tally_entry *, tally->count);
    *count = 0;
    if (!order)
        return NULL;
    for (size_t i = 0; i < tally->count; i++)
        if (tally->entries[i].count >= least)
            order[(*count)++] = &tally->entries[i];
    qsort(order, *count, sizeof(const dl_tally_entry *), compare);
    return order;
}
