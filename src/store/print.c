#include <stdio.h>
#include <stdlib.h>

#include "store/print.h"

/* Cells of the rows that wait until the width of columns is known. */
typedef struct cell {
    char *text;
    size_t size;
    bool number;
} cell;

struct dl_printer {
    dl_shape_of_rows shape;
    dateline_sink sink;
    void *context;
    dl_buffer out;
    dl_arena *arena; /* names of columns, waiting cells */
    int columns;
    const char **names; /* [columns] */
    size_t *widths;     /* [columns] */
    bool *numbers;      /* [columns]: all cells so far are numbers */
    cell *waiting;      /* [rows][columns] */
    size_t rows;        /* waiting */
    bool headed;        /* names of columns are written */
    bool refused;       /* the sink took no more */
};

static void flush(dl_printer *p)
{
    if (!p->refused && !p->out.failed && p->out.size > 0)
        p->refused = !p->sink(p->context, p->out.data, p->out.size);
    dl_buffer_clear(&p->out);
}

static bool fine(dl_printer *p)
{
    if (p->out.size >= DL_PRINT_BYTES)
        flush(p);
    return !p->refused && !p->out.failed;
}

dl_printer *dl_printer_new(dl_shape_of_rows shape, sqlite3_stmt *statement, int columns,
                           dateline_sink sink, void *context)
{
    dl_printer *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    size_t count = (size_t)columns;
    *p = (dl_printer){.shape = shape,
                      .sink = sink,
                      .context = context,
                      .columns = columns,
                      .arena = dl_arena_new()};
    if (p->arena) {
        p->names = DL_ARENA_ARRAY(p->arena, const char *, count);
        p->widths = DL_ARENA_ARRAY(p->arena, size_t, count);
        p->numbers = DL_ARENA_ARRAY(p->arena, bool, count);
        p->waiting = DL_ARENA_ARRAY(p->arena, cell, count * DL_TABLE_ROWS);
    }
    bool good = p->arena && p->names && p->widths && p->numbers && p->waiting;
    for (int i = 0; good && i < columns; i++) {
        const char *name = sqlite3_column_name(statement, i);
        dl_string copy = dl_arena_string(p->arena, dl_string_from(name ? name : ""));
        good = copy.data != NULL;
        p->names[i] = copy.data;
        p->numbers[i] = true;
    }
    if (good)
        return p;
    dl_arena_free(p->arena);
    free(p);
    return NULL;
}

/* ---- Tables --------------------------------------------------------------------------
 */

static size_t width_of(dl_string text)
{
    size_t width = 0;
    for (size_t i = 0; i < text.size; i++)
        width += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return width;
}

static void add_blanks(dl_buffer *out, size_t count)
{
    for (; count > 0; count--)
        dl_buffer_add_char(out, ' ');
}

/* Control characters become blanks: a row is a line. */
static void add_flat(dl_buffer *out, dl_string text, size_t width_max)
{
    size_t width = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        width += (byte & 0xC0) != 0x80;
        if (width > width_max)
            return;
        dl_buffer_add_char(out, byte < 0x20 || byte == 0x7f ? ' ' : text.data[i]);
    }
}

static void add_cell(dl_printer *p, int column, dl_string text)
{
    dl_buffer *out = &p->out;
    bool last = column + 1 == p->columns;
    size_t most = p->widths[column] ? p->widths[column] : 1;
    if (column > 0)
        dl_buffer_add_text(out, "  ");
    size_t width = width_of(text);
    if (p->numbers[column] && width < most)
        add_blanks(out, most - width);
    if (!last && width > most) {
        add_flat(out, text, most - 1);
        dl_buffer_add_text(out, "\xE2\x80\xA6");
        return;
    }
    add_flat(out, text, SIZE_MAX);
    if (!last && !p->numbers[column] && width < most)
        add_blanks(out, most - width);
}

static void add_waiting(dl_printer *p)
{
    for (int i = 0; i < p->columns; i++)
        p->numbers[i] = p->numbers[i] && p->rows > 0;
    if (!p->headed)
        for (int i = 0; i < p->columns; i++) {
            size_t width = strlen(p->names[i]);
            p->widths[i] = p->widths[i] > width ? p->widths[i] : width;
            if (p->widths[i] > DL_TABLE_COLUMN_MAX)
                p->widths[i] = DL_TABLE_COLUMN_MAX;
        }
    for (int i = 0; !p->headed && i < p->columns; i++)
        add_cell(p, i, dl_string_from(p->names[i]));
    if (!p->headed)
        dl_buffer_add_char(&p->out, '\n');
    p->headed = true;
    for (size_t row = 0; row < p->rows; row++) {
        const cell *cells = p->waiting + row * (size_t)p->columns;
        for (int i = 0; i < p->columns; i++)
            add_cell(p, i, (dl_string){cells[i].text, cells[i].size});
        dl_buffer_add_char(&p->out, '\n');
    }
    p->rows = 0;
}

/* Bytes of the column as text; "-" where there is nothing. */
static dl_string column_text(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    size_t size = (size_t)sqlite3_column_bytes(statement, column);
    return text && size ? (dl_string){text, size} : DL_STRING("-");
}

static bool is_number(sqlite3_stmt *statement, int column)
{
    int type = sqlite3_column_type(statement, column);
    return type == SQLITE_INTEGER || type == SQLITE_FLOAT || type == SQLITE_NULL;
}

static void keep_waiting(dl_printer *p, sqlite3_stmt *statement)
{
    cell *cells = p->waiting + p->rows * (size_t)p->columns;
    for (int i = 0; i < p->columns; i++) {
        bool number = is_number(statement, i);
        dl_string copy = dl_arena_string(p->arena, column_text(statement, i));
        if (!copy.data) {
            p->out.failed = true;
            return;
        }
        cells[i] = (cell){.size = copy.size, .number = number};
        cells[i].text = (char *)(uintptr_t)copy.data;
        size_t width = width_of(copy);
        p->widths[i] = p->widths[i] > width ? p->widths[i] : width;
        p->numbers[i] = p->numbers[i] && number;
    }
    if (++p->rows == DL_TABLE_ROWS)
        add_waiting(p);
}

static void add_table_row(dl_printer *p, sqlite3_stmt *statement)
{
    if (!p->headed) {
        keep_waiting(p, statement);
        return;
    }
    for (int i = 0; i < p->columns; i++)
        add_cell(p, i, column_text(statement, i));
    dl_buffer_add_char(&p->out, '\n');
}

/* ---- CSV (RFC 4180, with bare line feeds) --------------------------------------------
 */

static void add_csv(dl_buffer *out, dl_string text)
{
    bool quoted = false;
    for (size_t i = 0; i < text.size; i++)
        quoted |= strchr("\",\r\n", text.data[i]) != NULL && text.data[i];
    if (!quoted) {
        dl_buffer_add_string(out, text);
        return;
    }
    dl_buffer_add_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"')
            dl_buffer_add_char(out, '"');
        dl_buffer_add_char(out, text.data[i]);
    }
    dl_buffer_add_char(out, '"');
}

static void add_csv_header(dl_printer *p)
{
    for (int i = 0; !p->headed && i < p->columns; i++) {
        if (i > 0)
            dl_buffer_add_char(&p->out, ',');
        add_csv(&p->out, dl_string_from(p->names[i]));
    }
    if (!p->headed)
        dl_buffer_add_char(&p->out, '\n');
    p->headed = true;
}

static void add_csv_row(dl_printer *p, sqlite3_stmt *statement)
{
    add_csv_header(p);
    for (int i = 0; i < p->columns; i++) {
        const char *text = (const char *)sqlite3_column_text(statement, i);
        if (i > 0)
            dl_buffer_add_char(&p->out, ',');
        if (text)
            add_csv(&p->out,
                    (dl_string){text, (size_t)sqlite3_column_bytes(statement, i)});
    }
    dl_buffer_add_char(&p->out, '\n');
}

/* ---- JSON Lines ----------------------------------------------------------------------
 */

static void add_json_value(dl_printer *p, sqlite3_stmt *statement, int column)
{
    dl_buffer *out = &p->out;
    int type = sqlite3_column_type(statement, column); /* before it is made text */
    const char *text = (const char *)sqlite3_column_text(statement, column);
    dl_string value = {text, (size_t)sqlite3_column_bytes(statement, column)};
    switch (type) {
    case SQLITE_INTEGER:
        dl_buffer_add_string(out, value);
        break;
    case SQLITE_FLOAT:
        dl_buffer_add_number(out, sqlite3_column_double(statement, column));
        break;
    case SQLITE_NULL:
        dl_buffer_add_text(out, "null");
        break;
    default: /* bytes that are no text have no place in JSON */
        if (dl_utf8_check(value) == value.size)
            dl_buffer_add_json(out, value);
        else
            dl_buffer_add_text(out, "null");
        break;
    }
}

static void add_json_row(dl_printer *p, sqlite3_stmt *statement)
{
    dl_buffer_add_char(&p->out, '{');
    for (int i = 0; i < p->columns; i++) {
        if (i > 0)
            dl_buffer_add_char(&p->out, ',');
        dl_buffer_add_json(&p->out, dl_string_from(p->names[i]));
        dl_buffer_add_char(&p->out, ':');
        add_json_value(p, statement, i);
    }
    dl_buffer_add_text(&p->out, "}\n");
}

/* ---- All shapes ----------------------------------------------------------------------
 */

bool dl_printer_add(dl_printer *printer, sqlite3_stmt *statement)
{
    switch (printer->shape) {
    case DL_ROWS_TABLE:
        add_table_row(printer, statement);
        break;
    case DL_ROWS_CSV:
        add_csv_row(printer, statement);
        break;
    case DL_ROWS_JSONL:
        add_json_row(printer, statement);
        break;
    }
    return fine(printer);
}

bool dl_printer_add_line(dl_printer *printer, dl_string line)
{
    dl_buffer_add_string(&printer->out, line);
    dl_buffer_add_char(&printer->out, '\n');
    return fine(printer);
}

dateline_status dl_printer_end(dl_printer *printer, dateline_error *error)
{
    if (printer->shape == DL_ROWS_CSV)
        add_csv_header(printer);
    if (printer->shape == DL_ROWS_TABLE && printer->rows > 0)
        add_waiting(printer);
    bool memory = printer->out.failed;
    flush(printer);
    bool refused = printer->refused;
    dl_buffer_release(&printer->out);
    dl_arena_free(printer->arena);
    free(printer);
    if (memory)
        return dl_error_memory(error);
    return refused ? dl_error_set(error, DATELINE_WRITE_FAILED, "output can't be written")
                   : DATELINE_OK;
}

dateline_status dl_print_rows(sqlite3 *db, sqlite3_stmt *statement,
                              dl_shape_of_rows shape, dateline_sink sink, void *context,
                              dateline_error *error)
{
    int code = SQLITE_ROW;
    dl_printer *printer =
        dl_printer_new(shape, statement, sqlite3_column_count(statement), sink, context);
    if (!printer)
        return dl_error_memory(error);
    bool going = true;
    while (going && (code = sqlite3_step(statement)) == SQLITE_ROW)
        going = dl_printer_add(printer, statement);
    dateline_status status = dl_printer_end(printer, error);
    if (status == DATELINE_OK && code != SQLITE_DONE)
        return dl_database_error(db, error, "the archive can't be read");
    return status;
}
