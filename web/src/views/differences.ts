// Where reports of one event disagree: numbers out of what the archive writes, who says which,
// and the rows of the dot plot. Pure, without a page.

export interface Difference {
  field: string;
  values: readonly DifferenceValue[];
}
export interface DifferenceValue { value: string; records: readonly string[]; according_to?: string }

export interface Report {
  id: string;
  article: string;
  date?: string;
  source?: string;
  title?: string;
}

export interface Quantity { low: number; high: number; relation: Relation }
export type Relation = "=" | "~" | "<~" | ">" | "<" | ">=" | "<=" | "..";

export const COUNTED = ["dead", "injured", "arrested", "missing", "displaced", "participants", "troops"];
const ORDER = ["act", "status", "date", "place", "actor", "recipient", ...COUNTED];

const NAMES: Record<string, string> = {
  act: "What was done", status: "Whether it happened", date: "When", place: "Where",
  actor: "Who did it", recipient: "To whom", dead: "Dead", injured: "Injured",
  arrested: "Arrested", missing: "Missing", displaced: "Displaced",
  participants: "Participants", troops: "Troops",
};

export const fieldName = (field: string): string => NAMES[field] ?? field;
export const isCounted = (field: string): boolean => COUNTED.includes(field);

/** Acts before numbers, whatever order the archive gave. */
export function inOrder(differences: readonly Difference[]): Difference[] {
  const rank = (field: string): number => (ORDER.indexOf(field) + ORDER.length + 1) % (ORDER.length + 1);
  return [...differences].sort((a, b) => rank(a.field) - rank(b.field));
}

const NUMBER = "(\\d[\\d,]*(?:\\.\\d+)?)";
const RANGE = new RegExp(`^${NUMBER}\\s*(?:\\.\\.|-|–|to)\\s*${NUMBER}$`);
const SINGLE = new RegExp(`^(<~|>=|<=|=|~|>|<)?\\s*${NUMBER}$`);

/** "12", ">=12", "~ 1,200", "10..15"; null for what is no number. */
export function quantity(text: string): Quantity | null {
  const plain = (digits = ""): number => Number(digits.replace(/,/g, ""));
  const range = RANGE.exec(text.trim());
  if (range) return { low: plain(range[1]), high: plain(range[2]), relation: ".." };
  const single = SINGLE.exec(text.trim());
  if (!single) return null;
  const value = plain(single[2]);
  return { low: value, high: value, relation: (single[1] ?? "=") as Relation };
}

const RELATIONS: Record<Relation, string> = {
  "=": "", "~": "about ", "<~": "nearly ", ">": "more than ", "<": "fewer than ",
  ">=": "at least ", "<=": "at most ", "..": "",
};

/** As people write it: "at least 12", "10 to 15". What is no number stays as it is. */
export function quantityWords(text: string): string {
  const found = quantity(text);
  if (!found) return text;
  const words = (n: number): string => n.toLocaleString("en-GB");
  if (found.relation === "..") return `${words(found.low)} to ${words(found.high)}`;
  return RELATIONS[found.relation] + words(found.low);
}

/** Whoever says a value: each article once, oldest first, with the first of its records. */
export function sayers(value: DifferenceValue, reports: ReadonlyMap<string, Report>): Report[] {
  const seen = new Map<string, Report>();
  for (const id of value.records) {
    const report = reports.get(id);
    if (report && !seen.has(report.article)) seen.set(report.article, report);
  }
  return [...seen.values()].sort((a, b) => (a.date ?? "9999").localeCompare(b.date ?? "9999"));
}

export interface Dot {
  quantity: Quantity;
  words: string;
  report: Report;
  according_to?: string;
}

/** One dot for each value and article that says it, oldest first: so a toll is seen to grow. */
export function dots(difference: Difference, reports: ReadonlyMap<string, Report>): Dot[] {
  const all: Dot[] = [];
  for (const value of difference.values) {
    const found = quantity(value.value);
    if (!found) continue;
    for (const report of sayers(value, reports))
      all.push({ quantity: found, words: quantityWords(value.value), report, according_to: value.according_to });
  }
  return all.sort((a, b) =>
    (a.report.date ?? "9999").localeCompare(b.report.date ?? "9999")
    || (a.report.source ?? "").localeCompare(b.report.source ?? "") || a.quantity.low - b.quantity.low);
}

/** A dot plot says something where two numbers at least differ. */
export function worthPlotting(found: readonly Dot[]): boolean {
  return new Set(found.map((dot) => `${dot.quantity.low}-${dot.quantity.high}`)).size > 1;
}

/** The sentence before, within and after the words of its event; all before where they aren't plain. */
export function around(sentence: string, words: string | undefined): [string, string, string] {
  const at = words ? sentence.indexOf(words) : -1;
  if (!words || at < 0 || sentence.indexOf(words, at + 1) >= 0) return [sentence, "", ""];
  return [sentence.slice(0, at), words, sentence.slice(at + words.length)];
}

/** Articles by day, oldest first, undated ones last, in the order they came. */
export function byDate<T extends { article: { date?: string } }>(rows: readonly T[]): [string, T[]][] {
  const days = new Map<string, T[]>();
  for (const row of rows) {
    const day = row.article.date ?? "";
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  return [...days].sort(([a], [b]) => (a || "9999").localeCompare(b || "9999"));
}
