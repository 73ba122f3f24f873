/* Vocabulary of page makers: HTML's tags, and the names by which templates call the parts
 * of a page (class, id, role). It is the same whatever language the page is in. */
#include <stdlib.h>

#include "read/page_inside.h"

enum { WORD_MAX = 24 };

typedef struct named {
    const char *name;
    unsigned value;
} named;

#define B DL_TAG_BLOCK
#define S DL_TAG_SKIP
#define SIDE (DL_TAG_BLOCK | DL_TAG_SIDE)
#define P (DL_TAG_BLOCK | DL_TAG_PARAGRAPH)
#define H (DL_TAG_BLOCK | DL_TAG_HEADING)
#define V (DL_TAG_SKIP | DL_TAG_VOID)

/* In byte order. */
static const named tags[] = {
    {"a", DL_TAG_LINK},
    {"address", SIDE},
    {"area", V},
    {"article", B | DL_TAG_ARTICLE},
    {"aside", SIDE},
    {"audio", S},
    {"base", V},
    {"blockquote", P},
    {"body", B | DL_TAG_WHOLE},
    {"br", DL_TAG_VOID},
    {"button", S},
    {"canvas", S},
    {"caption", SIDE},
    {"center", B},
    {"col", V},
    {"datalist", S},
    {"dd", P},
    {"details", B},
    {"dialog", SIDE},
    {"dir", B},
    {"div", B},
    {"dl", B},
    {"dt", P},
    {"embed", V},
    {"fieldset", SIDE},
    {"figcaption", SIDE},
    {"figure", B},
    {"footer", SIDE},
    {"form", SIDE},
    {"frame", V},
    {"frameset", S},
    {"h1", H},
    {"h2", H},
    {"h3", H},
    {"h4", H},
    {"h5", H},
    {"h6", H},
    {"header", SIDE | DL_TAG_HEAD},
    {"hgroup", B},
    {"hr", B | DL_TAG_VOID},
    {"html", B | DL_TAG_WHOLE},
    {"iframe", S},
    {"img", V},
    {"input", V},
    {"li", P},
    {"link", V},
    {"main", B | DL_TAG_MAIN},
    {"map", S},
    {"math", S},
    {"menu", SIDE},
    {"meta", V},
    {"nav", SIDE},
    {"noframes", S},
    {"noscript", S},
    {"object", S},
    {"ol", B},
    {"optgroup", S},
    {"option", S},
    {"p", P},
    {"param", V},
    {"picture", S},
    {"pre", P},
    {"script", S},
    {"section", B},
    {"select", S},
    {"source", V},
    {"style", S},
    {"summary", B},
    {"svg", S},
    {"table", B},
    {"tbody", B},
    {"td", B},
    {"template", S},
    {"textarea", S},
    {"tfoot", B},
    {"th", B},
    {"thead", B},
    {"title", S},
    {"tr", B},
    {"track", V},
    {"ul", B},
    {"video", S},
    {"wbr", DL_TAG_VOID},
};

#undef B
#undef S
#undef SIDE
#undef P
#undef H
#undef V

static int by_name(const void *a, const void *b)
{
    return strcmp(((const named *)a)->name, ((const named *)b)->name);
}

static unsigned look_up(const named *table, size_t count, const char *name)
{
    named key = {name, 0};
    const named *found = bsearch(&key, table, count, sizeof *table, by_name);
    return found ? found->value : 0;
}

#define LOOK_UP(table, name) look_up((table), sizeof(table) / sizeof *(table), (name))

unsigned dl_tag_find(const char *name)
{
    return LOOK_UP(tags, name);
}

/* Words of class and id. "article body" takes one of each half. */
enum { NAME_WHOLE = 1 << 8, NAME_INNER = 1 << 9 };

/* In byte order. */
static const named names[] = {
    {"ad", DL_HINT_SIDE},
    {"ads", DL_HINT_SIDE},
    {"adsense", DL_HINT_SIDE},
    {"advert", DL_HINT_SIDE},
    {"advertisement", DL_HINT_SIDE},
    {"advertising", DL_HINT_SIDE},
    {"adverts", DL_HINT_SIDE},
    {"article", NAME_WHOLE},
    {"articlebody", DL_HINT_BODY},
    {"articlecontent", DL_HINT_BODY},
    {"articletext", DL_HINT_BODY},
    {"aside", DL_HINT_SIDE},
    {"author", DL_HINT_ABOUT},
    {"authors", DL_HINT_ABOUT},
    {"banner", DL_HINT_SIDE},
    {"bio", DL_HINT_SIDE},
    {"body", NAME_INNER},
    {"bodycopy", DL_HINT_BODY},
    {"bodytext", DL_HINT_BODY},
    {"breadcrumb", DL_HINT_SIDE},
    {"breadcrumbs", DL_HINT_SIDE},
    {"byline", DL_HINT_ABOUT},
    {"caption", DL_HINT_SIDE},
    {"carousel", DL_HINT_SIDE},
    {"catlinks", DL_HINT_SIDE},
    {"comment", DL_HINT_COMMENT},
    {"commentlist", DL_HINT_COMMENT},
    {"comments", DL_HINT_COMMENT},
    {"consent", DL_HINT_SIDE},
    {"content", NAME_INNER},
    {"cookie", DL_HINT_SIDE},
    {"cookies", DL_HINT_SIDE},
    {"copyright", DL_HINT_SIDE},
    {"credit", DL_HINT_ABOUT},
    {"credits", DL_HINT_ABOUT},
    {"disclaimer", DL_HINT_SIDE},
    {"disqus", DL_HINT_COMMENT},
    {"donate", DL_HINT_SIDE},
    {"donation", DL_HINT_SIDE},
    {"editsection", DL_HINT_SIDE},
    {"entry", NAME_WHOLE},
    {"fbcomments", DL_HINT_COMMENT},
    {"footer", DL_HINT_SIDE},
    {"footnotes", DL_HINT_SIDE},
    {"gallery", DL_HINT_SIDE},
    {"gdpr", DL_HINT_SIDE},
    {"hidden", DL_HINT_HIDDEN},
    {"infobox", DL_HINT_SIDE},
    {"latest", DL_HINT_SIDE},
    {"login", DL_HINT_SIDE},
    {"masthead", DL_HINT_SIDE},
    {"menu", DL_HINT_SIDE},
    {"meta", DL_HINT_ABOUT},
    {"metadata", DL_HINT_ABOUT},
    {"modal", DL_HINT_SIDE},
    {"mostread", DL_HINT_SIDE},
    {"nav", DL_HINT_SIDE},
    {"navbar", DL_HINT_SIDE},
    {"navbox", DL_HINT_SIDE},
    {"navigation", DL_HINT_SIDE},
    {"news", NAME_WHOLE},
    {"newsletter", DL_HINT_SIDE},
    {"noprint", DL_HINT_SIDE},
    {"outbrain", DL_HINT_SIDE},
    {"overlay", DL_HINT_SIDE},
    {"pager", DL_HINT_SIDE},
    {"pagination", DL_HINT_SIDE},
    {"paywall", DL_HINT_SIDE},
    {"popular", DL_HINT_SIDE},
    {"popup", DL_HINT_SIDE},
    {"post", NAME_WHOLE},
    {"postbody", DL_HINT_BODY},
    {"printfooter", DL_HINT_SIDE},
    {"promo", DL_HINT_SIDE},
    {"promos", DL_HINT_SIDE},
    {"promotion", DL_HINT_SIDE},
    {"recent", DL_HINT_SIDE},
    {"recirculation", DL_HINT_SIDE},
    {"recommendations", DL_HINT_SIDE},
    {"recommended", DL_HINT_SIDE},
    {"references", DL_HINT_SIDE},
    {"reflist", DL_HINT_SIDE},
    {"related", DL_HINT_SIDE},
    {"replies", DL_HINT_COMMENT},
    {"reply", DL_HINT_COMMENT},
    {"respond", DL_HINT_COMMENT},
    {"share", DL_HINT_SIDE},
    {"sharing", DL_HINT_SIDE},
    {"sidebar", DL_HINT_SIDE},
    {"signup", DL_HINT_SIDE},
    {"sitesub", DL_HINT_SIDE},
    {"skip", DL_HINT_SIDE},
    {"slideshow", DL_HINT_SIDE},
    {"social", DL_HINT_SIDE},
    {"sponsor", DL_HINT_SIDE},
    {"sponsored", DL_HINT_SIDE},
    {"story", NAME_WHOLE},
    {"storybody", DL_HINT_BODY},
    {"subscribe", DL_HINT_SIDE},
    {"subscription", DL_HINT_SIDE},
    {"taboola", DL_HINT_SIDE},
    {"tags", DL_HINT_SIDE},
    {"teaser", DL_HINT_SIDE},
    {"teasers", DL_HINT_SIDE},
    {"text", NAME_INNER},
    {"ticker", DL_HINT_SIDE},
    {"timestamp", DL_HINT_ABOUT},
    {"toc", DL_HINT_SIDE},
    {"toolbar", DL_HINT_SIDE},
    {"tooltip", DL_HINT_SIDE},
    {"topics", DL_HINT_SIDE},
    {"trending", DL_HINT_SIDE},
};

/* In byte order. */
static const named roles[] = {
    {"alert", DL_HINT_SIDE},         {"banner", DL_HINT_SIDE},
    {"complementary", DL_HINT_SIDE}, {"contentinfo", DL_HINT_SIDE},
    {"dialog", DL_HINT_SIDE},        {"form", DL_HINT_SIDE},
    {"menu", DL_HINT_SIDE},          {"menubar", DL_HINT_SIDE},
    {"navigation", DL_HINT_SIDE},    {"search", DL_HINT_SIDE},
    {"tablist", DL_HINT_SIDE},       {"toolbar", DL_HINT_SIDE},
};

/* The next word of "article-body storyText": letters and digits, parted also where a
 * capital follows a small letter; in small letters. False at the end. */
static bool next_word(const char **at, char word[WORD_MAX])
{
    size_t size = 0;
    const char *c = *at;
    while (*c && !((*c | 0x20) >= 'a' && (*c | 0x20) <= 'z'))
        c++;
    for (const char *start = c; (*c | 0x20) >= 'a' && (*c | 0x20) <= 'z'; c++) {
        bool capital = *c >= 'A' && *c <= 'Z';
        if (capital && c > start && c[-1] >= 'a')
            break;
        if (size + 1 < WORD_MAX)
            word[size++] = (char)(*c | 0x20);
    }
    word[size] = '\0';
    *at = c;
    return size > 0;
}

unsigned dl_hint_of_names(const char *words)
{
    char word[WORD_MAX];
    unsigned found = 0;
    for (const char *at = words; next_word(&at, word);)
        found |= LOOK_UP(names, word);
    if ((found & NAME_WHOLE) && (found & NAME_INNER))
        found |= DL_HINT_BODY;
    return found & DL_HINTS;
}

unsigned dl_hint_of_role(const char *role)
{
    return LOOK_UP(roles, role);
}

/* Names, properties and itemprops of meta elements, in small letters and byte order. */
static const named metas[] = {
    {"application-name", DL_ABOUT_SITE_OTHER},
    {"article.created", DL_ABOUT_PUBLISHED},
    {"article.published", DL_ABOUT_PUBLISHED},
    {"article:author", DL_ABOUT_AUTHOR},
    {"article:modified_time", DL_ABOUT_MODIFIED},
    {"article:published", DL_ABOUT_PUBLISHED},
    {"article:published_time", DL_ABOUT_PUBLISHED},
    {"author", DL_ABOUT_AUTHOR},
    {"byl", DL_ABOUT_AUTHOR_TEXT},
    {"citation_author", DL_ABOUT_AUTHOR},
    {"citation_date", DL_ABOUT_DATED},
    {"citation_publication_date", DL_ABOUT_PUBLISHED},
    {"citation_title", DL_ABOUT_TITLE_OTHER},
    {"content-language", DL_ABOUT_LANGUAGE_OTHER},
    {"creationdate", DL_ABOUT_DATED},
    {"cxenseparse:recs:publishtime", DL_ABOUT_PUBLISHED},
    {"date", DL_ABOUT_DATED},
    {"datecreated", DL_ABOUT_DATED},
    {"datemodified", DL_ABOUT_MODIFIED},
    {"datepublished", DL_ABOUT_PUBLISHED},
    {"dc.creator", DL_ABOUT_AUTHOR},
    {"dc.date", DL_ABOUT_DATED},
    {"dc.date.created", DL_ABOUT_DATED},
    {"dc.date.issued", DL_ABOUT_PUBLISHED},
    {"dc.language", DL_ABOUT_LANGUAGE_OTHER},
    {"dc.publisher", DL_ABOUT_SITE_OTHER},
    {"dc.title", DL_ABOUT_TITLE_OTHER},
    {"dcterms.created", DL_ABOUT_DATED},
    {"dcterms.creator", DL_ABOUT_AUTHOR},
    {"dcterms.date", DL_ABOUT_DATED},
    {"dcterms.issued", DL_ABOUT_PUBLISHED},
    {"dcterms.modified", DL_ABOUT_MODIFIED},
    {"dcterms.title", DL_ABOUT_TITLE_OTHER},
    {"displaydate", DL_ABOUT_DATED},
    {"headline", DL_ABOUT_TITLE_OTHER},
    {"last-modified", DL_ABOUT_MODIFIED},
    {"og:article:author", DL_ABOUT_AUTHOR},
    {"og:article:published_time", DL_ABOUT_PUBLISHED},
    {"og:locale", DL_ABOUT_LANGUAGE_OTHER},
    {"og:pubdate", DL_ABOUT_PUBLISHED},
    {"og:published_time", DL_ABOUT_PUBLISHED},
    {"og:site_name", DL_ABOUT_SITE},
    {"og:title", DL_ABOUT_TITLE},
    {"og:updated_time", DL_ABOUT_MODIFIED},
    {"og:url", DL_ABOUT_ADDRESS},
    {"originalpublicationdate", DL_ABOUT_PUBLISHED},
    {"parsely-author", DL_ABOUT_AUTHOR},
    {"parsely-link", DL_ABOUT_ADDRESS},
    {"parsely-pub-date", DL_ABOUT_PUBLISHED},
    {"parsely-title", DL_ABOUT_TITLE_OTHER},
    {"pdate", DL_ABOUT_DATED},
    {"ptime", DL_ABOUT_DATED},
    {"pubdate", DL_ABOUT_PUBLISHED},
    {"publication-date", DL_ABOUT_PUBLISHED},
    {"publication_date", DL_ABOUT_PUBLISHED},
    {"publish-date", DL_ABOUT_PUBLISHED},
    {"publish_date", DL_ABOUT_PUBLISHED},
    {"publishdate", DL_ABOUT_PUBLISHED},
    {"published_time", DL_ABOUT_PUBLISHED},
    {"publisher", DL_ABOUT_SITE_OTHER},
    {"rbpubdate", DL_ABOUT_PUBLISHED},
    {"revised", DL_ABOUT_MODIFIED},
    {"sailthru.author", DL_ABOUT_AUTHOR},
    {"sailthru.date", DL_ABOUT_DATED},
    {"sailthru.title", DL_ABOUT_TITLE_OTHER},
    {"timestamp", DL_ABOUT_DATED},
    {"twitter:title", DL_ABOUT_TITLE_OTHER},
};

dl_about dl_about_of_meta(const char *name)
{
    char small[40];
    size_t size = strlen(name);
    if (size >= sizeof small)
        return DL_ABOUT_NONE;
    for (size_t i = 0; i <= size; i++)
        small[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] | 0x20) : name[i];
    return (dl_about)LOOK_UP(metas, small);
}
