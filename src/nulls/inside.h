/* Shared by the files of src/nulls/ only. */
#ifndef DL_NULLS_INSIDE_H
#define DL_NULLS_INSIDE_H

#include "nulls/nulls.h"

enum { DL_NULL_CLIMB_MAX = 8 /* predicates passed on the way to a shared subject */ };

/* Work on one document. */
typedef struct dl_null_work {
    const dl_nulls *nulls;
    const dl_document *document;
    const dl_token *tokens;
    dl_tally *tally;
    dl_buffer text; /* the line being written */
    bool failed;
} dl_null_work;

/* Whether the class has the word. */
bool dl_null_word_is(const dl_null_work *work, dl_string word, dl_null_class which);

/* The universal part of a token's relation. */
dl_deprel dl_null_relation(const dl_null_work *work, int32_t token);

/* A word that stands alone in a line: letters, hyphens within. */
bool dl_null_is_plain(dl_string word);

/* Counts work->text, met at the token. */
void dl_null_add(dl_null_work *work, dl_null_kind kind, dl_string beside, int32_t token);

void dl_null_predicates(dl_null_work *work); /* predicates.c */
void dl_null_names(dl_null_work *work);      /* names.c */

#endif
