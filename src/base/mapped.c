#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"

dateline_status dl_mapped_open(dl_mapped *file, const char *path, dateline_error *error)
{
    struct stat about;
    *file = (dl_mapped){0};
    int handle = open(path, O_RDONLY | O_CLOEXEC);
    if (handle < 0)
        return dl_error_set(error,
                            errno == ENOENT ? DATELINE_NOT_FOUND : DATELINE_NOT_READABLE,
                            "%s: %s", path, strerror(errno));
    dateline_status status = DATELINE_OK;
    if (fstat(handle, &about) != 0 || !S_ISREG(about.st_mode)) {
        status =
            dl_error_set(error, DATELINE_NOT_READABLE, "%s: not a regular file", path);
    } else if (about.st_size > 0) {
        size_t size = (size_t)about.st_size;
        void *at = mmap(NULL, size, PROT_READ, MAP_PRIVATE, handle, 0);
        if (at == MAP_FAILED)
            status = dl_error_set(error, DATELINE_NOT_READABLE, "%s: %s", path,
                                  strerror(errno));
        else
            file->bytes = (dl_string){at, size};
    }
    close(handle);
    return status;
}

void dl_mapped_take(dl_mapped *file, dl_buffer *buffer)
{
    *file = (dl_mapped){{buffer->data, buffer->size}, *buffer};
    *buffer = (dl_buffer){0};
}

void dl_mapped_close(dl_mapped *file)
{
    if (file->held.data)
        dl_buffer_release(&file->held);
    else if (file->bytes.data)
        munmap((void *)(uintptr_t)file->bytes.data, file->bytes.size);
    *file = (dl_mapped){0};
}
