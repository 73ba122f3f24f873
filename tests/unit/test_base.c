/* Strings, arena, buffer, map, UTF-8, container, errors. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/base.h"

static void assert_string(dl_string s, const char *wanted)
{
    assert_true(dl_string_equal(s, dl_string_from(wanted)));
}

static void strings(void **state)
{
    (void)state;
    uint64_t number = 0;
    double value = 0;
    assert_true(dl_string_compare(DL_STRING("ab"), DL_STRING("abc")) < 0);
    assert_true(dl_string_compare(DL_STRING("b"), DL_STRING("abc")) > 0);
    assert_int_equal(dl_string_compare(DL_STRING("b"), DL_STRING("b")), 0);
    assert_true(dl_string_starts(DL_STRING("lagos"), DL_STRING("la")));
    assert_false(dl_string_starts(DL_STRING("l"), DL_STRING("la")));
    assert_true(dl_string_ends(DL_STRING("lagos"), DL_STRING("gos")));
    assert_int_equal(dl_string_find(DL_STRING("a:b:c"), ':', 2), 3);
    assert_int_equal(dl_string_find(DL_STRING("abc"), ':', 0), 3);
    assert_string(dl_string_trim(DL_STRING(" \t a b\n")), "a b");
    assert_true(dl_string_to_uint(DL_STRING("9999999999999999999"), &number));
    assert_true(number == 9999999999999999999u);
    assert_false(dl_string_to_uint(DL_STRING("10000000000000000000"), &number));
    assert_false(dl_string_to_uint(DL_STRING("12x"), &number));
    assert_false(dl_string_to_uint(DL_STRING(""), &number));
    assert_true(dl_string_to_double(DL_STRING("-3.5"), &value));
    assert_true(value == -3.5);
    assert_false(dl_string_to_double(DL_STRING("3,5"), &value));
}

static void arena(void **state)
{
    (void)state;
    dl_arena *arena = dl_arena_new();
    assert_non_null(arena);
    int *numbers = NULL;
    size_t count = 0, capacity = 0;
    for (int i = 0; i < 10000; i++) {
        assert_true(
            dl_arena_grow(arena, (void **)&numbers, count, &capacity, sizeof *numbers));
        numbers[count++] = i;
    }
    for (int i = 0; i < 10000; i++)
        assert_int_equal(numbers[i], i);
    assert_non_null(dl_arena_get(arena, 0, 8));
    assert_null(dl_arena_get(arena, SIZE_MAX / 2, 4));
    unsigned char *large = dl_arena_get(arena, 3 << 20, 1);
    assert_non_null(large);
    assert_int_equal(large[(3 << 20) - 1], 0);
    assert_string(dl_arena_string(arena, DL_STRING("copy")), "copy");
    assert_string(dl_arena_format(arena, "%s:%d", "file", 12), "file:12");
    assert_true(dl_arena_used(arena) > 3 << 20);
    dl_arena_reset(arena);
    assert_int_equal(dl_arena_used(arena), 0);
    unsigned char *again = dl_arena_get(arena, 4096, 1);
    for (int i = 0; i < 4096; i++)
        assert_int_equal(again[i], 0);
    dl_arena_free(arena);
    dl_arena_free(NULL);
}

static void buffer(void **state)
{
    (void)state;
    dl_buffer out = {0};
    dl_buffer_add_json(&out, DL_STRING("a\"b\\c\n\x01\xC3\xA9"));
    dl_buffer_add_char(&out, ' ');
    dl_buffer_add_number(&out, 0.1);
    dl_buffer_add_char(&out, ' ');
    dl_buffer_add_number(&out, 12000);
    dl_buffer_add_format(&out, " %d", 7);
    assert_string((dl_string){out.data, out.size},
                  "\"a\\\"b\\\\c\\n\\u0001\xC3\xA9\" 0.1 12000 7");
    assert_false(out.failed);
    dl_buffer_clear(&out);
    assert_int_equal(out.size, 0);
    dl_buffer_release(&out);
}

static void map(void **state)
{
    (void)state;
    dl_arena *arena = dl_arena_new();
    dl_map map;
    assert_true(dl_map_init(&map, arena, 2));
    for (uint32_t i = 0; i < 1000; i++) {
        bool added = false;
        assert_non_null(dl_map_add(&map, dl_arena_format(arena, "key %u", i), i, &added));
        assert_true(added);
    }
    for (uint32_t i = 0; i < 1000; i++) {
        uint32_t *value = dl_map_find(&map, dl_arena_format(arena, "key %u", i));
        assert_non_null(value);
        assert_int_equal(*value, i);
    }
    bool added = true;
    assert_int_equal(*dl_map_add(&map, DL_STRING("key 3"), 99, &added), 3);
    assert_false(added);
    assert_null(dl_map_find(&map, DL_STRING("key 1000")));
    dl_arena_free(arena);
}

static void utf8(void **state)
{
    (void)state;
    assert_int_equal(dl_utf8_check(DL_STRING("caf\xC3\xA9")), 5);
    assert_int_equal(dl_utf8_check(DL_STRING("caf\xE9")), 3);
    assert_int_equal(dl_utf8_check(DL_STRING("a\xC0\xAF")), 1);     /* overlong */
    assert_int_equal(dl_utf8_check(DL_STRING("a\xED\xA0\x80")), 1); /* surrogate */
    assert_int_equal(dl_utf8_check(DL_STRING("a\xF4\x90\x80\x80")), 1);
    char bytes[4];
    for (uint32_t c = 0; c < 0x110000; c += 97) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        size_t size = dl_utf8_encode(c, bytes), read = 0;
        assert_int_equal(dl_utf8_get((dl_string){bytes, size}, 0, &read), c);
        assert_int_equal(read, size);
    }
    dl_arena *arena = dl_arena_new();
    assert_string(dl_utf8_fold(arena, DL_STRING("Londo\xC3\xB1o\xE2\x80\x99S")),
                  "londono's");
    assert_string(dl_utf8_lower(arena, DL_STRING("\xC3\x89TAT")), "\xC3\xA9tat");
    dl_arena_free(arena);
    assert_true(dl_utf8_is_space(0xA0));
    assert_true(dl_utf8_is_upper('A'));
    assert_false(dl_utf8_is_letter('1'));
}

/* The container is refused where any of its bytes is changed. */
static void chunks(void **state)
{
    (void)state;
    dl_buffer out = {0};
    dl_chunk_source sources[] = {{"one", DL_STRING("first")}, {"two", DL_STRING("")}};
    dl_chunks_write(&out, "DLLEXICN", 3, sources, 2);
    char path[] = "/tmp/dateline-test-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, out.data, out.size), out.size);
    dl_chunks chunks;
    dateline_error error = {0};
    assert_int_equal(dl_chunks_open(&chunks, path, "DLLEXICN", 3, &error), DATELINE_OK);
    assert_string(dl_chunks_find(&chunks, "one"), "first");
    assert_null(dl_chunks_find(&chunks, "three").data);
    dl_chunks_close(&chunks);
    dl_buffer copy = {0};
    dl_buffer_add(&copy, out.data, out.size);
    assert_int_equal(dl_chunks_take(&chunks, &copy, "copy", "DLLEXICN", 3, &error),
                     DATELINE_OK);
    assert_null(copy.data);
    assert_string(dl_chunks_find(&chunks, "one"), "first");
    dl_chunks_close(&chunks);
    dl_buffer_add_text(&copy, "no container");
    assert_int_equal(dl_chunks_take(&chunks, &copy, "copy", "DLLEXICN", 3, &error),
                     DATELINE_BAD_FILE);
    assert_int_equal(dl_chunks_open(&chunks, path, "DLLEXICN", 4, &error),
                     DATELINE_OTHER_VERSION);
    assert_int_equal(dl_chunks_open(&chunks, path, "DLWEIGHT", 3, &error),
                     DATELINE_BAD_FILE);
    size_t last = out.size - 1;
    while (out.data[last] == 0)
        last--;
    char changed = (char)(out.data[last] ^ 1);
    assert_int_equal(pwrite(descriptor, &changed, 1, (off_t)last), 1);
    assert_int_equal(dl_chunks_open(&chunks, path, "DLLEXICN", 3, &error),
                     DATELINE_BAD_FILE);
    assert_true(error.message[0] != '\0');
    assert_int_equal(ftruncate(descriptor, 20), 0);
    assert_int_equal(dl_chunks_open(&chunks, path, "DLLEXICN", 3, &error),
                     DATELINE_BAD_FILE);
    close(descriptor);
    unlink(path);
    assert_int_equal(dl_chunks_open(&chunks, path, "DLLEXICN", 3, &error),
                     DATELINE_NOT_FOUND);
    dl_buffer_release(&out);
}

static void errors(void **state)
{
    (void)state;
    dateline_error error = {0};
    assert_int_equal(dl_error_set(&error, DATELINE_BAD_DATE, "%0300d", 1),
                     DATELINE_BAD_DATE);
    assert_int_equal(strlen(error.message), sizeof error.message - 1);
    assert_int_equal(dl_error_set(NULL, DATELINE_BAD_DATE, "x"), DATELINE_BAD_DATE);
    assert_string_equal(dateline_status_name(DATELINE_BAD_JSON), "BAD_JSON");
    assert_string_equal(dateline_status_name((dateline_status)999), "UNKNOWN");
    assert_int_equal(dateline_status_failure(DATELINE_BAD_JSON), DATELINE_BAD_INPUT);
    assert_int_equal(dateline_status_failure(DATELINE_NO_MEMORY), DATELINE_ENVIRONMENT);
    assert_int_equal(dateline_status_failure(DATELINE_USAGE), DATELINE_WRONG_CALL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings), cmocka_unit_test(arena), cmocka_unit_test(buffer),
        cmocka_unit_test(map),     cmocka_unit_test(utf8),  cmocka_unit_test(chunks),
        cmocka_unit_test(errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
