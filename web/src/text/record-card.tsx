import {useState} from "preact/hooks";
import type {ComponentChildren} from "preact";
import {useApi, type EventRow, type Explanation} from "../api";
import {act, capital, day, entityCode, entityName, quadName, status} from "../labels";
import {addressOf, href} from "../state";
import {QuadMark} from "../ui/legend";
import {Failure, Loading} from "../ui/note";
import type {Entity, EventRecord, Source} from "./record";
import {actOf, basisOf, percent, placeOf, precisionOf, quantity} from "./record-words";
import {Why} from "./why";

interface Props {
  record: EventRecord;
  number: number;
  open: boolean;
  lit: boolean;
  link: string;
  // Other articles' reports of the same event.
  others: EventRow[];
  explanation?: string;
  onPoint(records: string[]): void;
}

/** One record beside the text: who did what to whom in a line, all the rest once it is opened. */
export function RecordCard({record, number, open, lit, link, others, explanation, onPoint}: Props) {
  const point = () => onPoint([record.id]);
  return (
    <li id={`record-${record.id}`} class={`record-card${lit ? " is-lit" : ""}${open ? " is-open" : ""}`}
      onMouseEnter={point} onMouseLeave={() => onPoint([])}>
      <h3>
        <a href={link} aria-expanded={open} onFocus={point} onBlur={() => onPoint([])}>
          <span class="record-number">{number}</span> <QuadMark quad={record.quad_code} />{act(actOf(record))}
        </a>
        {record.status !== "actual" ? <> <span class="tag">{status(record.status)}</span></> : null}
      </h3>
      <p class="record-parties">{partiesLine(record)}</p>
      {open ? <Details record={record} others={others} explanation={explanation} /> : null}
    </li>
  );
}

function partiesLine(record: EventRecord): string {
  const names = (list: Entity[] | undefined) => (list ?? []).map(entityName).join(", ");
  const sides = [names(record.actor) || "Somebody", names(record.recipient)].filter(Boolean).join(" → ");
  return [sides, record.event_loc && placeOf(record.event_loc), record.date && day(record.date)].filter(Boolean).join(" · ");
}

function Details({record, others, explanation}: Pick<Props, "record" | "others" | "explanation">) {
  const place = record.event_loc;
  const end = record.end_date && record.end_date !== record.date ? ` to ${day(record.end_date)}` : "";
  return (
    <>
      <dl class="record-details">
        <Fact layer="actor" name="Who"><Parties list={record.actor} none="not said" /></Fact>
        <Fact layer="act" name="What"><a href={href("/events", {what: actOf(record).split(" ").slice(0, 2).join(" ")})}>{act(actOf(record))}</a>{" "}
          <span class="muted">“{record.event_text}”</span></Fact>
        {record.recipient ? <Fact layer="recipient" name="To whom"><Parties list={record.recipient} none="nobody" /></Fact> : null}
        {record.date ? <Fact layer="time" name="When">{day(record.date)}{end} <span class="muted">{basisOf(record)}</span></Fact> : null}
        {place ? <Fact layer="place" name="Where"><a href={href("/events", {where: place.name ?? place.entity_text})}>{placeOf(place)}</a> <span class="muted">{precisionOf(place)}</span></Fact> : null}
        <Counts record={record} />
        {record.according_to ? <Fact layer="source" name="According to"><Sources list={record.according_to} /></Fact> : null}
        <Fact name="Status">{status(record.status)}{record.doubt ? <span class="muted">, in doubt: “{record.doubt.text}”</span> : null}</Fact>
        <Fact name="Class">{quadName(record.quad_code)}, {scale(record.event_scale)} on the scale of −10 to 10</Fact>
        {record.context ? <Fact name="About">{record.context.map(capital).join(", ")}</Fact> : null}
        <Fact name="Confidence"><meter min={0} max={1} value={record.confidence} aria-label="Confidence" /> {percent(record.confidence)}</Fact>
        <Fact name="Rule"><code>{record.rule}</code>{record.cameo ? <> <span class="muted">CAMEO {record.cameo}</span></> : null}</Fact>
      </dl>
      <OtherReports story={record.story} others={others} />
      <WhyCoded record={record} explanation={explanation} />
    </>
  );
}

const scale = (number: number) => String(number).replace("-", "−");

function Fact({name, layer, children}: {name: string; layer?: string; children: ComponentChildren}) {
  return (
    <div>
      <dt class={layer ? `layer-key layer-key-${layer}` : ""}>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Parties({list = [], none}: {list?: Entity[]; none: string}) {
  if (list.length === 0) return <span class="muted">{none}</span>;
  return <>{list.map((entity, index) => <div key={index}><Party entity={entity} /></div>)}</>;
}

function Party({entity}: {entity: Partial<Entity>}) {
  const code = entityCode(entity);
  const name = entityName(entity);
  const of = entity.name ?? code;
  const words = entity.anaphor?.text ?? entity.entity_text;
  return (
    <>
      {of ? <a href={href("/actor", {of})}>{name}</a> : name}{code ? <> <span class="code">{code}</span></> : null}
      {entity.office ? <span class="muted">, {entity.office}</span> : null}
      {words && words !== name ? <span class="muted"> “{words}”</span> : null}
    </>
  );
}

function Sources({list}: {list: Source[]}) {
  return (
    <>
      {list.map((source, index) => (
        <div key={index}>
          <Party entity={source} />{source.cue ? <span class="muted">, “{source.cue}”</span> : null}
          {source.quoted ? <span class="muted">, in quotation marks</span> : null}
        </div>
      ))}
    </>
  );
}

function Counts({record}: {record: EventRecord}) {
  const own = Object.entries(record.size ?? {});
  const others = record.counts ?? [];
  if (own.length + others.length === 0) return null;
  return (
    <Fact layer="number" name="How many">
      {own.map(([kind, one]) => <div key={kind}>{quantity(one)} {kind} <span class="muted">“{one.text}”</span></div>)}
      {others.map((one, index) => (
        <div key={index}>{quantity(one)} {one.kind} <span class="muted">“{one.text}”, counted by {one.according_to.map(entityName).join(", ")}</span></div>
      ))}
    </Fact>
  );
}

function OtherReports({story, others}: {story?: string; others: EventRow[]}) {
  if (!story || others.length === 0) return null;
  return (
    <div class="other-reports">
      <h4>Also reported by</h4>
      <ul class="plain">
        {others.map((row) => (
          <li key={row.record.id}>
            <a href={addressOf("article", row.article.id, {record: row.record.id})}>{row.article.title ?? row.article.id}</a>{" "}
            <span class="muted">{[row.article.source, row.article.date && day(row.article.date)].filter(Boolean).join(", ")}</span>
          </li>
        ))}
      </ul>
      <p><a href={addressOf("story", story)}>Compare all reports of this event</a></p>
    </div>
  );
}

function WhyCoded({record, explanation}: {record: EventRecord; explanation?: string}) {
  const [open, setOpen] = useState(false);
  return (
    <div class="why-coded">
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>Why it was coded so</button>
      {open ? (explanation === undefined ? <FetchedWhy record={record} /> : <Why record={record} text={explanation} />) : null}
    </div>
  );
}

function FetchedWhy({record}: {record: EventRecord}) {
  const {data, error, retry} = useApi<Explanation>(`/api/articles/${encodeURIComponent(record.doc)}/explanation`);
  if (error) return <Failure error={error} retry={retry} />;
  return data ? <Why record={record} text={data.text} /> : <Loading height="8rem" />;
}
