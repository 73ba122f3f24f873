// One real-world event: what happened, who reports it, and where the reports disagree.
import { useApi, type Story } from "../api";
import { DotPlot } from "../charts/dot-plot";
import { act, counted, day, party, status } from "../labels";
import { addressOf, href, idOf, useTitle, type Params } from "../state";
import "../styles/actors.css";
import { Downloads } from "../ui/downloads";
import { EventSentence } from "../ui/event-sentence";
import { Empty, Failure } from "../ui/note";
import {
  around, byDate, dots, fieldName, inOrder, isCounted, quantityWords, sayers, worthPlotting,
  type Difference, type DifferenceValue, type Report,
} from "./differences";

type Row = Story["rows"][number];

export function View({ path }: { path: string; params: Params }) {
  const id = idOf(path);
  useTitle("One event");
  const { data, error, retry } = useApi<Story>(`/api/stories/${encodeURIComponent(id)}`, {});
  if (error) return <Failure error={error} retry={retry} />;
  const first = data?.rows[0];
  if (!data) return <div class="skeleton story-skeleton" aria-busy="true" />;
  if (!first) return <Empty title="Nobody reports this event any more"><p>The archive was merged again.</p></Empty>;
  return (
    <article class="story">
      <header class="view-head">
        <div>
          <p class="overline">{when(data)}</p>
          <h1><EventSentence row={{ ...first, reports: 1 }} link={false} /></h1>
          <p class="results">
            <a href={href("/events", { story: id, all: "1" })}>{counted(data.reports, "report")}</a>
            {" "}in {counted(data.articles, "article")}
            {" "}from {counted(data.sources, "source")}
          </p>
        </div>
        <div class="downloads">
          <Downloads path={`/api/stories/${encodeURIComponent(id)}`} params={{}} csv={href("/api/events.csv", {story: id, all: "1"})} />
        </div>
      </header>
      <Differences data={data} />
      <Reports rows={data.rows} />
    </article>
  );
}

function when({ first_date: first, last_date: last }: Story): string {
  if (!first) return "No date known";
  return !last || last === first ? day(first) : `${day(first)} to ${day(last)}`;
}

const articleLink = (article: string, record: string): string =>
  addressOf("article", article, { record });

function Differences({ data }: { data: Story }) {
  const reports = new Map<string, Report>(data.rows.map((row) => {
    const { id } = row.record;
    return [id, { id, article: row.article.id, date: row.article.date, source: row.article.source, title: row.article.title }];
  }));
  const differences = inOrder(data.differences.filter(({ values }) => values.length > 1));
  return (
    <section class="part" aria-labelledby="disagree">
      <h2 id="disagree">Where they disagree</h2>
      {differences.length === 0
        ? <p class="muted">{data.reports > 1 ? "Nowhere: all reports tell the same." : "One report alone: there is nothing to compare."}</p>
        : <DifferenceTable differences={differences} reports={reports} />}
      {differences.filter(({ field }) => isCounted(field)).map((difference) => (
        <Numbers key={difference.field} difference={difference} reports={reports} />
      ))}
    </section>
  );
}

type Known = ReadonlyMap<string, Report>;

function Numbers({ difference, reports }: { difference: Difference; reports: Known }) {
  const found = dots(difference, reports);
  if (!worthPlotting(found)) return null;
  return (
    <figure class="numbers">
      <figcaption>{fieldName(difference.field)}, by report, oldest first</figcaption>
      <DotPlot dots={found} says={fieldName(difference.field)} />
    </figure>
  );
}

function DifferenceTable({ differences, reports }: { differences: Difference[]; reports: Known }) {
  return (
    <div class="scroll" tabIndex={0} role="group" aria-labelledby="disagree">
      <table class="differences">
        <caption class="hidden-text">What reports tell differently, and who says what</caption>
        <thead><tr><th scope="col">On</th><th scope="col">It is said</th><th scope="col">By</th></tr></thead>
        {differences.map((difference) => (
          <tbody key={difference.field}>{difference.values.map((value, index) => (
            <tr key={index}>
              {index === 0 && <th scope="rowgroup" rowSpan={difference.values.length}>{fieldName(difference.field)}</th>}
              <td class={isCounted(difference.field) ? "said tabular" : "said"}>{said(difference.field, value)}</td>
              <td><Sayers value={value} reports={reports} /></td>
            </tr>
          ))}</tbody>
        ))}
      </table>
    </div>
  );
}

function said(field: string, { value }: DifferenceValue): string {
  if (value === "") return "does not say";
  if (isCounted(field)) return quantityWords(value);
  if (field === "act") return act(value);
  if (field === "status") return status(value);
  if (field === "date") return value.split("/").map((date) => day(date)).join(" to ");
  return field === "actor" || field === "recipient" ? party(value) : value;
}

function Sayers({ value, reports }: { value: DifferenceValue; reports: Known }) {
  return (
    <ul class="sayers">
      {sayers(value, reports).map((report) => (
        <li key={report.id}>
          <a href={articleLink(report.article, report.id)} title={report.title}>{report.source ?? report.title ?? report.article}</a>
          {report.date && <small class="muted"> {day(report.date)}</small>}
          {value.according_to && <small class="muted"> citing {party(value.according_to)}</small>}
        </li>
      ))}
    </ul>
  );
}

function Reports({ rows }: { rows: readonly Row[] }) {
  return (
    <section class="part" aria-labelledby="reports">
      <h2 id="reports">Reports</h2>
      <ol class="report-days">
        {byDate(rows).map(([date, those]) => (
          <li key={date} class="report-day">
            <h3>{date ? day(date) : "Without a date"}</h3>
            {those.map((row) => <ReportRow key={row.record.id} row={row} />)}
          </li>
        ))}
      </ol>
    </section>
  );
}

function ReportRow({ row }: { row: Row }) {
  const { record } = row;
  const [before, within, after] = around(record.text, record.event_text);
  return (
    <div class="report">
      <p class="report-head">
        <strong>{row.article.source ?? "Source not known"}</strong>{" "}
        <a href={articleLink(row.article.id, record.id)}>{row.article.title ?? row.article.id}</a>
      </p>
      <blockquote>{before}{within && <mark>{within}</mark>}{after}</blockquote>
      <p class="small muted"><EventSentence row={{ ...row, reports: 1 }} /></p>
    </div>
  );
}
