// How a text is set, as its reader likes it.

import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { dump } from './database.mjs';
import { openAllSteps, printReading } from './study.mjs';
import { en, zh } from './words.mjs';

const style = (page, property) => page.locator('.prose').evaluate((node, name) => Number.parseFloat(getComputedStyle(node)[name]), property);
const width = (page) => page.locator('.prose').evaluate((node) => node.getBoundingClientRect().width);

for (const words of [zh, en]) {
  test.describe(`in ${words.tag}`, () => {
    test.use({ locale: words.tag });

    test('size, spacing and width are chosen by keyboard, and stay', async ({ page }) => {
      await openAllSteps(page);
      await page.goto('#/step/m1t1-reading/case');
      const fold = page.getByText(words.typeSet);
      await fold.focus();
      await page.keyboard.press('Enter');
      const usual = { size: await style(page, 'fontSize'), line: await style(page, 'lineHeight'), width: await width(page) };
      await page.getByRole('combobox', { name: words.typeSize }).focus();
      await page.keyboard.press('End');
      await expect.poll(() => style(page, 'fontSize')).toBeGreaterThan(usual.size * 1.3);
      await page.getByRole('combobox', { name: words.typeSize }).selectOption('2');
      const before = await style(page, 'lineHeight');
      await page.getByRole('combobox', { name: words.typeSpacing }).selectOption('2');
      await expect.poll(() => style(page, 'lineHeight')).toBeGreaterThan(before * 1.15);
      await page.getByRole('combobox', { name: words.typeWidth }).selectOption('0');
      await expect.poll(() => width(page)).toBeLessThan(usual.width);
      expect(await faults(page)).toEqual([]);
      await page.reload();
      await expect.poll(() => style(page, 'fontSize')).toBeGreaterThan(usual.size * 1.1);
      await page.getByText(words.typeSet).click();
      await expect(page.getByRole('combobox', { name: words.typeSize })).toHaveValue('2');
      await page.getByRole('button', { name: words.typeReset }).click();
      await expect.poll(() => style(page, 'fontSize')).toBe(usual.size);
      await expect.poll(() => style(page, 'lineHeight')).toBe(usual.line);
    });
  });
}

test('whatever is chosen, nothing has to be scrolled sideways, on a phone and at 200 %', async ({ page }) => {
  await openAllSteps(page);
  await page.addInitScript(() => localStorage.setItem('zhixing-typeset', '322'));
  for (const [w, h] of [[360, 640], [683, 384]]) {
    await page.setViewportSize({ width: w, height: h });
    for (const part of ['think', 'case', 'analysis']) {
      await page.goto(`#/step/m1t1-reading/${part}`);
      await page.reload();
      await expect.poll(() => style(page, 'fontSize')).toBe(24);
      await expect(page.locator('.prose p').first()).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
    }
  }
});

test('on a phone the parts are one step away from within the text', async ({ page }) => {
  await openAllSteps(page);
  await page.goto('#/step/m1t1-reading/case');
  const to = page.getByRole('button', { name: zh.parts, exact: true });
  await expect(page.locator('.prose p').first()).toBeVisible();
  // Where they stand beside the text nothing leads to them.
  await expect(to).toBeHidden();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.locator('.prose p').nth(30).scrollIntoViewIfNeeded();
  const part = page.getByRole('navigation', { name: zh.parts }).getByRole('link', { name: '案例故事' });
  await expect(part).not.toBeInViewport();
  expect(await faults(page)).toEqual([]);
  await to.click();
  await expect(part).toBeFocused();
  await expect(part).toBeInViewport();
});

test('each learner of a computer has a text as they like it', async ({ page }) => {
  await openAllSteps(page);
  await page.goto('#/step/m1t1-reading/case');
  await page.getByText(zh.typeSet).click();
  await page.getByRole('combobox', { name: zh.typeSize }).selectOption('3');
  await page.getByRole('combobox', { name: zh.theme }).selectOption('sepia');
  await page.goto('#/people');
  await page.getByRole('textbox', { name: /^称呼$/ }).last().fill('乙老师');
  await page.getByRole('button', { name: zh.newLearner }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: '乙老师' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'auto');
  await page.goto('#/step/m1t1-reading/case');
  await expect.poll(() => style(page, 'fontSize')).toBe(17);
  await page.goto('#/people');
  await page.getByRole('button', { name: /^换成/ }).first().click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'sepia');
  await page.goto('#/step/m1t1-reading/case');
  await expect.poll(() => style(page, 'fontSize')).toBe(24);
});

const finding = {
  'zh-CN': { find: '在本文中查找', word: '邱悦', on: '下一处', back: '上一处', close: '关上', at: /^第 (\d+) 处，共 (\d+) 处$/, none: /^这一部分里没有/, elsewhere: '到整门课程里搜索', marked: /^划线与笔记（/, print: '打印整篇阅读', cannot: /打不开|没有打开/ },
  en: { find: 'Find in this text', word: 'Qiu Yue', on: 'Next', back: 'Previous', close: 'Close', at: /^(\d+) of (\d+)$/, none: /^Not in this part/, elsewhere: 'Search the whole course', marked: /^Highlights and notes \(/, print: 'Print the whole reading', cannot: /could not/i },
};

for (const words of [zh, en]) {
  test.describe(`in ${words.tag}`, () => {
    test.use({ locale: words.tag });
    const said = finding[words.tag];

    test('words are found in the open part, one place after the other, with keys', async ({ page }) => {
      await openAllSteps(page);
      await page.goto('#/step/m1t1-reading/case');
      const fold = page.getByText(said.find, { exact: true });
      await fold.focus();
      await page.keyboard.press('Enter');
      const field = page.getByRole('searchbox', { name: said.find });
      await expect(field).toBeFocused();
      const found = page.locator('.prose mark.found');
      const status = page.locator('.find').getByRole('status');
      await field.fill(said.word);
      // The first one, as one types.
      await expect(found).toHaveText(said.word);
      await expect(found).toBeInViewport();
      await expect(status).toHaveText(said.at);
      const [, first, all] = said.at.exec(await status.innerText()).map(Number);
      expect(first).toBe(1);
      const stands = await page.locator('.prose').evaluate((prose, word) => prose.innerText.split(word).length - 1, said.word);
      expect(all).toBe(stands);
      expect(all).toBeGreaterThan(2);
      // Typing goes on where it was.
      await expect(field).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(status).toHaveText(said.at);
      expect(said.at.exec(await status.innerText())[1]).toBe('2');
      await page.keyboard.press('Shift+Enter');
      await page.keyboard.press('Shift+Enter');
      // Before the first comes the last.
      expect(said.at.exec(await status.innerText())[1]).toBe(String(all));
      await expect(found).toBeInViewport();
      expect(await faults(page)).toEqual([]);
      await page.getByRole('button', { name: said.close, exact: true }).click();
      await expect(found).toHaveCount(0);
      await expect(field).toBeFocused();
      await field.fill('zzzz');
      await page.getByRole('button', { name: said.on }).click();
      await expect(status).toHaveText(said.none);
      expect(await faults(page)).toEqual([]);
      await page.getByRole('link', { name: said.elsewhere }).click();
      await expect(page).toHaveURL(/#\/search$/);
      await expect(page.getByRole('searchbox')).toHaveValue('zzzz');
      // What was looked for last gives way to what is typed.
      await expect(page.getByRole('searchbox')).toBeFocused();
      await page.keyboard.type('yyyy');
      await expect(page.getByRole('searchbox')).toHaveValue('yyyy');
      await page.goBack();
      await page.getByText(said.find, { exact: true }).click();
      // On a phone it stays at hand.
      await page.setViewportSize({ width: 390, height: 780 });
      await field.fill(said.word);
      await page.getByRole('button', { name: said.back }).click();
      await expect(found).toBeInViewport();
      await expect(page.getByRole('button', { name: said.back })).toBeInViewport();
      expect(await faults(page)).toEqual([]);
    });

    test('a whole reading is printed, all of its parts and nothing else', async ({ page }) => {
      await openAllSteps(page);
      await page.goto('#/step/m1t1-reading/think');
      const sheet = await printReading(page, { list: said.marked, print: said.print });
      await expect(sheet).toBeVisible();
      const parts = await page.locator('.parts a').evaluateAll((links) => links.map((link) => link.textContent));
      await expect(sheet.getByRole('heading', { level: 2 })).toHaveText(parts.map((part) => new RegExp(part.trim().slice(0, 4))));
      await expect(sheet.getByRole('heading', { level: 1 })).toHaveCount(1);
      await expect(page.getByRole('main')).toBeHidden();
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      await expect(sheet).toHaveCount(0);
    });
  });
}

test('the other parts of a reading are at hand once one is open, also when the network goes', async ({ page, context }) => {
  await openAllSteps(page);
  const texts = new Set();
  page.on('requestfinished', (request) => texts.add(new URL(request.url()).pathname));
  await page.goto('#/step/m1t1-reading/think');
  const parts = await page.locator('.parts a').count();
  const read = () => [...texts].filter((path) => path.includes('/m1/') && path.endsWith('.zh.md')).length;
  await expect.poll(read).toBe(parts);
  await context.setOffline(true);
  for (let at = 0; at < parts; at += 1) {
    await page.locator('.parts a').nth(at).click();
    await expect(page.locator('.prose p').first()).toBeVisible();
  }
});

/** A long case: paragraphs of all lengths, headings, lists and tables. */
function longText() {
  const sentence = '他把作业本合上，没有抬头，过了一会儿才说：“老师，我可以坐到后面去吗？”';
  const block = (at) => [
    `## 第${at}段`, `${at}：${sentence.repeat(5)}`, `- ${at}\n- ${sentence}`, `“${at}。”`, `> ${at} ${sentence}`,
    `| ${at} | 事情 |\n|---|---|\n| 早读 | ${sentence} |`,
  ][at % 6];
  return Array.from({ length: 480 }, (_, at) => block(at)).join('\n\n');
}

async function openLong(page) {
  await openAllSteps(page);
  await page.route('**/m1/02-case*', (route) => route.fulfill({ body: longText(), contentType: 'text/plain; charset=utf-8' }));
  await page.goto('#/step/m1t1-reading/case');
  await expect(page.locator('.prose h3').first()).toBeVisible();
  await whole(page);
}

/** Until all of the text is on the page. */
const whole = (page) => expect(page.locator('.prose > [lang]:not([data-unfinished])')).toBeVisible();

/** The first block of the text that is in sight, and how far it is from the top of the window. */
const spot = (page) => page.evaluate(() => {
  const blocks = [...document.querySelectorAll('.reading .prose > [lang] > *')];
  const first = blocks.find((block) => block.getBoundingClientRect().bottom > 64);
  return { text: first.textContent.slice(0, 12), top: Math.round(first.getBoundingClientRect().top) };
});

const isAt = async (page, { text, top }) => {
  await expect.poll(async () => (await spot(page)).text).toBe(text);
  expect(Math.abs((await spot(page)).top - top)).toBeLessThanOrEqual(2);
};

const kept = async (page) => JSON.stringify((await dump(page)).stores.places);

test('a long text is opened where it was read last, and that stays where it is while the rest comes', async ({ page }) => {
  await openLong(page);
  const before = await kept(page);
  await page.getByText('253：').evaluate((block) => scrollBy(0, block.getBoundingClientRect().top - 40));
  await expect.poll(() => kept(page)).not.toBe(before);
  const was = await spot(page);
  expect(was.text).toContain('253：');
  // What is in sight in each frame until all of it is there.
  await page.addInitScript(() => {
    window.frames_seen = [];
    const look = () => {
      const text = document.querySelector('.reading .prose > [lang]');
      if (text) {
        const first = [...text.children].find((block) => block.getBoundingClientRect().bottom > 64);
        window.frames_seen.push({ text: first?.textContent.slice(0, 12), top: Math.round(first?.getBoundingClientRect().top), unfinished: text.hasAttribute('data-unfinished') });
        if (!text.hasAttribute('data-unfinished')) return;
      }
      // After the app's own look at the frame.
      requestAnimationFrame(() => queueMicrotask(look));
    };
    look();
  });
  await page.reload();
  await whole(page);
  await isAt(page, was);
  await expect.poll(() => page.evaluate(() => window.frames_seen.at(-1).unfinished)).toBe(false);
  const seen = await page.evaluate(() => window.frames_seen);
  expect(seen.filter((frame) => frame.unfinished).length).toBeGreaterThan(2);
  // The first look may come before the app's own.
  expect(seen.slice(1).filter((frame) => frame.text !== was.text || Math.abs(frame.top - was.top) > 2)).toEqual([]);
  expect(await page.locator('.prose > [lang]').evaluate((text) => [text.children.length, text.style.length])).toEqual([480, 0]);
});

test('each text has a place of its own, also when it is left at once', async ({ page }) => {
  await openLong(page);
  await page.getByText('133：').evaluate((block) => scrollBy(0, block.getBoundingClientRect().top + 30));
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  const was = await spot(page);
  expect(was.text).toContain('133：');
  const parts = page.getByRole('navigation', { name: zh.parts });
  await parts.getByRole('link').first().click();
  await expect(page.getByText('133：')).toHaveCount(0);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeLessThan(400);
  await parts.getByRole('link').nth(1).click();
  await isAt(page, was);
  await whole(page);
  await isAt(page, was);
  // From another screen, too, and in larger type.
  await page.goto('#/outline');
  await expect(page.locator('.prose')).toHaveCount(0);
  await page.evaluate(() => localStorage.setItem('zhixing-typeset', '322'));
  await page.goto('#/step/m1t1-reading');
  await whole(page);
  await expect.poll(async () => (await spot(page)).text).toBe(was.text);
  // What was read to its end begins at its beginning when it is turned to.
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
  await parts.getByRole('link').first().click();
  await expect(page.getByText('133：')).toHaveCount(0);
  await parts.getByRole('link').nth(1).click();
  await whole(page);
  await expect(page.getByRole('heading', { name: '第0段' })).toBeInViewport();
});

test('a text that does not arrive is not read: nothing counts, and no part is ticked, until it is here', async ({ page }) => {
  await openAllSteps(page);
  await page.route('**/text/m1/*.md', (route) => route.abort());
  await page.goto('#/step/m1t1-reading/think');
  const read = page.getByRole('navigation', { name: zh.parts }).getByRole('link', { name: '读过' });
  await expect(page.getByRole('button', { name: zh.tryAgain })).toBeVisible();
  await page.goto('#/step/m1t1-reading/case');
  const again = page.getByRole('button', { name: zh.tryAgain });
  await expect(again).toBeVisible();
  const meter = page.locator('.text > .meter');
  await expect(meter).toContainText('课文还没有到');
  await page.mouse.wheel(0, 10);
  await expect(meter).toContainText('课文还没有到');
  await expect(page.getByRole('link', { name: '下载到本机，断网也能学' })).toBeVisible();
  // Nor is what was open before, and what was left again.
  await page.goto('#/step/m1t1-reading/analysis');
  await page.goto('#/step/m1t1-reading/case');
  await expect(again).toBeVisible();
  await expect(read).toHaveCount(0);
  await page.unroute('**/text/m1/*.md');
  await again.click();
  await expect(page.locator('.prose h3').first()).toBeVisible();
  await expect(meter).toContainText(zh.counting);
  // A second of it is read now.
  await expect(read).toHaveCount(1);
});
