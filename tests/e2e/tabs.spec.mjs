// Two tabs of one browser: one of them counts, and both know what the other wrote.

import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { credited, openAllSteps, recordsCount, seek, untilAsked, untilCredited } from './study.mjs';
import { zh } from './words.mjs';

const video = '#/step/m2t1-video';
const reading = '#/step/m2t1-reading';

/** Longer than a tab waits for one that has gone silent. */
const TAKES_OVER = { timeout: 15_000 };

const state = (page) => page.locator('.meter').getByRole('status').first();
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

test.beforeEach(({ context }) => openAllSteps(context));

/** A tab whose video plays and counts. */
async function counting(context) {
  const page = await context.newPage();
  await page.goto(video);
  await seek(page, zh, 0);
  await press(page, zh.play);
  await untilCredited(page, 1);
  await expect(state(page)).toHaveText(zh.counting);
  return page;
}

async function expectOtherCounts(page) {
  await expect(state(page)).toHaveText(`${zh.notCounting}：${zh.anotherTab}`);
  const position = () => page.locator('video').evaluate((element) => element.currentTime);
  const from = await position();
  // The stretch up to now is still being kept when the line says that another tab counts.
  await expect.poll(position).toBeGreaterThan(from + 0.7);
  const before = await credited(page);
  await expect.poll(position).toBeGreaterThan(from + 2.2);
  expect(await credited(page), 'playing on earns nothing').toBe(before);
}

test('a reading opened in a second tab takes over until it is closed', async ({ context }) => {
  const first = await counting(context);
  const second = await context.newPage();
  await second.goto(reading);
  await expect(state(second)).toHaveText(zh.counting);
  await expectOtherCounts(first);
  await untilCredited(second, 2);

  const before = await credited(first);
  await second.close();
  await expect(state(first)).toHaveText(zh.counting, TAKES_OVER);
  await untilCredited(first, before + 2);
});

test('a video played in a second tab takes over; pausing it gives the turn back', async ({ context }) => {
  const first = await counting(context);
  const second = await context.newPage();
  await second.goto(video);
  await seek(second, zh, 70);
  await press(second, zh.play);
  await expect(state(second)).toHaveText(zh.counting);
  await expectOtherCounts(first);
  await press(second, zh.pause);
  await expect(state(first)).toHaveText(zh.counting, TAKES_OVER);
});

test('what two tabs played at once is credited once', async ({ context }) => {
  const first = await counting(context);
  const second = await context.newPage();
  await second.goto(video);
  await seek(second, zh, 70);
  await press(second, zh.play);
  await untilCredited(second, 3);
  await press(second, zh.pause);
  await press(first, zh.pause);
  for (const page of [first, second]) await page.goto('#/records');
  await expect.poll(async () => (await recordsCount(first, zh)) - (await recordsCount(second, zh))).toBe(0);
  for (const page of [first, second]) await page.goto(video);
  expect(await credited(first)).toBe(await credited(second));
  await first.reload();
  await expect.poll(() => credited(first)).toBe(await credited(second));
});

test('a thought kept in one tab shows in the other, and both hold the same records', async ({ context }) => {
  const first = await context.newPage();
  const second = await context.newPage();
  await second.goto(video);
  await expect(state(second)).toBeVisible();
  await first.goto(video);
  await (await untilAsked(first, zh)).fill('先问他路上怎么样。');
  await press(first, zh.keep);
  await press(first, zh.pause);
  await expect(first.getByText('先问他路上怎么样。')).toBeVisible();
  await expect(second.getByText('先问他路上怎么样。')).toBeVisible();

  await second.goto('#/records');
  await first.goto('#/records');
  const here = await recordsCount(first, zh);
  expect(here).toBeGreaterThanOrEqual(3);
  await expect.poll(() => recordsCount(second, zh)).toBe(here);
  await second.reload();
  await expect.poll(() => recordsCount(second, zh)).toBe(here);
});

test('what two tabs write into one draft is kept, both, and shown', async ({ context }) => {
  await context.clock.install();
  /** Both write at the same moment: neither has heard of the other's words before its own stand. */
  const atOnce = async (...pairs) => {
    for (const [{ field }] of pairs) await expect(field).toBeVisible();
    const now = await pairs[0][0].page.evaluate(() => Date.now());
    await context.clock.pauseAt(now + 1_000);
    for (const [{ field }, text] of pairs) await field.fill(text);
    await context.clock.resume();
  };
  const tab = async () => {
    const page = await context.newPage();
    await page.goto('#/step/m2t1-assignment');
    return { page, field: page.getByRole('textbox', { name: zh.yourText }) };
  };
  const first = await tab();
  await first.field.fill('起头一句。');
  const second = await tab();
  await expect(second.field).toHaveValue('起头一句。');
  // Whoever only looks follows.
  await second.field.fill('起头一句。接着写。');
  await expect(first.field).toHaveValue('起头一句。接着写。');

  await atOnce([first, '甲的写法。'], [second, '乙的写法。']);
  const other = ({ page }) => page.getByRole('status').filter({ hasText: zh.draftElsewhere });
  await expect(other(first)).toContainText('乙的写法。');
  await expect(other(second)).toContainText('甲的写法。');
  await expect(first.field).toHaveValue('甲的写法。');
  await expect(second.field).toHaveValue('乙的写法。');
  expect(await faults(first.page)).toEqual([]);

  // Both are still there when only one tab is, opened anew.
  await second.page.close();
  await first.page.reload();
  const both = async () => `${await first.field.inputValue()} ${await other(first).innerText()}`;
  await expect.poll(both).toContain('甲的写法。');
  await expect.poll(both).toContain('乙的写法。');
  await first.page.getByRole('button', { name: zh.draftTake }).click();
  await expect(first.field).toHaveValue(/甲的写法。[^]*乙的写法。|乙的写法。[^]*甲的写法。/);
  await expect(other(first)).toHaveCount(0);

  const third = await tab();
  await atOnce([first, '丙的写法。'], [third, '丁的写法。']);
  await expect(other(third)).toContainText('丙的写法。');
  await expect(other(first)).toContainText('丁的写法。');
  await third.page.getByRole('button', { name: zh.draftDrop }).click();
  await expect(third.page.getByText(zh.draftDropSure)).toBeVisible();
  await expect(other(first)).toContainText('丁的写法。');
  await third.page.getByRole('button', { name: zh.draftDrop }).click();
  await expect(other(third)).toHaveCount(0);
  // The first tab shows what there is now.
  await expect(first.field).toHaveValue('丁的写法。');
});
