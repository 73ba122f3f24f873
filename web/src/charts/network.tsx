// Who acts on whom, drawn by Cytoscape.js, which is loaded when a network is first looked at.
// Colours come from the page's custom properties and follow the theme.
import type { Core, EventObject, StylesheetJson } from "cytoscape";
import { useEffect, useRef, useState } from "preact/hooks";
import { graph, type NetworkData } from "./graph";
import { LAYOUT } from "./network-layout";

/** What the reader looks at: a node, or a pair. */
export type Focus = { of: string } | { from: string; to: string } | null;

interface Props {
  data: NetworkData;
  words(of: string): string;
  focus: Focus;
  onFocus(focus: Focus): void;
  onNode(of: string): void;
  onPair(from: string, to: string): void;
}

export function NetworkChart(props: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [core, setCore] = useState<Core | null>(null);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => draw(box.current, props.data, props.words, latest, setCore), [props.data]);
  useEffect(() => { if (core && !core.destroyed()) show(core, props.focus); }, [core, props.focus]);
  return (
    <div class="network-frame">
      <div ref={box} class="network-canvas" role="img"
        aria-label={`Network of ${props.data.nodes.length} actors and ${props.data.edges.length} pairs; the table holds the same`} />
      {!core && <p class="network-wait muted">Drawing the network…</p>}
      <Zoom core={core} />
    </div>
  );
}

function Zoom({ core }: { core: Core | null }) {
  const zoom = (factor: number) => core?.zoom({
    level: core.zoom() * factor, renderedPosition: { x: core.width() / 2, y: core.height() / 2 },
  });
  return (
    <div class="network-zoom" role="group" aria-label="Size of the picture">
      <button type="button" onClick={() => zoom(1.3)} aria-label="Closer">+</button>
      <button type="button" onClick={() => zoom(1 / 1.3)} aria-label="Further away">−</button>
      <button type="button" onClick={() => core?.fit(undefined, LAYOUT.padding)}>Whole</button>
    </div>
  );
}

/** Draws once for each answer; what it returns takes all of it down again. */
function draw(
  box: HTMLElement | null, data: NetworkData, words: Props["words"],
  latest: { current: Props }, done: (core: Core | null) => void,
): () => void {
  let core: Core | null = null;
  let gone = false;
  const endings: (() => void)[] = [];
  void import("cytoscape").then(({ default: cytoscape }) => {
    if (gone || !box) return;
    const { nodes, edges } = graph(data, words);
    core = cytoscape({
      container: box, style: style(), layout: LAYOUT, userZoomingEnabled: false,
      minZoom: 0.15, maxZoom: 4, autoungrabify: true, boxSelectionEnabled: false,
      elements: [
        ...nodes.map(({ x, y, ...rest }) => ({ group: "nodes" as const, data: rest, position: { x, y } })),
        ...edges.map((edge) => ({ group: "edges" as const, data: edge })),
      ],
    });
    listen(core, latest);
    endings.push(followTheme(core), followSize(core, box));
    done(core);
  });
  return () => {
    gone = true;
    endings.forEach((end) => end());
    core?.destroy();
    done(null);
  };
}

function listen(core: Core, latest: { current: Props }): void {
  core.on("mouseover", "node, edge", (event: EventObject) => latest.current.onFocus(focusOf(event)));
  core.on("mouseout", "node, edge", () => latest.current.onFocus(null));
  core.on("tap", "node", (event: EventObject) => latest.current.onNode(event.target.data("of")));
  core.on("tap", "edge", (event: EventObject) =>
    latest.current.onPair(event.target.data("from"), event.target.data("to")));
  core.on("mouseover mouseout", "node, edge", (event: EventObject) => {
    const box = core.container();
    if (box) box.style.cursor = event.type === "mouseover" ? "pointer" : "";
  });
}

function focusOf({ target }: EventObject): Focus {
  return target.isNode() ? { of: target.data("of") } : { from: target.data("from"), to: target.data("to") };
}

/** Dims all but what is looked at and what is next to it. */
function show(core: Core, focus: Focus): void {
  core.batch(() => {
    core.elements().removeClass("dim near");
    if (!focus) return;
    const looked = "of" in focus
      ? core.nodes().filter((node) => node.data("of") === focus.of).closedNeighborhood()
      : core.edges().filter((edge) => edge.data("from") === focus.from && edge.data("to") === focus.to)
        .union(core.nodes().filter((node) => node.data("of") === focus.from || node.data("of") === focus.to));
    if (looked.empty()) return;
    core.elements().difference(looked).addClass("dim");
    looked.addClass("near");
  });
}

function followSize(core: Core, box: HTMLElement): () => void {
  const observer = new ResizeObserver(() => { core.resize(); core.fit(undefined, LAYOUT.padding); });
  observer.observe(box);
  return () => observer.disconnect();
}

function followTheme(core: Core): () => void {
  const paint = () => { if (!core.destroyed()) core.style(style()); };
  const observer = new MutationObserver(paint);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", paint);
  return () => { observer.disconnect(); system.removeEventListener("change", paint); };
}

function style(): StylesheetJson {
  const tokens = getComputedStyle(document.documentElement);
  const colour = (name: string): string => tokens.getPropertyValue(name).trim() || "#888";
  return [
    { selector: "node", style: {
      "width": "data(size)", "height": "data(size)", "background-color": colour("--paper-2"),
      "border-width": 1.5, "border-color": colour("--ink-2"), "label": "data(label)",
      "color": colour("--ink"), "font-size": 19, "font-family": "system-ui, sans-serif",
      "text-valign": "bottom", "text-margin-y": 4, "text-wrap": "wrap", "text-max-width": "170px",
      "text-outline-color": colour("--paper"), "text-outline-width": 3, "min-zoomed-font-size": 6,
      "overlay-opacity": 0,
    } },
    { selector: "edge", style: {
      "width": "data(width)", "curve-style": "bezier", "target-arrow-shape": "triangle", "arrow-scale": 0.9,
      "line-color": colour("--ink-2"), "target-arrow-color": colour("--ink-2"), "opacity": 0.75, "overlay-opacity": 0,
    } },
    ...[1, 2, 3, 4].map((quad) => ({ selector: `edge[quad = ${quad}]`, style: {
      "line-color": colour(`--quad-${quad}`), "target-arrow-color": colour(`--quad-${quad}`),
      // Words are dashed and deeds solid, so that colour is not alone in telling them apart.
      "line-style": (quad % 2 === 1 ? "dashed" : "solid") as "dashed" | "solid",
    } })),
    { selector: ".near", style: { "opacity": 1, "z-index": 10 } },
    { selector: "node.near", style: { "border-color": colour("--accent"), "border-width": 2.5 } },
    { selector: ".dim", style: { "opacity": 0.12 } },
  ];
}
