import {useState} from "preact/hooks";
import {count} from "../labels";

export interface Bar {value: string; events: number; label: string; code?: string; quad?: number; href?: string}

interface Props {
  bars: Bar[];
  // Which one is chosen now; a second press lets go of it.
  selected?: string;
  onSelect?(value: string): void;
  first?: number;
  empty?: string;
  // What the number counts, for those who hear the list.
  unit?: string;
}

// Ranked bars: buttons where they filter, links where they lead on.
export function Bars({bars, selected, onSelect, first = 10, empty = "None", unit = "events"}: Props) {
  const [all, setAll] = useState(false);
  if (bars.length === 0) return <p class="muted small">{empty}</p>;
  const most = Math.max(1, ...bars.map((bar) => bar.events));
  const shown = all ? bars : withSelected(bars, first, selected);
  return (
    <div>
      <ol class="plain bars">
        {shown.map((bar) => (
          <li key={bar.value}>
            <BarLine bar={bar} most={most} unit={unit} pressed={selected === bar.value} onSelect={onSelect} />
          </li>
        ))}
      </ol>
      {bars.length > first ? (
        <button type="button" class="quiet small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Fewer" : `All ${count(bars.length)}`}
        </button>
      ) : null}
    </div>
  );
}

function withSelected(bars: Bar[], first: number, selected: string | undefined): Bar[] {
  const shown = bars.slice(0, first);
  const chosen = bars.find((bar) => bar.value === selected);
  return chosen === undefined || shown.includes(chosen) ? shown : [...shown, chosen];
}

interface LineProps {bar: Bar; most: number; unit: string; pressed: boolean; onSelect?(value: string): void}

function BarLine({bar, most, unit, pressed, onSelect}: LineProps) {
  const classes = `bar ${bar.quad ? `quad-${bar.quad}` : ""} ${bar.events === 0 ? "zero" : ""}`;
  const content = (
    <>
      <span class="bar-label">{bar.label}{bar.code ? <> <span class="code">{bar.code}</span></> : null}</span>
      <span class="bar-value">{count(bar.events)}<span class="hidden-text"> {unit}</span></span>
      <span class="bar-track" aria-hidden="true">
        <span class="bar-fill" style={{width: `${(100 * bar.events) / most}%`}} />
      </span>
    </>
  );
  if (bar.href !== undefined) return <a class={classes} href={bar.href}>{content}</a>;
  return (
    <button type="button" class={classes} aria-pressed={pressed} onClick={() => onSelect?.(bar.value)}>{content}</button>
  );
}
