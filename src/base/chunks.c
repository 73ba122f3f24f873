#include "base/base.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "mapped files are little endian"
#endif

enum { HEADER_SIZE = 32, ENTRY_SIZE = 40 };
static const uint32_t order_mark = 0x01020304;

typedef struct header {
    char magic[8];
    uint32_t version, order, count, zero;
    uint64_t size;
} header;

typedef struct entry {
    char name[16];
    uint64_t offset, size, checksum;
} entry;

_Static_assert(sizeof(header) == HEADER_SIZE, "header has no padding");
_Static_assert(sizeof(entry) == ENTRY_SIZE, "entry has no padding");

uint64_t dl_chunks_checksum(dl_string bytes)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t at = 0; at < bytes.size; at += 8) {
        uint64_t word = 0;
        size_t left = bytes.size - at;
        memcpy(&word, bytes.data + at, left < 8 ? left : 8);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    return hash;
}

static entry get_entry(dl_string file, uint32_t i)
{
    entry e;
    memcpy(&e, file.data + HEADER_SIZE + (size_t)i * ENTRY_SIZE, sizeof e);
    return e;
}

static const char *fault_of_entry(dl_string file, uint32_t i)
{
    entry e = get_entry(file, i);
    if (e.name[15] != 0)
        return "a chunk's name is not ended";
    if (e.offset % DL_CHUNK_ALIGNMENT || e.offset > file.size ||
        e.size > file.size - e.offset)
        return "a chunk lies outside the file";
    dl_string bytes =
        dl_string_slice(file, (size_t)e.offset, (size_t)(e.offset + e.size));
    return dl_chunks_checksum(bytes) == e.checksum ? NULL : "a checksum does not match";
}

static const char *fault_of(dl_string file, const header *h)
{
    if (h->order != order_mark)
        return "it was written on a machine of another byte order";
    if (h->size != file.size)
        return "it is truncated or has grown";
    if (h->count > DL_CHUNKS_MAX ||
        HEADER_SIZE + (size_t)h->count * ENTRY_SIZE > file.size)
        return "its table of chunks is broken";
    for (uint32_t i = 0; i < h->count; i++) {
        const char *fault = fault_of_entry(file, i);
        if (fault)
            return fault;
    }
    return NULL;
}

static dateline_status check(dl_string file, const char *path, const char magic[8],
                             uint32_t version, dateline_error *error)
{
    header h;
    if (file.size < sizeof h || memcmp(file.data, magic, 8) != 0)
        return dl_error_set(error, DATELINE_BAD_FILE, "%s: not a %.8s file", path, magic);
    memcpy(&h, file.data, sizeof h);
    if (h.order == order_mark && h.version != version)
        return dl_error_set(error, DATELINE_OTHER_VERSION,
                            "%s: version %u, this program reads %u; build it again", path,
                            h.version, version);
    const char *fault = fault_of(file, &h);
    if (fault)
        return dl_error_set(error, DATELINE_BAD_FILE, "%s: %s", path, fault);
    return DATELINE_OK;
}

dateline_status dl_chunks_open(dl_chunks *chunks, const char *path, const char magic[8],
                               uint32_t version, dateline_error *error)
{
    dateline_status status = dl_mapped_open(&chunks->file, path, error);
    if (status != DATELINE_OK)
        return status;
    status = check(chunks->file.bytes, path, magic, version, error);
    if (status != DATELINE_OK)
        dl_chunks_close(chunks);
    return status;
}

dateline_status dl_chunks_take(dl_chunks *chunks, dl_buffer *bytes, const char *name,
                               const char magic[8], uint32_t version,
                               dateline_error *error)
{
    dl_mapped_take(&chunks->file, bytes);
    dateline_status status = check(chunks->file.bytes, name, magic, version, error);
    if (status != DATELINE_OK)
        dl_chunks_close(chunks);
    return status;
}

void dl_chunks_close(dl_chunks *chunks)
{
    dl_mapped_close(&chunks->file);
}

dl_string dl_chunks_find(const dl_chunks *chunks, const char *name)
{
    dl_string file = chunks->file.bytes;
    header h;
    if (!file.data)
        return (dl_string){0};
    memcpy(&h, file.data, sizeof h);
    for (uint32_t i = 0; i < h.count; i++) {
        entry e = get_entry(file, i);
        if (strcmp(e.name, name) == 0)
            return dl_string_slice(file, (size_t)e.offset, (size_t)(e.offset + e.size));
    }
    return (dl_string){0};
}

static size_t rounded(size_t size)
{
    return (size + DL_CHUNK_ALIGNMENT - 1) / DL_CHUNK_ALIGNMENT * DL_CHUNK_ALIGNMENT;
}

static void pad(dl_buffer *out)
{
    while (out->size % DL_CHUNK_ALIGNMENT && !out->failed)
        dl_buffer_add_char(out, 0);
}

void dl_chunks_write(dl_buffer *out, const char magic[8], uint32_t version,
                     const dl_chunk_source *sources, size_t count)
{
    assert(count <= DL_CHUNKS_MAX);
    size_t at = rounded(HEADER_SIZE + count * ENTRY_SIZE);
    header h = {.version = version, .order = order_mark, .count = (uint32_t)count};
    memcpy(h.magic, magic, 8);
    h.size = at;
    for (size_t i = 0; i < count; i++)
        h.size += rounded(sources[i].bytes.size);
    dl_buffer_clear(out);
    dl_buffer_add(out, &h, sizeof h);
    for (size_t i = 0; i < count; i++) {
        entry e = {.offset = at,
                   .size = sources[i].bytes.size,
                   .checksum = dl_chunks_checksum(sources[i].bytes)};
        assert(strlen(sources[i].name) <= DL_CHUNK_NAME_MAX);
        memcpy(e.name, sources[i].name, strlen(sources[i].name));
        dl_buffer_add(out, &e, sizeof e);
        at += rounded(sources[i].bytes.size);
    }
    pad(out);
    for (size_t i = 0; i < count; i++) {
        dl_buffer_add_string(out, sources[i].bytes);
        pad(out);
    }
}

uint64_t dl_chunks_fingerprint(const dl_chunks *chunks)
{
    dl_string file = chunks->file.bytes;
    header h;
    memcpy(&h, file.data, sizeof h);
    return dl_chunks_checksum(
        dl_string_slice(file, 0, HEADER_SIZE + (size_t)h.count * ENTRY_SIZE));
}
