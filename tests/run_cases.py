#!/usr/bin/env python3
"""Runs the cases under tests/cases: a short text, and the records that must come of it.

usage: run_cases.py [--program build/dateline] [--print-articles] [--mark] FILES or FOLDERS...

A case is a block of lines; blank lines stand between cases:

    # why the case is there
    date: 2019-05-04
    text: Police in Lagos arrested 40 marchers on Friday.
      (lines indented by two spaces go on, with their line breaks)
    expect: COERCE arrest | actor NGA COP | recipient - CVL | arrested 40 | date 2019-05-03
    not: ASSAULT            (a category that must not appear)
    count: 1                (number of records in all)
    none:                   (no record at all)
    known: why              (the case is known to fail; once it passes, that is an error)

--mark adds a `known:` line to each case that fails and takes it from those that pass.

Parts of `expect`, between bars; all that stand there must hold of one record, and no
record serves two lines:
    CATEGORY mode...        modes that must be among the record's
    actor CODE SECTOR       one of the actors; `-` is "none", a lone sector is a sector
    recipient CODE SECTOR
    actors N, recipients N  how many
    status S, cameo C, context a,b, country CCC, place NAME, text WORDS (in event_text)
    date D, end_date D      the beginning of the date; `date -`: none
    dead N, injured N, arrested N, missing N, displaced N, participants N, troops N
                            with its relation in front: >100, <~8000, ~50, >=3
    counted KIND N TEXT     one of the counts by others, of a source as below
    source TEXT             somewhere in the words, name or code of a source
    doubt WORDS             the words that keep it in doubt; - is "none"
"""
import collections
import json
import pathlib
import re
import subprocess
import sys

SECTORS = set("""AGR BUS COP CRM CVL EDU ELI GOV JRN JUD LAB LEG MED MIL OPP PRE PRM PTY
REB REF REL SOC SPY UAF UNK""".split())
SIZES = ("dead", "injured", "arrested", "missing", "displaced", "participants", "troops")
Case = collections.namedtuple("Case", "file line date text checks known")


def read_cases(path):
    """Cases of one file, in order."""
    cases, checks, date, text, start, known = [], [], None, None, 0, None
    lines = path.read_text(encoding="utf-8").split("\n") + [""]
    for number, line in enumerate(lines, 1):
        if text is not None and line.startswith("  ") and not checks:
            text += "\n" + line[2:]
        elif not line.strip():
            if text is not None:
                cases.append(Case(path, start, date, text, checks, known))
            checks, date, text, known = [], None, None, None
        elif not line.startswith("#"):
            key, colon, value = line.partition(":")
            value = value.strip()
            if not colon or key not in ("date", "text", "expect", "not", "count", "none", "known"):
                sys.exit(f"{path}:{number}: not a line of a case: {line}")
            if key == "date":
                date = value
            elif key == "text":
                text, start = value, number
            elif key == "known":
                known = number
            else:
                checks.append((number, key, value))
    for case in cases:
        if not case.checks:
            sys.exit(f"{path}:{case.line}: the case expects nothing")
    return cases


def entity_is(entity, code, sector):
    if sector is None and code in SECTORS and entity.get("code") != code:
        code, sector = None, code
    if code not in (None, "*") and entity.get("code", "-") != code:
        return False
    if sector in (None, "*"):
        return True
    sectors = entity.get("sector", [])
    return not sectors if sector == "-" else sector in sectors


def party_ok(entities, words):
    if words == ["-"]:
        return not entities
    code, sector = (words + [None])[:2]
    return any(entity_is(e, code, sector) for e in entities)


def size_ok(record, kind, words):
    found = record.get("size", {}).get(kind)
    if words == ["-"]:
        return found is None
    if not found:
        return False
    relation, value, high = re.fullmatch(r"([<>=~]*)([\d.]+?)(?:\.\.([\d.]+))?", words[0]).groups()
    relation = ".." if high else relation or "="
    return (found["relation"] == relation and found["value"] == float(value)
            and (not high or found.get("high") == float(high)))


def source_ok(sources, value):
    if value == "-":
        return not sources
    return any(value in " ".join(str(s.get(k, "")) for k in ("entity_text", "name", "code"))
               for s in sources)


def part_ok(record, part):
    """Whether one part of an expectation holds of the record."""
    key, *words = part.split()
    value = " ".join(words)
    place = record.get("event_loc", {})
    if key.isupper():
        return record["event"] == key and set(words) <= set(record.get("mode", []))
    if key in ("actor", "recipient"):
        return party_ok(record.get(key, []), words)
    if key in ("actors", "recipients"):
        return len(record.get(key[:-1], [])) == int(value)
    if key in ("status", "cameo"):
        return record.get(key) == value
    if key in ("date", "end_date"):
        return key not in record if value == "-" else record.get(key, "").startswith(value)
    if key == "context":
        return set(re.split(r"[,\s]+", value)) <= set(record.get("context", []))
    if key == "country":
        return place.get("country") == value
    if key == "place":
        return not place if value == "-" else value in (place.get("name"), place.get("entity_text"))
    if key in SIZES:
        return size_ok(record, key, words)
    if key == "counted":
        return any(c["kind"] == words[0] and size_ok({"size": {words[0]: c}}, words[0], words[1:2])
                   and source_ok(c["according_to"], " ".join(words[2:]))
                   for c in record.get("counts", []))
    if key == "source":
        return source_ok(record.get("according_to", []), value)
    if key == "doubt":
        return record.get("doubt", {}).get("text", "-") == value
    if key == "text":
        return value in record["event_text"]
    sys.exit(f"unknown part of an expectation: {part}")


def brief(record):
    """The record in the form of an expectation, for people."""
    def entity(e):
        return " ".join([e.get("code", "-"), *e.get("sector", [])]) + f" ({e['entity_text']})"
    parts = [" ".join([record["event"], *record.get("mode", [])])]
    parts += [f"actor {entity(e)}" for e in record.get("actor", [])]
    parts += [f"recipient {entity(e)}" for e in record.get("recipient", [])]
    parts += [f"{k} {q['relation'].replace('=', '', q['relation'] == '=')}{q['value']:g}"
              for k, q in record.get("size", {}).items()]
    parts += [f"{k} {record[k]}" for k in ("status", "date") if k in record]
    if "event_loc" in record:
        place = record["event_loc"]
        parts.append(f"place {place.get('name', place['entity_text'])}")
    parts += [f"source {s.get('entity_text', '?')}" for s in record.get("according_to", [])]
    parts += [f"doubt {record['doubt']['text']}"] if "doubt" in record else []
    return " | ".join(parts + [record["rule"]])


def assign(wanted, candidates, used=()):
    """Whether each expectation can have a record of its own."""
    if not wanted:
        return True
    return any(assign(wanted[1:], candidates, used + (i,))
               for i in candidates[wanted[0]] if i not in used)


def wrong_checks(case, records):
    """Checks that do not hold, as text."""
    out, candidates = [], {}
    for number, key, value in case.checks:
        if key == "none" and records:
            out.append("none:")
        elif key == "count" and len(records) != int(value):
            out.append(f"count: {value}")
        elif key == "not" and any(r["event"] == value for r in records):
            out.append(f"not: {value}")
        elif key == "expect":
            parts = [p.strip() for p in value.split("|")]
            fits = [i for i, r in enumerate(records) if all(part_ok(r, p) for p in parts)]
            if fits:
                candidates[number] = fits
            else:
                best = max(records, key=lambda r: sum(part_ok(r, p) for p in parts), default=None)
                misses = [p for p in parts if not best or not part_ok(best, p)]
                out.append(f"expect: {value}\n      not so: {' | '.join(misses)}")
    if not assign(list(candidates), candidates):
        out.append("two expectations fit one record only")
    return out


def mark(cases, failing):
    """Makes the `known:` lines say what is so."""
    for path in {c.file for c in cases}:
        lines = path.read_text(encoding="utf-8").split("\n")
        for case in sorted((c for c in cases if c.file == path), key=lambda c: -c.line):
            if case in failing and not case.known:
                lines.insert(case.checks[-1][0], "known: not coded so yet")
            elif case.known and case not in failing:
                del lines[case.known - 1]
        path.write_text("\n".join(lines), encoding="utf-8")


def main():
    arguments = sys.argv[1:]
    program, paths, only_print, marking = "build/dateline", [], False, False
    while arguments:
        word = arguments.pop(0)
        if word == "--program":
            program = arguments.pop(0)
        elif word == "--print-articles":
            only_print = True
        elif word == "--mark":
            marking = True
        else:
            path = pathlib.Path(word)
            paths += sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    cases = [case for path in paths for case in read_cases(path)]
    articles = "".join(
        json.dumps({"id": str(n), **({"date": c.date} if c.date else {}), "text": c.text},
                   ensure_ascii=False) + "\n" for n, c in enumerate(cases))
    if only_print:
        sys.stdout.buffer.write(articles.encode())
        return
    run = subprocess.run([program, "code", "--quiet", "--input-format", "jsonl", "--format", "jsonl", "-"],
                         input=articles.encode(), stdout=subprocess.PIPE)
    if run.returncode != 0:
        sys.exit(f"{program} code exited {run.returncode}")
    records = collections.defaultdict(list)
    for line in run.stdout.decode().splitlines():
        record = json.loads(line)
        records[record["doc"]].append(record)
    wrong = {n: wrong_checks(case, records[str(n)]) for n, case in enumerate(cases)}
    if marking:
        mark(cases, [case for n, case in enumerate(cases) if wrong[n]])
        return
    failed = known = 0
    for n, case in enumerate(cases):
        known += bool(case.known and wrong[n])
        if bool(wrong[n]) == bool(case.known):
            continue
        failed += 1
        print(f"{case.file}:{case.line}: {case.text}")
        for what in wrong[n] or ["the case passes now: take its line `known:` away"]:
            print(f"    {what}")
        for record in records[str(n)]:
            print(f"    got: {brief(record)}")
        if not records[str(n)]:
            print("    got: no record")
    print(f"{known} more cases are known to fail")
    print(f"{len(cases) - failed - known} passed, {failed} failed")
    sys.exit(failed > 0)


main()
