import type {ComponentChildren} from "preact";
import "../styles/left-out.css";
import {useApi, type ApiState, type Articles, type LeftOut, type Rejects} from "../api";
import {counted, day} from "../labels";
import {FILTERS, addressOf, href, useTitle, withParams, type Params} from "../state";
import {Downloads} from "../ui/downloads";
import {Filters} from "../ui/filters";
import {Empty, Failure, Loading} from "../ui/note";
import {Pager} from "../ui/pager";

const TABS: [string, string][] = [["rejected", "Rejected input"], ["articles", "Articles without a record"],
  ["sentences", "Sentences without a record"]];
const TAKEN = ["text", "source", "from", "to"];
const NOT_TAKEN = FILTERS.filter((name) => !TAKEN.includes(name));

/** What was not coded: nothing that was given disappears without a trace. */
export function View({path, params}: {path: string; params: Params}) {
  useTitle("Left out");
  const tab = TABS.find(([key]) => key === params.tab)?.[0] ?? "rejected";
  return (
    <>
      <h1>Left out</h1>
      <p class="muted">What could not be read, and what was read without an event being found in it.</p>
      <Tabs tab={tab} path={path} params={params} />
      {tab === "rejected" ? <Rejected path={path} params={params} />
        : <>
          <Filters path={path} params={params} without={NOT_TAKEN} />
          {tab === "articles" ? <Uncoded path={path} params={params} /> : <Sentences path={path} params={params} />}
        </>}
    </>
  );
}

/** Links, not buttons: each list has an address of its own. */
function Tabs({tab, path, params}: {tab: string; path: string; params: Params}) {
  return (
    <nav class="tabs" aria-label="Lists">
      {TABS.map(([key, name]) => (
        <a key={key} href={href(path, withParams(params, {tab: key === "rejected" ? undefined : key}))}
          aria-current={tab === key ? "page" : undefined}>{name}</a>
      ))}
    </nav>
  );
}

type RoomProps = {path: string; params: Params};

function questionOf(params: Params, more: Params = {}): Params {
  const taken = Object.fromEntries([...TAKEN, "page", "per_page"].flatMap((name) => (params[name] ? [[name, params[name]]] : [])));
  return {...taken, ...more};
}

interface ListProps<T> extends RoomProps {
  state: ApiState<T & {page: number; per_page: number; rows: unknown[]}>;
  api: string;
  question: Params;
  total?: number;
  unit: string;
  none: string;
  children(data: T): ComponentChildren;
}

/** A paged list with its count, its downloads, and what to say where there is nothing. */
function List<T>({path, params, state, api, question, total = 0, unit, none, children}: ListProps<T>) {
  const {data, error, loading, retry} = state;
  if (error) return <Failure error={error} retry={retry} />;
  if (!data) return <Loading height="24rem" />;
  return (
    <div class={loading ? "waiting" : ""} aria-busy={loading}>
      <div class="spread">
        <p aria-live="polite">{counted(total, unit)}</p>
        <Downloads path={api} params={question} />
      </div>
      {data.rows.length === 0 ? <Empty title="Nothing here"><p>{none}</p></Empty> : children(data)}
      <Pager path={path} params={params} page={data.page} perPage={data.per_page} total={total} unit={`${unit}s`} />
    </div>
  );
}

function Rejected({path, params}: RoomProps) {
  const {page, per_page} = params;
  const question = withParams({}, {page, per_page});
  const state = useApi<Rejects>("/api/rejects", question);
  return (
    <List<Rejects> {...{path, params, state, question}} api="/api/rejects" total={state.data?.rejects} unit="reject"
      none="All that was given could be read.">
      {(data) => (
        <ul class="plain left-out-list">
          {data.rows.map((row, index) => (
            <li key={index}>
              <p><strong>{row.message}</strong> <span class="tag">{row.status}</span></p>
              <p class="muted small">{[row.file, row.line && `line ${row.line}`, row.article && `article ${row.article}`].filter(Boolean).join(", ")}</p>
              {row.raw ? <details><summary>As it was given</summary><pre class="scroll" tabIndex={0}>{row.raw}</pre></details> : null}
            </li>
          ))}
        </ul>
      )}
    </List>
  );
}

function about(row: {source?: string; date?: string}): string {
  return [row.source, row.date && day(row.date)].filter(Boolean).join(", ");
}

const article = (id: string) => addressOf("article", id);

function Uncoded({path, params}: RoomProps) {
  const question = questionOf(params, {coded: "no"});
  const state = useApi<Articles>("/api/articles", question);
  return (
    <List<Articles> {...{path, params, state, question}} api="/api/articles" total={state.data?.articles} unit="article"
      none="No article that fits is without a record. Take a filter away, if one is set.">
      {(data) => (
        <ul class="plain left-out-list">
          {data.rows.map((row) => (
            <li key={row.id}>
              <p><a href={article(row.id)}>{row.title ?? `Article ${row.id}`}</a></p>
              <p class="muted small">{[about(row), row.claims > 0 && counted(row.claims, "statement")].filter(Boolean).join(" · ")}</p>
            </li>
          ))}
        </ul>
      )}
    </List>
  );
}

function Sentences({path, params}: RoomProps) {
  const question = questionOf(params);
  const state = useApi<LeftOut>("/api/left-out", question);
  return (
    <List<LeftOut> {...{path, params, state, question}} api="/api/left-out" total={state.data?.sentences} unit="sentence"
      none="No sentence that fits is without a record. Take a filter away, if one is set.">
      {(data) => (
        <ul class="plain left-out-list">
          {data.rows.map((row) => (
            <li key={`${row.article} ${row.sentence}`}>
              <p class="left-out-sentence">{row.text}</p>
              <p class="muted small"><a href={article(row.article)}>{row.title ?? `Article ${row.article}`}</a>, sentence {row.sentence}{about(row) ? ` · ${about(row)}` : ""}</p>
            </li>
          ))}
        </ul>
      )}
    </List>
  );
}
