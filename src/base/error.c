#include <stdarg.h>
#include <stdio.h>

#include "base/base.h"

dateline_status dl_error_set(dateline_error *error, dateline_status status,
                             const char *format, ...)
{
    if (!error)
        return status;
    va_list list;
    va_start(list, format);
    error->status = status;
    vsnprintf(error->message, sizeof error->message, format, list);
    va_end(list);
    return status;
}

dateline_status dl_error_memory(dateline_error *error)
{
    return dl_error_set(error, DATELINE_NO_MEMORY, "out of memory");
}

const char *dateline_status_name(dateline_status status)
{
    switch (status) {
#define CASE(name, kind, text)                                                           \
    case DATELINE_##name:                                                                \
        return #name;
        DATELINE_STATUS_LIST(CASE)
#undef CASE
    }
    return "UNKNOWN";
}

const char *dateline_status_message(dateline_status status)
{
    switch (status) {
#define CASE(name, kind, text)                                                           \
    case DATELINE_##name:                                                                \
        return text;
        DATELINE_STATUS_LIST(CASE)
#undef CASE
    }
    return "unknown status";
}

dateline_failure dateline_status_failure(dateline_status status)
{
    switch (status) {
#define CASE(name, kind, text)                                                           \
    case DATELINE_##name:                                                                \
        return DATELINE_##kind;
        DATELINE_STATUS_LIST(CASE)
#undef CASE
    }
    return DATELINE_ENVIRONMENT;
}
