// A number that leads to its events, with a thin bar; and a strip of the four quad classes.
import { count, quadName } from "../labels";
import { total } from "./mirror";

/** Percent of the greatest, so that even one event leaves a trace. */
export const share = (events: number, most: number): number =>
  events === 0 || most === 0 ? 0 : Math.max(0.6, (100 * events) / most);

interface AmountProps { events: number; most: number; to: string; says: string; quad?: number }

/** `says` tells those who don't see the table which events the number counts. */
export function Amount({ events, most, to, says, quad }: AmountProps) {
  if (events === 0) return <span class="amount amount-none"><span class="amount-number">0</span></span>;
  return (
    <a class="amount" href={to} aria-label={`${count(events)} ${says}`}>
      <span class="amount-number">{count(events)}</span>
      <span class="amount-track" aria-hidden="true">
        <span class={quad ? `amount-bar quad-fill-${quad}` : "amount-bar"} style={{ width: `${share(events, most)}%` }} />
      </span>
    </a>
  );
}

export const quadWords = (quads: readonly number[]): string =>
  quads.map((events, index) => (events ? `${quadName(index + 1)} ${count(events)}` : ""))
    .filter(Boolean).join(", ") || "no events";

/** As long as its events are of `most`, divided by quad class. */
export function QuadStrip({ quads, most }: { quads: readonly number[]; most: number }) {
  return (
    <span class="strip" role="img" aria-label={quadWords(quads)} title={quadWords(quads)}>
      <span class="strip-inner" style={{ width: `${share(total(quads), most)}%` }}>
        {quads.map((events, index) => events > 0 && (
          <span key={index} class={`quad-fill-${index + 1}`} style={{ flexGrow: events }} />
        ))}
      </span>
    </span>
  );
}
