import type {ComponentChildren} from "preact";
import type {ApiError} from "../api";

export function Empty({title, children}: {title: string; children?: ComponentChildren}) {
  return <div class="note"><h2>{title}</h2>{children}</div>;
}

export function Failure({error, retry}: {error: ApiError; retry(): void}) {
  return (
    <div class="note error" role="alert">
      <h2>{error.status === 404 ? "Not in this archive" : "No answer"}</h2>
      <p>{error.message}</p>
      <button type="button" onClick={retry}>Try again</button>
    </div>
  );
}

// Holds the room that the answer will take, so that nothing jumps.
export function Loading({height = "12rem", label = "Loading"}: {height?: string; label?: string}) {
  return (
    <div class="skeleton" style={{height}} role="status"><span class="hidden-text">{label}</span></div>
  );
}
