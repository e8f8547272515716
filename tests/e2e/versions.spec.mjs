// What earlier versions wrote is read by this one. The files in `fixtures` are never made again; a new
// version of the database, of packets or of backups adds its own (`fixtures/make.mjs`).

import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { dump, fill } from './database.mjs';
import { takeIn } from './packet.mjs';
import { begunAnew, openAllSteps, recordsCount } from './study.mjs';
import { zh } from './words.mjs';

const folder = new URL('fixtures/', import.meta.url);
const read = (name) => readFileSync(new URL(name, folder));

/** The stores that versions of the database had. */
const FIRST = ['profiles', 'log', 'ids', 'drafts', 'running', 'snapshots', 'places'];
const STORES = { 1: FIRST, 2: [...FIRST, 'posts', 'files'], 3: [...FIRST, 'posts', 'files', 'outbox'] };
const newest = JSON.parse(read('database-4.json'));

/** What a version that had fewer stores kept of the same: rows have not changed since the first. */
const older = (version) => ({
  version,
  stores: Object.fromEntries(STORES[version].map((name) => [name, newest.stores[name]])),
});

async function opened(page, database) {
  await openAllSteps(page);
  await page.goto('manifest.webmanifest');
  await fill(page, database);
  await page.goto('#/records');
  await expect.poll(() => recordsCount(page, zh)).toBe(database.stores.log.length);
}

const files = readdirSync(folder).filter((name) => /^database-\d+\.json$/.test(name));
const databases = [...[1, 2, 3].map(older), ...files.map((name) => JSON.parse(read(name)))];
for (const database of databases) {
  test(`a database of version ${database.version} opens, and everything in it is there`, async ({ page }) => {
    await opened(page, database);
    await expect(page.getByRole('banner').getByRole('link', { name: '甲老师' })).toBeVisible();
    await page.goto('#/step/m1t1-reflection');
    await expect(page.getByRole('textbox').last()).toHaveValue('写到一半的反思');
    await page.goto('#/step/m2t1-video');
    await expect(page.locator('.thoughts')).toContainText('先问路上怎么样。');
    await page.goto('#/step/m2t1-assignment');
    await page.getByText(zh.showText).click();
    await expect(page.locator('.entries').getByText(/一张价目表。/).first()).toBeVisible();
    if (database.stores.files) {
      await expect(page.locator('.entries .files img')).toHaveJSProperty('naturalWidth', 1);
    }
    if (database.stores.posts) {
      await page.goto('#/step/m1t1-discussion');
      await expect(page.locator('.threads li')).toHaveCount(2);
    }
    if (database.stores.content) {
      await page.goto('#/device');
      await expect(page.getByText(zh.allHere).first()).toBeAttached();
    }
    const now = await dump(page);
    const expected = Math.max(...files.map((name) => Number(/\d+/.exec(name)[0])));
    expect(now.version, 'a new version adds a fixture of its own').toBe(expected);
    for (const name of ['log', 'ids', 'profiles']) expect(now.stores[name]).toEqual(database.stores[name]);
  });
}

test('a packet of version 1 is taken in', async ({ page }) => {
  await openAllSteps(page);
  await page.goto('#/records');
  const buffer = read('packet-1.zip');
  await takeIn(page, zh, { name: 'packet.zip', mimeType: 'application/zip', buffer });
  await expect(page.locator('.outcome')).toHaveText(zh.imported);
  await page.goto('#/step/m2t1-video');
  await expect(page.locator('.thoughts')).toContainText('先问路上怎么样。');
});

test('a backup of version 1 is restored', async ({ page }) => {
  await openAllSteps(page);
  await page.goto('#/records');
  const buffer = read('backup-1.zip');
  await page.getByLabel(zh.import, { exact: true }).setInputFiles({ name: 'backup.zip', mimeType: 'application/zip', buffer });
  await begunAnew(page, () => page.getByRole('button', { name: zh.restore }).click());
  await expect(page.getByRole('banner').getByRole('link', { name: '甲老师' })).toBeVisible();
  await page.goto('#/records');
  await expect.poll(() => recordsCount(page, zh)).toBe(newest.stores.log.length);
  await page.goto('#/step/m1t1-reflection');
  await expect(page.getByRole('textbox').last()).toHaveValue('写到一半的反思');
});
