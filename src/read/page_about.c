/* What a page says about itself: of many places that say the same, which is believed. */
#include <jansson.h>

#include "read/address.h"
#include "read/day.h"
#include "read/page_inside.h"

enum {
    LD_QUEUE_MAX = 64, /* objects of one JSON-LD script that are looked at */
    AUTHORS_MAX = 16,
    VALUE_MAX = 2048 /* bytes of one value */
};

/* A copy with white space as single blanks; absent where nothing is left. */
static dl_string tidy(dl_arena *arena, dl_string value)
{
    char kept[VALUE_MAX];
    size_t used = 0;
    if (dl_utf8_check(value) < value.size)
        return (dl_string){0};
    for (size_t at = 0, size; at < value.size && used + 4 < sizeof kept; at += size) {
        uint32_t point = dl_utf8_get(value, at, &size);
        if (point == 0xAD || point == 0x200B || point == 0xFEFF)
            continue;
        bool space = point <= 0x20 || (point >= 0x7F && dl_utf8_is_space(point));
        if (!space) {
            memcpy(kept + used, value.data + at, size);
            used += size;
        } else if (used > 0 && kept[used - 1] != ' ') {
            kept[used++] = ' ';
        }
    }
    used -= used > 0 && kept[used - 1] == ' ';
    return used ? dl_arena_string(arena, (dl_string){kept, used}) : (dl_string){0};
}

void dl_about_add(dl_page_state *state, dl_about slot, dl_string value)
{
    if (slot == DL_ABOUT_NONE || state->about[slot].size || value.size == 0)
        return;
    state->about[slot] = tidy(state->arena, value);
}

/* ---- JSON-LD -------------------------------------------------------------------------
 */

/* Many write JSON-LD with HTML's references in it. What has tags too is left alone. */
static dl_string without_references(dl_page_state *state, dl_string value)
{
    dl_string text;
    bool marked = dl_string_find(value, '&', 0) < dl_string_find(value, ';', 0) &&
                  dl_string_find(value, ';', 0) < value.size;
    if (!marked || dl_string_find(value, '<', 0) < value.size ||
        dl_page_read_piece(state->arena, value, &text, NULL) != DATELINE_OK)
        return value;
    return text;
}

static void add_member(dl_page_state *state, dl_about slot, const json_t *value)
{
    if (json_is_string(value) && slot != DL_ABOUT_LD_URL)
        dl_about_add(state, slot,
                     without_references(state, (dl_string){json_string_value(value),
                                                           json_string_length(value)}));
    else if (json_is_string(value))
        dl_about_add(state, slot,
                     (dl_string){json_string_value(value), json_string_length(value)});
}

/* A person or house: a string, an object with a name, or a list of such. */
static void add_names(dl_page_state *state, dl_about slot, const json_t *value)
{
    dl_buffer names = {0};
    size_t count = json_is_array(value) ? json_array_size(value) : 1;
    for (size_t i = 0; i < count && i < AUTHORS_MAX; i++) {
        const json_t *one = json_is_array(value) ? json_array_get(value, i) : value;
        const json_t *name = json_is_object(one) ? json_object_get(one, "name") : one;
        if (!json_is_string(name) || json_string_length(name) == 0)
            continue;
        dl_buffer_add_text(&names, names.size ? ", " : "");
        dl_buffer_add_text(&names, json_string_value(name));
    }
    dl_about_add(state, slot, (dl_string){names.data, names.size});
    state->failed |= names.failed;
    dl_buffer_release(&names);
}

/* An object is the article's where it has a headline or a day. */
static void add_object(dl_page_state *state, const json_t *object)
{
    const json_t *url = json_object_get(object, "url");
    const json_t *page = json_object_get(object, "mainEntityOfPage");
    const json_t *body = json_object_get(object, "articleBody");
    if (!json_object_get(object, "headline") && !json_object_get(object, "datePublished"))
        return;
    if (!json_is_string(url))
        url = json_is_object(page) ? json_object_get(page, "@id") : page;
    if (json_is_string(body) && !state->told_body.size)
        state->told_body = dl_arena_string(
            state->arena, (dl_string){json_string_value(body), json_string_length(body)});
    add_member(state, DL_ABOUT_LD_TITLE, json_object_get(object, "headline"));
    add_member(state, DL_ABOUT_LD_PUBLISHED, json_object_get(object, "datePublished"));
    add_member(state, DL_ABOUT_LD_MODIFIED, json_object_get(object, "dateModified"));
    add_member(state, DL_ABOUT_LD_LANGUAGE, json_object_get(object, "inLanguage"));
    add_member(state, DL_ABOUT_LD_URL, url);
    add_names(state, DL_ABOUT_LD_AUTHOR, json_object_get(object, "author"));
    add_names(state, DL_ABOUT_LD_SITE, json_object_get(object, "publisher"));
}

/* Objects stand alone, in lists, and in the list of "@graph". */
static void add_graph(dl_page_state *state, const json_t *root)
{
    const json_t *queue[LD_QUEUE_MAX] = {root};
    for (size_t at = 0, count = 1; at < count; at++) {
        const json_t *one = queue[at];
        const json_t *list = json_is_object(one) ? json_object_get(one, "@graph") : one;
        if (json_is_object(one))
            add_object(state, one);
        for (size_t i = 0; i < json_array_size(list) && count < LD_QUEUE_MAX; i++)
            queue[count++] = json_array_get(list, i);
    }
}

void dl_about_add_json(dl_page_state *state, dl_string script)
{
    json_t *root = json_loadb(script.data, script.size, JSON_DISABLE_EOF_CHECK, NULL);
    if (root)
        add_graph(state, root);
    json_decref(root);
}

/* ---- Which is believed ---------------------------------------------------------------
 */

static dl_string first_of(const dl_page_state *state, const dl_about *slots, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (state->about[slots[i]].size)
            return state->about[slots[i]];
    return (dl_string){0};
}

#define FIRST_OF(state, ...)                                                             \
    first_of((state), (const dl_about[]){__VA_ARGS__},                                   \
             sizeof((const dl_about[]){__VA_ARGS__}) / sizeof(dl_about))

/* Front pages are many a template's canonical address: a path is wanted. */
static bool has_path(dl_string url)
{
    dl_string host = dl_address_host(url);
    size_t end = host.size ? (size_t)(host.data - url.data) + host.size : url.size;
    return dl_string_find(url, '/', end) + 1 < url.size;
}

static dl_string find_url(const dl_page_state *state, dl_string given)
{
    static const dl_about slots[] = {DL_ABOUT_CANONICAL, DL_ABOUT_ADDRESS,
                                     DL_ABOUT_LD_URL};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        dl_string url = dl_address_join(state->arena, state->about[slots[i]], given);
        if (url.size && has_path(url))
            return url;
    }
    return given;
}

static dl_date find_day(const dl_page_state *state, dl_string url)
{
    static const dl_about slots[] = {DL_ABOUT_LD_PUBLISHED, DL_ABOUT_PUBLISHED,
                                     DL_ABOUT_DATED, DL_ABOUT_TIME};
    static const dl_about later[] = {DL_ABOUT_LD_MODIFIED, DL_ABOUT_MODIFIED};
    dl_date day;
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (dl_day_parse(state->about[slots[i]], &day))
            return day;
    if (dl_day_of_url(url, &day))
        return day;
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (dl_day_parse(state->about[later[i]], &day))
            return day;
    return (dl_date){0};
}

/* Where a title's last part begins that a bar or a dash sets off; title.size for none. */
static size_t last_part(dl_string title, size_t *next)
{
    static const char *const marks[] = {
        " | ",        " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xBB ",
        " \xC2\xB7 ", " :: "};
    for (size_t at = title.size; at-- > 1;)
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (dl_string_starts(dl_string_slice(title, at, title.size),
                                 dl_string_from(marks[i]))) {
                *next = at + strlen(marks[i]);
                return at;
            }
    return title.size;
}

static bool same_words(dl_arena *arena, dl_string a, dl_string b)
{
    return a.size && b.size &&
           dl_string_equal(dl_utf8_fold(arena, a), dl_utf8_fold(arena, b));
}

/* "Ministers meet | The Example" without the site's name; a bar sets off nothing else. */
static dl_string without_site(dl_arena *arena, dl_string title, dl_string site)
{
    size_t next = 0, at = last_part(title, &next);
    if (at == title.size)
        return title;
    dl_string tail = dl_string_slice(title, next, title.size);
    bool bar = title.data[at + 1] == '|';
    return bar || same_words(arena, tail, site) ? dl_string_slice(title, 0, at) : title;
}

static dl_string find_title(const dl_page_state *state, dl_string site)
{
    dl_string title =
        FIRST_OF(state, DL_ABOUT_LD_TITLE, DL_ABOUT_TITLE, DL_ABOUT_TITLE_OTHER);
    dl_string heading = state->about[DL_ABOUT_TITLE_HEADING];
    if (!title.size && !same_words(state->arena, heading, site))
        title = heading;
    if (!title.size)
        return without_site(state->arena, state->about[DL_ABOUT_TITLE_TAG], site);
    size_t next, at = last_part(title, &next);
    if (at < title.size &&
        same_words(state->arena, dl_string_slice(title, next, title.size), site))
        title.size = at;
    return title;
}

static dl_string find_site(const dl_page_state *state, dl_string url)
{
    dl_string site =
        FIRST_OF(state, DL_ABOUT_SITE, DL_ABOUT_LD_SITE, DL_ABOUT_SITE_OTHER);
    if (site.size && !dl_address_is(site))
        return site;
    dl_string host = dl_address_host(url);
    return dl_string_starts(host, DL_STRING("www.")) ? dl_string_slice(host, 4, host.size)
                                                     : host;
}

static dl_string find_author(const dl_page_state *state)
{
    static const dl_about slots[] = {DL_ABOUT_LD_AUTHOR, DL_ABOUT_AUTHOR,
                                     DL_ABOUT_AUTHOR_TEXT};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++)
        if (state->about[slots[i]].size && !dl_address_is(state->about[slots[i]]))
            return state->about[slots[i]];
    return (dl_string){0};
}

/* "en_US" as BCP 47 has it. */
static dl_string find_language(const dl_page_state *state)
{
    dl_string language =
        FIRST_OF(state, DL_ABOUT_LANGUAGE, DL_ABOUT_LD_LANGUAGE, DL_ABOUT_LANGUAGE_OTHER);
    language.size = dl_string_find(language, ',', 0);
    language = dl_string_trim(language);
    char *own = (char *)(uintptr_t)dl_arena_string(state->arena, language).data;
    for (size_t i = 0; own && i < language.size; i++)
        own[i] = own[i] == '_' ? '-' : own[i];
    return language.size && own ? (dl_string){own, language.size} : (dl_string){0};
}

void dl_page_about(dl_page_state *state, dl_string url, dl_page *page)
{
    page->url = find_url(state, url);
    page->source = find_site(state, page->url);
    page->title = find_title(state, page->source);
    page->day = find_day(state, page->url.size ? page->url : url);
    page->author = find_author(state);
    page->language = find_language(state);
}
