// A browser that can be killed: Chromium as a process of its own with a profile that stays,
// driven over its debugging port. Closing it politely would give the app time to save.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';

const driver = JSON.parse(readFileSync(new URL('../web/webdriver.json', import.meta.url), 'utf8'));
const switches = driver['goog:chromeOptions'].args;

export class KillableBrowser {
  constructor(extra = [], disk = tmpdir()) {
    this.extra = extra;
    this.profile = mkdtempSync(join(disk, 'zhixing-e2e-'));
  }

  /** Starts the process and answers its one page. */
  async start({ locale = 'zh-CN', init } = {}) {
    this.child = spawn(
      process.env.CHROMIUM ?? '/usr/bin/chromium',
      [
        ...switches,
        ...this.extra,
        `--user-data-dir=${this.profile}`,
        '--remote-debugging-port=0',
        '--autoplay-policy=no-user-gesture-required',
        '--window-size=1366,768',
        'about:blank',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
    );
    const address = await new Promise((resolve, reject) => {
      let said = '';
      this.child.stderr.on('data', (chunk) => {
        said += chunk;
        const found = /DevTools listening on (ws:\S+)/.exec(said);
        if (found) resolve(found[1]);
      });
      this.child.once('exit', () => reject(new Error(`the browser ended: ${said}`)));
    });
    this.browser = await chromium.connectOverCDP(address);
    const context = this.browser.contexts()[0];
    // The browser's own language follows the machine's; the learner's choice does not.
    await context.addInitScript((tag) => localStorage.setItem('zhixing-language', tag), locale);
    if (init) await context.addInitScript(init.script, init.argument);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.setViewportSize({ width: 1366, height: 768 });
    return page;
  }

  /** Kills every process of the browser at once, as a power cut would. */
  async kill() {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    const cut = new Promise((resolve) => this.browser.once('disconnected', resolve));
    process.kill(-this.child.pid, 'SIGKILL');
    await Promise.all([gone, cut]);
  }

  async remove() {
    if (this.child && this.child.exitCode === null && this.child.signalCode === null) await this.kill();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
