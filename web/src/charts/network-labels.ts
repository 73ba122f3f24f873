// How much room the labels of the network take, and which must give way to others. Letters stay
// as large as they are at every zoom, so more labels fit the closer one looks.
import type { GraphNode } from "./graph";

/** Pixels on the screen. */
export const LETTERS = { size: 12, wide: 6.6, line: 15, most: 104, gap: 3 };

type Node = Pick<GraphNode, "size" | "label">;

/** The rectangle of a node with its label below; `middle` is how far below the node its centre lies. */
export function footprint({ size, label }: Node, zoom = 1): { w: number; h: number; middle: number } {
  const text = label.length * LETTERS.wide;
  const lines = Math.ceil(text / LETTERS.most);
  const letters = LETTERS.gap + lines * LETTERS.line;
  return { w: Math.max(size * zoom, Math.min(text, LETTERS.most)), h: size * zoom + letters, middle: letters / 2 };
}

/** Ids whose label finds room; earlier nodes come first. */
export function named(nodes: readonly (Node & { id: string; x: number; y: number })[], zoom: number): Set<string> {
  const kept: { x: number; y: number; w: number; h: number }[] = [];
  const ids = new Set<string>();
  const discs = nodes.map(({ id, x, y, size }) => ({ id, x: x * zoom, y: y * zoom, w: size * zoom, h: size * zoom }));
  nodes.forEach((node, index) => {
    const at = discs[index]!;
    const { w, h } = footprint(node, zoom);
    const letters = h - at.h;
    const label = { x: at.x, y: at.y + at.h / 2 + letters / 2, w, h: letters };
    if (kept.some((other) => meet(label, other)) || discs.some((disc) => disc.id !== node.id && meet(label, disc))) return;
    kept.push(label);
    ids.add(node.id);
  });
  return ids;
}

interface Rectangle { x: number; y: number; w: number; h: number }

/** Round and ragged things may overlap a little before they touch. */
const meet = (a: Rectangle, b: Rectangle): boolean =>
  Math.abs(a.x - b.x) < (a.w + b.w) / 2 - 3 && Math.abs(a.y - b.y) < (a.h + b.h) / 2 - 3;
