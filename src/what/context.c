/* Contexts from the words of an event's region. */
#include "what/shared.h"

uint64_t dl_context_of(const dl_work *work, int32_t first, int32_t last)
{
    uint64_t all[DL_CLASS_WORDS] = {0}, contexts = 0;
    for (int32_t t = first; t <= last; t++)
        for (int i = 0; i < DL_CLASS_WORDS; i++)
            all[i] |= work->classes[t][i];
    for (int i = 0; i < DL_CONTEXTS; i++)
        if (dl_class_has(all, work->what->contexts[i]))
            contexts |= 1ull << i;
    return contexts;
}
