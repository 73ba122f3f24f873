#include "record/document.h"

static void append_child(dl_token *tokens, int32_t head, int32_t child)
{
    dl_token *h = &tokens[head], *c = &tokens[child];
    c->previous_sibling = h->last_child;
    if (h->last_child < 0)
        h->first_child = child;
    else
        tokens[h->last_child].next_sibling = child;
    h->last_child = child;
}

/* Widens the subtree of every ancestor of `i`; trees are shallow, so this is about linear
 * (a chain as deep as a sentence is bounded by the parser's window). */
static void widen_ancestors(dl_token *tokens, int32_t i)
{
    for (int32_t up = tokens[i].head; up >= 0; up = tokens[up].head) {
        if (tokens[up].left <= i && i <= tokens[up].right)
            continue;
        if (i < tokens[up].left)
            tokens[up].left = i;
        else
            tokens[up].right = i;
    }
}

void dl_document_link(dl_document *document)
{
    dl_token *tokens = document->tokens;
    int32_t count = (int32_t)document->token_count;
    for (int32_t i = 0; i < count; i++) {
        tokens[i].first_child = tokens[i].last_child = -1;
        tokens[i].next_sibling = tokens[i].previous_sibling = -1;
        tokens[i].left = tokens[i].right = i;
        tokens[i].mention = -1;
    }
    for (int32_t i = 0; i < count; i++) {
        if (tokens[i].head < 0)
            document->sentences[tokens[i].sentence].root = i;
        else
            append_child(tokens, tokens[i].head, i);
    }
    for (int32_t i = 0; i < count; i++)
        widen_ancestors(tokens, i);
}

int32_t dl_tree_child(const dl_document *document, int32_t token, dl_deprel deprel)
{
    const dl_token *tokens = document->tokens;
    for (int32_t c = tokens[token].first_child; c >= 0; c = tokens[c].next_sibling)
        if (tokens[c].deprel == deprel || dl_deprel_universal(tokens[c].deprel) == deprel)
            return c;
    return -1;
}

bool dl_tree_below(const dl_document *document, int32_t token, int32_t ancestor)
{
    while (token >= 0 && token != ancestor)
        token = document->tokens[token].head;
    return token == ancestor;
}
