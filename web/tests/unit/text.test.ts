import {describe, expect, it} from "vitest";
import {blockOf, partsOf} from "../../src/text/explanation";
import {layersShown, layersValue, merged, spansOfArticle, spansOfRecord, type Layer, type Span} from "../../src/text/layers";
import {positionsOf} from "../../src/text/offsets";
import {laneCount, laned, paragraphsOf, piecesOf} from "../../src/text/pieces";
import type {EventRecord} from "../../src/text/record";
import {daysOf, timesOfRecord} from "../../src/text/times";

const TEXT = "The county’s governor, Aïsha 𝒩joroge, said “no”.";

function bytesBefore(text: string, words: string): number {
  return new TextEncoder().encode(text.slice(0, text.indexOf(words))).length;
}

function span(layer: Layer, start: number, end: number, ...records: string[]): Span {
  return {layer, start, end, records};
}

function record(more: Partial<EventRecord>): EventRecord {
  return {
    id: "r1", doc: "d", sentence: 1, start: 0, end: 20, event_text: "", event: "ASSAULT", quad_code: 4,
    event_scale: -9, status: "actual", rule: "what/assault.txt:1", confidence: 0.9, text: "", ...more,
  };
}

describe("bytes to UTF-16", () => {
  it("is the same for ASCII", () => {
    const at = positionsOf("plain words");
    expect([0, 5, 11].map(at)).toEqual([0, 5, 11]);
  });
  it("agrees with an encoder for every word of a text with 2, 3 and 4 byte characters", () => {
    const at = positionsOf(TEXT);
    for (const word of ["The", "county", "governor", "Aïsha", "𝒩joroge", "said", "“no”", "."]) {
      expect(at(bytesBefore(TEXT, word))).toBe(TEXT.indexOf(word));
    }
    expect(at(new TextEncoder().encode(TEXT).length)).toBe(TEXT.length);
  });
  it("takes a byte within a character for its begin, and stays within the text", () => {
    const at = positionsOf("aé€");
    expect([1, 2, 3, 4, 5, 6, 99].map(at)).toEqual([1, 1, 2, 2, 2, 3, 3]);
    expect(at(-1)).toBe(0);
  });
  it("agrees with an encoder on a lone surrogate, which becomes three bytes", () => {
    const text = "é\ud800x";
    expect(positionsOf(text)(new TextEncoder().encode("é\ud800").length)).toBe(2);
  });
});

describe("lanes", () => {
  it("never gives overlapping spans the same", () => {
    const spans = laned([span("act", 0, 40), span("actor", 0, 6), span("recipient", 17, 51), span("place", 45, 51), span("number", 17, 30)]);
    for (const a of spans) {
      for (const b of spans) {
        if (a !== b && a.start < b.end && b.start < a.end) expect(a.lane).not.toBe(b.lane);
      }
    }
  });
  it("puts short spans next to the words, long ones below", () => {
    const lanes = Object.fromEntries(laned([span("act", 0, 40), span("actor", 0, 6), span("recipient", 10, 30)]).map((one) => [one.layer, one.lane]));
    expect(lanes).toEqual({actor: 0, recipient: 0, act: 1});
  });
  it("keeps identical spans apart", () => {
    expect(laned([span("actor", 0, 6), span("source", 0, 6)]).map((one) => one.lane).sort()).toEqual([0, 1]);
  });
  it("leaves empty spans out, and starts anew where nothing overlaps", () => {
    expect(laned([span("act", 3, 3), span("act", 0, 2), span("place", 2, 4)]).map((one) => one.lane)).toEqual([0, 0]);
  });
});

describe("pieces", () => {
  it("are the whole text, each once", () => {
    const pieces = piecesOf({start: 0, end: 60}, laned([span("act", 5, 40), span("actor", 5, 11), span("place", 30, 50)]));
    expect(pieces.map(({start, end}) => [start, end])).toEqual([[0, 5], [5, 11], [11, 30], [30, 40], [40, 50], [50, 60]]);
  });
  it("carry all spans they lie in", () => {
    const pieces = piecesOf({start: 0, end: 60}, laned([span("act", 5, 40), span("actor", 5, 11), span("place", 30, 50)]));
    expect(pieces.map((piece) => piece.spans.map((one) => one.layer).sort().join("+"))).toEqual(["", "act+actor", "act", "act+place", "place", ""]);
    expect(laneCount(pieces)).toBe(2);
  });
  it("of a paragraph begin within a span that began before it", () => {
    const pieces = piecesOf({start: 10, end: 20}, laned([span("claim", 0, 15), span("skipped", 18, 30)]));
    expect(pieces.map(({start, end, spans}) => [start, end, spans.length])).toEqual([[10, 15, 1], [15, 18, 0], [18, 20, 1]]);
  });
  it("without spans is one", () => {
    expect(piecesOf({start: 0, end: 4}, [])).toEqual([{start: 0, end: 4, spans: []}]);
    expect(laneCount([])).toBe(0);
  });
});

describe("paragraphs", () => {
  it("part at blank lines and keep single line ends", () => {
    const text = "\n One\ntwo.\n\n  Three.\r\n\r\nFour. \n \n\n";
    expect(paragraphsOf(text).map(({start, end}) => text.slice(start, end))).toEqual(["One\ntwo.", "Three.", "Four."]);
  });
});

describe("times", () => {
  it("know days, months, weeks, seasons, quarters, decades", () => {
    const width = (value: string) => {const days = daysOf(value); return days ? days.last - days.first + 1 : null;};
    expect(["2023-05-09", "2023-05-09TEV", "2023-02", "2023", "2023-W20", "2023-W20-WE", "2023-SU", "2023-Q1", "202X", "P3D", "PRESENT_REF"].map(width))
      .toEqual([1, 1, 28, 365, 7, 2, 92, 90, 3653, null, null]);
    expect(daysOf("2023-W20")?.first).toBe(daysOf("2023-05-15")?.first);
  });
  const sentence = {start: 0, end: 100};
  const time = (value: string, start = 0) => ({start, end: start + 5, text: value, type: "DATE", value});
  it("give a record's date its words, the narrowest that fit", () => {
    const times = [time("2023"), time("2023-05-09TEV", 20), time("2023-05-08", 40), time("2023-05-09", 200)];
    expect(timesOfRecord(record({date: "2023-05-09", date_basis: "relative"}), sentence, times)).toEqual([times[1]]);
  });
  it("take both ends of a span", () => {
    const times = [time("2023-05-08"), time("2023-05-12", 10)];
    expect(timesOfRecord(record({date: "2023-05-08", end_date: "2023-05-12"}), sentence, times)).toEqual(times);
  });
  it("are none where the article's date stands in, or there is none", () => {
    expect(timesOfRecord(record({date: "2023-05-09", date_basis: "publication"}), sentence, [time("2023-05-09")])).toEqual([]);
    expect(timesOfRecord(record({}), sentence, [time("2023-05-09")])).toEqual([]);
  });
});

describe("layers", () => {
  const full = record({
    actor: [{entity_text: "Police", via: "nominal", start: 0, end: 6}],
    recipient: [{ entity_text: "miners", via: "nominal", start: 30, end: 36, anaphor: { text: "them", start: 12, end: 16 } }],
    event_loc: {entity_text: "Kisumu", start: 45, end: 51},
    size: {dead: {value: 4, relation: ">=", text: "at least four", start: 17, end: 30}},
    counts: [{ kind: "dead", value: 7, relation: "=", text: "7", start: 60, end: 61, according_to: [{ start: 62, end: 70, quoted: false }] }],
    according_to: [{quoted: true, cue: "said"}],
  });
  it("have every part of a record, with the pronoun, other counts and their sources", () => {
    expect(spansOfRecord(full, {}).map(({layer, start}) => [layer, start])).toEqual([
      ["act", 0], ["actor", 0], ["recipient", 30], ["recipient", 12], ["place", 45], ["number", 17], ["number", 60], ["source", 62]]);
  });
  it("merge the same words of two records", () => {
    expect(merged([span("place", 45, 51, "a"), span("place", 45, 51, "b"), span("actor", 45, 51, "a")]))
      .toEqual([span("place", 45, 51, "a", "b"), span("actor", 45, 51, "a")]);
  });
  it("have what no record uses as other mentions", () => {
    const spans = spansOfArticle([full], [], { places: [{ entity_text: "Kisumu", start: 45, end: 51 }, { entity_text: "Busia", start: 80, end: 85 }] });
    expect(spans.filter((one) => one.layer === "mention")).toEqual([span("mention", 80, 85)]);
  });
  it("come and go with the query", () => {
    expect(layersValue(layersShown(undefined))).toBeUndefined();
    expect([...layersShown("act,place,nonsense")]).toEqual(["act", "place"]);
    expect(layersValue(layersShown("none"))).toBe("none");
    expect(layersShown("none").size).toBe(0);
  });
});

describe("explanation", () => {
  const TEXT_OF_TWO = [
    "1. Police beat two men.", "    beat                                         root         VERB   beat",
    '  who    "Police" KEN COP, a nominal  by who/roles.txt:19',
    '  event  ASSAULT beat, actual, at "beat"  by what/assault.txt:215', '         actor      "Police" KEN COP',
    "         fits not   61 more do not fit", "         opinion    ASSAULT 0.87, no event 0.07", "",
    "2. All was calm.", '  who    "The lake", a nominal',
  ].join("\n");
  it("falls into sentences, blocks and lines", () => {
    const [first, second] = partsOf(TEXT_OF_TWO);
    expect(first?.sentence).toBe("Police beat two men.");
    expect(first?.tree).toContain("root");
    expect(first?.blocks.map((block) => block.key)).toEqual(["who", "event"]);
    expect(first?.blocks[1]?.lines[1]).toEqual({key: "fits not", text: "61 more do not fit"});
    expect(second?.number).toBe(2);
  });
  it("has the block of a record by its rule", () => {
    const part = partsOf(TEXT_OF_TWO)[0];
    expect(part && blockOf(part, "ASSAULT", "what/assault.txt:215")?.by).toBe("what/assault.txt:215");
    expect(part && blockOf(part, "PROTEST", "what/x.txt:1")).toBeUndefined();
  });
  it("is no more than there is", () => {
    expect(partsOf("")).toEqual([]);
  });
});
