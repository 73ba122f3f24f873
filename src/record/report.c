#include "record/report.h"

/* ---- Numbers as bytes ----------------------------------------------------------------
 * Base 128, low bits first, the top bit tells that more follow (LEB128). */

enum { VARIABLE_BYTES_MAX = 10, BITS = 7, MORE = 0x80 };

typedef struct packer {
    uint8_t *out;
    size_t size;
} packer;

typedef struct unpacker {
    const uint8_t *bytes;
    size_t size, at;
    bool failed;
} unpacker;

static void put(packer *p, uint64_t value)
{
    for (; value >= MORE; value >>= BITS)
        p->out[p->size++] = (uint8_t)(value | MORE);
    p->out[p->size++] = (uint8_t)value;
}

static void put_fixed(packer *p, uint64_t value, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        p->out[p->size++] = (uint8_t)(value >> (8 * i));
}

/* Small numbers of either sign stay short. */
static void put_signed(packer *p, int64_t value)
{
    put(p, ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0));
}

static void put_float(packer *p, float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    put_fixed(p, bits, sizeof bits);
}

static uint64_t get(unpacker *u)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < VARIABLE_BYTES_MAX && u->at < u->size; i++) {
        uint8_t byte = u->bytes[u->at++];
        value |= (uint64_t)(byte & (MORE - 1)) << (BITS * i);
        if (!(byte & MORE))
            return value;
    }
    u->failed = true;
    return 0;
}

static uint64_t get_fixed(unpacker *u, size_t bytes)
{
    uint64_t value = 0;
    if (u->size - u->at < bytes) {
        u->failed = true;
        return 0;
    }
    for (size_t i = 0; i < bytes; i++)
        value |= (uint64_t)u->bytes[u->at++] << (8 * i);
    return value;
}

static int64_t get_signed(unpacker *u)
{
    uint64_t value = get(u);
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

static float get_float(unpacker *u)
{
    uint32_t bits = (uint32_t)get_fixed(u, sizeof bits);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* A count that an array has room for. */
static uint8_t get_count(unpacker *u, uint64_t most)
{
    uint64_t value = get(u);
    u->failed |= value > most;
    return u->failed ? 0 : (uint8_t)value;
}

static void put_day(packer *p, int32_t day)
{
    put_signed(p, day == DL_NO_DAY ? 0 : day >= 0 ? (int64_t)day + 1 : day);
}

/* Days of the calendar alone, so that they can be subtracted. */
static int32_t get_day(unpacker *u)
{
    enum { MOST = 15000000 }; /* the year 40,000, both ways */
    int64_t value = get_signed(u);
    u->failed |= value > MOST || value < -MOST;
    if (value == 0 || u->failed)
        return DL_NO_DAY;
    return (int32_t)(value > 0 ? value - 1 : value);
}

static void put_terms(packer *p, const dl_term *terms, size_t count)
{
    put(p, count);
    for (size_t i = 0; i < count; i++) {
        put_fixed(p, terms[i].hash, sizeof terms[i].hash);
        put_fixed(p, terms[i].weight, 1);
        put_fixed(p, terms[i].kind, 1);
    }
}

static uint8_t get_terms(unpacker *u, dl_term *terms, size_t most)
{
    uint8_t count = get_count(u, most);
    for (size_t i = 0; i < count; i++) {
        terms[i].hash = (uint32_t)get_fixed(u, sizeof terms[i].hash);
        terms[i].weight = (uint8_t)get_fixed(u, 1);
        terms[i].kind = (uint8_t)get_fixed(u, 1);
        u->failed |= terms[i].kind > DL_TERM_NUMBER;
    }
    return u->failed ? 0 : count;
}

/* ---- Reports -------------------------------------------------------------------------
 */

enum {
    PARTY_ACTOR = 1,
    PARTY_NAMED = 2,
    PARTY_CODED = 4,
    PARTY_ONE_WORD = 8,
    PARTY_PERSON = 16
};

static void put_parties(packer *p, const dl_report *r)
{
    put(p, r->party_count);
    for (size_t i = 0; i < r->party_count; i++) {
        const dl_report_party *party = &r->parties[i];
        unsigned flags =
            (party->actor ? PARTY_ACTOR : 0u) | (party->named ? PARTY_NAMED : 0u) |
            (party->code ? PARTY_CODED : 0u) | (party->person ? PARTY_PERSON : 0u) |
            (party->word == party->name ? PARTY_ONE_WORD : 0u);
        put_fixed(p, flags, 1);
        put_fixed(p, party->sector, 1);
        put_fixed(p, party->name, sizeof party->name);
        if (!(flags & PARTY_ONE_WORD))
            put_fixed(p, party->word, sizeof party->word);
        if (party->code)
            put_fixed(p, party->code, sizeof party->code);
    }
}

static void get_parties(unpacker *u, dl_report *r)
{
    r->party_count = get_count(u, DL_REPORT_PARTIES);
    for (size_t i = 0; i < r->party_count; i++) {
        dl_report_party *party = &r->parties[i];
        unsigned flags = (unsigned)get_fixed(u, 1);
        party->actor = flags & PARTY_ACTOR;
        party->named = flags & PARTY_NAMED;
        party->person = flags & PARTY_PERSON;
        party->sector = (uint8_t)get_fixed(u, 1);
        party->name = (uint32_t)get_fixed(u, sizeof party->name);
        party->word = flags & PARTY_ONE_WORD ? party->name
                                             : (uint32_t)get_fixed(u, sizeof party->word);
        party->code =
            flags & PARTY_CODED ? (uint32_t)get_fixed(u, sizeof party->code) : 0;
    }
}

static void put_place(packer *p, const dl_report *r)
{
    put(p, r->located);
    put_fixed(p, r->place, sizeof r->place);
    if (!r->place)
        return;
    put(p, r->country);
    put(p, r->region);
    put_fixed(p, r->precision, 1);
    put_signed(p, r->latitude);
    put_signed(p, r->longitude);
}

static void get_place(unpacker *u, dl_report *r)
{
    r->located = get(u) != 0;
    r->place = (uint32_t)get_fixed(u, sizeof r->place);
    if (!r->place)
        return;
    r->country = (uint32_t)get(u);
    r->region = (uint32_t)get(u);
    r->precision = (uint8_t)get_fixed(u, 1);
    r->latitude = (int16_t)get_signed(u);
    r->longitude = (int16_t)get_signed(u);
}

static void put_sizes(packer *p, const dl_report *r)
{
    put(p, r->size_count);
    for (size_t i = 0; i < r->size_count; i++) {
        put_fixed(p, r->sizes[i].kind, 1);
        put_fixed(p, r->sizes[i].relation, 1);
        put_float(p, r->sizes[i].value);
        put_float(p, r->sizes[i].high);
    }
}

static void get_sizes(unpacker *u, dl_report *r)
{
    r->size_count = get_count(u, DL_REPORT_SIZES);
    for (size_t i = 0; i < r->size_count; i++) {
        r->sizes[i].kind = (uint8_t)get_fixed(u, 1);
        r->sizes[i].relation = (uint8_t)get_fixed(u, 1);
        u->failed |= r->sizes[i].kind >= DL_SIZES || r->sizes[i].relation > DL_BETWEEN;
        r->sizes[i].value = get_float(u);
        r->sizes[i].high = get_float(u);
    }
}

size_t dl_report_pack(const dl_report *r, uint8_t *out)
{
    packer p = {.out = out};
    bool likeness = r->likeness[0] || r->likeness[1];
    put(&p, DL_REPORT_VERSION);
    put_fixed(&p, r->id, sizeof r->id);
    put_fixed(&p, r->article, sizeof r->article);
    put(&p, r->sentence);
    put(&p, r->position);
    put_fixed(&p, r->sentence_hash, sizeof r->sentence_hash);
    put(&p, r->sentence_words);
    put_fixed(&p, r->category, 1);
    put_fixed(&p, r->mode, 1);
    put_fixed(&p, r->status, 1);
    put_fixed(&p, r->basis, 1);
    put_fixed(&p, r->act, sizeof r->act);
    put(&p, likeness);
    for (size_t i = 0; likeness && i < 2; i++)
        put_fixed(&p, r->likeness[i], sizeof r->likeness[i]);
    put_day(&p, r->first_day);
    put_day(&p, r->last_day);
    put_place(&p, r);
    put_parties(&p, r);
    put(&p, r->argument_count);
    for (size_t i = 0; i < r->argument_count; i++) {
        put_fixed(&p, r->arguments[i].word, sizeof r->arguments[i].word);
        put_fixed(&p, r->arguments[i].weight, 1);
        put_fixed(&p, r->arguments[i].role, 1);
        put_float(&p, r->arguments[i].count);
    }
    put_terms(&p, r->words, r->word_count);
    put_sizes(&p, r);
    return p.size;
}

static void get_head(unpacker *u, dl_report *r)
{
    u->failed |= get(u) != DL_REPORT_VERSION;
    r->id = get_fixed(u, sizeof r->id);
    r->article = get_fixed(u, sizeof r->article);
    r->sentence = (uint32_t)get(u);
    r->position = (uint32_t)get(u);
    r->sentence_hash = (uint32_t)get_fixed(u, sizeof r->sentence_hash);
    r->sentence_words = (uint32_t)get(u);
    r->category = (uint8_t)get_fixed(u, 1);
    r->mode = (uint8_t)get_fixed(u, 1);
    r->status = (uint8_t)get_fixed(u, 1);
    r->basis = (uint8_t)get_fixed(u, 1);
    r->act = (uint32_t)get_fixed(u, sizeof r->act);
    bool likeness = get(u) != 0;
    for (size_t i = 0; likeness && i < 2; i++)
        r->likeness[i] = get_fixed(u, sizeof r->likeness[i]);
    r->first_day = get_day(u);
    r->last_day = get_day(u);
}

size_t dl_report_unpack(const uint8_t *bytes, size_t size, dl_report *r)
{
    unpacker u = {.bytes = bytes, .size = size};
    *r = (dl_report){0};
    get_head(&u, r);
    get_place(&u, r);
    get_parties(&u, r);
    r->argument_count = get_count(&u, DL_REPORT_ARGUMENTS);
    for (size_t i = 0; i < r->argument_count; i++) {
        r->arguments[i].word = (uint32_t)get_fixed(&u, sizeof r->arguments[i].word);
        r->arguments[i].weight = (uint8_t)get_fixed(&u, 1);
        r->arguments[i].role = (uint8_t)get_fixed(&u, 1);
        r->arguments[i].count = get_float(&u);
    }
    r->word_count = get_terms(&u, r->words, DL_REPORT_WORDS);
    get_sizes(&u, r);
    return u.failed ? 0 : u.at;
}

/* ---- Sketches ------------------------------------------------------------------------
 */

size_t dl_sketch_pack(const dl_sketch *s, uint8_t *out)
{
    packer p = {.out = out};
    put(&p, DL_REPORT_VERSION);
    put_fixed(&p, s->article, sizeof s->article);
    put_day(&p, s->day);
    put(&p, s->shingles);
    for (size_t i = 0; s->shingles && i < DL_SKETCH_BINS; i++)
        put_fixed(&p, s->bins[i], sizeof s->bins[i]);
    put_terms(&p, s->terms, s->term_count);
    return p.size;
}

size_t dl_sketch_unpack(const uint8_t *bytes, size_t size, dl_sketch *s)
{
    unpacker u = {.bytes = bytes, .size = size};
    *s = (dl_sketch){0};
    u.failed |= get(&u) != DL_REPORT_VERSION;
    s->article = get_fixed(&u, sizeof s->article);
    s->day = get_day(&u);
    s->shingles = (uint32_t)get(&u);
    for (size_t i = 0; s->shingles && i < DL_SKETCH_BINS; i++)
        s->bins[i] = (uint16_t)get_fixed(&u, sizeof s->bins[i]);
    s->term_count = get_terms(&u, s->terms, DL_SKETCH_TERMS);
    return u.failed ? 0 : u.at;
}
