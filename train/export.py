#!/usr/bin/env python3
"""Write the weights file that src/model/network.c reads.

usage: export.py CHECKPOINT OUT.weights [--data DIR] [--marks FILE.npz]

All products are stored as signed bytes with one multiplier per output, in panels of 16
outputs by 4 inputs; embeddings as 7-bit numbers whose scales are folded into the layer
above. The data (train parts alone) and the marks are read again for the dictionary of lemmas.
"""
import argparse
import collections
import os
import struct

import numpy as np
import torch

import data as corpus
import features as feat
from container import PANEL, UNIT, ZERO, layer, write
from marks import read_marks
from network import ARC, DISTANCE_MAX, EMBED, HIDDEN, LABEL, PIECES, WORD

VERSION = 2
SURE, RARE, LEMMAS_MAX, ENOUGH = 0.9, 0.02, 8, 3  # of the teachers; share that is a slip; of a form; times met


def endings(folder):
    """{lemma script: the endings that it was seen to cut}"""
    out = collections.defaultdict(set)
    for s in corpus.load(folder, "train")[0]:
        for form, lemma in zip(s.forms, s.lemmas):
            if lemma != "_":
                mode, n, add = script = feat.script_of(form, lemma)
                ending = feat.cased(form, mode)[len(form) - n:]
                if n and "|" not in ending:
                    out[script].add(ending)
    return out


def lemma_key(form, upos):
    return feat.fnv("l" + upos + "\t" + (form if upos == "PROPN" else feat.fold(form)))


def lemmas(chunks, folder, vocab, marks):
    """The dictionary of lemmas: what the training sentences have and, of forms that they lack, what the
    teachers are sure of. Between several of one form the network decides, which sees the context. Where the
    treebanks differ in principle ("people"), the first one has its way. Names are known in capitals and in
    small letters too."""
    first, seen, sure, names = (collections.defaultdict(collections.Counter) for _ in range(4))
    for s in corpus.load(folder, "train")[0]:
        for form, upos, lemma in zip(s.forms, s.upos, s.lemmas):
            if lemma == "_":
                continue
            seen[lemma_key(form, upos)][lemma] += 1
            if s.origin == "ewt":
                first[lemma_key(form, upos)][lemma] += 1
            if upos == "PROPN" and form[:1].isupper() and form[1:].islower():
                for other in (form.lower(), form.upper()):
                    names[lemma_key(other, upos)][lemma] += 1
    seen.update((k, c) for k, c in first.items() if sum(c.values()) >= ENOUGH)
    for forms, m in read_marks(marks) if marks else []:
        likely = (m["upos"][1][:, 0] > SURE) & (m["lemma"][1][:, 0] > SURE)
        for i in np.flatnonzero(likely):
            upos, script = vocab["upos"][m["upos"][0][i, 0]], vocab["lemma"][m["lemma"][0][i, 0]]
            if upos not in ("PROPN", "NUM"):
                sure[lemma_key(forms[i], upos)][feat.apply_script(forms[i], script)] += 1
    table = {}
    for counts, least in ((sure, 2), (names, 1), (seen, 1)):
        for key, c in counts.items():
            total = sum(c.values())
            kept = [l for l in sorted(c, key=lambda l: (-c[l], l)) if len(l.encode()) < 256]
            often = [l for l in kept if c[l] >= RARE * total][:LEMMAS_MAX]
            if total >= least and kept:
                table[key] = tuple(often or kept[:1])
    keys, values, text, where = [], [], b"", {}
    for key, found in sorted(table.items()):
        if found not in where:
            where[found] = len(text)
            text += bytes([len(found)]) + b"".join(bytes([len(l.encode())]) + l.encode() for l in found)
        keys.append(key)
        values.append(where[found])
    chunks["lemma.keys"] = np.array(keys, dtype="<u8").tobytes()
    chunks["lemma.values"] = np.array(values, dtype="<u4").tobytes()
    chunks["lemma.text"] = text


def forms(state, w):
    """(words, [1 + words, EMBED]): what was learned of a form and what its given vector adds, in one table."""
    vocab = state["vocab"]
    words = sorted(set(vocab["words"]) | set(vocab["given"]))
    learned = {x: i + 1 for i, x in enumerate(vocab["words"])}
    table = w["words.embed.0.weight"][[0] + [learned.get(x, 0) for x in words]]
    if state["vectors"] is not None:
        given = {x: i + 1 for i, x in enumerate(vocab["given"])}
        rows = state["vectors"].numpy()[[0] + [given.get(x, 0) for x in words]]
        table = table + rows @ w["project.weight"].T
    return words, table


def main():
    p = argparse.ArgumentParser()
    p.add_argument("checkpoint")
    p.add_argument("out")
    p.add_argument("--data", default=os.path.join(os.path.dirname(__file__), "../../shared/data"))
    p.add_argument("--marks", help="what label.py wrote")
    a = p.parse_args()
    state = torch.load(a.checkpoint, weights_only=False, map_location="cpu")
    vocab, w = state["vocab"], {k: v.float().numpy() for k, v in state["average"].items()}
    chunks = {"shape": struct.pack(
        "<20I", EMBED, 6, WORD, PIECES, HIDDEN, ARC, LABEL, DISTANCE_MAX, len(set(vocab["words"]) | set(vocab["given"])),
        *feat.BUCKETS.values(), *(len(vocab[k]) for k in ("upos", "feats", "lemma", "labels", "names")), 0)}
    for k in ("upos", "feats", "labels", "names"):
        chunks[k + ".list"] = "".join(v + "\n" for v in vocab[k]).encode()
    cut = endings(a.data)
    chunks["lemma.list"] = "".join(f"{m}\t{n}\t{add}\t{'|'.join(sorted(cut[m, n, add]))}\n"
                                   for m, n, add in vocab["lemma"]).encode()

    words, table = forms(state, w)
    hashes = np.array([feat.fnv("f" + x) for x in words], dtype=np.uint64)
    order = np.argsort(hashes)
    chunks["words"] = hashes[order].astype("<u8").tobytes()
    mix = w["words.mix.weight"].astype(np.float64).copy()
    for k in range(6):
        e = np.concatenate([table[:1], table[1:][order]]) if k == 0 else w[f"words.embed.{k}.weight"]
        top = np.maximum(np.quantile(np.abs(e), 0.9995, axis=0), 1e-6)
        mix[:, k * EMBED:(k + 1) * EMBED] *= top
        chunks[f"embed.{k}"] = (np.rint(np.clip(e / top, -1, 1) * UNIT) + ZERO).astype(np.uint8).tobytes()
    by_piece = np.arange(WORD * PIECES).reshape(WORD, PIECES).T.reshape(-1)
    layer(chunks, "word", mix[by_piece], w["words.mix.bias"][by_piece])
    gates = np.arange(4 * HIDDEN).reshape(4, HIDDEN // PANEL, PANEL).transpose(1, 0, 2).reshape(-1)
    for i in range(2):
        for j in range(2):
            c = f"cells.{i}.{j}."
            joint = np.concatenate([w[c + "weight_ih_l0"], w[c + "weight_hh_l0"]], 1)[gates]
            layer(chunks, f"lstm.{i}.{j}", joint, (w[c + "bias_ih_l0"] + w[c + "bias_hh_l0"])[gates])
    for ours, theirs in (("upos", "heads.tags.upos"), ("feats", "heads.tags.feats"), ("lemma", "heads.tags.lemma"),
                         ("names", "heads.tags.names"), ("arc.own", "heads.arc_own"), ("arc.head", "heads.arc_head"),
                         ("arc.pair", "heads.arc_pair"), ("label.own", "heads.label_own"), ("label.head", "heads.label_head"),
                         ("label.out", "heads.label_out")):
        layer(chunks, ours, w[theirs + ".weight"], w.get(theirs + ".bias"))
    for ours, value in (("arc.root", np.tanh(w["heads.arc_root"])), ("arc.distance", w["heads.arc_distance"]),
                        ("label.root", w["heads.label_root"]), ("label.distance", w["heads.label_distance"])):
        chunks[ours] = value.astype("<f4").tobytes()
    lemmas(chunks, a.data, vocab, a.marks)
    size = write(a.out, chunks, VERSION)
    print(f"{a.out}: {size / 1e6:.2f} MB, epoch {state['epoch']}, dev",
          *(f"{o}: " + " ".join(f"{k} {v:.2f}" for k, v in d.items()) for o, d in state["dev"].items()))


if __name__ == "__main__":
    main()
