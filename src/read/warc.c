#include <stdlib.h>

#include "read/http.h"
#include "read/warc.h"

static const char magic[] = "WARC/";
enum { MAGIC = sizeof magic - 1, LINE_MAX_BYTES = 1 << 14 };
#define SIZE_MAX_OF_RECORD (UINT64_C(1) << 50)

/* `opened` tells that the next record's first line has been read already: a search for it
 * ended there. `dirty`: at `dirty_at` there was something that is no record. */
struct dl_warc {
    dl_stream *stream;
    dl_warc_filter filter;
    void *context;
    dl_buffer head, content, unpacked, chunks;
    bool opened, dirty;
    uint64_t opened_at, dirty_at;
};

/* What the head of a record tells. */
typedef struct warc_head {
    dl_string type, id, url, date, content_type, language;
    uint64_t size;
    bool sized;
} warc_head;

dl_warc *dl_warc_new(dl_stream *stream, dl_warc_filter filter, void *context)
{
    dl_warc *warc = calloc(1, sizeof *warc);
    if (!warc)
        return NULL;
    warc->stream = stream;
    warc->filter = filter;
    warc->context = context;
    return warc;
}

void dl_warc_free(dl_warc *warc)
{
    if (!warc)
        return;
    dl_buffer_release(&warc->head);
    dl_buffer_release(&warc->content);
    dl_buffer_release(&warc->unpacked);
    dl_buffer_release(&warc->chunks);
    free(warc);
}

static bool is_version(dl_string line)
{
    return line.size > MAGIC && line.size < 16 &&
           dl_string_starts(line, (dl_string){magic, MAGIC}) &&
           (line.data[MAGIC] == '0' || line.data[MAGIC] == '1') &&
           line.data[MAGIC + 1] == '.';
}

bool dl_warc_is_start(dl_string bytes)
{
    size_t end = dl_string_find(bytes, '\n', 0);
    return end < bytes.size && is_version(dl_string_trim(dl_string_slice(bytes, 0, end)));
}

/* Where something stands, as the file has it. */
static uint64_t place(const dl_warc *warc, uint64_t position)
{
    return dl_stream_packed(warc->stream) ? dl_stream_member(warc->stream) : position;
}

/* The next line, its position in opened_at. It may be a record's first, or dirt. */
static dateline_status next_line(dl_warc *warc, dl_string *line, dateline_error *error)
{
    warc->opened_at = dl_stream_position(warc->stream);
    dateline_status status = dl_stream_line(warc->stream, LINE_MAX_BYTES, line, error);
    *line = dl_string_trim(*line);
    warc->opened = status == DATELINE_OK && is_version(*line);
    return status;
}

static void note_dirt(dl_warc *warc)
{
    if (!warc->dirty)
        warc->dirty_at = place(warc, warc->opened_at);
    warc->dirty = true;
}

/* Goes to the line where the next record opens, in what is left of this member or, with
 * `on`, of the file. */
static dateline_status find_version(dl_warc *warc, bool on, dateline_error *error)
{
    dl_string line;
    for (;;) {
        dateline_status status = next_line(warc, &line, error);
        if (status == DATELINE_END && on && dl_stream_next_member(warc->stream))
            continue;
        if (status != DATELINE_OK && status != DATELINE_ARTICLE_TOO_LARGE)
            return status;
        if (warc->opened)
            return DATELINE_OK;
        if (line.size)
            note_dirt(warc);
    }
}

static void read_field(warc_head *head, dl_string line)
{
    dl_string size;
    const struct {
        const char *name;
        dl_string *value;
    } fields[] = {
        {"warc-type", &head->type},
        {"warc-record-id", &head->id},
        {"warc-target-uri", &head->url},
        {"warc-date", &head->date},
        {"content-type", &head->content_type},
        {"warc-identified-content-language", &head->language},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!fields[i].value->size && dl_field_is(line, fields[i].name, fields[i].value))
            return;
    if (dl_field_is(line, "content-length", &size))
        head->sized =
            dl_string_to_uint(size, &head->size) && head->size <= SIZE_MAX_OF_RECORD;
}

/* Addresses stand in angle brackets in early archives; ids always do. */
static dl_string without_brackets(dl_string s)
{
    bool bracketed = s.size >= 2 && s.data[0] == '<' && s.data[s.size - 1] == '>';
    return bracketed ? dl_string_slice(s, 1, s.size - 1) : s;
}

/* The lines up to the blank one, kept in warc->head; false where there is none. Where the
 * next record opens instead, it is the next. */
static bool collect_head(dl_warc *warc)
{
    dl_string line;
    dl_buffer_clear(&warc->head);
    for (;;) {
        warc->opened_at = dl_stream_position(warc->stream);
        if (dl_stream_line(warc->stream, LINE_MAX_BYTES, &line, NULL) != DATELINE_OK ||
            warc->head.size + line.size > DL_WARC_HEAD_MAX)
            return false;
        if (line.size == 0)
            return true;
        warc->opened = is_version(dl_string_trim(line));
        if (warc->opened)
            return false;
        bool goes_on = line.data[0] == ' ' || line.data[0] == '\t';
        if (goes_on && warc->head.size)
            warc->head.size--; /* a folded line joins the one before */
        dl_buffer_add_string(&warc->head, line);
        dl_buffer_add_char(&warc->head, '\n');
    }
}

static void read_head(dl_warc *warc, warc_head *head)
{
    dl_string all = {warc->head.data, warc->head.size};
    *head = (warc_head){0};
    for (size_t at = 0; at < all.size;) {
        size_t end = dl_string_find(all, '\n', at);
        read_field(head, dl_string_slice(all, at, end));
        at = end + 1;
    }
    head->id = without_brackets(head->id);
    head->url = without_brackets(head->url);
}

static bool is_html(dl_string type)
{
    return dl_same_letters(type, "text/html") ||
           dl_same_letters(type, "application/xhtml+xml");
}

static bool is_response(const warc_head *head)
{
    return dl_same_letters(head->type, "response") &&
           dl_same_letters(dl_type_of(head->content_type), "application/http");
}

/* Resources and conversions hold the page or its text itself. */
static bool is_direct(const warc_head *head)
{
    dl_string type = dl_type_of(head->content_type);
    bool kind = dl_same_letters(head->type, "resource") ||
                dl_same_letters(head->type, "conversion") ||
                dl_same_letters(head->type, "response");
    return kind && (is_html(type) || dl_same_letters(type, "text/plain"));
}

static bool is_wanted(const dl_warc *warc, const warc_head *head, dl_date captured)
{
    return (is_response(head) || is_direct(head)) && head->url.size &&
           !dl_string_starts(head->url, DL_STRING("dns:")) &&
           warc->filter(warc->context, head->url, captured);
}

/* Whether the record ends where its length says: DATELINE_OK where a blank line or the
 * end follows; DATELINE_BAD_GZIP where the member is damaged. Goes to the next record or
 * what stands in its place. */
static dateline_status check_end(dl_warc *warc)
{
    dl_string line;
    for (int blank = 0;; blank++) {
        dateline_status status = next_line(warc, &line, NULL);
        if (status == DATELINE_END || warc->opened)
            return DATELINE_OK;
        if (status == DATELINE_OK && line.size == 0)
            continue;
        if (status == DATELINE_BAD_GZIP || blank == 0)
            return status == DATELINE_BAD_GZIP ? status : DATELINE_BAD_WARC;
        note_dirt(warc);
        return DATELINE_OK;
    }
}

/* A member that broke off or is damaged is lost, and nothing else. */
static dateline_status lose_member(dl_warc *warc, dateline_error *error)
{
    dl_stream_recover(warc->stream, (dl_string){magic, MAGIC});
    return dl_error_set(error, DATELINE_BAD_GZIP,
                        "the compressed data break off or are damaged");
}

/* Goes behind a broken record, to the next that opens. False where the member turned out
 * to be damaged. */
static bool resume(dl_warc *warc)
{
    dateline_status status = warc->opened ? DATELINE_OK : find_version(warc, false, NULL);
    warc->dirty = false; /* it is the broken record's */
    return status != DATELINE_BAD_GZIP;
}

/* ---- Content -------------------------------------------------------------------------
 */

static dateline_status bad(dateline_error *error, const char *what)
{
    return dl_error_set(error, DATELINE_BAD_WARC, "%s", what);
}

/* The page within an HTTP response. DATELINE_END: nothing of use. */
static dateline_status open_response(dl_warc *warc, dl_warc_record *record,
                                     dateline_error *error)
{
    dl_http http;
    dl_string body;
    if (!dl_http_parse(record->content, &http))
        return bad(error, "its HTTP head is broken");
    bool text = dl_same_letters(http.type, "text/plain");
    if (http.status != 200 || !(is_html(http.type) || text))
        return DATELINE_END;
    const char *wrong =
        dl_http_unpack(&http, DL_WARC_PAGE_MAX, &warc->unpacked, &warc->chunks, &body);
    if (wrong)
        return bad(error, wrong);
    record->html = !text;
    record->content = body;
    record->charset = http.charset;
    if (!record->language.size)
        record->language = http.language;
    return DATELINE_OK;
}

static dateline_status open_content(dl_warc *warc, const warc_head *head,
                                    dl_warc_record *record, dateline_error *error)
{
    if (warc->content.failed)
        return dl_error_memory(error);
    if (head->size > DL_WARC_PAGE_MAX)
        return dl_error_set(error, DATELINE_ARTICLE_TOO_LARGE,
                            "%llu bytes, the limit is %d", (unsigned long long)head->size,
                            (int)DL_WARC_PAGE_MAX);
    if (is_response(head))
        return open_response(warc, record, error);
    record->html = is_html(dl_type_of(head->content_type));
    record->conversion = dl_same_letters(head->type, "conversion");
    record->charset = dl_parameter_of(head->content_type, "charset");
    return DATELINE_OK;
}

static void fill_record(const warc_head *head, dl_warc_record *record)
{
    record->id = head->id;
    record->url = head->url;
    record->language = head->language;
    if (!dl_date_parse(dl_string_slice(head->date, 0, head->date.size < 10 ? 0 : 10),
                       &record->captured))
        record->captured = (dl_date){0};
}

/* Content and what follows of the record whose head has been read. */
static dateline_status read_content(dl_warc *warc, const warc_head *head,
                                    dl_warc_record *record, dateline_error *error)
{
    uint64_t content = dl_stream_position(warc->stream);
    bool wanted = is_wanted(warc, head, record->captured);
    dl_buffer_clear(&warc->content);
    uint64_t got = dl_stream_take(warc->stream, head->size,
                                  wanted ? &warc->content : NULL, DL_WARC_PAGE_MAX);
    record->content = (dl_string){warc->content.data, warc->content.size};
    bool whole = got == head->size;
    dateline_status fault = whole ? DATELINE_OK : dl_stream_fault(warc->stream);
    if (fault == DATELINE_NOT_READABLE)
        return dl_error_set(error, fault, "can't be read further");
    if (whole)
        fault = check_end(warc);
    if (fault == DATELINE_BAD_GZIP)
        return lose_member(warc, error);
    if (!whole || fault != DATELINE_OK) {
        warc->opened = false;
        dl_stream_seek(warc->stream, content); /* where that can be done */
        if (!resume(warc))
            return lose_member(warc, error);
        return bad(error, whole ? "it does not end where its Content-Length says"
                                : "it breaks off before its Content-Length");
    }
    return wanted ? open_content(warc, head, record, error) : DATELINE_END;
}

/* From a record's first line on. DATELINE_END: it is of no use. */
static dateline_status read_record(dl_warc *warc, dl_warc_record *record,
                                   dateline_error *error)
{
    warc_head head;
    warc->opened = false;
    bool whole = collect_head(warc);
    record->content = (dl_string){warc->head.data, warc->head.size};
    if (warc->head.failed)
        return dl_error_memory(error);
    if (whole) {
        read_head(warc, &head);
        fill_record(&head, record);
    }
    if (whole && head.sized)
        return read_content(warc, &head, record, error);
    if (dl_stream_packed(warc->stream) && dl_stream_broken(warc->stream))
        return lose_member(warc, error);
    if (!resume(warc))
        return lose_member(warc, error);
    return bad(error, whole ? "its Content-Length is missing or no number"
                            : "its head does not end");
}

/* Goes to the next record's first line, over members; what stands between is an error of
 * its own. */
static dateline_status open_record(dl_warc *warc, dl_warc_record *record,
                                   dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    if (!warc->opened)
        status = find_version(warc, true, error);
    record->offset = place(warc, warc->opened_at);
    if (status == DATELINE_BAD_GZIP) {
        warc->dirty = false;
        return lose_member(warc, error);
    }
    if (warc->dirty) { /* the record, if there is one, comes with the next call */
        record->offset = warc->dirty_at;
        warc->dirty = false;
        return bad(error, "there is something else than a record");
    }
    return status;
}

dateline_status dl_warc_next(dl_warc *warc, dl_warc_record *record, dateline_error *error)
{
    for (;;) {
        *record = (dl_warc_record){0};
        dateline_status status = open_record(warc, record, error);
        if (status != DATELINE_OK)
            return status;
        status = read_record(warc, record, error);
        if (status != DATELINE_END)
            return status;
    }
}
