/* From HTML to blocks of text, by libxml2's events; no tree of the page is built. */
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "read/page_inside.h"

enum { SCRIPT_MAX = 1 << 20, CAPTURE_MAX = 1 << 12 };

/* An element that is open. */
typedef struct open_element {
    int32_t node; /* its own, or the one it stands in */
    unsigned traits;
} open_element;

/* At most one element's text is captured for what it says about the page (`slot`, until
 * the depth is `capture_depth` again); `script` is JSON-LD being collected. */
typedef struct parsing {
    dl_page_state *page;
    htmlParserCtxtPtr context;
    open_element open[DL_PAGE_DEPTH_MAX];
    int32_t depth, skipped_at; /* depth of the outermost element passed over; 0: none */
    int32_t links, verbatim;   /* a, pre that are open */
    size_t block_start, linked;
    dl_about slot;
    int32_t capture_depth;
    dl_buffer captured, script;
    bool in_script;
    bool too_deep, too_many;
} parsing;

/* ---- Blocks --------------------------------------------------------------------------
 */

static int32_t node_here(const parsing *p)
{
    return p->depth ? p->open[p->depth - 1].node : -1;
}

static void end_block(parsing *p)
{
    dl_page_state *page = p->page;
    dl_buffer *text = &page->text;
    while (text->size > p->block_start &&
           (text->data[text->size - 1] == ' ' || text->data[text->size - 1] == '\n'))
        text->size--;
    void *blocks = page->blocks;
    if (text->size > p->block_start &&
        dl_arena_grow(page->arena, &blocks, page->block_count, &page->block_room,
                      sizeof *page->blocks)) {
        page->blocks = blocks;
        page->blocks[page->block_count++] =
            (dl_block){p->block_start, text->size, p->linked, node_here(p), 0};
    } else if (text->size > p->block_start) {
        page->failed = true;
    }
    p->block_start = text->size;
    p->linked = 0;
}

static bool at_space(const parsing *p)
{
    const dl_buffer *text = &p->page->text;
    char last = text->size > p->block_start ? text->data[text->size - 1] : ' ';
    return last == ' ' || last == '\n';
}

/* Windows-1252 in numeric references: &#147; is meant as a quotation mark. */
static uint32_t meant_by_control(uint32_t point)
{
    static const uint16_t windows[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
        0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    return windows[point - 0x80];
}

/* Points that are no blank, no letter, and in the way of words: soft hyphens, marks. */
static bool is_invisible(uint32_t point)
{
    return point == 0xAD || point == 0x200B || point == 0xFEFF || point == 0x2060;
}

/* Adds one point that is not ASCII. */
static void add_point(parsing *p, dl_string s, size_t at, size_t size)
{
    char encoded[4];
    dl_buffer *text = &p->page->text;
    uint32_t point = dl_utf8_get(s, at, &(size_t){0});
    if (is_invisible(point))
        return;
    if (point >= 0x80 && point < 0xA0) {
        point = meant_by_control(point);
        if (point)
            dl_buffer_add(text, encoded, dl_utf8_encode(point, encoded));
    } else if (dl_utf8_is_space(point)) {
        if (!at_space(p))
            dl_buffer_add_char(text, ' ');
    } else {
        dl_buffer_add(text, s.data + at, size);
    }
}

static bool is_plain(char c)
{
    return (unsigned char)c > ' ' && (unsigned char)c < 0x7F;
}

static void add_text(parsing *p, dl_string s)
{
    dl_buffer *text = &p->page->text;
    size_t before = text->size;
    for (size_t at = 0, size = 1; at < s.size; at += size) {
        size = 1;
        if (is_plain(s.data[at])) {
            while (at + size < s.size && is_plain(s.data[at + size]))
                size++;
            dl_buffer_add(text, s.data + at, size);
        } else if ((unsigned char)s.data[at] >= 0x80) {
            dl_utf8_get(s, at, &size);
            add_point(p, s, at, size);
        } else if (p->verbatim && s.data[at] == '\n') {
            dl_buffer_add_char(text, '\n');
        } else if (!at_space(p)) {
            dl_buffer_add_char(text, ' ');
        }
    }
    if (p->links && text->size > before)
        p->linked += text->size - before;
}

/* A single one breaks the line, two end the paragraph. */
static void break_line(parsing *p)
{
    dl_buffer *text = &p->page->text;
    if (text->size > p->block_start && text->data[text->size - 1] == '\n') {
        end_block(p);
        return;
    }
    while (text->size > p->block_start && text->data[text->size - 1] == ' ')
        text->size--;
    if (text->size > p->block_start)
        dl_buffer_add_char(text, '\n');
}

/* ---- What elements say ---------------------------------------------------------------
 */

/* The value of an attribute; "" where it has none, NULL where it is not there. */
static const char *attribute(const xmlChar **attributes, const char *name)
{
    for (size_t i = 0; attributes && attributes[i]; i += 2)
        if (strcmp((const char *)attributes[i], name) == 0)
            return attributes[i + 1] ? (const char *)attributes[i + 1] : "";
    return NULL;
}

static bool is(const char *value, const char *wanted)
{
    return value && strcmp(value, wanted) == 0;
}

/* A word of a list such as rel="author nofollow". */
static bool has_word(const char *list, const char *word)
{
    size_t size = strlen(word);
    for (const char *at = list; at && *at; at += strcspn(at, " ")) {
        at += strspn(at, " ");
        if (strncmp(at, word, size) == 0 && (at[size] == '\0' || at[size] == ' '))
            return true;
    }
    return false;
}

static void add_about(parsing *p, dl_about slot, const char *value)
{
    bool profile = slot == DL_ABOUT_AUTHOR && value && strncmp(value, "http", 4) == 0;
    if (slot != DL_ABOUT_NONE && value && !profile)
        dl_about_add(p->page, slot, dl_string_from(value));
}

static void hear_meta(parsing *p, const xmlChar **attributes)
{
    static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
    const char *content = attribute(attributes, "content");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *key = attribute(attributes, keys[i]);
        if (key)
            add_about(p, dl_about_of_meta(key), content);
    }
}

static void capture(parsing *p, dl_about slot)
{
    if (p->slot != DL_ABOUT_NONE || p->page->about[slot].size)
        return;
    p->slot = slot;
    p->capture_depth = p->depth;
    dl_buffer_clear(&p->captured);
}

static bool beside(const parsing *p)
{
    int32_t node = node_here(p);
    return node >= 0 && (p->page->nodes[node].flags & DL_NODE_BESIDE);
}

/* Microdata and links: itemprop="datePublished", rel="author". */
static void hear_properties(parsing *p, const xmlChar **attributes)
{
    const char *property = attribute(attributes, "itemprop");
    const char *content = attribute(attributes, "content");
    const char *moment = attribute(attributes, "datetime");
    dl_about slot = property ? dl_about_of_meta(property) : DL_ABOUT_NONE;
    if (slot == DL_ABOUT_AUTHOR && !content)
        slot = DL_ABOUT_AUTHOR_TEXT;
    if (slot != DL_ABOUT_NONE && (content || moment))
        add_about(p, slot, content ? content : moment);
    else if (slot != DL_ABOUT_NONE)
        capture(p, slot);
    else if (has_word(attribute(attributes, "rel"), "author") && !beside(p))
        capture(p, DL_ABOUT_AUTHOR_TEXT);
}

static void hear_link(parsing *p, const xmlChar **attributes)
{
    if (has_word(attribute(attributes, "rel"), "canonical"))
        add_about(p, DL_ABOUT_CANONICAL, attribute(attributes, "href"));
}

/* What an element says about the page; its own node is open. */
static void hear(parsing *p, const char *name, const xmlChar **attributes)
{
    if (is(name, "meta"))
        hear_meta(p, attributes);
    else if (is(name, "link"))
        hear_link(p, attributes);
    else if (is(name, "title") && !p->page->about[DL_ABOUT_TITLE_TAG].size)
        capture(p, DL_ABOUT_TITLE_TAG);
    else if (is(name, "html"))
        add_about(p, DL_ABOUT_LANGUAGE, attribute(attributes, "lang"));
    else if (is(name, "time") && !beside(p))
        add_about(p,
                  attribute(attributes, "pubdate") ? DL_ABOUT_PUBLISHED : DL_ABOUT_TIME,
                  attribute(attributes, "datetime"));
    hear_properties(p, attributes);
    if (is(name, "h1") && !beside(p))
        capture(p, DL_ABOUT_TITLE_HEADING);
}

static void end_capture(parsing *p)
{
    dl_string text = {p->captured.data, p->captured.size};
    dl_about_add(p->page, p->slot, text);
    p->slot = DL_ABOUT_NONE;
}

/* ---- Elements ------------------------------------------------------------------------
 */

static bool is_hidden(const xmlChar **attributes)
{
    const char *style = attribute(attributes, "style");
    return attribute(attributes, "hidden") != NULL ||
           is(attribute(attributes, "aria-hidden"), "true") ||
           (style && (strstr(style, "display:none") || strstr(style, "display: none")));
}

static uint32_t flags_of(unsigned traits, const xmlChar **attributes, uint32_t outer)
{
    const char *classes = attribute(attributes, "class"),
               *id = attribute(attributes, "id");
    const char *role = attribute(attributes, "role");
    const char *property = attribute(attributes, "itemprop");
    unsigned hints = 0;
    bool whole = traits & DL_TAG_WHOLE;
    bool main = (traits & DL_TAG_MAIN) || is(role, "main");
    bool article = (traits & DL_TAG_ARTICLE) || is(role, "article");
    if (!whole && !main)
        hints =
            (classes ? dl_hint_of_names(classes) : 0) | (id ? dl_hint_of_names(id) : 0);
    if (article)
        hints &= DL_HINT_COMMENT;
    hints |= role ? dl_hint_of_role(role) : 0;
    uint32_t flags = outer & (DL_NODE_BESIDE | DL_NODE_INSIDE);
    bool head = (traits & DL_TAG_HEAD) && (outer & DL_NODE_INSIDE);
    if (((traits & DL_TAG_SIDE) && !head) || (hints & (DL_HINT_SIDE | DL_HINT_HIDDEN)))
        flags |= DL_NODE_SIDE | DL_NODE_BESIDE;
    if (is_hidden(attributes) && !whole)
        flags |= DL_NODE_SIDE | DL_NODE_BESIDE;
    flags |= hints & DL_HINT_ABOUT ? DL_NODE_SIDE : 0;
    flags |= hints & DL_HINT_COMMENT ? DL_NODE_COMMENT | DL_NODE_BESIDE : 0;
    flags |= article ? DL_NODE_ARTICLE : 0;
    flags |= is(property, "articleBody") || (hints & DL_HINT_BODY) ? DL_NODE_BODY : 0;
    flags |= article || main ? DL_NODE_INSIDE : 0;
    flags |= traits & DL_TAG_PARAGRAPH ? DL_NODE_PARAGRAPH : 0;
    return flags | (traits & DL_TAG_HEADING ? DL_NODE_HEADING : 0);
}

static int32_t add_node(parsing *p, const char *name, unsigned traits,
                        const xmlChar **attributes)
{
    dl_page_state *page = p->page;
    int32_t parent = node_here(p);
    void *nodes = page->nodes;
    if (page->node_count >= DL_PAGE_ELEMENTS_MAX) {
        p->too_many = true;
        xmlStopParser(p->context);
        return parent;
    }
    if (!dl_arena_grow(page->arena, &nodes, page->node_count, &page->node_room,
                       sizeof *page->nodes)) {
        page->failed = true;
        return parent;
    }
    page->nodes = nodes;
    uint32_t outer = parent < 0 ? 0 : page->nodes[parent].flags;
    bool first = is(name, "h1");
    page->nodes[page->node_count] =
        (dl_node){.parent = parent,
                  .end = -1,
                  .flags = flags_of(traits, attributes, outer) |
                           (first ? DL_NODE_FIRST_HEADING : 0),
                  .headings = first};
    return (int32_t)page->node_count++;
}

static void start_element(void *data, const xmlChar *tag, const xmlChar **attributes)
{
    parsing *p = data;
    const char *name = (const char *)tag;
    unsigned traits = dl_tag_find(name);
    if (p->depth == DL_PAGE_DEPTH_MAX) {
        p->too_deep = true;
        xmlStopParser(p->context);
        return;
    }
    int32_t outer = node_here(p);
    p->open[p->depth++] = (open_element){outer, traits};
    if (p->skipped_at && !is(name, "meta") && !is(name, "script"))
        return;
    if ((traits & DL_TAG_BLOCK) && !p->skipped_at) {
        p->depth--; /* the block before it is its parent's */
        end_block(p);
        int32_t node = add_node(p, name, traits, attributes);
        p->open[p->depth++] = (open_element){node, traits};
    }
    hear(p, name, attributes);
    p->links += (traits & DL_TAG_LINK) != 0;
    p->verbatim += is(name, "pre");
    if (is(name, "br"))
        break_line(p);
    p->in_script =
        is(name, "script") && is(attribute(attributes, "type"), "application/ld+json");
    bool hidden = !(traits & DL_TAG_BLOCK) && is_hidden(attributes);
    if (((traits & DL_TAG_SKIP) || hidden) && !(traits & DL_TAG_VOID) && !p->skipped_at)
        p->skipped_at = p->depth;
}

static void end_script(parsing *p)
{
    if (p->in_script && p->script.size)
        dl_about_add_json(p->page, (dl_string){p->script.data, p->script.size});
    dl_buffer_clear(&p->script);
    p->in_script = false;
}

static void end_element(void *data, const xmlChar *tag)
{
    parsing *p = data;
    if (p->depth == 0 || p->too_deep || p->too_many)
        return;
    const open_element *closed = &p->open[p->depth - 1];
    bool counted = !p->skipped_at || p->skipped_at == p->depth;
    if (p->slot != DL_ABOUT_NONE && p->capture_depth == p->depth)
        end_capture(p);
    if (is((const char *)tag, "script"))
        end_script(p);
    if (counted && (closed->traits & DL_TAG_BLOCK)) {
        end_block(p);
        if (closed->node >= 0)
            p->page->nodes[closed->node].end = (int32_t)p->page->node_count;
    }
    if (counted) {
        p->links -= (closed->traits & DL_TAG_LINK) != 0;
        p->verbatim -= is((const char *)tag, "pre");
    }
    if (p->skipped_at == p->depth)
        p->skipped_at = 0;
    p->depth--;
}

static void add_characters(void *data, const xmlChar *text, int size)
{
    parsing *p = data;
    dl_string s = {(const char *)text, size > 0 ? (size_t)size : 0};
    if (p->in_script && p->script.size + s.size <= SCRIPT_MAX)
        dl_buffer_add_string(&p->script, s);
    if (p->slot != DL_ABOUT_NONE && p->captured.size + s.size <= CAPTURE_MAX)
        dl_buffer_add_string(&p->captured, s);
    if (!p->skipped_at)
        add_text(p, s);
}

/* ---- The whole -----------------------------------------------------------------------
 */

static void ignore_error(void *data, xmlErrorPtr error)
{
    (void)data;
    (void)error;
}

/* libxml2 wants its first bytes to say nothing else than that they are UTF-8. */
static dateline_status run_parser(parsing *p, dl_string html, dateline_error *error)
{
    xmlSAXHandler events = {.initialized = XML_SAX2_MAGIC,
                            .startElement = start_element,
                            .endElement = end_element,
                            .characters = add_characters,
                            .ignorableWhitespace = add_characters,
                            .cdataBlock = add_characters,
                            .serror = ignore_error};
    htmlParserCtxtPtr context = htmlCreateMemoryParserCtxt(html.data, (int)html.size);
    if (!context)
        return dl_error_memory(error);
    xmlSAXHandlerPtr own = context->sax;
    p->context = context;
    context->sax = &events;
    context->userData = p;
    htmlCtxtUseOptions(context, HTML_PARSE_RECOVER | HTML_PARSE_NONET |
                                    HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                    HTML_PARSE_IGNORE_ENC);
    events.serror = ignore_error; /* the options have taken them away */
    xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(context);
    long line = context->input ? context->input->line : 0;
    context->sax = own;
    bool memory = context->errNo == XML_ERR_NO_MEMORY;
    if (context->myDoc)
        xmlFreeDoc(context->myDoc);
    htmlFreeParserCtxt(context);
    if (memory)
        return dl_error_memory(error);
    if (p->too_deep || p->too_many)
        return dl_error_set(error, DATELINE_BAD_HTML,
                            p->too_deep
                                ? "line %ld of the page: more than %d elements in "
                                  "each other"
                                : "line %ld of the page: more than %d elements",
                            line, p->too_deep ? DL_PAGE_DEPTH_MAX : DL_PAGE_ELEMENTS_MAX);
    return DATELINE_OK;
}

/* Elements whose end never came reach to the end. */
static void close_all(dl_page_state *page)
{
    for (size_t i = 0; i < page->node_count; i++)
        if (page->nodes[i].end < 0)
            page->nodes[i].end = (int32_t)page->node_count;
}

dateline_status dl_page_parse(dl_page_state *state, dl_string html, dateline_error *error)
{
    parsing *p = DL_ARENA_ARRAY(state->arena, parsing, 1);
    if (!p)
        return dl_error_memory(error);
    if (html.size == 0)
        return DATELINE_OK;
    p->page = state;
    dateline_status status = run_parser(p, html, error);
    end_block(p);
    close_all(state);
    bool failed =
        state->failed || state->text.failed || p->captured.failed || p->script.failed;
    dl_buffer_release(&p->captured);
    dl_buffer_release(&p->script);
    return status == DATELINE_OK && failed ? dl_error_memory(error) : status;
}
