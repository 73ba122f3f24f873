/* Events: predicates through the tree.
 *
 * Purpose  finds who did what to whom in each sentence: verbs, nouns and adjectives that
 *          constructions know, their arguments, the outer acts that change them
 * Reads    sentences, tokens (trees), mentions; the lexicon's what/
 * Writes   events (all but what detail adds); notes where document->explain
 * Cost     linear in tokens times constructions of a word; some 10 us a sentence
 * Source   codebook: PLOVER manual; decision order: docs/what.md
 * Limits   named in what/shared.h
 *
 * What a record joins stands in one clause or is linked by the tree: subject shared by
 * coordination, control, relative and participle clauses. Headings code nothing. */
#ifndef DL_WHAT_WHAT_H
#define DL_WHAT_WHAT_H

#include "lexicon/frames.h"
#include "model/opinion.h"

typedef struct dl_what dl_what;

/* Borrows the lexicon, and the opinion where one is given (NULL: none is asked), until
 * closed. `vector_width`: bytes of a word in document->vectors, of which the opinion
 * reads. Owned by the caller. DATELINE_BAD_FILE where the lexicon has no constructions,
 * or the opinion is about other categories or reads vectors of another width. */
dateline_status dl_what_open(const dl_lexicon *lexicon, const dl_opinion *opinion,
                             size_t vector_width, dl_what **what, dateline_error *error);
void dl_what_close(dl_what *what); /* NULL is allowed */

/* The same over constructions alone, borrowed. */
dateline_status dl_what_open_frames(const dl_frames *frames, dl_what **what,
                                    dateline_error *error);

/* Fills document->events, in order of anchor. DATELINE_NO_MEMORY. */
dateline_status dl_what_run(const dl_what *what, dl_document *document,
                            dateline_error *error);

#endif
