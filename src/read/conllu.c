#include "read/conllu.h"

enum { COLUMNS = 10 };

/* Reading goes line by line; a multiword token is open until its last word is read. */
typedef struct reading {
    dl_document *document;
    dateline_error *error;
    dl_buffer text; /* the forms, with blanks as MISC says */
    size_t line;    /* 1-based */
    int32_t words;  /* of the sentence so far */
    int32_t last_of_multiword, multiword_first;
    dl_span multiword_span;
    bool multiword_space;
} reading;

static dateline_status bad_line(const reading *r, const char *what)
{
    return dl_error_set(r->error, DATELINE_BAD_CONLLU, "line %zu of the CoNLL-U: %s",
                        r->line, what);
}

/* Cuts a line at its tabs; false where it has not ten columns. */
static bool cut_columns(dl_string line, dl_string columns[COLUMNS])
{
    size_t at = 0;
    for (int i = 0; i < COLUMNS; i++) {
        size_t end = dl_string_find(line, '\t', at);
        if ((i < COLUMNS - 1) == (end == line.size))
            return false;
        columns[i] = dl_string_slice(line, at, end);
        at = end + 1;
    }
    return columns[1].size > 0;
}

static bool has_space_after(dl_string misc)
{
    static const dl_string no_space = {"SpaceAfter=No", 13};
    for (size_t at = 0; at <= misc.size;) {
        size_t end = dl_string_find(misc, '|', at);
        if (dl_string_equal(dl_string_slice(misc, at, end), no_space))
            return false;
        at = end + 1;
    }
    return true;
}

static dl_span add_text(reading *r, dl_string form, bool space_after)
{
    dl_span span = {(uint32_t)r->text.size, (uint32_t)(r->text.size + form.size)};
    dl_buffer_add_string(&r->text, form);
    if (space_after)
        dl_buffer_add_char(&r->text, ' ');
    return span;
}

/* The words of "cannot" share its bytes out where their forms add up to it; otherwise
 * each has all of them. */
static void share_out(reading *r, int32_t last)
{
    dl_token *tokens = r->document->tokens;
    int32_t first = r->multiword_first;
    size_t sum = 0;
    for (int32_t i = first; i <= last; i++)
        sum += tokens[i].form.size;
    bool adds_up = sum == r->multiword_span.end - r->multiword_span.start;
    uint32_t at = r->multiword_span.start;
    for (int32_t i = first; i <= last; i++) {
        tokens[i].span = r->multiword_span;
        if (adds_up)
            tokens[i].span = (dl_span){at, at + (uint32_t)tokens[i].form.size};
        at = tokens[i].span.end;
        tokens[i].inside_multiword = i > first;
    }
    tokens[first].multiword = (uint8_t)(last - first + 1);
    tokens[last].space_after = r->multiword_space;
}

static dateline_status open_multiword(reading *r, dl_string id, size_t hyphen,
                                      const dl_string columns[COLUMNS])
{
    uint64_t first = 0, last = 0;
    if (!dl_string_to_uint(dl_string_slice(id, 0, hyphen), &first) ||
        !dl_string_to_uint(dl_string_slice(id, hyphen + 1, id.size), &last) ||
        first != (uint64_t)r->words + 1 || last <= first || last - first >= UINT8_MAX ||
        r->last_of_multiword > r->words)
        return bad_line(r, "a range of words that does not begin with the next one");
    r->multiword_space = has_space_after(columns[9]);
    r->multiword_span = add_text(r, columns[1], r->multiword_space);
    r->multiword_first = (int32_t)r->document->token_count;
    r->last_of_multiword = (int32_t)last;
    return DATELINE_OK;
}

static dateline_status add_word(reading *r, const dl_string columns[COLUMNS])
{
    dl_document *document = r->document;
    uint64_t number = 0;
    if (!dl_string_to_uint(columns[0], &number) || number != (uint64_t)r->words + 1)
        return bad_line(r, "the words are not numbered 1, 2, 3 ...");
    if (document->token_count >= DL_TOKENS_MAX)
        return dl_error_set(r->error, DATELINE_TOO_MANY_TOKENS,
                            "more words than the limit");
    int32_t at = (int32_t)document->token_count++;
    dl_token *token = &document->tokens[at];
    token->form = columns[1];
    token->head = token->mention = -1;
    token->sentence = (int32_t)document->sentence_count;
    r->words++;
    if (r->words > r->last_of_multiword) {
        token->space_after = has_space_after(columns[9]);
        token->span = add_text(r, columns[1], token->space_after);
    } else if (r->words == r->last_of_multiword) {
        share_out(r, at);
    }
    return DATELINE_OK;
}

static dateline_status end_sentence(reading *r)
{
    dl_document *document = r->document;
    if (r->words == 0)
        return DATELINE_OK;
    if (r->words < r->last_of_multiword)
        return bad_line(r, "the sentence ends within a range of words");
    int32_t last = (int32_t)document->token_count - 1, first = last - r->words + 1;
    document->sentences[document->sentence_count++] =
        (dl_sentence){.span = dl_document_span(document, first, last),
                      .first = first,
                      .last = last,
                      .root = -1};
    r->words = r->last_of_multiword = 0;
    return DATELINE_OK;
}

static dateline_status read_line(reading *r, dl_string line)
{
    dl_string columns[COLUMNS];
    if (line.size > 0 && line.data[line.size - 1] == '\r')
        line.size--;
    if (line.size == 0)
        return end_sentence(r);
    if (line.data[0] == '#')
        return DATELINE_OK;
    if (!cut_columns(line, columns))
        return bad_line(r, "ten columns with tabs between them are wanted");
    if (dl_string_find(columns[0], '.', 0) < columns[0].size)
        return DATELINE_OK;
    size_t hyphen = dl_string_find(columns[0], '-', 0);
    return hyphen < columns[0].size ? open_multiword(r, columns[0], hyphen, columns)
                                    : add_word(r, columns);
}

static dateline_status read_lines(reading *r, dl_string input)
{
    dateline_status status = DATELINE_OK;
    for (size_t at = 0; status == DATELINE_OK && at < input.size;) {
        size_t end = dl_string_find(input, '\n', at);
        r->line++;
        status = read_line(r, dl_string_slice(input, at, end));
        at = end + 1;
    }
    return status == DATELINE_OK ? end_sentence(r) : status;
}

dateline_status dl_conllu_read(dl_document *document, dl_string input,
                               dateline_error *error)
{
    size_t lines = 1;
    for (size_t i = 0; i < input.size; i++)
        lines += input.data[i] == '\n';
    document->tokens = DL_ARENA_ARRAY(document->arena, dl_token, lines);
    document->sentences = DL_ARENA_ARRAY(document->arena, dl_sentence, lines);
    if (!document->tokens || !document->sentences)
        return dl_error_memory(error);
    reading r = {.document = document, .error = error};
    dateline_status status = read_lines(&r, input);
    if (status == DATELINE_OK && document->token_count == 0)
        status = dl_error_set(error, DATELINE_EMPTY_ARTICLE, "no words");
    if (status == DATELINE_OK) {
        document->text =
            dl_arena_string(document->arena, (dl_string){r.text.data, r.text.size});
        if (r.text.failed || !document->text.data)
            status = dl_error_memory(error);
    }
    dl_buffer_release(&r.text);
    return status;
}
