import {useRef, useState} from "preact/hooks";

export type Corners = [x0: number, y0: number, x1: number, y1: number];

const SMALLEST = 5;

// A rectangle drawn by dragging, while `active`.
export function useRectangle(active: boolean, onDone: (corners: Corners) => void) {
  const start = useRef<[number, number]>();
  const [drawn, setDrawn] = useState<Corners>();
  const at = (event: PointerEvent): [number, number] => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const stop = () => {
    start.current = undefined;
    setDrawn(undefined);
  };
  const cornersTo = (event: PointerEvent): Corners | undefined => {
    if (!start.current) return undefined;
    const [x, y] = at(event);
    const [fromX, fromY] = start.current;
    return [Math.min(x, fromX), Math.min(y, fromY), Math.max(x, fromX), Math.max(y, fromY)];
  };
  const handlers = active ? {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return;
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      start.current = at(event);
    },
    onPointerMove: (event: PointerEvent) => setDrawn(cornersTo(event)),
    onPointerUp: (event: PointerEvent) => {
      const corners = cornersTo(event);
      stop();
      if (corners && corners[2] - corners[0] >= SMALLEST && corners[3] - corners[1] >= SMALLEST) onDone(corners);
    },
    onPointerCancel: stop,
  } : {};
  return {drawn, handlers};
}
