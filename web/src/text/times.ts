// Which words of a sentence gave a record its date. A record has a date but no span for it, so
// the page looks among the sentence's times for those whose value fits.

import type {EventRecord, Extent, Time} from "./record";

/** Days since 1970, first and last taken in. */
export interface Days {
  first: number;
  last: number;
}

const DAY = 86_400_000;
const SEASONS: {[season: string]: number} = {SP: 2, SU: 5, FA: 8, WI: 11};

function dayNumber(year: number, month: number, day: number): number {
  return Math.round(Date.UTC(year, month, day) / DAY);
}

function monthsFrom(year: number, month: number, months: number): Days {
  return {first: dayNumber(year, month, 1), last: dayNumber(year, month + months, 1) - 1};
}

/** The Monday of a week as ISO 8601 counts them: the first has the year's first Thursday. */
function mondayOf(year: number, week: number): number {
  const fourth = dayNumber(year, 0, 4);
  const weekday = (new Date(fourth * DAY).getUTCDay() + 6) % 7;
  return fourth - weekday + (week - 1) * 7;
}

function partOfYear(year: number, part: string): Days | null {
  const week = /^W(\d\d)(-WE)?$/.exec(part);
  if (week) {
    const monday = mondayOf(year, Number(week[1]));
    return {first: week[2] ? monday + 5 : monday, last: monday + 6};
  }
  const season = SEASONS[part];
  if (season !== undefined) return monthsFrom(year, season, 3);
  const fraction = /^([QH])(\d)$/.exec(part);
  if (fraction) {
    const months = fraction[1] === "Q" ? 3 : 6;
    return monthsFrom(year, (Number(fraction[2]) - 1) * months, months);
  }
  return null;
}

/** The days of a TIMEX3 value or of a record's date; null for lengths of time and the like. */
export function daysOf(value: string): Days | null {
  const date = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?$/.exec(value);
  if (date) {
    const year = Number(date[1]);
    const month = Number(date[2] ?? 1) - 1;
    if (date[3]) {
      const day = dayNumber(year, month, Number(date[3]));
      return {first: day, last: day};
    }
    return date[2] ? monthsFrom(year, month, 1) : monthsFrom(year, 0, 12);
  }
  const part = /^(\d{4})-([A-Z][A-Z0-9]*(?:-WE)?)$/.exec(value);
  if (part) return partOfYear(Number(part[1]), part[2] ?? "");
  const decade = /^(\d{3})X?$/.exec(value);
  if (decade) return monthsFrom(Number(decade[1]) * 10, 0, 120);
  const century = /^(\d\d)(XX)?$/.exec(value);
  return century ? monthsFrom(Number(century[1]) * 100, 0, 1200) : null;
}

function within(inner: Days, outer: Days): boolean {
  return inner.first >= outer.first && inner.last <= outer.last;
}

function daysOfRecord(record: EventRecord): Days | null {
  const begin = record.date ? daysOf(record.date) : null;
  const end = record.end_date ? daysOf(record.end_date) : begin;
  return begin && end ? {first: begin.first, last: Math.max(begin.last, end.last)} : null;
}

/**
 * The times that fit the record's date, in its own sentence: of several, the narrowest alone, since
 * "on Tuesday" says more of the day than "this year". None where the article's date stands in.
 */
export function timesOfRecord(record: EventRecord, sentence: Extent, times: Time[]): Time[] {
  const when = daysOfRecord(record);
  if (!when || record.date_basis === "publication") return [];
  const fitting = times.flatMap((time) => {
    const inside = time.start >= sentence.start && time.end <= sentence.end;
    const days = inside && time.value ? daysOf(time.value) : null;
    return days && (within(days, when) || within(when, days)) ? [{time, days}] : [];
  });
  const width = ({first, last}: Days) => last - first;
  // Both ends of a span ("from Monday to Friday") are narrower than it and both stay.
  const narrowest = Math.min(...fitting.map(({days}) => width(days)));
  return fitting.filter(({days}) => width(days) === narrowest).map(({time}) => time);
}
