// A range chosen by dragging along one axis, by mouse, pen or finger.
import {useRef, useState} from "preact/hooks";

export type Range = [number, number];
interface Drag {kind: "new" | "move"; anchor: number; at: number; start?: Range; moved: boolean}

const EDGE = 8;
const CLICK = 4;

export interface Brush {
  dragged?: Range;
  handlers: Record<"onPointerDown" | "onPointerMove" | "onPointerUp" | "onPointerCancel", (event: PointerEvent) => void>;
}

// `selected` in pixels from the left; `onRange` gets the new one, `onClick` a press without a drag.
export function useBrush(selected: Range | undefined, width: number, onRange: (range: Range) => void,
  onClick: (x: number) => void): Brush {
  const drag = useRef<Drag>();
  const [dragged, setDragged] = useState<Range>();
  const xOf = (event: PointerEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return Math.max(0, Math.min(width, event.clientX - box.left));
  };
  const end = () => {
    drag.current = undefined;
    setDragged(undefined);
  };
  return {
    dragged,
    handlers: {
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
        drag.current = begun(xOf(event), selected);
      },
      onPointerMove: (event) => {
        const now = drag.current;
        if (!now) return;
        const x = xOf(event);
        now.moved ||= Math.abs(x - now.at) >= CLICK;
        if (now.moved) setDragged(rangeAt(now, x, width));
      },
      onPointerUp: (event) => {
        const now = drag.current;
        if (!now) return;
        const x = xOf(event);
        end();
        if (now.moved) onRange(rangeAt(now, x, width));
        else onClick(x);
      },
      onPointerCancel: end,
    },
  };
}

// Near an edge it is moved, inside the range the range is, else a new one begins.
function begun(x: number, selected: Range | undefined): Drag {
  if (selected) {
    const [low, high] = selected;
    if (Math.abs(x - low) <= EDGE) return {kind: "new", anchor: high, at: x, moved: false};
    if (Math.abs(x - high) <= EDGE) return {kind: "new", anchor: low, at: x, moved: false};
    if (x > low && x < high) return {kind: "move", anchor: x, at: x, start: selected, moved: false};
  }
  return {kind: "new", anchor: x, at: x, moved: false};
}

export function rangeAt(drag: Pick<Drag, "kind" | "anchor" | "start">, x: number, width: number): Range {
  if (drag.kind === "move" && drag.start) {
    const [low, high] = drag.start;
    const by = Math.max(-low, Math.min(width - high, x - drag.anchor));
    return [low + by, high + by];
  }
  return [Math.min(drag.anchor, x), Math.max(drag.anchor, x)];
}
