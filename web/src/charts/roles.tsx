// Offices and roles over time: a table whose middle column is a bar on one common stretch of time.
import { count, day, party } from "../labels";
import { spells, stretch, type Role, type Spell } from "./spells";

interface Props { roles: readonly Role[]; linkOf(side: "who" | "whom", role: Role): string }

export function Roles({ roles, linkOf }: Props) {
  const whole = stretch(roles);
  const year = (moment: number): number => new Date(moment).getUTCFullYear();
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Offices and roles">
      <table class="roles">
        <caption class="hidden-text">Offices and roles, from their first event to their last</caption>
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col" class="roles-when">
              {whole ? <span class="roles-axis"><span>{year(whole[0])}</span><span>{year(whole[1] - 1)}</span></span> : "When"}
            </th>
            <th scope="col" class="number">Events</th>
            <th scope="col"><span class="hidden-text">Leads to</span></th>
          </tr>
        </thead>
        <tbody>{spells(roles).map((spell) => <Row key={spell.role + (spell.office ?? "")} spell={spell} linkOf={linkOf} />)}</tbody>
      </table>
    </div>
  );
}

function Row({ spell, linkOf }: { spell: Spell; linkOf: Props["linkOf"] }) {
  return (
    <tr>
      <th scope="row">
        {spell.office && <span class="roles-office">{spell.office}</span>}
        <span class={spell.office ? "muted small" : undefined}>{party(spell.role)}</span>{" "}
        <small class="code">{spell.role}</small>
      </th>
      <td class="roles-when">
        {spell.left !== undefined && (
          <span class="roles-track" aria-hidden="true">
            <span class="roles-bar" style={{ left: `${spell.left}%`, width: `${spell.width}%` }} />
          </span>
        )}
        <span class="muted small">{between(spell)}</span>
      </td>
      <td class="number">{count(spell.events)}</td>
      <td class="roles-links">
        <a href={linkOf("who", spell)}>acts</a>{" "}<a href={linkOf("whom", spell)}>is acted on</a>
      </td>
    </tr>
  );
}

export function between({ first_date: first, last_date: last }: Role): string {
  if (!first && !last) return "no date known";
  if (!first || !last || first === last) return day(first ?? last ?? "");
  return `${day(first)} to ${day(last)}`;
}
