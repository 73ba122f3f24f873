/* Which articles are wanted, and ids of which each is given once. */
#include <stdlib.h>

#include "read/address.h"
#include "read/inside.h"

static dateline_status parse_day(const char *text, bool last, dl_date *day,
                                 dateline_error *error)
{
    if (!text)
        return DATELINE_OK;
    if (!dl_date_parse(dl_string_from(text), day))
        return dl_error_set(error, DATELINE_BAD_DATE, "the date \"%.40s\" is none", text);
    if (last && day->month == 0)
        *day = (dl_date){day->year, 12, 31};
    else if (last && day->day == 0)
        day->day = (int8_t)dl_date_days_in_month(day->year, day->month);
    return DATELINE_OK;
}

dateline_status dl_filter_parse(dl_filter *filter, dl_string hosts, const char *from,
                                const char *to, dateline_error *error)
{
    for (size_t at = 0; at < hosts.size;) {
        size_t end = dl_string_find(hosts, ',', at);
        dl_string host = dl_string_trim(dl_string_slice(hosts, at, end));
        at = end + 1;
        if (host.size == 0)
            continue;
        if (filter->host_count == DL_HOSTS_MAX)
            return dl_error_set(error, DATELINE_USAGE, "more than %d hosts",
                                (int)DL_HOSTS_MAX);
        filter->hosts[filter->host_count++] = host;
    }
    dateline_status status = parse_day(from, false, &filter->from, error);
    return status == DATELINE_OK ? parse_day(to, true, &filter->to, error) : status;
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

/* Whether `host` is `wanted` or below it. */
static bool below(dl_string host, dl_string wanted)
{
    if (host.size < wanted.size ||
        (host.size > wanted.size && host.data[host.size - wanted.size - 1] != '.'))
        return false;
    for (size_t i = 0; i < wanted.size; i++)
        if (small(host.data[host.size - wanted.size + i]) != small(wanted.data[i]))
            return false;
    return true;
}

bool dl_filter_url(const dl_filter *filter, dl_string url)
{
    if (filter->host_count == 0)
        return true;
    dl_string host = dl_address_host(url);
    for (size_t i = 0; i < filter->host_count; i++)
        if (below(host, filter->hosts[i]))
            return true;
    return false;
}

bool dl_filter_day(const dl_filter *filter, dl_date day)
{
    if (filter->from.year == 0 && filter->to.year == 0)
        return true;
    return day.year != 0 &&
           (filter->from.year == 0 || dl_date_compare(day, filter->from) >= 0) &&
           (filter->to.year == 0 || dl_date_compare(day, filter->to) <= 0);
}

bool dl_filter_too_early(const dl_filter *filter, dl_date captured)
{
    return filter->from.year != 0 && captured.year != 0 &&
           dl_date_compare(captured, filter->from) < 0;
}

/* ---- Ids -----------------------------------------------------------------------------
 */

enum { SEEN_FIRST = 1024 };

static struct dl_seen_slot *seen_slot(struct dl_seen_slot *slots, size_t capacity,
                                      uint64_t hash)
{
    size_t at = (size_t)(hash & (capacity - 1));
    while (slots[at].hash != 0 && slots[at].hash != hash)
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static bool seen_grow(dl_seen *seen)
{
    size_t capacity = seen->capacity ? 2 * seen->capacity : SEEN_FIRST;
    struct dl_seen_slot *slots = calloc(capacity, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < seen->capacity; i++)
        if (seen->slots[i].hash != 0)
            *seen_slot(slots, capacity, seen->slots[i].hash) = seen->slots[i];
    free(seen->slots);
    seen->slots = slots;
    seen->capacity = capacity;
    return true;
}

/* How often the id was wanted before; UINT32_MAX where memory has run out. */
static uint32_t seen_count(dl_seen *seen, dl_string id)
{
    uint64_t hash = dl_string_hash(id) | 1;
    hash ^= hash >> 29;
    hash |= 1;
    if (seen->count * 4 >= seen->capacity * 3 && !seen_grow(seen))
        return UINT32_MAX;
    struct dl_seen_slot *slot = seen_slot(seen->slots, seen->capacity, hash);
    seen->count += slot->hash == 0;
    slot->hash = hash;
    return slot->count++;
}

dl_string dl_seen_add(dl_seen *seen, dl_arena *arena, dl_string id)
{
    dl_string given = id;
    uint32_t count = seen_count(seen, id);
    while (count != 0 && count != UINT32_MAX) {
        given = dl_arena_format(arena, "%.*s#%u", (int)id.size, id.data, count + 1);
        if (!given.data)
            return given;
        if (seen_count(seen, given) == 0)
            return given;
        count = seen_count(seen, id);
    }
    return count == UINT32_MAX ? (dl_string){0} : given;
}

void dl_seen_release(dl_seen *seen)
{
    free(seen->slots);
    *seen = (dl_seen){0};
}
