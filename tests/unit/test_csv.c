/* Tables: columns by name, quoting, rows that are broken. */
#include "read_files.h"

#include "read/csv.h"

static reading_of read_table(const char *name, const char *bytes, const char *columns)
{
    dateline_reader_options options = {.columns = columns};
    return files_read(name, bytes, strlen(bytes), &options);
}

static void usual_names(void **state)
{
    (void)state;
    reading_of r = read_table(
        "a.csv",
        "\xEF\xBB\xBF"
        "Article ID,Headline,Publication_Date,Body,Publisher,URL,Lang,Byline\r\n"
        "7,Rain,2020-02-03T10:00:00Z,It rained.,The Post,https://p.example/7,en,Ann "
        "Lee\r\n"
        "\r\n"
        "8,,\"Mon, 03 Feb 2020\",\"He said \"\"no\"\",\r\nand left.\",,,,\r\n"
        ",,,It rained again.,,https://p.example/9,,\r\n"
        ",,,It rained a third time.\r\n"
        "8,,,The id came before.,,,,",
        NULL);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.id, "7");
    assert_words(r.article.title, "Rain");
    assert_words(r.article.date, "2020-02-03");
    assert_words(r.article.text, "It rained.");
    assert_words(r.article.source, "The Post");
    assert_words(r.article.url, "https://p.example/7");
    assert_words(r.article.language, "en");
    assert_words(r.article.author, "Ann Lee");
    assert_int_equal(dateline_reader_line(r.reader), 2);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, "He said \"no\",\r\nand left.");
    assert_words(r.article.date, "2020-02-03");
    assert_int_equal(r.article.title.size, 0);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.id, "https://p.example/9");
    assert_int_equal(dateline_reader_line(r.reader), 6);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.id, "a#4");
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.id, "8#2");
    files_end(&r);
}

static void named_columns(void **state)
{
    (void)state;
    reading_of r = read_table("a.csv", "text;what;when\nno;Rain fell.;2020\n",
                              "text=what, date = when");
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, "Rain fell.");
    files_end(&r);
}

static void other_marks(void **state)
{
    static const char *const tables[] = {
        "id\ttext\tdate\na\tRain, and more.\t2020-01-02\n",
        "id;text;date\na;Rain, and more.;2020-01-02\n",
        "id|text|date\na|Rain, and more.|2020-01-02\n",
        "\"id\",\"text\",\"date\"\n\"a\",\"Rain, and more.\",\"2020-01-02\"",
        "id,text,date\ra\r\na,\"Rain, and more.\",2020-01-02\r\n", /* a name with a CR */
    };
    (void)state;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        reading_of r = read_table(i % 2 ? "a" : "a.tsv", tables[i], NULL);
        files_expect(&r, DATELINE_OK);
        assert_words(r.article.text, "Rain, and more.");
        assert_words(r.article.id, "a");
        files_end(&r);
    }
}

/* In tables of tabs a quotation mark may be only that. */
static void tabs_and_quotes(void **state)
{
    (void)state;
    reading_of r = read_table(
        "a.tsv", "id\ttext\n1\t\"No,\" he said.\n2\t\"Two\nlines.\"\n3\t\"Yes\n", NULL);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, "\"No,\" he said.");
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, "Two\nlines.");
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.text, "\"Yes");
    files_end(&r);
}

/* Such a field may go on behind what is read at once. */
static void tabs_and_lines(void **state)
{
    enum { ROWS = 5000 };
    dl_buffer table = {0};
    (void)state;
    dl_buffer_add_text(&table, "id\ttext\n");
    for (int i = 0; i < ROWS; i++)
        dl_buffer_add_format(&table, "%d\t\"Rain\nand fog, day %d.\"\n", i, i);
    reading_of r = files_read("a.tsv", table.data, table.size, NULL);
    dl_buffer_release(&table);
    for (int i = 0; i < ROWS; i++) {
        files_expect(&r, DATELINE_OK);
        assert_int_equal(r.article.text.data[0], 'R');
        assert_int_equal(dateline_reader_line(r.reader), 2 + 2 * i);
    }
    files_end(&r);
}

static void broken_rows(void **state)
{
    static const struct {
        const char *row;
        dateline_status status;
    } cases[] = {
        {"2,\"a lone mark,2020-01-01\n", DATELINE_BAD_CSV},
        {"2,\"a \"lone\" mark\",2020-01-01\n", DATELINE_BAD_CSV},
        {"2,a,2020-01-01,one too many\n", DATELINE_BAD_CSV},
        {"2,a,2020-13-01\n", DATELINE_BAD_DATE},
        {"2,a,soon\n", DATELINE_BAD_DATE},
        {"2\n", DATELINE_MISSING_FIELD},
        {"2,,2020-01-01\n", DATELINE_EMPTY_ARTICLE},
        {"2,\xFF,2020-01-01\n", DATELINE_BAD_UTF8},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dl_buffer table = {0};
        dl_buffer_add_text(&table, "id,text,date\n1,\"Rain\nfell.\",2020-01-01\n");
        dl_buffer_add_text(&table, cases[i].row);
        dl_buffer_add_text(&table, "3,\"Rain, again.\",2020-01-01\n4,Sun.,2020-01-02\n");
        reading_of r = files_read("a.csv", table.data, table.size, NULL);
        files_expect(&r, DATELINE_OK);
        files_expect(&r, cases[i].status);
        assert_int_equal(r.error.line, 4);
        assert_words(dateline_reader_raw(r.reader), cases[i].row);
        files_expect(&r, DATELINE_OK);
        assert_words(r.article.id, "3");
        assert_int_equal(dateline_reader_line(r.reader), 5);
        files_expect(&r, DATELINE_OK);
        files_end(&r);
        dl_buffer_release(&table);
    }
}

static void broken_tables(void **state)
{
    (void)state;
    reading_of r = read_table("a.csv", "who,what\na,b\n", NULL);
    files_expect(&r, DATELINE_BAD_CSV);
    assert_true(strstr(r.error.message, "--columns") != NULL);
    files_end(&r);
    r = read_table("a.csv", "id,text\na,b\n", "date=day");
    files_expect(&r, DATELINE_BAD_CSV);
    assert_true(strstr(r.error.message, "\"day\"") != NULL);
    files_end(&r);
    r = read_table("a.csv", "", NULL);
    files_end(&r);
    r = read_table("a.csv", "id,text\n", NULL);
    files_end(&r);
    dl_buffer wide = {0};
    for (int i = 0; i < 3000; i++)
        dl_buffer_add_text(&wide, "text,");
    r = files_read("a.csv", wide.data, wide.size, NULL);
    files_expect(&r, DATELINE_BAD_CSV);
    files_end(&r);
    dl_buffer_release(&wide);
}

static void bad_columns(void **state)
{
    static const char *const wrong[] = {"text", "text=", "body=text", "text=a,=b",
                                        "text=a,b"};
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        dateline_reader_options options = {.columns = wrong[i]};
        dateline_reader *reader;
        if (dateline_reader_open_with("-", &options, &reader, NULL) != DATELINE_USAGE)
            fail_msg("%s", wrong[i]);
    }
}

/* Each mark takes a field to the next: told one by one, nothing is read twice over. */
static void many_marks(void **state)
{
    dl_buffer table = {0};
    (void)state;
    dl_buffer_add_text(&table, "id,text\n");
    for (int i = 0; i < 20000; i++)
        dl_buffer_add_format(&table, i % 2 ? "%d,Rain fell.\n" : "%d,\"Rain fell.\n", i);
    reading_of r = files_read("a.csv", table.data, table.size, NULL);
    int good = 0, bad = 0;
    for (dateline_status s; (s = files_next(&r)) != DATELINE_END; bad += s != 0)
        good += s == DATELINE_OK;
    assert_int_equal(good, 10000);
    assert_int_equal(bad, 10000);
    files_end(&r);
    dl_buffer_release(&table);
}

static void too_large(void **state)
{
    enum { SIZE = 40 << 20 };
    static const char head[] = "id,text\n1,\"", tail[] = "\n2,Rain.\n";
    char *bytes = malloc(SIZE);
    (void)state;
    assert_non_null(bytes);
    memset(bytes, 'x', SIZE);
    memcpy(bytes, head, sizeof head - 1);
    memcpy(bytes + SIZE - sizeof tail + 1, tail, sizeof tail - 1);
    reading_of r = files_read("a.csv", bytes, SIZE, NULL);
    free(bytes);
    files_expect(&r, DATELINE_ARTICLE_TOO_LARGE);
    files_expect(&r, DATELINE_OK);
    assert_words(r.article.id, "2");
    files_end(&r);
}

static void told_by_content(void **state)
{
    static const struct {
        const char *bytes;
        bool is;
    } cases[] = {
        {"id,text,date\na", true},
        {"Headline;Body\nx", true},
        {"\"date\",\"full text\"\n", true},
        {"text\nno more", false},
        {"The text, and the date of it\n", false},
        {"Date, text and place were lost\n", false},
        {"id,text", false}, /* nothing follows */
        {"", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (dl_csv_is_start(dl_string_from(cases[i].bytes)) != cases[i].is)
            fail_msg("%s", cases[i].bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(usual_names),     cmocka_unit_test(named_columns),
        cmocka_unit_test(other_marks),     cmocka_unit_test(tabs_and_quotes),
        cmocka_unit_test(tabs_and_lines),  cmocka_unit_test(broken_rows),
        cmocka_unit_test(broken_tables),   cmocka_unit_test(bad_columns),
        cmocka_unit_test(many_marks),      cmocka_unit_test(too_large),
        cmocka_unit_test(told_by_content),
    };
    return cmocka_run_group_tests(tests, files_set_up, files_tear_down);
}
