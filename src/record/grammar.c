#include "record/grammar.h"

static const char *const upos_names[] = {"_",
#define X(name) #name,
                                         DL_UPOS_LIST(X)
#undef X
};

typedef struct deprel_row {
    const char *name;
    dl_deprel universal;
} deprel_row;

static const deprel_row deprels[] = {{"_", DL_NO_DEPREL},
#define X(name, text, universal) {text, DL_DEPREL_##universal},
                                     DL_DEPREL_LIST(X)
#undef X
};

const char *dl_upos_name(dl_upos upos)
{
    return upos_names[upos];
}

dl_upos dl_upos_find(dl_string name)
{
    for (int i = 1; i < DL_UPOSES; i++)
        if (dl_string_equal(name, dl_string_from(upos_names[i])))
            return (dl_upos)i;
    return DL_NO_UPOS;
}

const char *dl_deprel_name(dl_deprel deprel)
{
    return deprels[deprel].name;
}

dl_deprel dl_deprel_universal(dl_deprel deprel)
{
    return deprels[deprel].universal;
}

static dl_deprel find_exactly(dl_string name)
{
    for (int i = 1; i < DL_DEPRELS; i++)
        if (dl_string_equal(name, dl_string_from(deprels[i].name)))
            return (dl_deprel)i;
    return DL_NO_DEPREL;
}

dl_deprel dl_deprel_find(dl_string name)
{
    dl_deprel found = find_exactly(name);
    if (found == DL_NO_DEPREL)
        found = find_exactly(dl_string_slice(name, 0, dl_string_find(name, ':', 0)));
    return found == DL_NO_DEPREL ? DL_DEPREL_dep : found;
}

/* Where each known "Name=Value" goes. */
typedef struct feature_row {
    const char *text;
    size_t field; /* offset of the byte in dl_feats */
    uint8_t value;
} feature_row;

#define AT(field) offsetof(dl_feats, field)

static const feature_row features[] = {
    {"Tense=Past", AT(tense), DL_TENSE_PAST},
    {"Tense=Pres", AT(tense), DL_TENSE_PRES},
    {"VerbForm=Fin", AT(verb_form), DL_VERB_FORM_FIN},
    {"VerbForm=Inf", AT(verb_form), DL_VERB_FORM_INF},
    {"VerbForm=Ger", AT(verb_form), DL_VERB_FORM_GER},
    {"VerbForm=Part", AT(verb_form), DL_VERB_FORM_PART},
    {"Mood=Ind", AT(mood), DL_MOOD_IND},
    {"Mood=Imp", AT(mood), DL_MOOD_IMP},
    {"Mood=Sub", AT(mood), DL_MOOD_SUB},
    {"Number=Sing", AT(number), DL_NUMBER_SING},
    {"Number=Plur", AT(number), DL_NUMBER_PLUR},
    {"Number=Ptan", AT(number), DL_NUMBER_PLUR}, /* troops, people: plural in form */
    {"Gender=Masc", AT(gender), DL_GENDER_MASC},
    {"Gender=Fem", AT(gender), DL_GENDER_FEM},
    {"Gender=Neut", AT(gender), DL_GENDER_NEUT},
    {"Person=1", AT(person), 1},
    {"Person=2", AT(person), 2},
    {"Person=3", AT(person), 3},
    {"PronType=Prs", AT(pron_type), DL_PRON_PRS},
    {"PronType=Rel", AT(pron_type), DL_PRON_REL},
    {"PronType=Dem", AT(pron_type), DL_PRON_DEM},
    {"PronType=Int", AT(pron_type), DL_PRON_INT},
    {"Definite=Def", AT(definite), DL_DEFINITE_DEF},
    {"Definite=Ind", AT(definite), DL_DEFINITE_IND},
    {"Voice=Pass", AT(passive), 1},
    {"Poss=Yes", AT(possessive), 1},
    {"Polarity=Neg", AT(negative), 1},
    {"Reflex=Yes", AT(reflexive), 1},
};

static void set_feature(dl_feats *feats, dl_string text)
{
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        if (dl_string_equal(text, dl_string_from(features[i].text))) {
            memcpy((char *)feats + features[i].field, &features[i].value, 1);
            return;
        }
    }
    if (dl_string_starts(text, DL_STRING("PronType=")))
        feats->pron_type = DL_PRON_OTHER;
}

dl_feats dl_feats_parse(dl_string text)
{
    dl_feats feats = {0};
    for (size_t at = 0; at < text.size;) {
        size_t end = dl_string_find(text, '|', at);
        set_feature(&feats, dl_string_slice(text, at, end));
        at = end + 1;
    }
    return feats;
}
