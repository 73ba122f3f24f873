/* What the lexicon knows of the parser's names: a name that it lists as it stands is of
 * the lexicon's type, and a listed name that the parser passed over is added. */
#include "base/base.h"
#include "lexicon/places.h"
#include "who/inside.h"

enum { BIG_CITY_PEOPLE = 300000 };

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

static void set_type(const dl_who_work *work, dl_name *name)
{
    size_t length = (size_t)(name->last - name->first + 1), tokens = 0;
    dl_name_type type = listed_type(work, name->first, name->last, &tokens);
    if (tokens != length)
        type = DL_NO_NAME;
    if (type == DL_NO_NAME && length > 1 &&
        plain_place(work, name->first, name->last) == length)
        type = DL_NAME_LOC;
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

void dl_who_know_names(dl_who_work *work)
{
    dl_document *document = work->document;
    name_list list = {0};
    size_t next = 0;
    int32_t count = (int32_t)document->token_count;
    for (int32_t i = 0; i < count && !work->failed;) {
        dl_name_type type = DL_NO_NAME;
        if (next < document->name_count && document->names[next].first == i) {
            dl_name name = document->names[next++];
            set_type(work, &name);
            work->failed = !add_name(work, &list, name);
            i = name.last + 1;
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
