#!/usr/bin/env python3
"""Fit the numbers of lexicon/en/what/confidence.txt to news sentences that were marked by hand.

usage: calibrate.py JUDGED.tsv [--program DATELINE] [--shared DIR] [--lexicon FILE] [--write CONFIDENCE.txt]
                    [--units CONFIDENCE.txt]

JUDGED.tsv has the marked words of sentences of sets that may be trained on, without their text: file, article,
start and end of the sentence, then start, end, category and status of each mark, in bytes of the article. A
record is right where it has the category of a mark that lies in it. What is known of each record comes from
`dateline explain`, whose notes on confidence name every term. Without --write it only says how well the
confidence fits: of the records at each level, the share that is right, for each half by a fit to the other.
"""
import argparse
import collections
import json
import math
import pathlib
import re
import subprocess
import zlib

HERE = pathlib.Path(__file__).parent
TERMS = ["bias", "prior", "opinion", "both_parties", "no_party", "exact", "noun", "composed", "not_actual", "proposed",
         "reached"]
STEPS, RATE, RIDGE = 4000, 0.05, 0.003


def sentences(path, shared):
    """[(text, [(start, end, category)])], offsets within the sentence."""
    marks, texts = collections.defaultdict(list), {}
    for line in open(path, encoding="utf-8"):
        fields = line.rstrip("\n").split("\t")
        if line.startswith("#"):
            continue
        key = (fields[0], fields[1], int(fields[2]), int(fields[3]))
        marks[key] += [(int(s), int(e), c) for s, e, c, _ in (m.split(" ") for m in fields[4:] if m)]
    for name in {k[0] for k in marks}:
        for line in open(pathlib.Path(shared) / name, encoding="utf-8"):
            article = json.loads(line)
            texts[name, article["id"]] = article["text"].encode()
    return [(texts[k[:2]][k[2]:k[3]].decode(), [(s - k[2], e - k[2], c) for s, e, c in v]) for k, v in sorted(marks.items())]


def records(program, lexicon, text):
    """[(start, end, category, {term: value at weight 1})] of one sentence."""
    arguments = ["--lexicon", lexicon] if lexicon else []
    code = subprocess.run([program, "code", "--date", "2012-06-01", "--input-format", "txt", "--format", "jsonl", *arguments, "-"],
                          input=text.encode(), stdout=subprocess.PIPE, check=True)
    explain = subprocess.run([program, "explain", "--date", "2012-06-01", *arguments, text], stdout=subprocess.PIPE, check=True)
    notes = re.findall(r"^         confidence (.*)$", explain.stdout.decode(), re.M)
    found = [json.loads(l) for l in code.stdout.splitlines()]
    if len(notes) != len(found):
        return []
    return [(r["start"], r["end"], r["event"], {t: float(v) for t, v in re.findall(r"(\w+) ([-+][0-9.]+)", n)}, r["confidence"])
            for r, n in zip(found, notes)]


def fit(rows):
    """Weights of the terms by logistic regression with a small ridge; rows: [({term: value}, right)]."""
    w = {t: 0.0 for t in TERMS}
    for step in range(STEPS):
        gradient = {t: RIDGE * w[t] for t in TERMS if t != "bias"}
        gradient["bias"] = 0.0
        for x, y in rows:
            p = 1 / (1 + math.exp(-sum(w[t] * v for t, v in x.items())))
            for t, v in x.items():
                gradient[t] += (p - y) * v / len(rows)
        for t in TERMS:
            w[t] -= RATE * 4 * gradient[t]
    return w


def chance(w, x):
    return 1 / (1 + math.exp(-sum(w[t] * v for t, v in x.items())))


def report(title, pairs):
    """pairs: [(confidence, right)]"""
    print(title)
    for low in [x / 10 for x in range(10)]:
        part = [(c, y) for c, y in pairs if low <= c < low + 0.1 or (low == 0.9 and c == 1)]
        if part:
            print(f"  {low:.1f} to {low + 0.1:.1f}: {len(part):4} records, said {sum(c for c, _ in part) / len(part):.2f}, "
                  f"right {sum(y for _, y in part) / len(part):.2f}")
    brier = sum((c - y) ** 2 for c, y in pairs) / len(pairs)
    print(f"  Brier score {brier:.3f}")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("judged")
    p.add_argument("--program", default=str(HERE / "../../build/dateline"))
    p.add_argument("--lexicon", help="compiled, with every number of the sum set to 1 (--units writes them)")
    p.add_argument("--shared", default=str(HERE / "../../../shared/data"))
    p.add_argument("--write", help="confidence.txt to change")
    p.add_argument("--units", help="confidence.txt to write with every number of the sum at 1, and no limit")
    a = p.parse_args()
    if a.units:
        text = open(HERE / "../../lexicon/en/what/confidence.txt", encoding="utf-8").read()
        for t in TERMS:
            text = re.sub(rf"^{t}:.*$", f"{t}: 1", text, flags=re.M)
        text = re.sub(r"^keep_confidence:.*$", "keep_confidence: 0", text, flags=re.M)
        open(a.units, "w", encoding="utf-8").write(text)
        return
    rows, halves = [], []
    for text, marks in sentences(a.judged, a.shared):
        for start, end, category, terms, confidence in records(a.program, a.lexicon, text):
            right = any(c == category and start < e and s < end for s, e, c in marks)
            rows.append((terms, right))
            halves.append(zlib.crc32(text.encode()) % 2)
    print(len(rows), "records,", sum(y for _, y in rows), "right")
    pairs = []
    for half in (0, 1):
        w = fit([r for r, h in zip(rows, halves) if h != half])
        pairs += [(chance(w, x), y) for (x, y), h in zip(rows, halves) if h == half]
    report("each half by a fit to the other:", pairs)
    w = fit(rows)
    print(", ".join(f"{t} {w[t]:.2f}" for t in TERMS))
    if a.write:
        text = open(a.write, encoding="utf-8").read()
        for t in TERMS:
            text = re.sub(rf"^{t}:.*$", f"{t}: {w[t]:.2f}", text, flags=re.M)
        open(a.write, "w", encoding="utf-8").write(text)


if __name__ == "__main__":
    main()
