/* Who: mentions, codes and references over trees written by hand. The dictionaries are
 * the project's own (lexicon/en/who), so that the tests hold what users get. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "who/who.h"

#ifndef DATELINE_SOURCE_FOLDER
#define DATELINE_SOURCE_FOLDER "."
#endif

typedef struct fixture {
    char path[64];
    dl_lexicon *lexicon;
    dl_who *who;
    dl_arena *arena;
} fixture;

static void report(void *context, const dateline_error *finding)
{
    (void)context;
    fprintf(stderr, "%s:%lu: %s\n", finding->file, (unsigned long)finding->line,
            finding->message);
}

static int set_up_all(void **state)
{
    static const char *const folders[] = {"who", "where"};
    char folder[] = "/tmp/test_who_XXXXXX", inside[128], target[512];
    dateline_error error = {0};
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < 2; i++) {
        snprintf(inside, sizeof inside, "%s/%s", folder, folders[i]);
        snprintf(target, sizeof target, "%s/lexicon/en/%s", DATELINE_SOURCE_FOLDER,
                 folders[i]);
        assert_int_equal(symlink(target, inside), 0);
    }
    snprintf(f->path, sizeof f->path, "%s.compiled", folder);
    assert_int_equal(
        dateline_lexicon_compile(folder, NULL, f->path, report, NULL, &error),
        DATELINE_OK);
    for (size_t i = 0; i < 2; i++) {
        snprintf(inside, sizeof inside, "%s/%s", folder, folders[i]);
        assert_int_equal(unlink(inside), 0);
    }
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(dl_lexicon_open(f->path, &f->lexicon, &error), DATELINE_OK);
    assert_int_equal(dl_who_open(f->lexicon, &f->who, &error), DATELINE_OK);
    f->arena = dl_arena_new();
    *state = f;
    return 0;
}

static int tear_down_all(void **state)
{
    fixture *f = *state;
    dl_who_close(f->who);
    dl_lexicon_close(f->lexicon);
    dl_arena_free(f->arena);
    unlink(f->path);
    free(f);
    return 0;
}

/* ---- Documents -----------------------------------------------------------------------
 * A word is "form/lemma/UPOS/head/deprel" (head: 1-based in its sentence, 0 the root),
 * with "/features" and "/name" behind it where needed; "|" ends a sentence. */

static dl_string field(dl_string word, size_t number)
{
    size_t at = 0;
    for (size_t i = 0; at <= word.size; i++) {
        size_t end = dl_string_find(word, '/', at);
        if (i == number)
            return dl_string_slice(word, at, end);
        at = end + 1;
    }
    return (dl_string){"", 0};
}

static dl_name_type name_type(dl_string s)
{
    return dl_string_equal(s, DL_STRING("PER"))   ? DL_NAME_PER
           : dl_string_equal(s, DL_STRING("ORG")) ? DL_NAME_ORG
           : dl_string_equal(s, DL_STRING("LOC")) ? DL_NAME_LOC
                                                  : DL_NO_NAME;
}

static void add_word(dl_document *d, dl_buffer *text, dl_string word, int32_t first)
{
    dl_token *t = &d->tokens[d->token_count];
    uint64_t head = 0;
    t->form = dl_arena_string(d->arena, field(word, 0));
    t->lemma = field(word, 1);
    t->fold = dl_utf8_fold(d->arena, t->form);
    t->upos = (uint8_t)dl_upos_find(field(word, 2));
    t->deprel = (uint8_t)dl_deprel_find(field(word, 4));
    t->feats = dl_feats_parse(field(word, 5));
    assert_true(dl_string_to_uint(field(word, 3), &head));
    t->head = head ? first + (int32_t)head - 1 : -1;
    t->sentence = (int32_t)d->sentence_count;
    t->mention = -1;
    t->name = (uint8_t)name_type(field(word, 6));
    t->span.start = (uint32_t)text->size;
    dl_buffer_add_string(text, t->form);
    t->span.end = (uint32_t)text->size;
    dl_buffer_add_char(text, ' ');
    d->token_count++;
}

static void end_sentence(dl_document *d, int32_t first)
{
    dl_sentence *s = &d->sentences[d->sentence_count++];
    s->first = first;
    s->last = (int32_t)d->token_count - 1;
    s->span = dl_document_span(d, s->first, s->last);
    for (int32_t i = first; i <= s->last; i++)
        if (d->tokens[i].head < 0)
            s->root = i;
}

/* Runs of tokens with the same type of name are names. */
static void add_names(dl_document *d)
{
    for (int32_t i = 0, end = 0; i < (int32_t)d->token_count; i = end) {
        uint8_t type = d->tokens[i].name;
        for (end = i + 1; end < (int32_t)d->token_count && type == d->tokens[end].name;)
            end++;
        if (type)
            d->names[d->name_count++] =
                (dl_name){dl_document_span(d, i, end - 1), i, end - 1, type};
    }
}

static dl_document *build(fixture *f, const char *day, const char *words)
{
    dl_document *d = DL_ARENA_ARRAY(f->arena, dl_document, 1);
    dl_buffer text = {0};
    dl_string all = dl_string_from(words);
    int32_t first = 0;
    d->arena = f->arena;
    d->tokens = DL_ARENA_ARRAY(f->arena, dl_token, 64);
    d->sentences = DL_ARENA_ARRAY(f->arena, dl_sentence, 8);
    d->names = DL_ARENA_ARRAY(f->arena, dl_name, 16);
    assert_true(dl_date_parse(dl_string_from(day), &d->date));
    for (size_t at = 0; at < all.size;) {
        size_t end = dl_string_find(all, ' ', at);
        dl_string word = dl_string_slice(all, at, end);
        if (dl_string_equal(word, DL_STRING("|"))) {
            end_sentence(d, first);
            first = (int32_t)d->token_count;
        } else {
            add_word(d, &text, word, first);
        }
        at = end + 1;
    }
    end_sentence(d, first);
    d->text = dl_arena_string(f->arena, (dl_string){text.data, text.size});
    dl_buffer_release(&text);
    add_names(d);
    dl_document_link(d);
    return d;
}

static dl_document *run(fixture *f, const char *day, const char *words)
{
    dateline_error error = {0};
    dl_document *d = build(f, day, words);
    assert_int_equal(dl_who_run(f->who, d, &error), DATELINE_OK);
    return d;
}

static const dl_mention *mention_of(const dl_document *d, const char *text)
{
    for (size_t i = 0; i < d->mention_count; i++)
        if (dl_string_equal(dl_document_slice(d, d->mentions[i].span),
                            dl_string_from(text)))
            return &d->mentions[i];
    return NULL;
}

static void assert_coded(const dl_document *d, const char *text, const char *code,
                         dl_sector first, dl_sector second)
{
    const dl_mention *m = mention_of(d, text);
    if (!m)
        fail_msg("no mention: %s", text);
    assert_string_equal(m->role.code, code);
    assert_int_equal(m->role.sectors[0], first);
    assert_int_equal(m->role.sectors[1], second);
}

static void assert_same(const dl_document *d, const char *a, const char *b)
{
    const dl_mention *x = mention_of(d, a), *y = mention_of(d, b);
    assert_non_null(x);
    assert_non_null(y);
    assert_int_equal(x->entity, y->entity);
}

/* ---- Codes ---------------------------------------------------------------------------
 */

static void test_people_and_role(void **state)
{
    dl_document *d = run(*state, "2022-01-13",
                         "Belarusian/belarusian/ADJ/2/amod "
                         "soldiers/soldier/NOUN/3/nsubj/Number=Plur "
                         "joined/join/VERB/0/root the/the/DET/7/det/Definite=Def "
                         "Kazakh/kazakh/ADJ/7/amod security/security/NOUN/7/compound "
                         "forces/force/NOUN/3/obj/Number=Plur");
    assert_coded(d, "Belarusian soldiers", "BLR", DL_SECTOR_MIL, DL_NO_SECTOR);
    assert_coded(d, "the Kazakh security forces", "KAZ", DL_SECTOR_COP, DL_SECTOR_MIL);
}

static void test_organisation_and_part(void **state)
{
    dl_document *d = run(*state, "2022-01-13",
                         "The/the/DET/3/det/Definite=Def "
                         "NATO/NATO/PROPN/3/compound/_/ORG "
                         "troops/troop/NOUN/4/nsubj/Number=Plur left/leave/VERB/0/root");
    assert_coded(d, "The NATO troops", "IGO", DL_SECTOR_MIL, DL_NO_SECTOR);
}

static void test_capital_is_government_or_place(void **state)
{
    dl_document *d =
        run(*state, "2022-01-13",
            "Moscow/Moscow/PROPN/2/nsubj/_/LOC condemned/condemn/VERB/0/root "
            "the/the/DET/4/det raid/raid/NOUN/2/obj in/in/ADP/6/case "
            "Ankara/Ankara/PROPN/2/obl/_/LOC");
    assert_coded(d, "Moscow", "RUS", DL_SECTOR_GOV, DL_NO_SECTOR);
    assert_false(mention_of(d, "Moscow")->is_place);
    assert_coded(d, "Ankara", "TUR", DL_NO_SECTOR, DL_NO_SECTOR);
    assert_true(mention_of(d, "Ankara")->is_place);
}

#define TITLED                                                                           \
    "President/president/NOUN/3/nmod:desc Barack/Barack/PROPN/3/compound/_/PER "         \
    "Obama/Obama/PROPN/4/nsubj/_/PER spoke/speak/VERB/0/root"

static void test_office_follows_date(void **state)
{
    dl_document *d = run(*state, "2012-10-03", TITLED);
    assert_coded(d, "President Barack Obama", "USA", DL_SECTOR_GOV, DL_NO_SECTOR);
    assert_int_equal(d->mention_count, 1);
    d = run(*state, "2019-03-01", TITLED);
    assert_int_equal(mention_of(d, "President Barack Obama")->role.sectors[0],
                     DL_SECTOR_ELI);
}

static void test_former_head_of(void **state)
{
    dl_document *d =
        run(*state, "2022-01-13",
            "the/the/DET/3/det/Definite=Def former/former/ADJ/3/amod "
            "head/head/NOUN/9/nsubj of/of/ADP/8/case the/the/DET/8/det/Definite=Def "
            "Polish/polish/ADJ/8/amod security/security/NOUN/8/compound "
            "services/service/NOUN/3/nmod fled/flee/VERB/0/root");
    const dl_mention *m =
        mention_of(d, "the former head of the Polish security services");
    assert_non_null(m);
    assert_string_equal(m->role.code, "POL");
    assert_int_equal(m->role.sectors[0], DL_SECTOR_ELI);
}

static void test_spokesman_is_of_his_group(void **state)
{
    dl_document *d = run(*state, "2012-01-13",
                         "A/a/DET/3/det Hamas/Hamas/PROPN/3/compound/_/ORG "
                         "spokesman/spokesman/NOUN/4/nsubj spoke/speak/VERB/0/root");
    const dl_mention *m = mention_of(d, "A Hamas spokesman");
    assert_non_null(m);
    assert_string_equal(m->role.code, "PSE");
}

static void test_country_from_story(void **state)
{
    dl_document *d = run(*state, "2022-01-13",
                         "Rioters/rioter/NOUN/2/nsubj/Number=Plur "
                         "marched/march/VERB/0/root in/in/ADP/4/case "
                         "Kenya/Kenya/PROPN/2/obl/_/LOC | "
                         "Police/police/NOUN/2/nsubj fired/fire/VERB/0/root");
    const dl_mention *m = mention_of(d, "Police");
    assert_non_null(m);
    assert_string_equal(m->role.code, "KEN");
    assert_int_equal(m->role.sectors[0], DL_SECTOR_COP);
}

static void test_no_country_without_story(void **state)
{
    dl_document *d =
        run(*state, "2022-01-13", "Police/police/NOUN/2/nsubj fired/fire/VERB/0/root");
    assert_string_equal(mention_of(d, "Police")->role.code, "");
}

static void test_counted_people(void **state)
{
    dl_document *d = run(*state, "2022-01-13",
                         "Dozens/dozen/NOUN/5/nsubj/Number=Plur of/of/ADP/4/case "
                         "Kenyan/kenyan/ADJ/4/amod "
                         "journalists/journalist/NOUN/1/nmod/Number=Plur "
                         "fled/flee/VERB/0/root");
    assert_coded(d, "Dozens of Kenyan journalists", "KEN", DL_SECTOR_JRN, DL_NO_SECTOR);
}

static void test_relatives(void **state)
{
    dl_document *d = run(*state, "2012-10-03",
                         "the/the/DET/2/det/Definite=Def daughter/daughter/NOUN/6/nsubj "
                         "of/of/ADP/5/case Barack/Barack/PROPN/5/compound/_/PER "
                         "Obama/Obama/PROPN/2/nmod/_/PER spoke/speak/VERB/0/root");
    assert_coded(d, "the daughter of Barack Obama", "USA", DL_SECTOR_ELI, DL_NO_SECTOR);
}

/* Names as "first last", parted by " | ". */
static void assert_names(const dl_document *d, const char *wanted)
{
    dl_buffer out = {0};
    for (size_t i = 0; i < d->name_count; i++) {
        if (i > 0)
            dl_buffer_add_string(&out, DL_STRING(" | "));
        dl_buffer_add_string(&out, dl_document_slice(d, d->names[i].span));
    }
    dl_buffer_add_char(&out, '\0');
    assert_string_equal(out.data, wanted);
    dl_buffer_release(&out);
}

static void test_city_and_country(void **state)
{
    assert_names(run(*state, "2012-10-03",
                     "Shelling/shelling/NOUN/3/nsubj in/in/ADP/4/case "
                     "shook/shake/VERB/0/root Lyon/Lyon/PROPN/3/obl/_/LOC "
                     "France/France/PROPN/4/flat/_/LOC"),
                 "Lyon | France");
    assert_names(run(*state, "2012-10-03",
                     "New/New/PROPN/2/compound/_/LOC Mexico/Mexico/PROPN/3/nsubj/_/LOC "
                     "voted/vote/VERB/0/root"),
                 "New Mexico");
}

/* ---- References ----------------------------------------------------------------------
 */

static void test_family_name(void **state)
{
    dl_document *d =
        run(*state, "2012-10-03",
            "General/general/NOUN/3/nmod:desc Ivo/Ivo/PROPN/3/compound/_/PER "
            "Brandl/Brandl/PROPN/4/nsubj/_/PER spoke/speak/VERB/0/root | "
            "Brandl/Brandl/PROPN/2/nsubj/_/PER left/leave/VERB/0/root");
    assert_same(d, "General Ivo Brandl", "Brandl");
    assert_int_equal(mention_of(d, "Brandl")->role.sectors[0], DL_SECTOR_MIL);
}

static void test_acronym(void **state)
{
    dl_document *d =
        run(*state, "2012-10-03",
            "Union/union/PROPN/7/nsubj/_/ORG of/of/ADP/3/case/_/ORG "
            "Quarrymen/Quarrymen/PROPN/1/nmod/_/ORG (/(/PUNCT/5/punct "
            "UQ/UQ/PROPN/1/appos/_/ORG )/)/PUNCT/5/punct struck/strike/VERB/0/root | "
            "UQ/UQ/PROPN/2/nsubj/_/ORG won/win/VERB/0/root");
    int32_t entity = -1;
    for (size_t i = 0; i < d->mention_count; i++)
        if (d->tokens[d->mentions[i].head].deprel != DL_DEPREL_nmod) {
            entity = entity < 0 ? d->mentions[i].entity : entity;
            assert_int_equal(d->mentions[i].entity, entity);
        }
}

static void test_office_holder(void **state)
{
    dl_document *d = run(*state, "2012-10-03",
                         "The/the/DET/3/det/Definite=Def Russian/russian/ADJ/3/amod "
                         "president/president/NOUN/4/nsubj spoke/speak/VERB/0/root");
    const dl_mention *m = mention_of(d, "The Russian president");
    assert_non_null(m);
    assert_true(
        dl_string_equal(d->entities[m->entity].name, DL_STRING("Vladimir Putin")));
}

static void test_pronouns(void **state)
{
    dl_document *d =
        run(*state, "2012-10-03",
            "Angela/Angela/PROPN/2/compound/_/PER Merkel/Merkel/PROPN/3/nsubj/_/PER "
            "met/meet/VERB/0/root Barack/Barack/PROPN/5/compound/_/PER "
            "Obama/Obama/PROPN/3/obj/_/PER | he/he/PRON/2/nsubj/PronType=Prs "
            "praised/praise/VERB/0/root her/she/PRON/2/obj/PronType=Prs");
    assert_same(d, "he", "Barack Obama");
    assert_same(d, "her", "Angela Merkel");
}

static void test_object_is_not_subject(void **state)
{
    dl_document *d = run(*state, "2012-10-03",
                         "Barack/Barack/PROPN/2/compound/_/PER "
                         "Obama/Obama/PROPN/3/nsubj/_/PER called/call/VERB/0/root "
                         "him/he/PRON/3/obj/PronType=Prs");
    assert_int_not_equal(mention_of(d, "him")->entity,
                         mention_of(d, "Barack Obama")->entity);
}

static void test_coordination(void **state)
{
    dl_document *d = run(*state, "2012-10-03",
                         "France/France/PROPN/4/nsubj/_/LOC and/and/CCONJ/3/cc "
                         "Spain/Spain/PROPN/1/conj/_/LOC talked/talk/VERB/0/root");
    assert_coded(d, "France", "FRA", DL_NO_SECTOR, DL_NO_SECTOR);
    assert_coded(d, "Spain", "ESP", DL_NO_SECTOR, DL_NO_SECTOR);
}

static void test_nobody(void **state)
{
    dl_document *d =
        run(*state, "2012-10-03", "Nobody/nobody/PRON/2/nsubj spoke/speak/VERB/0/root");
    assert_true(mention_of(d, "Nobody")->generic);
}

/* Mentions stand in order, longer first, and tokens point at the one they head. */
static void test_order(void **state)
{
    dl_document *d = run(*state, "2012-10-03", TITLED);
    for (size_t i = 1; i < d->mention_count; i++)
        assert_true(d->mentions[i - 1].first <= d->mentions[i].first);
    for (size_t i = 0; i < d->mention_count; i++)
        assert_int_equal(d->tokens[d->mentions[i].head].mention, i);
}

/* ---- Phrases -------------------------------------------------------------------------
 */

static const dl_mention *code(fixture *f, const char *words, const char *context)
{
    dateline_error error = {0};
    int32_t mention = -1;
    dl_document *d = build(f, "2012-10-03", words);
    assert_int_equal(
        dl_who_code_phrase(f->who, d, dl_string_from(context), &mention, &error),
        DATELINE_OK);
    assert_true(mention >= 0);
    return &d->mentions[mention];
}

static void test_phrases(void **state)
{
    const dl_mention *m = code(*state, "the/the/VERB/0/root kremlin/kremlin/X/1/obj", "");
    assert_string_equal(m->role.code, "RUS");
    m = code(*state, "Rebels/rebel/NOUN/0/root/Number=Plur", "in Nepal, where");
    assert_string_equal(m->role.code, "NPL");
    assert_int_equal(m->role.sectors[0], DL_SECTOR_REB);
    m = code(*state, "of/of/ADP/0/root", "");
    assert_string_equal(m->role.code, "");
}

static void test_no_words(void **state)
{
    fixture *f = *state;
    dateline_error error = {0};
    int32_t mention = 0;
    dl_document d = {.arena = f->arena};
    assert_int_equal(dl_who_run(f->who, &d, &error), DATELINE_OK);
    assert_int_equal(d.mention_count, 0);
    assert_int_equal(dl_who_code_phrase(f->who, &d, (dl_string){0}, &mention, &error),
                     DATELINE_OK);
    assert_int_equal(mention, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_people_and_role),
        cmocka_unit_test(test_organisation_and_part),
        cmocka_unit_test(test_capital_is_government_or_place),
        cmocka_unit_test(test_office_follows_date),
        cmocka_unit_test(test_former_head_of),
        cmocka_unit_test(test_spokesman_is_of_his_group),
        cmocka_unit_test(test_country_from_story),
        cmocka_unit_test(test_no_country_without_story),
        cmocka_unit_test(test_counted_people),
        cmocka_unit_test(test_relatives),
        cmocka_unit_test(test_city_and_country),
        cmocka_unit_test(test_family_name),
        cmocka_unit_test(test_acronym),
        cmocka_unit_test(test_office_holder),
        cmocka_unit_test(test_pronouns),
        cmocka_unit_test(test_object_is_not_subject),
        cmocka_unit_test(test_coordination),
        cmocka_unit_test(test_nobody),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_phrases),
        cmocka_unit_test(test_no_words),
    };
    return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}
