#include "base/base.h"
#include "who/front.h"

/* A name that covers the head: *first and *last are set, and the longest wins. */
static dl_names_found name_over_head(const dl_who_work *work, const dl_draft *draft,
                                     int32_t *first, int32_t *last)
{
    const dl_mention *m = &draft->mention;
    dl_names_found none = {0};
    for (int32_t i = m->first; i <= m->head; i++) {
        dl_names_found found =
            dl_names_match(work->lexicon, work->document, i, m->last, work->lone);
        int32_t end = i + (int32_t)found.tokens - 1;
        if (found.tokens && end >= m->head) {
            *first = i;
            *last = end;
            return found;
        }
    }
    return none;
}

static dl_name_type type_of(dl_known_kind kind)
{
    return kind == DL_KNOWN_PERSON         ? DL_NAME_PER
           : kind == DL_KNOWN_ORGANISATION ? DL_NAME_ORG
                                           : DL_NAME_LOC;
}

/* ---- Complements behind the head -----------------------------------------------------
 */

/* The draft of the complement that tells the country, -1 none; *belongs tells whether the
 * phrase is of it ("leader of X") rather than somewhere. */
static int32_t complement(const dl_who_work *work, int32_t head, bool *belongs)
{
    const dl_token *tokens = work->document->tokens;
    int32_t found = -1;
    for (int32_t c = tokens[head].first_child; c >= 0; c = tokens[c].next_sibling) {
        if (c < head || dl_deprel_universal(tokens[c].deprel) != DL_DEPREL_nmod ||
            work->draft_at[c] < 0)
            continue;
        if (dl_who_has_case(work, c, DL_WHO_COMPLEMENTS)) {
            *belongs = true;
            return work->draft_at[c];
        }
        if (found < 0 && dl_who_has_case(work, c, DL_WHO_COUNTRY_PREPOSITIONS))
            found = work->draft_at[c];
    }
    *belongs = false;
    return found;
}

static bool is_weak(uint8_t sector)
{
    return sector == DL_NO_SECTOR || sector == DL_SECTOR_CVL || sector == DL_SECTOR_UNK;
}

/* Modifiers that say what somebody is whatever the noun says. */
static bool is_strong(uint8_t sector)
{
    switch (sector) {
    case DL_SECTOR_REB:
    case DL_SECTOR_UAF:
    case DL_SECTOR_PRM:
    case DL_SECTOR_MIL:
    case DL_SECTOR_COP:
    case DL_SECTOR_SPY:
        return true;
    default:
        return false;
    }
}

/* ---- Putting it together -------------------------------------------------------------
 */

static void add_modifiers(const dl_who_work *work, dl_draft *draft, const dl_front *words)
{
    dl_role *role = &draft->mention.role;
    bool holder = dl_who_token_in(work, DL_WHO_HOLDERS, draft->mention.head);
    for (size_t i = 0; i < DL_SECTORS_MAX && words->modifiers.sectors[i]; i++) {
        uint8_t sector = words->modifiers.sectors[i];
        bool over = is_weak(role->sectors[0]) ||
                    (is_strong(sector) && role->sectors[0] == DL_SECTOR_MIL &&
                     sector != DL_SECTOR_MIL) ||
                    (holder && sector != DL_SECTOR_GOV && sector != DL_SECTOR_OPP &&
                     role->sectors[0] == DL_SECTOR_GOV);
        if (is_weak(role->sectors[0]) && over)
            memset(role->sectors, 0, sizeof role->sectors);
        if (over || sector == DL_SECTOR_OPP || sector == DL_SECTOR_REB)
            dl_role_put(role, (dl_sector)sector, over);
    }
}

static void make_former(dl_role *role)
{
    dl_role_put(role, DL_SECTOR_ELI, true);
    role->office = (dl_string){0};
}

/* A name whose entity the lexicon knows. */
static void code_known(dl_who_work *work, dl_draft *draft, const dl_front *words)
{
    dl_mention *m = &draft->mention;
    bool current = false;
    dl_known_kind kind = dl_known_get_kind(work->lexicon, draft->known);
    dl_role role =
        dl_known_get_role(work->lexicon, draft->known, work->document->date, &current);
    m->role = role;
    m->rule = dl_known_get_rule(work->lexicon, draft->known);
    m->type = type_of(kind);
    m->via = kind == DL_KNOWN_SEAT || kind == DL_KNOWN_STATE ? DL_VIA_PLACE : DL_VIA_NAME;
    if (m->via == DL_VIA_NAME && words->title.sectors[0])
        m->via = DL_VIA_TITLE;
    draft->state = kind == DL_KNOWN_STATE || kind == DL_KNOWN_SEAT;
    if (kind == DL_KNOWN_PERSON && !role.sectors[0] && words->title.sectors[0])
        dl_role_put_all(&m->role, &words->title, false);
    if (kind == DL_KNOWN_PERSON && words->former &&
        !(current && role.sectors[0] == DL_SECTOR_GOV))
        make_former(&m->role);
    draft->own_code = m->role.code[0] != '\0';
    draft->actor = true;
    draft->has_role = true;
}

/* The sign of a name that the lexicon does not know. */
static void code_unknown(dl_who_work *work, dl_draft *draft, const dl_front *words)
{
    dl_mention *m = &draft->mention;
    m->via = words->title.sectors[0] ? DL_VIA_TITLE : DL_VIA_NAME;
    dl_role_put_all(&m->role, &words->title, false);
    m->role.office = words->title.office;
    if (m->type != DL_NAME_LOC)
        add_modifiers(work, draft, words);
    dl_role_set_code(&m->role, words->country.code);
    if (words->body.code[0] && is_weak(m->role.sectors[0]))
        dl_role_put_all(&m->role, &words->body, true);
    if (words->former)
        make_former(&m->role);
    m->rule = words->word_rule.size ? words->word_rule : words->rule;
    draft->own_code = m->role.code[0] != '\0';
    draft->has_role = m->role.sectors[0] != DL_NO_SECTOR;
    draft->actor = true;
}

/* A known person by another spelling, or by the family name behind a fitting title. */
static dl_names_found other_spelling(const dl_who_work *work, const dl_draft *draft,
                                     const dl_front *words)
{
    int32_t first = draft->name_first, last = draft->name_last;
    dl_names_found found = {0};
    bool titled = words->title.sectors[0] != DL_NO_SECTOR;
    if (draft->mention.type != DL_NAME_PER && !titled)
        return found;
    if (first == last && titled)
        found = dl_names_match_family(work->lexicon, work->document, last);
    if (!found.tokens && (first < last || titled))
        found = dl_names_match_alike(work->lexicon, work->document, first, last);
    size_t kept = 0;
    for (size_t i = 0; i < found.count; i++) {
        dl_role role =
            dl_known_get_role(work->lexicon, found.known[i], work->document->date, NULL);
        bool country =
            !words->country.code[0] || memcmp(words->country.code, role.code, 4) == 0;
        bool sector = !titled || words->former ||
                      role.sectors[0] == words->title.sectors[0] ||
                      role.sectors[0] == DL_SECTOR_ELI;
        if (country && (first < last || sector))
            found.known[kept++] = found.known[i];
    }
    found.count = kept;
    found.tokens = kept ? found.tokens : 0;
    return found;
}

/* Whether a family name alone, found inside of a longer name of a person, may be of that
 * person: the given name before it must fit. */
static bool given_name_fits(const dl_who_work *work, const dl_draft *draft,
                            const dl_names_found *found)
{
    dl_names_found alike = dl_names_match_alike(work->lexicon, work->document,
                                                draft->name_first, draft->name_last);
    for (size_t i = 0; i < alike.count; i++)
        for (size_t k = 0; k < found->count; k++)
            if (alike.known[i] == found->known[k])
                return true;
    return false;
}

/* Whether the head is (part of) a name: *covering is what the lexicon has for it. */
static bool find_name(const dl_who_work *work, dl_draft *draft, dl_names_found *covering)
{
    int32_t first = -1, last = -1;
    *covering = name_over_head(work, draft, &first, &last);
    if (covering->tokens) {
        bool longer = draft->name_first >= 0 && draft->mention.type == DL_NAME_PER &&
                      (first > draft->name_first || last < draft->name_last);
        bool person =
            dl_known_get_kind(work->lexicon, covering->known[0]) == DL_KNOWN_PERSON;
        bool family = first == last && last == draft->name_last;
        if (longer && (!person || (family && !given_name_fits(work, draft, covering)))) {
            covering->tokens = 0;
            return true;
        }
        draft->name_first = first;
        draft->name_last = last;
        if (last > draft->core_last)
            draft->core_last = last;
        return true;
    }
    return draft->name_first >= 0 && draft->mention.head >= draft->name_first &&
           draft->mention.head <= draft->name_last;
}

static void code_nominal(dl_who_work *work, dl_draft *draft);

/* A name of a place that only the gazetteer knows. */
static bool code_place(dl_who_work *work, dl_draft *draft)
{
    dl_known_place place;
    dl_mention *m = &draft->mention;
    size_t size = m->type == DL_NAME_LOC
                      ? dl_front_place(work, draft->name_first, draft->name_last, &place)
                      : 0;
    if (size != (size_t)(draft->name_last - draft->name_first + 1))
        return false;
    memcpy(m->role.code, place.country, sizeof m->role.code);
    m->rule = place.rule;
    m->via = DL_VIA_PLACE;
    draft->own_code = m->role.code[0] != '\0';
    draft->actor = true;
    return true;
}

/* The country that stands inside of an organisation's name ("Supreme Court of Chad"). */
static void take_inner_country(const dl_who_work *work, dl_draft *draft)
{
    dl_front inner = {0};
    int32_t next = 0;
    for (int32_t t = draft->name_first; t >= 0 && t <= draft->name_last; t++)
        if (dl_who_token_in(work, DL_WHO_COMPLEMENTS, t) && t < draft->name_last &&
            dl_front_country(work, t + 1, draft->name_last, &inner, &next) &&
            inner.country.code[0]) {
            dl_role_set_code(&draft->mention.role, inner.country.code);
            draft->own_code = true;
            return;
        }
}

/* "U.S. Supreme Court", "Nigerians": a name whose own words say what it is. */
static bool code_speaking_name(dl_who_work *work, dl_draft *draft)
{
    dl_draft reading = *draft;
    dl_string form = work->document->tokens[draft->mention.head].form;
    bool capital = form.size && form.data[0] >= 'A' && form.data[0] <= 'Z';
    if (draft->mention.type == DL_NAME_PER && draft->name_first < draft->name_last &&
        capital)
        return false;
    code_nominal(work, &reading);
    bool people = reading.own_code && draft->name_first == draft->name_last;
    if (!reading.actor || !(reading.has_role || people))
        return false;
    *draft = reading;
    if (!draft->own_code)
        take_inner_country(work, draft);
    if (people && !reading.has_role) {
        draft->mention.type = DL_NO_NAME;
        draft->name_first = draft->name_last = -1;
    }
    if (draft->name_first >= 0)
        draft->mention.via = DL_VIA_NAME;
    return true;
}

/* "Korean Central News Agency" is not the "Central News Agency" of another country. */
static bool is_of_other_country(const dl_who_work *work, const dl_draft *draft,
                                const dl_front *words)
{
    dl_role role =
        dl_known_get_role(work->lexicon, draft->known, work->document->date, NULL);
    return dl_known_get_kind(work->lexicon, draft->known) == DL_KNOWN_ORGANISATION &&
           words->country.code[0] && role.code[0] &&
           dl_known_find_state(work->lexicon, role.code) >= 0 &&
           memcmp(role.code, words->country.code, 4) != 0;
}

static void code_name(dl_who_work *work, dl_draft *draft, dl_names_found found)
{
    dl_front words = {0};
    dl_mention *m = &draft->mention;
    dl_front_read(work, m->first, draft->name_first, true, &words);
    if (!found.tokens)
        found = other_spelling(work, draft, &words);
    if (found.tokens)
        draft->known =
            dl_front_choose(work, &found, m->type, &words.title, words.country.code);
    if (draft->known >= 0 && is_of_other_country(work, draft, &words)) {
        draft->known = -1;
        draft->name_first = m->first;
    }
    if (draft->known >= 0) {
        code_known(work, draft, &words);
        return;
    }
    if (!code_place(work, draft) &&
        (words.title.sectors[0] || !code_speaking_name(work, draft)))
        code_unknown(work, draft, &words);
}

/* The first token behind a rebels' name of several words that stands before the head: the
 * "Army" in it makes nobody a soldier. */
static int32_t behind_rebels(const dl_who_work *work, const dl_mention *m)
{
    int32_t first = m->first;
    for (int32_t i = m->first; i < m->head; i++) {
        dl_names_found found =
            dl_names_match(work->lexicon, work->document, i, m->head, false);
        int32_t end = i + (int32_t)found.tokens;
        if (found.tokens < 2 || end > m->head)
            continue;
        dl_role role =
            dl_known_get_role(work->lexicon, found.known[0], work->document->date, NULL);
        if (role.sectors[0] == DL_SECTOR_REB || role.sectors[0] == DL_SECTOR_PRM)
            first = end;
    }
    return first;
}

/* The longest phrase of roles that takes in the head; sets where it begins. */
static bool find_role(const dl_who_work *work, const dl_draft *draft,
                      dl_word_sense *sense, int32_t *start)
{
    const dl_mention *m = &draft->mention;
    for (int32_t i = behind_rebels(work, m); i <= m->head; i++) {
        dl_word_sense found = {0};
        size_t size = dl_words_match(work->lexicon, DL_WORDS_ROLE, work->document, i,
                                     m->last, m->head, &found);
        if (size && i + (int32_t)size - 1 >= m->head) {
            *sense = found;
            *start = i;
            return true;
        }
    }
    return false;
}

static void set_office(const dl_who_work *work, dl_draft *draft)
{
    for (int32_t i = draft->mention.first; i <= draft->mention.head; i++) {
        size_t size =
            dl_list_match_tokens(work->lexicon, work->who->lists[DL_WHO_OFFICES],
                                 work->document, i, draft->mention.last, NULL);
        if (size == 0 || i + (int32_t)size - 1 < draft->mention.head)
            continue;
        dl_word_sense sense = {0};
        dl_words_match(work->lexicon, DL_WORDS_TITLE, work->document, i,
                       i + (int32_t)size - 1, draft->mention.head, &sense);
        draft->office = sense.office.size
                            ? sense.office
                            : work->document->tokens[draft->mention.head].fold;
        break;
    }
}

/* The phrase goes on over what told its country: "people in Chad and Niger". */
static void extend_over(const dl_who_work *work, dl_draft *draft, const dl_draft *other)
{
    const dl_token *tokens = work->document->tokens;
    int32_t last = other->mention.last;
    for (int32_t c = tokens[other->mention.head].first_child; c >= 0;
         c = tokens[c].next_sibling)
        if (tokens[c].deprel == DL_DEPREL_conj && work->draft_at[c] >= 0 &&
            tokens[c].left <= last + 3)
            last = work->drafts[work->draft_at[c]].mention.last;
    if (last <= draft->mention.last)
        return;
    draft->mention.last = last;
    draft->mention.span =
        dl_document_span(work->document, draft->mention.first, draft->mention.last);
}

/* What the complement ("of Hezbollah", "in Homs") adds. */
static void add_complement(dl_who_work *work, dl_draft *draft, bool counting)
{
    bool belongs = false;
    dl_role *role = &draft->mention.role;
    int32_t number = complement(work, draft->mention.head, &belongs);
    if (number < 0)
        return;
    const dl_draft *other = &work->drafts[number];
    bool holder = dl_who_token_in(work, DL_WHO_HOLDERS, draft->mention.head);
    bool named = other->mention.type == DL_NAME_PER;
    if (other->own_code)
        dl_role_set_code(role, other->mention.role.code);
    if (role->code[0] && other->own_code)
        draft->own_code = true;
    if (!belongs && other->own_code && !draft->definite)
        extend_over(work, draft, other);
    if (!belongs || other->state || !other->actor)
        return;
    if (counting || ((holder || is_weak(role->sectors[0])) && !named)) {
        if (counting || other->mention.role.sectors[0])
            memset(role->sectors, 0, sizeof role->sectors);
        dl_role_put_all(role, &other->mention.role, true);
        draft->actor = true;
        draft->has_role = role->sectors[0] != DL_NO_SECTOR;
        if (!draft->mention.rule.size)
            draft->mention.rule = other->mention.rule;
    }
}

static bool is_relative_of_elite(const dl_who_work *work, const dl_draft *draft)
{
    return dl_who_token_in(work, DL_WHO_FAMILY, draft->mention.head) && draft->definite;
}

/* Relatives of those in office are of the elite. */
static void code_relative(dl_who_work *work, dl_draft *draft)
{
    bool belongs = false;
    const dl_token *tokens = work->document->tokens;
    int32_t number = complement(work, draft->mention.head, &belongs);
    int32_t possessor =
        dl_tree_child(work->document, draft->mention.head, DL_DEPREL_nmod_poss);
    const dl_draft *other = number >= 0 && belongs ? &work->drafts[number] : NULL;
    if (possessor >= 0 && work->draft_at[possessor] >= 0 &&
        tokens[possessor].upos != DL_UPOS_PRON)
        other = &work->drafts[work->draft_at[possessor]];
    if (!other)
        return;
    if (other->known < 0 && !other->has_role)
        return;
    uint8_t sector = other->mention.role.sectors[0];
    if (sector == DL_SECTOR_GOV || sector == DL_SECTOR_ELI || sector == DL_SECTOR_LEG) {
        memset(draft->mention.role.sectors, 0, DL_SECTORS_MAX);
        dl_role_put(&draft->mention.role, DL_SECTOR_ELI, true);
        dl_role_set_code(&draft->mention.role, other->mention.role.code);
    }
}

/* A name that no model saw, behind "in" or "of": a place where the gazetteer has it. */
static bool code_bare_place(dl_who_work *work, dl_draft *draft)
{
    dl_known_place place;
    dl_mention *m = &draft->mention;
    if (work->document->tokens[m->head].upos != DL_UPOS_PROPN ||
        dl_front_place(work, m->first, m->head, &place) !=
            (size_t)(m->head - m->first + 1))
        return false;
    memcpy(m->role.code, place.country, sizeof m->role.code);
    m->rule = place.rule;
    m->via = DL_VIA_PLACE;
    m->type = DL_NAME_LOC;
    draft->name_first = m->first;
    draft->name_last = m->head;
    return true;
}

/* Reads the head and what stands before it; returns whether the head itself names people
 * or a role. */
static bool code_head(dl_who_work *work, dl_draft *draft, dl_front *words)
{
    dl_mention *m = &draft->mention;
    dl_word_sense sense = {0};
    dl_front inner = {0};
    int32_t start = m->head, next = 0;
    bool dated = work->document->tokens[m->head].upos == DL_UPOS_PROPN &&
                 dl_tree_child(work->document, m->head, DL_DEPREL_nummod) > m->head;
    bool role = !dated && find_role(work, draft, &sense, &start), people = false;
    dl_front_read(work, m->first, role ? start : m->head, false, words);
    if (role) {
        dl_front_read(work, start, m->head, false, &inner);
        memcpy(m->role.sectors, sense.sectors, sizeof sense.sectors);
        m->rule = sense.rule;
        set_office(work, draft);
    } else {
        people = dl_front_country(work, m->head, m->head, &inner, &next) &&
                 inner.country.code[0];
        if (people)
            m->rule = inner.rule;
        else if (dl_who_has_case(work, m->head, DL_WHO_COUNTRY_PREPOSITIONS))
            people = code_bare_place(work, draft);
    }
    dl_role_set_code(&words->country, inner.country.code);
    dl_role_set_code(&m->role, words->country.code);
    return role || people;
}

/* "Russian forces" are an army; forces of nobody known are nobody's. */
static void code_forces(const dl_who_work *work, dl_draft *draft)
{
    dl_role *role = &draft->mention.role;
    if (role->sectors[0] != DL_SECTOR_UNK || !draft->own_code ||
        !dl_who_token_in(work, DL_WHO_FORCES, draft->mention.head))
        return;
    memset(role->sectors, 0, sizeof role->sectors);
    dl_role_put(role, DL_SECTOR_MIL, true);
}

static void code_nominal(dl_who_work *work, dl_draft *draft)
{
    dl_mention *m = &draft->mention;
    dl_front words = {0};
    bool counting = dl_who_token_in(work, DL_WHO_COUNTING, m->head);
    bool holder = dl_who_token_in(work, DL_WHO_HOLDERS, m->head);
    bool named = code_head(work, draft, &words);
    draft->own_code = m->role.code[0] != '\0';
    draft->group = dl_who_token_in(work, DL_WHO_GROUPS, m->head);
    draft->actor =
        named || holder || draft->group || dl_who_token_in(work, DL_WHO_PERSONS, m->head);
    bool armed = m->role.sectors[0] == DL_SECTOR_UAF && is_strong(words.body.sectors[0]);
    if (words.body.sectors[0] && (holder || armed || is_weak(m->role.sectors[0])) &&
        draft->actor) {
        memset(m->role.sectors, 0, sizeof m->role.sectors);
        dl_role_put_all(&m->role, &words.body, true);
    }
    if (draft->actor)
        add_modifiers(work, draft, &words);
    draft->has_role = m->role.sectors[0] != DL_NO_SECTOR;
    if (draft->actor || counting)
        add_complement(work, draft, counting);
    code_forces(work, draft);
    if (is_relative_of_elite(work, draft))
        code_relative(work, draft);
    if (words.former && draft->actor)
        make_former(&m->role);
    if (!m->rule.size)
        m->rule = words.word_rule.size ? words.word_rule : words.rule;
}

/* Names of places are places behind prepositions of place. */
static void mark_place(dl_who_work *work, dl_draft *draft)
{
    dl_mention *m = &draft->mention;
    const dl_token *t = &work->document->tokens[m->head];
    dl_deprel deprel = dl_deprel_universal(t->deprel);
    if (m->type != DL_NAME_LOC)
        return;
    bool seat = draft->known >= 0 &&
                dl_known_get_kind(work->lexicon, draft->known) == DL_KNOWN_SEAT;
    int32_t head = m->head;
    for (int i = 0; i < DL_WHO_CHAIN_MAX && deprel == DL_DEPREL_conj &&
                    work->document->tokens[head].head >= 0;
         i++) {
        head = work->document->tokens[head].head;
        deprel = dl_deprel_universal(work->document->tokens[head].deprel);
    }
    bool oblique = deprel == DL_DEPREL_obl || deprel == DL_DEPREL_nmod;
    m->is_place = (oblique && dl_who_has_case(work, head, DL_WHO_PLACE_PREPOSITIONS)) ||
                  (deprel == DL_DEPREL_obl && (seat || draft->known < 0) &&
                   dl_who_has_case(work, head, DL_WHO_DIRECTIONS)) ||
                  (draft->known < 0 && deprel != DL_DEPREL_nsubj);
    if (m->is_place)
        memset(m->role.sectors, 0, sizeof m->role.sectors);
}

static void set_gender(dl_who_work *work, dl_draft *draft)
{
    const dl_document *document = work->document;
    for (int32_t i = draft->mention.first; i <= draft->core_last && !draft->gender; i++) {
        bool name = i == draft->name_first && draft->mention.type == DL_NAME_PER &&
                    draft->name_first < draft->name_last;
        if ((name && dl_who_in_list(work, DL_WHO_MALE_NAMES, document->tokens[i].fold)) ||
            dl_who_token_in(work, DL_WHO_MALE_NOUNS, i))
            draft->gender = DL_GENDER_MASC;
        else if ((name &&
                  dl_who_in_list(work, DL_WHO_FEMALE_NAMES, document->tokens[i].fold)) ||
                 dl_who_token_in(work, DL_WHO_FEMALE_NOUNS, i))
            draft->gender = DL_GENDER_FEM;
    }
}

void dl_who_code(dl_who_work *work, dl_draft *draft)
{
    dl_names_found found = {0};
    if (draft->pronoun)
        return;
    if (find_name(work, draft, &found)) {
        code_name(work, draft, found);
        mark_place(work, draft);
    } else {
        code_nominal(work, draft);
    }
    if (draft->actor && !draft->mention.plural)
        set_gender(work, draft);
}
