// Offices and roles over time: which spells there are, in which order, and where their bars lie.
import { begins, ends, span } from "./dates";

export interface Role {
  role: string;
  office?: string;
  first_date?: string;
  last_date?: string;
  events: number;
}

export interface Spell extends Role {
  /** Percent of the whole stretch; absent where no event of it has a date. */
  left?: number;
  width?: number;
}

/** Thinner bars can't be seen. */
const THINNEST = 0.8;

/** From the first day of any spell to the last. */
export function stretch(roles: readonly Role[]): [number, number] | null {
  const dates = roles.flatMap((role) => [role.first_date, role.last_date]);
  return span(dates.filter((date): date is string => Boolean(date)));
}

function spell(role: Role, whole: [number, number] | null): Spell {
  const first = role.first_date ?? role.last_date;
  const last = role.last_date ?? role.first_date;
  if (!whole || !first || !last || Number.isNaN(begins(first)) || Number.isNaN(ends(last))) return { ...role };
  const length = whole[1] - whole[0];
  const width = Math.min(100, Math.max(THINNEST, (100 * (ends(last) - begins(first))) / length));
  const left = Math.min(100 - width, (100 * (begins(first) - whole[0])) / length);
  return { ...role, left, width };
}

/** Who came first stands first; what has no date stands last, the most frequent above. */
export function spells(roles: readonly Role[]): Spell[] {
  const whole = stretch(roles);
  const placed = roles.map((role) => spell(role, whole));
  return placed.sort((a, b) =>
    (a.left ?? 101) - (b.left ?? 101) || (b.width ?? 0) - (a.width ?? 0) || b.events - a.events);
}
