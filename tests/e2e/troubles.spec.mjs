// What a store does that fails: the message, what stays readable, and the way out with everything.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { KillableBrowser } from './browser.mjs';
import { dump, fill } from './database.mjs';
import { exported, recordLines, takeIn, unpacked } from './packet.mjs';
import { Site } from './site.mjs';
import { begunAnew, openAllSteps, recordsCount } from './study.mjs';
import { en, zh } from './words.mjs';

const ASIDE = 'manifest.webmanifest';
const zip = (buffer, name = 'backup.zip') => ({ name, mimeType: 'application/zip', buffer });
const stuck = (page) => page.getByRole('alert');
const kept = JSON.parse(await readFile(new URL('fixtures/database-4.json', import.meta.url)));

/** Writes the database of a learner, changed by `change`, before the app is opened. */
async function withStore(page, change) {
  const database = structuredClone(kept);
  change(database);
  await openAllSteps(page);
  await page.goto(ASIDE);
  await fill(page, database);
  return database;
}

/** Saves what a button makes. */
async function saved(page, name) {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name, exact: true }).click();
  return readFile(await (await download).path());
}

/** A fresh browser of somebody who restores a backup: everything of the fixture is there. */
async function restoredElsewhere(browser, baseURL, bytes, records) {
  const context = await browser.newContext({ baseURL, locale: zh.tag });
  const page = await context.newPage();
  await openAllSteps(page);
  await page.goto('#/records');
  await page.getByLabel(zh.import, { exact: true }).setInputFiles(zip(bytes));
  await begunAnew(page, () => page.getByRole('button', { name: zh.restore }).click());
  await expect(page).toHaveURL(/#\/$/);
  await page.goto('#/records');
  await expect.poll(() => recordsCount(page, zh)).toBe(records);
  await page.goto('#/step/m1t1-reflection');
  await expect(page.getByRole('textbox').last()).toHaveValue('写到一半的反思');
  await context.close();
}

for (const words of [zh, en]) {
  test.describe(`in ${words.tag}`, () => {
    test.use({ locale: words.tag });

    test('a database of a newer version is left alone, and can be taken out', async ({ page, browser, baseURL }) => {
      const { stores } = await withStore(page, (database) => {
        database.version = 9;
        database.stores.later = [];
      });
      await page.goto('#/');
      await expect(stuck(page)).toContainText(words.storeNewer);
      const bytes = await saved(page, words.rescue('甲老师'));
      expect(await faults(page)).toEqual([]);
      await page.goto(ASIDE);
      expect((await dump(page)).stores.log).toEqual(stores.log);
      await restoredElsewhere(browser, baseURL, bytes, stores.log.length);
    });
  });
}

test('a profile that cannot be read hinders nobody from taking everything out', async ({ page, browser, baseURL }) => {
  const { stores } = await withStore(page, ({ stores }) => {
    for (const [, row] of stores.profiles) row.json = '{"v":1';
  });
  await page.goto('#/');
  await expect(stuck(page)).toBeVisible();
  const bytes = await saved(page, zh.rescue('没有写名字的学员'));
  await restoredElsewhere(browser, baseURL, bytes, stores.log.length);
});

test('a locked learner is taken out with the PIN only', async ({ page }) => {
  await withStore(page, () => {});
  await page.goto('#/people');
  await page.getByLabel(/^PIN/).fill('2468');
  await page.getByRole('button', { name: zh.lockOn }).click();
  await expect(page.getByRole('button', { name: zh.lockNow })).toBeVisible();
  await page.goto(ASIDE);
  await page.evaluate(
    () =>
      new Promise((done) => {
        const opening = indexedDB.open('zhixing', 9);
        opening.onsuccess = () => {
          opening.result.close();
          done();
        };
      }),
  );
  await page.goto('#/');
  await expect(stuck(page)).toContainText(zh.storeNewer);
  await page.getByRole('button', { name: zh.rescue('甲老师') }).click();
  await expect(page.getByText(zh.lockWrong)).toBeVisible();
  await page.getByLabel(/^PIN/).fill('2468');
  const bytes = await saved(page, zh.rescue('甲老师'));
  expect(JSON.parse(unpacked(bytes).get('header.json')).format).toBe('zhixing-backup/1');
});

test('damaged rows, and rows of a later version, hinder no other, and the export is taken in elsewhere', async ({ page, browser, baseURL }) => {
  const later = (text) => JSON.stringify({ ...JSON.parse(text), v: 99, kind: 'of-a-later-version' });
  const { stores } = await withStore(page, ({ stores }) => {
    const { log, places, drafts } = stores;
    const notes = log.filter(([, row]) => JSON.parse(row.json.split('\n')[0]).kind === 'studied');
    expect(notes.length).toBeGreaterThan(1);
    notes[0][1].json = '{"kind":"stud';
    notes[1][1] = { profile: notes[1][1].profile, v: 7 };
    const completed = log.find(([, row]) => row.json?.includes('"step-completed"')) ?? log.at(-1);
    completed[1].json = later(completed[1].json.split('\n')[0]);
    places[0][1].json = '"';
    drafts.push([[...drafts[0][0].slice(0, 3), 'of-later'], { profile: drafts[0][1].profile, v: 1, json: '{"v":2,"words":"x"}' }]);
  });
  await page.goto('#/step/m1t1-reflection');
  await expect(page.getByRole('textbox').last()).toHaveValue('写到一半的反思');
  await page.goto('#/step/m2t1-assignment');
  await expect(page.getByText(zh.showText)).toBeVisible();
  await page.goto('#/ledger');
  await expect(page.getByText(/2 .*(损坏|读不出)|(损坏|读不出).*2/).first()).toBeVisible();
  await page.goto('#/records');
  const { bytes } = await exported(page, zh);
  const files = unpacked(bytes);
  expect(files.get('damaged.txt').toString()).toContain('{"kind":"stud');
  const good = recordLines(files).length;
  expect(stores.log.length - good).toBeGreaterThanOrEqual(2);

  const context = await browser.newContext({ baseURL, locale: zh.tag });
  const other = await context.newPage();
  await other.goto('#/records');
  const before = await recordsCount(other, zh);
  await takeIn(other, zh, zip(bytes, 'packet.zip'));
  await expect(other.locator('.outcome')).toHaveText(zh.imported);
  expect(await recordsCount(other, zh)).toBe(before + good);
  await context.close();
});

test('a disk that is really full is said, nothing typed is lost, and it is saved by itself once there is room', async () => {
  test.setTimeout(120_000);
  const disk = mkdtempSync(join(tmpdir(), 'zhixing-disk-'));
  let mounted = true;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    mounted = false;
  }
  test.skip(!mounted, 'a small disk can be had by root alone');
  const site = await new Site().start();
  site.openAllSteps();
  const browser = new KillableBrowser([], disk);
  const free = () => {
    const { bavail, bsize } = statfsSync(disk);
    return bavail * bsize;
  };
  try {
    let page = await browser.start();
    const text = () => page.getByRole('textbox', { name: zh.yourText });
    await page.goto(`${site.address}#/step/m2t1-assignment`);
    await text().fill('一张价目表。'.repeat(120));
    await expect.poll(() => page.evaluate(() => document.querySelector('.safe')?.textContent)).toMatch(/已保存/);
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(free() - 20_000));
    const full = page.getByText(zh.storeFull).first();
    // The log of the database takes some more before it is full.
    await expect(async () => {
      await text().press('End');
      await page.keyboard.insertText('满了也接着写。'.repeat(100));
      await expect(full).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
    const typed = await text().inputValue();
    // It stays said while it is tried again.
    await expect.poll(() => page.locator('html').innerText()).toContain(zh.storeFull);
    rmSync(join(disk, 'ballast'));
    await expect(page.getByText(zh.storeFull)).toHaveCount(0, { timeout: 15_000 });
    await expect.poll(() => page.evaluate(() => document.querySelector('.safe')?.textContent)).toMatch(/已保存/);
    await browser.kill();
    page = await browser.start();
    await page.goto(`${site.address}#/step/m2t1-assignment`);
    await expect(text()).toHaveValue(typed);
    await browser.kill();
  } finally {
    await browser.remove();
    await site.cut();
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  }
});

test('an older window that does not let go is named; with it closed everything opens', async ({ page, context }) => {
  await withStore(page, (database) => {
    database.version = 3;
    delete database.stores.content;
  });
  const deaf = await context.newPage();
  await deaf.goto(ASIDE);
  await deaf.evaluate(() => new Promise((done) => {
    indexedDB.open('zhixing').onsuccess = (opened) => {
      window.held = opened.target.result;
      done();
    };
  }));
  await page.goto('#/');
  await expect(stuck(page)).toContainText(zh.storeBlocked, { timeout: 20_000 });
  await deaf.close();
  await page.getByRole('button', { name: zh.tryAgain }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: '甲老师' })).toBeVisible();
});

test('records that the computer was rid of are missed, and come back from a backup', async ({ page }) => {
  await withStore(page, () => {});
  await page.goto('#/records');
  await expect(page.getByRole('heading', { level: 1, name: zh.records })).toBeVisible();
  await page.goto('#/people');
  const bytes = await saved(page, zh.backup);
  await page.goto(ASIDE);
  await page.evaluate(() => new Promise((done) => (indexedDB.deleteDatabase('zhixing').onsuccess = done)));
  await page.goto('#/');
  const missing = page.getByRole('status').filter({ hasText: zh.lostProfile });
  await expect(missing).toBeVisible();
  await page.goto('#/records');
  await page.getByLabel(zh.import, { exact: true }).setInputFiles(zip(bytes));
  await begunAnew(page, () => page.getByRole('button', { name: zh.restore }).click());
  await expect(page.getByRole('banner').getByRole('link', { name: '甲老师' })).toBeVisible();
  await expect(page.getByText(zh.lostProfile)).toHaveCount(0);
});

/** The folder in which Chromium keeps what the app keeps. */
function levelDb(browser) {
  const stores = join(browser.profile, 'Default', 'IndexedDB');
  return join(stores, readdirSync(stores).find((name) => name.endsWith('.leveldb')));
}

test('what a power cut tore does not take everything along two starts later', async () => {
  test.setTimeout(120_000);
  const site = await new Site().start();
  site.openAllSteps();
  const browser = new KillableBrowser();
  const text = (page) => page.getByRole('textbox', { name: zh.yourText });
  const saved = (page, words) => expect.poll(async () => JSON.stringify((await dump(page)).stores.drafts)).toContain(words);
  try {
    let page = await browser.start();
    await page.goto(`${site.address}#/step/m2t1-assignment`);
    await text(page).fill('停电以前写的。');
    await saved(page, '停电以前写的。');
    const folder = levelDb(browser);
    const logs = () => readdirSync(folder).filter((name) => name.endsWith('.log'));
    const [log] = logs();
    const bytes = () => statSync(join(folder, log)).size;
    // Something else is written after it, of which a part does not reach the disk.
    const before = bytes();
    await page.goto(`${site.address}#/step/m1t1-reading/case`);
    await expect.poll(bytes, { timeout: 20_000 }).toBeGreaterThan(before);
    // Chromium writes settings down every few seconds.
    const settings = join(browser.profile, 'Default', 'Local Storage', 'leveldb');
    const written = () => readdirSync(settings).some((name) => readFileSync(join(settings, name)).includes('zhixing-open'));
    await expect.poll(written, { timeout: 30_000 }).toBe(true);
    await browser.kill();
    truncateSync(join(folder, log), bytes() - 5);
    page = await browser.start();
    await page.goto(`${site.address}#/step/m2t1-assignment`);
    await expect(text(page)).toHaveValue('停电以前写的。');
    await text(page).press('End');
    await page.keyboard.insertText('来电以后写的。');
    await saved(page, '来电以后写的。');
    await expect.poll(logs, { timeout: 20_000 }).not.toContain(log);
    await browser.kill();
    page = await browser.start();
    await page.goto(`${site.address}#/step/m2t1-assignment`);
    await expect(text(page)).toHaveValue('停电以前写的。来电以后写的。');
    await browser.kill();
  } finally {
    await browser.remove();
    await site.cut();
  }
});

test('what the browser itself cannot read any more is said, and the app goes on', async () => {
  test.setTimeout(120_000);
  const site = await new Site().start();
  const browser = new KillableBrowser();
  try {
    let page = await browser.start();
    await page.goto(`${site.address}#/records`);
    await expect(page.getByRole('heading', { level: 1, name: zh.records })).toBeVisible();
    await expect.poll(() => recordsCount(page, zh)).toBe(1);
    await browser.kill();
    const folder = levelDb(browser);
    for (const name of readdirSync(folder)) {
      if (/^(MANIFEST|CURRENT)/.test(name)) writeFileSync(join(folder, name), 'no database');
    }
    expect(existsSync(join(folder, 'CURRENT'))).toBe(true);
    page = await browser.start();
    await page.goto(`${site.address}#/`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.goto(`${site.address}#/records`);
    await expect(page.getByRole('status').filter({ hasText: zh.lostData })).toBeVisible();
    await page.getByRole('button', { name: zh.lostSeen }).click();
    await expect(page.getByText(zh.lostData)).toHaveCount(0);
    await browser.kill();
  } finally {
    await browser.remove();
    await site.cut();
  }
});
