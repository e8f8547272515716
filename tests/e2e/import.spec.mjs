// A course from a zip or a folder: checked, taken in whole or not at all, and studied without a server.

import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { zipped } from './packet.mjs';
import { Site } from './site.mjs';
import { begunAnew, kept } from './study.mjs';
import { en, zh } from './words.mjs';

let site;
test.beforeEach(async () => {
  site = await new Site().start();
});
test.afterEach(async () => {
  await site.cut();
});

const read = (path) => site.bytes(`courses/p1-cases/${path}`);

/** The files of a course, `[path, bytes]`; `change` may alter them, and what they are is then listed. */
function course(change = () => {}) {
  const json = JSON.parse(read('course.json'));
  json.id = 'tag:school.example,2026:course/from-a-stick';
  json.title = { 'zh-CN': 'U 盘里的课', en: 'A course from a stick' };
  const files = new Map(json.files.map(({ path }) => [path, read(path)]));
  change(files);
  const listed = ([path, bytes]) => ({ path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  json.files = [...files].map(listed);
  return [['course.json', Buffer.from(JSON.stringify(json))], ...files];
}

const zip = (entries) => ({ name: 'course.zip', mimeType: 'application/zip', buffer: zipped(entries) });

for (const words of [zh, en]) {
  test.describe(`in ${words.tag}`, () => {
    test.use({ locale: words.tag });

    test('a package is opened, studied without the server, and removed', async ({ page }) => {
      await page.goto(`${site.address}#/device`);
      await page.getByLabel(words.chooseZip).setInputFiles(zip(course()));
      await expect(page.getByRole('banner').getByText(words.stickTitle)).toBeVisible();
      await page.goto(`${site.address}#/courses`);
      await expect(page.getByRole('listitem').filter({ hasText: words.stickTitle })).toContainText(words.courseOpen);
      await page.goto(`${site.address}#/device`);
      await expect(page.getByText(words.importedHere)).toBeVisible();
      expect(await faults(page)).toEqual([]);
      await site.cut();
      await page.goto(`${site.address}#/outline`);
      await page.getByRole('link', { name: words.reading }).first().click();
      await expect(page.locator('.prose')).toContainText(words === zh ? /[\u4e00-\u9fff]{4}/ : /[a-z]{4}/);
      await site.back();
      await page.goto(`${site.address}#/device`);
      const remove = page.getByRole('button', { name: words.removeCourse });
      await remove.click();
      await begunAnew(page, () => remove.click());
      await expect(page.getByRole('heading', { level: 1, name: words.coursesTitle })).toBeVisible();
      await expect(page.getByRole('listitem').filter({ hasText: words.stickTitle })).toHaveCount(0);
      expect(await kept(page)).toEqual({});
    });

    test('a bad package says file and reason, and changes nothing', async ({ page }) => {
      await page.goto(`${site.address}#/device`);
      const good = course();
      const without = (name) => good.filter(([path]) => path !== name);
      const text = good.find(([path]) => path.endsWith('.md'))[0];
      const bad = [
        [Buffer.from('not a zip at all'), words.bad.notAZip],
        [Buffer.from('PK not a zip'), words.bad.cutZip],
        [Buffer.alloc(0), words.bad.cutZip],
        [zipped([['header.json', Buffer.from('{}')], ['records.jsonl', Buffer.from('')]]), words.notCourse],
        [zipped(without('course.json')), words.bad.noCourse],
        [zipped([...good, ['../../evil.md', Buffer.from('x')]]), words.bad.path],
        [zipped([...good, ['/etc/evil.md', Buffer.from('x')]]), words.bad.path],
        [zipped([...good, good[1]]), words.bad.twice],
        [zipped(without(text)), words.bad.missing],
        [zipped(good.map(([path, bytes]) => [path, path === text ? Buffer.from(bytes).fill(65, 0, 1) : bytes])), words.bad.digest],
        [zipped(good.map(([path, bytes]) => [path, path === 'course.json' ? Buffer.from(bytes.toString().replace('"modules"', '"chapters"')) : bytes])), /modules/],
        [zipped(good).subarray(0, 4_000), words.bad.cutZip],
      ];
      for (const [buffer, said] of bad) {
        await page.getByLabel(words.chooseZip).setInputFiles({ name: 'course.zip', mimeType: 'application/zip', buffer });
        await expect(page.locator('.drop li').filter({ hasText: said }).first()).toBeVisible();
        await expect(page.locator('.drop').getByRole('alert')).toContainText(words.refusedName('course.zip'));
        expect(await kept(page)).toEqual({});
      }
      expect(await faults(page)).toEqual([]);
    });
  });
}

test('every course on the device is listed with its size, told apart, and removed without being opened', async ({ page }) => {
  await page.goto(`${site.address}#/device`);
  await page.getByRole('button', { name: new RegExp(`^下载.*${zh.wholeCourse}`) }).click();
  await expect(page.locator('section').first().getByText(zh.allHere)).toBeVisible({ timeout: 60_000 });
  const title = await page.locator('section').first().getByRole('heading').textContent();
  await page.evaluate(() => {
    const dropped = new DataTransfer();
    for (const name of ['a.zip', 'b.zip']) dropped.items.add(new File(['x'], name));
    document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }));
  });
  await expect(page.getByRole('alert').filter({ hasText: zh.onePackage })).toBeVisible();
  await page.getByLabel(zh.chooseZip).setInputFiles(zip(course()));
  await expect(page.getByRole('banner').getByText(zh.stickTitle)).toBeVisible();
  await page.goto(`${site.address}#/courses`);
  await expect(page.getByRole('listitem').filter({ hasText: zh.stickTitle })).toContainText(zh.fromPackage);
  await page.goto(`${site.address}#/device`);
  const of = (name) => page.getByRole('group', { name });
  await expect(of(zh.stickTitle)).toContainText(/版本 .* · .* KB/);
  await expect(of(title)).toContainText(/MB/);
  expect(await faults(page)).toEqual([]);
  // The one that is not open goes, and what the other has stays.
  for (let asked = 0; asked < 2; asked += 1) await of(title).getByRole('button', { name: zh.removeHere }).click();
  await expect(of(title)).toHaveCount(0);
  await expect(of(zh.stickTitle)).toBeVisible();
  const left = await kept(page);
  expect(Object.keys(left).sort()).toEqual(['course', 'file', 'part']);
  expect(left.file).toBe(course().length - 1);
});

test('a folder is opened as well', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'zhixing-course-'));
  try {
    for (const [path, bytes] of course()) {
      const file = join(folder, 'my-course', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
    await page.goto(`${site.address}#/device`);
    await page.getByLabel(zh.chooseFolder).setInputFiles(join(folder, 'my-course'));
    await expect(page.getByRole('banner').getByText(zh.stickTitle)).toBeVisible();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a package is dropped onto the page', async ({ page }) => {
  await page.goto(`${site.address}#/device`);
  await expect(page.getByLabel(zh.chooseZip)).toBeAttached();
  const bytes = zipped(course()).toString('base64');
  await page.evaluate((base64) => {
    const content = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
    const dropped = new DataTransfer();
    dropped.items.add(new File([content], 'course.zip', { type: 'application/zip' }));
    const drop = new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true });
    document.querySelector('.drop').dispatchEvent(drop);
  }, bytes);
  await expect(page.getByRole('banner').getByText(zh.stickTitle)).toBeVisible();
});

test('a folder is dropped onto the page', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'zhixing-course-'));
  try {
    for (const [path, bytes] of course()) {
      const file = join(folder, 'my-course', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, bytes);
    }
    await page.goto(`${site.address}#/device`);
    const place = page.locator('.drop');
    await place.scrollIntoViewIfNeeded();
    const { x, y } = await place.boundingBox();
    const session = await page.context().newCDPSession(page);
    const data = { items: [], files: [join(folder, 'my-course')], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
      await session.send('Input.dispatchDragEvent', { type, x: x + 5, y: y + 5, data });
    }
    await expect(page.getByRole('banner').getByText(zh.stickTitle)).toBeVisible();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('cancelled or broken off, an import leaves nothing behind', async ({ page, context }) => {
  await page.goto(`${site.address}#/device`);
  const large = course((files) => {
    for (let at = 0; at < 8; at += 1) files.set(`img/large-${at}.png`, Buffer.alloc(24_000_000, at + 1));
  });
  const folder = mkdtempSync(join(tmpdir(), 'zhixing-course-'));
  try {
    const path = join(folder, 'large.zip');
    writeFileSync(path, zipped(large));
    await page.getByLabel(zh.chooseZip).setInputFiles(path);
    await expect(page.getByRole('progressbar')).toBeVisible();
    await expect.poll(async () => (await kept(page)).part ?? 0).toBeGreaterThan(1);
    await page.getByRole('button', { name: zh.cancelImport }).click();
    await expect(page.getByText(zh.importCancelled)).toBeVisible();
    await expect.poll(() => kept(page)).toEqual({});
    // The page is closed in the middle; another one sweeps what it left, once it is surely dead.
    await page.getByLabel(zh.chooseZip).setInputFiles(path);
    await expect.poll(async () => (await kept(page)).part ?? 0).toBeGreaterThan(1);
    await page.close();
    const later = await context.newPage();
    await later.clock.install({ time: Date.now() + 120_000 });
    await later.goto(`${site.address}#/device`);
    await expect.poll(() => kept(later)).toEqual({});
  } finally {
    rmSync(folder, { recursive: true });
  }
});
