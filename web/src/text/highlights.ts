// How a piece of text is drawn: a band in each lane for each span it lies in, and a tint of the nearest.

import type {Layer} from "./layers";
import type {LanedSpan, Piece} from "./pieces";

export const BAND_PITCH = 5;

interface Dash {
  height: number;
  // Lengths of ink and gap, in turn; none for a line without gaps. Shapes differ so that colour is
  // never alone.
  dashes: number[];
}

const BANDS: {[layer in Layer]?: Dash} = {
  act: {height: 3, dashes: []},
  actor: {height: 2, dashes: []},
  recipient: {height: 2, dashes: [8, 3]},
  place: {height: 3, dashes: [3, 3]},
  time: {height: 2, dashes: [10, 3, 3, 3]},
  number: {height: 4, dashes: [2, 2]},
  source: {height: 2, dashes: [4, 4]},
  mention: {height: 1, dashes: [1, 2]},
};

export function colour(layer: Layer): string {
  return `var(--layer-${layer})`;
}

/** The image of a layer's line, as a gradient that repeats. */
export function lineImage(layer: Layer): string {
  const ink = colour(layer);
  const dashes = BANDS[layer]?.dashes ?? [];
  if (dashes.length === 0) return `linear-gradient(${ink}, ${ink})`;
  let at = 0;
  const stops = dashes.map((length, index) => {
    const from = at;
    at += length;
    return `${index % 2 === 0 ? ink : "transparent"} ${from}px ${at}px`;
  });
  return `repeating-linear-gradient(90deg, ${stops.join(", ")})`;
}

export function lineHeight(layer: Layer): number {
  return BANDS[layer]?.height ?? 2;
}

function isLit(span: LanedSpan, lit: ReadonlySet<string>): boolean {
  return span.records.some((record) => lit.has(record));
}

/** Styles of a piece in a paragraph of `lanes` lanes; `lit` are the records pointed at. */
export function pieceStyle(piece: Piece, lanes: number, lit: ReadonlySet<string>): Record<string, string> {
  const banded = piece.spans.filter((span) => span.lane >= 0);
  const room = lanes * BAND_PITCH;
  const bands = banded.map((span) => ({
    image: lineImage(span.layer),
    position: `0 calc(100% - ${(lanes - 1 - span.lane) * BAND_PITCH}px)`,
    size: `100% ${lineHeight(span.layer)}px`,
  }));
  const lighted = banded.find((span) => isLit(span, lit));
  const nearest = lighted ?? banded.find((span) => span.layer !== "mention" && span.layer !== "act");
  if (nearest) {
    const tint = `color-mix(in srgb, ${colour(nearest.layer)} ${lighted ? 30 : 9}%, transparent)`;
    bands.push({image: `linear-gradient(${tint}, ${tint})`, position: "0 0", size: `100% calc(100% - ${room}px)`});
  }
  if (bands.length === 0) return {};
  return {
    backgroundImage: bands.map((band) => band.image).join(", "),
    backgroundPosition: bands.map((band) => band.position).join(", "),
    backgroundSize: bands.map((band) => band.size).join(", "),
    paddingBottom: `${room}px`,
  };
}

/** Classes of a piece: what lies over it without a band, and whether it is pointed at. */
export function pieceClass(piece: Piece, lit: ReadonlySet<string>): string {
  const classes = ["piece"];
  for (const span of piece.spans) {
    if (span.lane < 0) classes.push(`in-${span.layer}`);
    if (span.layer === "claim" && isLit(span, lit)) classes.push("is-said");
  }
  if (piece.spans.some((span) => isLit(span, lit))) classes.push("is-lit");
  return classes.join(" ");
}

/** The records that a piece serves. */
export function recordsOf(piece: Piece): string[] {
  return [...new Set(piece.spans.flatMap((span) => span.records))];
}
