/* What the files of this room share: the opened lists, pieces of words, and the steps in
 * the order in which dl_detail_run takes them. Private to src/detail. */
#ifndef DL_DETAIL_SHARED_H
#define DL_DETAIL_SHARED_H

#include "detail/detail.h"

enum {
    DL_PIECES_MAX = 2048, /* of one sentence; what comes after is not read */
    DL_PIECE_KINDS = 4,   /* meanings of one word */
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
    X(hour_past)                                                                         \
    X(hour_to)                                                                           \
    X(each_per)                                                                          \
    X(how_often)                                                                         \
    X(zone)                                                                              \
    X(event)                                                                             \
    X(eve)                                                                               \
    X(rest)                                                                              \
    X(fiscal)                                                                            \
    X(half)                                                                              \
    X(beside)                                                                            \
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
    X(many)                                                                              \
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
    int32_t token, last; /* first and last token */
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
    int when_words, when_phrases, when_moons, doubtful, future_auxiliaries, future_heads;
    int future_prepositions, deferrals;
    int count_words, relations, relations_after, units_before, units, unit_parts, ratios;
    int people;
    int cues, sources, says_nouns, tells;
    int size_verbs, size_nouns, size_leaves, size_outcomes, size_acts, size_within,
        size_dying, size_apart;
    int size_tolls, estimates;
    int nobody, collectives;
    int attitudes, attitude_nouns, attitude_adjectives, carriers, owners;
    int doubt_words, doubt_verbs, doubt_auxiliaries, conditions;
    int place_prepositions, locatives, place_words, place_bodies, place_doubtful,
        place_bearers;
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
    dl_date anchor;     /* the article's date */
    dl_date told;       /* the date told last; year 0 where none */
    bool told_week;     /* it was a week, not a day */
    int32_t told_clock; /* seconds of the clock told with it; -1 where none */
    bool narrative;     /* most years told lie long before the article */
    int32_t *countries; /* first place of each country named, while events are tied */
    size_t country_count;
    bool out_of_memory;
} dl_work;

/* ---- pieces.c ---- */

/* Cuts the sentence into pieces and looks them up. False where memory has run out. */
bool dl_pieces_read(dl_work *work, const dl_sentence *sentence);
bool dl_pieces_init(dl_work *work);

/* Whether piece i has the kind; *value (may be NULL) is set to its value. */
bool dl_piece_is(const dl_pieces *pieces, int32_t i, dl_word kind, dl_string *value);
bool dl_piece_mark(const dl_pieces *pieces, int32_t i, char mark);
int dl_piece_int(const dl_pieces *pieces, int32_t i, dl_word kind); /* 0: not it */
/* Whether piece i is a run of `low` to `high` digits; its number (0 to 999999 and more
 * digits cut); whether nothing stands between it and the piece before; whether it is the
 * mark and glued on both sides. */
bool dl_piece_digits(const dl_pieces *pieces, int32_t i, size_t low, size_t high);
int dl_piece_number(const dl_pieces *pieces, int32_t i);
bool dl_piece_glued(const dl_pieces *pieces, int32_t i);
bool dl_piece_separates(const dl_pieces *pieces, int32_t i, char mark);
/* The value's first word of a lexicon's value: "4 2" -> "4"; moves on behind it. */
int dl_value_next(dl_string *value);

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

/* ---- The grammar of times: timex.c (stated dates), periods.c (decades, quarters, named
 * days), clock.c, amount.c (durations and what is counted from a day), relative.c,
 * sets.c, join.c (expressions put together), calendar.c (placing), range.c, when.c (the
 * run) ----
 */

typedef enum dl_grain {
    DL_GRAIN_NONE, /* `value` is the whole value */
    DL_GRAIN_DAY,
    DL_GRAIN_WEEK,
    DL_GRAIN_WEEKEND,
    DL_GRAIN_MONTH,
    DL_GRAIN_SEASON,
    DL_GRAIN_QUARTER,
    DL_GRAIN_HALF,
    DL_GRAIN_YEAR,
    DL_GRAIN_DECADE,
    DL_GRAIN_CENTURY
} dl_grain;

typedef enum dl_from {
    DL_FROM_TEXT,    /* stated: fields hold what the text gives */
    DL_FROM_ARTICLE, /* `offset` grains from the article's date */
    DL_FROM_TOLD     /* `offset` grains from the date told last */
} dl_from;

/* Which of the days, months or seasons of one name. */
typedef enum dl_turn {
    DL_TURN_LAST = -1, /* of the week or year before; of others the last one past */
    DL_TURN_TENSE,     /* as the tense of the clause says */
    DL_TURN_NEXT,
    DL_TURN_THIS,   /* of this week or year */
    DL_TURN_OFFSET, /* of the week `offset` weeks from this one */
    DL_TURN_COMING, /* the first one that comes ("this coming Friday") */
    DL_TURN_PAST    /* the last one past ("this past Friday") */
} dl_turn;

/* What the grammar read, before it is placed on the calendar. */
typedef struct dl_timex {
    int32_t end; /* piece after it; 0: nothing read */
    dl_time_type type;
    dl_grain grain;
    dl_from from;
    int year, month, day, weekday; /* 0 where not given; year < 0: BC */
    int offset;                    /* of grain, for DL_FROM_ARTICLE and DL_FROM_TOLD */
    int offset_years, offset_months, offset_days, offset_seconds;
    bool compound;  /* the four offsets count, not `offset` */
    bool to_day;    /* its value is a day, though it is no more precise than its grain */
    bool to_second; /* its value is a second: offset_seconds count */
    dl_turn direction;        /* of a weekday, month, season or named day */
    int season;               /* 1 spring .. 4 winter */
    int quarter;              /* 1 .. 4; of halves 1 .. 2 */
    int week;                 /* of the year, 1 .. 53; 0 none */
    bool borrowed;            /* the year is not told with it */
    bool short_year;          /* decade without its century */
    bool week_of;             /* the week that the day lies in */
    dl_string named;          /* how the day of that name is found; size 0: none */
    int named_offset;         /* days from it */
    bool timed;               /* hour, minute and second count */
    bool day_first;           /* the day stands before its clock time */
    bool open_half;           /* the hour may be of either half of the day */
    int hour, minute, second; /* minute and second -1 where not given */
    char part[4];             /* of the day: "MO"; "" for none */
    char value[DL_TIMEX_BYTES];
} dl_timex;

/* Longest time expression that starts at piece i, with the clock time and the day that
 * belong to it. */
bool dl_timex_read(const dl_work *work, int32_t i, dl_timex *timex);
/* Parts of that: stated dates; periods and named days; what counts from another time. */
bool dl_timex_stated(const dl_work *work, int32_t i, dl_timex *timex);
bool dl_timex_period(const dl_work *work, int32_t i, dl_timex *timex);
bool dl_timex_relative(const dl_work *work, int32_t i, dl_timex *timex);
/* A day, stated or relative, that is no duration and counts from no other day. */
bool dl_timex_day(const dl_work *work, int32_t i, dl_timex *timex);
/* Durations and what is counted with them: the piece after it, 0 for none. */
int32_t dl_timex_amount(const dl_work *work, int32_t i, dl_timex *timex);
/* The value of the amount at piece i: "P10D"; the piece after it, 0 for none. */
int32_t dl_amount_value(const dl_pieces *pieces, int32_t i, char value[DL_TIMEX_BYTES]);
/* -1 past, 1 future, 0 unknown: the tense of the clause that the token stands in. */
int dl_tense_of(const dl_work *work, int32_t token);

/* Times that come again: the piece after it, 0 for none. */
int32_t dl_timex_set(const dl_work *work, int32_t i, dl_timex *timex);
/* The letters of a unit at piece i; single letters count only behind figures. */
bool dl_timex_unit(const dl_pieces *pieces, int32_t i, dl_string *unit);
/* The letters of a part of the day; *many tells its plural. */
bool dl_timex_part(const dl_pieces *pieces, int32_t i, dl_string *part, bool *many);

/* A clock time; `bare` lets an hour stand alone ("at 7"). */
bool dl_timex_clock(const dl_pieces *pieces, int32_t i, bool bare, dl_timex *timex);
/* Settles which half of the day the hour is of, by a part of the day. */
void dl_timex_half(dl_timex *timex, const char *part);
bool dl_timex_has_clock(const dl_timex *timex);
void dl_timex_set_part(dl_timex *timex, dl_string part);
bool dl_timex_year(const dl_work *work, int32_t i, dl_timex *timex, bool sure);
/* The year behind a month or day (", 2022", "of 2022", "'99"): the piece after it. */
int32_t dl_timex_year_after(const dl_work *work, int32_t i, dl_timex *timex);
/* A day of a month in figures or as an ordinal: the piece after it, 0 for none. */
int32_t dl_timex_day_number(const dl_pieces *pieces, int32_t i, int *day);
/* The grain of a unit's letters: D W M Y DE CE Q WE; DL_GRAIN_NONE of others. */
dl_grain dl_grain_of(dl_string unit);

/* ---- calendar.c ---- */

/* The date of the expression, as precise as known; year 0 where it can't be placed. */
dl_date dl_calendar_find(const dl_work *work, dl_timex *timex, int32_t token);
/* Adds it to the document's times. False where memory has run out. */
bool dl_calendar_add(dl_work *work, int32_t first, dl_timex *timex);
dl_date dl_date_add_days(dl_date date, int days);
/* The named day of a year by its rule in the lexicon; year 0 where there is none. */
dl_date dl_named_day(const dl_work *work, dl_string rule, int year);

/* ---- range.c ---- */

/* The second end of a range whose first is `first`, which starts at piece i: reads it,
 * and lets each end borrow from the other what it lacks. *start is its first piece. */
bool dl_range_second(const dl_work *work, int32_t i, dl_timex *first, dl_timex *second,
                     int32_t *start);
/* A first end that is a mere number ("from 10 to 4 pm"), with the second. */
bool dl_range_first(const dl_work *work, int32_t i, dl_timex *first, dl_timex *second,
                    int32_t *start);

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
