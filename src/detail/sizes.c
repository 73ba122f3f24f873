#include "detail/shared.h"

/* How many: the quantity that an event's frame points at, and counts of the dead and the
 * hurt in clauses that hang on the event. */

static const char *const size_names[DL_SIZES] = {
    "dead", "injured", "arrested", "missing", "displaced", "participants", "troops"};

static int size_kind(dl_string name)
{
    for (int k = 0; k < DL_SIZES; k++)
        if (dl_string_equal(name, dl_string_from(size_names[k])))
            return k;
    return -1;
}

/* First quantity of the sentence or behind it. */
static size_t first_quantity(const dl_document *document, int32_t token)
{
    return dl_first_ending(document->quantities, document->quantity_count,
                           sizeof(dl_quantity), offsetof(dl_quantity, last), token);
}

static bool of_people(const dl_quantity *q)
{
    return q->unit.size == 0 || dl_string_equal(q->unit, DL_STRING("person"));
}

/* The quantity that counts the token: its noun, or the token itself is the number. */
static int32_t quantity_of(const dl_document *document, int32_t token)
{
    const dl_sentence *sentence = &document->sentences[document->tokens[token].sentence];
    for (size_t k = first_quantity(document, sentence->first);
         k < document->quantity_count && document->quantities[k].first <= sentence->last;
         k++) {
        const dl_quantity *q = &document->quantities[k];
        if ((q->counted == token || (q->first <= token && token <= q->last)) &&
            of_people(q))
            return (int32_t)k;
    }
    return -1;
}

/* The same, or that of a noun joined to it ("12 soldiers and 3 civilians" counts the
 * first), or of what it is a group of ("a group of 40 rebels"). -1 has none. */
static int32_t quantity_near(const dl_document *document, int32_t token)
{
    int32_t found = token < 0 ? -1 : quantity_of(document, token);
    int32_t child = token < 0 ? -1 : document->tokens[token].first_child;
    for (int32_t c = child; found < 0 && c >= 0; c = document->tokens[c].next_sibling) {
        dl_deprel relation = dl_relation_of(document, c);
        if (relation == DL_DEPREL_nmod || relation == DL_DEPREL_nummod ||
            relation == DL_DEPREL_appos)
            found = quantity_of(document, c);
    }
    return found;
}

/* Argument of a verb of killing, wounding, arresting that is counted. */
static int32_t victim_of(const dl_document *document, int32_t verb)
{
    int32_t object = dl_tree_child(document, verb, DL_DEPREL_obj);
    if (object >= 0)
        return object;
    int32_t subject = dl_tree_child(document, verb, DL_DEPREL_nsubj);
    if (subject >= 0 && document->tokens[subject].feats.pron_type == DL_PRON_REL)
        return document->tokens[verb].head;
    if (subject < 0 && dl_relation_of(document, verb) == DL_DEPREL_acl)
        return document->tokens[verb].head; /* "12 people killed in the raid" */
    return subject;
}

static void set_size(dl_event *event, int kind, int32_t quantity)
{
    if (kind >= 0 && quantity >= 0 && event->size[kind] < 0)
        event->size[kind] = quantity;
}

/* "killing 12", "that left some sixty people dead", "leaving 40 wounded" */
static void from_verb(const dl_work *work, dl_event *event, int32_t verb)
{
    const dl_document *document = work->document;
    dl_string value;
    if (dl_lemma_in(work, work->detail->list.size_verbs, verb, &value)) {
        int32_t victim = victim_of(document, verb);
        if (victim >= 0)
            set_size(event, size_kind(value), quantity_near(document, victim));
        return;
    }
    if (!dl_lemma_in(work, work->detail->list.size_leaves, verb, NULL))
        return;
    for (int32_t i = document->tokens[verb].left; i <= document->tokens[verb].right;
         i++) {
        if (!dl_fold_in(work, work->detail->list.size_nouns, i, &value))
            continue;
        int kind = size_kind(value);
        if (kind == DL_SIZE_PARTICIPANTS || kind == DL_SIZE_TROOPS)
            continue;
        int32_t found = quantity_of(document, i);
        for (int32_t k = i - 1;
             found < 0 && k >= i - 3 && k >= document->tokens[verb].left; k--)
            found = quantity_of(document, k);
        set_size(event, kind, found);
    }
}

/* "12 dead", "the deaths of 12 people" below the event. */
static void from_noun(const dl_work *work, dl_event *event, int32_t noun)
{
    dl_string value;
    if (!dl_fold_in(work, work->detail->list.size_nouns, noun, &value))
        return;
    int kind = size_kind(value);
    if (kind == DL_SIZE_PARTICIPANTS || kind == DL_SIZE_TROOPS)
        return;
    set_size(event, kind, quantity_near(work->document, noun));
}

/* Whether a verb below the event belongs to it: it is the event's own, or hangs on it or
 * on its arguments as participle, relative clause or second verb. */
static bool belongs(const dl_document *document, int32_t verb, int32_t anchor)
{
    int32_t crossed = 0;
    for (int32_t up = verb; up >= 0 && up != anchor; up = document->tokens[up].head) {
        dl_deprel relation = dl_relation_of(document, up);
        if (relation == DL_DEPREL_ccomp || relation == DL_DEPREL_csubj)
            return false;
        crossed += dl_is_clause_relation(relation);
    }
    return crossed <= 1;
}

static void from_parties(const dl_work *work, dl_event *event)
{
    const dl_document *document = work->document;
    for (int i = 0; i < event->actor_count; i++) {
        const dl_mention *m = &document->mentions[event->actors[i]];
        int32_t quantity = quantity_near(document, m->head);
        if (quantity < 0)
            continue;
        dl_string value;
        int kind = -1;
        if (dl_lemma_in(work, work->detail->list.size_nouns, m->head, &value))
            kind = size_kind(value);
        for (int k = 0; kind < 0 && k < DL_SECTORS_MAX && m->role.sectors[k]; k++)
            if (m->role.sectors[k] == DL_SECTOR_MIL)
                kind = DL_SIZE_TROOPS;
        if (kind < 0 && event->category == DL_PROTEST)
            kind = DL_SIZE_PARTICIPANTS;
        if (kind == DL_SIZE_TROOPS || kind == DL_SIZE_PARTICIPANTS)
            set_size(event, kind, quantity);
    }
}

void dl_sizes_set(const dl_work *work, dl_event *event)
{
    const dl_document *document = work->document;
    for (int k = 0; k < DL_SIZES; k++) {
        event->size[k] = -1;
        if (event->size_token[k] >= 0)
            event->size[k] = quantity_near(document, event->size_token[k]);
    }
    from_verb(work, event, event->anchor);
    const dl_token *anchor = &document->tokens[event->anchor];
    for (int32_t i = anchor->left; i <= anchor->right; i++) {
        if (i == event->anchor || !belongs(document, i, event->anchor))
            continue;
        if (document->tokens[i].upos == DL_UPOS_VERB)
            from_verb(work, event, i);
        else
            from_noun(work, event, i);
    }
    if (event->outer >= 0 && event->outer != event->anchor)
        from_verb(work, event, event->outer);
    from_parties(work, event);
}
