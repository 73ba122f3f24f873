/* The types that flow from stage to stage, and nothing else.
 *
 * A document is one article with every layer found in it. Stages meet only here: each
 * fills its own fields and reads those filled before it.
 *
 *     text    -> skips, repairs, sentences, tokens (spans, forms)
 *     parse   -> tokens (upos, feats, lemma, head, deprel, children), names, vectors
 *     who     -> mentions, entities
 *     what    -> ontology, events (category, actor, recipient, status, rule)
 *     detail  -> times, places, quantities, claims; events' date, place, size, sources
 *
 * Everything lives in the document's arena and is valid until the worker's next article.
 * Shapes: [S] sentences, [N] tokens of the whole document. Token numbers run through the
 * document; -1 is "none". Spans are bytes of the text as it was given. */
#ifndef DL_RECORD_DOCUMENT_H
#define DL_RECORD_DOCUMENT_H

#include "base/base.h"
#include "record/date.h"
#include "record/grammar.h"
#include "record/ontology.h"

enum {
    DL_TOKENS_MAX = 4 << 20, /* in one article */
    DL_SECTORS_MAX = 4,      /* of one entity */
    DL_MODES_MAX = 3,        /* of one event */
    DL_PARTIES_MAX = 12,     /* actors or recipients of one event */
    DL_SOURCES_MAX = 4       /* nested speakers */
};

/* A word in UD's sense. Words of one multiword token (do + n't) share its span in
 * CoNLL-U; here each has its own bytes, and `multiword` is the number of words of the
 * token on its first word (0: the token is this word alone; 0 on the words that follow
 * too, with `inside_multiword`). */
typedef struct dl_token {
    dl_span span;
    dl_string form;       /* as read: repaired, else the bytes themselves */
    dl_string lemma;      /* by parse */
    dl_string fold;       /* dl_utf8_fold of form: lower case, no diacritics (by text) */
    dl_string feats_text; /* "Mood=Ind|Tense=Past", "" for none */
    dl_feats feats;
    uint8_t upos;   /* dl_upos */
    uint8_t deprel; /* dl_deprel */
    uint8_t name;   /* dl_name_type of the name that it is part of, 0 for none */
    uint8_t multiword;
    bool inside_multiword, space_after;
    int32_t head;                    /* -1: root of its sentence */
    int32_t first_child, last_child; /* in text order */
    int32_t next_sibling, previous_sibling;
    int32_t left, right; /* first and last token of its subtree */
    int32_t sentence;
    int32_t
        mention; /* smallest mention that has this token as its head; -1 none (by who) */
} dl_token;

typedef struct dl_sentence {
    dl_span span;
    int32_t first, last; /* tokens, both inclusive */
    int32_t root;        /* token; -1 before parse */
    int32_t paragraph;   /* 0-based */
    bool heading;        /* kept and parsed, but no events are coded from it */
} dl_sentence;

typedef enum dl_skip_why {
    DL_SKIP_LINK,
    DL_SKIP_HEADING,
    DL_SKIP_BOILERPLATE,
    DL_SKIP_CAPTION,
    DL_SKIP_DATELINE
} dl_skip_why;

typedef struct dl_skip {
    dl_span span;
    dl_skip_why why;
} dl_skip;

typedef struct dl_repair {
    dl_span span;
    dl_string was, now;
    dl_string rule; /* file:line of the lexicon */
} dl_repair;

typedef enum dl_name_type {
    DL_NO_NAME,
    DL_NAME_PER,
    DL_NAME_ORG,
    DL_NAME_LOC
} dl_name_type;

typedef struct dl_name {
    dl_span span;
    int32_t first, last; /* tokens, both inclusive */
    dl_name_type type;
} dl_name;

typedef enum dl_via {
    DL_VIA_NAME,
    DL_VIA_TITLE,
    DL_VIA_PRONOUN,
    DL_VIA_NOMINAL,
    DL_VIA_PLACE
} dl_via;

/* What an entity is coded as: record.md's entity without its place in the text. */
typedef struct dl_role {
    char code[4];                    /* "KAZ", "IGO", ...; "" where no country is known */
    uint8_t sectors[DL_SECTORS_MAX]; /* dl_sector, main one first, 0 ends */
    dl_string office;                /* "president"; absent where unknown */
} dl_role;

/* A stretch of text that refers to somebody or something. */
typedef struct dl_mention {
    dl_span span;
    int32_t first, last; /* tokens, both inclusive */
    int32_t head;        /* token */
    int32_t entity;      /* index into entities */
    dl_via via;
    dl_name_type type; /* PER, ORG, LOC where known, also for nominals */
    dl_role role;      /* at this mention: a place may stand for its government here and
                          be a place elsewhere; "former" makes ELI */
    bool generic;      /* nobody in particular ("no one", "any country") */
    bool plural;
    bool is_place;  /* used as a place here, not as an actor */
    dl_string rule; /* file:line of the lexicon, or the model's name */
} dl_mention;

/* One somebody, with all mentions that refer to it. */
typedef struct dl_entity {
    dl_string name;       /* canonical; absent where unknown */
    dl_string identifier; /* e.g. a Wikidata id; absent where unknown */
    dl_name_type type;
    dl_role role; /* at the article's date */
    int32_t first_mention;
    uint8_t gender; /* dl_gender, 0 unknown */
} dl_entity;

typedef enum dl_time_type {
    DL_TIME_DATE,
    DL_TIME_TIME,
    DL_TIME_DURATION,
    DL_TIME_SET
} dl_time_type;

typedef enum dl_date_basis {
    DL_BASIS_NONE,
    DL_BASIS_STATED,
    DL_BASIS_RELATIVE,
    DL_BASIS_PUBLICATION
} dl_date_basis;

typedef struct dl_time {
    dl_span span;
    int32_t first, last; /* tokens */
    dl_time_type type;
    dl_string value;    /* TIMEX3; absent where unknown */
    dl_date start, end; /* what it covers; year 0 where it is no calendar time */
    dl_date_basis basis;
    dl_string rule;
} dl_time;

typedef enum dl_precision {
    DL_PRECISION_POINT,
    DL_PRECISION_CITY,
    DL_PRECISION_ADMIN,
    DL_PRECISION_COUNTRY
} dl_precision;

typedef struct dl_place {
    dl_span span;
    int32_t first, last; /* tokens; -1 in a dateline: these stand in front */
    dl_string name;      /* canonical */
    char country[4];     /* "" where unknown */
    dl_string admin1;
    double lat, lon; /* degrees; valid where located */
    bool located;
    bool inside;  /* opens the name of a body ("Lansing City Council"): nothing happens
                     there */
    bool guessed; /* the point is that of a place named near by, not said to hold it */
    dl_precision precision;
    dl_string rule;
} dl_place;

typedef enum dl_relation {
    DL_EQUAL,
    DL_ABOUT,
    DL_NEARLY,
    DL_MORE,
    DL_FEWER,
    DL_AT_LEAST,
    DL_AT_MOST,
    DL_BETWEEN
} dl_relation;

typedef struct dl_quantity {
    dl_span span;
    int32_t first, last; /* tokens */
    int32_t counted;     /* head token of the noun counted; -1 none */
    double value, high;  /* high only where relation is DL_BETWEEN */
    dl_relation relation;
    dl_string unit; /* "person", "USD", "km"; absent for none */
    dl_string of;   /* the noun counted */
} dl_quantity;

typedef enum dl_size_kind {
    DL_SIZE_DEAD,
    DL_SIZE_INJURED,
    DL_SIZE_ARRESTED,
    DL_SIZE_MISSING,
    DL_SIZE_DISPLACED,
    DL_SIZE_PARTICIPANTS,
    DL_SIZE_TROOPS,
    DL_SIZES
} dl_size_kind;

/* A count of an event's people by somebody else than the one who tells the event. */
typedef struct dl_count {
    int32_t event, quantity;
    int32_t speaker; /* mention; -1 unknown */
    int32_t cue;     /* token of the verb; -1 none */
    dl_size_kind kind;
} dl_count;

/* A reported or quoted statement, or an attitude: a wish, a plan, a judgement of
 * something
 * ("wants to leave", "criticised the plan"), which says of no event that it happened. */
typedef struct dl_claim {
    dl_span span; /* what is said, without its quotation marks */
    int32_t first, last;
    int32_t speaker; /* mention; -1 unknown */
    dl_span cue_span;
    dl_string cue;     /* "announced", "according to"; absent where a bare quote */
    int32_t cue_token; /* -1 none */
    bool quoted, attitude;
    int32_t outer; /* the claim that this one stands in; -1 none */
    int32_t date;  /* time that dates the statement; -1: the article's date */
    dl_date said;  /* day of the statement */
} dl_claim;

/* One event: who did what to whom, tied to its clause. */
typedef struct dl_event {
    int32_t sentence;
    int32_t anchor; /* token of the predicate: verb, noun, adjective */
    int32_t outer;  /* token of the outermost verb that composes with it (refused to
                       withdraw: anchor withdraw, outer refuse); else the anchor */
    dl_span span;   /* the event's words */
    dl_category category;
    dl_mode modes[DL_MODES_MAX]; /* 0 ends */
    uint64_t contexts;           /* bit mask of dl_context */
    dl_string cameo;
    dl_event_status status;
    int32_t actors[DL_PARTIES_MAX]; /* mentions */
    int32_t recipients[DL_PARTIES_MAX];
    uint8_t actor_count, recipient_count;
    bool symmetric;               /* all parties are actors */
    int32_t size_token[DL_SIZES]; /* token whose quantity counts (the arrested, the dead)
                                     as the frame says; -1 none (by what) */
    dl_string rule;               /* file:line, or the model's name */
    double confidence;
    /* by detail: */
    int32_t time, place; /* -1 none */
    dl_date date, end_date;
    dl_date_basis basis;
    int32_t size[DL_SIZES];         /* quantities; -1 none */
    int32_t claims[DL_SOURCES_MAX]; /* claims that it stands in, outermost first */
    uint8_t claim_count;
    dl_span doubt; /* words that keep it in doubt ("allegedly"); empty for none */
} dl_event;

/* What the coder considered on its way, for `explain`. */
typedef enum dl_note_kind {
    DL_NOTE_FITS,    /* another construction fits the anchor, and lost */
    DL_NOTE_LACKS,   /* one of the anchor's constructions does not fit */
    DL_NOTE_OUTER,   /* what an outer act made of the event */
    DL_NOTE_STATUS,  /* where the status comes from */
    DL_NOTE_PARTY,   /* a party from outside the construction */
    DL_NOTE_OPINION, /* what the classifier thinks */
    DL_NOTE_SURE,    /* what the confidence is made of */
    DL_NOTE_REFUSED  /* why there is no record */
} dl_note_kind;

typedef struct dl_note {
    int32_t anchor; /* token */
    dl_note_kind kind;
    dl_string rule; /* file:line; absent where none */
    dl_string text;
} dl_note;

typedef struct dl_document {
    dl_arena *arena; /* borrowed from the worker */

    dl_string id, title, source, url, language, author;
    dl_string text;        /* [bytes] as given */
    dl_date date;          /* of publication; year 0 where unknown */
    int32_t clock;         /* seconds of its day; 0 where it was given without a clock */
    dl_date dateline_date; /* of a dateline in the text; year 0 where there is none */
    bool explain;          /* stages keep notes */
    bool verbatim;         /* text skips and repairs nothing: every byte of the text that
                              is no white space stands in a token (dateline parse) */

    dl_sentence *sentences; /* [S] */
    size_t sentence_count;
    dl_token *tokens; /* [N] */
    size_t token_count;
    bool wants_vectors; /* parse keeps what its network thinks of each token */
    uint8_t *vectors; /* [N][vector_width]: a 7-bit vector of the form, then its state in
                         the sentence; NULL where not wanted (by parse) */
    size_t vector_width; /* of both */
    size_t form_width;   /* of the first */
    dl_skip *skips;
    size_t skip_count;
    dl_repair *repairs;
    size_t repair_count;
    dl_name *names;
    size_t name_count;
    dl_entity *entities;
    size_t entity_count;
    dl_mention *mentions; /* by who: in order of first token, longer first;
                             detail adds speakers nobody had mentioned behind them */
    size_t mention_count;
    const dl_ontology *ontology; /* of the events' categories and modes; NULL: PLOVER's;
                                    borrowed from the lexicon (by what) */
    dl_event *events;            /* in order of anchor */
    size_t event_count;
    dl_time *times;
    size_t time_count;
    dl_place *places;
    size_t place_count;
    dl_quantity *quantities;
    size_t quantity_count;
    dl_count *counts; /* in text order (by detail) */
    size_t count_count;
    size_t stated_count; /* quantities that stand in the text as numbers, in its order;
                            behind them those that events imply: "the mayor" killed is
                            one, "six priests and a cook" are seven, "no dead" none */
    dl_claim *claims;
    size_t claim_count;
    dl_note *notes; /* only where `explain` */
    size_t note_count;
} dl_document;

/* Sets first_child ... right of all tokens from their heads. By parse, once. */
void dl_document_link(dl_document *document);

/* First child of `token` whose relation is `deprel` or has it as its universal part (when
 * `deprel` is universal); -1 where there is none. */
int32_t dl_tree_child(const dl_document *document, int32_t token, dl_deprel deprel);

/* Whether `ancestor` is `token` or above it. */
bool dl_tree_below(const dl_document *document, int32_t token, int32_t ancestor);

/* Bytes of the text as given. */
static inline dl_string dl_document_slice(const dl_document *document, dl_span span)
{
    return dl_string_slice(document->text, span.start, span.end);
}

/* From the first byte of token `first` to the last of `last`. */
static inline dl_span dl_document_span(const dl_document *document, int32_t first,
                                       int32_t last)
{
    return (dl_span){document->tokens[first].span.start, document->tokens[last].span.end};
}

#endif
