/* Inside of a worker, for the library's own tools. */
#ifndef DL_PIPELINE_H
#define DL_PIPELINE_H

#include "lexicon/lexicon.h"
#include "model/opinion.h"
#include "record/document.h"

/* What the last run found; borrowed until the next one. */
const dl_document *dl_worker_document(const dateline_worker *worker);

/* The same where that was a run over an article's text with every stage; else NULL. */
const dl_document *dl_worker_coded(const dateline_worker *worker);

/* Version of the program and of all data that coding hangs on: what the same article is
 * coded as can differ only where this does. NUL at the end, borrowed from the engine. */
const char *dl_worker_coder(const dateline_worker *worker);

/* What the last run was given; its strings are borrowed as that run borrowed them. */
const dateline_article *dl_worker_article(const dateline_worker *worker);

/* The mention that stands for the whole phrase after dateline_worker_code_entity; -1
 * where there is none, or the run was another. */
int32_t dl_worker_mention(const dateline_worker *worker);

/* Borrowed from the worker's engine. */
const dl_lexicon *dl_worker_lexicon(const dateline_worker *worker);

/* Borrowed from the engine. */
const dl_lexicon *dl_engine_lexicon(const dateline_engine *engine);

/* Vectors of words; likewise. */
const dl_opinion *dl_worker_vectors(const dateline_worker *worker);

#endif
