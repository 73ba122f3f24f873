/* Addresses of the web.
 *
 * Purpose  hosts to filter by, links that leave out what the page knows
 * Reads    addresses as pages have them
 * Source   RFC 3986, as far as it goes here
 * Cost     linear
 * Limits   links that are relative to a folder are not joined */
#ifndef DL_READ_ADDRESS_H
#define DL_READ_ADDRESS_H

#include "base/base.h"

bool dl_address_is(dl_string s); /* http: or https: */

/* "www.example.org" of an address; size 0 where there is none. A user before it and a
 * port behind it are left out. */
dl_string dl_address_host(dl_string url);

/* A link as what stands at `base` means it; absent where that can't be told. */
dl_string dl_address_join(dl_arena *arena, dl_string link, dl_string base);

#endif
