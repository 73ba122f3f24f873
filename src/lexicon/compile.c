#include <stdio.h>

#include "base/base.h"
#include "lexicon/sections.h"

/* Every file stands in the folder of a section. */
static void check_folders(const dl_source *source, dl_findings *findings)
{
    size_t count = 0, first = 0;
    const dl_section *sections = dl_sections_get(&count);
    for (size_t i = 0; i < source->count; i = first) {
        bool known = false;
        dl_string folder = dl_string_slice(source->lines[i].file, 0,
                                           dl_string_find(source->lines[i].file, '/', 0));
        for (size_t k = 0; k < count && !known; k++)
            known = dl_string_equal(folder, dl_string_from(sections[k].folder));
        if (!known)
            dl_findings_add(findings, &source->lines[i], 0,
                            "the file stands in no folder that the lexicon knows");
        for (first = i + 1;
             first < source->count &&
             dl_string_equal(source->lines[first].file, source->lines[i].file);)
            first++;
    }
}

static dateline_status compile_sections(dl_builder *builder, const dl_source *source,
                                        dateline_error *error)
{
    size_t count = 0;
    const dl_section *sections = dl_sections_get(&count);
    dateline_status status = DATELINE_OK;
    for (size_t i = 0; status == DATELINE_OK && i < count; i++) {
        size_t line_count = 0;
        const dl_line *lines = dl_source_section(source, sections[i].folder, &line_count);
        if (sections[i].compile)
            status = sections[i].compile(builder, lines, line_count, error);
    }
    return status;
}

static dateline_status write_file(const dl_buffer *bytes, const char *path,
                                  dateline_error *error)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return dl_error_set(error, DATELINE_WRITE_FAILED, "%s can't be written", path);
    size_t written = fwrite(bytes->data, 1, bytes->size, file);
    if (fclose(file) != 0 || written != bytes->size) {
        remove(path);
        return dl_error_set(error, DATELINE_WRITE_FAILED, "%s can't be written", path);
    }
    return DATELINE_OK;
}

/* Into `bytes`, where that is not NULL. */
static dateline_status build(const dl_source *source, dl_buffer *bytes,
                             dl_findings *findings, dateline_error *error)
{
    dl_builder *builder = dl_builder_new(findings);
    if (!builder)
        return dl_error_memory(error);
    dateline_status status = compile_sections(builder, source, error);
    if (status == DATELINE_OK && findings->count)
        status = dl_error_set(error, DATELINE_BAD_LEXICON, "the lexicon has %zu error%s",
                              findings->count, findings->count == 1 ? "" : "s");
    if (status == DATELINE_OK && bytes)
        status = dl_builder_write(builder, bytes, error);
    dl_builder_free(builder);
    return status;
}

static dateline_status compile(const char *folder, const char *overlay,
                               dl_findings *findings, dl_buffer *bytes,
                               dateline_overlay *laid, dateline_error *error)
{
    dl_source source;
    dateline_status status = dl_source_open(&source, folder, overlay, findings, error);
    if (status != DATELINE_OK)
        return status;
    check_folders(&source, findings);
    status = build(&source, bytes, findings, error);
    if (laid)
        *laid = source.laid;
    dl_source_close(&source);
    return status;
}

DATELINE_API dateline_status
dateline_lexicon_compile(const char *folder, const char *overlay, const char *output,
                         dateline_report report, void *context, dateline_error *error)
{
    dl_buffer bytes = {0};
    dl_findings findings = {report, context, 0};
    if (!folder)
        return dl_error_set(error, DATELINE_USAGE, "no lexicon folder is given");
    dateline_status status =
        compile(folder, overlay, &findings, output ? &bytes : NULL, NULL, error);
    if (status == DATELINE_OK && output)
        status = write_file(&bytes, output, error);
    dl_buffer_release(&bytes);
    return status;
}

dateline_status dl_lexicon_open_overlay(const char *folder, const char *overlay,
                                        dateline_report report, void *context,
                                        dateline_overlay *laid, dl_lexicon **lexicon,
                                        dateline_error *error)
{
    dl_buffer bytes = {0};
    dl_findings findings = {report, context, 0};
    dateline_status status = compile(folder, overlay, &findings, &bytes, laid, error);
    if (status == DATELINE_OK)
        status = dl_lexicon_take(&bytes, overlay, lexicon, error);
    dl_buffer_release(&bytes);
    return status;
}
