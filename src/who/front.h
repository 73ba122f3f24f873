/* What stands in front of the head of a phrase. Private to src/who/. */
#ifndef DL_WHO_FRONT_H
#define DL_WHO_FRONT_H

#include "lexicon/places.h"
#include "who/inside.h"

/* What stands in front of the head of a phrase, read once from left to right. */
typedef struct dl_front {
    dl_role country;   /* code of a people, state, organisation or person in front */
    dl_role body;      /* code and sectors of an organisation in front */
    dl_role title;     /* sectors and office of a title */
    dl_role modifiers; /* sectors of modifiers, but for ELI */
    bool former;       /* a modifier makes ELI */
    dl_string rule;    /* of what gave the code */
    dl_string word_rule /* of what gave the sectors */;
} dl_front;

/* Adds the sectors of `from` before or behind those of `role`. */
void dl_role_put_all(dl_role *role, const dl_role *from, bool in_front);

/* Sets the code where the role has none. */
void dl_role_set_code(dl_role *role, const char code[4]);

/* Of the entities that a name may mean the one that fits the name's type, the title and
 * the country best; title and code may be NULL. */
dl_known dl_front_choose(const dl_who_work *work, const dl_names_found *found,
                         dl_name_type type, const dl_role *title, const char *code);

/* The place of that name that is best known and of countries that the article speaks of;
 * returns the tokens it takes, 0 for none. */
size_t dl_front_place(const dl_who_work *work, int32_t first, int32_t last,
                      dl_known_place *place);

/* A people, a name or a place at token `at`; sets *next behind it. */
bool dl_front_country(const dl_who_work *work, int32_t at, int32_t last, dl_front *words,
                      int32_t *next);

/* Reads [first, end) for peoples, names, modifiers, and titles where `titles`. */
void dl_front_read(const dl_who_work *work, int32_t first, int32_t end, bool titles,
                   dl_front *words);

#endif
