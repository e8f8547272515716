// Firefox without a network: after one visit and one download, and from a stick.

import { expect, test } from '@playwright/test';
import { Firefox, PLAIN } from './firefox.mjs';
import { Site } from './site.mjs';
import { backend } from './soak.mjs';
import { Stick } from './stick.mjs';
import { zh } from './words.mjs';

const firefox = new Firefox();

test.beforeAll(async () => {
  await firefox.start(4444 + (process.pid % 1000));
});
test.afterAll(() => firefox.stop());

const button = (words) => `//main//button[normalize-space()='${words}']`;

/** Fills the first field of several lines as a person who pastes does. */
const write = (text) =>
  firefox.run("const field = document.querySelector('main textarea'); field.value = arguments[0]; field.dispatchEvent(new Event('input', { bubbles: true }))", text);

/** Signs in to the backend of a class. */
async function signsIn(base, address) {
  await firefox.go(`${base}#/backend`);
  await firefox.shows('后台的种类');
  await firefox.run("const kind = document.querySelector('main select'); kind.value = 'plain'; kind.dispatchEvent(new Event('change', { bubbles: true }))");
  const fields = [['地址', address], ['登录名', 'li-na'], ['密码', 'li-na-2026']];
  for (const [label, text] of fields) await firefox.typeInto(label, text);
  await firefox.click(button('检查并开始发送'));
  await firefox.shows('后台已收', 60_000);
}

/** Plays, reads, posts, writes and sits an exam, opens every module, and looks at every screen. */
async function studies(base) {
  await firefox.go(`${base}#/step/m1t1-video`);
  const video = (what) => firefox.run(`const video = document.querySelector('video'); return video && (${what})`);
  await firefox.until(() => video('video.readyState > 0'), 30_000, 'the video');
  expect(await video('video.currentSrc')).toMatch(/^blob:/);
  await video('void (video.currentTime = 60, video.play())');
  await firefox.until(() => video('video.currentTime > 63'), 30_000, 'playing');
  await firefox.until(async () => /已计 [1-9]/.test(await firefox.text()), 30_000, 'credit');
  await video('video.pause()');
  await firefox.go(`${base}#/step/m1t1-reading/case`);
  await firefox.shows('贺老师');
  await firefox.go(`${base}#/step/m1t1-discussion`);
  await firefox.until(() => firefox.run("return Boolean(document.querySelector('main textarea'))"), 30_000, 'the field for a post');
  await write('断网也照样写：我先把那天的事按时间记下来，再看自己哪一句说早了。'.repeat(12));
  await firefox.click(button(zh.publish));
  await firefox.until(() => firefox.run("return document.querySelectorAll('.threads li').length > 0"), 30_000, 'the post');
  await firefox.go(`${base}#/step/m1t1-assignment`);
  await firefox.until(() => firefox.run("return document.querySelector('main textarea')?.getAttribute('aria-label') === '作业正文'"), 30_000, 'the field for the assignment');
  await write('这周我记下了三次晚自习的纪律，每次都写了是谁先开口。'.repeat(30));
  await firefox.click(button(zh.submit));
  await firefox.shows(zh.showText);
  await firefox.go(`${base}#/step/m2t1-exam`);
  await firefox.shows(zh.examBegin);
  for (const step of [zh.examBegin, zh.examCheck, zh.examHandIn]) {
    await firefox.until(() => firefox.click(button(step)).then(() => true), 30_000, step);
  }
  await firefox.shows(zh.examAgain);
  for (const step of ['m2t1-reading', 'm3t1-reading', 'm4t1-reading']) {
    await firefox.go(`${base}#/step/${step}`);
    await firefox.until(() => firefox.run("return (document.querySelector('.prose')?.innerText ?? '').length > 50"), 30_000, step);
  }
  for (const route of ['standing', 'ledger', 'records', 'class', 'device', 'outline']) {
    await firefox.go(`${base}#/${route}`);
    await firefox.until(() => firefox.run("return Boolean(document.querySelector('h1'))"));
    expect(await firefox.text()).not.toContain(zh.notFetched);
  }
}

for (const [where, host] of [['on the machine itself', '127.0.0.1'], ['on plain http, without a reload', PLAIN]]) {
  test(`${where}: after one visit and one download it is studied from with the network cut, and all of it is accepted later`, async () => {
    test.setTimeout(240_000);
    const site = await new Site().start();
    site.openAllSteps();
    const base = site.address.replace('127.0.0.1', host);
    const server = await backend();
    let again = null;
    try {
      await signsIn(base, server.address);
      await firefox.go(`${base}#/device`);
      await firefox.shows(zh.device);
      expect(await firefox.run('return isSecureContext')).toBe(host !== PLAIN);
      await firefox.shows(host === PLAIN ? '普通 http 的网址都不能' : '断网以后也能重新打开这个网址');
      await firefox.click("//button[starts-with(., '下载') and contains(., '整门课')]");
      await firefox.until(async () => /都在本机了 · /.test(await firefox.text()), 60_000, 'the download');
      const { port } = new URL(server.address);
      server.close();
      await site.cut();
      if (host !== PLAIN) await firefox.reload();
      await firefox.shows(zh.device);
      await studies(base);
      await firefox.shows('条待发', 60_000);
      await site.back();
      again = await backend(Number(port));
      await firefox.shows('后台已收', 90_000);
    } finally {
      again?.close();
      await site.cut();
    }
  });
}

test('the portable edition takes a package and is studied from', async () => {
  test.setTimeout(180_000);
  const stick = new Stick();
  const server = await backend();
  try {
    stick.make('zhixing.html');
    const address = stick.address('zhixing.html');
    await firefox.go(address);
    await firefox.shows('打开一门课');
    await firefox.type('input[accept]', stick.path('course.zip'));
    await firefox.shows(zh.begin, 60_000);
    await signsIn(address, server.address);
    await studies(address);
    await firefox.shows('后台已收', 90_000);
    // After a new start everything is still there, and is said to be in a second place too.
    await firefox.go(address);
    await firefox.reload();
    await firefox.shows('记录都导出过了');
  } finally {
    server.close();
    stick.remove();
  }
});
