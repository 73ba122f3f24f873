/* Nulls: what an article has that the dictionaries do not know.
 *
 * Purpose  finds the predicates that anchor no record although somebody coded is a party
 *          of theirs, and the names that have no country; each in the form of a line of
 *          the dictionaries
 * Reads    a whole document; lists of saying, classes of words, names of the lexicon
 * Writes   a tally
 * Cost     linear in tokens
 * Source   docs/lexicon.md, "Growing it"
 * Limits   record/tally.h
 *
 * What is no null: verbs of saying, auxiliaries, words that a record stands on (its
 * anchor, the acts around it, the verb that carries its noun), headings. */
#ifndef DL_NULLS_NULLS_H
#define DL_NULLS_NULLS_H

#include "lexicon/frames.h"
#include "record/tally.h"

/* Classes of what/grammar.txt and what/classes.txt that are asked for. */
#define DL_NULL_CLASS_LIST(X)                                                            \
    X(preposition, "preposition")                                                        \
    X(particle, "particle")                                                              \
    X(light, "light-verb")                                                               \
    X(cause, "cause-verb")                                                               \
    X(agent, "agent-preposition")                                                        \
    X(genitive, "genitive-preposition")                                                  \
    X(addressee, "addressee-preposition")                                                \
    X(place, "place-preposition")

typedef enum dl_null_class {
#define X(name, text) DL_NULL_CLASS_##name,
    DL_NULL_CLASS_LIST(X)
#undef X
        DL_NULL_CLASSES
} dl_null_class;

/* What of a lexicon is asked, looked up once. */
typedef struct dl_nulls {
    const dl_lexicon *lexicon; /* borrowed */
    const dl_frames *frames;   /* NULL where the lexicon has no constructions */
    int classes[DL_NULL_CLASSES];
    int says; /* list of verbs of saying */
} dl_nulls;

dl_nulls dl_nulls_open(const dl_lexicon *lexicon);

/* Adds one coded article to the tally; DATELINE_NO_MEMORY. */
dateline_status dl_nulls_run(const dl_nulls *nulls, const dl_document *document,
                             dl_tally *tally, dateline_error *error);

#endif
