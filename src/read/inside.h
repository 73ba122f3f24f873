/* The reader from within.
 *
 * Purpose  one file open at a time, one article at a time
 * Reads    streams
 * Writes   articles, in the scratch arena or borrowed from the format's own reader
 * Cost     memory of the largest article; some 30 bytes an article for ids */
#ifndef DL_READ_INSIDE_H
#define DL_READ_INSIDE_H

#include <jansson.h>

#include "read/csv.h"
#include "read/decode.h"
#include "read/feed.h"
#include "read/source.h"
#include "read/warc.h"
#include "record/date.h"

enum { DL_HOSTS_MAX = 256 };

/* Which articles are wanted; year 0 and no hosts: any. */
typedef struct dl_filter {
    dl_string hosts[DL_HOSTS_MAX];
    size_t host_count;
    dl_date from, to;
} dl_filter;

/* Ids that were given out, by hash, with how often each was wanted. */
typedef struct dl_seen {
    struct dl_seen_slot {
        uint64_t hash; /* 0: free */
        uint32_t count;
    } * slots;
    size_t capacity, count;
} dl_seen;

/* Files are opened one after the other; `source` is the open one, NULL between two. A
 * line of CoNLL-U that opens the next document waits in `pending`. */
struct dateline_reader {
    dl_arena *arena;   /* as long as the reader */
    dl_arena *scratch; /* of the article */
    const char **files;
    size_t file_count, next_file;
    const char *file;
    dateline_input wanted, input;
    dl_stream *source;
    dl_warc *warc; /* at most one of these three, over the source */
    dl_feed *feed;
    dl_csv *csv;
    json_t *holder;
    dl_buffer document, pending;
    dl_decoder decoder;
    dl_string raw;
    dateline_text date;
    bool dated_by_capture;
    dl_date captured;   /* of the article, where an archive told; year 0 */
    dl_charset charset; /* what input that tells none is in; name "" for not said */
    dl_column_names columns;
    dl_filter filter;
    dl_seen seen;
    uint64_t line, offset, number; /* number: of the article in its file */
};

/* guess.c: DATELINE_INPUT_GUESS where the name tells nothing. */
dateline_input dl_guess_by_name(const char *path);
dateline_input dl_guess_by_content(dl_string start);
dl_string dl_without_mark(dl_string bytes); /* of UTF-8 */

/* filter.c. Hosts are parted by commas and borrowed; days are inclusive and may be months
 * or years. DATELINE_USAGE, DATELINE_BAD_DATE. */
dateline_status dl_filter_parse(dl_filter *filter, dl_string hosts, const char *from,
                                const char *to, dateline_error *error);
bool dl_filter_url(const dl_filter *filter, dl_string url);
bool dl_filter_day(const dl_filter *filter, dl_date day); /* year 0: not known */

/* Whether nothing captured that early can be wanted. */
bool dl_filter_too_early(const dl_filter *filter, dl_date captured);

/* `id`, with "#2" and so on behind it where it was given out before. Data is NULL where
 * memory has run out. */
dl_string dl_seen_add(dl_seen *seen, dl_arena *arena, dl_string id);
void dl_seen_release(dl_seen *seen);

/* plain.c, web.c: the next article of the open file; DATELINE_END after the last. They
 * set raw, line and offset. */
dateline_status dl_next_json(dateline_reader *reader, dateline_article *article,
                             dateline_error *error);
dateline_status dl_next_record(dateline_reader *reader, dateline_article *article,
                               dateline_error *error);
dateline_status dl_next_text(dateline_reader *reader, dateline_article *article,
                             dateline_error *error);
dateline_status dl_next_conllu(dateline_reader *reader, dateline_article *article,
                               dateline_error *error);
dateline_status dl_next_html(dateline_reader *reader, dateline_article *article,
                             dateline_error *error);
dateline_status dl_next_warc(dateline_reader *reader, dateline_article *article,
                             dateline_error *error);
dateline_status dl_next_feed(dateline_reader *reader, dateline_article *article,
                             dateline_error *error);
dateline_status dl_next_csv(dateline_reader *reader, dateline_article *article,
                            dateline_error *error);

/* Gives an article of web.c its id: that which it has, its address, or the file's name
 * with the article's number in it; never twice the same. */
dateline_status dl_web_name(dateline_reader *reader, dateline_article *article,
                            dateline_error *error);

/* The file's name without folders and endings. */
dateline_text dl_id_of_file(const char *path);

#endif
