/* Purpose: what the parts of the server share.
 * Reads, writes: see serve.h.
 * Cost, limits: the constants below.
 * Source:  docs/openapi.yaml. */
#ifndef SERVE_INSIDE_H
#define SERVE_INSIDE_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "serve/serve.h"
#include "serve/text.h"

enum {
    SERVE_URL_BYTES = 8 << 10,
    SERVE_BODY_BYTES = (256 << 10) * 3, /* the text may be escaped */
    SERVE_ARTICLE_BYTES = 256 << 10,
    SERVE_PARAMETERS = 64,
    SERVE_SEGMENTS = 6,
    SERVE_CONNECTIONS = 512,
    SERVE_CONNECTION_BYTES = 64 << 10, /* head of a request */
    SERVE_IDLE_SECONDS = 60,
    SERVE_STATEMENT_SECONDS = 20,
    SERVE_EXPORT_SECONDS = 3600,
    SERVE_JOBS = 64,   /* waiting */
    SERVE_STREAMS = 8, /* at once */
    SERVE_STREAM_BYTES = 256 << 10,
    SERVE_WORKERS = 2,
    SERVE_WORKERS_WAIT = 4, /* callers that wait for a worker */
    SERVE_CACHE_BYTES = 32 << 20,
    SERVE_CACHE_SLOTS = 2048,
    SERVE_ANSWER_KEPT_BYTES = 2 << 20, /* larger ones are not kept */
    SERVE_SELECTIONS = 512,
    SERVE_SELECTIONS_BYTES = 64 << 20, /* of one cube */
    SERVE_ROWS = 200,                  /* of a page */
    SERVE_STORY_ROWS = 1000
};

/* ---- A request (request.c) -----------------------------------------------------------
 */

typedef struct serve_parameter {
    const char *name, *value;
} serve_parameter;

typedef struct serve_stream serve_stream;

typedef struct serve_call {
    struct serve_server *server;
    struct MHD_Connection *connection;
    char *url;        /* as it came */
    char *path_words; /* decoded in place, with what `segments` point into */
    char *query_words;
    const char *segments[SERVE_SEGMENTS];
    size_t segment_count;
    serve_parameter parameters[SERVE_PARAMETERS];
    size_t parameter_count;
    int wrong; /* status of a request that can't be read; 0 */
    serve_text body;
    bool begun, waits; /* the job runs */
    const struct serve_route *route;
    struct MHD_Response *answer; /* of a job that is done */
    unsigned status;
    serve_stream *stream;
    uint64_t generation;
    size_t size;       /* of an answer that may be kept; 0 */
    char message[300]; /* of a failure */
    _Atomic unsigned owners;
} serve_call;

serve_call *serve_call_new(struct serve_server *server, const char *url);
void serve_call_free(serve_call *call); /* the last owner's frees it */

/* The value of a parameter; NULL where it was not given, or empty. */
const char *serve_call_value(const serve_call *call, const char *name);

/* The filters; false, with status and message set, where a value is none. */
bool serve_call_query(serve_call *call, dateline_query *query);

/* A whole number from 1 to `most`, `usual` where not given; false as above. */
bool serve_call_number(serve_call *call, const char *name, size_t most, size_t usual,
                       size_t *number);

/* Sets status and message of a call that fails; false. */
bool serve_call_fail(serve_call *call, unsigned status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool serve_call_failed(serve_call *call, dateline_status status,
                       const dateline_error *error);

/* ---- Guard (guard.c) -----------------------------------------------------------------
 */

/* Whether the request may be answered at all: host, site, token. 0, or the status. */
unsigned serve_guard(const serve_call *call, const char *method, const char **message);
bool serve_token_fits(const char *token, const char *given);
void serve_add_heads(struct MHD_Response *response); /* security headers */

/* ---- The page (page.c) ---------------------------------------------------------------
 */

typedef struct serve_page serve_page;
serve_page *serve_page_open(const char *folder); /* NULL: no memory */
void serve_page_close(serve_page *page);
enum MHD_Result serve_page_answer(const serve_page *page, serve_call *call);

/* ---- Finished answers (cache.c) ------------------------------------------------------
 * Bounded, least recently used goes first; shared by threads. */

typedef struct serve_cache serve_cache;
serve_cache *serve_cache_new(void);
void serve_cache_free(serve_cache *cache);

/* Queues the answer kept for this URL; false where there is none. */
bool serve_cache_answer(serve_cache *cache, const serve_call *call, uint64_t generation,
                        enum MHD_Result *result);
void serve_cache_keep(serve_cache *cache, const serve_call *call,
                      struct MHD_Response *response, size_t size);

/* ---- Archive and cube (state.c) ------------------------------------------------------
 */

typedef struct serve_state serve_state;
typedef struct serve_selections serve_selections;

/* The cube as it is now, held until released. */
typedef struct serve_cube {
    dateline_cube *cube;
    serve_selections *selections;
    uint64_t generation;
    size_t users;
} serve_cube;

dateline_status serve_state_open(const serve_options *options, serve_state **state,
                                 dateline_error *error);
void serve_state_close(serve_state *state);
uint64_t serve_state_generation(serve_state *state); /* looks for changes, too */
serve_cube *serve_state_cube(serve_state *state);
void serve_state_release(serve_state *state, serve_cube *cube);
dateline_archive *serve_state_archive(serve_state *state, double seconds);
void serve_state_return(serve_state *state, dateline_archive *archive);

/* A worker that nobody else uses; NULL where too many wait. */
dateline_worker *serve_state_worker(serve_state *state);
void serve_state_return_worker(serve_state *state, dateline_worker *worker);

/* ---- Jobs and streams (jobs.c) -------------------------------------------------------
 */

typedef struct serve_jobs serve_jobs;
serve_jobs *serve_jobs_new(size_t threads, void (*run)(serve_call *call));
void serve_jobs_finish(serve_jobs *jobs); /* waits for those that run, takes no more */
void serve_jobs_free(serve_jobs *jobs);
bool serve_jobs_add(serve_jobs *jobs, serve_call *call); /* suspends the connection */

/* A body that a thread of its own writes. */
typedef dateline_status (*serve_producer)(serve_call *call, dateline_archive *archive,
                                          dateline_sink sink, void *context,
                                          dateline_error *error);
bool serve_stream_start(serve_jobs *jobs, serve_call *call, serve_producer producer);

/* The response whose body the stream is; false, with the call's status and message set,
 * where it failed before its first byte. */
struct MHD_Response *serve_stream_response(serve_call *call);
void serve_stream_drop(serve_stream *stream);

/* ---- Answers ------------------------------------------------------------------------
 * Each writes its JSON, or false with the call's status and message set. */

/* What an answer is made from. */
typedef struct serve_job {
    serve_call *call;
    serve_state *state;
    const dateline_engine *engine;
    const char *db;
    dateline_archive *archive;
    const dateline_cube *cube;
    serve_selections *selections; /* of the cube */
} serve_job;

/* ---- Selections (selections.c) -------------------------------------------------------
 * Kept by question: bounded, least recently used goes first; shared by threads. */

typedef struct serve_selection serve_selection;
serve_selections *serve_selections_new(void);
void serve_selections_free(serve_selections *selections); /* nobody holds one; or NULL */

/* What fits, made or found, until given back; NULL, with the call's status and message
 * set, where it can't be told. */
const dateline_selection *serve_select(serve_job *job, const dateline_query *query,
                                       serve_selection **held);
void serve_unselect(serve_job *job, serve_selection *held);

typedef bool (*serve_answer)(serve_job *job, serve_text *out);

bool serve_about(serve_job *job, serve_text *out);
bool serve_overview(serve_job *job, serve_text *out);
bool serve_events(serve_job *job, serve_text *out);
bool serve_actors(serve_job *job, serve_text *out);
bool serve_actor(serve_job *job, serve_text *out);
bool serve_network(serve_job *job, serve_text *out);
bool serve_counts(serve_job *job, serve_text *out);
bool serve_articles(serve_job *job, serve_text *out);
bool serve_rejects(serve_job *job, serve_text *out);
bool serve_left_out(serve_job *job, serve_text *out);
bool serve_story(serve_job *job, serve_text *out);
bool serve_article(serve_job *job, serve_text *out);
bool serve_explanation(serve_job *job, serve_text *out);
bool serve_code(serve_job *job, serve_text *out);

/* Rows of one statement, nulls left out, with values bound. */
bool serve_rows(serve_job *job, const char *sql, const dateline_text *values,
                size_t count, json_t **rows);
dateline_text serve_value(const char *text); /* NULL: of NULL */

/* The lists as CSV: what `sql` of a list without its page gives. */
dateline_status serve_list_csv(serve_call *call, dateline_archive *archive,
                               dateline_sink sink, void *context, dateline_error *error);

/* Files (export.c): serve_producers. */
dateline_status serve_export(serve_call *call, dateline_archive *archive,
                             dateline_sink sink, void *context, dateline_error *error);
dateline_status serve_event_file(serve_call *call, dateline_archive *archive,
                                 dateline_sink sink, void *context,
                                 dateline_error *error);
dateline_status serve_counts_file(serve_call *call, dateline_archive *archive,
                                  dateline_sink sink, void *context,
                                  dateline_error *error);
dateline_status serve_network_file(serve_call *call, dateline_archive *archive,
                                   dateline_sink sink, void *context,
                                   dateline_error *error);
dateline_status serve_actors_file(serve_call *call, dateline_archive *archive,
                                  dateline_sink sink, void *context,
                                  dateline_error *error);

/* Writes events, a JSON object a line, as elements of a JSON array. */
bool serve_event_rows(serve_job *job, const int64_t *keys, size_t count, serve_text *out);

/* ---- Routes (routes.c) ---------------------------------------------------------------
 */

/* One way to answer; `segments` are those behind /api, "*" is any. */
typedef struct serve_route {
    const char *segments[SERVE_SEGMENTS];
    bool post;
    serve_answer answer;     /* NULL: a stream */
    serve_producer producer; /* NULL: JSON */
    const char *kind, *name; /* of streams: media type, name of the file */
} serve_route;

/* NULL, with status and message set, where there is none. */
const serve_route *serve_route_find(serve_call *call, const char *method);

/* ---- Server (server.c) ---------------------------------------------------------------
 */

struct serve_server {
    serve_options options;
    struct MHD_Daemon *daemon;
    serve_state *state;
    serve_cache *cache;
    serve_page *page;
    serve_jobs *jobs;
    char url[128], host[64], data[1024];
    char address[64];
    bool any_address;
    uint64_t start; /* tells runs apart in ETags */
};

/* A response of its own bytes with all heads; takes `data`, also where it fails. */
struct MHD_Response *serve_response(char *data, size_t size, const char *kind);
enum MHD_Result serve_error(serve_call *call, unsigned status, const char *message);
enum MHD_Result serve_not_modified(serve_call *call, const char *mark);
struct MHD_Response *serve_error_response(unsigned status, const char *message);

#endif
