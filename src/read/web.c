/* Articles that are found in something else: pages, archives, feeds, tables. */
#include <stdio.h>

#include "read/article.h"
#include "read/day.h"
#include "read/inside.h"
#include "read/page.h"

static dateline_text text_of(dl_string s)
{
    return (dateline_text){s.data, s.size};
}

/* The day as ISO 8601, or what stands in where it is not known. */
static dateline_status set_day(dateline_reader *r, dl_date day, dateline_article *article,
                               dateline_error *error)
{
    char text[24];
    article->date = r->date;
    if (day.year == 0 && r->dated_by_capture)
        day = r->captured;
    if (day.year == 0)
        return DATELINE_OK;
    dl_date_format(day, text);
    dl_string kept = dl_arena_string(r->scratch, dl_string_from(text));
    article->date = text_of(kept);
    return kept.data ? DATELINE_OK : dl_error_memory(error);
}

dateline_status dl_web_name(dateline_reader *r, dateline_article *article,
                            dateline_error *error)
{
    dateline_text file = dl_id_of_file(r->file);
    dl_string id = {article->id.data, article->id.size};
    if (!id.size)
        id = (dl_string){article->url.data, article->url.size};
    if (!id.size && r->input == DATELINE_INPUT_HTML)
        id = (dl_string){file.data, file.size};
    else if (!id.size)
        id = dl_arena_format(r->scratch, "%.*s#%llu", (int)file.size, file.data,
                             (unsigned long long)r->number);
    dl_string given = id.data ? dl_seen_add(&r->seen, r->scratch, id) : id;
    article->id = text_of(given);
    return given.data ? DATELINE_OK : dl_error_memory(error);
}

static void set_page(const dl_page *page, dateline_article *article)
{
    *article = (dateline_article){.text = text_of(page->text),
                                  .title = text_of(page->title),
                                  .source = text_of(page->source),
                                  .url = text_of(page->url),
                                  .language = text_of(page->language),
                                  .author = text_of(page->author)};
}

static dl_told told_by(const dateline_reader *r, dl_string server, bool html)
{
    return (dl_told){.server = server,
                     .fallback = r->charset.name[0] ? &r->charset : NULL,
                     .html = html,
                     .converted = dl_stream_converted(r->source)};
}

dateline_status dl_next_html(dateline_reader *r, dateline_article *article,
                             dateline_error *error)
{
    dl_page page;
    dl_string all, utf8;
    if (r->line)
        return DATELINE_END;
    r->line = 1;
    dateline_status status =
        dl_stream_rest(r->source, DATELINE_ARTICLE_BYTES_MAX, &all, error);
    r->raw = all;
    if (status != DATELINE_OK && status != DATELINE_END)
        return status;
    dl_told told = told_by(r, (dl_string){0}, true);
    status = dl_decode_page(&r->decoder, all, &told, &utf8, error);
    if (status == DATELINE_OK)
        status = dl_page_read(r->scratch, utf8, (dl_string){0}, &page, error);
    if (status != DATELINE_OK)
        return status;
    set_page(&page, article);
    return set_day(r, page.day, article, error);
}

/* ---- Web archives --------------------------------------------------------------------
 */

static bool wants_record(void *context, dl_string url, dl_date captured)
{
    const dateline_reader *r = context;
    return dl_filter_url(&r->filter, url) && !dl_filter_too_early(&r->filter, captured);
}

static dateline_status read_page(dateline_reader *r, const dl_warc_record *record,
                                 dl_string utf8, dateline_article *article,
                                 dateline_error *error)
{
    dl_page page;
    dateline_status status = dl_page_read(r->scratch, utf8, record->url, &page, error);
    if (status != DATELINE_OK)
        return status;
    if (!page.language.size)
        page.language = record->language;
    set_page(&page, article);
    return set_day(r, page.day, article, error);
}

/* Plain text; of what somebody else has taken out of a page, the lines that are prose. */
static dateline_status read_plain(dateline_reader *r, const dl_warc_record *record,
                                  dl_string utf8, dateline_article *article,
                                  dateline_error *error)
{
    dl_page page = {.url = record->url, .language = record->language, .text = utf8};
    dateline_status status = DATELINE_OK;
    if (record->conversion)
        status = dl_page_read_lines(r->scratch, utf8, &page.text, error);
    if (status != DATELINE_OK)
        return status;
    if (!dl_day_of_url(record->url, &page.day))
        page.day = (dl_date){0};
    set_page(&page, article);
    return set_day(r, page.day, article, error);
}

dateline_status dl_next_warc(dateline_reader *r, dateline_article *article,
                             dateline_error *error)
{
    dl_warc_record record;
    dl_string utf8;
    if (!r->warc && !(r->warc = dl_warc_new(r->source, wants_record, r)))
        return dl_error_memory(error);
    dateline_status status = dl_warc_next(r->warc, &record, error);
    r->offset = record.offset;
    r->raw = dl_string_slice(record.content, 0,
                             record.content.size < DL_RAW_KEPT ? record.content.size
                                                               : DL_RAW_KEPT);
    if (error && record.url.size)
        snprintf(error->article, sizeof error->article, "%.*s",
                 (int)(record.url.size < 120 ? record.url.size : 120), record.url.data);
    if (status != DATELINE_OK)
        return status;
    r->captured = record.captured;
    dl_told told = told_by(r, record.charset, record.html);
    status = dl_decode_page(&r->decoder, record.content, &told, &utf8, error);
    if (status == DATELINE_OK)
        status = record.html ? read_page(r, &record, utf8, article, error)
                             : read_plain(r, &record, utf8, article, error);
    article->id = text_of(record.url.size ? record.url : record.id);
    return status;
}

/* ---- Feeds, tables -------------------------------------------------------------------
 */

dateline_status dl_next_feed(dateline_reader *r, dateline_article *article,
                             dateline_error *error)
{
    dl_feed_item item;
    if (!r->feed && !(r->feed = dl_feed_new(r->source)))
        return dl_error_memory(error);
    dateline_status status = dl_feed_next(r->feed, r->scratch, &item, error);
    r->line = item.line;
    r->raw = item.raw;
    if (status != DATELINE_OK)
        return status;
    *article = (dateline_article){.text = text_of(item.text),
                                  .title = text_of(item.title),
                                  .source = text_of(item.source),
                                  .url = text_of(item.url),
                                  .language = text_of(item.language),
                                  .author = text_of(item.author)};
    if (!item.url.size)
        article->id = text_of(item.id);
    return set_day(r, item.day, article, error);
}

static dateline_status read_row(dateline_reader *r, const dl_csv_row *row,
                                dateline_article *article, dateline_error *error)
{
    dl_date day = {0};
    const dl_string *values = row->values;
    dl_string date = values[DL_COLUMN_DATE];
    if (!values[DL_COLUMN_TEXT].data)
        return dl_error_set(error, DATELINE_MISSING_FIELD,
                            "the row ends before the text's column");
    if (date.size && !dl_date_parse(date, &day) && !dl_day_parse(date, &day))
        return dl_error_set(error, DATELINE_BAD_DATE, "the date \"%.*s\" is none",
                            (int)(date.size < 40 ? date.size : 40), date.data);
    *article = (dateline_article){.text = text_of(values[DL_COLUMN_TEXT]),
                                  .title = text_of(values[DL_COLUMN_TITLE]),
                                  .source = text_of(values[DL_COLUMN_SOURCE]),
                                  .url = text_of(values[DL_COLUMN_URL]),
                                  .language = text_of(values[DL_COLUMN_LANGUAGE]),
                                  .author = text_of(values[DL_COLUMN_AUTHOR])};
    article->id = text_of(values[DL_COLUMN_ID]);
    return set_day(r, day, article, error);
}

dateline_status dl_next_csv(dateline_reader *r, dateline_article *article,
                            dateline_error *error)
{
    dl_csv_row row;
    if (!r->csv && !(r->csv = dl_csv_new(r->source, &r->columns)))
        return dl_error_memory(error);
    dateline_status status = dl_csv_next(r->csv, r->scratch, &row, error);
    r->line = row.line;
    r->raw = row.raw;
    return status == DATELINE_OK ? read_row(r, &row, article, error) : status;
}
