/* Names, demonyms, roles and titles: lexicon/<language>/who/.
 *
 * Purpose  says what a name, a people, a role noun or a title is coded as, at a date
 * Reads    states.txt, capitals.txt and all other files of entities; demonyms.txt,
 *          roles.txt, titles.txt, modifiers.txt; relations.txt, whose lists are looked up
 *          with dl_list_find("<key>")
 * Writes   nothing; all strings are borrowed from the lexicon
 * Cost     one hash a word
 * Limits   at most DL_NAMES_ROLES_MAX dated roles of one entity */
#ifndef DL_LEXICON_NAMES_H
#define DL_LEXICON_NAMES_H

#include "lexicon/lexicon.h"

enum { DL_NAMES_ROLES_MAX = 64, DL_NAMES_FOUND_MAX = 8, DL_NAMES_KEY_MAX = 64 };

typedef enum dl_known_kind {
    DL_KNOWN_STATE,        /* states.txt */
    DL_KNOWN_SEAT,         /* capitals.txt: stands for a government */
    DL_KNOWN_PERSON,       /* leaders/ and other people */
    DL_KNOWN_ORGANISATION, /* all other files */
    DL_KNOWN_KINDS
} dl_known_kind;

/* An entity of the lexicon is a number; -1 is none. */
typedef int32_t dl_known;

/* What a line of roles, titles, modifiers or demonyms gives. */
typedef struct dl_word_sense {
    char code[4]; /* "" for none */
    uint8_t sectors[DL_SECTORS_MAX];
    dl_string office; /* the title's first form; absent for others */
    dl_string rule;
} dl_word_sense;

typedef enum dl_word_table {
    DL_WORDS_DEMONYM,
    DL_WORDS_ROLE,
    DL_WORDS_TITLE,
    DL_WORDS_MODIFIER,
    DL_WORD_TABLES
} dl_word_table;

/* A name found: which entities it may be, in the order of the files. */
typedef struct dl_names_found {
    size_t tokens; /* that it takes; 0: nothing found */
    size_t count;
    dl_known known[DL_NAMES_FOUND_MAX];
} dl_names_found;

/* Longest name that begins at token `first` and ends at or before `last`. Names begin
 * with a capital or a digit somewhere; short ones in capitals ("US", "WHO") must stand
 * so, unless `any_case`. */
dl_names_found dl_names_match(const dl_lexicon *lexicon, const dl_document *document,
                              int32_t first, int32_t last, bool any_case);

/* People whose name is spelt otherwise ("Noursultan Nazarbaïev"): a given name (or its
 * initial, "N.") and a family name that sound alike; for a family name alone,
 * `first` == `last`. */
dl_names_found dl_names_match_alike(const dl_lexicon *lexicon,
                                    const dl_document *document, int32_t first,
                                    int32_t last);

/* People with this family name, whether or not a line lists it by itself. */
dl_names_found dl_names_match_family(const dl_lexicon *lexicon,
                                     const dl_document *document, int32_t token);

/* Longest phrase of the table at `first`. Words are compared as folded forms, the token
 * `lemma_at` by its lemma too (-1: none). Returns the tokens it takes. */
size_t dl_words_match(const dl_lexicon *lexicon, dl_word_table table,
                      const dl_document *document, int32_t first, int32_t last,
                      int32_t lemma_at, dl_word_sense *sense);

dl_known_kind dl_known_get_kind(const dl_lexicon *lexicon, dl_known known);
dl_string dl_known_get_name(const dl_lexicon *lexicon, dl_known known);
dl_string dl_known_get_rule(const dl_lexicon *lexicon, dl_known known);

/* The role at a date (year 0: the last known). An office that has ended leaves ELI, one
 * that has not begun gives the country alone. *current tells whether a line covers the
 * date; may be NULL. */
dl_role dl_known_get_role(const dl_lexicon *lexicon, dl_known known, dl_date date,
                          bool *current);

/* Holder of `office` in country `code` at `date`, -1 where none is known. With `before`
 * the one who held it last before the holder then. */
dl_known dl_known_find_holder(const dl_lexicon *lexicon, const char *code,
                              dl_string office, dl_date date, bool before);

/* Whether the entity ever held `office` (folded words) of country `code` ("": any). */
bool dl_known_held(const dl_lexicon *lexicon, dl_known known, const char *code,
                   dl_string office);

/* The state with this code (its first line), -1 where there is none. */
dl_known dl_known_find_state(const dl_lexicon *lexicon, const char *code);

/* `folded` as it sounds, for comparing spellings of one name; bytes written. */
size_t dl_names_key(dl_string folded, char out[DL_NAMES_KEY_MAX]);

/* The same for a given name, by its first letter and its consonants; an initial is of a
 * kind of its own. */
size_t dl_names_given_key(dl_string folded, char out[DL_NAMES_KEY_MAX + 1]);

#endif
