// Who acts on whom, drawn by Cytoscape.js, which is loaded when a network is first looked at.
// Colours come from the page's custom properties and follow the theme.
import type { Core, EventObject, StylesheetJson } from "cytoscape";
import { useEffect, useRef, useState } from "preact/hooks";
import { graph, type GraphEdge, type GraphNode, type NetworkData } from "./graph";
import { LETTERS, named } from "./network-labels";
import { crowding, layout } from "./network-layout";

/** What the reader looks at: a node, or a pair. */
export type Focus = { of: string } | { from: string; to: string } | null;

/** Height that the buttons over the picture take away from it. */
const BUTTONS = 48;

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
      <button type="button" onClick={() => core?.viewport({ zoom: 1, pan: { x: 0, y: 0 } })}>Whole</button>
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
      container: box, style: style(), layout: { name: "preset", fit: false }, userZoomingEnabled: false,
      minZoom: 0.5, maxZoom: 4, autoungrabify: true, boxSelectionEnabled: false,
      elements: [
        ...nodes.map((node) => ({ group: "nodes" as const, data: node })),
        ...edges.map((edge) => ({ group: "edges" as const, data: edge })),
      ],
    });
    listen(core, latest);
    arrange(core, nodes, edges);
    core.on("zoom", () => { if (core) label(core); });
    endings.push(followTheme(core), followSize(core, box, nodes, edges));
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

/** Lays the whole out anew for the box as it is, one to one. */
function arrange(core: Core, nodes: readonly GraphNode[], edges: readonly GraphEdge[]): void {
  const height = core.height() - BUTTONS;
  const shrink = crowding(nodes.length, core.width(), height);
  const sized = nodes.map((node) => ({ ...node, size: node.size * shrink, ring: node.ring * shrink }));
  const places = layout(sized, edges, core.width(), height);
  core.batch(() => sized.forEach((node) => {
    core.getElementById(node.id).data(node).position(places.get(node.id) ?? { x: 0, y: 0 });
  }));
  core.viewport({ zoom: 1, pan: { x: 0, y: 0 } });
  label(core);
}

/** Letters keep their size on the screen; labels that would lie on others are taken away. */
function label(core: Core): void {
  const zoom = core.zoom();
  const kept = named(core.nodes().map((node) => ({ ...(node.data() as GraphNode), ...node.position() })), zoom);
  core.batch(() => core.nodes().forEach((node) => {
    node.toggleClass("unnamed", !kept.has(node.id()));
    node.style({
      "font-size": LETTERS.size / zoom, "text-max-width": `${LETTERS.most / zoom}px`,
      "text-margin-y": LETTERS.gap / zoom, "text-outline-width": 2.5 / zoom,
    });
  }));
}

function followSize(core: Core, box: HTMLElement, nodes: readonly GraphNode[], edges: readonly GraphEdge[]): () => void {
  let [width, height] = [core.width(), core.height()];
  const observer = new ResizeObserver(() => {
    core.resize();
    if (core.width() === width && core.height() === height) return;
    [width, height] = [core.width(), core.height()];
    arrange(core, nodes, edges);
  });
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
      "width": "data(size)", "height": "data(size)", "background-color": colour("--line"),
      "border-width": 1, "border-color": colour("--ink-2"), "label": "data(label)",
      "color": colour("--ink"), "font-size": LETTERS.size, "font-family": "system-ui, sans-serif",
      "text-valign": "bottom", "text-wrap": "wrap", "text-outline-color": colour("--paper"),
      "overlay-opacity": 0,
    } },
    { selector: "node.unnamed", style: { "label": "" } },
    { selector: "edge", style: {
      "width": "data(width)", "curve-style": "bezier", "target-arrow-shape": "triangle", "arrow-scale": 0.9,
      "line-color": colour("--ink-2"), "target-arrow-color": colour("--ink-2"), "opacity": 0.75, "overlay-opacity": 0,
    } },
    ...[1, 2, 3, 4].map((quad) => ({ selector: `edge[quad = ${quad}]`, style: {
      "line-color": colour(`--quad-${quad}`), "target-arrow-color": colour(`--quad-${quad}`),
      // Words are dashed and deeds solid, so that colour is not alone in telling them apart.
      "line-style": (quad % 2 === 1 ? "dashed" : "solid") as "dashed" | "solid",
    } })),
    ...[1, 2, 3, 4].map((quad) => ({ selector: `node[ringQuad = ${quad}]`, style: {
      "border-width": "data(ring)", "border-color": colour(`--quad-${quad}`),
      "border-style": (quad % 2 === 1 ? "dashed" : "solid") as "dashed" | "solid",
    } })),
    { selector: ".near", style: { "opacity": 1, "z-index": 10 } },
    { selector: "node.near", style: { "background-color": colour("--accent"), "label": "data(label)" } },
    { selector: ".dim", style: { "opacity": 0.12 } },
  ];
}
