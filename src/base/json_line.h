/* One line of JSON: an object, or what is wrong with it and where. */
#ifndef DL_BASE_JSON_LINE_H
#define DL_BASE_JSON_LINE_H

#include <jansson.h>

#include "base/error.h"
#include "base/string.h"

/* Reads an object with jansson's decoding `flags`. *holder is the caller's until
 * json_decref, NULL where there is none. DATELINE_BAD_UTF8 (with offset and column),
 * DATELINE_BAD_JSON (with the column where the text is no JSON). */
dateline_status dl_json_line_parse(dl_string line, size_t flags, json_t **holder,
                                   dateline_error *error);

#endif
