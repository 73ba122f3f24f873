/* The compiler of constructions: what it keeps, and where it says what is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "frames_text.h"

static compiled c;

static const char classes[] =
    "{preposition}: of, by, on, to, from, for, with, into, that\n"
    "{particle}: up, out\n"
    "{troops}: troop, special force, {guard}\n"
    "{guard}: guard, @MIL\n";

static void reads_groups_and_elements(void **state)
{
    (void)state;
    add_file(&c, "what/classes.txt", classes);
    add_file(&c, "what/retreat.txt",
             "RETREAT withdraw 0874 actor=subject recipient=from\n"
             "    withdraw {troops} from PLACE, pull out {troops} -> RETREAT 087 "
             "weight=0.5\n"
             "    noun cease-fire\n");
    assert_int_equal(compile(&c), DATELINE_OK);
    assert_int_equal(c.found_count, 0);
    uint32_t withdraw = dl_frames_word(&c.frames, DL_STRING("withdraw"));
    assert_true(withdraw > 0);
    assert_int_equal(c.frames.words[withdraw].count[DL_FRAME_VERB], 1);
    const dl_frame *frame =
        &c.frames.frames[c.frames.words[withdraw].first[DL_FRAME_VERB]];
    assert_int_equal(frame->category, DL_RETREAT);
    assert_int_equal(frame->element_count, 2);
    assert_true(frame->weight > 0.49f && frame->weight < 0.51f);
    assert_int_equal(c.frames.elements[frame->first_element].type, DL_ELEMENT_OBJECT);
    assert_int_equal(c.frames.elements[frame->first_element + 1].type,
                     DL_ELEMENT_OBLIQUE);
    assert_true(
        dl_string_equal(dl_frames_text(&c.frames, frame->cameo), DL_STRING("087")));
    assert_true(dl_string_equal(dl_frames_text(&c.frames, frame->rule),
                                DL_STRING("what/retreat.txt:2")));
    /* A hyphenated anchor is found whole and as the tokeniser cuts it. */
    uint32_t whole = dl_frames_word(&c.frames, DL_STRING("cease-fire"));
    uint32_t part = dl_frames_word(&c.frames, DL_STRING("fire"));
    assert_int_equal(c.frames.words[whole].count[DL_FRAME_NOUN], 1);
    assert_int_equal(c.frames.words[part].count[DL_FRAME_NOUN], 1);
    release(&c);
}

static void classes_include_classes(void **state)
{
    (void)state;
    add_file(&c, "what/classes.txt", classes);
    assert_int_equal(compile(&c), DATELINE_OK);
    int troops = dl_frames_class(&c.frames, "troops");
    uint32_t guard = dl_frames_word(&c.frames, DL_STRING("guard"));
    assert_true(dl_class_has(c.frames.words[guard].classes, troops));
    assert_true(c.frames.classes[troops].sectors >> DL_SECTOR_MIL & 1);
    assert_int_equal(c.frames.phrase_count, 1);
    assert_int_equal(c.frames.phrases[0].count, 2);
    assert_int_equal(dl_frames_class(&c.frames, "nobody"), -1);
    release(&c);
}

static void composes_by_table(void **state)
{
    (void)state;
    add_file(&c, "what/classes.txt", classes);
    add_file(&c, "what/outer.txt",
             "[refuse]\n"
             "    refuse to, noun refusal of\n"
             "refuse: RETREAT -> REJECT yield 124 | AID -> drop | * -> same "
             "status=negated\n");
    assert_int_equal(compile(&c), DATELINE_OK);
    assert_int_equal(c.found_count, 0);
    int refuse = dl_frames_outer(&c.frames, "refuse");
    assert_int_equal(refuse, 0);
    const dl_compose *row = &c.frames.composes[refuse * DL_CATEGORIES];
    assert_int_equal(row[DL_RETREAT].kind, DL_COMPOSE_NEW);
    assert_int_equal(row[DL_RETREAT].category, DL_REJECT);
    assert_int_equal(row[DL_AID].kind, DL_COMPOSE_DROP);
    assert_int_equal(row[DL_PROTEST].kind, DL_COMPOSE_SAME);
    assert_int_equal(row[DL_PROTEST].status, DL_EVENT_negated);
    release(&c);
}

static void forms_lead_to_lemmas(void **state)
{
    (void)state;
    add_file(&c, "what/classes.txt", classes);
    add_file(&c, "what/forms.txt", "flee: fled\n");
    assert_int_equal(compile(&c), DATELINE_OK);
    assert_int_equal(dl_frames_word(&c.frames, DL_STRING("fled")),
                     dl_frames_word(&c.frames, DL_STRING("flee")));
    assert_int_not_equal(dl_frames_form(&c.frames, DL_STRING("fled")),
                         dl_frames_word(&c.frames, DL_STRING("fled")));
    release(&c);
}

/* Categories of one's own stand behind PLOVER's; `*` of a composition covers them. */
static void takes_an_ontology(void **state)
{
    (void)state;
    add_file(&c, "what/classes.txt", classes);
    add_file(&c, "what/coerce.txt",
             "COERCE blockade actor=subject recipient=object\n    blockade\n");
    add_file(&c, "what/ontology.txt",
             "PIRACY 4 -9 : boarding, ransom -8.5\nCOERCE : blockade -6\n"
             "PIRACY : hijack\nTRUCE 2 7\n");
    add_file(&c, "what/outer.txt",
             "[refuse]\n    refuse to\n"
             "refuse: TRUCE -> PIRACY ransom | * -> same status=negated\n");
    add_file(&c, "what/piracy.txt", "PIRACY boarding actor=subject\n    board\n");
    assert_int_equal(compile(&c), DATELINE_OK);
    assert_int_equal(c.found_count, 0);
    const dl_ontology *own = &c.frames.ontology;
    assert_int_equal(own->category_count, DL_CATEGORIES + 2);
    dl_category piracy = dl_category_find(own, DL_STRING("PIRACY"));
    dl_category truce = dl_category_find(own, DL_STRING("TRUCE"));
    assert_int_equal(piracy, DL_CATEGORIES);
    assert_int_equal(dl_category_quad(own, piracy), 4);
    assert_true(dl_category_score(own, truce) == 7);
    dl_mode boarding = dl_mode_find(own, piracy, DL_STRING("boarding"));
    dl_mode ransom = dl_mode_find(own, piracy, DL_STRING("ransom"));
    dl_mode blockade = dl_mode_find(own, DL_COERCE, DL_STRING("blockade"));
    assert_true(dl_mode_score(own, boarding) == -9);
    assert_true(dl_mode_score(own, ransom) == -8.5);
    assert_true(dl_mode_score(own, blockade) == -6);
    assert_int_equal(dl_mode_category(own, blockade), DL_COERCE);
    assert_int_not_equal(dl_mode_find(own, piracy, DL_STRING("hijack")), 0);
    uint32_t word = dl_frames_word(&c.frames, DL_STRING("board"));
    const dl_frame *frame = &c.frames.frames[c.frames.words[word].first[DL_FRAME_VERB]];
    assert_int_equal(frame->category, piracy);
    assert_int_equal(frame->modes[0], boarding);
    const dl_compose *row = c.frames.composes; /* of the only outer act */
    assert_int_equal(row[truce].category, piracy);
    assert_int_equal(row[truce].modes[0], ransom);
    assert_int_equal(row[piracy].kind, DL_COMPOSE_SAME);
    release(&c);
}

static void ontology_finding(const char *text, uint64_t line, uint64_t column,
                             const char *message)
{
    add_file(&c, "what/ontology.txt", text);
    assert_int_equal(compile(&c), DATELINE_OK);
    assert_int_equal(c.found_count, 1);
    assert_string_equal(c.found[0].file, "what/ontology.txt");
    assert_int_equal(c.found[0].line, line);
    assert_int_equal(c.found[0].column, column);
    assert_non_null(strstr(c.found[0].message, message));
    release(&c);
}

static void finds_what_is_wrong_with_an_ontology(void **state)
{
    (void)state;
    ontology_finding("PIRACY", 1, 1, "unknown category PIRACY");
    ontology_finding("TRUCE 2 7\nPIRACY : boarding", 2, 1, "unknown category PIRACY");
    ontology_finding("PIRACY 4", 1, 1, "NAME quad score");
    ontology_finding("PIRACY 4 -9 boarding", 1, 1, "NAME quad score");
    ontology_finding(": boarding", 1, 1, "NAME quad score");
    ontology_finding("Piracy 4 -9", 1, 1, "in capitals");
    ontology_finding("PIRACY 5 -9", 1, 8, "quad code");
    ontology_finding("PIRACY 4 -11", 1, 10, "a score lies");
    ontology_finding("PIRACY 4 nan", 1, 10, "a score lies");
    ontology_finding("COERCE 4 -9", 1, 8, "is there already");
    ontology_finding("TRUCE 2 7\nTRUCE 2 7", 2, 7, "is there already");
    ontology_finding("PIRACY 4 -9 : Boarding", 1, 15, "a mode is written");
    ontology_finding("PIRACY 4 -9 : 173", 1, 15, "a mode is written");
    ontology_finding("PIRACY 4 -9 : boarding,", 1, 24, "a mode is written");
    ontology_finding("PIRACY 4 -9 : boarding high", 1, 24, "a score lies");
    ontology_finding("PIRACY 4 -9 : boarding, boarding", 1, 25, "has the mode");
    ontology_finding("COERCE : arrest", 1, 10, "has the mode");
    ontology_finding("NAMES_OF_MORE_THAN_31_BYTES_ARE_REFUSED 4 -9", 1, 1, "longer than");
}

/* Fills the table one name beyond its end. */
static void ontology_overflows(const char *before, const char *after, int count,
                               const char *message)
{
    static char text[1 << 14];
    size_t size = 0;
    for (int i = 0; i < count; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%d%s\n", before, i,
                                 after);
    add_file(&c, "what/ontology.txt", text);
    assert_int_equal(compile(&c), DATELINE_OK);
    assert_int_equal(c.found_count, 1);
    assert_int_equal(c.found[0].line, count);
    assert_non_null(strstr(c.found[0].message, message));
    release(&c);
}

static void ontologies_have_limits(void **state)
{
    (void)state;
    ontology_overflows("OWN_", " 1 0", DL_ONTOLOGY_CATEGORIES_MAX - DL_CATEGORIES + 1,
                       "more than 63 categories");
    ontology_overflows("AID : own-", "",
                       DL_ONTOLOGY_MODES_MAX - (int)dl_ontology_plover()->mode_count + 1,
                       "more than 254 modes");
}

/* A table that is no continuation of PLOVER's, or leads outside, is refused. */
static void damaged_ontologies_are_refused(void **state)
{
    (void)state;
    dateline_error error = {0};
    add_file(&c, "what/classes.txt", classes);
    add_file(&c, "what/ontology.txt", "PIRACY 4 -9 : boarding\n");
    add_file(&c, "what/piracy.txt", "PIRACY boarding actor=subject\n    board\n");
    assert_int_equal(compile(&c), DATELINE_OK);
    dl_string chunk = {c.bytes.data, c.bytes.size};
    dl_category_row *rows = (dl_category_row *)(uintptr_t)c.frames.ontology.categories;
    dl_mode_row *modes = (dl_mode_row *)(uintptr_t)c.frames.ontology.modes;
    dl_frame *frame = (dl_frame *)(uintptr_t)c.frames.frames;
    size_t last = c.frames.ontology.mode_count - 1;
    rows[DL_CATEGORIES].quad = 9;
    assert_int_equal(dl_frames_read(chunk, &c.frames, &error), DATELINE_BAD_FILE);
    rows[DL_CATEGORIES].quad = 4;
    modes[last].category = DL_CATEGORIES + 1;
    assert_int_equal(dl_frames_read(chunk, &c.frames, &error), DATELINE_BAD_FILE);
    modes[last].category = DL_CATEGORIES;
    frame->category = DL_CATEGORIES + 1;
    assert_int_equal(dl_frames_read(chunk, &c.frames, &error), DATELINE_BAD_FILE);
    frame->category = DL_CATEGORIES;
    rows[DL_AID].score = 9;
    assert_int_equal(dl_frames_read(chunk, &c.frames, &error), DATELINE_BAD_FILE);
    rows[DL_AID].score = 10;
    assert_int_equal(dl_frames_read(chunk, &c.frames, &error), DATELINE_OK);
    release(&c);
}

static void finding_at(const char *line, uint64_t column, const char *message)
{
    add_file(&c, "what/classes.txt", classes);
    add_file(&c, "what/x.txt", line);
    assert_int_equal(compile(&c), DATELINE_OK);
    assert_int_equal(c.found_count, 1);
    assert_int_equal(c.found[0].line, strchr(line, '\n') ? 2 : 1);
    assert_int_equal(c.found[0].column, column);
    assert_non_null(strstr(c.found[0].message, message));
    assert_int_equal(c.bytes.size, 0);
    release(&c);
}

static void finds_what_is_wrong(void **state)
{
    (void)state;
    finding_at("COERCION arrest", 1, "unknown category");
    finding_at("COERCE arest", 8, "neither a mode");
    finding_at("COERCE actor=subjekt", 14, "no place of an argument");
    finding_at("COERCE context=lega", 16, "no context");
    finding_at("COERCE colour=red", 8, "unknown key");
    finding_at("COERCE weight=2", 15, "weight");
    finding_at("COERCE\n    arrest {peple}", 12, "unknown class");
    finding_at("COERCE\n    arrest OBJEKT", 12, "unknown slot");
    finding_at("    arrest", 5, "without a group");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_groups_and_elements),
        cmocka_unit_test(classes_include_classes),
        cmocka_unit_test(composes_by_table),
        cmocka_unit_test(forms_lead_to_lemmas),
        cmocka_unit_test(takes_an_ontology),
        cmocka_unit_test(finds_what_is_wrong),
        cmocka_unit_test(finds_what_is_wrong_with_an_ontology),
        cmocka_unit_test(ontologies_have_limits),
        cmocka_unit_test(damaged_ontologies_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
