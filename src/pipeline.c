/* The whole flow. One engine holds what is read-only, one worker what an article needs:
 *
 *     article -> text   sentences, tokens
 *             -> parse  trees, names
 *             -> who    mentions, entities
 *             -> what   events
 *             -> detail when, where, how many, according to whom
 *             -> write  records and other shapes
 *
 * This file alone includes every stage. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "detail/detail.h"
#include "lexicon/lexicon.h"
#include "parse/parse.h"
#include "pipeline.h"
#include "read/conllu.h"
#include "text/text.h"
#include "what/what.h"
#include "who/who.h"
#include "write/write.h"

struct dateline_engine {
    dl_lexicon *lexicon;
    dl_chunks segments; /* where sentences end: weights of the text stage */
    dl_text *text;
    dl_parser *parser;
    dl_opinion opinion;
    dl_who *who;
    dl_what *what;
    dl_detail *detail;
    double min_confidence;
    /* Owned; of the lexicon the compiled file, with an overlay the folder under it. */
    char *lexicon_path, *weights_path, *segments_path, *opinion_path, *overlay_path;
    dateline_overlay overlay;
    char coder[48]; /* dl_worker_coder */
};

/* What the worker's document holds. */
typedef enum run_kind {
    RUN_NONE,
    RUN_PARSED,
    RUN_TOKENS,
    RUN_CODED,
    RUN_ENTITY
} run_kind;

struct dateline_worker {
    const dateline_engine *engine; /* borrowed */
    dl_arena *arena;
    dl_parse_scratch *scratch;
    dl_buffer out;
    dl_document document;
    dateline_article article; /* borrowed until the next run */
    run_kind kind;
    int32_t mention; /* of RUN_ENTITY */
    dateline_times times;
};

/* ---- Data ----------------------------------------------------------------------------
 */

static char *join_path(dl_string folder, const char *file)
{
    size_t size = strlen(file);
    char *path = malloc(folder.size + size + 2);
    if (!path)
        return NULL;
    memcpy(path, folder.data, folder.size);
    path[folder.size] = '/';
    memcpy(path + folder.size + 1, file, size + 1);
    return path;
}

/* The file in the first folder that has it; where none has, in the last one, so that the
 * message names it. NULL where memory has run out. Owned by the caller. */
static char *find_data(const char *file)
{
    const char *folders[] = {getenv("DATELINE_DATA"), DATELINE_BUILD_DATA,
                             DATELINE_INSTALL_DATA};
    enum { FOLDERS = sizeof folders / sizeof *folders };
    for (size_t i = 0; i < FOLDERS; i++) {
        if (!folders[i] || !folders[i][0])
            continue;
        char *path = join_path(dl_string_from(folders[i]), file);
        if (!path || i + 1 == FOLDERS || access(path, R_OK) == 0)
            return path;
        free(path);
    }
    return NULL;
}

/* `file` in the folder of `path`; owned by the caller. */
static char *find_beside(const char *path, const char *file)
{
    const char *slash = strrchr(path, '/');
    dl_string folder = slash ? (dl_string){path, (size_t)(slash - path)} : DL_STRING(".");
    return join_path(folder, file);
}

static char *copy_path(const char *path)
{
    size_t size = strlen(path) + 1;
    char *copy = malloc(size);
    return copy ? memcpy(copy, path, size) : NULL;
}

static dateline_status find_files(dateline_engine *engine,
                                  const dateline_options *options, dateline_error *error)
{
    if (options->lexicon)
        engine->lexicon_path = copy_path(options->lexicon);
    else
        engine->lexicon_path =
            find_data(options->overlay ? "dictionaries/en" : "lexicon.en");
    if (options->overlay)
        engine->overlay_path = copy_path(options->overlay);
    engine->weights_path =
        options->weights ? copy_path(options->weights) : find_data("parser.weights");
    if (engine->weights_path)
        engine->segments_path = find_beside(engine->weights_path, "segment.weights");
    if (engine->weights_path)
        engine->opinion_path = find_beside(engine->weights_path, DL_OPINION_FILE);
    return engine->lexicon_path && engine->weights_path && engine->segments_path &&
                   engine->opinion_path && (engine->overlay_path || !options->overlay)
               ? DATELINE_OK
               : dl_error_memory(error);
}

/* ---- Engine --------------------------------------------------------------------------
 */

static dateline_status open_lexicon(dateline_engine *engine,
                                    const dateline_options *options,
                                    dateline_error *error)
{
    if (!options->overlay)
        return dl_lexicon_open(engine->lexicon_path, &engine->lexicon, error);
    if (options->lexicon)
        return dl_error_set(error, DATELINE_USAGE,
                            "an overlay lies over the standard dictionaries, "
                            "not over a compiled lexicon");
    dateline_status status = dl_lexicon_open_overlay(
        engine->lexicon_path, engine->overlay_path, options->report,
        options->report_context, &engine->overlay, &engine->lexicon, error);
    engine->overlay.folder = engine->overlay_path;
    return status;
}

static dateline_status open_stages(dateline_engine *engine,
                                   const dateline_options *options, dateline_error *error)
{
    enum { SEGMENT_VERSION = 1 };
    dateline_status status = find_files(engine, options, error);
    if (status == DATELINE_OK)
        status = open_lexicon(engine, options, error);
    if (status == DATELINE_OK)
        status = dl_parser_open(engine->weights_path, options->kernels, &engine->parser,
                                error);
    if (status == DATELINE_OK)
        status = dl_chunks_open(&engine->segments, engine->segments_path, "DLWEIGHT",
                                SEGMENT_VERSION, error);
    if (status == DATELINE_OK)
        status = dl_text_open(engine->lexicon, &engine->segments, &engine->text, error);
    if (status == DATELINE_OK)
        status = dl_who_open(engine->lexicon, &engine->who, error);
    if (status == DATELINE_OK)
        status = dl_opinion_open(&engine->opinion, engine->opinion_path, options->kernels,
                                 error);
    if (status == DATELINE_OK)
        status =
            dl_what_open(engine->lexicon, &engine->opinion,
                         dl_parser_vector_width(engine->parser), &engine->what, error);
    if (status == DATELINE_OK)
        status = dl_detail_open(engine->lexicon, &engine->detail, error);
    return status;
}

/* The parser's weights are not asked: those of the opinion fit one parser only. */
static void name_coder(dateline_engine *engine)
{
    struct {
        uint64_t lexicon, segments, opinion;
        double min_confidence;
    } parts = {dl_lexicon_fingerprint(engine->lexicon),
               dl_chunks_fingerprint(&engine->segments),
               dl_chunks_fingerprint(&engine->opinion.file), engine->min_confidence};
    uint64_t hash = dl_string_hash((dl_string){(const char *)&parts, sizeof parts});
    snprintf(engine->coder, sizeof engine->coder, "%s-%016llx", DATELINE_VERSION,
             (unsigned long long)hash);
}

dateline_status dateline_engine_open(const dateline_options *options,
                                     dateline_engine **engine, dateline_error *error)
{
    static const dateline_options usual;
    *engine = calloc(1, sizeof **engine);
    if (!*engine)
        return dl_error_memory(error);
    dateline_status status = open_stages(*engine, options ? options : &usual, error);
    (*engine)->min_confidence = options ? options->min_confidence : 0;
    if (status != DATELINE_OK) {
        dateline_engine_close(*engine);
        *engine = NULL;
        return status;
    }
    name_coder(*engine);
    return DATELINE_OK;
}

void dateline_engine_close(dateline_engine *engine)
{
    if (!engine)
        return;
    dl_detail_close(engine->detail);
    dl_what_close(engine->what);
    dl_who_close(engine->who);
    dl_opinion_close(&engine->opinion);
    dl_text_close(engine->text);
    dl_chunks_close(&engine->segments);
    dl_parser_close(engine->parser);
    dl_lexicon_close(engine->lexicon);
    free(engine->opinion_path);
    free(engine->overlay_path);
    free(engine->segments_path);
    free(engine->weights_path);
    free(engine->lexicon_path);
    free(engine);
}

dateline_about dateline_engine_about(const dateline_engine *engine)
{
    return (dateline_about){engine->lexicon_path, engine->weights_path,
                            dl_parser_kernels(engine->parser), engine->overlay};
}

const char *dateline_version(void)
{
    return DATELINE_VERSION;
}

/* ---- Worker --------------------------------------------------------------------------
 */

dateline_status dateline_worker_new(const dateline_engine *engine,
                                    dateline_worker **worker, dateline_error *error)
{
    *worker = calloc(1, sizeof **worker);
    if (!*worker)
        return dl_error_memory(error);
    (*worker)->engine = engine;
    (*worker)->arena = dl_arena_new();
    (*worker)->scratch = dl_parse_scratch_new(engine->parser);
    if ((*worker)->arena && (*worker)->scratch)
        return DATELINE_OK;
    dateline_worker_free(*worker);
    *worker = NULL;
    return dl_error_memory(error);
}

void dateline_worker_free(dateline_worker *worker)
{
    if (!worker)
        return;
    dl_buffer_release(&worker->out);
    dl_parse_scratch_free(worker->scratch);
    dl_arena_free(worker->arena);
    free(worker);
}

/* Seconds since *start, which moves on to now. */
static double lap(double *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds = (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
    double passed = seconds - *start;
    *start = seconds;
    return passed;
}

static dl_string view(dateline_text text)
{
    return (dl_string){text.data, text.size};
}

static dateline_status refuse(const dateline_worker *worker, dateline_error *error,
                              dateline_status status, const char *what)
{
    if (error) {
        size_t room = sizeof error->article - 1, size = worker->article.id.size;
        size = size < room ? size : room;
        if (size > 0)
            memcpy(error->article, worker->article.id.data, size);
        error->article[size] = '\0';
    }
    return dl_error_set(error, status, "%s", what);
}

static bool is_blank(dl_string text)
{
    for (size_t at = 0, size = 0; at < text.size; at += size)
        if (!dl_utf8_is_space(dl_utf8_get(text, at, &size)))
            return false;
    return true;
}

/* Empties the worker and takes the article's strings over, once they are checked. */
static dateline_status start(dateline_worker *worker, const dateline_article *article,
                             dateline_error *error)
{
    dl_document *document = &worker->document;
    worker->kind = RUN_NONE;
    worker->article = *article;
    dl_arena_reset(worker->arena);
    *document = (dl_document){.arena = worker->arena,
                              .id = view(article->id),
                              .title = view(article->title),
                              .source = view(article->source),
                              .url = view(article->url),
                              .language = view(article->language),
                              .author = view(article->author),
                              .text = view(article->text)};
    if (article->text.size > DATELINE_ARTICLE_BYTES_MAX)
        return refuse(worker, error, DATELINE_ARTICLE_TOO_LARGE,
                      "the article is larger than 16 MiB");
    if (dl_utf8_check(document->id) != article->id.size)
        return refuse(worker, error, DATELINE_BAD_UTF8, "the id is not UTF-8");
    size_t good = dl_utf8_check(document->text);
    if (good != article->text.size) {
        if (error)
            error->offset = good;
        return refuse(worker, error, DATELINE_BAD_UTF8, "the text is not UTF-8");
    }
    if (is_blank(document->text))
        return refuse(worker, error, DATELINE_EMPTY_ARTICLE, "the article has no text");
    if (article->date.size > 0 && !dl_date_parse(view(article->date), &document->date))
        return refuse(worker, error, DATELINE_BAD_DATE,
                      "the article's date is none: YYYY-MM-DD is wanted");
    document->clock = dl_date_clock(view(article->date));
    return DATELINE_OK;
}

/* Sentences and tokens; `tokens` tells that the text is CoNLL-U. */
static dateline_status read_text(dateline_worker *worker, bool tokens, double *clock,
                                 dateline_error *error)
{
    dl_document *document = &worker->document;
    dateline_status status = tokens ? dl_conllu_read(document, document->text, error)
                                    : dl_text_run(worker->engine->text, document, error);
    worker->times.text += lap(clock);
    return status;
}

/* Trees and names. */
static dateline_status parse_text(dateline_worker *worker, double *clock,
                                  dateline_error *error)
{
    dateline_status status =
        dl_parse_run(worker->engine->parser, worker->scratch, &worker->document, error);
    worker->times.parse += lap(clock);
    return status;
}

static void leave_out_doubtful(dl_document *document, double least)
{
    size_t kept = 0;
    for (size_t i = 0; i < document->event_count; i++)
        if (document->events[i].confidence >= least)
            document->events[kept++] = document->events[i];
    document->event_count = kept;
}

/* Who did what, and the rest. */
static dateline_status code_events(dateline_worker *worker, double *clock,
                                   dateline_error *error)
{
    const dateline_engine *engine = worker->engine;
    dl_document *document = &worker->document;
    dateline_status status = dl_who_run(engine->who, document, error);
    worker->times.who += lap(clock);
    if (status != DATELINE_OK)
        return status;
    status = dl_what_run(engine->what, document, error);
    worker->times.what += lap(clock);
    if (status != DATELINE_OK)
        return status;
    leave_out_doubtful(document, engine->min_confidence);
    status = dl_detail_run(engine->detail, document, error);
    worker->times.detail += lap(clock);
    return status;
}

static dateline_status code(dateline_worker *worker, const dateline_article *article,
                            bool explain, dateline_error *error)
{
    double clock = 0;
    lap(&clock);
    dateline_status status = start(worker, article, error);
    worker->document.explain = explain;
    worker->document.wants_vectors = true;
    if (status == DATELINE_OK)
        status = read_text(worker, false, &clock, error);
    if (status == DATELINE_OK)
        status = parse_text(worker, &clock, error);
    if (status == DATELINE_OK)
        status = code_events(worker, &clock, error);
    if (status == DATELINE_OK)
        worker->kind = RUN_CODED;
    return status;
}

dateline_status dateline_worker_code(dateline_worker *worker,
                                     const dateline_article *article,
                                     dateline_error *error)
{
    return code(worker, article, false, error);
}

static dateline_status parse(dateline_worker *worker, const dateline_article *article,
                             run_kind kind, dateline_error *error)
{
    double clock = 0;
    lap(&clock);
    dateline_status status = start(worker, article, error);
    worker->document.verbatim = true;
    if (status == DATELINE_OK)
        status = read_text(worker, kind == RUN_TOKENS, &clock, error);
    if (status == DATELINE_OK)
        status = parse_text(worker, &clock, error);
    if (status == DATELINE_OK)
        worker->kind = kind;
    return status;
}

dateline_status dateline_worker_parse(dateline_worker *worker,
                                      const dateline_article *article,
                                      dateline_error *error)
{
    return parse(worker, article, RUN_PARSED, error);
}

dateline_status dateline_worker_parse_tokens(dateline_worker *worker,
                                             const dateline_article *article,
                                             dateline_error *error)
{
    return parse(worker, article, RUN_TOKENS, error);
}

dateline_status dateline_worker_code_entity(dateline_worker *worker,
                                            const dateline_article *article,
                                            dateline_text context, dateline_error *error)
{
    double clock = 0;
    lap(&clock);
    dateline_status status = start(worker, article, error);
    worker->document.verbatim = true;
    if (status == DATELINE_OK && dl_utf8_check(view(context)) != context.size)
        status = refuse(worker, error, DATELINE_BAD_UTF8, "the context is not UTF-8");
    if (status == DATELINE_OK)
        status = read_text(worker, false, &clock, error);
    if (status == DATELINE_OK)
        status = parse_text(worker, &clock, error);
    if (status == DATELINE_OK)
        status = dl_who_code_phrase(worker->engine->who, &worker->document, view(context),
                                    &worker->mention, error);
    worker->times.who += lap(&clock);
    if (status == DATELINE_OK)
        worker->kind = RUN_ENTITY;
    return status;
}

/* ---- Writing -------------------------------------------------------------------------
 */

static bool fits(run_kind kind, dateline_format format)
{
    switch (format) {
    case DATELINE_CONLLU:
        return kind == RUN_PARSED || kind == RUN_TOKENS || kind == RUN_CODED;
    case DATELINE_ENTITY_JSONL:
    case DATELINE_ENTITY_TABLE:
        return kind == RUN_ENTITY;
    case DATELINE_RECORDS_JSONL:
    case DATELINE_RECORDS_TABLE:
    case DATELINE_RECORDS_TABLE_COLOR:
        return kind == RUN_CODED;
    case DATELINE_RECORDS_AND_CLAIMS_JSONL:
    case DATELINE_ANNOTATION_JSONL:
    case DATELINE_EXPLANATION:
        break;
    }
    return kind == RUN_CODED;
}

static void write_document(dl_buffer *out, const dl_document *document, int32_t mention,
                           dateline_format format)
{
    switch (format) {
    case DATELINE_RECORDS_JSONL:
    case DATELINE_RECORDS_AND_CLAIMS_JSONL:
        dl_write_records(out, document, format == DATELINE_RECORDS_AND_CLAIMS_JSONL);
        break;
    case DATELINE_RECORDS_TABLE:
    case DATELINE_RECORDS_TABLE_COLOR:
        dl_write_table(out, document, format == DATELINE_RECORDS_TABLE_COLOR);
        break;
    case DATELINE_ANNOTATION_JSONL:
        dl_write_annotation(out, document);
        break;
    case DATELINE_CONLLU:
        dl_write_conllu(out, document);
        break;
    case DATELINE_EXPLANATION:
        dl_write_explanation(out, document);
        break;
    case DATELINE_ENTITY_JSONL:
        dl_write_entity(out, document, mention);
        break;
    case DATELINE_ENTITY_TABLE:
        dl_write_entity_table(out, document, mention);
        break;
    }
}

dateline_status dateline_worker_write(dateline_worker *worker, dateline_format format,
                                      dateline_sink sink, void *context,
                                      dateline_error *error)
{
    if (!fits(worker->kind, format))
        return dl_error_set(error, DATELINE_USAGE, "the last run gives no such output");
    if (format == DATELINE_EXPLANATION && !worker->document.explain) {
        dateline_article article = worker->article; /* again, with reasons kept */
        dateline_status status = code(worker, &article, true, error);
        if (status != DATELINE_OK)
            return status;
    }
    double clock = 0;
    lap(&clock);
    dl_buffer_clear(&worker->out);
    write_document(&worker->out, &worker->document, worker->mention, format);
    bool taken =
        !worker->out.failed &&
        (worker->out.size == 0 || sink(context, worker->out.data, worker->out.size));
    worker->times.write += lap(&clock);
    if (worker->out.failed) {
        dl_buffer_release(&worker->out);
        return dl_error_memory(error);
    }
    return taken ? DATELINE_OK
                 : dl_error_set(error, DATELINE_WRITE_FAILED, "output can't be written");
}

const dl_document *dl_worker_document(const dateline_worker *worker)
{
    return &worker->document;
}

const dl_document *dl_worker_coded(const dateline_worker *worker)
{
    return worker->kind == RUN_CODED ? &worker->document : NULL;
}

const char *dl_worker_coder(const dateline_worker *worker)
{
    return worker->engine->coder;
}

const dateline_article *dl_worker_article(const dateline_worker *worker)
{
    return &worker->article;
}

int32_t dl_worker_mention(const dateline_worker *worker)
{
    return worker->kind == RUN_ENTITY ? worker->mention : -1;
}

const dl_lexicon *dl_engine_lexicon(const dateline_engine *engine)
{
    return engine->lexicon;
}

const dl_lexicon *dl_worker_lexicon(const dateline_worker *worker)
{
    return worker->engine->lexicon;
}

const dl_opinion *dl_worker_vectors(const dateline_worker *worker)
{
    return &worker->engine->opinion;
}

dateline_counts dateline_worker_count(const dateline_worker *worker)
{
    const dl_document *document = &worker->document;
    if (worker->kind == RUN_NONE)
        return (dateline_counts){0};
    return (dateline_counts){document->text.size, document->sentence_count,
                             document->token_count, document->event_count,
                             document->claim_count};
}

dateline_times dateline_worker_times(const dateline_worker *worker)
{
    return worker->times;
}
