/* Feeds: one article an item.
 *
 * Purpose  articles from RSS and Atom files
 * Reads    RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom (RFC 4287), in UTF-8; content:encoded, dc:
 * Writes   one item; its content as text
 * Cost     linear; memory is bounded by the largest item
 * Limits   DL_LINE_MAX for an item; document types are passed over, so that no entity of
 * a feed's own is ever expanded
 *
 * Items are cut out of the file first and parsed one by one: one that is malformed loses
 * itself alone. */
#ifndef DL_READ_FEED_H
#define DL_READ_FEED_H

#include "read/source.h"
#include "record/date.h"

enum {
    DL_FEED_UNENDED_MAX = 64 /* items of one file that do not end, so that looking for
                              * their ends costs no square */
};

typedef struct dl_feed dl_feed;

/* Strings are absent where not told; all but raw are owned by the arena that was given,
 * raw is borrowed until the next item. */
typedef struct dl_feed_item {
    uint64_t line; /* in the file, from 1 */
    dl_string raw;
    dl_string id, url, title, author, source, language, text;
    dl_date day;
} dl_feed_item;

/* Borrows the stream, which stands at its start, until it is freed. */
dl_feed *dl_feed_new(dl_stream *stream);
void dl_feed_free(dl_feed *feed); /* NULL is allowed */

/* The next item; DATELINE_END after the last. After DATELINE_BAD_FEED,
 * DATELINE_ARTICLE_TOO_LARGE and DATELINE_EMPTY_ARTICLE it stands behind the bad item,
 * whose line and raw are set; behind all that was read for its end, where more than
 * DL_FEED_UNENDED_MAX did not end. */
dateline_status dl_feed_next(dl_feed *feed, dl_arena *arena, dl_feed_item *item,
                             dateline_error *error);

bool dl_feed_is_start(dl_string bytes); /* of a file */

#endif
