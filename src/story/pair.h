/* Two articles, two records: how alike they are, and what follows.
 *
 * Purpose  turns what two reports share into a sum of weights: the log-odds that they
 *          tell of one event
 * Reads    sketches and reports; the list story-weights of the lexicon
 * Writes   numbers
 * Cost     linear in the terms of a sketch, of a report
 * Source   logistic regression, fitted by train/story/fit.py on ECB+ (Cybulska, Vossen
 *          2014), dates by hand (docs/stories.md)
 * Limits   none */
#ifndef DL_STORY_PAIR_H
#define DL_STORY_PAIR_H

#include "lexicon/lexicon.h"
#include "record/report.h"

/* identifier, name in story-weights, what it is. Numbers from 0 to 1. */
#define DL_FEATURE_LIST(X)                                                               \
    X(BIAS, "bias", "before anything is known")                                          \
    X(SAME_ARTICLE, "same article", "both stand in one article")                         \
    X(NAMES, "like names", "the names in the two articles")                              \
    X(FOREIGN_NAMES, "foreign names",                                                    \
      "names beside one act that the other's article lacks")                             \
    X(FOREIGN_ARGUMENTS, "foreign arguments",                                            \
      "what hangs on one act, and the other's article lacks")                            \
    X(COPY, "copied articles", "one article is a copy of the other, or a part of it")    \
    X(SAME_SENTENCE, "same sentence", "the same words tell it")                          \
    X(SAME_ACT, "same act", "the same word for the act")                                 \
    X(LIKE_ACT, "like act", "words of like meaning for the act")                         \
    X(SAME_CATEGORY, "same category", "the same category")                               \
    X(SAME_MODE, "same mode", "the same mode")                                           \
    X(OTHER_MODE, "other mode", "another mode of the same category")                     \
    X(SAME_STATUS, "same status", "the same status")                                     \
    X(ARGUMENTS, "same arguments", "what hangs on the act's word")                       \
    X(SAME_COUNT, "same count", "as many of what hangs on the act's word")               \
    X(OTHER_COUNT, "other count", "not as many of it")                                   \
    X(SAME_ACTOR, "same actor", "an actor of one is an actor of the other")              \
    X(OTHER_ACTOR, "other actor", "both name an actor, and no one twice")                \
    X(SAME_RECIPIENT, "same recipient", "a recipient of one is one of the other")        \
    X(OTHER_RECIPIENT, "other recipient", "both name a recipient, and no one twice")     \
    X(SAME_PERSON, "same person", "a person is a party of both")                         \
    X(OTHER_PERSON, "other person", "persons on one side, and no one twice")             \
    X(SAME_PLACE, "same place", "the same place")                                        \
    X(OTHER_PLACE, "other place", "places that are not one in the other")                \
    X(SAME_SIZE, "same size", "a count that is the same")                                \
    X(OTHER_SIZE, "other size", "counts of one kind that differ")                        \
    X(ACT_AND_TERMS, "same act in like articles", "both at once")                        \
    X(CATEGORY_AND_TERMS, "same category in like articles", "both at once")              \
    X(SAME_DAY, "same day", "the text dates both to one day")                            \
    X(OTHER_DAY, "other day", "the text dates them to days that are not one")            \
    X(NEXT_DAY, "next day", "published or dated a day apart")                            \
    X(DAYS_APART, "days apart", "published further apart, a fifth a day")                \
    X(SAME_WEEK, "same days", "published within a day")

typedef enum dl_feature {
#define X(id, name, text) DL_FEATURE_##id,
    DL_FEATURE_LIST(X)
#undef X
        DL_FEATURES
} dl_feature;

/* Names as in story-weights; sentences for people. Static. */
const char *dl_feature_name(dl_feature feature);
const char *dl_feature_text(dl_feature feature);

typedef struct dl_pair_weights {
    float weights[DL_FEATURES];
    float join;     /* records whose mean log-odds reach this are one story */
    float consider; /* pairs below this are not looked at again */
    float articles; /* likeness of articles from which their records are compared */
    float copy;     /* share of a text that makes it a copy */
    int32_t days;   /* articles further apart than this are not compared */
} dl_pair_weights;

/* What the lexicon says; 0 where it says nothing. */
dl_pair_weights dl_pair_weights_read(const dl_lexicon *lexicon);

/* What two articles have in common. */
typedef struct dl_alike {
    float terms, names;     /* cosines */
    float copy;             /* share of the shorter text that is in the longer */
    int32_t days;           /* between them; -1 where one has no date */
    bool same;              /* one and the same article */
    const dl_sketch *a, *b; /* borrowed */
} dl_alike;

dl_alike dl_pair_articles(const dl_sketch *a, const dl_sketch *b);

/* The features, [DL_FEATURES]; symmetric in a and b. */
void dl_pair_features(const dl_alike *alike, const dl_report *a, const dl_report *b,
                      float *features);

/* Their weighted sum. */
float dl_pair_score(const dl_pair_weights *weights, const float *features);

#endif
