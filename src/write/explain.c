/* Why a sentence is coded as it is: its tree, who is in it, what fired and what did not.
 */
#include "write/write.h"

enum { DRAWN_DEPTH_MAX = 40, WORD_COLUMN = 44 };

static dl_string form(const dl_document *document, int32_t token)
{
    return document->tokens[token].form;
}

static void add_form(dl_buffer *out, const dl_document *document, int32_t token)
{
    dl_write_flat(out, form(document, token));
}

/* ---- The tree ------------------------------------------------------------------------
 * Branches of the ancestors first, outermost at the left:
 *
 *     arrested
 *     |- police  nsubj
 *     |  `- in Lagos ...
 *     `- marchers  obj
 */

static int32_t depth_of(const dl_document *document, int32_t token)
{
    int32_t depth = 0;
    for (int32_t at = document->tokens[token].head; at >= 0;
         at = document->tokens[at].head)
        depth++;
    return depth;
}

static size_t columns_of(dl_string text)
{
    size_t columns = 0;
    for (size_t i = 0; i < text.size; i++)
        columns += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return columns;
}

static size_t add_branches(dl_buffer *out, const dl_document *document, int32_t token)
{
    int32_t path[DRAWN_DEPTH_MAX];
    int32_t depth = 0;
    for (int32_t at = token; document->tokens[at].head >= 0 && depth < DRAWN_DEPTH_MAX;
         at = document->tokens[at].head)
        path[depth++] = at;
    for (int32_t i = depth - 1; i >= 0; i--) {
        bool last = document->tokens[path[i]].next_sibling < 0;
        if (i > 0)
            dl_buffer_add_text(out, last ? "   " : "│  ");
        else
            dl_buffer_add_text(out, last ? "└─ " : "├─ ");
    }
    return 3 * (size_t)depth;
}

static void add_node(dl_buffer *out, const dl_document *document, int32_t at)
{
    const dl_token *token = &document->tokens[at];
    dl_buffer_add_text(out, "    ");
    size_t columns = add_branches(out, document, at) + columns_of(token->form);
    add_form(out, document, at);
    for (; columns < WORD_COLUMN; columns++)
        dl_buffer_add_char(out, ' ');
    dl_buffer_add_format(out, " %-12s %-6s ", dl_deprel_name((dl_deprel)token->deprel),
                         dl_upos_name((dl_upos)token->upos));
    dl_write_flat(out, token->lemma);
    dl_buffer_add_char(out, '\n');
}

/* Preorder without recursion: down to the first child, else to the next sibling of the
 * nearest ancestor that has one. */
static int32_t next_node(const dl_document *document, int32_t at)
{
    if (document->tokens[at].first_child >= 0)
        return document->tokens[at].first_child;
    while (at >= 0 && document->tokens[at].next_sibling < 0)
        at = document->tokens[at].head;
    return at >= 0 ? document->tokens[at].next_sibling : -1;
}

static void add_tree(dl_buffer *out, const dl_document *document,
                     const dl_sentence *sentence)
{
    for (int32_t root = sentence->first; root <= sentence->last; root++) {
        if (document->tokens[root].head >= 0)
            continue;
        int32_t at = root;
        do {
            add_node(out, document, at);
            at = next_node(document, at);
        } while (at >= 0 && depth_of(document, at) > 0);
    }
}

/* ---- What was found ------------------------------------------------------------------
 */

static void add_quoted(dl_buffer *out, const dl_document *document, dl_span span)
{
    dl_buffer_add_char(out, '"');
    dl_write_flat(out, dl_document_slice(document, span));
    dl_buffer_add_char(out, '"');
}

static void add_rule(dl_buffer *out, dl_string rule)
{
    if (rule.size > 0) {
        dl_buffer_add_text(out, "  by ");
        dl_write_flat(out, rule);
    }
    dl_buffer_add_char(out, '\n');
}

static void add_coded(dl_buffer *out, const dl_document *document, int32_t mention)
{
    const dl_mention *m = &document->mentions[mention];
    add_quoted(out, document, m->span);
    if (m->role.code[0])
        dl_buffer_add_format(out, " %s", m->role.code);
    for (size_t i = 0; i < DL_SECTORS_MAX && m->role.sectors[i] != DL_NO_SECTOR; i++)
        dl_buffer_add_format(out, " %s", dl_sector_name((dl_sector)m->role.sectors[i]));
}

static void add_mentions(dl_buffer *out, const dl_document *document, int32_t sentence)
{
    for (size_t i = 0; i < document->mention_count; i++) {
        const dl_mention *m = &document->mentions[i];
        if (document->tokens[m->head].sentence != sentence)
            continue;
        dl_buffer_add_text(out, "  who    ");
        add_coded(out, document, (int32_t)i);
        const dl_entity *entity = m->entity >= 0 ? &document->entities[m->entity] : NULL;
        if (entity && entity->name.size > 0) {
            dl_buffer_add_text(out, " is ");
            dl_write_flat(out, entity->name);
        }
        dl_buffer_add_format(out, ", a %s%s", dl_write_via_name(m->via),
                             m->is_place ? " used as a place" : "");
        add_rule(out, m->rule);
    }
}

static void add_parties(dl_buffer *out, const dl_document *document, const char *part,
                        const int32_t *mentions, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        dl_buffer_add_format(out, "         %-10s ", part);
        add_coded(out, document, mentions[i]);
        int32_t named = dl_write_named_mention(document, mentions[i]);
        if (named != mentions[i]) {
            dl_buffer_add_text(out, ", that is ");
            add_quoted(out, document, document->mentions[named].span);
        }
        dl_buffer_add_char(out, '\n');
    }
}

static void add_event_details(dl_buffer *out, const dl_document *document,
                              const dl_event *event)
{
    if (event->date.year) {
        char date[24];
        dl_date_format(event->date, date);
        dl_buffer_add_format(out, "         %-10s %s (%s)", "date", date,
                             dl_write_basis_name(event->basis));
        add_rule(out,
                 event->time >= 0 ? document->times[event->time].rule : (dl_string){0});
    }
    if (event->place >= 0) {
        dl_buffer_add_format(out, "         %-10s ", "place");
        add_quoted(out, document, document->places[event->place].span);
        add_rule(out, document->places[event->place].rule);
    }
    for (int kind = 0; kind < DL_SIZES; kind++) {
        if (event->size[kind] < 0)
            continue;
        dl_buffer_add_format(out, "         %-10s ",
                             dl_write_size_name((dl_size_kind)kind));
        add_quoted(out, document, document->quantities[event->size[kind]].span);
        dl_buffer_add_char(out, '\n');
    }
    for (size_t i = 0; i < event->claim_count; i++) {
        const dl_claim *claim = &document->claims[event->claims[i]];
        dl_buffer_add_format(out, "         %-10s ", "source");
        if (claim->speaker >= 0)
            add_coded(out, document, claim->speaker);
        if (claim->cue.size > 0) {
            dl_buffer_add_text(out, ", ");
            dl_write_flat(out, claim->cue);
        }
        dl_buffer_add_char(out, '\n');
    }
    if (event->doubt.end > event->doubt.start) {
        dl_buffer_add_format(out, "         %-10s ", "doubt");
        add_quoted(out, document, event->doubt);
        dl_buffer_add_char(out, '\n');
    }
}

static const char *note_label(dl_note_kind kind)
{
    switch (kind) {
    case DL_NOTE_FITS:
        return "fits too";
    case DL_NOTE_LACKS:
        return "fits not";
    case DL_NOTE_OUTER:
        return "composed";
    case DL_NOTE_STATUS:
        return "status";
    case DL_NOTE_PARTY:
        return "party";
    case DL_NOTE_OPINION:
        return "opinion";
    case DL_NOTE_SURE:
        return "confidence";
    case DL_NOTE_REFUSED:
        break;
    }
    return "refused";
}

/* Notes on an anchor, kind by kind; not `but`. */
static void add_notes(dl_buffer *out, const dl_document *document, int32_t anchor,
                      int but)
{
    for (int kind = DL_NOTE_FITS; kind <= DL_NOTE_REFUSED; kind++)
        for (size_t i = 0; i < document->note_count; i++) {
            const dl_note *note = &document->notes[i];
            if (note->anchor != anchor || (int)note->kind != kind || kind == but)
                continue;
            dl_buffer_add_format(out, "         %-10s ", note_label((dl_note_kind)kind));
            dl_write_flat(out, note->text);
            add_rule(out, note->rule);
        }
}

static void add_events(dl_buffer *out, const dl_document *document, int32_t sentence)
{
    for (size_t i = 0; i < document->event_count; i++) {
        const dl_event *event = &document->events[i];
        if (event->sentence != sentence)
            continue;
        dl_buffer_add_format(out, "  event  %s",
                             dl_category_name(document->ontology, event->category));
        for (size_t m = 0; m < DL_MODES_MAX && event->modes[m]; m++)
            dl_buffer_add_format(out, " %s",
                                 dl_mode_name(document->ontology, event->modes[m]));
        dl_buffer_add_format(out, ", %s, at \"", dl_event_status_name(event->status));
        add_form(out, document, event->anchor);
        if (event->outer != event->anchor) {
            dl_buffer_add_text(out, "\" under \"");
            add_form(out, document, event->outer);
        }
        dl_buffer_add_char(out, '"');
        add_rule(out, event->rule);
        add_parties(out, document, "actor", event->actors, event->actor_count);
        add_parties(out, document, "recipient", event->recipients,
                    event->recipient_count);
        add_event_details(out, document, event);
        add_notes(out, document, event->anchor, DL_NOTE_REFUSED);
    }
}

static bool anchors_event(const dl_document *document, int32_t token)
{
    for (size_t i = 0; i < document->event_count; i++)
        if (document->events[i].anchor == token)
            return true;
    return false;
}

/* What was refused, with all that was considered there. */
static void add_refusals(dl_buffer *out, const dl_document *document, int32_t sentence)
{
    for (size_t i = 0; i < document->note_count; i++) {
        const dl_note *note = &document->notes[i];
        if (document->tokens[note->anchor].sentence != sentence ||
            note->kind != DL_NOTE_REFUSED)
            continue;
        dl_buffer_add_text(out, "  not    \"");
        add_form(out, document, note->anchor);
        dl_buffer_add_text(out, "\": ");
        dl_write_flat(out, note->text);
        add_rule(out, note->rule);
        if (!anchors_event(document, note->anchor))
            add_notes(out, document, note->anchor, DL_NOTE_REFUSED);
    }
}

/* Words that constructions know, none of which fits here. */
static void add_misfits(dl_buffer *out, const dl_document *document, int32_t sentence)
{
    int32_t last = -1;
    for (size_t i = 0; i < document->note_count; i++) {
        const dl_note *note = &document->notes[i];
        bool other = note->kind != DL_NOTE_LACKS || note->anchor == last ||
                     document->tokens[note->anchor].sentence != sentence ||
                     anchors_event(document, note->anchor);
        for (size_t k = 0; k < document->note_count && !other; k++)
            other = document->notes[k].anchor == note->anchor &&
                    document->notes[k].kind == DL_NOTE_REFUSED;
        if (other)
            continue;
        last = note->anchor;
        dl_buffer_add_text(out, "  no     \"");
        add_form(out, document, note->anchor);
        dl_buffer_add_text(out, "\": no construction fits\n");
        add_notes(out, document, note->anchor, DL_NOTE_REFUSED);
    }
}

void dl_write_explanation(dl_buffer *out, const dl_document *document)
{
    for (size_t s = 0; s < document->sentence_count; s++) {
        const dl_sentence *sentence = &document->sentences[s];
        dl_buffer_add_format(out, "%zu. ", s + 1);
        dl_write_flat(out, dl_document_slice(document, sentence->span));
        dl_buffer_add_char(out, '\n');
        add_tree(out, document, sentence);
        add_mentions(out, document, (int32_t)s);
        add_events(out, document, (int32_t)s);
        add_refusals(out, document, (int32_t)s);
        add_misfits(out, document, (int32_t)s);
        dl_buffer_add_char(out, '\n');
    }
}
