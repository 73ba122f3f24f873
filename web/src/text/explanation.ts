// The explanation of a sentence, taken apart: the server gives the text of `dateline explain`, made
// to be read in a terminal. The page shows the part of one record first and the rest on demand.

export interface Line {
  key: string;
  text: string;
  by?: string;
}

/** What was found at one place of the sentence: an event, a party, or why there is none. */
export interface Block extends Line {
  lines: Line[];
}

export interface SentencePart {
  number: number;
  sentence: string;
  tree: string;
  blocks: Block[];
}

// Columns of the text: "  event  ..." begins a block, "         actor      ..." goes on with it.
const BLOCK_INDENT = 2;
const BLOCK_TEXT = 9;
const LINE_TEXT = 20;

function lineOf(text: string, indent: number, textAt: number): Line {
  const rest = text.slice(textAt);
  const by = / {2}by (\S+)$/.exec(rest);
  const line = {key: text.slice(indent, textAt).trim(), text: (by ? rest.slice(0, by.index) : rest).trim()};
  return by?.[1] ? {...line, by: by[1]} : line;
}

function partOf(number: number, lines: string[]): SentencePart {
  const part: SentencePart = {number, sentence: "", tree: "", blocks: []};
  const tree: string[] = [];
  part.sentence = (lines[0] ?? "").replace(/^\d+\. /, "");
  for (const line of lines.slice(1).filter((text) => text.trim())) {
    const indent = line.length - line.trimStart().length;
    const block = part.blocks[part.blocks.length - 1];
    if (indent === BLOCK_INDENT) part.blocks.push({...lineOf(line, BLOCK_INDENT, BLOCK_TEXT), lines: []});
    else if (block) block.lines.push(lineOf(line, BLOCK_TEXT, LINE_TEXT));
    else tree.push(line);
  }
  part.tree = tree.map((line) => line.replace(/^ {4}/, "")).join("\n");
  return part;
}

/** Parts of an explanation, one a sentence; each begins with its number, a full stop, the sentence. */
export function partsOf(text: string): SentencePart[] {
  const parts: {number: number; lines: string[]}[] = [];
  for (const line of text.split("\n")) {
    const begin = /^(\d+)\. /.exec(line);
    const last = parts[parts.length - 1];
    // A sentence may have a line that begins like this itself: numbers only ever rise.
    if (begin && Number(begin[1]) > (last?.number ?? 0)) parts.push({number: Number(begin[1]), lines: [line]});
    else last?.lines.push(line);
  }
  return parts.map(({number, lines}) => partOf(number, lines));
}

/** The block of an event: by its rule and category, the rule alone counts where modes differ. */
export function blockOf(part: SentencePart, event: string, rule: string): Block | undefined {
  const events = part.blocks.filter((block) => block.key === "event" && block.text.startsWith(event));
  return events.find((block) => block.by === rule) ?? events[0];
}
