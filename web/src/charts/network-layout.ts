// Where the nodes of the network stand: each component has a rectangle of the box, as large as it
// has nodes, and spreads in it by springs and repulsion. No chance: the same pairs give the same
// picture. All lengths are pixels.
import { footprint, LETTERS } from "./network-labels";
import type { GraphEdge, GraphNode } from "./graph";

export interface Point { x: number; y: number }
export interface Rectangle { x: number; y: number; w: number; h: number }
type Node = Pick<GraphNode, "id" | "size" | "label">;
type Edge = Pick<GraphEdge, "source" | "target">;

const ROUNDS = 300;
const PAD = 8;
/** The turn between neighbours on the spiral of a sunflower: no two ever lie in one line. */
const TURN = Math.PI * (3 - Math.sqrt(5));

/** Room that a node of full size has about it; with less, all shrink alike. */
const ROOM = 90;

export function crowding(many: number, width: number, height: number): number {
  return Math.min(1, Math.max(0.35, Math.sqrt((width * height) / Math.max(1, many)) / ROOM));
}

/** Nodes are taken in their order: the first begin in the middle. */
export function layout(nodes: readonly Node[], edges: readonly Edge[], width: number, height: number): Map<string, Point> {
  const parts = components(nodes, edges);
  const places = new Map<string, Point>();
  divide(parts, { x: 0, y: 0, w: width, h: height }, (part, rectangle) => {
    const ids = new Map(part.map((node, index) => [node.id, index]));
    const springs = edges.flatMap(({ source, target }) => {
      const from = ids.get(source);
      const to = ids.get(target);
      return from === undefined || to === undefined || from === to ? [] : [[from, to] as [number, number]];
    });
    stretch(spread(part.length, springs, rectangle.w / rectangle.h), part, rectangle)
      .forEach((point, index) => places.set(part[index]!.id, point));
  });
  separate(nodes.map((node) => ({ at: places.get(node.id)!, ...footprint(node) })), width, height);
  // Where there are too many for their labels, at least the discs stay apart.
  separate(nodes.map(({ id, size }) => ({ at: places.get(id)!, w: size, h: size, middle: 0 })), width, height);
  return places;
}

/** What hangs together, the largest first. */
export function components<N extends { id: string }>(nodes: readonly N[], edges: readonly Edge[]): N[][] {
  const parent = new Map(nodes.map(({ id }) => [id, id]));
  const root = (id: string): string => {
    let at = id;
    while (parent.get(at) !== at) at = parent.get(at)!;
    return at;
  };
  for (const { source, target } of edges) parent.set(root(source), root(target));
  const parts = new Map<string, N[]>();
  for (const node of nodes) {
    const key = root(node.id);
    parts.set(key, [...(parts.get(key) ?? []), node]);
  }
  return [...parts.values()].sort((a, b) => b.length - a.length);
}

/** Cuts the longer side so that each half of the parts has room after its nodes. */
export function divide<N>(parts: readonly N[][], area: Rectangle, place: (part: N[], rectangle: Rectangle) => void): void {
  const [only] = parts;
  if (only === undefined) return;
  if (parts.length === 1) return place(only, area);
  const all = weight(parts);
  let cut = 1;
  while (cut < parts.length - 1 && weight(parts.slice(0, cut + 1)) <= all / 2) cut++;
  const [first, second] = [parts.slice(0, cut), parts.slice(cut)];
  const share = weight(first) / all;
  const { x, y, w, h } = area;
  if (w >= h) {
    divide(first, { x, y, w: w * share, h }, place);
    divide(second, { x: x + w * share, y, w: w * (1 - share), h }, place);
  } else {
    divide(first, { x, y, w, h: h * share }, place);
    divide(second, { x, y: y + h * share, w, h: h * (1 - share) }, place);
  }
}

const weight = (parts: readonly unknown[][]): number => parts.reduce((sum, part) => sum + part.length, 0);

/** Fruchterman and Reingold's forces, in a frame of `aspect` to one. */
function spread(many: number, springs: readonly [number, number][], aspect: number): Point[] {
  const points = Array.from({ length: many }, (_, index) => spiral(index, many));
  points.forEach((point) => { point.x *= aspect; });
  const rest = Math.sqrt(aspect / Math.max(1, many));
  for (let round = 0; round < ROUNDS; round++) {
    const moves = points.map(() => ({ x: 0, y: 0 }));
    const force = (one: number, other: number, pull: (far: number) => number) => {
      const dx = points[one]!.x - points[other]!.x;
      const dy = points[one]!.y - points[other]!.y;
      const far = Math.max(1e-3, Math.hypot(dx, dy));
      const by = pull(far) / far;
      moves[one]!.x += dx * by; moves[one]!.y += dy * by;
      moves[other]!.x -= dx * by; moves[other]!.y -= dy * by;
    };
    for (let one = 0; one < many; one++)
      for (let other = 0; other < one; other++) force(one, other, (far) => (rest * rest) / far);
    for (const [one, other] of springs) force(one, other, (far) => -(far * far) / rest / 2);
    const step = 0.1 * (1 - round / ROUNDS) * Math.sqrt(aspect);
    points.forEach((point, index) => {
      // A light pull to the middle keeps what hangs by one thread near.
      const x = moves[index]!.x + (aspect / 2 - point.x) * 0.4 * rest;
      const y = moves[index]!.y + (0.5 - point.y) * 0.4 * rest;
      const far = Math.max(1e-9, Math.hypot(x, y));
      point.x += (x / far) * Math.min(far, step);
      point.y += (y / far) * Math.min(far, step);
    });
  }
  return points;
}

export function spiral(index: number, many: number): Point {
  const far = 0.5 * Math.sqrt(index / Math.max(1, many));
  return { x: 0.5 + far * Math.cos(index * TURN), y: 0.5 + far * Math.sin(index * TURN) };
}

/** Draws the points out until they fill their rectangle; what is alone stands in its middle. */
function stretch(points: Point[], nodes: readonly Node[], { x, y, w, h }: Rectangle): Point[] {
  const half = Math.min(w / 3, PAD + Math.max(...nodes.map((node) => footprint(node).w)) / 2);
  const above = Math.min(h / 3, PAD + Math.max(...nodes.map((node) => node.size)) / 2);
  const below = Math.min(h / 3, above + 2 * LETTERS.line);
  const xs = along(points.map((point) => point.x), x + half, x + w - half);
  const ys = along(points.map((point) => point.y), y + above, y + h - below);
  return points.map((_, index) => ({ x: xs[index]!, y: ys[index]! }));
}

function along(values: number[], low: number, high: number): number[] {
  const least = Math.min(...values);
  const range = Math.max(...values) - least;
  if (range < 1e-6) return values.map(() => (low + high) / 2);
  return values.map((value) => low + ((value - least) / range) * (high - low));
}

interface Body { at: Point; w: number; h: number; middle: number }

/** Pushes bodies apart, by the shorter way, and keeps them in the box. */
function separate(bodies: readonly Body[], width: number, height: number): void {
  for (let round = 0; round < 80; round++) {
    for (let one = 0; one < bodies.length; one++)
      for (let other = 0; other < one; other++) {
        const [a, b] = [bodies[one]!, bodies[other]!];
        const dx = a.at.x - b.at.x;
        const dy = a.at.y + a.middle - b.at.y - b.middle;
        const overX = (a.w + b.w) / 2 + 4 - Math.abs(dx);
        const overY = (a.h + b.h) / 2 + 2 - Math.abs(dy);
        if (overX <= 0 || overY <= 0) continue;
        const axis = overX < overY ? "x" : "y";
        const by = axis === "x" ? (dx < 0 ? -overX : overX) / 4 : (dy < 0 ? -overY : overY) / 4;
        a.at[axis] += by;
        b.at[axis] -= by;
      }
    for (const { at, w, h, middle } of bodies) {
      at.x = within(at.x, w / 2 + 2, width - w / 2 - 2);
      at.y = within(at.y, h / 2 - middle + 2, height - h / 2 - middle - 2);
    }
  }
}

const within = (value: number, low: number, high: number): number => Math.max(low, Math.min(Math.max(low, high), value));
