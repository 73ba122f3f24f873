"""Names to put in the place of names: of the training sentences, the factbook, the lexicon."""
import glob
import json
import os
import re

WORDS_MAX = 4
TITLES = set("""president vice prime minister king queen prince princess emir sultan sheikh chairman chancellor
general governor premier head state government emperor monarch pope supreme leader acting interim transitional
crown captain colonel major lieutenant marshal deputy first administrator commander chief dr sir dame amir the
taoiseach secretary council presidency lord his her majesty highness grand duke co-prince represented by""".split())
LEADER = re.compile(r"((?:[A-Z][\w'’-]+\s+)+)([A-Z][A-Z'’-]+(?:\s[A-Z][A-Z'’-]+)*)")


def plain(text):
    return re.sub(r"\s*[\(\[].*?[\)\]]|<.*?>|\*", "", text).strip(" .;:")


def places(row):
    short = (row.get("name") or {}).get("conventional short form", "")
    yield short
    yield ((row.get("capital") or {}).get("name") or "").split(";")[0]
    divisions = row.get("admin_divisions") or ""
    if ";" in divisions:
        yield from divisions.split(";", 1)[1].split(",")


def leaders(row):
    for text in (row.get("executive") or {}).values():
        for first, last in LEADER.findall(str(text)):
            given = [w for w in first.split() if w.lower() not in TITLES]
            if given:
                yield " ".join(given + [last.title()])


def organisations(row):
    for key in ("parties", "organizations", "organisations"):
        value = row.get(key)
        for part in re.split(r"[,;\n]|<br>", value if isinstance(value, str) else ""):
            whole = plain(part)
            yield from re.split(r"\s+or\s+", whole)


def factbook(folder):
    path, out = os.path.join(folder, "actors", "factbook.jsonl"), {"LOC": set(), "PER": set(), "ORG": set()}
    for row in map(json.loads, open(path, encoding="utf-8")):
        for kind, source in (("LOC", places), ("PER", leaders), ("ORG", organisations)):
            for name in source(row):
                words = tuple(plain(name).split())
                if words and words[0][:1].isupper() and len(words) <= WORDS_MAX and all(
                        re.fullmatch(r"[\w.'’-]+", w) for w in words):
                    out[kind].add(words)
    return out


def lexicon(folder):
    """First column of the lexicon's lists: NAME | OTHER NAME : what it is coded as."""
    files = {"LOC": ("where/cities", "where/regions", "where/countries"), "PER": ("who/leaders/*",),
             "ORG": ("who/agencies", "who/parties", "who/organisations", "who/armed-groups")}
    out = {kind: set() for kind in files}
    for kind, patterns in files.items():
        for path in sorted(p for x in patterns for p in glob.glob(os.path.join(folder, x + ".txt"))):
            for line in open(path, encoding="utf-8"):
                if line.startswith("#") or " : " not in line:
                    continue
                for name in line.split(" : ")[0].split("|"):
                    words = tuple(name.split())
                    if words and words[0][:1].isupper() and len(words) <= WORDS_MAX and all(
                            re.fullmatch(r"[\w.'’-]+", w) for w in words):
                        out[kind].add(words)
    return out


def spans(tags):
    start = None
    for i, t in enumerate(tags + ["O"]):
        if start is not None and not t.startswith("I-"):
            yield start, i, tags[start][2:]
            start = None
        if t.startswith("B-"):
            start = i


def pools(sentences, folder, lexicon_folder):
    """{(type, words): [names]}, sorted, so that a seed means the same everywhere."""
    out = {}
    for kind, names in [*factbook(folder).items(), *lexicon(lexicon_folder).items()]:
        for words in names:
            out.setdefault((kind, len(words)), set()).add(words)
    for s in sentences:
        for a, b, kind in spans(s.names or []):
            if b - a <= WORDS_MAX:
                out.setdefault((kind, b - a), set()).add(tuple(s.forms[a:b]))
    return {k: sorted(v) for k, v in sorted(out.items())}
