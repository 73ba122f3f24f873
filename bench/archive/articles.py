#!/usr/bin/env python3
"""Short articles of invented news, as JSON Lines: for measuring archives.

usage: articles.py COUNT [SEED]

The prose is slots and fillers; the same count and seed give the same bytes. Some articles
come without a date, some are not UTF-8 JSON at all with --broken, which every thousandth
line then is.
"""
import datetime
import json
import random
import sys

STATES = ["France", "Germany", "Kenya", "Peru", "Japan", "Turkey", "Ukraine", "Egypt",
          "Nigeria", "Brazil", "India", "Pakistan", "Mexico", "Poland", "Sudan", "Iraq",
          "Thailand", "Chile", "Ghana", "Norway", "Jordan", "Vietnam", "Serbia", "Mali"]
CITIES = ["Paris", "Berlin", "Nairobi", "Lima", "Tokyo", "Ankara", "Kyiv", "Cairo",
          "Lagos", "Brasilia", "Delhi", "Karachi", "Warsaw", "Khartoum", "Baghdad",
          "Bangkok", "Santiago", "Accra", "Oslo", "Amman", "Hanoi", "Belgrade", "Bamako"]
GROUPS = ["rebels", "police", "soldiers", "farmers", "students", "gunmen", "protesters",
          "teachers", "militants", "dockworkers", "nurses", "troops", "villagers"]
OUTLETS = ["Harbour Post", "Morning Ledger", "The Courier", "Wire Nine", "City Gazette"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
SENTENCES = [
    "{state}'s foreign minister visited {other} on {day} for talks about trade.",
    "Police in {city} arrested {number} {group} on {day} after a march.",
    "{Group} attacked an army post near {city}, killing {number} soldiers.",
    "The government of {state} condemned the attack and demanded an inquiry.",
    "At least {number} people were injured when {group} clashed with police in {city}.",
    "{state} and {other} signed an agreement on fishing rights in {city} on {day}.",
    "{state} will send {number} tonnes of food to {other}, a spokesman said.",
    "The president of {state} accused {other} of arming {group}.",
    "Thousands of {group} protested in {city} on {day} against higher fuel prices.",
    "\"We will not accept this,\" a leader of the {group} told reporters in {city}.",
    "{state} expelled two diplomats of {other} on {day}.",
    "Officials in {city} said the road to the coast stays closed until {day}.",
    "{state} threatened to cut off gas supplies to {other}.",
    "A court in {city} sentenced {number} {group} to prison.",
    "The parliament of {state} rejected a demand of {other} for more troops.",
    "Trade between the two countries has grown for years, and prices fell in spring.",
    "{state} imposed a curfew in {city} after two nights of riots.",
    "{state} withdrew its soldiers from the border with {other}.",
]


def sentence(rng):
    state, other = rng.sample(STATES, 2)
    group = rng.choice(GROUPS)
    return rng.choice(SENTENCES).format(
        state=state, other=other, city=rng.choice(CITIES), group=group,
        Group=group.capitalize(), day=rng.choice(DAYS), number=rng.randint(2, 90))


def day_of(rng, number, count):
    """Days go on from article to article, as in an archive that is added to daily."""
    start = datetime.date(2010, 1, 1).toordinal()
    day = start + number * 5000 // count - rng.randint(0, 2)
    return datetime.date.fromordinal(day).isoformat()


def article(rng, number, count):
    text = " ".join(sentence(rng) for _ in range(rng.randint(3, 6)))
    result = {"id": "made-%07d" % number, "date": day_of(rng, number, count),
              "title": sentence(rng).rstrip("."), "source": rng.choice(OUTLETS),
              "url": "https://example.org/%d" % number, "text": text}
    if rng.random() < 0.01:
        del result["date"]
    return result


def main():
    words = [word for word in sys.argv[1:] if word != "--broken"]
    count = int(words[0])
    rng = random.Random(int(words[1]) if len(words) > 1 else 1)
    for number in range(count):
        line = json.dumps(article(rng, number, count), ensure_ascii=False)
        if "--broken" in sys.argv and number % 1000 == 999:
            line = line[:len(line) // 2]
        print(line)


if __name__ == "__main__":
    main()
