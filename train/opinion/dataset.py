"""Words that the classifier is asked about, with its inputs, for lines of text."""
import dataclasses
import json
import pathlib
import subprocess
import zlib

import numpy as np

from sentences import STATUSES, read_all

CATEGORIES = ["NONE", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
              "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]
HEAD = 7  # numbers before the inputs of a word
NEWS = ("gmb-speed.jsonl", "wikinews.jsonl", "rawtext.jsonl")


@dataclasses.dataclass
class Words:
    line: np.ndarray    # [N] number of the line
    start: np.ndarray   # [N] bytes
    end: np.ndarray
    coded: np.ndarray   # [N] category by the constructions, 0 none
    inputs: np.ndarray  # [N, K] 7-bit


def ask(features, data, vectors, lines):
    """Runs train/opinion/features.c; DATA is the folder with lexicon and weights."""
    raw = subprocess.run([features, f"{data}/lexicon.en", f"{data}/parser.weights", f"{data}/segment.weights", vectors],
                         input="\n".join(lines).encode() + b"\n", stdout=subprocess.PIPE, check=True).stdout
    width = int(np.frombuffer(raw[4 * (HEAD - 1):4 * HEAD], dtype="<u4")[0])
    table = np.frombuffer(raw, dtype=np.uint8).reshape(-1, 4 * HEAD + width)
    head = table[:, :4 * HEAD].copy().view("<u4")
    return Words(head[:, 0], head[:, 1], head[:, 2], head[:, 3], table[:, 4 * HEAD:])


def held_back(text):
    """One sentence in ten is for dev, whatever the order of the files."""
    return zlib.crc32(text.encode()) % 10 == 0


def labels(words, sentences, modes):
    """([N] category, [N] mode (0 where none), [N] status, [N] whether the word is marked)."""
    n = len(words.line)
    kind, mode, status = np.zeros(n, dtype=int), np.zeros(n, dtype=int), np.zeros(n, dtype=int)
    marked = np.zeros(n, dtype=bool)
    for i in range(n):
        for m in sentences[words.line[i]].marks:
            if m.start < words.end[i] and words.start[i] < m.end:
                kind[i], status[i], marked[i] = CATEGORIES.index(m.category), STATUSES.index(m.status), True
                name = f"{m.category} {m.mode}"
                mode[i] = modes.index(name) if name in modes else 0
    return kind, mode, status, marked


def own_sentences(features, data, vectors):
    """(sentences, modes, words, labels) of the project's own marked sentences."""
    sentences = read_all(pathlib.Path(__file__).parent / "sentences")
    modes = modes_of(sentences)
    words = ask(features, data, vectors, [s.text for s in sentences])
    return sentences, modes, words, labels(words, sentences, modes)


def modes_of(sentences):
    """["-", "ASSAULT aerial", ...] of all that are marked at least thrice."""
    counts = {}
    for s in sentences:
        for m in s.marks:
            if m.mode:
                counts[f"{m.category} {m.mode}"] = counts.get(f"{m.category} {m.mode}", 0) + 1
    return ["-"] + sorted(k for k, n in counts.items() if n >= 3)


def news(shared, program, most):
    """Sentences of raw text that may be practised on, as the program cuts them."""
    out = []
    for name in NEWS:
        run = subprocess.run([program, "annotate", "--input-format", "jsonl", str(pathlib.Path(shared) / "articles" / name)],
                             stdout=subprocess.PIPE, check=True)
        texts = [json.loads(l)["text"].encode() for l in open(pathlib.Path(shared) / "articles" / name, encoding="utf-8")]
        for text, line in zip(texts, run.stdout.splitlines()):
            out += [" ".join(text[s["start"]:s["end"]].decode().split()) for s in json.loads(line)["sentences"]]
    for line in open(pathlib.Path(shared) / "stories" / "ecbplus-dev.jsonl", encoding="utf-8"):
        out += json.loads(line)["text"].split("\n")
    out = sorted({s for s in out if 20 <= len(s) <= 400}, key=lambda s: zlib.crc32(s.encode()))
    return out[:most]
