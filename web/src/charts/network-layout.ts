// Cytoscape's own force layout, begun from fixed places and without chance: the same pairs give
// the same picture.
export const LAYOUT = {
  name: "cose", randomize: false, animate: false, fit: true, padding: 28, numIter: 1500,
  nodeDimensionsIncludeLabels: true, componentSpacing: 70, nodeOverlap: 14, gravity: 0.5,
  idealEdgeLength: () => 90, nodeRepulsion: () => 380_000, edgeElasticity: () => 110,
};
