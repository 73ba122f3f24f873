/* Inside of a store, for the library's own tools. */
#ifndef DL_STORE_TOP_H
#define DL_STORE_TOP_H

#include "record/document.h"

/* What a tool packs of each coded article and record, for the columns articles.sketch and
 * record_json.merge_key; the bytes go behind what `out` has. False where memory has run
 * out. Either may be NULL. */
typedef struct dl_store_hook {
    bool (*pack_article)(void *context, const dl_document *document, dl_buffer *out);
    bool (*pack_record)(void *context, const dl_document *document, size_t event,
                        dl_buffer *out);
    void *context;
} dl_store_hook;

/* From the next article on. */
void dl_store_set_hook(dateline_store *store, dl_store_hook hook);

#endif
