/* GDELT 2: the tables of events and of mentions, without headers. Countries of parties in
 * CAMEO's codes, of places in FIPS 10-4. */
#include <math.h>
#include <stdio.h>

#include "write/export.h"

/* ---- Dates ---- */

static void month_year(dl_cells *cells, const dl_view *view, int which)
{
    dl_date date = view->record->date;
    (void)which;
    if (date.month)
        dl_cells_add_format(cells, "%04d%02d", date.year, date.month);
    else
        dl_column_missing(cells, view, which);
}

/* The year and how much of it is over, counted as GDELT does: months have 30
 * days, and the last days of December stay below the next year. */
static void fraction_date(dl_cells *cells, const dl_view *view, int which)
{
    dl_date date = view->record->date;
    double over = ((date.month - 1) * 30 + date.day) / 365.0;
    (void)which;
    if (date.day)
        dl_cells_add_format(cells, "%.4f", date.year + (over < 0.9999 ? over : 0.9999));
    else
        dl_column_missing(cells, view, which);
}

/* A day with a clock of zeros. */
static void stamp(dl_cells *cells, dateline_text text)
{
    dl_date date;
    if (dl_date_parse(dl_text_of(text), &date) && date.day)
        dl_cells_add_format(cells, "%04d%02d%02d000000", date.year, date.month, date.day);
    else
        dl_cells_add(cells, (dl_string){0});
}

/* When the article was published. */
static void published(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    stamp(cells, view->row->article.date);
}

/* When the event was first reported: of a story that is not said by one of its articles.
 */
static void first_reported(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    if (view->row->story_date.size || view->record->story.size)
        stamp(cells, view->row->story_date);
    else
        stamp(cells, view->row->article.date);
}

/* ---- Parties ---- */

static void name(dl_cells *cells, const dl_view *view, int which)
{
    dl_cells_add(cells, dl_party_name(view->parties[which]));
}

static void country(dl_cells *cells, const dl_view *view, int which)
{
    dl_cells_add(cells, dl_codes_actor(view->codes, view->parties[which]).country);
}

static void group(dl_cells *cells, const dl_view *view, int which)
{
    dl_cells_add(cells, dl_codes_actor(view->codes, view->parties[which]).group);
}

static void type(dl_cells *cells, const dl_view *view, int side, size_t number)
{
    dl_cameo_actor actor = dl_codes_actor(view->codes, view->parties[side]);
    dl_cells_add(cells, number < actor.role_count ? actor.roles[number] : (dl_string){0});
}

static void type1(dl_cells *cells, const dl_view *view, int which)
{
    type(cells, view, which, 0);
}

static void type2(dl_cells *cells, const dl_view *view, int which)
{
    type(cells, view, which, 1);
}

static void type3(dl_cells *cells, const dl_view *view, int which)
{
    type(cells, view, which, 2);
}

/* ---- The act ---- */

/* The event of an article's first sentence is the one it is about. */
static void is_root(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add_integer(cells, view->record->sentence == 1);
}

/* The code of the level above; codes of three digits are their own. */
static void base(dl_cells *cells, const dl_view *view, int which)
{
    dl_string cameo = view->record->cameo;
    (void)which;
    dl_cells_add(cells, dl_string_slice(cameo, 0, cameo.size < 3 ? cameo.size : 3));
}

static void quad(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add(cells, dl_codes_gdelt_quad(view->codes, view->record->cameo));
}

/* ---- Counts: of the story where the record belongs to one; a record that belongs to
 * none is one mention, in one article of one source ---- */

static void count(dl_cells *cells, const dl_view *view, uint64_t counted)
{
    if (counted > 0)
        dl_cells_add_integer(cells, counted);
    else if (view->record->story.size == 0)
        dl_cells_add_integer(cells, 1);
    else
        dl_column_missing(cells, view, 0);
}

static void mentions(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    count(cells, view, view->row->reports);
}

static void sources(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    count(cells, view, view->row->sources);
}

static void articles(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    count(cells, view, view->row->articles);
}

/* ---- Places: of the action alone; where parties were is not coded ---- */

enum {
    GEO_NONE,
    GEO_COUNTRY,
    GEO_US_STATE,
    GEO_US_CITY,
    GEO_WORLD_CITY,
    GEO_WORLD_STATE
};

static int geo_type_of(const dl_view *view, int which)
{
    const dl_export_place *place = &view->record->place;
    bool states = dl_string_equal(place->country, DL_STRING("USA"));
    if (which != DL_ACTION || place->precision.size == 0)
        return GEO_NONE;
    if (dl_place_is(place, "country"))
        return GEO_COUNTRY;
    if (dl_place_is(place, "admin"))
        return states ? GEO_US_STATE : GEO_WORLD_STATE;
    return states ? GEO_US_CITY : GEO_WORLD_CITY;
}

static void geo_type(dl_cells *cells, const dl_view *view, int which)
{
    dl_cells_add_integer(cells, (uint64_t)geo_type_of(view, which));
}

/* "Dallas, Texas, United States", "Texas, United States", "Mali": what is known of it. */
static void geo_name(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_place *place = &view->record->place;
    int kind = geo_type_of(view, which);
    dl_string land = dl_codes_country(view->codes, place->country).name;
    dl_string region = dl_view_province(view);
    dl_string parts[] = {kind > GEO_COUNTRY ? place->name : land,
                         dl_place_is_close(place) ? region : (dl_string){0},
                         kind > GEO_COUNTRY ? land : (dl_string){0}};
    dl_buffer joined = {0};
    for (size_t i = 0; kind != GEO_NONE && i < sizeof parts / sizeof *parts; i++) {
        if (joined.size > 0 && parts[i].size > 0)
            dl_buffer_add_text(&joined, ", ");
        dl_buffer_add_string(&joined, parts[i]);
    }
    cells->out->failed = cells->out->failed || joined.failed;
    dl_cells_add(cells, (dl_string){joined.data, joined.size});
    dl_buffer_release(&joined);
}

static dl_string fips_of(const dl_view *view, int which)
{
    return geo_type_of(view, which) == GEO_NONE
               ? (dl_string){0}
               : dl_codes_country(view->codes, view->record->place.country).fips;
}

static void geo_country(dl_cells *cells, const dl_view *view, int which)
{
    dl_cells_add(cells, fips_of(view, which));
}

/* Country and region, where the region has a code; of a country the country alone, as
 * GDELT has it. */
static void geo_region(dl_cells *cells, const dl_view *view, int which)
{
    int kind = geo_type_of(view, which);
    dl_string fips = fips_of(view, which), region = {0};
    if (kind > GEO_COUNTRY && fips.size)
        region = dl_codes_region(view->codes, view->arena, view->record->place.country,
                                 dl_view_province(view));
    if (region.size)
        dl_cells_add_format(cells, "%.*s%.*s", (int)fips.size, fips.data,
                            (int)region.size, region.data);
    else
        dl_cells_add(cells, kind == GEO_COUNTRY ? fips : (dl_string){0});
}

static void geo_latitude(dl_cells *cells, const dl_view *view, int which)
{
    if (geo_type_of(view, which) != GEO_NONE)
        dl_cells_add_number(cells, view->record->place.lat);
    else
        dl_column_missing(cells, view, which);
}

static void geo_longitude(dl_cells *cells, const dl_view *view, int which)
{
    if (geo_type_of(view, which) != GEO_NONE)
        dl_cells_add_number(cells, view->record->place.lon);
    else
        dl_column_missing(cells, view, which);
}

/* Of a country its code; numbers of gazetteers are not known. */
static void geo_feature(dl_cells *cells, const dl_view *view, int which)
{
    dl_cells_add(cells, geo_type_of(view, which) == GEO_COUNTRY ? fips_of(view, which)
                                                                : (dl_string){0});
}

static const dl_cell_style style = {.separator = '\t', .missing = "", .join = ';'};

#define ACTOR(prefix, side)                                                              \
    {prefix "Code", dl_column_actor_code, side}, {prefix "Name", name, side},            \
        {prefix "CountryCode", country, side}, {prefix "KnownGroupCode", group, side},   \
        {prefix "EthnicCode", dl_column_missing, 0},                                     \
        {prefix "Religion1Code", dl_column_missing, 0},                                  \
        {prefix "Religion2Code", dl_column_missing, 0},                                  \
        {prefix "Type1Code", type1, side}, {prefix "Type2Code", type2, side},            \
    {                                                                                    \
        prefix "Type3Code", type3, side                                                  \
    }

#define GEO(prefix, side)                                                                \
    {prefix "Type", geo_type, side}, {prefix "FullName", geo_name, side},                \
        {prefix "CountryCode", geo_country, side},                                       \
        {prefix "ADM1Code", geo_region, side},                                           \
        {prefix "ADM2Code", dl_column_missing, 0}, {prefix "Lat", geo_latitude, side},   \
        {prefix "Long", geo_longitude, side},                                            \
    {                                                                                    \
        prefix "FeatureID", geo_feature, side                                            \
    }

static const dl_column event_columns[] = {
    {"GLOBALEVENTID", dl_column_number, 0},
    {"SQLDATE", dl_column_compact_day, 0},
    {"MonthYear", month_year, 0},
    {"Year", dl_column_year, 0},
    {"FractionDate", fraction_date, 0},
    ACTOR("Actor1", DL_ACTOR),
    ACTOR("Actor2", DL_RECIPIENT),
    {"IsRootEvent", is_root, 0},
    {"EventCode", dl_column_cameo, 0},
    {"EventBaseCode", base, 0},
    {"EventRootCode", dl_column_cameo_root, 0},
    {"QuadClass", quad, 0},
    {"GoldsteinScale", dl_column_goldstein, 0},
    {"NumMentions", mentions, 0},
    {"NumSources", sources, 0},
    {"NumArticles", articles, 0},
    {"AvgTone", dl_column_missing, 0},
    GEO("Actor1Geo_", DL_ACTOR),
    GEO("Actor2Geo_", DL_RECIPIENT),
    GEO("ActionGeo_", DL_ACTION),
    {"DATEADDED", first_reported, 0},
    {"SOURCEURL", dl_column_url, 0},
};

const dl_layout dl_layout_gdelt_events = {.name = "gdelt-events",
                                          .style = &style,
                                          .columns = event_columns,
                                          .column_count = sizeof event_columns /
                                                          sizeof *event_columns,
                                          .pairs = true,
                                          .cameo = true,
                                          .happened = true,
                                          .stories = true,
                                          .once = true};

/* ---- Mentions ---- */

/* 1: the web, where there is an address. */
static void mention_type(dl_cells *cells, const dl_view *view, int which)
{
    if (view->row->article.url.size)
        dl_cells_add_integer(cells, 1);
    else
        dl_column_missing(cells, view, which);
}

/* The address; without one the article's id. */
static void mention_identifier(dl_cells *cells, const dl_view *view, int which)
{
    dl_string url = dl_text_of(view->row->article.url);
    (void)which;
    dl_cells_add(cells, url.size ? url : view->record->article);
}

/* Bytes of the article's text; -1 where there is no such party. */
static void offset(dl_cells *cells, const dl_view *view, int which)
{
    const dl_export_party *party = which == DL_ACTION ? NULL : view->parties[which];
    int64_t at = which == DL_ACTION ? view->record->start : party ? party->start : -1;
    dl_cells_add_format(cells, "%lld", (long long)at);
}

static void in_raw_text(dl_cells *cells, const dl_view *view, int which)
{
    (void)view;
    (void)which;
    dl_cells_add_integer(cells, 1);
}

static void percent(dl_cells *cells, const dl_view *view, int which)
{
    (void)which;
    dl_cells_add_format(cells, "%.0f", round(view->record->confidence * 100));
}

static void length(dl_cells *cells, const dl_view *view, int which)
{
    if (view->row->article.text.size)
        dl_cells_add_integer(cells, view->row->article.text.size);
    else
        dl_column_missing(cells, view, which);
}

static const dl_column mention_columns[] = {
    {"GLOBALEVENTID", dl_column_number, 0},
    {"EventTimeDate", first_reported, 0},
    {"MentionTimeDate", published, 0},
    {"MentionType", mention_type, 0},
    {"MentionSourceName", dl_column_publisher, 0},
    {"MentionIdentifier", mention_identifier, 0},
    {"SentenceID", dl_column_sentence, 0},
    {"Actor1CharOffset", offset, DL_ACTOR},
    {"Actor2CharOffset", offset, DL_RECIPIENT},
    {"ActionCharOffset", offset, DL_ACTION},
    {"InRawText", in_raw_text, 0},
    {"Confidence", percent, 0},
    {"MentionDocLen", length, 0},
    {"MentionDocTone", dl_column_missing, 0},
    {"MentionDocTranslationInfo", dl_column_missing, 0},
    {"Extras", dl_column_missing, 0},
};

const dl_layout dl_layout_gdelt_mentions = {.name = "gdelt-mentions",
                                            .style = &style,
                                            .columns = mention_columns,
                                            .column_count = sizeof mention_columns /
                                                            sizeof *mention_columns,
                                            .pairs = true,
                                            .cameo = true,
                                            .happened = true,
                                            .stories = true};
