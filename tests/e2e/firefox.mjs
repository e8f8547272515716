// Firefox, driven over WebDriver by geckodriver: Playwright brings a Firefox of its own, which is not
// the one that people have.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A name of the school's own network: at it http is plain, and no secure context. */
export const PLAIN = 'school.test';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

export class Firefox {
  /** Starts the driver and the browser. */
  async start(port) {
    this.base = `http://127.0.0.1:${port}`;
    // Debian's profile folder is nobody's in some containers.
    this.home = mkdtempSync(join(tmpdir(), 'zhixing-firefox-'));
    this.driver = spawn(process.env.GECKODRIVER ?? 'geckodriver', ['--port', String(port), '--host', '127.0.0.1'], {
      stdio: 'ignore',
      env: { ...process.env, HOME: this.home, MOZ_HEADLESS: '1' },
    });
    await this.until(async () => (await fetch(`${this.base}/status`)).ok);
    const options = {
      binary: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
      args: ['-headless'],
      prefs: { 'intl.accept_languages': 'zh-CN', 'media.autoplay.default': 0, 'network.dns.localDomains': PLAIN },
    };
    const always = { browserName: 'firefox', 'moz:firefoxOptions': options };
    const { sessionId } = await this.ask('POST', '/session', { capabilities: { alwaysMatch: always } });
    this.session = `/session/${sessionId}`;
  }

  async ask(method, path, body) {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(this.base + path, { method, headers, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
    return value;
  }

  async go(url) {
    await this.ask('POST', `${this.session}/url`, { url });
  }

  /** As F5 does; WebDriver's own way passes by the service worker. */
  async reload() {
    await this.run('window.wasLoadedBefore = true; location.reload()');
    await this.until(() => this.run('return !window.wasLoadedBefore'));
  }

  /** What a script in the page answers; it may wait. */
  async run(script, ...args) {
    return this.ask('POST', `${this.session}/execute/sync`, { script, args });
  }

  /** The text of the page, as a person sees it. */
  async text() {
    return this.run('return document.body.innerText');
  }

  /** Waits until the page shows these words. */
  async shows(words, patience = 30_000) {
    await this.until(async () => (await this.text()).includes(words), patience, words);
  }

  async find(css) {
    const found = await this.ask('POST', `${this.session}/element`, { using: 'css selector', value: css });
    return found[ELEMENT];
  }

  /** Types into an element, or chooses a file in a picker. */
  async type(css, text) {
    await this.ask('POST', `${this.session}/element/${await this.find(css)}/value`, { text });
  }

  /** Types into the field with this label. */
  async typeInto(label, text) {
    await this.run(
      `const label = [...document.querySelectorAll('label')].find((each) => each.textContent.trim().startsWith(arguments[0]));
       const field = label.querySelector('input') ?? document.getElementById(label.htmlFor);
       field.value = arguments[1];
       field.dispatchEvent(new Event('input', { bubbles: true }));`,
      label,
      text,
    );
  }

  async click(xpath) {
    const found = await this.ask('POST', `${this.session}/element`, { using: 'xpath', value: xpath });
    await this.ask('POST', `${this.session}/element/${found[ELEMENT]}/click`, {});
  }

  async until(check, patience = 30_000, what = 'a state') {
    const end = Date.now() + patience;
    for (;;) {
      try {
        if (await check()) return;
      } catch (error) {
        if (Date.now() > end) throw error;
      }
      if (Date.now() > end) throw new Error(`${what} did not come in ${patience} ms`);
      await new Promise((later) => setTimeout(later, 100));
    }
  }

  async stop() {
    if (this.session) await this.ask('DELETE', this.session).catch(() => {});
    this.driver?.kill();
    if (this.home) rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}
