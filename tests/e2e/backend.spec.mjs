// Sending: what is done here arrives at a real Learning Record Store, each record once, and the
// learner is told how it goes.

import { createServer } from 'node:http';
import { expect, test } from '@playwright/test';
import { faults } from './axe.mjs';
import { LEARNER, chain } from './chain.mjs';
import { KEY, freePort, lists, store } from './lrs.mjs';
import { exported, packet, recordLines, takeIn, unpacked } from './packet.mjs';
import { backend, records } from './soak.mjs';
import { en, zh } from './words.mjs';

const CLASS = 'tag:school.example,2026:class-1';
const RECORD = 'tag:zhixing.example,2026:record';

const names = {
  [zh.tag]: {
    title: '交给后台', kind: '后台的种类', address: '地址', class: '班级标识', name: '名单里的编号', user: '登录名', password: '密码',
    start: '检查并开始发送', all: '后台已收', unwell: /后台没有回应，\d+ 条待发/, signIn: '后台需要登录', imported: /新增/, stop: '停止发送',
    refused: '登录名或密码不对，或者没有权限', strange: /不是这种后台/, unreachable: /没有回应/, address_bad: /要以 http/, account: /要是一个 IRI/,
  },
  [en.tag]: {
    title: 'Send to a backend', kind: 'Kind of backend', address: 'Address', class: /Identifier of the class/, name: 'Your id in its roster',
    user: 'User name', password: 'Password', start: 'Check, and begin to send', all: 'Accepted by the backend',
  },
};

async function fill(page, said, typed) {
  await page.goto('#/backend');
  await expect(page.getByRole('heading', { level: 1, name: said.title })).toBeVisible();
  for (const [field, value] of Object.entries(typed)) {
    await page.getByLabel(said[field], { exact: typeof said[field] === 'string' }).fill(value);
  }
  await page.getByRole('button', { name: said.start }).click();
}

const account = (address) => ({ address, class: CLASS, name: 'li-na', ...KEY });

/** The records of the device that may leave it. */
async function ours(page, words) {
  await page.goto('#/records');
  const lines = recordLines(unpacked((await exported(page, words)).bytes));
  return lines.filter((line) => JSON.parse(line).audience !== 'private').sort();
}

/** What a store has of it. */
const theirs = (statements) =>
  statements.map((statement) => statement.context?.extensions?.[RECORD]).filter(Boolean).sort();

test.describe('a Learning Record Store', () => {
  let lrs;
  test.beforeAll(async () => {
    lrs = await store();
  });
  test.afterAll(() => lrs.close());

  test('has every record once, byte for byte, though the page was left in the middle', async ({ page }) => {
    const said = names[zh.tag];
    await page.goto('#/records');
    const own = JSON.parse(recordLines(unpacked((await exported(page, zh)).bytes))[0]).registration;
    const start = Date.now() - 86_400_000;
    const studied = [...chain(120, (seq) => ({
      kind: 'studied', audience: 'tutor', registration: own, actor: LEARNER, at: start + seq * 60_000,
      body: {
        elapsedMs: 20_000, medium: { kind: 'video' }, session: '03030303-0303-4303-8303-030303030303',
        segments: [[seq * 300, seq * 300 + 9_000]], startedAt: start + seq * 60_000, step: 'm1t1-video',
      },
    }))];
    const file = { name: 'own.zip', mimeType: 'application/zip', buffer: packet(studied) };
    await page.goto('#/records');
    await takeIn(page, zh, file);
    await expect(page.getByRole('main').getByRole('status')).toHaveText(said.imported);
    // The second batch is on its way until the page is left.
    let batches = 0;
    const all = `${lrs.address}**`;
    await page.route(all, async (route) => {
      const sent = route.request().method() === 'POST' ? (route.request().postData() ?? '') : '';
      batches += sent.startsWith('[') && sent.length > 5_000 ? 1 : 0;
      if (batches !== 2) await route.continue();
    });
    await fill(page, said, account(lrs.address));
    await expect(page.getByText(/条待发/).first()).toBeVisible();
    await expect.poll(() => batches).toBe(2);
    await page.unroute(all);
    await page.reload();
    await expect(page.getByRole('banner').getByRole('link', { name: said.all })).toBeVisible({ timeout: 30_000 });
    const made = await ours(page, zh);
    expect(made.length).toBeGreaterThan(120);
    const statements = await lrs.statements();
    expect(theirs(statements)).toEqual(made);
    for (const { actor } of statements) expect(actor.account).toEqual({ homePage: CLASS, name: 'li-na' });
    // What is done from now on follows by itself.
    await page.goto('#/step/m2t1-discussion');
    await page.getByRole('textbox', { name: zh.newPost }).fill('我先给家长打了电话，等她说完，再说我看到的。'.repeat(6));
    await page.getByRole('button', { name: zh.publish, exact: true }).click();
    await expect.poll(async () => theirs(await lrs.statements()).length, { timeout: 20_000 }).toBeGreaterThan(made.length);
  });

  test('is asked for in English as well, and the page reads well', async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem('zhixing-language', 'en'));
    const said = names[en.tag];
    await fill(page, said, account(lrs.address));
    await expect(page.getByRole('banner').getByRole('link', { name: said.all })).toBeVisible({ timeout: 30_000 });
    expect(await faults(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(wide).toBe(false);
  });
});

test('the reference backend knows by itself whose the records are, and shows each to whom it is for', async ({ page }) => {
  const server = await backend();
  const { address } = server;
  try {
    const said = names[zh.tag];
    await page.goto('#/backend');
    await page.getByLabel(said.kind).selectOption('plain');
    await expect(page.getByLabel(said.class)).toBeHidden();
    await fill(page, said, { address, user: 'li-na', password: 'wrong' });
    await expect(page.getByRole('main').getByText(said.refused)).toBeVisible();
    await page.getByLabel(said.password).fill('li-na-2026');
    await page.getByRole('button', { name: said.start }).click();
    await expect(page.getByRole('banner').getByRole('link', { name: said.all })).toBeVisible({ timeout: 30_000 });
    const made = await ours(page, zh);
    await expect.poll(() => records(address, 'chen')).toEqual(made);
    // What is for the tutor is not for the class.
    expect(await records(address, 'wang-wei')).toEqual([]);
  } finally {
    server.close();
  }
});

test('a backend that is none is told apart, and nothing is sent', async ({ page }) => {
  const said = names[zh.tag];
  const answers = [[200, 'text/html', '<h1>登录校园网</h1>'], [401, 'application/json', '{}'], [503, 'text/plain', 'down']];
  let sent = 0;
  let now = answers[0];
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Headers', '*, Authorization');
    if (request.method === 'POST') sent += 1;
    const [status, type, body] = request.method === 'OPTIONS' ? [204, 'text/plain', ''] : now;
    response.writeHead(status, { 'Content-Type': type }).end(body);
  });
  const port = await freePort();
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const told = [said.strange, said.refused, '后台现在不能用，过一会儿再试'];
  for (const [at, one] of answers.entries()) {
    now = one;
    await fill(page, said, account(`http://127.0.0.1:${port}/`));
    await expect(page.getByRole('main').getByText(told[at])).toBeVisible();
    await page.goto('#/');
  }
  server.close();
  await fill(page, said, account(`http://127.0.0.1:${port}/`));
  await expect(page.getByRole('main').getByText(said.unreachable)).toBeVisible();
  await page.goto('#/');
  await fill(page, said, { ...account('lrs.example'), address: 'lrs.example' });
  await expect(page.getByRole('main').getByRole('status')).toHaveText(said.address_bad);
  await page.goto('#/');
  await fill(page, said, { ...account('http://127.0.0.1:9/'), class: 'class one' });
  await expect(page.getByRole('main').getByRole('status')).toHaveText(said.account);
  expect(sent).toBe(0);
  expect(await page.evaluate(() => localStorage.getItem('zhixing-backend'))).toBe(null);
});

test('a server that gives what it takes an id of its own is known by that, and refused', async ({ page }) => {
  const said = names[zh.tag];
  const server = await lists();
  try {
    await fill(page, said, account(server.address));
    const steps = page.getByRole('main').locator('.probe li');
    await expect(steps.last()).toContainText('编号变了');
    await expect(page.getByRole('main').getByText('这个后台现在不能用')).toBeVisible();
    expect(await page.evaluate(() => localStorage.getItem('zhixing-backend'))).toBe(null);
  } finally {
    server.close();
  }
});

test('every step of the check is said, files and version too; what waits is listed and can be sent now', async ({ page }) => {
  const said = names[zh.tag];
  const server = await backend();
  try {
    await page.goto('#/backend');
    await page.getByLabel(said.kind).selectOption('plain');
    await fill(page, said, { address: server.address, user: 'li-na', password: 'li-na-2026' });
    const steps = page.getByRole('main').locator('.probe li');
    await expect(steps.last()).toHaveText('✓ 附件能交上去，也取得回来');
    await expect(steps.filter({ hasText: '同一个版本' })).toHaveCount(1);
    await expect(page.getByRole('banner').getByRole('link', { name: said.all })).toBeVisible({ timeout: 30_000 });
    // The network goes, something is written: it is named as waiting, and goes once it is back.
    await page.route(`${server.address}**`, (route) => route.abort());
    await page.goto('#/step/m2t1-discussion');
    await page.getByRole('textbox', { name: zh.newPost }).fill('先听完再说，这一条我贴在了办公桌上，提醒自己别抢话。'.repeat(6));
    await page.getByRole('button', { name: zh.publish, exact: true }).click();
    await page.goto('#/backend');
    const waiting = page.getByRole('listitem').filter({ hasText: /^帖子 · / });
    await expect(waiting).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole('main').getByText(said.unwell).first()).toBeVisible({ timeout: 30_000 });
    await page.unroute(`${server.address}**`);
    await page.getByRole('button', { name: '现在就发送' }).click();
    await expect(page.getByRole('banner').getByRole('link', { name: said.all })).toBeVisible({ timeout: 30_000 });
    await expect(waiting).toHaveCount(0);
  } finally {
    server.close();
  }
});

test('no password is kept on the device, and a new start asks for it', async ({ page, context }) => {
  const said = names[zh.tag];
  const lrs = await store();
  await fill(page, said, account(lrs.address));
  await expect(page.getByRole('banner').getByRole('link', { name: said.all })).toBeVisible({ timeout: 30_000 });
  const kept = await page.evaluate(() => JSON.stringify(Object.entries(localStorage)));
  expect(kept).not.toContain(KEY.password === 'test' ? '"password"' : KEY.password);
  const settings = await page.evaluate(() => JSON.parse(localStorage.getItem('zhixing-backend')));
  expect(Object.keys(settings).sort()).toEqual(['address', 'class', 'kind', 'name', 'user']);
  const later = await context.newPage();
  await page.close();
  await later.goto('#/');
  await expect(later.getByRole('banner').getByRole('link', { name: said.signIn })).toBeVisible();
  await later.getByRole('banner').getByRole('link', { name: said.signIn }).click();
  await later.getByRole('button', { name: said.stop }).click();
  await expect(later.getByRole('banner').getByRole('link', { name: said.signIn })).toHaveCount(0);
  lrs.close();
});
