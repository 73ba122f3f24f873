#!/usr/bin/env python3
"""Train the classifier that has a second opinion, and write the file that src/model/opinion.c reads.

usage: train.py --features PROGRAM --vectors FILE --marks MARKS.npz --out OPINION.weights [--all]

One hidden layer over the inputs of src/what/opinion.c. It learns from the sentences written for this project
and from what the teachers think of raw text (MARKS; without them from the sentences alone). One sentence in ten is held back and
scored, unless --all.
"""
import argparse
import pathlib
import struct
import sys

import numpy as np
import torch
from torch import nn

import dataset
from sentences import STATUSES
from teacher import report

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from container import UNIT, ZERO, layer, write  # noqa: E402

HIDDEN, BATCH, RATE, DECAY = 256, 256, 1.5e-3, 0.02
DROP_IN, DROP, SMOOTHING, SENTENCES_AGAIN = 0.2, 0.3, 0.03, 4


class Classifier(nn.Module):
    def __init__(self, inputs, classes):
        super().__init__()
        self.hidden = nn.Linear(inputs, HIDDEN)
        self.heads = nn.ModuleList(nn.Linear(HIDDEN, n) for n in classes)
        self.drop_in, self.drop = nn.Dropout(DROP_IN), nn.Dropout(DROP)

    def forward(self, x):
        h = self.drop(torch.tanh(self.hidden(self.drop_in(x))))
        return [head(h) for head in self.heads]


def units(inputs):
    return (torch.from_numpy(np.ascontiguousarray(inputs)).float() - ZERO) / UNIT


def one_hot(labels, n, smooth=0.0):
    out = np.full((len(labels), n), smooth / n, dtype=np.float32)
    out[np.arange(len(labels)), labels] += 1 - smooth
    return out


def cross(scores, target, weight):
    """Cross-entropy with soft targets, weighted by row."""
    return -(weight * (target * scores.log_softmax(1)).sum(1)).sum() / weight.sum().clamp(min=1)


def train(inputs, targets, weights, epochs, seed=1):
    """inputs [N, K] 7-bit; targets and weights: [N, C] and [N] of each head."""
    torch.manual_seed(seed)
    net = Classifier(inputs.shape[1], [t.shape[1] for t in targets])
    average = Classifier(inputs.shape[1], [t.shape[1] for t in targets])
    adam = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    n, steps, step = len(inputs), epochs * -(-len(inputs) // BATCH), 0
    average.load_state_dict(net.state_dict())
    for epoch in range(epochs):
        net.train()
        order, total = torch.randperm(n).numpy(), 0
        for at in range(0, n, BATCH):
            part = order[at:at + BATCH]
            for g in adam.param_groups:
                g["lr"] = RATE * (1 - step / steps)
            step += 1
            loss = sum(share * cross(x, torch.from_numpy(t[part]), torch.from_numpy(w[part]))
                       for share, x, t, w in zip((1.0, 0.3, 0.3), net(units(inputs[part])), targets, weights))
            adam.zero_grad()
            loss.backward()
            adam.step()
            total += float(loss.detach())
            with torch.no_grad():
                for mine, theirs in zip(average.parameters(), net.parameters()):
                    mine.lerp_(theirs, 1 - min(0.998, step / (step + 10)))
        print(f"epoch {epoch} loss {total / (steps / epochs):.3f}", flush=True)
    return average.eval()


def in_both(words, marks):
    """Numbers of the words that the teachers have marked, here and there: what is asked about depends on the
    dictionaries, which may have changed since."""
    marked = marks["kinds"].sum(1) > 0.5
    where = {k: i for i, k in enumerate(zip(marks["line"], marks["start"], marks["end"])) if marked[i]}
    pairs = [(i, where[k]) for i, k in enumerate(zip(words.line, words.start, words.end)) if k in where]
    return np.array(pairs).T


@torch.no_grad()
def think(net, inputs):
    return [np.concatenate(x) for x in zip(*([y.softmax(1).numpy() for y in net(units(inputs[at:at + 4096]))]
                                             for at in range(0, len(inputs), 4096)))]


def save(net, modes, vectors, path):
    """Layers and lists, with the words and vectors of the file VECTORS."""
    raw = pathlib.Path(vectors).read_bytes()
    chunks = {}
    for i in range(struct.unpack_from("<I", raw, 16)[0]):
        name, start, size, _ = struct.unpack_from("<16sQQQ", raw, 32 + 40 * i)
        chunks[name.rstrip(b"\0").decode()] = raw[start:start + size]
    words, width = struct.unpack("<8I", chunks["shape"])[5:7]
    classes = [len(h.bias) for h in net.heads]
    chunks["shape"] = struct.pack("<8I", net.hidden.in_features, HIDDEN, *classes, words, width, 0)
    for name, lines in (("kinds.list", dataset.CATEGORIES), ("modes.list", modes), ("statuses.list", STATUSES)):
        chunks[name] = "\n".join(lines).encode() + b"\n"
    for name, part in zip(("hidden", "kinds", "modes", "statuses"), [net.hidden, *net.heads]):
        layer(chunks, name, part.weight.detach().numpy(), part.bias.detach().numpy())
    return write(path, chunks, 1)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--features", required=True)
    p.add_argument("--vectors", required=True)
    p.add_argument("--marks")
    p.add_argument("--out", required=True)
    p.add_argument("--data", default=HERE / "../../build/share")
    p.add_argument("--epochs", type=int, default=8)
    p.add_argument("--again", type=int, default=SENTENCES_AGAIN)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--all", action="store_true", help="learn from the held-back sentences too")
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    sentences, modes, words, (kind, mode, status, marked) = dataset.own_sentences(a.features, a.data, a.vectors)
    dev = np.array([dataset.held_back(sentences[l].text) for l in words.line])
    own = np.flatnonzero(np.ones(len(dev), dtype=bool) if a.all else ~dev)
    own = np.tile(own, a.again if a.marks else 1)
    inputs = [words.inputs[own]]
    targets = [[one_hot(kind[own], len(dataset.CATEGORIES), SMOOTHING)], [one_hot(mode[own], len(modes))],
               [one_hot(status[own], len(STATUSES))]]
    weights = [[np.ones(len(own), dtype=np.float32)], [(mode[own] > 0).astype(np.float32)],
               [(kind[own] > 0).astype(np.float32)]]
    if a.marks:
        marks = np.load(a.marks)
        raw = dataset.ask(a.features, a.data, a.vectors, list(marks["lines"]))
        ours, theirs = in_both(raw, marks)
        event = 1 - marks["kinds"][theirs][:, 0].astype(np.float32)
        inputs.append(raw.inputs[ours])
        for i, name in enumerate(("kinds", "modes", "statuses")):
            targets[i].append(marks[name][theirs].astype(np.float32))
            weights[i].append(event if i else np.ones(len(event), dtype=np.float32))
    inputs = np.concatenate(inputs)
    net = train(inputs, [np.concatenate(t) for t in targets], [np.concatenate(w) for w in weights], a.epochs)
    print(report(think(net, words.inputs), kind, mode, status, marked, dev))
    print(save(net, modes, a.vectors, a.out), "bytes")


if __name__ == "__main__":
    main()
