/* Purpose: answers HTTP over one archive, as docs/openapi.yaml has it.
 * Reads:   the archive (through dateline.h alone), the folder of the page.
 * Writes:  nothing but answers.
 * Cost:    the archive's columns in memory; answers bounded by the limits below.
 * Source:  RFC 9110 (HTTP), docs/openapi.yaml.
 * Limits:  SERVE_* in inside.h. */
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H

#include "dateline.h"

/* Strings end with NUL and are borrowed until serve_stop. */
typedef struct serve_options {
    const char *db;
    const char *address; /* NULL: 127.0.0.1 */
    unsigned port;       /* 0: any that is free */
    const char *token;   /* NULL: none is needed */
    const dateline_engine *engine;
} serve_options;

typedef struct serve_server serve_server; /* lives until serve_stop */

/* Answers once it returns; the calling thread is free. */
dateline_status serve_start(const serve_options *options, serve_server **server,
                            dateline_error *error);

/* Where it answers: "http://127.0.0.1:8080/"; borrowed. */
const char *serve_url(const serve_server *server);
void serve_stop(serve_server *server); /* lets running answers end; NULL is allowed */

/* Whether an address is reached from this machine alone. */
bool serve_is_loopback(const char *address);

#endif
