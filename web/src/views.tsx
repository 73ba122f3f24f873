// Which view shows a path. Views of other rooms are loaded when first asked for.
import type {ComponentType, FunctionComponent} from "preact";
import {useEffect, useState} from "preact/hooks";
import type {Params} from "./state";
import {Loading} from "./ui/note";
import {View as Overview} from "./views/overview";

type ViewProps = {path: string; params: Params};
type ViewModule = {View: ComponentType<ViewProps>};

// Found by name, so that a view needs no entry here to be built; one that is missing is "no such page".
const modules = import.meta.glob<ViewModule>(["./views/*.tsx", "!./views/overview*.tsx"]);

const ROUTES: [RegExp, string][] = [
  [/^\/events\/?$/, "events"],
  [/^\/article\/[^/]+.*$/, "article"],
  [/^\/(left-out|articles)\/?$/, "left-out"],
  [/^\/actors\/?$/, "actors"],
  [/^\/actor\/?$/, "actor"],
  [/^\/network\/?$/, "network"],
  [/^\/story\/[^/]+$/, "story"],
  [/^\/code\/?$/, "code"],
];

const later = new Map<string, FunctionComponent<ViewProps>>();

function lazy(load: () => Promise<ViewModule>): FunctionComponent<ViewProps> {
  return function Later(props: ViewProps) {
    const [module, setModule] = useState<ViewModule>();
    const [failed, setFailed] = useState<Error>();
    useEffect(() => {
      load().then(setModule, setFailed);
    }, []);
    if (failed) throw failed;
    return module ? <module.View {...props} /> : <Loading height="60vh" />;
  };
}

export function viewOf(path: string): FunctionComponent<ViewProps> | undefined {
  if (path === "/") return Overview;
  const name = ROUTES.find(([pattern]) => pattern.test(path))?.[1];
  const load = name === undefined ? undefined : modules[`./views/${name}.tsx`];
  if (name === undefined || load === undefined) return undefined;
  if (!later.has(name)) later.set(name, lazy(load));
  return later.get(name);
}
