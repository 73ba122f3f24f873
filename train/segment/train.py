#!/usr/bin/env python3
"""Train the sentence model: logistic regression over hashed features, quantised.

usage: train.py FEATURES LEXICON OUTPUT TRAIN.conllu... --dev DEV.conllu...

FEATURES is the program built from features.c, LEXICON a compiled lexicon, OUTPUT the
weights file (models/en/segment.weights). Needs numpy. The seed is fixed: the same input
gives the same file. Some paragraphs are seen again in capitals, so that wires in
capitals are cut too. The threshold is the best one on the dev files.
"""
import argparse
import collections
import random
import struct
import subprocess
import tempfile

import numpy

VERSION, BITS, COUNT = 1, 17, 24
EPOCHS, BATCH, RATE, DECAY, SEED = 5, 256, 0.15, 2e-5, 7
SCALE = 256.0
MASK = (1 << 64) - 1


def paragraphs(path):
    """Lists of sentence texts, one list a paragraph."""
    out = []
    for line in open(path, encoding="utf-8"):
        if line.startswith(("# newpar", "# newdoc")) or not out:
            if not out or out[-1]:
                out.append([])
        if line.startswith("# text = "):
            out[-1].append(line[len("# text = "):].strip())
    return [p for p in out if p]


def augment(groups):
    """Adds capitals-only copies of some paragraphs."""
    chance = random.Random(SEED)
    capitals = [[s.upper() for s in p] for p in groups if chance.random() < 0.12]
    return groups + capitals


def features(program, lexicon, groups):
    """(labels [n], features [n, COUNT]) of all gaps."""
    text = "\n\n".join(" ".join(p) for p in groups) + "\n"
    place, ends = 0, []
    for p in groups:
        for sentence in p:
            place += len("".join(sentence.split()).encode())
            ends.append(place)
    with tempfile.TemporaryDirectory() as folder:
        names = [f"{folder}/{n}" for n in ("text", "ends", "out")]
        open(names[0], "w", encoding="utf-8").write(text)
        open(names[1], "w").write("\n".join(map(str, ends)) + "\n")
        subprocess.run([program, lexicon, *names], check=True)
        raw = numpy.fromfile(names[2], dtype=numpy.uint8).reshape(-1, 1 + 4 * COUNT)
    values = raw[:, 1:].copy().view("<u4")
    return raw[:, 0].astype(numpy.float32), (values >> (32 - BITS)).astype(numpy.int64)


def train(labels, values):
    """Weights by AdaGrad on the logistic loss; w decays towards 0."""
    order = numpy.random.default_rng(SEED)
    weights = numpy.zeros(1 << BITS, dtype=numpy.float64)
    squares = numpy.full(1 << BITS, 1e-2)
    for epoch in range(EPOCHS):
        loss = 0.0
        for batch in numpy.array_split(order.permutation(len(labels)), len(labels) // BATCH):
            x, y = values[batch], labels[batch]
            p = 1 / (1 + numpy.exp(-numpy.clip(weights[x].sum(axis=1), -30, 30)))
            loss -= numpy.log(numpy.where(y > 0, p, 1 - p) + 1e-9).sum()
            touched, where = numpy.unique(x, return_inverse=True)
            slope = numpy.bincount(where.ravel(), numpy.repeat(p - y, COUNT)) + DECAY * BATCH * weights[touched]
            squares[touched] += slope * slope
            weights[touched] -= RATE * slope / numpy.sqrt(squares[touched])
        print(f"epoch {epoch + 1}: loss {loss / len(labels):.4f}", flush=True)
    return weights


def checksum(data):
    h = 0xCBF29CE484222325
    data += b"\0" * (-len(data) % 8)
    for (word,) in struct.iter_unpack("<Q", data):
        h = ((h ^ word) * 0x9E3779B97F4A7C15) & MASK
        h ^= h >> 32
    return h


def container(chunk):
    """The DLWEIGHT file of src/base/chunks.h with the one chunk "segment"."""
    start = 128
    head = struct.pack("<8sIIIIQ", b"DLWEIGHT", 1, 0x01020304, 1, 0, start + len(chunk))
    entry = struct.pack("<16sQQQ", b"segment", start, len(chunk), checksum(chunk))
    return (head + entry).ljust(start, b"\0") + chunk


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("features"), parser.add_argument("lexicon"), parser.add_argument("output")
    parser.add_argument("train", nargs="+"), parser.add_argument("--dev", nargs="+")
    a = parser.parse_args()
    groups = augment([p for path in a.train for p in paragraphs(path)])
    weights = train(*features(a.features, a.lexicon, groups))
    whole = numpy.clip(numpy.round(weights * SCALE), -32768, 32767).astype("<i2")
    totals = collections.Counter({0: 0.0})
    for path in a.dev or []:
        labels, values = features(a.features, a.lexicon, paragraphs(path))
        sums = whole[values].astype(numpy.int64).sum(axis=1)
        for threshold in range(-384, 385, 64):
            found = sums > threshold
            f1 = 2 * (found & (labels > 0)).sum() / (found.sum() + labels.sum())
            print(f"{path}: threshold {threshold / SCALE:+.2f} boundaries F1 {100 * f1:.2f}")
            totals[threshold] += f1
    threshold = max(totals, key=lambda t: (totals[t], -abs(t)))
    chunk = struct.pack("<IIiI", VERSION, BITS, threshold, 0) + whole.tobytes()
    open(a.output, "wb").write(container(chunk))


main()
