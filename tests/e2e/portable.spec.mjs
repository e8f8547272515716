// The portable edition: one file from a stick, without a network.

import { statSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { backend } from './soak.mjs';
import { Stick } from './stick.mjs';
import { sent, signIn, waits, walk } from './walk.mjs';
import { zh } from './words.mjs';

let stick;
test.beforeAll(() => {
  test.setTimeout(120_000);
  stick = new Stick();
  stick.make('zhixing.html');
  stick.make('with-course.html', '--with', stick.path('course.zip'));
});
test.afterAll(() => stick.remove());

test.use({ offline: true });

const file = (name) => stick.address(name);

test('the file is small enough, opens without a network, takes a package, is studied from, and all of it is accepted later', async ({ page, context }) => {
  test.setTimeout(180_000);
  const complaints = [];
  page.on('console', (message) => {
    const expected = message.text().includes('ERR_INTERNET_DISCONNECTED');
    if (message.type() === 'error' && !expected) complaints.push(message.text());
  });
  expect(statSync(stick.path('zhixing.html')).size).toBeLessThan(2_500_000);
  await page.goto(file('zhixing.html'));
  await expect(page.getByRole('heading', { level: 1, name: '打开一门课' })).toBeVisible();
  await expect(page.getByText(/课程和记录存在这台电脑的这个浏览器里/)).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.getByLabel(zh.chooseZip).setInputFiles(stick.path('course.zip'));
  await expect(page.getByRole('link', { name: zh.begin })).toBeVisible({ timeout: 30_000 });

  // It is still here after a reload; before anything was done there is nothing to carry.
  await page.goto(`${file('zhixing.html')}#/records`);
  await page.reload();
  await expect(page.locator('.carry').getByText(/课程和记录存在这台电脑的这个浏览器里/)).toBeVisible();

  const base = file('zhixing.html');
  const server = await backend();
  await context.setOffline(false);
  await signIn(page, base, server.address);
  await context.setOffline(true);
  await walk(page, base);
  await waits(page);
  // What was done is offered before one leaves.
  await page.goto(`${base}#/records`);
  await expect(page.getByText(/有 \d+ 条记录只在这台电脑的这个浏览器里/)).toBeVisible();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: zh.export }).click();
  await saving;
  await expect(page.getByText(/记录都导出过了/)).toBeVisible();
  await context.setOffline(false);
  await expect(sent(page)).toBeVisible({ timeout: 60_000 });
  await context.setOffline(true);
  for (const route of ['standing', 'archive', 'class', 'backend', 'device', 'people', 'outline']) {
    await page.goto(`${base}#/${route}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText(zh.notFetched)).toHaveCount(0);
  }
  expect(complaints).toEqual([]);
  server.close();
});

test('a course that came with the file opens by itself', async ({ page }) => {
  await page.goto(file('with-course.html'));
  await expect(page.getByRole('link', { name: zh.begin })).toBeVisible({ timeout: 30_000 });
  await page.goto(`${file('with-course.html')}#/outline`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
