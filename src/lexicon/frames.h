/* Constructions: which words evoke which event, and where their arguments stand.
 *
 * Purpose  compiles lexicon/<language>/what/ (.txt) into one chunk and reads it back
 * Reads    the lines described in lexicon/en/what/README.md
 * Writes   chunk DL_FRAMES_CHUNK of the compiled lexicon
 * Cost     a word is one hash look-up; everything after it is numbers
 * Limits   named below
 *
 * Every word of every construction and class has a number. A class is a bit; a word, or a
 * phrase that ends or begins in it, carries the bits of its classes, so that matching
 * compares numbers only. */
#ifndef DL_LEXICON_FRAMES_H
#define DL_LEXICON_FRAMES_H

#include "lexicon/lexicon.h"

#define DL_FRAMES_CHUNK "frames"

enum {
    DL_FRAMES_VERSION = 5,
    DL_CLASSES_MAX = 512,
    DL_CLASS_WORDS = DL_CLASSES_MAX / 64,
    DL_FRAME_ELEMENTS_MAX = 8,
    DL_FRAME_MODIFIERS_MAX = 4,
    DL_FRAME_PHRASE_MAX = 8,
    DL_OUTER_TYPES_MAX = 40,
    DL_FRAME_WORDS_MAX = 0xffff, /* different words */
    DL_FRAME_SPECS_MAX = 0xffff
};

/* What an anchor must be; outer acts have kinds of their own. */
typedef enum dl_frame_kind {
    DL_FRAME_VERB,
    DL_FRAME_NOUN,
    DL_FRAME_ADJ,
    DL_OUTER_VERB,
    DL_OUTER_NOUN,
    DL_OUTER_ADJ,
    DL_FRAME_KINDS
} dl_frame_kind;

typedef enum dl_element_type {
    DL_ELEMENT_PARTICLE, /* particle, adverb or preposition of a dependent */
    DL_ELEMENT_OBJECT,   /* the object is the filler */
    DL_ELEMENT_OBLIQUE,  /* a dependent with this preposition is the filler */
    DL_ELEMENT_SUBJECT,
    DL_ELEMENT_IOBJECT,
    DL_ELEMENT_PLACE,    /* some dependent is a place */
    DL_ELEMENT_CLAUSE,   /* outer acts: "that" or "to" behind the anchor */
    DL_ELEMENT_NOT,      /* no direct dependent is the filler */
    DL_ELEMENT_PASSIVE,  /* only in the passive */
    DL_ELEMENT_MODIFIER, /* the words directly before the anchor */
    DL_ELEMENT_SAID      /* an auxiliary or the predicate of what is said is the filler */
} dl_element_type;

typedef enum dl_filler { DL_FILLER_ANY, DL_FILLER_WORD, DL_FILLER_CLASS } dl_filler;

typedef struct dl_element {
    uint8_t type, filler, modifier_count, unused;
    uint16_t preposition;                       /* word; 0 none */
    uint16_t id;                                /* word or class */
    uint16_t modifiers[DL_FRAME_MODIFIERS_MAX]; /* words before the filler (or anchor) */
} dl_element;

/* Where an argument is looked for. */
typedef enum dl_place_kind {
    DL_ARGUMENT_NONE,
    DL_ARGUMENT_SUBJECT,
    DL_ARGUMENT_OBJECT,
    DL_ARGUMENT_IOBJECT,
    DL_ARGUMENT_AGENT,
    DL_ARGUMENT_POSSESSIVE,
    DL_ARGUMENT_MODIFIER,
    DL_ARGUMENT_PREPOSITION,
    DL_ARGUMENT_CLAUSE /* the subject of what is said */
} dl_place_kind;

typedef struct dl_argument_spec {
    uint32_t kind; /* dl_place_kind */
    uint32_t word; /* the preposition */
} dl_argument_spec;

/* Parts that arguments play; the sizes stand in the order of dl_size_kind. */
typedef enum dl_part {
    DL_PART_ACTOR,
    DL_PART_RECIPIENT,
    DL_PART_SIZES,
    DL_PART_PLACE = DL_PART_SIZES + DL_SIZES,
    DL_PARTS
} dl_part;

/* Strings of the chunk: offset and size. */
typedef struct dl_frame_text {
    uint32_t offset, size;
} dl_frame_text;

typedef struct dl_frame {
    uint32_t word;
    uint8_t kind, category, modes[DL_MODES_MAX], status, symmetric, element_count;
    uint8_t outer; /* 1 + number of its outer type; 0 for events */
    uint8_t part_counts[DL_PARTS];
    uint8_t own_parts; /* bit 0: actor was given on the line itself, bit 1: recipient */
    uint16_t parts[DL_PARTS]; /* first spec */
    uint16_t unused;
    uint32_t first_element;
    uint32_t sequence; /* order in the files */
    float weight;
    uint64_t contexts;
    dl_frame_text cameo, rule;
} dl_frame;

typedef struct dl_frame_class {
    dl_frame_text name;
    uint64_t sectors; /* bit mask of dl_sector */
    uint32_t tests;   /* dl_class_test */
    uint32_t unused;
} dl_frame_class;

typedef enum dl_class_test {
    DL_TEST_PERSON = 1,
    DL_TEST_ORGANISATION = 2,
    DL_TEST_LOCATION = 4,
    DL_TEST_COUNTRY = 8,
    DL_TEST_ACTOR = 16,
    DL_TEST_NGO = 32
} dl_class_test;

typedef struct dl_frame_word {
    dl_frame_text text;
    uint32_t first[DL_FRAME_KINDS], count[DL_FRAME_KINDS];
    uint32_t first_phrase, phrase_count;
    uint32_t lemma, unused; /* of a form that taggers get wrong (forms.txt); 0: itself */
    uint64_t classes[DL_CLASS_WORDS];
} dl_frame_word;

typedef struct dl_frame_phrase {
    uint32_t key_word; /* the word under which it is found */
    uint8_t count, key, unused[2];
    uint32_t words[DL_FRAME_PHRASE_MAX];
    uint64_t classes[DL_CLASS_WORDS];
} dl_frame_phrase;

/* What an outer act makes of an inner category. */
typedef enum dl_compose_kind {
    DL_COMPOSE_NONE,
    DL_COMPOSE_SAME, /* the inner record, with `status` where that is set */
    DL_COMPOSE_NEW,  /* another category */
    DL_COMPOSE_DROP
} dl_compose_kind;

typedef struct dl_compose {
    uint8_t kind, category, modes[DL_MODES_MAX], status, has_status, unused;
    dl_frame_text cameo, rule;
} dl_compose;

typedef struct dl_frame_number {
    dl_frame_text name;
    double value;
} dl_frame_number;

/* A compiled chunk; all pointers are borrowed from it. */
typedef struct dl_frames {
    const dl_frame_word *words; /* [word_count], 0 is no word */
    const uint32_t *slots;      /* [slot_count], a power of two; 0 is free */
    const dl_frame *frames;     /* by word, kind, order in the files */
    const dl_element *elements;
    const dl_argument_spec *specs;
    const dl_frame_class *classes;
    const dl_frame_phrase *phrases; /* by key word */
    const dl_frame_text *outers;    /* names of outer types */
    const dl_compose *composes;     /* [outer_count][category_count of the ontology] */
    const dl_frame_number *numbers;
    dl_ontology ontology; /* PLOVER's categories and modes, then those of ontology.txt */
    const char *text;
    uint32_t word_count, slot_count, frame_count, element_count, spec_count, class_count,
        phrase_count, outer_count, number_count, text_size;
} dl_frames;

/* The constructions of an open lexicon; NULL where it has none. Borrowed from it. */
const dl_frames *dl_lexicon_frames(const dl_lexicon *lexicon);

/* Reads a chunk, borrowing its bytes (8-byte aligned); DATELINE_BAD_FILE. */
dateline_status dl_frames_read(dl_string chunk, dl_frames *frames, dateline_error *error);

/* Number of a word (lower case; of its lemma where forms.txt names one), 0 where no
 * construction or class knows it. */
uint32_t dl_frames_word(const dl_frames *frames, dl_string word);

/* The same without forms.txt: for nouns, where "backing" is no form of "back". */
uint32_t dl_frames_form(const dl_frames *frames, dl_string word);

/* Number of the class called `name`, -1 where there is none. */
int dl_frames_class(const dl_frames *frames, const char *name);

/* Number of an outer type, -1 where there is none. */
int dl_frames_outer(const dl_frames *frames, const char *name);

/* A number of confidence.txt; `otherwise` where it does not stand there. */
double dl_frames_number(const dl_frames *frames, const char *name, double otherwise);

static inline dl_string dl_frames_text(const dl_frames *frames, dl_frame_text text)
{
    return (dl_string){frames->text + text.offset, text.size};
}

static inline bool dl_class_has(const uint64_t *classes, int number)
{
    return number >= 0 && (classes[number / 64] >> (number % 64) & 1);
}

#endif
