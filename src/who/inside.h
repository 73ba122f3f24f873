/* Shared by the files of src/who/ only.
 *
 * Order of work: collect.c makes a draft for each noun phrase, coding.c gives it what its
 * own words say, several.c splits one noun for several countries, context.c adds the
 * country that they leave open, refer.c joins drafts into entities. A draft is a mention
 * and what is known of it on the way. */
#ifndef DL_WHO_INSIDE_H
#define DL_WHO_INSIDE_H

#include "lexicon/names.h"
#include "who/who.h"

typedef enum dl_who_list {
    DL_WHO_OFFICES,
    DL_WHO_GROUPS,
    DL_WHO_PERSONS,
    DL_WHO_PREDECESSORS,
    DL_WHO_FAMILY,
    DL_WHO_HE,
    DL_WHO_SHE,
    DL_WHO_IT,
    DL_WHO_THEY,
    DL_WHO_I,
    DL_WHO_WE,
    DL_WHO_YOU,
    DL_WHO_INDEFINITE,
    DL_WHO_MALE_NOUNS,
    DL_WHO_FEMALE_NOUNS,
    DL_WHO_MALE_NAMES,
    DL_WHO_FEMALE_NAMES,
    DL_WHO_COMPLEMENTS,
    DL_WHO_COUNTRY_PREPOSITIONS,
    DL_WHO_PLACE_PREPOSITIONS,
    DL_WHO_DIRECTIONS,
    DL_WHO_HOLDERS,
    DL_WHO_COUNTING,
    DL_WHO_GENERIC,
    DL_WHO_COUNTRY_NOUNS,
    DL_WHO_FORMER_HOLDERS,
    DL_WHO_COLLECTIVES,
    DL_WHO_FORCES,
    DL_WHO_STATE_NOUNS,
    DL_WHO_ORGANISATION_NOUNS,
    DL_WHO_COMPANY_FORMS,
    DL_WHO_LATTER,
    DL_WHO_FORMER,
    DL_WHO_LISTS
} dl_who_list;

struct dl_who {
    const dl_lexicon *lexicon;
    int lists[DL_WHO_LISTS];
};

typedef enum dl_pronoun {
    DL_NO_PRONOUN,
    DL_PRONOUN_HE,
    DL_PRONOUN_SHE,
    DL_PRONOUN_IT,
    DL_PRONOUN_THEY,
    DL_PRONOUN_I,
    DL_PRONOUN_WE,
    DL_PRONOUN_YOU,
    DL_PRONOUN_NOBODY
} dl_pronoun;

typedef struct dl_draft {
    dl_mention mention;
    int32_t core_last;             /* last token without complements */
    int32_t name_first, name_last; /* the name without titles; -1 none */
    dl_known known;
    dl_pronoun pronoun;
    uint8_t gender;
    bool actor;       /* its own words make it a party (name, role, people) */
    bool has_role;    /* a role noun or title says its sector */
    bool definite;    /* "the", "this", a possessor */
    bool own_code;    /* its own words say the country */
    bool group;       /* a group noun: country, organisation, party */
    bool state;       /* the name of a state or of its seat */
    uint8_t part;     /* 0, or the further country of one noun (several.c) */
    char topic[4];    /* the country that the text is about here; "" none */
    dl_string office; /* as the lexicon writes offices; absent for none */
} dl_draft;

enum { DL_WHO_CODES_MAX = 64 /* countries counted; further ones are not */ };

/* How often countries are said. */
typedef struct dl_who_tally {
    char codes[DL_WHO_CODES_MAX][4];
    double counts[DL_WHO_CODES_MAX];
    size_t count;
} dl_who_tally;

/* Work on one document. */
typedef struct dl_who_work {
    const dl_who *who;
    const dl_lexicon *lexicon;
    dl_document *document;
    dl_draft *drafts;
    size_t count, capacity;
    int32_t *draft_at;  /* [N] draft whose head the token is, -1 none */
    dl_string context;  /* words from around a lone phrase */
    dl_who_tally named; /* countries that the article's names of places say */
    bool lone;          /* the document is one phrase: names count in any case */
    bool failed;
} dl_who_work;

/* Whether the folded word or the lemma stands in the list. */
bool dl_who_in_list(const dl_who_work *work, dl_who_list list, dl_string word);
bool dl_who_token_in(const dl_who_work *work, dl_who_list list, int32_t token);

/* The list that has the preposition of a nominal, by its case children; false: none. */
bool dl_who_has_case(const dl_who_work *work, int32_t token, dl_who_list list);

/* collect.c: drafts for all noun phrases, in order of first token, longer first. */
/* Sets the types of names that the lexicon lists and adds those that were passed over. */
void dl_who_know_names(dl_who_work *work);

void dl_who_collect(dl_who_work *work);
/* Drops drafts that turned out to be no party, and sorts the others as mentions are. */
void dl_who_sift(dl_who_work *work);

/* coding.c: what the words of a draft say. */
void dl_who_code(dl_who_work *work, dl_draft *draft);
/* First sector, 0 none; puts a sector in front of or behind the others. */
void dl_role_put(dl_role *role, dl_sector sector, bool in_front);

/* several.c: one draft a country for "Russian and Ukrainian officials". */
void dl_who_split(dl_who_work *work);

/* context.c: the country of drafts that say none. */
void dl_who_add_countries(dl_who_work *work);
/* Counts the countries that the article names, before drafts are coded; how often one is
 * named and its share of all. */
void dl_who_name_countries(dl_who_work *work);
double dl_who_share_of(const dl_who_work *work, const char code[4], double *times);

/* refer.c: entities. */
void dl_who_refer(dl_who_work *work);

#endif
