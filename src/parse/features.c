#include "parse/features.h"

static uint64_t hash_bytes(uint64_t hash, dl_string s)
{
    for (size_t i = 0; i < s.size; i++)
        hash = (hash ^ (uint8_t)s.data[i]) * 0x100000001b3u;
    return hash;
}

uint64_t dl_features_hash(char letter, const dl_string *parts, size_t count)
{
    uint64_t hash = hash_bytes(0xcbf29ce484222325u, (dl_string){&letter, 1});
    for (size_t i = 0; i < count; i++)
        hash = hash_bytes(hash, parts[i]);
    return hash;
}

static uint32_t bucket(char letter, dl_string s, uint32_t count)
{
    uint64_t hash = dl_features_hash(letter, &s, 1);
    return (uint32_t)(hash ^ (hash >> 32)) % count;
}

static bool continues(char c)
{
    return ((uint8_t)c & 0xC0) == 0x80;
}

/* The longest part of at most `size` bytes that ends between two letters. */
static dl_string cut(dl_string s, size_t size)
{
    if (s.size <= size)
        return s;
    while (size > 0 && continues(s.data[size]))
        size--;
    return dl_string_slice(s, 0, size);
}

static dl_string prefix(dl_string s, int letters)
{
    size_t at = 0;
    for (int i = 0; i < letters && at < s.size; i++)
        for (at++; at < s.size && continues(s.data[at]);)
            at++;
    return dl_string_slice(s, 0, at);
}

static dl_string suffix(dl_string s, int letters)
{
    size_t at = s.size;
    for (int i = 0; i < letters && at > 0; i++)
        for (at--; at > 0 && continues(s.data[at]);)
            at--;
    return dl_string_slice(s, at, s.size);
}

/* What stands for a character that is no letter and no digit: itself where it is (or
 * folds to) ASCII, else o. */
static char mark_of(dl_arena *arena, dl_string one)
{
    if (one.size == 1)
        return one.data[0];
    dl_string folded = dl_utf8_fold(arena, one);
    return folded.size > 0 && (uint8_t)folded.data[0] < 0x80 ? folded.data[0] : 'o';
}

static char shape_of(dl_arena *arena, dl_string form, size_t at, size_t *size)
{
    uint32_t c = dl_utf8_get(form, at, size);
    if (dl_utf8_is_upper(c))
        return 'X';
    if (dl_utf8_is_letter(c))
        return 'x';
    if (dl_utf8_is_digit(c))
        return 'd';
    return mark_of(arena, dl_string_slice(form, at, at + *size));
}

static size_t shape(dl_arena *arena, dl_string form, char out[DL_SHAPE_LETTERS_MAX])
{
    size_t used = 0, run = 0;
    char last = 0;
    for (size_t at = 0, size; at < form.size && used < DL_SHAPE_LETTERS_MAX; at += size) {
        char s = shape_of(arena, form, at, &size);
        run = s == last ? run + 1 : 1;
        last = s;
        if (run <= DL_SHAPE_RUN_MAX)
            out[used++] = s;
    }
    return used;
}

void dl_features_get(const dl_network *network, dl_arena *arena, dl_string form,
                     dl_string fold, uint32_t rows[DL_FEATURES])
{
    char plain[DL_FORM_BYTES_MAX], letters[DL_SHAPE_LETTERS_MAX];
    const uint32_t *buckets = network->shape.buckets;
    form = cut(form, DL_FORM_BYTES_MAX);
    fold = cut(fold, DL_FORM_BYTES_MAX);
    for (size_t i = 0; i < fold.size; i++)
        plain[i] = fold.data[i] >= '0' && fold.data[i] <= '9' ? '0' : fold.data[i];
    dl_string norm = {plain, fold.size};
    dl_string outline = {letters, shape(arena, form, letters)};
    rows[0] = dl_network_find_word(network, dl_features_hash('f', &norm, 1));
    rows[1] = bucket('a', prefix(norm, 2), buckets[0]);
    rows[2] = bucket('b', prefix(norm, 4), buckets[1]);
    rows[3] = bucket('c', suffix(norm, 3), buckets[2]);
    rows[4] = bucket('d', suffix(norm, 4), buckets[3]);
    rows[5] = bucket('e', outline, buckets[4]);
}
