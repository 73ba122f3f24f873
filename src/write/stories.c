/* Stories: one event as all its sources tell it. */
#include "write/write.h"

enum { SOURCES_SHOWN = 3, SIZED_MAX = 1024 /* reports whose counts are told */ };

static void set_id(dl_json *json, const char *key, uint64_t id)
{
    char text[17];
    dl_write_id(id, text);
    dl_json_set_text(json, key, text);
}

static void set_day(dl_json *json, const char *key, int32_t day)
{
    char text[24];
    if (day == DL_NO_DAY)
        return;
    dl_date_format(dl_date_from_days(day), text);
    dl_json_set_text(json, key, text);
}

/* First and last day that any of the records has. */
static void find_days(const dl_written_story *story, int32_t *first, int32_t *last)
{
    *first = *last = DL_NO_DAY;
    for (size_t i = 0; i < story->report_count; i++) {
        const dl_report *r = &story->reports[i];
        if (r->first_day == DL_NO_DAY)
            continue;
        *first = *first == DL_NO_DAY || r->first_day < *first ? r->first_day : *first;
        *last = *last == DL_NO_DAY || r->last_day > *last ? r->last_day : *last;
    }
}

/* The category that most records have; of equals the first. */
static dl_category most_frequent(const dl_written_story *story)
{
    size_t counts[DL_ONTOLOGY_CATEGORIES_MAX] = {0}, best = 0;
    for (size_t i = 0; i < story->report_count; i++)
        if (story->reports[i].category < DL_ONTOLOGY_CATEGORIES_MAX)
            counts[story->reports[i].category]++;
    for (size_t i = 1; i < DL_ONTOLOGY_CATEGORIES_MAX; i++)
        best = counts[i] > counts[best] ? i : best;
    return (dl_category)best;
}

static void add_strings(dl_json *json, const char *key, const dl_string *strings,
                        size_t count)
{
    dl_json_key(json, key);
    dl_json_open(json, '[');
    for (size_t i = 0; i < count; i++)
        dl_json_add_string(json, strings[i]);
    dl_json_close(json, ']');
}

/* A count as one or more records give it. */
static bool is_same(const dl_report_size *a, const dl_report_size *b)
{
    return a->kind == b->kind && a->relation == b->relation && a->value == b->value &&
           (a->relation != DL_BETWEEN || a->high == b->high);
}

static const dl_report_size *find_size(const dl_report *report,
                                       const dl_report_size *size)
{
    for (size_t i = 0; i < report->size_count; i++)
        if (is_same(&report->sizes[i], size))
            return &report->sizes[i];
    return NULL;
}

/* Whether a record before the given place says the same. */
static bool is_told_before(const dl_written_story *story, size_t at,
                           const dl_report_size *size)
{
    for (size_t i = 0; i < at; i++)
        if (find_size(&story->reports[i], size))
            return true;
    return false;
}

/* The sources that give a count, each once. */
static void add_sources(dl_json *json, const dl_written_story *story,
                        const dl_report_size *size)
{
    dl_json_key(json, "sources");
    dl_json_open(json, '[');
    for (size_t i = 0; i < story->report_count && i < SIZED_MAX; i++) {
        bool again = !find_size(&story->reports[i], size);
        for (size_t k = 0; k < i && !again; k++)
            again = find_size(&story->reports[k], size) &&
                    dl_string_equal(story->source_of[k], story->source_of[i]);
        if (!again)
            dl_json_add_string(json, story->source_of[i]);
    }
    dl_json_close(json, ']');
}

static size_t sized(const dl_written_story *story)
{
    return story->report_count < SIZED_MAX ? story->report_count : SIZED_MAX;
}

static void set_kind(dl_json *json, const dl_written_story *story, int kind)
{
    bool open = false;
    for (size_t i = 0; i < sized(story); i++)
        for (size_t k = 0; k < story->reports[i].size_count; k++) {
            const dl_report_size *size = &story->reports[i].sizes[k];
            if (size->kind != kind || is_told_before(story, i, size))
                continue;
            if (!open) {
                dl_json_key(json, dl_write_size_name((dl_size_kind)kind));
                dl_json_open(json, '[');
            }
            open = true;
            dl_json_open(json, '{');
            dl_json_set_number(json, "value", (double)size->value);
            dl_json_set_text(json, "relation",
                             dl_write_relation((dl_relation)size->relation));
            if (size->relation == DL_BETWEEN)
                dl_json_set_number(json, "high", (double)size->high);
            add_sources(json, story, size);
            dl_json_close(json, '}');
        }
    if (open)
        dl_json_close(json, ']');
}

static void set_sizes(dl_json *json, const dl_written_story *story)
{
    bool any = false;
    for (size_t i = 0; i < sized(story); i++)
        any |= story->reports[i].size_count > 0;
    if (!any)
        return;
    dl_json_key(json, "size");
    dl_json_open(json, '{');
    for (int kind = 0; kind < DL_SIZES; kind++)
        set_kind(json, story, kind);
    dl_json_close(json, '}');
}

static void write_line(dl_buffer *out, const dl_written_story *story)
{
    dl_json json = {.out = out};
    int32_t first, last;
    find_days(story, &first, &last);
    dl_json_open(&json, '{');
    set_id(&json, "story", story->story);
    dl_json_set_text(&json, "event",
                     dl_category_name(story->ontology, most_frequent(story)));
    set_day(&json, "first_date", first);
    set_day(&json, "last_date", last);
    dl_json_set_number(&json, "reports", (double)story->report_count);
    add_strings(&json, "articles", story->articles, story->article_count);
    if (story->copies)
        dl_json_set_number(&json, "copies", (double)story->copies);
    add_strings(&json, "sources", story->sources, story->source_count);
    set_sizes(&json, story);
    dl_json_key(&json, "records");
    dl_json_open(&json, '[');
    for (size_t i = 0; i < story->report_count; i++) {
        char id[17];
        dl_write_id(story->reports[i].id, id);
        dl_json_add_string(&json, dl_string_from(id));
    }
    dl_json_close(&json, ']');
    dl_json_close(&json, '}');
    dl_buffer_add_char(out, '\n');
}

static void write_row(dl_buffer *out, const dl_written_story *story)
{
    char day[24] = "";
    int32_t first, last;
    find_days(story, &first, &last);
    if (first != DL_NO_DAY)
        dl_date_format(dl_date_from_days(first), day);
    dl_buffer_add_format(out, "%-10s  %-9s  %zu report%s in %zu article%s  ", day,
                         dl_category_name(story->ontology, most_frequent(story)),
                         story->report_count, story->report_count == 1 ? "" : "s",
                         story->article_count, story->article_count == 1 ? "" : "s");
    for (size_t i = 0; i < story->source_count && i < SOURCES_SHOWN; i++) {
        if (i > 0)
            dl_buffer_add_text(out, ", ");
        dl_write_flat(out, story->sources[i]);
    }
    if (story->source_count > SOURCES_SHOWN)
        dl_buffer_add_format(out, " and %zu more", story->source_count - SOURCES_SHOWN);
    dl_buffer_add_char(out, '\n');
}

void dl_write_story(dl_buffer *out, const dl_written_story *story, bool table)
{
    if (table)
        write_row(out, story);
    else
        write_line(out, story);
}
