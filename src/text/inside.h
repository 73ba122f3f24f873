/* What the files of this room share. Only src/text/ includes this. */
#ifndef DL_TEXT_INSIDE_H
#define DL_TEXT_INSIDE_H

#include "text/text.h"

/* Lists of lexicon/<language>/text/, described at the head of each file. */
#define DL_TEXT_LIST(X)                                                                  \
    X(ABBREVIATIONS, "abbreviations")                                                    \
    X(NOT_INITIALS, "letters that are words")                                            \
    X(CLITICS, "clitics")                                                                \
    X(CONTRACTIONS, "contractions")                                                      \
    X(APOSTROPHE_WORDS, "words with an apostrophe in front")                             \
    X(PREFIXES, "prefixes kept with a hyphen")                                           \
    X(SUFFIXES, "suffixes kept with a hyphen")                                           \
    X(SLASHED, "words with a slash")                                                     \
    X(POSSESSIVES, "letters before a bare apostrophe")                                   \
    X(UNITS, "units behind a number")                                                    \
    X(ENDINGS, "endings of addresses and files")                                         \
    X(LINKS, "link openings")                                                            \
    X(BOILERPLATE_OPENINGS, "boilerplate openings")                                      \
    X(BOILERPLATE, "boilerplate phrases")                                                \
    X(CAPTION_OPENINGS, "caption openings")                                              \
    X(CAPTIONS, "caption phrases")                                                       \
    X(MONTHS, "dateline months")                                                         \
    X(AGENCIES, "agencies")                                                              \
    X(DATELINE_WORDS, "words inside datelines")                                          \
    X(NUMBERS, "number words")                                                           \
    X(REPAIRS, "repairs")

typedef enum dl_text_list {
#define DL_TEXT_ENUM(name, list) DL_LIST_##name,
    DL_TEXT_LIST(DL_TEXT_ENUM)
#undef DL_TEXT_ENUM
        DL_TEXT_LISTS
} dl_text_list;

struct dl_text {
    const dl_lexicon *lexicon;
    int lists[DL_TEXT_LISTS]; /* list numbers; -1: not there */
    const int16_t *weights;   /* [1 << bits]; NULL: rules alone */
    uint32_t bits;
    int32_t threshold;
};

/* What stands at a place of the text. */
typedef enum dl_glyph { DL_SPACE, DL_LETTER, DL_DIGIT, DL_MARK } dl_glyph;

typedef struct dl_paragraph {
    uint32_t start, end; /* bytes of the clean text */
    int32_t first, last; /* tokens; last < first where set aside */
    int32_t sentence;    /* its first one */
    int32_t sentences;   /* how many */
    bool terminated,
        bulleted; /* ends with a full stop or the like; opens with a bullet */
} dl_paragraph;

/* One run over one article. */
typedef struct dl_text_state {
    const dl_text *text;
    dl_document *document;
    dl_string clean;     /* the text with its encoding mended */
    const uint32_t *map; /* [clean.size + 1] places in the given text; NULL: the same */
    size_t token_capacity, sentence_capacity, skip_capacity, repair_capacity;
    dl_paragraph *paragraphs;
    size_t paragraph_count, paragraph_capacity;
    uint32_t limit;   /* end of the paragraph that is being read */
    bool single_open; /* a single quotation mark stands open */
    bool failed;      /* memory has run out */
} dl_text_state;

/* clean.c: sets clean and map, adds a repair for each letter mended. */
bool dl_text_clean(dl_text_state *state);

/* Place in the given text of a place in the clean one. */
static inline uint32_t dl_text_given(const dl_text_state *state, uint32_t at)
{
    return state->map ? state->map[at] : at;
}

/* layout.c: the next paragraph at or after *at; false at the end. */
typedef struct dl_layout {
    size_t at, width; /* width: of hard-wrapped lines; 0 where lines are paragraphs */
} dl_layout;
dl_layout dl_layout_start(dl_string clean);
bool dl_layout_next(dl_string clean, dl_layout *layout, uint32_t *start, uint32_t *end);

/* token.c: appends the tokens of [start, end). */
void dl_text_tokens(dl_text_state *state, uint32_t start, uint32_t end);
void dl_token_emit(dl_text_state *state, uint32_t start, uint32_t end);
/* Folded form; the bytes themselves where they are lower-case ASCII already. */
dl_string dl_text_fold(dl_arena *arena, dl_string form);
dl_glyph dl_glyph_get(dl_string clean, size_t at, size_t *size);

/* word.c: end of the word that starts at `at`; emits it, cut into words of UD. */
uint32_t dl_word_end(dl_text_state *state, uint32_t at, uint32_t end);
void dl_word_emit(dl_text_state *state, uint32_t start, uint32_t end);

/* aside.c: whether the paragraph is to be set aside, and why. */
bool dl_text_aside(dl_text_state *state, const dl_paragraph *paragraph, dl_skip_why *why);
/* Tokens that a dateline takes at the paragraph's start; 0 where there is none. Sets
 * document->dateline_date. */
int32_t dl_text_dateline(dl_text_state *state, const dl_paragraph *paragraph);
void dl_text_skip(dl_text_state *state, dl_span span, dl_skip_why why);
/* Marks headings once all paragraphs are known. */
void dl_text_headings(dl_text_state *state);

/* repair.c: mends spun words among the tokens from `first` on. */
void dl_text_repair(dl_text_state *state, int32_t first);
void dl_text_repair_add(dl_text_state *state, dl_repair repair);

/* segment.c: cuts tokens first..last into sentences; a bullet stays with what follows. */
void dl_text_segment(dl_text_state *state, int32_t first, int32_t last, int32_t paragraph,
                     bool bulleted);

/* Features of the gap behind token `gap`, hashed to 32 bits, for the trainer too. */
enum { DL_SEGMENT_FEATURES = 24, DL_SEGMENT_VERSION = 1 };
size_t dl_segment_features(const dl_document *document, int32_t first, int32_t gap,
                           int32_t last, uint32_t out[DL_SEGMENT_FEATURES]);

/* text.c: whether the list has the folded word. */
bool dl_list_word(const dl_text_state *state, dl_text_list list, dl_string folded,
                  dl_entry *entry);
/* An abbreviation that a name follows: "Gen.", "Dr." */
bool dl_text_is_title(const dl_text_state *state, const dl_token *token);

#endif
