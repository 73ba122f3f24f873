#include <math.h>
#include <stdlib.h>

#include "story/pair.h"

/* ---- Weights -------------------------------------------------------------------------
 */

static const char *const names[DL_FEATURES] = {
#define X(id, name, text) name,
    DL_FEATURE_LIST(X)
#undef X
};

static const char *const texts[DL_FEATURES] = {
#define X(id, name, text) text,
    DL_FEATURE_LIST(X)
#undef X
};

const char *dl_feature_name(dl_feature feature)
{
    return names[feature];
}

const char *dl_feature_text(dl_feature feature)
{
    return texts[feature];
}

/* The number behind a phrase of a list; `otherwise` where there is none. */
static float read_number(const dl_lexicon *lexicon, int list, const char *name,
                         float otherwise)
{
    dl_string words[DL_PHRASE_WORDS_MAX], text = dl_string_from(name);
    size_t count = 0;
    dl_entry entry;
    double value;
    for (size_t at = 0; at < text.size && count < DL_PHRASE_WORDS_MAX;) {
        size_t end = dl_string_find(text, ' ', at);
        words[count++] = dl_string_slice(text, at, end);
        at = end + 1;
    }
    bool found = list >= 0 && dl_list_match(lexicon, list, words, count, &entry) == count;
    return found && dl_string_to_double(entry.value, &value) ? (float)value : otherwise;
}

dl_pair_weights dl_pair_weights_read(const dl_lexicon *lexicon)
{
    dl_pair_weights out = {0};
    int weights = dl_list_find(lexicon, "story-weights");
    int limits = dl_list_find(lexicon, "story-limits");
    for (int i = 0; i < DL_FEATURES; i++)
        out.weights[i] = read_number(lexicon, weights, names[i], 0);
    out.join = read_number(lexicon, limits, "join", 0);
    out.consider = read_number(lexicon, limits, "consider", 0);
    out.articles = read_number(lexicon, limits, "articles", 1);
    out.copy = read_number(lexicon, limits, "copy", 1);
    out.days = (int32_t)read_number(lexicon, limits, "days", 0);
    return out;
}

/* ---- Articles ------------------------------------------------------------------------
 */

/* Cosines over all terms, names and numbers at once. */
typedef struct product {
    float both[3], one[3], other[3]; /* all, names, numbers */
} product;

static void square(const dl_term *terms, size_t count, float *sums)
{
    for (size_t i = 0; i < count; i++) {
        float value = (float)terms[i].weight * (float)terms[i].weight;
        sums[0] += value;
        if (terms[i].kind != DL_TERM_WORD)
            sums[terms[i].kind] += value;
    }
}

static void multiply(const dl_term *a, size_t a_count, const dl_term *b, size_t b_count,
                     float *sums)
{
    for (size_t i = 0, j = 0; i < a_count && j < b_count;) {
        if (a[i].hash != b[j].hash) {
            if (a[i].hash < b[j].hash)
                i++;
            else
                j++;
            continue;
        }
        float value = (float)a[i].weight * (float)b[j].weight;
        sums[0] += value;
        if (a[i].kind == b[j].kind && a[i].kind != DL_TERM_WORD)
            sums[a[i].kind] += value;
        i++;
        j++;
    }
}

static float cosine(float both, float one, float other)
{
    return both > 0 ? both / sqrtf(one * other) : 0;
}

/* Share of the shorter text's shingles that the longer one has, from the estimate of
 * Jaccard's coefficient: |A and B| = J / (1 + J) (|A| + |B|). */
static float contained(const dl_sketch *a, const dl_sketch *b)
{
    size_t equal = 0;
    if (!a->shingles || !b->shingles)
        return 0;
    for (size_t i = 0; i < DL_SKETCH_BINS; i++)
        equal += a->bins[i] == b->bins[i];
    float jaccard = (float)equal / DL_SKETCH_BINS;
    uint32_t shorter = a->shingles < b->shingles ? a->shingles : b->shingles;
    float share =
        jaccard / (1 + jaccard) * (float)(a->shingles + b->shingles) / (float)shorter;
    return share < 1 ? share : 1;
}

static bool has_term(const dl_sketch *sketch, uint32_t hash)
{
    size_t low = 0, high = sketch->term_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (sketch->terms[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sketch->term_count && sketch->terms[low].hash == hash;
}

dl_alike dl_pair_articles(const dl_sketch *a, const dl_sketch *b)
{
    product p = {0};
    square(a->terms, a->term_count, p.one);
    square(b->terms, b->term_count, p.other);
    multiply(a->terms, a->term_count, b->terms, b->term_count, p.both);
    dl_alike out = {.terms = cosine(p.both[0], p.one[0], p.other[0]),
                    .names = cosine(p.both[1], p.one[1], p.other[1]),
                    .copy = contained(a, b),
                    .days = -1,
                    .same = a->article == b->article,
                    .a = a,
                    .b = b};
    if (a->day != DL_NO_DAY && b->day != DL_NO_DAY)
        out.days = abs(a->day - b->day);
    return out;
}

/* ---- Records -------------------------------------------------------------------------
 */

static float likeness(const dl_report *a, const dl_report *b)
{
    const double pi = 3.14159265358979323846, planes = 128;
    if (!(a->likeness[0] | a->likeness[1]) || !(b->likeness[0] | b->likeness[1]))
        return 0;
    int apart = __builtin_popcountll(a->likeness[0] ^ b->likeness[0]) +
                __builtin_popcountll(a->likeness[1] ^ b->likeness[1]);
    float value = (float)cos(pi * apart / planes);
    return value > 0 ? value : 0;
}

static void compare_acts(const dl_report *a, const dl_report *b, float *f)
{
    bool category = a->category == b->category;
    f[DL_FEATURE_SAME_ACT] = a->act == b->act;
    if (a->act != b->act)
        f[DL_FEATURE_LIKE_ACT] = likeness(a, b);
    f[DL_FEATURE_SAME_CATEGORY] = category;
    f[DL_FEATURE_SAME_MODE] = category && a->mode && a->mode == b->mode;
    f[DL_FEATURE_OTHER_MODE] = category && a->mode && b->mode && a->mode != b->mode;
    f[DL_FEATURE_SAME_STATUS] = a->status == b->status;
    f[DL_FEATURE_SAME_SENTENCE] =
        a->sentence_hash == b->sentence_hash && a->act == b->act && category;
}

static bool is_same_party(const dl_report_party *a, const dl_report_party *b)
{
    if (a->name && a->name == b->name)
        return true;
    if (a->named && b->named)
        return a->word == b->word;
    return a->code && a->code == b->code && a->sector && a->sector == b->sector;
}

/* 1 where a party of `a` is one of `b`, both with `actor` as given; -1 where both have
 * named ones and none is; else 0. */
static int compare_side(const dl_report *a, const dl_report *b, bool actor)
{
    bool known_a = false, known_b = false;
    for (size_t i = 0; i < a->party_count; i++) {
        if (a->parties[i].actor != actor)
            continue;
        known_a |= a->parties[i].named;
        known_b = false;
        for (size_t j = 0; j < b->party_count; j++) {
            if (b->parties[j].actor != actor)
                continue;
            if (is_same_party(&a->parties[i], &b->parties[j]))
                return 1;
            known_b |= b->parties[j].named;
        }
    }
    return known_a && known_b ? -1 : 0;
}

/* 1 where both have one and the same person as a party; -1 where both have persons as
 * parties of one side, and none of them is the same; else 0. */
static int compare_persons(const dl_report *a, const dl_report *b)
{
    bool beside = false;
    for (size_t i = 0; i < a->party_count; i++)
        for (size_t j = 0; j < b->party_count; j++) {
            if (!a->parties[i].person || !b->parties[j].person)
                continue;
            if (a->parties[i].word == b->parties[j].word)
                return 1;
            beside |= a->parties[i].actor == b->parties[j].actor;
        }
    return beside ? -1 : 0;
}

static void compare_parties(const dl_report *a, const dl_report *b, float *f)
{
    int actor = compare_side(a, b, true), recipient = compare_side(a, b, false);
    f[DL_FEATURE_SAME_ACTOR] = actor > 0;
    f[DL_FEATURE_OTHER_ACTOR] = actor < 0;
    f[DL_FEATURE_SAME_RECIPIENT] = recipient > 0;
    f[DL_FEATURE_OTHER_RECIPIENT] = recipient < 0;
    int person = compare_persons(a, b);
    f[DL_FEATURE_SAME_PERSON] = person > 0;
    f[DL_FEATURE_OTHER_PERSON] = person < 0;
}

/* 1 where two counts in like places are the same, -1 where there are some and none is. */
static int compare_counts(const dl_report *a, const dl_report *b)
{
    bool beside = false;
    for (size_t i = 0; i < a->argument_count; i++)
        for (size_t j = 0; j < b->argument_count; j++) {
            const dl_report_argument *x = &a->arguments[i], *y = &b->arguments[j];
            if (x->count <= 1 || y->count <= 1 || x->role != y->role)
                continue;
            if (x->count == y->count)
                return 1;
            beside = true;
        }
    return beside ? -1 : 0;
}

static void compare_arguments(const dl_report *a, const dl_report *b, float *f)
{
    float shared = 0, sum_a = 0, sum_b = 0;
    for (size_t j = 0; j < b->argument_count; j++)
        sum_b += b->arguments[j].weight;
    for (size_t i = 0; i < a->argument_count; i++) {
        const dl_report_argument *x = &a->arguments[i];
        bool found = false;
        sum_a += x->weight;
        for (size_t j = 0; j < b->argument_count; j++)
            found |= x->word == b->arguments[j].word;
        shared += found ? x->weight : 0;
    }
    float less = sum_a < sum_b ? sum_a : sum_b;
    f[DL_FEATURE_SAME_COUNT] = compare_counts(a, b) > 0;
    f[DL_FEATURE_OTHER_COUNT] = compare_counts(a, b) < 0;
    f[DL_FEATURE_ARGUMENTS] = less > 0 && shared > 0 ? fminf(shared / less, 1) : 0;
}

/* Share of the names in a record's sentence that another article lacks. */
static float foreign_names(const dl_report *r, const dl_sketch *other)
{
    float all = 0, foreign = 0;
    for (size_t i = 0; i < r->word_count; i++) {
        if (r->words[i].kind != DL_TERM_NAME)
            continue;
        all += r->words[i].weight;
        foreign += has_term(other, r->words[i].hash) ? 0 : r->words[i].weight;
    }
    return all > 0 ? foreign / all : 0;
}

static float foreign_arguments(const dl_report *r, const dl_sketch *other)
{
    float all = 0, foreign = 0;
    for (size_t i = 0; i < r->argument_count; i++) {
        all += r->arguments[i].weight;
        foreign += has_term(other, r->arguments[i].word) ? 0 : r->arguments[i].weight;
    }
    return all > 0 ? foreign / all : 0;
}

static void compare_foreign(const dl_alike *alike, const dl_report *a, const dl_report *b,
                            float *f)
{
    if (alike->same)
        return;
    f[DL_FEATURE_FOREIGN_NAMES] =
        (foreign_names(a, alike->b) + foreign_names(b, alike->a)) / 2;
    f[DL_FEATURE_FOREIGN_ARGUMENTS] =
        (foreign_arguments(a, alike->b) + foreign_arguments(b, alike->a)) / 2;
}

/* One place may be the country or region that the other lies in; two points count as one
 * where they are near. */
static void compare_places(const dl_report *a, const dl_report *b, float *f)
{
    const float near_degrees = 30; /* hundredths: some 30 km */
    if (!a->place || !b->place)
        return;
    if (a->place == b->place) {
        f[DL_FEATURE_SAME_PLACE] = 1;
        return;
    }
    bool wide = !a->located || !b->located || a->precision == DL_PRECISION_COUNTRY ||
                b->precision == DL_PRECISION_COUNTRY;
    if (a->country && b->country && a->country != b->country) {
        f[DL_FEATURE_OTHER_PLACE] = 1;
    } else if (!wide) {
        float north = (float)(a->latitude - b->latitude);
        float east = (float)(a->longitude - b->longitude);
        bool near = north * north + east * east < near_degrees * near_degrees;
        bool region =
            (a->precision == DL_PRECISION_ADMIN || b->precision == DL_PRECISION_ADMIN) &&
            a->region && a->region == b->region;
        f[DL_FEATURE_SAME_PLACE] = near;
        f[DL_FEATURE_OTHER_PLACE] = !near && !region;
    }
}

/* Counts that say the same within a tenth, or whose relations allow both. */
static bool agree(const dl_report_size *a, const dl_report_size *b)
{
    const float tenth = 0.1F;
    float more = fmaxf(a->value, b->value), less = fminf(a->value, b->value);
    if (more - less <= tenth * more)
        return true;
    const dl_report_size *low = a->value < b->value ? a : b;
    return low->relation == DL_MORE || low->relation == DL_AT_LEAST ||
           (low->relation == DL_BETWEEN && low->high >= more);
}

static void compare_sizes(const dl_report *a, const dl_report *b, float *f)
{
    for (size_t i = 0; i < a->size_count; i++)
        for (size_t j = 0; j < b->size_count; j++)
            if (a->sizes[i].kind == b->sizes[j].kind)
                f[agree(&a->sizes[i], &b->sizes[j]) ? DL_FEATURE_SAME_SIZE
                                                    : DL_FEATURE_OTHER_SIZE] = 1;
}

/* What the text dates (stated, relative) counts as it is; where the day of publication
 * stands in for one, or for both, it may be a day or two late. */
static void compare_days(const dl_alike *alike, const dl_report *a, const dl_report *b,
                         float *f)
{
    const float fifth = 0.2F;
    if (alike->days >= 0 && !alike->same) {
        f[DL_FEATURE_SAME_WEEK] = alike->days <= 1;
        f[DL_FEATURE_DAYS_APART] =
            alike->days > 1 ? fminf(fifth * (float)alike->days, 4) : 0;
    }
    if (a->first_day == DL_NO_DAY || b->first_day == DL_NO_DAY)
        return;
    int32_t gap = a->first_day > b->last_day   ? a->first_day - b->last_day
                  : b->first_day > a->last_day ? b->first_day - a->last_day
                                               : 0;
    bool told = a->basis != DL_BASIS_PUBLICATION && b->basis != DL_BASIS_PUBLICATION;
    bool whole = a->first_day == a->last_day && b->first_day == b->last_day;
    bool guessed = a->basis == DL_BASIS_PUBLICATION && b->basis == DL_BASIS_PUBLICATION;
    if (guessed)
        return;
    f[DL_FEATURE_SAME_DAY] = gap == 0 && whole;
    f[DL_FEATURE_NEXT_DAY] = gap == 1;
    f[DL_FEATURE_OTHER_DAY] = gap > (told ? 1 : 2);
}

void dl_pair_features(const dl_alike *alike, const dl_report *a, const dl_report *b,
                      float *f)
{
    for (size_t i = 0; i < DL_FEATURES; i++)
        f[i] = 0;
    f[DL_FEATURE_BIAS] = 1;
    f[DL_FEATURE_SAME_ARTICLE] = alike->same;
    if (!alike->same) {
        f[DL_FEATURE_NAMES] = alike->names;
    }
    compare_acts(a, b, f);
    compare_parties(a, b, f);
    compare_arguments(a, b, f);
    compare_foreign(alike, a, b, f);
    compare_places(a, b, f);
    compare_sizes(a, b, f);
    compare_days(alike, a, b, f);
    float terms = alike->same ? 0 : alike->terms;
    f[DL_FEATURE_COPY] = alike->same ? 0 : alike->copy;
    f[DL_FEATURE_ACT_AND_TERMS] = f[DL_FEATURE_SAME_ACT] * terms;
    f[DL_FEATURE_CATEGORY_AND_TERMS] = f[DL_FEATURE_SAME_CATEGORY] * terms;
}

float dl_pair_score(const dl_pair_weights *weights, const float *features)
{
    float sum = 0;
    for (size_t i = 0; i < DL_FEATURES; i++)
        sum += weights->weights[i] * features[i];
    return sum;
}
