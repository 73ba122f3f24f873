#include <stdio.h>
#include <stdlib.h>

#include "read/article.h"
#include "read/inside.h"

static dl_string keep(dateline_reader *r, const char *text)
{
    return text ? dl_arena_string(r->arena, dl_string_from(text)) : (dl_string){0};
}

static dateline_status take_options(dateline_reader *r,
                                    const dateline_reader_options *options,
                                    dateline_error *error)
{
    dl_date ignored;
    dl_string date = keep(r, options->date), columns = keep(r, options->columns);
    dl_string hosts = keep(r, options->host);
    if ((options->date && !date.data) || (options->columns && !columns.data) ||
        (options->host && !hosts.data))
        return dl_error_memory(error);
    r->dated_by_capture = dl_string_equal(date, DL_STRING("captured"));
    if (r->dated_by_capture)
        date.size = 0;
    else if (options->date && !dl_date_parse(date, &ignored))
        return dl_error_set(error, DATELINE_BAD_DATE, "the date \"%.40s\" is none",
                            options->date);
    if (options->charset &&
        !dl_charset_find(dl_string_from(options->charset), &r->charset))
        return dl_error_set(error, DATELINE_USAGE, "no such charset: %.40s",
                            options->charset);
    r->wanted = options->input;
    r->date = (dateline_text){date.data, date.size};
    dateline_status status = dl_column_names_parse(columns, &r->columns, error);
    return status == DATELINE_OK
               ? dl_filter_parse(&r->filter, hosts, options->from, options->to, error)
               : status;
}

dateline_status dateline_reader_open_with(const char *path,
                                          const dateline_reader_options *options,
                                          dateline_reader **reader, dateline_error *error)
{
    static const dateline_reader_options usual = {0};
    dateline_reader *r = calloc(1, sizeof *r);
    dateline_status status = DATELINE_NO_MEMORY;
    if (r) {
        r->arena = dl_arena_new();
        r->scratch = dl_arena_new();
    }
    if (!r || !r->arena || !r->scratch)
        dl_error_memory(error);
    else
        status = take_options(r, options ? options : &usual, error);
    if (status == DATELINE_OK)
        status = dl_files_find(r->arena, path, &r->files, &r->file_count, error);
    if (status != DATELINE_OK) {
        dateline_reader_close(r);
        return status;
    }
    *reader = r;
    return DATELINE_OK;
}

dateline_status dateline_reader_open(const char *path, dateline_input input,
                                     const char *date, dateline_reader **reader,
                                     dateline_error *error)
{
    dateline_reader_options options = {.input = input, .date = date};
    return dateline_reader_open_with(path, &options, reader, error);
}

dateline_status dateline_reader_turn(dateline_reader *reader, const char *path,
                                     dateline_error *error)
{
    const char **files;
    size_t count;
    dateline_status status = dl_files_find(reader->arena, path, &files, &count, error);
    if (status != DATELINE_OK)
        return status;
    reader->files = files;
    reader->file_count = count;
    reader->next_file = 0;
    return DATELINE_OK;
}

static void close_file(dateline_reader *r)
{
    dl_warc_free(r->warc);
    dl_feed_free(r->feed);
    dl_csv_free(r->csv);
    r->warc = NULL;
    r->feed = NULL;
    r->csv = NULL;
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
    dl_decoder_release(&reader->decoder);
    dl_seen_release(&reader->seen);
    dl_arena_free(reader->scratch);
    dl_arena_free(reader->arena);
    free(reader);
}

/* UTF-16 by its mark, else what a feed tells of itself or the user of all; pages and
 * archives are converted piece by piece. */
static bool convert(dateline_reader *r)
{
    dl_charset charset;
    bool found = dl_charset_mark(dl_stream_peek(r->source), &charset);
    if (r->input == DATELINE_INPUT_WARC)
        return true;
    if (!found && r->input == DATELINE_INPUT_FEED)
        found = dl_decode_xml_charset(dl_stream_peek(r->source), &charset);
    if (!found && r->input != DATELINE_INPUT_HTML && r->charset.name[0]) {
        charset = r->charset;
        found = true;
    }
    return !found || dl_charset_is_utf8(&charset) ||
           dl_stream_convert(r->source, &charset);
}

/* What is in UTF-16 can be told once it is converted. */
static void guess(dateline_reader *r)
{
    r->input = r->wanted ? r->wanted : dl_guess_by_name(r->file);
    if (r->input == DATELINE_INPUT_GUESS)
        r->input = dl_guess_by_content(dl_stream_peek(r->source));
}

static dateline_status open_next(dateline_reader *r, dateline_error *error)
{
    if (r->next_file == r->file_count)
        return DATELINE_END;
    r->file = r->files[r->next_file++];
    r->line = r->offset = r->number = 0;
    dateline_status status = dl_stream_open(r->file, &r->source, error);
    if (status != DATELINE_OK)
        return status;
    guess(r);
    if (!convert(r))
        return dl_error_memory(error);
    if (dl_stream_converted(r->source))
        guess(r);
    if (r->input != DATELINE_INPUT_WARC)
        dl_stream_join_members(r->source);
    return DATELINE_OK;
}

/* Records have no lines: the message says where they are. */
static void place_record(const dateline_reader *r, dateline_error *error)
{
    char message[sizeof error->message];
    memcpy(message, error->message, sizeof message);
    error->offset = r->offset;
    snprintf(error->message, sizeof error->message, "the record at byte %llu: %.*s",
             (unsigned long long)r->offset, (int)sizeof message - 48, message);
}

static void place_error(const dateline_reader *r, dateline_error *error)
{
    if (!error || !r->file)
        return;
    size_t size = strlen(r->file), room = sizeof error->file - 1;
    const char *tail = size > room ? r->file + (size - room) : r->file;
    snprintf(error->file, sizeof error->file, "%s", tail);
    error->line = r->line;
    if (r->source && r->input == DATELINE_INPUT_WARC)
        place_record(r, error);
}

static dateline_status next_of_file(dateline_reader *r, dateline_article *article,
                                    dateline_error *error)
{
    switch (r->input) {
    case DATELINE_INPUT_JSONL:
        return dl_next_json(r, article, error);
    case DATELINE_INPUT_CONLLU:
        return dl_next_conllu(r, article, error);
    case DATELINE_INPUT_RECORDS:
        return dl_next_record(r, article, error);
    case DATELINE_INPUT_HTML:
        return dl_next_html(r, article, error);
    case DATELINE_INPUT_WARC:
        return dl_next_warc(r, article, error);
    case DATELINE_INPUT_FEED:
        return dl_next_feed(r, article, error);
    case DATELINE_INPUT_CSV:
        return dl_next_csv(r, article, error);
    case DATELINE_INPUT_GUESS:
    case DATELINE_INPUT_TEXT:
        break;
    }
    return dl_next_text(r, article, error);
}

/* What is found in something else has not been checked yet. */
static bool is_found(dateline_input input)
{
    return input == DATELINE_INPUT_HTML || input == DATELINE_INPUT_WARC ||
           input == DATELINE_INPUT_FEED || input == DATELINE_INPUT_CSV;
}

/* The next article of the open file, wanted or not. */
static dateline_status read_next(dateline_reader *r, dateline_article *article,
                                 dateline_error *error)
{
    dl_arena_reset(r->scratch);
    *article = (dateline_article){0};
    r->raw = (dl_string){0};
    r->captured = (dl_date){0};
    r->number++;
    dateline_status status = next_of_file(r, article, error);
    if (status != DATELINE_OK || !is_found(r->input))
        return status;
    status = dl_article_check(article, error);
    return status == DATELINE_OK ? dl_web_name(r, article, error) : status;
}

/* By the day of publication, by that of capture where it is not known. */
static bool is_wanted(const dateline_reader *r, const dateline_article *article)
{
    dl_date day;
    dl_string date = {article->date.data, article->date.size};
    dl_string url = {article->url.data, article->url.size};
    if (r->input == DATELINE_INPUT_CONLLU || r->input == DATELINE_INPUT_RECORDS)
        return true;
    if (!date.size || !dl_date_parse(date, &day))
        day = r->captured;
    /* an archive's record was looked at by its own address */
    return dl_filter_day(&r->filter, day) &&
           (r->input == DATELINE_INPUT_WARC || dl_filter_url(&r->filter, url));
}

dateline_status dateline_reader_next(dateline_reader *reader, dateline_article *article,
                                     dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    if (error)
        *error = (dateline_error){0};
    for (;;) {
        reader->raw = (dl_string){0};
        if (!reader->source) {
            status = open_next(reader, error);
            if (status == DATELINE_END)
                return status;
            if (status != DATELINE_OK)
                break;
        }
        status = read_next(reader, article, error);
        if (status == DATELINE_OK && is_wanted(reader, article))
            return status;
        if (status == DATELINE_OK)
            continue;
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

uint64_t dateline_reader_offset(const dateline_reader *reader)
{
    return reader->offset;
}
