#!/usr/bin/env python3
"""Fit the weights of lexicon/en/story/weights.txt on ECB+, and say what they are worth on topics not seen.

usage: fit.py ecbplus-dev.jsonl RECORDS.jsonl PAIRS.tsv --program build/dateline --weights weights.txt [--write]

RECORDS.jsonl is what `dateline code` says of the articles, PAIRS.tsv what the program `features` does
(build target story_features). Logistic regression with a small penalty, Newton's method. The figures come
from a cross-validation whose folds are whole topics: the program merges all articles with the weights that
the others gave, laid over the dictionaries, and what it makes of the fold's topics counts. "By the act's
word" a record is what the gold mention around its act's word is; "as scored" it is what takes it where a
mention takes the record that shares most with it. --write puts the weights fitted on all into the file.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import tempfile

import numpy as np

FOLDS, PENALTY = 7, 1.0
# Set by hand: the articles of ECB+ have no dates; copies and equal sentences are rare there.
FIXED = {"same day": 1.0, "other day": -4.0, "next day": -0.5, "days apart": -1.0, "same days": 0.5,
         "copied articles": 1.0, "same sentence": 4.0, "same place": 0.5, "other place": -1.5, "other size": -0.3, "same size": 0.7, "other person": -3.0,
         "same count": 1.5, "other count": -1.0}


def overlap(a, b):
    return max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))


def take(gold, found):
    """{record id: chain}: each mention with the record that shares most with it."""
    shared = sorted(((overlap(g, f), -abs(g["start"] - f["start"]), -i, -j)
                     for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    out, left, right = {}, set(), set()
    for share, _, i, j in shared:
        if share and i not in left and j not in right:
            left.add(i)
            right.add(j)
            out[found[-j]["id"]] = gold[-i]["chain"]
    return out


def read(articles_path, records_path, pairs_path):
    """Chains of records by the word of their act, chains as the scorer gives them, topics, the
    features' names, pairs of records that have any of both."""
    records = collections.defaultdict(list)
    for line in open(records_path, encoding="utf-8"):
        record = json.loads(line)
        records[record["doc"]].append(record)
    acts = collections.defaultdict(list)
    lines = open(pairs_path, encoding="utf-8")
    for line in lines:
        kind, *row = line.rstrip("\n").split("\t")
        if kind != "record":
            names = row[1:]
            break
        acts[row[1]].append((row[0], int(row[2]), int(row[3])))
    chain, scored, topic = {}, {}, {}
    for line in open(articles_path, encoding="utf-8"):
        article = json.loads(line)
        gold = [m for m in article["mentions"] if m["selected"]]
        scored.update(take(gold, records[article["id"]]))
        chain.update((record, m["chain"]) for record, start, end in acts[article["id"]] for m in gold
                     if m["start"] <= start and end <= m["end"])
        topic.update((record, article["topic"]) for record, _, _ in acts[article["id"]])
    pairs = []
    for line in lines:
        one, other, rest = line.rstrip("\n").split("\t", 2)
        if (one in chain or one in scored) and (other in chain or other in scored):
            pairs.append((one, other, [float(x) for x in rest.split("\t")]))
    return chain, scored, topic, names, pairs


def fit(x, y, weight, penalty, fixed):
    """Weights; those of `fixed` (index: value) stay as they are."""
    b = np.zeros(x.shape[1])
    free = [i for i in range(x.shape[1]) if i not in fixed]
    base = sum((x[:, i] * v for i, v in fixed.items()), np.zeros(len(x)))
    z = x[:, free]
    beta = np.zeros(len(free))
    for _ in range(50):
        p = 1 / (1 + np.exp(-(base + z @ beta)))
        gradient = z.T @ (weight * (p - y)) + penalty * beta
        hessian = (z * (weight * p * (1 - p))[:, None]).T @ z + penalty * np.eye(len(free))
        step = np.linalg.solve(hessian, gradient)
        beta -= step
        if abs(step).max() < 1e-7:
            break
    b[free] = beta
    for i, v in fixed.items():
        b[i] = v
    return b


def score(gold, found):
    both, chains, stories = collections.Counter(zip(gold, found)), collections.Counter(gold), collections.Counter(found)
    n = len(gold)
    p = sum(k * k / stories[s] for (_, s), k in both.items()) / n
    r = sum(k * k / chains[c] for (c, _), k in both.items()) / n
    two = lambda c: sum(k * (k - 1) // 2 for k in c.values())
    return (f"B-cubed P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.4f}  "
            f"pairs P {two(both) / max(1, two(stories)):.3f} R {two(both) / two(chains):.3f}")


def with_weights(text, names, values):
    """The dictionary's text with other weights in its lines."""
    for name, value in zip(names, values):
        text, count = re.subn(rf"(?m)^{name} = [-0-9.]+", f"{name} = {value:.2f}", text)
        assert count == 1, name
    return text


def merge(program, articles, weights):
    """{record: story} with these weights over the standard dictionaries."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "story" / "weights.txt"
        path.parent.mkdir()
        path.write_text("!replace\n" + weights, encoding="utf-8")
        out = subprocess.run([program, "code", "--merge", "--quiet", "--lexicon", folder, "--input-format", "jsonl", "-"],
                             input=articles, stdout=subprocess.PIPE, check=True).stdout.decode()
    records = (json.loads(line) for line in out.splitlines())
    return {r["id"]: r["story"] for r in records}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("articles")
    p.add_argument("records")
    p.add_argument("pairs")
    p.add_argument("--program", required=True)
    p.add_argument("--weights", required=True)
    p.add_argument("--write", action="store_true")
    a = p.parse_args()
    chain, scored, topic, names, pairs = read(a.articles, a.records, a.pairs)
    pairs = [q for q in pairs if q[0] in chain and q[1] in chain]
    x = np.array([f for _, _, f in pairs])
    y = np.array([chain[i] == chain[j] for i, j, _ in pairs], dtype=float)
    per = collections.Counter(topic[i] for i, _, _ in pairs)
    weight = np.array([per[topic[i]] ** -0.5 for i, _, _ in pairs])  # topics are as unequal as their articles are many
    weight *= len(weight) / weight.sum()
    fixed = {i: FIXED[n] for i, n in enumerate(names) if n in FIXED}
    fold = {t: i % FOLDS for i, t in enumerate(sorted(set(topic.values())))}
    fold_of = np.array([[fold[topic[i]], fold[topic[j]]] for i, j, _ in pairs])
    text = pathlib.Path(a.weights).read_text(encoding="utf-8")
    lines = [json.loads(line) for line in open(a.articles, encoding="utf-8")]
    articles = "".join(json.dumps({"id": l["id"], "text": l["text"]}) + "\n" for l in lines).encode()
    story = {}
    for f in range(FOLDS):
        seen = (fold_of != f).all(axis=1)
        b = fit(x[seen], y[seen], weight[seen], PENALTY, fixed)
        found = merge(a.program, articles, with_weights(text, names, b))
        story.update((r, (f, s)) for r, s in found.items() if r in topic and fold[topic[r]] == f)
    for title, gold in (("by the act's word", chain), ("as scored", scored)):
        print(f"{title:18}", score([gold[r] for r in sorted(gold)], [story[r] for r in sorted(gold)]))
    b = fit(x, y, weight, PENALTY, fixed)
    print(len(chain), "records", len(pairs), "pairs", int(y.sum()), "of one event")
    if a.write:
        pathlib.Path(a.weights).write_text(with_weights(text, names, b), encoding="utf-8")


if __name__ == "__main__":
    main()
