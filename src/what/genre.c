/* Whether a sentence tells of a game, a story or a market rather than of politics: by
 * cues of those worlds in it, in the sentences beside it and in the article. */
#include "what/shared.h"

enum {
    ENOUGH_ALONE = 2,    /* different cues in the sentence */
    ENOUGH_AROUND = 3,   /* in it and its neighbours, where it has one itself */
    ARTICLE_CUES_MIN = 4 /* of an article that is of that world as a whole */
};

static const dl_cue genres[DL_GENRES] = {DL_CUE_sport, DL_CUE_fiction, DL_CUE_market};

/* Different cue words among the tokens from first to last. */
static uint16_t count_cues(const dl_work *work, dl_cue cue, int32_t first, int32_t last)
{
    uint16_t count = 0;
    for (int32_t t = first; t <= last; t++) {
        bool fresh = dl_token_cue(work, t, cue);
        for (int32_t k = first; k < t && fresh; k++)
            fresh = work->words[k] != work->words[t] || !work->words[t];
        count = (uint16_t)(count + fresh);
    }
    return count;
}

bool dl_genre_prepare(dl_work *work)
{
    const dl_document *document = work->document;
    work->cues =
        dl_arena_get(document->arena, document->sentence_count + 1, sizeof *work->cues);
    if (!work->cues)
        return false;
    memset(work->whole, 0, sizeof work->whole);
    for (size_t s = 0; s < document->sentence_count; s++)
        for (int g = 0; g < DL_GENRES; g++) {
            const dl_sentence *sentence = &document->sentences[s];
            work->cues[s][g] =
                count_cues(work, genres[g], sentence->first, sentence->last);
            work->whole[g] += work->cues[s][g];
        }
    return true;
}

bool dl_genre_silences(const dl_work *work, int32_t sentence)
{
    int32_t count = (int32_t)work->document->sentence_count;
    for (int g = 0; g < DL_GENRES; g++) {
        uint32_t own = work->cues[sentence][g], around = own;
        if (sentence > 0)
            around += work->cues[sentence - 1][g];
        if (sentence + 1 < count)
            around += work->cues[sentence + 1][g];
        bool article =
            work->whole[g] >= ARTICLE_CUES_MIN && 2 * work->whole[g] >= (uint32_t)count;
        if (own >= ENOUGH_ALONE || (own > 0 && around >= ENOUGH_AROUND) || article)
            return true;
    }
    return false;
}
