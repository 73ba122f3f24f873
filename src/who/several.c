/* One noun for several: "Russian and Ukrainian officials", "the presidents of Chad and
 * Niger". The draft has the first country; each further one gets a draft of its own, with
 * the same head. */
#include "base/base.h"
#include "who/inside.h"

/* What a country named in the phrase adds; last < 0: nothing. */
typedef struct named_country {
    char code[4];
    int32_t last; /* token up to which the words go on */
    dl_string rule;
} named_country;

/* The country that stands at a modifier or complement of the noun, by its draft or, for
 * an adjective behind "and", by the words themselves. */
static named_country country_at(const dl_who_work *work, int32_t token)
{
    named_country found = {.last = -1};
    const dl_draft *draft =
        work->draft_at[token] >= 0 ? &work->drafts[work->draft_at[token]] : NULL;
    dl_word_sense sense;
    if (draft && draft->own_code && (draft->state || !draft->actor)) {
        memcpy(found.code, draft->mention.role.code, sizeof found.code);
        found.rule = draft->mention.rule;
        found.last = draft->mention.last;
    } else if (dl_words_match(work->lexicon, DL_WORDS_DEMONYM, work->document, token,
                              token, -1, &sense)) {
        memcpy(found.code, sense.code, sizeof found.code);
        found.rule = sense.rule;
        found.last = token;
    }
    return found;
}

/* Whether the token may tell which country the noun's people are of. */
static bool tells_country(const dl_who_work *work, int32_t head, int32_t token)
{
    switch (work->document->tokens[token].deprel) {
    case DL_DEPREL_amod:
    case DL_DEPREL_compound:
    case DL_DEPREL_nmod_poss:
    case DL_DEPREL_nmod_desc:
        return token < head;
    case DL_DEPREL_nmod:
        return dl_who_has_case(work, token, DL_WHO_COMPLEMENTS) ||
               dl_who_has_case(work, token, DL_WHO_COUNTRY_PREPOSITIONS);
    default:
        return false;
    }
}

static void add_part(dl_who_work *work, size_t number, const named_country *country,
                     uint8_t part)
{
    if (!dl_arena_grow(work->document->arena, (void **)&work->drafts, work->count,
                       &work->capacity, sizeof *work->drafts)) {
        work->failed = true;
        return;
    }
    dl_draft *draft = &work->drafts[work->count++];
    *draft = work->drafts[number];
    draft->part = part;
    memcpy(draft->mention.role.code, country->code, sizeof country->code);
    if (country->last > draft->mention.last) {
        draft->mention.last = country->last;
        draft->mention.span =
            dl_document_span(work->document, draft->mention.first, draft->mention.last);
    }
}

/* Countries joined to the one at `token` by "and". */
static void add_joined(dl_who_work *work, size_t number, int32_t token)
{
    const dl_token *tokens = work->document->tokens;
    char seen[DL_WHO_PARTS_MAX][4];
    uint8_t parts = 0;
    memcpy(seen[parts++], work->drafts[number].mention.role.code, sizeof *seen);
    for (int32_t c = tokens[token].first_child; c >= 0 && parts < DL_WHO_PARTS_MAX;
         c = tokens[c].next_sibling) {
        if (tokens[c].deprel != DL_DEPREL_conj)
            continue;
        named_country next = country_at(work, c);
        bool known = next.last < 0 || !next.code[0];
        for (int i = 0; i < parts && !known; i++)
            known = memcmp(seen[i], next.code, sizeof *seen) == 0;
        if (known)
            continue;
        memcpy(seen[parts], next.code, sizeof *seen);
        add_part(work, number, &next, parts++);
        if (work->failed)
            return;
    }
}

void dl_who_split(dl_who_work *work)
{
    const dl_token *tokens = work->document->tokens;
    for (size_t i = 0, count = work->count; i < count && !work->failed; i++) {
        const dl_draft *draft = &work->drafts[i];
        int32_t head = draft->mention.head;
        if (!draft->mention.plural || draft->pronoun || !draft->actor ||
            !draft->own_code || draft->name_first >= 0)
            continue;
        for (int32_t c = tokens[head].first_child; c >= 0; c = tokens[c].next_sibling) {
            if (!tells_country(work, head, c))
                continue;
            named_country first = country_at(work, c);
            if (first.last < 0 ||
                memcmp(first.code, draft->mention.role.code, sizeof first.code) != 0)
                continue;
            add_joined(work, i, c);
            break;
        }
    }
}
