// Firefox without a network: after one visit and one download, and from a stick.

import { expect, test } from '@playwright/test';
import { Firefox } from './firefox.mjs';
import { Site } from './site.mjs';
import { Stick } from './stick.mjs';
import { zh } from './words.mjs';

const firefox = new Firefox();

test.beforeAll(async () => {
  await firefox.start(4444 + (process.pid % 1000));
});
test.afterAll(() => firefox.stop());

/** Plays the first video and reads the first case, then looks at every screen. */
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
  for (const route of ['standing', 'ledger', 'records', 'class', 'device', 'outline']) {
    await firefox.go(`${base}#/${route}`);
    await firefox.until(() => firefox.run("return Boolean(document.querySelector('h1'))"));
    expect(await firefox.text()).not.toContain(zh.notFetched);
  }
}

test('after one visit and one download the app reloads and is studied from with the network cut', async () => {
  test.setTimeout(180_000);
  const site = await new Site().start();
  site.openAllSteps();
  try {
    await firefox.go(`${site.address}#/device`);
    await firefox.shows(zh.device);
    await firefox.shows('断网以后也能重新打开这个网址');
    await firefox.click("//button[starts-with(., '下载') and contains(., '整门课')]");
    await firefox.until(async () => /都在本机了 · /.test(await firefox.text()), 60_000, 'the download');
    await site.cut();
    await firefox.reload();
    await firefox.shows(zh.device);
    await studies(site.address);
    await site.back();
  } finally {
    await site.cut();
  }
});

test('the portable edition takes a package and is studied from', async () => {
  test.setTimeout(180_000);
  const stick = new Stick();
  try {
    stick.make('zhixing.html');
    const address = stick.address('zhixing.html');
    await firefox.go(address);
    await firefox.shows('打开一门课');
    await firefox.type('input[accept]', stick.path('course.zip'));
    await firefox.shows(zh.begin, 60_000);
    await studies(address);
    // After a new start everything is still there, and is said to be on this computer only.
    await firefox.go(address);
    await firefox.reload();
    await firefox.shows('条记录只在这台电脑的这个浏览器里');
  } finally {
    stick.remove();
  }
});
