/* A tally as JSON Lines or as a table. */
#include "write/write.h"

static const char *kind_name(dl_null_kind kind)
{
    static const char *const names[] = {[DL_NULL_PREDICATE] = "predicate",
                                        [DL_NULL_PERSON] = "person",
                                        [DL_NULL_ORGANISATION] = "organisation",
                                        [DL_NULL_PLACE] = "place"};
    return names[kind];
}

static const char *kind_heading(dl_null_kind kind)
{
    static const char *const headings[] = {
        [DL_NULL_PREDICATE] = "predicates, for what/",
        [DL_NULL_PERSON] = "persons, for who/people/",
        [DL_NULL_ORGANISATION] = "organisations, for who/",
        [DL_NULL_PLACE] = "places, for who/ or where/"};
    return headings[kind];
}

static void add_object(dl_buffer *out, const dl_tally_entry *entry)
{
    dl_json json = {.out = out};
    dl_json_open(&json, '{');
    dl_json_set_text(&json, "kind", kind_name(entry->kind));
    dl_json_set_string(&json, "text", entry->text);
    dl_json_set_string(&json, "beside", entry->beside);
    dl_json_set_number(&json, "count", (double)entry->count);
    dl_json_set_number(&json, "articles", (double)entry->articles);
    dl_json_key(&json, "examples");
    dl_json_open(&json, '[');
    for (size_t i = 0; i < entry->example_count; i++) {
        const dl_tally_example *example = &entry->examples[i];
        dl_json_open(&json, '{');
        dl_json_set_string(&json, "doc", example->doc);
        dl_json_set_number(&json, "sentence", example->sentence);
        dl_json_set_string(&json, "text", example->text);
        dl_json_close(&json, '}');
    }
    dl_json_close(&json, ']');
    dl_json_close(&json, '}');
    dl_buffer_add_char(out, '\n');
}

static void add_lines(dl_buffer *out, const dl_tally_entry *entry)
{
    dl_buffer_add_format(out, "%7zu  %8zu  ", entry->count, entry->articles);
    dl_write_flat(out, entry->text);
    if (entry->beside.size > 0) {
        dl_buffer_add_text(out, "    # ");
        dl_write_flat(out, entry->beside);
    }
    dl_buffer_add_char(out, '\n');
    for (size_t i = 0; i < entry->example_count; i++) {
        const dl_tally_example *example = &entry->examples[i];
        dl_buffer_add_text(out, "                   ");
        dl_write_flat(out, example->doc);
        dl_buffer_add_format(out, ", %u: \"", (unsigned)example->sentence);
        dl_write_flat(out, example->text);
        dl_buffer_add_text(out, "\"\n");
    }
}

void dl_write_nulls(dl_buffer *out, const dl_tally_entry *const *entries, size_t count,
                    size_t most, bool table)
{
    size_t of_kind = 0;
    for (size_t i = 0; i < count; i++) {
        bool first = i == 0 || entries[i]->kind != entries[i - 1]->kind;
        of_kind = first ? 1 : of_kind + 1;
        if (of_kind > most)
            continue;
        if (table && first)
            dl_buffer_add_format(out, "%s  count  articles  %s\n", i > 0 ? "\n" : "",
                                 kind_heading(entries[i]->kind));
        if (table)
            add_lines(out, entries[i]);
        else
            add_object(out, entries[i]);
    }
    if (table && count == 0)
        dl_buffer_add_text(out, "nothing\n");
}
