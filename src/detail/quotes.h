/* Stretches between quotation marks. Private to src/detail. */
#ifndef DL_DETAIL_QUOTES_H
#define DL_DETAIL_QUOTES_H

#include "detail/shared.h"

typedef struct dl_quote {
    int32_t first, last; /* tokens inside the marks, inclusive */
    int32_t words;       /* that are no punctuation */
    int32_t paragraph;
    bool open; /* the paragraph ends before a closing mark */
} dl_quote;

typedef struct dl_quotes {
    dl_quote *items; /* in the document's arena, in text order, not overlapping */
    size_t count;
} dl_quotes;

/* All quotes of the document; false where memory has run out. Marks inside a quote (of
 * another kind) do not make quotes of their own. A quote ends with its paragraph. */
bool dl_quotes_find(dl_document *document, dl_quotes *quotes);

/* The quote that the token stands in, -1 for none. */
int32_t dl_quotes_at(const dl_quotes *quotes, int32_t token);

/* How many words of first..last stand in quotes. */
int32_t dl_quotes_words(const dl_document *document, const dl_quotes *quotes,
                        int32_t first, int32_t last);

#endif
