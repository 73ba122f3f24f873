/* What has been read of a stream and not used up.
 *
 * Purpose  formats whose pieces end where a look ahead says: items, rows
 * Reads    a stream
 * Writes   memory of its own
 * Cost     linear: what is looked at again has doubled
 * Limits   the caller's on a piece */
#ifndef DL_READ_WINDOW_H
#define DL_READ_WINDOW_H

#include "read/source.h"

/* Zeroed but for `stream` and `line` = 1; `held` from `at` on is not used up, and stands
 * in line `line` of the file. */
typedef struct dl_window {
    dl_stream *stream;
    dl_buffer held;
    size_t at;
    uint64_t line;
    bool ended;
} dl_window;

void dl_window_release(dl_window *window);

/* Reads as much again as is held, so that looking again costs no square; false at the
 * end. Strings of dl_window_rest are then no longer valid. */
bool dl_window_read(dl_window *window);

dl_string dl_window_rest(const dl_window *window);
void dl_window_use(dl_window *window, size_t size);

#endif
