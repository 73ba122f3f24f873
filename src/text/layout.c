/* Paragraphs: a blank line always parts them; a single newline does too, unless the text
 * is hard wrapped, i.e. most lines are so long that the next line's first word would not
 * have fitted. Few lines are wrapped only where each goes on in small letters. */
#include "text/inside.h"

enum {
    WRAP_WIDTH_MIN = 45, /* bytes; narrower lines are verse, lists or headings */
    WRAP_WIDTH_MAX = 100,
    WRAP_LINES_MIN = 3,
    WRAP_SLACK = 8,         /* lines break so much before the width */
    WRAP_PER_CENT_MIN = 70, /* of the lines that another line follows */
};

typedef struct text_line {
    size_t start, end; /* without white space at both ends */
    size_t next;       /* where the next line starts */
} text_line;

static bool blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static text_line line_at(dl_string text, size_t at)
{
    text_line line = {at, dl_string_find(text, '\n', at), 0};
    line.next = line.end < text.size ? line.end + 1 : text.size;
    while (line.start < line.end && blank(text.data[line.start]))
        line.start++;
    while (line.end > line.start && blank(text.data[line.end - 1]))
        line.end--;
    return line;
}

static size_t first_word_size(dl_string text, text_line line)
{
    size_t end = line.start;
    while (end < line.end && !blank(text.data[end]))
        end++;
    return end - line.start;
}

/* Whether the line broke since `next`'s first word did not fit. */
static bool is_full(dl_string text, text_line line, text_line next, size_t width)
{
    size_t size = line.end - line.start + 1 + first_word_size(text, next);
    return size + WRAP_SLACK >= width;
}

/* Whether the line goes on in the middle of a sentence. */
static bool goes_on(dl_string text, text_line line, text_line next)
{
    char last = text.data[line.end - 1], first = text.data[next.start];
    return last != '.' && last != '!' && last != '?' && last != ':' && first >= 'a' &&
           first <= 'z';
}

static size_t widest(dl_string text)
{
    size_t width = 0;
    for (size_t at = 0; at < text.size && width <= WRAP_WIDTH_MAX;) {
        text_line line = line_at(text, at);
        width = line.end - line.start > width ? line.end - line.start : width;
        at = line.next;
    }
    return width;
}

dl_layout dl_layout_start(dl_string text)
{
    dl_layout layout = {0, 0};
    size_t width = widest(text), full = 0, all = 0, open = 0;
    if (width < WRAP_WIDTH_MIN || width > WRAP_WIDTH_MAX)
        return layout;
    for (size_t at = 0; at < text.size;) {
        text_line line = line_at(text, at);
        at = line.next;
        text_line next = line_at(text, at);
        if (line.end == line.start || next.end == next.start)
            continue;
        all++;
        full += is_full(text, line, next, width);
        open += goes_on(text, line, next);
    }
    if ((all >= WRAP_LINES_MIN || (all > 0 && open == all)) &&
        full * 100 >= all * WRAP_PER_CENT_MIN)
        layout.width = width;
    return layout;
}

bool dl_layout_next(dl_string text, dl_layout *layout, uint32_t *start, uint32_t *end)
{
    text_line line;
    do {
        if (layout->at >= text.size)
            return false;
        line = line_at(text, layout->at);
        layout->at = line.next;
    } while (line.start == line.end);
    *start = (uint32_t)line.start;
    while (layout->width && layout->at < text.size) {
        text_line next = line_at(text, layout->at);
        if (next.start == next.end || !is_full(text, line, next, layout->width))
            break;
        line = next;
        layout->at = next.next;
    }
    *end = (uint32_t)line.end;
    return true;
}
