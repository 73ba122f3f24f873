/* Dates, grammar, ontology, trees. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "record/document.h"

static void dates(void **state)
{
    (void)state;
    dl_date date;
    char text[24];
    assert_true(dl_date_parse(DL_STRING("2019-05-04T10:00:00Z"), &date));
    assert_int_equal(date.day, 4);
    assert_true(dl_date_parse(DL_STRING("2019-05"), &date));
    assert_int_equal(date.day, 0);
    assert_false(dl_date_parse(DL_STRING("2019-02-29"), &date));
    assert_true(dl_date_parse(DL_STRING("2020-02-29"), &date));
    assert_false(dl_date_parse(DL_STRING("yesterday"), &date));
    assert_false(dl_date_parse(DL_STRING(""), &date));
    dl_date_format((dl_date){2019, 5, 4}, text);
    assert_string_equal(text, "2019-05-04");
    dl_date_format((dl_date){2019, 5, 0}, text);
    assert_string_equal(text, "2019-05");
    dl_date_format((dl_date){0, 0, 0}, text);
    assert_string_equal(text, "");
}

/* Every day of 400 years there and back; weekdays follow one another. */
static void days(void **state)
{
    (void)state;
    int32_t first = dl_date_to_days((dl_date){1800, 1, 1});
    int weekday = dl_date_weekday((dl_date){1800, 1, 1});
    assert_int_equal(dl_date_to_days((dl_date){1970, 1, 1}), 0);
    for (int32_t day = first; day < first + 146097; day++) {
        dl_date date = dl_date_from_days(day);
        assert_true(dl_date_valid(date));
        assert_int_equal(dl_date_to_days(date), day);
        assert_int_equal(dl_date_weekday(date), weekday);
        weekday = weekday % 7 + 1;
    }
    assert_int_equal(dl_date_weekday((dl_date){2019, 5, 3}), 5);
}

static void calendar(void **state)
{
    (void)state;
    int year = 0;
    assert_int_equal(dl_date_week((dl_date){2021, 1, 3}, &year), 53);
    assert_int_equal(year, 2020);
    assert_int_equal(dl_date_week((dl_date){2019, 12, 30}, &year), 1);
    assert_int_equal(year, 2020);
    dl_date date = dl_date_add_months((dl_date){2019, 1, 31}, 1);
    assert_int_equal(date.month, 2);
    assert_int_equal(date.day, 28);
    date = dl_date_add_months((dl_date){2019, 1, 15}, -1);
    assert_int_equal(date.year, 2018);
    assert_int_equal(date.month, 12);
    assert_true(dl_date_compare((dl_date){2019, 5, 0}, (dl_date){2019, 5, 2}) < 0);
    assert_int_equal(dl_date_compare((dl_date){2019, 0, 0}, (dl_date){2019, 1, 1}), 0);
}

static void grammar(void **state)
{
    (void)state;
    assert_int_equal(dl_upos_find(DL_STRING("VERB")), DL_UPOS_VERB);
    assert_string_equal(dl_upos_name(DL_UPOS_VERB), "VERB");
    assert_int_equal(dl_upos_find(DL_STRING("verb")), DL_NO_UPOS);
    assert_int_equal(dl_deprel_find(DL_STRING("nsubj:pass")), DL_DEPREL_nsubj_pass);
    assert_int_equal(dl_deprel_universal(DL_DEPREL_nsubj_pass), DL_DEPREL_nsubj);
    assert_int_equal(dl_deprel_find(DL_STRING("obl:unknown")), DL_DEPREL_obl);
    assert_int_equal(dl_deprel_find(DL_STRING("nonsense")), DL_DEPREL_dep);
    dl_feats feats = dl_feats_parse(
        DL_STRING("Mood=Ind|Number=Plur|Tense=Past|VerbForm=Fin|Voice=Pass"));
    assert_int_equal(feats.tense, DL_TENSE_PAST);
    assert_int_equal(feats.number, DL_NUMBER_PLUR);
    assert_int_equal(feats.verb_form, DL_VERB_FORM_FIN);
    assert_true(feats.passive);
    assert_false(feats.negative);
    feats = dl_feats_parse(DL_STRING(""));
    assert_int_equal(feats.tense, DL_TENSE_NONE);
}

static void ontology(void **state)
{
    (void)state;
    assert_int_equal(DL_CATEGORIES, 17);
    for (int i = 1; i < DL_CATEGORIES; i++) {
        dl_category category = (dl_category)i;
        assert_int_equal(
            dl_category_find(NULL, dl_string_from(dl_category_name(NULL, category))), i);
        assert_in_range(dl_category_quad(NULL, category), 1, 4);
    }
    for (int i = 0; i < DL_CONTEXTS; i++)
        assert_int_equal(dl_context_find(dl_string_from(dl_context_name((dl_context)i))),
                         i);
    for (int i = 1; i < DL_SECTORS; i++)
        assert_int_equal(dl_sector_find(dl_string_from(dl_sector_name((dl_sector)i))), i);
    dl_mode arrest = dl_mode_find(NULL, DL_COERCE, DL_STRING("arrest"));
    assert_int_not_equal(arrest, 0);
    assert_int_equal(dl_mode_category(NULL, arrest), DL_COERCE);
    assert_int_not_equal(arrest, dl_mode_find(NULL, DL_THREATEN, DL_STRING("arrest")));
    assert_int_equal(dl_mode_find(NULL, DL_AID, DL_STRING("arrest")), 0);
    assert_int_equal(dl_context_find(DL_STRING("nonsense")), -1);
    assert_int_equal(dl_category_find(NULL, DL_STRING("NONSENSE")), DL_NO_CATEGORY);
}

/* "They who march sing songs": 0 <- 2, 1 <- 2, 2 <- 0 ... as a tree by hand. */
static void trees(void **state)
{
    (void)state;
    static const int32_t heads[] = {3, 2, 0, -1, 3};
    static const dl_deprel relations[] = {DL_DEPREL_nsubj, DL_DEPREL_nsubj,
                                          DL_DEPREL_acl_relcl, DL_DEPREL_root,
                                          DL_DEPREL_obj};
    dl_token tokens[5] = {0};
    dl_sentence sentence = {.first = 0, .last = 4};
    for (int i = 0; i < 5; i++) {
        tokens[i].head = heads[i];
        tokens[i].deprel = (uint8_t)relations[i];
    }
    dl_document document = {
        .sentences = &sentence, .sentence_count = 1, .tokens = tokens, .token_count = 5};
    dl_document_link(&document);
    assert_int_equal(tokens[3].first_child, 0);
    assert_int_equal(tokens[3].last_child, 4);
    assert_int_equal(tokens[0].next_sibling, 4);
    assert_int_equal(tokens[4].previous_sibling, 0);
    assert_int_equal(tokens[0].left, 0);
    assert_int_equal(tokens[0].right, 2);
    assert_int_equal(dl_tree_child(&document, 3, DL_DEPREL_obj), 4);
    assert_int_equal(dl_tree_child(&document, 0, DL_DEPREL_acl), 2);
    assert_int_equal(dl_tree_child(&document, 4, DL_DEPREL_acl), -1);
    assert_true(dl_tree_below(&document, 1, 0));
    assert_true(dl_tree_below(&document, 1, 1));
    assert_false(dl_tree_below(&document, 4, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates),   cmocka_unit_test(days),     cmocka_unit_test(calendar),
        cmocka_unit_test(grammar), cmocka_unit_test(ontology), cmocka_unit_test(trees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
