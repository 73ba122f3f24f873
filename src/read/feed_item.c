#include <stdio.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "read/feed_item.h"

enum { DEPTH_MAX = 256, ENTITY_MAX = 64 };

/* `field` is being collected since `depth` was `field_depth`. */
typedef struct parsing {
    dl_feed_fields *fields;
    dl_arena *arena;
    xmlParserCtxtPtr context;
    bool head, in_channel, in_author, markup, wrong, failed;
    int depth, channel_depth, author_depth;
    dl_feed_field field;
    int field_depth;
    bool plain;
    dl_buffer value;
    xmlEntity entity;
    char entity_text[ENTITY_MAX];
    unsigned long line;
    char message[96];
} parsing;

static bool is(const char *value, const char *wanted)
{
    return value && strcmp(value, wanted) == 0;
}

static const char *attribute(const xmlChar **attributes, const char *name)
{
    for (size_t i = 0; attributes && attributes[i]; i += 2)
        if (is((const char *)attributes[i], name))
            return (const char *)attributes[i + 1];
    return NULL;
}

/* Elements by their usual names; other modules' titles and descriptions (media:, itunes:)
 * are none. */
static dl_feed_field field_of(const char *name)
{
    static const struct {
        const char *name;
        dl_feed_field field;
    } fields[] = {
        {"title", DL_FEED_TITLE},
        {"link", DL_FEED_LINK},
        {"guid", DL_FEED_ID},
        {"id", DL_FEED_ID},
        {"pubDate", DL_FEED_PUBLISHED},
        {"published", DL_FEED_PUBLISHED},
        {"issued", DL_FEED_PUBLISHED},
        {"dc:date", DL_FEED_PUBLISHED},
        {"dcterms:issued", DL_FEED_PUBLISHED},
        {"updated", DL_FEED_UPDATED},
        {"modified", DL_FEED_UPDATED},
        {"dcterms:modified", DL_FEED_UPDATED},
        {"lastBuildDate", DL_FEED_UPDATED},
        {"dc:creator", DL_FEED_AUTHOR},
        {"author", DL_FEED_AUTHOR},
        {"content:encoded", DL_FEED_ENCODED},
        {"content", DL_FEED_CONTENT},
        {"description", DL_FEED_SUMMARY},
        {"summary", DL_FEED_SUMMARY},
        {"language", DL_FEED_LANGUAGE},
        {"dc:language", DL_FEED_LANGUAGE},
    };
    if (strncmp(name, "atom:", 5) == 0 || strncmp(name, "atom10:", 7) == 0 ||
        strncmp(name, "rss:", 4) == 0)
        name = strchr(name, ':') + 1;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (is(name, fields[i].name))
            return fields[i].field;
    return DL_FEED_NONE;
}

static void add_value(parsing *p, dl_feed_field field, dl_string value, bool plain)
{
    if (p->fields->values[field].size || dl_string_trim(value).size == 0)
        return;
    p->fields->values[field] = dl_arena_string(p->arena, dl_string_trim(value));
    p->fields->plain[field] = plain;
    p->failed |= p->fields->values[field].data == NULL;
}

/* Atom's link has its address in an attribute; others lead to the page's kin. */
static void hear_link(parsing *p, const xmlChar **attributes)
{
    const char *href = attribute(attributes, "href"), *rel = attribute(attributes, "rel");
    if (href && (!rel || is(rel, "alternate")))
        add_value(p, DL_FEED_LINK, dl_string_from(href), true);
}

static void begin_field(parsing *p, dl_feed_field field, const xmlChar **attributes)
{
    const char *type = attribute(attributes, "type");
    if (field == DL_FEED_LINK && attribute(attributes, "href")) {
        hear_link(p, attributes);
        return;
    }
    p->field = field;
    p->field_depth = p->depth;
    p->markup = is(type, "xhtml");
    p->plain = is(type, "text") || is(type, "text/plain");
    dl_buffer_clear(&p->value);
}

/* The depth at which fields stand: children of the item, or of the channel. */
static int level(const parsing *p)
{
    return p->head ? p->channel_depth + 1 : 2;
}

static void start_element(void *data, const xmlChar *tag, const xmlChar **attributes)
{
    parsing *p = data;
    const char *name = (const char *)tag;
    if (++p->depth > DEPTH_MAX) {
        p->wrong = true;
        xmlStopParser(p->context);
        return;
    }
    if (p->field != DL_FEED_NONE && p->markup) {
        dl_buffer_add_format(&p->value, "<%s>", name);
        return;
    }
    if (p->depth == 1) {
        const char *about = attribute(attributes, "rdf:about");
        const char *language = attribute(attributes, "xml:lang");
        add_value(p, DL_FEED_LANGUAGE, dl_string_from(language), true);
        if (!p->head)
            add_value(p, DL_FEED_ID, dl_string_from(about), true);
    }
    if (p->head && (is(name, "channel") || is(name, "feed") || is(name, "atom:feed")))
        p->channel_depth = p->depth;
    dl_feed_field field = field_of(name);
    bool named = p->in_author && is(name, "name") && p->field == DL_FEED_AUTHOR;
    if (named) { /* Atom's author is an element of elements */
        dl_buffer_clear(&p->value);
        p->field_depth = p->depth;
        p->in_author = false;
    } else if (p->field == DL_FEED_NONE && field != DL_FEED_NONE &&
               p->depth == level(p) && (!p->head || p->channel_depth)) {
        begin_field(p, field, attributes);
        p->in_author = field == DL_FEED_AUTHOR;
    }
}

static void end_element(void *data, const xmlChar *tag)
{
    parsing *p = data;
    if (p->field != DL_FEED_NONE && p->depth == p->field_depth) {
        add_value(p, p->field, (dl_string){p->value.data, p->value.size}, p->plain);
        p->field = DL_FEED_NONE;
        p->in_author = false;
    } else if (p->field != DL_FEED_NONE && p->markup) {
        dl_buffer_add_format(&p->value, "</%s>", (const char *)tag);
    }
    if (p->head && p->depth == p->channel_depth)
        p->channel_depth = 0;
    p->depth--;
}

static void add_characters(void *data, const xmlChar *text, int size)
{
    parsing *p = data;
    if (p->field == DL_FEED_NONE || size <= 0)
        return;
    for (int i = 0; i < size; i++) {
        if (p->markup && text[i] == '<')
            dl_buffer_add_text(&p->value, "&lt;");
        else if (p->markup && text[i] == '&')
            dl_buffer_add_text(&p->value, "&amp;");
        else
            dl_buffer_add_char(&p->value, (char)text[i]);
    }
}

/* HTML's entities are known in feeds that declare none; others are given as they stand.
 */
static xmlEntityPtr find_entity(void *data, const xmlChar *name)
{
    parsing *p = data;
    const htmlEntityDesc *known = htmlEntityLookup(name);
    size_t size = 0;
    if (known)
        size = dl_utf8_encode(known->value, p->entity_text);
    else
        size =
            (size_t)snprintf(p->entity_text, ENTITY_MAX - 1, "&%s;", (const char *)name);
    p->entity_text[size < ENTITY_MAX ? size : ENTITY_MAX - 1] = '\0';
    p->entity.etype = XML_INTERNAL_PREDEFINED_ENTITY;
    p->entity.name = name;
    p->entity.content = (xmlChar *)p->entity_text;
    return &p->entity;
}

/* libxml2's own form of a handler; the error itself lies in the context. */
static void note_error(void *data, const char *format, ...)
{
    parsing *p = data;
    const xmlError *found = xmlCtxtGetLastError(p->context);
    (void)format;
    if (p->wrong || !found || found->level != XML_ERR_FATAL)
        return;
    p->wrong = true;
    p->line = found->line > 0 ? (unsigned long)found->line : 0;
    snprintf(p->message, sizeof p->message, "%s", found->message ? found->message : "");
    size_t size = strlen(p->message);
    while (size > 0 && (unsigned char)p->message[size - 1] <= ' ')
        p->message[--size] = '\0';
}

/* Whether the "&" at `at` opens a reference. */
static bool is_reference(dl_string xml, size_t at)
{
    size_t end = at + 1;
    while (end < xml.size && end - at < ENTITY_MAX / 2 &&
           ((xml.data[end] >= '0' && xml.data[end] <= '9') || xml.data[end] == '#' ||
            ((xml.data[end] | 0x20) >= 'a' && (xml.data[end] | 0x20) <= 'z')))
        end++;
    bool digit_first = xml.data[at + 1 < xml.size ? at + 1 : at] <= '9' &&
                       xml.data[at + 1 < xml.size ? at + 1 : at] != '#';
    return end > at + 1 && end < xml.size && xml.data[end] == ';' && !digit_first;
}

/* What is common in feeds and no XML: "&" for itself, and control characters. */
static void mend(dl_string xml, dl_buffer *out)
{
    bool raw = false; /* in CDATA */
    for (size_t at = 0; at < xml.size; at++) {
        char c = xml.data[at];
        dl_string rest = dl_string_slice(xml, at, xml.size);
        if (c == '<' && dl_string_starts(rest, DL_STRING("<![CDATA[")))
            raw = true;
        else if (raw && c == ']' && dl_string_starts(rest, DL_STRING("]]>")))
            raw = false;
        dl_buffer_add_char(out,
                           (unsigned char)c < ' ' && c != '\t' && c != '\n' ? ' ' : c);
        if (c == '&' && !raw && !is_reference(xml, at))
            dl_buffer_add_text(out, "amp;");
    }
}

static void run_parser(parsing *p, dl_string xml)
{
    xmlSAXHandler events = {.initialized = 1, /* names with their prefixes */
                            .startElement = start_element,
                            .endElement = end_element,
                            .characters = add_characters,
                            .ignorableWhitespace = add_characters,
                            .cdataBlock = add_characters,
                            .getEntity = find_entity,
                            .error = note_error,
                            .fatalError = note_error};
    xmlParserCtxtPtr context = xmlCreateMemoryParserCtxt(xml.data, (int)xml.size);
    p->context = context;
    p->failed |= !context;
    if (!context)
        return;
    xmlSAXHandlerPtr own = context->sax;
    context->sax = &events;
    context->userData = p;
    xmlCtxtUseOptions(context, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_RECOVER);
    xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8);
    xmlParseDocument(context);
    p->failed |= context->errNo == XML_ERR_NO_MEMORY;
    context->sax = own;
    if (context->myDoc)
        xmlFreeDoc(context->myDoc);
    xmlFreeParserCtxt(context);
}

dateline_status dl_feed_parse(dl_arena *arena, dl_string xml, bool head,
                              dl_feed_fields *fields, dateline_error *error)
{
    parsing p = {.arena = arena, .fields = fields, .head = head};
    dl_buffer mended = {0};
    *fields = (dl_feed_fields){0};
    mend(xml, &mended);
    if (!mended.failed && mended.size)
        run_parser(&p, (dl_string){mended.data, mended.size});
    bool failed = p.failed || p.value.failed || mended.failed;
    dl_buffer_release(&p.value);
    dl_buffer_release(&mended);
    if (failed)
        return dl_error_memory(error);
    if (head || !p.wrong)
        return DATELINE_OK;
    if (error)
        error->line = p.line;
    return dl_error_set(error, DATELINE_BAD_FEED, "the item is malformed: %s", p.message);
}
