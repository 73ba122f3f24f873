/* Sentence boundaries: a linear model over hashed features of the words around each gap,
 * tried from left to right, so that the length of the sentence so far counts too. Without
 * weights a gap behind a full stop and before a capital parts. */
#include "text/inside.h"

typedef enum shape {
    SHAPE_NONE,
    SHAPE_LOWER,
    SHAPE_CAPITAL,
    SHAPE_UPPER,
    SHAPE_INITIAL,
    SHAPE_MIXED,
    SHAPE_NUMBER,
    SHAPE_DOTTED, /* an abbreviation */
    SHAPE_CLITIC,
    SHAPE_STOP,
    SHAPE_QUESTION,
    SHAPE_ELLIPSIS,
    SHAPE_COLON,
    SHAPE_SEMICOLON,
    SHAPE_COMMA,
    SHAPE_OPENING,
    SHAPE_CLOSING,
    SHAPE_QUOTE,
    SHAPE_DASH,
    SHAPE_MARK
} shape;

enum { QUOTES_LOOKED_BACK = 64, LENGTH_BUCKETS = 10 };

static shape mark_shape(dl_string fold)
{
    char c = fold.data[0], last = fold.data[fold.size - 1];
    switch (c) {
    case '.':
        return fold.size == 1 ? SHAPE_STOP : SHAPE_ELLIPSIS;
    case '?':
    case '!':
        return SHAPE_QUESTION;
    case ':':
        return fold.size == 1 ? SHAPE_COLON : SHAPE_MARK;
    case ';':
        return fold.size == 1 ? SHAPE_SEMICOLON : SHAPE_MARK;
    case ',':
        return SHAPE_COMMA;
    case '(':
    case '[':
    case '{':
        return SHAPE_OPENING;
    case ')':
    case ']':
    case '}':
        return SHAPE_CLOSING;
    case '"':
    case '\'':
        return SHAPE_QUOTE;
    case '-':
        return last == '-' ? SHAPE_DASH : SHAPE_MARK;
    default:
        return SHAPE_MARK;
    }
}

/* Curly marks tell opening from closing; their fold does not. */
static shape curly_shape(dl_string form, shape otherwise)
{
    if (form.size == 3 && memcmp(form.data, "\xE2\x80", 2) == 0) {
        unsigned char last = (unsigned char)form.data[2];
        if (last == 0x9C || last == 0x98)
            return SHAPE_OPENING;
        if (last == 0x9D || last == 0x99)
            return SHAPE_CLOSING;
    }
    return otherwise;
}

static shape word_shape(dl_string form)
{
    size_t size, upper = 0, lower = 0;
    uint32_t first = dl_utf8_get(form, 0, &size);
    bool capital = dl_utf8_is_upper(first);
    if (form.data[form.size - 1] == '.')
        return SHAPE_DOTTED;
    for (size_t i = size; i < form.size; i++) {
        upper += form.data[i] >= 'A' && form.data[i] <= 'Z';
        lower += (form.data[i] >= 'a' && form.data[i] <= 'z') ||
                 (unsigned char)form.data[i] >= 0x80;
    }
    if (capital && upper + lower == 0)
        return SHAPE_INITIAL;
    if (upper == 0)
        return capital ? SHAPE_CAPITAL : SHAPE_LOWER;
    return capital && lower == 0 ? SHAPE_UPPER : SHAPE_MIXED;
}

static shape shape_of(const dl_document *document, int32_t first, int32_t token,
                      int32_t last)
{
    if (token < first || token > last)
        return SHAPE_NONE;
    const dl_token *t = &document->tokens[token];
    size_t size;
    if (t->inside_multiword)
        return SHAPE_CLITIC;
    if (t->fold.size == 0)
        return SHAPE_MARK;
    dl_glyph glyph = dl_glyph_get(t->form, 0, &size);
    if (glyph == DL_DIGIT)
        return SHAPE_NUMBER;
    if (glyph == DL_LETTER)
        return word_shape(t->form);
    return curly_shape(t->form, mark_shape(t->fold));
}

static uint32_t mix(uint32_t a, uint32_t b)
{
    uint64_t h = ((uint64_t)a << 32 | b) * 0x9E3779B97F4A7C15u;
    h ^= h >> 29;
    return (uint32_t)(h ^ (h >> 32));
}

static uint32_t word_hash(const dl_document *document, int32_t first, int32_t token,
                          int32_t last)
{
    uint64_t hash;
    if (token < first || token > last)
        return token < first ? 1 : 2;
    hash = dl_string_hash(document->tokens[token].fold);
    return (uint32_t)(hash ^ (hash >> 32));
}

static uint32_t length_bucket(int32_t length)
{
    static const uint8_t bounds[LENGTH_BUCKETS] = {1, 2, 3, 5, 8, 12, 18, 26, 40, 60};
    uint32_t bucket = 0;
    while (bucket < LENGTH_BUCKETS && length > bounds[bucket])
        bucket++;
    return bucket;
}

/* What is open before the gap: quotation marks (1), brackets (2). */
static uint32_t open_marks(const dl_document *document, int32_t from, int32_t gap)
{
    bool quote = false;
    int32_t depth = 0;
    int32_t start = gap - from > QUOTES_LOOKED_BACK ? gap - QUOTES_LOOKED_BACK : from;
    for (int32_t i = start; i <= gap; i++) {
        dl_string form = document->tokens[i].form, fold = document->tokens[i].fold;
        if (fold.size != 1)
            continue;
        if (fold.data[0] == '"')
            quote =
                form.size == 1 ? !quote : curly_shape(form, SHAPE_QUOTE) == SHAPE_OPENING;
        depth += fold.data[0] == '(';
        depth -= fold.data[0] == ')' && depth > 0;
    }
    return (uint32_t)quote | (depth > 0 ? 2u : 0u);
}

/* `first` is the first token of the sentence so far, `last` the last of the paragraph. */
size_t dl_segment_features(const dl_document *document, int32_t first, int32_t gap,
                           int32_t last, uint32_t out[DL_SEGMENT_FEATURES])
{
    uint32_t a = word_hash(document, first, gap, last);
    uint32_t b = word_hash(document, first, gap + 1, last);
    uint32_t p = word_hash(document, first, gap - 1, last);
    uint32_t n = word_hash(document, first, gap + 2, last);
    uint32_t sp = shape_of(document, first, gap - 1, last);
    uint32_t sa = shape_of(document, first, gap, last);
    uint32_t sb = shape_of(document, first, gap + 1, last);
    uint32_t sn = shape_of(document, first, gap + 2, last);
    uint32_t so = shape_of(document, first, gap + 3, last);
    uint32_t spp = shape_of(document, first, gap - 2, last);
    uint32_t opening = shape_of(document, first, first, last);
    uint32_t pair = sa * 32 + sb, wide = (sp * 32 + sa) * 1024 + sb * 32 + sn;
    uint32_t open = open_marks(document, first, gap);
    uint32_t length = length_bucket(gap - first + 1);
    uint32_t spaced = document->tokens[gap].space_after;
    uint32_t form = (uint32_t)document->tokens[gap].form.size;
    form = form > 7 ? 7 : form;
    const uint32_t values[] = {
        0,
        a,
        b,
        mix(a, b),
        pair * 2 + spaced,
        mix(a, sb * 2 + spaced),
        mix(b, sa * 2 + spaced),
        mix(p, pair),
        mix(b, n),
        (sp * 32 + sa) * 32 + sb,
        (sa * 32 + sb) * 32 + sn,
        wide,
        mix(a, sb * 32 + sn),
        mix(b, sa * 32 + sn),
        mix(n, pair),
        pair * 4 + open,
        mix(pair * 4 + open, sn),
        pair * 16 + length,
        mix(pair * 16 + length, open),
        mix(wide, spp * 32 + so),
        mix(pair, opening * 16 + length),
        pair * 8 + form,
        mix(p, a),
        mix(mix(b, sa), sp),
    };
    _Static_assert(sizeof values == DL_SEGMENT_FEATURES * sizeof *values,
                   "one a feature");
    for (uint32_t i = 0; i < DL_SEGMENT_FEATURES; i++)
        out[i] = mix(values[i], i + 1);
    return DL_SEGMENT_FEATURES;
}

/* Without weights: a full stop parts before anything but a small letter. */
static bool parts_by_rule(const dl_document *document, int32_t first, int32_t gap,
                          int32_t last)
{
    shape a = shape_of(document, first, gap, last);
    shape b = shape_of(document, first, gap + 1, last);
    if (a == SHAPE_CLOSING || a == SHAPE_QUOTE) {
        shape p = shape_of(document, first, gap - 1, last);
        return (p == SHAPE_STOP || p == SHAPE_QUESTION) && b != SHAPE_LOWER &&
               b < SHAPE_STOP && document->tokens[gap].space_after;
    }
    return (a == SHAPE_STOP || a == SHAPE_QUESTION) && b != SHAPE_LOWER &&
           (b < SHAPE_STOP || b == SHAPE_OPENING ||
            (b == SHAPE_QUOTE && document->tokens[gap].space_after));
}

/* A capital with a full stop. */
static bool is_initial(const dl_token *token)
{
    size_t size;
    uint32_t letter = dl_utf8_get(token->form, 0, &size);
    return token->form.size == size + 1 && token->form.data[size] == '.' &&
           dl_utf8_is_upper(letter);
}

/* Behind an initial that a title or another initial tells to be part of a name. */
static bool is_inside_name(const dl_text_state *state, int32_t first, int32_t gap)
{
    const dl_token *at = &state->document->tokens[gap];
    return is_initial(at) &&
           (is_initial(at + 1) || (gap > first && dl_text_is_title(state, at - 1)));
}

static bool parts(const dl_text_state *state, int32_t first, int32_t gap, int32_t last)
{
    const dl_text *text = state->text;
    const dl_document *document = state->document;
    uint32_t features[DL_SEGMENT_FEATURES];
    int32_t sum = 0;
    if (document->tokens[gap + 1].inside_multiword)
        return false;
    if (gap - first + 1 >= DL_SENTENCE_TOKENS_MAX)
        return true;
    if (is_inside_name(state, first, gap))
        return false;
    if (!text->weights)
        return parts_by_rule(document, first, gap, last);
    size_t count = dl_segment_features(document, first, gap, last, features);
    for (size_t i = 0; i < count; i++)
        sum += text->weights[features[i] >> (32 - text->bits)];
    return sum > text->threshold;
}

static void add_sentence(dl_text_state *state, int32_t first, int32_t last,
                         int32_t paragraph)
{
    dl_document *document = state->document;
    if (state->failed ||
        !dl_arena_grow(document->arena, (void **)&document->sentences,
                       document->sentence_count, &state->sentence_capacity,
                       sizeof *document->sentences)) {
        state->failed = true;
        return;
    }
    int32_t number = (int32_t)document->sentence_count;
    document->sentences[document->sentence_count++] =
        (dl_sentence){.span = dl_document_span(document, first, last),
                      .first = first,
                      .last = last,
                      .root = -1,
                      .paragraph = paragraph};
    for (int32_t i = first; i <= last; i++)
        document->tokens[i].sentence = number;
}

void dl_text_segment(dl_text_state *state, int32_t first, int32_t last, int32_t paragraph,
                     bool bulleted)
{
    int32_t start = first;
    for (int32_t gap = first + bulleted; gap < last && !state->failed; gap++) {
        if (!parts(state, start, gap, last))
            continue;
        add_sentence(state, start, gap, paragraph);
        start = gap + 1;
    }
    if (start <= last)
        add_sentence(state, start, last, paragraph);
}
