// Spans that overlap, cut so that a line of HTML can carry them: the text is cut at every begin and
// end, and each piece knows all spans it lies in. Elements can't overlap, pieces don't.

import {FLAT_LAYERS, type Span} from "./layers";
import type {Extent} from "./record";

/** A span with the height of its band: spans over the same words have different lanes, flat ones none (-1). */
export interface LanedSpan extends Span {
  lane: number;
}

export interface Piece extends Extent {
  spans: LanedSpan[];
}

/** Spans that hang together by overlapping, in order. */
function clusters(spans: Span[]): Span[][] {
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  const groups: Span[][] = [];
  let end = -1;
  for (const span of sorted) {
    const group = groups[groups.length - 1];
    if (group && span.start < end) group.push(span);
    else groups.push([span]);
    end = Math.max(end, span.end);
  }
  return groups;
}

function overlaps(a: Extent, b: Extent): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The lowest lane that no overlapping span has. */
function freeLane(span: Span, placed: LanedSpan[]): number {
  const taken = new Set(placed.filter((other) => overlaps(span, other)).map((other) => other.lane));
  let lane = 0;
  while (taken.has(lane)) lane++;
  return lane;
}

/** Lanes for all spans. Short spans come first, so they lie next to their words, long ones below. */
export function laned(spans: Span[]): LanedSpan[] {
  const real = spans.filter((span) => span.end > span.start);
  const flat = real.filter((span) => FLAT_LAYERS.includes(span.layer)).map((span) => ({...span, lane: -1}));
  const banded = clusters(real.filter((span) => !FLAT_LAYERS.includes(span.layer))).flatMap((group) => {
    const placed: LanedSpan[] = [];
    const order = [...group].sort((a, b) => a.end - a.start - (b.end - b.start) || a.start - b.start);
    for (const span of order) placed.push({...span, lane: freeLane(span, placed)});
    return placed;
  });
  return [...banded, ...flat];
}

/** Cuts `extent` at every boundary of the spans; the pieces together are the whole extent. */
export function piecesOf(extent: Extent, spans: LanedSpan[]): Piece[] {
  const inside = spans.filter((span) => overlaps(span, extent)).sort((a, b) => a.start - b.start);
  const cuts = new Set([extent.start, extent.end]);
  for (const {start, end} of inside) {
    if (start > extent.start) cuts.add(start);
    if (end < extent.end) cuts.add(end);
  }
  const borders = [...cuts].sort((a, b) => a - b);
  let open: LanedSpan[] = [];
  let next = 0;
  return borders.slice(0, -1).map((start, index) => {
    open = open.filter((span) => span.end > start);
    for (let span = inside[next]; span && span.start <= start; span = inside[++next]) {
      if (span.end > start) open.push(span);
    }
    return {start, end: borders[index + 1] ?? extent.end, spans: [...open].sort((a, b) => a.lane - b.lane)};
  });
}

/** How many lanes the pieces need. */
export function laneCount(pieces: Piece[]): number {
  return Math.max(0, ...pieces.flatMap((piece) => piece.spans.map((span) => span.lane + 1)));
}

/** Paragraphs of a text: runs between blank lines, without the blanks around them. */
export function paragraphsOf(text: string): Extent[] {
  const paragraphs: Extent[] = [];
  let from = 0;
  const take = (to: number) => {
    const words = text.slice(from, to);
    const start = from + words.length - words.trimStart().length;
    const end = from + words.trimEnd().length;
    if (end > start) paragraphs.push({start, end});
  };
  for (const gap of text.matchAll(/\r?\n[ \t]*(?:\r?\n[ \t]*)+/g)) {
    take(gap.index);
    from = gap.index + gap[0].length;
  }
  take(text.length);
  return paragraphs;
}
