#include <stdlib.h>

#include "base/base.h"
#include "who/inside.h"

/* ---- Opening -------------------------------------------------------------------------
 */

static const char *const list_names[DL_WHO_LISTS] = {
    [DL_WHO_OFFICES] = "office-nouns",
    [DL_WHO_GROUPS] = "group-nouns",
    [DL_WHO_PERSONS] = "person-nouns",
    [DL_WHO_PREDECESSORS] = "predecessor-nouns",
    [DL_WHO_FAMILY] = "family-nouns",
    [DL_WHO_HE] = "pronouns-male",
    [DL_WHO_SHE] = "pronouns-female",
    [DL_WHO_IT] = "pronouns-neuter",
    [DL_WHO_THEY] = "pronouns-plural",
    [DL_WHO_I] = "first-person-singular",
    [DL_WHO_WE] = "first-person-plural",
    [DL_WHO_YOU] = "second-person",
    [DL_WHO_INDEFINITE] = "indefinite-pronouns",
    [DL_WHO_MALE_NOUNS] = "male-nouns",
    [DL_WHO_FEMALE_NOUNS] = "female-nouns",
    [DL_WHO_MALE_NAMES] = "given-names-male",
    [DL_WHO_FEMALE_NAMES] = "given-names-female",
    [DL_WHO_COMPLEMENTS] = "complement-prepositions",
    [DL_WHO_COUNTRY_PREPOSITIONS] = "country-prepositions",
    [DL_WHO_PLACE_PREPOSITIONS] = "place-prepositions",
    [DL_WHO_DIRECTIONS] = "direction-prepositions",
    [DL_WHO_HOLDERS] = "holder-nouns",
    [DL_WHO_COUNTING] = "counting-nouns",
    [DL_WHO_GENERIC] = "generic-determiners",
    [DL_WHO_COUNTRY_NOUNS] = "country-nouns",
    [DL_WHO_FORMER_HOLDERS] = "holder-before-nouns",
    [DL_WHO_STATE_NOUNS] = "state-nouns",
    [DL_WHO_FORCES] = "state-force-nouns",
    [DL_WHO_COLLECTIVES] = "collective-nouns",
    [DL_WHO_ORGANISATION_NOUNS] = "organisation-nouns",
    [DL_WHO_COMPANY_FORMS] = "company-forms",
    [DL_WHO_LATTER] = "latter-word",
    [DL_WHO_FORMER] = "former-word",
};

dateline_status dl_who_open(const dl_lexicon *lexicon, dl_who **who,
                            dateline_error *error)
{
    dl_who *opened = calloc(1, sizeof *opened);
    if (!opened)
        return dl_error_memory(error);
    opened->lexicon = lexicon;
    for (size_t i = 0; i < DL_WHO_LISTS; i++)
        opened->lists[i] = dl_list_find(lexicon, list_names[i]);
    *who = opened;
    return DATELINE_OK;
}

void dl_who_close(dl_who *who)
{
    free(who);
}

bool dl_who_in_list(const dl_who_work *work, dl_who_list list, dl_string word)
{
    return word.size && dl_list_has(work->lexicon, work->who->lists[list], word, NULL);
}

bool dl_who_token_in(const dl_who_work *work, dl_who_list list, int32_t token)
{
    const dl_token *t = &work->document->tokens[token];
    return dl_who_in_list(work, list, t->fold) || dl_who_in_list(work, list, t->lemma);
}

bool dl_who_has_case(const dl_who_work *work, int32_t token, dl_who_list list)
{
    const dl_token *tokens = work->document->tokens;
    for (int32_t c = tokens[token].first_child; c >= 0; c = tokens[c].next_sibling)
        if (dl_deprel_universal(tokens[c].deprel) == DL_DEPREL_case_ &&
            dl_who_in_list(work, list, tokens[c].fold))
            return true;
    return false;
}

/* ---- Running -------------------------------------------------------------------------
 */

static bool start_work(dl_who_work *work, const dl_who *who, dl_document *document)
{
    *work = (dl_who_work){.who = who, .lexicon = who->lexicon, .document = document};
    work->draft_at = DL_ARENA_ARRAY(document->arena, int32_t, document->token_count);
    if (!work->draft_at)
        return false;
    for (size_t i = 0; i < document->token_count; i++) {
        work->draft_at[i] = -1;
        document->tokens[i].mention = -1;
    }
    return true;
}

/* Hands the drafts over as the document's mentions. */
static void finish(dl_who_work *work)
{
    dl_document *document = work->document;
    dl_mention *mentions = DL_ARENA_ARRAY(document->arena, dl_mention, work->count);
    if (!mentions) {
        work->failed = true;
        return;
    }
    for (size_t i = 0; i < work->count; i++) {
        mentions[i] = work->drafts[i].mention;
        document->tokens[mentions[i].head].mention = (int32_t)i;
    }
    document->mentions = mentions;
    document->mention_count = work->count;
}

static dateline_status run(const dl_who *who, dl_document *document, dl_string context,
                           bool lone, dateline_error *error)
{
    dl_who_work work;
    document->mention_count = 0;
    document->entity_count = 0;
    if (!start_work(&work, who, document))
        return dl_error_memory(error);
    work.context = context;
    work.lone = lone;
    if (!lone)
        dl_who_know_names(&work);
    dl_who_name_countries(&work);
    dl_who_collect(&work);
    for (size_t i = work.count; i > 0 && !work.failed; i--)
        dl_who_code(&work, &work.drafts[i - 1]);
    if (!work.failed)
        dl_who_split(&work);
    if (!work.failed)
        dl_who_sift(&work);
    if (!work.failed)
        dl_who_add_countries(&work);
    if (!work.failed)
        dl_who_refer(&work);
    if (!work.failed)
        finish(&work);
    return work.failed ? dl_error_memory(error) : DATELINE_OK;
}

dateline_status dl_who_run(const dl_who *who, dl_document *document,
                           dateline_error *error)
{
    return run(who, document, (dl_string){0}, false, error);
}

/* ---- One phrase ----------------------------------------------------------------------
 */

/* Makes the whole document one noun phrase headed by its last token; tokens before
 * `first` are determiners. */
static void flatten(dl_document *document, int32_t first, dl_upos upos)
{
    int32_t last = (int32_t)document->token_count - 1;
    for (int32_t i = 0; i <= last; i++) {
        dl_token *token = &document->tokens[i];
        token->head = i == last ? -1 : last;
        token->sentence = 0;
        if (i < first)
            token->deprel = DL_DEPREL_det;
        else if (token->upos == DL_UPOS_ADJ)
            token->deprel = DL_DEPREL_amod;
        else
            token->deprel = DL_DEPREL_compound;
    }
    document->tokens[last].deprel = DL_DEPREL_root;
    if (document->tokens[last].upos != DL_UPOS_PROPN)
        document->tokens[last].upos = (uint8_t)upos;
    document->sentence_count = 1;
    document->sentences[0].first = 0;
    document->sentences[0].last = last;
    document->sentences[0].root = last;
    dl_document_link(document);
}

static bool is_chain_word(const dl_token *token)
{
    switch (token->upos) {
    case DL_UPOS_ADP:
    case DL_UPOS_SCONJ:
    case DL_UPOS_CCONJ:
    case DL_UPOS_PUNCT:
    case DL_UPOS_PART:
    case DL_UPOS_PRON:
    case DL_UPOS_AUX:
        return false;
    default:
        return true;
    }
}

/* A lone phrase is easy to misread as a clause. One name (behind a determiner perhaps) is
 * one noun phrase whatever the parser made of it, and so is a row of words with nothing
 * that joins phrases, whose last word is its head. */
static void flatten_phrase(const dl_who *who, dl_document *document)
{
    int32_t last = (int32_t)document->token_count - 1, determiners = 0;
    for (int32_t first = 0; first <= last && first < 2; first++) {
        dl_names_found found = dl_names_match(who->lexicon, document, first, last, true);
        if (found.tokens == (size_t)(last - first + 1)) {
            flatten(document, first, DL_UPOS_PROPN);
            return;
        }
    }
    for (int32_t i = 0; i <= last; i++) {
        if (!is_chain_word(&document->tokens[i]))
            return;
        determiners += document->tokens[i].upos == DL_UPOS_DET;
    }
    bool named = document->name_count && document->names[0].first == determiners &&
                 document->names[0].last == last;
    if (document->tokens[last].head >= 0 && !named)
        flatten(document, determiners, DL_UPOS_NOUN);
}

/* The mention that says most about the whole: that of the root, else the longest that is
 * coded, else the longest. */
static int32_t choose(const dl_document *document)
{
    int32_t best = -1;
    int64_t best_score = -1;
    for (size_t i = 0; i < document->mention_count; i++) {
        const dl_mention *m = &document->mentions[i];
        bool coded = m->role.code[0] || m->role.sectors[0];
        bool root = document->tokens[m->head].head < 0;
        int64_t score =
            (coded ? 1 << 20 : 0) + (root ? 1 << 19 : 0) + (m->last - m->first);
        if (score > best_score) {
            best_score = score;
            best = (int32_t)i;
        }
    }
    return best;
}

/* A mention of all words that says nothing. */
static int32_t add_plain(dl_document *document)
{
    dl_mention *mention = DL_ARENA_ARRAY(document->arena, dl_mention, 1);
    if (!mention)
        return -1;
    int32_t last = (int32_t)document->token_count - 1;
    *mention = (dl_mention){.span = dl_document_span(document, 0, last),
                            .last = last,
                            .head = last,
                            .entity = -1,
                            .via = DL_VIA_NOMINAL};
    document->mentions = mention;
    document->mention_count = 1;
    return 0;
}

dateline_status dl_who_code_phrase(const dl_who *who, dl_document *document,
                                   dl_string context, int32_t *mention,
                                   dateline_error *error)
{
    *mention = -1;
    if (document->token_count == 0)
        return DATELINE_OK;
    flatten_phrase(who, document);
    dateline_status status = run(who, document, context, true, error);
    if (status != DATELINE_OK)
        return status;
    *mention = choose(document);
    if (*mention < 0)
        *mention = add_plain(document);
    return *mention < 0 ? dl_error_memory(error) : DATELINE_OK;
}
