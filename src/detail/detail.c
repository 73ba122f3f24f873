#include <stdlib.h>

#include "detail/shared.h"

static void find_lists(const dl_lexicon *lexicon, dl_lists *list)
{
    const struct {
        int *number;
        const char *name;
    } names[] = {
        {&list->when_words, "when-words"},
        {&list->when_phrases, "when-phrases"},
        {&list->when_moons, "when-moons"},
        {&list->doubtful, "when-doubtful"},
        {&list->future_auxiliaries, "future-auxiliaries"},
        {&list->future_heads, "future-heads"},
        {&list->future_prepositions, "future-prepositions"},
        {&list->deferrals, "future-deferrals"},
        {&list->count_words, "count-words"},
        {&list->relations, "count-relations"},
        {&list->relations_after, "count-relations-after"},
        {&list->units_before, "count-units-before"},
        {&list->units, "count-units"},
        {&list->unit_parts, "count-unit-parts"},
        {&list->ratios, "count-ratios"},
        {&list->people, "count-people"},
        {&list->cues, "says-cues"},
        {&list->sources, "says-sources"},
        {&list->says_nouns, "says-nouns"},
        {&list->tells, "says-events"},
        {&list->attitudes, "says-attitudes"},
        {&list->attitude_nouns, "says-attitude-nouns"},
        {&list->attitude_adjectives, "says-attitude-adjectives"},
        {&list->carriers, "says-carriers"},
        {&list->owners, "says-owners"},
        {&list->doubt_words, "says-doubt-words"},
        {&list->doubt_verbs, "says-doubt-verbs"},
        {&list->doubt_auxiliaries, "says-doubt-auxiliaries"},
        {&list->conditions, "says-conditions"},
        {&list->size_verbs, "size-verbs"},
        {&list->size_nouns, "size-nouns"},
        {&list->size_leaves, "size-leaves"},
        {&list->size_outcomes, "size-outcomes"},
        {&list->size_acts, "size-acts"},
        {&list->size_within, "size-within"},
        {&list->size_dying, "size-dying"},
        {&list->size_apart, "size-apart"},
        {&list->size_tolls, "size-tolls"},
        {&list->estimates, "count-estimates"},
        {&list->nobody, "count-nobody"},
        {&list->collectives, "count-collectives"},
        {&list->place_words, "place-words"},
        {&list->place_bodies, "place-bodies"},
        {&list->place_doubtful, "place-doubtful"},
        {&list->place_bearers, "place-bearers"},
        {&list->locatives, "where-locatives"},
        {&list->place_prepositions, "where-prepositions"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        *names[i].number = dl_list_find(lexicon, names[i].name);
}

dateline_status dl_detail_open(const dl_lexicon *lexicon, dl_detail **detail,
                               dateline_error *error)
{
    dl_detail *opened = calloc(1, sizeof *opened);
    *detail = NULL;
    if (!opened)
        return dl_error_memory(error);
    opened->lexicon = lexicon;
    find_lists(lexicon, &opened->list);
    *detail = opened;
    return DATELINE_OK;
}

void dl_detail_close(dl_detail *detail)
{
    free(detail);
}

dateline_status dl_detail_run(const dl_detail *detail, dl_document *document,
                              dateline_error *error)
{
    dl_work work = {.detail = detail, .document = document, .told_clock = -1};
    work.anchor = document->date.year > 0 ? document->date : document->dateline_date;
    if (!dl_pieces_init(&work))
        return dl_error_memory(error);
    dl_when_begin(&work);
    for (size_t s = 0; s < document->sentence_count; s++)
        if (!dl_pieces_read(&work, &document->sentences[s]) || !dl_when_sentence(&work) ||
            !dl_howmany_sentence(&work))
            return dl_error_memory(error);
    document->stated_count = document->quantity_count;
    if (!dl_where_run(&work) || !dl_says_run(&work) || !dl_tie_run(&work))
        return dl_error_memory(error);
    dl_sizes_share(&work);
    if (!dl_counts_run(&work))
        return dl_error_memory(error);
    return DATELINE_OK;
}
