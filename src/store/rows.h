/* One article as it goes into an archive: rows of strings and numbers, no document.
 *
 * All strings live in the batch's arena, or as long as the program; absent ones become
 * NULL in the archive. Lists are arrays with a count; spans are bytes of the article's
 * text as it was given. */
#ifndef DL_STORE_ROWS_H
#define DL_STORE_ROWS_H

#include "base/base.h"

/* Somebody as a party of a record, as who says it, or as who is speaking. */
typedef struct dl_row_party {
    dl_string text; /* words that say who it is */
    dl_span span;
    dl_string code, sectors; /* "KAZ", "GOV MIL"; absent where unknown */
    dl_string sector;        /* the first of the sectors */
    dl_string name, identifier, office, via;
    dl_string cue; /* of a source */
    bool quoted;   /* of a source */
} dl_row_party;

typedef struct dl_row_size {
    const char *kind; /* "dead" */
    double value, high;
    const char *relation; /* "=", ".." */
    bool has_high;
    dl_string text;
} dl_row_size;

typedef struct dl_row_place {
    dl_string text, name, country, admin1;
    double lat, lon;
    const char *precision; /* NULL: not located */
} dl_row_place;

typedef struct dl_row_record {
    char id[17];
    int32_t sentence; /* 1-based */
    dl_span span;
    dl_string event, mode, context; /* modes and contexts with blanks between */
    dl_string cameo;
    int quad;
    double scale, confidence;
    dl_string date, end_date;
    const char *basis, *status;
    bool symmetric; /* all parties are actors */
    bool has_place;
    dl_row_place place;
    dl_string rule;
    dl_string json;      /* the record as it is written, without its line feed */
    dl_string merge_key; /* packed for merging; absent where nobody packs */
    dl_row_party *actors, *recipients, *sources;
    dl_row_size *sizes;
    size_t actor_count, recipient_count, source_count, size_count;
} dl_row_record;

typedef struct dl_row_claim {
    char id[17];
    int32_t sentence; /* 1-based; 0: not known */
    dl_span span;
    bool has_speaker;
    dl_row_party speaker;
    dl_string cue, date;
    bool quoted;
    dl_string json;
} dl_row_claim;

typedef struct dl_row_entity {
    int32_t entity; /* its number in the article, from 1 */
    dl_string name, identifier, code, sectors, office;
    dl_string text;   /* the words of its first mention */
    const char *type; /* "PER", "ORG", "LOC"; "" for none */
    int32_t mentions;
} dl_row_entity;

typedef struct dl_row_sentence {
    dl_span span;
    int32_t paragraph; /* 1-based */
    bool heading;
} dl_row_sentence;

typedef struct dl_row_article dl_row_article;
struct dl_row_article {
    dl_row_article *next; /* of the batch */
    size_t number;        /* in the batch, rejects counted too: set by the store */
    dl_string id, date, title, author, source, url, language, text;
    char hash[17];        /* of all that was given: tells whether the article changed */
    dl_string coded_with; /* version of the coder, and of its data */
    dl_string sketch;     /* packed, to find reprints by; absent where nobody packs */
    dl_row_sentence *sentences;
    dl_row_record *records;
    dl_row_claim *claims;
    dl_row_entity *entities;
    size_t sentence_count, record_count, claim_count, entity_count;
};

/* What was not kept, and why. */
typedef struct dl_row_reject dl_row_reject;
struct dl_row_reject {
    dl_row_reject *next;
    size_t number; /* as of articles */
    char hash[17]; /* of the bytes */
    dl_string file, article, message, raw;
    const char *status;
    uint64_t line;
};

#endif
