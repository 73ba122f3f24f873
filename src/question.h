/* A dateline_query on its way to an archive. */
#ifndef DL_QUESTION_H
#define DL_QUESTION_H

#include "store/ask.h"

/* The question as a prepared statement: with `counts` of counts, else of the keys of
 * records. `engine` resolves names (NULL: they are looked for as they stand).
 * DATELINE_USAGE where a field makes no sense. */
dateline_status dl_question_prepare(sqlite3 *db, const dateline_engine *engine,
                                    const dateline_query *query, bool counts,
                                    sqlite3_stmt **statement, dateline_error *error);

/* The question with its names resolved and its fields read; strings live as long as the
 * arena and the query. */
dateline_status dl_question_resolve(sqlite3 *db, const dateline_engine *engine,
                                    const dateline_query *query, dl_arena *arena,
                                    dl_ask *ask, dateline_error *error);

/* Whether the archive has stories: records were merged. */
bool dl_question_merged(sqlite3 *db);

#endif
