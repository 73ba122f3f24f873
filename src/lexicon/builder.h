/* What sections of the lexicon are compiled into: strings, phrase tables, chunks.
 *
 * Purpose  one way for every section to write its part of the compiled file
 * Reads    lines (lexicon/source.h)
 * Writes   chunks "strings", "strings.at", "tables", "nodes", "values", "edges",
 *          "edges.filter", and one
 *          for each dl_builder_chunk
 * Limits   DL_PHRASE_WORDS_MAX words a phrase
 *
 * Once an allocation has failed all calls do nothing; dl_builder_write then says so. A
 * section is done in three steps: make tables, add phrases with values that index an
 * array of its own, add that array as a chunk. At reading: lexicon/open.h. */
#ifndef DL_LEXICON_BUILDER_H
#define DL_LEXICON_BUILDER_H

#include "lexicon/source.h"

typedef struct dl_builder dl_builder;

/* NULL where memory has run out. Borrows `findings`. */
dl_builder *dl_builder_new(dl_findings *findings);
void dl_builder_free(dl_builder *builder);

/* Memory that lives as long as the builder. */
dl_arena *dl_builder_arena(dl_builder *builder);

void dl_builder_report(dl_builder *builder, const dl_line *line, size_t column,
                       const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Number of `s` in the string pool, the same for equal strings; 0 is the empty string. */
uint32_t dl_builder_string(dl_builder *builder, dl_string s);

/* Number of the string "what/coerce.txt:12" ("overlay:what/..." for a user's line). */
uint32_t dl_builder_rule(dl_builder *builder, const dl_line *line);

/* How the words of a table are compared. */
typedef enum dl_table_kind {
    DL_TABLE_EXACT, /* folded words as they are */
    DL_TABLE_LOOSE  /* without "." and "'" in them: U.S. = US, d'Ivoire = dIvoire */
} dl_table_kind;

/* Number of the phrase table called `name`, made where there is none. */
uint32_t dl_builder_table(dl_builder *builder, const char *name, dl_table_kind kind);

/* Adds `value` to the values of `phrase` (as written: it is folded and cut here). False
 * where the phrase has no words or too many. The order of values is that of adding. */
bool dl_builder_phrase(dl_builder *builder, uint32_t table, dl_string phrase,
                       uint32_t value);

/* Copies an array into the file as a chunk of that name (at most DL_CHUNK_NAME_MAX). */
void dl_builder_chunk(dl_builder *builder, const char *name, const void *bytes,
                      size_t count, size_t size);

/* Lays the whole file out in `out`. */
dateline_status dl_builder_write(dl_builder *builder, dl_buffer *out,
                                 dateline_error *error);

/* A section: compiles the lines of its folder. DATELINE_OK also where it has findings;
 * anything else stops the build. */
typedef dateline_status (*dl_section_compile)(dl_builder *builder, const dl_line *lines,
                                              size_t count, dateline_error *error);

#endif
