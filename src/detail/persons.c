#include "detail/shared.h"

/* How many people the words under a token are. A number with them says so; where they are
 * joined, "12 soldiers and 3 civilians", the parts add up, while what only stands inside
 * them ("15 people, including 3 children") does not. A single person is one, "nobody" and
 * "no civilians" are none. */

enum { PARTS_MAX = 64 /* people joined in one list */ };

/* First quantity of the sentence or behind it. */
static size_t first_quantity(const dl_document *document, int32_t token)
{
    return dl_first_ending(document->quantities, document->stated_count,
                           sizeof(dl_quantity), offsetof(dl_quantity, last), token);
}

static bool is_punctuation(const dl_document *document, int32_t token)
{
    return token >= 0 && (size_t)token < document->token_count &&
           document->tokens[token].upos == DL_UPOS_PUNCT;
}

/* "Ann Lee, 65, was ...": a bare number set off behind a noun is an age. */
static bool is_age(const dl_document *document, const dl_quantity *q, int32_t noun)
{
    return q->first > noun && q->counted <= noun &&
           is_punctuation(document, q->first - 1) &&
           is_punctuation(document, q->last + 1);
}

static bool of_people(const dl_quantity *q)
{
    return q->unit.size == 0 || dl_string_equal(q->unit, DL_STRING("person"));
}

/* The quantity that counts the token: its noun, or the token itself is the number. */
int32_t dl_quantity_of(const dl_document *document, int32_t token)
{
    const dl_sentence *sentence = &document->sentences[document->tokens[token].sentence];
    for (size_t k = first_quantity(document, sentence->first);
         k < document->stated_count && document->quantities[k].first <= sentence->last;
         k++) {
        const dl_quantity *q = &document->quantities[k];
        if ((q->counted == token || (q->first <= token && token <= q->last)) &&
            of_people(q) && !is_age(document, q, token))
            return (int32_t)k;
    }
    return -1;
}

/* The same, or that of what it is a group of ("a group of 40 rebels"). -1 has none. */
static int32_t quantity_near(const dl_document *document, int32_t token)
{
    int32_t found = token < 0 ? -1 : dl_quantity_of(document, token);
    int32_t child = token < 0 ? -1 : document->tokens[token].first_child;
    for (int32_t c = child; found < 0 && c >= 0; c = document->tokens[c].next_sibling) {
        dl_deprel relation = dl_relation_of(document, c);
        if (relation == DL_DEPREL_nmod || relation == DL_DEPREL_nummod ||
            relation == DL_DEPREL_appos)
            found = dl_quantity_of(document, c);
        if (found >= 0 && is_age(document, &document->quantities[found], token))
            found = -1;
    }
    return found;
}

/* "no civilians", "nobody" */
static bool is_nobody(const dl_work *work, int32_t token)
{
    const dl_document *document = work->document;
    if (dl_fold_in(work, work->detail->list.nobody, token, NULL))
        return true;
    int32_t determiner = dl_tree_child(document, token, DL_DEPREL_det);
    return determiner >= 0 &&
           dl_fold_in(work, work->detail->list.nobody, determiner, NULL);
}

/* Whether the token stands for one person: a name of a person, a noun in the singular
 * for one, "him". */
static bool is_single(const dl_work *work, int32_t token)
{
    const dl_document *document = work->document;
    const dl_token *t = &document->tokens[token];
    const dl_mention *m = t->mention >= 0 ? &document->mentions[t->mention] : NULL;
    if (m && (m->plural || m->generic || m->type == DL_NAME_ORG || m->is_place))
        return false;
    if (t->feats.number == DL_NUMBER_PLUR ||
        dl_lemma_in(work, work->detail->list.collectives, token, NULL))
        return false;
    if (t->upos == DL_UPOS_PRON)
        return t->feats.number == DL_NUMBER_SING && t->feats.person == 3 &&
               !t->feats.reflexive &&
               (t->feats.gender == DL_GENDER_MASC || t->feats.gender == DL_GENDER_FEM);
    if (t->upos != DL_UPOS_NOUN && t->upos != DL_UPOS_PROPN)
        return false;
    int32_t article = dl_tree_child(document, token, DL_DEPREL_det);
    if (m && m->role.code[0] && article >= 0 &&
        document->tokens[article].feats.definite == DL_DEFINITE_IND)
        return true; /* "an American" */
    return (m && m->type == DL_NAME_PER) || t->name == DL_NAME_PER ||
           dl_lemma_in(work, work->detail->list.people, token, NULL);
}

/* A count of some of the people: of the part at hand, then of all so far. */
typedef struct tally {
    double value, high;
    dl_relation relation;
    dl_span span;
    int32_t first, last;
    int parts;
    int32_t quantity; /* of the part, where a number states it */
} tally;

static bool count_part(const dl_work *work, int32_t token, bool implied, tally *part)
{
    const dl_document *document = work->document;
    const dl_token *t = &document->tokens[token];
    const dl_mention *m = t->mention >= 0 ? &document->mentions[t->mention] : NULL;
    bool nobody = is_nobody(work, token);
    *part = (tally){.first = m ? m->first : token,
                    .last = m ? m->last : token,
                    .span = m ? m->span : t->span,
                    .quantity = -1};
    if (!nobody)
        part->quantity = quantity_near(document, token);
    if (part->quantity >= 0) {
        const dl_quantity *q = &document->quantities[part->quantity];
        part->value = q->value;
        part->high = q->relation == DL_BETWEEN ? q->high : q->value;
        part->relation = q->relation;
        part->span = q->span;
        part->first = q->first;
        part->last = q->last;
        return true;
    }
    if (!implied)
        return false;
    if (!nobody && !is_single(work, token))
        return false;
    part->value = part->high = nobody ? 0 : 1;
    return true;
}

/* Sums keep the hedge of their parts; where these differ they are about so many. */
static void add_part(tally *sum, const tally *part)
{
    if (sum->parts == 0) {
        *sum = *part;
    } else {
        if (sum->relation != part->relation)
            sum->relation = sum->relation == DL_EQUAL    ? part->relation
                            : part->relation == DL_EQUAL ? sum->relation
                                                         : DL_ABOUT;
        sum->value += part->value;
        sum->high += part->high;
        if (part->first < sum->first) {
            sum->first = part->first;
            sum->span.start = part->span.start;
        }
        if (part->last > sum->last) {
            sum->last = part->last;
            sum->span.end = part->span.end;
        }
        sum->quantity = -1;
    }
    sum->parts++;
}

static int32_t add_sum(dl_work *work, const tally *sum)
{
    dl_document *document = work->document;
    dl_quantity q = {.span = sum->span,
                     .first = sum->first,
                     .last = sum->last,
                     .counted = -1,
                     .value = sum->value,
                     .high = sum->high,
                     .relation = sum->relation,
                     .unit = DL_STRING("person")};
    if (!dl_arena_grow(document->arena, (void **)&document->quantities,
                       document->quantity_count, &work->quantity_room, sizeof q)) {
        work->out_of_memory = true;
        return -1;
    }
    document->quantities[document->quantity_count] = q;
    return (int32_t)document->quantity_count++;
}

static bool is_harmed(const dl_work *work, int32_t token)
{
    dl_string value;
    int kind = dl_fold_in(work, work->detail->list.size_nouns, token, &value)
                   ? dl_size_find(value)
                   : -1;
    return kind >= 0 && kind != DL_SIZE_PARTICIPANTS && kind != DL_SIZE_TROOPS;
}

/* "3 dead and 8 wounded" are two counts: the word is harm, or a bare number before it. */
static bool is_other_harm(const dl_work *work, int32_t token)
{
    const dl_document *document = work->document;
    const dl_sentence *sentence = &document->sentences[document->tokens[token].sentence];
    return is_harmed(work, token) ||
           (document->tokens[token].upos == DL_UPOS_NUM && token < sentence->last &&
            is_harmed(work, token + 1));
}

/* The next person joined to `token` behind child `c`; -1 none. Behind the one that "and"
 * brings the list ends: "the envoy and his wife, Ann Lee". */
static int32_t next_joined(const dl_work *work, int32_t c, bool *ended)
{
    const dl_document *document = work->document;
    for (; c >= 0; c = document->tokens[c].next_sibling) {
        if (dl_relation_of(document, c) != DL_DEPREL_conj ||
            document->tokens[c].upos == DL_UPOS_VERB || is_other_harm(work, c))
            continue;
        bool coordinated = dl_tree_child(document, c, DL_DEPREL_cc) >= 0;
        if (*ended && !coordinated)
            continue;
        *ended = coordinated;
        return c;
    }
    return -1;
}

/* First child of whatever a list of people hangs on: of the token, else of the name that
 * stands with it, "leader Ann Lee and two aides", where no number counts them all. */
static int32_t list_start(const dl_document *document, int32_t token, bool stated)
{
    int32_t first = document->tokens[token].first_child;
    int32_t name = dl_tree_child(document, token, DL_DEPREL_appos);
    if (stated || name < 0 || document->tokens[name].upos != DL_UPOS_PROPN ||
        dl_tree_child(document, token, DL_DEPREL_conj) >= 0)
        return first;
    return document->tokens[name].first_child;
}

int32_t dl_persons_count(dl_work *work, int32_t token, bool implied)
{
    const dl_document *document = work->document;
    tally sum = {.quantity = -1}, stated = {.quantity = -1}, part;
    bool ended = false, unknown = false;
    int32_t at = token, before = -1;
    for (int n = 0; at >= 0 && n < PARTS_MAX; n++) {
        bool counted = count_part(work, at, implied, &part);
        bool again = counted && part.quantity >= 0 && part.quantity == before;
        unknown |= !counted;
        if (counted && !again) /* "107 or more" is one number */
            add_part(&sum, &part);
        if (counted && !again && part.quantity >= 0)
            add_part(&stated, &part);
        before = part.quantity;
        int32_t next = at == token ? list_start(document, token, stated.parts > 0)
                                   : document->tokens[at].next_sibling;
        at = next_joined(work, next, &ended);
    }
    if (unknown) /* "the mayor and his guards" are not one */
        sum = stated;
    if (sum.parts == 0)
        return -1;
    return sum.quantity >= 0 ? sum.quantity : add_sum(work, &sum);
}
