/* The dictionaries as lines: what an analyst wrote, with its place for findings.
 *
 * Purpose  walks a folder of .txt files and an overlay laid over it
 * Reads    all .txt files in and below <folder>/<section>/, sorted by path
 * Writes   lines, grouped by section
 * Limits   named below
 *
 * A `#` at the start of a line or behind white space begins a comment; `\#` is the sign
 * itself. An overlay's file of the same name adds its lines behind those of the folder;
 * with `!replace` as its first line it takes their place, and a line `- text` removes the
 * lines of that file that read `text`. */
#ifndef DL_LEXICON_SOURCE_H
#define DL_LEXICON_SOURCE_H

#include "base/base.h"

enum {
    DL_SOURCE_FILES_MAX = 4096,
    DL_SOURCE_DEPTH_MAX = 8,
    DL_SOURCE_FILE_BYTES_MAX = 64 << 20,
    DL_SOURCE_PATH_MAX = 1024
};

/* A line that is not empty once its comment is gone. Strings live as long as the source.
 */
typedef struct dl_line {
    dl_string file;    /* relative to the lexicon folder: "what/coerce.txt" */
    dl_string text;    /* without comment, trimmed */
    dl_string comment; /* behind the `#`, trimmed; absent where there is none */
    uint32_t number;   /* 1-based */
    uint32_t indent;   /* bytes of white space before the text */
    bool overlay;      /* from the user's folder */
} dl_line;

typedef struct dl_source {
    dl_arena *arena; /* owned */
    dl_line *lines;  /* sorted by file, then in order */
    size_t count;
    dateline_overlay laid; /* how much of an overlay there was; its folder is not set */
} dl_source;

/* What was found wrong with a line or a file goes to `report` (NULL: nowhere). */
typedef struct dl_findings {
    dateline_report report;
    void *context;
    size_t count;
} dl_findings;

/* Reports a finding; `column` is 1-based, 0 where it is the whole line. */
void dl_findings_add(dl_findings *findings, const dl_line *line, size_t column,
                     const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Reads all files; overlay may be NULL. DATELINE_NOT_FOUND, DATELINE_NOT_READABLE. */
dateline_status dl_source_open(dl_source *source, const char *folder, const char *overlay,
                               dl_findings *findings, dateline_error *error);
void dl_source_close(dl_source *source);

/* The lines whose file stands under `section` ("what"), as one run of the source. */
const dl_line *dl_source_section(const dl_source *source, const char *section,
                                 size_t *count);

/* Next piece of `text` up to `separator` (not one that a backslash guards), trimmed, from
 * *at on; false at the end. Pieces may be empty. */
bool dl_source_piece(dl_string text, char separator, size_t *at, dl_string *piece);

#endif
