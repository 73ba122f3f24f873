/* From a coded document to what merging needs of it.
 *
 * Purpose  makes the sketch of an article and a report of each of its records
 * Reads    a whole document; the list story-frequency of the lexicon; word vectors
 * Writes   dl_sketch, dl_report (record/report.h), without the records' ids
 * Cost     linear in tokens
 * Source   terms weigh as in tf-idf, with Zipf's law for the frequency of words; MinHash
 *          over shingles of words, in one permutation (Li, Owen, Zhang 2012)
 * Limits   record/report.h */
#ifndef DL_STORY_DESCRIBE_H
#define DL_STORY_DESCRIBE_H

#include "lexicon/lexicon.h"
#include "model/opinion.h"
#include "record/report.h"

typedef struct dl_describer {
    const dl_lexicon *lexicon; /* borrowed */
    const dl_opinion *vectors; /* borrowed; NULL: acts have no likeness */
    int frequency;             /* list; -1: all words are equally rare */
} dl_describer;

dl_describer dl_describer_open(const dl_lexicon *lexicon, const dl_opinion *vectors);

/* Fills *sketch and reports [document->event_count], in order of events; `id` is 0.
 * Scratch memory comes from the document's arena. False where that has run out. */
bool dl_describe(const dl_describer *describer, const dl_document *document,
                 dl_sketch *sketch, dl_report *reports);

/* Hash of a folded word or name. */
uint32_t dl_word_hash(dl_string folded);

#endif
