import {go, withParams, type Params} from "../state";
import {chosenKeys, COLUMNS, columnsValue} from "./columns";

export function ColumnChooser({path, params}: {path: string; params: Params}) {
  const keys = chosenKeys(params.columns);
  // The page of the table stays where it is: columns change nothing of what is asked.
  const toggle = (key: string) =>
    go(path, withParams(params, {columns: columnsValue(params.columns, key), page: params.page}), {replace: true});
  const reset = () => go(path, withParams(params, {columns: undefined, page: params.page}), {replace: true});
  return (
    <details class="column-chooser">
      <summary>Columns ({keys.length} of {COLUMNS.length})</summary>
      <fieldset>
        <legend class="hidden-text">Columns of the table</legend>
        {COLUMNS.map(({key, name}) => (
          <label key={key} class="check">
            <input type="checkbox" checked={keys.includes(key)} disabled={key === "act"} onChange={() => toggle(key)} /> {name}
          </label>
        ))}
        <button type="button" class="quiet small" onClick={reset}>The usual ones</button>
      </fieldset>
    </details>
  );
}
