/* Tokens of a paragraph: what white space parts is scanned from left to right, words by
 * word.c, marks here. */
#include "text/inside.h"

enum { EMOTICON_BYTES_MAX = 4, SMALL_LOOKAHEAD = 12 };

dl_glyph dl_glyph_get(dl_string clean, size_t at, size_t *size)
{
    unsigned char c = (unsigned char)clean.data[at];
    *size = 1;
    if (c < 0x80) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_')
            return DL_LETTER;
        if (c >= '0' && c <= '9')
            return DL_DIGIT;
        return c == ' ' || (c >= '\t' && c <= '\r') ? DL_SPACE : DL_MARK;
    }
    uint32_t point = dl_utf8_get(clean, at, size);
    if (dl_utf8_is_letter(point))
        return DL_LETTER;
    if (dl_utf8_is_space(point))
        return DL_SPACE;
    return dl_utf8_is_digit(point) ? DL_DIGIT : DL_MARK;
}

/* Folded form: the bytes themselves where they are lower-case ASCII already. */
dl_string dl_text_fold(dl_arena *arena, dl_string form)
{
    unsigned char high = 0;
    bool upper = false;
    for (size_t i = 0; i < form.size; i++) {
        unsigned char c = (unsigned char)form.data[i];
        high |= c;
        upper |= c >= 'A' && c <= 'Z';
    }
    if (high >= 0x80)
        return dl_utf8_fold(arena, form);
    if (!upper)
        return form;
    char *out = dl_arena_get(arena, form.size, 1);
    for (size_t i = 0; out && i < form.size; i++) {
        char c = form.data[i];
        out[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return (dl_string){out, form.size};
}

void dl_token_emit(dl_text_state *state, uint32_t start, uint32_t end)
{
    dl_document *document = state->document;
    if (state->failed ||
        !dl_arena_grow(document->arena, (void **)&document->tokens, document->token_count,
                       &state->token_capacity, sizeof *document->tokens)) {
        state->failed = true;
        return;
    }
    dl_string form = dl_string_slice(state->clean, start, end);
    dl_span span = {dl_text_given(state, start), dl_text_given(state, end)};
    dl_token *token = &document->tokens[document->token_count++];
    *token = (dl_token){.span = span, .form = form, .head = -1, .mention = -1};
    token->first_child = token->last_child = -1;
    token->next_sibling = token->previous_sibling = -1;
    token->fold = dl_text_fold(document->arena, form);
    state->failed = token->fold.data == NULL;
}

static char byte_at(const dl_text_state *state, size_t at, size_t end)
{
    return at < end ? state->clean.data[at] : '\0';
}

static bool in_set(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* Eyes, perhaps a nose, a mouth: the whole rest of what stands together. */
static bool is_emoticon(const dl_text_state *state, uint32_t at, uint32_t end)
{
    size_t size = end - at;
    const char *c = state->clean.data + at;
    if (size < 2 || size > EMOTICON_BYTES_MAX)
        return false;
    if (size == 2 && c[0] == '(' && in_set(c[1], ":;"))
        return true;
    if (!in_set(c[0], ":;="))
        return false;
    size_t mouth = in_set(c[1], "-'^") && size > 2 ? 2 : 1;
    for (size_t i = mouth; i < size; i++)
        if (!in_set(c[i], mouth == 2 ? ")(DPp/\\|*]3oO" : ")(DP/\\|]"))
            return false;
    return true;
}

/* Runs of one mark, or of . ! ?, are one token; so are arrows made of dashes. */
static uint32_t mark_run(const dl_text_state *state, uint32_t at, uint32_t end)
{
    char c = state->clean.data[at];
    uint32_t stop = at + 1;
    if (in_set(c, ".!?")) {
        while (in_set(byte_at(state, stop, end), ".!?"))
            stop++;
    } else if (in_set(c, "-=*_~#+`<>|'^$\\")) {
        while (byte_at(state, stop, end) == c && (c != '\'' || stop == at + 1))
            stop++;
        if (in_set(c, "-=") && byte_at(state, stop, end) == '>')
            stop++;
    }
    return stop;
}

/* 1: opens, -1: closes, 0: is no single quotation mark. */
static int single_quote(const dl_text_state *state, uint32_t at, uint32_t *size)
{
    size_t wide;
    uint32_t point = dl_utf8_get(state->clean, at, &wide);
    *size = (uint32_t)wide;
    if (point == 0x2018)
        return 1;
    return point == 0x2019 || point == '\'' || point == '`' ? -1 : 0;
}

/* A word that an apostrophe opens: 's alone, 'em, '72. End, or `at` where there is none.
 */
static uint32_t apostrophe_word(dl_text_state *state, uint32_t at, uint32_t size,
                                uint32_t end)
{
    uint32_t stop = at + size, digits = 0;
    size_t wide;
    while (stop < end && stop - at < SMALL_LOOKAHEAD) {
        dl_glyph glyph = dl_glyph_get(state->clean, stop, &wide);
        if (glyph != DL_LETTER && glyph != DL_DIGIT)
            break;
        digits += glyph == DL_DIGIT;
        stop += (uint32_t)wide;
    }
    dl_string rest = dl_string_slice(state->clean, at + size, stop);
    if (digits == 2 && stop - at <= size + 3)
        return stop;
    if (rest.size == 0 || rest.size > SMALL_LOOKAHEAD)
        return at;
    dl_string folded = dl_text_fold(state->document->arena, rest);
    dl_entry entry = {0};
    if (dl_list_word(state, DL_LIST_APOSTROPHE_WORDS, folded, NULL))
        return stop;
    return dl_list_word(state, DL_LIST_CLITICS, folded, &entry) && entry.value.size == 0
               ? stop
               : at;
}

/* A single quotation mark that stands before a word opens; any other closes. */
static uint32_t scan_single(dl_text_state *state, uint32_t at, uint32_t size, int kind,
                            uint32_t end)
{
    size_t wide;
    uint32_t stop = kind < 0 ? apostrophe_word(state, at, size, end) : at;
    if (stop > at) {
        dl_token_emit(state, at, stop);
        return stop;
    }
    bool opens = kind > 0 || (at + size < end &&
                              dl_glyph_get(state->clean, at + size, &wide) != DL_MARK);
    state->single_open = opens;
    dl_token_emit(state, at, at + size);
    return at + size;
}

/* .5, +44, #tag, @name: a mark that a word at the start of a chunk takes in. */
static bool takes_in(const dl_text_state *state, uint32_t at, uint32_t end)
{
    char next = byte_at(state, at + 1, end);
    if (in_set(state->clean.data[at], "#@"))
        return (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    return in_set(state->clean.data[at], ".+") && next >= '0' && next <= '9';
}

static uint32_t scan_mark(dl_text_state *state, uint32_t at, uint32_t end)
{
    uint32_t quote_size, stop;
    size_t size;
    int quote = single_quote(state, at, &quote_size);
    dl_glyph_get(state->clean, at, &size);
    stop = size > 1 ? at + (uint32_t)size : mark_run(state, at, end);
    if (is_emoticon(state, at, end))
        stop = end;
    else if (quote != 0 && stop == at + quote_size)
        return scan_single(state, at, quote_size, quote, end);
    dl_token_emit(state, at, stop);
    return stop;
}

static bool has(const dl_text_state *state, uint32_t at, uint32_t end, const char *what)
{
    size_t size = strlen(what);
    return end - at >= size && memcmp(state->clean.data + at, what, size) == 0;
}

/* Whether an address of the web or of mail starts at `at`; *stop is its end. */
static bool is_address(const dl_text_state *state, uint32_t at, uint32_t end,
                       uint32_t *stop)
{
    bool found = has(state, at, end, "www."), mail = false;
    uint32_t to = at;
    for (; to < end && !in_set(state->clean.data[to], "<>\""); to++) {
        found |= state->clean.data[to] == ':' && to > at && has(state, to, end, "://");
        found |= mail && state->clean.data[to] == '.' && to + 1 < end;
        mail |= state->clean.data[to] == '@' && to > at;
    }
    while (to > at && in_set(state->clean.data[to - 1], ".,;:!?)]}'"))
        to--;
    *stop = to;
    return found && to > at;
}

static void scan_chunk(dl_text_state *state, uint32_t at, uint32_t end)
{
    size_t size;
    uint32_t stop;
    bool tried = false;
    while (at < end && !state->failed) {
        dl_glyph glyph = dl_glyph_get(state->clean, at, &size);
        bool number = glyph == DL_MARK && takes_in(state, at, end) && !tried;
        if (glyph == DL_MARK && !number) {
            at = scan_mark(state, at, end);
            continue;
        }
        if (!tried && is_address(state, at, end, &stop)) {
            dl_token_emit(state, at, stop);
        } else {
            stop = dl_word_end(state, at + number, end);
            dl_word_emit(state, at, stop);
        }
        tried = true;
        at = stop;
    }
}

void dl_text_tokens(dl_text_state *state, uint32_t start, uint32_t end)
{
    dl_document *document = state->document;
    uint32_t at = start;
    state->limit = end;
    state->single_open = false;
    while (at < end && !state->failed) {
        size_t size;
        if (dl_glyph_get(state->clean, at, &size) == DL_SPACE) {
            at += (uint32_t)size;
            continue;
        }
        uint32_t stop = at;
        while (stop < end && dl_glyph_get(state->clean, stop, &size) != DL_SPACE)
            stop += (uint32_t)size;
        scan_chunk(state, at, stop);
        if (document->token_count && !state->failed)
            document->tokens[document->token_count - 1].space_after = true;
        at = stop;
    }
}
