/* Web archives: records of use, filters, and what is broken loses itself alone. */
#include <zlib.h>

#include "read_files.h"

#define TEXT                                                                             \
    "Dockers blocked the port of Antwerp on Monday, and police arrested nine of them."
#define PAGE "<html lang=en><title>Strike</title><p>" TEXT "</p></html>"
#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"

static void add_record(dl_buffer *out, const char *type, const char *url,
                       const char *date, const char *content_type, dl_string content,
                       long length)
{
    dl_buffer_add_format(
        out,
        "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%s%zu>\r\n"
        "WARC-Target-URI: %s\r\nWARC-Date: %sT10:00:00Z\r\n"
        "Content-Type: %s\r\nContent-Length: %ld\r\n\r\n",
        type, type, out->size, url, date, content_type,
        length < 0 ? (long)content.size : length);
    dl_buffer_add_string(out, content);
    dl_buffer_add_text(out, "\r\n\r\n");
}

/* A response whose page says `text`. */
static void add_response(dl_buffer *out, const char *url, const char *date,
                         const char *head, const char *body)
{
    dl_buffer content = {0};
    dl_buffer_add_format(&content, "%s\r\n%s", head, body);
    add_record(out, "response", url, date, "application/http; msgtype=response",
               (dl_string){content.data, content.size}, -1);
    dl_buffer_release(&content);
}

/* `bytes` as a gzip member (or, for window 15, as zlib has it). */
static void add_packed(dl_buffer *out, dl_string bytes, int window)
{
    z_stream z = {0};
    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, window, 8, 0), Z_OK);
    size_t room = deflateBound(&z, bytes.size) + 64;
    unsigned char *packed = malloc(room);
    assert_non_null(packed);
    z.next_in = (unsigned char *)(uintptr_t)bytes.data;
    z.avail_in = (unsigned)bytes.size;
    z.next_out = packed;
    z.avail_out = (unsigned)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    dl_buffer_add(out, packed, room - z.avail_out);
    deflateEnd(&z);
    free(packed);
}

static void add_member(dl_buffer *out, const dl_buffer *bytes)
{
    add_packed(out, (dl_string){bytes->data, bytes->size}, 15 + 16);
}

static void add_info(dl_buffer *out)
{
    add_record(out, "warcinfo", "", "2021-05-05", "application/warc-fields",
               DL_STRING("software: none\r\n"), -1);
}

static const char *const urls[] = {"https://www.a.example/1", "https://news.b.example/2",
                                   "http://user@c.example:8080/3"};
enum { URLS = 3 };

/* The three pages, plain or with a member a record. */
static void add_three(dl_buffer *out, bool packed, size_t starts[URLS])
{
    dl_buffer one = {0};
    for (int i = -1; i < URLS; i++) {
        dl_buffer_clear(&one);
        if (i < 0)
            add_info(&one);
        else
            add_response(&one, urls[i], i == 1 ? "2021-06-05" : "2021-05-05", OK_HEAD,
                         PAGE);
        if (i >= 0)
            starts[i] = out->size;
        if (packed)
            add_member(out, &one);
        else
            dl_buffer_add(out, one.data, one.size);
    }
    dl_buffer_release(&one);
}

static void expect_page(reading_of *r, int number, size_t start)
{
    files_expect(r, DATELINE_OK);
    assert_words(r->article.url, urls[number]);
    assert_words(r->article.id, urls[number]);
    assert_words(r->article.text, TEXT);
    assert_words(r->article.title, "Strike");
    assert_int_equal(dateline_reader_offset(r->reader), start);
}

static void pages(void **state)
{
    (void)state;
    for (int packed = 0; packed < 2; packed++) {
        dl_buffer all = {0};
        size_t starts[URLS];
        add_three(&all, packed, starts);
        reading_of r = files_read(packed ? "a.warc.gz" : "a", all.data, all.size, NULL);
        for (int i = 0; i < URLS; i++)
            expect_page(&r, i, starts[i]);
        assert_words(r.article.source, "c.example");
        files_end(&r);
        dl_buffer_release(&all);
    }
}

/* All of it as one member, which no tool should write and some do. */
static void one_member(void **state)
{
    dl_buffer all = {0}, member = {0};
    size_t starts[URLS];
    (void)state;
    add_three(&all, false, starts);
    add_member(&member, &all);
    reading_of r = files_read("a.warc.gz", member.data, member.size, NULL);
    for (int i = 0; i < URLS; i++)
        expect_page(&r, i, 0);
    files_end(&r);
    dl_buffer_release(&all);
    dl_buffer_release(&member);
}

static void filters(void **state)
{
    static const struct {
        dateline_reader_options options;
        const char *wanted; /* numbers of the pages */
    } cases[] = {
        {{.host = "a.example"}, "0"},
        {{.host = "A.Example, c.example"}, "02"},
        {{.host = "example"}, "012"},
        {{.host = "xample"}, ""},
        {{.host = "1.a.example"}, ""},
        {{.from = "2021-05-06"}, "1"},
        {{.to = "2021-05-05"}, "02"},
        {{.from = "2021-06", .to = "2021-06"}, "1"},
        {{.from = "2021", .to = "2021"}, "012"},
        {{.from = "2022"}, ""},
        {{.date = "2020-01-01", .to = "2020"}, "012"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dl_buffer all = {0};
        size_t starts[URLS];
        add_three(&all, i % 2, starts);
        reading_of r = files_read("a", all.data, all.size, &cases[i].options);
        for (const char *c = cases[i].wanted; *c; c++)
            expect_page(&r, *c - '0', starts[*c - '0']);
        files_end(&r);
        dl_buffer_release(&all);
    }
}

static void bad_options(void **state)
{
    dateline_reader_options options = {.from = "May"};
    dateline_reader *reader;
    (void)state;
    assert_int_equal(dateline_reader_open_with("-", &options, &reader, NULL),
                     DATELINE_BAD_DATE);
    options = (dateline_reader_options){.to = "2021-13"};
    assert_int_equal(dateline_reader_open_with("-", &options, &reader, NULL),
                     DATELINE_BAD_DATE);
    char hosts[1024] = "";
    for (int i = 0; i < 300; i++)
        memcpy(hosts + 2 * i, "a,", 3);
    options = (dateline_reader_options){.host = hosts};
    assert_int_equal(dateline_reader_open_with("-", &options, &reader, NULL),
                     DATELINE_USAGE);
}

/* Records that hold no page are passed over without a word. */
static void of_no_use(void **state)
{
    static const char *const heads[] = {
        "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n",
        "HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\nLocation: /\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n",
        "HTTP/1.1 200 OK\r\n",
    };
    dl_buffer all = {0};
    (void)state;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        add_response(&all, "http://a.example/", "2021-05-05", heads[i], PAGE);
    add_record(&all, "request", "http://a.example/", "2021-05-05", "application/http",
               DL_STRING("GET / HTTP/1.1\r\n\r\n"), -1);
    add_record(&all, "revisit", "http://a.example/", "2021-05-05", "application/http",
               DL_STRING(OK_HEAD "\r\n"), -1);
    add_record(&all, "response", "dns:a.example", "2021-05-05", "text/dns",
               DL_STRING("a.example 127.0.0.1"), -1);
    add_record(&all, "resource", "http://a.example/r", "2021-05-05", "text/html",
               DL_STRING(PAGE), -1);
    reading_of r = files_read("a.warc", all.data, all.size, NULL);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, TEXT);
    files_end(&r);
    dl_buffer_release(&all);
}

static void texts(void **state)
{
    dl_buffer all = {0};
    (void)state;
    add_info(&all);
    add_record(&all, "conversion", "http://a.example/2021/05/04/strike", "2021-06-01",
               "text/plain",
               DL_STRING("Home World Sport\n" TEXT "\r\n\nCaf\xC3\xA9 owners too.\nMore"),
               -1);
    add_record(&all, "conversion", "http://a.example/2021/05/04/strike", "2021-06-01",
               "text/plain", DL_STRING(" \n"), -1);
    add_record(&all, "conversion", "http://a.example/2021/05/04/strike", "2021-06-01",
               "text/plain", DL_STRING(TEXT), -1);
    add_record(&all, "resource", "http://a.example/mail", "2021-06-01", "text/plain",
               DL_STRING("The dockers\nstruck."), -1);
    reading_of r = files_read("a.warc.wet", all.data, all.size, NULL);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, TEXT "\n\nCaf\xC3\xA9 owners too.");
    assert_words(r.article.date, "2021-05-04");
    files_expect(&r, DATELINE_EMPTY_ARTICLE);
    assert_true(strstr(r.error.message, "the record at byte ") == r.error.message);
    assert_string_equal(r.error.article, "http://a.example/2021/05/04/strike");
    files_expect(&r, DATELINE_OK); /* captured once more: another article */
    assert_words(r.article.id, "http://a.example/2021/05/04/strike#2");
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, "The dockers\nstruck.");
    files_end(&r);
    dl_buffer_release(&all);
}

static void day_of_capture(void **state)
{
    dateline_reader_options options = {.date = "captured"};
    dl_buffer all = {0};
    (void)state;
    add_response(&all, urls[0], "2021-05-05", OK_HEAD, PAGE);
    add_response(&all, urls[1], "2021-05-05", OK_HEAD,
                 "<meta name=date content=2021-05-04>" PAGE);
    reading_of r = files_read("a.warc", all.data, all.size, &options);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.date, "2021-05-05");
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.date, "2021-05-04");
    files_end(&r);
    r = files_read("a.warc", all.data, all.size, NULL);
    files_expect(&r, DATELINE_OK);
    assert_int_equal(r.article.date.size, 0);
    files_expect(&r, DATELINE_OK);
    files_end(&r);
    dl_buffer_release(&all);
}

/* From standard input, which can't be stepped back in. */
static void from_a_pipe(void **state)
{
    dl_buffer all = {0};
    size_t starts[URLS];
    int ends[2];
    dateline_reader *reader;
    dateline_article article;
    dateline_error error;
    (void)state;
    add_three(&all, false, starts);
    memcpy(strstr(all.data + starts[1], "Length: ") + 8, "9", 1);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], all.data, all.size), all.size);
    close(ends[1]);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    assert_int_equal(dateline_reader_open_with("-", NULL, &reader, &error), DATELINE_OK);
    assert_int_equal(dateline_reader_next(reader, &article, &error), DATELINE_OK);
    assert_int_equal(dateline_reader_next(reader, &article, &error), DATELINE_BAD_WARC);
    assert_int_equal(dateline_reader_offset(reader), starts[1]);
    dateline_status status = dateline_reader_next(reader, &article, &error);
    assert_true(status == DATELINE_OK || status == DATELINE_END);
    dateline_reader_close(reader);
    dl_buffer_release(&all);
}

/* One response that says TEXT whatever its transfer and charset. */
static void expect_text(const char *head, const void *body, size_t size)
{
    dl_buffer content = {0}, all = {0};
    dl_buffer_add_format(&content, "%s\r\n", head);
    dl_buffer_add(&content, body, size);
    add_record(&all, "response", urls[0], "2021-05-05", "application/http",
               (dl_string){content.data, content.size}, -1);
    reading_of r = files_read("a.warc", all.data, all.size, NULL);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, TEXT);
    files_end(&r);
    dl_buffer_release(&content);
    dl_buffer_release(&all);
}

#define HEAD(fields) "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" fields "\r\n"

static void transfers(void **state)
{
    static const char chunks[] =
        "10;a=b\r\n<html lang=en><t\r\n5 \r\nitle>\r\n8\r\n</title>"
        "\r\n55\r\n<p>" TEXT "</p>\r\n0\r\n\r\n";
    dl_buffer packed = {0};
    (void)state;
    expect_text(HEAD("Transfer-Encoding: chunked"), chunks, sizeof chunks - 1);
    expect_text(HEAD("transfer-encoding:Chunked"), PAGE, sizeof PAGE - 1);
    expect_text(HEAD("Content-Encoding: gzip"), PAGE, sizeof PAGE - 1);
    expect_text(HEAD("Content-Encoding: br"), PAGE, sizeof PAGE - 1);
    expect_text("HTTP/1.0 200 OK\nContent-Type:text/html\n\n" PAGE "<!-- ", "", 0);
    add_packed(&packed, DL_STRING(PAGE), 15 + 16);
    expect_text(HEAD("Content-Encoding: gzip"), packed.data, packed.size);
    dl_buffer_clear(&packed);
    add_packed(&packed, DL_STRING(PAGE), 15);
    expect_text(HEAD("Content-Encoding: deflate"), packed.data, packed.size);
    dl_buffer_clear(&packed);
    add_packed(&packed, DL_STRING(PAGE), -15);
    expect_text(HEAD("Content-Encoding: deflate"), packed.data, packed.size);
    dl_buffer_release(&packed);
}

/* The server's word on the charset goes before the page's. */
static void charset_of_server(void **state)
{
    dl_buffer all = {0};
    (void)state;
    add_response(&all, urls[0], "2021-05-05",
                 "HTTP/1.1 200 OK\r\nContent-Type: text/html;charset=\"ISO-8859-2\"\r\n",
                 "<meta charset=utf-8><p>Pra\xBEsk\xE1 policie.");
    reading_of r = files_read("a.warc", all.data, all.size, NULL);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, "Pra\xC5\xBEsk\xC3\xA1 policie.");
    files_end(&r);
    dl_buffer_release(&all);
}

/* A packed body that breaks off, one that unpacks to too much, one nobody can read. */
static void bad_transfers(void **state)
{
    dl_buffer packed = {0}, all = {0}, content = {0};
    size_t size = 20 << 20;
    char *blanks = malloc(size);
    (void)state;
    assert_non_null(blanks);
    memset(blanks, ' ', size);
    for (int i = 0; i < 3; i++) {
        dl_buffer_clear(&packed);
        dl_buffer_clear(&content);
        add_packed(&packed, i == 1 ? (dl_string){blanks, size} : DL_STRING(PAGE),
                   15 + 16);
        dl_buffer_add_format(&content, HEAD("Content-Encoding: %s") "\r\n",
                             i == 2 ? "br" : "gzip");
        dl_buffer_add(&content, packed.data, i == 0 ? packed.size / 2 : packed.size);
        add_record(&all, "response", urls[i], "2021-05-05", "application/http",
                   (dl_string){content.data, content.size}, -1);
    }
    add_record(&all, "response", urls[0], "2021-05-05", "application/http",
               DL_STRING("HTTP/1.1 200 OK\r\nContent-Type: text/html"), -1);
    add_response(&all, urls[0], "2021-05-05", OK_HEAD, PAGE);
    reading_of r = files_read("a.warc", all.data, all.size, NULL);
    for (int i = 0; i < 4; i++)
        files_expect(&r, DATELINE_BAD_WARC);
    files_expect(&r, DATELINE_OK);
    files_end(&r);
    free(blanks);
    dl_buffer_release(&packed);
    dl_buffer_release(&content);
    dl_buffer_release(&all);
}

/* The second of three records is broken in some way; the others are read all the same. */
static void bad_records(void **state)
{
    static const char *const seconds[] = {
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999\r\n\r\nabc\r\n\r\n",
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 2\r\n\r\nabcdef\r\n\r\n",
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\nabc\r\n\r\n",
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -1\r\n\r\nabc\r\n\r\n",
        "WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\nabc\n",
        "WARC/1.0\r\nWARC-Type: response\r\n\r\nabc\r\n\r\n",
        "this is no record\r\n\r\n",
        "WARC/9.9 \r\n\r\n",
    };
    (void)state;
    for (size_t i = 0; i < 2 * (sizeof seconds / sizeof *seconds); i++) {
        bool packed = i % 2;
        dl_buffer all = {0}, one = {0};
        for (int k = 0; k < 3; k++) {
            dl_buffer_clear(&one);
            if (k == 1)
                dl_buffer_add_text(&one, seconds[i / 2]);
            else
                add_response(&one, urls[k], "2021-05-05", OK_HEAD, PAGE);
            if (packed)
                add_member(&all, &one);
            else
                dl_buffer_add(&all, one.data, one.size);
        }
        reading_of r = files_read("a.warc", all.data, all.size, NULL);
        files_expect(&r, DATELINE_OK);
        files_expect(&r, DATELINE_BAD_WARC);
        assert_true(strstr(r.error.message, "at byte ") != NULL);
        assert_int_equal(r.error.offset, dateline_reader_offset(r.reader));
        assert_true(r.error.offset > 0);
        files_expect(&r, DATELINE_OK);
        assert_words(r.article.url, urls[2]);
        files_end(&r);
        dl_buffer_release(&all);
        dl_buffer_release(&one);
    }
}

/* The second member is cut short, is damaged inside, has a wrong checksum, ends in its
 * head, or has a head that is none. */
static void bad_members(void **state)
{
    (void)state;
    for (int kind = 0; kind < 5; kind++) {
        dl_buffer all = {0}, one = {0}, member = {0};
        for (int k = 0; k < 3; k++) {
            dl_buffer_clear(&one);
            dl_buffer_clear(&member);
            add_response(&one, urls[k], "2021-05-05", OK_HEAD, PAGE);
            add_member(&member, &one);
            if (k == 1 && kind == 0)
                member.size -= 40;
            else if (k == 1 && kind == 1)
                memset(member.data + member.size / 2, 0x55, 20);
            else if (k == 1 && kind == 2)
                member.data[member.size - 6] ^= 1;
            else if (k == 1 && kind == 3)
                member.size = 12;
            else if (k == 1)
                member.data[1] = 'x';
            dl_buffer_add(&all, member.data, member.size);
        }
        reading_of r = files_read("a.warc.gz", all.data, all.size, NULL);
        files_expect(&r, DATELINE_OK);
        size_t first = dateline_reader_offset(r.reader);
        files_expect(&r, DATELINE_BAD_GZIP);
        assert_true(r.error.offset > first);
        files_expect(&r, DATELINE_OK);
        assert_words(r.article.url, urls[2]);
        files_end(&r);
        dl_buffer_release(&all);
        dl_buffer_release(&one);
        dl_buffer_release(&member);
    }
}

/* Archives that end too soon, at every byte. */
static void breaks_off(void **state)
{
    (void)state;
    for (int packed = 0; packed < 2; packed++) {
        dl_buffer all = {0};
        size_t starts[URLS];
        add_three(&all, packed, starts);
        for (size_t size = starts[1] + 1; size < all.size; size += 7) {
            reading_of r = files_read("a.warc", all.data, size, NULL);
            int good = 0, bad = 0;
            for (dateline_status s; (s = files_next(&r)) != DATELINE_END;
                 good += s == 0) {
                bad += s != DATELINE_OK;
                assert_int_not_equal(s, DATELINE_NOT_READABLE);
            }
            assert_true(good >= (size > starts[2] ? 2 : 1));
            assert_true(bad <= 1 && good + bad <= 3);
            files_end(&r);
        }
        dl_buffer_release(&all);
    }
}

/* Lengths that lead far ahead, a thousand of them: each is told, none costs the rest. */
static void many_bad_lengths(void **state)
{
    dl_buffer all = {0};
    (void)state;
    for (int i = 0; i < 1000; i++)
        dl_buffer_add_text(&all, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: "
                                 "http://a.example\r\nContent-Type: text/html\r\n"
                                 "Content-Length: 1000000\r\n\r\n<p>Rain.\r\n\r\n");
    reading_of r = files_read("a.warc", all.data, all.size, NULL);
    size_t bad = 0;
    for (dateline_status s; (s = files_next(&r)) != DATELINE_END; bad++)
        assert_int_equal(s, DATELINE_BAD_WARC);
    assert_true(bad > 60);
    files_end(&r);
    dl_buffer_release(&all);
}

/* Heads that never end: each ends where the next record opens. */
static void many_open_heads(void **state)
{
    dl_buffer all = {0};
    (void)state;
    for (int i = 0; i < 300000; i++)
        dl_buffer_add_text(&all, "WARC/1.0\r\n");
    add_response(&all, urls[0], "2021-05-05", OK_HEAD, PAGE);
    reading_of r = files_read("a.warc", all.data, all.size, NULL);
    for (int i = 0; i < 300000; i++)
        files_expect(&r, DATELINE_BAD_WARC);
    files_expect(&r, DATELINE_OK);
    files_end(&r);
    dl_buffer_release(&all);
}

static void too_large(void **state)
{
    dl_buffer all = {0}, page = {0};
    (void)state;
    dl_buffer_add_text(&page, "<p>");
    while (page.size < DATELINE_ARTICLE_BYTES_MAX)
        dl_buffer_add_text(&page, TEXT "\n");
    add_response(&all, urls[0], "2021-05-05", OK_HEAD, page.data);
    add_response(&all, urls[1], "2021-05-05", OK_HEAD, PAGE);
    reading_of r = files_read("a.warc", all.data, all.size, NULL);
    files_expect(&r, DATELINE_ARTICLE_TOO_LARGE);
    assert_true(dateline_reader_raw(r.reader).size <= 1 << 20);
    files_expect(&r, DATELINE_OK);
    files_end(&r);
    dl_buffer_release(&all);
    dl_buffer_release(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages),
        cmocka_unit_test(one_member),
        cmocka_unit_test(filters),
        cmocka_unit_test(bad_options),
        cmocka_unit_test(of_no_use),
        cmocka_unit_test(texts),
        cmocka_unit_test(transfers),
        cmocka_unit_test(charset_of_server),
        cmocka_unit_test(bad_transfers),
        cmocka_unit_test(bad_records),
        cmocka_unit_test(bad_members),
        cmocka_unit_test(breaks_off),
        cmocka_unit_test(day_of_capture),
        cmocka_unit_test(from_a_pipe),
        cmocka_unit_test(many_bad_lengths),
        cmocka_unit_test(many_open_heads),
        cmocka_unit_test(too_large),
    };
    return cmocka_run_group_tests(tests, files_set_up, files_tear_down);
}
