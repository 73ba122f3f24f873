#include "nulls/inside.h"

dl_nulls dl_nulls_open(const dl_lexicon *lexicon)
{
    static const char *const names[DL_NULL_CLASSES] = {
#define X(name, text) text,
        DL_NULL_CLASS_LIST(X)
#undef X
    };
    dl_nulls nulls = {.lexicon = lexicon, .frames = dl_lexicon_frames(lexicon)};
    for (int i = 0; i < DL_NULL_CLASSES; i++)
        nulls.classes[i] = nulls.frames ? dl_frames_class(nulls.frames, names[i]) : -1;
    nulls.says = dl_list_find(lexicon, "says-cues");
    return nulls;
}

bool dl_null_word_is(const dl_null_work *work, dl_string word, dl_null_class which)
{
    const dl_frames *frames = work->nulls->frames;
    uint32_t number = frames && word.size > 0 ? dl_frames_word(frames, word) : 0;
    return number &&
           dl_class_has(frames->words[number].classes, work->nulls->classes[which]);
}

dl_deprel dl_null_relation(const dl_null_work *work, int32_t token)
{
    return dl_deprel_universal((dl_deprel)work->tokens[token].deprel);
}

bool dl_null_is_plain(dl_string word)
{
    bool letter = false;
    for (size_t at = 0, size = 0; at < word.size; at += size) {
        bool was_letter = letter;
        uint32_t c = dl_utf8_get(word, at, &size);
        letter = dl_utf8_is_letter(c);
        if (!letter && !(c == '-' && was_letter))
            return false;
    }
    return letter;
}

/* White space of any kind becomes one blank. */
static dl_string flatten(dl_null_work *work, dl_string text)
{
    char *out = dl_arena_get(work->document->arena, text.size + 1, 1);
    size_t used = 0;
    work->failed |= !out;
    if (!out)
        return (dl_string){0};
    for (size_t at = 0, size = 0; at < text.size; at += size) {
        uint32_t c = dl_utf8_get(text, at, &size);
        bool blank = c < ' ' || dl_utf8_is_space(c);
        if (blank && used > 0 && out[used - 1] != ' ')
            out[used++] = ' ';
        for (size_t i = 0; !blank && i < size; i++)
            out[used++] = text.data[at + i];
    }
    return dl_string_trim((dl_string){out, used});
}

void dl_null_add(dl_null_work *work, dl_null_kind kind, dl_string beside, int32_t token)
{
    const dl_document *document = work->document;
    int32_t number = work->tokens[token].sentence;
    dl_span span = document->sentences[number].span;
    dl_met met = {.kind = kind,
                  .text = {work->text.data, work->text.size},
                  .beside = beside,
                  .where = {.doc = flatten(work, document->id),
                            .text = flatten(work, dl_document_slice(document, span)),
                            .sentence = (uint32_t)number + 1}};
    work->failed |= work->text.failed || !dl_tally_add(work->tally, &met);
}

dateline_status dl_nulls_run(const dl_nulls *nulls, const dl_document *document,
                             dl_tally *tally, dateline_error *error)
{
    dl_null_work work = {
        .nulls = nulls, .document = document, .tokens = document->tokens, .tally = tally};
    dl_tally_next_article(tally);
    dl_null_predicates(&work);
    if (!work.failed)
        dl_null_names(&work);
    dl_buffer_release(&work.text);
    return work.failed ? dl_error_memory(error) : DATELINE_OK;
}
