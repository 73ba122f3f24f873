/* Inside of a worker, for the library's own tools. */
#ifndef DL_PIPELINE_H
#define DL_PIPELINE_H

#include "lexicon/lexicon.h"
#include "record/document.h"

/* What the last run found; borrowed until the next one. */
const dl_document *dl_worker_document(const dateline_worker *worker);

/* The same where that was a run over an article's text with every stage; else NULL. */
const dl_document *dl_worker_coded(const dateline_worker *worker);

/* Borrowed from the worker's engine. */
const dl_lexicon *dl_worker_lexicon(const dateline_worker *worker);

/* Borrowed from the engine. */
const dl_lexicon *dl_engine_lexicon(const dateline_engine *engine);

#endif
