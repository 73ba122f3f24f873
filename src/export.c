/* Records handed over: lines in, one layout out. */
#include <stdlib.h>

#include "pipeline.h"
#include "write/export.h"

enum {
    SEEN_START = 1 << 10,
    ALL_STATUSES = (1 << DL_EVENT_STATUSES) - 1,
    FLUSH_BYTES = 1 << 16 /* rows of one record are handed on when there is so much */
};

/* Ids that were written, open addressing, 0 where free; at most 3/4 full. */
typedef struct seen_ids {
    uint64_t *slots;
    size_t capacity, count;
} seen_ids;

struct dateline_exporter {
    const dl_layout *layout;
    dateline_layout which;
    unsigned statuses; /* mask of dl_event_status that are written */
    dl_codes codes;
    dateline_sink sink;
    void *context;
    dl_arena *arena;
    dl_buffer out;
    dl_cells cells;
    seen_ids seen;
    dateline_export_counts counts;
    bool begun; /* the head was written */
};

bool dateline_layout_find(const char *name, dateline_layout *layout)
{
    for (int i = 0; i < DATELINE_LAYOUTS; i++)
        if (strcmp(dl_layout_get((dateline_layout)i)->name, name) == 0) {
            *layout = (dateline_layout)i;
            return true;
        }
    return false;
}

const char *dateline_layout_name(dateline_layout layout)
{
    return dl_layout_get(layout)->name;
}

/* "actual,historical", "all"; NULL: what the layout has a place for. */
static bool read_statuses(const char *text, const dl_layout *layout, unsigned *mask)
{
    size_t at = 0;
    dl_string all = dl_string_from(text);
    *mask = layout->happened ? 1u << DL_EVENT_actual : ALL_STATUSES;
    if (!text)
        return true;
    *mask = 0;
    while (at <= all.size) {
        size_t end = dl_string_find(all, ',', at);
        dl_string name = dl_string_trim(dl_string_slice(all, at, end));
        int status = dl_event_status_find(name);
        bool every = dl_string_equal(name, DL_STRING("all"));
        if (status < 0 && !every)
            return false;
        *mask |= every ? ALL_STATUSES : 1u << status;
        at = end + 1;
    }
    return true;
}

dateline_status dateline_exporter_new(const dateline_engine *engine,
                                      const dateline_export_options *options,
                                      dateline_sink sink, void *context,
                                      dateline_exporter **exporter, dateline_error *error)
{
    dateline_exporter *e = calloc(1, sizeof *e);
    if (!e || !(e->arena = dl_arena_new())) {
        free(e);
        return dl_error_memory(error);
    }
    e->which = options->layout;
    e->layout = dl_layout_get(options->layout);
    e->sink = sink;
    e->context = context;
    e->cells = (dl_cells){.out = &e->out, .style = e->layout->style};
    dateline_status status = DATELINE_OK;
    if (!read_statuses(options->statuses, e->layout, &e->statuses))
        status = dl_error_set(error, DATELINE_USAGE, "no such status in \"%s\"",
                              options->statuses);
    else if (!dl_codes_open(&e->codes, dl_engine_lexicon(engine)))
        status = dl_error_set(error, DATELINE_BAD_FILE,
                              "the lexicon has no lists of codes for export");
    if (status != DATELINE_OK)
        dateline_exporter_free(e);
    else
        *exporter = e;
    return status;
}

void dateline_exporter_free(dateline_exporter *exporter)
{
    if (!exporter)
        return;
    dl_cells_release(&exporter->cells);
    dl_buffer_release(&exporter->out);
    dl_arena_free(exporter->arena);
    free(exporter->seen.slots);
    free(exporter);
}

/* ---- Ids that were met ---------------------------------------------------------------
 */

static size_t slot_of(const seen_ids *seen, uint64_t id)
{
    size_t at = (size_t)((id * 0x9E3779B97F4A7C15u) >> 20) & (seen->capacity - 1);
    while (seen->slots[at] && seen->slots[at] != id)
        at = (at + 1) & (seen->capacity - 1);
    return at;
}

static bool grow_seen(seen_ids *seen)
{
    seen_ids more = {.capacity = seen->capacity ? 2 * seen->capacity : SEEN_START,
                     .count = seen->count};
    more.slots = calloc(more.capacity, sizeof *more.slots);
    if (!more.slots)
        return false;
    for (size_t i = 0; i < seen->capacity; i++)
        if (seen->slots[i])
            more.slots[slot_of(&more, seen->slots[i])] = seen->slots[i];
    free(seen->slots);
    *seen = more;
    return true;
}

/* Sets *met and keeps the id; false where memory has run out. */
static bool meet(seen_ids *seen, uint64_t id, bool *met)
{
    if (4 * (seen->count + 1) > 3 * seen->capacity && !grow_seen(seen))
        return false;
    id += id == 0;
    size_t at = slot_of(seen, id);
    *met = seen->slots[at] == id;
    seen->count += !*met;
    seen->slots[at] = id;
    return true;
}

/* ---- One record ----------------------------------------------------------------------
 */

static const char *broken_text(const dateline_article *article)
{
    const struct {
        const char *name;
        dateline_text text;
    } fields[] = {{"date", article->date},
                  {"title", article->title},
                  {"source", article->source},
                  {"url", article->url},
                  {"language", article->language}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        dl_string text = dl_text_of(fields[i].text);
        if (dl_utf8_check(text) < text.size)
            return fields[i].name;
    }
    return NULL;
}

static void write_head(dateline_exporter *e)
{
    if (e->begun)
        return;
    e->begun = true;
    if (e->which == DATELINE_LAYOUT_GEOJSON)
        dl_buffer_add_text(&e->out, "{\"type\":\"FeatureCollection\",\"features\":[");
    else if (e->layout->header)
        dl_export_header(&e->cells, e->layout);
}

/* Hands what was written to the sink. */
static dateline_status flush(dateline_exporter *e, dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    if (e->out.failed)
        return dl_error_memory(error);
    if (e->out.size > 0 && !e->sink(e->context, e->out.data, e->out.size))
        status = dl_error_set(error, DATELINE_WRITE_FAILED, "output can't be written");
    dl_buffer_clear(&e->out);
    return status;
}

static dateline_status write_rows(dateline_exporter *e, const dl_view *record,
                                  dateline_error *error)
{
    size_t count = 0;
    const dl_view *views = dl_export_pairs(e->arena, e->layout, record, &count);
    if (!views)
        return dl_error_memory(error);
    for (size_t i = 0; i < count; i++) {
        bool met = false;
        bool shared = e->layout->once && record->record->story.size > 0;
        if (shared && !meet(&e->seen, views[i].number, &met))
            return dl_error_memory(error);
        if (met)
            continue;
        dl_export_row(&e->cells, e->layout, &views[i]);
        e->counts.rows++;
        dateline_status status =
            e->out.size < FLUSH_BYTES ? DATELINE_OK : flush(e, error);
        if (status != DATELINE_OK)
            return status;
    }
    return DATELINE_OK;
}

static dateline_status write_record(dateline_exporter *e, const dl_view *record,
                                    dateline_error *error)
{
    const dl_export_record *r = record->record;
    bool first = e->counts.rows == 0;
    if (r->claim && e->which != DATELINE_LAYOUT_JSONL) {
        e->counts.claims++;
    } else if (!r->claim && !(e->statuses >> r->status & 1)) {
        e->counts.without_status++;
    } else if (e->layout->cameo && !dl_codes_cameo(record->codes, r->cameo).text.size) {
        e->counts.without_cameo++;
    } else if (e->which == DATELINE_LAYOUT_JSONL) {
        dl_buffer_add(&e->out, record->row->record.data, record->row->record.size);
        dl_buffer_add_char(&e->out, '\n');
        e->counts.rows++;
    } else if (e->which != DATELINE_LAYOUT_GEOJSON) {
        return write_rows(e, record, error);
    } else if (!dl_place_is_close(&r->place)) {
        e->counts.without_place++;
    } else {
        dl_buffer_add_text(&e->out, first ? "\n" : ",\n");
        dl_export_feature(&e->out, record);
        e->counts.rows++;
    }
    return DATELINE_OK;
}

dateline_status dateline_exporter_add(dateline_exporter *exporter,
                                      const dateline_export_row *row,
                                      dateline_error *error)
{
    dateline_exporter *e = exporter;
    json_t *holder;
    dl_export_record record;
    dl_arena_reset(e->arena);
    const char *broken = broken_text(&row->article);
    if (broken)
        return dl_error_set(error, DATELINE_BAD_UTF8, "the article's %s is not UTF-8",
                            broken);
    dl_view view = {.record = &record, .row = row, .codes = &e->codes, .arena = e->arena};
    dateline_status status = dl_export_record_parse(e->arena, dl_text_of(row->record),
                                                    &holder, &record, error);
    if (status == DATELINE_OK) {
        write_head(e);
        e->counts.records++;
        status = write_record(e, &view, error);
    }
    json_decref(holder);
    return status == DATELINE_OK ? flush(e, error) : status;
}

dateline_status dateline_exporter_finish(dateline_exporter *exporter,
                                         dateline_error *error)
{
    write_head(exporter);
    if (exporter->which == DATELINE_LAYOUT_GEOJSON)
        dl_buffer_add_text(&exporter->out, exporter->counts.rows ? "\n]}\n" : "]}\n");
    return flush(exporter, error);
}

dateline_export_counts dateline_exporter_count(const dateline_exporter *exporter)
{
    return exporter->counts;
}
