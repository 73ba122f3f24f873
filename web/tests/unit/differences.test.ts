import { describe, expect, it } from "vitest";
import { around, byDate, dots, inOrder, quantity, quantityWords, sayers, worthPlotting, type Report } from "../../src/views/differences";

const reports = new Map<string, Report>([
  ["r1", { id: "r1", article: "a", date: "2021-03-10", source: "Northern" }],
  ["r2", { id: "r2", article: "a", date: "2021-03-10", source: "Northern" }],
  ["r3", { id: "r3", article: "b", date: "2021-03-09", source: "Harbour" }],
]);

describe("numbers", () => {
  it("are read with what bounds them", () => {
    expect(quantity("12")).toEqual({ low: 12, high: 12, relation: "=" });
    expect(quantity(">= 1,200")).toEqual({ low: 1200, high: 1200, relation: ">=" });
    expect(quantity("<~30")).toEqual({ low: 30, high: 30, relation: "<~" });
    expect(quantity("10..15")).toEqual({ low: 10, high: 15, relation: ".." });
    expect(quantity("dozens")).toBeNull();
  });
  it("are said as people say them", () => {
    expect(["12", "~1200", ">=5", "10..15", "dozens"].map(quantityWords))
      .toEqual(["12", "about 1,200", "at least 5", "10 to 15", "dozens"]);
  });
});

describe("who says what", () => {
  it("names each article once, oldest first", () => {
    expect(sayers({ value: "4", records: ["r1", "r2", "r3", "gone"] }, reports).map(({ id }) => id)).toEqual(["r3", "r1"]);
  });
  it("gives a dot for each report, oldest first", () => {
    const found = dots({ field: "dead", values: [
      { value: "14", records: ["r1"], according_to: "MLI GOV" }, { value: ">=11", records: ["r3"] }, { value: "many", records: ["r3"] },
    ] }, reports);
    expect(found.map(({ words, report, according_to: by }) => [words, report.article, by]))
      .toEqual([["at least 11", "b", undefined], ["14", "a", "MLI GOV"]]);
    expect(worthPlotting(found)).toBe(true);
    expect(worthPlotting(found.slice(1))).toBe(false);
  });
  it("tells acts before counts", () => {
    const fields = ["dead", "place", "act"].map((field) => ({ field, values: [] }));
    expect(inOrder(fields).map(({ field }) => field)).toEqual(["act", "place", "dead"]);
  });
});

describe("sentences", () => {
  it("are parted around the event's words", () => {
    expect(around("Troops shelled the town.", "shelled")).toEqual(["Troops ", "shelled", " the town."]);
  });
  it("stay whole where these are not there, or twice", () => {
    expect(around("Talks on talks on", "talks on")[1]).toBe("talks on");
    expect(around("a b a", "a")).toEqual(["a b a", "", ""]);
    expect(around("a b", undefined)).toEqual(["a b", "", ""]);
  });
  it("stand by day, undated ones last", () => {
    const rows = [{ article: {} }, { article: { date: "2021-03-10" } }, { article: { date: "2021-03-09" } }];
    expect(byDate(rows).map(([date, those]) => [date, those.length])).toEqual([["2021-03-09", 1], ["2021-03-10", 1], ["", 1]]);
  });
});
