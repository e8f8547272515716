// A class of three browsers: two learners and a tutor go through a module's made parts together, over
// the reference backend and over a Learning Record Store that is not ours.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { chain } from './chain.mjs';
import { STRINGS } from './hostile.mjs';
import { KEY, ralph, store } from './lrs.mjs';
import { recordLines, unpacked } from './packet.mjs';
import { backend } from './soak.mjs';
import { openAllSteps } from './study.mjs';

const CLASS = 'tag:zhixing.example,2026:class/demo';
const PEOPLE = { 'li-na': '李娜', 'wang-wei': '王伟', chen: '陈老师' };
const ROSTER = {
  class: CLASS, title: '示范班', path: ['示范学校'],
  people: [
    { id: 'chen', name: '陈老师', role: 'tutor' }, { id: 'li-na', name: '李娜', role: 'learner' },
    { id: 'wang-wei', name: '王伟', role: 'learner' },
  ],
};
const SOON = { timeout: 45_000 };
test.use({ actionTimeout: 30_000 });
const long = (text) => text.repeat(Math.ceil(130 / text.length));

/** A browser of its own for one person, signed in. */
async function member(browser, baseURL, kind, address, name, video) {
  const context = await browser.newContext({ baseURL, locale: 'zh-CN', viewport: { width: 1366, height: 768 }, ...video });
  await openAllSteps(context);
  const page = await context.newPage();
  await page.goto('#/backend');
  await page.getByLabel('后台的种类').selectOption(kind);
  await page.getByLabel('地址').fill(address);
  if (kind !== 'plain') {
    await page.getByLabel('班级标识').fill(CLASS);
    await page.getByLabel('名单里的编号').fill(name);
  }
  await page.getByLabel('登录名').fill(kind === 'plain' ? name : KEY.user);
  await page.getByLabel('密码').fill(kind === 'plain' ? `${name}-2026` : KEY.password);
  await page.getByRole('button', { name: '检查并开始发送' }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: '后台已收' })).toBeVisible(SOON);
  if (kind !== 'plain') {
    await page.goto('#/class');
    const file = { name: 'roster.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(ROSTER)) };
    await page.getByLabel('读入花名册').setInputFiles(file);
    await expect(page.getByText(ROSTER.title)).toBeVisible();
  }
  return page;
}

const servers = [
  { title: 'the reference backend', kind: 'plain', start: backend, verified: true },
  { title: 'a Learning Record Store', kind: 'xapi-1.0.3', start: store, verified: false },
];
// `cargo xtask test --backends all`
if (process.env.ZHIXING_RALPH) {
  servers.push({ title: 'Ralph', kind: 'xapi-1.0.3', start: ralph, verified: false });
}

for (const { title, kind, start, verified } of servers) {
  test(`two learners and a tutor work together over ${title}`, async ({ browser, baseURL }) => {
    test.setTimeout(180_000);
    const server = await start();
    try {
      const [li, wang, chen] = await Promise.all(
        Object.keys(PEOPLE).map((name) => member(browser, baseURL, kind, server.address, name)),
      );

      // What one posts the other reads, by name, marked as new until it was opened.
      const post = long('我先给家长打了电话，等她说完，再说我看到的。');
      await li.goto('#/step/m1t1-discussion');
      await li.getByRole('textbox', { name: '发一个帖子' }).fill(post);
      await li.getByRole('button', { name: '发出', exact: true }).click();
      await expect(li.getByText('后台已收到')).toBeVisible(SOON);
      await wang.goto('#/step/m1t1-discussion');
      const row = wang.getByRole('listitem').filter({ hasText: post.slice(0, 12) });
      await expect(row).toContainText('李娜', SOON);
      await expect(row).toContainText('1 新');
      await row.getByRole('link').click();
      await wang.getByRole('textbox', { name: '回帖' }).fill('我也试过，那天她说了二十分钟。');
      await wang.getByRole('button', { name: '发出', exact: true }).click();
      await wang.goto('#/step/m1t1-discussion');
      await expect(row).not.toContainText('新');
      await expect(li.getByRole('listitem').filter({ hasText: post.slice(0, 12) })).toContainText('1 新', SOON);

      // Both hand in; each reviews the other.
      for (const [page, text] of [[li, '这周我记下了三次晚自习的纪律，每次都写了是谁先开口。'], [wang, '我把群里的话从头往上翻了一遍，才看见家长先问过两次。']]) {
        await page.goto('#/step/m1t1-assignment');
        await page.getByRole('textbox', { name: '作业正文' }).fill(long(text).repeat(5));
        await page.getByRole('button', { name: '提交', exact: true }).click();
      }
      await li.goto('#/class/work/m1t1-assignment');
      await expect(li.getByText('已经评了 0 份，要评 3 份')).toBeVisible();
      await li.getByRole('link', { name: '评这一份' }).click(SOON);
      await expect(li.getByText('我把群里的话').first()).toBeVisible();
      const boxes = li.getByRole('textbox');
      for (let at = 0; at < (await boxes.count()) - 1; at += 1) await boxes.nth(at).fill('1');
      await li.getByRole('textbox', { name: /写您的评语/ }).fill('往上翻这一步写得很具体，尤其是第二次追问那一句；如果再写写自己当时为什么没看见，会更完整。');
      await li.getByRole('button', { name: '交上评审' }).click();
      await expect(li.getByText('这份已经评过')).toBeVisible();
      await wang.goto('#/class/work/m1t1-assignment');
      await wang.getByText('看原文').first().click(SOON);
      await expect(wang.getByText(/第二次追问那一句/)).toBeVisible();

      // The tutor reads, comments, grades and publishes.
      await chen.goto('#/class/desk');
      const learner = chen.getByRole('row').filter({ hasText: '王伟' });
      await expect(learner).toContainText('学思作业', SOON);
      await expect(chen.getByRole('link', { name: /王伟 · 写/ })).toBeVisible(SOON);
      await learner.getByRole('link', { name: '王伟' }).click();
      await chen.getByText('看原文').first().click();
      await expect(chen.getByText('我把群里的话').first()).toBeVisible();
      await chen.getByRole('textbox', { name: '写评语' }).fill('翻得很仔细。下一步：把“先问过”的两句抄下来，想想第一句到您回话隔了多久。');
      await chen.getByRole('button', { name: '只给本人看' }).click();
      await expect(chen.locator('blockquote').filter({ hasText: '翻得很仔细' })).toBeVisible();
      const practice = chen.getByRole('group', { name: '实践作业' });
      await practice.getByLabel(/分数/).fill('9');
      await practice.getByRole('button', { name: '保存评分' }).click();
      await expect(practice.getByRole('alert')).toHaveText(/不超过它的满分/);
      await practice.getByLabel(/分数/).fill('6.5');
      await practice.getByRole('button', { name: '保存评分' }).click();
      await expect(practice).toContainText('6.5 分');
      await chen.goto('#/class');
      await chen.getByRole('textbox', { name: '写通知或简报' }).fill('本周五前请各位把第一模块的互评做完。');
      await chen.getByRole('button', { name: '发通知' }).click();
      await chen.goto('#/class/attendance/m2t1-session');
      await chen.getByLabel('王伟').selectOption('late');
      // For whom no network brings it there is a file, with what is for this learner and nothing else.
      await chen.goto('#/class/learner/wang-wei');
      const saving = chen.waitForEvent('download');
      await chen.getByRole('button', { name: '存成给这位学员的文件' }).click();
      const file = unpacked(readFileSync(await (await saving).path()));
      const kinds = recordLines(file).map((line) => JSON.parse(line).kind).sort();
      expect(kinds).toEqual(['attendance', 'binding', 'comment', 'grade', 'notice']);

      // The learner sees all of it; whom nobody vouches for is said.
      await wang.goto('#/class');
      await expect(wang.getByText('翻得很仔细')).toBeVisible(SOON);
      await expect(wang.getByText('实践作业 6.5 分')).toBeVisible(SOON);
      await expect(wang.getByText('本周五前')).toBeVisible(SOON);
      const doubts = wang.getByText('未经核实');
      if (verified) await expect(doubts).toHaveCount(0);
      else await expect(doubts.first()).toBeVisible();
      await wang.goto('#/standing');
      await expect(wang.getByText('6.5').first()).toBeVisible(SOON);
      // Another's grade is nobody else's business.
      await li.goto('#/class');
      await expect(li.getByText('本周五前')).toBeVisible(SOON);
      await expect(li.getByText('翻得很仔细')).toHaveCount(0);
      await expect(li.getByText('实践作业 6.5 分')).toHaveCount(0);

      for (const [page, where] of [[li, '#/class'], [chen, '#/class/desk'], [chen, '#/class/learner/wang-wei'], [li, '#/class/work/m1t1-assignment']]) {
        await page.goto(where);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        expect(await faults(page), where).toEqual([]);
      }
    } finally {
      server.close();
    }
  });
}

test('whatever others of the class write, and whatever they are called, stays text', async ({ browser, baseURL }) => {
  const server = await backend();
  try {
    const registration = randomUUID();
    const actor = { homePage: 'tag:zhixing.example,2026:local', name: randomUUID() };
    const kinds = ['post', 'notice', 'showcase'];
    const records = [...chain(STRINGS.length * kinds.length, (seq) => ({
      kind: kinds[seq % kinds.length], audience: 'class', registration, actor, at: Date.now() - seq * 60_000,
      body: { step: 'm1t1-discussion', text: STRINGS[Math.floor((seq - 1) / kinds.length)] },
    }))];
    const headers = { Authorization: `Basic ${Buffer.from('wang-wei:wang-wei-2026').toString('base64')}`, 'Content-Type': 'application/json' };
    for (let at = 0; at < records.length; at += 50) {
      const answer = await fetch(`${server.address}records`, { method: 'POST', headers, body: `[${records.slice(at, at + 50).join(',')}]` });
      expect((await answer.json()).map(({ status }) => status)).not.toContain('refused');
    }
    const page = await member(browser, baseURL, 'plain', server.address, 'li-na');
    const done = [];
    page.on('dialog', (dialog) => dialog.dismiss().then(() => done.push(dialog.message())));
    page.on('pageerror', (error) => done.push(String(error)));
    page.on('console', (message) => message.text().includes('Content Security Policy') && done.push(message.text()));
    await page.addInitScript(() => { window.hit = () => { window.hits = true; }; });
    await page.route('**/roster', async (route) => {
      const roster = await (await route.fetch()).json();
      for (const person of roster.people) person.name = STRINGS[6];
      roster.title = STRINGS[7];
      await route.fulfill({ json: roster });
    });
    await page.reload();
    for (const where of ['#/class', '#/step/m1t1-discussion']) {
      await page.goto(where);
      await expect(page.getByText(STRINGS[6]).first()).toBeVisible(SOON);
      expect(await page.locator('.hostile').count()).toBe(0);
      expect(await page.evaluate(() => Boolean(window.hits))).toBe(false);
    }
    // A tutor's word only: these notices are a learner's, and are said to be unverified.
    await page.goto('#/class');
    await expect(page.getByText('未经核实').first()).toBeVisible();
    expect(done).toEqual([]);
  } finally {
    server.close();
  }
});
