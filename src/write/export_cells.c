/* Cells and rows: what separates, what stands for nothing, what is escaped. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "write/export.h"
#include "write/write.h"

static void separate(dl_cells *cells)
{
    if (cells->begun)
        dl_buffer_add_char(cells->out, cells->style->separator);
    cells->begun = true;
}

static bool needs_quotes(dl_string value, char separator)
{
    for (size_t i = 0; i < value.size; i++)
        if (value.data[i] == separator || value.data[i] == '"' || value.data[i] == '\n' ||
            value.data[i] == '\r' || value.data[i] == 0)
            return true;
    return false;
}

/* As RFC 4180; NUL, which few readers of such tables bear, becomes a blank. */
static void add_quoted(dl_buffer *out, dl_string value)
{
    dl_buffer_add_char(out, '"');
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] == '"')
            dl_buffer_add_char(out, '"');
        dl_buffer_add_char(out, value.data[i] ? value.data[i] : ' ');
    }
    dl_buffer_add_char(out, '"');
}

/* Without quoting: one line, and no quotation mark that a reader with quoting left on
 * would take for the start of one. */
static void add_plain(dl_buffer *out, dl_string value)
{
    size_t from = out->size;
    dl_write_flat(out, value);
    for (size_t i = from; i < out->size; i++)
        if (out->data[i] == '"')
            out->data[i] = '\'';
}

void dl_cells_add(dl_cells *cells, dl_string value)
{
    separate(cells);
    size_t from = cells->out->size;
    if (!cells->style->quotes)
        add_plain(cells->out, value);
    else if (needs_quotes(value, cells->style->separator))
        add_quoted(cells->out, value);
    else
        dl_buffer_add_string(cells->out, value);
    if (cells->out->size == from) /* nothing, or blanks alone */
        dl_buffer_add_text(cells->out, cells->style->missing);
}

void dl_cells_add_number(dl_cells *cells, double value)
{
    separate(cells);
    dl_buffer_add_number(cells->out, value);
}

void dl_cells_add_integer(dl_cells *cells, uint64_t value)
{
    separate(cells);
    dl_buffer_add_format(cells->out, "%" PRIu64, value);
}

void dl_cells_add_format(dl_cells *cells, const char *format, ...)
{
    char text[128];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    dl_cells_add(cells, dl_string_from(text));
}

void dl_cells_item(dl_cells *cells, dl_string value, bool hold)
{
    value = dl_string_trim(value);
    if (value.size == 0 && !hold)
        return;
    if (cells->items > 0)
        dl_buffer_add_char(&cells->list, cells->style->join);
    cells->items++;
    cells->any = cells->any || value.size > 0;
    if (value.size == 0)
        dl_buffer_add_text(&cells->list, cells->style->missing);
    for (size_t i = 0; i < value.size; i++)
        dl_buffer_add_char(&cells->list,
                           value.data[i] == cells->style->join ? ',' : value.data[i]);
}

void dl_cells_close_list(dl_cells *cells)
{
    dl_string list = {cells->list.data, cells->any ? cells->list.size : 0};
    if (cells->list.failed)
        cells->out->failed = true;
    dl_cells_add(cells, list);
    dl_buffer_clear(&cells->list);
    cells->items = 0;
    cells->any = false;
}

void dl_cells_end_row(dl_cells *cells)
{
    dl_buffer_add_char(cells->out, '\n');
    cells->begun = false;
}

void dl_cells_release(dl_cells *cells)
{
    dl_buffer_release(&cells->list);
}
