import {useMemo} from "preact/hooks";
import {pieceClass, pieceStyle, recordsOf} from "./highlights";
import {LAYER_NAMES} from "./layers";
import {laneCount, piecesOf, type LanedSpan, type Piece} from "./pieces";
import type {Extent} from "./record";

/** A record's place in the text: its number stands before its first word. */
export interface Mark {
  at: number;
  number: number;
  record: string;
  label: string;
  href: string;
}

interface Props {
  text: string;
  paragraphs: Extent[];
  spans: LanedSpan[];
  marks: Mark[];
  lit: ReadonlySet<string>;
  onPoint(records: string[]): void;
  onPick(record: string): void;
}

/** The article with its layers. Pointing at words tells which records they serve. */
export function ArticleText({text, paragraphs, spans, marks, lit, onPoint, onPick}: Props) {
  return (
    <div class="article-text" onMouseLeave={() => onPoint([])}>
      {paragraphs.map((extent) => (
        <Paragraph key={extent.start} {...{text, extent, spans, marks, lit, onPoint, onPick}} />
      ))}
    </div>
  );
}

type ParagraphProps = Omit<Props, "paragraphs"> & {extent: Extent};

function Paragraph({text, extent, spans, marks, lit, onPoint, onPick}: ParagraphProps) {
  const pieces = useMemo(() => cutAtMarks(piecesOf(extent, spans), marks), [extent, spans, marks]);
  const lanes = laneCount(pieces);
  // Pointing elsewhere leaves a paragraph as it is: only records with words in it count.
  const here = useMemo(() => new Set(pieces.flatMap(recordsOf)), [pieces]);
  const litHere = [...lit].filter((record) => here.has(record)).join(" ");
  return useMemo(() => (
    <p style={{"--lanes": String(lanes)}}>
      {pieces.map((piece) => (
        <>
          {marks.filter((mark) => mark.at === piece.start).map((mark) => (
            <MarkLink key={mark.record} mark={mark} lit={lit.has(mark.record)} onPoint={onPoint} />
          ))}
          <Words key={piece.start} {...{text, piece, lanes, lit, onPoint, onPick}} />
        </>
      ))}
    </p>
  ), [text, pieces, marks, lanes, litHere]);
}

/** A mark can stand within a piece when its layer isn't shown. */
function cutAtMarks(pieces: Piece[], marks: Mark[]): Piece[] {
  const places = [...new Set(marks.map((mark) => mark.at))].sort((a, b) => a - b);
  return pieces.flatMap((piece) => {
    const cuts = [piece.start, ...places.filter((at) => at > piece.start && at < piece.end), piece.end];
    return cuts.slice(0, -1).map((start, index) => ({...piece, start, end: cuts[index + 1] ?? piece.end}));
  });
}

function MarkLink({mark, lit, onPoint}: {mark: Mark; lit: boolean; onPoint(records: string[]): void}) {
  return (
    <a class={`record-mark${lit ? " is-lit" : ""}`} href={mark.href} id={`mark-${mark.record}`} aria-label={mark.label}
      onFocus={() => onPoint([mark.record])} onMouseOver={() => onPoint([mark.record])} onBlur={() => onPoint([])}>
      {mark.number}
    </a>
  );
}

interface WordsProps {
  text: string;
  piece: Piece;
  lanes: number;
  lit: ReadonlySet<string>;
  onPoint(records: string[]): void;
  onPick(record: string): void;
}

function Words({text, piece, lanes, lit, onPoint, onPick}: WordsProps) {
  const words = text.slice(piece.start, piece.end);
  if (piece.spans.length === 0) return <span onMouseOver={() => onPoint([])}>{words}</span>;
  const records = recordsOf(piece);
  const pick = records.find((record) => !record.startsWith("claim-"));
  return (
    <span class={pieceClass(piece, lit)} style={pieceStyle(piece, lanes, lit)} title={titleOf(piece)}
      onMouseOver={() => onPoint(records)} onClick={pick ? () => onPick(pick) : undefined}>{words}</span>
  );
}

function titleOf(piece: Piece): string {
  return [...new Set(piece.spans.map((span) => LAYER_NAMES[span.layer]))].join(" · ");
}
