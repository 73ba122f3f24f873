/* Compiles the files of what/: classes, contexts and numbers here, constructions in
 * frames_parse.c, categories of one's own in frames_ontology.c. Files of classes come
 * first, since constructions are cut at the prepositions and particles that they list;
 * and so does ontology.txt, whose categories they name. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "lexicon/frames_compile.h"

void *dl_frames_push(dl_frames_compiler *c, dl_frame_array *array, size_t size)
{
    if (!dl_arena_grow(c->arena, &array->items, array->count, &array->capacity, size)) {
        c->failed = true;
        return c->spare;
    }
    return (char *)array->items + size * array->count++;
}

void dl_frames_finding(dl_frames_compiler *c, const char *at, const char *format, ...)
{
    char message[200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    size_t column = at ? (size_t)(at - c->line->text.data) + 1 : 0;
    dl_builder_report(c->builder, c->line, column, "%s", message);
    c->findings++;
}

dl_frame_text dl_frames_add_text(dl_frames_compiler *c, dl_string s)
{
    dl_frame_text text = {(uint32_t)c->text.size, (uint32_t)s.size};
    dl_buffer_add_string(&c->text, s);
    return text;
}

dl_frame_text dl_frames_add_rule(dl_frames_compiler *c)
{
    uint32_t start = (uint32_t)c->text.size;
    dl_buffer_add_format(&c->text, "%s%.*s:%u", c->line->overlay ? "overlay:" : "",
                         (int)c->line->file.size, c->line->file.data,
                         (unsigned)c->line->number);
    return (dl_frame_text){start, (uint32_t)c->text.size - start};
}

uint32_t dl_frames_add_word(dl_frames_compiler *c, dl_string word)
{
    bool added = false;
    dl_string lower = dl_utf8_lower(c->arena, word);
    uint32_t *number = dl_map_add(&c->word_map, lower, (uint32_t)c->words.count, &added);
    if (!number || !lower.data) {
        c->failed = true;
        return 0;
    }
    uint32_t result = *number;
    if (added) {
        if (result > DL_FRAME_WORDS_MAX)
            dl_frames_finding(c, word.data, "more than %d different words",
                              DL_FRAME_WORDS_MAX);
        dl_frame_word *w = dl_frames_push(c, &c->words, sizeof *w);
        *w = (dl_frame_word){.text = dl_frames_add_text(c, lower)};
    }
    return result;
}

int dl_frames_add_class(dl_frames_compiler *c, dl_string name)
{
    bool added = false;
    uint32_t *number =
        dl_map_add(&c->class_map, name, (uint32_t)c->classes.count, &added);
    if (!number) {
        c->failed = true;
        return 0;
    }
    uint32_t result = *number;
    if (added) {
        if (result >= DL_CLASSES_MAX) {
            dl_frames_finding(c, NULL, "more than %d classes", DL_CLASSES_MAX);
            return 0;
        }
        dl_frame_class *class = dl_frames_push(c, &c->classes, sizeof *class);
        *class = (dl_frame_class){.name = dl_frames_add_text(c, name)};
    }
    return (int)result;
}

bool dl_frames_word_in(const dl_frames_compiler *c, uint32_t word, int class_number)
{
    const dl_frame_word *words = c->words.items;
    return class_number >= 0 && dl_class_has(words[word].classes, class_number);
}

size_t dl_frames_cut(dl_string line, dl_string *words, size_t capacity)
{
    size_t count = 0;
    for (size_t i = 0; i < line.size;) {
        while (i < line.size && (line.data[i] == ' ' || line.data[i] == '\t'))
            i++;
        size_t start = i;
        while (i < line.size && line.data[i] != ' ' && line.data[i] != '\t')
            i++;
        if (i > start && count < capacity)
            words[count++] = dl_string_slice(line, start, i);
    }
    return count;
}

/* "@GOV", "@PER": a test on the coded mention. */
static void add_test(dl_frames_compiler *c, int class_number, dl_string member)
{
    static const struct {
        const char *name;
        uint32_t test;
    } tests[] = {{"PER", DL_TEST_PERSON},   {"ORG", DL_TEST_ORGANISATION},
                 {"LOC", DL_TEST_LOCATION}, {"COUNTRY", DL_TEST_COUNTRY},
                 {"ACTOR", DL_TEST_ACTOR},  {"NGO", DL_TEST_NGO}};
    dl_frame_class *class = (dl_frame_class *)c->classes.items + class_number;
    dl_string name = dl_string_slice(member, 1, member.size);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        if (dl_string_equal(name, dl_string_from(tests[i].name))) {
            class->tests |= tests[i].test;
            return;
        }
    dl_sector sector = dl_sector_find(name);
    if (sector == DL_NO_SECTOR)
        dl_frames_finding(c, member.data, "%.*s is no test on an actor", (int)member.size,
                          member.data);
    else
        class->sectors |= 1ull << sector;
}

/* Cuts a phrase as the tokeniser does: hyphens are words of their own. */
static size_t cut_phrase(dl_string phrase, dl_string *words, size_t capacity)
{
    size_t count = 0, start = 0;
    for (size_t i = 0; i <= phrase.size; i++) {
        bool end = i == phrase.size, hyphen = !end && phrase.data[i] == '-';
        if (!end && !hyphen && phrase.data[i] != ' ')
            continue;
        if (i > start && count < capacity)
            words[count++] = dl_string_slice(phrase, start, i);
        if (hyphen && count < capacity)
            words[count++] = dl_string_slice(phrase, i, i + 1);
        start = i + 1;
    }
    return count;
}

static void add_phrase(dl_frames_compiler *c, int class_number, dl_string member)
{
    dl_string parts[DL_FRAME_PHRASE_MAX];
    dl_frame_phrase phrase = {0};
    phrase.count = (uint8_t)cut_phrase(member, parts, DL_FRAME_PHRASE_MAX);
    phrase.key = (uint8_t)(phrase.count - 1);
    for (int i = phrase.count - 1; i >= 0; i--) {
        phrase.words[i] = dl_frames_add_word(c, parts[i]);
        if (i > 0 && dl_frames_word_in(c, phrase.words[i], c->prepositions))
            phrase.key = (uint8_t)(i - 1);
    }
    phrase.key_word = phrase.words[phrase.key];
    bool added = false;
    uint32_t *number =
        dl_map_add(&c->phrase_map, member, (uint32_t)c->phrases.count, &added);
    if (!number) {
        c->failed = true;
        return;
    }
    uint32_t index = *number;
    if (added)
        *(dl_frame_phrase *)dl_frames_push(c, &c->phrases, sizeof phrase) = phrase;
    if (!c->failed) {
        dl_frame_phrase *kept = (dl_frame_phrase *)c->phrases.items + index;
        kept->classes[class_number / 64] |= 1ull << (class_number % 64);
    }
}

static void add_member(dl_frames_compiler *c, int class_number, dl_string member)
{
    if (member.data[0] == '@') {
        add_test(c, class_number, member);
        return;
    }
    if (member.data[0] == '{') {
        if (member.data[member.size - 1] != '}') {
            dl_frames_finding(c, member.data, "} is missing");
            return;
        }
        int other = dl_frames_add_class(c, dl_string_slice(member, 1, member.size - 1));
        c->includes[class_number][other / 64] |= 1ull << (other % 64);
        return;
    }
    bool phrase = dl_string_find(member, ' ', 0) < member.size ||
                  (member.size > 1 && dl_string_find(member, '-', 0) < member.size);
    if (phrase)
        add_phrase(c, class_number, member);
    if (phrase && dl_string_find(member, ' ', 0) < member.size)
        return;
    uint32_t word = dl_frames_add_word(c, member);
    if (!c->failed)
        ((dl_frame_word *)c->words.items)[word].classes[class_number / 64] |=
            1ull << (class_number % 64);
}

static void add_members(dl_frames_compiler *c, int class_number, dl_string members)
{
    for (size_t start = 0; start <= members.size;) {
        size_t end = dl_string_find(members, ',', start);
        dl_string member = dl_string_trim(dl_string_slice(members, start, end));
        if (member.size)
            add_member(c, class_number, member);
        else if (members.size && end < members.size)
            dl_frames_finding(c, members.data + start, "an empty member");
        start = end + 1;
    }
}

/* "{name}: member, member" */
static void read_class(dl_frames_compiler *c, dl_string line)
{
    size_t brace = dl_string_find(line, '}', 0);
    if (line.data[0] != '{' || brace + 1 >= line.size || line.data[brace + 1] != ':') {
        dl_frames_finding(c, line.data, "a class is written {name}: member, member");
        return;
    }
    int number = dl_frames_add_class(c, dl_string_slice(line, 1, brace));
    if (dl_string_equal(dl_string_slice(line, 1, brace), DL_STRING("preposition")))
        c->prepositions = number;
    if (dl_string_equal(dl_string_slice(line, 1, brace), DL_STRING("particle")))
        c->particles = number;
    c->defined[number] = 1;
    add_members(c, number, dl_string_slice(line, brace + 2, line.size));
}

/* "economic: fuel price, inflation" */
static void read_context(dl_frames_compiler *c, dl_string line)
{
    size_t colon = dl_string_find(line, ':', 0);
    dl_string name = dl_string_trim(dl_string_slice(line, 0, colon));
    if (colon == line.size || dl_context_find(name) < 0) {
        dl_frames_finding(c, line.data, "%.*s is no context", (int)name.size, name.data);
        return;
    }
    dl_string key = dl_arena_format(c->arena, "context:%.*s", (int)name.size, name.data);
    if (!key.data) {
        c->failed = true;
        return;
    }
    int number = dl_frames_add_class(c, key);
    c->defined[number] = 1;
    add_members(c, number, dl_string_slice(line, colon + 1, line.size));
}

/* "name: number" */
static void read_number(dl_frames_compiler *c, dl_string line)
{
    size_t colon = dl_string_find(line, ':', 0);
    dl_frame_number number = {0};
    if (colon == line.size ||
        !dl_string_to_double(dl_string_trim(dl_string_slice(line, colon + 1, line.size)),
                             &number.value)) {
        dl_frames_finding(c, line.data, "a number is written name: 0.5");
        return;
    }
    number.name = dl_frames_add_text(c, dl_string_trim(dl_string_slice(line, 0, colon)));
    *(dl_frame_number *)dl_frames_push(c, &c->numbers, sizeof number) = number;
}

/* "flee: fled": forms whose lemma is not to be guessed. */
static void read_forms(dl_frames_compiler *c, dl_string line)
{
    size_t colon = dl_string_find(line, ':', 0);
    if (colon == 0 || colon == line.size) {
        dl_frames_finding(c, line.data, "forms are written lemma: form, form");
        return;
    }
    uint32_t lemma =
        dl_frames_add_word(c, dl_string_trim(dl_string_slice(line, 0, colon)));
    for (size_t at = colon + 1; at <= line.size;) {
        size_t end = dl_string_find(line, ',', at);
        dl_string form = dl_string_trim(dl_string_slice(line, at, end));
        if (form.size) {
            uint32_t word = dl_frames_add_word(c, form);
            if (!c->failed && word != lemma)
                ((dl_frame_word *)c->words.items)[word].lemma = lemma;
        }
        at = end + 1;
    }
}

typedef enum file_kind {
    FILE_OTHER,
    FILE_CLASSES,
    FILE_CONTEXTS,
    FILE_NUMBERS,
    FILE_OUTER,
    FILE_ONTOLOGY,
    FILE_FORMS,
    FILE_CONSTRUCTIONS
} file_kind;

static file_kind kind_of(dl_string file)
{
    static const struct {
        const char *name;
        file_kind kind;
    } names[] = {{"classes.txt", FILE_CLASSES},    {"status.txt", FILE_CLASSES},
                 {"grammar.txt", FILE_CLASSES},    {"context.txt", FILE_CONTEXTS},
                 {"confidence.txt", FILE_NUMBERS}, {"forms.txt", FILE_FORMS},
                 {"outer.txt", FILE_OUTER},        {"ontology.txt", FILE_ONTOLOGY}};
    size_t slash = file.size;
    while (slash > 0 && file.data[slash - 1] != '/')
        slash--;
    dl_string name = dl_string_slice(file, slash, file.size);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (dl_string_equal(name, dl_string_from(names[i].name)))
            return names[i].kind;
    return dl_string_ends(name, DL_STRING(".txt")) ? FILE_CONSTRUCTIONS : FILE_OTHER;
}

static void read_line(dl_frames_compiler *c, file_kind kind, const dl_line *line)
{
    if (kind == FILE_CLASSES)
        read_class(c, line->text);
    else if (kind == FILE_CONTEXTS)
        read_context(c, line->text);
    else if (kind == FILE_NUMBERS)
        read_number(c, line->text);
    else if (kind == FILE_FORMS)
        read_forms(c, line->text);
    else if (kind == FILE_ONTOLOGY)
        dl_frames_read_ontology(c, line->text);
    else if (kind == FILE_OUTER)
        dl_frames_read_outer(c, line->text, line->indent > 0);
    else
        dl_frames_read_construction(c, line->text, line->indent > 0);
}

/* What constructions are read with. */
static bool comes_first(file_kind kind)
{
    return kind == FILE_CLASSES || kind == FILE_ONTOLOGY;
}

static void read_lines(dl_frames_compiler *c, const dl_line *lines, size_t count,
                       bool first_pass)
{
    file_kind kind = FILE_OTHER;
    for (size_t i = 0; i < count && !c->failed; i++) {
        if (i == 0 || !dl_string_equal(lines[i].file, lines[i - 1].file)) {
            kind = kind_of(lines[i].file);
            c->has_group = false;
            c->outer_group = -1;
        }
        c->line = &lines[i];
        if (kind != FILE_OTHER && comes_first(kind) == first_pass)
            read_line(c, kind, &lines[i]);
    }
}

/* Classes within classes, to a fixed point. */
static void close_classes(dl_frames_compiler *c)
{
    size_t count = c->classes.count;
    dl_frame_class *classes = c->classes.items;
    for (bool changed = true; changed;) {
        changed = false;
        for (size_t a = 0; a < count; a++)
            for (size_t b = 0; b < count; b++) {
                if (a == b || !dl_class_has(c->includes[a], (int)b))
                    continue;
                for (size_t w = 0; w < DL_CLASS_WORDS; w++) {
                    uint64_t more = c->includes[b][w] & ~c->includes[a][w];
                    changed |= more != 0;
                    c->includes[a][w] |= more;
                }
                changed |= (classes[b].sectors & ~classes[a].sectors) != 0 ||
                           (classes[b].tests & ~classes[a].tests) != 0;
                classes[a].sectors |= classes[b].sectors;
                classes[a].tests |= classes[b].tests;
            }
    }
}

/* The bits of every class that includes one of `own`. */
static void widen(const dl_frames_compiler *c, uint64_t *own)
{
    uint64_t wide[DL_CLASS_WORDS];
    memcpy(wide, own, sizeof wide);
    for (size_t a = 0; a < c->classes.count; a++)
        for (size_t w = 0; w < DL_CLASS_WORDS; w++)
            if (c->includes[a][w] & own[w])
                wide[a / 64] |= 1ull << (a % 64);
    memcpy(own, wide, sizeof wide);
}

static int compare_frames(const void *a, const void *b)
{
    const dl_frame *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->sequence < y->sequence ? -1 : x->sequence > y->sequence;
}

static int compare_phrases(const void *a, const void *b)
{
    const dl_frame_phrase *x = a, *y = b;
    if (x->key_word != y->key_word)
        return x->key_word < y->key_word ? -1 : 1;
    return memcmp(x->words, y->words, sizeof x->words);
}

static void index_words(dl_frames_compiler *c)
{
    dl_frame_word *words = c->words.items;
    dl_frame *frames = c->frames.items;
    dl_frame_phrase *phrases = c->phrases.items;
    if (c->frames.count)
        qsort(frames, c->frames.count, sizeof *frames, compare_frames);
    if (c->phrases.count)
        qsort(phrases, c->phrases.count, sizeof *phrases, compare_phrases);
    for (size_t i = 0; i < c->words.count; i++)
        widen(c, words[i].classes);
    for (size_t i = c->frames.count; i-- > 0;) {
        words[frames[i].word].first[frames[i].kind] = (uint32_t)i;
        words[frames[i].word].count[frames[i].kind]++;
    }
    for (size_t i = c->phrases.count; i-- > 0;) {
        widen(c, phrases[i].classes);
        words[phrases[i].key_word].first_phrase = (uint32_t)i;
        words[phrases[i].key_word].phrase_count++;
    }
}

static uint32_t *make_slots(dl_frames_compiler *c, uint32_t *slot_count)
{
    uint32_t count = 64;
    while (count / 2 < c->words.count)
        count *= 2;
    uint32_t *slots = DL_ARENA_ARRAY(c->arena, uint32_t, count);
    if (!slots)
        return NULL;
    const dl_frame_word *words = c->words.items;
    for (uint32_t i = 1; i < c->words.count; i++) {
        dl_string word = {c->text.data + words[i].text.offset, words[i].text.size};
        uint64_t hash = dl_string_hash(word);
        uint32_t at = (uint32_t)(hash ^ (hash >> 32)) & (count - 1);
        while (slots[at])
            at = (at + 1) & (count - 1);
        slots[at] = i;
    }
    *slot_count = count;
    return slots;
}

static void write_chunk(dl_frames_compiler *c, dl_buffer *out, const uint32_t *slots,
                        uint32_t slot_count)
{
    const struct {
        const void *items;
        size_t count;
    } parts[DL_SECTIONS] = {{c->words.items, c->words.count},
                            {slots, slot_count},
                            {c->frames.items, c->frames.count},
                            {c->elements.items, c->elements.count},
                            {c->specs.items, c->specs.count},
                            {c->classes.items, c->classes.count},
                            {c->phrases.items, c->phrases.count},
                            {c->outers.items, c->outers.count},
                            {c->composes.items, c->composes.count},
                            {c->numbers.items, c->numbers.count},
                            {c->categories.items, c->categories.count},
                            {c->modes.items, c->modes.count},
                            {c->text.data, c->text.size}};
    dl_frames_header header = {.version = DL_FRAMES_VERSION};
    size_t offset = (sizeof header + 7) & ~(size_t)7;
    for (int i = 0; i < DL_SECTIONS; i++) {
        header.sections[i] =
            (dl_frames_section){(uint32_t)offset, (uint32_t)parts[i].count};
        offset = (offset + parts[i].count * dl_frames_section_size(i) + 7) & ~(size_t)7;
    }
    static const char zeros[8];
    size_t start = out->size;
    dl_buffer_add(out, &header, sizeof header);
    for (int i = 0; i < DL_SECTIONS; i++) {
        dl_buffer_add(out, zeros, header.sections[i].offset - (out->size - start));
        if (parts[i].count)
            dl_buffer_add(out, parts[i].items,
                          parts[i].count * dl_frames_section_size(i));
    }
}

static void check_classes(dl_frames_compiler *c)
{
    const dl_frame_class *classes = c->classes.items;
    for (size_t i = 0; i < c->classes.count; i++)
        if (!c->defined[i])
            dl_frames_finding(c, NULL, "{%.*s} is not defined", (int)classes[i].name.size,
                              c->text.data + classes[i].name.offset);
}

static bool start(dl_frames_compiler *c, dl_arena *arena)
{
    c->arena = arena;
    c->prepositions = c->particles = c->outer_group = -1;
    if (!dl_map_init(&c->word_map, arena, 8192) ||
        !dl_map_init(&c->class_map, arena, 256) ||
        !dl_map_init(&c->outer_map, arena, 64) ||
        !dl_map_init(&c->phrase_map, arena, 2048))
        return false;
    dl_frames_push(c, &c->words, sizeof(dl_frame_word)); /* 0 is no word */
    c->that_word = dl_frames_add_word(c, DL_STRING("that"));
    c->to_word = dl_frames_add_word(c, DL_STRING("to"));
    return dl_frames_start_ontology(c) && !c->failed;
}

dateline_status dl_frames_build(dl_builder *builder, const dl_line *lines, size_t count,
                                dl_buffer *out, dateline_error *error)
{
    dl_arena *arena = dl_builder_arena(builder);
    dl_frames_compiler *c = DL_ARENA_ARRAY(arena, dl_frames_compiler, 1);
    if (!c)
        return dl_error_memory(error);
    c->builder = builder;
    bool ready = start(c, arena);
    if (ready && count) {
        read_lines(c, lines, count, true);
        read_lines(c, lines, count, false);
        check_classes(c);
        close_classes(c);
    }
    uint32_t slot_count = 0;
    uint32_t *slots = NULL;
    if (ready && !c->failed && !c->findings) {
        index_words(c);
        slots = make_slots(c, &slot_count);
        if (slots)
            write_chunk(c, out, slots, slot_count);
    }
    bool failed = !ready || c->failed || c->text.failed || out->failed;
    size_t findings = c->findings;
    dl_buffer_release(&c->text);
    return failed || (!findings && !slots) ? dl_error_memory(error) : DATELINE_OK;
}

dateline_status dl_frames_compile(dl_builder *builder, const dl_line *lines, size_t count,
                                  dateline_error *error)
{
    dl_buffer bytes = {0};
    dateline_status status = dl_frames_build(builder, lines, count, &bytes, error);
    if (status == DATELINE_OK && bytes.size)
        dl_builder_chunk(builder, DL_FRAMES_CHUNK, bytes.data, bytes.size, 1);
    dl_buffer_release(&bytes);
    return status;
}
