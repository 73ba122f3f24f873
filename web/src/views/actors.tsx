// Everybody who acts or is acted on, most events first.
import { useEffect, useRef, useState } from "preact/hooks";
import { useApi, type Actors } from "../api";
import { Amount } from "../charts/amount";
import { count, party } from "../labels";
import { filtersOf, go, href, useTitle, type Params } from "../state";
import "../styles/actors.css";
import { Downloads } from "../ui/downloads";
import { Filters } from "../ui/filters";
import { Empty, Failure } from "../ui/note";
import { Pager } from "../ui/pager";

/** Waits until the reader pauses, so that not every letter asks the archive. */
const PAUSE = 250;

export function View({ path, params }: { path: string; params: Params }) {
  useTitle("Actors");
  const asked = { ...filtersOf(params), ...only(params, ["q", "page", "per_page"]) };
  const { data, error, loading, retry } = useApi<Actors>("/api/actors", asked);
  return (
    <>
      <header class="view-head">
        <h1>Actors</h1>
        <Downloads path="/api/actors" params={asked} />
      </header>
      <Filters path={path} params={params} />
      <Search path={path} params={params} />
      <p class="results" aria-live="polite">{data ? `${count(data.actors)} actors` : loading ? "Looking…" : ""}</p>
      {error ? <Failure error={error} retry={retry} />
        : !data ? <div class="skeleton list-skeleton" aria-busy="true" />
          : data.rows.length === 0 ? <Empty title="No actor fits"><p>Search for another part of a name or code, or take a filter away.</p></Empty>
            : <List data={data} params={params} stale={loading} />}
      {data && <Pager path={path} params={params} page={data.page} perPage={data.per_page} total={data.actors} unit="actors" />}
    </>
  );
}

const only = (params: Params, names: string[]): Params =>
  Object.fromEntries(names.flatMap((name) => (params[name] ? [[name, params[name]]] : [])));

function Search({ path, params }: { path: string; params: Params }) {
  const [words, setWords] = useState(params.q ?? "");
  const timer = useRef(0);
  useEffect(() => setWords(params.q ?? ""), [params.q]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const ask = (q: string) => {
    const { q: _q, page: _page, ...rest } = params;
    go(path, q ? { ...rest, q } : rest, { replace: true });
  };
  const type = (q: string) => {
    setWords(q);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => ask(q.trim()), PAUSE);
  };
  return (
    <form class="search" role="search" onSubmit={(event) => { event.preventDefault(); clearTimeout(timer.current); ask(words.trim()); }}>
      <label for="actors-q">Find an actor</label>
      <input id="actors-q" type="search" value={words} placeholder="a name, a country's code, MIL …"
        onInput={(event) => type(event.currentTarget.value)} />
    </form>
  );
}

function List({ data, params, stale }: { data: Actors; params: Params; stale: boolean }) {
  const most = Math.max(...data.rows.flatMap((row) => [row.as_actor, row.as_recipient]));
  const { who: _who, whom: _whom, ...rest } = filtersOf(params);
  return (
    <div class={stale ? "scroll waiting" : "scroll"} tabIndex={0} role="group" aria-label="Actors">
      <table class="actors">
        <caption class="hidden-text">Actors, most events first</caption>
        <thead><tr>
          <th scope="col">Actor</th><th scope="col" class="wide">Acts</th><th scope="col" class="wide">Is acted on</th>
        </tr></thead>
        <tbody>{data.rows.map(({ of, kind, as_actor: acts, as_recipient: acted }) => (
          <tr key={kind + of}>
            <th scope="row">
              <a href={href("/actor", { ...rest, of })}>{kind === "name" ? of : party(of)}</a>{" "}
              <small class="code">{kind === "name" ? "by name" : of}</small>
            </th>
            <td class="wide"><Amount events={acts} most={most} says={`events in which ${party(of)} acts`}
              to={href("/events", { ...filtersOf(params), who: of })} /></td>
            <td class="wide"><Amount events={acted} most={most} says={`events in which ${party(of)} is acted on`}
              to={href("/events", { ...filtersOf(params), whom: of })} /></td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  );
}
