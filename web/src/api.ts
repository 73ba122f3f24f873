// Asks the server; keeps the last answer on the page while the next one loads.
import {useEffect, useRef, useState} from "preact/hooks";
import type {components} from "./api/schema";
import {href, type Params} from "./state";

type Schemas = components["schemas"];
export type Value = Schemas["Value"];
export type Quads = [number, number, number, number];
export type About = Schemas["About"];
export type Overview = Schemas["Overview"];
export type OverviewPlace = Overview["places"][number];
export type TimelineStep = Overview["timeline"][number];
export type Understood = Overview["understood"];
export type EventRow = Omit<Schemas["Event"], "record"> & {record: EventRecord};
export type EventsPage = Omit<Schemas["Events"], "rows"> & {rows: EventRow[]};
export type Actors = Schemas["Actors"];
export type Actor = Omit<Schemas["Actor"], "places"> & {places: OverviewPlace[]};
export type Network = Schemas["Network"];
export type Story = Omit<Schemas["Story"], "rows"> & {rows: EventRow[]};
export type Articles = Schemas["Articles"];
export type CodedArticle = Omit<Schemas["CodedArticle"], "annotation" | "records" | "claims" | "stories"> & {
  annotation: Record<string, unknown>;
  records: EventRecord[];
  claims: Record<string, unknown>[];
  stories: {story: string; rows: EventRow[]}[];
};
export type Explanation = Schemas["Explanation"];
export type Rejects = Schemas["Rejects"];
export type LeftOut = Schemas["LeftOut"];

// A record, as docs/record.schema.json has it.
export interface Span {start: number; end: number}
export interface Entity extends Span {
  entity_text: string; via: string; code?: string; sector?: string[]; name?: string;
  identifier_id?: string; office?: string; anaphor?: Span & {text: string};
}
export interface Source extends Partial<Entity> {quoted: boolean; cue?: string}
export interface Place extends Span {
  entity_text: string; name?: string; country?: string; admin1?: string;
  lat?: number; lon?: number; precision?: "point" | "city" | "admin" | "country";
}
export interface Quantity extends Span {value: number; relation: string; high?: number; text: string}
export type SizeKind = "dead" | "injured" | "arrested" | "missing" | "displaced" | "participants" | "troops";
export interface EventRecord extends Span {
  id: string; doc: string; sentence: number; event_text: string; event: string; mode?: string[];
  context?: string[]; cameo?: string; quad_code: number; event_scale: number;
  actor?: Entity[]; recipient?: Entity[]; date?: string; end_date?: string; date_basis?: string;
  event_loc?: Place; size?: Partial<Record<SizeKind, Quantity>>;
  counts?: (Quantity & {kind: SizeKind; according_to: Source[]})[];
  status: string; according_to?: Source[]; doubt?: Span & {text: string}; story?: string;
  rule: string; confidence: number; text: string;
}

export class ApiError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

async function answerOf<T>(response: Response): Promise<T> {
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok && body !== undefined) return body as T;
  const told = (body as {error?: {message?: string}} | undefined)?.error?.message;
  throw new ApiError(response.status, told ?? `The server answered ${response.status} ${response.statusText}`.trim());
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError(0, "The server can't be reached. Is dateline serve still running?");
}

// Small on purpose: enough that back and forward are instant.
const CACHE_SIZE = 40;
const cache = new Map<string, unknown>();

function remember(url: string, data: unknown): void {
  cache.delete(url);
  cache.set(url, data);
  if (cache.size > CACHE_SIZE) cache.delete(cache.keys().next().value as string);
}

export async function get<T>(path: string, params: Params = {}, signal?: AbortSignal): Promise<T> {
  const url = href(path, params);
  if (cache.has(url)) return cache.get(url) as T;
  try {
    const data = await answerOf<T>(await fetch(url, {signal, headers: {Accept: "application/json"}}));
    remember(url, data);
    return data;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw asApiError(error);
  }
}

export async function post<T>(path: string, body: unknown): Promise<T> {
  try {
    return await answerOf<T>(await fetch(path, {
      method: "POST",
      headers: {"Content-Type": "application/json", Accept: "application/json"},
      body: JSON.stringify(body),
    }));
  } catch (error) {
    throw asApiError(error);
  }
}

export interface ApiState<T> {data?: T; error?: ApiError; loading: boolean; retry(): void}

// `path` null asks nothing. The data of another path are dropped, of other params of the same path kept
// until the new ones come.
export function useApi<T>(path: string | null, params: Params = {}): ApiState<T> {
  const url = path === null ? null : href(path, params);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{url: string | null; path: string | null; data?: T; error?: ApiError}>(
    () => ({url: null, path: null}));
  const latest = useRef(params);
  latest.current = params;
  useEffect(() => {
    if (path === null || url === null) return;
    const abort = new AbortController();
    get<T>(path, latest.current, abort.signal).then(
      (data) => {
        if (!abort.signal.aborted) setState({url, path, data});
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setState((last) => ({url, path, data: last.path === path ? last.data : undefined, error: asApiError(error)}));
      });
    return () => abort.abort();
  }, [path, url, attempt]);
  const settled = state.url === url;
  return {
    data: state.path === path ? state.data : undefined,
    error: settled ? state.error : undefined,
    loading: url !== null && !settled,
    retry: () => {
      setState((last) => ({...last, url: null}));
      setAttempt(attempt + 1);
    },
  };
}
