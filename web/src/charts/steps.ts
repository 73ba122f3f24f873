// Days, months and years as the timeline's steps: keys as the API writes them, times in UTC milliseconds.
import {begins, cutTo, ends, type Step} from "./dates";

export function keyAt(time: number, by: Step): string {
  return cutTo(new Date(time).toISOString(), by);
}

export function shifted(key: string, by: Step, steps: number): string {
  const moment = new Date(begins(key));
  if (by === "day") moment.setUTCDate(moment.getUTCDate() + steps);
  else if (by === "month") moment.setUTCMonth(moment.getUTCMonth() + steps);
  else moment.setUTCFullYear(moment.getUTCFullYear() + steps);
  return keyAt(moment.getTime(), by);
}

// Whether a filter takes it: a day, month or year that the calendar has.
export function isDate(text: string): boolean {
  const begin = begins(text);
  return !Number.isNaN(begin) && new Date(begin).toISOString().startsWith(text);
}

// `from` and `to` in the width of the steps, so that a range can be moved by them.
export function rangeKeys(from: string | undefined, to: string | undefined, by: Step, span: Span): [string, string] {
  const first = from !== undefined && isDate(from) ? keyAt(begins(from), by) : keyAt(span.start, by);
  const last = to !== undefined && isDate(to) ? keyAt(ends(to) - 1, by) : keyAt(span.end - 1, by);
  return first <= last ? [first, last] : [last, first];
}

export interface Span {start: number; end: number}
export interface Dense extends Span {before: number; after: number}

const TAIL = 0.01;
const WORTH_CUTTING = 0.5;

// A few events long past would press all others into a corner: where the middle 98% of events take less than
// half of the time, only their time is shown, with a word on how many lie outside.
export function denseSpan(steps: {date: string; events: number}[]): Dense | undefined {
  const first = steps[0];
  const last = steps[steps.length - 1];
  if (first === undefined || last === undefined) return undefined;
  const whole: Dense = {start: begins(first.date), end: ends(last.date), before: 0, after: 0};
  const total = steps.reduce((sum, step) => sum + step.events, 0);
  let before = 0;
  let low = 0;
  while (low < steps.length - 1 && before + (steps[low]?.events ?? 0) <= total * TAIL) before += steps[low++]?.events ?? 0;
  let after = 0;
  let high = steps.length - 1;
  while (high > low && after + (steps[high]?.events ?? 0) <= total * TAIL) after += steps[high--]?.events ?? 0;
  const dense: Dense = {start: begins(steps[low]?.date ?? ""), end: ends(steps[high]?.date ?? ""), before, after};
  return dense.end - dense.start < (whole.end - whole.start) * WORTH_CUTTING ? dense : whole;
}
