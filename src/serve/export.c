/* Long answers, written as they are made: events as files, counts, actors, pairs. */
#include <stdio.h>
#include <string.h>

#include "serve/inside.h"

static dateline_status wrong_call(const serve_call *call, dateline_error *error)
{
    snprintf(error->message, sizeof error->message, "%.250s", call->message);
    return DATELINE_USAGE;
}

/* The last segment's layout: "events.csv", "icews". */
static dateline_layout layout_of(const serve_call *call)
{
    const char *name = call->segments[call->segment_count - 1];
    const char *dot = strrchr(name, '.');
    dateline_layout layout = DATELINE_LAYOUT_JSONL;
    dateline_layout_find(dot ? dot + 1 : name, &layout);
    return layout;
}

static dateline_status write_all(dateline_records *records, dateline_exporter *exporter,
                                 dateline_error *error)
{
    dateline_export_row row;
    dateline_status status;
    while ((status = dateline_records_next(records, &row, error)) == DATELINE_OK) {
        status = dateline_exporter_add(exporter, &row, error);
        if (dateline_status_failure(status) == DATELINE_ENVIRONMENT)
            return status;
    }
    return status == DATELINE_END ? dateline_exporter_finish(exporter, error) : status;
}

static dateline_status export_records(serve_call *call, const dateline_query *query,
                                      dateline_archive *archive, dateline_sink sink,
                                      void *context, dateline_error *error)
{
    const dateline_engine *engine = call->server->options.engine;
    dateline_export_options options = {.layout = layout_of(call)};
    dateline_records *records = NULL;
    dateline_exporter *exporter = NULL;
    dateline_status status =
        dateline_records_open(archive, engine, query, &records, error);
    if (status == DATELINE_OK)
        status = dateline_exporter_new(engine, &options, sink, context, &exporter, error);
    if (status == DATELINE_OK)
        status = write_all(records, exporter, error);
    dateline_exporter_free(exporter);
    dateline_records_close(records);
    return status;
}

/* As `dateline export`: every report that fits. */
dateline_status serve_export(serve_call *call, dateline_archive *archive,
                             dateline_sink sink, void *context, dateline_error *error)
{
    dateline_query query;
    if (!serve_call_query(call, &query))
        return wrong_call(call, error);
    query.every_report = true;
    return export_records(call, &query, archive, sink, context, error);
}

/* As `dateline query`: the first report of an event, unless all are asked for. */
dateline_status serve_event_file(serve_call *call, dateline_archive *archive,
                                 dateline_sink sink, void *context, dateline_error *error)
{
    dateline_query query;
    if (!serve_call_query(call, &query))
        return wrong_call(call, error);
    if (layout_of(call) == DATELINE_LAYOUT_CSV)
        return dateline_archive_query(archive, call->server->options.engine, &query,
                                      DATELINE_ROWS_CSV, sink, context, error);
    return export_records(call, &query, archive, sink, context, error);
}

dateline_status serve_counts_file(serve_call *call, dateline_archive *archive,
                                  dateline_sink sink, void *context,
                                  dateline_error *error)
{
    dateline_query query;
    if (!serve_call_query(call, &query))
        return wrong_call(call, error);
    query.count = serve_call_value(call, "by");
    if (!query.count) {
        snprintf(error->message, sizeof error->message, "by is missing");
        return DATELINE_USAGE;
    }
    return dateline_archive_query(archive, call->server->options.engine, &query,
                                  DATELINE_ROWS_CSV, sink, context, error);
}

/* ---- Tables of a view ----------------------------------------------------------------
 */

static void add_cell(serve_text *out, const json_t *value, bool last)
{
    const char *text = json_string_value(value);
    if (text) {
        bool quoted = strpbrk(text, "\",\r\n") != NULL;
        serve_text_add(out, "\"", quoted);
        for (; *text; text++) {
            serve_text_add(out, "\"", quoted && *text == '"');
            serve_text_add(out, text, 1);
        }
        serve_text_add(out, "\"", quoted);
    } else if (json_is_integer(value)) {
        serve_text_print(out, "%lld", (long long)json_integer_value(value));
    } else if (json_is_real(value)) {
        serve_text_print(out, "%.15g", json_real_value(value));
    }
    serve_text_add(out, last ? "\n" : ",", 1);
}

static void add_table(serve_text *out, const json_t *rows, const char *const *columns)
{
    json_t *row;
    size_t at;
    for (size_t i = 0; columns[i]; i++)
        serve_text_print(out, "%s%c", columns[i], columns[i + 1] ? ',' : '\n');
    json_array_foreach(rows, at, row)
    {
        for (size_t i = 0; columns[i]; i++)
            add_cell(out, json_object_get(row, columns[i]), !columns[i + 1]);
    }
}

/* One answer as JSON, whose `key` is written as a table. */
static dateline_status table_of(serve_call *call, dateline_archive *archive,
                                serve_answer answer, const char *key,
                                const char *const *columns, bool *more, serve_text *out,
                                dateline_error *error)
{
    serve_text text = {0};
    serve_state *state = call->server->state;
    serve_cube *cube = serve_state_cube(state);
    serve_job job = {.call = call,
                     .state = state,
                     .engine = call->server->options.engine,
                     .db = call->server->options.db,
                     .archive = archive,
                     .cube = cube->cube,
                     .selections = cube->selections};
    bool fine = answer(&job, &text);
    serve_state_release(state, cube);
    json_t *object =
        fine && text.data ? json_loadb(text.data, text.size, JSON_ALLOW_NUL, NULL) : NULL;
    *more = json_array_size(json_object_get(object, key)) == SERVE_ROWS;
    if (object)
        add_table(out, json_object_get(object, key), columns);
    json_decref(object);
    serve_text_release(&text);
    return fine ? DATELINE_OK : wrong_call(call, error);
}

static dateline_status write_table(dateline_status status, serve_text *out, bool headed,
                                   dateline_sink sink, void *context)
{
    const char *from = out->data;
    if (status == DATELINE_OK && headed && from)
        from = strchr(from, '\n') + 1; /* the columns stand there already */
    if (status == DATELINE_OK && from &&
        !sink(context, from, out->size - (size_t)(from - out->data)))
        status = DATELINE_WRITE_FAILED;
    serve_text_release(out);
    return status;
}

dateline_status serve_network_file(serve_call *call, dateline_archive *archive,
                                   dateline_sink sink, void *context,
                                   dateline_error *error)
{
    static const char *const columns[] = {"from", "to", "events", "mean_scale", NULL};
    bool more;
    serve_text out = {0};
    dateline_status status =
        table_of(call, archive, serve_network, "edges", columns, &more, &out, error);
    return write_table(status, &out, false, sink, context);
}

/* Puts a parameter in place of one that was given. */
static void set_parameter(serve_call *call, const char *name, const char *value)
{
    size_t i = 0;
    while (i < call->parameter_count && strcmp(call->parameters[i].name, name) != 0)
        i++;
    if (i == SERVE_PARAMETERS)
        i--;
    call->parameters[i] = (serve_parameter){name, value};
    if (i == call->parameter_count)
        call->parameter_count++;
}

dateline_status serve_actors_file(serve_call *call, dateline_archive *archive,
                                  dateline_sink sink, void *context,
                                  dateline_error *error)
{
    static const char *const columns[] = {"of", "kind", "as_actor", "as_recipient", NULL};
    char number[24];
    bool more = true;
    dateline_status status = DATELINE_OK;
    set_parameter(call, "per_page", "200");
    for (size_t page = 1; more && status == DATELINE_OK; page++) {
        serve_text out = {0};
        snprintf(number, sizeof number, "%zu", page);
        set_parameter(call, "page", number);
        status =
            table_of(call, archive, serve_actors, "rows", columns, &more, &out, error);
        status = write_table(status, &out, page > 1, sink, context);
    }
    return status;
}
