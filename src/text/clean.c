/* Text that was UTF-8, was read as Windows-1252 and written as UTF-8 again: each byte of
 * a letter has become a letter of its own. Where such letters, taken back to bytes, give
 * one letter of a Latin alphabet or a typographic mark, that letter is what was meant.
 * Zero-width spaces and soft hyphens are dropped. */
#include "text/inside.h"

enum { WIDE_BYTES_MAX = 3 };

/* The byte that stands for `point` in Windows-1252, or -1. */
static int byte_of(uint32_t point)
{
    static const uint16_t high[32] = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
        0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    if (point >= 0xA0 && point <= 0xFF)
        return (int)point;
    for (int i = 0; i < 32; i++)
        if (high[i] == point)
            return 0x80 + i;
    return -1;
}

/* Bytes of the letter that `lead` opens, where it opens one that is looked for. */
static size_t meant_size(uint32_t lead)
{
    if (lead >= 0xC2 && lead <= 0xC5)
        return 2;
    return lead == 0xE2 ? 3 : 0;
}

static bool plausible(uint32_t point)
{
    return (point >= 0xA0 && point <= 0x17F) || (point >= 0x2010 && point <= 0x203A) ||
           point == 0x20AC || point == 0x2122;
}

/* Quotation marks behind a capital are more often just that. */
static bool ambiguous(uint32_t lead, uint32_t next)
{
    return lead >= 0xC4 && lead <= 0xC5 &&
           ((next >= 0x2018 && next <= 0x201E) || next == 0xBB || next == 0xAB);
}

/* Size of the broken letter at `at`, its meaning in *point; 0 where there is none. */
static size_t broken_letter(dl_string text, size_t at, uint32_t *point)
{
    char bytes[WIDE_BYTES_MAX];
    size_t size, end = at, wide = 0;
    uint32_t lead = dl_utf8_get(text, at, &size);
    size_t want = meant_size(lead);
    while (wide < want && end < text.size) {
        uint32_t next = dl_utf8_get(text, end, &size);
        int byte = byte_of(next);
        if (byte < 0 || (wide == 1 && ambiguous(lead, next)))
            return 0;
        bytes[wide++] = (char)byte;
        end += size;
    }
    dl_string meant = {bytes, wide};
    if (want == 0 || wide < want || dl_utf8_check(meant) != wide)
        return 0;
    *point = dl_utf8_get(meant, 0, &size);
    return plausible(*point) ? end - at : 0;
}

static bool dropped(dl_string text, size_t at, size_t *size)
{
    uint32_t point = dl_utf8_get(text, at, size);
    return point == 0xAD || point == 0x200B || point == 0x200C || point == 0x200D ||
           point == 0x2060 || point == 0xFEFF;
}

/* First place that must be changed; text.size where all is well. */
static size_t first_change(dl_string text)
{
    size_t size;
    uint32_t point;
    for (size_t at = 0; at < text.size; at++) {
        unsigned char c = (unsigned char)text.data[at];
        if (c < 0xC2 || (c != 0xC2 && c != 0xC3 && c != 0xE2 && c != 0xEF))
            continue;
        if (dropped(text, at, &size) || broken_letter(text, at, &point))
            return at;
    }
    return text.size;
}

static void note(dl_text_state *state, size_t at, size_t size, const char *now,
                 size_t now_size)
{
    dl_string was = dl_string_slice(state->document->text, at, at + size);
    dl_string copy = dl_arena_string(state->document->arena, (dl_string){now, now_size});
    dl_text_repair_add(state, (dl_repair){{(uint32_t)at, (uint32_t)(at + size)},
                                          was,
                                          copy,
                                          DL_STRING("encoding:windows-1252")});
}

/* Copies text to `out` from `from` on; returns the bytes written. */
static size_t rewrite(dl_text_state *state, size_t from, char *out, uint32_t *map)
{
    dl_string text = state->document->text;
    size_t used = from;
    for (size_t at = from, size; at < text.size; at += size) {
        uint32_t point = 0;
        size = 1;
        if ((unsigned char)text.data[at] < 0xC2) {
            map[used] = (uint32_t)at;
            out[used++] = text.data[at];
            continue;
        }
        size_t broken = broken_letter(text, at, &point);
        if (broken == 0 && dropped(text, at, &size))
            continue;
        char *start = out + used;
        size_t wide = size;
        if (broken) {
            wide = dl_utf8_encode(point, start);
            note(state, at, broken, start, wide);
            size = broken;
        } else {
            memcpy(start, text.data + at, size);
        }
        for (size_t i = 0; i < wide; i++)
            map[used++] = (uint32_t)(broken ? at : at + i);
    }
    return used;
}

bool dl_text_clean(dl_text_state *state)
{
    dl_string text = state->document->text;
    dl_arena *arena = state->document->arena;
    size_t from = state->document->verbatim ? text.size : first_change(text);
    state->clean = text;
    if (from == text.size)
        return true;
    char *out = dl_arena_get(arena, text.size + 4, 1);
    uint32_t *map = DL_ARENA_ARRAY(arena, uint32_t, text.size + 5);
    if (!out || !map)
        return false;
    memcpy(out, text.data, from);
    for (size_t i = 0; i < from; i++)
        map[i] = (uint32_t)i;
    size_t used = rewrite(state, from, out, map);
    map[used] = (uint32_t)text.size;
    state->clean = (dl_string){out, used};
    state->map = map;
    return !state->failed;
}
