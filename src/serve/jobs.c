/* Work beside the threads that talk to browsers: answers are made by a pool that takes
 * calls from a queue, long bodies by a thread each, which writes into a bounded ring.
 *
 *  1. A connection is suspended before its call is queued, and resumed when the call has
 *     its answer, or its stream its first bytes.
 *  2. A stream belongs to two: its thread and its reader (the call, then the response).
 *     The last one frees it.
 *  3. A reader that finds the ring empty suspends its connection under the stream's lock;
 *     the thread, which adds under the same lock, resumes it. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "serve/inside.h"

struct serve_jobs {
    pthread_mutex_t lock;
    pthread_cond_t more, idle;
    serve_call *queue[SERVE_JOBS];
    size_t first, count, running, streams;
    pthread_t *threads;
    size_t thread_count;
    atomic_bool ends;
    void (*run)(serve_call *call);
};

static void *work(void *context)
{
    serve_jobs *jobs = context;
    pthread_mutex_lock(&jobs->lock);
    for (;;) {
        while (jobs->count == 0 && !jobs->ends)
            pthread_cond_wait(&jobs->more, &jobs->lock);
        if (jobs->count == 0)
            break;
        serve_call *call = jobs->queue[jobs->first];
        struct MHD_Connection *connection = call->connection;
        jobs->first = (jobs->first + 1) % SERVE_JOBS;
        jobs->count--;
        jobs->running++;
        pthread_mutex_unlock(&jobs->lock);
        jobs->run(call);
        MHD_resume_connection(connection);
        pthread_mutex_lock(&jobs->lock);
        jobs->running--;
        pthread_cond_broadcast(&jobs->idle);
    }
    pthread_mutex_unlock(&jobs->lock);
    return NULL;
}

serve_jobs *serve_jobs_new(size_t threads, void (*run)(serve_call *call))
{
    serve_jobs *jobs = calloc(1, sizeof *jobs);
    if (!jobs)
        return NULL;
    pthread_mutex_init(&jobs->lock, NULL);
    pthread_cond_init(&jobs->more, NULL);
    pthread_cond_init(&jobs->idle, NULL);
    jobs->run = run;
    jobs->threads = calloc(threads, sizeof *jobs->threads);
    for (size_t i = 0; jobs->threads && i < threads; i++)
        if (pthread_create(&jobs->threads[jobs->thread_count], NULL, work, jobs) == 0)
            jobs->thread_count++;
    if (jobs->thread_count > 0)
        return jobs;
    serve_jobs_free(jobs);
    return NULL;
}

bool serve_jobs_add(serve_jobs *jobs, serve_call *call)
{
    pthread_mutex_lock(&jobs->lock);
    bool room = jobs->count < SERVE_JOBS && !jobs->ends;
    if (room) {
        MHD_suspend_connection(call->connection);
        jobs->queue[(jobs->first + jobs->count++) % SERVE_JOBS] = call;
        pthread_cond_signal(&jobs->more);
    }
    pthread_mutex_unlock(&jobs->lock);
    return room;
}

/* ---- Streams -------------------------------------------------------------------------
 */

struct serve_stream {
    pthread_mutex_t lock;
    pthread_cond_t room;
    serve_jobs *jobs;
    serve_call *call; /* an owner of it until the thread ends */
    struct MHD_Connection *connection;
    serve_producer producer;
    char *bytes; /* [SERVE_STREAM_BYTES], a ring */
    size_t first, count;
    unsigned owners;
    bool suspended, ended, cancelled, began;
    dateline_status status;
    dateline_error error;
};

static void stream_free(serve_stream *stream)
{
    pthread_mutex_destroy(&stream->lock);
    pthread_cond_destroy(&stream->room);
    free(stream->bytes);
    free(stream);
}

static void let_go(serve_stream *stream)
{
    pthread_mutex_lock(&stream->lock);
    bool last = --stream->owners == 0;
    pthread_mutex_unlock(&stream->lock);
    if (last)
        stream_free(stream);
}

void serve_stream_drop(serve_stream *stream)
{
    if (!stream)
        return;
    pthread_mutex_lock(&stream->lock);
    stream->cancelled = true;
    pthread_cond_signal(&stream->room);
    pthread_mutex_unlock(&stream->lock);
    let_go(stream);
}

static void drop_stream(void *context)
{
    serve_stream_drop(context);
}

/* With the lock held: wakes the reader. */
static void wake(serve_stream *stream)
{
    if (stream->suspended)
        MHD_resume_connection(stream->connection);
    stream->suspended = false;
}

/* Not for longer than a second: the end of all jobs is not signalled. */
static void wait_for_room(serve_stream *stream)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec++;
    pthread_cond_timedwait(&stream->room, &stream->lock, &until);
}

static bool stream_write(void *context, const char *data, size_t size)
{
    serve_stream *stream = context;
    pthread_mutex_lock(&stream->lock);
    while (size > 0 && !stream->cancelled && !stream->jobs->ends) {
        size_t room = SERVE_STREAM_BYTES - stream->count;
        size_t at = (stream->first + stream->count) % SERVE_STREAM_BYTES;
        size_t step = size < room ? size : room;
        if (step > SERVE_STREAM_BYTES - at)
            step = SERVE_STREAM_BYTES - at;
        if (step == 0) {
            wake(stream);
            wait_for_room(stream);
            continue;
        }
        memcpy(stream->bytes + at, data, step);
        stream->count += step;
        data += step;
        size -= step;
        if (stream->began || stream->count > SERVE_STREAM_BYTES / 4)
            wake(stream);
    }
    bool fine = size == 0;
    pthread_mutex_unlock(&stream->lock);
    return fine;
}

static void *produce(void *context)
{
    serve_stream *stream = context;
    serve_jobs *jobs = stream->jobs;
    serve_state *state = stream->call->server->state;
    dateline_archive *archive = serve_state_archive(state, SERVE_EXPORT_SECONDS);
    dateline_error error = {0};
    dateline_status status = DATELINE_DATABASE;
    if (archive) {
        status = stream->producer(stream->call, archive, stream_write, stream, &error);
        serve_state_return(state, archive);
    }
    pthread_mutex_lock(&stream->lock);
    stream->status = status;
    stream->error = error;
    stream->ended = true;
    wake(stream);
    pthread_mutex_unlock(&stream->lock);
    serve_call_free(stream->call);
    let_go(stream);
    pthread_mutex_lock(&jobs->lock);
    jobs->streams--;
    pthread_cond_broadcast(&jobs->idle);
    pthread_mutex_unlock(&jobs->lock);
    return NULL;
}

static bool take_place(serve_jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    bool free_one = jobs->streams < SERVE_STREAMS && !jobs->ends;
    jobs->streams += free_one;
    pthread_mutex_unlock(&jobs->lock);
    return free_one;
}

static void give_place(serve_jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->streams--;
    pthread_mutex_unlock(&jobs->lock);
}

bool serve_stream_start(serve_jobs *jobs, serve_call *call, serve_producer producer)
{
    pthread_t thread;
    if (!take_place(jobs))
        return serve_call_fail(call, MHD_HTTP_SERVICE_UNAVAILABLE,
                               "too many long answers at once: try again");
    serve_stream *stream = calloc(1, sizeof *stream);
    char *bytes = malloc(SERVE_STREAM_BYTES);
    if (!stream || !bytes) {
        free(stream);
        free(bytes);
        give_place(jobs);
        return serve_call_fail(call, MHD_HTTP_INTERNAL_SERVER_ERROR, "out of memory");
    }
    *stream = (serve_stream){.jobs = jobs,
                             .call = call,
                             .connection = call->connection,
                             .producer = producer,
                             .bytes = bytes,
                             .owners = 2,
                             .suspended = true};
    pthread_mutex_init(&stream->lock, NULL);
    pthread_cond_init(&stream->room, NULL);
    atomic_fetch_add(&call->owners, 1);
    MHD_suspend_connection(call->connection);
    if (pthread_create(&thread, NULL, produce, stream) != 0) {
        MHD_resume_connection(call->connection);
        atomic_fetch_sub(&call->owners, 1);
        stream_free(stream);
        give_place(jobs);
        return serve_call_fail(call, MHD_HTTP_INTERNAL_SERVER_ERROR, "out of threads");
    }
    pthread_detach(thread);
    call->stream = stream;
    return true;
}

static ssize_t read_stream(void *context, uint64_t position, char *out, size_t most)
{
    serve_stream *stream = context;
    (void)position;
    pthread_mutex_lock(&stream->lock);
    ssize_t size = (ssize_t)(stream->count < most ? stream->count : most);
    if ((size_t)size > SERVE_STREAM_BYTES - stream->first)
        size = (ssize_t)(SERVE_STREAM_BYTES - stream->first);
    memcpy(out, stream->bytes + stream->first, (size_t)size);
    stream->first = (stream->first + (size_t)size) % SERVE_STREAM_BYTES;
    stream->count -= (size_t)size;
    if (size == 0 && stream->ended) /* a failure must not look like the whole */
        size = stream->status == DATELINE_OK ? MHD_CONTENT_READER_END_OF_STREAM
                                             : MHD_CONTENT_READER_END_WITH_ERROR;
    else if (size == 0) {
        MHD_suspend_connection(stream->connection);
        stream->suspended = true;
    }
    pthread_cond_signal(&stream->room);
    pthread_mutex_unlock(&stream->lock);
    return size;
}

struct MHD_Response *serve_stream_response(serve_call *call)
{
    serve_stream *stream = call->stream;
    pthread_mutex_lock(&stream->lock);
    bool failed = stream->ended && stream->status != DATELINE_OK;
    stream->began = true;
    if (failed)
        serve_call_failed(call, stream->status, &stream->error);
    pthread_mutex_unlock(&stream->lock);
    if (failed)
        return NULL;
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, 64 << 10, read_stream, stream, drop_stream);
    if (response)
        call->stream = NULL; /* the response has it now */
    return response;
}

/* ---- The end -------------------------------------------------------------------------
 */

void serve_jobs_finish(serve_jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->ends = true;
    pthread_cond_broadcast(&jobs->more);
    while (jobs->count > 0 || jobs->running > 0 || jobs->streams > 0)
        pthread_cond_wait(&jobs->idle, &jobs->lock);
    pthread_mutex_unlock(&jobs->lock);
}

void serve_jobs_free(serve_jobs *jobs)
{
    if (!jobs)
        return;
    serve_jobs_finish(jobs);
    for (size_t i = 0; i < jobs->thread_count; i++)
        pthread_join(jobs->threads[i], NULL);
    free(jobs->threads);
    pthread_cond_destroy(&jobs->more);
    pthread_cond_destroy(&jobs->idle);
    pthread_mutex_destroy(&jobs->lock);
    free(jobs);
}
