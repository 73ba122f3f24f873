/* The reader of the compiled constructions; the compiler is frames_compile.c. */
#include "lexicon/frames_layout.h"

static const void *section(dl_string chunk, const dl_frames_header *header, int number,
                           uint32_t *count)
{
    *count = header->sections[number].count;
    return chunk.data + header->sections[number].offset;
}

static bool sections_fit(dl_string chunk, const dl_frames_header *header)
{
    for (int i = 0; i < DL_SECTIONS; i++) {
        const dl_frames_section *s = &header->sections[i];
        uint64_t bytes = (uint64_t)s->count * dl_frames_section_size(i);
        if (s->offset % 8 || s->offset > chunk.size || bytes > chunk.size - s->offset)
            return false;
    }
    return true;
}

size_t dl_frames_section_size(int section)
{
    static const size_t sizes[DL_SECTIONS] = {sizeof(dl_frame_word),
                                              sizeof(uint32_t),
                                              sizeof(dl_frame),
                                              sizeof(dl_element),
                                              sizeof(dl_argument_spec),
                                              sizeof(dl_frame_class),
                                              sizeof(dl_frame_phrase),
                                              sizeof(dl_frame_text),
                                              sizeof(dl_compose),
                                              sizeof(dl_frame_number),
                                              sizeof(dl_category_row),
                                              sizeof(dl_mode_row),
                                              1};
    return sizes[section];
}

static void read_ontology(dl_string chunk, const dl_frames_header *header,
                          dl_ontology *ontology)
{
    uint32_t categories, modes;
    ontology->categories = section(chunk, header, DL_SECTION_CATEGORIES, &categories);
    ontology->modes = section(chunk, header, DL_SECTION_MODES, &modes);
    ontology->category_count = categories;
    ontology->mode_count = modes;
}

static bool codes_fit(const dl_ontology *ontology, uint8_t category, const uint8_t *modes)
{
    for (int i = 0; i < DL_MODES_MAX; i++)
        if (modes[i] >= ontology->mode_count)
            return false;
    return category < ontology->category_count;
}

/* Whether all categories and modes stand in the table, and the table of composition has a
 * row of theirs for each outer act. */
static bool ontology_fits(const dl_frames *frames, uint32_t composes)
{
    const dl_ontology *ontology = &frames->ontology;
    if (!dl_ontology_check(ontology) ||
        composes != frames->outer_count * ontology->category_count)
        return false;
    for (uint32_t i = 0; i < frames->frame_count; i++)
        if (!codes_fit(ontology, frames->frames[i].category, frames->frames[i].modes))
            return false;
    for (uint32_t i = 0; i < composes; i++)
        if (!codes_fit(ontology, frames->composes[i].category, frames->composes[i].modes))
            return false;
    return true;
}

dateline_status dl_frames_read(dl_string chunk, dl_frames *frames, dateline_error *error)
{
    dl_frames_header header;
    if (chunk.size < sizeof header)
        return dl_error_set(error, DATELINE_BAD_FILE, "the constructions are cut short");
    memcpy(&header, chunk.data, sizeof header);
    if (header.version != DL_FRAMES_VERSION)
        return dl_error_set(error, DATELINE_OTHER_VERSION,
                            "constructions of version %u, %d is read here",
                            (unsigned)header.version, DL_FRAMES_VERSION);
    if (!sections_fit(chunk, &header))
        return dl_error_set(error, DATELINE_BAD_FILE, "the constructions are damaged");
    uint32_t composes;
    *frames = (dl_frames){0};
    frames->words = section(chunk, &header, DL_SECTION_WORDS, &frames->word_count);
    frames->slots = section(chunk, &header, DL_SECTION_SLOTS, &frames->slot_count);
    frames->frames = section(chunk, &header, DL_SECTION_FRAMES, &frames->frame_count);
    frames->elements =
        section(chunk, &header, DL_SECTION_ELEMENTS, &frames->element_count);
    frames->specs = section(chunk, &header, DL_SECTION_SPECS, &frames->spec_count);
    frames->classes = section(chunk, &header, DL_SECTION_CLASSES, &frames->class_count);
    frames->phrases = section(chunk, &header, DL_SECTION_PHRASES, &frames->phrase_count);
    frames->outers = section(chunk, &header, DL_SECTION_OUTERS, &frames->outer_count);
    frames->composes = section(chunk, &header, DL_SECTION_COMPOSES, &composes);
    frames->numbers = section(chunk, &header, DL_SECTION_NUMBERS, &frames->number_count);
    read_ontology(chunk, &header, &frames->ontology);
    frames->text = section(chunk, &header, DL_SECTION_TEXT, &frames->text_size);
    if (!frames->slot_count || !frames->word_count)
        return dl_error_set(error, DATELINE_BAD_FILE, "there are no constructions");
    if (!ontology_fits(frames, composes))
        return dl_error_set(error, DATELINE_BAD_FILE,
                            "the categories of the constructions are damaged");
    return DATELINE_OK;
}

dateline_status dl_frames_open(dl_lexicon *lexicon, dateline_error *error)
{
    dl_string chunk = dl_chunks_find(&lexicon->chunks, DL_FRAMES_CHUNK);
    if (!chunk.data || !chunk.size)
        return DATELINE_OK;
    dl_frames *frames = DL_ARENA_ARRAY(lexicon->arena, dl_frames, 1);
    if (!frames)
        return dl_error_memory(error);
    lexicon->state[DL_STATE_FRAMES] = frames;
    return dl_frames_read(chunk, frames, error);
}

const dl_frames *dl_lexicon_frames(const dl_lexicon *lexicon)
{
    return lexicon->state[DL_STATE_FRAMES];
}

uint32_t dl_frames_form(const dl_frames *frames, dl_string word)
{
    uint64_t hash = dl_string_hash(word);
    uint32_t at = (uint32_t)(hash ^ (hash >> 32)) & (frames->slot_count - 1);
    while (frames->slots[at]) {
        uint32_t number = frames->slots[at];
        if (dl_string_equal(dl_frames_text(frames, frames->words[number].text), word))
            return number;
        at = (at + 1) & (frames->slot_count - 1);
    }
    return 0;
}

uint32_t dl_frames_word(const dl_frames *frames, dl_string word)
{
    uint32_t number = dl_frames_form(frames, word);
    uint32_t lemma = frames->words[number].lemma;
    return number && lemma ? lemma : number;
}

int dl_frames_class(const dl_frames *frames, const char *name)
{
    dl_string wanted = dl_string_from(name);
    for (uint32_t i = 0; i < frames->class_count; i++)
        if (dl_string_equal(dl_frames_text(frames, frames->classes[i].name), wanted))
            return (int)i;
    return -1;
}

int dl_frames_outer(const dl_frames *frames, const char *name)
{
    dl_string wanted = dl_string_from(name);
    for (uint32_t i = 0; i < frames->outer_count; i++)
        if (dl_string_equal(dl_frames_text(frames, frames->outers[i]), wanted))
            return (int)i;
    return -1;
}

double dl_frames_number(const dl_frames *frames, const char *name, double otherwise)
{
    dl_string wanted = dl_string_from(name);
    for (uint32_t i = 0; i < frames->number_count; i++)
        if (dl_string_equal(dl_frames_text(frames, frames->numbers[i].name), wanted))
            return frames->numbers[i].value;
    return otherwise;
}
