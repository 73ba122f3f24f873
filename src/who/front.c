#include <math.h>

#include "base/base.h"
#include "who/front.h"

void dl_role_put(dl_role *role, dl_sector sector, bool in_front)
{
    size_t count = 0, kept = 0;
    uint8_t sectors[DL_SECTORS_MAX + 2] = {0};
    if (sector == DL_NO_SECTOR)
        return;
    if (in_front)
        sectors[count++] = (uint8_t)sector;
    for (size_t i = 0; i < DL_SECTORS_MAX && role->sectors[i]; i++)
        if (role->sectors[i] != sector)
            sectors[count++] = role->sectors[i];
        else if (!in_front)
            return;
    if (!in_front)
        sectors[count++] = (uint8_t)sector;
    kept = count < DL_SECTORS_MAX ? count : DL_SECTORS_MAX;
    memset(role->sectors, 0, sizeof role->sectors);
    memcpy(role->sectors, sectors, kept);
}

void dl_role_put_all(dl_role *role, const dl_role *from, bool in_front)
{
    if (in_front)
        for (size_t i = DL_SECTORS_MAX; i > 0; i--)
            dl_role_put(role, (dl_sector)from->sectors[i - 1], true);
    else
        for (size_t i = 0; i < DL_SECTORS_MAX; i++)
            dl_role_put(role, (dl_sector)from->sectors[i], false);
}

void dl_role_set_code(dl_role *role, const char code[4])
{
    if (!role->code[0] && code[0])
        memcpy(role->code, code, 4);
}

/* ---- Names ---------------------------------------------------------------------------
 */

/* How well an entity of the lexicon fits what stands around the name. */
static int fit(const dl_who_work *work, dl_known known, dl_name_type type,
               const dl_role *title, const char *code)
{
    bool current = false;
    dl_known_kind kind = dl_known_get_kind(work->lexicon, known);
    dl_role role =
        dl_known_get_role(work->lexicon, known, work->document->date, &current);
    int score = current ? 2 : 0;
    if (dl_string_starts(dl_known_get_rule(work->lexicon, known), DL_STRING("overlay:")))
        score += 10;
    if (type == DL_NAME_PER)
        score += kind == DL_KNOWN_PERSON ? 4 : 0;
    else if (type == DL_NAME_LOC)
        score += kind == DL_KNOWN_STATE ? 4 : kind == DL_KNOWN_SEAT ? 3 : 0;
    else if (type == DL_NAME_ORG)
        score += kind == DL_KNOWN_ORGANISATION ? 3 : 0;
    else
        score += kind == DL_KNOWN_STATE ? 1 : 0;
    if (code && code[0])
        score += memcmp(code, role.code, 4) == 0 ? 4 : -2;
    if (title && title->sectors[0] && kind == DL_KNOWN_PERSON)
        score += role.sectors[0] == title->sectors[0] ? 2 : 1;
    if (title && title->office.size &&
        dl_known_held(work->lexicon, known, "", title->office))
        score += 3;
    return score;
}

dl_known dl_front_choose(const dl_who_work *work, const dl_names_found *found,
                         dl_name_type type, const dl_role *title, const char *code)
{
    dl_known best = -1;
    int best_score = -100;
    for (size_t i = 0; i < found->count; i++) {
        int score = fit(work, found->known[i], type, title, code);
        if (score > best_score) {
            best_score = score;
            best = found->known[i];
        }
    }
    return best;
}

/* ---- Words in front ------------------------------------------------------------------
 */

static void take_known(const dl_who_work *work, const dl_names_found *found,
                       dl_front *words)
{
    dl_known known = dl_front_choose(work, found, DL_NO_NAME, NULL, NULL);
    dl_known_kind kind = dl_known_get_kind(work->lexicon, known);
    dl_role role = dl_known_get_role(work->lexicon, known, work->document->date, NULL);
    if (!words->country.code[0] && role.code[0])
        words->rule = dl_known_get_rule(work->lexicon, known);
    dl_role_set_code(&words->country, role.code);
    if (kind == DL_KNOWN_ORGANISATION && !words->body.code[0])
        words->body = role;
    else if (kind == DL_KNOWN_SEAT && !words->body.code[0])
        words->body = role;
    else if (kind == DL_KNOWN_PERSON && !words->body.code[0])
        words->body = (dl_role){.code = {role.code[0], role.code[1], role.code[2], 0}};
}

static bool take_modifier(const dl_who_work *work, int32_t at, int32_t last,
                          dl_front *words, int32_t *next)
{
    dl_word_sense sense;
    size_t size = dl_words_match(work->lexicon, DL_WORDS_MODIFIER, work->document, at,
                                 last, -1, &sense);
    if (size == 0)
        return false;
    *next = at + (int32_t)size;
    if (sense.sectors[0] == DL_SECTOR_ELI) {
        words->former = true;
        return true;
    }
    dl_role role = {0};
    memcpy(role.sectors, sense.sectors, sizeof role.sectors);
    dl_role_put_all(&words->modifiers, &role, false);
    words->word_rule = sense.rule;
    return true;
}

static bool take_title(const dl_who_work *work, int32_t at, int32_t last, dl_front *words,
                       int32_t *next)
{
    dl_word_sense sense;
    size_t size = dl_words_match(work->lexicon, DL_WORDS_TITLE, work->document, at, last,
                                 -1, &sense);
    size_t other = 0;
    if (size == 0 ||
        size < (other = dl_words_match(work->lexicon, DL_WORDS_ROLE, work->document, at,
                                       last, last, &sense)))
        size = other ? other : size;
    if (size == 0)
        return false;
    if (size && !words->title.sectors[0]) {
        memcpy(words->title.sectors, sense.sectors, sizeof sense.sectors);
        words->title.office = sense.office.size ? sense.office : (dl_string){0};
        words->word_rule = sense.rule;
        if (sense.sectors[0] == DL_SECTOR_ELI)
            words->former = true;
    }
    *next = at + (int32_t)size;
    return true;
}

/* How well a place is known, and how much the article speaks of its country: the Salem
 * of a story about Oregon is not that of India. */
static double fame(const dl_who_work *work, const dl_known_place *place)
{
    enum { REGION_PEOPLE = 1000000 };
    double times,
        people = place->precision == DL_PRECISION_ADMIN ? REGION_PEOPLE : place->people;
    double share = dl_who_share_of(work, place->country, &times);
    double spoken_of = times > 0 ? 0.8 + 0.4 * log2(1 + times) + 2 * share : 0;
    return log10(people + 1) + spoken_of;
}

/* The country of the best known place of that name. */
size_t dl_front_place(const dl_who_work *work, int32_t first, int32_t last,
                      dl_known_place *place)
{
    dl_place_names names = {0};
    size_t tokens =
        dl_places_match_tokens(work->lexicon, work->document, first, last, &names);
    double most = 0;
    bool found = false;
    char letter = work->document->tokens[first].form.size
                      ? work->document->tokens[first].form.data[0]
                      : 'a';
    if (letter >= 'a' && letter <= 'z')
        return 0;
    for (size_t i = 0; tokens && i < names.count; i++) {
        dl_known_place one = dl_places_get(work->lexicon, names.numbers[i]);
        double known = fame(work, &one);
        if (!found || known > most) {
            *place = one;
            most = known;
            found = true;
        }
    }
    return found ? tokens : 0;
}

bool dl_front_country(const dl_who_work *work, int32_t at, int32_t last, dl_front *words,
                      int32_t *next)
{
    dl_word_sense sense;
    dl_names_found found = dl_names_match(work->lexicon, work->document, at, last, false);
    size_t size = dl_words_match(work->lexicon, DL_WORDS_DEMONYM, work->document, at,
                                 last, -1, &sense);
    char first = work->document->tokens[at].form.size
                     ? work->document->tokens[at].form.data[0]
                     : 'a';
    if (first >= 'a' && first <= 'z')
        size = 0;
    if (found.tokens > size) {
        take_known(work, &found, words);
        *next = at + (int32_t)found.tokens;
        return true;
    }
    dl_known_place place;
    size_t there =
        size == 0 && work->document->tokens[at].upos == DL_UPOS_PROPN && at < last
            ? dl_front_place(work, at, last, &place)
            : 0;
    if (there) {
        if (!words->country.code[0])
            words->rule = place.rule;
        dl_role_set_code(&words->country, place.country);
        *next = at + (int32_t)there;
        return true;
    }
    if (size == 0)
        return false;
    if (!words->country.code[0])
        words->rule = sense.rule;
    dl_role_set_code(&words->country, sense.code);
    *next = at + (int32_t)size;
    return true;
}

void dl_front_read(const dl_who_work *work, int32_t first, int32_t end, bool titles,
                   dl_front *words)
{
    for (int32_t at = first, next = at; at < end; at = next) {
        next = at + 1;
        if (work->document->tokens[at].upos == DL_UPOS_PUNCT)
            continue;
        if (dl_front_country(work, at, end - 1, words, &next))
            continue;
        if (titles && take_title(work, at, end - 1, words, &next))
            continue;
        take_modifier(work, at, end - 1, words, &next);
    }
}
