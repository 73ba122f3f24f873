import type {ComponentChildren} from "preact";
import type {Overview} from "../api";
import {count, counted, day, share} from "../labels";
import {filtersOf, href, type Params} from "../state";

// How much there is, and how much of it happened. Each number leads to its events.
export function Figures({data, params}: {data: Overview; params: Params}) {
  const {selected} = data;
  const filters = filtersOf(params);
  const happened = happenedOf(data, params);
  const span = selected.first_date && selected.last_date
    ? selected.first_date === selected.last_date ? day(selected.first_date)
      : `${day(selected.first_date)} to ${day(selected.last_date)}` : "";
  return (
    <section class="figures" aria-label="How much there is">
      <dl aria-live="polite">
        <Figure name={selected.events === 1 ? "event" : "events"} value={selected.events} to={href("/events", filters)}>{span}</Figure>
        {happened === undefined ? null : (
          <Figure name="happened" value={happened} to={href("/events", {...filters, status: "actual"})}>
            {`${share(happened, selected.events)} have the status actual`}
          </Figure>
        )}
        <Figure name={selected.reports === 1 ? "report" : "reports"} value={selected.reports} to={href("/events", {...filters, all: "1"})}>
          sentences that tell of them
        </Figure>
        <Figure name={selected.articles === 1 ? "article" : "articles"} value={selected.articles} to={href("/events", {...filters, all: "1"})}>
          {selected.undated ? `${counted(selected.undated, "event")} without a date` : ""}
        </Figure>
      </dl>
    </section>
  );
}

// `statuses` leaves its own filter out, so it says what is chosen only where actual is among that.
function happenedOf({statuses}: Overview, {status}: Params): number | undefined {
  const actual = statuses.find((one) => one.value === "actual")?.events ?? 0;
  if (status === undefined || status.split(",").includes("actual")) return actual;
  return undefined;
}

function Figure({name, value, to, children}: {name: string; value: number; to: string; children?: ComponentChildren}) {
  return (
    <div class="figure">
      <dt>{name}</dt>
      <dd><a href={to}>{count(value)}</a> <span class="small muted">{children}</span></dd>
    </div>
  );
}
