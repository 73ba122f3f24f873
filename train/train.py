#!/usr/bin/env python3
"""Train the small network that ships: data in, checkpoint out.

usage: train.py [--data DIR] [--out DIR] [--marks FILE.npz] [--vectors FILE.json]
                [--epochs N] [--threads N] [--seed N]

With --marks (label.py) it learns from what the teachers think of raw text too; without,
from the treebanks alone. A treebank's sentences keep their gold trees and are seen
GOLD_TIMES an epoch. Some sentences are met in other clothes, with the marks they had
before: in capitals, in small letters, as headlines, without their last stop, with
mistyped words, with other names. Continues from OUT/last.pt where there is one. After
each epoch the averaged weights are scored on dev and kept in OUT/average.pt.
"""
import argparse
import os

import room  # before torch
import numpy as np
import torch

import batch as batching
import data as corpus
import features as feat
import names as namelist
import run
import vectors as given
from marks import KEEP, read_marks
from network import Student
from score import score

WEIGHT = {"upos": 0.5, "feats": 0.35, "lemma": 0.35, "names": 0.8, "heads": 1.0, "labels": 0.8}
RATE, DECAY, GOLD_TIMES, VECTORS_MOST = 2e-3, 0.999, 2, 70000
UPPER, LOWER, HEADLINE = 0.07, 0.04, 0.03          # shares of sentences
NO_STOP, MISTYPED, OTHER_NAMES = 0.05, 0.04, 0.15
MISTYPED_WORDS, OTHER_NAMES_WORDS = 0.15, 0.7      # shares of words in such a sentence


# ---- Sentences with soft marks --------------------------------------------------------

def soft(gold):
    """{kind: [T]} -> {kind: ([T, 1] classes, [T, 1] weights)}"""
    return {k: (np.maximum(v, 0)[:, None].astype(np.int16), (v >= 0)[:, None].astype(np.float16))
            for k, v in gold.items() if k in KEEP}


class Item:
    __slots__ = ("forms", "ids", "vector", "marks", "leaf", "names")

    def __init__(self, forms, marks, coder):
        self.forms, self.marks = forms, marks
        self.ids, self.vector = coder.ids(forms)
        heads, chance = marks["heads"] if "heads" in marks else (None, None)
        best = heads[:, 0] if heads is not None else None
        self.leaf = (best is not None and feat.shape(forms[-1])[:1] not in ("X", "x", "d")
                     and not (heads[:-1] == len(forms)).any() and len(forms) > 2)
        self.names = []
        if "names" in marks:
            tags = [corpus.NAME_TAGS[k] if p > 0.6 else "O" for k, p in zip(marks["names"][0][:, 0], marks["names"][1][:, 0])]
            self.names = list(namelist.spans(tags))


class FormCoder:
    """Rows of the features of forms, and rows of their given vectors (0: none)."""
    def __init__(self, vocab, given_words):
        self.coder = batching.Coder(vocab)
        self.forget = self.coder.forget
        self.given = {w: i + 1 for i, w in enumerate(given_words)}
        self.known = {}

    def ids(self, forms):
        got = []
        for f in forms:
            if f not in self.known:
                r = feat.features(f)
                self.known[f] = (self.coder.row.get(r[0], 0),) + r[1:] + (self.given.get(feat.norm(f), 0),)
            got.append(self.known[f])
        rows = np.array(got, dtype=np.int32)
        return rows[:, :6], rows[:, 6]


# ---- The same sentence in other clothes ------------------------------------------------

def mistype(form, rng):
    i = rng.randrange(len(form))
    way = rng.randrange(4)
    if way == 0 and len(form) > 2:
        return form[:i] + form[i + 1:]
    if way == 1 and i + 1 < len(form):
        return form[:i] + form[i + 1] + form[i] + form[i + 2:]
    if way == 2:
        return form[:i] + form[i] + form[i:]
    return form[:i] + rng.choice("abcdefghijklmnopqrstuvwxyz") + form[i + 1:]


def dressed(item, coder, pools, rng):
    """(ids, vector, last word is left out, words whose lemma is not asked for)"""
    r, forms, foreign = rng.random(), item.forms, ()
    changed = True
    if r < UPPER:
        forms = [f.upper() for f in forms]
    elif r < UPPER + LOWER:
        forms = [f.lower() for f in forms]
    elif r < UPPER + LOWER + HEADLINE:
        forms = [f[:1].upper() + f[1:] if len(f) > 3 or i == 0 else f for i, f in enumerate(forms)]
    elif r < UPPER + LOWER + HEADLINE + MISTYPED:
        forms = [mistype(f, rng) if len(f) > 1 and rng.random() < MISTYPED_WORDS else f for f in forms]
        foreign = range(len(forms))
    elif item.names and rng.random() < OTHER_NAMES:
        forms, foreign = list(forms), []
        for a, b, kind in item.names:
            pool = pools.get((kind, b - a))
            if pool and rng.random() < OTHER_NAMES_WORDS:
                forms[a:b] = pool[rng.randrange(len(pool))]
                foreign += range(a, b)
    else:
        changed = False
    ids, vector = coder.ids(forms) if changed else (item.ids, item.vector)
    return ids, vector, item.leaf and rng.random() < NO_STOP, foreign


def make_batch(items, coder, pools=None, rng=None, noise=None):
    """pools, rng, noise: None where nothing is to be dressed or forgotten."""
    looks = [(x.ids, x.vector, False, ()) if rng is None else dressed(x, coder, pools, rng) for x in items]
    sizes = [len(ids) - cut for ids, _, cut, _ in looks]
    out = batching.pad([{"ids": look[0][:n], "vector": look[1][:n]} for look, n in zip(looks, sizes)], ("vector",))
    out["vector"].clamp_(min=0)
    T, B = out["flip"].shape
    marks = {k: (np.zeros((T, B, n), dtype=np.int64), np.zeros((T, B, n), dtype=np.float32)) for k, n in KEEP.items()}
    for b, (x, n, look) in enumerate(zip(items, sizes, looks)):
        for k, (classes, chance) in x.marks.items():
            width = classes.shape[1]
            marks[k][0][:n, b, :width], marks[k][1][:n, b, :width] = classes[:n], chance[:n]
        for i in look[3]:
            if i < n:
                marks["lemma"][1][i, b] = 0
    heads, chance = marks["heads"]
    gone = heads > np.array(sizes)[None, :, None]
    heads[gone], chance[gone] = 0, 0
    if noise is not None:
        rows = out["ids"][..., 0]
        drop = noise.random(tuple(rows.shape)) < coder.forget[rows.numpy()]
        rows[torch.from_numpy(drop)] = 0
        out["vector"][torch.from_numpy(drop & (noise.random(drop.shape) < 0.3))] = 0
    out["marks"] = {k: (torch.from_numpy(c), torch.from_numpy(p)) for k, (c, p) in marks.items()}
    return out


def soft_loss(scores, marks):
    """Mean cross-entropy against the marks; words without any do not count."""
    classes, chance = marks
    weight = chance.sum(-1)
    there = weight > 0
    if not there.any():
        return None
    s = scores.float()
    likely = s.gather(-1, classes) - torch.logsumexp(s, -1, keepdim=True)
    each = -(likely * chance).sum(-1)[there] / weight[there]
    return each.mean()


def losses(net, batch):
    x, marks = net(batch), batch["marks"]
    out = {k: soft_loss(head(x), marks[k]) for k, head in net.heads.tags.items()}
    s = net.heads.arcs(x).masked_fill(~batch["there"][:, None, :], -1e4).transpose(0, 1)
    out["heads"] = soft_loss(s, marks["heads"])
    out["labels"] = soft_loss(net.heads.labels(x, marks["heads"][0][..., 0]), marks["labels"])
    return {k: v for k, v in out.items() if v is not None}


# ---- The run ---------------------------------------------------------------------------

def load_items(a):
    """(vocabulary, coder, given vectors or None, gold items, marked items, dev sets, pools)"""
    trees, others = corpus.load(a.data, "train")
    dev, _ = corpus.load(a.data, "dev")
    marked = read_marks(a.marks) if a.marks else []
    pools = namelist.pools(trees + others, a.data, a.lexicon)
    raw = [corpus.Sentence("", forms=f) for f, _ in marked[:len(marked) - len(trees) - len(others)]] if marked else []
    vocab = batching.vocabulary(trees, others + raw, pools)
    table = given.read(a.vectors, VECTORS_MOST) if a.vectors else {}
    vocab["given"] = sorted(table)
    coder = FormCoder(vocab, vocab["given"])
    gold = []
    for i, s in enumerate(trees + others):
        marks = soft(coder.coder.code(s))
        if marked and s.origin != "ewt":  # names as the first corpus of names draws them
            assert marked[len(raw) + i][0] == s.forms
            marks["names"] = marked[len(raw) + i][1]["names"]
        gold.append(Item(s.forms, marks, coder))
    extra = [Item(f, m, coder) for f, m in marked[:len(raw)]]
    vectors = torch.tensor(np.stack([np.zeros(100, np.float32)] + [table[w] for w in vocab["given"]])) if table else None
    sets = {"ewt": [s for s in dev if s.origin == "ewt"], "gum": [s for s in dev if s.origin == "gum"]}
    return vocab, coder, vectors, gold, extra, sets, pools


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", default=os.path.join(os.path.dirname(__file__), "../../shared/data"))
    p.add_argument("--lexicon", default=os.path.join(os.path.dirname(__file__), "../lexicon/en"))
    p.add_argument("--out", default="checkpoints")
    p.add_argument("--marks")
    p.add_argument("--vectors")
    p.add_argument("--epochs", type=int, default=17)
    p.add_argument("--words", type=int, default=1600, help="of a batch")
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--limit", type=int, default=0, help="sentences, to try things")
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    vocab, coder, vectors, gold, extra, sets, pools = load_items(a)
    items = (extra + gold * GOLD_TIMES if extra else gold)[-a.limit:]
    dev = {}
    for origin, part in sets.items():
        dev[origin] = (part, [Item(s.forms, soft(coder.coder.code(s)), coder) for s in part])
    dev["EWT"] = (sets["ewt"], [Item([f.upper() for f in s.forms], {}, coder) for s in sets["ewt"]])
    sizes = [len(vocab["words"]) + 1] + list(feat.BUCKETS.values())
    counts = {k: len(vocab[k]) for k in ("upos", "feats", "lemma", "names", "labels")}
    net, average = Student(sizes, counts, vectors), Student(sizes, counts, vectors)
    adam = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], RATE, betas=(0.9, 0.98))
    print(len(items), "sentences", {k: len(v) for k, v in vocab.items()}, flush=True)

    def batch_losses(part, rng, noise):
        return losses(net, make_batch([items[i] for i in part], coder, pools, rng, noise))

    def evaluate():
        return {name: score(average, lambda i: make_batch(i, coder), coded, part, vocab)
                for name, (part, coded) in dev.items()}

    plan = run.Plan(a.out, a.epochs, a.seed, a.words, 300, DECAY, WEIGHT, 200)
    run.train(plan, net, average, adam, [len(i.forms) for i in items], batch_losses, evaluate,
              {"vocab": vocab, "vectors": vectors})


if __name__ == "__main__":
    main()
