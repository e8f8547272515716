// What of a course is on the device: downloading it under what a bad network does, and using it with
// the network cut.

import { createHash } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { KillableBrowser } from './browser.mjs';
import { fromStore } from './database.mjs';
import { Site } from './site.mjs';
import { kept, openAllSteps } from './study.mjs';
import { plays } from './walk.mjs';
import { zh } from './words.mjs';

// Each file counts, and only what the app itself fetched.
test.use({ serviceWorkers: 'block' });

const VIDEO = /^media\/.*\.mp4$/;
const PART = 2 * 1024 * 1024;

let site;
test.beforeEach(async () => {
  site = await new Site().start();
});
test.afterEach(async () => {
  await site.cut();
});

const get = (page, name) => page.getByRole('button', { name: new RegExp(`^下载.*${name}`) }).first();

/** Serves every video with so many bytes more at its end, and the course that lists them so. */
function longVideos(bytes) {
  const list = 'courses/p2-growth/course.json';
  const course = JSON.parse(site.bytes(list));
  for (const file of course.files.filter(({ path }) => VIDEO.test(path))) {
    const content = Buffer.concat([site.bytes(`courses/p2-growth/${file.path}`), Buffer.alloc(bytes, file.path)]);
    site.changed.set(`courses/p2-growth/${file.path}`, content);
    file.bytes = content.length;
    file.sha256 = createHash('sha256').update(content).digest('hex');
  }
  site.changed.set(list, Buffer.from(JSON.stringify(course)));
}

/** How many parts of the file with this digest are on the device. */
async function partsKept(page, digest) {
  const kept = await fromStore(page, () => new Promise((give, refuse) => {
    const opening = indexedDB.open('zhixing');
    opening.onerror = () => refuse(opening.error);
    opening.onsuccess = () => {
      const keys = opening.result.transaction('content').objectStore('content').getAllKeys();
      keys.onerror = () => refuse(keys.error);
      keys.onsuccess = () => {
        opening.result.close();
        give(keys.result);
      };
    };
  }));
  return kept.filter(([kind, of]) => kind === 'part' && of === digest).length;
}

test('a course is downloaded, and played, read and written with the network cut', async ({ page }) => {
  await openAllSteps(page);
  await page.goto(`${site.address}#/device`);
  await get(page, zh.wholeCourse).click();
  await expect(page.locator('section').first().getByText(zh.allHere)).toBeVisible({ timeout: 60_000 });
  expect(await faults(page)).toEqual([]);
  await site.cut();

  await plays(page, site.address);
  // Captions come from the device as well.
  await expect.poll(() => page.locator('video').evaluate((video) => video.textTracks[0]?.cues?.length ?? 0)).toBeGreaterThan(3);
  await page.goto(`${site.address}#/step/m1t1-reading/case`);
  await expect(page.getByText(zh.firstText).first()).toBeVisible();
  await page.goto(`${site.address}#/step/m1t1-discussion`);
  await page.getByRole('textbox', { name: zh.newPost }).fill('断网也照样写：我先把那天的事按时间记下来，再看自己哪一句说早了。'.repeat(12));
  await page.getByRole('button', { name: zh.publish, exact: true }).click();
  await expect(page.getByText('断网也照样写').first()).toBeVisible();
  for (const route of ['standing', 'ledger', 'archive', 'records', 'class', 'outline']) {
    await page.goto(`${site.address}#/${route}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText(zh.notFetched)).toHaveCount(0);
  }
  await site.back();
});

test('a download pauses, breaks off, goes on by itself and after a kill, and asks for nothing twice', async () => {
  test.setTimeout(180_000);
  const browser = new KillableBrowser();
  try {
    let page = await browser.start();
    longVideos(5 * PART);
    await page.goto(`${site.address}#/device`);
    // A video comes, and the connection breaks inside it, once three parts of it are kept.
    let broken = 0;
    let breakOff;
    let digest;
    site.fault = (path, response, request) => {
      if (!VIDEO.test(path.replace('courses/p2-growth/', '')) || broken > 0) return false;
      broken += 1;
      const bytes = site.bytes(path);
      response.writeHead(200, { 'Content-Type': 'video/mp4', 'Content-Length': bytes.length });
      response.write(bytes.subarray(0, 3 * PART + 1_000));
      breakOff = () => request.socket.destroy();
      digest = createHash('sha256').update(bytes).digest('hex');
      return true;
    };
    await get(page, zh.wholeCourse).click();
    await expect.poll(() => partsKept(page, digest)).toBe(3);
    breakOff();
    await expect(page.getByText(zh.waitingForNetwork)).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: zh.pauseDownload }).click();
    await expect(page.getByRole('button', { name: zh.goOnDownload })).toBeVisible();
    // Everything dies; after a new start it is paused still, and goes on from the parts that were kept.
    await browser.kill();
    site.asked.length = 0;
    page = await browser.start();
    await page.goto(`${site.address}#/device`);
    await page.getByRole('button', { name: zh.goOnDownload }).click({ timeout: 30_000 });
    await expect(page.locator('section').first().getByText(zh.allHere)).toBeVisible({ timeout: 90_000 });
    const videos = site.asked.filter(({ path }) => VIDEO.test(path.replace('courses/p2-growth/', '')));
    expect(videos.map(({ range }) => range)).toContain(`bytes=${3 * PART}-`);
    const paths = site.asked.filter(({ path, range }) => path.startsWith('courses/p2-growth/') && !path.endsWith('.json') && !range).map(({ path }) => path);
    expect(new Set(paths).size).toBe(paths.length);
  } finally {
    await browser.remove();
  }
});

test('a file that is not the one the course lists, or is missing, is said and not kept; the rest comes', async ({ page }) => {
  const wrong = 'courses/p2-growth/img/arrivals.zh.png';
  const missing = 'courses/p2-growth/img/route.zh.png';
  site.changed.set(wrong, Buffer.from('<html>login</html>'));
  site.fault = (path, response) => path === missing && Boolean(response.writeHead(404).end());
  await page.goto(`${site.address}#/device`);
  await get(page, zh.wholeCourse).click();
  await expect(page.getByRole('alert').filter({ hasText: zh.missingFile })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('progressbar')).toHaveCount(0, { timeout: 60_000 });
  await expect(page.getByRole('button', { name: zh.downloadRest }).first()).toBeVisible();
  site.fault = null;
  await page.getByRole('button', { name: zh.downloadRest }).first().click();
  await expect(page.getByRole('alert').filter({ hasText: zh.notTheFile })).toContainText('img/arrivals.zh.png');
  site.changed.delete(wrong);
  await page.getByRole('button', { name: zh.downloadRest }).first().click();
  await expect(page.locator('section').first().getByText(zh.allHere)).toBeVisible();
});

test('what is removed is gone, and what others need stays', async ({ page }) => {
  await page.goto(`${site.address}#/device`);
  await get(page, zh.wholeCourse).click();
  await expect(page.locator('section').first().getByText(zh.allHere)).toBeVisible({ timeout: 60_000 });
  const modules = page.locator('main li').filter({ has: page.locator('h3') });
  const first = modules.first();
  await first.getByRole('button', { name: zh.removeHere }).click();
  await first.getByRole('button', { name: zh.removeHere }).click();
  await expect(first.getByRole('button', { name: /^下载/ }).first()).toBeVisible();
  await expect(modules.nth(1).getByText(zh.allHere).first()).toBeVisible();
  expect(await kept(page)).not.toEqual({});
  const course = page.locator('section').first();
  await course.getByRole('button', { name: zh.removeHere }).click();
  await course.getByRole('button', { name: zh.removeHere }).click();
  await expect(get(page, zh.wholeCourse)).toBeVisible();
  await expect.poll(() => kept(page)).toEqual({});
});

test('too little room is said before anything is fetched, with both sizes', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.storage.estimate = async () => ({ quota: 10_000_000, usage: 9_000_000 });
  });
  await page.goto(`${site.address}#/device`);
  await get(page, zh.wholeCourse).click();
  await expect(page.getByRole('alert').filter({ hasText: zh.noRoom })).toContainText('1.0 MB');
  expect(site.asked.filter(({ path }) => VIDEO.test(path.replace('courses/p2-growth/', '')))).toEqual([]);
});

/** Sends the first bytes of every video, and the rest when it is told to. */
function heldVideos() {
  const held = [];
  site.fault = (path, response) => {
    if (!VIDEO.test(path.replace('courses/p2-growth/', ''))) return false;
    const bytes = site.bytes(path);
    response.writeHead(200, { 'Content-Type': 'video/mp4', 'Content-Length': bytes.length });
    response.write(bytes.subarray(0, 1_000));
    held.push(() => response.end(bytes.subarray(1_000)));
    return true;
  };
  return held;
}

test('a download that the page left goes on by itself with the next, and is named', async ({ page }) => {
  const held = heldVideos();
  await page.goto(`${site.address}#/device`);
  await get(page, zh.wholeCourse).click();
  await expect(page.getByRole('status').filter({ hasText: zh.wholeCourse })).toBeVisible();
  await expect.poll(() => held.length).toBe(1);
  await page.goto(`${site.address}#/`);
  await page.reload();
  site.fault = null;
  await page.goto(`${site.address}#/device`);
  await expect(page.locator('section').first().getByText(zh.allHere)).toBeVisible({ timeout: 60_000 });
  // It is done: a later page has nothing to go on with.
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('zhixing-download')))).toEqual([]);
});

test('what is removed while it comes does not come', async ({ page }) => {
  const held = heldVideos();
  await page.goto(`${site.address}#/device`);
  await get(page, zh.wholeCourse).click();
  await expect.poll(() => held.length).toBe(1);
  const course = page.locator('section').first();
  await course.getByRole('button', { name: zh.removeHere }).click();
  await course.getByRole('button', { name: zh.removeHere }).click();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  held[0]();
  await expect(get(page, zh.wholeCourse)).toBeVisible();
  await expect.poll(() => kept(page)).toEqual({});
  await page.reload();
  await expect(get(page, zh.wholeCourse)).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
});

test('what was removed while it was paused comes whole when it is wanted again', async ({ page }) => {
  heldVideos();
  await page.goto(`${site.address}#/device`);
  await get(page, zh.wholeCourse).click();
  await page.getByRole('button', { name: zh.pauseDownload }).click();
  await expect(page.getByRole('button', { name: zh.goOnDownload })).toBeVisible();
  site.fault = null;
  const course = page.locator('section').first();
  for (let asked = 0; asked < 2; asked += 1) await course.getByRole('button', { name: zh.removeHere }).click();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await get(page, zh.wholeCourse).click();
  await expect(course.getByText(zh.allHere)).toBeVisible({ timeout: 60_000 });
});
