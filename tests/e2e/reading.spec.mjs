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
