#include <stdlib.h>

#include "read/address.h"
#include "read/day.h"
#include "read/feed.h"
#include "read/feed_item.h"
#include "read/page.h"
#include "read/window.h"

enum { NAME_MAX_BYTES = 32 };

/* `bare`: CDATA and comments hide nothing until the next item, since one did not end.
 * `lost`: what is left of the file is not looked at. */
struct dl_feed {
    dl_window window;
    bool headed, bare, lost;
    int unended;     /* items */
    dl_arena *arena; /* of the head */
    dl_string title, link, language;
};

dl_feed *dl_feed_new(dl_stream *stream)
{
    dl_feed *feed = calloc(1, sizeof *feed);
    if (!feed)
        return NULL;
    feed->window = (dl_window){.stream = stream, .line = 1};
    feed->arena = dl_arena_new();
    if (feed->arena)
        return feed;
    free(feed);
    return NULL;
}

void dl_feed_free(dl_feed *feed)
{
    if (!feed)
        return;
    dl_arena_free(feed->arena);
    dl_window_release(&feed->window);
    free(feed);
}

/* ---- Cutting -------------------------------------------------------------------------
 */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The name of the tag that opens at s.data[at] ('<' or "</"), without its prefix. */
static dl_string tag_name(dl_string s, size_t at)
{
    size_t start = at + 1 + (at + 1 < s.size && s.data[at + 1] == '/'), end = start;
    while (end < s.size && end - start < NAME_MAX_BYTES &&
           (is_letter(s.data[end]) || s.data[end] == ':' || s.data[end] == '_')) {
        end++;
        if (s.data[end - 1] == ':')
            start = end;
    }
    return dl_string_slice(s, start, end);
}

/* Whether a tag of an item opens or closes at s.data[at]. */
static bool is_item(dl_string s, size_t at)
{
    dl_string name = tag_name(s, at);
    size_t end = (size_t)(name.data - s.data) + name.size;
    return (dl_string_equal(name, DL_STRING("item")) ||
            dl_string_equal(name, DL_STRING("entry"))) &&
           end < s.size && strchr(" \t\r\n/>", s.data[end]) != NULL;
}

static bool opens_item(dl_string s, size_t at)
{
    return at + 1 < s.size && s.data[at] == '<' && s.data[at + 1] != '/' &&
           is_item(s, at);
}

/* Behind the markup at s.data[at] that hides what is in it, comments and CDATA: `at`
 * itself where it is none, s.size where it does not end. An item that opens in it and has
 * a CDATA section of its own tells that it was not meant to reach there: *item is then
 * where, else s.size. */
static size_t behind_hidden(dl_string s, size_t at, size_t *item)
{
    static const dl_string data = {"<![CDATA[", 9}, comment = {"<!--", 4};
    dl_string here = dl_string_slice(s, at, s.size);
    bool is_data = dl_string_starts(here, data);
    const char *close = is_data ? "]]>" : "-->";
    size_t opened = s.size;
    *item = s.size;
    if (!is_data && !dl_string_starts(here, comment))
        return at;
    for (size_t end = at + comment.size; end < s.size; end++) {
        char c = s.data[end];
        if (c == '>' && memcmp(s.data + end - 2, close, 3) == 0)
            return end + 1;
        if (c != '<' || !is_data)
            continue;
        if (opened == s.size && opens_item(s, end))
            opened = end;
        else if (opened < s.size &&
                 dl_string_starts(dl_string_slice(s, end, s.size), data)) {
            *item = opened;
            return s.size;
        }
    }
    return s.size;
}

typedef enum cut { CUT_FOUND, CUT_OPEN, CUT_OTHER } cut;

/* Where the item at the start of `s` ends. CUT_OPEN: not in `s`; CUT_OTHER: another opens
 * at *end first. */
static cut find_end(dl_string s, size_t *end)
{
    for (size_t at = 0; at < s.size;) {
        at = dl_string_find(s, '<', at);
        if (at + 1 >= s.size)
            break;
        size_t behind = behind_hidden(s, at, end);
        if (*end < s.size)
            return CUT_OTHER;
        bool item = behind == at && is_item(s, at);
        size_t close = item ? dl_string_find(s, '>', at) : at;
        if (close == s.size)
            break;
        if (item && at > 0 && s.data[at + 1] != '/') {
            *end = at;
            return CUT_OTHER;
        }
        if (item && (at > 0 || s.data[close - 1] == '/')) {
            *end = close + 1;
            return CUT_FOUND;
        }
        at = behind == at ? at + 1 : behind;
    }
    return CUT_OPEN;
}

/* Where the first item opens; s.size where none does. *sure is false where more bytes may
 * tell otherwise. With `bare` nothing is hidden. */
static size_t find_start(dl_string s, bool bare, bool *sure)
{
    for (size_t at = 0; at < s.size;) {
        at = dl_string_find(s, '<', at);
        *sure = at + NAME_MAX_BYTES <= s.size;
        if (at == s.size)
            break;
        size_t item = s.size, behind = bare ? at : behind_hidden(s, at, &item);
        if (!bare && item < s.size)
            return item;
        if (behind == at && opens_item(s, at))
            return at;
        *sure = behind < s.size;
        at = behind == at ? at + 1 : behind;
    }
    return s.size;
}

/* ---- Head ----------------------------------------------------------------------------
 */

/* Where the root element opens: behind declarations and the document type. */
static size_t find_root(dl_string s)
{
    for (size_t at = 0; at < s.size; at++) {
        at = dl_string_find(s, '<', at);
        if (at + 1 < s.size && is_letter(s.data[at + 1]))
            return at;
    }
    return s.size;
}

static dateline_status read_head(dl_feed *feed, dl_string head, dateline_error *error)
{
    dl_feed_fields fields;
    size_t root = find_root(head);
    if (dl_string_trim(head).size > 0 && !dl_feed_is_start(head))
        return dl_error_set(error, DATELINE_BAD_FEED, "it is neither RSS nor Atom");
    dateline_status status = dl_feed_parse(
        feed->arena, dl_string_slice(head, root, head.size), true, &fields, error);
    feed->title = fields.values[DL_FEED_TITLE];
    feed->link = fields.values[DL_FEED_LINK];
    feed->language = fields.values[DL_FEED_LANGUAGE];
    return status;
}

/* What is so large before its first item is no feed: the file is left. */
static dateline_status lose_head(dl_feed *feed, size_t size, dateline_error *error)
{
    feed->lost = true;
    return dl_error_set(error, DATELINE_BAD_FEED, "no item opens in %zu bytes", size);
}

/* Uses up what stands before the next item; DATELINE_END where there is none. */
static dateline_status go_to_item(dl_feed *feed, dateline_error *error)
{
    bool sure = false;
    size_t start;
    for (;;) {
        dl_string rest = dl_window_rest(&feed->window);
        start = find_start(rest, feed->bare, &sure);
        if ((start < rest.size && sure) || feed->window.ended)
            break;
        if (start == rest.size && rest.size > DL_LINE_MAX && feed->headed)
            dl_window_use(&feed->window, rest.size - NAME_MAX_BYTES);
        else if (rest.size > DL_LINE_MAX)
            return lose_head(feed, rest.size, error);
        if (!dl_window_read(&feed->window))
            break;
    }
    dl_string rest = dl_window_rest(&feed->window);
    dateline_status status = DATELINE_OK;
    if (!feed->headed)
        status = read_head(feed, dl_string_slice(rest, 0, start), error);
    feed->headed = true;
    if (feed->window.held.failed)
        return dl_error_memory(error);
    dl_window_use(&feed->window, start);
    if (status == DATELINE_OK && start == rest.size)
        return DATELINE_END;
    return status;
}

/* ---- Items ---------------------------------------------------------------------------
 */

/* The first of an item's contents that there is, as text. */
static dateline_status find_text(dl_arena *arena, const dl_feed_fields *fields,
                                 dl_feed_item *item, dateline_error *error)
{
    static const dl_feed_field order[] = {DL_FEED_ENCODED, DL_FEED_CONTENT,
                                          DL_FEED_SUMMARY};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        dl_string value = fields->values[order[i]];
        dateline_status status = DATELINE_OK;
        if (!value.size)
            continue;
        if (fields->plain[order[i]])
            item->text = value;
        else
            status = dl_page_read_piece(arena, value, &item->text, error);
        if (status != DATELINE_OK || item->text.size)
            return status;
    }
    item->text = item->title; /* feeds of headlines */
    return DATELINE_OK;
}

static dateline_status fill_item(const dl_feed *feed, dl_arena *arena,
                                 const dl_feed_fields *fields, dl_feed_item *item,
                                 dateline_error *error)
{
    const dl_string *values = fields->values;
    item->id = values[DL_FEED_ID];
    item->url = dl_address_join(arena, values[DL_FEED_LINK], feed->link);
    if (!item->url.size)
        item->url = values[DL_FEED_LINK];
    if (!item->url.size && dl_address_is(item->id))
        item->url = item->id;
    item->author = values[DL_FEED_AUTHOR];
    item->source = feed->title;
    item->language =
        values[DL_FEED_LANGUAGE].size ? values[DL_FEED_LANGUAGE] : feed->language;
    if (!dl_day_parse(values[DL_FEED_PUBLISHED], &item->day) &&
        !dl_day_parse(values[DL_FEED_UPDATED], &item->day) &&
        !dl_day_of_url(item->url, &item->day))
        item->day = (dl_date){0};
    dateline_status status =
        dl_page_read_piece(arena, values[DL_FEED_TITLE], &item->title, error);
    return status == DATELINE_OK ? find_text(arena, fields, item, error) : status;
}

static dateline_status parse_item(const dl_feed *feed, dl_arena *arena,
                                  dl_feed_item *item, dateline_error *error)
{
    dl_feed_fields fields;
    size_t good = dl_utf8_check(item->raw);
    if (good < item->raw.size)
        return dl_error_set(error, DATELINE_BAD_UTF8, "byte %zu of the item is not UTF-8",
                            good);
    dateline_status status = dl_feed_parse(arena, item->raw, false, &fields, error);
    if (status == DATELINE_BAD_FEED && error && error->line > 0)
        item->line += error->line - 1;
    return status == DATELINE_OK ? fill_item(feed, arena, &fields, item, error) : status;
}

/* Cuts the item that opens here; what is wrong with one that does not end is told. */
static dateline_status cut_item(dl_feed *feed, dl_feed_item *item, dateline_error *error)
{
    size_t end = 0;
    cut found;
    item->line = feed->window.line;
    for (;;) {
        dl_string rest = dl_window_rest(&feed->window);
        found = find_end(rest, &end);
        if (found != CUT_OPEN || rest.size > DL_LINE_MAX ||
            !dl_window_read(&feed->window))
            break;
    }
    if (feed->window.held.failed)
        return dl_error_memory(error);
    dl_string rest = dl_window_rest(&feed->window);
    bool large = found == CUT_OPEN && rest.size > DL_LINE_MAX;
    size_t size = found == CUT_OPEN ? 1 : end;
    if (found == CUT_OPEN && ++feed->unended > DL_FEED_UNENDED_MAX)
        size = rest.size; /* else each is looked through to the end */
    size_t shown = found == CUT_OPEN ? rest.size : end;
    item->raw = dl_string_slice(rest, 0, shown < DL_RAW_KEPT ? shown : DL_RAW_KEPT);
    if (found == CUT_FOUND)
        item->raw.size = end;
    feed->bare = found == CUT_OPEN;
    dl_window_use(&feed->window, size);
    if (found == CUT_FOUND)
        return DATELINE_OK;
    if (large)
        return dl_error_set(error, DATELINE_ARTICLE_TOO_LARGE,
                            "the item is longer than the limit of %d bytes",
                            (int)DL_LINE_MAX);
    return dl_error_set(error, DATELINE_BAD_FEED, "the item does not end");
}

dateline_status dl_feed_next(dl_feed *feed, dl_arena *arena, dl_feed_item *item,
                             dateline_error *error)
{
    *item = (dl_feed_item){.line = feed->window.line};
    bool headed = feed->headed;
    dateline_status status = feed->lost ? DATELINE_END : go_to_item(feed, error);
    if (status == DATELINE_OK || headed)
        item->line = feed->window.line;
    if (status == DATELINE_END) {
        dateline_status fault = dl_stream_fault(feed->window.stream);
        return fault == DATELINE_OK
                   ? status
                   : dl_error_set(error, fault, "the file can't be read to its end");
    }
    if (status == DATELINE_OK)
        status = cut_item(feed, item, error);
    return status == DATELINE_OK ? parse_item(feed, arena, item, error) : status;
}

bool dl_feed_is_start(dl_string bytes)
{
    if (dl_string_starts(bytes, DL_STRING("\xEF\xBB\xBF")))
        bytes = dl_string_slice(bytes, 3, bytes.size);
    size_t root = find_root(bytes);
    if (dl_string_trim(bytes).size == 0 || dl_string_trim(bytes).data[0] != '<' ||
        root == bytes.size)
        return false;
    dl_string name = tag_name(bytes, root);
    return dl_string_equal(name, DL_STRING("rss")) ||
           dl_string_equal(name, DL_STRING("feed")) ||
           dl_string_equal(name, DL_STRING("RDF"));
}
