import {useApi, type Overview} from "../api";
import {Timeline} from "../charts/timeline";
import {TimelineControls} from "../charts/timeline-controls";
import {filtersOf, go, href, toggled, useTitle, withParams, type Params} from "../state";
import {Downloads} from "../ui/downloads";
import {Filters} from "../ui/filters";
import {QuadLegend} from "../ui/legend";
import {Empty, Failure, Loading} from "../ui/note";
import {Figures} from "./overview-figures";
import {Lists} from "./overview-lists";
import {Where} from "./overview-where";

// All that the archive holds under the filters. The server gives each list by everything but its own filter,
// so whatever is chosen in one narrows the others and stays changeable itself.
export function View({path, params}: {path: string; params: Params}) {
  useTitle("");
  const asked = {...filtersOf(params), ...(params.by ? {by: params.by} : {})};
  const {data, error, loading, retry} = useApi<Overview>("/api/overview", asked);
  const change = (changes: Record<string, string | undefined>, replace?: boolean) =>
    go(path, withParams(params, changes), {replace});
  const toggle = (name: string, value: string) => go(path, toggled(params, name, value));
  const names = Object.fromEntries((data?.places ?? []).map((place) => [place.value, place.name]));
  return (
    <div class="overview">
      <h1 class="hidden-text">Overview of the archive</h1>
      <Filters path={path} params={params} understood={data?.understood} names={names} />
      {error ? <Failure error={error} retry={retry} /> : null}
      {data === undefined ? (error ? null : <Waiting />) : (
        <div class={loading ? "waiting" : ""} aria-busy={loading}>
          <Figures data={data} params={params} />
          {data.selected.events === 0 ? <Nothing /> : null}
          <section class="panel" aria-labelledby="when">
            <header class="spread"><h2 id="when">When</h2><QuadLegend quads={data.selected.quads} /></header>
            <TimelineControls by={data.by} from={params.from} to={params.to}
              onBy={(by) => change({by}, true)} onRange={(from, to) => change({from, to})} />
            {data.timeline.length > 0
              ? <Timeline timeline={data.timeline} by={data.by} from={params.from} to={params.to}
                onRange={(from, to, replace) => change({from, to}, replace)} />
              : <p class="muted">No event here has a date.</p>}
          </section>
          <Where data={data} params={params} toggle={toggle} change={change} />
          <Lists data={data} params={params} toggle={toggle} />
          <Downloads path="/api/overview" params={asked}
            csv={href("/api/counts.csv", {...filtersOf(asked), by: "month,event"})} />
        </div>
      )}
    </div>
  );
}

function Nothing() {
  return (
    <Empty title="No event fits all of these">
      <p>Take a filter away, or choose another value below: each list still shows what it could be.</p>
    </Empty>
  );
}

function Waiting() {
  return (
    <div class="stack">
      <Loading height="5rem" label="Counting events" />
      <Loading height="16rem" label="Loading the timeline" />
      <Loading height="24rem" label="Loading the map" />
    </div>
  );
}
