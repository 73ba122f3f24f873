/* Days as pages, feeds and tables give them.
 *
 * Purpose  the day of publication from what machines write about it
 * Reads    ISO 8601 with any tail; RFC 822 and what looks like it, in any order (its
 *          three-letter months are the protocol's); 20210504; seconds since 1970
 * Writes   the day as it stands there, in the zone of whoever wrote it
 * Cost     linear in a few bytes
 * Limits   years 1800 to 2199 */
#ifndef DL_READ_DAY_H
#define DL_READ_DAY_H

#include "record/date.h"

/* False where there is no whole day in it. */
bool dl_day_parse(dl_string text, dl_date *day);

/* The day in an address: /2021/05/04/, /2021/may/04/, 2021-05-04, /20210504. */
bool dl_day_of_url(dl_string url, dl_date *day);

#endif
