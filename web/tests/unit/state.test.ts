import {describe, expect, it} from "vitest";
import {addressOf, idOf, filtersOf, href, isPageLink, paramsOf, toggled, withParams} from "../../src/state";

describe("address", () => {
  it("reads a query and leaves empty values out", () => {
    expect(paramsOf("?who=MLI%20MIL&from=&box=-5,10,2,17")).toEqual({who: "MLI MIL", box: "-5,10,2,17"});
  });
  it("writes what it reads", () => {
    const params = {who: "MLI MIL,FRA", text: "\"peace talks\" & more", what: "ASSAULT aerial"};
    expect(paramsOf(new URL(href("/events", params), "http://a").search)).toEqual(params);
  });
  it("has no question mark without a query", () => {
    expect(href("/events", {who: ""})).toBe("/events");
  });
  it("keeps commas legible", () => {
    expect(href("/", {box: "-5,10,2,17"})).toBe("/?box=-5,10,2,17");
  });
  it("knows filters from other names", () => {
    expect(filtersOf({who: "FRA", page: "3", order: "oldest"})).toEqual({who: "FRA"});
  });
});

describe("changes", () => {
  it("forgets the page when a filter changes", () => {
    expect(withParams({who: "FRA", page: "3"}, {whom: "MLI"})).toEqual({who: "FRA", whom: "MLI"});
  });
  it("keeps filters when the page changes", () => {
    expect(withParams({who: "FRA"}, {page: "2"})).toEqual({who: "FRA", page: "2"});
  });
  it("toggles a value", () => {
    expect(toggled({}, "who", "FRA")).toEqual({who: "FRA"});
    expect(toggled({who: "FRA"}, "who", "FRA")).toEqual({});
    expect(toggled({who: "FRA"}, "who", "MLI")).toEqual({who: "MLI"});
  });
});

describe("links", () => {
  const link = {origin: "http://a", pathname: "/events", target: "", download: ""};
  it("takes links to views over and leaves the API's alone", () => {
    expect(isPageLink(link, "http://a")).toBe(true);
    expect(isPageLink({...link, pathname: "/api/events.csv"}, "http://a")).toBe(false);
    expect(isPageLink({...link, origin: "http://b"}, "http://a")).toBe(false);
    expect(isPageLink({...link, target: "_blank"}, "http://a")).toBe(false);
  });
});

describe("addresses of articles", () => {
  it("keep ids that are addresses themselves", () => {
    for (const id of ["mali-2012-03", "https://a.example/n/1?x=2%20é#top", "50% of it"])
      expect(idOf(new URL(addressOf("article", id, {record: "1"}), "http://here").pathname)).toBe(id);
  });
});
