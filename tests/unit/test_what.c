/* The stage over hand-made trees: one test for each kind of construction. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "frames_text.h"
#include "what/what.h"

enum { TOKENS_MAX = 40 };

static compiled c;
static dl_what *what;
static dl_arena *arena;

static const char grammar[] =
    "{preposition}: of, by, on, to, from, for, with, into, in, against, between, that\n"
    "{particle}: up, out, down\n"
    "{agent-preposition}: by\n"
    "{genitive-preposition}: of\n"
    "{between-preposition}: between\n"
    "{addressee-preposition}: on, to\n"
    "{complement-mark}: that\n"
    "{relative-pronoun}: who, which\n"
    "{quantity-head}: group\n"
    "{light-verb}: launch, carry\n"
    "{subject-control}: promise\n"
    "{object-control-mark}: of\n"
    "{cause-verb}: kill\n"
    "{negation}: not, no\n"
    "{modal-hypothetical}: may\n"
    "{modal-future}: will\n"
    "{modal-past-future}: would\n"
    "{conditional}: if\n"
    "{troops}: troop\n"
    "{sport-cue}: goalkeeper, wicket\n";

static const char constructions[] =
    "COERCE arrest 173 actor=subject recipient=object arrested=object\n"
    "    arrest, jail\n"
    "    noun arrest\n"
    "RETREAT withdraw 0874 actor=subject recipient=from\n"
    "    withdraw {troops}\n"
    "CONSULT 040 actor=subject recipient=with symmetric=yes\n"
    "    meet, meet with weight=0.6\n"
    "ASSAULT 190 actor=subject recipient=object|on|of dead=object\n"
    "    kill, attack\n"
    "    noun attack, clash\n"
    "ACCUSE 112 actor=subject recipient=object\n"
    "    accuse OBJECT\n"
    "RETREAT resign 083 actor=subject recipient=none\n"
    "    resign\n"
    "    step down\n"
    "SUPPORT 050 actor=subject recipient=object\n"
    "    back weight=0.4\n";

static const char outers[] = "[willing]\n"
                             "    agree to\n"
                             "willing: CONSULT -> AGREE 030 | RETREAT -> AGREE 035\n"
                             "[refuse]\n"
                             "    refuse to\n"
                             "refuse: RETREAT -> REJECT yield 124\n"
                             "[demand]\n"
                             "    call on OBJECT to, demand\n"
                             "demand: RETREAT -> REQUEST yield 105\n"
                             "[fail]\n"
                             "    fail to\n"
                             "fail: * -> same status=negated\n"
                             "[announce]\n"
                             "    announce\n"
                             "announce: * -> same\n"
                             "[accuse]\n"
                             "    accuse OBJECT of\n"
                             "accuse: * -> drop\n"
                             "will: CONSULT -> AGREE 030\n"
                             "will-if: ASSAULT -> THREATEN violence 138\n";

static int setup(void **state)
{
    (void)state;
    dateline_error error = {0};
    add_file(&c, "what/grammar.txt", grammar);
    add_file(&c, "what/all.txt", constructions);
    add_file(&c, "what/outer.txt", outers);
    arena = dl_arena_new();
    return compile(&c) != DATELINE_OK || c.found_count || !arena ||
           dl_what_open_frames(&c.frames, &what, &error) != DATELINE_OK;
}

static int teardown(void **state)
{
    (void)state;
    dl_what_close(what);
    dl_arena_free(arena);
    release(&c);
    return 0;
}

/* A word of a tree: "form lemma UPOS head relation feats", head 1-based, 0 for the root.
 * Nouns, names and pronouns get mentions. */
static dl_document document;

static void add_mention(int32_t token)
{
    dl_token *t = &document.tokens[token];
    dl_mention *m = &document.mentions[document.mention_count];
    *m = (dl_mention){
        .span = t->span, .first = token, .last = token, .head = token, .entity = -1};
    memcpy(m->role.code, "XXX", 3);
    t->mention = (int32_t)document.mention_count++;
}

static void parse(const char *rows)
{
    dl_arena_reset(arena);
    document = (dl_document){.arena = arena, .date = {2024, 5, 6}, .explain = true};
    document.tokens = DL_ARENA_ARRAY(arena, dl_token, TOKENS_MAX);
    document.mentions = DL_ARENA_ARRAY(arena, dl_mention, TOKENS_MAX);
    document.sentences = DL_ARENA_ARRAY(arena, dl_sentence, 1);
    document.sentence_count = 1;
    uint32_t at = 0;
    while (*rows) {
        char form[40], lemma[40], upos[8], relation[20], feats[80] = "";
        int head = 0, size = 0;
        sscanf(rows, "%39s %39s %7s %d %19s%n", form, lemma, upos, &head, relation,
               &size);
        rows += size;
        if (*rows == ' ' && sscanf(rows, " %79[^\n]%n", feats, &size) == 1)
            rows += size;
        while (*rows == '\n')
            rows++;
        dl_token *t = &document.tokens[document.token_count];
        t->form = t->fold = dl_arena_string(arena, dl_string_from(form));
        t->lemma = dl_arena_string(arena, dl_string_from(lemma));
        t->span = (dl_span){at, at + (uint32_t)strlen(form)};
        at = t->span.end + 1;
        t->upos = (uint8_t)dl_upos_find(dl_string_from(upos));
        t->deprel = (uint8_t)dl_deprel_find(dl_string_from(relation));
        t->feats = dl_feats_parse(dl_string_from(feats));
        t->head = head - 1;
        document.token_count++;
    }
    document.sentences[0] = (dl_sentence){.last = (int32_t)document.token_count - 1};
    dl_document_link(&document);
    for (int32_t i = 0; i < (int32_t)document.token_count; i++) {
        uint8_t upos = document.tokens[i].upos;
        if (upos == DL_UPOS_NOUN || upos == DL_UPOS_PROPN || upos == DL_UPOS_PRON)
            add_mention(i);
    }
}

static void code(const char *rows)
{
    dateline_error error = {0};
    parse(rows);
    assert_int_equal(dl_what_run(what, &document, &error), DATELINE_OK);
}

static const char *word_of(int32_t mention)
{
    return document.tokens[document.mentions[mention].head].form.data;
}

/* One event with these parties ("" for none). */
static const dl_event *expect(dl_category category, dl_event_status status,
                              const char *actor, const char *recipient)
{
    assert_int_equal(document.event_count, 1);
    const dl_event *event = &document.events[0];
    assert_int_equal(event->category, category);
    assert_int_equal(event->status, status);
    assert_string_equal(event->actor_count ? word_of(event->actors[0]) : "", actor);
    assert_string_equal(event->recipient_count ? word_of(event->recipients[0]) : "",
                        recipient);
    return event;
}

static void active(void **state)
{
    (void)state;
    code("Police police NOUN 2 nsubj\narrested arrest VERB 0 root "
         "Tense=Past|VerbForm=Fin\n"
         "marchers marcher NOUN 2 obj");
    const dl_event *event = expect(DL_COERCE, DL_EVENT_actual, "Police", "marchers");
    assert_int_equal(event->size_token[DL_SIZE_ARRESTED], 2);
    assert_int_equal(event->span.start, 0);
    assert_int_equal(event->span.end, 24);
    assert_true(dl_string_equal(event->rule, DL_STRING("what/all.txt:2")));
}

static void passive(void **state)
{
    (void)state;
    code("Marchers marcher NOUN 3 nsubj:pass\nwere be AUX 3 aux:pass\n"
         "arrested arrest VERB 0 root Tense=Past|VerbForm=Part\nby by ADP 5 case\n"
         "police police NOUN 3 obl:agent");
    expect(DL_COERCE, DL_EVENT_actual, "police", "Marchers");
}

static void passive_without_agent(void **state)
{
    (void)state;
    code("Marchers marcher NOUN 3 nsubj:pass\nwere be AUX 3 aux:pass\n"
         "arrested arrest VERB 0 root Tense=Past|VerbForm=Part");
    expect(DL_COERCE, DL_EVENT_actual, "", "Marchers");
}

static void relative_clauses(void **state)
{
    (void)state;
    code("soldiers soldier NOUN 0 root\nwho who PRON 3 nsubj PronType=Rel\n"
         "killed kill VERB 1 acl:relcl Tense=Past|VerbForm=Fin\nmonks monk NOUN 3 obj");
    expect(DL_ASSAULT, DL_EVENT_actual, "soldiers", "monks");
    code("monks monk NOUN 0 root\nsoldiers soldier NOUN 3 nsubj\n"
         "killed kill VERB 1 acl:relcl Tense=Past|VerbForm=Fin");
    expect(DL_ASSAULT, DL_EVENT_actual, "soldiers", "monks");
}

static void reduced_relative(void **state)
{
    (void)state;
    code("monks monk NOUN 0 root\nkilled kill VERB 1 acl Tense=Past|VerbForm=Part\n"
         "by by ADP 4 case\nsoldiers soldier NOUN 2 obl");
    expect(DL_ASSAULT, DL_EVENT_actual, "soldiers", "monks");
}

static void coordination(void **state)
{
    (void)state;
    code("Police police NOUN 2 nsubj\narrested arrest VERB 0 root "
         "Tense=Past|VerbForm=Fin\n"
         "monks monk NOUN 2 obj\nand and CCONJ 5 cc\nkilled kill VERB 2 conj "
         "Tense=Past|VerbForm=Fin\nnuns nun NOUN 5 obj");
    assert_int_equal(document.event_count, 2);
    assert_string_equal(word_of(document.events[1].actors[0]), "Police");
    assert_string_equal(word_of(document.events[1].recipients[0]), "nuns");
    code("Oslo oslo PROPN 4 nsubj\nand and CCONJ 3 cc\nRiga riga PROPN 1 conj\n"
         "killed kill VERB 0 root Tense=Past|VerbForm=Fin\nnuns nun NOUN 4 obj");
    assert_int_equal(document.event_count, 1);
    assert_int_equal(document.events[0].actor_count, 2);
}

static void symmetric_parties(void **state)
{
    (void)state;
    code("Oslo oslo PROPN 2 nsubj\nmet meet VERB 0 root Tense=Past|VerbForm=Fin\n"
         "with with ADP 4 case\nRiga riga PROPN 2 obl");
    assert_int_equal(document.events[0].actor_count, 2);
    assert_int_equal(document.events[0].recipient_count, 0);
}

static void nominal(void **state)
{
    (void)state;
    code("The the DET 2 det\nattack attack NOUN 0 root\nby by ADP 4 case\n"
         "rebels rebel NOUN 2 nmod\non on ADP 6 case\nRiga riga PROPN 2 nmod");
    expect(DL_ASSAULT, DL_EVENT_actual, "rebels", "Riga");
    code("Rebels rebel NOUN 2 nsubj\nlaunched launch VERB 0 root "
         "Tense=Past|VerbForm=Fin\nattacks attack NOUN 2 obj\non on ADP 5 case\n"
         "Riga riga PROPN 3 nmod");
    expect(DL_ASSAULT, DL_EVENT_actual, "Rebels", "Riga");
    code("clashes clash NOUN 0 root\nbetween between ADP 3 case\nclans clan NOUN 1 nmod");
    expect(DL_ASSAULT, DL_EVENT_actual, "clans", "");
}

static void particles(void **state)
{
    (void)state;
    code("He he PRON 2 nsubj\nstepped step VERB 0 root Tense=Past|VerbForm=Fin\n"
         "down down ADP 2 compound:prt");
    expect(DL_RETREAT, DL_EVENT_actual, "He", "");
    code("He he PRON 2 nsubj\nstepped step VERB 0 root Tense=Past|VerbForm=Fin");
    assert_int_equal(document.event_count, 0);
}

static void classes_of_objects(void **state)
{
    (void)state;
    code(
        "Oslo oslo PROPN 2 nsubj\nwithdrew withdraw VERB 0 root Tense=Past|VerbForm=Fin\n"
        "cash cash NOUN 2 obj");
    assert_int_equal(document.event_count, 0);
    code(
        "Oslo oslo PROPN 2 nsubj\nwithdrew withdraw VERB 0 root Tense=Past|VerbForm=Fin\n"
        "group group NOUN 2 obj\nof of ADP 5 case\ntroops troop NOUN 3 nmod\n"
        "from from ADP 7 case\nRiga riga PROPN 2 obl");
    expect(DL_RETREAT, DL_EVENT_actual, "Oslo", "Riga");
}

static void agreeing_to_and_refusing_to(void **state)
{
    (void)state;
    code("Oslo oslo PROPN 2 nsubj\nrefused refuse VERB 0 root Tense=Past|VerbForm=Fin\n"
         "to to PART 4 mark\nwithdraw withdraw VERB 2 xcomp VerbForm=Inf\n"
         "troops troop NOUN 4 obj\nfrom from ADP 7 case\nRiga riga PROPN 4 obl");
    const dl_event *event = expect(DL_REJECT, DL_EVENT_actual, "Oslo", "Riga");
    assert_int_equal(event->anchor, 3);
    assert_int_equal(event->outer, 1);
    assert_true(dl_string_equal(event->cameo, DL_STRING("124")));
    code("Oslo oslo PROPN 2 nsubj\nagreed agree VERB 0 root Tense=Past|VerbForm=Fin\n"
         "to to PART 4 mark\nmeet meet VERB 2 xcomp VerbForm=Inf\nRiga riga PROPN 4 obj");
    assert_int_equal(document.events[0].category, DL_AGREE);
}

static void demanding_of_somebody(void **state)
{
    (void)state;
    code("Oslo oslo PROPN 2 nsubj\ncalled call VERB 0 root Tense=Past|VerbForm=Fin\n"
         "on on ADP 4 case\nRiga riga PROPN 2 obl\nto to PART 6 mark\n"
         "withdraw withdraw VERB 2 xcomp VerbForm=Inf\ntroops troop NOUN 6 obj\n"
         "from from ADP 9 case\nLima lima PROPN 6 obl");
    assert_int_equal(document.events[0].category, DL_REQUEST);
    assert_string_equal(word_of(document.events[0].actors[0]), "Oslo");
    assert_string_equal(word_of(document.events[0].recipients[0]), "Riga");
}

static void failing_and_announcing(void **state)
{
    (void)state;
    code("Oslo oslo PROPN 2 nsubj\nfailed fail VERB 0 root Tense=Past|VerbForm=Fin\n"
         "to to PART 4 mark\narrest arrest VERB 2 xcomp VerbForm=Inf\n"
         "rebels rebel NOUN 4 obj");
    expect(DL_COERCE, DL_EVENT_negated, "Oslo", "rebels");
    code("Police police NOUN 2 nsubj\nannounced announce VERB 0 root "
         "Tense=Past|VerbForm=Fin\narrest arrest NOUN 2 obj\nof of ADP 5 case\n"
         "monks monk NOUN 3 nmod");
    expect(DL_COERCE, DL_EVENT_actual, "Police", "monks");
}

static void accusing_of_an_act(void **state)
{
    (void)state;
    code("Oslo oslo PROPN 2 nsubj\naccused accuse VERB 0 root Tense=Past|VerbForm=Fin\n"
         "Riga riga PROPN 2 obj\nof of SCONJ 5 mark\nkilling kill VERB 2 advcl "
         "VerbForm=Ger\nmonks monk NOUN 5 obj");
    expect(DL_ACCUSE, DL_EVENT_actual, "Oslo", "Riga");
}

static void statuses(void **state)
{
    (void)state;
    code("Oslo oslo PROPN 4 nsubj\ndid do AUX 4 aux\nnot not PART 4 advmod\n"
         "arrest arrest VERB 0 root VerbForm=Inf\nmonks monk NOUN 4 obj");
    expect(DL_COERCE, DL_EVENT_negated, "Oslo", "monks");
    code("Oslo oslo PROPN 3 nsubj\nmay may AUX 3 aux\narrest arrest VERB 0 root "
         "VerbForm=Inf\nmonks monk NOUN 3 obj");
    expect(DL_COERCE, DL_EVENT_hypothetical, "Oslo", "monks");
    code("Oslo oslo PROPN 3 nsubj\nwill will AUX 3 aux\narrest arrest VERB 0 root "
         "VerbForm=Inf\nmonks monk NOUN 3 obj");
    expect(DL_COERCE, DL_EVENT_future, "Oslo", "monks");
    code("He he PRON 2 nsubj\nresigned resign VERB 0 root Tense=Past|VerbForm=Fin\n"
         "in in ADP 4 case\n2019 2019 NUM 2 obl");
    expect(DL_RETREAT, DL_EVENT_historical, "He", "");
}

static void auxiliaries_compose(void **state)
{
    (void)state;
    code("Oslo oslo PROPN 3 nsubj\nwill will AUX 3 aux\nmeet meet VERB 0 root "
         "VerbForm=Inf\nRiga riga PROPN 3 obj");
    assert_int_equal(document.events[0].category, DL_AGREE);
    code("Oslo oslo PROPN 3 nsubj\nwill will AUX 3 aux\nattack attack VERB 0 root "
         "VerbForm=Inf\nRiga riga PROPN 3 obj\nif if SCONJ 7 mark\nit it PRON 7 nsubj\n"
         "arms arm VERB 3 advcl VerbForm=Fin");
    expect(DL_THREATEN, DL_EVENT_actual, "Oslo", "Riga");
}

static void causes_join_their_act(void **state)
{
    (void)state;
    code("Clashes clash NOUN 2 nsubj\nkilled kill VERB 0 root Tense=Past|VerbForm=Fin\n"
         "monks monk NOUN 2 obj");
    const dl_event *event = expect(DL_ASSAULT, DL_EVENT_actual, "", "monks");
    assert_int_equal(event->anchor, 0);
    assert_int_equal(event->size_token[DL_SIZE_DEAD], 2);
}

static int count_notes(dl_note_kind kind)
{
    int count = 0;
    for (size_t i = 0; i < document.note_count; i++)
        count += document.notes[i].kind == kind;
    return count;
}

static void weak_and_playful_is_dropped(void **state)
{
    (void)state;
    code("Backed back VERB 0 root Tense=Past|VerbForm=Fin");
    assert_int_equal(document.event_count, 0);
    assert_int_equal(count_notes(DL_NOTE_REFUSED), 1);
    code("goalkeeper goalkeeper NOUN 2 nsubj\nattacked attack VERB 0 root "
         "Tense=Past|VerbForm=Fin\nwicket wicket NOUN 2 obj");
    assert_int_equal(document.event_count, 0);
}

static void headings_code_nothing(void **state)
{
    (void)state;
    dateline_error error = {0};
    parse(
        "Police police NOUN 2 nsubj\narrested arrest VERB 0 root\nmonks monk NOUN 2 obj");
    document.sentences[0].heading = true;
    assert_int_equal(dl_what_run(what, &document, &error), DATELINE_OK);
    assert_int_equal(document.event_count, 0);
}

/* The classifier was trained over one parser: vectors of another width mean nothing. */
static void a_classifier_of_another_parser_is_refused(void **state)
{
    (void)state;
    dateline_error error = {0};
    dl_lexicon *lexicon;
    dl_opinion opinion;
    dl_what *opened;
    assert_int_equal(
        dl_lexicon_open(DATELINE_BUILD_FOLDER "/share/lexicon.en", &lexicon, &error),
        DATELINE_OK);
    assert_int_equal(dl_opinion_open(&opinion,
                                     DATELINE_BUILD_FOLDER "/share/" DL_OPINION_FILE,
                                     NULL, &error),
                     DATELINE_OK);
    assert_int_equal(dl_what_open(lexicon, &opinion, 1, &opened, &error),
                     DATELINE_BAD_FILE);
    assert_null(opened);
    assert_non_null(strstr(error.message, "another parser"));
    dl_opinion_close(&opinion);
    dl_lexicon_close(lexicon);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(active),
        cmocka_unit_test(passive),
        cmocka_unit_test(passive_without_agent),
        cmocka_unit_test(relative_clauses),
        cmocka_unit_test(reduced_relative),
        cmocka_unit_test(coordination),
        cmocka_unit_test(symmetric_parties),
        cmocka_unit_test(nominal),
        cmocka_unit_test(particles),
        cmocka_unit_test(classes_of_objects),
        cmocka_unit_test(agreeing_to_and_refusing_to),
        cmocka_unit_test(demanding_of_somebody),
        cmocka_unit_test(failing_and_announcing),
        cmocka_unit_test(accusing_of_an_act),
        cmocka_unit_test(statuses),
        cmocka_unit_test(auxiliaries_compose),
        cmocka_unit_test(causes_join_their_act),
        cmocka_unit_test(weak_and_playful_is_dropped),
        cmocka_unit_test(headings_code_nothing),
        cmocka_unit_test(a_classifier_of_another_parser_is_refused),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
