/* The charset of a page, and the page in UTF-8.
 *
 * Reads    byte order mark, what the server told, <meta>, the XML declaration
 * Writes   UTF-8 without its mark and without zeros
 * Source   WHATWG Encoding Standard and HTML, "determining the character encoding": a
 *          page that tells nothing and is not UTF-8 is windows-1252
 * Cost     linear
 * Limits   DATELINE_BAD_UTF8 where more than one place in DL_BROKEN_SHARE bytes is no
 *          character; fewer become U+FFFD */
#ifndef DL_READ_DECODE_H
#define DL_READ_DECODE_H

#include "read/charset.h"

enum { DL_BROKEN_SHARE = 1000, DL_TOLD_WITHIN = 4096 /* bytes in which a page tells */ };

/* Keeps the last converter; zeroed at first. */
typedef struct dl_decoder {
    dl_charset charset;
    dl_converter *converter;
    dl_buffer out;
} dl_decoder;

void dl_decoder_release(dl_decoder *decoder);

/* What is told of the page from outside. */
typedef struct dl_told {
    dl_string server;           /* label; absent where not told */
    const dl_charset *fallback; /* NULL: windows-1252 */
    bool html;                  /* it may tell by itself */
    bool converted;             /* it is UTF-8 already, whatever it tells */
} dl_told;

/* By the XML declaration that stands at the start; false where it tells nothing. */
bool dl_decode_xml_charset(dl_string bytes, dl_charset *charset);

/* *utf8 is in `page` or borrowed until the next call. */
dateline_status dl_decode_page(dl_decoder *decoder, dl_string page, const dl_told *told,
                               dl_string *utf8, dateline_error *error);

#endif
