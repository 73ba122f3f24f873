/* Lines of constructions and of outer acts. */
#include "lexicon/frames_compile.h"

enum { ALTERNATIVE_WORDS_MAX = 24 };

static bool is_upper(dl_string s)
{
    return s.size && s.data[0] >= 'A' && s.data[0] <= 'Z' &&
           (s.size == 1 || (s.data[1] >= 'A' && s.data[1] <= 'Z'));
}

static bool is_digits(dl_string s)
{
    for (size_t i = 0; i < s.size; i++)
        if (s.data[i] < '0' || s.data[i] > '9')
            return false;
    return s.size >= 2 && s.size <= 4;
}

/* ---- keys ---- */

static int part_find(dl_string key)
{
    static const char *const names[DL_PARTS] = {
        "actor",   "recipient", "dead",         "injured", "arrested",
        "missing", "displaced", "participants", "troops",  "place"};
    for (int i = 0; i < DL_PARTS; i++)
        if (dl_string_equal(key, dl_string_from(names[i])))
            return i;
    return -1;
}

static dl_argument_spec read_spec(dl_frames_compiler *c, dl_string value)
{
    static const struct {
        const char *name;
        uint32_t kind;
    } names[] = {
        {"subject", DL_ARGUMENT_SUBJECT},       {"object", DL_ARGUMENT_OBJECT},
        {"iobject", DL_ARGUMENT_IOBJECT},       {"agent", DL_ARGUMENT_AGENT},
        {"possessive", DL_ARGUMENT_POSSESSIVE}, {"modifier", DL_ARGUMENT_MODIFIER},
        {"clause", DL_ARGUMENT_CLAUSE},         {"none", DL_ARGUMENT_NONE}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (dl_string_equal(value, dl_string_from(names[i].name)))
            return (dl_argument_spec){names[i].kind, 0};
    uint32_t word = dl_frames_add_word(c, value);
    if (!dl_frames_word_in(c, word, c->prepositions) &&
        !dl_frames_word_in(c, word, c->particles))
        dl_frames_finding(c, value.data, "%.*s is no place of an argument",
                          (int)value.size, value.data);
    return (dl_argument_spec){DL_ARGUMENT_PREPOSITION, word};
}

static void read_part(dl_frames_compiler *c, dl_frame *frame, int part, dl_string value)
{
    frame->parts[part] = (uint16_t)c->specs.count;
    if (c->specs.count + DL_PARTS > DL_FRAME_SPECS_MAX)
        dl_frames_finding(c, value.data, "more than %d places of arguments",
                          DL_FRAME_SPECS_MAX);
    frame->part_counts[part] = 0;
    for (size_t start = 0; start <= value.size;) {
        size_t end = dl_string_find(value, '|', start);
        dl_argument_spec spec = read_spec(c, dl_string_slice(value, start, end));
        *(dl_argument_spec *)dl_frames_push(c, &c->specs, sizeof spec) = spec;
        frame->part_counts[part]++;
        start = end + 1;
    }
}

static void read_contexts(dl_frames_compiler *c, dl_frame *frame, dl_string value)
{
    for (size_t start = 0; start <= value.size;) {
        size_t end = dl_string_find(value, ',', start);
        dl_string name = dl_string_slice(value, start, end);
        int number = dl_context_find(name);
        if (number < 0)
            dl_frames_finding(c, name.data, "%.*s is no context", (int)name.size,
                              name.data);
        else
            frame->contexts |= 1ull << number;
        start = end + 1;
    }
}

/* key=value; false where `word` is not of that form. */
static bool read_key(dl_frames_compiler *c, dl_frame *frame, dl_string word, bool line)
{
    size_t equal = dl_string_find(word, '=', 0);
    if (equal == word.size || is_upper(word))
        return false;
    dl_string key = dl_string_slice(word, 0, equal);
    dl_string value = dl_string_slice(word, equal + 1, word.size);
    int part = part_find(key);
    double number;
    if (!value.size) {
        dl_frames_finding(c, word.data, "%.*s has no value", (int)key.size, key.data);
    } else if (part >= 0) {
        read_part(c, frame, part, value);
        if (line && part <= DL_PART_RECIPIENT)
            frame->own_parts |= (uint8_t)(1u << part);
    } else if (dl_string_equal(key, DL_STRING("context"))) {
        read_contexts(c, frame, value);
    } else if (dl_string_equal(key, DL_STRING("symmetric"))) {
        frame->symmetric = dl_string_equal(value, DL_STRING("yes"));
    } else if (dl_string_equal(key, DL_STRING("status"))) {
        int status = dl_event_status_find(value);
        if (status < 0)
            dl_frames_finding(c, value.data, "%.*s is no status", (int)value.size,
                              value.data);
        else
            frame->status = (uint8_t)(status + 1);
    } else if (dl_string_equal(key, DL_STRING("weight"))) {
        if (!dl_string_to_double(value, &number) || number < 0 || number > 1)
            dl_frames_finding(c, value.data, "a weight lies between 0 and 1");
        else
            frame->weight = (float)number;
    } else {
        dl_frames_finding(c, key.data, "unknown key %.*s", (int)key.size, key.data);
    }
    return true;
}

/* CATEGORY, mode or CAMEO code. */
static void read_code(dl_frames_compiler *c, dl_frame *frame, dl_string word)
{
    dl_ontology ontology = dl_frames_ontology(c);
    if (is_upper(word)) {
        frame->category = dl_category_find(&ontology, word);
        if (!frame->category)
            dl_frames_finding(c, word.data, "unknown category %.*s", (int)word.size,
                              word.data);
        memset(frame->modes, 0, sizeof frame->modes);
        return;
    }
    if (is_digits(word)) {
        frame->cameo = dl_frames_add_text(c, word);
        return;
    }
    if (!frame->category)
        return;
    dl_mode mode = dl_mode_find(&ontology, frame->category, word);
    if (!mode) {
        dl_frames_finding(c, word.data, "%.*s is neither a mode of %s nor a CAMEO code",
                          (int)word.size, word.data,
                          dl_category_name(&ontology, frame->category));
        return;
    }
    for (int i = 0; i < DL_MODES_MAX; i++)
        if (!frame->modes[i]) {
            frame->modes[i] = mode;
            return;
        }
    dl_frames_finding(c, word.data, "more than %d modes", DL_MODES_MAX);
}

static void read_codes(dl_frames_compiler *c, dl_frame *frame, const dl_string *words,
                       size_t count, bool line)
{
    for (size_t i = 0; i < count; i++)
        if (!read_key(c, frame, words[i], line))
            read_code(c, frame, words[i]);
}

/* ---- alternatives ---- */

/* An alternative while it is read. */
typedef struct alternative {
    dl_frame frame;
    dl_element elements[DL_FRAME_ELEMENTS_MAX];
    size_t count;
    const char *at;
} alternative;

static dl_element *add_element(dl_frames_compiler *c, alternative *a, int type)
{
    if (a->count == DL_FRAME_ELEMENTS_MAX) {
        dl_frames_finding(c, a->at, "more than %d elements", DL_FRAME_ELEMENTS_MAX);
        a->count--;
    }
    a->elements[a->count] = (dl_element){.type = (uint8_t)type};
    return &a->elements[a->count++];
}

/* Sets what fills an element: {class}, or a lower-case run whose last word counts. */
static void set_filler(dl_frames_compiler *c, dl_element *e, const dl_string *words,
                       size_t count)
{
    dl_string last = words[count - 1];
    if (last.data[0] == '{') {
        uint32_t *number =
            last.data[last.size - 1] == '}'
                ? dl_map_find(&c->class_map, dl_string_slice(last, 1, last.size - 1))
                : NULL;
        e->filler = DL_FILLER_CLASS;
        if (number)
            e->id = (uint16_t)*number;
        else
            dl_frames_finding(c, last.data, "unknown class %.*s", (int)last.size,
                              last.data);
    } else {
        e->filler = DL_FILLER_WORD;
        e->id = (uint16_t)dl_frames_add_word(c, last);
    }
    for (size_t i = 0; i + 1 < count && e->modifier_count < DL_FRAME_MODIFIERS_MAX; i++)
        e->modifiers[e->modifier_count++] = (uint16_t)dl_frames_add_word(c, words[i]);
}

/* OBJECT, OBJECT={class}, with or without a preposition before it. */
static void read_slot(dl_frames_compiler *c, alternative *a, dl_string word,
                      uint32_t preposition)
{
    size_t equal = dl_string_find(word, '=', 0);
    dl_string name = dl_string_slice(word, 0, equal);
    int type = dl_string_equal(name, DL_STRING("SUBJECT"))   ? DL_ELEMENT_SUBJECT
               : dl_string_equal(name, DL_STRING("OBJECT"))  ? DL_ELEMENT_OBJECT
               : dl_string_equal(name, DL_STRING("IOBJECT")) ? DL_ELEMENT_IOBJECT
               : dl_string_equal(name, DL_STRING("PLACE"))   ? DL_ELEMENT_PLACE
               : dl_string_equal(name, DL_STRING("CLAUSE"))  ? DL_ELEMENT_SAID
                                                             : -1;
    if (type < 0) {
        dl_frames_finding(c, word.data, "unknown slot %.*s", (int)name.size, name.data);
        return;
    }
    if (preposition && type == DL_ELEMENT_PLACE && equal == word.size) {
        dl_element *place = add_element(c, a, DL_ELEMENT_OBLIQUE);
        place->preposition = (uint16_t)preposition;
        return;
    }
    dl_element *e = add_element(c, a, preposition ? DL_ELEMENT_OBLIQUE : type);
    e->preposition = (uint16_t)preposition;
    if (equal < word.size) {
        dl_string filler = dl_string_slice(word, equal + 1, word.size);
        if (filler.size)
            set_filler(c, e, &filler, 1);
        else
            dl_frames_finding(c, word.data, "%.*s has no filler", (int)word.size,
                              word.data);
    }
}

static bool is_member(dl_frames_compiler *c, dl_string word, int class_number)
{
    const uint32_t *number = dl_map_find(&c->word_map, word);
    return number && dl_frames_word_in(c, *number, class_number);
}

/* Words of one filler that start at words[i]: a class, or a lower-case run with a class
 * or word at its end; it stops before prepositions, particles, slots and marks. */
static size_t filler_run(dl_frames_compiler *c, const dl_string *words, size_t i,
                         size_t count)
{
    size_t start = i;
    while (i < count && !is_upper(words[i]) && words[i].data[0] != '!' &&
           !is_member(c, words[i], c->prepositions) &&
           !is_member(c, words[i], c->particles) &&
           !dl_string_equal(words[i], DL_STRING("passive"))) {
        bool class = words[i].data[0] == '{';
        i++;
        if (class)
            break;
    }
    return i - start;
}

static void read_elements(dl_frames_compiler *c, alternative *a, const dl_string *words,
                          size_t count)
{
    for (size_t i = 0; i < count;) {
        dl_string word = words[i];
        if (word.data[0] == '!' && word.size > 1) {
            dl_string inner = dl_string_slice(word, 1, word.size);
            set_filler(c, add_element(c, a, DL_ELEMENT_NOT), &inner, 1);
            i++;
        } else if (dl_string_equal(word, DL_STRING("passive"))) {
            add_element(c, a, DL_ELEMENT_PASSIVE);
            i++;
        } else if (is_upper(word)) {
            read_slot(c, a, word, 0);
            i++;
        } else if (is_member(c, word, c->particles)) {
            add_element(c, a, DL_ELEMENT_PARTICLE)->preposition =
                (uint16_t)dl_frames_add_word(c, word);
            i++;
        } else if (is_member(c, word, c->prepositions)) {
            uint32_t preposition = dl_frames_add_word(c, word);
            size_t run = filler_run(c, words, i + 1, count);
            if (run) {
                dl_element *e = add_element(c, a, DL_ELEMENT_OBLIQUE);
                e->preposition = (uint16_t)preposition;
                set_filler(c, e, words + i + 1, run);
                i += 1 + run;
            } else if (i + 1 < count && is_upper(words[i + 1])) {
                read_slot(c, a, words[i + 1], preposition);
                i += 2;
            } else {
                add_element(c, a, DL_ELEMENT_PARTICLE)->preposition =
                    (uint16_t)preposition;
                i++;
            }
        } else {
            size_t run = filler_run(c, words, i, count);
            set_filler(c, add_element(c, a, DL_ELEMENT_OBJECT), words + i, run);
            i += run;
        }
    }
}

/* Hyphenated anchors are three words to the tokeniser; both forms are kept. */
static void store_frame(dl_frames_compiler *c, alternative *a, dl_string anchor)
{
    a->frame.first_element = (uint32_t)c->elements.count;
    a->frame.element_count = (uint8_t)a->count;
    for (size_t i = 0; i < a->count; i++)
        *(dl_element *)dl_frames_push(c, &c->elements, sizeof(dl_element)) =
            a->elements[i];
    a->frame.word = dl_frames_add_word(c, anchor);
    a->frame.sequence = (uint32_t)c->frames.count;
    *(dl_frame *)dl_frames_push(c, &c->frames, sizeof(dl_frame)) = a->frame;
}

static void store_alternative(dl_frames_compiler *c, alternative *a, dl_string anchor)
{
    store_frame(c, a, anchor);
    size_t hyphen = anchor.size;
    while (hyphen > 0 && anchor.data[hyphen - 1] != '-')
        hyphen--;
    if (hyphen < 2 || hyphen == anchor.size)
        return;
    dl_element *e = add_element(c, a, DL_ELEMENT_MODIFIER);
    e->modifiers[e->modifier_count++] =
        (uint16_t)dl_frames_add_word(c, dl_string_slice(anchor, 0, hyphen - 1));
    e->modifiers[e->modifier_count++] = (uint16_t)dl_frames_add_word(c, DL_STRING("-"));
    store_frame(c, a, dl_string_slice(anchor, hyphen, anchor.size));
}

/* For nouns the anchor is the last word before a preposition; words before it modify. */
static size_t noun_anchor(dl_frames_compiler *c, alternative *a, const dl_string *words,
                          size_t count)
{
    size_t run = filler_run(c, words, 0, count);
    while (run > 1 && words[run - 1].data[0] == '{')
        run--;
    if (run > 1) {
        dl_element *e = add_element(c, a, DL_ELEMENT_MODIFIER);
        for (size_t i = 0; i + 1 < run && i < DL_FRAME_MODIFIERS_MAX; i++)
            e->modifiers[e->modifier_count++] = (uint16_t)dl_frames_add_word(c, words[i]);
    }
    return run ? run - 1 : 0;
}

static void read_alternative(dl_frames_compiler *c, const dl_frame *base, int *kind,
                             const dl_string *words, size_t count)
{
    alternative a = {.frame = *base, .at = words[0].data};
    if (dl_string_equal(words[0], DL_STRING("noun")) ||
        dl_string_equal(words[0], DL_STRING("adj"))) {
        *kind = words[0].data[0] == 'n' ? DL_FRAME_NOUN : DL_FRAME_ADJ;
        words++;
        count--;
    } else if (count > 1 && dl_string_equal(words[0], DL_STRING("verb"))) {
        *kind = DL_FRAME_VERB;
        words++;
        count--;
    }
    if (!count || is_upper(words[0]) || words[0].data[0] == '{' ||
        words[0].data[0] == '!') {
        dl_frames_finding(c, a.at, "a construction starts with the lemma of its anchor");
        return;
    }
    int here = *kind;
    size_t anchor = 0;
    if (here == DL_FRAME_NOUN)
        anchor = noun_anchor(c, &a, words, count);
    else if (here == DL_FRAME_VERB && count > 1 &&
             dl_string_equal(words[0], DL_STRING("be")) && !is_upper(words[1]) &&
             words[1].data[0] != '{' && !is_member(c, words[1], c->prepositions)) {
        here = DL_FRAME_ADJ;
        anchor = 1;
    }
    a.frame.kind = (uint8_t)(here + (base->outer ? DL_OUTER_VERB : 0));
    size_t rest = anchor + 1, end = count;
    if (base->outer && end > rest && is_member(c, words[end - 1], c->prepositions)) {
        end--;
        add_element(c, &a, DL_ELEMENT_CLAUSE)->preposition =
            (uint16_t)dl_frames_add_word(c, words[end]);
    }
    read_elements(c, &a, words + rest, end - rest);
    store_alternative(c, &a, words[anchor]);
}

/* The alternatives of a line, cut at commas, all with the same codes. */
static void read_alternatives(dl_frames_compiler *c, const dl_frame *base,
                              dl_string *words, size_t count)
{
    int kind = DL_FRAME_VERB;
    size_t start = 0;
    for (size_t i = 0; i < count; i++) {
        bool comma = words[i].data[words[i].size - 1] == ',';
        if (comma)
            words[i].size--;
        if (!words[i].size) {
            dl_frames_finding(c, words[i].data, "a comma with nothing before it");
            return;
        }
        if (!comma && i + 1 < count)
            continue;
        size_t size = i + 1 - start;
        if (size > ALTERNATIVE_WORDS_MAX)
            dl_frames_finding(c, words[start].data, "more than %d words",
                              ALTERNATIVE_WORDS_MAX);
        else
            read_alternative(c, base, &kind, words + start, size);
        start = i + 1;
    }
}

/* Takes the keys out of `words`, which apply to the whole line. */
static size_t take_keys(dl_frames_compiler *c, dl_frame *frame, dl_string *words,
                        size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (!read_key(c, frame, words[i], true))
            words[kept++] = words[i];
    return kept;
}

void dl_frames_read_construction(dl_frames_compiler *c, dl_string line, bool indented)
{
    dl_string words[DL_LINE_WORDS_MAX];
    size_t count = dl_frames_cut(line, words, DL_LINE_WORDS_MAX);
    if (count == DL_LINE_WORDS_MAX) {
        dl_frames_finding(c, line.data, "more than %d words", DL_LINE_WORDS_MAX);
        return;
    }
    if (!indented) {
        c->group = (dl_frame){.weight = (float)0.7};
        read_codes(c, &c->group, words, count, false);
        c->has_group = c->group.category != DL_NO_CATEGORY;
        return;
    }
    if (!c->has_group) {
        dl_frames_finding(c, line.data, "a construction without a group above it");
        return;
    }
    dl_frame base = c->group;
    base.rule = dl_frames_add_rule(c);
    size_t arrow = 0;
    while (arrow < count && !dl_string_equal(words[arrow], DL_STRING("->")))
        arrow++;
    if (arrow + 1 < count)
        read_codes(c, &base, words + arrow + 1, count - arrow - 1, true);
    size_t kept = take_keys(c, &base, words, arrow);
    if (kept)
        read_alternatives(c, &base, words, kept);
}

/* ---- outer acts ---- */

static int add_outer(dl_frames_compiler *c, dl_string name)
{
    bool added = false;
    uint32_t *number = dl_map_add(&c->outer_map, name, (uint32_t)c->outers.count, &added);
    if (!number) {
        c->failed = true;
        return 0;
    }
    uint32_t result = *number;
    if (!added)
        return (int)result;
    if (result >= DL_OUTER_TYPES_MAX) {
        dl_frames_finding(c, name.data, "more than %d kinds of outer acts",
                          DL_OUTER_TYPES_MAX);
        return 0;
    }
    *(dl_frame_text *)dl_frames_push(c, &c->outers, sizeof(dl_frame_text)) =
        dl_frames_add_text(c, name);
    for (size_t i = 0; i < c->categories.count; i++)
        *(dl_compose *)dl_frames_push(c, &c->composes, sizeof(dl_compose)) =
            (dl_compose){0};
    return (int)result;
}

/* What stands behind the arrow of a line of composition. */
static dl_compose read_result(dl_frames_compiler *c, const dl_string *words, size_t count)
{
    dl_compose result = {.kind = DL_COMPOSE_NEW, .rule = dl_frames_add_rule(c)};
    dl_frame codes = {0};
    size_t first = 0;
    if (count && (dl_string_equal(words[0], DL_STRING("same")) ||
                  dl_string_equal(words[0], DL_STRING("drop")))) {
        result.kind = words[0].data[0] == 's' ? DL_COMPOSE_SAME : DL_COMPOSE_DROP;
        first = 1;
    }
    read_codes(c, &codes, words + first, count - first, false);
    if (result.kind == DL_COMPOSE_NEW && !codes.category && count)
        dl_frames_finding(c, words[0].data, "a result is a category, same or drop");
    result.category = codes.category;
    memcpy(result.modes, codes.modes, sizeof result.modes);
    result.cameo = codes.cameo;
    result.has_status = codes.status != 0;
    result.status = codes.status ? (uint8_t)(codes.status - 1) : 0;
    return result;
}

/* "AID COOPERATE -> REQUEST assist 1033"; `*` is every category without a line. */
static void read_compose(dl_frames_compiler *c, int type, const dl_string *words,
                         size_t count)
{
    size_t arrow = 0;
    while (arrow < count && !dl_string_equal(words[arrow], DL_STRING("->")))
        arrow++;
    if (arrow == 0 || arrow + 1 >= count) {
        dl_frames_finding(c, NULL, "CATEGORIES -> RESULT is missing");
        return;
    }
    dl_ontology ontology = dl_frames_ontology(c);
    dl_compose result = read_result(c, words + arrow + 1, count - arrow - 1);
    for (size_t i = 0; i < arrow && !c->failed; i++) {
        dl_compose *row =
            (dl_compose *)c->composes.items + (size_t)type * ontology.category_count;
        if (dl_string_equal(words[i], DL_STRING("*"))) {
            for (size_t k = 1; k < ontology.category_count; k++)
                if (!row[k].kind)
                    row[k] = result;
            continue;
        }
        dl_category category = dl_category_find(&ontology, words[i]);
        if (category)
            row[category] = result;
        else
            dl_frames_finding(c, words[i].data, "unknown category %.*s",
                              (int)words[i].size, words[i].data);
    }
}

/* "intent: ... | ...": cut at bars. */
static void read_composes(dl_frames_compiler *c, dl_string name, const dl_string *words,
                          size_t count)
{
    int type = add_outer(c, dl_string_slice(name, 0, name.size - 1));
    for (size_t start = 0, i = 0; i <= count; i++)
        if (i == count || dl_string_equal(words[i], DL_STRING("|"))) {
            read_compose(c, type, words + start, i - start);
            start = i + 1;
        }
}

void dl_frames_read_outer(dl_frames_compiler *c, dl_string line, bool indented)
{
    dl_string words[DL_LINE_WORDS_MAX];
    size_t count = dl_frames_cut(line, words, DL_LINE_WORDS_MAX);
    if (count == DL_LINE_WORDS_MAX) {
        dl_frames_finding(c, line.data, "more than %d words", DL_LINE_WORDS_MAX);
        return;
    }
    if (!indented && line.data[0] == '[' && line.data[line.size - 1] == ']') {
        c->outer_group = add_outer(c, dl_string_slice(line, 1, line.size - 1));
        return;
    }
    if (!indented && words[0].data[words[0].size - 1] == ':') {
        read_composes(c, words[0], words + 1, count - 1);
        return;
    }
    if (c->outer_group < 0) {
        dl_frames_finding(c, line.data, "an outer act without its [kind] above it");
        return;
    }
    dl_frame base = {.weight = (float)0.7,
                     .outer = (uint8_t)(c->outer_group + 1),
                     .rule = dl_frames_add_rule(c)};
    size_t kept = take_keys(c, &base, words, count);
    if (kept)
        read_alternatives(c, &base, words, kept);
}
