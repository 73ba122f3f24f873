// Days, months and years as the timeline's steps: keys as the API writes them, times in UTC milliseconds.
export type By = "day" | "month" | "year";

interface Parts {year: number; month?: number; day?: number}

function partsOf(date: string): Parts | undefined {
  const found = /^(\d{1,4})(?:-(\d\d?))?(?:-(\d\d?))?$/.exec(date.trim());
  if (!found) return undefined;
  return {year: Number(found[1]), month: found[2] ? Number(found[2]) : undefined, day: found[3] ? Number(found[3]) : undefined};
}

// Date.UTC takes years under 100 for those of the last century.
function utc(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month, day);
  return date.getTime();
}

// The first moment of a day, month or year.
export function startOf(date: string): number {
  const parts = partsOf(date);
  return parts ? utc(parts.year, (parts.month ?? 1) - 1, parts.day ?? 1) : NaN;
}

// The first moment after it.
export function endOf(date: string): number {
  const parts = partsOf(date);
  if (!parts) return NaN;
  if (parts.day !== undefined) return utc(parts.year, (parts.month ?? 1) - 1, parts.day + 1);
  return parts.month !== undefined ? utc(parts.year, parts.month, 1) : utc(parts.year + 1, 0, 1);
}

export function keyAt(time: number, by: By): string {
  const text = new Date(time).toISOString();
  return by === "day" ? text.slice(0, 10) : by === "month" ? text.slice(0, 7) : text.slice(0, 4);
}

export function shifted(key: string, by: By, steps: number): string {
  const parts = partsOf(key) ?? {year: 2000};
  const year = parts.year + (by === "year" ? steps : 0);
  const month = (parts.month ?? 1) - 1 + (by === "month" ? steps : 0);
  return keyAt(utc(year, month, (parts.day ?? 1) + (by === "day" ? steps : 0)), by);
}

export function isDate(text: string): boolean {
  const parts = partsOf(text);
  if (!parts) return false;
  return !Number.isNaN(startOf(text)) && (parts.month ?? 1) <= 12 && (parts.day ?? 1) <= 31;
}

// `from` and `to` in the width of the steps, so that a range can be moved by them.
export function rangeKeys(from: string | undefined, to: string | undefined, by: By, span: Span): [string, string] {
  const first = from !== undefined && isDate(from) ? keyAt(startOf(from), by) : keyAt(span.start, by);
  const last = to !== undefined && isDate(to) ? keyAt(endOf(to) - 1, by) : keyAt(span.end - 1, by);
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
  const whole: Dense = {start: startOf(first.date), end: endOf(last.date), before: 0, after: 0};
  const total = steps.reduce((sum, step) => sum + step.events, 0);
  let before = 0;
  let low = 0;
  while (low < steps.length - 1 && before + (steps[low]?.events ?? 0) <= total * TAIL) before += steps[low++]?.events ?? 0;
  let after = 0;
  let high = steps.length - 1;
  while (high > low && after + (steps[high]?.events ?? 0) <= total * TAIL) after += steps[high--]?.events ?? 0;
  const dense: Dense = {start: startOf(steps[low]?.date ?? ""), end: endOf(steps[high]?.date ?? ""), before, after};
  return dense.end - dense.start < (whole.end - whole.start) * WORTH_CUTTING ? dense : whole;
}
