#include <stdio.h>
#include <stdlib.h>

#include "read/article.h"
#include "read/source.h"
#include "record/date.h"

/* Files are opened one after the other; `source` is the open one, NULL between two. A
 * line of CoNLL-U that opens the next document waits in `pending`. */
struct dateline_reader {
    dl_arena *arena;
    const char **files;
    size_t file_count, next_file;
    const char *file;
    dateline_input wanted, input;
    dl_stream *source;
    json_t *holder;
    dl_buffer document, pending;
    dl_string raw;
    dateline_text date;
    uint64_t line;
};

dateline_status dateline_reader_open(const char *path, dateline_input input,
                                     const char *date, dateline_reader **reader,
                                     dateline_error *error)
{
    dl_date ignored;
    if (date && !dl_date_parse(dl_string_from(date), &ignored))
        return dl_error_set(error, DATELINE_BAD_DATE, "the date \"%.40s\" is none", date);
    dateline_reader *r = calloc(1, sizeof *r);
    if (!r || !(r->arena = dl_arena_new())) {
        free(r);
        return dl_error_memory(error);
    }
    r->wanted = input;
    dl_string kept =
        date ? dl_arena_string(r->arena, dl_string_from(date)) : (dl_string){0};
    r->date = (dateline_text){kept.data, kept.size};
    dateline_status status = DATELINE_OK;
    if (date && !kept.data)
        status = dl_error_memory(error);
    else
        status = dl_files_find(r->arena, path, &r->files, &r->file_count, error);
    if (status != DATELINE_OK) {
        dateline_reader_close(r);
        return status;
    }
    *reader = r;
    return DATELINE_OK;
}

static void close_file(dateline_reader *r)
{
    dl_stream_close(r->source);
    r->source = NULL;
    dl_buffer_clear(&r->pending);
}

void dateline_reader_close(dateline_reader *reader)
{
    if (!reader)
        return;
    close_file(reader);
    json_decref(reader->holder);
    dl_buffer_release(&reader->document);
    dl_buffer_release(&reader->pending);
    dl_arena_free(reader->arena);
    free(reader);
}

static dl_string without_ending(dl_string name, const char *ending)
{
    dl_string end = dl_string_from(ending);
    if (dl_string_ends(name, end) && name.size > end.size)
        name.size -= end.size;
    return name;
}

static dateline_input guess_by_name(const char *path)
{
    static const struct {
        const char *ending;
        dateline_input input;
    } endings[] = {{".jsonl", DATELINE_INPUT_JSONL},
                   {".ndjson", DATELINE_INPUT_JSONL},
                   {".json", DATELINE_INPUT_JSONL},
                   {".txt", DATELINE_INPUT_TEXT},
                   {".conllu", DATELINE_INPUT_CONLLU}};
    dl_string name = without_ending(dl_string_from(path), ".gz");
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (dl_string_ends(name, dl_string_from(endings[i].ending)))
            return endings[i].input;
    return DATELINE_INPUT_GUESS;
}

static const char byte_order_mark[] = "\xEF\xBB\xBF";

static dateline_input guess_by_content(dl_string start)
{
    if (dl_string_starts(start, dl_string_from(byte_order_mark)))
        start = dl_string_slice(start, 3, start.size);
    start = dl_string_trim(start);
    if (start.size && start.data[0] == '{')
        return DATELINE_INPUT_JSONL;
    if (dl_string_starts(start, DL_STRING("# newdoc")) ||
        dl_string_starts(start, DL_STRING("# sent_id")) ||
        dl_string_starts(start, DL_STRING("1\t")))
        return DATELINE_INPUT_CONLLU;
    return DATELINE_INPUT_TEXT;
}

static dateline_status open_next(dateline_reader *r, dateline_error *error)
{
    if (r->next_file == r->file_count)
        return DATELINE_END;
    r->file = r->files[r->next_file++];
    r->line = 0;
    dateline_status status = dl_stream_open(r->file, &r->source, error);
    if (status != DATELINE_OK)
        return status;
    r->input = r->wanted ? r->wanted : guess_by_name(r->file);
    if (r->input == DATELINE_INPUT_GUESS)
        r->input = guess_by_content(dl_stream_peek(r->source));
    return DATELINE_OK;
}

static dl_string without_mark(dl_string bytes)
{
    bool marked = dl_string_starts(bytes, dl_string_from(byte_order_mark));
    return marked ? dl_string_slice(bytes, 3, bytes.size) : bytes;
}

/* The next line that is not blank. */
static dateline_status next_line(dateline_reader *r, dl_string *line,
                                 dateline_error *error)
{
    do {
        dateline_status status = dl_stream_line(r->source, DL_LINE_MAX, line, error);
        r->line = dl_stream_line_number(r->source);
        r->raw = *line;
        if (status != DATELINE_OK)
            return status;
        if (r->line == 1)
            *line = without_mark(*line);
    } while (dl_string_trim(*line).size == 0);
    return DATELINE_OK;
}

static dateline_status next_json(dateline_reader *r, dateline_article *article,
                                 dateline_error *error)
{
    dl_string line;
    dateline_status status = next_line(r, &line, error);
    if (status != DATELINE_OK)
        return status;
    json_decref(r->holder);
    status = dl_article_from_json(line, &r->holder, article, error);
    if (status == DATELINE_OK && !article->date.size)
        article->date = r->date;
    return status;
}

/* A line that may hold anything. */
static dateline_status next_record(dateline_reader *r, dateline_article *article,
                                   dateline_error *error)
{
    dl_string line = {0};
    dateline_status status = next_line(r, &line, error);
    *article = (dateline_article){.text = {line.data, line.size}};
    return status;
}

/* The file's name without folders and endings. */
static dateline_text id_of_file(const char *path)
{
    const char *slash = strrchr(path, '/');
    dl_string name = without_ending(dl_string_from(slash ? slash + 1 : path), ".gz");
    for (size_t i = name.size; i > 1; i--)
        if (name.data[i - 1] == '.') {
            name.size = i - 1;
            break;
        }
    return (dateline_text){name.data, name.size};
}

static dateline_status next_text(dateline_reader *r, dateline_article *article,
                                 dateline_error *error)
{
    dl_string all;
    if (r->line)
        return DATELINE_END;
    r->line = 1;
    dateline_status status =
        dl_stream_rest(r->source, DATELINE_ARTICLE_BYTES_MAX, &all, error);
    r->raw = all;
    if (status != DATELINE_OK && status != DATELINE_END)
        return status;
    all = without_mark(all);
    *article = (dateline_article){
        .id = id_of_file(r->file), .date = r->date, .text = {all.data, all.size}};
    return dl_article_check(article, error);
}

/* The words behind "# newdoc id =" of a document's first line. */
static dateline_text id_of_document(dl_string document, const char *path)
{
    dl_string line = dl_string_slice(document, 0, dl_string_find(document, '\n', 0));
    size_t equals = dl_string_find(line, '=', 0);
    if (!dl_string_starts(line, DL_STRING("# newdoc")) || equals == line.size)
        return id_of_file(path);
    dl_string id = dl_string_trim(dl_string_slice(line, equals + 1, line.size));
    return (dateline_text){id.data, id.size};
}

static dateline_status collect_document(dateline_reader *r, dateline_error *error)
{
    dl_string line;
    dateline_status status = DATELINE_OK;
    dl_buffer_clear(&r->document);
    dl_buffer_add(&r->document, r->pending.data, r->pending.size);
    dl_buffer_clear(&r->pending);
    while ((status = dl_stream_line(r->source, DL_LINE_MAX, &line, error)) ==
           DATELINE_OK) {
        if (dl_string_starts(line, DL_STRING("# newdoc")) && r->document.size) {
            dl_buffer_add_string(&r->pending, line);
            dl_buffer_add_char(&r->pending, '\n');
            break;
        }
        if (r->document.size + line.size > DL_LINE_MAX)
            return dl_error_set(error, DATELINE_ARTICLE_TOO_LARGE,
                                "the document is longer than %d bytes", (int)DL_LINE_MAX);
        dl_buffer_add_string(&r->document, line);
        dl_buffer_add_char(&r->document, '\n');
    }
    if (r->document.failed || r->pending.failed)
        return dl_error_memory(error);
    return status == DATELINE_END && r->document.size ? DATELINE_OK : status;
}

static dateline_status next_conllu(dateline_reader *r, dateline_article *article,
                                   dateline_error *error)
{
    r->line = dl_stream_line_number(r->source);
    r->line += r->line == 0;
    dateline_status status = collect_document(r, error);
    dl_string document = {r->document.data, r->document.size};
    r->raw = document;
    if (status != DATELINE_OK)
        return status;
    *article = (dateline_article){.id = id_of_document(document, r->file),
                                  .date = r->date,
                                  .text = {document.data, document.size}};
    return dl_utf8_check(document) == document.size
               ? DATELINE_OK
               : dl_error_set(error, DATELINE_BAD_UTF8, "the CoNLL-U is not UTF-8");
}

static void place_error(const dateline_reader *r, dateline_error *error)
{
    if (!error || !r->file)
        return;
    size_t size = strlen(r->file), room = sizeof error->file - 1;
    const char *tail = size > room ? r->file + (size - room) : r->file;
    snprintf(error->file, sizeof error->file, "%s", tail);
    error->line = r->line;
}

static dateline_status next_of_file(dateline_reader *r, dateline_article *article,
                                    dateline_error *error)
{
    switch (r->input) {
    case DATELINE_INPUT_JSONL:
        return next_json(r, article, error);
    case DATELINE_INPUT_CONLLU:
        return next_conllu(r, article, error);
    case DATELINE_INPUT_RECORDS:
        return next_record(r, article, error);
    case DATELINE_INPUT_GUESS:
    case DATELINE_INPUT_TEXT:
        break;
    }
    return next_text(r, article, error);
}

dateline_status dateline_reader_next(dateline_reader *reader, dateline_article *article,
                                     dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    if (error)
        *error = (dateline_error){0};
    reader->raw = (dl_string){0};
    for (;;) {
        if (!reader->source) {
            status = open_next(reader, error);
            if (status == DATELINE_END)
                return status;
            if (status != DATELINE_OK)
                break;
        }
        status = next_of_file(reader, article, error);
        if (status == DATELINE_OK)
            return status;
        if (status != DATELINE_END)
            break;
        close_file(reader);
    }
    place_error(reader, error);
    if (dateline_status_failure(status) == DATELINE_ENVIRONMENT)
        close_file(reader);
    return status;
}

dateline_text dateline_reader_raw(const dateline_reader *reader)
{
    return (dateline_text){reader->raw.data, reader->raw.size};
}

const char *dateline_reader_file(const dateline_reader *reader)
{
    return reader->file ? reader->file : "";
}

uint64_t dateline_reader_line(const dateline_reader *reader)
{
    return reader->line;
}
