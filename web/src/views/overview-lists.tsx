import type {Overview, Value} from "../api";
import {act, country, isCode, party, status} from "../labels";
import type {Params} from "../state";
import {Bars, type Bar} from "../ui/bars";

interface Props {data: Overview; params: Params; toggle(name: string, value: string): void}

export function Lists({data, params, toggle}: Props) {
  const list = (title: string, name: string, bars: Bar[], empty: string, note?: string) => (
    <section class="panel" aria-label={title}>
      <h3>{title}</h3>
      {note ? <p class="small muted">{note}</p> : null}
      <Bars bars={bars} selected={params[name]} onSelect={(value) => toggle(name, value)} empty={empty} first={8} />
    </section>
  );
  const some = (values: Value[]) => values.filter((one) => one.events > 0);
  const parties = (values: Value[]) => some(values).map((one) => (
    {...one, label: party(one.value), code: isCode(one.value) ? one.value : undefined}));
  const categories = data.categories.map((one) => ({...one, label: act(one.value), quad: one.quad_code}))
    .sort((first, second) => second.events - first.events);
  return (
    <section aria-labelledby="lists">
      <h2 id="lists" class="hidden-text">Who, what and from where</h2>
      <div class="lists">
        {list("Who acts", "who", parties(data.actors), "Nobody is named as acting.")}
        {list("On whom", "whom", parties(data.recipients), "Nobody is named as acted on.")}
        {list("What happens", "what", categories, "Nothing.")}
        {list("In which way", "what", some(data.modes).map((one) => ({...one, label: act(one.value)})), "No event here has a mode.")}
        {list("Persons and organisations", "who", some(data.names).map((one) => ({...one, label: one.value})), "Nobody with a name acts here.")}
        {list("Countries", "where", some(data.countries).map((one) => ({...one, label: country(one.value), code: one.value})),
          "No event here has a country.", "Where it happens")}
        {list("Did it happen", "status", data.statuses.map((one) => ({...one, label: status(one.value), code: one.value})), "Nothing.")}
        {list("Sources", "source", some(data.sources).map((one) => ({...one, label: one.value})), "Articles here have no source.")}
      </div>
    </section>
  );
}
