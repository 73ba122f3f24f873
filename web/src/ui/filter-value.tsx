import {useApi, type About} from "../api";
import {act, allCountries, field, party, status} from "../labels";
import type {Filter} from "../state";

const HINTS: Partial<Record<Filter, string>> = {
  who: "Mali, MLI MIL, police, a name", whom: "Mali, MLI MIL, police, a name", according_to: "FRA GOV, a name",
  what: "ASSAULT, arrest, 17", where: "Kenya, KEN, Nairobi", from: "2012, 2012-03, 2012-03-09",
  to: "2012, 2012-03, 2012-03-09", text: "ceasefire \"peace talks\" arrest*", box: "west,south,east,north",
};

// The input that fits a filter: a choice where the archive has few values, else words with suggestions.
export function FilterValue({name, value}: {name: Filter; value: string}) {
  const {data: about} = useApi<About>("/api/about");
  const id = `filter-value-${name}`;
  const number = name === "reports" ? {type: "number", min: 1, step: 1}
    : name === "min_confidence" ? {type: "number", min: 0, max: 1, step: 0.05} : {type: "text"};
  const choices = choicesOf(name, about);
  return (
    <div class="grow">
      <label for={id}>{field(name)}</label>
      {name === "status" ? (
        <select id={id} name="value">
          {choices.map((one) => <option key={one.value} value={one.value} selected={one.value === value}>{one.label}</option>)}
        </select>
      ) : (
        <input id={id} name="value" defaultValue={value} placeholder={HINTS[name]} autocomplete="off"
          list={choices.length > 0 ? `${id}-list` : undefined} {...number} />
      )}
      {name !== "status" && choices.length > 0 ? (
        <datalist id={`${id}-list`}>
          {choices.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
        </datalist>
      ) : null}
    </div>
  );
}

function choicesOf(name: Filter, about: About | undefined): {value: string; label: string}[] {
  if (name === "status") return (about?.statuses ?? []).map((value) => ({value, label: status(value)}));
  if (name === "source") return (about?.sources ?? []).map((value) => ({value, label: value}));
  if (name === "what") {
    return (about?.categories ?? []).flatMap(({event, modes}) => [event, ...modes.map((mode) => `${event} ${mode}`)])
      .map((value) => ({value, label: act(value)}));
  }
  if (name === "who" || name === "whom" || name === "where" || name === "according_to") {
    return allCountries().map(({code}) => ({value: code, label: party(code)}));
  }
  return [];
}
