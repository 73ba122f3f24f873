"""What teachers think of a word: its likeliest classes and their probabilities, by kind."""
import numpy as np

KEEP = {"upos": 3, "feats": 3, "lemma": 3, "names": 3, "heads": 4, "labels": 4}  # classes a kind


def read_marks(path):
    """[(forms, marks)] as label.py wrote them."""
    z = np.load(path)
    forms = z["forms"].tobytes().decode().split("\n")
    ends = np.cumsum(z["lengths"])
    arrays = {k: (z[k], z[k + "_p"]) for k in KEEP}
    return [(forms[e - n:e], {k: (c[e - n:e], p[e - n:e]) for k, (c, p) in arrays.items()})
            for e, n in zip(ends, z["lengths"])]
