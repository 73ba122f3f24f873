"""The heads that every parser of this folder has, and the small network that ships.

Shapes: B sentences, T words, D width.
"""
import torch
from torch import nn
from torch.nn import functional as F

EMBED, WORD, PIECES, HIDDEN, ARC, LABEL = 96, 160, 3, 176, 128, 160
DROP = 0.2  # of the small network: raw text with marks leaves little to overfit
DISTANCE_MAX = 16


def distance_bucket(n):
    """[T, T+1] bucket of (head position - own position); column 0 is the root."""
    i = torch.arange(n)
    d = (i[None, :] - i[:, None]).clamp(-DISTANCE_MAX, DISTANCE_MAX) + DISTANCE_MAX
    return torch.cat([torch.full((n, 1), DISTANCE_MAX), d], 1)


class Dropout(nn.Module):
    """One mask a sentence, shared by its words."""
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):  # [T, B, D]
        if not self.training or not self.p:
            return x
        return x * (torch.rand(1, *x.shape[1:]) >= self.p).to(x.dtype) / (1 - self.p)


def noisy(x, training):
    """What 7-bit activations do to x."""
    return x + (torch.rand_like(x) - 0.5) / 63 if training else x


def cell(width, hidden):
    """One direction of an LSTM layer; the forget gate starts open."""
    c = nn.LSTM(width, hidden)
    nn.init.orthogonal_(c.weight_hh_l0)
    c.bias_hh_l0.data.zero_()
    c.bias_ih_l0.data.zero_()
    c.bias_ih_l0.data[hidden:2 * hidden] = 1.0
    c.bias_hh_l0.requires_grad_(False)
    return c


def read_both_ways(pair, x, flip):
    """x [T, B, D]; flip [T, B]: index that reverses each sentence within its length."""
    ahead, _ = pair[0](x)
    back, _ = pair[1](x.gather(0, flip[..., None].expand_as(x)))
    return torch.cat([ahead, back.gather(0, flip[..., None].expand_as(back))], -1)


class Words(nn.Module):
    """Vectors of words from the rows of their features: a maxout layer over embeddings."""
    def __init__(self, sizes, width):
        super().__init__()
        self.embed = nn.ModuleList(nn.Embedding(n, EMBED) for n in sizes)
        for e in self.embed:
            nn.init.normal_(e.weight, std=0.15)
        self.mix = nn.Linear(EMBED * len(sizes), width * PIECES)
        self.width = width

    def forward(self, ids, form=None):
        """ids [T, B, 6]; form: added to the vector of the form."""
        parts = []
        for k, e in enumerate(self.embed):
            x = e(ids[..., k])
            if k == 0 and form is not None:
                x = x + form
            if self.training:
                x = x * (torch.rand(*x.shape[:2], 1) >= 0.08)
            parts.append(x)
        x = self.mix(torch.cat(parts, -1))
        return torch.tanh(x.view(*x.shape[:-1], self.width, PIECES).amax(-1))


class Heads(nn.Module):
    """Tags, arcs (Dozat and Manning 2017, with a bias by distance) and labels over states."""
    def __init__(self, top, counts, arc=ARC, label=LABEL, drop=0.33):
        super().__init__()
        self.tags = nn.ModuleDict({k: nn.Linear(top, n) for k, n in counts.items() if k != "labels"})
        self.arc_own, self.arc_head = nn.Linear(top, arc), nn.Linear(top, arc)
        self.arc_pair = nn.Linear(arc, arc)
        self.arc_root = nn.Parameter(torch.zeros(arc))
        self.arc_distance = nn.Parameter(torch.zeros(2 * DISTANCE_MAX + 1))
        self.label_own, self.label_head = nn.Linear(top, label), nn.Linear(top, label, bias=False)
        self.label_root = nn.Parameter(torch.zeros(label))
        self.label_distance = nn.Parameter(torch.zeros(2 * DISTANCE_MAX + 1, label))
        self.label_out = nn.Linear(label, counts["labels"])
        self.drop = Dropout(drop)

    def arcs(self, x):  # [T, B, D] -> [B, T, T+1]
        own, head = self.drop(torch.tanh(self.arc_own(x))), self.drop(torch.tanh(self.arc_head(x)))
        root = torch.tanh(self.arc_root).expand(1, x.shape[1], -1)
        head = torch.cat([root.to(head.dtype), head], 0)
        s = self.arc_pair(own).transpose(0, 1) @ head.permute(1, 2, 0)
        return s.float() + self.arc_distance[distance_bucket(x.shape[0])]

    def labels(self, x, heads):  # heads [T, B], 0 root -> [T, B, L]
        root = self.label_root.expand(1, x.shape[1], -1).to(x.dtype)
        other = torch.cat([root, self.label_head(x).to(x.dtype)])
        other = other.gather(0, heads[..., None].expand(*heads.shape, other.shape[-1]))
        d = (heads - 1 - torch.arange(x.shape[0])[:, None]).clamp(-DISTANCE_MAX, DISTANCE_MAX) + DISTANCE_MAX
        d = torch.where(heads == 0, torch.full_like(d, DISTANCE_MAX), d)
        h = torch.tanh(self.label_own(x) + other + self.label_distance[d])
        return self.label_out(self.drop(h))


class Student(nn.Module):
    """What ships: words, two BiLSTM layers, heads."""
    def __init__(self, sizes, counts, vectors=None):
        """vectors [words, V]: given vectors of the known forms, kept as they are."""
        super().__init__()
        self.words = Words(sizes, WORD)
        self.register_buffer("vectors", vectors, persistent=False)
        self.project = nn.Linear(vectors.shape[1], EMBED, bias=False) if vectors is not None else None
        self.cells = nn.ModuleList(
            nn.ModuleList(cell(width, HIDDEN) for _ in range(2)) for width in (WORD, 2 * HIDDEN))
        self.heads = Heads(2 * HIDDEN, counts, drop=DROP)
        self.drop = Dropout(DROP)

    def forward(self, batch):
        form = None
        if self.vectors is not None:
            form = self.project(F.embedding(batch["vector"], self.vectors))
        x = noisy(self.drop(self.words(batch["ids"], form)), self.training)
        for pair in self.cells:
            x = noisy(self.drop(read_both_ways(pair, x, batch["flip"])), self.training)
        return x


def cross_entropy(scores, gold):
    return F.cross_entropy(scores.float().flatten(0, 1), gold.flatten(), ignore_index=-1)


def losses(net, batch):
    """Losses by head, against the gold numbers of the batch; heads without any are left out."""
    x = net(batch)
    out = {k: cross_entropy(head(x), batch[k]) for k, head in net.heads.tags.items() if k in batch}
    gold = batch["heads"]
    s = net.heads.arcs(x).masked_fill(~batch["there"][:, None, :], -1e4)
    out["arcs"] = cross_entropy(s, gold.t())
    out["labels"] = cross_entropy(net.heads.labels(x, gold.clamp(min=0)), batch["labels"])
    return {k: v for k, v in out.items() if torch.isfinite(v)}
