/* Feeds: their kinds, what an item tells, and items that are broken. */
#include "read_files.h"

#include "read/feed.h"

#define TEXT "Nurses in Lisbon walked out on Tuesday."

static reading_of read_feed(const char *name, const char *bytes)
{
    return files_read(name, bytes, strlen(bytes), NULL);
}

static void rss(void **state)
{
    (void)state;
    reading_of r = read_feed(
        "a.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<rss version=\"2.0\" "
        "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\n"
        "<channel><title>The Tagus Post</title><link>https://t.example</link>\n"
        "<language>en-gb</language><image><title>Logo</title></image>\n"
        "<item>\n<title>Nurses &amp;amp; doctors strike</title>\n"
        "<link> https://t.example/1 </link><guid isPermaLink=\"false\">tag-1</guid>\n"
        "<pubDate>Tue, 04 May 2021 23:30:00 -0500</pubDate>\n"
        "<dc:creator xmlns:dc=\"x\"><![CDATA[Rui Costa]]></dc:creator>\n"
        "<media:title>Picture</media:title><description>Short.</description>\n"
        "<content:encoded><![CDATA[<p>" TEXT "</p><p>They want &euro;10 more.</p>"
        "<p><a href=\"x\">Continue</a></p>]]></content:encoded></item>\n"
        "<item><description>&lt;p&gt;" TEXT "&lt;/p&gt;</description>"
        "<guid>https://t.example/2021/05/05/b</guid></item>"
        "<item><title>Only a headline</title><link>/h/1</link></item>\n"
        "<item/><item></item><item><description>Rain.</description></item>"
        "</channel></rss>");
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.id, "https://t.example/1");
    assert_words(r.article.url, "https://t.example/1");
    assert_words(r.article.title, "Nurses & doctors strike");
    assert_words(r.article.date, "2021-05-04");
    assert_words(r.article.author, "Rui Costa");
    assert_words(r.article.source, "The Tagus Post");
    assert_words(r.article.language, "en-gb");
    assert_words(r.article.text, TEXT "\n\nThey want \xE2\x82\xAC"
                                      "10 more.");
    assert_int_equal(dateline_reader_line(r.reader), 5);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.id, "https://t.example/2021/05/05/b");
    assert_words(r.article.date, "2021-05-05");
    assert_words(r.article.text, TEXT);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.id, "https://t.example/h/1");
    assert_words(r.article.text, "Only a headline");
    files_expect(&r, DATELINE_EMPTY_ARTICLE);
    files_expect(&r, DATELINE_EMPTY_ARTICLE);
    assert_int_equal(r.error.line, 13);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.id, "a#6");
    files_end(&r);
}

static void atom(void **state)
{
    (void)state;
    reading_of r = read_feed(
        "feed", /* by content */
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>Port News</title>"
        "<author><name>The desk</name></author>"
        "<entry><id>urn:1</id><title type='html'>&lt;b&gt;Strike&lt;/b&gt;</title>"
        "<link rel='self' href='https://p.example/feed'/>"
        "<link href='https://p.example/1'/><updated>2021-05-06T00:00:00Z</updated>"
        "<published>2021-05-04T00:00:00Z</published>"
        "<author><name>Ines Sa</name><uri>https://p.example/ines</uri></author>"
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>" TEXT
        "</p><p>Fish &lt;i&gt; chips.<br/>Peas.</p></div></content></entry>"
        "<entry xml:lang='pt'><id>urn:2</id><updated>2021-05-06T00:00:00Z</updated>"
        "<summary type='text'>2 &lt; 3, and " TEXT "</summary></entry></feed>");
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.id, "https://p.example/1");
    assert_words(r.article.title, "Strike");
    assert_words(r.article.date, "2021-05-04");
    assert_words(r.article.author, "Ines Sa");
    assert_words(r.article.source, "Port News");
    assert_words(r.article.language, "en");
    assert_words(r.article.text, TEXT "\n\nFish <i> chips.\nPeas.");
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.id, "urn:2");
    assert_words(r.article.date, "2021-05-06");
    assert_words(r.article.language, "pt");
    assert_words(r.article.text, "2 < 3, and " TEXT);
    files_end(&r);
}

static void rdf(void **state)
{
    (void)state;
    reading_of r = read_feed(
        "a.rss",
        "<rdf:RDF xmlns:rdf='x' xmlns='http://purl.org/rss/1.0/'><channel rdf:about='c'>"
        "<title>Old News</title><items><rdf:Seq><rdf:li resource='1'/></rdf:Seq></items>"
        "</channel><item rdf:about='https://o.example/1'><title>T</title>"
        "<dc:date>2003-02-01T10:00+01:00</dc:date><description>" TEXT
        "</description></item></rdf:RDF>");
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.id, "https://o.example/1");
    assert_words(r.article.url, "https://o.example/1");
    assert_words(r.article.date, "2003-02-01");
    assert_words(r.article.source, "Old News");
    files_end(&r);
}

/* What is common in feeds though it is no XML. */
static void mended(void **state)
{
    (void)state;
    reading_of r = read_feed(
        "a.rss",
        "<rss><channel><item><title>A&nbsp;B</title><description>Fish & chips\x0B, "
        "AT&T, &bogus; a&b=1&c;</description><link>https://a.example/?x=1&y=2</link>"
        "</item><!-- <item> --></channel></rss>");
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.title, "A B");
    assert_words(r.article.text, "Fish & chips , AT&T, &bogus; a&b=1&c;");
    assert_words(r.article.url, "https://a.example/?x=1&y=2");
    files_end(&r);
}

#define GOOD(n)                                                                          \
    "<item><guid>" n "</guid><description><![CDATA[" TEXT "]]></description></item>\n"
#define FEED(items) "<rss><channel>\n" items "</channel></rss>"

/* The second of three items is broken; the others are read all the same. */
static void broken_items(void **state)
{
    static const struct {
        const char *feed;
        dateline_status status;
        int line;
    } cases[] = {
        {FEED(GOOD("1") "<item><title>a<b></title></item>\n" GOOD("3")),
         DATELINE_BAD_FEED, 3},
        {FEED(GOOD("1") "<item>\n\n<b></item>\n" GOOD("3")), DATELINE_BAD_FEED, 5},
        {FEED(GOOD("1") "<item><title a='</title></item>\n" GOOD("3")), DATELINE_BAD_FEED,
         3},
        {FEED(GOOD("1") "<item><title>not closed\n" GOOD("3")), DATELINE_BAD_FEED, 3},
        {FEED(GOOD("1") "<item><title><![CDATA[not closed</title></item>\n" GOOD("3")),
         DATELINE_BAD_FEED, 3},
        {FEED(GOOD("1") "<item><title><!-- not closed</title></item>\n" GOOD("3")),
         DATELINE_BAD_FEED, 3},
        {FEED(GOOD("1") "<item><title>\xFF</title></item>\n" GOOD("3")),
         DATELINE_BAD_UTF8, 3},
        {FEED(GOOD("1") "<item><title>&#0;</title></item>\n" GOOD("3")),
         DATELINE_BAD_FEED, 3},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading_of r = read_feed("a.rss", cases[i].feed);
        files_expect(&r, DATELINE_OK);
        assert_words(r.article.id, "1");
        files_expect(&r, cases[i].status);
        if (r.error.line != (uint64_t)cases[i].line)
            fail_msg("case %zu: line %d", i, (int)r.error.line);
        assert_true(dateline_reader_raw(r.reader).size > 0);
        files_expect(&r, DATELINE_OK);
        assert_words(r.article.id, "3");
        files_end(&r);
    }
}

/* Items in comments are none, whatever is in them. */
static void commented(void **state)
{
    (void)state;
    reading_of r =
        read_feed("a.rss", "<rss><channel><!-- " GOOD("0") " -->\n" GOOD(
                               "1") "<!-- " GOOD("2") GOOD("2") "-->" GOOD("3"));
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.id, "1");
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.id, "3");
    files_end(&r);
}

static void torn(void **state)
{
    (void)state;
    reading_of r = read_feed("a.rss", "<rss><channel>" GOOD("1") "<item><title>a</ti");
    files_expect(&r, DATELINE_OK);
    files_expect(&r, DATELINE_BAD_FEED);
    assert_int_equal(r.error.line, 2);
    files_end(&r);
    r = read_feed("a.rss", "<rss><channel>" GOOD("1") GOOD("2"));
    files_expect(&r, DATELINE_OK);
    files_expect(&r, DATELINE_OK);
    files_end(&r);
    r = read_feed("a.rss", "<rss><channel></channel></rss>");
    files_end(&r);
    r = read_feed("a.rss", "");
    files_end(&r);
    r = read_feed("a.rss", "<html><p>" TEXT "</html>");
    files_expect(&r, DATELINE_BAD_FEED);
    files_end(&r);
    r = read_feed("a.rss", "\xEF\xBB\xBF\n<rss><channel>" GOOD("1"));
    files_expect(&r, DATELINE_OK);
    files_end(&r);
}

/* Entities of a feed's own are never expanded. */
static void bombs(void **state)
{
    (void)state;
    reading_of r = read_feed(
        "a.rss",
        "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>"
        "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
        "<!ENTITY c SYSTEM 'file:///etc/passwd'>]>\n"
        "<rss><channel><title>&b;&c;</title><item><guid>1</guid><description>&b; "
        "&c; rain.</description></item></channel></rss>");
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, "&b; &c; rain.");
    files_end(&r);
}

static void deep(void **state)
{
    dl_buffer feed = {0};
    (void)state;
    dl_buffer_add_text(&feed, "<rss><channel>" GOOD("1") "<item><x>");
    for (int i = 0; i < 10000; i++)
        dl_buffer_add_text(&feed, "<a>");
    dl_buffer_add_text(&feed, "</item>" GOOD("3") "</channel></rss>");
    reading_of r = files_read("a.rss", feed.data, feed.size, NULL);
    files_expect(&r, DATELINE_OK);
    files_expect(&r, DATELINE_BAD_FEED);
    files_expect(&r, DATELINE_OK);
    files_end(&r);
    dl_buffer_release(&feed);
}

/* Items longer than what is read at once, and more of them. */
static void long_ones(void **state)
{
    dl_buffer feed = {0};
    (void)state;
    dl_buffer_add_text(&feed, "<rss><channel>");
    for (int i = 0; i < 300; i++) {
        dl_buffer_add_format(&feed, "<item><guid>%d</guid><description>", i);
        for (int k = 0; k < (i % 7 == 0 ? 5000 : 3); k++)
            dl_buffer_add_text(&feed, TEXT "\n");
        dl_buffer_add_text(&feed, "</description></item>");
    }
    reading_of r = files_read("a.rss", feed.data, feed.size, NULL);
    for (int i = 0; i < 300; i++) {
        files_expect(&r, DATELINE_OK);
        assert_int_equal(r.article.text.size,
                         (sizeof TEXT) * (i % 7 == 0 ? 5000 : 3) - 1);
    }
    files_end(&r);
    dl_buffer_release(&feed);
}

static void charsets(void **state)
{
    static const char latin[] =
        "<?xml version='1.0' encoding=\"ISO-8859-1\"?><rss><channel>"
        "<title>Caf\xE9</title><item><description>Caf\xE9 owners."
        "</description></item></channel></rss>";
    static const char wide[] =
        "<?xml version='1.0' encoding='UTF-16'?><rss><channel><item>"
        "<description>Rain.</description></item></channel></rss>";
    char bytes[2 * sizeof wide] = "\xFE\xFF";
    (void)state;
    reading_of r = read_feed("a.xml", latin);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, "Caf\xC3\xA9 owners.");
    assert_words(r.article.source, "Caf\xC3\xA9");
    files_end(&r);
    for (size_t i = 0; i < sizeof wide - 1; i++) {
        bytes[2 + 2 * i] = '\0';
        bytes[3 + 2 * i] = wide[i];
    }
    r = files_read("a", bytes, 2 * sizeof wide, NULL);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, "Rain.");
    files_end(&r);
}

/* Programs write UTF-16 into the declaration of what they then store as UTF-8. */
static void told_wrongly(void **state)
{
    (void)state;
    reading_of r = read_feed(
        "a.xml", "<?xml version='1.0' encoding='utf-16'?><rss><channel><item>"
                 "<description>Caf\xC3\xA9 owners.</description></item></channel></rss>");
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, "Caf\xC3\xA9 owners.");
    files_end(&r);
    r = read_feed("a.xml", "<?xml version='1.0' encoding = 'ISO-8859-1'?><rss><channel>"
                           "<item><description>Caf\xE9 owners.</description></item>"
                           "</channel></rss>");
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, "Caf\xC3\xA9 owners.");
    files_end(&r);
}

/* Each is looked for to the end of what there is: only so many of them are. */
static void none_ends(void **state)
{
    static const char *const opens[] = {"<item><!--", "<item "};
    (void)state;
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
        dl_buffer feed = {0};
        dl_buffer_add_text(&feed, "<rss><channel>" GOOD("1"));
        for (int k = 0; k < 100000; k++)
            dl_buffer_add_text(&feed, opens[i]);
        reading_of r = files_read("a.rss", feed.data, feed.size, NULL);
        files_expect(&r, DATELINE_OK);
        for (int k = 0; k <= DL_FEED_UNENDED_MAX; k++)
            files_expect(&r, DATELINE_BAD_FEED);
        files_end(&r);
        dl_buffer_release(&feed);
    }
}

/* More than any item may have, and no item in it. */
static void no_item(void **state)
{
    enum { SIZE = 80 << 20 };
    char *bytes = malloc(SIZE);
    (void)state;
    assert_non_null(bytes);
    memset(bytes, 'x', SIZE);
    memcpy(bytes, "<rss>", 5);
    reading_of r = files_read("a.rss", bytes, SIZE, NULL);
    free(bytes);
    files_expect(&r, DATELINE_BAD_FEED);
    files_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rss),          cmocka_unit_test(atom),
        cmocka_unit_test(rdf),          cmocka_unit_test(mended),
        cmocka_unit_test(broken_items), cmocka_unit_test(commented),
        cmocka_unit_test(torn),         cmocka_unit_test(bombs),
        cmocka_unit_test(deep),         cmocka_unit_test(long_ones),
        cmocka_unit_test(charsets),     cmocka_unit_test(told_wrongly),
        cmocka_unit_test(none_ends),    cmocka_unit_test(no_item),
    };
    return cmocka_run_group_tests(tests, files_set_up, files_tear_down);
}
