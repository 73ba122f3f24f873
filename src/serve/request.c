/* A request's path and parameters, read from its URL as it came. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "serve/inside.h"

static bool read_segments(serve_call *call)
{
    char *at = call->path_words;
    while (*at == '/') {
        char *next = strchr(at + 1, '/');
        if (call->segment_count == SERVE_SEGMENTS)
            return false;
        call->segments[call->segment_count++] = at + 1;
        *at = '\0';
        if (!next)
            break;
        at = next;
    }
    for (size_t i = 0; i < call->segment_count; i++)
        if (!serve_url_decode((char *)(uintptr_t)call->segments[i], false))
            return false;
    return true;
}

static bool read_parameters(serve_call *call)
{
    char *at = call->query_words;
    while (at && *at) {
        char *next = strchr(at, '&');
        if (next)
            *next++ = '\0';
        char *value = strchr(at, '=');
        if (value)
            *value++ = '\0';
        if (call->parameter_count == SERVE_PARAMETERS)
            return false;
        if (!serve_url_decode(at, true) || (value && !serve_url_decode(value, true)))
            return false;
        call->parameters[call->parameter_count++] =
            (serve_parameter){at, value ? value : ""};
        at = next;
    }
    return true;
}

serve_call *serve_call_new(serve_server *server, const char *url)
{
    serve_call *call = calloc(1, sizeof *call);
    size_t size = strlen(url);
    if (!call)
        return NULL;
    call->server = server;
    call->owners = 1;
    if (size > SERVE_URL_BYTES) {
        call->wrong = MHD_HTTP_URI_TOO_LONG;
        return call;
    }
    call->url = malloc(size + 1);
    call->path_words = malloc(size + 1);
    if (!call->url || !call->path_words) {
        serve_call_free(call);
        return NULL;
    }
    memcpy(call->url, url, size + 1);
    memcpy(call->path_words, url, size + 1);
    call->query_words = strchr(call->path_words, '?');
    if (call->query_words)
        *call->query_words++ = '\0';
    if (!read_segments(call) || !read_parameters(call))
        call->wrong = MHD_HTTP_BAD_REQUEST;
    return call;
}

void serve_call_free(serve_call *call)
{
    if (!call || atomic_fetch_sub(&call->owners, 1) > 1)
        return;
    if (call->answer)
        MHD_destroy_response(call->answer);
    serve_text_release(&call->body);
    free(call->url);
    free(call->path_words);
    free(call);
}

const char *serve_call_value(const serve_call *call, const char *name)
{
    for (size_t i = 0; i < call->parameter_count; i++)
        if (strcmp(call->parameters[i].name, name) == 0)
            return call->parameters[i].value[0] ? call->parameters[i].value : NULL;
    return NULL;
}

bool serve_call_fail(serve_call *call, unsigned status, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    vsnprintf(call->message, sizeof call->message, format, values);
    va_end(values);
    call->status = status;
    return false;
}

bool serve_call_failed(serve_call *call, dateline_status status,
                       const dateline_error *error)
{
    const char *message =
        error->message[0] ? error->message : dateline_status_message(status);
    bool ours = dateline_status_failure(status) == DATELINE_ENVIRONMENT;
    return serve_call_fail(call,
                           ours ? MHD_HTTP_INTERNAL_SERVER_ERROR : MHD_HTTP_BAD_REQUEST,
                           "%s", message);
}

bool serve_call_number(serve_call *call, const char *name, size_t most, size_t usual,
                       size_t *number)
{
    const char *value = serve_call_value(call, name);
    *number = usual;
    if (!value)
        return true;
    size_t digits = strspn(value, "0123456789");
    *number = digits < 10 ? strtoul(value, NULL, 10) : 0;
    if (!value[digits] && *number > 0 && *number <= most)
        return true;
    return serve_call_fail(call, MHD_HTTP_BAD_REQUEST,
                           "%s takes a whole number from 1 to %zu", name, most);
}

bool serve_call_query(serve_call *call, dateline_query *query)
{
    enum { REPORTS_MAX = 1000000000 };
    const char *least = serve_call_value(call, "min_confidence");
    const char *all = serve_call_value(call, "all");
    char *end = NULL;
    *query = (dateline_query){.who = serve_call_value(call, "who"),
                              .whom = serve_call_value(call, "whom"),
                              .what = serve_call_value(call, "what"),
                              .where = serve_call_value(call, "where"),
                              .place = serve_call_value(call, "place"),
                              .box = serve_call_value(call, "box"),
                              .from = serve_call_value(call, "from"),
                              .to = serve_call_value(call, "to"),
                              .status = serve_call_value(call, "status"),
                              .source = serve_call_value(call, "source"),
                              .according_to = serve_call_value(call, "according_to"),
                              .text = serve_call_value(call, "text"),
                              .article = serve_call_value(call, "article"),
                              .story = serve_call_value(call, "story"),
                              .every_report = all && strcmp(all, "1") == 0};
    query->min_confidence = least ? strtod(least, &end) : 0;
    if (least && (end == least || *end ||
                  !(query->min_confidence >= 0 && query->min_confidence <= 1)))
        return serve_call_fail(call, MHD_HTTP_BAD_REQUEST,
                               "min_confidence takes a number from 0 to 1");
    return serve_call_number(call, "reports", REPORTS_MAX, 0, &query->reports);
}
