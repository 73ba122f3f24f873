import {useEffect, useErrorBoundary, useRef, useState} from "preact/hooks";
import type {FunctionComponent} from "preact";
import {useApi, type About} from "./api";
import {counted, day} from "./labels";
import {filtersOf, href, useRoute, type Params} from "./state";
import {chooseTheme, currentTheme} from "./theme";
import {Empty} from "./ui/note";
import {viewOf} from "./views";

const ROOMS: [string, string][] = [["/", "Overview"], ["/events", "Events"], ["/actors", "Actors"],
  ["/network", "Network"], ["/code", "Try it"], ["/left-out", "Left out"]];

export function Shell() {
  const route = useRoute();
  const {data: about} = useApi<About>("/api/about");
  return (
    <>
      <a class="skip" href="#main">Skip to content</a>
      <Masthead path={route.path} params={route.params} about={about} />
      <main id="main" class="page" tabIndex={-1}><Room key={roomOf(route.path)} {...route} /></main>
      <footer class="footer">
        dateline {about?.version} · <a href="/api/overview">this archive as JSON</a>
      </footer>
    </>
  );
}

// Views of one room share their state; a new room starts afresh.
const roomOf = (path: string) => path.split("/")[1] ?? "";

function Room({path, params}: {path: string; params: Params}) {
  const [error, reset] = useErrorBoundary();
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    reset();
  }, [path]);
  if (error) {
    return (
      <div class="note error" role="alert">
        <h1>This view failed</h1>
        <p>{error instanceof Error ? error.message : String(error)}</p>
        <button type="button" onClick={reset}>Try again</button>
      </div>
    );
  }
  const View: FunctionComponent<{path: string; params: Params}> | undefined = viewOf(path);
  if (View === undefined) {
    return <Empty title="No such page"><p>Nothing is at <code>{path}</code>. <a href="/">Go to the overview</a></p></Empty>;
  }
  return <View path={path} params={params} />;
}

function Masthead({path, params, about}: {path: string; params: Params; about?: About}) {
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [path]);
  const filters = filtersOf(params);
  const rooms = ROOMS.filter(([target]) => target !== "/code" || about === undefined || about.coding);
  return (
    <header class="masthead">
      <div class="masthead-inner">
        <a class="brand" href="/">dateline</a>
        <button type="button" class="menu-button" aria-expanded={open} aria-controls="rooms" onClick={() => setOpen(!open)}>Menu</button>
        <nav id="rooms" aria-label="Views" class={open ? "open" : ""}>
          <ul class="plain">
            {rooms.map(([target, name]) => (
              <li key={target}>
                <a href={href(target, takesFilters(target) ? filters : {})}
                  aria-current={current(path, target) ? "page" : undefined}>{name}</a>
              </li>
            ))}
          </ul>
        </nav>
        <span class="archive-name">{about ? archiveLine(about) : "\u00a0"}</span>
        <ThemeSwitch />
      </div>
    </header>
  );
}

const takesFilters = (target: string) => target !== "/code" && target !== "/left-out";
const current = (path: string, target: string) =>
  path === target || (target === "/actors" && path === "/actor");

function archiveLine({archive}: About): string {
  const span = archive.first_date && archive.last_date ? `, ${day(archive.first_date)} to ${day(archive.last_date)}` : "";
  return `${archive.name}: ${counted(archive.articles, "article")}${span}`;
}

function ThemeSwitch() {
  const [theme, setTheme] = useState(currentTheme);
  const other = theme === "dark" ? "light" : "dark";
  const change = () => {
    chooseTheme(other);
    setTheme(other);
  };
  return <button type="button" aria-pressed={theme === "dark"} onClick={change}>Dark</button>;
}
