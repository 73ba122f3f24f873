/* Bytes in: the files behind a path, one after the other, unpacked where compressed.
 *
 * Purpose  a stream of lines over a file, a folder or standard input
 * Reads    files, through bytes.h; UTF-16 and other charsets where told
 * Writes   lines, borrowed until the next one
 * Cost     one copy; memory is bounded by DL_LINE_MAX whatever the file
 * Limits   below */
#ifndef DL_READ_SOURCE_H
#define DL_READ_SOURCE_H

#include "base/base.h"
#include "read/charset.h"

enum {
    DL_LINE_MAX = 2 * (int)DATELINE_ARTICLE_BYTES_MAX + (1 << 20), /* JSON escapes grow */
    DL_RAW_KEPT = 1 << 20, /* of a line that is too long, for the rejects */
    DL_FOLDER_DEPTH_MAX = 32,
    DL_FILES_MAX = 1 << 20 /* under one folder; and as many folders */
};

/* The files under `path`, sorted; owned by the arena. "-" and a file give themselves.
 * DATELINE_NOT_FOUND, DATELINE_NOT_READABLE (also for folders too deep or too full). */
dateline_status dl_files_find(dl_arena *arena, const char *path, const char ***files,
                              size_t *count, dateline_error *error);

typedef struct dl_stream dl_stream;

/* Opens one file ("-": standard input); owned by the caller. It ends with the first
 * member of a compressed file until dl_stream_join_members is called. */
dateline_status dl_stream_open(const char *path, dl_stream **source,
                               dateline_error *error);
void dl_stream_close(dl_stream *source); /* NULL is allowed */

/* The first bytes of the file (up to 4 KiB), which stay to be read; empty at its end. */
dl_string dl_stream_peek(dl_stream *source);

/* All members are one run of bytes from here on. */
void dl_stream_join_members(dl_stream *source);

/* Gives UTF-8 from here on, whatever the file has. False where memory has run out. */
bool dl_stream_convert(dl_stream *source, const dl_charset *charset);
bool dl_stream_converted(const dl_stream *source);

/* The next line without its end (LF or CRLF), borrowed until the next call. DATELINE_END
 * after the last; DATELINE_ARTICLE_TOO_LARGE where it is longer than `limit`: *line is
 * then its first DL_RAW_KEPT bytes and the rest has been passed over; DATELINE_BAD_GZIP
 * where the compressed data break off or are damaged (what came before has been given).
 */
dateline_status dl_stream_line(dl_stream *source, size_t limit, dl_string *line,
                               dateline_error *error);

/* All that is left as one string, in the manner of dl_stream_line. */
dateline_status dl_stream_rest(dl_stream *source, size_t limit, dl_string *all,
                               dateline_error *error);

/* 1-based number of the line that the last call gave. */
uint64_t dl_stream_line_number(const dl_stream *source);

/* ---- For web archives, whose members are records -------------------------------------
 */

/* Adds the next `size` bytes of the member to `kept` (NULL: passes over them; no more
 * than `limit` are kept); returns how many there were. */
uint64_t dl_stream_take(dl_stream *source, uint64_t size, dl_buffer *kept, size_t limit);

/* Where the next byte stands: in the member's content, and the member in the file. */
uint64_t dl_stream_position(const dl_stream *source);
uint64_t dl_stream_member(const dl_stream *source);
bool dl_stream_packed(const dl_stream *source);

bool dl_stream_seek(dl_stream *source, uint64_t position);   /* dl_bytes_seek */
bool dl_stream_next_member(dl_stream *source);               /* drops the rest */
bool dl_stream_recover(dl_stream *source, dl_string prefix); /* dl_bytes_recover */
dateline_status dl_stream_fault(dl_stream *source);          /* asked once */
bool dl_stream_broken(const dl_stream *source);              /* asked ever */

#endif
