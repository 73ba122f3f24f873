// The layers of an article: what in its words stands for what in its records.

import type {Annotation, Claim, Entity, EventRecord, Extent, Quantity} from "./record";
import {timesOfRecord} from "./times";

export const RECORD_LAYERS = ["act", "actor", "recipient", "place", "time", "number", "source"] as const;
export const OTHER_LAYERS = ["claim", "mention", "skipped"] as const;
/** Drawn as a shade over the words, not as a band under them: these are whole clauses. */
export const FLAT_LAYERS: readonly Layer[] = ["claim", "skipped"];
export const LAYERS = [...RECORD_LAYERS, ...OTHER_LAYERS] as const;
export type Layer = (typeof LAYERS)[number];

export const LAYER_NAMES: {[layer in Layer]: string} = {
  act: "What was done",
  actor: "Who",
  recipient: "To whom",
  place: "Where",
  time: "When",
  number: "How many",
  source: "According to whom",
  claim: "Statements",
  mention: "Other mentions",
  skipped: "Not read",
};

/** Words of the text (in the offsets of whoever made it) in a layer, and the records they serve. */
export interface Span extends Extent {
  layer: Layer;
  records: string[];
}

/** Claims light up as records do: this stands for one where a span names its records. */
export const claimKey = (index: number) => `claim-${index}`;

function span(layer: Layer, of: Partial<Extent> | undefined, records: string[]): Span[] {
  const {start, end} = of ?? {};
  return start === undefined || end === undefined || end <= start ? [] : [{layer, start, end, records}];
}

/** An entity's words, and the pronoun in the sentence that stood for them. */
function entitySpans(layer: Layer, entity: Partial<Entity>, records: string[]): Span[] {
  return [...span(layer, entity, records), ...span(layer, entity.anaphor, records)];
}

/** All words that a record rests on, in bytes of the article. */
export function spansOfRecord(record: EventRecord, annotation: Annotation): Span[] {
  const ids = [record.id];
  const sentence = annotation.sentences?.[record.sentence - 1];
  const sources = [...(record.according_to ?? []), ...(record.counts ?? []).flatMap((count) => count.according_to)];
  const numbers: Quantity[] = [...Object.values(record.size ?? {}), ...(record.counts ?? [])];
  return [
    ...span("act", record, ids),
    ...(record.actor ?? []).flatMap((actor) => entitySpans("actor", actor, ids)),
    ...(record.recipient ?? []).flatMap((recipient) => entitySpans("recipient", recipient, ids)),
    ...span("place", record.event_loc, ids),
    ...(sentence ? timesOfRecord(record, sentence, annotation.times ?? []) : []).flatMap((time) => span("time", time, ids)),
    ...numbers.flatMap((number) => span("number", number, ids)),
    ...sources.flatMap((source) => entitySpans("source", source, ids)),
  ];
}

/** Entities, places, times and numbers that were found but that no record uses. */
function otherMentions(annotation: Annotation, used: Span[]): Span[] {
  const taken = new Set(used.map(({start, end}) => `${start}-${end}`));
  const found: (Extent[] | undefined)[] = [annotation.entities, annotation.places, annotation.times, annotation.quantities];
  return found
    .flatMap((list) => list ?? [])
    .filter(({start, end}) => !taken.has(`${start}-${end}`))
    .flatMap((mention) => span("mention", mention, []));
}

/** The same words in the same layer are drawn once, whatever number of records they serve. */
export function merged(spans: Span[]): Span[] {
  const known = new Map<string, Span>();
  for (const one of spans) {
    const key = `${one.layer} ${one.start} ${one.end}`;
    const before = known.get(key);
    if (before) before.records = [...new Set([...before.records, ...one.records])];
    else known.set(key, {...one});
  }
  return [...known.values()];
}

/** Every span of an article, in bytes. */
export function spansOfArticle(records: EventRecord[], claims: Claim[], annotation: Annotation): Span[] {
  const ofRecords = records.flatMap((record) => spansOfRecord(record, annotation));
  return merged([
    ...ofRecords,
    ...claims.flatMap((claim, index) => span("claim", claim, [claimKey(index)])),
    ...otherMentions(annotation, ofRecords),
    ...(annotation.skipped ?? []).flatMap((skipped) => span("skipped", skipped, [])),
  ]);
}

/** The layers that the query names; those of records and what was not read where it names none. */
export function layersShown(value: string | undefined): Set<Layer> {
  if (value === undefined) return new Set<Layer>([...RECORD_LAYERS, "skipped"]);
  const named = value.split(",");
  return new Set(LAYERS.filter((layer) => named.includes(layer)));
}

/** What the query has to say for these layers; undefined for what stands without being said. */
export function layersValue(shown: Set<Layer>): string | undefined {
  const value = LAYERS.filter((layer) => shown.has(layer)).join(",") || "none";
  const usual = layersShown(undefined);
  return value === LAYERS.filter((layer) => usual.has(layer)).join(",") ? undefined : value;
}
