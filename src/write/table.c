/* Records for people: a line for who did what to whom when, one for the details, one with
 * the words of the article. Long lines are the terminal's business. */
#include "write/write.h"

enum { EVENT_COLUMN = 26, DETAIL_INDENT = 12 };

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define RED "\033[31m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define PLAIN "\033[0m"

/* What the lines of one article share. */
typedef struct painter {
    dl_buffer *out;
    const dl_document *document;
    bool color;
} painter;

static void paint(const painter *p, const char *code)
{
    if (p->color)
        dl_buffer_add_text(p->out, code);
}

static void pad(dl_buffer *out, size_t from, size_t columns)
{
    for (size_t width = out->size - from; width < columns; width++)
        dl_buffer_add_char(out, ' ');
}

static void add_party(const painter *p, int32_t mention)
{
    const dl_mention *m = &p->document->mentions[mention];
    dl_buffer_add_text(p->out, m->role.code[0] ? m->role.code : "-");
    for (size_t i = 0; i < DL_SECTORS_MAX && m->role.sectors[i] != DL_NO_SECTOR; i++)
        dl_buffer_add_format(p->out, " %s",
                             dl_sector_name((dl_sector)m->role.sectors[i]));
    dl_buffer_add_text(p->out, " (");
    int32_t named = dl_write_named_mention(p->document, mention);
    dl_write_flat(p->out,
                  dl_document_slice(p->document, p->document->mentions[named].span));
    dl_buffer_add_char(p->out, ')');
}

static void add_parties(const painter *p, const int32_t *mentions, size_t count)
{
    if (count == 0)
        dl_buffer_add_char(p->out, '-');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            dl_buffer_add_text(p->out, " + ");
        add_party(p, mentions[i]);
    }
}

static void add_kind(const painter *p, const dl_event *event)
{
    size_t from = p->out->size;
    dl_buffer_add_text(p->out, dl_category_name(p->document->ontology, event->category));
    for (size_t i = 0; i < DL_MODES_MAX && event->modes[i]; i++)
        dl_buffer_add_format(p->out, " %s",
                             dl_mode_name(p->document->ontology, event->modes[i]));
    pad(p->out, from, EVENT_COLUMN);
}

static void add_first_line(const painter *p, const dl_event *event)
{
    char date[24];
    dl_date_format(event->date, date);
    dl_buffer_add_format(p->out, "%-10s  ", date[0] ? date : "-");
    paint(p, BOLD);
    int quad = dl_category_quad(p->document->ontology, event->category);
    paint(p, quad <= 2 ? GREEN : quad == 3 ? YELLOW : RED);
    add_kind(p, event);
    paint(p, PLAIN);
    dl_buffer_add_text(p->out, "  ");
    add_parties(p, event->actors, event->actor_count);
    if (!event->symmetric || event->recipient_count > 0) {
        dl_buffer_add_text(p->out, " -> ");
        add_parties(p, event->recipients, event->recipient_count);
    }
    dl_buffer_add_char(p->out, '\n');
}

static void add_sizes(const painter *p, const dl_event *event)
{
    for (int kind = 0; kind < DL_SIZES; kind++) {
        if (event->size[kind] < 0)
            continue;
        const dl_quantity *quantity = &p->document->quantities[event->size[kind]];
        dl_buffer_add_format(p->out, ", %s ", dl_write_size_name((dl_size_kind)kind));
        if (quantity->relation != DL_EQUAL && quantity->relation != DL_BETWEEN)
            dl_buffer_add_text(p->out, dl_write_relation(quantity->relation));
        dl_buffer_add_number(p->out, quantity->value);
        if (quantity->relation == DL_BETWEEN) {
            dl_buffer_add_text(p->out, "..");
            dl_buffer_add_number(p->out, quantity->high);
        }
    }
}

static void add_sources(const painter *p, const dl_event *event)
{
    const char *before = ", according to ";
    for (size_t i = 0; i < event->claim_count; i++) {
        const dl_claim *claim = &p->document->claims[event->claims[i]];
        if (claim->speaker < 0)
            continue;
        dl_buffer_add_text(p->out, before);
        add_party(p, claim->speaker);
        before = ", in the words of ";
    }
}

static void add_details(const painter *p, const dl_event *event)
{
    pad(p->out, p->out->size, DETAIL_INDENT);
    dl_buffer_add_text(p->out, dl_event_status_name(event->status));
    if (event->place >= 0) {
        const dl_place *place = &p->document->places[event->place];
        dl_buffer_add_text(p->out, ", in ");
        dl_write_flat(p->out, place->name.size > 0
                                  ? place->name
                                  : dl_document_slice(p->document, place->span));
        if (place->country[0])
            dl_buffer_add_format(p->out, " (%s)", place->country);
    }
    add_sizes(p, event);
    add_sources(p, event);
    if (event->doubt.end > event->doubt.start) {
        dl_buffer_add_text(p->out, ", in doubt: ");
        dl_write_flat(p->out, dl_document_slice(p->document, event->doubt));
    }
    dl_buffer_add_char(p->out, '\n');
}

static void add_words(const painter *p, const dl_event *event)
{
    dl_span span = p->document->sentences[event->sentence].span;
    pad(p->out, p->out->size, DETAIL_INDENT);
    paint(p, DIM);
    dl_buffer_add_char(p->out, '"');
    dl_write_flat(p->out, dl_document_slice(p->document, span));
    dl_buffer_add_char(p->out, '"');
    paint(p, PLAIN);
    dl_buffer_add_char(p->out, '\n');
}

void dl_write_table(dl_buffer *out, const dl_document *document, bool color)
{
    painter p = {.out = out, .document = document, .color = color};
    dl_write_flat(out, document->id);
    if (document->event_count == 0)
        dl_buffer_add_text(out, ": no events");
    dl_buffer_add_char(out, '\n');
    for (size_t i = 0; i < document->event_count; i++) {
        add_first_line(&p, &document->events[i]);
        add_details(&p, &document->events[i]);
        add_words(&p, &document->events[i]);
    }
    dl_buffer_add_char(out, '\n');
}
