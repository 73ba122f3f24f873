import {useEffect, useMemo, useState} from "preact/hooks";
import "../styles/article.css";
import type {CodedArticle, EventRow} from "../api";
import {act, counted} from "../labels";
import {go, href, withParams, type Params} from "../state";
import {ArticleText, type Mark} from "./article-text";
import {ClaimList} from "./claim-list";
import {LayerSwitches} from "./layer-switches";
import {layersShown, layersValue, spansOfArticle, type Layer, type Span} from "./layers";
import {positionsOf} from "./offsets";
import {laned, paragraphsOf} from "./pieces";
import {annotationOf, claimsOf, type EventRecord} from "./record";
import {RecordCard} from "./record-card";
import {actOf} from "./record-words";

interface Props {
  article: CodedArticle;
  path: string;
  params: Params;
}

/** An article with its layers, its records beside it, and who says what in it. */
export function CodedArticleView({article, path, params}: Props) {
  const {text} = article.article;
  const [lit, setLit] = useState<readonly string[]>([]);
  const spans = useMemo(() => spansInText(article), [article]);
  const paragraphs = useMemo(() => paragraphsOf(text), [text]);
  const records = useMemo(() => inOrder(article.records), [article]);
  const shown = layersShown(params.layers);
  const drawn = useMemo(() => laned(spans.filter((span) => shown.has(span.layer) || span.layer === "claim")
    .map((span) => span)), [spans, params.layers]);
  const marks = useMemo(() => marksOf(records, spans, path, params), [records, spans, path, params]);
  const litNow = new Set(lit.length > 0 ? lit : params.record ? [params.record] : []);
  const claims = claimsOf(article);
  useScrollTo(params.record, article);
  const point = (next: string[]) => setLit((last) => (last.join() === next.join() ? last : next));
  const pick = (record: string) => go(path, {...params, record}, {replace: true});
  return (
    <div class={`coded-article${shown.has("claim") ? " shows-claims" : ""}`}>
      <section class="article-column" aria-label="Text">
        <LayerSwitches shown={shown} present={presentIn(spans)}
          onChange={(layers) => go(path, withParams(params, {layers: layersValue(layers)}), {replace: true})} />
        <ArticleText text={text} paragraphs={paragraphs} spans={drawn} marks={marks} lit={litNow} onPoint={point} onPick={pick} />
      </section>
      <aside class="record-column" aria-label="Records and statements">
        <section aria-labelledby="records-heading">
          <h2 id="records-heading" aria-live="polite">{counted(records.length, "record")}</h2>
          {records.length === 0 ? <p class="muted">No event was found in this article.</p> : null}
          <ol class="plain">
            {records.map((record, index) => (
              <RecordCard key={record.id} record={record} number={index + 1} open={params.record === record.id}
                lit={litNow.has(record.id)} link={linkTo(record, path, params)} others={othersOf(record, article.stories)}
                explanation={article.explanation} onPoint={point} />
            ))}
          </ol>
        </section>
        <ClaimList claims={claims} lit={litNow} onPoint={point} />
      </aside>
    </div>
  );
}

/** Spans in positions of the string, not bytes. */
function spansInText(article: CodedArticle): Span[] {
  const at = positionsOf(article.article.text);
  const spans = spansOfArticle(article.records, claimsOf(article), annotationOf(article));
  return spans.map((span) => ({...span, start: at(span.start), end: at(span.end)}));
}

function inOrder(records: EventRecord[]): EventRecord[] {
  return [...records].sort((a, b) => a.sentence - b.sentence || a.start - b.start);
}

const presentIn = (spans: Span[]) => new Set<Layer>(spans.map((span) => span.layer));

/** The open record's own link closes it again. */
function linkTo(record: EventRecord, path: string, params: Params): string {
  return href(path.split("/").map(encodeURIComponent).join("/"),
    withParams(params, {record: params.record === record.id ? undefined : record.id}));
}

function marksOf(records: EventRecord[], spans: Span[], path: string, params: Params): Mark[] {
  return records.flatMap((record, index) => {
    const span = spans.find((one) => one.layer === "act" && one.records.includes(record.id));
    const label = `Record ${index + 1}: ${act(actOf(record))}`;
    return span ? [{at: span.start, number: index + 1, record: record.id, label, href: linkTo(record, path, params)}] : [];
  });
}

function othersOf(record: EventRecord, stories: {story: string; rows: EventRow[]}[]): EventRow[] {
  return stories.find((one) => one.story === record.story)?.rows ?? [];
}

/** A record named in the address is brought into sight, in the text and beside it. */
function useScrollTo(record: string | undefined, article: CodedArticle): void {
  useEffect(() => {
    if (!record) return;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const behavior = still ? "auto" : "smooth";
    const card = document.getElementById(`record-${record}`);
    const column = card?.closest(".record-column");
    // The column scrolls by itself on wide screens; on small ones the text alone is sought.
    if (card && column && column.scrollHeight > column.clientHeight) {
      column.scrollTo({top: card.offsetTop - 16, behavior});
    }
    document.getElementById(`mark-${record}`)?.scrollIntoView({block: "center", behavior});
  }, [record, article]);
}
