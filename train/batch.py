"""Sentences to numbers, and numbers to batches."""
import collections

import numpy as np
import torch

import data as corpus
import features as feat

SHORT = 4  # words that a sentence takes up at least, in the size of a batch
KINDS = ("upos", "feats", "lemma", "heads", "labels")


def vocabulary(trees, others, pools, least=2):
    """The classes of the heads, and the forms that get a row: those met LEAST times."""
    words, feats, scripts, labels, upos = (collections.Counter() for _ in range(5))
    for s in trees + others:
        words.update(feat.norm(f) for f in s.forms)
    for s in trees:
        feats.update(s.feats)
        labels.update(s.labels)
        upos.update(s.upos)
        scripts.update(feat.script_of(f, l) for f, l in zip(s.forms, s.lemmas) if l != "_")
    for names in pools.values():
        words.update(feat.norm(w) for name in names for w in name if words[feat.norm(w)] < least)
    known = sorted(w for w, n in words.items() if n >= least)
    pick = lambda c, least: sorted((k for k, n in c.items() if n >= least), key=lambda k: (-c[k], k))
    return {"words": known, "counts": [words[w] for w in known], "upos": sorted(upos), "feats": pick(feats, 2),
            "lemma": pick(scripts, 3), "labels": sorted(labels), "names": corpus.NAME_TAGS}


class Coder:
    """Numbers of forms and of what is known about them."""
    def __init__(self, vocab):
        self.row = {feat.fnv("f" + w): i + 1 for i, w in enumerate(vocab["words"])}
        self.index = {k: {v: i for i, v in enumerate(vocab[k])} for k in ("upos", "feats", "lemma", "labels", "names")}
        counts = np.array([0] + vocab["counts"], dtype=np.float64)
        self.forget = np.where(counts > 0, 0.6 / (0.6 + counts), 0)

    def ids(self, forms):
        rows = [feat.features(f) for f in forms]
        return np.array([(self.row.get(r[0], 0),) + r[1:] for r in rows], dtype=np.int32)

    def code(self, s):
        """{"ids": [T, 6]}, and [T] numbers of each kind that is known; -1 where one is not."""
        get = lambda k, v: self.index[k].get(v, -1)
        out = {"ids": self.ids(s.forms)}
        if s.heads:
            out["heads"] = np.array(s.heads)
            for k, values in (("upos", s.upos), ("feats", s.feats), ("labels", s.labels)):
                out[k] = np.array([get(k, v) for v in values])
            out["lemma"] = np.array([get("lemma", feat.script_of(f, l)) for f, l in zip(s.forms, s.lemmas)])
        if s.names:
            out["names"] = np.array([get("names", v) for v in s.names])
        return out


def pad(items, kinds):
    """[T, B] tensors of `kinds`, -1 where unknown; "ids", "flip", and "there" [B, T+1]."""
    T, B = max(len(x["ids"]) for x in items), len(items)
    out = {k: np.full((T, B), -1, dtype=np.int64) for k in kinds}
    out["ids"] = np.zeros((T, B, 6), dtype=np.int64)
    out["flip"] = np.tile(np.arange(T)[:, None], (1, B))
    out["there"] = np.zeros((B, T + 1), dtype=bool)
    for b, x in enumerate(items):
        n = len(x["ids"])
        for k in kinds:
            if k in x:
                out[k][:n, b] = x[k]
        out["ids"][:n, b] = x["ids"]
        out["flip"][:n, b] = np.arange(n)[::-1]
        out["there"][b, :n + 1] = True
    return {k: torch.from_numpy(v) for k, v in out.items()}


def batches(lengths, rng, words):
    """Lists of indices of sentences of like length, in random order."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + rng.random() * 1.5)
    out, now = [], []
    for i in order:
        if now and (len(now) + 1) * max(lengths[i], SHORT) > words:
            out.append(now)
            now = []
        now.append(i)
    out.append(now)
    rng.shuffle(out)
    return out
