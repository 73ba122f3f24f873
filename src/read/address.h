/* Addresses of the web (RFC 3986), as far as a reader of them goes. */
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
