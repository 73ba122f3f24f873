/* An archive that is open for asking: one connection. */
#ifndef DL_ARCHIVE_H
#define DL_ARCHIVE_H

#include <time.h>

#include "store/connect.h"

struct dateline_archive {
    sqlite3 *db;
    double limit;         /* seconds that a statement may take; 0: any */
    struct timespec ends; /* of the statement that runs */
    sqlite3_stmt *event;  /* of dateline_archive_write_events; NULL: not yet */
};

/* From here on the time that the archive allows runs. */
void dl_archive_begin(dateline_archive *archive);

/* What went wrong with a statement: also that it took too long. */
dateline_status dl_archive_error(dateline_archive *archive, dateline_error *error,
                                 const char *doing);

#endif
