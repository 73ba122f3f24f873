/* What the lexicon knows of the parser's names: a name that it lists as it stands is of
 * the lexicon's type, and a listed name that the parser passed over is added. */
#include "base/base.h"
#include "lexicon/places.h"
#include "who/inside.h"

enum { BIG_CITY_PEOPLE = 300000, GIVEN_NAME_TOKENS = 3 };

static dl_name_type type_of_kind(dl_known_kind kind)
{
    switch (kind) {
    case DL_KNOWN_STATE:
        return DL_NAME_LOC;
    case DL_KNOWN_PERSON:
        return DL_NAME_PER;
    case DL_KNOWN_ORGANISATION:
        return DL_NAME_ORG;
    case DL_KNOWN_SEAT: /* a city or a house: the sentence decides */
    case DL_KNOWN_KINDS:
        break;
    }
    return DL_NO_NAME;
}

/* Type of the entity that is called just so, none where the readings differ. */
static dl_name_type listed_type(const dl_who_work *work, int32_t first, int32_t last,
                                size_t *tokens)
{
    dl_names_found found =
        dl_names_match(work->lexicon, work->document, first, last, false);
    dl_name_type type = DL_NO_NAME;
    *tokens = found.tokens;
    for (size_t i = 0; i < found.count; i++) {
        dl_name_type other =
            type_of_kind(dl_known_get_kind(work->lexicon, found.known[i]));
        if (other == DL_NO_NAME || (type != DL_NO_NAME && other != type))
            return DL_NO_NAME;
        type = other;
    }
    return type;
}

/* Tokens of a place that is unlikely to be anything else: a country, a region, a big
 * city, or any place of several words. */
static size_t plain_place(const dl_who_work *work, int32_t first, int32_t last)
{
    dl_place_names names;
    size_t tokens =
        dl_places_match_tokens(work->lexicon, work->document, first, last, &names);
    for (size_t i = 0; tokens && i < names.count; i++) {
        dl_known_place place = dl_places_get(work->lexicon, names.numbers[i]);
        if (tokens > 1 || place.precision == DL_PRECISION_COUNTRY ||
            place.precision == DL_PRECISION_ADMIN || place.people >= BIG_CITY_PEOPLE)
            return tokens;
    }
    return 0;
}

/* Whether the token before a person's name is its beginning: a given name, or a name
 * joined to it that is no title, role or people. */
static bool begins_person(const dl_who_work *work, int32_t token, int32_t name)
{
    const dl_token *tokens = work->document->tokens;
    const dl_token *t = &tokens[token];
    dl_word_sense sense;
    size_t size;
    dl_string form = t->form;
    if (t->name != DL_NO_NAME || !form.size ||
        !dl_utf8_is_upper(dl_utf8_get(form, 0, &size)))
        return false;
    if (dl_who_in_list(work, DL_WHO_MALE_NAMES, t->fold) ||
        dl_who_in_list(work, DL_WHO_FEMALE_NAMES, t->fold))
        return true;
    for (int table = 0; table < DL_WORD_TABLES; table++)
        if (dl_words_match(work->lexicon, (dl_word_table)table, work->document, token,
                           token, token, &sense))
            return false;
    bool joined = tokens[name].head == token && tokens[name].deprel == DL_DEPREL_flat;
    return t->upos == DL_UPOS_PROPN && joined;
}

/* "Perlingiere" alone was seen in "Debra Perlingiere": the name begins before. */
static void take_given_names(const dl_who_work *work, dl_name *name, int32_t floor)
{
    if (name->type != DL_NAME_PER)
        return;
    while (name->first > floor && begins_person(work, name->first - 1, name->first)) {
        name->first--;
        work->document->tokens[name->first].name = DL_NAME_PER;
    }
    name->span = dl_document_span(work->document, name->first, name->last);
}

/* Takes in the legal form behind a company's name: "Acme, Inc." is one. */
static void take_company_form(const dl_who_work *work, dl_name *name)
{
    const dl_token *tokens = work->document->tokens;
    int32_t last = work->document->sentences[tokens[name->last].sentence].last;
    int32_t at = name->last + 1;
    if (at < last && tokens[at].span.end - tokens[at].span.start == 1 &&
        tokens[at].upos == DL_UPOS_PUNCT)
        at++;
    if (at > last || !dl_who_in_list(work, DL_WHO_COMPANY_FORMS, tokens[at].fold))
        return;
    name->last = at;
    name->type = DL_NAME_ORG;
    name->span = dl_document_span(work->document, name->first, at);
    for (int32_t i = name->first; i <= at; i++)
        work->document->tokens[i].name = DL_NAME_ORG;
}

/* "Pauline", "Elena Petrova": a short name that begins as people's do and is no place. */
static bool begins_with_given_name(const dl_who_work *work, const dl_name *name)
{
    dl_place_names places;
    dl_string first = work->document->tokens[name->first].fold;
    if (name->type != DL_NAME_LOC || name->last - name->first >= GIVEN_NAME_TOKENS)
        return false;
    return (dl_who_in_list(work, DL_WHO_MALE_NAMES, first) ||
            dl_who_in_list(work, DL_WHO_FEMALE_NAMES, first)) &&
           !dl_places_match_tokens(work->lexicon, work->document, name->first, name->last,
                                   &places);
}

/* Tokens of the place that begins at `first`; *state: one of its readings is a country or
 * a region. */
static int32_t place_at(const dl_who_work *work, int32_t first, int32_t last, bool *state)
{
    dl_place_names names;
    size_t tokens =
        dl_places_match_tokens(work->lexicon, work->document, first, last, &names);
    *state = false;
    for (size_t i = 0; tokens && i < names.count; i++) {
        dl_precision precision = dl_places_get(work->lexicon, names.numbers[i]).precision;
        *state |= precision == DL_PRECISION_COUNTRY || precision == DL_PRECISION_ADMIN;
    }
    return (int32_t)tokens;
}

/* "Brest France" without its comma is two names, where the lexicon has both and not the
 * whole. Cuts the second one off; false where there is none. */
static bool cut_state(const dl_who_work *work, dl_name *name, dl_name *state)
{
    bool is_state;
    int32_t length = name->last - name->first + 1;
    if (name->type != DL_NAME_LOC || length == 1)
        return false;
    int32_t city = place_at(work, name->first, name->last, &is_state);
    if (city == 0 || city == length)
        return false;
    int32_t rest = name->first + city;
    if (place_at(work, rest, name->last, &is_state) != length - city || !is_state)
        return false;
    *state = *name;
    state->first = rest;
    name->last = rest - 1;
    name->span = dl_document_span(work->document, name->first, name->last);
    state->span = dl_document_span(work->document, state->first, state->last);
    return true;
}

static void set_type(const dl_who_work *work, dl_name *name)
{
    size_t length = (size_t)(name->last - name->first + 1), tokens = 0;
    dl_name_type type = listed_type(work, name->first, name->last, &tokens);
    if (tokens != length)
        type = DL_NO_NAME;
    if (type == DL_NO_NAME && length > 1 &&
        plain_place(work, name->first, name->last) == length)
        type = DL_NAME_LOC;
    if (type == DL_NO_NAME && begins_with_given_name(work, name))
        type = DL_NAME_PER;
    if (type == DL_NO_NAME)
        return;
    name->type = type;
    for (int32_t i = name->first; i <= name->last; i++)
        work->document->tokens[i].name = (uint8_t)type;
}

/* A free token that is written as a name is. */
static bool is_free_name(const dl_who_work *work, int32_t token)
{
    const dl_token *t = &work->document->tokens[token];
    return t->name == DL_NO_NAME && t->upos == DL_UPOS_PROPN;
}

/* Name at `first` that the parser passed over; 0 tokens where there is none. Names that
 * go on beyond what is listed are left alone. */
static size_t missed_name(const dl_who_work *work, int32_t first, int32_t last,
                          dl_name_type *type)
{
    int32_t end = first;
    while (end <= last && work->document->tokens[end].name == DL_NO_NAME)
        end++;
    size_t tokens = 0;
    *type = listed_type(work, first, end - 1, &tokens);
    if (*type == DL_NO_NAME) {
        tokens = plain_place(work, first, end - 1);
        *type = DL_NAME_LOC;
    }
    int32_t after = first + (int32_t)tokens;
    if (!tokens || (after <= last && work->document->tokens[after].upos == DL_UPOS_PROPN))
        return 0;
    return tokens;
}

typedef struct name_list {
    dl_name *items;
    size_t count, room;
} name_list;

static bool add_name(dl_who_work *work, name_list *list, dl_name name)
{
    void *items = list->items;
    if (!dl_arena_grow(work->document->arena, &items, list->count, &list->room,
                       sizeof *list->items))
        return false;
    list->items = items;
    list->items[list->count++] = name;
    return true;
}

static bool add_missed(dl_who_work *work, name_list *list, int32_t first, size_t tokens,
                       dl_name_type type)
{
    int32_t last = first + (int32_t)tokens - 1;
    for (int32_t i = first; i <= last; i++)
        work->document->tokens[i].name = (uint8_t)type;
    return add_name(work, list,
                    (dl_name){.span = dl_document_span(work->document, first, last),
                              .first = first,
                              .last = last,
                              .type = type});
}

/* First token that a name at `token` may begin with: within its sentence, after the last
 * name. */
static int32_t floor_of(const dl_who_work *work, const name_list *list, int32_t token)
{
    const dl_document *document = work->document;
    int32_t floor = document->sentences[document->tokens[token].sentence].first;
    int32_t after = list->count ? list->items[list->count - 1].last + 1 : 0;
    return after > floor ? after : floor;
}

void dl_who_know_names(dl_who_work *work)
{
    dl_document *document = work->document;
    name_list list = {0};
    size_t next = 0;
    int32_t count = (int32_t)document->token_count;
    for (int32_t i = 0; i < count && !work->failed;) {
        dl_name_type type = DL_NO_NAME;
        if (next < document->name_count && document->names[next].first == i) {
            dl_name name = document->names[next++], state;
            bool two = cut_state(work, &name, &state);
            set_type(work, &name);
            take_company_form(work, &name);
            take_given_names(work, &name, floor_of(work, &list, i));
            while (next < document->name_count &&
                   document->names[next].first <= name.last)
                next++;
            work->failed =
                !add_name(work, &list, name) || (two && !add_name(work, &list, state));
            i = (two ? state.last : name.last) + 1;
            continue;
        }
        bool starts = is_free_name(work, i) &&
                      (i == 0 || document->tokens[i - 1].upos != DL_UPOS_PROPN);
        int32_t last = document->sentences[document->tokens[i].sentence].last;
        size_t tokens = starts ? missed_name(work, i, last, &type) : 0;
        if (tokens)
            work->failed = !add_missed(work, &list, i, tokens, type);
        i += tokens ? (int32_t)tokens : 1;
    }
    document->names = list.items;
    document->name_count = list.count;
}
