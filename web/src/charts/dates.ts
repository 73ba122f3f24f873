// Dates of the archive as stretches of time. A date is as precise as its text: "2012" is a
// year long, "2012-03" a month, "2012-03-04" a day. All in UTC, so that no time zone moves a day.

export type Step = "day" | "month" | "year";

const DAY = 86_400_000;

export function precision(date: string): Step | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(date)) return "day";
  if (/^\d{4}-\d{2}$/.test(date)) return "month";
  return /^\d{4}$/.test(date) ? "year" : null;
}

/** The first moment of a date; NaN where it is none. */
export function begins(date: string): number {
  if (precision(date) === null) return NaN;
  const [year = NaN, month = 1, day = 1] = date.split("-").map(Number);
  // Date.UTC takes years below 100 for those of the last century.
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  return moment.getTime();
}

/** The moment after a date's last one, taken as wide as it says, or as `step` says. */
export function ends(date: string, step: Step | null = precision(date)): number {
  const begin = begins(date);
  if (Number.isNaN(begin) || step === null) return NaN;
  if (step === "day") return begin + DAY;
  const moment = new Date(begin);
  if (step === "month") moment.setUTCMonth(moment.getUTCMonth() + 1);
  else moment.setUTCFullYear(moment.getUTCFullYear() + 1);
  return moment.getTime();
}

/** The date cut down to a step, as filters take it: ("2012-03-04", "month") is "2012-03". */
export function cutTo(date: string, step: Step): string {
  return date.slice(0, step === "year" ? 4 : step === "month" ? 7 : 10);
}

/** From the first moment to the last one of all dates; null where there is none. */
export function span(dates: readonly string[], step?: Step): [number, number] | null {
  let first = Infinity;
  let last = -Infinity;
  for (const date of dates) {
    const begin = begins(date);
    if (Number.isNaN(begin)) continue;
    first = Math.min(first, begin);
    last = Math.max(last, ends(date, step ?? precision(date)));
  }
  return first < last ? [first, last] : null;
}
