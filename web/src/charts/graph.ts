// The network as Cytoscape takes it: sizes, widths, colours by quad class. What an actor
// does to its like is a ring round its node, not a line.

export interface NetworkNode { of: string; events: number }
export interface NetworkEdge {
  from: string;
  to: string;
  events: number;
  mean_scale?: number;
  quads: readonly number[];
}
export interface NetworkData { nodes: readonly NetworkNode[]; edges: readonly NetworkEdge[] }

export interface GraphNode {
  id: string; of: string; label: string; size: number; events: number;
  /** Width and class of the ring: events within; 0 for none. */
  ring: number; ringQuad: number;
}
export interface GraphEdge {
  id: string; source: string; target: string; from: string; to: string;
  width: number; quad: number; events: number;
}

const SMALLEST = 10;
const LARGEST = 40;
const THINNEST = 1;
const THICKEST = 7;
const THINNEST_RING = 2;
const THICKEST_RING = 6;

/** 1 to 4: the class that most events have; of equals the more hostile one. 0 for none. */
export function dominant(quads: readonly number[]): number {
  let best = 0;
  quads.forEach((events, index) => {
    if (events > 0 && events >= (quads[best - 1] ?? 0)) best = index + 1;
  });
  return best;
}

/** Areas tell numbers, so a node's width grows with the root of its events. */
export function nodeSize(events: number, most: number): number {
  return SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(events / Math.max(1, most));
}

export function edgeWidth(events: number, most: number): number {
  return THINNEST + (THICKEST - THINNEST) * Math.sqrt(events / Math.max(1, most));
}

/** Ids are numbers: what an actor is called may hold what selectors don't take. */
export function graph(
  data: NetworkData, words: (of: string) => string,
): { nodes: GraphNode[]; edges: GraphEdge[] } {
  const ranked = [...data.nodes].sort((a, b) => b.events - a.events || (a.of < b.of ? -1 : 1));
  const ids = new Map(ranked.map((node, index) => [node.of, `n${index}`]));
  const mostEvents = Math.max(1, ...ranked.map((node) => node.events));
  const mostBetween = Math.max(1, ...data.edges.map((edge) => edge.events));
  const within = new Map(data.edges.filter(({ from, to }) => from === to).map((edge) => [edge.from, edge]));
  const nodes = ranked.map((node, index) => ({
    id: `n${index}`, of: node.of, label: words(node.of), events: node.events,
    size: nodeSize(node.events, mostEvents), ...ringOf(within.get(node.of), mostBetween),
  }));
  const edges: GraphEdge[] = [];
  data.edges.forEach((edge, index) => {
    const source = ids.get(edge.from);
    const target = ids.get(edge.to);
    if (source === undefined || target === undefined || source === target) return;
    edges.push({
      id: `e${index}`, source, target, from: edge.from, to: edge.to, events: edge.events,
      width: edgeWidth(edge.events, mostBetween), quad: dominant(edge.quads),
    });
  });
  return { nodes, edges };
}

function ringOf(edge: NetworkEdge | undefined, most: number): Pick<GraphNode, "ring" | "ringQuad"> {
  if (!edge) return { ring: 0, ringQuad: 0 };
  const ring = THINNEST_RING + (THICKEST_RING - THINNEST_RING) * Math.sqrt(edge.events / most);
  return { ring, ringQuad: dominant(edge.quads) };
}

/** How often a node acts, and is acted on, along the edges that are shown; on whom, by whom. */
export function around(data: NetworkData, of: string): { acts: number; acted_on: number; partners: number } {
  const partners = new Set<string>();
  let acts = 0;
  let actedOn = 0;
  for (const edge of data.edges) {
    if (edge.from === of) { acts += edge.events; partners.add(edge.to); }
    if (edge.to === of) { actedOn += edge.events; partners.add(edge.from); }
  }
  partners.delete(of);
  return { acts, acted_on: actedOn, partners: partners.size };
}
