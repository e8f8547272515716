// Browser tests against the release build. `cargo xtask test e2e` builds it, and sets
// ZHIXING_PORT, ZHIXING_XTASK (the server) and CHROMIUM.

import { readFileSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const port = process.env.ZHIXING_PORT ?? '8099';
const program = process.env.ZHIXING_XTASK;
const server = program ? `"${program}"` : 'cargo xtask';
const baseURL = `http://127.0.0.1:${port}/`;

// The switches of the other browser tests; whether there is a window is Playwright's matter.
const driver = JSON.parse(readFileSync(new URL('../web/webdriver.json', import.meta.url), 'utf8'));
const switches = driver['goog:chromeOptions'].args.filter((one) => one !== '--headless');

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.mjs',
  outputDir: '../../target/e2e',
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: 1,
  reporter: 'list',
  timeout: 60_000,
  use: {
    baseURL,
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    trace: 'retain-on-failure',
    // A page's requests are hurt and counted by routes, which see none that a worker answers:
    // offline.spec.mjs lets it in.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: switches,
    },
  },
  webServer: {
    command: `${server} serve --no-build --no-open --no-class --port ${port}`,
    cwd: '../..',
    url: baseURL,
    reuseExistingServer: false,
    stdout: 'ignore',
    stderr: 'pipe',
  },
});
