/* Numbers and classes of all tokens: one hash look-up a word. */
#include "what/shared.h"

static uint32_t find_word(const dl_frames *frames, dl_string lemma, bool noun)
{
    char lower[DL_ANCHOR_WORD_MAX];
    if (lemma.size > sizeof lower)
        return 0;
    for (size_t i = 0; i < lemma.size; i++)
        lower[i] = (char)(lemma.data[i] >= 'A' && lemma.data[i] <= 'Z'
                              ? lemma.data[i] + ('a' - 'A')
                              : lemma.data[i]);
    dl_string word = {lower, lemma.size};
    return noun ? dl_frames_form(frames, word) : dl_frames_word(frames, word);
}

/* Words of a phrase stand around its key word, which is at `token`. */
static bool phrase_stands(const dl_work *work, const dl_frame_phrase *phrase,
                          int32_t token)
{
    int32_t start = token - phrase->key;
    const dl_sentence *sentence =
        &work->document->sentences[work->tokens[token].sentence];
    if (start < sentence->first || start + phrase->count - 1 > sentence->last)
        return false;
    for (int i = 0; i < phrase->count; i++)
        if (work->words[start + i] != phrase->words[i])
            return false;
    return true;
}

static void add_classes(uint64_t *into, const uint64_t *classes)
{
    for (int i = 0; i < DL_CLASS_WORDS; i++)
        into[i] |= classes[i];
}

bool dl_words_prepare(dl_work *work)
{
    size_t count = work->document->token_count;
    work->words = DL_ARENA_ARRAY(work->document->arena, uint32_t, count);
    work->classes =
        dl_arena_get(work->document->arena, count, sizeof(uint64_t) * DL_CLASS_WORDS);
    work->best = DL_ARENA_ARRAY(work->document->arena, int32_t, count);
    if (!work->words || !work->classes || !work->best)
        return false;
    for (size_t i = 0; i < count; i++) {
        const dl_token *token = &work->tokens[i];
        work->best[i] = -1;
        bool noun = token->upos == DL_UPOS_NOUN;
        work->words[i] =
            token->lemma.size ? find_word(work->frames, token->lemma, noun) : 0;
        if (!work->words[i])
            work->words[i] = find_word(work->frames, token->fold, noun);
    }
    for (size_t i = 0; i < count; i++) {
        const dl_frame_word *word = &work->frames->words[work->words[i]];
        if (!work->words[i])
            continue;
        add_classes(work->classes[i], word->classes);
        for (uint32_t p = 0; p < word->phrase_count; p++) {
            const dl_frame_phrase *phrase =
                &work->frames->phrases[word->first_phrase + p];
            if (phrase_stands(work, phrase, (int32_t)i))
                add_classes(work->classes[i], phrase->classes);
        }
    }
    return true;
}

static bool mention_passes(const dl_frame_class *class, const dl_mention *mention)
{
    for (int i = 0; i < DL_SECTORS_MAX && mention->role.sectors[i]; i++)
        if (class->sectors >> mention->role.sectors[i] & 1)
            return true;
    bool actor = mention->role.code[0] || mention->role.sectors[0];
    return ((class->tests & DL_TEST_PERSON) && mention->type == DL_NAME_PER) ||
           ((class->tests & DL_TEST_ORGANISATION) && mention->type == DL_NAME_ORG) ||
           ((class->tests & DL_TEST_LOCATION) && mention->type == DL_NAME_LOC) ||
           ((class->tests & DL_TEST_COUNTRY) && mention->type == DL_NAME_LOC &&
            mention->role.code[0]) ||
           ((class->tests & DL_TEST_ACTOR) && actor) ||
           ((class->tests & DL_TEST_NGO) && strcmp(mention->role.code, "NGO") == 0);
}

bool dl_token_is(const dl_work *work, int32_t token, int class_number)
{
    if (class_number < 0 || token < 0)
        return false;
    if (dl_class_has(work->classes[token], class_number))
        return true;
    const dl_frame_class *class = &work->frames->classes[class_number];
    int32_t mention = work->tokens[token].mention;
    return (class->sectors || class->tests) && mention >= 0 &&
           mention_passes(class, &work->document->mentions[mention]);
}

bool dl_token_cue(const dl_work *work, int32_t token, dl_cue cue)
{
    return token >= 0 && dl_class_has(work->classes[token], work->what->cues[cue]);
}

int32_t dl_child_cue(const dl_work *work, int32_t token, dl_cue cue)
{
    for (int32_t c = work->tokens[token].first_child; c >= 0;
         c = work->tokens[c].next_sibling)
        if (dl_token_cue(work, c, cue))
            return c;
    return -1;
}
