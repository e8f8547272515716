// Search: what is found, what is not to be found, and the way to the place.

import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { chain } from './chain.mjs';
import { packet, takeIn } from './packet.mjs';
import { openAllSteps, seek, untilAsked } from './study.mjs';
import { en, zh } from './words.mjs';

const said = {
  'zh-CN': {
    search: '搜索',
    what: /^这里搜的是已经打开的步骤/,
    none: '没有找到',
    count: (count) => `找到 ${count} 条`,
    outline: '到目录里找',
    missing: /份文字现在取不到/,
    again: '再试一次',
    reading: ['阅读', '铁皮柜', '早上锁进讲台边的铁皮柜'],
    caption: ['字幕', '搁在桌角', /^0:17 /, 17.4],
    locked: '承天寺',
    note: ['笔记', '先把红笔放下'],
    topic: ['专题', '往上翻', '师德与法律素养'],
    work: '我写的',
    post: '帖子',
  },
  en: {
    search: 'Search',
    what: /^This searches the steps that are open/,
    none: 'Nothing found',
    count: (count) => `${count} result${count === 1 ? '' : 's'}`,
    outline: 'Look in the outline',
    missing: /texts? could not be fetched/,
    again: 'Try again',
    reading: ['Reading', 'METAL cabinet', 'locked in the metal cabinet beside'],
    caption: ['Captions', 'lesson five', /^0:00 /, 0.6],
    locked: 'Chengtian',
    note: ['Note', 'Put the red pen down first'],
    topic: ['Topic', 'scrolling UP', 'Professional ethics and the law'],
    work: 'My work',
    post: 'Post',
  },
};

const field = (page) => page.getByRole('searchbox');
const hits = (page, kind) => page.getByRole('listitem').filter({ has: page.getByText(kind, { exact: true }) });
const place = (page) => page.locator('.search-place');

async function searchFor(page, typed) {
  await page.goto('#/search');
  await expect(field(page)).toBeFocused();
  await field(page).fill(typed);
}

/** Whether an element is where the reader sees it. */
const inSight = (target) =>
  target.evaluate((node) => {
    const { top, bottom } = node.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });

for (const words of [zh, en]) {
  const own = said[words.tag];

  test.describe(`in ${words.tag}`, () => {
    test.use({ locale: words.tag });

    test('a text is found and gone to by keyboard alone, and the way back leads to the results', async ({ page }) => {
      await openAllSteps(page);
      await page.goto('#/outline');
      await page.getByRole('link', { name: own.search, exact: true }).focus();
      await page.keyboard.press('Enter');
      await expect(field(page)).toBeFocused();
      await expect(page.getByText(own.what)).toBeVisible();
      expect(await faults(page)).toEqual([]);
      const [kind, typed, shown] = own.reading;
      await page.keyboard.insertText(typed);
      const link = hits(page, kind).first().getByRole('link').first();
      await expect(link).toContainText(shown);
      await expect(link.locator('mark').first()).toBeVisible();
      await expect(page.getByRole('main').getByRole('status')).toHaveText(/^(找到 \d+ 条|\d+ results?)$/);
      expect(await faults(page)).toEqual([]);
      for (let at = 0; at < 40 && !(await link.evaluate((node) => node === document.activeElement)); at += 1) {
        await page.keyboard.press('Tab');
      }
      await expect(link).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/#\/step\/m1t1-reading\/case$/);
      await expect(place(page)).toContainText(shown);
      await expect(place(page)).toBeFocused();
      expect(await inSight(place(page))).toBe(true);
      expect(await faults(page)).toEqual([]);
      await page.goBack();
      await expect(field(page)).toHaveValue(typed);
      await expect(link).toContainText(shown);
    });

    test('a topic is found by its title, and leads to its first step', async ({ page }) => {
      const [kind, typed, module] = own.topic;
      await searchFor(page, typed);
      const topic = hits(page, kind);
      await expect(topic).toHaveCount(1);
      await expect(topic).toContainText(module);
      await topic.getByRole('link').first().click();
      await expect(page).toHaveURL(/#\/step\/m1t1-video$/);
    });

    test('a place is found again although the reading was left elsewhere', async ({ page }) => {
      await openAllSteps(page);
      await page.goto('#/step/m1t1-reading/case');
      await expect(page.locator('.prose p').first()).toBeVisible();
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      await page.goto('#/step/m1t1-reading/think');
      await page.goto('#/step/m1t1-reading/case');
      const [kind, typed, shown] = own.reading;
      await searchFor(page, typed);
      await hits(page, kind).first().getByRole('link').first().click();
      await expect(place(page)).toContainText(shown);
      await expect(place(page)).toBeFocused();
      await expect.poll(() => inSight(place(page))).toBe(true);
    });

    test('a place is found as often as it is gone to, also where the text is opened in its middle', async ({ page }) => {
      await openAllSteps(page);
      const [kind, typed, shown] = own.reading;
      await page.goto('#/step/m1t1-reading/case');
      const middle = page.locator('.prose > [lang]:not([data-unfinished]) > :nth-child(40)');
      await middle.evaluate((block) => block.scrollIntoView());
      for (let time = 0; time < 3; time += 1) {
        await searchFor(page, typed);
        await hits(page, kind).first().getByRole('link').first().click();
        await expect(place(page)).toContainText(shown);
        await expect(place(page)).toBeFocused();
        await expect.poll(() => inSight(place(page))).toBe(true);
        await middle.evaluate((block) => block.scrollIntoView());
      }
    });

    test('a caption leads to its second, and nothing counts as watched', async ({ page }) => {
      await page.goto('#/step/m1t1-video');
      await seek(page, words, 60);
      const [kind, typed, time, second] = own.caption;
      await searchFor(page, typed);
      const link = hits(page, kind).first().getByRole('link').first();
      await expect(link).toHaveText(time);
      await link.click();
      await expect(page).toHaveURL(/#\/step\/m1t1-video$/);
      await expect(page.getByRole('button', { name: words.play, exact: true })).toBeFocused();
      await expect.poll(() => page.locator('video').evaluate((video) => video.currentTime)).toBeCloseTo(second, 1);
      await expect(page.locator('video')).toHaveJSProperty('paused', true);
      await expect(page.locator('.meter .credit')).toContainText(/(^|\D)0 ?(秒|s)/);
    });

    test('a note and what was handed in lead to where they were written', async ({ page }) => {
      await openAllSteps(page);
      await page.goto('#/step/m2t1-video');
      const answer = await untilAsked(page, words);
      const [kind, typed] = own.note;
      await answer.fill(`${typed}。${typed}!`);
      await page.getByRole('button', { name: words.keep }).click();
      await expect(page.locator('.thoughts')).toContainText(typed);
      await page.goto('#/step/m2t1-assignment');
      await page.getByRole('textbox', { name: words.yourText }).fill(`${typed}，zhixing ${'一张价目表。'.repeat(120)}`);
      await page.getByRole('button', { name: words.submit, exact: true }).click();
      await expect(page.getByText(words.showText)).toBeVisible();

      await searchFor(page, typed);
      await expect(hits(page, own.work)).toHaveCount(1);
      await hits(page, kind).getByRole('link').first().click();
      await expect(page).toHaveURL(/#\/step\/m2t1-video$/);
      await expect(place(page)).toContainText(typed);
      await expect(place(page)).toBeFocused();

      await searchFor(page, 'zhixing');
      await hits(page, own.work).getByRole('link').first().click();
      await expect(page).toHaveURL(/#\/step\/m2t1-assignment$/);
      await expect(place(page)).toContainText('zhixing');
      await expect(place(page)).toBeVisible();
    });

    test('a post leads to the discussion, to the page where it stands', async ({ page }) => {
      await openAllSteps(page);
      const registration = randomUUID();
      const start = Date.now() - 86_400_000;
      const installation = randomUUID();
      const post = (text, to) => (seq) => ({
        kind: to ? 'reply' : 'post', audience: 'class', registration, actor: 'wang', at: start + seq * 60_000,
        body: { step: 'm1t1-discussion', text: text(seq), ...(to && { to }) },
      });
      const [opening] = [...chain(1, post(() => '只说车的事。A plain opening.'), installation)];
      const thread = JSON.parse(opening).id;
      const replies = [...chain(30, post((seq) => `回帖第${seq}号 reply number ${seq}。`, thread))];
      await page.goto('#/records');
      await takeIn(page, words, { name: 'class.zip', mimeType: 'application/zip', buffer: packet([opening, ...replies]) });
      await expect(page.locator('.outcome')).toHaveText(words.imported);
      for (const [typed, shown] of [['第27号', 'reply number 27。'], ['number 3', 'reply number 3。'], ['plain opening', 'A plain opening.']]) {
        await searchFor(page, typed);
        const link = hits(page, own.post).getByRole('link').filter({ hasText: shown }).first();
        await link.click();
        await expect(page).toHaveURL(new RegExp(`#/step/m1t1-discussion/${thread}$`));
        await expect(place(page)).toContainText(shown);
        await expect(place(page)).toBeFocused();
        expect(await inSight(place(page))).toBe(true);
      }
      expect(await faults(page)).toEqual([]);
    });

    test('of a step that is locked nothing is shown, and where nothing is found there is a way on', async ({ page }) => {
      await searchFor(page, own.locked);
      await expect(page.getByRole('main').getByRole('status')).toHaveText(own.none);
      await expect(page.getByRole('link', { name: own.outline })).toBeVisible();
      await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(0);
      expect(await faults(page)).toEqual([]);
      await openAllSteps(page);
      await page.reload();
      await field(page).fill(own.locked);
      await expect(hits(page, own.reading[0]).first()).toBeVisible();
    });

    test('what could not be fetched is told, and searched when it can be', async ({ page }) => {
      await openAllSteps(page);
      await page.route('**/text/m1/02-case.*', (route) => route.abort());
      const [kind, typed] = own.reading;
      await searchFor(page, typed);
      await expect(page.getByText(own.missing)).toBeVisible();
      await expect(hits(page, kind)).toHaveCount(0);
      expect(await faults(page)).toEqual([]);
      await page.unroute('**/text/m1/02-case.*');
      await page.getByRole('button', { name: own.again }).click();
      await expect(hits(page, kind).first()).toBeVisible();
      await expect(page.getByText(own.missing)).toHaveCount(0);
    });
  });
}

test('while an input method composes nothing is searched; when it is done, at once', async ({ page }) => {
  await openAllSteps(page);
  await searchFor(page, '');
  const method = await page.context().newCDPSession(page);
  await method.send('Input.imeSetComposition', { text: '铁皮', selectionStart: 2, selectionEnd: 2 });
  await expect(field(page)).toHaveValue('铁皮');
  await expect(page.getByText(said['zh-CN'].what)).toBeVisible();
  await method.send('Input.insertText', { text: '铁皮柜' });
  await expect(field(page)).toHaveValue('铁皮柜');
  await expect(hits(page, '阅读').first()).toBeVisible();
});

test('many results are listed in steps, and the focus goes on to the next', async ({ page }) => {
  await openAllSteps(page);
  await searchFor(page, '的');
  const main = page.getByRole('main');
  await expect(main.getByRole('status')).toHaveText(/^找到 \d+ 条$/);
  const count = Number(/\d+/.exec(await main.getByRole('status').innerText())[0]);
  expect(count).toBeGreaterThan(10);
  await expect(main.getByRole('list').getByRole('listitem')).toHaveCount(10);
  await page.getByRole('button', { name: /^再列 / }).click();
  await expect(main.getByRole('list').getByRole('listitem')).toHaveCount(Math.min(count, 20));
  await expect(main.getByRole('listitem').nth(10).getByRole('link').first()).toBeFocused();
});

test('what was downloaded is searched with the network cut', async ({ page, context }) => {
  const own = said['zh-CN'];
  await openAllSteps(page);
  await searchFor(page, '');
  await page.goto('#/device');
  await page.getByRole('button', { name: new RegExp(`^下载.*${zh.wholeCourse}`) }).first().click();
  await expect(page.locator('section').first().getByText(zh.allHere)).toBeVisible({ timeout: 60_000 });
  await context.setOffline(true);
  const [kind, typed, shown] = own.reading;
  await searchFor(page, typed);
  await hits(page, kind).first().getByRole('link').first().click();
  await expect(place(page)).toContainText(shown);
});

test('on a phone and at 200 % nothing has to be scrolled sideways', async ({ page }) => {
  await openAllSteps(page);
  for (const [width, height] of [[360, 640], [683, 384]]) {
    await page.setViewportSize({ width, height });
    await searchFor(page, '手机');
    await expect(hits(page, '阅读').first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  }
});
