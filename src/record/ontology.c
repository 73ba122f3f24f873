#include "record/ontology.h"

typedef struct category_row {
    const char *name;
    int quad;
    double score;
} category_row;

static const category_row categories[] = {{"", 0, 0},
#define X(name, quad, score) {#name, quad, score},
                                          DL_CATEGORY_LIST(X)
#undef X
};

typedef struct mode_row {
    dl_category category;
    const char *name;
    double score;
} mode_row;

static const mode_row modes[] = {{DL_NO_CATEGORY, "", 0},
#define X(category, name, score) {DL_##category, name, score},
                                 DL_MODE_LIST(X)
#undef X
};

enum { MODES = sizeof modes / sizeof *modes };

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

const char *dl_category_name(dl_category category)
{
    return categories[category].name;
}

int dl_category_quad(dl_category category)
{
    return categories[category].quad;
}

double dl_category_score(dl_category category)
{
    return categories[category].score;
}

dl_category dl_category_find(dl_string name)
{
    for (int i = 1; i < DL_CATEGORIES; i++)
        if (dl_string_equal(name, dl_string_from(categories[i].name)))
            return (dl_category)i;
    return DL_NO_CATEGORY;
}

const char *dl_mode_name(dl_mode mode)
{
    return modes[mode].name;
}

double dl_mode_score(dl_mode mode)
{
    return modes[mode].score;
}

dl_category dl_mode_category(dl_mode mode)
{
    return modes[mode].category;
}

dl_mode dl_mode_find(dl_category category, dl_string name)
{
    for (int i = 1; i < MODES; i++)
        if (modes[i].category == category &&
            dl_string_equal(name, dl_string_from(modes[i].name)))
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
