#!/usr/bin/env python3
"""Runs the phrases under tests/entities: what one name or phrase is coded as on a day.

usage: run_entities.py [--program build/dateline] FILES or FOLDERS...

A line has a phrase, a date, the country code, the sectors with commas between (the first
of them must be the record's first, all must be there) and the canonical name, parted by
tabs; `-` is none for code and sectors, and not asked for a name. Lines that begin with `#`
are comments, and one that begins with `known: ` names a phrase that is known to fail.
"""
import argparse
import json
import pathlib
import subprocess
import sys


def read(path):
    """(file, line, known, phrase, date, code, sectors, name) of each line."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        known = line.startswith("known: ")
        fields = (line[7:] if known else line).split("\t")
        if len(fields) != 5:
            sys.exit(f"{path}:{number}: five fields are wanted, not {len(fields)}")
        yield (path, number, known, *fields)


def right(entity, code, sectors, name):
    """Whether the program's entity is what the line wants."""
    wanted, got = ([] if sectors == "-" else sectors.split(",")), entity.get("sector", [])
    return (entity.get("code", "-") == code and (got[:1] == wanted[:1]) and set(wanted) <= set(got)
            and (name == "-" or entity.get("name") == name))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--program", default="build/dateline")
    p.add_argument("paths", nargs="+")
    a = p.parse_args()
    files = [f for x in map(pathlib.Path, a.paths) for f in (sorted(x.glob("**/*.tsv")) if x.is_dir() else [x])]
    lines = [line for f in files for line in read(f)]
    asked = "".join(json.dumps({"id": str(i), "text": l[3], "date": l[4]}) + "\n" for i, l in enumerate(lines))
    run = subprocess.run([a.program, "entity", "--format", "jsonl", "-"], input=asked.encode(), stdout=subprocess.PIPE,
                         check=True)
    got = {int(e["id"]): e for e in map(json.loads, run.stdout.splitlines())}
    passed = failed = known = 0
    for i, (path, number, expected_to_fail, phrase, date, code, sectors, name) in enumerate(lines):
        entity = got.get(i, {})
        if right(entity, code, sectors, name) != expected_to_fail:
            passed += not expected_to_fail
            known += expected_to_fail
            continue
        failed += 1
        print(f"{path}:{number}: {phrase} ({date}): " + ("passes now: take `known: ` away" if expected_to_fail else
              f"wanted {code} {sectors} {name}, got {entity.get('code', '-')} {','.join(entity.get('sector', [])) or '-'} "
              f"{entity.get('name', '-')}"))
    if known:
        print(f"{known} more are known to fail")
    print(f"{passed} passed, {failed} failed")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
