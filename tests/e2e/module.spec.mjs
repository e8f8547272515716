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
    test.setTimeout(480_000);
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
      page = await read(page, words, browser, home);
      page = await write(page, words, browser, home);
      await discuss(page, words, home);
      await reflect(page, words, home);
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
    await page.getByRole('link', { name: words.firstReading }).click();
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
    await stored(page, 'drafts', (rows) => rows.length > 0);
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
  });
  return page;
}

/** From the home, by its one button, to a step whose title begins so. */
async function next(page, home, name, begins) {
  await page.goto(home);
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: begins })).toBeVisible();
}

async function write(page, words, browser, home) {
  const text = () => page.getByRole('textbox', { name: words.yourText });
  const draft = `${'三点三十一分，她看见屏幕亮了。'.repeat(30)}<b>x</b>`;

  await test.step('a draft is safe within two seconds of the last key, and a kill takes nothing', async () => {
    await next(page, home, words.begin, words.writing);
    await text().fill(draft.slice(0, -1));
    await text().press('End');
    await text().press('>');
    await stored(page, 'drafts', (rows) => rows.some((row) => row.includes('<b>x</b>')));
    await browser.kill();
  });

  page = await browser.start({ locale: words.tag });
  await test.step('it is handed in, with a receipt, and again as another version', async () => {
    await next(page, home, words.begin, words.writing);
    await expect(text()).toHaveValue(draft);
    await page.getByRole('button', { name: words.submit, exact: true }).click();
    await expect(page.getByRole('heading', { name: words.versions })).toBeVisible();
    await expect(page.locator('.receipt')).toHaveCount(1);
    await expect(page.locator('.receipt')).toContainText(words.savedHere);
    await page.reload();
    await page.getByRole('button', { name: words.fromLast }).click();
    await expect(text()).toHaveValue(draft);
    await text().press('End');
    await page.keyboard.type('再改一句。');
    await page.getByRole('button', { name: words.submit, exact: true }).click();
    await expect(page.locator('.receipt')).toHaveCount(2);
    await page.reload();
    await expect(page.locator('.receipt')).toHaveCount(2);
    await page.getByText(words.compare).click();
    const sides = page.locator('.side-by-side .mine');
    await expect(sides).toHaveText([draft, `${draft}再改一句。`]);
    await expect(page.getByText(words.complete)).toBeVisible();
  });
  return page;
}

async function discuss(page, words, home) {
  const post = '电话我来打，第一句先说我自己做错了什么。'.repeat(6);
  const field = (name) => page.getByRole('textbox', { name });
  await test.step('a post that is too short is not sent; a long one is there at once', async () => {
    await next(page, home, words.begin, words.discussing);
    await field(words.newPost).fill('太短');
    await page.getByRole('button', { name: words.publish, exact: true }).click();
    await expect(page.locator('.write .fault')).not.toBeEmpty();
    await field(words.newPost).fill(post);
    await page.reload();
    await expect(field(words.newPost)).toHaveValue(post);
    await page.getByRole('button', { name: words.publish, exact: true }).click();
    await expect(page.locator('.threads li')).toHaveCount(1);
    await expect(page.locator('.threads li')).toContainText(words.savedHere);
    await expect(page.getByText(words.complete)).toBeVisible();
  });
  await test.step('a reply quotes; an edit takes the place of the words', async () => {
    await page.locator('.threads a').click();
    await page.getByRole('button', { name: words.quote }).click();
    await field(words.reply).fill(`第二天我会再打一次。${post}`);
    await page.getByRole('button', { name: words.publish, exact: true }).click();
    await expect(page.locator('.replies li')).toHaveCount(1);
    await expect(page.locator('.replies blockquote')).toContainText('第一句先说我自己做错了什么');
    await page.locator('.opening').getByRole('button', { name: words.change }).click();
    await field(words.change).fill(`改过的话。${post}`);
    await page.getByRole('button', { name: words.saveEdit }).click();
    await expect(page.locator('.opening')).toContainText('改过的话。');
    await expect(page.locator('.opening')).toContainText(words.edited);
    await page.reload();
    await expect(page.locator('.opening')).toContainText('改过的话。');
    await expect(page.locator('.replies li')).toHaveCount(1);
  });
}

async function reflect(page, words, home) {
  await test.step('each prompt is answered, and the module is done', async () => {
    await next(page, home, words.begin, words.reflecting);
    const prompts = page.locator('.prompt-part');
    await expect(prompts).toHaveCount(3);
    for (let at = 0; at < 2; at += 1) {
      const prompt = prompts.nth(at);
      await prompt.getByRole('textbox').fill(`第 ${at + 1} 题：我往上翻过一次学生的本子。`);
      await page.reload();
      await expect(prompt.getByRole('textbox')).toHaveValue(/往上翻过/);
      await prompt.getByRole('button', { name: words.keepEntry }).click();
      await expect(prompt.locator('.entries li')).toContainText('往上翻过');
    }
    await expect(page.getByText(words.complete)).toBeVisible();
    await page.reload();
    await expect(page.locator('.prompt-part .entries li')).toHaveCount(2);
    await page.goto(home);
    await expect(page.locator('.next')).toContainText(words.videoTitle);
  });
}

/** Position of the video in seconds. */
async function position(page, words) {
  return Number(await page.getByRole('slider', { name: words.position }).inputValue());
}

/** Waits until the rows of a table in the browser's store, as texts, are as they should be. */
async function stored(page, table, expected) {
  const rows = () =>
    page.evaluate(
      (name) =>
        new Promise((resolve, reject) => {
          const open = indexedDB.open('zhixing');
          open.onerror = () => reject(open.error);
          open.onsuccess = () => {
            const database = open.result;
            const all = database.transaction(name).objectStore(name).getAll();
            all.onsuccess = () => {
              database.close();
              resolve(all.result.map((row) => JSON.parse(row.json).text ?? row.json));
            };
          };
        }),
      table,
    );
  await expect.poll(async () => expected(await rows()), { timeout: 2_000 }).toBe(true);
}
