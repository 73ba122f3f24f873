/* Answers from the cube: counts, pages of events, actors, the network. */
#include <string.h>

#include "serve/inside.h"

/* One view of what fits, as JSON. */
static bool write_view(serve_job *job, const dateline_query *query, dateline_view view,
                       dateline_view_options *options, serve_text *out)
{
    serve_selection *held;
    dateline_error error = {0};
    const dateline_selection *selection = serve_select(job, query, &held);
    options->archive = job->archive;
    options->engine = job->engine;
    if (!selection)
        return false;
    dateline_status status =
        dateline_selection_write(selection, view, options, serve_text_add, out, &error);
    serve_unselect(job, held);
    return status == DATELINE_OK || serve_call_failed(job->call, status, &error);
}

static bool has_by(serve_call *call, const char *const *names, const char **by)
{
    *by = serve_call_value(call, "by");
    if (!*by)
        return true;
    for (size_t i = 0; names[i]; i++)
        if (strcmp(names[i], *by) == 0)
            return true;
    return serve_call_fail(call, MHD_HTTP_BAD_REQUEST, "by can't be %s here", *by);
}

static const char *const steps[] = {"day", "month", "year", NULL};

bool serve_overview(serve_job *job, serve_text *out)
{
    dateline_query query;
    dateline_view_options options = {0};
    return serve_call_query(job->call, &query) && has_by(job->call, steps, &options.by) &&
           write_view(job, &query, DATELINE_VIEW_OVERVIEW, &options, out);
}

bool serve_network(serve_job *job, serve_text *out)
{
    static const char *const nodes[] = {"country", "actor", NULL};
    dateline_query query;
    dateline_view_options options = {0};
    return serve_call_query(job->call, &query) && has_by(job->call, nodes, &options.by) &&
           serve_call_number(job->call, "most", 500, 80, &options.most) &&
           write_view(job, &query, DATELINE_VIEW_NETWORK, &options, out);
}

static bool read_page(serve_call *call, size_t *page, size_t *per_page)
{
    enum { PAGES_MAX = 100000000 };
    return serve_call_number(call, "page", PAGES_MAX, 1, page) &&
           serve_call_number(call, "per_page", SERVE_ROWS, 25, per_page);
}

bool serve_actors(serve_job *job, serve_text *out)
{
    dateline_query query;
    dateline_view_options options = {.q = serve_call_value(job->call, "q")};
    return serve_call_query(job->call, &query) &&
           read_page(job->call, &options.page, &options.per_page) &&
           write_view(job, &query, DATELINE_VIEW_ACTORS, &options, out);
}

bool serve_actor(serve_job *job, serve_text *out)
{
    dateline_query query;
    dateline_view_options options = {.of = serve_call_value(job->call, "of")};
    if (!options.of)
        return serve_call_fail(job->call, MHD_HTTP_BAD_REQUEST, "of is missing");
    if (!serve_call_query(job->call, &query) || !has_by(job->call, steps, &options.by))
        return false;
    query.who = query.whom = NULL;
    return write_view(job, &query, DATELINE_VIEW_ACTOR, &options, out);
}

/* ---- Events --------------------------------------------------------------------------
 */

/* Lines become elements: a comma for each line feed but the last. */
static void add_lines(serve_text *out, serve_text *lines)
{
    while (lines->size > 0 && lines->data[lines->size - 1] == '\n')
        lines->size--;
    for (size_t i = 0; i < lines->size; i++)
        if (lines->data[i] == '\n') /* inside of a string there is none */
            lines->data[i] = ',';
    serve_text_add(out, "[", 1);
    serve_text_add(out, lines->data ? lines->data : "", lines->size);
    serve_text_add(out, "]", 1);
    out->failed |= lines->failed;
}

bool serve_event_rows(serve_job *job, const int64_t *keys, size_t count, serve_text *out)
{
    serve_text lines = {0};
    dateline_error error = {0};
    dateline_status status = dateline_archive_write_events(
        job->archive, keys, count, DATELINE_ROWS_JSONL, serve_text_add, &lines, &error);
    if (status == DATELINE_OK)
        add_lines(out, &lines);
    serve_text_release(&lines);
    return status == DATELINE_OK || serve_call_failed(job->call, status, &error);
}

static bool read_order(serve_call *call, dateline_order *order)
{
    static const char *const names[] = {[DATELINE_ORDER_NEWEST] = "newest",
                                        [DATELINE_ORDER_OLDEST] = "oldest",
                                        [DATELINE_ORDER_REPORTS] = "reports",
                                        [DATELINE_ORDER_CONFIDENCE] = "confidence"};
    const char *name = serve_call_value(call, "order");
    *order = DATELINE_ORDER_NEWEST;
    for (size_t i = 0; name && i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) {
            *order = (dateline_order)i;
            return true;
        }
    return !name ||
           serve_call_fail(call, MHD_HTTP_BAD_REQUEST, "no such order: %s", name);
}

static bool write_page(serve_job *job, const dateline_selection *selection,
                       dateline_order order, size_t page, size_t per_page,
                       serve_text *out)
{
    int64_t keys[SERVE_ROWS];
    size_t count = 0;
    dateline_error error = {0};
    dateline_selected found = dateline_selection_count(selection);
    dateline_status status = dateline_selection_keys(
        selection, order, (page - 1) * per_page, per_page, keys, &count, &error);
    if (status != DATELINE_OK)
        return serve_call_failed(job->call, status, &error);
    serve_text_print(out,
                     "{\"events\":%zu,\"reports\":%zu,\"page\":%zu,\"per_page\":%zu,"
                     "\"rows\":",
                     found.events, found.reports, page, per_page);
    if (!serve_event_rows(job, keys, count, out))
        return false;
    serve_text_print(out, ",\"understood\":");
    status = dateline_selection_write_understood(selection, serve_text_add, out, &error);
    serve_text_print(out, "}");
    return status == DATELINE_OK || serve_call_failed(job->call, status, &error);
}

bool serve_events(serve_job *job, serve_text *out)
{
    dateline_query query;
    dateline_order order;
    size_t page, per_page;
    serve_selection *held;
    if (!serve_call_query(job->call, &query) || !read_order(job->call, &order) ||
        !read_page(job->call, &page, &per_page))
        return false;
    const dateline_selection *selection = serve_select(job, &query, &held);
    if (!selection)
        return false;
    bool fine = write_page(job, selection, order, page, per_page, out);
    serve_unselect(job, held);
    return fine;
}

bool serve_counts(serve_job *job, serve_text *out)
{
    dateline_query query;
    serve_text lines = {0};
    dateline_error error = {0};
    if (!serve_call_query(job->call, &query))
        return false;
    query.count = serve_call_value(job->call, "by");
    if (!query.count)
        return serve_call_fail(job->call, MHD_HTTP_BAD_REQUEST, "by is missing");
    dateline_status status =
        dateline_archive_query(job->archive, job->engine, &query, DATELINE_ROWS_JSONL,
                               serve_text_add, &lines, &error);
    if (status == DATELINE_OK) {
        serve_text_print(out, "{\"rows\":");
        add_lines(out, &lines);
        serve_text_print(out, "}");
    }
    serve_text_release(&lines);
    return status == DATELINE_OK || serve_call_failed(job->call, status, &error);
}
