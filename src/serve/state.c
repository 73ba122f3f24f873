/* Archive handles, workers and the cube, which is read anew once the archive changed. */
#include <stdlib.h>
#include <time.h>

#include "serve/inside.h"

enum { ARCHIVES_KEPT = 16 };

struct serve_state {
    const serve_options *options;
    pthread_mutex_t lock;
    pthread_cond_t worker_free, refreshed;
    dateline_archive *archives[ARCHIVES_KEPT]; /* that nobody uses */
    size_t archive_count;
    dateline_worker *workers[SERVE_WORKERS]; /* that nobody uses */
    size_t worker_count, workers_made, workers_awaited;
    serve_cube *cube;
    dateline_archive *watch; /* of the thread that looks for changes */
    double looked_at;
    bool refreshing;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static serve_cube *cube_new(dateline_archive *archive, uint64_t generation,
                            dateline_status *status, dateline_error *error)
{
    serve_cube *made = calloc(1, sizeof *made);
    serve_selections *selections = serve_selections_new();
    *status = made && selections ? dateline_cube_open(archive, &made->cube, error)
                                 : DATELINE_NO_MEMORY;
    if (*status != DATELINE_OK) {
        serve_selections_free(selections);
        free(made);
        return NULL;
    }
    made->selections = selections;
    made->generation = generation;
    made->users = 1; /* the state */
    return made;
}

dateline_status serve_state_open(const serve_options *options, serve_state **state,
                                 dateline_error *error)
{
    serve_state *opened = calloc(1, sizeof *opened);
    *state = NULL;
    if (!opened)
        return DATELINE_NO_MEMORY;
    opened->options = options;
    dateline_status status = dateline_archive_open(options->db, &opened->watch, error);
    if (status == DATELINE_OK)
        opened->cube = cube_new(opened->watch, 1, &status, error);
    if (status != DATELINE_OK) {
        dateline_archive_close(opened->watch);
        free(opened);
        return status;
    }
    pthread_mutex_init(&opened->lock, NULL);
    pthread_cond_init(&opened->worker_free, NULL);
    pthread_cond_init(&opened->refreshed, NULL);
    opened->looked_at = now();
    *state = opened;
    return DATELINE_OK;
}

void serve_state_close(serve_state *state)
{
    if (!state)
        return;
    pthread_mutex_lock(&state->lock);
    while (state->refreshing)
        pthread_cond_wait(&state->refreshed, &state->lock);
    pthread_mutex_unlock(&state->lock);
    serve_state_release(state, state->cube);
    dateline_archive_close(state->watch);
    for (size_t i = 0; i < state->archive_count; i++)
        dateline_archive_close(state->archives[i]);
    for (size_t i = 0; i < state->worker_count; i++)
        dateline_worker_free(state->workers[i]);
    pthread_cond_destroy(&state->worker_free);
    pthread_cond_destroy(&state->refreshed);
    pthread_mutex_destroy(&state->lock);
    free(state);
}

/* Reads the cube anew where the archive is newer; that it can't be read leaves the old
 * one. */
static void *refresh(void *context)
{
    serve_state *state = context;
    serve_cube *old = serve_state_cube(state);
    serve_cube *fresh = NULL;
    dateline_status status;
    if (dateline_archive_is_newer(state->watch, old->cube))
        fresh = cube_new(state->watch, old->generation + 1, &status, NULL);
    serve_state_release(state, old);
    pthread_mutex_lock(&state->lock);
    serve_cube *replaced = fresh ? state->cube : NULL;
    if (fresh)
        state->cube = fresh;
    pthread_mutex_unlock(&state->lock);
    if (replaced)
        serve_state_release(state, replaced);
    pthread_mutex_lock(&state->lock);
    state->looked_at = now();
    state->refreshing = false;
    pthread_cond_broadcast(&state->refreshed);
    pthread_mutex_unlock(&state->lock);
    return NULL;
}

uint64_t serve_state_generation(serve_state *state)
{
    pthread_t thread;
    pthread_mutex_lock(&state->lock);
    uint64_t generation = state->cube->generation;
    if (!state->refreshing && now() - state->looked_at > 1) {
        state->refreshing = pthread_create(&thread, NULL, refresh, state) == 0;
        if (state->refreshing)
            pthread_detach(thread);
    }
    pthread_mutex_unlock(&state->lock);
    return generation;
}

serve_cube *serve_state_cube(serve_state *state)
{
    pthread_mutex_lock(&state->lock);
    serve_cube *cube = state->cube;
    cube->users++;
    pthread_mutex_unlock(&state->lock);
    return cube;
}

void serve_state_release(serve_state *state, serve_cube *cube)
{
    pthread_mutex_lock(&state->lock);
    bool last = --cube->users == 0;
    pthread_mutex_unlock(&state->lock);
    if (!last)
        return;
    serve_selections_free(cube->selections);
    dateline_cube_close(cube->cube);
    free(cube);
}

dateline_archive *serve_state_archive(serve_state *state, double seconds)
{
    dateline_archive *archive = NULL;
    pthread_mutex_lock(&state->lock);
    if (state->archive_count > 0)
        archive = state->archives[--state->archive_count];
    pthread_mutex_unlock(&state->lock);
    if (!archive)
        dateline_archive_open(state->options->db, &archive, NULL);
    if (archive)
        dateline_archive_limit(archive, seconds);
    return archive;
}

void serve_state_return(serve_state *state, dateline_archive *archive)
{
    pthread_mutex_lock(&state->lock);
    if (state->archive_count < ARCHIVES_KEPT) {
        state->archives[state->archive_count++] = archive;
        archive = NULL;
    }
    pthread_mutex_unlock(&state->lock);
    dateline_archive_close(archive);
}

dateline_worker *serve_state_worker(serve_state *state)
{
    dateline_worker *worker = NULL;
    pthread_mutex_lock(&state->lock);
    if (state->worker_count == 0 && state->workers_made < SERVE_WORKERS) {
        if (dateline_worker_new(state->options->engine, &worker, NULL) == DATELINE_OK)
            state->workers_made++;
    } else if (state->workers_awaited < SERVE_WORKERS_WAIT) {
        state->workers_awaited++;
        while (state->worker_count == 0)
            pthread_cond_wait(&state->worker_free, &state->lock);
        state->workers_awaited--;
        worker = state->workers[--state->worker_count];
    }
    pthread_mutex_unlock(&state->lock);
    return worker;
}

void serve_state_return_worker(serve_state *state, dateline_worker *worker)
{
    pthread_mutex_lock(&state->lock);
    state->workers[state->worker_count++] = worker;
    pthread_cond_signal(&state->worker_free);
    pthread_mutex_unlock(&state->lock);
}
