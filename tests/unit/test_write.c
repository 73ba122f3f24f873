/* Shapes of a document made by hand: one event, one claim. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "write/write.h"

static const char words[] = "Rebels can't  \"win\"";

/* Rebels(0) ca(1) n't(2) "(3) win(4) "(5), win the root. */
typedef struct sample {
    dl_token tokens[6];
    dl_sentence sentence;
    dl_name name;
    dl_mention mention;
    dl_event event;
    dl_claim claim;
    dl_quantity quantity;
    dl_document document;
} sample;

static void set_token(sample *s, int at, uint32_t start, uint32_t end, int32_t head,
                      bool space_after)
{
    dl_string form = {words + start, end - start};
    s->tokens[at] = (dl_token){.span = {start, end},
                               .form = form,
                               .lemma = form,
                               .fold = form,
                               .upos = DL_UPOS_X,
                               .deprel = DL_DEPREL_dep,
                               .head = head,
                               .space_after = space_after,
                               .mention = -1};
}

static void make(sample *s)
{
    *s = (sample){0};
    set_token(s, 0, 0, 6, 4, true);
    set_token(s, 1, 7, 9, 4, false);
    set_token(s, 2, 9, 12, 4, true);
    set_token(s, 3, 14, 15, 4, false);
    set_token(s, 4, 15, 18, -1, false);
    set_token(s, 5, 18, 19, 4, false);
    s->tokens[1].multiword = 2;
    s->tokens[2].inside_multiword = true;
    s->sentence = (dl_sentence){.span = {0, 19}, .first = 0, .last = 5, .root = 4};
    s->name = (dl_name){.span = {0, 6}, .type = DL_NAME_ORG};
    s->mention = (dl_mention){.span = {0, 6},
                              .entity = -1,
                              .role = {.code = "MLI", .sectors = {DL_SECTOR_REB}},
                              .via = DL_VIA_NOMINAL};
    s->event = (dl_event){.anchor = 4,
                          .outer = 4,
                          .span = {0, 18},
                          .category = DL_ASSAULT,
                          .status = DL_EVENT_negated,
                          .actor_count = 1,
                          .rule = DL_STRING("what/a.txt:1"),
                          .confidence = 0.5,
                          .time = -1,
                          .place = -1,
                          .date = {2019, 5, 0},
                          .basis = DL_BASIS_STATED};
    for (int i = 0; i < DL_SIZES; i++)
        s->event.size[i] = -1;
    s->event.size[DL_SIZE_DEAD] = 0;
    s->event.claim_count = 1;
    s->quantity = (dl_quantity){
        .span = {0, 6}, .value = 3, .high = 5, .relation = DL_BETWEEN, .counted = -1};
    s->claim = (dl_claim){.span = {15, 18}, .speaker = -1, .quoted = true, .outer = -1};
    s->document = (dl_document){.id = DL_STRING("a\"b"),
                                .text = {words, sizeof words - 1},
                                .sentences = &s->sentence,
                                .sentence_count = 1,
                                .tokens = s->tokens,
                                .token_count = 6,
                                .names = &s->name,
                                .name_count = 1,
                                .mentions = &s->mention,
                                .mention_count = 1,
                                .events = &s->event,
                                .event_count = 1,
                                .claims = &s->claim,
                                .claim_count = 1,
                                .quantities = &s->quantity,
                                .quantity_count = 1,
                                .stated_count = 1};
    dl_document_link(&s->document);
}

static void assert_buffer(dl_buffer *out, const char *wanted)
{
    dl_buffer_add_char(out, '\0');
    assert_false(out->failed);
    assert_string_equal(out->data, wanted);
    dl_buffer_clear(out);
}

static void records(void **state)
{
    (void)state;
    sample s;
    dl_buffer out = {0};
    char event[17], claim[17], wanted[1024];
    make(&s);
    dl_write_event_id(&s.document, &s.event, event);
    dl_write_claim_id(&s.document, &s.claim, claim);
    dl_write_records(&out, &s.document, true);
    snprintf(
        wanted, sizeof wanted,
        "{\"id\":\"%s\",\"doc\":\"a\\\"b\",\"sentence\":1,\"start\":0,\"end\":18,"
        "\"event_text\":\"Rebels can't  \\\"win\",\"event\":\"ASSAULT\",\"quad_code\":4,"
        "\"event_scale\":-9,\"actor\":[{\"entity_text\":\"Rebels\",\"start\":0,"
        "\"end\":6,\"code\":\"MLI\",\"sector\":[\"REB\"],\"via\":\"nominal\"}],"
        "\"date\":\"2019-05\",\"date_basis\":\"stated\",\"size\":{\"dead\":{"
        "\"value\":3,\"relation\":\"..\",\"high\":5,\"text\":\"Rebels\",\"start\":0,"
        "\"end\":6}},\"status\":\"negated\",\"rule\":\"what/a.txt:1\","
        "\"confidence\":0.5,\"text\":\"Rebels can't  \\\"win\\\"\"}\n"
        "{\"kind\":\"claim\",\"id\":\"%s\",\"doc\":\"a\\\"b\",\"sentence\":1,"
        "\"quoted\":true,\"type\":\"statement\",\"start\":15,\"end\":18,\"text\":\"win\"}"
        "\n",
        event, claim);
    assert_buffer(&out, wanted);
    dl_write_records(&out, &s.document, false);
    assert_int_equal(dl_string_find((dl_string){out.data, out.size}, '\n', 0),
                     out.size - 1);
    dl_buffer_release(&out);
}

/* Ids tell events apart by article, place and kind, and nothing else. */
static void ids(void **state)
{
    (void)state;
    sample s;
    char first[17], second[17];
    make(&s);
    dl_write_event_id(&s.document, &s.event, first);
    s.event.confidence = 0.9;
    dl_write_event_id(&s.document, &s.event, second);
    assert_string_equal(first, second);
    s.event.category = DL_COERCE;
    dl_write_event_id(&s.document, &s.event, second);
    assert_string_not_equal(first, second);
    s.event.category = DL_ASSAULT;
    s.document.id = DL_STRING("other");
    dl_write_event_id(&s.document, &s.event, second);
    assert_string_not_equal(first, second);
}

static void conllu(void **state)
{
    (void)state;
    sample s;
    dl_buffer out = {0};
    make(&s);
    dl_write_conllu(&out, &s.document);
    assert_buffer(
        &out, "# newdoc id = a\"b\n# sent_id = a\"b-1\n# text = Rebels can't \"win\"\n"
              "1\tRebels\tRebels\tX\t_\t_\t5\tdep\t_\tTokenRange=0:6|Name=B-ORG\n"
              "2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\tTokenRange=7:12\n"
              "2\tca\tca\tX\t_\t_\t5\tdep\t_\t_\n"
              "3\tn't\tn't\tX\t_\t_\t5\tdep\t_\t_\n"
              "4\t\"\t\"\tX\t_\t_\t5\tdep\t_\tSpaceAfter=No|TokenRange=14:15\n"
              "5\twin\twin\tX\t_\t_\t0\troot\t_\tSpaceAfter=No|TokenRange=15:18\n"
              "6\t\"\t\"\tX\t_\t_\t5\tdep\t_\tSpaceAfter=No|TokenRange=18:19\n\n");
    dl_buffer_release(&out);
}

static void annotation(void **state)
{
    (void)state;
    sample s;
    dl_buffer out = {0};
    make(&s);
    dl_write_annotation(&out, &s.document);
    assert_buffer(
        &out,
        "{\"id\":\"a\\\"b\",\"sentences\":[{\"start\":0,\"end\":19}],\"names\":[{"
        "\"start\":0,\"end\":6,\"text\":\"Rebels\",\"type\":\"ORG\"}],\"entities\":[{"
        "\"entity_text\":\"Rebels\",\"start\":0,\"end\":6,\"code\":\"MLI\","
        "\"sector\":[\"REB\"],\"via\":\"nominal\",\"entity\":-1}],\"times\":[],"
        "\"places\":[],\"quantities\":[{\"start\":0,\"end\":6,\"value\":3,"
        "\"relation\":\"..\",\"high\":5,\"text\":\"Rebels\"}],\"claims\":[{"
        "\"start\":15,\"end\":18,\"text\":\"win\",\"quoted\":true,\"type\":\"statement\"}"
        "],\"repairs\":[],"
        "\"skipped\":[]}\n");
    dl_buffer_release(&out);
}

static void people(void **state)
{
    (void)state;
    sample s;
    dl_buffer out = {0};
    make(&s);
    dl_write_table(&out, &s.document, false);
    assert_buffer(&out, "a\"b\n2019-05     ASSAULT                     MLI REB (Rebels) "
                        "-> -\n            negated, dead 3..5\n            \"Rebels "
                        "can't \"win\"\"\n\n");
    dl_write_table(&out, &s.document, true);
    assert_true(dl_string_find((dl_string){out.data, out.size}, '\033', 0) < out.size);
    dl_buffer_clear(&out);
    dl_write_entity_table(&out, &s.document, -1);
    assert_buffer(&out, "not known\n");
    dl_write_entity(&out, &s.document, -1);
    assert_buffer(&out, "{\"id\":\"a\\\"b\"}\n");
    dl_write_flat(&out, DL_STRING("  a\t\n b\xC2\xA0 c "));
    assert_buffer(&out, "a b c");
    dl_write_explanation(&out, &s.document);
    assert_true(out.size > 100);
    dl_buffer_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records),    cmocka_unit_test(ids),    cmocka_unit_test(conllu),
        cmocka_unit_test(annotation), cmocka_unit_test(people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
