import {count, QUADS} from "../labels";
import type {Quads} from "../api";

export function QuadLegend({quads}: {quads?: Quads | number[]}) {
  return (
    <ul class="plain legend" aria-label="Colours">
      {QUADS.map((name, index) => (
        <li key={name}>
          <span class={`swatch quad-${index + 1}`} aria-hidden="true" />
          {name}{quads ? <span> {count(quads[index] ?? 0)}</span> : null}
        </li>
      ))}
    </ul>
  );
}

export function QuadMark({quad}: {quad: number}) {
  return <span class={`quad-mark quad-${quad}`} aria-hidden="true" />;
}
