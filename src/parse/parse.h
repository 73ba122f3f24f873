/* Tags, features, lemmas, dependency trees and names: one network, one stage.
 *
 * Purpose  Says of each word what it is, what it belongs to, and which words are names.
 * Reads    sentences, tokens: form, fold (computed here where absent).
 * Writes   tokens: upos, feats, feats_text, lemma, head, deprel, name and the links of
 *          the tree; sentences: root; names.
 * Cost     About 1.5 million products of bytes a word; linear in words (a window of
 *          DL_WINDOW words is quadratic within). Scratch memory is fixed.
 * Source   BiLSTM with biaffine arcs: Dozat and Manning 2017; its weights and how they
 *          were trained: models/README.md.
 * Limits   DL_WINDOW words a tree: longer sentences are parsed in windows, whose roots
 *          hang on the first one's as parataxis. */
#ifndef DL_PARSE_PARSE_H
#define DL_PARSE_PARSE_H

#include "parse/tree.h"
#include "record/document.h"

typedef struct dl_parser dl_parser;               /* read-only, shared by all threads */
typedef struct dl_parse_scratch dl_parse_scratch; /* of one worker */

/* Opens the weights at `path`. `kernels`: "plain", "avx2", "vnni" or NULL for the best.
 * DATELINE_BAD_FILE, DATELINE_OTHER_VERSION, DATELINE_USAGE, DATELINE_NO_MEMORY, or as
 * dl_mapped_open. */
dateline_status dl_parser_open(const char *path, const char *kernels, dl_parser **parser,
                               dateline_error *error);
void dl_parser_close(dl_parser *parser); /* NULL is allowed */

/* Bytes of a word in document->vectors. */
size_t dl_parser_vector_width(const dl_parser *parser);

/* "plain", "avx2" or "vnni". */
const char *dl_parser_kernels(const dl_parser *parser);

/* Borrows the parser until it is freed; NULL where memory has run out. */
dl_parse_scratch *dl_parse_scratch_new(const dl_parser *parser);
void dl_parse_scratch_free(dl_parse_scratch *scratch); /* NULL is allowed */

/* DATELINE_NO_MEMORY; else DATELINE_OK. */
dateline_status dl_parse_run(const dl_parser *parser, dl_parse_scratch *scratch,
                             dl_document *document, dateline_error *error);

#endif
