import {expect, it} from "vitest";
import {chosenKeys, columnsValue, USUAL_COLUMNS} from "../../src/events/columns";
import {pieceClass, pieceStyle, recordsOf} from "../../src/text/highlights";

it("columns come from the query, in the table's order, with the link to the sentence always", () => {
  expect(chosenKeys(undefined)).toEqual([...USUAL_COLUMNS]);
  expect(chosenKeys("cameo,date")).toEqual(["date", "act", "cameo"]);
  expect(chosenKeys("nonsense")).toEqual([...USUAL_COLUMNS]);
  expect(columnsValue(undefined, "cameo")).toBe("date,act,actor,recipient,place,numbers,reports,source,cameo");
  expect(columnsValue("date,act,actor,recipient,place,numbers,reports,source,cameo", "cameo")).toBeUndefined();
});

it("a piece under two spans has two bands at two heights, and a stronger tint when pointed at", () => {
  const piece = {start: 0, end: 6, spans: [
    {layer: "actor" as const, start: 0, end: 6, lane: 0, records: ["a"]},
    {layer: "act" as const, start: 0, end: 40, lane: 1, records: ["a", "b"]},
    {layer: "claim" as const, start: 0, end: 60, lane: -1, records: ["claim-0"]}]};
  const still = pieceStyle(piece, 2, new Set());
  expect(still.backgroundPosition).toBe("0 calc(100% - 5px), 0 calc(100% - 0px), 0 0");
  expect(pieceStyle(piece, 2, new Set(["b"])).backgroundImage).toContain("--layer-act) 30%");
  expect(pieceClass(piece, new Set(["claim-0"]))).toBe("piece in-claim is-said is-lit");
  expect(recordsOf(piece)).toEqual(["a", "b", "claim-0"]);
});
