/* What the files about claims share: who speaks, indirect speech, attitudes, quotes.
 * Private to src/detail. */
#ifndef DL_DETAIL_SAYS_H
#define DL_DETAIL_SAYS_H

#include "detail/quotes.h"

typedef enum cue_kind { CUE_NONE, CUE_STRONG, CUE_WEAK, CUE_QUOTE } cue_kind;

typedef struct speech {
    dl_work *work;
    dl_document *document;
    const dl_token *tokens;
    dl_quotes quotes;
    int32_t *around;       /* [N] smallest mention that covers the token, -1 none */
    int32_t *from;         /* [N] longest mention that starts at the token, -1 none */
    bool *cue;             /* [N] whether a claim hangs on the token as its cue */
    bool *turn;            /* [S] whether the sentence is a turn of a transcript */
    bool *told;            /* [N] whether an event stands at the token */
    size_t first_indirect; /* claims before it end before the quote at hand */
    size_t mention_count;  /* of the who stage; new ones stand behind them */
    size_t mention_room, entity_room;
} speech;

/* ---- says.c ---- */

cue_kind dl_cue_kind(const speech *s, int32_t token);
bool dl_is_punct(const speech *s, int32_t token);

/* Whether a list of shapes, parted by spaces, has this one. */
bool dl_says_shape(dl_string shapes, dl_string shape);

/* The preposition that marks the noun or gerund, where the shapes have it; -1 none. */
int32_t dl_says_marker(const speech *s, int32_t token, dl_string shapes);

/* Adds a claim over first..last without the punctuation at its ends; NULL where memory
 * has run out. `cue` may be -1. */
dl_claim *dl_claim_add(speech *s, int32_t first, int32_t last, int32_t cue,
                       int32_t cue_last, int32_t speaker);

/* ---- speakers.c ---- */

/* The mention whose head the token is, else the smallest that covers it; -1 none. */
int32_t dl_speaker_at(const speech *s, int32_t token);

/* The same, made where nobody has mentioned him; -1 where the token can't be a speaker.
 */
int32_t dl_speaker_make(speech *s, int32_t token);

/* Token of the speaker of a cue verb: its subject, that of the verb it is joined to, the
 * noun that it modifies; -1 none. */
int32_t dl_speaker_subject(const speech *s, int32_t verb);

/* Token of him whose claim, plan or wish a noun is: its possessor, whom "by" names (a
 * preposition that is none of its shapes), or the subject of the verb that carries it
 * ("made the claim"); -1 none. */
int32_t dl_speaker_owner(const speech *s, int32_t noun, dl_string shapes);

/* The speaker of a cue verb for what stands in first..last: its subject, else who stands
 * right behind it ("said Amina Osman") or right before it; -1 none. */
int32_t dl_speaker_of(speech *s, int32_t verb, int32_t first, int32_t last);

/* The mention that starts at a name, also where a title that is none took it in. */
int32_t dl_speaker_name(speech *s, int32_t token);

/* The clause that hangs on a cue verb as what is said; -1 none. By indirect.c. */
int32_t dl_says_clause(const speech *s, int32_t verb);

/* Ends the content before ", according to ..." at its end, which is the source of the
 * whole sentence. By indirect.c. */
void dl_source_cut(const speech *s, int32_t first, int32_t *last);

bool dl_is_first_or_second_person(const speech *s, int32_t token);

/* ---- the steps; false where memory has run out ---- */
bool dl_says_indirect(speech *s);  /* indirect.c */
bool dl_says_attitudes(speech *s); /* attitudes.c */
bool dl_says_quoted(speech *s);    /* quoted.c */
bool dl_says_turns(speech *s);     /* turns.c */

#endif
