#include "read/address.h"

bool dl_address_is(dl_string s)
{
    return dl_string_starts(s, DL_STRING("http://")) ||
           dl_string_starts(s, DL_STRING("https://"));
}

dl_string dl_address_host(dl_string url)
{
    size_t start = 0, end;
    for (size_t at = 0; at + 3 <= url.size && start == 0; at++)
        if (memcmp(url.data + at, "://", 3) == 0)
            start = at + 3;
    if (start == 0)
        return (dl_string){0};
    for (end = start; end < url.size && !strchr("/?#", url.data[end]); end++)
        if (url.data[end] == '@')
            start = end + 1;
    size_t port = start;
    while (port < end && url.data[port] != ':')
        port++;
    return dl_string_slice(url, start, port);
}

/* With the port that it has, and the user. */
static dl_string authority_of(dl_string url)
{
    dl_string host = dl_address_host(url);
    if (!dl_address_is(url) || host.size == 0)
        return (dl_string){0};
    size_t start = dl_string_find(url, '/', 0) + 2, end = start;
    while (end < url.size && !strchr("/?#", url.data[end]))
        end++;
    return dl_string_slice(url, start, end);
}

dl_string dl_address_join(dl_arena *arena, dl_string link, dl_string base)
{
    dl_string at = authority_of(base);
    if (dl_address_is(link) || link.size == 0)
        return link;
    if (at.size == 0 || link.data[0] != '/')
        return (dl_string){0};
    bool scheme_only = link.size > 1 && link.data[1] == '/';
    int scheme = (int)dl_string_find(base, '/', 0);
    return scheme_only
               ? dl_arena_format(arena, "%.*s%.*s", scheme, base.data, (int)link.size,
                                 link.data)
               : dl_arena_format(arena, "%.*s//%.*s%.*s", scheme, base.data, (int)at.size,
                                 at.data, (int)link.size, link.data);
}
