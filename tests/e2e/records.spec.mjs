// Records leave in a file that any tool can read, and come in again once and whole.

import { readFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { exported, hashOf, packet, recordLines, takeIn, unpacked } from './packet.mjs';
import { faults } from './axe.mjs';
import { chain } from './chain.mjs';
import { PIXEL, figure, handIn, openAllSteps, recordsCount, seek, untilAsked, untilCredited } from './study.mjs';
import { en, zh } from './words.mjs';

/** Studies for some seconds, answers a question, and ends on the screen of the records. */
async function study(page, words) {
  await page.goto('#/step/m2t1-video');
  await seek(page, words, 3);
  await page.getByRole('button', { name: words.play, exact: true }).click();
  await untilCredited(page, 2);
  await page.getByRole('button', { name: words.pause, exact: true }).click();
  await (await untilAsked(page, words)).fill('先问路上怎么样。\n再问早饭。');
  await page.getByRole('button', { name: words.keep }).click();
  await page.getByRole('link', { name: words.records }).click();
  await expect.poll(() => recordsCount(page, words)).toBeGreaterThanOrEqual(4);
}

async function toRecords(page, words) {
  await page.goto('#/records');
  await expect(page.getByRole('heading', { level: 1, name: words.records })).toBeVisible();
}

const zip = (buffer, name = 'zhixing.zip') => ({ name, mimeType: 'application/zip', buffer });

const choose = (page, words, buffer) => page.getByLabel(words.import, { exact: true }).setInputFiles(zip(buffer));

/** What is said of a file with two notes and an assignment. */
const looked = {
  'zh-CN': Object.assign(['另一台电脑', '学员：li-na', '记录 3 条：笔记 2、作业 1', '从 2026年3月3日', '到 2026年3月5日', '其中 3 条这里还没有，0 条已经有了'], { known: '里面的记录这里都已经有了' }),
  en: Object.assign(['another computer', 'Learner: li-na', 'Records: 3 (Note 2, Submission 1)', '3 of them are new here, 0 are here already'], { known: 'All its records are here already' }),
};

const outcome = (page) => page.getByRole('main').getByRole('status');

test('an export holds every record, tied one to the other', async ({ page }) => {
  await study(page, zh);
  const count = await recordsCount(page, zh);
  const { name, bytes } = await exported(page, zh);
  expect(name).toMatch(/^zhixing-\d{4}-\d{2}-\d{2}\.zip$/);

  const files = unpacked(bytes);
  expect([...files.keys()].sort()).toEqual(['header.json', 'records.jsonl']);
  const header = JSON.parse(files.get('header.json'));
  const lines = recordLines(files);
  const records = lines.map((line) => JSON.parse(line));
  expect(header).toMatchObject({ format: 'zhixing-packet/1', records: count });
  expect(records).toHaveLength(count);
  expect(records.map((record) => record.kind)).toEqual(
    expect.arrayContaining(['enrolled', 'studied', 'note']),
  );
  expect(JSON.stringify(records)).toContain('先问路上怎么样。\\n再问早饭。');

  const own = records
    .map((record, at) => ({ record, line: lines[at] }))
    .filter(({ record }) => record.installation === header.installation)
    .sort((one, other) => one.record.seq - other.record.seq);
  expect(own).toHaveLength(count);
  for (const [at, { record }] of own.entries()) {
    expect(record.seq).toBe(at + 1);
    expect(record).not.toHaveProperty('signature');
    if (at > 0) expect(record.prev).toBe(hashOf(own[at - 1].line));
  }
  expect(await figure(page, zh.checkCode)).toBe(hashOf(own.at(-1).line).slice(0, 8));
});

test('an export for the tutor holds nothing that is private', async ({ page }) => {
  await study(page, zh);
  const count = await recordsCount(page, zh);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^导出给老师/ }).click();
  const files = unpacked(await readFile(await (await download).path()));
  const kinds = recordLines(files).map((line) => JSON.parse(line).kind);
  expect(kinds).toContain('studied');
  expect(kinds).not.toContain('note');
  expect(kinds.length).toBeLessThan(count);
});

test('an export is taken in elsewhere, once', async ({ page, browser, baseURL }) => {
  await study(page, zh);
  const { bytes } = await exported(page, zh);
  const brought = recordLines(unpacked(bytes)).length;

  const context = await browser.newContext({ baseURL, locale: zh.tag });
  const other = await context.newPage();
  await toRecords(other, zh);
  const before = await recordsCount(other, zh);
  const code = await figure(other, zh.checkCode);
  expect(code).toMatch(/^[0-9a-f]{8}$/);
  await takeIn(other, zh, zip(bytes));
  await expect(outcome(other)).toHaveText(zh.imported);
  expect(zh.imported.exec(await outcome(other).innerText())[1]).toBe(String(brought));
  expect(await recordsCount(other, zh)).toBe(before + brought);
  expect(await figure(other, zh.checkCode), 'the own chain is as it was').toBe(code);

  await takeIn(other, zh, zip(bytes));
  await expect(outcome(other)).toHaveText(zh.nothingNew);
  expect(await recordsCount(other, zh)).toBe(before + brought);

  await other.reload();
  await expect.poll(() => recordsCount(other, zh)).toBe(before + brought);
  await other.goto('#/step/m2t1-video');
  await expect(other.getByText('先问路上怎么样。')).toBeVisible();
  await context.close();
});

for (const words of [zh, en]) {
  test.describe(`in ${words.tag}`, () => {
    test.use({ locale: words.tag });

    test('what a file holds is shown before anything is taken in, and it can be left', async ({ page }) => {
      const said = looked[words.tag];
      await toRecords(page, words);
      const before = await recordsCount(page, words);
      const at = Date.parse('2026-03-02T04:00:00Z');
      const lines = [...chain(3, (seq) => ({
        kind: seq < 3 ? 'note' : 'submission', audience: 'private', registration: '02020202-0202-4202-8202-020202020202',
        actor: 'li-na', at: at + seq * 86_400_000,
        body: seq < 3 ? { step: 'm1t1-video', text: 'x' } : { step: 'm1t1-assignment', text: '一份作业' },
      }))];
      await choose(page, words, packet(lines));
      const card = page.locator('.waiting');
      await expect(card.getByRole('heading', { name: 'zhixing.zip' })).toBeVisible();
      for (const line of said) await expect(card).toContainText(line);
      expect(await faults(page)).toEqual([]);
      expect(await recordsCount(page, words)).toBe(before);
      await page.getByRole('button', { name: words.takeNot }).click();
      await expect(card.getByRole('heading')).toHaveCount(0);
      expect(await recordsCount(page, words)).toBe(before);

      await takeIn(page, words, zip(packet(lines)));
      await expect(outcome(page)).toHaveText(words.imported);
      expect(await recordsCount(page, words)).toBe(before + 3);
      await choose(page, words, packet(lines));
      await expect(card).toContainText(said.known);
    });

    test('a file that is not a whole export is refused, and nothing changes', async ({ page }) => {
      await study(page, words);
      const { bytes } = await exported(page, words);
      const count = await recordsCount(page, words);
      const code = await figure(page, words.checkCode);
      const changed = Buffer.from(bytes);
      changed[changed.indexOf('"note"') + 1] ^= 1;

      const hostile = {
        'a text called .zip': Buffer.from('PK\u0003\u0004 this is a letter, not a zip'),
        nothing: Buffer.alloc(0),
        'an export cut short': bytes.subarray(0, bytes.length - 30),
        'half an export': bytes.subarray(0, bytes.length / 2),
        'a record changed by one letter': changed,
      };
      for (const [what, buffer] of Object.entries(hostile)) {
        await test.step(what, async () => {
          // Anew each time, so that the message is this file's.
          await page.reload();
          await expect.poll(() => recordsCount(page, words)).toBe(count);
          await expect(outcome(page)).toHaveText('');
          await choose(page, words, buffer);
          await expect(outcome(page)).toContainText(words.refused);
          expect(await page.getByText(words.refused).count()).toBe(1);
          expect(await recordsCount(page, words)).toBe(count);
          expect(await figure(page, words.checkCode)).toBe(code);
        });
      }
    });
  });
}

test('what was studied on two computers is one progress on the one that takes it in', async ({ browser, page }) => {
  await openAllSteps(page);
  await page.goto('#/step/m2t1-session');
  await page.getByRole('textbox', { name: zh.roomCode }).fill('4711');
  await page.getByRole('button', { name: zh.signIn, exact: true }).click();
  await expect(page.getByText(zh.signedIn)).toBeVisible();
  await page.goto('#/step/m2t1-assignment');
  const draft = page.getByRole('textbox', { name: zh.yourText });
  await draft.fill('还没写完。');

  const elsewhere = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  await study(elsewhere, zh);
  const { bytes } = await exported(elsewhere, zh);
  await elsewhere.context().close();

  await toRecords(page, zh);
  await takeIn(page, zh, zip(bytes));
  await expect(outcome(page)).toHaveText(zh.imported);
  const everything = async () => {
    await page.goto('#/step/m2t1-video');
    await expect(page.locator('.thoughts')).toContainText('先问路上怎么样。');
    await page.goto('#/step/m2t1-session');
    await expect(page.getByText(zh.signedIn)).toBeVisible();
    await page.goto('#/step/m2t1-assignment');
    await expect(draft).toHaveValue('还没写完。');
  };
  await everything();
  await page.reload();
  await everything();
});

test('a file goes along in an export, and is shown where it is taken in', async ({ browser, page }) => {
  await openAllSteps(page);
  await handIn(page, zh);
  await toRecords(page, zh);
  const { bytes } = await exported(page, zh);
  const files = unpacked(bytes);
  const name = `attachments/${hashOf(PIXEL)}`;
  expect([...files.keys()].sort()).toEqual([name, 'header.json', 'records.jsonl']);

  const elsewhere = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  await openAllSteps(elsewhere);
  await toRecords(elsewhere, zh);
  await takeIn(elsewhere, zh, zip(bytes));
  await expect(outcome(elsewhere)).toHaveText(zh.imported);
  await elsewhere.goto('#/step/m2t1-assignment');
  await elsewhere.getByText(zh.showText).click();
  await expect(elsewhere.locator('.entries .files img')).toHaveJSProperty('naturalWidth', 1);
  await elsewhere.context().close();
});

test('work that is on one computer alone for days is reminded of, until it was exported', async ({ page }) => {
  await page.clock.install();
  await page.goto('#/records');
  await expect(page.getByRole('button', { name: zh.export })).toBeVisible();
  const reminder = page.getByText(/条记录只在这台电脑上/);
  await expect(reminder).toHaveCount(0);
  await page.clock.setSystemTime(Date.now() + 4 * 86_400_000);
  await page.goto('#/outline');
  await page.goto('#/records');
  await expect(reminder).toBeVisible();
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: zh.export }).click();
  await saving;
  await expect(reminder).toHaveCount(0);
});
