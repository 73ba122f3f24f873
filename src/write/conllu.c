/* CoNLL-U of Universal Dependencies 2. */
#include "write/write.h"

static void add_column(dl_buffer *out, dl_string value)
{
    if (value.size == 0)
        dl_buffer_add_char(out, '_');
    else
        dl_write_flat(out, value);
    dl_buffer_add_char(out, '\t');
}

/* SpaceAfter, TokenRange and the name that the token is part of. */
static void add_misc(dl_buffer *out, const dl_document *document, const dl_name *name,
                     int32_t first, int32_t last)
{
    const dl_token *token = &document->tokens[first];
    if (!document->tokens[last].space_after)
        dl_buffer_add_text(out, "SpaceAfter=No|");
    dl_buffer_add_format(out, "TokenRange=%u:%u", token->span.start,
                         document->tokens[last].span.end);
    if (name)
        dl_buffer_add_format(out, "|Name=%s-%s", first == name->first ? "B" : "I",
                             dl_write_name_type(name->type));
    dl_buffer_add_char(out, '\n');
}

/* "1-2  don't" before the words of a multiword token. */
static void add_multiword(dl_buffer *out, const dl_document *document,
                          const dl_name *name, int32_t word, int32_t base)
{
    int32_t last = word + document->tokens[word].multiword - 1;
    dl_buffer_add_format(out, "%d-%d\t", word - base + 1, last - base + 1);
    dl_write_flat(out,
                  dl_document_slice(document, dl_document_span(document, word, last)));
    dl_buffer_add_text(out, "\t_\t_\t_\t_\t_\t_\t_\t");
    add_misc(out, document, name, word, last);
}

static void add_word(dl_buffer *out, const dl_document *document, const dl_name *name,
                     int32_t word, int32_t base)
{
    const dl_token *token = &document->tokens[word];
    dl_buffer_add_format(out, "%d\t", word - base + 1);
    add_column(out, token->form);
    add_column(out, token->lemma);
    add_column(out, dl_string_from(dl_upos_name((dl_upos)token->upos)));
    add_column(out, (dl_string){0});
    add_column(out, token->feats_text);
    dl_buffer_add_format(out, "%d\t", token->head < 0 ? 0 : token->head - base + 1);
    dl_buffer_add_format(
        out, "%s\t_\t",
        dl_deprel_name((dl_deprel)(token->head < 0 ? DL_DEPREL_root : token->deprel)));
    if (token->multiword || token->inside_multiword) {
        if (name)
            dl_buffer_add_format(out, "Name=%s-%s\n", word == name->first ? "B" : "I",
                                 dl_write_name_type(name->type));
        else
            dl_buffer_add_text(out, "_\n");
        return;
    }
    add_misc(out, document, name, word, word);
}

void dl_write_conllu(dl_buffer *out, const dl_document *document)
{
    const dl_name *name = document->names;
    const dl_name *names_end = name ? name + document->name_count : NULL;
    dl_buffer_add_text(out, "# newdoc id = ");
    dl_write_flat(out, document->id);
    dl_buffer_add_char(out, '\n');
    for (size_t s = 0; s < document->sentence_count; s++) {
        const dl_sentence *sentence = &document->sentences[s];
        dl_buffer_add_text(out, "# sent_id = ");
        dl_write_flat(out, document->id);
        dl_buffer_add_format(out, "-%zu\n# text = ", s + 1);
        dl_write_flat(out, dl_document_slice(document, sentence->span));
        dl_buffer_add_char(out, '\n');
        for (int32_t word = sentence->first; word <= sentence->last; word++) {
            while (name != names_end && name->last < word)
                name++;
            const dl_name *here = name != names_end && name->first <= word ? name : NULL;
            if (document->tokens[word].multiword > 1)
                add_multiword(out, document, here, word, sentence->first);
            add_word(out, document, here, word, sentence->first);
        }
        dl_buffer_add_char(out, '\n');
    }
}
