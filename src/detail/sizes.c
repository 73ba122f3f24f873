#include "detail/shared.h"

/* How many: the quantity that an event's frame points at, and counts of the dead and the
 * hurt in clauses that hang on the event. */

enum {
    HARM_SENTENCES = 2, /* from an attack to the harm that it did */
    ACT_STEPS = 3       /* from a participle up to the act that it is the doing of */
};

static const char *const size_names[DL_SIZES] = {
    "dead", "injured", "arrested", "missing", "displaced", "participants", "troops"};

int dl_size_find(dl_string name)
{
    for (int k = 0; k < DL_SIZES; k++)
        if (dl_string_equal(name, dl_string_from(size_names[k])))
            return k;
    return -1;
}

static int size_of(const dl_work *work, int list, int32_t token)
{
    dl_string value;
    return dl_fold_in(work, list, token, &value) || dl_lemma_in(work, list, token, &value)
               ? dl_size_find(value)
               : -1;
}

/* Sizes that a lone person has too: one dead, one hurt, one arrested. */
static bool may_imply(int kind)
{
    return kind == DL_SIZE_DEAD || kind == DL_SIZE_INJURED || kind == DL_SIZE_ARRESTED;
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
    dl_deprel relation = dl_relation_of(document, verb);
    if (subject < 0 && (relation == DL_DEPREL_acl || relation == DL_DEPREL_amod))
        return document->tokens[verb].head;          /* "12 people killed in the raid" */
    if (subject < 0 && relation == DL_DEPREL_conj) { /* "was shot and killed" */
        int32_t first = document->tokens[verb].head;
        object = dl_tree_child(document, first, DL_DEPREL_obj);
        return object >= 0 ? object : dl_tree_child(document, first, DL_DEPREL_nsubj);
    }
    return subject;
}

/* Whether the subject is the one who suffers: of a passive, and of "die". */
static bool suffers(const dl_work *work, int32_t verb, int32_t subject)
{
    const dl_token *tokens = work->document->tokens;
    return tokens[verb].feats.passive || tokens[subject].deprel == DL_DEPREL_nsubj_pass ||
           dl_lemma_in(work, work->detail->list.size_dying, verb, NULL);
}

typedef struct sizing {
    dl_work *work;
    dl_event *event;
    bool implied; /* also counts that no number states */
} sizing;

static void set_size(sizing *s, int kind, int32_t token, bool implied)
{
    if (kind < 0 || token < 0 || s->event->size[kind] >= 0)
        return;
    s->event->size[kind] =
        dl_persons_count(s->work, token, implied && s->implied && may_imply(kind));
}

/* What becomes of the object of the verb, as its child says: "shot dead", "beat to
 * death", "left wounded"; -1 where it doesn't. */
static int outcome_of(const dl_work *work, int32_t verb)
{
    const dl_document *document = work->document;
    const dl_sentence *sentence = &document->sentences[document->tokens[verb].sentence];
    int next = verb < sentence->last && document->tokens[verb + 1].upos == DL_UPOS_ADJ
                   ? size_of(work, work->detail->list.size_outcomes, verb + 1)
                   : -1;
    if (next >= 0) /* wherever it hangs */
        return next;
    for (int32_t c = document->tokens[verb].first_child; c >= 0;
         c = document->tokens[c].next_sibling) {
        dl_deprel relation = dl_relation_of(document, c);
        int kind = size_of(work, work->detail->list.size_outcomes, c);
        bool result = relation == DL_DEPREL_xcomp || relation == DL_DEPREL_amod ||
                      relation == DL_DEPREL_advmod || relation == DL_DEPREL_obl;
        if (kind >= 0 && result && document->tokens[c].left >= c - 1)
            return kind;
    }
    return -1;
}

/* The counted people among what a verb leaves: "leaving 40 wounded". */
static void from_leaving(sizing *s, int32_t verb)
{
    const dl_document *document = s->work->document;
    for (int32_t i = document->tokens[verb].left; i <= document->tokens[verb].right;
         i++) {
        int kind = size_of(s->work, s->work->detail->list.size_nouns, i);
        if (kind < 0 || kind == DL_SIZE_PARTICIPANTS || kind == DL_SIZE_TROOPS ||
            s->event->size[kind] >= 0)
            continue;
        int32_t found = dl_quantity_of(document, i);
        for (int32_t k = i - 1;
             found < 0 && k >= i - 3 && k >= document->tokens[verb].left; k--)
            found = dl_quantity_of(document, k);
        if (found < 0) /* "left no casualties" */
            found = dl_persons_count(s->work, i, s->implied && may_imply(kind));
        s->event->size[kind] = found;
    }
}

/* The bare number right before a verb is its own: "five were killed and 20 injured". */
static int32_t right_before(const dl_document *document, int32_t verb)
{
    int32_t found = verb > 0 ? dl_quantity_of(document, verb - 1) : -1;
    if (found < 0 || document->quantities[found].last != verb - 1)
        return -1;
    const dl_quantity *q = &document->quantities[found];
    return q->counted < 0 || q->counted >= q->first ? found : -1;
}

/* The number right behind a verb is its own where its object stands behind a second verb:
 * "killed two and wounded five others"; -1 none. */
static int32_t right_behind(const dl_document *document, int32_t verb)
{
    int32_t object = dl_tree_child(document, verb, DL_DEPREL_obj);
    int32_t found = (size_t)verb + 1 < document->token_count
                        ? dl_quantity_of(document, verb + 1)
                        : -1;
    if (found < 0 || document->quantities[found].first != verb + 1)
        return -1;
    for (int32_t c = document->tokens[verb].first_child; c >= 0 && object >= 0;
         c = document->tokens[c].next_sibling)
        if (document->tokens[c].upos == DL_UPOS_VERB && verb < c && c < object)
            return found;
    const dl_quantity *q = &document->quantities[found];
    bool bare = object < 0 || (object == q->last + 1 && /* "a dozen more" */
                               document->tokens[object].upos == DL_UPOS_ADJ);
    return bare && (q->counted < 0 || q->counted == object || q->unit.size) ? found : -1;
}

/* "killing 12", "shot dead the mayor", "that left some sixty people dead" */
static void from_verb(sizing *s, int32_t verb)
{
    const dl_lists *list = &s->work->detail->list;
    dl_string value;
    int kind = dl_lemma_in(s->work, list->size_verbs, verb, &value)
                   ? dl_size_find(value)
                   : outcome_of(s->work, verb);
    int32_t victim = kind >= 0 ? victim_of(s->work->document, verb) : -1;
    int32_t behind = kind >= 0 ? right_behind(s->work->document, verb) : -1;
    if (behind < 0 && kind >= 0)
        behind = right_before(s->work->document, verb);
    if (behind >= 0 && s->event->size[kind] < 0) {
        s->event->size[kind] = behind;
    } else if (victim >= 0) {
        bool subject = dl_relation_of(s->work->document, victim) == DL_DEPREL_nsubj &&
                       (s->work->document->tokens[victim].head == verb ||
                        dl_relation_of(s->work->document, verb) == DL_DEPREL_conj);
        set_size(s, kind, victim, !subject || suffers(s->work, verb, victim));
    }
    if (dl_lemma_in(s->work, list->size_leaves, verb, NULL))
        from_leaving(s, verb);
}

/* "the murder in May of a priest", else "the priest's murder" */
static void from_act(sizing *s, int kind, int32_t noun)
{
    const dl_token *tokens = s->work->document->tokens;
    int32_t owner = -1;
    for (int32_t c = tokens[noun].first_child; c >= 0; c = tokens[c].next_sibling) {
        if (dl_relation_of(s->work->document, c) != DL_DEPREL_nmod)
            continue;
        if (c < noun)
            owner = c;
        else
            set_size(s, kind, c, true);
    }
    set_size(s, kind, owner, true);
}

/* "12 dead", "the deaths of 12 people", "the murder of a priest" below the event. */
static void from_noun(sizing *s, int32_t noun)
{
    const dl_document *document = s->work->document;
    const dl_lists *list = &s->work->detail->list;
    int act = size_of(s->work, list->size_acts, noun);
    if (act >= 0) {
        if (document->tokens[noun].upos == DL_UPOS_NOUN)
            from_act(s, act, noun);
        return;
    }
    int kind = size_of(s->work, list->size_nouns, noun);
    if (kind < 0 || kind == DL_SIZE_PARTICIPANTS || kind == DL_SIZE_TROOPS ||
        s->event->size[kind] >= 0)
        return;
    s->event->size[kind] = dl_persons_count(s->work, noun, false);
}

/* Whether a verb below the event belongs to it: it is the event's own, or hangs on it or
 * on its arguments as participle, relative clause or second verb. */
static bool belongs(const dl_work *work, int32_t verb, int32_t anchor)
{
    const dl_document *document = work->document;
    int32_t crossed = 0;
    for (int32_t up = verb; up >= 0 && up != anchor; up = document->tokens[up].head) {
        dl_deprel relation = dl_relation_of(document, up);
        if (relation == DL_DEPREL_ccomp || relation == DL_DEPREL_csubj)
            return false;
        int32_t marker =
            relation == DL_DEPREL_obl ? dl_tree_child(document, up, DL_DEPREL_case_) : -1;
        if (marker >= 0 && dl_fold_in(work, work->detail->list.size_apart, marker, NULL))
            return false; /* "arrested him after the murder of a judge" */
        bool joined = relation == DL_DEPREL_conj && document->tokens[up].head != anchor;
        crossed += !joined && dl_is_clause_relation(relation);
    }
    return crossed <= 1;
}

/* What the construction points at; of things that are no people, "destroyed 20 stands",
 * nobody is dead. */
static void from_frame(sizing *s)
{
    const dl_document *document = s->work->document;
    for (int k = 0; k < DL_SIZES; k++) {
        int32_t token = s->event->size_token[k];
        if (token < 0 || s->event->size[k] >= 0)
            continue;
        int32_t found = dl_persons_count(s->work, token, false);
        const dl_mention *m = document->tokens[token].mention >= 0
                                  ? &document->mentions[document->tokens[token].mention]
                                  : NULL;
        bool people =
            found >= 0 &&
            (document->quantities[found].unit.size ||
             document->quantities[found].counted < 0 ||
             (m && (m->type == DL_NAME_PER || m->role.code[0] || m->role.sectors[0])));
        s->event->size[k] = people ? found : -1;
    }
}

/* The verb of harm in whose clause an act is named: "was hurt in the attack", "the raid
 * killed 12"; -1 none. */
static int32_t verb_around(const dl_work *work, int32_t anchor)
{
    const dl_document *document = work->document;
    int32_t head = document->tokens[anchor].head;
    dl_deprel relation = dl_relation_of(document, anchor);
    int32_t preposition = dl_tree_child(document, anchor, DL_DEPREL_case_);
    if (head < 0 || document->tokens[anchor].upos != DL_UPOS_NOUN)
        return -1;
    if (relation == DL_DEPREL_obl && preposition >= 0)
        return dl_fold_in(work, work->detail->list.size_within, preposition, NULL) ? head
                                                                                   : -1;
    return relation == DL_DEPREL_nsubj &&
                   dl_tree_child(document, head, DL_DEPREL_obj) >= 0
               ? head
               : -1;
}

/* "the murder of a priest perpetrated by guerrillas": the act whose doing the event is.
 */
static void from_act_above(sizing *s)
{
    const dl_document *document = s->work->document;
    int32_t noun = s->event->anchor;
    if (dl_relation_of(document, noun) != DL_DEPREL_acl)
        return;
    for (int step = 0; step < ACT_STEPS && (noun = document->tokens[noun].head) >= 0;
         step++) {
        int kind = size_of(s->work, s->work->detail->list.size_acts, noun);
        if (kind >= 0 && document->tokens[noun].upos == DL_UPOS_NOUN) {
            from_act(s, kind, noun);
            return;
        }
        if (dl_relation_of(document, noun) != DL_DEPREL_nmod)
            return;
    }
}

/* "the death toll from the bombing rose to 45", "a toll of 45" */
static void from_toll(sizing *s)
{
    const dl_document *document = s->work->document;
    int32_t toll = document->tokens[s->event->anchor].head;
    int32_t object = toll < 0 ? -1 : dl_tree_child(document, toll, DL_DEPREL_obj);
    if (object >= 0) /* "raised the death toll from the bombing to 72" */
        toll = object;
    int kind = toll < 0 ? -1 : size_of(s->work, s->work->detail->list.size_tolls, toll);
    if (kind != DL_SIZE_DEAD || s->event->size[kind] >= 0)
        return;
    int32_t found = dl_persons_count(s->work, toll, false);
    int32_t verb = document->tokens[toll].head;
    if (found < 0 && verb >= 0)
        found = dl_quantity_of(document, verb);
    for (int32_t c = verb < 0 ? -1 : document->tokens[verb].first_child;
         c >= 0 && found < 0; c = document->tokens[c].next_sibling)
        if (dl_relation_of(document, c) == DL_DEPREL_obl ||
            dl_relation_of(document, c) == DL_DEPREL_obj)
            found = dl_quantity_of(document, c);
    s->event->size[kind] = found;
}

static void from_parties(sizing *s)
{
    const dl_work *work = s->work;
    const dl_document *document = work->document;
    const dl_event *event = s->event;
    for (int i = 0; i < event->actor_count; i++) {
        const dl_mention *m = &document->mentions[event->actors[i]];
        int32_t quantity = dl_persons_count(s->work, m->head, false);
        bool used = false; /* "clashes left 9 people dead": they are no fighters */
        for (int k = 0; k < DL_SIZES; k++)
            used |= event->size[k] == quantity;
        if (quantity < 0 || used)
            continue;
        dl_string value;
        int kind = -1;
        if (dl_lemma_in(work, work->detail->list.size_nouns, m->head, &value))
            kind = dl_size_find(value);
        for (int k = 0; kind < 0 && k < DL_SECTORS_MAX && m->role.sectors[k]; k++)
            if (m->role.sectors[k] == DL_SECTOR_MIL)
                kind = DL_SIZE_TROOPS;
        if (kind < 0 && event->category == DL_PROTEST)
            kind = DL_SIZE_PARTICIPANTS;
        if (kind == DL_SIZE_TROOPS || kind == DL_SIZE_PARTICIPANTS)
            s->event->size[kind] =
                s->event->size[kind] < 0 ? quantity : s->event->size[kind];
    }
}

bool dl_sizes_set(dl_work *work, dl_event *event)
{
    const dl_document *document = work->document;
    sizing s = {.work = work, .event = event};
    for (int k = 0; k < DL_SIZES; k++)
        event->size[k] = -1;
    s.implied =
        (event->category == DL_ASSAULT || event->category == DL_COERCE) &&
        (event->status == DL_EVENT_actual || event->status == DL_EVENT_historical);
    from_verb(&s, event->anchor);
    from_noun(&s, event->anchor);
    from_frame(&s);
    const dl_token *anchor = &document->tokens[event->anchor];
    for (int32_t i = anchor->left; i <= anchor->right; i++) {
        if (i == event->anchor || !belongs(work, i, event->anchor))
            continue;
        if (document->tokens[i].upos == DL_UPOS_VERB)
            from_verb(&s, i);
        else
            from_noun(&s, i);
    }
    if (event->outer >= 0 && event->outer != event->anchor)
        from_verb(&s, event->outer);
    int32_t around = verb_around(work, event->anchor);
    if (around >= 0)
        from_verb(&s, around);
    for (int32_t c = around < 0 ? -1 : document->tokens[around].first_child; c >= 0;
         c = document->tokens[c].next_sibling)
        if (dl_relation_of(document, c) == DL_DEPREL_conj)
            from_verb(&s, c);
    int act = size_of(work, work->detail->list.size_acts, event->anchor);
    if (event->recipient_count == 1) /* "the murder in May of a judge" */
        set_size(&s, act, document->mentions[event->recipients[0]].head, true);
    from_act_above(&s);
    from_toll(&s);
    from_parties(&s);
    return !s.work->out_of_memory;
}

/* Whether the event is harm and nothing else: "nine people were hurt", by nobody. */
static bool is_bare_harm(const dl_work *work, const dl_event *event)
{
    return event->category == DL_ASSAULT && event->actor_count == 0 &&
           dl_lemma_in(work, work->detail->list.size_verbs, event->anchor, NULL) &&
           work->document->tokens[event->anchor].upos == DL_UPOS_VERB;
}

/* "..., injuring 15": of the act before it in the sentence, wherever the tree hangs it.
 */
static bool is_trailing_harm(const dl_work *work, const dl_event *event)
{
    const dl_token *t = &work->document->tokens[event->anchor];
    return event->category == DL_ASSAULT && t->feats.verb_form != DL_VERB_FORM_FIN &&
           !t->feats.passive && t->feats.tense != DL_TENSE_PAST &&
           dl_lemma_in(work, work->detail->list.size_verbs, event->anchor, NULL) &&
           work->document->tokens[event->anchor - 1].upos == DL_UPOS_PUNCT;
}

static void share(const dl_event *harm, dl_event *attack)
{
    for (int k = DL_SIZE_DEAD; k <= DL_SIZE_INJURED; k++)
        if (attack->size[k] < 0)
            attack->size[k] = harm->size[k];
}

static bool same_day(dl_date a, dl_date b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

/* Whether the harm told in `harm` may be that of the attack told before it. */
static bool may_share(const dl_document *document, const dl_event *attack,
                      const dl_event *harm)
{
    const dl_sentence *from = &document->sentences[attack->sentence];
    const dl_sentence *to = &document->sentences[harm->sentence];
    return harm->anchor > attack->anchor &&
           harm->sentence <= attack->sentence + HARM_SENTENCES &&
           to->paragraph <= from->paragraph + 1 &&
           (harm->time < 0 || same_day(harm->date, attack->date)) &&
           (harm->place < 0 || attack->place < 0 ||
            dl_string_equal(document->places[harm->place].name,
                            document->places[attack->place].name)) &&
           attack->status == harm->status;
}

void dl_sizes_share(const dl_work *work)
{
    dl_document *document = work->document;
    dl_event *attack = NULL;
    for (size_t i = 0; i < document->event_count; i++) {
        dl_event *event = &document->events[i];
        if (event->category != DL_ASSAULT)
            continue;
        if (attack && attack->sentence == event->sentence &&
            attack->anchor < event->anchor && event->anchor > 0 &&
            is_trailing_harm(work, event)) {
            share(event, attack);
        } else if (!is_bare_harm(work, event)) {
            if (!attack || attack->sentence != event->sentence)
                attack = event; /* the first of its sentence */
        } else if (attack && may_share(document, attack, event)) {
            share(event, attack);
        }
    }
}
