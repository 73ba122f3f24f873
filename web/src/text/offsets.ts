// The coder counts bytes of UTF-8, strings in a browser count UTF-16 units. Article texts have
// typographic quotes and names with accents, so the two part after the first few words.

/** Answers where in the string a byte of its UTF-8 form stands. */
export type Positions = (byte: number) => number;

/** How many bytes of UTF-8 the character that begins with this UTF-16 unit takes. */
function bytesOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}

/** Where the first character beyond ASCII stands; the length of the text if there is none. */
function asciiLength(text: string): number {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) >= 0x80) return index;
  }
  return text.length;
}

/**
 * Positions in `text` for bytes of its UTF-8 form. A byte within a character is taken for the
 * character's begin, one beyond the end for the end. Builds a table once: linear in the text.
 */
export function positionsOf(text: string): Positions {
  const plain = asciiLength(text);
  const table: number[] = [];
  for (let index = plain; index < text.length; ) {
    const codePoint = text.codePointAt(index) ?? 0;
    for (let byte = bytesOf(codePoint); byte > 0; byte--) table.push(index);
    index += codePoint > 0xffff ? 2 : 1;
  }
  return (byte) => {
    if (byte <= plain) return Math.max(0, byte);
    return table[byte - plain] ?? text.length;
  };
}
