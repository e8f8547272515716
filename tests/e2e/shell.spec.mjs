// The static page around the app: what is seen before it runs, when it cannot, when what it
// fetches is missing or hostile, and where it may be served from.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { changeCourse, openAllSteps, untilAsked, untilCredited } from './study.mjs';
import { en, zh } from './words.mjs';

const dist = fileURLToPath(new URL('../../target/dist/', import.meta.url));
const heading = (page, name) => page.getByRole('heading', { level: 1, ...(name && { name }) });

/** Collects what a page complains of, uncaught or on the console. */
function complaints(page) {
  const said = [];
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(error.message));
  return said;
}

/** Holds back what matches until the answered function is called. */
async function hold(page, pattern) {
  let release;
  const gate = new Promise((resolve) => {
    release = resolve;
  });
  await page.route(pattern, async (route) => {
    await gate;
    await route.continue();
  });
  return release;
}

test.describe('before the app runs', () => {
  test('the brand and a word are there while the app is on its way', async ({ page }) => {
    const release = await hold(page, '**/*.wasm');
    await page.goto('', { waitUntil: 'commit' });
    await expect(page.getByText('知行', { exact: true })).toBeVisible();
    await expect(page.getByRole('status')).toContainText(zh.loading);
    await expect(heading(page)).toHaveCount(0);
    release();
    await expect(heading(page)).toBeVisible();
    await expect(page.getByText(zh.loading)).toHaveCount(0);
  });

  test('language and colours are kept, and are there before the app', async ({ page }) => {
    await page.goto('');
    await page.getByRole('button', { name: zh.language }).click();
    await page.getByRole('combobox', { name: en.theme }).selectOption('dark');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    const dark = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const colour = await dark();

    const release = await hold(page, '**/*.wasm');
    await page.reload({ waitUntil: 'commit' });
    await expect(page.getByRole('status')).toContainText(en.loading);
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    expect(await dark()).toBe(colour);
    release();
    await expect(page.getByRole('link', { name: en.outline, exact: true })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.getByRole('combobox', { name: en.theme })).toHaveValue('dark');
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('a plain word says what to do', async ({ page }) => {
    await page.goto('');
    await expect(heading(page, '请打开 JavaScript')).toBeVisible();
    // Playwright reads no text of a noscript element by its words.
    await expect(page.locator('noscript p[lang="en"]')).toContainText('Please turn it on');
    await expect(page.getByText(zh.loading)).toBeHidden();
  });
});

test.describe('in a browser that cannot run it', () => {
  const old = {
    'has no WebAssembly': () => delete window.WebAssembly,
    'has an early WebAssembly': () => {
      const refuse = () => Promise.reject(new WebAssembly.CompileError('reference types'));
      Object.assign(WebAssembly, {
        validate: () => false,
        compile: refuse,
        compileStreaming: refuse,
        instantiate: refuse,
        instantiateStreaming: refuse,
      });
    },
  };
  for (const [what, take] of Object.entries(old)) {
    test(`one that ${what} is called too old, and nothing else`, async ({ page }) => {
      await page.addInitScript(take);
      await page.goto('');
      await expect(heading(page, '这个浏览器太旧了')).toBeVisible();
      await expect(page.getByText('This browser is too old.')).toBeVisible();
      await expect(page.getByText(zh.loading)).toBeHidden();
      await expect(page.getByRole('heading').filter({ visible: true })).toHaveCount(1);
    });
  }

  for (const file of ['**/*.wasm', '**/zhixing-*.js']) {
    test(`the page says so when ${file} does not arrive`, async ({ page }) => {
      await page.route(file, (route) => route.abort());
      await page.goto('');
      await expect(heading(page, '没有打开')).toBeVisible();
      await expect(page.getByText('The app did not start')).toBeVisible();
      await expect(page.getByText(zh.loading)).toBeHidden();
      await expect(page.getByRole('heading').filter({ visible: true })).toHaveCount(1);
      await page.unroute(file);
      await page.reload();
      await expect(heading(page)).toBeVisible();
      await expect(heading(page, '没有打开')).toHaveCount(0);
    });
  }

  test('it studies where the browser keeps nothing, and says so', async ({ page }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('refused', 'SecurityError');
      };
    });
    await page.goto('');
    await expect(page.getByRole('alert')).toContainText(zh.notKept);
    await page.getByRole('link', { name: zh.begin }).click();
    await expect(page.getByRole('alert')).toContainText(zh.notKept);
    await page.getByRole('button', { name: zh.play, exact: true }).click();
    await untilCredited(page, 2);
    await page.getByRole('button', { name: zh.pause, exact: true }).click();
    await page.getByRole('link', { name: zh.outline, exact: true }).click();
    await expect(heading(page, zh.outline)).toBeVisible();
  });
});

test.describe('the security policy', () => {
  test('is broken by no screen', async ({ page }) => {
    const said = complaints(page);
    const broken = [];
    await page.exposeFunction('policyBroken', (what) => broken.push(what));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        window.policyBroken(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
    await openAllSteps(page);
    for (const [address, title] of [
      ['', undefined],
      ['#/outline', zh.outline],
      ['#/step/m2t1-reading/analysis', zh.readingTitle],
      ['#/step/m2t1-discussion', undefined],
      ['#/nowhere', zh.notFound],
      ['#/step/m2t1-video', zh.videoTitle],
    ]) {
      await page.goto(address);
      await expect(heading(page, title)).toBeVisible();
      if (address.endsWith('analysis')) {
        const picture = page.getByRole('img', { name: /十七次迟到/ });
        await picture.scrollIntoViewIfNeeded();
        await expect(picture).toHaveJSProperty('complete', true);
      }
    }
    await (await untilAsked(page, zh)).fill('好');
    await page.getByRole('button', { name: zh.keep }).click();
    await page.getByRole('link', { name: zh.records }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: zh.export }).click();
    await download;
    expect(broken).toEqual([]);
    expect(said).toEqual([]);
  });

  test('has no hole, and stops a script that was smuggled in', async ({ page }) => {
    await page.goto('');
    await expect(heading(page)).toBeVisible();
    const policy = await page
      .locator('meta[http-equiv="Content-Security-Policy"]')
      .getAttribute('content');
    expect(policy).not.toContain('unsafe-inline');
    // A backend is wherever a school has one, and `blob:` is what the page itself made of the device's
    // files; everything else comes from here.
    const backends = "connect-src 'self' blob: http: https:;";
    expect(policy).toContain(backends);
    expect(policy.replace(backends, '')).not.toMatch(/'unsafe-eval'|https?:|\*|__/);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("object-src 'none'");

    const blocked = await page.evaluate(async () => {
      const found = [];
      document.addEventListener('securitypolicyviolation', (event) => {
        found.push(event.effectiveDirective);
      });
      const stopped = (count) =>
        new Promise((resolve) => {
          const look = () => (found.length >= count ? resolve() : requestAnimationFrame(look));
          look();
        });
      const script = document.createElement('script');
      script.textContent = 'window.smuggled = 1';
      document.body.append(script);
      await stopped(1);
      document.body.insertAdjacentHTML('beforeend', '<i onclick="window.smuggled = 2"></i>');
      document.body.lastElementChild.click();
      await stopped(2);
      const far = document.createElement('script');
      far.src = 'https://elsewhere.invalid/a.js';
      document.body.append(far);
      await stopped(3);
      new WebSocket('wss://elsewhere.invalid/').onerror = () => {};
      await stopped(4);
      const picture = document.createElement('img');
      picture.src = 'https://elsewhere.invalid/a.png';
      document.body.append(picture);
      await stopped(5);
      return found;
    });
    expect(blocked).toEqual(['script-src-elem', 'script-src-attr', 'script-src-elem', 'connect-src', 'img-src']);
    expect(await page.evaluate(() => window.smuggled)).toBeUndefined();
  });
});

test.describe('hostile addresses', () => {
  const fragments = {
    'a path that climbs': '#/step/../x',
    'a step that is none': '#/step/no-such-step',
    'a part of a step that is none': '#/step/no-such-step/case',
    markup: '#<img src=x onerror=alert(1)>',
    'markup in a step': '#/step/<svg onload=alert(1)>',
    'a script': '#javascript:alert(1)',
    'a plain word': '#abc',
    'five thousand letters': `#/step/${'a'.repeat(5_000)}`,
    'five thousand steps': `#${'/a'.repeat(2_500)}`,
    'a null': '#/step/%00',
    'half a character': '#/step/%E4%BD',
  };
  test('are no page, and lead home', async ({ page }) => {
    const said = complaints(page);
    page.on('dialog', (dialog) => {
      said.push(`dialog ${dialog.message()}`);
      dialog.dismiss();
    });
    for (const [what, fragment] of Object.entries(fragments)) {
      await test.step(what, async () => {
        await page.goto('about:blank');
        await page.goto(fragment);
        await expect(heading(page, zh.notFound)).toBeVisible();
        await page.getByRole('main').getByRole('link', { name: zh.home }).click();
        await expect(page.getByRole('link', { name: zh.begin })).toBeVisible();
      });
    }
    expect(said).toEqual([]);
  });
});

test.describe('a course', () => {
  test('that is missing is told, and opens once it is back', async ({ page }) => {
    await page.route('**/course.json', (route) => route.fulfill({ status: 404 }));
    await page.goto('#/outline');
    await expect(heading(page, zh.unreachable)).toBeVisible();
    await page.getByRole('button', { name: zh.tryAgain }).click();
    await expect(heading(page, zh.unreachable)).toBeVisible();
    await page.unroute('**/course.json');
    await page.getByRole('button', { name: zh.tryAgain }).click();
    await expect(heading(page, zh.outline)).toBeVisible();
  });

  for (const words of [zh, en]) {
    test.describe(`in ${words.tag}`, () => {
      test.use({ locale: words.tag });
      const faulty = {
        'modules[0].topics[0].steps[0].content.seconds': (course) => {
          course.modules[0].topics[0].steps[0].content.seconds = 'long';
        },
        'modules[0].title': (course) => delete course.modules[0].title,
        format: (course) => {
          course.format = 'zhixing-course/9';
        },
      };
      test('that has a fault is refused by file and field, and nothing is written', async ({ page }) => {
        const said = complaints(page);
        for (const [field, spoil] of Object.entries(faulty)) {
          await test.step(field, async () => {
            await changeCourse(page, spoil);
            await page.goto('about:blank');
            await page.goto('');
            await expectRefused(page, words, field);
          });
          await page.unroute('**/course.json');
        }
        await page.route('**/course.json', (route) => route.fulfill({ body: '{"format": ' }));
        await page.getByRole('button', { name: words.tryAgain }).click();
        await expectRefused(page, words, '');
        await page.unroute('**/course.json');
        await page.getByRole('button', { name: words.tryAgain }).click();
        await expect(page.getByRole('link', { name: words.begin })).toBeVisible();
        expect(said).toEqual([]);
      });
    });
  }

  test('with hostile texts shows them as text', async ({ page }) => {
    const said = complaints(page);
    page.on('dialog', (dialog) => {
      said.push(`dialog ${dialog.message()}`);
      dialog.dismiss();
    });
    await openAllSteps(page);
    const hostile = [
      '<script>alert(1)</script> [press](javascript:alert(1)) <img src=x onerror=alert(1)>',
      '',
      '<svg onload="alert(1)"></svg>',
      '',
      '[a](JaVaScRiPt:alert(1)) [b](data:text/html,<script>alert(1)</script>) ![c](https://elsewhere.invalid/p.png)',
      '',
      '![d](../../../../etc/passwd) <a href="javascript:alert(1)">e</a>',
      '',
      'The end.',
    ].join('\n');
    await page.route('**/01-think.zh.md', (route) => route.fulfill({ body: hostile }));
    await changeCourse(page, (course) => {
      course.title['zh-CN'] = '<img src=x onerror=alert(1)>';
      for (const step of course.modules[1].topics[0].steps) step.gate = { kind: 'free' };
    });
    await page.goto('#/step/m2t1-reading/think');
    const text = page.locator('.prose');
    await expect(text.getByText('The end.')).toBeVisible();
    await expect(text).toContainText('<script>alert(1)</script>');
    await expect(text).toContainText('<img src=x onerror=alert(1)>');
    await expect(text).toContainText('<svg onload="alert(1)"></svg>');
    await expect(page.getByRole('banner')).toContainText('<img src=x onerror=alert(1)>');
    await expect(text.getByRole('link')).toHaveCount(0);
    await expect(page.locator('main :is(script, img, iframe, object)')).toHaveCount(0);
    await expect(page.locator('.prose svg')).toHaveCount(0);
    expect(said).toEqual([]);
  });
});

async function expectRefused(page, words, field) {
  await expect(heading(page, words.faulty)).toBeVisible();
  await expect(page.getByRole('main')).toContainText(/course\.json/);
  await expect(page.getByRole('main')).toContainText(field);
  await expect(page.getByRole('button', { name: words.tryAgain })).toBeVisible();
  expect(await rows(page)).toBe(0);
}

test('it runs in a sub-folder of a plain file server', async ({ page }) => {
  const server = createServer(serveBelow('/a/b/'));
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const home = `http://127.0.0.1:${server.address().port}/a/b/`;
  const failed = [];
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(response.url());
  });
  try {
    await openAllSteps(page);
    await page.goto(home);
    await page.getByRole('link', { name: zh.begin }).click();
    await expect(heading(page, zh.firstVideo)).toBeVisible();
    await expect
      .poll(() => page.locator('video').evaluate((video) => Math.round(video.duration)))
      .toBe(104);
    await page.getByRole('link', { name: zh.nextStep }).click();
    await page.getByRole('link', { name: zh.nextPart }).click();
    await expect(page.locator('.prose')).toContainText(zh.firstText);
    await page.goto(`${home}index.html#/outline`);
    await expect(heading(page, zh.outline)).toBeVisible();
    expect(failed).toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.mp4': 'video/mp4',
  '.vtt': 'text/vtt',
  '.webp': 'image/webp',
};

/** Serves the built app below a folder as the plainest of servers does: whole files, no more. */
function serveBelow(folder) {
  return async (request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    const inside = path.startsWith(folder) && normalize(path.slice(folder.length));
    try {
      if (inside === false || inside.startsWith('..')) throw new Error('outside');
      const name = inside === '.' ? 'index.html' : inside;
      const content = await readFile(join(dist, name));
      response.setHeader('Content-Type', TYPES[extname(name)] ?? 'application/octet-stream');
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  };
}

/** How many rows the app keeps in this browser, in all tables. */
async function rows(page) {
  return page.evaluate(async () => {
    const done = (request) =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const known = await indexedDB.databases();
    if (!known.some(({ name }) => name === 'zhixing')) return 0;
    const database = await done(indexedDB.open('zhixing'));
    let count = 0;
    for (const table of database.objectStoreNames) {
      count += await done(database.transaction(table).objectStore(table).count());
    }
    database.close();
    return count;
  });
}
