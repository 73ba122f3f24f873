/* The bytes of one file, unpacked where compressed, member by member.
 *
 * Purpose  what lines and web archives are cut from; a damaged member loses itself alone
 * Reads    a file or standard input; gzip (RFC 1952), also of many members
 * Writes   the caller's memory
 * Cost     one inflation; 64 KiB and zlib's window, whatever the file
 * Limits   below */
#ifndef DL_READ_BYTES_H
#define DL_READ_BYTES_H

#include "base/base.h"

enum {
    DL_REWINDS_MAX = 64 /* steps back in one file, so that bad lengths cost no square */
};

/* A file that is not compressed is one member. */
typedef struct dl_bytes dl_bytes;

/* "-": standard input. Owned by the caller; borrows `path` until closed.
 * DATELINE_NOT_READABLE. */
dateline_status dl_bytes_open(const char *path, dl_bytes **bytes, dateline_error *error);
void dl_bytes_close(dl_bytes *bytes); /* NULL is allowed */

/* Up to `size` bytes of this member; 0 at its end, and where it is broken. */
size_t dl_bytes_read(dl_bytes *bytes, char *out, size_t size);

/* Goes to the next member once this one has ended; false where there is none. What
 * follows the last member and is no gzip is passed over; where members come behind it, it
 * is one that is damaged. */
bool dl_bytes_next_member(dl_bytes *bytes);

/* After a member broke: goes to the next one whose content begins with `prefix`. */
bool dl_bytes_recover(dl_bytes *bytes, dl_string prefix);

/* Goes to a byte of this member's content; false where the input can't step back (no
 * file, or more than DL_REWINDS_MAX times). */
bool dl_bytes_seek(dl_bytes *bytes, uint64_t position);

/* DATELINE_OK; DATELINE_BAD_GZIP where this member breaks off or is damaged;
 * DATELINE_NOT_READABLE. */
dateline_status dl_bytes_fault(const dl_bytes *bytes);

bool dl_bytes_packed(const dl_bytes *bytes);       /* known after the first read */
uint64_t dl_bytes_member(const dl_bytes *bytes);   /* its offset in the file */
uint64_t dl_bytes_position(const dl_bytes *bytes); /* in its content */
bool dl_bytes_size(const dl_bytes *bytes, uint64_t *size); /* false: no plain file */

#endif
