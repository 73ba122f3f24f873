import {filtersOf, href, type Params} from "../state";

const LAYOUTS: [string, string][] = [["csv", "CSV, a row for each pair"], ["geojson", "GeoJSON"], ["plover", "PLOVER"],
  ["icews", "ICEWS"], ["phoenix", "Phoenix"], ["petrarch", "PETRARCH"], ["gdelt-events", "GDELT events"],
  ["gdelt-mentions", "GDELT mentions"]];

interface Props {
  // Of this view under /api, as "/api/events".
  path: string;
  params: Params;
  // Where the view's numbers stand as a table, if that is not beside `path`.
  csv?: string;
  layouts?: boolean;
}

export function Downloads({path, params, csv = href(`${path}.csv`, params), layouts = false}: Props) {
  return (
    <div class="downloads">
      <span>This view as</span>
      <a href={href(path, params)}>JSON</a>
      <a href={csv}>CSV</a>
      {layouts ? (
        <details>
          <summary>Other layouts</summary>
          <ul>
            {LAYOUTS.map(([layout, name]) => (
              <li key={layout}><a href={href(`/api/export/${layout}`, filtersOf(params))}>{name}</a></li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  );
}
