/* Codes of other schemes, looked up in the lists of lexicon/<language>/export/.
 *
 * Purpose  what a country, a sector, an organisation, a CAMEO code is called elsewhere
 * Reads    lists export-countries, export-sectors, export-organisations, export-cameo,
 *          export-roots, export-regions
 * Writes   strings borrowed from the lexicon
 * Cost     a hash each
 * Source   the heads of those files
 * Limits   DL_ROLES_MAX
 *
 * What is not in a list, or stands there as "-", comes back absent. */
#ifndef DL_WRITE_EXPORT_CODES_H
#define DL_WRITE_EXPORT_CODES_H

#include <jansson.h>

#include "lexicon/lexicon.h"
#include "write/export_record.h"

enum { DL_ROLES_MAX = 3 /* as many type codes as CAMEO's layouts hold */ };

typedef struct dl_codes {
    const dl_lexicon *lexicon; /* borrowed */
    int countries, regions, sectors, organisations, cameo, roots;
} dl_codes;

/* False where a list is missing: a lexicon of another version. */
bool dl_codes_open(dl_codes *codes, const dl_lexicon *lexicon);

typedef struct dl_country_codes {
    dl_string alpha2, fips, cow_number, cow_letters, cameo, name;
} dl_country_codes;

/* By the record's code; all absent where it is none of a country. */
dl_country_codes dl_codes_country(const dl_codes *codes, dl_string code);

/* FIPS 10-4's code of a region, by the record's code of the country and the region's
 * name; the arena is for the search alone. */
dl_string dl_codes_region(const dl_codes *codes, dl_arena *arena, dl_string country,
                          dl_string name);

typedef struct dl_cameo_codes {
    dl_string goldstein, text;
    bool mutual; /* its actors are each other's parties */
} dl_cameo_codes;

dl_cameo_codes dl_codes_cameo(const dl_codes *codes, dl_string cameo);

/* Classes of a code's root: in GDELT, in Phoenix. */
dl_string dl_codes_gdelt_quad(const dl_codes *codes, dl_string cameo);
dl_string dl_codes_phoenix_quad(const dl_codes *codes, dl_string cameo);

/* ICEWS' name of a sector; of what an organisation's code says. */
dl_string dl_codes_sector_name(const dl_codes *codes, dl_string sector);
dl_string dl_codes_organisation_name(const dl_codes *codes, dl_string code);

/* A party as CAMEO writes it: country (or region), known group, roles; absent where
 * nothing is known. */
typedef struct dl_cameo_actor {
    dl_string country, group, roles[DL_ROLES_MAX];
    size_t role_count;
    bool role_first; /* an organisation: IGOEUREEC, where a country has NGACOP */
} dl_cameo_actor;

dl_cameo_actor dl_codes_actor(const dl_codes *codes, const dl_export_party *party);

#endif
