/* The network's weights, mapped from one file.
 *
 * What the file holds (container: base/chunks.h, magic "DLWEIGHT"):
 *
 *     shape           20 numbers of 32 bits, in the order of dl_shape
 *     upos.list ...   names of the classes, one a line; lemma.list: case mode (k keep,
 *                     l lower, t title), code points cut from the end, what is added,
 *                     the endings that may be cut (parted by "|")
 *     words           [V] 64-bit hashes of the known forms, ascending
 *     embed.0 - .5    [rows][E] 7-bit numbers; row 0 of embed.0 is the unknown form
 *     NAME.w, NAME.s  a layer: panels of weights; correction, multiplier, bias [O]
 *     arc.root [A], arc.distance [2 M + 1], label.root [L], label.distance [2 M + 1][L]
 *     lemma.keys      [D] hashes of tag and form, ascending; lemma.values: where in
 *                     lemma.text (a byte with the number of lemmas, then of each, most
 *                     frequent first, a byte with its size and the lemma)
 *
 * Read-only once open; shared by all threads. */
#ifndef DL_MODEL_NETWORK_H
#define DL_MODEL_NETWORK_H

#include "model/kernels.h"

enum {
    DL_WEIGHTS_VERSION = 2,
    DL_FEATURES = 6, /* form, 2 and 4 first letters, 3 and 4 last letters, shape */
    DL_LSTM_LAYERS = 2,
    DL_WIDTH_MAX = 1024,   /* of every vector in the network */
    DL_CLASSES_MAX = 4096, /* of one list */
    DL_ROWS_MAX = 1 << 24  /* of one embedding */
};

/* E, features, W, pieces, H, A, L, M, V, rows of the five hashed features, classes. */
typedef struct dl_shape {
    uint32_t embed, features, word, pieces, hidden, arc, label, distance, words;
    uint32_t buckets[DL_FEATURES - 1];
    uint32_t upos, feats, lemma, labels, names, zero;
} dl_shape;

typedef struct dl_network {
    dl_chunks file;
    dl_shape shape;
    const dl_kernels *kernels;
    const uint64_t *words;             /* [V] */
    const uint8_t *embed[DL_FEATURES]; /* [rows][E] */
    dl_layer word;                     /* 6 E -> pieces W */
    dl_layer lstm[DL_LSTM_LAYERS][2];  /* ahead and back: input and H -> 4 H */
    dl_layer upos, feats, lemma, names;
    dl_layer arc_own, arc_head, arc_pair; /* 2 H -> A; A -> A */
    dl_layer label_own, label_head, label_out;
    const float *arc_root, *arc_distance, *label_root, *label_distance;
    const uint64_t *lemma_keys; /* [D] */
    const uint32_t *lemma_values;
    dl_string lemma_text;
    size_t lemma_count;
} dl_network;

/* `kernels` as dl_kernels_find. DATELINE_BAD_FILE, DATELINE_OTHER_VERSION, DATELINE_USAGE
 * (unknown kernels), or as dl_mapped_open. Leaves nothing to close where it fails. */
dateline_status dl_network_open(dl_network *network, const char *path,
                                const char *kernels, dateline_error *error);
void dl_network_close(dl_network *network);

/* The lines of a list chunk: fills at most `capacity` and returns how many there are. */
size_t dl_network_list(const dl_network *network, const char *name, dl_string *lines,
                       size_t capacity);

/* Row of embed.0 for a form's hash; 0 where the form is unknown. */
uint32_t dl_network_find_word(const dl_network *network, uint64_t hash);

/* The lemmas that a form was seen with, most frequent first. */
typedef struct dl_lemmas {
    dl_string rest;
    uint8_t left;
} dl_lemmas;

/* The lemmas stored for a hash; none where it is unknown. */
dl_lemmas dl_network_find_lemmas(const dl_network *network, uint64_t hash);

/* Takes the next one off; absent at the end. */
dl_string dl_lemmas_next(dl_lemmas *lemmas);

#endif
