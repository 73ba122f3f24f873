#include "read/page_inside.h"

/* Where `mark` stands at or after `at`, whatever the case of its letters. */
static size_t find_mark(dl_string s, const char *mark, size_t at)
{
    size_t size = strlen(mark);
    for (; at + size <= s.size; at++) {
        at = dl_string_find(s, mark[0], at);
        size_t same = 0;
        while (same < size && at + same < s.size &&
               (s.data[at + same] == mark[same] ||
                (mark[same] >= 'a' && (s.data[at + same] | 0x20) == mark[same])))
            same++;
        if (same == size)
            return at;
    }
    return s.size;
}

/* Behind the tag that opens at `at`; *blanks counts those between its attributes. */
static size_t behind_tag(dl_string s, size_t at, size_t *blanks)
{
    char quote = '\0';
    *blanks = 0;
    for (at++; at < s.size && (quote || s.data[at] != '>'); at++) {
        char c = s.data[at];
        if (c == quote)
            quote = '\0';
        else if (!quote && (c == '"' || c == '\'') && s.data[at - 1] == '=')
            quote = c;
        else if (!quote && (unsigned char)c <= ' ' && (unsigned char)s.data[at - 1] > ' ')
            (*blanks)++;
    }
    return at;
}

/* The parser looks through a tag's attributes for each of them: a tag may not have so
 * many that this costs a square. */
static dateline_status check_tags(dl_string html, dateline_error *error)
{
    static const struct {
        const char *open, *close;
    } opaque[] = {{"<!--", "-->"}, {"<script", "</script"}, {"<style", "</style"}};
    for (size_t at = dl_string_find(html, '<', 0), blanks; at < html.size;
         at = dl_string_find(html, '<', at)) {
        size_t start = at;
        bool tag = at + 1 < html.size && (html.data[at + 1] | 0x20) >= 'a' &&
                   (html.data[at + 1] | 0x20) <= 'z';
        at = tag ? behind_tag(html, at, &blanks) : at + 1;
        if (tag && blanks > DL_PAGE_ATTRIBUTES_MAX)
            return dl_error_set(
                error, DATELINE_BAD_HTML,
                "the tag at byte %zu of the page: more than %d attributes", start,
                (int)DL_PAGE_ATTRIBUTES_MAX);
        for (size_t i = 0; i < sizeof opaque / sizeof *opaque; i++)
            if (find_mark(dl_string_slice(html, start,
                                          start + 8 < html.size ? start + 8 : html.size),
                          opaque[i].open, 0) == 0)
                at = find_mark(html, opaque[i].close, start + 4);
    }
    return DATELINE_OK;
}

/* Pages whose text only comes with their scripts may hold it for search engines. */
static dateline_status use_told_body(dl_page_state *state, dl_page *page,
                                     dateline_error *error)
{
    dl_string body = state->told_body;
    bool marked = dl_string_find(body, '<', 0) < body.size ||
                  dl_string_find(body, '&', 0) < body.size;
    page->text = body;
    return marked ? dl_page_read_piece(state->arena, body, &page->text, error)
                  : DATELINE_OK;
}

dateline_status dl_page_read(dl_arena *arena, dl_string html, dl_string url,
                             dl_page *page, dateline_error *error)
{
    dl_page_state state = {.arena = arena};
    *page = (dl_page){0};
    dateline_status status = check_tags(html, error);
    if (status == DATELINE_OK)
        status = dl_page_parse(&state, html, error);
    if (status == DATELINE_OK) {
        dl_page_about(&state, url, page);
        page->text = dl_page_body(&state, false);
        if (page->text.size == 0 && state.told_body.size)
            status = use_told_body(&state, page, error);
        if (state.failed)
            status = dl_error_memory(error);
        else if (status == DATELINE_OK && page->text.size == 0)
            status = dl_error_set(error, DATELINE_EMPTY_ARTICLE,
                                  "there is no article in the page");
    }
    dl_buffer_release(&state.text);
    return status;
}

dateline_status dl_page_read_piece(dl_arena *arena, dl_string html, dl_string *text,
                                   dateline_error *error)
{
    dl_page_state state = {.arena = arena};
    dateline_status status = check_tags(html, error);
    if (status == DATELINE_OK)
        status = dl_page_parse(&state, html, error);
    *text = (dl_string){0};
    if (status == DATELINE_OK) {
        *text = dl_page_body(&state, true);
        if (state.failed)
            status = dl_error_memory(error);
    }
    dl_buffer_release(&state.text);
    return status;
}

static bool add_line(dl_page_state *state, size_t start, size_t end)
{
    void *blocks = state->blocks;
    if (!dl_arena_grow(state->arena, &blocks, state->block_count, &state->block_room,
                       sizeof *state->blocks))
        return false;
    state->blocks = blocks;
    state->blocks[state->block_count++] =
        (dl_block){.start = start, .end = end, .node = -1};
    return true;
}

dateline_status dl_page_read_lines(dl_arena *arena, dl_string lines, dl_string *text,
                                   dateline_error *error)
{
    dl_page_state state = {.arena = arena};
    *text = (dl_string){0};
    state.text.data = (char *)(uintptr_t)lines.data; /* borrowed, and only read */
    state.text.size = lines.size;
    for (size_t at = 0; at < lines.size && !state.failed;) {
        size_t end = dl_string_find(lines, '\n', at);
        dl_string line = dl_string_trim(dl_string_slice(lines, at, end));
        size_t start = (size_t)(line.data - lines.data);
        if (line.size)
            state.failed |= !add_line(&state, start, start + line.size);
        at = end + 1;
    }
    if (!state.failed)
        *text = dl_page_prose(&state);
    if (state.failed)
        return dl_error_memory(error);
    return text->size ? DATELINE_OK
                      : dl_error_set(error, DATELINE_EMPTY_ARTICLE,
                                     "there is no prose in the text");
}
