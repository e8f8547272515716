// The whole module, in each language, with the video really playing; a reload after each act,
// and two kills of the browser's processes. English is studied over plain http at an address
// that is not this machine's name, where browsers withhold what they call secure.

import { expect, test } from '@playwright/test';
import { KillableBrowser } from './browser.mjs';
import { credited, hurry, untilCredited } from './study.mjs';
import { en, zh } from './words.mjs';

const READING_SPEED = 20;

// A trace cannot be taken from a browser that is killed.
test.use({ trace: 'off' });

const ways = [
  { name: 'in Chinese, on this machine', words: zh, host: '127.0.0.1', secure: true, extra: [] },
  {
    name: 'in English, on a plain http LAN',
    words: en,
    host: 'school.lan',
    secure: false,
    extra: ['--host-resolver-rules=MAP school.lan 127.0.0.1'],
  },
];

for (const way of ways) {
  test(`a module is studied ${way.name}`, async ({ baseURL }) => {
    test.setTimeout(420_000);
    const { words } = way;
    const home = `http://${way.host}:${new URL(baseURL).port}/`;
    const browser = new KillableBrowser(way.extra);
    try {
      let page = await browser.start({ locale: words.tag });
      await page.goto(home);
      expect(await page.evaluate(() => isSecureContext)).toBe(way.secure);
      expect(await page.evaluate(() => 'locks' in navigator)).toBe(way.secure);
      await page.getByRole('link', { name: words.begin }).click();

      page = await watch(page, words, browser, home);
      await read(page, words, browser, home);
    } finally {
      await browser.remove();
    }
  });
}

async function watch(page, words, browser, home) {
  const play = () => page.getByRole('button', { name: words.play, exact: true });
  const meter = () => page.locator('.meter');

  await test.step('the reading is locked, and says why', async () => {
    await page.getByRole('link', { name: words.outline }).first().click();
    await page.getByRole('link', { name: words.reading }).click();
    await expect(page.getByText(words.locked)).toBeVisible();
    await page.goBack();
    await page.goBack();
  });

  await test.step('playing counts, pausing says that it does not', async () => {
    await expect(meter()).toContainText(words.notCounting);
    await play().click();
    await expect(meter()).toContainText(words.counting);
    await untilCredited(page, 4);
    await page.getByRole('button', { name: words.pause, exact: true }).click();
    await expect(meter()).toContainText(words.notCounting);
  });

  await test.step('a reload keeps the seconds and the place', async () => {
    const before = await credited(page);
    await page.reload();
    await expect(page.getByRole('button', { name: words.play, exact: true })).toBeVisible();
    expect(await credited(page)).toBeGreaterThanOrEqual(before);
    await expect.poll(() => position(page, words)).toBeGreaterThanOrEqual(before - 1);
  });

  const before = await test.step('the browser is killed while it plays', async () => {
    await play().click();
    const target = (await credited(page)) + 5;
    await untilCredited(page, target);
    const seen = await credited(page);
    await browser.kill();
    return seen;
  });

  page = await browser.start({ locale: words.tag });
  await page.goto(home);
  await page.getByRole('link', { name: words.goOn }).click();

  await test.step('no more than two seconds are lost', async () => {
    expect(await credited(page)).toBeGreaterThanOrEqual(before - 2);
  });

  await test.step('a question pauses the video; a draft survives a reload', async () => {
    await page.getByRole('combobox', { name: words.speed }).selectOption('200');
    await page.getByRole('button', { name: words.play, exact: true }).click();
    const answer = page.getByRole('textbox', { name: words.think });
    await answer.waitFor({ timeout: 60_000 });
    await expect(meter()).toContainText(words.notCounting);
    const asked = await credited(page);
    await answer.fill('先问他路上怎么样。<b>First</b> ask about the way.');
    await stored(page, 'drafts', 1);
    await page.reload();
    // The place is that of the question, so it stands open again.
    await expect(page.getByRole('textbox', { name: words.think })).toHaveValue(/<b>First<\/b>/);
    expect(await credited(page)).toBeGreaterThanOrEqual(asked);
    await page.getByRole('combobox', { name: words.speed }).selectOption('200');
    await page.getByRole('button', { name: words.keep }).click();
    await expect(page.locator('.thoughts')).toContainText('<b>First</b> ask');
  });

  await test.step('the video is watched to its end', async () => {
    const skip = page.getByRole('button', { name: words.skip });
    const complete = page.getByText(words.complete);
    await page.addLocatorHandler(skip, async () => skip.click());
    await expect(complete).toBeVisible({ timeout: 120_000 });
    await page.removeLocatorHandler(skip);
    await page.reload();
    await expect(complete).toBeVisible();
    await expect(page.locator('.thoughts')).toContainText('<b>First</b> ask');
  });
  return page;
}

async function read(page, words, browser, home) {
  const pace = { times: READING_SPEED, since: Date.now() };
  await page.addInitScript(hurry, pace);
  await page.getByRole('link', { name: words.nextStep }).click();
  await page.reload();
  const parts = page.getByRole('navigation', { name: words.parts });

  await test.step('each part is opened, and a reload finds it again', async () => {
    const count = 8;
    await expect(parts.getByRole('link')).toHaveCount(count);
    for (let at = 1; at < count; at += 1) {
      await page.mouse.wheel(0, 300);
      const known = parts.getByText(words.read, { exact: true });
      await expect.poll(() => known.count()).toBeGreaterThanOrEqual(at);
      await page.getByRole('link', { name: words.nextPart }).click();
      if (at === 2) {
        await page.reload();
        await expect(parts.getByRole('listitem').nth(2)).toHaveClass(/on/);
      }
    }
  });

  const before = await test.step('the browser is killed while reading', async () => {
    const target = (await credited(page)) + 20;
    await untilCredited(page, target);
    const seen = await credited(page);
    await browser.kill();
    return seen;
  });

  page = await browser.start({ locale: words.tag, init: { script: hurry, argument: pace } });
  await page.goto(home);
  await page.getByRole('link', { name: words.goOn }).click();
  await test.step('the seconds are there', async () => {
    // Two seconds of a clock that runs twenty times as fast.
    expect(await credited(page)).toBeGreaterThanOrEqual(before - 2 * READING_SPEED);
    const last = page.getByRole('navigation', { name: words.parts }).getByRole('listitem').last();
    await expect(last).toHaveClass(/on/);
  });

  await test.step('the reading becomes complete, and the next step opens', async () => {
    const complete = page.getByText(words.complete);
    const scroll = setInterval(() => page.mouse.wheel(0, 40).catch(() => {}), 1_000);
    await expect(complete).toBeVisible({ timeout: 120_000 }).finally(() => clearInterval(scroll));
    await page.reload();
    await expect(complete).toBeVisible();
    await page.getByRole('link', { name: words.nextStep }).click();
    await expect(page.getByText(words.locked)).toHaveCount(0);
  });
}

/** Position of the video in seconds. */
async function position(page, words) {
  return Number(await page.getByRole('slider', { name: words.position }).inputValue());
}

/** Waits until the browser's store holds so many rows of a table. */
async function stored(page, table, atLeast) {
  const count = () =>
    page.evaluate(
      (name) =>
        new Promise((resolve, reject) => {
          const open = indexedDB.open('zhixing');
          open.onerror = () => reject(open.error);
          open.onsuccess = () => {
            const database = open.result;
            const rows = database.transaction(name).objectStore(name).count();
            rows.onsuccess = () => {
              database.close();
              resolve(rows.result);
            };
          };
        }),
      table,
    );
  await expect.poll(count).toBeGreaterThanOrEqual(atLeast);
}
