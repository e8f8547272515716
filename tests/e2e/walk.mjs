// A module gone through with the network cut, by somebody who signed in before: everything that is done
// in it, and every other module opened. The same wherever the app is at home.

import { expect } from '@playwright/test';
import { credited, seek, untilCredited } from './study.mjs';
import { zh } from './words.mjs';

/** What the banner says when the backend has everything. */
export const sent = (page) => page.getByRole('banner').getByRole('link', { name: '后台已收' });

/** Signs in to the backend of a class. */
export async function signIn(page, base, address) {
  await page.goto(`${base}#/backend`);
  await page.getByLabel('后台的种类').selectOption('plain');
  await page.getByLabel('地址').fill(address);
  await page.getByLabel('登录名').fill('li-na');
  await page.getByLabel('密码').fill('li-na-2026');
  await page.getByRole('button', { name: '检查并开始发送' }).click();
  await expect(sent(page)).toBeVisible({ timeout: 45_000 });
}

/** Downloads the whole course. */
export async function download(page, base) {
  await page.goto(`${base}#/device`);
  await page.getByRole('button', { name: new RegExp(`^下载.*${zh.wholeCourse}`) }).first().click();
  await expect(page.locator('section').first().getByText(zh.allHere)).toBeVisible({ timeout: 60_000 });
}

/** Plays the first video for two seconds, from the device. */
export async function plays(page, base) {
  await page.goto(`${base}#/step/m1t1-video`);
  await seek(page, zh, 60);
  await expect.poll(() => page.locator('video').evaluate((video) => video.currentSrc)).toMatch(/^blob:/);
  const before = await credited(page);
  await page.getByRole('button', { name: zh.play, exact: true }).click();
  await untilCredited(page, before + 2);
  await page.getByRole('button', { name: zh.pause, exact: true }).click();
}

/** Plays, reads, posts, writes and sits an exam, and opens every module. */
export async function walk(page, base) {
  await plays(page, base);
  await page.goto(`${base}#/step/m1t1-reading/case`);
  await expect(page.getByText(zh.firstText).first()).toBeVisible();
  await page.goto(`${base}#/step/m1t1-discussion`);
  await page.getByRole('textbox', { name: zh.newPost }).fill('断网也照样写：我先把那天的事按时间记下来，再看自己哪一句说早了。'.repeat(12));
  await page.getByRole('button', { name: zh.publish, exact: true }).click();
  await expect(page.getByText('断网也照样写').first()).toBeVisible();
  await page.goto(`${base}#/step/m1t1-assignment`);
  await page.getByRole('textbox', { name: zh.yourText }).fill('这周我记下了三次晚自习的纪律，每次都写了是谁先开口。'.repeat(30));
  await page.getByRole('button', { name: zh.submit, exact: true }).click();
  await expect(page.getByText(zh.showText)).toBeVisible();
  await page.goto(`${base}#/step/m2t1-exam`);
  await page.getByRole('button', { name: zh.examBegin }).click();
  await page.getByRole('button', { name: zh.examCheck }).click();
  await page.getByRole('button', { name: zh.examHandIn, exact: true }).click();
  await expect(page.getByRole('button', { name: zh.examAgain })).toBeVisible();
  for (const step of ['m2t1-reading', 'm3t1-reading', 'm4t1-reading']) {
    await page.goto(`${base}#/step/${step}`);
    await expect(page.locator('.prose')).toContainText(/[\u4e00-\u9fff]{10}/);
  }
}

/** What is told while something waits for the network. */
export async function waits(page) {
  await expect(page.getByRole('banner').getByRole('link', { name: /待发/ })).toBeVisible({ timeout: 45_000 });
}

/** Goes through the module with the network and the site cut, and waits until all of it is accepted. */
export async function cutAndBack(page, context, site, base, reopened = async () => {}) {
  await context.setOffline(true);
  await site.cut();
  await reopened();
  await walk(page, base);
  await waits(page);
  await site.back();
  await context.setOffline(false);
  await expect(sent(page)).toBeVisible({ timeout: 60_000 });
}
