#include "detail/where.h"

/* Places of datelines, which the text stage skips: where the article was filed. They are
 * read from the bytes, as no tokens cover them. */

enum { WORDS_MAX = 24, NAME_WORDS_MAX = 6 };

/* A word of a dateline or one mark. */
typedef struct word {
    dl_string fold;
    dl_span span;
    bool mark, capital;
} word;

static bool is_letter(dl_string text, size_t at, size_t *size)
{
    uint32_t c = dl_utf8_get(text, at, size);
    return dl_utf8_is_letter(c) || c == '\'' || c == '-';
}

static int32_t cut_words(dl_document *document, dl_span span, word words[WORDS_MAX])
{
    dl_string text = document->text;
    int32_t count = 0;
    for (size_t at = span.start, size; at < span.end && count < WORDS_MAX; at += size) {
        if (!is_letter(text, at, &size)) {
            if (!dl_utf8_is_space(dl_utf8_get(text, at, &size)))
                words[count++] =
                    (word){.span = {(uint32_t)at, (uint32_t)(at + size)}, .mark = true};
            continue;
        }
        size_t start = at, step = size;
        while (at + step < span.end && is_letter(text, at + step, &size))
            step += size;
        if (at + step < span.end && text.data[at + step] == '.')
            step++;
        word w = {.span = {(uint32_t)start, (uint32_t)(start + step)}};
        w.capital = dl_utf8_is_upper(dl_utf8_get(text, start, &size));
        w.fold = dl_utf8_fold(document->arena, dl_document_slice(document, w.span));
        words[count++] = w;
        size = step;
    }
    return count;
}

/* The name at word i; the words that it takes, 0 for none. */
static size_t match_at(const dl_search *s, const word *words, int32_t count, int32_t i,
                       dl_place_hit *hit)
{
    dl_string folds[NAME_WORDS_MAX];
    size_t room = 0;
    while (i + (int32_t)room < count && room < NAME_WORDS_MAX &&
           !words[i + (int32_t)room].mark) {
        folds[room] = words[i + (int32_t)room].fold;
        room++;
    }
    size_t size = words[i].capital ? dl_places_search_words(s->work->detail->lexicon,
                                                            folds, room, &hit->names)
                                   : 0;
    for (size_t k = 0; k < size; k++)
        hit->key = hit->key * 31 + dl_string_hash(folds[k]);
    return size;
}

static bool read_dateline(dl_search *s, dl_span span)
{
    word words[WORDS_MAX];
    int32_t count = cut_words(s->work->document, span, words), before = -1;
    for (int32_t i = 0; i < count;) {
        dl_place_hit hit = {.first = -1,
                            .last = -1,
                            .chosen = -1,
                            .around = -1,
                            .within = -1,
                            .supported = true};
        size_t size = match_at(s, words, count, i, &hit);
        if (!size) {
            i++;
            continue;
        }
        hit.span = (dl_span){words[i].span.start, words[i + (int32_t)size - 1].span.end};
        hit.behind = before >= 0 && before == i - 1;
        if (hit.behind) {
            hit.within = (int32_t)s->count - 1;
            s->items[s->count - 1].around = (int32_t)s->count;
        }
        if (before >= 0 && !hit.behind)
            break; /* what stands behind is the agency's */
        if (!dl_hits_add(s, hit))
            return false;
        i += (int32_t)size;
        before = i;
    }
    return true;
}

bool dl_hits_filed(dl_search *search)
{
    const dl_document *document = search->work->document;
    for (size_t i = 0; i < document->skip_count; i++)
        if (document->skips[i].why == DL_SKIP_DATELINE &&
            !read_dateline(search, document->skips[i].span))
            return false;
    return true;
}
