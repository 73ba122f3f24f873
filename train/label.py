#!/usr/bin/env python3
"""Have teachers mark raw text, and the names of the treebanks.

usage: label.py --out FILE.npz --program DATELINE TEACHER.pt... [--data DIR] [--threads N]

Writes what the teachers think on average: for each word and kind the likeliest classes
and their probabilities, [N, K] with K as in KEEP; heads are positions in the sentence, 0
its root; labels are those of the likeliest head. The sentences: raw text first, then
the training sentences (of which names alone are used, as the first corpus of names has
them).
"""
import argparse
import os
import time

import room  # before torch
import numpy as np
import torch

import batch as batching
import data as corpus
from marks import KEEP
from teacher import Pieces, new_teacher

WORDS = 3000


def likeliest(p, k):
    p, i = p.topk(k, -1)
    return i.numpy().astype(np.int16), p.numpy().astype(np.float16)


@torch.no_grad()
def mark(teachers, pieces, items):
    """Average marks of the sentences of one batch: {kind: [T, B, classes]}."""
    batch = pieces.pad(items)
    there = batch["there"][:, None, :]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        outputs = [net(batch) for net in teachers]
        mean = lambda scores: sum(torch.softmax(s.float(), -1) for s in scores) / len(teachers)
        marks = {k: mean([net.heads.tags["names_ewt" if k == "names" else k](x) for net, x in zip(teachers, outputs)])
                 for k in ("upos", "feats", "lemma", "names")}
        marks["heads"] = mean([net.heads.arcs(x).masked_fill(~there, -1e4) for net, x in zip(teachers, outputs)]).transpose(0, 1)
        heads = marks["heads"].argmax(-1)
        marks["labels"] = mean([net.heads.labels(x, heads) for net, x in zip(teachers, outputs)])
    return marks


def main():
    p = argparse.ArgumentParser()
    p.add_argument("teachers", nargs="+")
    p.add_argument("--data", default=os.path.join(os.path.dirname(__file__), "../../shared/data"))
    p.add_argument("--program", default=os.path.join(os.path.dirname(__file__), "../build/dateline"))
    p.add_argument("--out", required=True)
    p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    states = [torch.load(t, weights_only=False) for t in a.teachers]
    vocab, teachers = states[0]["vocab"], []
    for s in states:
        teachers.append(new_teacher(vocab))
        teachers[-1].load_state_dict(s["average"])
        teachers[-1].eval()
    trees, others = corpus.load(a.data, "train")
    sentences = corpus.raw(a.data, a.program) + trees + others
    coder, pieces = batching.Coder(vocab), Pieces()
    lengths = [len(s.forms) for s in sentences]
    starts = np.concatenate([[0], np.cumsum(lengths)])
    out = {}
    for k, n in KEEP.items():
        out[k], out[k + "_p"] = np.zeros((starts[-1], n), dtype=np.int16), np.zeros((starts[-1], n), dtype=np.float16)
    order = sorted(range(len(sentences)), key=lambda i: lengths[i])
    at, done, start = 0, 0, time.time()
    while at < len(order):
        end = at + 1
        while end < len(order) and (end + 1 - at) * lengths[order[end]] <= WORDS:
            end += 1
        group = order[at:end]
        items = [{"ids": coder.ids(sentences[i].forms), "pieces": pieces.code(sentences[i].forms)} for i in group]
        for k, marks in mark(teachers, pieces, items).items():
            index, chance = likeliest(marks, min(KEEP[k], marks.shape[-1]))
            for b, i in enumerate(group):
                n = lengths[i]
                out[k][starts[i]:starts[i] + n, :index.shape[-1]] = index[:n, b]
                out[k + "_p"][starts[i]:starts[i] + n, :index.shape[-1]] = chance[:n, b]
        at, done = end, done + sum(lengths[i] for i in group)
        if at % 1000 < len(group):
            print(f"{done} of {starts[-1]} words, {time.time() - start:.0f} s", flush=True)
    forms = "\n".join(f for s in sentences for f in s.forms)
    np.savez(a.out, forms=np.frombuffer(forms.encode(), dtype=np.uint8), lengths=np.array(lengths), **out)


if __name__ == "__main__":
    main()
