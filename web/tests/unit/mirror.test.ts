import { describe, expect, it } from "vitest";
import { highest, nearest, paths, place, split, unit, type MirrorBox } from "../../src/charts/mirror";
import { begins } from "../../src/charts/dates";

const steps = [
  { date: "2012-01", as_actor: [1, 0, 0, 3], as_recipient: [0, 0, 2, 0] },
  { date: "2012-03", as_actor: [0, 0, 0, 0], as_recipient: [0, 1, 0, 0] },
];
const box: MirrorBox = { width: 91, above: 80, below: 40, first: begins("2012-01"), last: begins("2012-04"), by: "month" };

describe("the mirrored timeline", () => {
  it("finds the highest stack of each side", () => {
    expect(highest(steps)).toEqual({ above: 4, below: 2 });
    expect(highest([])).toEqual({ above: 0, below: 0 });
  });
  it("shares height as both sides need it, a quarter at least", () => {
    expect(split(120, 3, 3)).toEqual([60, 60]);
    expect(split(100, 99, 1)).toEqual([75, 25]);
    expect(split(100, 0, 0)).toEqual([50, 50]);
  });
  it("has one scale for both sides", () => {
    expect(unit(box, { above: 4, below: 2 })).toBe(20);
    expect(unit(box, { above: 4, below: 20 })).toBe(2);
    expect(unit(box, { above: 0, below: 0 })).toBe(0);
  });
  it("puts a step where its time is", () => {
    expect(place(box, "2012-01")).toEqual({ x: 0, width: 30 });
    expect(place(box, "2012-03").x).toBe(60);
  });
  it("keeps the thinnest bars to be seen", () => {
    expect(place({ ...box, width: 2 }, "2012-01").width).toBe(1.5);
  });
  it("stacks away from the axis on both sides", () => {
    const found = paths(steps, box);
    expect(found.map(({ side, quad }) => `${side} ${quad}`))
      .toEqual(["as_actor 1", "as_actor 4", "as_recipient 2", "as_recipient 3"]);
    expect(found[0]?.path).toBe("M0,60h30v20h-30z");
    expect(found[1]?.path).toBe("M0,0h30v60h-30z");
    expect(found[3]?.path).toBe("M0,80h30v40h-30z");
  });
  it("finds the step under the pointer", () => {
    expect([nearest(steps, box, 2), nearest(steps, box, 70), nearest([], box, 1)]).toEqual([0, 1, -1]);
  });
});
