#include "detail/shared.h"

/* Doubt in the wording. An event is kept in doubt by a word of doubt that hangs on it or
 * on a verb above it in its own clause ("allegedly", "the alleged attack", "unconfirmed
 * reports of an attack"), by a verb of hearsay that governs it ("is believed to have",
 * "appears to have"), and by a conditional of the past without its condition ("would have
 * killed"). */

enum { DOUBT_STEPS = 4 };

static bool is_passive(const dl_document *document, int32_t verb)
{
    for (int32_t c = document->tokens[verb].first_child; c >= 0;
         c = document->tokens[c].next_sibling)
        if (document->tokens[c].deprel == DL_DEPREL_aux_pass ||
            document->tokens[c].deprel == DL_DEPREL_nsubj_pass)
            return true;
    return false;
}

/* A word of doubt that hangs on the token itself. */
static int32_t word_on(const dl_work *work, int32_t token)
{
    const dl_document *document = work->document;
    for (int32_t c = document->tokens[token].first_child; c >= 0;
         c = document->tokens[c].next_sibling) {
        dl_deprel relation = dl_relation_of(document, c);
        if ((relation == DL_DEPREL_advmod || relation == DL_DEPREL_amod) &&
            dl_fold_in(work, work->detail->list.doubt_words, c, NULL))
            return c;
    }
    return -1;
}

static bool conditional(const dl_work *work, int32_t token)
{
    const dl_document *document = work->document;
    for (int32_t c = document->tokens[token].first_child; c >= 0;
         c = document->tokens[c].next_sibling) {
        int32_t mark = dl_relation_of(document, c) == DL_DEPREL_advcl
                           ? dl_tree_child(document, c, DL_DEPREL_mark)
                           : -1;
        if (mark >= 0 && dl_fold_in(work, work->detail->list.conditions, mark, NULL))
            return true;
    }
    return false;
}

/* "would have killed", without "if": the first of its auxiliaries. */
static int32_t conditional_perfect(const dl_work *work, int32_t verb, int32_t *last)
{
    const dl_document *document = work->document;
    int32_t first = -1;
    for (int32_t c = document->tokens[verb].first_child; c >= 0 && c < verb;
         c = document->tokens[c].next_sibling) {
        if (dl_relation_of(document, c) != DL_DEPREL_aux)
            continue;
        if (dl_fold_in(work, work->detail->list.doubt_auxiliaries, c, NULL)) {
            first = c;
        } else if (first >= 0 && c == first + 1 &&
                   document->tokens[c].feats.verb_form == DL_VERB_FORM_INF &&
                   !conditional(work, verb)) {
            *last = c;
            return first;
        }
    }
    return -1;
}

/* The verb above governs the token as hearsay: its first auxiliary, or itself. */
static int32_t hearsay(const dl_work *work, int32_t token, int32_t above)
{
    const dl_document *document = work->document;
    dl_string value;
    dl_deprel relation = dl_relation_of(document, token);
    bool governed = relation == DL_DEPREL_xcomp || relation == DL_DEPREL_ccomp ||
                    relation == DL_DEPREL_csubj;
    if (!governed || !dl_lemma_in(work, work->detail->list.doubt_verbs, above, &value))
        return -1;
    bool passive = is_passive(document, above);
    if (value.size > 0 && !passive)
        return -1;
    int32_t first = passive ? dl_tree_child(document, above, DL_DEPREL_aux) : above;
    return first >= 0 && first < above ? first : above;
}

/* Whether what is doubted of the word above is doubted of this one too: its subject, its
 * object, its infinitive, a second verb of the same subject. */
static bool shares_doubt(const dl_document *document, int32_t token)
{
    switch (dl_relation_of(document, token)) {
    case DL_DEPREL_xcomp:
    case DL_DEPREL_nsubj:
    case DL_DEPREL_obj:
    case DL_DEPREL_csubj:
    case DL_DEPREL_nmod:
        return true;
    case DL_DEPREL_conj:
        return dl_tree_child(document, token, DL_DEPREL_nsubj) < 0;
    default:
        return false;
    }
}

/* Doubt in the source: "according to unconfirmed reports". */
static dl_span doubtful_source(const dl_work *work, const dl_event *event)
{
    for (int i = 0; i < event->claim_count; i++) {
        int32_t speaker = work->document->claims[event->claims[i]].speaker;
        int32_t word =
            speaker < 0 ? -1 : word_on(work, work->document->mentions[speaker].head);
        if (word >= 0)
            return work->document->tokens[word].span;
    }
    return (dl_span){0};
}

void dl_doubt_set(const dl_work *work, dl_event *event)
{
    const dl_document *document = work->document;
    event->doubt = doubtful_source(work, event);
    int32_t token = event->anchor;
    for (int step = 0; step < DOUBT_STEPS && token >= 0; step++) {
        int32_t last = token, first = word_on(work, token);
        if (first >= 0)
            last = first;
        else
            first = conditional_perfect(work, token, &last);
        int32_t above = document->tokens[token].head;
        if (first < 0 && above >= 0) {
            first = hearsay(work, token, above);
            last = above;
        }
        if (first >= 0) {
            event->doubt = dl_document_span(document, first, last);
            return;
        }
        if (!shares_doubt(document, token))
            return;
        token = above;
    }
}
