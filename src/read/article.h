/* One article from one line or one file. */
#ifndef DL_READ_ARTICLE_H
#define DL_READ_ARTICLE_H

#include <jansson.h>

#include "base/base.h"

/* Reads one JSON object. *holder owns the strings of the article until json_decref; it is
 * set (possibly to NULL) whatever the answer. DATELINE_BAD_UTF8, DATELINE_BAD_JSON (with
 * the column), DATELINE_MISSING_FIELD, DATELINE_BAD_FIELD, DATELINE_BAD_DATE and as
 * dl_article_check. */
dateline_status dl_article_from_json(dl_string line, json_t **holder,
                                     dateline_article *article, dateline_error *error);

/* What every article must be: UTF-8, not empty, not larger than the limit. */
dateline_status dl_article_check(const dateline_article *article, dateline_error *error);

#endif
