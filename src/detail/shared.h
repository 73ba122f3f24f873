/* What the files of this room share: the opened lists, pieces of words, and the steps in
 * the order in which dl_detail_run takes them. Private to src/detail. */
#ifndef DL_DETAIL_SHARED_H
#define DL_DETAIL_SHARED_H

#include "detail/detail.h"

enum {
    DL_PIECES_MAX = 2048, /* of one sentence; what comes after is not read */
    DL_PIECE_KINDS = 2,   /* meanings of one word */
    DL_TIMEX_BYTES = 48,  /* of one TIMEX3 value with its NUL */
    DL_CLIMB_MAX = 256    /* steps up a tree before it is taken for broken */
};

/* Kinds of words that the grammars of times and numbers know; the lists `when-words` and
 * `count-words` give each word one or two, with a value: `second = ordinal 2; unit TS`.
 */
#define DL_WORD_LIST(X)                                                                  \
    X(month)                                                                             \
    X(weekday)                                                                           \
    X(unit)                                                                              \
    X(season)                                                                            \
    X(part)                                                                              \
    X(day)                                                                               \
    X(ref)                                                                               \
    X(last)                                                                              \
    X(next)                                                                              \
    X(this)                                                                              \
    X(same)                                                                              \
    X(ago)                                                                               \
    X(later)                                                                             \
    X(earlier)                                                                           \
    X(decade)                                                                            \
    X(century)                                                                           \
    X(quarter)                                                                           \
    X(weekend)                                                                           \
    X(edge)                                                                              \
    X(era)                                                                               \
    X(half_day)                                                                          \
    X(clock)                                                                             \
    X(holiday)                                                                           \
    X(each)                                                                              \
    X(other)                                                                             \
    X(rate)                                                                              \
    X(whole)                                                                             \
    X(some)                                                                              \
    X(the)                                                                               \
    X(a)                                                                                 \
    X(of)                                                                                \
    X(to)                                                                                \
    X(and)                                                                               \
    X(at)                                                                                \
    X(on)                                                                                \
    X(in)                                                                                \
    X(from)                                                                              \
    X(between)                                                                           \
    X(suffix)                                                                            \
    X(plural)                                                                            \
    X(day_noun)                                                                          \
    X(number)                                                                            \
    X(scale)                                                                             \
    X(short_scale)                                                                       \
    X(vague)                                                                             \
    X(ordinal)                                                                           \
    X(fraction)                                                                          \
    X(point)                                                                             \
    X(minus)                                                                             \
    X(apiece)                                                                            \
    X(odd)                                                                               \
    X(more)                                                                              \
    X(few)                                                                               \
    X(but)                                                                               \
    X(per)                                                                               \
    X(money)                                                                             \
    X(money_scale)                                                                       \
    X(loose_scale)                                                                       \
    X(dimension)                                                                         \
    X(times)                                                                             \
    X(exponent)

typedef enum dl_word {
    DL_NO_WORD,
#define X(name) DL_WORD_##name,
    DL_WORD_LIST(X)
#undef X
        DL_WORDS
} dl_word;

typedef enum dl_piece_shape { DL_SHAPE_WORD, DL_SHAPE_DIGITS, DL_SHAPE_MARK } dl_shape;

/* A run of letters, a run of digits, or one other character, of one token. The grammars
 * read pieces, so that they do not depend on where the tokeniser cuts "10-day". */
typedef struct dl_piece {
    dl_string text; /* folded; points and apostrophes of abbreviations left out */
    dl_span span;
    int32_t token;
    dl_shape shape;
    bool glued;                   /* nothing stands between it and the piece before */
    bool capital;                 /* as written */
    uint8_t kind[DL_PIECE_KINDS]; /* dl_word */
    dl_string value[DL_PIECE_KINDS];
    dl_string rule;
} dl_piece;

/* The pieces of one sentence, [count]. */
typedef struct dl_pieces {
    dl_piece *items;
    dl_string *texts; /* their texts, for dl_list_match */
    int32_t count;
} dl_pieces;

/* Numbers of the lists that this room reads; -1 where the lexicon lacks one. */
typedef struct dl_lists {
    int when_words, doubtful, future_auxiliaries;
    int count_words, relations, relations_after, units_before, units, unit_parts, ratios;
    int people;
    int cues, sources, says_nouns, tells;
    int size_verbs, size_nouns, size_leaves, size_outcomes, size_acts, size_within,
        size_dying;
    int size_tolls, estimates;
    int nobody, collectives;
    int attitudes, attitude_nouns, attitude_adjectives, carriers, owners;
    int doubt_words, doubt_verbs, doubt_auxiliaries, conditions;
    int place_prepositions, locatives, place_words;
} dl_lists;

struct dl_detail {
    const dl_lexicon *lexicon;
    dl_lists list;
};

/* State of one run. */
typedef struct dl_work {
    const dl_detail *detail;
    dl_document *document;
    dl_pieces pieces;
    size_t time_room, place_room, quantity_room, claim_room;
    dl_date anchor; /* the article's date */
    dl_date told;   /* the date told last; year 0 where none */
    bool out_of_memory;
    bool narrative; /* most years told lie long before the article */
} dl_work;

/* ---- pieces.c ---- */

/* Cuts the sentence into pieces and looks them up. False where memory has run out. */
bool dl_pieces_read(dl_work *work, const dl_sentence *sentence);
bool dl_pieces_init(dl_work *work);

/* Whether piece i has the kind; *value (may be NULL) is set to its value. */
bool dl_piece_is(const dl_pieces *pieces, int32_t i, dl_word kind, dl_string *value);
bool dl_piece_mark(const dl_pieces *pieces, int32_t i, char mark);
int dl_piece_int(const dl_pieces *pieces, int32_t i, dl_word kind); /* 0: not it */

/* ---- figures.c ---- */

/* The run of digits at piece i as a whole number. */
bool dl_digits_at(const dl_pieces *pieces, int32_t i, double *value);
/* Figures with their separators, decimals and power of ten; the piece after them, i where
 * there are none. */
int32_t dl_figures_read(const dl_pieces *pieces, int32_t i, double *value);
/* "3/4" */
int32_t dl_slash_read(const dl_pieces *pieces, int32_t i, double *value);

/* ---- number.c ---- */

typedef struct dl_amount {
    double value;
    int32_t end; /* piece after it */
    bool figures, vague, ordinal, whole;
} dl_amount;

/* Longest number that starts at piece i: "8,000", "3.5 million", "two hundred and five",
 * "half a million", "dozens". False where there is none. */
bool dl_number_read(const dl_pieces *pieces, int32_t i, dl_amount *number);

/* A whole number up to 9999 in figures or words, without separators; its end, 0 if none.
 */
int32_t dl_number_small(const dl_pieces *pieces, int32_t i, int *value);

/* "13th", "thirteenth": its end, 0 if none. */
int32_t dl_ordinal_read(const dl_pieces *pieces, int32_t i, int *value);

/* ---- timex.c, relative.c: the grammar; when.c: the reading in context ---- */

typedef enum dl_grain {
    DL_GRAIN_NONE, /* `value` is the whole value */
    DL_GRAIN_DAY,
    DL_GRAIN_WEEK,
    DL_GRAIN_WEEKEND,
    DL_GRAIN_MONTH,
    DL_GRAIN_SEASON,
    DL_GRAIN_QUARTER,
    DL_GRAIN_YEAR,
    DL_GRAIN_DECADE,
    DL_GRAIN_CENTURY
} dl_grain;

typedef enum dl_from {
    DL_FROM_TEXT,    /* stated: fields hold what the text gives */
    DL_FROM_ARTICLE, /* `offset` grains from the article's date */
    DL_FROM_TOLD     /* `offset` grains from the date told last */
} dl_from;

/* What the grammar read, before it is placed on the calendar. */
typedef struct dl_timex {
    int32_t end; /* piece after it; 0: nothing read */
    dl_time_type type;
    dl_grain grain;
    dl_from from;
    int year, month, day, weekday; /* 0 where not given; year < 0: BC */
    int offset;                    /* of grain, for DL_FROM_ARTICLE and DL_FROM_TOLD */
    int offset_years, offset_months, offset_days;
    bool compound;   /* the three offsets count, not `offset` */
    int direction;   /* weekday or month: -1 the last, 1 the next, 0 by tense */
    int season;      /* 1 spring .. 4 winter */
    int quarter;     /* 1 .. 4 */
    bool short_year; /* decade without its century */
    char clock[40];  /* "T16:30", "TMO"; "" for none */
    char value[DL_TIMEX_BYTES];
} dl_timex;

/* Longest time expression that starts at piece i. */
bool dl_timex_read(const dl_work *work, int32_t i, dl_timex *timex);
bool dl_timex_stated(const dl_work *work, int32_t i, dl_timex *timex);
bool dl_timex_relative(const dl_work *work, int32_t i, dl_timex *timex);
/* -1 past, 1 future, 0 unknown: the tense of the clause that the token stands in. */
int dl_tense_of(const dl_work *work, int32_t token);

bool dl_timex_clock(const dl_pieces *pieces, int32_t i, dl_timex *timex);
bool dl_timex_year(const dl_work *work, int32_t i, dl_timex *timex, bool sure);

/* ---- the steps, in this order; false where memory has run out ---- */
void dl_when_begin(dl_work *work);
bool dl_when_sentence(dl_work *work);    /* times in the pieces read last */
bool dl_howmany_sentence(dl_work *work); /* quantities in them; after the times */
bool dl_where_run(dl_work *work);        /* places */
bool dl_says_run(dl_work *work);         /* claims */
bool dl_tie_run(dl_work *work);          /* events */

/* Sets event->doubt. */
void dl_doubt_set(const dl_work *work, dl_event *event);

/* Sets event->size; quantities must be there. False where memory has run out. */
bool dl_sizes_set(dl_work *work, dl_event *event);

/* "dead": the kind of size; -1 unknown. */
int dl_size_find(dl_string name);

/* ---- counts.c ---- */

/* Counts of the events by others; after the sizes. False where memory has run out. */
bool dl_counts_run(dl_work *work);

/* Gives an attack the dead and hurt that a sentence behind it tells without saying whose
 * they are: "A bomb went off in the market. Nine people were hurt." */
void dl_sizes_share(const dl_work *work);

/* ---- persons.c ---- */

/* The quantity that tells how many people the words under `token` are: the number with
 * them, the sum over those joined to it; where `implied` also one for a single person and
 * zero for nobody. -1 none. Adds the sums to the document. */
int32_t dl_persons_count(dl_work *work, int32_t token, bool implied);

/* The stated quantity that counts the token; -1 none. */
int32_t dl_quantity_of(const dl_document *document, int32_t token);

/* ---- trees.c ---- */

/* Head of the clause that the token stands in: itself or the nearest ancestor that is the
 * root or hangs by a clause relation (ccomp, advcl, acl, parataxis, conj of verbs ...).
 */
int32_t dl_clause_of(const dl_document *document, int32_t token);
bool dl_is_clause_relation(dl_deprel relation);
bool dl_fold_in(const dl_work *work, int list, int32_t token, dl_string *value);
bool dl_lemma_in(const dl_work *work, int list, int32_t token, dl_string *value);
dl_deprel dl_relation_of(const dl_document *document, int32_t token); /* universal part */

/* Number of the first of `count` items in text order, each of `size` bytes, whose last
 * token (an int32_t at `last`) is `token` or behind it; `count` where there is none. */
size_t dl_first_ending(const void *items, size_t count, size_t size, size_t last,
                       int32_t token);

#endif
