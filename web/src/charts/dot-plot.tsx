// Numbers on which reports disagree: a row for each report, oldest first, a dot where its number
// lies. Open dots are bounds ("at least"), lines are ranges.
import { scaleLinear } from "d3-scale";
import { day, party } from "../labels";
import type { Dot } from "../views/differences";
import { useWidth } from "./width";

const ROW = 26;
const AXIS = 24;
const LABEL = 290;
const NARROW = 130;
const LETTER = 7;
const RADIUS = 5;

export function DotPlot({ dots, says }: { dots: readonly Dot[]; says: string }) {
  const { element, width } = useWidth<HTMLDivElement>();
  const label = width < 520 ? NARROW : LABEL;
  const numbers = dots.flatMap(({ quantity }) => [quantity.low, quantity.high]);
  // Room for the words beside the dot that lies furthest to the right.
  const end = RADIUS + 9 + LETTER * Math.max(...dots.map(({ words }) => words.length));
  const scale = scaleLinear().domain([Math.min(...numbers), Math.max(...numbers)]).nice()
    .range([label + 10, Math.max(label + 60, width - end)]);
  const tall = dots.length * ROW + AXIS;
  return (
    <div ref={element} class="dot-plot">
      <svg width={width} height={tall} role="img" aria-label={`${says}: ${dots.map(line).join("; ")}`}>
        {scale.ticks(width < 520 ? 3 : 6).map((tick) => (
          <g key={tick} transform={`translate(${scale(tick)},0)`}>
            <line class="grid-line" y2={tall - AXIS} />
            <text class="axis-text" y={tall - 6}>{tick.toLocaleString("en-GB")}</text>
          </g>
        ))}
        {dots.map((dot, index) => <Row key={index} dot={dot} y={index * ROW + ROW / 2} scale={scale} label={label} />)}
      </svg>
    </div>
  );
}

const line = (dot: Dot): string => `${who(dot)} ${dot.words}`;
const who = ({ report, according_to: other }: Dot): string =>
  [report.source ?? report.article, other && `citing ${party(other)}`, report.date && day(report.date)]
    .filter(Boolean).join(", ");

interface RowProps { dot: Dot; y: number; scale(n: number): number; label: number }

function Row({ dot, y, scale, label }: RowProps) {
  const { low, high, relation } = dot.quantity;
  const open = relation !== "=" && relation !== "..";
  const longest = Math.floor(label / 6.4);
  const words = who(dot);
  return (
    <g transform={`translate(0,${y})`}>
      <title>{line(dot)}</title>
      <text class="dot-label" x={0} y={4}>{words.length > longest ? `${words.slice(0, longest - 1)}…` : words}</text>
      {low !== high && <line class="dot-range" x1={scale(low)} x2={scale(high)} />}
      <circle class={open ? "plot-dot plot-dot-open" : "plot-dot"} cx={scale(low)} r={RADIUS} />
      {low !== high && <circle class="plot-dot" cx={scale(high)} r={RADIUS} />}
      <text class="dot-value" x={scale(high) + RADIUS + 5} y={4}>{dot.words}</text>
    </g>
  );
}
