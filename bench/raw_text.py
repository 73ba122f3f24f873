#!/usr/bin/env python3
"""The running text of a CoNLL-U file, from its `# text` lines; a paragraph a `# newpar` or `# newdoc`.

usage: raw_text.py FILE.conllu
"""
import sys

parts, breaks = [], False
for line in open(sys.argv[1], encoding="utf-8"):
    if line.startswith(("# newdoc", "# newpar")):
        breaks = True
    elif line.startswith("# text = "):
        if parts:
            parts.append("\n\n" if breaks else " ")
        parts.append(line[len("# text = "):].rstrip("\n"))
        breaks = False
print("".join(parts))
