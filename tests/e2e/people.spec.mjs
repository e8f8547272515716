// Several learners on one computer: each sees their own alone; the screen lock; erasing.

import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { fromStore } from './database.mjs';
import { openAllSteps } from './study.mjs';
import { en, zh } from './words.mjs';

test.beforeEach(async ({ page }) => {
  await openAllSteps(page);
});

/** Which profiles have rows in the store, and in how many tables. */
const rows = (page) =>
  fromStore(
    page,
    () =>
      new Promise((done) => {
        const opening = indexedDB.open('zhixing');
        opening.onsuccess = async () => {
          const found = {};
          for (const name of opening.result.objectStoreNames) {
            if (name === 'profiles' || name === 'content') continue;
            const keys = await new Promise((give) => {
              const asking = opening.result.transaction(name).objectStore(name).getAllKeys();
              asking.onsuccess = () => give(asking.result);
            });
            for (const [profile] of keys) (found[profile] ??= new Set()).add(name);
          }
          opening.result.close();
          done(Object.fromEntries(Object.entries(found).map(([profile, names]) => [profile, [...names]])));
        };
      }),
  );

const name = (page) => page.getByRole('textbox', { name: /^(称呼|Name)$/ });

async function draft(page, text) {
  await page.goto('#/step/m1t1-reflection');
  await page.getByRole('textbox').last().fill(text);
  await expect.poll(() => page.evaluate(() => document.querySelector('.safe')?.textContent)).toMatch(/已保存|Saved/);
}

for (const words of [zh, en]) {
  test.describe(`in ${words.tag}`, () => {
    test.use({ locale: words.tag });

    test('two learners share a computer, and neither sees anything of the other, in no tab', async ({ page, context }) => {
      await page.goto('#/people');
      await name(page).first().fill('甲老师');
      await page.getByRole('button', { name: words.keepName }).click();
      await expect(page.getByRole('banner').getByRole('link', { name: '甲老师' })).toBeVisible();
      await draft(page, '只给甲看的一句话');
      await page.getByRole('button', { name: words.keepEntry }).last().click();
      await expect(page.getByText('只给甲看的一句话').first()).toBeVisible();
      await draft(page, '甲还没写完的半句');
      await page.evaluate(() => localStorage.setItem('zhixing-backend', '{"of":"甲"}'));
      const other = await context.newPage();
      await other.goto('#/step/m1t1-reflection');
      await expect(other.getByText('只给甲看的一句话').first()).toBeVisible();

      await page.goto('#/people');
      await page.getByRole('button', { name: words.newLearner }).click();
      await expect(page.getByRole('alert').filter({ hasText: /称呼|name/ })).toBeVisible();
      await name(page).last().fill('乙老师');
      await page.getByRole('button', { name: words.newLearner }).click();
      await expect(page.getByRole('banner').getByRole('link', { name: '乙老师' })).toBeVisible();
      // The other tab follows by itself.
      await expect(other.getByRole('banner').getByRole('link', { name: '乙老师' })).toBeVisible();
      for (const tab of [page, other]) {
        for (const route of ['', '#/step/m1t1-reflection', '#/records', '#/ledger', '#/archive', '#/class']) {
          await tab.goto(route);
          await expect(tab.getByRole('heading', { level: 1 })).toBeVisible();
          await expect(tab.getByText('只给甲看的一句话')).toHaveCount(0);
          await expect(tab.getByText('甲还没写完的半句')).toHaveCount(0);
        }
      }
      expect(await page.evaluate(() => localStorage.getItem('zhixing-backend'))).toBe('');
      await page.goto('#/people');
      expect(await faults(page)).toEqual([]);
      await page.getByRole('button', { name: words.switchTo('甲老师') }).click();
      await expect(page.getByRole('banner').getByRole('link', { name: '甲老师' })).toBeVisible();
      expect(await page.evaluate(() => localStorage.getItem('zhixing-backend'))).toBe('{"of":"甲"}');
      await page.evaluate(() => localStorage.removeItem('zhixing-backend'));
      await page.goto('#/step/m1t1-reflection');
      await expect(page.getByText('只给甲看的一句话').first()).toBeVisible();
      await expect(page.getByRole('textbox').last()).toHaveValue('甲还没写完的半句');
    });

    test('a PIN keeps others from looking, also in a new tab; a forgotten one loses nothing', async ({ page, context }) => {
      await page.goto('#/people');
      await name(page).first().fill('甲老师');
      await page.getByRole('button', { name: words.keepName }).click();
      await expect(page.getByRole('banner').getByRole('link', { name: '甲老师' })).toBeVisible();
      await draft(page, '锁起来的半句');
      await page.goto('#/people');
      await page.getByLabel(/^PIN/).fill('12');
      await page.getByRole('button', { name: words.lockOn }).click();
      await expect(page.getByRole('alert').filter({ hasText: /4/ })).toBeVisible();
      await page.getByLabel(/^PIN/).fill('2468');
      await page.getByRole('button', { name: words.lockOn }).click();
      await page.getByRole('button', { name: words.lockNow }).click();
      await expect(page.getByRole('heading', { level: 1, name: words.isLocked })).toBeVisible();
      expect(await faults(page)).toEqual([]);
      const other = await context.newPage();
      await other.goto('#/step/m1t1-reflection');
      await expect(other.getByRole('heading', { level: 1, name: words.isLocked })).toBeVisible();
      await expect(other.getByText('锁起来的半句')).toHaveCount(0);
      await other.close();
      await page.getByLabel(/^PIN/).fill('1111');
      await page.getByRole('button', { name: words.lockOpen }).click();
      await expect(page.getByText(words.lockWrong)).toBeVisible();
      await page.getByLabel(/^PIN/).fill('2468');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('banner').getByRole('link', { name: '甲老师' })).toBeVisible();
      // It locks by itself; forgotten, it is taken away, and that is told.
      await page.goto('#/people');
      await page.getByRole('button', { name: words.lockNow }).click();
      await page.getByText(words.lockForgotten, { exact: true }).click();
      await page.getByLabel(words.typeName).fill('乙');
      await page.getByRole('button', { name: words.lockTakeAway }).click();
      await expect(page.getByRole('heading', { level: 1, name: words.isLocked })).toBeVisible();
      await page.getByLabel(words.typeName).fill('甲老师');
      await page.getByRole('button', { name: words.lockTakeAway }).click();
      await expect(page.getByRole('banner').getByRole('link', { name: '甲老师' })).toBeVisible();
      await page.goto('#/people');
      await expect(page.getByText(words.lockLost)).toBeVisible();
      await page.goto('#/step/m1t1-reflection');
      await expect(page.getByRole('textbox').last()).toHaveValue('锁起来的半句');
    });
  });
}

test('the screen locks by itself after the minutes that were chosen, and nothing typed is lost', async ({ page }) => {
  await page.goto('#/people');
  await page.getByLabel(/^PIN/).fill('2468');
  await page.getByLabel(/分钟不动就锁/).fill('1');
  await page.getByRole('button', { name: zh.lockOn }).click();
  await expect(page.getByRole('button', { name: zh.lockNow })).toBeVisible();
  await page.clock.install();
  await page.reload();
  // The watch over the screen begins when this page has what it shows.
  await expect(page.getByRole('button', { name: zh.lockNow })).toBeVisible();
  await page.goto('#/step/m1t1-reflection');
  await page.getByRole('textbox').last().fill('走开之前写的');
  await page.clock.runFor(40_000);
  await page.keyboard.press('Shift');
  await page.clock.runFor(40_000);
  await expect(page.getByRole('textbox').last()).toBeVisible();
  await page.clock.runFor(40_000);
  await expect(page.getByRole('heading', { level: 1, name: zh.isLocked })).toBeVisible();
  await page.getByLabel(/^PIN/).fill('2468');
  await page.getByRole('button', { name: zh.lockOpen }).click();
  await expect(page.getByRole('textbox').last()).toHaveValue('走开之前写的');
});

test('a learner is erased after a typed confirmation, wholly, and nobody else', async ({ page }) => {
  await page.goto('#/people');
  await name(page).first().fill('甲老师');
  await page.getByRole('button', { name: zh.keepName }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: '甲老师' })).toBeVisible();
  await draft(page, '甲的');
  await page.goto('#/people');
  await name(page).last().fill('乙老师');
  await page.getByRole('button', { name: zh.newLearner }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: '乙老师' })).toBeVisible();
  await draft(page, '乙的');
  expect(Object.keys(await rows(page))).toHaveLength(2);
  await page.goto('#/people');
  await page.getByRole('button', { name: zh.eraseGo }).click();
  await expect(page.getByRole('alert').filter({ hasText: '乙老师' })).toBeVisible();
  await page.getByLabel(zh.eraseType).fill('乙老师');
  await page.getByRole('button', { name: zh.eraseGo }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: '甲老师' })).toBeVisible();
  expect(Object.keys(await rows(page))).toHaveLength(1);
  // Nobody is told that something is missing.
  await page.goto('#/records');
  await expect(page.getByRole('heading', { level: 1, name: zh.records })).toBeVisible();
  expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('zhixing-carried@')).length)).toBe(1);
  await expect(page.getByText('这个浏览器里原来有学习记录')).toHaveCount(0);
  await page.goto('#/step/m1t1-reflection');
  await expect(page.getByRole('textbox').last()).toHaveValue('甲的');
});

test('what cannot be done is said beside its button; a name is told apart, and kept with a word', async ({ page, context }) => {
  await page.goto('#/people');
  const section = (has) => page.locator('section').filter({ has: page.getByRole('button', { name: has, exact: true }) });
  await section(zh.lockOn).getByLabel(/^PIN/).fill('12');
  await section(zh.lockOn).getByRole('button', { name: zh.lockOn }).click();
  await expect(section(zh.lockOn).getByRole('alert')).toContainText(zh.lockUnfit);
  await expect(section(zh.lockOn).getByRole('alert')).toBeInViewport();
  await name(page).first().fill('甲老师');
  await page.getByRole('button', { name: zh.keepName }).click();
  await expect(page.getByText(zh.toldRenamed('甲老师'))).toBeVisible();
  await name(page).last().fill('甲老师');
  await page.getByRole('button', { name: zh.newLearner }).click();
  await expect(section(zh.newLearner).getByRole('alert')).toContainText(zh.sameName('甲老师'));
  await name(page).last().fill('乙老师');
  const other = await context.newPage();
  await other.goto('#/');
  await expect(other.getByRole('banner').getByRole('link', { name: '甲老师' })).toBeVisible();
  await page.getByRole('button', { name: zh.newLearner }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: '乙老师' })).toBeVisible();
  await expect(other.getByText(zh.toldSwitched('乙老师'))).toBeVisible();
  await page.goto('#/people');
  await name(page).last().fill('甲老师');
  await page.getByRole('button', { name: zh.newLearner }).click();
  await expect(section(zh.newLearner).getByRole('alert')).toContainText(zh.sameName('甲老师'));
});
