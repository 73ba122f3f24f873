/* Time and memory of merging, a record, from 10,000 records to a million.
 *
 *     bench_stories [MOST]
 *
 * Time is the processor's; "a day more" is what 3,000 new records cost on top.
 *
 * The archive grows as archives do: some 3,000 records a day, more days. Stories are of
 * Zipf's sizes (most have one article, some a thousand); their articles share a topic's
 * terms, and topics are as unequal as news are (the first of 4,000 has one article in
 * nine). All is drawn from one seed: the same on every machine. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "story/story.h"

enum {
    TOPICS = 4000,
    TOPIC_TERMS = 14,
    STORY_TERMS = 18,
    ARTICLE_TERMS = 8,
    RECORDS_A_DAY = 3000,
    RECORDS_AN_ARTICLE = 5,
    STORY_MOST = 1000, /* articles */
    LONG_TALE = 32,    /* one story in so many has more than a few */
    SEED = 42,
    FIRST = 10000,
    MOST = 1000000
};

static uint64_t state;

static uint64_t draw(void)
{
    uint64_t x = state += 0x9E3779B97F4A7C15u;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

static double unit(void)
{
    return (double)(draw() >> 11) * 0x1.0p-53;
}

/* Rank from 1 to `most` by Zipf's law with exponent 1, by inversion. */
static uint32_t zipf(uint32_t most)
{
    return (uint32_t)exp(unit() * log((double)most + 1));
}

static uint32_t hash(uint64_t a, uint64_t b)
{
    uint64_t x = (a * 0x9E3779B97F4A7C15u ^ b) * 0xBF58476D1CE4E5B9u;
    return (uint32_t)(x >> 32 ^ x) | 1;
}

static int by_hash(const void *a, const void *b)
{
    const dl_term *x = a, *y = b;
    return (x->hash > y->hash) - (x->hash < y->hash);
}

/* One story: where it belongs, and how many articles of it are still to come. */
typedef struct tale {
    uint64_t number;
    uint32_t topic, articles, acts;
    int32_t day;
} tale;

static void add_term(dl_sketch *s, uint32_t term, unsigned weight, dl_term_kind kind)
{
    s->terms[s->term_count++] = (dl_term){term, (uint8_t)weight, (uint8_t)kind};
}

static void draw_sketch(const tale *t, uint64_t article, dl_sketch *s)
{
    *s = (dl_sketch){.article = article, .shingles = 300};
    s->day = t->day + (int32_t)(unit() * unit() * 4);
    for (unsigned i = 0; i < TOPIC_TERMS; i++)
        if (draw() % 3)
            add_term(s, hash(t->topic, i), 20 + i, i % 3 ? DL_TERM_WORD : DL_TERM_NAME);
    for (unsigned i = 0; i < STORY_TERMS; i++)
        if (draw() % 3)
            add_term(s, hash(t->number + TOPICS, i), 30 + 2 * i,
                     i % 3 ? DL_TERM_WORD : DL_TERM_NAME);
    for (unsigned i = 0; i < ARTICLE_TERMS; i++)
        add_term(s, hash(article, 1000 + draw() % 50000), 20 + (unsigned)(draw() % 30),
                 DL_TERM_WORD);
    qsort(s->terms, s->term_count, sizeof *s->terms, by_hash);
    uint64_t copy = draw() % 5 ? article : t->number; /* one in five is a reprint */
    for (size_t i = 0; i < DL_SKETCH_BINS; i++)
        s->bins[i] = (uint16_t)hash(copy, i);
}

static void draw_report(const tale *t, const dl_sketch *s, unsigned number, dl_report *r)
{
    uint64_t act = draw() % t->acts;
    *r = (dl_report){.id = draw(),
                     .article = s->article,
                     .sentence = number,
                     .position = number * 20,
                     .sentence_hash = (uint32_t)draw(),
                     .sentence_words = 20,
                     .category = (uint8_t)(1 + hash(t->number, act) % 16),
                     .mode = (uint8_t)(hash(t->number, act) % 3),
                     .status = 0,
                     .basis = DL_BASIS_PUBLICATION,
                     .act = hash(act, hash(t->number, act) % 400),
                     .first_day = s->day,
                     .last_day = s->day,
                     .party_count = 2,
                     .word_count = 8,
                     .argument_count = 2};
    for (unsigned i = 0; i < 2; i++) {
        uint32_t name = hash(t->number, 100 + 2 * act + i);
        r->parties[i] = (dl_report_party){name, name, 0, 0, i == 0, true, i == 0};
        r->arguments[i] = (dl_report_argument){name, 50, (uint8_t)i, 0};
    }
    for (unsigned i = 0; i < r->word_count; i++)
        r->words[i] = (dl_term){hash(t->number, draw() % 40), 30, DL_TERM_WORD};
    qsort(r->words, r->word_count, sizeof *r->words, by_hash);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* An archive on its way. */
typedef struct archive {
    dl_story *story;
    tale tale;
    uint64_t article;
    size_t records;
    double spent; /* processor seconds, without what drawing took */
} archive;

static bool fill(archive *a, size_t records)
{
    tale *t = &a->tale;
    while (a->records < records) {
        if (t->articles == 0)
            *t = (tale){.number = t->number + 1,
                        .topic = zipf(TOPICS),
                        .articles = draw() % LONG_TALE ? zipf(8) : zipf(STORY_MOST),
                        .acts = 2 + (uint32_t)(draw() % 4),
                        .day = (int32_t)(a->records / RECORDS_A_DAY)};
        dl_sketch sketch;
        dl_report reports[2 * RECORDS_AN_ARTICLE];
        unsigned count = 1 + (unsigned)(draw() % (2 * RECORDS_AN_ARTICLE - 1));
        draw_sketch(t, ++a->article, &sketch);
        for (unsigned i = 0; i < count; i++)
            draw_report(t, &sketch, i, &reports[i]);
        double start = seconds();
        if (!dl_story_add(a->story, &sketch, reports, count))
            return false;
        a->spent += seconds() - start;
        a->records += count;
        t->articles--;
    }
    return true;
}

/* Processor seconds of one run; below 0 where memory has run out. */
static double resolve(dl_story *story, bool all)
{
    double start = seconds();
    return dl_story_resolve(story, all) ? seconds() - start : -1;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Different stories, and the records of the largest. */
static void count_stories(const dl_story *story, size_t *different, size_t *largest)
{
    size_t records = dl_story_records(story), run = 0;
    uint64_t *stories = malloc(records * sizeof *stories);
    dl_report report;
    *different = *largest = 0;
    if (!stories)
        return;
    for (size_t i = 0; i < records; i++)
        dl_story_get(story, i, &report, &stories[i]);
    qsort(stories, records, sizeof *stories, by_value);
    for (size_t i = 0; i < records; i++) {
        run = i > 0 && stories[i] == stories[i - 1] ? run + 1 : 1;
        *different += run == 1;
        *largest = run > *largest ? run : *largest;
    }
    free(stories);
}

/* All at once, then one more day on top. */
static bool measure(const dl_pair_weights *weights, size_t wanted)
{
    archive a = {.story = dl_story_new(weights)};
    state = SEED;
    if (!a.story || !fill(&a, wanted))
        return false;
    size_t records = a.records, different, largest;
    double all = resolve(a.story, true), spent = a.spent + all;
    count_stories(a.story, &different, &largest);
    printf("records %8zu  articles %7zu  stories %7zu  largest %5zu  seconds %6.2f  "
           "microseconds a record %6.2f  bytes a record %4zu",
           records, dl_story_articles(a.story), different, largest, spent,
           spent / (double)records * 1e6, dl_story_bytes(a.story) / records);
    bool good = all >= 0 && fill(&a, records + RECORDS_A_DAY);
    double more = good ? resolve(a.story, false) : -1;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("  a day more %6.2f s  held at most %ld MB\n", more, usage.ru_maxrss / 1024);
    fflush(stdout);
    dl_story_free(a.story);
    return more >= 0;
}

int main(int argc, char **argv)
{
    dl_lexicon *lexicon;
    size_t most = argc > 1 ? strtoul(argv[1], NULL, 10) : MOST;
    if (dl_lexicon_open(DATELINE_BUILD_DATA "/lexicon.en", &lexicon, NULL) != DATELINE_OK)
        return 1;
    dl_pair_weights weights = dl_pair_weights_read(lexicon);
    bool good = true;
    for (size_t records = FIRST; good && records < most; records *= 2)
        good = measure(&weights, records);
    good = good && measure(&weights, most);
    dl_lexicon_close(lexicon);
    return good ? 0 : 1;
}
