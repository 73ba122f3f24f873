#include <stdio.h>

#include "base/base.h"
#include "lexicon/sections.h"

enum { LIST_NAME_MAX = 100 };

/* The value of a phrase is two numbers in a row: string of the value, string of the rule.
 * Tables of lists are called "list:<name>". */

static dl_string unescape(dl_arena *arena, dl_string s)
{
    char *out = dl_arena_get(arena, s.size + 1, 1);
    size_t size = 0;
    if (!out)
        return (dl_string){"", 0};
    for (size_t i = 0; i < s.size; i++)
        if (s.data[i] != '\\' || i + 1 == s.size || s.data[i + 1] == '\\')
            out[size++] = s.data[i];
    return (dl_string){out, size};
}

static size_t value_start(dl_string text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '=' && (i == 0 || text.data[i - 1] != '\\'))
            return i;
    return text.size;
}

void dl_lists_add(dl_builder *builder, const dl_line *line, dl_string name,
                  dl_string text)
{
    char table_name[LIST_NAME_MAX + 8];
    dl_arena *arena = dl_builder_arena(builder);
    if (name.size > LIST_NAME_MAX) {
        dl_builder_report(builder, line, 1, "the list's name is too long");
        return;
    }
    snprintf(table_name, sizeof table_name, "list:%.*s", (int)name.size, name.data);
    uint32_t table = dl_builder_table(builder, table_name, DL_TABLE_EXACT);
    size_t equals = value_start(text), at = 0;
    dl_string phrases = dl_string_slice(text, 0, equals), phrase, value = {"", 0};
    if (equals < text.size)
        value =
            unescape(arena, dl_string_trim(dl_string_slice(text, equals + 1, text.size)));
    uint32_t value_string = dl_builder_string(builder, value);
    uint32_t rule = dl_builder_rule(builder, line);
    while (dl_source_piece(phrases, ',', &at, &phrase)) {
        dl_string plain = unescape(arena, phrase);
        if (phrase.size == 0)
            dl_builder_report(builder, line, at, "there is no phrase before the comma");
        else if (!dl_builder_phrase(builder, table, plain, value_string))
            dl_builder_report(builder, line, at, "the phrase has too many words");
        else
            dl_builder_phrase(builder, table, plain, rule);
    }
}

/* "[name]" in `text`, else false. */
static bool list_name(dl_string text, dl_string *name)
{
    if (text.size < 3 || text.data[0] != '[' || text.data[text.size - 1] != ']')
        return false;
    *name = dl_string_trim(dl_string_slice(text, 1, text.size - 1));
    return name->size > 0;
}

dateline_status dl_lists_compile(dl_builder *builder, const dl_line *lines, size_t count,
                                 dateline_error *error)
{
    dl_string name = {0}, file = {0};
    (void)error;
    for (size_t i = 0; i < count; i++) {
        if (!dl_string_equal(lines[i].file, file)) {
            file = lines[i].file;
            name = (dl_string){0};
        }
        if (list_name(lines[i].text, &name))
            continue;
        if (name.size == 0)
            dl_builder_report(builder, &lines[i], 1,
                              "the line stands before the first [list] of its file");
        else
            dl_lists_add(builder, &lines[i], name, lines[i].text);
    }
    return DATELINE_OK;
}

dateline_status dl_lists_open(dl_lexicon *lexicon, dateline_error *error)
{
    bool *is_list = DL_ARENA_ARRAY(lexicon->arena, bool, lexicon->table_count);
    if (!is_list)
        return dl_error_memory(error);
    for (size_t i = 0; i < lexicon->table_count; i++)
        is_list[i] = dl_string_starts(dl_lexicon_string(lexicon, lexicon->tables[i].name),
                                      DL_STRING("list:"));
    for (size_t i = 0; i < lexicon->node_count; i++) {
        const dl_node_record *node = &lexicon->nodes[i];
        if (!is_list[node->table])
            continue;
        for (uint32_t k = 0; k < node->value_count; k++)
            if (lexicon->values[node->first_value + k] >= lexicon->string_count)
                return dl_error_set(error, DATELINE_BAD_FILE, "a list is damaged");
    }
    return DATELINE_OK;
}

int dl_list_find(const dl_lexicon *lexicon, const char *name)
{
    char table_name[LIST_NAME_MAX + 8];
    snprintf(table_name, sizeof table_name, "list:%s", name);
    return dl_table_find(lexicon, table_name);
}

/* The last line that gives the phrase a value wins: an overlay's line comes later. */
static void get_entry(const dl_lexicon *lexicon, const uint32_t *values, size_t count,
                      dl_entry *entry)
{
    if (!entry || count < 2)
        return;
    entry->value = dl_lexicon_string(lexicon, values[count - 2]);
    entry->rule = dl_lexicon_string(lexicon, values[count - 1]);
}

size_t dl_list_match(const dl_lexicon *lexicon, int list, const dl_string *words,
                     size_t count, dl_entry *entry)
{
    const uint32_t *values = NULL;
    size_t value_count = 0;
    size_t taken = dl_table_match(lexicon, list, words, count, &values, &value_count);
    get_entry(lexicon, values, value_count, entry);
    return taken;
}

bool dl_list_has(const dl_lexicon *lexicon, int list, dl_string folded, dl_entry *entry)
{
    return dl_list_match(lexicon, list, &folded, 1, entry) == 1;
}

size_t dl_list_match_tokens(const dl_lexicon *lexicon, int list,
                            const dl_document *document, int32_t first, int32_t last,
                            dl_entry *entry)
{
    const uint32_t *values = NULL;
    size_t value_count = 0;
    size_t taken = dl_table_match_tokens(lexicon, list, document, first, last, &values,
                                         &value_count);
    get_entry(lexicon, values, value_count, entry);
    return taken;
}
