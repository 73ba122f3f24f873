import {useEffect, useRef, useState} from "preact/hooks";

// The width of an element, kept up to date, for charts that draw in pixels.
export function useWidth<T extends Element>(first = 640) {
  const element = useRef<T>(null);
  const [width, setWidth] = useState(first);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.max(200, Math.floor(entry.contentRect.width))));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return {element, width};
}
