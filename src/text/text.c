#include <stdlib.h>

#include "text/inside.h"

enum { SEGMENT_HEADER_BYTES = 16, SEGMENT_BITS_MIN = 8, SEGMENT_BITS_MAX = 22 };

/* Chunk "segment": version, bits, threshold, 0 (four bytes each), then the weights. */
static dateline_status open_weights(dl_text *text, const dl_chunks *weights,
                                    dateline_error *error)
{
    uint32_t head[4];
    dl_string chunk = dl_chunks_find(weights, "segment");
    if (chunk.size < SEGMENT_HEADER_BYTES)
        return dl_error_set(error, DATELINE_BAD_FILE, "the weights lack \"segment\"");
    memcpy(head, chunk.data, sizeof head);
    if (head[0] != DL_SEGMENT_VERSION)
        return dl_error_set(error, DATELINE_OTHER_VERSION,
                            "chunk \"segment\" has version %u, not %d", head[0],
                            DL_SEGMENT_VERSION);
    if (head[1] < SEGMENT_BITS_MIN || head[1] > SEGMENT_BITS_MAX ||
        chunk.size != SEGMENT_HEADER_BYTES + (sizeof(int16_t) << head[1]))
        return dl_error_set(error, DATELINE_BAD_FILE, "chunk \"segment\" is damaged");
    text->bits = head[1];
    memcpy(&text->threshold, &head[2], sizeof text->threshold);
    text->weights = (const int16_t *)(const void *)(chunk.data + SEGMENT_HEADER_BYTES);
    return DATELINE_OK;
}

dateline_status dl_text_open(const dl_lexicon *lexicon, const dl_chunks *weights,
                             dl_text **text, dateline_error *error)
{
    static const char *const names[] = {
#define DL_TEXT_NAME(name, list) list,
        DL_TEXT_LIST(DL_TEXT_NAME)
#undef DL_TEXT_NAME
    };
    dl_text *made = calloc(1, sizeof *made);
    *text = NULL;
    if (!made)
        return dl_error_memory(error);
    made->lexicon = lexicon;
    for (int i = 0; i < DL_TEXT_LISTS; i++)
        made->lists[i] = dl_list_find(lexicon, names[i]);
    dateline_status status = weights ? open_weights(made, weights, error) : DATELINE_OK;
    if (status != DATELINE_OK) {
        free(made);
        return status;
    }
    *text = made;
    return DATELINE_OK;
}

void dl_text_close(dl_text *text)
{
    free(text);
}

bool dl_list_word(const dl_text_state *state, dl_text_list list, dl_string folded,
                  dl_entry *entry)
{
    int number = state->text->lists[list];
    return number >= 0 && dl_list_has(state->text->lexicon, number, folded, entry);
}

bool dl_text_is_title(const dl_text_state *state, const dl_token *token)
{
    dl_entry entry;
    dl_string fold = token->fold;
    if (fold.size < 2 || fold.data[fold.size - 1] != '.' ||
        !dl_list_word(state, DL_LIST_ABBREVIATIONS,
                      dl_string_slice(fold, 0, fold.size - 1), &entry))
        return false;
    return dl_string_equal(entry.value, DL_STRING("title")) ||
           dl_string_equal(entry.value, DL_STRING("name"));
}

/* A full stop or the like at the end, perhaps inside closing marks. */
static bool is_terminated(const dl_document *document, int32_t first, int32_t last)
{
    for (int32_t at = last; at >= first && at > last - 3; at--) {
        dl_string fold = document->tokens[at].fold;
        char c = fold.size ? fold.data[fold.size - 1] : '\0';
        if (c == '.' || c == '!' || c == '?' ||
            dl_string_equal(fold, DL_STRING("\u2026")))
            return true;
        if (c != '"' && c != '\'' && c != ')' && c != ']')
            return false;
    }
    return false;
}

static bool is_bulleted(const dl_document *document, int32_t first)
{
    size_t size;
    dl_string form = document->tokens[first].form;
    return document->tokens[first].space_after &&
           dl_glyph_get(form, 0, &size) == DL_MARK && form.data[0] != '"' &&
           form.data[0] != '\'' && form.data[0] != '(' && form.data[0] != '[' &&
           size == form.size;
}

/* Cuts the first `count` tokens of the paragraph off the document. */
static void drop_tokens(dl_document *document, int32_t first, int32_t count)
{
    dl_token *tokens = document->tokens;
    size_t rest = document->token_count - (size_t)(first + count);
    memmove(&tokens[first], &tokens[first + count], rest * sizeof *tokens);
    document->token_count -= (size_t)count;
}

static void cut_dateline(dl_text_state *state, dl_paragraph *paragraph)
{
    dl_document *document = state->document;
    int32_t first = paragraph->first, count = dl_text_dateline(state, paragraph);
    if (count == 0)
        return;
    dl_text_skip(state, dl_document_span(document, first, first + count - 1),
                 DL_SKIP_DATELINE);
    drop_tokens(document, first, count);
    paragraph->last -= count;
}

/* Whether the paragraph is left in the body; it is skipped whole where not. */
static bool sort_out(dl_text_state *state, dl_paragraph *paragraph)
{
    dl_skip_why why;
    dl_document *document = state->document;
    if (document->verbatim)
        return true;
    if (dl_text_aside(state, paragraph, &why)) {
        dl_text_skip(state, dl_document_span(document, paragraph->first, paragraph->last),
                     why);
        document->token_count = (size_t)paragraph->first;
        paragraph->last = paragraph->first - 1;
        return false;
    }
    cut_dateline(state, paragraph);
    return true;
}

static void read_paragraph(dl_text_state *state, uint32_t start, uint32_t end)
{
    dl_document *document = state->document;
    dl_paragraph paragraph = {.start = start, .end = end};
    paragraph.first = (int32_t)document->token_count;
    paragraph.sentence = (int32_t)document->sentence_count;
    dl_text_tokens(state, start, end);
    paragraph.last = (int32_t)document->token_count - 1;
    if (state->failed || paragraph.last < paragraph.first)
        return;
    if (!dl_arena_grow(document->arena, (void **)&state->paragraphs,
                       state->paragraph_count, &state->paragraph_capacity,
                       sizeof paragraph)) {
        state->failed = true;
        return;
    }
    paragraph.terminated = is_terminated(document, paragraph.first, paragraph.last);
    paragraph.bulleted = is_bulleted(document, paragraph.first);
    if (sort_out(state, &paragraph) && paragraph.last >= paragraph.first) {
        dl_text_repair(state, paragraph.first);
        paragraph.last = (int32_t)document->token_count - 1;
        dl_text_segment(state, paragraph.first, paragraph.last,
                        (int32_t)state->paragraph_count, paragraph.bulleted);
        paragraph.sentences = (int32_t)document->sentence_count - paragraph.sentence;
    }
    state->paragraphs[state->paragraph_count++] = paragraph;
}

/* Headings are found last and mended letters first: put the lists into text order. */
static int compare_skips(const void *a, const void *b)
{
    const dl_skip *x = a, *y = b;
    return (x->span.start > y->span.start) - (x->span.start < y->span.start);
}

static int compare_repairs(const void *a, const void *b)
{
    const dl_repair *x = a, *y = b;
    return (x->span.start > y->span.start) - (x->span.start < y->span.start);
}

static void clear(dl_document *document)
{
    document->sentences = NULL;
    document->tokens = NULL;
    document->skips = NULL;
    document->repairs = NULL;
    document->sentence_count = document->token_count = 0;
    document->skip_count = document->repair_count = 0;
    document->dateline_date = (dl_date){0};
}

dateline_status dl_text_run(const dl_text *text, dl_document *document,
                            dateline_error *error)
{
    dl_text_state state = {.text = text, .document = document};
    uint32_t start, end;
    clear(document);
    if (document->text.size > UINT32_MAX)
        return dl_error_set(error, DATELINE_ARTICLE_TOO_LARGE, "the text has over 4 GiB");
    if (!dl_text_clean(&state))
        return dl_error_memory(error);
    dl_layout layout = dl_layout_start(state.clean);
    while (!state.failed && dl_layout_next(state.clean, &layout, &start, &end)) {
        read_paragraph(&state, start, end);
        if (document->token_count > DL_TOKENS_MAX)
            return dl_error_set(error, DATELINE_TOO_MANY_TOKENS,
                                "more than %d tokens in one article", DL_TOKENS_MAX);
    }
    if (!state.failed)
        dl_text_headings(&state);
    if (state.failed)
        return dl_error_memory(error);
    if (document->skip_count)
        qsort(document->skips, document->skip_count, sizeof *document->skips,
              compare_skips);
    if (document->repair_count)
        qsort(document->repairs, document->repair_count, sizeof *document->repairs,
              compare_repairs);
    return DATELINE_OK;
}
