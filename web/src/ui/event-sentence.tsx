import type {Entity, EventRow} from "../api";
import {act, count, country, day, entityCode, entityName, status} from "../labels";
import {addressOf} from "../state";
import {QuadMark} from "./legend";

// One event in a line: who, what, whom, when, where; a link to its sentence.
export function EventSentence({row, link = true}: {row: EventRow; link?: boolean}) {
  const {record} = row;
  const what = act([record.event, ...(record.mode ?? [])].join(" "));
  const place = record.event_loc;
  return (
    <span class="event-sentence">
      <QuadMark quad={record.quad_code} />
      <Parties entities={record.actor} none="Somebody" />{" "}
      {link ? <a class="act" href={addressOf("article", record.doc, {record: record.id})}>{what}</a>
        : <span class="act">{what}</span>}
      {record.recipient?.length ? <> <span class="muted" aria-label="to">→</span> <Parties entities={record.recipient} none="" /></> : null}
      {place ? <span class="muted">, {place.name ?? place.entity_text}{place.country && place.precision !== "country" ? `, ${country(place.country)}` : ""}</span> : null}
      {record.date ? <span class="muted">, {day(record.date)}</span> : null}
      {record.status !== "actual" ? <> <span class="tag">{status(record.status)}</span></> : null}
      {row.reports > 1 ? <> <span class="tag">{count(row.reports)} reports</span></> : null}
    </span>
  );
}

function Parties({entities = [], none}: {entities?: Entity[]; none: string}) {
  if (entities.length === 0) return <span class="muted">{none}</span>;
  return (
    <>
      {entities.map((entity, index) => (
        <span key={index}>{index > 0 ? ", " : ""}{entityName(entity)}
          {entityCode(entity) ? <> <span class="code">{entityCode(entity)}</span></> : null}</span>
      ))}
    </>
  );
}
