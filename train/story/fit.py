#!/usr/bin/env python3
"""Fit the weights of story/weights.txt on ECB+, and say what they are worth on topics not seen.

usage: fit.py ecbplus-dev.jsonl RECORDS.jsonl PAIRS.tsv [--write weights.txt]

RECORDS.jsonl is what `dateline code` says of the articles, PAIRS.tsv what the program `features`
(build target story_features) does. A gold mention takes the record that overlaps it most. Logistic
regression with a small penalty, Newton's method; records are joined by average link. The figures
come from a cross-validation whose folds are whole topics.
"""
import argparse
import collections
import json

import numpy as np

FOLDS = 7
# Fitted by hand: the articles of ECB+ have no dates; copies and equal sentences are rare there.
FIXED = {"same day": 1.0, "other day": -4.0, "next day": -0.5, "days apart": -1.0, "same days": 0.5,
         "copied articles": 1.0, "same sentence": 4.0, "other place": -1.5, "other size": -0.3, "same size": 0.7, "other person": -3.0,
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


def link(items, score, join, missing):
    """Average link: [cluster number] of items; `score` of pairs of positions."""
    n = len(items)
    s = np.full((n, n), missing)
    for (i, j), value in score.items():
        s[i, j] = s[j, i] = value
    np.fill_diagonal(s, -np.inf)
    size, label = np.ones(n), list(range(n))
    while n > 1:
        i, j = divmod(int(s.argmax()), n)
        if s[i, j] < join:
            break
        i, j = min(i, j), max(i, j)
        merged = (s[i] * size[i] + s[j] * size[j]) / (size[i] + size[j])
        s[i], s[:, i], s[i, i] = merged, merged, -np.inf
        s[j], s[:, j] = -np.inf, -np.inf
        size[i] += size[j]
        label = [i if x == j else x for x in label]
    return label


def score(gold, found):
    both, chains, stories = collections.Counter(zip(gold, found)), collections.Counter(gold), collections.Counter(found)
    n = len(gold)
    p = sum(k * k / stories[s] for (_, s), k in both.items()) / n
    r = sum(k * k / chains[c] for (c, _), k in both.items()) / n
    two = lambda c: sum(k * (k - 1) // 2 for k in c.values())
    return (f"B-cubed P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.4f}  "
            f"pairs P {two(both) / max(1, two(stories)):.3f} R {two(both) / two(chains):.3f}")


def cluster(chosen, pairs, values, join, missing):
    at = {r: i for i, r in enumerate(chosen)}
    return link(chosen, {(at[a], at[b]): v for (a, b, _), v in zip(pairs, values) if a in at and b in at}, join, missing)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("articles")
    p.add_argument("records")
    p.add_argument("pairs")
    p.add_argument("--write")
    p.add_argument("--penalty", type=float, default=1.0)
    p.add_argument("--missing", type=float, default=-5.0)
    p.add_argument("--without", default="")
    p.add_argument("--as-scored", action="store_true")
    a = p.parse_args()
    chain, scored, topic, names, pairs = read(a.articles, a.records, a.pairs)
    label = scored if a.as_scored else chain
    x = np.array([f for _, _, f in pairs])
    known = np.array([i in label and j in label for i, j, _ in pairs])
    y = np.array([label.get(i) == label.get(j) for i, j, _ in pairs], dtype=float)
    per = collections.Counter(topic[i] for (i, _, _), k in zip(pairs, known) if k)
    weight = np.array([1 / max(1, per[topic[i]]) ** 0.5 for i, _, _ in pairs])
    weight *= known.sum() / weight[known].sum()
    fixed = {i: FIXED[n] for i, n in enumerate(names) if n in FIXED}
    fixed.update({names.index(n): 0.0 for n in a.without.split(",") if n})
    fold = {t: i % FOLDS for i, t in enumerate(sorted(set(topic.values())))}
    fold_of = np.array([[fold[topic[i]], fold[topic[j]]] for i, j, _ in pairs])
    values = np.zeros(len(pairs))
    for f in range(FOLDS):
        seen = (fold_of != f).all(axis=1)
        train = seen & known
        values[~seen] = x[~seen] @ fit(x[train], y[train], weight[train], a.penalty, fixed)
    for title, gold in (("by the act's word", chain), ("as scored", scored)):
        chosen = sorted(gold)
        for join in (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5):
            found = {}
            for t in fold:
                some = [r for r in chosen if topic[r] == t]
                found.update((r, (t, c)) for r, c in zip(some, cluster(some, pairs, values, join, a.missing)))
            print(f"{title}, join {join:5.2f}", score([gold[r] for r in chosen], [found[r] for r in chosen]))
    b = fit(x[known], y[known], weight[known], a.penalty, fixed)
    print(len(label), "records", known.sum(), "pairs", int(y[known].sum()), "of one event")
    for name, value in zip(names, b):
        print(f"{name} = {value:.2f}")
    if a.write:
        with open(a.write, "w", encoding="utf-8") as out:
            out.writelines(f"{name} = {value:.2f}\n" for name, value in zip(names, b))


if __name__ == "__main__":
    main()
