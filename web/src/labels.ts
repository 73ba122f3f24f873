// Names in words for codes: countries, sectors, categories, modes, days, counts.
import codes from "i18n-iso-countries/codes.json";
import english from "i18n-iso-countries/langs/en.json";

const alpha2ByAlpha3 = new Map<string, string>();
const alpha3ByNumeric = new Map<string, string>();
for (const [alpha2, alpha3, numeric] of codes as string[][]) {
  if (!alpha2 || !alpha3 || !numeric) continue;
  alpha2ByAlpha3.set(alpha3, alpha2);
  alpha3ByNumeric.set(numeric, alpha3);
}

// Codes that are no country's, and names that newspapers write shorter than the standard does.
const OWN_NAMES: Record<string, string> = {
  KOS: "Kosovo", IGO: "International organisation", UNO: "United Nations", EUR: "European Union",
  NGO: "Non-governmental organisation", ISM: "International movement", IMG: "International armed group",
  MNC: "Multinational company", USA: "United States", GBR: "United Kingdom", RUS: "Russia", IRN: "Iran",
  SYR: "Syria", PRK: "North Korea", KOR: "South Korea", COD: "DR Congo", COG: "Congo (Brazzaville)",
  TZA: "Tanzania", VEN: "Venezuela", BOL: "Bolivia", MDA: "Moldova", VNM: "Vietnam", LAO: "Laos",
  PSE: "Palestine", TWN: "Taiwan", CHN: "China", MKD: "North Macedonia", CIV: "Ivory Coast", VAT: "Vatican",
  BRN: "Brunei", CZE: "Czechia", TUR: "Turkey", LBY: "Libya", FSM: "Micronesia", SWZ: "Eswatini",
  HKG: "Hong Kong", MAC: "Macao", GMB: "Gambia", BHS: "Bahamas",
};

const SECTORS: Record<string, string> = {
  COP: "police", GOV: "government", JUD: "courts", LEG: "legislature", MIL: "military",
  PRM: "pro-government militia", PTY: "party", REB: "rebels", SPY: "intelligence service",
  UAF: "unidentified armed group", UNK: "unidentified", AGR: "farmers", BUS: "business", CRM: "criminals",
  CVL: "civilians", EDU: "education", ELI: "former officials", JRN: "journalists", LAB: "workers",
  MED: "health", REF: "refugees", OPP: "opposition", PRE: "breakaway region", REL: "religious",
  SOC: "civil society", MNC: "multinational company", NGO: "non-governmental organisation",
  IGO: "international organisation",
};

const MODES: Record<string, string> = {
  "third-party": "through a third party", "suicide-attack": "suicide attack", "heavy-weapons": "heavy weapons",
  "crowd-control": "crowd control", "martial-law": "martial law", demo: "demonstration", hunger: "hunger strike",
};

const STATUSES: Record<string, string> = {
  actual: "Happened", historical: "Long past", future: "To come", hypothetical: "Hypothetical",
  negated: "Did not happen",
};

export const QUADS = ["Verbal cooperation", "Material cooperation", "Verbal conflict", "Material conflict"] as const;

const QUAD_OF_CATEGORY: Record<string, number> = {
  AGREE: 1, CONSULT: 1, SUPPORT: 1, CONCEDE: 1, COOPERATE: 2, AID: 2, RETREAT: 2, REQUEST: 3, ACCUSE: 3,
  REJECT: 3, THREATEN: 3, PROTEST: 4, SANCTION: 4, MOBILIZE: 4, COERCE: 4, ASSAULT: 4,
};

const FIELDS: Record<string, string> = {
  who: "Who", whom: "To whom", what: "What", where: "Country or place", place: "Place", box: "Map area", from: "From",
  to: "To", status: "Status", source: "Source", according_to: "According to", text: "Words in the article",
  article: "Article", story: "Story", reports: "Reports, at least", min_confidence: "Confidence, at least",
};

export function country(code: string): string {
  const alpha2 = alpha2ByAlpha3.get(code);
  const name = alpha2 === undefined ? undefined : (english.countries as Record<string, string | string[]>)[alpha2];
  return OWN_NAMES[code] ?? (Array.isArray(name) ? name[0] : name) ?? code;
}

// Of the atlas, whose ids are the numbers of ISO 3166-1.
export function countryOfNumber(numeric: string): string | undefined {
  return alpha3ByNumeric.get(numeric);
}

export function isCountry(code: string): boolean {
  return alpha2ByAlpha3.has(code) || code in OWN_NAMES;
}

// Every country of the standard, for lists to choose from.
export function allCountries(): {code: string; name: string}[] {
  return [...alpha2ByAlpha3.keys()].map((code) => ({code, name: country(code)}))
    .sort((first, second) => first.name.localeCompare(second.name));
}

export function sector(code: string): string {
  return SECTORS[code] ?? code;
}

// "MLI MIL" -> "Mali · military"; "COP" -> "Police"; a name stays as it is.
export function party(text: string): string {
  const words = text.split(/[\s,]+/);
  if (!words.every((word) => isCountry(word) || word in SECTORS)) return text;
  const [first, ...rest] = words;
  if (first === undefined) return text;
  const head = isCountry(first) ? country(first) : capital(sector(first));
  return [head, ...rest.map(sector)].join(" · ");
}

// Whether `party` says more than the code alone, so that the code is worth showing beside it.
export function isCode(text: string): boolean {
  return party(text) !== text;
}

// Somebody in a record: his name where he has one, else what his code says, else the words of the text.
export function entityName(entity: {name?: string; code?: string; sector?: string[]; entity_text?: string}): string {
  if (entity.name !== undefined) return entity.name;
  const code = entityCode(entity);
  return code === "" ? entity.entity_text ?? "Unknown" : party(code);
}

export function entityCode(entity: {code?: string; sector?: string[]}): string {
  return [entity.code, ...(entity.sector ?? [])].filter((word) => word !== undefined).join(" ");
}

export function mode(name: string): string {
  return MODES[name] ?? name.replace(/[-_]/g, " ");
}

// "ASSAULT aerial" -> "Assault, aerial".
export function act(text: string): string {
  const [category, ...modes] = text.split(" ");
  if (category === undefined || !/^[A-Z]+$/.test(category)) return mode(text);
  return [capital(category.toLowerCase()), ...modes.map(mode)].join(", ");
}

export function quadOfAct(text: string): number | undefined {
  return QUAD_OF_CATEGORY[text.split(" ")[0] ?? ""];
}

export function quadName(code: number): string {
  return QUADS[code - 1] ?? "Unknown";
}

export function status(name: string): string {
  return STATUSES[name] ?? capital(name);
}

export function field(name: string): string {
  return FIELDS[name] ?? capital(name.replace(/_/g, " "));
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];

// "2012-03-09" -> "9 March 2012", "2012-03" -> "March 2012".
export function day(date: string | undefined): string {
  const parts = /^(-?\d{1,6})(?:-(\d\d))?(?:-(\d\d))?/.exec(date ?? "");
  if (!parts) return date ?? "";
  const month = parts[2] === undefined ? undefined : MONTHS[Number(parts[2]) - 1];
  if (month === undefined) return parts[1] ?? "";
  return parts[3] === undefined ? `${month} ${parts[1]}` : `${Number(parts[3])} ${month} ${parts[1]}`;
}

// Thin spaces would not be found when searched for; commas are.
export function count(number: number): string {
  return number.toLocaleString("en-GB", {maximumFractionDigits: 2});
}

export function counted(number: number, one: string, many: string = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

export function share(part: number, whole: number): string {
  if (whole === 0) return "0%";
  const percent = (100 * part) / whole;
  return percent > 0 && percent < 1 ? "under 1%" : `${Math.round(percent)}%`;
}

export function box(text: string): string {
  const [west, south, east, north] = text.split(",").map(Number);
  if ([west, south, east, north].some((side) => side === undefined || Number.isNaN(side))) return text;
  return `${latitude(south as number)} to ${latitude(north as number)}, ${longitude(west as number)} to ${longitude(east as number)}`;
}

const latitude = (degrees: number) => `${Math.abs(degrees)}°${degrees < 0 ? "S" : "N"}`;
const longitude = (degrees: number) => `${Math.abs(degrees)}°${degrees < 0 ? "W" : "E"}`;

// The value of a filter as a reader would say it; what commas separate is one of several.
export function filterValue(name: string, value: string): string {
  if (name === "box") return box(value);
  if (name === "from" || name === "to") return day(value);
  if (name === "place") return placeName(value);
  const each = (label: (text: string) => string) => value.split(",").map((text) => label(text.trim())).join(" or ");
  if (name === "who" || name === "whom" || name === "according_to" || name === "where") return each(party);
  if (name === "what") return each(act);
  if (name === "status") return each(status);
  return value;
}

// Places are values that only the server reads; what stands before the first separator is their name.
function placeName(value: string): string {
  const [name] = value.split("|");
  return name === undefined || name === "" ? value : name;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
