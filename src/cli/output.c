/* Data out: stdout, or a file that is written whole or not at all. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"

static bool complain(cli_output *out)
{
    if (errno == EPIPE)
        out->reader_gone = true;
    if (!out->failed && !out->reader_gone)
        fprintf(stderr, "dateline: %s: %s\n", out->path ? out->path : "standard output",
                strerror(errno));
    out->failed = true;
    return false;
}

/* A new file beside `path`, with the rights that a plain open would give. */
static bool open_temporary(cli_output *out)
{
    static const char suffix[] = ".XXXXXX";
    size_t size = strlen(out->path);
    out->temporary = malloc(size + sizeof suffix);
    if (!out->temporary)
        return complain(out);
    memcpy(out->temporary, out->path, size);
    memcpy(out->temporary + size, suffix, sizeof suffix);
    int descriptor = mkstemp(out->temporary);
    if (descriptor < 0) {
        complain(out);
        free(out->temporary);
        out->temporary = NULL;
        return false;
    }
    mode_t mask = umask(0);
    umask(mask);
    fchmod(descriptor, 0666 & ~mask);
    out->file = fdopen(descriptor, "w");
    if (out->file)
        return true;
    complain(out);
    close(descriptor);
    unlink(out->temporary);
    free(out->temporary);
    out->temporary = NULL;
    return false;
}

bool output_open(cli_output *out, const char *path)
{
    *out = (cli_output){.file = stdout, .path = path};
    if (!path) {
        const char *terminal = getenv("TERM");
        out->color = output_is_terminal(out) && !getenv("NO_COLOR") &&
                     !(terminal && strcmp(terminal, "dumb") == 0);
        return true;
    }
    struct stat there;
    if (stat(path, &there) == 0 && !S_ISREG(there.st_mode)) {
        out->file = fopen(path, "w"); /* a device, a pipe: nothing to put in its place */
        return out->file ? true : complain(out);
    }
    return open_temporary(out);
}

bool output_is_terminal(const cli_output *out)
{
    return !out->path && isatty(STDOUT_FILENO);
}

void output_cut_lines(cli_output *out)
{
    struct winsize size;
    if (output_is_terminal(out) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        out->width = size.ws_col;
}

/* Whether the byte still stands within the terminal's width. Colour codes take no column,
 * and pass behind the edge too. */
static bool within_width(cli_output *out, char byte)
{
    if (out->escape || byte == '\033') {
        out->escape = byte != 'm';
        return true;
    }
    if (byte == '\n') {
        out->column = 0;
        return true;
    }
    if (((unsigned char)byte & 0xC0) != 0x80)
        out->column++;
    return out->column <= out->width;
}

bool output_write(void *context, const char *data, size_t size)
{
    cli_output *out = context;
    if (out->failed)
        return false;
    if (!out->width)
        return fwrite(data, 1, size, out->file) == size ? true : complain(out);
    for (size_t i = 0; i < size; i++)
        if (within_width(out, data[i]) && putc(data[i], out->file) == EOF)
            return complain(out);
    return true;
}

static bool finish(cli_output *out)
{
    if (fflush(out->file) != 0)
        return complain(out);
    if (out->temporary && fsync(fileno(out->file)) != 0)
        return complain(out);
    return true;
}

bool output_close(cli_output *out, bool keep)
{
    if (!out->file)
        return false;
    if (!out->failed)
        finish(out);
    if (out->path && fclose(out->file) != 0)
        complain(out);
    out->file = NULL;
    if (out->temporary) {
        if (!keep || out->failed)
            unlink(out->temporary);
        else if (rename(out->temporary, out->path) != 0) {
            complain(out);
            unlink(out->temporary);
        }
        free(out->temporary);
        out->temporary = NULL;
    }
    return !out->failed;
}
