/* Constructions from a text, for the tests of the compiler and of the stage. */
#ifndef DL_TESTS_FRAMES_TEXT_H
#define DL_TESTS_FRAMES_TEXT_H

#include "lexicon/frames_layout.h"

enum { LINES_MAX = 256, FINDINGS_MAX = 16 };

typedef struct compiled {
    dl_line lines[LINES_MAX];
    size_t line_count;
    dl_findings findings;
    dl_builder *builder;
    dl_buffer bytes;
    dl_frames frames;
    dateline_error found[FINDINGS_MAX];
    size_t found_count;
} compiled;

static inline void keep_finding(void *context, const dateline_error *finding)
{
    compiled *c = context;
    if (c->found_count < FINDINGS_MAX)
        c->found[c->found_count++] = *finding;
}

/* Adds the lines of a file; comments are not cut. */
static inline void add_file(compiled *c, const char *file, const char *text)
{
    uint32_t number = 0;
    while (*text && c->line_count < LINES_MAX) {
        const char *end = strchr(text, '\n');
        size_t size = end ? (size_t)(end - text) : strlen(text);
        dl_string line = {text, size};
        uint32_t indent = 0;
        while (indent < size && line.data[indent] == ' ')
            indent++;
        number++;
        if (indent < size)
            c->lines[c->line_count++] =
                (dl_line){.file = dl_string_from(file),
                          .text = dl_string_slice(line, indent, size),
                          .number = number,
                          .indent = indent};
        text += size + (end != NULL);
    }
}

static inline dateline_status compile(compiled *c)
{
    dateline_error error = {0};
    c->findings = (dl_findings){keep_finding, c, 0};
    c->builder = dl_builder_new(&c->findings);
    dateline_status status =
        dl_frames_build(c->builder, c->lines, c->line_count, &c->bytes, &error);
    if (status == DATELINE_OK && c->bytes.size)
        status =
            dl_frames_read((dl_string){c->bytes.data, c->bytes.size}, &c->frames, &error);
    return status;
}

static inline void release(compiled *c)
{
    dl_buffer_release(&c->bytes);
    dl_builder_free(c->builder);
    *c = (compiled){0};
}

#endif
