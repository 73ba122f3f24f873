/* Our own flat table: CSV as RFC 4180, a row for each pair of actor and recipient, every
 * record whatever its status. */
#include "write/export.h"
#include "write/write.h"

/* ---- The record ---- */

static dl_string field_of(const dl_export_record *record, int which)
{
    const dl_string fields[] = {
        record->id,         record->article, record->event, record->cameo, record->basis,
        record->event_text, record->text,    record->rule,  record->story, record->doubt};
    return fields[which];
}

enum { ID, ARTICLE, EVENT, CAMEO, BASIS, EVENT_TEXT, SENTENCE_TEXT, RULE, STORY, DOUBT };

static void field(dl_cells *cells, const dl_view *view, int which)
{
    dl_cells_add(cells, field_of(view->record, which));
}

static void pair(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add_integer(cells, view->pair + 1);
}

enum { START, END, QUAD };

static void whole(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_record *record = view->record;
    int64_t value = which == START ? record->start
                    : which == END ? record->end
                                   : record->quad;
    dl_cells_add_integer(cells, (uint64_t)value);
}

static void scale(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add_number(cells, view->record->scale);
}

static void confidence(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add_number(cells, view->record->confidence);
}

static void status(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add(cells, dl_string_from(dl_event_status_name(view->record->status)));
}

static void add_words(dl_cells *cells, const dl_words *words)
{
    for (size_t i = 0; i < words->count; i++)
        dl_cells_item(cells, words->items[i], false);
    dl_cells_close_list(cells);
}

static void modes(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    add_words(cells, &view->record->modes);
}

static void contexts(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    add_words(cells, &view->record->contexts);
}

/* ---- When ---- */

static void date(dl_cells *cells, const dl_view *view, int which)
{
    char text[24];
    dl_date_format(which == START ? view->record->date : view->record->end_date, text);
    dl_cells_add(cells, dl_string_from(text));
}

static void date_precision(dl_cells *cells, const dl_view *view, int which)
{
    dl_date day = view->record->date;
    const char *name = day.day ? "day" : day.month ? "month" : day.year ? "year" : "";
    (void)which;
    dl_cells_add(cells, dl_string_from(name));
}

/* ---- Who: actor, recipient, and who says so first ---- */

enum { CLAIM = 2 /* beside DL_ACTOR, DL_RECIPIENT */ };

/* Speakers stand outermost first: the last is the one who knows. */
static const dl_export_party *party_of(const dl_view *view, int which)
{
    const dl_export_parties *sources = &view->record->sources;
    if (which != CLAIM)
        return view->parties[which];
    return sources->count ? &sources->items[sources->count - 1] : NULL;
}

static void party_text(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_party *party = party_of(view, which);
    dl_cells_add(cells, party ? party->text : (dl_string){0});
}

static void party_name(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_party *party = party_of(view, which);
    dl_cells_add(cells, party ? party->name : (dl_string){0});
}

static void party_code(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_party *party = party_of(view, which);
    dl_cells_add(cells, party ? party->code : (dl_string){0});
}

static void party_sectors(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_party *party = party_of(view, which);
    add_words(cells, party ? &party->sectors : &(dl_words){0});
}

static void party_office(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_party *party = party_of(view, which);
    dl_cells_add(cells, party ? party->office : (dl_string){0});
}

static void party_via(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_party *party = party_of(view, which);
    dl_cells_add(cells, party ? party->via : (dl_string){0});
}

static dl_country_codes country_of(const dl_view *view, int which)
{
    const dl_export_party *party = party_of(view, which);
    return dl_codes_country(view->codes, party ? party->code : (dl_string){0});
}

static void party_cow(dl_cells *cells, const dl_view *view, int which)
{
    dl_cells_add(cells, country_of(view, which).cow_number);
}

static void party_cow_letters(dl_cells *cells, const dl_view *view, int which)
{
    dl_cells_add(cells, country_of(view, which).cow_letters);
}

static void claim_cue(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_party *source = party_of(view, which);
    dl_cells_add(cells, source ? source->cue : (dl_string){0});
}

static void claim_quoted(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_party *source = party_of(view, which);
    dl_cells_add(cells, dl_string_from(!source ? "" : source->quoted ? "true" : "false"));
}

/* Everyone in the chain, outermost first. */
static void claim_chain(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_parties *sources = &view->record->sources;
    (void)which;
    for (size_t i = 0; i < sources->count; i++)
        dl_cells_item(cells, dl_party_name(&sources->items[i]), false);
    dl_cells_close_list(cells);
}

/* ---- Where ---- */

enum { PLACE_TEXT, PLACE_NAME, PLACE_COUNTRY, PLACE_ADMIN1, PLACE_PRECISION };

static void place(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_place *p = &view->record->place;
    const dl_string fields[] = {p->text, p->name, p->country, p->admin1, p->precision};
    dl_cells_add(cells, fields[which]);
}

static void country_alpha2(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add(cells,
                 dl_codes_country(view->codes, view->record->place.country).alpha2);
}

/* The point as the record has it, whose precision stands beside it. */
static void coordinate(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_place *p = &view->record->place;
    if (p->precision.size == 0)
        dl_column_missing(cells, view, which);
    else
        dl_cells_add_number(cells, which == START ? p->lat : p->lon);
}

/* ---- How many ---- */

static void number_if(dl_cells *cells, bool wanted, double value)
{
    if (wanted)
        dl_cells_add_number(cells, value);
    else
        dl_cells_add(cells, (dl_string){0});
}

typedef struct bounds {
    bool has_low, has_best, has_high;
    double low, best, high;
} bounds;

/* What the words of one count allow: low where they set a lower end, high where they set
 * an upper one, best where the number named is one that a count may stand for, which is
 * neither a ceiling nor one end of a range. */
static bounds bounds_of(const dl_export_quantity *q)
{
    bool range = q->relation == DL_BETWEEN;
    bool ceiling = q->relation == DL_FEWER || q->relation == DL_AT_MOST;
    bool floor = q->relation == DL_MORE || q->relation == DL_AT_LEAST;
    bool exact = q->relation == DL_EQUAL;
    if (!q->there)
        return (bounds){0};
    return (bounds){.has_low = exact || floor || range,
                    .has_best = !ceiling && !range,
                    .has_high = exact || ceiling || range || q->relation == DL_NEARLY,
                    .low = q->value,
                    .best = q->value,
                    .high = range ? q->high : q->value};
}

static void widen(bounds *all, const bounds *other)
{
    double least = other->has_low ? other->low : other->best;
    double most = other->has_high ? other->high : other->best;
    if (other->has_low || other->has_best) {
        all->low = all->has_low && all->low < least ? all->low : least;
        all->has_low = true;
    }
    if (other->has_high || other->has_best) {
        all->high = all->has_high && all->high > most ? all->high : most;
        all->has_high = true;
    }
}

/* Where others count differently, low and high span all who count; best stays that of the
 * record's own size. */
static bounds bounds_of_all(const dl_view *view, int kind)
{
    const dl_export_record *record = view->record;
    bounds own = bounds_of(&record->sizes[kind]), all = own;
    bool others = false;
    for (size_t i = 0; i < record->count_count; i++) {
        if ((int)record->counts[i].kind != kind)
            continue;
        bounds other = bounds_of(&record->counts[i].quantity);
        if (!others)
            widen(&all, &own);
        others = true;
        widen(&all, &other);
    }
    return all;
}

static void low(dl_cells *cells, const dl_view *view, int which)
{
    bounds all = bounds_of_all(view, which);
    number_if(cells, all.has_low, all.low);
}

static void best(dl_cells *cells, const dl_view *view, int which)
{
    bounds all = bounds_of_all(view, which);
    number_if(cells, all.has_best, all.best);
}

static void high(dl_cells *cells, const dl_view *view, int which)
{
    bounds all = bounds_of_all(view, which);
    number_if(cells, all.has_high, all.high);
}

/* The words of the size, then those of others. */
static void size_text(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_record *record = view->record;
    dl_cells_item(cells, record->sizes[which].text, false);
    for (size_t i = 0; i < record->count_count; i++)
        if ((int)record->counts[i].kind == which)
            dl_cells_item(cells, record->counts[i].quantity.text, false);
    dl_cells_close_list(cells);
}

/* ---- Article and story ---- */

enum { A_DATE, A_TITLE, A_SOURCE, A_URL, A_LANGUAGE };

static void article(dl_cells *cells, const dl_view *view, int which)
{
    const dateline_article *a = &view->row->article;
    const dateline_text fields[] = {a->date, a->title, a->source, a->url, a->language};
    dl_cells_add(cells, dl_text_of(fields[which]));
}

enum { S_REPORTS, S_ARTICLES, S_SOURCES };

static void story_count(dl_cells *cells, const dl_view *view, int which)
{
    const uint64_t counts[] = {view->row->reports, view->row->articles,
                               view->row->sources};
    number_if(cells, counts[which] > 0, (double)counts[which]);
}

static const dl_cell_style style = {
    .separator = ',', .missing = "", .quotes = true, .join = ';'};

#define PARTY(prefix, side)                                                              \
    {prefix "_text", party_text, side}, {prefix "_name", party_name, side},              \
        {prefix "_code", party_code, side}, {prefix "_sector", party_sectors, side},     \
        {prefix "_office", party_office, side}, {prefix "_via", party_via, side},        \
        {prefix "_cow", party_cow, side},                                                \
    {                                                                                    \
        prefix "_cow_abbreviation", party_cow_letters, side                              \
    }

#define SIZE(prefix, kind)                                                               \
    {prefix "_low", low, kind}, {prefix "_best", best, kind},                            \
        {prefix "_high", high, kind},                                                    \
    {                                                                                    \
        prefix "_text", size_text, kind                                                  \
    }

static const dl_column columns[] = {
    {"id", field, ID},
    {"pair", pair, 0},
    {"doc", field, ARTICLE},
    {"sentence", dl_column_sentence, 0},
    {"start", whole, START},
    {"end", whole, END},
    {"date", date, START},
    {"end_date", date, END},
    {"date_precision", date_precision, 0},
    {"date_basis", field, BASIS},
    {"event", field, EVENT},
    {"mode", modes, 0},
    {"context", contexts, 0},
    {"cameo", field, CAMEO},
    {"quad_code", whole, QUAD},
    {"event_scale", scale, 0},
    {"status", status, 0},
    {"doubt", field, DOUBT},
    {"confidence", confidence, 0},
    PARTY("actor", DL_ACTOR),
    PARTY("recipient", DL_RECIPIENT),
    {"place_text", place, PLACE_TEXT},
    {"place_name", place, PLACE_NAME},
    {"place_country", place, PLACE_COUNTRY},
    {"place_country_alpha2", country_alpha2, 0},
    {"place_admin1", place, PLACE_ADMIN1},
    {"latitude", coordinate, START},
    {"longitude", coordinate, END},
    {"where_precision", place, PLACE_PRECISION},
    SIZE("dead", DL_SIZE_DEAD),
    SIZE("injured", DL_SIZE_INJURED),
    SIZE("arrested", DL_SIZE_ARRESTED),
    SIZE("missing", DL_SIZE_MISSING),
    SIZE("displaced", DL_SIZE_DISPLACED),
    SIZE("participants", DL_SIZE_PARTICIPANTS),
    SIZE("troops", DL_SIZE_TROOPS),
    {"claim_source_text", party_text, CLAIM},
    {"claim_source_name", party_name, CLAIM},
    {"claim_source_code", party_code, CLAIM},
    {"claim_source_sector", party_sectors, CLAIM},
    {"claim_cue", claim_cue, CLAIM},
    {"claim_quoted", claim_quoted, CLAIM},
    {"claim_chain", claim_chain, 0},
    {"story", field, STORY},
    {"story_reports", story_count, S_REPORTS},
    {"story_articles", story_count, S_ARTICLES},
    {"story_sources", story_count, S_SOURCES},
    {"article_date", article, A_DATE},
    {"article_title", article, A_TITLE},
    {"article_source", article, A_SOURCE},
    {"article_url", article, A_URL},
    {"article_language", article, A_LANGUAGE},
    {"rule", field, RULE},
    {"event_text", field, EVENT_TEXT},
    {"text", field, SENTENCE_TEXT},
};

const dl_layout dl_layout_csv = {.name = "csv",
                                 .style = &style,
                                 .columns = columns,
                                 .column_count = sizeof columns / sizeof *columns,
                                 .header = true,
                                 .pairs = true};
