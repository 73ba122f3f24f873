"""Hashed features of a word form; src/parse/features.c computes the very same numbers.

Everything is a function of the form alone. `fold` mirrors dl_utf8_fold: lower case without
diacritics, typographic quotes and dashes made plain; digits become 0. Buckets are FNV-1a
(64 bits) over a letter that names the feature, then the UTF-8 bytes, folded to 32 bits.
"""
import functools
import unicodedata

PLAIN = {c: "'" for c in "\u2018\u2019\u201a\u201b\u02bc\u2032"}
PLAIN.update({c: '"' for c in "\u201c\u201d\u201e\u201f\u00ab\u00bb"})
PLAIN.update({c: "-" for c in "\u2010\u2011\u2012\u2013\u2014\u2015"})
PLAIN.update({c: " " for c in "\u00a0\u2009\u202f"})
PLAIN.update({"\u00d8": "o", "\u00f8": "o", "\u0141": "l", "\u0142": "l", "\u0110": "d", "\u0111": "d",
              "\u00d0": "d", "\u00f0": "d", "\u0131": "i", "\u00c6": "ae", "\u00e6": "ae",
              "\u0152": "oe", "\u0153": "oe", "\u00de": "th", "\u00fe": "th"})

# bucket counts of the hashed features; the form itself is looked up in a list of known words
BUCKETS = {"p2": 2048, "p4": 8192, "s3": 6144, "s4": 10240, "shape": 512}
SHAPE_RUN_MAX = 3
SHAPE_MAX = 12
MASK = (1 << 64) - 1


def fold(form):
    out = []
    for c in form:
        if c < "\x80":
            out.append(c.lower())
        elif c in PLAIN:
            out.append(PLAIN[c])
        else:
            full = unicodedata.normalize("NFKD", c.casefold())
            out.append("".join(x for x in full if unicodedata.category(x)[0] != "M"))
    return "".join(out)


def fnv(text):
    h = 0xcbf29ce484222325
    for b in text.encode("utf-8"):
        h = ((h ^ b) * 0x100000001b3) & MASK
    return h


def bucket(letter, text, size):
    h = fnv(letter + text)
    return ((h ^ (h >> 32)) & 0xffffffff) % size


def shape(form):
    out, last, run = [], "", 0
    for c in form:
        kind = unicodedata.category(c)
        if kind in ("Lu", "Lt"):
            s = "X"
        elif kind[0] in "LM":
            s = "x"
        elif kind == "Nd":
            s = "d"
        else:
            s = fold(c)[:1]
            s = s if s and s < "\x80" else "o"
        run = run + 1 if s == last else 1
        last = s
        if run <= SHAPE_RUN_MAX:
            out.append(s)
        if len(out) == SHAPE_MAX:
            break
    return "".join(out)


def norm(form):
    return "".join("0" if "0" <= c <= "9" else c for c in fold(form))


@functools.lru_cache(maxsize=None)
def features(form):
    """(hash of the normalised form, p2, p4, s3, s4, shape)"""
    n = norm(form)
    return (fnv("f" + n), bucket("a", n[:2], BUCKETS["p2"]), bucket("b", n[:4], BUCKETS["p4"]),
            bucket("c", n[-3:], BUCKETS["s3"]), bucket("d", n[-4:], BUCKETS["s4"]),
            bucket("e", shape(form), BUCKETS["shape"]))


# Lemma scripts: (case mode, code points cut from the end, what is put there).
def cased(form, mode):
    if mode == "l":
        return form.lower()
    if mode == "t":
        return form[:1] + form[1:].lower()
    return form


def script_of(form, lemma):
    best = None
    for mode in "klt":
        f = cased(form, mode)
        same = 0
        while same < min(len(f), len(lemma)) and f[same] == lemma[same]:
            same += 1
        key = (len(f) - same + len(lemma) - same, "klt".index(mode))
        if best is None or key < best[0]:
            best = (key, (mode, len(f) - same, lemma[same:]))
    return best[1]


def apply_script(form, script):
    mode, cut, add = script
    f = cased(form, mode)
    return f[:len(f) - cut] + add if cut <= len(f) else f
