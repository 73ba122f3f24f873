/* What an article's page holds beside its prose: links, boilerplate, captions, headings
 * and the dateline in front of the first sentence. Phrases are lists of the lexicon. */
#include "text/inside.h"

enum {
    LINK_TOKENS_MAX = 40,
    BOILERPLATE_TOKENS_MAX = 60,
    CAPTION_TOKENS_MAX = 60,
    HEADING_TOKENS_MAX = 14,
    DATELINE_TOKENS_MAX = 18,
    PLAIN_DATELINE_TOKENS_MAX = 6,   /* without date, agency and brackets */
    DATELINE_BRACKET_TOKENS_MAX = 6, /* whoever it is that reports */
    CAPTION_TAIL = 10,               /* tokens at the end in which a credit stands */
};

static const dl_token *token_at(const dl_text_state *state, int32_t at)
{
    return &state->document->tokens[at];
}

static bool is_mark(const dl_token *token, char mark)
{
    return token->fold.size == 1 && token->fold.data[0] == mark;
}

static bool any_of(const dl_token *token, const char *marks)
{
    return token->fold.size == 1 && strchr(marks, token->fold.data[0]) != NULL;
}

/* Arrows of all shapes, and those made of ASCII. */
static bool is_arrow(const dl_token *token)
{
    size_t size;
    dl_string form = token->form;
    uint32_t point = dl_utf8_get(form, 0, &size);
    if ((point >= 0x2190 && point <= 0x21FF) || (point >= 0x27F0 && point <= 0x27FF) ||
        (point >= 0x2794 && point <= 0x27BE) || (point >= 0x2900 && point <= 0x297F) ||
        (point >= 0x2B00 && point <= 0x2B4F) || point == 0x25B6 || point == 0x25BA ||
        point == 0x25B8 || point == 0x1F449)
        return true;
    return form.size >= 2 && form.data[form.size - 1] == '>' &&
           strchr("-=>", form.data[0]) != NULL;
}

static size_t match(const dl_text_state *state, dl_text_list list, int32_t at,
                    int32_t last, dl_entry *entry)
{
    int number = state->text->lists[list];
    if (number < 0 || at > last)
        return 0;
    return dl_list_match_tokens(state->text->lexicon, number, state->document, at, last,
                                entry);
}

static bool found_within(const dl_text_state *state, dl_text_list list, int32_t first,
                         int32_t last)
{
    for (int32_t at = first; at <= last; at++)
        if (match(state, list, at, last, NULL))
            return true;
    return false;
}

/* Whether a phrase of the list opens the paragraph and stands for itself: a colon or the
 * like behind it, or nothing, or (where the phrase's value is "line") a line without a
 * full stop. The value "always" asks for nothing. */
static bool opens_aside(const dl_text_state *state, dl_text_list list,
                        const dl_paragraph *paragraph, int32_t at)
{
    dl_entry entry = {0};
    int32_t after = at + (int32_t)match(state, list, at, paragraph->last, &entry);
    if (after == at)
        return false;
    if (after > paragraph->last || dl_string_equal(entry.value, DL_STRING("always")))
        return true;
    if (any_of(token_at(state, after), ":|>-") ||
        (any_of(token_at(state, after), ".!)") && after == paragraph->last))
        return true;
    return dl_string_equal(entry.value, DL_STRING("line")) && !paragraph->terminated;
}

static bool is_link(const dl_text_state *state, const dl_paragraph *paragraph)
{
    int32_t at = paragraph->first, count = paragraph->last - at + 1;
    if (count > LINK_TOKENS_MAX)
        return false;
    if (is_arrow(token_at(state, at)))
        return true;
    while (at < paragraph->last && any_of(token_at(state, at), "([*->|+"))
        at++;
    return opens_aside(state, DL_LIST_LINKS, paragraph, at);
}

static bool is_boilerplate(const dl_text_state *state, const dl_paragraph *paragraph)
{
    int32_t at = paragraph->first;
    if (paragraph->last - at >= BOILERPLATE_TOKENS_MAX)
        return false;
    while (at < paragraph->last && any_of(token_at(state, at), "([*->|+"))
        at++;
    return opens_aside(state, DL_LIST_BOILERPLATE_OPENINGS, paragraph, at) ||
           found_within(state, DL_LIST_BOILERPLATE, paragraph->first, paragraph->last);
}

static bool is_caption(const dl_text_state *state, const dl_paragraph *paragraph)
{
    int32_t at = paragraph->first, last = paragraph->last;
    if (last - at >= CAPTION_TOKENS_MAX)
        return false;
    while (at < last && any_of(token_at(state, at), "([*-|"))
        at++;
    if (opens_aside(state, DL_LIST_CAPTION_OPENINGS, paragraph, at))
        return true;
    at = last - CAPTION_TAIL > paragraph->first ? last - CAPTION_TAIL : paragraph->first;
    return found_within(state, DL_LIST_CAPTIONS, at, last);
}

bool dl_text_aside(dl_text_state *state, const dl_paragraph *paragraph, dl_skip_why *why)
{
    if (is_link(state, paragraph))
        *why = DL_SKIP_LINK;
    else if (is_boilerplate(state, paragraph))
        *why = DL_SKIP_BOILERPLATE;
    else if (is_caption(state, paragraph))
        *why = DL_SKIP_CAPTION;
    else
        return false;
    return true;
}

void dl_text_skip(dl_text_state *state, dl_span span, dl_skip_why why)
{
    dl_document *document = state->document;
    if (!dl_arena_grow(document->arena, (void **)&document->skips, document->skip_count,
                       &state->skip_capacity, sizeof *document->skips)) {
        state->failed = true;
        return;
    }
    document->skips[document->skip_count++] = (dl_skip){span, why};
}

/* Place of the dash that ends a dateline: reaches over capitals, numbers and brackets. */
typedef struct dateline {
    int32_t end; /* token behind it */
    bool capitals, agency, month_first;
    int32_t depth;     /* brackets open */
    int32_t bracketed; /* tokens within brackets, these counted */
    int month, day, year;
} dateline;

static bool upper_word(dl_string form, bool whole)
{
    size_t size, letters = 0;
    for (size_t at = 0; at < form.size; at += size) {
        uint32_t point = dl_utf8_get(form, at, &size);
        if (dl_utf8_is_upper(point))
            letters++;
        else if (whole && dl_utf8_is_letter(point))
            return false;
        else if (letters == 0 && dl_utf8_is_letter(point))
            return false;
    }
    return letters > (whole ? 2u : 0u);
}

static void note_number(dateline *found, dl_string fold)
{
    uint64_t value;
    if (!dl_string_to_uint(fold, &value))
        return;
    if (value >= 1 && value <= 31 && found->day == 0)
        found->day = (int)value;
    else if (value >= 1900 && value <= 2199)
        found->year = (int)value;
    else if (value >= 40 && value <= 99 && found->month)
        found->year = 1900 + (int)value;
}

static void note_month(const dl_text_state *state, dateline *found, dl_string fold)
{
    dl_entry entry = {0};
    uint64_t value;
    if (fold.size > 1 && fold.data[fold.size - 1] == '.')
        fold.size--;
    if (dl_list_word(state, DL_LIST_MONTHS, fold, &entry) &&
        dl_string_to_uint(entry.value, &value) && value >= 1 && value <= 12)
        found->month = (int)value;
}

/* Whether the token may stand in a dateline; notes what it says. */
static bool note_token(const dl_text_state *state, dateline *found, int32_t at,
                       int32_t last)
{
    const dl_token *token = token_at(state, at);
    char c = token->fold.size ? token->fold.data[0] : '\0';
    found->agency |= match(state, DL_LIST_AGENCIES, at, last, NULL) > 0;
    if (c >= '0' && c <= '9') {
        note_number(found, token->fold);
        return true;
    }
    found->bracketed += found->depth > 0 || is_mark(token, '(');
    found->depth += is_mark(token, '(') - is_mark(token, ')');
    if (any_of(token, ",()[]/.'"))
        return true;
    if (found->depth > 0) /* in brackets: whoever reports, in words of any kind */
        return found->bracketed < DATELINE_BRACKET_TOKENS_MAX;
    note_month(state, found, token->fold);
    return upper_word(token->form, false) || token->inside_multiword ||
           dl_list_word(state, DL_LIST_DATELINE_WORDS, token->fold, NULL);
}

/* A dash that parts: long, doubled, or with white space before it. */
static bool is_dash(const dl_text_state *state, int32_t at)
{
    const dl_token *token = token_at(state, at);
    if (dl_string_equal(token->fold, DL_STRING("--")))
        return true;
    return is_mark(token, '-') &&
           (token_at(state, at - 1)->space_after || token->form.size > 1);
}

static bool find_dateline(const dl_text_state *state, const dl_paragraph *paragraph,
                          dateline *found)
{
    int32_t at = paragraph->first, stop = at + DATELINE_TOKENS_MAX;
    *found = (dateline){0};
    if (!upper_word(token_at(state, at)->form, false))
        return false;
    found->capitals = upper_word(token_at(state, at)->form, true);
    for (; at <= paragraph->last && at < stop; at++) {
        bool hyphen = is_mark(token_at(state, at), '-') && at > paragraph->first;
        if (at > paragraph->first && found->depth == 0 && is_dash(state, at)) {
            found->end = at + 1;
            return at < paragraph->last;
        }
        if (!hyphen && !note_token(state, found, at, paragraph->last))
            return false;
        found->month_first |= at == paragraph->first && found->month;
    }
    return false;
}

/* A bracketed word in capitals behind the dash belongs to it: [TEXT]. */
static int32_t behind_tags(const dl_text_state *state, const dl_paragraph *paragraph,
                           int32_t at)
{
    int32_t close = at + 1;
    if (!is_mark(token_at(state, at), '['))
        return at;
    while (close <= paragraph->last && close < at + 4 &&
           !is_mark(token_at(state, close), ']'))
        close++;
    return close < paragraph->last && is_mark(token_at(state, close), ']') ? close + 1
                                                                           : at;
}

/* The year that brings the day nearest to the article's date where none is said. */
static void set_date(dl_document *document, const dateline *found)
{
    dl_date date = {(int16_t)found->year, (int8_t)found->month, (int8_t)found->day};
    if (found->month == 0 || found->day == 0)
        return;
    if (date.year == 0 && document->date.year) {
        date.year = document->date.year;
        if (document->date.month && date.month > document->date.month + 6)
            date.year--;
        else if (document->date.month && date.month < document->date.month - 6)
            date.year++;
    }
    if (date.year && dl_date_valid(date))
        document->dateline_date = date;
}

static bool mostly_capitals(const dl_text_state *state, const dl_paragraph *paragraph,
                            int32_t from)
{
    int32_t upper = 0, all = 0;
    for (int32_t at = from; at <= paragraph->last && at < from + 12; at++) {
        size_t size;
        dl_string form = token_at(state, at)->form;
        if (form.size < 2 || !dl_utf8_is_letter(dl_utf8_get(form, 0, &size)))
            continue;
        all++;
        upper += upper_word(form, false) && form.data[form.size - 1] < 'a';
    }
    return upper * 2 > all;
}

int32_t dl_text_dateline(dl_text_state *state, const dl_paragraph *paragraph)
{
    dateline found;
    if (!find_dateline(state, paragraph, &found))
        return 0;
    bool upper = mostly_capitals(state, paragraph, found.end);
    bool dated = found.month && found.day && (found.capitals || found.month_first);
    bool plain =
        found.capitals && !upper &&
        found.end - paragraph->first - found.bracketed <= PLAIN_DATELINE_TOKENS_MAX;
    if (upper && state->document->sentence_count > 0)
        return 0;
    if (!found.agency && !dated && !plain)
        return 0;
    set_date(state->document, &found);
    return behind_tags(state, paragraph, found.end) - paragraph->first;
}

static bool is_heading(const dl_text_state *state, const dl_paragraph *paragraph)
{
    bool letters = false;
    if (paragraph->terminated || paragraph->bulleted ||
        paragraph->last < paragraph->first ||
        paragraph->last - paragraph->first >= HEADING_TOKENS_MAX ||
        any_of(token_at(state, paragraph->last), ":;,-"))
        return false;
    for (int32_t at = paragraph->first; at <= paragraph->last; at++) {
        size_t size;
        letters |= dl_glyph_get(token_at(state, at)->form, 0, &size) == DL_LETTER;
    }
    return letters;
}

/* A heading needs prose behind it: a later paragraph that ends with a full stop. */
void dl_text_headings(dl_text_state *state)
{
    bool prose = false;
    dl_document *document = state->document;
    for (size_t i = state->paragraph_count; i-- > 0;) {
        const dl_paragraph *paragraph = &state->paragraphs[i];
        if (paragraph->last < paragraph->first)
            continue;
        if (prose && is_heading(state, paragraph)) {
            for (int32_t s = 0; s < paragraph->sentences; s++)
                document->sentences[paragraph->sentence + s].heading = true;
            dl_text_skip(state,
                         dl_document_span(document, paragraph->first, paragraph->last),
                         DL_SKIP_HEADING);
        }
        prose |= paragraph->terminated;
    }
}
