// Parts of a record as a reader would say them.

import {country} from "../labels";
import type {EventRecord, Place, Quantity} from "./record";

export function actOf(record: EventRecord): string {
  return [record.event, ...(record.mode ?? [])].join(" ");
}

const RELATIONS: {[relation: string]: string} = {
  "~": "about ", "<~": "nearly ", ">": "more than ", "<": "fewer than ", ">=": "at least ", "<=": "at most ",
};

export function quantity({value, relation, high}: Quantity): string {
  const number = (one: number) => one.toLocaleString("en-GB");
  if (relation === ".." && high !== undefined) return `${number(value)} to ${number(high)}`;
  return `${RELATIONS[relation] ?? ""}${number(value)}`;
}

/** "at least 4 dead, 37 injured" */
export function sizeOf(record: EventRecord): string {
  return Object.entries(record.size ?? {}).map(([kind, one]) => `${quantity(one)} ${kind}`).join(", ");
}

export function placeOf(place: Place): string {
  const name = place.precision === "country" && place.country ? country(place.country) : place.name ?? place.entity_text;
  const region = place.admin1 && place.admin1 !== name ? place.admin1 : undefined;
  const land = place.country ? country(place.country) : undefined;
  return [name, region, land === name ? undefined : land].filter(Boolean).join(", ");
}

const PRECISIONS: {[precision: string]: string} = {
  point: "a point", city: "a town", admin: "a region", country: "known only to country",
};

export const precisionOf = (place: Place) => PRECISIONS[place.precision ?? ""] ?? "not located";

const BASES: {[basis: string]: string} = {
  stated: "stated", relative: "counted from the article's date", publication: "the article's own date stands in",
};

export const basisOf = (record: EventRecord) => BASES[record.date_basis ?? ""] ?? "";

export const percent = (confidence: number) => `${Math.round(confidence * 100)}%`;
