#!/usr/bin/env python3
"""Reads every layout of `dateline export` back as its public loaders do, and compares.

usage: check_export.py PROGRAM RECORDS...

RECORDS are JSON lines as `dateline code --format jsonl` writes them; files of articles
(with a "text" and no "event") are coded first. Also: every CAMEO code and country code
that the dictionaries can give has its row in lexicon/en/export/.
"""
import csv
import io
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PLOVER = """Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,
Actor Country,Actor COW,Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,
Wikipedia Actor ID,Recipient Name,Recipient Country,Recipient COW,Primary Recipient Sector,
Recipient Sectors,Recipient Title,Recipient Name Raw,Wikipedia Recipient ID,Placename,City,
District,Province,Country,Latitude,Longitude,GeoNames ID,Raw Placename,Feature Type,Source,
Publication Date,Story People,Story Organizations,Story Locations,Language,Version"""
ICEWS = """Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,
Intensity,Target Name,Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,
District,Province,Country,Latitude,Longitude"""
PHOENIX = """EventID,Date,Year,Month,Day,SourceActorFull,SourceActorEntity,SourceActorRole,
SourceActorAttribute,TargetActorFull,TargetActorEntity,TargetActorRole,TargetActorAttribute,
EventCode,EventRootCode,QuadClass,GoldsteinScore,Issues,Lat,Lon,LocationName,StateName,
CountryCode,SentenceID,URLs,NewsSources"""
ACTOR = "Code,Name,CountryCode,KnownGroupCode,EthnicCode,Religion1Code,Religion2Code,Type1Code,Type2Code,Type3Code"
GEO = "Type,FullName,CountryCode,ADM1Code,ADM2Code,Lat,Long,FeatureID"
EVENTS = ",".join([
    "GLOBALEVENTID,SQLDATE,MonthYear,Year,FractionDate",
    *("Actor1" + n for n in ACTOR.split(",")), *("Actor2" + n for n in ACTOR.split(",")),
    "IsRootEvent,EventCode,EventBaseCode,EventRootCode,QuadClass,GoldsteinScale,"
    "NumMentions,NumSources,NumArticles,AvgTone",
    *(side + "Geo_" + n for side in ("Actor1", "Actor2", "Action") for n in GEO.split(",")),
    "DATEADDED,SOURCEURL"])
MENTIONS = """GLOBALEVENTID,EventTimeDate,MentionTimeDate,MentionType,MentionSourceName,
MentionIdentifier,SentenceID,Actor1CharOffset,Actor2CharOffset,ActionCharOffset,InRawText,
Confidence,MentionDocLen,MentionDocTone,MentionDocTranslationInfo,Extras"""
PETRARCH = "Date,Source,Target,Code,Issues,IDs,URL,SourceName,SourceText,TargetText,EventText"

WHOLE, NUMBER, DAY, COMPACT = r"\d+", r"-?\d+(\.\d+)?", r"\d{4}-\d\d-\d\d", r"\d{8}"
CODE, ROOT_CODE, CAMEO_ACTOR = r"(0[1-9]|1\d|20)\d{0,2}", r"0[1-9]|1\d|20", r"([A-Z]{3}){1,5}"
ISO3, NAMES, ANY, NOTHING = r"[A-Z]{3}", r"[^;]+(;[^;]+)*", r".+", r"(?!)"
LIST3 = r"([A-Z]{3}|None)(;([A-Z]{3}|None))*"


def columns(names):
    return names.replace("\n", "").split(",")


# layout: names, header, what is missing, columns that are never missing, patterns
LAYOUTS = {
    "plover": (columns(PLOVER), True, "None",
               {"Event ID", "Event Type", "Intensity", "Quad Code", "Version"},
               {"Event ID": r"[0-9a-f]{16}", "Event Date": DAY, "Event Type": r"[A-Z]+",
                "Event Mode": r"[a-z-]+(;[a-z-]+)*", "Intensity": NUMBER, "Quad Code": r"[1-4]",
                "Contexts": r"[a-z_]+(;[a-z_]+)*", "Actor Name": NAMES, "Actor Country": LIST3,
                "Actor COW": r"(\d{1,3}|None)(;(\d{1,3}|None))*", "Primary Actor Sector": LIST3,
                "Actor Sectors": LIST3, "Recipient Country": LIST3, "Recipient Sectors": LIST3,
                "Primary Recipient Sector": LIST3, "Country": ISO3, "Latitude": NUMBER,
                "Longitude": NUMBER, "Publication Date": DAY, "Wikipedia Actor ID": NOTHING,
                "Wikipedia Recipient ID": NOTHING, "District": NOTHING, "GeoNames ID": NOTHING,
                "Feature Type": NOTHING, "Story People": NOTHING, "Story Organizations": NOTHING,
                "Story Locations": NOTHING, "Version": r"dateline-\d+\.\d+\.\d+"}),
    "icews": (columns(ICEWS), True, "",
              {"Event ID", "Event Text", "CAMEO Code", "Intensity", "Story ID", "Sentence Number"},
              {"Event ID": WHOLE, "Event Date": DAY, "CAMEO Code": CODE, "Intensity": NUMBER,
               "Story ID": WHOLE, "Sentence Number": WHOLE, "District": NOTHING,
               "Latitude": NUMBER, "Longitude": NUMBER}),
    "phoenix": (columns(PHOENIX), False, "",
                {"EventID", "EventCode", "EventRootCode", "QuadClass", "GoldsteinScore", "SentenceID"},
                {"EventID": WHOLE, "Date": COMPACT, "Year": r"\d{4}", "Month": r"\d\d", "Day": r"\d\d",
                 "SourceActorFull": CAMEO_ACTOR, "TargetActorFull": CAMEO_ACTOR,
                 "SourceActorEntity": ISO3, "TargetActorEntity": ISO3, "SourceActorRole": ISO3,
                 "TargetActorRole": ISO3, "EventCode": CODE, "EventRootCode": ROOT_CODE,
                 "QuadClass": r"[0-4]", "GoldsteinScore": NUMBER, "Issues": NOTHING, "Lat": NUMBER,
                 "Lon": NUMBER, "CountryCode": ISO3, "SentenceID": r"[^;]+_\d+"}),
    "petrarch": (columns(PETRARCH), False, "---", {"Code", "IDs", "EventText"},
                 {"Date": COMPACT, "Source": CAMEO_ACTOR, "Target": CAMEO_ACTOR, "Code": CODE,
                  "Issues": NOTHING, "IDs": r".+_\d+"}),
    "gdelt-events": (columns(EVENTS), False, "",
                     {"GLOBALEVENTID", "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode",
                      "QuadClass", "GoldsteinScale", "Actor1Geo_Type", "Actor2Geo_Type", "ActionGeo_Type"},
                     {"GLOBALEVENTID": WHOLE, "SQLDATE": COMPACT, "MonthYear": r"\d{6}", "Year": r"\d{4}",
                      "FractionDate": r"\d{4}\.\d{4}", "Actor1Code": CAMEO_ACTOR, "Actor2Code": CAMEO_ACTOR,
                      "Actor1CountryCode": ISO3, "Actor2CountryCode": ISO3, "Actor1EthnicCode": NOTHING,
                      "Actor1Type1Code": ISO3, "Actor2Type1Code": ISO3, "Actor1Religion1Code": NOTHING,
                      "IsRootEvent": r"[01]", "EventCode": CODE, "EventBaseCode": r"\d{2,3}",
                      "EventRootCode": ROOT_CODE, "QuadClass": r"[1-4]", "GoldsteinScale": NUMBER,
                      "NumMentions": WHOLE, "NumSources": WHOLE, "NumArticles": WHOLE, "AvgTone": NOTHING,
                      "Actor1Geo_Type": "0", "Actor2Geo_Type": "0", "ActionGeo_Type": r"[0-5]",
                      "ActionGeo_CountryCode": r"[A-Z]{2}", "ActionGeo_ADM1Code": r"[A-Z]{2}([A-Z0-9]{2})?",
                      "ActionGeo_ADM2Code": NOTHING, "ActionGeo_Lat": NUMBER, "ActionGeo_Long": NUMBER,
                      "DATEADDED": r"\d{14}"}),
    "gdelt-mentions": (columns(MENTIONS), False, "",
                       {"GLOBALEVENTID", "MentionIdentifier", "SentenceID", "Actor1CharOffset",
                        "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence"},
                       {"GLOBALEVENTID": WHOLE, "EventTimeDate": r"\d{14}", "MentionTimeDate": r"\d{14}",
                        "MentionType": "1", "SentenceID": WHOLE, "Actor1CharOffset": r"-1|\d+",
                        "Actor2CharOffset": r"-1|\d+", "ActionCharOffset": WHOLE, "InRawText": "1",
                        "Confidence": r"\d{1,3}", "MentionDocTone": NOTHING, "Extras": NOTHING}),
}
WIDTHS = {"plover": 40, "icews": 20, "phoenix": 26, "gdelt-events": 61, "gdelt-mentions": 16}

failed = 0


def check(good, what):
    global failed
    if not good:
        failed += 1
        print("FAILED:", what)


def export(program, layout, lines, *more):
    run = subprocess.run([program, "export", "--quiet", "--format", layout, *more, "-"],
                         input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return run.stdout.decode()


def rows_of(text, quoting):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", quoting=quoting))


def check_table(layout, text):
    """Returns its rows as dictionaries, missing as None."""
    names, header, missing, always, patterns = LAYOUTS[layout]
    check(len(names) == WIDTHS.get(layout, len(names)), f"{layout}: columns listed here")
    check((not text or text.endswith("\n")) and "\r" not in text, f"{layout}: lines")
    rows = rows_of(text, csv.QUOTE_NONE)
    # a loader that leaves quoting on sees the same
    check(rows == rows_of(text, csv.QUOTE_MINIMAL), f"{layout}: quotation marks")
    check([len(r) for r in rows] == [line.count("\t") + 1 for line in text.splitlines()],
          f"{layout}: tabs")
    if header:
        check(rows[0] == names, f"{layout}: header {rows[0]}")
        rows = rows[1:]
    out = []
    for number, row in enumerate(rows, 1):
        check(len(row) == len(names), f"{layout} row {number}: {len(row)} columns")
        named = {n: (None if v == missing else v) for n, v in zip(names, row)}
        for name, value in named.items():
            if value is None:
                check(name not in always, f"{layout} row {number}: {name} is missing")
                continue
            check(value.strip() == value and value != "", f"{layout} row {number}: {name} {value!r}")
            check(re.fullmatch(patterns.get(name, ANY), value), f"{layout} row {number}: {name} {value!r}")
        out.append(named)
    return out


def mutual_codes():
    lines = (ROOT / "lexicon/en/export/cameo.txt").read_text().splitlines()
    return {line.split(" = ")[0] for line in lines if re.match(r"\d+ = \S+ mutual ", line)}


def pair_count(record, mutual):
    actors, recipients = len(record.get("actor", [])), len(record.get("recipient", []))
    if not recipients and actors > 1 and record.get("cameo") in mutual:
        return actors * (actors - 1) // 2
    return max(actors, 1) * max(recipients, 1)


def check_counts(records, tables):
    """Which records stand in which layout, how often, and with which codes."""
    mutual = mutual_codes()
    coded = [r for r in records if r["status"] == "actual" and "cameo" in r]
    expected = [r["cameo"] for r in coded for _ in range(pair_count(r, mutual))]
    check([r["Event ID"] for r in tables["plover"]] == [r["id"] for r in records], "plover: a row a record")
    for layout, column in (("icews", "CAMEO Code"), ("phoenix", "EventCode"), ("petrarch", "Code")):
        check([r[column] for r in tables[layout]] == expected, f"{layout}: codes, zeros in front kept")
    events, mentions = tables["gdelt-events"], tables["gdelt-mentions"]
    check(len(mentions) == len(expected), "gdelt-mentions: a row a pair")
    ids = [r["GLOBALEVENTID"] for r in events]
    check(len(set(ids)) == len(ids), "gdelt-events: an id twice")
    check(set(ids) == {r["GLOBALEVENTID"] for r in mentions}, "gdelt: events and mentions hang together")
    for layout, column in (("icews", "Event ID"), ("phoenix", "EventID")):
        ids = [int(r[column]) for r in tables[layout]]
        check(len(set(ids)) == len(ids) and all(0 <= i < 2**63 for i in ids), f"{layout}: ids")
    check(all(int(r["GLOBALEVENTID"]) < 2**63 for r in events), "gdelt-events: ids fit 64 bits")
    for r in events:
        check(r["EventCode"].startswith(r["EventBaseCode"]) and r["EventBaseCode"].startswith(r["EventRootCode"]),
              f"gdelt-events: levels of {r['EventCode']}")
        place = {"0": 0, "1": 1}.get(r["ActionGeo_Type"], 1)
        check((r["ActionGeo_Lat"] is not None) == bool(place), "gdelt-events: points of places")
    for r, record in zip(tables["plover"], records):
        place = record.get("event_loc", {})
        region = place.get("name" if place.get("precision") == "admin" else "admin1")
        check(r["Province"] == (region if place.get("precision") in ("city", "point", "admin") else None),
              f"plover {r['Event ID']}: the region")
        sizes = {len(r[c].split(";")) for c in ("Actor Country", "Actor COW", "Actor Name Raw", "Actor Title")
                 if r[c] is not None}
        check(len(sizes) <= 1, f"plover {r['Event ID']}: lists of actors of one length")


def check_csv(records, text):
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    by_id = {}
    for row in rows:
        check(None not in row and None not in row.values(), "csv: a row of another length")
        by_id.setdefault(row["id"], []).append(row)
    mutual = mutual_codes()
    check(list(by_id) == [r["id"] for r in records], "csv: records")
    for record in records:
        mine = by_id.get(record["id"], [])
        check(len(mine) == pair_count(record, mutual), f"csv {record['id']}: rows")
        for row in mine:
            for column, key in (("text", "text"), ("event_text", "event_text"), ("doc", "doc"),
                                ("cameo", "cameo"), ("date", "date"), ("status", "status")):
                check(row[column] == str(record.get(key, "")), f"csv {record['id']}: {column}")
            check(row["doubt"] == record.get("doubt", {}).get("text", ""), f"csv {record['id']}: doubt")
            for kind in ("dead", "injured", "arrested", "missing", "displaced", "participants", "troops"):
                values = [float(v) for v in (row[f"{kind}_{e}"] for e in ("low", "best", "high")) if v]
                check(values == sorted(values), f"csv {record['id']}: {kind} in order")
                counted = kind in record.get("size", {}) or any(c["kind"] == kind for c in record.get("counts", []))
                check(bool(values) == counted, f"csv {record['id']}: {kind}")


def check_geojson(records, text):
    whole = json.loads(text)
    near = [r for r in records if r.get("event_loc", {}).get("precision") in ("city", "point")]
    check(whole["type"] == "FeatureCollection", "geojson: the collection")
    check([f["id"] for f in whole["features"]] == [r["id"] for r in near], "geojson: features")
    for feature, record in zip(whole["features"], near):
        at = [record["event_loc"]["lon"], record["event_loc"]["lat"]]
        check(feature["geometry"] == {"type": "Point", "coordinates": at}, "geojson: the point")
        check(feature["properties"]["text"] == record["text"], "geojson: the sentence")


def listed(name):
    text = (ROOT / "lexicon/en/export" / name).read_text()
    return {word.strip().upper() for line in text.splitlines() if " = " in line and not line.startswith("#")
            for word in line.split(" = ")[0].split(",")}


def check_lists():
    """What the dictionaries can give has a row among the lists of codes."""
    emitted, countries = set(), set()
    for file in sorted((ROOT / "lexicon/en/what").glob("*.txt")):
        if file.name in ("forms.txt", "confidence.txt", "classes.txt"):
            continue
        for line in file.read_text().splitlines():
            line = re.split(r"(?:^|\s)#", line)[0]
            emitted |= set(re.findall(r"\b(?:[A-Z]{3,}|same)(?: [a-z-]+)? (\d{2,4})\b", line))
    check(len(emitted) > 200, "CAMEO codes of the dictionaries are found")
    check(not emitted - listed("cameo.txt"), f"CAMEO codes without a row: {sorted(emitted - listed('cameo.txt'))}")
    for folder in ("who", "where"):
        for file in sorted((ROOT / "lexicon/en" / folder).rglob("*.txt")):
            countries |= set(re.findall(r" : ([A-Z]{3})\b", file.read_text()))
    known = listed("countries.txt") | listed("actors.txt")
    check(not countries - known, f"codes without a row: {sorted(countries - known)}")
    # the gazetteer's names of states, each with its code
    cities = (ROOT / "lexicon/en/where/cities.txt").read_text()
    states = {"usa" + re.sub("[^a-z]", "", n.lower()) for n in re.findall(r"(?m)^\[USA ([^\]]+)\]$", cities)}
    missing = sorted(state.upper() for state in states if state.upper() not in listed("regions.txt"))
    check(len(states) > 50 and len(missing) <= 5, f"states without a code: {missing}")  # territories
    source = (ROOT / "src/record/ontology.h").read_text()
    sectors = set(re.findall(r"X\(([A-Z]{3})\)", source[source.index("DL_SECTOR_LIST"):source.index("dl_sector {")]))
    check(len(sectors) == 25 and not sectors - known, f"sectors without a row: {sorted(sectors - known)}")


def main():
    program, paths = sys.argv[1], sys.argv[2:]
    lines = ""
    for path in paths:
        text = pathlib.Path(path).read_text(encoding="utf-8")
        if "event" not in json.loads(text.split("\n", 1)[0]):
            text = subprocess.run([program, "code", "--format", "jsonl", path], stdout=subprocess.PIPE,
                                  check=True).stdout.decode()
        lines += text
    records = [r for r in map(json.loads, lines.splitlines()) if r.get("kind") != "claim"]
    check(len(records) > 0, "there are records")
    tables = {}
    for layout in LAYOUTS:
        tables[layout] = check_table(layout, export(program, layout, lines))
        check_table(layout, export(program, layout, lines, "--status", "all"))
        check(len(tables[layout]) > 0, f"{layout}: no rows")
        check_table(layout, export(program, layout, "\n"))
    check_counts(records, tables)
    check_csv(records, export(program, "csv", lines))
    check_geojson(records, export(program, "geojson", lines))
    check(json.loads(export(program, "geojson", "\n"))["features"] == [], "geojson: of nothing")
    check(export(program, "jsonl", lines) == lines, "jsonl: the records as they were")
    check_lists()
    print(f"{len(records)} records, {len(LAYOUTS) + 3} layouts read back, {failed} faults")
    sys.exit(failed > 0)


main()
