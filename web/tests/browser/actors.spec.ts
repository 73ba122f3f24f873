import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { readFileSync } from "node:fs";

// The policy that the server sends: what it forbids must not be needed.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
  + "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const ANSWERS: [string, string][] = [
  ["/api/actors", "actors"], ["/api/actor", "actor"], ["/api/network", "network"], ["/api/stories/", "story"]];
const ABOUT = {
  version: "0.5.0", events: 900, coding: true, categories: [], statuses: [], sources: [],
  archive: { name: "archive.db", articles: 300, records: 1200, claims: 90, stories: 80, rejects: 0, merged: true },
};

const fixture = (name: string): string => readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8");

async function open(page: Page, path: string): Promise<string[]> {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.route("**/*", async (route) => {
    if (route.request().resourceType() !== "document") return route.fallback();
    const response = await route.fetch();
    return route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": POLICY } });
  });
  await page.route((url) => url.pathname.startsWith("/api/"), (route) => {
    const { pathname } = new URL(route.request().url());
    const name = ANSWERS.find(([begin]) => pathname === begin || (begin.endsWith("/") && pathname.startsWith(begin)))?.[1];
    return route.fulfill({ contentType: "application/json", body: name ? fixture(name) : JSON.stringify(ABOUT) });
  });
  await page.goto(path);
  await page.locator("main h1").waitFor();
  return complaints;
}

// Axe brings another release of playwright-core, whose pages differ from ours in type alone.
const axe = (page: Page): AxeBuilder =>
  new AxeBuilder({ page: page as unknown as ConstructorParameters<typeof AxeBuilder>[0]["page"] });

const VIEWS: [string, string, string][] = [
  ["actors", "/actors", "table a.amount"],
  ["actor", "/actor?of=MLI+MIL", ".mirror svg"],
  ["network", "/network", ".network-canvas canvas"],
  ["story", "/story/7b60000000000001", ".dot-plot svg"],
];

for (const [name, path, ready] of VIEWS)
  for (const theme of ["light", "dark"] as const) {
    test(`${name} is whole and accessible, ${theme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      const complaints = await open(page, path);
      await page.locator(ready).first().waitFor();
      const { violations } = await axe(page).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}-${theme}.png`, fullPage: true });
      await page.setViewportSize({ width: 360, height: 780 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}-${theme}-small.png`, fullPage: true });
      expect(complaints).toEqual([]);
    });
  }

test("a step of the timeline leads to its events, by keyboard too", async ({ page }) => {
  await open(page, "/actor?of=MLI+MIL&status=actual");
  await page.locator(".mirror-picture").focus();
  await page.keyboard.press("End");
  const link = page.locator(".mirror-says a").first();
  await expect(link).toHaveAttribute("href", /\/events\?status=actual&from=20\d\d-\d\d&to=20\d\d-\d\d&who=MLI\+MIL/);
});

test("looking for an actor stands in the address", async ({ page }) => {
  await open(page, "/actors?page=2");
  await page.getByLabel("Find an actor").fill("traore");
  await expect(page).toHaveURL(/\/actors\?q=traore$/);
});

test("a pair of the network leads to its events; choices stand in the address", async ({ page }) => {
  await open(page, "/network?from=2012");
  const row = page.locator(".network-table tbody tr").first();
  await expect(row.locator("a.amount")).toHaveAttribute("href", /\/events\?from=2012&who=.+&whom=.+/);
  await row.locator("a").first().focus();
  await expect(page.locator(".network-says")).toContainText("is acted on");
  await page.getByLabel("Pairs, at most").selectOption("20");
  await expect(page).toHaveURL(/most=20/);
});

test("who says a number leads to its sentence", async ({ page }) => {
  await open(page, "/story/7b60000000000001");
  await expect(page.getByRole("cell", { name: "at least 11" })).toBeVisible();
  await expect(page.locator(".sayers a").first()).toHaveAttribute("href", /\/article\/n\d\?record=[0-9a-f]{16}/);
});
