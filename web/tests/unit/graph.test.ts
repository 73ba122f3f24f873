import { describe, expect, it } from "vitest";
import { around, dominant, graph, nodeSize } from "../../src/charts/graph";
import { named } from "../../src/charts/network-labels";
import { components, crowding, divide, layout } from "../../src/charts/network-layout";

const data = {
  nodes: [{ of: "MLI REB", events: 5 }, { of: "MLI MIL", events: 9 }, { of: 'Somebody "Quoted"', events: 1 }],
  edges: [
    { from: "MLI MIL", to: "MLI REB", events: 4, quads: [0, 0, 0, 4] },
    { from: "MLI REB", to: "MLI MIL", events: 1, quads: [1, 0, 0, 0] },
    { from: "MLI REB", to: "not a node", events: 1, quads: [1, 0, 0, 0] },
  ],
};

describe("the network", () => {
  it("takes the class of most events, the more hostile of equals", () => {
    expect(dominant([3, 1, 0, 2])).toBe(1);
    expect(dominant([2, 0, 0, 2])).toBe(4);
    expect(dominant([0, 0, 0, 0])).toBe(0);
  });
  it("sizes nodes by area", () => {
    expect(nodeSize(100, 100)).toBe(40);
    expect(nodeSize(25, 100)).toBe(10 + 15);
  });
  it("puts the most frequent first, under ids that selectors take", () => {
    const { nodes } = graph(data, (of) => of.toLowerCase());
    expect(nodes.map(({ id, label }) => [id, label])).toEqual([
      ["n0", "mli mil"], ["n1", "mli reb"], ["n2", 'somebody "quoted"']]);
  });
  it("leaves out edges without a node", () => {
    expect(graph(data, String).edges.map(({ source, target, quad }) => [source, target, quad]))
      .toEqual([["n0", "n1", 4], ["n1", "n0", 1]]);
  });
  it("tells what is around a node", () => {
    expect(around(data, "MLI MIL")).toEqual({ acts: 4, acted_on: 1, partners: 1 });
    expect(around(data, "nobody")).toEqual({ acts: 0, acted_on: 0, partners: 0 });
  });
  it("shows what one does to its like as a ring, not as a line", () => {
    const { nodes, edges } = graph({ ...data, edges: [{ from: "MLI REB", to: "MLI REB", events: 4, quads: [0, 0, 4, 0] }] }, String);
    expect(edges).toEqual([]);
    expect(nodes.map(({ ring, ringQuad }) => [ring, ringQuad])).toEqual([[0, 0], [6, 3], [0, 0]]);
  });
});

describe("the layout of the network", () => {
  const node = (id: string) => ({ id, size: 20, label: "Mali · military" });
  const nodes = ["a", "b", "c", "d", "e", "f"].map(node);
  const edges = [{ source: "d", target: "e" }, { source: "e", target: "f" }, { source: "b", target: "c" }, { source: "a", target: "a" }];

  it("finds what hangs together, the largest first", () => {
    expect(components(nodes, edges).map((part) => part.map(({ id }) => id).join(""))).toEqual(["def", "bc", "a"]);
  });
  it("gives each part room after its nodes", () => {
    const found: [string, number][] = [];
    divide([["d", "e", "f"], ["b", "c"], ["a"]], { x: 0, y: 0, w: 600, h: 400 },
      (part, { w, h }) => found.push([part.join(""), Math.round(w * h)]));
    expect(found).toEqual([["def", 120000], ["bc", 80000], ["a", 40000]]);
  });
  it("is the same each time, within the box, with room for all labels", () => {
    const places = layout(nodes, edges, 600, 400);
    expect([...layout(nodes, edges, 600, 400)]).toEqual([...places]);
    for (const { x, y } of places.values()) {
      expect(x).toBeGreaterThan(0); expect(x).toBeLessThan(600);
      expect(y).toBeGreaterThan(0); expect(y).toBeLessThan(400);
    }
    expect(named(nodes.map((one) => ({ ...one, ...places.get(one.id)! })), 1).size).toBe(6);
  });
  it("takes away the label that would lie on another, until one looks closer", () => {
    const near = [{ ...node("a"), x: 0, y: 0 }, { ...node("b"), x: 60, y: 0 }];
    expect([...named(near, 1)]).toEqual(["a"]);
    expect([...named(near, 2)]).toEqual(["a", "b"]);
  });
  it("shrinks nodes where there are many", () => {
    expect(crowding(10, 800, 600)).toBe(1);
    expect(crowding(300, 800, 600)).toBeCloseTo(0.444, 2);
  });
});
