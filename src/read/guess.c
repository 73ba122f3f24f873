#include "read/inside.h"

static const char byte_order_mark[] = "\xEF\xBB\xBF";

dl_string dl_without_mark(dl_string bytes)
{
    bool marked = dl_string_starts(bytes, dl_string_from(byte_order_mark));
    return marked ? dl_string_slice(bytes, 3, bytes.size) : bytes;
}

dateline_input dl_guess_by_name(const char *path)
{
    static const struct {
        const char *ending;
        dateline_input input;
    } endings[] = {{".jsonl", DATELINE_INPUT_JSONL},   {".ndjson", DATELINE_INPUT_JSONL},
                   {".json", DATELINE_INPUT_JSONL},    {".txt", DATELINE_INPUT_TEXT},
                   {".conllu", DATELINE_INPUT_CONLLU}, {".html", DATELINE_INPUT_HTML},
                   {".htm", DATELINE_INPUT_HTML},      {".xhtml", DATELINE_INPUT_HTML},
                   {".warc", DATELINE_INPUT_WARC},     {".wet", DATELINE_INPUT_WARC},
                   {".rss", DATELINE_INPUT_FEED},      {".atom", DATELINE_INPUT_FEED},
                   {".csv", DATELINE_INPUT_CSV},       {".tsv", DATELINE_INPUT_CSV}};
    dl_string name = dl_string_from(path);
    if (dl_string_ends(name, DL_STRING(".gz")) && name.size > 3)
        name.size -= 3;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (dl_string_ends(name, dl_string_from(endings[i].ending)))
            return endings[i].input;
    return DATELINE_INPUT_GUESS;
}

/* A page opens with a tag, a comment or a declaration. */
static bool is_page(dl_string start)
{
    char next = start.size > 1 ? start.data[1] : ' ';
    bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    return start.size > 1 && start.data[0] == '<' &&
           (letter || next == '!' || next == '?');
}

dateline_input dl_guess_by_content(dl_string start)
{
    start = dl_string_trim(dl_without_mark(start));
    if (start.size && start.data[0] == '{')
        return DATELINE_INPUT_JSONL;
    if (dl_string_starts(start, DL_STRING("# newdoc")) ||
        dl_string_starts(start, DL_STRING("# sent_id")) ||
        dl_string_starts(start, DL_STRING("1\t")))
        return DATELINE_INPUT_CONLLU;
    if (dl_warc_is_start(start))
        return DATELINE_INPUT_WARC;
    if (dl_feed_is_start(start))
        return DATELINE_INPUT_FEED;
    if (is_page(start))
        return DATELINE_INPUT_HTML;
    return dl_csv_is_start(start) ? DATELINE_INPUT_CSV : DATELINE_INPUT_TEXT;
}
