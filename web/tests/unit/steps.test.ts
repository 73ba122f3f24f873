import {describe, expect, it} from "vitest";
import {denseSpan, isDate, keyAt, rangeKeys, shifted} from "../../src/charts/steps";
import {begins, ends} from "../../src/charts/dates";

describe("steps of the timeline", () => {
  it("moves over the ends of months and years", () => {
    expect(shifted("2012-12", "month", 1)).toBe("2013-01");
    expect(shifted("2012-03-01", "day", -1)).toBe("2012-02-29");
    expect(shifted("2012", "year", -3)).toBe("2009");
  });
  it("knows days that are none", () => {
    expect(["2012", "2012-02", "2012-02-29"].every(isDate)).toBe(true);
    expect(["2013-02-29", "2012-13", "2012-3", "March", ""].some(isDate)).toBe(false);
  });
  it("widens a range to whole steps", () => {
    const span = {start: begins("2010"), end: ends("2013")};
    expect(rangeKeys("2012-03-04", "2012", "month", span)).toEqual(["2012-03", "2012-12"]);
    expect(rangeKeys(undefined, undefined, "year", span)).toEqual(["2010", "2013"]);
    expect(keyAt(begins("2012-03-04"), "day")).toBe("2012-03-04");
  });
  it("leaves a few events long past out", () => {
    const many = Array.from({length: 10}, (_, year) => ({date: String(2010 + year), events: 100}));
    const dense = denseSpan([{date: "1900", events: 1}, ...many]);
    expect(dense?.before).toBe(1);
    expect(dense?.start).toBe(begins("2010"));
  });
});
