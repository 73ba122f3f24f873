/* Articles as they are given: JSON Lines, plain text, CoNLL-U. */
#include "read/article.h"
#include "read/inside.h"

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
            *line = dl_without_mark(*line);
    } while (dl_string_trim(*line).size == 0);
    return DATELINE_OK;
}

dateline_status dl_next_json(dateline_reader *r, dateline_article *article,
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
dateline_status dl_next_record(dateline_reader *r, dateline_article *article,
                               dateline_error *error)
{
    dl_string line = {0};
    dateline_status status = next_line(r, &line, error);
    *article = (dateline_article){.text = {line.data, line.size}};
    return status;
}

/* The file's name without folders and endings. */
dateline_text dl_id_of_file(const char *path)
{
    const char *slash = strrchr(path, '/');
    dl_string name = dl_string_from(slash ? slash + 1 : path);
    if (dl_string_ends(name, DL_STRING(".gz")) && name.size > 3)
        name.size -= 3;
    for (size_t i = name.size; i > 1; i--)
        if (name.data[i - 1] == '.') {
            name.size = i - 1;
            break;
        }
    return (dateline_text){name.data, name.size};
}

dateline_status dl_next_text(dateline_reader *r, dateline_article *article,
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
    all = dl_without_mark(all);
    *article = (dateline_article){
        .id = dl_id_of_file(r->file), .date = r->date, .text = {all.data, all.size}};
    return dl_article_check(article, error);
}

/* The words behind "# newdoc id =" of a document's first line. */
static dateline_text id_of_document(dl_string document, const char *path)
{
    dl_string line = dl_string_slice(document, 0, dl_string_find(document, '\n', 0));
    size_t equals = dl_string_find(line, '=', 0);
    if (!dl_string_starts(line, DL_STRING("# newdoc")) || equals == line.size)
        return dl_id_of_file(path);
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
        if (dl_stream_line_number(r->source) == 1)
            line = dl_without_mark(line);
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

dateline_status dl_next_conllu(dateline_reader *r, dateline_article *article,
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
