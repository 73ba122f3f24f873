import {defineConfig} from "@playwright/test";

// DATELINE_URL: a server that runs already; without it the built page is served and the tests answer for the API.
const url = process.env.DATELINE_URL ?? "http://127.0.0.1:4173";

export default defineConfig({
  testDir: "tests/browser",
  workers: 1,
  use: {
    baseURL: url,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    },
  },
  webServer: process.env.DATELINE_URL
    ? undefined
    : {command: "npx vite preview --port 4173 --host 127.0.0.1", url, reuseExistingServer: true},
});
