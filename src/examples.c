/* Example sentences behind lexicon lines, coded: the dictionary is its own test. */
#include <stdio.h>

#include "base/base.h"
#include "lexicon/source.h"
#include "pipeline.h"

enum { RULE_BYTES_MAX = 256 };

/* What stands behind the sentence: "Police arrested 40 marchers. -> COP, 40". */
static dl_string example_of(const dl_line *line)
{
    static const dl_string arrow = {" -> ", 4};
    dl_string text = dl_string_trim(line->comment);
    for (size_t i = 0; i + arrow.size <= text.size; i++)
        if (dl_string_equal(dl_string_slice(text, i, i + arrow.size), arrow))
            text = dl_string_trim(dl_string_slice(text, 0, i));
    return text;
}

/* A comment is an example where it reads as a sentence: a capital or a quotation mark
 * first, a full stop, a question mark or a quotation mark last. */
static bool is_example(dl_string text)
{
    if (text.size < 2)
        return false;
    char last = text.data[text.size - 1];
    size_t size = 0;
    uint32_t first = dl_utf8_get(text, 0, &size);
    return (dl_utf8_is_upper(first) || first == '"') &&
           (last == '.' || last == '?' || last == '!' || last == '"');
}

static bool fires(const dl_document *document, dl_string rule)
{
    for (size_t i = 0; i < document->event_count; i++)
        if (dl_string_equal(document->events[i].rule, rule))
            return true;
    return false;
}

static void report_line(dateline_report report, void *context, const dl_line *line,
                        const dl_document *document, dl_string example)
{
    dateline_error finding = {.line = line->number};
    snprintf(finding.file, sizeof finding.file, "%s%.*s", line->overlay ? "overlay:" : "",
             (int)line->file.size, line->file.data);
    if (document->event_count > 0)
        dl_error_set(&finding, DATELINE_BAD_LEXICON,
                     "the example is coded by %.*s instead: %.*s",
                     (int)document->events[0].rule.size, document->events[0].rule.data,
                     (int)example.size, example.data);
    else
        dl_error_set(&finding, DATELINE_BAD_LEXICON, "the example gives no event: %.*s",
                     (int)example.size, example.data);
    if (report)
        report(context, &finding);
}

/* Codes one line's example; *failed counts those that their line does not fire on. */
static dateline_status try_line(dateline_worker *worker, const dl_line *line,
                                dateline_report report, void *context, size_t *failed,
                                dateline_error *error)
{
    dl_string example = example_of(line);
    char rule[RULE_BYTES_MAX];
    if (line->indent == 0 || !is_example(example))
        return DATELINE_OK;
    snprintf(rule, sizeof rule, "%s%.*s:%u", line->overlay ? "overlay:" : "",
             (int)line->file.size, line->file.data, line->number);
    dateline_article article = {.id = {"example", 7},
                                .date = {"2020-01-15", 10},
                                .text = {example.data, example.size}};
    dateline_status status = dateline_worker_code(worker, &article, error);
    if (status != DATELINE_OK)
        return status;
    const dl_document *document = dl_worker_document(worker);
    if (!fires(document, dl_string_from(rule))) {
        (*failed)++;
        report_line(report, context, line, document, example);
    }
    return DATELINE_OK;
}

dateline_status dateline_lexicon_try_examples(const dateline_engine *engine,
                                              const char *folder, const char *overlay,
                                              dateline_report report, void *context,
                                              dateline_error *error)
{
    dl_source source;
    dl_findings findings = {0};
    dateline_worker *worker;
    size_t failed = 0, count = 0;
    dateline_status status = dl_source_open(&source, folder, overlay, &findings, error);
    if (status != DATELINE_OK)
        return status;
    status = dateline_worker_new(engine, &worker, error);
    if (status == DATELINE_OK) {
        const dl_line *lines = dl_source_section(&source, "what", &count);
        for (size_t i = 0; status == DATELINE_OK && i < count; i++)
            status = try_line(worker, &lines[i], report, context, &failed, error);
        dateline_worker_free(worker);
    }
    dl_source_close(&source);
    if (status == DATELINE_OK && failed > 0)
        return dl_error_set(error, DATELINE_BAD_LEXICON,
                            "%zu examples are not coded by their own line", failed);
    return status;
}
