#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "read/source.h"

/* Folders still to be walked and files found, growing together. */
typedef struct walk {
    dl_arena *arena;
    const char **files, **folders;
    size_t file_count, file_room, folder_count, folder_room;
    int *depths;
    size_t depth_room;
} walk;

static bool add_path(dl_arena *arena, const char ***list, size_t *count, size_t *room,
                     const char *path)
{
    void *items = *list;
    if (!dl_arena_grow(arena, &items, *count, room, sizeof **list))
        return false;
    *list = items;
    (*list)[(*count)++] = path;
    return true;
}

static bool add_folder(walk *w, const char *path, int depth)
{
    void *depths = w->depths;
    if (!dl_arena_grow(w->arena, &depths, w->folder_count, &w->depth_room,
                       sizeof *w->depths))
        return false;
    w->depths = depths;
    w->depths[w->folder_count] = depth;
    return add_path(w->arena, &w->folders, &w->folder_count, &w->folder_room, path);
}

static bool add_entry(walk *w, const char *folder, const char *name, int depth)
{
    struct stat about;
    if (name[0] == '.')
        return true;
    const char *path = dl_arena_format(w->arena, "%s/%s", folder, name).data;
    if (!path)
        return false;
    if (stat(path, &about) != 0)
        return true;
    if (S_ISDIR(about.st_mode))
        return add_folder(w, path, depth + 1);
    return !S_ISREG(about.st_mode) ||
           add_path(w->arena, &w->files, &w->file_count, &w->file_room, path);
}

static dateline_status walk_folder(walk *w, const char *folder, int depth,
                                   dateline_error *error)
{
    DIR *entries = opendir(folder);
    dateline_status status = DATELINE_OK;
    if (!entries)
        return dl_error_set(error, DATELINE_NOT_READABLE, "%s: can't be listed", folder);
    for (struct dirent *e = readdir(entries); e && status == DATELINE_OK;
         e = readdir(entries)) {
        if (!add_entry(w, folder, e->d_name, depth))
            status = dl_error_memory(error);
        else if (w->file_count > DL_FILES_MAX || w->folder_count > DL_FILES_MAX)
            status = dl_error_set(error, DATELINE_NOT_READABLE,
                                  "%s: more than %d files or folders below one folder",
                                  folder, (int)DL_FILES_MAX);
    }
    closedir(entries);
    return status;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static dateline_status walk_all(walk *w, const char *path, dateline_error *error)
{
    if (!add_folder(w, path, 0))
        return dl_error_memory(error);
    for (size_t i = 0; i < w->folder_count; i++) {
        if (w->depths[i] > DL_FOLDER_DEPTH_MAX)
            return dl_error_set(error, DATELINE_NOT_READABLE,
                                "%s: folders nested deeper than %d", w->folders[i],
                                (int)DL_FOLDER_DEPTH_MAX);
        dateline_status status = walk_folder(w, w->folders[i], w->depths[i], error);
        if (status != DATELINE_OK)
            return status;
    }
    if (w->file_count)
        qsort(w->files, w->file_count, sizeof *w->files, by_path);
    return DATELINE_OK;
}

dateline_status dl_files_find(dl_arena *arena, const char *path, const char ***files,
                              size_t *count, dateline_error *error)
{
    struct stat about;
    walk w = {.arena = arena};
    dateline_status status = DATELINE_OK;
    const char *copy = dl_arena_string(arena, dl_string_from(path)).data;
    if (!copy)
        return dl_error_memory(error);
    bool standard = strcmp(path, "-") == 0;
    if (!standard && stat(path, &about) != 0)
        return dl_error_set(error, DATELINE_NOT_FOUND, "%s: no such file or folder",
                            path);
    if (!standard && S_ISDIR(about.st_mode))
        status = walk_all(&w, copy, error);
    else if (!add_path(arena, &w.files, &w.file_count, &w.file_room, copy))
        status = dl_error_memory(error);
    *files = w.files;
    *count = w.file_count;
    return status;
}
