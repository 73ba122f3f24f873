/* What merging keeps of an article, for the library's own rooms: a store packs it. */
#ifndef DL_MERGER_H
#define DL_MERGER_H

#include "pipeline.h"
#include "record/report.h"

/* The sketch of the worker's last article and reports of its records, with their ids, in
 * order of events; reports live until the worker's next run. DATELINE_USAGE where the
 * last run coded no article, DATELINE_NO_MEMORY. */
dateline_status dl_worker_describe(dateline_worker *worker, dl_sketch *sketch,
                                   dl_report **reports, size_t *count,
                                   dateline_error *error);

#endif
