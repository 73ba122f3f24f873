/* Which path answers what: the paths of docs/openapi.yaml, in its order. */
#include <string.h>

#include "serve/inside.h"

#define CSV "text/csv; charset=utf-8"
#define JSONL "application/jsonl; charset=utf-8"
#define GEOJSON "application/geo+json"
#define PLAIN "text/plain; charset=utf-8"
#define GET(answer, ...)                                                                 \
    {                                                                                    \
        {__VA_ARGS__}, false, answer, NULL, NULL, NULL                                   \
    }
#define FILE_OF(producer, kind, name, ...)                                               \
    {                                                                                    \
        {__VA_ARGS__}, false, NULL, producer, kind, name                                 \
    }

static const serve_route routes[] = {
    GET(serve_about, "about"),
    GET(serve_overview, "overview"),
    GET(serve_events, "events"),
    FILE_OF(serve_event_file, CSV, "events.csv", "events.csv"),
    FILE_OF(serve_event_file, JSONL, "events.jsonl", "events.jsonl"),
    FILE_OF(serve_event_file, GEOJSON, "events.geojson", "events.geojson"),
    FILE_OF(serve_export, CSV, "events.csv", "export", "csv"),
    FILE_OF(serve_export, GEOJSON, "events.geojson", "export", "geojson"),
    FILE_OF(serve_export, PLAIN, "events.plover.txt", "export", "plover"),
    FILE_OF(serve_export, PLAIN, "events.icews.txt", "export", "icews"),
    FILE_OF(serve_export, PLAIN, "events.phoenix.txt", "export", "phoenix"),
    FILE_OF(serve_export, PLAIN, "events.petrarch.txt", "export", "petrarch"),
    FILE_OF(serve_export, PLAIN, "gdelt-events.txt", "export", "gdelt-events"),
    FILE_OF(serve_export, PLAIN, "gdelt-mentions.txt", "export", "gdelt-mentions"),
    GET(serve_counts, "counts"),
    FILE_OF(serve_counts_file, CSV, "counts.csv", "counts.csv"),
    GET(serve_actors, "actors"),
    FILE_OF(serve_actors_file, CSV, "actors.csv", "actors.csv"),
    GET(serve_actor, "actor"),
    GET(serve_network, "network"),
    FILE_OF(serve_network_file, CSV, "network.csv", "network.csv"),
    GET(serve_story, "stories", "*"),
    GET(serve_articles, "articles"),
    FILE_OF(serve_list_csv, CSV, "articles.csv", "articles.csv"),
    GET(serve_article, "articles", "*"),
    GET(serve_explanation, "articles", "*", "explanation"),
    {{"code"}, true, serve_code, NULL, NULL, NULL},
    GET(serve_rejects, "rejects"),
    FILE_OF(serve_list_csv, CSV, "rejects.csv", "rejects.csv"),
    GET(serve_left_out, "left-out"),
    FILE_OF(serve_list_csv, CSV, "left-out.csv", "left-out.csv")};

static bool fits(const serve_call *call, const serve_route *route)
{
    size_t i = 0;
    for (; i + 1 < call->segment_count; i++) {
        const char *wanted = i < SERVE_SEGMENTS ? route->segments[i] : NULL;
        if (!wanted ||
            (strcmp(wanted, "*") != 0 && strcmp(wanted, call->segments[i + 1]) != 0))
            return false;
    }
    return i == SERVE_SEGMENTS || !route->segments[i];
}

const serve_route *serve_route_find(serve_call *call, const char *method)
{
    bool post = strcmp(method, "POST") == 0;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (!fits(call, &routes[i]))
            continue;
        if (routes[i].post == post)
            return &routes[i];
        serve_call_fail(call, MHD_HTTP_METHOD_NOT_ALLOWED, "%s takes %s", call->url,
                        routes[i].post ? "POST" : "GET");
        return NULL;
    }
    serve_call_fail(call, MHD_HTTP_NOT_FOUND, "no such path");
    return NULL;
}
