#include "detail/shared.h"

static const char *const word_names[] = {"",
#define X(name) #name,
                                         DL_WORD_LIST(X)
#undef X
};

bool dl_pieces_init(dl_work *work)
{
    dl_arena *arena = work->document->arena;
    work->pieces.items = DL_ARENA_ARRAY(arena, dl_piece, DL_PIECES_MAX);
    work->pieces.texts = DL_ARENA_ARRAY(arena, dl_string, DL_PIECES_MAX);
    return work->pieces.items && work->pieces.texts;
}

static dl_word find_word(dl_string name)
{
    for (int i = 1; i < DL_WORDS; i++)
        if (dl_string_equal(name, dl_string_from(word_names[i])))
            return (dl_word)i;
    return DL_NO_WORD;
}

/* Reads "ordinal 2; unit TS" into kinds and values that are still free. */
static void set_kinds(dl_piece *piece, dl_string text)
{
    int slot = 0;
    while (slot < DL_PIECE_KINDS && piece->kind[slot])
        slot++;
    for (size_t at = 0; at < text.size && slot < DL_PIECE_KINDS; slot++) {
        size_t end = dl_string_find(text, ';', at);
        dl_string part = dl_string_trim(dl_string_slice(text, at, end));
        size_t space = dl_string_find(part, ' ', 0);
        piece->kind[slot] = (uint8_t)find_word(dl_string_slice(part, 0, space));
        piece->value[slot] = dl_string_trim(
            dl_string_slice(part, space < part.size ? space : part.size, part.size));
        at = end + 1;
    }
}

static void look_up(const dl_work *work, dl_piece *piece)
{
    dl_entry entry;
    const dl_detail *detail = work->detail;
    if (dl_list_has(detail->lexicon, detail->list.when_words, piece->text, &entry)) {
        set_kinds(piece, entry.value);
        piece->rule = entry.rule;
    }
    if (dl_list_has(detail->lexicon, detail->list.count_words, piece->text, &entry))
        set_kinds(piece, entry.value);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_dash(uint32_t c)
{
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

/* Bytes of the run that starts at `at`: digits, letters (with the points and apostrophes
 * between them), or one character. */
static size_t run_end(dl_string form, size_t at, dl_shape *shape)
{
    size_t size;
    uint32_t c = dl_utf8_get(form, at, &size);
    if (is_digit(form.data[at])) {
        *shape = DL_SHAPE_DIGITS;
        while (at < form.size && is_digit(form.data[at]))
            at++;
        return at;
    }
    if (!dl_utf8_is_letter(c)) {
        *shape = DL_SHAPE_MARK;
        return at + size;
    }
    *shape = DL_SHAPE_WORD;
    for (at += size; at < form.size; at += size) {
        c = dl_utf8_get(form, at, &size);
        if (!dl_utf8_is_letter(c) && c != '.' && c != '\'' && c != 0x2019)
            break;
    }
    return at;
}

/* The folded text of a run: points and apostrophes of words are left out. */
static dl_string run_text(dl_arena *arena, dl_string run, dl_shape shape)
{
    if (shape == DL_SHAPE_MARK) {
        size_t size;
        if (is_dash(dl_utf8_get(run, 0, &size)))
            return DL_STRING("-");
        return size > 1 ? dl_utf8_fold(arena, run) : run; /* "¾" as the lists have it */
    }
    if (shape == DL_SHAPE_DIGITS)
        return run;
    dl_string fold = dl_utf8_fold(arena, run);
    char *out = fold.data ? DL_ARENA_ARRAY(arena, char, fold.size) : NULL;
    size_t used = 0;
    for (size_t i = 0; out && i < fold.size; i++)
        if (fold.data[i] != '.' && fold.data[i] != '\'')
            out[used++] = fold.data[i];
    return (dl_string){out, out ? used : 0};
}

static bool plain_word(dl_string fold)
{
    for (size_t i = 0; i < fold.size; i++)
        if (fold.data[i] < 'a' || fold.data[i] > 'z')
            return false;
    return fold.size > 0;
}

static void place_piece(dl_piece *piece, const dl_token *token, int32_t number,
                        size_t start, size_t end)
{
    bool exact = token->form.size == token->span.end - token->span.start;
    piece->span = token->span;
    if (exact) {
        piece->span.end = token->span.start + (uint32_t)end;
        piece->span.start += (uint32_t)start;
    }
    piece->token = piece->last = number;
    size_t size;
    piece->capital = dl_utf8_is_upper(dl_utf8_get(token->form, start, &size));
}

static bool cut_token(dl_work *work, int32_t number)
{
    dl_pieces *pieces = &work->pieces;
    const dl_token *token = &work->document->tokens[number];
    bool plain = plain_word(token->fold);
    for (size_t at = 0; at < token->form.size && pieces->count < DL_PIECES_MAX;) {
        dl_piece *piece = &pieces->items[pieces->count];
        *piece = (dl_piece){0};
        size_t end = plain ? token->form.size : run_end(token->form, at, &piece->shape);
        if (!plain && at == 0 && piece->shape == DL_SHAPE_MARK &&
            end < token->form.size &&
            (token->fold.data[0] == '\'' || token->fold.data[0] == '.') &&
            !is_digit(token->form.data[end])) { /* "'s": the letters alone */
            at = end;
            continue;
        }
        piece->text = plain
                          ? token->fold
                          : run_text(work->document->arena,
                                     dl_string_slice(token->form, at, end), piece->shape);
        if (!piece->text.data)
            return false;
        place_piece(piece, token, number, at, end);
        piece->glued = pieces->count > 0 &&
                       pieces->items[pieces->count - 1].span.end == piece->span.start;
        if (piece->shape != DL_SHAPE_DIGITS)
            look_up(work, piece);
        bool possessive = token->fold.size > 1 && token->fold.data[0] == '\'' &&
                          piece->shape == DL_SHAPE_WORD && end == token->form.size;
        pieces->texts[pieces->count++] = possessive ? token->fold : piece->text;
        at = end;
    }
    return true;
}

/* Makes one piece of each phrase of the lexicon ("new year's eve", "p . m ."). */
static void join_phrases(dl_work *work)
{
    dl_pieces *p = &work->pieces;
    dl_entry entry;
    int32_t to = 0;
    for (int32_t i = 0; i < p->count; to++) {
        size_t size =
            dl_list_match(work->detail->lexicon, work->detail->list.when_phrases,
                          p->texts + i, (size_t)(p->count - i), &entry);
        p->items[to] = p->items[i];
        p->texts[to] = p->texts[i];
        if (size > 0) {
            const dl_piece *last = &p->items[i + (int32_t)size - 1];
            dl_piece *joined = &p->items[to];
            memset(joined->kind, 0, sizeof joined->kind);
            set_kinds(joined, entry.value);
            joined->rule = entry.rule;
            joined->span.end = last->span.end;
            joined->last = last->last;
            joined->shape = DL_SHAPE_WORD;
        }
        i += size ? (int32_t)size : 1;
    }
    p->count = to;
}

bool dl_pieces_read(dl_work *work, const dl_sentence *sentence)
{
    work->pieces.count = 0;
    for (int32_t i = sentence->first; i <= sentence->last; i++)
        if (!cut_token(work, i))
            return false;
    join_phrases(work);
    return true;
}

bool dl_piece_is(const dl_pieces *pieces, int32_t i, dl_word kind, dl_string *value)
{
    if (i < 0 || i >= pieces->count)
        return false;
    const dl_piece *piece = &pieces->items[i];
    for (int k = 0; k < DL_PIECE_KINDS; k++) {
        if (piece->kind[k] == kind) {
            if (value)
                *value = piece->value[k];
            return true;
        }
    }
    return false;
}

int dl_piece_int(const dl_pieces *pieces, int32_t i, dl_word kind)
{
    dl_string value;
    uint64_t number;
    if (!dl_piece_is(pieces, i, kind, &value) || !dl_string_to_uint(value, &number) ||
        number > 9999)
        return 0;
    return (int)number;
}

bool dl_piece_mark(const dl_pieces *pieces, int32_t i, char mark)
{
    return i >= 0 && i < pieces->count && pieces->items[i].shape == DL_SHAPE_MARK &&
           pieces->items[i].text.size == 1 && pieces->items[i].text.data[0] == mark;
}

bool dl_piece_digits(const dl_pieces *p, int32_t i, size_t low, size_t high)
{
    return i >= 0 && i < p->count && p->items[i].shape == DL_SHAPE_DIGITS &&
           p->items[i].text.size >= low && p->items[i].text.size <= high;
}

int dl_piece_number(const dl_pieces *p, int32_t i)
{
    int value = 0;
    for (size_t k = 0; k < p->items[i].text.size && k < 6; k++)
        value = value * 10 + (p->items[i].text.data[k] - '0');
    return value;
}

bool dl_piece_glued(const dl_pieces *p, int32_t i)
{
    return i > 0 && i < p->count && p->items[i].glued;
}

bool dl_piece_separates(const dl_pieces *p, int32_t i, char mark)
{
    return dl_piece_mark(p, i, mark) && dl_piece_glued(p, i) && dl_piece_glued(p, i + 1);
}

int dl_value_next(dl_string *value)
{
    dl_string text = dl_string_trim(*value);
    size_t end = dl_string_find(text, ' ', 0);
    dl_string word = dl_string_slice(text, 0, end);
    bool minus = word.size && word.data[0] == '-';
    uint64_t number = 0;
    *value = dl_string_slice(text, end < text.size ? end : text.size, text.size);
    if (minus)
        word = dl_string_slice(word, 1, word.size);
    if (!dl_string_to_uint(word, &number) || number > 9999)
        return 0;
    return minus ? -(int)number : (int)number;
}
