#!/usr/bin/env python3
"""A CoNLL-U file with its forms in capitals: wires and headlines come so.

usage: upper.py FILE.conllu
"""
import sys

for line in open(sys.argv[1], encoding="utf-8"):
    columns = line.split("\t")
    if len(columns) == 10:
        columns[1] = columns[1].upper()
    print("\t".join(columns), end="")
