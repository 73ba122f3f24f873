/* Container of the compiled lexicon and of the weights: named chunks in one mapped file.
 *
 *     offset  size  what
 *     0       8     magic, "DLLEXICN" or "DLWEIGHT"
 *     8       4     version
 *     12      4     0x01020304, written in the byte order of the file
 *     16      4     number of chunks, n
 *     20      4     zero
 *     24      8     size of the whole file
 *     32      40 n  table: name (16 bytes, zero padded), offset, size, checksum (8 each)
 *     ...           chunks, each at a multiple of 64
 *
 * All little endian. The checksum runs over 8-byte words w, the last one zero padded:
 * h = 0xcbf29ce484222325; per word h = (h ^ w) * 0x9E3779B97F4A7C15; h ^= h >> 32. All is
 * checked once, when the file is opened; readers then trust offsets and sizes of chunks
 * (what stands inside a chunk is checked by its own reader). */
#ifndef DL_BASE_CHUNKS_H
#define DL_BASE_CHUNKS_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/mapped.h"

enum { DL_CHUNKS_MAX = 256, DL_CHUNK_NAME_MAX = 15, DL_CHUNK_ALIGNMENT = 64 };

typedef struct dl_chunks {
    dl_mapped file;
} dl_chunks;

/* DATELINE_BAD_FILE (with what is wrong), DATELINE_OTHER_VERSION, or as dl_mapped_open.
 */
dateline_status dl_chunks_open(dl_chunks *chunks, const char *path, const char magic[8],
                               uint32_t version, dateline_error *error);

/* The same over bytes in memory, taken over from `bytes`, which is left empty; `name`
 * says in messages what they are. */
dateline_status dl_chunks_take(dl_chunks *chunks, dl_buffer *bytes, const char *name,
                               const char magic[8], uint32_t version,
                               dateline_error *error);
void dl_chunks_close(dl_chunks *chunks);

/* The bytes of a chunk, borrowed until close; data is NULL where there is none. */
dl_string dl_chunks_find(const dl_chunks *chunks, const char *name);

typedef struct dl_chunk_source {
    const char *name; /* at most DL_CHUNK_NAME_MAX bytes */
    dl_string bytes;
} dl_chunk_source;

/* Lays the container out in `out` (its former content is dropped). */
void dl_chunks_write(dl_buffer *out, const char magic[8], uint32_t version,
                     const dl_chunk_source *sources, size_t count);

uint64_t dl_chunks_checksum(dl_string bytes);

/* The same over the table, which has the checksums of all chunks: tells files apart. */
uint64_t dl_chunks_fingerprint(const dl_chunks *chunks);

#endif
