/* Records of who/ in the compiled file, shared by compiler and look-ups. All numbers of
 * strings are those of the pool; spans of roles index the chunk "who.roles". */
#ifndef DL_LEXICON_NAMES_LAYOUT_H
#define DL_LEXICON_NAMES_LAYOUT_H

#include "lexicon/names.h"

#define DL_NAMES_TABLE "who:names"
#define DL_FAMILIES_TABLE "who:families"
#define DL_ALIKE_TABLE "who:alike"
#define DL_OFFICES_TABLE "who:offices"
#define DL_STATES_TABLE "who:codes"

/* Values of the names' table: the entity, and whether it must stand in capitals. */
#define DL_NAMES_UPPER 0x80000000u
#define DL_NAMES_MASK 0x7fffffffu

typedef struct dl_known_record {
    uint32_t name, rule, kind;
    uint32_t first_role, role_count;
} dl_known_record;

typedef struct dl_known_role {
    char code[4];
    uint8_t sectors[DL_SECTORS_MAX];
    uint32_t office;
    int32_t from_days, to_days; /* both inclusive; INT32_MIN, INT32_MAX where open */
} dl_known_role;

typedef struct dl_sense_record {
    char code[4];
    uint8_t sectors[DL_SECTORS_MAX];
    uint32_t office, rule;
} dl_sense_record;

/* Names of tables and of chunks by dl_word_table. */
extern const char *const dl_words_tables[DL_WORD_TABLES];
extern const char *const dl_words_chunks[DL_WORD_TABLES];

#endif
