// Who acts on whom: a picture, and beside it a table of the same pairs.
import { useState } from "preact/hooks";
import { useApi, type Network } from "../api";
import { Amount, QuadStrip } from "../charts/amount";
import { around, type NetworkEdge } from "../charts/graph";
import { NetworkChart, type Focus } from "../charts/network";
import { count, party } from "../labels";
import { filtersOf, go, href, useTitle, type Params } from "../state";
import "../styles/actors.css";
import { Downloads } from "../ui/downloads";
import { Filters } from "../ui/filters";
import { Empty, Failure } from "../ui/note";
import { QuadLegend } from "../ui/legend";

// More nodes than this need the whole width for their labels.
const MANY = 45;
const BY = "country";
const MOST = [20, 40, 80, 150, 300, 500];

export function View({ path, params }: { path: string; params: Params }) {
  useTitle("Who acts on whom");
  const asked = { ...filtersOf(params), by: params.by ?? BY, most: params.most ?? "80" };
  const { data, error, loading, retry } = useApi<Network>("/api/network", asked);
  return (
    <>
      <header class="view-head">
        <h1>Who acts on whom</h1>
        <Downloads path="/api/network" params={asked} />
      </header>
      <Filters path={path} params={params} />
      <Choices path={path} params={params} />
      <QuadLegend />
      <p class="muted small">The colour of a line is the class that most of its events have; words are dashed, deeds solid. Arrows point at who is acted on; a ring round a node stands for events among its own. Larger nodes have more events.</p>
      {error ? <Failure error={error} retry={retry} />
        : !data ? <div class="skeleton network-skeleton" aria-busy="true" />
          : data.edges.length === 0 ? <Empty title="Nobody acts on anybody here"><p>Take a filter away.</p></Empty>
            : <Pairs data={data} params={params} loading={loading} />}
    </>
  );
}

function Choices({ path, params }: { path: string; params: Params }) {
  const set = (name: string, value: string) => go(path, { ...params, [name]: value });
  return (
    <form class="choices" onSubmit={(event) => event.preventDefault()}>
      <label>Nodes are{" "}
        <select value={params.by ?? BY} onChange={(event) => set("by", event.currentTarget.value)}>
          <option value="country">countries</option>
          <option value="actor">countries with their sector</option>
        </select>
      </label>
      <label>Pairs, at most{" "}
        <select value={params.most ?? "80"} onChange={(event) => set("most", event.currentTarget.value)}>
          {[...new Set([...MOST, Number(params.most ?? 80)])].sort((a, b) => a - b)
            .map((most) => <option key={most} value={String(most)}>{most}</option>)}
        </select>
      </label>
    </form>
  );
}

function Pairs({ data, params, loading }: { data: Network; params: Params; loading: boolean }) {
  const [focus, setFocus] = useState<Focus>(null);
  const pair = (from: string, to: string) => ({ ...filtersOf(params), who: from, whom: to });
  const actor = (of: string) => {
    const { who: _who, whom: _whom, ...rest } = filtersOf(params);
    return { ...rest, of };
  };
  return (
    <div class={`network ${data.nodes.length > MANY ? "network-many" : ""} ${loading ? "waiting" : ""}`}>
      <section aria-label="Picture">
        <NetworkChart data={data} words={party} focus={focus} onFocus={setFocus}
          onNode={(of) => go("/actor", actor(of))} onPair={(from, to) => go("/events", pair(from, to))} />
        <p class="network-says" aria-live="polite"><Says data={data} focus={focus} /></p>
      </section>
      <section aria-labelledby="pairs">
        <h2 id="pairs">{count(data.edges.length)} of {count(data.pairs)} pairs</h2>
        <div class="scroll network-table" tabIndex={0} role="group" aria-labelledby="pairs">
          <table>
            <caption class="hidden-text">Pairs, most events first</caption>
            <thead><tr>
              <th scope="col">Who</th><th scope="col">acts on</th><th scope="col" class="wide">Events</th>
              <th scope="col">Kinds</th><th scope="col" class="number"><abbr title="mean of the conflict-cooperation scale, from -10 to 10">Scale</abbr></th>
            </tr></thead>
            <tbody>{data.edges.map((edge) => (
              <Row key={`${edge.from}|${edge.to}`} edge={edge} most={data.edges[0]?.events ?? 1} onFocus={setFocus}
                actor={(of) => href("/actor", actor(of))} events={href("/events", pair(edge.from, edge.to))} />
            ))}</tbody>
          </table>
        </div>
      </section>
    </div>
  );
}

function Says({ data, focus }: { data: Network; focus: Focus }) {
  if (!focus) return <span class="muted">Point at somebody, or go through the table: the rest steps back.</span>;
  if ("of" in focus) {
    const { acts, acted_on: actedOn, partners } = around(data, focus.of);
    return <><strong>{party(focus.of)}</strong> acts {count(acts)} times and is acted on {count(actedOn)} times, with {count(partners)} others in this picture</>;
  }
  const edge = data.edges.find(({ from, to }) => from === focus.from && to === focus.to);
  return <><strong>{party(focus.from)}</strong> acts on <strong>{party(focus.to)}</strong> in {count(edge?.events ?? 0)} events</>;
}

interface RowProps { edge: NetworkEdge; most: number; events: string; actor(of: string): string; onFocus(focus: Focus): void }

function Row({ edge, most, events, actor, onFocus }: RowProps) {
  const { from, to } = edge;
  const name = (of: string) => (
    <a href={actor(of)} onFocus={(event) => { event.stopPropagation(); onFocus({ of }); }}
      onMouseEnter={() => onFocus({ of })} onMouseLeave={() => onFocus({ from, to })}>
      {party(of)}
    </a>
  );
  return (
    <tr onMouseEnter={() => onFocus({ from, to })} onMouseLeave={() => onFocus(null)} onFocusOut={() => onFocus(null)}>
      <th scope="row">{name(from)}</th>
      <td>{name(to)}</td>
      <td class="wide" onFocusIn={() => onFocus({ from, to })}>
        <Amount events={edge.events} most={most} to={events} says={`events of ${party(from)} acting on ${party(to)}`} />
      </td>
      <td><QuadStrip quads={edge.quads} most={edge.events} /></td>
      <td class="number">{edge.mean_scale?.toFixed(1) ?? ""}</td>
    </tr>
  );
}
