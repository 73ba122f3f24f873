#!/usr/bin/env python3
"""A CoNLL-U file whose forms come as wires, headlines and the open web bring them.

usage: disturb.py WAY FILE.conllu

    upper     in capitals
    lower     in small letters
    headline  words of more than three letters begin with a capital
    curly     quotation marks and apostrophes curled
    unstopped the final full stop, question or exclamation mark of a sentence is gone, where nothing hangs on it
    mistyped  one word in twelve has two letters changed places, one left out, doubled, or wrong

Trees stay what they are; the figures are those of the words that are left. Seeded: the
same file comes out every time.
"""
import random
import sys

PAIRS = {'"': "\u201c\u201d", "``": "\u201c\u201c", "''": "\u201d\u201d"}


def mistyped(form, rng):
    i = rng.randrange(len(form) - 1)
    way = rng.randrange(4)
    if way == 0:
        return form[:i] + form[i + 1] + form[i] + form[i + 2:]
    if way == 1:
        return form[:i] + form[i + 1:]
    if way == 2:
        return form[:i + 1] + form[i:]
    return form[:i] + rng.choice("abcdefghijklmnopqrstuvwxyz") + form[i + 1:]


def curled(form, opened):
    if form in PAIRS:
        opened[0] = not opened[0]
        return PAIRS[form][0 if opened[0] else 1]
    return form.replace("'", "\u2019")


def changed(way, form, number, rng, opened):
    if way == "upper":
        return form.upper()
    if way == "lower":
        return form.lower()
    if way == "headline":
        return form[:1].upper() + form[1:] if len(form) > 3 or number == "1" else form
    if way == "curly":
        return curled(form, opened)
    if way == "mistyped" and len(form) > 2 and form.isalpha() and rng.random() < 1 / 12:
        return mistyped(form, rng)
    return form


def unstopped(rows):
    """The sentence's rows without its last stop."""
    words = [r for r in rows if r[0].isdigit()]
    last = words[-1]
    if len(words) > 1 and last[1] in (".", "?", "!") and all(r[6] != last[0] for r in words):
        return [r for r in rows if r is not last]
    return rows


def main():
    way, path = sys.argv[1:]
    rng, rows = random.Random(5), []
    for line in open(path, encoding="utf-8"):
        columns = line.rstrip("\n").split("\t")
        if len(columns) == 10:
            rows.append(columns)
        elif not line.strip():
            opened = [False]
            for r in unstopped(rows) if way == "unstopped" else rows:
                r[1] = changed(way, r[1], r[0], rng, opened)
                print("\t".join(r))
            print()
            rows = []


if __name__ == "__main__":
    main()
