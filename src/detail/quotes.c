#include "detail/quotes.h"

/* Kinds of quotation marks: which may open, which may close. A mark closes only what a
 * mark of its family opened. */
enum { FAMILY_NONE, FAMILY_DOUBLE, FAMILY_SINGLE, FAMILY_ANGLE };

typedef struct mark {
    int family;
    bool opens, closes;
    bool turned; /* opens or closes the other way round where the spaces say so */
} mark;

static mark mark_of(const dl_token *token)
{
    size_t size;
    const mark none = {FAMILY_NONE, false, false, false};
    if (token->form.size == 0)
        return none;
    if (dl_string_equal(token->form, DL_STRING("``")))
        return (mark){FAMILY_DOUBLE, true, false, false};
    if (dl_string_equal(token->form, DL_STRING("''")))
        return (mark){FAMILY_DOUBLE, true, true,
                      false}; /* typewriters open with it too */
    uint32_t c = dl_utf8_get(token->form, 0, &size);
    if (size != token->form.size)
        return none;
    switch (c) {
    case '"':
        return (mark){FAMILY_DOUBLE, true, true, false};
    case 0x201C:
        return (mark){FAMILY_DOUBLE, true, false, true};
    case 0x201E:
        return (mark){FAMILY_DOUBLE, true, false, false};
    case 0x201D:
        return (mark){FAMILY_DOUBLE, false, true, true};
    case 0xAB:
        return (mark){FAMILY_ANGLE, true, true, false};
    case 0xBB:
        return (mark){FAMILY_ANGLE, true, true, false};
    case 0x2018:
        return (mark){FAMILY_SINGLE, true, false, false};
    case 0x2019:
    case '\'':
        return (mark){FAMILY_SINGLE, c == '\'', true, false};
    default:
        return none;
    }
}

static bool add_quote(dl_document *document, dl_quotes *quotes, size_t *room, dl_quote q)
{
    for (int32_t i = q.first; i <= q.last; i++)
        q.words += document->tokens[i].upos != DL_UPOS_PUNCT;
    if (q.words == 0)
        return true;
    if (!dl_arena_grow(document->arena, (void **)&quotes->items, quotes->count, room,
                       sizeof q))
        return false;
    quotes->items[quotes->count++] = q;
    return true;
}

/* Whether a mark that could open or close opens here: what stands before it is a space
 * or the start of the paragraph. */
static bool opens_here(const dl_document *document, int32_t token,
                       int32_t paragraph_first)
{
    return token == paragraph_first || document->tokens[token - 1].space_after ||
           document->tokens[token - 1].upos == DL_UPOS_PUNCT;
}

/* A mark that is typed the wrong way round: a closing one with a space before and none
 * behind opens, an opening one with a space behind and none before closes. */
static bool turned_here(const dl_document *document, int32_t token, mark m, int family,
                        int32_t first, int32_t last)
{
    bool space_before = token == first || document->tokens[token - 1].space_after;
    bool space_behind = token == last || document->tokens[token].space_after;
    if (!m.turned)
        return false;
    if (family == FAMILY_NONE)
        return !m.opens && space_before && !space_behind;
    return !m.closes && !space_before && space_behind;
}

static bool quotes_of_paragraph(dl_document *document, dl_quotes *quotes, size_t *room,
                                int32_t first, int32_t last, int32_t paragraph)
{
    int family = FAMILY_NONE;
    int32_t start = -1;
    for (int32_t i = first; i <= last; i++) {
        mark m = mark_of(&document->tokens[i]);
        if (m.family == FAMILY_NONE)
            continue;
        if (family == FAMILY_NONE) {
            if ((m.opens && opens_here(document, i, first)) ||
                turned_here(document, i, m, family, first, last)) {
                family = m.family;
                start = i + 1;
            }
        } else if (m.family == family &&
                   (m.closes || turned_here(document, i, m, family, first, last))) {
            dl_quote q = {.first = start, .last = i - 1, .paragraph = paragraph};
            if (start < i && !add_quote(document, quotes, room, q))
                return false;
            family = FAMILY_NONE;
        }
    }
    if (family == FAMILY_DOUBLE && start <= last) {
        dl_quote q = {.first = start, .last = last, .paragraph = paragraph, .open = true};
        return add_quote(document, quotes, room, q);
    }
    return true;
}

bool dl_quotes_find(dl_document *document, dl_quotes *quotes)
{
    size_t room = 0;
    *quotes = (dl_quotes){0};
    for (size_t s = 0; s < document->sentence_count;) {
        size_t e = s;
        int32_t paragraph = document->sentences[s].paragraph;
        while (e + 1 < document->sentence_count &&
               document->sentences[e + 1].paragraph == paragraph)
            e++;
        if (!quotes_of_paragraph(document, quotes, &room, document->sentences[s].first,
                                 document->sentences[e].last, paragraph))
            return false;
        s = e + 1;
    }
    return true;
}

int32_t dl_quotes_at(const dl_quotes *quotes, int32_t token)
{
    size_t low = dl_first_ending(quotes->items, quotes->count, sizeof(dl_quote),
                                 offsetof(dl_quote, last), token);
    return low < quotes->count && quotes->items[low].first <= token ? (int32_t)low : -1;
}

int32_t dl_quotes_words(const dl_document *document, const dl_quotes *quotes,
                        int32_t first, int32_t last)
{
    int32_t words = 0;
    for (int32_t i = first; i <= last; i++)
        words +=
            document->tokens[i].upos != DL_UPOS_PUNCT && dl_quotes_at(quotes, i) >= 0;
    return words;
}
