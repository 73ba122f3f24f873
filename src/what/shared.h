/* What the files of this stage share. */
#ifndef DL_WHAT_SHARED_H
#define DL_WHAT_SHARED_H

#include "model/opinion.h"
#include "what/what.h"

enum {
    DL_CLIMB_MAX = 8,   /* predicates passed on the way to a shared subject */
    DL_OUTER_MAX = 6,   /* outer acts around one event */
    DL_NOMINAL_MAX = 3, /* nouns passed on the way to a mention inside an argument */
    DL_ARGUMENTS_MAX = DL_PARTIES_MAX,
    DL_HISTORICAL_YEAR_MIN = 1500, /* lower numbers are not read as years */
    DL_CONTEXT_REACH = 16,         /* tokens around a predicate that tell its context */
    DL_ANCHOR_WORD_MAX = 64,       /* bytes of a lemma */
    DL_MATERIAL_CONFLICT = 4       /* quad code */
};

/* Classes of what/grammar.txt and what/status.txt that the engine asks for. */
#define DL_CUE_LIST(X)                                                                   \
    X(agent, "agent-preposition")                                                        \
    X(genitive, "genitive-preposition")                                                  \
    X(between, "between-preposition")                                                    \
    X(relative, "relative-pronoun")                                                      \
    X(quantity, "quantity-head")                                                         \
    X(light, "light-verb")                                                               \
    X(subject_control, "subject-control")                                                \
    X(object_control, "object-control-mark")                                             \
    X(negation, "negation")                                                              \
    X(may, "modal-hypothetical")                                                         \
    X(will, "modal-future")                                                              \
    X(would, "modal-past-future")                                                        \
    X(conditional, "conditional")                                                        \
    X(historical, "historical")                                                          \
    X(sport, "sport-cue")                                                                \
    X(fiction, "fiction-cue")                                                            \
    X(market, "market-cue")                                                              \
    X(cause, "cause-verb")                                                               \
    X(complement, "complement-mark")                                                     \
    X(addressee, "addressee-preposition")                                                \
    X(unaccusative, "unaccusative")                                                      \
    X(numeral, "numeral-preposition")                                                    \
    X(recipient, "recipient-preposition")                                                \
    X(place, "place-preposition")

typedef enum dl_cue {
#define X(name, text) DL_CUE_##name,
    DL_CUE_LIST(X)
#undef X
        DL_CUES
} dl_cue;

/* Numbers of what/confidence.txt: those from `bias` to `reached` are summed to the
 * log-odds that a record is right, the others are limits. */
#define DL_WEIGHT_LIST(X)                                                                \
    X(bias, 0)                                                                           \
    X(prior, 1)                                                                          \
    X(opinion, 0)                                                                        \
    X(both_parties, 0.5)                                                                 \
    X(no_party, -0.5)                                                                    \
    X(exact, 0.2)                                                                        \
    X(noun, -0.5)                                                                        \
    X(composed, -0.2)                                                                    \
    X(not_actual, -0.2)                                                                  \
    X(proposed, 0)                                                                       \
    X(reached, 0)                                                                        \
    X(keep_confidence, 0)                                                                \
    X(keep_verb_without_party, 0.65)                                                     \
    X(keep_noun_without_party, 0.65)                                                     \
    X(keep_talk_without_party, 0.95)                                                     \
    X(keep_with_party, 0.3)                                                              \
    X(second_opinion_drop, 0.97)                                                         \
    X(second_opinion_settle, 0.5)                                                        \
    X(second_opinion_propose, 0.8)

typedef enum dl_weight {
#define X(name, value) DL_WEIGHT_##name,
    DL_WEIGHT_LIST(X)
#undef X
        DL_WEIGHTS
} dl_weight;

struct dl_what {
    const dl_frames *frames;
    const dl_opinion *opinion;                          /* NULL: none is asked */
    uint8_t opinion_categories[DL_OPINION_CLASSES_MAX]; /* dl_category of its kinds */
    uint8_t opinion_modes[DL_OPINION_CLASSES_MAX];      /* dl_mode of its modes */
    uint8_t opinion_statuses[DL_OPINION_CLASSES_MAX];   /* dl_event_status */
    uint32_t any_word; /* "*": constructions for words that no other knows; 0 none */
    int cues[DL_CUES];
    int contexts[DL_CONTEXTS];
    int outer_will, outer_will_not, outer_if, outer_not;
    double weights[DL_WEIGHTS];
};

/* A frame that fits an anchor, and what became of it. */
typedef struct dl_match {
    const dl_frame *frame;
    int32_t anchor, outer, sentence;
    int32_t light;                         /* the verb that carries a noun, else -1 */
    int32_t used[DL_FRAME_ELEMENTS_MAX];   /* tokens that fillers matched */
    bool used_word[DL_FRAME_ELEMENTS_MAX]; /* the filler was a word, not a class */
    uint8_t used_count, specificity;
    uint8_t missing; /* number of the element that did not fit */
    uint8_t category, modes[DL_MODES_MAX], status;
    bool composed, passive, dropped;
    bool reached; /* a party stands outside the construction (reach.c) */
    dl_string cameo, rule;
    int32_t actor_heads[DL_ARGUMENTS_MAX], recipient_heads[DL_ARGUMENTS_MAX]; /* tokens */
    uint8_t actor_head_count, recipient_head_count;
    int32_t actors[DL_PARTIES_MAX], recipients[DL_PARTIES_MAX]; /* mentions */
    uint8_t actor_count, recipient_count;
    int32_t size_token[DL_SIZES];
    const char *why; /* of a refusal */
    float opinion;   /* how likely the classifier thinks the category; -1 not asked */
    bool proposed;   /* the category is the classifier's, not a construction's */
} dl_match;

/* What the classifier thinks of a token. */
typedef struct dl_thought {
    float categories[DL_CATEGORIES]; /* [0]: that it tells no event; they add to 1 */
    float mode_chance, status_chance;
    uint8_t best, mode, status; /* the likeliest; a mode of the best category or 0 */
} dl_thought;

/* Worlds whose acts are no events: sport, fiction, markets. */
enum { DL_GENRES = 3 };

typedef struct dl_work {
    const dl_what *what;
    const dl_frames *frames;
    dl_document *document;
    dl_token *tokens;
    uint32_t *words;                     /* [N] of the frames; 0 unknown */
    uint64_t (*classes)[DL_CLASS_WORDS]; /* [N] */
    int32_t *best; /* [N] match of the anchor, -1; of the current sentence */
    uint16_t (*cues)[DL_GENRES]; /* [S] different cue words of a sentence */
    uint32_t whole[DL_GENRES];   /* of all sentences */
    int32_t *thought_at; /* [N] number of the token's thought, -1; NULL: none asked */
    dl_thought *thoughts;
    size_t thought_count, thought_capacity;
    dl_match *matches;
    size_t match_count, match_capacity;
    size_t note_capacity;
    bool failed;
} dl_work;

/* ---- words.c: numbers and classes of tokens ---- */
bool dl_words_prepare(dl_work *work);
bool dl_token_is(const dl_work *work, int32_t token, int class_number);
bool dl_token_cue(const dl_work *work, int32_t token, dl_cue cue);
int32_t dl_child_cue(const dl_work *work, int32_t token, dl_cue cue);

/* ---- arguments.c ---- */
bool dl_predicate_passive(const dl_work *work, int32_t verb);
int32_t dl_argument_surface_subject(const dl_work *work, int32_t verb);
int32_t dl_argument_subject(const dl_work *work, int32_t verb); /* who does it */
int32_t dl_argument_object(const dl_work *work, int32_t verb);
int32_t dl_argument_iobject(const dl_work *work, int32_t verb);
int32_t dl_argument_agent(const dl_work *work, int32_t head);
int32_t dl_argument_said(const dl_work *work, int32_t verb); /* a clause: its predicate */
/* Dependent of `head` (or of a verb's object) with this preposition, not before `after`
 * (-1: the first); -1 where there is none. */
int32_t dl_argument_oblique(const dl_work *work, int32_t head, uint32_t preposition,
                            int32_t after);
/* Whether a nominal has this preposition as its case. */
bool dl_has_case(const dl_work *work, int32_t nominal, uint32_t preposition);
int32_t dl_case_cue(const dl_work *work, int32_t head, dl_cue cue);
/* The verb that carries an event noun ("launched an attack"), -1 where none does. */
int32_t dl_argument_light(const dl_work *work, int32_t noun);
/* Token at which an argument is found as a spec says, -1. */
int32_t dl_argument_find(const dl_work *work, const dl_match *match,
                         dl_argument_spec spec, bool other_takes_of);
/* Mention of an argument, or of the nominal inside it that stands for it; -1. */
int32_t dl_argument_mention(const dl_work *work, int32_t token);
void dl_argument_fill(dl_work *work, dl_match *match); /* all parts of a match */
void dl_argument_add(const dl_work *work, int32_t head, int32_t *heads,
                     uint8_t *head_count, int32_t *mentions, uint8_t *count);

/* ---- match.c ---- */
/* Best frame of the anchor among `kind`; false where none fits. */
bool dl_match_best(dl_work *work, int32_t anchor, dl_frame_kind kind, dl_match *match);
/* The same among the frames of one category; `word` is whose frames are tried. */
bool dl_match_best_of(dl_work *work, int32_t anchor, dl_frame_kind kind, uint32_t word,
                      int category, int mode, dl_match *match);
/* Kinds of frames that a token can anchor; how many. */
size_t dl_match_kinds(const dl_token *token, dl_frame_kind kinds[2]);
bool dl_match_elements(const dl_work *work, const dl_frame *frame, dl_match *match);

/* ---- trace.c: notes for `explain`; without it they do nothing ---- */
void dl_trace(dl_work *work, int32_t anchor, dl_note_kind kind, dl_string rule,
              const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The constructions of the anchor's word beside the one that won (NULL: none did). */
void dl_trace_candidates(dl_work *work, int32_t anchor, dl_frame_kind kind,
                         const dl_match *won);

/* ---- reach.c ---- */
void dl_reach(dl_work *work, dl_match *match);

/* ---- compose.c ---- */
void dl_compose_match(dl_work *work, dl_match *match);

/* ---- status.c ---- */
typedef enum dl_aspect {
    DL_ASPECT_PLAIN,
    DL_ASPECT_WILL,
    DL_ASPECT_MAY,
    DL_ASPECT_PURPOSE /* an infinitive: not said to have happened */
} dl_aspect;

typedef struct dl_local_status {
    dl_aspect aspect;
    bool negated, conditional, has_condition, historical;
    int32_t cue; /* the token that tells the strongest of them; -1 none */
} dl_local_status;

dl_local_status dl_status_local(const dl_work *work, int32_t predicate);
dl_event_status dl_status_of(dl_local_status local);

/* ---- opinion.c ---- */
/* Words around a word in the tree whose vectors the classifier sees. */
typedef enum dl_view {
    DL_VIEW_SUBJECT,
    DL_VIEW_OBJECT,
    DL_VIEW_OBLIQUE,     /* first nominal with a preposition */
    DL_VIEW_PREPOSITION, /* its own */
    DL_VIEW_GOVERNOR,
    DL_VIEW_CLAUSE, /* predicate of a complement or adverbial clause */
    DL_VIEW_SMALL,  /* particle, adverb, auxiliary or adjective */
    DL_VIEWS
} dl_view;

/* Asks the classifier about all tokens of a sentence that it has something to say of. */
bool dl_opinion_ask(dl_work *work, const dl_sentence *sentence);
/* What it thinks of a token; NULL where it was not asked. */
const dl_thought *dl_opinion_of(const dl_work *work, int32_t token);

/* Whether the classifier has something to say of the token. */
bool dl_opinion_asks(const dl_work *work, int32_t token);
/* Inputs of a token whose parser vector has `vector_width` bytes. */
size_t dl_opinion_width(size_t vector_width, const dl_opinion *opinion);
/* What the sentence is about: the average vector of its nouns and verbs, [width]. */
void dl_opinion_subject_matter(const dl_work *work, const dl_opinion *opinion,
                               const dl_sentence *sentence, uint8_t *out);
void dl_opinion_inputs(const dl_work *work, const dl_opinion *opinion, int32_t token,
                       const uint8_t *subject_matter,
                       uint8_t *out); /* [dl_opinion_width] */

/* ---- context.c ---- */
uint64_t dl_context_of(const dl_work *work, int32_t first, int32_t last);

/* ---- genre.c ---- */
bool dl_genre_prepare(dl_work *work);
/* Whether the sentence is of a world whose acts are no events. */
bool dl_genre_silences(const dl_work *work, int32_t sentence);

/* ---- sure.c ---- */
/* How likely the record is right, 0.01 .. 0.99. */
double dl_match_confidence(dl_work *work, const dl_match *match);

/* ---- judge.c ---- */
/* Holds the sentence's matches from `first` on against the classifier: drops, settles
 * and adds. */
void dl_judge(dl_work *work, const dl_sentence *sentence, size_t first);

/* ---- what.c ---- */
void dl_match_add(dl_work *work, const dl_match *match);

/* Category, modes, code and rule of the match's construction. */
void dl_match_take_codes(const dl_work *work, dl_match *match);

/* ---- select.c ---- */
void dl_select(dl_work *work, size_t first); /* marks what is dropped from first on */

#endif
