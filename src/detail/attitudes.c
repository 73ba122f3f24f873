#include "detail/says.h"

/* Attitudes: what somebody wants, plans, backs or finds of something, beside what he says
 * is so. The lists give each word the shapes that its content takes: `clause`,
 * `infinitive`, `gerund`, `object`, `complement` (what the object is called), and
 * prepositions. */

typedef struct stretch {
    int32_t first, last; /* -1: empty */
} stretch;

static void widen(stretch *content, int32_t first, int32_t last)
{
    if (content->first < 0 || first < content->first)
        content->first = first;
    if (last > content->last)
        content->last = last;
}

static bool takes_clause(const speech *s, int32_t clause, dl_string shapes)
{
    switch (s->tokens[clause].feats.verb_form) {
    case DL_VERB_FORM_INF:
        return dl_says_shape(shapes, DL_STRING("infinitive"));
    case DL_VERB_FORM_GER:
    case DL_VERB_FORM_PART:
        if (dl_says_shape(shapes, DL_STRING("gerund")))
            return true;
        break;
    default:
        break;
    }
    return dl_relation_of(s->document, clause) == DL_DEPREL_xcomp
               ? dl_says_shape(shapes, DL_STRING("complement"))
               : dl_says_shape(shapes, DL_STRING("clause"));
}

/* Whether the child belongs to the content; *first is where it starts. */
static bool belongs(const speech *s, int32_t child, dl_string shapes, int32_t *first)
{
    int32_t marker;
    *first = s->tokens[child].left;
    switch (dl_relation_of(s->document, child)) {
    case DL_DEPREL_ccomp:
    case DL_DEPREL_xcomp:
        return takes_clause(s, child, shapes);
    case DL_DEPREL_obj:
        return s->tokens[child].feats.pron_type != DL_PRON_REL &&
               dl_says_shape(shapes, DL_STRING("object"));
    case DL_DEPREL_obl:
    case DL_DEPREL_nmod:
    case DL_DEPREL_advcl:
    case DL_DEPREL_acl:
        marker = dl_says_marker(s, child, shapes);
        if (marker >= 0) {
            if (marker <= *first + 1)
                *first = marker + 1;
            return *first <= s->tokens[child].right;
        }
        return dl_relation_of(s->document, child) == DL_DEPREL_acl &&
               s->tokens[child].feats.verb_form == DL_VERB_FORM_INF &&
               dl_says_shape(shapes, DL_STRING("infinitive"));
    default:
        return false;
    }
}

/* All that the word takes, from the first of it to the last. What an object is called
 * takes the object along ("called the raid a crime"), and what is asked for takes along
 * what it is to do ("called for the port to be closed"). */
static stretch content_of(const speech *s, int32_t word, dl_string shapes)
{
    stretch content = {-1, -1};
    bool names = dl_says_shape(shapes, DL_STRING("complement"));
    bool asks = dl_says_shape(shapes, DL_STRING("infinitive"));
    for (int32_t c = s->tokens[word].first_child; c >= 0; c = s->tokens[c].next_sibling) {
        dl_deprel relation = dl_relation_of(s->document, c);
        int32_t first;
        if (c < word)
            continue;
        if (belongs(s, c, shapes, &first) ||
            (asks && content.first >= 0 && relation == DL_DEPREL_advcl &&
             s->tokens[c].feats.verb_form == DL_VERB_FORM_INF))
            widen(&content, first, s->tokens[c].right);
        else
            continue;
        int32_t object = dl_tree_child(s->document, word, DL_DEPREL_obj);
        if (names && relation == DL_DEPREL_xcomp && object > word && object < c)
            widen(&content, s->tokens[object].left, s->tokens[object].right);
    }
    return content;
}

/* Whether the content is a finite clause that its holder takes to be so ("sure that"). */
static bool is_belief(const speech *s, int32_t cue, stretch content, dl_string shapes)
{
    if (!dl_says_shape(shapes, DL_STRING("belief")))
        return false;
    for (int32_t c = s->tokens[cue].first_child; c >= 0; c = s->tokens[c].next_sibling)
        if (s->tokens[c].left == content.first &&
            dl_tree_child(s->document, c, DL_DEPREL_nsubj) >= 0)
            return dl_is_clause_relation(dl_relation_of(s->document, c));
    return false;
}

static bool add_attitude(speech *s, int32_t cue, stretch content, int32_t speaker,
                         dl_string shapes)
{
    if (speaker < 0 || content.first < 0 || content.first > content.last ||
        (content.first <= cue && cue <= content.last))
        return true;
    dl_source_cut(s, content.first, &content.last);
    dl_claim *claim = dl_claim_add(s, content.first, content.last, cue, cue, speaker);
    if (claim)
        claim->attitude = !is_belief(s, cue, content, shapes);
    return claim != NULL;
}

/* Who stands at the token, unless it is he who writes or reads, or nobody ("it"). */
static int32_t holder_at(speech *s, int32_t token)
{
    if (token < 0 || dl_is_first_or_second_person(s, token) ||
        (s->tokens[token].upos == DL_UPOS_PRON &&
         s->tokens[token].feats.pron_type == DL_PRON_REL))
        return -1;
    int32_t found = dl_speaker_at(s, token);
    return found >= 0 ? found : dl_speaker_make(s, token);
}

/* "came to support", "the chance to ask": an infinitive that is itself what somebody
 * does, wants or may do. Behind an auxiliary ("will support") a verb stands on its own.
 */
static bool governed(const speech *s, int32_t verb)
{
    return dl_tree_child(s->document, verb, DL_DEPREL_mark) >= 0;
}

/* "said she plans to go": whoever tells his own wish makes one statement. */
static bool told_of_oneself(const speech *s, int32_t word, int32_t subject)
{
    int32_t above = s->tokens[word].head;
    return subject >= 0 && above >= 0 && s->cue[above] &&
           s->tokens[subject].upos == DL_UPOS_PRON &&
           dl_relation_of(s->document, word) == DL_DEPREL_ccomp;
}

static bool attitude_verb(speech *s, int32_t verb)
{
    dl_string shapes;
    if (!dl_lemma_in(s->work, s->work->detail->list.attitudes, verb, &shapes))
        return true;
    if (s->tokens[verb].feats.verb_form == DL_VERB_FORM_INF && governed(s, verb))
        return true;
    int32_t subject = dl_tree_child(s->document, verb, DL_DEPREL_nsubj);
    if (told_of_oneself(s, verb, subject))
        return true;
    bool passive = subject >= 0 && s->tokens[subject].deprel == DL_DEPREL_nsubj_pass;
    stretch content = content_of(s, verb, shapes);
    if (passive && s->tokens[subject].feats.gender != DL_GENDER_NEUT &&
        dl_says_clause(s, verb) < 0 && dl_says_shape(shapes, DL_STRING("object")))
        content = (stretch){s->tokens[subject].left, s->tokens[subject].right};
    return add_attitude(s, verb, content, holder_at(s, dl_speaker_subject(s, verb)),
                        shapes);
}

static bool attitude_adjective(speech *s, int32_t adjective)
{
    dl_string shapes;
    if (!dl_lemma_in(s->work, s->work->detail->list.attitude_adjectives, adjective,
                     &shapes))
        return true;
    int32_t subject = dl_tree_child(s->document, adjective, DL_DEPREL_nsubj);
    if (subject < 0 && dl_relation_of(s->document, adjective) == DL_DEPREL_xcomp)
        subject = dl_tree_child(s->document, s->tokens[adjective].head, DL_DEPREL_nsubj);
    if (told_of_oneself(s, adjective, subject))
        return true;
    return add_attitude(s, adjective, content_of(s, adjective, shapes),
                        holder_at(s, subject), shapes);
}

static bool attitude_noun(speech *s, int32_t noun)
{
    dl_string shapes;
    if (!dl_lemma_in(s->work, s->work->detail->list.attitude_nouns, noun, &shapes))
        return true;
    return add_attitude(s, noun, content_of(s, noun, shapes),
                        holder_at(s, dl_speaker_owner(s, noun, shapes)), shapes);
}

bool dl_says_attitudes(speech *s)
{
    for (int32_t i = 0; i < (int32_t)s->document->token_count; i++) {
        if (s->cue[i] || dl_quotes_at(&s->quotes, i) >= 0)
            continue;
        bool done = true;
        if (s->tokens[i].upos == DL_UPOS_VERB)
            done = attitude_verb(s, i);
        else if (s->tokens[i].upos == DL_UPOS_ADJ)
            done = attitude_adjective(s, i);
        else if (s->tokens[i].upos == DL_UPOS_NOUN)
            done = attitude_noun(s, i);
        if (!done)
            return false;
    }
    return true;
}
