/* Prints the features of every gap between tokens, for train.py, so that training and
 * running share one definition.
 *
 *     features LEXICON TEXT BOUNDARIES OUTPUT
 *
 * LEXICON is a compiled one, TEXT raw text, BOUNDARIES one number a line: how many bytes
 * that are no white space stand before the end of each sentence, rising. OUTPUT gets, for
 * each gap inside a paragraph, one byte (1: a boundary, 0: none) and DL_SEGMENT_FEATURES
 * 4-byte numbers in the machine's byte order. Sentences so far are the true ones. */
#include <stdio.h>
#include <stdlib.h>

#include "text/inside.h"

typedef struct boundaries {
    uint64_t *at;
    size_t count, next;
} boundaries;

static bool read_boundaries(const char *path, boundaries *list)
{
    unsigned long long value;
    size_t capacity = 0;
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    while (fscanf(file, "%llu", &value) == 1) {
        if (list->count == capacity) {
            capacity = capacity ? capacity * 2 : 1024;
            uint64_t *grown = realloc(list->at, capacity * sizeof *grown);
            if (!grown)
                break;
            list->at = grown;
        }
        list->at[list->count++] = value;
    }
    fclose(file);
    return list->count > 0;
}

/* Whether a sentence ends at `place`; forgets those before. */
static bool ends_at(boundaries *list, uint64_t place)
{
    while (list->next < list->count && list->at[list->next] < place)
        list->next++;
    return list->next < list->count && list->at[list->next] == place;
}

static void print_gap(const dl_document *document, int32_t first, int32_t gap,
                      int32_t last, bool boundary, FILE *out)
{
    uint32_t features[DL_SEGMENT_FEATURES];
    size_t count = dl_segment_features(document, first, gap, last, features);
    fputc(boundary, out);
    fwrite(features, sizeof *features, count, out);
}

/* Tokens of one paragraph have consecutive numbers. */
static void print_paragraph(const dl_document *document, int32_t first, int32_t last,
                            uint64_t *place, boundaries *list, FILE *out)
{
    int32_t start = first;
    for (int32_t i = first; i <= last; i++) {
        *place += document->tokens[i].form.size;
        bool boundary = ends_at(list, *place);
        if (i < last && !document->tokens[i + 1].inside_multiword)
            print_gap(document, start, i, last, boundary, out);
        if (boundary)
            start = i + 1;
    }
}

static void print_document(const dl_document *document, boundaries *list, FILE *out)
{
    uint64_t place = 0;
    size_t from = 0;
    while (from < document->sentence_count) {
        size_t to = from;
        while (to + 1 < document->sentence_count &&
               document->sentences[to + 1].paragraph ==
                   document->sentences[from].paragraph)
            to++;
        print_paragraph(document, document->sentences[from].first,
                        document->sentences[to].last, &place, list, out);
        from = to + 1;
    }
}

int main(int count, char **arguments)
{
    dateline_error error = {0};
    dl_lexicon *lexicon = NULL;
    dl_text *text = NULL;
    dl_mapped file = {0};
    boundaries list = {0};
    dl_document document = {.verbatim = true};
    if (count != 5 || !read_boundaries(arguments[3], &list))
        return 2;
    FILE *out = fopen(arguments[4], "wb");
    document.arena = dl_arena_new();
    if (!out || !document.arena ||
        dl_lexicon_open(arguments[1], &lexicon, &error) != DATELINE_OK ||
        dl_text_open(lexicon, NULL, &text, &error) != DATELINE_OK ||
        dl_mapped_open(&file, arguments[2], &error) != DATELINE_OK)
        return 3;
    document.text = file.bytes;
    dateline_status status = dl_text_run(text, &document, &error);
    if (status == DATELINE_OK)
        print_document(&document, &list, out);
    fclose(out);
    dl_mapped_close(&file);
    dl_text_close(text);
    dl_lexicon_close(lexicon);
    dl_arena_free(document.arena);
    free(list.at);
    return status == DATELINE_OK ? 0 : 3;
}
