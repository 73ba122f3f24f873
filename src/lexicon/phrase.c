#include "lexicon/phrase.h"

static bool in_set(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

dl_string dl_phrase_loosen(dl_string word, char out[DL_WORD_BYTES_MAX])
{
    size_t size = 0;
    if (word.size > DL_WORD_BYTES_MAX) {
        return word;
    }
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] != '.' && word.data[i] != '\'') {
            out[size++] = word.data[i];
        }
    }
    return size == 0 || size == word.size ? word : (dl_string){out, size};
}

uint64_t dl_phrase_hash(uint32_t node, dl_string word)
{
    uint64_t hash = dl_string_hash(word) ^ ((uint64_t)node * 0x9E3779B97F4A7C15u);
    hash ^= hash >> 32;
    hash *= 0xD6E8FEB86659FD93u;
    return hash ^ (hash >> 29);
}

typedef struct cutter {
    dl_arena *arena;
    dl_string *words;
    size_t count;
    bool loose, full;
} cutter;

static void add_word(cutter *cut, dl_string word)
{
    char loosened[DL_WORD_BYTES_MAX];
    if (word.size == 0) {
        return;
    }
    if (cut->count == DL_PHRASE_WORDS_MAX) {
        cut->full = true;
        return;
    }
    if (cut->loose) {
        dl_string loose = dl_phrase_loosen(word, loosened);
        word = loose.data == loosened ? dl_arena_string(cut->arena, loose) : word;
    }
    cut->full |= word.data == NULL;
    cut->words[cut->count++] = word;
}

/* A word without hyphens: punctuation around it and a final 's are words of their own. */
static void add_piece(cutter *cut, dl_string piece)
{
    size_t start = 0, end = piece.size;
    while (start + 1 < end && in_set(piece.data[start], "([{\"$")) {
        add_word(cut, dl_string_slice(piece, start, start + 1));
        start++;
    }
    while (end > start + 1 && in_set(piece.data[end - 1], ")]}\",;:!?%")) {
        end--;
    }
    dl_string core = dl_string_slice(piece, start, end);
    if (core.size > 2 && dl_string_ends(core, DL_STRING("'s"))) {
        add_word(cut, dl_string_slice(core, 0, core.size - 2));
        add_word(cut, dl_string_slice(core, core.size - 2, core.size));
    } else if (core.size > 2 && dl_string_ends(core, DL_STRING("s'"))) {
        add_word(cut, dl_string_slice(core, 0, core.size - 1));
        if (!cut->loose) {
            add_word(cut, dl_string_slice(core, core.size - 1, core.size));
        }
    } else {
        add_word(cut, core);
    }
    for (; end < piece.size; end++) {
        add_word(cut, dl_string_slice(piece, end, end + 1));
    }
}

static bool only_hyphens(dl_string word)
{
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] != '-') {
            return false;
        }
    }
    return true;
}

static void add_hyphenated(cutter *cut, dl_string word)
{
    size_t at = 0;
    if (only_hyphens(word)) {
        add_word(cut, word);
        return;
    }
    while (at < word.size) {
        size_t end = dl_string_find(word, '-', at);
        if (end > at) {
            add_piece(cut, dl_string_slice(word, at, end));
        }
        at = end + 1;
    }
}

size_t dl_phrase_cut(dl_arena *arena, dl_string phrase, bool loose, dl_string *words)
{
    cutter cut = {arena, words, 0, loose, false};
    dl_string folded = dl_utf8_fold(arena, phrase);
    size_t at = 0;
    if (folded.data == NULL) {
        return 0;
    }
    while (at < folded.size) {
        while (at < folded.size && in_set(folded.data[at], " \t")) {
            at++;
        }
        size_t end = at;
        while (end < folded.size && !in_set(folded.data[end], " \t")) {
            end++;
        }
        add_hyphenated(&cut, dl_string_slice(folded, at, end));
        at = end;
    }
    return cut.full ? 0 : cut.count;
}
