/* Names that the parser found and that have no country, as lines of who/. */
#include "lexicon/names.h"
#include "nulls/inside.h"

/* The token of the name that hangs outside it. */
static int32_t head_of(const dl_null_work *work, const dl_name *name)
{
    for (int32_t t = name->first; t <= name->last; t++) {
        int32_t head = work->tokens[t].head;
        if (head < name->first || head > name->last)
            return t;
    }
    return name->last;
}

/* ---- Known names ---------------------------------------------------------------------
 */

/* Whether the name is a title and no more ("the Sheikh"). */
static bool is_title(const dl_null_work *work, const dl_name *name)
{
    dl_word_sense sense;
    return dl_words_match(work->nulls->lexicon, DL_WORDS_TITLE, work->document,
                          name->first, name->last, name->last,
                          &sense) == (size_t)(name->last - name->first) + 1;
}

/* Whether a name or a people of the dictionaries has the token in it. */
static bool is_listed(const dl_null_work *work, int32_t first, int32_t token)
{
    const dl_document *document = work->document;
    int32_t last = document->sentences[work->tokens[token].sentence].last;
    for (int32_t from = first; from <= token; from++) {
        size_t needed = (size_t)(token - from) + 1;
        dl_word_sense sense;
        if (dl_names_match(work->nulls->lexicon, document, from, last, false).tokens >=
                needed ||
            dl_words_match(work->nulls->lexicon, DL_WORDS_DEMONYM, document, from, last,
                           -1, &sense) >= needed)
            return true;
    }
    return false;
}

static bool is_located(const dl_null_work *work, int32_t token)
{
    const dl_document *document = work->document;
    for (size_t i = 0; i < document->place_count; i++) {
        const dl_place *place = &document->places[i];
        if (place->located && place->first <= token && token <= place->last)
            return true;
    }
    return false;
}

static bool is_known(const dl_null_work *work, const dl_name *name, int32_t head)
{
    const dl_document *document = work->document;
    int32_t first = name->first, number = work->tokens[head].mention;
    if (number >= 0) {
        const dl_mention *m = &document->mentions[number];
        if (m->role.code[0] ||
            (m->entity >= 0 && document->entities[m->entity].role.code[0]))
            return true;
        first = m->first < first ? m->first : first;
    }
    return is_listed(work, first, head) || is_located(work, head);
}

/* ---- What is written -----------------------------------------------------------------
 */

/* Whether the name fits a line as it stands: no sign of the form, few words, a letter or
 * a digit first. */
static bool fits_line(dl_string text, const dl_name *name)
{
    static const char signs[] = ":;|#!\\";
    size_t size = 0;
    if (text.size == 0 || name->last - name->first + 1 > DL_PHRASE_WORDS_MAX)
        return false;
    uint32_t c = dl_utf8_get(text, 0, &size);
    for (size_t i = 0; i < text.size; i++)
        if (memchr(signs, text.data[i], sizeof signs - 1))
            return false;
    return dl_utf8_is_letter(c) || dl_utf8_is_digit(c);
}

/* The noun beside a name: "commander Moses Batende", "Moses Batende, a commander",
 * "Kivara Front fighters", "the town of Kivara"; absent where there is none. */
static dl_string beside(const dl_null_work *work, const dl_name *name, int32_t head)
{
    const dl_token *tokens = work->tokens;
    for (int32_t c = tokens[head].first_child; c >= 0; c = tokens[c].next_sibling) {
        dl_deprel relation = dl_null_relation(work, c);
        bool inside = c >= name->first && c <= name->last;
        if (!inside && tokens[c].upos == DL_UPOS_NOUN &&
            (relation == DL_DEPREL_appos || relation == DL_DEPREL_compound ||
             tokens[c].deprel == DL_DEPREL_nmod_desc || relation == DL_DEPREL_flat))
            return tokens[c].lemma;
    }
    int32_t above = tokens[head].head;
    if (above < 0 || tokens[above].upos != DL_UPOS_NOUN)
        return (dl_string){0};
    bool of = false;
    for (int32_t c = tokens[head].first_child; c >= 0; c = tokens[c].next_sibling)
        of |= dl_null_relation(work, c) == DL_DEPREL_case_ &&
              dl_null_word_is(work, tokens[c].fold, DL_NULL_CLASS_genitive);
    dl_deprel relation = dl_null_relation(work, head);
    bool belongs = relation == DL_DEPREL_appos || relation == DL_DEPREL_compound ||
                   tokens[head].deprel == DL_DEPREL_nmod_desc ||
                   relation == DL_DEPREL_flat ||
                   (of && name->type == DL_NAME_LOC && relation == DL_DEPREL_nmod);
    return belongs ? tokens[above].lemma : (dl_string){0};
}

static dl_null_kind kind_of(dl_name_type type)
{
    return type == DL_NAME_PER   ? DL_NULL_PERSON
           : type == DL_NAME_LOC ? DL_NULL_PLACE
                                 : DL_NULL_ORGANISATION;
}

/* Bytes of a name as one line; what white space there is becomes blanks. */
static void write_name(dl_null_work *work, const dl_name *name)
{
    dl_string text = dl_document_slice(work->document, name->span);
    dl_buffer_clear(&work->text);
    for (size_t at = 0, size = 0; at < text.size; at += size) {
        uint32_t c = dl_utf8_get(text, at, &size);
        if (c >= ' ' && !dl_utf8_is_space(c))
            dl_buffer_add(&work->text, text.data + at, size);
        else if (work->text.size > 0 && work->text.data[work->text.size - 1] != ' ')
            dl_buffer_add_char(&work->text, ' ');
    }
    if (fits_line((dl_string){work->text.data, work->text.size}, name))
        dl_buffer_add_text(&work->text, " : --- -");
    else
        dl_buffer_clear(&work->text);
}

/* [entities] the name with most words of each entity, -1 none; NULL where memory has run
 * out. A family name is counted as the whole name that came before it. */
static int32_t *find_fullest(const dl_null_work *work)
{
    const dl_document *document = work->document;
    int32_t *fullest = DL_ARENA_ARRAY(document->arena, int32_t, document->entity_count);
    for (size_t i = 0; fullest && i < document->entity_count; i++)
        fullest[i] = -1;
    for (size_t i = 0; fullest && i < document->name_count; i++) {
        const dl_name *name = &document->names[i];
        int32_t mention = work->tokens[head_of(work, name)].mention;
        int32_t entity = mention >= 0 ? document->mentions[mention].entity : -1;
        if (entity < 0 || document->mentions[mention].via != DL_VIA_NAME)
            continue;
        const dl_name *best =
            fullest[entity] >= 0 ? &document->names[fullest[entity]] : NULL;
        if (!best || name->last - name->first > best->last - best->first)
            fullest[entity] = (int32_t)i;
    }
    return fullest;
}

static void try_name(dl_null_work *work, const dl_name *name, const int32_t *fullest)
{
    const dl_document *document = work->document;
    int32_t head = head_of(work, name);
    uint8_t upos = work->tokens[head].upos;
    if ((upos != DL_UPOS_PROPN && upos != DL_UPOS_NOUN && upos != DL_UPOS_X) ||
        is_title(work, name) || is_known(work, name, head))
        return;
    int32_t mention = work->tokens[head].mention;
    int32_t entity = mention >= 0 && document->mentions[mention].via == DL_VIA_NAME
                         ? document->mentions[mention].entity
                         : -1;
    const dl_name *whole =
        entity >= 0 && fullest[entity] >= 0 ? &document->names[fullest[entity]] : name;
    if (whole != name && is_known(work, whole, head_of(work, whole)))
        return;
    write_name(work, whole);
    dl_null_add(work, kind_of(whole->type), beside(work, name, head), head);
}

void dl_null_names(dl_null_work *work)
{
    const dl_document *document = work->document;
    const int32_t *fullest = find_fullest(work);
    work->failed |= !fullest;
    for (size_t i = 0; i < document->name_count && !work->failed; i++) {
        const dl_name *name = &document->names[i];
        if (!document->sentences[work->tokens[name->first].sentence].heading)
            try_name(work, name, fullest);
    }
}
