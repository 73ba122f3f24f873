#include <stdio.h>

#include "base/json_line.h"
#include "read/article.h"
#include "record/date.h"

static dl_string view(dateline_text text)
{
    return (dl_string){text.data, text.size};
}

static void name_article(dateline_error *error, dateline_text id)
{
    if (error)
        snprintf(
            error->article, sizeof error->article, "%.*s",
            (int)(id.size < sizeof error->article ? id.size : sizeof error->article - 1),
            id.data ? id.data : "");
}

dateline_status dl_article_check(const dateline_article *article, dateline_error *error)
{
    dl_string text = view(article->text);
    size_t bad = dl_utf8_check(text);
    if (text.size > DATELINE_ARTICLE_BYTES_MAX)
        return dl_error_set(error, DATELINE_ARTICLE_TOO_LARGE,
                            "%zu bytes of text, the limit is %u", text.size,
                            DATELINE_ARTICLE_BYTES_MAX);
    if (bad < text.size) {
        if (error)
            error->offset = bad;
        return dl_error_set(error, DATELINE_BAD_UTF8,
                            "byte %zu of the text (0x%02x) is not UTF-8", bad,
                            (unsigned char)text.data[bad]);
    }
    for (size_t at = 0, size; at < text.size; at += size)
        if (!dl_utf8_is_space(dl_utf8_get(text, at, &size)))
            return DATELINE_OK;
    return dl_error_set(error, DATELINE_EMPTY_ARTICLE, "the article has no text");
}

/* A string field; a number is no string, null is absence. */
static dateline_status get_text(const json_t *object, const char *name, bool needed,
                                dateline_text *text, dateline_error *error)
{
    const json_t *value = json_object_get(object, name);
    *text = (dateline_text){0};
    if (!value || json_is_null(value))
        return needed ? dl_error_set(error, DATELINE_MISSING_FIELD,
                                     "the field \"%s\" is missing", name)
                      : DATELINE_OK;
    if (!json_is_string(value))
        return dl_error_set(error, DATELINE_BAD_FIELD, "the field \"%s\" is not a string",
                            name);
    *text = (dateline_text){json_string_value(value), json_string_length(value)};
    return DATELINE_OK;
}

static dateline_status get_fields(const json_t *object, dateline_article *article,
                                  dateline_error *error)
{
    const struct {
        const char *name;
        bool needed;
        dateline_text *text;
    } fields[] = {
        {"id", true, &article->id},
        {"text", true, &article->text},
        {"date", false, &article->date},
        {"title", false, &article->title},
        {"source", false, &article->source},
        {"url", false, &article->url},
        {"language", false, &article->language},
        {"author", false, &article->author},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        dateline_status status =
            get_text(object, fields[i].name, fields[i].needed, fields[i].text, error);
        if (status != DATELINE_OK)
            return status;
        if (i == 0)
            name_article(error, article->id);
    }
    return DATELINE_OK;
}

dateline_status dl_article_from_json(dl_string line, json_t **holder,
                                     dateline_article *article, dateline_error *error)
{
    dl_date date;
    *article = (dateline_article){0};
    dateline_status status = dl_json_line_parse(line, 0, holder, error);
    if (status == DATELINE_OK)
        status = get_fields(*holder, article, error);
    if (status != DATELINE_OK)
        return status;
    if (article->date.size && !dl_date_parse(view(article->date), &date))
        return dl_error_set(error, DATELINE_BAD_DATE, "the date \"%.*s\" is none",
                            (int)(article->date.size < 40 ? article->date.size : 40),
                            article->date.data);
    return dl_article_check(article, error);
}
