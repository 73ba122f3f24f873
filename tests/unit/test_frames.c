/* The compiler of constructions: what it keeps, and where it says what is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

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
        cmocka_unit_test(finds_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
