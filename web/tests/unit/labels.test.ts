import {describe, expect, it} from "vitest";
import {act, count, country, countryOfNumber, day, entityName, filterValue, party, quadName, quadOfAct, share, status}
  from "../../src/labels";

describe("names in words", () => {
  it("says countries", () => {
    expect(country("MLI")).toBe("Mali");
    expect(country("KOS")).toBe("Kosovo");
    expect(country("UNO")).toBe("United Nations");
    expect(country("XYZ")).toBe("XYZ");
    expect(countryOfNumber("466")).toBe("MLI");
  });
  it("says parties", () => {
    expect(party("MLI MIL")).toBe("Mali · military");
    expect(party("COP")).toBe("Police");
    expect(party("SOM REB,OPP")).toBe("Somalia · rebels · opposition");
    expect(party("Wole Adeyemi")).toBe("Wole Adeyemi");
  });
  it("says acts", () => {
    expect(act("ASSAULT aerial")).toBe("Assault, aerial");
    expect(act("ASSAULT suicide-attack")).toBe("Assault, suicide attack");
    expect(act("CONSULT")).toBe("Consult");
    expect(act("17")).toBe("17");
    expect(quadOfAct("ASSAULT aerial")).toBe(4);
    expect(quadName(2)).toBe("Material cooperation");
  });
  it("says somebody by his name first, then by his code, then as the text does", () => {
    expect(entityName({name: "Ada Obi", code: "NGA", entity_text: "she"})).toBe("Ada Obi");
    expect(entityName({code: "NGA", sector: ["COP"], entity_text: "officers"})).toBe("Nigeria · police");
    expect(entityName({entity_text: "onlookers"})).toBe("onlookers");
  });
  it("says statuses", () => expect(status("negated")).toBe("Did not happen"));
});

describe("days and numbers", () => {
  it("is as precise as the date", () => {
    expect(day("2012-03-09")).toBe("9 March 2012");
    expect(day("2012-03")).toBe("March 2012");
    expect(day("2012")).toBe("2012");
    expect(day(undefined)).toBe("");
  });
  it("separates thousands", () => expect(count(1234567)).toBe("1,234,567"));
  it("does not call a few none", () => {
    expect(share(1, 1000)).toBe("under 1%");
    expect(share(1, 0)).toBe("0%");
    expect(share(1, 3)).toBe("33%");
  });
  it("says filters", () => {
    expect(filterValue("who", "FRA,MLI MIL")).toBe("France or Mali · military");
    expect(filterValue("box", "-5,10,2,17")).toBe("10°N to 17°N, 5°W to 2°E");
    expect(filterValue("from", "2012-03")).toBe("March 2012");
  });
});
