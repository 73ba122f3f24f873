/* CoNLL-U as a document whose sentences, tokens and words are given.
 *
 * Purpose  fills what the text stage would, from the first two columns
 * Reads    CoNLL-U of Universal Dependencies 2: ID, FORM, SpaceAfter=No in MISC; other
 *          columns, comments and empty nodes are passed over
 * Writes   document->text (rebuilt from the forms), sentences, tokens
 * Cost     linear in the bytes
 * Limits   DL_TOKENS_MAX words */
#ifndef DL_READ_CONLLU_H
#define DL_READ_CONLLU_H

#include "record/document.h"

/* `input` must be UTF-8. DATELINE_BAD_CONLLU with the line in the message (lines count
 * from the start of `input`), DATELINE_EMPTY_ARTICLE, DATELINE_TOO_MANY_TOKENS. */
dateline_status dl_conllu_read(dl_document *document, dl_string input,
                               dateline_error *error);

#endif
