/* Coded articles into an archive: the document as rows, the rows to the store. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "merger.h"
#include "store/store.h"
#include "write/write.h"

struct dateline_store {
    dl_store *store;
    dl_buffer lines; /* of the article that is being added */
};

/* ---- Pieces of rows ------------------------------------------------------------------
 */

/* The article that is being laid out; strings go to `arena`. */
typedef struct layout {
    dl_arena *arena;
    const dl_document *document;
    dl_string text;  /* of the article, in the arena */
    dl_string lines; /* record lines still to come, in the arena */
    bool failed;     /* memory has run out */
} layout;

static dl_string copy(layout *l, dl_string string)
{
    if (!string.data)
        return string;
    dl_string copied = dl_arena_string(l->arena, string);
    l->failed |= !copied.data;
    return copied;
}

static dl_string words_of(const layout *l, dl_span span)
{
    return dl_string_slice(l->text, span.start, span.end);
}

static void *array(layout *l, size_t count, size_t size)
{
    void *items = dl_arena_get(l->arena, count, size);
    l->failed |= !items;
    return items;
}

#define ARRAY(l, type, count) ((type *)array((l), (count), sizeof(type)))

/* Up to `count` names with a blank between two; absent where there is none. */
static dl_string join(layout *l, const char *const *names, size_t count)
{
    size_t size = 0, used = 0;
    for (size_t i = 0; i < count; i++)
        size += strlen(names[i]) + 1;
    char *joined = count ? ARRAY(l, char, size) : NULL;
    if (!joined)
        return (dl_string){0};
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(names[i]);
        memcpy(joined + used, names[i], length);
        used += length;
        joined[used++] = ' ';
    }
    return (dl_string){joined, used - 1};
}

static dl_string sectors_of(layout *l, const dl_role *role)
{
    const char *names[DL_SECTORS_MAX];
    size_t count = 0;
    while (count < DL_SECTORS_MAX && role->sectors[count] != DL_NO_SECTOR) {
        names[count] = dl_sector_name((dl_sector)role->sectors[count]);
        count++;
    }
    return join(l, names, count);
}

static dl_string first_sector(const dl_role *role)
{
    return dl_string_from(dl_sector_name((dl_sector)role->sectors[0]));
}

static dl_string date_of(layout *l, dl_date date)
{
    char text[24];
    dl_date_format(date, text);
    return text[0] ? copy(l, dl_string_from(text)) : (dl_string){0};
}

/* ---- Parties, places, sizes ----------------------------------------------------------
 */

/* What a mention is coded as, under the words of `span`. */
static dl_row_party party_of(layout *l, int32_t mention, dl_span span)
{
    const dl_mention *m = &l->document->mentions[mention];
    const dl_entity *entity = m->entity >= 0 ? &l->document->entities[m->entity] : NULL;
    dl_row_party row = {.text = words_of(l, span),
                        .span = span,
                        .code = copy(l, dl_string_from(m->role.code)),
                        .sector = first_sector(&m->role),
                        .sectors = sectors_of(l, &m->role),
                        .office = copy(l, m->role.office),
                        .via = dl_string_from(dl_write_via_name(m->via))};
    if (entity) {
        row.name = copy(l, entity->name);
        row.identifier = copy(l, entity->identifier);
    }
    return row;
}

static dl_row_party *parties_of(layout *l, const int32_t *mentions, size_t count)
{
    dl_row_party *rows = ARRAY(l, dl_row_party, count);
    for (size_t i = 0; rows && i < count; i++) {
        int32_t named = dl_write_named_mention(l->document, mentions[i]);
        rows[i] = party_of(l, mentions[i], l->document->mentions[named].span);
    }
    return rows;
}

static void add_sources(layout *l, const dl_event *event, dl_row_record *row)
{
    row->sources = ARRAY(l, dl_row_party, event->claim_count);
    for (size_t i = 0; row->sources && i < event->claim_count; i++) {
        const dl_claim *claim = &l->document->claims[event->claims[i]];
        if (claim->speaker < 0 && claim->cue.size == 0)
            continue;
        dl_row_party source = {0};
        if (claim->speaker >= 0)
            source =
                party_of(l, claim->speaker, l->document->mentions[claim->speaker].span);
        source.cue = copy(l, claim->cue);
        source.quoted = claim->quoted;
        row->sources[row->source_count++] = source;
    }
}

static void add_place(layout *l, const dl_event *event, dl_row_record *row)
{
    static const char *const precisions[] = {[DL_PRECISION_POINT] = "point",
                                             [DL_PRECISION_CITY] = "city",
                                             [DL_PRECISION_ADMIN] = "admin",
                                             [DL_PRECISION_COUNTRY] = "country"};
    if (event->place < 0)
        return;
    const dl_place *place = &l->document->places[event->place];
    row->place =
        (dl_row_place){.text = words_of(l, place->span),
                       .name = copy(l, place->name),
                       .country = copy(l, dl_string_from(place->country)),
                       .admin1 = copy(l, place->admin1),
                       .lat = place->lat,
                       .lon = place->lon,
                       .precision = place->located ? precisions[place->precision] : NULL};
}

static void add_sizes(layout *l, const dl_event *event, dl_row_record *row)
{
    row->sizes = ARRAY(l, dl_row_size, DL_SIZES);
    for (int kind = 0; row->sizes && kind < DL_SIZES; kind++) {
        if (event->size[kind] < 0)
            continue;
        const dl_quantity *quantity = &l->document->quantities[event->size[kind]];
        row->sizes[row->size_count++] =
            (dl_row_size){.kind = dl_write_size_name((dl_size_kind)kind),
                          .value = quantity->value,
                          .high = quantity->high,
                          .has_high = quantity->relation == DL_BETWEEN,
                          .relation = dl_write_relation(quantity->relation),
                          .text = words_of(l, quantity->span)};
    }
}

/* ---- Records and claims --------------------------------------------------------------
 */

static dl_string modes_of(layout *l, const dl_event *event)
{
    const char *names[DL_MODES_MAX];
    size_t count = 0;
    for (; count < DL_MODES_MAX && event->modes[count]; count++)
        names[count] = dl_mode_name(l->document->ontology, event->modes[count]);
    return join(l, names, count);
}

static dl_string contexts_of(layout *l, const dl_event *event)
{
    const char *names[DL_CONTEXTS];
    size_t count = 0;
    for (int i = 0; i < DL_CONTEXTS; i++)
        if (event->contexts >> i & 1)
            names[count++] = dl_context_name((dl_context)i);
    return join(l, names, count);
}

/* The next of the record lines. */
static dl_string next_line(layout *l)
{
    size_t end = dl_string_find(l->lines, '\n', 0);
    dl_string line = dl_string_slice(l->lines, 0, end);
    size_t next = end < l->lines.size ? end + 1 : end;
    l->lines = dl_string_slice(l->lines, next, l->lines.size);
    return line;
}

static void add_kind(layout *l, const dl_event *event, dl_row_record *row)
{
    const dl_ontology *ontology = l->document->ontology;
    row->event = copy(l, dl_string_from(dl_category_name(ontology, event->category)));
    row->mode = modes_of(l, event);
    row->context = contexts_of(l, event);
    row->cameo = copy(l, event->cameo);
    row->quad = dl_category_quad(ontology, event->category);
    row->scale = dl_write_event_scale(l->document, event);
    row->status = dl_event_status_name(event->status);
    row->symmetric = event->symmetric;
    row->rule = copy(l, event->rule);
    row->confidence = round(event->confidence * 1000) / 1000;
}

static void lay_record(layout *l, const dl_event *event, dl_row_record *row)
{
    dl_write_event_id(l->document, event, row->id);
    row->sentence = event->sentence + 1;
    row->span = event->span;
    add_kind(l, event, row);
    row->date = date_of(l, event->date);
    row->end_date = date_of(l, event->end_date);
    if (event->date.year)
        row->basis = dl_write_basis_name(event->basis);
    add_place(l, event, row);
    row->actors = parties_of(l, event->actors, event->actor_count);
    row->actor_count = event->actor_count;
    row->recipients = parties_of(l, event->recipients, event->recipient_count);
    row->recipient_count = event->recipient_count;
    add_sources(l, event, row);
    add_sizes(l, event, row);
    row->json = next_line(l);
}

static void lay_claim(layout *l, const dl_claim *claim, dl_row_claim *row)
{
    const dl_document *document = l->document;
    dl_write_claim_id(document, claim, row->id);
    if (claim->first >= 0 && (size_t)claim->first < document->token_count)
        row->sentence = document->tokens[claim->first].sentence + 1;
    row->span = claim->span;
    if (claim->speaker >= 0)
        row->speaker =
            party_of(l, claim->speaker, document->mentions[claim->speaker].span);
    row->cue = copy(l, claim->cue);
    row->quoted = claim->quoted;
    row->date = date_of(l, claim->said);
    row->json = next_line(l);
}

/* ---- The rest of an article ----------------------------------------------------------
 */

static void lay_entities(layout *l, dl_row_article *row)
{
    const dl_document *document = l->document;
    row->entities = ARRAY(l, dl_row_entity, document->entity_count);
    int32_t *mentions = ARRAY(l, int32_t, document->entity_count);
    if (l->failed)
        return;
    for (size_t i = 0; i < document->mention_count; i++)
        if (document->mentions[i].entity >= 0)
            mentions[document->mentions[i].entity]++;
    for (size_t i = 0; i < document->entity_count; i++) {
        const dl_entity *entity = &document->entities[i];
        if (!entity->name.size || entity->first_mention < 0)
            continue; /* whoever has no name is not looked for in other articles */
        dl_span span = document->mentions[entity->first_mention].span;
        row->entities[row->entity_count++] =
            (dl_row_entity){.entity = (int32_t)i + 1,
                            .name = copy(l, entity->name),
                            .identifier = copy(l, entity->identifier),
                            .code = copy(l, dl_string_from(entity->role.code)),
                            .sectors = sectors_of(l, &entity->role),
                            .office = copy(l, entity->role.office),
                            .text = words_of(l, span),
                            .type = dl_write_name_type(entity->type),
                            .mentions = mentions[i]};
    }
}

static void lay_sentences(layout *l, dl_row_article *row)
{
    size_t count = l->document->sentence_count;
    row->sentences = ARRAY(l, dl_row_sentence, count);
    row->sentence_count = l->failed ? 0 : count;
    for (size_t i = 0; i < row->sentence_count; i++) {
        const dl_sentence *sentence = &l->document->sentences[i];
        row->sentences[i] =
            (dl_row_sentence){sentence->span, sentence->paragraph + 1, sentence->heading};
    }
}

static void lay_records(layout *l, dl_row_article *row)
{
    const dl_document *document = l->document;
    row->records = ARRAY(l, dl_row_record, document->event_count);
    row->claims = ARRAY(l, dl_row_claim, document->claim_count);
    if (l->failed)
        return;
    row->record_count = document->event_count;
    row->claim_count = document->claim_count;
    for (size_t i = 0; i < row->record_count; i++)
        lay_record(l, &document->events[i], &row->records[i]);
    for (size_t i = 0; i < row->claim_count; i++)
        lay_claim(l, &document->claims[i], &row->claims[i]);
}

static dl_string view(dateline_text text)
{
    return (dl_string){text.data, text.size};
}

/* 16 hexadecimal digits over all that was given. */
static void hash_article(const dateline_article *article, char out[17])
{
    const dateline_text fields[] = {article->id,       article->date,   article->title,
                                    article->author,   article->source, article->url,
                                    article->language, article->text};
    uint64_t hash = 0;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        hash = (hash ^ dl_string_hash(view(fields[i]))) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    snprintf(out, 17, "%016llx", (unsigned long long)hash);
}

static void hash_bytes(dateline_text bytes, char out[17])
{
    snprintf(out, 17, "%016llx", (unsigned long long)dl_string_hash(view(bytes)));
}

static void lay_fields(layout *l, const dateline_article *given, dl_row_article *row)
{
    row->id = copy(l, view(given->id));
    row->date = date_of(l, l->document->date);
    row->title = copy(l, view(given->title));
    row->author = copy(l, view(given->author));
    row->source = copy(l, view(given->source));
    row->url = copy(l, view(given->url));
    row->language = copy(l, view(given->language));
    row->text = l->text;
    hash_article(given, row->hash);
}

/* ---- Packing -------------------------------------------------------------------------
 */

static dl_string packed(layout *l, const uint8_t *bytes, size_t size)
{
    return copy(l, (dl_string){(const char *)bytes, size});
}

/* What merging needs of the article and its records. */
static dateline_status pack(layout *l, const dateline_worker *worker, dl_row_article *row,
                            dateline_error *error)
{
    uint8_t sketched[DL_SKETCH_BYTES_MAX], reported[DL_REPORT_BYTES_MAX];
    dl_sketch sketch;
    dl_report *reports;
    size_t count;
    dateline_status status = dl_worker_describe(worker, &sketch, &reports, &count, error);
    if (status != DATELINE_OK)
        return status;
    row->sketch = packed(l, sketched, dl_sketch_pack(&sketch, sketched));
    for (size_t i = 0; i < count && i < row->record_count; i++)
        row->records[i].merge_key =
            packed(l, reported, dl_report_pack(&reports[i], reported));
    return DATELINE_OK;
}

/* ---- The interface -------------------------------------------------------------------
 */

dateline_status dateline_store_open(const char *path,
                                    const dateline_store_options *options,
                                    dateline_store **store, dateline_error *error)
{
    *store = calloc(1, sizeof **store);
    if (!*store)
        return dl_error_memory(error);
    dateline_status status =
        dl_store_open(path, options && options->recode, &(*store)->store, error);
    if (status != DATELINE_OK) {
        free(*store);
        *store = NULL;
    }
    return status;
}

void dateline_store_close(dateline_store *store)
{
    if (!store)
        return;
    dl_store_close(store->store);
    dl_buffer_release(&store->lines);
    free(store);
}

dateline_status dateline_store_add(dateline_store *store, const dateline_worker *worker,
                                   dateline_error *error)
{
    const dl_document *document = dl_worker_coded(worker);
    if (!document)
        return dl_error_set(error, DATELINE_USAGE, "the last run coded no article");
    dl_buffer_clear(&store->lines);
    dl_write_records(&store->lines, document, true);
    layout l = {.arena = dl_store_arena(store->store),
                .document = document,
                .failed = store->lines.failed};
    l.text = copy(&l, document->text);
    if (store->lines.size)
        l.lines = copy(&l, (dl_string){store->lines.data, store->lines.size});
    dl_row_article *row = ARRAY(&l, dl_row_article, 1);
    if (l.failed)
        return dl_error_memory(error);
    row->coded_with = copy(&l, dl_string_from(dl_worker_coder(worker)));
    lay_fields(&l, dl_worker_article(worker), row);
    lay_sentences(&l, row);
    lay_records(&l, row);
    lay_entities(&l, row);
    dateline_status status = pack(&l, worker, row, error);
    if (status != DATELINE_OK)
        return status;
    return l.failed ? dl_error_memory(error) : dl_store_add(store->store, row, error);
}

dateline_status dateline_store_find(dateline_store *store, const dateline_worker *worker,
                                    const dateline_article *article,
                                    dateline_standing *standing, dateline_error *error)
{
    char hash[17];
    dl_standing found;
    hash_article(article, hash);
    dateline_status status =
        dl_store_find(store->store, view(article->id), hash,
                      dl_string_from(dl_worker_coder(worker)), &found, error);
    *standing = !found.there        ? DATELINE_ARTICLE_NEW
                : !found.same       ? DATELINE_ARTICLE_CHANGED
                : !found.same_coder ? DATELINE_ARTICLE_OTHER_CODER
                                    : DATELINE_ARTICLE_KEPT;
    return status;
}

dateline_status dateline_store_reject(dateline_store *store,
                                      const dateline_reader *reader,
                                      const dateline_error *why, dateline_error *error)
{
    layout l = {.arena = dl_store_arena(store->store)};
    dateline_text raw = dateline_reader_raw(reader);
    const char *message =
        why->message[0] ? why->message : dateline_status_message(why->status);
    dl_row_reject *row = ARRAY(&l, dl_row_reject, 1);
    if (!row)
        return dl_error_memory(error);
    *row = (dl_row_reject){.file = copy(&l, dl_string_from(dateline_reader_file(reader))),
                           .line = dateline_reader_line(reader),
                           .article = copy(&l, dl_string_from(why->article)),
                           .status = dateline_status_name(why->status),
                           .message = copy(&l, dl_string_from(message)),
                           .raw = copy(&l, view(raw))};
    hash_bytes(raw, row->hash);
    return l.failed ? dl_error_memory(error)
                    : dl_store_add_reject(store->store, row, error);
}

dateline_status dateline_store_was_rejected(dateline_store *store,
                                            const dateline_reader *reader, bool *rejected,
                                            dateline_error *error)
{
    char hash[17];
    hash_bytes(dateline_reader_raw(reader), hash);
    return dl_store_find_reject(store->store, hash, rejected, error);
}

/* Where lines go, with what happened to them. */
typedef struct line_sink {
    dateline_sink sink;
    void *context;
    dl_buffer *line;
    bool failed;
} line_sink;

static bool give_line(void *context, dl_string line)
{
    line_sink *to = context;
    dl_buffer_clear(to->line);
    dl_buffer_add_string(to->line, line);
    dl_buffer_add_char(to->line, '\n');
    to->failed =
        to->line->failed || !to->sink(to->context, to->line->data, to->line->size);
    return !to->failed;
}

dateline_status dateline_store_write(dateline_store *store,
                                     const dateline_article *article, bool claims,
                                     dateline_sink sink, void *context,
                                     dateline_error *error)
{
    dl_standing found;
    line_sink to = {sink, context, &store->lines, false};
    dateline_status status =
        dl_store_find(store->store, view(article->id), "", (dl_string){0}, &found, error);
    if (status == DATELINE_OK && found.there)
        status = dl_store_lines(store->store, found.key, claims, give_line, &to, error);
    if (status == DATELINE_OK && to.failed)
        status = dl_error_set(error, DATELINE_WRITE_FAILED, "output can't be written");
    return status;
}

dateline_status dateline_store_commit(dateline_store *store, dateline_error *error)
{
    return dl_store_commit(store->store, error);
}

dateline_kept dateline_store_kept(dateline_store *store)
{
    dl_kept kept = dl_store_kept(store->store);
    return (dateline_kept){kept.added, kept.replaced, kept.unchanged, kept.rejects,
                           kept.records};
}
