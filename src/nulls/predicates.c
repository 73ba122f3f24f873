/* Predicates that anchor no record though somebody coded is a party of theirs.
 *
 * A line is written as constructions are: lemma, particle, OBJECT, preposition. */
#include "nulls/inside.h"

/* The predicate at hand. Tokens; -1 none. */
typedef struct predicate {
    int32_t verb, subject, object;
    int32_t oblique, preposition; /* a dependent and the word that governs it */
    int32_t particle;
    int32_t mark; /* of its infinitive or clause ("to") */
} predicate;

static int32_t child(const dl_null_work *work, int32_t token, dl_deprel deprel)
{
    return dl_tree_child(work->document, token, deprel);
}

static bool token_is(const dl_null_work *work, int32_t token, dl_null_class which)
{
    return dl_null_word_is(work, work->tokens[token].fold, which);
}

/* ---- What belongs to a record --------------------------------------------------------
 */

/* From the anchor up to the outermost act around it, the verbs whose infinitive that is
 * ("tried to", "began to"), and its own infinitive ("refused to withdraw"). */
static void mark_acts(const dl_null_work *work, const dl_event *event, bool *taken)
{
    const dl_token *tokens = work->tokens;
    int32_t at = event->outer;
    if (dl_tree_below(work->document, event->anchor, event->outer))
        at = event->anchor;
    taken[event->anchor] = taken[event->outer] = true;
    for (; at != event->outer; at = tokens[at].head)
        taken[at] = true;
    for (; tokens[at].head >= 0 && tokens[at].deprel == DL_DEPREL_xcomp;
         at = tokens[at].head)
        taken[tokens[at].head] = true;
    int32_t inner = child(work, event->anchor, DL_DEPREL_xcomp);
    if (inner >= 0)
        taken[inner] = true;
}

/* Verbs that tell what another act of the sentence did ("killing three"). */
static void mark_effects(const dl_null_work *work, const dl_event *event, bool *taken)
{
    const dl_sentence *sentence = &work->document->sentences[event->sentence];
    for (int32_t t = sentence->first; t <= sentence->last; t++)
        if (dl_null_word_is(work, work->tokens[t].lemma, DL_NULL_CLASS_cause))
            taken[t] = true;
}

/* The verb that carries an event noun ("launched an attack", "the attack launched by"),
 * and the one that says what an event did ("the attack stunned"). */
static void mark_carrier(const dl_null_work *work, int32_t noun, bool *taken)
{
    const dl_token *tokens = work->tokens;
    for (int32_t c = tokens[noun].first_child; c >= 0; c = tokens[c].next_sibling)
        if (dl_null_relation(work, c) == DL_DEPREL_acl &&
            dl_null_word_is(work, tokens[c].lemma, DL_NULL_CLASS_light))
            taken[c] = true;
    for (int i = 0; i < DL_NULL_CLIMB_MAX && tokens[noun].deprel == DL_DEPREL_conj; i++)
        noun = tokens[noun].head;
    int32_t head = tokens[noun].head;
    if (head < 0)
        return;
    dl_deprel relation = dl_null_relation(work, noun);
    bool carried = relation == DL_DEPREL_obj || relation == DL_DEPREL_obl ||
                   tokens[noun].deprel == DL_DEPREL_nsubj_pass;
    if (tokens[noun].deprel == DL_DEPREL_nsubj ||
        (carried && dl_null_word_is(work, tokens[head].lemma, DL_NULL_CLASS_light)))
        taken[head] = true;
}

/* [N] whether a record or a claim stands on the token; NULL where memory has run out. */
static bool *find_taken(const dl_null_work *work)
{
    const dl_document *document = work->document;
    bool *taken = DL_ARENA_ARRAY(document->arena, bool, document->token_count);
    for (size_t i = 0; taken && i < document->event_count; i++) {
        const dl_event *event = &document->events[i];
        mark_acts(work, event, taken);
        mark_effects(work, event, taken);
        if (work->tokens[event->anchor].upos != DL_UPOS_VERB)
            mark_carrier(work, event->anchor, taken);
    }
    for (size_t i = 0; taken && i < document->claim_count; i++)
        if (document->claims[i].cue_token >= 0 && !document->claims[i].attitude)
            taken[document->claims[i].cue_token] = true;
    return taken;
}

/* ---- Parties -------------------------------------------------------------------------
 */

/* Whether the token is somebody with a country or a sector. */
static bool is_coded(const dl_null_work *work, int32_t token)
{
    int32_t number = token >= 0 ? work->tokens[token].mention : -1;
    if (number < 0)
        return false;
    const dl_mention *m = &work->document->mentions[number];
    return !m->generic && !m->is_place && (m->role.code[0] || m->role.sectors[0]);
}

static bool is_participle(const dl_null_work *work, int32_t verb)
{
    const dl_feats *feats = &work->tokens[verb].feats;
    return feats->verb_form == DL_VERB_FORM_PART && feats->tense != DL_TENSE_PRES;
}

static bool is_passive(const dl_null_work *work, int32_t verb)
{
    return child(work, verb, DL_DEPREL_aux_pass) >= 0 ||
           child(work, verb, DL_DEPREL_nsubj_pass) >= 0 ||
           child(work, verb, DL_DEPREL_obl_agent) >= 0 ||
           work->tokens[verb].feats.passive ||
           (is_participle(work, verb) && work->tokens[verb].deprel == DL_DEPREL_acl);
}

/* A relative pronoun's noun, else the token itself. */
static int32_t unrelative(const dl_null_work *work, int32_t token, int32_t verb)
{
    if (work->tokens[token].feats.pron_type == DL_PRON_REL &&
        dl_null_relation(work, verb) == DL_DEPREL_acl)
        return work->tokens[verb].head;
    return token;
}

/* The surface subject: the verb's own, that of the verb it is joined to or controlled by,
 * the noun that it modifies; -1 none. */
static int32_t find_subject(const dl_null_work *work, int32_t verb)
{
    for (int i = 0; i < DL_NULL_CLIMB_MAX && verb >= 0; i++) {
        int32_t subject = child(work, verb, DL_DEPREL_nsubj);
        if (subject >= 0)
            return unrelative(work, subject, verb);
        dl_deprel relation = dl_null_relation(work, verb);
        if (relation == DL_DEPREL_acl)
            return work->tokens[verb].head;
        bool free = relation == DL_DEPREL_advcl &&
                    work->tokens[verb].feats.verb_form == DL_VERB_FORM_FIN;
        if (free || (relation != DL_DEPREL_conj && relation != DL_DEPREL_xcomp &&
                     relation != DL_DEPREL_advcl))
            return -1;
        verb = work->tokens[verb].head;
        int32_t object =
            relation == DL_DEPREL_xcomp ? child(work, verb, DL_DEPREL_obj) : -1;
        if (object >= 0)
            return object;
    }
    return -1;
}

static int32_t find_object(const dl_null_work *work, int32_t verb)
{
    int32_t object = child(work, verb, DL_DEPREL_obj);
    if (object < 0)
        object = child(work, verb, DL_DEPREL_iobj);
    return object >= 0 ? unrelative(work, object, verb) : -1;
}

/* The preposition of a nominal, if constructions may name it; -1 none. */
static int32_t preposition_of(const dl_null_work *work, int32_t nominal)
{
    const dl_token *tokens = work->tokens;
    for (int32_t c = tokens[nominal].first_child; c >= 0; c = tokens[c].next_sibling)
        if (dl_null_relation(work, c) == DL_DEPREL_case_)
            return child(work, c, DL_DEPREL_fixed) < 0 &&
                           token_is(work, c, DL_NULL_CLASS_preposition)
                       ? c
                       : -1;
    return -1;
}

/* Whether the nominal tells when or where. */
static bool is_circumstance(const dl_null_work *work, int32_t nominal,
                            int32_t preposition)
{
    const dl_document *document = work->document;
    for (size_t i = 0; i < document->time_count; i++)
        if (document->times[i].first <= nominal && nominal <= document->times[i].last)
            return true;
    int32_t mention = work->tokens[nominal].mention;
    return token_is(work, preposition, DL_NULL_CLASS_place) &&
           (mention < 0 || !is_coded(work, nominal));
}

/* The dependent whose preposition belongs to the line: that of somebody coded, else the
 * first that tells neither when nor where. */
static void find_oblique(const dl_null_work *work, predicate *p)
{
    const dl_token *tokens = work->tokens;
    for (int32_t c = tokens[p->verb].first_child; c >= 0; c = tokens[c].next_sibling) {
        dl_deprel relation = dl_null_relation(work, c);
        if (c < p->verb || (relation != DL_DEPREL_obl && relation != DL_DEPREL_nmod) ||
            tokens[c].deprel == DL_DEPREL_obl_agent)
            continue;
        int32_t preposition = preposition_of(work, c);
        if (preposition < 0 || token_is(work, preposition, DL_NULL_CLASS_agent) ||
            is_circumstance(work, c, preposition))
            continue;
        bool better =
            p->oblique < 0 || (is_coded(work, c) && !is_coded(work, p->oblique));
        if (!better)
            continue;
        p->oblique = c;
        p->preposition = preposition;
    }
}

static int32_t find_particle(const dl_null_work *work, int32_t verb)
{
    const dl_token *tokens = work->tokens;
    for (int32_t c = tokens[verb].first_child; c >= 0; c = tokens[c].next_sibling)
        if (tokens[c].deprel == DL_DEPREL_compound_prt ||
            (tokens[c].deprel == DL_DEPREL_advmod && c > verb &&
             token_is(work, c, DL_NULL_CLASS_particle)))
            return c;
    return -1;
}

/* The word by which an infinitive or a clause hangs on the verb; -1 none. */
static int32_t find_mark(const dl_null_work *work, int32_t verb)
{
    int32_t clause = child(work, verb, DL_DEPREL_xcomp);
    if (clause < 0)
        clause = child(work, verb, DL_DEPREL_ccomp);
    int32_t mark = clause >= 0 ? child(work, clause, DL_DEPREL_mark) : -1;
    return mark >= 0 && token_is(work, mark, DL_NULL_CLASS_preposition) ? mark : -1;
}

static predicate read_verb(const dl_null_work *work, int32_t verb)
{
    predicate p = {.verb = verb, .oblique = -1, .preposition = -1};
    int32_t subject = find_subject(work, verb);
    bool passive = is_passive(work, verb);
    p.subject = passive ? child(work, verb, DL_DEPREL_obl_agent) : subject;
    p.object = passive ? subject : find_object(work, verb);
    p.particle = find_particle(work, verb);
    p.mark = find_mark(work, verb);
    find_oblique(work, &p);
    return p;
}

/* ---- Verbs ---------------------------------------------------------------------------
 */

/* Verbs of saying; those of quotations alone count where a claim hangs on them. */
static bool is_saying(const dl_null_work *work, const predicate *p)
{
    const dl_token *tokens = work->tokens;
    dl_string words[] = {tokens[p->verb].lemma, {0}};
    size_t count = 1;
    dl_entry entry;
    if (p->particle >= 0)
        words[count++] = tokens[p->particle].fold;
    return dl_list_match(work->nulls->lexicon, work->nulls->says, words, count, &entry) ==
               count &&
           !dl_string_equal(entry.value, DL_STRING("quote"));
}

static bool is_predicate(const dl_null_work *work, int32_t token)
{
    const dl_token *t = &work->tokens[token];
    if (t->upos != DL_UPOS_VERB || t->name || !dl_null_is_plain(t->lemma))
        return false;
    switch (dl_null_relation(work, token)) {
    case DL_DEPREL_amod:
    case DL_DEPREL_aux:
    case DL_DEPREL_case_:
    case DL_DEPREL_compound:
    case DL_DEPREL_cop:
    case DL_DEPREL_fixed:
    case DL_DEPREL_flat:
    case DL_DEPREL_mark:
        return false;
    default:
        return true;
    }
}

static void add_word(dl_null_work *work, dl_string word)
{
    dl_string lower = dl_utf8_lower(work->document->arena, word);
    work->failed |= !lower.data;
    if (work->text.size > 0)
        dl_buffer_add_char(&work->text, ' ');
    dl_buffer_add_string(&work->text, lower);
}

/* "hold vigil": the noun that a light verb carries says more than that it has an object.
 */
static bool is_carried(const dl_null_work *work, const predicate *p)
{
    const dl_token *object = &work->tokens[p->object];
    return object->upos == DL_UPOS_NOUN && !is_coded(work, p->object) &&
           dl_null_is_plain(object->lemma) &&
           dl_null_word_is(work, work->tokens[p->verb].lemma, DL_NULL_CLASS_light);
}

static void write_verb(dl_null_work *work, const predicate *p)
{
    const dl_token *tokens = work->tokens;
    dl_buffer_clear(&work->text);
    add_word(work, tokens[p->verb].lemma);
    if (p->particle >= 0)
        add_word(work, tokens[p->particle].fold);
    if (p->object >= 0 && is_carried(work, p))
        add_word(work, tokens[p->object].lemma);
    else if (p->object >= 0)
        dl_buffer_add_text(&work->text, " OBJECT");
    if (p->oblique >= 0 && (p->object < 0 || is_coded(work, p->oblique)))
        add_word(work, tokens[p->preposition].fold);
    else if (p->mark >= 0)
        add_word(work, tokens[p->mark].fold);
}

/* The first line that has the word as an anchor of one of the kinds: it is known, and
 * does not fit here. Absent where there is none. */
static dl_string known_by(const dl_null_work *work, dl_string lemma, dl_frame_kind event,
                          dl_frame_kind outer)
{
    const dl_frames *frames = work->nulls->frames;
    uint32_t number = frames ? dl_frames_word(frames, lemma) : 0;
    const dl_frame_word *word = number ? &frames->words[number] : NULL;
    if (word && word->count[event])
        return dl_frames_text(frames, frames->frames[word->first[event]].rule);
    if (word && word->count[outer])
        return dl_frames_text(frames, frames->frames[word->first[outer]].rule);
    return (dl_string){0};
}

static void try_verb(dl_null_work *work, int32_t token)
{
    if (!is_predicate(work, token))
        return;
    predicate p = read_verb(work, token);
    bool party = is_coded(work, p.subject) || is_coded(work, p.object) ||
                 is_coded(work, p.oblique);
    if (!party || is_saying(work, &p))
        return;
    write_verb(work, &p);
    dl_string rule =
        known_by(work, work->tokens[token].lemma, DL_FRAME_VERB, DL_OUTER_VERB);
    dl_null_add(work, DL_NULL_PREDICATE, rule, token);
}

/* ---- Nouns ---------------------------------------------------------------------------
 */

/* Whether the nominal is a party of a record that stands on what the noun depends on:
 * then the noun is only the way to it. */
static bool is_in_record(const dl_null_work *work, int32_t noun, int32_t nominal)
{
    const dl_document *document = work->document;
    int32_t head = work->tokens[noun].head, mention = work->tokens[nominal].mention;
    for (size_t i = 0; i < document->event_count; i++) {
        const dl_event *event = &document->events[i];
        bool party = false;
        for (int k = 0; k < event->actor_count; k++)
            party |= event->actors[k] == mention;
        for (int k = 0; k < event->recipient_count; k++)
            party |= event->recipients[k] == mention;
        if (party && (event->anchor == head || event->outer == head))
            return true;
    }
    return false;
}

/* The preposition of a dependent of the class that governs somebody coded; -1 none. */
static int32_t find_party(const dl_null_work *work, int32_t noun, dl_null_class which)
{
    const dl_token *tokens = work->tokens;
    for (int32_t c = tokens[noun].first_child; c >= 0; c = tokens[c].next_sibling) {
        int32_t preposition =
            c > noun && is_coded(work, c) ? preposition_of(work, c) : -1;
        if (preposition >= 0 && token_is(work, preposition, which) &&
            !is_in_record(work, noun, c))
            return preposition;
    }
    return -1;
}

/* "a snub by Paris", "a grudge against Paris", "Oslo's snub of Paris": a noun that is
 * nobody itself, with a party behind it that only an act has. */
static void try_noun(dl_null_work *work, int32_t token)
{
    const dl_token *t = &work->tokens[token];
    if (t->upos != DL_UPOS_NOUN || t->name || !dl_null_is_plain(t->lemma) ||
        is_coded(work, token))
        return;
    int32_t owner = child(work, token, DL_DEPREL_nmod_poss);
    int32_t preposition = find_party(work, token, DL_NULL_CLASS_agent);
    if (preposition < 0)
        preposition = find_party(work, token, DL_NULL_CLASS_addressee);
    if (preposition < 0 && is_coded(work, owner))
        preposition = find_party(work, token, DL_NULL_CLASS_genitive);
    if (preposition < 0)
        return;
    dl_buffer_clear(&work->text);
    dl_buffer_add_text(&work->text, "noun");
    add_word(work, t->lemma);
    add_word(work, work->tokens[preposition].fold);
    dl_null_add(work, DL_NULL_PREDICATE,
                known_by(work, t->lemma, DL_FRAME_NOUN, DL_OUTER_NOUN), token);
}

void dl_null_predicates(dl_null_work *work)
{
    const dl_document *document = work->document;
    const bool *taken = find_taken(work);
    work->failed |= !taken;
    for (size_t i = 0; i < document->token_count && !work->failed; i++) {
        if (taken[i] || document->sentences[work->tokens[i].sentence].heading)
            continue;
        try_verb(work, (int32_t)i);
        try_noun(work, (int32_t)i);
    }
}
