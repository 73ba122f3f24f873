import {readFileSync} from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import {expect, test, type Page} from "@playwright/test";

const fixture = (name: string) => JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8"));
const FIRST = fixture("article").records[0].id as string;

// The page is cast since axe brings its types of another release of the browser's driver.
/** The tests answer for the API; anything said on the console fails the test. */
async function answer(page: Page): Promise<string[]> {
  const said: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) said.push(message.text());
  });
  await page.route((url) => url.pathname.startsWith("/api/"), (route) => {
    const {pathname} = new URL(route.request().url());
    if (pathname === "/api/code") return route.fulfill({json: {...fixture("article"), explanation: fixture("explanation").text}});
    if (pathname.endsWith("/explanation")) return route.fulfill({json: fixture("explanation")});
    return route.fulfill({json: fixture(pathname.startsWith("/api/articles/") ? "article" : pathname.slice(5))});
  });
  return said;
}

for (const [name, address] of [["article", `/article/ke-001?record=${FIRST}`], ["events", "/events?what=ASSAULT"],
  ["code", "/code"], ["rejects", "/left-out"], ["sentences", "/left-out?tab=sentences"]] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${name} is accessible, quiet and not wider than a small screen, ${colorScheme}`, async ({page}) => {
      const said = await answer(page);
      await page.emulateMedia({colorScheme, reducedMotion: "reduce"});
      await page.setViewportSize({width: 360, height: 740});
      await page.goto(address);
      await page.waitForSelector("h1");
      await page.waitForLoadState("networkidle");
      expect((await new AxeBuilder({page: page as never}).analyze()).violations.map(({id, nodes}) => [id, nodes[0]?.html])).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      expect(said).toEqual([]);
    });
  }
}

test("a record opens from the address and tells why it was coded", async ({page}) => {
  await answer(page);
  await page.goto(`/article/ke-001?record=${FIRST}`);
  const card = page.locator(`#record-${FIRST}`);
  await expect(card).toContainText("at least 4 dead");
  await card.getByRole("button", {name: "Why it was coded so"}).click();
  await expect(card).toContainText("Learned opinion");
});

test("a record and its words light each other, by keyboard too", async ({page}) => {
  await answer(page);
  await page.goto("/article/ke-001");
  const card = page.locator(`#record-${FIRST}`);
  await page.locator(`#mark-${FIRST}`).focus();
  await expect(card).toHaveClass(/is-lit/);
  await page.locator(".article-text .piece", {hasText: "crowds"}).hover();
  await expect(card).not.toHaveClass(/is-lit/);
  await card.getByRole("link").first().focus();
  await expect(page.locator(".piece.is-lit").first()).toContainText("Police");
});

test("layers and columns stand in the address", async ({page}) => {
  await answer(page);
  await page.goto("/article/ke-001");
  await page.getByRole("button", {name: "What was done"}).click();
  await expect(page).toHaveURL(/layers=actor,recipient/);
  await page.goto("/events");
  await page.getByText("Columns (8 of 19)").click();
  await page.getByRole("checkbox", {name: "CAMEO"}).check();
  await expect(page).toHaveURL(/columns=.*cameo/);
  await expect(page.getByRole("columnheader", {name: "CAMEO"})).toBeVisible();
});
