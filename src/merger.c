/* Merging over articles: the story room's findings with the names that people know. */
#include <stdlib.h>

#include "merger.h"
#include "story/describe.h"
#include "write/write.h"

/* ---- Adding --------------------------------------------------------------------------
 */

dateline_status dl_worker_describe(const dateline_worker *worker, dl_sketch *sketch,
                                   dl_report **reports, size_t *count,
                                   dateline_error *error)
{
    const dl_document *document = dl_worker_coded(worker);
    if (!document)
        return dl_error_set(error, DATELINE_USAGE, "the last run coded no article");
    dl_describer describer =
        dl_describer_open(dl_worker_lexicon(worker), dl_worker_vectors(worker));
    *count = document->event_count;
    *reports = DL_ARENA_ARRAY(document->arena, dl_report, document->event_count);
    if (!*reports || !dl_describe(&describer, document, sketch, *reports))
        return dl_error_memory(error);
    for (size_t i = 0; i < *count; i++) {
        char id[17];
        dl_write_event_id(document, &document->events[i], id);
        (*reports)[i].id = strtoull(id, NULL, 16);
    }
    return DATELINE_OK;
}

dateline_status dateline_merger_new(const dateline_engine *engine,
                                    dateline_merger **merger, dateline_error *error)
{
    dl_pair_weights weights = dl_pair_weights_read(dl_engine_lexicon(engine));
    *merger = calloc(1, sizeof **merger);
    if (*merger)
        (*merger)->story = dl_story_new(&weights);
    if (*merger && (*merger)->story)
        return DATELINE_OK;
    free(*merger);
    *merger = NULL;
    return dl_error_memory(error);
}

void dateline_merger_free(dateline_merger *merger)
{
    if (!merger)
        return;
    dl_story_free(merger->story);
    dl_stories_close(merger->archive);
    dl_buffer_release(&merger->strings);
    free(merger->names);
    free(merger->records);
    free(merger);
}

bool dl_merger_add_article(dateline_merger *merger, uint64_t article, dl_string id,
                           dl_string source)
{
    enum { LEAST = 64 };
    if (merger->name_count == merger->name_capacity) {
        size_t capacity = merger->name_capacity * 2 + LEAST;
        dl_merger_article *grown = realloc(merger->names, capacity * sizeof *grown);
        if (!grown)
            return false;
        merger->names = grown;
        merger->name_capacity = capacity;
    }
    dl_merger_article *name = &merger->names[merger->name_count++];
    *name = (dl_merger_article){.article = article, .id = merger->strings.size};
    dl_buffer_add_string(&merger->strings, id);
    name->id_size = id.size;
    name->source = merger->strings.size;
    dl_buffer_add_string(&merger->strings, source);
    name->source_size = source.size;
    return !merger->strings.failed;
}

dateline_status dateline_merger_add(dateline_merger *merger, dateline_worker *worker,
                                    dateline_error *error)
{
    dl_sketch sketch;
    dl_report *reports;
    size_t count;
    dateline_status status = dl_worker_describe(worker, &sketch, &reports, &count, error);
    if (status != DATELINE_OK)
        return status;
    const dl_document *document = dl_worker_coded(worker);
    merger->ontology = document->ontology;
    return dl_story_add(merger->story, &sketch, reports, count) &&
                   dl_merger_add_article(merger, sketch.article, document->id,
                                         document->source)
               ? DATELINE_OK
               : dl_error_memory(error);
}

static int by_article(const void *a, const void *b)
{
    const dl_merger_article *x = a, *y = b;
    if (x->article != y->article)
        return x->article < y->article ? -1 : 1;
    return (x->id < y->id) - (x->id > y->id);
}

static int by_record(const void *a, const void *b)
{
    const dl_merger_record *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

dateline_status dateline_merger_resolve(dateline_merger *merger, dateline_error *error)
{
    if (merger->name_count > 0)
        qsort(merger->names, merger->name_count, sizeof *merger->names, by_article);
    if (merger->record_count > 0)
        qsort(merger->records, merger->record_count, sizeof *merger->records, by_record);
    return dl_story_resolve(merger->story, merger->anew) ? DATELINE_OK
                                                         : dl_error_memory(error);
}

/* ---- Asking --------------------------------------------------------------------------
 */

static bool read_id(const char *text, uint64_t *id)
{
    enum { DIGITS = 16 };
    char *end = NULL;
    *id = strtoull(text, &end, DIGITS);
    return end == text + DIGITS && text[0] != '-' && text[0] != '+' && text[0] != ' ';
}

bool dateline_merger_story(const dateline_merger *merger, const char *record,
                           char story[17])
{
    uint64_t id;
    uint64_t found = read_id(record, &id) ? dl_story_find(merger->story, id) : 0;
    if (found)
        dl_write_id(found, story);
    return found != 0;
}

static dateline_status hand_over(dl_buffer *out, dateline_sink sink, void *context,
                                 dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    if (out->failed)
        status = dl_error_memory(error);
    else if (out->size > 0 && !sink(context, out->data, out->size))
        status = dl_error_set(error, DATELINE_WRITE_FAILED, "output can't be written");
    dl_buffer_release(out);
    return status;
}

dateline_status dateline_merger_write_record(const dateline_merger *merger,
                                             dateline_text line, dateline_sink sink,
                                             void *context, dateline_error *error)
{
    static const char start[] = "{\"id\":\"";
    enum { START = sizeof start - 1, ID = 16 };
    dl_buffer out = {0};
    dl_string text = {line.data, line.size};
    char id[ID + 1] = "", story[ID + 1];
    if (dl_string_starts(text, DL_STRING(start)) && text.size > START + ID)
        memcpy(id, text.data + START, ID);
    if (id[0] && dateline_merger_story(merger, id, story))
        dl_write_with_story(&out, text, story);
    else
        dl_buffer_add_string(&out, text);
    return hand_over(&out, sink, context, error);
}

/* ---- Stories -------------------------------------------------------------------------
 */

/* A record with the story that it is in. */
typedef struct member {
    uint64_t story, id;
    int32_t day;
    uint32_t number;
} member;

static int by_story(const void *a, const void *b)
{
    const member *x = a, *y = b;
    if (x->story != y->story)
        return x->story < y->story ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

const dl_merger_article *dl_merger_find_article(const dateline_merger *merger,
                                                uint64_t article)
{
    size_t low = 0, high = merger->name_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (merger->names[middle].article < article)
            low = middle + 1;
        else
            high = middle;
    }
    return low < merger->name_count && merger->names[low].article == article
               ? &merger->names[low]
               : NULL;
}

static dl_string article_id(const dateline_merger *merger, uint64_t article)
{
    const dl_merger_article *name = dl_merger_find_article(merger, article);
    return name ? (dl_string){merger->strings.data + name->id, name->id_size}
                : (dl_string){0};
}

/* Where an article comes from; its id where that is not known. */
static dl_string source_of(const dateline_merger *merger, uint64_t article)
{
    const dl_merger_article *name = dl_merger_find_article(merger, article);
    if (!name || !name->source_size)
        return article_id(merger, article);
    return (dl_string){merger->strings.data + name->source, name->source_size};
}

static int by_string(const void *a, const void *b)
{
    return dl_string_compare(*(const dl_string *)a, *(const dl_string *)b);
}

static int by_hash(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* What `dl_write_story` is told of a story. */
static bool gather(const dateline_merger *merger, const member *members, size_t count,
                   dl_arena *arena, dl_written_story *out)
{
    uint64_t *hashes = DL_ARENA_ARRAY(arena, uint64_t, count);
    *out = (dl_written_story){.ontology = merger->ontology,
                              .reports = DL_ARENA_ARRAY(arena, dl_report, count),
                              .report_count = count,
                              .articles = DL_ARENA_ARRAY(arena, dl_string, count),
                              .sources = DL_ARENA_ARRAY(arena, dl_string, count),
                              .source_of = DL_ARENA_ARRAY(arena, dl_string, count)};
    if (!hashes || !out->reports || !out->articles || !out->sources || !out->source_of)
        return false;
    for (size_t i = 0; i < count; i++) {
        dl_report *report = &out->reports[i];
        dl_story_get(merger->story, members[i].number, report, &out->story);
        out->source_of[i] = source_of(merger, report->article);
        hashes[i] = report->article;
    }
    qsort(hashes, count, sizeof *hashes, by_hash);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && hashes[i] == hashes[i - 1])
            continue;
        out->copies += dl_story_original(merger->story, hashes[i]) != hashes[i];
        out->articles[out->article_count++] = article_id(merger, hashes[i]);
        out->sources[out->source_count++] = source_of(merger, hashes[i]);
    }
    qsort(out->articles, out->article_count, sizeof *out->articles, by_string);
    qsort(out->sources, out->source_count, sizeof *out->sources, by_string);
    size_t kept = 0;
    for (size_t i = 0; i < out->source_count; i++)
        if (i == 0 || !dl_string_equal(out->sources[i], out->sources[i - 1]))
            out->sources[kept++] = out->sources[i];
    out->source_count = kept;
    return true;
}

/* A run of members, with the first day that its records have. */
typedef struct run {
    uint64_t story;
    int32_t day;
    size_t first, count;
} run;

static int by_first_day(const void *a, const void *b)
{
    const run *x = a, *y = b;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return (x->story > y->story) - (x->story < y->story);
}

static size_t find_runs(const member *members, size_t count, run *runs)
{
    size_t found = 0;
    for (size_t i = 0, end; i < count; i = end) {
        run r = {.story = members[i].story, .day = DL_NO_DAY, .first = i};
        for (end = i; end < count && members[end].story == members[i].story; end++)
            if (members[end].day != DL_NO_DAY &&
                (r.day == DL_NO_DAY || members[end].day < r.day))
                r.day = members[end].day;
        r.count = end - i;
        runs[found++] = r;
    }
    qsort(runs, found, sizeof *runs, by_first_day);
    return found;
}

/* Writes all stories; `members` and `runs` have room for all records. */
static dateline_status write_all(const dateline_merger *merger, bool table,
                                 member *members, run *runs, dl_arena *arena,
                                 dateline_sink sink, void *context, dateline_error *error)
{
    size_t count = 0;
    dateline_status status = DATELINE_OK;
    for (size_t i = 0; i < dl_story_records(merger->story); i++) {
        dl_report report;
        uint64_t story;
        if (!dl_story_is_current(merger->story, i))
            continue;
        dl_story_get(merger->story, i, &report, &story);
        members[count++] = (member){story, report.id, report.first_day, (uint32_t)i};
    }
    qsort(members, count, sizeof *members, by_story);
    size_t run_count = find_runs(members, count, runs);
    for (size_t i = 0; status == DATELINE_OK && i < run_count; i++) {
        dl_written_story story;
        dl_buffer out = {0};
        dl_arena_reset(arena);
        if (!gather(merger, &members[runs[i].first], runs[i].count, arena, &story))
            return dl_error_memory(error);
        dl_write_story(&out, &story, table);
        status = hand_over(&out, sink, context, error);
    }
    return status;
}

dateline_status dateline_merger_write(const dateline_merger *merger,
                                      dateline_stories_format format, dateline_sink sink,
                                      void *context, dateline_error *error)
{
    size_t count = dl_story_records(merger->story) + 1;
    member *members = malloc(count * sizeof *members);
    run *runs = malloc(count * sizeof *runs);
    dl_arena *arena = dl_arena_new();
    dateline_status status = members && runs && arena
                                 ? write_all(merger, format == DATELINE_STORIES_TABLE,
                                             members, runs, arena, sink, context, error)
                                 : dl_error_memory(error);
    dl_arena_free(arena);
    free(runs);
    free(members);
    return status;
}

/* ---- Why -----------------------------------------------------------------------------
 */

static void add_reasons(dl_buffer *out, const dl_story *story,
                        const dl_story_reasons *reasons)
{
    const dl_pair_weights *weights = dl_story_weights(story);
    for (int i = 0; i < DL_FEATURES; i++) {
        double feature = (double)reasons->features[i];
        double share = feature * (double)weights->weights[i];
        if (feature != 0)
            dl_buffer_add_format(out, "%8.2f  %-30s %5.2f  %s\n", share,
                                 dl_feature_name((dl_feature)i), feature,
                                 dl_feature_text((dl_feature)i));
    }
    dl_buffer_add_format(out,
                         "%8.2f  together; joined from %.2f on, as a mean over both "
                         "stories\n",
                         (double)reasons->score, (double)weights->join);
}

static const char *verdict(const dl_story_reasons *reasons)
{
    if (reasons->stories[0] == reasons->stories[1])
        return reasons->likely ? "one story" : "one story, by way of other records";
    if (!reasons->met)
        return "two stories: their articles have too little in common, or lie too many "
               "days apart, to be compared";
    return reasons->likely ? "two stories: alike, but not to the other records there"
                           : "two stories";
}

dateline_status dateline_merger_explain(const dateline_merger *merger, const char *one,
                                        const char *other, dateline_sink sink,
                                        void *context, dateline_error *error)
{
    uint64_t left, right;
    dl_story_reasons reasons;
    dl_buffer out = {0};
    char story[17];
    if (!read_id(one, &left) || !read_id(other, &right) ||
        !dl_story_explain(merger->story, left, right, &reasons))
        return dl_error_set(error, DATELINE_USAGE, "no such record among these: %s, %s",
                            one, other);
    for (int i = 0; i < 2; i++) {
        dl_write_id(reasons.stories[i], story);
        dl_buffer_add_format(&out, "%s  story %s\n", i ? other : one, story);
    }
    dl_buffer_add_format(&out, "%s\n", verdict(&reasons));
    add_reasons(&out, merger->story, &reasons);
    return hand_over(&out, sink, context, error);
}
