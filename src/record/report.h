/* What merging needs of a record and of an article, without their text.
 *
 * Purpose  a report is one record, a sketch one article, small enough to be kept by the
 *          million; both can be packed into bytes for a store and read back
 * Reads    nothing (the story room makes them from a document)
 * Writes   bytes: numbers of variable length, the same on every machine
 * Cost     linear in the bytes; no allocation
 * Source   MinHash in one permutation: Li, Owen, Zhang 2012; random hyperplanes:
 *          Charikar 2002
 * Limits   named below; what is beyond them is left out, the heaviest terms stay
 *
 * Words are 32-bit hashes of their folded lemmas. Days count from 1970-01-01. */
#ifndef DL_RECORD_REPORT_H
#define DL_RECORD_REPORT_H

#include "record/document.h"

enum {
    DL_REPORT_VERSION = 1,
    DL_SKETCH_BINS = 64,  /* of a MinHash */
    DL_SKETCH_TERMS = 40, /* of an article */
    DL_REPORT_PARTIES = 6,
    DL_REPORT_WORDS = 16, /* of the sentence */
    DL_REPORT_ARGUMENTS = 6,
    DL_REPORT_SIZES = 3,
    DL_REPORT_BYTES_MAX = 640, /* packed */
    DL_SKETCH_BYTES_MAX = 640
};

#define DL_NO_DAY INT32_MIN

typedef enum dl_term_kind { DL_TERM_WORD, DL_TERM_NAME, DL_TERM_NUMBER } dl_term_kind;

/* A word, and how much it tells: rare words and names more than common ones. */
typedef struct dl_term {
    uint32_t hash;
    uint8_t weight;
    uint8_t kind; /* dl_term_kind */
} dl_term;

typedef struct dl_sketch {
    uint64_t article; /* hash of its id */
    int32_t day;      /* of publication, or DL_NO_DAY */
    uint32_t shingles;
    uint16_t bins[DL_SKETCH_BINS]; /* low bits of the smallest hash of each bin; 0 where
                                      the text is too short for shingles */
    uint8_t term_count;
    dl_term terms[DL_SKETCH_TERMS]; /* in order of hash */
} dl_sketch;

typedef struct dl_report_party {
    uint32_t name; /* of the canonical name, else of the head noun */
    uint32_t word; /* the last word of the name, else as `name` */
    uint32_t code; /* country or organisation: letters in its bytes, 0 for none */
    uint8_t sector;
    bool actor, named, person;
} dl_report_party;

/* What hangs on the act's word. */
typedef enum dl_report_role {
    DL_REPORT_SUBJECT,
    DL_REPORT_OBJECT,
    DL_REPORT_OTHER
} dl_report_role;

typedef struct dl_report_argument {
    uint32_t word;
    uint8_t weight;
    uint8_t role; /* dl_report_role */
    float count;  /* how many of them; 0 not said */
} dl_report_argument;

typedef struct dl_report_size {
    uint8_t kind, relation; /* dl_size_kind, dl_relation */
    float value, high;
} dl_report_size;

typedef struct dl_report {
    uint64_t id;                 /* of the record */
    uint64_t article;            /* as in its sketch */
    uint32_t sentence, position; /* numbers in the article: of the sentence, the token */
    uint32_t sentence_hash;      /* of its words, however they are spaced */
    uint32_t sentence_words;
    uint8_t category, mode, status, basis;
    uint32_t act;         /* lemma of the anchor */
    uint64_t likeness[2]; /* on which side of random planes the act's vector lies; 0, 0
                             where it has none */
    int32_t first_day, last_day;     /* of the event, or DL_NO_DAY */
    uint32_t place, country, region; /* hashes; 0 unknown */
    int16_t latitude, longitude;     /* hundredths of a degree */
    bool located;
    uint8_t precision; /* dl_precision */
    uint8_t party_count, argument_count, word_count, size_count;
    dl_report_party parties[DL_REPORT_PARTIES];
    dl_report_argument arguments[DL_REPORT_ARGUMENTS];
    dl_term words[DL_REPORT_WORDS]; /* in order of hash */
    dl_report_size sizes[DL_REPORT_SIZES];
} dl_report;

/* Bytes written into `out`, which has room for DL_..._BYTES_MAX. */
size_t dl_report_pack(const dl_report *report, uint8_t *out);
size_t dl_sketch_pack(const dl_sketch *sketch, uint8_t *out);

/* Bytes taken from the front of `bytes`; 0 where they are no report (or sketch) of this
 * version. Never reads beyond `size`. */
size_t dl_report_unpack(const uint8_t *bytes, size_t size, dl_report *report);
size_t dl_sketch_unpack(const uint8_t *bytes, size_t size, dl_sketch *sketch);

#endif
