#include "base/json_line.h"

#include "base/utf8.h"

dateline_status dl_json_line_parse(dl_string line, size_t flags, json_t **holder,
                                   dateline_error *error)
{
    json_error_t fault;
    size_t bad = dl_utf8_check(line);
    *holder = NULL;
    if (bad < line.size) {
        if (error) {
            error->offset = bad;
            error->column = bad + 1;
        }
        return dl_error_set(error, DATELINE_BAD_UTF8, "byte %zu (0x%02x) is not UTF-8",
                            bad + 1, (unsigned char)line.data[bad]);
    }
    *holder = json_loadb(line.data, line.size, flags, &fault);
    if (!*holder) {
        if (error)
            error->column = fault.position > 0 ? (uint64_t)fault.position : 1;
        return dl_error_set(error, DATELINE_BAD_JSON, "not JSON: %s", fault.text);
    }
    if (json_is_object(*holder))
        return DATELINE_OK;
    json_decref(*holder);
    *holder = NULL;
    return dl_error_set(error, DATELINE_BAD_JSON, "not a JSON object");
}
