import { describe, expect, it } from "vitest";
import { begins, cutTo, ends, precision, span } from "../../src/charts/dates";

describe("dates as stretches of time", () => {
  it("are as precise as their text", () => {
    expect([precision("2012"), precision("2012-03"), precision("2012-03-04"), precision("spring")])
      .toEqual(["year", "month", "day", null]);
  });
  it("end where the next one begins", () => {
    expect(ends("2012-02")).toBe(begins("2012-03-01"));
    expect(ends("2012-02-29")).toBe(begins("2012-03-01"));
    expect(ends("2012")).toBe(begins("2013"));
    expect(ends("2012-12")).toBe(begins("2013"));
  });
  it("are as wide as a step where one is given", () => {
    expect(ends("2012-03-01", "month")).toBe(begins("2012-04"));
  });
  it("know no date where there is none", () => {
    expect(begins("")).toBeNaN();
    expect(ends("soon")).toBeNaN();
  });
  it("take years before 100 as they are", () => {
    expect(new Date(begins("0044-03-15")).getUTCFullYear()).toBe(44);
  });
  it("are cut to a step", () => {
    expect(cutTo("2012-03-04", "month")).toBe("2012-03");
    expect(cutTo("2012-03-04", "year")).toBe("2012");
  });
  it("span from the first moment to the last", () => {
    expect(span(["2013-01", "2012", "not known"])).toEqual([begins("2012"), begins("2013-02")]);
    expect(span([])).toBeNull();
  });
});
