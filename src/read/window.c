#include "read/window.h"

enum { PIECE = 1 << 16 };

void dl_window_release(dl_window *window)
{
    dl_buffer_release(&window->held);
}

bool dl_window_read(dl_window *window)
{
    dl_buffer *held = &window->held;
    if (window->ended || held->failed)
        return false;
    if (window->at > 0) {
        memmove(held->data, held->data + window->at, held->size - window->at);
        held->size -= window->at;
        window->at = 0;
    }
    uint64_t size = held->size > PIECE ? held->size : PIECE;
    window->ended = dl_stream_take(window->stream, size, held, SIZE_MAX) < size;
    return true;
}

dl_string dl_window_rest(const dl_window *window)
{
    if (window->at >= window->held.size)
        return (dl_string){0};
    return (dl_string){window->held.data + window->at, window->held.size - window->at};
}

void dl_window_use(dl_window *window, size_t size)
{
    for (size_t i = 0; i < size; i++)
        window->line += window->held.data[window->at + i] == '\n';
    window->at += size;
}
