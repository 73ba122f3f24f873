/* What the trainer sees: the features of pairs of records, as the merger computes them.
 *
 *     features ARTICLES.jsonl > pairs.tsv
 *
 * First a line a record: "record", its id, its article's id, the bytes at which the act's
 * word starts and ends. Then one a pair of records whose articles share anything, or that
 * stand in one: their ids, then the features in the order of story/pair.h. */
#include <stdio.h>
#include <stdlib.h>

#include "pipeline.h"
#include "story/describe.h"
#include "story/pair.h"
#include "write/write.h"

/* As `articles` in story/weights.txt. */
static const float TERMS_LEAST = 0.15F;

typedef struct entry {
    dl_sketch sketch;
    dl_report *reports;
    size_t count;
    char *id;
} entry;

static entry describe(dateline_worker *worker, const dl_describer *describer)
{
    const dl_document *d = dl_worker_coded(worker);
    entry e = {.reports = calloc(d->event_count + 1, sizeof(dl_report)),
               .count = d->event_count,
               .id = strndup(d->id.data, d->id.size)};
    dl_describe(describer, d, &e.sketch, e.reports);
    for (size_t i = 0; i < e.count; i++) {
        char id[17];
        dl_write_event_id(d, &d->events[i], id);
        e.reports[i].id = strtoull(id, NULL, 16);
        dl_span act = d->tokens[d->events[i].anchor].span;
        printf("record\t%s\t%s\t%u\t%u\n", id, e.id, act.start, act.end);
    }
    return e;
}

static void print_pairs(const entry *a, const entry *b)
{
    float features[DL_FEATURES];
    dl_alike alike = dl_pair_articles(&a->sketch, &b->sketch);
    if (alike.terms < TERMS_LEAST)
        return;
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = a == b ? i + 1 : 0; j < b->count; j++) {
            dl_pair_features(&alike, &a->reports[i], &b->reports[j], features);
            printf("%016llx\t%016llx", (unsigned long long)a->reports[i].id,
                   (unsigned long long)b->reports[j].id);
            for (int k = 0; k < DL_FEATURES; k++)
                printf("\t%.3g", (double)features[k]);
            putchar('\n');
        }
}

int main(int argc, char **argv)
{
    enum { ARTICLES_MAX = 100000 };
    dateline_engine *engine;
    dateline_worker *worker;
    dateline_reader *reader;
    dateline_article article;
    entry *entries = calloc(ARTICLES_MAX, sizeof *entries);
    size_t count = 0;
    if (argc != 2 || !entries ||
        dateline_engine_open(NULL, &engine, NULL) != DATELINE_OK ||
        dateline_worker_new(engine, &worker, NULL) != DATELINE_OK ||
        dateline_reader_open(argv[1], DATELINE_INPUT_JSONL, NULL, &reader, NULL) !=
            DATELINE_OK)
        return 1;
    dl_describer describer =
        dl_describer_open(dl_worker_lexicon(worker), dl_worker_vectors(worker));
    while (count < ARTICLES_MAX &&
           dateline_reader_next(reader, &article, NULL) == DATELINE_OK)
        if (dateline_worker_code(worker, &article, NULL) == DATELINE_OK)
            entries[count++] = describe(worker, &describer);
    printf("pair\t");
    for (int k = 0; k < DL_FEATURES; k++)
        printf("\t%s", dl_feature_name((dl_feature)k));
    putchar('\n');
    for (size_t i = 0; i < count; i++)
        for (size_t j = i; j < count; j++)
            print_pairs(&entries[i], &entries[j]);
    return 0;
}
