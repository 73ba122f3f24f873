/* Universal Dependencies: tags, relations and features as numbers.
 *
 * Source: universaldependencies.org, version 2. Relations keep the English treebanks'
 * subtypes; DL_DEPREL_LIST gives name and the universal part. */
#ifndef DL_RECORD_GRAMMAR_H
#define DL_RECORD_GRAMMAR_H

#include "base/base.h"

/* clang-format off */
#define DL_UPOS_LIST(X) \
    X(ADJ) X(ADP) X(ADV) X(AUX) X(CCONJ) X(DET) X(INTJ) X(NOUN) X(NUM) X(PART) X(PRON) \
    X(PROPN) X(PUNCT) X(SCONJ) X(SYM) X(VERB) X(X)
/* clang-format on */

typedef enum dl_upos {
    DL_NO_UPOS,
#define X(name) DL_UPOS_##name,
    DL_UPOS_LIST(X)
#undef X
        DL_UPOSES
} dl_upos;

/* identifier, printed name, identifier of the universal part */
#define DL_DEPREL_LIST(X)                                                                \
    X(acl, "acl", acl)                                                                   \
    X(acl_relcl, "acl:relcl", acl)                                                       \
    X(advcl, "advcl", advcl)                                                             \
    X(advcl_relcl, "advcl:relcl", advcl)                                                 \
    X(advmod, "advmod", advmod)                                                          \
    X(advmod_emph, "advmod:emph", advmod)                                                \
    X(amod, "amod", amod)                                                                \
    X(appos, "appos", appos)                                                             \
    X(aux, "aux", aux)                                                                   \
    X(aux_pass, "aux:pass", aux)                                                         \
    X(case_, "case", case_)                                                              \
    X(cc, "cc", cc)                                                                      \
    X(cc_preconj, "cc:preconj", cc)                                                      \
    X(ccomp, "ccomp", ccomp)                                                             \
    X(compound, "compound", compound)                                                    \
    X(compound_prt, "compound:prt", compound)                                            \
    X(conj, "conj", conj)                                                                \
    X(cop, "cop", cop)                                                                   \
    X(csubj, "csubj", csubj)                                                             \
    X(csubj_outer, "csubj:outer", csubj)                                                 \
    X(csubj_pass, "csubj:pass", csubj)                                                   \
    X(dep, "dep", dep)                                                                   \
    X(det, "det", det)                                                                   \
    X(det_predet, "det:predet", det)                                                     \
    X(discourse, "discourse", discourse)                                                 \
    X(dislocated, "dislocated", dislocated)                                              \
    X(expl, "expl", expl)                                                                \
    X(fixed, "fixed", fixed)                                                             \
    X(flat, "flat", flat)                                                                \
    X(flat_foreign, "flat:foreign", flat)                                                \
    X(goeswith, "goeswith", goeswith)                                                    \
    X(iobj, "iobj", iobj)                                                                \
    X(list, "list", list)                                                                \
    X(mark, "mark", mark)                                                                \
    X(nmod, "nmod", nmod)                                                                \
    X(nmod_desc, "nmod:desc", nmod)                                                      \
    X(nmod_poss, "nmod:poss", nmod)                                                      \
    X(nmod_unmarked, "nmod:unmarked", nmod)                                              \
    X(nsubj, "nsubj", nsubj)                                                             \
    X(nsubj_outer, "nsubj:outer", nsubj)                                                 \
    X(nsubj_pass, "nsubj:pass", nsubj)                                                   \
    X(nummod, "nummod", nummod)                                                          \
    X(obj, "obj", obj)                                                                   \
    X(obl, "obl", obl)                                                                   \
    X(obl_agent, "obl:agent", obl)                                                       \
    X(obl_unmarked, "obl:unmarked", obl)                                                 \
    X(orphan, "orphan", orphan)                                                          \
    X(parataxis, "parataxis", parataxis)                                                 \
    X(punct, "punct", punct)                                                             \
    X(reparandum, "reparandum", reparandum)                                              \
    X(root, "root", root)                                                                \
    X(vocative, "vocative", vocative)                                                    \
    X(xcomp, "xcomp", xcomp)

typedef enum dl_deprel {
    DL_NO_DEPREL,
#define X(name, text, universal) DL_DEPREL_##name,
    DL_DEPREL_LIST(X)
#undef X
        DL_DEPRELS
} dl_deprel;

/* Features that stages ask for, decoded; the whole string stands beside them in the
 * token. 0 is "not marked". */
typedef enum { DL_TENSE_NONE, DL_TENSE_PAST, DL_TENSE_PRES } dl_tense;
typedef enum {
    DL_VERB_FORM_NONE,
    DL_VERB_FORM_FIN,
    DL_VERB_FORM_INF,
    DL_VERB_FORM_GER,
    DL_VERB_FORM_PART
} dl_verb_form;
typedef enum { DL_MOOD_NONE, DL_MOOD_IND, DL_MOOD_IMP, DL_MOOD_SUB } dl_mood;
typedef enum { DL_NUMBER_NONE, DL_NUMBER_SING, DL_NUMBER_PLUR } dl_number;
typedef enum { DL_GENDER_NONE, DL_GENDER_MASC, DL_GENDER_FEM, DL_GENDER_NEUT } dl_gender;
typedef enum {
    DL_PRON_NONE,
    DL_PRON_PRS,
    DL_PRON_REL,
    DL_PRON_DEM,
    DL_PRON_INT,
    DL_PRON_OTHER
} dl_pron_type;
typedef enum { DL_DEFINITE_NONE, DL_DEFINITE_DEF, DL_DEFINITE_IND } dl_definite;

typedef struct dl_feats {
    uint8_t tense, verb_form, mood, number, gender, person, pron_type, definite;
    bool passive, possessive, negative, reflexive;
} dl_feats;

const char *dl_upos_name(dl_upos upos); /* "_" for none */
dl_upos dl_upos_find(dl_string name);   /* DL_NO_UPOS where unknown */

const char *dl_deprel_name(dl_deprel deprel);    /* "acl:relcl"; "_" for none */
dl_deprel dl_deprel_universal(dl_deprel deprel); /* acl for acl:relcl */
dl_deprel dl_deprel_find(dl_string name);        /* universal part where the subtype is
                                                    unknown; DL_DEPREL_dep for others */

/* Reads "Mood=Ind|Tense=Past"; what it does not know is passed over. */
dl_feats dl_feats_parse(dl_string feats);

#endif
