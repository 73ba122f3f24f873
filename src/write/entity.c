/* One phrase as an entity. */
#include "write/write.h"

void dl_write_entity(dl_buffer *out, const dl_document *document, int32_t mention)
{
    dl_json json = {.out = out};
    dl_json_open(&json, '{');
    dl_json_set_string(&json, "id", document->id);
    if (mention >= 0)
        dl_write_entity_keys(&json, document, mention);
    dl_json_close(&json, '}');
    dl_buffer_add_char(out, '\n');
}

static void add_row(dl_buffer *out, const char *key, dl_string value)
{
    if (value.size == 0)
        return;
    dl_buffer_add_format(out, "%-11s ", key);
    dl_write_flat(out, value);
    dl_buffer_add_char(out, '\n');
}

void dl_write_entity_table(dl_buffer *out, const dl_document *document, int32_t mention)
{
    if (mention < 0) {
        dl_buffer_add_text(out, "not known\n");
        return;
    }
    const dl_mention *m = &document->mentions[mention];
    const dl_entity *entity = m->entity >= 0 ? &document->entities[m->entity] : NULL;
    add_row(out, "text", dl_document_slice(document, m->span));
    add_row(out, "name", entity ? entity->name : (dl_string){0});
    add_row(out, "code", dl_string_from(m->role.code));
    if (m->role.sectors[0] != DL_NO_SECTOR) {
        dl_buffer_add_format(out, "%-11s", "sector");
        for (size_t i = 0; i < DL_SECTORS_MAX && m->role.sectors[i] != DL_NO_SECTOR; i++)
            dl_buffer_add_format(out, " %s",
                                 dl_sector_name((dl_sector)m->role.sectors[i]));
        dl_buffer_add_char(out, '\n');
    }
    add_row(out, "office", m->role.office);
    add_row(out, "identifier", entity ? entity->identifier : (dl_string){0});
    add_row(out, "via", dl_string_from(dl_write_via_name(m->via)));
    add_row(out, "rule", m->rule);
}
