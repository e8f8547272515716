// What is made in a step: exams with their clock, activities, files, another attempt. And the
// course home, which needs only the first part of the module.

import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { KillableBrowser } from './browser.mjs';
import { exported, recordLines, unpacked } from './packet.mjs';
import { PIXEL, changeCourse, openAllSteps } from './study.mjs';
import { zh } from './words.mjs';

const EXAM = '#/step/m2t1-exam';

test.beforeEach(({ page }) => openAllSteps(page));

/** Seconds left, as the exam's clock shows. */
async function left(page) {
  const clock = await page.locator('.time-left [aria-hidden]').innerText();
  const [minutes, seconds] = clock.split(':').map(Number);
  return minutes * 60 + seconds;
}

async function begin(page) {
  await page.goto(EXAM);
  await page.getByRole('button', { name: zh.examBegin }).click();
  await expect(page.locator('.questions > li')).toHaveCount(12);
}

test('an exam keeps every answer and never gives time back', async ({ page }) => {
  await page.clock.install();
  await begin(page);
  await page.clock.runFor(61_000);
  await expect.poll(() => left(page)).toBeLessThanOrEqual(19 * 60);
  const order = await page.locator('.questions .question').allInnerTexts();
  // Each sitting has an order of its own: any question may be first, one without choices too.
  const chosen = page.locator('.questions .option input').first();
  await chosen.click();
  const before = await left(page);

  await page.reload();
  await expect(page.locator('.questions > li')).toHaveCount(12);
  await expect(page.locator('.questions .question')).toHaveText(order);
  await expect(chosen).toBeChecked();
  expect(await left(page)).toBeLessThanOrEqual(before);

  // The device's clock an hour back.
  await page.clock.setSystemTime(new Date(Date.now() - 3_600_000));
  await page.reload();
  await expect(page.locator('.questions > li')).toHaveCount(12);
  expect(await left(page)).toBeLessThanOrEqual(before);
});

test('an exam goes on after the browser was killed', async ({ baseURL }) => {
  const browser = new KillableBrowser();
  try {
    let page = await browser.start();
    await page.goto(`${baseURL}${EXAM}`);
    await page.getByRole('button', { name: zh.examBegin }).click();
    const order = await page.locator('.questions .question').allInnerTexts();
    const chosen = page.locator('.questions .option input').first();
    await chosen.click();
    const before = await left(page);
    await expect.poll(() => page.evaluate(answersKept)).toBe(1);
    await browser.kill();

    page = await browser.start();
    await page.goto(`${baseURL}${EXAM}`);
    await expect(page.locator('.questions .question')).toHaveText(order);
    await expect(page.locator('.questions .option input').first()).toBeChecked();
    expect(await left(page)).toBeLessThanOrEqual(before);
  } finally {
    await browser.remove();
  }
});

/** How many answers the sitting has on the disk; run in the page. */
function answersKept() {
  return new Promise((resolve) => {
    indexedDB.open('zhixing').onsuccess = ({ target: { result: database } }) => {
      const rows = database.transaction('drafts').objectStore('drafts').getAll();
      rows.onsuccess = () => {
        database.close();
        const row = rows.result.find(({ json }) => json.includes('answers'));
        resolve(row ? Object.keys(JSON.parse(JSON.parse(row.json).text).answers).length : 0);
      };
    };
  });
}

test('a closed-book exam is sealed for the tutor: no marks, no answers shown', async ({ page }) => {
  await page.unroute('**/course.json');
  await changeCourse(page, (course) => {
    const exam = course.modules[1].topics[0].steps.find(({ id }) => id === 'm2t1-exam');
    exam.content.mode = 'closed_book';
    for (const question of exam.content.questions) {
      delete question.explanation;
      delete question.answer.key;
    }
  });
  await begin(page);
  await page.locator('.questions .option input').first().click();
  await page.getByRole('button', { name: zh.examCheck }).click();
  await page.getByRole('button', { name: zh.examHandIn, exact: true }).click();
  await expect(page.locator('.entries')).toContainText('答案封存');
  await expect(page.locator('.entries .lead')).toHaveCount(0);
  await expect(page.locator('.entries .questions')).toHaveCount(0);
  await page.goto('#/records');
  const { bytes } = await exported(page, zh);
  const records = recordLines(unpacked(bytes)).map((line) => JSON.parse(line));
  const [attempt] = records.filter(({ kind }) => kind === 'exam-attempt');
  expect(attempt.audience).toBe('tutor');
  expect(attempt.body).not.toHaveProperty('score');
});

test('an exam is looked over, handed in and marked at once, and can be sat again', async ({ page }) => {
  await begin(page);
  const questions = page.locator('.questions > li');
  for (let at = 0; at < 11; at += 1) {
    const question = questions.nth(at);
    const choice = question.locator('.option input').first();
    if (await choice.count()) await choice.click();
    else await question.getByRole('textbox').fill('闹钟');
  }
  await page.getByRole('button', { name: zh.examCheck }).click();
  await expect(page.getByText(`${zh.examUnanswered}：1`)).toBeVisible();
  await page.getByRole('button', { name: zh.examHandIn, exact: true }).click();
  await expect(page.locator('.entries .lead')).toContainText(/\d+(\.\d+)? \/ 100 分/);
  await expect(page.getByText(zh.complete)).toBeVisible();
  await page.reload();
  await expect(page.locator('.entries > li')).toHaveCount(1);
  await expect(page.getByRole('button', { name: zh.examAgain })).toBeVisible();
});

test('when time is up, an exam is handed in by itself', async ({ page }) => {
  await page.clock.install();
  await begin(page);
  await page.locator('.questions .option input').first().click();
  await page.clock.fastForward(20 * 60_000);
  await expect(page.locator('.entries > li')).toHaveCount(1);
  await expect(page.locator('.questions')).toHaveCount(1);
});

test('a room code signs in, and again where it was mistyped', async ({ page }) => {
  await page.goto('#/step/m2t1-session');
  await page.getByRole('button', { name: zh.signIn, exact: true }).click();
  await expect(page.locator('.fault')).not.toBeEmpty();
  await page.getByRole('textbox', { name: zh.roomCode }).fill(' 4771 ');
  await page.getByRole('button', { name: zh.signIn, exact: true }).click();
  await expect(page.getByText(zh.signedIn)).toContainText('4771');
  await page.reload();
  await expect(page.getByText(zh.signedIn)).toContainText('4771');
  await page.getByRole('textbox', { name: zh.roomCode }).fill('4711');
  await page.getByRole('button', { name: zh.signIn, exact: true }).click();
  await expect(page.getByText(zh.signedIn)).toContainText(['4771', '4711']);
});

test('a session with a time goes into a calendar', async ({ page }) => {
  await page.unroute('**/course.json');
  await changeCourse(page, (course) => {
    const steps = course.modules[1].topics[0].steps;
    const session = steps.find((step) => step.id === 'm2t1-session');
    session.content.when = { kind: 'relative_session', day: 3, at: '19:30', minutes: 90 };
  });
  await page.goto('#/step/m2t1-session');
  await expect(page.locator('.facts')).toContainText('19:30–21:00');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /\.ics/ }).click(),
  ]);
  const file = await download.createReadStream();
  let text = '';
  for await (const part of file) text += part;
  expect(text).toContain('BEGIN:VEVENT');
  expect(text).toMatch(/DTSTART:\d{8}T113000Z/);
});

test('a file is kept with the draft, shown, and goes with the submission', async ({ page }) => {
  await page.goto('#/step/m2t1-assignment');
  const attach = page.getByLabel(zh.attach);
  await attach.setInputFiles({ name: 'a.exe', mimeType: 'application/x-msdownload', buffer: PIXEL });
  await expect(page.locator('.attachments .fault')).toContainText('a.exe');
  await attach.setInputFiles({ name: '价目表.png', mimeType: 'image/png', buffer: PIXEL });
  const listed = page.locator('.attachments .files img');
  await expect(listed).toHaveJSProperty('naturalWidth', 1);
  await page.reload();
  await expect(listed).toHaveJSProperty('naturalWidth', 1);
  await page.getByRole('textbox', { name: zh.yourText }).fill('一张价目表。'.repeat(120));
  await page.getByRole('button', { name: zh.submit, exact: true }).click();
  await page.getByText(zh.showText).click();
  await expect(page.locator('.entries .files img')).toHaveJSProperty('naturalWidth', 1);
  await expect(page.locator('.attachments .files li')).toHaveCount(0);
});

test('a receipt is printed with its text and nothing else', async ({ page }) => {
  await page.goto('#/step/m2t1-assignment');
  await page.getByRole('textbox', { name: zh.yourText }).fill('一张价目表。'.repeat(120));
  await page.getByRole('button', { name: zh.submit, exact: true }).click();
  await page.getByText(zh.showText).click();
  await expect(page.locator('.entries')).toContainText('一张价目表。');
  // Whether there is a printer is no matter here.
  await page.evaluate(() => {
    window.print = () => undefined;
  });
  await page.emulateMedia({ media: 'print' });
  await page.getByRole('button', { name: zh.printReceipt }).evaluate((button) => button.click());
  const sheet = page.locator('body > .sheet');
  await expect(sheet).toBeVisible();
  await expect(sheet).toContainText('作业回执');
  await expect(sheet).toContainText('第 1 版');
  await expect(sheet).toContainText('一张价目表。'.repeat(120));
  await expect(page.getByRole('main')).toBeHidden();
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(sheet).toHaveCount(0);
  await expect(page.getByRole('main')).toBeVisible();
});

test('versions are compared sentence by sentence, and the next one takes the files along', async ({ page }) => {
  const same = '我先问路上冷不冷，再问吃了没有。'.repeat(50);
  await page.goto('#/step/m2t1-assignment');
  const field = page.getByRole('textbox', { name: zh.yourText });
  const submit = page.getByRole('button', { name: zh.submit, exact: true });
  await page.getByLabel(zh.attach).setInputFiles({ name: '表.png', mimeType: 'image/png', buffer: PIXEL });
  await expect(page.locator('.attachments .files img')).toHaveJSProperty('naturalWidth', 1);
  await field.fill(`${same}迟到扣两分。`);
  await submit.click();
  await page.getByRole('button', { name: zh.fromLast }).click();
  await expect(field).toHaveValue(`${same}迟到扣两分。`);
  await expect(page.locator('.attachments .files img')).toHaveJSProperty('naturalWidth', 1);
  await field.fill(`${same}迟到先进来坐。`);
  await submit.click();
  await page.getByText(zh.compare).click();
  await expect(page.locator('.side-by-side mark')).toHaveText(['迟到扣两分。', '迟到先进来坐。']);
  await expect(page.locator('.side-by-side .files img')).toHaveCount(2);
  expect(await faults(page)).toEqual([]);
});

test('a reply may be one question', async ({ page }) => {
  await page.goto('#/step/m2t1-discussion');
  await page.getByRole('textbox', { name: zh.newPost }).fill('我选当场改。'.repeat(20));
  await page.getByRole('button', { name: zh.publish, exact: true }).click();
  await page.locator('.thread-title a').click();
  await page.getByRole('textbox', { name: zh.reply }).fill('那个学生要是哭了呢？');
  await expect(page.getByText('满 100 字的，也计入发帖数')).toBeVisible();
  await page.getByRole('button', { name: zh.publish, exact: true }).click();
  await expect(page.locator('.replies')).toContainText('那个学生要是哭了呢？');
});

test('what is pasted from a word processor keeps its paragraphs and loses its markup', async ({ context, page }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('#/step/m2t1-assignment');
  const field = page.getByRole('textbox', { name: zh.yourText });
  await field.click();
  // As Word and WPS put it there: styled HTML beside plain text with a line for each paragraph.
  await page.evaluate(async () => {
    const html = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><style>p{mso-style:x}</style>
      <p class=MsoNormal><b><span lang=ZH-CN style='font-family:宋体'>第一段<o:p></o:p></span></b></p>
      <p class=MsoNormal><span style='color:red'>第二段</span></p></body></html>`;
    const of = (type, text) => new Blob([text], { type });
    const plain = of('text/plain', '第一段\r\n第二段\r\n');
    const item = { 'text/html': of('text/html', html), 'text/plain': plain };
    await navigator.clipboard.write([new ClipboardItem(item)]);
  });
  await page.keyboard.press('Control+V');
  await expect(field).toHaveValue('第一段\n第二段\n');
});

test('before, in and after the study time the app says what counts', async ({ page }) => {
  const day = 86_400_000;
  const at = (days) => new Date(Date.now() + days * day).toISOString();
  const shown = async (opens, closes) => {
    await page.unroute('**/course.json');
    await changeCourse(page, (course) => {
      const warmUp = { opens: at(opens - 3), closes: at(opens) };
      const study = { opens: at(opens), closes: at(closes) };
      course.calendar.phases = { kind: 'absolute', warmUp, study };
      for (const step of course.modules[1].topics[0].steps) step.gate = { kind: 'free' };
      const discussion = course.modules[1].topics[0].steps.find(({ id }) => id === 'm2t1-discussion');
      discussion.content.open = { kind: 'absolute', opens: at(opens + 1), closes: at(opens + 2) };
    });
    await page.goto('#/outline');
    await page.reload();
  };
  const states = page.locator('.agenda .state');

  // Warm-up: everything can be tried, nothing counts.
  await shown(1, 9);
  await expect(states).toHaveText(['正在开放', '还没开放', '还没开放']);
  await page.goto('#/step/m2t1-video');
  await page.getByRole('button', { name: zh.play, exact: true }).click();
  await expect(page.locator('.meter').getByRole('status').first()).toContainText('还没到开始计分的日子');
  await page.goto('#/step/m2t1-assignment');
  await expect(page.locator('.note')).toContainText('还不计入成绩');

  await shown(-1.5, 9);
  await expect(states).toHaveText(['已经截止', '正在开放', '正在开放']);
  await page.goto('#/step/m2t1-discussion');
  await expect(page.getByRole('textbox', { name: zh.newPost })).toBeVisible();

  // Closing: what was done stays, what is done now is kept and does not count.
  await shown(-9, -1);
  await expect(states).toHaveText(['已经截止', '已经截止', '已经截止']);
  await page.goto('#/step/m2t1-discussion');
  await expect(page.locator('.note').first()).toContainText('已经截止');
  await expect(page.getByRole('textbox', { name: zh.newPost })).toHaveCount(0);
  await page.goto('#/step/m2t1-reflection');
  await expect(page.locator('.note')).toContainText('不再计入成绩');
});

test('another attempt begins anew and keeps the first', async ({ page }) => {
  await page.goto('#/step/m2t1-session');
  await page.getByRole('textbox', { name: zh.roomCode }).fill('1');
  await page.getByRole('button', { name: zh.signIn, exact: true }).click();
  await expect(page.getByText(zh.signedIn)).toBeVisible();
  await page.goto('#/records');
  const count = async () => Number(await page.locator('dd').first().innerText());
  await expect.poll(count).toBeGreaterThanOrEqual(3);
  const before = await count();
  await page.getByRole('button', { name: zh.again }).click();
  await Promise.all([
    page.waitForEvent('load'),
    page.getByRole('button', { name: zh.again }).click(),
  ]);
  await expect(page.getByRole('link', { name: zh.begin })).toBeVisible();
  await page.goto('#/step/m2t1-session');
  await expect(page.getByRole('button', { name: zh.signIn, exact: true })).toBeVisible();
  await page.goto('#/records');
  await expect.poll(count).toBe(before + 1);
  // What was made in the first attempt can be looked at.
  await expect(page.getByRole('heading', { level: 3, name: /^第 1 次/ })).toBeVisible();
  await page.getByText('写过、交过的').click();
  await expect(page.locator('.entries')).toContainText('在线研讨：小组计分，还能不能用？');
  await expect(page.locator('.entries .mine')).toHaveText('1');
  expect(await faults(page)).toEqual([]);
});

test('the home stands on the first part of the module; every other screen waits for the second', async ({ page }) => {
  const said = [];
  page.on('pageerror', (error) => said.push(String(error)));
  await page.route('**/*_rest.wasm', (route) => route.abort());
  await page.goto('');
  await page.getByRole('link', { name: zh.begin }).click();
  await expect(page.getByText(zh.screenUnreachable)).toBeVisible();
  await page.unroute('**/*_rest.wasm');
  await page.getByRole('button', { name: zh.tryAgain }).click();
  await expect(page.getByRole('heading', { level: 1, name: zh.firstVideo })).toBeVisible();
  // What is done now is kept: whoever writes came with the second part.
  await page.goto('#/step/m2t1-session');
  await page.getByRole('textbox', { name: zh.roomCode }).fill('1');
  await page.getByRole('button', { name: zh.signIn, exact: true }).click();
  await expect(page.getByText(zh.signedIn)).toBeVisible();
  expect(said).toEqual([]);
});
