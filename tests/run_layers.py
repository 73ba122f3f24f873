#!/usr/bin/env python3
"""Runs the cases under tests/layers: a short text, and what `annotate` must find in it.

usage: run_layers.py [--program build/dateline] FILES or FOLDERS...

A case is a block of lines; blank lines stand between cases:

    # why the case is there
    date: 2019-05-04        (also with a clock time)
    text: Police in Lagos arrested at least 40 marchers two days earlier.
      (lines indented by two spaces go on, with their line breaks)
    time: two days earlier | DATE | 2019-05-02
    place: Lagos | Lagos | NGA | city
    quantity: at least 40 | >= 40 | person | marcher
    claim: ... | speaker the mayor | cue said | quoted
    no place: Victoria      (none whose words are these)
    times: 1                (how many in all; places, quantities, claims too)

The words must be those of the found span (`~words`: part of it, or it of them). What
follows between bars must all hold; `*` and what is left out hold always, `-` is "none":
    time      type, value
    place     name, country, precision (`-`: no point), admin1, latitude and longitude
    quantity  [relation] value[..high], unit, of
    claim     speaker WORDS, cue WORDS, quoted, unquoted, KEY VALUE (any other key of it)
"""
import json
import pathlib
import re
import subprocess
import sys

LAYERS = {"time": "times", "place": "places", "quantity": "quantities", "claim": "claims"}
CHECKS = {*LAYERS, *LAYERS.values(), *(f"no {k}" for k in LAYERS)}


class Case:
    def __init__(self, path, date):
        self.path, self.date, self.line, self.text, self.checks = path, date, 0, None, []


def read_cases(path):
    """Cases of one file, in order."""
    cases, case = [], None
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        case = case or Case(path, None)
        if line.startswith("  ") and case.text is not None and not case.checks:
            case.text += "\n" + line[2:]
        elif not line.strip():
            if case.text is not None:
                cases.append(case)
            case = None
        elif not line.startswith("#"):
            key, colon, value = line.partition(":")
            value = value.strip()
            if key == "date":
                case.date = value
            elif key == "text":
                case.text, case.line = value, number
            elif colon and key in CHECKS:
                case.checks.append((key, value))
            else:
                sys.exit(f"{path}:{number}: not a line of a case: {line}")
    if case and case.text is not None:
        cases.append(case)
    for case in cases:
        if not case.checks:
            sys.exit(f"{path}:{case.line}: the case expects nothing")
    return cases


def is_value(found, wanted):
    """Whether a found value (None: absent) is what the case wants."""
    return wanted == "*" or (found is None if wanted == "-" else str(found) == wanted)


def span_ok(text, wanted):
    part = wanted.removeprefix("~").strip()
    return text == part or (wanted.startswith("~") and (part in text or text in part))


def number_ok(quantity, wanted):
    match = re.fullmatch(r"([<>=~]*)\s*(-?[\d.]+?)(?:\.\.(-?[\d.]+))?", wanted)
    if not match:
        return wanted == "*"
    relation, value, high = match.groups()
    relation = ".." if high else relation or "="
    return (quantity["relation"] == relation and quantity["value"] == float(value)
            and (high is None or quantity.get("high") == float(high)))


def claim_ok(claim, part):
    key, _, value = part.partition(" ")
    if key in ("quoted", "unquoted"):
        return claim["quoted"] == (key == "quoted")
    if key == "speaker":
        return is_value(claim.get("speaker", {}).get("entity_text"), value)
    if key == "cue":
        return is_value(claim.get("cue", {}).get("text"), value)
    return is_value(claim.get(key), value)


def fits(kind, found, parts):
    """Whether all parts behind the words hold of what was found."""
    if kind == "claim":
        return all(claim_ok(found, p) for p in parts)
    if kind == "quantity":
        return all((number_ok(found, parts[0]) if i == 0 else is_value(found.get(key), parts[i]))
                   for i, key in zip(range(len(parts)), ("value", "unit", "of")))
    if kind == "place":
        located = "lat" in found
        found = dict(found, precision=found["precision"] if located else None,
                     point=f"{found['lat']} {found['lon']}" if located else None)
        keys = ("name", "country", "precision", "admin1", "point")
    else:
        keys = ("type", "value")
    return all(is_value(found.get(key), part) for key, part in zip(keys, parts))


def wrong_checks(case, layers, source):
    """Checks that do not hold, as text."""
    out, used = [], set()
    for key, value in case.checks:
        words, *parts = [p.strip() for p in value.split("|")]
        if key in LAYERS.values():
            ok = len(layers[key]) == int(value)
        elif key.startswith("no "):
            ok = not any(span_ok(source(f), words) for f in layers[LAYERS[key[3:]]])
        else:
            free = (i for i, f in enumerate(layers[LAYERS[key]])
                    if (key, i) not in used and span_ok(source(f), words) and fits(key, f, parts))
            number = next(free, None)
            used.add((key, number))
            ok = number is not None
        if not ok:
            out.append(f"{key}: {value}")
    return out


def brief(kind, found, words):
    """What was found in the form of an expectation, for people."""
    parts = [words]
    if kind == "time":
        parts += [found["type"], found.get("value", "-")]
    elif kind == "place":
        parts += [found.get(k, "-") for k in ("name", "country")]
        parts += [found["precision"] if "lat" in found else "-", found.get("admin1", "-")]
    elif kind == "quantity":
        high = f"..{found['high']:g}" if "high" in found else ""
        parts += [f"{found['relation']} {found['value']:g}{high}", found.get("unit", "-"), found.get("of", "-")]
    else:
        parts += ["speaker " + found.get("speaker", {}).get("entity_text", "-"),
                  "cue " + found.get("cue", {}).get("text", "-"), "quoted" if found["quoted"] else "unquoted"]
    return f"{kind}: {' | '.join(parts)}"


def annotate(program, cases):
    articles = "".join(
        json.dumps({"id": str(n), **({"date": c.date} if c.date else {}), "text": c.text},
                   ensure_ascii=False) + "\n" for n, c in enumerate(cases))
    run = subprocess.run([program, "annotate", "--quiet", "--input-format", "jsonl", "-"],
                         input=articles.encode(), stdout=subprocess.PIPE)
    if run.returncode != 0:
        sys.exit(f"{program} annotate exited {run.returncode}")
    return [json.loads(line) for line in run.stdout.decode().splitlines()]


def main():
    arguments, program, paths = sys.argv[1:], "build/dateline", []
    while arguments:
        word = arguments.pop(0)
        if word == "--program":
            program = arguments.pop(0)
        else:
            path = pathlib.Path(word)
            paths += sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    cases = [case for path in paths for case in read_cases(path)]
    failed = 0
    for case, layers in zip(cases, annotate(program, cases), strict=True):
        raw = case.text.encode()
        source = lambda found: raw[found["start"]:found["end"]].decode()
        wrong = wrong_checks(case, layers, source)
        if not wrong:
            continue
        failed += 1
        print(f"{case.path}:{case.line}: {case.text}")
        for what in wrong:
            print(f"    not so: {what}")
        for kind in {k.removeprefix("no ") for k, _ in case.checks if k.removeprefix("no ") in LAYERS}:
            for found in layers[LAYERS[kind]]:
                print(f"    got: {brief(kind, found, source(found))}")
    print(f"{len(cases) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


main()
