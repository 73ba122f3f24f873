/* The lines of ontology.txt: categories and modes beside PLOVER's.
 *
 *     PIRACY 4 -9 : boarding, ransom -8      a category, its quad code and score : modes
 *     COERCE : blockade -7.5                 modes more of a category that is there */
#include "lexicon/frames_compile.h"

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Two capitals first, so that a construction's line can tell it from a mode. */
static bool is_category_name(dl_string name)
{
    if (name.size < 2 || !is_capital(name.data[0]) || !is_capital(name.data[1]))
        return false;
    for (size_t i = 2; i < name.size; i++)
        if (!is_capital(name.data[i]) && !is_digit(name.data[i]) && name.data[i] != '_')
            return false;
    return true;
}

static bool is_mode_name(dl_string name)
{
    if (!name.size || !is_small(name.data[0]))
        return false;
    for (size_t i = 1; i < name.size; i++)
        if (!is_small(name.data[i]) && !is_digit(name.data[i]) && name.data[i] != '-')
            return false;
    return true;
}

dl_ontology dl_frames_ontology(const dl_frames_compiler *c)
{
    return (dl_ontology){c->categories.items, c->modes.items, c->categories.count,
                         c->modes.count};
}

bool dl_frames_start_ontology(dl_frames_compiler *c)
{
    const dl_ontology *plover = dl_ontology_plover();
    for (size_t i = 0; i < plover->category_count && !c->failed; i++)
        *(dl_category_row *)dl_frames_push(c, &c->categories, sizeof(dl_category_row)) =
            plover->categories[i];
    for (size_t i = 0; i < plover->mode_count && !c->failed; i++)
        *(dl_mode_row *)dl_frames_push(c, &c->modes, sizeof(dl_mode_row)) =
            plover->modes[i];
    return !c->failed;
}

static bool read_score(dl_frames_compiler *c, dl_string word, double *score)
{
    if (dl_string_to_double(word, score) && *score >= -DL_SCORE_MAX &&
        *score <= DL_SCORE_MAX)
        return true;
    dl_frames_finding(c, word.data, "a score lies between -%d and %d", DL_SCORE_MAX,
                      DL_SCORE_MAX);
    return false;
}

static bool name_fits(dl_frames_compiler *c, dl_string name)
{
    if (name.size > DL_ONTOLOGY_NAME_MAX)
        dl_frames_finding(c, name.data, "a name is longer than %d bytes",
                          DL_ONTOLOGY_NAME_MAX);
    return name.size <= DL_ONTOLOGY_NAME_MAX;
}

static bool read_quad(dl_frames_compiler *c, dl_string word, uint32_t *quad)
{
    if (word.size == 1 && word.data[0] >= '1' && word.data[0] <= '0' + DL_QUADS) {
        *quad = (uint32_t)(word.data[0] - '0');
        return true;
    }
    dl_frames_finding(c, word.data, "a quad code lies between 1 and %d", DL_QUADS);
    return false;
}

static bool read_name(dl_frames_compiler *c, dl_string name, dl_category_row *row)
{
    if (!is_category_name(name)) {
        dl_frames_finding(c, name.data, "a category is named in capitals");
        return false;
    }
    if (!name_fits(c, name))
        return false;
    memcpy(row->name, name.data, name.size);
    return true;
}

/* "NAME quad score"; DL_NO_CATEGORY after a finding. */
static dl_category add_category(dl_frames_compiler *c, const dl_string words[3])
{
    dl_category_row row = {.name = ""};
    if (!read_name(c, words[0], &row) || !read_quad(c, words[1], &row.quad) ||
        !read_score(c, words[2], &row.score))
        return DL_NO_CATEGORY;
    if (c->categories.count == DL_ONTOLOGY_CATEGORIES_MAX) {
        dl_frames_finding(c, words[0].data, "more than %d categories",
                          DL_ONTOLOGY_CATEGORIES_MAX - 1);
        return DL_NO_CATEGORY;
    }
    *(dl_category_row *)dl_frames_push(c, &c->categories, sizeof row) = row;
    return c->failed ? DL_NO_CATEGORY : (dl_category)(c->categories.count - 1);
}

/* What stands before the colon: a new category, or the name of one that is there. */
static dl_category read_category(dl_frames_compiler *c, dl_string line, dl_string head)
{
    dl_string words[4];
    size_t count = dl_frames_cut(head, words, 4);
    dl_ontology ontology = dl_frames_ontology(c);
    dl_category known = count ? dl_category_find(&ontology, words[0]) : DL_NO_CATEGORY;
    if (known && count == 1)
        return known;
    if (known) {
        dl_frames_finding(c, words[1].data,
                          "%.*s is there already: its quad code and score stay",
                          (int)words[0].size, words[0].data);
        return DL_NO_CATEGORY;
    }
    if (count == 1 && is_category_name(words[0])) {
        dl_frames_finding(c, words[0].data,
                          "unknown category %.*s; a new one has a quad code and a score",
                          (int)words[0].size, words[0].data);
        return DL_NO_CATEGORY;
    }
    if (count != 3) {
        dl_frames_finding(c, line.data,
                          "a category is written NAME quad score : mode, mode score");
        return DL_NO_CATEGORY;
    }
    return add_category(c, words);
}

/* "mode" or "mode score"; without one it has that of its category. */
static void read_mode(dl_frames_compiler *c, dl_category category, dl_string piece)
{
    dl_string words[3];
    size_t count = dl_frames_cut(piece, words, 3);
    dl_ontology ontology = dl_frames_ontology(c);
    dl_mode_row row = {.category = category};
    row.score = dl_category_score(&ontology, category);
    if (count == 0 || count > 2 || !is_mode_name(words[0])) {
        dl_frames_finding(c, piece.data,
                          "a mode is written name or name score, in small letters");
        return;
    }
    if (!name_fits(c, words[0]) || (count == 2 && !read_score(c, words[1], &row.score)))
        return;
    if (dl_mode_find(&ontology, category, words[0]))
        dl_frames_finding(c, words[0].data, "%s has the mode %.*s already",
                          dl_category_name(&ontology, category), (int)words[0].size,
                          words[0].data);
    else if (c->modes.count == DL_ONTOLOGY_MODES_MAX)
        dl_frames_finding(c, words[0].data, "more than %d modes",
                          DL_ONTOLOGY_MODES_MAX - 1);
    else {
        memcpy(row.name, words[0].data, words[0].size);
        *(dl_mode_row *)dl_frames_push(c, &c->modes, sizeof row) = row;
    }
}

void dl_frames_read_ontology(dl_frames_compiler *c, dl_string line)
{
    size_t colon = dl_string_find(line, ':', 0);
    dl_category category = read_category(c, line, dl_string_slice(line, 0, colon));
    if (!category || colon == line.size)
        return;
    for (size_t at = colon + 1; at <= line.size && !c->failed;) {
        size_t end = dl_string_find(line, ',', at);
        read_mode(c, category, dl_string_trim(dl_string_slice(line, at, end)));
        at = end + 1;
    }
}
