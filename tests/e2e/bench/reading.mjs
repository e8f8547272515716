// How quickly a text of 50,000 characters stands on the screen, from the press on a link to the frame that
// shows a screen of it, on a processor slowed six times: a turn to it from another part, its step opened, and
// its step opened where it was read last, in the middle. `cargo xtask bench reading` builds and serves the app
// and runs this with ADDRESS and CHROMIUM set.

import { chromium } from '@playwright/test';
import { openAllSteps } from '../study.mjs';
import { press, report, worst } from './measure.mjs';

const CHARACTERS = 50_000;
const SLOWER = 6;
const TIMES = 20;
/** What is allowed, in milliseconds at the 95th percentile. */
const BUDGET = 100;

/** Paragraphs, headings, lists, quotations and tables, as a long case has them. */
function text() {
  const sentence = '他把作业本合上，没有抬头，过了一会儿才说：“老师，我可以坐到后面去吗？”';
  const blocks = [];
  let count = 0;
  for (let at = 0; count < CHARACTERS; at += 1) {
    const block = [
      `## 第${at}段`,
      sentence.repeat(4),
      `- ${sentence}\n- **${sentence}**\n- ${sentence}`,
      `> ${sentence.repeat(2)}`,
      sentence.repeat(6),
      `| 时间 | 事情 |\n|---|---|\n| 早读 | ${sentence} |\n| 午休 | ${sentence} |`,
    ][at % 6];
    blocks.push(block);
    count += [...block].length;
  }
  return blocks.join('\n\n');
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  const page = await (await browser.newContext({ locale: 'zh-CN', viewport: { width: 1366, height: 768 }, serviceWorkers: 'block' })).newPage();
  await openAllSteps(page);
  // Kept by the page itself: a request that goes through the debugging port would be measured, too.
  await page.addInitScript((long) => {
    const asked = window.fetch;
    window.fetch = (what, options) => {
      const address = String(what.url ?? what);
      return address.includes('/m1/02-case') ? Promise.resolve(new Response(long)) : asked(what, options);
    };
  }, text());
  await page.goto(`${process.env.ADDRESS}#/step/m1t1-reading/think`);
  await page.locator('.prose p').first().waitFor();
  await page.getByText('划线与笔记').first().waitFor();
  const slowed = await page.context().newCDPSession(page);
  await slowed.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  /** From a press to the frame with a screen of the long text. */
  const shown = async (link) => {
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    await page.evaluate(() => {
      window.shown = new Promise((resolve) => {
        let began;
        addEventListener('click', (event) => { began = event.timeStamp; }, { capture: true, once: true });
        const watching = new MutationObserver(() => {
          if (!/^第\d+段/.test(document.querySelector('.prose h3')?.textContent)) return;
          watching.disconnect();
          requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => resolve(performance.now() - began);
            channel.port2.postMessage(null);
          });
        });
        watching.observe(document.querySelector('main'), { childList: true, subtree: true });
      });
    });
    await press(page, link);
    return page.evaluate(() => window.shown);
  };
  const away = page.locator('.prose h3').filter({ hasText: /^第\d+段/ }).first();
  const [long, short] = ['案例故事', '问题思考'].map((name) => page.locator('.parts').getByRole('link', { name }));
  const turns = [];
  for (let at = 0; at < TIMES; at += 1) {
    turns.push(await shown(long));
    await press(page, short);
    await away.waitFor({ state: 'detached' });
  }
  report(`a turn to a text of ${CHARACTERS} characters`, turns);
  await shown(long);
  const step = page.getByRole('main').getByRole('link', { name: /往上翻.*阅读|阅读.*往上翻|读：往上翻/ }).first();
  const openings = [];
  for (let at = 0; at < TIMES; at += 1) {
    await page.evaluate(() => { location.hash = '#/outline'; });
    await away.waitFor({ state: 'detached' });
    openings.push(await shown(step));
  }
  report(`the step opened at a text of ${CHARACTERS} characters`, openings);
  const middles = [];
  for (let at = 0; at < TIMES; at += 1) {
    await page.waitForFunction((all) => document.querySelector('.prose').textContent.length > all, CHARACTERS * 0.9);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2));
    // The place is remembered once scrolling has rested.
    await page.waitForTimeout(700);
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
    await page.evaluate(() => { location.hash = '#/outline'; });
    await away.waitFor({ state: 'detached' });
    middles.push(await shown(step));
    if (await page.evaluate(() => scrollY) < 10_000) throw new Error('not in the middle');
  }
  report(`the step opened in the middle of a text of ${CHARACTERS} characters`, middles);
  if (worst() > BUDGET) throw new Error(`more than ${BUDGET} ms`);
} finally {
  await browser.close();
}
