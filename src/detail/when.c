#include "detail/shared.h"

/* Reads the time expressions of a sentence and adds them in order. */

enum {
    NARRATIVE_YEARS = 2, /* a year so far before the article counts as history */
    NARRATIVE_MIN = 4    /* such years in the article, and most of all years */
};

static bool is(const dl_pieces *p, int32_t i, dl_word kind)
{
    return dl_piece_is(p, i, kind, NULL);
}

/* Lets the first of two joined times cover both: "from 3 to 5 May". */
static void cover_range(dl_work *work, int32_t joint)
{
    dl_document *document = work->document;
    if (document->time_count < 2 || dl_piece_mark(&work->pieces, joint, ','))
        return;
    dl_time *a = &document->times[document->time_count - 2];
    const dl_time *b = &document->times[document->time_count - 1];
    if (a->start.year > 0 && b->end.year > 0 && dl_date_compare(a->start, b->end) <= 0)
        a->end = b->end;
}

/* Whether the words between the ends tell a stretch of time, not two times. */
static bool stretches(const dl_pieces *p, int32_t first, int32_t joint)
{
    return !is(p, joint, DL_WORD_and) || is(p, first - 1, DL_WORD_between) ||
           is(p, first - 1, DL_WORD_from);
}

/* Adds `t` and the later ends that hang on it; the piece after all, -1 where memory has
 * run out. */
static int32_t add_with_ends(dl_work *work, int32_t i, dl_timex *t, dl_timex *second,
                             int32_t start)
{
    const dl_pieces *p = &work->pieces;
    int32_t first = i;
    bool more = start > 0;
    if (!more)
        more = dl_range_second(work, first, t, second, &start);
    dl_timex kept = *t;
    if (!dl_calendar_add(work, first, t))
        return -1;
    while (more) {
        int32_t joint = start - 1;
        kept = *second;
        if (!dl_calendar_add(work, start, second))
            return -1;
        if (stretches(p, first, joint))
            cover_range(work, joint);
        first = start;
        more = dl_range_second(work, first, &kept, second, &start);
    }
    return kept.end;
}

bool dl_when_sentence(dl_work *work)
{
    const dl_pieces *p = &work->pieces;
    for (int32_t i = 0; i < p->count;) {
        dl_timex t, second;
        int32_t start = 0;
        if (!dl_range_first(work, i, &t, &second, &start)) {
            start = 0;
            if (!dl_timex_read(work, i, &t)) {
                i++;
                continue;
            }
        }
        i = add_with_ends(work, i, &t, &second, start);
        if (i < 0)
            return false;
    }
    return true;
}

/* Whether most years in the article lie well before it: then a month without a year is
 * of the year told last, not of the article's. */
void dl_when_begin(dl_work *work)
{
    const dl_document *document = work->document;
    int all = 0, old = 0;
    for (size_t i = 0; i < document->token_count; i++) {
        uint64_t year;
        dl_string fold = document->tokens[i].fold;
        if (fold.size != 4 || !dl_string_to_uint(fold, &year) || year < 1000 ||
            year > 2100)
            continue;
        all++;
        old += work->anchor.year - (int)year >= NARRATIVE_YEARS;
    }
    work->narrative = old >= NARRATIVE_MIN && 2 * old > all;
}
