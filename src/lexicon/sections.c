#include "lexicon/sections.h"

/* Sections add lists to one array of entries, which is why the lists stand last. */
static const dl_section sections[] = {
    {"who", dl_names_compile, dl_names_open},
    {"what", dl_frames_compile, dl_frames_open},
    {"where", dl_places_compile, dl_places_open},
    {"text", dl_lists_compile, dl_lists_open},
    {"when", dl_lists_compile, NULL},
    {"count", dl_lists_compile, NULL},
    {"says", dl_lists_compile, NULL},
    {"context", dl_lists_compile, NULL},
    {"export", dl_lists_compile, NULL},
    {"story", dl_lists_compile, NULL},
};

const dl_section *dl_sections_get(size_t *count)
{
    *count = sizeof sections / sizeof sections[0];
    return sections;
}
