/* All records of an archive as columns in memory.
 *
 * Purpose  what filters and counts read, row after row
 * Reads    the tables records, parties, articles, stories
 * Writes   nothing: read-only once loaded, shared by threads
 * Cost     two seconds and 60 MB for a million records; two threads load
 * Limits   2^30 records and parties, 65,535 acts, CAMEO codes, sources; 255 statuses
 *
 * A row is a record. Rows stand in the order in which questions list records: by date,
 * those without one last, then by key. What many rows share stands once, in lists whose
 * entry 0 is "none": acts, sites, figures. Shapes: [R] rows, [S] stories. */
#ifndef DL_STORE_COLUMNS_H
#define DL_STORE_COLUMNS_H

#include "record/ontology.h"
#include "store/connect.h"

enum {
    DL_MODES_OF_ACT_MAX = 8,
    DL_BUCKETS_OF_ROLE_MAX = 9 /* code, four sectors, each sector with the code */
};

/* Different strings, in the order of their coming; 0 is the empty one. Folded ones differ
 * by more than ASCII capitals; the first spelling stays. */
typedef struct dl_dictionary {
    dl_string *items;
    size_t count, capacity;
    dl_arena *arena; /* borrowed */
    dl_map map;
    bool folded, failed;
} dl_dictionary;

bool dl_dictionary_init(dl_dictionary *dictionary, dl_arena *arena, bool folded);
void dl_dictionary_release(dl_dictionary *dictionary);

/* Number of the string, which is copied where it is new. */
uint32_t dl_dictionary_add(dl_dictionary *dictionary, dl_string string);

/* 0 where there is none. */
uint32_t dl_dictionary_find(const dl_dictionary *dictionary, dl_string string);

typedef struct dl_act {
    dl_string event, mode;               /* modes with blanks between */
    uint32_t category;                   /* in `categories` */
    uint32_t modes[DL_MODES_OF_ACT_MAX]; /* in `modes`; 0 ends */
} dl_act;

/* Buckets are the numbers of `actors`, of values such as "FRA", "FRA GOV", "COP": all
 * that, asked for, this role fits. */
typedef struct dl_role {
    dl_string code, sectors; /* sectors with blanks between, main one first */
    uint32_t main;    /* bucket of code and main sector; 0 where there is neither */
    uint32_t country; /* in `codes`; 0: none */
    uint32_t buckets[DL_BUCKETS_OF_ROLE_MAX]; /* 0 ends */
} dl_role;

/* Somebody as parties of records are told; numbers of roles, names, texts, offices. */
typedef struct dl_figure {
    uint32_t role, name, text, office;
} dl_figure;

typedef enum dl_nearness {
    DL_NEAR_NONE,
    DL_NEAR_COUNTRY,
    DL_NEAR_ADMIN,
    DL_NEAR_CITY,
    DL_NEAR_POINT
} dl_nearness;

typedef struct dl_site {
    dl_string name, admin1;
    uint32_t country; /* in `countries` */
    uint32_t place;   /* in `places`: 0 for sites that are no nearer than a country */
    double lat, lon;
    dl_nearness nearness;
    bool located;
} dl_site;

/* In `parties` beside the number of the figure. */
enum {
    DL_PARTY_FIGURE = (1 << 30) - 1,
    DL_PARTY_MUTUAL = 1 << 30 /* of a symmetric record: actor and recipient */
};
#define DL_PARTY_RECIPIENT 0x80000000u

/* Dates in the order of their text, "2022" before "2022-01" before "2022-01-01". */
enum { DL_DATE_MONTH = 1 << 7, DL_DATE_YEAR = 1 << 14 };
#define DL_DATE_NONE UINT32_MAX

typedef struct dl_columns {
    size_t rows, article_count, story_count, place_count, date_count, undated;
    /* [R] */
    int64_t *keys;
    uint32_t *dates; /* in date_list; date_count where there is none */
    uint32_t *sites, *articles;
    uint32_t *stories; /* 0: no other record tells of it */
    uint16_t *acts, *cameos, *sources;
    uint8_t *statuses, *quads;
    double *confidences;
    float *scales;
    uint32_t *party_starts; /* [R + 1], into parties */
    uint32_t *parties;      /* actors and recipients of each row, in their order */

    uint32_t *date_list;    /* [date_count] different ones in order */
    uint32_t *story_starts; /* [S + 2], into story_rows; stories from 1 */
    uint32_t *story_rows;   /* of each story, in order */
    uint32_t *reports;      /* [S + 1] as the archive counts them */
    int64_t *article_keys;  /* [article_count] in order */
    uint32_t *by_key;       /* [R] rows in order of their keys */

    dl_dictionary event_modes; /* event, NUL, modes: numbers of acts */
    dl_act *act_list;
    dl_dictionary categories, modes, cameo_list, status_list, source_list, countries;
    dl_dictionary places;    /* "name|admin1|country" */
    uint32_t *place_sites;   /* [places.count] the nearest known site of it */
    uint8_t *category_quads; /* [categories.count] */
    dl_site *sites_known;    /* [site_count] */
    size_t site_count, figure_count;
    dl_dictionary role_list; /* code, NUL, sectors */
    dl_dictionary names, texts, offices, actors, codes;
    dl_role *roles;
    dl_figure *figures;  /* [figure_count] */
    bool *has_person;    /* [names.count] stands in a list of names: no country by its own
                            name, no seat of a government */
    dl_arena *arenas[2]; /* of records, of parties */
    char mark[160];      /* tells states of the archive apart */
    size_t bytes;
} dl_columns;

/* Owned by the caller. DATELINE_DATABASE, DATELINE_NO_MEMORY. */
dateline_status dl_columns_load(sqlite3 *db, dl_columns **columns, dateline_error *error);
void dl_columns_free(dl_columns *columns); /* NULL is allowed */

/* What tells whether anything was written since; 160 bytes at the most. */
void dl_columns_mark(sqlite3 *db, char *mark, size_t size);

/* "2022-01-13" from its number; the buffer holds 11 bytes at least. */
dl_string dl_date_write(uint32_t date, char out[16]);

/* Its number; DL_DATE_NONE where it is none. */
uint32_t dl_date_read(dl_string text);

/* Row of a record; `rows` where the columns have none. */
size_t dl_columns_find(const dl_columns *columns, int64_t key);

#endif
