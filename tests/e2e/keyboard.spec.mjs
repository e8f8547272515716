// A learner without a mouse: everything here is done by pressing keys. Wherever Tab stops, the
// focus is in sight.

import { expect, test } from '@playwright/test';
import { openAllSteps, untilCredited } from './study.mjs';
import { en, zh } from './words.mjs';

/** More stops than any screen has. */
const STOPS = 60;

test('the skip link leads to the content, and home offers the next thing first', async ({ page }) => {
  await page.goto('');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: zh.skipLink })).toBeFocused();
  await expectFocusInSight(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: zh.begin })).toBeFocused();
  await page.keyboard.press('Enter');
  await expectHeadingFocused(page, zh.firstVideo);
});

test('the focus goes to the heading of every new screen', async ({ page }) => {
  await openAllSteps(page);
  await page.goto('');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await follow(page, 'link', zh.outline);
  await expectHeadingFocused(page, zh.outline);
  await follow(page, 'link', zh.records);
  await expectHeadingFocused(page, zh.records);
  await follow(page, 'link', zh.brand);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await follow(page, 'link', zh.begin);
  await expectHeadingFocused(page, zh.firstVideo);
  await follow(page, 'link', zh.nextStep);
  await expectHeadingFocused(page, zh.firstReading);
  // Back in the outline one goes on from the step that was left, not from the top.
  await follow(page, 'link', zh.outline);
  await expect(page.getByRole('link', { name: zh.firstReading })).toBeFocused();
});

for (const [screen, address] of Object.entries({
  home: '',
  'the outline': '#/outline',
  'a video': '#/step/m2t1-video',
  'a reading': '#/step/m2t1-reading/analysis',
  'an assignment': '#/step/m2t1-assignment',
  'a discussion': '#/step/m2t1-discussion',
  'a reflection': '#/step/m2t1-reflection',
  'an exam': '#/step/m2t1-exam',
  'an activity': '#/step/m2t1-session',
  'the records': '#/records',
})) {
  test(`every stop on ${screen} is in sight, and none is a trap`, async ({ page }) => {
    await openAllSteps(page);
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    if (screen === 'a reading') await expect(page.getByRole('table').first()).toBeVisible();
    const expected = await stops(page);
    expect(expected).toBeGreaterThanOrEqual(8);
    for (let stop = 0; stop < expected; stop += 1) {
      await page.keyboard.press('Tab');
      await expectFocusInSight(page);
    }
    // After the last stop the focus leaves the page.
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate(() => document.activeElement?.matches('body, .skip'))).toBe(true);
  });
}

test('a video is watched and a question answered by keys', async ({ page }) => {
  await page.goto('#/step/m2t1-video');
  const video = page.locator('video');
  const slider = page.getByRole('slider', { name: zh.position });
  const position = async () => Number(await slider.inputValue());
  const playing = () => video.evaluate((one) => !one.paused);
  await expect.poll(() => video.evaluate((one) => one.readyState)).toBeGreaterThan(0);

  await test.step('Space on the button plays and pauses', async () => {
    await tabTo(page, 'button', zh.play);
    await page.keyboard.press('Space');
    await untilCredited(page, 1);
    await expect(page.getByRole('button', { name: zh.pause, exact: true })).toBeFocused();
    await page.keyboard.press('Space');
    await expect.poll(playing).toBe(false);
  });

  await test.step('arrows move by five seconds on the player, by one on the slider', async () => {
    const before = await position();
    await page.keyboard.press('ArrowRight');
    await expect.poll(position).toBe(before + 5);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(position).toBe(before);
    await tabTo(page, 'slider', zh.position);
    await page.keyboard.press('ArrowRight');
    await expect.poll(position).toBe(before + 1);
    await page.keyboard.press('Space');
    await expect.poll(playing).toBe(true);
    await page.keyboard.press('k');
    await expect.poll(playing).toBe(false);
  });

  await test.step('the speed is chosen in its list, or with < and >', async () => {
    await tabTo(page, 'combobox', zh.speed);
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('combobox', { name: zh.speed })).toHaveValue('125');
    await expect(video).toHaveJSProperty('playbackRate', 1.25);
    await tabTo(page, 'button', zh.captions);
    await page.keyboard.press('>');
    await expect(video).toHaveJSProperty('playbackRate', 1.5);
    await page.keyboard.press('<');
    await page.keyboard.press('<');
    await expect(video).toHaveJSProperty('playbackRate', 1);
    await expect(page.getByRole('combobox', { name: zh.speed })).toHaveValue('100');
  });

  await test.step('c shows and hides captions, m turns the sound off and on', async () => {
    const captions = page.getByRole('button', { name: zh.captions, exact: true });
    const mute = page.getByRole('button', { name: zh.mute });
    const mode = () => video.evaluate((one) => one.textTracks[0].mode);
    await expect(captions).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(mode).toBe('showing');
    await page.keyboard.press('c');
    await expect(captions).toHaveAttribute('aria-pressed', 'false');
    await expect.poll(mode).toBe('hidden');
    await page.keyboard.press('c');
    await expect.poll(mode).toBe('showing');
    await page.keyboard.press('m');
    await expect(mute).toHaveAttribute('aria-pressed', 'true');
    await expect(video).toHaveJSProperty('muted', true);
    await page.keyboard.press('m');
    await expect(video).toHaveJSProperty('muted', false);
  });

  await test.step('a question takes the focus; the answer is kept and the video goes on', async () => {
    await tabTo(page, 'slider', zh.position, 'Shift+Tab');
    await moveTo(page, position, 42);
    await page.keyboard.press('Space');
    const answer = page.getByRole('textbox', { name: zh.think });
    await expect(answer).toBeFocused();
    await expectFocusInSight(page);
    await page.keyboard.type('c m k: an answer with the keys of the player');
    expect(await playing()).toBe(false);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: zh.keep })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByText('c m k: an answer')).toBeVisible();
    await expect.poll(playing).toBe(true);
    // Not lost: the next key pauses the video that goes on.
    await expect(page.getByRole('button', { name: zh.pause, exact: true })).toBeFocused();
    await page.keyboard.press('Space');
    await expect.poll(playing).toBe(false);
    await page.keyboard.press('Space');
    await expect.poll(playing).toBe(true);
  });
});

test('a reading is turned by keys', async ({ page }) => {
  await openAllSteps(page);
  await page.goto('#/step/m2t1-reading');
  const parts = page.getByRole('navigation', { name: zh.parts }).getByRole('link');
  await expect(parts.first()).toBeVisible();
  const count = await parts.count();
  const title = (at) => page.getByRole('heading', { level: 2, name: zh.partTitles[at], exact: true });
  await expect(title(0)).toBeVisible();
  await textArrived(page);
  for (let at = 1; at < count; at += 1) {
    await follow(page, 'link', zh.nextPart);
    await expect(title(at)).toBeFocused();
    await textArrived(page);
  }
  await expect(page.getByRole('link', { name: zh.nextPart })).toHaveCount(0);
  await tabTo(page, 'link', new RegExp(`^${zh.partTitles[1]}`));
  await page.keyboard.press('Enter');
  await expect(title(1)).toBeFocused();
});

test('switching the language keeps the focus on its button', async ({ page }) => {
  await page.goto('#/step/m2t1-video');
  await tabTo(page, 'button', zh.language);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: en.videoTitle })).toBeVisible();
  await expect(page.getByRole('button', { name: en.language })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: zh.videoTitle })).toBeVisible();
  await expect(page.getByRole('button', { name: zh.language })).toBeFocused();
});

test('the colours are chosen by keys', async ({ page }) => {
  await page.goto('');
  await tabTo(page, 'combobox', zh.theme);
  const seen = new Set();
  for (const theme of ['light', 'sepia', 'dark', 'contrast']) {
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    seen.add(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
  }
  expect(seen.size).toBe(4);
  await expect(page.getByRole('combobox', { name: zh.theme })).toBeFocused();
});

/** A text, and the pictures in it, move what stands below them when they arrive. */
async function textArrived(page) {
  const prose = page.locator('.prose');
  await expect(prose.getByRole('paragraph').first()).toBeVisible();
  await expect(prose.getByRole('status')).toHaveCount(0);
  const loaded = () => prose.evaluate((text) => [...text.querySelectorAll('img')].every((one) => one.complete));
  await expect.poll(loaded).toBe(true);
}

/** Presses Tab until the element of this role and name has the focus. */
async function tabTo(page, role, name, key = 'Tab') {
  const wanted = page.getByRole(role, { name, exact: typeof name === 'string' }).first();
  await expect(wanted).toBeVisible();
  for (let stop = 0; stop < STOPS; stop += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
    // After the last stop the focus leaves the page, and comes back at its beginning.
    const away = await page.evaluate(() => document.activeElement === document.body);
    if (!away) await expectFocusInSight(page);
  }
  await expect(wanted).toBeFocused();
}

async function follow(page, role, name) {
  await tabTo(page, role, name);
  await page.keyboard.press('Enter');
}

/** Moves the focused slider with keys: leaps of a tenth, then seconds. */
async function moveTo(page, position, to) {
  await page.keyboard.press('Home');
  await expect.poll(position).toBe(0);
  for (let at = await position(); at < to; ) {
    await page.keyboard.press(to - at > 12 ? 'PageUp' : 'ArrowRight');
    await expect.poll(position).toBeGreaterThan(at);
    at = await position();
  }
  expect(await position()).toBe(to);
}

async function expectHeadingFocused(page, name) {
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeFocused();
}

/** How many elements of the page Tab stops at. */
async function stops(page) {
  return page.evaluate(() => {
    const can = 'a[href], button, select, input, textarea, summary, [tabindex="0"]';
    return [...document.querySelectorAll(can)].filter((one) => one.checkVisibility()).length;
  });
}

/** What has the focus can be seen, and so can the line around it (or around its label). */
async function expectFocusInSight(page) {
  const seen = await page.evaluate(() => {
    const focused = document.activeElement;
    // A field that is drawn over by its label shows the line there.
    const hidden = getComputedStyle(focused).opacity === '0';
    const shown = hidden && focused.labels?.length ? focused.labels[0] : focused;
    const style = getComputedStyle(shown);
    const box = shown.getBoundingClientRect();
    return {
      what: focused.outerHTML.slice(0, 100),
      outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
      inView: box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
    };
  });
  expect(seen).toEqual({ what: seen.what, outlined: true, inView: true });
}
