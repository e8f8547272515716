// Whatever a person types is shown as text, in every field that takes any.

import { expect, test } from '@playwright/test';
import { STRINGS } from './hostile.mjs';
import { changeCourse, openAllSteps, untilAsked } from './study.mjs';
import { zh } from './words.mjs';

const ALL = STRINGS.join('\n');

/** What the page did that no text does. */
function watched(page) {
  const done = [];
  page.on('dialog', (dialog) => {
    done.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on('pageerror', (error) => done.push(`error: ${error}`));
  page.on('request', (request) => {
    if (request.url().includes('x.example')) done.push(`request: ${request.url()}`);
  });
  return done;
}

test.beforeEach(async ({ page }) => {
  await openAllSteps(page);
  await page.addInitScript(() => {
    window.hits = 0;
    window.hit = () => {
      window.hits += 1;
    };
  });
});

/** The text stands on the page as it was written, and nothing came of it. */
async function expectText(page, place, text, done) {
  await expect.poll(() => place.evaluate((element) => element.textContent)).toContain(text);
  expect(await page.locator('.hostile').count()).toBe(0);
  expect(await page.evaluate(() => window.hits)).toBe(0);
  expect(done).toEqual([]);
}

const button = (page, name) => page.getByRole('button', { name, exact: true });
const main = (page) => page.getByRole('main');

test('there are enough of them', () => {
  expect(new Set(STRINGS).size).toBeGreaterThanOrEqual(50);
});

test('an assignment', async ({ page }) => {
  const done = watched(page);
  await page.goto('#/step/m2t1-assignment');
  const field = page.getByRole('textbox', { name: zh.yourText });
  await field.fill(ALL);
  await page.goto('#/outline');
  await page.goto('#/step/m2t1-assignment');
  await expect(field).toHaveValue(ALL);
  const name = '<img class="hostile" src=x onerror=hit()>.png';
  const picture = { name, mimeType: 'image/png', buffer: Buffer.from('no picture') };
  await page.getByLabel(zh.attach).setInputFiles(picture);
  await expectText(page, page.locator('.attachments'), name, done);
  await button(page, zh.submit).click();
  await page.getByText(zh.showText).click();
  await expectText(page, page.locator('.entries'), ALL, done);
  await expectText(page, page.locator('.entries'), name, done);
  await page.reload();
  await page.getByText(zh.showText).click();
  await expectText(page, page.locator('.entries'), ALL, done);
});

test('a thought about a video', async ({ page }) => {
  const done = watched(page);
  await page.goto('#/step/m2t1-video');
  await (await untilAsked(page, zh)).fill(ALL);
  await button(page, zh.keep).click();
  await expectText(page, page.locator('.thoughts'), ALL, done);
});

test('a discussion: thread, reply, quote, edit', async ({ page }) => {
  const done = watched(page);
  await page.goto('#/step/m2t1-discussion');
  await page.getByRole('textbox', { name: zh.newPost }).fill(ALL);
  await button(page, zh.publish).click();
  // The list shows the beginning of each.
  await expectText(page, page.locator('.threads'), ALL.slice(0, 100), done);
  await page.locator('.thread-title a').click();
  await expectText(page, page.locator('.opening'), ALL, done);
  await button(page, zh.quote).first().click();
  await expectText(page, page.locator('blockquote').first(), ALL.slice(0, 100), done);
  await page.getByRole('textbox', { name: zh.reply }).fill(ALL);
  await button(page, zh.publish).click();
  await expectText(page, page.locator('.replies'), ALL, done);
  await page.locator('.replies').getByRole('button', { name: zh.change, exact: true }).click();
  await page.getByRole('textbox', { name: zh.change }).fill(`${ALL}\n改过`);
  await button(page, zh.saveEdit).click();
  await expectText(page, page.locator('.replies'), `${ALL}\n改过`, done);
});

test('a reflection, a question to the experts', async ({ page }) => {
  const done = watched(page);
  await page.goto('#/step/m2t1-reflection');
  const prompts = page.locator('.prompt-part');
  await expect(prompts).toHaveCount(3);
  for (let at = 0; at < 3; at += 1) {
    const prompt = prompts.nth(at);
    await prompt.getByRole('textbox').fill(`${at}\n${ALL}`);
    await prompt.getByRole('button', { name: zh.keepEntry, exact: true }).click();
    await expectText(page, prompt.locator('.entries'), `${at}\n${ALL}`, done);
  }
  await page.locator('summary').click();
  await expectText(page, page.locator('details'), `2\n${ALL}`, done);
});

test('a short answer and a room code', async ({ page }) => {
  test.setTimeout(120_000);
  const done = watched(page);
  await page.unroute('**/course.json');
  await changeCourse(page, (course) => {
    for (const topic of course.modules[1].topics) {
      for (const step of topic.steps) {
        step.gate = { kind: 'free' };
        if (step.id !== 'm2t1-exam') continue;
        step.content.questions = step.content.questions.filter(({ id }) => id === 'sheet');
        step.content.questions[0].answer.maxCharacters = 2000;
      }
    }
  });
  await page.goto('#/step/m2t1-exam');
  await page.getByRole('button', { name: zh.examBegin }).click();
  const answer = page.locator('.questions').getByRole('textbox');
  for (const text of STRINGS) {
    const line = text.replace(/[\r\n]/g, ' ');
    await answer.fill(line);
    await expect(answer).toHaveValue(line);
  }
  const last = STRINGS[6];
  await answer.fill(last);
  await page.getByRole('button', { name: zh.examCheck }).click();
  await button(page, zh.examHandIn).click();
  await page.locator('.entries summary').click();
  await expectText(page, page.locator('.entries'), last, done);

  await page.goto('#/step/m2t1-session');
  await page.getByRole('textbox', { name: zh.roomCode }).fill(STRINGS[5]);
  await button(page, zh.signIn).click();
  await expect(page.getByText(zh.signedIn)).toBeVisible();
  expect(done).toEqual([]);

  // An address that is none either.
  for (const text of STRINGS.slice(0, 40)) {
    await page.evaluate((text) => {
      location.hash = `#/step/${text}`;
    }, text);
    await expect(main(page)).toContainText(zh.notFound);
  }
  expect(await page.evaluate(() => window.hits)).toBe(0);
  expect(done).toEqual([]);
});
