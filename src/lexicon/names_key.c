#include "base/base.h"
#include "lexicon/names.h"

/* Romanisations of one name differ in few ways: y/i/j, w/v, k/q/c, kh/h, ou/u, doubled
 * letters, -off/-ov, -sky/-ski, an i between vowels. Each rule brings them to one form.
 */

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* The letter that stands for `c` when `next` follows; '\0' drops it. */
static char letter_of(char before, char c, char next)
{
    if (c == 'y' || c == 'j')
        return 'i';
    if (c == 'w')
        return 'v';
    if (c == 'q' || (c == 'c' && next != 'h'))
        return 'k';
    if (c == 'p' && next == 'h')
        return 'f';
    if (c == 'o' && next == 'u')
        return '\0';
    if (c == 'k' && next == 'h')
        return '\0';
    if (c == 'h' && before && before != 'k' && !is_vowel(before))
        return '\0';
    return c >= 'a' && c <= 'z' ? c : '\0';
}

size_t dl_names_key(dl_string folded, char out[DL_NAMES_KEY_MAX])
{
    char plain[DL_NAMES_KEY_MAX];
    size_t count = 0, size = 0;
    for (size_t i = 0; i < folded.size && count < DL_NAMES_KEY_MAX; i++) {
        char next = i + 1 < folded.size ? folded.data[i + 1] : '\0';
        char c = letter_of(i ? folded.data[i - 1] : '\0', folded.data[i], next);
        if (c && (count == 0 || plain[count - 1] != c))
            plain[count++] = c;
    }
    for (size_t i = 0; i < count; i++) {
        bool before = i == 0 || is_vowel(plain[i - 1]);
        bool after = i + 1 < count && is_vowel(plain[i + 1]);
        if (!(plain[i] == 'i' && before && after && count > 2))
            out[size++] = plain[i];
    }
    if (size > 3 && out[size - 1] == 'f')
        out[size - 1] = 'v';
    return size;
}

size_t dl_names_given_key(dl_string folded, char out[DL_NAMES_KEY_MAX + 1])
{
    char key[DL_NAMES_KEY_MAX];
    bool initial = folded.size == 1 || (folded.size == 2 && folded.data[1] == '.');
    size_t count = dl_names_key(folded, key), size = 0;
    if (initial && folded.data[0] >= 'a' && folded.data[0] <= 'z') {
        out[0] = '1'; /* no letter: no given name is like it */
        out[1] = folded.data[0];
        return 2;
    }
    for (size_t i = 0; i < count; i++)
        if (i == 0 || !is_vowel(key[i]))
            out[size++] = key[i];
    return size;
}
