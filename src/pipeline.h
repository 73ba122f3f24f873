/* Inside of a worker, for the library's own tools. */
#ifndef DL_PIPELINE_H
#define DL_PIPELINE_H

#include "record/document.h"

/* What the last run found; borrowed until the next one. */
const dl_document *dl_worker_document(const dateline_worker *worker);

#endif
