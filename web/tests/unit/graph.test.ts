import cytoscape from "cytoscape";
import { describe, expect, it } from "vitest";
import { around, dominant, graph, nodeSize, spiral } from "../../src/charts/graph";
import { LAYOUT } from "../../src/charts/network-layout";

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
    expect(nodeSize(100, 100)).toBe(58);
    expect(nodeSize(25, 100)).toBe(14 + 22);
  });
  it("puts the most frequent into the middle, under ids that selectors take", () => {
    const { nodes } = graph(data, (of) => of.toLowerCase());
    expect(nodes.map(({ id, label, x }) => [id, label, x === 0])).toEqual([
      ["n0", "mli mil", true], ["n1", "mli reb", false], ["n2", 'somebody "quoted"', false]]);
  });
  it("leaves out edges without a node", () => {
    expect(graph(data, String).edges.map(({ source, target, quad }) => [source, target, quad]))
      .toEqual([["n0", "n1", 4], ["n1", "n0", 1]]);
  });
  it("has no two nodes in one place", () => {
    const seen = new Set(Array.from({ length: 300 }, (_, index) => JSON.stringify(spiral(index))));
    expect(seen.size).toBe(300);
  });
  it("tells what is around a node", () => {
    expect(around(data, "MLI MIL")).toEqual({ acts: 4, acted_on: 1, partners: 1 });
    expect(around(data, "nobody")).toEqual({ acts: 0, acted_on: 0, partners: 0 });
  });
  it("is laid out alike each time", () => {
    const lay = () => {
      const { nodes, edges } = graph(data, String);
      const layout = { ...LAYOUT, boundingBox: { x1: 0, y1: 0, w: 800, h: 600 } };
      const core = cytoscape({
        headless: true, styleEnabled: true, layout,
        elements: [
          ...nodes.map(({ x, y, ...rest }) => ({ group: "nodes" as const, data: rest, position: { x, y } })),
          ...edges.map((edge) => ({ group: "edges" as const, data: edge })),
        ],
      });
      return core.nodes().map((node) => node.position());
    };
    expect(lay()).toEqual(lay());
  });
});
