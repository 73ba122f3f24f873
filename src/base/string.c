#include "base/base.h"

int dl_string_compare(dl_string a, dl_string b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common ? memcmp(a.data, b.data, common) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

bool dl_string_starts(dl_string s, dl_string prefix)
{
    return s.size >= prefix.size &&
           dl_string_equal(dl_string_slice(s, 0, prefix.size), prefix);
}

bool dl_string_ends(dl_string s, dl_string suffix)
{
    return s.size >= suffix.size &&
           dl_string_equal(dl_string_slice(s, s.size - suffix.size, s.size), suffix);
}

size_t dl_string_find(dl_string s, char byte, size_t from)
{
    if (from >= s.size)
        return s.size;
    const char *at = memchr(s.data + from, byte, s.size - from);
    return at ? (size_t)(at - s.data) : s.size;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

dl_string dl_string_trim(dl_string s)
{
    while (s.size && is_space(s.data[0]))
        s = dl_string_slice(s, 1, s.size);
    while (s.size && is_space(s.data[s.size - 1]))
        s.size--;
    return s;
}

uint64_t dl_string_hash(dl_string s)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.size; i++)
        hash = (hash ^ (unsigned char)s.data[i]) * 0x100000001b3u;
    return hash;
}

bool dl_string_to_uint(dl_string s, uint64_t *value)
{
    uint64_t sum = 0;
    if (s.size == 0 || s.size > 19)
        return false;
    for (size_t i = 0; i < s.size; i++) {
        if (s.data[i] < '0' || s.data[i] > '9')
            return false;
        sum = sum * 10 + (uint64_t)(s.data[i] - '0');
    }
    *value = sum;
    return true;
}

bool dl_string_to_double(dl_string s, double *value)
{
    bool minus = s.size && s.data[0] == '-';
    double sum = 0, scale = 1;
    bool digits = false, point = false;
    for (size_t i = minus; i < s.size; i++) {
        if (s.data[i] == '.' && !point) {
            point = true;
        } else if (s.data[i] >= '0' && s.data[i] <= '9') {
            digits = true;
            sum = sum * 10 + (s.data[i] - '0');
            scale *= point ? 10 : 1;
        } else {
            return false;
        }
    }
    *value = (minus ? -sum : sum) / scale;
    return digits;
}
