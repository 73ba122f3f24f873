/* GeoJSON (RFC 7946): a point feature a record; properties are flat, as maps want them.
 */
#include "write/export.h"
#include "write/json.h"
#include "write/write.h"

static void set_words(dl_json *json, const char *key, const dl_words *words)
{
    if (words->count == 0)
        return;
    dl_json_key(json, key);
    dl_json_open(json, '[');
    for (size_t i = 0; i < words->count; i++)
        dl_json_add_string(json, words->items[i]);
    dl_json_close(json, ']');
}

/* The words and the codes of one side, two lists of the same length. */
static void set_parties(dl_json *json, const char *key, const char *codes_key,
                        const dl_export_parties *parties)
{
    if (parties->count == 0)
        return;
    dl_json_key(json, key);
    dl_json_open(json, '[');
    for (size_t i = 0; i < parties->count; i++)
        dl_json_add_string(json, dl_party_name(&parties->items[i]));
    dl_json_close(json, ']');
    dl_json_key(json, codes_key);
    dl_json_open(json, '[');
    for (size_t i = 0; i < parties->count; i++)
        dl_json_add_string(json, parties->items[i].code);
    dl_json_close(json, ']');
}

static void set_date(dl_json *json, const char *key, dl_date date)
{
    char text[24];
    dl_date_format(date, text);
    dl_json_set_text(json, key, text);
}

static void set_size(dl_json *json, const dl_export_record *record)
{
    for (int kind = 0; kind < DL_SIZES; kind++)
        if (record->sizes[kind].there)
            dl_json_set_string(json, dl_write_size_name((dl_size_kind)kind),
                               record->sizes[kind].text);
}

static void set_article(dl_json *json, const dl_view *view)
{
    const dateline_article *article = &view->row->article;
    dl_json_set_string(json, "article_date", dl_text_of(article->date));
    dl_json_set_string(json, "article_title", dl_text_of(article->title));
    dl_json_set_string(json, "article_source", dl_text_of(article->source));
    dl_json_set_string(json, "article_url", dl_text_of(article->url));
}

static void set_properties(dl_json *json, const dl_view *view)
{
    const dl_export_record *record = view->record;
    dl_json_set_string(json, "doc", record->article);
    dl_json_set_number(json, "sentence", (double)record->sentence);
    dl_json_set_string(json, "event", record->event);
    set_words(json, "mode", &record->modes);
    set_words(json, "context", &record->contexts);
    dl_json_set_string(json, "cameo", record->cameo);
    dl_json_set_number(json, "quad_code", (double)record->quad);
    dl_json_set_number(json, "event_scale", record->scale);
    set_parties(json, "actor", "actor_code", &record->actors);
    set_parties(json, "recipient", "recipient_code", &record->recipients);
    set_date(json, "date", record->date);
    set_date(json, "end_date", record->end_date);
    dl_json_set_string(json, "place", record->place.name);
    dl_json_set_string(json, "country", record->place.country);
    dl_json_set_string(json, "admin1", record->place.admin1);
    dl_json_set_string(json, "precision", record->place.precision);
    set_size(json, record);
    dl_json_set_text(json, "status", dl_event_status_name(record->status));
    dl_json_set_string(json, "doubt", record->doubt);
    if (record->sources.count)
        dl_json_set_string(
            json, "claim_source",
            dl_party_name(&record->sources.items[record->sources.count - 1]));
    dl_json_set_string(json, "story", record->story);
    dl_json_set_number(json, "confidence", record->confidence);
    dl_json_set_string(json, "text", record->text);
    set_article(json, view);
}

bool dl_export_feature(dl_buffer *out, const dl_view *view)
{
    const dl_export_record *record = view->record;
    dl_json json = {.out = out};
    if (!dl_place_is_close(&record->place))
        return false;
    dl_json_open(&json, '{');
    dl_json_set_text(&json, "type", "Feature");
    dl_json_set_string(&json, "id", record->id);
    dl_json_key(&json, "geometry");
    dl_json_open(&json, '{');
    dl_json_set_text(&json, "type", "Point");
    dl_json_key(&json, "coordinates");
    dl_json_open(&json, '[');
    dl_json_add_number(&json, record->place.lon);
    dl_json_add_number(&json, record->place.lat);
    dl_json_close(&json, ']');
    dl_json_close(&json, '}');
    dl_json_key(&json, "properties");
    dl_json_open(&json, '{');
    set_properties(&json, view);
    dl_json_close(&json, '}');
    dl_json_close(&json, '}');
    return true;
}
