/* The reader: every status it gives, formats, folders, compressed input, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "base/base.h"

enum { PATH_ROOM = 128 };

static char folder[] = "/tmp/test_read_XXXXXX";

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return rmdir(folder);
}

static void path_of(const char *name, char out[PATH_ROOM])
{
    snprintf(out, PATH_ROOM, "%s/%s", folder, name);
}

static void put(const char *name, const char *bytes, size_t size)
{
    char path[PATH_ROOM];
    path_of(name, path);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    fclose(file);
}

static void drop(const char *name)
{
    char path[PATH_ROOM];
    path_of(name, path);
    unlink(path);
}

static dateline_reader *open_at(const char *name, dateline_input input, const char *date)
{
    char path[PATH_ROOM];
    dateline_error error = {0};
    dateline_reader *reader = NULL;
    path_of(name, path);
    assert_int_equal(dateline_reader_open(path, input, date, &reader, &error),
                     DATELINE_OK);
    return reader;
}

static void assert_text(dateline_text text, const char *wanted)
{
    dl_string given = {text.data, text.size};
    if (!dl_string_equal(given, dl_string_from(wanted)))
        fail_msg("\"%.*s\" is not \"%s\"", (int)text.size, text.data, wanted);
}

/* Each line of JSON gives one status; the reader goes on behind it. */
static void json_lines(void **state)
{
    static const struct {
        const char *line;
        dateline_status wanted;
    } cases[] = {
        {"{\"id\":\"a\",\"date\":\"2020-02-03\",\"text\":\"Rain.\"}", DATELINE_OK},
        {"{\"id\":\"a\",\"text\":\"Rain.\",\"other\":[1]}", DATELINE_OK},
        {"{\"id\":\"a\",\"date\":null,\"text\":\"Rain.\"}\r", DATELINE_OK},
        {"{\"text\":\"Rain.\"}", DATELINE_MISSING_FIELD},
        {"{\"id\":\"a\"}", DATELINE_MISSING_FIELD},
        {"{\"id\":7,\"text\":\"Rain.\"}", DATELINE_BAD_FIELD},
        {"{\"id\":\"a\",\"text\":[\"Rain.\"]}", DATELINE_BAD_FIELD},
        {"{\"id\":\"a\",\"text\":\"Rain.\",\"title\":1}", DATELINE_BAD_FIELD},
        {"{\"id\":\"a\",\"date\":\"soon\",\"text\":\"Rain.\"}", DATELINE_BAD_DATE},
        {"{\"id\":\"a\",\"date\":\"2021-02-30\",\"text\":\"Rain.\"}", DATELINE_BAD_DATE},
        {"{\"id\":\"a\",\"text\":\" \\n\\u00a0\"}", DATELINE_EMPTY_ARTICLE},
        {"{\"id\":\"a\",\"text\":\"\"}", DATELINE_EMPTY_ARTICLE},
        {"{\"id\":\"a\",\"text\":\"Ra\\u0000in\"}", DATELINE_BAD_JSON},
        {"{\"id\":\"a\",\"text\":\"\\ud800\"}", DATELINE_BAD_JSON},
        {"{\"id\":\"a\",\"text\":\"Rain.\"", DATELINE_BAD_JSON},
        {"[1]", DATELINE_BAD_JSON},
        {"Rain.", DATELINE_BAD_JSON},
        {"{\"id\":\"a\",\"text\":\"\xC3(\"}", DATELINE_BAD_UTF8},
        {"{\"id\":\"last\",\"text\":\"Rain.\"}", DATELINE_OK},
    };
    enum { COUNT = sizeof cases / sizeof *cases };
    (void)state;
    dl_buffer all = {0};
    for (size_t i = 0; i < COUNT; i++) {
        dl_buffer_add_text(&all, cases[i].line);
        dl_buffer_add_text(&all, i % 4 == 1 ? "\n\n" : "\n"); /* blank lines are none */
    }
    put("lines.jsonl", all.data, all.size);
    dateline_reader *reader = open_at("lines.jsonl", DATELINE_INPUT_GUESS, NULL);
    dateline_article article;
    dateline_error error;
    uint64_t line = 0;
    for (size_t i = 0; i < COUNT; i++) {
        dateline_status status = dateline_reader_next(reader, &article, &error);
        if (status != cases[i].wanted)
            fail_msg("%s: %s", cases[i].line, dateline_status_name(status));
        line += i % 4 == 2 && i > 0 ? 2 : 1;
        assert_int_equal(dateline_reader_line(reader), line);
        assert_true(dateline_reader_raw(reader).size > 0);
        if (status == DATELINE_OK)
            continue;
        assert_int_equal(error.line, line);
        assert_true(strstr(error.file, "lines.jsonl") != NULL && error.message[0]);
        assert_true(status != DATELINE_BAD_JSON || cases[i].line[0] != '{' ||
                    error.column > 0);
    }
    assert_text(article.id, "last");
    assert_int_equal(dateline_reader_next(reader, &article, &error), DATELINE_END);
    assert_int_equal(dateline_reader_next(reader, &article, &error), DATELINE_END);
    dateline_reader_close(reader);
    dl_buffer_release(&all);
    drop("lines.jsonl");
}

static void fields_and_dates(void **state)
{
    static const char bytes[] =
        "\xEF\xBB\xBF{\"id\":\"\",\"text\":\"R\\u00e9o.\",\"title\":\"T\",\"source\":"
        "\"S\","
        "\"url\":\"u\",\"language\":\"en\"}\r\n"
        "{\"id\":\"\",\"date\":\"2020-02-03T10:00:00Z\",\"text\":\"x\"}";
    (void)state;
    dateline_article article;
    put("fields", bytes, sizeof bytes - 1);
    dateline_reader *reader = open_at("fields", DATELINE_INPUT_GUESS, "2019-01-02");
    assert_int_equal(dateline_reader_next(reader, &article, NULL), DATELINE_OK);
    assert_text(article.text, "R\u00E9o.");
    assert_text(article.title, "T");
    assert_text(article.source, "S");
    assert_text(article.url, "u");
    assert_text(article.language, "en");
    assert_text(article.date, "2019-01-02");
    assert_int_equal(dateline_reader_next(reader, &article, NULL), DATELINE_OK);
    assert_text(article.date, "2020-02-03T10:00:00Z");
    assert_int_equal(dateline_reader_next(reader, &article, NULL), DATELINE_END);
    dateline_reader_close(reader);
    drop("fields");
}

static dateline_status read_once(const char *name, dateline_error *error)
{
    dateline_article article;
    dateline_reader *reader = open_at(name, DATELINE_INPUT_GUESS, NULL);
    dateline_status status = dateline_reader_next(reader, &article, error);
    if (status == DATELINE_OK) {
        assert_text(article.id, "rain.in");
        assert_text(article.text, "Rain fell.\r\nIt fell on.");
        assert_int_equal(article.date.size, 0);
    }
    assert_int_equal(dateline_reader_next(reader, &article, NULL), DATELINE_END);
    dateline_reader_close(reader);
    return status;
}

static void plain_text(void **state)
{
    (void)state;
    dateline_error error = {0};
    put("rain.in.txt", "\xEF\xBB\xBFRain fell.\r\nIt fell on.", 26);
    assert_int_equal(read_once("rain.in.txt", &error), DATELINE_OK);
    put("rain.in.txt", "Rain\xFF", 5);
    assert_int_equal(read_once("rain.in.txt", &error), DATELINE_BAD_UTF8);
    assert_int_equal(error.offset, 4);
    put("rain.in.txt", " \n", 2);
    assert_int_equal(read_once("rain.in.txt", &error), DATELINE_EMPTY_ARTICLE);
    put("rain.in.txt", "", 0);
    assert_int_equal(read_once("rain.in.txt", &error), DATELINE_EMPTY_ARTICLE);
    drop("rain.in.txt");
}

static void conllu(void **state)
{
    static const char bytes[] =
        "\xEF\xBB\xBF# newdoc id = one\n1\tRain\t_\n\n# newdoc\n1\tFog\t_\n\n";
    (void)state;
    dateline_article article;
    put("two.conllu", bytes, sizeof bytes - 1);
    dateline_reader *reader = open_at("two.conllu", DATELINE_INPUT_GUESS, NULL);
    assert_int_equal(dateline_reader_next(reader, &article, NULL), DATELINE_OK);
    assert_text(article.id, "one");
    assert_text(article.text, "# newdoc id = one\n1\tRain\t_\n\n");
    assert_int_equal(dateline_reader_next(reader, &article, NULL), DATELINE_OK);
    assert_text(article.id, "two");
    assert_int_equal(dateline_reader_next(reader, &article, NULL), DATELINE_END);
    dateline_reader_close(reader);
    drop("two.conllu");
}

static void too_large(void **state)
{
    enum { SIZE = 50 << 20 };
    static const char tail[] = "\"}\n{\"id\":\"next\",\"text\":\"Rain.\"}\n";
    (void)state;
    dateline_article article;
    dateline_error error = {0};
    char *bytes = malloc(SIZE + sizeof tail);
    assert_non_null(bytes);
    memset(bytes, 'x', SIZE);
    put("big.txt", bytes, SIZE);
    dateline_reader *reader = open_at("big.txt", DATELINE_INPUT_GUESS, NULL);
    assert_int_equal(dateline_reader_next(reader, &article, &error),
                     DATELINE_ARTICLE_TOO_LARGE);
    assert_true(dateline_reader_raw(reader).size <= 1 << 20);
    assert_int_equal(dateline_reader_next(reader, &article, &error), DATELINE_END);
    dateline_reader_close(reader);
    drop("big.txt");
    memcpy(bytes, "{\"id\":\"a\",\"text\":\"", 18);
    memcpy(bytes + SIZE, tail, sizeof tail);
    put("big.jsonl", bytes, SIZE + sizeof tail - 1);
    free(bytes);
    reader = open_at("big.jsonl", DATELINE_INPUT_GUESS, NULL);
    assert_int_equal(dateline_reader_next(reader, &article, &error),
                     DATELINE_ARTICLE_TOO_LARGE);
    assert_int_equal(error.line, 1);
    assert_int_equal(dateline_reader_next(reader, &article, &error), DATELINE_OK);
    assert_text(article.id, "next");
    assert_int_equal(dateline_reader_line(reader), 2);
    dateline_reader_close(reader);
    drop("big.jsonl");
}

/* Articles before the break are kept, whatever the name says. */
static void compressed(void **state)
{
    char path[PATH_ROOM], line[64];
    static char bytes[1 << 20];
    (void)state;
    dateline_article article;
    dateline_error error = {0};
    path_of("packed.jsonl.gz", path);
    gzFile file = gzopen(path, "wb");
    assert_non_null(file);
    srand(5);
    for (int i = 0; i < 20000; i++) {
        int size =
            snprintf(line, sizeof line, "{\"id\":\"%d\",\"text\":\"%d.\"}\n", i, rand());
        assert_int_equal(gzwrite(file, line, (unsigned)size), size);
    }
    gzclose(file);
    dateline_reader *reader = open_at("packed.jsonl.gz", DATELINE_INPUT_GUESS, NULL);
    int count = 0;
    while (dateline_reader_next(reader, &article, &error) == DATELINE_OK)
        count++;
    assert_int_equal(count, 20000);
    dateline_reader_close(reader);
    FILE *whole = fopen(path, "rb");
    size_t size = fread(bytes, 1, sizeof bytes, whole);
    fclose(whole);
    put("broken.jsonl", bytes, size / 2);
    reader = open_at("broken.jsonl", DATELINE_INPUT_GUESS, NULL);
    dateline_status status;
    count = 0;
    while ((status = dateline_reader_next(reader, &article, &error)) == DATELINE_OK)
        count++;
    assert_int_equal(status, DATELINE_BAD_GZIP);
    assert_true(count > 1000);
    assert_int_equal(dateline_reader_next(reader, &article, &error), DATELINE_END);
    dateline_reader_close(reader);
    drop("packed.jsonl.gz");
    drop("broken.jsonl");
}

/* Packed, more of it comes at once than can be converted at once. */
static void converted(void **state)
{
    enum { ROWS = 40000 };
    static const char row[] = "text,\xE0\xE1\xE2\xE3\xE4\xE5\xE6\xE7\xE8\xE9\n";
    static const char *const charsets[] = {"windows-1251", "windows-874"};
    char path[PATH_ROOM];
    (void)state;
    dateline_article article;
    dateline_reader *reader = NULL;
    path_of("packed.csv.gz", path);
    gzFile file = gzopen(path, "wb");
    assert_non_null(file);
    assert_true(gzputs(file, "source,text\n") > 0);
    for (int i = 0; i < ROWS; i++)
        assert_true(gzputs(file, row) > 0);
    gzclose(file);
    for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++) {
        dateline_reader_options options = {.charset = charsets[i]};
        int count = 0;
        assert_int_equal(dateline_reader_open_with(path, &options, &reader, NULL),
                         DATELINE_OK);
        while (dateline_reader_next(reader, &article, NULL) == DATELINE_OK) {
            assert_int_equal(article.text.size, i == 0 ? 20 : 30);
            count++;
        }
        assert_int_equal(count, ROWS);
        dateline_reader_close(reader);
    }
    drop("packed.csv.gz");
}

static void folders(void **state)
{
    char path[PATH_ROOM], inner[PATH_ROOM];
    (void)state;
    dateline_article article;
    dateline_reader *reader = NULL;
    static const char *const wanted[] = {"a", "c", "z"};
    path_of("many", path);
    path_of("many/b", inner);
    assert_int_equal(mkdir(path, 0700) | mkdir(inner, 0700), 0);
    put("many/z.txt", "Rain.", 5);
    put("many/a.txt", "Rain.", 5);
    put("many/b/c.txt", "Rain.", 5);
    assert_int_equal(dateline_reader_open(path, DATELINE_INPUT_TEXT, NULL, &reader, NULL),
                     DATELINE_OK);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(dateline_reader_next(reader, &article, NULL), DATELINE_OK);
        assert_text(article.id, wanted[i]);
        assert_true(strstr(dateline_reader_file(reader), "many/") != NULL);
    }
    assert_int_equal(dateline_reader_next(reader, &article, NULL), DATELINE_END);
    dateline_reader_close(reader);
    drop("many/z.txt");
    drop("many/a.txt");
    drop("many/b/c.txt");
    rmdir(inner);
    rmdir(path);
}

static void folders_too_deep(void **state)
{
    enum { DEPTH = 40 };
    char path[512];
    (void)state;
    dateline_error error = {0};
    dateline_reader *reader = NULL;
    size_t size = (size_t)snprintf(path, sizeof path, "%s/d", folder);
    for (int i = 0; i < DEPTH; i++) {
        assert_int_equal(mkdir(path, 0700), 0);
        size += (size_t)snprintf(path + size, sizeof path - size, "/d");
    }
    char top[PATH_ROOM];
    path_of("d", top);
    assert_int_equal(
        dateline_reader_open(top, DATELINE_INPUT_GUESS, NULL, &reader, &error),
        DATELINE_NOT_READABLE);
    for (int i = 0; i < DEPTH; i++) {
        *strrchr(path, '/') = '\0';
        rmdir(path);
    }
}

static void refusals(void **state)
{
    (void)state;
    dateline_error error = {0};
    dateline_reader *reader = NULL;
    assert_int_equal(dateline_reader_open("/no/such/file", DATELINE_INPUT_GUESS, NULL,
                                          &reader, &error),
                     DATELINE_NOT_FOUND);
    assert_true(strstr(error.message, "/no/such/file") != NULL);
    assert_int_equal(
        dateline_reader_open("-", DATELINE_INPUT_GUESS, "2020-13-01", &reader, &error),
        DATELINE_BAD_DATE);
    dateline_reader_close(NULL);
}

static void standard_input(void **state)
{
    char path[PATH_ROOM];
    (void)state;
    dateline_article article;
    dateline_reader *reader = NULL;
    put("in", "{\"id\":\"s\",\"text\":\"Rain.\"}\n", 26);
    path_of("in", path);
    assert_non_null(freopen(path, "rb", stdin));
    assert_int_equal(dateline_reader_open("-", DATELINE_INPUT_GUESS, NULL, &reader, NULL),
                     DATELINE_OK);
    assert_int_equal(dateline_reader_next(reader, &article, NULL), DATELINE_OK);
    assert_text(article.id, "s");
    assert_int_equal(dateline_reader_next(reader, &article, NULL), DATELINE_END);
    dateline_reader_close(reader);
    drop("in");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_lines),       cmocka_unit_test(fields_and_dates),
        cmocka_unit_test(plain_text),       cmocka_unit_test(conllu),
        cmocka_unit_test(too_large),        cmocka_unit_test(compressed),
        cmocka_unit_test(converted),        cmocka_unit_test(folders),
        cmocka_unit_test(folders_too_deep), cmocka_unit_test(refusals),
        cmocka_unit_test(standard_input),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
