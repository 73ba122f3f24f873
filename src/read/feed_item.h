/* One item of a feed, or the feed's head, as XML.
 *
 * Purpose  the texts of its elements
 * Reads    XML in UTF-8 by libxml2's events; an "&" for itself, HTML's entities
 * Writes   strings in the arena
 * Cost     linear
 * Limits   256 elements in each other; no document type, so no entities of its own */
#ifndef DL_READ_FEED_ITEM_H
#define DL_READ_FEED_ITEM_H

#include "base/base.h"

typedef enum dl_feed_field {
    DL_FEED_NONE,
    DL_FEED_TITLE,
    DL_FEED_LINK,
    DL_FEED_ID,
    DL_FEED_PUBLISHED,
    DL_FEED_UPDATED,
    DL_FEED_AUTHOR,
    DL_FEED_ENCODED,
    DL_FEED_CONTENT,
    DL_FEED_SUMMARY,
    DL_FEED_LANGUAGE,
    DL_FEED_FIELDS
} dl_feed_field;

/* What stands in an item: text, or HTML where it was meant so; owned by the arena. */
typedef struct dl_feed_fields {
    dl_string values[DL_FEED_FIELDS];
    bool plain[DL_FEED_FIELDS]; /* Atom's type="text" */
} dl_feed_fields;

/* Children of the root of `xml` (an <item> or <entry>); with `head`, those of the channel
 * in a document that breaks off before its first item. DATELINE_BAD_FEED, with
 * error->line set within `xml`. */
dateline_status dl_feed_parse(dl_arena *arena, dl_string xml, bool head,
                              dl_feed_fields *fields, dateline_error *error);

#endif
