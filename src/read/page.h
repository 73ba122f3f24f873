/* The article of a web page.
 *
 * Purpose  which of a page's words are the article, and what the page says about it
 * Reads    HTML in UTF-8, as people write it (libxml2's parser, no tree of its)
 * Writes   text with blank lines between paragraphs; title, day, author, site, address,
 *          language
 * Source   which block is the article: sums over the tree of text against links, after
 *          Pasternack & Roth, "Extracting article text from the web with maximum
 *          subsequence segmentation" (2009), and Kohlschuetter et al., "Boilerplate
 *          detection using shallow text features" (2010); about: Open Graph, schema.org
 *          (JSON-LD and microdata), Dublin Core, HTML itself
 * Cost     linear; some 40 bytes an element beside the text
 * Limits   below; words of a language are left to the stages behind */
#ifndef DL_READ_PAGE_H
#define DL_READ_PAGE_H

#include "record/date.h"

enum {
    DL_PAGE_ATTRIBUTES_MAX = 1024, /* of one tag */
    DL_PAGE_DEPTH_MAX = 512,       /* elements in each other */
    DL_PAGE_ELEMENTS_MAX = 1 << 20 /* that hold blocks of text */
};

/* Absent strings are not known; day.year is 0 where the day is not. All are owned by the
 * arena. */
typedef struct dl_page {
    dl_string text, title, author, source, url, language;
    dl_date day;
} dl_page;

/* `url` is where the page comes from (may be absent). DATELINE_EMPTY_ARTICLE where there
 * is no article in it, DATELINE_BAD_HTML beyond the limits (with the line). */
dateline_status dl_page_read(dl_arena *arena, dl_string html, dl_string url,
                             dl_page *page, dateline_error *error);

/* The text of a piece of HTML that is known to be an article's, such as a feed's. */
dateline_status dl_page_read_piece(dl_arena *arena, dl_string html, dl_string *text,
                                   dateline_error *error);

/* The lines that are prose of a page whose text somebody else has taken out, navigation
 * and all. DATELINE_EMPTY_ARTICLE where there are none. */
dateline_status dl_page_read_lines(dl_arena *arena, dl_string lines, dl_string *text,
                                   dateline_error *error);

#endif
