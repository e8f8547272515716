// A class of three browsers: two learners and a tutor go through a module's made parts together, over
// the reference backend and over a Learning Record Store that is not ours.

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { canonical, chain } from './chain.mjs';
import { STRINGS } from './hostile.mjs';
import { KEY, ralph, store, xapiRs } from './lrs.mjs';
import { packet, recordLines, takeIn, unpacked } from './packet.mjs';
import { backend } from './soak.mjs';
import { PIXEL, changeCourse, hurry, openAllSteps } from './study.mjs';
import { zh } from './words.mjs';

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
async function member(browser, baseURL, kind, { address, key = KEY }, name) {
  const context = await browser.newContext({ baseURL, locale: 'zh-CN', viewport: { width: 1366, height: 768 } });
  await openAllSteps(context);
  const page = await context.newPage();
  await page.goto('#/backend');
  await page.getByLabel('后台的种类').selectOption(kind);
  await page.getByLabel('地址').fill(address);
  if (kind !== 'plain') {
    await page.getByLabel('班级标识').fill(CLASS);
    await page.getByLabel('名单里的编号').fill(name);
  }
  await page.getByLabel('登录名').fill(kind === 'plain' ? name : key.user);
  await page.getByLabel('密码').fill(kind === 'plain' ? `${name}-2026` : key.password);
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

/** Watches a video to its end, reads every part, reflects, and asks the experts. */
async function study(page) {
  await page.goto('#/step/m1t1-video');
  await page.getByRole('combobox', { name: zh.speed }).selectOption('200');
  await page.getByRole('button', { name: zh.play, exact: true }).click();
  const skip = page.getByRole('button', { name: zh.skip });
  await page.addLocatorHandler(skip, async () => skip.click());
  await expect(page.getByText(zh.complete)).toBeVisible({ timeout: 150_000 });
  await page.removeLocatorHandler(skip);
  await page.addInitScript(hurry, { times: 20, since: Date.now() });
  await page.goto('#/step/m1t1-reading');
  await page.reload();
  const parts = page.getByRole('navigation', { name: zh.parts });
  const count = 8;
  await expect(parts.getByRole('link')).toHaveCount(count);
  for (let at = 1; at < count; at += 1) {
    await page.mouse.wheel(0, 300);
    await expect.poll(() => parts.getByText(zh.read, { exact: true }).count()).toBeGreaterThanOrEqual(at);
    await page.getByRole('link', { name: zh.nextPart }).click();
  }
  const scroll = setInterval(() => page.mouse.wheel(0, 40).catch(() => {}), 1_000);
  await expect(page.getByText(zh.complete)).toBeVisible({ timeout: 120_000 }).finally(() => clearInterval(scroll));
  await page.goto('#/step/m1t1-reflection');
  await page.getByRole('textbox').last().fill('家长把聊天截图发到群里，我该先说什么？');
  await page.getByRole('button', { name: zh.keepEntry }).last().click();
  await expect(page.getByRole('banner').getByRole('link', { name: '后台已收' })).toBeVisible(SOON);
}

const servers = [
  { title: 'the reference backend', kind: 'plain', start: backend, verified: true, files: true },
  { title: 'a Learning Record Store', kind: 'xapi-1.0.3', start: store, verified: false, files: true },
];
// `cargo xtask test --backends all`
if (process.env.ZHIXING_RALPH) {
  servers.push({ title: 'Ralph', kind: 'xapi-1.0.3', start: ralph, verified: false, files: false });
}
if (process.env.ZHIXING_XAPIRS) {
  servers.push({ title: 'xapi-rs over PostgreSQL', kind: 'xapi-2.0', start: xapiRs, verified: false, files: true });
}

for (const { title, kind, start, verified, files } of servers) {
  test(`two learners and a tutor work together over ${title}`, async ({ browser, baseURL }) => {
    test.setTimeout(480_000);
    const server = await start();
    try {
      const [li, wang, chen] = await Promise.all(
        Object.keys(PEOPLE).map((name) => member(browser, baseURL, kind, server, name)),
      );

      // At a computer of her own one of them watches, reads, reflects and asks, while all the rest goes on.
      const home = await member(browser, baseURL, kind, server, 'li-na');
      const studied = study(home);

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

      // A file goes along with a submission, and is fetched by who may see it.
      await li.goto('#/step/m2t1-assignment');
      await li.getByLabel(zh.attach).setInputFiles({ name: '价目表.png', mimeType: 'image/png', buffer: PIXEL });
      await expect(li.locator('.attachments .files img')).toHaveJSProperty('naturalWidth', 1);
      await li.getByRole('textbox', { name: '作业正文' }).fill(long('我把量化表里的每一条都问了一遍：这一条扣给谁看。').repeat(5));
      await li.getByRole('button', { name: '提交', exact: true }).click();
      await wang.goto('#/class/work/m2t1-assignment');
      await wang.getByRole('link', { name: '评这一份' }).click(SOON);
      const fetching = wang.getByRole('button', { name: '取来附件“价目表.png”' });
      if (files) {
        // It is handed in after its record, so it may take a moment.
        await expect(async () => {
          if (await fetching.isVisible()) await fetching.click();
          await expect(wang.locator('.files img')).toHaveJSProperty('naturalWidth', 1);
        }).toPass(SOON);
      } else {
        await fetching.click();
        await expect(wang.getByText('没有取到')).toBeVisible();
        await li.goto('#/backend');
        // Ralph fails at it without saying so to a browser: it is tried three times.
        await expect(li.getByText('后台没有收下这些附件')).toBeVisible({ timeout: 150_000 });
      }

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
      await chen.getByText('另请一位同学互评').first().click();
      await chen.getByLabel('请谁来评').first().selectOption('li-na');
      await chen.getByRole('button', { name: '请这位来评' }).first().click();
      await expect(chen.getByText('已请：李娜').first()).toBeVisible();
      await chen.getByRole('textbox', { name: '为什么这样评' }).fill('翻得细，敢写自己没看见的地方。');
      await chen.getByRole('button', { name: '给出总评' }).click();
      await expect(chen.getByText('请先选一个等级')).toBeVisible();
      await chen.getByLabel('等级').selectOption({ label: '合格' });
      await chen.getByRole('button', { name: '给出总评' }).click();
      await expect(chen.getByText(/合格 · 我/)).toBeVisible();
      await chen.goto('#/class');
      await chen.getByRole('textbox', { name: '写一条通知' }).fill('本周五前请各位把第一模块的互评做完。');
      await chen.getByRole('button', { name: '发布通知' }).click();
      await chen.getByText('写一期简报').click();
      await chen.getByRole('textbox', { name: '进展' }).fill('两位都交了第一模块的作业。');
      await chen.getByRole('button', { name: '发布简报' }).click();
      await chen.goto('#/class/attendance/m2t1-session');
      await chen.getByLabel('王伟').selectOption('late');
      // For whom no network brings it there is a file, with what is for this learner and nothing else.
      await chen.goto('#/class/learner/wang-wei');
      const saving = chen.waitForEvent('download');
      await chen.getByRole('button', { name: '存成给这位学员的文件' }).click();
      const file = unpacked(readFileSync(await (await saving).path()));
      const kinds = recordLines(file).map((line) => JSON.parse(line).kind).sort();
      expect(kinds).toEqual(['attendance', 'binding', 'bulletin', 'comment', 'final-grade', 'grade', 'key', 'notice']);

      // The learner sees all of it; whom nobody vouches for is said.
      await expect(wang.getByRole('banner').getByRole('link', { name: /班级 \d/ })).toBeVisible(SOON);
      await wang.goto('#/class');
      await expect(wang.getByText('两位都交了第一模块的作业')).toBeVisible(SOON);
      await expect(wang.getByText('敢写自己没看见的地方')).toBeVisible(SOON);
      await expect(wang.getByText('翻得很仔细')).toBeVisible(SOON);
      await expect(wang.getByText('实践作业 6.5 分')).toBeVisible(SOON);
      await expect(wang.getByText('本周五前')).toBeVisible(SOON);
      const doubts = wang.getByText('未经核实');
      if (!verified) {
        // Nobody vouches, until the roster holds the tutor's key: then the signatures do.
        await expect(doubts.first()).toBeVisible();
        await chen.goto('#/class/desk');
        const roster = chen.waitForEvent('download');
        await chen.getByRole('button', { name: /roster\.json/ }).click();
        const given = JSON.parse(readFileSync(await (await roster).path(), 'utf8'));
        expect(given.people.find(({ id }) => id === 'chen').keys).toHaveLength(1);
        await wang.getByText(/^班级成员/).click();
        const file = { name: 'roster.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(given)) };
        await wang.getByLabel('读入花名册').setInputFiles(file);
        await expect(wang.getByText('翻得很仔细')).toBeVisible(SOON);
      }
      // A peer signs nothing: over a store what they ask stays doubted.
      await expect(wang.locator('p, li').filter({ hasText: '陈老师' }).filter({ hasText: '未经核实' })).toHaveCount(0, SOON);
      await wang.goto('#/standing');
      await expect(wang.getByText('6.5').first()).toBeVisible(SOON);
      await expect(wang.getByText(/^指导教师总评：合格 · 陈老师/)).toBeVisible();
      // The module is done, and its question answered.
      await studied;
      await chen.goto('#/class');
      await chen.getByText('回答', { exact: true }).first().click(SOON);
      await chen.getByRole('textbox', { name: '写评语' }).first().fill('先把截图从群里撤回，再单独打电话。');
      await chen.getByRole('button', { name: '给全班看' }).first().click();
      await li.goto('#/class');
      await expect(li.getByText('先把截图从群里撤回')).toBeVisible(SOON);

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
    const work = [...chain(1, () => ({
      kind: 'submission', audience: 'class', registration, actor, at: Date.now(),
      body: { step: 'm1t1-assignment', text: STRINGS[5], files: STRINGS.map((name) => ({ name, mime: name, bytes: 1, sha256: 'a'.repeat(64) })) },
    }))];
    const records = [...work, ...chain(STRINGS.length * kinds.length, (seq) => ({
      kind: kinds[seq % kinds.length], audience: 'class', registration, actor, at: Date.now() - seq * 60_000,
      body: { step: 'm1t1-discussion', text: STRINGS[Math.floor((seq - 1) / kinds.length)] },
    }))];
    const headers = { Authorization: `Basic ${Buffer.from('wang-wei:wang-wei-2026').toString('base64')}`, 'Content-Type': 'application/json' };
    for (let at = 0; at < records.length; at += 50) {
      const answer = await fetch(`${server.address}records`, { method: 'POST', headers, body: `[${records.slice(at, at + 50).join(',')}]` });
      expect((await answer.json()).map(({ status }) => status)).not.toContain('refused');
    }
    const page = await member(browser, baseURL, 'plain', server, 'li-na');
    // The criteria of a rubric, too.
    await changeCourse(page, (course) => {
      const steps = course.modules.flatMap((module) => module.topics.flatMap((topic) => topic.steps));
      for (const step of steps) {
        step.gate = { kind: 'free' };
        for (const criterion of step.content.rubric ?? []) {
          criterion.title = { 'zh-CN': STRINGS[8], en: STRINGS[8] };
          criterion.description = { 'zh-CN': STRINGS[9], en: STRINGS[9] };
        }
      }
    });
    const done = [];
    page.on('dialog', (dialog) => dialog.dismiss().then(() => done.push(dialog.message())));
    page.on('pageerror', (error) => done.push(String(error)));
    page.on('console', (message) => message.text().includes('Content Security Policy') && done.push(message.text()));
    await page.addInitScript(() => { window.hit = () => { window.hits = true; }; });
    await page.route('**/roster', async (route) => {
      // The page asks again at any time: also when the backend is gone at the end of the test.
      const answer = await route.fetch().catch(() => null);
      if (!answer) return route.abort().catch(() => {});
      const roster = await answer.json();
      for (const person of roster.people) person.name = STRINGS[6];
      roster.title = STRINGS[7];
      return route.fulfill({ json: roster });
    });
    await page.reload();
    for (const where of ['#/class', '#/step/m1t1-discussion']) {
      await page.goto(where);
      await expect(page.getByText(STRINGS[6]).first()).toBeVisible(SOON);
      expect(await page.locator('.hostile').count()).toBe(0);
      expect(await page.evaluate(() => Boolean(window.hits))).toBe(false);
    }
    await page.goto(`#/class/review/m1t1-assignment/${JSON.parse(work[0]).id}`);
    for (const text of [STRINGS[8], STRINGS[9], STRINGS[5], STRINGS.at(-1)]) {
      await expect(page.getByText(text).first()).toBeVisible(SOON);
    }
    // What a backend says when it refuses.
    await page.route('**/records', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback();
      const sent = route.request().postDataJSON();
      return route.fulfill({ json: sent.map(({ id }, at) => ({ id, status: 'refused', why: STRINGS[at % STRINGS.length] })) });
    });
    await page.goto('#/step/m1t1-discussion');
    await page.getByRole('textbox', { name: '发一个帖子' }).fill(long('我先给家长打了电话，等她说完。'));
    await page.getByRole('button', { name: '发出', exact: true }).click();
    await page.goto('#/backend');
    await expect(page.getByText(STRINGS[0])).toBeVisible(SOON);
    expect(await page.locator('.hostile').count()).toBe(0);
    expect(await page.evaluate(() => Boolean(window.hits))).toBe(false);
    // A tutor's word only: these notices are a learner's, and are said to be unverified.
    await page.goto('#/class');
    await expect(page.getByText('未经核实').first()).toBeVisible();
    expect(done).toEqual([]);
  } finally {
    server.close();
  }
});

test('a class without a backend exchanges files: roster, a whole class at once, grades that are known as the tutor\'s', async ({ browser, baseURL }) => {
  const pages = {};
  const asFile = (name, text) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  const saved = async (page, act) => {
    const saving = page.waitForEvent('download');
    await act();
    return readFileSync(await (await saving).path());
  };
  const open = async (name, roster) => {
    const context = await browser.newContext({ baseURL, locale: 'zh-CN', viewport: { width: 1024, height: 768 } });
    await openAllSteps(context);
    const page = await context.newPage();
    await page.goto('#/class');
    await page.getByLabel('读入花名册').setInputFiles(asFile('roster.json', roster));
    await page.getByLabel('您是哪一位').selectOption(name);
    await page.getByRole('button', { name: '就是我' }).click();
    await expect(page.getByText(ROSTER.title)).toBeVisible();
    pages[name] = page;
  };
  // The tutor first: the roster that is handed on holds the key.
  await open('chen', JSON.stringify(ROSTER));
  const chen = pages.chen;
  expect(await faults(chen)).toEqual([]);
  await chen.goto('#/class/desk');
  const roster = await saved(chen, () => chen.getByRole('button', { name: /roster\.json/ }).click());
  for (const name of ['li-na', 'wang-wei']) await open(name, roster.toString());
  const files = [];
  for (const name of ['li-na', 'wang-wei']) {
    const page = pages[name];
    await page.goto('#/step/m2t1-assignment');
    await page.getByLabel(zh.attach).setInputFiles({ name: '价目表.png', mimeType: 'image/png', buffer: PIXEL });
    await expect(page.locator('.attachments .files img')).toHaveJSProperty('naturalWidth', 1);
    await page.getByRole('textbox', { name: '作业正文' }).fill(long(`${name} 把量化表里的每一条都问了一遍。`).repeat(5));
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.goto('#/records');
    files.push({ name: `${name}.zip`, mimeType: 'application/zip', buffer: await saved(page, () => page.getByRole('button', { name: zh.export }).click()) });
  }
  // A whole class at once, one file of which is none.
  await chen.goto('#/records');
  const take = () => takeIn(chen, zh, [...files, { name: 'broken.zip', mimeType: 'application/zip', buffer: Buffer.from('PK') }]);
  await take();
  await expect(chen.locator('.outcome')).toContainText('2/3');
  await expect(chen.locator('.outcome')).toContainText('broken.zip');
  await chen.goto('#/class/desk');
  await chen.getByRole('row').filter({ hasText: '王伟' }).getByRole('link', { name: '王伟' }).click();
  await chen.getByText('看原文').first().click();
  await expect(chen.locator('.files img')).toHaveJSProperty('naturalWidth', 1);
  const practice = chen.getByRole('group', { name: '实践作业' });
  await practice.getByLabel(/分数/).fill('7');
  await practice.getByRole('button', { name: '保存评分' }).click();
  await expect(practice).toContainText('7 分');
  const back = await saved(chen, () => chen.getByRole('button', { name: '存成给这位学员的文件' }).click());

  // The learner takes it in; the signature says whose word it is. A forged one is taken in and doubted.
  const wang = pages['wang-wei'];
  const lines = recordLines(unpacked(back));
  const grade = JSON.parse(lines.find((line) => JSON.parse(line).kind === 'grade'));
  expect(grade.signature.value).toHaveLength(128);
  grade.body.points = 8000;
  grade.id = randomUUID();
  grade.seq = 1;
  grade.prev = null;
  grade.installation = randomUUID();
  const forged = packet([...lines.filter((line) => JSON.parse(line).kind === 'binding'), canonical(grade)]);
  for (const [buffer, points] of [[back, '7 分'], [forged, '8 分']]) {
    await wang.goto('#/records');
    await takeIn(wang, zh, { name: 'back.zip', mimeType: 'application/zip', buffer });
    await expect(wang.locator('.outcome')).toContainText('导入完成');
    await wang.goto('#/class');
    await expect(wang.getByText(`实践作业 ${points}`)).toBeVisible();
  }
  const line = (points) => wang.getByRole('listitem').filter({ hasText: `实践作业 ${points}` });
  await expect(line('7 分')).not.toContainText('未经核实');
  await expect(line('8 分')).toContainText('未经核实');
  expect(await faults(wang)).toEqual([]);
  await Promise.all(Object.values(pages).map((page) => page.context().close()));
});

test('posts of another course whose step has the same name are not among those of this one', async ({ page }) => {
  await openAllSteps(page);
  const course = await (await page.request.get('courses/p2-growth/course.json')).json();
  const post = (text, of) => ({
    kind: 'post', audience: 'class', registration: randomUUID(), actor: 'li', at: Date.now() - 60_000,
    body: { step: 'm1t1-discussion', text: long(text), ...(of && { course: of }) },
  });
  const posts = [post('这一门课的帖子。', course.id), post('另一门课的帖子。', 'tag:zhixing.example,2026:course/another'), post('没说哪门课的旧帖子。')];
  const lines = [...chain(posts.length, (seq) => posts[seq - 1])];
  await page.goto('#/records');
  await takeIn(page, zh, { name: 'posts.zip', mimeType: 'application/zip', buffer: packet(lines) });
  await expect(page.locator('.outcome')).toHaveText(zh.imported);
  await page.goto('#/step/m1t1-discussion');
  await expect(page.locator('.threads li')).toHaveCount(2);
  await expect(page.getByText('另一门课的帖子')).toHaveCount(0);
});
