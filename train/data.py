"""Reading treebanks and names; joining names to tokens."""
import json
import os
import re
import subprocess
from dataclasses import dataclass, field

NAME_TYPES = ("PER", "ORG", "LOC")
NAME_TAGS = ["O"] + [p + t for t in NAME_TYPES for p in ("B-", "I-")]
GUM_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC"}


@dataclass
class Sentence:
    id: str
    text: str = ""
    forms: list = field(default_factory=list)
    spans: list = field(default_factory=list)   # bytes of text
    upos: list = None
    feats: list = None
    lemmas: list = None
    heads: list = None                          # 0 is the root
    labels: list = None
    names: list = None                          # tags, None where unknown
    misc: list = None
    origin: str = ""                            # "ewt", "gum", "wikigold", or a raw text's


def read_conllu(path):
    out, s, pending = [], None, None
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if s and s.forms:
                locate(s)
                out.append(s)
            s = None
            continue
        if s is None:
            s = Sentence("", upos=[], feats=[], lemmas=[], heads=[], labels=[], misc=[])
            s.surface, pending = [], None
        if line.startswith("#"):
            if line.startswith("# sent_id = "):
                s.id = line[12:]
            elif line.startswith("# text = "):
                s.text = line[9:]
            continue
        c = line.split("\t")
        if "-" in c[0]:
            low, high = map(int, c[0].split("-"))
            pending = (high, c[1])
            s.surface.append((c[1], high - low + 1))
            continue
        if "." in c[0]:
            continue
        if not (pending and int(c[0]) <= pending[0]):
            pending = None
            s.surface.append((c[1], 1))
        for to, value in zip((s.forms, s.lemmas, s.upos, s.feats, s.heads, s.labels, s.misc),
                             (c[1], c[2], c[3], c[5], int(c[6]), c[7], c[9])):
            to.append(value)
    return out


def locate(s):
    at = 0
    for token, words in s.surface:
        found = s.text.find(token, at)
        start = found if found >= 0 else at
        end = start + len(token)
        a, b = (len(s.text[:x].encode()) for x in (start, end))
        s.spans += [(a, b)] * words
        at = end
    del s.surface


def find_forms(s, text):
    """Spans of the words in another version of the text, None where one of them is not there."""
    out, at = [], 0
    for form in s.forms:
        found = text.find(form, at)
        if found < 0 or text[at:found].strip():
            return None
        at = found + len(form)
        out.append(tuple(len(text[:x].encode()) for x in (found, at)))
    return out


def read_names(path):
    return {row["id"]: row for row in map(json.loads, open(path, encoding="utf-8"))}


def tag(spans, names):
    tags = ["O"] * len(spans)
    for n in names:
        if n["type"] not in NAME_TYPES:
            continue
        inside = [i for i, (a, b) in enumerate(spans) if a < n["end"] and b > n["start"]]
        for i in inside:
            tags[i] = ("B-" if i == inside[0] else "I-") + n["type"]
    return tags


WORD = re.compile(r"(?:[A-Za-z]\.){2,}|\d[\d.,]*\d|\w+(?:n't)|\w+(?:-\w+)*|[^\w\s]")


def wikigold(path):
    out = []
    for row in read_names(path).values():
        s = Sentence(row["id"], row["text"])
        for m in WORD.finditer(s.text):
            a, b = (len(s.text[:x].encode()) for x in m.span())
            s.forms.append(m.group())
            s.spans.append((a, b))
        if s.forms:
            s.names = tag(s.spans, row["names"])
            out.append(s)
    return out


def gum_names(s):
    """Tags from GUM's entities: the run of proper nouns about the head of a person, organisation or place."""
    tags, opened, entities = ["O"] * len(s.forms), [], []
    for i, misc in enumerate(s.misc):
        m = re.search(r"Entity=([^|]*)", misc)
        if not m:
            continue
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", m.group(1)):
            if part.startswith("("):
                bits = part.strip("()").split("-")
                entry = [bits[0], bits[1] if len(bits) > 1 else "", i]
                if part.endswith(")"):
                    entities.append((entry[1], i, i))
                else:
                    opened.append(entry)
            else:
                number = part.rstrip(")")
                for k in range(len(opened) - 1, -1, -1):
                    if opened[k][0] == number:
                        entities.append((opened[k][1], opened[k][2], i))
                        del opened[k]
                        break
    for kind, a, b in sorted(entities, key=lambda e: e[1] - e[2]):
        head = next((i for i in range(a, b + 1) if not a <= s.heads[i] - 1 <= b), None)
        if kind not in GUM_TYPES or head is None or s.upos[head] != "PROPN":
            continue
        first = last = head
        while first > a and s.upos[first - 1] == "PROPN":
            first -= 1
        while last < b:
            step = next((k for k in (1, 2, 3) if last + k <= b and s.upos[last + k] == "PROPN" and all(
                s.forms[j].lower() in ("of", "the", "and", "&", "-", "'s") for j in range(last + 1, last + k))), 0)
            if not step:
                break
            last += step
        if all(t == "O" for t in tags[first:last + 1]):
            for i in range(first, last + 1):
                tags[i] = ("B-" if i == first else "I-") + GUM_TYPES[kind]
    return tags


def load(folder, part):
    """(treebank sentences, sentences with names alone)"""
    parse, names = os.path.join(folder, "parse"), os.path.join(folder, "names")
    ewt = read_conllu(os.path.join(parse, f"en_ewt-ud-{part}.conllu"))
    gum = read_conllu(os.path.join(parse, f"gum-open-{part}.conllu"))
    rows = read_names(os.path.join(names, f"uner-ewt-{part}.jsonl"))
    for s in ewt:
        s.origin = "ewt"
        row = rows.get(s.id)
        spans = row and (s.spans if row["text"] == s.text else find_forms(s, row["text"]))
        if spans:
            s.names = tag(spans, row["names"])
    for s in gum:
        s.origin, s.names = "gum", gum_names(s)
    others = wikigold(os.path.join(names, "wikigold.jsonl")) if part == "train" else []
    for s in others:
        s.origin = "wikigold"
    return ewt + gum, others


# Running text that may be trained on: articles, speeches, histories.
RAW = ("articles/gmb-speed.jsonl", "articles/rawtext.jsonl", "articles/wikinews.jsonl", "stories/ecbplus-dev.jsonl",
       "time/wikiwars.jsonl", "events/timeset-dev.jsonl")
RAW_WORDS_MIN, RAW_WORDS_MAX = 3, 70


def raw(folder, program):
    """Sentences of the running texts, each once, as the program cuts and tokenises them."""
    seen, out = set(), []
    for name in RAW:
        path = os.path.join(folder, name)
        made = subprocess.run([program, "parse", "--quiet", "--input-format", "jsonl", path], stdout=subprocess.PIPE,
                              check=True)
        forms = []
        for line in made.stdout.decode().split("\n"):
            if line and line[0].isdigit():
                c = line.split("\t", 2)
                if c[0].isdigit():
                    forms.append(c[1])
            elif not line and forms:
                key = tuple(forms)
                if RAW_WORDS_MIN <= len(forms) <= RAW_WORDS_MAX and key not in seen:
                    seen.add(key)
                    out.append(Sentence("", forms=forms, origin=name))
                forms = []
    return out
