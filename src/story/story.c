#include <stdlib.h>

#include "story/inside.h"

/* ---- Memory --------------------------------------------------------------------------
 */

bool dl_story_room(void **items, size_t count, size_t *capacity, size_t more, size_t size)
{
    enum { LEAST = 64 };
    if (count + more <= *capacity)
        return true;
    size_t wanted = *capacity + *capacity / 2 + LEAST;
    wanted = wanted < count + more ? count + more : wanted;
    void *grown = wanted < SIZE_MAX / size ? realloc(*items, wanted * size) : NULL;
    if (!grown)
        return false;
    *items = grown;
    *capacity = wanted;
    return true;
}

static size_t slot_of(const dl_ids *ids, uint64_t key)
{
    size_t at = dl_story_mix(key) & (ids->capacity - 1);
    while (ids->values[at] != UINT32_MAX && ids->keys[at] != key)
        at = (at + 1) & (ids->capacity - 1);
    return at;
}

static bool grow_ids(dl_ids *ids)
{
    enum { LEAST = 1024 };
    dl_ids grown = {.capacity = ids->capacity ? ids->capacity * 2 : LEAST,
                    .count = ids->count};
    grown.keys = malloc(grown.capacity * sizeof *grown.keys);
    grown.values = malloc(grown.capacity * sizeof *grown.values);
    if (!grown.keys || !grown.values) {
        dl_ids_release(&grown);
        return false;
    }
    memset(grown.values, 0xFF, grown.capacity * sizeof *grown.values);
    for (size_t i = 0; i < ids->capacity; i++) {
        if (ids->values[i] == UINT32_MAX)
            continue;
        size_t at = slot_of(&grown, ids->keys[i]);
        grown.keys[at] = ids->keys[i];
        grown.values[at] = ids->values[i];
    }
    dl_ids_release(ids);
    *ids = grown;
    return true;
}

bool dl_ids_set(dl_ids *ids, uint64_t key, uint32_t value)
{
    if (ids->count * 4 >= ids->capacity * 3 && !grow_ids(ids))
        return false;
    size_t at = slot_of(ids, key);
    ids->count += ids->values[at] == UINT32_MAX;
    ids->keys[at] = key;
    ids->values[at] = value;
    return true;
}

uint32_t dl_ids_find(const dl_ids *ids, uint64_t key)
{
    return ids->capacity ? ids->values[slot_of(ids, key)] : UINT32_MAX;
}

void dl_ids_release(dl_ids *ids)
{
    free(ids->keys);
    free(ids->values);
    *ids = (dl_ids){0};
}

dl_story *dl_story_new(const dl_pair_weights *weights)
{
    dl_story *story = calloc(1, sizeof *story);
    if (story)
        story->weights = *weights;
    return story;
}

void dl_story_free(dl_story *story)
{
    if (!story)
        return;
    dl_ids_release(&story->article_ids);
    dl_ids_release(&story->record_ids);
    free(story->articles);
    free(story->records);
    free(story->bytes);
    free(story->originals);
    free(story->edges);
    free(story);
}

/* ---- Adding --------------------------------------------------------------------------
 */

static bool add_article(dl_story *story, const dl_sketch *sketch)
{
    uint32_t before = dl_ids_find(&story->article_ids, sketch->article);
    if (before != UINT32_MAX)
        story->articles[before].replaced = story->all = true;
    if (story->article_count >= UINT32_MAX - 1 ||
        !dl_story_room((void **)&story->articles, story->article_count,
                       &story->article_capacity, 1, sizeof *story->articles) ||
        !dl_ids_set(&story->article_ids, sketch->article, (uint32_t)story->article_count))
        return false;
    story->articles[story->article_count++] =
        (dl_story_article){.sketch = *sketch,
                           .first_byte = story->byte_count,
                           .first_record = (uint32_t)story->record_count};
    return true;
}

/* Adds a record to the article that was added last. */
static bool add_record(dl_story *story, uint64_t id, dl_string packed, uint64_t old_story)
{
    if (story->record_count >= UINT32_MAX - 1 ||
        !dl_story_room((void **)&story->records, story->record_count,
                       &story->record_capacity, 1, sizeof *story->records) ||
        !dl_story_room((void **)&story->bytes, story->byte_count, &story->byte_capacity,
                       packed.size, 1) ||
        !dl_ids_set(&story->record_ids, id, (uint32_t)story->record_count))
        return false;
    memcpy(story->bytes + story->byte_count, packed.data, packed.size);
    story->records[story->record_count++] =
        (dl_story_record){.id = id,
                          .story = old_story ? old_story : id,
                          .old_story = old_story,
                          .byte = story->byte_count,
                          .article = (uint32_t)story->article_count - 1,
                          .size = (uint32_t)packed.size};
    story->byte_count += packed.size;
    story->articles[story->article_count - 1].is_new |= !old_story;
    story->articles[story->article_count - 1].record_count++;
    return true;
}

bool dl_story_add(dl_story *story, const dl_sketch *sketch, const dl_report *reports,
                  size_t count)
{
    uint8_t bytes[DL_REPORT_BYTES_MAX];
    if (!add_article(story, sketch))
        return false;
    story->articles[story->article_count - 1].is_new = true;
    for (size_t i = 0; i < count; i++) {
        dl_string packed = {(const char *)bytes, dl_report_pack(&reports[i], bytes)};
        if (!add_record(story, reports[i].id, packed, 0))
            return false;
    }
    return true;
}

/* Adds the article of a packed sketch; `article` is its hash, 0 for any. */
static bool add_packed_article(dl_story *story, dl_string packed, uint64_t article)
{
    dl_sketch sketch;
    return dl_sketch_unpack((const uint8_t *)packed.data, packed.size, &sketch) &&
           (!article || article == sketch.article) && add_article(story, &sketch);
}

bool dl_story_add_packed(dl_story *story, dl_string sketch, dl_string report,
                         uint64_t old_story)
{
    dl_report read;
    if (report.size == 0) {
        if (!add_packed_article(story, sketch, 0))
            return false;
        story->articles[story->article_count - 1].is_new = !old_story;
        return true;
    }
    report.size = dl_report_unpack((const uint8_t *)report.data, report.size, &read);
    bool again = story->article_count > 0 &&
                 story->articles[story->article_count - 1].sketch.article == read.article;
    return report.size > 0 &&
           (again || add_packed_article(story, sketch, read.article)) &&
           add_record(story, read.id, report, old_story);
}

/* ---- Resolving and asking ------------------------------------------------------------
 */

bool dl_story_resolve(dl_story *story, bool all)
{
    enum { PART = 4 }; /* where a quarter is new, all at once is quicker */
    dl_blocks blocks;
    size_t fresh = 0;
    for (size_t i = 0; i < story->article_count; i++)
        fresh += story->articles[i].is_new;
    all |= story->all || fresh > story->article_count / PART;
    bool good = dl_blocks_build(story, &blocks) && dl_link_compare(story, &blocks, all);
    story->peak =
        blocks.held +
        story->article_count * (DL_BLOCKS * sizeof *blocks.places + sizeof(uint32_t));
    dl_blocks_release(&blocks);
    good = good && dl_link_join(story);
    story->peak += story->edge_capacity * sizeof *story->edges;
    free(story->edges);
    story->edges = NULL;
    story->edge_count = story->edge_capacity = 0;
    for (size_t i = 0; i < story->article_count; i++)
        story->articles[i].is_new = false;
    story->all = false;
    return good;
}

bool dl_story_is_current(const dl_story *story, size_t at)
{
    return !story->articles[story->records[at].article].replaced;
}

void dl_story_changes(const dl_story *story, dl_story_changed changed, void *context)
{
    for (size_t i = 0; i < story->record_count; i++) {
        const dl_story_record *record = &story->records[i];
        if (dl_story_is_current(story, i) && record->story != record->old_story)
            changed(context, record->id, record->story);
    }
}

void dl_story_copies(const dl_story *story, dl_story_copied copied, void *context)
{
    for (size_t i = 0; i < story->original_count; i++)
        if (story->articles[i].touched && !story->articles[i].replaced)
            copied(context, story->articles[i].sketch.article,
                   story->articles[story->originals[i]].sketch.article);
}

size_t dl_story_articles(const dl_story *story)
{
    return story->article_count;
}

size_t dl_story_records(const dl_story *story)
{
    return story->record_count;
}

size_t dl_story_bytes(const dl_story *story)
{
    const size_t entry = sizeof(uint64_t) + sizeof(uint32_t);
    return story->article_capacity * sizeof *story->articles +
           story->record_capacity * sizeof *story->records + story->byte_capacity +
           (story->article_ids.capacity + story->record_ids.capacity) * entry +
           story->peak;
}

uint64_t dl_story_find(const dl_story *story, uint64_t record)
{
    uint32_t at = dl_ids_find(&story->record_ids, record);
    return at == UINT32_MAX ? 0 : story->records[at].story;
}

uint64_t dl_story_original(const dl_story *story, uint64_t article)
{
    uint32_t at = dl_ids_find(&story->article_ids, article);
    return at == UINT32_MAX || at >= story->original_count
               ? article
               : story->articles[story->originals[at]].sketch.article;
}

void dl_story_read(const dl_story *story, uint32_t record, dl_report *report)
{
    const dl_story_record *r = &story->records[record];
    dl_report_unpack(story->bytes + r->byte, r->size, report);
}

void dl_story_get(const dl_story *story, size_t at, dl_report *report, uint64_t *story_id)
{
    dl_story_read(story, (uint32_t)at, report);
    *story_id = story->records[at].story;
}

/* Whether two articles share a block, however full it is. */
static bool share_block(const dl_sketch *a, const dl_sketch *b)
{
    uint32_t one[DL_BLOCKS], other[DL_BLOCKS];
    size_t count = dl_block_keys(a, one), others = dl_block_keys(b, other);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < others; k++)
            if (one[i] == other[k])
                return true;
    return false;
}

bool dl_story_explain(const dl_story *story, uint64_t one, uint64_t other,
                      dl_story_reasons *reasons)
{
    uint32_t a = dl_ids_find(&story->record_ids, one);
    uint32_t b = dl_ids_find(&story->record_ids, other);
    dl_report left, right;
    if (a == UINT32_MAX || b == UINT32_MAX)
        return false;
    const dl_sketch *x = &story->articles[story->records[a].article].sketch;
    const dl_sketch *y = &story->articles[story->records[b].article].sketch;
    dl_story_read(story, a, &left);
    dl_story_read(story, b, &right);
    *reasons =
        (dl_story_reasons){.stories = {story->records[a].story, story->records[b].story},
                           .alike = dl_pair_articles(x, y)};
    dl_pair_features(&reasons->alike, &left, &right, reasons->features);
    reasons->score = dl_pair_score(&story->weights, reasons->features);
    reasons->likely = reasons->score >= story->weights.join;
    bool dated = (x->day == DL_NO_DAY) == (y->day == DL_NO_DAY) &&
                 reasons->alike.days <= story->weights.days;
    bool alike = reasons->alike.terms >= story->weights.articles ||
                 reasons->alike.copy >= story->weights.copy;
    reasons->met = reasons->alike.same || (dated && alike && share_block(x, y));
    return true;
}

const dl_pair_weights *dl_story_weights(const dl_story *story)
{
    return &story->weights;
}
