import {max} from "d3-array";
import {scaleLinear, scaleUtc} from "d3-scale";
import {useMemo, useState} from "preact/hooks";
import type {TimelineStep} from "../api";
import {count, counted, day, QUADS} from "../labels";
import {useBrush, type Range} from "./brush";
import {begins, ends, type Step} from "./dates";
import {denseSpan, isDate, keyAt, rangeKeys, shifted, type Span} from "./steps";
import {useWidth} from "./width";

const HEIGHT = 150;
const TOP = 14;
const BOTTOM = 22;

interface Props {
  timeline: TimelineStep[];
  by: Step;
  from?: string;
  to?: string;
  // `replace` where a key is held: one entry in the history is enough.
  onRange(from: string | undefined, to: string | undefined, replace?: boolean): void;
}

export function Timeline({timeline, by, from, to, onRange}: Props) {
  const {element, width} = useWidth<HTMLDivElement>();
  const [everything, setEverything] = useState(false);
  const [pointed, setPointed] = useState<TimelineStep>();
  const dense = useMemo(() => denseSpan(timeline), [timeline]);
  const span = shownSpan(timeline, dense, everything, from, to);
  const x = scaleUtc().domain([span.start, span.end]).range([0, width]);
  const y = scaleLinear().domain([0, max(timeline, (step) => step.events) ?? 1]).nice(3).range([HEIGHT - BOTTOM, TOP]);
  const bars = useMemo(() => quadPaths(timeline, by, x, y), [timeline, by, width, span.start, span.end]);

  const chosen = from !== undefined || to !== undefined;
  const keys = rangeKeys(from, to, by, span);
  const selected: Range | undefined = chosen
    ? [clamp(x(begins(keys[0])), width), clamp(x(ends(keys[1])), width)] : undefined;
  const keyAtX = (at: number) => keyAt(x.invert(Math.min(at, width - 0.01)).getTime(), by);
  const brush = useBrush(selected, width, ([low, high]) => onRange(keyAtX(low), keyAtX(Math.max(low, high - 0.5))),
    (at) => {
      const key = keyAtX(at);
      if (from === key && to === key) onRange(undefined, undefined);
      else onRange(key, key);
    });
  const range = brush.dragged ?? selected;
  const point = (event: PointerEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const key = keyAtX(clamp(event.clientX - box.left, width));
    setPointed(timeline.find((step) => step.date === key));
    brush.handlers.onPointerMove(event);
  };
  const press = (event: KeyboardEvent) => {
    const next = keyed(event.key, event.shiftKey, chosen, keys, by);
    if (next === undefined) return;
    event.preventDefault();
    onRange(next[0], next[1], true);
  };

  return (
    <div class="timeline">
      <div ref={element} class="timeline-plot" role="group" tabIndex={0} onKeyDown={press}
        aria-label="Timeline. Left and right arrows move the chosen time, with Shift they move its end, Escape lets go of it.">
        <svg width={width} height={HEIGHT} aria-hidden="true" {...brush.handlers} onPointerMove={point}
          onPointerLeave={() => setPointed(undefined)}>
          {y.ticks(3).filter((tick) => tick > 0 && Number.isInteger(tick)).map((tick) => (
            <g key={tick} transform={`translate(0,${y(tick)})`}>
              <line class="grid" x2={width} /><text class="tick" dy="-3">{count(tick)}</text>
            </g>
          ))}
          <clipPath id="timeline-range">
            <rect x={range?.[0] ?? 0} y={0} width={range ? Math.max(1, range[1] - range[0]) : width} height={HEIGHT} />
          </clipPath>
          {range ? <rect class="range" x={range[0]} y={TOP} width={Math.max(1, range[1] - range[0])} height={HEIGHT - BOTTOM - TOP} /> : null}
          {range ? <g class="faded">{bars.map((path, index) => <path key={index} class={`quad-fill-${index + 1}`} d={path} />)}</g> : null}
          <g clip-path="url(#timeline-range)">
            {bars.map((path, index) => <path key={index} class={`quad-fill-${index + 1}`} d={path} />)}
          </g>
          <line class="base" x2={width} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
          {x.ticks(Math.max(2, Math.floor(width / 90))).map((tick) => (
            <text key={+tick} class="tick" x={x(tick)} y={HEIGHT - 6} text-anchor={anchor(x(tick), width)}>{x.tickFormat()(tick)}</text>
          ))}
          {range?.map((at, index) => <line key={index} class="handle" x1={at} x2={at} y1={TOP} y2={HEIGHT - BOTTOM} />)}
        </svg>
      </div>
      <p class="timeline-note small muted">{pointed ? told(pointed) : "Drag across the bars to choose a time."}</p>
      <Outside dense={dense} everything={everything} onToggle={() => setEverything(!everything)} />
    </div>
  );
}

const clamp = (value: number, most: number) => Math.max(0, Math.min(most, value));
const anchor = (at: number, width: number) => (at < 24 ? "start" : at > width - 24 ? "end" : "middle");

function told(step: TimelineStep): string {
  const parts = QUADS.map((name, index) => [name, step.quads[index] ?? 0] as const).filter(([, events]) => events > 0)
    .map(([name, events]) => `${name.toLowerCase()} ${count(events)}`);
  return `${day(step.date)}: ${counted(step.events, "event")} (${parts.join(", ")})`;
}

// What is chosen is always in the picture.
function shownSpan(timeline: TimelineStep[], dense: Span | undefined, everything: boolean, from?: string, to?: string): Span {
  const first = timeline[0];
  const last = timeline[timeline.length - 1];
  if (!first || !last || !dense) return {start: begins("2000"), end: ends("2000")};
  const span = everything ? {start: begins(first.date), end: ends(last.date)} : {start: dense.start, end: dense.end};
  if (from !== undefined && isDate(from)) span.start = Math.min(span.start, Math.max(begins(from), begins(first.date)));
  if (to !== undefined && isDate(to)) span.end = Math.max(span.end, Math.min(ends(to), ends(last.date)));
  return span;
}

// One path for each quad class, however many steps there are.
function quadPaths(timeline: TimelineStep[], by: Step, x: (time: number) => number, y: (events: number) => number): string[] {
  const paths = ["", "", "", ""];
  for (const step of timeline) {
    const start = x(begins(step.date));
    const end = x(ends(keyAt(begins(step.date), by)));
    const gap = end - start > 4 ? 1 : 0;
    const wide = Math.max(1, end - start - gap);
    let sum = 0;
    step.quads.forEach((events, index) => {
      if (events === 0) return;
      const low = y(sum);
      sum += events;
      paths[index] += `M${start.toFixed(1)},${low.toFixed(1)}h${wide.toFixed(1)}V${y(sum).toFixed(1)}h${(-wide).toFixed(1)}Z`;
    });
  }
  return paths;
}

// The range after a key, undefined where the key means nothing here.
export function keyed(key: string, shift: boolean, chosen: boolean, [first, last]: [string, string], by: Step):
  [string | undefined, string | undefined] | undefined {
  if (key === "Escape" && chosen) return [undefined, undefined];
  const steps = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
  if (steps === 0) return undefined;
  if (!chosen) return steps > 0 ? [first, first] : [last, last];
  const end = shifted(last, by, steps);
  if (shift) return end < first ? [first, first] : [first, end];
  return [shifted(first, by, steps), end];
}

function Outside({dense, everything, onToggle}: {dense?: {before: number; after: number}; everything: boolean; onToggle(): void}) {
  if (!dense || dense.before + dense.after === 0) return null;
  const parts = [dense.before > 0 ? `${count(dense.before)} earlier` : "", dense.after > 0 ? `${count(dense.after)} later` : ""];
  return (
    <button type="button" class="quiet small" onClick={onToggle}>
      {everything ? "Show the time that most events are of" : `${parts.filter(Boolean).join(", ")}: show all`}
    </button>
  );
}
