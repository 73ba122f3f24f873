#include "read/page_inside.h"

dateline_status dl_page_read(dl_arena *arena, dl_string html, dl_string url,
                             dl_page *page, dateline_error *error)
{
    dl_page_state state = {.arena = arena};
    *page = (dl_page){0};
    dateline_status status = dl_page_parse(&state, html, error);
    if (status == DATELINE_OK) {
        dl_page_about(&state, url, page);
        page->text = dl_page_body(&state, false);
        if (state.failed)
            status = dl_error_memory(error);
        else if (page->text.size == 0)
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
    dateline_status status = dl_page_parse(&state, html, error);
    *text = (dl_string){0};
    if (status == DATELINE_OK) {
        *text = dl_page_body(&state, true);
        if (state.failed)
            status = dl_error_memory(error);
    }
    dl_buffer_release(&state.text);
    return status;
}
