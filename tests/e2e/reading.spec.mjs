// How a text is set, as its reader likes it.

import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { openAllSteps } from './study.mjs';
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
  'zh-CN': { find: '在本文中查找', word: '邱悦', on: '下一处', back: '上一处', close: '关上', at: /^第 (\d+) 处，共 (\d+) 处$/, none: '这篇里没有', print: '打印整篇阅读', cannot: /打不开|没有打开/ },
  en: { find: 'Find in this text', word: 'Qiu Yue', on: 'Next', back: 'Previous', close: 'Close', at: /^(\d+) of (\d+)$/, none: 'Not in this text', print: 'Print the whole reading', cannot: /could not/i },
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
      await expect(found).toHaveCount(0);
      await page.keyboard.press('Enter');
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
      // Whether there is a printer is no matter here.
      await page.evaluate(() => { window.print = () => { window.printed = true; }; });
      await page.emulateMedia({ media: 'print' });
      await page.getByText(said.print).evaluate((button) => button.click());
      await expect.poll(() => page.evaluate(() => window.printed)).toBe(true);
      const sheet = page.locator('body > .sheet');
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
