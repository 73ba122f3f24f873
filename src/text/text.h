/* From the bytes of an article to its sentences and tokens.
 *
 * Purpose  mends broken encodings and spun words, sets links, boilerplate, captions and
 *          datelines aside, cuts paragraphs into tokens and sentences
 * Reads    document->text, date, verbatim; lists of lexicon/<language>/text/; chunk
 *          "segment" of the weights
 * Writes   document->skips, repairs, sentences, tokens (span, form, fold, multiword,
 *          inside_multiword, space_after, sentence), dateline_date
 * Cost     linear in the bytes; about 15 microseconds a sentence
 * Source   tokens after UD English-EWT; boundaries by a linear model over hashed features
 *          of the words around each gap (train/segment/)
 * Limits   DL_TOKENS_MAX; DL_SENTENCE_TOKENS_MAX (a longer sentence is cut)
 */
#ifndef DL_TEXT_TEXT_H
#define DL_TEXT_TEXT_H

#include "lexicon/lexicon.h"

enum { DL_SENTENCE_TOKENS_MAX = 256 };

typedef struct dl_text dl_text; /* lives until dl_text_close; read-only, may be shared */

/* Looks the lists up and borrows `lexicon` and `weights` until dl_text_close. `weights`
 * may be NULL: sentences then end at full stops by rule. A list that the lexicon lacks
 * is an empty one. DATELINE_BAD_FILE where the chunk "segment" is damaged or missing. */
dateline_status dl_text_open(const dl_lexicon *lexicon, const dl_chunks *weights,
                             dl_text **text, dateline_error *error);
void dl_text_close(dl_text *text); /* NULL is allowed */

/* Fills the document, whose `text` must be well-formed UTF-8 and smaller than 4 GiB.
 * DATELINE_TOO_MANY_TOKENS, DATELINE_NO_MEMORY. Text without a word gives no sentence. */
dateline_status dl_text_run(const dl_text *text, dl_document *document,
                            dateline_error *error);

#endif
