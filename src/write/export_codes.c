#include "write/export_codes.h"

bool dl_codes_open(dl_codes *codes, const dl_lexicon *lexicon)
{
    *codes = (dl_codes){.lexicon = lexicon,
                        .countries = dl_list_find(lexicon, "export-countries"),
                        .regions = dl_list_find(lexicon, "export-regions"),
                        .sectors = dl_list_find(lexicon, "export-sectors"),
                        .organisations = dl_list_find(lexicon, "export-organisations"),
                        .cameo = dl_list_find(lexicon, "export-cameo"),
                        .roots = dl_list_find(lexicon, "export-roots")};
    return codes->countries >= 0 && codes->regions >= 0 && codes->sectors >= 0 &&
           codes->organisations >= 0 && codes->cameo >= 0 && codes->roots >= 0;
}

enum { CODE_MAX = 64 /* of a code; of a country and a region's name */ };

/* The value of a code in a list; codes are ASCII, lists are folded. */
static dl_string look_up(const dl_codes *codes, int list, dl_string code)
{
    char folded[CODE_MAX];
    dl_entry entry = {0};
    if (code.size == 0 || code.size > CODE_MAX)
        return (dl_string){0};
    for (size_t i = 0; i < code.size; i++) {
        bool upper = code.data[i] >= 'A' && code.data[i] <= 'Z';
        folded[i] = (char)(code.data[i] + (upper ? 'a' - 'A' : 0));
    }
    dl_list_has(codes->lexicon, list, (dl_string){folded, code.size}, &entry);
    return entry.value;
}

static dl_string unless_dash(dl_string field)
{
    return dl_string_equal(field, DL_STRING("-")) ? (dl_string){0} : field;
}

/* The next field of a value, up to a blank; absent for "-". */
static dl_string next_field(dl_string *rest)
{
    size_t end = dl_string_find(*rest, ' ', 0);
    dl_string field = {rest->data, end};
    size_t next = end < rest->size ? end + 1 : end;
    *rest = (dl_string){rest->data + next, rest->size - next};
    return unless_dash(field);
}

dl_country_codes dl_codes_country(const dl_codes *codes, dl_string code)
{
    dl_string rest = look_up(codes, codes->countries, code);
    dl_country_codes found = {0};
    if (rest.size == 0)
        return found;
    found.alpha2 = next_field(&rest);
    found.fips = next_field(&rest);
    next_field(&rest); /* for build-regions.py */
    found.cow_number = next_field(&rest);
    found.cow_letters = next_field(&rest);
    found.cameo = next_field(&rest);
    found.name = unless_dash(rest);
    return found;
}

static bool is_alphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

dl_string dl_codes_region(const dl_codes *codes, dl_arena *arena, dl_string country,
                          dl_string name)
{
    char key[CODE_MAX];
    dl_string folded = dl_utf8_fold(arena, name);
    size_t size = country.size;
    if (country.size == 0 || name.size == 0 || country.size > CODE_MAX || !folded.data)
        return (dl_string){0};
    memcpy(key, country.data, country.size);
    for (size_t i = 0; i < folded.size; i++) {
        if (!is_alphanumeric(folded.data[i]))
            continue;
        if (size == CODE_MAX)
            return (dl_string){0};
        key[size++] = folded.data[i];
    }
    return look_up(codes, codes->regions, (dl_string){key, size});
}

dl_cameo_codes dl_codes_cameo(const dl_codes *codes, dl_string cameo)
{
    dl_string rest = look_up(codes, codes->cameo, cameo);
    dl_cameo_codes found = {0};
    if (rest.size == 0)
        return found;
    found.goldstein = next_field(&rest);
    found.mutual = dl_string_equal(next_field(&rest), DL_STRING("mutual"));
    found.text = unless_dash(rest);
    return found;
}

static dl_string root_classes(const dl_codes *codes, dl_string cameo)
{
    return cameo.size < 2 ? (dl_string){0}
                          : look_up(codes, codes->roots, dl_string_slice(cameo, 0, 2));
}

dl_string dl_codes_gdelt_quad(const dl_codes *codes, dl_string cameo)
{
    dl_string rest = root_classes(codes, cameo);
    return rest.size ? next_field(&rest) : rest;
}

dl_string dl_codes_phoenix_quad(const dl_codes *codes, dl_string cameo)
{
    dl_string rest = root_classes(codes, cameo);
    if (rest.size)
        next_field(&rest);
    return rest;
}

dl_string dl_codes_sector_name(const dl_codes *codes, dl_string sector)
{
    dl_string rest = look_up(codes, codes->sectors, sector);
    if (rest.size)
        next_field(&rest);
    return unless_dash(rest);
}

dl_string dl_codes_organisation_name(const dl_codes *codes, dl_string code)
{
    dl_string rest = look_up(codes, codes->organisations, code);
    for (int i = 0; rest.size && i < 3; i++)
        next_field(&rest);
    return unless_dash(rest);
}

static void add_role(dl_cameo_actor *actor, dl_string role)
{
    if (role.size == 0 || actor->role_count == DL_ROLES_MAX)
        return;
    for (size_t i = 0; i < actor->role_count; i++)
        if (dl_string_equal(actor->roles[i], role))
            return;
    actor->roles[actor->role_count++] = role;
}

dl_cameo_actor dl_codes_actor(const dl_codes *codes, const dl_export_party *party)
{
    dl_cameo_actor actor = {0};
    if (!party)
        return actor;
    actor.country = dl_codes_country(codes, party->code).cameo;
    dl_string rest = look_up(codes, codes->organisations, party->code);
    if (rest.size) {
        actor.country = next_field(&rest);
        actor.group = next_field(&rest);
        add_role(&actor, next_field(&rest));
        actor.role_first = actor.role_count > 0;
    }
    for (size_t i = 0; i < party->sectors.count; i++) {
        dl_string value = look_up(codes, codes->sectors, party->sectors.items[i]);
        if (value.size)
            add_role(&actor, next_field(&value));
    }
    return actor;
}
