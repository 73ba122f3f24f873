/* The classifier that has a second opinion on what a word tells, mapped from one file.
 *
 * What the file holds (container: base/chunks.h, magic "DLWEIGHT"):
 *
 *     shape           numbers of 32 bits in the order of dl_opinion_shape
 *     words           [words] 64-bit hashes of the forms that have a vector, ascending
 *     vectors         [words][width] their vectors, 7-bit
 *     kinds.list      the categories, one a line; the first is "NONE"
 *     modes.list      the modes, "CATEGORY mode" a line; the first is "-"
 *     statuses.list   the statuses
 *     hidden.w, .s    a layer: inputs -> H, tanh; all others H -> their classes
 *     kinds.w ...     likewise modes, statuses
 *
 * Layers as in model/network.h. Read-only once open; shared by all threads. */
#ifndef DL_MODEL_OPINION_H
#define DL_MODEL_OPINION_H

#include "model/kernels.h"
#include "model/layers.h"

#define DL_OPINION_FILE "opinion.weights" /* beside the parser's weights */

enum {
    DL_OPINION_VERSION = 1,
    DL_OPINION_CLASSES_MAX = 128,
    DL_OPINION_WIDTH_MAX = 1024,
    DL_OPINION_INPUTS_MAX = 4096,
    DL_OPINION_WORDS_MAX = 1 << 20
};

typedef struct dl_opinion_shape {
    uint32_t inputs, hidden, kinds, modes, statuses, words, width, zero;
} dl_opinion_shape;

typedef struct dl_opinion {
    dl_chunks file;
    dl_opinion_shape shape;
    const dl_kernels *kernels;
    const uint64_t *words;
    const uint8_t *vectors;
    dl_layer hidden, kinds, modes, statuses;
} dl_opinion;

/* `kernels` as dl_kernels_find. DATELINE_BAD_FILE, DATELINE_OTHER_VERSION,
 * DATELINE_USAGE, or as dl_mapped_open. Leaves nothing to close where it fails. */
dateline_status dl_opinion_open(dl_opinion *opinion, const char *path,
                                const char *kernels, dateline_error *error);
void dl_opinion_close(dl_opinion *opinion);

/* The vectors alone, of a file that has no layers yet: for training. */
dateline_status dl_opinion_open_words(dl_opinion *opinion, const char *path,
                                      dateline_error *error);

/* The vector [width] of a form in small letters, NULL where it has none. */
const uint8_t *dl_opinion_vector(const dl_opinion *opinion, dl_string form);

/* What the classifier thinks of one word: probabilities, each list adding to 1. */
typedef struct dl_opinion_result {
    float kinds[DL_OPINION_CLASSES_MAX], modes[DL_OPINION_CLASSES_MAX],
        statuses[DL_OPINION_CLASSES_MAX];
} dl_opinion_result;

/* `inputs` are shape.inputs 7-bit numbers. */
void dl_opinion_run(const dl_opinion *opinion, const uint8_t *inputs,
                    dl_opinion_result *result);

#endif
