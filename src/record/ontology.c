#include "record/ontology.h"

static const dl_category_row categories[] = {{"", 0, 0, 0},
#define X(name, quad, score) {#name, score, quad, 0},
                                             DL_CATEGORY_LIST(X)
#undef X
};

static const dl_mode_row modes[] = {{"", 0, DL_NO_CATEGORY, 0},
#define X(category, name, score) {name, score, DL_##category, 0},
                                    DL_MODE_LIST(X)
#undef X
};

enum { MODES = sizeof modes / sizeof *modes };

_Static_assert((int)DL_CATEGORIES <= (int)DL_ONTOLOGY_CATEGORIES_MAX,
               "a table holds PLOVER's");
_Static_assert((int)MODES <= (int)DL_ONTOLOGY_MODES_MAX, "a table holds PLOVER's");

static const dl_ontology plover = {categories, modes, DL_CATEGORIES, MODES};

static const char *const contexts[] = {
#define X(name) #name,
    DL_CONTEXT_LIST(X)
#undef X
};

static const char *const statuses[] = {
#define X(name) #name,
    DL_STATUS_LIST(X)
#undef X
};

static const char *const sectors[] = {"",
#define X(name) #name,
                                      DL_SECTOR_LIST(X)
#undef X
};

const dl_ontology *dl_ontology_plover(void)
{
    return &plover;
}

static const dl_ontology *or_plover(const dl_ontology *ontology)
{
    return ontology ? ontology : &plover;
}

static bool name_fine(const char name[DL_ONTOLOGY_NAME_MAX + 1])
{
    return name[0] && memchr(name, 0, DL_ONTOLOGY_NAME_MAX + 1);
}

bool dl_ontology_check(const dl_ontology *ontology)
{
    if (ontology->category_count < DL_CATEGORIES || ontology->mode_count < MODES ||
        ontology->category_count > DL_ONTOLOGY_CATEGORIES_MAX ||
        ontology->mode_count > DL_ONTOLOGY_MODES_MAX ||
        memcmp(ontology->categories, categories, sizeof categories) != 0 ||
        memcmp(ontology->modes, modes, sizeof modes) != 0)
        return false;
    for (size_t i = DL_CATEGORIES; i < ontology->category_count; i++)
        if (!name_fine(ontology->categories[i].name) ||
            ontology->categories[i].quad < 1 || ontology->categories[i].quad > DL_QUADS)
            return false;
    for (size_t i = MODES; i < ontology->mode_count; i++)
        if (!name_fine(ontology->modes[i].name) || ontology->modes[i].category < 1 ||
            ontology->modes[i].category >= ontology->category_count)
            return false;
    return true;
}

const char *dl_category_name(const dl_ontology *ontology, dl_category category)
{
    return or_plover(ontology)->categories[category].name;
}

int dl_category_quad(const dl_ontology *ontology, dl_category category)
{
    return (int)or_plover(ontology)->categories[category].quad;
}

double dl_category_score(const dl_ontology *ontology, dl_category category)
{
    return or_plover(ontology)->categories[category].score;
}

const char *dl_mode_name(const dl_ontology *ontology, dl_mode mode)
{
    return or_plover(ontology)->modes[mode].name;
}

double dl_mode_score(const dl_ontology *ontology, dl_mode mode)
{
    return or_plover(ontology)->modes[mode].score;
}

dl_category dl_mode_category(const dl_ontology *ontology, dl_mode mode)
{
    return (dl_category)or_plover(ontology)->modes[mode].category;
}

dl_category dl_category_find(const dl_ontology *ontology, dl_string name)
{
    ontology = or_plover(ontology);
    for (size_t i = 1; i < ontology->category_count; i++)
        if (dl_string_equal(name, dl_string_from(ontology->categories[i].name)))
            return (dl_category)i;
    return DL_NO_CATEGORY;
}

dl_mode dl_mode_find(const dl_ontology *ontology, dl_category category, dl_string name)
{
    ontology = or_plover(ontology);
    for (size_t i = 1; i < ontology->mode_count; i++)
        if (ontology->modes[i].category == category &&
            dl_string_equal(name, dl_string_from(ontology->modes[i].name)))
            return (dl_mode)i;
    return 0;
}

const char *dl_context_name(dl_context context)
{
    return contexts[context];
}

int dl_context_find(dl_string name)
{
    for (int i = 0; i < DL_CONTEXTS; i++)
        if (dl_string_equal(name, dl_string_from(contexts[i])))
            return i;
    return -1;
}

const char *dl_event_status_name(dl_event_status status)
{
    return statuses[status];
}

int dl_event_status_find(dl_string name)
{
    for (int i = 0; i < DL_EVENT_STATUSES; i++)
        if (dl_string_equal(name,
                            dl_string_from(dl_event_status_name((dl_event_status)i))))
            return i;
    return -1;
}

const char *dl_sector_name(dl_sector sector)
{
    return sectors[sector];
}

dl_sector dl_sector_find(dl_string name)
{
    for (int i = 1; i < DL_SECTORS; i++)
        if (dl_string_equal(name, dl_string_from(sectors[i])))
            return (dl_sector)i;
    return DL_NO_SECTOR;
}
