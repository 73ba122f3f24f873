/* Web archives: the next page or text of a WARC file.
 *
 * Purpose  articles from crawls, at the host and in the days that are wanted
 * Reads    WARC 0.17 to 1.1 (ISO 28500): responses and resources with HTML or plain text,
 *          conversions (WET); plain, or compressed with a member a record or as a whole.
 *          HTTP bodies that are chunked, or packed with gzip or deflate
 * Writes   one record; what is of no use is passed over unseen
 * Cost     one inflation; memory is bounded by the largest page
 * Limits   below */
#ifndef DL_READ_WARC_H
#define DL_READ_WARC_H

#include "read/source.h"
#include "record/date.h"

enum {
    DL_WARC_HEAD_MAX = 1 << 16,                        /* bytes of a record's head */
    DL_WARC_PAGE_MAX = (int)DATELINE_ARTICLE_BYTES_MAX /* of a page, packed or not */
};

typedef struct dl_warc dl_warc;

/* Which records are wanted, asked before their content is read: `url` and the day of
 * capture (year 0: not known). */
typedef bool (*dl_warc_filter)(void *context, dl_string url, dl_date captured);

/* A record's content, UTF-8 or not, and its head; borrowed until the next one. */
typedef struct dl_warc_record {
    uint64_t offset; /* of the record in the file; of its member where compressed */
    dl_string id, url, language, charset; /* absent where not told */
    dl_date captured;
    dl_string content;
    bool html;       /* else plain text */
    bool conversion; /* of a page, by somebody else */
} dl_warc_record;

/* Borrows the stream, which stands at its start, until it is freed. */
dl_warc *dl_warc_new(dl_stream *stream, dl_warc_filter filter, void *context);
void dl_warc_free(dl_warc *warc); /* NULL is allowed */

/* The next record of use; DATELINE_END after the last. DATELINE_BAD_WARC,
 * DATELINE_BAD_GZIP and DATELINE_ARTICLE_TOO_LARGE leave it behind the record that is
 * broken; record->offset and record->content (what was read of it) are set. */
dateline_status dl_warc_next(dl_warc *warc, dl_warc_record *record,
                             dateline_error *error);

bool dl_warc_is_start(dl_string bytes); /* of a file */

#endif
