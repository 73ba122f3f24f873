// What an actor does above the axis, what is done to it below, stacked by quad class.
// The pointer or the arrow keys choose a step; the line above the picture tells its numbers
// and leads to its events.
import { scaleUtc } from "d3-scale";
import { useState } from "preact/hooks";
import { count, day } from "../labels";
import { go } from "../state";
import { highest, nearest, paths, place, split, total, type MirrorBox, type MirrorStep } from "./mirror";
import { span, type Step } from "./dates";
import { useWidth } from "./width";

interface Props {
  of: string;
  by: Step;
  steps: readonly MirrorStep[];
  /** Path of the events of a step, on one side. */
  eventsOf(side: "who" | "whom", date: string): { path: string; params: Record<string, string> };
  linkOf(side: "who" | "whom", date: string): string;
}

const HEIGHT = 220;
const AXIS = 22;
const TICK_ROOM = 90;

export function MirrorTimeline(props: Props) {
  const { steps, by, of } = props;
  const { element, width } = useWidth<HTMLDivElement>();
  const [chosen, choose] = useState(-1);
  const whole = span(steps.map((step) => step.date), by);
  if (!whole) return <p class="muted">None of these events has a date.</p>;
  const peak = highest(steps);
  const [above, below] = split(HEIGHT, peak.above, peak.below);
  const box: MirrorBox = { width, above, below, first: whole[0], last: whole[1], by };
  return (
    <figure class="mirror">
      <Readout {...props} step={steps[chosen]} />
      <div
        ref={element} class="mirror-picture" tabIndex={0} role="group"
        aria-label={`Timeline of ${of}: the left and right arrow keys go from step to step`}
        onKeyDown={(event) => move(event, steps.length, chosen, choose)}
        onPointerMove={(event) => choose(nearest(steps, box, pointAt(event)))}
        onClick={(event) => open(event, props, box)}
      >
        <Picture box={box} steps={steps} chosen={chosen} />
      </div>
      <Table {...props} />
    </figure>
  );
}

const pointAt = (event: MouseEvent): number =>
  event.clientX - (event.currentTarget as HTMLElement).getBoundingClientRect().left;

function move(event: KeyboardEvent, length: number, chosen: number, choose: (index: number) => void): void {
  const to: Record<string, number> = {
    ArrowRight: Math.min(length - 1, chosen + 1), ArrowLeft: Math.max(0, chosen - 1), Home: 0, End: length - 1,
  };
  const next = to[event.key];
  if (next === undefined) return;
  event.preventDefault();
  choose(next);
}

/** A click above the axis opens what the actor did then, below it what was done to it. */
function open(event: MouseEvent, { steps, eventsOf }: Props, box: MirrorBox): void {
  const step = steps[nearest(steps, box, pointAt(event))];
  if (!step) return;
  const top = (event.currentTarget as HTMLElement).getBoundingClientRect().top;
  const acting = event.clientY - top < box.above + AXIS / 2;
  if (total(acting ? step.as_actor : step.as_recipient) === 0) return;
  const { path, params } = eventsOf(acting ? "who" : "whom", step.date);
  go(path, params);
}

function Readout({ step, linkOf }: Props & { step?: MirrorStep }) {
  if (!step) return <p class="mirror-says muted">Point at a step, or go through them with the arrow keys.</p>;
  const acts = total(step.as_actor);
  const acted = total(step.as_recipient);
  return (
    <p class="mirror-says" aria-live="polite">
      <strong>{day(step.date)}</strong>{" "}
      acts in {acts ? <a href={linkOf("who", step.date)}>{count(acts)} events</a> : "no event"},
      {" "}is acted on in {acted ? <a href={linkOf("whom", step.date)}>{count(acted)} events</a> : "no event"}
    </p>
  );
}

function Picture({ box, steps, chosen }: { box: MirrorBox; steps: readonly MirrorStep[]; chosen: number }) {
  const scale = scaleUtc().domain([box.first, box.last]).range([0, box.width]);
  const ticks = scale.ticks(Math.max(2, Math.floor(box.width / TICK_ROOM)));
  const words = scale.tickFormat();
  const step = steps[chosen];
  const at = step && place(box, step.date);
  const tall = box.above + AXIS + box.below;
  return (
    <svg width={box.width} height={tall} viewBox={`0 0 ${box.width} ${tall}`} aria-hidden="true" focusable="false">
      {at && <rect class="mirror-chosen" x={at.x - 1} width={at.width + 2} y={0} height={tall} />}
      {paths(steps, box).map(({ side, quad, path }) => (
        <path key={side + quad} class={`quad-shape-${quad}`} d={path}
          transform={side === "as_recipient" ? `translate(0,${AXIS})` : undefined} />
      ))}
      <line class="axis-line" x2={box.width} y1={box.above + 0.5} y2={box.above + 0.5} />
      <line class="axis-line" x2={box.width} y1={box.above + AXIS - 0.5} y2={box.above + AXIS - 0.5} />
      {ticks.map((tick) => (
        <text key={+tick} class="axis-text" x={Math.min(box.width - 22, Math.max(18, scale(tick)))} y={box.above + 15}>
          {words(tick)}
        </text>
      ))}
      <text class="mirror-side" x={0} y={12}>acts</text>
      <text class="mirror-side" x={0} y={tall - 4}>is acted on</text>
    </svg>
  );
}

function Table({ steps, linkOf }: Props) {
  return (
    <details class="as-table">
      <summary>The same as a table</summary>
      <div class="scroll" tabIndex={0} role="group" aria-label="Timeline as a table">
        <table>
          <caption class="hidden-text">Events by time, acting and acted on</caption>
          <thead><tr><th scope="col">When</th><th scope="col">Acts</th><th scope="col">Is acted on</th></tr></thead>
          <tbody>{steps.map((step) => (
            <tr key={step.date}>
              <th scope="row">{day(step.date)}</th>
              <td class="number"><a href={linkOf("who", step.date)}>{count(total(step.as_actor))}</a></td>
              <td class="number"><a href={linkOf("whom", step.date)}>{count(total(step.as_recipient))}</a></td>
            </tr>
          ))}</tbody>
        </table>
      </div>
    </details>
  );
}
