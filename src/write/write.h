/* Documents as text: records, annotation, CoNLL-U, tables and explanations.
 *
 * Purpose  every shape in which a document leaves the program
 * Reads    a whole document
 * Writes   into a buffer, at its end
 * Cost     linear in what is written
 * Source   docs/record.schema.json (records and claims), CoNLL-U of Universal
 *          Dependencies 2
 * Limits   none of its own
 *
 * None of these fail but for memory: then the buffer is marked as failed. The same
 * document gives the same bytes. */
#ifndef DL_WRITE_WRITE_H
#define DL_WRITE_WRITE_H

#include "record/document.h"
#include "record/tally.h"
#include "write/json.h"

/* One record a line, in the order of the events; with `claims`, the article's claims
 * follow, each a record of kind "claim". */
void dl_write_records(dl_buffer *out, const dl_document *document, bool claims);

/* One object with every layer of the article, and a line feed. */
void dl_write_annotation(dl_buffer *out, const dl_document *document);

/* All sentences; MISC has SpaceAfter=No, TokenRange=start:end (bytes) and the names as
 * Name=B-PER, Name=I-PER. */
void dl_write_conllu(dl_buffer *out, const dl_document *document);

/* For people: two or three lines an event; `color` adds terminal colours. */
void dl_write_table(dl_buffer *out, const dl_document *document, bool color);

/* For people: each sentence with its tree, mentions, events and refusals. */
void dl_write_explanation(dl_buffer *out, const dl_document *document);

/* The one mention that stands for a whole phrase; `mention` is -1 where there is none. */
void dl_write_entity(dl_buffer *out, const dl_document *document, int32_t mention);
void dl_write_entity_table(dl_buffer *out, const dl_document *document, int32_t mention);

/* A tally's entries, in order: up to `most` of each kind, one JSON object a line or, with
 * `table`, for people. */
void dl_write_nulls(dl_buffer *out, const dl_tally_entry *const *entries, size_t count,
                    size_t most, bool table);

/* ---- Pieces that several shapes share ------------------------------------------------
 */

/* "statement" or "attitude". */
const char *dl_write_claim_type(const dl_claim *claim);

/* Stable id of an event or claim: 16 hexadecimal digits and NUL. */
void dl_write_event_id(const dl_document *document, const dl_event *event, char out[17]);
void dl_write_claim_id(const dl_document *document, const dl_claim *claim, char out[17]);

/* Keys of an entity (from "entity_text" to "via"), of a place, of a quantity, into an
 * object that is open. */
void dl_write_entity_keys(dl_json *json, const dl_document *document, int32_t mention);
void dl_write_place_keys(dl_json *json, const dl_place *place);
void dl_write_quantity_keys(dl_json *json, const dl_quantity *quantity);

/* For a pronoun the last mention before it that names or describes the same somebody; the
 * mention itself where there is none, and for all others. */
int32_t dl_write_named_mention(const dl_document *document, int32_t mention);

const char *dl_write_via_name(dl_via via);
const char *dl_write_name_type(dl_name_type type); /* "PER"; "" for none */
const char *dl_write_relation(dl_relation relation);
const char *dl_write_size_name(dl_size_kind kind);
const char *dl_write_basis_name(dl_date_basis basis);
const char *dl_write_time_type(dl_time_type type);

/* The score of the event's first mode, else of its category. */
double dl_write_event_scale(const dl_document *document, const dl_event *event);

/* White space of any kind becomes one blank; for what people read on one line. */
void dl_write_flat(dl_buffer *out, dl_string text);

#endif
