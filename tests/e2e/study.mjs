// Studying the module as a learner does, with reloads and kills on the way.

import { expect } from '@playwright/test';
import { fromStore } from './database.mjs';

/** A picture of one pixel, as PNG. */
export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Seconds in "4 秒", "1 分 5 秒", "1 min 5 s", "2 分". */
function seconds(text) {
  const minutes = /(\d+) ?(?:分|min)/.exec(text);
  const rest = /(\d+) ?(?:秒|s\b)/.exec(text);
  return Number(minutes?.[1] ?? 0) * 60 + Number(rest?.[1] ?? 0);
}

/** Seconds credited on the open step, as the meter says. */
export async function credited(page) {
  const line = await page.locator('.meter .credit').innerText();
  return seconds(line.split(/，共| of /)[0]);
}

export async function untilCredited(page, atLeast) {
  await expect.poll(() => credited(page), { timeout: 90_000 }).toBeGreaterThanOrEqual(atLeast);
}

/**
 * Makes the page's clocks and intervals run `times` as fast, for long readings. The device clock
 * is fast from the moment `since` on, so that it never goes back when the page is opened again.
 */
export function hurry({ times, since }) {
  const faster = (clock, began) => () => began + (clock() - began) * times;
  Date.now = faster(Date.now.bind(Date), since);
  performance.now = faster(performance.now.bind(performance), performance.now());
  const interval = window.setInterval.bind(window);
  window.setInterval = (run, ms, ...rest) => interval(run, ms / times, ...rest);
}

/** Opens every step of the course at once, so that a test need not study its way to one. */
export async function openAllSteps(target) {
  await changeCourse(target, (course) => {
    for (const module of course.modules) {
      for (const topic of module.topics) {
        for (const step of topic.steps) step.gate = { kind: 'free' };
      }
    }
  });
}

/** Serves the course with what `change` makes of it, to a page or to every page of a context. */
export async function changeCourse(target, change) {
  await target.route('**/course.json', async (route) => {
    // Nobody may be there to ask: the network is cut, or the test at its end.
    const answer = await route.fetch().catch(() => null);
    if (!answer) return route.abort().catch(() => {});
    const course = await answer.json();
    change(course);
    return route.fulfill({ json: course });
  });
}

/** Moves the slider of the open video to so many seconds. */
export async function seek(page, words, to) {
  const slider = page.getByRole('slider', { name: words.position });
  await expect(page.locator('video')).toHaveJSProperty('error', null);
  await expect
    .poll(() => page.locator('video').evaluate((video) => video.readyState))
    .toBeGreaterThan(0);
  await slider.fill(String(to));
  await expect(slider).toHaveValue(String(to));
}

/** Plays the open video into its first question and answers with the field. */
export async function untilAsked(page, words) {
  await seek(page, words, 42);
  await page.getByRole('button', { name: words.play, exact: true }).click();
  const answer = page.getByRole('textbox', { name: words.think });
  await expect(answer).toBeVisible();
  return answer;
}

/** How many records the open screen of the learner's records says there are. */
export async function recordsCount(page, words) {
  return Number(await figure(page, words.recordsCount));
}

/** What the open screen says of a figure. */
export async function figure(page, label) {
  return page.locator('dt').filter({ hasText: label }).locator('+ dd').innerText();
}

/** Hands an assignment in, with a picture. */
export async function handIn(page, words) {
  await page.goto('#/step/m2t1-assignment');
  await page.getByLabel(words.attach).setInputFiles({ name: '价目表.png', mimeType: 'image/png', buffer: PIXEL });
  await expect(page.locator('.attachments .files img')).toHaveJSProperty('naturalWidth', 1);
  await page.getByRole('textbox', { name: words.yourText }).fill('一张价目表。'.repeat(120));
  await page.getByRole('button', { name: words.submit, exact: true }).click();
  await expect(page.getByText(words.showText)).toBeVisible();
}

/** Does what makes the app begin anew, and waits until it has. */
export async function begunAnew(page, act) {
  const loaded = page.waitForEvent('load');
  await act();
  await loaded;
}

/** What the store holds of courses: the first part of each key, counted. */
export const kept = (page) =>
  fromStore(
    page,
    () =>
      new Promise((done) => {
        const opening = indexedDB.open('zhixing');
        opening.onsuccess = () => {
          const asking = opening.result.transaction('content').objectStore('content').getAllKeys();
          asking.onsuccess = () => {
            opening.result.close();
            const counts = {};
            for (const [kind] of asking.result) counts[kind] = (counts[kind] ?? 0) + 1;
            done(counts);
          };
        };
      }),
  );

/** Prints the open reading as a whole; answers the sheet that the printer would get. */
export async function printReading(page, { list, print }) {
  await page.getByText(list).click();
  await expect(page.getByRole('button', { name: print })).toBeVisible();
  // Whether there is a printer is no matter here.
  await page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await page.emulateMedia({ media: 'print' });
  await page.getByText(print).evaluate((button) => button.click());
  await expect.poll(() => page.evaluate(() => window.printed)).toBe(true);
  return page.locator('body > .sheet');
}
