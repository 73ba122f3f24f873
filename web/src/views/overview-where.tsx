import type {Overview} from "../api";
import {dominantQuad} from "../charts/geography";
import {WorldMap} from "../charts/map";
import {count, country, counted} from "../labels";
import {filtersOf, href, type Params} from "../state";
import {Bars, type Bar} from "../ui/bars";

// A place of an area is nearer known than its country: this area has all of them.
const WORLD = "-180,-90,180,90";

interface Props {
  data: Overview;
  params: Params;
  toggle(name: string, value: string): void;
  change(changes: Record<string, string | undefined>): void;
}

export function Where({data, params, toggle, change}: Props) {
  const places: Bar[] = data.places.map((place) => ({
    value: place.value,
    events: place.events,
    label: [place.name, place.admin1 !== place.name ? place.admin1 : undefined, place.country ? country(place.country) : undefined]
      .filter(Boolean).join(", "),
    quad: dominantQuad(place.quads),
  }));
  const coarse = onlyCountry(data, params);
  return (
    <section class="panel" aria-labelledby="where">
      <header class="spread">
        <h2 id="where">Where</h2>
        <p class="small muted where-note">
          <a href={href("/events", {box: WORLD, ...filtersOf(params)})}>{counted(data.selected.placed ?? 0, "event")}</a> with a place
          {coarse ? <>, {count(coarse)} known only to country</> : null}
        </p>
      </header>
      <div class="where">
        <WorldMap places={data.places} countries={data.countries} place={params.place} where={params.where} box={params.box}
          onPlace={(value) => toggle("place", value)} onCountry={(code) => toggle("where", code)}
          onBox={(box) => change({box: box?.join(",")})} />
        <div class="where-lists">
          <h3>Places</h3>
          <Bars bars={places} selected={params.place} onSelect={(value) => toggle("place", value)} first={8}
            empty="No event here has a place nearer than its country." />
        </div>
      </div>
    </section>
  );
}

// `countries` leaves `where` out: under it the number can only be told for one of its codes.
function onlyCountry({countries, selected}: Overview, {where}: Params): number {
  const events = where === undefined ? countries.reduce((sum, one) => sum + one.events, 0)
    : countries.find((one) => one.value === where)?.events ?? 0;
  return Math.max(0, events - (selected.placed ?? 0));
}
