// How wide an element is, now and whenever that changes.
import { useEffect, useRef, useState } from "preact/hooks";

export function useWidth<E extends HTMLElement>(before = 720): [{ current: E | null }, number] {
  const element = useRef<E>(null);
  const [width, setWidth] = useState(before);
  useEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}
