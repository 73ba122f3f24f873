"""Figures on a treebank, with greedy heads: quick, and close to those of the program."""
import collections

import torch

import features as feat
import names as namelist


@torch.no_grad()
def score(net, make, items, sentences, vocab, names="names"):
    """make(items): a batch. Percent right of each kind; names: strict F1 of the head `names`."""
    net.eval()
    hit = collections.Counter()
    order = sorted(range(len(items)), key=lambda i: len(sentences[i].forms))
    universal = [l.split(":")[0] for l in vocab["labels"]]
    total = names_gold = names_found = names_hit = 0
    for at in range(0, len(order), 64):
        part = order[at:at + 64]
        b = make([items[i] for i in part])
        x = net(b)
        heads = net.heads.arcs(x).masked_fill(~b["there"][:, None, :], -1e4).argmax(-1).t()
        labels = net.heads.labels(x, heads).argmax(-1)
        tags = {k: h(x).argmax(-1) for k, h in net.heads.tags.items()}
        for j, i in enumerate(part):
            n, g = len(sentences[i].forms), sentences[i]
            for t in range(n):
                total += 1
                right = int(heads[t, j]) == g.heads[t]
                hit["UAS"] += right
                hit["LAS"] += right and universal[labels[t, j]] == g.labels[t].split(":")[0]
                hit["UPOS"] += vocab["upos"][tags["upos"][t, j]] == g.upos[t]
                hit["feats"] += vocab["feats"][tags["feats"][t, j]] == g.feats[t]
                hit["lemma"] += feat.apply_script(g.forms[t], vocab["lemma"][tags["lemma"][t, j]]) == g.lemmas[t]
            if g.names:
                a = set(namelist.spans([vocab["names"][k] for k in tags[names][:n, j]]))
                gold = set(namelist.spans(g.names))
                names_gold, names_found, names_hit = (names_gold + len(gold), names_found + len(a),
                                                      names_hit + len(a & gold))
    out = {k: 100 * v / total for k, v in hit.items()}
    out["names"] = 200 * names_hit / max(1, names_gold + names_found)
    net.train()
    return out
