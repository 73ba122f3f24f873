/* The server: a request is read, let in or turned away, routed, and answered from what
 * is kept, by a job, or as a stream. */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "serve/inside.h"

struct MHD_Response *serve_response(char *data, size_t size, const char *kind)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(size, data, MHD_RESPMEM_MUST_FREE);
    if (!response) {
        free(data);
        return NULL;
    }
    MHD_add_response_header(response, "Content-Type", kind);
    serve_add_heads(response);
    return response;
}

struct MHD_Response *serve_error_response(unsigned status, const char *message)
{
    serve_text text = {0};
    serve_text_print(&text, "{\"error\":{\"status\":%u,\"message\":", status);
    serve_text_json(&text, serve_value(message));
    serve_text_print(&text, "}}");
    struct MHD_Response *response =
        text.failed ? NULL : serve_response(text.data, text.size, "application/json");
    if (text.failed)
        serve_text_release(&text);
    if (response)
        MHD_add_response_header(response, "Cache-Control", "no-store");
    if (response && status == MHD_HTTP_UNAUTHORIZED)
        MHD_add_response_header(response, "WWW-Authenticate", "Bearer");
    return response;
}

/* Queues a response that is nobody else's. */
static enum MHD_Result send_once(serve_call *call, unsigned status,
                                 struct MHD_Response *response)
{
    if (!response)
        return MHD_NO;
    enum MHD_Result result = MHD_queue_response(call->connection, status, response);
    MHD_destroy_response(response);
    return result;
}

enum MHD_Result serve_error(serve_call *call, unsigned status, const char *message)
{
    return send_once(call, status, serve_error_response(status, message));
}

enum MHD_Result serve_not_modified(serve_call *call, const char *mark)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    if (response) {
        MHD_add_response_header(response, "ETag", mark);
        serve_add_heads(response);
    }
    return send_once(call, MHD_HTTP_NOT_MODIFIED, response);
}

/* ---- Jobs ----------------------------------------------------------------------------
 */

/* The ETag: of the archive as it stands and the URL. */
static void mark_of(const serve_call *call, char mark[64])
{
    uint64_t hash = serve_hash(call->url);
    snprintf(mark, 64, "\"%llx-%llx-%016llx\"", (unsigned long long)call->server->start,
             (unsigned long long)call->generation, (unsigned long long)hash);
}

static void finish_job(serve_call *call, serve_text *out)
{
    char mark[64];
    size_t size = out->size;
    call->answer = serve_response(out->data, out->size, "application/json");
    *out = (serve_text){0};
    if (!call->answer)
        return;
    call->status = MHD_HTTP_OK;
    if (call->route->post) {
        MHD_add_response_header(call->answer, "Cache-Control", "no-store");
        return;
    }
    mark_of(call, mark);
    MHD_add_response_header(call->answer, "ETag", mark);
    MHD_add_response_header(call->answer, "Cache-Control", "private, no-cache");
    call->size = size;
}

static void run_job(serve_call *call)
{
    serve_server *server = call->server;
    serve_text out = {0};
    serve_cube *cube = serve_state_cube(server->state);
    dateline_archive *archive =
        serve_state_archive(server->state, SERVE_STATEMENT_SECONDS);
    serve_job job = {.call = call,
                     .state = server->state,
                     .engine = server->options.engine,
                     .db = server->options.db,
                     .archive = archive,
                     .cube = cube->cube,
                     .selections = cube->selections};
    call->generation = cube->generation;
    bool fine = archive ? call->route->answer(&job, &out)
                        : serve_call_fail(call, MHD_HTTP_INTERNAL_SERVER_ERROR,
                                          "the archive can't be opened");
    if (archive)
        serve_state_return(server->state, archive);
    serve_state_release(server->state, cube);
    if (fine && !out.failed)
        finish_job(call, &out);
    else if (fine)
        serve_call_fail(call, MHD_HTTP_INTERNAL_SERVER_ERROR, "out of memory");
    serve_text_release(&out);
}

/* What a job made goes out, and is kept for the next who asks. */
static enum MHD_Result send_job(serve_call *call)
{
    struct MHD_Response *answer = call->answer;
    if (!answer)
        return serve_error(call, call->status ? call->status : 500,
                           call->message[0] ? call->message : "out of memory");
    enum MHD_Result result = MHD_queue_response(call->connection, call->status, answer);
    call->answer = NULL;
    if (call->size > 0 && call->size < SERVE_ANSWER_KEPT_BYTES)
        serve_cache_keep(call->server->cache, call, answer, call->size);
    else
        MHD_destroy_response(answer);
    return result;
}

static enum MHD_Result send_stream(serve_call *call)
{
    char head[160];
    struct MHD_Response *response = serve_stream_response(call);
    if (!response)
        return serve_error(call, call->status ? call->status : 500,
                           call->message[0] ? call->message : "out of memory");
    snprintf(head, sizeof head, "attachment; filename=\"%s\"", call->route->name);
    MHD_add_response_header(response, "Content-Type", call->route->kind);
    MHD_add_response_header(response, "Content-Disposition", head);
    MHD_add_response_header(response, "Cache-Control", "no-store");
    serve_add_heads(response);
    return send_once(call, MHD_HTTP_OK, response);
}

/* ---- Requests ------------------------------------------------------------------------
 */

static enum MHD_Result answer_api(serve_call *call, const char *method)
{
    enum MHD_Result result;
    char mark[64];
    serve_server *server = call->server;
    const char *has =
        MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, "If-None-Match");
    call->route = serve_route_find(call, method);
    if (!call->route)
        return serve_error(call, call->status, call->message);
    call->generation = serve_state_generation(server->state);
    mark_of(call, mark);
    if (!call->route->post && call->route->answer) {
        if (has && strstr(has, mark))
            return serve_not_modified(call, mark);
        if (serve_cache_answer(server->cache, call, call->generation, &result))
            return result;
    }
    call->waits = true;
    if (call->route->producer) {
        if (serve_stream_start(server->jobs, call, call->route->producer))
            return MHD_YES;
        return serve_error(call, call->status, call->message);
    }
    if (serve_jobs_add(server->jobs, call))
        return MHD_YES;
    return serve_error(call, MHD_HTTP_SERVICE_UNAVAILABLE, "too many ask: try again");
}

/* "/?token=...": the cookie is set, and the address loses the token. */
static enum MHD_Result take_token(serve_call *call, const char *token)
{
    char head[400];
    if (!serve_token_fits(call->server->options.token, token))
        return serve_error(call, MHD_HTTP_UNAUTHORIZED, "this is not the token");
    struct MHD_Response *response =
        MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    snprintf(head, sizeof head, "dateline_token=%s; Path=/; HttpOnly; SameSite=Strict",
             call->server->options.token);
    MHD_add_response_header(response, "Set-Cookie", head);
    MHD_add_response_header(response, "Location", "/");
    MHD_add_response_header(response, "Cache-Control", "no-store");
    serve_add_heads(response);
    return send_once(call, MHD_HTTP_SEE_OTHER, response);
}

static bool is_json(const serve_call *call)
{
    static const char json[] = "application/json";
    const char *kind =
        MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, "Content-Type");
    return kind && strncmp(kind, json, sizeof json - 1) == 0 &&
           strchr("; ", kind[sizeof json - 1]);
}

static enum MHD_Result answer(serve_call *call, const char *method)
{
    const char *message = "the request can't be read";
    bool api = call->segment_count > 0 && strcmp(call->segments[0], "api") == 0;
    bool post = strcmp(method, "POST") == 0;
    const char *token =
        call->server->options.token ? serve_call_value(call, "token") : NULL;
    if (call->wrong)
        return serve_error(call, (unsigned)call->wrong, message);
    unsigned status = serve_guard(call, method, &message);
    if (status == MHD_HTTP_UNAUTHORIZED && token && !post && !api &&
        call->segment_count == 1 && !call->segments[0][0])
        return take_token(call, token);
    if (status)
        return serve_error(call, status, message);
    if (!post && strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        return serve_error(call, MHD_HTTP_METHOD_NOT_ALLOWED, "GET, HEAD or POST");
    if (post && api && !is_json(call))
        return serve_error(call, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE,
                           "the body must be application/json");
    if (api && !(call->segment_count == 2 &&
                 strcmp(call->segments[1], "openapi.yaml") == 0 && !post))
        return answer_api(call, method);
    if (post)
        return serve_error(call, MHD_HTTP_METHOD_NOT_ALLOWED, "GET or HEAD");
    return serve_page_answer(call->server->page, call);
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection,
                              const char *url, const char *method, const char *version,
                              const char *data, size_t *size, void **request)
{
    serve_call *call = *request;
    (void)context, (void)url, (void)version;
    if (!call)
        return MHD_NO;
    call->connection = connection;
    if (!call->begun) { /* the head alone was read */
        call->begun = true;
        return MHD_YES;
    }
    if (*size > 0) {
        if (call->body.size + *size > SERVE_BODY_BYTES)
            call->wrong = MHD_HTTP_CONTENT_TOO_LARGE;
        else if (!call->wrong)
            serve_text_add(&call->body, data, *size);
        *size = 0;
        return MHD_YES;
    }
    if (!call->waits)
        return answer(call, method);
    return call->stream ? send_stream(call) : send_job(call);
}

static void *begin(void *context, const char *url, struct MHD_Connection *connection)
{
    (void)connection;
    return serve_call_new(context, url);
}

static void complete(void *context, struct MHD_Connection *connection, void **request,
                     enum MHD_RequestTerminationCode code)
{
    serve_call *call = *request;
    (void)context, (void)connection, (void)code;
    if (!call)
        return;
    serve_stream *stream = call->stream;
    call->stream = NULL;
    serve_stream_drop(stream);
    serve_call_free(call);
    *request = NULL;
}

/* ---- Start and end -------------------------------------------------------------------
 */

static dateline_status fail(dateline_error *error, dateline_status status,
                            const char *message)
{
    if (error) {
        error->status = status;
        snprintf(error->message, sizeof error->message, "%s", message);
    }
    return status;
}

static size_t count_cores(void)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 2 ? 2 : cores > 64 ? 64 : (size_t)cores;
}

static bool find_address(serve_server *server, struct sockaddr_storage *out)
{
    char port[16];
    const char *address = server->options.address ? server->options.address : "127.0.0.1";
    struct addrinfo hints = {.ai_family = AF_UNSPEC,
                             .ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_NUMERICSERV | AI_PASSIVE};
    struct addrinfo *found = NULL;
    snprintf(port, sizeof port, "%u", server->options.port);
    snprintf(server->address, sizeof server->address, "%s", address);
    server->any_address = strcmp(address, "0.0.0.0") == 0 || strcmp(address, "::") == 0;
    if (getaddrinfo(address, port, &hints, &found) != 0)
        return false;
    memcpy(out, found->ai_addr, found->ai_addrlen);
    freeaddrinfo(found);
    return true;
}

static void set_url(serve_server *server)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    bool six = strchr(server->address, ':') != NULL;
    snprintf(server->url, sizeof server->url, "http://%s%s%s:%u/", six ? "[" : "",
             server->address, six ? "]" : "", info ? (unsigned)info->port : 0);
}

static dateline_status start_daemon(serve_server *server, dateline_error *error)
{
    struct sockaddr_storage address;
    memset(&address, 0, sizeof address);
    if (!find_address(server, &address))
        return fail(error, DATELINE_USAGE, "no such address");
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    if (address.ss_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    server->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, handle, server, MHD_OPTION_SOCK_ADDR, &address,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)count_cores(), MHD_OPTION_URI_LOG_CALLBACK,
        begin, server, MHD_OPTION_NOTIFY_COMPLETED, complete, server,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)SERVE_CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SERVE_IDLE_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)SERVE_CONNECTION_BYTES,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1,
        MHD_OPTION_END);
    if (!server->daemon)
        return fail(error, DATELINE_NOT_READABLE,
                    "the address or port can't be had: another program may use it");
    set_url(server);
    return DATELINE_OK;
}

/* The folder of the lexicon's, in which the page is. */
static void find_folder(serve_server *server)
{
    dateline_about about = dateline_engine_about(server->options.engine);
    const char *slash = strrchr(about.weights, '/');
    int size = slash ? (int)(slash - about.weights) : 1;
    snprintf(server->data, sizeof server->data, "%.*s", size,
             slash ? about.weights : ".");
}

dateline_status serve_start(const serve_options *options, serve_server **out,
                            dateline_error *error)
{
    struct timespec time;
    serve_server *server = calloc(1, sizeof *server);
    *out = NULL;
    if (!server)
        return fail(error, DATELINE_NO_MEMORY, "out of memory");
    clock_gettime(CLOCK_REALTIME, &time);
    server->options = *options;
    server->start = (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
    find_folder(server);
    dateline_status status = serve_state_open(&server->options, &server->state, error);
    if (status == DATELINE_OK) {
        server->cache = serve_cache_new();
        server->page = serve_page_open(server->data);
        server->jobs = serve_jobs_new(count_cores() + 2, run_job);
        status = server->cache && server->page && server->jobs
                     ? start_daemon(server, error)
                     : fail(error, DATELINE_NO_MEMORY, "out of memory");
    }
    if (status == DATELINE_OK)
        *out = server;
    else
        serve_stop(server);
    return status;
}

const char *serve_url(const serve_server *server)
{
    return server->url;
}

void serve_stop(serve_server *server)
{
    if (!server)
        return;
    MHD_socket listening =
        server->daemon ? MHD_quiesce_daemon(server->daemon) : MHD_INVALID_SOCKET;
    if (server->jobs)
        serve_jobs_finish(server->jobs);
    if (server->daemon)
        MHD_stop_daemon(server->daemon);
    if (listening != MHD_INVALID_SOCKET)
        close(listening);
    serve_jobs_free(server->jobs);
    serve_page_close(server->page);
    serve_cache_free(server->cache);
    serve_state_close(server->state);
    free(server);
}
