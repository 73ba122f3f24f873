// One actor: what it does and what is done to it over time, with whom, where, as what.
import type { ComponentChildren } from "preact";
import { useApi, type Actor } from "../api";
import { Amount, QuadStrip } from "../charts/amount";
import { MirrorTimeline } from "../charts/mirror-timeline";
import { total } from "../charts/mirror";
import { Roles } from "../charts/roles";
import { act, count, counted, country, isCode, party } from "../labels";
import { filtersOf, href, useTitle, type Params } from "../state";
import "../styles/actors.css";
import { Downloads } from "../ui/downloads";
import { Filters } from "../ui/filters";
import { Empty, Failure } from "../ui/note";
import { QuadLegend } from "../ui/legend";

type Side = "who" | "whom";
/** Parameters of the events in which the actor stands on a side. */
type Events = (side: Side, more?: Params) => Params;

export function View({ path, params }: { path: string; params: Params }) {
  const of = params.of ?? "";
  useTitle(of ? party(of) : "Actor");
  const { who: _who, whom: _whom, ...filters } = filtersOf(params);
  const asked = { ...filters, of };
  const { data, error, loading, retry } = useApi<Actor>(of ? "/api/actor" : null, asked);
  const events: Events = (side, more = {}) => ({ ...filters, ...more, [side]: of });
  if (!of) return <Empty title="No actor is named"><p>Choose one from the <a href="/actors">list of actors</a>.</p></Empty>;
  return (
    <>
      <Head of={of} data={data} events={events} asked={asked} />
      <Filters path={path} params={params} without={["who", "whom"]} />
      {error ? <Failure error={error} retry={retry} />
        : !data ? <div class="skeleton actor-skeleton" aria-busy="true" />
          : data.as_actor + data.as_recipient === 0
            ? <Empty title="No event of this actor fits"><p>Take a filter away, or look for it among the <a href="/actors">actors</a>.</p></Empty>
            : <div class={loading ? "actor waiting" : "actor"}><Parts data={data} events={events} filters={filters} /></div>}
    </>
  );
}

function Head({ of, data, events, asked }: { of: string; data?: Actor; events: Events; asked: Params }) {
  return (
    <header class="view-head">
      <div>
        <h1>{party(of)} {isCode(of) && <small class="code">{of}</small>}</h1>
        <p class="results" aria-live="polite">
          {data && <>
            acts in <a href={href("/events", events("who"))}>{counted(data.as_actor, "event")}</a>
            {" "}and is acted on in <a href={href("/events", events("whom"))}>{counted(data.as_recipient, "event")}</a>
            {data.understood_as && data.understood_as !== of && <span class="muted"> (understood as {party(data.understood_as)})</span>}
          </>}
        </p>
      </div>
      <Downloads path="/api/actor" params={asked} 
        csv={href("/api/counts.csv", {...filtersOf(asked), who: of, by: "month,dyad,event"})} />
    </header>
  );
}

function Parts({ data, events, filters }: { data: Actor; events: Events; filters: Params }) {
  const link = (side: Side, more?: Params) => href("/events", events(side, more));
  const page = (of: string) => href("/actor", { ...filters, of });
  return (
    <>
      <Part title="Over time">
        <QuadLegend />
        <MirrorTimeline of={party(data.of)} by={data.by} steps={data.timeline}
          eventsOf={(side, date) => ({ path: "/events", params: events(side, { from: date, to: date }) })}
          linkOf={(side, date) => link(side, { from: date, to: date })} />
      </Part>
      <Partners data={data} filters={filters} page={page} />
      <Categories data={data} link={link} />
      {data.roles.length > 0 && (
        <Part title="Offices and roles">
          <Roles roles={data.roles} linkOf={(side, { first_date: first, last_date: last }) =>
            link(side, { ...(first && { from: first }), ...(last && { to: last }) })} />
        </Part>
      )}
      <Places data={data} link={link} />
      <Words data={data} link={link} page={page} />
    </>
  );
}

function Part({ title, narrow, children }: { title: string; narrow?: boolean; children: ComponentChildren }) {
  const id = title.toLowerCase().replace(/\W+/g, "-");
  return (
    <section class={narrow ? "part part-narrow" : "part"} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

function Partners({ data, filters, page }: { data: Actor; filters: Params; page(of: string): string }) {
  if (data.partners.length === 0) return null;
  const most = Math.max(...data.partners.flatMap(({ to, from }) => [to, from]));
  const widest = Math.max(...data.partners.map(({ quads }) => total(quads)));
  const self = party(data.of);
  const between = (who: string, whom: string) => href("/events", { ...filters, who, whom });
  return (
    <Part title="Partners and opponents">
      <div class="scroll" tabIndex={0} role="group" aria-label="Partners and opponents">
        <table>
          <caption class="hidden-text">With whom {self} has most events</caption>
          <thead><tr>
            <th scope="col">With</th><th scope="col" class="wide">{self} acts on them</th>
            <th scope="col" class="wide">They act on {self}</th><th scope="col" class="wide">Kinds, both ways</th>
          </tr></thead>
          <tbody>{data.partners.map(({ of, to, from, quads }) => (
            <tr key={of}>
              <th scope="row"><a href={page(of)}>{party(of)}</a></th>
              <td class="wide"><Amount events={to} most={most} to={between(data.of, of)} says={`events of ${self} acting on ${party(of)}`} /></td>
              <td class="wide"><Amount events={from} most={most} to={between(of, data.of)} says={`events of ${party(of)} acting on ${self}`} /></td>
              <td class="wide"><QuadStrip quads={quads} most={widest} /></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </Part>
  );
}

type Link = (side: Side, more?: Params) => string;

function Categories({ data, link }: { data: Actor; link: Link }) {
  const rows = data.categories.filter((row) => row.as_actor + row.as_recipient > 0);
  const most = Math.max(1, ...rows.flatMap((row) => [row.as_actor, row.as_recipient]));
  return (
    <Part title="Kinds of events">
      <div class="scroll" tabIndex={0} role="group" aria-label="Kinds of events">
        <table>
          <caption class="hidden-text">Events by category, acting and acted on</caption>
          <thead><tr><th scope="col">Category</th><th scope="col" class="wide">Acts</th><th scope="col" class="wide">Is acted on</th></tr></thead>
          <tbody>{rows.map(({ value, quad_code: quad, as_actor: acts, as_recipient: acted }) => (
            <tr key={value}>
              <th scope="row">{act(value)}</th>
              <td class="wide"><Amount events={acts} most={most} quad={quad} to={link("who", { what: value })} says={`events, ${act(value)}, acting`} /></td>
              <td class="wide"><Amount events={acted} most={most} quad={quad} to={link("whom", { what: value })} says={`events, ${act(value)}, acted on`} /></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </Part>
  );
}

const PLACES = 20;

function Places({ data, link }: { data: Actor; link: Link }) {
  const places = data.places.slice(0, PLACES);
  if (places.length === 0) return null;
  const most = Math.max(...places.map((place) => place.events));
  return (
    <Part title="Places" narrow>
      <ul class="place-list">{places.map((place) => (
        <li key={place.value}>
          <span class="place-name">{place.name} <small class="muted">{place.country && country(place.country)}</small></span>
          <span class="number">{count(place.events)}</span>
          <QuadStrip quads={place.quads} most={most} />
          <span class="small">
            <a href={link("who", { place: place.value })} aria-label={`what it does in ${place.name}`}>acts</a>{" · "}
            <a href={link("whom", { place: place.value })} aria-label={`what is done to it in ${place.name}`}>is acted on</a>
          </span>
        </li>
      ))}</ul>
    </Part>
  );
}

function Words({ data, link, page }: { data: Actor; link: Link; page(of: string): string }) {
  if (data.names.length + data.texts.length === 0) return null;
  return (
    <Part title="Names and words" narrow>
      {data.names.length > 0 && <>
        <h3>Persons and organisations</h3>
        <ul class="tags">{data.names.map(({ value, events }) => (
          <li key={value}><a href={page(value)}>{value}</a> <small class="muted">{count(events)}</small></li>
        ))}</ul>
      </>}
      {data.texts.length > 0 && <>
        <h3>Words that stand for it</h3>
        <ul class="tags">{data.texts.map(({ value, events }) => (
          <li key={value}><a href={link("who", { text: `"${value.replace(/"/g, "")}"` })}>“{value}”</a> <small class="muted">{count(events)}</small></li>
        ))}</ul>
      </>}
    </Part>
  );
}
