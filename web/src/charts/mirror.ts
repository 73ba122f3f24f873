// Geometry of the mirrored timeline: what an actor does stands above the axis, what is done to
// it below, each step a stack of the four quad classes. Pure numbers, so that it can be tested.
import { begins, ends, type Step } from "./dates";

export interface MirrorStep {
  date: string;
  as_actor: readonly number[];
  as_recipient: readonly number[];
}

export interface MirrorBox {
  width: number;
  above: number;
  below: number;
  first: number;
  last: number;
  by: Step;
}

/** One quad class on one side of the axis, as the path of all its bars. */
export interface MirrorPath {
  side: "as_actor" | "as_recipient";
  quad: number;
  path: string;
}

export const SIDES = ["as_actor", "as_recipient"] as const;

/** A bar keeps this much of its step free, and is never thinner than this. */
const GAP = 1;
const THINNEST = 1.5;

export const total = (quads: readonly number[]): number => quads.reduce((sum, n) => sum + n, 0);

/** Both sides share one scale, so that their heights can be compared. */
export function highest(steps: readonly MirrorStep[]): { above: number; below: number } {
  return {
    above: Math.max(0, ...steps.map((step) => total(step.as_actor))),
    below: Math.max(0, ...steps.map((step) => total(step.as_recipient))),
  };
}

/** Shares a height between the two sides as their highest bars need it, a quarter at least. */
export function split(height: number, above: number, below: number): [number, number] {
  const sum = above + below;
  if (sum === 0) return [height / 2, height / 2];
  const share = Math.min(0.75, Math.max(0.25, above / sum));
  return [height * share, height - height * share];
}

export function place(box: MirrorBox, date: string): { x: number; width: number } {
  const scale = box.width / (box.last - box.first);
  const x = (begins(date) - box.first) * scale;
  const wide = (ends(date, box.by) - begins(date)) * scale;
  return { x, width: Math.max(THINNEST, wide - GAP) };
}

/** Pixels an event is high, so that both sides fit. */
export function unit(box: MirrorBox, peak: { above: number; below: number }): number {
  const fits = [];
  if (peak.above > 0) fits.push(box.above / peak.above);
  if (peak.below > 0) fits.push(box.below / peak.below);
  return fits.length ? Math.min(...fits) : 0;
}

const round = (n: number): number => Math.round(n * 100) / 100;

/** Eight paths at most, however many steps: a long timeline stays light. */
export function paths(steps: readonly MirrorStep[], box: MirrorBox): MirrorPath[] {
  const high = unit(box, highest(steps));
  const found: MirrorPath[] = [];
  for (const side of SIDES)
    for (let quad = 1; quad <= 4; quad++) {
      const path = steps.map((step) => bar(step, side, quad, box, high)).join("");
      if (path) found.push({ side, quad, path });
    }
  return found;
}

function bar(
  step: MirrorStep, side: MirrorPath["side"], quad: number, box: MirrorBox, high: number,
): string {
  const events = step[side][quad - 1] ?? 0;
  if (events === 0) return "";
  const { x, width } = place(box, step.date);
  const under = total(step[side].slice(0, quad - 1)) * high;
  const tall = events * high;
  const y = side === "as_actor" ? box.above - under - tall : box.above + under;
  return `M${round(x)},${round(y)}h${round(width)}v${round(tall)}h${round(-width)}z`;
}

/** The step whose middle is nearest to x; -1 where there is none. Steps stand in order. */
export function nearest(steps: readonly MirrorStep[], box: MirrorBox, x: number): number {
  let best = -1;
  let least = Infinity;
  steps.forEach((step, index) => {
    const at = place(box, step.date);
    const distance = Math.abs(at.x + at.width / 2 - x);
    if (distance < least) {
      least = distance;
      best = index;
    }
  });
  return best;
}
