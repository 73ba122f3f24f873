/* Nulls over many articles: the stage's findings in one tally, and the tally written. */
#include <stdlib.h>

#include "nulls/nulls.h"
#include "pipeline.h"
#include "write/write.h"

enum { USUAL_LEAST = 2, USUAL_MOST = 50 };

struct dateline_nulls {
    dl_tally tally;
};

dateline_status dateline_nulls_new(dateline_nulls **nulls, dateline_error *error)
{
    *nulls = calloc(1, sizeof **nulls);
    if (*nulls && dl_tally_init(&(*nulls)->tally, DL_TALLY_ENTRIES_MAX))
        return DATELINE_OK;
    free(*nulls);
    *nulls = NULL;
    return dl_error_memory(error);
}

void dateline_nulls_free(dateline_nulls *nulls)
{
    if (!nulls)
        return;
    dl_tally_release(&nulls->tally);
    free(nulls);
}

dateline_status dateline_nulls_add(dateline_nulls *nulls, const dateline_worker *worker,
                                   dateline_error *error)
{
    const dl_document *document = dl_worker_coded(worker);
    if (!document)
        return dl_error_set(error, DATELINE_USAGE, "the last run coded no article");
    dl_nulls stage = dl_nulls_open(dl_worker_lexicon(worker));
    return dl_nulls_run(&stage, document, &nulls->tally, error);
}

size_t dateline_nulls_dropped(const dateline_nulls *nulls)
{
    return nulls->tally.dropped;
}

dateline_status dateline_nulls_write(dateline_nulls *nulls,
                                     const dateline_nulls_options *options,
                                     dateline_sink sink, void *context,
                                     dateline_error *error)
{
    dateline_nulls_options wanted = options ? *options : (dateline_nulls_options){0};
    size_t least = wanted.least ? wanted.least : USUAL_LEAST, count = 0;
    const dl_tally_entry **order = dl_tally_order(&nulls->tally, least, &count);
    if (!order)
        return dl_error_memory(error);
    dl_buffer out = {0};
    dl_write_nulls(&out, order, count, wanted.most ? wanted.most : USUAL_MOST,
                   wanted.table);
    dateline_status status = DATELINE_OK;
    if (out.failed)
        status = dl_error_memory(error);
    else if (out.size > 0 && !sink(context, out.data, out.size))
        status = dl_error_set(error, DATELINE_WRITE_FAILED, "output can't be written");
    dl_buffer_release(&out);
    return status;
}
