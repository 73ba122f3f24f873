/* The annotated article: one object, a list of spans for each layer. */
#include "write/write.h"

typedef void (*write_item)(dl_json *json, const dl_document *document, size_t item);

/* `key`: a list of `count` objects. */
static void layer(dl_json *json, const dl_document *document, const char *key,
                  size_t count, write_item write)
{
    dl_json_key(json, key);
    dl_json_open(json, '[');
    for (size_t i = 0; i < count; i++) {
        dl_json_open(json, '{');
        write(json, document, i);
        dl_json_close(json, '}');
    }
    dl_json_close(json, ']');
}

static void write_sentence(dl_json *json, const dl_document *document, size_t item)
{
    dl_json_set_span(json, document->sentences[item].span);
}

static void write_name(dl_json *json, const dl_document *document, size_t item)
{
    const dl_name *name = &document->names[item];
    dl_json_set_span(json, name->span);
    dl_json_set_string(json, "text", dl_document_slice(document, name->span));
    dl_json_set_text(json, "type", dl_write_name_type(name->type));
}

static void write_mention(dl_json *json, const dl_document *document, size_t item)
{
    dl_write_entity_keys(json, document, (int32_t)item);
    dl_json_set_number(json, "entity", document->mentions[item].entity);
}

static void write_time(dl_json *json, const dl_document *document, size_t item)
{
    const dl_time *time = &document->times[item];
    dl_json_set_span(json, time->span);
    dl_json_set_string(json, "text", dl_document_slice(document, time->span));
    dl_json_set_text(json, "type", dl_write_time_type(time->type));
    dl_json_set_string(json, "value", time->value);
}

static void write_place(dl_json *json, const dl_document *document, size_t item)
{
    const dl_place *place = &document->places[item];
    dl_json_set_span(json, place->span);
    dl_json_set_string(json, "entity_text", dl_document_slice(document, place->span));
    dl_write_place_keys(json, place);
}

static void write_quantity(dl_json *json, const dl_document *document, size_t item)
{
    const dl_quantity *quantity = &document->quantities[item];
    dl_json_set_span(json, quantity->span);
    dl_write_quantity_keys(json, quantity);
    dl_json_set_string(json, "text", dl_document_slice(document, quantity->span));
    dl_json_set_string(json, "unit", quantity->unit);
    dl_json_set_string(json, "of", quantity->of);
}

static void write_claim(dl_json *json, const dl_document *document, size_t item)
{
    const dl_claim *claim = &document->claims[item];
    char said[24];
    dl_json_set_span(json, claim->span);
    dl_json_set_string(json, "text", dl_document_slice(document, claim->span));
    if (claim->speaker >= 0) {
        dl_json_key(json, "speaker");
        dl_json_open(json, '{');
        dl_write_entity_keys(json, document, claim->speaker);
        dl_json_close(json, '}');
    }
    if (claim->cue.size > 0) {
        dl_json_key(json, "cue");
        dl_json_open(json, '{');
        dl_json_set_span(json, claim->cue_span);
        dl_json_set_string(json, "text", claim->cue);
        dl_json_close(json, '}');
    }
    dl_json_set_bool(json, "quoted", claim->quoted);
    dl_json_set_text(json, "type", dl_write_claim_type(claim));
    dl_date_format(claim->said, said);
    dl_json_set_text(json, "date", said);
}

static void write_repair(dl_json *json, const dl_document *document, size_t item)
{
    const dl_repair *repair = &document->repairs[item];
    dl_json_set_span(json, repair->span);
    dl_json_key(json, "was");
    dl_json_add_string(json, repair->was);
    dl_json_key(json, "now");
    dl_json_add_string(json, repair->now);
}

static void write_skip(dl_json *json, const dl_document *document, size_t item)
{
    static const char *const names[] = {[DL_SKIP_LINK] = "link",
                                        [DL_SKIP_HEADING] = "heading",
                                        [DL_SKIP_BOILERPLATE] = "boilerplate",
                                        [DL_SKIP_CAPTION] = "caption",
                                        [DL_SKIP_DATELINE] = "dateline"};
    dl_json_set_span(json, document->skips[item].span);
    dl_json_set_text(json, "why", names[document->skips[item].why]);
}

void dl_write_annotation(dl_buffer *out, const dl_document *document)
{
    dl_json json = {.out = out};
    char date[24];
    dl_date_format(document->date, date);
    dl_json_open(&json, '{');
    dl_json_set_string(&json, "id", document->id);
    dl_json_set_text(&json, "date", date);
    dl_json_set_string(&json, "language", document->language);
    layer(&json, document, "sentences", document->sentence_count, write_sentence);
    layer(&json, document, "names", document->name_count, write_name);
    layer(&json, document, "entities", document->mention_count, write_mention);
    layer(&json, document, "times", document->time_count, write_time);
    layer(&json, document, "places", document->place_count, write_place);
    layer(&json, document, "quantities", document->stated_count, write_quantity);
    layer(&json, document, "claims", document->claim_count, write_claim);
    layer(&json, document, "repairs", document->repair_count, write_repair);
    layer(&json, document, "skipped", document->skip_count, write_skip);
    dl_json_close(&json, '}');
    dl_buffer_add_char(out, '\n');
}
