// Answers of a made-up archive for tests of the page alone; tests against a real server need none of this.
import type {Page} from "@playwright/test";
import type {About, Overview, OverviewPlace, Quads} from "../../src/api";

const PLACES: [string, string, number, number, Quads][] = [
  ["Bamako", "MLI", 12.64, -8.0, [34, 9, 11, 25]], ["Gao", "MLI", 16.27, -0.04, [4, 6, 3, 58]],
  ["Kidal", "MLI", 18.44, 1.41, [3, 2, 4, 41]], ["Timbuktu", "MLI", 16.77, -3.01, [2, 5, 2, 30]],
  ["Niamey", "NER", 13.51, 2.11, [21, 8, 7, 6]], ["Ouagadougou", "BFA", 12.37, -1.53, [16, 3, 9, 14]],
  ["Paris", "FRA", 48.85, 2.35, [29, 4, 22, 3]], ["Nairobi", "KEN", -1.29, 36.82, [18, 9, 6, 12]],
  ["Addis Ababa", "ETH", 9.03, 38.74, [40, 12, 8, 5]], ["Lagos", "NGA", 6.45, 3.39, [6, 5, 14, 33]],
  ["Maiduguri", "NGA", 11.85, 13.16, [2, 9, 3, 47]], ["Geneva", "CHE", 46.2, 6.15, [31, 2, 9, 0]],
  ["Manila", "PHL", 14.6, 120.98, [12, 4, 10, 9]], ["Bogota", "COL", 4.71, -74.07, [19, 11, 8, 13]],
  ["Suva", "FJI", -18.14, 178.44, [3, 1, 1, 0]],
];

const CATEGORIES: [string, number, number][] = [["CONSULT", 1, 204], ["ASSAULT", 4, 187], ["COERCE", 4, 102],
  ["AGREE", 1, 71], ["ACCUSE", 3, 64], ["AID", 2, 58], ["REQUEST", 3, 49], ["MOBILIZE", 4, 41], ["PROTEST", 4, 37],
  ["RETREAT", 2, 28], ["THREATEN", 3, 22], ["REJECT", 3, 19], ["SUPPORT", 1, 17], ["SANCTION", 4, 12], ["CONCEDE", 1, 6],
  ["COOPERATE", 2, 0]];

const total = (quads: number[]) => quads.reduce((sum, events) => sum + events, 0);
const values = (pairs: [string, number][]) => pairs.map(([value, events]) => ({value, events}));

function places(): OverviewPlace[] {
  return PLACES.map(([name, country, lat, lon, quads]) => ({
    value: `${name}|${country}|${lat}|${lon}`, name, country, lat, lon, precision: "city" as const, events: total(quads), quads}));
}

function timeline(): Overview["timeline"] {
  const steps: Overview["timeline"] = [{date: "1994-04", events: 2, quads: [0, 0, 0, 2]}];
  for (let index = 0; index < 60; index++) {
    const wave = 1 + Math.sin(index / 5);
    const quads: Quads = [Math.round(5 + 2 * wave), Math.round(1 + wave), Math.round(2 + 1.5 * wave),
      Math.round(3 + 6 * wave * (index > 30 ? 1.4 : 0.6))];
    steps.push({date: `${2010 + Math.floor(index / 12)}-${String(1 + (index % 12)).padStart(2, "0")}`, events: total(quads), quads});
  }
  return steps;
}

export const about: About = {
  version: "0.5.0",
  archive: {name: "sahel.db", articles: 803, records: 1311, claims: 2204, stories: 941, rejects: 4, merged: true,
    first_date: "2010-01-02", last_date: "2014-12-29"},
  events: 917,
  coding: true,
  categories: [{event: "ASSAULT", modes: ["aerial", "firearms"]}, {event: "CONSULT", modes: ["visit"]}],
  statuses: ["actual", "historical", "future", "hypothetical", "negated"],
  sources: ["Bamako Courier", "Lake Gazette"],
};

export function overview(query: URLSearchParams): Overview {
  const less = [...query.keys()].some((name) => name !== "by") ? 3 : 1;
  const by = (query.get("by") ?? "month") as Overview["by"];
  return {
    selected: {events: Math.round(917 / less), reports: Math.round(1311 / less), articles: Math.round(803 / less), undated: 12,
      placed: Math.round(700 / less), first_date: "2010-01", last_date: "2014-12-28", quads: [298, 86, 154, 379]},
    understood: query.get("who") === "French government" ? [{field: "who", name: "French government", as: "FRA GOV"}] : [],
    by,
    timeline: timeline(),
    categories: CATEGORIES.map(([value, quad_code, events]) => ({value, quad_code, events})),
    modes: values([["CONSULT visit", 96], ["ASSAULT firearms", 71], ["COERCE arrest", 66], ["ASSAULT explosives", 40]]),
    actors: values([["MLI MIL", 121], ["MLI GOV", 118], ["FRA GOV", 93], ["NGA COP", 70], ["UNO", 66], ["IMG REB", 51],
      ["FRA MIL", 47], ["ETH GOV", 40], ["KEN GOV", 31], ["CVL", 22], ["EUR", 12]]),
    names: values([["Amadou Keita", 33], ["Helene Marchand", 20], ["Lake Relief Committee", 9]]),
    recipients: values([["MLI CVL", 133], ["MLI", 80], ["NGA CVL", 58], ["MLI REB", 44], ["FRA", 18]]),
    countries: values([["MLI", 301], ["NGA", 140], ["FRA", 70], ["ETH", 68], ["COL", 52], ["KEN", 47], ["NER", 44], ["BFA", 43],
      ["CHE", 42], ["PHL", 36], ["TCD", 11], ["FJI", 5], ["RUS", 2]]),
    places: places(),
    statuses: values([["actual", 811], ["historical", 29], ["future", 44], ["hypothetical", 21], ["negated", 12]]),
    sources: values([["Bamako Courier", 512], ["Lake Gazette", 405]]),
  };
}

export async function answer(page: Page): Promise<string[]> {
  const asked: string[] = [];
  await page.route("**/api/**", (route) => {
    const url = new URL(route.request().url());
    asked.push(url.pathname + decodeURIComponent(url.search));
    if (url.pathname === "/api/about") return route.fulfill({json: about});
    if (url.pathname === "/api/overview") return route.fulfill({json: overview(url.searchParams)});
    return route.fulfill({status: 404, json: {error: {status: 404, message: "nothing here"}}});
  });
  return asked;
}
