/* JSON into a buffer, value by value; commas are kept here and nowhere else. */
#ifndef DL_WRITE_JSON_H
#define DL_WRITE_JSON_H

#include "base/base.h"

/* Zeroed but for `out`, which it borrows, it stands before a first value. */
typedef struct dl_json {
    dl_buffer *out;
    bool comma; /* a value stands before the next one */
} dl_json;

void dl_json_open(dl_json *json, char bracket);  /* '{' or '[' */
void dl_json_close(dl_json *json, char bracket); /* '}' or ']' */
void dl_json_key(dl_json *json, const char *key);
void dl_json_add_string(dl_json *json, dl_string value);
void dl_json_add_number(dl_json *json, double value);
void dl_json_add_bool(dl_json *json, bool value);

/* A key with its value; the string is left out where it is absent or empty. */
void dl_json_set_string(dl_json *json, const char *key, dl_string value);
void dl_json_set_text(dl_json *json, const char *key, const char *value);
void dl_json_set_number(dl_json *json, const char *key, double value);
void dl_json_set_bool(dl_json *json, const char *key, bool value);

/* "start" and "end". */
void dl_json_set_span(dl_json *json, dl_span span);

#endif
