/* Event records and claims, as docs/record.schema.json describes them. */
#include <math.h>

#include "write/write.h"

static void set_sectors(dl_json *json, const dl_role *role)
{
    if (role->sectors[0] == DL_NO_SECTOR)
        return;
    dl_json_key(json, "sector");
    dl_json_open(json, '[');
    for (size_t i = 0; i < DL_SECTORS_MAX && role->sectors[i] != DL_NO_SECTOR; i++)
        dl_json_add_string(json,
                           dl_string_from(dl_sector_name((dl_sector)role->sectors[i])));
    dl_json_close(json, ']');
}

/* What a mention is coded as, under the words of `words`. */
static void set_entity(dl_json *json, const dl_document *document, int32_t mention,
                       dl_span words)
{
    const dl_mention *m = &document->mentions[mention];
    const dl_entity *entity = m->entity >= 0 ? &document->entities[m->entity] : NULL;
    dl_json_set_string(json, "entity_text", dl_document_slice(document, words));
    dl_json_set_span(json, words);
    dl_json_set_text(json, "code", m->role.code);
    set_sectors(json, &m->role);
    if (entity) {
        dl_json_set_string(json, "name", entity->name);
        dl_json_set_string(json, "identifier_id", entity->identifier);
    }
    dl_json_set_string(json, "office", m->role.office);
    dl_json_set_text(json, "via", dl_write_via_name(m->via));
}

void dl_write_entity_keys(dl_json *json, const dl_document *document, int32_t mention)
{
    set_entity(json, document, mention, document->mentions[mention].span);
}

/* A party in words that say who it is; a pronoun in their stead follows as "anaphor". */
static void set_party(dl_json *json, const dl_document *document, int32_t mention)
{
    int32_t named = dl_write_named_mention(document, mention);
    dl_span words = document->mentions[named].span;
    dl_span anaphor = document->mentions[mention].span;
    set_entity(json, document, mention, words);
    if (named == mention)
        return;
    dl_json_key(json, "anaphor");
    dl_json_open(json, '{');
    dl_json_set_string(json, "text", dl_document_slice(document, anaphor));
    dl_json_set_span(json, anaphor);
    dl_json_close(json, '}');
}

void dl_write_place_keys(dl_json *json, const dl_place *place)
{
    static const char *const precisions[] = {[DL_PRECISION_POINT] = "point",
                                             [DL_PRECISION_CITY] = "city",
                                             [DL_PRECISION_ADMIN] = "admin",
                                             [DL_PRECISION_COUNTRY] = "country"};
    dl_json_set_string(json, "name", place->name);
    dl_json_set_text(json, "country", place->country);
    dl_json_set_string(json, "admin1", place->admin1);
    if (!place->located)
        return;
    dl_json_set_number(json, "lat", place->lat);
    dl_json_set_number(json, "lon", place->lon);
    dl_json_set_text(json, "precision", precisions[place->precision]);
}

void dl_write_quantity_keys(dl_json *json, const dl_quantity *quantity)
{
    dl_json_set_number(json, "value", quantity->value);
    dl_json_set_text(json, "relation", dl_write_relation(quantity->relation));
    if (quantity->relation == DL_BETWEEN)
        dl_json_set_number(json, "high", quantity->high);
}

static void set_date(dl_json *json, const char *key, dl_date date)
{
    char text[24];
    dl_date_format(date, text);
    dl_json_set_text(json, key, text);
}

static void set_kind(dl_json *json, const dl_document *document, const dl_event *event)
{
    dl_json_set_text(json, "event",
                     dl_category_name(document->ontology, event->category));
    if (event->modes[0]) {
        dl_json_key(json, "mode");
        dl_json_open(json, '[');
        for (size_t i = 0; i < DL_MODES_MAX && event->modes[i]; i++)
            dl_json_add_string(
                json, dl_string_from(dl_mode_name(document->ontology, event->modes[i])));
        dl_json_close(json, ']');
    }
    if (event->contexts) {
        dl_json_key(json, "context");
        dl_json_open(json, '[');
        for (int i = 0; i < DL_CONTEXTS; i++)
            if (event->contexts >> i & 1)
                dl_json_add_string(json, dl_string_from(dl_context_name((dl_context)i)));
        dl_json_close(json, ']');
    }
    dl_json_set_string(json, "cameo", event->cameo);
    dl_json_set_number(json, "quad_code",
                       dl_category_quad(document->ontology, event->category));
    dl_json_set_number(json, "event_scale", dl_write_event_scale(document, event));
}

static void set_parties(dl_json *json, const char *key, const dl_document *document,
                        const int32_t *mentions, size_t count)
{
    if (count == 0)
        return;
    dl_json_key(json, key);
    dl_json_open(json, '[');
    for (size_t i = 0; i < count; i++) {
        dl_json_open(json, '{');
        set_party(json, document, mentions[i]);
        dl_json_close(json, '}');
    }
    dl_json_close(json, ']');
}

static void set_place(dl_json *json, const dl_document *document, const dl_event *event)
{
    if (event->place < 0)
        return;
    const dl_place *place = &document->places[event->place];
    dl_json_key(json, "event_loc");
    dl_json_open(json, '{');
    dl_json_set_string(json, "entity_text", dl_document_slice(document, place->span));
    dl_json_set_span(json, place->span);
    dl_write_place_keys(json, place);
    dl_json_close(json, '}');
}

static void set_size(dl_json *json, const dl_document *document, const dl_event *event)
{
    bool open = false;
    for (int kind = 0; kind < DL_SIZES; kind++) {
        if (event->size[kind] < 0)
            continue;
        if (!open) {
            dl_json_key(json, "size");
            dl_json_open(json, '{');
            open = true;
        }
        const dl_quantity *quantity = &document->quantities[event->size[kind]];
        dl_json_key(json, dl_write_size_name((dl_size_kind)kind));
        dl_json_open(json, '{');
        dl_write_quantity_keys(json, quantity);
        dl_json_set_string(json, "text", dl_document_slice(document, quantity->span));
        dl_json_set_span(json, quantity->span);
        dl_json_close(json, '}');
    }
    if (open)
        dl_json_close(json, '}');
}

/* What others count, each with its source. */
static void set_counts(dl_json *json, const dl_document *document, int32_t event)
{
    bool open = false;
    for (size_t i = 0; i < document->count_count; i++) {
        const dl_count *count = &document->counts[i];
        if (count->event != event)
            continue;
        if (!open) {
            dl_json_key(json, "counts");
            dl_json_open(json, '[');
            open = true;
        }
        const dl_quantity *quantity = &document->quantities[count->quantity];
        dl_json_open(json, '{');
        dl_json_set_text(json, "kind", dl_write_size_name(count->kind));
        dl_write_quantity_keys(json, quantity);
        dl_json_set_string(json, "text", dl_document_slice(document, quantity->span));
        dl_json_set_span(json, quantity->span);
        dl_json_key(json, "according_to");
        dl_json_open(json, '[');
        dl_json_open(json, '{');
        if (count->speaker >= 0)
            dl_write_entity_keys(json, document, count->speaker);
        if (count->cue >= 0)
            dl_json_set_string(json, "cue", document->tokens[count->cue].form);
        dl_json_set_bool(json, "quoted", false);
        dl_json_close(json, '}');
        dl_json_close(json, ']');
        dl_json_close(json, '}');
    }
    if (open)
        dl_json_close(json, ']');
}

static void set_sources(dl_json *json, const dl_document *document, const dl_event *event)
{
    bool open = false;
    for (size_t i = 0; i < event->claim_count; i++) {
        const dl_claim *claim = &document->claims[event->claims[i]];
        if (claim->speaker < 0 && claim->cue.size == 0)
            continue;
        if (!open) {
            dl_json_key(json, "according_to");
            dl_json_open(json, '[');
            open = true;
        }
        dl_json_open(json, '{');
        if (claim->speaker >= 0)
            dl_write_entity_keys(json, document, claim->speaker);
        dl_json_set_string(json, "cue", claim->cue);
        dl_json_set_bool(json, "quoted", claim->quoted);
        dl_json_close(json, '}');
    }
    if (open)
        dl_json_close(json, ']');
}

static void set_doubt(dl_json *json, const dl_document *document, const dl_event *event)
{
    if (event->doubt.end <= event->doubt.start)
        return;
    dl_json_key(json, "doubt");
    dl_json_open(json, '{');
    dl_json_set_string(json, "text", dl_document_slice(document, event->doubt));
    dl_json_set_span(json, event->doubt);
    dl_json_close(json, '}');
}

static void write_event(dl_json *json, const dl_document *document, const dl_event *event)
{
    char id[17];
    dl_write_event_id(document, event, id);
    dl_json_open(json, '{');
    dl_json_set_text(json, "id", id);
    dl_json_set_string(json, "doc", document->id);
    dl_json_set_number(json, "sentence", event->sentence + 1);
    dl_json_set_span(json, event->span);
    dl_json_set_string(json, "event_text", dl_document_slice(document, event->span));
    set_kind(json, document, event);
    set_parties(json, "actor", document, event->actors, event->actor_count);
    set_parties(json, "recipient", document, event->recipients, event->recipient_count);
    set_date(json, "date", event->date);
    set_date(json, "end_date", event->end_date);
    if (event->date.year)
        dl_json_set_text(json, "date_basis", dl_write_basis_name(event->basis));
    set_place(json, document, event);
    set_size(json, document, event);
    set_counts(json, document, (int32_t)(event - document->events));
    dl_json_set_text(json, "status", dl_event_status_name(event->status));
    set_sources(json, document, event);
    set_doubt(json, document, event);
    dl_json_set_string(json, "rule", event->rule);
    dl_json_set_number(json, "confidence", round(event->confidence * 1000) / 1000);
    dl_json_set_string(
        json, "text",
        dl_document_slice(document, document->sentences[event->sentence].span));
    dl_json_close(json, '}');
}

static int32_t sentence_at(const dl_document *document, int32_t token)
{
    return token >= 0 && (size_t)token < document->token_count
               ? document->tokens[token].sentence
               : -1;
}

static void write_claim(dl_json *json, const dl_document *document, const dl_claim *claim)
{
    char id[17];
    dl_write_claim_id(document, claim, id);
    dl_json_open(json, '{');
    dl_json_set_text(json, "kind", "claim");
    dl_json_set_text(json, "id", id);
    dl_json_set_string(json, "doc", document->id);
    int32_t sentence = sentence_at(document, claim->first);
    if (sentence >= 0)
        dl_json_set_number(json, "sentence", sentence + 1);
    if (claim->speaker >= 0) {
        dl_json_key(json, "speaker");
        dl_json_open(json, '{');
        dl_write_entity_keys(json, document, claim->speaker);
        dl_json_close(json, '}');
    }
    dl_json_set_string(json, "cue", claim->cue);
    dl_json_set_bool(json, "quoted", claim->quoted);
    dl_json_set_text(json, "type", dl_write_claim_type(claim));
    dl_json_set_span(json, claim->span);
    dl_json_set_string(json, "text", dl_document_slice(document, claim->span));
    set_date(json, "date", claim->said);
    dl_json_close(json, '}');
}

void dl_write_records(dl_buffer *out, const dl_document *document, bool claims)
{
    for (size_t i = 0; i < document->event_count; i++) {
        dl_json json = {.out = out};
        write_event(&json, document, &document->events[i]);
        dl_buffer_add_char(out, '\n');
    }
    for (size_t i = 0; claims && i < document->claim_count; i++) {
        dl_json json = {.out = out};
        write_claim(&json, document, &document->claims[i]);
        dl_buffer_add_char(out, '\n');
    }
}
