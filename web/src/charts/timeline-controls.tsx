import {useEffect, useState} from "preact/hooks";
import type {Step} from "./dates";
import {isDate} from "./steps";

interface Props {
  by: Step;
  from?: string;
  to?: string;
  onBy(by: Step): void;
  onRange(from: string | undefined, to: string | undefined): void;
}

const STEPS: [Step, string][] = [["day", "Days"], ["month", "Months"], ["year", "Years"]];

// The same range as in the picture, to type; and how wide its steps are.
export function TimelineControls({by, from = "", to = "", onBy, onRange}: Props) {
  const [typed, setTyped] = useState({from, to});
  useEffect(() => setTyped({from, to}), [from, to]);
  const bad = (date: string) => date.trim() !== "" && !isDate(date);
  const submit = (event: Event) => {
    event.preventDefault();
    if (bad(typed.from) || bad(typed.to)) return;
    onRange(typed.from.trim() || undefined, typed.to.trim() || undefined);
  };
  return (
    <div class="timeline-controls">
      <form class="row" onSubmit={submit}>
        <DateInput id="range-from" label="From" value={typed.from} bad={bad(typed.from)} onInput={(value) => setTyped({...typed, from: value})} />
        <DateInput id="range-to" label="To" value={typed.to} bad={bad(typed.to)} onInput={(value) => setTyped({...typed, to: value})} />
        <button type="submit">Set</button>
        {from !== "" || to !== "" ? <button type="button" class="quiet" onClick={() => onRange(undefined, undefined)}>All time</button> : null}
      </form>
      <div class="segments" role="group" aria-label="Width of steps">
        {STEPS.map(([step, name]) => (
          <button key={step} type="button" aria-pressed={by === step} onClick={() => onBy(step)}>{name}</button>
        ))}
      </div>
    </div>
  );
}

function DateInput({id, label, value, bad, onInput}: {id: string; label: string; value: string; bad: boolean; onInput(value: string): void}) {
  return (
    <div class="date-input">
      <label for={id}>{label}</label>
      <input id={id} value={value} size={10} placeholder="2012-03" autocomplete="off" aria-invalid={bad}
        title="A day, a month or a year: 2012-03-09, 2012-03, 2012" onInput={(event) => onInput(event.currentTarget.value)} />
    </div>
  );
}
