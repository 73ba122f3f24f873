import {select} from "d3-selection";
import {zoom as zoomBehaviour, zoomIdentity, type ZoomBehavior, type ZoomTransform} from "d3-zoom";
import {useEffect, useRef, useState} from "preact/hooks";

const CLOSEST = 40;

// The wheel alone scrolls the page, as everywhere; with Ctrl, or a pinch, it zooms.
function wanted(event: Event): boolean {
  if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey;
  if (typeof TouchEvent !== "undefined" && event instanceof TouchEvent) return true;
  return event instanceof MouseEvent && event.button === 0;
}

export function useMapZoom(width: number, height: number, moving: boolean) {
  const element = useRef<SVGSVGElement>(null);
  const behaviour = useRef<ZoomBehavior<SVGSVGElement, unknown>>();
  const [transform, setTransform] = useState<ZoomTransform>(zoomIdentity);
  const allowed = useRef(moving);
  allowed.current = moving;
  useEffect(() => {
    if (!element.current) return;
    const zoom = zoomBehaviour<SVGSVGElement, unknown>()
      .filter((event: Event) => allowed.current && wanted(event))
      .scaleExtent([1, CLOSEST])
      .extent([[0, 0], [width, height]])
      .translateExtent([[0, 0], [width, height]])
      .on("zoom", (event: {transform: ZoomTransform}) => setTransform(event.transform));
    behaviour.current = zoom;
    const svg = select(element.current);
    svg.call(zoom);
    return () => void svg.on(".zoom", null);
  }, [width, height]);
  const call = (change: (zoom: ZoomBehavior<SVGSVGElement, unknown>) => void) => behaviour.current && change(behaviour.current);
  return {
    element,
    k: transform.k,
    transform: transform.toString(),
    invert: (point: [number, number]) => transform.invert(point),
    by: (factor: number) => call((zoom) => element.current && zoom.scaleBy(select(element.current), factor)),
    reset: () => call((zoom) => element.current && zoom.transform(select(element.current), zoomIdentity)),
  };
}
