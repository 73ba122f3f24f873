#include "write/json.h"

static void separate(dl_json *json)
{
    if (json->comma)
        dl_buffer_add_char(json->out, ',');
    json->comma = true;
}

void dl_json_open(dl_json *json, char bracket)
{
    separate(json);
    dl_buffer_add_char(json->out, bracket);
    json->comma = false;
}

void dl_json_close(dl_json *json, char bracket)
{
    dl_buffer_add_char(json->out, bracket);
    json->comma = true;
}

void dl_json_key(dl_json *json, const char *key)
{
    separate(json);
    dl_buffer_add_json(json->out, dl_string_from(key));
    dl_buffer_add_char(json->out, ':');
    json->comma = false;
}

void dl_json_add_string(dl_json *json, dl_string value)
{
    separate(json);
    dl_buffer_add_json(json->out, value);
}

void dl_json_add_number(dl_json *json, double value)
{
    separate(json);
    dl_buffer_add_number(json->out, value);
}

void dl_json_add_bool(dl_json *json, bool value)
{
    separate(json);
    dl_buffer_add_text(json->out, value ? "true" : "false");
}

void dl_json_set_string(dl_json *json, const char *key, dl_string value)
{
    if (value.size == 0)
        return;
    dl_json_key(json, key);
    dl_json_add_string(json, value);
}

void dl_json_set_text(dl_json *json, const char *key, const char *value)
{
    dl_json_set_string(json, key, dl_string_from(value));
}

void dl_json_set_number(dl_json *json, const char *key, double value)
{
    dl_json_key(json, key);
    dl_json_add_number(json, value);
}

void dl_json_set_bool(dl_json *json, const char *key, bool value)
{
    dl_json_key(json, key);
    dl_json_add_bool(json, value);
}

void dl_json_set_span(dl_json *json, dl_span span)
{
    dl_json_set_number(json, "start", span.start);
    dl_json_set_number(json, "end", span.end);
}
