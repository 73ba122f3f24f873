import {useEffect, useRef, useState} from "preact/hooks";
import {post, useApi, ApiError, type About, type CodedArticle} from "../api";
import {useTitle, type Params} from "../state";
import {CodedArticleView} from "../text/coded-article";
import {Empty, Failure, Loading} from "../ui/note";

interface Pasted {
  text: string;
  title: string;
  date: string;
}

const PAUSE = 700;
const EXAMPLE: Pasted = {
  title: "Talks after a night of clashes",
  date: "2023-05-10",
  text: "Police shot dead at least four protesters in Kisumu on Tuesday, the county’s governor said.\n\n" +
    "Kenya's interior minister accused the opposition of paying young men to burn police stations. " +
    "The opposition rejected the accusation and asked the African Union to mediate.",
};

// Kept while the page is open, so that going back from a link finds the article again.
let kept: {pasted: Pasted; sent?: Pasted; coded?: CodedArticle} = {pasted: {text: "", title: "", date: ""}};

/** Asks the server anew for each text; an answer to an older text is dropped. */
function useCoding() {
  const [coded, setCoded] = useState<CodedArticle | undefined>(kept.coded);
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const turn = useRef(0);
  const code = async (pasted: Pasted) => {
    const {text, title, date} = pasted;
    const mine = ++turn.current;
    kept = {...kept, sent: pasted};
    setBusy(true);
    try {
      const answer = await post<CodedArticle>("/api/code", {text, ...(title && {title}), ...(date && {date})});
      if (mine !== turn.current) return;
      kept = {...kept, coded: answer};
      setCoded(answer);
      setError(undefined);
    } catch (failure) {
      if (mine === turn.current) setError(failure as ApiError);
    } finally {
      if (mine === turn.current) setBusy(false);
    }
  };
  return {coded, error, busy, code};
}

export function View({path, params}: {path: string; params: Params}) {
  useTitle("Try it");
  const {data: about} = useApi<About>("/api/about");
  const [pasted, setPasted] = useState(kept.pasted);
  const {coded, error, busy, code} = useCoding();
  const change = (changes: Partial<Pasted>) => {
    kept = {...kept, pasted: {...pasted, ...changes}};
    setPasted(kept.pasted);
  };
  const submit = (event?: Event) => {
    event?.preventDefault();
    if (kept.pasted.text.trim()) void code(kept.pasted);
  };
  // Once a text is coded, changes to it are followed.
  useEffect(() => {
    if (!coded || pasted === kept.sent || !pasted.text.trim()) return;
    const timer = setTimeout(submit, PAUSE);
    return () => clearTimeout(timer);
  }, [pasted]);
  if (about && !about.coding) {
    return <><h1>Try it</h1><Empty title="Not here"><p>This server shows its archive alone and codes no new text.</p></Empty></>;
  }
  return (
    <>
      <h1>Code an article</h1>
      <p class="muted">Paste a news article and see what is found in it. Nothing is kept.</p>
      <PasteForm pasted={pasted} busy={busy} onChange={change} onSubmit={submit} />
      {error ? <Failure error={error} retry={submit} /> : null}
      {coded ? <CodedArticleView article={coded} path={path} params={params} />
        : busy ? <Loading height="20rem" label="Coding" /> : null}
    </>
  );
}

interface FormProps {
  pasted: Pasted;
  busy: boolean;
  onChange(changes: Partial<Pasted>): void;
  onSubmit(event?: Event): void;
}

function PasteForm({pasted, busy, onChange, onSubmit}: FormProps) {
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onSubmit(event);
  };
  return (
    <form class="paste-form" onSubmit={onSubmit} onKeyDown={keys}>
      <div class="grow">
        <label for="paste-title">Title</label>
        <input id="paste-title" value={pasted.title} onInput={(event) => onChange({title: event.currentTarget.value})} />
      </div>
      <div>
        <label for="paste-date">Day of publication</label>
        <input id="paste-date" type="date" value={pasted.date} onInput={(event) => onChange({date: event.currentTarget.value})} />
      </div>
      <div class="whole">
        <label for="paste-text">Text</label>
        <textarea id="paste-text" rows={8} maxLength={262144} value={pasted.text}
          onInput={(event) => onChange({text: event.currentTarget.value})} />
      </div>
      <div class="whole row">
        <button type="submit" class="primary" disabled={!pasted.text.trim()}>Code it</button>
        <button type="button" class="quiet" onClick={() => onChange(EXAMPLE)}>Fill in an example</button>
        <span class="muted small" role="status">{busy ? "Coding…" : "Ctrl+Enter codes it, too"}</span>
      </div>
    </form>
  );
}
