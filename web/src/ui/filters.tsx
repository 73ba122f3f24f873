import {useRef, useState} from "preact/hooks";
import type {Understood} from "../api";
import {field, filterValue} from "../labels";
import {FILTERS, filtersOf, go, withParams, type Filter, type Params} from "../state";
import {FilterValue} from "./filter-value";

interface Props {
  path: string;
  params: Params;
  understood?: Understood;
  // Words for values that only the view knows, as places by their key.
  names?: Record<string, string>;
  // Filters that the view does not take.
  without?: readonly string[];
}

// Everything that is set, each with a way to take it away, and a form to set more.
export function Filters({path, params, understood = [], names = {}, without = []}: Props) {
  const set = Object.entries(filtersOf(params)).filter(([name]) => !without.includes(name));
  const change = (changes: Record<string, string | undefined>) => go(path, withParams(params, changes));
  const clear = () => change(Object.fromEntries(set.map(([name]) => [name, undefined])));
  return (
    <section class="filters" aria-label="Filters">
      {set.length > 0 ? (
        <div class="chips">
          {set.map(([name, value]) => (
            <button key={name} type="button" class="chip" onClick={() => change({[name]: undefined})}>
              <span><span class="hidden-text">Remove filter: </span>
                <span class="muted">{field(name)}:</span> {names[value] ?? filterValue(name, value)}</span>
              <span class="cross" aria-hidden="true">×</span>
            </button>
          ))}
          <button type="button" class="quiet small" onClick={clear}>Clear all</button>
        </div>
      ) : null}
      <AddFilter filters={FILTERS.filter((name) => !without.includes(name))} params={params} onAdd={change} />
      {understood.length > 0 ? (
        <p class="understood">
          {understood.map((one) => `“${one.name}” (${field(one.field).toLowerCase()}) is read as ${one.as}`).join("; ")}
        </p>
      ) : null}
    </section>
  );
}

interface AddProps {filters: readonly Filter[]; params: Params; onAdd(changes: Record<string, string>): void}

function AddFilter({filters, params, onAdd}: AddProps) {
  const [name, setName] = useState<Filter>(filters.includes("who") ? "who" : filters[0] ?? "text");
  const form = useRef<HTMLFormElement>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    const value = String(new FormData(form.current ?? undefined).get("value") ?? "").trim();
    if (value === "") return;
    onAdd({[name]: value});
    form.current?.reset();
  };
  return (
    <form ref={form} onSubmit={submit}>
      <div>
        <label for="filter-name">Filter by</label>
        <select id="filter-name" value={name} onChange={(event) => setName(event.currentTarget.value as Filter)}>
          {filters.map((one) => <option key={one} value={one}>{field(one)}</option>)}
        </select>
      </div>
      <FilterValue key={name} name={name} value={params[name] ?? ""} />
      <button type="submit">{params[name] === undefined ? "Add" : "Change"}</button>
    </form>
  );
}
