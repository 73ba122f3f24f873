"""One encoder, six heads. Shapes: B sentences, T words, D width."""
import torch
from torch import nn
from torch.nn import functional as F

EMBED, WORD, PIECES, HIDDEN, ARC, LABEL = 96, 128, 3, 160, 128, 160
DISTANCE_MAX = 16


def distance_bucket(n, device=None):
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


class Network(nn.Module):
    def __init__(self, sizes, counts):
        super().__init__()
        self.embed = nn.ModuleList(nn.Embedding(n, EMBED) for n in sizes)
        for e in self.embed:
            nn.init.normal_(e.weight, std=0.15)
        self.word = nn.Linear(EMBED * len(sizes), WORD * PIECES)
        self.cells = nn.ModuleList(
            nn.ModuleList(nn.LSTM(width, HIDDEN) for _ in range(2)) for width in (WORD, 2 * HIDDEN))
        for pair in self.cells:
            for cell in pair:
                for k in (0,):
                    nn.init.orthogonal_(cell.weight_hh_l0)
                    cell.bias_hh_l0.data.zero_()
                    cell.bias_ih_l0.data.zero_()
                    cell.bias_ih_l0.data[HIDDEN:2 * HIDDEN] = 1.0
                cell.bias_hh_l0.requires_grad_(False)
        top = 2 * HIDDEN
        self.tags = nn.ModuleDict({k: nn.Linear(top, counts[k]) for k in ("upos", "feats", "lemma", "names")})
        self.arc_own, self.arc_head = nn.Linear(top, ARC), nn.Linear(top, ARC)
        self.arc_pair = nn.Linear(ARC, ARC)
        self.arc_root = nn.Parameter(torch.zeros(ARC))
        self.arc_distance = nn.Parameter(torch.zeros(2 * DISTANCE_MAX + 1))
        self.label_own, self.label_head = nn.Linear(top, LABEL), nn.Linear(top, LABEL, bias=False)
        self.label_root = nn.Parameter(torch.zeros(LABEL))
        self.label_distance = nn.Parameter(torch.zeros(2 * DISTANCE_MAX + 1, LABEL))
        self.label_out = nn.Linear(LABEL, counts["labels"])
        self.drop = Dropout(0.33)

    def words(self, ids):  # [T, B, 6]
        parts = []
        for k, e in enumerate(self.embed):
            x = e(ids[..., k])
            if self.training:
                x = x * (torch.rand(*x.shape[:2], 1) >= 0.08)
            parts.append(x)
        x = self.word(torch.cat(parts, -1))
        return torch.tanh(x.view(*x.shape[:-1], WORD, PIECES).amax(-1))

    def forward(self, ids, flip):
        """ids [T, B, 6]; flip [T, B]: index that reverses each sentence within its length."""
        x = noisy(self.drop(self.words(ids)), self.training)
        for pair in self.cells:
            ahead, _ = pair[0](x)
            back, _ = pair[1](x.gather(0, flip[..., None].expand_as(x)))
            back = back.gather(0, flip[..., None].expand_as(back))
            x = noisy(self.drop(torch.cat([ahead, back], -1)), self.training)
        return x

    def arcs(self, x):  # [T, B, D] -> [B, T, T+1]
        own, head = self.drop(torch.tanh(self.arc_own(x))), self.drop(torch.tanh(self.arc_head(x)))
        root = torch.tanh(self.arc_root).expand(1, x.shape[1], ARC)
        head = torch.cat([root.to(head.dtype), head], 0)
        s = self.arc_pair(own).transpose(0, 1) @ head.permute(1, 2, 0)
        return s.float() + self.arc_distance[distance_bucket(x.shape[0])]

    def labels(self, x, heads):  # heads [T, B], 0 root -> [T, B, L]
        other = torch.cat([self.label_root.expand(1, x.shape[1], LABEL).to(x.dtype), self.label_head(x).to(x.dtype)])
        other = other.gather(0, heads[..., None].expand(*heads.shape, LABEL))
        d = (heads - 1 - torch.arange(x.shape[0])[:, None]).clamp(-DISTANCE_MAX, DISTANCE_MAX) + DISTANCE_MAX
        d = torch.where(heads == 0, torch.full_like(d, DISTANCE_MAX), d)
        h = torch.tanh(self.label_own(x) + other + self.label_distance[d])
        return self.label_out(self.drop(h))


def losses(net, batch):
    x = net(batch["ids"], batch["flip"])
    out = {}
    for k, head in net.tags.items():
        out[k] = F.cross_entropy(head(x).float().flatten(0, 1), batch[k].flatten(), ignore_index=-1)
    s = net.arcs(x)
    s = s.masked_fill(~batch["there"][:, None, :], -1e4)
    gold = batch["heads"]
    out["arcs"] = F.cross_entropy(s.flatten(0, 1), gold.t().flatten(), ignore_index=-1)
    out["labels"] = F.cross_entropy(net.labels(x, gold.clamp(min=0)).float().flatten(0, 1),
                                    batch["labels"].flatten(), ignore_index=-1)
    return {k: v for k, v in out.items() if torch.isfinite(v)}
