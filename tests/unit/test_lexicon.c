/* The lexicon: sources and overlays, plain lists, phrases, names with dates, findings,
 * damaged files. All dictionaries are written here, into a folder of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "lexicon/names.h"

typedef struct fixture {
    char folder[64], overlay[64], output[80];
    size_t findings;
    dateline_error last;
    dl_lexicon *lexicon;
    dl_arena *arena;
} fixture;

static void report(void *context, const dateline_error *finding)
{
    fixture *f = context;
    f->findings++;
    f->last = *finding;
}

static void write_text(const char *folder, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static void make_folder(const char *folder, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static int set_up(void **state)
{
    static const char *const folders[] = {"who", "who/leaders", "when"};
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    snprintf(f->folder, sizeof f->folder, "/tmp/test_lexicon_XXXXXX");
    snprintf(f->overlay, sizeof f->overlay, "/tmp/test_overlay_XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    assert_non_null(mkdtemp(f->overlay));
    for (size_t i = 0; i < 3; i++) {
        make_folder(f->folder, folders[i]);
        make_folder(f->overlay, folders[i]);
    }
    snprintf(f->output, sizeof f->output, "%s.compiled", f->folder);
    f->arena = dl_arena_new();
    *state = f;
    return 0;
}

static void remove_files(const char *folder)
{
    static const char *const names[] = {"when/a.txt",     "when/b.txt",
                                        "who/states.txt", "who/demonyms.txt",
                                        "who/roles.txt",  "who/organisations.txt",
                                        "who/titles.txt", "who/leaders/x.txt",
                                        "who/leaders",    "who",
                                        "when",           ""};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        remove(path);
    }
}

static int tear_down(void **state)
{
    fixture *f = *state;
    dl_lexicon_close(f->lexicon);
    dl_arena_free(f->arena);
    remove(f->output);
    remove_files(f->folder);
    remove_files(f->overlay);
    free(f);
    return 0;
}

static dateline_status compile(fixture *f, bool with_overlay)
{
    dateline_error error = {0};
    f->findings = 0;
    return dateline_lexicon_compile(f->folder, with_overlay ? f->overlay : NULL,
                                    f->output, report, f, &error);
}

static void open_lexicon(fixture *f, bool with_overlay)
{
    dateline_error error = {0};
    assert_int_equal(compile(f, with_overlay), DATELINE_OK);
    assert_int_equal(dl_lexicon_open(f->output, &f->lexicon, &error), DATELINE_OK);
}

/* The value that `words` (cut at spaces) have in the list, with *taken words; "" none. */
static dl_string value_of(const fixture *f, const char *list, const char *words,
                          size_t *taken)
{
    dl_string cut[16];
    dl_entry entry = {{"", 0}, {"", 0}};
    size_t count = 0, at = 0;
    dl_string text = dl_string_from(words);
    while (at < text.size && count < 16) {
        size_t end = dl_string_find(text, ' ', at);
        cut[count++] = dl_string_slice(text, at, end);
        at = end + 1;
    }
    *taken =
        dl_list_match(f->lexicon, dl_list_find(f->lexicon, list), cut, count, &entry);
    return entry.value;
}

static void assert_value(const fixture *f, const char *list, const char *words,
                         size_t taken, const char *value)
{
    size_t found = 0;
    dl_string got = value_of(f, list, words, &found);
    assert_int_equal(found, taken);
    if (taken)
        assert_true(dl_string_equal(got, dl_string_from(value)));
}

static void test_lists(void **state)
{
    fixture *f = *state;
    write_text(f->folder, "when/a.txt",
               "[months]\njanuary, jan, jan. = 1   # the first\nFebruary = 2\n"
               "[parts]\nnight, the small hours of the = night\nhalf-time = half\n"
               "x\\, y = a \\= b\n[bare]\nnow\n");
    open_lexicon(f, false);
    assert_value(f, "months", "january 5", 1, "1");
    assert_value(f, "months", "jan. 5", 1, "1");
    assert_value(f, "months", "february", 1, "2");
    assert_value(f, "months", "february", 1, "2");
    assert_value(f, "months", "marching", 0, "");
    assert_value(f, "parts", "the small hours of the day", 5, "night");
    assert_value(f, "parts", "the small hours", 0, "");
    assert_value(f, "parts", "x y", 0, "");
    assert_value(f, "bare", "now then", 1, "");
    assert_value(f, "none", "now", 0, "");
}

/* However the text was cut at hyphens, the phrase is found. */
static void test_hyphens(void **state)
{
    fixture *f = *state;
    write_text(f->folder, "when/a.txt", "[parts]\nhalf-time = half\nmid term = mid\n");
    open_lexicon(f, false);
    assert_value(f, "parts", "half-time break", 1, "half");
    assert_value(f, "parts", "half - time break", 3, "half");
    assert_value(f, "parts", "half time", 2, "half");
    assert_value(f, "parts", "mid-term", 1, "mid");
    assert_value(f, "parts", "half -", 0, "");
}

static void test_rule_is_file_and_line(void **state)
{
    fixture *f = *state;
    dl_entry entry;
    write_text(f->folder, "when/a.txt", "# heading\n\n[months]\n\njanuary = 1\n");
    open_lexicon(f, false);
    int list = dl_list_find(f->lexicon, "months");
    assert_true(dl_list_has(f->lexicon, list, DL_STRING("january"), &entry));
    assert_true(dl_string_equal(entry.rule, DL_STRING("when/a.txt:5")));
}

static void test_overlay(void **state)
{
    fixture *f = *state;
    write_text(f->folder, "when/a.txt", "[months]\njanuary = 1\nmay = 5\njune = 6\n");
    write_text(f->folder, "when/b.txt", "[days]\nmonday = 1\n");
    write_text(f->overlay, "when/a.txt", "- may = 5\n[months]\njune = 66\njuly = 7\n");
    write_text(f->overlay, "when/b.txt", "!replace\n[days]\ntuesday = 2\n");
    open_lexicon(f, true);
    assert_value(f, "months", "january", 1, "1");
    assert_value(f, "months", "may", 0, "");
    assert_value(f, "months", "june", 1, "66");
    assert_value(f, "months", "july", 1, "7");
    assert_value(f, "days", "monday", 0, "");
    assert_value(f, "days", "tuesday", 1, "2");
    dl_entry entry;
    dl_list_has(f->lexicon, dl_list_find(f->lexicon, "months"), DL_STRING("july"),
                &entry);
    assert_true(dl_string_equal(entry.rule, DL_STRING("overlay:when/a.txt:4")));
}

/* Compiled in memory, it is the lexicon that the file would be; and it tells how much was
 * laid over. */
static void test_overlay_in_memory(void **state)
{
    fixture *f = *state;
    dateline_error error = {0};
    dateline_overlay laid;
    write_text(f->folder, "when/a.txt", "[months]\njanuary = 1\nmay = 5\njune = 6\n");
    write_text(f->folder, "when/b.txt", "[days]\nmonday = 1\n");
    write_text(f->overlay, "when/a.txt", "- may = 5\n[months]\njuly = 7\n");
    write_text(f->overlay, "when/b.txt", "!replace\n[days]\ntuesday = 2\n");
    f->findings = 0;
    assert_int_equal(dl_lexicon_open_overlay(f->folder, f->overlay, report, f, &laid,
                                             &f->lexicon, &error),
                     DATELINE_OK);
    assert_int_equal(f->findings, 0);
    assert_value(f, "months", "may", 0, "");
    assert_value(f, "months", "july", 1, "7");
    assert_value(f, "days", "tuesday", 1, "2");
    assert_int_equal(laid.files, 2);
    assert_int_equal(laid.lines, 4);
    assert_int_equal(laid.removed, 3);
}

static void test_overlay_in_memory_fails(void **state)
{
    fixture *f = *state;
    dateline_error error = {0};
    write_text(f->folder, "when/a.txt", "[months]\njanuary = 1\n");
    write_text(f->overlay, "when/a.txt", "- march = 3\n");
    f->findings = 0;
    assert_int_equal(dl_lexicon_open_overlay(f->folder, f->overlay, report, f, NULL,
                                             &f->lexicon, &error),
                     DATELINE_BAD_LEXICON);
    assert_int_equal(f->findings, 1);
    assert_null(f->lexicon);
    assert_int_equal(dl_lexicon_open_overlay(f->folder, "/nowhere", report, f, NULL,
                                             &f->lexicon, &error),
                     DATELINE_NOT_FOUND);
    assert_null(f->lexicon);
}

static void test_overlay_removes_what_is_there(void **state)
{
    fixture *f = *state;
    write_text(f->folder, "when/a.txt", "[months]\njanuary = 1\n");
    write_text(f->overlay, "when/a.txt", "- march = 3\n");
    assert_int_equal(compile(f, true), DATELINE_BAD_LEXICON);
    assert_int_equal(f->findings, 1);
    assert_string_equal(f->last.file, "overlay:when/a.txt");
    assert_int_equal(f->last.line, 1);
}

static void assert_finding(fixture *f, uint64_t line, const char *message)
{
    assert_int_equal(compile(f, false), DATELINE_BAD_LEXICON);
    assert_int_equal(f->findings, 1);
    assert_int_equal(f->last.line, line);
    assert_non_null(strstr(f->last.message, message));
}

static void test_findings(void **state)
{
    fixture *f = *state;
    write_text(f->folder, "when/a.txt", "january = 1\n");
    assert_finding(f, 1, "before the first [list]");
    write_text(f->folder, "when/a.txt", "[m]\na,,b = 1\n");
    assert_finding(f, 2, "no phrase");
    write_text(f->folder, "when/a.txt", "[m]\na b c d e f g h i j k l m\n");
    assert_finding(f, 2, "too many words");
    write_text(f->folder, "when/a.txt", "[m]\n\xff\n");
    assert_finding(f, 0, "UTF-8");
    write_text(f->folder, "when/a.txt", "");
    write_text(f->folder, "who/states.txt", "Ruritania RUR\n");
    assert_finding(f, 1, "no colon");
    write_text(f->folder, "who/states.txt", "Ruritania : RR -\n");
    assert_finding(f, 1, "code");
    write_text(f->folder, "who/states.txt", "Ruritania : RUR KNG\n");
    assert_finding(f, 1, "sector");
    write_text(f->folder, "who/states.txt", "Ruritania : RUR GOV 1990..1980\n");
    assert_finding(f, 1, "ends before");
    write_text(f->folder, "who/states.txt", "Ruritania : RUR GOV 1990-31..\n");
    assert_finding(f, 1, "no range");
}

static void test_no_folder(void **state)
{
    dateline_error error = {0};
    (void)state;
    assert_int_equal(
        dateline_lexicon_compile("/nowhere/at/all", NULL, NULL, NULL, NULL, &error),
        DATELINE_NOT_FOUND);
    assert_int_equal(dateline_lexicon_compile(NULL, NULL, NULL, NULL, NULL, &error),
                     DATELINE_USAGE);
}

/* ---- Names ---------------------------------------------------------------------------
 */

static void write_who(fixture *f)
{
    write_text(f->folder, "who/states.txt",
               "Ruritania | Kingdom of Ruritania : RUR -\nC\xc3\xb4te d'Or : COR -\n");
    write_text(f->folder, "who/organisations.txt", "World Hop Order | WHO : IGO MED\n");
    write_text(f->folder, "who/demonyms.txt", "Ruritanian | Ruritanians : RUR\n");
    write_text(f->folder, "who/roles.txt", "MIL : soldier, coast guard\n");
    write_text(f->folder, "who/titles.txt", "prime minister | pm : GOV\n");
    write_text(f->folder, "who/leaders/x.txt",
               "Rudolf Elphbergov : RUR LEG deputy 1980..1989-12 ; "
               "RUR GOV prime minister 1990-04-24..2019-03-20\n"
               "Michael Strel : RUR GOV prime minister 2019-03-20..\n");
}

static dl_document *document_of(const fixture *f, const char *words)
{
    dl_document *document = DL_ARENA_ARRAY(f->arena, dl_document, 1);
    dl_string text = dl_string_from(words);
    document->arena = f->arena;
    document->tokens = DL_ARENA_ARRAY(f->arena, dl_token, 32);
    for (size_t at = 0; at < text.size;) {
        size_t end = dl_string_find(text, ' ', at);
        dl_token *token = &document->tokens[document->token_count++];
        token->form = dl_string_slice(text, at, end);
        token->fold = dl_utf8_fold(f->arena, token->form);
        token->lemma = token->fold;
        at = end + 1;
    }
    return document;
}

static dl_names_found find(const fixture *f, const char *words)
{
    const dl_document *document = document_of(f, words);
    return dl_names_match(f->lexicon, document, 0, (int32_t)document->token_count - 1,
                          false);
}

static void assert_name(const fixture *f, const char *words, size_t tokens,
                        const char *name)
{
    dl_names_found found = find(f, words);
    assert_int_equal(found.tokens, tokens);
    if (tokens)
        assert_true(dl_string_equal(dl_known_get_name(f->lexicon, found.known[0]),
                                    dl_string_from(name)));
}

static void test_names(void **state)
{
    fixture *f = *state;
    write_who(f);
    open_lexicon(f, false);
    assert_name(f, "Ruritania fell", 1, "Ruritania");
    assert_name(f, "Kingdom of Ruritania", 3, "Ruritania");
    assert_name(f, "kingdom of somewhere", 0, "");
    assert_name(f, "ruritania", 0, "");
    assert_name(f, "WHO said", 1, "World Hop Order");
    assert_name(f, "W.H.O. said", 1, "World Hop Order");
    assert_name(f, "Who said", 0, "");
    assert_name(f, "C\xc3\xb4te d'Or", 2, "C\xc3\xb4te d'Or");
    assert_name(f, "Cote d' Or", 3, "C\xc3\xb4te d'Or");
    assert_name(f, "Cote d\xe2\x80\x99Or", 2, "C\xc3\xb4te d'Or");
}

static dl_role role_on(const fixture *f, const char *name, const char *day)
{
    dl_date date = {0};
    dl_names_found found = find(f, name);
    assert_int_equal(found.count, 1);
    if (*day)
        assert_true(dl_date_parse(dl_string_from(day), &date));
    return dl_known_get_role(f->lexicon, found.known[0], date, NULL);
}

static void test_roles_by_date(void **state)
{
    fixture *f = *state;
    write_who(f);
    open_lexicon(f, false);
    assert_int_equal(role_on(f, "Rudolf Elphbergov", "1985-01-01").sectors[0],
                     DL_SECTOR_LEG);
    assert_int_equal(role_on(f, "Rudolf Elphbergov", "1990-04-24").sectors[0],
                     DL_SECTOR_GOV);
    assert_int_equal(role_on(f, "Rudolf Elphbergov", "2022-01-13").sectors[0],
                     DL_SECTOR_ELI);
    assert_int_equal(role_on(f, "Rudolf Elphbergov", "1970-01-01").sectors[0], 0);
    assert_string_equal(role_on(f, "Rudolf Elphbergov", "1970-01-01").code, "RUR");
    assert_int_equal(role_on(f, "Michael Strel", "").sectors[0], DL_SECTOR_GOV);
}

static void test_holders(void **state)
{
    fixture *f = *state;
    write_who(f);
    open_lexicon(f, false);
    dl_string office = DL_STRING("prime minister");
    dl_date date = {2022, 1, 13};
    dl_known now = dl_known_find_holder(f->lexicon, "RUR", office, date, false);
    dl_known before = dl_known_find_holder(f->lexicon, "RUR", office, date, true);
    assert_true(
        dl_string_equal(dl_known_get_name(f->lexicon, now), DL_STRING("Michael Strel")));
    assert_true(dl_string_equal(dl_known_get_name(f->lexicon, before),
                                DL_STRING("Rudolf Elphbergov")));
    assert_int_equal(dl_known_find_holder(f->lexicon, "COR", office, date, false), -1);
    assert_int_equal(
        dl_known_find_holder(f->lexicon, "RUR", DL_STRING("king"), date, false), -1);
}

static void test_spellings(void **state)
{
    static const char *const pairs[][2] = {{"nazarbayev", "nazarbaiev"},
                                           {"musharraf", "musharaf"},
                                           {"zelensky", "zelenskiy"},
                                           {"khrushchev", "hrushchev"}};
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        char a[DL_NAMES_KEY_MAX], b[DL_NAMES_KEY_MAX];
        size_t x = dl_names_key(dl_string_from(pairs[i][0]), a);
        size_t y = dl_names_key(dl_string_from(pairs[i][1]), b);
        assert_int_equal(x, y);
        assert_memory_equal(a, b, x);
    }
}

static void test_alike(void **state)
{
    fixture *f = *state;
    write_who(f);
    open_lexicon(f, false);
    const dl_document *document = document_of(f, "Roudolf Elphbergoff");
    assert_int_equal(dl_names_match_alike(f->lexicon, document, 0, 1).tokens, 2);
    document = document_of(f, "R. Elphbergoff");
    assert_int_equal(dl_names_match_alike(f->lexicon, document, 0, 1).tokens, 2);
    document = document_of(f, "Michael Elphbergoff");
    assert_int_equal(dl_names_match_alike(f->lexicon, document, 0, 1).tokens, 0);
    document = document_of(f, "Robert Elphbergoff");
    assert_int_equal(dl_names_match_alike(f->lexicon, document, 0, 1).tokens, 0);
}

static void test_words(void **state)
{
    fixture *f = *state;
    dl_word_sense sense;
    write_who(f);
    open_lexicon(f, false);
    const dl_document *document = document_of(f, "coast guard ships");
    assert_int_equal(
        dl_words_match(f->lexicon, DL_WORDS_ROLE, document, 0, 2, -1, &sense), 2);
    assert_int_equal(sense.sectors[0], DL_SECTOR_MIL);
    document = document_of(f, "Ruritanians");
    assert_int_equal(
        dl_words_match(f->lexicon, DL_WORDS_DEMONYM, document, 0, 0, -1, &sense), 1);
    assert_string_equal(sense.code, "RUR");
    document = document_of(f, "PM Strel");
    assert_int_equal(
        dl_words_match(f->lexicon, DL_WORDS_TITLE, document, 0, 1, -1, &sense), 1);
    assert_true(dl_string_equal(sense.office, DL_STRING("prime minister")));
}

/* ---- Damage --------------------------------------------------------------------------
 */

static dl_buffer read_whole(const char *path)
{
    dl_buffer bytes = {0};
    char block[4096];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (size_t n = 0; (n = fread(block, 1, sizeof block, file)) > 0;)
        dl_buffer_add(&bytes, block, n);
    assert_int_equal(fclose(file), 0);
    return bytes;
}

static void write_whole(const char *path, const dl_buffer *bytes)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes->data, 1, bytes->size, file), bytes->size);
    assert_int_equal(fclose(file), 0);
}

static uint64_t read_u64(const char *at)
{
    uint64_t value = 0;
    memcpy(&value, at, sizeof value);
    return value;
}

/* Each 4-byte word of each chunk is made huge in turn, with the checksum mended: opening
 * must refuse the file or give one that is safe to search. */
static void test_damage(void **state)
{
    fixture *f = *state;
    dateline_error error = {0};
    size_t refused = 0;
    write_who(f);
    assert_int_equal(compile(f, false), DATELINE_OK);
    dl_buffer bytes = read_whole(f->output);
    uint32_t chunks = 0;
    memcpy(&chunks, bytes.data + 16, sizeof chunks);
    for (uint32_t c = 0; c < chunks; c++) {
        char *entry = bytes.data + 32 + 40 * (size_t)c;
        uint64_t offset = read_u64(entry + 16), size = read_u64(entry + 24);
        uint64_t sum = read_u64(entry + 32);
        for (uint64_t i = 0; i + 4 <= size; i += 4 * (1 + size / 256)) {
            char kept[4];
            memcpy(kept, bytes.data + offset + i, 4);
            memset(bytes.data + offset + i, 0x7f, 4);
            uint64_t mended =
                dl_chunks_checksum((dl_string){bytes.data + offset, (size_t)size});
            memcpy(entry + 32, &mended, sizeof mended);
            write_whole(f->output, &bytes);
            dl_lexicon *lexicon = NULL;
            if (dl_lexicon_open(f->output, &lexicon, &error) != DATELINE_OK) {
                refused++;
            } else {
                fixture other = *f;
                other.lexicon = lexicon;
                find(&other, "Kingdom of Ruritania");
                dl_lexicon_close(lexicon);
            }
            memcpy(bytes.data + offset + i, kept, 4);
        }
        memcpy(entry + 32, &sum, sizeof sum);
    }
    dl_buffer_release(&bytes);
    assert_true(refused > 100);
}

static void test_same_bytes(void **state)
{
    fixture *f = *state;
    write_who(f);
    assert_int_equal(compile(f, false), DATELINE_OK);
    dl_buffer one = read_whole(f->output);
    assert_int_equal(compile(f, false), DATELINE_OK);
    dl_buffer two = read_whole(f->output);
    assert_int_equal(one.size, two.size);
    assert_memory_equal(one.data, two.data, one.size);
    dl_buffer_release(&one);
    dl_buffer_release(&two);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_lists),
        TEST(test_hyphens),
        TEST(test_overlay),
        TEST(test_rule_is_file_and_line),
        TEST(test_findings),
        TEST(test_overlay_removes_what_is_there),
        TEST(test_overlay_in_memory),
        TEST(test_overlay_in_memory_fails),
        TEST(test_no_folder),
        TEST(test_names),
        TEST(test_roles_by_date),
        TEST(test_holders),
        TEST(test_alike),
        TEST(test_words),
        TEST(test_damage),
        TEST(test_same_bytes),
        TEST(test_spellings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
