/* Who is spoken of: mentions, what they are coded as, which of them are the same.
 *
 * Purpose  finds every noun phrase that may be a party to an event, gives it country and
 *          sectors at the article's date, and joins those that refer to one somebody
 * Reads    sentences, tokens with trees, names; lexicon/<language>/who/
 * Writes   document->mentions, entities, token.mention
 * Cost     about 25 microseconds a sentence: look-ups of words at each noun phrase, no
 *          search over entities
 * Source   Codes and sectors after the PLOVER manual (openeventdata/PLOVER, 2024). The
 *          order in which references are resolved (names, then appositions and nominals,
 *          then pronouns) is that of the sieves of Lee et al. 2013 (Computational
 *          Linguistics 39:4).
 * Limits   named below */
#ifndef DL_WHO_WHO_H
#define DL_WHO_WHO_H

#include "lexicon/lexicon.h"

enum {
    DL_WHO_CHAIN_MAX = 8,  /* complements of complements that a phrase takes in */
    DL_WHO_LOOK_BACK = 60, /* mentions searched for the antecedent of a pronoun */
    DL_WHO_SENTENCES_BACK = 3,
    DL_WHO_PARTS_MAX = 8, /* countries that share one noun */
    DL_WHO_CONTEXT_WORDS = 256
};

typedef struct dl_who dl_who; /* lives until dl_who_close; read-only, may be shared */

/* Looks its lists up; borrows `lexicon` until dl_who_close. DATELINE_NO_MEMORY. */
dateline_status dl_who_open(const dl_lexicon *lexicon, dl_who **who,
                            dateline_error *error);
void dl_who_close(dl_who *who); /* NULL is allowed */

/* Fills mentions and entities of a parsed document. DATELINE_NO_MEMORY. */
dateline_status dl_who_run(const dl_who *who, dl_document *document,
                           dateline_error *error);

/* Codes the document, one parsed phrase, as one entity; `context` is words from around it
 * (may be empty). Sets *mention to the mention that stands for the whole, -1 where the
 * document has no words. Fills the document as dl_who_run does. */
dateline_status dl_who_code_phrase(const dl_who *who, dl_document *document,
                                   dl_string context, int32_t *mention,
                                   dateline_error *error);

#endif
