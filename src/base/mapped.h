/* A file mapped read-only, or bytes that stand in for one. */
#ifndef DL_BASE_MAPPED_H
#define DL_BASE_MAPPED_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/string.h"

typedef struct dl_mapped {
    dl_string bytes; /* borrowed from the mapping until dl_mapped_close */
    dl_buffer held;  /* the bytes where no file is mapped */
} dl_mapped;

/* DATELINE_NOT_FOUND or DATELINE_NOT_READABLE with the path in the message. */
dateline_status dl_mapped_open(dl_mapped *file, const char *path, dateline_error *error);

/* Takes the buffer's bytes over in a file's stead and leaves it empty. */
void dl_mapped_take(dl_mapped *file, dl_buffer *buffer);
void dl_mapped_close(dl_mapped *file); /* a zeroed one is allowed */

#endif
