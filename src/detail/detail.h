/* The detail stage: when, where, how many, according to whom.
 *
 * Purpose  finds time expressions, places, quantities and claims, and ties them to the
 *          events whose clause they stand in
 * Reads    tokens with trees, names, mentions, entities, events; lists of lexicon/when,
 *          lexicon/count, lexicon/says; the gazetteer of lexicon/where
 * Writes   document times, places, quantities, claims; of each event: time, place, date,
 *          end_date, basis, size, claims
 * Cost     about 25 microseconds a sentence; memory from the article's arena
 * Source   TimeML 1.2.1 (TIMEX3 values), UD 2 relations; docs/detail.md tells the order
 *          of each decision
 * Limits   DL_PIECES_MAX pieces of a sentence are read for times and quantities
 */
#ifndef DL_DETAIL_DETAIL_H
#define DL_DETAIL_DETAIL_H

#include "lexicon/lexicon.h"

typedef struct dl_detail dl_detail;

/* Looks the lists up once. Borrows the lexicon until dl_detail_close. A list that the
 * lexicon lacks is empty. */
dateline_status dl_detail_open(const dl_lexicon *lexicon, dl_detail **detail,
                               dateline_error *error);
void dl_detail_close(dl_detail *detail); /* NULL is allowed */

/* Fills the document's layers; read-only on `detail`, so threads may share it. */
dateline_status dl_detail_run(const dl_detail *detail, dl_document *document,
                              dateline_error *error);

#endif
