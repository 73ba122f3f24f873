/* Filling the caller's dateline_error (declared with the statuses in dateline.h). */
#ifndef DL_BASE_ERROR_H
#define DL_BASE_ERROR_H

#include "dateline.h"

/* Sets status and message (NULL error is allowed) and returns the status, so that a
 * function can end with `return dl_error_set(error, DATELINE_BAD_DATE, "...")`. The
 * message is cut, never overrun. Keeps the article id, file and line that are already
 * there. */
dateline_status dl_error_set(dateline_error *error, dateline_status status,
                             const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The usual answer when an allocation failed. */
dateline_status dl_error_memory(dateline_error *error);

#endif
