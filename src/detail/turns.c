#include "detail/says.h"

/* Turns of a transcript: paragraphs that begin with a name in capitals and a colon
 * ("OKELLO: We will stay."). Two of them that are somebody make a transcript; each turn
 * is what its name says. */

enum { TURNS_LEAST = 2, NAME_WORDS = 4 };

static bool is_capitals(dl_string word)
{
    bool letters = false;
    for (size_t i = 0, size; i < word.size; i += size) {
        uint32_t c = dl_utf8_get(word, i, &size);
        if (dl_utf8_is_upper(c))
            letters = true;
        else if (c != '.' && c != '-' && c != '\'')
            return false;
    }
    return letters;
}

/* Not "UPDATE:" or "NOTE:". */
static bool is_somebody(const speech *s, int32_t token)
{
    return s->tokens[token].name == DL_NAME_PER || dl_speaker_at(s, token) >= 0;
}

/* The colon behind a name in capitals that the sentence begins with; -1 none. *name is
 * the first word of the name. */
static int32_t colon_of(const speech *s, const dl_sentence *sentence, int32_t *name)
{
    int32_t i = sentence->first;
    while (i < sentence->last && dl_is_punct(s, i))
        i++; /* an opening mark */
    *name = i;
    for (; i < sentence->last && i <= *name + NAME_WORDS; i++) {
        if (i > *name && dl_string_equal(s->tokens[i].form, DL_STRING(":")))
            return i;
        if (!is_capitals(s->tokens[i].form))
            return -1;
    }
    return -1;
}

static bool starts_paragraph(const dl_document *document, size_t k)
{
    return k == 0 ||
           document->sentences[k - 1].paragraph != document->sentences[k].paragraph;
}

/* Whether the paragraph that begins with sentence k goes on with the turn before it: both
 * open with a quotation mark, and the one before was left open. */
static bool goes_on(const speech *s, size_t k)
{
    const dl_document *document = s->document;
    if (k >= document->sentence_count || !starts_paragraph(document, k))
        return false;
    int32_t first = document->sentences[k].first, name;
    int32_t quote = dl_quotes_at(&s->quotes, first + 1);
    return quote > 0 && s->quotes.items[quote].first == first + 1 &&
           s->quotes.items[quote - 1].open &&
           s->quotes.items[quote - 1].paragraph + 1 == document->sentences[k].paragraph &&
           colon_of(s, &document->sentences[k], &name) < 0;
}

/* The turn that begins with sentence k: all of its paragraph behind the colon, and
 * of those that go on with it. */
static bool add_turn(speech *s, size_t k, int32_t name, int32_t colon)
{
    const dl_document *document = s->document;
    size_t last = k;
    while (last + 1 < document->sentence_count &&
           (!starts_paragraph(document, last + 1) || goes_on(s, last + 1)))
        last++;
    for (size_t i = k; i <= last; i++)
        s->turn[i] = true;
    int32_t head = colon - 1, speaker = dl_speaker_at(s, head);
    if (speaker < 0 || document->mentions[speaker].last >= colon ||
        document->mentions[speaker].first < name)
        speaker = dl_speaker_make(s, head);
    dl_claim *claim =
        dl_claim_add(s, colon + 1, document->sentences[last].last, -1, -1, speaker);
    if (claim)
        claim->quoted = true;
    return claim != NULL;
}

bool dl_says_turns(speech *s)
{
    const dl_document *document = s->document;
    int32_t name;
    int turns = 0;
    for (size_t k = 0; k < document->sentence_count && turns < TURNS_LEAST; k++)
        if (starts_paragraph(document, k)) {
            int32_t colon = colon_of(s, &document->sentences[k], &name);
            turns += colon >= 0 && is_somebody(s, colon - 1);
        }
    for (size_t k = 0; k < document->sentence_count && turns >= TURNS_LEAST; k++) {
        int32_t colon = starts_paragraph(document, k)
                            ? colon_of(s, &document->sentences[k], &name)
                            : -1;
        if (colon >= 0 && !add_turn(s, k, name, colon))
            return false;
    }
    return true;
}
