#include "base/base.h"
#include "who/inside.h"

/* Sieves, each over all drafts in order of text: names; appositions and "X is the Y";
 * nominals; pronouns. Earlier ones are surer, and later ones build on them. */

typedef struct person {
    dl_known known;
    bool plural, group, place;
    uint8_t gender;
    dl_string lemma; /* of the head of its first nominal */
} person;

typedef struct referrer {
    dl_who_work *work;
    dl_document *document;
    dl_arena *arena;
    dl_entity *entities;
    person *people; /* beside entities */
    size_t count, capacity, people_capacity;
    dl_map names;    /* folded name -> entity */
    dl_map families; /* last word of a person's name -> entity spoken of last */
    dl_map known;    /* name in the lexicon -> entity */
    dl_map nouns;    /* lemma of a nominal's head -> entity spoken of last */
} referrer;

static dl_string bytes_of(dl_arena *arena, const void *data, size_t size)
{
    return dl_arena_string(arena, (dl_string){data, size});
}

static bool set(referrer *r, dl_map *map, dl_string key, int32_t entity)
{
    uint32_t *slot = key.size ? dl_map_add(map, key, (uint32_t)entity, NULL) : NULL;
    if (slot)
        *slot = (uint32_t)entity;
    else if (key.size)
        r->work->failed = true;
    return slot != NULL;
}

static int32_t look_up(const dl_map *map, dl_string key)
{
    const uint32_t *found = key.size ? dl_map_find(map, key) : NULL;
    return found ? (int32_t)*found : -1;
}

static bool has_role(const dl_role *role)
{
    return role->code[0] || role->sectors[0];
}

/* ---- Entities ------------------------------------------------------------------------
 */

static int32_t add_entity(referrer *r, const dl_draft *draft, int32_t number)
{
    if (!dl_arena_grow(r->arena, (void **)&r->entities, r->count, &r->capacity,
                       sizeof *r->entities) ||
        !dl_arena_grow(r->arena, (void **)&r->people, r->count, &r->people_capacity,
                       sizeof *r->people)) {
        r->work->failed = true;
        return -1;
    }
    r->entities[r->count] = (dl_entity){.type = draft->mention.type,
                                        .role = draft->mention.role,
                                        .first_mention = number,
                                        .gender = draft->gender};
    r->people[r->count] = (person){.known = draft->known,
                                   .plural = draft->mention.plural,
                                   .group = draft->group,
                                   .place = draft->state,
                                   .gender = draft->gender};
    return (int32_t)r->count++;
}

/* What a mention adds to what is known of its entity. */
static void join(referrer *r, dl_draft *draft, int32_t entity)
{
    dl_entity *e = &r->entities[entity];
    person *p = &r->people[entity];
    draft->mention.entity = entity;
    if (!e->role.code[0])
        memcpy(e->role.code, draft->mention.role.code, sizeof e->role.code);
    if (!e->role.sectors[0] && !draft->mention.is_place)
        memcpy(e->role.sectors, draft->mention.role.sectors, sizeof e->role.sectors);
    if (!e->role.office.size)
        e->role.office = draft->mention.role.office;
    if (!e->type)
        e->type = draft->mention.type;
    if (!p->gender)
        p->gender = e->gender = draft->gender;
    if (p->known < 0)
        p->known = draft->known;
}

static void new_for(referrer *r, int32_t number)
{
    dl_draft *draft = &r->work->drafts[number];
    int32_t entity = add_entity(r, draft, number);
    if (entity >= 0)
        join(r, draft, entity);
}

static dl_string folded_name(const referrer *r, const dl_draft *draft)
{
    dl_span span = dl_document_span(r->document, draft->name_first, draft->name_last);
    return dl_utf8_fold(r->arena, dl_document_slice(r->document, span));
}

/* ---- Names ---------------------------------------------------------------------------
 */

static int32_t entity_of_known(referrer *r, dl_known known)
{
    return look_up(&r->known, (dl_string){(const char *)&known, sizeof known});
}

static void remember_known(referrer *r, dl_known known, int32_t entity)
{
    dl_string key = bytes_of(r->arena, &known, sizeof known);
    set(r, &r->known, key, entity);
    r->entities[entity].name = dl_known_get_name(r->work->lexicon, known);
    r->people[entity].known = known;
}

/* First letters of the words that begin with a capital: "Organization of American
 * States" -> "oas"; absent where fewer than two. */
static dl_string initials(const referrer *r, const dl_draft *draft)
{
    char letters[16];
    size_t count = 0;
    for (int32_t i = draft->name_first; i <= draft->name_last; i++) {
        dl_string form = r->document->tokens[i].form;
        if (form.size && form.data[0] >= 'A' && form.data[0] <= 'Z' &&
            count < sizeof letters)
            letters[count++] = (char)(form.data[0] | 0x20);
    }
    return count > 1 ? bytes_of(r->arena, letters, count) : (dl_string){0};
}

/* Whether the mention stands in brackets right behind the one before it. */
static int32_t bracketed_after(const referrer *r, int32_t number)
{
    const dl_draft *draft = &r->work->drafts[number];
    int32_t open = draft->mention.first - 1;
    if (open < 1 || r->document->tokens[open].fold.size != 1 ||
        r->document->tokens[open].fold.data[0] != '(')
        return -1;
    for (int32_t i = number - 1; i >= 0 && i > number - 8; i--) {
        const dl_draft *before = &r->work->drafts[i];
        if (before->name_first >= 0 && before->core_last == open - 1)
            return before->mention.entity;
    }
    return -1;
}

static bool one_token(const dl_draft *draft)
{
    return draft->name_first == draft->name_last;
}

/* The entity that a name not in the lexicon stands for; -1 new. */
static int32_t entity_of_name(referrer *r, const dl_draft *draft, int32_t number,
                              dl_string name)
{
    int32_t entity = look_up(&r->names, name);
    if (entity < 0 && draft->mention.type != DL_NAME_LOC && one_token(draft))
        entity = look_up(&r->families, r->document->tokens[draft->name_last].fold);
    if (entity < 0 && draft->mention.type == DL_NAME_ORG)
        entity = bracketed_after(r, number);
    return entity;
}

static void remember_name(referrer *r, const dl_draft *draft, int32_t entity,
                          dl_string name)
{
    set(r, &r->names, name, entity);
    if (draft->mention.type == DL_NAME_PER)
        set(r, &r->families, r->document->tokens[draft->name_last].fold, entity);
    else if (!one_token(draft))
        set(r, &r->names, initials(r, draft), entity);
    if (!r->entities[entity].name.size) {
        dl_span span = dl_document_span(r->document, draft->name_first, draft->name_last);
        r->entities[entity].name = dl_document_slice(r->document, span);
    }
}

/* A person of the article with this family name, where the lexicon has another person or
 * a place of that name. The draft is then coded as that person. */
static int32_t family_of(referrer *r, dl_draft *draft, dl_string name)
{
    uint8_t seen = r->document->tokens[draft->name_last].name;
    int32_t family = look_up(&r->families, name);
    if (family < 0 || r->people[family].known == draft->known ||
        (draft->mention.type != DL_NAME_PER && seen != DL_NAME_PER))
        return draft->mention.type == DL_NAME_PER ? family : -1;
    draft->known = r->people[family].known;
    draft->state = draft->mention.is_place = false;
    draft->mention.type = DL_NAME_PER;
    draft->mention.via = DL_VIA_NAME;
    draft->mention.role = r->entities[family].role;
    return family;
}

static void refer_name(referrer *r, int32_t number)
{
    dl_draft *draft = &r->work->drafts[number];
    dl_string name = folded_name(r, draft);
    int32_t entity = -1;
    if (draft->known >= 0) {
        int32_t family = one_token(draft) ? family_of(r, draft, name) : -1;
        entity = family >= 0 ? family : entity_of_known(r, draft->known);
    } else {
        entity = entity_of_name(r, draft, number, name);
    }
    if (entity < 0) {
        entity = add_entity(r, draft, number);
        if (entity < 0)
            return;
        if (draft->known >= 0)
            remember_known(r, draft->known, entity);
    }
    join(r, draft, entity);
    remember_name(r, draft, entity, name);
}

/* ---- Appositions and predicates ------------------------------------------------------
 */

/* Joins two drafts, of which one may have an entity. */
static void unite(referrer *r, int32_t a, int32_t b)
{
    dl_draft *x = &r->work->drafts[a], *y = &r->work->drafts[b];
    if (x->mention.entity >= 0 && y->mention.entity < 0)
        join(r, y, x->mention.entity);
    else if (y->mention.entity >= 0 && x->mention.entity < 0)
        join(r, x, y->mention.entity);
    else if (x->mention.entity < 0) {
        new_for(r, a);
        if (x->mention.entity >= 0)
            join(r, y, x->mention.entity);
    }
}

static void refer_apposition(referrer *r, int32_t number)
{
    const dl_draft *draft = &r->work->drafts[number];
    const dl_token *tokens = r->document->tokens;
    const dl_token *t = &tokens[draft->mention.head];
    int32_t other = -1;
    if (draft->pronoun || t->head < 0)
        return;
    if (t->deprel == DL_DEPREL_appos || t->deprel == DL_DEPREL_nmod_desc)
        other = r->work->draft_at[t->head];
    else if (t->deprel == DL_DEPREL_nsubj &&
             dl_tree_child(r->document, t->head, DL_DEPREL_cop) >= 0)
        other = r->work->draft_at[t->head];
    if (other < 0 || r->work->drafts[other].pronoun)
        return;
    bool places = draft->mention.type == DL_NAME_LOC ||
                  r->work->drafts[other].mention.type == DL_NAME_LOC;
    const dl_draft *beside = &r->work->drafts[other];
    bool differ = draft->own_code && beside->own_code &&
                  memcmp(draft->mention.role.code, beside->mention.role.code, 4) != 0;
    if (draft->mention.plural == beside->mention.plural && !places && !differ)
        unite(r, number, other);
}

/* A mention without words of its own becomes what it stands for. */
static void take_over(referrer *r, dl_draft *pronoun, const dl_draft *other)
{
    dl_mention *m = &pronoun->mention;
    if (other->mention.entity < 0)
        return;
    const dl_entity *e = &r->entities[other->mention.entity];
    m->role = has_role(&e->role) ? e->role : other->mention.role;
    m->type = e->type;
    m->rule = other->mention.rule;
    pronoun->actor = true;
    pronoun->has_role = m->role.sectors[0] != DL_NO_SECTOR;
    pronoun->group = other->group;
    pronoun->state = other->state;
    pronoun->known = other->known;
    m->plural = m->plural || other->mention.plural;
    join(r, pronoun, other->mention.entity);
}

/* ---- Nominals ------------------------------------------------------------------------
 */

static int32_t sentence_of(const referrer *r, int32_t number)
{
    return r->document->tokens[r->work->drafts[number].mention.head].sentence;
}

/* The possessor's entity where it is a pronoun or a name; -1 none. */
static int32_t possessor_of(const referrer *r, const dl_draft *draft)
{
    int32_t token = dl_tree_child(r->document, draft->mention.head, DL_DEPREL_nmod_poss);
    int32_t number = token >= 0 ? r->work->draft_at[token] : -1;
    return number >= 0 ? r->work->drafts[number].mention.entity : -1;
}

static void become_known(referrer *r, dl_draft *draft, dl_known known, int32_t number)
{
    int32_t entity = entity_of_known(r, known);
    draft->known = known;
    draft->mention.type = DL_NAME_PER;
    draft->mention.role =
        dl_known_get_role(r->work->lexicon, known, r->document->date, NULL);
    if (entity < 0) {
        entity = add_entity(r, draft, number);
        if (entity < 0)
            return;
        remember_known(r, known, entity);
    }
    join(r, draft, entity);
}

/* A name spoken of before that holds the office; -1 none. */
static int32_t earlier_holder(const referrer *r, int32_t number, const dl_draft *draft)
{
    for (int32_t i = number - 1, seen = 0; i >= 0 && seen < DL_WHO_LOOK_BACK;
         i--, seen++) {
        const dl_draft *other = &r->work->drafts[i];
        if (other->mention.type != DL_NAME_PER || other->mention.entity < 0)
            continue;
        const dl_entity *e = &r->entities[other->mention.entity];
        bool country = !draft->own_code || !e->role.code[0] ||
                       memcmp(e->role.code, draft->mention.role.code, 4) == 0;
        if (country && dl_string_equal(e->role.office, draft->office))
            return other->mention.entity;
    }
    return -1;
}

/* "the Kazakh president", "the president". */
static bool refer_office(referrer *r, int32_t number)
{
    dl_draft *draft = &r->work->drafts[number];
    bool singular = !draft->mention.plural && !draft->mention.generic;
    bool former = draft->mention.role.sectors[0] == DL_SECTOR_ELI;
    if (!draft->office.size || !singular || former ||
        !(draft->definite || draft->own_code))
        return false;
    int32_t determiner = dl_tree_child(r->document, draft->mention.head, DL_DEPREL_det);
    if (determiner >= 0 && !draft->definite)
        return false;
    int32_t entity = earlier_holder(r, number, draft);
    if (entity >= 0) {
        draft->mention.type = DL_NAME_PER;
        join(r, draft, entity);
        return true;
    }
    dl_known holder = dl_known_find_holder(r->work->lexicon, draft->mention.role.code,
                                           draft->office, r->document->date, false);
    if (holder < 0)
        return false;
    become_known(r, draft, holder, number);
    return true;
}

/* "his predecessor": the one who held the possessor's office before. */
static bool refer_predecessor(referrer *r, int32_t number)
{
    dl_draft *draft = &r->work->drafts[number];
    int32_t possessor = possessor_of(r, draft);
    if (possessor < 0 || draft->mention.plural ||
        !dl_who_token_in(r->work, DL_WHO_PREDECESSORS, draft->mention.head))
        return false;
    const dl_role *role = &r->entities[possessor].role;
    if (!dl_who_in_list(r->work, DL_WHO_FORMER_HOLDERS,
                        r->document->tokens[draft->mention.head].lemma))
        return false;
    dl_known holder = dl_known_find_holder(r->work->lexicon, role->code, role->office,
                                           r->document->date, true);
    if (holder < 0)
        return false;
    become_known(r, draft, holder, number);
    return true;
}

/* "the country": the one that the text is about. */
static bool refer_country(referrer *r, int32_t number)
{
    dl_draft *draft = &r->work->drafts[number];
    dl_known known = dl_known_find_state(r->work->lexicon, draft->topic);
    if (known < 0 || !dl_who_token_in(r->work, DL_WHO_STATE_NOUNS, draft->mention.head))
        return false;
    int32_t entity = entity_of_known(r, known);
    memcpy(draft->mention.role.code, draft->topic, sizeof draft->topic);
    draft->mention.type = DL_NAME_LOC;
    draft->state = true;
    if (entity < 0) {
        entity = add_entity(r, draft, number);
        if (entity < 0)
            return false;
        remember_known(r, known, entity);
    }
    join(r, draft, entity);
    return true;
}

/* "the country", "the group": the last entity of that kind. */
static bool refer_group(referrer *r, int32_t number)
{
    dl_draft *draft = &r->work->drafts[number];
    const dl_token *tokens = r->document->tokens;
    bool bare = draft->mention.first + 1 == draft->mention.head &&
                draft->mention.last == draft->mention.head;
    if (!draft->group || !draft->definite || !bare || draft->mention.plural ||
        tokens[draft->mention.first].upos != DL_UPOS_DET)
        return false;
    if (dl_who_token_in(r->work, DL_WHO_COUNTRY_NOUNS, draft->mention.head))
        return refer_country(r, number);
    if (!dl_who_token_in(r->work, DL_WHO_ORGANISATION_NOUNS, draft->mention.head))
        return false;
    for (int32_t i = number - 1;
         i >= 0 && sentence_of(r, number) - sentence_of(r, i) <= DL_WHO_SENTENCES_BACK;
         i--) {
        const dl_draft *other = &r->work->drafts[i];
        if (other->mention.entity < 0 || other->name_first < 0 ||
            other->mention.type != DL_NAME_ORG)
            continue;
        memcpy(draft->mention.role.code, other->mention.role.code, 4);
        draft->mention.type = DL_NAME_ORG;
        join(r, draft, other->mention.entity);
        return true;
    }
    return false;
}

/* Lemma and country: "soldier RUS". */
static dl_string noun_key(const referrer *r, const dl_draft *draft)
{
    dl_string lemma = r->document->tokens[draft->mention.head].lemma;
    return dl_arena_format(r->arena, "%.*s %s", (int)lemma.size, lemma.data,
                           draft->mention.role.code);
}

/* A nominal with a head and country spoken of before: a definite one, or people named by
 * their country ("Russian soldiers") without a number. */
static bool refer_same_noun(referrer *r, int32_t number)
{
    dl_draft *draft = &r->work->drafts[number];
    dl_string lemma = r->document->tokens[draft->mention.head].lemma;
    bool counted = dl_tree_child(r->document, draft->mention.head, DL_DEPREL_nummod) >= 0;
    bool people = draft->own_code && draft->mention.plural;
    if (counted || lemma.size == 0 || !(draft->definite || people))
        return false;
    int32_t entity = look_up(&r->nouns, noun_key(r, draft));
    if (entity < 0 && !draft->own_code)
        entity = look_up(&r->nouns, lemma);
    if (entity < 0 || r->people[entity].plural != draft->mention.plural)
        return false;
    join(r, draft, entity);
    return true;
}

/* "the latter" and "the former": of those spoken of in this sentence and the one before,
 * the last and the one before it. */
static bool refer_latter(referrer *r, int32_t number)
{
    dl_draft *draft = &r->work->drafts[number];
    bool latter = dl_who_token_in(r->work, DL_WHO_LATTER, draft->mention.head);
    bool former = dl_who_token_in(r->work, DL_WHO_FORMER, draft->mention.head);
    int32_t last = -1;
    if (!draft->definite || (!latter && !former) || draft->actor)
        return false;
    for (int32_t i = number - 1;
         i >= 0 && sentence_of(r, number) - sentence_of(r, i) <= 1; i--) {
        const dl_draft *other = &r->work->drafts[i];
        int32_t entity = other->mention.entity;
        if (entity < 0 || !other->actor || other->mention.is_place || entity == last)
            continue;
        if (latter || last >= 0) {
            take_over(r, draft, other);
            return true;
        }
        last = entity;
    }
    return false;
}

/* "the politician", "the general": the last person, of the same sector where one is
 * known. */
static bool refer_person(referrer *r, int32_t number)
{
    dl_draft *draft = &r->work->drafts[number];
    const dl_mention *m = &draft->mention;
    const dl_token *tokens = r->document->tokens;
    bool bare = m->first + 1 == m->head && m->last == m->head &&
                tokens[m->first].deprel == DL_DEPREL_det;
    if (!bare || !draft->definite || m->plural ||
        !dl_who_token_in(r->work, DL_WHO_PERSONS, m->head))
        return false;
    for (int32_t i = number - 1;
         i >= 0 && sentence_of(r, number) - sentence_of(r, i) <= 1; i--) {
        const dl_draft *other = &r->work->drafts[i];
        if (other->mention.entity < 0 || other->mention.type != DL_NAME_PER)
            continue;
        uint8_t sector = r->entities[other->mention.entity].role.sectors[0];
        bool gender = !draft->gender || !r->people[other->mention.entity].gender ||
                      draft->gender == r->people[other->mention.entity].gender;
        if (!gender || (sector && m->role.sectors[0] && sector != m->role.sectors[0]))
            continue;
        join(r, draft, other->mention.entity);
        return true;
    }
    return false;
}

static void refer_nominal(referrer *r, int32_t number)
{
    dl_draft *draft = &r->work->drafts[number];
    if (draft->mention.entity < 0 && !refer_latter(r, number) &&
        !refer_office(r, number) && !refer_predecessor(r, number) &&
        !refer_group(r, number) && !refer_same_noun(r, number) &&
        !refer_person(r, number))
        new_for(r, number);
    dl_string lemma = r->document->tokens[draft->mention.head].lemma;
    if (draft->mention.entity >= 0 && draft->actor && lemma.size) {
        set(r, &r->nouns, lemma, draft->mention.entity);
        set(r, &r->nouns, noun_key(r, draft), draft->mention.entity);
    }
}

/* ---- Pronouns ------------------------------------------------------------------------
 */

static bool is_subject(const dl_document *document, int32_t token)
{
    return dl_deprel_universal(document->tokens[token].deprel) == DL_DEPREL_nsubj;
}

/* The verb whose argument the token is, over conjuncts; -1 none. */
static int32_t governor(const dl_document *document, int32_t token)
{
    for (int i = 0;
         i < DL_WHO_CHAIN_MAX && document->tokens[token].deprel == DL_DEPREL_conj &&
         document->tokens[token].head >= 0;
         i++)
        token = document->tokens[token].head;
    return document->tokens[token].head;
}

static bool is_person(const referrer *r, const dl_draft *draft)
{
    if (draft->mention.type)
        return draft->mention.type == DL_NAME_PER;
    return !draft->group && draft->actor && !draft->mention.plural &&
           !dl_who_token_in(r->work, DL_WHO_COLLECTIVES, draft->mention.head) &&
           (draft->gender || draft->has_role ||
            dl_who_token_in(r->work, DL_WHO_PERSONS, draft->mention.head));
}

static bool surely_person(const referrer *r, const dl_draft *draft)
{
    return draft->mention.type == DL_NAME_PER || draft->gender ||
           (!draft->mention.type &&
            dl_who_token_in(r->work, DL_WHO_PERSONS, draft->mention.head));
}

static bool gender_fits(const referrer *r, const dl_draft *draft, uint8_t gender)
{
    uint8_t known = draft->mention.entity >= 0 ? r->people[draft->mention.entity].gender
                                               : draft->gender;
    return !known || known == gender;
}

/* Whether the pronoun may stand for the draft at all. */
static bool agrees(const referrer *r, const dl_draft *pronoun, const dl_draft *other)
{
    bool people = is_person(r, other);
    bool place = other->state || other->mention.type == DL_NAME_LOC;
    bool organisation = other->mention.type == DL_NAME_ORG ||
                        (other->group && has_role(&other->mention.role));
    switch (pronoun->pronoun) {
    case DL_PRONOUN_HE:
        return people && !other->mention.plural && gender_fits(r, other, DL_GENDER_MASC);
    case DL_PRONOUN_SHE:
        return people && !other->mention.plural && gender_fits(r, other, DL_GENDER_FEM);
    case DL_PRONOUN_IT:
        return !other->mention.plural && !surely_person(r, other) &&
               (organisation || other->state || other->has_role);
    case DL_PRONOUN_THEY:
        return other->mention.plural ||
               (!people && !place && (organisation || other->has_role));
    default:
        return false;
    }
}

/* Higher is better; what stands in the same clause as an object of the pronoun's own verb
 * is no antecedent (principle B), nor is what the pronoun itself is part of. */
static int score_of(const referrer *r, const dl_draft *pronoun, const dl_draft *other)
{
    const dl_document *document = r->document;
    int32_t head = pronoun->mention.head;
    bool possessive = document->tokens[head].deprel == DL_DEPREL_nmod_poss;
    int distance =
        document->tokens[head].sentence - document->tokens[other->mention.head].sentence;
    int score = 100 - 25 * distance;
    if (dl_tree_below(document, head, other->mention.head) && possessive &&
        document->tokens[head].head == other->mention.head)
        return -1;
    bool reflexive = document->tokens[head].feats.reflexive;
    if (reflexive && governor(document, head) != governor(document, other->mention.head))
        return -1;
    if (!possessive && !reflexive &&
        governor(document, head) == governor(document, other->mention.head))
        return -1;
    if (is_subject(document, other->mention.head))
        score += is_subject(document, head) || possessive ? 20 : 12;
    if (other->mention.via != DL_VIA_NOMINAL)
        score += 6;
    if (other->mention.is_place)
        score -= pronoun->pronoun == DL_PRONOUN_IT ? 30 : 12;
    if (pronoun->gender && other->gender == pronoun->gender)
        score += 10;
    if (pronoun->pronoun == DL_PRONOUN_THEY && !other->mention.plural)
        score -= 15;
    return score;
}

/* The subject of the verb that governs the clause as speech or thought: ccomp or
 * parataxis of it, or it of this ("..., she said"). */
static int32_t speaker_of(const referrer *r, int32_t token)
{
    const dl_token *tokens = r->document->tokens;
    for (int i = 0; i < 4 * DL_WHO_CHAIN_MAX && tokens[token].head >= 0; i++) {
        dl_deprel deprel = dl_deprel_universal(tokens[token].deprel);
        int32_t head = tokens[token].head;
        if (deprel == DL_DEPREL_ccomp || deprel == DL_DEPREL_parataxis) {
            int32_t subject = dl_tree_child(r->document, head, DL_DEPREL_nsubj);
            if (subject >= 0 && r->work->draft_at[subject] >= 0)
                return r->work->draft_at[subject];
        }
        token = head;
    }
    for (int32_t c = tokens[token].first_child; c >= 0; c = tokens[c].next_sibling)
        if (tokens[c].deprel == DL_DEPREL_parataxis) {
            int32_t subject = dl_tree_child(r->document, c, DL_DEPREL_nsubj);
            if (subject >= 0 && r->work->draft_at[subject] >= 0)
                return r->work->draft_at[subject];
        }
    return -1;
}

static void refer_pronoun(referrer *r, int32_t number)
{
    dl_draft *pronoun = &r->work->drafts[number];
    int32_t best = -1;
    int best_score = 0;
    if (pronoun->pronoun == DL_PRONOUN_I || pronoun->pronoun == DL_PRONOUN_WE) {
        best = speaker_of(r, pronoun->mention.head);
    } else {
        for (int32_t i = number - 1, seen = 0; i >= 0 && seen < DL_WHO_LOOK_BACK;
             i--, seen++) {
            const dl_draft *other = &r->work->drafts[i];
            if (sentence_of(r, number) - sentence_of(r, i) > DL_WHO_SENTENCES_BACK)
                break;
            if (other->mention.generic || !agrees(r, pronoun, other))
                continue;
            int score = score_of(r, pronoun, other);
            if (score > best_score) {
                best_score = score;
                best = i;
            }
        }
    }
    if (best >= 0 && best != number && r->work->drafts[best].mention.entity >= 0)
        take_over(r, pronoun, &r->work->drafts[best]);
    if (pronoun->mention.entity < 0)
        new_for(r, number);
}

/* Relatives of those in office, where a pronoun stood for the one in office. */
static void mark_relative(referrer *r, dl_draft *draft)
{
    dl_role *role = &draft->mention.role;
    int32_t possessor = possessor_of(r, draft);
    if (possessor < 0 || draft->pronoun || role->sectors[0] == DL_SECTOR_ELI ||
        !dl_who_token_in(r->work, DL_WHO_FAMILY, draft->mention.head))
        return;
    const dl_role *other = &r->entities[possessor].role;
    if (other->sectors[0] != DL_SECTOR_GOV && other->sectors[0] != DL_SECTOR_ELI &&
        other->sectors[0] != DL_SECTOR_LEG)
        return;
    memset(role, 0, sizeof *role);
    memcpy(role->code, other->code, sizeof role->code);
    dl_role_put(role, DL_SECTOR_ELI, true);
    if (draft->mention.entity >= 0)
        r->entities[draft->mention.entity].role = *role;
}

/* ---- All of it -----------------------------------------------------------------------
 */

/* A mention says what its entity is where its own words do not. */
static void fill_roles(referrer *r)
{
    for (size_t i = 0; i < r->work->count; i++) {
        dl_mention *m = &r->work->drafts[i].mention;
        const dl_entity *e = m->entity >= 0 ? &r->entities[m->entity] : NULL;
        if (!e)
            continue;
        if (!m->role.code[0])
            memcpy(m->role.code, e->role.code, sizeof m->role.code);
        if (!m->role.sectors[0] && !m->is_place && !r->work->drafts[i].state)
            memcpy(m->role.sectors, e->role.sectors, sizeof m->role.sectors);
        if (!m->role.office.size)
            m->role.office = e->role.office;
    }
}

static bool start(referrer *r, dl_who_work *work)
{
    *r = (referrer){
        .work = work, .document = work->document, .arena = work->document->arena};
    size_t expected = work->count / 4 + 16;
    return dl_map_init(&r->names, r->arena, expected) &&
           dl_map_init(&r->families, r->arena, expected) &&
           dl_map_init(&r->known, r->arena, expected) &&
           dl_map_init(&r->nouns, r->arena, expected);
}

void dl_who_refer(dl_who_work *work)
{
    referrer r;
    if (!start(&r, work)) {
        work->failed = true;
        return;
    }
    int32_t count = (int32_t)work->count;
    for (int32_t i = 0; i < count && !work->failed; i++)
        if (work->drafts[i].name_first >= 0 && !work->drafts[i].pronoun)
            refer_name(&r, i);
    for (int32_t i = 0; i < count && !work->failed; i++)
        refer_apposition(&r, i);
    for (int32_t i = 0; i < count && !work->failed; i++) {
        if (work->drafts[i].pronoun)
            refer_pronoun(&r, i);
        else if (work->drafts[i].name_first < 0)
            refer_nominal(&r, i);
    }
    for (int32_t i = 0; i < count; i++)
        mark_relative(&r, &work->drafts[i]);
    fill_roles(&r);
    work->document->entities = r.entities;
    work->document->entity_count = r.count;
}
