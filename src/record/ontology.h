/* PLOVER's categories, modes and contexts, entity sectors: one list each.
 *
 * Source: PLOVER manual (openeventdata/PLOVER, 2024). Scores are PLOVER's conflict-
 * cooperation scores. These are codes, not language: words that evoke them live in the
 * lexicon.
 *
 * A lexicon may bring categories and modes of its own (what/ontology.txt): its table has
 * PLOVER's rows first, its own behind them. Functions that take a table take NULL for
 * PLOVER's alone. */
#ifndef DL_RECORD_ONTOLOGY_H
#define DL_RECORD_ONTOLOGY_H

#include "base/base.h"

/* name, quad code, score */
#define DL_CATEGORY_LIST(X)                                                              \
    X(AGREE, 1, 2.5)                                                                     \
    X(CONSULT, 1, 2.5)                                                                   \
    X(SUPPORT, 1, 5.0)                                                                   \
    X(CONCEDE, 1, 4.5)                                                                   \
    X(COOPERATE, 2, 9.5)                                                                 \
    X(AID, 2, 10.0)                                                                      \
    X(RETREAT, 2, 6.5)                                                                   \
    X(REQUEST, 3, 0.0)                                                                   \
    X(ACCUSE, 3, -3.0)                                                                   \
    X(REJECT, 3, -2.0)                                                                   \
    X(THREATEN, 3, -3.5)                                                                 \
    X(PROTEST, 4, -5.0)                                                                  \
    X(SANCTION, 4, -6.0)                                                                 \
    X(MOBILIZE, 4, -5.5)                                                                 \
    X(COERCE, 4, -7.0)                                                                   \
    X(ASSAULT, 4, -9.0)

/* Numbers of PLOVER's categories; those of a lexicon's own go on from DL_CATEGORIES. */
typedef uint8_t dl_category;
enum {
    DL_NO_CATEGORY,
#define X(name, quad, score) DL_##name,
    DL_CATEGORY_LIST(X)
#undef X
        DL_CATEGORIES
};

/* category, name, score (that of the category where PLOVER gives none of its own) */
#define DL_MODE_LIST(X)                                                                  \
    X(CONSULT, "visit", 4.0)                                                             \
    X(CONSULT, "third-party", 1.0)                                                       \
    X(CONSULT, "multilateral", 4.0)                                                      \
    X(CONSULT, "phone", 1.5)                                                             \
    X(RETREAT, "withdraw", 8.0)                                                          \
    X(RETREAT, "release", 6.5)                                                           \
    X(RETREAT, "disarm", 10.0)                                                           \
    X(RETREAT, "ceasefire", 7.5)                                                         \
    X(RETREAT, "access", 6.5)                                                            \
    X(RETREAT, "resign", 4.5)                                                            \
    X(REQUEST, "assist", 0.5)                                                            \
    X(REQUEST, "change", -1.0)                                                           \
    X(REQUEST, "yield", -1.0)                                                            \
    X(REQUEST, "meet", 0.0)                                                              \
    X(ACCUSE, "disapprove", -2.0)                                                        \
    X(ACCUSE, "investigate", -3.5)                                                       \
    X(ACCUSE, "allege", -3.5)                                                            \
    X(REJECT, "assist", -1.5)                                                            \
    X(REJECT, "change", -2.0)                                                            \
    X(REJECT, "yield", -2.0)                                                             \
    X(REJECT, "meet", -2.0)                                                              \
    X(THREATEN, "restrict", -3.0)                                                        \
    X(THREATEN, "arrest", -3.5)                                                          \
    X(THREATEN, "relations", -3.5)                                                       \
    X(THREATEN, "expel", -3.5)                                                           \
    X(THREATEN, "territory", -4.0)                                                       \
    X(THREATEN, "violence", -3.5)                                                        \
    X(PROTEST, "demo", -5.0)                                                             \
    X(PROTEST, "riot", -7.0)                                                             \
    X(PROTEST, "strike", -5.0)                                                           \
    X(PROTEST, "hunger", -4.5)                                                           \
    X(PROTEST, "boycott", -4.5)                                                          \
    X(PROTEST, "obstruct", -4.5)                                                         \
    X(PROTEST, "vandalize", -5.0)                                                        \
    X(SANCTION, "convict", -6.0)                                                         \
    X(SANCTION, "expel", -5.5)                                                           \
    X(SANCTION, "withdraw", -6.0)                                                        \
    X(SANCTION, "discontinue", -6.0)                                                     \
    X(MOBILIZE, "troops", -6.5)                                                          \
    X(MOBILIZE, "weapons", -6.5)                                                         \
    X(MOBILIZE, "police", -5.5)                                                          \
    X(MOBILIZE, "militia", -6.0)                                                         \
    X(COERCE, "seize", -7.0)                                                             \
    X(COERCE, "restrict", -7.0)                                                          \
    X(COERCE, "censor", -6.5)                                                            \
    X(COERCE, "curfew", -6.5)                                                            \
    X(COERCE, "martial-law", -7.5)                                                       \
    X(COERCE, "arrest", -7.0)                                                            \
    X(COERCE, "deport", -7.0)                                                            \
    X(COERCE, "withhold", -7.0)                                                          \
    X(COERCE, "misinformation", -6.5)                                                    \
    X(COERCE, "cyber", -7.0)                                                             \
    X(ASSAULT, "abduct", -8.5)                                                           \
    X(ASSAULT, "beat", -7.5)                                                             \
    X(ASSAULT, "torture", -8.5)                                                          \
    X(ASSAULT, "sexual", -8.5)                                                           \
    X(ASSAULT, "targeted", -9.5)                                                         \
    X(ASSAULT, "destroy", -8.5)                                                          \
    X(ASSAULT, "primitive", -8.0)                                                        \
    X(ASSAULT, "firearms", -9.0)                                                         \
    X(ASSAULT, "explosives", -9.0)                                                       \
    X(ASSAULT, "suicide-attack", -9.5)                                                   \
    X(ASSAULT, "aerial", -9.5)                                                           \
    X(ASSAULT, "drone", -9.5)                                                            \
    X(ASSAULT, "heavy-weapons", -9.5)                                                    \
    X(ASSAULT, "crowd-control", -7.5)                                                    \
    X(ASSAULT, "unconventional", -10.0)

/* clang-format off */
#define DL_CONTEXT_LIST(X) \
    X(military) X(intelligence) X(executive) X(legislative) X(election) \
    X(political_institutions) X(pro_democracy) X(pro_autocracy) X(economic) X(legal) \
    X(reparations) X(human_rights) X(rights_freedoms) X(repression) X(human_security) \
    X(gender) X(lgbt) X(religion_ethnicity) X(inequality) X(diplomatic) X(territory) \
    X(peacekeeping) X(health) X(asylum) X(migration) X(disasters) X(natural_resource) \
    X(environment) X(technology) X(terrorism) X(cbrn) X(cyber) X(misinformation) \
    X(crime) X(corruption) X(illegal_drugs) X(trafficking)
/* clang-format on */

typedef enum dl_context {
#define X(name) DL_CONTEXT_##name,
    DL_CONTEXT_LIST(X)
#undef X
        DL_CONTEXTS /* fewer than 64: a set is a bit mask */
} dl_context;

/* clang-format off */
#define DL_STATUS_LIST(X) \
    X(actual) X(historical) X(future) X(hypothetical) X(negated)
/* clang-format on */

typedef enum dl_event_status {
#define X(name) DL_EVENT_##name,
    DL_STATUS_LIST(X)
#undef X
        DL_EVENT_STATUSES
} dl_event_status;

/* Sectors of the codebook, in alphabetical order. */
/* clang-format off */
#define DL_SECTOR_LIST(X) \
    X(AGR) X(BUS) X(COP) X(CRM) X(CVL) X(EDU) X(ELI) X(GOV) X(JRN) X(JUD) X(LAB) \
    X(LEG) X(MED) X(MIL) X(OPP) X(PRE) X(PRM) X(PTY) X(REB) X(REF) X(REL) X(SOC) \
    X(SPY) X(UAF) X(UNK)
/* clang-format on */

typedef enum dl_sector {
    DL_NO_SECTOR,
#define X(name) DL_SECTOR_##name,
    DL_SECTOR_LIST(X)
#undef X
        DL_SECTORS
} dl_sector;

/* Modes are numbered from 1 in the order of the list; 0 is none. */
typedef uint8_t dl_mode;

enum {
    DL_ONTOLOGY_CATEGORIES_MAX = 64, /* rows of a table, with that of none */
    DL_ONTOLOGY_MODES_MAX = 255,
    DL_ONTOLOGY_NAME_MAX = 31, /* bytes of a name */
    DL_QUADS = 4,
    DL_SCORE_MAX = 10 /* scores lie between -10 and 10 */
};

/* Rows as they stand in memory and in compiled lexicons; names end with NUL. */
typedef struct dl_category_row {
    char name[DL_ONTOLOGY_NAME_MAX + 1];
    double score;
    uint32_t quad, unused;
} dl_category_row;

typedef struct dl_mode_row {
    char name[DL_ONTOLOGY_NAME_MAX + 1];
    double score;
    uint32_t category, unused;
} dl_mode_row;

/* Row 0 of both stands for none. */
typedef struct dl_ontology {
    const dl_category_row *categories; /* [category_count] */
    const dl_mode_row *modes;          /* [mode_count] */
    size_t category_count, mode_count;
} dl_ontology;

/* PLOVER's table; static. */
const dl_ontology *dl_ontology_plover(void);

/* Whether `ontology` begins with PLOVER's rows, and its names, quad codes and categories
 * can be relied on: of tables that were read from a file. */
bool dl_ontology_check(const dl_ontology *ontology);

/* Numbers must be of the table. */
const char *dl_category_name(const dl_ontology *ontology,
                             dl_category category); /* "ASSAULT"; "" for none */
int dl_category_quad(const dl_ontology *ontology, dl_category category);
double dl_category_score(const dl_ontology *ontology, dl_category category);
const char *dl_mode_name(const dl_ontology *ontology, dl_mode mode);
double dl_mode_score(const dl_ontology *ontology, dl_mode mode);
dl_category dl_mode_category(const dl_ontology *ontology, dl_mode mode);

/* DL_NO_CATEGORY, 0 where unknown. */
dl_category dl_category_find(const dl_ontology *ontology, dl_string name);
dl_mode dl_mode_find(const dl_ontology *ontology, dl_category category, dl_string name);

const char *dl_context_name(dl_context context);
int dl_context_find(dl_string name); /* -1 where unknown */

const char *dl_event_status_name(dl_event_status status);
int dl_event_status_find(dl_string name); /* -1 where unknown */

const char *dl_sector_name(dl_sector sector); /* "GOV"; "" for none */
dl_sector dl_sector_find(dl_string name);     /* DL_NO_SECTOR where unknown */

#endif
