// The page over the real program and the archive of examples/: nothing is answered by the tests.
import AxeBuilder from "@axe-core/playwright";
import {expect, test, type Page} from "@playwright/test";

const MALI = "/events?where=MLI";

/** What the console says; every test that asks for it wants silence. */
function listen(page: Page): string[] {
  const said: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) said.push(message.text());
  });
  page.on("pageerror", (error) => said.push(error.message));
  return said;
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForSelector("h1");
  await page.waitForLoadState("networkidle");
}

async function json(page: Page, address: string) {
  const answer = await page.request.get(address);
  expect(answer.status()).toBe(200);
  return answer.json();
}

async function addresses(page: Page): Promise<Record<string, string>> {
  const most = (await json(page, "/api/events?order=reports&per_page=1")).rows[0];
  return {
    overview: "/", events: MALI, actors: "/actors", actor: "/actor?of=MLI%20MIL", network: "/network", code: "/code",
    "left-out": "/left-out", article: `/article/${encodeURIComponent(most.article.id)}?record=${most.record.id}`,
    story: `/story/${most.record.story}`,
  };
}

const VIEWS = ["overview", "events", "actors", "actor", "network", "code", "left-out", "article", "story"];
for (const view of VIEWS) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${view} is accessible and quiet, ${colorScheme}`, async ({page}, info) => {
      const said = listen(page);
      await page.emulateMedia({colorScheme, reducedMotion: "reduce"});
      await open(page, (await addresses(page))[view]!);
      // A cast, since axe brings its types of another release of the browser's driver.
      const found = (await new AxeBuilder({page: page as never}).analyze()).violations;
      expect(found.filter(({impact}) => impact === "serious" || impact === "critical")
        .map(({id, nodes}) => [id, nodes[0]?.html])).toEqual([]);
      expect(said).toEqual([]);
      await page.screenshot({path: info.outputPath(`${view}-${colorScheme}.png`), fullPage: true});
    });
  }
  test(`${view} fits a small screen`, async ({page}) => {
    await page.setViewportSize({width: 360, height: 740});
    await open(page, (await addresses(page))[view]!);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}

test("a country filters every part of the overview, and its number is that of its events", async ({page}) => {
  await open(page, "/");
  const before = await page.getByRole("region", {name: "How much there is"}).getByRole("link").first().innerText();
  const button = page.getByRole("region", {name: "Countries"}).getByRole("button", {name: /^Mali/});
  const events = (await json(page, "/api/overview")).countries.find((of: {value: string}) => of.value === "MLI").events as number;
  await expect(button).toContainText(String(events));
  await button.click();
  await expect(page).toHaveURL(/where=MLI/);
  const first = page.getByRole("region", {name: "How much there is"}).getByRole("link").first();
  await expect(first).not.toHaveText(before);
  await expect(first).toHaveText(String(events));
  await first.click();
  await expect(page.getByText(`${events} events, reported`)).toBeVisible();
});

test("brushing the timeline chooses a time for all parts, back lets go of it", async ({page}) => {
  await open(page, "/");
  const plot = page.getByRole("group", {name: /^Timeline/}).locator("svg");
  const box = (await plot.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.3, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60, {steps: 8});
  await page.mouse.up();
  await expect(page).toHaveURL(/from=\d{4}.*to=\d{4}|to=\d{4}.*from=\d{4}/);
  const address = new URL(page.url());
  const selected = (await json(page, `/api/overview${address.search}`)).selected.events as number;
  await expect(page.getByRole("region", {name: "How much there is"}).getByRole("link").first())
    .toHaveText(selected.toLocaleString("en"));
  await page.goBack();
  await expect(page).not.toHaveURL(/from=/);
});

test("the timeline is moved by keys", async ({page}) => {
  await open(page, "/");
  await page.getByRole("group", {name: /^Timeline/}).focus();
  await page.keyboard.press("ArrowRight");
  await expect(page).toHaveURL(/from=/);
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/from=/);
});

test("a filter is added and taken away by keyboard", async ({page}) => {
  await open(page, "/events");
  await page.getByLabel("Filter by").selectOption({label: "What"});
  await page.getByRole("region", {name: "Filters"}).getByRole("combobox").nth(1).fill("ASSAULT");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/what=ASSAULT/);
  await page.getByRole("button", {name: /^Remove filter/}).focus();
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(/what=/);
});

test("an event leads to its sentence", async ({page}) => {
  await open(page, MALI);
  const row = (await json(page, "/api/events?where=MLI")).rows[0];
  await page.getByRole("region", {name: "Table of events"}).getByRole("row").nth(1).getByRole("link").first().click();
  await expect(page).toHaveURL(new RegExp(`record=${row.record.id}`));
  await expect(page.locator(`#record-${row.record.id}`)).toBeInViewport();
});

test("an article whose id is an address opens", async ({page}) => {
  await open(page, "/events?article=https%3A%2F%2Fharbour.example%2Fnews%3Fday%3D4");
  await page.getByRole("region", {name: "Table of events"}).getByRole("row").nth(1).getByRole("link").first().click();
  await expect(page.getByText("Coerce, arrest").first()).toBeVisible();
  await expect(page.locator(".article-text")).toContainText("Police in Lagos");
});

test("what is exported is what is filtered", async ({page}) => {
  const total = (await json(page, "/api/events?where=MLI&per_page=1")).events as number;
  const csv = await (await page.request.get("/api/events.csv?where=MLI")).text();
  const lines = await (await page.request.get("/api/events.jsonl?where=MLI")).text();
  expect(lines.trim().split("\n")).toHaveLength(total);
  expect(csv).toMatch(/^id,date,/);
  expect(lines.trim().split("\n").every((line) => JSON.parse(line).event_loc.country === "MLI")).toBe(true);
  await open(page, MALI);
  const links = await page.getByRole("link").evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  for (const kind of ["/api/events.csv", "/api/export/icews"])
    expect(links.some((link) => link.startsWith(kind) && link.includes("where=MLI"))).toBe(true);
});

test("a pasted article is coded at once", async ({page}) => {
  const said = listen(page);
  await open(page, "/code");
  await page.getByLabel("Day of publication").fill("2019-05-04");
  await page.getByLabel("Text", {exact: true}).fill("Police in Lagos arrested 40 marchers on Friday, the mayor said.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("1 record", {exact: true})).toBeVisible();
  await expect(page.getByText("Coerce, arrest").first()).toBeVisible();
  expect(said).toEqual([]);
});

test("a link opens the view that was sent, whatever was looked at before", async ({page, context}) => {
  await open(page, "/events?where=MLI&what=ASSAULT&order=oldest");
  const other = await context.newPage();
  await open(other, page.url());
  const text = (of: Page) => of.getByRole("region", {name: "Table of events"}).innerText();
  expect(await text(other)).toBe(await text(page));
});

test("the theme is switched and stays", async ({page}) => {
  await open(page, "/");
  await page.getByRole("button", {name: "Dark"}).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("nothing is asked of another host", async ({page}) => {
  const hosts = new Set<string>();
  page.on("request", (request) => hosts.add(new URL(request.url()).host));
  for (const view of Object.values(await addresses(page))) await open(page, view);
  expect([...hosts]).toEqual([new URL(page.url()).host]);
});
