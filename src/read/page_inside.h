/* What the parts of the page reader share.
 *
 *     parse  -> elements that hold text, blocks of text, findings about the page
 *     names  -> what tags and names of elements mean
 *     body   -> which blocks are the article
 *     about  -> which findings are believed */
#ifndef DL_READ_PAGE_INSIDE_H
#define DL_READ_PAGE_INSIDE_H

#include "read/page.h"

/* What a tag means to us. */
typedef enum dl_tag_trait {
    DL_TAG_BLOCK = 1 << 0, /* starts a line of its own */
    DL_TAG_SKIP = 1 << 1,  /* holds no text of the page */
    DL_TAG_SIDE = 1 << 2,  /* is beside the article as a rule */
    DL_TAG_HEADING = 1 << 3,
    DL_TAG_PARAGRAPH = 1 << 4, /* holds sentences as a rule */
    DL_TAG_LINK = 1 << 5,
    DL_TAG_ARTICLE = 1 << 6,
    DL_TAG_MAIN = 1 << 7,
    DL_TAG_WHOLE = 1 << 8, /* the page itself: its names say nothing */
    DL_TAG_VOID = 1 << 9,  /* has no end */
    DL_TAG_HEAD = 1 << 10  /* of the page or, within one, of an article */
} dl_tag_trait;

/* Traits of a tag in small letters; 0 for one that changes nothing. */
unsigned dl_tag_find(const char *name);

/* What an element's class, id or role say of it. */
typedef enum dl_hint {
    DL_HINT_SIDE = 1 << 0,
    DL_HINT_COMMENT = 1 << 1,
    DL_HINT_BODY = 1 << 2,
    DL_HINT_HIDDEN = 1 << 3,
    DL_HINT_ABOUT = 1 << 4, /* who wrote it, and when: no text, but worth hearing */
    DL_HINTS = (1 << 5) - 1
} dl_hint;

unsigned dl_hint_of_names(const char *names); /* class or id */
unsigned dl_hint_of_role(const char *role);   /* WAI-ARIA */

typedef enum dl_node_flag {
    DL_NODE_SIDE = 1 << 0,
    DL_NODE_COMMENT = 1 << 1,
    DL_NODE_ARTICLE = 1 << 2,
    DL_NODE_BODY = 1 << 3,
    DL_NODE_PARAGRAPH = 1 << 4,
    DL_NODE_HEADING = 1 << 5,
    DL_NODE_FIRST_HEADING = 1 << 6, /* h1 */
    DL_NODE_DROPPED = 1 << 7,
    DL_NODE_INSIDE = 1 << 8, /* in an article or a main part */
    DL_NODE_BESIDE = 1 << 9  /* in, or itself, a side or comments */
} dl_node_flag;

/* Elements that hold blocks, in order of their start: a subtree is [i, end). */
typedef struct dl_node {
    int32_t parent, end;
    uint32_t flags;
    int32_t headings;    /* h1 in the subtree */
    int64_t good, value; /* sums over the subtree */
} dl_node;

/* A run of text that no element breaks. */
typedef struct dl_block {
    size_t start, end; /* in the page's text */
    size_t linked;     /* bytes of it within links */
    int32_t node;      /* -1: outside of all */
    uint8_t kind;      /* dl_block_kind, by body */
} dl_block;

/* Places where a page says what it is, each with the first that was found. */
typedef enum dl_about {
    DL_ABOUT_NONE,
    DL_ABOUT_LD_TITLE, /* JSON-LD */
    DL_ABOUT_LD_PUBLISHED,
    DL_ABOUT_LD_MODIFIED,
    DL_ABOUT_LD_AUTHOR,
    DL_ABOUT_LD_SITE,
    DL_ABOUT_LD_URL,
    DL_ABOUT_LD_LANGUAGE,
    DL_ABOUT_TITLE, /* Open Graph and its kind */
    DL_ABOUT_TITLE_OTHER,
    DL_ABOUT_TITLE_HEADING,
    DL_ABOUT_TITLE_TAG,
    DL_ABOUT_PUBLISHED,
    DL_ABOUT_DATED,
    DL_ABOUT_TIME,
    DL_ABOUT_MODIFIED,
    DL_ABOUT_AUTHOR,
    DL_ABOUT_AUTHOR_TEXT,
    DL_ABOUT_SITE,
    DL_ABOUT_SITE_OTHER,
    DL_ABOUT_CANONICAL,
    DL_ABOUT_ADDRESS,
    DL_ABOUT_LANGUAGE,
    DL_ABOUT_LANGUAGE_OTHER,
    DL_ABOUTS
} dl_about;

/* The slot of a meta element's name, property or itemprop. */
dl_about dl_about_of_meta(const char *name);

typedef struct dl_page_state {
    dl_arena *arena;
    dl_buffer text;
    dl_node *nodes;
    size_t node_count, node_room;
    dl_block *blocks;
    size_t block_count, block_room;
    dl_string about[DL_ABOUTS];
    dl_string told_body; /* JSON-LD's articleBody, as it stands there */
    bool failed;         /* memory */
} dl_page_state;

/* Keeps the first of its slot; white space becomes single blanks. */
void dl_about_add(dl_page_state *state, dl_about slot, dl_string value);
void dl_about_add_json(dl_page_state *state, dl_string script); /* JSON-LD */

/* Fills nodes, blocks, text and about. */
dateline_status dl_page_parse(dl_page_state *state, dl_string html,
                              dateline_error *error);

/* The article's text; size 0 where there is none. With `piece` all is the article. */
dl_string dl_page_body(dl_page_state *state, bool piece);

/* The blocks that are prose, wherever they stand. */
dl_string dl_page_prose(dl_page_state *state);

/* All of the page but its text. */
void dl_page_about(dl_page_state *state, dl_string url, dl_page *page);

#endif
