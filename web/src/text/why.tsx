import {blockOf, partsOf, type Block, type Line} from "./explanation";
import type {EventRecord} from "./record";

/** Why a record was coded so: its own block of the sentence's explanation, then the rest. */
export function Why({record, text}: {record: EventRecord; text: string}) {
  const part = partsOf(text).find((one) => one.number === record.sentence);
  if (!part) return <p class="muted">No explanation is kept for this sentence.</p>;
  const own = blockOf(part, record.event, record.rule);
  const rest = part.blocks.filter((block) => block !== own);
  return (
    <div class="why">
      {own ? <BlockLines block={own} /> : null}
      {rest.length > 0 ? (
        <details>
          <summary>All that was weighed in this sentence ({rest.length})</summary>
          {rest.map((block, index) => <BlockLines key={index} block={block} />)}
        </details>
      ) : null}
      {part.tree ? (
        <details>
          <summary>How the sentence was parsed</summary>
          <pre class="scroll" tabIndex={0}>{part.tree}</pre>
        </details>
      ) : null}
    </div>
  );
}

const KEYS: {[key: string]: string} = {
  who: "Party", event: "Event", not: "Refused", no: "No event", source: "Source", "fits too": "Fits too",
  "fits not": "Does not fit", opinion: "Learned opinion", confidence: "Confidence from",
};

function BlockLines({block}: {block: Block}) {
  return (
    <dl class="why-block">
      {[block, ...block.lines].map((line, index) => <WhyLine key={index} line={line} />)}
    </dl>
  );
}

function WhyLine({line}: {line: Line}) {
  const key = KEYS[line.key] ?? line.key.charAt(0).toUpperCase() + line.key.slice(1);
  return (
    <div>
      <dt>{key}</dt>
      <dd>{line.text}{line.by ? <> <code>{line.by}</code></> : null}</dd>
    </div>
  );
}
