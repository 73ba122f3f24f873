import {defineConfig} from "@playwright/test";

// Over a server of the archive of examples/, which tests/serve/page starts.
const url = process.env.DATELINE_URL;

export default defineConfig({
  testDir: "tests/archive",
  workers: 1,
  use: {
    baseURL: url,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    },
  },
});
