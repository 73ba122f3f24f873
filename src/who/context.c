#include "base/base.h"
#include "lexicon/places.h"
#include "who/inside.h"

/* "Police fired on protesters" says no country; the story around it does. In this order:
 * the last mention with the same noun; a place of the same sentence; the country that the
 * article names most so far, else over all. */

enum { SAME_NOUN_SENTENCES = 12, FADE_SENTENCES_MAX = 100 };

typedef dl_who_tally tally;

static void count_code(tally *t, const char code[4], double weight)
{
    size_t i = 0;
    while (i < t->count && memcmp(t->codes[i], code, 4) != 0)
        i++;
    if (i == DL_WHO_CODES_MAX)
        return;
    if (i == t->count) {
        memcpy(t->codes[t->count++], code, 4);
        t->counts[i] = 0;
    }
    t->counts[i] += weight;
}

/* What was said long ago counts less: weights shrink with each sentence. */
static void fade(tally *t, int32_t sentences)
{
    const double share = 0.93;
    for (; sentences > 0; sentences--)
        for (size_t i = 0; i < t->count; i++)
            t->counts[i] *= share;
}

/* The first of those named most; NULL where none is. */
static const char *most_of(const tally *t)
{
    size_t best = 0;
    for (size_t i = 1; i < t->count; i++)
        if (t->counts[i] > t->counts[best])
            best = i;
    return t->count ? t->codes[best] : NULL;
}

static int32_t smaller(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static bool is_country(const dl_who_work *work, const char code[4])
{
    return code[0] && dl_known_find_state(work->lexicon, code) >= 0;
}

static int32_t sentence_of(const dl_who_work *work, const dl_draft *draft)
{
    return work->document->tokens[draft->mention.head].sentence;
}

/* Words from around a lone phrase, as a document of their own. */
static void count_context(const dl_who_work *work, tally *t)
{
    dl_arena *arena = work->document->arena;
    dl_document around = {.arena = arena};
    dl_string text = work->context;
    around.tokens = DL_ARENA_ARRAY(arena, dl_token, DL_WHO_CONTEXT_WORDS);
    for (size_t at = 0; around.tokens && at < text.size;) {
        size_t end = dl_string_find(text, ' ', at);
        size_t stop = end;
        while (stop > at && strchr(",.;:!?)\"'", text.data[stop - 1]))
            stop--;
        if (stop > at && around.token_count < DL_WHO_CONTEXT_WORDS) {
            dl_token *token = &around.tokens[around.token_count++];
            token->form = dl_string_slice(text, at, stop);
            token->fold = dl_utf8_fold(arena, token->form);
        }
        at = end + 1;
    }
    for (size_t i = 0; i < around.token_count; i++) {
        dl_word_sense sense;
        int32_t last = (int32_t)around.token_count - 1;
        dl_names_found found =
            dl_names_match(work->lexicon, &around, (int32_t)i, last, false);
        if (found.tokens) {
            dl_role role = dl_known_get_role(work->lexicon, found.known[0],
                                             work->document->date, NULL);
            if (is_country(work, role.code))
                count_code(t, role.code, 1);
        } else if (dl_words_match(work->lexicon, DL_WORDS_DEMONYM, &around, (int32_t)i,
                                  last, -1, &sense) &&
                   sense.code[0]) {
            count_code(t, sense.code, 1);
        }
    }
}

/* The country that a name of the article says without doubt: that of a state, or of the
 * one place of that name. */
static void count_name(dl_who_work *work, const dl_name *name)
{
    const dl_document *document = work->document;
    dl_names_found found =
        dl_names_match(work->lexicon, document, name->first, name->last, false);
    if (found.tokens) {
        dl_role role =
            dl_known_get_role(work->lexicon, found.known[0], document->date, NULL);
        if (found.count == 1 && is_country(work, role.code))
            count_code(&work->named, role.code, 1);
        return;
    }
    dl_place_names places = {0};
    if (dl_places_match_tokens(work->lexicon, document, name->first, name->last,
                               &places) &&
        places.count == 1)
        count_code(&work->named, dl_places_get(work->lexicon, places.numbers[0]).country,
                   1);
}

void dl_who_name_countries(dl_who_work *work)
{
    for (size_t i = 0; i < work->document->name_count; i++)
        if (work->document->names[i].type == DL_NAME_LOC)
            count_name(work, &work->document->names[i]);
}

double dl_who_share_of(const dl_who_work *work, const char code[4], double *times)
{
    double all = 0;
    *times = 0;
    for (size_t i = 0; i < work->named.count; i++) {
        all += work->named.counts[i];
        if (memcmp(work->named.codes[i], code, 4) == 0)
            *times = work->named.counts[i];
    }
    return *times / (all + 1);
}

static void count_drafts(const dl_who_work *work, tally *t)
{
    for (size_t i = 0; i < work->count; i++)
        if (work->drafts[i].own_code && work->drafts[i].part == 0 &&
            is_country(work, work->drafts[i].mention.role.code))
            count_code(t, work->drafts[i].mention.role.code, 1);
}

/* The code that places of the sentence agree on, NULL where there is none or more. */
static const char *code_of_sentence(const dl_who_work *work, size_t from, bool places)
{
    int32_t sentence = sentence_of(work, &work->drafts[from]);
    const char *code = NULL;
    size_t first = from;
    while (first > 0 && sentence_of(work, &work->drafts[first - 1]) == sentence)
        first--;
    for (size_t i = first;
         i < work->count && sentence_of(work, &work->drafts[i]) == sentence; i++) {
        const dl_draft *draft = &work->drafts[i];
        if (!draft->own_code || (places && !draft->mention.is_place) ||
            !is_country(work, draft->mention.role.code))
            continue;
        if (code && memcmp(code, draft->mention.role.code, 4) != 0)
            return NULL;
        code = draft->mention.role.code;
    }
    return code;
}

/* Bodies that every state has: "the Supreme Court" is that of the country in question. */
static bool is_of_state(uint8_t sector)
{
    return sector == DL_SECTOR_GOV || sector == DL_SECTOR_MIL ||
           sector == DL_SECTOR_COP || sector == DL_SECTOR_JUD ||
           sector == DL_SECTOR_LEG || sector == DL_SECTOR_SPY || sector == DL_SECTOR_PTY;
}

static bool wants_country(const dl_draft *draft)
{
    const dl_mention *m = &draft->mention;
    return draft->actor && draft->has_role && !m->role.code[0] && !m->generic &&
           !draft->pronoun && draft->known < 0 && m->type != DL_NAME_LOC &&
           (m->type != DL_NAME_ORG || is_of_state(m->role.sectors[0]));
}

static const char *find_code(const dl_who_work *work, size_t number, const dl_map *nouns,
                             const tally *so_far, const tally *all)
{
    const dl_draft *draft = &work->drafts[number];
    dl_string lemma = work->document->tokens[draft->mention.head].lemma;
    const uint32_t *before = lemma.size ? dl_map_find(nouns, lemma) : NULL;
    if (before && sentence_of(work, draft) - sentence_of(work, &work->drafts[*before]) <=
                      SAME_NOUN_SENTENCES)
        return work->drafts[*before].mention.role.code;
    const char *code = code_of_sentence(work, number, true);
    if (!code)
        code = code_of_sentence(work, number, false);
    if (!code)
        code = most_of(so_far);
    return code ? code : most_of(all);
}

void dl_who_add_countries(dl_who_work *work)
{
    tally so_far = {0}, all = {0};
    dl_map nouns;
    int32_t sentence = 0;
    if (!dl_map_init(&nouns, work->document->arena, 64)) {
        work->failed = true;
        return;
    }
    if (work->context.size)
        count_context(work, &all);
    if (all.count == 0)
        count_drafts(work, &all);
    for (size_t i = 0; i < work->count && !work->failed; i++) {
        dl_draft *draft = &work->drafts[i];
        dl_mention *m = &draft->mention;
        dl_string lemma = work->document->tokens[m->head].lemma;
        const char *topic = most_of(&so_far);
        fade(&so_far, smaller(sentence_of(work, draft) - sentence, FADE_SENTENCES_MAX));
        sentence = sentence_of(work, draft);
        if (topic)
            memcpy(draft->topic, topic, sizeof draft->topic);
        const char *code =
            wants_country(draft) ? find_code(work, i, &nouns, &so_far, &all) : NULL;
        if (code)
            memcpy(m->role.code, code, 4);
        else if (draft->own_code && draft->part == 0 && is_country(work, m->role.code))
            count_code(&so_far, m->role.code, m->is_place ? 1 : 2);
        if (m->role.code[0] && draft->has_role && m->via == DL_VIA_NOMINAL &&
            lemma.size) {
            uint32_t *slot = dl_map_add(&nouns, lemma, (uint32_t)i, NULL);
            if (slot)
                *slot = (uint32_t)i;
            work->failed |= !slot;
        }
    }
}
