/* What the files of this room share: the open parser, the scratch memory, a window. */
#ifndef DL_PARSE_PARTS_H
#define DL_PARSE_PARTS_H

#include "model/network.h"
#include "parse/features.h"
#include "parse/parse.h"

enum {
    DL_BATCH_ROWS = 32,     /* windows read side by side */
    DL_BATCH_TOKENS = 2048, /* in all of them */
    DL_CACHE_SLOTS = 1 << 13,
    DL_CACHE_FORM_MAX = 23, /* bytes of a form that is kept */
    DL_MIX_ROWS = 32,       /* forms whose vectors are computed at once */
    DL_NAME_TAGS_MAX = 32
};

_Static_assert((int)DL_BATCH_TOKENS >= (int)DL_WINDOW, "a window fits a batch");

typedef struct dl_lemma_script {
    char mode;    /* k keep, l lower, t title */
    uint32_t cut; /* code points */
    dl_string add;
    dl_string endings; /* that it may cut, parted by "|"; no matter where cut is 0 */
} dl_lemma_script;

typedef struct dl_name_tag {
    dl_name_type type; /* DL_NO_NAME: outside */
    bool begins;
} dl_name_tag;

struct dl_parser {
    dl_network network;
    dl_upos *upos;          /* by class */
    dl_deprel *labels;      /* by class */
    uint32_t root_label;    /* class of "root"; the number of classes where missing */
    dl_string *feats_texts; /* by class */
    dl_feats *feats;
    dl_lemma_script *scripts;
    dl_string *lines; /* room for the lists */
    dl_name_tag names[DL_NAME_TAGS_MAX];
};

/* Consecutive words of one sentence that are parsed together. */
typedef struct dl_window {
    int32_t first, count; /* tokens of the document */
    int32_t chain;        /* first token of the sentence's first window; -1: this is it */
    int32_t at;           /* in the batch's vectors */
} dl_window;

typedef struct dl_cache_slot {
    uint32_t batch; /* the last one that used it */
    uint8_t size;   /* 0: free */
    char form[DL_CACHE_FORM_MAX];
} dl_cache_slot;

/* Shapes: [T] words of the batch, [R] its rows, [N] words of a window, widths as in
 * dl_shape, padded to panels. */
struct dl_parse_scratch {
    const dl_parser *parser;
    dl_cache_slot *slots;         /* word vectors by form */
    uint8_t *vectors;             /* [slots][W] */
    uint8_t *mixed;               /* [DL_MIX_ROWS][6 E] forms that wait for mix */
    uint8_t *wanted[DL_MIX_ROWS]; /* where their vectors go */
    size_t waiting;
    uint32_t batch;                  /* number of the batch */
    int32_t *source;                 /* [T] slot of the word's vector, -1: in `words` */
    uint8_t *words;                  /* [T][W] */
    uint8_t *states[DL_LSTM_LAYERS]; /* [T][2 H] */
    uint8_t *stage;                  /* [R][input and H] */
    float *cells;                    /* [R][H] */
    int32_t *sums;                   /* [N or R][widest layer] */
    uint32_t *chosen;                /* [N] */
    float *own, *pair, *other;       /* [N][A or L] */
    float *columns;                  /* [A][N + 1, padded] heads, transposed */
    float *scores;                   /* [N][N + 1, padded] */
    uint8_t *units;                  /* [N][A or L] */
    uint8_t *gathered;               /* [N][2 H] states of some words */
    int32_t *heads;                  /* [N] */
    dl_tree_space *tree;
};

/* [N][2 H]: the last states of the window's words. */
static inline const uint8_t *states_of(const dl_parse_scratch *scratch,
                                       const dl_window *window)
{
    return scratch->states[DL_LSTM_LAYERS - 1] +
           (size_t)window->at * 2 * scratch->parser->network.shape.hidden;
}

/* Computes the states of all words of the batch. */
dateline_status dl_encode(dl_parse_scratch *scratch, dl_document *document,
                          const dl_window *windows, size_t count);

/* Heads and relations of a window, from its states. */
void dl_attach(dl_parse_scratch *scratch, dl_document *document, const dl_window *window);

/* Tags, features, lemmas of a window. */
dateline_status dl_tag(dl_parse_scratch *scratch, dl_document *document,
                       const dl_window *window);

/* Marks the names of a window in token.name: type, and DL_NAME_BEGINS on first words. */
void dl_mark_names(dl_parse_scratch *scratch, dl_document *document,
                   const dl_window *window);

enum { DL_NAME_BEGINS = 0x80 };

#endif
