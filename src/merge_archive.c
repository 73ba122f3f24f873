/* Merging an archive: what its store packed is read, the stories go back. */
#include <stdio.h>
#include <stdlib.h>

#include "merger.h"
#include "write/write.h"

/* ---- Out of the archive --------------------------------------------------------------
 */

/* Articles and records on their way into the merger. */
typedef struct intake {
    dateline_merger *merger;
    dl_arena *arena;
    dl_story_article *articles; /* in order of key */
    size_t count, capacity;
    size_t at;           /* the article of the last record */
    int64_t last_merged; /* key of the last article that the archive's stories know */
    bool failed;
} intake;

/* In dl_story_article.same_as, which is not asked for here: its records were added. */
enum { IN_STORY = -1 };

static bool take_article(void *context, const dl_story_article *article)
{
    intake *in = context;
    in->failed |= !dl_arena_grow(in->arena, (void **)&in->articles, in->count,
                                 &in->capacity, sizeof *in->articles);
    if (in->failed)
        return false;
    dl_story_article *kept = &in->articles[in->count++];
    *kept = *article;
    kept->date = (dl_string){0};
    dl_string *strings[] = {&kept->id, &kept->source, &kept->sketch};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        if (strings[i]->size > 0) {
            *strings[i] = dl_arena_string(in->arena, *strings[i]);
            in->failed |= !strings[i]->data;
        }
    return !in->failed;
}

/* The article of that key; NULL where there is none. Records of one article follow each
 * other, so that it mostly is the last one. */
static const dl_story_article *article_of(intake *in, int64_t key)
{
    size_t low = 0, high = in->count;
    if (in->at < in->count && in->articles[in->at].article_key == key)
        return &in->articles[in->at];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (in->articles[middle].article_key < key)
            low = middle + 1;
        else
            high = middle;
    }
    in->at = low;
    return low < in->count && in->articles[low].article_key == key ? &in->articles[low]
                                                                   : NULL;
}

static bool add_key(dateline_merger *merger, uint64_t id, int64_t key)
{
    enum { LEAST = 256 };
    if (merger->record_count == merger->record_capacity) {
        size_t capacity = merger->record_capacity * 2 + LEAST;
        dl_merger_record *grown = realloc(merger->records, capacity * sizeof *grown);
        if (!grown)
            return false;
        merger->records = grown;
        merger->record_capacity = capacity;
    }
    merger->records[merger->record_count++] = (dl_merger_record){id, key};
    return true;
}

static uint64_t id_of(dl_string digits)
{
    enum { DIGITS = 16 };
    char text[DIGITS + 1] = "";
    memcpy(text, digits.data, digits.size < DIGITS ? digits.size : DIGITS);
    return strtoull(text, NULL, DIGITS);
}

/* What another version packed, or for another article, can't be read, and stays out of
 * all stories. */
static bool take_record(void *context, const dl_story_record *record)
{
    intake *in = context;
    const dl_story_article *article = article_of(in, record->article_key);
    dl_report report;
    dl_sketch sketch;
    if (!article ||
        !dl_report_unpack((const uint8_t *)record->merge_key.data, record->merge_key.size,
                          &report) ||
        !dl_sketch_unpack((const uint8_t *)article->sketch.data, article->sketch.size,
                          &sketch) ||
        report.article != sketch.article) {
        in->merger->unread++;
        return true;
    }
    uint64_t old = record->story.size > 0 ? id_of(record->story) : 0;
    in->articles[in->at].same_as = IN_STORY;
    in->failed = !dl_story_add_packed(in->merger->story, article->sketch,
                                      record->merge_key, old) ||
                 !add_key(in->merger, report.id, record->record_key);
    return !in->failed;
}

/* Names of all articles; those without records stand among the others too, where copies
 * and neighbours are looked for. */
static void name_articles(intake *in)
{
    for (size_t i = 0; i < in->count && !in->failed; i++) {
        const dl_story_article *article = &in->articles[i];
        dl_sketch sketch;
        if (!dl_sketch_unpack((const uint8_t *)article->sketch.data, article->sketch.size,
                              &sketch))
            continue;
        bool seen = article->article_key <= in->last_merged;
        in->failed = (article->same_as != IN_STORY &&
                      !dl_story_add_packed(in->merger->story, article->sketch,
                                           (dl_string){0}, seen)) ||
                     !dl_merger_add_article(in->merger, sketch.article, article->id,
                                            article->source);
        if (!in->failed)
            in->merger->names[in->merger->name_count - 1].key = article->article_key;
    }
}

/* Which weights, over what, made the stories that an archive has. */
static void sign(const dateline_merger *merger, char out[48])
{
    const dl_pair_weights *weights = dl_story_weights(merger->story);
    snprintf(out, 48, "%s %016llx", DATELINE_VERSION,
             (unsigned long long)dl_string_hash(
                 (dl_string){(const char *)weights, sizeof *weights}));
}

dateline_status dateline_merger_add_archive(dateline_merger *merger, const char *path,
                                            dateline_error *error)
{
    intake in = {.merger = merger, .arena = dl_arena_new()};
    char signature[48];
    if (!in.arena)
        return dl_error_memory(error);
    if (merger->archive) {
        dl_arena_free(in.arena);
        return dl_error_set(error, DATELINE_USAGE, "the merger has an archive");
    }
    sign(merger, signature);
    dateline_status status = dl_stories_open(path, &merger->archive, error);
    if (status == DATELINE_OK)
        status = dl_stories_find_last(merger->archive, dl_string_from(signature),
                                      &in.last_merged, error);
    merger->anew = in.last_merged == 0;
    if (status == DATELINE_OK)
        status = dl_stories_articles(merger->archive, take_article, &in, error);
    in.at = in.count;
    if (status == DATELINE_OK && !in.failed)
        status = dl_stories_records(merger->archive, false, take_record, &in, error);
    if (status == DATELINE_OK)
        name_articles(&in);
    dl_arena_free(in.arena);
    return status == DATELINE_OK && in.failed ? dl_error_memory(error) : status;
}

/* ---- Back into it --------------------------------------------------------------------
 */

typedef struct keeping {
    dateline_merger *merger;
    dateline_merged *merged;
    dateline_status status;
    dateline_error *error;
} keeping;

static const dl_merger_record *find_record(const dateline_merger *merger, uint64_t id)
{
    size_t low = 0, high = merger->record_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (merger->records[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < merger->record_count && merger->records[low].id == id
               ? &merger->records[low]
               : NULL;
}

/* All records of that id: one article may tell of one event twice in the same words. */
static void keep_story(void *context, uint64_t record, uint64_t story)
{
    keeping *k = context;
    const dl_merger_record *end = k->merger->records + k->merger->record_count;
    char id[17];
    dl_write_id(story, id);
    for (const dl_merger_record *r = find_record(k->merger, record);
         r && r < end && r->id == record && k->status == DATELINE_OK; r++)
        k->status =
            dl_stories_set(k->merger->archive, r->key, dl_string_from(id), k->error);
    k->merged->changed++;
}

/* Called for each article that was looked at. */
static void keep_copy(void *context, uint64_t article, uint64_t original)
{
    keeping *k = context;
    const dl_merger_article *name = dl_merger_find_article(k->merger, article);
    const dl_merger_article *first = dl_merger_find_article(k->merger, original);
    if (k->status == DATELINE_OK && name && first && name->key)
        k->status = dl_stories_set_same(k->merger->archive, name->key,
                                        first == name ? 0 : first->key, k->error);
}

dateline_status dateline_merger_keep(dateline_merger *merger, dateline_merged *merged,
                                     dateline_error *error)
{
    dateline_merged ignored;
    keeping k = {.merger = merger, .merged = merged ? merged : &ignored, .error = error};
    char signature[48];
    *k.merged = (dateline_merged){.records = dl_story_records(merger->story),
                                  .articles = merger->name_count,
                                  .unread = merger->unread};
    if (!merger->archive)
        return dl_error_set(error, DATELINE_USAGE, "the merger has no archive");
    sign(merger, signature);
    k.status = dl_stories_begin(merger->archive, error);
    if (k.status != DATELINE_OK)
        return k.status;
    dl_story_changes(merger->story, keep_story, &k);
    dl_story_copies(merger->story, keep_copy, &k);
    dl_stories_facts facts = {0};
    if (k.status == DATELINE_OK)
        k.status =
            dl_stories_commit(merger->archive, dl_string_from(signature), &facts, error);
    k.merged->stories = facts.stories;
    k.merged->copies = facts.copies;
    return k.status;
}
