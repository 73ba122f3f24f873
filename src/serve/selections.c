/* Selections by what was asked for: pages, orders and views of one question share what
 * fits it.
 *
 *  1. They are of one cube and end with it, so none is ever out of date.
 *  2. Nobody changes a selection: all who ask may use it at once. It is freed when it has
 *     left the list and nobody uses it any more.
 *  3. Of two who find none at the same time both select; the one who comes second takes
 *     what the first has put there. */
#include <stdlib.h>
#include <string.h>

#include "serve/inside.h"

struct serve_selection {
    serve_text key;
    dateline_selection *selection;
    size_t size;
    size_t users;  /* the list is one */
    uint64_t used; /* when last: the count of uses */
};

struct serve_selections {
    pthread_mutex_t lock;
    serve_selection *list[SERVE_SELECTIONS];
    size_t count, size;
    uint64_t uses;
};

serve_selections *serve_selections_new(void)
{
    serve_selections *made = calloc(1, sizeof *made);
    if (made)
        pthread_mutex_init(&made->lock, NULL);
    return made;
}

static void let_go(serve_selection *kept)
{
    if (--kept->users > 0)
        return;
    dateline_selection_free(kept->selection);
    serve_text_release(&kept->key);
    free(kept);
}

void serve_selections_free(serve_selections *selections)
{
    if (!selections)
        return;
    for (size_t i = 0; i < selections->count; i++)
        let_go(selections->list[i]);
    pthread_mutex_destroy(&selections->lock);
    free(selections);
}

/* All that decides what fits; texts end with NUL, which none has in it. */
static void write_key(const dateline_query *query, serve_text *key)
{
    const char *texts[] = {query->who,    query->whom,         query->what, query->where,
                           query->place,  query->box,          query->from, query->to,
                           query->status, query->according_to, query->text, query->source,
                           query->story,  query->article};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        serve_text_print(key, "%c", texts[i] ? '+' : '-');
        if (texts[i])
            serve_text_add(key, texts[i], strlen(texts[i]) + 1);
    }
    serve_text_print(key, "%zu %.17g %d", query->reports, query->min_confidence,
                     query->every_report);
}

static serve_selection *find(serve_selections *selections, const serve_text *key)
{
    for (size_t i = 0; i < selections->count; i++) {
        serve_selection *kept = selections->list[i];
        if (kept->key.size == key->size &&
            memcmp(kept->key.data, key->data, key->size) == 0) {
            kept->used = ++selections->uses;
            kept->users++;
            return kept;
        }
    }
    return NULL;
}

/* Takes the one out that was used longest ago. */
static void drop_oldest(serve_selections *selections)
{
    size_t oldest = 0;
    for (size_t i = 1; i < selections->count; i++)
        if (selections->list[i]->used < selections->list[oldest]->used)
            oldest = i;
    serve_selection *dropped = selections->list[oldest];
    selections->list[oldest] = selections->list[--selections->count];
    selections->size -= dropped->size;
    let_go(dropped);
}

/* One that is larger than all may be serves its caller alone. */
static serve_selection *keep(serve_selections *selections, serve_selection *made)
{
    serve_selection *there = find(selections, &made->key);
    if (there) {
        let_go(made);
        return there;
    }
    if (made->size > SERVE_SELECTIONS_BYTES)
        return made;
    while (selections->count == SERVE_SELECTIONS ||
           selections->size + made->size > SERVE_SELECTIONS_BYTES)
        drop_oldest(selections);
    made->users++;
    made->used = ++selections->uses;
    selections->size += made->size;
    selections->list[selections->count++] = made;
    return made;
}

static serve_selection *make(serve_job *job, const dateline_query *query, serve_text *key)
{
    dateline_error error = {0};
    serve_selection *made = calloc(1, sizeof *made);
    dateline_status status =
        made ? dateline_cube_select(job->cube, job->archive, job->engine, query,
                                    &made->selection, &error)
             : DATELINE_NO_MEMORY;
    if (status != DATELINE_OK) {
        serve_call_failed(job->call, status, &error);
        free(made);
        return NULL;
    }
    made->key = *key;
    made->users = 1;
    made->size = sizeof *made + key->size + dateline_selection_size(made->selection);
    *key = (serve_text){0};
    return made;
}

const dateline_selection *serve_select(serve_job *job, const dateline_query *query,
                                       serve_selection **held)
{
    serve_selections *selections = job->selections;
    serve_text key = {0};
    write_key(query, &key);
    *held = NULL;
    if (key.failed) {
        serve_text_release(&key);
        serve_call_fail(job->call, MHD_HTTP_INTERNAL_SERVER_ERROR, "out of memory");
        return NULL;
    }
    pthread_mutex_lock(&selections->lock);
    serve_selection *found = find(selections, &key);
    pthread_mutex_unlock(&selections->lock);
    if (!found && (found = make(job, query, &key))) {
        pthread_mutex_lock(&selections->lock);
        found = keep(selections, found);
        pthread_mutex_unlock(&selections->lock);
    }
    serve_text_release(&key);
    *held = found;
    return found ? found->selection : NULL;
}

void serve_unselect(serve_job *job, serve_selection *held)
{
    pthread_mutex_lock(&job->selections->lock);
    let_go(held);
    pthread_mutex_unlock(&job->selections->lock);
}
