/* Where a word ends, and the words of UD that it is cut into: do|n't, parents|', can|not,
 * 5|pm. Hyphens part words unless a prefix such as "non" stands before them. */
#include "text/inside.h"

enum {
    PIECES_MAX = 4, /* words of one multiword token */
    PREFIX_BYTES_MAX = 12,
    CONTRACTION_BYTES_MAX = 16,
    GAP_BYTES_MAX = 8,    /* white space looked over for the next word */
    RIGHT_BYTES_MAX = 12, /* of the piece behind a full stop */
    ABBREVIATION_BYTES_MAX = 16
};

static char byte_at(const dl_text_state *state, size_t at)
{
    return at < state->limit ? state->clean.data[at] : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_wordly(const dl_text_state *state, uint32_t at, uint32_t end)
{
    size_t size;
    if (at >= end)
        return false;
    dl_glyph glyph = dl_glyph_get(state->clean, at, &size);
    return glyph == DL_LETTER || glyph == DL_DIGIT;
}

static bool is_letter(const dl_text_state *state, uint32_t at, uint32_t end)
{
    size_t size;
    return at < end && dl_glyph_get(state->clean, at, &size) == DL_LETTER;
}

/* Bytes of the apostrophe at `at`; 0 where there is none. */
static uint32_t apostrophe(const dl_text_state *state, uint32_t at, uint32_t end)
{
    const char *c = state->clean.data + at;
    if (at < end && (*c == '\'' || *c == '`'))
        return 1;
    return end - at >= 3 && at < end && memcmp(c, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

static uint32_t letters_end(const dl_text_state *state, uint32_t at, uint32_t end)
{
    size_t size;
    uint32_t stop = at;
    while (stop < end && stop - at < RIGHT_BYTES_MAX &&
           dl_glyph_get(state->clean, stop, &size) == DL_LETTER)
        stop += (uint32_t)size;
    return stop;
}

static bool list_has(dl_text_state *state, dl_text_list list, uint32_t start,
                     uint32_t end, dl_entry *entry)
{
    dl_string folded =
        dl_text_fold(state->document->arena, dl_string_slice(state->clean, start, end));
    return folded.data && dl_list_word(state, list, folded, entry);
}

/* Digits parted by hyphens are one token where they read like a telephone number or a
 * date: three groups, or three digits and four. */
static uint32_t hyphenated_number(const dl_text_state *state, uint32_t at, uint32_t end)
{
    uint32_t stop = at, group = at, groups = 1, first = 0;
    while (stop < end && (is_digit(state->clean.data[stop]) ||
                          (state->clean.data[stop] == '-' && stop > group &&
                           stop + 1 < end && is_digit(state->clean.data[stop + 1])))) {
        if (state->clean.data[stop] == '-') {
            first = groups == 1 ? stop - group : first;
            groups++;
            group = stop + 1;
        }
        stop++;
    }
    bool whole = stop >= end || !is_letter(state, stop, end);
    if (whole && (groups > 2 || (groups == 2 && first == 3 && stop - group == 4)))
        return stop;
    return at;
}

/* Whether the full stop at `dot` stands inside a word: U.S, 3.5, example.com. */
static bool joins_dot(dl_text_state *state, uint32_t start, uint32_t piece, uint32_t dot,
                      uint32_t end)
{
    const char *c = state->clean.data;
    if (is_digit(c[dot - 1]) && is_digit(byte_at(state, dot + 1)))
        return true;
    uint32_t right = letters_end(state, dot + 1, end);
    if (right == dot + 1)
        return false;
    if (dot - piece == 1 && right - dot <= 3)
        return true;
    if (right - dot == 2 && is_upper(c[dot + 1]) && byte_at(state, right) == '.' &&
        dot - piece <= 3)
        return true;
    bool small = is_lower(c[dot - 1]) && is_lower(c[dot + 1]);
    if (small && (piece > start ||
                  (byte_at(state, right) == '.' && is_lower(byte_at(state, right + 1)))))
        return true; /* one of several: the name of a host or group */
    return list_has(state, DL_LIST_ENDINGS, dot + 1, right, NULL);
}

/* A slash inside a number, or in a word that is written with one. */
static bool joins_slash(dl_text_state *state, uint32_t start, uint32_t slash,
                        uint32_t end)
{
    if (is_digit(state->clean.data[slash - 1]) && is_digit(byte_at(state, slash + 1)))
        return true;
    uint32_t right = letters_end(state, slash + 1, end);
    return right - start <= RIGHT_BYTES_MAX &&
           list_has(state, DL_LIST_SLASHED, start, right, NULL);
}

static bool joins_hyphen(dl_text_state *state, uint32_t start, uint32_t hyphen,
                         uint32_t end)
{
    if (!is_wordly(state, hyphen + 1, end))
        return false;
    if (hyphen - start <= PREFIX_BYTES_MAX &&
        list_has(state, DL_LIST_PREFIXES, start, hyphen, NULL))
        return true;
    uint32_t right = letters_end(state, hyphen + 1, end);
    return right > hyphen + 1 &&
           list_has(state, DL_LIST_SUFFIXES, hyphen + 1, right, NULL);
}

/* Groups of two or three digits behind a comma. */
static bool joins_comma(const dl_text_state *state, uint32_t comma)
{
    uint32_t at = comma + 1;
    while (at < comma + 5 && is_digit(byte_at(state, at)))
        at++;
    return is_digit(state->clean.data[comma - 1]) && at - comma >= 3 && at - comma <= 4;
}

/* Bytes of a mark that stands inside the word; 0 where the word ends before it. `piece`
 * is where the letters before the mark begin. */
static uint32_t joiner(dl_text_state *state, uint32_t start, uint32_t piece, uint32_t at,
                       uint32_t end)
{
    char c = state->clean.data[at], before = state->clean.data[at - 1];
    uint32_t size = apostrophe(state, at, end);
    if (size)
        return is_letter(state, at + size, end) ? size : 0;
    switch (c) {
    case '.':
        return joins_dot(state, start, piece, at, end);
    case ',':
        return joins_comma(state, at);
    case '/':
        return joins_slash(state, start, at, end);
    case ':':
        return is_digit(before) && is_digit(byte_at(state, at + 1));
    case '&':
        return is_upper(before) && is_upper(byte_at(state, at + 1));
    case '-':
        return joins_hyphen(state, start, at, end);
    default:
        return 0;
    }
}

/* First place behind white space at or after `at`, within the paragraph. */
static uint32_t next_visible(const dl_text_state *state, uint32_t at)
{
    size_t size;
    uint32_t start = at;
    while (at < state->limit && at - start < GAP_BYTES_MAX &&
           dl_glyph_get(state->clean, at, &size) == DL_SPACE)
        at += (uint32_t)size;
    return at;
}

static bool upper_at(const dl_text_state *state, uint32_t at)
{
    size_t size;
    return at < state->limit && dl_utf8_is_upper(dl_utf8_get(state->clean, at, &size));
}

/* A letter that stands for a name: what follows must be a name or another initial. A
 * letter that is a word too must stand before another initial or behind a title. */
static bool is_initial(dl_text_state *state, uint32_t start, uint32_t dot)
{
    size_t size;
    uint32_t next = next_visible(state, dot + 1);
    if (!upper_at(state, start) || !upper_at(state, next))
        return false;
    if (!list_has(state, DL_LIST_NOT_INITIALS, start, dot, NULL))
        return true;
    dl_utf8_get(state->clean, next, &size);
    const dl_document *document = state->document;
    return byte_at(state, next + (uint32_t)size) == '.' ||
           (document->token_count > 0 &&
            dl_text_is_title(state, &document->tokens[document->token_count - 1]));
}

static bool listed_abbreviation(dl_text_state *state, uint32_t start, uint32_t dot)
{
    dl_entry entry = {0};
    uint32_t next = next_visible(state, dot + 1);
    if (dot - start > ABBREVIATION_BYTES_MAX ||
        !list_has(state, DL_LIST_ABBREVIATIONS, start, dot, &entry))
        return false;
    if (dl_string_equal(entry.value, DL_STRING("number")))
        return is_digit(byte_at(state, next));
    if (dl_string_equal(entry.value, DL_STRING("name")))
        return upper_at(state, start) && next > dot + 1 && upper_at(state, next);
    if (dl_string_equal(entry.value, DL_STRING("name or number")))
        return upper_at(state, start) && next > dot + 1 &&
               (upper_at(state, next) || is_digit(byte_at(state, next)));
    return true;
}

/* Whether the full stop at `dot` belongs to the word. */
static bool keeps_dot(dl_text_state *state, uint32_t start, uint32_t piece, uint32_t dot)
{
    size_t size;
    if (byte_at(state, dot) != '.' || byte_at(state, dot + 1) == '.')
        return false;
    dl_glyph_get(state->clean, start, &size);
    bool lettered = is_letter(state, piece, dot);
    if (piece > start)
        return lettered && dot - piece <= 2 && piece - start >= 2 &&
               (dot - piece == 1 || piece - start <= 3);
    if (size == dot - start)
        return lettered && is_initial(state, start, dot);
    return listed_abbreviation(state, start, dot);
}

/* An apostrophe behind a plural: taken for a closing quotation mark where one is open. */
static uint32_t bare_possessive(dl_text_state *state, uint32_t at, uint32_t end)
{
    uint32_t size = apostrophe(state, at, end);
    uint32_t next = next_visible(state, at + size);
    if (size == 0 || state->single_open || next == at + size ||
        !is_wordly(state, next, state->limit))
        return 0;
    return list_has(state, DL_LIST_POSSESSIVES, at - 1, at, NULL) ? size : 0;
}

uint32_t dl_word_end(dl_text_state *state, uint32_t start, uint32_t end)
{
    uint32_t at = start, piece = start, more;
    size_t size;
    if (is_digit(state->clean.data[at]) &&
        (at = hyphenated_number(state, start, end)) > start)
        return at;
    for (;;) {
        while (at < end && is_wordly(state, at, end)) {
            dl_glyph_get(state->clean, at, &size);
            at += (uint32_t)size;
        }
        more = at > start && at < end ? joiner(state, start, piece, at, end) : 0;
        if (more == 0)
            break;
        piece = state->clean.data[at] == '.' ? at + 1 : piece;
        at += more;
    }
    if (at == start) {
        dl_glyph_get(state->clean, at, &size);
        return at + (uint32_t)size;
    }
    if (keeps_dot(state, start, piece, at))
        return at + 1;
    return at + bare_possessive(state, at, end);
}

/* Emits [start, end) cut at cuts[count], as the words of one multiword token. */
static void emit_pieces(dl_text_state *state, uint32_t start, uint32_t end,
                        const uint32_t *cuts, size_t count)
{
    dl_document *document = state->document;
    size_t first = document->token_count;
    for (size_t i = 0; i <= count; i++)
        dl_token_emit(state, i ? cuts[i - 1] : start, i < count ? cuts[i] : end);
    if (state->failed)
        return;
    document->tokens[first].multiword = (uint8_t)(count + 1);
    for (size_t i = first + 1; i < document->token_count; i++)
        document->tokens[i].inside_multiword = true;
}

/* Last place before `end` where a clitic begins; `start` where there is none. */
static uint32_t clitic_start(dl_text_state *state, uint32_t start, uint32_t end)
{
    dl_entry entry = {0};
    uint32_t at = end > start + RIGHT_BYTES_MAX ? end - RIGHT_BYTES_MAX : start + 1,
             found = 0;
    for (uint32_t i = at; i < end; i++)
        if (apostrophe(state, i, end))
            found = i;
    if (found == 0 || is_digit(state->clean.data[found - 1]))
        return start;
    uint32_t size = apostrophe(state, found, end);
    if (found + size == end)
        return list_has(state, DL_LIST_POSSESSIVES, found - 1, found, NULL) ? found
                                                                            : start;
    if (!list_has(state, DL_LIST_CLITICS, found + size, end, &entry))
        return start;
    if (entry.value.size == 0)
        return found;
    uint32_t with = (uint32_t)entry.value.size;
    if (found - start <= with)
        return start;
    dl_string before = dl_text_fold(state->document->arena,
                                    dl_string_slice(state->clean, found - with, found));
    return dl_string_equal(before, entry.value) ? found - with : start;
}

static bool emit_clitics(dl_text_state *state, uint32_t start, uint32_t end)
{
    uint32_t cuts[PIECES_MAX], ordered[PIECES_MAX], at = end;
    size_t count = 0;
    while (count + 1 < PIECES_MAX) {
        at = clitic_start(state, start, at);
        if (at == start)
            break;
        cuts[count++] = at;
    }
    for (size_t i = 0; i < count; i++)
        ordered[i] = cuts[count - 1 - i];
    if (count)
        emit_pieces(state, start, end, ordered, count);
    return count > 0;
}

/* Contractions of the lexicon: the value is the words, their letters as in the token. */
static bool emit_contraction(dl_text_state *state, uint32_t start, uint32_t end)
{
    uint32_t cuts[PIECES_MAX], at = start;
    size_t count = 0;
    dl_entry entry = {0};
    if (end - start > CONTRACTION_BYTES_MAX ||
        !list_has(state, DL_LIST_CONTRACTIONS, start, end, &entry))
        return false;
    for (size_t i = 0; i < entry.value.size; i++) {
        if (entry.value.data[i] != ' ')
            at++;
        else if (count + 1 < PIECES_MAX)
            cuts[count++] = at;
    }
    if (at != end || count == 0)
        return false;
    emit_pieces(state, start, end, cuts, count);
    return true;
}

/* A number with its unit: 5pm, 30km. */
static bool emit_unit(dl_text_state *state, uint32_t start, uint32_t end)
{
    uint32_t at = end;
    while (at > start && end - at <= RIGHT_BYTES_MAX &&
           !is_digit(state->clean.data[at - 1]))
        at--;
    if (at == start || at == end || !is_digit(state->clean.data[start]) ||
        !is_digit(state->clean.data[at - 1]))
        return false;
    uint32_t letters = state->clean.data[end - 1] == '.' ? end - 1 : end;
    if (letters == at || !list_has(state, DL_LIST_UNITS, at, letters, NULL))
        return false;
    dl_token_emit(state, start, at);
    dl_token_emit(state, at, end);
    return true;
}

void dl_word_emit(dl_text_state *state, uint32_t start, uint32_t end)
{
    bool marked = false, digits = is_digit(state->clean.data[start]);
    for (uint32_t i = start; i < end; i++)
        marked |= apostrophe(state, i, end) > 0;
    if (marked && emit_clitics(state, start, end))
        return;
    if (digits && emit_unit(state, start, end))
        return;
    if (!digits && emit_contraction(state, start, end))
        return;
    dl_token_emit(state, start, end);
}
