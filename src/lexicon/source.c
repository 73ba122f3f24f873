#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/base.h"
#include "lexicon/source.h"

/* ---- Findings ------------------------------------------------------------------------
 */

void dl_findings_add(dl_findings *findings, const dl_line *line, size_t column,
                     const char *format, ...)
{
    dateline_error finding = {.status = DATELINE_BAD_LEXICON,
                              .line = line->number,
                              .column = column ? column + line->indent : 0};
    va_list list;
    findings->count++;
    if (!findings->report)
        return;
    snprintf(finding.file, sizeof finding.file, "%s%.*s", line->overlay ? "overlay:" : "",
             (int)line->file.size, line->file.data ? line->file.data : "");
    va_start(list, format);
    vsnprintf(finding.message, sizeof finding.message, format, list);
    va_end(list);
    findings->report(findings->context, &finding);
}

/* ---- Files ---------------------------------------------------------------------------
 */

typedef struct file_list {
    dl_arena *arena;
    dl_string *paths; /* relative to the root */
    size_t count, capacity;
} file_list;

static bool add_path(file_list *files, dl_string path)
{
    if (!dl_arena_grow(files->arena, (void **)&files->paths, files->count,
                       &files->capacity, sizeof *files->paths))
        return false;
    files->paths[files->count++] = path;
    return path.data != NULL;
}

static int compare_paths(const void *a, const void *b)
{
    return dl_string_compare(*(const dl_string *)a, *(const dl_string *)b);
}

static size_t depth_of(dl_string path)
{
    size_t depth = 0;
    for (size_t i = 0; i < path.size; i++)
        depth += path.data[i] == '/';
    return depth;
}

/* Puts what stands in `relative` behind the files (.txt) or the folders still to walk. */
static dateline_status walk_one(const char *root, dl_string relative, file_list *files,
                                file_list *folders, dateline_error *error)
{
    dl_string path =
        dl_arena_format(files->arena, "%s/%.*s", root, (int)relative.size, relative.data);
    if (!path.data)
        return dl_error_memory(error);
    DIR *directory = opendir(path.data);
    if (!directory)
        return dl_error_set(error,
                            errno == ENOENT ? DATELINE_NOT_FOUND : DATELINE_NOT_READABLE,
                            "%s: %s", path.data, strerror(errno));
    bool fine = true;
    for (struct dirent *entry; fine && (entry = readdir(directory));) {
        struct stat about;
        dl_string name = dl_string_from(entry->d_name);
        if (name.data[0] == '.')
            continue;
        dl_string below =
            dl_arena_format(files->arena, "%.*s%s%s", (int)relative.size, relative.data,
                            relative.size ? "/" : "", entry->d_name);
        dl_string whole =
            dl_arena_format(files->arena, "%s/%s", root, below.data ? below.data : "");
        if (!below.data || !whole.data)
            fine = false;
        else if (stat(whole.data, &about) == 0 && S_ISDIR(about.st_mode))
            fine = depth_of(below) >= DL_SOURCE_DEPTH_MAX || add_path(folders, below);
        else if (dl_string_ends(name, DL_STRING(".txt")) &&
                 files->count < DL_SOURCE_FILES_MAX)
            fine = add_path(files, below);
    }
    closedir(directory);
    return fine ? DATELINE_OK : dl_error_memory(error);
}

/* All .txt files under `root`, sorted. */
static dateline_status walk(const char *root, file_list *files, dateline_error *error)
{
    file_list folders = {.arena = files->arena};
    dateline_status status = walk_one(root, (dl_string){"", 0}, files, &folders, error);
    for (size_t i = 0; status == DATELINE_OK && i < folders.count; i++)
        status = walk_one(root, folders.paths[i], files, &folders, error);
    if (status == DATELINE_OK && files->count)
        qsort(files->paths, files->count, sizeof *files->paths, compare_paths);
    return status;
}

/* The file's bytes, copied into the arena. */
static dateline_status read_file(dl_arena *arena, const char *root, dl_string relative,
                                 dl_string *bytes, dateline_error *error)
{
    dl_mapped file = {0};
    dl_string path =
        dl_arena_format(arena, "%s/%.*s", root, (int)relative.size, relative.data);
    if (!path.data)
        return dl_error_memory(error);
    dateline_status status = dl_mapped_open(&file, path.data, error);
    if (status != DATELINE_OK)
        return status;
    if (file.bytes.size > DL_SOURCE_FILE_BYTES_MAX)
        status = dl_error_set(error, DATELINE_NOT_READABLE, "%s: too large", path.data);
    else if (!(*bytes = dl_arena_string(arena, file.bytes)).data)
        status = dl_error_memory(error);
    dl_mapped_close(&file);
    return status;
}

/* ---- Lines ---------------------------------------------------------------------------
 */

typedef struct collector {
    dl_source *source;
    size_t capacity;
    dl_findings *findings;
} collector;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* Where the comment begins: a `#` at the start or behind white space. */
static size_t comment_start(dl_string raw)
{
    for (size_t i = 0; i < raw.size; i++)
        if (raw.data[i] == '#' && (i == 0 || is_blank(raw.data[i - 1])))
            return i;
    return raw.size;
}

static dl_line line_of(dl_string raw)
{
    dl_line line = {0};
    size_t hash = comment_start(raw);
    while (line.indent < hash && is_blank(raw.data[line.indent]))
        line.indent++;
    line.text = dl_string_trim(dl_string_slice(raw, 0, hash));
    if (hash < raw.size)
        line.comment = dl_string_trim(dl_string_slice(raw, hash + 1, raw.size));
    return line;
}

/* Removes the folder's lines of this file that read `text`. */
static void remove_lines(collector *to, size_t from, const dl_line *remover,
                         dl_string text)
{
    dl_source *source = to->source;
    size_t kept = from;
    for (size_t i = from; i < source->count; i++)
        if (!dl_string_equal(source->lines[i].text, text))
            source->lines[kept++] = source->lines[i];
    if (kept == source->count)
        dl_findings_add(to->findings, remover, 1, "no such line to remove");
    source->laid.removed += source->count - kept;
    source->count = kept;
}

static bool add_line(collector *to, size_t from, dl_line line)
{
    dl_source *source = to->source;
    if (line.overlay && dl_string_starts(line.text, DL_STRING("- "))) {
        dl_string text = dl_string_trim(dl_string_slice(line.text, 2, line.text.size));
        remove_lines(to, from, &line, text);
        return true;
    }
    if (!dl_arena_grow(source->arena, (void **)&source->lines, source->count,
                       &to->capacity, sizeof *source->lines))
        return false;
    source->lines[source->count++] = line;
    source->laid.lines += line.overlay;
    return true;
}

/* Drops all lines of the file that is there. */
static void drop_lines(dl_source *source, size_t from)
{
    source->laid.removed += source->count - from;
    source->count = from;
}

/* Adds the lines of one file; `from` is where the lines of its name began. */
static dateline_status add_file(collector *to, const char *root, dl_string relative,
                                bool overlay, size_t from, dateline_error *error)
{
    dl_string bytes = {0};
    dl_line first = {.file = relative, .overlay = overlay};
    dateline_status status = read_file(to->source->arena, root, relative, &bytes, error);
    if (status != DATELINE_OK)
        return status;
    if (dl_utf8_check(bytes) < bytes.size) {
        dl_findings_add(to->findings, &first, 0, "the file is not UTF-8");
        return DATELINE_OK;
    }
    uint32_t number = 0;
    to->source->laid.files += overlay;
    for (size_t at = 0; at < bytes.size;) {
        size_t end = dl_string_find(bytes, '\n', at);
        dl_line line = line_of(dl_string_slice(bytes, at, end));
        at = end + 1;
        line.file = relative;
        line.overlay = overlay;
        line.number = ++number;
        if (overlay && number == 1 && dl_string_equal(line.text, DL_STRING("!replace")))
            drop_lines(to->source, from);
        else if (line.text.size && !add_line(to, from, line))
            return dl_error_memory(error);
    }
    return DATELINE_OK;
}

/* Files of both folders in one order; of two with the same name the folder's first. */
static dateline_status merge(collector *to, const char *folder, const char *overlay,
                             const file_list *base, const file_list *over,
                             dateline_error *error)
{
    dateline_status status = DATELINE_OK;
    size_t i = 0, j = 0;
    while (status == DATELINE_OK && (i < base->count || j < over->count)) {
        size_t from = to->source->count;
        int order = i == base->count ? 1
                    : j == over->count
                        ? -1
                        : dl_string_compare(base->paths[i], over->paths[j]);
        if (order <= 0)
            status = add_file(to, folder, base->paths[i++], false, from, error);
        if (order >= 0 && status == DATELINE_OK)
            status = add_file(to, overlay, over->paths[j++], true, from, error);
    }
    return status;
}

dateline_status dl_source_open(dl_source *source, const char *folder, const char *overlay,
                               dl_findings *findings, dateline_error *error)
{
    *source = (dl_source){.arena = dl_arena_new()};
    if (!source->arena)
        return dl_error_memory(error);
    file_list base = {.arena = source->arena}, over = base;
    collector to = {source, 0, findings};
    dateline_status status = walk(folder, &base, error);
    if (status == DATELINE_OK && overlay)
        status = walk(overlay, &over, error);
    if (status == DATELINE_OK)
        status = merge(&to, folder, overlay, &base, &over, error);
    if (status != DATELINE_OK)
        dl_source_close(source);
    return status;
}

void dl_source_close(dl_source *source)
{
    dl_arena_free(source->arena);
    *source = (dl_source){0};
}

const dl_line *dl_source_section(const dl_source *source, const char *section,
                                 size_t *count)
{
    dl_string name = dl_string_from(section);
    size_t first = 0;
    while (first < source->count && !(dl_string_starts(source->lines[first].file, name) &&
                                      source->lines[first].file.data[name.size] == '/'))
        first++;
    size_t end = first;
    while (end < source->count && dl_string_starts(source->lines[end].file, name) &&
           source->lines[end].file.data[name.size] == '/')
        end++;
    *count = end - first;
    return end > first ? source->lines + first : NULL;
}

bool dl_source_piece(dl_string text, char separator, size_t *at, dl_string *piece)
{
    size_t end = *at;
    if (*at > text.size)
        return false;
    while (end < text.size &&
           !(text.data[end] == separator && (end == 0 || text.data[end - 1] != '\\')))
        end++;
    *piece = dl_string_trim(dl_string_slice(text, *at, end));
    *at = end + 1;
    return true;
}
