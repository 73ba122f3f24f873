/* Names of values as they stand in the formats, and ids. */
#include <stdio.h>

#include "write/write.h"

const char *dl_write_via_name(dl_via via)
{
    static const char *const names[] = {[DL_VIA_NAME] = "name",
                                        [DL_VIA_TITLE] = "title",
                                        [DL_VIA_PRONOUN] = "pronoun",
                                        [DL_VIA_NOMINAL] = "nominal",
                                        [DL_VIA_PLACE] = "place"};
    return names[via];
}

const char *dl_write_name_type(dl_name_type type)
{
    static const char *const names[] = {[DL_NO_NAME] = "",
                                        [DL_NAME_PER] = "PER",
                                        [DL_NAME_ORG] = "ORG",
                                        [DL_NAME_LOC] = "LOC"};
    return names[type];
}

const char *dl_write_relation(dl_relation relation)
{
    static const char *const names[] = {
        [DL_EQUAL] = "=", [DL_ABOUT] = "~",     [DL_NEARLY] = "<~",  [DL_MORE] = ">",
        [DL_FEWER] = "<", [DL_AT_LEAST] = ">=", [DL_AT_MOST] = "<=", [DL_BETWEEN] = ".."};
    return names[relation];
}

const char *dl_write_size_name(dl_size_kind kind)
{
    static const char *const names[DL_SIZES] = {
        [DL_SIZE_DEAD] = "dead",           [DL_SIZE_INJURED] = "injured",
        [DL_SIZE_ARRESTED] = "arrested",   [DL_SIZE_MISSING] = "missing",
        [DL_SIZE_DISPLACED] = "displaced", [DL_SIZE_PARTICIPANTS] = "participants",
        [DL_SIZE_TROOPS] = "troops"};
    return names[kind];
}

const char *dl_write_basis_name(dl_date_basis basis)
{
    static const char *const names[] = {[DL_BASIS_NONE] = "",
                                        [DL_BASIS_STATED] = "stated",
                                        [DL_BASIS_RELATIVE] = "relative",
                                        [DL_BASIS_PUBLICATION] = "publication"};
    return names[basis];
}

const char *dl_write_time_type(dl_time_type type)
{
    static const char *const names[] = {[DL_TIME_DATE] = "DATE",
                                        [DL_TIME_TIME] = "TIME",
                                        [DL_TIME_DURATION] = "DURATION",
                                        [DL_TIME_SET] = "SET"};
    return names[type];
}

double dl_write_event_scale(const dl_document *document, const dl_event *event)
{
    return event->modes[0] ? dl_mode_score(document->ontology, event->modes[0])
                           : dl_category_score(document->ontology, event->category);
}

/* The ids hang on the article's id and on where the words stand, not on their order. */
static void id_from(const dl_document *document, const uint32_t *parts, size_t count,
                    char out[17])
{
    uint64_t hash = dl_string_hash(document->id) ^
                    dl_string_hash(dl_string_from(DATELINE_VERSION)) * 31;
    for (size_t i = 0; i < count; i++) {
        hash = (hash ^ parts[i]) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    snprintf(out, 17, "%016llx", (unsigned long long)hash);
}

int32_t dl_write_named_mention(const dl_document *document, int32_t mention)
{
    const dl_mention *m = &document->mentions[mention];
    if (m->via != DL_VIA_PRONOUN || m->entity < 0)
        return mention;
    int32_t named = mention;
    for (size_t i = 0; i < document->mention_count; i++) {
        const dl_mention *other = &document->mentions[i];
        if (other->first > m->first && named != mention)
            break;
        if (other->entity == m->entity && other->via != DL_VIA_PRONOUN)
            named = (int32_t)i;
    }
    return named;
}

void dl_write_event_id(const dl_document *document, const dl_event *event, char out[17])
{
    const dl_token *tokens = document->tokens;
    uint32_t cameo = (uint32_t)dl_string_hash(event->cameo);
    int32_t actor = event->actor_count ? event->actors[0] : -1;
    uint32_t parts[] = {tokens[event->anchor].span.start,
                        tokens[event->anchor].span.end,
                        tokens[event->outer].span.start,
                        (uint32_t)event->category,
                        (uint32_t)event->status,
                        event->modes[0],
                        cameo,
                        actor >= 0 ? document->mentions[actor].span.start : 0};
    id_from(document, parts, sizeof parts / sizeof *parts, out);
}

const char *dl_write_claim_type(const dl_claim *claim)
{
    return claim->attitude ? "attitude" : "statement";
}

void dl_write_id(uint64_t id, char out[17])
{
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < 16; i++)
        out[i] = digits[id >> (60 - 4 * i) & 15];
    out[16] = '\0';
}

void dl_write_claim_id(const dl_document *document, const dl_claim *claim, char out[17])
{
    uint32_t parts[] = {claim->span.start, claim->span.end, claim->cue_span.start, 1};
    id_from(document, parts, sizeof parts / sizeof *parts, out);
}

void dl_write_flat(dl_buffer *out, dl_string text)
{
    bool blank = false;
    text = dl_string_trim(text);
    for (size_t at = 0; at < text.size;) {
        size_t size;
        uint32_t c = dl_utf8_get(text, at, &size);
        if (c < 0x20 || c == 0x7f || dl_utf8_is_space(c)) {
            blank = true;
        } else {
            if (blank)
                dl_buffer_add_char(out, ' ');
            blank = false;
            dl_buffer_add(out, text.data + at, size);
        }
        at += size;
    }
}
