import {entityCode, entityName} from "../labels";
import {href} from "../state";
import {claimKey} from "./layers";
import type {Claim} from "./record";

interface Props {
  claims: Claim[];
  lit: ReadonlySet<string>;
  onPoint(claims: string[]): void;
}

/** Who says what in the article, also where no event is coded. */
export function ClaimList({claims, lit, onPoint}: Props) {
  if (claims.length === 0) return null;
  return (
    <section class="claims" aria-labelledby="claims-heading">
      <h2 id="claims-heading">Who says what</h2>
      <ul class="plain">
        {claims.map((claim, index) => {
          const key = claimKey(index);
          const point = () => onPoint([key]);
          return (
            <li key={key} class={lit.has(key) ? "is-lit" : ""} tabIndex={0} onFocus={point} onBlur={() => onPoint([])}
              onMouseEnter={point} onMouseLeave={() => onPoint([])}>
              <Speaker claim={claim} /><blockquote>{claim.text}</blockquote>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Speaker({claim}: {claim: Claim}) {
  const speaker = claim.speaker;
  const code = speaker ? entityCode(speaker) : "";
  const of = speaker?.name ?? code;
  const name = speaker ? entityName(speaker) : "Somebody";
  return (
    <p>
      {of ? <a href={href("/actor", {of})}>{name}</a> : name}{code ? <> <span class="code">{code}</span></> : null}{" "}
      <span class="muted">{claim.cue ? `“${claim.cue}”` : ""}{claim.quoted ? ", word for word" : ""}{claim.type === "attitude" ? ", a view or a wish" : ""}</span>
    </p>
  );
}
