/* Stories: packing, sketches, blocks, the order of arrival, step by step, the interface.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "merger.h"
#include "story/story.h"

/* ---- Packing ---- */

static dl_report some_report(void)
{
    dl_report r = {.id = 0xFEDCBA9876543210u,
                   .article = UINT64_MAX,
                   .sentence = 3,
                   .position = 70000,
                   .sentence_hash = 77,
                   .sentence_words = 300,
                   .category = 16,
                   .mode = 200,
                   .status = 4,
                   .basis = 3,
                   .act = 5,
                   .likeness = {1, UINT64_MAX},
                   .first_day = -1,
                   .last_day = 0,
                   .place = 9,
                   .country = 0x00414243,
                   .region = UINT32_MAX,
                   .latitude = -9000,
                   .longitude = 18000,
                   .located = true,
                   .precision = 3,
                   .party_count = DL_REPORT_PARTIES,
                   .argument_count = DL_REPORT_ARGUMENTS,
                   .word_count = DL_REPORT_WORDS,
                   .size_count = DL_REPORT_SIZES};
    for (unsigned i = 0; i < DL_REPORT_PARTIES; i++)
        r.parties[i] = (dl_report_party){
            i + 1, i % 2 ? i + 1 : 99, i % 3 ? 0x4D4C49 : 0, (uint8_t)i, i % 2, i % 3,
            i % 5};
    for (unsigned i = 0; i < DL_REPORT_ARGUMENTS; i++)
        r.arguments[i] =
            (dl_report_argument){i + 7, (uint8_t)(250 + i), (uint8_t)(i % 3), (float)i};
    for (unsigned i = 0; i < DL_REPORT_WORDS; i++)
        r.words[i] = (dl_term){i * 1000, (uint8_t)i, (uint8_t)(i % 3)};
    for (unsigned i = 0; i < DL_REPORT_SIZES; i++)
        r.sizes[i] = (dl_report_size){(uint8_t)i, 7, 1.5F * (float)i, 1e9F};
    return r;
}

static void reports_are_packed(void **state)
{
    (void)state;
    uint8_t bytes[DL_REPORT_BYTES_MAX], again[DL_REPORT_BYTES_MAX];
    dl_report full = some_report(),
              empty = {.first_day = DL_NO_DAY, .last_day = DL_NO_DAY}, read;
    size_t size = dl_report_pack(&full, bytes);
    assert_true(size > 0 && size <= DL_REPORT_BYTES_MAX);
    assert_int_equal(dl_report_unpack(bytes, size, &read), size);
    assert_int_equal(read.id, full.id);
    assert_int_equal(read.first_day, -1);
    assert_int_equal(read.last_day, 0);
    assert_int_equal(read.latitude, -9000);
    assert_int_equal(read.parties[0].word, 99);
    assert_true(read.sizes[2].value == 3.0F);
    assert_int_equal(dl_report_pack(&read, again), size);
    assert_memory_equal(bytes, again, size);
    for (size_t cut = 0; cut < size; cut++)
        assert_int_equal(dl_report_unpack(bytes, cut, &read), 0);
    bytes[0] = DL_REPORT_VERSION + 1;
    assert_int_equal(dl_report_unpack(bytes, size, &read), 0);
    size = dl_report_pack(&empty, bytes);
    assert_int_equal(dl_report_unpack(bytes, size, &read), size);
    assert_int_equal(read.first_day, DL_NO_DAY);
}

static void sketches_are_packed(void **state)
{
    (void)state;
    uint8_t bytes[DL_SKETCH_BYTES_MAX];
    dl_sketch sketch = {.article = 5,
                        .day = 19000,
                        .shingles = 9,
                        .term_count = DL_SKETCH_TERMS},
              read;
    for (unsigned i = 0; i < DL_SKETCH_BINS; i++)
        sketch.bins[i] = (uint16_t)(i * 1021);
    for (unsigned i = 0; i < DL_SKETCH_TERMS; i++)
        sketch.terms[i] = (dl_term){i, (uint8_t)(255 - i), 2};
    size_t size = dl_sketch_pack(&sketch, bytes);
    assert_true(size <= DL_SKETCH_BYTES_MAX);
    assert_int_equal(dl_sketch_unpack(bytes, size, &read), size);
    assert_int_equal(read.day, 19000);
    assert_memory_equal(read.bins, sketch.bins, sizeof read.bins);
    assert_int_equal(read.terms[39].weight, 216);
    for (size_t cut = 0; cut < size; cut++)
        assert_int_equal(dl_sketch_unpack(bytes, cut, &read), 0);
    memset(bytes, 0xFF, sizeof bytes);
    bytes[0] = DL_REPORT_VERSION;
    assert_int_equal(dl_sketch_unpack(bytes, sizeof bytes, &read), 0);
}

/* Bytes that were damaged are refused, or give something that can be worked with. */
static void damaged_bytes_do_no_harm(void **state)
{
    (void)state;
    enum { TRIES = 20000 };
    uint8_t report[DL_REPORT_BYTES_MAX], sketch[DL_SKETCH_BYTES_MAX];
    dl_report whole = some_report(), read;
    dl_sketch one = {.article = 5, .day = 19000, .shingles = 9, .term_count = 20}, other;
    size_t report_size = dl_report_pack(&whole, report);
    size_t sketch_size = dl_sketch_pack(&one, sketch), refused = 0;
    float features[DL_FEATURES];
    for (uint32_t i = 0; i < TRIES; i++) {
        uint32_t where = i * 2654435761u;
        uint8_t was = report[where % report_size], *there = &sketch[where % sketch_size];
        uint8_t had = *there;
        report[where % report_size] = (uint8_t)(where >> 13);
        *there = (uint8_t)(where >> 17);
        if (dl_report_unpack(report, report_size, &read) &&
            dl_sketch_unpack(sketch, sketch_size, &other)) {
            dl_alike alike = dl_pair_articles(&one, &other);
            dl_pair_features(&alike, &whole, &read, features);
        } else {
            refused++;
        }
        report[where % report_size] = was;
        *there = had;
    }
    assert_true(refused > 0 && refused < TRIES);
}

/* ---- An archive that was drawn ---- */

enum { ARTICLES = 300, RECORDS = 4, TALES = 40, ORDERS = 6 };

typedef struct drawn {
    dl_sketch sketch;
    dl_report reports[RECORDS];
} drawn;

static uint32_t mixed(uint32_t a, uint32_t b)
{
    uint64_t x = ((uint64_t)a << 32 | b) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(x >> 32 ^ x) | 1;
}

static int by_hash(const void *a, const void *b)
{
    const dl_term *x = a, *y = b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

/* Articles of some tales, all of one topic, so that blocks run over. */
static void draw(drawn *all)
{
    for (uint32_t i = 0; i < ARTICLES; i++) {
        uint32_t tale = mixed(i, 1) % TALES;
        dl_sketch *s = &all[i].sketch;
        *s = (dl_sketch){.article = mixed(i, 2), .shingles = 100};
        s->day = tale % 3 ? (int32_t)(tale / 2 + mixed(i, 3) % 3) : DL_NO_DAY;
        for (uint32_t k = 0; k < 20; k++)
            if (mixed(i, k + 10) % 4)
                s->terms[s->term_count++] =
                    (dl_term){mixed(k < 6 ? 7 : tale + 100, k), (uint8_t)(40 + k),
                              (uint8_t)(k % 2)};
        qsort(s->terms, s->term_count, sizeof *s->terms, by_hash);
        for (uint32_t k = 0; k < DL_SKETCH_BINS; k++)
            s->bins[k] = (uint16_t)mixed(i % 7 ? i : tale, k + 50);
        for (uint32_t k = 0; k < RECORDS; k++) {
            uint32_t act = mixed(i, k + 200) % 3;
            all[i].reports[k] =
                (dl_report){.id = (uint64_t)mixed(i, k) << 20 | i << 4 | k,
                            .article = s->article,
                            .category = (uint8_t)(1 + act),
                            .act = mixed(act, 5),
                            .first_day = DL_NO_DAY,
                            .last_day = DL_NO_DAY,
                            .sentence_hash = mixed(i, k + 300),
                            .party_count = 1};
            all[i].reports[k].parties[0] = (dl_report_party){
                mixed(tale, act), mixed(tale, act), 0, 0, true, true, true};
        }
    }
}

static dl_pair_weights test_weights(void)
{
    dl_pair_weights w = {
        .join = 0, .consider = -1, .articles = 0.15F, .copy = 0.5F, .days = 7};
    w.weights[DL_FEATURE_BIAS] = -6;
    w.weights[DL_FEATURE_SAME_ARTICLE] = 2;
    w.weights[DL_FEATURE_NAMES] = 3;
    w.weights[DL_FEATURE_SAME_ACT] = 3;
    w.weights[DL_FEATURE_SAME_PERSON] = 2;
    w.weights[DL_FEATURE_OTHER_PERSON] = -3;
    return w;
}

static void add_all(dl_story *story, const drawn *all, const size_t *order, size_t from,
                    size_t to)
{
    for (size_t i = from; i < to; i++)
        assert_true(
            dl_story_add(story, &all[order[i]].sketch, all[order[i]].reports, RECORDS));
}

static size_t *shuffled(uint32_t seed)
{
    size_t *order = calloc(ARTICLES, sizeof *order);
    assert_non_null(order);
    for (size_t i = 0; i < ARTICLES; i++)
        order[i] = i;
    for (size_t i = ARTICLES - 1; i > 0 && seed; i--) {
        size_t k = mixed(seed, (uint32_t)i) % (i + 1), held = order[i];
        order[i] = order[k];
        order[k] = held;
    }
    return order;
}

static void check_same(const drawn *all, const dl_story *a, const dl_story *b)
{
    for (size_t i = 0; i < ARTICLES; i++) {
        for (size_t k = 0; k < RECORDS; k++) {
            uint64_t id = all[i].reports[k].id;
            assert_int_equal(dl_story_find(a, id), dl_story_find(b, id));
        }
        assert_int_equal(dl_story_original(a, all[i].sketch.article),
                         dl_story_original(b, all[i].sketch.article));
    }
}

static dl_story *resolved(const drawn *all, uint32_t seed, size_t steps)
{
    dl_pair_weights weights = test_weights();
    dl_story *story = dl_story_new(&weights);
    size_t *order = shuffled(seed);
    assert_non_null(story);
    for (size_t i = 0; i < steps; i++) {
        add_all(story, all, order, ARTICLES * i / steps, ARTICLES * (i + 1) / steps);
        assert_true(dl_story_resolve(story, false));
    }
    free(order);
    return story;
}

static void order_does_not_matter(void **state)
{
    (void)state;
    drawn *all = calloc(ARTICLES, sizeof *all);
    assert_non_null(all);
    draw(all);
    dl_story *first = resolved(all, 0, 1);
    size_t joined = 0, copies = 0;
    for (size_t i = 0; i < ARTICLES; i++) {
        for (size_t k = 0; k < RECORDS; k++)
            joined += dl_story_find(first, all[i].reports[k].id) != all[i].reports[k].id;
        copies +=
            dl_story_original(first, all[i].sketch.article) != all[i].sketch.article;
    }
    assert_true(joined > ARTICLES && joined < ARTICLES * RECORDS);
    assert_true(copies > 0 && copies < ARTICLES / 2);
    for (uint32_t seed = 1; seed <= ORDERS; seed++) {
        dl_story *other = resolved(all, seed, 1);
        check_same(all, first, other);
        dl_story_free(other);
    }
    dl_story_free(first);
    free(all);
}

static void steps_do_not_matter(void **state)
{
    (void)state;
    drawn *all = calloc(ARTICLES, sizeof *all);
    assert_non_null(all);
    draw(all);
    dl_story *first = resolved(all, 0, 1);
    for (uint32_t seed = 0; seed <= ORDERS; seed++) {
        dl_story *other = resolved(all, seed, seed % 2 ? 10 : ARTICLES);
        check_same(all, first, other);
        dl_story_free(other);
    }
    dl_story_free(first);
    free(all);
}

/* ---- One article more than a record has edges for ---- */

enum { HUB = 0, LAST = DL_STORY_EDGES_MAX + 1, FAR_ONE = 1, GROUP = 8 };

/* Article 0 shares a block with each of four groups that share none among each other; its
 * edge to article 1, which is alone in its group, is the weakest of all. */
static void draw_spoke(uint32_t number, dl_sketch *s, dl_report *r)
{
    enum { HEAVY = 8, COMMON = 20 };
    uint32_t group = number == FAR_ONE ? 3 : number / GROUP % 3;
    *s = (dl_sketch){.article = 1000 + number, .day = number != HUB};
    for (uint32_t k = 0; k < HEAVY; k++) {
        bool shared = number == HUB || k < 2;
        uint32_t term = number == HUB ? k : 2 * group + k;
        s->terms[s->term_count++] =
            (dl_term){shared ? mixed(1, term) : mixed(number + 2, k), 200, 0};
    }
    for (uint32_t k = 0; k < COMMON; k++)
        s->terms[s->term_count++] = (dl_term){mixed(9999, k), 100, 0};
    qsort(s->terms, s->term_count, sizeof *s->terms, by_hash);
    *r = (dl_report){.id = 1 + number,
                     .article = s->article,
                     .category = 1,
                     .mode = number == FAR_ONE ? 2 : 1,
                     .act = 1,
                     .first_day = DL_NO_DAY,
                     .last_day = DL_NO_DAY};
}

/* What the last article pushes out of another's edges changes its story too. */
static void lost_edges_are_noticed(void **state)
{
    (void)state;
    dl_pair_weights weights = {
        .join = 0.75F, .consider = -1, .articles = 0.15F, .copy = 0.5F, .days = 7};
    weights.weights[DL_FEATURE_BIAS] = 1;
    weights.weights[DL_FEATURE_SAME_MODE] = 1;
    dl_story *steps = dl_story_new(&weights), *once = dl_story_new(&weights);
    dl_sketch sketch;
    dl_report report;
    for (uint32_t i = 0; i <= LAST; i++) {
        draw_spoke(i, &sketch, &report);
        assert_true(dl_story_add(once, &sketch, &report, 1));
        if (i == LAST) {
            assert_true(dl_story_resolve(steps, false));
            assert_int_equal(dl_story_find(steps, 1 + FAR_ONE), 1 + HUB);
        }
        assert_true(dl_story_add(steps, &sketch, &report, 1));
    }
    assert_true(dl_story_resolve(steps, false));
    assert_true(dl_story_resolve(once, true));
    assert_int_equal(dl_story_find(once, 1 + FAR_ONE), 1 + FAR_ONE);
    for (uint32_t i = 0; i <= LAST; i++)
        assert_int_equal(dl_story_find(steps, 1 + i), dl_story_find(once, 1 + i));
    dl_story_free(steps);
    dl_story_free(once);
}

typedef struct changes {
    size_t count;
} changes;

static void count_change(void *context, uint64_t record, uint64_t story)
{
    changes *c = context;
    assert_true(record && story);
    c->count++;
}

/* What a store has kept goes back in, with the stories of before; only the rest is new.
 */
static void kept_stories_go_on(void **state)
{
    (void)state;
    drawn *all = calloc(ARTICLES, sizeof *all);
    assert_non_null(all);
    draw(all);
    enum { KEPT = ARTICLES - 10 };
    dl_pair_weights weights = test_weights();
    dl_story *whole = resolved(all, 0, 1), *part = dl_story_new(&weights),
             *again = dl_story_new(&weights);
    size_t *order = shuffled(0);
    add_all(part, all, order, 0, KEPT);
    assert_true(dl_story_resolve(part, false));
    for (size_t i = 0; i < ARTICLES; i++)
        for (size_t k = 0; k < RECORDS; k++) {
            uint8_t sketch[DL_SKETCH_BYTES_MAX], report[DL_REPORT_BYTES_MAX];
            dl_string s = {(const char *)sketch, dl_sketch_pack(&all[i].sketch, sketch)};
            dl_string r = {(const char *)report,
                           dl_report_pack(&all[i].reports[k], report)};
            uint64_t old = i < KEPT ? dl_story_find(part, all[i].reports[k].id) : 0;
            assert_true(dl_story_add_packed(again, s, r, old));
        }
    assert_true(dl_story_resolve(again, false));
    for (size_t i = 0; i < ARTICLES; i++)
        for (size_t k = 0; k < RECORDS; k++)
            assert_int_equal(dl_story_find(again, all[i].reports[k].id),
                             dl_story_find(whole, all[i].reports[k].id));
    changes c = {0};
    dl_story_changes(again, count_change, &c);
    assert_true(c.count >= 10 * RECORDS && c.count < ARTICLES * RECORDS / 2);
    assert_false(dl_story_add_packed(again, DL_STRING("x"), DL_STRING("y"), 0));
    free(order);
    dl_story_free(whole);
    dl_story_free(part);
    dl_story_free(again);
    free(all);
}

static void an_article_again_replaces_itself(void **state)
{
    (void)state;
    drawn *all = calloc(ARTICLES, sizeof *all);
    assert_non_null(all);
    draw(all);
    dl_story *first = resolved(all, 0, 1), *other = resolved(all, 3, 1);
    for (size_t i = 0; i < ARTICLES; i += 3)
        assert_true(dl_story_add(other, &all[i].sketch, all[i].reports, RECORDS));
    assert_true(dl_story_resolve(other, false));
    check_same(all, first, other);
    size_t current = 0;
    for (size_t i = 0; i < dl_story_records(other); i++)
        current += dl_story_is_current(other, i);
    assert_int_equal(current, ARTICLES * RECORDS);
    dl_story_free(first);
    dl_story_free(other);
    free(all);
}

/* ---- Over the built data ---- */

typedef struct machine {
    dateline_engine *engine;
    dateline_worker *worker;
} machine;

static const char FIRST[] =
    "Gunmen killed 12 soldiers in an attack on an army post near Menaka in Mali on "
    "Monday, "
    "the defence ministry said. The attackers arrived on motorcycles before dawn and set "
    "several vehicles on fire. President Ibrahim Boubacar Keita condemned the attack and "
    "promised to hunt down those responsible. No group has claimed the raid so far.";
static const char SHORTER[] =
    "Gunmen killed 12 soldiers in an attack on an army post near Menaka in Mali on "
    "Monday, "
    "the defence ministry said. The attackers arrived on motorcycles before dawn and set "
    "several vehicles on fire.";
static const char RETOLD[] =
    "At least 15 Malian soldiers died on Monday when gunmen attacked their post outside "
    "Menaka, a local official said. Gunmen on motorcycles attacked the army post in "
    "Menaka "
    "at dawn, residents said.";
static const char OTHER[] =
    "The central bank of Chile raised interest rates on Tuesday, as inflation quickened. "
    "Finance Minister Ignacio Briones welcomed the decision in Santiago.";

static void code(const machine *m, const char *id, const char *date, const char *text)
{
    dateline_article article = {.id = {id, strlen(id)},
                                .date = {date, strlen(date)},
                                .text = {text, strlen(text)},
                                .source = {id, strlen(id)}};
    assert_int_equal(dateline_worker_code(m->worker, &article, NULL), DATELINE_OK);
}

static dl_sketch sketch_of(const machine *m, const char *text)
{
    dl_sketch sketch;
    dl_report *reports;
    size_t count;
    code(m, "a", "2019-07-02", text);
    assert_int_equal(dl_worker_describe(m->worker, &sketch, &reports, &count, NULL),
                     DATELINE_OK);
    return sketch;
}

static void sketches_tell_copies(void **state)
{
    const machine *m = *state;
    dl_sketch first = sketch_of(m, FIRST), shorter = sketch_of(m, SHORTER),
              retold = sketch_of(m, RETOLD), other = sketch_of(m, OTHER);
    assert_true(dl_pair_articles(&first, &first).copy == 1);
    assert_true(dl_pair_articles(&first, &shorter).copy > 0.7F);
    assert_true(dl_pair_articles(&first, &retold).copy < 0.3F);
    assert_true(dl_pair_articles(&first, &other).copy < 0.1F);
    assert_true(dl_pair_articles(&first, &retold).terms > 0.2F);
    assert_true(dl_pair_articles(&first, &other).terms < 0.1F);
}

typedef struct bytes {
    char data[1 << 14];
    size_t size;
    bool refuse;
} bytes;

static bool keep(void *context, const char *data, size_t size)
{
    bytes *out = context;
    if (out->refuse || out->size + size >= sizeof out->data)
        return false;
    memcpy(out->data + out->size, data, size);
    out->size += size;
    out->data[out->size] = '\0';
    return true;
}

static void first_id(const machine *m, char id[17])
{
    bytes out = {.size = 0};
    assert_int_equal(
        dateline_worker_write(m->worker, DATELINE_RECORDS_JSONL, keep, &out, NULL),
        DATELINE_OK);
    assert_true(out.size > 30);
    memcpy(id, out.data + strlen("{\"id\":\""), 16);
    id[16] = '\0';
}

static void the_interface(void **state)
{
    const machine *m = *state;
    dateline_merger *merger;
    dateline_error error = {0};
    char one[17], other[17], story[17];
    bytes out = {.size = 0}, refusing = {.refuse = true};
    assert_int_equal(dateline_merger_new(m->engine, &merger, NULL), DATELINE_OK);
    code(m, "wire", "2019-07-02", FIRST);
    first_id(m, one);
    assert_int_equal(dateline_merger_add(merger, m->worker, NULL), DATELINE_OK);
    code(m, "reprint", "2019-07-02", SHORTER);
    first_id(m, other);
    assert_int_equal(dateline_merger_add(merger, m->worker, NULL), DATELINE_OK);
    assert_int_equal(dateline_merger_resolve(merger, NULL), DATELINE_OK);
    assert_true(dateline_merger_story(merger, one, story));
    assert_string_equal(story, strcmp(one, other) < 0 ? one : other);
    assert_true(dateline_merger_story(merger, other, story));
    assert_string_equal(story, strcmp(one, other) < 0 ? one : other);
    assert_false(dateline_merger_story(merger, "0000000000000001", story));
    assert_false(dateline_merger_story(merger, "no id", story));
    assert_int_equal(
        dateline_merger_write(merger, DATELINE_STORIES_JSONL, keep, &out, NULL),
        DATELINE_OK);
    assert_non_null(strstr(out.data, "\"articles\":[\"reprint\",\"wire\"],\"copies\":1"));
    assert_int_equal(
        dateline_merger_write(merger, DATELINE_STORIES_TABLE, keep, &refusing, &error),
        DATELINE_WRITE_FAILED);
    assert_int_equal(dateline_merger_explain(merger, one, other, keep, &out, NULL),
                     DATELINE_OK);
    assert_non_null(strstr(out.data, "one story"));
    assert_int_equal(dateline_merger_explain(merger, one, "ffff", keep, &out, &error),
                     DATELINE_USAGE);
    dateline_merger_free(merger);
    dateline_merger_free(NULL);
}

static void wrong_calls(void **state)
{
    const machine *m = *state;
    dateline_merger *merger;
    dateline_error error = {0};
    dateline_article article = {.id = {"a", 1}, .text = {"Mali.", 5}};
    bytes out = {.size = 0};
    assert_int_equal(dateline_merger_new(m->engine, &merger, NULL), DATELINE_OK);
    assert_int_equal(dateline_worker_parse(m->worker, &article, NULL), DATELINE_OK);
    assert_int_equal(dateline_merger_add(merger, m->worker, &error), DATELINE_USAGE);
    assert_int_equal(dateline_merger_resolve(merger, NULL), DATELINE_OK);
    dateline_text claim = {"{\"kind\":\"claim\"}\n", 17};
    assert_int_equal(dateline_merger_write_record(merger, claim, keep, &out, NULL),
                     DATELINE_OK);
    assert_string_equal(out.data, claim.data);
    dateline_merger_free(merger);
}

static int open_machine(void **state)
{
    static machine m;
    *state = &m;
    return dateline_engine_open(NULL, &m.engine, NULL) != DATELINE_OK ||
           dateline_worker_new(m.engine, &m.worker, NULL) != DATELINE_OK;
}

static int close_machine(void **state)
{
    machine *m = *state;
    dateline_worker_free(m->worker);
    dateline_engine_close(m->engine);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reports_are_packed),
        cmocka_unit_test(sketches_are_packed),
        cmocka_unit_test(damaged_bytes_do_no_harm),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(steps_do_not_matter),
        cmocka_unit_test(lost_edges_are_noticed),
        cmocka_unit_test(kept_stories_go_on),
        cmocka_unit_test(an_article_again_replaces_itself),
        cmocka_unit_test(sketches_tell_copies),
        cmocka_unit_test(the_interface),
        cmocka_unit_test(wrong_calls),
    };
    return cmocka_run_group_tests(tests, open_machine, close_machine);
}
