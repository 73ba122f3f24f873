#!/usr/bin/env python3
"""Train the network: data in, checkpoint out.

usage: train.py [--data DIR] [--out DIR] [--epochs N] [--polish N] [--threads N] [--seed N]

The last epochs (--polish) put other names of the same type and length in the place of
names, so that what surrounds a name counts for more than the names that the treebanks
happen to have. Continues from OUT/last.pt where there is one. After each epoch the averaged weights are
scored on dev (greedy heads) and kept in OUT/average.pt.
"""
import argparse
import collections
import math
import os
import random
import time

import numpy as np
import torch

import data as corpus
import features as feat
import names as namelist
from network import Network, losses

WEIGHT = {"upos": 0.5, "feats": 0.35, "lemma": 0.35, "names": 0.6, "arcs": 1.0, "labels": 0.8}
POLISH_WEIGHT = dict(WEIGHT, names=1.5)
BATCH_WORDS, RATE, POLISH_RATE, DECAY = 1200, 2e-3, 6e-4, 0.998
REPLACE_SENTENCES, REPLACE_NAMES = 0.5, 0.6  # in the last epochs


def vocabulary(trees, others, pools):
    words, feats, scripts, labels, upos = (collections.Counter() for _ in range(5))
    for s in trees + others:
        words.update(feat.norm(f) for f in s.forms)
    for s in trees:
        feats.update(s.feats)
        labels.update(s.labels)
        upos.update(s.upos)
        scripts.update(feat.script_of(f, l) for f, l in zip(s.forms, s.lemmas) if l != "_")
    for (_, size), names in pools.items():
        words.update(feat.norm(w) for name in names for w in name if words[feat.norm(w)] < 2)
    known = sorted(w for w, n in words.items() if n >= 2)
    pick = lambda c, least: sorted((k for k, n in c.items() if n >= least), key=lambda k: (-c[k], k))
    return {"words": known, "counts": [words[w] for w in known], "upos": sorted(upos), "feats": pick(feats, 2),
            "lemma": pick(scripts, 3), "labels": sorted(labels), "names": corpus.NAME_TAGS}


class Coder:
    """Sentences to numbers."""
    def __init__(self, vocab):
        self.row = {feat.fnv("f" + w): i + 1 for i, w in enumerate(vocab["words"])}
        self.index = {k: {v: i for i, v in enumerate(vocab[k])} for k in ("upos", "feats", "lemma", "labels", "names")}
        counts = np.array([0] + vocab["counts"], dtype=np.float64)
        self.forget = np.where(counts > 0, 0.6 / (0.6 + counts), 0)

    def ids(self, forms):
        rows = [feat.features(f) for f in forms]
        return np.array([(self.row.get(r[0], 0),) + r[1:] for r in rows], dtype=np.int64)

    def code(self, s, forms=None):
        forms = forms or s.forms
        n, get = len(forms), lambda k, v: self.index[k].get(v, -1)
        none = np.full(n, -1, dtype=np.int64)
        out = {"ids": self.ids(forms), "upos": none, "feats": none, "lemma": none, "heads": none,
               "labels": none, "names": none}
        if s.heads:
            out["heads"] = np.array(s.heads)
            for k, values in (("upos", s.upos), ("feats", s.feats), ("labels", s.labels)):
                out[k] = np.array([get(k, v) for v in values])
            out["lemma"] = np.array([get("lemma", feat.script_of(f, l)) for f, l in zip(forms, s.lemmas)])
        if s.names:
            out["names"] = np.array([get("names", v) for v in s.names])
        return out


def pad(items, coder=None, rng=None):
    T, B = max(len(x["ids"]) for x in items), len(items)
    out = {k: np.full((T, B), -1, dtype=np.int64) for k in ("upos", "feats", "lemma", "heads", "labels", "names")}
    out["ids"] = np.zeros((T, B, 6), dtype=np.int64)
    out["flip"] = np.tile(np.arange(T)[:, None], (1, B))
    out["there"] = np.zeros((B, T + 1), dtype=bool)
    for b, x in enumerate(items):
        n = len(x["ids"])
        for k in ("upos", "feats", "lemma", "heads", "labels", "names"):
            out[k][:n, b] = x[k]
        out["ids"][:n, b] = x["ids"]
        out["flip"][:n, b] = np.arange(n)[::-1]
        out["there"][b, :n + 1] = True
    if rng is not None:
        w = out["ids"][..., 0]
        w[rng.random(w.shape) < coder.forget[w]] = 0
    return {k: torch.from_numpy(v) for k, v in out.items()}


def batches(lengths, rng, words=BATCH_WORDS):
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + rng.random() * 1.5)
    out, now = [], []
    for i in order:
        if now and (len(now) + 1) * lengths[i] > words:
            out.append(now)
            now = []
        now.append(i)
    out.append(now)
    rng.shuffle(out)
    return out


def variant(item, rng):
    """item: [as it is, upper case, lower case]"""
    r = rng.random()
    x = item[1] if r < 0.08 else item[2] if r < 0.13 else item[0]
    n = len(x["ids"])
    if rng.random() < 0.05 and n > 2 and item[3]:
        x = {k: v[:n - 1] for k, v in x.items()}
    return x


def replace_names(item, coder, pools, rng):
    """Other names of the same type and number of words; their lemmas are not asked for."""
    x = {k: v.copy() for k, v in item[0].items()}
    for a, b, kind in item[4]:
        pool = pools.get((kind, b - a))
        if pool and rng.random() < REPLACE_NAMES:
            x["ids"][a:b] = coder.ids(pool[rng.randrange(len(pool))])
            x["lemma"][a:b] = -1
    return x


def final_leaf(s):
    return bool(s.heads) and s.upos[-1] == "PUNCT" and len(s.heads) not in s.heads


@torch.no_grad()
def evaluate(net, items, sentences, vocab):
    net.eval()
    hit = collections.Counter()
    order = sorted(range(len(items)), key=lambda i: len(items[i]["ids"]))
    total = names_gold = names_found = names_hit = 0
    for at in range(0, len(order), 64):
        part = order[at:at + 64]
        b = pad([items[i] for i in part])
        x = net(b["ids"], b["flip"])
        s = net.arcs(x).masked_fill(~b["there"][:, None, :], -1e4)
        heads = s.argmax(-1).t()
        labels = net.labels(x, heads).argmax(-1)
        tags = {k: h(x).argmax(-1) for k, h in net.tags.items()}
        universal = [l.split(":")[0] for l in vocab["labels"]]
        for j, i in enumerate(part):
            n = len(items[i]["ids"])
            for t in range(n):
                total += 1
                g = sentences[i]
                right = int(heads[t, j]) == g.heads[t]
                hit["UAS"] += right
                hit["LAS"] += right and universal[labels[t, j]] == g.labels[t].split(":")[0]
                hit["UPOS"] += vocab["upos"][tags["upos"][t, j]] == g.upos[t]
                hit["feats"] += vocab["feats"][tags["feats"][t, j]] == g.feats[t]
                hit["lemma"] += feat.apply_script(g.forms[t], vocab["lemma"][tags["lemma"][t, j]]) == g.lemmas[t]
            if sentences[i].names:
                a = set(namelist.spans([vocab["names"][k] for k in tags["names"][:n, j]]))
                g = set(namelist.spans(sentences[i].names))
                names_gold, names_found, names_hit = names_gold + len(g), names_found + len(a), names_hit + len(a & g)
    out = {k: 100 * v / total for k, v in hit.items()}
    out["names"] = 200 * names_hit / max(1, names_gold + names_found)
    net.train()
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", default=os.path.join(os.path.dirname(__file__), "../../shared/data"))
    p.add_argument("--lexicon", default=os.path.join(os.path.dirname(__file__), "../lexicon/en"))
    p.add_argument("--out", default="checkpoints")
    p.add_argument("--epochs", type=int, default=20)
    p.add_argument("--polish", type=int, default=6)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--limit", type=int, default=0, help="sentences, to try things")
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    os.makedirs(a.out, exist_ok=True)
    trees, others = corpus.load(a.data, "train")
    dev, _ = corpus.load(a.data, "dev")
    pools = namelist.pools(trees + others, a.data, a.lexicon)
    vocab = vocabulary(trees, others, pools)
    coder = Coder(vocab)
    everything = (trees + others)[:a.limit or None]
    items = [(coder.code(s), coder.code(s, [f.upper() for f in s.forms]), coder.code(s, [f.lower() for f in s.forms]),
              final_leaf(s), list(namelist.spans(s.names or []))) for s in everything]
    dev_items = [coder.code(s) for s in dev]
    sizes = [len(vocab["words"]) + 1] + list(feat.BUCKETS.values())
    net = Network(sizes, {k: len(vocab[k]) for k in ("upos", "feats", "lemma", "names", "labels")})
    average = Network(sizes, {k: len(vocab[k]) for k in ("upos", "feats", "lemma", "names", "labels")})
    average.load_state_dict(net.state_dict())
    adam = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], RATE, betas=(0.9, 0.95))
    print(len(everything), "sentences", {k: len(v) for k, v in vocab.items()}, flush=True)
    first, last = 0, os.path.join(a.out, "last.pt")
    if os.path.exists(last):
        state = torch.load(last, weights_only=False)
        net.load_state_dict(state["net"])
        average.load_state_dict(state["average"])
        adam.load_state_dict(state["adam"])
        first = state["epoch"]
    lengths = [len(i[0]["ids"]) for i in items]
    words = sum(lengths)
    a_epoch = math.ceil(words / BATCH_WORDS * 1.02)
    step = first * a_epoch
    for epoch in range(first, a.epochs + a.polish):
        polish = epoch >= a.epochs
        if epoch == a.epochs:
            net.load_state_dict(average.state_dict())
        rng, noise = random.Random(a.seed * 1000 + epoch), np.random.default_rng(a.seed * 1000 + epoch)
        start, seen = time.time(), collections.Counter()
        for part in batches(lengths, rng):
            done = (step - a.epochs * a_epoch) / (a.polish * a_epoch) if polish else step / (1.2 * a.epochs * a_epoch)
            for g in adam.param_groups:
                g["lr"] = (POLISH_RATE if polish else RATE) * min(1.0, (step + 1) / 300) * max(0.02, 1 - done)
            batch = pad([replace_names(items[i], coder, pools, rng)
                         if polish and items[i][4] and rng.random() < REPLACE_SENTENCES
                         else variant(items[i], rng) for i in part], coder, noise)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = losses(net, batch)
            total = sum((POLISH_WEIGHT if polish else WEIGHT)[k] * v for k, v in loss.items())
            adam.zero_grad()
            total.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            adam.step()
            step += 1
            keep = min(DECAY, step / (step + 50))
            with torch.no_grad():
                torch._foreach_lerp_(list(average.parameters()), list(net.parameters()), 1 - keep)
            for k, v in loss.items():
                seen[k] += float(v.detach())
            seen["n"] += 1
        scores = evaluate(average, dev_items, dev, vocab)
        print(f"epoch {epoch + 1} {time.time() - start:.0f} s",
              " ".join(f"{k} {v / seen['n']:.3f}" for k, v in seen.items() if k != "n"), "| dev",
              " ".join(f"{k} {v:.2f}" for k, v in scores.items()), flush=True)
        state = {"net": net.state_dict(), "average": average.state_dict(), "adam": adam.state_dict(),
                 "epoch": epoch + 1, "vocab": vocab, "sizes": sizes, "dev": scores}
        torch.save(state, last + ".new")
        os.replace(last + ".new", last)
        small = {k: state[k] for k in ("average", "vocab", "sizes", "dev", "epoch")}
        torch.save(small, os.path.join(a.out, "average.new"))
        os.replace(os.path.join(a.out, "average.new"), os.path.join(a.out, "average.pt"))


if __name__ == "__main__":
    main()
