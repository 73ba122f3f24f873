/* A record's JSON line, read back.
 *
 * Purpose  what the layouts of `dateline export` are written from
 * Reads    one line as dl_write_records writes it (docs/record.schema.json)
 * Writes   a record in an arena; its strings are borrowed from the parsed JSON
 * Cost     linear in the line
 * Source   docs/record.schema.json
 * Limits   below
 *
 * Categories, modes, sectors and codes are not compared with a list: a folder of one's
 * own may bring more. What is of the wrong type, or none of a closed list, is refused. */
#ifndef DL_WRITE_EXPORT_RECORD_H
#define DL_WRITE_EXPORT_RECORD_H

#include <jansson.h>

#include "record/date.h"
#include "record/document.h"

enum {
    DL_EXPORT_PARTIES_MAX = 64, /* of one list */
    DL_EXPORT_WORDS_MAX = 64,   /* modes, contexts, sectors of one list */
    DL_EXPORT_COUNTS_MAX = 64   /* counts by others */
};

typedef struct dl_words {
    const dl_string *items;
    size_t count;
} dl_words;

/* A party, or who says so (then with cue and quoted). */
typedef struct dl_export_party {
    dl_string text, name, code, office, via, cue;
    dl_words sectors;
    int64_t start;
    bool quoted;
} dl_export_party;

typedef struct dl_export_parties {
    const dl_export_party *items;
    size_t count;
} dl_export_parties;

typedef struct dl_export_place {
    dl_string text, name, country, admin1, precision; /* absent precision: no point */
    double lat, lon;
} dl_export_place;

typedef struct dl_export_quantity {
    bool there;
    double value, high;
    dl_relation relation;
    dl_string text;
} dl_export_quantity;

/* A count by somebody else than the source of the record's size. */
typedef struct dl_export_count {
    dl_size_kind kind;
    dl_export_quantity quantity;
} dl_export_count;

typedef struct dl_export_record {
    dl_string id, article, event_text, event, cameo, basis, story, rule, text;
    dl_string doubt; /* the words that keep the event in doubt */
    dl_words modes, contexts;
    int64_t sentence, start, end;
    int64_t quad;
    double scale, confidence;
    dl_export_parties actors, recipients, sources;
    dl_date date, end_date; /* year 0: none */
    dl_export_place place;
    dl_export_quantity sizes[DL_SIZES];
    const dl_export_count *counts; /* [count_count] */
    size_t count_count;
    dl_event_status status;
    bool claim; /* kind "claim": nothing else is read of it */
} dl_export_record;

/* Reads one line. *holder owns the record's strings until json_decref; it is set
 * (possibly to NULL) whatever the answer. DATELINE_BAD_UTF8, DATELINE_BAD_JSON (with the
 * column), DATELINE_MISSING_FIELD, DATELINE_BAD_FIELD, DATELINE_BAD_DATE. */
dateline_status dl_export_record_parse(dl_arena *arena, dl_string line, json_t **holder,
                                       dl_export_record *record, dateline_error *error);

#endif
