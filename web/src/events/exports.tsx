import {counted} from "../labels";
import {filtersOf, href, withParams, type Params} from "../state";

interface Layout {
  name: string;
  about: string;
  path: string;
}

const LAYOUTS: Layout[] = [
  {name: "CSV", about: "an event a row, as the archive has it", path: "/api/events.csv"},
  {name: "JSON Lines", about: "a record a line, whole", path: "/api/events.jsonl"},
  {name: "GeoJSON", about: "for maps", path: "/api/events.geojson"},
  {name: "PLOVER", about: "JSON", path: "/api/export/plover"},
  {name: "ICEWS", about: "columns", path: "/api/export/icews"},
  {name: "Phoenix", about: "columns", path: "/api/export/phoenix"},
  {name: "PETRARCH", about: "columns", path: "/api/export/petrarch"},
  {name: "GDELT events", about: "columns", path: "/api/export/gdelt-events"},
  {name: "GDELT mentions", about: "columns", path: "/api/export/gdelt-mentions"},
  {name: "Actor–recipient pairs", about: "CSV, a row a pair", path: "/api/export/csv"},
];

/** Hands over exactly what is filtered, all of it and not the page alone. */
export function Exports({params, question, events}: {params: Params; question: Params; events?: number}) {
  const filters = withParams(filtersOf(params), {all: params.all});
  return (
    <section class="panel exports" aria-labelledby="exports-heading">
      <h2 id="exports-heading">Take along</h2>
      <p class="muted">{events === undefined ? "All that fits" : `${counted(events, "event")}, all that the filters leave`}, in the layout that your scripts read.</p>
      <ul class="plain">
        {LAYOUTS.map(({name, about, path}) => (
          <li key={name}><a href={href(path, filters)} download>{name}</a> <span class="muted small">{about}</span></li>
        ))}
        <li><a href={href("/api/events", question)}>JSON</a> <span class="muted small">this page of the table</span></li>
      </ul>
    </section>
  );
}
