#!/usr/bin/env python3
"""Checks every record and claim over a folder of articles against docs/record.schema.json.

usage: check_schema.py PROGRAM ARTICLES...

Also what a schema can't say: keys in the documented order, spans that hold their text,
ids used once.
"""
import json
import pathlib
import subprocess
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parent.parent


def spans(value):
    """Every object with a span and its text."""
    if isinstance(value, dict):
        if "start" in value:
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def problems(record, texts, order):
    keys = [k for k in record if k != "kind"]
    if keys != [k for k in order[record.get("kind", "event")] if k in keys]:
        yield "keys out of order"
    text = texts[record["doc"]].encode()
    for span in spans(record):
        words = span.get("event_text") or span.get("entity_text") or span.get("text")
        if words and text[span["start"]:span["end"]].decode() != words:
            yield f"bytes {span['start']}..{span['end']} are not {words!r}"


def main():
    program, paths = sys.argv[1], sys.argv[2:]
    schema = json.loads((ROOT / "docs/record.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    order = {kind: list(schema["$defs"][kind]["properties"]) for kind in ("event", "claim")}
    order["claim"].remove("kind")
    texts = {}
    for path in paths:
        files = sorted(pathlib.Path(path).rglob("*.jsonl")) if pathlib.Path(path).is_dir() else [path]
        for file in files:
            for line in open(file, encoding="utf-8"):
                article = json.loads(line)
                texts[article["id"]] = article["text"]
    run = subprocess.run([program, "code", "--claims", "--format", "jsonl", *paths],
                         stdout=subprocess.PIPE, check=True)
    failed, count, ids = 0, 0, set()
    for number, line in enumerate(run.stdout.decode().splitlines(), 1):
        record = json.loads(line)
        count += 1
        found = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in
                 (c for e in validator.iter_errors(record) for c in (e.context or [e]))
                 if not e.message.startswith("'kind' is a required")]
        if validator.is_valid(record):
            found = []
        found += problems(record, texts, order)
        if record["id"] in ids:
            found.append("the id is used twice")
        ids.add(record["id"])
        for what in found:
            failed += 1
            print(f"record {number}: {what}")
    if not any(True for _ in ids):
        failed += 1
        print("no records")
    print(f"{count} records and claims checked")
    sys.exit(failed > 0)


main()
