#include <stdlib.h>

#include "read/csv.h"
#include "read/window.h"

/* A field's bytes in the row; with `quoted` its quotation marks are left out and those in
 * it are doubled. */
typedef struct field {
    size_t start, end;
    bool quoted;
} field;

struct dl_csv {
    dl_window window;
    const dl_column_names *wanted;
    char delimiter;
    bool headed, ended;
    size_t columns; /* of the head */
    int where[DL_COLUMNS];
    size_t count; /* of the row's fields */
    field fields[DL_CSV_COLUMNS_MAX];
};

static const char *const column_names[DL_COLUMNS] = {
    "id", "text", "date", "title", "source", "url", "language", "author"};

dateline_status dl_column_names_parse(dl_string wanted, dl_column_names *names,
                                      dateline_error *error)
{
    *names = (dl_column_names){0};
    for (size_t at = 0; at < wanted.size;) {
        size_t end = dl_string_find(wanted, ',', at);
        dl_string pair = dl_string_slice(wanted, at, end);
        size_t equals = dl_string_find(pair, '=', 0);
        dl_string ours = dl_string_trim(dl_string_slice(pair, 0, equals));
        int column = 0;
        at = end + 1;
        while (column < DL_COLUMNS &&
               !dl_string_equal(ours, dl_string_from(column_names[column])))
            column++;
        if (column == DL_COLUMNS || equals + 1 >= pair.size)
            return dl_error_set(
                error, DATELINE_USAGE,
                "columns are given as text=NAME,date=NAME with id, text, "
                "date, title, source, url, language, author; not \"%.*s\"",
                (int)(pair.size < 40 ? pair.size : 40), pair.data);
        names->names[column] =
            dl_string_trim(dl_string_slice(pair, equals + 1, pair.size));
    }
    return DATELINE_OK;
}

dl_csv *dl_csv_new(dl_stream *stream, const dl_column_names *names)
{
    dl_csv *csv = calloc(1, sizeof *csv);
    if (!csv)
        return NULL;
    csv->window = (dl_window){.stream = stream, .line = 1};
    csv->wanted = names;
    return csv;
}

void dl_csv_free(dl_csv *csv)
{
    if (!csv)
        return;
    dl_window_release(&csv->window);
    free(csv);
}

/* ---- Names of columns ----------------------------------------------------------------
 */

/* Names that tables give them, in small letters without what is no letter; the sooner in
 * the list, the better. */
static const char *const usual_names[DL_COLUMNS][12] = {
    [DL_COLUMN_ID] = {"id", "articleid", "docid", "documentid", "storyid", "uid", "uuid",
                      "guid", "doc", "key"},
    [DL_COLUMN_TEXT] = {"text", "body", "fulltext", "articletext", "bodytext", "maintext",
                        "content", "articlebody", "article", "story", "lead"},
    [DL_COLUMN_DATE] = {"date", "published", "publicationdate", "publishdate", "pubdate",
                        "publishedat", "datepublished", "publisheddate", "articledate",
                        "day", "publishedon"},
    [DL_COLUMN_TITLE] = {"title", "headline", "heading", "articletitle"},
    [DL_COLUMN_SOURCE] = {"source", "publisher", "outlet", "publication", "newspaper",
                          "sourcename", "site", "media", "agency"},
    [DL_COLUMN_URL] = {"url", "link", "uri", "href", "articleurl", "sourceurl"},
    [DL_COLUMN_LANGUAGE] = {"language", "lang", "languagecode"},
    [DL_COLUMN_AUTHOR] = {"author", "authors", "byline", "creator", "writer"},
};

/* Whether a column's name is `usual` but for case and what is no letter. */
static bool is_usual(dl_string name, const char *usual)
{
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i] | 0x20;
        if (c < 'a' || c > 'z')
            continue;
        if (*usual++ != c)
            return false;
    }
    return *usual == '\0';
}

/* How well a name fits a column: 0 not at all, else more is better. */
static int fit(dl_string name, dl_column column)
{
    enum { NAMES = sizeof usual_names[0] / sizeof *usual_names[0] };
    for (int i = 0; i < NAMES && usual_names[column][i]; i++)
        if (is_usual(name, usual_names[column][i]))
            return NAMES - i;
    return 0;
}

/* ---- Rows ----------------------------------------------------------------------------
 */

typedef enum scan { SCAN_ROW, SCAN_OPEN, SCAN_BAD, SCAN_WIDE } scan;

/* Behind the quoted field that opens at `at`; *state is SCAN_ROW, or says what is wrong.
 */
static size_t scan_quoted(const dl_csv *csv, dl_string s, size_t at, scan *state)
{
    *state = SCAN_OPEN;
    for (at++; at < s.size; at++) {
        at = dl_string_find(s, '"', at);
        if (at >= s.size || (at + 1 == s.size && !csv->window.ended))
            return at;
        if (at + 1 < s.size && s.data[at + 1] == '"') {
            at++;
            continue;
        }
        bool ends = at + 1 == s.size || s.data[at + 1] == csv->delimiter ||
                    s.data[at + 1] == '\n' || s.data[at + 1] == '\r';
        *state = ends ? SCAN_ROW : SCAN_BAD;
        return at + 1;
    }
    return at;
}

static size_t scan_plain(const dl_csv *csv, dl_string s, size_t at, scan *state)
{
    while (at < s.size && s.data[at] != csv->delimiter && s.data[at] != '\n')
        at++;
    *state = at < s.size || csv->window.ended ? SCAN_ROW : SCAN_OPEN;
    return at;
}

/* Fields of the row at the start of `s`; *end is behind its line end. With `literal`
 * quotation marks are letters. */
static scan scan_row(dl_csv *csv, dl_string s, bool literal, size_t *end)
{
    scan state = SCAN_ROW;
    csv->count = 0;
    for (size_t at = 0;; at++) {
        bool quoted = !literal && at < s.size && s.data[at] == '"';
        size_t behind =
            quoted ? scan_quoted(csv, s, at, &state) : scan_plain(csv, s, at, &state);
        if (state != SCAN_ROW)
            return state;
        if (csv->count == DL_CSV_COLUMNS_MAX)
            return SCAN_WIDE;
        csv->fields[csv->count++] =
            quoted ? (field){at + 1, behind - 1, true} : (field){at, behind, false};
        at = behind;
        if (at < s.size && s.data[at] == '\r')
            at++;
        if (at >= s.size || s.data[at] == '\n') {
            *end = at < s.size ? at + 1 : at;
            return SCAN_ROW;
        }
    }
}

/* A table of tabs need not quote: what opens with a mark and does not close it well is
 * taken as it stands. */
static scan scan_any(dl_csv *csv, dl_string s, size_t *end)
{
    scan state = scan_row(csv, s, false, end);
    bool all = csv->window.ended || s.size > DL_LINE_MAX;
    if (csv->delimiter == '\t' && (state == SCAN_BAD || (state == SCAN_OPEN && all)))
        state = scan_row(csv, s, true, end);
    return state;
}

static dl_string value_of(const dl_csv *csv, dl_arena *arena, dl_string s, size_t number)
{
    const field *f = &csv->fields[number];
    dl_string raw = dl_string_slice(s, f->start, f->end);
    if (!f->quoted && raw.size && raw.data[raw.size - 1] == '\r')
        raw.size--;
    dl_string copy = dl_arena_string(arena, raw);
    char *out = (char *)(uintptr_t)copy.data;
    if (!f->quoted || !out)
        return copy;
    size_t used = 0;
    for (size_t i = 0; i < raw.size; i++) {
        out[used++] = raw.data[i];
        i += raw.data[i] == '"';
    }
    return (dl_string){out, used};
}

/* Cuts the next row; row->raw is all of it, and stays valid. */
static dateline_status cut_row(dl_csv *csv, dl_csv_row *row, dateline_error *error)
{
    size_t end = 0;
    scan state;
    row->line = csv->window.line;
    for (;;) {
        dl_string rest = dl_window_rest(&csv->window);
        state = rest.size ? scan_any(csv, rest, &end) : SCAN_OPEN;
        if (state != SCAN_OPEN || rest.size > DL_LINE_MAX ||
            !dl_window_read(&csv->window))
            break;
    }
    if (csv->window.held.failed)
        return dl_error_memory(error);
    dl_string rest = dl_window_rest(&csv->window);
    bool torn = state == SCAN_ROW && end == rest.size && rest.data[end - 1] != '\n' &&
                dl_stream_broken(csv->window.stream);
    if (torn) /* by broken compression, told at the end */
        dl_window_use(&csv->window, rest.size);
    if (rest.size == 0 || torn)
        return DATELINE_END;
    size_t line = dl_string_find(rest, '\n', 0);
    size_t used = state == SCAN_ROW ? end : line < rest.size ? line + 1 : line;
    row->raw = dl_string_slice(rest, 0, used);
    dl_window_use(&csv->window, used);
    if (state == SCAN_ROW)
        return DATELINE_OK;
    if (state == SCAN_OPEN && rest.size > DL_LINE_MAX)
        return dl_error_set(error, DATELINE_ARTICLE_TOO_LARGE,
                            "the row is longer than the limit of %d bytes",
                            (int)DL_LINE_MAX);
    return dl_error_set(error, DATELINE_BAD_CSV, "%s",
                        state == SCAN_OPEN  ? "a quotation mark is not closed"
                        : state == SCAN_BAD ? "a quotation mark within a quoted field"
                                            : "more fields than the limit");
}

static bool is_blank_row(const dl_csv *csv, const dl_csv_row *row)
{
    return csv->count == 1 && dl_string_trim(row->raw).size == 0;
}

/* ---- Head ----------------------------------------------------------------------------
 */

/* The mark that stands most often in the first line outside of quotation marks. */
static char find_delimiter(dl_string s)
{
    static const char marks[] = ",\t;|";
    size_t counts[sizeof marks] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < s.size && (quoted || s.data[i] != '\n'); i++) {
        const char *mark = s.data[i] ? strchr(marks, s.data[i]) : NULL;
        quoted ^= s.data[i] == '"';
        if (mark && !quoted)
            counts[mark - marks]++;
    }
    for (size_t i = 1; i < sizeof marks - 1; i++)
        best = counts[i] > counts[best] ? i : best;
    return marks[best];
}

/* Where each of our columns is: by the name that was given, else by the best that fits.
 */
static dateline_status place_columns(dl_csv *csv, dl_arena *arena, dl_string head,
                                     dateline_error *error)
{
    for (int c = 0; c < DL_COLUMNS; c++) {
        dl_string wanted = csv->wanted->names[c];
        int best = 0;
        csv->where[c] = -1;
        for (size_t i = 0; i < csv->count; i++) {
            dl_string name = dl_string_trim(value_of(csv, arena, head, i));
            int fits =
                wanted.size ? dl_string_equal(name, wanted) : fit(name, (dl_column)c);
            if (fits > best)
                csv->where[c] = (int)i;
            best = fits > best ? fits : best;
        }
        if (wanted.size && csv->where[c] < 0)
            return dl_error_set(error, DATELINE_BAD_CSV,
                                "the table has no column \"%.*s\"", (int)wanted.size,
                                wanted.data);
    }
    if (csv->where[DL_COLUMN_TEXT] < 0)
        return dl_error_set(error, DATELINE_BAD_CSV,
                            "no column is known to hold the text; --columns text=NAME "
                            "says which");
    return DATELINE_OK;
}

static dateline_status read_head(dl_csv *csv, dl_arena *arena, dl_csv_row *row,
                                 dateline_error *error)
{
    static const char mark[] = "\xEF\xBB\xBF";
    dl_window_read(&csv->window);
    dl_string rest = dl_window_rest(&csv->window);
    if (dl_string_starts(rest, dl_string_from(mark)))
        dl_window_use(&csv->window, sizeof mark - 1);
    csv->delimiter = find_delimiter(dl_window_rest(&csv->window));
    csv->headed = true;
    dateline_status status = cut_row(csv, row, error);
    csv->columns = csv->count;
    if (status == DATELINE_OK)
        status = place_columns(csv, arena, row->raw, error);
    csv->ended = status != DATELINE_OK;
    return status;
}

static dateline_status read_row(dl_csv *csv, dl_arena *arena, dl_csv_row *row,
                                dateline_error *error)
{
    size_t good = dl_utf8_check(row->raw);
    if (good < row->raw.size)
        return dl_error_set(error, DATELINE_BAD_UTF8, "byte %zu of the row is not UTF-8",
                            good);
    if (csv->count > csv->columns)
        return dl_error_set(error, DATELINE_BAD_CSV, "%zu fields, the table has %zu",
                            csv->count, csv->columns);
    for (int c = 0; c < DL_COLUMNS; c++) {
        size_t at = csv->where[c] < 0 ? SIZE_MAX : (size_t)csv->where[c];
        if (at >= csv->count)
            continue;
        row->values[c] = value_of(csv, arena, row->raw, at);
        if (!row->values[c].data)
            return dl_error_memory(error);
        if (c != DL_COLUMN_TEXT)
            row->values[c] = dl_string_trim(row->values[c]);
    }
    return DATELINE_OK;
}

dateline_status dl_csv_next(dl_csv *csv, dl_arena *arena, dl_csv_row *row,
                            dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    *row = (dl_csv_row){.line = csv->window.line};
    if (!csv->headed)
        status = read_head(csv, arena, row, error);
    else if (csv->ended)
        return DATELINE_END;
    if (status != DATELINE_OK)
        return status;
    do
        status = cut_row(csv, row, error);
    while (status == DATELINE_OK && is_blank_row(csv, row));
    if (status == DATELINE_END) {
        dateline_status fault = dl_stream_fault(csv->window.stream);
        return fault == DATELINE_OK
                   ? status
                   : dl_error_set(error, fault, "the file can't be read to its end");
    }
    return status == DATELINE_OK ? read_row(csv, arena, row, error) : status;
}

bool dl_csv_is_start(dl_string bytes)
{
    dl_string line = dl_string_slice(bytes, 0, dl_string_find(bytes, '\n', 0));
    char delimiter = find_delimiter(line);
    int texts = 0, others = 0;
    for (size_t at = 0; at < line.size && line.size < bytes.size;) {
        size_t end = dl_string_find(line, delimiter, at);
        dl_string name = dl_string_trim(dl_string_slice(line, at, end));
        if (name.size > 2 && name.data[0] == '"' && name.data[name.size - 1] == '"')
            name = dl_string_slice(name, 1, name.size - 1);
        for (int c = 0; c < DL_COLUMNS; c++)
            if (fit(name, (dl_column)c))
                *(c == DL_COLUMN_TEXT ? &texts : &others) += 1;
        at = end + 1;
    }
    return texts > 0 && others > 0;
}
