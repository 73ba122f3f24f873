/* The page's files, read at start: only names found then are served, so that no path
 * from outside reaches the disk. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "serve/inside.h"

enum { FILE_BYTES_MAX = 32 << 20, FILES_MAX = 512, DEPTH_MAX = 4 };

typedef struct page_file {
    char name[256];                      /* "assets/x.js" */
    char mark[32];                       /* ETag */
    struct MHD_Response *plain, *packed; /* packed NULL: there is none */
} page_file;

struct serve_page {
    page_file files[FILES_MAX];
    size_t count;
    struct MHD_Response *missing; /* where the page was not built */
};

static const char *kind_of(const char *name)
{
    static const char *const kinds[][2] = {{".html", "text/html; charset=utf-8"},
                                           {".js", "text/javascript; charset=utf-8"},
                                           {".css", "text/css; charset=utf-8"},
                                           {".json", "application/json"},
                                           {".svg", "image/svg+xml"},
                                           {".png", "image/png"},
                                           {".ico", "image/x-icon"},
                                           {".woff2", "font/woff2"},
                                           {".webmanifest", "application/manifest+json"},
                                           {".yaml", "application/yaml; charset=utf-8"},
                                           {".txt", "text/plain; charset=utf-8"}};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(dot, kinds[i][0]) == 0)
            return kinds[i][1];
    return "application/octet-stream";
}

static char *read_file(const char *path, size_t *size)
{
    struct stat about;
    FILE *file = fopen(path, "rb");
    char *data = NULL;
    if (file && fstat(fileno(file), &about) == 0 && S_ISREG(about.st_mode) &&
        about.st_size <= FILE_BYTES_MAX) {
        *size = (size_t)about.st_size;
        data = malloc(*size + 1);
        if (data && fread(data, 1, *size, file) != *size) {
            free(data);
            data = NULL;
        }
    }
    if (file)
        fclose(file);
    return data;
}

static void set_mark(page_file *file, const char *data, size_t size)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)data[i]) * 1099511628211u;
    snprintf(file->mark, sizeof file->mark, "\"%016llx\"", (unsigned long long)hash);
}

static struct MHD_Response *respond(const page_file *file, char *data, size_t size,
                                    bool packed)
{
    bool asset = strncmp(file->name, "assets/", 7) == 0;
    struct MHD_Response *response = serve_response(data, size, kind_of(file->name));
    if (!response)
        return NULL;
    MHD_add_response_header(response, "ETag", file->mark);
    MHD_add_response_header(response, "Vary", "Accept-Encoding");
    MHD_add_response_header(response, "Cache-Control",
                            asset ? "public, max-age=31536000, immutable" : "no-cache");
    if (packed)
        MHD_add_response_header(response, "Content-Encoding", "gzip");
    return response;
}

static void add_file(serve_page *page, const char *path, const char *name)
{
    char packed[1100];
    size_t size = 0;
    size_t length = strlen(name);
    if (page->count == FILES_MAX || length >= sizeof page->files->name ||
        (length > 3 && strcmp(name + length - 3, ".gz") == 0))
        return;
    char *data = read_file(path, &size);
    if (!data)
        return;
    page_file *file = &page->files[page->count];
    snprintf(file->name, sizeof file->name, "%s", name);
    set_mark(file, data, size);
    file->plain = respond(file, data, size, false);
    snprintf(packed, sizeof packed, "%s.gz", path);
    data = read_file(packed, &size);
    if (data)
        file->packed = respond(file, data, size, true);
    page->count += file->plain != NULL;
}

/* `prefix` is "" or ends with a slash; folders nest to a bounded depth. */
static void add_folder(serve_page *page, const char *folder, const char *prefix,
                       int depth)
{
    DIR *listing = depth < DEPTH_MAX ? opendir(folder) : NULL;
    struct dirent *entry;
    while (listing && (entry = readdir(listing)) != NULL) {
        char path[1024], name[256];
        struct stat about;
        if (entry->d_name[0] == '.' ||
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >=
                (int)sizeof path ||
            snprintf(name, sizeof name, "%s%s", prefix, entry->d_name) + 1 >=
                (int)sizeof name ||
            stat(path, &about) != 0)
            continue;
        if (S_ISDIR(about.st_mode)) {
            strcat(name, "/");
            add_folder(page, path, name, depth + 1);
        } else {
            add_file(page, path, name);
        }
    }
    if (listing)
        closedir(listing);
}

serve_page *serve_page_open(const char *data)
{
    static const char missing[] =
        "dateline answers under /api/ (/api/openapi.yaml tells what).\n"
        "The page for browsers is not built: make page builds it.\n";
    char path[1100];
    serve_page *page = calloc(1, sizeof *page);
    char *text = malloc(sizeof missing);
    if (!page || !text) {
        free(page);
        free(text);
        return NULL;
    }
    memcpy(text, missing, sizeof missing);
    page->missing = serve_response(text, sizeof missing - 1, "text/plain; charset=utf-8");
    snprintf(path, sizeof path, "%s/page", data);
    add_folder(page, path, "", 0);
    snprintf(path, sizeof path, "%s/openapi.yaml", data);
    add_file(page, path, "api/openapi.yaml");
    return page;
}

void serve_page_close(serve_page *page)
{
    if (!page)
        return;
    for (size_t i = 0; i < page->count; i++) {
        MHD_destroy_response(page->files[i].plain);
        if (page->files[i].packed)
            MHD_destroy_response(page->files[i].packed);
    }
    if (page->missing)
        MHD_destroy_response(page->missing);
    free(page);
}

static const page_file *find_file(const serve_page *page, const char *name)
{
    for (size_t i = 0; i < page->count; i++)
        if (strcmp(page->files[i].name, name) == 0)
            return &page->files[i];
    return NULL;
}

/* Whether the page has a view of that path. */
static bool is_view(const serve_call *call)
{
    static const char *const alone[] = {"",        "events", "actors",   "actor",
                                        "network", "code",   "left-out", "articles"};
    static const char *const with_id[] = {"article", "story"};
    const char *const *names = call->segment_count == 1 ? alone : with_id;
    size_t count = call->segment_count == 1 ? sizeof alone / sizeof *alone
                                            : sizeof with_id / sizeof *with_id;
    if (call->segment_count < 1 || call->segment_count > 2)
        return false;
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], call->segments[0]) == 0)
            return true;
    return false;
}

static void name_of(const serve_call *call, char *name, size_t size)
{
    size_t at = 0;
    name[0] = '\0';
    for (size_t i = 0; i < call->segment_count && at < size; i++)
        at += (size_t)snprintf(name + at, size - at, "%s%s", i ? "/" : "",
                               call->segments[i]);
}

static enum MHD_Result send_file(serve_call *call, const page_file *file, unsigned status)
{
    const char *takes =
        MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, "Accept-Encoding");
    const char *has =
        MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, "If-None-Match");
    if (status == MHD_HTTP_OK && has && strstr(has, file->mark))
        return serve_not_modified(call, file->mark);
    bool packed = file->packed && takes && strstr(takes, "gzip");
    return MHD_queue_response(call->connection, status,
                              packed ? file->packed : file->plain);
}

enum MHD_Result serve_page_answer(const serve_page *page, serve_call *call)
{
    char name[300];
    bool view = is_view(call);
    name_of(call, name, sizeof name);
    const page_file *file = view ? NULL : find_file(page, name);
    if (file)
        return send_file(call, file, MHD_HTTP_OK);
    if (strncmp(name, "api/", 4) == 0 || strncmp(name, "assets/", 7) == 0)
        return serve_error(call, MHD_HTTP_NOT_FOUND, "no such path");
    file = find_file(page, "index.html");
    if (file)
        return send_file(call, file, view ? MHD_HTTP_OK : MHD_HTTP_NOT_FOUND);
    return MHD_queue_response(call->connection, view ? MHD_HTTP_OK : MHD_HTTP_NOT_FOUND,
                              page->missing);
}
