/* Tags, features, lemmas and names of one window. */
#include "parse/parts.h"

static const uint32_t *choose(dl_parse_scratch *s, const dl_layer *layer,
                              const dl_window *window)
{
    const dl_network *n = &s->parser->network;
    const uint8_t *x = states_of(s, window);
    size_t count = (size_t)window->count;
    n->kernels->product(layer, x, layer->inputs, count, s->sums);
    n->kernels->choose(layer, s->sums, count, s->chosen);
    return s->chosen;
}

/* Lemmas seen with this form and tag; names by their exact form. */
static dl_lemmas known_lemmas(const dl_network *n, const dl_token *token, dl_upos upos)
{
    dl_string parts[] = {dl_string_from(dl_upos_name(upos)), DL_STRING("\t"),
                         upos == DL_UPOS_PROPN ? token->form : token->fold};
    return dl_network_find_lemmas(n, dl_features_hash('l', parts, 3));
}

/* `form` in the script's case; data is NULL where memory has run out. */
static dl_string cased(dl_arena *arena, dl_string form, char mode)
{
    size_t first = 0;
    if (mode == 'k' || form.size == 0)
        return form;
    if (mode == 't')
        dl_utf8_get(form, 0, &first);
    dl_string rest = dl_utf8_lower(arena, dl_string_slice(form, first, form.size));
    if (!rest.data || first == 0)
        return rest;
    return dl_arena_format(arena, "%.*s%.*s", (int)first, form.data, (int)rest.size,
                           rest.data);
}

static bool may_cut(const dl_lemma_script *script, dl_string ending)
{
    dl_string all = script->endings;
    for (size_t at = 0, end; at < all.size; at = end + 1) {
        end = dl_string_find(all, '|', at);
        if (dl_string_equal(dl_string_slice(all, at, end), ending))
            return true;
    }
    return false;
}

/* A script that would cut an ending that it was not seen to cut sets the case alone. */
static dl_string apply_script(dl_arena *arena, dl_string form,
                              const dl_lemma_script *script)
{
    dl_string stem = cased(arena, form, script->mode);
    size_t end = stem.size;
    if (!stem.data)
        return stem;
    for (uint32_t i = 0; i < script->cut && end > 0; i++)
        for (end--; end > 0 && ((uint8_t)stem.data[end] & 0xC0) == 0x80;)
            end--;
    if (script->cut > 0 && !may_cut(script, dl_string_slice(stem, end, stem.size)))
        return stem;
    if (end + script->add.size == 0)
        return stem;
    if (script->add.size == 0)
        return dl_string_slice(stem, 0, end);
    return dl_arena_format(arena, "%.*s%.*s", (int)end, stem.data, (int)script->add.size,
                           script->add.data);
}

/* The script's lemma, held to those that the form was seen with, where it was. */
static dl_string pick_lemma(dl_arena *arena, const dl_network *n, const dl_token *token,
                            const dl_lemma_script *script)
{
    dl_lemmas known = known_lemmas(n, token, (dl_upos)token->upos);
    bool seen = known.left > 0;
    dl_string made = apply_script(arena, token->form, script);
    dl_string first = dl_lemmas_next(&known);
    if (!made.data || !seen)
        return made;
    for (dl_string lemma = first; lemma.data; lemma = dl_lemmas_next(&known))
        if (dl_string_equal(lemma, made))
            return lemma;
    return first;
}

/* Lemmas that no table has, or has several of, by the scripts of the network: only their
 * words are asked. */
static dateline_status make_lemmas(dl_parse_scratch *s, dl_document *document,
                                   const dl_window *window, const int32_t *asked,
                                   size_t count)
{
    const dl_parser *parser = s->parser;
    const dl_layer *layer = &parser->network.lemma;
    const uint8_t *x = states_of(s, window);
    for (size_t i = 0; i < count; i++)
        memcpy(s->gathered + i * layer->inputs, x + (size_t)asked[i] * layer->inputs,
               layer->inputs);
    parser->network.kernels->product(layer, s->gathered, layer->inputs, count, s->sums);
    parser->network.kernels->choose(layer, s->sums, count, s->chosen);
    for (size_t i = 0; i < count; i++) {
        dl_token *token = &document->tokens[window->first + asked[i]];
        token->lemma = pick_lemma(document->arena, &parser->network, token,
                                  &parser->scripts[s->chosen[i]]);
        if (!token->lemma.data)
            return DATELINE_NO_MEMORY;
    }
    return DATELINE_OK;
}

static dateline_status set_lemmas(dl_parse_scratch *s, dl_document *document,
                                  const dl_window *window)
{
    size_t asked = 0;
    for (int32_t i = 0; i < window->count; i++) {
        dl_token *token = &document->tokens[window->first + i];
        dl_lemmas known = known_lemmas(&s->parser->network, token, (dl_upos)token->upos);
        bool sure = known.left == 1;
        token->lemma = (dl_string){0};
        if (sure)
            token->lemma = dl_lemmas_next(&known);
        else if (token->form.size > 0)
            s->heads[asked++] = i;
    }
    return make_lemmas(s, document, window, s->heads, asked);
}

dateline_status dl_tag(dl_parse_scratch *s, dl_document *document,
                       const dl_window *window)
{
    const dl_parser *parser = s->parser;
    dl_token *tokens = document->tokens + window->first;
    const uint32_t *chosen = choose(s, &parser->network.upos, window);
    for (int32_t i = 0; i < window->count; i++)
        tokens[i].upos = (uint8_t)parser->upos[chosen[i]];
    chosen = choose(s, &parser->network.feats, window);
    for (int32_t i = 0; i < window->count; i++) {
        tokens[i].feats_text = parser->feats_texts[chosen[i]];
        tokens[i].feats = parser->feats[chosen[i]];
    }
    return set_lemmas(s, document, window);
}

/* Whether a word inside a name may follow: only within a name of the same type. */
static bool may_follow(dl_name_tag before, dl_name_tag tag)
{
    return tag.type == DL_NO_NAME || tag.begins || before.type == tag.type;
}

/* Best sequence of tags (Viterbi 1967): score[t] = best score of a path that ends in t;
 * back [N][tags] are the steps taken. */
static void best_path(const dl_parser *parser, const float *y, size_t stride,
                      size_t count, uint8_t *back, uint32_t *path)
{
    const float never = -1e30f;
    size_t tags = parser->network.shape.names;
    float score[DL_NAME_TAGS_MAX], next[DL_NAME_TAGS_MAX];
    const dl_name_tag outside = {DL_NO_NAME, false};
    for (size_t t = 0; t < tags; t++)
        score[t] = may_follow(outside, parser->names[t]) ? y[t] : never;
    for (size_t i = 1; i < count; i++) {
        for (size_t t = 0; t < tags; t++) {
            size_t best = tags;
            for (size_t b = 0; b < tags; b++)
                if (may_follow(parser->names[b], parser->names[t]) &&
                    (best == tags || score[b] > score[best]))
                    best = b;
            next[t] = best == tags ? never : score[best] + y[i * stride + t];
            back[i * tags + t] = (uint8_t)(best == tags ? 0 : best);
        }
        memcpy(score, next, tags * sizeof *score);
    }
    size_t last = 0;
    for (size_t t = 1; t < tags; t++)
        if (score[t] > score[last])
            last = t;
    for (size_t i = count; i-- > 0;) {
        path[i] = (uint32_t)last;
        last = i > 0 ? back[i * tags + last] : 0;
    }
}

void dl_mark_names(dl_parse_scratch *s, dl_document *document, const dl_window *window)
{
    const dl_parser *parser = s->parser;
    const dl_layer *layer = &parser->network.names;
    size_t count = (size_t)window->count;
    choose(s, layer, window);
    parser->network.kernels->affine(layer, s->sums, count, s->own);
    best_path(parser, s->own, layer->outputs, count, s->units, s->chosen);
    for (size_t i = 0; i < count; i++) {
        dl_name_tag tag = parser->names[s->chosen[i]];
        document->tokens[window->first + (int32_t)i].name =
            (uint8_t)((int)tag.type | (tag.begins ? DL_NAME_BEGINS : 0));
    }
}
