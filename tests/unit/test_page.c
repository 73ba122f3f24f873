/* Pages: which words are the article, what a page says about itself, charsets, limits. */
#include "read_files.h"

#include "read/address.h"
#include "read/day.h"
#include "read/page.h"

/* Sentences long enough to be prose. */
#define LEAD                                                                             \
    "Fishermen blocked the harbour of Vardo on Monday to protest against new quotas."
#define SECOND                                                                           \
    "Police removed two boats and arrested a dozen crews before noon, the mayor said."
#define THIRD                                                                            \
    "The ministry in Oslo has promised to hear the fishermen before the end of June."

static dl_arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = dl_arena_new();
    return arena ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    dl_arena_free(arena);
    return 0;
}

static dl_page page_of(const char *html, const char *url)
{
    dl_page page;
    dateline_error error = {0};
    if (dl_page_read(arena, dl_string_from(html), dl_string_from(url), &page, &error) !=
        DATELINE_OK)
        fail_msg("%s: %s", html, error.message);
    return page;
}

static void assert_string(dl_string given, const char *wanted)
{
    assert_words((dateline_text){given.data, given.size}, wanted);
}

/* Each page has the same article somewhere. */
static void finds_the_article(void **state)
{
    static const char *const pages[] = {
        /* little markup */
        "<p>" LEAD "<p>" SECOND "<p>" THIRD,
        /* tags that say it */
        "<body><nav><a href=/>Home</a></nav><article><h1>Quotas</h1><p>" LEAD
        "</p><p>" SECOND "</p><p>" THIRD "</p></article><footer><p>The Vardo Times is "
        "published by the Vardo Times Company in Vardo, Norway.</p></footer></body>",
        /* names that say it; boilerplate that does not end with its element */
        "<div class=topNav><a href=1>World</a> <a href=2>Sport</a></div>"
        "<div id=story-body><p>" LEAD
        "</p><div class='ad-slot'><p>Cheap rubber boots for "
        "the whole family, this week only in our shop at the quay.</p></div><p>" SECOND
        "</p><p>" THIRD
        "</p></div><div class='related-articles'><p>The council has built "
        "a new pier, and hopes that ferries will come back to it.</p></div>",
        /* no help at all: tables, and line breaks for paragraphs */
        "<table><tr><td><a href=1>Start</a><br><a href=2>Archive</a><br><a href=3>Links"
        "</a></td><td><font size=2>" LEAD "<br><br>" SECOND "<br>&nbsp;<br>" THIRD
        "</font></td></tr></table>",
        /* the body in pieces, with links between them */
        "<div id=c><div class=x><p>" LEAD "</p></div><div><a href=1>Subscribe to us</a>"
        "</div><div class=x><p>" SECOND "</p><p>" THIRD "</p></div></div>"
        "<div><ul><li><a href=1>Storm closes the road to Hamningberg</a></li><li><a "
        "href=2>Reindeer on the airport</a></li></ul></div>",
        /* what a form wraps, as some servers have it */
        "<form id=aspnetForm action=x><div><p>" LEAD "</p><p>" SECOND "</p><p>" THIRD
        "</p></div></form>",
        /* names on the outermost elements say nothing */
        "<html class='no-js nav-open'><body class='single cookies-not-set has-sidebar "
        "comments-open'><div class='with-sidebar'><p>" LEAD "</p><p>" SECOND
        "</p><p>" THIRD "</p></div></body></html>",
        /* readers have more to say than the article */
        "<main><p>" LEAD "</p><p>" SECOND "</p><p>" THIRD
        "</p></main><ol class=commentlist>"
        "<li><article class=comment><p>" LEAD LEAD LEAD
        "</p></article></li><li><p>" SECOND
        "I have never seen anything like it, and I have lived here for sixty years."
        "</p></li></ol>",
        /* cards of other articles below it */
        "<div><article><h1>Quotas</h1><p>" LEAD "</p><p>" SECOND "</p><p>" THIRD
        "</p></article><article><h3><a href=1>Ferry</a></h3><p>The ferry to the island "
        "was late again.</p></article><article><h3><a href=2>Pier</a></h3><p>The pier "
        "will be painted in May.</p></article></div>",
        /* a long list of links between paragraphs, in the same element */
        "<div><p>" LEAD "</p><ul><li><a href=1>Storm closes the road to Hamningberg, and "
        "the pass above it</a><li><a href=2>Reindeer on the airport held up the plane to "
        "Kirkenes</a><li><a href=3>Ferry will be late in March, and in April</a><li><a "
        "href=4>Council paints the pier once more</a><li><a href=5>Cod is "
        "dear</a></ul><p>" SECOND "</p><p>" THIRD "</p></div>",
        /* cells, with something to read on the other side */
        "<table><tr><td><p>About us: the paper of the eastern coast, since 1911.</p><a "
        "href=1>Archive</a> <a href=2>Links</a> <a href=3>Prices of the "
        "week</a><br><br><a "
        "href=4>Boats for sale</a></td><td><p>" LEAD "</p><p>" SECOND "</p><p>" THIRD
        "</p></td></tr></table>",
        /* who wrote it, and when */
        "<div class=entry><div class=entry-meta><p>By Kari Moe. Published on Monday at "
        "noon, in the news section.</p></div><p>" LEAD "</p><p>" SECOND "</p><p>" THIRD
        "</p><div class=author-bio><p>Kari Moe has written about boats since she could "
        "walk on them.</p></div></div>",
        /* numbers in a table, a paragraph that is named as if it were the body */
        "<div><p class=article-text>" LEAD
        "</p><table><tr><th>Year</th><td>2019</td><td>12 "
        "boats</td></tr></table><p class=article-text>" SECOND "</p><p>" THIRD
        "</p></div>",
        /* shown once its scripts have run */
        "<div style='display: none'><p>" LEAD "</p><p>" SECOND "</p><p>" THIRD
        "</p></div>",
        /* hidden, and what never is text */
        "<div><p>" LEAD "</p><p style='display:none'>" LEAD "</p><p hidden>" LEAD
        "</p><script>var a = '<p>" LEAD "</p>'</script><template><p>" LEAD
        "</p></template><p>" SECOND "</p><noscript><p>" LEAD "</p></noscript><p>" THIRD
        "</p><select><option>" LEAD "</option></select></div>",
        /* captions, headings over links, the last lines */
        "<article><figure><img src=a><figcaption>Boats lie across the mouth of the "
        "harbour "
        "at Vardo in this picture.</figcaption></figure><p>" LEAD "</p><h2>See also</h2>"
        "<p><a href=1>" SECOND "</a></p><p>" SECOND "</p><p>" THIRD "</p><div>3 min</div>"
        "<h2>Most read</h2></article>",
        /* tags that cross, and that nobody closes */
        "<div><b><p>" LEAD "</b></p><i><p>" SECOND "</div></i><p>" THIRD "<div><span>",
    };
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        dl_page page = page_of(pages[i], NULL);
        if (!dl_string_equal(page.text, DL_STRING(LEAD "\n\n" SECOND "\n\n" THIRD)))
            fail_msg("page %zu: %.*s", i, (int)page.text.size, page.text.data);
    }
}

static void keeps_what_belongs(void **state)
{
    (void)state;
    assert_string(page_of("<p>Rain fell.</p>", NULL).text, "Rain fell.");
    assert_string(
        page_of("<div><p>" LEAD "</p><p>\xE2\x80\x9CNo.\xE2\x80\x9D</p><ul><li>"
                "first point</li><li>second point</li></ul><h3>Prices</h3><p>" THIRD
                "</p></div>",
                NULL)
            .text,
        LEAD "\n\n\xE2\x80\x9CNo.\xE2\x80\x9D\n\nfirst point\n\nsecond point\n\n"
             "Prices\n\n" THIRD);
    assert_string(page_of("<p>" LEAD "<br>" SECOND "</p>", NULL).text, LEAD "\n" SECOND);
    assert_string(page_of("<pre>" LEAD "\n" SECOND "</pre>", NULL).text,
                  LEAD "\n" SECOND);
    assert_string(
        page_of(
            "<p>The <b>mayor</b> of&nbsp;Vard&oslash; &#147;left&#148; the ci&shy;ty in "
            "AT&T&#8217;s  car\n for Oslo.",
            NULL)
            .text,
        "The mayor of Vard\xC3\xB8 \xE2\x80\x9Cleft\xE2\x80\x9D the city in "
        "AT&T\xE2\x80\x99s car for Oslo.");
}

/* What a page's scripts would show, where it is told to search engines. */
static void told_body(void **state)
{
    (void)state;
    static const char page[] =
        "<script "
        "type='application/ld+json'>{\"headline\":\"Quotas\",\"articleBody\":\"%s\"}"
        "</script><div id=root></div><nav><a href=1>Home</a></nav>";
    char html[1024];
    snprintf(html, sizeof html, page, LEAD "\\n\\n" SECOND);
    assert_string(page_of(html, NULL).text, LEAD "\n\n" SECOND);
    snprintf(html, sizeof html, page, "<p>" LEAD "<\\/p><p>" SECOND "<\\/p>");
    assert_string(page_of(html, NULL).text, LEAD "\n\n" SECOND);
}

/* Pages of links, and of nothing, are no articles. */
static void finds_no_article(void **state)
{
    static const char *const pages[] = {
        "<html><body></body></html>",
        "<!-- -->",
        "<ul><li><a href=1>Storm closes the road to Hamningberg, and the pass above it."
        "</a><li><a href=2>Reindeer on the airport held up the plane to "
        "Kirkenes.</a></ul>",
        "<nav><p>Home</p></nav>",
        "<main><div><h2><a href=1>Fishermen block harbour</a></h2><p>" LEAD "</p></div>"
        "<div><h2><a href=2>Two boats gone</a></h2><p>" SECOND
        "</p></div><div><h2><a href=3>"
        "Ministry listens</a></h2><p>" THIRD "</p></div></main>",
        "<script>document.write('" LEAD "')</script>",
    };
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        dl_page page;
        dateline_error error = {0};
        assert_int_equal(
            dl_page_read(arena, dl_string_from(pages[i]), (dl_string){0}, &page, &error),
            DATELINE_EMPTY_ARTICLE);
        assert_true(error.message[0] != '\0');
    }
}

#define BODY "<p>" LEAD "</p>"

static void says_what_it_is(void **state)
{
    (void)state;
    dl_page page = page_of(
        "<html lang=en_GB><head><title>Quotas | The Vardo Times</title>"
        "<link rel=canonical href='/2020/06/08/quotas'>"
        "<meta property='og:title' content='Fishermen block harbour - The Vardo Times'>"
        "<meta property='og:site_name' content='The Vardo Times'>"
        "<meta property='article:author' content='https://www.example.org/people/1'>"
        "<meta name=author content='Kari &Oslash;stby'>"
        "<meta property='article:published_time' content='2020-06-08T23:30:00-02:00'>"
        "<meta property='article:modified_time' content='2020-06-09'></head>" BODY,
        "https://www.vardotimes.example/x?y=1");
    assert_string(page.title, "Fishermen block harbour");
    assert_string(page.source, "The Vardo Times");
    assert_string(page.author, "Kari \xC3\x98stby");
    assert_string(page.url, "https://www.vardotimes.example/2020/06/08/quotas");
    assert_string(page.language, "en-GB");
    assert_int_equal(dl_date_to_days(page.day), dl_date_to_days((dl_date){2020, 6, 8}));
}

static void says_it_in_other_ways(void **state)
{
    (void)state;
    dl_page page = page_of(
        "<script type='application/ld+json'>[{\"@type\":\"Organization\",\"name\":\"x\","
        "\"url\":\"https://x.example/"
        "\"},{\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":"
        "\"Harbour&nbsp;blocked\",\"datePublished\":\"2019-03-02T01:00Z\","
        "\"dateModified\":"
        "\"2021-01-01\",\"author\":[{\"name\":\"Ola Moe\"},{\"name\":\"Siv Dahl\"}],"
        "\"publisher\":{\"name\":\"Finnmark Daily\"},\"inLanguage\":\"en\","
        "\"mainEntityOfPage\":{\"@id\":\"https://f.example/a/1\"}}]}]</script>" BODY,
        NULL);
    assert_string(page.title, "Harbour blocked");
    assert_string(page.source, "Finnmark Daily");
    assert_string(page.author, "Ola Moe, Siv Dahl");
    assert_string(page.url, "https://f.example/a/1");
    assert_string(page.language, "en");
    assert_int_equal(page.day.month, 3);
    page = page_of("<title>Harbour blocked | Finnmark Daily</title><div><h1>Harbour "
                   "<i>blocked</i></h1><a rel='author nofollow' href=x>Ola Moe</a><time "
                   "datetime=2019-03-02T10:00>Saturday</time>" BODY "</div>",
                   "https://www.finnmark.example/news");
    assert_string(page.title, "Harbour blocked");
    assert_string(page.source, "finnmark.example");
    assert_string(page.author, "Ola Moe");
    assert_string(page.url, "https://www.finnmark.example/news");
    assert_int_equal(page.day.day, 2);
    page =
        page_of("<div itemscope><span itemprop=author><span itemprop=name>Siv Dahl</span>"
                "</span><meta itemprop=datePublished content='Sat, 02 Mar 2019 10:00:00 "
                "GMT'><h2 itemprop=headline>Harbour blocked</h2>" BODY "</div>",
                NULL);
    assert_string(page.title, "Harbour blocked");
    assert_string(page.author, "Siv Dahl");
    assert_int_equal(page.day.day, 2);
    page = page_of("<title>Harbour blocked | Finnmark Daily</title>"
                   "<script type='application/ld+json'>{ broken</script>" BODY,
                   "https://f.example/2019/mar/02/harbour");
    assert_string(page.title, "Harbour blocked");
    assert_int_equal(page.day.month, 3);
    assert_int_equal(page_of(BODY, NULL).day.year, 0);
    assert_int_equal(page_of(BODY, NULL).url.size, 0);
}

static void addresses(void **state)
{
    static const struct {
        const char *link, *base, *wanted;
    } cases[] = {
        {"/a", "https://b.example/c?d", "https://b.example/a"},
        {"/a", "http://u@b.example:80", "http://u@b.example:80/a"},
        {"//a.example/x", "https://b.example/", "https://a.example/x"},
        {"https://a.example", "", "https://a.example"},
        {"a", "https://b.example/c", ""},
        {"/a", "b.example", ""},
        {"/a", "file:///b", ""},
        {"", "https://b.example/", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string(dl_address_join(arena, dl_string_from(cases[i].link),
                                      dl_string_from(cases[i].base)),
                      cases[i].wanted);
    assert_string(dl_address_host(dl_string_from("http://u:p@b.example:80/x@y")),
                  "b.example");
    assert_string(dl_address_host(dl_string_from("b.example/x")), "");
}

/* The front page is no article's address, however many templates say so. */
static void distrusts_front_pages(void **state)
{
    (void)state;
    assert_string(page_of("<link rel=canonical href='https://f.example/'>" BODY,
                          "https://f.example/a/7")
                      .url,
                  "https://f.example/a/7");
}

static dateline_status status_of(const char *piece, size_t times, const char *tail)
{
    dl_page page;
    dateline_error error = {0};
    dl_buffer html = {0};
    for (size_t i = 0; i < times; i++)
        dl_buffer_add_text(&html, piece);
    dl_buffer_add_text(&html, tail);
    dateline_status status = dl_page_read(arena, (dl_string){html.data, html.size},
                                          (dl_string){0}, &page, &error);
    assert_true(status == DATELINE_OK || error.message[0]);
    dl_buffer_release(&html);
    dl_arena_reset(arena);
    return status;
}

/* A tag with so many attributes, each of a name of its own. */
static dateline_status status_of_attributes(int count)
{
    dl_page page;
    dl_buffer html = {0};
    dl_buffer_add_text(&html, "<script>if (a<b) c()</script><p");
    for (int i = 0; i < count; i++)
        dl_buffer_add_format(&html, " a%d='x > y'", i);
    dl_buffer_add_text(&html, ">" LEAD);
    dateline_status status = dl_page_read(arena, (dl_string){html.data, html.size},
                                          (dl_string){0}, &page, NULL);
    dl_buffer_release(&html);
    return status;
}

static void limits(void **state)
{
    (void)state;
    assert_int_equal(status_of_attributes(1000), DATELINE_OK);
    assert_int_equal(status_of_attributes(1000000), DATELINE_BAD_HTML);
    assert_int_equal(status_of("<div>", 400, BODY), DATELINE_OK);
    assert_int_equal(status_of("<div>", 10000, BODY), DATELINE_BAD_HTML);
    assert_int_equal(status_of("<b>", 1000000, "</i>" BODY), DATELINE_BAD_HTML);
    assert_int_equal(status_of("</div></b></table>", 200000, BODY), DATELINE_OK);
    assert_int_equal(status_of("<p>a", 1200000, ""), DATELINE_BAD_HTML);
    assert_int_equal(status_of("<p a", 100000, BODY), DATELINE_BAD_HTML);
    assert_int_equal(status_of("&amp", 100000, "; " BODY), DATELINE_OK);
    assert_int_equal(status_of("<!--", 100000, BODY), DATELINE_EMPTY_ARTICLE);
    assert_int_equal(status_of("<a href='", 100000, BODY), DATELINE_BAD_HTML);
}

/* The whole way, from bytes in some charset. */
static void charsets(void **state)
{
#define WORDS                                                                            \
    "Caf\xE9 owners in Li\xE8ge said \x93no\x94 to the strike on Monday evening."
#define UTF8                                                                             \
    "Caf\xC3\xA9 owners in Li\xC3\xA8ge said \xE2\x80\x9Cno\xE2\x80\x9D to the strike "  \
    "on Monday evening."
    static const char *const pages[] = {
        "<meta charset=iso-8859-1><p>" WORDS,
        "<meta http-equiv=Content-Type content='text/html; "
        "charset=windows-1252'><p>" WORDS,
        "<?xml version='1.0' encoding='latin1'?><html><p>" WORDS,
        "<p>" WORDS,
        "<meta charset=utf-8><p>" WORDS, /* it is not */
        "<meta charset=no-such-charset><p>" WORDS,
        "<meta charset=utf-8><p>" UTF8,
        "<meta charset=utf-16><p>" UTF8,
        "<p>" UTF8,
        "\xEF\xBB\xBF<meta charset=latin1><p>" UTF8,
    };
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        reading_of r = files_read("page.html", pages[i], strlen(pages[i]), NULL);
        files_expect(&r, DATELINE_OK);
        assert_words(r.article.text, UTF8);
        assert_words(r.article.id, "page");
        files_end(&r);
    }
}

static void wide_charsets(void **state)
{
    static const char words[] = "<html><p>Dockers struck on Monday in Antwerp.";
    char wide[2 * sizeof words + 2] = "\xFF\xFE";
    (void)state;
    for (size_t i = 0; i < sizeof words - 1; i++)
        wide[2 + 2 * i] = words[i];
    for (int marked = 0; marked < 2; marked++) {
        reading_of r = files_read("wide", wide + (marked ? 0 : 2),
                                  2 * sizeof words - 2 + (marked ? 2 : 0), NULL);
        files_expect(&r, DATELINE_OK);
        assert_words(r.article.text, "Dockers struck on Monday in Antwerp.");
        files_end(&r);
    }
    wide[0] = '\xFE';
    wide[1] = '\xFF'; /* the other order: no letters at all, and no tag */
    reading_of r = files_read("wide.html", wide, 2 * sizeof words, NULL);
    assert_int_not_equal(files_next(&r), DATELINE_NO_MEMORY);
    files_end(&r);
}

/* A page that tells a charset it is not in. */
static void wrong_charsets(void **state)
{
    dl_buffer page = {0};
    (void)state;
    dl_buffer_add_text(&page, "<meta charset=utf-8><p>H\xC3\xB8st");
    for (int i = 0; i < 500; i++)
        dl_buffer_add_text(&page, " \xE9");
    reading_of r = files_read("wrong.html", page.data, page.size, NULL);
    files_expect(&r, DATELINE_BAD_UTF8);
    assert_true(strstr(r.error.file, "wrong.html") != NULL);
    assert_int_equal(dateline_reader_raw(r.reader).size, page.size);
    files_end(&r);
    dl_buffer_clear(&page);
    dl_buffer_add_text(&page, "<meta charset=utf-8><p>H\xC3\xB8st \xE9 came early.");
    r = files_read("wrong.html", page.data, page.size, NULL); /* one slip is forgiven */
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, "H\xC3\xB8st \xEF\xBF\xBD came early.");
    files_end(&r);
    dl_buffer_release(&page);
}

static void charset_option(void **state)
{
    dateline_reader_options options = {.charset = "windows-1251"};
    static const char page[] = "<p>\xCC\xEE\xF1\xEA\xE2\xE0.";
    static const char lines[] = "{\"id\":\"a\",\"text\":\"\xCC\xEE\xF1\xEA\xE2\xE0.\"}";
#define MOSCOW "\xD0\x9C\xD0\xBE\xD1\x81\xD0\xBA\xD0\xB2\xD0\xB0."
    (void)state;
    reading_of r = files_read("a.html", page, sizeof page - 1, &options);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, MOSCOW);
    files_end(&r);
    r = files_read("a.jsonl", lines, sizeof lines - 1, &options);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, MOSCOW);
    files_end(&r);
    dateline_reader *reader;
    options.charset = "no//such";
    assert_int_equal(dateline_reader_open_with("-", &options, &reader, NULL),
                     DATELINE_USAGE);
}

static void days(void **state)
{
    static const struct {
        const char *text;
        int year, month, day;
    } cases[] = {
        {"2021-05-04", 2021, 5, 4},
        {" 2021-05-04T23:10:00+09:00 ", 2021, 5, 4},
        {"2021/5/4", 2021, 5, 4},
        {"20210504", 2021, 5, 4},
        {"Tue, 04 May 2021 10:00:00 GMT", 2021, 5, 4},
        {"4 May 21 10:00 +0200", 2021, 5, 4},
        {"Tue May  4 10:00:00 2021", 2021, 5, 4},
        {"May 4, 2021", 2021, 5, 4},
        {"1620086400", 2021, 5, 4},
        {"1620086400000", 2021, 5, 4},
        {"2021-13-04", 0, 0, 0},
        {"2021-02-30", 0, 0, 0},
        {"2021", 0, 0, 0},
        {"10:00", 0, 0, 0},
        {"4/5/2021", 0, 0, 0}, /* which is the month? */
        {"yesterday", 0, 0, 0},
        {"", 0, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dl_date day = {0};
        bool found = dl_day_parse(dl_string_from(cases[i].text), &day);
        if (found != (cases[i].year != 0) ||
            (found && (day.year != cases[i].year || day.month != cases[i].month ||
                       day.day != cases[i].day)))
            fail_msg("%s: %d-%d-%d", cases[i].text, day.year, day.month, day.day);
    }
}

static void days_of_urls(void **state)
{
    static const struct {
        const char *url;
        int month;
    } cases[] = {
        {"https://a.example/2021/05/04/boats", 5},
        {"https://a.example/2021/may/04/boats", 5},
        {"https://a.example/news-2021-05-04-boats.html", 5},
        {"https://a.example/a/20210504/boats", 5},
        {"https://a.example/story/16200864", 0},
        {"https://a.example/2021/05/boats", 0},
        {"https://a.example/1021/05/04/boats", 0},
        {"https://a.example/12021-05-04", 0},
        {"", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dl_date day = {0};
        bool found = dl_day_of_url(dl_string_from(cases[i].url), &day);
        if (found != (cases[i].month != 0) || (found && day.month != cases[i].month))
            fail_msg("%s: %d", cases[i].url, day.month);
    }
}

/* Pages that say the same of themselves are told apart, over all paths. */
static void ids_are_given_once(void **state)
{
    static const char page[] = "<link rel=canonical href='https://f.example/a'>" BODY;
    char path[FILE_PATH_ROOM];
    (void)state;
    reading_of r = files_read("one.html", page, sizeof page - 1, NULL);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.id, "https://f.example/a");
    files_expect(&r, DATELINE_END);
    files_path("one.html", path);
    for (int i = 2; i < 5; i++) {
        char wanted[64];
        snprintf(wanted, sizeof wanted, "https://f.example/a#%d", i);
        assert_int_equal(dateline_reader_turn(r.reader, path, NULL), DATELINE_OK);
        files_expect(&r, DATELINE_OK);
        assert_words(r.article.id, wanted);
        files_expect(&r, DATELINE_END);
    }
    assert_int_equal(dateline_reader_turn(r.reader, "/no/such", NULL),
                     DATELINE_NOT_FOUND);
    files_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(finds_the_article, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(keeps_what_belongs, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(told_body, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(finds_no_article, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(says_what_it_is, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(says_it_in_other_ways, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(addresses, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(distrusts_front_pages, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(limits, open_arena, close_arena),
        cmocka_unit_test(charsets),
        cmocka_unit_test(wide_charsets),
        cmocka_unit_test(wrong_charsets),
        cmocka_unit_test(charset_option),
        cmocka_unit_test(days),
        cmocka_unit_test(days_of_urls),
        cmocka_unit_test(ids_are_given_once),
    };
    return cmocka_run_group_tests(tests, files_set_up, files_tear_down);
}
