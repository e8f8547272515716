// Everything of a learner in one file, and the learner restored from it on another computer.

import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { chain } from './chain.mjs';
import { packet, recordLines, takeIn, unpacked, zipped } from './packet.mjs';
import { begunAnew, figure, handIn, openAllSteps, recordsCount } from './study.mjs';
import { en, zh } from './words.mjs';

const zip = (buffer, name = 'backup.zip') => ({ name, mimeType: 'application/zip', buffer });
const name = (page) => page.getByRole('textbox', { name: /^(称呼|Name)$/ }).first();
const learner = (page, who) => page.getByRole('banner').getByRole('link', { name: who });

async function toRecords(page, words) {
  await page.goto('#/records');
  await expect(page.getByRole('heading', { level: 1, name: words.records })).toBeVisible();
}

/** Makes a backup on the screen of the learners; answers with its name and bytes. */
async function backedUp(page, words) {
  await page.goto('#/people');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: words.backup, exact: true }).click();
  const file = await download;
  await expect(page.getByRole('status').filter({ hasText: words.exportDone })).toBeVisible();
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** A learner with a name, an assignment with a file, half a sentence, and something heard. */
async function worked(page, words) {
  await openAllSteps(page);
  await page.goto('#/people');
  await name(page).fill('甲老师');
  await page.getByRole('button', { name: words.keepName }).click();
  await expect(learner(page, '甲老师')).toBeVisible();
  await handIn(page, words);
  await page.goto('#/step/m1t1-reflection');
  await page.getByRole('textbox').last().fill('写到一半的反思');
  await expect.poll(() => page.evaluate(() => document.querySelector('.safe')?.textContent)).toMatch(/已保存|Saved/);
  await toRecords(page, words);
  const heard = [...chain(1, () => ({
    kind: 'post', audience: 'class', registration: '02020202-0202-4202-8202-020202020202', actor: 'wang-wei',
    at: Date.now() - 60_000, body: { step: 'm1t1-discussion', text: '王老师的帖子。'.repeat(40) },
  }))];
  await takeIn(page, words, zip(packet(heard), 'heard.zip'));
  await expect(page.locator('.outcome')).toHaveText(words.imported);
}

for (const words of [zh, en]) {
  test.describe(`in ${words.tag}`, () => {
    test.use({ locale: words.tag });

    test('a learner is restored whole on another computer, and goes on as another installation', async ({ page, browser, baseURL }) => {
      await worked(page, words);
      const count = await recordsCount(page, words);
      const { name: file, bytes } = await backedUp(page, words);
      expect(file).toMatch(/^zhixing-backup-\d{4}-\d{2}-\d{2}\.zip$/);
      expect(await faults(page)).toEqual([]);
      const lines = recordLines(unpacked(bytes)).map((line) => JSON.parse(line));
      expect(lines).toHaveLength(count);

      const context = await browser.newContext({ baseURL, locale: words.tag });
      const other = await context.newPage();
      await openAllSteps(other);
      await toRecords(other, words);
      await other.getByLabel(words.import, { exact: true }).setInputFiles(zip(bytes));
      await expect(other.locator('.waiting')).toContainText('甲老师');
      expect(await faults(other)).toEqual([]);
      await begunAnew(other, () => other.getByRole('button', { name: words.restore }).click());
      await expect(learner(other, '甲老师')).toBeVisible();
      await toRecords(other, words);
      await expect.poll(() => recordsCount(other, words)).toBe(count);
      await other.goto('#/step/m2t1-assignment');
      await other.getByText(words.showText).click();
      await expect(other.locator('.entries .files img')).toHaveJSProperty('naturalWidth', 1);
      await other.goto('#/step/m1t1-reflection');
      await expect(other.getByRole('textbox').last()).toHaveValue('写到一半的反思');
      await other.goto('#/step/m1t1-discussion');
      await expect(other.locator('.threads li')).toHaveCount(1);

      // Both go on; neither chain is the other's.
      for (const [at, each] of [page, other].entries()) {
        await each.goto('#/step/m1t1-reflection');
        await each.getByRole('textbox').last().fill(`第 ${at} 台电脑上写完`);
        await each.getByRole('button', { name: words.keepEntry }).last().click();
        await expect(each.getByText(`第 ${at} 台电脑上写完`).first()).toBeVisible();
      }
      const further = unpacked((await backedUp(other, words)).bytes);
      const header = JSON.parse(further.get('header.json'));
      const known = lines.map((record) => record.installation);
      expect(known).not.toContain(header.installation);
      const own = recordLines(further).map((line) => JSON.parse(line)).filter((record) => record.installation === header.installation);
      expect(own[0]).toMatchObject({ seq: 1, prev: null });
      await context.close();
    });
  });
}

test('a backup brings back what is missing of the one who is open, and leaves what went on', async ({ page }) => {
  await worked(page, zh);
  const { bytes } = await backedUp(page, zh);
  const count = JSON.parse(unpacked(bytes).get('header.json')).records;
  await page.goto('#/step/m1t1-reflection');
  await page.getByRole('textbox').last().fill('后来改过的反思');
  await expect.poll(() => page.evaluate(() => document.querySelector('.safe')?.textContent)).toMatch(/已保存/);
  await toRecords(page, zh);
  const code = await figure(page, zh.checkCode);
  // The disk is put back to an earlier day: the last records are gone.
  const gone = await page.evaluate(
    () =>
      new Promise((done) => {
        const opening = indexedDB.open('zhixing');
        opening.onsuccess = () => {
          const writing = opening.result.transaction(['log', 'ids'], 'readwrite');
          const log = writing.objectStore('log');
          log.openCursor(null, 'prev').onsuccess = (found) => {
            const { value, key } = found.target.result;
            const { id } = JSON.parse(value.json.split('\n')[0]);
            log.delete(key);
            writing.objectStore('ids').delete([key[0], id]);
          };
          writing.oncomplete = () => {
            opening.result.close();
            done(true);
          };
        };
      }),
  );
  expect(gone).toBe(true);
  await page.reload();
  await expect.poll(() => recordsCount(page, zh)).toBe(count - 1);
  await page.getByLabel(zh.import, { exact: true }).setInputFiles(zip(bytes));
  await expect(page.locator('.waiting')).toContainText('其中 1 条这里还没有');
  await begunAnew(page, () => page.getByRole('button', { name: zh.restoreHere }).click());
  await expect(page).toHaveURL(/#\/$/);
  await expect(page.getByText(zh.toldRestored)).toBeVisible();
  await toRecords(page, zh);
  await expect.poll(() => recordsCount(page, zh)).toBe(count);
  await expect.poll(() => figure(page, zh.checkCode), 'a new installation has no chain yet').not.toBe(code);
  await page.goto('#/step/m1t1-reflection');
  await expect(page.getByRole('textbox').last()).toHaveValue('后来改过的反思');
});

test('a backup of another learner of this computer asks to switch first; a damaged one changes nothing', async ({ page }) => {
  await worked(page, zh);
  const { bytes } = await backedUp(page, zh);
  await page.getByRole('textbox', { name: /^称呼$/ }).last().fill('乙老师');
  await page.getByRole('button', { name: zh.newLearner }).click();
  await expect(learner(page, '乙老师')).toBeVisible();
  await toRecords(page, zh);
  await page.getByLabel(zh.import, { exact: true }).setInputFiles(zip(bytes));
  await expect(page.locator('.waiting .fault')).toContainText('这是本机学员“甲老师”的备份');
  await expect(page.getByRole('button', { name: zh.restore })).toHaveCount(0);

  const files = unpacked(bytes);
  const rows = files.get('rows.jsonl').toString('utf8').replace('"drafts"', '"drafts');
  const broken = zipped([...files].map(([path, content]) => [path, path === 'rows.jsonl' ? rows : content]));
  await page.getByLabel(zh.import, { exact: true }).setInputFiles(zip(broken));
  await expect(page.locator('.outcome')).toContainText('rows.jsonl');
  await page.goto('#/people');
  await expect(page.getByRole('heading', { level: 2, name: '甲老师' })).toHaveCount(1);
});
