import type {ComponentChildren} from "preact";
import type {Entity, EventRow} from "../api";
import {act, capital, count, day, entityCode, entityName, quadName, status} from "../labels";
import {addressOf, href} from "../state";
import {actOf, percent, placeOf, precisionOf, sizeOf} from "../text/record-words";
import {QuadMark} from "../ui/legend";

export interface Column {
  key: string;
  name: string;
  number?: boolean;
  cell(row: EventRow): ComponentChildren;
}

function Parties({list = []}: {list?: Entity[]}) {
  return (
    <>
      {list.map((entity, index) => {
        const code = entityCode(entity);
        const of = entity.name ?? code;
        return (
          <div key={index}>
            {of ? <a href={href("/actor", {of})}>{entityName(entity)}</a> : entityName(entity)}
            {code ? <> <span class="code">{code}</span></> : null}
          </div>
        );
      })}
    </>
  );
}

/** The row's link to its sentence; it is in the table whatever columns are chosen. */
function Act({row}: {row: EventRow}) {
  const {record} = row;
  return (
    <>
      <QuadMark quad={record.quad_code} />
      <a class="act" href={addressOf("article", row.article.id, {record: record.id})}>{act(actOf(record))}</a>
      {record.status !== "actual" ? <> <span class="tag">{status(record.status)}</span></> : null}
    </>
  );
}

function Reports({row}: {row: EventRow}) {
  const story = row.record.story;
  return story && row.reports > 1 ? <a href={addressOf("story", story)}>{count(row.reports)}</a> : <>{count(row.reports)}</>;
}

function dates({record}: EventRow): string {
  const end = record.end_date && record.end_date !== record.date ? ` to ${day(record.end_date)}` : "";
  return record.date ? day(record.date) + end : "";
}

export const COLUMNS: Column[] = [
  {key: "date", name: "Date", cell: dates},
  {key: "act", name: "What", cell: (row) => <Act row={row} />},
  {key: "actor", name: "Who", cell: ({record}) => <Parties list={record.actor} />},
  {key: "recipient", name: "To whom", cell: ({record}) => <Parties list={record.recipient} />},
  {key: "place", name: "Where", cell: ({record}) => (record.event_loc ? placeOf(record.event_loc) : "")},
  {key: "numbers", name: "How many", cell: ({record}) => sizeOf(record)},
  {key: "according_to", name: "According to", cell: ({record}) => <Parties list={record.according_to as Entity[] | undefined} />},
  {key: "status", name: "Status", cell: ({record}) => status(record.status)},
  {key: "reports", name: "Reports", number: true, cell: (row) => <Reports row={row} />},
  {key: "confidence", name: "Confidence", number: true, cell: ({record}) => percent(record.confidence)},
  {key: "sentence", name: "Sentence", cell: ({record}) => <span class="sentence">{record.text}</span>},
  {key: "article", name: "Article", cell: ({article}) => article.title ?? article.id},
  {key: "source", name: "Source", cell: ({article}) => article.source ?? ""},
  {key: "quad", name: "Class", cell: ({record}) => quadName(record.quad_code)},
  {key: "context", name: "About", cell: ({record}) => (record.context ?? []).map(capital).join(", ")},
  {key: "scale", name: "Scale", number: true, cell: ({record}) => String(record.event_scale).replace("-", "−")},
  {key: "cameo", name: "CAMEO", cell: ({record}) => record.cameo ?? ""},
  {key: "precision", name: "Place known to", cell: ({record}) => (record.event_loc ? capital(precisionOf(record.event_loc)) : "")},
  {key: "rule", name: "Rule", cell: ({record}) => <code>{record.rule}</code>},
];

export const USUAL_COLUMNS: readonly string[] = ["date", "act", "actor", "recipient", "place", "numbers", "reports", "source"];

/** Keys that the query names and that there are; what stands without it being said where there is none. */
export function chosenKeys(value: string | undefined): string[] {
  const named = (value ?? "").split(",");
  const chosen = COLUMNS.filter(({key}) => key === "act" || named.includes(key)).map(({key}) => key);
  return value === undefined || chosen.length === 1 && value !== "act" ? [...USUAL_COLUMNS] : chosen;
}

export function chosenColumns(value: string | undefined): Column[] {
  const keys = chosenKeys(value);
  return COLUMNS.filter(({key}) => keys.includes(key));
}

/** The query's value once a column is put in or taken out; undefined for the usual ones. */
export function columnsValue(value: string | undefined, key: string): string | undefined {
  const keys = new Set(chosenKeys(value));
  if (!keys.delete(key)) keys.add(key);
  const chosen = COLUMNS.filter((column) => keys.has(column.key)).map((column) => column.key).join(",");
  const usual = COLUMNS.filter((column) => USUAL_COLUMNS.includes(column.key)).map((column) => column.key).join(",");
  return chosen === usual ? undefined : chosen;
}
