import { describe, expect, it } from "vitest";
import { spells } from "../../src/charts/spells";

describe("offices and roles over time", () => {
  const roles = [
    { role: "MLI OPP", events: 2 },
    { role: "MLI GOV", office: "president", first_date: "2013", last_date: "2013", events: 9 },
    { role: "MLI OPP", first_date: "2012-01-01", last_date: "2012-12-31", events: 4 },
  ];
  it("stand in order of time, undated ones last", () => {
    expect(spells(roles).map(({ events }) => events)).toEqual([4, 9, 2]);
  });
  it("lie on one stretch, as wide as their dates are", () => {
    const [first, second, third] = spells(roles);
    expect(first?.left).toBe(0);
    expect((first?.left ?? 0) + (first?.width ?? 0)).toBeCloseTo(second?.left ?? -1);
    expect((second?.left ?? 0) + (second?.width ?? 0)).toBeCloseTo(100);
    expect(third?.left).toBeUndefined();
  });
  it("never fall out of it, however short", () => {
    const short = spells([
      { role: "A", first_date: "1990", last_date: "2020", events: 1 },
      { role: "B", first_date: "2020-12-31", last_date: "2020-12-31", events: 1 },
    ])[1];
    expect((short?.left ?? 0) + (short?.width ?? 0)).toBeLessThanOrEqual(100);
    expect(short?.width).toBeGreaterThan(0.5);
  });
  it("take one date for both where one alone is known", () => {
    expect(spells([{ role: "A", last_date: "2012", events: 1 }])[0]).toMatchObject({ left: 0, width: 100 });
  });
});
