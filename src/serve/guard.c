/* Who may ask: this machine's own names against DNS rebinding, the same site against
 * pages elsewhere, the token where one is needed. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "serve/inside.h"

static const char cookie_name[] = "dateline_token";

void serve_add_heads(struct MHD_Response *response)
{
    static const char *const heads[][2] = {
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
         "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
         "frame-ancestors 'none'"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"}};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        MHD_add_response_header(response, heads[i][0], heads[i][1]);
}

/* Takes as long whatever is wrong with what was given. */
bool serve_token_fits(const char *token, const char *given)
{
    size_t size = strlen(token), given_size = strlen(given);
    unsigned differs = size != given_size;
    for (size_t i = 0; i < given_size; i++)
        differs |= (unsigned)(unsigned char)(token[i % size] ^ given[i]);
    return differs == 0;
}

bool serve_is_loopback(const char *address)
{
    return strcmp(address, "localhost") == 0 || strcmp(address, "::1") == 0 ||
           strcmp(address, "[::1]") == 0 ||
           (strncmp(address, "127.", 4) == 0 &&
            strspn(address, "0123456789.") == strlen(address));
}

/* The host without its port. */
static void cut_host(const char *host, char *out, size_t size)
{
    size_t length = strcspn(host, host[0] == '[' ? "]" : ":");
    const char *from = host[0] == '[' ? host + 1 : host;
    length -= (size_t)(from - host);
    snprintf(out, size, "%.*s", (int)(length < size ? length : size - 1), from);
}

static bool knows_host(const serve_server *server, const char *host)
{
    char name[256];
    if (server->any_address) /* any name may lead here; the token guards */
        return true;
    cut_host(host, name, sizeof name);
    return serve_is_loopback(name) || strcasecmp(name, server->address) == 0;
}

/* Whether a page of another site asks. */
static bool is_other_site(const serve_call *call, const char *host, bool post)
{
    const char *origin =
        MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, "Origin");
    const char *site =
        MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, "Sec-Fetch-Site");
    const char *mode =
        MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, "Sec-Fetch-Mode");
    if (origin) {
        const char *name = strstr(origin, "://");
        if (!name || strcasecmp(name + 3, host) != 0)
            return true;
    }
    if (!site || strcmp(site, "same-origin") == 0 || strcmp(site, "none") == 0)
        return false;
    return post || !mode || strcmp(mode, "navigate") != 0;
}

static bool has_token(const serve_call *call)
{
    static const char bearer[] = "Bearer ";
    const char *token = call->server->options.token;
    const char *head =
        MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, "Authorization");
    const char *cookie =
        MHD_lookup_connection_value(call->connection, MHD_COOKIE_KIND, cookie_name);
    if (!token)
        return true;
    if (head && strncasecmp(head, bearer, sizeof bearer - 1) == 0)
        return serve_token_fits(token, head + sizeof bearer - 1);
    return cookie && serve_token_fits(token, cookie);
}

unsigned serve_guard(const serve_call *call, const char *method, const char **message)
{
    const char *host =
        MHD_lookup_connection_value(call->connection, MHD_HEADER_KIND, "Host");
    if (!host || !knows_host(call->server, host)) {
        *message = "this host is not served here";
        return MHD_HTTP_FORBIDDEN;
    }
    if (is_other_site(call, host, strcmp(method, "POST") == 0)) {
        *message = "another site asks";
        return MHD_HTTP_FORBIDDEN;
    }
    if (!has_token(call)) {
        *message = "a token is needed: Authorization: Bearer TOKEN, or /?token=TOKEN";
        return MHD_HTTP_UNAUTHORIZED;
    }
    return 0;
}
