import "../styles/events.css";
import {useApi, type EventsPage} from "../api";
import {chosenColumns, type Column} from "../events/columns";
import {ColumnChooser} from "../events/column-chooser";
import {Exports} from "../events/exports";
import {count, counted} from "../labels";
import {filtersOf, go, useTitle, withParams, type Params} from "../state";
import {Filters} from "../ui/filters";
import {QuadLegend} from "../ui/legend";
import {Empty, Failure, Loading} from "../ui/note";
import {Pager} from "../ui/pager";

const ORDERS: [string, string][] = [["newest", "Newest first"], ["oldest", "Oldest first"],
  ["reports", "Most reported first"], ["confidence", "Surest first"]];
const PER_PAGE = ["25", "50", "100", "200"];

/** What the API is asked: the columns are the page's own matter. */
function questionOf(params: Params): Params {
  const {order, page, per_page, all} = params;
  return withParams(filtersOf(params), {order, per_page, all, page});
}

export function View({path, params}: {path: string; params: Params}) {
  useTitle("Events");
  const question = questionOf(params);
  const {data, error, loading, retry} = useApi<EventsPage>("/api/events", question);
  const columns = chosenColumns(params.columns);
  return (
    <>
      <div class="spread">
        <h1>Events</h1>
        <p class="muted" aria-live="polite">{data && !error ? summary(data) : "\u00a0"}</p>
      </div>
      <Filters path={path} params={params} understood={data?.understood} />
      <Controls path={path} params={params} />
      {error ? <Failure error={error} retry={retry} />
        : !data ? <Loading height="36rem" label="Loading events" />
          : <Page data={data} columns={columns} loading={loading} path={path} params={params} />}
      <Exports params={params} question={question} events={data?.events} />
    </>
  );
}

function summary({events, reports}: EventsPage): string {
  return reports > events ? `${counted(events, "event")}, reported ${count(reports)} times` : counted(events, "event");
}

function Controls({path, params}: {path: string; params: Params}) {
  const set = (changes: Record<string, string | undefined>) => go(path, withParams(params, changes));
  return (
    <div class="event-controls">
      <div>
        <label for="event-order">Order</label>
        <select id="event-order" value={params.order ?? "newest"} onChange={(event) => set({order: unless(event.currentTarget.value, "newest")})}>
          {ORDERS.map(([value, name]) => <option key={value} value={value}>{name}</option>)}
        </select>
      </div>
      <div>
        <label for="event-per-page">On a page</label>
        <select id="event-per-page" value={params.per_page ?? "25"} onChange={(event) => set({per_page: unless(event.currentTarget.value, "25")})}>
          {PER_PAGE.map((value) => <option key={value} value={value}>{value}</option>)}
        </select>
      </div>
      <label class="check">
        <input type="checkbox" checked={params.all === "1"} onChange={(event) => set({all: event.currentTarget.checked ? "1" : undefined})} />
        Every report of an event
      </label>
      <ColumnChooser path={path} params={params} />
    </div>
  );
}

const unless = (value: string, usual: string) => (value === usual ? undefined : value);

interface PageProps {
  data: EventsPage;
  columns: Column[];
  loading: boolean;
  path: string;
  params: Params;
}

function Page({data, columns, loading, path, params}: PageProps) {
  if (data.rows.length === 0) {
    return <Empty title="No event fits"><p>Take a filter away above, or widen the dates.</p></Empty>;
  }
  return (
    <div class={loading ? "waiting" : ""} aria-busy={loading}>
      <QuadLegend />
      <Table data={data} columns={columns} />
      <Pager path={path} params={params} page={data.page} perPage={data.per_page} total={data.events} unit="events" />
    </div>
  );
}

function Table({data, columns}: {data: EventsPage; columns: Column[]}) {
  return (
    <div class="scroll" role="region" aria-label="Table of events" tabIndex={0}>
      <table class="event-table">
        <caption class="hidden-text">Events; each row links to its sentence</caption>
        <thead>
          <tr>{columns.map((column) => <th key={column.key} scope="col" class={column.number ? "number" : ""}>{column.name}</th>)}</tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.record.id}>
              {columns.map((column) => (
                <td key={column.key} class={`column-${column.key}${column.number ? " number" : ""}`} data-name={column.name}>{column.cell(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
