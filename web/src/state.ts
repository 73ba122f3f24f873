// The state of the page is its address: path and query, with the names of the API's filters.
import {useEffect, useState} from "preact/hooks";

export type Params = Record<string, string>;

export const FILTERS = ["who", "whom", "what", "where", "place", "box", "from", "to", "status", "source",
  "according_to", "text", "article", "story", "reports", "min_confidence"] as const;
export type Filter = (typeof FILTERS)[number];

export function paramsOf(search: string): Params {
  const params: Params = {};
  for (const [name, value] of new URLSearchParams(search)) {
    if (value !== "") params[name] = value;
  }
  return params;
}

// Colons and commas are harmless in a query and easier to read as they are.
function queryOf(params: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== "") query.set(name, value);
  }
  return query.toString().replace(/%2C/g, ",").replace(/%3A/g, ":");
}

export function href(path: string, params: Params = {}): string {
  const query = queryOf(params);
  return query === "" ? path : `${path}?${query}`;
}

export function filtersOf(params: Params): Params {
  const filters: Params = {};
  for (const name of FILTERS) {
    const value = params[name];
    if (value !== undefined) filters[name] = value;
  }
  return filters;
}

// `changes` laid over `params`; undefined takes a name away. What page one was on no longer holds.
export function withParams(params: Params, changes: Record<string, string | undefined>): Params {
  const result: Params = {};
  for (const [name, value] of Object.entries({...params, ...changes})) {
    if (value !== undefined && value !== "") result[name] = value;
  }
  if (!("page" in changes)) delete result.page;
  return result;
}

// One click on a value sets it as the only one, a second click takes it away.
export function toggled(params: Params, name: string, value: string): Params {
  return withParams(params, {[name]: params[name] === value ? undefined : value});
}

export interface Route {path: string; params: Params}

function currentRoute(): Route {
  return {path: location.pathname, params: paramsOf(location.search)};
}

/** The address of one article or story: an id may be an address itself. */
export function addressOf(room: "article" | "story", id: string, params: Params = {}): string {
  return href(`/${room}/${encodeURIComponent(id)}`, params);
}

/** The id in such a path. */
export function idOf(path: string): string {
  const id = path.replace(/^\/[^/]*\//, "");
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

const listeners = new Set<() => void>();
const announce = () => listeners.forEach((listener) => listener());

export function go(path: string, params: Params = {}, options: {replace?: boolean; top?: boolean} = {}): void {
  const target = href(path, params);
  if (target === location.pathname + location.search) return;
  const samePath = path === location.pathname;
  if (options.replace) history.replaceState(null, "", target);
  else history.pushState(null, "", target);
  // A filter keeps the reader where he is; another page starts at its top.
  if (options.top ?? !samePath) scrollTo(0, 0);
  announce();
}

export function useRoute(): Route {
  const [route, setRoute] = useState(currentRoute);
  useEffect(() => {
    const listener = () => setRoute(currentRoute());
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return route;
}

export function isPageLink(link: {origin: string; pathname: string; target: string; download: string},
  origin: string): boolean {
  return link.origin === origin && link.target === "" && link.download === "" && !link.pathname.startsWith("/api/");
}

// Links inside the page change the address without loading it anew.
export function interceptLinks(): void {
  addEventListener("popstate", announce);
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(target instanceof HTMLAnchorElement) || !isPageLink(target, location.origin)) return;
    const url = new URL(target.href);
    if (url.hash !== "" && url.pathname === location.pathname && url.search === location.search) return;
    event.preventDefault();
    go(url.pathname, paramsOf(url.search), {top: url.pathname !== location.pathname});
  });
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? "dateline" : `${title} · dateline`;
  }, [title]);
}
