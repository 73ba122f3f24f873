/* Words broken by careless rewriting ("synonym spinning") or machine translation. The
 * list "repairs" gives, for words as they stand, what was meant and where:
 *
 *     value = choice { " | " choice }
 *     choice = replacement { " / " side class { class } }
 *     side = "next" | "previous"; class = "{list}", "{number}", "{start}" or a word
 *
 * The first choice whose conditions all hold is taken. The new words take the places of
 * the old ones in the text. */
#include "text/inside.h"

enum { REPLACEMENT_WORDS_MAX = 4, MATCH_WINDOW = DL_PHRASE_WORDS_MAX };

void dl_text_repair_add(dl_text_state *state, dl_repair repair)
{
    dl_document *document = state->document;
    if (!dl_arena_grow(document->arena, (void **)&document->repairs,
                       document->repair_count, &state->repair_capacity, sizeof repair)) {
        state->failed = true;
        return;
    }
    document->repairs[document->repair_count++] = repair;
}

/* Next piece of `s` at or after *at that ends before `mark`; false at the end. */
static bool next_piece(dl_string s, const char *mark, size_t *at, dl_string *piece)
{
    size_t size = strlen(mark);
    if (*at > s.size)
        return false;
    size_t end = *at;
    while (end + size <= s.size && memcmp(s.data + end, mark, size) != 0)
        end++;
    end = end + size <= s.size ? end : s.size;
    *piece = dl_string_trim(dl_string_slice(s, *at, end));
    *at = end == s.size ? s.size + 1 : end + size;
    return true;
}

static bool is_number(const dl_text_state *state, dl_string fold)
{
    bool digit = fold.size > 0 && fold.data[0] >= '0' && fold.data[0] <= '9';
    return digit || dl_list_word(state, DL_LIST_NUMBERS, fold, NULL);
}

/* Whether the token (-1: none) is of the class; a list is looked up by its name, which
 * only happens at words that may be broken. */
static bool of_class(const dl_text_state *state, int32_t token, dl_string class)
{
    char name[64];
    bool braced = class.size > 2 && class.data[0] == '{';
    if (token < 0)
        return dl_string_equal(class, DL_STRING("{start}"));
    dl_string fold = state->document->tokens[token].fold;
    if (!braced)
        return dl_string_equal(fold, class);
    if (dl_string_equal(class, DL_STRING("{number}")))
        return is_number(state, fold);
    if (class.size >= sizeof name)
        return false;
    memcpy(name, class.data + 1, class.size - 2);
    name[class.size - 2] = '\0';
    int list = dl_list_find(state->text->lexicon, name);
    return list >= 0 && dl_list_has(state->text->lexicon, list, fold, NULL);
}

/* "next {number} few": whether one of the classes holds at that side. */
static bool holds(const dl_text_state *state, dl_string condition, int32_t previous,
                  int32_t next)
{
    size_t at = 0;
    dl_string word;
    if (!next_piece(condition, " ", &at, &word))
        return false;
    int32_t token = dl_string_equal(word, DL_STRING("previous")) ? previous : next;
    while (next_piece(condition, " ", &at, &word))
        if (of_class(state, token, word))
            return true;
    return false;
}

/* The replacement of the first choice that holds; size 0 where none does. */
static dl_string choose(const dl_text_state *state, dl_string value, int32_t previous,
                        int32_t next)
{
    dl_string choice, replacement, condition;
    for (size_t at = 0; next_piece(value, " | ", &at, &choice);) {
        size_t part = 0;
        bool all = next_piece(choice, " / ", &part, &replacement);
        while (all && next_piece(choice, " / ", &part, &condition))
            all = holds(state, condition, previous, next);
        if (all)
            return replacement;
    }
    return (dl_string){0};
}

/* The form with a capital where the old one had one. */
static dl_string with_case(dl_arena *arena, dl_string word, dl_string old)
{
    dl_string copy = dl_arena_string(arena, word);
    bool first = old.size > 0 && old.data[0] >= 'A' && old.data[0] <= 'Z';
    bool all = first && old.size > 1 && old.data[1] >= 'A' && old.data[1] <= 'Z';
    char *out = (char *)(uintptr_t)copy.data;
    for (size_t i = 0; out && i < copy.size && first; i++)
        if ((i == 0 || all) && out[i] >= 'a' && out[i] <= 'z')
            out[i] = (char)(out[i] - 32);
    return copy;
}

/* Writes the words of `now` over tokens at..at+taken-1 into `out`; returns how many. The
 * last word takes what is left of the old ones. */
static size_t replace(dl_text_state *state, int32_t at, size_t taken, dl_string now,
                      dl_token out[REPLACEMENT_WORDS_MAX])
{
    dl_document *document = state->document;
    const dl_token *old = &document->tokens[at];
    dl_string words[REPLACEMENT_WORDS_MAX], word;
    size_t count = 0, from = 0;
    while (count < REPLACEMENT_WORDS_MAX && next_piece(now, " ", &from, &word))
        words[count++] = word;
    if (count > taken || count == 0)
        return 0;
    for (size_t i = 0; i < count; i++) {
        out[i] = old[i];
        out[i].form = with_case(document->arena, words[i], old[i].form);
        out[i].fold = dl_text_fold(document->arena, out[i].form);
        out[i].multiword = 0;
        out[i].inside_multiword = false;
        state->failed |= !out[i].form.data || !out[i].fold.data;
    }
    out[count - 1].span.end = old[taken - 1].span.end;
    out[count - 1].space_after = old[taken - 1].space_after;
    return count;
}

/* Tokens that were mended at `at` (0: none); *made new ones stand in `out`. */
static size_t mend(dl_text_state *state, int32_t first, int32_t at, int32_t end,
                   dl_token out[REPLACEMENT_WORDS_MAX], size_t *made)
{
    dl_document *document = state->document;
    dl_entry entry = {0};
    int32_t last = at + MATCH_WINDOW < end ? at + MATCH_WINDOW : end - 1;
    size_t taken =
        dl_list_match_tokens(state->text->lexicon, state->text->lists[DL_LIST_REPAIRS],
                             document, at, last, &entry);
    if (taken == 0)
        return 0;
    int32_t next = at + (int32_t)taken < end ? at + (int32_t)taken : -1;
    dl_string now = choose(state, entry.value, at > first ? at - 1 : -1, next);
    *made = now.size ? replace(state, at, taken, now, out) : 0;
    if (*made == 0)
        return 0;
    dl_span span = dl_document_span(document, at, at + (int32_t)taken - 1);
    dl_text_repair_add(
        state, (dl_repair){span, dl_document_slice(document, span), now, entry.rule});
    return taken;
}

void dl_text_repair(dl_text_state *state, int32_t first)
{
    dl_document *document = state->document;
    dl_token made[REPLACEMENT_WORDS_MAX];
    int32_t end = (int32_t)document->token_count, to = first;
    size_t count = 0;
    if (document->verbatim || state->text->lists[DL_LIST_REPAIRS] < 0)
        return;
    for (int32_t at = first; at < end;) {
        /* what stands before is already mended and closed up */
        size_t taken = mend(state, first, at, end, made, &count);
        if (taken == 0) {
            document->tokens[to++] = document->tokens[at++];
            continue;
        }
        memcpy(&document->tokens[to], made, count * sizeof *made);
        to += (int32_t)count;
        at += (int32_t)taken;
    }
    document->token_count = (size_t)to;
}
