// The portable edition: one file from a stick, without a network.

import { statSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { Stick } from './stick.mjs';
import { credited, seek, untilCredited } from './study.mjs';
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

test('the file is small enough, opens without a network, takes a package, and is studied from', async ({ page }) => {
  test.setTimeout(120_000);
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  expect(statSync(stick.path('zhixing.html')).size).toBeLessThan(2_500_000);
  await page.goto(file('zhixing.html'));
  await expect(page.getByRole('heading', { level: 1, name: '打开一门课' })).toBeVisible();
  await expect(page.getByText(/课程和记录存在这台电脑的这个浏览器里/)).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await page.getByLabel(zh.chooseZip).setInputFiles(stick.path('course.zip'));
  await expect(page.getByRole('link', { name: zh.begin })).toBeVisible({ timeout: 30_000 });

  await page.goto(`${file('zhixing.html')}#/step/m1t1-video`);
  await seek(page, zh, 60);
  const before = await credited(page);
  await page.getByRole('button', { name: zh.play, exact: true }).click();
  await untilCredited(page, before + 2);
  await page.getByRole('button', { name: zh.pause, exact: true }).click();
  await page.goto(`${file('zhixing.html')}#/step/m1t1-reading/case`);
  await expect(page.getByText(zh.firstText).first()).toBeVisible();
  for (const route of ['standing', 'archive', 'class', 'backend', 'device', 'people', 'outline']) {
    await page.goto(`${file('zhixing.html')}#/${route}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText(zh.notFetched)).toHaveCount(0);
  }
  // What was studied is still there after the browser was closed, and is offered before one leaves.
  await page.reload();
  await expect(page.getByText(/有 \d+ 条记录只在这台电脑的这个浏览器里/)).toBeVisible();
  await page.goto(`${file('zhixing.html')}#/records`);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: zh.export }).click();
  await saving;
  await expect(page.getByText(/记录都导出过了/)).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a course that came with the file opens by itself', async ({ page }) => {
  await page.goto(file('with-course.html'));
  await expect(page.getByRole('link', { name: zh.begin })).toBeVisible({ timeout: 30_000 });
  await page.goto(`${file('with-course.html')}#/outline`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
